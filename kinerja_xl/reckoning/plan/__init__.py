"""The locked plan (penetapan) as data: what the office agreed to do and to spend, frozen for measuring.

It is written to arsip/Penetapan-TAHUN….xlsx by ``kunci`` and read back for every later step. Amounts are whole rupiah
(int). Nothing here reads or writes a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kinerja_xl.office.prefill import as_rows, book_of
from kinerja_xl.reckoning import grouped
from kinerja_xl.sheets.choices import JENIS_BELANJA, JENIS_KEY
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.penetapan import MONTH_KEYS, PENETAPAN
from kinerja_xl.sheets.values import format_date, format_number, parse_text
from kinerja_xl.words.text import fold

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


@dataclass(frozen=True, kw_only=True)
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

    @property
    def title(self) -> str:
        """``Penetapan`` or ``Perubahan ke-1``."""
        return self.tahap.capitalize() + (f" ke-{self.nomor}" if self.nomor else "")

    @property
    def dated(self) -> str:
        """``Perubahan ke-1 tanggal 21 Juli 2025``."""
        return self.title + (f" tanggal {format_date(self.tanggal)}" if self.tanggal else "")

    @property
    def funded(self) -> tuple[PlanSub, ...]:
        """The sub kegiatan that got money: what was rejected, or lost its money since, is neither promised nor measured."""
        return tuple(sub for sub in self.subs if sub.anggaran > 0)

    @cached_property
    def promising(self) -> frozenset[str]:
        """The units that have something in it, and sign a PK."""
        return frozenset({one.unit for one in self.indicators} | {sub.unit for sub in self.funded})

    @property
    def promised(self) -> tuple[PlanIndicator, ...]:
        """The indicators that still hold: not those of a sub kegiatan that has no money any more."""
        lost = {(sub.unit, sub.kode) for sub in self.subs} - {(sub.unit, sub.kode) for sub in self.funded}
        return tuple(one for one in self.indicators if (one.unit, one.kode) not in lost)

    @cached_property
    def indicators_of(self) -> Mapping[str, list[PlanIndicator]]:
        """The indicators of each unit."""
        return grouped((one.unit, one) for one in self.indicators)

    @cached_property
    def subs_of(self) -> Mapping[str, list[PlanSub]]:
        """The sub kegiatan of each unit."""
        return grouped((sub.unit, sub) for sub in self.subs)

    @cached_property
    def owners(self) -> Mapping[tuple[str, str, str], list[str]]:
        """The units that have an indicator of this code, level and name."""
        return grouped((one.identity[1:], one.unit) for one in self.indicators)


PROPOSAL, CHANGE = "usulan", "perubahan"
"""Kinds of a plan that are asked for by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The plan that holds now. ``path`` None: nothing is locked, and the plan is the proposal as it is counted.

    ``changed``: a perubahan stands among the plans locked so far, even where a pergeseran came after it.
    """

    plan: Plan
    path: Path | None = None
    changed: bool = False

    @property
    def kind(self) -> str:
        """usulan, penetapan, perubahan or pergeseran."""
        return self.plan.tahap if self.path else PROPOSAL

    @property
    def tanggal(self) -> date | None:
        """The day from which it holds; a proposal has none."""
        return self.plan.tanggal if self.path else None

    @property
    def sentence(self) -> str:
        """``menurut usulan``, ``menurut Perubahan ke-1 tanggal 21 Juli 2025``."""
        return f"menurut {self.plan.dated if self.path else self.kind}"

    @property
    def locked(self) -> Plan | None:
        """The plan where it was locked; None for a proposal."""
        return self.plan if self.path else None


# ---- The locked plan as the content of its workbook and back, and the hash over its rows. Pure functions ----
# What can be written can be read back unchanged: ``steady`` brings texts and numbers into the form in which a workbook
# gives them back, and a plan is hashed in that form only.

_BOUNDS = {"bawah": "batas_bawah", "atas": "batas_atas"}
_PLAIN = tuple(
    f.name for f in fields(PlanIndicator) if f.name not in ("unit", "quarters", "bawah", "atas", "iku")
)  # the names of these are the columns' keys
_R = TypeVar("_R", PlanSub, PlanLine)


class Unreadable(Exception):
    """A row of a locked plan lacks what it cannot be without; ``args`` hold sheet and row."""


# ---- steady ----------------------------------------------------------------------------------


def steady(plan: Plan) -> Plan:
    """The same plan with texts and numbers as a workbook gives them back, hashed."""
    clean = replace(
        plan,
        tahap=_text(plan.tahap), dasar=_text(plan.dasar), kantor=_text(plan.kantor), menggantikan=_text(plan.menggantikan),
        subs=tuple(_steady_texts(sub) for sub in plan.subs),
        lines=tuple(_steady_texts(line) for line in plan.lines),
        indicators=tuple(_steady_indicator(one) for one in plan.indicators),
        kas={(_text(unit), _text(sub)): months for (unit, sub), months in plan.kas.items()},
    )  # fmt: skip
    return replace(clean, sha256=digest(clean))


def _text(text: str) -> str:
    """A text as reading gives it back; the parser is applied until nothing changes (a leading mark may stand twice)."""
    while (again := parse_text(text).value or "") != text:
        text = again
    return text


def _value(value: Target) -> Target:
    if isinstance(value, Decimal):
        return value if value == value.to_integral_value() else Decimal(repr(float(value)))
    return None if value is None else _text(value) or None


def _steady_texts(row: _R) -> _R:
    return replace(row, **{f.name: _text(v) for f in fields(row) if isinstance(v := getattr(row, f.name), str)})  # type: ignore[arg-type]


def _steady_indicator(one: PlanIndicator) -> PlanIndicator:
    texts = {f.name: _text(v) for f in fields(one) if isinstance(v := getattr(one, f.name), str)}
    q1, q2, q3, q4 = (_value(q) for q in one.quarters)
    values = {name: _value(getattr(one, name)) for name in ("baseline", "target", "bawah", "atas")}
    return replace(one, **{**texts, **values, "quarters": (q1, q2, q3, q4)})  # type: ignore[arg-type]


# ---- hash ------------------------------------------------------------------------------------


def digest(plan: Plan) -> str:
    """SHA-256 (hex) over all values of a plan; the order of rows does not matter, the hash itself is left out."""
    rows: list[list[str]] = [["plan", str(plan.tahun), plan.tahap, str(plan.nomor), str(plan.urutan), plan.menggantikan,
                              str(plan.tanggal or ""), plan.dasar, plan.kantor]]  # fmt: skip
    own: tuple[PlanSub | PlanLine | PlanIndicator, ...] = (*plan.subs, *plan.lines, *plan.indicators)
    rows += sorted([type(row).__name__, *_shown(row)] for row in own)
    rows += sorted(["kas", unit, sub, *map(str, months)] for (unit, sub), months in plan.kas.items())
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _shown(row: PlanSub | PlanLine | PlanIndicator) -> Iterable[str]:
    for one in fields(row):
        value = getattr(row, one.name)
        yield from (_canonical(v) for v in (value if isinstance(value, tuple) else (value,)))


def _canonical(value: object) -> str:
    """A number without exponent and trailing zeros; None apart from every text."""
    if isinstance(value, Decimal):
        return f"#{format_number(value)}"
    return "\0" if value is None else str(value)


# ---- plan -> content -------------------------------------------------------------------------


def content_of(plan: Plan, accounts: Mapping[str, str], unit_name: Callable[[str], str]) -> BookContent:
    """The content of its workbook; ``accounts`` and ``unit_name`` give names for people: no part of what is locked."""
    subs = {sub.kode: sub.nama for sub in plan.subs}

    def named(unit: str, sub: str = "") -> dict[str, object]:
        return {"unit": unit, "nama_unit": unit_name(unit), "nama_sub": subs.get(sub) or None}

    form = {
        "kantor": plan.kantor, "tahun": Decimal(plan.tahun), "tahap": plan.tahap, "nomor": Decimal(plan.nomor),
        "urutan": Decimal(plan.urutan), "menggantikan": plan.menggantikan or None, "tanggal": plan.tanggal,
        "dasar": plan.dasar or None, "sha256": plan.sha256,
    }  # fmt: skip
    tables = {
        "penetapan_sub": as_rows(named(sub.unit) | _sub_record(sub) for sub in plan.subs),
        "penetapan_anggaran": as_rows(
            named(line.unit, line.kode_sub) | {
                "kode_sub": line.kode_sub, "kode_rekening": line.rekening,
                "nama_rekening": accounts.get(line.rekening), "jenis_belanja": JENIS_BELANJA.get(line.jenis),
                "jumlah": Decimal(line.jumlah),
            }
            for line in plan.lines
        ),
        "penetapan_indikator": as_rows(named(one.unit) | indicator_record(one) for one in plan.indicators),
        "penetapan_kas": as_rows(
            named(unit, sub) | {"kode_sub": sub, **dict(zip(MONTH_KEYS, map(Decimal, months), strict=True))}
            for (unit, sub), months in plan.kas.items()
        ),
    }  # fmt: skip
    return book_of(PENETAPAN, {"penetapan": form}, tables)


def _sub_record(sub: PlanSub) -> dict[str, object]:
    return {
        "unit": sub.unit, "kode": sub.kode, "nama": sub.nama or None, "diusulkan": Decimal(sub.diusulkan),
        "disepakati": Decimal(sub.disepakati), "alasan": sub.alasan or None,
        "dpa": None if sub.dpa is None else Decimal(sub.dpa), "alasan_dpa": sub.alasan_dpa or None,
    }  # fmt: skip


def indicator_record(one: PlanIndicator) -> dict[str, object]:
    """An indicator by the keys of the Indikator sheet's columns."""
    record: dict[str, object] = {"unit": one.unit, **{key: getattr(one, key) or None for key in _PLAIN}}
    record |= {"baseline": one.baseline, "target": one.target, **dict(zip(QUARTERS, one.quarters, strict=True))}
    return record | {"batas_bawah": one.bawah, "batas_atas": one.atas, "iku": "Ya" if one.iku else "Tidak"}


