"""Rows that say the same thing twice, by the column sets that a declaration calls unique."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.values import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A row that repeats an earlier one; ``keys`` are the columns in which both are the same."""

    table: Table
    keys: tuple[str, ...]
    row: Row
    earlier: Row

    @property
    def key(self) -> str:
        """The column to point at: the last of the set that is filled."""
        return next(key for key in (*reversed(self.keys), self.keys[0]) if self.row.get(key))

    @property
    def labels(self) -> str:
        return ", ".join(self.table.column(key).label for key in self.keys)


def repeats(content: BookContent, reported: Collection[tuple[str, str]]) -> Iterator[Repeat]:
    """Every repeated row of a workbook; rows with a cell that already has a catatan are left out."""
    for _, table in content.book.tables():
        for keys in table.unique:
            first: dict[tuple[str, ...], Row] = {}
            for row in content.rows(table.key):
                if row.get(keys[0]) is None or any((row.sheet, row.cell(key)) in reported for key in keys):
                    continue
                identity = tuple(fold(str(row.get(key) or "")) for key in keys)
                if identity in first:
                    yield Repeat(table=table, keys=keys, row=row, earlier=first[identity])
                else:
                    first[identity] = row
