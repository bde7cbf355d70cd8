"""Sheet ``RAB``: every line that came in, counted or not. All totals of the workbook rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import count, groupby

from kinerja_xl.reckoning.recap import Entry, RabLine, Recap
from kinerja_xl.reckoning.recap.standing import ceiling, excess
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Book, Record
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.writing.shown.page import Context, Layout, close_sheet, open_sheet, title_block
from kinerja_xl.writing.shown.sums import code_keys, jenis_label, joined, sub_key
from kinerja_xl.writing.shown.table import UNKNOWN, Grid, set_breaks

# ---- Cells that come from a unit's workbook: its columns as declared there, its computed columns live where possible ----

_ROW = "\x00"
"""Stands for the row number in a prepared formula; no formula of ours holds it."""

_LIST_RANGE = "tabel_"
"""Begins the names of the lists in the unit's workbook. The recap has no lists: such a column shows its value."""


class _NoLists:
    """The lists that the recap has: none."""

    def find(self, list_name: str, key: str, field: str) -> object | None:
        return None


class SourceCells:
    """Writes the usulan's columns of one table, row by row."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._columns = {key: grid.layout.columns[number] for key, number in grid.layout.theirs.items()}
        self._broken = {(f.file, f.sheet, f.cell): f.value for f in grid.context.recap.findings if f.cell and f.value}

    @cached_property
    def _prepared(self) -> tuple[tuple[int, str, str | None], ...]:
        return tuple((number, key, self._formula(key)) for key, number in self._grid.layout.theirs.items())

    def _formula(self, key: str) -> str | None:
        """The column's Excel face on the recap's own cells, or None when it needs a list of the unit's workbook."""
        computed = self._columns[key].computed
        if computed is None:
            return None
        letters = {k: self._grid.layout.ref(k, 0).removesuffix("1") for k in self._grid.layout.theirs}
        formula = computed.excel(lambda k: letters[k] + _ROW)
        return None if _LIST_RANGE in formula else formula

    def formulas(self, row: int) -> Iterator[tuple[int, str, str | None]]:
        """(column number, key, formula for that row or None) of every column, in order."""
        line = str(row + 1)
        return ((n, key, formula.replace(_ROW, line) if formula else None) for n, key, formula in self._prepared)

    def value(self, key: str, record: Record) -> object | None:
        """What the column's formula shows for this record."""
        computed = self._columns[key].computed
        return computed.value(record, _NoLists()) if computed else None

    def put(self, row: int, column: int, key: str, file: str, content: Row, formula: str | None) -> None:
        """One cell: its formula, its value, or, marked, what stood there when it could not be understood."""
        value = content.get(key)
        if formula is not None and self.value(key, content.values) == value:
            self._grid.put_formula(row, column, formula, value)
        elif value is not None:
            self._grid.put(row, column, value)
        elif broken := self._broken.get((file, content.sheet, content.cell(key))):
            self._grid.put(row, column, broken, "wajib")

    def put_all(self, row: int, file: str, content: Row) -> None:
        """All columns of one row."""
        for column, key, formula in self.formulas(row):
            self.put(row, column, key, file, content, formula)


YES, NO = "Ya", "Tidak"

EXACT = 10**11
"""Below this the Excel form of jumlah was measured to be exact for fractions (docs/keputusan)."""


def write_rab(context: Context) -> None:
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


# ---- Sheets ``Indikator`` and ``PK``: the units' rows, one under the other, with unit, file, sheet and row ----

def write_indikator(context: Context) -> None:
    _sheet(context, rekap.INDIKATOR, context.recap.indikator)


def write_pk(context: Context) -> None:
    """Lampiran 1; the heads of the office come first."""
    recap = context.recap
    leaders = tuple(
        Entry(unit=str(row.get("jabatan_kode") or ""), unit_nama="", file="Kantor.xlsx", row=row)
        for row in recap.office.pk_pimpinan
    )
    _sheet(context, rekap.PK, (*leaders, *recap.pk_kinerja))


def write_pk_anggaran(context: Context) -> None:
    """Lampiran 2."""
    _sheet(context, rekap.PK_ANGGARAN, context.recap.pk_anggaran)


def _sheet(context: Context, sheet: RecapSheet, entries: tuple[Entry, ...]) -> None:
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(entries))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    _table(Grid(context, worksheet, layout), entries).finish()
    close_sheet(worksheet, layout, layout.last)


def _table(grid: Grid, entries: tuple[Entry, ...]) -> Grid:
    layout = grid.layout
    keys = [layout.columns[number].key for number in layout.totals]
    grid.head({key: _entry_sum(entries, key) for key in keys})
    cells = SourceCells(grid)
    for row, entry in enumerate(entries, start=layout.first):
        grid.write(row, "unit", entry.unit)
        cells.put_all(row, entry.file, entry.row)
        if "dihitung" in layout.own:
            grid.write(row, "dihitung", YES if entry.counted else NO)
        for key, value in origin(entry.file, entry.row.sheet, entry.row.row):
            grid.write(row, key, value)
        grid.end_row(row)
    return grid


def _entry_sum(entries: tuple[Entry, ...], key: str) -> Decimal:
    return sum((x for entry in entries if isinstance(x := entry.row.get(key), Decimal)), Decimal(0))


# ---- Sheet ``Calon IKU``: the candidates of all units with their weighted score and the decree that chose them ----

def write_iku(context: Context) -> None:
    sheet, recap = rekap.CALON_IKU, context.recap
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(recap.iku))
    worksheet = open_sheet(context, sheet)
    weights = ", ".join(f"{name} {weight}" for name, weight in recap.office.bobot_iku.items())
    title_block(context, worksheet, sheet, f"Bobot: {weights}.")
    grid = Grid(context, worksheet, layout)
    grid.head({})
    cells = SourceCells(grid)
    for row, entry in enumerate(recap.iku, start=layout.first):
        grid.write(row, "unit", entry.unit)
        cells.put_all(row, entry.file, entry.row)
        grid.write(row, "keputusan", recap.keputusan_iku.get(entry.file))
        grid.write(row, "dihitung", YES if entry.counted else NO)
        for key, value in origin(entry.file, entry.row.sheet, entry.row.row):
            grid.write(row, key, value)
        grid.end_row(row)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)
