"""Rules of the PK sheet against the office's stage: empty or a draft at usulan, required from penetapan on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import (
    AMOUNTS,
    Case,
    money,
    no_target,
    proposed_subs,
    rab_amounts,
    rule,
    sub_kegiatan,
    trusted,
    within_duties,
)
from kinerja_xl.checking.usulan.identitas import holders, nobody, same_post
from kinerja_xl.checking.usulan.indikator import without_outcome
from kinerja_xl.checking.usulan.tor_dan_rab import differences
from kinerja_xl.office.pejabat import person
from kinerja_xl.office.prefill import second_party
from kinerja_xl.package import address, coordinates
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah, suggest


@rule("P801", "P802", "P803")
def pk_and_stage(case: Case) -> Iterator[Finding]:
    """A PK that is filled equals Indikator and RAB: "cek" while a draft at usulan, "wajib" afterwards (V.C, V.D).

    Once a plan is locked, what it froze counts instead: agreed targets and amounts differ from the proposal for good reasons.
    """
    content = case.submission.content
    if content is None:
        return
    binding = case.binding
    goals, anggaran = content.rows("pk_kinerja"), content.rows("pk_anggaran")
    if not goals and not anggaran:
        if binding:
            assert case.office is not None
            yield case.once_locked(case.here("P801", content.book.sheet("pk").name, rincian=case.office.tahap))
    elif binding and case.plan is not None:
        plan, unit = case.plan, case.submission.unit
        agreed = plan.indicators_of.get(unit, ())
        locked = {fold(one.nama): {key: getattr(one, key) for key in _COMPARED} for one in agreed}
        yield from _goals(case, [row for row in goals if not case.reported(row, "indikator")], "P803", LOCKED, locked)
        budget = {sub.kode: Decimal(sub.anggaran) for sub in plan.subs_of.get(unit, ())}
        yield from _amounts(case, anggaran, "P803", LOCKED, budget)
    else:
        code = "P803" if binding else "P802"
        if case.has("indikator", "nama", "satuan", "target"):
            yield from _goals(case, goals, code, "lembar Indikator", _of_indikator(case))
        if case.has("rab", "kode_sub", *AMOUNTS):
            amounts = rab_amounts(case)
            rab = {sub: sum(parts.values(), Decimal(0)) for sub, parts in amounts.by_sub.items()}

            told = {one.code for one in differences(case, amounts)}  # RAB and TOR differ there: said already (K601, K615)

            def sure(row: Row, kode: str) -> bool:
                follows = any(_below(sub, kode) for sub in told) and row.get("anggaran") == _of_tors(case, kode)
                return not follows and amounts.comparable(kode) and (kode in rab or trusted(case, row, "kode", sub=False))

            yield from _amounts(case, anggaran, code, "RAB", rab, sure)


LOCKED = "rencana yang dikunci"
_COMPARED = ("level", "sasaran", "satuan", "target")
Goals = Mapping[str, Mapping[str, object]]
"""By folded name of an indicator what its PK row is held against: target and satuan, as far as they can be relied on."""


def _of_indikator(case: Case) -> Goals:
    return {
        fold(str(row.get("nama") or "")): {
            key: value
            for key in _COMPARED
            if (value := row.get(key)) is not None and not case.reported(row, key)
            if key != "target" or not no_target(case, row)
        }
        for row in case.submission.indikator
    }


def _goals(case: Case, goals: Iterable[Row], code: str, against: str, there: Goals) -> Iterator[Finding]:
    """Each indicator of the PK stands on the Indikator sheet, or in the unit's locked plan, and says the same there."""
    doubted = any(case.reported(row, "nama") for row in case.submission.indikator)
    above, missed = _sasaran_above(case), [] if against == LOCKED else _not_listed(case)
    for row in goals:
        name = row.get("indikator")
        if not isinstance(name, str):
            continue
        match = there.get(fold(name))
        if match is None:
            if doubted and against != LOCKED:
                continue  # the name that was doubted there may be this one
            if row.get("level") in missed or fold(name) in missed:
                missed.remove(row.get("level") if row.get("level") in missed else fold(name))
                continue  # it is the one that is missed there (I701, I702)
            yield case.at(code, "pk_kinerja", row, "indikator", name, pembanding=against, rincian="tidak ada di sana")
            continue
        for key, other in match.items():
            own = row.get(key)
            if own is None or other is None or case.reported(row, key) or _agree(case, key, own, other):
                continue
            if key == "sasaran" and fold(str(own)) in above:
                continue
            yield case.at(code, "pk_kinerja", row, key, _text(own), pembanding=against, rincian=_text(other))


