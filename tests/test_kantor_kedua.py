"""A second invented office walks the whole of 2026 through every verb: at each stage all papers agree to the rupiah with what is
worked out here, from plain numbers, and name the same plan.

Four units of other codes than the sample's, a satuan of the office's own, one row whose amount nobody knows, one unit that came
late, a meeting that rejects, cuts and lowers a target, a DPA in July that gives the late unit its money.
"""

from __future__ import annotations

import email
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
from click.testing import CliRunner
from docx.document import Document
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.face.cli import main, terminal
from kinerja_xl.lists import programs
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import book_of, office_listings
from kinerja_xl.reading.workbook import Versions, read_workbook
from kinerja_xl.reckoning import Sum, unread
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.sheets.choices import EDITABLE
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR, POLICIES
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.realisasi import measuring_book
from kinerja_xl.uses.status import status as year_status
from kinerja_xl.uses.year import Year
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.form.measured import MoneyCheck, UnitCheck
from kinerja_xl.writing.form.penelaahan import write_dpa, write_review
from kinerja_xl.writing.shown.recap import write_recap
from tests import ingatan
from tests.kantor_uji import (
    D,
    Proposal,
    Values,
    edit,
    goal,
    kantor_bytes,
    line,
    office_content,
    proposal_content,
    small_office,
    unit_bytes,
)
from tests.naskah import cells, lines, opened, rupiah, table, text
from tests.test_belum_diketahui import agree

TAHUN = 2026
TU, EKBANG, PELUM, LINMAS = "tu", "ekbang", "pelum", "linmas"
"""The units; linmas hands in too late, tu keeps the money."""

CETAKAN, EVALUASI = "7.01.01.2.06.0005", "7.01.01.2.01.0007"
USAHA, PEMBERDAYAAN = "7.01.03.2.03.0004", "7.01.03.2.01.0003"
PERIZINAN, PELAYANAN = "7.01.02.2.04.0002", "7.01.02.2.02.0003"
TOKOH, FORUM = "7.01.04.2.01.0002", "7.01.05.2.01.0008"
ATK, RAPAT, HONOR, MODAL = "5.1.02.01.01.0024", "5.1.02.01.01.0052", "5.1.02.02.01.0003", "5.2.02.10.01.0002"

Line = tuple[str, str, str]
"""Unit, sub kegiatan, rekening."""
Four = tuple[int, int, int, int]
"""Of the triwulan."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A RAB row in plain numbers; ``harga`` None: nobody knows it."""

    unit: str
    sub: str
    rekening: str
    uraian: str
    harga: int | None
    kali: tuple[tuple[str, str], ...]
    satuan: str
    ppn: int = 0

    @property
    def line(self) -> Line:
        return self.unit, self.sub, self.rekening

    @property
    def amount(self) -> int | None:
        if self.harga is None:
            return None
        whole = Decimal(self.harga)
        for number, _ in self.kali:
            whole *= Decimal(number)
        assert whole == int(whole)
        return int(whole) + self.ppn


def asked(unit: str, sub: str, rekening: str, uraian: str, harga: int | None, kali: str, satuan: str, ppn: int = 0) -> Asked:
    """``kali`` as people write it: ``25 Rim``, ``40 Orang x 2 Kali``."""
    parts = tuple((n, s) for n, s in (part.split() for part in kali.split(" x ")))
    return Asked(unit=unit, sub=sub, rekening=rekening, uraian=uraian, harga=harga, kali=parts, satuan=satuan, ppn=ppn)


RAB = (
    asked(TU, CETAKAN, ATK, "Kertas HVS F4", 60_000, "25 Rim", "Rim"),
    asked(TU, CETAKAN, RAPAT, "Makan rapat penyusunan", 35_000, "40 Orang x 2 Kali", "Orang/Kali"),
    asked(TU, EVALUASI, HONOR, "Honorarium narasumber evaluasi", 900_000, "2 Orang x 2 Jam", "Orang/Jam"),
    asked(EKBANG, USAHA, HONOR, "Honorarium pelatih usaha", 900_000, "3 Orang x 4 Jam", "Orang/Jam"),
    asked(EKBANG, USAHA, RAPAT, "Makan peserta pelatihan", 35_000, "50 Orang x 2 Kali", "Orang/Kali", 350_000),
    asked(EKBANG, USAHA, ATK, "Jaring keramba", 750_000, "4 Keramba", "Keramba"),
    asked(EKBANG, PEMBERDAYAAN, ATK, "Spanduk kegiatan", 25_000, "2.5 Meter x 6 Lembar", "Meter"),
    asked(PELUM, PERIZINAN, MODAL, "Komputer jinjing", 9_500_000, "2 Unit", "Unit"),
    asked(PELUM, PERIZINAN, ATK, "Kertas HVS A4", 55_000, "13 Rim", "Rim"),
    asked(PELUM, PELAYANAN, RAPAT, "Makan rapat pelayanan", 35_000, "30 Orang", "Orang/Kali"),
    asked(PELUM, PELAYANAN, ATK, "Map arsip", None, "20 Buah", "Buah"),
    asked(LINMAS, TOKOH, HONOR, "Honorarium tokoh masyarakat", 900_000, "2 Orang x 3 Jam", "Orang/Jam"),
    asked(LINMAS, FORUM, RAPAT, "Makan rapat forum", 35_000, "45 Orang x 4 Kali", "Orang/Kali"),
)  # fmt: skip

