"""Sheet ``Ringkasan``: the page of the measured year that the Camat reads and signs. One sentence, the IKU one by one, what is
asked of him, the units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.capaian import YEAR_END, MoneyLine, Year
from kinerja_xl.reckoning.capaian.measure import way_of
from kinerja_xl.reckoning.capaian.rule import rule_of
from kinerja_xl.reckoning.capaian.warning import Ask, Matter, asked
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import LEVELS, share
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, RecapSheet, known
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.words.text import fold
from kinerja_xl.writing.metrics import height
from kinerja_xl.writing.shown.capaian.anggaran import SUB, gap_formula, money_cell, rounded_mean, spent_shown
from kinerja_xl.writing.shown.capaian.frame import Context, Grid, judged_key, layout_of, waiting, writes
from kinerja_xl.writing.shown.capaian.indikator import (
    Numbered,
    from_indicator,
    marked,
    not_yet,
    realised_shown,
    remark_of_iku,
    towards,
)
from kinerja_xl.writing.shown.capaian.per_unit import OfUnit, capital, reached_of, units_of
from kinerja_xl.writing.shown.flat import At, Cell, Cells, fill
from kinerja_xl.writing.shown.front import DOTTED, FIRST_CAPTION, HEAD_POINTS, Decision, Front, Live, Places, Value
from kinerja_xl.writing.shown.page import letterhead, open_sheet
from kinerja_xl.writing.shown.table import TableGrid, text_literal
from kinerja_xl.writing.styles import BAR_FILL, COUNT_FORMAT

_MOST = 12
"""Matters and IKU that stand on the page; the others are counted and stand on their sheets."""
_NAMED = 3
TOTAL = "Kantor"
_MORE_IKU = "dan {} IKU lain di lembar Capaian IKU"
NOTHING = "Tidak ada: semua unit melapor, setiap capaian dapat dihitung, dan tidak ada yang melebihi pagu."
NO_IKU = "Belum ada indikator yang ditandai IKU."
_PLACES = Places(
    matter=("nama", "predikat"), amount="pagu", unknown="pagu", choices=("realisasi", "menonjol"), paraf="sisa",
)  # fmt: skip
_SPANS: Mapping[str, tuple[str, str]] = {"serapan": ("serapan", "efisiensi"), "menonjol": ("menonjol", "sisa")}
"""Columns of the table of IKU that take two of the table of units."""
_FIGURES = ("tercapai", "belum", "tidak", "capaian", "pagu")
"""Those in the unit of the indicator: whole as they are, others with two decimals."""

_OVER = ("periksa SPJ", "jelaskan dalam LKjIP")
"""Of a pagu that was exceeded in a year that is over: nothing can be shifted any more."""
_MENDED = (f"dibetulkan sampai {DOTTED}", "diterima dengan catatan")
_WORDS: Mapping[Ask, tuple[str, tuple[str, ...]]] = {
    Ask.PAGU: ("MELEBIHI PAGU: {nama} ({unit}){rincian}", ("periksa SPJ", "geser anggaran")),
    Ask.LAPORAN: ("Realisasi TW {tw} belum disampaikan: {unit}", (f"ditunggu sampai {DOTTED}", "dinilai tanpa triwulan itu")),
    Ask.UANG: ("Realisasi uang {nama} belum dilaporkan ({unit})", (f"ditunggu sampai {DOTTED}", "diterima dengan catatan")),
    Ask.CATATAN: ("{nama} ({unit}); rincian di lembar Catatan", _MENDED),
    Ask.TANPA_CAPAIAN: ("Capaian tidak dapat dihitung: {nama} ({unit})", _MENDED),
    Ask.IKU: ("IKU tertinggal: {nama} ({unit})", ("tindak lanjut unit disetujui", "dibahas dalam rapat")),
    Ask.TAGIHAN: ("Pembayaran tertinggal dari pekerjaan: {nama} ({unit})", ("periksa tagihan dan SPJ", "diterima")),
}


@writes(sheets.RINGKASAN)
def write_ringkasan(context: Context) -> None:
    year, found, matters = context.year, marked(context.year), asked(context.year)
    units = units_of(year)
    shown = found if len(found) <= _MOST else found[: _MOST - 1]
    rows = max(len(shown), 1) + (len(shown) < len(found))
    second = FIRST_CAPTION + 2 + rows + 1
    own = layout_of(_named_gap(year), len(units), top=second + 2 + max(len(matters[:_MOST]), 1) + 2)
    worksheet = open_sheet(context, sheets.RINGKASAN)
    grid = Grid(context, worksheet, own)
    front = Front(grid, context, rows + len(units) + len(matters[:_MOST]))
    letterhead(context, worksheet, front.right, f"{sheets.RINGKASAN.title} TAHUN {year.plan.tahun}", _below(context))
    front.sentence(_sentence(grid, found, len(matters)))
    _iku(front, FIRST_CAPTION, shown, len(found) - len(shown))
    decisions = [_decision(context, matter) for matter in matters[:_MOST]]
    front.decisions(second, sheets.RINGKASAN.part("putusan"), decisions, _PLACES, NOTHING)
    front.caption(own.top - 1, own.around.title)
    grid.head({})
    fill(grid, units, _CELLS)
    _total_row(grid, own.last + 1, units)
    bottom = _foot(front, own.last + 3, len(matters) - len(decisions))
    for key in ("capaian", "serapan"):
        _bars(grid, own.first, own.last, key)
    grid.finish(filtered=False)
    front.end_page(bottom, own.last + 3)


def _named_gap(year: Year) -> RecapSheet:
    """The sheet, with what capaian is held against in the heading: until TW III the cash plan of the same quarters."""
    if year.triwulan == YEAR_END:
        return sheets.RINGKASAN
    table = sheets.RINGKASAN.table
    columns = (replace(c, label=sheets.AGAINST_CASH) if c.key == "efisiensi" else c for c in table.before)
    return replace(sheets.RINGKASAN, tables=(replace(table, before=tuple(columns)), *sheets.RINGKASAN.tables[1:]))


def _below(context: Context) -> str:
    year = context.year
    until, plan = f"Sampai dengan triwulan {ROMAN[year.triwulan - 1]}", f"target dan anggaran menurut {year.plan.dated}"
    return "; ".join(part for part in (until, plan, context.keadaan) if part)


# ---- The sentence ----

def _sentence(grid: Grid, found: Sequence[Numbered], matters: int) -> Live:
    year, own = grid.frame.year, grid.layout
    source = grid.frame.layouts["capaian_indikator"]
    cell = {key: own.ref(key, own.last + 1) for key in own.own}
    office, whole, money = year.averages["kantor"][0], _whole(year), grid.frame.layouts["realisasi_anggaran"]
    said = _of_iku(grid, found) if found else Live().text(f"{NO_IKU} ")
    if office.percent is not None:
        said.text("Rata-rata ").count(cell["indikator"], office.counted).text(" dari ")
        said.count(f"ROWS({source.span('dihitung')})", max(len(year.results), 1)).text(" indikator ")
        said.percent(cell["capaian"], office.percent).text(" (").add(cell["predikat"], office.predicate_told).text("). ")
    else:
        said.text("Belum ada indikator yang dapat dinilai. ")
    if whole.serapan is not None:
        unknown = f'INDEX({money.span(UNKNOWN_ROWS)},MATCH("{LEVELS["kantor"]}",{money.span("tingkat")},0))'
        said.text("Serapan ").when(f"{unknown}>0", whole.unreported > 0, Live().text("sedikitnya "))
        said.percent(cell["serapan"], whole.serapan)
        late = Live().text("; ").count(unknown, whole.unreported).text(" rekening belum dilaporkan")
        said.when(f"{unknown}>0", whole.unreported > 0, late).text(". ")
    over = sum(1 for line in year.money if line.level == "subkegiatan" and (line.spent or 0) > line.pagu)
    spans = {key: money.span(key) for key in ("tingkat", "realisasi", "pagu")}
    test = f'SUMPRODUCT(({spans["tingkat"]}="{SUB}")*ISNUMBER({spans["realisasi"]})*({spans["realisasi"]}>{spans["pagu"]}))'
    said.when(f"{test}>0", over > 0, Live().count(test, over).text(" sub kegiatan MELEBIHI PAGU. "))
    return said.asked(matters)


def _of_iku(grid: Grid, found: Sequence[Numbered]) -> Live:
    source, year = grid.frame.layouts["capaian_indikator"], grid.frame.year
    marks = source.span("iku")
    reached = f'COUNTIFS({marks},"Ya",{source.span(judged_key(year))},">=100")'
    said = Live().count(reached, reached_of([one.result for one in found])).text(" dari ")
    said.count(f'COUNTIF({marks},"Ya")', len(found)).text(f" IKU tercapai{_until(year)}")
    open_ones, unjudged = f'SUMPRODUCT(({marks}="Ya")*(1-ISNUMBER({source.span(judged_key(year))})))', _unjudged(found)
    said.when(f"{open_ones}>0", unjudged > 0, Live().text(", ").count(open_ones, unjudged).text(" tidak dinilai"))
    mean = year.averages["iku"][0].percent
    if mean is not None:
        formula = rounded_mean(f'AVERAGEIFS({source.span("dihitung")},{marks},"Ya")')
        said.text(" (rata-rata ").percent(formula, mean).text(")")
    return said.text(". ")


def _unjudged(found: Sequence[Numbered]) -> int:
    return sum(1 for one in found if one.result.judged.percent is None)


def _until(year: Year) -> str:
    return "" if year.triwulan == YEAR_END else f" s.d. TW {ROMAN[year.triwulan - 1]}"


def _whole(year: Year) -> MoneyLine:
    return next(line for line in year.money if line.level == "kantor")


# ---- The IKU one by one: the years before, this year, how far to the end of the Renstra ----

def _iku(front: Front, row: int, found: Sequence[Numbered], more: int) -> None:
    around, year = sheets.RINGKASAN.part("iku"), front.context.year
    tahun = year.plan.tahun
    places = {c.key: front.columns(*_SPANS.get(c.key, (c.key,))) for c in around.before}
    front.caption(row, around.title)
    years = {"dua": tahun - 2, "satu": tahun - 1, "kini": tahun}
    labels = [(places[c.key], c.label.format(**years) + (_until(year) if c.key == "predikat" else "")) for c in around.before]
    front.heads(row + 1, labels)
    first = row + 2
    for at, one in enumerate(found, start=first):
        texts = {"nama": one.indicator.nama, "menonjol": _remark(one)}
        lines = max(front.lines(words, places[key]) for key, words in {**texts, "indikator": one.indicator.satuan}.items())
        front.set_height(at, max(height(lines), HEAD_POINTS - 2))
        for key, cell in {**_iku_cells(front, at, one), **{k: Cell(v) for k, v in texts.items()}}.items():
            value: Value | None = cell.value  # type: ignore[assignment]
            whole = isinstance(value, Decimal) and value == value.to_integral_value()
            number = {"num_format": COUNT_FORMAT if whole else sheets.POIN.num_format} if key in _FIGURES else {}
            front.put(at, places[key], front.styles.of(around.own(key).kind, valign="vcenter", **number), value, cell.formula)
    if not found or more:
        at = first + len(found)
        front.set_height(at, HEAD_POINTS - 2)
        front.put(at, (0, front.right), front.styles.look("text", valign="vcenter"), _MORE_IKU.format(more) if more else NO_IKU)
    _bars(front.grid, first, first + max(len(found), 1) - 1, "realisasi")


def _remark(one: Numbered) -> str:
    falling = "makin kecil makin baik" if fold(one.indicator.arah) == "turun" else ""
    return "; ".join(part for part in (falling, remark_of_iku(one.result)) if part)


def _iku_cells(front: Front, row: int, one: Numbered) -> dict[str, Cell]:
    context: Context = front.context
    year, result, own = context.year, one.result, front.own
    trend = next((t for t in context.trends if fold(t.nama) == fold(one.indicator.nama)), None)
    before = {point.tahun: point.realised for point in trend.points} if trend else {}
    tahun, judged = year.plan.tahun, result.judged
    shown = judged.percent if judged.percent is not None else str(judged.lack)
    return {
        "indikator": Cell(one.indicator.satuan),
        "tercapai": Cell(known(before.get(tahun - 2))), "belum": Cell(known(before.get(tahun - 1))),
        "tidak": Cell(known(result.of_year.target if rule_of(one.indicator, year.policies).rentang else one.indicator.target)),
        "capaian": not_yet(result, realised_shown(result), from_indicator(context, one.number, "realisasi")),
        "predikat": not_yet(result, shown, from_indicator(context, one.number, judged_key(year))),
        "pagu": Cell(known(trend.final if trend else None)),
        "realisasi": towards(
            way_of(one.indicator, year.policies, year.triwulan), result.of_year.realised, trend and trend.final,
            own.ref("capaian", row), own.ref("pagu", row),
        ),
        "serapan": Cell(result.predicate_told or UNKNOWN, f'IF(ISNUMBER({own.ref("predikat", row)}),'
                        f'{from_indicator(context, one.number, "predikat")},"{UNKNOWN}")'),
    }  # fmt: skip


# ---- What is asked ----

def _decision(context: Context, matter: Matter) -> Decision:
    words, choices = _WORDS[matter.kind]
    choices = _OVER if matter.kind is Ask.PAGU and context.closed else choices
    office, names = context.office, list(dict.fromkeys(matter.names))
    said = ", ".join(names[:_NAMED]) + (f", dan {len(names) - _NAMED} lagi" if len(names) > _NAMED else "")
    units = ", ".join(office.unit_name(unit) for unit in matter.units)
    spent = f", serapan {line.serapan_told} %" if (line := next(iter(matter.lines), None)) and line.serapan else ""
    told = words.format(nama=said, unit=units, tw=ROMAN[matter.quarter - 1], rincian=spent)
    return Decision(
        words=f"{told}.", choices=choices, amount=None if matter.amount is None else Sum(matter.amount, known=1),
        formula=_above(context, line) if line else "",
    )  # fmt: skip


def _above(context: Context, line: MoneyLine) -> str:
    """What was spent of a sub kegiatan above its pagu."""
    kode, unit = text_literal(line.kode), text_literal(line.unit)
    return "-".join(money_cell(context, line, kode, unit, key) for key in ("realisasi", "pagu"))


# ---- The units ----

def _over_unit(at: At, function: str) -> str:
    return function.format(
        units=at.span("capaian_indikator", "unit"), own=at.ref("kode"), figures=at.span("capaian_indikator", "dihitung"),
        judged=at.span("capaian_indikator", judged_key(at.context.year)),
    )  # fmt: skip


def _of_money(at: At, key: str) -> Cell:
    line = at.of.money
    if line is None:
        return Cell(UNKNOWN)
    return Cell(line.pagu if key == "pagu" else spent_shown(line), money_cell(at.context, line, "", at.ref("kode"), key))


def _serapan(at: At) -> Cell:
    line = at.of.money
    return Cell(known(line.serapan), share(at.ref("realisasi"), at.ref("pagu"))) if line else Cell(UNKNOWN)


def _left(line: MoneyLine | None, pagu: str, realisasi: str) -> Cell:
    if line is None:
        return Cell(UNKNOWN)
    value = UNKNOWN if line.spent is None else line.pagu - line.spent
    return Cell(value, f'IF(ISNUMBER({realisasi}),{pagu}-{realisasi},"{UNKNOWN}")')


def _gap(at: At) -> Cell:
    line, reached = at.of.money, at.of.percent
    if line is None:
        return Cell(UNKNOWN)
    value = UNKNOWN if reached is None or line.against is None else reached - line.against
    return Cell(value, gap_formula(at) if at.context.year.triwulan == YEAR_END else "")


def _predicate(at: At) -> Cell:
    waits = waiting(at.context, at.span("capaian_indikator", "unit"), at.ref("kode"))
    return Cell(at.of.predicate or None, at.context.yardstick.predicate(at.ref("capaian"), f"{waits}>0"))


_CELLS: Cells = {
    "indikator": lambda at: Cell(at.of.counted, _over_unit(at, "SUMPRODUCT(({units}={own})*ISNUMBER({figures}))")),
    "tercapai": lambda at: Cell(at.of.reached, _over_unit(at, 'COUNTIFS({units},{own},{judged},">=100")')),
    "belum": lambda at: Cell(at.of.counted - at.of.reached, f"{at.ref('indikator')}-{at.ref('tercapai')}"),
    "tidak": lambda at: Cell(at.of.total - at.of.counted, f"{_over_unit(at, 'COUNTIF({units},{own})')}-{at.ref('indikator')}"),
    "capaian": lambda at: Cell(known(at.of.percent), rounded_mean(_over_unit(at, "AVERAGEIFS({figures},{units},{own})"))),
    "predikat": _predicate,
    "pagu": partial(_of_money, key="pagu"),
    "realisasi": partial(_of_money, key="realisasi"),
    "serapan": _serapan,
    "efisiensi": _gap,
    "menonjol": lambda at: Cell(at.of.told or None, look=("cek",) if at.of.told else ()),
    "sisa": lambda at: _left(at.of.money, at.ref("pagu"), at.ref("realisasi")),
}


def _total_row(grid: Grid, row: int, units: Sequence[OfUnit]) -> None:
    """The office: its own mean, no mean of means."""
    year, own, source = grid.frame.year, grid.layout, grid.frame.layouts["capaian_indikator"]
    office, whole = year.averages["kantor"][0], _whole(year)
    mean = rounded_mean(f"AVERAGE({source.span('dihitung')})")
    cells: dict[str, tuple[str, object]] = {
        "capaian": (mean, known(office.percent)),
        "predikat": (grid.frame.yardstick.predicate(own.ref("capaian", row), f"{waiting(grid.frame)}>0"), office.predicate_told),
        "pagu": (money_cell(grid.frame, whole, "", "", "pagu"), whole.pagu),
        "realisasi": (money_cell(grid.frame, whole, "", "", "realisasi"), spent_shown(whole)),
        "serapan": (share(own.ref("realisasi", row), own.ref("pagu", row)), known(whole.serapan)),
    }
    sums = {
        "indikator": sum(u.counted for u in units), "tercapai": sum(u.reached for u in units),
        "belum": sum(u.counted - u.reached for u in units), "tidak": sum(u.total - u.counted for u in units),
    }  # fmt: skip
    grid.total_row(row, TOTAL, sums)
    for key, (formula, value) in cells.items():
        grid.formula(row, key, formula, value, "total")
    gap = UNKNOWN if office.percent is None or whole.against is None else office.percent - whole.against
    at = At(grid, row, None)
    if year.triwulan == YEAR_END:
        grid.formula(row, "efisiensi", gap_formula(at), gap, "total")
    else:
        grid.put(row, own.column("efisiensi"), gap, "total")
    left = _left(whole, own.ref("pagu", row), own.ref("realisasi", row))
    grid.formula(row, "sisa", left.formula, left.value, "total")
    if whole.lacking:
        grid.put(row, own.column("menonjol"), capital(whole.lacking), "total")
    grid.end_row(row)


def _foot(front: Front, row: int, more: int) -> int:
    """What else has to be known, then the signature at the right; the last row that they fill."""
    year: Year = front.context.year
    left_out = year.averages["kantor"][0].left_out
    said = [f"Dasar: {year.dated[0].upper()}{year.dated[1:]}."]
    if left_out:
        names = "; ".join(f"{name} ({reason.split(':')[0]})" for name, reason in left_out[:_NAMED])
        said.append(f"Tidak dinilai: {names}" + (f"; dan {len(left_out) - _NAMED} lagi." if len(left_out) > _NAMED else "."))
    if more:
        said.append(f"Masih ada {more} hal lain di lembar Peringatan Dini dan Catatan.")
    if year.triwulan < YEAR_END:
        said.append("Capaian dibandingkan dengan target sampai triwulan yang sama, serapan dengan rencana kasnya.")
    said.append("Rincian: lembar Capaian IKU, Peringatan Dini, dan Realisasi Anggaran.")
    place, words = (0, front.right), " ".join(said)
    front.gap(row - 1)
    front.set_height(row, height(front.lines(words, place)))
    front.put(row, place, front.styles.look("hint_wrap"), words)
    bottom = front.sign_later(row + 1, "menonjol")
    front.flush()
    return bottom


def _bars(grid: TableGrid, first: int, last: int, key: str) -> None:
    """A data bar behind percent points: empty at 0, full at 100."""
    column = grid.layout.column(key)
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100}
    bar = {"type": "data_bar", "bar_color": BAR_FILL, **ends}
    grid.worksheet.conditional_format(first, column, last, column, bar)
