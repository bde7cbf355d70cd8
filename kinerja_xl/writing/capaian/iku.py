"""Sheet ``Capaian IKU``: the main indicators apart, and each over the years beside its medium-term target."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian.methods import METHODS, GoalCells
from kinerja_xl.reckoning.capaian.rule import rule_of
from kinerja_xl.reckoning.measured import IndicatorResult, Year
from kinerja_xl.reckoning.realised import Lack
from kinerja_xl.reckoning.trend import TOWARDS, IkuTrend, TrendPoint, progress
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.texts import fold
from kinerja_xl.writing.capaian.frame import Context, Grid, close, layout_of, signed, start
from kinerja_xl.writing.capaian.indikator import capaian_cell, remark
from kinerja_xl.writing.recap.grid import UNKNOWN
from kinerja_xl.writing.recap.layout import Layout

_NOT_YET = "belum tiba"
_GAP = 3


def marked(year: Year) -> list[tuple[int, IndicatorResult]]:
    """The IKU with their number on the sheet Capaian Indikator."""
    return [(number, result) for number, result in enumerate(year.results, start=1) if result.indicator.iku]


def write(context: Context) -> None:
    found = marked(context.year)
    own = layout_of(sheets.CAPAIAN_IKU, len(found))
    lines = [(trend, point) for trend in context.trends for point in trend.points]
    below = layout_of(sheets.CAPAIAN_IKU, len(lines), table=1, top=own.last + _GAP)
    worksheet = start(context, sheets.CAPAIAN_IKU)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, (number, result) in enumerate(found, start=own.first):
        _line(grid, row, number, result)
    trend_grid = _trends(context, worksheet, below, lines)
    grid.make_room_for(trend_grid)
    grid.finish()
    trend_grid.finish(filtered=False, widths=False)
    signature = below.last + 2
    close(grid, signed(context, worksheet, below, signature), trend_grid, signature=signature)


def _line(grid: Grid, row: int, number: int, result: IndicatorResult) -> None:
    own, indicator = grid.layout, result.indicator
    cells = {"no": row - own.heading, "unit": indicator.unit, "sasaran": indicator.sasaran, "nama": indicator.nama,
             "satuan": indicator.satuan or None, "target": result.of_year.target,
             "keterangan": remark(result) or None}  # fmt: skip
    for key, value in cells.items():
        grid.write(row, key, value)
    source = grid.context.layouts["capaian_indikator"]
    realised = f"INDEX({source.span('realisasi')},MATCH({number},{source.span('no')},0))"
    grid.formula(row, "realisasi", realised, _shown(result))
    for key in ("capaian", "predikat"):
        grid.formula(row, key, *capaian_cell(grid.context, number, key, result))
    before = _last_year(grid.context, indicator.nama)
    grid.write(row, "lalu", before if before is not None else UNKNOWN)
    here, there = own.ref("capaian", row), own.ref("lalu", row)
    change = None if before is None or result.of_year.percent is None else result.of_year.percent - before
    formula = f'IF(COUNT({here},{there})=2,ROUND({here}-{there},2),"{UNKNOWN}")'
    grid.formula(row, "selisih_lalu", formula, UNKNOWN if change is None else change)
    grid.end_row(row)


def _shown(result: IndicatorResult) -> object:
    of_year = result.of_year
    return of_year.realised if of_year.realised is not None else str(of_year.lack)


def _last_year(context: Context, name: str) -> Decimal | None:
    year = context.year.plan.tahun - 1
    points = (p for t in context.trends if fold(t.nama) == fold(name) for p in t.points if p.tahun == year)
    return next((point.percent for point in points), None)


def _trends(context: Context, worksheet: Worksheet, own: Layout, lines: list[tuple[IkuTrend, TrendPoint]]) -> Grid:
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, (trend, point) in enumerate(lines, start=own.first):
        ahead = point.tahun > context.year.plan.tahun
        look = ("faded",) if ahead else ()
        cells = {"no": row - own.heading, "unit": trend.unit, "sasaran": trend.sasaran, "nama": trend.nama,
                 "satuan": trend.satuan or None, "tahun": str(point.tahun), "akhir": trend.final,
                 "target": point.target if point.target is not None else UNKNOWN,
                 "realisasi": _NOT_YET if ahead else point.realised if point.realised is not None else UNKNOWN,
                 "capaian": None if ahead else point.percent if point.percent is not None else UNKNOWN}  # fmt: skip
        for key, value in cells.items():
            grid.write(row, key, value, *(look if value is not None else ()))
        if not ahead:
            _towards(grid, row, trend, point)
        grid.end_row(row)
    return grid


def _towards(grid: Grid, row: int, trend: IkuTrend, point: TrendPoint) -> None:
    """Realisasi against the last target of the Renstra, by the same method as within the year."""
    year = grid.context.year
    indicator = next(r.indicator for _, r in marked(year) if fold(r.indicator.nama) == fold(trend.nama))
    method = METHODS.get(rule_of(indicator, year.policies).method)
    if method is None or method.key not in TOWARDS or not isinstance(trend.final, Decimal):
        grid.write(row, "menuju", UNKNOWN)
        return
    here, there = grid.layout.ref("realisasi", row), grid.layout.ref("akhir", row)
    value = progress(indicator, point.realised, trend.final, year.policies)
    shown = value if value is not None else str(Lack.TIDAK_DAPAT) if isinstance(point.realised, Decimal) else UNKNOWN
    formula = f'IF(ISNUMBER({here}),{method.excel(GoalCells(realised=here, target=there))},"{UNKNOWN}")'
    grid.formula(row, "menuju", formula, shown)
