"""What a book's sums leave out, and what was typed over them.

Lines that no total adds although a total stands right beside them (F109). Figures typed over in a book of ours, where the book
itself proves it (F101, F121): its formulas came with their results, and rows of one kind calculate alike; a result that its
formula does not give, a number where every row of that kind has the same formula, or a total that is not the sum of its rows was
put there later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik.broken import Total, TotalRow, Tree, common_rows, total_rows, trees
from kinerja_xl.checking.forensik.grid import Grid, amount, at, bounded, ranges, row_list, same
from kinerja_xl.checking.forensik.shape import Run, added, inputs, literals, shape
from kinerja_xl.formula.parse import Formula, Ref
from kinerja_xl.formula.references import Box, Place
from kinerja_xl.package import address

Used = dict[int, set[int]]
"""Column → rows of the cells that somebody counts."""

_YEARS = range(1990, 2101)
_MOST_CELLS = 20_000
_BETWEEN, _BEYOND, _INSIDE = 0, 1, 2
"""How surely a line belongs to a total: between its lines and itself, right behind them, in a gap of them."""


def missed(grid: Grid, rows: tuple[TotalRow, ...], used: Used) -> Iterator[Finding]:
    """One finding per row of totals: what its columns leave out, with the amounts. ``used``: see ``used_cells``."""
    per_row: dict[int, dict[Total, list[int]]] = {}
    by_col = trees(rows)
    rows_of = {col: tree.rows for col, tree in by_col.items()}
    for col, tree in sorted(by_col.items()):
        counted = used.get(col, set()).union(*(total.rows for total in tree.totals.values()))
        # What another column counts is a matter of the columns that differ (``uneven``).
        known = frozenset[int]().union(*(others for other, others in rows_of.items() if other != col))
        left: dict[int, tuple[tuple[int, int], Total]] = {}
        for total in tree.totals.values():
            for row, rank in _candidates(grid, tree, total, (counted, known)):
                key = (rank, max(total.rows) - min(total.rows))
                if row not in left or key < left[row][0]:
                    left[row] = (key, total)
        for line, (_, total) in sorted(left.items()):
            per_row.setdefault(total.place[0], {}).setdefault(total, []).append(line)
    for found in per_row.values():
        finding = _said(grid, found)
        if finding:
            yield finding


def used_cells(book: Mapping[str, Grid]) -> dict[str, Used]:
    """By sheet the cells that a formula outside their row uses one by one or adds up: somebody counts them.

    A sum within the same column is left to ``totals``, which knows what goes into what.
    """
    found: dict[str, Used] = {name: {} for name in book}
    for grid in book.values():
        for place, formula in grid.formulas.items():
            sums = added(formula) is not None and not isinstance(formula.tree, Ref)
            for ref in formula.refs:
                target = book.get(ref.sheet) if ref.sheet else grid
                box = target.clipped(ref, place) if target else None
                if target is None or box is None or (target is grid and box[0] == box[2] == place[0]):
                    continue
                own_column = target is grid and box[1] == box[3] == place[1]
                if box[:2] == box[2:] or (sums and not own_column and _area(box) <= _MOST_CELLS):
                    for col in range(box[1], box[3] + 1):
                        found[target.name].setdefault(col, set()).update(range(box[0], box[2] + 1))
    return found


def _area(box: Box) -> int:
    return (box[2] - box[0] + 1) * (box[3] - box[1] + 1)


def _candidates(grid: Grid, tree: Tree, total: Total, counted: tuple[Container[int], ...]) -> Iterator[tuple[int, int]]:
    """Rows beside the lines of ``total`` that nobody adds, with their rank. Only within the block of the total.

    Where a total adds single cells that are typed themselves, the lines below those are theirs: nothing can be said.
    """
    if not total.ranged and not all(member in tree.totals for member in total.rows):
        return
    row, col = total.place
    whole = sum((grid.number((member, col)) or Decimal(0) for member in total.rows), Decimal(0))
    low, high = min(total.rows), max(total.rows)
    first, last = grid.block(row)
    labels = _label_columns(grid, total)

    def line(candidate: int) -> bool:
        place = (candidate, col)
        return (
            not any(candidate in rows for rows in counted)
            and grid.number(place) != whole
            and _is_line(grid, place, labels)
        )

    between = range(high + 1, row) if row > high else range(row + 1, low)
    for candidate in between:
        if line(candidate):
            yield candidate, _BETWEEN
    if total.ranged:
        beyond = range(low - 1, first - 1, -1) if row > high else range(high + 1, last + 1)
        for candidate in beyond:
            if candidate in tree.totals or candidate == row or not line(candidate):
                break
            yield candidate, _BEYOND
    for candidate in range(low + 1, high):
        if candidate not in total.rows and candidate != row and line(candidate):
            yield candidate, _INSIDE


def _label_columns(grid: Grid, total: Total) -> list[int]:
    """Columns left of the amounts where most of the added rows carry a text."""
    rows = sorted(total.rows)
    return [c for c in range(1, total.place[1]) if sum(bool(grid.text((r, c))) for r in rows) * 2 > len(rows)]


def _is_line(grid: Grid, place: Place, labels: list[int]) -> bool:
    """A labelled number that is no year of a heading and no number of a numbering row."""
    value = grid.number(place)
    if value is None or (labels and not any(grid.text((place[0], col)) for col in labels)):
        return False
    return not grid.numbering_row(place[0]) and (bool(labels) or int(value) not in _YEARS)


def _said(grid: Grid, found: Mapping[Total, list[int]]) -> Finding | None:
    amounts: dict[Total, Decimal] = {}
    places: list[Place] = []
    for total, rows in found.items():
        col = total.place[1]
        listed = [row for row in _without_parts(grid, rows, col) if grid.number((row, col))]
        if listed:
            places += [(row, col) for row in listed]
            amounts[total] = sum((grid.number((row, col)) or Decimal(0) for row in listed), Decimal(0))
    if not amounts:
        return None
    hidden = frozenset(grid.cells.hidden_rows) & {row for row, _ in places}
    worst = max(amounts, key=lambda total: abs(amounts[total]))
    return at(
        "F109",
        grid.name,
        sorted(total.place for total in amounts),
        luput=bounded(ranges(places)),
        baris=row_list(worst.rows),
        sel_contoh=address(*worst.place),
        selisih=amount(amounts[worst]),
        tersembunyi=f" (baris {row_list(hidden)} tersembunyi)" if hidden else "",
    )


def _without_parts(grid: Grid, rows: list[int], col: int) -> list[int]:
    """``rows`` without those that are the parts of a typed amount above them."""
    listed = list(rows)
    for index, row in enumerate(listed):
        below = [other for other in listed[index + 1 :] if (other, col) in grid.formulas]
        whole = sum((grid.number((other, col)) or Decimal(0) for other in below), Decimal(0))
        if below and grid.typed((row, col)) == whole:
            return [other for other in listed if other not in below]
    return listed


# ---- A typed number where the cells around it calculate (F101, F102, F103) ----

Verdicts = dict[str, list[tuple[Place, Decimal, Decimal | None]]]
"""Code → cells with what is typed there and what the formula would give."""


def overtyped(grid: Grid, lines: Sequence[Run], rows: tuple[TotalRow, ...]) -> Iterator[Finding]:
    """One finding per run and verdict: differs (F101), equal today (F102), cannot be told (F103)."""
    for run in lines:
        # A formula that carries a typed number of its own is an entry, and so is the number beside it.
        if literals(run.formula):
            continue
        typed = [place for place in run.typed if not grid.numbering_row(place[0]) and _is_overtyped_line(grid, run, place)]
        if len(typed) < len(run.places):
            yield from said_overtyped(grid, _judged(grid, dict.fromkeys(typed, run.formula)), run.places)
    yield from _totals(grid, rows)


def _is_overtyped_line(grid: Grid, run: Run, place: Place) -> bool:
    """Whether the formula would have something to work on here: a heading or total row has none of the inputs.

    Before the first and after the last copy every input must be there.
    """
    present = [value is not None for value in inputs(grid, run.formula, place)]
    inside = run.places[0] < place < run.places[-1]
    return any(present) if inside else bool(present) and all(present)


def _judged(grid: Grid, expected: Mapping[Place, Formula]) -> Verdicts:
    found: Verdicts = {}
    for place, formula in sorted(expected.items()):
        typed = grid.typed(place)
        if typed is None:
            continue
        result = grid.expected(formula, place)
        if result is None and typed == 0:  # instead of #DIV/0!
            continue
        code = "F103" if result is None else "F102" if same(result, typed) else "F101"
        found.setdefault(code, []).append((place, typed, result))
    return found


def said_overtyped(grid: Grid, verdicts: Verdicts, model: tuple[Place, ...]) -> Iterator[Finding]:
    """What is said of these cells; ``model``: those around them that calculate."""
    for code, cells in sorted(verdicts.items()):
        shown, text = grid.written(model, cells[0][0])
        place, typed, result = max(cells, key=_gap)
        words = {"rumus": text, "contoh": address(*shown), "sel_contoh": address(*place), "tertulis": amount(typed)}
        if result is not None:
            words |= {"seharusnya": amount(result), "selisih": amount(abs(typed - result))}
        yield at(code, grid.name, [cell[0] for cell in cells], **words)


def _gap(cell: tuple[Place, Decimal, Decimal | None]) -> Decimal:
    return Decimal(0) if cell[2] is None else abs(cell[1] - cell[2])


def _totals(grid: Grid, rows: tuple[TotalRow, ...]) -> Iterator[Finding]:
    """A typed total in a row of totals, in a column whose other totals are calculated."""
    calculated: dict[int, int] = {}
    for row in rows:
        for total in row.totals:
            calculated[total.place[1]] = calculated.get(total.place[1], 0) + 1
    for row in rows:
        sums = [total for total in row.totals if total.name != "AVERAGE"]
        model = common_rows(sums)
        if model is None:
            continue
        own = {total.place[1] for total in row.totals}
        missing = [col for col, count in calculated.items() if col not in own and count * 2 > _shown(grid, rows, col)]
        expected = {(row.row, col): model for col in missing}
        yield from _typed_totals(grid, expected)


def _shown(grid: Grid, rows: Iterable[TotalRow], col: int) -> int:
    """How many rows of totals show a number in this column."""
    return sum(grid.number((row.row, col)) is not None for row in rows)


def _typed_totals(grid: Grid, expected: Mapping[Place, Total]) -> Iterator[Finding]:
    verdicts: Verdicts = {}
    models = []
    for place, total in sorted(expected.items()):
        typed = grid.typed(place)
        numbers = [number for row in total.rows if (number := grid.number((row, place[1]))) is not None]
        if typed is None or not numbers:
            continue
        result = sum(numbers, Decimal(0))
        models.append(total.place)
        verdicts.setdefault("F102" if same(result, typed) else "F101", []).append((place, typed, result))
    if models:
        yield from said_overtyped(grid, verdicts, tuple(models))


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
