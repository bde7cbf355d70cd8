"""The same money on several sheets, or twice on one: copies, older copies, summaries. It counts once, and the rest is said.

Habits served: an export beside its pivot table; one sheet per programme beside the sheet of all; seven sheets that each hold
the same rows under another filter; a list of totals beside the tables that it sums up; a sheet per month with the same
budget. Rows decide, never a total alone: a copy has the same rows in any order, and each line of a summary is the total of a
sheet, of a group or of the rows that bear its name. Four activities of five million each are four activities.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import HARGA, INDIKATOR, MEANINGS, NONE, REALISASI, Line, Table, finding, listed, number, of_cells
from kinerja_xl.foreign.tree import telling
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.regions.facts import of_parts
from kinerja_xl.regions.model import PARTS_OF_YEAR
from kinerja_xl.regions.words import word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import months_in
from kinerja_xl.words.text import fold_all

SHARE = Decimal("0.6")
"""From this share of its lines (or its money) on a sheet is a copy of parts of another one."""

_VERSION, _OLD = kata("versi_lembar"), kata("versi_usang")


class _Money:
    """What a table's lines hold, counted once."""

    def __init__(self, table: Table, grid: CellSheet | None) -> None:
        self.table, self.grid = table, grid
        self.cols = next(iter(table.amount_columns.values()), ())
        self.amounts = self._of(self.cols)
        self.total = sum(self.amounts, Decimal(0))
        self.names = fold_all([line.uraian or line.kode for line in table.lines])
        self.called = set(self.names)
        self.adds_up = table.kind not in (HARGA, INDIKATOR)

    def _of(self, cols: Sequence[int]) -> list[Decimal]:
        zero = Decimal(0)
        if len(cols) == 1:
            return [line.values.get(cols[0]) or zero for line in self.table.lines]
        return [sum([v for col in cols if (v := line.values.get(col))], zero) for line in self.table.lines]

    @cached_property
    def lines(self) -> list[tuple[Line, str]]:
        """The lines with their folded names."""
        return [*zip(self.table.lines, self.names, strict=True)]

    def figures(self, name: str) -> dict[str, Decimal]:
        """What the lines hold by name, of one of the sums; nothing where that has several columns."""
        cols = self.table.amount_columns.get(name, ())
        return {called: line.values[cols[0]] for line, called in self.lines if cols[0] in line.values} if len(cols) == 1 else {}

    @cached_property
    def named(self) -> Counter[tuple[str, Decimal]]:
        return Counter(zip(self.names, self.amounts, strict=True))

    @cached_property
    def series(self) -> list[list[Decimal]]:
        """What the lines hold by sum, each added up from line to line."""
        return [[*accumulate(self._of(cols))] for cols in self.table.amount_columns.values()]

    @cached_property
    def printed(self) -> Mapping[Decimal, set[str]]:
        """The amounts of its groups and totals, with what they are called."""
        found: dict[Decimal, set[str]] = defaultdict(set)
        for check in self.table.checks:
            found[check.printed].add(check.label)
        for row in self.table.left_out:
            if row.amount:
                found[row.amount].add(row.text)
        return found

    @cached_property
    def by_text(self) -> Mapping[str, Decimal]:
        """What the lines add up to that have a text in one of their cells: a column of kinds is the root of a pivot table."""
        found: dict[str, Decimal] = defaultdict(Decimal)
        for line, amount in zip(self.table.lines, self.amounts, strict=True):
            cells = self.grid.rows[line.row - 1] if self.grid is not None and line.row <= self.grid.height else ()
            for text in {fold(cell) for cell in (*cells, *line.groups) if isinstance(cell, str)}:
                found[text] += amount
        return found