# ---- content -> plan -------------------------------------------------------------------------


def plan_of(content: BookContent) -> Plan:
    """The plan that a locked workbook holds, its stated hash included. Raises Unreadable."""
    form = content.form("penetapan")
    if form is None:
        raise Unreadable("Penetapan", "")
    day = form.get("tanggal")
    return Plan(
        tahun=_int(form, "tahun"), tahap=_str(form, "tahap"), nomor=_int(form, "nomor"), urutan=_int(form, "urutan"),
        tanggal=day if isinstance(day, date) else None, dasar=_str(form, "dasar"), kantor=_str(form, "kantor"),
        menggantikan=_str(form, "menggantikan"), sha256=_str(form, "sha256"),
        subs=tuple(_sub(row) for row in content.rows("penetapan_sub")),
        lines=tuple(_line(row) for row in content.rows("penetapan_anggaran")),
        indicators=tuple(indicator_of(row) for row in content.rows("penetapan_indikator")),
        kas={
            (_str(row, "unit"), _str(row, "kode_sub")): tuple(_int(row, key) for key in MONTH_KEYS)
            for row in content.rows("penetapan_kas")
        },
    )  # fmt: skip


def _sub(row: Row) -> PlanSub:
    return PlanSub(
        unit=_str(row, "unit"), kode=_str(row, "kode"), nama=_str(row, "nama"), diusulkan=_int(row, "diusulkan"),
        disepakati=_int(row, "disepakati"), dpa=None if row.get("dpa") is None else _int(row, "dpa"),
        alasan=_str(row, "alasan"), alasan_dpa=_str(row, "alasan_dpa"),
    )  # fmt: skip


