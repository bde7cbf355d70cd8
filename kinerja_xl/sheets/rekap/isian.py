"""The recap's sheets that show the units' own tables, row by row."""

from __future__ import annotations

from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import (
    CODE,
    DIHITUNG,
    FOLD_HINT,
    ORIGIN,
    RUPIAH,
    TEXT,
    TOTAL,
    UNIT,
    Around,
    RecapSheet,
    key_column,
)

RAB = RecapSheet(
    key="rab", name="RAB", title="RINCIAN ANGGARAN BIAYA (RAB) SEMUA UNIT", keep=2,
    intro="Setiap baris RAB yang masuk, per unit dan sub kegiatan. Harga, koefisien, dan Ya/Tidak boleh diubah: semua jumlah "
    f"di buku kerja ini mengikuti. {FOLD_HINT}",
    tables=(
        Around(
            key="rab", source="rab", folded=("kode_sub", "Koefisien", "nama_rekening", "jenis_belanja"), mark="dihitung",
            widths={"jenis_belanja": 22, "uraian": 34, "spesifikasi": 22, "jumlah": 16}, totals=("jumlah_dihitung", "jumlah_tidak_dihitung"),
            before=(UNIT,),
            after=(
                DIHITUNG,
                Column(key="jumlah_dihitung", label="Jumlah Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="jumlah_tidak_dihitung", label="Jumlah Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="jumlah_sub", label="Jumlah Sub Kegiatan (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="alasan", label="Alasan Tidak Dihitung", kind=TEXT, width=24),
                *ORIGIN,
                key_column("batas_kantor", "Batas Standar Kantor (Rp)", 16, RUPIAH),
                key_column("lebih_standar", "Lebih dari Standar (Rp)", 16, RUPIAH),
                key_column("kelompok", "Kelompok Belanja", 22),
                key_column("program", "Kode Program", 12),
                key_column("kegiatan", "Kode Kegiatan", 15),
                key_column("sub", "Kode Sub Kegiatan Baku", 19),
                key_column("kunci_sub", "Unit dan Sub Kegiatan", 30),
                key_column("kunci_jenis", "Unit dan Kelompok Belanja", 30),
            ),
        ),
    ),
)  # fmt: skip

INDIKATOR = RecapSheet(
    key="indikator", name="Indikator", title="INDIKATOR KINERJA SEMUA UNIT", keep=2,
    intro=f"Dimensi, definisi, sumber data, dan SMART dilipat. {FOLD_HINT}",
    tables=(
        Around(
            key="indikator", source="indikator", folded=("Rentang", "dimensi", "tingkat"), before=(UNIT,),
            widths={"kode": 20, "sasaran": 32, "tipe": 12}, after=(DIHITUNG, *ORIGIN),
        ),
    ),
)  # fmt: skip

PK = RecapSheet(
    key="pk", name="PK", title="PERJANJIAN KINERJA: SASARAN DAN INDIKATOR (LAMPIRAN 1)", keep=1,
    intro="Perjanjian Kinerja pimpinan dari Kantor.xlsx lebih dahulu, kemudian dari setiap unit.",
    tables=(Around(key="pk_kinerja", source="pk_kinerja", before=(UNIT,), after=ORIGIN),),
)  # fmt: skip

PK_ANGGARAN = RecapSheet(
    key="pk_anggaran", name="PK Anggaran", title="PERJANJIAN KINERJA: PROGRAM, KEGIATAN, DAN ANGGARAN (LAMPIRAN 2)", keep=2,
    intro="Anggaran yang ditulis unit di Perjanjian Kinerjanya.",
    tables=(
        Around(
            key="pk_anggaran", source="pk_anggaran", before=(UNIT,), after=ORIGIN,
            widths={"kode": 22, "nama": 86, "anggaran": 22, "keterangan": 20},
        ),
    ),
)  # fmt: skip

TOR = RecapSheet(
    key="tor", name="TOR", title="TOR / KERANGKA ACUAN KERJA", keep=2,
    intro=f"Satu baris satu TOR. Teks panjang diringkas; lengkapnya ada di berkas unit. {FOLD_HINT}",
    tables=(
        Around(
            key="tor", source="tor",
            totals=("biaya", "rab", "selisih"),
            fields={
                "judul": 32, "tujuan": 32, "sasaran": 32, "output": 26, "output_target": 9, "output_satuan": 12,
                "tanggal_mulai": 16, "tanggal_selesai": 16, "lokasi": 20, "penanggung_jawab": 20,
            },
            folded=("judul", "sasaran", "lokasi", "penanggung_jawab"),
            before=(
                UNIT,
                Column(key="sub", label="Kode Sub Kegiatan", kind=CODE, width=19),
                Column(key="nama_sub_baku", label="Sub Kegiatan", kind=TEXT, width=30),
            ),
            after=(
                Column(key="biaya", label="Biaya menurut TOR (Rp)", kind=RUPIAH, width=15),
                Column(key="rab", label="Jumlah menurut RAB (Rp)", kind=RUPIAH, width=15),
                Column(key="selisih", label="Selisih TOR - RAB (Rp)", kind=RUPIAH, width=15),
                Column(key="harga_output", label="Harga per Satuan Output (Rp)", kind=RUPIAH, width=15),
                DIHITUNG, *ORIGIN[:2],
            ),
        ),
    ),
)  # fmt: skip

