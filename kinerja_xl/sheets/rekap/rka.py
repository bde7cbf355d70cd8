"""The sheets of the RKA workbook: a list of all sub kegiatan, one sheet for each, and one flat table for retyping."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import CODE, MARK, NUMBER, RUPIAH, TEXT, TOTAL, UNIT, Around, RecapSheet, Shown, unknown_rows

_ANGKA = replace(NUMBER, num_format="#,##0.####")

NONE_YET = "belum ada"
"""Stands for the allocation of a year of which nothing is known; 0 would say something else."""


def allocated(amount: int | None) -> int | str:
    """The allocation of a year, or that none is known."""
    return NONE_YET if amount is None else amount


def _of_line(key: str, label: str, width: float, kind: Kind = TEXT, page: int = 1) -> Shown:
    """A cell of the RAB as it stands there."""
    return Shown(key=key, label=label, kind=kind, width=width, page=page, value=lambda one: one.line.row.get(key))


DAFTAR_RKA = RecapSheet(
    key="daftar_rka", name="Daftar RKA", title="DAFTAR RKA PER SUB KEGIATAN", signed=True, keep=2,
    intro="Satu lembar per sub kegiatan. Lembar SIPD memuat semua baris dalam satu tabel untuk diketik ulang.",
    hint="Klik kodenya untuk membuka lembarnya.",
    tables=(
        Around(
            key="daftar_rka", total_rows=1, totals=("lalu", "jumlah", "depan", "tidak_dihitung", "belum_diketahui"),
            before=(
                Column(key="kode", label="Kode Sub Kegiatan", kind=CODE, width=20),
                Shown(key="nama", label="Sub Kegiatan", kind=TEXT, width=62, value=lambda plan: plan.rka.nama),
                replace(UNIT, width=30, value=lambda plan: ", ".join(plan.rka.units)),
                Shown(key="lalu", label="Tahun Lalu (Rp)", kind=RUPIAH, width=TOTAL, value=lambda plan: allocated(plan.rka.lalu)),
                Column(key="jumlah", label="Tahun Ini (Rp)", kind=RUPIAH, width=TOTAL),
                Shown(key="depan", label="Tahun Depan (Rp)", kind=RUPIAH, width=TOTAL, value=lambda plan: allocated(plan.rka.depan)),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                unknown_rows(),
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
                replace(_of_line("kode_rekening", "Kode Rekening", 19, CODE), key="rekening"),
                _of_line("nama_rekening", "Nama Rekening", 38),
                _of_line("uraian", "Uraian", 34),
                _of_line("spesifikasi", "Spesifikasi", 24),
                _of_line("sumber_dana", "Sumber Dana", 9),
                Column(key="koefisien", label="Koefisien", kind=TEXT, width=24),
                Column(key="volume", label="Volume", kind=_ANGKA, width=10),
                _of_line("satuan", "Satuan", 13),
                Column(key="harga", label="Harga (Rp)", kind=RUPIAH, width=14),
                Column(key="ppn", label="PPN (Rp)", kind=RUPIAH, width=11),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH, width=TOTAL),
                Shown(key="nama_sub", label="Sub Kegiatan", kind=TEXT, width=40, page=2, value=lambda one: one.plan.rka.nama),
                replace(UNIT, page=2, value=lambda one: one.line.unit),
                _of_line("kode_standar", "Kode Standar", 20, page=2),
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
            key="tapd", title="Tim Anggaran Pemerintah Daerah (TAPD)", total_rows=0,
            before=(
                Column(key="no", label="No", kind=TEXT),
                Column(key="nama", label="Nama, NIP, dan Jabatan", kind=TEXT),
                Column(key="paraf", label="Tanda Tangan", kind=TEXT),
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
