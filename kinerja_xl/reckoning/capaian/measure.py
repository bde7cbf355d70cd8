"""The measured year: the locked plan and what came back, judged and put together. Pure; the order of files changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from kinerja_xl.catatan import sort_key
from kinerja_xl.office.kantor import Office, RenstraGoal
from kinerja_xl.reading.own_book import YearValue
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.capaian import YEAR_END, Average, Capaian, IndicatorResult, MoneyLine, UnitCost, Year, warning
from kinerja_xl.reckoning.capaian.accumulate import quarter_names
from kinerja_xl.reckoning.capaian.engine import BLANK, METHODS, Goal, Judge, Method, judge
from kinerja_xl.reckoning.capaian.money import SubKey, SubMoney, money_lines, sub_money
from kinerja_xl.reckoning.capaian.rule import (
    JUMLAH,
    KUALITATIF,
    PERSENTASE,
    Yardsticks,
    exact,
    mean,
    percent_of,
    rounded,
    rule_of,
    yardsticks,
)
from kinerja_xl.reckoning.capaian.warning import warnings
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanSub
from kinerja_xl.reckoning.year import Realised, RealisedIndicator
from kinerja_xl.sheets.choices import CHOICES, EDITABLE
from kinerja_xl.words.periods import last_day
from kinerja_xl.words.text import fold

# ---- Means of capaian per group: capped values, over how many indicators, and which are left out and why ----
# A mean covers the indicators that have a capaian; it is a plain mean, each indicator counts once (no mean of means).
# Predicates are lower bounds only, from Kantor.xlsx (``Yardsticks``).

Left = tuple[str, str]
PK_LEVELS = ("Output", "Outcome")
"""Levels that an official's PK holds (V.D)."""

NOT_PLANNED = "tidak ada dalam rencana yang ditetapkan"


def averages(results: Sequence[IndicatorResult], office: Office, marks: Yardsticks) -> Mapping[str, tuple[Average, ...]]:
    """All means of the year by kind of group."""
    iku = [result for result in results if result.indicator.iku]
    return {
        "kantor": (average("kantor", office.nama, results, marks),),
        "unit": _units(results, office, marks),
        "resmi": _officials(results, office, marks),
        "sasaran": _sasaran(results, marks),
        "level": _listed("level_indikator", ((r.indicator.level, r) for r in results), marks),
        "tingkat": _listed("tingkat", ((r.indicator.tingkat, r) for r in results), marks),
        "iku": (average("kantor", office.nama, iku, marks), *_units(iku, office, marks)) if iku else (),
    }


def average(key: str, label: str, results: Iterable[IndicatorResult], marks: Yardsticks, absent: Iterable[Left] = ()) -> Average:
    """The mean of one group. ``absent``: indicators that belong to it but have no result at all (name, reason)."""
    own = list(results)
    values = [exact(result.capped) for result in own if result.capped is not None]
    percent = mean(values)
    left = [(result.indicator.nama, _why(result.judged)) for result in own if result.capped is None]
    return Average(
        key=key, label=label, percent=percent, predicate="" if percent is None else marks.predicate(percent),
        counted=len(values), left_out=tuple(sorted([*left, *absent])),
        partial=tuple(sorted(r.indicator.nama for r in own if r.capped is not None and r.judged.missing)),
        waits=any(result.waits for result in own),
    )  # fmt: skip


def _why(capaian: Capaian) -> str:
    """The non-value with its reason; a reason that only says it again stands for both."""
    if not capaian.reason or capaian.reason == f"realisasi {capaian.lack}":
        return str(capaian.lack)
    return f"{capaian.lack}: {capaian.reason}"


def _units(results: Iterable[IndicatorResult], office: Office, marks: Yardsticks) -> tuple[Average, ...]:
    """In the order of the sheet Unit; units that it does not name follow."""
    groups = grouped((result.indicator.unit, result) for result in results)
    names = {unit.kode: unit.nama for unit in office.units}
    order = [*(kode for kode in names if kode in groups), *sorted(groups.keys() - names.keys())]
    return tuple(average(kode, names.get(kode, kode), groups[kode], marks) for kode in order)


def _officials(results: Sequence[IndicatorResult], office: Office, marks: Yardsticks) -> tuple[Average, ...]:
    """Camat and Sekcam: the indicators of their PK (sheet PK Pimpinan); heads of units: output and outcome of their unit."""
    by_name = grouped((fold(result.indicator.nama), result) for result in results)
    groups: list[Average] = []
    promised = grouped((fold(row.text("jabatan_kode")), row.text("indikator")) for row in office.pk_pimpinan)
    for post, named in promised.items():
        own = [result for name in dict.fromkeys(map(fold, named)) for result in by_name.get(name, [])]
        absent = [(name, NOT_PLANNED) for name in named if fold(name) not in by_name]
        groups.append(average(post, _title(office, post), own, marks, absent))
    heads = grouped((r.indicator.unit, r) for r in results if r.indicator.level in PK_LEVELS)
    groups += [average(u.kode, _title(office, u.kode), heads[u.kode], marks) for u in office.units if u.kode in heads]
    return tuple(groups)


