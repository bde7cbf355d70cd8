"""What the formulas of a filled form show: computed for the functions that office forms use, not guessed for any other.

Office programs calculate on opening; but previews, phones and readers without a calculator show the results that stand
in the file. Exact decimals; what Excel would show as an error is an error here too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, DecimalException

from kinerja_xl.checking.forensik.evaluate import EXACT, ROUNDED, NotComputableError, rounded
from kinerja_xl.filling.calc_more import DIV0, MORE, OVER_RANGES, Value
from kinerja_xl.formula.parse import Binary, Box, Call, Formula, Node, Number, Opaque, Place, Ref, Unary, walk
from kinerja_xl.package import ErrorValue

__all__ = ["CalcSheet", "Calculator", "NotComputableError", "Value"]

_MAX_CELLS = 20_000
_PLAIN_UNTIL = Decimal(10) ** 15
_DEEPEST = 150
_VALUE = ErrorValue("#VALUE!")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalcSheet:
    """A sheet for calculating: typed values, formulas as trees (None: one that can't be read), results in the file."""

    values: Mapping[Place, Value]
    formulas: Mapping[Place, Formula | None]
    height: int
    width: int


class Calculator:
    """Results of the formulas that depend on changed cells; those of all others are taken from the file."""

    def __init__(
        self, book: Mapping[str, CalcSheet], changed: Mapping[str, frozenset[Place]], names: Mapping[str, Formula]
    ) -> None:
        self.book, self.changed, self.names = book, changed, names
        self._stale: dict[tuple[str, Place], bool] = {}
        self._results: dict[tuple[str, Place], Value | NotComputableError] = {}
        self._columns = {name: _by_column({*sheet.formulas, *changed.get(name, ())}) for name, sheet in book.items()}

    def stale(self, sheet: str, place: Place, depth: int = 0) -> bool:
        """Whether the result in the file may no longer be true."""
        key = (sheet, place)
        if key in self._stale:
            return self._stale[key]
        if place in self.changed.get(sheet, ()):
            return True
        if place not in self.book[sheet].formulas:
            return False
        formula = self.book[sheet].formulas[place]
        if formula is None or depth > _DEEPEST:
            return True
        self._stale[key] = True  # a circle: better calculated anew
        self._stale[key] = any(self._touched(sheet, place, node, depth) for node in self._nodes(formula))
        return self._stale[key]

    def named(self, node: Node) -> Node:
        """What a defined name stands for; any other node itself."""
        found = self.names.get(node.text.casefold()) if isinstance(node, Opaque) else None
        return found.tree if found else node

    def _nodes(self, formula: Formula) -> Iterator[Node]:
        return (inner for node in walk(formula.tree) for inner in walk(self.named(node)))

    def _touched(self, sheet: str, place: Place, node: Node, depth: int) -> bool:
        if isinstance(node, Opaque):
            return not _is_literal(node.text)
        if not isinstance(node, Ref):
            return isinstance(node, Call) and node.name in _VOLATILE
        name = node.sheet or sheet
        box = node.box(place)
        if name not in self.book or box is None:
            return True
        return any(self.stale(name, p, depth + 1) for p in self._inside(name, box) if (name, p) != (sheet, place))

    def _inside(self, name: str, box: Box) -> Iterator[Place]:
        """The formulas and changed cells of an area."""
        columns = self._columns[name]
        for col in range(box[1], box[3] + 1) if box[3] - box[1] < len(columns) else [c for c in columns if box[1] <= c <= box[3]]:
            rows = columns.get(col, [])
            for row in rows[bisect_left(rows, box[0]) : bisect_right(rows, box[2])]:
                yield row, col

    def result(self, sheet: str, place: Place) -> Value:
        """What a cell shows. Raises NotComputableError."""
        own = self.book[sheet]
        if place not in own.formulas or not self.stale(sheet, place):
            return own.values.get(place)
        key = (sheet, place)
        if key not in self._results:
            self._results[key] = NotComputableError("circle")
            try:
                formula = own.formulas[place]
                if formula is None:
                    raise NotComputableError("unread")
                value = _Run(self, sheet, place).value(formula.tree)
                self._results[key] = Decimal(0) if value is None else value  # a formula never shows a blank
            except NotComputableError as error:
                self._results[key] = error
            except (DecimalException, RecursionError) as error:
                self._results[key] = NotComputableError(type(error).__name__)
        found = self._results[key]
        if isinstance(found, NotComputableError):
            raise NotComputableError(str(found))
        return found


def _by_column(places: set[Place]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, col in sorted(places):
        found.setdefault(col, []).append(row)
    return found


def _is_literal(text: str) -> bool:
    return text.startswith('"') or text.upper() in ("TRUE", "FALSE", "")


_VOLATILE = frozenset({"NOW", "TODAY", "RAND", "INDIRECT", "OFFSET", "CELL", "INFO", "ROW", "ROWS", "COUNTBLANK"})


class _Run:
    def __init__(self, calculator: Calculator, sheet: str, place: Place) -> None:
        self.calculator, self.sheet, self.place = calculator, sheet, place

    def value(self, node: Node) -> Value:
        node = self.calculator.named(node)
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Ref):
            name, box = self.area(node)
            if box[:2] != box[2:]:
                raise NotComputableError("area")
            return self.calculator.result(name, (box[0], box[1]))
        if isinstance(node, Opaque):
            return _literal(node.text)
        if isinstance(node, Unary):
            return _lifted(lambda a, _: -a if node.sign == "-" else a / 100, self.value(node.inner), Decimal(0))
        if isinstance(node, Binary):
            return _binary(node.sign, self.value(node.left), self.value(node.right))
        return self.call(node)

    def area(self, ref: Ref) -> tuple[str, Box]:
        name, box = ref.sheet or self.sheet, ref.box(self.place)
        if name not in self.calculator.book or box is None:
            raise NotComputableError("reference")
        return name, box

    def call(self, node: Call) -> Value:
        if node.name in OVER_RANGES:
            return self.over(node.name, node.args)
        if node.name == "SUBTOTAL" and len(node.args) > 1:
            kind = self.value(node.args[0])
            if kind in (Decimal(9), Decimal(109)):
                return self.over("SUM", node.args[1:])
        if node.name == "IF" and 2 <= len(node.args) <= 3:
            test = _truth(self.value(node.args[0]))
            if isinstance(test, ErrorValue):
                return test
            return self.value(node.args[1]) if test else self.value(node.args[2]) if len(node.args) == 3 else False
        if node.name in ("IFERROR", "IFNA") and len(node.args) == 2:
            found = self.value(node.args[0])
            return self.value(node.args[1]) if isinstance(found, ErrorValue) else found
        if node.name in ("AND", "OR"):
            tests = [_truth(self.value(arg)) for arg in node.args]
            bad = next((test for test in tests if isinstance(test, ErrorValue)), None)
            return bad or (all(tests) if node.name == "AND" else any(tests))
        if node.name in ROUNDED and node.args:
            places = self.value(node.args[1]) if len(node.args) > 1 else Decimal(0)
            return _lifted(lambda a, b: rounded(a, int(b), ROUNDED[node.name]), self.value(node.args[0]), places)
        if node.name in ("ABS", "N", "INT", "ISBLANK") and len(node.args) == 1:
            return _of_one(node.name, self.value(node.args[0]))
        return self.other(node)

    def other(self, node: Call) -> Value:
        """What needs to know the cell or looks at areas."""
        if node.name == "ROW" and len(node.args) < 2:
            own = self.referred(node.args[0]) if node.args else None
            return Decimal(self.area(own)[1][0] if own else self.place[0])
        if node.name in MORE and node.args:
            return MORE[node.name](self, node.args)
        raise NotComputableError(node.name)

    def referred(self, node: Node) -> Ref | None:
        found = self.calculator.named(node)
        return found if isinstance(found, Ref) else None

    def cells(self, ref: Ref) -> list[list[Value]]:
        """The values of an area, row by row. Raises NotComputableError for one that is too large."""
        name, (top, left, bottom, right) = self.area(ref)
        if (bottom - top + 1) * (right - left + 1) > _MAX_CELLS:
            raise NotComputableError("large")
        result = self.calculator.result
        return [[result(name, (row, col)) for col in range(left, right + 1)] for row in range(top, bottom + 1)]

    def over(self, name: str, args: tuple[Node, ...]) -> Value:
        numbers: list[Decimal] = []
        for value in (value for arg in args for value in self.numbers(arg)):
            if isinstance(value, ErrorValue):
                return value
            numbers.append(value)
        return OVER_RANGES[name](numbers)

    def numbers(self, arg: Node) -> Iterator[Decimal | ErrorValue]:
        """What an argument gives to SUM and its kin: of an area its numbers only."""
        arg = self.calculator.named(arg)
        if not isinstance(arg, Ref):
            value = _number(self.value(arg))
            yield value
            return
        name, box = self.area(arg)
        own = self.calculator.book[name]
        bottom, right = min(box[2], own.height), min(box[3], own.width)
        if (bottom - box[0] + 1) * (right - box[1] + 1) > _MAX_CELLS:
            raise NotComputableError("large")
        for row in range(box[0], bottom + 1):
            for col in range(box[1], right + 1):
                found = self.calculator.result(name, (row, col))
                if isinstance(found, Decimal | ErrorValue):
                    yield found


def _of_one(name: str, value: Value) -> Value:
    if name == "ISBLANK":
        return value is None
    if name == "N" and isinstance(value, str):
        return Decimal(0)
    if name == "INT":
        return _lifted(lambda a, _: a.to_integral_value(ROUND_FLOOR), value, Decimal(0))
    return _lifted(lambda a, _: abs(a) if name == "ABS" else a, value, Decimal(0))


def _literal(text: str) -> Value:
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if text == "":
        return None
    raise NotComputableError("name")


def _number(value: Value) -> Decimal | ErrorValue:
    """A value within arithmetic: blank is 0; a text that reads as a number depends on the reader's locale."""
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, str):
        if any(character.isdigit() for character in value):
            raise NotComputableError("text")
        return _VALUE
    return value


