"""Units of measure: the office's spelling of a satuan, found from the many ways it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kinerja_xl.words import table
from kinerja_xl.words.text import fold

_AMBIGUOUS = "ambigu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Satuan:
    """One unit. ``jenis``: tunggal, majemuk (``komponen`` names its factors), lumpsum, or ambigu (``komponen`` names
    the units that the abbreviation may mean: OK, OT, RT)."""

    kanonik: str
    jenis: str
    komponen: tuple[str, ...]
    kelompok: str
    sinonim: tuple[str, ...]

    @property
    def ambigu(self) -> bool:
        """True for an abbreviation that has to be asked about."""
        return self.jenis == _AMBIGUOUS


@cache
def satuan() -> Mapping[str, Satuan]:
    """All units by canonical spelling, the ambiguous abbreviations among them."""
    units = (
        Satuan(
            kanonik=row["kanonik"],
            jenis=row["jenis"],
            komponen=_split(row["komponen"]),
            kelompok=row["kelompok"],
            sinonim=_split(row["sinonim"]),
        )
        for row in table("satuan")
    )
    return MappingProxyType({unit.kanonik: unit for unit in units})


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()


@dataclass(frozen=True, slots=True)
class Measures:
    """The units of measure that an office knows: ours and those that it added.

    ``own``: by row of the office's list the words for one unit, the first of them the one it goes by. A word that is known
    already keeps its meaning; the new words on its row mean the same unit. Spellings only compare: what is printed is what
    somebody typed.
    """

    own: tuple[tuple[str, ...], ...] = ()

    def find(self, text: str) -> Satuan | None:
        """The unit that ``text`` spells (capitals, blanks and marks do not matter), None where it is unknown.

        Ask ``.ambigu`` before using it: OK, OT and RT come back as themselves, never as one of their meanings.
        """
        return _by_key(self.own).get(fold(text))

    def key(self, text: str) -> str:
        """What two spellings of one unit have in common; of an unknown unit its own letters."""
        found = self.find(text)
        return fold(found.kanonik) if found else fold(text)

    def same(self, one: object, other: object) -> bool:
        """Whether two spellings mean the same unit of measure; blank is the same as blank."""
        return one == other or self.key(str(one or "")) == self.key(str(other or ""))

    @property
    def names(self) -> tuple[str, ...]:
        """What drop-downs offer: every unit by one name, and the office's own words."""
        offered = {fold(name): name for name in satuan()}
        for first, *_ in self.own:
            offered.setdefault(fold(first), first)
        return tuple(offered.values())

    @property
    def spellings(self) -> dict[str, str]:
        """Every known word without its blanks and marks, in lower case -> the name of its unit: what a formula looks up."""
        words = (word for unit in satuan().values() for word in (unit.kanonik, *unit.sinonim))
        every = (word for row in (tuple(words), *self.own) for word in row)
        return {bare(word): found.kanonik for word in every if (found := self.find(word))}


UNSEEN_MARKS = (" ", ".", "/", "-", "*", "?")
"""Marks in a unit of measure that a formula can leave out; it would take the last two for any letters."""


def bare(text: str) -> str:
    """``text`` in lower case without UNSEEN_MARKS."""
    for mark in UNSEEN_MARKS:
        text = text.replace(mark, "")
    return text.casefold()


COMMON = Measures()
"""The units that need no office."""


@cache
def _by_key(own: tuple[tuple[str, ...], ...]) -> Mapping[str, Satuan]:
    units = satuan().values()
    known = {fold(name): unit for unit in units for name in unit.sinonim} | {fold(unit.kanonik): unit for unit in units}
    for words in own:
        added = Satuan(kanonik=words[0], jenis="tunggal", komponen=(), kelompok="", sinonim=words[1:])
        unit = next((known[fold(word)] for word in words if fold(word) in known), added)
        for word in words:
            known.setdefault(fold(word), unit)
    return MappingProxyType(known)


@lru_cache(maxsize=4096)
def find_satuan(text: str) -> Satuan | None:
    """``find`` among the units that need no office."""
    return COMMON.find(text)