REJECTED, CUT = (EKBANG, PEMBERDAYAAN), (PELUM, PERIZINAN)
AGREED: Mapping[Line, int] = {(*CUT, MODAL): 9_500_000}
"""What the meeting agreed to of one line that was asked for; REJECTED gets nothing, everything else what was counted."""
DPA_SAID: Mapping[Line, int] = {(TU, CETAKAN, ATK): 1_000_000, (LINMAS, TOKOH, HONOR): 5_400_000, (*CUT, ATK): 745_000}
"""What the DPA of July says of these lines instead."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """An indicator in plain numbers: targets and what was reached per triwulan, added up over the year."""

    unit: str
    kode: str
    nama: str
    satuan: str
    target: int
    quarters: Four
    real: Four
    level: str = "Output"


def official(unit: str, kode: str, target: int, quarters: Four, real: Four) -> Goal:
    """The output of a sub kegiatan as the official list names it."""
    node = programs()[kode]
    return Goal(unit=unit, kode=kode, nama=node.indikator, satuan=node.satuan, target=target, quarters=quarters, real=real)


def outcome(unit: str, kode: str, nama: str, satuan: str, quarters: Four, real: Four) -> Goal:
    """The outcome of a program."""
    target = sum(quarters)
    return Goal(unit=unit, kode=kode, nama=nama, satuan=satuan, target=target, quarters=quarters, real=real, level="Outcome")


GOALS = (
    outcome(TU, "7.01.01", "Surat dinas yang selesai tepat waktu", "Dokumen", (10, 10, 10, 10), (10, 9, 10, 8)),
    official(TU, CETAKAN, 4, (1, 1, 1, 1), (1, 1, 1, 1)),
    official(TU, EVALUASI, 2, (0, 1, 0, 1), (0, 1, 0, 1)),
    official(EKBANG, USAHA, 4, (1, 1, 1, 1), (1, 0, 1, 1)),
    outcome(EKBANG, "7.01.03", "Keramba warga yang berproduksi", "Karamba", (5, 10, 10, 15), (4, 10, 12, 13)),
    official(EKBANG, PEMBERDAYAAN, 2, (0, 1, 0, 1), (0, 0, 0, 0)),
    outcome(PELUM, "7.01.02", "Warga yang terlayani", "Orang", (300, 300, 300, 300), (301, 299, 333, 222)),
    official(PELUM, PERIZINAN, 12, (3, 3, 3, 3), (2, 2, 2, 1)),
    official(PELUM, PELAYANAN, 3, (0, 1, 1, 1), (0, 1, 1, 1)),
    outcome(LINMAS, "7.01.04", "Warga yang ikut ronda", "Orang", (50, 50, 50, 50), (0, 0, 0, 0)),
    outcome(LINMAS, "7.01.05", "Keputusan forum yang dijalankan", "Dokumen", (1, 2, 1, 2), (0, 0, 0, 0)),
    official(LINMAS, TOKOH, 4, (1, 1, 1, 1), (0, 0, 0, 0)),
    official(LINMAS, FORUM, 6, (1, 2, 1, 2), (0, 0, 0, 0)),
)  # fmt: skip
LOWERED, NEW_TARGET, NEW_QUARTERS = CUT, 8, (2, 2, 2, 2)

Spent = tuple[int | None, int | None, int | None, int | None]
SPENT: Mapping[Line, Spent] = {
    (TU, CETAKAN, ATK): (300_000, 300_000, 300_000, 100_000),
    (TU, CETAKAN, RAPAT): (700_000, 700_000, 0, 1_399_999),
    (TU, EVALUASI, HONOR): (0, 1_800_000, None, 1_800_000),
    (EKBANG, USAHA, HONOR): (2_700_000, 2_700_000, 2_700_000, 1_800_001),
    (EKBANG, USAHA, RAPAT): (0, 3_850_000, 0, 0),
    (EKBANG, USAHA, ATK): (0, 0, 2_999_999, 0),
    (PELUM, PERIZINAN, MODAL): (0, 9_333_333, 0, 0),
    (PELUM, PERIZINAN, ATK): (110_000, 165_000, 220_000, 220_001),
    (PELUM, PELAYANAN, RAPAT): (0, 525_000, 0, 525_000),
    (LINMAS, TOKOH, HONOR): (None, None, 2_700_000, 2_699_999),
}
"""Rupiah by triwulan; None: not reported. The late unit had no money before the DPA of July: none was due in TW I and II."""

# ---- what the office is ---------------------------------------------------------------------------

NAMES = {
    TU: "Subbagian Tata Usaha", EKBANG: "Seksi Ekonomi dan Pembangunan", PELUM: "Seksi Pelayanan Umum",
    LINMAS: "Seksi Pelindungan Masyarakat",
}  # fmt: skip
DUTIES = {TU: "7.01.01", EKBANG: "7.01.03", PELUM: "7.01.02", LINMAS: "7.01.04, 7.01.05"}
HEADS = (
    ("bupati", "Wiramaja Sondakala", "196501011990031001", "Bupati Danau Biru"),
    ("camat", "Hasan Lantera", "197301012000031002", "Camat Lembah Seroja"),
    ("sekcam", "Meutia Randapura", "197802022003122003", "Sekretaris Camat"),
    (TU, "Domi Lasarang", "198103032006041004", "Kepala Subbagian Tata Usaha"),
    (EKBANG, "Yunita Paremba", "198204042007042005", "Kepala Seksi Ekonomi dan Pembangunan"),
    (PELUM, "Saul Tikara", "198305052008031006", "Kepala Seksi Pelayanan Umum"),
    (LINMAS, "Rewa Manuru", "198406062009041007", "Kepala Seksi Pelindungan Masyarakat"),
)
PAGU = 20_000_000
"""Of each sub kegiatan."""
BINDING = (("penetapan", date(2025, 12, 19)), ("perubahan", date(2026, 7, 15)))


def kantor(stages: int) -> BookContent:
    """Kantor.xlsx with so many of the stages written down."""
    base = office_content()
    form: Values = {
        "nama": "Kantor Kecamatan Lembah Seroja", "pemda": "Pemerintah Kabupaten Danau Biru", "tempat": "Lembah Seroja",
        "tahun": D(TAHUN), "tahap": "usulan", "tanggal": date(2025, 10, 3),
        "batas_usulan": date(2025, 9, 12), "batas_perbaikan": date(2025, 9, 26),
    }  # fmt: skip
    policies = {p.key: TU if p.unit else p.default for p in POLICIES}
    codes = [c for sub in dict.fromkeys(row.sub for row in RAB) for c in (sub[:7], sub[:12], sub)]
    tables: dict[str, Iterable[Mapping[str, object]]] = {
        "unit": [
            {"kode": kode, "nama": nama, "atasan": "sekcam" if kode == TU else "camat", "tugas": DUTIES[kode]}
            for kode, nama in NAMES.items()
        ],
        "pejabat": [
            {"jabatan_kode": kode, "nama": nama, "nip": nip, "jabatan": jabatan, "status": "Definitif", "mulai": date(2024, 1, 2)}
            for kode, nama, nip, jabatan in HEADS
        ],
        "penerimaan": [
            {"unit": kode, "revisi": D(0), "tanggal": date(2025, 9, 16 if kode == LINMAS else 10)} for kode in NAMES
        ],
        "pagu": [{"unit": u, "kode_sub": s, "pagu": D(PAGU)} for u, s in dict.fromkeys((row.unit, row.sub) for row in RAB)],
        "program": [
            {
                "kode": code, "level": {2: "program", 4: "kegiatan", 5: "subkegiatan"}[code.count(".")],
                "nama": programs()[code].nama, "indikator": programs()[code].indikator or None,
                "satuan": programs()[code].satuan or None, "kode_sasaran": "S1" if code == "7.01.03" else None,
            }
            for code in dict.fromkeys(codes)
        ],
        "renstra": [
            {"misi": "Warga sejahtera", "tujuan": "Usaha warga tumbuh", "kode_sasaran": "S1", "sasaran": "Usaha danau berkembang",
             "indikator": "Keramba warga yang berproduksi", "satuan": "Keramba", "arah": "Naik", "kondisi_awal": D(30),
             "target_0": D(40), "target_1": D(45)},
        ],
        "pk_pimpinan": [
            {"jabatan_kode": "camat", "sasaran": "Usaha danau berkembang", "indikator": "Keramba warga yang berproduksi",
             "level": "Outcome", "satuan": "Keramba", "target": D(40)},
            {"jabatan_kode": "sekcam", "sasaran": "Usaha danau berkembang", "indikator": "Keramba warga yang berproduksi",
             "level": "Outcome", "satuan": "Keramba", "target": D(40)},
        ],
        "surat_pimpinan": [
            {"jabatan_kode": kode, "tanggal_disampaikan": day, "tanggal_disetujui": day}
            for _, day in BINDING[max(0, stages - 1) : stages]
            for kode in ("camat", "sekcam")
        ],
        "daftar_kantor": [
            *({"daftar": name, "nilai": value} for name, values in EDITABLE.items() for value in values),
            {"daftar": "satuan", "nilai": "Keramba; Karamba"},
        ],
        "riwayat_tahap": [
            {"tahap": tahap, "nomor": D(n) if n else None, "tanggal": day, "dasar": "Rapat kantor"}
            for n, (tahap, day) in enumerate(BINDING[:stages])
        ],
        "kebijakan": [{"kunci": key, "nilai": value} for key, value in policies.items()],
    }  # fmt: skip
    rows = {key: tuple(Row(values=dict(record)) for record in records) for key, records in tables.items()}
    rest = {key: base.rows(key) for key in ("harga", "rekening", "tingkat_catatan", "kriteria_iku")}
    return book_of(KANTOR, {"kantor": form}, rest | rows)


@cache
def office() -> Office:
    return small_office(kantor(0))


def proposal(kode: str) -> BookContent:
    """What a unit hands in."""
    rab = tuple(
        line(row.sub, row.rekening, row.uraian, row.harga or 0, *(x for part in row.kali for x in part), satuan=row.satuan)
        | ({"ppn": D(row.ppn)} if row.ppn else {})
        | ({} if row.harga else {"harga_satuan": None})
        for row in RAB
        if row.unit == kode
    )
    goals = tuple(
        goal(g.kode, g.level, g.nama, g.satuan, g.target, **{f"tw_{n}": D(q) for n, q in enumerate(g.quarters, start=1) if q})
        for g in GOALS
        if g.unit == kode
    )
    return proposal_content(Proposal(kode=kode, rab=rab, indikator=goals), office())


# ---- the year, verb by verb -------------------------------------------------------------------------


def run(*args: object, status: tuple[int, ...] = (0, 1)) -> str:
    """A verb; what it writes to stdout."""
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exit_code in status and not isinstance(done.exception, AssertionError), (args, done.output, done.exception)
    return done.stdout


Change = Callable[[Row], Values]


def filled(content: BookContent, changes: Mapping[str, Change]) -> BookContent:
    """A form with every row of these tables written on."""
    for block, change in changes.items():
        for index, row in enumerate(content.rows(block)):
            content = edit(content, block, index, **change(row))
    return content


def read(path: Path, versions: Mapping[str, Versions]) -> BookContent:
    book = read_workbook(path.read_bytes(), path.name, versions, office_listings(office()))
    assert book.content is not None, book.findings
    return book.content


def number(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def handed_in() -> dict[str, bytes]:
    """Each unit's proposal by the name of its form."""
    return {f"Usulan-{kode}-{TAHUN}.xlsx": unit_bytes(proposal(kode), office(), office().unit(kode)) for kode in NAMES}


