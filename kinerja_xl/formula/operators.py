"""What Excel's operators do with values: numbers as exact fractions, texts, truth values, errors, blanks.

What depends on the reader's locale (texts that read as numbers, decimals as text, the order of punctuation) or on the
noise of binary numbers is not guessed: ``StopError``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error of Excel as a cell value: ``ErrorValue("#REF!")``."""

    text: str


Value = Fraction | str | bool | ErrorValue | None
"""What a cell shows; None: it is blank."""


class StopError(Exception):
    """The formula cannot be computed here."""


DIV0, NUM, VALUE, NA = (ErrorValue(text) for text in ("#DIV/0!", "#NUM!", "#VALUE!", "#N/A"))

_WIDE = Context(prec=60)
_MOST_BITS = 600
_LARGEST, _SMALLEST = Fraction(10) ** 307, Fraction(1, 10**290)
_PLAIN_UNTIL = 10**15
_NOISE = Fraction(1, 10**13)
_SIGN = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
# A text that some locale reads as a number, a date or an hour; codes such as 5.1.02.01 are none.
_LOCAL = re.compile(r"[-+(]?\s*+\d*(?:[.,:/ -]\d+)?(?:e[-+]?\d+)?\s*%?\)?|[-+]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?", re.IGNORECASE)
_DIGITS = re.compile(r"[-+]?\d{1,15}", re.ASCII)


def literal(text: str) -> Value:
    """A text, a truth value, an error or nothing, as a formula writes them. Raises StopError for a name."""
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if text and not text.startswith("#"):
        raise StopError("name")
    return ErrorValue(text.upper()) if text else None


def plain_number(text: str) -> Fraction | None:
    """The number that a text is to every reader: bare digits, which no locale reads otherwise."""
    return Fraction(int(text)) if _DIGITS.fullmatch(text) else None


def number(value: Value) -> Fraction | ErrorValue:
    """A value within arithmetic: blank is 0, a word is #VALUE!. Raises StopError for a text only some locales can read."""
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        read = plain_number(value)
        if read is None and any(character.isdigit() for character in value):
            raise StopError("text")
        return VALUE if read is None else read
    return value


def truth(value: Value) -> bool | ErrorValue:
    """A value as a condition. Raises StopError for texts: TRUE is another word in every language."""
    if isinstance(value, str) and value:
        raise StopError("truth")
    found = number(value)
    return found if isinstance(found, ErrorValue) else bool(found)


def bounded(value: Fraction) -> Fraction:
    """A number that Excel can hold; one of very many digits is kept to sixty of them. Raises StopError."""
    if abs(value) >= _LARGEST or 0 < abs(value) < _SMALLEST:
        raise StopError("size")
    if value.denominator.bit_length() > _MOST_BITS:
        return Fraction(_WIDE.divide(Decimal(value.numerator), Decimal(value.denominator)))
    return value


def lifted(function: Callable[..., Fraction | ErrorValue], *values: Value) -> Value:
    """A function of numbers; the first error among its arguments is its result."""
    numbers: list[Fraction] = []
    for value in values:
        found = number(value)
        if isinstance(found, ErrorValue):
            return found
        numbers.append(found)
    result = function(*numbers)
    return result if isinstance(result, ErrorValue) else bounded(result)


def binary(sign: str, left: Value, right: Value) -> Value:
    """``left sign right``."""
    if sign in _ARITHMETIC:
        return lifted(_ARITHMETIC[sign], left, right)
    bad = next((value for value in (left, right) if isinstance(value, ErrorValue)), None)
    if bad:
        return bad
    if sign == "&":
        return _joined(left) + _joined(right)
    if sign in ("=", "<>"):
        return equal(left, right) == (sign == "=")
    if sign not in _COMPARED:
        raise StopError(sign)
    return _COMPARED[sign](_order(left, right))


