"""``kunci``: freeze what was agreed into arsip/. A version that is locked is never written again; the last one can be taken back.

``prepare`` judges and says everything, ``commit`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kinerja_xl.catatan import Finding, Severity, sort_key
from kinerja_xl.checking.rencana import check_inherited, check_review
from kinerja_xl.checking.rules import RULES
from kinerja_xl.frames import Checked, check_rows
from kinerja_xl.office.folder import ARSIP, HASIL, MASUK, UNOPENED, InputError, is_folder, is_strange, read_bytes, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.place import typed
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reading.intake import of_others
from kinerja_xl.reading.unseen import bounded
from kinerja_xl.reading.workbook import ReadBook, Versions, read_workbook
from kinerja_xl.reckoning.plan import Plan, steady
from kinerja_xl.reckoning.plan.agreed import DpaRows, agreed_plan, apply_dpa, dpa_differences, rows_of, with_goals
from kinerja_xl.reckoning.plan.review import left_out, outdated, proposal_of
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.reckoning.year import plan_sign
from kinerja_xl.sheets.penetapan import DPA, DPA_TABLE, DPA_VERSIONS, PENELAAHAN
from kinerja_xl.sheets.values import fold, format_date
from kinerja_xl.uses.arsip import REVIEW_FILE, REVIEW_VERSIONS, Locked, plan_files, plan_name, read_plan, taken_back_name
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form.penelaahan import first_dpa, write_plan
from kinerja_xl.writing.output import OutputError, Written, make_folder, put, rename_all, save_new
from kinerja_xl.writing.shown.page import signature_lines
from kinerja_xl.writing.turn import turn

FROM_PROPOSAL = "usulan"
"""Word of ``--dari`` that locks the counted proposal without a review."""

FIRST, CHANGE = "penetapan", "perubahan"
ACCEPTED: Mapping[str, Versions] = {**REVIEW_VERSIONS, DPA.key: DPA_VERSIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What ``kunci`` is about to do, and did. ``plan`` None: something "wajib" stands in the way; ``before``: the plan that was
    in force; ``written`` None: nothing is written yet; ``dpa``: a DPA to correct, written beside the first lock.
    """

    folder: Path
    office: Office
    target: Path
    plan: Plan | None
    findings: tuple[Finding, ...]
    before: Plan | None = None
    written: Written | None = None
    dpa: Written | None = None

    @property
    def missing_stage(self) -> str:
        """What Kantor.xlsx still needs to know of the stage that was locked; "" where its history has it."""
        if self.plan is None or self.office.entered(self.plan.tahap, self.plan.nomor):
            return ""
        which = f"{self.plan.tahap} nomor {self.plan.nomor}" if self.plan.nomor else self.plan.tahap
        return f"Tambahkan baris {which} pada lembar Riwayat Tahap di Kantor.xlsx, dengan tanggal dan dasarnya."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """The version that is asked for, and the plans before it."""

    tahun: int
    tahap: str
    nomor: int
    target: Path
    before: Locked | None


def lock(
    folder: Path, source: str | None = None, *, tahap: str = FIRST, nomor: int | None = None, tanggal: date | None = None,
    dasar: str = "",
) -> Lock:  # fmt: skip
    """``prepare``, and ``commit`` where nothing stands in the way."""
    return commit(prepare(folder, source, tahap=tahap, nomor=nomor, tanggal=tanggal, dasar=dasar))