def _not_listed(case: Case) -> list[object]:
    """What the Indikator sheet lacks and has a catatan for (I701, I702): outputs by folded name, an outcome by its level."""
    bare = set(proposed_subs(case)) - sub_kegiatan(case).output
    lone = [tor for tor in case.submission.tors if tor.get("kode_sub") in bare]
    return [*(fold(tor.text("output")) for tor in lone), *(LEVELS[1] for _ in without_outcome(case))]


def _sasaran_above(case: Case) -> frozenset[str]:
    """Sasaran, folded, that a PK may name instead of that of the Indikator sheet: of the Renstra, the leaders' PK or a TOR."""
    office = case.office
    found = [tor.text("sasaran") for tor in case.submission.tors]
    found += [goal.sasaran for goal in office.renstra] + [row.text("sasaran") for row in office.pk_pimpinan] if office else []
    return frozenset(map(fold, found))


def _agree(case: Case, key: str, own: object, other: object) -> bool:
    if key == SATUAN:
        return case.lists.measures.same(own, other)
    return own == other or isinstance(own, str) and fold(own) == fold(str(other))


def _amounts(
    case: Case, anggaran: Iterable[Row], code: str, against: str, budget: Mapping[str, Decimal],
    sure: Callable[[Row, str], bool] = lambda row, kode: True,
) -> Iterator[Finding]:  # fmt: skip
    """Each amount of the PK equals the RAB, or the locked budget, below its program, kegiatan or sub kegiatan."""
    rows = list(anggaran)
    written = Counter(row.get("kode") for row in rows)  # two rows of one code have their own catatan (R509)
    for row in rows:
        kode, stated = row.get("kode"), row.get("anggaran")
        if not isinstance(kode, str) or not isinstance(stated, Decimal) or case.reported(row, "kode", "anggaran"):
            continue
        own = [x for sub, x in budget.items() if _below(sub, kode)]
        expected = sum(own, Decimal(0))
        if written[kode] > 1 or expected == stated or not sure(row, kode):
            continue
        if own:
            shown = format_rupiah(expected)
            yield case.at(code, "pk_anggaran", row, "anggaran", format_rupiah(stated), pembanding=against, rincian=shown)
        elif within_duties(case, kode):  # else R508 names it
            yield case.at(code, "pk_anggaran", row, "kode", kode, pembanding=against, rincian="tidak ada di sana")


def _below(sub: str, code: str) -> bool:
    """Whether a sub kegiatan is this one or stands below this program or kegiatan."""
    return sub == code or sub.startswith(code + ".")


def _of_tors(case: Case, code: str) -> Decimal:
    """What the TOR below a code cost together, in rupiah."""
    tors = [tor for tor in case.submission.tors if _below(str(tor.get("kode_sub")), code)]
    return sum((money(tor.number(key)) for tor in tors for key in COSTS.values()), Decimal(0))


def _text(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value)


@rule("P812")
def funds(case: Case) -> Iterator[Finding]:
    """The fund that Lampiran 2 states is one that the RAB takes the money from (V.E.3)."""
    content = case.submission.content
    if content is None or case.plan is not None or not case.has("rab", "kode_sub", "sumber_dana"):
        return
    rab = case.submission.rab
    if any(case.reported(row, "kode_sub", "sumber_dana") for row in rab):
        return
    for row in content.rows("pk_anggaran"):
        kode, own = row.text("kode"), row.text("keterangan")
        there = dict.fromkeys(r.text("sumber_dana") for r in rab if kode and _below(r.text("kode_sub"), kode))
        if own and any(there) and fold(own) not in map(fold, there) and not case.reported(row, "kode", "keterangan"):
            yield case.at("P812", "pk_anggaran", row, "keterangan", own, kode_sub=kode, rincian=", ".join(filter(None, there)))


# ---- What the unit plans and its PK does not promise ----------------------------------------------------


@rule("P813", "P818")
def promised_in_full(case: Case) -> Iterator[Finding]:
    """Once a PK is begun it holds every output and outcome, and every sub kegiatan, of its sheets (V.C.1, V.D).

    A row of the PK that stands for nothing there is said by itself: it takes the place of one that is missed.
    """
    content = case.submission.content
    if content is None or not (content.rows("pk_kinerja") or content.rows("pk_anggaran")):
        return
    code, sheet = "P818" if case.binding else "P813", content.book.sheet("pk").name
    plan = case.plan if case.binding else None
    for block, key, missing in (
        ("pk_kinerja", "indikator", _missed_goals(case, plan)), ("pk_anggaran", "kode", _missed_subs(case, plan))
    ):  # fmt: skip
        rows = content.rows(block)
        if not missing or not case.has(block, key) or any(case.reported(row, key) for row in rows):
            continue
        place = _free(rows, key) if rows else (sheet, "")
        label = case.column(block, key).label
        names = "; ".join(missing)
        yield case.here(code, *place, column=label, value=names, rincian=f"{label.lower()} {names}")


def _free(rows: Sequence[Row], key: str) -> tuple[str, str]:
    """(sheet, cell) of a column below its last row: where what is missing belongs."""
    last = rows[-1]
    row, column = coordinates(last.cell(key)) if last.cell(key) else (0, 0)
    return last.sheet, address(row + 1, column) if row else ""


def _missed_goals(case: Case, plan: Plan | None) -> list[str]:
    """Outputs and outcomes that no row of the PK names; of a level that it lacks altogether speak P806 and P808."""
    content = case.submission.content
    assert content is not None
    rows = content.rows("pk_kinerja")
    if plan is not None:
        there = [(one.nama, one.level) for one in plan.indicators_of.get(case.submission.unit, ())]
    else:
        doubted = any(case.reported(row, "nama", "level") for row in case.submission.indikator)
        if doubted or not case.has("indikator", "nama", "level"):
            return []
        there = [(row.text("nama"), row.text("level")) for row in case.submission.indikator]
    named, levels = {fold(row.text("indikator")) for row in rows}, {row.get("level") for row in rows}
    missed = [name for name, level in there if level in LEVELS and level in levels and fold(name) not in named]
    known = {fold(name) for name, _ in there}
    return _without_strays(missed, _strays([row.text("indikator") for row in rows], lambda name: fold(name) in known))


def _missed_subs(case: Case, plan: Plan | None) -> list[str]:
    """Sub kegiatan that no row of the PK's money holds, by its own code or by one above it."""
    content = case.submission.content
    assert content is not None
    held = [row.text("kode") for row in content.rows("pk_anggaran")]
    if plan is not None:
        there = [sub.kode for sub in plan.subs_of.get(case.submission.unit, ()) if sub.anggaran]
    else:
        there = proposed_subs(case) if case.has("rab", "kode_sub") else []
    missed = [sub for sub in there if not any(_below(sub, kode) for kode in held)]
    return _without_strays(missed, _strays(held, lambda kode: any(_below(sub, kode) for sub in there)))


def _strays(names: Iterable[str], known: Callable[[str], bool]) -> Iterator[str]:
    """What a PK names that stands for nothing, or a second time: each may be meant for one that is missed."""
    seen = set[str]()
    for name in names:
        if not known(name) or fold(name) in seen:
            yield name
        seen.add(fold(name))


def _without_strays(missed: list[str], strays: Iterable[str]) -> list[str]:
    """What is missed but for those that a stray or repeated row of the PK was meant to be: the nearest, else the first."""
    left = list(dict.fromkeys(missed))
    for stray in strays:
        if left:
            left.remove((*suggest(stray, left), left[0])[0])
    return left


# ---- Rules of the PK letter: the right parties, output and outcome in it, its dates ----

LEVELS = ("Output", "Outcome")


def _filled(case: Case) -> Row | None:
    """The PK's form once somebody has begun its lampiran; names alone are prefilled."""
    content = case.submission.content
    if content is None or not (content.rows("pk_kinerja") or content.rows("pk_anggaran")):
        return None
    return content.form("pk")


@rule("P804", "P805")
def parties(case: Case) -> Iterator[Finding]:
    """Pihak Pertama heads the unit on the day of the letter, Pihak Kedua is its superior by policy (V.D.3, V.E.3)."""
    pk = _filled(case)
    if pk is None or case.office is None or case.unit is None or not case.has("pk"):
        return
    stated = pk.get("tanggal_disampaikan")
    day = stated if isinstance(stated, date) and not case.reported(pk, "tanggal_disampaikan") else case.office.tanggal
    office = case.office.on(day)
    code = "P805" if case.binding else "P804"
    own = case.submission.content.form("identitas") if case.submission.content else None
    said = {person(own.text(key)) for key in ("kepala_nama", "atasan_nama") if own is not None and case.reported(own, key)}
    for key, official, now in (
        ("pertama_nama", office.official(case.unit.kode), case.office.official(case.unit.kode)),
        ("kedua_nama", second_party(office, case.unit), second_party(case.office, case.unit)),
    ):
        name = pk.get(key)
        lapsed = official is None and now is not None and isinstance(name, str) and not case.reported(pk, key)
        if lapsed and person(str(name)) not in said:
            # Held on the office's own day, by nobody on the day of the letter; a post that is vacant now is the office's (G102).
            level = Severity.CEK if case.binding else Severity.INFO  # who will hold it by then may not be known yet
            yield replace(case.at(code, "pk", pk, key, name, rincian=nobody(day)), severity_override=level)
        if official is None or official.status == "Plh." or case.reported(pk, key) or not pk.cell(key):
            continue  # nobody known, or somebody who signs no PK
        if not isinstance(name, str):
            if code == "P805":
                yield case.at(code, "pk", pk, key, "(kosong)", rincian=f"{official.nama} ({official.jabatan})")
        elif person(name) not in {person(o.nama) for o in holders(office, official.jabatan_kode)}:
            if person(name) not in said:
                yield case.at(code, "pk", pk, key, name, rincian=f"{official.nama} ({official.jabatan})")
        else:
            title = key.replace("nama", "jabatan")
            stated_post = pk.get(title)
            if isinstance(stated_post, str) and not same_post(stated_post, official.jabatan) and not case.reported(pk, title):
                yield case.at(code, "pk", pk, title, stated_post, rincian=official.jabatan)


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
        place = _free(rows, "level") if rows else (content.book.sheet("pk").name, "")
        code = "P808" if case.binding else "P806"
        yield case.here(code, *place, column=case.column("pk_kinerja", "level").label, rincian=" dan ".join(missing).lower())


@rule("P807")
def dates(case: Case) -> Iterator[Finding]:
    """Disampaikan and disetujui are dated from penetapan on, and in that order (V.D)."""
    pk = _filled(case)
    if pk is None or case.reported(pk, "tanggal_disampaikan", "tanggal_disetujui"):
        return
    given, agreed = pk.get("tanggal_disampaikan"), pk.get("tanggal_disetujui")
    for key in ("tanggal_disampaikan", "tanggal_disetujui") if case.binding else ():
        if pk.get(key) is None and pk.cell(key):
            yield case.at("P807", "pk", pk, key, rincian="belum diisi")
    if isinstance(given, date) and isinstance(agreed, date) and agreed < given:
        words = f"mendahului tanggal disampaikan {format_date(given)}"
        yield case.at("P807", "pk", pk, "tanggal_disetujui", format_date(agreed), rincian=words)
