"""Which rule judges an indicator: its method of capaian and how its quarters add up, from closed words and policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.texts import fold

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
