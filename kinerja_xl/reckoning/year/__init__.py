"""What came back during the year, as data: realisasi of indicators from the units, of money from the Subbag keuangan.

A quarter is filled, or it is one of the three non-values; a doubtful cell is never 0 and never blank. Amounts are whole
rupiah (int). Nothing here reads or writes a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from kinerja_xl.catatan import Finding
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.intake import Return
from kinerja_xl.reckoning import grouped, summed, told
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.year.due import Answers, Key, planned_units
from kinerja_xl.sheets.content import Lack as Lack
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.realisasi import DENOMINATORS, HASH_LENGTH, NUMERATORS, REALISASI_UANG, REALISASI_UNIT, REALISED, SPENT
from kinerja_xl.sheets.values import format_date, format_rupiah
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.words.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """Realisasi of one indicator in one triwulan, by itself (not accumulated).

    ``value`` is a number or a member of the scale, None when ``lack`` says why there is none (``reason`` in a few words).
    ``numerator`` and ``denominator`` are given for persentase and rasio where the unit counted them.
    """

    value: Decimal | str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lack: Lack | None = Lack.BELUM
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row was read: provenance of every figure on the capaian workbook."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisedIndicator:
    """The four quarters of one indicator (``identity`` as in PlanIndicator) with the unit's words about them.

    ``notes`` by quarter 1 to 4: evidence, driving and hindering factors, follow-up, keyed bukti, pendorong, penghambat,
    tindak_lanjut. ``place`` is the row of the latest counted file, ``places`` by quarter the file and cells that the figure
    of that quarter came from.
    """

    identity: tuple[str, str, str, str]
    quarters: tuple[Quarter, Quarter, Quarter, Quarter]
    notes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    places: Mapping[int, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Physical:
    """Physical progress of a sub kegiatan in percent points at the end of TW I to IV, cumulative; None: not filled."""

    unit: str
    kode_sub: str
    quarters: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Realised money in one sub kegiatan (and account, "" when only the sub kegiatan is known).

    ``quarters``: rupiah spent within TW I to IV, not accumulated; None: not filled (or not trusted, then there is a
    finding). ``since``: the first triwulan in which it was due.
    """

    unit: str
    kode_sub: str
    rekening: str
    quarters: tuple[int | None, int | None, int | None, int | None]
    place: Place = field(default_factory=Place)
    since: int = 1

    def open(self, n: int) -> tuple[int, ...]:
        """The triwulan of 1 to ``n`` that were due and are not known."""
        return tuple(q for q in range(self.since, n + 1) if self.quarters[q - 1] is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFile:
    """One returned file for Asal Data: rows_read = rows_used + rows_reported, always. ``file`` is ``TW1/name.xlsx``; ``tanggal``:
    when its unit handed it in."""

    file: str
    folder: str
    unit: str
    triwulan: int
    sha256: str
    status: str
    rows_read: int
    rows_used: int
    rows_reported: int
    kind: str = ""
    tanggal: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Everything that masuk/TW1 … TW4 brought, up to ``triwulan`` (1 to 4). ``due``: from which triwulan on (``first_due``).

    ``promises``: what units measured of outcomes that earlier years promised, by ``promise.key_of``."""

    triwulan: int
    indicators: tuple[RealisedIndicator, ...] = ()
    physical: tuple[Physical, ...] = ()
    spent: tuple[Spent, ...] = ()
    files: tuple[ReturnFile, ...] = ()
    late: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    due: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    promises: Answers = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def latest(self) -> date | None:
        """The day on which the last report that counts was handed in."""
        return max((file.tanggal for file in self.files if file.tanggal and file.status in COUNTED), default=None)


# ---- One triwulan of one indicator from the cells of a row: a figure, a pair, or one of the non-values ----

WORDS: Mapping[str, Lack] = {fold(lack): lack for lack in (Lack.BELUM, Lack.TIDAK_BERLAKU)}
"""Non-values that a unit may write itself."""


def quarter_of(values: Mapping[str, object], number: int, *, kualitatif: bool = False) -> Quarter:
    """TW ``number`` (1 to 4) of a row as it was typed: a text where a number belongs cannot be reckoned with."""
    value = values.get(REALISED[number - 1])
    above, below = values.get(NUMERATORS[number - 1]), values.get(DENOMINATORS[number - 1])
    one, other = (x if isinstance(x, Decimal) else None for x in (above, below))
    if isinstance(value, str) and fold(value) in WORDS:
        return Quarter(lack=WORDS[fold(value)])
    if isinstance(value, Decimal) or (kualitatif and isinstance(value, str)):
        return Quarter(lack=None, value=value, numerator=one, denominator=other)
    if one is not None and other is not None:
        return Quarter(lack=None, numerator=one, denominator=other)
    if value is not None or above is not None or below is not None:
        reason = f'berisi "{value}", bukan angka' if value is not None else "pembilang atau penyebutnya belum diisi"
        return Quarter(lack=Lack.TIDAK_DAPAT, reason=reason)
    return Quarter()


# ---- Which returned file counts for each unit and triwulan (decisions: Stages and versions) ----
# Lateness is judged on the first receipt of the triwulan, the office's register before the date in Identitas; what is late
# counts all the same and is named. Of several readable files the highest revision counts, equal ones do not until somebody
# chooses. A file of another triwulan, or one that holds another unit's indicators, is held back as a whole.

UNIT_KIND, MONEY_KIND = REALISASI_UNIT.key, REALISASI_UANG.key
_NAMES = {UNIT_KIND: "realisasi indikator", MONEY_KIND: "realisasi keuangan"}


class Status(StrEnum):
    """What became of a returned file, as Asal Data shows it."""

    DIHITUNG = "DIHITUNG"
    TERLAMBAT = "DIHITUNG, TERLAMBAT"
    DIGANTI = "DIGANTI REVISI BARU"
    GANDA = "REVISI GANDA"
    PEMBANDING = "PEMBANDING"
    DITAHAN = "DITAHAN"
    TIDAK_TERBACA = "TIDAK DAPAT DIBACA"

    @property
    def counts(self) -> bool:
        return self in (Status.DIHITUNG, Status.TERLAMBAT)


COUNTED = frozenset(status.value for status in Status if status.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file with the unit and kind that it answers for, and its status."""

    returned: Return
    unit: str
    kind: str
    status: Status


@dataclass(slots=True, kw_only=True)
class Placing:
    """All files with their status; units that were late or handed in nothing that counts, with their triwulan."""

    placed: list[Placed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    late: dict[str, tuple[int, ...]] = field(default_factory=dict)
    missing: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def counted(self, kind: str) -> Iterator[Return]:
        return (p.returned for p in self.placed if p.kind == kind and p.status.counts)


def plan_label(plan: Plan) -> str:
    """A version of the plan as staff call it: "Penetapan tanggal 18 Desember 2024", without a date "Perubahan ke-1 2025"."""
    return plan.dated if plan.tanggal else f"{plan.title} {plan.tahun}"


def plan_sign(plan: Plan) -> str:
    """The short form of the plan's hash that a form carries."""
    return plan.sha256[:HASH_LENGTH]


def money_unit(office: Office) -> str:
    """Code of the unit that hands in the money (an office policy)."""
    return office.among.spelled(office.policy("unit_keuangan"))


def expected(
    office: Office, plan: Plan, triwulan: int = 4, due: Mapping[Key, int] = MappingProxyType({})
) -> list[tuple[str, str]]:  # fmt: skip
    """(unit, kind) of every file that a triwulan should bring; ``due`` as of ``first_due``."""
    planned = {unit for unit in planned_units(plan) if due.get((unit,), 1) <= triwulan}
    units = [(unit.kode, UNIT_KIND) for unit in office.units if unit.kode in planned]
    return [*units, (money_unit(office), MONEY_KIND)] if plan.lines else units


def place_returns(returns: Iterable[Return], office: Office, plan: Plan, triwulan: int, due: Mapping[Key, int]) -> Placing:
    """Give every file of TW I to ``triwulan`` its status; findings C201 to C210 say what kept one out.

    ``due``: the first triwulan of each unit, as of ``first_due``."""
    placing, asked = Placing(), frozenset(expected(office, plan))
    groups = grouped(((returned.triwulan, *_belongs(returned, office)), returned) for returned in returns)
    for number in range(1, triwulan + 1):
        wanted = expected(office, plan, number, due)
        others = {(unit, kind) for tw, unit, kind in groups if tw == number}.difference(wanted)
        for unit, kind in (*wanted, *sorted(others)):
            files = sorted(groups.get((number, unit, kind), []), key=lambda f: f.file)
            _place_group(placing, files, (number, unit, kind), office, plan, asked)
    return placing


def _belongs(returned: Return, office: Office) -> tuple[str, str]:
    """Unit and kind; of a file that can't be read as its name says, so that its unit is not called missing as well."""
    unit, kind = returned.unit, returned.kind
    words = re.split(r"[\W_]+", returned.file.rpartition("/")[2].casefold())
    if not kind:
        kind = MONEY_KIND if {"uang", "keuangan"} & set(words) else UNIT_KIND
    if office.unit(unit) is None and returned.submission.content is None:
        unit = next((u.kode for u in office.units if u.kode.casefold() in words), "")
    return unit, kind


def _place_group(
    placing: Placing, files: list[Return], group: tuple[int, str, str], office: Office, plan: Plan, asked: Set[tuple[str, str]]
) -> None:
    number, unit, kind = group
    if not files:
        words = {"nama": office.unit_name(unit), "rincian": _NAMES[kind], "angka": str(number)}
        placing.findings.append(Finding(code="C201", unit=unit, value=ROMAN[number - 1], args=words))
    said = {id(returned): _refused(returned, (unit, kind), office, plan, asked) for returned in files}
    usable = [f for f in files if not said[id(f)] and not f.submission.refused]
    late = _late(placing, usable, group, office)
    chosen = _choose(placing, usable, (unit, kind), late=late)
    refused = [f for f in files if f not in usable]
    replaced = _replaced(refused, files, usable)
    for returned in refused:
        status = Status.TIDAK_TERBACA if returned.submission.content is None else Status.DITAHAN
        if returned in replaced:
            status = Status.DIGANTI
            revisi = str(returned.submission.revisi) if returned.submission.content else "sebelumnya"
            placing.findings.append(_say("C204", returned, value=revisi, rincian=", ".join(f.file for f in usable)))
        else:
            placing.findings += said[id(returned)]
        placing.placed.append(Placed(returned=returned, unit=unit, kind=kind, status=status))
    if kind == UNIT_KIND and not chosen:
        placing.missing[unit] = (*placing.missing.get(unit, ()), number)


def _replaced(refused: list[Return], files: list[Return], usable: list[Return]) -> list[Return]:
    """Of the files that can't be read or are held those that a higher revision replaced; a file whose revision can't be read is
    an earlier one only as long as their numbers are missing."""
    highest = max((f.submission.revisi for f in usable if not f.foreign), default=0)
    gaps = len(set(range(highest)) - {f.submission.revisi for f in files if f.submission.content})
    unread = [f for f in refused if f.submission.content is None]
    old = [f for f in refused if f.submission.content and f.submission.revisi < highest]
    return old + (unread if len(unread) <= gaps else [])


def _refused(
    returned: Return, owner: tuple[str, str], office: Office, plan: Plan, asked: Set[tuple[str, str]]
) -> list[Finding]:  # fmt: skip
    """What holds a readable file back as a whole: nobody asked for it, its triwulan, or another unit's indicators."""
    submission = returned.submission
    if submission.refused:
        return []
    if owner not in asked:
        return [_say("C210", returned, rincian=_NAMES[owner[1]])]
    form = submission.content.form("identitas") if submission.content else None
    if returned.stated != returned.triwulan:
        place = {"sheet": form.sheet, "cell": form.cell("triwulan")} if form else {}
        value = "" if returned.stated is None else str(returned.stated)
        return [_say("C206", returned, value=value or "(kosong)", tw=str(returned.triwulan)).at(**place)]
    keys = {row_identity(row) for row in returned.rows("realisasi_indikator")}
    owners = {unit for key in keys for unit in plan.owners.get(key, ())}
    if owners and owner[0] not in owners:
        names = ", ".join(sorted(u.nama for kode in owners if (u := office.unit(kode))))
        return [_say("C208", returned, rincian=names)]
    return []


def row_identity(row: Row) -> tuple[str, str, str]:
    """What a row says of its indicator, comparable with ``PlanIndicator.identity`` without its unit."""
    return row.text("kode"), fold(row.text("level")), fold(row.text("nama"))


def _late(placing: Placing, files: list[Return], group: tuple[int, str, str], office: Office) -> bool:
    """Whether the first receipt of this triwulan came after its deadline; without a date nothing can be judged."""
    number, unit, _ = group
    deadline = office.batas_tw.get(number)
    if deadline is None or not files:
        return False
    registered = [day for (tw, kode, _), day in office.receipts_tw.items() if (tw, kode) == (number, unit)]
    first = min(registered or [f.submission.tanggal for f in files if f.submission.tanggal], default=None)
    last = max(files, key=lambda f: f.submission.revisi)
    if first is None:
        placing.findings.append(_say("C205", last))
        return False
    if first > deadline:
        words = {"rincian": format_date(deadline), "tw": ROMAN[number - 1]}
        placing.findings.append(_say("C202", last, value=format_date(first), **words))
        if number not in placing.late.get(unit, ()):
            placing.late[unit] = (*placing.late.get(unit, ()), number)
        return True
    return False


def _choose(placing: Placing, files: list[Return], owner: tuple[str, str], *, late: bool) -> bool:
    """The highest revision counts; True when one file does."""
    unit, kind = owner
    if (own := [f for f in files if not f.foreign]) and len(own) < len(files):
        for returned in (f for f in files if f.foreign):
            placing.findings.append(_beside(returned, own))
            placing.placed.append(Placed(returned=returned, unit=unit, kind=kind, status=Status.PEMBANDING))
        files = own
    highest = max((f.submission.revisi for f in files), default=0)
    top = [f for f in files if f.submission.revisi == highest]
    for returned in files:
        others = ", ".join(f.file for f in top if f is not returned)
        revisi, tw = str(returned.submission.revisi), ROMAN[returned.triwulan - 1]
        status = Status.TERLAMBAT if late else Status.DIHITUNG
        if returned not in top:
            status = Status.DIGANTI
            placing.findings.append(_say("C204", returned, value=revisi, rincian=others))
        elif len(top) > 1:
            status = Status.GANDA
            placing.findings.append(_say("C203", returned, value=revisi, rincian=others, tw=tw))
        placing.placed.append(Placed(returned=returned, unit=unit, kind=kind, status=status))
    return len(top) == 1


def _beside(returned: Return, own: list[Return]) -> Finding:
    """A realisasi of the budgeting system beside our money workbook (L535): never added, the difference is said."""
    key = SPENT[returned.triwulan - 1]
    both = ([row.number(key) for row in f.rows(REALISASI_UANG.key)] for f in (returned, own[-1]))
    here, there = (summed(None if x is None else int(x) for x in amounts) for amounts in both)
    gap = f", selisih {format_rupiah(abs(here.amount - there.amount))}" if here.amount != there.amount else ", sama"
    words = {"tw": ROMAN[returned.triwulan - 1], "rincian": ", ".join(f.file for f in own)}
    lain, own_words = told(there, things="rekening"), told(here, things="rekening")
    return _say("L535", returned, own_words, lain=lain, selisih=gap, **words)


def _say(code: str, returned: Return, value: str = "", **args: str) -> Finding:
    return Finding(code=code, file=returned.file, unit=returned.unit, value=value, args=args)
