"""Sheet ``Unit x Jenis Belanja``: the matrix with totals both ways."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.lists.accounts import JENIS_BELANJA
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.writing.recap.grid import ALL_ROWS, Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.sums import Sums, jenis_label, joined

UNKNOWN_UNIT = "(unit tidak dikenal)"


def units(recap: Recap, sums: Sums) -> list[tuple[str, str]]:
    """(code, name) of the office's units in its order, then of any other that lines name."""
    known = {unit.kode: unit.nama for unit in recap.units}
    return [*known.items(), *((code, UNKNOWN_UNIT) for code in sorted(sums.unit) if code not in known)]


def jenis_keys(recap: Recap) -> list[str]:
    """The jenis belanja that get a column; "" (not known) only where a line needs it."""
    return [*JENIS_BELANJA, *([""] if any(line.jenis not in JENIS_BELANJA for line in recap.lines) else [])]


def layout(recap: Recap, book: Book, sums: Sums) -> Layout:
    """A column per jenis belanja between the declared ones, shaped like the column of totals."""
    around = rekap.UNIT_JENIS.table
    like = around.after[0]
    extra = tuple(_jenis_column(like, key) for key in jenis_keys(recap))
    return Layout(sheet=rekap.UNIT_JENIS, around=around, book=book, rows=len(units(recap, sums)), extra=extra)


def _jenis_column(like: Column, jenis: str) -> Column:
    return replace(like, key=f"jenis_{jenis}", label=jenis_label(jenis))


def write(context: Context) -> None:
    grid_layout = context.layouts["unit_jenis"]
    worksheet = open_sheet(context, rekap.UNIT_JENIS)
    title_block(context, worksheet, rekap.UNIT_JENIS)
    grid = Grid(context, worksheet, grid_layout)
    grid.head({})
    for row, (code, name) in enumerate(units(context.recap, context.sums), start=grid_layout.first):
        _unit(grid, row, code, name)
    bottom = grid_layout.last + 1
    grid.total_row(bottom, ALL_ROWS, _totals(context))
    grid.finish()
    close_sheet(worksheet, grid_layout, bottom)


def _unit(grid: Grid, row: int, code: str, name: str) -> None:
    sums, own = grid.context.sums, grid.layout
    rab = grid.context.layouts["rab"]
    grid.write(row, "kode", code)
    grid.write(row, "nama", name)
    keys = [c.key for c in own.extra]
    for column in own.extra:
        criterion = f'{own.ref("kode", row)}&"|{column.label}"'
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_jenis')},{criterion})"
        grid.formula(row, column.key, formula, sums.unit_jenis[joined(code, column.label)].counted)
    grid.formula(row, "dihitung", f"SUM({own.ref(keys[0], row)}:{own.ref(keys[-1], row)})", sums.unit[code].counted)
    others = f"SUMIFS({rab.span('jumlah_tidak_dihitung')},{rab.span('unit')},{own.ref('kode', row)})"
    grid.formula(row, "tidak_dihitung", others, sums.unit[code].uncounted)
    grid.end_row(row)


def _totals(context: Context) -> dict[str, int]:
    sums = context.sums
    per_jenis = {
        column.key: sum(a.counted for key, a in sums.unit_jenis.items() if key.endswith(f"|{column.label}"))
        for column in context.layouts["unit_jenis"].extra
    }
    return {**per_jenis, "dihitung": sums.total.counted, "tidak_dihitung": sums.total.uncounted}
