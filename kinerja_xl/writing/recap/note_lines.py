"""Findings as rows of a table with the columns of ``Catatan``, in whatever workbook they stand."""

from __future__ import annotations

from collections.abc import Callable

from kinerja_xl.findings import Finding
from kinerja_xl.writing.recap.catatan import _LONGEST_LINK as LONGEST_LINK
from kinerja_xl.writing.recap.catatan import _LONGEST_VALUE as LONGEST_VALUE
from kinerja_xl.writing.recap.catatan import _MOST_LINKS as MOST_LINKS
from kinerja_xl.writing.recap.catatan import link_to
from kinerja_xl.writing.recap.grid import TableGrid, safe_text, shorten


class NoteLines:
    """``folder`` gives the folder of a finding's file as seen from the workbook."""

    def __init__(self, grid: TableGrid, folder: Callable[[Finding], str]) -> None:
        self._grid, self._folder = grid, folder

    def write(self, row: int, number: int, finding: Finding) -> None:
        """The finding in that row; ``number`` counts from 0, because a sheet holds only so many links."""
        link = link_to(finding, self._folder(finding)) if number < MOST_LINKS else ""
        cells = {
            "unit": finding.unit, "kode": finding.code, "berkas": finding.file, "lembar": finding.sheet,
            "sel": finding.cell, "kolom": finding.column, "nilai": shorten(finding.value, LONGEST_VALUE),
            "masalah": finding.masalah, "perbaikan": finding.perbaikan,
        }  # fmt: skip
        grid, shown = self._grid, "sel" if finding.cell else "berkas"
        for key, column in grid.layout.own.items():
            if key == "tingkat":
                level = finding.severity
                grid.worksheet.write_string(row, column, level.label, grid.frame.styles.severity(level))
            elif key == shown and link and len(link) <= LONGEST_LINK:
                text, fmt = safe_text(str(cells[key])), grid.format(column, True, "linked")
                grid.worksheet.write_url(row, column, link, fmt, string=text)
            elif cells[key]:
                grid.put(row, column, cells[key])
        grid.end_row(row)
