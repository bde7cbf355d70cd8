"""Sheet ``Capaian Indikator``: the Pengukuran Kinerja form, every capaian a live formula over the cells of its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from kinerja_xl.reckoning.capaian import YEAR_END, Capaian, IndicatorResult, Year, excel
from kinerja_xl.reckoning.capaian.engine import BLANK, CANNOT, METHODS, GoalCells, Judge, Method
from kinerja_xl.reckoning.capaian.excel import shown_percent, shown_realised, shown_target
from kinerja_xl.reckoning.capaian.measure import progress, remark, way_of
from kinerja_xl.reckoning.capaian.rule import Rule, rounded
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS, both
from kinerja_xl.sheets.rekap import UNIT_NAME, UNKNOWN, known
from kinerja_xl.words.text import DASH, fold
from kinerja_xl.writing.shown.capaian.frame import GROUPED, Context, Grid, layout_of, write_flat, writes
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, put_row
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.paper import close_page

_OF_QUARTER = ("realisasi", "pembilang", "penyebut", "realisasi_sd", "target_sd", "capaian")
_NOTES = {"kendala": "penghambat", "tindak_lanjut": "tindak_lanjut"}
"""The column of what units write, by the key of their workbook's."""
_PLACE = ("berkas", "lembar", "baris")
_NOT_YET = "belum waktunya"
_PLACES = 4
"""Decimals of a quotient; what is judged is exact."""


def layout(rows: int) -> Layout:
    return layout_of(sheets.CAPAIAN_INDIKATOR, rows, top=GROUPED)


@writes(sheets.CAPAIAN_INDIKATOR)
def write_indikator(context: Context) -> None:
    """One row per indicator of the plan, in the plan's order."""
    own = context.layouts["capaian_indikator"]
    grid = begin(Grid, context, own)
    for result in context.year.results:
        grid.foresee(own.column("nama"), result.indicator.nama)
    grid.settle()
    formulas = lru_cache(maxsize=None)(partial(_formulas, grid))
    for row, result in enumerate(context.year.results, start=own.first):
        put_row(grid, row, result, _Line(grid, result, formulas(result.by.rule)).cells())
        grid.end_row(row)
    grid.finish(filtered=True)
    signature = own.last + 2
    bottom = signature_block(context, grid.worksheet, own, signature)
    close_page(grid, bottom, above=1, signature=signature)


class _Line:
    """The cells of one indicator that are reckoned."""

    def __init__(self, grid: Grid, result: IndicatorResult, formulas: Mapping[str, str]) -> None:
        self.grid, self.result, self.formulas = grid, result, formulas
        self.judge, self.quarters, self.until = result.by, quarters_of(result), grid.frame.year.triwulan

    def cells(self) -> dict[str, Cell]:
        """Quarters, the year, and what the unit wrote."""
        found = dict(_UNTOLD)
        for n in QUARTERS[: self.until]:
            found |= self._quarter(n)
        name = self.grid.frame.office.unit_name(self.result.indicator.unit)
        return found | self._year() | self._words() | {UNIT_NAME: Cell(name)}

    def _quarter(self, n: int) -> dict[str, Cell]:
        quarter = self.quarters[n - 1]
        shown, capaian = quotient_shown(self.judge, n), self.result.until[n - 1]
        if shown is None:
            realisasi = Cell(quarter_shown(self.judge, quarter, n), look=() if quarter.lack is None else ("faded",))
        else:
            realisasi = Cell(shown, self.formulas[f"realisasi_{n}"])
        return {
            f"realisasi_{n}": realisasi,
            f"pembilang_{n}": Cell(quarter.numerator),
            f"penyebut_{n}": Cell(quarter.denominator),
            f"realisasi_sd_{n}": Cell(shown_realised(self.judge, n), self.formulas[f"realisasi_sd_{n}"]),
            f"target_sd_{n}": Cell(shown_target(self.judge, n), self.formulas[f"target_sd_{n}"]),
            f"capaian_{n}": _percent(capaian, self.formulas[f"capaian_{n}"]),
        }

    def _year(self) -> dict[str, Cell]:
        return {
            "realisasi": Cell(shown_realised(self.judge, self.until), self.formulas["realisasi"]),
            "capaian": _percent(self.result.of_year, self.formulas["capaian"]),
            "dihitung": Cell(self.result.capped, self.formulas["dihitung"]),
            "predikat": Cell(self.result.predicate_told or None, self.formulas["predikat"]),
        }

    def _words(self) -> dict[str, Cell]:
        """Why there is no figure, then the unit's own words: newest quarter first where several have some."""
        realised, result = self.result.realised, self.result
        place = (realised.place.file, realised.place.sheet, realised.place.row) if realised else (None, None, None)
        told = {key: noted(result, source, self.until) for key, source in _NOTES.items()} | {"keterangan": remark(result)}
        return {key: Cell(value or None) for key, value in (*told.items(), *zip(_PLACE, place, strict=True))}


