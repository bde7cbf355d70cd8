"""Sheet ``Asal Data``: every file as it was read, and whether the sheets of the recap agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import Finding
from kinerja_xl.reckoning.recap import Recap, Source
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.shown.page import Context, Layout, close_sheet, open_sheet, title_block
from kinerja_xl.writing.shown.sums import SUB
from kinerja_xl.writing.shown.table import Grid, TableGrid, safe_text, shorten

AGREES, DIFFERS = "cocok", "TIDAK COCOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two sums that must be equal: words, formulas, and our values in rupiah."""

    words: str
    formula: str
    value: int
    other: str
    other_value: int


def write_asal_data(context: Context) -> None:
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


# ---- Sheet ``Catatan``: everything we tell the units, each with a link to its cell in the unit's file ----

_MOST_LINKS = 60_000
"""Excel opens a sheet with at most 65,530 links."""

_LONGEST_LINK = 2_000
_LONGEST_VALUE = 300
_OFFICE_FILE = "Kantor.xlsx"
_ESCAPED = '%#" <>[]^`{}'


def layout(recap: Recap, book: Book) -> Layout:
    return Layout(sheet=rekap.CATATAN, around=rekap.CATATAN.table, book=book, rows=len(recap.findings))


def write_catatan(context: Context) -> None:
    """The findings in the order given."""
    sheet, findings, own = rekap.CATATAN, context.recap.findings, context.layouts["catatan"]
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet, _office_levels(context))
    grid = Grid(context, worksheet, own)
    grid.head({})
    lines = NoteLines(grid, lambda finding: context.masuk)
    for number, finding in enumerate(findings):
        lines.write(own.first + number, number, finding)
    grid.finish()
    close_sheet(worksheet, own, own.last)


def _office_levels(context: Context) -> str:
    """The levels that the office chose for itself, so that a reader knows the yardstick; "" when it chose none."""
    levels = context.recap.office.levels
    chosen = ", ".join(f"{code} menjadi {level.label}" for code, level in sorted(levels.items()))
    return f"Tingkat yang diubah kantor: {chosen}." if chosen else ""


class NoteLines:
    """Writes catatan into a table with the columns of ``rekap.CATATAN``, in whatever workbook is shown.

    ``folder`` gives the folder of a finding's file as seen from the workbook.
    """

    def __init__(self, grid: TableGrid, folder: Callable[[Finding], str]) -> None:
        self._grid, self._folder = grid, folder

    def write(self, row: int, number: int, finding: Finding) -> None:
        """One finding; ``number`` counts from 0, because a sheet takes only so many links."""
        grid = self._grid
        link = link_to(finding, self._folder(finding)) if number < _MOST_LINKS else ""
        cells = {
            "unit": finding.unit, "kode": finding.code, "berkas": finding.file, "lembar": finding.sheet,
            "sel": finding.cell, "kolom": finding.column, "nilai": shorten(finding.value, _LONGEST_VALUE),
            "masalah": finding.masalah, "perbaikan": finding.perbaikan,
        }  # fmt: skip
        shown = "sel" if finding.cell else "berkas"
        for key, column in grid.layout.own.items():
            if key == "tingkat":
                level = finding.severity
                grid.worksheet.write_string(row, column, level.label, grid.frame.styles.severity(level))
            elif key == shown and link and len(link) <= _LONGEST_LINK:
                text, fmt = safe_text(str(cells[key])), grid.format(column, True, "linked")
                grid.worksheet.write_url(row, column, link, fmt, string=text)
            elif cells[key]:
                grid.put(row, column, cells[key])
        grid.end_row(row)


def link_to(finding: Finding, masuk: str) -> str:
    """``external:../masuk/usulan-umum.xlsx#'RAB'!K17``; "" when the finding names no file."""
    if not finding.file:
        return ""
    folder = join(masuk, "..") if finding.file == _OFFICE_FILE else masuk
    path = normpath(join(folder, finding.file))
    # XlsxWriter escapes nothing in a path that already holds an escape, and cuts it at the first "#".
    escaped = "".join(f"%{ord(c):02x}" if c in _ESCAPED else c for c in path)
    sheet = finding.sheet.replace("'", "''")
    place = f"#'{sheet}'!{finding.cell or 'A1'}" if sheet else ""
    return f"external:{escaped}{place}"
