"""The recap workbook's sheets, declared: which tables they hold and the columns that only the recap has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.sheets.rekap.model import (
    AGREES,
    BARIS,
    BERKAS,
    CODE,
    DIFFERS,
    DIHITUNG,
    INDIKATOR,
    LEMBAR,
    LINK_HINT,
    MARK,
    NO,
    NUMBER,
    ORIGIN,
    PERCENT,
    PK,
    PK_ANGGARAN,
    RAB,
    RUPIAH,
    TEXT,
    TOR,
    TOTAL,
    UNIT,
    UNIT_NAME,
    UNKNOWN,
    UNKNOWN_ROWS,
    YES,
    Around,
    RecapSheet,
    Shown,
    ShownBook,
    agreement,
    known,
    named,
    or_dash,
    unknown_rows,
    verdict,
    yes_no,
)
from kinerja_xl.sheets.rekap.rka import DAFTAR_RKA, RKA, SIPD
from kinerja_xl.sheets.usulan import USULAN


def rows_of_file(width: float, check: str = "cek_baris") -> tuple[Shown, ...]:
    """Rows read = rows used + rows reported, as every file says."""
    return (
        Shown(key="dibaca", label="Baris Dibaca", kind=NUMBER, width=width, value=lambda file: file.rows_read),
        Shown(key="dipakai", label="Baris Dipakai", kind=NUMBER, width=width, value=lambda file: file.rows_used),
        Shown(key="dilaporkan", label="Baris Dilaporkan", kind=NUMBER, width=width + 1, value=lambda file: file.rows_reported),
        Shown(
            key=check, label="Cek Baris", kind=MARK, width=14,
            value=lambda file: agreement(file.rows_read == file.rows_used + file.rows_reported),
            formula=lambda here: verdict(f"{here.ref('dibaca')}={here.ref('dipakai')}+{here.ref('dilaporkan')}"),
        ),
    )  # fmt: skip


# ---- The recap's sheets about what was read: everything that was found, and every file it comes from ----

CATATAN = named(RecapSheet(
    key="catatan", name="Catatan", title="CATATAN UNTUK UNIT", keep=0,
    intro="Semua catatan atas usulan; yang wajib diperbaiki lebih dahulu.", hint=LINK_HINT,
    empty="Tidak ada catatan: semua usulan terbaca dan lolos pemeriksaan.",
    tables=(
        Around(
            key="catatan",
            before=(
                UNIT,
                Shown(key="untuk", label="Untuk", kind=TEXT, width=12, value=lambda finding: finding.untuk.label),
                Shown(key="tingkat", label="Tingkat", kind=TEXT, width=16, value=lambda finding: finding.severity.label),
                Shown(key="kode", label="Kode", kind=MARK, width=8, value=lambda finding: finding.code),
                BERKAS,
                replace(LEMBAR, width=12, value=lambda finding: finding.sheet),
                Shown(key="sel", label="Sel", kind=MARK, width=9, value=lambda finding: finding.cell),
                Shown(key="kolom", label="Kolom", kind=TEXT, width=18, value=lambda finding: finding.column),
                Column(key="nilai", label="Nilai", kind=TEXT, width=22),
                Column(key="masalah", label="Masalah", kind=TEXT, width=50),
                Column(key="perbaikan", label="Perbaikan", kind=TEXT, width=50),
            ),
        ),
    ),
))  # fmt: skip

ASAL_DATA = named(RecapSheet(
    key="asal_data", name="Asal Data", title="ASAL DATA DAN PEMERIKSAAN SILANG",
    intro="Setiap berkas yang dibaca. Baris dibaca = dipakai + dilaporkan; yang dihitung dari berkas = jumlahnya di lembar RAB.",
    tables=(
        Around(
            key="asal_data", totals=("dibaca", "dipakai", "dilaporkan", "total", "di_rab"),
            before=(
                replace(BERKAS, width=32),
                UNIT,
                Shown(key="versi", label="Versi Formulir", kind=MARK, width=9, value=lambda source: source.version),
                Column(key="revisi", label="Revisi", kind=MARK, width=8),
                Column(key="status", label="Status", kind=TEXT, width=24),
                *rows_of_file(10),
                Column(key="total", label="Dihitung dari Berkas (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="di_rab", label="Dihitung di Lembar RAB (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="cek_total", label="Cek Jumlah", kind=MARK, width=14),
                Column(key="sha256", label="SHA-256", kind=TEXT, width=46, page=2),
            ),
        ),
        Around(
            key="silang", title="Pemeriksaan silang antarlembar", total_rows=0,
            before=(
                Column(key="apa", label="Yang dibandingkan", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
                Column(key="pembanding", label="Pembanding (Rp)", kind=RUPIAH),
                Column(key="cek", label="Cek", kind=MARK),
            ),
        ),
    ),
))  # fmt: skip


# ---- The recap's first sheet: the page that the Camat reads and signs ----

_AMOUNT = replace(RUPIAH, name="nilai_keputusan")

RINGKASAN = RecapSheet(
    key="ringkasan", name="Ringkasan", title="REKAPITULASI USULAN RENCANA KINERJA DAN ANGGARAN", signed=True, intro="",
    tables=(
        Around(
            key="unit", title="B. Keadaan setiap unit", total_rows=0,
            totals=("diusulkan", "total_rab", "total_tidak_dihitung", "belum_diketahui", "pagu", "tahun_lalu"),
            before=(
                Column(key="nama", label="Unit", kind=TEXT, width=36),
                Column(key="status", label="Status", kind=TEXT, width=29),
                Column(key="diusulkan", label="Diusulkan (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="total_rab", label="Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="total_tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                unknown_rows(things="baris, berkas"),
                Column(key="pagu", label="Pagu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="persen_pagu", label="Dihitung dari Pagu", kind=PERCENT, width=11),
                Column(key="tugas", label="Yang Masih Harus Dikerjakan Unit", kind=TEXT, width=46),
                Column(key="tahun_lalu", label="Tahun Lalu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="kode", label="Kode Unit", kind=TEXT, width=14, page=2),
            ),
        ),
        Around(
            key="putusan", title="A. Keputusan yang diminta dari Camat", total_rows=0,
            before=(
                Column(key="perkara", label="Hal", kind=TEXT),
                Column(key="jumlah", label="Nilai (Rp)", kind=_AMOUNT),
                unknown_rows(things="baris, berkas"),
                Column(key="pilihan", label="Pilihan", kind=TEXT),
                Column(key="paraf", label="Paraf", kind=TEXT),
            ),
        ),
        Around(
            key="guna", title="C. Untuk apa uangnya, di luar belanja pegawai", total_rows=0, totals=("jumlah", "persen"),
            before=(
                Column(key="guna", label="Untuk", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
                Column(key="persen", label="Bagian", kind=PERCENT),
            ),
        ),
    ),
)  # fmt: skip


# ---- Sheets of the recap about planning itself: the eight criteria of planning quality (V.B.2), and the candidates for IKU
#      ----

MUTU = RecapSheet(
    key="mutu", name="Mutu Perencanaan", title="MUTU PERENCANAAN KINERJA", signed=True, keep=0,
    intro="Delapan kriteria pedoman V.B.2, dinilai dari isi rekap ini. Yang tidak dapat dinilai dari berkas dinilai oleh penelaah.",
    hint="Ubah kolom Penilaian, dan predikatnya mengikuti.",
    tables=(
        Around(
            key="mutu", total_rows=0,
            before=(
                Column(key="nomor", label="No", kind=NUMBER, width=6),
                Column(key="kriteria", label="Kriteria", kind=TEXT, width=44),
                Shown(key="penilaian", label="Penilaian", kind=TEXT, width=22, value=lambda criterion: criterion.verdict.value,
                      hint="Terpenuhi, Belum terpenuhi, atau Tidak dapat dinilai dari berkas."),
                Column(key="bukti", label="Bukti dari Rekap", kind=TEXT, width=78),
                Column(key="kurang", label="Yang Masih Kurang", kind=TEXT, width=52),
            ),
        ),
        Around(
            key="predikat_mutu", title="Hasil", total_rows=0,
            before=(
                Column(key="apa", label="Yang dihitung", kind=TEXT),
                Column(key="nilai", label="Nilai", kind=MARK),
            ),
        ),
    ),
)  # fmt: skip

CALON_IKU = named(RecapSheet(
    key="iku", name="Calon IKU", title="CALON INDIKATOR KINERJA UTAMA (IKU) SEMUA UNIT", keep=3,
    intro="Skor 1 sampai 5 dikali bobot kriteria dari Kantor.xlsx, dibagi jumlah bobot.",
    empty="Belum ada unit yang mengajukan calon IKU.",
    tables=(
        Around(
            key="iku", source="iku", before=(UNIT,), widths={"nama": 40},
            after=(Column(key="keputusan", label="Nomor Keputusan", kind=TEXT, width=24), DIHITUNG, *ORIGIN),
        ),
    ),
))  # fmt: skip


# ---- The recap's sheets that show the plan as a whole: RKT, Per Program, the matrices, the chain from misi to budget ----

_TARGET = replace(kinds.nilai(), name="target")

RKT = RecapSheet(
    key="rkt", name="RKT", title="RENCANA KINERJA TAHUNAN (RKT)", signed=True, keep=9,
    intro="Anggaran dicatat sekali per unit dan sub kegiatan, pada baris indikatornya yang pertama.",
    hint="Tanda [-] di kiri melipat, tanda [+] di atas membuka rantai dari misi sampai kegiatan.",
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
                Shown(key=UNIT_NAME, label="Penanggung Jawab", kind=TEXT, width=24, value=lambda line: line.unit_nama),
                replace(UNIT, page=2),
            ),
        ),
    ),
)  # fmt: skip

PER_PROGRAM = RecapSheet(
    key="per_program", name="Per Program", title="USULAN PER PROGRAM, KEGIATAN, DAN SUB KEGIATAN", signed=True, keep=3,
    intro="Jumlah di setiap tingkat dihitung dari lembar RAB.", hint="Tanda [-] di kiri melipat kegiatan dan sub kegiatan.",
    tables=(
        Around(
            key="per_program", total_rows=1, totals=("baris_rab", "dihitung", "tidak_dihitung", "belum_diketahui", "pagu"),
            before=(
                Column(key="kode", label="Kode", kind=CODE, width=20),
                Column(key="tingkat", label="Tingkat", kind=TEXT, width=13),
                Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=TEXT, width=58),
                Column(key="unit", label="Unit", kind=TEXT, width=26),
                Column(key="baris_rab", label="Baris RAB", kind=NUMBER, width=8),
                Column(key="dihitung", label="Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                unknown_rows(),
                Column(key="pagu", label="Pagu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="persen_pagu", label="% Pagu", kind=PERCENT, width=11),
                Column(key="pagu_sub", label="Pagu Sub Kegiatan (Rp)", kind=RUPIAH, width=TOTAL, page=2),
            ),
        ),
    ),
)  # fmt: skip

UNIT_JENIS = RecapSheet(
    key="unit_jenis", name="Unit x Jenis Belanja", title="USULAN PER UNIT DAN JENIS BELANJA", keep=2,
    intro="Dihitung dari lembar RAB; yang tidak dihitung dicantumkan di samping jumlah dan tidak ikut dijumlahkan.",
    tables=(
        Around(
            key="unit_jenis", totals=("dihitung", "tidak_dihitung", "belum_diketahui"), total_rows=0,
            before=(
                Column(key="kode", label="Unit", kind=TEXT, width=16),
                Column(key="nama", label="Nama Unit", kind=TEXT, width=44),
            ),
            after=(
                Column(key="dihitung", label="Jumlah Dihitung (Rp)", kind=RUPIAH, width=21),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=21),
                unknown_rows(13, "baris, berkas"),
            ),
        ),
    ),
)  # fmt: skip

KESELARASAN = named(RecapSheet(
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
))  # fmt: skip

def _rung(rung: Any) -> tuple[str, ...]:
    """A line above the first rung of a sasaran."""
    return ("block",) if rung.first else ()


def _of_promise(who: str, what: str, rung: Any) -> object:
    return getattr(getattr(rung, who), what, "")


def _promised(who: str, label: str, width: float = 30) -> tuple[Shown, ...]:
    """Sasaran, indicator and target of one Perjanjian Kinerja."""
    return tuple(
        Shown(
            key=f"{what}_{who}", label=f"{what.capitalize()} {label}", kind=TEXT, width=wide, look=_rung,
            value=partial(_of_promise, who, what),
        )
        for what, wide in (("sasaran", 28), ("indikator", width), ("target", 17))
    )  # fmt: skip


JENJANG = named(RecapSheet(
    key="jenjang", name="Jenjang PK", title="JENJANG PERJANJIAN KINERJA: CAMAT, SEKRETARIS CAMAT, UNIT", keep=2,
    intro="Setiap Perjanjian Kinerja membawa sebagian dari perjanjian atasannya: sasaran atau indikator yang sama ditulis "
    "sebaris. Kinerja lain dari unit menyusul di bawah.",
    tables=(
        Around(
            key="jenjang", total_rows=0,
            before=(
                *_promised("camat", "Camat"),
                *_promised("sekcam", "Sekcam"),
                replace(UNIT, value=lambda rung: getattr(rung.unit, "who", ""), look=_rung),
                *_promised("unit", "Unit", 34),
                Shown(
                    key="celah", label="Celah", kind=TEXT, width=24, value=lambda rung: getattr(rung.gap, "value", ""),
                    look=lambda rung: (*_rung(rung), *(("cek",) if rung.gap else ())),
                ),
            ),
        ),
    ),
))  # fmt: skip


__all__ = [
    "AGREES", "ASAL_DATA", "BARIS", "BERKAS", "BUKU_RKA", "CALON_IKU", "CATATAN", "DAFTAR_RKA", "DIFFERS", "DIHITUNG",
    "INDIKATOR", "JENJANG", "KESELARASAN", "LEMBAR", "LINK_HINT", "MUTU", "NO", "PER_PROGRAM", "PK", "PK_ANGGARAN", "RAB", "REKAP",
    "REKAP_BOOK", "REKAP_VERSIONS", "RINGKASAN", "RKA", "RKA_BOOK", "RKT", "SIPD", "TOR", "TOTAL", "UNIT", "UNIT_JENIS", "UNIT_NAME", "UNKNOWN", "UNKNOWN_ROWS", "YES",
    "Around", "RecapSheet", "Shown", "ShownBook", "agreement", "columns", "known", "named", "or_dash", "rows_of_file", "unknown_rows", "verdict", "yes_no",
]  # fmt: skip

REKAP: tuple[RecapSheet, ...] = (
    RINGKASAN, RKT, RAB, PER_PROGRAM, UNIT_JENIS, KESELARASAN, JENJANG, INDIKATOR, CALON_IKU, PK, PK_ANGGARAN, TOR, MUTU,
    CATATAN, ASAL_DATA,
)  # fmt: skip
"""The sheets of the recap, in order."""


def _coded(sheet: RecapSheet) -> RecapSheet:
    """The sheet with the codes of units where their names stand today; the RKT named them before all others."""
    return sheet if sheet is RKT else sheet.without(UNIT_NAME, UNIT.key)


REKAP_BOOK = ShownBook(
    key="rekap", version=4, sheets=REKAP, usulan=USULAN, called="rekap", belongs="folder hasil, atau folder arsip bila dari tahun lalu",
)
RKA_BOOK = ShownBook(key="rka", version=1, sheets=(DAFTAR_RKA, SIPD), usulan=USULAN, called="RKA")
REKAP_VERSIONS: Mapping[int, ShownBook] = {
    1: replace(REKAP_BOOK, version=1, sheets=tuple(_coded(sheet).without(UNKNOWN_ROWS).without(UNIT_NAME) for sheet in REKAP)),
    # another first sheet, which nothing is read from
    2: replace(REKAP_BOOK, version=2, sheets=tuple(_coded(sheet).without(UNIT_NAME) for sheet in REKAP)),
    3: replace(REKAP_BOOK, version=3, sheets=tuple(map(_coded, REKAP))),
    REKAP_BOOK.version: REKAP_BOOK,
}
"""Recaps that are read back, by version; 1 includes those that were written before a recap carried its mark."""

BUKU_RKA: tuple[RecapSheet, ...] = (DAFTAR_RKA, SIPD, RKA)
"""The sheets of the RKA workbook; the last one stands for every sub kegiatan."""


def columns(book: Book) -> Iterator[tuple[RecapSheet, Around, Column]]:
    """Every column of the recap of this usulan book, for the generated documentation."""
    return ((s, t, c) for s in REKAP for t in s.tables for c in t.columns(book))
