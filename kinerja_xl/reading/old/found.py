"""What stands in one sheet of an old format, by cell; what lies too far away is counted, and too much of it refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_xl.formula.references import Box, Place

MAX_ROWS, MAX_COLUMNS = 50_000, 512
"""What lies beyond is counted and not passed on; the same window as that of an .xlsx."""
MAX_CELLS = 2_000_000
"""Filled cells of a book that are still read, as the gate has it for an .xlsx."""


class TooLargeError(Exception):
    """More cells than anybody reads: not damaged, and not to be read."""


@dataclass(slots=True, kw_only=True)
class Found:
    """``cells``, ``errors`` and ``formulas`` (text without ``=``) by 1-based place; ``uncalculated``:
    those without a result; ``merged`` and ``hidden_…`` 1-based."""

    name: str
    state: str = "visible"
    cells: dict[Place, object] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    merged: list[Box] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    filtered: bool = False
    beyond: int = 0
    far: Place | None = None

    def put(self, row: int, col: int, value: object, error: str = "") -> None:
        """A filled cell. Raises TooLargeError when there are too many."""
        if row > MAX_ROWS or col > MAX_COLUMNS:
            self.away((row, col), 1)
        elif error:
            self.errors[row, col] = error
        elif value is not None and not (isinstance(value, str) and not value.strip()):
            self.cells[row, col] = value
            if len(self.cells) > MAX_CELLS:
                raise TooLargeError(f"lembar {self.name} berisi lebih dari {MAX_CELLS:,} sel".replace(",", "."))

    def away(self, place: Place, count: int) -> None:
        """``count`` filled cells too far away, the first of them at ``place``."""
        self.beyond += count
        self.far = self.far or place

    def rows(self) -> list[list[object]]:
        """The values by row, from A1; rows end with their last cell."""
        made: list[list[object]] = [[] for _ in range(max((row for row, _ in self.cells), default=0))]
        for row, col in sorted(self.cells):
            cells = made[row - 1]
            cells += [None] * (col - 1 - len(cells))
            cells.append(self.cells[row, col])
        return made
