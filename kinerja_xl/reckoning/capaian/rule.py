"""Which rule judges an indicator: its method of capaian and how its quarters add up, from closed words and policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.choices import CHOICES, PREDIKAT
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.values import Doubt, format_number, parse_number
from kinerja_xl.words.text import fold

NAIK, TURUN, RENTANG = CHOICES["arah"]
JUMLAH, RATA, TERAKHIR = CHOICES["akumulasi"]
KUALITATIF, _, PERSENTASE, RASIO, _, _ = CHOICES["tipe_indikator"]
BERHITUNG = (PERSENTASE, RASIO)
"""Types that are recomputed from numerator and denominator, and never added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one indicator is judged. ``method`` is a key of METHODS, "" when the direction is unknown.

    ``how`` is Jumlah, Rata-rata or Nilai terakhir as the rule applies it ("" when unknown): a kualitatif indicator always
    takes its latest position; ``pooled`` marks types that are recomputed from numerator and denominator.
    """

    tipe: str
    method: str
    how: str

    @property
    def kualitatif(self) -> bool:
        return self.tipe == KUALITATIF

    @property
    def rentang(self) -> bool:
        return self.method.startswith("rentang")

    @property
    def pooled(self) -> bool:
        return self.tipe in BERHITUNG

    @property
    def hundred(self) -> int:
        """What numerator / denominator is multiplied by: a persentase counts in percent points."""
        return 100 if self.tipe == PERSENTASE else 1


def rule_of(indicator: PlanIndicator, policies: Mapping[str, str]) -> Rule:
    """The rule of an indicator. ``policies``: metode_turun (A | B) and rentang_arah (besar | kecil) of Kantor.xlsx."""
    tipe = _member("tipe_indikator", indicator.tipe)
    if tipe == KUALITATIF:
        return Rule(tipe=tipe, method="kualitatif", how=TERAKHIR)
    return Rule(tipe=tipe, method=_method(indicator.arah, policies), how=_member("akumulasi", indicator.akumulasi))


def _method(arah: str, policies: Mapping[str, str]) -> str:
    word = _member("arah", arah)
    if word == TURUN:
        return "turun_b" if fold(policies.get("metode_turun", "")) in {"b", "metodeb"} else "turun_a"
    if word == RENTANG:
        return "rentang_kecil" if fold(policies.get("rentang_arah", "")) == "kecil" else "rentang_besar"
    return "naik" if word == NAIK else ""


def _member(name: str, word: str) -> str:
    """The word as the closed list spells it, "" when it is not on it."""
    return next((entry for entry in CHOICES[name] if fold(entry) == fold(word)), "")


# ---- Exact figures: fractions while reckoning, decimals rounded half-up where they are judged or shown ----

SHOWN_PLACES = 15
"""Decimals of an accumulated figure that is shown (a mean of three has no end); what is judged is exact."""


def rounded(value: Fraction, places: int) -> Decimal:
    """Half-up (away from zero, as Excel's ROUND) from the exact fraction; ``places`` decimals."""
    scaled = abs(value.numerator) * 10**places
    quotient = (2 * scaled + value.denominator) // (2 * value.denominator)
    return Decimal(quotient if value >= 0 else -quotient).scaleb(-places)


def percent_of(value: Fraction) -> Decimal:
    """Percent points with two decimals: the figure that is judged."""
    return rounded(value, 2)


def mean(values: Sequence[Fraction]) -> Decimal | None:
    """Their plain mean in percent points; None of none."""
    return percent_of(sum(values, Fraction(0)) / len(values)) if values else None


def number_of(value: Fraction) -> Decimal:
    """An accumulated figure as a number to show."""
    return Decimal(value.numerator) if value.denominator == 1 else plain(rounded(value, SHOWN_PLACES))


@lru_cache(maxsize=4096)
def words_of(value: Fraction | Decimal) -> str:
    """``1.234,5``: a figure in a sentence, with at most four decimals."""
    fraction = value if isinstance(value, Fraction) else Fraction(value)
    return format_number(rounded(fraction, 4))


def percent_words(value: Decimal) -> str:
    """``120,00 %``."""
    return f"{format_number(value, 2)} %"


# ---- The policies of Kantor.xlsx that the reckoning follows, read once; what cannot be read gets its default and is said ----

NO_CAP = "tanpa"
_WORDS: Mapping[str, tuple[str, ...]] = {
    "metode_turun": ("A", "B"),
    "rentang_arah": ("besar", "kecil"),
    "efisiensi": ("standar", "nasional"),
}
_DEFAULTS: Mapping[str, str] = {policy.key: policy.default for policy in POLICIES}
_BOUNDS = tuple(key for key in PREDIKAT if key)
_NUMBERS = (*_BOUNDS, "pita_efisiensi", "ambang_tertinggal", "ambang_mendahului", "ambang_serapan")
KEYS = (*_WORDS, "batas_capaian", *_NUMBERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A policy that could not be followed: what stands there, what was used instead, and why."""

    key: str
    value: str
    used: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardsticks:
    """How capaian is judged. Percentages are percent points.

    ``cap`` is the most that counts (None: no cap); ``bounds`` the lower bounds of the predicates, highest first, the last
    predicate without one; ``national`` chooses NE for efisiensi, ``band`` is the band of the default rule; ``behind``,
    ``ahead`` and ``gap`` serve the early warning. ``words`` are all policies as followed, to be printed on the result.
    """

    cap: Decimal | None
    bounds: tuple[tuple[Decimal, str], ...]
    national: bool
    band: Decimal
    behind: Decimal
    ahead: Decimal
    gap: Decimal
    words: Mapping[str, str]
    wrong: tuple[Wrong, ...] = ()

    def capped(self, percent: Decimal) -> Decimal:
        """What counts in averages and predicates; never more than the figure itself."""
        return percent if self.cap is None else min(percent, self.cap)

    def predicate(self, percent: Decimal) -> str:
        """The predicate of a capaian that is rounded to two decimals: lower bounds only, so there are no gaps."""
        return next((name for bound, name in self.bounds if percent >= bound), PREDIKAT[""])


def yardsticks(policies: Mapping[str, str]) -> Yardsticks:
    """The yardsticks of an office from its policies (key -> text as in Kantor.xlsx)."""
    wrong: list[Wrong] = []
    words = dict(policies) | {key: _word(key, policies.get(key, ""), wrong) for key in _WORDS}
    words["batas_capaian"] = _cap(policies.get("batas_capaian", ""), wrong)
    numbers = {key: _number(key, policies.get(key, ""), wrong) for key in _NUMBERS}
    _descending(numbers, wrong)
    words |= {key: format_number(value) for key, value in numbers.items()}
    return Yardsticks(
        cap=None if words["batas_capaian"] == NO_CAP else parse_number(words["batas_capaian"]).value,
        bounds=tuple((numbers[key], PREDIKAT[key]) for key in _BOUNDS),
        national=words["efisiensi"] == "nasional",
        band=numbers["pita_efisiensi"],
        behind=numbers["ambang_tertinggal"],
        ahead=numbers["ambang_mendahului"],
        gap=numbers["ambang_serapan"],
        words=words,
        wrong=tuple(wrong),
    )


def _word(key: str, value: str, wrong: list[Wrong]) -> str:
    for word in _WORDS[key]:
        if fold(value) == fold(word):
            return word
    default = _DEFAULTS[key]
    if value.strip():
        wrong.append(Wrong(key=key, value=value, used=default, reason=f"isinya {' atau '.join(_WORDS[key])}"))
    return default


def _read(value: str) -> Decimal | None:
    """A plain number, with or without a percent sign; None for anything else and for less than 0."""
    parsed = parse_number(value.replace("%", ""))
    fine = parsed.doubt in {None, Doubt.TEKS_ANGKA} and parsed.value is not None and parsed.value >= 0
    return parsed.value if fine else None


def _cap(value: str, wrong: list[Wrong]) -> str:
    """The cap as text: a number of at least 100, or "tanpa"."""
    if fold(value) in {NO_CAP, "tidakada", "tanpabatas"}:
        return NO_CAP
    number, default = _read(value), _DEFAULTS["batas_capaian"]
    if number is not None and number >= 100:
        return format_number(number)
    if value.strip():
        wrong.append(Wrong(key="batas_capaian", value=value, used=default, reason="isinya angka mulai 100, atau tanpa"))
    return default


def _number(key: str, value: str, wrong: list[Wrong]) -> Decimal:
    number = _read(value)
    if number is None:
        if value.strip():
            wrong.append(Wrong(key=key, value=value, used=_DEFAULTS[key], reason="isinya angka"))
        return Decimal(_DEFAULTS[key])
    return number


def _descending(numbers: dict[str, Decimal], wrong: list[Wrong]) -> None:
    """Bounds that do not fall from one predicate to the next are all replaced: a half of a scale is none."""
    values = [numbers[key] for key in _BOUNDS]
    if all(higher > lower for higher, lower in zip(values, values[1:], strict=False)):
        return
    used = ", ".join(_DEFAULTS[key] for key in _BOUNDS)
    shown = ", ".join(format_number(value) for value in values)
    wrong.append(Wrong(key=_BOUNDS[0], value=shown, used=used, reason="batas predikat harus menurun"))
    numbers.update({key: Decimal(_DEFAULTS[key]) for key in _BOUNDS})
