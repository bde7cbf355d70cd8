"""A DPA in any layout: amounts by unit, sub kegiatan and account, every row either used or named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.adopt.answers import other_office, other_year
from kinerja_xl.adopt.cash import Cash, cash_plan
from kinerja_xl.adopt.owners import Booked, Owners, booked, unclear
from kinerja_xl.adopt.usulan import open_questions
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import RAB, REALISASI, ForeignBook
from kinerja_xl.foreign.questions import KIND_KEY
from kinerja_xl.lists.accounts import normalise_account
from kinerja_xl.office import Office
from kinerja_xl.reckoning.dpa import DpaRow, Key
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.values import format_rupiah, round_half_up

DpaLine = tuple[str, str, str]
"""Unit, sub kegiatan, account."""

_AMOUNT: Mapping[str, str] = {RAB: "jumlah", REALISASI: "anggaran"}
"""Which sum of a table is the budget, by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDpa:
    """What a foreign DPA comes down to. ``places``: sheet and cell of each sub kegiatan's first amount; ``kas``: the cash plan
    by month of the sub kegiatan that it gives one for."""

    rows: tuple[DpaRow, ...]
    places: Mapping[Key, tuple[str, str]]
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
    places: dict[Key, tuple[str, str]] = {}
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
    plan: Plan, rows: list[DpaRow], cells: Mapping[DpaLine, tuple[str, str]], places: Mapping[Key, tuple[str, str]]
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
