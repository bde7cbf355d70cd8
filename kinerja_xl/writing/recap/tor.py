"""Sheet ``TOR``: one line per TOR, its amount beside the RAB's, and the price of one unit of output."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.reckoning.recap import TorLine
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid, shorten
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.rab import NO, YES
from kinerja_xl.writing.recap.sums import SUB, code_keys, joined, sub_key

_LONGEST = 250
"""Characters of a text in this overview: a whole section would make a row higher than a page."""


def write(context: Context) -> None:
    sheet, tors = rekap.TOR, context.recap.tors
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(tors))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    stated = [tor for tor in tors if tor.biaya is not None]
    grid.head(
        {
            "biaya": sum(tor.biaya or 0 for tor in stated),
            "rab": sum(tor.rab for tor in tors),
            "selisih": sum((tor.biaya or 0) - tor.rab for tor in stated),
        }
    )
    for row, tor in enumerate(tors, start=layout.first):
        _line(grid, row, tor)
    first = layout.ref("selisih", layout.first)
    differs = f"=AND(ISNUMBER({first}),{first}<>0)"
    column = layout.column("selisih")
    rule = {"type": "formula", "criteria": differs, "format": context.styles.rule("wajib")}
    worksheet.conditional_format(layout.first, column, layout.last, column, rule)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _line(grid: Grid, row: int, tor: TorLine) -> None:
    grid.write(row, "unit", tor.unit)
    grid.write(row, "sub", sub_key(tor.kode_sub))
    grid.write(row, "nama_sub_baku", tor.nama_sub or None)
    for key, column in grid.layout.theirs.items():
        grid.put(row, column, shorten(tor.row.get(key), _LONGEST))
    _amounts(grid, row, tor)
    _price(grid, row, tor)
    grid.write(row, "dihitung", YES if tor.counted else NO)
    grid.write(row, "berkas", tor.file)
    grid.write(row, "lembar", tor.row.sheet)
    grid.end_row(row)


def _amounts(grid: Grid, row: int, tor: TorLine) -> None:
    ref = grid.layout.ref
    grid.write(row, "biaya", UNKNOWN if tor.biaya is None else tor.biaya)
    formula = _rab_formula(grid, row, tor)
    if formula:
        grid.formula(row, "rab", formula, tor.rab)
    else:
        grid.write(row, "rab", tor.rab)
    biaya = ref("biaya", row)
    difference = UNKNOWN if tor.biaya is None else tor.biaya - tor.rab
    formula = f'IF(ISNUMBER({biaya}),{biaya}-{ref("rab", row)},"{UNKNOWN}")'
    grid.formula(row, "selisih", formula, difference)


def _rab_formula(grid: Grid, row: int, tor: TorLine) -> str | None:
    """The sum over the RAB sheet that gives this amount: all lines handed in, or those counted; None for neither."""
    rab, sums, ref = grid.context.layouts["rab"], grid.context.sums, grid.layout.ref
    amount = sums.unit_sub[joined(tor.unit, code_keys(tor.kode_sub)[2])]
    key = "jumlah" if amount.all == tor.rab else "jumlah_dihitung" if amount.counted == tor.rab else ""
    criterion = f'{ref("unit", row)}&"|{SUB} "&{ref("sub", row)}'
    return f"SUMIFS({rab.span(key)},{rab.span('kunci_sub')},{criterion})" if key else None


def _price(grid: Grid, row: int, tor: TorLine) -> None:
    """Price of one unit of output in whole rupiah; live where it is the RAB divided by the TOR's target."""
    target = tor.row.get("output_target")
    if tor.harga_output is None:
        grid.write(row, "harga_output", UNKNOWN)
        return
    price = round_half_up(tor.harga_output, 0)
    computed = round_half_up(tor.rab / target, 0) if isinstance(target, Decimal) and target > 0 else None
    if price == computed and "output_target" in grid.layout.theirs:
        cell, rab = grid.layout.ref("output_target", row), grid.layout.ref("rab", row)
        grid.formula(row, "harga_output", f'IF(N({cell})>0,ROUND({rab}/{cell},0),"{UNKNOWN}")', price)
    else:
        grid.write(row, "harga_output", price)
