"""Sheet ``Ringkasan``: the page that the Camat reads and signs. Letterhead, figures, the units, what needs a decision."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import Severity
from kinerja_xl.reckoning import Sum, together
from kinerja_xl.reckoning.recap import LACKING, Recap, Status
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import LARGEST, terbilang_rupiah
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known, or_dash
from kinerja_xl.writing.shown.flat import At, Cell, Cells, fill
from kinerja_xl.writing.shown.page import LETTERHEAD_ROWS, Layout, letterhead, merged, open_sheet
from kinerja_xl.writing.shown.recap.frame import Context, Grid, held, held_totals, writes
from kinerja_xl.writing.shown.recap.sections import Parts, decide_and_sign, parts
from kinerja_xl.writing.shown.table import text_literal
from kinerja_xl.writing.styles import (
    BAR_FILL,
    CHART_FILLS,
    FONT,
    GRID,
    INK,
    NAVY,
    PERCENT_FORMAT,
    RULE,
    RUPIAH_FORMAT,
    height,
    line_count,
)

# ---- The five figures that matter, in boxes across the top of the Ringkasan; all live ----

FIGURE_ROWS = 3
_LACKING = (Status.BELUM, Status.TIDAK_TERBACA)
"""Said below the units that handed in; those that came late have a box of their own."""
Value = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One figure over the columns ``first`` to ``last`` (keys): caption, figure, and a remark below it.

    ``at_least``: formula of what is not known, and the format of the remark where it counts anything.
    """

    first: str
    last: str
    caption: str
    formula: str
    value: Value
    number: str
    remark: str
    remark_value: Value
    remark_format: str
    at_least: tuple[str, str] | None = None


def figures(grid: Grid, row: int) -> None:
    """Three rows from ``row`` on."""
    styles, worksheet = grid.frame.styles, grid.worksheet
    edge = {"left": 1, "right": 1, "border_color": NAVY}
    caption = styles.look("hint", align="center", valign="vcenter", font_color=INK, top=1, **edge)
    for offset, points in enumerate((16, 26, 15)):
        worksheet.set_row(row + offset, points)
    boxes = _boxes(grid)
    for box in boxes:
        merged(worksheet, row, *_columns(grid, box), box.caption, caption)
    for box in boxes:
        big = styles.look(bold=True, font_size=16, align="center", valign="vcenter", num_format=box.number, **edge)
        _put(grid, row + 1, box, box.formula, box.value, big)
    for box in boxes:
        small = styles.look("hint", align="center", num_format=box.remark_format, bottom=1, **edge)
        _put(grid, row + 2, box, box.remark, box.remark_value, small)
        if box.at_least:
            unknown, words = box.at_least
            rule = {"type": "formula", "criteria": f"={unknown}>0", "format": styles.look_only(num_format=words)}
            worksheet.conditional_format(row + 2, _columns(grid, box)[0], row + 2, _columns(grid, box)[1], rule)


def _beside(before: str, after: str = "") -> str:
    """Number format of an amount in words; a dash keeps them without the currency."""
    words, end = before.removesuffix("Rp").removesuffix("sedikitnya "), f'"{after}"' if after else ""
    amount = f'"{before}"{RUPIAH_FORMAT}{end}'
    return f"{amount};-{amount};{amount};" + (f'"{words}"@{end}' if words else f"@{end}")


def _columns(grid: Grid, box: Box) -> tuple[int, int]:
    return grid.layout.column(box.first), grid.layout.column(box.last)


def _put(grid: Grid, row: int, box: Box, formula: str, value: Value, fmt: Format) -> None:
    first, last = _columns(grid, box)
    merged(grid.worksheet, row, first, last, UNKNOWN, fmt)
    if grid.frame.recap.units:
        grid.worksheet.write_formula(row, first, f"={formula}", fmt, value)


