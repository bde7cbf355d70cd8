"""One plain function per use case. Each reads what it needs, calls the stages in order, and writes at the end."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from kinerja_xl.catatan import Finding, Severity, sort_key
from kinerja_xl.checking.kantor import between_units, check_kantor, office_wide
from kinerja_xl.checking.rule_book import bundled, judge
from kinerja_xl.checking.rules import Case, guarded, row_jenis
from kinerja_xl.checking.usulan.rab_wajar import against_last_year
from kinerja_xl.frames import Checked, check_rows
from kinerja_xl.office.folder import (
    ARSIP,
    HASIL,
    KANTOR_FILE,
    MASUK,
    PADANAN_FILE,
    InputError,
    Submission,
    incoming,
    read_bytes,
    read_logo,
)
from kinerja_xl.office.kantor import Office, allows_short_tor, build_office
from kinerja_xl.office.prefill import default_listings, office_listings
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.reading.own_book import RecapBack, read_recap
from kinerja_xl.reading.workbook import Versions, read_workbook
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.recap.build import build_lines, build_recap
from kinerja_xl.reckoning.recap.standing import Standing, place
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.tor import short_tor_excuses
from kinerja_xl.uses.plans import current_plan
from kinerja_xl.writing.output import OutputError, Written, write_whole
from kinerja_xl.writing.shown.recap import write_recap

# ---- Last year's recap to compare with: the one that was named, else arsip/Rekap-<year before>.xlsx of the year's folder ----

def last_recap(folder: Path, tahun: int, named: Path | None = None) -> tuple[RecapBack | None, list[Finding]]:
    """The recap of the year before ``tahun``, and why the one that is there is not used.

    Raises InputError for a recap that was ``named`` and can't be used; one that merely lies in arsip/ stops nothing.
    """
    path = named or folder / ARSIP / f"Rekap-{tahun - 1}.xlsx"
    if named is None and not path.exists():
        return None, []
    data, trouble = read_bytes(path)
    back = trouble or read_recap(data, path.name)
    broken = () if isinstance(back, Finding) else back.broken
    reason = ""
    if isinstance(back, Finding):
        reason = back.masalah.rstrip(".")
    elif back.tahun != tahun - 1:
        reason = f"isinya rekap tahun {back.tahun or 'yang tidak disebut'}, bukan {tahun - 1}"
    elif not broken:
        return back, []
    if named is not None:
        why = reason or "tidak semua kolomnya ada"
        raise InputError(f"{path} tidak dapat dipakai sebagai rekap tahun lalu: {why}.", () if reason else broken)
    if reason:
        return None, [Finding(code="U916", file=path.name, args={"rincian": reason})]
    return None, [replace(found, code="U917", args={"rincian": found.masalah.rstrip(".")}) for found in broken]


KANTOR_VERSIONS: Versions = {KANTOR.version: KANTOR}
Progress = Callable[[str, int, int], None]


def _quiet(what: str, done: int, total: int) -> None:
    """No progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRead:
    """Kantor.xlsx after reading. ``office`` is None when the year or the units could not be read."""

    office: Office | None
    findings: tuple[Finding, ...]


def read_office(path: Path) -> OfficeRead:
    """Read and check Kantor.xlsx like any form. Raises InputError when it is not there."""
    data, trouble = read_bytes(path)
    if trouble:
        return OfficeRead(office=None, findings=(trouble,))
    lists = default_listings()
    book = read_workbook(data, path.name, {KANTOR.key: KANTOR_VERSIONS}, lists)
    findings = list(book.findings)
    if book.content is None:
        return OfficeRead(office=None, findings=tuple(findings))
    rows = _checked(book.content, path.name, "", frozenset(book.reading.reported))
    findings += check_rows(rows, lists)
    office = build_office(book.content)
    reported = book.reading.reported | {(f.sheet, f.cell) for f in findings}
    form = Submission(
        file=path.name,
        sha256=book.sha256,
        unit="",
        version=book.content.book.version,
        content=book.content,
        reported=frozenset(reported),
        totals=tuple(book.reading.totals),
    )
    findings += guarded("Kantor.xlsx", partial(check_kantor, Case(submission=form, lists=lists), office), path.name)
    logo, no_logo = read_logo(path.parent, office)
    findings += [f.at(file=path.name) for f in no_logo]
    office = replace(office, logo_data=logo)
    findings.sort(key=sort_key)
    usable = office.tahun > 0 and bool(office.units) and bool(office.nama)
    return OfficeRead(office=replace(office, findings=tuple(findings)) if usable else None, findings=tuple(findings))


def _checked(
    content: BookContent, file: str, unit: str, reported: frozenset[tuple[str, str]], short_tor: bool = False
) -> Iterable[Checked]:
    """Every row and form of a workbook with its declaration, for the declared checks."""
    for sheet in content.sheets:
        declared = {b.key: b for b in content.book.sheet(sheet.key).blocks}
        blocks: list[tuple[str, Row]] = [*sheet.forms.items(), *((k, row) for k, rows in sheet.tables.items() for row in rows)]
        for key, row in blocks:
            excused = short_tor_excuses(row.values) if short_tor and key == "tor" else frozenset()
            yield Checked(block=declared[key], row=row, file=file, unit=unit, reported=reported, excused=excused)


