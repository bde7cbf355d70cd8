"""Sheet ``SIPD``: all counted lines as one flat table, in the order in which they are retyped."""

from __future__ import annotations

from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.reckoning.rka import koefisien
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.recap.grid import TableGrid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import close_sheet, open_sheet, title_block
from kinerja_xl.writing.rka.frame import UNKNOWN_NAME, Context
from kinerja_xl.writing.rka.plan import Plan


def write(context: Context) -> None:
    sheet = rekap.SIPD
    rows = [(plan, place, line) for plan in context.plans.values() for place, line in plan.lines]
    layout = Layout(sheet=sheet, around=sheet.table, book=USULAN, rows=len(rows))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = TableGrid(context, worksheet, layout)
    grid.head({"jumlah": sum(line.jumlah or 0 for _, _, line in rows)})
    for row, (plan, place, line) in enumerate(rows, start=layout.first):
        _line(grid, row, plan, place, line)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _line(grid: TableGrid, row: int, plan: Plan, place: int, line: RabLine) -> None:
    """Texts as they are; figures from the sheet of the sub kegiatan, so that both always agree."""
    get = line.row.get
    cells = {
        "sub": plan.rka.kode or UNKNOWN_NAME, "rekening": get("kode_rekening"), "nama_rekening": get("nama_rekening"),
        "uraian": get("uraian"), "spesifikasi": get("spesifikasi"), "sumber_dana": get("sumber_dana"),
        "koefisien": koefisien(line) or None, "satuan": get("satuan"), "nama_sub": plan.rka.nama or None, "unit": line.unit,
        "kode_standar": get("kode_standar"),
    }  # fmt: skip
    for key, value in cells.items():
        grid.write(row, key, value)
    for key, value in (("volume", get("volume")), ("harga", get("harga_satuan")), ("ppn", get("ppn")), ("jumlah", line.jumlah)):
        if value is not None:
            grid.formula(row, key, plan.cell(key, place), value)
    grid.end_row(row)
