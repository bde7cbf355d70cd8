"""What formulas give: exact fractions, Excel's errors as values, and "cannot be computed" as a value instead of a guess.

What depends on the reader's locale (texts that read as numbers, decimals as text), on wildcards, on the clock, or on what
is not calculated here cannot be computed. Where Excel's binary noise would decide, the exact result stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.functions import Run
from kinerja_xl.formula.operators import ErrorValue, StopError, Value
from kinerja_xl.formula.parse import Formula
from kinerja_xl.formula.references import Place

EXACT = Context(prec=40)


@dataclass(frozen=True, slots=True)
class NotComputable:
    """Only an office program can tell; ``why`` is for whoever looks for the cause."""

    why: str


Result = Decimal | str | bool | ErrorValue | NotComputable | None
"""What a cell shows; None: it is blank."""


class Evaluator:
    """The formulas of a book. A cell shows what the file says, unless its formula came without a result or is ``stale``.

    ``names``: the defined names that stand for an area, folded.
    """

    def __init__(
        self,
        book: Mapping[str, CellSheet],
        stale: Callable[[str, Place], bool] = lambda sheet, place: False,
        names: Mapping[str, Formula] | None = None,
    ) -> None:
        self.book, self.stale, self.names = book, stale, names or {}
        self._results: dict[tuple[str, Place], Value | NotComputable] = {}

    def result(self, sheet: str, place: Place) -> Result:
        """What a cell shows."""
        try:
            return _shown(self.cell(sheet, place))
        except StopError as stop:
            return NotComputable(str(stop))

    def of(self, formula: Formula, sheet: str, place: Place) -> Result:
        """The result of a formula if it stood at ``place``."""
        found = self._calculated(formula, sheet, place)
        return found if isinstance(found, NotComputable) else _shown(found)

    def cell(self, sheet: str, place: Place) -> Value:
        """What a cell shows, exactly. Raises StopError."""
        own = self.book[sheet]
        formula = own.formulas.get(place)
        if formula is None or (formula.cached and not self.stale(sheet, place)):
            return _of_file(own, place)
        key = (sheet, place)
        if key not in self._results:
            self._results[key] = NotComputable("circle")
            readable = formula.text and not formula.array
            found = self._calculated(own.trees[place], sheet, place) if readable else NotComputable("array")
            self._results[key] = found
        found = self._results[key]
        if isinstance(found, NotComputable):
            raise StopError(found.why)
        return found

    def _calculated(self, formula: Formula, sheet: str, place: Place) -> Value | NotComputable:
        run = Run(book=self.book, cell=self.cell, names=self.names, sheet=sheet, place=place)
        try:
            value = run.value(formula.tree)
        except (StopError, RecursionError) as error:
            return NotComputable(str(error) or type(error).__name__)
        return Fraction(0) if value is None else value  # a formula never shows a blank


def _of_file(sheet: CellSheet, place: Place) -> Value:
    if place in sheet.errors:
        return ErrorValue(sheet.errors[place])
    value = sheet.value(place[0] - 1, place[1] - 1)
    if value is None:
        return "" if place in sheet.formulas else None  # readers take the empty text of a formula for nothing
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float) and not value.is_integer() and math.isfinite(value):
        return Fraction(repr(value))
    if isinstance(value, int | float | Decimal) and math.isfinite(value):
        return Fraction(value)
    raise StopError("date")


def _shown(value: Value) -> Result:
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)) if isinstance(value, Fraction) else value
