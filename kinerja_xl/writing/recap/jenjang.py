"""Sheet ``Jenjang PK``: the Perjanjian Kinerja of Camat, Sekcam and units side by side, as one carries the other."""

from __future__ import annotations

from kinerja_xl.reckoning.cascade import Promise, Rung, cascade
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block


def write(context: Context) -> None:
    sheet, rungs = rekap.JENJANG, cascade(context.recap)
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(rungs))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    grid.head({})
    for row, rung in enumerate(rungs, start=layout.first):
        _rung(grid, row, rung)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _rung(grid: Grid, row: int, rung: Rung) -> None:
    layers = ("block",) if rung.first else ()
    for suffix, promise in (("camat", rung.camat), ("sekcam", rung.sekcam), ("unit", rung.unit)):
        if suffix == "unit":
            grid.write(row, "unit", promise.who if promise else None, *layers)
        grid.write(row, f"sasaran_{suffix}", _shown(promise, "sasaran"), *layers)
        grid.write(row, f"indikator_{suffix}", _shown(promise, "indikator"), *layers)
        grid.write(row, f"target_{suffix}", _shown(promise, "target"), *layers)
    grid.write(row, "celah", rung.gap.value if rung.gap else None, *(*layers, *(("cek",) if rung.gap else ())))
    grid.end_row(row)


def _shown(promise: Promise | None, field: str) -> str | None:
    text: str = getattr(promise, field) if promise else ""
    return text or None
