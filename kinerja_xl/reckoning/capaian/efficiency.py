"""Efisiensi: what was reached against what was spent, by the default rule or the national one (Kantor.xlsx chooses).

Default (LKjIP practice): capaian % − serapan %, judged with a band. National (APBN only): E = Σ(pagu × capaian − realisasi) /
Σ(pagu × capaian), limited to ±20 %, and NE = 50 % + E / 20 % × 50 %: without the limit a published NE was 235 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.reckoning.capaian.figures import percent_of, percent_words
from kinerja_xl.reckoning.capaian.policies import Yardsticks
from kinerja_xl.sheets.formats import format_number

LIMIT = 20
"""E counts between −20 % and +20 %."""

Term = tuple[int, Decimal, int]
"""Pagu (rupiah), capaian (percent points) and realisasi (rupiah) of one sub kegiatan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """Percent points by the chosen rule (a difference, or NE), or None; ``words`` its verdict or why there is none."""

    value: Decimal | None
    words: str


def standard(capaian: Decimal, serapan: Decimal, marks: Yardsticks) -> Efficiency:
    """Capaian minus serapan, judged with the band of the policy (inside it, bounds included: seimbang)."""
    gap = capaian - serapan
    verdict = "Efisien" if gap > marks.band else "Kurang efisien" if gap < -marks.band else "Seimbang"
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return Efficiency(value=gap, words=f"{verdict}: {sign}{format_number(abs(gap), 2)} poin")


def national(terms: Iterable[Term]) -> Efficiency:
    """NE over sub kegiatan whose three figures are known."""
    expected, saved = Fraction(0), Fraction(0)
    for pagu, capaian, spent in terms:
        worth = pagu * Fraction(capaian) / 100
        expected += worth
        saved += worth - spent
    if expected <= 0:
        return Efficiency(value=None, words="tidak dapat dihitung: pagu × capaian bernilai 0")
    share = 100 * saved / expected
    limited = max(min(share, Fraction(LIMIT)), Fraction(-LIMIT))
    value = percent_of(50 + limited / LIMIT * 50)
    said = f"E = {percent_words(percent_of(share))}"
    if limited != share:
        said += f", dibatasi {percent_words(percent_of(limited))}"
    return Efficiency(value=value, words=f"NE = {percent_words(value)} ({said})")
