"""From which triwulan on the lines of a plan are due: nobody missed what a change brought before that change was in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kinerja_xl.lists import normalise_account
from kinerja_xl.reckoning.plan import Plan, PlanLine
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
