"""The same money on several sheets: filtered copies, recapitulations, scratch sheets. It counts once, and the rest is said.

Habits served: an export beside its pivot table; one sheet per programme beside the sheet of all; seven sheets that each
hold the same rows under another filter; a list of totals beside the tables that they sum up. A sheet per month is none of
these: the budget stands there again, but what was spent is another month's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from kinerja_xl.foreign.assemble import copy_of, other_period, same_indicators
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, REALISASI, Table
from kinerja_xl.foreign.say import listed, number
from kinerja_xl.foreign.words import word

SHARE = Decimal("0.6")
"""From this share of its lines (or its money) on a sheet is a copy of parts of another one."""


class _Money:
    """What a table's lines hold, counted once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        cols = next(iter(table.amount_columns.values()), ())
        self.amounts = [sum((line.values.get(col, Decimal(0)) for col in cols), Decimal(0)) for line in table.lines]
        self.total = sum(self.amounts, Decimal(0))
        names = (" ".join((line.uraian or line.kode).split()).casefold() for line in table.lines)
        self.named = Counter(zip(names, self.amounts, strict=True))
        self.printed = {check.printed for check in table.checks} | {row.amount for row in table.left_out if row.amount}
        self.adds_up = table.kind not in (HARGA, INDIKATOR)


def without_copies(tables: Sequence[Table], *, chosen: bool) -> list[Table]:
    """The tables with copies turned into kind none. ``chosen``: the user named the sheet, so nothing is taken away."""
    imported = [i for i, table in enumerate(tables) if table.kind != NONE]
    if chosen or len(imported) < 2:
        return list(tables)
    result = list(tables)
    # The most detailed table is the main one; of the same size the one with more printed sums, then the first.
    order = sorted(imported, key=lambda i: (-len(tables[i].lines), -len(tables[i].checks), i))
    mains: list[_Money] = []
    for i in order:
        money = _Money(tables[i])
        if (earlier := next((main for main in mains if _other_period(money, main)), None)) is not None:
            result[i] = other_period(tables[i], earlier.table)
            continue
        repeats = next(((main, why) for main in mains if (why := _same_money(money, main))), None)
        if repeats is None:
            mains.append(money)
        elif tables[i].kind == INDIKATOR and _results(tables[i]) != _results(repeats[0].table):
            mains.append(money)  # another quarter of the same indicators
            result[i] = same_indicators(tables[i], repeats[0].table, repeats[1])
        else:
            result[i] = copy_of(tables[i], repeats[0].table, repeats[1])
    for money in [money for money in mains if len(mains) > 2 and money.adds_up]:
        if sources := _sums_of_sheets(money, [main for main in mains if main is not money]):
            mains.remove(money)
            at = next(i for i in imported if tables[i] is money.table)
            names = listed([main.table.sheet for main in sources])
            result[at] = copy_of(tables[at], sources[0].table, f"angkanya adalah jumlah lembar {names}")
    return result


def _sums_of_sheets(money: _Money, mains: Sequence[_Money]) -> list[_Money]:
    """The other sheets whose totals are most of a table's lines: one line per sub kegiatan, one sheet for each of them."""
    amounts = [value for value in money.amounts if value]
    found = {id(main): main for value in amounts for main in mains if main.adds_up and value == main.total}
    hits = sum(any(value == main.total for main in mains if main.adds_up) for value in amounts)
    return list(found.values()) if len(found) >= 2 and hits >= SHARE * len(amounts) else []


def _other_period(money: _Money, main: _Money) -> bool:
    """The same lines with the same budget on another sheet, where realisasi or the sheet's name says another month."""
    one, other = money.table, main.table
    if one.sheet == other.sheet or one.kind != REALISASI or other.kind != REALISASI or money.named != main.named:
        return False
    periods = {word(table.sheet).period for table in (one, other)}
    return _spent(one) != _spent(other) or len(periods - {""}) == 2


def _spent(table: Table) -> list[tuple[Decimal | None, ...]]:
    cols = table.amount_columns.get("realisasi", ())
    return [tuple(line.values.get(col) for col in cols) for line in table.lines]


def _results(table: Table) -> list[Decimal]:
    """The sums of what was reached, of any column."""
    found = table.sums.get("realisasi", {})
    return [found] if isinstance(found, Decimal) else list(found.values())


def _same_money(money: _Money, main: _Money) -> str:
    """Why a table repeats ``main``, in words; "" when it does not."""
    if _other_month(money.table, main.table) or _spent_otherwise(money.table, main.table):
        return ""
    if money.table.sheet == main.table.sheet:
        return _groups_repeat(money, main)
    if money.total and money.total == main.total and money.adds_up:
        return f"jumlahnya sama persis, {number(money.total)}"
    return _lines_repeat(money, main) or _groups_repeat(money, main)


_MONTH = re.compile(
    r"\b(?:jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|ag(?:ustus|t|u)|sept?(?:ember)?|okt(?:ober)?"
    r"|no[vp](?:ember)?|des(?:ember)?)\b",
    re.IGNORECASE,
)


def _other_month(one: Table, other: Table) -> bool:
    """Realisasi of different months: the budget beside it is the same, and in a quiet month the money may be, too."""
    if not one.kind == other.kind == REALISASI:
        return False
    months = [{m.lower()[:3] for m in _MONTH.findall(t.sheet) or _MONTH.findall(t.title)} for t in (one, other)]
    return all(months) and months[0] != months[1]


def _spent_otherwise(one: Table, other: Table) -> bool:
    """The same lines of one form with the same budget, and something else spent: two reports, no copy."""
    if not one.kind == other.kind == REALISASI or one.fingerprint != other.fingerprint or len(one.lines) != len(other.lines):
        return False
    columns = one.amount_columns["realisasi"]
    spent = [sum(line.values.get(col, Decimal(0)) for line in t.lines for col in columns) for t in (one, other)]
    return all(spent) and spent[0] != spent[1]


def _lines_repeat(money: _Money, main: _Money) -> str:
    both = sum(min(count, main.named[key]) for key, count in money.named.items() if key in main.named)
    lines = len(money.table.lines)
    if both < 3 or both < SHARE * lines:
        return ""
    totals = _totals(money, main) if lines == len(main.table.lines) else ""
    return f"{both} dari {lines} barisnya sama nama dan angkanya{totals}"


def _totals(money: _Money, main: _Money) -> str:
    """Both totals where they differ: an older copy, a recap with a wrong link."""
    return "" if money.total == main.total else f"; jumlahnya di sini {number(money.total)}, di sana {number(main.total)}"


def _groups_repeat(money: _Money, main: _Money) -> str:
    """Lines that are subtotals of the main table: a recapitulation."""
    amounts = [value for value in money.amounts if value]
    if not money.adds_up or len(money.table.lines) < 2:
        return ""
    hits = sum(value in main.printed for value in amounts)
    if hits < 2 or hits < SHARE * len(amounts):
        return ""
    other = [number(value) for value in amounts if value not in main.printed]
    but = f"; tidak ada di sana: {listed(other)}" if other else ""
    return f"{hits} dari {len(amounts)} angkanya adalah jumlah di sana{but}{_totals(money, main)}"
