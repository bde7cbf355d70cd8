"""Workbooks of budget lines as offices lay them out, with the truth beside them: how many lines, and what they add up to.

A builder writes rows onto ``Lembar`` and tells ``line`` which of them are lines; the truth is what it counted, never what our
reader found. All offices, people and prices are invented.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import xlsxwriter

from kinerja_xl.formula.references import box, column_letters

N = None
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?")


@dataclass
class Tabel:
    """What is true about one table; ``sums`` maps a name to rupiah."""

    sheet: str
    kind: str = "rab"
    n_leaf: int = 0
    sums: dict[str, object] = field(default_factory=lambda: {"jumlah": 0})


class Lembar:
    """One sheet being written from top to bottom. A value (formula, result) is a formula."""

    def __init__(self, name: str = "Sheet1", at: int = 0, kind: str = "rab") -> None:
        self.name, self.at, self.r = name, at, 0
        self.cells: dict[tuple[int, int], object] = {}
        self.merges: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_cols: set[int] = set()
        self.state = "visible"
        self.filter = ""
        self.tables: list[Tabel] = [Tabel(name, kind)]

    @property
    def next(self) -> int:
        """The number of the row that comes next."""
        return self.r + 1

    def row(self, *values: object) -> int:
        self.r += 1
        for c, value in enumerate(values, self.at):
            if value is not None:
                self.cells[self.r - 1, c] = value
        return self.r

    def rows(self, *rows: list[object] | tuple[object, ...]) -> None:
        for row in rows:
            self.row(*row)

    def skip(self, n: int = 1) -> None:
        self.r += n

    def line(self, *values: object, rp: int | Fraction = 0, **sums: int) -> int:
        """A row that is a line of ``rp`` rupiah (or of other sums)."""
        table = self.tables[-1]
        table.n_leaf += 1
        for name, value in (sums or {"jumlah": rp}).items():
            table.sums[name] = table.sums.get(name, 0) + value
        return self.row(*values)

    def again(self, kind: str = "rab", sums: dict[str, object] | None = None) -> None:
        """From here on another table."""
        self.tables.append(Tabel(self.name, kind, 0, sums or {"jumlah": 0}))

    def merge(self, *ranges: str) -> None:
        self.merges += ranges


def moved(sheet: Lembar, rows: Callable[[int], int], cols: Callable[[int], int]) -> None:
    """The same sheet with every cell elsewhere and results instead of formulas (whose ranges would point to old places)."""
    sheet.cells = {(rows(r), cols(c)): v[1] if isinstance(v, tuple) else v for (r, c), v in sheet.cells.items()}
    areas = [box(area) for area in sheet.merges]
    sheet.merges = [
        f"{column_letters(cols(c1 - 1) + 1)}{rows(r1 - 1) + 1}:{column_letters(cols(c2 - 1) + 1)}{rows(r2 - 1) + 1}"
        for r1, c1, r2, c2 in areas
    ]
    sheet.hidden_rows = {rows(r - 1) + 1 for r in sheet.hidden_rows}
    sheet.hidden_cols = {cols(c) for c in sheet.hidden_cols}
    sheet.filter = ""


def as_text(sheet: Lembar, style: str) -> None:
    """Amounts typed as text, as ``rp`` writes them."""
    moved(sheet, lambda r: r, lambda c: c)
    for place, value in sheet.cells.items():
        if isinstance(value, int | float) and value >= 1000 and value == int(value):
            sheet.cells[place] = rp(int(value), style)


@dataclass
class Buku:
    """A workbook and its truth. ``warn``: the file contradicts itself, somebody must be told."""

    name: str
    sheets: list[Lembar]
    warn: bool = False
    silent: tuple[str, ...] = ()

    @property
    def truth(self) -> list[Tabel]:
        return [table for sheet in self.sheets if sheet.name not in self.silent for table in sheet.tables if table.n_leaf]

    def xlsx(self) -> bytes:
        out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            bold, money = book.add_format({"bold": True, "border": 1}), book.add_format({"num_format": "#,##0"})
            for sheet in self.sheets:
                _write(book.add_worksheet(sheet.name), sheet, bold, money)
        return out.getvalue()


def _write(made: xlsxwriter.worksheet.Worksheet, sheet: Lembar, bold: object, money: object) -> None:
    for merged in sheet.merges:
        made.merge_range(merged, "", bold)
    for (r, c), value in sheet.cells.items():
        if isinstance(value, tuple):
            result = float(value[1]) if isinstance(value[1], Fraction) else value[1]
            made.write_formula(r, c, value[0], money, result)
        elif isinstance(value, str) and value in ERRORS:
            made.write_formula(r, c, "=" + value, None, value)
        elif isinstance(value, str):
            made.write_string(r, c, value)
        else:
            made.write_number(r, c, float(value), money if isinstance(value, int) and value > 999 else None)
    for r in sheet.hidden_rows:
        made.set_row(r - 1, None, None, {"hidden": True})
    for c in sheet.hidden_cols:
        made.set_column(c, c, None, None, {"hidden": True})
    if sheet.filter:
        made.autofilter(sheet.filter)
    if sheet.state == "hidden":
        made.hide()


BOOKS: dict[str, Callable[[], Buku]] = {}


def book(make: Callable[[], Buku]) -> Callable[[], Buku]:
    """Registers a builder under its name."""
    BOOKS[make.__name__] = make
    return make


def rp(amount: int, style: str = "id") -> str:
    """An amount as text: ``id`` 1.500.000, ``sen`` 1.500.000,00, ``rp`` Rp 1.500.000,00, ``us`` 1,500,000.00."""
    dots = f"{amount:,}".replace(",", ".")
    return {"id": dots, "sen": dots + ",00", "rp": f"Rp {dots},00", "us": f"{amount:,}.00", "strip": f"Rp. {dots},-"}[style]


ATK = [
    ("Kertas HVS F4 70 gram", 24, "Rim", 62000),
    ("Kertas HVS A4 70 gram", 18, "Rim", 56500),
    ("Tinta printer hitam", 12, "Botol", 98000),
    ("Map snelhecter plastik", 10, "Lusin", 42000),
    ("Pulpen gel 0,5 mm", 15, "Lusin", 36000),
    ("Binder clip No. 200", 8, "Dus", 18500),
    ("Amplop dinas besar", 6, "Dos", 27500),
    ("Lem kertas cair", 5, "Botol", 9500),
    ("Buku folio 100 lembar", 12, "Buah", 21000),
    ("Spidol papan tulis", 4, "Lusin", 96000),
]
MAKAN = [
    ("Nasi kotak peserta", 120, "Kotak", 35000),
    ("Kudapan peserta", 240, "Kotak", 15000),
    ("Air mineral gelas", 30, "Dus", 28000),
]
JASA = [
    ("Honor narasumber eselon III", 6, "OJ", 900000),
    ("Honor moderator", 3, "Orang/Kali", 700000),
    ("Transport peserta", 60, "OK", 110000),
]
CETAK = [
    ("Fotokopi bahan rapat", 4500, "Lembar", 300),
    ("Jilid laporan", 20, "Eks", 15000),
    ("Spanduk kegiatan", 12, "m2", 35000),
]
TANI = [
    ("Semen PC 50 kg", 320, "Zak", 72000),
    ("Pasir pasang", 45, "m3", 215000),
    ("Batu kali", 60, "m3", 265000),
    ("Besi beton 10 mm", 180, "Btg", 88000),
    ("Kawat beton", 25, "Kg", 24000),
    ("Papan bekisting", 3, "m3", 3250000),
    ("Paku 5-7 cm", 18, "Kg", 22500),
]
UPAH = [("Pekerja", 210, "HOK", 100000), ("Tukang batu", 84, "HOK", 130000), ("Kepala tukang", 12, "HOK", 145000)]
ALAT = [("Sewa molen", 14, "Hari", 250000), ("Cangkul", 6, "Buah", 85000), ("Gerobak sorong", 4, "Unit", 575000)]


def total(items: list[tuple[str, int, str, int]]) -> int:
    return sum(volume * price for _, volume, _, price in items)


def kop(s: Lembar, office: str = "KECAMATAN SUMBER MULYA") -> None:
    s.rows(["PEMERINTAH KABUPATEN MEKAR JAYA"], [office], ["Jl. Poros Trans No. 12, Kode Pos 92999"], [])


def ttd(s: Lembar, col: int = 4) -> None:
    pad = [N] * col
    s.rows(
        [],
        [*pad, "Sumber Mulya, 12 Januari 2025"],
        [N, "Mengetahui,", *pad[2:], "Pejabat Pelaksana Teknis Kegiatan,"],
        [],
        [],
        [N, "Drs. ANDI PARENRENGI", *pad[2:], "SITTI RAMLAH, S.Sos"],
        [N, "NIP. 19690101 199003 1 009", *pad[2:], "NIP. 19800505 200501 2 008"],
    )
