"""Rounding and the way numbers and dates are written for Indonesian readers."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from kinerja_xl.words.periods import MONTHS, WEEKDAYS

TOTAL = "Jumlah"
"""How the row of a sum is called, on every sheet and letter of ours."""

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


def format_nip(nip: str) -> str:
    """``19760101 200101 1 001``: birthday, month of appointment, sex and number apart; what is no NIP as it was typed."""
    digits = "".join(nip.split())
    if len(digits) != 18 or not digits.isdigit():
        return nip
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def format_full_day(value: date) -> str:
    """As an official record begins: ``Rabu tanggal delapan belas bulan Desember tahun dua ribu dua puluh empat (18-12-2024)``."""
    words = f"tanggal {terbilang(value.day)} bulan {MONTHS[value.month - 1]} tahun {terbilang(value.year)}"
    return f"{WEEKDAYS[value.weekday()]} {words} ({value:%d-%m-%Y})"


# ---- An amount in Indonesian words, as letters and the recap spell it out ----
# The words follow the language, not a concatenation of digits: 10 sepuluh, 11 sebelas, 100 seratus, 1.000 seribu. Only the
# thousand that stands alone is "seribu": 1.001.000 is "satu juta seribu", 21.000 is "dua puluh satu ribu".

_ONES: Final = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_ZERO: Final = "nol"
_GROUPS: Final = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")

LARGEST: Final = 10 ** (3 * len(_GROUPS)) - 1
"""The largest number that can be spelled (far above 10^15, the largest amount the sheets take)."""


def terbilang(number: int) -> str:
    """`number` in words, lower case: 0 is "nol", a negative one begins with "minus".

    Raises ValueError for a number whose size is above `LARGEST`.
    """
    if number < 0:
        return f"minus {terbilang(-number)}"
    if number > LARGEST:
        raise ValueError(f"{number} is larger than can be spelled")
    if number == 0:
        return _ZERO
    parts: list[str] = []
    for group in range(len(_GROUPS) - 1, -1, -1):
        three = number // 1000**group % 1000
        if three:
            parts.append(_with_group(three, _GROUPS[group]))
    return " ".join(parts)


def terbilang_rupiah(amount: int) -> str:
    """`amount` as it closes a letter's total: "Satu juta seribu rupiah" (first letter a capital)."""
    words = f"{terbilang(amount)} rupiah"
    return words[0].upper() + words[1:]


def _with_group(three: int, group: str) -> str:
    """One group of three digits with its name; a single thousand is one word."""
    if group == "ribu" and three == 1:
        return "seribu"
    return f"{_below_thousand(three)} {group}".rstrip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [] if hundreds == 0 else ["seratus"] if hundreds == 1 else [_ONES[hundreds], "ratus"]
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, one = divmod(number, 10)
    if tens == 1:
        return f"{_ONES[one]} belas"
    return f"{_ONES[tens]} puluh {_ONES[one]}".rstrip()
