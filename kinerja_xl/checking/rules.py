"""The rule book's binding: a rule is a named function that says which codes it can give.

Adding a rule: an entry in catatan/, a function here-decorated in the module of its sheet, a breaking and a
nearly breaking case in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.office import Office, Unit
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.values import format_rupiah
from kinerja_xl.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One submission to judge. ``office`` is None when files are checked without Kantor.xlsx, ``plan`` until one is locked."""

    submission: Submission
    lists: Listings
    office: Office | None = None
    plan: Plan | None = None

    @property
    def unit(self) -> Unit | None:
        return self.office.unit(self.submission.unit) if self.office else None

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
            code=code,
            file=self.submission.file,
            unit=self.submission.unit,
            sheet=sheet,
            cell=cell,
            value=value,
            column=column,
            args=args,
        )


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


def gap(a: Decimal, b: Decimal) -> str:
    """The difference of two amounts as staff read it."""
    return format_rupiah(abs(a - b))