def prepare(
    folder: Path, source: str | None = None, *, tahap: str = FIRST, nomor: int | None = None, tanggal: date | None = None,
    dasar: str = "",
) -> Lock:  # fmt: skip
    """The plan to be frozen with everything that is to be said of it; nothing is written. ``source``: a filled review, a DPA in
    our layout, or the word ``usulan``; default hasil/Lembar-Penelaahan.xlsx. Raises InputError (nothing to lock, the version
    exists, or its date is not known).
    """
    year = Year(folder)
    office = year.office
    version = _version(year, tahap, nomor)
    plan, findings = _plan(year, source, version)
    # one person mends them all: by their place in the file, not by the code of their unit
    findings = sorted([*year.said_of_plans, *findings], key=lambda finding: sort_key(finding)[1:])
    before = version.before
    own = before.plan if before else None
    ready = Lock(folder=folder, office=office, target=version.target, plan=None, findings=tuple(findings), before=own)
    if plan is None or any(f.severity is Severity.WAJIB for f in findings):
        return ready
    plan = steady(
        replace(
            plan, tahap=version.tahap, nomor=version.nomor, tanggal=_day(version, tanggal, plan.tanggal),
            dasar=dasar or office.basis(version.tahap, version.nomor) or plan.dasar,
            urutan=before.plan.urutan + 1 if before else 0, menggantikan=before.path.name if before else "",
        )
    )  # fmt: skip
    return replace(ready, plan=plan)


def commit(ready: Lock) -> Lock:
    """Write what was prepared: the plan to arsip/, beside the first one hasil/DPA-TAHUN.xlsx. Raises OutputError."""
    if ready.plan is None:
        return ready
    make_folder(ready.folder / HASIL)  # no lock without the DPA beside it
    with turn(ready.folder, "kunci"):
        _refuse_overtaken(ready)
        written = _write(ready.plan, ready.office, ready.target)
        dpa = None if ready.before else _blank_dpa(ready.plan, ready.folder, ready.office)
    return replace(ready, written=written, dpa=dpa)


def _refuse_overtaken(ready: Lock) -> None:
    """Raises InputError where another has locked a plan, or taken one back, since this one was prepared."""
    now = Year(ready.folder).plans
    if (now[-1].plan if now else None) != ready.before or there(ready.target):
        words = f"Rencana di {ready.folder / ARSIP} baru saja dikunci atau dibatalkan orang lain, sehingga yang ini tidak dikunci"
        raise InputError(f"{words}. Lihat kinerja-xl status {typed(ready.folder)}, lalu ulangi bila masih perlu.")


def change_call(folder: Path, dpa: Path, stage: str = CHANGE) -> str:
    """The command that locks a change, as it is typed: what it is taken from and its day are asked for, so they stand there."""
    return f"kinerja-xl kunci {typed(folder)} --dari {typed(dpa)} --tahap {stage} --tanggal TANGGAL"


def _dpa_file(folder: Path, office: Office) -> Path:
    return folder / HASIL / f"DPA-{office.tahun}.xlsx"


def _day(version: _Version, given: date | None, own: date | None) -> date:
    """The day from which the plan holds: as told, else the date that its source has typed in. None is ever invented.

    A source that is no younger than the plan before it has no date of its own for this version. Raises InputError.
    """
    since = version.before.plan.tanggal if version.before else None
    day = given or (own if own and not (since and own <= since) else None)
    if day is None:
        words = f"Tanggal {version.tahap} belum diketahui, dan tidak dikarang"
        # the option alone: the command typed again without its --dari or --coba would lock something else, or for good
        raise InputError(f'{words}. Tambahkan pada perintah yang sama, misalnya: --tanggal "21 Juli {version.tahun}".')
    if since and day < since:
        assert version.before
        words = f"Tanggal {version.tahap}, {format_date(day)}, mendahului {version.before.plan.dated} yang digantikannya"
        raise InputError(f"{words}. Periksa --tanggal.")
    return day


def _blank_dpa(plan: Plan, folder: Path, office: Office) -> Written | None:
    """hasil/DPA-TAHUN.xlsx with the agreed accounts, to be corrected when the DPA arrives; one that is there stays."""
    target = _dpa_file(folder, office)
    if there(target):
        return None
    return put(target, first_dpa(plan, office))


