"""Sheet ``RAB``: every line that came in, counted or not. All totals of the workbook rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Record
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.source import SourceCells
from kinerja_xl.writing.recap.sums import code_keys, jenis_label, joined

YES, NO = "Ya", "Tidak"

_EXACT = 10**11
"""Below this the Excel form of jumlah was measured to be exact for fractions (docs/keputusan)."""


def write(context: Context) -> None:
    """The lines by unit (in the office's order), sub kegiatan, account."""
    layout = context.layouts["rab"]
    worksheet = open_sheet(context, rekap.RAB)
    title_block(context, worksheet, rekap.RAB)
    grid = Grid(context, worksheet, layout)
    lines = sorted_lines(context)
    grid.head(_totals(context, lines))
    cells = SourceCells(grid)
    for row, line in enumerate(lines, start=layout.first):
        _line(grid, cells, row, line)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def sorted_lines(context: Context) -> list[RabLine]:
    """By unit in the office's order, then sub kegiatan, file, sheet and row."""
    order = {unit.kode: number for number, unit in enumerate(context.recap.units)}
    last = len(order)
    return sorted(
        context.recap.lines,
        key=lambda x: (order.get(x.unit, last), x.unit, x.kode_sub, x.file, x.row.sheet, x.row.row),
    )


def _totals(context: Context, lines: list[RabLine]) -> dict[str, int | Decimal]:
    """Totals by key: our own columns from the sums, the table's from what its cells will show."""
    layout, sums = context.layouts["rab"], context.sums
    own: dict[str, int | Decimal] = {
        "jumlah": sums.total.all,
        "jumlah_dihitung": sums.total.counted,
        "jumlah_tidak_dihitung": sums.total.uncounted,
    }
    keys = [layout.columns[number].key for number in layout.totals]
    return {key: own[key] if key in own else _sum(lines, key) for key in keys}


def _sum(lines: list[RabLine], key: str) -> Decimal:
    return sum((x for line in lines if isinstance(x := line.row.get(key), Decimal)), Decimal(0))


def _line(grid: Grid, cells: SourceCells, row: int, line: RabLine) -> None:
    layout = grid.layout
    faded = () if line.counted else ("faded",)
    grid.write(row, "unit", line.unit)
    for column, key, formula in cells.formulas(row):
        if key == "jumlah":
            _jumlah(grid, cells, row, column, line, formula)
        else:
            cells.put(row, column, key, line.file, line.row, formula)
    ref = layout.ref
    shown: int | str = UNKNOWN if line.jumlah is None else line.jumlah
    jumlah, yes = ref("jumlah", row), ref("dihitung", row)
    grid.write(row, "dihitung", YES if line.counted else NO)
    grid.formula(row, "jumlah_dihitung", f'IF({yes}="{YES}",{jumlah},"")', shown if line.counted else "")
    grid.formula(row, "jumlah_tidak_dihitung", f'IF({yes}="{NO}",{jumlah},"")', "" if line.counted else shown, *faded)
    grid.write(row, "alasan", line.reason or None)
    _origin(grid, row, line)
    _keys(grid, row, line)
    grid.end_row(row)


def _jumlah(grid: Grid, cells: SourceCells, row: int, column: int, line: RabLine, formula: str | None) -> None:
    """The amount: live where the formula gives our amount, else as a figure; a dash where it can't be known."""
    if line.jumlah is None:
        grid.put(row, column, UNKNOWN)
    elif formula and cells.value("jumlah", line.row.values) == line.jumlah and _is_exact(line.row.values, line.jumlah):
        grid.put_formula(row, column, formula, line.jumlah)
    else:
        grid.put(row, column, line.jumlah)


def _is_exact(values: Record, jumlah: int) -> bool:
    """Whole numbers multiply exactly in a spreadsheet, fractions only up to a size."""
    factors = (values.get("volume"), values.get("harga_satuan"))
    whole = all(isinstance(x, Decimal) and x == x.to_integral_value() for x in factors)
    return whole or abs(jumlah) < _EXACT


def _origin(grid: Grid, row: int, line: RabLine) -> None:
    for key, value in origin(line.file, line.row.sheet, line.row.row):
        grid.write(row, key, value)


def origin(file: str, sheet: str, number: int) -> Iterator[tuple[str, str | int | None]]:
    """Where a row stood, by column key."""
    yield "berkas", file
    yield "lembar", sheet
    yield "baris", number or None


def _keys(grid: Grid, row: int, line: RabLine) -> None:
    """What the other sheets add up by. The pairs are formulas, so that a corrected unit or code moves its amount."""
    program, kegiatan, sub = code_keys(line.kode_sub)
    jenis = jenis_label(line.jenis)
    for key, text in (("kelompok", jenis), ("program", program), ("kegiatan", kegiatan), ("sub", sub)):
        grid.write(row, key, text)
    ref = grid.layout.ref
    unit = ref("unit", row)
    grid.formula(row, "kunci_sub", f'{unit}&"|"&{ref("sub", row)}', joined(line.unit, sub))
    grid.formula(row, "kunci_jenis", f'{unit}&"|"&{ref("kelompok", row)}', joined(line.unit, jenis))
