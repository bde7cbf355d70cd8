"""What the Lembar Penelaahan says of its meeting: when, where, under which number, who reviewed, and what was answered.

Pure functions. Nothing is assumed: what the sheet leaves open stays open, to be written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import SEKCAM, Official, person
from kinerja_xl.office.units import Unit
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.values import fold

CHIEF_UNIT = "perencanaan"
"""The unit that gathers and reviews the usulan (IV.C) has this as its code, or in its name; the Sekcam stands above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Of one sub kegiatan: the reviewer's remarks, the unit's answer, what was agreed (whole rupiah; None: still open), why."""

    catatan: str = ""
    tanggapan: str = ""
    disepakati: int | None = None
    alasan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """``pemimpin``: the reviewer's name as typed. ``heard`` by (unit, sub kegiatan)."""

    tanggal: date | None = None
    tempat: str = ""
    nomor: str = ""
    pemimpin: str = ""
    catatan: str = ""
    heard: Mapping[tuple[str, str], Heard] = field(default_factory=dict)


def meeting_of(content: BookContent | None, office: Office) -> Meeting:
    """The meeting of a filled Lembar Penelaahan; without one nothing is known of it."""
    if content is None:
        return Meeting(tempat=office.tempat)
    form = content.form("telaah") or Row(values={})
    day, among = form.get("tanggal"), office.among
    rows = [(among.spelled(row.text("unit")), row) for row in content.rows("telaah_sub")]
    return Meeting(
        tanggal=day if isinstance(day, date) else None, tempat=form.text("tempat") or office.tempat, nomor=form.text("nomor"),
        pemimpin=form.text("pemimpin"), catatan=form.text("catatan"),
        heard={(unit, row.text("kode")): _heard(row) for unit, row in rows},
    )  # fmt: skip


def _heard(row: Row) -> Heard:
    amount = row.number("disepakati")
    return Heard(
        catatan=row.text("catatan"), tanggapan=row.text("tanggapan"), disepakati=None if amount is None else int(amount),
        alasan=row.text("alasan"),
    )  # fmt: skip


def planning_unit(office: Office) -> Unit | None:
    """The unit that gathers and reviews the usulan; None where the office has none of that name."""
    own = office.unit(CHIEF_UNIT)
    return own or next((unit for unit in office.units if CHIEF_UNIT in fold(unit.nama)), None)


def reviewer(office: Office, unit: Unit, named: str, day: date | None) -> tuple[Official | None, str]:
    """Who reviews a unit, and the post where nobody is known: who led the meeting, else the head of the planning unit.

    Nobody reviews their own usulan: then, and for the planning unit, the Sekcam does, as long as that is somebody else.
    """
    planner, head = planning_unit(office), office.official(unit.kode, day)
    chief = _by_name(office, named, day) if named else office.official(planner.kode, day) if planner else None
    if chief is not None and not _same(chief, head) and chief.jabatan_kode != unit.kode:
        return chief, chief.post
    if planner is None or (planner.kode != unit.kode and not _same(chief, head)):
        return None, office.vacant(planner.kode) if planner else "Pengelola perencanaan"
    above = office.official(SEKCAM, day)
    return (None if _same(above, head) else above), office.vacant(SEKCAM)


def _by_name(office: Office, named: str, day: date | None) -> Official:
    """The official of that name, the one in office first; a name that Kantor.xlsx does not have stands alone."""
    same = sorted((o for o in office.officials if person(o.nama) == person(named)), key=lambda o: not o.in_office(day))
    return next(iter(same), Official.named(named, jabatan="Penelaah"))


def _same(one: Official | None, other: Official | None) -> bool:
    return one is not None and one.same(other)
