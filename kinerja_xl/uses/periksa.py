"""``periksa``: check files or folders, and give back to the units what is to be mended. Inputs are only read.

A workbook of ours that is no usulan is read and judged by itself, each kind as by the verb that takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kinerja_xl.catatan import Finding, Untuk, sort_key
from kinerja_xl.checking.realisasi import declared
from kinerja_xl.checking.rule_book import bundled, check_submissions, checked_rows, with_office_levels
from kinerja_xl.frames import check_rows
from kinerja_xl.office.folder import (
    HASIL,
    KANTOR_FILE,
    MASUK,
    PERBAIKAN,
    InputError,
    Submission,
    folder_of,
    incoming,
    is_folder,
    read_bytes,
    read_listed,
)
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.place import folder_around, is_year, nothing_in
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.intake import Return, of_others, read_return
from kinerja_xl.reading.own_book import OwnBook, ShownVersions, kind_in, open_own, read_recap
from kinerja_xl.reading.workbook import BESIDE, read_workbook
from kinerja_xl.reckoning.plan.agreed import is_filled
from kinerja_xl.reckoning.recap.mending import Mending, compare
from kinerja_xl.reckoning.recap.standing import Placed, Standing, place
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.kantor import KANTOR, PADANAN
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN, PENETAPAN
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.sheets.rekap import REKAP_BOOK
from kinerja_xl.sheets.shown import READ_BACK, READ_SHEETS, SHOWN
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.kunci import ACCEPTED, from_review, rows_of_dpa
from kinerja_xl.uses.masuk import read_file, said_of_return, with_parts_named
from kinerja_xl.uses.realisasi import is_measured
from kinerja_xl.uses.year import Progress, Year, quiet, read_office
from kinerja_xl.writing.form.corrections import correction_copy
from kinerja_xl.writing.output import FileSet, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file with its bytes, and the year's folder around it; ``office`` None where there is none that can be used."""

    path: Path
    data: bytes
    year: Year | None

    @property
    def office(self) -> Office | None:
        return self.year.kantor.office if self.year else None

    @property
    def lists(self) -> Listings:
        return self.year.lists if self.year and self.office else default_listings()

    def say(self, code: str) -> Finding:
        return Finding(code=code, file=self.path.name)


def judged(kind: str, given: Given) -> list[Finding] | None:
    """What is said of a book of this kind; None for an usulan and for what is none of ours."""
    judge = _JUDGES.get(kind)
    return judge(given) if judge else None


# ---- books that are read to be looked at ------------------------------------------------------------


def _shown(versions: ShownVersions, given: Given) -> list[Finding]:
    """The headings by which other verbs read it again, and what they would not understand in a recap's rows."""
    own = open_own(given.data, given.path.name, versions)
    if not isinstance(own, OwnBook):
        return [own]
    found = [f for sheet in READ_SHEETS[own.book.key] for f in own.table(sheet.key).findings]
    if own.book.key == REKAP_BOOK.key:
        back = read_recap(given.data, given.path.name)
        found += [] if isinstance(back, Finding) else [f for f in back.findings if f not in back.lost]
    return found


# ---- forms -----------------------------------------------------------------------------------------


def _kantor(given: Given) -> list[Finding]:
    return list(read_office(given.path).findings)


def _padanan(given: Given) -> list[Finding]:
    from kinerja_xl.adopt.kept import said_of  # the reader of any layout: only for its own answers
    from kinerja_xl.foreign.padanan import load_padanan

    units = [unit.kode for unit in given.office.units] if given.office else None
    return said_of(load_padanan(given.data, given.path.name), given.path.name, units)


def _penetapan(given: Given) -> list[Finding]:
    return list(read_plan(given.data, given.path.name)[1])


def _agreed(given: Given) -> list[Finding]:
    """A review or a DPA: as ``kunci`` reads it, without what it would be laid over."""
    name, office = given.path.name, given.office
    book = read_workbook(given.data, name, ACCEPTED, given.lists)
    if book.content is None:
        return book.findings
    if office is None:
        rows = checked_rows(book.content, name, "", frozenset(book.reading.reported))
        return [*book.findings, *check_rows(rows, given.lists), given.say("T210")]
    if strange := of_others(book.identity, office):
        return [*book.findings, strange.at(file=name)]
    if book.content.book.key == DPA.key:
        return rows_of_dpa(book, office)[1]
    if not is_filled(book.content) and not book.reading.reported:
        return book.findings  # as it was handed out
    return from_review(book, office, name)[1]


# ---- a triwulan's form ------------------------------------------------------------------------------


