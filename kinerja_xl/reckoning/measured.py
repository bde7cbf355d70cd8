"""The measured year as data: everything that the capaian workbook and the LKjIP show, worked out before it is written.

Percentages are Decimal in percent points (120.00 is 120 %), rounded half-up to two decimals where they are judged or
shown; amounts are whole rupiah (int). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.office import Office
from kinerja_xl.reckoning.plan import Plan, PlanIndicator
from kinerja_xl.reckoning.realised import Lack, Realised, RealisedIndicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Capaian:
    """One capaian: a percentage, or the non-value and its reason. ``explanation`` is one Indonesian sentence with its numbers.

    ``target`` and ``realised`` are what was compared (already accumulated). ``method`` is the key of the method used,
    ``source`` the formula's source. ``others`` what the other methods in use would have given (method's name -> percent, or the
    reason why it gives none).
    """

    percent: Decimal | None
    lack: Lack | None = None
    reason: str = ""
    target: Decimal | str | None = None
    realised: Decimal | str | None = None
    method: str = ""
    explanation: str = ""
    source: str = ""
    others: Mapping[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """An indicator over the year. ``until`` is "s.d. TW" against the target of the same quarters, per quarter 1 to N;
    ``of_year`` "terhadap target tahunan". ``capped`` counts in averages and for ``predicate``."""

    indicator: PlanIndicator
    realised: RealisedIndicator | None
    until: tuple[Capaian, ...]
    of_year: Capaian
    capped: Decimal | None
    predicate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A mean of capped capaian: over how many indicators, and which are left out (name: reason)."""

    key: str
    label: str
    percent: Decimal | None
    predicate: str
    counted: int
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Pagu, cash plan and realisasi of one node (sub kegiatan, kegiatan, program, unit, jenis belanja, office).

    ``quarters`` rupiah spent in TW I to N, None: not filled; ``planned`` the cash plan until then, None: no plan.
    ``serapan`` in percent of the pagu, None: not computable, with ``reason``. ``efisiensi`` in percent points by the chosen rule.
    """

    level: str
    kode: str
    nama: str
    unit: str
    pagu: int
    planned: int | None
    quarters: tuple[int | None, ...]
    spent: int | None
    serapan: Decimal | None
    reason: str = ""
    capaian: Decimal | None = None
    efisiensi: Decimal | None = None
    efisiensi_words: str = ""
    physical: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """Cost per unit of output (III.B): plan and realised, rupiah; None where it can't be known, with the reason."""

    unit: str
    kode_sub: str
    nama: str
    output: str
    satuan: str
    plan: Decimal | None
    realised: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """Early warning about an indicator or a sub kegiatan, the most pressing first."""

    weight: Decimal
    unit: str
    kode: str
    nama: str
    what: str
    sentence: str
    standing: str
    projection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The measured year. ``averages`` by group kind: kantor, unit, resmi (indicator of an official's PK), sasaran, level,
    tingkat, iku."""

    office: Office
    plan: Plan
    realised: Realised
    triwulan: int
    results: tuple[IndicatorResult, ...]
    averages: Mapping[str, tuple[Average, ...]]
    money: tuple[MoneyLine, ...]
    costs: tuple[UnitCost, ...]
    warnings: tuple[Warning, ...]
    policies: Mapping[str, str]
    findings: tuple[Finding, ...]
