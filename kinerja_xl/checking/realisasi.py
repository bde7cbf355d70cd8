"""Rules of the returned measuring workbooks: their rows against the locked plan (C207, C220 to C223).

What a figure says is judged in ``realisasi_angka``; which file counts in ``reckoning/returns``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, settled
from kinerja_xl.checking.rules import Case
from kinerja_xl.frames import Checked, check_rows
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.intake import Return
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.year import plan_label, plan_sign
from kinerja_xl.reckoning.year.due import Promise, line_key
from kinerja_xl.reckoning.year.tracks import INDICATORS, MONEY, PHYSICS, PROMISES, WORDS, Sorted, Track, Tracks
from kinerja_xl.sheets.choices import SATUAN, Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.realisasi import IDENTITY_KEYS, PROMISE_KEYS
from kinerja_xl.sheets.values import fold, format_number, format_rupiah, suggestion

_NOUNS = {INDICATORS: "Indikator", WORDS: "Indikator", PHYSICS: "Sub kegiatan", MONEY: "Rekening", PROMISES: "Outcome"}
_NAMED_BY = {INDICATORS: "nama", WORDS: "nama", PHYSICS: "kode_sub", MONEY: "rekening", PROMISES: "outcome"}
_KEYS = {INDICATORS: IDENTITY_KEYS, WORDS: IDENTITY_KEYS, PHYSICS: ("kode_sub",), MONEY: ("unit", "kode_sub", "rekening"),
         PROMISES: PROMISE_KEYS}  # fmt: skip
_FROZEN = ("tipe", "satuan", "arah", "akumulasi", "batas_bawah", "batas_atas", "target", *QUARTERS)
"""What the plan says of an indicator and a form shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What every rule of the returns needs. ``older``: the plans that were in force before this one."""

    tracks: Tracks
    plan: Plan
    older: tuple[Plan, ...]
    office: Office
    lists: Listings
    triwulan: int

    def case(self, returned: Return) -> Case:
        return Case(submission=returned.submission, lists=self.lists, office=self.office)


def declared(returns: Iterable[Return], lists: Listings) -> list[Finding]:
    """Findings of the declared checks (required cells, bounds) of files that count."""
    rows = []
    for returned in returns:
        content = returned.submission.content
        for sheet in content.sheets if content else ():
            blocks = {b.key: b for b in content.book.sheet(sheet.key).blocks} if content else {}
            own = [*sheet.forms.items(), *((key, row) for key, found in sheet.tables.items() for row in found)]
            rows += [
                Checked(block=blocks[key], row=row, file=returned.file, unit=returned.unit, reported=returned.submission.reported)
                for key, row in own
            ]
    return check_rows(rows, lists)


def with_reported(returned: Return, findings: Iterable[Finding]) -> Return:
    """The file with the places that these findings, all of that file, name, so that no rule says them again."""
    submission = returned.submission
    return replace(returned, submission=replace(submission, reported=submission.reported | settled(findings)))


def against_plan(judging: Judging) -> Iterator[Finding]:
    """Rows that the plan does not know or the file has lost, and what the form says otherwise than the plan."""
    for one in judging.tracks.tables:
        case = judging.case(one.returned)
        yield from _strange(one, case)
        yield from _absent(one)
        yield from _twice(one, case)
    yield from _changed(judging)


def _strange(one: Sorted, case: Case) -> Iterator[Finding]:
    key, noun = _NAMED_BY[one.table], _NOUNS[one.table]
    for row in one.strange:
        if case.reported(row, *_KEYS[one.table]):
            continue
        value, names = str(row.get(key) or ""), [_name(item) for item in one.absent if _alike(item, row)]
        yield case.at("C220", one.table, row, key, value, rincian=noun, usul=suggestion(value, names, 'mungkin "{}"'))


_Item = PlanIndicator | PlanSub | PlanLine | Promise


def _alike(item: _Item, row: Row) -> bool:
    """Whether a line of the plan is of the kind, unit and sub kegiatan that a strange row names, as far as it names them."""
    if isinstance(item, PlanIndicator):
        return row.get("level") in (None, item.level)
    if isinstance(item, PlanSub | Promise):
        return True
    return row.get("unit") in (None, item.unit) and row.get("kode_sub") in (None, item.kode_sub)


def _name(item: _Item) -> str:
    if isinstance(item, PlanIndicator):
        return item.nama
    if isinstance(item, Promise):
        return item.outcome
    return item.kode if isinstance(item, PlanSub) else item.rekening


def _absent(one: Sorted) -> Iterator[Finding]:
    """A line of the plan that the file has lost, unless a strange row is what became of it."""
    for item in one.absent:
        if any(_likely(item, row) for row in one.strange):
            continue
        sheet = next((r.sheet for r in one.returned.rows(one.table)), "")
        words = {"rincian": _NOUNS[one.table]}
        value = _name(item) if not isinstance(item, PlanLine) else f"{item.rekening} ({item.kode_sub}, {item.unit})"
        yield Finding(code="C221", file=one.returned.file, unit=one.returned.unit, sheet=sheet, value=value, args=words)


def _likely(item: _Item, row: Row) -> bool:
    """Whether a strange row says all but one of the things that tell this line."""
    if isinstance(item, PlanIndicator):
        pairs = [(item.kode, "kode"), (item.level, "level"), (item.nama, "nama")]
    elif isinstance(item, Promise):
        pairs = [(str(item.origin), "tahun_rencana"), (item.kode, "kode_sub"), (item.outcome, "outcome")]
    elif isinstance(item, PlanSub):
        return not row.get("kode_sub") or fold(str(row.get("nama_sub") or "")) == fold(item.nama)
    else:
        pairs = [(item.unit, "unit"), (item.kode_sub, "kode_sub"), (item.rekening, "rekening")]
    return sum(fold(str(row.get(key) or "")) == fold(text) for text, key in pairs) == len(pairs) - 1


def _twice(one: Sorted, case: Case) -> Iterator[Finding]:
    key = _NAMED_BY[one.table]
    for row, other in one.twice:
        if not case.reported(row, *_KEYS[one.table]):
            value = str(row.get(key) or "")
            yield case.at("C222", one.table, row, key, value, rincian=_NOUNS[one.table], baris=str(other.row))


# ---- what the plan froze -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One returned file with what it shows otherwise than the plan in force, and than the plan that it was made from; ``gone``
    are its rows of an earlier plan that nobody asks for any more."""

    returned: Return
    case: Case
    now: list[Finding] = field(default_factory=list)
    own: list[Finding] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)


