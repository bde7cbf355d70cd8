"""Months, quarters and roman numerals in what people write; the only place that knows their spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from kinerja_xl.words import table
from kinerja_xl.words.text import clean, fold

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
ROMAN = NUMERALS[:4]
"""The numbers of the quarters as they are written."""
NUMERAL = r"[IVX]{1,6}"
"""Shape of a numeral that counts rows or columns; capitals, unless the pattern around it takes both."""


def last_day(tahun: int, triwulan: int) -> date:
    """Of a triwulan: whoever is in office then answers for it."""
    return date(tahun + triwulan // 4, 3 * triwulan % 12 + 1, 1) - timedelta(days=1)


def numeral(text: str) -> int | None:
    """What a numeral in capitals counts; None above XV and for anything else."""
    return NUMERALS.index(text) + 1 if text in NUMERALS else None


# ---- Months ----

_SPELLINGS = [(row["ejaan"], int(row["bulan"])) for row in table("bulan")]
_SPELT: Mapping[str, int] = {fold(spelt): number for spelt, number in _SPELLINGS}
_ANY_MONTH = "|".join(sorted(_SPELT, key=len, reverse=True))
MONTHS = tuple(next(spelt for spelt, month in _SPELLINGS if month == number) for number in range(1, 13))
"""The names that we write."""
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH = rf"(?<![^\W\d_])(?:{_ANY_MONTH})(?![^\W\d_])"
"""Pattern of a month's name, for texts in any case; digits and underscores may touch it ("31Agst", "LRA_Peb")."""
_MONTH = re.compile(MONTH, re.IGNORECASE)
_MONTH_FIRST = re.compile(_ANY_MONTH)
_LETTERS_BESIDE = 4  # "Januari 2026", "Agst (Rp)": a folded heading of a month holds little more


def month_of(name: str) -> int | None:
    """The month that a name alone spells, 1 to 12."""
    return _SPELT.get(fold(name))


def months_in(text: str) -> list[int]:
    """The months named in a text, in its order."""
    return [_SPELT[name.lower()] for name in _MONTH.findall(text)]


def month_headed(text: str, folded: str) -> int | None:
    """The month that a heading begins with and is about: "Agst 2026", "J u n i", "Mei K"; "Desa" is no December."""
    found = _MONTH_FIRST.match(folded)
    if found is None or len(folded) > len(found[0]) + _LETTERS_BESIDE:
        return None
    return _SPELT[found[0]] if _MONTH.match(text) or not folded[found.end() :].strip("0123456789") else None


def begins_with_month(folded: str) -> bool:
    """Whether a folded text begins as a month does."""
    return _MONTH_FIRST.match(folded) is not None


BUDGET_YEAR = re.compile(r"\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?)\s*[:.]?\s*(20\d\d)\b", re.IGNORECASE)
"""A year that is called one: "Tahun Anggaran 2026", "T.A. 2026"."""

# ---- Quarters ----


def _words(*places: str) -> str:
    return "|".join(row["ejaan"] for row in table("triwulan") if row["letak"] in places)


PART = rf"(?:{'|'.join(reversed(ROMAN))}|[1-4])"
"""Pattern of a quarter's number, as of any part of a year."""
_BESIDE = rf"(?<![^\W\d_])(?:{_words('kata')})"
QUARTER = rf"(?:{_words('dalam')}|{_BESIDE}(?![^\W\d_]))"
"""Pattern of the word for a quarter, for texts in any case."""
_GAP = r"[\s._:(-]{0,3}"
_QUARTER = re.compile(QUARTER, re.IGNORECASE)
_NUMBERED = re.compile(rf"(?:{_words('dalam')}|{_BESIDE}){_GAP}(?:ke{_GAP})?({PART})(?![^\W_])", re.IGNORECASE)
_FIRST = re.compile(rf"(?:{_words('dalam', 'kata', 'awal')})(?:ke)?({PART})(?![0-9a-z])", re.IGNORECASE)
_PART = re.compile(rf"({PART})\.?", re.IGNORECASE)


def says_quarter(text: str) -> bool:
    """Whether a text speaks of quarters, of whichever."""
    return _QUARTER.search(text) is not None


def quarter_of(text: str, folded: str = "") -> int | None:
    """The quarter that a text names, 1 to 4: ``TW II``, ``Realisasi Triwulan ke-3``, ``Q1``; None where it names none.

    ``folded``: the text folded without what is no part of its beginning, such as remarks in brackets.
    """
    found = _FIRST.match(folded or fold(text)) or _NUMBERED.search(text)
    return _part(found[1]) if found else None


def quarters_in(text: str) -> list[int]:
    """The quarters named in a text, in its order."""
    return [_part(part) for part in _NUMBERED.findall(text)]


def part_of(text: str) -> int | None:
    """The number of a quarter that stands alone: ``II``, ``iv.``, ``3``."""
    found = _PART.fullmatch(clean(text))
    return _part(found[1]) if found else None


def quarter_below(path: Sequence[str]) -> int | None:
    """Where "Realisasi Kinerja pada Triwulan" stands above I, II, III, IV, the quarter stands below its word."""
    return next((part for upper, lower in pairwise(path) if says_quarter(upper) and (part := part_of(lower))), None)


def _part(text: str) -> int:
    return int(text) if text.isdigit() else NUMERALS.index(text.upper()) + 1