def _boxes(grid: Grid) -> tuple[Box, ...]:
    own, recap = grid.layout, grid.frame.recap
    status = own.range(own.column("status"))
    cell = {key: own.ref(key, own.last + 1) for key in own.own}
    tally, pagu = recap.tally, _pagu(recap)
    share: Value = recap.total_rab / pagu if pagu else UNKNOWN
    level = grid.frame.layouts["catatan"].span("tingkat")
    notes = {severity: f'COUNTIF({level},"{severity.label}")' for severity in Severity}
    missing = '&", "&'.join(f'COUNTIF({status},"{s}")&" {LACKING[s]}"' for s in _LACKING)
    late = together(u.total_tidak_dihitung for u in recap.units if u.status is Status.TERLAMBAT)

    def adding(key: str) -> str:
        return f'SUMIFS({own.range(own.column(key))},{status},"{Status.TERLAMBAT}")'

    return (
        Box(
            first="kode", last="nama", caption="Unit yang menyampaikan", number="General",
            formula=f'COUNTIF({status},"<>{Status.BELUM}")&" dari "&ROWS({status})', value=tally.words,
            remark=missing, remark_value=", ".join(f"{tally.status[s]} {LACKING[s]}" for s in _LACKING), remark_format="General",
        ),
        Box(
            first="status", last="baris_rab", caption="Usulan yang dihitung (Rp)", number=RUPIAH_FORMAT,
            formula=cell["total_rab"], value=recap.total_rab, remark=cell["total_tidak_dihitung"],
            remark_value=known(recap.total_tidak_dihitung.shown), remark_format=_beside("tidak dihitung Rp"),
            at_least=(cell[UNKNOWN_ROWS], _beside("tidak dihitung sedikitnya Rp")),
        ),
        Box(
            first="total_rab", last=UNKNOWN_ROWS, caption="Bagian dari pagu", number=PERCENT_FORMAT,
            formula=cell["persen_pagu"], value=share, remark=cell["pagu"], remark_value=pagu,
            remark_format=f'"pagu Rp"{RUPIAH_FORMAT}',
        ),
        Box(
            first="alasan", last="alasan", caption="Catatan terbuka", number=RUPIAH_FORMAT,
            formula=f"{notes[Severity.WAJIB]}+{notes[Severity.CEK]}", value=tally.open, remark=notes[Severity.WAJIB],
            remark_value=tally.wajib, remark_format='0" wajib diperbaiki"',
        ),
        Box(
            first="pagu", last="jumlah_catatan", caption="Terlambat", number="0",
            formula=f'COUNTIF({status},"{Status.TERLAMBAT}")', value=tally.status[Status.TERLAMBAT],
            remark=or_dash(adding("total_tidak_dihitung"), adding(UNKNOWN_ROWS)), remark_value=known(late.shown),
            remark_format=_beside("Rp", " tidak masuk RKT"),
            at_least=(adding(UNKNOWN_ROWS), _beside("sedikitnya Rp", " tidak masuk RKT")),
        ),
    )  # fmt: skip


# ---- The two native charts of the Ringkasan; they follow the cells ----

_LOWEST = 260
"""Pixels below which six units can't be told apart."""

_ROW_PIXELS, _CHAR_PIXELS, _COLUMN_PIXELS = 20, 7, 5
_PIXELS_PER_POINT = 4 / 3
_GAP = 8
_MILLIONS = "#,##0,,"
"""Rupiah shown as millions: a nine-digit label would be turned on its side."""

_SMALL = {"name": FONT, "size": 9, "color": INK}


def charts(grid: Grid, parts: Parts) -> int:
    """Charts of the units and of the jenis belanja, right of the small tables; the last row that either covers."""
    own = grid.layout
    if not own.rows:
        return parts.last
    first = own.column("total_rab")
    room = sum(int(grid.width(n) * _CHAR_PIXELS) + _COLUMN_PIXELS for n in range(first, own.right + 1))
    height = max(int(parts.points * _PIXELS_PER_POINT), _LOWEST)
    width = (room - 3 * _GAP) // 2
    for number, chart in enumerate((_units(grid), _jenis(grid, parts.jenis))):
        chart.set_size({"width": width, "height": height})
        place = {"x_offset": _GAP + number * (width + _GAP), "object_position": 2}
        grid.worksheet.insert_chart(parts.first, first, chart, place)
    missing = height - parts.points * _PIXELS_PER_POINT
    return parts.last + max(0, ceil(missing / _ROW_PIXELS))


