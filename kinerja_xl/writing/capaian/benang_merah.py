"""Sheet ``Benang Merah``: from the proposal to the report in one row per sub kegiatan."""

from __future__ import annotations

from kinerja_xl.reckoning.benang_merah import Thread, threads
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.writing.capaian.anggaran import share, unfilled
from kinerja_xl.writing.capaian.efisiensi import money_cell, reached_cell
from kinerja_xl.writing.capaian.frame import Context, Grid, close, layout_of, start
from kinerja_xl.writing.recap.grid import UNKNOWN

NO_GAP = "tersambung"


def write(context: Context) -> None:
    lines = threads(context.year)
    own = layout_of(sheets.BENANG_MERAH, len(lines))
    worksheet = start(context, sheets.BENANG_MERAH)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, line in enumerate(lines, start=own.first):
        _line(grid, row, line)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def _line(grid: Grid, row: int, line: Thread) -> None:
    ref, plan, money = grid.layout.ref, line.plan, line.money
    for key, text in (("kode", line.kode), ("unit", line.unit), ("nama", line.nama)):
        grid.write(row, key, text or None)
    grid.write(row, "usulan", plan.diusulkan if plan else UNKNOWN)
    grid.write(row, "sepakat", plan.disepakati if plan else UNKNOWN)
    grid.write(row, "dpa", plan.dpa if plan and plan.dpa is not None else UNKNOWN)
    spent = money_cell(grid.context, money, ref("kode", row), ref("unit", row), "realisasi")
    grid.formula(row, "realisasi", spent, unfilled(money) if money.spent is None else money.spent)
    basis = f"IF(ISNUMBER({ref('dpa', row)}),{ref('dpa', row)},{ref('sepakat', row)})"
    serapan = UNKNOWN if money.serapan is None else money.serapan
    grid.formula(row, "serapan", share(ref("realisasi", row), basis), serapan)
    own = grid.context.layouts["capaian_indikator"]
    counted = f"COUNTIFS({own.span('unit')},{ref('unit', row)},{own.span('kode')},{ref('kode', row)})"
    grid.formula(row, "indikator", counted, line.indicators)
    reached_cell(grid, row, money)
    grid.write(row, "fisik", money.physical if money.physical is not None else UNKNOWN)
    grid.write(row, "celah", "; ".join(line.gaps) or NO_GAP, "cek" if line.gaps else "good")
