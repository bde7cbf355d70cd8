"""The methods of capaian as declared objects, each with two faces that must agree: exact Python and an Excel formula.

Sources: domain of the office (LKjIP practice, PermenPANRB 8/2021 "kondisi normal" and "kondisi khusus"); what they leave
open is a policy of Kantor.xlsx. Percentages are percent points (120 is 120 %). An Excel face gives percent points rounded
half-up to two decimals, or the words of a non-value; its inner ROUND(…,9) takes away binary noise before the halves are
judged, and comparisons look at ROUND(…,9) for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.year import Lack

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
        return cls(target=target, bawah=None if low is None else Fraction(low), atas=None if high is None else Fraction(high))


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
