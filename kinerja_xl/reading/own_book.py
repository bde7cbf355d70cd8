"""Read the books back that we show: the recap and the capaian workbook, by one reader.

A book says what it is (its mark: kind, version, year), its version says which columns it has, and each column is found by its
heading, a former name (``aliases``) as good as the present one. A heading that is gone is a catatan with its cell; nothing
is ever read from a column that was not found. Our forms carry a hidden key row and are read by ``workbook``.

Amounts are read as the sheet shows them, staff's corrections included; sorting, filtering and hidden columns do not matter.
Rows that only head a group are left out here, for every reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from types import MappingProxyType

from kinerja_xl.catatan import Finding
from kinerja_xl.package import Package
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import all_sheets, inspect
from kinerja_xl.reading.locate import FoundTable, headings, lost
from kinerja_xl.reading.parse import Reading, read_table
from kinerja_xl.reading.workbook import identity_of, version_of
from kinerja_xl.sheets.capaian import CAPAIAN_INDIKATOR, CAPAIAN_VERSIONS
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.sheets.rekap import INDIKATOR, RAB, REKAP_VERSIONS, RecapSheet, ShownBook
from kinerja_xl.sheets.shown import READ_BACK
from kinerja_xl.sheets.values import fold, parse_number

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_YEAR = re.compile(r"Tahun Anggaran (20\d\d)")
_OWN = ("unit", "dihitung", "alasan", "berkas", "lembar", "baris")
"""Of the recap's own columns those that say something themselves; the others follow, and half of their cells show nothing,
as if they had never been calculated."""
_WORDS = ("uraian", "nama", "indikator")
"""What only rows of data say in words."""

ShownVersions = Mapping[int, ShownBook]


# ---- the book: what it says of itself --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBook:
    """A shown book of ours, opened. ``tahun`` 0 where neither mark nor subtitle names one."""

    file: str
    book: ShownBook
    kantor: str
    tahun: int
    sheets: tuple[CellSheet, ...]
    date1904: bool

    def table(self, key: str, keys: Collection[str] = ()) -> OwnTable:
        """The table of the sheet ``key``; ``keys``: the columns that are wanted of it, all without."""
        declared = self.book.sheet(key)
        columns = declared.table.columns(self.book.usulan)
        wanted = tuple(column for column in columns if not keys or column.key in keys)
        sheet = next((one for one in self.sheets if fold(one.name) == fold(declared.name)), None)
        if sheet is None:
            said = Finding(code="S315", file=self.file, sheet=declared.name, args={"usul": ""})
            return OwnTable(declared=declared, wanted=wanted, sheet=None, head=-1, columns={}, lost={}, gone=(said,))
        head, places = headings(sheet, columns)
        gone = {c.key: f.at(file=self.file) for c in wanted if (f := lost(sheet, declared, columns, c, head, places))}
        own = {key: found[0] for key, found in places.items() if key not in gone}
        return OwnTable(declared=declared, wanted=wanted, sheet=sheet, head=head, columns=own, lost=gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """Where one sheet's table stands: its row of headings and its columns by key, zero-based. ``lost``: what is said of each
    wanted column that is not there, ``gone`` of a sheet that is not."""

    declared: RecapSheet
    wanted: tuple[Column, ...]
    sheet: CellSheet | None
    head: int
    columns: Mapping[str, int]
    lost: Mapping[str, Finding]
    gone: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is missing."""
        return (*self.gone, *_once(self.lost.values()))

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What is missing on which the sheet's figures rest."""
        return (*self.gone, *_once(f for key, f in self.lost.items() if key in self.declared.table.essential))

    def rows(self, reading: Reading, *, to_gap: bool = False) -> tuple[Row, ...]:
        """The rows of data, parsed by their columns' kinds; what is shown counts, so that nothing is computed or demanded.

        ``to_gap``: the first blank row ends the table, because below it stands who signs.
        """
        if self.sheet is None or self.head < 0:
            return ()
        columns = tuple(replace(c, computed=None, required=False, essential=False) for c in self.wanted)
        places = {c.key: self.columns[c.key] for c in columns if c.key in self.columns}
        place = FoundTable(
            table=Table(key=self.declared.table.key, title=self.declared.title, columns=columns), columns=places,
            head_row=self.head, first_row=self.head + 1, end_row=len(self.sheet.rows),
        )  # fmt: skip
        rows = read_table(self.sheet, place, reading)
        if to_gap:
            rows = tuple(row for number, row in enumerate(rows) if row.row == rows[0].row + number)
        return _without_headings(rows, self.declared, reading)

    def raw(self) -> Iterator[dict[str, object]]:
        """Every row below the headings, its wanted cells as they are; None for a column that is lost."""
        if self.sheet is None or self.head < 0:
            return
        for row in range(self.head + 1, len(self.sheet.rows)):
            yield {
                c.key: self.sheet.value(row, self.columns[c.key]) if c.key in self.columns else None for c in self.wanted
            }


