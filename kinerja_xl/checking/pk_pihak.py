"""Rules of the PK letter: the right parties, output and outcome in it, its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.findings import Finding
from kinerja_xl.office import Office, Official
from kinerja_xl.prefill import second_party
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_date

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
