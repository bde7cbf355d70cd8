"""The units of an office, found by what somebody wrote: each question is asked for every file of a large office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kinerja_xl.sheets.values import fold

STAFF = "staf"
"""A post such as ``pmd.staf1`` in Kantor.xlsx belongs to somebody who works under the head of unit ``pmd``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that submits. ``tugas`` are normalised program or kegiatan codes it is responsible for."""

    kode: str
    nama: str
    atasan: str
    tugas: tuple[str, ...]
    uraian_tugas: str = ""

    def owns(self, kode: str) -> bool:
        """Whether a program, kegiatan or sub kegiatan code lies within the unit's duties."""
        return any(kode == t or kode.startswith(t + ".") for t in self.tugas)

    def concerned(self, kode: str) -> bool:
        """Whether a code lies within the unit's duties, or above one of them."""
        return self.owns(kode) or any(t.startswith(kode + ".") for t in self.tugas)


class Units:
    """The units by their codes, their posts and their names."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self._units = units

    @cached_property
    def by_code(self) -> Mapping[str, Unit]:
        return {unit.kode: unit for unit in reversed(self._units)}

    @cached_property
    def _by_fold(self) -> Mapping[str, Unit]:
        return {fold(unit.kode): unit for unit in reversed(self._units)}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The name of each, by its code, without what it is one of ("Seksi", "Subbag"), folded; of those that have a name."""
        named = ((unit.kode, unit.nama) for unit in self._units if fold(unit.nama))
        return {kode: fold(" ".join(nama.split()[1:])) or fold(nama) for kode, nama in named}

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[int, str]]]:
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place in enumerate(self.words):
            found[fold(self.by_code[place[1]].nama)].append(place)
        return found

    @cached_property
    def _sizes(self) -> frozenset[int]:
        return frozenset(map(len, self._by_name))

    def begins(self, texts: Iterable[str]) -> list[str]:
        """The codes of those with whose whole name one of these folded texts begins, in the office's order."""
        found = {place for text in texts for size in self._sizes for place in self._by_name.get(text[:size], ())}
        return [kode for _, kode in sorted(found)]

    def spelled(self, typed: str) -> str:
        """The code as the office spells it: dots and capitals do not matter. As it was typed where there is none."""
        unit = self._by_fold.get(fold(typed))
        return unit.kode if unit else typed

    def of_staff(self, jabatan_kode: str) -> Unit | None:
        """The unit that a staff post (``pmd.staf1``) belongs to; None for every other post. Dots and capitals do not matter."""
        own = fold(jabatan_kode)
        heads = (own[: found.start()] for found in re.finditer(STAFF, own))
        return next((self._by_fold[head] for head in heads if head in self._by_fold), None)
