"""Where a year stands: its stage, what is locked, what each unit still owes and since when, and what comes next.

Pure functions over the recap, the locked plans and what came back; the clock is never asked. A triwulan is asked for once its
forms were handed out or something of it came back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.office.folder import FORMULIR, HASIL, KANTOR_FILE, MASUK, PERBAIKAN
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.reckoning.recap.standing import PK_CODES
from kinerja_xl.reckoning.year import MONEY_KIND, Realised, ReturnFile, expected
from kinerja_xl.reckoning.year import Status as ReturnStatus
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.kantor import RIWAYAT_TABLE
from kinerja_xl.words.periods import ROMAN

LAST_QUARTER = 4
USULAN, PK, IKU = "usulan", "PK", "keputusan IKU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What stands in the folder. ``folder`` as it is typed; ``forms``: the units' forms were handed out; ``review``: the Lembar
    Penelaahan below hasil/, ``reviewed`` once somebody wrote into it, ``dated`` once its day stands there; ``asked``: triwulan
    that were handed out or came back; ``results``: names in hasil/.
    """

    folder: str
    forms: bool = False
    review: str = ""
    reviewed: bool = False
    dated: bool = False
    asked: frozenset[int] = frozenset()
    results: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A locked plan: ``berkas`` is its name in arsip/, ``total`` its anggaran in whole rupiah."""

    judul: str
    tanggal: date | None
    total: int
    berkas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a unit still owes (``usulan``, ``PK``, ``realisasi TW1`` …) and how it stands.

    ``since``: the day from which it is owed, None where the office set none; ``deadline``: that day is the last to hand it in.
    """

    what: str
    status: Status
    since: date | None
    deadline: bool = True

    @property
    def told(self) -> str:
        """``usulan: BELUM MENYAMPAIKAN, batas 30 September 2024``."""
        when = f", {'batas' if self.deadline else 'sejak'} {format_date(self.since)}" if self.since else ""
        word = "" if self.status is Status.PERBAIKAN else f": {self.status.value}"
        return f"{self.what}{word}{when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """A unit with the word on its usulan and what it owes."""

    kode: str
    nama: str
    status: Status
    owes: tuple[Owed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes next: a sentence, the words of the command (verb, folder, options), and the file or folder to open."""

    sentence: str
    words: tuple[str, ...]
    file: str

    @property
    def command(self) -> str:
        return " ".join(("kinerja-xl", *self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStatus:
    """Where the year stands. ``since``: when the stage was entered, by the dated history; ``versions`` in the order of locking,
    the last is in force; ``findings``: all catatan of the year so far.
    """

    kantor: str
    tahun: int
    tahap: str
    since: date | None
    versions: tuple[Version, ...]
    units: tuple[UnitStanding, ...]
    findings: tuple[Finding, ...]
    next: Step

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Catatan by level."""
        counted = Counter(finding.severity for finding in self.findings)
        return {level: counted[level] for level in Severity}

    @property
    def owing(self) -> bool:
        return any(unit.owes for unit in self.units)


def year_status(
    recap: Recap, plans: Iterable[tuple[str, Plan]], realised: Realised | None, files: Files, said: Iterable[Finding] = ()
) -> YearStatus:
    """``plans``: names and content of the locked plans, oldest first; ``realised``: what came back of the triwulan that were
    asked for, None without a locked plan; ``said``: what else is to be counted.
    """
    locked = list(plans)
    office, plan = recap.office, locked[-1][1] if locked else None
    findings = [*recap.findings, *(realised.findings if realised else ()), *said]
    owed = _owed(recap, plan, realised, files)
    units = tuple(
        UnitStanding(kode=line.kode, nama=line.nama, status=line.status, owes=tuple(owed.get(line.kode, ())))
        for line in recap.units
    )
    return YearStatus(
        kantor=office.nama, tahun=office.tahun, tahap=office.tahap or USULAN, since=_since(office),
        versions=tuple(Version(judul=p.title, tanggal=p.tanggal, total=p.total, berkas=name) for name, p in locked),
        units=units, findings=tuple(findings), next=_next(office, plan, units, files),
    )  # fmt: skip


def _since(office: Office) -> date | None:
    """When the stage that counts was entered: the latest day of the history."""
    rows = office.content.rows(RIWAYAT_TABLE.key) if office.content else ()
    return max((day for row in rows if isinstance(day := row.get("tanggal"), date)), default=None)


# ---- what is owed ----------------------------------------------------------------------------------


def _owed(recap: Recap, plan: Plan | None, realised: Realised | None, files: Files) -> Mapping[str, list[Owed]]:
    pairs: list[tuple[str, Owed]] = []
    if plan is None:
        pairs += _usulan(recap)
    elif recap.office.binding:
        pairs += _agreements(recap, plan)
    if plan is not None and realised is not None:
        pairs += _returns(recap.office, plan, realised, files)
    return grouped(pairs)


def _usulan(recap: Recap) -> Iterator[tuple[str, Owed]]:
    """What is late by decision owes nothing any more; what has to be mended has until the deadline of corrections."""
    office = recap.office
    for line in recap.units:
        if line.status in (Status.BELUM, Status.TIDAK_TERBACA):
            yield line.kode, Owed(what=USULAN, status=line.status, since=office.batas_usulan)
        elif line.status is Status.PERBAIKAN:
            last = office.last_day
            yield line.kode, Owed(what=f"perbaikan {USULAN}", status=line.status, since=last)


def _agreements(recap: Recap, plan: Plan) -> Iterator[tuple[str, Owed]]:
    """The PK of every unit of the plan, and the decree of its IKU; both are owed from the day of the plan and never late."""
    signed = {entry.unit for entry in (*recap.pk_kinerja, *recap.pk_anggaran)}
    wrong = {(f.unit, f.code) for f in recap.findings if f.severity is Severity.WAJIB}
    for unit in (line.kode for line in recap.units if line.kode in plan.promising):
        asked = [(PK, Status.BELUM)] if unit not in signed else []
        if not asked and any(kode == unit and code.startswith("P8") for kode, code in wrong):
            asked.append((f"perbaikan {PK}", Status.PERBAIKAN))
        if any((unit, code) in wrong for code in PK_CODES):
            asked.append((IKU, Status.BELUM))
        for what, status in asked:
            yield unit, Owed(what=what, status=status, since=plan.tanggal, deadline=False)


def _returns(office: Office, plan: Plan, realised: Realised, files: Files) -> Iterator[tuple[str, Owed]]:
    came = grouped(((f.triwulan, f.unit, f.kind), f) for f in realised.files)
    wrong = {f.file for f in realised.findings if f.severity is Severity.WAJIB}
    for number in range(1, max(files.asked, default=0) + 1):
        for unit, kind in expected(office, plan, number, realised.due):
            status = _returned(came.get((number, unit, kind), []), wrong)
            if status is not None:
                mending = "perbaikan " if status is Status.PERBAIKAN else ""
                noun = "realisasi keuangan" if kind == MONEY_KIND else "realisasi"
                yield unit, Owed(what=f"{mending}{noun} TW{number}", status=status, since=office.batas_tw.get(number))


def _returned(own: list[ReturnFile], wrong: set[str]) -> Status | None:
    """How the files of one unit, kind and triwulan stand; None where nothing is owed."""
    words = {ReturnStatus(f.status) for f in own} - {ReturnStatus.PEMBANDING}
    if any(word.counts for word in words):
        counted = (f.file for f in own if ReturnStatus(f.status).counts)
        return Status.PERBAIKAN if any(file in wrong for file in counted) else None
    if not words:
        return Status.BELUM
    return Status.TIDAK_TERBACA if words <= {ReturnStatus.TIDAK_TERBACA, ReturnStatus.DIGANTI} else Status.PERBAIKAN


# ---- what comes next -------------------------------------------------------------------------------


def _next(office: Office, plan: Plan | None, units: tuple[UnitStanding, ...], files: Files) -> Step:
    if plan is None:
        return _before_lock(office, units, files)
    if not office.binding:
        words = f"tulis baris {plan.tahap} dengan tanggalnya pada lembar Riwayat Tahap, lalu periksa"
        return Step(sentence=words, words=_call(files, "periksa"), file=KANTOR_FILE)
    waiting = [owed for unit in units for owed in unit.owes if not owed.deadline]
    if waiting and not files.asked:
        words = "cetak dan tandatangani PK, lalu taruh formulir unit dengan lembar PK terisi di masuk/"
        return Step(sentence=words, words=_call(files, "pk"), file=MASUK)
    step = _measuring(office, units, files)
    return replace(step, sentence=f"tagih PK yang ditunggu; {step.sentence}") if waiting else step


def _before_lock(office: Office, units: tuple[UnitStanding, ...], files: Files) -> Step:
    begun = any(unit.status is not Status.BELUM for unit in units)
    if any(finding.severity is Severity.WAJIB for finding in office.findings):
        if begun:
            return Step(sentence=f"perbaiki {KANTOR_FILE}", words=_call(files, "periksa"), file=KANTOR_FILE)
        words = f"lengkapi {KANTOR_FILE}, lalu tulis formulir"
        return Step(sentence=words, words=_call(files, "formulir"), file=KANTOR_FILE)
    if not begun:
        if not files.forms:
            return Step(sentence="tulis formulir unit", words=_call(files, "formulir"), file=KANTOR_FILE)
        words = "bagikan formulir, taruh yang kembali di masuk/, lalu periksa"
        return Step(sentence=words, words=_call(files, "periksa"), file=FORMULIR)
    if files.review:
        words = "periksa hasil penelaahan, lalu kunci" if files.reviewed else "isi Lembar Penelaahan dalam rapat, lalu coba kunci"
        words += "" if files.dated else "; tulis tanggal rapatnya pada lembar itu, atau sebutkan dengan --tanggal"
        return Step(sentence=words, words=_call(files, "kunci", "--coba"), file=files.review)
    if any(owed.status is not Status.BELUM for unit in units for owed in unit.owes):
        words = "kembalikan catatan kepada unit dan tunggu revisinya di masuk/"
        return Step(sentence=words, words=_call(files, "periksa", "--kembalikan"), file=f"{HASIL}/{PERBAIKAN}")
    words = "tulis Lembar Penelaahan untuk rapat"
    if any(unit.owes for unit in units):
        words = f"tagih usulan yang belum masuk; bila batasnya lewat, {words}"
    return Step(sentence=words, words=_call(files, "rekap", "--penelaahan"), file=HASIL)


def _measuring(office: Office, units: tuple[UnitStanding, ...], files: Files) -> Step:
    number = max(files.asked, default=0)
    if not number:
        return _hand_out(1, files)
    final = number == LAST_QUARTER
    target = f"Capaian-{office.tahun}{'' if final else f'-TW{number}'}.xlsx"
    call = _call(files, "capaian", *(() if final else ("--triwulan", str(number))))
    if target not in files.results:
        waiting = any(owed.deadline for unit in units for owed in unit.owes)
        words = f"hitung capaian s.d. triwulan {ROMAN[number - 1]}"
        words = f"tagih realisasi yang ditunggu, lalu {words}" if waiting else words
        return Step(sentence=words, words=call, file=f"{MASUK}/TW{number}")
    if not final:
        return _hand_out(number + 1, files)
    report = f"LKjIP-{office.tahun}.docx"
    if report not in files.results:
        return Step(sentence="tulis tabel Bab III LKjIP", words=_call(files, "lkjip"), file=f"{HASIL}/{target}")
    call = ("mulai", "FOLDER_BARU", "--tahun", str(office.tahun + 1), "--dari", files.folder)
    return Step(sentence="mulai tahun berikutnya", words=call, file=f"{HASIL}/{report}")


def _hand_out(number: int, files: Files) -> Step:
    words = f"bagikan formulir realisasi triwulan {ROMAN[number - 1]}"
    return Step(sentence=words, words=_call(files, "realisasi", "--triwulan", str(number)), file=f"{FORMULIR}/TW{number}")


def _call(files: Files, verb: str, *options: str) -> tuple[str, ...]:
    return (verb, files.folder, *options)
