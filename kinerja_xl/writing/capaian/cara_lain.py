"""Sheet ``Cara Lain``: what the other methods in use would have given, one row per indicator and method."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.reckoning.capaian.methods import METHODS
from kinerja_xl.reckoning.measured import IndicatorResult, Year
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.writing.capaian.frame import Context, Grid, close, layout_of, start
from kinerja_xl.writing.capaian.indikator import capaian_cell
from kinerja_xl.writing.capaian.yardstick import Yardstick
from kinerja_xl.writing.recap.grid import UNKNOWN

Line = tuple[int, IndicatorResult, str, Decimal | str]
"""Number and result of an indicator, name of the other method, its percent points or the reason why none."""


def write(context: Context, yardstick: Yardstick) -> None:
    lines = list(_lines(context.year))
    own = layout_of(sheets.CARA_LAIN, len(lines))
    worksheet = start(context, sheets.CARA_LAIN)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, line in enumerate(lines, start=own.first):
        _line(grid, row, line, yardstick)
    grid.finish()
    close(grid, own.last)


def _lines(year: Year) -> Iterator[Line]:
    for number, result in enumerate(year.results, start=1):
        for name, value in result.of_year.others.items():
            yield number, result, name, value


def _line(grid: Grid, row: int, line: Line, yardstick: Yardstick) -> None:
    number, result, name, value = line
    indicator, method = result.indicator, METHODS.get(result.of_year.method)
    used = f"{method.nama}: {method.rumus}" if method else None
    for key, shown in (("no", number), ("unit", indicator.unit), ("nama", indicator.nama), ("dipakai", used), ("cara", name)):
        grid.write(row, key, shown)
    formula, own = capaian_cell(grid.context, number, "capaian", result)
    grid.formula(row, "capaian", formula, own)
    found = isinstance(value, Decimal)
    grid.write(row, "hasil", value if found else f"tidak dapat dihitung: {value}", *(() if found else ("faded",)))
    here, there = (grid.layout.ref(key, row) for key in ("capaian", "hasil"))
    gap: object = UNKNOWN
    predicate = ""
    if isinstance(value, Decimal) and isinstance(own, Decimal):
        gap, predicate = value - own, grid.context.marks.predicate(value)
    grid.formula(row, "selisih", f'IF(COUNT({here},{there})=2,ROUND({there}-{here},2),"{UNKNOWN}")', gap)
    grid.formula(row, "predikat", yardstick.predicate(there), predicate)
    grid.end_row(row)
