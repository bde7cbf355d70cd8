"""Sheet ``Ringkasan``: the page of the measured year that the Camat reads and signs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian import YEAR_END, Average, IndicatorResult, Year
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import share
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.shown.capaian.anggaran import gap_formula, money_cell, rounded_mean, spent_shown
from kinerja_xl.writing.shown.capaian.frame import Context, Grid, Yardstick, layout_of, writes
from kinerja_xl.writing.shown.capaian.indikator import from_indicator
from kinerja_xl.writing.shown.flat import At, Cell, Cells, captioned, fill, put_row
from kinerja_xl.writing.shown.page import Layout, merged, open_sheet, signature_block
from kinerja_xl.writing.styles import BAR_FILL, NAVY, RULE, height, line_count

# ---- The chart of the Ringkasan: capaian against serapan per unit ----

_SMALL = {"name": "Calibri", "size": 9}
_ROWS_PER_UNIT, _FRAME_ROWS = 1.5, 5
_ROW_PIXELS, _CHAR_PIXELS, _COLUMN_PIXELS = 20, 7, 5


def reached_against_spent(grid: Grid, row: int) -> int:
    """Two bars per unit, beneath each other; the last row that the chart covers."""
    own = grid.layout
    chart = grid.frame.workbook.add_chart({"type": "bar"})
    chart.set_title({"name": "Capaian dan serapan per unit (%)", "name_font": {**_SMALL, "size": 11, "bold": True}})
    sheet = quote_sheetname(own.sheet.name)
    names = f"={sheet}!{own.range(own.column('nama'))}"
    for key, label, colour in (("capaian", "Capaian", NAVY), ("serapan", "Serapan", BAR_FILL)):
        chart.add_series(
            {
                "name": label, "categories": names, "values": f"={sheet}!{own.range(own.column(key))}", "gap": 60,
                "fill": {"color": colour}, "border": {"color": NAVY},
                "data_labels": {"value": True, "num_format": "#,##0.00", "font": {**_SMALL, "size": 8}},
            }
        )  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
    chart.set_x_axis({"num_font": _SMALL, "num_format": "#,##0", "min": 0, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": RULE}})
    rows = _FRAME_ROWS + math.ceil(_ROWS_PER_UNIT * max(own.rows, 1))
    width = sum(int(column.width * _CHAR_PIXELS) + _COLUMN_PIXELS for column in own.columns)
    chart.set_size({"width": width - 8, "height": rows * _ROW_PIXELS})
    grid.worksheet.insert_chart(row, 0, chart, {"x_offset": 4, "object_position": 2})
    return row + rows


_FIGURES, _TABLE = 6, 10
_GAP = 3
_BEST = 5
_KINDS = {"kantor": "Kantor", "iku": "IKU", "resmi": "Pejabat", "level": "Level", "tingkat": "Tingkat", "sasaran": "Sasaran"}
_LISTS = {"level": "level_indikator", "tingkat": "tingkat"}
_NAMED = 4
"""Left-out indicators that are named; the rest is counted. All are on the sheet Capaian Indikator."""


@writes(sheets.RINGKASAN)
def write_ringkasan(context: Context) -> None:
    year, yardstick = context.year, context.yardstick
    own = layout_of(sheets.RINGKASAN, len(_units(year)), top=_TABLE)
    worksheet = open_sheet(context, sheets.RINGKASAN)
    _letterhead(context, worksheet, own)
    grid = Grid(context, worksheet, own)
    _figures(grid, yardstick)
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid.head({})
    fill(grid, [_Unit(year, kode, nama) for kode, nama in _units(year)], _CELLS)
    signed = signature_block(context, worksheet, own, reached_against_spent(grid, own.last + 2) + 2)
    worksheet.set_h_pagebreaks([signed + 2])  # the page that is signed first, what stands behind it on the next ones
    row = _ends(context, worksheet, signed + 2, own)
    bottom = _averages(context, worksheet, row + _GAP)
    grid.finish(filtered=False)
    worksheet.print_area(0, 0, bottom, own.right)


def _units(year: Year) -> list[tuple[str, str]]:
    """Units of the office that have something in the plan, in the office's order; then others that appear in it."""
    used = {r.indicator.unit for r in year.results} | {sub.unit for sub in year.plan.subs}
    names = {unit.kode: unit.nama for unit in year.office.units}
    return [(kode, names.get(kode, kode)) for kode in [*names, *sorted(used - names.keys())] if kode in used]


