"""The RKA workbook: ``write_rka(recap)`` gives its bytes. Same recap, same bytes.

A workbook of its own and not more sheets of the recap: a kecamatan has thirty to fifty sub kegiatan, and what the Camat
holds in his hands should open with a dozen tabs. Totals are live here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from xlsxwriter.workbook import Workbook

from kinerja_xl.reckoning.recap import RabLine, Recap
from kinerja_xl.reckoning.recap.rka import Rka, build_rka, koefisien
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.shown.page import Layout, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.shown.recap import CREATED, OPTIONS
from kinerja_xl.writing.shown.rka import rincian
from kinerja_xl.writing.shown.rka.rincian import NONE_YET, UNKNOWN_NAME, Context, Plan, sheet_names
from kinerja_xl.writing.shown.table import TableGrid, set_breaks
from kinerja_xl.writing.styles import Styles

# ---- Sheet ``Daftar RKA``: every sub kegiatan with its three years, each code a link to its sheet ----

def write_daftar(context: Context) -> None:
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


# ---- Sheet ``SIPD``: all counted lines as one flat table, in the order in which they are retyped ----

def write_sipd(context: Context) -> None:
    sheet = rekap.SIPD
    rows = [(plan, place, line) for plan in context.plans.values() for place, line in plan.lines]
    layout = Layout(sheet=sheet, around=sheet.table, book=USULAN, rows=len(rows))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = TableGrid(context, worksheet, layout)
    grid.head({"jumlah": sum(line.jumlah or 0 for _, _, line in rows)})
    for row, (plan, place, line) in enumerate(rows, start=layout.first):
        _sipd_line(grid, row, plan, place, line)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _sipd_line(grid: TableGrid, row: int, plan: Plan, place: int, line: RabLine) -> None:
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


def write_rka(recap: Recap, before: Mapping[str, int] | None = None) -> bytes:
    """The workbook ``RKA-….xlsx`` as bytes.

    ``before`` is the allocation n−1 in rupiah by code of sub kegiatan; None: nothing is known, "belum ada" is stated.
    """
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as workbook:
        title = f"RKA per sub kegiatan {recap.office.tahun}"
        workbook.set_properties({"title": title, "author": recap.office.nama, "created": CREATED})
        rkas = build_rka(recap, before)
        plans = _plans(rkas)
        context = Context(
            workbook=workbook, styles=Styles(workbook), office=recap.office, tanggal=recap.tanggal, rkas=rkas, plans=plans
        )  # fmt: skip
        write_daftar(context)
        write_sipd(context)
        for plan in plans.values():
            rincian.write(context, plan)
    return buffer.getvalue()


def _plans(rkas: tuple[Rka, ...]) -> Mapping[str, rincian.Plan]:
    names = sheet_names(rka.kode for rka in rkas)
    return {rka.kode: rincian.plan(rka, names[rka.kode]) for rka in rkas}