def hand_in(folder: Path) -> None:
    """Each unit's proposal, as its blank form came back."""
    for name, data in handed_in().items():
        assert (folder / "formulir" / name).exists()
        (folder / "masuk" / name).write_bytes(data)


def meet(path: Path) -> None:
    """The Lembar Penelaahan filled in: one sub kegiatan rejected, one reduced, one target lowered."""
    agreed = agreed_lines()

    def sub(row: Row) -> Values:
        key = row.text("unit"), row.text("kode")
        amount = sum(n for one, n in agreed.items() if one[:2] == key)
        return {"disepakati": D(amount), "alasan": None if amount == row.number("diusulkan") else "Menurut rapat"}

    def account(row: Row) -> Values:
        return {"disepakati": D(agreed.get((row.text("unit"), row.text("kode_sub"), row.text("kode_rekening")), 0))}

    def target(row: Row) -> Values:
        if (row.text("unit"), row.text("kode")) != LOWERED:
            return {}
        quarters = {f"tw_{n}": D(q) for n, q in enumerate(NEW_QUARTERS, start=1)}
        return {"target": D(NEW_TARGET), "alasan": "Satu komputer", **quarters}

    content = read(path, {PENELAAHAN.key: {PENELAAHAN.version: PENELAAHAN}})
    content = filled(content, {"telaah_sub": sub, "telaah_rekening": account, "telaah_indikator": target})
    content = edit(content, "telaah", 0, tanggal=date(2025, 12, 19), nomor="000.7/21/KLS/2025")
    path.write_bytes(write_review(content, office()))


def issue_dpa(path: Path) -> None:
    """The DPA of July: amounts corrected, the late unit's line added."""
    content, lines = read(path, {DPA.key: {DPA.version: DPA}}), changed_lines()
    given = {(row.text("unit"), row.text("kode_sub"), row.text("kode_rekening")) for row in content.rows("dpa")}
    why = {"alasan": "APBD Perubahan"}
    content = filled(
        content,
        {"dpa": lambda r: {"anggaran": D(lines[r.text("unit"), r.text("kode_sub"), r.text("kode_rekening")]), **why}},
    )
    for one in sorted(lines.keys() - given):
        unit, sub, rekening = one
        more = {"unit": unit, "kode_sub": sub, "kode_rekening": rekening, "anggaran": D(lines[one]), **why}
        content = edit(content, "dpa", len(content.rows("dpa")), **more)
    path.write_bytes(write_dpa(content, office()))


def measure(folder: Path, tw: int) -> None:
    """The realisasi forms of a triwulan handed out, filled in and brought back."""
    run("realisasi", folder, "--triwulan", tw)
    for name, data in measured_forms(folder, tw).items():
        (folder / f"masuk/TW{tw}" / name).write_bytes(data)


