"""What kind of formula this is: the same shape as another, a row's own, a sum of its column, with typed numbers?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.formula.parse import Binary, Call, Formula, Node, Number, Opaque, Ref, Unary
from kinerja_xl.formula.references import Place

SCALES = frozenset(Decimal(text) for text in ("0", "1", "100", "1000", "1000000", "1000000000"))
"""Numbers that are no decision: nothing, the whole, percent, and amounts shown in thousands, millions, billions."""

_ROUNDING = {"ROUND", "ROUNDUP", "ROUNDDOWN", "MROUND", "CEILING", "FLOOR", "TRUNC", "CEILING.MATH", "FLOOR.MATH"}
# Functions whose typed numbers say how to look or cut, not how much: column numbers, positions, criteria, dates.
_STRUCTURAL = _ROUNDING | {
    "VLOOKUP", "HLOOKUP", "LOOKUP", "XLOOKUP", "INDEX", "MATCH", "OFFSET", "CHOOSE", "ADDRESS", "INDIRECT", "ROW",
    "COLUMN", "LEFT", "RIGHT", "MID", "REPT", "SUBSTITUTE", "REPLACE", "TEXT", "FIND", "SEARCH", "CHAR", "FIXED",
    "SUBTOTAL", "AGGREGATE", "LARGE", "SMALL", "RANK", "RANK.EQ", "PERCENTILE", "QUARTILE", "LOG", "POWER",
    "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS",
    "DATE", "TIME", "EDATE", "EOMONTH", "WEEKDAY", "WEEKNUM", "YEARFRAC", "DATEDIF", "NETWORKDAYS", "WORKDAY",
}  # fmt: skip
_SUM_CODES = ((Number(Decimal(9)),), (Number(Decimal(109)),))  # SUBTOTAL(9, …) and the one that skips hidden rows
_COMPARISONS = frozenset({"=", "<", ">", "<=", ">=", "<>"})


class Direction(StrEnum):
    """Along which neighbours a formula was copied."""

    ROW = "row"  # uses its own row: copied down a column
    COLUMN = "column"  # uses its own column: copied along a row
    MIXED = "mixed"
    NONE = "none"  # uses no cell at a distance


@lru_cache(maxsize=20_000)
def shape(formula: Formula, masked: bool = False) -> str:
    """A text that is equal for formulas of one shape; ``masked`` sets typed numbers aside. Brackets do not matter."""
    return _shown(formula.tree, masked)


def _shown(node: Node, masked: bool) -> str:
    if isinstance(node, Ref):
        cells = (f"{'' if c.fixed_row else '~'}{c.row}/{'' if c.fixed_col else '~'}{c.col}" for c in node.corners)
        return f"{node.sheet}![{':'.join(cells)}]"
    if isinstance(node, Number):
        return "#" if masked else str(node.value.normalize())
    if isinstance(node, Opaque):
        return node.text
    if isinstance(node, Unary):
        return f"({node.sign}{_shown(node.inner, masked)})"
    if isinstance(node, Binary):
        return f"({_shown(node.left, masked)}{node.sign}{_shown(node.right, masked)})"
    return f"{node.name}({','.join(_shown(arg, masked) for arg in node.args)})"


@lru_cache(maxsize=20_000)
def direction(formula: Formula) -> Direction:
    """By the relative addresses on the formula's own sheet; fixed ones ($) tell nothing."""
    corners = [corner for ref in formula.refs if not ref.sheet for corner in ref.corners]
    rows = {corner.row for corner in corners if not corner.fixed_row}
    cols = {corner.col for corner in corners if not corner.fixed_col}
    if not rows | cols:
        return Direction.NONE
    if rows == {0}:
        return Direction.ROW
    return Direction.COLUMN if cols == {0} else Direction.MIXED