def _title(office: Office, post: str) -> str:
    official = office.official(post)
    return f"{official.post} ({official.nama})" if official else post


def _sasaran(results: Iterable[IndicatorResult], marks: Yardsticks) -> tuple[Average, ...]:
    """By the words of the sasaran, spelling aside, in alphabetical order."""
    groups = grouped((fold(result.indicator.sasaran), result) for result in results)
    labels = {key: min(result.indicator.sasaran for result in own) or "(tanpa sasaran)" for key, own in groups.items()}
    return tuple(average(key, labels[key], groups[key], marks) for key in sorted(groups, key=lambda key: (labels[key], key)))


def _listed(name: str, pairs: Iterable[tuple[str, IndicatorResult]], marks: Yardsticks) -> tuple[Average, ...]:
    """In the order of the closed list; other words follow."""
    groups = grouped(pairs)
    order = [*(word for word in CHOICES[name] if word in groups), *sorted(groups.keys() - set(CHOICES[name]))]
    return tuple(average(word, word, groups[word], marks) for word in order)


# ---- Cost per unit of output against plan (III.B: the price of an output is an instrument of planning and evaluation) ----

OUTPUT = "Output"


def unit_costs(subs: Iterable[SubMoney], results: Sequence[IndicatorResult]) -> tuple[UnitCost, ...]:
    """One line per output of each sub kegiatan of the plan; a reason where its money cannot be divided by it.

    Plan: pagu / target of the year. Realised: rupiah spent / realisasi of the same quarters. Whole rupiah, half-up.
    """
    outputs = grouped(((r.indicator.unit, r.indicator.kode), r) for r in results if r.indicator.level == OUTPUT)
    return tuple(line for sub in subs if sub.plan is not None and sub.asked for line in _lines(sub, sub.plan.nama, outputs))


def _lines(sub: SubMoney, nama: str, outputs: Mapping[SubKey, list[IndicatorResult]]) -> Iterable[UnitCost]:
    own = outputs.get(sub.key, [])
    if not own:
        yield _cost(sub, nama, None, None, None, "belum ada indikator output")
    for result in own:
        one = result.indicator
        if len(own) > 1:
            yield _cost(sub, nama, result, None, None, f"{len(own)} output memakai anggaran yang sama")
        elif one.tipe in (KUALITATIF, PERSENTASE):
            yield _cost(sub, nama, result, None, None, f"output berupa {one.tipe.lower()}, bukan jumlah")
        else:
            yield _divided(sub, nama, result)


def _divided(sub: SubMoney, nama: str, result: IndicatorResult) -> UnitCost:
    plan = _per_unit(sub.pagu, result.indicator.target)
    capaian, spent = result.of_year, sub.total
    realised = None if spent is None else _per_unit(spent, capaian.realised)
    if realised is not None:
        reason = _bounded(sub, capaian) if plan is not None else "target output 0 atau belum ada"
    elif spent is None:
        reason = "realisasi uang belum diisi"
    else:
        reason = "realisasi output 0" if isinstance(capaian.realised, Decimal) else f"realisasi output {capaian.lack}"
    return _cost(sub, nama, result, plan, realised, reason)


def _bounded(sub: SubMoney, capaian: Capaian) -> str:
    """What the realised cost leaves out: money can only raise it, output only lower it."""
    money = f"{len(sub.unreported)} rekening belum diketahui" if sub.unreported else ""
    output = f"output {quarter_names(capaian.missing)} belum diisi" if capaian.floor else ""
    if money and output:
        return f"realisasi per satuan belum pasti: {money}, {output}"
    return f"realisasi per satuan adalah batas {'bawah' if money else 'atas'}: {money or output}" if money or output else ""


def _per_unit(amount: int, quantity: object) -> Decimal | None:
    if not isinstance(quantity, Decimal) or quantity <= 0:
        return None
    return rounded(amount / Fraction(quantity), 0)


def _cost(
    sub: SubMoney, nama: str, result: IndicatorResult | None, plan: Decimal | None, realised: Decimal | None, reason: str
) -> UnitCost:
    unit, kode = sub.key
    return UnitCost(
        unit=unit, kode_sub=kode, nama=nama, output=result.indicator.nama if result else "",
        satuan=result.indicator.satuan if result else "", plan=plan, realised=realised, reason=reason,
    )  # fmt: skip


