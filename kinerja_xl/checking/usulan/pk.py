"""Rules of the PK sheet against the office's stage: empty or a draft at usulan, required from penetapan on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import AMOUNTS, Case, rab_amounts, rule, trusted
from kinerja_xl.office.kantor import Office, Official
from kinerja_xl.office.prefill import second_party
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah


@rule("P801", "P802", "P803")
def pk_and_stage(case: Case) -> Iterator[Finding]:
    """A PK that is filled equals Indikator and RAB: "cek" while a draft at usulan, "wajib" afterwards (V.C, V.D).

    Once a plan is locked, what it froze counts instead: agreed targets and amounts differ from the proposal for good reasons.
    """
    content = case.submission.content
    if content is None:
        return
    binding = case.office is not None and case.office.tahap not in ("", "usulan")
    goals, money = content.rows("pk_kinerja"), content.rows("pk_anggaran")
    if not goals and not money:
        if binding:
            assert case.office is not None
            yield case.here("P801", content.book.sheet("pk").name, rincian=case.office.tahap)
        return
    if binding and case.plan is not None:
        yield from _locked_goals(case, goals, case.plan)
        yield from _locked_amounts(case, money, case.plan)
        return
    code = "P803" if binding else "P802"
    yield from _goals(case, goals, code)
    yield from _amounts(case, money, code)


def _goals(case: Case, goals: tuple[Row, ...], code: str) -> Iterator[Finding]:
    """Each indicator of the PK stands on the Indikator sheet with the same unit and target."""
    if not case.has("indikator", "nama", "satuan", "target"):
        return
    there = {fold(str(row.get("nama") or "")): row for row in case.submission.indikator}
    for row in goals:
        name = row.get("indikator")
        if not isinstance(name, str):
            continue
        match = there.get(fold(name))
        if match is None:
            yield case.at(code, "pk_kinerja", row, "indikator", name, pembanding="lembar Indikator", rincian="tidak ada di sana")
            continue
        for key in ("target", "satuan"):
            own, other = row.get(key), match.get(key)
            if own is None or other is None or case.reported(row, key) or case.reported(match, key):
                continue
            if own != other and fold(str(own)) != fold(str(other)):
                yield case.at(code, "pk_kinerja", row, key, _text(own), pembanding="lembar Indikator", rincian=_text(other))


def _amounts(case: Case, money: tuple[Row, ...], code: str) -> Iterator[Finding]:
    """Each amount of the PK equals the RAB below its program, kegiatan or sub kegiatan."""
    if not case.has("rab", "kode_sub", *AMOUNTS):
        return
    amounts = rab_amounts(case)
    rab = {sub: sum(parts.values(), Decimal(0)) for sub, parts in amounts.by_sub.items()}
    for row in money:
        kode, stated = row.get("kode"), row.get("anggaran")
        if not isinstance(kode, str) or not isinstance(stated, Decimal) or case.reported(row, "kode", "anggaran"):
            continue
        if not amounts.comparable(kode) or not (kode in rab or trusted(case, row, "kode", sub=False)):
            continue
        expected = sum((x for sub, x in rab.items() if sub == kode or sub.startswith(kode + ".")), Decimal(0))
        if expected != stated:
            yield case.at(
                code, "pk_anggaran", row, "anggaran", format_rupiah(stated), pembanding="RAB", rincian=format_rupiah(expected)
            )


LOCKED = "rencana yang dikunci"


def _locked_goals(case: Case, goals: tuple[Row, ...], plan: Plan) -> Iterator[Finding]:
    """Each indicator of the PK is one of the unit's in the locked plan, with its unit and target."""
    there = {fold(one.nama): one for one in plan.indicators if one.unit == case.submission.unit}
    for row in goals:
        name = row.get("indikator")
        if not isinstance(name, str) or case.reported(row, "indikator"):
            continue
        match = there.get(fold(name))
        if match is None:
            yield case.at("P803", "pk_kinerja", row, "indikator", name, pembanding=LOCKED, rincian="tidak ada di sana")
            continue
        for key, other in (("target", match.target), ("satuan", match.satuan)):
            own = row.get(key)
            if own is None or case.reported(row, key):
                continue
            if own != other and fold(str(own)) != fold(str(other)):
                yield case.at("P803", "pk_kinerja", row, key, _text(own), pembanding=LOCKED, rincian=_text(other))


