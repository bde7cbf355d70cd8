"""Every capaian in one Indonesian sentence with its numbers, and what the other methods in use would have given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.reckoning.capaian.accumulate import Total, quarter_names
from kinerja_xl.reckoning.capaian.figures import percent_of, percent_words, words_of
from kinerja_xl.reckoning.capaian.methods import METHODS, Goal, Outcome
from kinerja_xl.reckoning.capaian.rule import Rule

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