def _truth(value: Value) -> bool | ErrorValue:
    number = value if isinstance(value, bool) else _number(value)
    return number if isinstance(number, ErrorValue) else bool(number)


def _lifted(function: Callable[[Decimal, Decimal], Decimal], left: Value, right: Value) -> Value:
    """A function of numbers; the first error among its arguments is its result."""
    one, two = _number(left), _number(right)
    if isinstance(one, ErrorValue):
        return one
    return two if isinstance(two, ErrorValue) else function(one, two)


def _binary(sign: str, left: Value, right: Value) -> Value:
    if sign in _COMPARED:
        bad = next((value for value in (left, right) if isinstance(value, ErrorValue)), None)
        return bad or _COMPARED[sign](_order(left, right))
    if sign == "&":
        return _joined(left, right)
    if sign == "/" and _number(right) == 0 and not isinstance(_number(left), ErrorValue):
        return DIV0
    if sign in _ARITHMETIC:
        return _lifted(_ARITHMETIC[sign], left, right)
    raise NotComputableError(sign)


def _joined(left: Value, right: Value) -> Value:
    texts = []
    for value in (left, right):
        if isinstance(value, ErrorValue):
            return value
        if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < _PLAIN_UNTIL:
            value = str(value.quantize(Decimal(1)))
        if not (value is None or isinstance(value, str)):
            raise NotComputableError("number as text")  # its look depends on the locale
        texts.append(value or "")
    return "".join(texts)


def _order(left: Value, right: Value) -> int:
    """-1, 0 or 1 as Excel sorts: numbers before texts before truth values; a blank is 0 or an empty text."""
    if left is None and right is None:
        return 0
    left = _blank_like(right) if left is None else left
    right = _blank_like(left) if right is None else right
    ranks = [2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0 for value in (left, right)]
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    one, two = (value.casefold() if isinstance(value, str) else value for value in (left, right))
    return 0 if one == two else -1 if one < two else 1  # type: ignore[operator]


def _blank_like(value: Value) -> Value:
    return "" if isinstance(value, str) else False if isinstance(value, bool) else Decimal(0)


_COMPARED: dict[str, Callable[[int], bool]] = {
    "=": lambda o: o == 0, "<>": lambda o: o != 0, "<": lambda o: o < 0, ">": lambda o: o > 0, "<=": lambda o: o <= 0,
    ">=": lambda o: o >= 0,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide,
}  # fmt: skip
