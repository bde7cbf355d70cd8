"""The one writer of flat tables: a row per record, every column by its declaration.

A ``Shown`` column says itself what it shows; any other shows the record's attribute of its key. What only the writer of a
sheet can know stands in its ``cells``, by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning import Sum
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, UNIT_NAME, RecapSheet, Shown
from kinerja_xl.writing.shown.page import Frame, Layout, numeric, open_sheet, title_block
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.table import Number, TableGrid, safe_text

F = TypeVar("F", bound=Frame)
G = TypeVar("G", bound=TableGrid)


@dataclass(slots=True)
class Cell:
    """A cell that is more than its value: live by ``formula``, a ``link``, or of a ``look`` (None: that of its row) or a format
    of its own."""

    value: object
    formula: str = ""
    look: tuple[str, ...] | None = None
    link: str = ""
    fmt: Format | None = None


@dataclass(slots=True)
class At:
    """A row while it is written: its zero-based number on the sheet, and the record ``of`` which it tells."""

    grid: TableGrid
    row: int
    of: Any

    @property
    def context(self) -> Any:
        """What the sheets of this book share."""
        return self.grid.frame

    @property
    def number(self) -> int:
        """The row's number in its table, from 1."""
        return self.row - self.grid.layout.heading

    def ref(self, key: str) -> str:
        return self.grid.layout.ref(key, self.row)

    def span(self, table: str, key: str) -> str:
        return self.grid.frame.layouts[table].span(key)


Cells = Mapping[str, Callable[[At], object] | Cell]
"""What a sheet's writer gives for some columns: a value or a ``Cell``, of the row where it stands."""

NOTHING: Cells = MappingProxyType({})


def begin(
    grid: Callable[[F, Worksheet, Layout], G], frame: F, layout: Layout,
    totals: Mapping[str, Number | Sum] = MappingProxyType({}), total: str = "SUM({})", *,
    more: str = "", folds: bool = False,
) -> G:  # fmt: skip
    """A new sheet with title above the first column that is shown, totals and headings, ready for its rows. ``folds``: its rows
    open at the heading above them."""
    worksheet = open_sheet(frame, layout.sheet)
    layout = replace(layout, paper=frame.paper)
    if folds:
        worksheet.outline_settings(symbols_below=False)
    across = layout.across
    until = layout.column(across[0]) if across else None
    column = next(number for number, one in enumerate(layout.columns) if one.page == 1)
    titles = title_block(frame, worksheet, layout.sheet, layout.columns, more, column, until)
    made = grid(frame, worksheet, layout)
    made.points |= titles
    made.head(totals, total)
    return made


def captioned(grid: Callable[[F, Worksheet, Layout], G], frame: F, worksheet: Worksheet, layout: Layout) -> G:
    """A further table on a sheet: its title, then its headings."""
    worksheet.write_string(layout.top - 1, 0, layout.around.title, frame.styles.subtitle)
    made = grid(frame, worksheet, layout)
    made.head({})
    return made


def fill(
    grid: TableGrid, records: Iterable[object], cells: Cells = NOTHING, *,
    level: Callable[[Any], int] = lambda record: 0, look: Callable[[Any], tuple[str, ...]] = lambda record: (),
    theirs: Callable[[int, Any], None] = lambda row, record: None,
) -> None:  # fmt: skip
    """A row for each record. ``level``: how deep it is folded; ``look``: of all its cells; ``theirs`` writes the columns
    that come from the usulan."""
    records = list(records)
    _foresee(grid, records, cells)
    for row, record in enumerate(records, start=grid.layout.first):
        put_row(grid, row, record, cells, look(record))
        theirs(row, record)
        grid.end_row(row, level(record))


def put_row(grid: TableGrid, row: int, record: object, cells: Cells = NOTHING, look: tuple[str, ...] = ()) -> None:
    """The table's own cells of one record."""
    layout, columns, at = grid.layout, grid.layout.columns, At(grid, row, record)
    assert cells.keys() <= layout.own.keys(), cells.keys() - layout.own.keys()
    for number in layout.own.values():
        made = _made(columns[number], at, cells)
        if made.__class__ is Cell:
            _put(grid, row, number, made, look)
        elif made is not None or look:
            grid.put(row, number, None if made == "" else made, *look)


