"""Sheet ``Realisasi Anggaran``: money at every level, each level above the sub kegiatan a live sum of those below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import accumulate, groupby

from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.capaian import YEAR_END, MoneyLine, UnitCost, Year
from kinerja_xl.reckoning.capaian.rule import percent_of
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import LEVELS, QUARTERS, both, of_level, share
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known
from kinerja_xl.writing.shown.capaian.frame import Context, Grid, layout_of, write_flat, writes
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, fill
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.paper import close_page

SUB = LEVELS["subkegiatan"]
TREE = ("kantor", "program", "kegiatan", "subkegiatan")


def tree(year: Year) -> list[MoneyLine]:
    """The office, then each program over its kegiatan and their sub kegiatan, by code."""
    own = [line for line in year.money if line.level in TREE]
    return sorted(own, key=lambda line: (line.level != "kantor", line.kode, TREE.index(line.level), line.unit))


def layout(year: Year) -> Layout:
    return layout_of(sheets.REALISASI_ANGGARAN, len(tree(year)))


@writes(sheets.REALISASI_ANGGARAN)
def write_anggaran(context: Context) -> None:
    own, lines = context.layouts["realisasi_anggaran"], tree(context.year)
    grid = begin(Grid, context, own, folds=True)
    below = _below(lines)
    tree_cells = {**_money_cells(below), **_against_plan(below)}
    fill(grid, lines, tree_cells, level=lambda line: max(TREE.index(line.level) - 1, 0), look=of_level)
    signature = own.last + 2
    grid.finish(filtered=False)  # a tree that somebody sorts is none any more, and its sums would add other rows
    heads = {row for row, line in enumerate(lines, start=own.first) if line.level in TREE[:-1]}
    close_page(grid, signature_block(context, grid.worksheet, own, signature), heads=heads, signature=signature)


@writes(sheets.ANGGARAN_KELOMPOK)
def write_groups(context: Context) -> None:
    """The same money by unit and by jenis belanja."""
    groups = [line for line in context.year.money if line.level in {"unit", "jenis"}]
    write_flat(context, sheets.ANGGARAN_KELOMPOK, groups, _money_cells(_below(tree(context.year))))


Below = Callable[[MoneyLine], Sequence[tuple[int, MoneyLine]]]
"""Of a line the sub kegiatan that it adds up, each with its number in the tree."""


def _below(lines: Sequence[MoneyLine]) -> Below:
    """Of the office all, of a unit its own, of a program or kegiatan those whose code goes on from its own."""
    subs = [one for one in enumerate(lines) if one[1].level == "subkegiatan"]
    by_unit = grouped((one[1].unit, one) for one in subs)
    by_code = grouped((code, one) for one in subs for code in accumulate(one[1].kode.split(".")[:-1], "{}.{}".format))
    return lambda line: subs if line.level == "kantor" else (by_unit if line.level == "unit" else by_code).get(line.kode, ())


def _money_cells(below: Below) -> Cells:
    """What a line of money sums up of the sub kegiatan below it."""

    def quarter(at: At, n: int) -> Cell:
        line: MoneyLine = at.of
        if n > len(line.quarters):
            return Cell(None, look=())
        return _sum(at, f"rp_{n}", lambda x: x.quarters[n - 1], below, absent=line.unfilled_in(n))

    return {
        "pagu": lambda at: _sum(at, "pagu", lambda x: x.pagu, below),
        **{f"rp_{n}": partial(quarter, n=n) for n in QUARTERS},
        "realisasi": _spent,
        UNKNOWN_ROWS: lambda at: _sum(at, UNKNOWN_ROWS, lambda x: x.unreported, below),
    }


def _against_plan(below: Below) -> Cells:
    """The cash plan until now, and what is spent in percent of it."""
    return {
        "kas": lambda at: _sum(at, "kas", lambda x: x.planned, below, absent=UNKNOWN),
        "terhadap_kas": _share_of_plan,
    }


def _sum(at: At, key: str, of: Callable[[MoneyLine], int | None], below: Below, absent: str = "") -> Cell:
    """A figure; above the sub kegiatan the formula that adds them up, where it gives just that figure."""
    line: MoneyLine = at.of
    value = of(line)
    if value is None:
        return Cell(absent or line.unfilled)
    if line.level in {"subkegiatan", "jenis"} or sum(of(x) or 0 for _, x in below(line)) != value:
        return Cell(value)
    return Cell(value, _adding(at, key, below))


def _adding(at: At, key: str, below: Below) -> str:
    """The sub kegiatan below a line added up: of a unit by its code; within the tree by their rows, because a range of the
    whole column would hold the sum itself, which Excel calls a circle."""
    top = at.context.layouts["realisasi_anggaran"]
    if at.of.level == "unit":
        amounts, levels, units = (top.span(k) for k in (key, "tingkat", "unit"))
        return f'SUMIFS({amounts},{levels},"{SUB}",{units},{at.ref("kode")})'
    rows = [top.first + number for number, _ in below(at.of)]
    runs = [[row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda one: one[1] - one[0])]
    return f"SUM({','.join(f'{top.ref(key, run[0])}:{top.ref(key, run[-1])}' for run in runs)})"


def _spent(at: At) -> Cell:
    line: MoneyLine = at.of
    first, last = at.ref("rp_1"), at.ref(f"rp_{len(line.quarters)}")
    total = f'IF(COUNT({first}:{last})>0,SUM({first}:{last}),"{line.unfilled}")'
    return Cell(spent_shown(line), total)


def _share_of_plan(at: At) -> Cell:
    line: MoneyLine = at.of
    value = percent_of(Fraction(100 * line.spent, line.planned)) if line.planned and line.spent is not None else UNKNOWN
    return Cell(value, share(at.ref("realisasi"), at.ref("kas")))


def spent_shown(line: MoneyLine) -> object:
    """What was spent, or what stands where nothing is filled in."""
    return line.unfilled if line.spent is None else line.spent


# ---- Sheet ``Efisiensi``: capaian against serapan, and what a unit of output cost ----

_SHOWN = ("kantor", "unit", "subkegiatan")
_LOOKS: dict[str, tuple[str, ...]] = {"kantor": ("total",), "unit": ("kegiatan",)}


@writes(sheets.EFISIENSI)
def write_efisiensi(context: Context) -> None:
    lines = [line for kind in _SHOWN for line in context.year.money if line.level == kind]
    grid = begin(Grid, context, layout_of(sheets.EFISIENSI, len(lines)))
    cells: Cells = {
        "pagu": lambda at: Cell(at.of.pagu, money_cell(context, at.of, at.ref("kode"), at.ref("unit"), "pagu")),
        "realisasi": lambda at: Cell(
            spent_shown(at.of), money_cell(context, at.of, at.ref("kode"), at.ref("unit"), "realisasi")
        ),
        "capaian": lambda at: reached_cell(at, at.of),
        "efisiensi": _judged,
    }
    fill(grid, lines, cells, look=lambda line: _LOOKS.get(line.level, ()))
    grid.finish()
    close_page(grid)


@writes(sheets.BIAYA_OUTPUT)
def write_costs(context: Context) -> None:
    """What a unit of output was planned to cost, and what it cost."""
    write_flat(context, sheets.BIAYA_OUTPUT, context.year.costs, {"banding": _against_cost})


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
    return f'IF({found}<>0,{found},"{line.unfilled}")'


def reached_cell(at: At, line: MoneyLine) -> Cell:
    """Mean of the capped capaian of the year; a formula once the year is over, before that the figure alone."""
    value = known(line.capaian)
    if at.context.year.triwulan < YEAR_END:
        return Cell(value)
    counted, units, codes = (at.span("capaian_indikator", key) for key in ("dihitung", "unit", "kode"))
    if line.level == "kantor":
        mean = f"AVERAGE({counted})"
    else:
        rule = f"{counted},{units},{at.ref('unit')}"
        mean = f"AVERAGEIFS({rule},{codes},{at.ref('kode')})" if line.level == "subkegiatan" else f"AVERAGEIFS({rule})"
    return Cell(value, rounded_mean(mean))


def rounded_mean(formula: str) -> str:
    """Formula of a mean with two decimals; a dash where there is none."""
    return f'IFERROR(ROUND(ROUND({formula},9),2),"{UNKNOWN}")'


def gap_formula(at: At) -> str:
    """Formula of capaian less serapan."""
    reached, serapan = at.ref("capaian"), at.ref("serapan")
    return both(reached, serapan, f"ROUND({reached}-{serapan},2)")


def _judged(at: At) -> Cell:
    """The default rule as a formula; the national one (sums over sub kegiatan) as the figure that we computed, and so before
    the end of the year, where the cash plan of the same triwulan stands on another sheet."""
    figure = at.context.marks.national or at.context.year.triwulan < YEAR_END
    return Cell(known(at.of.efisiensi), "" if figure else gap_formula(at))


def _against_cost(at: At) -> Cell:
    """What a unit of output cost in percent of what was planned."""
    cost: UnitCost = at.of
    against: object = UNKNOWN
    if cost.plan is not None and cost.realised is not None and cost.plan > 0:
        against = percent_of(100 * Fraction(cost.realised) / Fraction(cost.plan))
    return Cell(against, share(at.ref("realisasi"), at.ref("rencana")))
