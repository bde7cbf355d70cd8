"""``periksa``: check files or folders, and give back to the units what is to be mended. Inputs are only read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kinerja_xl.catatan import Finding, Untuk, sort_key
from kinerja_xl.checking.rule_book import bundled, check_submissions, with_office_levels
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
from kinerja_xl.office.place import folder_around, is_year, nothing_in
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.gate import Passed, inspect, whole
from kinerja_xl.reading.own_book import kind_in
from kinerja_xl.reading.workbook import BESIDE
from kinerja_xl.reckoning.recap.standing import Mending, Standing, compare, place
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.masuk import read_file, with_parts_named
from kinerja_xl.uses.year import Progress, Year, quiet, read_office
from kinerja_xl.writing.form.corrections import correction_copy
from kinerja_xl.writing.output import FileSet, Written


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
    from kinerja_xl.checking.forensik import forensics  # brings the reader of formulas, which a recap does without

    found: dict[str, list[Finding]] = {}

    def look(file: str, passed: Passed, read: Mapping[str, CellSheet]) -> None:
        opened = whole(passed, file)
        found[file] = forensics(opened, file, own=True, known=read) if opened else []

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
    from kinerja_xl.uses.own import Given, judged  # brings the writers, which the check of an usulan does without

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
    placed = year.placed[0] if year.kantor.office else []
    replaced = {p.submission.file for p in placed if p.standing is Standing.DIGANTI}
    for path in year.incoming[0]:
        if path.name in by_file and path.name not in replaced:
            data, trouble = read_listed(path)
            copy = None if trouble else correction_copy(data, by_file[path.name], stripped=stripped)
            if copy is not None:
                copies.put(year.folder / HASIL / PERBAIKAN / path.name, copy)
    return copies.end()
