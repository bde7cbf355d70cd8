"""What the sheets of the recap share: the recap, its sums, the cells that come from a unit's workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Book, Record
from kinerja_xl.sheets.rekap import UNKNOWN_ROWS, RecapSheet, known, or_dash
from kinerja_xl.writing.shown.flat import NOTHING, At, Cell, Cells, Writers, begin, end, fill
from kinerja_xl.writing.shown.page import Frame, Layout
from kinerja_xl.writing.shown.sums import Sums
from kinerja_xl.writing.shown.table import TableGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Frame):
    """What the recap's sheets share; ``masuk`` is the folder of the units' files as seen from the recap."""

    recap: Recap
    book: Book
    sums: Sums
    masuk: str


class Grid(TableGrid):
    """A table of the recap, with all that the recap's sheets share."""

    frame: Context


writes: Writers[Context] = Writers()
"""Ties a function to the sheet of the recap that it writes."""


def layout_of(sheet: RecapSheet, book: Book, rows: int) -> Layout:
    """Where the (first) table of a sheet stands."""
    return Layout(sheet=sheet, around=sheet.table, book=book, rows=rows)


def write_flat(context: Context, sheet: RecapSheet, records: Iterable[object], cells: Cells = NOTHING,
               totals: Mapping[str, int] | None = None, more: str = "") -> None:  # fmt: skip
    """A sheet that is one flat table."""
    listed = list(records)
    grid = begin(Grid, context, layout_of(sheet, context.book, len(listed)), totals or {}, more=more)
    fill(grid, listed, cells)
    end(grid)


def write_entries(context: Context, sheet: RecapSheet, entries: Iterable[Any], cells: Cells = NOTHING, more: str = "") -> None:
    """A sheet that shows a table of the units row by row, what it has no cells for by its declaration. ``entries``: ``Entry``."""
    listed = list(entries)
    layout = layout_of(sheet, context.book, len(listed))
    keys = [layout.columns[number].key for number in layout.totals]
    grid = begin(Grid, context, layout, {key: added(listed, key) for key in keys}, more=more)
    source = SourceCells(grid)
    source.foresee(listed)
    fill(grid, listed, cells, theirs=lambda row, entry: source.put_all(row, entry.file, entry.row))
    end(grid)


# ---- A sum of what is not counted: the known part, and beside it how many rows are not known ----

def held(at: At, total: Sum, formula: str) -> Cell:
    """The known part, live; a dash where nothing of it is known. The row's ``belum_diketahui`` stands beside it."""
    return Cell(known(total.shown), or_dash(formula, at.ref(UNKNOWN_ROWS)))


def held_totals(total: Sum, key: str = "tidak_dihitung") -> dict[str, int | Sum]:
    """Both for a row of totals."""
    return {key: total, UNKNOWN_ROWS: total.unknown}


def every_unknown(context: Context) -> str:
    """Formula that counts the rows of which nothing is known and the files that can't be read, which may be nobody's."""
    rows, standings = context.layouts["rab"].span(UNKNOWN_ROWS), context.layouts["asal_data"].span("status")
    return f'SUM({rows})+COUNTIF({standings},"{Standing.TIDAK_TERBACA}")'


def added(entries: Iterable[Entry | RabLine], key: str) -> Decimal:
    """The sum of a column over rows of the units; what is no number adds nothing."""
    return sum((x for entry in entries if isinstance(x := entry.row.get(key), Decimal)), Decimal(0))


# ---- Cells that come from a unit's workbook: its columns as declared there, its computed columns live where possible ----

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
        self._theirs = {key: grid.layout.columns[number] for key, number in grid.layout.theirs.items()}
        self._broken: defaultdict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for finding in grid.frame.recap.findings:
            if finding.cell and finding.value:
                self._broken[finding.file][finding.sheet, finding.cell] = finding.value

    @cached_property
    def columns(self) -> tuple[tuple[int, str, str | None], ...]:
        """(column number, key, formula of any row or None) of every column, in order."""
        return tuple((number, key, self._formula(key)) for key, number in self._grid.layout.theirs.items())

    def _formula(self, key: str) -> str | None:
        """The column's Excel face on the recap's own cells, or None when it needs a list of the unit's workbook."""
        computed = self._theirs[key].computed
        if computed is None:
            return None
        own = self._grid.layout
        formula = computed.excel({key: own.here[key] for key in own.theirs}.__getitem__)
        return None if _LIST_RANGE in formula else formula

    def value(self, key: str, record: Record) -> object | None:
        """What the column's formula shows for this record."""
        computed = self._theirs[key].computed
        return computed.value(record, _NoLists()) if computed else None

    def foresee(self, entries: Iterable[Entry | RabLine]) -> None:
        """What stands in the columns that are printed, before the first row is written."""
        rows = [entry.row.values for entry in entries]
        for key, number in self._grid.layout.theirs.items():
            for value in {own.get(key) for own in rows} if self._theirs[key].page == 1 else ():
                self._grid.foresee(number, value)

    def put(self, row: int, column: int, key: str, file: str, content: Row, formula: str | None) -> None:
        """One cell: its formula, its value, or, marked, what stood there when it could not be understood."""
        value = content.values.get(key)
        if formula is not None and self.value(key, content.values) == value:
            self._grid.put_formula(row, column, formula, value)
        elif value is not None:
            self._grid.put(row, column, value)
        elif file in self._broken and (broken := self._broken[file].get((content.sheet, content.cell(key)))):
            self._grid.put(row, column, broken, "wajib")

    def put_all(self, row: int, file: str, content: Row) -> None:
        """All columns of one row."""
        for column, key, formula in self.columns:
            self.put(row, column, key, file, content, formula)
