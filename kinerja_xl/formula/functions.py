"""The functions of office forms: conditions, rounding, sums over areas and under a condition, looking up.

Conditions as Excel reads them: a number, a text, or one of ``< <= > >= = <>`` before either; wildcards are not calculated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kinerja_xl.formula import operators
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.operators import DIV0, NA, NUM, VALUE, ErrorValue, StopError, Value, lifted, number, truth, whole
from kinerja_xl.formula.parse import Binary, Call, Formula, Node, Number, Opaque, Ref, Unary, named
from kinerja_xl.formula.references import Box, Place

_MOST_PLACES = 20
_MAX_CELLS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The calculation of one formula where it stands. ``cell`` gives what any cell of the ``book`` shows."""

    book: Mapping[str, CellSheet]
    cell: Callable[[str, Place], Value]
    names: Mapping[str, Formula]
    sheet: str
    place: Place

    def value(self, node: Node) -> Value:
        """The value of a part of the formula. Raises StopError."""
        node = named(node, self.names)
        if isinstance(node, Number):
            return Fraction(node.value)
        if isinstance(node, Ref):
            sheet, box = self.area(node)
            if box[:2] != box[2:]:
                raise StopError("area")
            return self.cell(sheet.name, (box[0], box[1]))
        if isinstance(node, Opaque):
            return operators.literal(node.text)
        if isinstance(node, Unary):
            return lifted(lambda inner: -inner if node.sign == "-" else inner / 100, self.value(node.inner))
        if isinstance(node, Binary):
            return operators.binary(node.sign, self.value(node.left), self.value(node.right))
        return _call(self, node)

    def referred(self, node: Node) -> Ref | None:
        """The reference that an argument is, a defined name included."""
        found = named(node, self.names)
        return found if isinstance(found, Ref) else None

    def area(self, ref: Ref) -> tuple[CellSheet, Box]:
        """Sheet and box of a reference."""
        sheet, box = self.book.get(ref.sheet or self.sheet), ref.box(self.place)
        if sheet is None or box is None:
            raise StopError("reference")
        return sheet, box

    def cells(self, sheet: CellSheet, box: Box) -> Iterator[Value]:
        """The values of an area, row by row."""
        if (box[2] - box[0] + 1) * (box[3] - box[1] + 1) > _MAX_CELLS:
            raise StopError("large")
        for row in range(box[0], box[2] + 1):
            for col in range(box[1], box[3] + 1):
                yield self.cell(sheet.name, (row, col))


def _call(run: Run, node: Call) -> Value:
    """The value of a function. Raises StopError for what is not calculated."""
    if node.name in _OF_VALUES:
        fewest, most, of_values = _OF_VALUES[node.name]
        if fewest <= len(node.args) <= most:
            return of_values(*(run.value(arg) for arg in node.args))
    if node.name in _OF_CELLS and node.args:
        return _OF_CELLS[node.name](run, node.args)
    if node.name == "ROW" and not node.args:
        return Fraction(run.place[0])
    raise StopError(node.name)


# ---- Conditions, which leave alone what they do not need ----


def _if(run: Run, args: Sequence[Node]) -> Value:
    if not 2 <= len(args) <= 3:
        raise StopError("IF")
    test = truth(run.value(args[0]))
    if isinstance(test, ErrorValue):
        return test
    return run.value(args[1]) if test else run.value(args[2]) if len(args) == 3 else False


def _if_error(run: Run, args: Sequence[Node], only: ErrorValue | None = None) -> Value:
    if len(args) != 2:
        raise StopError("IFERROR")
    found = run.value(args[0])
    return run.value(args[1]) if isinstance(found, ErrorValue) and only in (None, found) else found


def _tests(run: Run, args: Sequence[Node]) -> list[bool] | ErrorValue:
    """The truth values of AND and OR: of areas the numbers and truth values only."""
    found: list[bool] = []
    for value, direct in _given(run, args):
        if direct and isinstance(value, str):
            raise StopError("truth")
        if isinstance(value, ErrorValue):
            return value
        if isinstance(value, bool | Fraction):
            found.append(bool(value))
    return found or VALUE


