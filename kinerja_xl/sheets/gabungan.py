"""The workbook above several offices (``gabung``): its sheets, each a flat table."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.penetapan import SUB_TABLE
from kinerja_xl.sheets.rekap import TOTAL, UNKNOWN_ROWS, Around, RecapSheet, ShownBook, unknown_rows
from kinerja_xl.sheets.rekap.model import CODE, MARK, NUMBER, PERCENT, RUPIAH, TEXT
from kinerja_xl.sheets.usulan import USULAN

POINTS = replace(PERCENT, num_format="#,##0.00")
"""Percent points as they are, not as a fraction."""


def _c(key: str, label: str, width: float, kind: Kind = TEXT) -> Column:
    return Column(key=key, label=label, kind=kind, width=width)


BUDGET = SUB_TABLE.column("anggaran").label
"""What serapan is measured against, as the locked plan calls it."""
OFFICE = _c("kecamatan", "Kecamatan", 38)
_COUNTED, _HELD = _c("dihitung", "Dihitung (Rp)", TOTAL, RUPIAH), _c("ditahan", "Tidak Dihitung (Rp)", TOTAL, RUPIAH)
_SUMS = (_COUNTED, _HELD, unknown_rows())
_TOTALS = ("dihitung", "ditahan", UNKNOWN_ROWS)


def _sheet(key: str, name: str, title: str, intro: str, columns: tuple[Column, ...], totals: tuple[str, ...] = (), keep: int = 1,
           empty: str = "Belum ada yang dapat dibaca.") -> RecapSheet:  # fmt: skip
    return RecapSheet(key=key, name=name, title=title, intro=intro, keep=keep, empty=empty, tables=(Around(key=key, before=columns, totals=totals),))


KECAMATAN = _sheet(
    "kecamatan", "Kecamatan", "REKAP SEMUA KECAMATAN",
    "Satu baris satu kecamatan, menurut usulan. Yang tidak dapat dibaca disebut, tidak dihitung sebagai 0.",
    (
        OFFICE, _c("keadaan", "Keadaan", 30), _c("tahap", "Tahap", 12), _c("unit", "Unit", 8, NUMBER), _c("masuk", "Menyampaikan", 14, NUMBER),
        _c("wajib", "Wajib Diperbaiki", 12, NUMBER), _c("cek", "Perlu Dicek", 10, NUMBER), _c("pagu", "Pagu (Rp)", TOTAL, RUPIAH), *_SUMS,
        _c("bagian", "Bagian Pagu", 10, PERCENT),
    ),
    ("unit", "masuk", "wajib", "cek", "pagu", *_TOTALS),
)  # fmt: skip

CAPAIAN = _sheet(
    "capaian_kecamatan", "Capaian Kecamatan", "CAPAIAN DAN SERAPAN SEMUA KECAMATAN",
    "Satu baris satu kecamatan, menurut rencana yang berlaku di sana. Yang tidak dapat dibaca disebut, tidak dihitung sebagai 0.",
    (
        OFFICE, _c("keadaan", "Keadaan", 30), _c("rencana", "Rencana yang Berlaku", 24), _c("capaian", "Rata-rata Capaian (%)", 11, POINTS),
        _c("predikat", "Predikat", 16), _c("peringkat_capaian", "Peringkat Capaian", 11, NUMBER), _c("berlaku", BUDGET, TOTAL, RUPIAH),
        _c("realisasi", "Realisasi (Rp)", TOTAL, RUPIAH), _c("belum_lapor", "Belum Diketahui (rekening)", 11, NUMBER),
        _c("serapan", "Serapan Anggaran (%)", 11, POINTS), _c("peringkat_serapan", "Peringkat Serapan", 11, NUMBER),
    ),
    ("berlaku", "realisasi", "belum_lapor"),
)  # fmt: skip
"""A sheet of its own, where realisasi was asked for: beside the proposals it took a second page, whose title had one column."""

KURANG = _sheet(
    "kurang", "Belum Lengkap", "YANG BELUM LENGKAP", "Kecamatan dengan kekurangan terbanyak di atas.",
    (OFFICE, _c("banyak", "Banyaknya", 11, NUMBER), _c("apa", "Yang Kurang", 30), _c("siapa", "Unit", 70)), empty="Tidak ada: semua kecamatan lengkap.",
)  # fmt: skip

PROGRAM = _sheet(
    "program", "Per Program", "ANGGARAN MENURUT PROGRAM, KEGIATAN, DAN SUB KEGIATAN", "Semua kecamatan bersama; saring kolom Tingkat.",
    (_c("tingkat", "Tingkat", 14, MARK), _c("kode", "Kode", 20, CODE), _c("nama", "Nama", 60), _c("banyak_kecamatan", "Banyaknya Kecamatan", 12, NUMBER), *_SUMS),
)  # fmt: skip

JENIS = _sheet(
    "jenis", "Per Jenis Belanja", "ANGGARAN MENURUT KECAMATAN DAN JENIS BELANJA", "Satu baris satu jenis belanja satu kecamatan.",
    (OFFICE, _c("kode", "Kode", 10, CODE), _c("nama", "Jenis Belanja", 30), *_SUMS), _TOTALS,
)  # fmt: skip

BIAYA = _sheet(
    "biaya", "Biaya Output", "SUB KEGIATAN YANG SAMA: BIAYA SATU SATUAN OUTPUT",
    "Target dan anggaran menurut usulan, juga sesudah rencana dikunci; dibandingkan di antara kecamatan yang satuan outputnya sama.",
    (
        _c("kode_sub", "Kode Sub Kegiatan", 20, CODE), _c("nama_sub", "Sub Kegiatan", 44), OFFICE, _c("output", "Output", 40),
        _c("target", "Target", 10, NUMBER), _c("satuan", "Satuan", 12), _c("jumlah", "Diusulkan (Rp)", TOTAL, RUPIAH),
        _c("biaya_output", "Biaya Satu Output (Rp)", TOTAL, RUPIAH), _c("pembanding", "Kecamatan Sebanding", 12, NUMBER),
        _c("terhadap_tengah", "Selisih dari Nilai Tengah (%)", 14, POINTS),
    ), ("jumlah",), 2, empty="Tidak ada sub kegiatan dengan output yang dapat dibandingkan.",
)  # fmt: skip

HARGA = _sheet(
    "harga", "Harga Barang", "BARANG YANG SAMA: HARGA DI ANTARA KECAMATAN", "Selisih harga terbesar di atas; harga satuan dalam rupiah.",
    (
        _c("uraian", "Uraian", 44), _c("spesifikasi", "Spesifikasi", 34), _c("satuan", "Satuan", 12),
        _c("banyak_kecamatan", "Banyaknya Kecamatan", 12, NUMBER), _c("baris", "Baris RAB", 9, NUMBER), _c("terendah", "Terendah (Rp)", 14, RUPIAH),
        _c("kecamatan_terendah", "Kecamatan Terendah", 28), _c("tengah", "Nilai Tengah (Rp)", 14, RUPIAH), _c("tertinggi", "Tertinggi (Rp)", 14, RUPIAH),
        _c("kecamatan_tertinggi", "Kecamatan Tertinggi", 28), _c("selisih", "Selisih (%)", 12, POINTS),
    ), empty="Tidak ada barang yang sama di dua kecamatan.",
)  # fmt: skip

RINCIAN = _sheet(
    "rincian", "Rincian", "RINCIAN ANGGARAN BIAYA SEMUA KECAMATAN", "Setiap baris RAB dengan asalnya.",
    (
        OFFICE, _c("unit", "Nama Unit", 26), _c("kode_sub", "Kode Sub Kegiatan", 20, CODE), _c("jenis", "Jenis", 9, CODE), _c("uraian", "Uraian", 44),
        _c("spesifikasi", "Spesifikasi", 30), _c("volume", "Volume", 12, NUMBER), _c("satuan", "Satuan", 12),
        _c("harga", "Harga Satuan (Rp)", 14, RUPIAH), _c("jumlah", "Jumlah (Rp)", TOTAL, RUPIAH), _c("dihitung", "Dihitung", 10, MARK),
        _c("berkas", "Berkas", 30), _c("baris", "Baris", 8, NUMBER),
    ),
)  # fmt: skip

GABUNGAN_BOOK = ShownBook(
    key="gabungan", version=1, usulan=USULAN, sheets=(KECAMATAN, CAPAIAN, KURANG, PROGRAM, JENIS, BIAYA, HARGA, RINCIAN),
    called="gabungan",
)
