"""The rule book's binding: a rule is a named function that says which codes it can give.

Adding a rule: an entry in catatan/, a function here-decorated in the module of its sheet, a breaking and a
nearly breaking case in the tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity, cause
from kinerja_xl.checking.once import once
from kinerja_xl.checking.said import placeholder
from kinerja_xl.lists import Level, ProgramNode, accounts, jenis_belanja, level, normalise_account, programs
from kinerja_xl.office.carried import is_start
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.policies import number
from kinerja_xl.office.units import Unit
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.choices import JENIS_BELANJA, Listings
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rab import FACTORS
from kinerja_xl.sheets.values import Parsed, format_rupiah, parse_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One submission to judge. ``office`` is None when files are checked without Kantor.xlsx, ``plan`` until one is locked;
    ``before`` is the same book of the year before, where arsip/ has it."""

    submission: Submission
    lists: Listings
    office: Office | None = None
    plan: Plan | None = None
    held: frozenset[tuple[str, int]] = frozenset()
    """(sheet, row) that reading or the declared checks hold back."""
    before: BookContent | None = None

    @property
    def unit(self) -> Unit | None:
        return self.office.unit(self.submission.unit) if self.office else None

    @property
    def binding(self) -> bool:
        """Whether PK and the decree of the IKU bind this file: from penetapan on, but not the late proposal of a unit that has
        nothing in the plan and so signs none. A file of after the plan is meant as its PK."""
        asked = self.office is not None and self.office.binding
        if not asked or self.plan is None or self.submission.unit in self.plan.promising:
            return asked
        form = self.submission.content.form("identitas") if self.submission.content else None
        day = form.get("tanggal_disampaikan") if form else None
        return isinstance(day, date) and self.plan.tanggal is not None and day >= self.plan.tanggal

    def policy(self, key: str) -> Decimal:
        """A policy as a number; its declared default where there is no office."""
        return number(self.office.policies if self.office else {}, key)

    def column(self, table: str, key: str) -> Column:
        """The declaration of a column in the version of this file."""
        content = self.submission.content
        assert content is not None
        return content.book.columns[table, key]

    def reported(self, row: Row, *keys: str) -> bool:
        """Whether one of these cells already has a catatan."""
        said = self.submission.reported
        return bool(said) and any((row.sheet, row.cell(key)) in said for key in keys)

    def holds(self, sub: str) -> bool:
        """Whether a row of the RAB of this sub kegiatan is held back."""
        return any((row.sheet, row.row) in self.held for row in self.submission.rab if row.get("kode_sub") == sub)

    def has(self, block: str, *keys: str) -> bool:
        """Whether the file still has this table or form and these columns: else there is nothing to judge."""
        lost = self.submission.missing
        return (block, "") not in lost and not any((block, key) in lost for key in keys)

    def at(self, code: str, table: str, row: Row, key: str, value: object = "", **args: str) -> Finding:
        """A finding at one cell of a row."""
        text = "" if value is None else str(value)
        return Finding(
            code=code, file=self.submission.file, unit=self.submission.unit, sheet=row.sheet, cell=row.cell(key),
            column=self.column(table, key).label.strip(), value=text, args=args,
        )  # fmt: skip

    def once_locked(self, finding: Finding) -> Finding:
        """What a unit can do only when the plan is locked (its PK, the decree of its IKU) is merely said until then."""
        return finding if self.plan is not None else replace(finding, severity_override=Severity.INFO)

    def here(self, code: str, sheet: str = "", cell: str = "", value: str = "", column: str = "", **args: str) -> Finding:
        """A finding about a sheet or the whole file."""
        return Finding(
            code=code, file=self.submission.file, unit=self.submission.unit, sheet=sheet, cell=cell, value=value, column=column,
            args=args,
        )  # fmt: skip


Rule = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A registered rule and the codes it can give. ``locked``: asked again of what is about to be locked; ``settles``: what it
    names is left alone by the rules after it."""

    rule: Rule
    codes: tuple[str, ...]
    locked: bool = False
    settles: bool = False


RULES: list[Entry] = []


def rule(*codes: str, locked: bool = False, settles: bool = False) -> Callable[[Rule], Rule]:
    """Register a rule under the codes it can give; ``locked``: it binds the agreed plan as it binds the usulan; ``settles``: a
    cell that it doubts is no measure for other sheets, and no later rule speaks of it."""

    def register(function: Rule) -> Rule:
        RULES.append(Entry(rule=function, codes=codes, locked=locked, settles=settles))
        return function

    return register


UPSET = "B117"
"""The code of a rule that failed."""


def guarded(name: str, findings: Callable[[], Iterable[Finding]], file: str = "", unit: str = "") -> list[Finding]:
    """What a rule finds; an unforeseen exception in it becomes one finding (``UPSET``) beside what it had found by then.

    One rule never stops the others, and staff get the rest of the recap.
    """
    found: list[Finding] = []
    try:
        found.extend(findings())
    except Exception as error:
        found.append(Finding(code=UPSET, file=file, unit=unit, args={"rincian": name, "galat": cause(error)}))
    return found


def money(value: Decimal | int | None) -> Decimal:
    """A missing amount adds nothing to a sum (its row has its own catatan)."""
    return Decimal(value) if value is not None else Decimal(0)


def added(rows: Iterable[Row], key: str) -> Decimal:
    """The sum of a column's numbers; what is no number adds nothing (its row has its own catatan)."""
    return sum((x for row in rows if isinstance(x := row.get(key), Decimal)), Decimal(0))