def _version(year: Year, tahap: str, nomor: int | None) -> _Version:
    """Which version is asked for; one that exists is never written again."""
    plans, folder = year.plans, year.folder
    before = plans[-1] if plans else None
    if tahap == FIRST:
        number = 0
    elif before is None:
        words = f"Belum ada rencana yang dikunci untuk {tahap}"
        raise InputError(f"{words}. Kunci dahulu penetapannya: kinerja-xl kunci {typed(folder)}.")
    else:
        number = nomor or 1 + max((one.plan.nomor for one in plans if one.plan.tahap == tahap), default=0)
    target = folder / ARSIP / plan_name(year.office.tahun, tahap, number)
    if there(target):
        following = "" if tahap == FIRST else f" --nomor {number + 1}"
        stage = CHANGE if tahap == FIRST else tahap
        call = change_call(folder, _dpa_file(folder, year.office), f"{stage}{following}")
        raise InputError(f"{target} sudah dikunci dan tidak ditimpa. Untuk versi berikutnya: {call}.")
    return _Version(tahun=year.office.tahun, tahap=tahap, nomor=number, target=target, before=before)


def _plan(year: Year, source: str | None, version: _Version) -> tuple[Plan | None, list[Finding]]:
    """The plan that the source gives, without its stage and number."""
    if source == FROM_PROPOSAL:
        return _proposal(year)
    folder = year.folder
    path = Path(source) if source else folder / HASIL / REVIEW_FILE
    if source is None and not there(path):
        raise InputError(
            f"Belum ada {path}. Buat dengan kinerja-xl rekap {typed(folder)} --penelaahan dan isi dalam rapat, sebutkan DPA "
            f"dengan --dari BERKAS, atau kunci usulan apa adanya dengan --dari {FROM_PROPOSAL}."
        )
    foreign = _from_foreign(year, path, version)
    if foreign is not None:
        return foreign
    book = _read(path, year.office)
    if book.content and book.content.book.key == PENELAAHAN.key:
        plan, findings = _reviewed(year, book, path.name)
        return replace(plan, dasar=plan.dasar or f"Lembar Penelaahan {path.name}") if plan else None, findings
    return _from_dpa(year, path, book, version)


def _proposal(year: Year) -> tuple[Plan, list[Finding]]:
    """The usulan as it is counted, with what the rules that bind a plan say of the files that count, and with the files that
    can't be opened just now: a plan without them would promise too little for good. What is not counted is said."""
    counted = {source.file for source in year.recap.sources if source.status == Standing.DIHITUNG.value}
    binding = {code for entry in RULES if entry.locked for code in entry.codes} | {"U906"}
    said = [f for f in year.recap.findings if (f.code in binding and f.file in counted) or f.code == UNOPENED]
    return proposal_of(year.recap), [*said, *left_out(year.recap)]


def from_review(book: ReadBook, office: Office, file: str) -> tuple[Plan | None, list[Finding]]:
    """The plan of a filled review: what it lacks, then the rules of the usulan over what was agreed."""
    assert book.content is not None
    reported = frozenset(book.reading.reported)
    plan, said = agreed_plan(book.content, office, reported)
    said = [f.at(file=file) for f in said]
    more = check_review(book.content, office, file, reported | {(f.sheet, f.cell) for f in said})
    return plan, [*book.findings, *said, *more]


def _reviewed(year: Year, book: ReadBook, file: str) -> tuple[Plan | None, list[Finding]]:
    """The same, with what became of the usulan since the review was written."""
    plan, findings = from_review(book, year.office, file)
    if book.content and is_folder(year.folder / MASUK):
        findings += [f.at(file=file) for f in outdated(book.content, year.recap)]
    return plan, findings


