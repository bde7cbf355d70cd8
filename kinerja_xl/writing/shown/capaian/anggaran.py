"""Sheet ``Realisasi Anggaran``: money at every level, each level above the sub kegiatan a live sum of those below it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian import YEAR_END, MoneyLine, UnitCost, Year
from kinerja_xl.reckoning.capaian.rule import percent_of
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS
from kinerja_xl.writing.shown.capaian.frame import Context, Grid, close, layout_of, signed, start
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.table import UNKNOWN

LEVELS = {
    "kantor": "Kantor", "program": "Program", "kegiatan": "Kegiatan", "subkegiatan": "Sub kegiatan",
    "unit": "Unit", "jenis": "Jenis belanja",
}  # fmt: skip
SUB = LEVELS["subkegiatan"]
TREE = ("kantor", "program", "kegiatan", "subkegiatan")
_LAYERS: dict[str, tuple[str, ...]] = {"kantor": ("total",), "program": ("program",), "kegiatan": ("kegiatan",)}
NOT_FILLED = "belum diisi"
_GAP = 3


def unfilled(line: MoneyLine) -> str:
    """What stands where money is not filled in: a dash where none is asked for."""
    return NOT_FILLED if line.asked else UNKNOWN


def tree(year: Year) -> list[MoneyLine]:
    """The office, then each program over its kegiatan and their sub kegiatan, by code."""
    own = [line for line in year.money if line.level in TREE]
    return sorted(own, key=lambda line: (line.level != "kantor", line.kode, TREE.index(line.level), line.unit))


def layout(year: Year) -> Layout:
    return layout_of(sheets.REALISASI_ANGGARAN, len(tree(year)))


def write_anggaran(context: Context) -> None:
    own = context.layouts["realisasi_anggaran"]
    worksheet = start(context, sheets.REALISASI_ANGGARAN)
    worksheet.outline_settings(symbols_below=False)
    grid = Grid(context, worksheet, own)
    grid.head({})
    lines = tree(context.year)
    for row, line in enumerate(lines, start=own.first):
        _Money(grid, row, line, lines).write()
        grid.end_row(row, level=max(TREE.index(line.level) - 1, 0))
    groups = [line for line in context.year.money if line.level in {"unit", "jenis"}]
    below = layout_of(sheets.REALISASI_ANGGARAN, len(groups), table=1, top=own.last + _GAP)
    worksheet.write_string(below.top - 1, 0, below.around.title, context.styles.subtitle)
    second = Grid(context, worksheet, below)
    second.head({})
    for row, line in enumerate(groups, start=below.first):
        _Money(second, row, line, lines).write()
        second.end_row(row)
    grid.make_room_for(second)
    grid.finish()
    second.finish(filtered=False, widths=False)
    signature = below.last + 2
    close(grid, signed(context, worksheet, own, signature), second, signature=signature)


class _Money:
    """The cells of one line."""

    def __init__(self, grid: Grid, row: int, line: MoneyLine, lines: Sequence[MoneyLine]) -> None:
        self.grid, self.row, self.line = grid, row, line
        self.layers = _LAYERS.get(line.level, ())
        self.below = [x for x in lines if x.level == "subkegiatan" and _above(line, x)]

    def write(self) -> None:
        grid, row, line = self.grid, self.row, self.line
        name = line.nama if line.nama != line.kode else "(tidak ada di daftar program kantor)"
        for key, text in (("kode", line.kode), ("tingkat", LEVELS[line.level]), ("nama", name), ("unit", line.unit)):
            grid.write(row, key, text or None, *self.layers)
        self._sum("pagu", line.pagu, [x.pagu for x in self.below])
        for n in QUARTERS[: len(line.quarters)]:
            self._sum(f"rp_{n}", line.quarters[n - 1], [x.quarters[n - 1] for x in self.below])
        self._reckoned()
        if "kas" in grid.layout.own:
            self._sum("kas", line.planned, [x.planned for x in self.below], absent=UNKNOWN)
            self._against_plan()
            grid.write(row, "fisik", line.physical if line.physical is not None else UNKNOWN, *self.layers)
            grid.write(row, "keterangan", line.reason or None, *self.layers)

    def _sum(self, key: str, value: int | None, parts: Sequence[int | None], absent: str = "") -> None:
        """A figure; above the sub kegiatan the formula that adds them up, where it gives just that figure."""
        grid, line = self.grid, self.line
        if value is None:
            grid.write(self.row, key, absent or unfilled(line), *self.layers)
        elif line.level in {"subkegiatan", "jenis"} or sum(part or 0 for part in parts) != value:
            grid.write(self.row, key, value, *self.layers)
        else:
            grid.formula(self.row, key, self._adding(key), value, *self.layers)

    def _adding(self, key: str) -> str:
        top = self.grid.context.layouts["realisasi_anggaran"]
        amounts, levels = (self._span(top, k) for k in (key, "tingkat"))
        rule = f'{amounts},{levels},"{SUB}"'
        if self.line.level == "unit":
            return f"SUMIFS({rule},{self._span(top, 'unit')},{self._ref('kode')})"
        if self.line.level == "kantor":
            return f"SUMIFS({rule})"
        return f'SUMIFS({rule},{self._span(top, "kode")},{self._ref("kode")}&".*")'

    @staticmethod
    def _span(layout: Layout, key: str) -> str:
        return layout.range(layout.column(key))

    def _reckoned(self) -> None:
        line, grid, row = self.line, self.grid, self.row
        first, last = self._ref("rp_1"), self._ref(f"rp_{len(line.quarters)}")
        total = f'IF(COUNT({first}:{last})>0,SUM({first}:{last}),"{unfilled(line)}")'
        grid.formula(row, "realisasi", total, unfilled(line) if line.spent is None else line.spent, *self.layers)
        pagu, spent = self._ref("pagu"), self._ref("realisasi")
        left = UNKNOWN if line.spent is None else line.pagu - line.spent
        grid.formula(row, "sisa", f'IF(ISNUMBER({spent}),{pagu}-{spent},"{UNKNOWN}")', left, *self.layers)
        serapan = UNKNOWN if line.serapan is None else line.serapan
        grid.formula(row, "serapan", share(spent, pagu), serapan, *self.layers)

    def _against_plan(self) -> None:
        line = self.line
        planned, spent = self._ref("kas"), self._ref("realisasi")
        value: object = UNKNOWN
        if line.planned and line.spent is not None:
            value = percent_of(Fraction(100 * line.spent, line.planned))
        self.grid.formula(self.row, "terhadap_kas", share(spent, planned), value, *self.layers)

    def _ref(self, key: str) -> str:
        return self.grid.layout.ref(key, self.row)


def _above(line: MoneyLine, sub: MoneyLine) -> bool:
    if line.level == "kantor":
        return True
    return sub.unit == line.kode if line.level == "unit" else sub.kode.startswith(f"{line.kode}.")


def share(part: str, whole: str) -> str:
    """Formula of a percentage with two decimals; a dash where the whole is no positive number or the part none."""
    return f'IF(AND(ISNUMBER({part}),N({whole})>0),ROUND(ROUND(100*{part}/{whole},9),2),"{UNKNOWN}")'


# ---- Sheet ``Efisiensi``: capaian against serapan, and what a unit of output cost ----

_EFISIENSI_GAP = 3
_SHOWN = ("kantor", "unit", "subkegiatan")
_EFISIENSI_LAYERS: dict[str, tuple[str, ...]] = {"kantor": ("total",), "unit": ("kegiatan",)}


def write_efisiensi(context: Context) -> None:
    lines = [line for kind in _SHOWN for line in context.year.money if line.level == kind]
    own = layout_of(sheets.EFISIENSI, len(lines))
    worksheet = start(context, sheets.EFISIENSI)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, line in enumerate(lines, start=own.first):
        _line(grid, row, line)
        grid.end_row(row)
    below = _costs(context, worksheet, own.last + _EFISIENSI_GAP)
    grid.make_room_for(below)
    grid.finish()
    close(grid, below.layout.last, below)


def _line(grid: Grid, row: int, line: MoneyLine) -> None:
    layers, ref = _EFISIENSI_LAYERS.get(line.level, ()), grid.layout.ref
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
