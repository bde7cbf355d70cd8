"""Columns that the sheet itself adds up: ``AC = R + U + X + AA`` in most rows, so in the row of totals too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.checking.forensik.evaluate import same
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.runs import Run
from kinerja_xl.checking.forensik.shape import Direction, added, direction
from kinerja_xl.checking.forensik.wording import amount, columns

_QUARTER = re.compile(r"triwulan|\bTW\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossfoot:
    """``whole`` is the sum of ``parts`` in every row. ``quarters``: the headings call the parts triwulan."""

    whole: int
    parts: tuple[int, ...]
    quarters: bool

    def gap(self, grid: Grid, row: int) -> Decimal | None:
        """By how much the parts exceed the whole in this row; None when they agree or the whole shows no number."""
        whole = grid.number((row, self.whole))
        parts = sum((grid.number((row, col)) or Decimal(0) for col in self.parts), Decimal(0))
        return None if whole is None or same(whole, parts) else parts - whole

    def words(self, gap: Decimal) -> str:
        """``empat triwulan (R, U, X, AA) melebihi setahun (AC) sebesar Rp104.990.014``."""
        more = "melebihi" if gap > 0 else "kurang dari"
        parts = "empat triwulan" if self.quarters else "jumlah kolom"
        whole = f"setahun ({columns([self.whole])})" if self.quarters else f"kolom {columns([self.whole])}"
        return f"{parts} ({columns(self.parts)}) {more} {whole} sebesar {amount(abs(gap))}"


def crossfoots(grid: Grid, lines: Sequence[Run]) -> Iterator[Crossfoot]:
    """The sums across that a sheet carries down a column."""
    for run in lines:
        parts = _parts(grid, run)
        if len(parts) > 1:
            quarters = len(parts) == 4 and _called_quarters(grid, parts, run.places[0][0])
            yield Crossfoot(whole=run.places[0][1], parts=parts, quarters=quarters)


def _parts(grid: Grid, run: Run) -> tuple[int, ...]:
    found = added(run.formula) if direction(run.formula) is Direction.ROW else None
    cols: list[int] = []
    for ref in found[1] if found else ():
        box = grid.clipped(ref, run.places[0]) if not ref.sheet else None
        if box is None or box[0] != run.places[0][0] or box[2] != box[0]:
            return ()
        cols += range(box[1], box[3] + 1)
    return tuple(cols)


def _called_quarters(grid: Grid, parts: tuple[int, ...], first: int) -> bool:
    """Whether a heading above one of the columns (its merged cells included) speaks of quarters."""
    spans = {(r1, c1): c2 for r1, c1, _, c2 in grid.cells.scan.merged}
    for row in range(1, first):
        for col in range(1, max(parts) + 1):
            last = spans.get((row, col), col)
            if _QUARTER.search(grid.text((row, col))) and any(col <= part <= last for part in parts):
                return True
    return False
