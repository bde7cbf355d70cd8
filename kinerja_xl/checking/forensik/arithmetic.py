"""Exact arithmetic of spreadsheet functions, shared by what examines formulas and what calculates filled forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from types import MappingProxyType

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