def _units(grid: Grid) -> Any:
    own = grid.layout
    names = [own.sheet.name, own.first, own.column("kode"), own.last, own.column("kode")]
    chart = _chart(grid, "Usulan dan pagu per unit (juta rupiah)")
    for key, colour in (("total_rab", CHART_FILLS[0]), ("pagu", CHART_FILLS[1])):
        column = own.column(key)
        chart.add_series(
            {
                "name": own.columns[column].label.removesuffix(" (Rp)"),
                "categories": names,
                "values": [own.sheet.name, own.first, column, own.last, column],
                "fill": {"color": colour},
                "border": {"color": INK, "width": 0.5},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom", "font": _SMALL})
    return chart


def _jenis(grid: Grid, rows: tuple[int, int]) -> Any:
    name, (first, last), own = rekap.RINGKASAN.name, rows, grid.layout
    chart = _chart(grid, "Usulan yang dihitung per jenis belanja (juta rupiah)")
    chart.add_series(
        {
            "name": rekap.DIHITUNG.label,
            "categories": [name, first, own.column("nama"), last, own.column("nama")],
            "values": [name, first, own.column("status"), last, own.column("status")],
            "fill": {"color": CHART_FILLS[0]},
            "border": {"color": INK, "width": 0.5},
            "gap": 60,
            "data_labels": {"value": True, "num_format": _MILLIONS, "font": _SMALL},
        }
    )
    chart.set_legend({"none": True})
    # Three bars that say their figure need no scale, whose labels would be turned on their side here.
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def _chart(grid: Grid, title: str) -> Any:
    chart = grid.frame.workbook.add_chart({"type": "bar"})
    chart.set_title({"name": title, "name_font": {**_SMALL, "size": 10, "bold": True}, "overlay": False})
    # In a bar chart the first category stands at the bottom unless the axis is turned round.
    chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
    axis = {"num_font": {**_SMALL, "size": 8}, "num_format": _MILLIONS, "label_position": "high"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": GRID}}, "line": {"none": True}}
    chart.set_x_axis({**axis, **lines})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart


_TABLE_ROW = LETTERHEAD_ROWS + FIGURE_ROWS + 3
"""Letterhead, a gap, the figures that matter, the caption of the first table."""

ONE_PAGE = 20
"""With more units than this the sheet runs over several pages, and a chart of them could not be read."""

TOTAL = "Jumlah"
_HELD = "total_tidak_dihitung"
STALE = "buat ulang rekap"
"""Stands for the amount in words once somebody has edited a figure that it says."""

NEED_ATTENTION = (Status.TIDAK_TERBACA, Status.BELUM, Status.TERLAMBAT)


def layout(recap: Recap, book: Book) -> Layout:
    return Layout(sheet=rekap.RINGKASAN, around=rekap.RINGKASAN.part("unit"), book=book, rows=len(recap.units), top=_TABLE_ROW)


@writes(rekap.RINGKASAN)
def write_ringkasan(context: Context) -> None:
    own = context.layouts["unit"]
    worksheet = open_sheet(context, rekap.RINGKASAN)
    year = f"TAHUN ANGGARAN {context.office.tahun}  |  TAHAP {context.office.tahap.upper()}"
    year += f"  |  RKT {context.recap.agreed.menurut.upper()}" if context.recap.agreed else ""
    letterhead(context, worksheet, own.right, rekap.RINGKASAN.title, year)
    grid = Grid(context, worksheet, own)
    figures(grid, LETTERHEAD_ROWS + 1)
    worksheet.set_row(own.top - 1, 18)
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid.head({})
    fill(grid, context.recap.units, _CELLS)
    total = own.last + 1
    grid.total_row(total, TOTAL, _totals(context.recap))
    held_back = context.recap.total_tidak_dihitung
    grid.formula(total, _HELD, _everywhere(grid, _HELD, total), known(held_back.shown), "total")
    grid.formula(total, UNKNOWN_ROWS, _everywhere(grid, UNKNOWN_ROWS, total), held_back.unknown, "total")
    value, formula = _share(own, total, context.recap.total_rab, _pagu(context.recap))
    grid.formula(total, "persen_pagu", formula, value, "total")
    _in_words(grid, total + 1, own.ref("total_rab", total))
    shown = len(context.recap.units) <= ONE_PAGE
    below = parts(grid, total + 3)
    bottom = charts(grid, below) if shown else below.last
    bottom = decide_and_sign(grid, bottom + 2)
    _bars(grid)
    grid.finish()
    _print_set_up(worksheet, own, bottom, shown)


def _everywhere(grid: Grid, key: str, row: int) -> str:
    """Over the matrix as well: what came without a unit of the office has a row there only."""
    matrix, rab, files = (grid.frame.layouts[key] for key in ("unit_jenis", "rab", "asal_data"))
    if key == UNKNOWN_ROWS:  # a file that can't be read may be nobody's
        return f'SUM({rab.span(UNKNOWN_ROWS)})+COUNTIF({files.span("status")},"{Standing.TIDAK_TERBACA}")'
    return or_dash(f"SUM({matrix.span('tidak_dihitung')})", grid.layout.ref(UNKNOWN_ROWS, row))


def _counted(at: At, key: str) -> str:
    """Over the matrix and not over the RAB sheet: a thousand units would each read 30,000 lines once more."""
    return f"SUMIFS({at.span('unit_jenis', key)},{at.span('unit_jenis', 'kode')},{at.ref('kode')})"


_CELLS: Cells = {
    "status": lambda at: Cell(at.of.status.value, look=("wajib",) if at.of.status in NEED_ATTENTION else ()),
    "berkas": lambda at: at.of.berkas,
    "baris_rab": lambda at: at.of.jumlah_baris,
    "total_rab": lambda at: Cell(at.of.total_rab, _counted(at, "dihitung")),
    "total_tidak_dihitung": lambda at: held(at, at.of.total_tidak_dihitung, _counted(at, "tidak_dihitung")),
    UNKNOWN_ROWS: lambda at: Cell(at.of.total_tidak_dihitung.unknown, _counted(at, UNKNOWN_ROWS)),
    "persen_pagu": lambda at: Cell(*_share(at.grid.layout, at.row, at.of.total_rab, at.of.pagu)),
}


def _share(own: Layout, row: int, counted: int, pagu: int) -> tuple[object, str]:
    """Share of pagu, as value and formula; a dash where there is no pagu."""
    cell = own.ref("pagu", row)
    return counted / pagu if pagu > 0 else UNKNOWN, f'IF(N({cell})>0,{own.ref("total_rab", row)}/{cell},"{UNKNOWN}")'


def _in_words(grid: Grid, row: int, cell: str) -> None:
    """The total in words, which notice when the total was edited."""
    total, styles, right = grid.frame.recap.total_rab, grid.frame.styles, grid.layout.right
    if abs(total) > LARGEST or not grid.frame.recap.units:
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


def _pagu(recap: Recap) -> int:
    return sum(unit.pagu for unit in recap.units)


def _totals(recap: Recap) -> dict[str, int | Sum]:
    return {
        "baris_rab": sum(unit.jumlah_baris for unit in recap.units),
        "total_rab": recap.total_rab,
        **held_totals(recap.total_tidak_dihitung, "total_tidak_dihitung"),
        "pagu": _pagu(recap),
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
