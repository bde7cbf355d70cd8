"""Several years side by side: the trend of each IKU beside its medium-term target (Renstra)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.office import RenstraGoal
from kinerja_xl.reading.capaian_book import YearValue
from kinerja_xl.reckoning.capaian.figures import percent_of
from kinerja_xl.reckoning.capaian.methods import METHODS, Goal
from kinerja_xl.reckoning.capaian.rule import rule_of
from kinerja_xl.reckoning.measured import IndicatorResult, Year
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.texts import fold

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
