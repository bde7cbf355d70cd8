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


@cache
def _by_key() -> Mapping[str, Satuan]:
    units = satuan().values()
    spelt = {fold(name): unit for unit in units for name in unit.sinonim}
    return MappingProxyType(spelt | {fold(unit.kanonik): unit for unit in units})


@lru_cache(maxsize=4096)
def find_satuan(text: str) -> Satuan | None:
    """The unit that ``text`` spells (capitals, blanks and marks do not matter), None where it is unknown.

    Ask ``.ambigu`` before using it: OK, OT and RT come back as themselves, never as one of their meanings.
    """
    return _by_key().get(fold(text))
