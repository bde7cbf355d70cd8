"""Which of the files that came in counts for each unit: lateness, revisions, two of the same (decisions: Stages).

Lateness is judged on a unit's first receipt: the office's register first, the date in Identitas second; file times
are never looked at. Corrections of a timely unit count until batas perbaikan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kinerja_xl.findings import Finding
from kinerja_xl.office import Office, Unit
from kinerja_xl.sheets.values import format_date
from kinerja_xl.submission import Submission


class Standing(StrEnum):
    """What becomes of one file."""

    DIHITUNG = "dihitung"
    DIGANTI = "diganti revisi lain"
    TERLAMBAT = "terlambat"
    GANDA = "revisi ganda"
    DITAHAN = "ditahan"
    TIDAK_TERBACA = "tidak terbaca"


LISTED = frozenset({Standing.DIHITUNG, Standing.TERLAMBAT, Standing.GANDA, Standing.DITAHAN})
"""Files whose rows stand in the recap, counted or beside the total; a replaced file's do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file with its unit and its standing. ``late_subs``: sub kegiatan first added after the deadline."""

    submission: Submission
    unit: str
    standing: Standing
    late_subs: frozenset[str] = frozenset()


def place(submissions: Iterable[Submission], office: Office) -> tuple[list[Placed], list[Finding]]:
    """Give every file its standing. Findings name late, doubled, replaced files and units that sent none."""
    by_unit: dict[str, list[Submission]] = {unit.kode: [] for unit in office.units}
    placed: list[Placed] = []
    findings: list[Finding] = []
    for submission in submissions:
        kode = _known_unit(submission, office)
        if kode is None:
            standing = Standing.TIDAK_TERBACA if submission.content is None else Standing.DITAHAN
            placed.append(Placed(submission=submission, unit="", standing=standing))
        else:
            by_unit[kode].append(submission)
    for unit in office.units:
        done, said = _place_unit(unit, by_unit[unit.kode], office)
        placed += done
        findings += said
    return placed, findings


def _known_unit(submission: Submission, office: Office) -> str | None:
    """The unit's code; for a file that can't be read, the unit whose code stands in its name."""
    if office.unit(submission.unit):
        return submission.unit
    if submission.content is None:
        words = re.split(r"[\W_]+", submission.file.casefold())
        return next((u.kode for u in office.units if u.kode.casefold() in words), None)
    return None


def _place_unit(unit: Unit, files: list[Submission], office: Office) -> tuple[list[Placed], list[Finding]]:
    if not files:
        return [], [Finding(code="U901", unit=unit.kode, args={"unit": unit.nama})]
    placed: list[Placed] = []
    findings: list[Finding] = []
    readable = [s for s in files if not s.refused]
    for submission in files:
        if submission.refused:
            standing = Standing.TIDAK_TERBACA if submission.content is None else Standing.DITAHAN
            placed.append(Placed(submission=submission, unit=unit.kode, standing=standing))
    first = _first_receipt(unit, files, office)
    if first and office.batas_usulan and first > office.batas_usulan:
        for submission in readable:
            findings.append(_say("U902", submission, value=format_date(first), rincian=format_date(office.batas_usulan)))
            placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.TERLAMBAT))
        return placed, findings
    if first is None:
        findings += [_say("U905", s) for s in readable]
    chosen, said = _choose(unit, readable, office)
    return placed + chosen, findings + said


def _first_receipt(unit: Unit, files: list[Submission], office: Office) -> date | None:
    registered = [day for (kode, _), day in office.receipts.items() if kode == unit.kode]
    typed = [s.tanggal for s in files if s.tanggal]
    return min(registered, default=None) or min(typed, default=None)


def _choose(unit: Unit, files: list[Submission], office: Office) -> tuple[list[Placed], list[Finding]]:
    """Of several readable, timely revisions the highest counts; equal ones do not until somebody chooses."""
    findings: list[Finding] = []
    placed: list[Placed] = []
    limit = office.batas_perbaikan or office.batas_usulan
    timely = [s for s in files if not (s.tanggal and limit and s.tanggal > limit)]
    for late in (s for s in files if s not in timely):
        assert late.tanggal and limit
        day, last = format_date(late.tanggal), format_date(limit)
        findings.append(_say("U909", late, value=str(late.revisi), tanggal=day, rincian=last))
        placed.append(Placed(submission=late, unit=unit.kode, standing=Standing.DIGANTI))
    highest = max((s.revisi for s in timely), default=0)
    top = [s for s in timely if s.revisi == highest]
    for old in (s for s in timely if s.revisi < highest):
        findings.append(_say("U904", old, value=str(old.revisi), rincian=", ".join(s.file for s in top)))
        placed.append(Placed(submission=old, unit=unit.kode, standing=Standing.DIGANTI))
    for submission in top:
        if len(top) > 1:
            others = ", ".join(s.file for s in top if s is not submission)
            findings.append(_say("U903", submission, value=str(highest), rincian=others))
            placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.GANDA))
            continue
        late_subs, said = _late_subs(submission, timely, office)
        findings += said
        placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.DIHITUNG, late_subs=late_subs))
    return placed, findings


def _late_subs(submission: Submission, files: list[Submission], office: Office) -> tuple[frozenset[str], list[Finding]]:
    """Sub kegiatan that an earlier, timely revision did not hold; without such a file nothing can be said."""
    deadline = office.batas_usulan
    if not (submission.tanggal and deadline and submission.tanggal > deadline):
        return frozenset(), []
    earlier = [s for s in files if s is not submission and (s.tanggal is None or s.tanggal <= deadline)]
    if not earlier:
        return frozenset(), []
    before = {row.get("kode_sub") for s in earlier for row in s.rab}
    rows = {
        str(row.get("kode_sub")): row
        for row in reversed(submission.rab)
        if row.get("kode_sub") not in before and row.get("kode_sub")
    }
    said = [
        _say("U908", submission, value=code, rincian=format_date(submission.tanggal)).at(
            sheet=row.sheet, cell=row.cell("kode_sub")
        )
        for code, row in rows.items()
    ]
    return frozenset(rows), said


def _say(code: str, submission: Submission, value: str = "", **args: str) -> Finding:
    words: Mapping[str, str] = args
    return Finding(code=code, file=submission.file, unit=submission.unit, value=value, args=words)