def _line(row: Row) -> PlanLine:
    return PlanLine(
        unit=_str(row, "unit"), kode_sub=_str(row, "kode_sub"), rekening=_str(row, "kode_rekening"),
        jenis=JENIS_KEY.get(_str(row, "jenis_belanja"), ""), jumlah=_int(row, "jumlah"),
    )  # fmt: skip


def indicator_of(row: Row, unit: str = "") -> PlanIndicator:
    """The indicator of a row by the keys of the Indikator sheet; ``unit`` where the row has no column for it."""
    texts = {key: _str(row, key) for key in _PLAIN if key not in ("baseline", "target")}
    q1, q2, q3, q4 = (_target(row, key) for key in QUARTERS)
    return PlanIndicator(
        unit=unit or _str(row, "unit"), **texts, baseline=_target(row, "baseline"), target=_target(row, "target"),
        quarters=(q1, q2, q3, q4), bawah=row.number("batas_bawah"), atas=row.number("batas_atas"),
        iku=_str(row, "iku").casefold() == "ya",
    )  # fmt: skip


def _str(row: Row, key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _int(row: Row, key: str) -> int:
    value = row.number(key)
    if value is None or value != int(value):
        raise Unreadable(row.sheet, row.cell(key))
    return int(value)


def _target(row: Row, key: str) -> Target:
    value = row.get(key)
    return value if isinstance(value, Decimal | str) else None
