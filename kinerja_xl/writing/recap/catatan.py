"""Sheet ``Catatan``: everything we tell the units, each with a link to its cell in the unit's file."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import join, normpath

from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.recap.grid import Grid, TableGrid, safe_text, shorten
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block

_MOST_LINKS = 60_000
"""Excel opens a sheet with at most 65,530 links."""

_LONGEST_LINK = 2_000
_LONGEST_VALUE = 300
_OFFICE_FILE = "Kantor.xlsx"
_ESCAPED = '%#" <>[]^`{}'


def layout(recap: Recap, book: Book) -> Layout:
    return Layout(sheet=rekap.CATATAN, around=rekap.CATATAN.table, book=book, rows=len(recap.findings))


def write(context: Context) -> None:
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
