"""A typed number where the cells around it calculate (F101, F102, F103)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kinerja_xl.checking.forensik.evaluate import evaluate, same
from kinerja_xl.checking.forensik.formula import Formula, Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.runs import Run, inputs
from kinerja_xl.checking.forensik.shape import literals
from kinerja_xl.checking.forensik.totals import Total, TotalRow, common_rows
from kinerja_xl.checking.forensik.wording import amount, at
from kinerja_xl.findings import Finding
from kinerja_xl.package import address

Verdicts = dict[str, list[tuple[Place, Decimal, Decimal | None]]]
"""Code → cells with what is typed there and what the formula would give."""


def overtyped(
    grid: Grid, book: Mapping[str, Grid], lines: Sequence[Run], rows: tuple[TotalRow, ...]
) -> Iterator[Finding]:
    """One finding per run and verdict: differs (F101), equal today (F102), cannot be told (F103)."""
    for run in lines:
        # A formula that carries a typed number of its own is an entry, and so is the number beside it.
        if literals(run.formula):
            continue
        typed = [place for place in run.typed if not grid.numbering_row(place[0]) and _is_line(grid, run, place)]
        if len(typed) < len(run.places):
            yield from _said(grid, _judged(grid, book, dict.fromkeys(typed, run.formula)), run.places)
    yield from _totals(grid, rows)


def _is_line(grid: Grid, run: Run, place: Place) -> bool:
    """Whether the formula would have something to work on here: a heading or total row has none of the inputs.

    Before the first and after the last copy every input must be there.
    """
    present = [value is not None for value in inputs(grid, run.formula, place)]
    inside = run.places[0] < place < run.places[-1]
    return any(present) if inside else bool(present) and all(present)


def _judged(grid: Grid, book: Mapping[str, Grid], expected: Mapping[Place, Formula]) -> Verdicts:
    found: Verdicts = {}
    for place, formula in sorted(expected.items()):
        typed = grid.typed(place)
        if typed is None:
            continue
        result = evaluate(formula, place, grid, book)
        if result is None and typed == 0:  # instead of #DIV/0!
            continue
        code = "F103" if result is None else "F102" if same(result, typed) else "F101"
        found.setdefault(code, []).append((place, typed, result))
    return found


def _said(grid: Grid, verdicts: Verdicts, model: tuple[Place, ...]) -> Iterator[Finding]:
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
        yield from _said(grid, verdicts, tuple(models))