def _realisasi(given: Given) -> list[Finding]:
    """As ``capaian`` judges it against the plan in force. A form that was not handed in and holds nothing yet is only read."""
    name, office, year = given.path.name, given.office, given.year
    returned = _return_of(given)
    found = [f.at(file=name) for f in returned.submission.findings]
    content = returned.submission.content
    if content is None or not returned.triwulan:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists))]
    if office is None or year is None:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists)), given.say("T210")]
    handed_in = given.path.parent.parent.name == MASUK
    if not handed_in and not is_measured(content, returned.triwulan) and not returned.submission.reported:
        return found
    if year.locked is None:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists)), given.say("T213")]
    older = tuple(one.plan for one in year.plans)
    said = said_of_return(returned, year.folder, office, year.plan, older, lambda: year.padanan)
    return [f.at(file=name) for f in said]


def _return_of(given: Given) -> Return:
    """The file in the triwulan's folder in which it stands, elsewhere in the one that its Identitas names (0: none)."""
    folder = next((n for n in range(1, 5) if given.path.parent.name == folder_of(n)), 0)
    return read_return(given.data, given.path.name, folder, given.lists, given.office)


def _nothing(given: Given) -> list[Finding]:
    """A book that no verb reads again: what is wrong with it, its formulas say."""
    return []


Judge = Callable[[Given], list[Finding]]

_JUDGES: Mapping[str, Judge] = {
    **dict.fromkeys(SHOWN, _nothing),
    **{key: partial(_shown, versions) for key, versions in READ_BACK.items()},
    **dict.fromkeys(MEASURING, _realisasi),
    **dict.fromkeys((PENELAAHAN.key, DPA.key), _agreed),
    KANTOR.key: _kantor, PADANAN.key: _padanan, PENETAPAN.key: _penetapan,
}  # fmt: skip


def periksa(
    paths: Iterable[Path], progress: Progress = quiet, reckoned: Callable[[Year], None] = lambda year: None
) -> list[Finding]:
    """Check files or folders and change nothing. A year's folder is judged as a whole, a lone file by itself.

    A file's office is the Kantor.xlsx beside it or up to two folders above; without one fewer rules apply. ``reckoned`` is given
    each year's folder whose recap could be made. Raises InputError for a folder in which there was nothing to read: nothing
    was checked, and that is no clean bill.
    """
    found: list[Finding] = []
    for path in paths:
        if is_year(path):
            found.extend(_check_folder(path, progress, reckoned))
            continue
        files, skipped = incoming(path) if is_folder(path) else ([path], [])
        found.extend(skipped)
        if not files:
            raise nothing_in(path, tuple(sorted(found, key=sort_key)))
        years: dict[Path | None, Year | None] = {None: None}
        for index, file in enumerate(files):
            progress("Memeriksa", index, len(files))
            found.extend(_check_file(file, years))
    return sorted(found, key=sort_key)


def _check_folder(folder: Path, progress: Progress, reckoned: Callable[[Year], None]) -> list[Finding]:
    year = Year(folder, progress)
    try:
        _ = year.office  # what is read before masuk/ is looked at by nobody else
        with _looking() as given_away:
            _ = year.received
        recap = year.recap
    except InputError as error:
        if not error.findings:  # then nothing was checked, and that is no clean bill
            raise
        return list(error.findings)
    reckoned(year)
    sources = {source.file: source for source in recap.sources}
    formulas = [
        f.at(unit=sources[path.name].unit)
        for path in year.incoming[0]
        for f in _given_away(path, given_away, own=bool(sources[path.name].version))
        if year.concerns(f)
    ]
    returned = _returned(year)
    return [*recap.findings, *with_office_levels([*formulas, *returned], recap.office)]


@contextmanager
def _looking() -> Iterator[dict[str, list[Finding]]]:
    """Within it our own forms are read with an eye on their formulas, so that each is opened once; by the file's name."""
    from kinerja_xl.checking.forensik import beside  # brings the reader of formulas, which a recap does without

    found: dict[str, list[Finding]] = {}

    def look(file: str, passed: Passed, read: Mapping[str, CellSheet]) -> None:
        found[file] = beside(passed, file, read)

    token = BESIDE.set(look)
    try:
        yield found
    finally:
        BESIDE.reset(token)


def _given_away(path: Path, found: dict[str, list[Finding]], *, own: bool) -> list[Finding]:
    return found[path.name] if own and path.name in found else _formulas(path, own=own)


def _returned(year: Year) -> list[Finding]:
    """What ``capaian`` says of the files in masuk/TW1 to the last triwulan that brought any; nothing before a plan is locked."""
    brought = [n for n in (1, 2, 3, 4) if is_folder(place := year.folder / MASUK / folder_of(n)) and incoming(place)[0]]
    return list(year.returns(max(brought)).findings) if brought and year.locked else []


