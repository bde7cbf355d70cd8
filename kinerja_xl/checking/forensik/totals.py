"""Rows of totals: formulas that add (or average) cells of their own column, by the set of rows each one adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.shape import added
from kinerja_xl.formula.parse import Formula, Ref
from kinerja_xl.formula.references import Place

MOST_MEMBERS, MOST_FOLLOWED = 20_000, 100_000
"""Cells added by one total, and by all totals of a sheet, that are still followed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Total:
    """One total: ``name`` is SUM, SUBTOTAL or AVERAGE; ``often`` holds the rows it names twice."""

    place: Place
    name: str
    rows: frozenset[int]
    often: frozenset[int]
    ranged: bool  # adds at least one range, so that neighbours of the range may have been forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """All totals that stand in one row, by column."""

    row: int
    totals: tuple[Total, ...]


def total_rows(grid: Grid) -> tuple[tuple[TotalRow, ...], bool]:
    """The rows of totals of a sheet from top to bottom, and whether these are all (see MOST_FOLLOWED)."""
    by_row: dict[int, list[Total]] = {}
    left = MOST_FOLLOWED
    for place, formula in sorted(grid.formulas.items(), key=lambda item: item[0]):
        total = total_at(grid, place, formula)
        left -= len(total.rows) if total else 0
        if left < 0:
            break
        if total:
            by_row.setdefault(place[0], []).append(total)
    return tuple(TotalRow(row=row, totals=tuple(totals)) for row, totals in sorted(by_row.items())), left >= 0


def total_at(grid: Grid, place: Place, formula: Formula) -> Total | None:
    """The cell's formula as a total of other rows in its own column; None when it is anything else."""
    found = added(formula, ("SUM", "AVERAGE"))
    if found is None or isinstance(formula.tree, Ref):  # =F32 repeats a number, it adds nothing up
        return None
    name, refs = found
    counts: Counter[int] = Counter()
    ranged = False
    for ref in refs:
        box = grid.clipped(ref, place) if not ref.sheet else None
        if box is None or box[1] != place[1] or box[3] != place[1] or box[2] - box[0] > MOST_MEMBERS:
            return None
        ranged |= box[2] > box[0]
        counts.update(range(box[0], box[2] + 1))
    if place[0] in counts:  # it would add itself
        return None
    often = frozenset(row for row, count in counts.items() if count > 1)
    return Total(place=place, name=name, rows=frozenset(counts), often=often, ranged=ranged)


def common_rows(totals: Iterable[Total]) -> Total | None:
    """A total that adds the rows which most of the totals add."""
    listed = list(totals)
    if not listed:
        return None
    top, _ = Counter(total.rows for total in listed).most_common(1)[0]
    return next(total for total in listed if total.rows == top)


class Tree:
    """The totals of one column and what each contains, down to the lines."""

    def __init__(self, totals: Iterable[Total]) -> None:
        self.totals = {total.place[0]: total for total in totals if total.name != "AVERAGE"}
        self._lines: dict[int, frozenset[int]] = {}

    def lines(self, row: int) -> frozenset[int]:
        """Every row that goes into the total at ``row``, totals among them; empty for a line."""
        if row not in self._lines:
            self._lines[row] = frozenset()  # a circle ends here
            total = self.totals.get(row)
            if total:
                below = (self.lines(member) for member in total.rows & self.totals.keys())
                self._lines[row] = total.rows.union(*below)
        return self._lines[row]

    @property
    def rows(self) -> frozenset[int]:
        """Every row that is a total or goes into one."""
        return frozenset(self.totals).union(*(total.rows for total in self.totals.values()))

    def twice(self, total: Total) -> frozenset[int]:
        """The rows that ``total`` adds although they are already in another row that it adds, or that it adds twice."""
        members = [row for row in total.rows if row in self.totals]
        if total.name == "SUBTOTAL":  # SUBTOTAL leaves other SUBTOTALs out by itself
            members = [row for row in members if self.totals[row].name != "SUBTOTAL"]
        below = frozenset[int]().union(*(self.lines(member) for member in members))
        return total.often | (total.rows & below)


def trees(rows: Iterable[TotalRow]) -> dict[int, Tree]:
    """The tree of each column that has totals."""
    by_col: dict[int, list[Total]] = {}
    for row in rows:
        for total in row.totals:
            by_col.setdefault(total.place[1], []).append(total)
    return {col: Tree(totals) for col, totals in by_col.items()}


class Hierarchy:
    """Which rows go into which row of totals in at least one column: the outline of the table as its sums tell it."""

    def __init__(self, by_col: Mapping[int, Tree]) -> None:
        self._lines: dict[int, frozenset[int]] = {}
        self._beside: dict[int, frozenset[int]] = {}
        for tree in by_col.values():
            for row, total in tree.totals.items():
                self._lines[row] = self._lines.get(row, frozenset()) | tree.lines(row)
                for member in total.rows & tree.totals.keys():
                    self._beside[member] = self._beside.get(member, frozenset()) | (total.rows - {member})

    def lines(self, row: int) -> frozenset[int]:
        """Every row below ``row`` in any column; empty for a line."""
        return self._lines.get(row, frozenset())

    def doubled(self, row: int, rows: frozenset[int]) -> bool:
        """Whether a total at ``row`` that adds ``rows`` would count something twice.

        Either a row of totals stands among them together with one of its own lines, or one of them is added once more
        beside ``row`` by a total above.
        """
        return any(self.lines(member) & rows for member in rows) or bool(self._beside.get(row, frozenset()) & rows)
