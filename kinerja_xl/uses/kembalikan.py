"""What goes back to the units: a marked copy of each file, and what a second submission mended."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import HASIL, KANTOR_FILE, PERBAIKAN, Submission, incoming, read_bytes
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reckoning.recap.standing import Mending, Standing, compare, place
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.uses.workflow import check_submissions, read_file, read_office, with_office_levels
from kinerja_xl.writing.form.corrections import correction_copy
from kinerja_xl.writing.output import Written, write_whole


def mendings(folder: Path) -> list[Mending]:
    """For each unit whose file replaced an earlier revision that is still in masuk/: what was mended, remains, is new."""
    kantor = read_office(folder / KANTOR_FILE)
    if kantor.office is None:
        return []
    lists = office_listings(kantor.office)
    placed, _ = place([read_file(path, lists, kantor.office) for path in incoming(folder)[0]], kantor.office)
    found = []
    for now in (p for p in placed if p.standing is Standing.DIHITUNG):
        earlier = [p.submission for p in placed if p.unit == now.unit and p.submission.revisi < now.submission.revisi]
        before = max((s for s in earlier if s.content), key=lambda s: s.revisi, default=None)
        if before is not None:
            old, new = (_content_findings(s, lists, kantor.office) for s in (before, now.submission))
            found.append(compare(now.unit, before.file, old, now.submission.file, new))
    return found


def _content_findings(submission: Submission, lists: Listings, office: Office) -> list[Finding]:
    return with_office_levels([*submission.findings, *check_submissions([submission], lists, office)], office)


def return_corrections(folder: Path, findings: Iterable[Finding]) -> list[Written]:
    """Write hasil/perbaikan/: for each file with catatan a copy with the cells marked. Raises OutputError.

    A file that can't be opened gets no copy; its catatan says why. The originals are only read.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    written = []
    for path in incoming(folder)[0]:
        if path.name in by_file:
            data, trouble = read_bytes(path)
            copy = None if trouble else correction_copy(data, by_file[path.name])
            if copy is not None:
                target = folder / HASIL / PERBAIKAN / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                written.append(write_whole(target, copy))
    return written
