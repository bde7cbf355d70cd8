"""HASIL.xlsx of ``baca``: what was read from foreign workbooks, where every row came from, what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kinerja_xl.catatan import Finding, Severity, catalogue, sort_key
from kinerja_xl.foreign.model import HARGA, INDIKATOR, MEANINGS, RAB, REALISASI, UNKNOWN, ForeignBook, Line, Table
from kinerja_xl.formula.references import address
from kinerja_xl.reckoning import grouped
from kinerja_xl.sheets import kinds, rekap
from kinerja_xl.sheets.content import Identity
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import BARIS, BERKAS, LEMBAR, Around, RecapSheet, Shown
from kinerja_xl.sheets.rekap.model import CODE, MARK, NUMBER, TEXT
from kinerja_xl.sheets.shown import HASIL_BACA
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.flat import fill
from kinerja_xl.writing.shown.page import NO_BOOK, Layout, Pages, new_sheet
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.table import TableGrid, safe_text
from kinerja_xl.writing.spread import spread
from kinerja_xl.writing.styles import Styles, set_identity

TITLE = "Hasil baca"
NOT_READ = "Tidak dibaca"
KIND_NAMES: Mapping[str, str] = {
    RAB: rekap.RAB.name,
    REALISASI: "Realisasi",
    INDIKATOR: rekap.INDIKATOR.name,
    HARGA: "Standar harga",
    "none": NOT_READ,
}
_TOP = 3
"""Zero-based row of the headings."""

FIGURE = kinds.nilai()
"""What stands in a cell is as foreign workbooks have it: a figure, or a text where one was meant."""

_CATATAN = {column.key: column for column in rekap.CATATAN.table.before}


def write_result(books: Sequence[ForeignBook]) -> bytes:
    """The workbook as bytes; same books, same bytes."""
    workbook = OwnBook({"title": TITLE}, loose=True)
    set_identity(workbook, Identity(book=HASIL_BACA.key, version=str(HASIL_BACA.version), tahun="", unit="", kantor=""))
    book = _Book(workbook=workbook, styles=Styles(workbook))
    tables = [table for one in books for table in one.imported]
    _summary(book, books)
    for number, table in enumerate(tables, 1):
        _lines(book, table, number)
    _left_out(book, tables)
    _columns(book, tables)
    _checks(book, tables)
    _findings(book, books)
    workbook.close()
    return workbook.data


def _column(label: str, width: float, kind: Kind, value: Callable[[Any], object]) -> Shown:
    return Shown(key=label, label=label, width=width, kind=kind, value=value)


def _place(berkas: float, lembar: float, *rest: Shown) -> tuple[Shown, ...]:
    """File and sheet of pairs of a table and a part of it, then what stands there."""
    return (
        replace(BERKAS, width=berkas, kind=TEXT, value=lambda pair: pair[0].file),
        replace(LEMBAR, width=lembar, kind=TEXT, value=lambda pair: pair[0].sheet),
        *rest,
    )


def _of_catatan(key: str, width: float, kind: Kind) -> Column:
    """A column of the sheet Catatan as every book of ours heads it."""
    return replace(_CATATAN[key], width=width, kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book(Pages):
    """The workbook while it is written."""

    def sheet(self, name: str, title: str, hint: str, columns: Sequence[Column], items: Iterable[object]) -> None:
        """A sheet with title, one hint, headings and a row per item; filter, frozen headings, one page wide."""
        listed = list(items)
        around = Around(key=name, before=tuple(columns))
        declared = RecapSheet(key=name, name=name, title=title, intro=hint, tables=(around,), empty="Tidak ada.")
        own = Layout(sheet=declared, around=around, book=NO_BOOK, rows=len(listed), top=_TOP)
        sheet = new_sheet(self, name)
        sheet.hide_gridlines(2)
        grid = TableGrid(self, sheet, own)
        wide = sum(column.width for column in own.columns)
        for row, (text, look) in enumerate(((title, "title"), (hint, "hint"))):
            if points := spread(sheet, self.styles, row, (0, own.right), wide, safe_text(text), look):
                sheet.set_row(row, points)
                grid.points[row] = points
        grid.head({})
        fill(grid, listed)
        grid.finish()
        close_page(grid, top=0)


def _summary(book: _Book, books: Sequence[ForeignBook]) -> None:
    items = [(one, table) for one in books for table in (one.tables or (None,))]
    columns = (
        replace(BERKAS, width=34, kind=TEXT, value=lambda i: i[0].file),
        replace(LEMBAR, width=22, kind=TEXT, value=lambda i: i[1] and i[1].sheet),
        _column("Dibaca Sebagai", 16, TEXT, lambda i: KIND_NAMES[i[1].kind if i[1] else "none"]),
        replace(BARIS, width=10, kind=NUMBER, value=lambda i: len(i[1].lines) if i[1] else None),
        _column("Jumlah", 60, TEXT, lambda i: i[1] and _sums(i[1])),
        _column("Cocok dengan Jumlah Tercetak", 18, TEXT, lambda i: i[1] and _proof(i[1])),
        _column("Yang Perlu Dilihat", 70, TEXT, _to_see),
    )
    book.sheet(rekap.RINGKASAN.name, TITLE, "Satu baris per tabel atau per lembar yang tidak dibaca.", columns, items)


def _sums(table: Table) -> str:
    told = [
        f"{MEANINGS.get(name, name).capitalize()}{label and f', {label}'}: {table.figure(name, part, unknown)}"
        for name in table.sums for label, part, unknown in table.parts(name)
    ]  # fmt: skip
    return "\n".join(told)


def _proof(table: Table) -> str:
    if not table.checks:
        return "tidak ada" if table.kind in (RAB, REALISASI) else ""
    agree = sum(check.agrees for check in table.checks)
    return f"{agree} dari {len(table.checks)}"


def _to_see(item: tuple[ForeignBook, Table | None]) -> str:
    book, table = item
    findings = table.findings if table else ((book.refused,) if book.refused else book.findings)
    asking = grouped((found.code, found) for found in findings if found.severity is not Severity.INFO)
    return "\n".join(_in_short(same) for same in asking.values())


_SHOWN = 3
"""Cells of one catatan that the summary names; all of them stand on the sheet Catatan."""


def _in_short(same: Sequence[Finding]) -> str:
    """What is said of one cell with its place; of several what it is, how often and where first."""
    cells = [found.cell for found in same if found.cell]
    if len(same) == 1 or len(cells) < len(same):
        return "\n".join(f"{found.cell}: {found.masalah}" if found.cell else found.masalah for found in same)
    more = f" dan {len(cells) - _SHOWN} lainnya" if len(cells) > _SHOWN else ""
    return f"{catalogue()[same[0].code].judul} ({len(same)}): {', '.join(cells[:_SHOWN])}{more}"


def _lines(book: _Book, table: Table, number: int) -> None:
    optional = (
        (any(line.spesifikasi for line in table.lines), _column("Spesifikasi", 30, TEXT, lambda line: line.spesifikasi)),
        (any(line.volume is not None for line in table.lines), _column("Volume", 11, FIGURE, lambda line: line.volume)),
        (any(line.satuan for line in table.lines), _column("Satuan", 17, TEXT, lambda line: line.satuan)),
        (any(line.harga is not None for line in table.lines), _column("Harga Satuan", 16, FIGURE, lambda line: line.harga)),
    )
    columns = (
        replace(LEMBAR, width=16, kind=TEXT, value=lambda line: table.sheet),
        replace(BARIS, width=8, kind=NUMBER, value=lambda line: line.row),
        _column("Kelompok", 50 if any(map(_groups, table.lines)) else 14, TEXT, _groups),
        _column("Kode", 24, CODE, lambda line: line.kode),
        _column("Uraian", 54, TEXT, lambda line: line.uraian),
        *(column for there, column in optional if there),
        *(_amount(table, col) for col in dict.fromkeys(col for cols in table.amount_columns.values() for col in cols)),
    )
    title = f"{KIND_NAMES[table.kind]} dari {table.file}, lembar {table.sheet}"
    hint = "Lembar dan Baris menunjukkan asal tiap baris; angkanya seperti tertulis di sana."
    book.sheet(f"{number} {KIND_NAMES[table.kind]}", title, hint, columns, table.lines)


def _groups(line: Line) -> str:
    """The sub kegiatan (or whatever is no account) that a line stands under, and its nearest group."""
    work = [group for group in line.groups if not group.startswith(("5.", "6."))][-1:]
    return "\n".join(dict.fromkeys([*work, *line.groups[-1:]]))


def _amount(table: Table, col: int) -> Shown:
    heading = next((column.name for column in table.columns if column.col == col), "")
    name = next(name for name, cols in table.amount_columns.items() if col in cols)
    label = f"{MEANINGS.get(name, name).capitalize()} ({heading})"
    shown = _column(label, 20, FIGURE, lambda line: line.values.get(col, UNKNOWN if col in line.unknown else None))
    return replace(shown, key=f"{name} {col}")


def _left_out(book: _Book, tables: Sequence[Table]) -> None:
    columns = _place(
        30, 18,
        replace(BARIS, width=8, kind=NUMBER, value=lambda i: i[1].row),
        _column("Mengapa Tidak Dihitung", 22, TEXT, lambda i: i[1].reason),
        _column("Isi", 80, TEXT, lambda i: i[1].text),
        _column("Angka di Kolom Pertama", 20, FIGURE, lambda i: i[1].amount),
    )  # fmt: skip
    items = ((table, row) for table in tables for row in table.left_out)
    hint = "Setiap baris terisi yang tidak menjadi rincian, dengan sebabnya."
    book.sheet("Tidak Dihitung", "Baris yang tidak dihitung", hint, columns, items)


def _columns(book: _Book, tables: Sequence[Table]) -> None:
    columns = _place(
        30, 18,
        _column("Kolom", 8, MARK, lambda i: i[1].letter),
        _column("Judul Lengkap", 50, TEXT, lambda i: i[1].name),
        _column("Dibaca Sebagai", 18, TEXT, lambda i: MEANINGS.get(i[1].role, i[1].role) or "tidak dipakai"),
        _column("Bukti", 70, TEXT, lambda i: "; ".join(i[1].evidence)),
    )  # fmt: skip
    items = ((table, column) for table in tables for column in table.columns)
    hint = "Bila salah, sebutkan jenisnya atau ubah Padanan.xlsx."
    book.sheet(_CATATAN["kolom"].label, "Arti kolom dan buktinya", hint, columns, items)


def _checks(book: _Book, tables: Sequence[Table]) -> None:
    told = [(table, check) for table in tables for check in table.checks if check.printed or not check.agrees]
    columns = _place(
        30, 18,
        _column("Sel", 8, MARK, lambda i: address(i[1].row, i[1].col + 1)),
        _column("Nama", 50, TEXT, lambda i: i[1].label),
        _column("Tercetak", 20, FIGURE, lambda i: i[1].printed),
        _column("Rincian", 20, FIGURE, lambda i: i[1].lines),
        _column("Selisih", 18, FIGURE, lambda i: Decimal(0) if i[1].agrees else i[1].difference),
        _column("Baris Rincian", 16, TEXT, lambda i: f"{i[1].first}–{i[1].last}"),
    )  # fmt: skip
    hint = "Subtotal dan jumlah yang tercetak (yang bukan nol) dibandingkan dengan rinciannya; yang berbeda di atas."
    items = sorted(told, key=lambda item: item[1].agrees)  # what differs comes first
    book.sheet("Pembuktian", "Jumlah tercetak dan rinciannya", hint, columns, items)


def _findings(book: _Book, books: Sequence[ForeignBook]) -> None:
    columns = (
        _of_catatan("berkas", 30, TEXT), _of_catatan("lembar", 18, TEXT), _of_catatan("sel", 8, MARK),
        _of_catatan("tingkat", 16, TEXT), _of_catatan("kode", 8, MARK), _of_catatan("masalah", 80, TEXT),
        _of_catatan("perbaikan", 60, TEXT),
    )  # fmt: skip
    items = sorted((found for one in books for found in one.all_findings()), key=sort_key)
    name = rekap.CATATAN.name
    book.sheet(name, name, "Yang wajib diperbaiki di atas.", columns, items)
