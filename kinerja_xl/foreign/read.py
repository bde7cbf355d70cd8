"""Reads a foreign workbook: every sheet, every table, with evidence, checks, catatan and questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kinerja_xl.findings import Finding, Severity
from kinerja_xl.foreign.assemble import assemble
from kinerja_xl.foreign.copies import without_copies
from kinerja_xl.foreign.grid import Grid
from kinerja_xl.foreign.model import NONE, ForeignBook, Table
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.say import finding
from kinerja_xl.foreign.source import Source, read_source
from kinerja_xl.foreign.tables import find_regions

ASKED: Mapping[str, str] = {"html": "L101", "xml2003": "L106", "teks": "L107"}
"""Formats that are no workbook though they are named like one: read only when the user says what is in them."""


def read_foreign(
    data: bytes, file: str, *, sebagai: str | None = None, lembar: str | None = None, padanan: Padanan | None = None
) -> ForeignBook:
    """Read any file called ``file``. ``sebagai``: a kind (rab, realisasi, indikator, standar_harga) that the user named;
    ``lembar``: only this sheet; ``padanan``: answers kept from before. Never raises, never changes anything."""
    source = read_source(data, file)
    if source.refused is not None:
        return ForeignBook(file=file, refused=source.refused)
    if source.form in ASKED and sebagai is None:
        refused = Finding(code=ASKED[source.form], file=file, args={"tabel": str(len(source.grids))})
        return ForeignBook(file=file, form=source.form, refused=refused)
    grids = [grid for grid in source.grids if lembar is None or grid.name == lembar]
    tables = [table for grid in grids for table in read_grid(grid, file, sebagai, padanan)]
    tables = without_copies(tables, chosen=lembar is not None)
    if any(table.kind != NONE for table in tables):
        words = _wordy(grids)
        tables = [_quiet(table) if table.kind == NONE and table.sheet in words else table for table in tables]
    said = _book_findings(source, grids, {table.sheet for table in tables if table.kind != NONE})
    if not tables:
        said.append(_nothing(source, grids).at(file=file))
    return ForeignBook(
        file=file, form=source.form, sheets=tuple(grid.name for grid in source.grids), tables=tuple(tables), findings=tuple(said)
    )


def read_grid(grid: Grid, file: str, wanted: str | None = None, padanan: Padanan | None = None) -> list[Table]:
    """All tables of one sheet; a sheet with content but without a table gives one of kind none that says so."""
    regions = find_regions(grid)
    tables = [assemble(region, file, wanted, padanan) for region in regions]
    kept = [table for table in tables if table.kind != NONE]
    if len(kept) > 1:
        tables = [_one_of_many(table, len(kept)) if table.kind != NONE else table for table in tables]
    if not tables and _has_content(grid):
        reason = "tidak ada baris judul kolom yang dikenali"
        said = finding("L201", grid.name, alasan=reason).at(file=file)
        tables = [Table(file=file, sheet=grid.name, kind=NONE, first_row=1, last_row=grid.height, findings=(said,))]
    return tables


_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*-?\d[\d.,\s]*(?:,-)?%?", re.IGNORECASE)


def _wordy(grids: Sequence[Grid]) -> set[str]:
    """Sheets that hold words only (a cover, a letter, instructions): no table of figures can be lost on them."""
    return {grid.name for grid in grids if sum(map(_figure, (cell for row in grid.rows for cell in row))) < 2}


def _figure(cell: object) -> bool:
    return isinstance(cell, float) or isinstance(cell, str) and _AMOUNT.fullmatch(cell.strip()) is not None


def _quiet(table: Table) -> Table:
    """Beside a table that was read, a sheet of words needs nobody's attention."""
    return replace(table, findings=tuple(replace(f, severity_override=Severity.INFO) for f in table.findings))


def _one_of_many(table: Table, count: int) -> Table:
    said = finding("L208", table.sheet, banyak=count, awal=table.first_row, akhir=table.last_row).at(file=table.file)
    return replace(table, findings=(*table.findings, said))


def _has_content(grid: Grid) -> bool:
    return sum(1 for row in range(grid.height) if grid.filled(row)) >= 2


def _nothing(source: Source, grids: Sequence[Grid]) -> Finding:
    """Why a readable file has nothing to read: blank sheets, pictures instead of cells, charts."""
    filled = any(grid.filled(row) for grid in grids for row in range(grid.height))
    why = "hanya satu baris yang terisi" if filled else "lembarnya kosong" if grids else "tidak ada lembar kerja"
    if source.pictures and not filled:
        why = f"selnya kosong; yang terlihat {source.pictures} gambar"
    return finding("L211", alasan=why)


def _book_findings(source: Source, grids: Sequence[Grid], imported: Collection[str]) -> list[Finding]:
    """What concerns the file or a sheet as a whole; a hidden sheet whose table counts has to be looked at."""
    found = list(source.notes)
    if source.form in ("xls", "xlsb", "ods", "fods"):
        found.append(finding("L111", bentuk=source.form))
    for grid in grids:
        if grid.state != "visible":
            used = Severity.CEK if grid.name in imported else None
            found.append(replace(finding("L203", grid.name), severity_override=used))
    found += [finding("L210", grid.name, banyak=grid.beyond) for grid in grids if grid.beyond]
    return [note.at(file=source.file) for note in found]
