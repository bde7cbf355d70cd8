"""Typed numbers inside formulas (F104), and formulas of another shape than their neighbours (F105, F106)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kinerja_xl.checking.forensik.evaluate import evaluate, same
from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.runs import Run
from kinerja_xl.checking.forensik.shape import literals, shape
from kinerja_xl.checking.forensik.wording import amount, at, bounded
from kinerja_xl.findings import Finding
from kinerja_xl.package import address
from kinerja_xl.sheets.formats import format_number, plain

_TABLES = 3


def with_literals(grid: Grid) -> Iterator[Finding]:
    """One finding per column and shape, whatever the numbers: a copied formula, or one entered again and again."""
    groups: dict[tuple[int, str], list[Place]] = {}
    for place, formula in sorted(grid.formulas.items()):
        if literals(formula):
            groups.setdefault((place[1], shape(formula, True)), []).append(place)
    for places in groups.values():
        numbers = dict.fromkeys(value for place in places for value in literals(grid.formulas[place]))
        shown, text = grid.written(places, places[0])
        words = [format_number(plain(value)) for value in numbers]
        yield at("F104", grid.name, places, angka=bounded(words, 8), rumus=text, contoh=address(*shown))


def deviant(grid: Grid, book: Mapping[str, Grid], lines: Sequence[Run], common: frozenset[str]) -> Iterator[Finding]:
    """One finding per run and shape: another result than the run's formula (F105), or the same today (F106).

    ``common``: the shapes of ``common_shapes``, which are no slips.
    """
    for run in lines:
        # Two formulas taking turns are two kinds of rows, not slips.
        if len(run.others) * 3 > len(run.places):
            continue
        groups: dict[str, list[Place]] = {}
        for place in run.others:
            own = grid.formulas[place]
            if not grid.broken(place) and not literals(own) and not literals(run.formula) and shape(own) not in common:
                groups.setdefault(shape(own), []).append(place)
        for places in groups.values():
            yield from _said(grid, book, run, places)


def common_shapes(book: Mapping[str, Grid]) -> frozenset[str]:
    """Shapes that stand in several tables of the book: a kind of row of their own, such as tax under the lines."""
    tables = {
        (shape(formula), grid.name, grid.block(place[0]))
        for grid in book.values()
        for place, formula in grid.formulas.items()
    }
    counted = Counter(name for name, _, _ in tables)
    return frozenset(name for name, count in counted.items() if count >= _TABLES)


def _said(grid: Grid, book: Mapping[str, Grid], run: Run, places: list[Place]) -> Iterator[Finding]:
    gaps: dict[Place, Decimal | None] = {}
    for place in places:
        own, expected = grid.number(place), evaluate(run.formula, place, grid, book)
        if own is None or expected is None:
            gaps[place] = None
        else:
            gaps[place] = Decimal(0) if same(own, expected) else own - expected
    verdicts = {
        "F105": [place for place in places if gaps[place] != 0],
        "F106": [place for place in places if gaps[place] == 0],
    }
    for code, cells in verdicts.items():
        if not cells:
            continue
        worst = max(cells, key=lambda place: abs(gaps[place] or Decimal(0)))
        gap = gaps[worst]
        effect = f"; {address(*worst)} berselisih {amount(abs(gap))}" if gap else ""
        model_place, model = grid.written(run.places, cells[0])
        _, text = grid.written(cells, cells[0])
        yield at(code, grid.name, cells, rumus=text, rumus_lain=model, contoh=address(*model_place), akibat=effect)
