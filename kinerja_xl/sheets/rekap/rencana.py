"""The recap's sheets that show the plan as a whole: RKT, Per Program, the matrices, the chain from misi to budget."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import CODE, NUMBER, PERCENT, RUPIAH, TEXT, TOTAL, UNIT, Around, RecapSheet

_TARGET = replace(kinds.nilai(), name="target")

RKT = RecapSheet(
    key="rkt", name="RKT", title="RENCANA KINERJA TAHUNAN (RKT)", signed=True, keep=0,
    intro="Anggaran dicatat sekali per unit dan sub kegiatan, pada baris indikatornya yang pertama. Tanda [-] di kiri melipat, "
    "tanda [+] di atas membuka rantai dari misi sampai kegiatan.",
    tables=(
        Around(
            key="rkt", totals=("anggaran",), mark="unit",
            before=(
                Column(key="misi", label="Misi", kind=TEXT, width=22, page=2),
                Column(key="tujuan", label="Tujuan", kind=TEXT, width=22, page=2),
                Column(key="sasaran", label="Sasaran", kind=TEXT, width=24, page=2),
                Column(key="iku", label="Indikator Kinerja Utama", kind=TEXT, width=24, page=2),
                Column(key="iku_target", label="Target IKU", kind=replace(TEXT, align="center"), width=10, page=2),
                Column(key="program", label="Program", kind=TEXT, width=24, page=2),
                Column(key="kegiatan", label="Kegiatan", kind=TEXT, width=24, page=2),
                Column(key="kode_sub", label="Kode Sub Kegiatan", kind=CODE, width=18),
                Column(key="nama_sub", label="Sub Kegiatan", kind=TEXT, width=38),
                Column(key="level", label="Level", kind=TEXT, width=10),
                Column(key="indikator", label="Indikator", kind=TEXT, width=42),
                Column(key="target", label="Target", kind=kinds.nilai(), width=11),
                Column(key="satuan", label="Satuan", kind=TEXT, width=14),
                Column(key="anggaran", label="Anggaran (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="jumlah_tingkat", label="Jumlah Program / Kegiatan (Rp)", kind=RUPIAH, width=TOTAL + 2),
                UNIT,
            ),
        ),
    ),
)  # fmt: skip

PER_PROGRAM = RecapSheet(
    key="per_program", name="Per Program", title="USULAN PER PROGRAM, KEGIATAN, DAN SUB KEGIATAN", signed=True, keep=2,
    intro="Jumlah di setiap tingkat dihitung dari lembar RAB. Tanda [-] di kiri melipat kegiatan dan sub kegiatan.",
    tables=(
        Around(
            key="per_program", total_rows=1, totals=("baris_rab", "dihitung", "tidak_dihitung", "pagu"),
            before=(
                Column(key="kode", label="Kode", kind=CODE, width=20),
                Column(key="tingkat", label="Tingkat", kind=TEXT, width=13),
                Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=TEXT, width=64),
                Column(key="unit", label="Unit", kind=TEXT, width=18),
                Column(key="baris_rab", label="Baris RAB", kind=NUMBER, width=8),
                Column(key="dihitung", label="Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="pagu", label="Pagu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="persen_pagu", label="% Pagu", kind=PERCENT, width=11),
                Column(key="pagu_sub", label="Pagu Sub Kegiatan (Rp)", kind=RUPIAH, width=TOTAL, page=2),
            ),
        ),
    ),
)  # fmt: skip

UNIT_JENIS = RecapSheet(
    key="unit_jenis", name="Unit x Jenis Belanja", title="USULAN PER UNIT DAN JENIS BELANJA", keep=2,
    intro="Dihitung dari lembar RAB; kolom Tidak Dihitung berdiri di luar jumlah.",
    tables=(
        Around(
            key="unit_jenis", totals=("dihitung", "tidak_dihitung"), total_rows=0,
            before=(
                Column(key="kode", label="Unit", kind=TEXT, width=16),
                Column(key="nama", label="Nama Unit", kind=TEXT, width=44),
            ),
            after=(
                Column(key="dihitung", label="Jumlah Dihitung (Rp)", kind=RUPIAH, width=21),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=21),
            ),
        ),
    ),
)  # fmt: skip

KESELARASAN = RecapSheet(
    key="keselarasan", name="Matriks Keselarasan", title="MATRIKS KESELARASAN", keep=3,
    intro="Dari misi sampai rupiah: sasaran Renstra, IKU, program, indikator unit, sub kegiatan, dan jumlah RAB-nya. Rantai "
    "yang putus disebut di kolom Celah.",
    tables=(
        Around(
            key="keselarasan", total_rows=1, totals=("anggaran",),
            before=(
                Column(key="tingkat", label="Tingkat", kind=TEXT, width=13),
                Column(key="kode", label="Kode", kind=CODE, width=18),
                Column(key="uraian", label="Misi / Sasaran / IKU / Program / Sub Kegiatan", kind=TEXT, width=56),
                UNIT,
                Column(key="level", label="Level", kind=TEXT, width=10),
                Column(key="indikator", label="Indikator Unit", kind=TEXT, width=44),
                Column(key="target", label="Target", kind=_TARGET, width=11),
                Column(key="satuan", label="Satuan", kind=TEXT, width=14),
                Column(key="anggaran", label="Jumlah RAB (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="celah", label="Celah", kind=TEXT, width=32),
            ),
        ),
    ),
)  # fmt: skip

JENJANG = RecapSheet(
    key="jenjang", name="Jenjang PK", title="JENJANG PERJANJIAN KINERJA: CAMAT, SEKRETARIS CAMAT, UNIT", keep=0,
    intro="Setiap Perjanjian Kinerja membawa sebagian dari perjanjian atasannya (V.D): sasaran atau indikator yang sama berdiri "
    "sebaris. Kinerja lain dari unit menyusul di bawah.",
    tables=(
        Around(
            key="jenjang", total_rows=0,
            before=(
                Column(key="sasaran_camat", label="Sasaran Camat", kind=TEXT, width=28),
                Column(key="indikator_camat", label="Indikator Camat", kind=TEXT, width=30),
                Column(key="target_camat", label="Target Camat", kind=TEXT, width=17),
                Column(key="sasaran_sekcam", label="Sasaran Sekcam", kind=TEXT, width=28),
                Column(key="indikator_sekcam", label="Indikator Sekcam", kind=TEXT, width=30),
                Column(key="target_sekcam", label="Target Sekcam", kind=TEXT, width=17),
                UNIT,
                Column(key="sasaran_unit", label="Sasaran Unit", kind=TEXT, width=28),
                Column(key="indikator_unit", label="Indikator Unit", kind=TEXT, width=34),
                Column(key="target_unit", label="Target Unit", kind=TEXT, width=17),
                Column(key="celah", label="Celah", kind=TEXT, width=24),
            ),
        ),
    ),
)  # fmt: skip
