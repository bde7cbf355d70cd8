"""Sheets ``Indikator`` and ``PK``: the units' rows, one under the other, with unit, file, sheet and row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.recap import Entry
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import TITLE_ROWS, Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.rab import NO, YES, origin
from kinerja_xl.writing.recap.source import SourceCells

_GAP = 2
"""Blank rows and the caption between two tables of one sheet."""


def write_indikator(context: Context) -> None:
    sheet, entries = rekap.INDIKATOR, context.recap.indikator
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(entries))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    _table(Grid(context, worksheet, layout), entries).finish()
    close_sheet(worksheet, layout, layout.last)


def write_pk(context: Context) -> None:
    """Both tables of the lampiran; the heads of the office come first."""
    sheet, recap = rekap.PK, context.recap
    leaders = tuple(
        Entry(unit=str(row.get("jabatan_kode") or ""), unit_nama="", file="Kantor.xlsx", row=row)
        for row in recap.office.pk_pimpinan
    )
    worksheet = open_sheet(context, sheet)
    first, second = _pk_layouts(context, len(leaders) + len(recap.pk_kinerja), len(recap.pk_anggaran))
    title_block(context, worksheet, replace(sheet, intro=f"{sheet.intro} Lampiran 2 mulai pada baris {second.top}."))
    kinerja = _captioned(context, worksheet, first, (*leaders, *recap.pk_kinerja))
    anggaran = _captioned(context, worksheet, second, recap.pk_anggaran)
    # A sheet has one filter; the longer table gets it. Both tables share the widths of the columns.
    anggaran.finish(filtered=False, widths=False)
    kinerja.finish(widths=False)
    for number in range(max(first.right, second.right) + 1):
        widths = [g.width(number) for g in (kinerja, anggaran) if number <= g.layout.right]
        worksheet.set_column(number, number, max(widths))
    worksheet.freeze_panes(first.first, sheet.keep)
    # No repeated headings: those of the first table would stand over the second.
    worksheet.print_area(0, 0, second.last, max(first.right, second.right))


def _pk_layouts(context: Context, kinerja: int, anggaran: int) -> tuple[Layout, Layout]:
    sheet = rekap.PK
    top, bottom = sheet.tables
    first = Layout(sheet=sheet, around=top, book=context.book, rows=kinerja, top=TITLE_ROWS + 1)
    below = first.last + _GAP + 1
    return first, Layout(sheet=sheet, around=bottom, book=context.book, rows=anggaran, top=below)


def _captioned(context: Context, worksheet: Worksheet, layout: Layout, entries: tuple[Entry, ...]) -> Grid:
    caption = context.book.table(layout.around.source).title
    worksheet.write_string(layout.top - 1, 0, caption, context.styles.subtitle)
    return _table(Grid(context, worksheet, layout), entries)


def _table(grid: Grid, entries: tuple[Entry, ...]) -> Grid:
    layout = grid.layout
    keys = [layout.columns[number].key for number in layout.totals]
    grid.head({key: _sum(entries, key) for key in keys})
    cells = SourceCells(grid)
    for row, entry in enumerate(entries, start=layout.first):
        grid.write(row, "unit", entry.unit)
        cells.put_all(row, entry.file, entry.row)
        if "dihitung" in layout.own:
            grid.write(row, "dihitung", YES if entry.counted else NO)
        for key, value in origin(entry.file, entry.row.sheet, entry.row.row):
            grid.write(row, key, value)
        grid.end_row(row)
    return grid


def _sum(entries: tuple[Entry, ...], key: str) -> Decimal:
    return sum((x for entry in entries if isinstance(x := entry.row.get(key), Decimal)), Decimal(0))
