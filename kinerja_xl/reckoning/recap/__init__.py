"""The recap as data: everything that ``Rekap.xlsx`` and the JSON show, worked out before anything is written.

Amounts are whole rupiah (int). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kinerja_xl.catatan import Finding, Severity, by_level
from kinerja_xl.lists import parents
from kinerja_xl.office.kantor import Office, RenstraGoal
from kinerja_xl.reckoning import Sum, grouped, together, unread
from kinerja_xl.reckoning.recap.ledger import Ledger
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rekap.model import UNKNOWN
from kinerja_xl.sheets.values import format_number, format_rupiah


class Status(StrEnum):
    """Where a unit stands (decisions: the words on the recap)."""

    SIAP = "SIAP DITELAAH"
    PERBAIKAN = "PERLU PERBAIKAN"
    TIDAK_TERBACA = "TIDAK DAPAT DIBACA"
    BELUM = "BELUM MENYAMPAIKAN"
    TERLAMBAT = "TERLAMBAT (TIDAK MASUK RKT)"

    @property
    def words(self) -> str:
        """Within a sentence: ``terlambat (tidak masuk RKT)``."""
        return self.value.lower().replace("rkt", "RKT")


NO_FILE = (Status.TIDAK_TERBACA, Status.BELUM)
"""Of a unit without a readable file no amount is known: none of its figures is 0."""

NO_USULAN = "belum ada usulan"
"""What is told in place of an amount that no unit has handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of some table (indikator, PK, IKU) with its unit and file; ``kode_sub`` normalised where it could be."""

    unit: str
    unit_nama: str
    file: str
    row: Row
    kode_sub: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RabLine(Entry):
    """One RAB row in the recap. ``jumlah`` is ours, in rupiah; None when it cannot be known.

    ``counted`` False: ``reason`` says why in a few words (with the code of the catatan that holds it back).
    ``jenis`` is the jenis belanja key (5.1.01, 5.1.02, 5.2) or "" when unknown.
    ``row.values`` keeps what was handed in.
    """

    jenis: str
    jumlah: int | None
    reason: str = ""

    @property
    def rupiah(self) -> int:
        """The amount of a line that counts: one that is not known never does."""
        assert self.counted and self.jumlah is not None, f"{self.file} {self.row.sheet} {self.row.row}: counted without an amount"
        return self.jumlah


@dataclass(frozen=True, slots=True, kw_only=True)
class TorLine(Entry):
    """One TOR: the form, its amount by its own words, the RAB's total for it, price per unit of output."""

    nama_sub: str
    biaya: int | None
    rab: Sum
    harga_output: Decimal | None

    @property
    def selisih(self) -> int | None:
        """What the TOR says more than the RAB; None where either is not known."""
        return None if self.biaya is None or self.rab.unknown else self.biaya - self.rab.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit on the Ringkasan. ``alasan`` says why its amounts are not counted, or "" ."""

    kode: str
    nama: str
    berkas: str
    status: Status
    jumlah_baris: int
    total_rab: int
    total_tidak_dihitung: Sum
    jumlah_catatan: int
    pagu: int
    alasan: str = ""

    @property
    def counted_words(self) -> str:
        """What is counted, as it is told: a dash where nothing could be."""
        return UNKNOWN if self.status in NO_FILE else format_rupiah(self.total_rab)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One line of Asal Data: a file as it was read. rows_read = rows_used + rows_reported, always."""

    file: str
    unit: str
    sha256: str
    version: str
    revisi: str
    status: str
    rows_read: int
    rows_used: int
    rows_reported: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RktLine:
    """One line of the Rencana Kinerja Tahunan: a sub kegiatan in its chain, with one of its indicators.

    ``anggaran`` is counted once per (unit, sub kegiatan): on its first indicator line; None on the others.
    """

    misi: str
    tujuan: str
    sasaran: str
    iku: str
    iku_target: str
    iku_with_target: str
    program: str
    program_nama: str
    kegiatan: str
    kegiatan_nama: str
    kode_sub: str
    nama_sub: str
    indikator: str
    level: str
    target: object
    satuan: str
    anggaran: int | None
    unit: str
    unit_nama: str


