"""Sheet ``Calon IKU``: the candidates of all units with their weighted score and the decree that chose them."""

from __future__ import annotations

from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.rab import NO, YES, origin
from kinerja_xl.writing.recap.source import SourceCells


def write(context: Context) -> None:
    sheet, recap = rekap.CALON_IKU, context.recap
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(recap.iku))
    worksheet = open_sheet(context, sheet)
    weights = ", ".join(f"{name} {weight}" for name, weight in recap.office.bobot_iku.items())
    title_block(context, worksheet, sheet, f"Bobot: {weights}.")
    grid = Grid(context, worksheet, layout)
    grid.head({})
    cells = SourceCells(grid)
    for row, entry in enumerate(recap.iku, start=layout.first):
        grid.write(row, "unit", entry.unit)
        cells.put_all(row, entry.file, entry.row)
        grid.write(row, "keputusan", recap.keputusan_iku.get(entry.file))
        grid.write(row, "dihitung", YES if entry.counted else NO)
        for key, value in origin(entry.file, entry.row.sheet, entry.row.row):
            grid.write(row, key, value)
        grid.end_row(row)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)