def measured_forms(folder: Path, tw: int) -> dict[str, bytes]:
    """The realisasi forms that were handed out, filled in, by name."""
    forms: dict[str, bytes] = {}
    plan = Year(folder).plan
    real = {(g.unit, g.kode, g.nama): g.real[tw - 1] for g in GOALS}
    for path in sorted((folder / f"formulir/TW{tw}").iterdir()):
        content = read(path, MEASURING)
        form = content.form("identitas")
        assert form is not None
        unit = office().unit(form.text("unit"))
        assert unit is not None
        changes: dict[str, Change] = {
            "realisasi_indikator": lambda row, kode=unit.kode: {  # type: ignore[misc]
                f"real_{tw}": D(real[kode, row.text("kode"), row.text("nama")])
            },
            "uraian_realisasi": lambda _: {"bukti": "Laporan", "penghambat": "Hujan", "tindak_lanjut": "Jadwal ulang"},
            "fisik": lambda _: {f"fisik_{tw}": D(25 * tw)},
            "realisasi_uang": lambda row: {
                f"uang_{tw}": number(SPENT[row.text("unit"), row.text("kode_sub"), row.text("rekening")][tw - 1])
            },
        }  # fmt: skip
        content = edit(filled(content, changes), "identitas", 0, tanggal_disampaikan=date(TAHUN + tw // 4, 3 * tw % 12 + 1, 5))
        with ingatan.forgotten(), mock.patch.object(UnitCheck, "write"), mock.patch.object(MoneyCheck, "write"):
            forms[path.name] = measuring_book(content, office(), unit, plan, tw)
    return forms


# ---- what has to come out, in plain numbers -----------------------------------------------------------


def counted_lines() -> dict[Line, int]:
    """What was asked for in time and can be known."""
    found: dict[Line, int] = {}
    for row in RAB:
        if row.unit != LINMAS and row.amount is not None:
            found[row.line] = found.get(row.line, 0) + row.amount
    return found


def agreed_lines() -> dict[Line, int]:
    return {one: n for one, n in (counted_lines() | dict(AGREED)).items() if one[:2] != REJECTED}


def changed_lines() -> dict[Line, int]:
    return agreed_lines() | dict(DPA_SAID)


def below(lines: Mapping[Line, int], code: str = "", unit: str = "") -> int:
    """Rupiah of a program, kegiatan or sub kegiatan (by its code), of one unit or of all."""
    return sum(n for (u, sub, _), n in lines.items() if f"{sub}.".startswith(f"{code}." if code else "") and unit in ("", u))


def by_sub(lines: Mapping[Line, int]) -> dict[tuple[str, str], int]:
    return {(u, sub): below(lines, sub, u) for u, sub, _ in lines}


def goals_of(lines: Mapping[Line, int], *, lowered: bool) -> list[Goal]:
    """The indicators that stand beside these lines, with the targets that hold."""
    units = {u for u, _, _ in lines}
    kept = [g for g in GOALS if g.unit in units and (g.level == "Outcome" or (g.unit, g.kode) in by_sub(lines))]
    changed = {"target": NEW_TARGET, "quarters": NEW_QUARTERS}
    return [replace(g, **changed) if lowered and (g.unit, g.kode) == LOWERED else g for g in kept]  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What holds at one stage, and how every paper calls it."""

    said: str
    title: str
    signed: str
    lines: Mapping[Line, int]
    goals: list[Goal]

    @property
    def total(self) -> int:
        return sum(self.lines.values())


STAGES = {
    "usulan": Expected(
        said="menurut usulan", title="PERJANJIAN KINERJA TAHUN 2026", signed="3 Oktober 2025", lines=counted_lines(),
        goals=goals_of(counted_lines(), lowered=False),
    ),
    "penetapan": Expected(
        said="menurut Penetapan tanggal 19 Desember 2025", title="PERJANJIAN KINERJA TAHUN 2026", signed="19 Desember 2025",
        lines=agreed_lines(), goals=goals_of(agreed_lines(), lowered=True),
    ),
    "perubahan": Expected(
        said="menurut Perubahan ke-1 tanggal 15 Juli 2026", title="PERJANJIAN KINERJA PERUBAHAN TAHUN 2026",
        signed="15 Juli 2026", lines=changed_lines(),
        goals=[*goals_of(agreed_lines(), lowered=True), *(g for g in GOALS if (g.unit, g.kode) == (LINMAS, TOKOH))],
    ),
}  # fmt: skip
IN_WORDS = "tanggal sembilan belas bulan Desember tahun dua ribu dua puluh lima (19-12-2025)"
SIGNED = "8 Januari 2026"
"""The day that the units wrote on their PK: it stands as long as it is not before the plan."""
LATE = sum(row.amount or 0 for row in RAB if row.unit == LINMAS)
UNKNOWN = sum(row.amount is None for row in RAB)
OF_TW = ("penetapan", "penetapan", "perubahan", "perubahan")
"""Which plan TW I to IV are measured against."""


def half_up(part: Decimal | int, whole: int) -> Decimal:
    """Percent points with two decimals."""
    return (100 * Decimal(part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def spent_in(lines: Mapping[Line, int], tw: int, code: str = "", unit: str = "") -> int | None:
    """Rupiah of one triwulan; None where nobody said any."""
    known = [SPENT[one][tw - 1] for one in lines if below({one: 1}, code, unit)]
    return sum(n for n in known if n is not None) if set(known) != {None} and known else None


def spent_until(lines: Mapping[Line, int], tw: int, code: str = "", unit: str = "") -> int | None:
    every = [spent_in(lines, n, code, unit) for n in range(1, tw + 1)]
    return None if set(every) == {None} else sum(n or 0 for n in every)


def unreported(lines: Mapping[Line, int], tw: int, code: str = "", unit: str = "") -> int:
    """How many rekening lack a triwulan that was due."""
    return sum(
        None in SPENT[one][(2 if one[0] == LINMAS else 0) : tw] for one in lines if below({one: 1}, code, unit)
    )  # fmt: skip


def reached(one: Goal, tw: int) -> Decimal | None:
    """Capaian s.d. a triwulan; None where no target was due."""
    target = sum(one.quarters[:tw])
    return half_up(sum(one.real[:tw]), target) if target else None


def mean(goals: Iterable[Goal], tw: int) -> Decimal | None:
    known = [r for one in goals if (r := reached(one, tw)) is not None]
    return half_up(sum(known), 100 * len(known)) if known else None


def wide(*args: object) -> str:
    """The same on a terminal so wide that no name is wrapped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "_PIPE_WIDTH", 400)
        patch.setattr(terminal, "_TABLE_WIDTH", 400)
        return run(*args)


def told(amount: int) -> str:
    """``Rp1.500.000``."""
    return f"Rp{amount:,}".replace(",", ".")


# ---- the year as it was walked ------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Walked:
    """The folder after all of it; ``hasil`` as it stood at each stage, and what the verbs said by name and stage."""

    folder: Path
    kept: Mapping[str, Path]
    said: Mapping[tuple[str, str], str]

    def json(self, stage: str, verb: str) -> Any:
        return json.loads(self.said[stage, verb])

    def book(self, stage: str, name: str) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.kept[stage] / name, data_only=True)

    def letter(self, stage: str, name: str) -> Document:
        return opened(self.kept[stage] / name)


FORM_HEADS = ("No", "Kode Sub Kegiatan", "Sub Kegiatan", "Indikator", "Target", "Satuan", "Anggaran (Rp)")
"""Of a simple form of others."""


def papers(folder: Path, stage: str, said: dict[tuple[str, str], str]) -> None:
    """Everything that the office prints at a stage."""
    more = ("--penelaahan",) if stage == "usulan" else ()
    said[stage, "rekap"] = run("rekap", folder, "--format", "json", *more)
    run("pk", folder)
    run("cetak", folder)
    said[stage, "status"] = run("status", folder, "--format", "json")
    run("surel", folder, "--kepada", "camat@contoh.go.id")
    form = folder / "bappeda.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for column, head in enumerate(FORM_HEADS, start=1):
        sheet.cell(3, column, head)
    sheet.cell(20, 1, "JUMLAH")
    sheet.cell(20, 7, "=SUM(G4:G19)")
    book.save(form)
    plans = sorted((folder / "arsip").glob("Penetapan*.xlsx"), key=lambda path: len(path.name))
    source = [folder / f"hasil/Rekap-{TAHUN}.xlsx", *plans][-1]
    said[stage, "isi"] = run("isi", form, "--dari", source, "-o", folder / "hasil/bappeda-terisi.xlsx", "--sebagai", "rkt")


