"""Exact figures: fractions while reckoning, decimals rounded half-up where they are judged or shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kinerja_xl.sheets.formats import format_number, plain

SHOWN_PLACES = 15
"""Decimals of an accumulated figure that is shown (a mean of three has no end); what is judged is exact."""


def rounded(value: Fraction, places: int) -> Decimal:
    """Half-up (away from zero, as Excel's ROUND) from the exact fraction; ``places`` decimals."""
    scaled = abs(value.numerator) * 10**places
    quotient = (2 * scaled + value.denominator) // (2 * value.denominator)
    return Decimal(quotient if value >= 0 else -quotient).scaleb(-places)


def percent_of(value: Fraction) -> Decimal:
    """Percent points with two decimals: the figure that is judged."""
    return rounded(value, 2)


def number_of(value: Fraction) -> Decimal:
    """An accumulated figure as a number to show."""
    return Decimal(value.numerator) if value.denominator == 1 else plain(rounded(value, SHOWN_PLACES))


@lru_cache(maxsize=4096)
def words_of(value: Fraction | Decimal) -> str:
    """``1.234,5``: a figure in a sentence, with at most four decimals."""
    fraction = value if isinstance(value, Fraction) else Fraction(value)
    return format_number(rounded(fraction, 4))


def percent_words(value: Decimal) -> str:
    """``120,00 %``."""
    return f"{format_number(value, 2)} %"