def _logic(of: Callable[[list[bool]], bool]) -> Callable[[Run, Sequence[Node]], Value]:
    def result(run: Run, args: Sequence[Node]) -> Value:
        tests = _tests(run, args)
        return tests if isinstance(tests, ErrorValue) else of(tests)

    return result


# ---- Functions of single values ----


def _rounding(cut: Callable[[Fraction], int]) -> Callable[..., Value]:
    """ROUND and its kin; ``cut`` makes a number that is not negative whole."""

    def one(value: Fraction, places: Fraction) -> Fraction:
        if abs(places) > _MOST_PLACES:
            raise StopError("places")
        scale = Fraction(10) ** int(places)
        return (-1 if value < 0 else 1) * cut(abs(value) * scale) / scale

    return lambda value, places=None: lifted(one, value, places)


def _up(value: Fraction) -> int:
    return whole(value) + (value.denominator != 1)


def _floor(value: Fraction) -> Fraction:
    cut = whole(value)
    return Fraction(cut - (cut > value))


def _mod(value: Fraction, by: Fraction) -> Fraction | ErrorValue:
    return value - by * _floor(value / by) if by else DIV0


def _n(value: Value) -> Value:
    return Fraction(0) if isinstance(value, str) else number(value)


def _not(value: Value) -> Value:
    test = truth(value)
    return test if isinstance(test, ErrorValue) else not test


def _root(value: Fraction) -> Fraction | ErrorValue:
    return NUM if value < 0 else operators.power(value, Fraction(1, 2)) if value else value


_OF_VALUES: Mapping[str, tuple[int, int, Callable[..., Value]]] = {
    "ROUND": (2, 2, _rounding(lambda value: math.floor(value + Fraction(1, 2)))),
    "ROUNDUP": (2, 2, _rounding(_up)),
    "ROUNDDOWN": (2, 2, _rounding(whole)),
    "TRUNC": (1, 2, _rounding(whole)),
    "ABS": (1, 1, lambda value: lifted(abs, value)),
    "INT": (1, 1, lambda value: lifted(_floor, value)),
    "MOD": (2, 2, lambda value, by: lifted(_mod, value, by)),
    "SQRT": (1, 1, lambda value: lifted(_root, value)),
    "POWER": (2, 2, lambda base, exponent: lifted(operators.power, base, exponent)),
    "N": (1, 1, _n),
    "NOT": (1, 1, _not),
    "ISBLANK": (1, 1, lambda value: value is None),
    "ISNUMBER": (1, 1, lambda value: isinstance(value, Fraction)),
    "ISTEXT": (1, 1, lambda value: isinstance(value, str)),
    "ISERROR": (1, 1, lambda value: isinstance(value, ErrorValue)),
    "TRUE": (0, 0, lambda: True),
    "FALSE": (0, 0, lambda: False),
    "NA": (0, 0, lambda: NA),
}
"""How many arguments, and what they give."""


# ---- Functions over areas ----


Given = Iterator[tuple[Value, bool]]
"""Values, and whether each was given directly instead of in a cell."""


def _given(run: Run, args: Sequence[Node]) -> Given:
    for arg in args:
        ref = run.referred(arg)
        if ref is None:
            value = run.value(arg)
            # A text from a function may be that of a cell, to which other rules apply; so may be a blank.
            if arg == Opaque("") or isinstance(arg, Call) and not isinstance(value, Fraction | ErrorValue):
                raise StopError("argument")
            yield value, True
            continue
        sheet, box = run.area(ref)
        cut = sheet.clipped(box)
        yield from ((value, False) for value in run.cells(sheet, cut)) if cut else ()


