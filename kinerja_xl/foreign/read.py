"""Reads a foreign workbook: every sheet, every table, with evidence, checks, catatan and questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.assemble import assemble, copy_of, other_period, same_indicators
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, REALISASI, ForeignBook, Table, finding, listed, number
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.source import Source, read_source
from kinerja_xl.foreign.tables import find_regions
from kinerja_xl.foreign.words import word
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.reading.unseen import unknown
from kinerja_xl.words.periods import months_in

# ---- The same money on several sheets: filtered copies, recapitulations, scratch sheets. It counts once, and the rest is
#      said ----
# Habits served: an export beside its pivot table; one sheet per programme beside the sheet of all; seven sheets that each
# hold the same rows under another filter; a list of totals beside the tables that they sum up. A sheet per month is none of
# these: the budget stands there again, but what was spent is another month's.

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
    if money.total and money.total == main.total and money.adds_up and not _other_rows(money, main):
        return f"jumlahnya sama persis, {number(money.total)}"
    return _lines_repeat(money, main) or _groups_repeat(money, main)


def _other_rows(money: _Money, main: _Money) -> bool:
    """Two lists of one form with not a name in common, whose sums happen to be equal: a copy repeats rows, not only a total."""
    if money.table.fingerprint != main.table.fingerprint or len(money.table.lines) < 2:
        return False
    return not {name for name, _ in money.named} & {name for name, _ in main.named}


def _other_month(one: Table, other: Table) -> bool:
    """Realisasi of different months: the budget beside it is the same, and in a quiet month the money may be, too."""
    if not one.kind == other.kind == REALISASI:
        return False
    months = [set(months_in(t.sheet) or months_in(t.title)) for t in (one, other)]
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


ASKED: Mapping[str, str] = {"html": "L101", "xml2003": "L106", "teks": "L107"}
"""Formats that are no workbook though they are named like one: read only when the user says what is in them."""


def read_foreign(
    data: bytes, file: str, *, sebagai: str | None = None, lembar: str | None = None, padanan: Padanan | None = None
) -> ForeignBook:
    """Read any file called ``file``. ``sebagai``: a kind (rab, realisasi, indikator, standar_harga) that the user named;
    ``lembar``: only this sheet; ``padanan``: answers kept from before. Never raises, never changes anything."""
    source = read_source(data, file)
    if source.refused is not None:
        return ForeignBook(file=file, refused=source.refused)
    if source.form in ASKED and sebagai is None:
        refused = Finding(code=ASKED[source.form], file=file, args={"tabel": str(len(source.grids))})
        return ForeignBook(file=file, form=source.form, refused=refused)
    grids = [grid for grid in source.grids if lembar is None or grid.name == lembar]
    tables = [table for grid in grids for table in read_grid(grid, file, sebagai, padanan)]
    tables = _covers(without_copies(tables, chosen=lembar is not None), {grid.name: grid for grid in grids})
    said = _book_findings(source, grids, {table.sheet for table in tables if table.kind != NONE})
    if not tables:
        said.append(_nothing(source, grids).at(file=file))
    return ForeignBook(
        file=file, form=source.form, sheets=tuple(grid.name for grid in source.grids), tables=tuple(tables), findings=tuple(said)
    )


def read_grid(grid: CellSheet, file: str, wanted: str | None = None, padanan: Padanan | None = None) -> list[Table]:
    """All tables of one sheet; a sheet with content but without a table gives one of kind none that says so."""
    regions = find_regions(grid)
    tables = [assemble(region, file, wanted, padanan) for region in regions]
    kept = [table for table in tables if table.kind != NONE]
    if len(kept) > 1:
        # Tables of different kinds can't count twice (a PK's targets above its programs' money), and prices don't add up.
        mixed = len({table.kind for table in kept}) == len(kept)
        level = Severity.INFO if mixed or all(table.kind == HARGA for table in kept) else None
        tables = [_one_of_many(table, len(kept), level) if table.kind != NONE else table for table in tables]
    if not tables and _has_content(grid):
        reason = "tidak ada baris judul kolom yang dikenali"
        said = finding("L201", grid.name, alasan=reason).at(file=file)
        tables = [Table(file=file, sheet=grid.name, kind=NONE, first_row=1, last_row=grid.height, findings=(said,))]
    return tables


def _one_of_many(table: Table, count: int, level: Severity | None) -> Table:
    said = finding("L208", table.sheet, banyak=count, awal=table.first_row, akhir=table.last_row).at(file=table.file)
    return replace(table, findings=(*table.findings, replace(said, severity_override=level)))


def _covers(tables: list[Table], grids: Mapping[str, CellSheet]) -> list[Table]:
    """Sheets of words beside tables that were read (cover, contents, instructions), and of analyses beside the list of their
    prices, are nothing to look at."""
    if all(table.kind == NONE for table in tables):
        return tables
    priced = any(table.kind == HARGA for table in tables)
    plain = [t.kind == NONE and (_is_cover(t, grids[t.sheet]) or (priced and _is_analysis(t))) for t in tables]
    return [_cover(table) if one else table for table, one in zip(tables, plain, strict=True)]


def _is_analysis(table: Table) -> bool:
    """How the prices of a list that was read came about (two dozen sheets of it are usual)."""
    return bool(table.findings) and all(found.code == "L202" for found in table.findings)


def _cover(table: Table) -> Table:
    return replace(table, findings=tuple(replace(found, severity_override=Severity.INFO) for found in table.findings))


def _is_cover(table: Table, grid: CellSheet) -> bool:
    """No headings of a table and no figure that could be money, or hardly a figure at all (a letter, instructions)."""
    cells = [cell for row in grid.rows for cell in row if cell is not None]
    return sum(map(_figure, cells)) < 2 or not (table.heading_rows or any(map(_is_money, cells)))


_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*-?\d[\d.,\s]*(?:,-)?%?", re.IGNORECASE)


def _figure(cell: object) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and _AMOUNT.fullmatch(cell.strip()) is not None)


_MONEY = re.compile(r"\brp\.?\s*\d|^\s*\d{1,3}(?:[.,]\d{3})+", re.IGNORECASE)


def _is_money(value: object) -> bool:
    if isinstance(value, float):
        return abs(value) >= 1000 and not 1990 <= value <= 2100
    return isinstance(value, str) and bool(_MONEY.search(value))


def _has_content(grid: CellSheet) -> bool:
    return sum(1 for row in range(grid.height) if grid.filled(row)) >= 2


def _nothing(source: Source, grids: Sequence[CellSheet]) -> Finding:
    """Why a readable file has nothing to read: blank sheets, pictures instead of cells, charts."""
    filled = any(grid.filled(row) for grid in grids for row in range(grid.height))
    why = "hanya satu baris yang terisi" if filled else "lembarnya kosong" if grids else "tidak ada lembar kerja"
    if source.pictures and not filled:
        why = f"selnya kosong; yang terlihat {source.pictures} gambar"
    return finding("L211", alasan=why)


def _book_findings(source: Source, grids: Sequence[CellSheet], imported: Collection[str]) -> list[Finding]:
    """What concerns the file or a sheet as a whole; a hidden sheet whose table counts has to be looked at."""
    found = list(source.notes)
    if source.form in ("xls", "xlsb", "ods", "fods"):
        found.append(finding("L111", bentuk=source.form))
    for grid in grids:
        if grid.state != "visible":
            used = Severity.CEK if grid.name in imported else None
            found.append(replace(finding("L203", grid.name), severity_override=used))
    found += [finding("L210", grid.name, banyak=grid.beyond) for grid in grids if grid.beyond]
    found += unknown(grids)
    return [note.at(file=source.file) for note in found]
