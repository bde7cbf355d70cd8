"""HASIL.xlsx of ``baca``: what was read from foreign workbooks, where every row came from, what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import sort_key
from kinerja_xl.foreign.model import HARGA, INDIKATOR, MEANINGS, RAB, REALISASI, ForeignBook, Line, Table
from kinerja_xl.formula.references import address
from kinerja_xl.package.patch import loosen_rows
from kinerja_xl.writing.shown.table import safe_text
from kinerja_xl.writing.styles import PlainSheet, Styles, height, line_count

CREATED = datetime(2025, 1, 1)
KIND_NAMES: Mapping[str, str] = {
    RAB: "RAB",
    REALISASI: "Realisasi",
    INDIKATOR: "Indikator",
    HARGA: "Standar harga",
    "none": "Tidak dibaca",
}
_TOP = 3
"""Zero-based row of the headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One column of a result sheet: heading, width, look, and the value of an item."""

    label: str
    width: float
    look: str
    value: Callable[..., object]


def write_result(books: Sequence[ForeignBook]) -> bytes:
    """The workbook as bytes; same books, same bytes."""
    target = BytesIO()
    workbook = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": "Hasil baca", "created": CREATED})
    styles = Styles(workbook)
    tables = [table for book in books for table in book.imported]
    _summary(workbook, styles, books)
    for number, table in enumerate(tables, 1):
        _lines(workbook, styles, table, number)
    _left_out(workbook, styles, tables)
    _columns(workbook, styles, tables)
    _checks(workbook, styles, tables)
    _findings(workbook, styles, books)
    workbook.close()
    return loosen_rows(target.getvalue())


def _sheet(
    workbook: Workbook, styles: Styles, name: str, title: str, hint: str, columns: Sequence[_Shown], items: Iterable[object]
) -> None:
    """A sheet with title, one hint, headings and a row per item; filter, frozen headings, one page wide."""
    sheet: Worksheet = workbook.add_worksheet(name, PlainSheet)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, safe_text(hint), styles.hint)
    for col, shown in enumerate(columns):
        sheet.set_column(col, col, shown.width)
        sheet.write_string(_TOP, col, shown.label, styles.heading)
    row = _TOP
    sheet.set_row(_TOP, height(max(line_count(shown.label, shown.width, bold=True) for shown in columns)))
    for row, item in enumerate(items, _TOP + 1):
        lines = 1
        for col, shown in enumerate(columns):
            value = shown.value(item)
            if isinstance(value, str) and shown.look == "text_wrap":
                lines = max(lines, line_count(value, shown.width - 2))
            _write(sheet, row, col, value, styles.look(*shown.look.split()))
        if lines > 1:
            sheet.set_row(row, height(lines))
    if row == _TOP:
        sheet.write_string(_TOP + 1, 0, "Tidak ada.", styles.text)
    sheet.autofilter(_TOP, 0, max(row, _TOP + 1), len(columns) - 1)
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(14)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_TOP)


def _write(sheet: Worksheet, row: int, col: int, value: object, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, col, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, col, safe_text(value), look)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, col, float(value), look)
    else:
        raise TypeError(f"{type(value).__name__} has no place in a cell")


def _summary(workbook: Workbook, styles: Styles, books: Sequence[ForeignBook]) -> None:
    items = [(book, table) for book in books for table in (book.tables or (None,))]
    columns = (
        _Shown(label="Berkas", width=34, look="text_wrap", value=lambda i: i[0].file),
        _Shown(label="Lembar", width=22, look="text_wrap", value=lambda i: i[1].sheet if i[1] else ""),
        _Shown(label="Dibaca Sebagai", width=16, look="text", value=lambda i: KIND_NAMES[i[1].kind] if i[1] else "Tidak dibaca"),
        _Shown(label="Baris", width=10, look="count", value=lambda i: len(i[1].lines) if i[1] else None),
        _Shown(label="Jumlah", width=60, look="text_wrap", value=lambda i: _sums(i[1]) if i[1] else ""),
        _Shown(label="Cocok dengan Jumlah Tercetak", width=18, look="text", value=lambda i: _proof(i[1]) if i[1] else ""),
        _Shown(label="Yang Perlu Dilihat", width=70, look="text_wrap", value=_to_see),
    )
    _sheet(workbook, styles, "Ringkasan", "Hasil baca", "Satu baris per tabel atau per lembar yang tidak dibaca.", columns, items)


def _sums(table: Table) -> str:
    parts: list[str] = []
    for name, value in table.sums.items():
        word = MEANINGS.get(name, name).capitalize()
        if isinstance(value, Decimal):
            parts.append(f"{word}: {_number(value)}")
        else:
            parts += [f"{word}, {label}: {_number(part)}" for label, part in value.items()]
    return "\n".join(parts)


def _number(value: Decimal) -> str:
    text = f"{value:,.2f}" if value != value.to_integral_value() else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def _proof(table: Table) -> str:
    if not table.checks:
        return "tidak ada" if table.kind in (RAB, REALISASI) else ""
    agree = sum(check.agrees for check in table.checks)
    return f"{agree} dari {len(table.checks)}"


def _to_see(item: tuple[ForeignBook, Table | None]) -> str:
    book, table = item
    findings = table.findings if table else ((book.refused,) if book.refused else book.findings)
    return "\n".join(found.masalah for found in findings if found.severity.value != "info")


def _lines(workbook: Workbook, styles: Styles, table: Table, number: int) -> None:
    columns = [
        _Shown(label="Lembar", width=16, look="text", value=lambda line: table.sheet),
        _Shown(label="Baris", width=8, look="count", value=lambda line: line.row),
        _Shown(label="Kelompok", width=50, look="text_wrap", value=_groups),
        _Shown(label="Kode", width=24, look="code", value=lambda line: line.kode),
        _Shown(label="Uraian", width=54, look="text_wrap", value=lambda line: line.uraian),
    ]
    if any(line.spesifikasi for line in table.lines):
        columns.append(_Shown(label="Spesifikasi", width=30, look="text_wrap", value=lambda line: line.spesifikasi))
    if any(line.volume is not None for line in table.lines):
        columns.append(_Shown(label="Volume", width=11, look="number", value=lambda line: line.volume))
    if any(line.satuan for line in table.lines):
        columns.append(_Shown(label="Satuan", width=14, look="text", value=lambda line: line.satuan))
    if any(line.harga is not None for line in table.lines):
        columns.append(_Shown(label="Harga Satuan", width=16, look="number", value=lambda line: line.harga))
    columns += [_amount(table, col) for col in dict.fromkeys(col for cols in table.amount_columns.values() for col in cols)]
    title = f"{KIND_NAMES[table.kind]} dari {table.file}, lembar {table.sheet}"
    hint = "Lembar dan Baris menunjukkan asal tiap baris; angkanya seperti tertulis di sana."
    _sheet(workbook, styles, f"{number} {KIND_NAMES[table.kind]}", title, hint, columns, table.lines)


def _groups(line: Line) -> str:
    """The sub kegiatan (or whatever is no account) that a line stands under, and its nearest group."""
    work = [group for group in line.groups if not group.startswith(("5.", "6."))][-1:]
    return "\n".join(dict.fromkeys([*work, *line.groups[-1:]]))


def _amount(table: Table, col: int) -> _Shown:
    heading = next((column.name for column in table.columns if column.col == col), "")
    name = next(name for name, cols in table.amount_columns.items() if col in cols)
    label = f"{MEANINGS.get(name, name).capitalize()} ({heading})"
    return _Shown(label=label, width=20, look="number", value=lambda line: line.values.get(col))


def _left_out(workbook: Workbook, styles: Styles, tables: Sequence[Table]) -> None:
    items = [(table, row) for table in tables for row in table.left_out]
    columns = (
        _Shown(label="Berkas", width=30, look="text_wrap", value=lambda i: i[0].file),
        _Shown(label="Lembar", width=18, look="text", value=lambda i: i[0].sheet),
        _Shown(label="Baris", width=8, look="count", value=lambda i: i[1].row),
        _Shown(label="Mengapa Tidak Dihitung", width=22, look="text", value=lambda i: i[1].reason),
        _Shown(label="Isi", width=80, look="text_wrap", value=lambda i: i[1].text),
        _Shown(label="Angka di Kolom Pertama", width=20, look="number", value=lambda i: i[1].amount),
    )
    hint = "Setiap baris terisi yang tidak menjadi rincian, dengan sebabnya."
    _sheet(workbook, styles, "Tidak Dihitung", "Baris yang tidak dihitung", hint, columns, items)


def _columns(workbook: Workbook, styles: Styles, tables: Sequence[Table]) -> None:
    items = [(table, column) for table in tables for column in table.columns]
    columns = (
        _Shown(label="Berkas", width=30, look="text_wrap", value=lambda i: i[0].file),
        _Shown(label="Lembar", width=18, look="text", value=lambda i: i[0].sheet),
        _Shown(label="Kolom", width=8, look="center", value=lambda i: i[1].letter),
        _Shown(label="Judul Lengkap", width=50, look="text_wrap", value=lambda i: i[1].name),
        _Shown(
            label="Dibaca Sebagai", width=18, look="text", value=lambda i: MEANINGS.get(i[1].role, i[1].role) or "tidak dipakai"
        ),
        _Shown(label="Bukti", width=70, look="text_wrap", value=lambda i: "; ".join(i[1].evidence)),
    )
    _sheet(
        workbook, styles, "Kolom", "Arti kolom dan buktinya", "Bila salah, sebut jenisnya atau ubah Padanan.xlsx.", columns, items
    )


def _checks(workbook: Workbook, styles: Styles, tables: Sequence[Table]) -> None:
    told = [(table, check) for table in tables for check in table.checks if check.printed or not check.agrees]
    items = sorted(told, key=lambda item: item[1].agrees)  # what differs comes first
    columns = (
        _Shown(label="Berkas", width=30, look="text_wrap", value=lambda i: i[0].file),
        _Shown(label="Lembar", width=18, look="text", value=lambda i: i[0].sheet),
        _Shown(label="Sel", width=8, look="center", value=lambda i: address(i[1].row, i[1].col + 1)),
        _Shown(label="Nama", width=50, look="text_wrap", value=lambda i: i[1].label),
        _Shown(label="Tercetak", width=20, look="number", value=lambda i: i[1].printed),
        _Shown(label="Rincian", width=20, look="number", value=lambda i: i[1].lines),
        _Shown(label="Selisih", width=18, look="number", value=lambda i: Decimal(0) if i[1].agrees else i[1].difference),
        _Shown(label="Baris Rincian", width=16, look="text", value=lambda i: f"{i[1].first}–{i[1].last}"),
    )
    hint = "Subtotal dan jumlah yang tercetak (yang bukan nol) dibandingkan dengan rinciannya; yang berbeda di atas."
    _sheet(workbook, styles, "Pembuktian", "Jumlah tercetak dan rinciannya", hint, columns, items)


def _findings(workbook: Workbook, styles: Styles, books: Sequence[ForeignBook]) -> None:
    items = sorted((found for book in books for found in book.all_findings()), key=sort_key)
    columns = (
        _Shown(label="Berkas", width=30, look="text_wrap", value=lambda f: f.file),
        _Shown(label="Lembar", width=18, look="text", value=lambda f: f.sheet),
        _Shown(label="Sel", width=8, look="center", value=lambda f: f.cell),
        _Shown(label="Tingkat", width=16, look="text", value=lambda f: f.severity.label),
        _Shown(label="Kode", width=8, look="center", value=lambda f: f.code),
        _Shown(label="Masalah", width=80, look="text_wrap", value=lambda f: f.masalah),
        _Shown(label="Perbaikan", width=60, look="text_wrap", value=lambda f: f.perbaikan),
    )
    _sheet(workbook, styles, "Catatan", "Catatan", "Yang wajib diperbaiki di atas.", columns, items)