def without_copies(tables: Sequence[Table], grids: Mapping[str, CellSheet], *, chosen: bool) -> list[Table]:
    """The tables with copies turned into kind none, and hidden versions of a visible one with the same title and names.
    ``chosen``: the user named the sheet, so nothing is taken away."""
    imported = [i for i, table in enumerate(tables) if table.kind != NONE]
    if chosen or len(imported) < 2:
        return list(tables)
    result = list(tables)
    # What is seen beats what is hidden or called old; the most detailed table is the main one, then that with more printed sums.
    hidden = {name for name, grid in grids.items() if grid.state != "visible"}

    def rank(i: int) -> tuple[bool, bool, int, int, int]:
        one = tables[i]
        return one.sheet in hidden, bool(_OLD(one.sheet)), -len(one.lines), -len(one.checks), i

    order = sorted(imported, key=rank)
    mains: list[_Money] = []
    all_money = {i: _Money(tables[i], grids.get(tables[i].sheet)) for i in order}
    for i in order:
        money = all_money[i]
        if (parts := _alike_elsewhere(money, all_money.values())) and (said := _of_its_parts(money, parts)) is not None:
            why = f"angkanya adalah gabungan {_named_sheets(parts)}, baris demi baris"
            kept = money.table.kind == INDIKATOR  # the year of its quarters is what is looked for
            made = _noted(tables[i], "L439", parts[0].table, bukti=why) if kept else _copy(tables[i], parts[0].table, why)
            result[i] = replace(made, findings=(*made.findings, *said))
            continue
        if (earlier := next((main for main in mains if _other_period(money, main)), None)) is not None:
            result[i] = _noted(tables[i], "L209", earlier.table)
            continue
        repeats = next(((main, why) for main in mains if (why := _same_money(money, main))), None)
        if repeats is None:
            if (other := next((main for main in mains if _other_version(money, main, hidden)), None)) is not None:
                if tables[i].sheet in hidden and _titled_alike(tables[i], other.table) and money.called <= other.called:
                    why = f"versi lain yang tersembunyi, judul dan semua nama barisnya sama{_totals(money, other)}"
                    result[i] = _copy(tables[i], other.table, why)
                    continue
                result[i] = _noted(tables[i], "L212", other.table, banyak=str(len(money.amounts)))
            mains.append(money)
        elif tables[i].kind == INDIKATOR and _results(tables[i]) != _results(repeats[0].table):
            mains.append(money)  # another quarter of the same indicators
            result[i] = _noted(tables[i], "L439", repeats[0].table, bukti=f"realisasinya lain; {repeats[1]}")
        else:
            result[i] = _copy(tables[i], repeats[0].table, repeats[1])
    return _without_sums(tables, result, mains)


def _without_sums(tables: Sequence[Table], result: list[Table], mains: list[_Money]) -> list[Table]:
    """What is left, but for tables whose lines are the totals of others."""
    for money in [money for money in mains if len(mains) > 2 and money.adds_up]:
        if sources := _sums_of_sheets(money, [main for main in mains if main is not money]):
            mains.remove(money)
            at = next(i for i, table in enumerate(tables) if table is money.table)
            one = {main.table.sheet for main in sources} == {money.table.sheet}
            rows = [f"baris {main.table.first_row} sampai {main.table.last_row}" for main in sources]
            names = listed(rows) if one else _named_sheets(sources)
            result[at] = _copy(tables[at], sources[0].table, f"angkanya adalah jumlah {names}")
    return result


def _named_sheets(some: Sequence[_Money]) -> str:
    return "lembar " + listed([money.table.sheet for money in some])


def _alike_elsewhere(money: _Money, others: Iterable[_Money]) -> list[_Money]:
    """The tables of its kind with the same names on other sheets, two or more: months, quarters, villages. What is called after
    one of these is no recapitulation, though 25 and 50 % so far make 75."""
    one = money.table
    if word(one.sheet).period.startswith(PARTS_OF_YEAR):
        return []
    found = [
        other for other in others
        if other.table.kind == one.kind != HARGA and other.table.sheet != one.sheet and other.called == money.called
    ]  # fmt: skip
    return found if len(found) > 1 and len(money.called) == len(one.lines) > 1 else []


def _of_its_parts(money: _Money, parts: Sequence[_Money]) -> list[Finding] | None:
    """Whether each line is what the lines of its name on several other sheets make (mostly their sum; of percentages their mean
    or last), and the cells of those that are not; None where the table is no such year or recapitulation."""
    said: list[Finding] = []
    summed = rows_told = 0
    for name in money.table.amount_columns if money.table.kind == INDIKATOR else [*money.table.amount_columns][-1:]:
        own = money.figures(name)
        beside = [some for part in parts if (some := part.figures(name))]
        rows = [(at, v, [some[at] for some in beside if at in some]) for at, v in own.items()]
        told = [(at, v, values) for at, v, values in rows if v and sum(map(bool, values)) > 1]
        wrong = [(at, v - sum(values)) for at, v, values in told if not of_parts(v, values)]
        summed, rows_told = summed + sum(abs(sum(values) - v) <= 1 for _, v, values in told), rows_told + len(told)
        right = len(told) - len(wrong)
        if right < 3 * len(wrong) and not right > len(wrong) == 1:
            return None
        col, file = money.table.amount_columns[name][0], money.table.file
        cells = [(line.row - 1, col) for line, called in money.lines if called in dict(wrong)]
        gap = sum((-d for _, d in wrong), Decimal(0))
        found = of_cells("L436", money.table.sheet, cells, arti=MEANINGS.get(name, name), selisih=gap, cocok=right)
        said += [one.at(file=file) for one in found]
    return said if summed > 1 and summed * 2 >= rows_told else None


