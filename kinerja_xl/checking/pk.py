"""Rules of the PK sheet against the office's stage: empty or a draft at usulan, required from penetapan on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.checking.trust import AMOUNTS, rab_amounts, trusted
from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_number, format_rupiah


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