def _read(path: Path, office: Office) -> ReadBook:
    """The source's content. Raises InputError where it can't be read, or is another year's or another office's."""
    data, trouble = read_bytes(path)
    book = read_workbook(data, path.name, ACCEPTED, office_listings(office))
    if trouble or book.content is None:
        raise InputError(f"{path} tidak dapat dikunci.", (trouble,) if trouble else tuple(book.findings))
    if strange := of_others(book.identity, office):
        raise InputError(f"{path} milik tahun atau kantor lain.", (strange.at(file=path.name),))
    return book


def _from_dpa(year: Year, path: Path, book: ReadBook, version: _Version) -> tuple[Plan | None, list[Finding]]:
    """The DPA over what was agreed: the plan in force, else the filled review, else the proposal."""
    office = year.office
    (amounts, reasons, kas, places), findings = rows_of_dpa(book, office)
    base, said = _agreed_before(year, version)
    findings += said
    if base is None or any(f.severity is Severity.WAJIB for f in findings):
        return None, findings
    plan = _of_dpa(year, apply_dpa(base, amounts, reasons=reasons, names=_names(office), kas=kas), path)
    return plan, [*findings, *dpa_differences(plan, base, path.name, places)]


def rows_of_dpa(book: ReadBook, office: Office) -> tuple[DpaRows, list[Finding]]:
    """A DPA of ours that could be read: what its rows say, and what is wrong with them."""
    assert book.content is not None
    rows, reported = book.content.rows(DPA_TABLE.key), frozenset(book.reading.reported)
    checked = [Checked(block=DPA_TABLE, row=row, file=book.file, unit="", reported=reported) for row in rows]
    findings = [*book.findings, *check_rows(checked, office_listings(office))]
    spelling = {fold(unit.kode): unit.kode for unit in office.units}
    found = rows_of(rows, spelling)
    for (unit, _), (sheet, cell) in found[3].items():
        if unit not in spelling.values():
            args = {"rincian": ", ".join(spelling.values())}
            findings.append(Finding(code="D105", file=book.file, sheet=sheet, cell=cell, value=unit, args=args))
    return found, findings


def _of_dpa(year: Year, plan: Plan, path: Path) -> Plan:
    """With indicators for what only the DPA funds; its date is told with the command."""
    found = with_goals(plan, year.review[0], lambda: year.recap.indikator if is_folder(year.folder / MASUK) else ())
    return replace(found, dasar=f"DPA {path.name}", tanggal=None)


def _names(office: Office) -> dict[str, str]:
    return {kode: node.nama for kode, node in office.programs.items()}


def _from_foreign(year: Year, path: Path, version: _Version) -> tuple[Plan | None, list[Finding]] | None:
    """A DPA in a layout of others over what was agreed; None for a file of ours, or one without a budget.

    An amount that finds no unit is "wajib": a plan that silently lacks money is worse than none.
    """
    office = year.office
    data, trouble = read_bytes(path)
    own = read_workbook(data, path.name, ACCEPTED, year.lists)
    needed = {(DPA_TABLE.key, key) for key in ("", "unit", "kode_sub", "anggaran")}  # months alone make no DPA of ours
    lost = bool(own.reading.missing & {*needed, ("telaah_sub", "")})
    if trouble or not is_strange(own.content, own.findings, lost=lost):
        return None
    from kinerja_xl.adopt.money import adopt_dpa  # the reader of any layout: only for a file that is none of ours
    from kinerja_xl.foreign.read import read_foreign

    base, findings = _agreed_before(year, version)
    if base is None:
        return None, findings
    adopted = adopt_dpa(read_foreign(data, path.name, padanan=year.padanan), base, office)
    if adopted is None:
        return None
    findings += [*year.said_of_padanan(), *adopted.findings]
    if any(f.severity is Severity.WAJIB for f in findings):
        return None, findings
    plan = _of_dpa(year, apply_dpa(base, adopted.rows, names=_names(office), kas=adopted.kas), path)
    return plan, [*findings, *dpa_differences(plan, base, path.name, adopted.places)]


