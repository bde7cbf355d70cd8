"""The chart of the Ringkasan: capaian against serapan per unit."""

from __future__ import annotations

import math

from xlsxwriter.utility import quote_sheetname

from kinerja_xl.writing.capaian.frame import Grid
from kinerja_xl.writing.styles import BAR_FILL, NAVY, RULE

_SMALL = {"name": "Calibri", "size": 9}
_ROWS_PER_UNIT, _FRAME_ROWS = 1.5, 5
_ROW_PIXELS, _CHAR_PIXELS, _COLUMN_PIXELS = 20, 7, 5


def reached_against_spent(grid: Grid, row: int) -> int:
    """Two bars per unit, beneath each other; the last row that the chart covers."""
    own = grid.layout
    chart = grid.context.workbook.add_chart({"type": "bar"})
    chart.set_title({"name": "Capaian dan serapan per unit (%)", "name_font": {**_SMALL, "size": 11, "bold": True}})
    sheet = quote_sheetname(own.sheet.name)
    names = f"={sheet}!{own.range(own.column('nama'))}"
    for key, label, colour in (("capaian", "Capaian", NAVY), ("serapan", "Serapan", BAR_FILL)):
        chart.add_series(
            {
                "name": label, "categories": names, "values": f"={sheet}!{own.range(own.column(key))}", "gap": 60,
                "fill": {"color": colour}, "border": {"color": NAVY},
                "data_labels": {"value": True, "num_format": "#,##0.00", "font": {**_SMALL, "size": 8}},
            }
        )  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
    chart.set_x_axis({"num_font": _SMALL, "num_format": "#,##0", "min": 0, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": RULE}})
    rows = _FRAME_ROWS + math.ceil(_ROWS_PER_UNIT * max(own.rows, 1))
    width = sum(int(column.width * _CHAR_PIXELS) + _COLUMN_PIXELS for column in own.columns)
    chart.set_size({"width": width - 8, "height": rows * _ROW_PIXELS})
    grid.worksheet.insert_chart(row, 0, chart, {"x_offset": 4, "object_position": 2})
    return row + rows
