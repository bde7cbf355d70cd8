"""Functions of office forms: over numbers, and over areas (counting and summing under a condition, products, looking up).

Conditions as Excel reads them: a number, a text, or one of ``< <= > >= = <>`` before either; wildcards are not calculated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from kinerja_xl.checking.forensik.evaluate import EXACT, NotComputableError
from kinerja_xl.checking.forensik.evaluate import OVER_RANGES as EXACT_OVER
from kinerja_xl.formula.parse import Box, Node, Ref
from kinerja_xl.package import ErrorValue

Value = Decimal | str | bool | ErrorValue | None
"""What a cell shows."""
DIV0 = ErrorValue("#DIV/0!")
_SIGN = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Run(Protocol):
    """The calculation of one cell."""

    def value(self, node: Node) -> Value:
        """The value of an argument."""

    def referred(self, node: Node) -> Ref | None:
        """The reference that an argument is, a defined name included."""

    def area(self, ref: Ref) -> tuple[str, Box]:
        """Sheet and box of a reference."""

    def cells(self, ref: Ref) -> list[list[Value]]:
        """The values of an area, row by row."""


def rows(run: Run, args: tuple[Node, ...]) -> Value:
    """ROWS(area)."""
    top, _, bottom, _ = run.area(_ref(run, args[0]))[1]
    return Decimal(bottom - top + 1)


def counta(run: Run, args: tuple[Node, ...]) -> Value:
    """COUNTA: everything that is not blank, the empty text of a formula included."""
    return Decimal(sum(value is not None for arg in args for value in _flat(run.cells(_ref(run, arg)))))


def countblank(run: Run, args: tuple[Node, ...]) -> Value:
    """COUNTBLANK(area)."""
    return Decimal(sum(value in (None, "") for value in _flat(run.cells(_ref(run, args[0])))))


def countif(run: Run, args: tuple[Node, ...]) -> Value:
    """COUNTIF and COUNTIFS."""
    return Decimal(sum(_chosen(run, args)))


def sumif(run: Run, args: tuple[Node, ...]) -> Value:
    """SUMIF(area, condition, what is added)."""
    if len(args) not in (2, 3):
        raise NotComputableError("SUMIF")
    return _added(_flat(run.cells(_ref(run, args[-1 if len(args) == 3 else 0]))), _chosen(run, args[:2]))


def sumifs(run: Run, args: tuple[Node, ...]) -> Value:
    """SUMIFS(what is added, area, condition, …)."""
    return _added(_flat(run.cells(_ref(run, args[0]))), _chosen(run, args[1:]))


def sumproduct(run: Run, args: tuple[Node, ...]) -> Value:
    """SUMPRODUCT of areas of one shape; what is no number counts as 0."""
    areas = [_flat(run.cells(_ref(run, arg))) for arg in args]
    if len({len(area) for area in areas}) != 1:
        raise NotComputableError("shape")
    total = Decimal(0)
    for factors in zip(*areas, strict=True):
        if bad := next((value for value in factors if isinstance(value, ErrorValue)), None):
            return bad
        product = Decimal(1)
        for value in factors:
            product *= value if isinstance(value, Decimal) else 0
        total += product
    return total


def vlookup(run: Run, args: tuple[Node, ...]) -> Value:
    """VLOOKUP with an exact match."""
    if len(args) != 4 or run.value(args[3]) not in (Decimal(0), False):
        raise NotComputableError("VLOOKUP")
    wanted, column = run.value(args[0]), run.value(args[2])
    table = run.cells(_ref(run, args[1]))
    if not isinstance(column, Decimal) or not 1 <= int(column) <= len(table[0] if table else []):
        raise NotComputableError("column")
    if isinstance(wanted, ErrorValue):
        return wanted
    for row in table:
        if _same(row[0], wanted):
            return row[int(column) - 1]
    return ErrorValue("#N/A")


def _ref(run: Run, node: Node) -> Ref:
    found = run.referred(node)
    if found is None:
        raise NotComputableError("no area")
    return found


def _flat(table: list[list[Value]]) -> list[Value]:
    return [value for row in table for value in row]


def _chosen(run: Run, args: Sequence[Node]) -> list[bool]:
    """Which cells meet every condition; areas and conditions take turns."""
    if len(args) < 2 or len(args) % 2:
        raise NotComputableError("conditions")
    met: list[bool] = []
    for area, condition in zip(args[::2], args[1::2], strict=True):
        test, values = _condition(run.value(condition)), _flat(run.cells(_ref(run, area)))
        if met and len(met) != len(values):
            raise NotComputableError("shape")
        met = [test(value) and (not met or met[at]) for at, value in enumerate(values)]
    return met


def _added(values: list[Value], chosen: list[bool]) -> Value:
    if len(values) != len(chosen):
        raise NotComputableError("shape")
    total = Decimal(0)
    for value, wanted in zip(values, chosen, strict=True):
        if wanted and isinstance(value, ErrorValue):
            return value
        if wanted and isinstance(value, Decimal):
            total += value
    return total


def _condition(wanted: Value) -> Callable[[Value], bool]:
    if isinstance(wanted, Decimal):
        return lambda value: value == wanted
    if not isinstance(wanted, str) or any(mark in wanted for mark in "*?~"):
        raise NotComputableError("condition")
    found = _SIGN.fullmatch(wanted)
    sign, text = (found[1] or "=", found[2]) if found else ("=", wanted)
    if _NUMBER.fullmatch(text):
        return _compared(sign, Decimal(text))
    if sign not in ("=", "<>") or not text:
        raise NotComputableError("condition")
    return lambda value: (isinstance(value, str) and value.casefold() == text.casefold()) == (sign == "=")


def _compared(sign: str, number: Decimal) -> Callable[[Value], bool]:
    test = _TESTS[sign]
    return lambda value: test(value, number) if isinstance(value, Decimal) else sign == "<>"


_TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def _same(one: Value, two: Value) -> bool:
    if isinstance(one, str) and isinstance(two, str):
        return one.casefold() == two.casefold()
    return one is not None and one == two and isinstance(one, str) == isinstance(two, str)


MORE: Mapping[str, Callable[[Run, tuple[Node, ...]], Value]] = {
    "ROWS": rows, "COUNTA": counta, "COUNTBLANK": countblank, "COUNTIF": countif, "COUNTIFS": countif,
    "SUMIF": sumif, "SUMIFS": sumifs, "SUMPRODUCT": sumproduct, "VLOOKUP": vlookup,
}  # fmt: skip


def _average(values: list[Decimal]) -> Value:
    return EXACT.divide(sum(values, Decimal(0)), Decimal(len(values))) if values else DIV0


OVER_RANGES: Mapping[str, Callable[[list[Decimal]], Value]] = {**EXACT_OVER, "AVERAGE": _average}