_UNTOLD = {f"{what}_{n}": Cell(None) for n in QUARTERS for what in _OF_QUARTER}


def _formulas(grid: Grid, rule: Rule) -> Mapping[str, str]:
    """The formulas of an indicator of this rule, by key of the column."""
    until, yardstick, ref = grid.frame.year.triwulan, grid.frame.yardstick, grid.layout.here
    targets, realised, above, below = (
        _four(tuple(ref[f"{what}_{n}"] for n in QUARTERS)) for what in ("target", "realisasi", "pembilang", "penyebut")
    )
    cells = excel.Cells(
        target=ref["target"], targets=targets, realised=realised,
        numerators=above if rule.pooled else None, denominators=below if rule.pooled else None,
        bawah=ref["batas_bawah"], atas=ref["batas_atas"], skala=yardstick.skala,
    )  # fmt: skip
    found = {}
    for n in QUARTERS[:until]:
        reached, wanted = ref[f"realisasi_sd_{n}"], ref[f"target_sd_{n}"]
        found[f"realisasi_{n}"] = _quotient(above[n - 1], below[n - 1], rule)
        found[f"realisasi_sd_{n}"] = excel.realised_until(rule, cells, n)
        found[f"target_sd_{n}"] = excel.target_until(rule, cells, n)
        found[f"capaian_{n}"] = excel.capaian_until(rule, cells, reached, wanted)
    blank = ",".join(f'{ref[f"realisasi_{n}"]}="{Lack.BELUM}"' for n in QUARTERS[:until])
    reached, judged = ref[f"realisasi_sd_{until}"], ref["capaian" if until == YEAR_END else f"capaian_{until}"]
    return found | {
        "realisasi": reached, "capaian": excel.capaian_of_year(rule, cells, reached), "dihitung": yardstick.capped(judged),
        "predikat": yardstick.predicate(ref["dihitung"], f"OR({blank})"),
    }  # fmt: skip


def _four(refs: tuple[str, ...]) -> tuple[str, str, str, str]:
    first, second, third, fourth = refs
    return first, second, third, fourth


def _percent(capaian: Capaian, formula: str) -> Cell:
    return Cell(shown_percent(capaian), formula, () if capaian.percent is not None else ("faded",))


def quotient_shown(own: Judge, n: int) -> Decimal | str | None:
    """What numerator and denominator of TW ``n`` give, with four decimals; None where they do not say it."""
    part = own.parts[n - 1]
    if part.pair is None:
        return None
    return str(Lack.TIDAK_DAPAT) if part.value is None else rounded(part.value, _PLACES)


def _quotient(above: str, below: str, rule: Rule) -> str:
    ratio = f"IF({below}>0,ROUND(ROUND({rule.hundred}*{above}/{below},9),{_PLACES}),{CANNOT})"
    return f'IF(COUNT({above},{below})=2,{ratio},"{Lack.BELUM}")'


def quarters_of(result: IndicatorResult) -> tuple[Quarter, ...]:
    return result.realised.quarters if result.realised else BLANK


def quarter_shown(own: Judge, quarter: Quarter, n: int) -> object:
    """What the cell of TW ``n`` shows: its figure, or the words of its non-value; blank where numerator and
    denominator say it, or where nothing was due and nothing was handed in."""
    if quarter.value is not None:
        return quarter.value
    if quarter.numerator is not None and quarter.denominator is not None:
        return None
    lack = quarter.lack or Lack.BELUM
    return None if lack is Lack.BELUM and not own.asked(n) else str(lack)


def noted(result: IndicatorResult, key: str, until: int) -> str:
    """The unit's words under ``key`` in the quarters until then, each with its quarter when there are several."""
    notes = result.realised.notes if result.realised else {}
    found = [(n, words) for n in QUARTERS if n <= until and (words := notes.get(n, {}).get(key, "").strip())]
    if len(found) == 1:
        return found[0][1]
    return "\n".join(f"TW {sheets.ROMAN[n - 1]}: {words}" for n, words in found)


