"""How the quarters become one realisasi and one target: the Python face of ``excel.realised_until`` and ``target_until``.

``Jumlah`` adds the filled quarters and compares with the target of the same quarters; ``Rata-rata`` takes their mean;
``Nilai terakhir`` the latest filled one (0 counts as filled) with the target set at or before it. Persentase and rasio are
never added: numerators over denominators where every filled quarter has them; else their mean (Rata-rata) or, with more
than one filled quarter (Jumlah), nothing. Their quarterly targets have no numerators, so Jumlah takes their mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from kinerja_xl.reckoning.capaian.rule import JUMLAH, RATA, TERAKHIR, Rule, added, exact
from kinerja_xl.reckoning.plan import PlanIndicator, Target
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.words.periods import ROMAN


class State(Enum):
    """What one quarter is."""

    FILLED = "terisi"
    BLANK = "kosong"
    DECLARED = "tidak berlaku"
    BROKEN = "rusak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One quarter (1 to 4) ready to be added up. ``value`` is its own figure; a position on the scale for kualitatif."""

    number: int
    state: State
    value: Fraction | None = None
    pair: tuple[Fraction, Fraction] | None = None
    reason: str = ""
    due: bool = False
    target: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """An accumulated figure, or the non-value with its reason. ``how`` says in a few words how it came about."""

    value: Fraction | None
    lack: Lack | None = None
    reason: str = ""
    how: str = ""


def scale_key(text: str) -> str:
    """Members of a scale are compared without capitals and outer blanks, as Excel's MATCH does."""
    return " ".join(text.split()).casefold()


def positions(skala: Sequence[str]) -> Mapping[str, Fraction]:
    """Position of each member of the scale, the lowest 1; the first of equal members counts."""
    return _positions(tuple(skala))


@lru_cache(maxsize=64)
def _positions(skala: tuple[str, ...]) -> Mapping[str, Fraction]:
    found: dict[str, Fraction] = {}
    for position, member in enumerate(skala, start=1):
        found.setdefault(scale_key(member), Fraction(position))
    return found


def figure(value: Target, rule: Rule, scale: Mapping[str, Fraction]) -> Fraction | None:
    """A target or realisasi as an exact number (kualitatif: its position); None when it is none."""
    if rule.kualitatif:
        return scale.get(scale_key(value)) if isinstance(value, str) else None
    return exact(value) if isinstance(value, Decimal) else None


def parts_of(rule: Rule, indicator: PlanIndicator, quarters: Sequence[Quarter], scale: Mapping[str, Fraction]) -> list[Part]:
    """The four quarters of an indicator."""
    targets = [figure(target, rule, scale) for target in indicator.quarters]
    unset = all(target is None for target in targets)
    parts = []
    for number, (quarter, target) in enumerate(zip(quarters, targets, strict=True), start=1):
        due = target is not None and not (target == 0 and rule.method == "naik")
        if rule.rentang:
            due = due or unset  # without any target of a quarter its bounds hold all year long
        if rule.kualitatif:
            due = indicator.quarters[number - 1] not in (None, "")
        state, value, pair, reason = _state(rule, quarter, scale)
        parts.append(Part(number=number, state=state, value=value, pair=pair, reason=reason, due=due, target=target))
    return parts


Judged = tuple[State, Fraction | None, tuple[Fraction, Fraction] | None, str]


def _state(rule: Rule, quarter: Quarter, scale: Mapping[str, Fraction]) -> Judged:
    if quarter.lack is Lack.TIDAK_DAPAT:
        return State.BROKEN, None, None, quarter.reason or "isinya tidak dapat dibaca"
    if quarter.lack is Lack.TIDAK_BERLAKU:
        return State.DECLARED, None, None, quarter.reason
    above, below = quarter.numerator, quarter.denominator
    if rule.pooled and above is not None and below is not None:
        pair = exact(above), exact(below)
        own = rule.hundred * pair[0] / pair[1] if pair[1] > 0 else None
        return State.FILLED, own, pair, "" if own is not None else _denominator(pair[1])
    if quarter.value is not None:
        value = figure(quarter.value, rule, scale)
        wrong = "tidak ada pada skala" if rule.kualitatif else "bukan angka"
        return (State.BROKEN, None, None, wrong) if value is None else (State.FILLED, value, None, "")
    if rule.pooled and (above is not None or below is not None):
        return State.BROKEN, None, None, "pembilang atau penyebutnya belum diisi"
    return State.BLANK, None, None, quarter.reason


def _denominator(value: Fraction) -> str:
    return "penyebut 0" if value == 0 else "penyebut negatif"


def realised_total(rule: Rule, parts: Sequence[Part], n: int) -> Total:
    """Realisasi accumulated over TW I to ``n``."""
    if not rule.method or not rule.how:
        return _unknown_rule(rule)
    own = parts[:n]
    filled = [part for part in own if part.state is State.FILLED]
    if rule.how == TERAKHIR:
        return _latest(own, n)
    broken = next((part for part in own if part.state is State.BROKEN), None)
    if broken is not None:
        return _cannot(_in_quarter(broken))
    if not filled:
        return _nothing(own, n)
    if rule.pooled and any(part.pair for part in filled):
        return _pooled(rule, filled)
    return _added(rule, filled)


def _unknown_rule(rule: Rule) -> Total:
    return _cannot("arah belum ditetapkan" if not rule.method else "cara menjumlah belum ditetapkan")


