"""Sheet ``Efisiensi``: capaian against serapan, and what a unit of output cost."""

from __future__ import annotations

from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian.figures import percent_of
from kinerja_xl.reckoning.measured import YEAR_END, MoneyLine, UnitCost
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.writing.capaian.anggaran import LEVELS, SUB, share, unfilled
from kinerja_xl.writing.capaian.frame import Context, Grid, close, layout_of, start
from kinerja_xl.writing.recap.grid import UNKNOWN

_GAP = 3
_SHOWN = ("kantor", "unit", "subkegiatan")
_LAYERS: dict[str, tuple[str, ...]] = {"kantor": ("total",), "unit": ("kegiatan",)}


def write(context: Context) -> None:
    lines = [line for kind in _SHOWN for line in context.year.money if line.level == kind]
    own = layout_of(sheets.EFISIENSI, len(lines))
    worksheet = start(context, sheets.EFISIENSI)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, line in enumerate(lines, start=own.first):
        _line(grid, row, line)
        grid.end_row(row)
    below = _costs(context, worksheet, own.last + _GAP)
    grid.make_room_for(below)
    grid.finish()
    close(grid, below.layout.last, below)


def _line(grid: Grid, row: int, line: MoneyLine) -> None:
    layers, ref = _LAYERS.get(line.level, ()), grid.layout.ref
    for key, text in (("kode", line.kode), ("unit", line.unit), ("nama", line.nama or line.kode)):
        grid.write(row, key, text or None, *layers)
    pagu, spent = (money_cell(grid.context, line, ref("kode", row), ref("unit", row), key) for key in ("pagu", "realisasi"))
    grid.formula(row, "pagu", pagu, line.pagu, *layers)
    grid.formula(row, "realisasi", spent, unfilled(line) if line.spent is None else line.spent, *layers)
    serapan = UNKNOWN if line.serapan is None else line.serapan
    grid.formula(row, "serapan", share(ref("realisasi", row), ref("pagu", row)), serapan, *layers)
    reached_cell(grid, row, line, layers)
    _judged(grid, row, line, layers)


def money_cell(context: Context, line: MoneyLine, kode: str, unit: str, key: str) -> str:
    """Formula that takes a figure of this line from the sheet Realisasi Anggaran."""
    own = context.layouts["realisasi_anggaran"]
    figures, levels, codes, units = (own.span(k) for k in (key, "tingkat", "kode", "unit"))
    if line.level == "kantor":
        return f'INDEX({figures},MATCH("{LEVELS["kantor"]}",{levels},0))'
    rule = f'{levels},"{SUB}",{units},{unit}' + (f",{codes},{kode}" if line.level == "subkegiatan" else "")
    found = f"SUMIFS({figures},{rule})"
    if key == "pagu" or line.spent is not None:
        return found
    return f'IF({found}<>0,{found},"{unfilled(line)}")'


def reached_cell(grid: Grid, row: int, line: MoneyLine, layers: tuple[str, ...] = ()) -> None:
    """Mean of the capped capaian of the year; a formula once the year is over, before that the figure alone."""
    value = UNKNOWN if line.capaian is None else line.capaian
    if grid.context.year.triwulan < YEAR_END:
        grid.write(row, "capaian", value, *layers)
        return
    own, ref = grid.context.layouts["capaian_indikator"], grid.layout.ref
    counted, units, codes = (own.span(key) for key in ("dihitung", "unit", "kode"))
    if line.level == "kantor":
        mean = f"AVERAGE({counted})"
    else:
        rule = f"{counted},{units},{ref('unit', row)}"
        mean = f"AVERAGEIFS({rule},{codes},{ref('kode', row)})" if line.level == "subkegiatan" else f"AVERAGEIFS({rule})"
    grid.formula(row, "capaian", f'IFERROR(ROUND(ROUND({mean},9),2),"{UNKNOWN}")', value, *layers)


def _judged(grid: Grid, row: int, line: MoneyLine, layers: tuple[str, ...]) -> None:
    """The default rule as a formula; the national one (sums over sub kegiatan) as the figure that we computed."""
    ref, national = grid.layout.ref, grid.context.marks.national
    value = UNKNOWN if line.efisiensi is None else line.efisiensi
    if national:
        grid.write(row, "efisiensi", value, *layers)
    else:
        reached, serapan = ref("capaian", row), ref("serapan", row)
        formula = f'IF(COUNT({reached},{serapan})=2,ROUND({reached}-{serapan},2),"{UNKNOWN}")'
        grid.formula(row, "efisiensi", formula, value, *layers)
    grid.write(row, "penilaian", line.efisiensi_words or None, *layers)


def _costs(context: Context, worksheet: Worksheet, top: int) -> Grid:
    costs = context.year.costs
    own = layout_of(sheets.EFISIENSI, len(costs), table=1, top=top)
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, cost in enumerate(costs, start=own.first):
        _cost(grid, row, cost)
        grid.end_row(row)
    grid.finish(filtered=False, widths=False)
    return grid


def _cost(grid: Grid, row: int, cost: UnitCost) -> None:
    ref = grid.layout.ref
    for key, text in (("kode", cost.kode_sub), ("unit", cost.unit), ("nama", cost.output), ("satuan", cost.satuan),
                      ("keterangan", cost.reason)):  # fmt: skip
        grid.write(row, key, text or None)
    for key, value in (("rencana", cost.plan), ("realisasi", cost.realised)):
        grid.write(row, key, value if value is not None else UNKNOWN)
    plan, realised = ref("rencana", row), ref("realisasi", row)
    both = cost.plan is not None and cost.realised is not None
    against: object = UNKNOWN
    difference: object = UNKNOWN
    if both:
        assert cost.plan is not None and cost.realised is not None
        difference = cost.realised - cost.plan
        if cost.plan > 0:
            against = percent_of(100 * Fraction(cost.realised) / Fraction(cost.plan))
    grid.formula(row, "banding", share(realised, plan), against)
    grid.formula(row, "selisih", f'IF(COUNT({plan},{realised})=2,{realised}-{plan},"{UNKNOWN}")', difference)
