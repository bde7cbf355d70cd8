"""Sheets ``Catatan`` and ``Asal Data``: what to mend, and every file as it was read."""

from __future__ import annotations

from collections.abc import Iterable

from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.realised import ReturnFile
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.writing.capaian.frame import Context, Grid, close, layout_of, start
from kinerja_xl.writing.recap.asal_data import AGREES, DIFFERS
from kinerja_xl.writing.recap.catatan import NoteLines


def write_notes(context: Context, findings: Iterable[Finding], folders: dict[str, str]) -> None:
    """The findings in the order given; ``folders``: the folder of each file, for the links."""
    listed = list(findings)
    own = layout_of(sheets.CATATAN, len(listed))
    worksheet = start(context, sheets.CATATAN)
    grid = Grid(context, worksheet, own)
    grid.head({})
    lines = NoteLines(grid, lambda finding: folders.get(finding.file, context.masuk))
    for number, finding in enumerate(listed):
        lines.write(own.first + number, number, finding)
    grid.finish()
    close(grid, own.last)


def write_files(context: Context) -> None:
    """Every returned file: rows read = rows used + rows reported, as a formula."""
    files = context.year.realised.files
    own = layout_of(sheets.ASAL_DATA, len(files))
    worksheet = start(context, sheets.ASAL_DATA)
    grid = Grid(context, worksheet, own)
    grid.head(_totals(files))
    for row, file in enumerate(files, start=own.first):
        cells = {"folder": file.folder, "berkas": file.file, "unit": file.unit, "triwulan": sheets.ROMAN[file.triwulan - 1],
                 "status": file.status, "dibaca": file.rows_read, "dipakai": file.rows_used,
                 "dilaporkan": file.rows_reported, "sha256": file.sha256}  # fmt: skip
        for key, value in cells.items():
            grid.write(row, key, value if value != "" else None)
        ref = own.ref
        agrees = file.rows_read == file.rows_used + file.rows_reported
        test = f"{ref('dibaca', row)}={ref('dipakai', row)}+{ref('dilaporkan', row)}"
        grid.formula(row, "cek", f'IF({test},"{AGREES}","{DIFFERS}")', AGREES if agrees else DIFFERS)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def _totals(files: tuple[ReturnFile, ...]) -> dict[str, int]:
    return {
        "dibaca": sum(f.rows_read for f in files),
        "dipakai": sum(f.rows_used for f in files),
        "dilaporkan": sum(f.rows_reported for f in files),
    }