def open_own(data: bytes, file: str, versions: ShownVersions, keys: Collection[str] = ()) -> OwnBook | Finding:
    """A shown book of this kind, or the finding that says why it can't be read: T201 when it is another one, T202 when its
    version is unknown. ``keys``: the sheets that are wanted of it, all without.

    A book without a mark was written before there was one, or has lost it: it is known by its sheets, and read as the first
    version. Its year stands under the title.
    """
    passed = inspect(data, file, unread=lambda package: _unwanted(package, versions, keys))
    if isinstance(passed, Finding):
        return passed.at(file=file)
    try:
        sheets = tuple(read_cells(passed))
    except CellsError as error:
        return Finding(code="B102", file=file, args={"rincian": f"pembaca berhenti ({error})"})
    identity = identity_of(passed.package)
    first = versions[min(versions)]
    if identity.book != first.key if identity else not _is_book(first, [sheet.name for sheet in sheets]):
        return Finding(code="T201", file=file, args={"rincian": ", ".join(sheet.name for sheet in passed.package.sheets[:5])})
    book = version_of(identity, versions) if identity else first
    if isinstance(book, Finding):
        return book.at(file=file)
    kantor, tahun = _subtitle(book, sheets)
    if identity:
        kantor, tahun = kantor or identity.kantor, int(identity.tahun) if identity.tahun.isdecimal() else tahun
    return OwnBook(file=file, book=book, kantor=kantor, tahun=tahun, sheets=sheets, date1904=passed.package.date1904)


def _unwanted(package: Package, versions: ShownVersions, keys: Collection[str]) -> set[str]:
    """The sheets of a book with a mark that nobody asks for."""
    if not keys or not identity_of(package):
        return set()
    wanted = {fold(sheet.name) for book in versions.values() for sheet in book.sheets if sheet.key in keys}
    return {sheet.name for sheet in package.sheets if fold(sheet.name) not in wanted}


def kind_in(data: bytes, file: str) -> str:
    """The key of the book of ours that a file says it is, or that its sheets show where it was written before there were marks;
    "" for any other. Its cells are not looked into."""
    passed = inspect(data, file, unread=all_sheets)
    return "" if isinstance(passed, Finding) else kind_of(passed.package)


def kind_of(package: Package) -> str:
    """The same of a workbook that is open already."""
    if identity := identity_of(package):
        return identity.book
    names = [sheet.name for sheet in package.sheets]
    return next((key for key, versions in READ_BACK.items() if _is_book(versions[min(versions)], names)), "")


def _is_book(book: ShownBook, names: Sequence[str]) -> bool:
    """Whether most of the book's sheets have these names."""
    own = {fold(sheet.name) for sheet in book.sheets}
    return len(own & {fold(name) for name in names}) * 2 > len(own)


def _subtitle(book: ShownBook, sheets: Sequence[CellSheet]) -> tuple[str, int]:
    """Office and year as they stand under a title."""
    own = {fold(declared.name) for declared in book.sheets}
    for sheet in sheets:
        texts = (str(cell) for row in sheet.rows[1:2] for cell in row if cell is not None)
        text = next(texts, "") if fold(sheet.name) in own else ""
        if year := _YEAR.search(text):
            return text.split("|")[0].strip(), int(year[1])
    return "", 0


# ---- its tables -------------------------------------------------------------------------------


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


# ---- the recap: its RAB lines and indicators, or any one sheet --------------------------------


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
    """A recap as read back. ``tahun`` 0 when nothing names it; totals in whole rupiah. ``lost``: what is said of sheets and
    columns that are gone, ``broken`` those of them without which nothing may be compared or added up; all of it stands
    in ``findings`` too."""

    kantor: str
    tahun: int
    lines: tuple[RecapLine, ...]
    indicators: tuple[RecapLine, ...]
    findings: tuple[Finding, ...] = ()
    lost: tuple[Finding, ...] = ()
    broken: tuple[Finding, ...] = ()

    @property
    def total(self) -> int:
        """What the recap counts."""
        return sum(line.jumlah or 0 for line in self.lines if line.counted)

    def counted(self, by: str) -> dict[str, int | None]:
        """The same by ``unit`` or ``kode_sub``; None where a row of it shows no amount."""
        found: dict[str, int | None] = {}
        for line in self.lines:
            if line.counted:
                key, before = getattr(line, by), found.get(getattr(line, by), 0)
                found[key] = None if before is None or line.jumlah is None else before + line.jumlah
        return found


