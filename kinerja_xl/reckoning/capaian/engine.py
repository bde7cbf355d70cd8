"""The engine: one indicator and its quarters in, its capaian s.d. each TW and terhadap target tahunan out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.reckoning.capaian import Capaian
from kinerja_xl.reckoning.capaian.accumulate import (
    Part,
    Total,
    figure,
    missing_quarters,
    parts_of,
    positions,
    quarter_names,
    realised_total,
    target_total,
)
from kinerja_xl.reckoning.capaian.methods import METHODS, Goal, Outcome
from kinerja_xl.reckoning.capaian.rule import Rule, number_of, percent_of, percent_words, rule_of, words_of
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.words.periods import ROMAN

# ---- Every capaian in one Indonesian sentence with its numbers, and what the other methods in use would have given ----

_NAIK, _TURUN = "Semakin besar semakin baik", "Semakin kecil semakin baik"
_ABOVE, _BELOW = "Di atas rentang {a}–{b}", "Di bawah rentang {a}–{b}"
_FLOOR = "di bawah 0, dihitung {p}"

_SENTENCES: Mapping[str, str] = {
    "naik": f"{_NAIK}: {{r}} / {{t}} = {{p}}",
    "turun_a": f"{_TURUN}: (2 × {{t}} − {{r}}) / {{t}} = {{p}}",
    "turun_a_dasar": f"{_TURUN}: (2 × {{t}} − {{r}}) / {{t}} {_FLOOR}",
    "turun_b": f"{_TURUN} (cara B): {{t}} / {{r}} = {{p}}",
    "turun_0_tercapai": f"{_TURUN}: target 0 dan realisasi {{r}} dinilai tercapai, {{p}}",
    "turun_0_tidak": f"{_TURUN}: target 0 dan realisasi {{r}} dinilai tidak tercapai, {{p}}",
    "rentang_dalam": "Realisasi {r} di dalam rentang {a}–{b}: {p}",
    "rentang_besar_atas": f"{_ABOVE}, semakin besar semakin baik: {{r}} / {{b}} = {{p}}",
    "rentang_besar_bawah": f"{_BELOW}, semakin besar semakin baik: {{r}} / {{a}} = {{p}}",
    "rentang_besar_bawah_dasar": f"{_BELOW}, semakin besar semakin baik: {{r}} / {{a}} {_FLOOR}",
    "rentang_kecil_atas": f"{_ABOVE}, semakin kecil semakin baik: 1 + (1 − {{r}} / {{b}}) = {{p}}",
    "rentang_kecil_atas_dasar": f"{_ABOVE}, semakin kecil semakin baik: 1 + (1 − {{r}} / {{b}}) {_FLOOR}",
    "rentang_kecil_bawah": f"{_BELOW}, semakin kecil semakin baik: 1 + (1 − {{r}} / {{a}}) = {{p}}",
    "kualitatif": "Urutan {R} dibagi urutan {T} pada skala: {r} / {t} = {p}",
}
"""Branch of a method -> its sentence; ``{r}`` realisasi, ``{t}`` target, ``{a}`` and ``{b}`` the bounds, ``{p}`` percent."""


def sentence(outcome: Outcome, realised: Fraction, goal: Goal, skala: Sequence[str]) -> str:
    """The formula with its numbers and its result. ``skala`` names the positions of a kualitatif indicator."""
    assert outcome.percent is not None
    figures = {"r": realised, "t": goal.target, "a": goal.bawah, "b": goal.atas}
    words = {name: "" if value is None else _signed(value) for name, value in figures.items()}
    words["p"] = percent_words(percent_of(outcome.percent))
    if outcome.branch == "kualitatif" and goal.target is not None:
        words |= {"R": f'"{skala[int(realised) - 1]}"', "T": f'"{skala[int(goal.target) - 1]}"'}
    return _SENTENCES[outcome.branch].format_map(words)


def remarks(totals: Sequence[Total], missing: Sequence[int], year: str) -> str:
    """How realisasi (and target, of the same quarters) came about, and which quarters are missing; each with its "; "."""
    said = [year] if year else []
    ways = [total.how for total in totals]
    if len(set(ways)) == 1 and len(ways) > 1:
        said.append(f"realisasi dan target: {ways[0]}")
    else:
        said += [f"{what}: {how}" for what, how in zip(("realisasi", "target"), ways, strict=False) if how]
    if missing:
        said.append(f"{quarter_names(missing)} belum diisi dan tidak ikut dihitung")
    return "".join(f"; {part}" for part in said)


def _signed(value: Fraction) -> str:
    """A negative number in brackets, so that it does not run into the sign before it."""
    return f"({words_of(value)})" if value < 0 else words_of(value)


def without(lack: str, reason: str) -> str:
    """The sentence of a non-value."""
    said = f"{lack[:1].upper()}{lack[1:]}"
    return f"{said}: {reason}" if reason else said


_COMPARED: Mapping[str, tuple[str, ...]] = {
    "turun_a": ("turun_b",),
    "turun_b": ("turun_a",),
    "rentang_besar": ("rentang_kecil",),
    "rentang_kecil": ("rentang_besar",),
}


def others(rule: Rule, realised: Fraction, goal: Goal, percent: Fraction) -> dict[str, Decimal | str]:
    """What other methods in use give for the same numbers: name -> percent points, or the reason why none."""
    found: dict[str, Decimal | str] = {}
    for key in _COMPARED.get(rule.method, ()):
        method = METHODS[key]
        outcome = method.value(realised, goal)
        found[f"{method.nama}: {method.rumus}"] = outcome.reason if outcome.percent is None else percent_of(outcome.percent)
    if rule.method.startswith("turun") and goal.target:
        found["R / T tanpa melihat arah"] = percent_of(100 * realised / goal.target)
        found["(T − R) / T"] = percent_of(100 * (goal.target - realised) / goal.target)
    found["Tercapai 100 % atau tidak 0 %"] = Decimal(100 if percent >= 100 else 0)
    if percent > 100:
        found["Paling tinggi 100 %"] = Decimal(100)
    return found


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
            return self._capaian(Lack.TIDAK_DAPAT, reason, realised, goal, without(Lack.TIDAK_DAPAT, reason))
        missing = self.missing(n)
        said = sentence(outcome, realised, goal, self.skala) + remarks(totals, missing, label)
        return Capaian(
            percent=percent_of(outcome.percent),
            target=self._shown_target(goal),
            realised=self._shown(realised),
            method=method.key,
            explanation=said,
            source=method.sumber,
            others=others(self.rule, realised, goal, outcome.percent) if compare else {},
            missing=missing,
        )

    def _lacking(self, total: Total, realised: Total, target: Total) -> Capaian:
        assert total.lack is not None
        said = without(total.lack, total.reason)
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