def _formulas(path: Path, *, own: bool = False) -> list[Finding]:
    """What the formulas of a file give away; nothing for a file that the gate refuses (its catatan says why).

    ``own``: read as one of our forms, though it may not say so; the rules of the RAB judge their computed columns already.
    """
    from kinerja_xl.checking.forensik import forensics

    data, trouble = read_listed(path)
    passed = None if trouble else inspect(data, path.name)
    return forensics(passed, path.name, own) if isinstance(passed, Passed) else []


def _check_file(path: Path, years: dict[Path | None, Year | None]) -> list[Finding]:
    """``years``: those asked already, by their folder."""
    if path.name.casefold() == KANTOR_FILE.casefold():
        return list(read_office(path).findings)
    folder = folder_around(path)
    if folder not in years:
        years[folder] = Year(folder) if folder else None
    year = years[folder]
    office = year.kantor.office if year else None
    own = _of_other_kind(path, year)
    if own is not None:
        return bundled(with_office_levels([*own, *_formulas(path)], office))
    if year and office:
        with _looking() as given_away:
            (submission,) = with_parts_named([year.read(path)], office)
        found = [*submission.findings, *year.judged([submission])]
        found += [] if submission.version else year.said_of_padanan()
    else:
        with _looking() as given_away:
            submission = read_file(path, default_listings(), None)
        found = [*submission.findings, *check_submissions([submission], default_listings(), None)]
    found += [f.at(unit=submission.unit) for f in _given_away(path, given_away, own=bool(submission.version))]
    if office is None and submission.content is not None:
        found.append(Finding(code="T210", file=path.name, unit=submission.unit))
    return bundled(with_office_levels(found, office))


def _of_other_kind(path: Path, year: Year | None) -> list[Finding] | None:
    """What is said of a book of ours that is no usulan; None for any other file."""
    data, _ = read_bytes(path)
    kind = kind_in(data, path.name)
    if kind in ("", USULAN.key):
        return None
    from kinerja_xl.uses.periksa import Given, judged  # brings the writers, which the check of an usulan does without

    return judged(kind, Given(path=path, data=data, year=year))


# ---- What goes back to the units: a marked copy of each file, and what a second submission mended ----


def mendings(year: Year) -> list[Mending]:
    """For each unit whose file replaced an earlier revision that is still in masuk/: what was mended, remains, is new."""
    if year.kantor.office is None:
        return []
    placed, _ = place(year.received, year.office)
    found = []
    for now in (p for p in placed if p.standing is Standing.DIHITUNG):
        earlier = [p.submission for p in placed if p.unit == now.unit and p.submission.revisi < now.submission.revisi]
        before = max((s for s in earlier if s.content), key=lambda s: s.revisi, default=None)
        if before is not None:
            old, new = (_content_findings(s, year) for s in (before, now.submission))
            found.append(compare(now.unit, before.file, old, now.submission.file, new))
    return found


def _content_findings(submission: Submission, year: Year) -> list[Finding]:
    judged = check_submissions([submission], year.lists, year.office)
    return with_office_levels([*submission.findings, *judged], year.office)


def return_corrections(year: Year, findings: Iterable[Finding], *, stripped: bool = False) -> list[Written]:
    """Write hasil/perbaikan/: for each file with catatan for its unit a copy with the cells marked. Raises OutputError.

    A file that can't be opened gets no copy; its catatan says why. ``stripped``: without macros, links and
    objects. The originals are only read.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in (f for f in findings if f.untuk is Untuk.UNIT):
        by_file.setdefault(finding.file, []).append(finding)
    copies = FileSet()
    placed = {p.submission.file: p for p in (year.placed[0] if year.kantor.office else [])}
    replaced = {file for file, p in placed.items() if p.standing is Standing.DIGANTI}
    for path in year.incoming[0]:
        if path.name in by_file and path.name not in replaced:
            data, trouble = read_listed(path)
            whose = _whose(year, path.name, placed)
            copy = None if trouble else correction_copy(data, by_file[path.name], stripped=stripped, whose=whose)
            if copy is not None:
                copies.put(year.folder / HASIL / PERBAIKAN / path.name, copy)
    return copies.end()


def _whose(year: Year, file: str, placed: Mapping[str, Placed]) -> list[str]:
    """Which unit's file it is, of which office and year, which revision, and until when it is mended before a plan is locked."""
    office, own = year.kantor.office, placed.get(file)
    if office is None:
        return []
    unit = f"{office.unit_name(own.unit)}, " if own and own.unit else ""
    until = None if year.plans else office.batas_perbaikan or office.batas_usulan
    revision = f", Revisi ke-{own.submission.revisi}" if own else ""
    limit = f"; perbaikan diterima paling lambat {format_date(until)}" if until else ""
    return [f"{unit}{office.nama}, Tahun Anggaran {office.tahun}", f"Berkas {file}{revision}{limit}"]
