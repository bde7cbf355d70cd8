"""A year's folder as one object: what stands in it, each thing read once, when it is first asked for. Verbs ask it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding, planners, settled, sort_key
from kinerja_xl.checking.kantor import between_units, check_kantor, office_wide
from kinerja_xl.checking.rule_book import bundled, check_submissions, checked_rows, hollow, tables_of, with_office_levels
from kinerja_xl.checking.rules import Case, guarded, row_jenis
from kinerja_xl.checking.tahun_lalu import against_last_year
from kinerja_xl.frames import Consolidated, check_rows
from kinerja_xl.office.folder import (
    ARSIP,
    FORMULIR,
    KANTOR_FILE,
    MASUK,
    PADANAN_FILE,
    InputError,
    Submission,
    folder_of,
    incoming,
    is_file,
    is_folder,
    read_bytes,
    read_listed,
    there,
)
from kinerja_xl.office.kantor import Office, Unit, build_office, own_measures
from kinerja_xl.office.logo import read_logo
from kinerja_xl.office.place import typed
from kinerja_xl.office.prefill import default_listings, office_listings
from kinerja_xl.reading.intake import Return, read_return
from kinerja_xl.reading.own_book import RecapBack, YearValue
from kinerja_xl.reading.workbook import ReadBook, read_workbook
from kinerja_xl.reckoning.plan import CHANGE, InForce, Plan
from kinerja_xl.reckoning.plan.rows import agreed_of
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.recap.build import build_lines, build_recap
from kinerja_xl.reckoning.recap.standing import Placed, Standing, concerning, place
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR, KANTOR_VERSIONS
from kinerja_xl.uses.arsip import KANTOR_LAMA, Locked, earlier_years, last_recap, locked_plans, read_review, usulan_before
from kinerja_xl.uses.kept import judging, keeping, said_of
from kinerja_xl.uses.masuk import read_file, read_returns, with_parts_named
from kinerja_xl.words.units import COMMON

if TYPE_CHECKING:
    from kinerja_xl.foreign.padanan import Padanan
    from kinerja_xl.reading.parse_cells import Reading
    from kinerja_xl.reckoning.year import Realised

Progress = Callable[[str, int, int], None]


def quiet(what: str, done: int, total: int) -> None:
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
        return OfficeRead(office=None, findings=tuple(planners([trouble])))
    book = _read_kantor(data, path.name)
    lists = book.reading.lists
    findings = list(book.findings)
    if book.content is None:
        return OfficeRead(office=None, findings=tuple(planners(findings)))
    findings += said_of(data, path.name, lists, partial(_declared, book.content, path.name, book.reading))
    office = build_office(book.content)
    form = Submission(
        file=path.name, sha256=book.sha256, unit="", version=book.content.book.version, content=book.content,
        reported=frozenset(book.reading.reported | settled(findings)), totals=tuple(book.reading.totals),
    )  # fmt: skip
    case = Case(submission=form, lists=lists, before=_kantor_before(path, office))
    findings += guarded("Kantor.xlsx", partial(check_kantor, case, office), path.name)
    logo, no_logo = read_logo(path.parent, office)
    findings += [f.at(file=path.name) for f in no_logo]
    findings = sorted(planners(findings), key=sort_key)
    usable = office.tahun > 0 and bool(office.units) and bool(office.nama)
    office = replace(office, logo_data=logo, findings=tuple(findings))
    return OfficeRead(office=office if usable else None, findings=tuple(findings))


def _declared(content: BookContent, file: str, reading: Reading) -> Iterator[Finding]:
    """What the declarations alone demand of the rows of Kantor.xlsx, among them a whole price list."""
    rows = list(checked_rows(content, file, "", frozenset(reading.reported)))
    yield from check_rows(rows, reading.lists)
    yield from hollow(rows)


def _read_kantor(data: bytes, file: str) -> ReadBook:
    """Kantor.xlsx, read with the units of measure that it adds itself: they stand on one of its last sheets."""
    book = read_workbook(data, file, {KANTOR.key: KANTOR_VERSIONS}, default_listings())
    own = own_measures(book.content) if book.content else COMMON
    return read_workbook(data, file, {KANTOR.key: KANTOR_VERSIONS}, default_listings(own)) if own.own else book


def _kantor_before(path: Path, office: Office) -> BookContent | None:
    """Last year's Kantor.xlsx, where ``mulai`` left it in arsip/."""
    last = path.parent / ARSIP / KANTOR_LAMA.format(office.tahun - 1)
    return _read_kantor(read_bytes(last)[0], last.name).content if is_file(last) else None


def kantor_content(folder: Path, lost: Collection[str] = ()) -> BookContent:
    """Kantor.xlsx as it stands, to be copied on. Raises InputError where it can't be read or has a catatan of ``lost``."""
    data, trouble = read_bytes(folder / KANTOR_FILE)
    book = _read_kantor(data, KANTOR_FILE)
    told = tuple(f for f in book.findings if f.code in lost)
    if trouble or book.content is None or told:
        said = (trouble,) if trouble else told or tuple(book.findings)
        raise InputError(f"{folder / KANTOR_FILE} tidak dapat disalin utuh; perbaiki dahulu catatan di bawah ini.", said)
    return book.content


