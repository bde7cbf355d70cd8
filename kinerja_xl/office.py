"""Kantor.xlsx as an object: the office, its units, officials, pagu, Renstra, prices, lists and policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja_xl.findings import Finding, Severity
from kinerja_xl.lists.codes import ProgramNode
from kinerja_xl.sheets.choices import KRITERIA_IKU
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.values import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit that submits. ``tugas`` are normalised program or kegiatan codes it is responsible for."""

    kode: str
    nama: str
    atasan: str
    tugas: tuple[str, ...]
    uraian_tugas: str = ""

    def owns(self, kode: str) -> bool:
        """Whether a program, kegiatan or sub kegiatan code lies within the unit's duties."""
        return any(kode == t or kode.startswith(t + ".") for t in self.tugas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Somebody in office for a period; ``mulai`` or ``sampai`` None: open on that side."""

    jabatan_kode: str
    nama: str
    nip: str
    pangkat: str
    jabatan: str
    status: str
    mulai: date | None
    sampai: date | None

    def in_office(self, day: date | None) -> bool:
        """In office on that day; without a day: who has no end date."""
        if day is None:
            return self.sampai is None
        return (self.mulai is None or self.mulai <= day) and (self.sampai is None or day <= self.sampai)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One line of the price list. ``harga`` in whole rupiah; ``batas`` True: a ceiling, False: an estimate."""

    kode: str
    uraian: str
    spesifikasi: str
    satuan: str
    jenis: str
    harga: int
    batas: bool
    kode_rekening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenstraGoal:
    """One IKU of the Renstra with its chain and its target of the year (as text, as it is printed)."""

    misi: str
    tujuan: str
    kode_sasaran: str
    sasaran: str
    indikator: str
    satuan: str
    arah: str
    kondisi_awal: object
    targets: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything that Kantor.xlsx says. ``levels``: the level that the office gave a code; ``bobot_iku``: weight by criterion.

    ``pagu`` by (unit code, sub kegiatan code), whole rupiah. ``batas_tw`` is the last day for the realisasi of a triwulan,
    ``receipts_tw`` its register by (triwulan, unit code, revision). ``logo`` is the name of a picture file, ``logo_data`` its
    bytes once ``logo.read_logo`` has read it, b"" without a usable one."""

    nama: str
    pemda: str
    alamat: str
    tempat: str
    tahun: int
    tahap: str
    tanggal: date | None
    batas_usulan: date | None
    batas_perbaikan: date | None
    units: tuple[Unit, ...]
    officials: tuple[Official, ...]
    receipts: Mapping[tuple[str, int], date]
    pagu: Mapping[tuple[str, str], int]
    renstra: tuple[RenstraGoal, ...]
    programs: Mapping[str, ProgramNode]
    program_sasaran: Mapping[str, str]
    pk_pimpinan: tuple[Row, ...]
    prices: Mapping[str, Price]
    accounts: Mapping[str, str]
    account_jenis: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    policies: Mapping[str, str]
    levels: Mapping[str, Severity] = field(default_factory=dict)
    bobot_iku: Mapping[str, int] = field(default_factory=lambda: KRITERIA_IKU)
    logo: str = ""
    logo_data: bytes = b""
    batas_tw: Mapping[int, date] = field(default_factory=dict)
    receipts_tw: Mapping[tuple[int, str, int], date] = field(default_factory=dict)
    content: BookContent | None = None
    findings: tuple[Finding, ...] = ()

    def unit(self, kode: str) -> Unit | None:
        return next((u for u in self.units if u.kode == kode), None)

    def official(self, jabatan_kode: str, day: date | None = None) -> Official | None:
        """Who holds the post on that day (default: the office's date); the latest start wins."""
        day = day or self.tanggal
        held = [o for o in self.officials if o.jabatan_kode == jabatan_kode and o.in_office(day)]
        return max(held, key=lambda o: o.mulai or date.min, default=None)

    def pagu_unit(self, kode: str) -> int:
        """Sum of a unit's pagu in rupiah."""
        return sum(amount for (unit, _), amount in self.pagu.items() if unit == kode)

    def policy(self, key: str) -> str:
        return self.policies.get(key, "")


STAFF = "staf"
"""A post such as ``pmd.staf1`` in Kantor.xlsx belongs to somebody who works under the head of unit ``pmd``."""


def staff_unit(units: Iterable[Unit], jabatan_kode: str) -> Unit | None:
    """The unit that a staff post (``pmd.staf1``) belongs to; None for every other post. Dots and capitals do not matter."""
    own = fold(jabatan_kode)
    return next((u for u in units if own.startswith(fold(u.kode) + STAFF)), None)


def allows_short_tor(office: Office) -> bool:
    """Whether salaries and subscriptions may have a short TOR (an office policy)."""
    return office.policy("tor_singkat").strip().casefold() == "ya"
