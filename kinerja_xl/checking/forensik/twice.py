"""A total that counts rows twice: a subtotal and its own lines, or one row named two times (F110)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.totals import Total, TotalRow, Tree, trees
from kinerja_xl.checking.forensik.wording import amount, at, columns, row_list
from kinerja_xl.findings import Finding
from kinerja_xl.package import address


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
            yield _said(grid, found)


def _again(tree: Tree, total: Total, uneven: Collection[Place]) -> frozenset[int]:
    """Rows counted twice, but for those that are so because a total below is uneven."""
    known = (tree.lines(member) for member in total.rows if (member, total.place[1]) in uneven)
    return tree.twice(total).difference(*known)


def _sum(grid: Grid, rows: frozenset[int], col: int) -> Decimal:
    return sum((grid.number((row, col)) or Decimal(0) for row in rows), Decimal(0))


def _said(grid: Grid, found: dict[Total, frozenset[int]]) -> Finding:
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