def read_recap(data: bytes, file: str = "", versions: ShownVersions = REKAP_VERSIONS) -> RecapBack | Finding:
    """The recap's content, or the finding that says why it can't be read (``open_own``)."""
    own = open_own(data, file, versions, (RAB.key, INDIKATOR.key))
    if isinstance(own, Finding):
        return own
    reading = Reading(lists=Listings(by_name={}), date1904=own.date1904)
    rab, goals = (_of_units(own, declared) for declared in (RAB, INDIKATOR))
    lines, indicators = rab.rows(reading), goals.rows(reading)
    lost = (*rab.findings, *goals.findings)
    return RecapBack(
        kantor=own.kantor, tahun=own.tahun,
        lines=tuple(_line(row, "kode_sub", _amount(row)) for row in lines),
        indicators=tuple(_line(row, "kode", None) for row in indicators),
        findings=(*lost, *(f.at(file=file) for f in reading.findings if f.code != "S312")),
        lost=lost, broken=(*rab.broken, *goals.broken),
    )  # fmt: skip


def _of_units(own: OwnBook, declared: RecapSheet) -> OwnTable:
    """A sheet that shows a table of the units: its columns, and those of the recap that say something themselves."""
    table = own.book.sheet(declared.key).table
    theirs = {column.key for column in table.from_source(own.book.usulan)}
    return own.table(declared.key, theirs | {*_OWN, *table.essential})


def read_recap_sheet(
    data: bytes, file: str, declared: RecapSheet, versions: ShownVersions = REKAP_VERSIONS
) -> tuple[Row, ...] | Finding:
    """The rows of one sheet of a recap as it shows them, all its columns; a finding when it or one of them is gone."""
    own = open_own(data, file, versions, (declared.key,))
    if isinstance(own, Finding):
        return own
    table = own.table(declared.key)
    if table.findings:
        return together(table.findings)
    return table.rows(Reading(lists=Listings(by_name={}), date1904=own.date1904), to_gap=True)


def subtitle(data: bytes, file: str, declared: RecapSheet, versions: ShownVersions = REKAP_VERSIONS) -> str:
    """What stands under the title of one sheet: office, year, the stage or the plan that it shows; "" where it is unreadable."""
    own = open_own(data, file, versions, (declared.key,))
    if isinstance(own, Finding):
        return ""
    texts = (_under_title(sheet) for sheet in own.sheets if fold(sheet.name) == fold(own.book.sheet(declared.key).name))
    return next((text for text in texts if text), "")


def _under_title(sheet: CellSheet) -> str:
    return next((str(cell) for row in sheet.rows[1:3] for cell in row if _YEAR.search(str(cell or ""))), "")


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Columns without any row of headings are said to be gone in one catatan."""
    return tuple({(found.cell, found.column): found for found in findings}.values())


def together(findings: Sequence[Finding]) -> Finding:
    """The first of them, with the cells of the others."""
    first, *others = findings
    cells = ", ".join(found.cell for found in others)
    return replace(first, args={**first.args, "juga": cells}) if cells else first


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


# ---- the capaian workbook: each indicator's target, realisasi and capaian of the year, for the years' trend ----


@dataclass(frozen=True, slots=True, kw_only=True)
class YearValue:
    """One indicator in one capaian workbook: target and realisasi as shown, capaian in percent points (None: it shows none), what
    hindered it and what was to be done about it."""

    tahun: int
    unit: str
    kode: str
    nama: str
    satuan: str
    target: Decimal | str | None
    realised: Decimal | str | None
    percent: Decimal | None
    kendala: str = ""
    tindak_lanjut: str = ""


def read_capaian(data: bytes, file: str = "", versions: ShownVersions = CAPAIAN_VERSIONS) -> tuple[YearValue, ...] | Finding:
    """Every indicator of the workbook, or the finding that says why it can't be read: also for a heading that is gone."""
    own = open_own(data, file, versions, (CAPAIAN_INDIKATOR.key,))
    if isinstance(own, Finding):
        return own
    table = own.table(CAPAIAN_INDIKATOR.key, CAPAIAN_INDIKATOR.table.essential)
    if table.findings:
        return together(table.findings)
    notes = own.table(CAPAIAN_INDIKATOR.key, _NOTES)  # words are no figures: a book without them is read all the same
    lines = zip_longest(table.raw(), notes.raw(), fillvalue=_NO_NOTES)
    return tuple(_value(own.tahun, {**said, **line}) for line, said in lines if line.get("unit") and line.get("nama"))


_NOTES = ("kendala", "tindak_lanjut")
_NO_NOTES: Mapping[str, object] = MappingProxyType(dict.fromkeys(_NOTES))


def _value(tahun: int, line: Mapping[str, object]) -> YearValue:
    percent = _figure(line["capaian"])
    return YearValue(
        tahun=tahun, unit=_text(line["unit"]), kode=_text(line["kode"]), nama=_text(line["nama"]), satuan=_text(line["satuan"]),
        target=_figure(line["target"]), realised=_figure(line["realisasi"]),
        percent=percent if isinstance(percent, Decimal) else None, kendala=_text(line.get("kendala")),
        tindak_lanjut=_text(line.get("tindak_lanjut")),
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _figure(value: object) -> Decimal | str | None:
    """A number of the sheet, or the words that stand in its place."""
    if isinstance(value, str):
        return value.strip() or None
    return parse_number(value).value if value is not None else None
