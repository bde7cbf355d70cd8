"""Analyses of unit prices (HSPK, ASB, AHSP): blocks of wages, material and tools whose last figure is the price of one unit.

Habits served: the headings again above every block; the name of the work on a row above them, with its unit ("1 m3 galian
tanah"); overhead and profit below the sum of the parts. Each block is one line of a price list, proven by its own parts:
koefisien × price, and a result that is at least their sum and not half as much again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kinerja_xl.foreign.model import HARGA, NONE, Line, Table, finding, listed
from kinerja_xl.foreign.targets import figures
from kinerja_xl.regions.facts import mostly, product_rows
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.words import clean, is_note
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk
from kinerja_xl.words.units import find_satuan

ANALYSIS = "analisis harga satuan (koefisien), bukan daftar harga atau RAB"
"""Why an analysis is no list of prices."""
MORE = Decimal("1.5")
"""Overhead, profit and tax never add half of the parts."""
_OF_ALL = kata("analisa_harga")
"""What names the document, and no work."""
_UNIT_OF, _CODE = bentuk("satuan_hasil"), bentuk("kode_analisa")


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of one analysis, zero-based: where its name stands, and its last figure."""

    title: int
    result: int
    price: Decimal


def analysed(made: Layout, table: Table, *, titled: bool = False) -> Table | None:
    """The table as a list of the prices that its blocks come to; None where not every block proves its price. ``titled``: the
    blocks stand below one heading, each under a row with its name, unit and price."""
    col = _amounts(made)
    blocks = [] if col is None else list(_titled(made, col) if titled else _blocks(made, col))
    if col is None or not blocks or None in blocks:
        return None
    lines = tuple(_line(made, block, col) for block in blocks if block)
    columns = tuple(replace(c, role="harga") if c.col == col else c for c in table.columns)
    cells = listed([line.cell(col) for line in lines])
    said = finding("L327", table.sheet, lines[0].cell(col), banyak=len(lines), daftar=cells).at(file=table.file)
    total = sum((line.harga or Decimal(0) for line in lines), Decimal(0))
    return replace(
        table, kind=HARGA, columns=columns, lines=lines, sums={"harga": total}, amount_columns={"harga": (col,)},
        findings=(said,), places={"harga": col},
    )  # fmt: skip


def as_analysis(table: Table) -> Table:
    """The table as what it shows, where the prices stand in a list beside it."""
    said = finding("L202", table.sheet, alasan=ANALYSIS).at(file=table.file)
    return replace(table, kind=NONE, lines=(), sums={}, amount_columns={}, findings=(said,), settled=True)


def _amounts(made: Layout) -> int | None:
    """The column that koefisien × price gives."""
    for volume in made.of("volume"):
        for price in made.of("harga"):
            for total in made.of("jumlah", "anggaran", "harga"):
                if total.col > price.col and mostly(*product_rows(made, volume.col, price.col, total.col), 2):
                    return total.col
    return None


def _blocks(made: Layout, col: int) -> Iterator[_Block | None]:
    """Every block below headings, or below a name and the section that each begins with; its name above the headings or on the
    first of the rows without a figure below them. None for one whose result its parts do not prove."""
    region, volume, price = made.region, made.first("volume"), made.first("harga")
    amounts = {row: value for row in region.rows if (value := made.value(row, col))}
    filled = [row for row in region.rows if region.grid.filled(row)]
    section = [above - 1 for above, row in pairwise(filled) if region.grid.rows[row] == region.grid.rows[filled[1]]]
    repeats = [region.head.top, *(row for row in sorted(region.repeats) if row - 1 not in region.repeats)]
    tops = repeats if region.repeats or not section else section
    floor = -1
    for top, end in zip(tops, [*tops[1:], region.grid.height], strict=True):
        figures = [(row, value) for row, value in amounts.items() if top < row < end]
        if not figures:
            continue
        above = (row for row in range(top - 1, max(floor, top - 4), -1) if _name(made, row))
        below = [row for row in filled if top < row < figures[0][0]]
        title = below[0] if len(below) > 1 and _name(made, below[0]) else next(above, None)
        floor = figures[-1][0]
        total = sum((v for row, v in figures if made.value(row, volume) and made.value(row, price)), Decimal(0))
        fits = title is not None and total - 1 <= figures[-1][1] <= total * MORE + 1
        yield _Block(title, *figures[-1]) if fits and title is not None else None