def check_submissions(
    submissions: Iterable[Submission], lists: Listings, office: Office | None, plan: Plan | None = None
) -> list[Finding]:
    """All findings about the content of readable workbooks: declared checks in one go, then the rule book."""
    readable = [s for s in submissions if s.content is not None]
    short_tor = office is None or allows_short_tor(office)
    rows = [c for s in readable if s.content for c in _checked(s.content, s.file, s.unit, s.reported, short_tor)]
    declared = _declared(rows, lists)
    by_file: dict[str, set[tuple[str, str]]] = {s.file: set(s.reported) for s in readable}
    for finding in declared:
        by_file[finding.file].add((finding.sheet, finding.cell))
    found = list(declared)
    for submission in readable:
        own = replace(submission, reported=frozenset(by_file[submission.file]))
        case = Case(submission=own, lists=lists, office=office, plan=plan)
        found.extend(judge(case))
    return found


def _declared(rows: list[Checked], lists: Listings) -> list[Finding]:
    """The declared checks in one go; should one file upset them, file by file, so that the others keep theirs."""
    try:
        return check_rows(rows, lists)
    except Exception:
        files = {row.file: row.unit for row in rows}
        parts = {file: [row for row in rows if row.file == file] for file in files}
        return [
            finding
            for file, part in parts.items()
            for finding in guarded("isian dan pilihan", partial(check_rows, part, lists), file, files[file])
        ]


def rekap(
    folder: Path, progress: Progress = _quiet, tanggal: date | None = None, tahun_lalu: Path | None = None
) -> Recap:
    """Read Kantor.xlsx and masuk/ of a year's folder and reckon the recap. Raises InputError without an office.

    ``tanggal`` replaces the date that Kantor.xlsx gives; without either the recap carries none. ``tahun_lalu`` is last year's
    recap to compare with; by default the one in arsip/, if it is there.
    """
    if not gc.get_freeze_count():
        gc.freeze()  # what was imported stays: looking through it again and again, and once more at the end, takes seconds
    kantor = read_office(folder / KANTOR_FILE)
    if kantor.office is None:
        raise InputError(f"{KANTOR_FILE} belum dapat dipakai; perbaiki dahulu catatan di bawah ini.", kantor.findings)
    office = replace(kantor.office, tanggal=tanggal) if tanggal else kantor.office
    lists = office_listings(office)
    paths, skipped = incoming(folder)
    submissions = []
    for index, path in enumerate(paths):
        progress("Membaca", index, len(paths))
        submissions.append(read_file(path, lists, office))
    progress("Memeriksa", len(paths), len(paths))
    submissions = _whole(submissions, office)
    placed, findings = place(submissions, office)
    judged = [p.submission for p in placed if p.standing is not Standing.DIGANTI]
    findings += skipped + list(kantor.findings) + _kept_answers(folder, office, submissions)
    findings += [f if f.unit else f.at(unit=p.unit) for p in placed for f in p.submission.findings]
    plan, said = _locked(folder, office)
    findings += [*said, *check_submissions(judged, lists, office, plan)]
    case = Case(submission=Submission(file="", sha256="", unit="", version=0, content=None), lists=lists, office=office)
    findings = bundled(with_office_levels(findings, office))
    lines = build_lines(placed, findings, office, lambda row: row_jenis(row, case))
    findings += with_office_levels(guarded("antarunit dan pagu", partial(between_units, lines, office, findings)), office)
    findings += with_office_levels(guarded("seluruh kantor", partial(office_wide, lines, judged, office, findings)), office)
    last, unused = last_recap(folder, office.tahun, tahun_lalu)
    findings += unused
    if last is not None:
        compared = guarded("tahun lalu", partial(against_last_year, lines, judged, last, case))
        findings += with_office_levels(compared, office)
    return build_recap(placed, lines, findings, office)


def _locked(folder: Path, office: Office) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan in force from penetapan on; before that nothing is asked of arsip/."""
    if office.tahap in ("", "usulan"):
        return None, ()
    locked, said = current_plan(folder, office.tahun)
    return (locked.plan if locked else None), said


def with_office_levels(findings: Iterable[Finding], office: Office | None) -> list[Finding]:
    """The findings at the level that the office chose for their codes; what they hold back stays."""
    levels = office.levels if office else {}
    return [replace(f, severity_override=levels[f.code]) if f.code in levels else f for f in findings]


def write_rekap(recap: Recap, folder: Path, target: Path | None = None) -> Written:
    """Write the recap workbook, by default to hasil/ of the year's folder. Raises OutputError."""
    wanted = target or folder / HASIL / f"Rekap-{recap.office.tahun}.xlsx"
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder {wanted.parent} tidak dapat dibuat; pilih tempat lain dengan -o.", wanted) from error
    masuk = os.path.relpath(folder / MASUK, wanted.parent).replace(os.sep, "/")
    return write_whole(wanted, write_recap(recap, masuk=masuk))