LACKING = {Status.BELUM: "belum disampaikan", Status.TIDAK_TERBACA: "tidak terbaca", Status.TERLAMBAT: "terlambat"}
"""Where a unit stands of which nothing is counted, in a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Units by status and open catatan: the one count that sheet, screen, JSON and mail all give."""

    units: int
    status: Mapping[Status, int]
    wajib: int
    cek: int
    info: int = 0

    @property
    def submitted(self) -> int:
        """Units that handed something in, be it late or unreadable: all but those that still owe it."""
        return self.units - self.status.get(Status.BELUM, 0)

    @property
    def open(self) -> int:
        """Catatan that ask for something."""
        return self.wajib + self.cek

    @property
    def catatan(self) -> str:
        """All catatan by level: ``0 Wajib diperbaiki, 0 Perlu dicek, 1 Info``."""
        return by_level({Severity.WAJIB: self.wajib, Severity.CEK: self.cek, Severity.INFO: self.info})

    @property
    def words(self) -> str:
        """``5 dari 6``."""
        return f"{self.submitted} dari {self.units}"


def titled(name: str, *, changed: bool) -> str:
    """The title of a paper, after a change of the plan that of the PERUBAHAN."""
    return f"{name} PERUBAHAN" if changed else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The locked plan beside a recap: what it is called (``menurut Penetapan tanggal …``), its RKT, and since when it holds."""

    menurut: str
    rkt: tuple[RktLine, ...]
    since: date | None = None
    locked: bool = True
    changed: bool = False

    def titled(self, name: str) -> str:
        """The title of a paper that stands on it: RANCANGAN while nothing is locked, PERUBAHAN after a change."""
        return titled(name, changed=self.changed) if self.locked else f"RANCANGAN {name}"

    def signed(self, day: date | None) -> date | None:
        """The date under a paper that stands on it: ``day``, but none before the plan's own."""
        return max(day, self.since) if day and self.since else day

    @property
    def total(self) -> int:
        return sum(line.anggaran or 0 for line in self.rkt)


@dataclass(frozen=True, kw_only=True)
class Recap:
    """The whole recap. All its sums are those of its ``ledger``, counted rupiah apart from what is held or not known.

    ``rkt`` is that of the counted proposal, ``agreed`` the plan in force once one is locked. ``iku`` are the candidates for
    IKU, ``keputusan_iku`` the number of the decree by file. ``last_year``: by unit what last year's recap counts, None where
    not all of it is known, nothing without such a recap.
    """

    office: Office
    tanggal: date | None
    units: tuple[UnitLine, ...]
    lines: tuple[RabLine, ...]
    indikator: tuple[Entry, ...]
    tors: tuple[TorLine, ...]
    pk_kinerja: tuple[Entry, ...]
    pk_anggaran: tuple[Entry, ...]
    rkt: tuple[RktLine, ...]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    iku: tuple[Entry, ...] = ()
    keputusan_iku: Mapping[str, str] = field(default_factory=dict)
    agreed: Agreed | None = None
    last_year: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def in_force(self) -> Agreed:
        """What the RKT stands on: the locked plan, else the counted proposal."""
        return self.agreed or Agreed(menurut="menurut usulan", rkt=self.rkt, locked=False)

    @property
    def tally(self) -> Tally:
        status, levels = Counter(unit.status for unit in self.units), Counter(f.severity for f in self.findings)
        wajib, cek, info = (levels[level] for level in (Severity.WAJIB, Severity.CEK, Severity.INFO))
        return Tally(units=len(self.units), status=status, wajib=wajib, cek=cek, info=info)

    __hash__ = object.__hash__  # what is worked out of a whole recap is kept by which one it is

    @cached_property
    def ledger(self) -> Ledger:
        """The lines as one table, added up by group."""
        return Ledger(self.lines)

    @property
    def none_yet(self) -> bool:
        """Whether no unit has handed in a line, and no plan is locked: then no amount is known, and none is 0."""
        return not self.lines and self.agreed is None

    @property
    def counted_words(self) -> str:
        """What is counted, as it is told; before the first usulan that there is none."""
        return NO_USULAN if self.none_yet else format_rupiah(self.total_rab)

    @property
    def total_rab(self) -> int:
        return self.ledger.total.counted

    @property
    def total_tidak_dihitung(self) -> Sum:
        """The lines that do not count, and the files that can't be read: parts that are not known."""
        lost = sum(source.status == Standing.TIDAK_TERBACA for source in self.sources)
        return self.ledger.total.uncounted + unread(lost)

    def outside(self, units: Iterable[str] | None = None, subs: Collection[str] | None = None) -> Sum:
        """What stands beside the amounts in force (of these units, of these sub kegiatan): what is not counted. A locked plan
        has nothing beside it."""
        if self.agreed is not None:
            return Sum()
        if units is None:
            return self.total_tidak_dihitung
        if subs is None:
            return together(self.by_unit[unit].total_tidak_dihitung for unit in units)
        found = self.ledger.by("unit", "kode_sub")
        return together(found[unit, sub].uncounted for unit in units for sub in subs)

    @cached_property
    def by_unit(self) -> Mapping[str, UnitLine]:
        return {unit.kode: unit for unit in self.units}

    @property
    def per_jenis(self) -> dict[str, int]:
        """Counted rupiah of the three kinds of decisions."""
        found = self.ledger.by("jenis")
        return {key: found[key].counted for key in JENIS_BELANJA}

    @property
    def counted(self) -> list[RabLine]:
        """The RAB rows that count."""
        return [line for line in self.lines if line.counted]

    def amounts(self) -> dict[tuple[str, str], int]:
        """Counted rupiah by (unit, sub kegiatan)."""
        return self.ledger.counted("unit", "kode_sub")


