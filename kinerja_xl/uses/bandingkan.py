"""``bandingkan``: read two books of ours, whatever each of them is, and write what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik import typed_over
from kinerja_xl.office.folder import KANTOR_FILE, InputError, Submission, read_bytes, there
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.office.place import folder_around
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.reading.own_book import read_recap
from kinerja_xl.reading.workbook import identity_of, misplaced
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.plan.comparable import Side, comparable, side_of_plan, side_of_recap, side_of_usulan
from kinerja_xl.reckoning.plan.compare import Comparison, Item, compare_items
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.penetapan import PENETAPAN
from kinerja_xl.sheets.rekap import REKAP_BOOK
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import format_date
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.year import read_office
from kinerja_xl.words.units import Measures
from kinerja_xl.writing.output import Written, write_whole
from kinerja_xl.writing.shown.beda import Compared, write_comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """What ``bandingkan`` did."""

    comparison: Comparison
    sides: tuple[Compared, Compared]
    written: Written
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    side: Side
    kantor: str
    findings: tuple[Finding, ...]


def compare_books(old: Path, new: Path, target: Path) -> Compare:
    """Compare two locked plans, recaps or proposals in any combination. Raises InputError and OutputError."""
    if there(target) and any(target.resolve() == path.resolve() for path in (old, new) if there(path)):
        raise InputError("Berkas hasil sama dengan berkas yang dibandingkan; pilih nama lain dengan -o.")
    offices = _offices(old, new)
    measures = Measures(tuple(words for office in offices for words in office.satuan.own))
    read = [_side(path, measures) for path in (old, new)]
    before, after = comparable(read[0].side, read[1].side)
    comparison = compare_items(before, after, measures)
    first, second = (_compared(one.side, items) for one, items in zip(read, (before, after), strict=True))
    office = _office(read[1].kantor or read[0].kantor, read[1].side.tahun)
    named = {unit.kode: unit.nama for one in offices for unit in one.units}
    named |= {kode: node.nama for one in offices for kode, node in one.programs.items()}
    data = write_comparison(comparison, office, (first, second), {**named, **read[0].side.names, **read[1].side.names})
    findings = tuple(f for one in read for f in one.findings)
    return Compare(comparison=comparison, sides=(first, second), written=write_whole(target, data), findings=findings)


def _compared(side: Side, items: tuple[Item, ...]) -> Compared:
    total = Sum(sum(i.amount or 0 for i in items), sum(i.amount is not None for i in items), sum(i.unknown for i in items))
    return Compared(label=side.label, tahun=side.tahun, baris=len(items), total=total)


def _offices(*paths: Path) -> list[Office]:
    """The offices whose folders hold the books: their Kantor.xlsx adds units of measure and names the units."""
    folders = dict.fromkeys(folder for path in paths if (folder := folder_around(path)))
    return [office for folder in folders if (office := read_office(folder / KANTOR_FILE).office)]


def _office(nama: str, tahun: int) -> Office:
    """Only the name of the office is known here, for the head of the pages."""
    return replace(build_office(BookContent(book=KANTOR, sheets=())), nama=nama, tahun=tahun)


def _side(path: Path, measures: Measures) -> _Read:
    """A book by what it says of itself; a recap of before there was a mark is known by its sheets."""
    data, trouble = read_bytes(path)
    passed = trouble or inspect(data, path.name)
    if isinstance(passed, Finding):
        raise InputError(f"{path} tidak dapat dibandingkan.", (passed.at(file=path.name),))
    identity = identity_of(passed.package)
    kind = identity.book if identity else ""
    if kind == PENETAPAN.key:
        return _plan(data, path)
    if kind == USULAN.key:
        return _usulan(data, path, measures)
    if kind not in ("", REKAP_BOOK.key):
        finding = misplaced(kind).at(file=path.name)
        raise InputError(f"{path} bukan penetapan, rekap, atau usulan.", (finding,))
    recap = read_recap(data, path.name)
    if isinstance(recap, Finding):
        raise InputError(f"{path} bukan penetapan, rekap, atau usulan.", (recap,))
    if recap.lost:
        raise InputError(f"{path} tidak dibandingkan: tidak semua kolomnya ada.", recap.lost)
    label = f"Rekap {recap.tahun or ''}".strip() + f" ({path.name})"
    findings = (*recap.findings, *typed_over(data, path.name))
    return _Read(side=side_of_recap(recap, label), kantor=recap.kantor, findings=findings)


def _plan(data: bytes, path: Path) -> _Read:
    plan, findings = read_plan(data, path.name)
    if plan is None:
        raise InputError(f"{path} tidak dapat dibaca utuh.", findings)
    since = f" tanggal {format_date(plan.tanggal)}" if plan.tanggal else ""
    label = f"{plan.title} Tahun {plan.tahun}{since} ({path.name})"
    return _Read(side=side_of_plan(plan, label), kantor=plan.kantor, findings=findings)


def _usulan(data: bytes, path: Path, measures: Measures) -> _Read:
    found: Submission = read_submission(data, path.name, default_listings(measures))
    if found.content is None:
        raise InputError(f"{path} tidak dapat dibaca.", found.findings)
    form = found.content.form("identitas")
    year = str(form.get("tahun") or "") if form else ""
    tahun = int(year) if year.isdecimal() else 0
    label = f"Usulan {found.unit} {tahun or ''}".strip() + f" ({path.name})"
    side = side_of_usulan(found.content, found.unit, tahun, label)
    return _Read(side=side, kantor=str(form.get("kantor") or "") if form else "", findings=found.findings)
