"""Which of the files that came in counts for each unit: lateness, revisions, two of the same (decisions: Stages).

Lateness is judged on a unit's first receipt: the office's register first, the date in Identitas second; file times
are never looked at. Corrections of a timely unit count until batas perbaikan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office, Price, Unit
from kinerja_xl.reckoning import Sum, grouped, summed
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import format_date, is_empty_mark, round_half_up, suggest


class Standing(StrEnum):
    """What becomes of one file. ``PK``: handed in after penetapan for its signed Perjanjian Kinerja; only that is read of it.
    ``LAIN``: a book of ours of another kind, which asks for nothing, whatever its name."""

    DIHITUNG = "dihitung"
    DIGANTI = "diganti revisi lain"
    TERLAMBAT = "terlambat"
    GANDA = "revisi ganda"
    DITAHAN = "ditahan"
    TIDAK_TERBACA = "tidak terbaca"
    PK = "perjanjian kinerja"
    LAIN = "bukan usulan"


_LISTED = frozenset({Standing.DIHITUNG, Standing.TERLAMBAT, Standing.GANDA, Standing.DITAHAN})
_BESIDE = _LISTED - {Standing.DIHITUNG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file with its unit and its standing. ``late_subs``: sub kegiatan first added after the deadline; ``code``: the
    catatan that makes a file late. ``same_as``: the other file of the same revision whose rows are shown for both;
    ``twins``: how many files these rows stand for."""

    submission: Submission
    unit: str
    standing: Standing
    late_subs: frozenset[str] = frozenset()
    code: str = ""
    same_as: str = ""
    twins: int = 1

    @property
    def listed(self) -> bool:
        """Whether its rows stand in the recap: not those of a replaced file, and those of two files of one revision once."""
        return self.standing in _LISTED and not self.same_as and self.submission.content is not None

    @property
    def asked(self) -> Sum:
        """What its RAB asks for."""
        return summed(None if (x := row.number("jumlah")) is None else int(round_half_up(x, 0)) for row in self.submission.rab)


def _once(placed: list[Placed]) -> list[Placed]:
    """Of rivals of one revision that stand beside the total the one that asks for most is shown for all."""
    groups = grouped((p.submission.revisi, p) for p in placed if p.standing in _BESIDE and p.submission.content)
    for rivals in groups.values():
        most = max(rivals, key=lambda p: (p.asked.amount, p.asked.unknown, p.submission.file)).submission.file
        same = {p.submission.file: "" if p.submission.file == most else most for p in rivals}
        placed = [replace(p, same_as=same[f], twins=len(same)) if (f := p.submission.file) in same else p for p in placed]
    return placed


def place(submissions: Iterable[Submission], office: Office) -> tuple[list[Placed], list[Finding]]:
    """Give every file its standing. Findings name late, doubled, replaced files and units that sent none."""
    by_unit: dict[str, list[Submission]] = {unit.kode: [] for unit in office.units}
    placed: list[Placed] = []
    findings: list[Finding] = []
    for submission in submissions:
        kode = _known_unit(submission, office)
        if kode is None:
            standing = _held(submission)
            if _elsewhere(submission):
                nobodys = tuple(f.at(unit="") for f in submission.findings)
                submission, standing = replace(submission, unit="", findings=nobodys), Standing.LAIN
            placed.append(Placed(submission=submission, unit="", standing=standing))
        else:
            by_unit[kode].append(submission)
    strangers = [p.submission.unit for p in placed if p.submission.content is not None]
    for unit in office.units:
        if not by_unit[unit.kode] and any(suggest(code, [unit.kode]) for code in strangers):
            continue  # its file is there, under a code that was named (T204)
        done, said = _place_unit(unit, by_unit[unit.kode], office)
        placed += done
        findings += said
    return placed, findings


def _held(submission: Submission) -> Standing:
    """Of a file that is held as a whole: without its RAB nobody knows what it asks for, as when it can't be read."""
    unknown = submission.content is None or ("rab", "") in submission.missing
    return Standing.TIDAK_TERBACA if unknown else Standing.DITAHAN