def _letterhead(context: Context, worksheet: Worksheet, own: Layout) -> None:
    office, styles, year = context.office, context.styles, context.year
    rows = (
        (office.pemda.upper(), styles.letterhead, 18),
        (office.nama.upper(), styles.letterhead, 18),
        (office.alamat, styles.look("hint", "ruled", align="center"), 16),
        (sheets.RINGKASAN.title, styles.look("title", align="center"), 28),
        (f"TAHUN ANGGARAN {year.plan.tahun}  |  SAMPAI DENGAN TRIWULAN {ROMAN[year.triwulan - 1]}"
         f"  |  MENURUT {year.plan.dated.upper()}",
         styles.look("subtitle", align="center"), 18),
    )  # fmt: skip
    for row, (text, fmt, points) in enumerate(rows):
        worksheet.set_row(row, points)
        merged(worksheet, row, 0, own.right, text, fmt)


def _figures(grid: Grid, yardstick: Yardstick) -> None:
    """The figures that matter: mean, predicate, IKU, serapan, warnings."""
    context, worksheet, own = grid.frame, grid.worksheet, grid.layout
    year, source, money = context.year, context.layouts["capaian_indikator"], context.layouts["realisasi_anggaran"]
    office = year.averages["kantor"][0]
    iku = year.averages["iku"][0] if year.averages["iku"] else None
    whole = next(line for line in year.money if line.level == "kantor")
    behind = sum(1 for warning in year.warnings if warning.standing.startswith("tertinggal"))
    mean = rounded_mean(f"AVERAGE({source.span('dihitung')})")
    top, unknown = (f'INDEX({money.span(key)},MATCH("Kantor",{money.span("tingkat")},0))' for key in ("serapan", UNKNOWN_ROWS))
    figures: tuple[tuple[str, str, str, object, str], ...] = (
        ("nama", "Rata-rata capaian kantor (%)", mean, known(office.percent), "#,##0.00"),
        ("indikator", "Predikat", yardstick.predicate(own.ref("nama", _FIGURES + 1)), office.predicate, "General"),
        ("capaian", "Rata-rata IKU (%)", rounded_mean(f'AVERAGEIFS({source.span("dihitung")},{source.span("iku")},"Ya")'),
         known(iku.percent if iku else None), "#,##0.00"),
        ("pagu", "Serapan anggaran (%)", top, known(whole.serapan), "#,##0.00"),
        ("realisasi", "Indikator dinilai", f'COUNT({source.span("dihitung")})&" dari "&ROWS({source.span("dihitung")})',
         f"{office.counted} dari {max(len(year.results), 1)}", "General"),
        ("telat", "Peringatan: tertinggal", "", behind, "#,##0"),
    )  # fmt: skip
    worksheet.set_row(_FIGURES, 26)
    for key, label, _, _, _ in figures:
        fmt = context.styles.look("hint_wrap", "boxed", align="center", valign="vcenter")
        worksheet.write_string(_FIGURES, own.column(key), label, fmt)
        if key == "pagu":  # what is not reported can only raise it
            least = label.replace(" (%)", ", sedikitnya (%)")
            worksheet.write_formula(
                _FIGURES, own.column(key), f'=IF({unknown}>0,"{least}","{label}")', fmt, least if whole.unreported else label
            )
    worksheet.set_row(_FIGURES + 1, 22)
    for key, _, formula, value, number in figures:
        fmt = context.styles.look("boxed", bold=True, font_size=12, align="center", valign="vcenter", num_format=number)
        shown = value if isinstance(value, str) else float(value)  # type: ignore[arg-type]
        if formula:
            worksheet.write_formula(_FIGURES + 1, own.column(key), f"={formula}", fmt, shown)
        else:
            worksheet.write_number(_FIGURES + 1, own.column(key), shown, fmt)


class _Unit:
    """A unit with its mean, its money and how many indicators it has."""

    def __init__(self, year: Year, kode: str, nama: str) -> None:
        found = next((a for a in year.averages["unit"] if a.key == kode), None)
        self.kode, self.nama, self.late = kode, nama, _late(year, kode)
        self.total = sum(1 for result in year.results if result.indicator.unit == kode)
        self.counted = found.counted if found else 0
        self.percent, self.predicate = (found.percent, found.predicate) if found else (None, "")
        self.money = next((x for x in year.money if x.level == "unit" and x.kode == kode), None)


