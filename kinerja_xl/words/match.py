"""The one matcher: groups of words out of kata.tsv, roles of headings out of judul.tsv.

A line of either file is one pattern with an example that it must find and, after it, examples that the group must leave
alone (several: "; " between them). ``{bulan}`` and ``{triwulan}`` stand for a month and the word for a quarter. Capitals
never matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from kinerja_xl.words import table
from kinerja_xl.words.periods import MONTH, QUARTER

Finder = Callable[[str], re.Match[str] | None]
_PLACES = {"{bulan}": MONTH, "{triwulan}": QUARTER}


class _Word(NamedTuple):
    """What is asked of a line of kata.tsv: a thousand whole lines would stay in memory for as long as the program runs."""

    folded: bool
    pola: str
    contoh: str


@cache
def _groups() -> Mapping[str, list[_Word]]:
    found: dict[str, list[_Word]] = {}
    for row in table("kata"):
        found.setdefault(row["nama"], []).append(_Word(row["pada"] == "lipat", row["pola"], row["contoh"]))
    return found


def spelt_out(pattern: str) -> str:
    """A pattern of the files with what its braces stand for."""
    for place, meant in _PLACES.items():
        pattern = pattern.replace(place, meant)
    return pattern


def kata(*groups: str) -> Finder:
    """Finds the words of these groups in a text, cleaned or folded as their ``pada`` says. Raises KeyError for no group."""
    words = [word for group in groups for word in _groups()[group]]
    return finder([word.pola for word in words], folded=all(word.folded for word in words))


def spellings(group: str) -> list[str]:
    """The patterns of a group, one by one."""
    return [spelt_out(word.pola) for word in _groups()[group]]


def alternatives(group: str) -> str:
    """A group as one pattern, to build others with."""
    return f"(?:{'|'.join(spellings(group))})"


def examples(*groups: str) -> list[str]:
    """The examples of these groups, which is how their words begin."""
    return [word.contoh for group in groups for word in _groups()[group]]


def finder(patterns: Sequence[str], *, folded: bool) -> Finder:
    """What finds the first of these patterns; those that all hold to the beginning of a text look nowhere else.

    Folded texts have no capitals, and a search that need not mind them takes half the time.
    """
    compiled = re.compile("|".join(f"(?:{spelt_out(pattern)})" for pattern in patterns), 0 if folded else re.IGNORECASE)
    return compiled.match if all(pattern.startswith("^") for pattern in patterns) else compiled.search


@cache
def _roles() -> tuple[tuple[str, Finder], ...]:
    runs = groupby(table("judul"), key=lambda row: row["nama"])
    return tuple((role, finder([row["pola"] for row in rows], folded=True)) for role, rows in runs)


def role_of(folded: str) -> str:
    """What a folded heading is for: the role of the first line of judul.tsv that fits; "" where none does."""
    return next((role for role, find in _roles() if find(folded)), "")
