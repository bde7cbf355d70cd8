"""The two native charts of the Ringkasan; they follow the cells."""

from __future__ import annotations

from math import ceil
from typing import Any

from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.sections import Parts
from kinerja_xl.writing.styles import CHART_FILLS, FONT, GRID, INK, RULE

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
    for key, fill in (("total_rab", CHART_FILLS[0]), ("pagu", CHART_FILLS[1])):
        column = own.column(key)
        chart.add_series(
            {
                "name": own.columns[column].label.removesuffix(" (Rp)"),
                "categories": names,
                "values": [own.sheet.name, own.first, column, own.last, column],
                "fill": {"color": fill},
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
            "name": "Dihitung",
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
    chart = grid.context.workbook.add_chart({"type": "bar"})
    chart.set_title({"name": title, "name_font": {**_SMALL, "size": 10, "bold": True}, "overlay": False})
    # In a bar chart the first category stands at the bottom unless the axis is turned round.
    chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
    axis = {"num_font": {**_SMALL, "size": 8}, "num_format": _MILLIONS, "label_position": "high"}
    lines = {"major_gridlines": {"visible": True, "line": {"color": GRID}}, "line": {"none": True}}
    chart.set_x_axis({**axis, **lines})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart
