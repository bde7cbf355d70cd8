"""Rules of the PK sheet against the office's stage: empty or a draft at usulan, required from penetapan on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import AMOUNTS, Case, money, no_target, rab_amounts, rule, trusted, within_duties
from kinerja_xl.checking.usulan.tor import differences
from kinerja_xl.office.kantor import Office, Official
from kinerja_xl.office.prefill import second_party
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah


@rule("P801", "P802", "P803")
def pk_and_stage(case: Case) -> Iterator[Finding]:
    """A PK that is filled equals Indikator and RAB: "cek" while a draft at usulan, "wajib" afterwards (V.C, V.D).

    Once a plan is locked, what it froze counts instead: agreed targets and amounts differ from the proposal for good reasons.
    """
    content = case.submission.content
    if content is None:
        return
    binding = _binding(case)
    goals, anggaran = content.rows("pk_kinerja"), content.rows("pk_anggaran")
    if not goals and not anggaran:
        if binding:
            assert case.office is not None
            yield case.once_locked(case.here("P801", content.book.sheet("pk").name, rincian=case.office.tahap))
    elif binding and case.plan is not None:
        plan, unit = case.plan, case.submission.unit
        locked = {fold(one.nama): {"target": one.target, "satuan": one.satuan} for one in plan.indicators if one.unit == unit}
        yield from _goals(case, [row for row in goals if not case.reported(row, "indikator")], "P803", LOCKED, locked)
        budget = {sub.kode: Decimal(sub.anggaran) for sub in plan.subs if sub.unit == unit}
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
Goals = Mapping[str, Mapping[str, object]]
"""By folded name of an indicator what its PK row is held against: target and satuan, as far as they can be relied on."""


def _of_indikator(case: Case) -> Goals:
    return {
        fold(str(row.get("nama") or "")): {
            key: value
            for key in ("target", "satuan")
            if (value := row.get(key)) is not None and not case.reported(row, key)
            if key != "target" or not no_target(case, row)
        }
        for row in case.submission.indikator
    }


def _goals(case: Case, goals: Iterable[Row], code: str, against: str, there: Goals) -> Iterator[Finding]:
    """Each indicator of the PK stands on the Indikator sheet, or in the unit's locked plan, with the same target and unit."""
    for row in goals:
        name = row.get("indikator")
        if not isinstance(name, str):
            continue
        match = there.get(fold(name))
        if match is None:
            yield case.at(code, "pk_kinerja", row, "indikator", name, pembanding=against, rincian="tidak ada di sana")
            continue
        for key, other in match.items():
            own = row.get(key)
            if own is None or case.reported(row, key) or _agree(case, key, own, other):
                continue
            yield case.at(code, "pk_kinerja", row, key, _text(own), pembanding=against, rincian=_text(other))


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
    return case.office is not None and case.office.binding


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
