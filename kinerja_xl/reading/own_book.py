"""Read a recap workbook of ours back: its RAB lines and indicators, or any one sheet, found by the headings that
``sheets/rekap`` declares. Rows that only head a group are left out here, for every reader.

For comparing recaps and for last year's figures. Amounts are read as the sheet shows them, staff's corrections included;
sorting, filtering and hidden columns do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.locate import locate, marks
from kinerja_xl.reading.parse import Reading, read_table
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.capaian import BOOK_KEY, CAPAIAN_INDIKATOR
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Book, Column, Sheet, Table
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold, parse_number

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_YEAR = re.compile(r"Tahun Anggaran (20\d\d)")
_EXPECTED = ("S302", "S303", "S306", "S308", "S312", "S319")
"""Said of any sheet without our marks; a recap has none by design, and its own columns are declared here."""
_OWN = ("unit", "dihitung", "alasan", "berkas", "lembar", "baris")
"""Of the recap's own columns those that say something themselves; the others follow, and half of their cells show nothing,
as if they had never been calculated."""
_WORDS = ("uraian", "nama", "indikator")
"""What only rows of data say in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapLine:
    """One row of the sheet RAB or Indikator. ``row`` by the keys of the usulan's table and the recap's own columns;
    ``jumlah`` whole rupiah as shown, None for an indicator and where the recap shows no amount."""

    unit: str
    kode_sub: str
    row: Row
    counted: bool
    jumlah: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapBack:
    """A recap as read back. ``tahun`` 0 when the subtitle names none; totals in whole rupiah."""

    kantor: str
    tahun: int
    lines: tuple[RecapLine, ...]
    indicators: tuple[RecapLine, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> int:
        """What the recap counts."""
        return sum(line.jumlah or 0 for line in self.lines if line.counted)


@dataclass(slots=True, kw_only=True)
class _Parts:
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    subtitle: str = ""


def is_recap(names: list[str]) -> bool:
    """Whether sheets of these names make one of our recaps."""
    own = {fold(sheet.name) for sheet in rekap.REKAP}
    return len(own & {fold(name) for name in names}) * 2 > len(own)


def read_recap(data: bytes, file: str = "", book: Book = USULAN) -> RecapBack | Finding:
    """The recap's content, or the finding that says why it can't be read: T201 when it is no recap of ours."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        return passed.at(file=file)
    reading = Reading(lists=Listings(by_name={}), date1904=passed.package.date1904)
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        return Finding(code="B102", file=file, args={"rincian": f"pembaca berhenti ({error})"})
    if not is_recap([sheet.name for sheet in sheets]):
        return Finding(code="T201", file=file, args={"rincian": ", ".join(sheet.name for sheet in sheets[:5])})
    parts = _Parts()
    for declared in (rekap.RAB, rekap.INDIKATOR):
        parts.subtitle = parts.subtitle or _subtitle(declared, sheets)
        parts.tables[declared.table.key] = _rows(declared, sheets, _table(declared, book), reading)
    year = _YEAR.search(parts.subtitle)
    return RecapBack(
        kantor=parts.subtitle.split("|")[0].strip(),
        tahun=int(year[1]) if year else 0,
        lines=tuple(_line(row, "kode_sub", _amount(row)) for row in parts.tables.get("rab", ())),
        indicators=tuple(_line(row, "kode", None) for row in parts.tables.get("indikator", ())),
        findings=tuple(f.at(file=file) for f in reading.findings if f.code not in _EXPECTED),
    )


def read_recap_sheet(data: bytes, file: str, declared: RecapSheet, book: Book = USULAN) -> tuple[Row, ...] | Finding:
    """The rows of one sheet of a recap as it shows them, all its columns; S315 when the sheet is gone."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        return passed.at(file=file)
    reading = Reading(lists=Listings(by_name={}), date1904=passed.package.date1904)
    columns = tuple(_as_shown(column) for column in declared.table.columns(book))
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        return Finding(code="B102", file=file, args={"rincian": f"pembaca berhenti ({error})"})
    table = Table(key=declared.table.key, title=declared.title, columns=columns)
    rows = _rows(declared, sheets, table, reading, to_gap=True)
    gone = next((found for found in reading.findings if found.code == "S315"), None)
    return gone.at(file=file) if gone else rows


def _subtitle(declared: RecapSheet, sheets: list[CellSheet]) -> str:
    sheet = _named(declared, sheets)
    return next((str(row[0]) for row in sheet.rows[1:2] if row and row[0]), "") if sheet else ""


def _named(declared: RecapSheet, sheets: list[CellSheet]) -> CellSheet | None:
    return next((sheet for sheet in sheets if fold(sheet.name) == fold(declared.name)), None)


def _rows(
    declared: RecapSheet, sheets: list[CellSheet], table: Table, reading: Reading, *, to_gap: bool = False
) -> tuple[Row, ...]:
    """One sheet's rows of data; a sheet that is gone is named. ``to_gap``: the first blank row ends the table, because
    below it stands who signs."""
    sheet = _named(declared, sheets)
    shape = Sheet(key=declared.key, name=declared.name, title=declared.title, blocks=(table,))
    place = locate(sheet, shape, marks(sheet)).tables.get(table.key) if sheet else None
    if sheet is None or place is None:
        reading.findings.append(Finding(code="S315", sheet=declared.name, args={"usul": ""}))
        return ()
    rows = read_table(sheet, place, reading)
    if to_gap:
        rows = tuple(row for number, row in enumerate(rows) if row.row == rows[0].row + number)
    return _without_headings(rows, declared, reading)


def _table(declared: RecapSheet, book: Book) -> Table:
    """The recap sheet's table for the reader: what it shows counts, so no column is computed anew or demanded."""
    around = declared.table
    theirs = {c.key for c in around.from_source(book)}
    columns = (c for c in around.columns(book) if c.key in theirs or c.key in _OWN)
    return Table(key=around.key, title=declared.title, columns=tuple(_as_shown(c) for c in columns))


def _without_headings(rows: tuple[Row, ...], declared: RecapSheet, reading: Reading) -> tuple[Row, ...]:
    """The rows that are data: their mark is filled, or they have words of their own (somebody emptied the mark). Headings
    fall away with what was said of them."""
    if not declared.table.mark:
        return rows
    own = (declared.table.mark, *_WORDS)
    data = tuple(row for row in rows if any(row.get(key) is not None for key in own))
    aside = {(row.sheet, str(row.row)) for row in rows} - {(row.sheet, str(row.row)) for row in data}
    reading.findings[:] = [f for f in reading.findings if (f.sheet, f.cell.lstrip(_LETTERS)) not in aside]
    return data


def _as_shown(column: Column) -> Column:
    return replace(column, computed=None, required=False, essential=False, aliases=())


def _line(row: Row, code: str, jumlah: int | None) -> RecapLine:
    return RecapLine(
        unit=str(row.get("unit") or ""),
        kode_sub=str(row.get(code) or ""),
        row=row,
        counted=fold(str(row.get("dihitung") or "")) == "ya",
        jumlah=jumlah,
    )


def _amount(row: Row) -> int | None:
    """The row's amount in rupiah; None where the recap could not know it."""
    value = row.get("jumlah")
    return int(value) if isinstance(value, Decimal) else None


# ---- Read a capaian workbook of ours back: each indicator's target, realisasi and capaian of the year, for the years' trend
#      ----

_WANTED = ("unit", "kode", "nama", "satuan", "target", "realisasi", "capaian")
"""Columns whose heading stands once on the sheet."""

_HEADING_ROWS = 15
"""The headings stand at the top; rows below are not searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearValue:
    """One indicator in one capaian workbook: target and realisasi as shown, capaian in percent points (None: it shows none)."""

    tahun: int
    unit: str
    kode: str
    nama: str
    satuan: str
    target: Decimal | str | None
    realised: Decimal | str | None
    percent: Decimal | None


def read_capaian(data: bytes, file: str = "") -> tuple[YearValue, ...] | Finding:
    """Every indicator of the workbook, or the finding that says why it can't be read: T201 when it is none of ours."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        return passed.at(file=file)
    identity = identity_of(passed.package)
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        return Finding(code="B102", file=file, args={"rincian": f"pembaca berhenti ({error})"})
    sheet = next((s for s in sheets if fold(s.name) == fold(CAPAIAN_INDIKATOR.name)), None)
    place = _headings(sheet) if sheet else None
    if identity is None or identity.book != BOOK_KEY or sheet is None or place is None:
        return Finding(code="T201", file=file, args={"rincian": ", ".join(s.name for s in sheets[:5])})
    row, columns = place
    lines = ({key: sheet.value(at, column) for key, column in columns.items()} for at in range(row + 1, len(sheet.rows)))
    return tuple(_value(int(identity.tahun), line) for line in lines if line["unit"] and line["nama"])


def _headings(sheet: CellSheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each wanted one."""
    labels = {fold(column.label): column.key for column in CAPAIAN_INDIKATOR.table.before if column.key in _WANTED}
    for row, cells in enumerate(sheet.rows[:_HEADING_ROWS]):
        found = {labels[name]: at for at, cell in enumerate(cells) if isinstance(cell, str) and (name := fold(cell)) in labels}
        if len(found) == len(_WANTED):
            return row, found
    return None


def _value(tahun: int, line: dict[str, object]) -> YearValue:
    percent = _figure(line["capaian"])
    return YearValue(
        tahun=tahun, unit=_text(line["unit"]), kode=_text(line["kode"]), nama=_text(line["nama"]), satuan=_text(line["satuan"]),
        target=_figure(line["target"]), realised=_figure(line["realisasi"]),
        percent=percent if isinstance(percent, Decimal) else None,
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _figure(value: object) -> Decimal | str | None:
    """A number of the sheet, or the words that stand in its place."""
    if isinstance(value, str):
        return value.strip() or None
    return parse_number(value).value if value is not None else None