def _numbers(given: Given) -> list[Fraction] | ErrorValue:
    """What SUM and its kin add: of areas the numbers only; the first error is the result."""
    found: list[Fraction] = []
    for value, direct in given:
        read = number(value) if direct else value
        if isinstance(read, ErrorValue):
            return read
        if isinstance(read, Fraction):
            found.append(read)
    return found


def _over(of: Callable[[list[Fraction]], Fraction | ErrorValue]) -> Callable[[Given], Value]:
    def result(given: Given) -> Value:
        numbers = _numbers(given)
        return numbers if isinstance(numbers, ErrorValue) else lifted(lambda: of(numbers))

    return result


_SUM = _over(lambda values: sum(values, Fraction(0)))
_GATHERED: Mapping[str, Callable[[Given], Value]] = {
    "SUM": _SUM,
    "PRODUCT": _over(lambda values: math.prod(values, start=Fraction(1)) if values else Fraction(0)),
    "MIN": _over(lambda values: min(values, default=Fraction(0))),
    "MAX": _over(lambda values: max(values, default=Fraction(0))),
    "AVERAGE": _over(lambda values: sum(values, Fraction(0)) / len(values) if values else DIV0),
    "COUNT": lambda given: Fraction(sum(isinstance(number(v) if direct else v, Fraction) for v, direct in given)),
    "COUNTA": lambda given: Fraction(sum(value is not None for value, _ in given)),
}
_SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 9: "SUM"}


def _subtotal(run: Run, args: Sequence[Node]) -> Value:
    """SUBTOTAL: other subtotals are left out, and rows that a filter (or for 109 anybody) hides can't be told."""
    code = run.value(args[0])
    kind = int(code) if isinstance(code, Fraction) and 1 <= code < 110 else 0
    name = _SUBTOTALS.get(kind % 100)
    if name is None or len(args) < 2:
        raise StopError("SUBTOTAL")

    def cells() -> Given:
        for arg in args[1:]:
            sheet, box = run.area(_ref(run, arg))
            top, left, bottom, right = sheet.clipped(box) or (1, 1, 0, 0)
            if (sheet.filtered or kind > 100) and any(top <= row <= bottom for row in sheet.hidden_rows):
                raise StopError("hidden")
            nested = _subtotals(sheet)
            for row in range(top, bottom + 1):
                for col in range(left, right + 1):
                    if (row, col) not in nested:
                        yield from ((value, False) for value in run.cells(sheet, (row, col, row, col)))

    return _GATHERED[name](cells())


def _subtotals(sheet: CellSheet) -> set[Place]:
    return {place for place, cell in sheet.formulas.items() if "SUBTOTAL(" in cell.text.upper()}


def _count_blank(run: Run, args: Sequence[Node]) -> Value:
    sheet, box = run.area(_ref(run, args[0]))
    return Fraction(sum(value in (None, "") for value in run.cells(sheet, box)))


def _rows(run: Run, args: Sequence[Node]) -> Value:
    top, _, bottom, _ = run.area(_ref(run, args[0]))[1]
    return Fraction(bottom - top + 1)


def _row(run: Run, args: Sequence[Node]) -> Value:
    return Fraction(run.area(_ref(run, args[0]))[1][0])


def _count_if(run: Run, args: Sequence[Node]) -> Value:
    """COUNTIF and COUNTIFS."""
    return Fraction(sum(_chosen(run, args, counted=True)[0]))


def _sum_if(run: Run, args: Sequence[Node]) -> Value:
    """SUMIF(area, condition, what is added)."""
    if len(args) not in (2, 3):
        raise StopError("SUMIF")
    return _sum_ifs(run, (args[-1 if len(args) == 3 else 0], *args[:2]))


def _sum_ifs(run: Run, args: Sequence[Node]) -> Value:
    """SUMIFS(what is added, area, condition, …)."""
    chosen, added = _chosen(run, args[1:], args[0])
    return _SUM((v, False) for v, met in zip(added, chosen, strict=True) if met)


