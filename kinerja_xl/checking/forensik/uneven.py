"""A row of totals that adds different rows in different columns (F107 with an amount, F108 without).

The strongest evidence that a subtotal is wrong: nobody means to count Program 91 in the quarters and not in the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.checking.forensik.crossfoot import Crossfoot, crossfoots
from kinerja_xl.checking.forensik.evaluate import same
from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.runs import Run
from kinerja_xl.checking.forensik.totals import Hierarchy, Total, TotalRow, Tree, trees
from kinerja_xl.checking.forensik.wording import amount, at, bounded, columns, row_list
from kinerja_xl.findings import Finding
from kinerja_xl.package import address

_GROUPS = 8
"""Different sets of rows named in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uneven:
    """Totals of one row that should add the same rows. ``differing`` do not add those of ``rows``; ``harmful`` of
    them show another number for it."""

    totals: tuple[Total, ...]
    rows: frozenset[int]
    differing: tuple[Total, ...]
    harmful: tuple[Total, ...]


def uneven(grid: Grid, lines: Sequence[Run], rows: tuple[TotalRow, ...]) -> Iterator[tuple[Uneven, Finding]]:
    """One finding per row of totals and function (sums, averages)."""
    by_col = trees(rows)
    outline = Hierarchy(by_col)
    checks = tuple(crossfoots(grid, lines))
    for row in rows:
        for group in _groups(grid, row):
            found = _judged(grid, group, outline)
            if found:
                yield found, _said(grid, found, by_col, checks)


def _groups(grid: Grid, row: TotalRow) -> Iterator[tuple[Total, ...]]:
    """Totals that are comparable: one function, no empty column between them (two tables may stand side by side)."""
    first, last = grid.block(row.row)
    for averages in (False, True):
        group: list[Total] = []
        for total in (t for t in row.totals if (t.name == "AVERAGE") is averages):
            if group and _apart(grid, group[-1].place[1], total.place[1], first, last):
                yield tuple(group)
                group = []
            group.append(total)
        yield tuple(group)


def _apart(grid: Grid, left: int, right: int, first: int, last: int) -> bool:
    between = range(left + 1, right)
    return any(all(grid.value(place) is None for place in grid.column(col, first, last)) for col in between)


def _judged(grid: Grid, totals: tuple[Total, ...], outline: Hierarchy) -> Uneven | None:
    candidates = {total.rows for total in totals}
    if len(candidates) < 2 or max(map(len, candidates)) < 2:
        return None

    def cost(rows: frozenset[int]) -> tuple[bool, int, int, int, list[int]]:
        users = sum(total.rows == rows for total in totals)
        return (
            outline.doubled(totals[0].place[0], rows),
            len(_harmful(grid, totals, rows)),
            -users,
            -len(rows),
            sorted(rows),
        )

    rows = min(candidates, key=cost)
    differing = tuple(total for total in totals if total.rows != rows and total.rows & rows)
    if not differing:
        return None
    return Uneven(totals=totals, rows=rows, differing=differing, harmful=_harmful(grid, differing, rows))


def _harmful(grid: Grid, totals: Iterable[Total], rows: frozenset[int]) -> tuple[Total, ...]:
    return tuple(t for t in totals if t.rows != rows and not same(_shown(grid, t, t.rows), _shown(grid, t, rows)))


def _shown(grid: Grid, total: Total, rows: frozenset[int]) -> Decimal:
    """What the total would show if it added ``rows``."""
    numbers = [number for row in rows if (number := grid.number((row, total.place[1]))) is not None]
    whole = sum(numbers, Decimal(0))
    return whole / len(numbers) if total.name == "AVERAGE" and numbers else whole


def _said(grid: Grid, found: Uneven, by_col: Mapping[int, Tree], checks: tuple[Crossfoot, ...]) -> Finding:
    row = found.totals[0].place[0]
    verb = "merata-rata" if found.totals[0].name == "AVERAGE" else "menjumlah"
    groups: dict[frozenset[int], list[int]] = {found.rows: []}
    for total in found.totals:
        groups.setdefault(total.rows, []).append(total.place[1])
    named = list(groups.items())[:_GROUPS]
    listed = "; ".join(f"kolom {columns(cols)} {verb} baris {row_list(rows)}" for rows, cols in named)
    places = [total.place for total in found.harmful or found.differing]
    words = {"baris": str(row), "rincian": listed, "benar": row_list(found.rows)}
    if found.harmful:
        words |= {"akibat": _effect(grid, found, checks) + _doubled(found, by_col)}
    return at("F107" if found.harmful else "F108", grid.name, places, **words)


def _effect(grid: Grid, found: Uneven, checks: tuple[Crossfoot, ...]) -> str:
    """The amount: across the row where the sheet itself says which columns add up, else of the worst column."""
    row = found.totals[0].place[0]
    cols = {total.place[1] for total in found.harmful}
    for check in checks:
        gap = check.gap(grid, row)
        if gap and cols & {*check.parts, check.whole}:
            return check.words(gap)
    gaps = {total: _shown(grid, total, total.rows) - _shown(grid, total, found.rows) for total in found.harmful}
    worst = max(found.harmful, key=lambda total: abs(gaps[total]))
    size = "besar" if gaps[worst] > 0 else "kecil"
    return f"{address(*worst.place)} terlalu {size} {amount(abs(gaps[worst]))}"


def _doubled(found: Uneven, by_col: Mapping[int, Tree]) -> str:
    """Totals higher up that count a row twice because of it."""
    cells: list[Place] = []
    rows: set[int] = set()
    for total in found.harmful:
        tree = by_col.get(total.place[1])
        for other in tree.totals.values() if tree else ():
            again = tree.twice(other) & total.rows if tree and total.place[0] in other.rows else frozenset()
            if again:
                cells.append(other.place)
                rows |= again
    if not cells:
        return ""
    named = bounded([address(*cell) for cell in sorted(cells)])
    return f"; karena itu baris {row_list(rows)} terhitung dua kali di {named}"
