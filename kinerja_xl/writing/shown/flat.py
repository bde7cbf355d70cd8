"""The one writer of flat tables: a row per record, every column by its declaration.

A ``Shown`` column says itself what it shows; any other shows the record's attribute of its key. What only the writer of a
sheet can know stands in its ``cells``, by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from xlsxwriter.format import Format

from kinerja_xl.reckoning import Sum
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, UNIT_NAME, RecapSheet, Shown
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.shown.page import Frame, Layout, numeric, open_sheet, title_block
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.table import Maker, Number, TableGrid, safe_text

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
        """A cell of this row, for a formula that stands in it."""
        return self.grid.layout.here[key]

    def span(self, table: str, key: str) -> str:
        return self.grid.frame.layouts[table].span(key)


Cells = Mapping[str, Callable[[At], object] | Cell]
"""What a sheet's writer gives for some columns: a value or a ``Cell``, of the row where it stands."""

Asked = tuple[int, Callable[[At], object] | Cell]
"""The number of a column, and what tells its cells."""

NOTHING: Cells = MappingProxyType({})


def begin(
    grid: Callable[[F, PlainSheet, Layout], G], frame: F, layout: Layout,
    totals: Mapping[str, Number | Sum | None] = MappingProxyType({}), total: str = "SUM({})", *,
    more: str = "", folds: bool = False,
) -> G:  # fmt: skip
    """A new sheet with title above the first column that is shown, totals and headings: written once the grid is settled, which
    ``fill`` does, and whoever puts rows singly by ``foresee``. ``folds``: its rows open at the heading above them."""
    worksheet = open_sheet(frame, layout.sheet)
    if folds:
        worksheet.outline_settings(symbols_below=False)
    made = grid(frame, worksheet, replace(layout, paper=frame.paper))
    for key, amount in totals.items():
        made.foresee(layout.column(key), amount.amount if isinstance(amount, Sum) else amount)

    def opening() -> None:
        own = made.layout
        until = own.column(own.across[0]) if own.across else None
        column = next(number for number, one in enumerate(own.columns) if one.page == 1)
        made.points |= title_block(frame, worksheet, own.sheet, own.columns, more, column, until)
        made.head(totals, total)

    made.opening = opening
    return made


def captioned(grid: Callable[[F, PlainSheet, Layout], G], frame: F, worksheet: PlainSheet, layout: Layout) -> G:
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
    records, asked = list(records), _asked(grid, cells)
    grid.foreseen = foresee(grid, records, cells)
    grid.settle()
    for row, record in enumerate(records, start=grid.layout.first):
        _put_row(grid, At(grid, row, record), asked, look(record))
        theirs(row, record)
        grid.end_row(row, level(record))
    grid.foreseen = ()


def put_row(grid: TableGrid, row: int, record: object, cells: Cells = NOTHING, look: tuple[str, ...] = ()) -> None:
    """The table's own cells of one record."""
    _put_row(grid, At(grid, row, record), _asked(grid, cells), look)


def _put_row(grid: TableGrid, at: At, asked: Sequence[Asked], look: tuple[str, ...]) -> None:
    row = at.row
    for number, told in asked:
        made = told if told.__class__ is Cell else told(at)  # type: ignore[operator]
        if made.__class__ is Cell:
            _put(grid, row, number, made, look)
        elif made is not None or look:
            grid.put(row, number, None if made == "" else made, *look)


def foresee(grid: TableGrid, records: Iterable[object], cells: Cells = NOTHING) -> set[int]:
    """Words and figures before the first row is written: they widen their columns, other words give way, and lines are counted
    in columns as wide as they will be. Gives these columns."""
    measured = {n for n, one in enumerate(grid.layout.columns) if one.page == 1 and (one.kind.wrap or numeric(one))}
    shown = [(number, told, set[object]()) for number, told in _asked(grid, cells) if number in measured]
    for row, record in enumerate(records, start=grid.layout.first):
        at = At(grid, row, record)
        for number, told, seen in shown:
            made = told if told.__class__ is Cell else told(at)  # type: ignore[operator]
            value = made.value if made.__class__ is Cell else made
            if value not in seen:  # most stand on many rows
                seen.add(value)
                grid.foresee(number, value)
    return {number for number, *_ in shown}


def _asked(grid: TableGrid, cells: Cells) -> list[Asked]:
    """The own columns of a table, each with what tells its cells: what the writer gives, else its declaration."""
    assert cells.keys() <= grid.layout.own.keys(), cells.keys() - grid.layout.own.keys()
    return [(number, cells.get(key, declared)) for number, key, declared in _makers(grid)]


def _makers(grid: TableGrid) -> Sequence[Maker]:
    """The own columns of a table, each with what it shows of a row by its declaration alone."""
    if not grid.makers:
        columns = grid.layout.columns
        grid.makers = [(number, key, _declared(grid.layout, columns[number])) for key, number in grid.layout.own.items()]
    return grid.makers


def _declared(layout: Layout, column: Column) -> Callable[[At], object]:
    """What the declaration alone says of the cell."""
    plainly: Callable[[At], object] = attrgetter(f"of.{column.key}")
    if not isinstance(column, Shown):
        return plainly
    if column.numbered:
        return lambda at: at.number
    shown, formula, look = column.value, column.formula, column.look
    unshown = _unit_named(layout) if column.key == UNIT_NAME else plainly
    value: Callable[[At], object] = (lambda at: shown(at.of)) if shown else unshown
    if not (formula or look):
        return value

    def cell(at: At) -> Cell:
        said = value(at)
        return Cell(None if said == "" else said, formula(at) if formula else "", look(at.of) if look else None)

    return cell


def _unit_named(layout: Layout) -> Callable[[At], object]:
    """The name of the unit, or the post of a leader, whose code stands folded on the same row."""
    whose = _declared(layout, layout.columns[layout.column(UNIT.key)])

    def name(at: At) -> object:
        said = whose(at)
        office, code = at.context.office, str((said.value if isinstance(said, Cell) else said) or "")
        leader = None if office.unit(code) else office.official(code)
        return leader.post if leader else office.unit_name(code)

    return name


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