@lru_cache(maxsize=20_000)
def numbering(formula: Formula) -> bool:
    """``=B4+1``: a running number, which may start again anywhere."""
    tree = formula.tree
    sides = (tree.left, tree.right) if isinstance(tree, Binary) and tree.sign == "+" else ()
    return {type(side) for side in sides} == {Ref, Number} and direction(formula) is Direction.COLUMN


@lru_cache(maxsize=20_000)
def literals(formula: Formula) -> tuple[Decimal, ...]:
    """The typed numbers that decide an amount, beside at least one cell."""
    if not formula.refs:
        return ()
    return tuple(value for value in _literals(formula.tree) if abs(value) not in SCALES)


def _literals(node: Node) -> Iterator[Decimal]:
    """Numbers in a place where they count: not positions, rounding digits, exponents, or sides of a comparison."""
    if isinstance(node, Number):
        yield node.value
    elif isinstance(node, Unary):
        # 100% is the whole and 11% a rate.
        scale = Decimal("0.01") if node.sign == "%" else Decimal(1)
        yield from (value * scale for value in _literals(node.inner))
    elif isinstance(node, Binary):
        sides = (node.left,) if node.sign == "^" else (node.left, node.right)
        plain = node.sign in _COMPARISONS
        yield from (v for side in sides if not (plain and _is_number(side)) for v in _literals(side))
    elif isinstance(node, Call):
        structural = node.name in _STRUCTURAL
        yield from (v for arg in node.args if not (structural and _is_number(arg)) for v in _literals(arg))


def _is_number(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Unary) and _is_number(node.inner))


def added(formula: Formula, names: tuple[str, ...] = ("SUM",)) -> tuple[str, tuple[Ref, ...]] | None:
    """Function name and the ranges that a formula adds up (or averages) and nothing else; None otherwise.

    ``=A1+A2``, ``=SUM(A1:A5,A7)``, ``=SUM(A1+A2)``, ``=SUBTOTAL(9,A1:A5)``, rounded or within IFERROR or not.
    """
    node = formula.tree
    while isinstance(node, Call) and (node.name in _ROUNDING or node.name == "IFERROR") and node.args:
        node = node.args[0]
    if isinstance(node, Call) and node.name == "SUBTOTAL" and node.args[:1] in _SUM_CODES:
        parts = [_addends(arg) for arg in node.args[1:]]
        return ("SUBTOTAL", _joined(parts)) if all(parts) else None
    if isinstance(node, Call) and node.name in names and node.name != "SUM":
        parts = [_addends(arg) for arg in node.args]
        return (node.name, _joined(parts)) if all(parts) else None
    found = _addends(node)
    return ("SUM", found) if found else None


def _joined(parts: list[tuple[Ref, ...]]) -> tuple[Ref, ...]:
    return tuple(ref for part in parts for ref in part)


def _addends(node: Node) -> tuple[Ref, ...]:
    """The references of a pure sum; () if anything else takes part."""
    if isinstance(node, Ref):
        return (node,)
    if isinstance(node, Binary) and node.sign == "+":
        parts = [_addends(node.left), _addends(node.right)]
    elif isinstance(node, Call) and node.name == "SUM" and node.args:
        parts = [_addends(arg) for arg in node.args]
    else:
        return ()
    return _joined(parts) if all(parts) else ()


_NOT_READING = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "CELL", "ADDRESS", "OFFSET", "FORMULATEXT", "ISFORMULA"})


def circular(formula: Formula, place: Place) -> bool:
    """Whether the formula reads its own cell, by itself or within a range."""
    return any(_covers(ref, place) for ref in _read_refs(formula.tree))


def _read_refs(node: Node) -> Iterator[Ref]:
    """The references whose values matter: ROW(A5) may stand in A5."""
    if isinstance(node, Ref):
        yield node
    elif isinstance(node, Unary):
        yield from _read_refs(node.inner)
    elif isinstance(node, Binary):
        yield from _read_refs(node.left)
        yield from _read_refs(node.right)
    elif isinstance(node, Call) and node.name not in _NOT_READING:
        for arg in node.args:
            yield from _read_refs(arg)


