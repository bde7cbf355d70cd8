"""What a formula gives, for the simple arithmetic that office workbooks are made of; anything else is not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, DecimalException
from types import MappingProxyType

from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.formula.parse import Binary, Box, Call, Formula, Node, Number, Place, Ref, Unary

# ---- Exact arithmetic of spreadsheet functions, shared by what examines formulas and what calculates filled forms ----

EXACT = Context(prec=40)
_MOST_PLACES = 20


class NotComputableError(Exception):
    """The formula uses something that is not calculated here, or a cell that holds no number."""


def product(values: list[Decimal]) -> Decimal:
    """0 for no values, as Excel has it."""
    result = Decimal(1)
    for value in values:
        result = EXACT.multiply(result, value)
    return result if values else Decimal(0)


def rounded(value: Decimal, places: int, rounding: str) -> Decimal:
    """To so many places, as Excel does it. Raises NotComputableError for absurd places."""
    if abs(places) > _MOST_PLACES:
        raise NotComputableError("places")
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=Context(prec=60)) + 0


OVER_RANGES: Mapping[str, Callable[[list[Decimal]], Decimal]] = MappingProxyType(
    {
        "SUM": lambda values: sum(values, Decimal(0)),
        "PRODUCT": product,
        "MIN": lambda values: min(values, default=Decimal(0)),
        "MAX": lambda values: max(values, default=Decimal(0)),
        "COUNT": lambda values: Decimal(len(values)),
    }
)
"""Functions over the numbers of areas; what AVERAGE of nothing is, each caller says."""

ROUNDED: Mapping[str, str] = MappingProxyType(
    {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN, "TRUNC": ROUND_DOWN}
)


_MAX_CELLS = 20_000
_DEEPEST = 200
_NEAR = Decimal("1e-9")
_RELATIVE = Decimal("1e-12")  # Excel keeps 15 digits, and sums of a column lose some of them


def evaluate(formula: Formula, place: Place, grid: Grid, book: Mapping[str, Grid]) -> Decimal | None:
    """The result of a formula if it stood at ``place``; None when it cannot be told.

    ``+ - * / ^ %``, SUM, PRODUCT, AVERAGE, MIN, MAX, COUNT, ABS, ROUND…, IFERROR over numeric cells. Cells count
    with the values that the file shows, so the answer is about this formula alone.
    """
    try:
        return _Run(place, grid, book).value(formula.tree)
    except (NotComputableError, DecimalException):
        return None


def calculate(book: Mapping[str, Grid]) -> None:
    """Fill ``Grid.calculated`` for formulas that nobody calculated: recompute, never trust."""
    for grid in book.values():
        for place, cell in sorted(grid.cells.scan.formulas.items(), key=lambda item: item[0]):
            if not cell.cached:
                _calculate(grid, place, book, 0)


def _calculate(grid: Grid, place: Place, book: Mapping[str, Grid], depth: int) -> None:
    if place in grid.calculated or depth > _DEEPEST:
        return
    grid.calculated[place] = None  # a circle ends here
    formula = grid.formulas.get(place)
    if formula is None:
        return
    for ref in formula.refs:
        target = book.get(ref.sheet) if ref.sheet else grid
        box = target.clipped(ref, place) if target else None
        if target is not None and box is not None and (box[2] - box[0] + 1) * (box[3] - box[1] + 1) <= _MAX_CELLS:
            for row in range(box[0], box[2] + 1):
                for col in range(box[1], box[3] + 1):
                    if (row, col) in target.formulas and not target.cells.scan.formulas[row, col].cached:
                        _calculate(target, (row, col), book, depth + 1)
    grid.calculated[place] = evaluate(formula, place, grid, book)


def same(one: Decimal, other: Decimal) -> bool:
    """Equal but for the arithmetic noise of binary numbers."""
    return abs(one - other) <= max(_NEAR, _RELATIVE * max(abs(one), abs(other)))


class _Run:
    def __init__(self, place: Place, grid: Grid, book: Mapping[str, Grid]) -> None:
        self.place, self.grid, self.book = place, grid, book

    def value(self, node: Node) -> Decimal:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Ref):
            return self.cell(node)
        if isinstance(node, Unary):
            inner = self.value(node.inner)
            return -inner if node.sign == "-" else inner / 100
        if isinstance(node, Binary):
            return _arithmetic(node.sign, self.value(node.left), self.value(node.right))
        if isinstance(node, Call):
            return self.call(node)
        raise NotComputableError

    def cell(self, ref: Ref) -> Decimal:
        """A single cell within arithmetic: blank is 0, a text is an error in Excel too."""
        grid, box = self.where(ref)
        place = (box[0], box[1])
        if box[:2] != box[2:] or grid.broken(place) or grid.uncalculated(place):
            raise NotComputableError
        number = grid.number(place)
        if number is None and (grid.value(place) is not None or place in grid.formulas):
            raise NotComputableError
        return number or Decimal(0)

    def where(self, ref: Ref) -> tuple[Grid, Box]:
        grid = self.book.get(ref.sheet) if ref.sheet else self.grid
        box = ref.box(self.place)
        if grid is None or box is None:
            raise NotComputableError
        return grid, box

    def call(self, node: Call) -> Decimal:
        if node.name in _OVER_RANGES:
            return _OVER_RANGES[node.name]([value for arg in node.args for value in self.numbers(arg)])
        if node.name in ROUNDED and node.args:
            places = self.value(node.args[1]) if len(node.args) > 1 else Decimal(0)
            return rounded(self.value(node.args[0]), int(places), ROUNDED[node.name])
        if node.name == "ABS" and len(node.args) == 1:
            return abs(self.value(node.args[0]))
        if node.name == "IFERROR" and node.args:
            return self.value(node.args[0])
        raise NotComputableError

    def numbers(self, arg: Node) -> Iterator[Decimal]:
        """What an argument gives to SUM and its kin: of a range its numbers only."""
        if not isinstance(arg, Ref):
            yield self.value(arg)
            return
        grid, _ = self.where(arg)
        box = grid.clipped(arg, self.place)
        if box is None:
            return
        if (box[2] - box[0] + 1) * (box[3] - box[1] + 1) > _MAX_CELLS:
            raise NotComputableError
        for row in range(box[0], box[2] + 1):
            for col in range(box[1], box[3] + 1):
                if grid.broken((row, col)) or grid.uncalculated((row, col)):
                    raise NotComputableError
                number = grid.number((row, col))
                if number is not None:
                    yield number


def _arithmetic(sign: str, left: Decimal, right: Decimal) -> Decimal:
    if sign == "+":
        return EXACT.add(left, right)
    if sign == "-":
        return EXACT.subtract(left, right)
    if sign == "*":
        return EXACT.multiply(left, right)
    if sign == "/":
        return EXACT.divide(left, right)
    if sign == "^" and abs(right) <= 100:
        return EXACT.power(left, right)
    raise NotComputableError


def _average(values: list[Decimal]) -> Decimal:
    if not values:
        raise NotComputableError
    return EXACT.divide(sum(values, Decimal(0)), Decimal(len(values)))


_OVER_RANGES: Mapping[str, Callable[[list[Decimal]], Decimal]] = {**OVER_RANGES, "AVERAGE": _average}