def _over_unit(at: At, function: str) -> str:
    return function.format(units=at.span("capaian_indikator", "unit"), own=at.ref("kode"),
                           figures=at.span("capaian_indikator", "dihitung"))  # fmt: skip


def _of_money(at: At, key: str) -> Cell:
    line = at.of.money
    if line is None:
        return Cell(UNKNOWN)
    return Cell(line.pagu if key == "pagu" else spent_shown(line), money_cell(at.context, line, "", at.ref("kode"), key))


def _serapan(at: At) -> Cell:
    line = at.of.money
    return Cell(known(line.serapan), share(at.ref("realisasi"), at.ref("pagu"))) if line else Cell(UNKNOWN)


def _gap(at: At) -> Cell:
    line, reached = at.of.money, at.of.percent
    if line is None:
        return Cell(UNKNOWN)
    value = UNKNOWN if reached is None or line.against is None else reached - line.against
    return Cell(value, gap_formula(at) if at.context.year.triwulan == YEAR_END else "")


_CELLS: Cells = {
    "indikator": lambda at: Cell(at.of.counted, _over_unit(at, "SUMPRODUCT(({units}={own})*ISNUMBER({figures}))")),
    "tidak": lambda at: Cell(at.of.total - at.of.counted, f"{_over_unit(at, 'COUNTIF({units},{own})')}-{at.ref('indikator')}"),
    "capaian": lambda at: Cell(known(at.of.percent), rounded_mean(_over_unit(at, "AVERAGEIFS({figures},{units},{own})"))),
    "predikat": lambda at: Cell(at.of.predicate or None, at.context.yardstick.predicate(at.ref("capaian"))),
    "pagu": partial(_of_money, key="pagu"),
    "realisasi": partial(_of_money, key="realisasi"),
    "serapan": _serapan,
    "efisiensi": _gap,
    "telat": lambda at: Cell(at.of.late or None, look=("cek",) if at.of.late else ()),
}


def _late(year: Year, kode: str) -> str:
    late, missing = year.realised.late.get(kode, ()), year.realised.missing.get(kode, ())
    parts = ((late, "terlambat"), (missing, "belum"))
    said = [f"TW {', '.join(ROMAN[n - 1] for n in sorted(quarters))} {word}" for quarters, word in parts if quarters]
    money = next((line for line in year.money if line.level == "unit" and line.kode == kode), None)
    said += [f"realisasi {money.unreported} rekening belum diketahui"] if money and money.unreported else []
    return "; ".join(said)


def _averages(context: Context, worksheet: Worksheet, top: int) -> int:
    """The other means, each saying over how many indicators and which are left out; the last row that it fills."""
    lines = list(_groups(context.year))
    own = layout_of(sheets.RINGKASAN, len(lines), table="rata_rata", top=top)
    grid = captioned(Grid, context, worksheet, own)
    # The last column stands over several of the table above: the sums of its words may run there.
    above = context.layouts["ringkasan_kanan"]
    merged(worksheet, own.heading, own.right, above.right, own.columns[-1].label, context.styles.heading)
    width = sum(c.width for c in above.columns[own.right :])
    for row, line in enumerate(lines, start=own.first):
        put_row(grid, row, line, _MEANS)
        words = _left_out(line[1])
        merged(worksheet, row, own.right, above.right, words, context.styles.text_wrap)
        lines_needed = max(line_count(words, width - 2), line_count(line[1].label, own.columns[1].width - 2))
        worksheet.set_row(row, height(lines_needed))
    grid.finish(filtered=False, widths=False)
    return own.last


def _mean_of_group(at: At) -> Cell:
    formula = _average_formula(at.context, *at.of)
    return Cell(known(at.of[1].percent), rounded_mean(formula) if formula else "")


_MEANS: Cells = {
    "kelompok": lambda at: _KINDS[at.of[0]],
    "nama": lambda at: Cell(at.of[1].label),
    "indikator": lambda at: at.of[1].counted,
    "tidak": lambda at: len(at.of[1].left_out),
    "capaian": _mean_of_group,
    "predikat": lambda at: Cell(at.of[1].predicate or None, at.context.yardstick.predicate(at.ref("capaian"))),
    "disisihkan": Cell(None),
}