def _foresee(grid: TableGrid, records: Iterable[object], cells: Cells) -> None:
    """The longest words before the first row is written: they widen their columns, and so its lines are fewer."""
    columns = [grid.layout.columns[number] for number in grid.layout.own.values()]
    words = [column for column in columns if column.page == 1 and column.kind.wrap and not numeric(column)]
    for row, record in enumerate(records, start=grid.layout.first):
        at = At(grid, row, record)
        for column in words:
            made = _made(column, at, cells)
            if isinstance(value := made.value if isinstance(made, Cell) else made, str):
                grid.foresee(grid.layout.own[column.key], value)


def _made(column: Column, at: At, cells: Cells) -> object:
    """A cell of a column: what the sheet's writer gives for it, else what its declaration says."""
    own = cells.get(column.key)
    return _declared(column, at) if own is None else own if isinstance(own, Cell) else own(at)


def _declared(column: Column, at: At) -> object:
    """What the declaration alone says of the cell."""
    if not isinstance(column, Shown):
        return getattr(at.of, column.key)
    if column.numbered:
        return at.number
    if column.key == UNIT_NAME and not column.value:
        value: object = _unit_named(at)
    else:
        value = column.value(at.of) if column.value else getattr(at.of, column.key)
    if not (column.formula or column.look):
        return value
    look = column.look(at.of) if column.look else None
    return Cell(None if value == "" else value, column.formula(at) if column.formula else "", look)


def _unit_named(at: At) -> object:
    """The name of the unit, or the post of a leader, whose code stands folded on the same row."""
    own = at.grid.layout
    said = _declared(own.columns[own.column(UNIT.key)], at)
    office, code = at.context.office, str((said.value if isinstance(said, Cell) else said) or "")
    leader = None if office.unit(code) else office.official(code)
    return leader.post if leader else office.unit_name(code)


def _put(grid: TableGrid, row: int, number: int, cell: Cell, row_look: tuple[str, ...]) -> None:
    look, value = row_look if cell.look is None else cell.look, cell.value
    if cell.formula:
        grid.put_formula(row, number, cell.formula, value, *look)
    elif cell.link:
        fmt = grid.format(number, True, "linked")
        grid.worksheet.write_url(row, number, cell.link, fmt, string=safe_text(str(value)))
    elif cell.fmt:
        grid.worksheet.write_string(row, number, str(value), cell.fmt)
    elif value is not None or look:
        grid.put(row, number, value, *look)


def end(
    grid: TableGrid, bottom: int | None = None, *, filtered: bool = True, heads: Iterable[int] = (), signature: int | None = None
) -> None:
    """Filter, widths, and the page down to row ``bottom`` (the table's last one); see ``close_page``."""
    grid.finish(filtered=filtered)
    close_page(grid, bottom, heads=heads, signature=signature)


class Writers(Generic[F]):
    """The writers of a book, each tied to the sheet that it writes: ``@writes(rekap.RAB)`` above the function."""

    def __init__(self) -> None:
        self._of: dict[str, Callable[[F], None]] = {}

    def __call__(self, *sheets: RecapSheet) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
        def tie(write: Callable[[F], None]) -> Callable[[F], None]:
            for sheet in sheets:
                assert sheet.key not in self._of, f"{sheet.key} is written twice"
                self._of[sheet.key] = write
            return write

        return tie

    def write(self, context: F, sheets: Sequence[RecapSheet], otherwise: Callable[[F, RecapSheet], None]) -> None:
        """Every sheet in order of the tabs; ``otherwise`` writes one that has no writer of its own."""
        for sheet in sheets:
            if sheet.key in self._of:
                self._of[sheet.key](context)
            else:
                otherwise(context, sheet)
