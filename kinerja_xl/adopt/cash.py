"""The cash plan (RAK) of a DPA in any layout: rupiah per month and sub kegiatan, or the word that it has none.

Habits served: twelve columns beside the budget; a sheet of their own that repeats the budget; quarters only, which are no
cash plan by month.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kinerja_xl.adopt.codes import codes_of
from kinerja_xl.adopt.owners import Owners
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import REALISASI, ForeignBook, Table
from kinerja_xl.foreign.questions import KIND_KEY
from kinerja_xl.foreign.say import listed
from kinerja_xl.office import Office
from kinerja_xl.reckoning.dpa import Key
from kinerja_xl.sheets.values import round_half_up

Cash = Mapping[Key, tuple[int, ...]]
_MONTHS = range(1, 13)


def cash_plan(
    book: ForeignBook, owners: Owners, office: Office, wanted: Iterable[Key]
) -> tuple[Cash, list[Finding]]:  # fmt: skip
    """Twelve whole amounts per unit and sub kegiatan; and which of the ``wanted`` ones have none (L523)."""
    asked = list(dict.fromkeys(wanted))
    tables = [table for table in book.tables if table.lines and len(_columns(table)) == len(_MONTHS) and _is_plan(table)]
    own = [table for table in tables if table in book.imported] or tables[:1]  # a sheet of its own repeats the budget
    sums: dict[Key, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(_MONTHS))
    for table in own:
        codes, columns = codes_of(table, office), _columns(table)
        for line in table.lines:
            sub, account = codes[line.row].sub, codes[line.row].account
            units = owners.of(sub, account or "") if sub else set()
            if sub is None or len(units) != 1:
                continue  # its budget is named where it stands; a plan by month that lacks it does not add up (D109)
            key = next(iter(units)), sub
            figures = [line.values.get(col, line.more.get(col, Decimal(0))) for col in (columns[month] for month in _MONTHS)]
            sums[key] = [a + b for a, b in zip(sums[key], figures, strict=True)]
    kas = {key: tuple(int(round_half_up(x, 0)) for x in months) for key, months in sums.items() if any(months)}
    return kas, _lacking(book, asked, kas)


def _columns(table: Table) -> dict[int, int]:
    """The column of each month: neither what was spent nor a running total."""
    return {
        int(column.period[1:]): column.col
        for column in table.columns
        if re.fullmatch(r"b\d\d", column.period) and column.role in ("", "rencana", "anggaran", "jumlah")
    }


def _is_plan(table: Table) -> bool:
    """Months that may as well be what was spent are a plan only where they add up to the budget."""
    if all(question.key != KIND_KEY for question in table.questions):
        return True
    budget = table.amount_columns.get("anggaran") or table.amount_columns.get("jumlah") or ()

    def total(columns: Iterable[int]) -> Decimal:
        wanted = tuple(columns)
        return sum((line.values.get(col, line.more.get(col, Decimal(0))) for line in table.lines for col in wanted), Decimal(0))

    return total(_columns(table).values()) == total(budget)


def _lacking(book: ForeignBook, asked: list[Key], kas: Cash) -> list[Finding]:
    without = [key for key in asked if key not in kas]
    if not without:
        return []
    quarters = any(c.period.startswith("tw") and c.role != REALISASI for table in book.tables for c in table.columns)
    if kas:
        detail = f"tidak memuat rencana kas per bulan untuk {listed([f'{unit} {sub}' for unit, sub in without])}"
    else:
        detail = "memuat rencana per triwulan, bukan per bulan" if quarters else "tidak memuat rencana kas per bulan"
        if any(len(_columns(table)) == len(_MONTHS) for table in book.tables):
            detail = "memuat kolom bulan yang tidak berjumlah anggarannya (mungkin realisasi)"
    return [Finding(code="L523", file=book.file, args={"rincian": detail})]
