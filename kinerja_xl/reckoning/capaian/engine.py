"""The engine: one indicator and its quarters in, its capaian s.d. each TW and terhadap target tahunan out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from kinerja_xl.reckoning import LEAST, MOST
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
from kinerja_xl.reckoning.capaian.rule import Rule, exact, number_of, percent_of, percent_words, rule_of, words_of
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.words.periods import ROMAN

# ---- The methods of capaian as declared objects, each with two faces that must agree: exact Python and an Excel formula ----
# Sources: domain of the office (LKjIP practice, PermenPANRB 8/2021 "kondisi normal" and "kondisi khusus"); what they leave
# open is a policy of Kantor.xlsx. Percentages are percent points (120 is 120 %). An Excel face gives percent points rounded
# half-up to two decimals, or the words of a non-value; its inner ROUND(…,9) takes away binary noise before the halves are
# judged, and comparisons look at ROUND(…,9) for the same reason.

CANNOT = f'"{Lack.TIDAK_DAPAT}"'
"""The Excel face of a capaian that cannot be computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a realisasi is compared with: a target, or the bounds of a rentang."""

    target: Fraction | None = None
    bawah: Fraction | None = None
    atas: Fraction | None = None

    @classmethod
    def of(cls, target: Fraction | None, indicator: PlanIndicator) -> Goal:
        """A target beside the indicator's bounds."""
        low, high = indicator.bawah, indicator.atas
        return cls(target=target, bawah=None if low is None else exact(low), atas=None if high is None else exact(high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Percent points, exact; or the reason why there is none. ``branch`` names the formula that was used."""

    percent: Fraction | None
    branch: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCells:
    """Cell references (or subexpressions in brackets) of what is compared; "" where the method does not need it."""

    realised: str
    target: str = ""
    bawah: str = ""
    atas: str = ""
    skala: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method. ``value`` takes realisasi and goal; ``excel`` gives the formula without "=" for numbers in both cells."""

    key: str
    nama: str
    rumus: str
    sumber: str
    value: Callable[[Fraction, Goal], Outcome]
    excel: Callable[[GoalCells], str]


def _none(reason: str) -> Outcome:
    return Outcome(percent=None, reason=reason)


def _rounded(ratio: str) -> str:
    return f"ROUND(ROUND(100*{ratio},9),2)"


def _naik(realised: Fraction, goal: Goal) -> Outcome:
    if (problem := _problem(goal)) is not None:
        return problem
    assert goal.target is not None
    if goal.target == 0:
        return _none("target 0")
    return Outcome(percent=100 * realised / goal.target, branch="naik")


def _problem(goal: Goal) -> Outcome | None:
    if goal.target is None:
        return _none("target belum ditetapkan")
    return _none("target negatif") if goal.target < 0 else None


def _naik_excel(c: GoalCells) -> str:
    return f"IF(ROUND({c.target},9)>0,{_rounded(f'{c.realised}/{c.target}')},{CANNOT})"


def _turun(realised: Fraction, goal: Goal) -> Outcome | None:
    """What both methods of turun share: no target, a negative one, and the target 0."""
    if (problem := _problem(goal)) is not None or goal.target != 0:
        return problem
    reached = realised <= 0
    return Outcome(percent=Fraction(100 if reached else 0), branch="turun_0_tercapai" if reached else "turun_0_tidak")


def _turun_a(realised: Fraction, goal: Goal) -> Outcome:
    if (special := _turun(realised, goal)) is not None:
        return special
    assert goal.target is not None
    percent = 100 * (2 * goal.target - realised) / goal.target
    return Outcome(percent=max(percent, Fraction(0)), branch="turun_a" if percent >= 0 else "turun_a_dasar")


def _turun_b(realised: Fraction, goal: Goal) -> Outcome:
    if (special := _turun(realised, goal)) is not None:
        return special
    assert goal.target is not None
    if realised <= 0:
        return _none("realisasi 0" if realised == 0 else "realisasi negatif")
    return Outcome(percent=100 * goal.target / realised, branch="turun_b")


def _turun_excel(c: GoalCells, core: str) -> str:
    zero = f"IF(ROUND({c.realised},9)<=0,100,0)"
    return f"IF(ROUND({c.target},9)<0,{CANNOT},IF(ROUND({c.target},9)=0,{zero},{core}))"


def _turun_a_excel(c: GoalCells) -> str:
    return _turun_excel(c, f"MAX(0,{_rounded(f'(2*{c.target}-{c.realised})/{c.target}')})")


def _turun_b_excel(c: GoalCells) -> str:
    return _turun_excel(c, f"IF(ROUND({c.realised},9)>0,{_rounded(f'{c.target}/{c.realised}')},{CANNOT})")


def _rentang(realised: Fraction, goal: Goal, *, larger: bool) -> Outcome:
    if goal.bawah is None or goal.atas is None:
        return _none("batas rentang belum lengkap")
    if goal.bawah > goal.atas:
        return _none("batas bawah melebihi batas atas")
    if goal.bawah <= realised <= goal.atas:
        return Outcome(percent=Fraction(100), branch="rentang_dalam")
    bound, side = (goal.atas, "atas") if realised > goal.atas else (goal.bawah, "bawah")
    if bound <= 0:
        return _none(f"batas {side} {'0' if bound == 0 else 'negatif'}")
    ratio = realised / bound
    percent = 100 * ratio if larger else 100 * (2 - ratio)
    kind = "besar" if larger else "kecil"
    return Outcome(percent=max(percent, Fraction(0)), branch=f"rentang_{kind}_{side}" + ("_dasar" if percent < 0 else ""))


def _rentang_excel(c: GoalCells, *, larger: bool) -> str:
    def outside(bound: str) -> str:
        ratio = f"{c.realised}/{bound}" if larger else f"(2-{c.realised}/{bound})"
        return f"IF({bound}>0,MAX(0,{_rounded(ratio)}),{CANNOT})"

    sides = f"IF(ROUND({c.realised}-{c.atas},9)>0,{outside(c.atas)},IF(ROUND({c.realised}-{c.bawah},9)<0,{outside(c.bawah)},100))"
    return f"IF(COUNT({c.bawah},{c.atas})<2,{CANNOT},IF({c.bawah}>{c.atas},{CANNOT},{sides}))"


def _kualitatif(realised: Fraction, goal: Goal) -> Outcome:
    """Both are positions on the scale, 1 the lowest."""
    if goal.target is None or goal.target < 1:
        return _none("target tidak ada pada skala")
    return Outcome(percent=100 * realised / goal.target, branch="kualitatif")


def _kualitatif_excel(c: GoalCells) -> str:
    positions = [f"MATCH(TRIM({cell}),{c.skala},0)" for cell in (c.realised, c.target)]
    return f"IF(ISNUMBER({positions[1]}),{_rounded('/'.join(positions))},{CANNOT})"


_PRAKTIK, _PAN = "praktik LKjIP", "PermenPANRB 8/2021"

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.key: method
        for method in (
            Method(key="naik", nama="Semakin besar semakin baik", rumus="R / T", sumber=f"{_PRAKTIK}; {_PAN} (kondisi normal)",
                   value=_naik, excel=_naik_excel),
            Method(key="turun_a", nama="Semakin kecil semakin baik", rumus="(2 × T − R) / T, paling rendah 0 %",
                   sumber=f"{_PRAKTIK}; sama dengan 1 + (1 − R/T) pada {_PAN} (kondisi khusus)",
                   value=_turun_a, excel=_turun_a_excel),
            Method(key="turun_b", nama="Semakin kecil semakin baik (cara B)", rumus="T / R",
                   sumber="dipakai beberapa sistem daerah; kebijakan kantor", value=_turun_b, excel=_turun_b_excel),
            Method(key="rentang_besar", nama="Rentang, di luar rentang semakin besar semakin baik",
                   rumus="di dalam: 100 %; di atas: R / batas atas; di bawah: R / batas bawah",
                   sumber=f"{_PAN}; di dalam rentang 100 %: kebijakan kantor",
                   value=partial(_rentang, larger=True), excel=partial(_rentang_excel, larger=True)),
            Method(key="rentang_kecil", nama="Rentang, di luar rentang semakin kecil semakin baik",
                   rumus="di dalam: 100 %; di atas: 1 + (1 − R / batas atas); di bawah: 1 + (1 − R / batas bawah)",
                   sumber=f"{_PAN}; di dalam rentang 100 %: kebijakan kantor",
                   value=partial(_rentang, larger=False), excel=partial(_rentang_excel, larger=False)),
            Method(key="kualitatif", nama="Kualitatif", rumus="urutan realisasi pada skala / urutan target pada skala",
                   sumber="kebijakan kantor", value=_kualitatif, excel=_kualitatif_excel),
        )
    }
)  # fmt: skip
"""Every method by key, in the order in which it is explained."""


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


