"""Sheet ``Daftar RKA``: every sub kegiatan with its three years, each code a link to its sheet."""

from __future__ import annotations

from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.recap.grid import TableGrid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.recap.paging import set_breaks
from kinerja_xl.writing.rka.frame import NONE_YET, UNKNOWN_NAME, Context
from kinerja_xl.writing.rka.plan import Plan


def write(context: Context) -> None:
    sheet = rekap.DAFTAR_RKA
    layout = Layout(sheet=sheet, around=sheet.table, book=USULAN, rows=len(context.rkas))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = TableGrid(context, worksheet, layout)
    grid.head(
        {
            "lalu": sum(rka.lalu or 0 for rka in context.rkas),
            "jumlah": sum(rka.amount for rka in context.rkas),
            "depan": sum(rka.depan or 0 for rka in context.rkas),
            "tidak_dihitung": sum(rka.held_amount for rka in context.rkas),
        }
    )
    for row, plan in enumerate(context.plans.values(), start=layout.first):
        _line(grid, row, plan)
    bottom = signature_block(context, worksheet, layout, layout.last + 2)
    set_breaks(worksheet, layout, context.office, grid.points, (), (layout.last + 2, bottom))
    grid.finish()
    close_sheet(worksheet, layout, bottom)


def _line(grid: TableGrid, row: int, plan: Plan) -> None:
    rka, column = plan.rka, grid.layout.column("kode")
    quoted = plan.name.replace("'", "''")
    text = rka.kode or UNKNOWN_NAME
    grid.worksheet.write_url(row, column, f"internal:'{quoted}'!A1", grid.format(column, True, "linked"), string=text)
    grid.write(row, "nama", rka.nama or None)
    grid.write(row, "unit", ", ".join(rka.units))
    grid.write(row, "lalu", NONE_YET if rka.lalu is None else rka.lalu)
    grid.formula(row, "jumlah", plan.cell("jumlah", plan.total), rka.amount)
    grid.write(row, "depan", NONE_YET if rka.depan is None else rka.depan)
    if plan.held:
        held = plan.held[-1][0] + 1
        grid.formula(row, "tidak_dihitung", plan.cell("jumlah", held), rka.held_amount)
    else:
        grid.write(row, "tidak_dihitung", 0)
    grid.end_row(row)