@cache
def _settle() -> None:
    """Once: what was imported stays, and looking through it again and again, and once more at the end, takes seconds."""
    gc.freeze()


class Year:
    """A year's folder. What can't be had without Kantor.xlsx, masuk/ or a locked plan raises InputError, a sentence for staff.

    ``tanggal`` replaces the date that Kantor.xlsx gives; ``tahun_lalu`` names last year's recap (by default the one in arsip/).
    """

    def __init__(
        self, folder: Path, progress: Progress = quiet, tanggal: date | None = None, tahun_lalu: Path | None = None
    ) -> None:
        self.folder = folder
        self._progress, self._tanggal, self._tahun_lalu = progress, tanggal, tahun_lalu

    # ---- Kantor.xlsx and Padanan.xlsx ----

    @cached_property
    def kantor(self) -> OfficeRead:
        with keeping(self.folder, KANTOR.key, 1):
            return read_office(self.folder / KANTOR_FILE)

    @cached_property
    def office(self) -> Office:
        office = self.kantor.office
        if office is None:
            raise InputError(f"{KANTOR_FILE} belum dapat dipakai; perbaiki dahulu catatan di bawah ini.", self.kantor.findings)
        return replace(office, tanggal=self._tanggal) if self._tanggal else office

    @cached_property
    def lists(self) -> Listings:
        return office_listings(self.office)

    def unit(self, kode: str) -> Unit:
        """The unit with this code. Raises InputError, naming those that there are."""
        unit = self.office.unit(kode)
        if unit is None:
            known = ", ".join(unit.kode for unit in self.office.units)
            raise InputError(f"Unit {kode} tidak ada pada lembar Unit di {KANTOR_FILE} (yang ada: {known}).")
        return unit

    @cached_property
    def padanan(self) -> Padanan | None:
        """The answers kept about layouts of others; None without them."""
        if not there(self.folder / PADANAN_FILE):
            return None
        from kinerja_xl.adopt.kept import read_answers  # the reader of any layout: only for a file that is none of ours

        return read_answers(self.folder / PADANAN_FILE)

    def said_of_padanan(self) -> list[Finding]:
        """What is wrong with Padanan.xlsx, asked where a file that is none of our forms may need it."""
        if self.padanan is None:
            return []
        from kinerja_xl.adopt.kept import said_of

        return said_of(self.padanan, PADANAN_FILE, [unit.kode for unit in self.office.units])

    # ---- masuk/ ----

    @cached_property
    def incoming(self) -> tuple[list[Path], list[Finding]]:
        """The workbooks of masuk/, and what is said of other files there."""
        return incoming(self.folder)

    @cached_property
    def received(self) -> list[Submission]:
        """Every workbook of masuk/ by itself."""
        paths, _ = self.incoming
        found = []
        with keeping(self.folder, MASUK, len(paths)):
            for index, path in enumerate(paths):
                self._progress("Membaca", index, len(paths))
                found.append(self.read(path))
        self._progress("Memeriksa", len(paths), len(paths))
        return found

    def read(self, path: Path) -> Submission:
        """A unit's file, wherever it stands."""
        return read_file(path, self.lists, self.office, lambda: self.padanan)

    @cached_property
    def submissions(self) -> list[Submission]:
        """The workbooks of masuk/ together: with the parts named that the units' own layouts leave out."""
        return with_parts_named(self.received, self.office)

    def submission(self, file: str) -> Submission | None:
        """A file of masuk/ by its name."""
        return next((one for one in self.submissions if one.file == file), None)

    def returns(self, triwulan: int) -> Realised:
        """Everything that masuk/TW1 to masuk/TWn brought, judged against the plan in force. One file never stops the others."""
        older = tuple(one.plan for one in self.plans)
        with keeping(self.folder, "triwulan", triwulan * len(self.office.units)):
            realised, strange = read_returns(self.folder, self.office, self.plan, triwulan, older, lambda: self.padanan)
        return realised(self.said_of_padanan() if strange else [])

    def measuring(self) -> Iterator[tuple[Path, Return]]:
        """Every measuring workbook that was handed out (formulir/TWn) or came back (masuk/TWn), as it reads."""
        for name, number in product((FORMULIR, MASUK), (1, 2, 3, 4)):
            place = self.folder / name / folder_of(number)
            for path in incoming(place)[0] if is_folder(place) else ():
                data, trouble = read_listed(path)
                found = read_return(data, path.name, number, self.lists, self.office)
                unread = Submission(file=path.name, sha256="", unit="", version=0, content=None)
                yield path, Return(submission=unread, triwulan=number) if trouble else found

    # ---- arsip/ ----

    @cached_property
    def _locked(self) -> tuple[tuple[Locked, ...], tuple[Finding, ...]]:
        plans, said = locked_plans(self.folder, self.office.tahun)
        return plans, tuple(planners(said))

    @property
    def plans(self) -> tuple[Locked, ...]:
        """The locked plans of the year in the order in which they were locked."""
        return self._locked[0]

    @property
    def said_of_plans(self) -> tuple[Finding, ...]:
        return self._locked[1]

    @property
    def locked(self) -> InForce | None:
        """The plan that was locked last; None where none is."""
        if not self.plans:
            return None
        last, changed = self.plans[-1], any(one.plan.tahap == CHANGE for one in self.plans)
        return InForce(plan=last.plan, path=last.path, changed=changed)

    @property
    def plan(self) -> Plan:
        """The locked plan. Raises InputError where none is."""
        if self.locked is None:
            words = f"Rencana {self.office.tahun} belum dikunci; jalankan dahulu kinerja-xl kunci {typed(self.folder)}."
            raise InputError(words, self.said_of_plans)
        return self.locked.plan

    @cached_property
    def in_force(self) -> InForce:
        """What holds now: the plan that was locked last, else the proposal as the recap counts it."""
        from kinerja_xl.reckoning.plan.review import proposal_of

        return self.locked or InForce(plan=proposal_of(self.recap))

    @cached_property
    def review(self) -> tuple[BookContent | None, tuple[Finding, ...]]:
        """The filled Lembar Penelaahan; None where there is none, and why the one that is there is not used."""
        return read_review(self.folder, self.office)

    @cached_property
    def last_recap(self) -> tuple[RecapBack | None, list[Finding]]:
        """Last year's recap to compare with, and why the one that is there is not used."""
        back, said = last_recap(self.folder, self.office.tahun, self._tahun_lalu)
        return back, planners(said)

    @cached_property
    def earlier(self) -> tuple[tuple[YearValue, ...], tuple[Finding, ...]]:
        """What the capaian of earlier years say, and what is to be said about files that can't be read."""
        values, said = earlier_years(self.folder, self.office.tahun)
        return values, tuple(planners(said))

    @cached_property
    def usulan_before(self) -> tuple[Mapping[str, BookContent], tuple[Finding, ...]]:
        """The units' usulan of the year before, and what is to be said about files that can't be read."""
        return usulan_before(self.folder, self.office)

    # ---- what is reckoned from all of it ----

    @cached_property
    def placed(self) -> tuple[list[Placed], list[Finding]]:
        """Every submission with its standing: which file of a unit counts."""
        return place(self.submissions, self.office)

    @cached_property
    def concerns(self) -> Callable[[Finding], bool]:
        """Whether a catatan is shown beside the others: not those of a file that was replaced."""
        return concerning(self.placed[0])

    @cached_property
    def tables(self) -> list[Consolidated]:
        """The rows of every workbook that stands in the recap, a table per block of the form."""
        return tables_of((p.submission for p in self.placed[0] if p.standing is not Standing.DIGANTI), self.office)

    def judged(self, submissions: list[Submission], tables: list[Consolidated] | None = None) -> list[Finding]:
        """What the declared checks and the rule book say of readable workbooks; from penetapan on against the locked plan."""
        plan = self.plan if self._asks_arsip and self.plans else None
        before = self.usulan_before[0]
        with judging(self.folder, len(submissions)) as rule_book:
            return check_submissions(submissions, self.lists, self.office, plan, before, tables, rule_book)

    @property
    def _asks_arsip(self) -> bool:
        """Before penetapan nothing is asked of arsip/."""
        return self.office.binding

    @cached_property
    def recap(self) -> Recap:
        """Kantor.xlsx and masuk/ as the recap."""
        _settle()
        office = self.office
        placed, findings = self.placed
        shown = [p for p in placed if p.standing is not Standing.DIGANTI]
        judged = [p.submission for p in shown if p.standing is not Standing.PK]
        findings = [*findings, *self.incoming[1], *self.kantor.findings]
        findings += [] if all(p.submission.version for p in shown) else self.said_of_padanan()
        own = [f if f.unit else f.at(unit=p.unit) for p in shown for f in p.submission.findings]
        own += self.judged([p.submission for p in shown], self.tables)
        findings += [*self.said_of_plans, *filter(self.concerns, own)]
        nobody = Submission(file="", sha256="", unit="", version=0, content=None)
        case = Case(submission=nobody, lists=self.lists, office=office)
        findings = bundled(with_office_levels(findings, office))
        lines = build_lines(placed, findings, office, lambda row: row_jenis(row, case))
        findings += with_office_levels(guarded("antarunit dan pagu", partial(between_units, lines, office, findings)), office)
        findings += with_office_levels(guarded("seluruh kantor", partial(office_wide, lines, judged, office, findings)), office)
        last, unused = self.last_recap
        findings += unused
        if last is not None:
            compared = guarded("tahun lalu", partial(against_last_year, lines, judged, last, case, findings))
            findings += with_office_levels(compared, office)
        agreed = agreed_of(self.locked, office) if self.locked else None
        before = last.counted("unit") if last else {}
        return replace(build_recap(placed, lines, findings, office), agreed=agreed, last_year=before)
