"""The measured year: the locked plan and what came back, judged and put together. Pure; the order of files changes nothing."""

from __future__ import annotations

from itertools import chain

from kinerja_xl.findings import sort_key
from kinerja_xl.office import Office
from kinerja_xl.reckoning.capaian import remarks
from kinerja_xl.reckoning.capaian.averages import averages
from kinerja_xl.reckoning.capaian.cost import unit_costs
from kinerja_xl.reckoning.capaian.engine import BLANK, Judge, judge
from kinerja_xl.reckoning.capaian.money import money_lines, sub_money
from kinerja_xl.reckoning.capaian.policies import Yardsticks, yardsticks
from kinerja_xl.reckoning.capaian.warning import warnings
from kinerja_xl.reckoning.measured import YEAR_END, IndicatorResult, Year
from kinerja_xl.reckoning.plan import Plan, PlanIndicator
from kinerja_xl.reckoning.realised import Realised, RealisedIndicator
from kinerja_xl.sheets.choices import EDITABLE


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
    known = remarks.reported(realised.findings)
    said = chain(
        remarks.of_policies(marks, office),
        *(remarks.of_indicator(result, own, triwulan, known) for result, own in zip(results, judged, strict=True)),
        remarks.of_money(subs, triwulan, known),
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
