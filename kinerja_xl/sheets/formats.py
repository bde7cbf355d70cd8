"""Rounding and the way numbers and dates are written for Indonesian readers."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

# The default context (28 digits) refuses to quantize large numbers; a float may have 309 digits.
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round as Excel's ROUND does: halves away from zero. ``places`` may be negative (-3 = thousands)."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return rounded if places >= 0 else rounded.quantize(Decimal(1), context=_WIDE)


def rupiah(value: Decimal) -> int:
    """Whole rupiah, half-up."""
    return int(round_half_up(value, 0))


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without trailing zeros: ``1.500`` → ``1.5``, ``2E+3`` → ``2000``."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=_WIDE)
    return value.normalize(_WIDE)


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """``1.500,75``: dots for thousands, comma for decimals; ``places`` fixes the decimals, else as many as needed."""
    number = Decimal(value)
    number = plain(number) if places is None else round_half_up(number, places)
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def format_rupiah(value: Decimal | int) -> str:
    """``Rp1.500.000`` and ``-Rp1.500.000``, without a blank as the official spelling has it."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{format_number(abs(Decimal(value)))}"


def format_date(value: date) -> str:
    """``17 Agustus 2025``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