def equal(left: Value, right: Value) -> bool:
    """As ``=`` has it: capitals do not matter, a blank is 0, FALSE or an empty text."""
    left, right = _paired(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    return _rank(left) == _rank(right) and _order(left, right) == 0


def power(base: Fraction, exponent: Fraction) -> Fraction | ErrorValue:
    """``base^exponent``; roots that do not come out are kept to sixty digits."""
    if base == 0 and exponent <= 0:
        return DIV0 if exponent else NUM
    if exponent.denominator == 1 and abs(exponent) <= 1000:
        return Fraction(base**exponent.numerator)
    if base < 0 or abs(exponent) > 1000:
        raise StopError("power")
    wide = [_WIDE.divide(Decimal(n.numerator), Decimal(n.denominator)) for n in (base, exponent)]
    return Fraction(_WIDE.power(*wide))


def whole(value: Fraction) -> int:
    """The whole part of a number, towards zero. Raises StopError where only the noise of binary numbers tells which."""
    near = round(value)
    if value != near and abs(value - near) <= _NOISE * (1 + abs(value)):
        raise StopError("noise")
    return int(value)


def _joined(value: Value) -> str:
    if isinstance(value, Fraction) and value.denominator == 1 and abs(value) < _PLAIN_UNTIL:
        return str(value.numerator)
    if not (value is None or isinstance(value, str)):
        raise StopError("number as text")  # its look depends on the locale
    return value or ""


def _order(left: Value, right: Value) -> int:
    """-1, 0 or 1 as Excel sorts: numbers before texts before truth values."""
    left, right = _paired(left, right)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        if 0 < abs(left - right) < _NOISE * (abs(left) + abs(right)):
            raise StopError("noise")  # Excel compares fewer digits than it keeps
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        one, two = left.lower(), right.lower()
        if not (one + two).isascii() or not (one + two).isalnum() and one and two:
            raise StopError("order of texts")
        return (one > two) - (one < two)
    ranks = (_rank(left), bool(left)), (_rank(right), bool(right))
    return (ranks[0] > ranks[1]) - (ranks[0] < ranks[1])


def _paired(left: Value, right: Value) -> tuple[Value, Value]:
    """Two values to compare: a blank is like the other."""
    return _unless_blank(left, right), _unless_blank(right, left)


def _unless_blank(value: Value, other: Value) -> Value:
    blank: Value = "" if isinstance(other, str) else False if isinstance(other, bool) else Fraction(0)
    return blank if value is None else value


def _rank(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


_COMPARED: Mapping[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0, ">": lambda order: order > 0, "<=": lambda order: order <= 0, ">=": lambda order: order >= 0,
}  # fmt: skip
_ARITHMETIC: Mapping[str, Callable[[Fraction, Fraction], Fraction | ErrorValue]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b if b else DIV0, "^": power,
}  # fmt: skip


# ---- Conditions of COUNTIF, SUMIF and their kin ----


def condition(wanted: Value) -> Callable[[Value], bool]:
    """The test of COUNTIF and its kin: a number, a text, or a sign before either. Raises StopError for wildcards and locales."""
    if isinstance(wanted, Fraction):
        return _numeric("=", wanted)
    if not isinstance(wanted, str) or wild(wanted):
        raise StopError("condition")
    found = _SIGN.fullmatch(wanted)
    sign, text = (found[1] or "=", found[2]) if found else ("=", wanted)
    asked = plain_number(text)
    if asked is not None:
        return _numeric(sign, asked)
    special = not text or text.startswith("#") or text.lower() in ("true", "false", "benar", "salah")
    if sign not in ("=", "<>") or special or _LOCAL.fullmatch(text.strip()):
        raise StopError("condition")
    return lambda value: (isinstance(value, str) and value.lower() == text.lower()) == (sign == "=")


def wild(wanted: Value) -> bool:
    """Whether a text holds wildcards, which are not calculated."""
    return isinstance(wanted, str) and any(mark in wanted for mark in "*?~")


def _numeric(sign: str, asked: Fraction) -> Callable[[Value], bool]:
    test, equality = _TESTS[sign], sign in ("=", "<>")

    def met(value: Value) -> bool:
        if equality and isinstance(value, str):
            read = plain_number(value)
            if read is None and _LOCAL.fullmatch(value.strip()) and any(map(str.isdigit, value)):
                raise StopError("text")
            value = read if read is not None else value
        return test(value, asked) if isinstance(value, Fraction) else sign == "<>"

    return met


_TESTS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
}  # fmt: skip
