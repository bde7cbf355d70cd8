"""Rules of who signs and when: Identitas, TOR and PK name who holds the post on that day, in the year in which a plan is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import ACTING, CAMAT, SEKCAM, Official, person
from kinerja_xl.office.prefill import second_party
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.kantor import RENSTRA_YEARS
from kinerja_xl.sheets.values import fold, format_date

_SHORT = (("kasubbag", "kepalasubbagian"), ("kasubag", "kepalasubbagian"), ("kasi", "kepalaseksi"), ("sekcam", "sekretariscamat"),
          ("subbag", "subbagian"), ("subag", "subbagian"))  # fmt: skip


def post(title: str) -> str:
    """A post for comparison: without Plt. or Plh., short forms spelt out."""
    acting = ACTING(title.strip())
    folded = fold(title.strip()[acting.end() :] if acting else title)
    for short, long in _SHORT:
        if folded.startswith(short) and not folded.startswith(long):
            return long + folded[len(short) :]
    return folded


def same_post(one: str, other: str) -> bool:
    """Whether two titles may name one post: ``Camat`` is ``Camat Wasuponda``."""
    a, b = post(one), post(other)
    return a.startswith(b) or b.startswith(a)


def holders(office: Office, *codes: str) -> list[Official]:
    """Everybody who holds one of these posts on the office's day: two at a time is the office's mistake, not the unit's."""
    found = [o for code in dict.fromkeys(codes) for o in office.holders(code)]
    return sorted(found, key=office.officials.index) if len(found) > 1 else found


def nobody(day: date | None) -> str:
    """What is said of a post that nobody holds on the day of a letter."""
    return f"pejabat pada {format_date(day) if day else 'tanggal itu'} (lembar Pejabat tidak memuat seorang pun)"


def on_day(case: Case, form: Row | None, key: str) -> Office:
    """The office on the day that a form states, else on its own; only with an office."""
    assert case.office is not None
    day = form.get(key) if form and not case.reported(form, key) else None
    return case.office.on(day) if isinstance(day, date) else case.office


def _identity(case: Case) -> Row | None:
    return case.submission.content.form("identitas") if case.submission.content else None


def _signer(case: Case, code: str, block: str, form: Row, prefix: str, who: list[Official]) -> Iterator[Finding]:
    """One catatan about a person of a form: the name, else NIP, post or status of the one who is named."""
    name = form.get(f"{prefix}_nama" if block == "identitas" else prefix)
    keys = {"nama": f"{prefix}_nama" if block == "identitas" else prefix}
    stem = prefix.removesuffix("_tangan") if block == "tor" and prefix == "penanda_tangan" else prefix
    keys |= {key: f"{stem}_{key}" for key in ("nip", "jabatan", "status")}
    if not who or not isinstance(name, str) or case.reported(form, keys["nama"]):
        return
    match = next((o for o in who if person(o.nama) == person(name)), None)
    if match is None:
        yield case.at(code, block, form, keys["nama"], name, rincian=f"{who[-1].nama} ({who[-1].jabatan})")
        return
    for key, same in (
        ("nip", lambda own: fold(own) == fold(match.nip) or not match.nip),
        ("jabatan", lambda own: same_post(own, match.jabatan)),
        ("status", lambda own: own == match.status),
    ):
        own = form.get(keys[key])
        if isinstance(own, str) and form.cell(keys[key]) and not case.reported(form, keys[key]) and not same(own):
            yield case.at(code, block, form, keys[key], own, rincian=getattr(match, key))


@rule("T223", settles=True)
def identity_of_unit(case: Case) -> Iterator[Finding]:
    """Head and superior in Identitas hold their posts on the day on which it was handed in (III.C.2.e)."""
    form, unit = _identity(case), case.unit
    if form is None or unit is None:
        return
    office = on_day(case, form, "tanggal_disampaikan")
    yield from _signer(case, "T223", "identitas", form, "kepala", holders(office, unit.kode))
    yield from _signer(case, "T223", "identitas", form, "atasan", holders(office, unit.atasan))