def read_file(path: Path, lists: Listings, office: Office | None) -> Submission:
    """A unit's file as a submission; what keeps it from being read is its only finding."""
    data, trouble = read_bytes(path)
    if trouble:
        return Submission(file=path.name, sha256="", unit="", version=0, content=None, findings=(trouble,))
    try:
        read = read_submission(data, path.name, lists, office)
        return _adopted(path, data, office) or read if office and read.is_strange else read
    except Exception as error:
        odd = Finding(code="B118", file=path.name, args={"galat": type(error).__name__})
        return Submission(file=path.name, sha256=sha256(data).hexdigest(), unit="", version=0, content=None, findings=(odd,))


def _adopted(path: Path, data: bytes, office: Office) -> Submission | None:
    """A workbook in the unit's own layout, where the Padanan.xlsx of its year's folder knows it."""
    from kinerja_xl.adopt.kept import beside  # the reader of any layout: only for a file that is none of ours
    from kinerja_xl.adopt.usulan import adopt_submission

    place = path.parent.parent if path.parent.name == MASUK else path.parent
    padanan = beside(place)
    return adopt_submission(data, path.name, padanan, office) if padanan else None


def _kept_answers(folder: Path, office: Office, submissions: Iterable[Submission]) -> list[Finding]:
    """What is wrong with Padanan.xlsx, where a file that is none of our forms may need it."""
    if all(s.version for s in submissions) or not (folder / PADANAN_FILE).exists():
        return []
    from kinerja_xl.adopt.kept import said_beside

    return said_beside(folder, office)


def _whole(submissions: list[Submission], office: Office | None) -> list[Submission]:
    """With the parts named that the units' own layouts leave out."""
    if not any(s.parts for s in submissions):
        return submissions
    from kinerja_xl.adopt.usulan import with_missing_parts

    return with_missing_parts(submissions, office)


def periksa(
    paths: Iterable[Path], progress: Progress = _quiet, reckoned: Callable[[Recap], None] = lambda recap: None
) -> list[Finding]:
    """Check files or folders and change nothing. A year's folder is judged as a whole, a lone file by itself.

    A file's office is the Kantor.xlsx beside it or one folder above; without one fewer rules apply. ``reckoned`` is given the
    recap of each year's folder.
    """
    found: list[Finding] = []
    for path in paths:
        if is_year(path):
            found.extend(_check_folder(path, progress, reckoned))
            continue
        files, skipped = incoming(path) if path.is_dir() else ([path], [])
        found.extend(skipped)
        offices: dict[Path, Office | None] = {}
        for index, file in enumerate(files):
            progress("Memeriksa", index, len(files))
            found.extend(_check_file(file, offices))
    return sorted(found, key=sort_key)


def is_year(path: Path) -> bool:
    """Whether a path is a year's folder: one with a Kantor.xlsx."""
    return path.is_dir() and (path / KANTOR_FILE).exists()


def _check_folder(folder: Path, progress: Progress, reckoned: Callable[[Recap], None]) -> list[Finding]:
    try:
        recap = rekap(folder, progress)
    except InputError as error:
        return list(error.findings)
    reckoned(recap)
    sources = {source.file: source for source in recap.sources}
    formulas = [
        f.at(unit=sources[path.name].unit)
        for path in incoming(folder)[0]
        for f in _formulas(path, bool(sources[path.name].version))
    ]
    return [*recap.findings, *with_office_levels(formulas, recap.office)]


def _formulas(path: Path, own: bool) -> list[Finding]:
    """What the formulas of a file give away; nothing for a file that the gate refuses (its catatan says why).

    ``own``: read as one of our forms, whose computed columns the rules of the RAB judge already.
    """
    from kinerja_xl.checking.forensik import forensics  # brings openpyxl, which a recap does without

    data, trouble = read_bytes(path)
    passed = None if trouble else inspect(data, path.name)
    return forensics(passed, data, path.name, own) if isinstance(passed, Passed) else []


def _check_file(path: Path, offices: dict[Path, Office | None]) -> list[Finding]:
    """``offices``: those read already, by their Kantor.xlsx."""
    if path.name.casefold() == KANTOR_FILE.casefold():
        return list(read_office(path).findings)
    beside = next((f / KANTOR_FILE for f in (path.parent, path.parent.parent) if (f / KANTOR_FILE).exists()), None)
    if beside and beside not in offices:
        offices[beside] = read_office(beside).office
    office = offices[beside] if beside else None
    lists = office_listings(office) if office else default_listings()
    (submission,) = _whole([read_file(path, lists, office)], office)
    plan = _locked(beside.parent, office)[0] if beside and office else None
    found = [*submission.findings, *check_submissions([submission], lists, office, plan)]
    found += _kept_answers(beside.parent, office, [submission]) if beside and office else []
    found += [f.at(unit=submission.unit) for f in _formulas(path, bool(submission.version))]
    if office is None and submission.content is not None:
        found.append(Finding(code="T210", file=path.name, unit=submission.unit))
    return bundled(with_office_levels(found, office))


def needs_work(findings: Iterable[Finding]) -> bool:
    """Whether anything is "wajib" or "cek": exit status 1."""
    return any(f.severity is not Severity.INFO for f in findings)
