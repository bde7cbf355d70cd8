"""Sheet ``Ringkasan``: the page that the Camat reads and signs. Letterhead, figures, the units, what needs a decision."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.recap import Recap, Status, UnitLine
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.terbilang import LARGEST, terbilang_rupiah
from kinerja_xl.writing.heights import height, line_count
from kinerja_xl.writing.recap.charts import charts
from kinerja_xl.writing.recap.figures import FIGURE_ROWS, figures
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid, text_literal
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.letterhead import LETTERHEAD_ROWS, letterhead
from kinerja_xl.writing.recap.page import Context, merged, open_sheet
from kinerja_xl.writing.recap.sections import decide_and_sign, parts
from kinerja_xl.writing.styles import BAR_FILL

_TABLE_ROW = LETTERHEAD_ROWS + FIGURE_ROWS + 3
"""Letterhead, a gap, the figures that matter, the caption of the first table."""

ONE_PAGE = 20
"""With more units than this the sheet runs over several pages, and a chart of them could not be read."""

TOTAL = "Jumlah"
STALE = "buat ulang rekap"
"""Stands for the amount in words once somebody has edited a figure that it says."""

NEED_ATTENTION = (Status.TIDAK_TERBACA, Status.BELUM, Status.TERLAMBAT)


def layout(recap: Recap, book: Book) -> Layout:
    sheet = rekap.RINGKASAN
    return Layout(sheet=sheet, around=sheet.tables[0], book=book, rows=len(recap.units), top=_TABLE_ROW)


def write(context: Context) -> None:
    own = context.layouts["unit"]
    worksheet = open_sheet(context, rekap.RINGKASAN)
    year = f"TAHUN ANGGARAN {context.office.tahun}  |  TAHAP {context.office.tahap.upper()}"
    letterhead(context, worksheet, own.right, rekap.RINGKASAN.title, year)
    grid = Grid(context, worksheet, own)
    figures(grid, LETTERHEAD_ROWS + 1)
    worksheet.set_row(own.top - 1, 18)
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid.head({})
    for row, unit in enumerate(context.recap.units, start=own.first):
        _unit(grid, row, unit)
    total = own.last + 1
    grid.total_row(total, TOTAL, _totals(context.recap))
    _share(grid, total, context.recap.total_rab, _totals(context.recap)["pagu"], "total")
    _in_words(grid, total + 1, own.ref("total_rab", total))
    shown = len(context.recap.units) <= ONE_PAGE
    below = parts(grid, total + 3)
    bottom = charts(grid, below) if shown else below.last
    bottom = decide_and_sign(grid, bottom + 2)
    _bars(grid)
    grid.finish()
    _print_set_up(worksheet, own, bottom, shown)


def _unit(grid: Grid, row: int, unit: UnitLine) -> None:
    own, matrix = grid.layout, grid.context.layouts["unit_jenis"]
    grid.write(row, "kode", unit.kode)
    grid.write(row, "nama", unit.nama)
    grid.write(row, "status", unit.status.value, *(("wajib",) if unit.status in NEED_ATTENTION else ()))
    grid.write(row, "berkas", unit.berkas or None)
    grid.write(row, "baris_rab", unit.jumlah_baris)
    for key, source, value in (
        ("total_rab", "dihitung", unit.total_rab),
        ("total_tidak_dihitung", "tidak_dihitung", unit.total_tidak_dihitung),
    ):
        # Over the matrix and not over the RAB sheet: a thousand units would each read 30,000 lines once more.
        formula = f"SUMIFS({matrix.span(source)},{matrix.span('kode')},{own.ref('kode', row)})"
        grid.formula(row, key, formula, value)
    grid.write(row, "alasan", unit.alasan or None)
    grid.write(row, "pagu", unit.pagu)
    _share(grid, row, unit.total_rab, unit.pagu)
    grid.write(row, "jumlah_catatan", unit.jumlah_catatan)
    grid.end_row(row)


def _share(grid: Grid, row: int, counted: int, pagu: int, *layers: str) -> None:
    """Share of pagu; a dash where there is no pagu."""
    cell = grid.layout.ref("pagu", row)
    formula = f'IF(N({cell})>0,{grid.layout.ref("total_rab", row)}/{cell},"{UNKNOWN}")'
    grid.formula(row, "persen_pagu", formula, counted / pagu if pagu > 0 else UNKNOWN, *layers)


def _in_words(grid: Grid, row: int, cell: str) -> None:
    """The total in words, which notice when the total was edited."""
    total, styles, right = grid.context.recap.total_rab, grid.context.styles, grid.layout.right
    if abs(total) > LARGEST or not grid.context.recap.units:
        return
    words = f"Terbilang: {terbilang_rupiah(total)}"
    fmt = styles.look("text_wrap", "grid", italic=True)
    merged(grid.worksheet, row, 0, right, "", fmt)
    grid.worksheet.write_formula(row, 0, f'=IF({cell}={total},{text_literal(words)},"Terbilang: {STALE}")', fmt, words)
    room = sum(column.width for column in grid.layout.columns if column.page == 1)
    grid.worksheet.set_row(row, height(line_count(words, room)))


def _bars(grid: Grid) -> None:
    """A data bar behind the share of pagu: empty at 0, full at 100 %."""
    own, column = grid.layout, grid.layout.column("persen_pagu")
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    # The plain form of 2007: openpyxl warns of the newer one that it would lose it.
    bar = {"type": "data_bar", "bar_color": BAR_FILL, **ends}
    grid.worksheet.conditional_format(own.first, column, own.last, column, bar)


def _totals(recap: Recap) -> dict[str, int]:
    return {
        "baris_rab": sum(unit.jumlah_baris for unit in recap.units),
        "total_rab": recap.total_rab,
        "total_tidak_dihitung": recap.total_tidak_dihitung,
        "pagu": sum(unit.pagu for unit in recap.units),
        "jumlah_catatan": sum(unit.jumlah_catatan for unit in recap.units),
    }


def _print_set_up(worksheet: Worksheet, own: Layout, bottom: int, one_page: bool) -> None:
    """One page for an office of usual size; else repeated headings like the other sheets."""
    worksheet.print_area(0, 0, bottom, own.right)
    if one_page:
        worksheet.fit_to_pages(1, 1)
    else:
        worksheet.freeze_panes(own.first, 2)
        worksheet.repeat_rows(own.heading, own.heading)
