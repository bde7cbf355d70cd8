"""A DPA in any layout: amounts by unit, sub kegiatan and account, every row either used or named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.adopt.answers import other_office, other_year
from kinerja_xl.adopt.owners import Booked, Owners, booked, unclear
from kinerja_xl.adopt.usulan import open_questions
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import RAB, REALISASI, ForeignBook
from kinerja_xl.office import Office
from kinerja_xl.reckoning.dpa import DpaRow, Key
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.values import round_half_up

_AMOUNT: Mapping[str, str] = {RAB: "jumlah", REALISASI: "anggaran"}
"""Which sum of a table is the budget, by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDpa:
    """What a foreign DPA comes down to. ``places``: sheet and cell of each sub kegiatan's first amount."""

    rows: tuple[DpaRow, ...]
    places: Mapping[Key, tuple[str, str]]
    findings: tuple[Finding, ...]


def adopt_dpa(book: ForeignBook, plan: Plan, office: Office) -> AdoptedDpa | None:
    """The DPA of a foreign book over the agreed ``plan``; None when no table of it holds a budget."""
    tables = [table for table in book.imported if table.kind in _AMOUNT]
    if not tables:
        return None
    owners = Owners(plan, office)
    rows: list[DpaRow] = []
    places: dict[Key, tuple[str, str]] = {}
    said = [*open_questions(tables), *other_year(tables, office.tahun), *other_office(tables, office), *book.all_findings()]
    for table in tables:
        columns = table.amount_columns.get(_AMOUNT[table.kind], ())
        found, bare, _ = booked(table, {"anggaran": columns}, office)
        said += bare
        for one in found:
            said += _row(one, columns[0], owners, rows, places)
    return AdoptedDpa(rows=tuple(rows), places=places, findings=tuple(f.at(file=book.file) for f in said))


def _row(
    one: Booked, col: int, owners: Owners, rows: list[DpaRow], places: dict[Key, tuple[str, str]]
) -> list[Finding]:  # fmt: skip
    sub, account = one.codes.sub, one.codes.account
    assert sub and account
    amount = one.amounts.get("anggaran", Decimal(0))
    units = owners.of(sub, account)
    if len(units) != 1:
        return [unclear(one, units, amount, col)]
    (unit,) = units
    rows.append((unit, sub, account, int(round_half_up(amount, 0))))
    places.setdefault((unit, sub), (one.table.sheet, one.cell(col)))
    return []
