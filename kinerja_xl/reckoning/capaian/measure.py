"""The measured year: the locked plan and what came back, judged and put together. Pure; the order of files changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from kinerja_xl.catatan import sort_key
from kinerja_xl.office.kantor import Office, RenstraGoal
from kinerja_xl.reading.own_book import YearValue
from kinerja_xl.reckoning.capaian import warning
from kinerja_xl.reckoning.capaian.averages import averages, unit_costs
from kinerja_xl.reckoning.capaian.engine import BLANK, Judge, judge
from kinerja_xl.reckoning.capaian.measured import YEAR_END, IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.methods import METHODS, Goal
from kinerja_xl.reckoning.capaian.money import money_lines, sub_money
from kinerja_xl.reckoning.capaian.rule import Yardsticks, percent_of, rule_of, yardsticks
from kinerja_xl.reckoning.capaian.warning import warnings
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanSub
from kinerja_xl.reckoning.year.realised import Realised, RealisedIndicator
from kinerja_xl.sheets.choices import EDITABLE
from kinerja_xl.sheets.texts import fold


def measure(plan: Plan, realised: Realised, office: Office, triwulan: int) -> Year:
    """Judge everything up to ``triwulan`` (1 to 4); later quarters are left alone. ValueError for another number.

    Results stand in the plan's order. The scale of kualitatif indicators and all policies are the office's.
    """
    if not 1 <= triwulan <= YEAR_END:
        raise ValueError(triwulan)
    marks = yardsticks(office.policies)
    skala = office.lists.get("skala", EDITABLE["skala"])
    returned = {entry.identity: entry for entry in realised.indicators}
    judged = [_judge(one, returned.get(one.identity), skala, marks) for one in plan.indicators]
    results = tuple(_result(own, returned.get(own.indicator.identity), triwulan, marks) for own in judged)
    subs = sub_money(plan, realised, triwulan)
    known = warning.reported(realised.findings)
    said = chain(
        warning.of_policies(marks, office),
        *(warning.of_indicator(result, own, triwulan, known) for result, own in zip(results, judged, strict=True)),
        warning.of_money(subs, triwulan, known),
    )
    return Year(
        office=office, plan=plan, realised=realised, triwulan=triwulan, results=results,
        averages=averages(results, office, marks),
        money=money_lines(subs, plan, office, results, triwulan, marks),
        costs=unit_costs(subs, results),
        warnings=warnings(results, subs, triwulan, marks),
        policies=marks.words,
        findings=tuple(sorted(said, key=sort_key)),
    )  # fmt: skip


def _judge(one: PlanIndicator, entry: RealisedIndicator | None, skala: tuple[str, ...], marks: Yardsticks) -> Judge:
    return judge(one, entry.quarters if entry else BLANK, marks.words, skala)


def _result(own: Judge, entry: RealisedIndicator | None, n: int, marks: Yardsticks) -> IndicatorResult:
    until = tuple(own.until(quarter, compare=quarter == n) for quarter in range(1, n + 1))
    of_year = own.of_year(n)
    percent = (of_year if n == YEAR_END else until[-1]).percent
    capped = None if percent is None else marks.capped(percent)
    return IndicatorResult(
        indicator=own.indicator, realised=entry, until=until, of_year=of_year, capped=capped,
        predicate="" if capped is None else marks.predicate(capped),
    )  # fmt: skip


# ---- Several years side by side: the trend of each IKU beside its medium-term target (Renstra) ----

TOWARDS = ("naik", "turun_a", "turun_b")
"""Methods that can say how far the way to a final target is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One year of an IKU. ``target`` is the Renstra's for that year, None where it has none."""

    tahun: int
    target: Decimal | str | None
    realised: Decimal | str | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IkuTrend:
    """An IKU over the years, oldest first. ``final``: the last target that the Renstra gives, None: none."""

    unit: str
    sasaran: str
    nama: str
    satuan: str
    arah: str
    points: tuple[TrendPoint, ...]
    final: Decimal | str | None


def trends(year: Year, earlier: Iterable[YearValue]) -> tuple[IkuTrend, ...]:
    """The IKU of this year with what earlier workbooks say of the same indicator (by name, folded)."""
    past: dict[str, list[YearValue]] = {}
    for value in earlier:
        if value.tahun < year.plan.tahun:
            past.setdefault(fold(value.nama), []).append(value)
    goals = {fold(goal.indikator): goal for goal in year.office.renstra}
    return tuple(_trend(result, year, past, goals) for result in year.results if result.indicator.iku)


def _trend(
    result: IndicatorResult, year: Year, past: Mapping[str, list[YearValue]], goals: Mapping[str, RenstraGoal]
) -> IkuTrend:
    name = fold(result.indicator.nama)
    goal = goals.get(name)
    before = sorted(past.get(name, ()), key=lambda value: value.tahun)
    points = [TrendPoint(tahun=v.tahun, target=v.target, realised=v.realised, percent=v.percent) for v in before]
    now = result.of_year
    points.append(TrendPoint(tahun=year.plan.tahun, target=result.indicator.target, realised=now.realised, percent=now.percent))
    targets = [_number(target) for target in goal.targets] if goal else []
    known = [target for target in targets if target is not None]
    points += [
        TrendPoint(tahun=year.plan.tahun + ahead, target=target, realised=None, percent=None)
        for ahead, target in enumerate(targets[1:], start=1)
        if target is not None
    ]
    return IkuTrend(
        unit=result.indicator.unit, sasaran=result.indicator.sasaran, nama=result.indicator.nama,
        satuan=result.indicator.satuan, arah=result.indicator.arah, points=tuple(points), final=known[-1] if known else None,
    )  # fmt: skip


def _number(value: object) -> Decimal | str | None:
    return value if isinstance(value, Decimal | str) and value != "" else None


def progress(
    indicator: PlanIndicator, realised: Decimal | str | None, final: Decimal | str | None, policies: Mapping[str, str]
) -> Decimal | None:
    """Realisasi against the last target of the Renstra in percent points, by the method of the indicator's direction.

    None where either is no number, or for a rentang or a scale, whose final target says nothing of the way there.
    """
    method = METHODS.get(rule_of(indicator, policies).method)
    if method is None or method.key not in TOWARDS or not (isinstance(realised, Decimal) and isinstance(final, Decimal)):
        return None
    percent = method.value(Fraction(realised), Goal(target=Fraction(final))).percent
    return None if percent is None else percent_of(percent)


# ---- The thread from plan to report (III.B): RKT, RKA/DPA, realisasi and capaian per sub kegiatan, with the gaps between
#      them ----

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
