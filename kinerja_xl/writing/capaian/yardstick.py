"""Where the yardsticks of the office stand on the workbook, and the formulas that judge by them."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname

from kinerja_xl.writing.recap.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """References on the sheet Penjelasan. ``cap``: the cell of the highest percentage that counts, "" for none.

    ``bounds`` and ``names``: the predicates, lowest first, the first one without a bound; ``skala``: the scale for
    kualitatif indicators, lowest first; ``skala`` "" where the office has none.
    """

    cap: str
    bounds: str
    names: str
    lowest: str
    skala: str

    def capped(self, percent: str) -> str:
        """Formula of what counts in averages; "" where the capaian is a non-value."""
        counted = f"MIN({percent},{self.cap})" if self.cap else percent
        return f'IF(ISNUMBER({percent}),{counted},"")'

    def predicate(self, counted: str) -> str:
        """Formula of the predicate of a figure, by lower bounds only."""
        found = f"INDEX({self.names},MATCH({counted},{self.bounds},1))"
        return f'IF(ISNUMBER({counted}),IFERROR({found},{self.lowest}),"")'


def rows_of(layout: Layout, key: str, first: int, count: int) -> str:
    """``count`` cells of a column from the ``first``-th row of the table on (0 is the first), with the sheet's name."""
    top, bottom = (layout.first + first, layout.first + first + count - 1)
    sheet = quote_sheetname(layout.sheet.name)
    return f"{sheet}!{_absolute(layout.ref(key, top))}:{_absolute(layout.ref(key, bottom))}"


def cell(layout: Layout, key: str, row: int) -> str:
    """One cell with the sheet's name."""
    return f"{quote_sheetname(layout.sheet.name)}!{_absolute(layout.ref(key, row))}"


def _absolute(ref: str) -> str:
    letters = ref.lstrip("$").rstrip("0123456789")
    return f"${letters}${ref.lstrip('$')[len(letters) :]}"