@rule("T222")
def names_of_office(case: Case) -> Iterator[Finding]:
    """Identitas names the office and the unit as Kantor.xlsx does: letters print what stands there (III.C.2.a)."""
    form, unit = _identity(case), case.unit
    if form is None or unit is None or case.office is None:
        return
    for key, right in (("kantor", case.office.nama), ("nama_unit", unit.nama)):
        own, there = fold(form.text(key)), fold(right)
        if own and there and not (own in there or there in own) and not case.reported(form, key):
            yield case.at("T222", "identitas", form, key, form.text(key), rincian=right)


@rule("K618")
def signers_of_tor(case: Case) -> Iterator[Finding]:
    """Who signs a TOR heads the unit, who has seen it is above (IV.A.2). A name that Identitas repeats is said there."""
    unit, identity = case.unit, _identity(case)
    if unit is None:
        return
    named = [key for key in ("kepala_nama", "atasan_nama") if identity is not None and case.reported(identity, key)]
    said = {person(identity.text(key)) for key in named if identity is not None}
    for tor in case.submission.tors:
        at_handing_in = on_day(case, identity, "tanggal_disampaikan")
        office = on_day(replace(case, office=at_handing_in), tor, "tanggal")
        second = second_party(office, unit)
        above = (unit.atasan, CAMAT, SEKCAM, *((second.jabatan_kode,) if second else ()))
        chiefs = holders(office, *above) if office.official(unit.atasan) else []  # a vacant post is the office's (G102)
        for prefix, who in (("penanda_tangan", holders(office, unit.kode)), ("mengetahui", chiefs)):
            if person(tor.text(prefix)) not in said:
                yield from _signer(case, "K618", "tor", tor, prefix, who)


# ---- Dates belong to the year in which the plan is made, or to its own ----------------------------------

_DATED = {"identitas": ("tanggal_disampaikan",), "tor": ("tanggal",), "iku_penetapan": ("tanggal_keputusan",),
          "pk": ("tanggal_disampaikan", "tanggal_disetujui")}  # fmt: skip
_LASTING = ("iku_penetapan",)
"""Forms of what is decreed once for a whole Renstra."""


@rule("T218", settles=True)
def years_of_dates(case: Case) -> Iterator[Finding]:
    """What is handed in, signed or agreed for a budget year is dated in it or in the year before, and not after it came in."""
    form = _identity(case)
    year = form.number("tahun") if form else None
    if form is None or year is None or case.reported(form, "tahun"):
        return
    for block, key in ((block, key) for block, keys in _DATED.items() for key in keys):
        for row in _forms(case, block):
            day = row.get(key)
            first = int(year) - (RENSTRA_YEARS if block in _LASTING else 1)
            if isinstance(day, date) and not first <= day.year <= year and not case.reported(row, key):
                span = "atau" if first == year - 1 else "sampai"
                words = f"{format_date(day)} bukan tanggal tahun {first} {span} {int(year)}"
                yield case.at("T218", block, row, key, format_date(day), rincian=words)
    given, revisi = form.get("tanggal_disampaikan"), form.number("revisi")
    came = case.office.receipts.get((case.submission.unit, int(revisi or 0))) if case.office else None
    if not isinstance(given, date) or given.year not in (int(year) - 1, int(year)):
        return
    if came and came < given and not case.reported(form, "tanggal_disampaikan", "revisi"):
        words = f"{format_date(given)} sesudah diterima {format_date(came)} (lembar Penerimaan di Kantor.xlsx)"
        yield case.at("T218", "identitas", form, "tanggal_disampaikan", format_date(given), rincian=words)


def _forms(case: Case, block: str) -> Iterable[Row]:
    content = case.submission.content
    sheets = content.sheets if content else ()
    return [form for sheet in sheets if (form := sheet.forms.get(block)) is not None]