def _groups(year: Year) -> Iterator[tuple[str, Average]]:
    """The office and the IKU first, then officials, levels, tiers, sasaran."""
    for kind in _KINDS:
        found = year.averages[kind]
        yield from ((kind, average) for average in (found[:1] if kind == "iku" else found))


def _average_formula(context: Context, kind: str, average: Average) -> str:
    """Over the cells of Capaian Indikator, where one criterion picks just the group; else "" and the figure alone."""
    source = context.layouts["capaian_indikator"]
    figures = source.span("dihitung")
    if kind == "kantor":
        return f"AVERAGE({figures})"
    if kind == "iku":
        return f'AVERAGEIFS({figures},{source.span("iku")},"Ya")'
    if kind in _LISTS and average.key in CHOICES[_LISTS[kind]]:
        return f'AVERAGEIFS({figures},{source.span(kind)},"{average.key}")'
    return ""


def _left_out(average: Average) -> str:
    shown = [f"{name} ({reason})" for name, reason in average.left_out[:_NAMED]]
    more = len(average.left_out) - len(shown)
    if more:
        shown.append(f"dan {more} lainnya")
    partial = [f"{name}: dihitung tanpa semua triwulan" for name in average.partial[:_NAMED]]
    return "; ".join([*shown, *partial]) or "tidak ada"


def _ends(context: Context, worksheet: Worksheet, row: int, own: Layout) -> int:
    """The best and the worst indicators side by side under each other; the last row that it fills."""
    judged = [(n, r) for n, r in enumerate(context.year.results, start=1) if r.capped is not None]
    ordered = sorted(judged, key=lambda item: (-(item[1].judged.percent or 0), item[0]))
    count = min(_BEST, (len(ordered) + 1) // 2)
    row = _list(context, worksheet, row, "B. Capaian tertinggi", ordered[:count], own)
    lowest = list(reversed(ordered))[: min(count, len(ordered) - count)]
    return _list(context, worksheet, row + 2, "C. Capaian terendah", lowest, own)


def _list(
    context: Context, worksheet: Worksheet, row: int, title: str, found: Sequence[tuple[int, IndicatorResult]], own: Layout
) -> int:
    """A heading, and one row per indicator: the figure as it was computed, without the cap."""
    styles = context.styles
    worksheet.write_string(row, 0, title, styles.subtitle)
    if not found:
        worksheet.write_string(row + 1, 0, "Belum ada indikator yang dapat dinilai.", styles.hint)
        return row + 1
    reached, predicate = own.column("capaian"), own.column("predikat")
    for first, last, label in ((0, 0, own.columns[0].label), (1, reached - 1, sheets.CAPAIAN_IKU.table.own("nama").label),
                               (reached, reached, "Capaian (%)"), (predicate, predicate, own.columns[predicate].label),
                               (predicate + 1, own.right, sheets.PENJELASAN.table.own("hitungan").label)):  # fmt: skip
        merged(worksheet, row + 1, first, last, label, styles.heading)
    triwulan = context.year.triwulan
    for at, (number, result) in enumerate(found, start=row + 2):
        worksheet.write_string(at, 0, result.indicator.unit, styles.text)
        merged(worksheet, at, 1, reached - 1, result.indicator.nama, styles.text_wrap)
        judged = "capaian" if triwulan == YEAR_END else f"capaian_{triwulan}"
        for place, key, fmt, shown in (
            (reached, judged, styles.look("number", num_format="#,##0.00"), float(result.judged.percent or 0)),
            (predicate, "predikat", styles.center, result.predicate),
        ):
            worksheet.write_formula(at, place, f"={from_indicator(context, number, key)}", fmt, shown)
        merged(worksheet, at, predicate + 1, own.right, result.judged.explanation, styles.text_wrap)
        width = sum(c.width for c in own.columns[predicate + 1 :]) - 2
        lines = max(line_count(result.judged.explanation, width),
                    line_count(result.indicator.nama, sum(c.width for c in own.columns[1:reached]) - 2))  # fmt: skip
        worksheet.set_row(at, height(lines))
    return row + 1 + len(found)
