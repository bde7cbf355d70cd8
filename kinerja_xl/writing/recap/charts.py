"""The two native charts of the Ringkasan; they follow the cells."""

from __future__ import annotations

from typing import Any

from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.styles import CHART_FILLS, FONT, GRID, INK, RULE

_HEIGHT_ROWS = 15
_ROW_PIXELS, _CHAR_PIXELS, _COLUMN_PIXELS = 20, 7, 5
_SMALL = {"name": FONT, "size": 9, "color": INK}


def charts(grid: Grid, row: int, jenis_rows: tuple[int, int]) -> int:
    """Charts of the units and of the jenis belanja, right of the tables from ``row`` on; the last row they cover."""
    own = grid.layout
    if not own.rows:
        return row
    middle = own.column("alasan")
    _place(grid, _units(grid), row, own.column("baris_rab"), middle - 1)
    _place(grid, _jenis(grid, jenis_rows), row, middle, own.right)
    return row + _HEIGHT_ROWS - 1


def _units(grid: Grid) -> Any:
    own = grid.layout
    names = [own.sheet.name, own.first, own.column("kode"), own.last, own.column("kode")]
    chart = _chart(grid, "bar", "Usulan dan pagu per unit (Rp)")
    for key, fill in (("total_rab", CHART_FILLS[0]), ("pagu", CHART_FILLS[1])):
        column = own.column(key)
        chart.add_series(
            {
                "name": own.columns[column].label.removesuffix(" (Rp)"),
                "categories": names,
                "values": [own.sheet.name, own.first, column, own.last, column],
                "fill": {"color": fill},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "bottom", "font": _SMALL})
    return chart


def _jenis(grid: Grid, rows: tuple[int, int]) -> Any:
    name, (first, last) = rekap.RINGKASAN.name, rows
    chart = _chart(grid, "bar", "Usulan yang dihitung per jenis belanja (Rp)")
    chart.add_series(
        {
            "name": "Dihitung",
            "categories": [name, first, 1, last, 1],
            "values": [name, first, 2, last, 2],
            "fill": {"color": CHART_FILLS[0]},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    return chart


def _chart(grid: Grid, kind: str, title: str) -> Any:
    chart = grid.context.workbook.add_chart({"type": kind})
    chart.set_title({"name": title, "name_font": {**_SMALL, "size": 10, "bold": True}, "overlay": False})
    # In a bar chart the first category stands at the bottom unless the axis is turned round.
    chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
    axis = {"num_font": {**_SMALL, "size": 8}, "num_format": "#,##0", "label_position": "high"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": GRID}}, "line": {"none": True}}
    chart.set_x_axis({**axis, **lines})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart


def _place(grid: Grid, chart: Any, row: int, first: int, last: int) -> None:
    width = sum(int(grid.width(n) * _CHAR_PIXELS) + _COLUMN_PIXELS for n in range(first, last + 1))
    chart.set_size({"width": width - 6, "height": _HEIGHT_ROWS * _ROW_PIXELS})
    grid.worksheet.insert_chart(row, first, chart, {"x_offset": 6, "object_position": 2})