# ---- The Rencana Kinerja Tahunan: misi → tujuan → sasaran → program → kegiatan → sub kegiatan with its indicators ----


def build_rkt(money: Mapping[tuple[str, str], int], indikator: Iterable[Entry], office: Office) -> tuple[RktLine, ...]:
    """One line per sub kegiatan and indicator, programs' and kegiatan's own indicators above them.

    ``money``: rupiah by (unit, sub kegiatan). It stands on the first line only of each, so that the column adds up.
    """
    amounts = {(kode, unit): amount for (unit, kode), amount in money.items()}
    goals = grouped(((entry.kode_sub, entry.unit), entry) for entry in indikator)
    return tuple(
        _line(key, own, None if number else amounts.get(key), office)
        for key in sorted(amounts.keys() | goals.keys())
        for number, own in enumerate(goals.get(key) or [None])
    )


def _line(key: tuple[str, str], entry: Entry | None, amount: int | None, office: Office) -> RktLine:
    code, unit = key
    program, kegiatan, sub = _chain(code)
    goals = [g for g in office.renstra if g.kode_sasaran == office.program_sasaran.get(program)]
    name, row = office.program_name, entry.row if entry else Row(values={})
    return RktLine(
        misi=_joined(g.misi for g in goals), tujuan=_joined(g.tujuan for g in goals), sasaran=_joined(g.sasaran for g in goals),
        iku=_joined(g.indikator for g in goals), iku_target="; ".join(_target(g) for g in goals if g.indikator),
        iku_with_target=_joined(f"{g.indikator} ({_target(g)})" for g in goals if g.indikator),
        program=program, program_nama=name(program), kegiatan=kegiatan, kegiatan_nama=name(kegiatan),
        kode_sub=sub, nama_sub=name(sub), indikator=row.text("nama"), level=row.text("level"),
        target=row.get("target"), satuan=row.text("satuan"), anggaran=amount, unit=unit, unit_nama=office.unit_name(unit),
    )  # fmt: skip


def _chain(code: str) -> tuple[str, str, str]:
    """Program, kegiatan and sub kegiatan of a code; a code of unknown shape stands as sub kegiatan alone."""
    try:
        program, kegiatan = parents(code)
    except ValueError:
        return "", "", code
    return program, kegiatan, code if code not in (program, kegiatan) else ""


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(p for p in parts if p))


def _target(goal: RenstraGoal) -> str:
    """The target of the year with its unit; every IKU has its own, so that they stand in the order of the names."""
    return with_unit(goal.targets[0], goal.satuan) if goal.targets and goal.targets[0] is not None else UNKNOWN


def with_unit(value: object, satuan: str) -> str:
    """A target as it is printed, with its unit: ``1.200 orang``."""
    return f"{format_number(value) if isinstance(value, Decimal) else str(value or '')} {satuan}".strip()
