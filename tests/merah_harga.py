"""Price lists (SSH, SBU, HSPK, ASB) and their neighbours as offices lay them out, each with its truth as its builder knows it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

N = None
ATK = (
    "Kertas HVS A4 70 gram",
    "Kertas HVS F4 80 gram",
    "Map snelhecter plastik",
    "Pulpen gel 0,5 mm",
    "Spidol whiteboard",
    "Stapler besar",
    "Isi stapler No. 10",
    "Amplop dinas",
    "Buku folio 200 lembar",
    "Binder clip 260",
    "Lakban bening 2 inci",
    "Penggaris besi 30 cm",
    "Odner folio",
    "Tinta stempel",
    "Stempel tanggal",
    "Gunting besar",
    "Kalkulator 12 digit",
    "Post it 3x3",
    "Lem stik 25 gram",
    "Pembolong kertas",
)
ALAT = (
    "Komputer all in one",
    "Laptop layar 14 inci",
    "Printer laser mono",
    "Printer inkjet A3",
    "Pemindai dokumen",
    "Proyektor 4000 lumen",
    "Layar proyektor 70 inci",
    "Kamera digital",
    "Pendingin ruangan 1 PK",
    "Kipas angin berdiri",
    "Mesin absensi sidik jari",
    "Genset 5 kVA",
    "UPS 1200 VA",
    "Hard disk eksternal 1 TB",
    "Switch 24 port",
)
MAKAN = (
    "Nasi kotak rapat biasa",
    "Kudapan rapat biasa",
    "Nasi kotak tamu VIP",
    "Kudapan tamu VIP",
    "Air mineral 600 ml",
    "Air galon isi ulang",
    "Kopi bubuk",
    "Gula pasir",
    "Teh celup",
    "Prasmanan per orang",
)
BANGUN = (
    "Semen Portland 50 kg",
    "Pasir pasang",
    "Batu belah 15/20",
    "Besi beton polos 10 mm",
    "Kayu kelas II 5/7",
    "Cat tembok dalam",
    "Cat kayu",
    "Paku 5 cm",
    "Seng gelombang BJLS 0,20",
    "Keramik 40x40",
    "Triplek 9 mm",
    "Pipa PVC 3 inci",
)
UNITS = ("Buah", "Rim", "Dus", "Unit", "Kotak", "Pak", "Set", "Botol", "Lembar")
PROVINSI = (
    "ACEH",
    "SUMATERA UTARA",
    "RIAU",
    "KEPULAUAN RIAU",
    "JAMBI",
    "SUMATERA BARAT",
    "SUMATERA SELATAN",
    "LAMPUNG",
    "BENGKULU",
    "BANGKA BELITUNG",
    "BANTEN",
    "JAWA BARAT",
    "D.K.I. JAKARTA",
    "JAWA TENGAH",
    "D.I. YOGYAKARTA",
    "JAWA TIMUR",
    "BALI",
    "NUSA TENGGARA BARAT",
    "NUSA TENGGARA TIMUR",
    "KALIMANTAN BARAT",
    "KALIMANTAN TENGAH",
    "KALIMANTAN SELATAN",
    "KALIMANTAN TIMUR",
    "KALIMANTAN UTARA",
    "SULAWESI UTARA",
    "GORONTALO",
    "SULAWESI BARAT",
    "SULAWESI SELATAN",
    "SULAWESI TENGAH",
    "SULAWESI TENGGARA",
    "MALUKU",
    "MALUKU UTARA",
    "PAPUA",
    "PAPUA BARAT",
)


@dataclass
class Truth:
    """One table: kind, lines, and the sum of each price column (a checksum); ``also``: other counts that are as right."""

    sheet: str
    kind: str = "standar_harga"
    n: int = 0
    sums: list[Decimal] = field(default_factory=list)
    also: tuple[int, ...] = ()

    def add(self, prices: Sequence[object]) -> None:
        self.n += 1
        self.sums = self.sums or [Decimal(0) for _ in prices]
        for i, price in enumerate(prices):
            self.sums[i] += Decimal(str(price)) if price is not None else 0


class Sheet:
    """Rows as they are typed, with merges and what is hidden."""

    def __init__(self, name: str, hidden: bool = False) -> None:
        self.name, self.hidden = name, hidden
        self.rows: list[list[object]] = []
        self.merges: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_cols: list[str] = []
        self.filtered = ""
        self.tables: list[Truth] = []

    def add(self, *cells: object) -> int:
        self.rows.append(list(cells))
        return len(self.rows)

    def skip(self, n: int = 1) -> None:
        for _ in range(n):
            self.add()

    def title(self, *lines: str) -> None:
        for line in lines:
            self.add(line)

    def table(self, kind: str = "standar_harga", also: tuple[int, ...] = ()) -> Truth:
        self.tables.append(Truth(sheet=self.name, kind=kind, also=also))
        return self.tables[-1]

    def leaf(self, cells: Sequence[object], *prices: object) -> int:
        """A line of the current table; ``prices``: what its price columns are worth (None: no price)."""
        self.tables[-1].add(prices)
        return self.add(*cells)

    def sign(self, col: int, who: str = "BUPATI TANETE JAYA,", name: str = "ANDI SYAFRUDDIN LATIEF") -> None:
        self.skip()
        pad: list[object] = [N] * col
        for line in (who, "ttd", name):
            self.add(*pad, line)


@dataclass(frozen=True)
class Layout:
    """A workbook, its truth, and what must be said: ``said`` None for nothing but info."""

    name: str
    sheets: tuple[Sheet, ...]
    must_warn: bool = False
    file: str = "daftar.xlsx"

    @property
    def truths(self) -> list[Truth]:
        return [truth for sheet in self.sheets for truth in sheet.tables]

    def data(self) -> bytes:
        out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            for sheet in self.sheets:
                _write(book, sheet)
        return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    ws = book.add_worksheet(sheet.name)
    held = {m.split(":")[0] for m in sheet.merges}
    for merge in sheet.merges:
        ws.merge_range(merge, "")
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if isinstance(value, tuple):
                ws.write_formula(r, c, value[0], None, value[1])
            elif isinstance(value, str):
                ws.write_string(r, c, value)
            elif value is not None:
                ws.write_number(r, c, value)
    assert all(held)
    for row in sheet.hidden_rows:
        ws.set_row(row - 1, None, None, {"hidden": True})
    for col in sheet.hidden_cols:
        ws.set_column(f"{col}:{col}", None, None, {"hidden": True})
    if sheet.filtered:
        ws.autofilter(sheet.filtered)
    if sheet.hidden:
        ws.hide()


Make = Callable[[], Layout]


class Layouts(list[Make]):
    """The builders of one module; the decorator of each."""

    def __call__(self, make: Make) -> Make:
        self.append(make)
        return make


def price(rnd: random.Random, low: int = 2, high: int = 900) -> int:
    return rnd.randint(low, high) * 500


def items(rnd: random.Random, names: Sequence[str], n: int) -> list[tuple[str, str, str, int]]:
    """(name, specification, unit, price); a name returns with another specification when there are more lines than names."""
    made = []
    for i in range(n):
        spec = (
            rnd.choice(("Standar", "Kualitas baik", "Setara merek lokal", "Ukuran sedang", "Tipe B")) + f" {i // len(names) + 1}"
        )
        made.append((names[i % len(names)], spec, rnd.choice(UNITS), price(rnd)))
    return made


def rp(value: int) -> str:
    return "Rp " + f"{value:,}".replace(",", ".") + ",-"


def dots(value: int) -> str:
    return f"{value:,}".replace(",", ".")


Groups = Mapping[str, Sequence[str]]
GROUPS: Groups = {"ALAT TULIS KANTOR": ATK, "PERALATAN KANTOR": ALAT, "MAKANAN DAN MINUMAN": MAKAN, "BAHAN BANGUNAN": BANGUN}