def _covers(ref: Ref, place: Place) -> bool:
    box = ref.box(place)
    return box is not None and not ref.sheet and box[0] <= place[0] <= box[2] and box[1] <= place[1] <= box[3]


# ---- Runs: the cells of a column (or row) of a table that carry copies of one formula, and those between that do not ----

FEWEST = 3
"""Copies that make a run; two cells that differ say nothing about which is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """``places`` carry the run's ``formula``; ``others`` another one; ``typed`` a number. All between its two ends."""

    formula: Formula
    places: tuple[Place, ...]
    others: tuple[Place, ...]
    typed: tuple[Place, ...]


def runs(grid: Grid) -> Iterator[Run]:
    """The runs of a sheet: down each column formulas of their row, along each row formulas of their column.

    Sums of lines above or below are no copies of each other and are judged elsewhere (``totals``). Numbering is none.
    """
    lines: dict[tuple[bool, int, int], list[Place]] = {}
    for place, formula in grid.formulas.items():
        way = direction(formula)
        along_row = way is Direction.COLUMN
        if way is Direction.NONE or numbering(formula) or (along_row and added(formula, ("SUM", "AVERAGE"))):
            continue
        lines.setdefault((along_row, place[0] if along_row else place[1], grid.block(place[0])[0]), []).append(place)
    for key in sorted(lines):
        run = _run(grid, sorted(lines[key]), along_row=key[0])
        if run:
            yield run


def _run(grid: Grid, pool: list[Place], along_row: bool) -> Run | None:
    """The run of the most frequent shape in ``pool`` (formulas of one line of a block)."""
    counted = Counter(shape(grid.formulas[place]) for place in pool)
    top, count = counted.most_common(1)[0]
    if count < FEWEST or count * 2 <= len(pool):
        return None
    places = tuple(place for place in pool if shape(grid.formulas[place]) == top)
    copies = set(places)
    first, last = places[0], places[-1]
    if along_row:
        between = [(first[0], col) for col in range(first[1], last[1] + 1)]
    else:
        between = [(row, first[1]) for row in range(first[0], last[0] + 1)]
    return Run(
        formula=grid.formulas[first],
        places=places,
        others=tuple(place for place in pool if place not in copies and _belongs(grid, place, places, along_row)),
        typed=tuple(place for place in [*between, *_next(places, along_row)] if grid.typed(place) is not None),
    )


def _belongs(grid: Grid, place: Place, places: tuple[Place, ...], along_row: bool) -> bool:
    """Between the copies, or directly beside them and of their kind (``=H9*G10`` under the lines is tax, no line)."""
    if places[0] < place < places[-1]:
        return True
    formula = grid.formulas[places[0]]
    beside = place in _next(places, along_row) and direction(formula) is direction(grid.formulas[place])
    return beside and all(value is not None for value in inputs(grid, formula, place))


def _next(places: tuple[Place, ...], along_row: bool) -> tuple[Place, Place]:
    """The cells directly before and after the run: its first or last line may be the one overwritten."""
    (row, col), (row_end, col_end) = places[0], places[-1]
    if along_row:
        return (row, col - 1), (row_end, col_end + 1)
    return (row - 1, col), (row_end + 1, col_end)


def inputs(grid: Grid, formula: Formula, place: Place) -> list[object | None]:
    """What stands in the cells that a formula at ``place`` would use at a distance; None: nothing."""
    found: list[object | None] = []
    for ref in formula.refs:
        box = ref.box(place)
        if ref.sheet or box is None or all(corner.fixed_row and corner.fixed_col for corner in ref.corners):
            continue
        cut = box if box[:2] == box[2:] else grid.clipped(ref, place)
        if cut:
            found += [grid.value((row, col)) for row in range(cut[0], cut[2] + 1) for col in range(cut[1], cut[3] + 1)]
    return found