def _sum_product(run: Run, args: Sequence[Node]) -> Value:
    """SUMPRODUCT of areas of one shape; what is no number counts as 0."""
    total = Fraction(0)
    for factors in zip(*_side_by_side(run, args)[0], strict=True):
        if bad := next((value for value in factors if isinstance(value, ErrorValue)), None):
            return bad
        total += math.prod((value if isinstance(value, Fraction) else 0 for value in factors), start=Fraction(1))
    return total


def _look_up(run: Run, args: Sequence[Node]) -> Value:
    """VLOOKUP with an exact match."""
    if len(args) != 4 or run.value(args[3]) not in (Fraction(0), False):
        raise StopError("VLOOKUP")
    wanted, column = run.value(args[0]), run.value(args[2])
    sheet, (top, left, bottom, right) = run.area(_ref(run, args[1]))
    if isinstance(wanted, ErrorValue):
        return wanted
    if wanted is None or not isinstance(column, Fraction) or not 1 <= column < right - left + 2 or operators.wild(wanted):
        raise StopError("VLOOKUP")
    at = left + int(column) - 1
    for row in range(top, min(bottom, sheet.extent[0]) + 1):
        found = next(iter(run.cells(sheet, (row, left, row, left))))
        if found is not None and not isinstance(found, ErrorValue) and operators.equal(found, wanted):
            return next(iter(run.cells(sheet, (row, at, row, at))))
    return NA


def _ref(run: Run, node: Node) -> Ref:
    found = run.referred(node)
    if found is None:
        raise StopError("no area")
    return found


def _side_by_side(run: Run, args: Sequence[Node]) -> tuple[list[list[Value]], bool]:
    """The values of areas of one shape, cut alike to what is filled, and whether anything was cut off."""
    areas = [run.area(_ref(run, arg)) for arg in args]
    shapes = {(bottom - top + 1, right - left + 1) for _, (top, left, bottom, right) in areas}
    if len(shapes) != 1:
        raise StopError("shape")
    full = shapes.pop()
    cuts = [(cut[2] - box[0] + 1, cut[3] - box[1] + 1) for sheet, box in areas if (cut := sheet.clipped(box))]
    height, width = (max((cut[side] for cut in cuts), default=0) for side in (0, 1))
    values = [list(run.cells(sheet, (box[0], box[1], box[0] + height - 1, box[1] + width - 1))) for sheet, box in areas]
    return values, (height, width) != full


def _chosen(run: Run, args: Sequence[Node], *more: Node, counted: bool = False) -> tuple[list[bool], list[Value]]:
    """Which cells meet every condition (areas and conditions take turns), and the values of the area ``more``."""
    if len(args) < 2 or len(args) % 2:
        raise StopError("conditions")
    tests = [operators.condition(run.value(arg)) for arg in args[1::2]]
    areas, cut_off = _side_by_side(run, (*args[::2], *more))
    if counted and cut_off and all(test(None) for test in tests):
        raise StopError("blanks")
    met = [[test(value) for value in values] for test, values in zip(tests, areas, strict=False)]
    return [all(row) for row in zip(*met, strict=True)], areas[-1]


def _gathered(name: str) -> Callable[[Run, Sequence[Node]], Value]:
    return lambda run, args: _GATHERED[name](_given(run, args))


_OF_CELLS: Mapping[str, Callable[[Run, Sequence[Node]], Value]] = {
    "IF": _if, "IFERROR": _if_error, "IFNA": lambda run, args: _if_error(run, args, NA), "AND": _logic(all), "OR": _logic(any),
    **{name: _gathered(name) for name in _GATHERED},
    "SUBTOTAL": _subtotal, "COUNTBLANK": _count_blank, "ROW": _row, "ROWS": _rows, "COUNTIF": _count_if,
    "COUNTIFS": _count_if, "SUMIF": _sum_if, "SUMIFS": _sum_ifs, "SUMPRODUCT": _sum_product, "VLOOKUP": _look_up,
}  # fmt: skip