def in_line(words: str) -> str:
    """What a unit wrote on several lines as one: a line that ends with a mark of its own gets no other, the line above a list a
    colon, and the dashes of the list are left out."""
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    found = ""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        listed, text = bool(DASH.match(below)), DASH.sub("", line, count=1) if DASH.match(line) else line
        if listed and text is line:
            text = f"{text.rstrip('.,;:')}:"
        elif below and text[-1] not in ".,;:!?":
            text = f"{text};"
        found += f"{text} "
    return found.rstrip()


def capaian_cell(context: Context, number: int, key: str, result: IndicatorResult) -> Cell:
    """A cell of the ``number``-th indicator (from 1) as another sheet shows it, live.

    By its number and not by its row: a sorted sheet keeps its rows' numbers.
    """
    return Cell(_ELSEWHERE[key](result), from_indicator(context, number, key))


_ELSEWHERE: Mapping[str, Callable[[IndicatorResult], object]] = {
    "capaian": lambda result: shown_percent(result.of_year),
    "dihitung": lambda result: result.capped,
    "predikat": lambda result: result.predicate_told or None,
    "realisasi": lambda result: realised_shown(result),
}
"""What other sheets show of an indicator, by key of the column."""


def not_yet(result: IndicatorResult, value: object, formula: str) -> Cell:
    """A figure of an IKU; one whose first target is still to come says so, as on the sheet Tren IKU."""
    if result.not_yet and value == Lack.TIDAK_BERLAKU:
        return Cell(_NOT_YET, f'IF({formula}="{Lack.TIDAK_BERLAKU}","{_NOT_YET}",{formula})')
    return Cell(value, formula)


def remark_of_iku(result: IndicatorResult) -> str:
    """What stands beside it: of one whose time has not come, why."""
    return result.of_year.reason if result.not_yet else remark(result)


def from_indicator(context: Context, number: int, key: str) -> str:
    """Formula of a cell of the ``number``-th indicator (from 1)."""
    own = context.layouts["capaian_indikator"]
    return f"INDEX({own.span(key)},MATCH({number},{own.span('no')},0))"


def realised_shown(result: IndicatorResult) -> object:
    """The realisasi of the year, or why there is none."""
    of_year = result.of_year
    return of_year.realised if of_year.realised is not None else str(of_year.lack)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """An indicator with its number on the sheet Capaian Indikator; one ``method`` of others, and the ``outcome`` that it
    gives: percent points, or why it gives none."""

    number: int
    result: IndicatorResult
    method: str = ""
    outcome: Decimal | str = ""

    @property
    def indicator(self) -> PlanIndicator:
        return self.result.indicator


# ---- Sheet ``Cara Lain``: what the other methods in use would have given, one row per indicator and method ----

@writes(sheets.CARA_LAIN)
def write_cara_lain(context: Context) -> None:
    cells: Cells = {
        "no": lambda at: at.of.number,
        "dipakai": lambda at: _used(at.of.result),
        "capaian": lambda at: capaian_cell(context, at.of.number, "capaian", at.of.result),
        "cara": lambda at: at.of.method,
        "hasil": lambda at: _outcome(at.of.outcome),
        "selisih": _gap,
        "predikat": lambda at: Cell(
            context.marks.predicate(at.of.outcome) if _comparable(at.of) else "", context.yardstick.predicate(at.ref("hasil"))
        ),
    }
    write_flat(context, sheets.CARA_LAIN, _others(context.year), cells)


def _others(year: Year) -> Iterator[Numbered]:
    for number, result in enumerate(year.results, start=1):
        for name, value in result.of_year.others.items():
            yield Numbered(number=number, result=result, method=name, outcome=value)


def _used(result: IndicatorResult) -> str | None:
    method = METHODS.get(result.of_year.method)
    return f"{method.nama}: {method.rumus}" if method else None


def _outcome(outcome: Decimal | str) -> Cell:
    return Cell(outcome) if isinstance(outcome, Decimal) else Cell(f"tidak dapat dihitung: {outcome}", look=("faded",))


def _comparable(one: Numbered) -> bool:
    return isinstance(one.outcome, Decimal) and isinstance(shown_percent(one.result.of_year), Decimal)


def _gap(at: At) -> Cell:
    own, here, there = shown_percent(at.of.result.of_year), at.ref("capaian"), at.ref("hasil")
    return Cell(at.of.outcome - own if _comparable(at.of) else UNKNOWN, both(here, there, f"ROUND({there}-{here},2)"))


# ---- Sheet ``Capaian IKU``: the main indicators apart, and each over the years beside its medium-term target ----


