"""What is due when: lines of a plan from the triwulan of the change that brought them, and outcomes that a TOR promised for a
later year (IV.A.2.VII.3), with what the form of its unit says of them in that year. Nobody missed what was not yet in force.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kinerja_xl.lists import normalise_account
from kinerja_xl.reckoning.plan import Plan, PlanLine
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.realisasi import PROMISE_KEYS
from kinerja_xl.words.text import fold

Key = tuple[str, ...]
"""What tells a line of the plan: as ``PlanIndicator.identity``, (unit, sub kegiatan), or ``line_key``; (unit,) of its file."""

QUARTER = 3
"""Months."""


def line_key(line: PlanLine) -> tuple[str, str, str]:
    return fold(line.unit), line.kode_sub, normalise_account(line.rekening) or line.rekening


def planned_units(plan: Plan) -> set[str]:
    """The units of which a triwulan should bring a file: with an indicator, or a sub kegiatan that has money."""
    return {i.unit for i in plan.indicators} | {s.unit for s in plan.subs if s.anggaran > 0}


def first_due(plan: Plan, older: Iterable[Plan] = ()) -> Mapping[Key, int]:
    """The first triwulan (1 to 4) of everything that the plan, or one that it followed (``older``), holds.

    What the first lock holds is due from TW I, whenever it was locked; what a change brought, from the triwulan of its date on.
    """
    before = sorted((one for one in older if one.urutan < plan.urutan), key=lambda one: one.urutan)
    found: dict[Key, int] = {}
    for number, version in enumerate((*before, plan)):
        since = _quarter(version) if number else 1
        for key in _keys(version):
            found.setdefault(key, since)
    return found


def still_owed(plan: Plan, older: Iterable[Plan], reported: Collection[int], triwulan: int) -> Mapping[Key, frozenset[int]]:
    """Of every line whose money a change took away, the triwulan before that change of which no file was ``reported``: what
    was spent in them may be more than 0, though nobody is asked for the line any more."""
    before = sorted((one for one in older if one.urutan < plan.urutan), key=lambda one: one.urutan)
    due, found = first_due(plan, before), dict[Key, frozenset[int]]()
    for version, after in pairwise((*before, plan)):
        kept, lost = {line_key(line) for line in after.lines if line.jumlah}, min(_quarter(after), triwulan + 1)
        for key in (line_key(line) for line in version.lines if line.jumlah):
            if key not in kept:
                found[key] = frozenset(range(due[key], lost)).difference(reported)
    return found


def _quarter(plan: Plan) -> int:
    """The triwulan in which a version began to hold."""
    day = plan.tanggal
    if day is None or day.year < plan.tahun:
        return 1
    return 4 if day.year > plan.tahun else (day.month - 1) // QUARTER + 1


def _keys(plan: Plan) -> Iterator[Key]:
    yield from (one.identity for one in plan.indicators)
    yield from ((sub.unit, sub.kode) for sub in plan.subs if sub.anggaran > 0)
    yield from map(line_key, plan.lines)
    yield from ((unit,) for unit in planned_units(plan))


ASKED_IN = 4
"""The triwulan in which a promise that nobody has measured yet is missed; its unit may report it sooner."""


def key_of(row: Row, unit: str = "") -> Key:
    """Which promise a row of the register is about, or a row of the form of ``unit``, which does not say its unit."""
    return tuple(fold(text) for text in (unit or row.text("unit"), *map(row.text, PROMISE_KEYS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An outcome that an earlier plan promised: ``origin`` says which; ``due`` the year it is measured in; ``reached`` None until
    somebody measured it. ``key``: as of ``key_of``; ``unit_nama`` as people call the unit; ``place``: sheet and cell of its
    realisasi in Kantor.xlsx."""

    key: Key
    unit: str
    unit_nama: str
    kode: str
    outcome: str
    satuan: str
    origin: int
    due: int
    target: Decimal
    reached: Decimal | None
    evidence: str
    place: tuple[str, str]

    @property
    def percent(self) -> Decimal | None:
        """Of the target, two decimals; None where it can't be computed."""
        return round_half_up(100 * self.reached / self.target, 2) if self.reached is not None and self.target > 0 else None

    @property
    def source(self) -> str:
        """Where the promise comes from, as every paper says it."""
        return f"TOR tahun {self.origin} ({self.unit_nama}), untuk dicapai tahun {self.due}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the form of a unit says about a promise: the figure and its evidence."""

    reached: Decimal
    evidence: str = ""


Answers = Mapping[Key, Answer]