def _cannot(reason: str) -> Total:
    return Total(value=None, lack=Lack.TIDAK_DAPAT, reason=reason)


def _in_quarter(part: Part) -> str:
    """What is wrong in a quarter, to stand behind a colon."""
    return f"pada TW {ROMAN[part.number - 1]} {part.reason}"


def _latest(own: Sequence[Part], n: int) -> Total:
    for part in reversed(own):
        if part.state is State.BROKEN or (part.state is State.FILLED and part.value is None):
            return _cannot(_in_quarter(part))
        if part.state is State.FILLED:
            return Total(value=part.value, how=f"nilai TW {ROMAN[part.number - 1]}")
    return _nothing(own, n)


def _nothing(own: Sequence[Part], n: int) -> Total:
    """Nothing filled: not yet handed in, or not due."""
    open_ = [part for part in own if part.state is not State.DECLARED]
    due = [part for part in own if part.due]
    if any(part.due for part in open_) or (n == 4 and open_ and not due):
        return Total(value=None, lack=Lack.BELUM, reason="realisasi belum diisi")
    reason = "dinyatakan tidak berlaku oleh unit" if due or not open_ else "belum ada target triwulan"
    return Total(value=None, lack=Lack.TIDAK_BERLAKU, reason=reason)


def _pooled(rule: Rule, filled: Sequence[Part]) -> Total:
    pairs = [part.pair for part in filled if part.pair]
    if len(pairs) == len(filled):
        above, below = (added(column) for column in zip(*pairs, strict=True))
        if below <= 0:
            return _cannot(_denominator(below))
        return Total(value=rule.hundred * above / below, how="pembilang dibagi penyebut")
    if missing := next((part for part in filled if part.value is None), None):
        return _cannot(_in_quarter(missing))
    return _added(rule, filled)


def _added(rule: Rule, filled: Sequence[Part]) -> Total:
    values = [part.value for part in filled if part.value is not None]
    total, names = added(values), quarter_names(part.number for part in filled)
    if rule.how == RATA:
        return Total(value=total / len(values), how=f"rata-rata {names}")
    if rule.pooled and len(values) > 1:
        return _cannot(f"{rule.tipe.lower()} tidak dijumlahkan; isi pembilang dan penyebut tiap triwulan")
    return Total(value=total, how=f"jumlah {names}")


def target_total(rule: Rule, indicator: PlanIndicator, parts: Sequence[Part], n: int) -> Total:
    """Target accumulated over the filled quarters among TW I to ``n``; ``value`` None without a lack for a rentang."""
    if not rule.method or not rule.how:
        return _unknown_rule(rule)
    if rule.rentang and rule.how == JUMLAH and n < 4:
        return Total(value=None, lack=Lack.TIDAK_BERLAKU, reason="batas rentang berlaku untuk setahun")
    own = parts[:n]
    due = [part for part in own if part.due]
    if not due:
        return _not_due(rule, indicator, parts, n)
    if not any(part.state is State.FILLED for part in due):
        waiting = [part.number for part in due if part.state is not State.DECLARED]
        if waiting:
            return Total(value=None, lack=Lack.BELUM, reason=f"{quarter_names(waiting)} belum diisi")
        return Total(value=None, lack=Lack.TIDAK_BERLAKU, reason="dinyatakan tidak berlaku oleh unit")
    if rule.rentang:
        return Total(value=None)
    return _target_of_filled(rule, own)


def _not_due(rule: Rule, indicator: PlanIndicator, parts: Sequence[Part], n: int) -> Total:
    later = next((part.number for part in parts[n:] if part.due), 0)
    if not later and rule.method == "naik" and any(part.target is not None for part in parts[:n]):
        return _cannot("target 0")
    reason = f"target baru mulai TW {ROMAN[later - 1]}" if later else "target triwulan tidak ditetapkan"
    return Total(value=None, lack=Lack.TIDAK_BERLAKU, reason=reason)


def _target_of_filled(rule: Rule, own: Sequence[Part]) -> Total:
    filled = [part for part in own if part.state is State.FILLED]
    if rule.how == TERAKHIR:
        last = filled[-1].number
        set_ = [part for part in own[:last] if (part.due if rule.kualitatif else part.target is not None)]
        return Total(value=set_[-1].target, how=f"nilai TW {ROMAN[set_[-1].number - 1]}")
    targets = {part.number: part.target for part in filled if part.target is not None}
    total, names = added(targets.values()), quarter_names(targets)
    if rule.how == RATA or rule.pooled:
        return Total(value=total / len(targets), how=f"rata-rata {names}")
    return Total(value=total, how=f"jumlah {names}")


def missing_quarters(rule: Rule, parts: Sequence[Part], n: int) -> tuple[int, ...]:
    """Quarters among TW I to ``n`` that were due, are not filled and were not declared tidak berlaku."""
    return tuple(part.number for part in parts[:n] if part.due and part.state is State.BLANK)


def quarter_names(numbers: Iterable[int]) -> str:
    """``TW I``, ``TW I dan II``, ``TW I, II, dan IV``."""
    names = [ROMAN[number - 1] for number in numbers]
    if len(names) < 2:
        return f"TW {''.join(names)}"
    comma = "," if len(names) > 2 else ""
    return f"TW {', '.join(names[:-1])}{comma} dan {names[-1]}"
