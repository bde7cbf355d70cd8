"""Where everything stands on the sheet of one sub kegiatan, known before anything is written: other sheets refer to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlsxwriter.utility import quote_sheetname

from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.reckoning.rka import Account, Rka
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.recap.layout import Layout

FACTS_ROW = 3
"""First row of the facts below title, office and a blank row."""

FACTS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The heading of one level of the accounts: its row, its depth, and the rows that its amount adds up.

    ``parts`` are single rows (of the levels below it); ``span`` is the first and last row of its lines, or None.
    """

    row: int
    depth: int
    account: Account
    parts: tuple[int, ...]
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The sheet of ``rka``: rows of levels and lines, the row of the total, and those of the lines that do not count."""

    rka: Rka
    layout: Layout
    levels: tuple[Level, ...]
    lines: tuple[tuple[int, RabLine], ...]
    top: tuple[int, ...]
    total: int
    held: tuple[tuple[int, RabLine], ...]

    @property
    def name(self) -> str:
        return self.layout.sheet.name

    def cell(self, key: str, row: int) -> str:
        """``'7.01.01.2.01.0001'!$H$31``, for formulas on other sheets."""
        column, number = self.layout.ref(key, row).lstrip("$"), row + 1
        return f"{quote_sheetname(self.name)}!${column.removesuffix(str(number))}${number}"

    @property
    def measures(self) -> int:
        """Row of the caption above the indicators."""
        return FACTS_ROW + FACTS + 1


def plan(rka: Rka, name: str) -> Plan:
    """The places on the sheet called ``name``."""
    sheet = replace(rekap.RKA, name=name)
    heading = FACTS_ROW + FACTS + 3 + len(rka.measures) + 2
    walk = _Walk(heading + 1)
    top = tuple(walk.account(account, 0) for account in rka.accounts)
    total = walk.row
    rows = total - heading - 1
    layout = Layout(sheet=sheet, around=sheet.table, book=USULAN, rows=rows, top=heading)
    held = tuple(enumerate(rka.held, start=total + 4))
    return Plan(
        rka=rka, layout=layout, levels=tuple(sorted(walk.levels, key=lambda one: one.row)), lines=tuple(walk.lines), top=top,
        total=max(total, heading + 2), held=held,
    )  # fmt: skip


class _Walk:
    """Gives every level and line its row, parents before children."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.levels: list[Level] = []
        self.lines: list[tuple[int, RabLine]] = []

    def account(self, account: Account, depth: int) -> int:
        row, self.row = self.row, self.row + 1
        parts = tuple(self.account(child, depth + 1) for child in account.children)
        own = list(self._places(account))
        span = (own[0], own[-1]) if own else None
        self.levels.append(Level(row=row, depth=depth, account=account, parts=parts, span=span))
        return row

    def _places(self, account: Account) -> Iterator[int]:
        for line in account.lines:
            self.lines.append((self.row, line))
            yield self.row
            self.row += 1