def _agreed_before(year: Year, version: _Version) -> tuple[Plan | None, list[Finding]]:
    """What a DPA is laid over."""
    if before := version.before:
        return before.plan, check_inherited(before.plan.indicators, year.office, before.path.name)
    path = year.folder / HASIL / REVIEW_FILE
    return _reviewed(year, _read(path, year.office), path.name) if there(path) else _proposal(year)


def _write(plan: Plan, office: Office, target: Path) -> Written:
    """To the disk, after a look whether it reads back as it was locked."""
    data = write_plan(plan, office.accounts, office.policy("kertas"), signature_lines(office, plan.tanggal), office.unit_name)
    back, findings = read_plan(data, target.name)
    if back != plan or findings:
        raise OutputError(f"{target.name} tidak ditulis: isinya tidak terbaca kembali persis seperti yang dikunci.", target)
    return save_new(target, data)


# ---- Taking back: the version that was locked last goes out of force, is kept beside, and is no longer read as a plan ----

@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The plan that was taken back, where it is kept, and the one that is in force again (None: none is locked)."""

    plan: Plan
    kept: Path
    moved: tuple[Path, ...]
    in_force: Plan | None


def take_back(folder: Path, *, trial: bool = False) -> TakenBack:
    """Take the last lock out of force, as long as nothing was measured with it. ``trial``: only say what would be done.

    Raises InputError where nothing is locked, or a realisasi form or return refers to it, and OutputError.
    """
    with turn(folder, "kunci --batalkan"):
        return _take_back(Year(folder), trial=trial)


def _take_back(year: Year, *, trial: bool) -> TakenBack:
    folder = year.folder
    if not year.plans:
        raise InputError(f"Belum ada rencana {year.office.tahun} yang dikunci di {folder / ARSIP}.", year.said_of_plans)
    if len(plan_files(folder, year.office.tahun)) > len(year.plans):
        words = f"Tidak semua rencana {year.office.tahun} di {folder / ARSIP} terbaca, sehingga yang terakhir tidak diketahui."
        raise InputError(words, year.said_of_plans)
    last = year.plans[-1]
    _refuse_measured(year, last.plan)
    dpa = _dpa_file(folder, year.office)
    own = len(year.plans) == 1 and there(dpa) and _content(dpa) == first_dpa(last.plan, year.office)
    # The DPA as it was written beside the lock goes too, and first: the plan's own move is what takes it out of force.
    moves = [(path, taken_back_name(path)) for path in ([dpa] if own else []) + [last.path]]
    if not trial:
        rename_all(moves)
    before = year.plans[-2].plan if len(year.plans) > 1 else None
    return TakenBack(plan=last.plan, kept=moves[-1][1], moved=tuple(kept for _, kept in moves[:-1]), in_force=before)


def _content(path: Path) -> bytes:
    data, trouble = read_bytes(path)
    if trouble:
        raise InputError(f"{path} tidak dapat dibuka, sehingga tidak ada yang dibatalkan.", (trouble,))
    return data


_NAMED = 3
"""Files named in one refusal; the rest is counted."""


def _refuse_measured(year: Year, plan: Plan) -> None:
    """Raises InputError where a form that was handed out, or a file that came back, was made from this plan.

    A file that can't be read may have been; one in a layout of others can only be measured with the first plan.
    """
    using = []
    for path, returned in year.measuring():
        strange = returned.submission.is_strange and len(year.plans) == 1
        unread = returned.submission.content is None and not returned.submission.is_strange
        if returned.sign == plan_sign(plan) or strange or unread:
            using.append(str(path.relative_to(year.folder)))
    if using:
        raise InputError(
            f"{plan.title} {plan.tahun} tidak dapat dibatalkan: sudah dipakai untuk pengukuran ({bounded(using, _NAMED)}). "
            f"Kunci perubahannya sebagai versi baru: {change_call(year.folder, _dpa_file(year.folder, year.office))}."
        )
