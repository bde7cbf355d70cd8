"""Sheet ``Ringkasan``: the page that the Camat reads and signs."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.lists.accounts import JENIS_BELANJA
from kinerja_xl.reckoning.recap import Recap, Status, UnitLine
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.heights import height, line_count
from kinerja_xl.writing.recap.charts import charts
from kinerja_xl.writing.recap.decisions import decisions
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, merged, open_sheet, signature_block
from kinerja_xl.writing.recap.sums import jenis_label
from kinerja_xl.writing.recap.unit_jenis import jenis_keys
from kinerja_xl.writing.styles import BAR_FILL

_FIGURE_ROW = 6
_TABLE_ROW = 10
"""Letterhead, title, the figures that matter, the caption of the first table."""

ONE_PAGE = 20
"""With more units than this the sheet runs over several pages, and a chart of them could not be read."""

TOTAL = "Jumlah"
_NEED_ATTENTION = (Status.TIDAK_TERBACA, Status.BELUM, Status.TERLAMBAT)


def layout(recap: Recap, book: Book) -> Layout:
    sheet = rekap.RINGKASAN
    return Layout(sheet=sheet, around=sheet.tables[0], book=book, rows=len(recap.units), top=_TABLE_ROW)


def write(context: Context) -> None:
    own = context.layouts["unit"]
    worksheet = open_sheet(context, rekap.RINGKASAN)
    _letterhead(context, worksheet, own)
    grid = Grid(context, worksheet, own)
    _figures(grid)
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid.head({})
    for row, unit in enumerate(context.recap.units, start=own.first):
        _unit(grid, row, unit)
    below = own.last + 1
    grid.total_row(below, TOTAL, _totals(context.recap))
    _share(grid, below, context.recap.total_rab, _pagu(context.recap), "total")
    first_jenis = below + 4
    bottom = _decisions(grid, _per_jenis(grid, below + 2) + 2)
    if len(context.recap.units) <= ONE_PAGE:
        bottom = max(bottom, charts(grid, below + 2, (first_jenis, first_jenis + len(jenis_keys(context.recap)) - 1)))
    bottom = signature_block(context, worksheet, own, bottom + 2)
    _bars(grid)
    grid.finish()
    _print_set_up(worksheet, own, bottom)


def _letterhead(context: Context, worksheet: Worksheet, own: Layout) -> None:
    office, styles = context.recap.office, context.styles
    year = f"TAHUN ANGGARAN {office.tahun}  |  TAHAP {office.tahap.upper()}"
    rows = (
        (office.pemda.upper(), styles.letterhead, 18),
        (office.nama.upper(), styles.letterhead, 18),
        (office.alamat, styles.look("hint", "ruled", align="center"), 16),
        (rekap.RINGKASAN.title, styles.look("title", align="center"), 28),
        (year, styles.look("subtitle", align="center"), 18),
    )
    for row, (text, fmt, points) in enumerate(rows):
        worksheet.set_row(row, points)
        merged(worksheet, row, 0, own.right, text, fmt)


def _figures(grid: Grid) -> None:
    """The figures that matter, over the columns that they sum up."""
    own, recap, worksheet = grid.layout, grid.context.recap, grid.worksheet
    status = own.range(own.column("status"))
    handed_in = sum(1 for unit in recap.units if unit.status is not Status.BELUM)
    pagu, counted = _pagu(recap), recap.total_rab
    cell = {key: own.ref(key, own.last + 1) for key in own.own}
    figures: tuple[tuple[str, str, str, int | float | str], ...] = (
        ("nama", "Unit yang menyampaikan", f'COUNTIF({status},"<>{Status.BELUM}")&" dari "&ROWS({status})',
         f"{handed_in} dari {len(recap.units)}"),
        ("status", "Catatan untuk unit", cell["jumlah_catatan"], _notes(recap)),
        ("berkas", "Terlambat, belum, tak terbaca", "+".join(f'COUNTIF({status},"{s}")' for s in _NEED_ATTENTION),
         sum(1 for unit in recap.units if unit.status in _NEED_ATTENTION)),
        ("total_rab", "Usulan yang dihitung (Rp)", cell["total_rab"], counted),
        ("total_tidak_dihitung", "Tidak dihitung (Rp)", cell["total_tidak_dihitung"], recap.total_tidak_dihitung),
        ("alasan", "Pagu dikurangi yang dihitung (Rp)", f"{cell['pagu']}-{cell['total_rab']}", pagu - counted),
        ("pagu", "Pagu (Rp)", cell["pagu"], pagu),
        ("persen_pagu", "Bagian dari pagu", cell["persen_pagu"], counted / pagu if pagu else UNKNOWN),
    )  # fmt: skip
    worksheet.set_row(_FIGURE_ROW, 26)
    for key, label, _, _ in figures:
        fmt = grid.context.styles.look("hint_wrap", "boxed", align="center", valign="vcenter")
        worksheet.write_string(_FIGURE_ROW, own.column(key), label, fmt)
    worksheet.set_row(_FIGURE_ROW + 1, 22)
    for key, _, formula, value in figures:
        place, fmt = (_FIGURE_ROW + 1, own.column(key)), _figure_format(grid, key)
        if recap.units:
            worksheet.write_formula(*place, f"={formula}", fmt, value)
        else:
            worksheet.write_string(*place, UNKNOWN, fmt)


def _figure_format(grid: Grid, key: str) -> Format:
    number = {"persen_pagu": "0.00%", "nama": "General"}.get(key, "#,##0")
    styles = grid.context.styles
    return styles.look("boxed", bold=True, font_size=12, align="center", valign="vcenter", num_format=number)


def _unit(grid: Grid, row: int, unit: UnitLine) -> None:
    own, matrix = grid.layout, grid.context.layouts["unit_jenis"]
    grid.write(row, "kode", unit.kode)
    grid.write(row, "nama", unit.nama)
    grid.write(row, "status", unit.status.value, *(("wajib",) if unit.status in _NEED_ATTENTION else ()))
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


def _bars(grid: Grid) -> None:
    """A data bar behind the share of pagu: empty at 0, full at 100 %."""
    own, column = grid.layout, grid.layout.column("persen_pagu")
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    # The plain form of 2007: openpyxl warns of the newer one that it would lose it.
    bar = {"type": "data_bar", "bar_color": BAR_FILL, **ends}
    grid.worksheet.conditional_format(own.first, column, own.last, column, bar)


def _pagu(recap: Recap) -> int:
    return sum(unit.pagu for unit in recap.units)


def _notes(recap: Recap) -> int:
    return sum(unit.jumlah_catatan for unit in recap.units)


def _totals(recap: Recap) -> dict[str, int]:
    return {
        "baris_rab": sum(unit.jumlah_baris for unit in recap.units),
        "total_rab": recap.total_rab,
        "total_tidak_dihitung": recap.total_tidak_dihitung,
        "pagu": _pagu(recap),
        "jumlah_catatan": _notes(recap),
    }


def _per_jenis(grid: Grid, row: int) -> int:
    """Totals per jenis belanja in the first columns, a caption above; the last row that it fills."""
    around, styles, worksheet = rekap.RINGKASAN.tables[1], grid.context.styles, grid.worksheet
    matrix, recap = grid.context.layouts["unit_jenis"], grid.context.recap
    worksheet.write_string(row, 0, around.title, styles.subtitle)
    for number, column in enumerate(around.before):
        worksheet.write_string(row + 1, number, column.label, styles.heading)
    keys = jenis_keys(recap)
    first, total = row + 2, row + 2 + len(keys)
    for number, key in enumerate(keys, start=first):
        amount = recap.per_jenis.get(key, 0)
        worksheet.write_string(number, 0, key if key in JENIS_BELANJA else UNKNOWN, styles.text)
        worksheet.write_string(number, 1, jenis_label(key), styles.text)
        worksheet.write_formula(number, 2, f"=SUM({matrix.span(f'jenis_{key}')})", styles.rupiah, amount)
        share = f'=IF($C${total + 1}>0,$C{number + 1}/$C${total + 1},"{UNKNOWN}")'
        worksheet.write_formula(number, 3, share, styles.percent, _part(amount, recap.total_rab))
    worksheet.write_string(total, 0, TOTAL, styles.total)
    worksheet.write_blank(total, 1, None, styles.total)
    worksheet.write_formula(total, 2, f"=SUM($C${first + 1}:$C${total})", styles.total_rupiah, recap.total_rab)
    share = f'=IF($C${total + 1}>0,SUM($D${first + 1}:$D${total}),"{UNKNOWN}")'
    worksheet.write_formula(total, 3, share, styles.total_percent, 1 if recap.total_rab > 0 else UNKNOWN)
    return total


def _part(amount: int, whole: int) -> float | str:
    return amount / whole if whole > 0 else UNKNOWN


def _decisions(grid: Grid, row: int) -> int:
    """What needs the Camat, one line each, at the left under the jenis belanja; the last row that it fills."""
    worksheet, styles, last = grid.worksheet, grid.context.styles, grid.layout.column("berkas")
    worksheet.write_string(row, 0, "C. Yang perlu diputuskan", styles.subtitle)
    room = sum(grid.layout.columns[number].width for number in range(last + 1))
    for line in decisions(grid.context.recap):
        row += 1
        text = f"•  {line}"
        worksheet.set_row(row, height(line_count(text, room)))
        merged(worksheet, row, 0, last, text, styles.plain_wrap)
    return row


def _print_set_up(worksheet: Worksheet, own: Layout, bottom: int) -> None:
    """One page for an office of usual size; else repeated headings like the other sheets."""
    worksheet.print_area(0, 0, bottom, own.right)
    if own.rows <= ONE_PAGE:
        worksheet.fit_to_pages(1, 1)
    else:
        worksheet.freeze_panes(own.first, 2)
        worksheet.repeat_rows(own.heading, own.heading)