def walk(folder: Path) -> Walked:
    """2026, then the folder of 2027."""
    said: dict[tuple[str, str], str] = {}
    kept: dict[str, Path] = {}

    def keep(stage: str) -> None:
        kept[stage] = shutil.copytree(folder / "hasil", folder.parent / stage)

    run("mulai", folder, "--tahun", TAHUN)
    (folder / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(0)))
    run("formulir", folder, "--baris", 12)
    hand_in(folder)
    said["usulan", "periksa"] = run("periksa", folder, "--format", "json")
    papers(folder, "usulan", said)
    said["usulan", "layar"] = wide("rekap", folder)
    keep("usulan")
    meet(folder / "hasil/Lembar-Penelaahan.xlsx")
    said["penetapan", "kunci"] = run("kunci", folder, "--tanggal", "19 Desember 2025")
    (folder / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(1)))
    papers(folder, "penetapan", said)
    for tw in (1, 2):
        measure(folder, tw)
        said["penetapan", f"capaian {tw}"] = run("capaian", folder, "--triwulan", tw, "--format", "json")
    keep("penetapan")
    dpa = folder / f"hasil/DPA-{TAHUN}.xlsx"
    issue_dpa(dpa)
    said["perubahan", "kunci"] = run("kunci", folder, "--dari", dpa, "--tahap", "perubahan", "--tanggal", "15 Juli 2026")
    (folder / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(2)))
    papers(folder, "perubahan", said)
    for tw in (3, 4):
        measure(folder, tw)
        said["perubahan", f"capaian {tw}"] = run("capaian", folder, "--triwulan", tw, "--format", "json")
    said["perubahan", "layar"] = wide("capaian", folder)
    said["perubahan", "lkjip"] = run("lkjip", folder)
    plans = [folder / f"arsip/Penetapan-{TAHUN}{more}.xlsx" for more in ("", "-perubahan-1")]
    said["perubahan", "bandingkan"] = run("bandingkan", *plans, "-o", folder / "hasil/Beda.xlsx")
    said["perubahan", "status"] = run("status", folder, "--format", "json")
    keep("perubahan")
    run("mulai", folder.parent / "tahun-depan", "--tahun", TAHUN + 1, "--dari", folder)
    return Walked(folder=folder, kept=kept, said=said)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    return walk(tmp_path_factory.mktemp("kedua") / "kantor")


def records(sheet: Worksheet, *heads: str) -> Iterator[dict[str, Any]]:
    """The rows of the table that has these headings, by heading, until a row without its first one."""
    row, columns = next(
        (cells[0].row, found)
        for cells in sheet.iter_rows()
        if set(heads) <= (found := {str(c.value): c.column for c in cells if c.value is not None}).keys()
    )
    for number in range(row + 1, sheet.max_row + 1):
        found = {head: sheet.cell(number, column).value for head, column in columns.items()}
        if not any(found[head] is not None for head in heads):
            return
        yield found


# ---- each stage -----------------------------------------------------------------------------------------

every_stage = pytest.mark.parametrize("stage", STAGES)


@every_stage
def test_json_screen_and_mail_state_the_same_sums(walked: Walked, stage: str):
    own, found = STAGES[stage], walked.json(stage, "rekap")
    counted = sum(counted_lines().values())
    assert found["rencana"] == {"menurut": own.said, "anggaran": own.total}
    assert (found["total_rab"], found["total_tidak_dihitung"], found["belum_diketahui"]) == (counted, LATE, UNKNOWN)
    assert {u["kode"]: (u["total_rab"], u["total_tidak_dihitung"], u["belum_diketahui"]) for u in found["unit"]} == {
        kode: (below(counted_lines(), unit=kode), LATE * (kode == LINMAS), UNKNOWN * (kode == PELUM)) for kode in NAMES
    }
    assert found["per_jenis_belanja"] == {
        key: sum(n for (_, _, rekening), n in counted_lines().items() if rekening.startswith(key))
        for key in ("5.1.01", "5.1.02", "5.2")
    }
    (draft,) = walked.kept[stage].glob("Surel-*.eml")
    letter = email.message_from_bytes(draft.read_bytes(), policy=default).get_body(("plain",))
    assert letter is not None
    said = [" ".join(letter.get_content().split())]
    if stage == "usulan":
        said.append(" ".join(walked.said[stage, "layar"].split()))
    parts = (told(counted), f"sedikitnya {told(LATE)} ({UNKNOWN} baris belum diketahui)", "4 dari 4")
    for words in said:
        assert [part for part in parts if part not in words] == []
        assert (f"Rencana yang berlaku {own.said}: {told(own.total)}" in words) == (stage != "usulan")


def test_doubled_replaced_and_unreadable_files_are_the_same_everywhere(tmp_path: Path):
    """ekbang sends two files of one revision, tu a second one in which an amount is blank, linmas one that is no workbook:
    screen, JSON, first sheet, review and mail say these sums, and status the same standing."""
    (tmp_path / "masuk").mkdir()
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(0)))
    ekbang, tu = (next(n for n, row in enumerate(r for r in RAB if r.unit == kode) if row.amount) for kode in (EKBANG, TU))
    dearer = edit(proposal(EKBANG), "rab", ekbang, harga_satuan=D(1_000_000))
    blank = edit(proposal(TU), "identitas", 0, revisi=D(1), tanggal_disampaikan=date(2025, 9, 20))
    blank = edit(blank, "rab", tu, harga_satuan=None)
    more = {f"{name}.xlsx": (kode, content) for name, kode, content in (("lagi", EKBANG, dearer), ("baru", TU, blank))}
    files = handed_in() | {name: unit_bytes(content, office(), office().unit(kode)) for name, (kode, content) in more.items()}
    for name, data in {**files, f"Usulan-{LINMAS}-{TAHUN}.xlsx": b"rusak"}.items():
        (tmp_path / "masuk" / name).write_bytes(data)
    recap, counted = Year(tmp_path).recap, counted_lines()
    lost = next(row.amount or 0 for row in RAB if row.unit == TU)
    assert {u.kode: u.total_rab for u in recap.units} == {
        TU: below(counted, unit=TU) - lost, EKBANG: 0, PELUM: below(counted, unit=PELUM), LINMAS: 0,
    }  # fmt: skip
    held = {
        TU: Sum(unknown=1), EKBANG: Sum(below(counted, unit=EKBANG) + 12 * 100_000), PELUM: Sum(unknown=UNKNOWN),
        LINMAS: unread(1),
    }  # fmt: skip
    agree(recap, write_recap(recap), held, held | {LINMAS: Sum()})
    assert {u.kode: u.status for u in year_status(Year(tmp_path)).units} == {
        TU: Status.PERBAIKAN, EKBANG: Status.PERBAIKAN, PELUM: Status.PERBAIKAN, LINMAS: Status.TIDAK_TERBACA,
    }  # fmt: skip


