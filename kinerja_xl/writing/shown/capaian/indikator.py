"""Sheet ``Capaian Indikator``: the Pengukuran Kinerja form, every capaian a live formula over the cells of its row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian import YEAR_END, IndicatorResult, Year, excel
from kinerja_xl.reckoning.capaian.engine import BLANK, CANNOT, METHODS, GoalCells, Judge, judge
from kinerja_xl.reckoning.capaian.excel import shown_percent, shown_realised, shown_target
from kinerja_xl.reckoning.capaian.measure import TOWARDS, IkuTrend, TrendPoint, progress
from kinerja_xl.reckoning.capaian.rule import Rule, rounded, rule_of
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS
from kinerja_xl.words.text import fold
from kinerja_xl.writing.shown.capaian.frame import GROUPED, Context, Grid, Yardstick, close, in_two, layout_of, signed, start
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.table import UNKNOWN

YES, NO = "Ya", "Tidak"
_PLACES = 4
"""Decimals of a quotient; what is judged is exact."""


def layout(rows: int) -> Layout:
    return layout_of(sheets.CAPAIAN_INDIKATOR, rows, top=GROUPED)


def write_indikator(context: Context, yardstick: Yardstick) -> None:
    """One row per indicator of the plan, in the plan's order."""
    own = context.layouts["capaian_indikator"]
    worksheet = start(context, sheets.CAPAIAN_INDIKATOR)
    grid = Grid(context, worksheet, own)
    grid.groups()
    grid.head({})
    for number, result in enumerate(context.year.results, start=1):
        _Line(grid, own.heading + number, result, yardstick).write(number)
    grid.finish(filtered=True)
    signature, scale = own.last + 2, in_two(grid, "target", "capaian_4")
    close(grid, signed(context, worksheet, own, signature), grouped=True, signature=signature, scale=scale)


class _Line:
    """The cells of one indicator."""

    def __init__(self, grid: Grid, row: int, result: IndicatorResult, yardstick: Yardstick) -> None:
        year = grid.context.year
        quarters = result.realised.quarters if result.realised else BLANK
        self.grid, self.row, self.result, self.yardstick = grid, row, result, yardstick
        self.judge: Judge = judge(result.indicator, quarters, year.policies, grid.context.skala)
        self.quarters, self.until = quarters, year.triwulan

    def write(self, number: int) -> None:
        """Identity, quarters, the year, and what the unit wrote."""
        indicator, grid, row = self.result.indicator, self.grid, self.row
        identity = {"no": number, "unit": indicator.unit, "kode": indicator.kode, "sasaran": indicator.sasaran,
                    "nama": indicator.nama, "satuan": indicator.satuan, "target": indicator.target,
                    "level": indicator.level, "tingkat": indicator.tingkat, "tipe": indicator.tipe,
                    "arah": indicator.arah, "akumulasi": indicator.akumulasi, "batas_bawah": indicator.bawah,
                    "batas_atas": indicator.atas, "iku": YES if indicator.iku else NO}  # fmt: skip
        for key, value in identity.items():
            grid.write(row, key, value if value != "" else None)
        for n in QUARTERS:
            self._quarter(n)
        self._year()
        self._words()
        grid.end_row(row)

    def _quarter(self, n: int) -> None:
        grid, row, quarter = self.grid, self.row, self.quarters[n - 1]
        grid.write(row, f"target_{n}", self.result.indicator.quarters[n - 1])
        if n > self.until:
            return
        shown = quotient_shown(quarter, self.judge.rule)
        if shown is None:
            grid.write(row, f"realisasi_{n}", quarter_shown(quarter), *(() if quarter.lack is None else ("faded",)))
        else:
            formula = _quotient(self._ref(f"pembilang_{n}"), self._ref(f"penyebut_{n}"), self.judge.rule)
            grid.formula(row, f"realisasi_{n}", formula, shown)
        grid.write(row, f"pembilang_{n}", quarter.numerator)
        grid.write(row, f"penyebut_{n}", quarter.denominator)
        rule, cells = self.judge.rule, self._cells()
        realised, target = (self._ref(f"{what}_sd_{n}") for what in ("realisasi", "target"))
        grid.formula(row, f"realisasi_sd_{n}", excel.realised_until(rule, cells, n), shown_realised(self.judge, n))
        grid.formula(row, f"target_sd_{n}", excel.target_until(rule, cells, n), shown_target(self.judge, n))
        capaian = self.result.until[n - 1]
        formula = excel.capaian_until(rule, cells, realised, target)
        grid.formula(row, f"capaian_{n}", formula, shown_percent(capaian), *_layers(capaian.percent))

    def _year(self) -> None:
        grid, row, n = self.grid, self.row, self.until
        of_year, realised = self.result.of_year, self._ref(f"realisasi_sd_{self.until}")
        grid.formula(row, "realisasi", realised, shown_realised(self.judge, n))
        formula = excel.capaian_of_year(self.judge.rule, self._cells(), realised)
        grid.formula(row, "capaian", formula, shown_percent(of_year), *_layers(of_year.percent))
        judged, counted = self._ref("capaian" if n == YEAR_END else f"capaian_{n}"), self._ref("dihitung")
        grid.formula(row, "dihitung", self.yardstick.capped(judged), self.result.capped)
        grid.formula(row, "predikat", self.yardstick.predicate(counted), self.result.predicate or None)

    def _words(self) -> None:
        """Why there is no figure, then the unit's own words: newest quarter first where several have some."""
        realised, grid, row = self.result.realised, self.grid, self.row
        grid.write(row, "keterangan", remark(self.result) or None)
        for key, source in (("kendala", "penghambat"), ("tindak_lanjut", "tindak_lanjut")):
            grid.write(row, key, noted(self.result, source, self.until) or None)
        if realised is not None:
            place = realised.place
            for key, value in (("berkas", place.file), ("lembar", place.sheet), ("baris", place.row or None)):
                grid.write(row, key, value or None)

    def _ref(self, key: str) -> str:
        return self.grid.layout.ref(key, self.row)

    def _cells(self) -> excel.Cells:
        four = [tuple(self._ref(f"{what}_{n}") for n in QUARTERS) for what in ("target", "realisasi", "pembilang", "penyebut")]
        targets, realised, above, below = (_four(refs) for refs in four)
        pooled = self.judge.rule.pooled
        return excel.Cells(
            target=self._ref("target"), targets=targets, realised=realised,
            numerators=above if pooled else None, denominators=below if pooled else None,
            bawah=self._ref("batas_bawah"), atas=self._ref("batas_atas"), skala=self.yardstick.skala,
        )  # fmt: skip


