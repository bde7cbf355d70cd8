"""The rule book's binding: a rule is a named function that says which codes it can give.

Adding a rule: an entry in catatan/, a function here-decorated in the module of its sheet, a breaking and a
nearly breaking case in the tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.lists.accounts import jenis_belanja, normalise_account
from kinerja_xl.lists.codes import Level, ProgramNode, level, programs
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.policies import number
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
    before: BookContent | None = None

    @property
    def unit(self) -> Unit | None:
        return self.office.unit(self.submission.unit) if self.office else None

    def policy(self, key: str) -> Decimal:
        """A policy as a number; its declared default where there is no office."""
        return number(self.office.policies if self.office else {}, key)

    def column(self, table: str, key: str) -> Column:
        """The declaration of a column in the version of this file."""
        content = self.submission.content
        assert content is not None
        return next(c for c in content.book.block(table).columns if c.key == key)

    def reported(self, row: Row, *keys: str) -> bool:
        """Whether one of these cells already has a catatan."""
        return any((row.sheet, row.cell(key)) in self.submission.reported for key in keys)

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

    def here(self, code: str, sheet: str = "", cell: str = "", value: str = "", column: str = "", **args: str) -> Finding:
        """A finding about a sheet or the whole file."""
        return Finding(
            code=code, file=self.submission.file, unit=self.submission.unit, sheet=sheet, cell=cell, value=value, column=column,
            args=args,
        )  # fmt: skip


Rule = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A registered rule and the codes it can give."""

    rule: Rule
    codes: tuple[str, ...]


RULES: list[Entry] = []


def rule(*codes: str) -> Callable[[Rule], Rule]:
    """Register a rule under the codes it can give."""

    def register(function: Rule) -> Rule:
        RULES.append(Entry(rule=function, codes=codes))
        return function

    return register


def guarded(name: str, findings: Callable[[], Iterable[Finding]], file: str = "", unit: str = "") -> list[Finding]:
    """What a rule finds; an unforeseen exception in it becomes one finding (B117) beside what it had found by then.

    One rule never stops the others, and staff get the rest of the recap.
    """
    found: list[Finding] = []
    try:
        found.extend(findings())
    except Exception as error:
        found.append(Finding(code="B117", file=file, unit=unit, args={"rincian": name, "galat": type(error).__name__}))
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


def known_programs(case: Case) -> Mapping[str, ProgramNode]:
    """The office's tree of codes, or that of urusan 7.01 where there is none."""
    return case.office.programs if case.office and case.office.programs else programs()


def trusted(case: Case, row: Row, key: str, *, sub: bool = True) -> bool:
    """Whether a program code can be relied on: readable, on the list and (``sub``) that of a sub kegiatan."""
    code = row.get(key)
    if not isinstance(code, str) or (stage := level(code)) is None:
        return False
    known = known_programs(case)
    if sub:
        return code in known and stage is Level.SUBKEGIATAN
    return code in known or any(k.startswith(code + ".") for k in known)


def row_jenis(row: Row, case: Case) -> str | None:
    """Jenis belanja key of a row: the account's own row first, its class second, what is stated last."""
    code = row.get("kode_rekening")
    by_name = {name: key for key, name in JENIS_BELANJA.items()}
    if isinstance(code, str):
        account = normalise_account(code)
        own = case.office.account_jenis.get(account or "", "") if case.office else ""
        found = by_name.get(own) or jenis_belanja(code)
        if found:
            return found
    return by_name.get(str(row.get("jenis_belanja")))


def other_jenis(row: Row, case: Case) -> str:
    """Name of the jenis belanja that the account belongs to where the row states another; else ""."""
    jenis, stated = JENIS_BELANJA.get(row_jenis(row, case) or ""), row.get("jenis_belanja")
    return jenis if jenis and stated in JENIS_BELANJA.values() and stated != jenis else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """RAB amounts in rupiah per sub kegiatan and jenis belanja key, as far as they can be computed.

    ``unsure``: sub kegiatan of which a row has a catatan on its amount or jenis belanja. ``stray``: some row's own code
    cannot be relied on, so that any sub kegiatan may lack it.
    """

    by_sub: Mapping[str, Mapping[str, Decimal]]
    unsure: frozenset[str]
    stray: bool

    def comparable(self, code: str) -> bool:
        """Whether the sum below a program, kegiatan or sub kegiatan code can be held against another sheet."""
        return not self.stray and not any(sub == code or sub.startswith(code + ".") for sub in self.unsure)


def rab_amounts(case: Case) -> Amounts:
    """What the RAB sums up to, and how far that can be relied on."""
    rows, own = case.submission.rab, {tor.get("kode_sub") for tor in case.submission.tors}
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        code, jumlah = row.get("kode_sub"), row.get("jumlah")
        if isinstance(code, str) and isinstance(jumlah, Decimal):
            sums[code][row_jenis(row, case) or ""] += jumlah
    return Amounts(
        by_sub=sums,
        unsure=frozenset(str(row.get("kode_sub")) for row in rows if _amount_named(case, row)),
        # A code that is not on the list and has its TOR is a new sub kegiatan; without one it is a slip of the finger.
        stray=any(not trusted(case, row, "kode_sub") and row.get("kode_sub") not in own for row in rows),
    )


def _amount_named(case: Case, row: Row) -> bool:
    """Whether a row's amount or its jenis belanja has a catatan, or is about to get one (R501, R502, R506, R520)."""
    ours = row.get("jumlah")
    if not isinstance(ours, Decimal) or case.reported(row, *AMOUNTS, "volume", "jumlah"):
        return True
    if row.get("harga_satuan") == 0 or row.get("volume") == 0:
        return True
    shown = shown_number(row, "jumlah")
    return (shown is not None and shown != ours) or bool(other_jenis(row, case)) or row_jenis(row, case) is None
