"""The measured year as data: everything that the capaian workbook and the LKjIP show, worked out before it is written.

Percentages are Decimal in percent points (120.00 is 120 %), rounded half-up to two decimals where they are judged or
shown; amounts are whole rupiah (int). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import LEAST, MOST, Sum, told
from kinerja_xl.reckoning.plan import Plan, PlanIndicator
from kinerja_xl.reckoning.year import Lack, Realised, RealisedIndicator
from kinerja_xl.sheets.rekap.model import UNKNOWN
from kinerja_xl.sheets.values import format_date, format_number

if TYPE_CHECKING:
    from kinerja_xl.reckoning.capaian.engine import Judge

YEAR_END = 4
"""The triwulan that ends the year: from then on the target of the year judges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capaian:
    """One capaian: a percentage, or the non-value and its reason. ``explanation`` is one Indonesian sentence with its numbers.

    ``target`` and ``realised`` are what was compared (already accumulated). ``method`` is the key of the method used,
    ``source`` the formula's source. ``others`` what the other methods in use would have given (method's name -> percent, or the
    reason why it gives none). ``missing``: quarters (1 to 4) that were due and are blank, so neither their realisasi nor
    their target is in the figure. ``floor``: what they bring can only raise it; ``ceiling``: only lower it.
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
    missing: tuple[int, ...] = ()
    floor: bool = False
    ceiling: bool = False

    @property
    def told(self) -> str:
        """In percent as every text says it; a dash where there is none."""
        return at_least(self.percent, least=self.floor, most=self.ceiling)


def bounded(*, least: bool, most: bool) -> str:
    """What stands before a figure that what is still unknown can only raise, or only lower; nothing where it can do both."""
    return "" if least == most else LEAST if least else MOST


def at_least(percent: Decimal | None, *, least: bool, most: bool = False) -> str:
    """A percentage of which more may come to be known."""
    return UNKNOWN if percent is None else f"{bounded(least=least, most=most)}{format_number(percent, 2)}"


PROVISIONAL = ", sementara"
"""Behind a predicate whose figure lacks what was due: what comes may make it another one."""


def predicate_of(predicate: str, waits: bool) -> str:
    """A predicate as every text says it."""
    return f"{predicate}{PROVISIONAL}" if predicate and waits else predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """An indicator over the year. ``until`` is "s.d. TW" against the target of the same quarters, per quarter 1 to N;
    ``of_year`` "terhadap target tahunan". ``judged`` is what counts: until TW III the capaian s.d. TW (half a year's work
    is not held against a whole year's target), from TW IV the one of the year. ``capped`` is the judged percent with the
    cap, for averages and for ``predicate``; None and "" where there is none. ``by`` judged it."""

    indicator: PlanIndicator
    realised: RealisedIndicator | None
    until: tuple[Capaian, ...]
    of_year: Capaian
    capped: Decimal | None
    predicate: str
    by: Judge = field(repr=False, compare=False)

    @property
    def judged(self) -> Capaian:
        return self.of_year if len(self.until) == YEAR_END else self.until[-1]

    @property
    def predicate_told(self) -> str:
        return predicate_of(self.predicate, self.waits)

    @property
    def waits(self) -> bool:
        """Whether what units still have to hand in or to correct may change its capaian, or give it one."""
        judged, quarters = self.judged, self.realised.quarters[: len(self.until)] if self.realised else ()
        unread = judged.lack is Lack.TIDAK_DAPAT and any(quarter.lack is Lack.TIDAK_DAPAT for quarter in quarters)
        return bool(judged.missing) or judged.lack is Lack.BELUM or unread

    @property
    def limited(self) -> Decimal | None:
        """What counts of a capaian of the year that is above the limit of the office; None where all of it counts."""
        percent = self.of_year.percent
        over = self.judged is self.of_year and percent is not None and self.capped is not None and self.capped < percent
        return self.capped if over else None

    @property
    def not_yet(self) -> bool:
        """Whether its first target is still to come in this year."""
        until = len(self.until)
        begun = any(target not in (None, "", 0) for target in self.indicator.quarters[:until])
        return until < YEAR_END and self.of_year.lack is Lack.TIDAK_BERLAKU and not begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A mean of capped capaian: over how many indicators, and which are left out (name: reason).

    ``partial`` names those that count although a quarter that was due is blank. ``waits``: what is still to come may change
    it, from those and from indicators that are left out because nothing was handed in or it can't be read.
    """

    key: str
    label: str
    percent: Decimal | None
    predicate: str
    counted: int
    left_out: tuple[tuple[str, str], ...] = ()
    partial: tuple[str, ...] = ()
    waits: bool = False

    @property
    def predicate_told(self) -> str:
        return predicate_of(self.predicate, self.waits)


NOT_FILLED, NOT_DUE = "belum diisi", "tidak berlaku"
"""Where money was due and nobody filled it in, and where none was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Pagu, cash plan and realisasi of one node. ``level``: kantor, unit, program, kegiatan, subkegiatan or jenis.

    ``quarters`` rupiah spent in TW I to N, None: not filled; ``planned`` the cash plan until then, None: no plan for all of
    it. ``serapan`` in percent of the pagu, None: not computable; ``reason`` says why, or what a figure leaves out (cells
    not filled), ``unreported`` how many rekening have a quarter that is not, ``since`` the first quarter in which any was due;
    ``floor`` of how many indicators a quarter is missing, so that their capaian can only be more, ``ceiling`` only less.
    ``capaian`` is the mean of what counts of the node's indicators (``judged``): s.d. TW until TW III, of the year from TW IV on.
    ``efisiensi`` holds it against ``against``: the spending of the same time in percent, of the cash plan
    until TW III, of the pagu from TW IV on; in percent points by the chosen rule, with its verdict or why there
    is none. ``unit`` is "" where several units share the node.
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
    against: Decimal | None = None
    unreported: int = 0
    since: int = 1
    floor: int = 0
    ceiling: int = 0

    @property
    def asked(self) -> bool:
        """Whether there is any money to be accounted for; a sub kegiatan that was not agreed has none."""
        return self.pagu != 0 or self.spent is not None

    @property
    def unfilled(self) -> str:
        """What stands where money is not filled in."""
        return NOT_FILLED if self.asked else NOT_DUE

    def unfilled_in(self, quarter: int) -> str:
        """The same of one triwulan: before ``since`` there was no money to be accounted for."""
        return NOT_DUE if quarter < self.since else self.unfilled

    @property
    def efisiensi_told(self) -> str:
        """The verdict, with what its spending and its capaian leave out."""
        partly = self.floor + self.ceiling
        left = ((self.unreported, "rekening belum diketahui"), (partly, "indikator belum lengkap triwulannya"))
        return "; ".join([self.efisiensi_words, *(f"{count} {what}" for count, what in left if count)])

    @property
    def capaian_told(self) -> str:
        """Capaian in percent as every text says it."""
        return at_least(self.capaian, least=bool(self.floor), most=bool(self.ceiling))

    @property
    def lacking(self) -> str:
        """What the spending leaves out, to stand beside it; "" where all of it is reported."""
        return f"realisasi {self.unreported} rekening belum diketahui" if self.unreported else ""

    @property
    def told(self) -> str:
        """What was spent as every text says it, with the rekening of which a quarter is not reported."""
        if self.spent is None:
            return self.unfilled
        return told(Sum(self.spent, unknown=self.unreported), things="rekening")

    @property
    def serapan_told(self) -> str:
        """Serapan in percent as every text says it: what is not reported can only raise it. A dash where there is none."""
        return at_least(self.serapan, least=bool(self.unreported))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """Cost per unit of output (III.B): plan and realised, whole rupiah; None where it can't be known, with the reason."""

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
    """Early warning about an indicator or a sub kegiatan, the most pressing first (``weight`` falls).

    ``what`` names the thing compared (Capaian, Serapan dan fisik, …); ``standing`` begins with tertinggal, sesuai or
    mendahului, or is a non-value; ``projection`` states its method, "" where there is none.
    """

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
    """The measured year. ``averages`` by group kind: kantor, unit, resmi (indicators of an official's PK), sasaran, level,
    tingkat, iku (the office's first, then each unit's). ``policies``: all of Kantor.xlsx as followed. ``followed``: what
    last year's evaluation left to be done (``lanjut.follow_ups``). ``findings``: those of the reckoning (C1xx); those of
    the returned files are in ``realised``."""

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
    followed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def dated(self) -> str:
        """The plan with its date and what it rests on by the office's history of stages: the number of the DPA."""
        basis = self.office.basis(self.plan.tahap, self.plan.nomor)
        return f"{self.plan.dated} ({basis})" if basis else self.plan.dated

    def keadaan(self, day: date | None = None) -> str:
        """As of when the figures are: the date of the paper, else the day of the latest report that counts; "" for neither."""
        if day:
            return f"keadaan {format_date(day)}"
        latest = self.realised.latest
        return f"keadaan menurut laporan unit sampai {format_date(latest)}" if latest else ""
