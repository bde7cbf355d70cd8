"""A sheet that was changed, and where its cells went: what every change of ``bench.ubahan`` is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from kinerja_xl.foreign.model import Table
from kinerja_xl.formula.cellsheet import CellSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A grid and where its rows and columns (zero-based) went. ``slip``: the cell that was made wrong, which must be named;
    ``free``: rows whose names may be any; ``added``: rows that may be lines besides; ``other``: amounts that are to be read
    instead of what was read before."""

    grid: CellSheet
    slip: tuple[int, int] | None = None
    free: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    other: Mapping[tuple[int, int], Decimal] = field(default_factory=dict)
    row: Callable[[int], int] = lambda at: at
    col: Callable[[int], int] = lambda at: at


Change = Callable[[Random, CellSheet, Table], Changed | None]


def same(at: int) -> int:
    return at


def moved(grid: CellSheet, row: Callable[[int], int], col: Callable[[int], int]) -> Changed:
    """Every cell and merge at its new place; formulas become their results."""
    height, width = max(map(row, range(grid.height))) + 1, max(map(col, range(grid.width))) + 1
    rows: list[list[object]] = [[None] * width for _ in range(height)]
    for r, line in enumerate(grid.rows):
        for c, value in enumerate(line):
            if value is not None:
                rows[row(r)][col(c)] = value
    merged = tuple((row(a - 1) + 1, col(b - 1) + 1, row(c - 1) + 1, col(d - 1) + 1) for a, b, c, d in grid.merged)
    errors = {(row(r - 1) + 1, col(c - 1) + 1): text for (r, c), text in grid.errors.items()}
    hidden = frozenset(row(r - 1) + 1 for r in grid.hidden_rows)
    made = replace(
        grid, rows=rows, merged=merged, errors=errors, hidden_rows=hidden, hidden_cols=frozenset(), formulas={}, unsure={}
    )
    return Changed(grid=made, row=row, col=col)


def with_cells(grid: CellSheet, cells: dict[tuple[int, int], object]) -> Changed:
    made = moved(grid, same, same)
    for (r, c), value in cells.items():
        made.grid.rows[r][c] = value  # type: ignore[index]
    return made


def numbered(grid: CellSheet, at: int) -> bool:
    """Whether a row (zero-based) numbers the columns already."""
    texts = [str(v).strip("() ").removesuffix(".0") for v in (grid.rows[at] if at < grid.height else ()) if v is not None]
    return bool(texts) and all(text.isdecimal() and len(text) < 3 for text in texts)
