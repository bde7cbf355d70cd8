"""Layouts of a last, independent look at the reader: each found a needless refusal, a lost zone or a needless word."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import HARGA, RAB, ForeignBook
from kinerja_xl.foreign.read import read_foreign

Cell = str | int | None
Rows = list[tuple[Cell, ...]]


def read(rows: Rows, sheet: str = "Sheet1", merged: str = "") -> ForeignBook:
    """The rows as a workbook of one sheet, read."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    file = BytesIO()
    book.save(file)
    return read_foreign(file.getvalue(), "kiriman.xlsx")


CLASS_MEETING: Rows = [
    ("Anggaran Dana Class Meeting OSIS SMP Negeri 2 Tanjungrejo",),
    (),
    ("Keperluan", "Banyaknya", "Harga", "Total"),
    ("Hadiah juara 1 futsal", "1 buah", "Rp 250.000,-", "Rp 250.000,-"),
    ("Piala", "3 buah", "Rp 85.000,-", "Rp 255.000,-"),
    ("Air mineral", "6 dus", "Rp 23.000,-", "Rp 138.000,-"),
    ("Total Pengeluaran", None, None, "Rp 643.000,-"),
]
"""The names stand below "Keperluan"."""

RABAT: Rows = [
    ("RENCANA ANGGARAN BIAYA",),
    ("Kegiatan: Rabat Beton Dusun II",),
    (),
    ("URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN", "TOTAL", "SWADAYA", "DANA DESA"),
    ("a", "b", "c", "d", "e = b x d", "f", "g = e - f"),
    ("1. BAHAN",),
    ("1.1 Semen", 210, "zak", 62000, 13020000, 0, 13020000),
    ("1.2 Pasir", 24, "m3", 245000, 5880000, 500000, 5380000),
    ("Sub Total", None, None, None, 18900000, 500000, 18400000),
    ("2. UPAH",),
    ("2.1 Pekerja", 180, "HOK", 100000, 18000000, 2000000, 16000000),
    ("2.2 Tukang", 40, "HOK", 130000, 5200000, 0, 5200000),
    ("Sub Total", None, None, None, 23200000, 2000000, 21200000),
    ("Total", None, None, None, 42100000, 2500000, 39600000),
]
"""Columns numbered with letters and letter formulas; two sources that make up the total on every row."""

WRONG_SOURCE: Rows = [
    row if row[:1] != ("2.2 Tukang",) else ("2.2 Tukang", 40, "HOK", 130000, 5200000, 700000, 5200000) for row in RABAT
]
"""The same with one source that does not fit."""

HOTEL: Rows = [
    ("SATUAN BIAYA PENGINAPAN",),
    ("NO", "PROVINSI", "SATUAN", "TARIF HOTEL"),
    (None, None, None, "Eselon I", "Eselon II", "Eselon III"),
    (1, "Aceh", "OH", 4420000, 2140000, 1180000),
    (2, "Riau", "OH", 3820000, 2320000, 980000),
    (3, "Jambi", "OH", 4000000, 2150000, 920000),
]
"""The title of a price list says "satuan biaya"."""

SEWA: Rows = [
    ("STANDAR BIAYA SEWA KENDARAAN OPERASIONAL",),
    ("No.", "Jenis Kendaraan", "Kapasitas", "Sewa per Hari (Rp)", "Sewa per Bulan (Rp)"),
    (1, "Minibus", "7 orang", 750000, 9500000),
    (2, "Bus sedang", "27 orang", 2100000, 31000000),
    (3, "Pick up", "1 ton", 600000, 8000000),
]
OBAT: Rows = [
    ("DAFTAR HARGA OBAT E-KATALOG PUSKESMAS 2026",),
    ("No", "Nama Obat", "Sediaan", "Kekuatan", "Harga Satuan", "Penyedia"),
    (1, "Paracetamol", "tablet", "500 mg", 152, "PT Farma"),
    (2, "Amoksisilin", "kapsul", "500 mg", 389, "PT Farma"),
    (3, "Oralit", "sachet", "200 ml", 612, "PT Sehat"),
]
"""The e-katalog is the government's own list, not a shop's."""

KECAMATAN: Rows = [
    ("STANDAR HARGA MATERIAL PER KECAMATAN",),
    ("No", "Nama Material", "Satuan", "Harga Satuan (Rp) per Kecamatan"),
    (None, None, None, "Sumberwaras", "Tanjungrejo", "Karangjati"),
    (1, "Pasir urug", "m3", 150000, 163500, 171000),
    (2, "Kerikil", "m3", 220000, 231500, 240000),
    (3, "Batu kali", "m3", 245000, 252500, 260000),
]
"""A kecamatan whose name begins like "Sumber Dana" is a zone like the others."""

CASES: dict[str, tuple[Rows, str, str, int, list[int], set[tuple[str, str]]]] = {
    "class_meeting": (CLASS_MEETING, "", RAB, 3, [643000], set()),
    "rabat": (RABAT, "", RAB, 4, [42100000], set()),
    "wrong_source": (WRONG_SOURCE, "", RAB, 4, [42100000], {("L450", "F12")}),
    "hotel": (HOTEL, "D2:F2", HARGA, 3, [12240000, 6610000, 3080000], set()),
    "sewa": (SEWA, "", HARGA, 3, [3450000, 48500000], set()),
    "obat": (OBAT, "", HARGA, 3, [1153], set()),
    "kecamatan": (KECAMATAN, "D2:F2", HARGA, 3, [615000, 647500, 671000], {("L306", "D3")}),
}


@pytest.mark.parametrize("name", CASES)
def test_read_exactly(name: str) -> None:
    rows, merged, kind, count, sums, said = CASES[name]
    book = read(rows, merged=merged)
    (table,) = book.imported
    told = {(f.code, f.cell) for f in book.all_findings() if f.severity is not Severity.INFO}
    found = [v for total in table.sums.values() for v in (total.values() if isinstance(total, dict) else [total])]
    assert (table.kind, len(table.lines), sorted(found), told) == (kind, count, sorted(map(Decimal, sums)), said)


def test_buyers_are_no_lines_of_a_budget() -> None:
    """A school shop's list of who bought what: the heading of its first column is not that of things to buy."""
    rows: Rows = [("DAFTAR BELANJA KOPERASI SISWA",), ("Pembeli", "Qty", "Harga", "Total")]
    rows += [(name, 2, 3500, 7000) for name in ("Agus Wibowo", "Siti Rahmawati", "Eko Prasetyo")]
    assert not list(read(rows).imported)