def sentence(outcome: Outcome, realised: Fraction, goal: Goal, skala: Sequence[str], bound: str = "") -> str:
    """The formula with its numbers and its result; ``skala`` names the positions of a kualitatif indicator."""
    assert outcome.percent is not None
    figures = {"r": realised, "t": goal.target, "a": goal.bawah, "b": goal.atas}
    words = {name: "" if value is None else _signed(value) for name, value in figures.items()}
    words["p"] = bound + percent_words(percent_of(outcome.percent))
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


_COMPARED: Mapping[str, str] = {
    "turun_a": "turun_b", "turun_b": "turun_a", "rentang_besar": "rentang_kecil", "rentang_kecil": "rentang_besar",
}  # fmt: skip


def others(rule: Rule, realised: Fraction, goal: Goal, percent: Fraction) -> dict[str, Decimal | str]:
    """What other methods in use give for the same numbers: name -> percent points, or the reason why none."""
    found: dict[str, Decimal | str] = {}
    if rule.method in _COMPARED:
        method = METHODS[_COMPARED[rule.method]]
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
    _totals: dict[tuple[str, int], Total] = field(default_factory=dict, repr=False, compare=False)
    """What the quarters came to, by what and until when: the year, its sentences and its sheets ask for the same."""

    def realised(self, n: int) -> Total:
        """Realisasi accumulated over TW I to ``n``."""
        if (found := self._totals.get(("realisasi", n))) is None:
            found = self._totals["realisasi", n] = realised_total(self.rule, self.parts, n)
        return found

    def target(self, n: int) -> Total:
        """Target accumulated over the filled quarters among TW I to ``n``."""
        if (found := self._totals.get(("target", n))) is None:
            found = self._totals["target", n] = target_total(self.rule, self.indicator, self.parts, n)
        return found

    def until(self, n: int, *, compare: bool = True) -> Capaian:
        """Capaian s.d. TW ``n`` against the target of the same quarters; ``compare`` adds its sentence and the other methods."""
        realised, target = self.realised(n), self.target(n)
        # What is not due yet stays so even where a cell is broken; else a lacking realisasi speaks first.
        first = (target, realised) if target.lack is Lack.TIDAK_BERLAKU else (realised, target)
        for total in first:
            if total.lack is not None:
                return self._lacking(total, realised, target)
        return self._judged(n, (realised, target), Goal.of(target.value, self.indicator), compare, "")

    def of_year(self, n: int, *, compare: bool = True) -> Capaian:
        """Capaian of TW I to ``n`` against the target of the year."""
        realised = self.realised(n)
        if realised.lack is not None:
            return self._lacking(realised, realised, Total(value=self._year()))
        label = "terhadap target tahun" if n == len(ROMAN) else f"realisasi s.d. TW {ROMAN[n - 1]} terhadap target tahun"
        return self._judged(n, (realised,), Goal.of(self._year(), self.indicator), compare, label)

    def asked(self, n: int) -> bool:
        """Whether a realisasi is due in TW ``n``: it has a target there, or the year ends without any target of a triwulan."""
        return self.parts[n - 1].due or (n == len(ROMAN) and not any(part.due for part in self.parts))

    def missing(self, n: int) -> tuple[int, ...]:
        """Quarters that were due until TW ``n`` and are blank."""
        return missing_quarters(self.rule, self.parts, n)

    def _year(self) -> Fraction | None:
        return figure(self.indicator.target, self.rule, positions(self.skala))

    def _judged(self, n: int, totals: Sequence[Total], goal: Goal, compare: bool, label: str) -> Capaian:
        realised = totals[0].value
        assert realised is not None
        method = METHODS[self.rule.method]
        outcome = method.value(realised, goal)
        if (reason := outcome.reason) or outcome.percent is None:
            return self._capaian(Lack.TIDAK_DAPAT, reason, realised, goal, without(Lack.TIDAK_DAPAT, reason))
        missing = self.missing(n)
        floor, ceiling = (bool(missing and label) and way for way in (self.rule.least, self.rule.most))  # of the year
        bound = LEAST if floor else MOST if ceiling else ""
        said = sentence(outcome, realised, goal, self.skala, bound) + remarks(totals, missing, label) if compare else ""
        return Capaian(
            percent=percent_of(outcome.percent), target=self._shown_target(goal), realised=self._shown(realised),
            method=method.key, explanation=said, source=method.sumber, missing=missing,
            others=others(self.rule, realised, goal, outcome.percent) if compare else {}, floor=floor, ceiling=ceiling,
        )  # fmt: skip

    def _lacking(self, total: Total, realised: Total, target: Total) -> Capaian:
        assert total.lack is not None
        said = without(total.lack, total.reason)
        return self._capaian(total.lack, total.reason, realised.value, Goal.of(target.value, self.indicator), said)

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


def judge(indicator: PlanIndicator, quarters: Sequence[Quarter], policies: Mapping[str, str], skala: Sequence[str]) -> Judge:
    """Prepare an indicator with its four quarters. ``skala``: the office's scale, lowest first."""
    rule = rule_of(indicator, policies)
    scale = positions(skala)
    return Judge(indicator=indicator, rule=rule, parts=tuple(parts_of(rule, indicator, quarters, scale)), skala=tuple(skala))
