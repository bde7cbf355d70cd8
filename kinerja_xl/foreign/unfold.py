"""A table whose every line takes several rows, laid flat: pagu, realisasi and sisa of one name below each other.

Habits served: a column that says PAGU, REALISASI, SISA in turn; targets and results on alternating rows. The rows of one name
become one row, the figures of the other rows stand in columns to the right; ``Region.origin`` keeps where they stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import clean
from kinerja_xl.foreign.tables import Region, without_signatures
from kinerja_xl.foreign.words import word
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import coordinates

LONGEST, BLOCKS = 4, 2
"""Rows of one name; names at least."""
_BUDGET, _SPENT = frozenset({"anggaran", "target", "rencana", "jumlah"}), frozenset({"realisasi"})


def unfolded(region: Region) -> Region:
    """The region with one row for each name; the region itself where no column says in turn what its rows hold."""
    rows = [row for row in without_signatures(region).rows if any(_figure(region, row, col) for col in region.columns)]
    for col in region.columns:
        if not any(isinstance(region.grid.value(row, col), str) for row in rows[:LONGEST]):
            continue
        texts = [clean(v) if isinstance(v := region.grid.value(row, col), str) else "" for row in rows]
        for size in range(2, LONGEST + 1):
            cycle = texts[:size]
            whole = len(texts) // size * size
            if whole < BLOCKS * size or len(texts) - whole > 1 or any(texts[i] != cycle[i % size] for i in range(whole)):
                continue
            roles = {word(text).role for text in cycle}
            if len(set(cycle)) == size and roles & _BUDGET and roles & _SPENT:
                return _laid_flat(region, col, rows[:whole], cycle)
    return region


def _figure(region: Region, row: int, col: int) -> bool:
    return isinstance(region.grid.value(row, col), float)


def _laid_flat(region: Region, label: int, rows: Sequence[int], cycle: Sequence[str]) -> Region:
    grid, size = region.grid, len(cycle)
    columns = [col for col in region.columns if col > label and any(_figure(region, row, col) for row in rows)]
    width = max(grid.width, region.right + 1)
    made = [list(row) + [None] * (width + len(columns) * (size - 1) - len(row)) for row in grid.rows]
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    gone = set()
    for at in range(0, len(rows), size):
        first = rows[at]
        for n, row in enumerate(rows[at + 1 : at + size], 1):
            for i, col in enumerate(columns):
                there = width + (n - 1) * len(columns) + i
                made[first][there] = grid.value(row, col)
                origin[first, there] = (row, col)
            made[row] = []
            gone.add(row)
    paths = {col: path for col, path in region.head.paths.items() if col != label}
    own = dict(region.head.own)
    for n, text in enumerate(cycle):
        for i, col in enumerate(columns):
            there = col if n == 0 else width + (n - 1) * len(columns) + i
            own[there] = region.head.paths.get(col, ())
            paths[there] = (text, *own[there])
    shared = {col: len(columns) if col in own and col not in region.head.own or col in columns else 1 for col in paths}
    flat = replace(region.head, paths=paths, shared=shared, own=own)
    return replace(
        region, grid=replace(grid, rows=made), head=flat, columns=tuple(sorted({*region.columns, *paths} - {label})),
        right=max(paths), rows=tuple(row for row in region.rows if row not in gone), origin=origin,
    )  # fmt: skip


def where_it_stood(found: Finding, region: Region) -> Finding:
    """A finding at a cell of a table that was laid flat, at the cell as the sheet has it."""
    if not region.origin or not found.cell:
        return found
    row, col = coordinates(found.cell)
    at = region.origin.get((row - 1, col - 1))
    return replace(found, cell=place(*at)) if at else found
