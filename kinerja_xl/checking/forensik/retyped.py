"""Figures typed over in a book of ours, where the book itself proves it (F101, F121).

Its formulas came with their results, and rows of one kind calculate alike: a result that its formula does not give, a number
where every row of that kind has the same formula, or a total that is not the sum of its rows was put there later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik.grid import Grid, amount, at, same
from kinerja_xl.checking.forensik.missed import Verdicts, said_overtyped
from kinerja_xl.checking.forensik.shape import shape
from kinerja_xl.checking.forensik.totals import common_rows, total_rows
from kinerja_xl.formula.parse import Formula
from kinerja_xl.formula.references import Box, Place
from kinerja_xl.package import address

MOST_CELLS = 4_000_000
"""Cells that the formulas of one book may ask for, all in all, while their results are worked out again."""
_MONEY = 1000
"""Rows of fewer are percent points or a count, which a row of totals need not add up."""

Typed = dict[Place, tuple[Decimal, Decimal, Place]]
"""What is typed, what the formula would give, and a cell that has the formula."""


def retyped(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """All of them; a result that only follows from a number typed over beside it is not said again."""
    # in a circle nothing can be told, and it has its own catatan
    known = {(grid.name, place) for grid in book.values() for place, one in grid.formulas.items() if _asks_itself(one, place)}
    for grid in book.values():
        found = _in_totals(grid) | _among_alike(grid)
        if found:
            known |= {(grid.name, place) for place in found}
            verdicts: Verdicts = {"F101": [(place, typed, wanted) for place, (typed, wanted, _) in sorted(found.items())]}
            yield from said_overtyped(grid, verdicts, tuple(model for _, _, model in found.values()))
    left = MOST_CELLS
    for grid in book.values():
        left -= sum(map(_asked, grid.cells.trees.values()))
        if left < 0:
            words = f"hasil rumus mulai lembar {grid.name} terlalu banyak untuk dihitung ulang di sini"
            yield Finding(code="F118", sheet=grid.name, args={"rincian": words})
            return
        yield from _unlike_its_formula(grid, known)


def _asked(formula: Formula) -> int:
    """About how many cells a formula looks at."""
    ends = ([corner.row for corner in ref.corners] for ref in formula.refs)
    return sum(max(rows) - min(rows) + 1 for rows in ends if rows)


def _among_alike(grid: Grid) -> Typed:
    """Numbers in rows that calculate in the same columns as others, at least as many of which calculate here by one formula.
    Rows of totals are of another kind."""
    by_row: dict[int, set[int]] = {}
    sums = {one.row for one in total_rows(grid)[0]}
    for row, col in (place for place in grid.formulas if place[0] not in sums):
        by_row.setdefault(row, set()).add(col)
    alike: dict[tuple[int, frozenset[int]], list[int]] = {}
    for row, own in by_row.items():
        for col in {col for _, col in grid.formulas}:
            alike.setdefault((col, frozenset(own - {col})), []).append(row)
    found: Typed = {}
    for (col, others), rows in alike.items():
        typed = [row for row in rows if (row, col) not in grid.formulas and grid.number((row, col)) is not None]
        shapes = Counter(shape(grid.formulas[row, col]) for row in rows if (row, col) in grid.formulas)
        common, count = shapes.most_common(1)[0] if shapes else ("", 0)
        if not others or not typed or count < len(typed) or len(shapes) > 1:
            continue
        model = next((r, col) for r in rows if (r, col) in grid.formulas and shape(grid.formulas[r, col]) == common)
        for row in typed:
            number, wanted = grid.number((row, col)), grid.expected(grid.formulas[model], (row, col))
            if number is not None and wanted is not None and not same(number, wanted):
                found[row, col] = number, wanted, model
    return found


def _in_totals(grid: Grid) -> Typed:
    """Numbers in a row of totals that are not the sum of the rows which the other totals add."""
    found: Typed = {}
    for row in total_rows(grid)[0]:
        sums = [total for total in row.totals if total.name == "SUM"]
        model = common_rows(sums)
        if model is None or sum(total.rows == model.rows for total in sums) < 2:
            continue
        for col in range(1, grid.width + 1):
            place = (row.row, col)
            numbers = [number for line in model.rows if (number := grid.number((line, col))) is not None]
            typed = grid.number(place) if place not in grid.formulas else None
            if typed is None or max(numbers, default=Decimal(0)) < _MONEY:
                continue
            if not same(typed, wanted := sum(numbers, Decimal(0))):
                found[place] = typed, wanted, model.place
    return found


def _unlike_its_formula(grid: Grid, known: set[tuple[str, Place]]) -> Iterator[Finding]:
    """Results that their formulas do not give with the cells as they stand."""
    wrong: dict[Place, tuple[Decimal, Decimal]] = {}
    for place, formula in grid.formulas.items():
        if grid.cells.uncalculated(place[0] - 1, place[1] - 1) or _follows(grid, formula, place, known):
            continue
        shown, wanted = grid.number(place), grid.expected(formula, place)
        if shown is not None and wanted is not None and not same(shown, wanted):
            wrong[place] = shown, wanted
    if wrong:
        shown, wanted = wrong[first := min(wrong)]
        words = {"sel_contoh": address(*first), "tertulis": amount(shown), "seharusnya": amount(wanted)}
        yield at("F121", grid.name, list(wrong), **words)


def _asks_itself(formula: Formula, place: Place) -> bool:
    boxes = (box for ref in formula.refs if not ref.sheet and (box := ref.box(place)))
    return any(_within(place, box) for box in boxes)


def _follows(grid: Grid, formula: Formula, place: Place, known: set[tuple[str, Place]]) -> bool:
    """Whether it uses a cell that was typed over: what stands there is another's fault."""
    boxes = [(ref.sheet or grid.name, box) for ref in formula.refs if known and (box := ref.box(place))]
    return any(sheet == name and _within((row, col), box) for name, box in boxes for sheet, (row, col) in known)


def _within(place: Place, box: Box) -> bool:
    return box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]
