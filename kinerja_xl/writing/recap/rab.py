"""Sheet ``RAB``: every line that came in, counted or not. All totals of the workbook rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count, groupby

from kinerja_xl.reckoning.ceilings import ceiling, excess
from kinerja_xl.reckoning.recap import RabLine, Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book, Record
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.paging import set_breaks
from kinerja_xl.writing.recap.source import SourceCells
from kinerja_xl.writing.recap.sums import code_keys, jenis_label, joined, sub_key

YES, NO = "Ya", "Tidak"

EXACT = 10**11
"""Below this the Excel form of jumlah was measured to be exact for fractions (docs/keputusan)."""


def write(context: Context) -> None:
    """The lines by unit (in the office's order) and sub kegiatan, each group below its heading."""
    own = context.layouts["rab"]
    worksheet = open_sheet(context, rekap.RAB)
    worksheet.outline_settings(symbols_below=False)
    title_block(context, worksheet, rekap.RAB)
    grid = Grid(context, worksheet, own)
    lines = sorted_lines(context.recap)
    grid.head(_totals(context, lines))
    cells, places, heads = SourceCells(grid), count(own.first), set()
    for (unit, code), group in groupby(lines, key=_group):
        heads.add(row := next(places))
        _heading(grid, row, unit, code)
        for line in group:
            _line(grid, cells, next(places), line)
    set_breaks(worksheet, own, context.office, grid.points, heads)
    grid.finish()
    close_sheet(worksheet, own, own.last)


def layout(recap: Recap, book: Book) -> Layout:
    """A row per line and one per group of lines."""
    rows = len(recap.lines) + len({_group(line) for line in recap.lines})
    return Layout(sheet=rekap.RAB, around=rekap.RAB.table, book=book, rows=rows)


def _group(line: RabLine) -> tuple[str, str]:
    return line.unit, line.kode_sub


def sorted_lines(recap: Recap) -> list[RabLine]:
    """By unit in the office's order, then sub kegiatan, file, sheet and row."""
    order = {unit.kode: number for number, unit in enumerate(recap.units)}
    last = len(order)
    return sorted(
        recap.lines,
        key=lambda x: (order.get(x.unit, last), x.unit, x.kode_sub, x.file, x.row.sheet, x.row.row),
    )


def _heading(grid: Grid, row: int, unit: str, code: str) -> None:
    """Unit, code and name of a sub kegiatan, and what it counts; the code's own column stays free for the data."""
    own, key = grid.layout, joined(unit, code_keys(code)[2])
    node = grid.context.office.programs.get(code)
    words = f"{sub_key(code)}  {node.nama if node else ''}".rstrip()
    amounts, keys = (own.range(own.column(name)) for name in ("jumlah_dihitung", "kunci_sub"))
    formula = f"SUMIFS({amounts},{keys},{own.ref('kunci_sub', row)})"
    amount = grid.context.sums.unit_sub[key].counted
    grid.group_row(row, "kode_rekening", words, "kegiatan", {"jumlah_sub": (formula, amount)})
    grid.write(row, "unit", unit, "kegiatan")
    grid.write(row, "kunci_sub", key, "kegiatan")


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
    _standard(grid, row, line)
    _keys(grid, row, line)
    grid.end_row(row, level=1)


def _standard(grid: Grid, row: int, line: RabLine) -> None:
    """The office's ceiling for this row and what the row costs beyond it; blank where the price list sets none."""
    limit = ceiling(line.row, grid.context.office)
    if limit is None or not line.counted:
        return
    grid.write(row, "batas_kantor", limit)
    top, price, volume = (grid.layout.ref(key, row) for key in ("batas_kantor", "harga_satuan", "volume"))
    known = all(isinstance(line.row.get(key), Decimal) for key in ("harga_satuan", "volume"))
    more = f'IF(AND(ISNUMBER({price}),ISNUMBER({volume})),MAX(0,ROUND(ROUND(({price}-{top})*{volume},4),0)),"")'
    grid.formula(row, "lebih_standar", more, excess(line.row, limit) if known else "")


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
    return whole or abs(jumlah) < EXACT


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
