"""Where everything stands: the rows and columns of one table of the recap, known before anything is written.

Sheets refer to each other (the Ringkasan comes first and adds up what follows), so places are worked out from the
declarations and the number of rows alone. Rows and columns are zero-based as in XlsxWriter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.sheets.rekap import Around, RecapSheet

TITLE_ROWS = 4
"""Title, office and year, one sentence, one blank row."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The place of one table. ``rows`` may be 0: ranges then hold one blank row, so that formulas stay valid."""

    sheet: RecapSheet
    around: Around
    book: Book
    rows: int
    top: int = TITLE_ROWS
    extra: tuple[Column, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Own, the usulan's, ``extra`` (made from a list, such as the jenis belanja), own again."""
        around = self.around
        return (*around.before, *around.from_source(self.book), *self.extra, *around.after)

    @cached_property
    def own(self) -> dict[str, int]:
        """Column numbers of what only the recap has."""
        taken = len(self.columns) - len(self.around.after)
        start = {c.key: i for i, c in enumerate(self.around.before)}
        middle = {c.key: taken - len(self.extra) + i for i, c in enumerate(self.extra)}
        return start | middle | {c.key: taken + i for i, c in enumerate(self.around.after)}

    @cached_property
    def theirs(self) -> dict[str, int]:
        """Column numbers of what comes from the usulan: a key of its own may stand there without harm."""
        start = len(self.around.before)
        return {c.key: start + i for i, c in enumerate(self.around.from_source(self.book))}

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """Columns with a total."""
        keys = self.around.all_totals(self.book)
        return tuple(sorted(self.column(key) for key in keys if key in self.own or key in self.theirs))

    @property
    def heading(self) -> int:
        """Row of the headings, under the totals. Groups of columns get no row of their own: most are folded."""
        return self.top + (self.around.total_rows if self.totals else 0)

    @property
    def first(self) -> int:
        return self.heading + 1

    @property
    def last(self) -> int:
        return self.heading + max(self.rows, 1)

    @property
    def right(self) -> int:
        """Last column."""
        return len(self.columns) - 1

    def column(self, key: str) -> int:
        """The recap's own column of that key, else the usulan's."""
        return self.own[key] if key in self.own else self.theirs[key]

    def ref(self, key: str, row: int) -> str:
        """``$K17``: sorting a filtered table keeps such references on their row."""
        return f"${xl_col_to_name(self.column(key))}{row + 1}"

    def range(self, column: int) -> str:
        """``$K$9:$K$38``, for formulas on the same sheet."""
        letters = xl_col_to_name(column)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    def span(self, key: str) -> str:
        """``RAB!$K$9:$K$38``: bounded, because whole columns make a large recap slow."""
        return f"{quote_sheetname(self.sheet.name)}!{self.range(self.column(key))}"


def numeric(column: Column) -> bool:
    """Whether the column's figures decide its width."""
    return column.kind.shape in {Shape.ANGKA, Shape.NILAI}
