"""A DPA in any layout: amounts by unit, sub kegiatan and account, every row either used or named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.adopt.codes import Booked, Owners, booked, codes_of, unclear
from kinerja_xl.adopt.kept import other_office, other_year
from kinerja_xl.adopt.usulan import open_questions
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import RAB, REALISASI, ForeignBook, Table, listed
from kinerja_xl.foreign.padanan import KIND_KEY
from kinerja_xl.lists.accounts import normalise_account
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan.agreed import DpaKey, DpaRow
from kinerja_xl.sheets.values import format_rupiah, round_half_up

# ---- The cash plan (RAK) of a DPA in any layout: rupiah per month and sub kegiatan, or the word that it has none ----
# Habits served: twelve columns beside the budget; a sheet of their own that repeats the budget; quarters only, which are no
# cash plan by month.

Cash = Mapping[DpaKey, tuple[int, ...]]
_MONTHS = range(1, 13)


def cash_plan(
    book: ForeignBook, owners: Owners, office: Office, wanted: Iterable[DpaKey]
) -> tuple[Cash, list[Finding]]:  # fmt: skip
    """Twelve whole amounts per unit and sub kegiatan; and which of the ``wanted`` ones have none (L523)."""
    asked = list(dict.fromkeys(wanted))
    tables = [table for table in book.tables if table.lines and len(_columns(table)) == len(_MONTHS) and _is_plan(table)]
    own = [table for table in tables if table in book.imported] or tables[:1]  # a sheet of its own repeats the budget
    sums: dict[DpaKey, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(_MONTHS))
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


def _lacking(book: ForeignBook, asked: list[DpaKey], kas: Cash) -> list[Finding]:
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


DpaLine = tuple[str, str, str]
"""Unit, sub kegiatan, account."""

_AMOUNT: Mapping[str, str] = {RAB: "jumlah", REALISASI: "anggaran"}
"""Which sum of a table is the budget, by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDpa:
    """What a foreign DPA comes down to. ``places``: sheet and cell of each sub kegiatan's first amount; ``kas``: the cash plan
    by month of the sub kegiatan that it gives one for."""

    rows: tuple[DpaRow, ...]
    places: Mapping[DpaKey, tuple[str, str]]
    kas: Cash
    findings: tuple[Finding, ...]


def adopt_dpa(book: ForeignBook, plan: Plan, office: Office) -> AdoptedDpa | None:
    """The DPA of a foreign book over the agreed ``plan``; None when no table of it holds a budget."""
    tables = [table for table in book.imported if table.kind in _AMOUNT]
    if not tables:
        return None
    owners = Owners(plan, office)
    rows: list[DpaRow] = []
    cells: dict[DpaLine, tuple[str, str]] = {}
    # Plan or realisasi beside it: the budget is the same, and months of a plan have to add up to it (cash_plan).
    said = [*open_questions(tables, but=KIND_KEY), *other_year(tables, office.tahun), *other_office(tables, office)]
    said += book.all_findings()
    for table in tables:
        columns = table.amount_columns.get(_AMOUNT[table.kind], ())
        found, bare, _ = booked(table, {"anggaran": columns}, office)
        said += bare
        for one in found:
            said += _row(one, columns[0], owners, rows, cells)
    places: dict[DpaKey, tuple[str, str]] = {}
    for (unit, sub, _), place in cells.items():
        places.setdefault((unit, sub), place)
    kas, lacking = cash_plan(book, owners, office, places)
    said += [*lacking, *_accounts(plan, rows, cells, places)]
    findings = tuple(found.at(file=book.file) for found in said)
    return AdoptedDpa(rows=tuple(rows), places=places, kas=kas, findings=findings)


def _row(
    one: Booked, col: int, owners: Owners, rows: list[DpaRow], cells: dict[DpaLine, tuple[str, str]]
) -> list[Finding]:  # fmt: skip
    sub, account = one.codes.sub, one.codes.account
    assert sub and account
    amount = one.amounts.get("anggaran", Decimal(0))
    units = owners.of(sub, account)
    if len(units) != 1:
        return [unclear(one, units, amount, col)]
    (unit,) = units
    rows.append((unit, sub, account, int(round_half_up(amount, 0))))
    cells.setdefault((unit, sub, account), (one.table.sheet, one.cell(col)))
    return []


def _accounts(
    plan: Plan, rows: list[DpaRow], cells: Mapping[DpaLine, tuple[str, str]], places: Mapping[DpaKey, tuple[str, str]]
) -> Iterator[Finding]:
    """Accounts that the agreed plan does not have (L524), and those with other amounts where their sub kegiatan's total is the
    same (L525): a total that differs is said of the sub kegiatan. Only of sub kegiatan whose accounts were agreed."""
    agreed = {(x.unit, x.kode_sub, normalise_account(x.rekening) or x.rekening): x.jumlah for x in plan.lines}
    given: dict[DpaLine, int] = defaultdict(int)
    for unit, sub, account, amount in rows:
        given[unit, sub, account] += amount
    known = {(unit, sub) for unit, sub, _ in agreed}
    totals = [{key: sum(x for line, x in side.items() if line[:2] == key) for key in known} for side in (agreed, given)]
    for line in sorted({*agreed, *given}):
        unit, sub, account = line
        before, now = agreed.get(line), given.get(line)
        if (unit, sub) not in known or (unit, sub) not in places or before == now:
            continue
        sheet, cell = cells.get(line, places[unit, sub])
        words = {"rekening": account, "baru": format_rupiah(now or 0), "lama": format_rupiah(before or 0)}
        if before is None:
            yield Finding(code="L524", sheet=sheet, cell=cell, unit=unit, value=sub, args=words)
        elif totals[0][unit, sub] == totals[1][unit, sub]:
            yield Finding(code="L525", sheet=sheet, cell=cell, unit=unit, value=sub, args=words)