def _noted(table: Table, code: str, main: Table, **args: str) -> Table:
    """Read, and said: another month of the same budget, other results of the same indicators."""
    return replace(table, findings=(*table.findings, finding(code, table.sheet, utama=main.sheet, **args).at(file=table.file)))


def _copy(table: Table, main: Table, evidence: str) -> Table:
    """A table that holds the same money as another one: not imported, and said."""
    where = main.sheet if main.sheet != table.sheet else f"{main.sheet} baris {main.first_row} sampai {main.last_row}"
    what = {INDIKATOR: "indikator", HARGA: "harga"}.get(table.kind, "uang")
    said = finding("L207", table.sheet, utama=where, bukti=evidence, apa=what).at(file=table.file)
    return replace(table, kind=NONE, findings=(said,), questions=())


def _alike(one: str, others: Iterable[str]) -> bool:
    """Whether a name is called in one of these texts, or has a longer word in common with it."""

    def words(text: str) -> set[str]:
        return {part for part in "".join(ch if ch.isalnum() else " " for ch in text.lower()).split() if len(part) > 3}

    whole, folded = fold(one), [(other, fold(other)) for other in others]
    called = any(min(len(whole), len(text)) > 3 and (whole in text or text in whole) for _, text in folded)
    return called or any(words(one) & words(other) for other, _ in folded)


def _sums_of_sheets(money: _Money, mains: Sequence[_Money]) -> list[_Money]:
    """The tables whose totals, or those of their groups, are most of a table's lines: one line per sub kegiatan, one sheet or
    table for each of them. A line whose amount says nothing by itself has to bear the name, or all of them be one sum."""
    others = [main for main in mains if main.adds_up]
    beside = [main for main in others if main.table.sheet == money.table.sheet]
    whole = any(len(some) > 1 and money.total == sum(main.total for main in some) for some in (others, beside))
    lines = [(line, amount) for line, amount in zip(money.table.lines, money.amounts, strict=True) if amount]
    found: list[_Money] = []
    for line, amount in lines:
        for main in others:
            called = (main.table.sheet, main.table.title, *main.names[:1])
            total = amount == main.total and main not in found
            told = telling(amount) or whole or _alike(line.uraian or line.kode, called)
            if (total and told) or (whole and amount in main.printed):
                found.append(main)
                break
    return [*dict.fromkeys(found)] if len({*found}) >= 2 and len(found) >= SHARE * len(lines) else []


def _other_period(money: _Money, main: _Money) -> bool:
    """The same lines with the same budget on another sheet, where realisasi or the sheet's name says another month."""
    one, other = money.table, main.table
    if one.sheet == other.sheet or one.kind != REALISASI or other.kind != REALISASI or money.named != main.named:
        return False
    periods = {word(table.sheet).period for table in (one, other)}
    return money.series[1:] != main.series[1:] or len(periods - {""}) == 2


def _other_version(money: _Money, main: _Money, hidden: Set[str]) -> bool:
    """The same lines with other amounts, where one sheet is hidden or called a version ("Murni" and "Perubahan", "lama"):
    two plans, or one and what became of it. Two kegiatan may buy the same things."""
    one, other = money.table, main.table
    few = 2 if _titled_alike(one, other) else 3
    if one.kind != other.kind or not money.adds_up or one.sheet == other.sheet or min(len(money.called), len(main.called)) < few:
        return False
    if len(money.called & main.called) * 10 < max(len(money.called), len(main.called)) * 8:
        return False
    versions = [{found[0].lower() for text in (t.sheet, t.title) if (found := _VERSION(text))} for t in (one, other)]
    return (one.sheet in hidden) != (other.sheet in hidden) or versions[0] != versions[1]


