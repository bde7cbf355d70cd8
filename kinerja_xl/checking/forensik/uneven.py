"""A row of totals that adds different rows in different columns (F107 with an amount, F108 without).

The strongest evidence that a subtotal is wrong: nobody means to count Program 91 in the quarters and not in the year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik.broken import Hierarchy, Total, TotalRow, Tree, trees
from kinerja_xl.checking.forensik.grid import Grid, amount, at, bounded, columns, row_list, same
from kinerja_xl.checking.forensik.shape import Direction, Run, added, direction
from kinerja_xl.formula.references import Place
from kinerja_xl.package import address
from kinerja_xl.words.periods import says_quarter

# ---- Columns that the sheet itself adds up: ``AC = R + U + X + AA`` in most rows, so in the row of totals too ----



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
    spans = {(r1, c1): c2 for r1, c1, _, c2 in grid.cells.merged}
    for row in range(1, first):
        for col in range(1, max(parts) + 1):
            last = spans.get((row, col), col)
            if says_quarter(grid.text((row, col))) and any(col <= part <= last for part in parts):
                return True
    return False


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


# ---- A total that counts rows twice: a subtotal and its own lines, or one row named two times (F110) ----

def twice(grid: Grid, rows: tuple[TotalRow, ...], uneven: Collection[Place]) -> Iterator[Finding]:
    """One finding per row of totals. Totals in ``uneven`` have their catatan, and with it what they cause higher up."""
    by_col = trees(rows)
    for row in rows:
        found = {}
        for total in row.totals:
            tree = by_col[total.place[1]]
            judged = total.name != "AVERAGE" and total.place not in uneven
            again = _again(tree, total, uneven) if judged else frozenset()
            if again and _sum(grid, again, total.place[1]):
                found[total] = again
        if found:
            yield _said_twice(grid, found)


def _again(tree: Tree, total: Total, uneven: Collection[Place]) -> frozenset[int]:
    """Rows counted twice, but for those that are so because a total below is uneven."""
    known = (tree.lines(member) for member in total.rows if (member, total.place[1]) in uneven)
    return tree.twice(total).difference(*known)


def _sum(grid: Grid, rows: frozenset[int], col: int) -> Decimal:
    return sum((grid.number((row, col)) or Decimal(0) for row in rows), Decimal(0))


def _said_twice(grid: Grid, found: dict[Total, frozenset[int]]) -> Finding:
    worst = max(found, key=lambda total: abs(_sum(grid, found[total], total.place[1])))
    col = worst.place[1]
    return at(
        "F110",
        grid.name,
        [total.place for total in found],
        baris=row_list(found[worst]),
        kolom_kolom=columns(total.place[1] for total in found),
        sel_contoh=address(*worst.place),
        selisih=amount(_sum(grid, found[worst], col)),
    )
