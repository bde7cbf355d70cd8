"""Sheet ``Asal Data``: every file as it was read, and whether the sheets of the recap agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.recap import Source
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.sums import SUB

AGREES, DIFFERS = "cocok", "TIDAK COCOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two sums that must be equal: words, formulas, and our values in rupiah."""

    words: str
    formula: str
    value: int
    other: str
    other_value: int


def write(context: Context) -> None:
    sheet, sources = rekap.ASAL_DATA, context.recap.sources
    layout = Layout(sheet=sheet, around=sheet.tables[0], book=context.book, rows=len(sources))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    grid.head(_totals(context))
    for row, source in enumerate(sources, start=layout.first):
        _source(grid, row, source)
    bottom = _cross_checks(context, worksheet, layout)
    for key in ("cek_baris", "cek_total"):
        column = layout.column(key)
        _verdict_colours(context, worksheet, (layout.first, column, layout.last, column))
    grid.finish()
    close_sheet(worksheet, layout, bottom)


def _totals(context: Context) -> dict[str, int]:
    sources, files = context.recap.sources, context.sums.file
    return {
        "dibaca": sum(s.rows_read for s in sources),
        "dipakai": sum(s.rows_used for s in sources),
        "dilaporkan": sum(s.rows_reported for s in sources),
        "total": sum(s.total for s in sources),
        "di_rab": sum(files[s.file].counted for s in sources),
    }


def _source(grid: Grid, row: int, source: Source) -> None:
    ref, rab = grid.layout.ref, grid.context.layouts["rab"]
    cells = {
        "berkas": source.file, "unit": source.unit, "versi": source.version, "revisi": source.revisi,
        "status": source.status, "dibaca": source.rows_read, "dipakai": source.rows_used,
        "dilaporkan": source.rows_reported, "total": source.total, "sha256": source.sha256,
    }  # fmt: skip
    for key, column in grid.layout.own.items():
        if key == "cek_baris":
            test = f"{ref('dibaca', row)}={ref('dipakai', row)}+{ref('dilaporkan', row)}"
            _verdict(grid, row, key, test, source.rows_read == source.rows_used + source.rows_reported)
        elif key == "di_rab":
            # A tilde in a criterion hides the letter behind it, and file names may hold one.
            name = f'SUBSTITUTE({ref("berkas", row)},"~","~~")'
            formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span('berkas')},{name})"
            grid.formula(row, key, formula, grid.context.sums.file[source.file].counted)
        elif key == "cek_total":
            test = f"{ref('total', row)}={ref('di_rab', row)}"
            _verdict(grid, row, key, test, source.total == grid.context.sums.file[source.file].counted)
        elif cells[key] != "":
            grid.put(row, column, cells[key])
    grid.end_row(row)


def _verdict(grid: Grid, row: int, key: str, test: str, agrees: bool) -> None:
    grid.formula(row, key, f'IF({test},"{AGREES}","{DIFFERS}")', AGREES if agrees else DIFFERS)


def _verdict_colours(context: Context, worksheet: Worksheet, area: tuple[int, int, int, int]) -> None:
    """By what the cell shows now: an edited amount may turn it."""
    for shown, look in ((AGREES, "good"), (DIFFERS, "wajib")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{shown}"', "format": context.styles.rule(look)}
        worksheet.conditional_format(*area, rule)


def _checks(context: Context) -> Iterator[Check]:
    """Every total of the workbook against the RAB sheet."""
    layouts, recap, total = context.layouts, context.recap, context.sums.total
    rab, tree = layouts["rab"], layouts["per_program"]
    counted, uncounted = f"SUM({rab.span('jumlah_dihitung')})", f"SUM({rab.span('jumlah_tidak_dihitung')})"
    units = f"SUM({layouts['unit_jenis'].span('dihitung')})"
    late = f"SUM({layouts['unit_jenis'].span('tidak_dihitung')})"
    programs = f'SUMIFS({tree.span("dihitung")},{tree.span("tingkat")},"{SUB}")'
    summary = f"SUM({layouts['unit'].span('total_rab')})"
    rkt = f"SUM({layouts['rkt'].span('anggaran')})"
    budget = sum(line.anggaran or 0 for line in recap.rkt)
    for words, formula, value, other, other_value in (
        ("Dihitung: RAB = Unit x Jenis Belanja", counted, total.counted, units, total.counted),
        ("Dihitung: RAB = Per Program", counted, total.counted, programs, total.counted),
        ("Dihitung: RAB = Ringkasan", counted, total.counted, summary, sum(u.total_rab for u in recap.units)),
        ("Dihitung: RAB = RKT", counted, total.counted, rkt, budget),
        ("Tidak dihitung: RAB = Unit x Jenis Belanja", uncounted, total.uncounted, late, total.uncounted),
    ):
        yield Check(words=words, formula=formula, value=value, other=other, other_value=other_value)


def _cross_checks(context: Context, worksheet: Worksheet, above: Layout) -> int:
    """The small table under the files; the last row that it fills. It borrows columns of the table above."""
    around, styles = rekap.ASAL_DATA.tables[1], context.styles
    row = above.last + 2
    worksheet.write_string(row, above.column("status"), around.title, styles.subtitle)
    places = (above.column("status"), above.column("total"), above.column("di_rab"), above.column("cek_total"))
    for place, column in zip(places, around.before, strict=True):
        fmt = styles.hint if place == places[0] else styles.heading
        worksheet.write_string(row + 1, place, column.label, fmt)
    for number, check in enumerate(_checks(context), start=row + 2):
        agrees = check.value == check.other_value
        worksheet.write_string(number, places[0], check.words, styles.plain)
        worksheet.write_formula(number, places[1], f"={check.formula}", styles.rupiah, check.value)
        worksheet.write_formula(number, places[2], f"={check.other}", styles.rupiah, check.other_value)
        here, there = above.ref("total", number), above.ref("di_rab", number)
        formula = f'=IF({here}={there},"{AGREES}","{DIFFERS}")'
        worksheet.write_formula(number, places[3], formula, styles.center, AGREES if agrees else DIFFERS)
    _verdict_colours(context, worksheet, (row + 2, places[3], number, places[3]))
    return number
