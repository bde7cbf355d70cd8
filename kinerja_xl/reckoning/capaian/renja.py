"""What the Renstra wants in the end and what the years before brought: columns 6 and 7 of Evaluasi Renja, kept in Kantor.xlsx.

A row is about an indicator, its rupiah about the code; what nobody wrote down stays unknown and is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.capaian import IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.rule import JUMLAH, rule_of
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.content import Row
from kinerja_xl.words.text import fold

TABLE = "renja_lalu"


def rows_of(office: Office) -> tuple[Row, ...]:
    """The table as it stands in Kantor.xlsx; nothing where that is older than the table."""
    return office.content.rows(TABLE) if office.content else ()


def of_indicator(rows: Iterable[Row], one: PlanIndicator) -> Row | None:
    """The row about an indicator: its code and name, of its unit or of none in particular."""
    own = (row for row in rows if row.get("kode") == one.kode and fold(row.text("indikator")) == fold(one.nama))
    return next((row for row in own if fold(row.text("unit")) in ("", fold(one.unit))), None)


def of_money(rows: Iterable[Row], line: MoneyLine) -> Row | None:
    """The row that states the rupiah of a code: of a sub kegiatan its unit's, above it the office's."""
    own = (row for row in rows if row.get("kode") == line.kode and any(row.number(key) is not None for key in RUPIAH))
    return next((row for row in own if fold(row.text("unit")) in ("", fold(line.unit))), None)


RUPIAH = ("renstra_rp", "lalu_rp")


def carried(rows: Iterable[Row], year: Year) -> tuple[Row, ...]:
    """The table for the year after: what this one brought is added to what was before; every indicator of it has its row."""
    found, told = list(rows), set[int]()
    for line in year.money:
        row = of_money(found, line) if line.level in ("program", "kegiatan", "subkegiatan") else None
        if row is not None:
            before = row.number("lalu_rp")
            known = before is not None and line.spent is not None and not line.unreported
            total = before + line.spent if known else None  # type: ignore[operator]
            found[found.index(row)] = replace(row, values={**row.values, "lalu_rp": None if total is None else Decimal(total)})
    for result in year.results:
        one, row = result.indicator, of_indicator(found, result.indicator)
        values = row.values if row else {"kode": one.kode, "unit": one.unit, "indikator": one.nama}
        fresh = replace(row or Row(values={}), values={**values, "lalu_k": _reached(result, row, year)})
        if row is None:
            found.append(fresh)
        elif id(row) not in told:
            found[found.index(row)] = fresh
            told.add(id(fresh))
    return tuple(found)


def _reached(result: IndicatorResult, row: Row | None, year: Year) -> Decimal | str | None:
    """Until this year's end: added up where the indicator adds up over the years, else what it stood at last."""
    now = result.of_year.realised
    if rule_of(result.indicator, year.policies).how != JUMLAH:
        return now
    before = row.number("lalu_k") if row else None
    return before + now if before is not None and isinstance(now, Decimal) else None
