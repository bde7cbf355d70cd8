"""The engine: one indicator and its quarters in, its capaian s.d. each TW and terhadap target tahunan out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.reckoning.capaian import explain
from kinerja_xl.reckoning.capaian.accumulate import (
    ROMAN,
    Part,
    Total,
    figure,
    missing_quarters,
    parts_of,
    positions,
    realised_total,
    target_total,
)
from kinerja_xl.reckoning.capaian.figures import number_of, percent_of, words_of
from kinerja_xl.reckoning.capaian.methods import METHODS, Goal
from kinerja_xl.reckoning.capaian.rule import Rule, rule_of
from kinerja_xl.reckoning.measured import Capaian
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.realised import Lack, Quarter

BLANK = (Quarter(), Quarter(), Quarter(), Quarter())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """One indicator ready to be judged: its rule, its quarters as parts, the scale of the office."""

    indicator: PlanIndicator
    rule: Rule
    parts: tuple[Part, ...]
    skala: tuple[str, ...]

    def until(self, n: int, *, compare: bool = True) -> Capaian:
        """Capaian s.d. TW ``n`` against the target of the same quarters; ``compare`` adds the other methods."""
        realised = realised_total(self.rule, self.parts, n)
        target = target_total(self.rule, self.indicator, self.parts, n)
        # What is not due yet stays so even where a cell is broken; else a lacking realisasi speaks first.
        first = (target, realised) if target.lack is Lack.TIDAK_BERLAKU else (realised, target)
        for total in first:
            if total.lack is not None:
                return self._lacking(total, realised, target)
        return self._judged(n, (realised, target), self._goal(target.value), compare, "")

    def of_year(self, n: int, *, compare: bool = True) -> Capaian:
        """Capaian of TW I to ``n`` against the target of the year."""
        realised = realised_total(self.rule, self.parts, n)
        if realised.lack is not None:
            return self._lacking(realised, realised, Total(value=self._year()))
        label = "terhadap target tahun" if n == len(ROMAN) else f"realisasi s.d. TW {ROMAN[n - 1]} terhadap target tahun"
        return self._judged(n, (realised,), self._goal(self._year()), compare, label)

    def missing(self, n: int) -> tuple[int, ...]:
        """Quarters that were due until TW ``n`` and are blank."""
        return missing_quarters(self.rule, self.parts, n)

    def _year(self) -> Fraction | None:
        return figure(self.indicator.target, self.rule, positions(self.skala))

    def _goal(self, target: Fraction | None) -> Goal:
        low, high = self.indicator.bawah, self.indicator.atas
        return Goal(
            target=target, bawah=None if low is None else Fraction(low), atas=None if high is None else Fraction(high)
        )

    def _judged(self, n: int, totals: Sequence[Total], goal: Goal, compare: bool, label: str) -> Capaian:
        realised = totals[0].value
        assert realised is not None
        method = METHODS[self.rule.method]
        outcome = method.value(realised, goal)
        if outcome.percent is None:
            reason = outcome.reason
            return self._capaian(Lack.TIDAK_DAPAT, reason, realised, goal, explain.without(Lack.TIDAK_DAPAT, reason))
        missing = self.missing(n)
        said = explain.sentence(outcome, realised, goal, self.skala) + explain.remarks(totals, missing, label)
        return Capaian(
            percent=percent_of(outcome.percent),
            target=self._shown_target(goal),
            realised=self._shown(realised),
            method=method.key,
            explanation=said,
            source=method.sumber,
            others=explain.others(self.rule, realised, goal, outcome.percent) if compare else {},
            missing=missing,
        )

    def _lacking(self, total: Total, realised: Total, target: Total) -> Capaian:
        assert total.lack is not None
        said = explain.without(total.lack, total.reason)
        return self._capaian(total.lack, total.reason, realised.value, self._goal(target.value), said)

    def _capaian(self, lack: Lack, reason: str, realised: Fraction | None, goal: Goal, said: str) -> Capaian:
        method = METHODS.get(self.rule.method)
        return Capaian(
            percent=None, lack=lack, reason=reason, target=self._shown_target(goal), realised=self._shown(realised),
            method=self.rule.method, explanation=said, source=method.sumber if method else "",
        )  # fmt: skip

    def _shown(self, value: Fraction | None) -> Decimal | str | None:
        if value is None:
            return None
        return self.skala[int(value) - 1] if self.rule.kualitatif else number_of(value)

    def _shown_target(self, goal: Goal) -> Decimal | str | None:
        if self.rule.rentang and goal.bawah is not None and goal.atas is not None:
            return f"{words_of(goal.bawah)}–{words_of(goal.atas)}"
        return self._shown(goal.target)


def judge(
    indicator: PlanIndicator, quarters: Sequence[Quarter], policies: Mapping[str, str], skala: Sequence[str]
) -> Judge:
    """Prepare an indicator with its four quarters. ``skala``: the office's scale, lowest first."""
    rule = rule_of(indicator, policies)
    scale = positions(skala)
    return Judge(
        indicator=indicator, rule=rule, parts=tuple(parts_of(rule, indicator, quarters, scale)), skala=tuple(skala)
    )
