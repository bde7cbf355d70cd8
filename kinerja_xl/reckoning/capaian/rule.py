"""Which rule judges an indicator: its method of capaian and how its quarters add up, from closed words and policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from kinerja_xl.office.policies import number, settled
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.choices import CHOICES, PREDIKAT
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.values import format_number
from kinerja_xl.words.text import fold

NAIK, TURUN, RENTANG = CHOICES["arah"]
JUMLAH, RATA, TERAKHIR = CHOICES["akumulasi"]
KUALITATIF, ABSOLUT, PERSENTASE, RASIO, _, INDEKS = CHOICES["tipe_indikator"]
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
    def least(self) -> bool:
        """Whether quarters are added of which more can only raise the capaian: one that is missing makes it a floor."""
        return self.how == JUMLAH and not self.pooled and self.method == "naik"

    @property
    def most(self) -> bool:
        """Whether quarters are added of which more can only lower the capaian: one that is missing makes it a ceiling."""
        return self.how == JUMLAH and not self.pooled and self.method.startswith("turun")

    @property
    def hundred(self) -> int:
        """What numerator / denominator is multiplied by: a persentase counts in percent points."""
        return 100 if self.tipe == PERSENTASE else 1


def rule_of(indicator: PlanIndicator, policies: Mapping[str, str]) -> Rule:
    """The rule of an indicator. ``policies``: metode_turun (A | B) and rentang_arah (besar | kecil) of Kantor.xlsx."""
    falling, outside = policies.get("metode_turun", ""), policies.get("rentang_arah", "")
    return _rule(indicator.tipe, indicator.arah, indicator.akumulasi, falling, outside)


@lru_cache(maxsize=1024)
def _rule(tipe: str, arah: str, akumulasi: str, falling: str, outside: str) -> Rule:
    """The same few words come with every indicator."""
    tipe = _member("tipe_indikator", tipe)
    if tipe == KUALITATIF:
        return Rule(tipe=tipe, method="kualitatif", how=TERAKHIR)
    return Rule(tipe=tipe, method=_method(arah, falling, outside), how=_member("akumulasi", akumulasi))


def _method(arah: str, falling: str, outside: str) -> str:
    word = _member("arah", arah)
    if word == TURUN:
        return "turun_b" if fold(falling) == "b" else "turun_a"
    if word == RENTANG:
        return "rentang_kecil" if fold(outside) == "kecil" else "rentang_besar"
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
    return Decimal(quotient if value.numerator >= 0 else -quotient).scaleb(-places)


def percent_of(value: Fraction) -> Decimal:
    """Percent points with two decimals: the figure that is judged."""
    return rounded(value, 2)


exact = lru_cache(maxsize=1 << 14)(Fraction)
"""A decimal as a fraction: the same few figures come again and again."""


def added(values: Iterable[Fraction]) -> Fraction:
    """Their exact sum, brought to one denominator once instead of two by two."""
    own = list(values)
    below = lcm(*(value.denominator for value in own))
    return Fraction(sum(value.numerator * (below // value.denominator) for value in own), below)


def mean(values: Sequence[Fraction]) -> Decimal | None:
    """Their plain mean in percent points; None of none."""
    return percent_of(added(values) / len(values)) if values else None


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


# ---- The policies of Kantor.xlsx that the reckoning follows, read once ----

NO_CAP = "tanpa"
_BOUNDS = tuple(key for key in PREDIKAT if key)
_NUMBERS = (*_BOUNDS, "pita_efisiensi", "ambang_tertinggal", "ambang_mendahului", "ambang_serapan")
KEYS = ("metode_turun", "rentang_arah", "efisiensi", "batas_capaian", *_NUMBERS)


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

    def capped(self, percent: Decimal) -> Decimal:
        """What counts in averages and predicates; never more than the figure itself."""
        return percent if self.cap is None else min(percent, self.cap)

    def predicate(self, percent: Decimal) -> str:
        """The predicate of a capaian that is rounded to two decimals: lower bounds only, so there are no gaps."""
        return next((name for bound, name in self.bounds if percent >= bound), PREDIKAT[""])


def yardsticks(policies: Mapping[str, str]) -> Yardsticks:
    """The yardsticks of an office from its policies (key -> text as in Kantor.xlsx, whose catatan say what can't be followed)."""
    words, _ = settled(policies)
    numbers = {key: number(words, key) for key in _NUMBERS}
    return Yardsticks(
        cap=None if words["batas_capaian"] == NO_CAP else number(words, "batas_capaian"),
        bounds=tuple((numbers[key], PREDIKAT[key]) for key in _BOUNDS),
        national=words["efisiensi"] == "nasional",
        band=numbers["pita_efisiensi"],
        behind=numbers["ambang_tertinggal"],
        ahead=numbers["ambang_mendahului"],
        gap=numbers["ambang_serapan"],
        words=words,
    )