def marked(year: Year) -> list[Numbered]:
    """The IKU with their number on the sheet Capaian Indikator."""
    return [
        Numbered(number=number, result=result) for number, result in enumerate(year.results, start=1) if result.indicator.iku
    ]


@writes(sheets.CAPAIAN_IKU)
def write_iku(context: Context) -> None:
    found, before = marked(context.year), _last_year(context)
    cells: Cells = {
        **{key: partial(_of_year, key=key) for key in ("realisasi", "capaian", "predikat")},
        UNIT_NAME: lambda at: context.office.unit_name(at.of.indicator.unit),
        "lalu": lambda at: known(before.get(fold(at.of.indicator.nama))),
        "selisih_lalu": partial(_change, before=before),
        "keterangan": lambda at: remark_of_iku(at.of.result) or None,
    }
    write_flat(context, sheets.CAPAIAN_IKU, found, cells)


@writes(sheets.TREN_IKU)
def write_trends(context: Context) -> None:
    """Each IKU over the years."""
    named = {fold(one.indicator.nama): one.indicator for one in reversed(marked(context.year))}  # the first of one name
    cells: Cells = {**_TREND, "menuju": partial(_towards, named=named)}
    write_flat(context, sheets.TREN_IKU, [(trend, point) for trend in context.trends for point in trend.points], cells)


def _of_year(at: At, key: str) -> Cell:
    figure = capaian_cell(at.context, at.of.number, key, at.of.result)
    return not_yet(at.of.result, figure.value, figure.formula)


def _change(at: At, before: Mapping[str, Decimal | None]) -> Cell:
    """Against the year before."""
    last, now = before.get(fold(at.of.indicator.nama)), at.of.result.of_year.percent
    here, there = at.ref("capaian"), at.ref("lalu")
    change = None if last is None or now is None else now - last
    return Cell(known(change), both(here, there, f"ROUND({here}-{there},2)"))


def _last_year(context: Context) -> dict[str, Decimal | None]:
    """What each IKU reached in the year before, by its name; the first of one name."""
    points = [(t.nama, p.percent) for t in context.trends for p in t.points if p.tahun == context.year.plan.tahun - 1]
    return {fold(name): percent for name, percent in reversed(points)}


def _ahead(at: At) -> bool:
    """Whether the point is of a year that is still to come: its row is faded."""
    return bool(at.of[1].tahun > at.context.year.plan.tahun)


def _trend(at: At, value: object) -> Cell:
    return Cell(None if value == "" else value, look=("faded",) if _ahead(at) and value is not None else ())


def _of_trend(at: At, key: str) -> Cell:
    return _trend(at, getattr(at.of[0], key) or None)


def _towards(at: At, named: Mapping[str, PlanIndicator]) -> object:
    """Realisasi against the last target of the Renstra, by the same method as within the year."""
    (trend, point), year = at.of, at.context.year
    if _ahead(at):
        return None
    until = year.triwulan if point.tahun == year.plan.tahun else YEAR_END
    method = way_of(named[fold(trend.nama)], year.policies, until)
    return towards(method, point.realised, trend.final, at.ref("realisasi"), at.ref("akhir"))


def towards(method: Method | None, realised: object, final: object, here: str, there: str) -> Cell:
    """Realisasi against the last target of the Renstra, by the same method as within the year; a dash without one."""
    if method is None or not isinstance(final, Decimal):
        return Cell(UNKNOWN)
    value = progress(method, realised, final)
    shown = value if value is not None else str(Lack.TIDAK_DAPAT) if isinstance(realised, Decimal) else UNKNOWN
    return Cell(shown, f'IF(ISNUMBER({here}),{method.excel(GoalCells(realised=here, target=there))},"{UNKNOWN}")')


_TREND: Cells = {
    "no": lambda at: _trend(at, at.number),
    **{key: partial(_of_trend, key=key) for key in ("unit", "sasaran", "nama", "satuan")},
    UNIT_NAME: lambda at: _trend(at, at.context.office.unit_name(at.of[0].unit) or None),
    "tahun": lambda at: _trend(at, str(at.of[1].tahun)),
    "target": lambda at: _trend(at, known(at.of[1].target)),
    "realisasi": lambda at: _trend(at, _NOT_YET if _ahead(at) else known(at.of[1].realised)),
    "capaian": lambda at: _trend(at, None if _ahead(at) else known(at.of[1].percent)),
    "akhir": lambda at: _trend(at, at.of[0].final),
    "keterangan": Cell(None),
}