def _titled_alike(one: Table, other: Table) -> bool:
    return bool(one.title) and fold(one.title) == fold(other.title)


def _results(table: Table) -> list[Decimal]:
    """The sums of what was reached, of any column."""
    found = table.sums.get("realisasi", {})
    return [found] if isinstance(found, Decimal) else list(found.values())


def _same_money(money: _Money, main: _Money) -> str:
    """Why a table repeats ``main``, in words; "" when it does not."""
    if _other_month(money.table, main.table) or _spent_otherwise(money, main):
        return ""
    if money.table.sheet == main.table.sheet:
        return _groups_repeat(money, main) or (_lines_repeat(money, main) if money.named == main.named else "")
    return _lines_repeat(money, main) or _groups_repeat(money, main)


def _other_month(one: Table, other: Table) -> bool:
    """Realisasi of different months: the budget beside it is the same, and in a quiet month the money may be, too."""
    if not one.kind == other.kind == REALISASI:
        return False
    months = [set(months_in(t.sheet) or months_in(t.title)) for t in (one, other)]
    return all(months) and months[0] != months[1]


def _spent_otherwise(money: _Money, main: _Money) -> bool:
    """The same lines of one form with the same budget, and something else spent: two reports, no copy."""
    one, other = money.table, main.table
    if not one.kind == other.kind == REALISASI or one.fingerprint != other.fingerprint or len(one.lines) != len(other.lines):
        return False
    spent = [some.series[1][-1] for some in (money, main)]
    return all(spent) and spent[0] != spent[1]


def _lines_repeat(money: _Money, main: _Money) -> str:
    """The same rows, by name and amount, in any order. Lists of the very same total need half of them (one name was mended)."""
    lines = len(money.amounts)
    if len(money.called - main.called) * 2 > lines:
        return ""  # by their names alone: too few
    both, equal = (money.named & main.named).total(), money.total == main.total and money.adds_up and bool(money.total)
    if not (both == lines or (both >= 3 and both >= SHARE * lines)) and not (
        equal and both * 2 >= lines and Counter(money.amounts) == Counter(main.amounts)
    ):
        return ""
    if equal and both < lines:
        return f"jumlahnya sama persis, {number(money.total)}, dan {both} dari {lines} barisnya sama"
    totals = _totals(money, main) if lines == len(main.amounts) else ""
    return f"{both} dari {lines} barisnya sama nama dan angkanya{totals}"


def _totals(money: _Money, main: _Money) -> str:
    """Both totals where they differ: an older copy, a recap with a wrong link."""
    same = money.total == main.total or not money.adds_up
    return "" if same else f"; jumlahnya di sini {number(money.total)}, di sana {number(main.total)}"


def _runs(series: Sequence[Sequence[Decimal]], others: Sequence[Sequence[Decimal]]) -> bool:
    """Whether lines are the sums of others, run by run, and one of their totals is none by accident: quarters of months."""
    told = any(own and telling(own[-1]) for own in series)
    return told and all({Decimal(0), *other}.issuperset(own) for own, other in zip(series, others, strict=False))


def _groups_repeat(money: _Money, main: _Money) -> str:
    """Lines that are groups of the main table, its total, the sums of its lines run by run, or the sum of its rows of that name:
    a recapitulation."""
    if not (money.adds_up and main.adds_up) or len(main.amounts) < 2 or not any(money.amounts):
        return ""
    lines = [(line, amount) for line, amount in zip(money.table.lines, money.amounts, strict=True) if amount]
    hits, strange = 0, []
    runs = money.table.kind == main.table.kind and any(_runs(money.series[:n], main.series) for n in (1, 2))
    whole = money.total == main.total and (runs or all(amount in main.printed for _, amount in lines)) and len(lines) > 1
    for line, amount in lines:
        name = line.uraian or line.kode
        titles = (*main.printed.get(amount, ()), *((main.table.sheet, main.table.title) if amount == main.total else ()))
        repeated = amount in main.printed or amount == main.total or (whole and runs)
        if (repeated and (whole or telling(amount) or _alike(name, titles))) or main.by_text.get(fold(name)) == amount:
            hits += 1
        else:
            strange.append(number(amount))
    if hits < min(2, len(lines)) or hits < SHARE * len(lines):
        return ""
    but = f"; tidak ada di sana: {listed(strange)}" if strange else ""
    return f"{hits} dari {len(lines)} angkanya adalah jumlah di sana{but}{_totals(money, main)}"
