"""Two tables on one sheet: one below the other with a heading of its own, or side by side."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

from bench.tata_letak.berkas import Made, Truth
from bench.tata_letak.kata import Voice
from bench.tata_letak.kolom import FLAT, NUMBERS, columns, mark
from bench.tata_letak.lembar import Plan, make
from bench.tata_letak.pohon import RAB, tree
from kinerja_xl.formula.references import address, coordinates

SHARE = 0.05
"""How many of the sheets hold two tables."""
_Value = TypeVar("_Value")


def sheet(seed: str, mode: str) -> Made:
    """One sheet out of a seed, of one table or two."""
    rng = Random(f"{seed} blok")
    return _two(rng, mode) if rng.random() < SHARE else make(seed, mode)


def _two(rng: Random, mode: str) -> Made:
    beside = rng.random() < 0.3
    first, other = (_block(rng, mode) for _ in range(2))
    if beside:
        down, right = 0, max(len(row) for row in first.rows) + 1
        rows = [
            [*line, *[None] * (right - len(line)), *more]
            for line, more in zip(
                *(_filled(one.rows, max(len(first.rows), len(other.rows))) for one in (first, other)), strict=True
            )
        ]
    else:
        down, right = len(first.rows) + rng.randint(1, 3), 0
        rows = [*_filled(first.rows, down), *other.rows]
    return Made(
        rows=rows,
        merged=[*first.merged, *((t + down, le + right, b + down, r + right) for t, le, b, r in other.merged)],
        truths=(*first.truths, *(_moved(truth, down) for truth in other.truths)),
        slips=(*first.slips, *(_cell(slip, down, right) for slip in other.slips)),
        arguable=(*first.arguable, *(_cell(slip, down, right) for slip in other.arguable)),
        decides=first.decides and other.decides,
        features={**first.features, "jenis": "dua sebelah" if beside else "dua blok"},
    )


def _block(rng: Random, mode: str) -> Made:
    style = rng.choice((FLAT, NUMBERS))
    depth = 0 if style == FLAT else 1
    root = tree(rng, RAB, depth)
    mark(rng, root, style)
    voice = Voice(rng, mode)
    return Plan(
        rng=rng, voice=voice, kind=RAB, style=style, depth=depth, sums="atas" if depth else "tanpa", grand="bawah", root=root,
        cols=columns(rng, voice, RAB, style, 1), part=True,
    ).build()  # fmt: skip


def _filled(rows: object, count: int) -> list[list[object]]:
    """The rows with blank ones up to ``count``."""
    found = [list(row) for row in rows]  # type: ignore[attr-defined]
    return found + [[] for _ in range(count - len(found))]


def _moved(truth: Truth, down: int) -> Truth:
    def by_row(found: Mapping[int, _Value]) -> dict[int, _Value]:
        return {row + down: value for row, value in found.items()}

    return Truth(kind=truth.kind, names=by_row(truth.names), prices=by_row(truth.prices), amounts=by_row(truth.amounts))


def _cell(cell: str, down: int, right: int) -> str:
    row, col = coordinates(cell)
    return address(row + down, col + right)