def _four(refs: tuple[str, ...]) -> tuple[str, str, str, str]:
    first, second, third, fourth = refs
    return first, second, third, fourth


def _layers(percent: Decimal | None) -> tuple[str, ...]:
    return () if percent is not None else ("faded",)


def quotient_shown(quarter: Quarter, rule: Rule) -> Decimal | str | None:
    """What numerator and denominator of a quarter give, with four decimals; None where they do not say it."""
    if not rule.pooled or quarter.numerator is None or quarter.denominator is None:
        return None
    if quarter.denominator <= 0:
        return str(Lack.TIDAK_DAPAT)
    return rounded(rule.hundred * Fraction(quarter.numerator) / Fraction(quarter.denominator), _PLACES)


def _quotient(above: str, below: str, rule: Rule) -> str:
    ratio = f"IF({below}>0,ROUND(ROUND({rule.hundred}*{above}/{below},9),{_PLACES}),{CANNOT})"
    return f'IF(COUNT({above},{below})=2,{ratio},"{Lack.BELUM}")'


def quarter_shown(quarter: Quarter) -> object:
    """What the cell of a quarter shows: its figure, or the words of its non-value; blank where numerator and
    denominator say it."""
    if quarter.value is not None:
        return quarter.value
    if quarter.numerator is not None and quarter.denominator is not None:
        return None
    return str(quarter.lack or Lack.BELUM)


def remark(result: IndicatorResult) -> str:
    """What a reader has to know beside the figure: why there is none, or which quarters are missing."""
    of_year = result.of_year
    if of_year.lack is not None:
        return f"{of_year.lack}: {of_year.reason}" if of_year.reason else str(of_year.lack)
    if of_year.missing:
        return "Belum diisi: TW " + ", ".join(sheets.ROMAN[n - 1] for n in of_year.missing)
    return ""


def noted(result: IndicatorResult, key: str, until: int) -> str:
    """The unit's words under ``key`` in the quarters until then, each with its quarter when there are several."""
    notes = result.realised.notes if result.realised else {}
    found = [(n, words) for n in QUARTERS if n <= until and (words := notes.get(n, {}).get(key, "").strip())]
    if len(found) == 1:
        return found[0][1]
    return "\n".join(f"TW {sheets.ROMAN[n - 1]}: {words}" for n, words in found)


def capaian_cell(context: Context, number: int, key: str, result: IndicatorResult) -> tuple[str, object]:
    """Formula that shows a cell of the ``number``-th indicator (from 1) on another sheet, and the value it shows.

    By its number and not by its row: a sorted sheet keeps its rows' numbers.
    """
    own = context.layouts["capaian_indikator"]
    formula = f"INDEX({own.span(key)},MATCH({number},{own.span('no')},0))"
    shown = {"capaian": shown_percent(result.of_year), "dihitung": result.capped, "predikat": result.predicate or None}
    return formula, shown[key]


# ---- Sheet ``Cara Lain``: what the other methods in use would have given, one row per indicator and method ----

Line = tuple[int, IndicatorResult, str, Decimal | str]
"""Number and result of an indicator, name of the other method, its percent points or the reason why none."""


def write_cara_lain(context: Context, yardstick: Yardstick) -> None:
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


# ---- Sheet ``Capaian IKU``: the main indicators apart, and each over the years beside its medium-term target ----

_NOT_YET = "belum tiba"
_GAP = 3


def marked(year: Year) -> list[tuple[int, IndicatorResult]]:
    """The IKU with their number on the sheet Capaian Indikator."""
    return [(number, result) for number, result in enumerate(year.results, start=1) if result.indicator.iku]


def write_iku(context: Context) -> None:
    found = marked(context.year)
    own = layout_of(sheets.CAPAIAN_IKU, len(found))
    lines = [(trend, point) for trend in context.trends for point in trend.points]
    below = layout_of(sheets.CAPAIAN_IKU, len(lines), table=1, top=own.last + _GAP)
    worksheet = start(context, sheets.CAPAIAN_IKU)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, (number, result) in enumerate(found, start=own.first):
        _iku_line(grid, row, number, result)
    trend_grid = _trends(context, worksheet, below, lines)
    grid.make_room_for(trend_grid)
    grid.finish()
    trend_grid.finish(filtered=False, widths=False)
    signature = below.last + 2
    close(grid, signed(context, worksheet, below, signature), trend_grid, signature=signature)


def _iku_line(grid: Grid, row: int, number: int, result: IndicatorResult) -> None:
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
