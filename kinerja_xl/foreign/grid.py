"""One sheet of a foreign file as a grid of cells: values, errors, formulas, merges and what is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kinerja_xl.package import FormulaCell, address


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """``rows[r][c]`` zero-based from A1, None where empty; rows may differ in length.

    ``errors`` and ``formulas`` are keyed by 1-based (row, column), as the scan of the package gives them, ``merged``
    holds 1-based (first row, first column, last row, last column), ``hidden_rows`` and ``hidden_cols`` are 1-based.
    ``state``: visible, hidden or veryHidden.
    """

    name: str
    rows: Sequence[Sequence[object]]
    state: str = "visible"
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], FormulaCell] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    filtered: bool = False
    beyond: int = 0  # filled cells outside of what is read

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, col: int) -> object | None:
        """The value at a zero-based place; None outside."""
        if 0 <= row < len(self.rows):
            cells = self.rows[row]
            if 0 <= col < len(cells):
                return cells[col]
        return None

    def error(self, row: int, col: int) -> str:
        """The error text of a broken cell at a zero-based place, or ""."""
        return self.errors.get((row + 1, col + 1), "") if self.errors else ""

    def formula(self, row: int, col: int) -> FormulaCell | None:
        """The formula at a zero-based place."""
        return self.formulas.get((row + 1, col + 1)) if self.formulas else None

    def uncalculated(self, row: int, col: int) -> bool:
        """Whether the cell holds a formula without a result."""
        found = self.formula(row, col)
        return found is not None and not found.cached

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold anything, an error or an uncalculated formula included."""
        if not 0 <= row < len(self.rows):
            return []
        return [col for col, value in enumerate(self.rows[row]) if value is not None and value != ""]


def place(row: int, col: int) -> str:
    """The address of a zero-based place: ``(11, 7)`` → ``H12``."""
    return address(row + 1, col + 1)
