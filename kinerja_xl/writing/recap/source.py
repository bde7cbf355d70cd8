"""Cells that come from a unit's workbook: its columns as declared there, its computed columns live where possible."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Record
from kinerja_xl.writing.recap.grid import Grid

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