def _known_unit(submission: Submission, office: Office) -> str | None:
    """The unit's code; for a file that can't be read, the unit whose code stands in its name."""
    if _elsewhere(submission):
        return None
    if office.unit(submission.unit):
        return submission.unit
    if submission.content is None:
        words = re.split(r"[\W_]+", submission.file.casefold())
        return next((u.kode for u in office.units if u.kode.casefold() in words), None)
    return None


def _elsewhere(submission: Submission) -> bool:
    """Whether the file is a book of ours that belongs somewhere else (T208)."""
    return submission.content is None and any(f.code == "T208" for f in submission.findings)


def _place_unit(unit: Unit, files: list[Submission], office: Office) -> tuple[list[Placed], list[Finding]]:
    if not files:
        return [], [Finding(code="U901", unit=unit.kode, args={"unit": unit.nama})]
    usulan, placed, notes = _agreements(unit, files, office)
    readable = [s for s in usulan if not s.refused]
    receipts = _receipts(unit, (p.submission for p in placed), office)
    first = _first_receipt(usulan, receipts.values())
    # When a file that can't be read came in, only the register knows: what came after it is not late for that (U925).
    known = bool(receipts) or all(s.content for s in usulan)
    own: list[Placed] = []
    for rivals in _rivals(readable):
        if known and first and office.batas_usulan and first > office.batas_usulan:
            chosen, said = _late(unit, rivals, first, office.batas_usulan)
        else:
            chosen, said = _choose(unit, rivals, office, [s for s in usulan if s.refused])
        notes += said
        if first is None:
            notes += [_say("U905", p.submission) for p in chosen if p.standing is not Standing.DIGANTI]
        own += _once(chosen)
    refused, said = _refused(unit, usulan, own, receipts)
    alike = grouped((p.submission.parts, p) for p in refused).values()
    return [*(p for one in alike for p in _once(one)), *own, *placed], [*notes, *said]


def _agreements(
    unit: Unit, files: list[Submission], office: Office
) -> tuple[list[Submission], list[Placed], list[Finding]]:
    """The files of the usulan, and apart those that brought the signed PK: from penetapan on, after the deadline of the usulan's
    corrections, with a filled PK sheet, beside a file of the usulan. A PK has no deadline here; the newest of them counts.
    """
    signed = [s for s in files if _brings_pk(s, office)]
    if signed and len(signed) == len(files):  # somebody's first file is their usulan
        signed.remove(min(signed, key=lambda s: (s.revisi, s.tanggal or date.min)))
    if not signed:
        return files, [], []
    usulan = [s for s in files if s not in signed]
    newest = max(signed, key=lambda s: (s.revisi, s.tanggal or date.min, s.file))
    placed, said = [], []
    for one in signed:
        counts = one is newest
        placed.append(Placed(submission=one, unit=unit.kode, standing=Standing.PK if counts else Standing.DIGANTI))
        code, other = ("U918", ", ".join(s.file for s in usulan)) if counts else ("U904", newest.file)
        said.append(_say(code, one, value=str(one.revisi), tanggal=format_date(one.tanggal or date.min), rincian=other))
    return usulan, placed, said


def _brings_pk(submission: Submission, office: Office) -> bool:
    limit, day = office.last_day, submission.tanggal
    late = day is not None and limit is not None and day > limit and day >= (office.penetapan or limit)
    return late and office.binding and submission.signs and not submission.refused


def _receipts(unit: Unit, files: Iterable[Submission], office: Office) -> dict[int, date]:
    """The register's days of a unit's usulan by revision; ``files``: those that brought its PK, whose receipts are their own."""
    signed = {s.revisi for s in files}
    return {revisi: day for (kode, revisi), day in office.receipts.items() if kode == unit.kode and revisi not in signed}


