"""The sheets of the RKA workbook: a list of all sub kegiatan, one sheet for each, and one flat table for retyping."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import CODE, MARK, NUMBER, RUPIAH, TEXT, TOTAL, Around, RecapSheet, key_column

_ANGKA = replace(NUMBER, num_format="#,##0.####")

DAFTAR_RKA = RecapSheet(
    key="daftar_rka", name="Daftar RKA", title="DAFTAR RKA PER SUB KEGIATAN", signed=True, keep=2,
    intro="Satu lembar per sub kegiatan; klik kodenya. Lembar SIPD memuat semua baris dalam satu tabel untuk diketik ulang.",
    tables=(
        Around(
            key="daftar_rka", total_rows=1, totals=("lalu", "jumlah", "depan", "tidak_dihitung"),
            before=(
                Column(key="kode", label="Kode Sub Kegiatan", kind=CODE, width=20),
                Column(key="nama", label="Sub Kegiatan", kind=TEXT, width=62),
                Column(key="unit", label="Unit", kind=TEXT, width=30),
                Column(key="lalu", label="Tahun Lalu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="jumlah", label="Tahun Ini (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="depan", label="Tahun Depan (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
            ),
        ),
    ),
)  # fmt: skip

SIPD = RecapSheet(
    key="sipd", name="SIPD", title="RINCIAN BELANJA UNTUK DIKETIK ULANG DI SISTEM PENGANGGARAN DAERAH", keep=2,
    intro="Hanya baris yang dihitung, menurut sub kegiatan dan rekening. Angkanya mengikuti lembar sub kegiatan.",
    tables=(
        Around(
            key="sipd", totals=("jumlah",),
            before=(
                Column(key="sub", label="Kode Sub Kegiatan", kind=CODE, width=19),
                Column(key="rekening", label="Kode Rekening", kind=CODE, width=19),
                Column(key="nama_rekening", label="Nama Rekening", kind=TEXT, width=38),
                Column(key="uraian", label="Uraian", kind=TEXT, width=34),
                Column(key="spesifikasi", label="Spesifikasi", kind=TEXT, width=24),
                Column(key="sumber_dana", label="Sumber Dana", kind=TEXT, width=9),
                Column(key="koefisien", label="Koefisien", kind=TEXT, width=24),
                Column(key="volume", label="Volume", kind=_ANGKA, width=10),
                Column(key="satuan", label="Satuan", kind=TEXT, width=13),
                Column(key="harga", label="Harga (Rp)", kind=RUPIAH, width=14),
                Column(key="ppn", label="PPN (Rp)", kind=RUPIAH, width=11),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH, width=TOTAL),
                key_column("nama_sub", "Sub Kegiatan", 40),
                key_column("unit", "Unit", 14),
                key_column("kode_standar", "Kode Standar", 20),
            ),
        ),
    ),
)  # fmt: skip

RKA = RecapSheet(
    key="rka", name="RKA", title="RENCANA KERJA DAN ANGGARAN (RKA): RINCIAN BELANJA SUB KEGIATAN", signed=True, keep=0, intro="",
    tables=(
        Around(
            key="rka", title="Rincian belanja", total_rows=0,
            before=(
                Column(key="rekening", label="Kode Rekening", kind=CODE, width=20),
                Column(key="uraian", label="Uraian", kind=TEXT, width=60),
                Column(key="koefisien", label="Koefisien", kind=TEXT, width=26),
                Column(key="volume", label="Volume", kind=_ANGKA, width=10, page=2),
                Column(key="satuan", label="Satuan", kind=TEXT, width=14),
                Column(key="harga", label="Harga (Rp)", kind=RUPIAH, width=15),
                Column(key="ppn", label="PPN (Rp)", kind=RUPIAH, width=12),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH, width=TOTAL + 2),
            ),
        ),
        Around(
            key="tolok_ukur", title="Indikator dan tolok ukur kinerja", total_rows=0,
            before=(
                Column(key="indikator", label="Indikator", kind=TEXT),
                Column(key="tolok_ukur", label="Tolok Ukur Kinerja", kind=TEXT),
                Column(key="target", label="Target Kinerja", kind=MARK),
            ),
        ),
    ),
)  # fmt: skip