@every_stage
def test_the_recap_shows_the_proposal_and_the_plan_beside_it(walked: Walked, stage: str):
    own, book = STAGES[stage], walked.book(stage, f"Rekap-{TAHUN}.xlsx")
    sheet = book["Ringkasan"]
    shown = {
        row["Kode Unit"] or row["Unit"]: (
            row["Dihitung (Rp)"], row["Tidak Dihitung (Rp)"], row["Belum Diketahui (baris, berkas)"], row["Pagu (Rp)"]
        )
        for row in records(sheet, "Unit", "Kode Unit", "Status")
    }
    counted = counted_lines()
    units = {
        kode: (
            below(counted, unit=kode), {LINMAS: LATE, PELUM: "–"}.get(kode, 0), UNKNOWN * (kode == PELUM),
            PAGU * len({row.sub for row in RAB if row.unit == kode}),
        )
        for kode in NAMES
    }  # fmt: skip
    assert {key: shown[key] for key in NAMES} == units
    assert shown["Jumlah"][:3] == (sum(counted.values()), LATE, UNKNOWN)
    levels = records(book["Per Program"], "Kode", "Tingkat", "Dihitung (Rp)")
    assert {row["Kode"]: row["Dihitung (Rp)"] for row in levels if row["Tingkat"] == "Program"} == {
        sub[:7]: below(counted, sub[:7]) for sub in {row.sub for row in RAB}
    }
    rkt = [row for row in records(book["RKT"], "Kode Sub Kegiatan", "Indikator", "Anggaran (Rp)") if row["Unit"]]
    amounts = {(row["Unit"], row["Kode Sub Kegiatan"]): n for row in rkt if (n := row["Anggaran (Rp)"]) is not None}
    assert amounts == by_sub(own.lines)
    assert {(r["Unit"], r["Indikator"]): (r["Target"], r["Satuan"]) for r in rkt if r["Indikator"]} == {
        (g.unit, g.nama): (g.target, g.satuan) for g in own.goals
    }
    words = [str(cell.value) for row in book["RKT"].iter_rows() for cell in row if cell.value]
    assert any(own.said in word for word in words) and f"Lembah Seroja, {own.signed}" in words
    assert sheet["A5"].value and (own.said in str(sheet["A5"].value)) == (stage != "usulan")


RKT_HEADS = (
    "Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Target", "Satuan", "Anggaran (Rp)", "Penanggung Jawab",
)  # fmt: skip


@every_stage
def test_rkt_and_rencana_aksi_are_the_plan(walked: Walked, stage: str):
    own = STAGES[stage]
    document = walked.letter(stage, f"cetak/RKT-{TAHUN}.docx")
    rows = cells(table(document, *RKT_HEADS))
    codes = {sub[:end] for _, sub, _ in own.lines for end in (7, 12, 17)}
    assert {row[0]: rupiah(row[5]) for row in rows if row[5]} == {"Jumlah": own.total} | {c: below(own.lines, c) for c in codes}
    goals = {re.sub(r" \(Outcome\)$", "", row[2]): (row[3], row[4]) for row in rows if row[3] and row[3] != row[1]}
    assert goals == {g.nama: (f"{g.target:,}".replace(",", "."), g.satuan) for g in own.goals}
    actions = walked.letter(stage, f"cetak/Rencana-Aksi-{TAHUN}.docx")
    acted = cells(actions.tables[1])[1:]
    assert {row[0].split()[0]: rupiah(row[8]) for row in acted if row[8]} == {"Jumlah": own.total} | {
        sub: n for (_, sub), n in by_sub(own.lines).items()
    }
    outputs = [g for g in own.goals if g.level == "Output"]
    assert {row[2]: tuple(row[4:8]) for row in acted if row[0].isdigit() and row[3]} == {
        g.nama: tuple(str(q or "–") for q in g.quarters) for g in outputs
    }
    for one in (document, actions):
        said = text(one)
        assert f"Target dan anggaran {own.said}." in said and f"Lembah Seroja, {own.signed}" in said


GOAL_HEADS = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Target")


@every_stage
def test_the_pk_promises_the_plan(walked: Walked, stage: str):
    own = STAGES[stage]

    def promised(kode: str, level: str) -> dict[str, int]:
        letter = walked.letter(stage, f"surat/PK-{kode}-{TAHUN}.docx")
        said = [p.text for p in lines(letter)]
        assert (said.count(own.title), said.count(f"Target dan anggaran {own.said}.")) == (1, 1)
        signed = own.signed if kode in ("camat", "sekcam") or stage == "perubahan" else SIGNED
        assert f"Lembah Seroja, {signed}" in text(letter)
        rows = cells(table(letter, "No", "Kode", level, "Anggaran (Rp)", "Keterangan"))
        return {row[1]: rupiah(row[3]) for row in rows if row[3]}

    programs_of = {sub[:7] for _, sub, _ in own.lines}
    assert promised("camat", "Program") == {"Jumlah": own.total} | {code: below(own.lines, code) for code in programs_of}
    mine = {sub[:12] for unit, sub, _ in own.lines if unit == TU}
    assert promised("sekcam", "Kegiatan") == {"Jumlah": below(own.lines, unit=TU)} | {c: below(own.lines, c) for c in mine}
    for kode in NAMES:
        subs = {sub: n for (unit, sub), n in by_sub(own.lines).items() if unit == kode}
        if subs:
            assert promised(kode, "Sub Kegiatan") == {"Jumlah": sum(subs.values())} | subs
        else:
            assert f"Belum ada anggaran {own.said}." in text(walked.letter(stage, f"surat/PK-{kode}-{TAHUN}.docx"))
        rows = cells(table(walked.letter(stage, f"surat/PK-{kode}-{TAHUN}.docx"), *GOAL_HEADS))
        assert {row[2]: (row[4], row[3]) for row in rows if row[4].strip("…")} == {
            g.nama: (f"{g.target:,}".replace(",", "."), g.satuan) for g in own.goals if g.unit == kode
        }


ACTA = ("No", "Kode dan Sub Kegiatan", "Diusulkan (Rp)", "Catatan Penelaah", "Tanggapan Unit", "Disepakati (Rp)", "Alasan")


@every_stage
def test_the_berita_acara_shows_the_meeting_and_the_plan(walked: Walked, stage: str):
    own, proposed, agreed = STAGES[stage], by_sub(counted_lines()), by_sub(agreed_lines())
    for kode in NAMES:
        letter = walked.letter(stage, f"cetak/Berita-Acara-{kode}-{TAHUN}.docx")
        rows = {row[1].split("\n")[0]: (row[2], row[5]) for row in cells(table(letter, *ACTA))}
        subs = {row.sub for row in RAB if row.unit == kode}
        assert rows.keys() - {"Jumlah"} == subs
        met = stage != "usulan"
        late = {row.sub: told(row.amount or 0).removeprefix("Rp") for row in RAB if row.unit == LINMAS}
        for sub in subs:
            aside = {**late, PELAYANAN: "1 baris yang nilainya belum diketahui"}.get(sub)
            known = told(proposed.get((kode, sub), 0)).removeprefix("Rp")
            assert rows[sub][0] == known + (f"\nTidak dihitung: {aside}" if aside else "")
            assert rows[sub][1].strip() == (told(agreed.get((kode, sub), 0)).removeprefix("Rp") if met else "")
        said = text(letter)
        shown = re.findall(r"Catatan saat dicetak: anggaran yang berlaku (.*) (Rp[\d.]+)[.;]", said)
        assert shown == ([(own.said, told(below(own.lines, unit=kode)))] if met else [])
        assert ("Nomor: 000.7/21/KLS/2025" in said) == (f"Jumat {IN_WORDS}" in said) == met