def _changed(judging: Judging) -> Iterator[Finding]:
    """Cell by cell against the plan that the form was made from (C223). Where that is not the plan in force, one word for
    the file: an older version (C211) or none that we know (C207)."""
    known = {plan_sign(plan): _by_key(plan) for plan in (*judging.older, judging.plan)}
    forms: dict[str, _Form] = {}

    def form_of(returned: Return) -> _Form:
        return forms.get(returned.file) or forms.setdefault(returned.file, _Form(returned=returned, case=judging.case(returned)))

    gone = {id(row) for one in judging.tracks.tables for row in one.former}
    tracks: list[Track[PlanIndicator] | Track[PlanLine]] = [*judging.tracks.indicators, *judging.tracks.money]
    for track in tracks:
        key, frozen = _key(track.item), _frozen(track.item)
        for spot in track.spots.values():
            form = form_of(spot.returned)
            before = known.get(spot.returned.sign, {}).get(key)
            now = [*changed_cells(form.case, track.table, spot.row, frozen)]
            form.now.extend(now if id(spot.row) not in gone else ())
            same = before is track.item  # the form was made from the plan in force: nearly always
            form.own.extend(now if same else changed_cells(form.case, track.table, spot.row, _frozen(before)) if before else ())
    for one in judging.tracks.tables:
        if one.former and one.table != WORDS:
            form_of(one.returned).gone.extend(one.former)
    for form in forms.values():
        yield from form.own
        own = {(f.sheet, f.cell) for f in form.own}  # a cell that never was what the form came with is no matter of plans
        form.now[:] = [f for f in form.now if (f.sheet, f.cell) not in own]
        sign = form.returned.sign
        if sign not in known:
            yield _other_plan("C207", judging, form)
        elif sign != plan_sign(judging.plan) and (form.now or form.gone):
            yield _other_plan("C211", judging, form)


def _by_key(plan: Plan) -> Mapping[tuple[str, ...], PlanIndicator | PlanLine]:
    items: list[PlanIndicator | PlanLine] = [*plan.indicators, *plan.lines]
    return {_key(item): item for item in items}


def _key(item: PlanIndicator | PlanLine) -> tuple[str, ...]:
    return item.identity if isinstance(item, PlanIndicator) else line_key(item)


def _other_plan(code: str, judging: Judging, form: _Form) -> Finding:
    returned, plan = form.returned, judging.plan
    content = returned.submission.content
    identity = content.form("identitas") if content else None
    words = {"rincian": f"{plan_label(plan)} ({plan_sign(plan)})", "banyak": str(len(form.now) + len(form.gone))}
    value = f"{returned.plan or 'rencana tanpa nama'} ({returned.sign or 'tanpa tanda'})"
    sheet, cell = (identity.sheet, identity.cell("tanda_rencana")) if identity else ("", "")
    return Finding(code=code, file=returned.file, unit=returned.unit, sheet=sheet, cell=cell, value=value, args=words)


def _frozen(item: PlanIndicator | PlanLine) -> dict[str, object]:
    if not isinstance(item, PlanIndicator):
        return {"pagu": Decimal(item.jumlah)}
    own = {"batas_bawah": item.bawah, "batas_atas": item.atas, **dict(zip(QUARTERS, item.quarters, strict=True))}
    return {key: own[key] if key in own else getattr(item, key) for key in _FROZEN}


def changed_cells(case: Case, table: str, row: Row, frozen: dict[str, object]) -> Iterator[Finding]:
    """C223: what a form shows otherwise than it was handed out with."""
    if frozen.items() <= row.values.items():  # nearly always
        return
    for key, planned in frozen.items():
        value = row.get(key)
        same = case.lists.measures.same(value, planned) if key == SATUAN else _same(value, planned)
        if same or not row.cell(key) or not case.has(table, key) or case.reported(row, key):
            continue
        yield case.at("C223", table, row, key, _shown(value, key), rincian=_shown(planned, key))


def _same(a: object, b: object) -> bool:
    if a == b:
        return True
    if isinstance(a, Decimal) or isinstance(b, Decimal):
        return False
    return fold(str(a or "")) == fold(str(b or ""))


def _shown(value: object, key: str) -> str:
    if isinstance(value, Decimal):
        return format_rupiah(value) if key == "pagu" else format_number(value)
    return str(value or "(kosong)")