def measure(plan: Plan, realised: Realised, office: Office, triwulan: int) -> Year:
    """Judge everything up to ``triwulan`` (1 to 4); later quarters are left alone. ValueError for another number.

    Results stand in the plan's order. The scale of kualitatif indicators and all policies are the office's.
    """
    if not 1 <= triwulan <= YEAR_END:
        raise ValueError(triwulan)
    marks = yardsticks(office.policies)
    skala = office.lists.get("skala", EDITABLE["skala"])
    returned = {entry.identity: entry for entry in realised.indicators}
    quarters = {identity: entry.quarters for identity, entry in returned.items()}
    judged = [judge(one, quarters.get(one.identity, BLANK), marks.words, skala) for one in plan.promised]
    results = tuple(_result(own, returned.get(own.indicator.identity), triwulan, marks) for own in judged)
    subs = sub_money(plan, realised, triwulan)
    known = warning.reported(realised.findings)
    said = chain(
        *(warning.of_indicator(result, own, triwulan, known) for result, own in zip(results, judged, strict=True)),
        warning.of_money(subs, triwulan, known),
    )
    return Year(
        office=office, plan=plan, realised=realised, triwulan=triwulan, results=results,
        averages=averages(results, office.on(last_day(plan.tahun, triwulan)), marks),
        money=money_lines(subs, plan, office, results, triwulan, marks),
        costs=unit_costs(subs, results),
        warnings=warnings(results, subs, triwulan, marks),
        policies=marks.words,
        findings=tuple(sorted(said, key=sort_key)),
    )  # fmt: skip


def _result(own: Judge, entry: RealisedIndicator | None, n: int, marks: Yardsticks) -> IndicatorResult:
    until = tuple(own.until(quarter, compare=quarter == n < YEAR_END) for quarter in range(1, n + 1))  # of others none is told
    of_year = own.of_year(n)
    percent = (of_year if n == YEAR_END else until[-1]).percent
    capped = None if percent is None else marks.capped(percent)
    return IndicatorResult(
        indicator=own.indicator, realised=entry, until=until, of_year=of_year, capped=capped,
        predicate="" if capped is None else marks.predicate(capped), by=own,
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
    past = grouped((fold(value.nama), value) for value in earlier if value.tahun < year.plan.tahun)
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


def way_of(indicator: PlanIndicator, policies: Mapping[str, str], until: int) -> Method | None:
    """The method that says how far the way to the Renstra's last target is at the end of TW ``until``.

    None for a rentang or a scale, whose final target says nothing of the way there, and for a sum that is still growing:
    half a year's disputes are no success beside the target of a whole year.
    """
    rule = rule_of(indicator, policies)
    open_ = rule.how == JUMLAH and not rule.pooled and until < YEAR_END
    return METHODS[rule.method] if rule.method in TOWARDS and not open_ else None


def progress(method: Method | None, realised: object, final: object) -> Decimal | None:
    """Realisasi against the last target of the Renstra in percent points; None where either is no number."""
    if method is None or not (isinstance(realised, Decimal) and isinstance(final, Decimal)):
        return None
    percent = method.value(Fraction(realised), Goal(target=Fraction(final))).percent
    return None if percent is None else percent_of(percent)


# ---- What stands beside a figure on a page that is signed ----

_PLACE = re.compile(r" \([^()]*\bsel [A-Z]+[0-9]+[^()]*\)")


def official(reason: str) -> str:
    """A reason without the address of a cell: the unit needs it and finds it in the catatan, a signed page does not."""
    return _PLACE.sub("", reason)


def remark(result: IndicatorResult) -> str:
    """What a reader has to know beside the figure: why there is none, or which quarters are missing."""
    of_year = result.of_year
    if of_year.lack is not None:
        return official(_why(of_year))
    bound = "; angkanya batas bawah" if of_year.floor else "; angkanya batas atas" if of_year.ceiling else ""
    return f"{quarter_names(of_year.missing)} belum diisi{bound}" if of_year.missing else ""


# ---- The thread from plan to report (III.B): RKT, RKA/DPA, realisasi and capaian per sub kegiatan, with its gaps ----

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
    results = grouped(((r.indicator.unit, r.indicator.kode), r) for r in year.results)
    return tuple(
        Thread(
            unit=line.unit, kode=line.kode, nama=line.nama, plan=plan, money=line, indicators=len(own),
            gaps=tuple(_gaps(plan, line, own)),
        )
        for line in year.money
        if line.level == "subkegiatan"
        for plan, own in [(subs.get((line.unit, line.kode)), results.get((line.unit, line.kode), []))]
    )  # fmt: skip


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
    reached, serapan = money.capaian, money.against
    if reached is not None and serapan is not None and serapan - reached > FULL // 2:
        yield "serapan jauh di atas capaian"


def _spending(money: MoneyLine) -> Iterator[str]:
    if money.spent is None:
        yield "realisasi uang belum diisi"
    elif money.unreported:  # what is not known is no nothing
        yield money.lacking
    elif money.spent == 0:
        yield "belum ada realisasi uang"
    if money.serapan is not None and money.serapan > Decimal(FULL):
        yield "realisasi melebihi pagu"
