"""What a short text is by its shape, whatever it says: figures, codes, numbers of an order; each shape is in bentuk.tsv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kinerja_xl.words import table
from kinerja_xl.words.match import Finder
from kinerja_xl.words.periods import NUMERAL, PART

_PLACES = {"{romawi}": NUMERAL, "{bagian}": PART, "{pengali}": "|".join(row["ejaan"] for row in table("pengali"))}
_BULLETS = frozenset("-–•*")
_BETWEEN = str.maketrans(".-/", "   ")
_CODED = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The lines of this name as one pattern. Raises KeyError for no name of the file."""
    lines = [row["pola"] for row in table("bentuk") if row["nama"] == name]
    if not lines:
        raise KeyError(name)
    for place, meant in _PLACES.items():
        lines = [line.replace(place, meant) for line in lines]
    return re.compile(lines[0] if len(lines) == 1 else "|".join(map(_alternative, lines)))


def _alternative(line: str) -> str:
    """A line beside others: what it says of capitals stays its own."""
    return f"(?{line[2]}:{line[4:]})" if line[:4] in ("(?i)", "(?s)") else f"(?:{line})"


@cache
def bentuk(name: str) -> Finder:
    """Finds this shape: in the whole text, at its beginning or anywhere, as the file says. Raises KeyError for no name of it."""
    how = next((row["cara"] for row in table("bentuk") if row["nama"] == name), "")
    shape = pattern(name)
    return {"seluruh": shape.fullmatch, "awal": shape.match, "dalam": shape.search}[how]


_YEARS, _ROMAN, _DOTTED = pattern("tahun_angka"), bentuk("nomor_romawi"), bentuk("nomor_bertitik")


def years_in(text: str) -> list[str]:
    """The years of four digits in a text, in its order."""
    return _YEARS.findall(text)


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return _YEARS.fullmatch(text) is not None


def parts_of(code: str) -> tuple[str, ...]:
    """The parts of a code between its points, dashes, slashes and blanks."""
    return tuple(code.translate(_BETWEEN).split())


def outline(code: str) -> str:
    """A code with every digit as 9 and every capital as A: "113.01.WA" is "999.99.AA"."""
    return code.translate(_CODED)


@lru_cache(maxsize=1 << 14)
def numbering(number: str) -> str:
    """How a number of an order counts: roman, upper, arabic, dotted, lower, bullet; "" where it is none. Capitals of one or two
    letters that could be roman are. Brackets and points around it never matter."""
    text = bare_number(number)
    if not text:
        return ""
    if text.isdecimal():
        return "arabic"
    if _ROMAN(text):
        return "roman"
    if text.isascii() and text.isalpha() and len(text) <= 2 and (text.isupper() or text.islower()):
        return "upper" if text.isupper() else "lower"
    return "dotted" if _DOTTED(text) else "bullet" if text in _BULLETS else ""


def bare_number(number: str) -> str:
    """A number of an order without the brackets and points around it: "(1)", "1.", "a)"."""
    return number.strip().rstrip(".)").lstrip("(")