def _refused(
    unit: Unit, files: list[Submission], own: list[Placed], registered: Iterable[int]
) -> tuple[list[Placed], list[Finding]]:
    """The files that can't be read or are held as a whole: replaced where a higher revision that can be read stands beside
    them. A file whose revision can't be read is one of the earlier revisions only as long as their numbers are missing.
    """
    tops = [p.submission for p in own if p.standing is not Standing.DIGANTI]
    highest = max((s.revisi for s in tops), default=0)
    known = max(registered, default=highest)
    gaps = len(set(range(highest)) - {s.revisi for s in files if s.content}) if known <= highest else 0
    unread = [s for s in files if s.content is None]
    placed, said = [], []
    for submission in (s for s in files if s.refused):
        above = [s for s in tops if s.revisi > submission.revisi and s.parts == submission.parts]
        if (above if submission.content else len(unread) <= gaps):
            standing = Standing.DIGANTI
            value = str(submission.revisi) if submission.content else "sebelumnya"
            said.append(_say("U904", submission, value=value, rincian=", ".join(s.file for s in above or tops)))
        else:
            standing = _held(submission)
        placed.append(Placed(submission=submission, unit=unit.kode, standing=standing))
    return placed, said


def _rivals(files: list[Submission]) -> list[list[Submission]]:
    """The files of which one counts: all of a unit's, but where workbooks in the unit's own layout hold parts (RAB, indikator)
    that no other file holds, those of the same parts. A form in which these parts were left empty does not hold them."""
    forms, own = [s for s in files if not s.parts], [s for s in files if s.parts]
    kinds = {s.parts for s in own}
    held = frozenset(key for form in forms for key in ("rab", "indikator") if form.content and form.content.rows(key))
    apart = bool(own) and sum(len(parts) for parts in (*kinds, held)) == len(held.union(*kinds))
    groups = [[s for s in own if s.parts == parts] for parts in sorted(kinds, key=sorted)]
    return [group for group in (forms, *groups) if group] if apart else [files]


def _first_receipt(files: list[Submission], registered: Iterable[date]) -> date | None:
    typed = [s.tanggal for s in files if s.tanggal]
    return min(registered, default=None) or min(typed, default=None)


def _highest(unit: Unit, files: list[Submission]) -> tuple[list[Submission], list[Placed], list[Finding]]:
    """The files of the highest revision; the others are replaced by them."""
    highest = max((s.revisi for s in files), default=0)
    top = [s for s in files if s.revisi == highest]
    names = ", ".join(s.file for s in top)
    old = [s for s in files if s.revisi < highest]
    placed = [Placed(submission=s, unit=unit.kode, standing=Standing.DIGANTI) for s in old]
    return top, placed, [_say("U904", s, value=str(s.revisi), rincian=names) for s in old]


def _late(unit: Unit, files: list[Submission], first: date, deadline: date) -> tuple[list[Placed], list[Finding]]:
    """A unit that came too late: its highest revision stands beside the total."""
    top, placed, findings = _highest(unit, files)
    for submission in top:
        findings.append(_say("U902", submission, value=format_date(first), rincian=format_date(deadline)))
        placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.TERLAMBAT, code="U902"))
    return placed, findings


def _choose(
    unit: Unit, files: list[Submission], office: Office, refused: list[Submission]
) -> tuple[list[Placed], list[Finding]]:
    """Of several readable, timely revisions the highest counts; equal ones do not until somebody chooses.

    A revision after batas perbaikan is replaced by the one before it; where that is not there it stands beside the total.
    """
    findings: list[Finding] = []
    placed: list[Placed] = []
    limit = office.last_day
    timely = [s for s in files if not (s.tanggal and limit and s.tanggal > limit)]
    for late in (s for s in files if s not in timely):
        assert late.tanggal and limit
        day, last = format_date(late.tanggal), format_date(limit)
        findings.append(_say("U909", late, value=str(late.revisi), tanggal=day, rincian=last))
        last_word = not timely and late.revisi == max(s.revisi for s in files)
        standing = Standing.TERLAMBAT if last_word else Standing.DIGANTI
        placed.append(Placed(submission=late, unit=unit.kode, standing=standing, code="U909"))
    top, old, said = _highest(unit, timely)
    placed += old
    findings += said
    for submission in top:
        if len(top) > 1:
            others = ", ".join(s.file for s in top if s is not submission)
            findings.append(_say("U903", submission, value=str(submission.revisi), rincian=others))
            placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.GANDA))
            continue
        late_subs, said = _late_subs(submission, [*timely, *refused], office)
        findings += said
        placed.append(Placed(submission=submission, unit=unit.kode, standing=Standing.DIHITUNG, late_subs=late_subs))
    return placed, findings