@every_stage
def test_a_form_of_others_is_filled_with_the_plan(walked: Walked, stage: str):
    sheet = walked.book(stage, "bappeda-terisi.xlsx").active
    assert isinstance(sheet, Worksheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=19, max_col=7)]
    own = STAGES[stage]
    assert {row[1]: row[6] for row in rows if row[6] is not None} == {sub: n for (_, sub), n in by_sub(own.lines).items()}
    filled = {g.nama: (g.target, g.satuan) for g in own.goals if g.kode.count(".") == 5}
    assert {row[3]: (row[4], row[5]) for row in rows if row[3]} == filled
    left = [g.nama for g in own.goals if g.nama not in filled]  # a form of sub kegiatan has no place for them
    said = " ".join(walked.said[stage, "isi"].split())
    assert len(left) == 3 and "(W309)" in said and all(name in said for name in left)


# ---- the meeting and the locks ------------------------------------------------------------------------------


def test_periksa_says_only_what_is_wrong(walked: Walked):
    found = {(c["kode"], c["berkas"], c["sel"]) for c in walked.json("usulan", "periksa")["catatan"] if c["tingkat"] != "info"}
    assert found == {("N401", f"Usulan-{PELUM}-{TAHUN}.xlsx", "R13"), ("U902", f"Usulan-{LINMAS}-{TAHUN}.xlsx", "")}


def test_the_review_starts_from_what_is_counted_held_and_late(walked: Walked):
    content = read(walked.kept["usulan"] / "Lembar-Penelaahan.xlsx", {PENELAAHAN.key: {PENELAAHAN.version: PENELAAHAN}})
    keys = ("diusulkan", "tidak_dihitung", "belum_diketahui", "pagu", "disepakati")
    rows = {(r.text("unit"), r.text("kode")): tuple(r.get(k) for k in keys) for r in content.rows("telaah_sub")}
    proposed = by_sub(counted_lines())
    assert rows == {
        (row.unit, row.sub): (
            proposed.get((row.unit, row.sub), 0),
            row.amount if row.unit == LINMAS else None,
            UNKNOWN if row.sub == PELAYANAN else None, PAGU, None,
        )
        for row in RAB
    }  # fmt: skip
    accounts = {
        (r.text("unit"), r.text("kode_sub"), r.text("kode_rekening")): r.get("diusulkan") for r in content.rows("telaah_rekening")
    }
    assert accounts == counted_lines()


@pytest.mark.parametrize(("stage", "file"), [("penetapan", ""), ("perubahan", "-perubahan-1")])
def test_the_lock_holds_what_was_agreed(walked: Walked, stage: str, file: str):
    own = STAGES[stage]
    plan, said = read_plan((walked.folder / f"arsip/Penetapan-{TAHUN}{file}.xlsx").read_bytes(), "rencana.xlsx")
    assert plan is not None and said == ()
    assert {(x.unit, x.kode_sub, x.rekening): x.jumlah for x in plan.lines} == own.lines
    assert {(s.unit, s.kode): s.anggaran for s in plan.subs if s.anggaran} == by_sub(own.lines)
    assert {(i.unit, i.kode, i.nama): (i.target, tuple(q or 0 for q in i.quarters)) for i in plan.indicators} == {
        (g.unit, g.kode, g.nama): (g.target, g.quarters) for g in own.goals
    }
    assert f"menurut {plan.dated}" == own.said
    assert f"{own.total:,}".replace(",", ".") in walked.said[stage, "kunci"]


def test_the_comparison_is_the_dpas_difference(walked: Walked):
    said = walked.said["perubahan", "bandingkan"]
    old, new = STAGES["penetapan"].total, STAGES["perubahan"].total
    for words in (told(old), told(new), f"Selisih: {told(new - old)}"):
        assert words in said


def test_status_tells_the_locks_and_what_is_owed(walked: Walked):
    locks = [("2025-12-19", STAGES["penetapan"].total), ("2026-07-15", STAGES["perubahan"].total)]
    for number, stage in enumerate(STAGES):
        found = walked.json(stage, "status")
        assert (found["tahap"], [(one["tanggal"], one["total"]) for one in found["dikunci"]]) == (stage, locks[:number])
    assert {one["kode"]: [owed["hal"] for owed in one["ditunggu"]] for one in found["unit"]} == {
        TU: ["perbaikan PK", "perbaikan realisasi keuangan TW3"], EKBANG: ["perbaikan PK"], PELUM: ["perbaikan PK"],
        LINMAS: ["perbaikan PK"],
    }  # fmt: skip


# ---- each triwulan --------------------------------------------------------------------------------------------

every_quarter = pytest.mark.parametrize("tw", [1, 2, 3, 4])


def lines_of(tw: int) -> Mapping[Line, int]:
    return STAGES[OF_TW[tw - 1]].lines


@every_quarter
def test_the_forms_hand_out_the_plan_and_the_triwulan_before(walked: Walked, tw: int):
    own = STAGES[OF_TW[tw - 1]]
    place = walked.folder / f"formulir/TW{tw}"
    content = read(place / f"Realisasi-keuangan-TW{tw}.xlsx", MEASURING)
    form = content.form("identitas")
    assert form is not None and f"menurut {form.text('rencana')}" == own.said
    assert {
        (r.text("unit"), r.text("kode_sub"), r.text("rekening")): (r.get("pagu"), tuple(r.get(f"uang_{n}") for n in range(1, 5)))
        for r in content.rows("realisasi_uang")
    } == {one: (n, (*SPENT[one][: tw - 1], *[None] * (5 - tw))) for one, n in own.lines.items()}
    for kode in {unit for unit, _, _ in own.lines}:
        due = 2 if kode == LINMAS else 0  # nothing was asked of it before the DPA of July
        rows = read(place / f"Realisasi-{kode}-TW{tw}.xlsx", MEASURING).rows("realisasi_indikator")
        assert {r.text("nama"): (r.get("target"), tuple(r.get(f"real_{n}") for n in range(1, 5))) for r in rows} == {
            g.nama: (g.target, (*[None] * due, *g.real[due : tw - 1], *[None] * (5 - tw))) for g in own.goals if g.unit == kode
        }


def money(tw: int, code: str = "", unit: str = "") -> tuple[int, int | None, int, Decimal | None]:
    """Pagu, realisasi, rekening not reported and serapan until a triwulan."""
    lines = lines_of(tw)
    pagu, spent = below(lines, code, unit), spent_until(lines, tw, code, unit)
    return pagu, spent, unreported(lines, tw, code, unit), None if spent is None or not pagu else half_up(spent, pagu)


