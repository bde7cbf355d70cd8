"""Sheets ``Indikator`` and ``PK``: the units' rows, one under the other, with unit, file, sheet and row."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.reckoning.recap import Entry
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.rab import NO, YES, origin
from kinerja_xl.writing.recap.source import SourceCells


def write_indikator(context: Context) -> None:
    _sheet(context, rekap.INDIKATOR, context.recap.indikator)


def write_pk(context: Context) -> None:
    """Lampiran 1; the heads of the office come first."""
    recap = context.recap
    leaders = tuple(
        Entry(unit=str(row.get("jabatan_kode") or ""), unit_nama="", file="Kantor.xlsx", row=row)
        for row in recap.office.pk_pimpinan
    )
    _sheet(context, rekap.PK, (*leaders, *recap.pk_kinerja))


def write_pk_anggaran(context: Context) -> None:
    """Lampiran 2."""
    _sheet(context, rekap.PK_ANGGARAN, context.recap.pk_anggaran)


def _sheet(context: Context, sheet: RecapSheet, entries: tuple[Entry, ...]) -> None:
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(entries))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    _table(Grid(context, worksheet, layout), entries).finish()
    close_sheet(worksheet, layout, layout.last)


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
