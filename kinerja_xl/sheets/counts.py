"""How many of something a sentence speaks of: in figures ("25 peserta") or in words ("dua puluh lima peserta")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kinerja_xl.sheets.formats import terbilang

_SPELT = 199
"""Up to here people write a count in words."""
_FIGURES = r"(?<![\d.,/-])\d{1,3}(?:\.\d{3})+|(?<![\d.,/-])\d+"


@cache
def _in_words() -> Mapping[str, int]:
    return {terbilang(number): number for number in range(1, _SPELT + 1)}


@cache
def _pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    spelt = "|".join(sorted(map(re.escape, _in_words()), key=len, reverse=True))
    return re.compile(rf"({_FIGURES}|\b(?:{spelt}))\s+(?:orang\s+)?(?:{'|'.join(nouns)})\b", re.IGNORECASE)


def counted(text: str, nouns: Iterable[str]) -> list[int]:
    """The numbers that stand before one of these nouns (patterns), as they come."""
    found = [said[1].casefold() for said in _pattern(tuple(nouns)).finditer(text)]
    return [_in_words().get(said) or int(said.replace(".", "")) for said in found]