@every_quarter
def test_the_json_of_capaian_is_the_sum_of_what_was_reported(walked: Walked, tw: int):
    own, found = STAGES[OF_TW[tw - 1]], walked.json(OF_TW[tw - 1], f"capaian {tw}")
    shown = {
        (one["tingkat"], one["kode"], one["unit"] if one["tingkat"] == "subkegiatan" else ""): (
            one["pagu"], one["realisasi"], one["belum_diketahui"], None if one["serapan"] is None else Decimal(one["serapan"]),
        )
        for one in found["anggaran"]
    }  # fmt: skip
    nodes = {("kantor", "", ""): money(tw)}
    nodes |= {("unit", unit, ""): money(tw, unit=unit) for unit in {u for u, _, _ in own.lines}}
    for unit, sub, _ in own.lines:
        nodes |= {("program", sub[:7], ""): money(tw, sub[:7]), ("kegiatan", sub[:12], ""): money(tw, sub[:12])}
        nodes |= {("subkegiatan", sub, unit): money(tw, sub, unit)}
    assert {key: value for key, value in shown.items() if value[0] and key[0] != "jenis"} == nodes
    for key in ("5.1.02", "5.2"):
        of_jenis = {one: n for one, n in own.lines.items() if one[2].startswith(key)}
        pagu, spent = sum(of_jenis.values()), spent_until(of_jenis, tw)
        assert spent is not None
        assert shown["jenis", key, ""] == (pagu, spent, unreported(of_jenis, tw), half_up(spent, pagu))
    goals = {(g.unit, g.nama): g for g in own.goals}
    assert {(one["unit"], one["indikator"]) for one in found["indikator"]} == goals.keys()
    for one in found["indikator"]:
        goal_of, percent = goals[one["unit"], one["indikator"]], reached(goals[one["unit"], one["indikator"]], tw)
        assert (one["target"], one["satuan"]) == (str(goal_of.target), goal_of.satuan)
        assert percent is None or Decimal(one["capaian_sd_tw"]) == percent
        assert tw < 4 or Decimal(one["capaian_tahun"]) == percent
    averages = {one["kunci"]: one["capaian"] for one in found["rata_rata"] if one["kelompok"] in ("kantor", "unit")}
    expected = {unit: mean((g for g in own.goals if g.unit == unit), tw) for unit in {g.unit for g in own.goals}}
    assert {key: Decimal(averages[key]) for key in expected} == expected
    assert Decimal(next(o["capaian"] for o in found["rata_rata"] if o["kelompok"] == "kantor")) == mean(own.goals, tw)


@every_quarter
def test_the_capaian_workbook_agrees_with_the_json(walked: Walked, tw: int):
    own, stage = STAGES[OF_TW[tw - 1]], OF_TW[tw - 1]
    book = walked.book(stage, f"Capaian-{TAHUN}{f'-TW{tw}' if tw < 4 else ''}.xlsx")
    assert own.said in str(book["Ringkasan"]["A5"].value)
    summary = {
        row["Kode Unit"]: (row["Pagu (Rp)"], row["Realisasi (Rp)"])
        for row in records(book["Ringkasan"], "Unit", "Kode Unit", "Pagu (Rp)", "Realisasi (Rp)")
        if row["Kode Unit"] in NAMES
    }
    assert summary == {
        unit: money(tw, unit=unit)[:2] if below(own.lines, unit=unit) else (0, "tidak berlaku") for unit in NAMES
    }
    sheet = book["Realisasi Anggaran"]
    shown = {
        (row["Tingkat"], row["Kode"] or ""): (row["Pagu (Rp)"], row["Realisasi (Rp)"], *(row[f"TW {r} (Rp)"] for r in ROMAN[:tw]))
        for row in records(sheet, "Tingkat", "Pagu (Rp)", "TW I (Rp)")
        if row["Pagu (Rp)"]
    }
    nodes = {("Kantor", "")} | {
        (level, sub[:end]) for _, sub, _ in own.lines for level, end in (("Program", 7), ("Kegiatan", 12), ("Sub kegiatan", 17))
    }

    def quarters(code: str) -> list[int | str]:
        nothing = "tidak berlaku" if code.startswith(TOKOH[:7]) else "belum diisi"
        return [nothing if (n := spent_in(own.lines, q, code)) is None else n for q in range(1, tw + 1)]

    assert shown == {(level, code): (*money(tw, code)[:2], *quarters(code)) for level, code in nodes}
    measured = {
        row["Indikator"]: (row["Target Tahun"], row["Capaian Setahun (%)"])
        for row in records(book["Capaian Indikator"], "Indikator", "Target Tahun", "Capaian Setahun (%)")
        if row["Target Tahun"] is not None
    }
    assert {name: target for name, (target, _) in measured.items()} == {g.nama: g.target for g in own.goals}


def test_what_was_not_due_accuses_nobody(walked: Walked):
    """The late unit got its money in July: no file, row or figure of TW I and II is missed."""
    found = walked.json("perubahan", "capaian 4")["catatan"]
    assert {(c["kode"], c["berkas"]) for c in found if c["tingkat"] != "info"} == {("C251", "TW3/Realisasi-keuangan-TW3.xlsx")}


def test_the_screen_shows_every_unit_that_has_money(walked: Walked):
    said = " ".join(walked.said["perubahan", "layar"].split())
    for unit in NAMES:
        _, spent, lacking, _ = money(4, unit=unit)
        assert spent is not None
        line = re.search(rf"{re.escape(NAMES[unit])} .*?{re.escape(told(spent))}", said)
        assert line, (unit, lacking)


def test_the_lkjip_closes_with_the_same_figures(walked: Walked):
    own = STAGES["perubahan"]
    letter = walked.letter("perubahan", f"LKjIP-{TAHUN}.docx")
    _, spent, lacking, serapan = money(4)
    assert spent is not None and serapan is not None
    words = f"realisasi sedikitnya {told(spent)} ({lacking} rekening belum diketahui)"
    share = f"serapan sedikitnya {str(serapan).replace('.', ',')} %"
    assert f"Anggaran {told(own.total)} {own.said} (Rapat kantor), {words}, {share}." in text(letter)
    whole = next(t for t in letter.tables if [c.text for c in t.rows[0].cells][:3] == ["Kode", "Uraian", "Pagu (Rp)"])
    rows = {row[0].removeprefix("Jumlah"): (rupiah(row[2]), row[3]) for row in cells(whole) if rupiah(row[2])}

    def shown(code: str) -> tuple[int, str]:
        pagu, amount, open_lines, _ = money(4, code)
        figure = f"{amount:,}".replace(",", ".")
        return pagu, f"sedikitnya {figure} ({open_lines} rekening belum diketahui)" if open_lines else figure

    assert rows == {code: shown(code) for code in {sub[:end] for _, sub, _ in own.lines for end in (7, 12, 17)} | {""}}
    heads = ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)", "Predikat"]
    reached_rows = [row for t in letter.tables if [c.text for c in t.rows[0].cells] == heads for row in cells(t)]
    assert {r[1].split("\n")[0]: (r[2], rupiah(r[3]), rupiah(r[4]), r[5]) for r in reached_rows} == {
        g.nama: (g.satuan, g.target, sum(g.real), str(reached(g, 4)).replace(".", ",")) for g in own.goals
    }


def test_next_years_folder_carries_the_office_over(walked: Walked):
    year = Year(walked.folder.parent / "tahun-depan")
    assert [unit.kode for unit in year.office.units] == list(NAMES)
    assert year.office.satuan.own == (("Keramba", "Karamba"),)
    back, _ = year.last_recap
    assert back is not None
    values, said = year.earlier
    assert said == ()
    assert {(v.unit, v.nama): (v.target, v.realised, v.percent) for v in values} == {
        (g.unit, g.nama): (g.target, sum(g.real), reached(g, 4)) for g in STAGES["perubahan"].goals
    }
