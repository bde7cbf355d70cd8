"""The locked plan (penetapan) as data: what the office agreed to do and to spend, frozen for measuring.

It is written to arsip/Penetapan-TAHUN….xlsx by ``kunci`` and read back for every later step. Amounts are whole rupiah
(int). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kinerja_xl.sheets.texts import fold

Target = Decimal | str | None
"""A target: a number, a member of the declared scale (kualitatif), or None where none is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """Agreed budget of one account within one sub kegiatan of a unit."""

    unit: str
    kode_sub: str
    rekening: str
    jenis: str
    jumlah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSub:
    """A sub kegiatan of a unit: proposed, agreed in the review, and what the DPA gave (None: no DPA yet).

    ``alasan`` says why agreed differs from proposed, ``alasan_dpa`` why the DPA differs from agreed; "" where neither does.
    """

    unit: str
    kode: str
    nama: str
    diusulkan: int
    disepakati: int
    dpa: int | None = None
    alasan: str = ""
    alasan_dpa: str = ""

    @property
    def anggaran(self) -> int:
        """The amount that serapan is measured against: the DPA's where there is one, else the agreed one."""
        return self.disepakati if self.dpa is None else self.dpa


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndicator:
    """An indicator with its frozen targets. ``quarters`` are the targets of TW I to IV; None: none in that quarter.

    ``arah`` naik | turun | rentang (as in the closed list), ``akumulasi`` as in the closed list; ``bawah`` and ``atas``
    are the bounds of a rentang; ``skala`` the declared scale of a kualitatif one, lowest first.
    """

    unit: str
    kode: str
    level: str
    nama: str
    sasaran: str
    tipe: str
    dimensi: str
    tingkat: str
    satuan: str
    arah: str
    akumulasi: str
    baseline: Target
    target: Target
    quarters: tuple[Target, Target, Target, Target]
    bawah: Decimal | None = None
    atas: Decimal | None = None
    pembilang: str = ""
    penyebut: str = ""
    penanggung_jawab: str = ""
    iku: bool = False

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same indicator in another file or version: unit, code, level and name, not its row."""
        return (self.unit, self.kode, fold(self.level), fold(self.nama))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of the locked plan.

    ``tahap`` is penetapan, pergeseran or perubahan; ``nomor`` 0 for the first lock, then 1, 2, … for each of the others;
    ``urutan`` counts all locks of the year from 0, the highest is in force; ``menggantikan`` names the file before it.
    ``kas`` is the cash plan in rupiah by (unit, sub kegiatan) for the twelve months, empty where none was given.
    ``sha256`` is the hash of the rows as locked.
    """

    tahun: int
    tahap: str
    nomor: int
    tanggal: date | None
    dasar: str
    subs: tuple[PlanSub, ...]
    lines: tuple[PlanLine, ...]
    indicators: tuple[PlanIndicator, ...]
    kas: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    sha256: str = ""
    kantor: str = ""
    urutan: int = 0
    menggantikan: str = ""

    @property
    def total(self) -> int:
        return sum(sub.anggaran for sub in self.subs)
