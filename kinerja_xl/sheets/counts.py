"""How many of something a sentence speaks of: in figures ("25 peserta") or in words ("dua puluh lima peserta")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kinerja_xl.sheets.formats import terbilang

_SPELT, _WORDS = 199, 4
"""Up to here people write a count in words, and that many words it has at the most."""
_FIGURE = re.compile(r"(?<![\d.,/-])(?:\d{1,3}(?:\.\d{3})+|\d+)$")
_PEOPLE = "orang"


@cache
def _in_words() -> Mapping[str, int]:
    return {terbilang(number): number for number in range(1, _SPELT + 1)}


@cache
def _pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(nouns)})\b")


def counted(text: str, nouns: Iterable[str]) -> list[int]:
    """The numbers that stand before one of these nouns (patterns in small letters), as they come."""
    small = text.lower()  # what begins with a letter that is known is found ten times as fast
    ends = [at for found in _pattern(tuple(nouns)).finditer(small) if small[(at := found.start()) - 1 : at].isspace()]
    return [number for end in ends if (number := _at_the_end(small[:end])) is not None]


_FAR = 80
"""Letters before a noun in which its number stands."""


def _at_the_end(text: str) -> int | None:
    words = text[-_FAR:].casefold().split()
    if words[-1:] == [_PEOPLE]:
        words.pop()
    if words and (figure := _FIGURE.search(words[-1])):
        return int(figure[0].replace(".", ""))
    last = words[-_WORDS:]
    spelt = (" ".join([last[i].lstrip("(\"“"), *last[i + 1 :]]) for i in range(len(last)))
    return next((number for said in spelt if (number := _in_words().get(said)) is not None), None)