def _late_subs(submission: Submission, files: list[Submission], office: Office) -> tuple[frozenset[str], list[Finding]]:
    """Sub kegiatan that an earlier, timely revision did not hold, counted or held back. Where such a file can't be read and no
    other one can, that is said; where none came in, nothing can be."""
    deadline = office.batas_usulan
    if not (submission.tanggal and deadline and submission.tanggal > deadline):
        return frozenset(), []
    earlier = [s for s in files if s is not submission and (s.tanggal is None or s.tanggal <= deadline)]
    read = [s for s in earlier if s.content]
    if not read:
        unread, day = ", ".join(s.file for s in earlier), format_date(submission.tanggal)
        value = str(submission.revisi)
        return frozenset(), [_say("U925", submission, value=value, tanggal=day, rincian=unread)] if earlier else []
    before = {row.get("kode_sub") for s in read for row in s.rab}
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


# ---- Whose catatan are shown: a file that was replaced accuses nobody, and a PK is asked of the file that brought it ----

PK_SHEET, PK_CODES = "pk", frozenset({"I714"})
"""What belongs to the step after penetapan: the sheet PK, and the decree that sets the IKU."""


def concerning(placed: Iterable[Placed]) -> Callable[[Finding], bool]:
    """Whether a catatan about a file of masuk/ is to be shown beside the others; of other files every one is."""
    every = list(placed)
    signed = {p.unit for p in every if p.standing is Standing.PK}
    standings = {p.submission.file: p.standing for p in every}
    sheets = {
        (p.submission.file, name)
        for p in every
        if p.unit in signed and (content := p.submission.content)
        for name in (content.book.sheet(PK_SHEET).name, *(sheet.name for sheet in content.all(PK_SHEET)))
    }
    usulan = {p.submission.file for p in every if p.unit in signed and p.standing is not Standing.PK}

    def shown(finding: Finding) -> bool:
        standing = standings.get(finding.file)
        of_pk = finding.code in PK_CODES or (finding.file, finding.sheet) in sheets
        if standing is Standing.PK:
            return of_pk or not finding.sheet
        return standing is not Standing.DIGANTI and not (of_pk and finding.file in usulan)

    return shown


# ---- What the office's price list says about one RAB row: its line, and the ceiling that it sets ----

ROW_STANDARDS = ("SSH", "SBU", "HSPK")
"""Standards that limit a row; ASB limits a whole activity."""


def standard_code(row: Row) -> str:
    """The code of the price standard that a row names; "" when it names none."""
    code = row.get("kode_standar")
    return "" if not isinstance(code, str) or is_empty_mark(code) else code


def standard_of(row: Row, office: Office | None) -> Price | None:
    """The line of the price list that a row refers to: blanks, capitals and a trailing dot in the code do not matter."""
    code = standard_code(row)
    if office is None or not code:
        return None
    return office.prices.get(code) or office.prices.get("".join(code.split()).rstrip(".").upper())


def ceiling(row: Row, office: Office) -> int | None:
    """The highest price of one unit in whole rupiah that the list allows a row; None where it sets no limit.

    Estimates, standards of a whole activity, and prices in another unit of measure set none.
    """
    price, satuan = standard_of(row, office), row.get("satuan")
    if office is None or price is None or price.jenis not in ROW_STANDARDS or not price.batas or price.harga <= 0:
        return None
    if price.satuan and not (isinstance(satuan, str) and office.satuan.same(satuan, price.satuan)):
        return None
    return price.harga


def excess(row: Row, limit: int | None) -> int:
    """What a row costs more than at its ceiling, in whole rupiah, half-up, without PPN; 0 where nothing can be said."""
    price, volume = row.get("harga_satuan"), row.get("volume")
    if limit is None or not isinstance(price, Decimal) or not isinstance(volume, Decimal) or price <= limit:
        return 0
    return int(round_half_up(volume * (price - limit), 0))