def _locked_amounts(case: Case, money: tuple[Row, ...], plan: Plan) -> Iterator[Finding]:
    """Each amount of the PK equals the unit's locked budget below its program, kegiatan or sub kegiatan."""
    budget = {sub.kode: sub.anggaran for sub in plan.subs if sub.unit == case.submission.unit}
    for row in money:
        kode, stated = row.get("kode"), row.get("anggaran")
        if not isinstance(kode, str) or not isinstance(stated, Decimal) or case.reported(row, "kode", "anggaran"):
            continue
        expected = sum(amount for sub, amount in budget.items() if sub == kode or sub.startswith(kode + "."))
        if stated != expected:
            yield case.at(
                "P803", "pk_anggaran", row, "anggaran", format_rupiah(stated), pembanding=LOCKED, rincian=format_rupiah(expected)
            )


def _text(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value)


# ---- Rules of the PK letter: the right parties, output and outcome in it, its dates ----

LEVELS = ("Output", "Outcome")
_TITLES = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof"})


def _filled(case: Case) -> Row | None:
    """The PK's form once somebody has begun its lampiran; names alone are prefilled."""
    content = case.submission.content
    if content is None or not (content.rows("pk_kinerja") or content.rows("pk_anggaran")):
        return None
    return content.form("pk")


def _binding(case: Case) -> bool:
    return case.office is not None and case.office.tahap not in ("", "usulan")


def _person(name: str) -> str:
    """A name without its titles, for comparison: ``Drs. H. Anu, M.Si.`` is ``anu``."""
    words = name.split(",")[0].replace(".", ". ").split()
    return fold("".join(word for word in words if fold(word) not in _TITLES))


@rule("P804", "P805")
def parties(case: Case) -> Iterator[Finding]:
    """Pihak Pertama heads the unit on the day of the letter, Pihak Kedua is its superior by policy (V.D.3, V.E.3)."""
    pk = _filled(case)
    if pk is None or case.office is None or case.unit is None or not case.has("pk"):
        return
    stated = pk.get("tanggal_disampaikan")
    day = stated if isinstance(stated, date) and not case.reported(pk, "tanggal_disampaikan") else case.office.tanggal
    office = replace(case.office, tanggal=day)
    code = "P805" if _binding(case) else "P804"
    for key, official in (
        ("pertama_nama", office.official(case.unit.kode)),
        ("kedua_nama", second_party(office, case.unit)),
    ):
        name = pk.get(key)
        if official is None or official.status == "Plh." or case.reported(pk, key) or not pk.cell(key):
            continue  # nobody known, or somebody who signs no PK
        if not isinstance(name, str):
            if code == "P805":
                yield case.at(code, "pk", pk, key, "(kosong)", rincian=f"{official.nama} ({official.jabatan})")
        elif _person(name) not in {_person(o.nama) for o in _holders(office, official)}:
            yield case.at(code, "pk", pk, key, name, rincian=f"{official.nama} ({official.jabatan})")


def _holders(office: Office, official: Official) -> list[Official]:
    """Everybody who holds that post on the office's day: two at a time is the office's mistake, not the unit's."""
    return [o for o in office.officials if o.jabatan_kode == official.jabatan_kode and o.in_office(office.tanggal)]


@rule("P806", "P808")
def output_and_outcome(case: Case) -> Iterator[Finding]:
    """The PK holds an output and an outcome of the unit's Indikator sheet (V.D). What is missing there is said there."""
    pk = _filled(case)
    content = case.submission.content
    if pk is None or content is None or not case.has("pk_kinerja", "level") or not case.has("indikator", "level"):
        return
    rows = content.rows("pk_kinerja")
    if any(case.reported(row, "level") for row in rows):
        return
    here = {row.get("level") for row in rows}
    there = {row.get("level") for row in case.submission.indikator}
    missing = [level for level in LEVELS if level in there and level not in here]
    if missing:
        place = (rows[0].sheet, rows[0].cell("level")) if rows else (content.book.sheet("pk").name, "")
        code = "P808" if _binding(case) else "P806"
        yield case.here(code, *place, column=case.column("pk_kinerja", "level").label, rincian=" dan ".join(missing).lower())


@rule("P807")
def dates(case: Case) -> Iterator[Finding]:
    """Disampaikan and disetujui are dated from penetapan on, and in that order (V.D)."""
    pk = _filled(case)
    if pk is None or case.reported(pk, "tanggal_disampaikan", "tanggal_disetujui"):
        return
    given, agreed = pk.get("tanggal_disampaikan"), pk.get("tanggal_disetujui")
    for key in ("tanggal_disampaikan", "tanggal_disetujui") if _binding(case) else ():
        if pk.get(key) is None and pk.cell(key):
            yield case.at("P807", "pk", pk, key, rincian="belum diisi")
    if isinstance(given, date) and isinstance(agreed, date) and agreed < given:
        words = f"mendahului tanggal disampaikan {format_date(given)}"
        yield case.at("P807", "pk", pk, "tanggal_disetujui", format_date(agreed), rincian=words)
