"""The thread from plan to report (III.B): RKT, RKA/DPA, realisasi and capaian per sub kegiatan, with the gaps between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.reckoning.measured import IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.plan import PlanSub

FULL = 100
"""Percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One sub kegiatan of a unit. ``plan`` None: money was spent on it, but the locked plan does not hold it.

    ``indicators`` counts those of the plan; ``gaps`` are short Indonesian phrases, none when everything meets.
    """

    unit: str
    kode: str
    nama: str
    plan: PlanSub | None
    money: MoneyLine
    indicators: int
    gaps: tuple[str, ...]


def threads(year: Year) -> tuple[Thread, ...]:
    """In the order of the money lines: by code and unit."""
    subs = {(sub.unit, sub.kode): sub for sub in year.plan.subs}
    results: dict[tuple[str, str], list[IndicatorResult]] = {}
    for result in year.results:
        results.setdefault((result.indicator.unit, result.indicator.kode), []).append(result)
    found = []
    for line in (line for line in year.money if line.level == "subkegiatan"):
        place = (line.unit, line.kode)
        plan, own = subs.get(place), results.get(place, [])
        gaps = tuple(_gaps(plan, line, own))
        found.append(
            Thread(unit=line.unit, kode=line.kode, nama=line.nama, plan=plan, money=line, indicators=len(own), gaps=gaps)
        )
    return tuple(found)


def _gaps(plan: PlanSub | None, money: MoneyLine, results: list[IndicatorResult]) -> Iterator[str]:
    """What breaks the thread, in the order of the year."""
    if plan is None:
        yield "tidak ada dalam penetapan"
    elif plan.diusulkan == 0:
        yield "tidak diusulkan"
    elif plan.disepakati == 0 and plan.anggaran == 0:
        yield "tidak disepakati"
    if not results:
        yield "tidak mempunyai indikator"
    if plan is not None and plan.anggaran > 0:
        yield from _spending(money)
    unjudged = [result for result in results if result.judged.percent is None]
    if unjudged:
        yield f"{len(unjudged)} dari {len(results)} indikator tanpa capaian"
    reached, serapan = money.capaian, money.serapan
    if reached is not None and serapan is not None and serapan - reached > FULL // 2:
        yield "serapan jauh di atas capaian"


def _spending(money: MoneyLine) -> Iterator[str]:
    if money.spent is None:
        yield "realisasi uang belum diisi"
    elif money.spent == 0:
        yield "belum ada realisasi uang"
    elif money.serapan is not None and money.serapan > Decimal(FULL):
        yield "realisasi melebihi pagu"
