"""Runs: the cells of a column (or row) of a table that carry copies of one formula, and those between that do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kinerja_xl.checking.forensik.formula import Formula, Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.shape import Direction, added, direction, numbering, shape

FEWEST = 3
"""Copies that make a run; two cells that differ say nothing about which is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """``places`` carry the run's ``formula``; ``others`` another one; ``typed`` a number. All between its two ends."""

    formula: Formula
    places: tuple[Place, ...]
    others: tuple[Place, ...]
    typed: tuple[Place, ...]


def runs(grid: Grid) -> Iterator[Run]:
    """The runs of a sheet: down each column formulas of their row, along each row formulas of their column.

    Sums of lines above or below are no copies of each other and are judged elsewhere (``totals``). Numbering is none.
    """
    lines: dict[tuple[bool, int, int], list[Place]] = {}
    for place, formula in grid.formulas.items():
        way = direction(formula)
        along_row = way is Direction.COLUMN
        if way is Direction.NONE or numbering(formula) or (along_row and added(formula, ("SUM", "AVERAGE"))):
            continue
        lines.setdefault((along_row, place[0] if along_row else place[1], grid.block(place[0])[0]), []).append(place)
    for key in sorted(lines):
        run = _run(grid, sorted(lines[key]), along_row=key[0])
        if run:
            yield run


def _run(grid: Grid, pool: list[Place], along_row: bool) -> Run | None:
    """The run of the most frequent shape in ``pool`` (formulas of one line of a block)."""
    counted = Counter(shape(grid.formulas[place]) for place in pool)
    top, count = counted.most_common(1)[0]
    if count < FEWEST or count * 2 <= len(pool):
        return None
    places = tuple(place for place in pool if shape(grid.formulas[place]) == top)
    copies = set(places)
    first, last = places[0], places[-1]
    if along_row:
        between = [(first[0], col) for col in range(first[1], last[1] + 1)]
    else:
        between = [(row, first[1]) for row in range(first[0], last[0] + 1)]
    return Run(
        formula=grid.formulas[first],
        places=places,
        others=tuple(place for place in pool if place not in copies and _belongs(grid, place, places, along_row)),
        typed=tuple(place for place in [*between, *_next(places, along_row)] if grid.typed(place) is not None),
    )


def _belongs(grid: Grid, place: Place, places: tuple[Place, ...], along_row: bool) -> bool:
    """Between the copies, or directly beside them and of their kind (``=H9*G10`` under the lines is tax, no line)."""
    if places[0] < place < places[-1]:
        return True
    formula = grid.formulas[places[0]]
    beside = place in _next(places, along_row) and direction(formula) is direction(grid.formulas[place])
    return beside and all(value is not None for value in inputs(grid, formula, place))


def _next(places: tuple[Place, ...], along_row: bool) -> tuple[Place, Place]:
    """The cells directly before and after the run: its first or last line may be the one overwritten."""
    (row, col), (row_end, col_end) = places[0], places[-1]
    if along_row:
        return (row, col - 1), (row_end, col_end + 1)
    return (row - 1, col), (row_end + 1, col_end)


def inputs(grid: Grid, formula: Formula, place: Place) -> list[object | None]:
    """What stands in the cells that a formula at ``place`` would use at a distance; None: nothing."""
    found: list[object | None] = []
    for ref in formula.refs:
        box = ref.box(place)
        if ref.sheet or box is None or all(corner.fixed_row and corner.fixed_col for corner in ref.corners):
            continue
        cut = box if box[:2] == box[2:] else grid.clipped(ref, place)
        if cut:
            found += [grid.value((row, col)) for row in range(cut[0], cut[2] + 1) for col in range(cut[1], cut[3] + 1)]
    return found