def at_line(code: str, line: RabLine, column: Column, value: str, **args: str) -> Finding:
    """A finding at one cell of a RAB row of the recap."""
    return Finding(
        code=code, file=line.file, unit=line.unit, sheet=line.row.sheet, cell=line.row.cell(column.key), column=column.label,
        value=value, args=args,
    )  # fmt: skip


def explained(finding: Finding, row: Row) -> Finding:
    """The finding, settled by what its row gives as the reason under Keterangan: then an info that prints it. What last year
    left there is no reason."""
    text = row.text(EXPLANATION)
    return finding if placeholder(text) or is_start(text) else finding.explained(text.strip())


EXPLANATION = "keterangan"
"""The column, in whatever table, in which a row may explain itself."""


def gap(a: Decimal, b: Decimal) -> str:
    """The difference of two amounts as staff read it."""
    return format_rupiah(abs(a - b))


# ---- How far a row can be relied on: one cause gives one catatan, so what follows from a named cell is not said again ----
# A code that cannot be relied on has no TOR, no output, no pagu and is missing from a sum; an amount that was named differs
# from every other sheet. Rules between sheets ask here before they compare.

AMOUNTS = (*FACTORS, "harga_satuan", "ppn")
"""The RAB columns that an amount is worked out from."""


def shown_number(row: Row, key: str) -> Decimal | None:
    """What a computed cell shows, as a number; None when it shows none."""
    parsed: Parsed[Decimal] = parse_number(row.shown.get(key))
    return parsed.value


def no_target(case: Case, row: Row) -> bool:
    """Whether an indicator's target is nothing that its type can have (I704): what equals it elsewhere is not to blame."""
    target = row.get("target")
    words = row.get("tipe") == "Kualitatif"
    return target is not None and (target not in case.lists.values("skala") if words else not isinstance(target, Decimal))


def known_programs(case: Case) -> Mapping[str, ProgramNode]:
    """The office's tree of codes, or that of urusan 7.01 where there is none."""
    return case.office.programs if case.office and case.office.programs else programs()


def trusted(case: Case, row: Row, key: str, *, sub: bool = True) -> bool:
    """Whether a program code can be relied on: readable, on the list and (``sub``) that of a sub kegiatan."""
    code = row.get(key)
    if not isinstance(code, str) or (stage := level(code)) is None:
        return False
    return code in known_programs(case) and stage is Level.SUBKEGIATAN if sub else _listed(case, code)


def within_duties(case: Case, code: str) -> bool:
    """Whether a code is the unit's to propose, or holds something that is. Unknown without its unit, and while Kantor.xlsx
    gives it duties that are on no list: then everything may be."""
    unit = case.unit
    if unit is None or any(not _listed(case, duty) for duty in unit.tugas):
        return True
    return unit.concerned(code)