def _titled(made: Layout, col: int) -> Iterator[_Block | None]:
    """Blocks under rows that have a name and a unit but no koefisien: the price of what is made of the rows below, printed there
    or, below koefisien, as the last figure of the block. At least two, or a plan with a group and its unit would be one; and in
    one of them (there in all of them) more than the sum of its parts."""
    unit, volume, price = made.first("satuan"), made.first("volume"), made.first("harga")
    rows = {row: value for row in made.region.rows if (value := made.value(row, col))}
    parts = {row for row in rows if made.value(row, volume) and made.value(row, price)}
    tops = [row for row in made.region.rows if row not in parts and unit is not None and made.region.grid.value(row, unit)]
    found: list[tuple[_Block, Decimal]] = []
    if len(tops) < 2 or min(rows, default=-1) < tops[0]:
        return
    for top, end in zip(tops, [*tops[1:], made.region.grid.height], strict=True):
        own = [row for row in rows if row in range(top, end)]
        result = top if top in own else max(own, default=top)
        block = _Block(top, result, rows.get(result) or Decimal(0))
        found.append((block, sum((rows[row] for row in own if row in parts), Decimal(0))))
    over = [block.price - total > 1 for block, total in found]
    if (all(over) and in_koefisien(made)) or (any(over) and all(block.result == block.title for block, _ in found)):
        for block, total in found:
            yield block if total and total - 1 <= block.price <= total * MORE + 1 else None


def in_koefisien(made: Layout) -> bool:
    """Whether the column of volumes is called koefisien, as those of analyses are; or nobody knows what it is called, and most of
    them are fractions of one."""
    for column in made.of("volume"):
        values = [v for v in made.values(column.col) if v] if column.product and column.evidence[0].startswith("volume") else []
        if "koef" in " ".join(column.path).lower() or sum(v < 1 for v in values) * 2 > len(values):
            return True
    return False


def _name(made: Layout, row: int) -> str:
    """The longest text of a row that is no remark."""
    texts = [clean(v) for v in made.region.grid.rows[row] if isinstance(v, str)]
    name = max((text for text in texts if not (is_note(text) or _OF_ALL(text))), key=len, default="")
    return name if len(name) > 4 else ""


def _line(made: Layout, block: _Block, col: int) -> Line:
    texts = [clean(v) for v in made.region.grid.rows[block.title] if isinstance(v, str) and clean(v)]
    name = _name(made, block.title)
    unit = next((text for text in texts if text != name and find_satuan(text)), "")
    result = [clean(v) for v in made.region.grid.rows[block.result] if isinstance(v, str)]  # "Harga Satuan Pekerjaan per - m3"
    unit = unit or next((found[1] for text in (name, *result) if (found := _UNIT_OF(text))), "")
    code = next((text for text in texts if text != name and _CODE(text)), "")
    return Line(row=block.result + 1, kode=code, uraian=name, satuan=unit, harga=block.price, values={col: block.price})


# ---- Prices of a unit, though no column is called a price ----

_PER_UNIT, _TARIFFS = kata("tarif"), kata("standar_tarif")


def priced_by_unit(made: Layout, title: str, budget: list[Column]) -> bool:
    """A unit on most rows, or a title that says so, no volume and no price: "Biaya" is then the price of that unit (SBM, SBU)."""
    unit = made.first("satuan")
    told = made.content[unit].filled >= 3 if unit is not None else bool(budget and _TARIFFS(title))
    if not told or made.of("volume", "harga", "anggaran", "realisasi", "target"):
        return False
    if not budget:
        unknown = [c for c in figures(made, "") if made.content[c.col].is_money]
        for column in unknown:
            made.change(column.col, "harga", "angka sebesar rupiah di samping satuan")
        return bool(unknown)
    if not all(_PER_UNIT(fold(c.path[-1])) for c in budget):
        return False
    for column in budget:
        made.change(column.col, "harga", "biaya per satuan: ada satuan tanpa volume")
    return True


def priced_by_place(made: Layout, title: str) -> bool:
    """Tariffs by country, district or grade below a title that says so: no column is called a price, none is the unit."""
    named = _TARIFFS(title)
    if not named or made.of("volume", "jumlah", "anggaran", "realisasi", "target", "satuan"):
        return False
    columns = [c for c in figures(made, "", "tempat", "sasaran") if not c.period and made.content[c.col].nonzero]
    for column in columns:
        made.change(column.col, "harga", f'angka di bawah judul "{named[0]}"')
    return len(columns) >= 2