def _listed(case: Case, code: str) -> bool:
    """Whether a code, or something below it, is on the list."""
    known = known_programs(case)
    return code in known or any(k.startswith(code + ".") for k in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subs:
    """Which sub kegiatan codes the sheets of a workbook know, and which of them are slips of the finger.

    A code that stands on one sheet only, while it should stand on all, is most likely meant for another: it is named where it
    stands, and what other sheets lack for it follows from that. ``nameless``: some TOR's own code cannot be relied on, so that
    any sub kegiatan may have its TOR.
    """

    rab: frozenset[str]
    tor: frozenset[str]
    output: frozenset[str]
    nameless: bool
    foreign: frozenset[str]
    """Codes that are not the unit's and that no other sheet supports: R508 names them."""

    def lone_in_rab(self, code: str) -> bool:
        """A code of the RAB that no other sheet knows."""
        return code not in self.tor and code not in self.output and not self.nameless

    @property
    def lone_outputs(self) -> frozenset[str]:
        """Codes of outputs that neither RAB nor TOR knows."""
        return self.output - self.rab - self.tor


@once
def sub_kegiatan(case: Case) -> Subs:
    """The codes of RAB, TOR and outputs held against each other. Sheets that the file lost know nothing and say nothing."""
    submission = case.submission
    rab = frozenset(code for row in submission.rab if isinstance(code := row.get("kode_sub"), str))
    output = frozenset(
        code for row in submission.indikator if row.get("level") == "Output" and isinstance(code := row.get("kode"), str)
    )
    tors, nameless = set[str](), not case.has("tor")
    for tor in submission.tors:
        code = tor.get("kode_sub")
        known = isinstance(code, str) and (code in rab or trusted(case, tor, "kode_sub") and code in output)
        nameless = nameless or not known
        if isinstance(code, str):
            tors.add(code)
    every = (rab, frozenset(tors), output)
    foreign = {code for code in frozenset().union(*every) if not within_duties(case, code) and sum(code in s for s in every) == 1}
    return Subs(rab=rab, tor=frozenset(tors), output=output, nameless=nameless, foreign=frozenset(foreign))


def proposed_subs(case: Case) -> list[str]:
    """The sub kegiatan of the RAB that can be relied on, as they come: on the list and no slip of the finger."""
    subs = sub_kegiatan(case)
    codes = dict.fromkeys(str(row.get("kode_sub")) for row in case.submission.rab if trusted(case, row, "kode_sub"))
    return [code for code in codes if code not in subs.foreign and not subs.lone_in_rab(code)]


_JENIS_BY_NAME = {name: key for key, name in JENIS_BELANJA.items()}


def row_jenis(row: Row, case: Case) -> str | None:
    """Jenis belanja key of a row: the account's own row first, its class second, what is stated last."""
    code = row.get("kode_rekening")
    if isinstance(code, str):
        account = normalise_account(code)
        own = case.office.account_jenis.get(account or "", "") if case.office else ""
        found = _JENIS_BY_NAME.get(own) or jenis_belanja(code)
        if found:
            return found
    return _JENIS_BY_NAME.get(str(row.get("jenis_belanja")))


def other_jenis(row: Row, case: Case) -> str:
    """Name of the jenis belanja that the account belongs to where the row states another; else ""."""
    jenis, stated = JENIS_BELANJA.get(row_jenis(row, case) or ""), row.get("jenis_belanja")
    return jenis if jenis and stated in JENIS_BELANJA.values() and stated != jenis else ""


def account_name(case: Case, account: str) -> str:
    """What an account is called in the office's list, else in the national one; "" for one that neither knows."""
    own = case.office.accounts.get(account, "") if case.office else ""
    return own or (accounts()[account].uraian if account in accounts() else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """RAB amounts in rupiah per sub kegiatan and jenis belanja key, as far as they can be computed.

    ``codes``: all that it names, with an amount or without.
    ``unsure``: sub kegiatan of which a row has a catatan on its amount or jenis belanja. ``stray``: some row's own code
    cannot be relied on, so that any sub kegiatan may lack it.
    """

    by_sub: Mapping[str, Mapping[str, Decimal]]
    codes: frozenset[str]
    unsure: frozenset[str]
    stray: bool

    def comparable(self, code: str) -> bool:
        """Whether the sum below a program, kegiatan or sub kegiatan code can be held against another sheet."""
        return not self.stray and not any(sub == code or sub.startswith(code + ".") for sub in self.unsure)


@once
def rab_amounts(case: Case) -> Amounts:
    """What the RAB sums up to, and how far that can be relied on."""
    rows, subs = case.submission.rab, sub_kegiatan(case)
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        code, jumlah = row.get("kode_sub"), row.get("jumlah")
        if isinstance(code, str) and isinstance(jumlah, Decimal):
            sums[code][row_jenis(row, case) or ""] += jumlah
    return Amounts(
        by_sub={code: dict(parts) for code, parts in sums.items()},
        codes=subs.rab,
        unsure=frozenset(str(row.get("kode_sub")) for row in rows if _amount_named(case, row)),
        # A code that is not on the list and has its TOR is a new sub kegiatan; without one it is a slip of the finger.
        stray=any(_stray(case, row, subs) for row in rows),
    )


def _stray(case: Case, row: Row, subs: Subs) -> bool:
    code = str(row.get("kode_sub"))
    doubtful = not trusted(case, row, "kode_sub") and code not in subs.tor
    return doubtful or code in subs.foreign or subs.lone_in_rab(code)


def _amount_named(case: Case, row: Row) -> bool:
    """Whether a row's amount or its jenis belanja has a catatan, or is about to get one (R501, R502, R506, R520)."""
    ours = row.get("jumlah")
    if not isinstance(ours, Decimal) or case.reported(row, *AMOUNTS, "volume", "jumlah"):
        return True
    if row.get("harga_satuan") == 0 or row.get("volume") == 0:
        return True
    shown = shown_number(row, "jumlah")
    return (shown is not None and shown != ours) or bool(other_jenis(row, case)) or row_jenis(row, case) is None
