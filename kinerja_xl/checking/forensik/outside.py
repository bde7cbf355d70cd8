"""What a reader of the sheet does not see: links to other files (F114), hidden sheets, rows and columns (F115, F116),
active filters (F117)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.wording import at, bounded, columns, row_list
from kinerja_xl.findings import Finding
from kinerja_xl.package import Package
from kinerja_xl.sheets.marks import LIST_SHEET

_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^\[\]()+*/,;]*!|\[\d+\]!")
_MARK_COLUMN, _MARK = 1, "#"


def links(book: Mapping[str, Grid], package: Package) -> Iterator[Finding]:
    """One finding for the file. Formulas with a link show what the other file held at some earlier time."""
    found: dict[str, list[Place]] = {}
    for grid in book.values():
        places = [place for place, formula in grid.cells.scan.formulas.items() if _OTHER_FILE.search(formula.text)]
        if places:
            found[grid.name] = sorted(places)
    if found:
        name, places = next(iter(found.items()))
        count = sum(map(len, found.values()))
        sheets = bounded([f"{sheet} ({len(cells)})" for sheet, cells in found.items()], 10)
        words = f"{count} rumus mengambil nilai dari berkas lain: lembar {sheets}"
        yield at("F114", name, places, banyak=str(count), rincian=words)
    elif package.external_links:
        yield at("F114", "", [], rincian="tautan ke berkas lain tersimpan, walaupun tidak ada rumus yang memakainya")


def hidden(book: Mapping[str, Grid], own: bool) -> Iterator[Finding]:
    """Hidden sheets in one finding, hidden rows and columns or a filter in one per sheet.

    ``own``: one of our forms, whose marks (first column, key rows, list sheet) are hidden by design.
    """
    unseen = [grid.name for grid in book.values() if grid.cells.state != "visible" and grid.cells.rows]
    sheets = [name for name in unseen if not (own and name == LIST_SHEET)]
    if sheets:
        yield Finding(code="F115", sheet=sheets[0], args={"rincian": bounded(sheets, 10), "banyak": str(len(sheets))})
    for grid in book.values():
        if grid.cells.state != "visible":
            continue
        rows = [row for row in grid.cells.scan.hidden_rows if _filled_row(grid, row) and not (own and _mark(grid, row))]
        hidden_cols = (col for col in grid.cells.scan.hidden_cols if not (own and col == _MARK_COLUMN))
        cols = [col for col in hidden_cols if _filled_column(grid, col)]
        yield from _hidden_lines(grid, rows, cols)


def _hidden_lines(grid: Grid, rows: list[int], cols: list[int]) -> Iterator[Finding]:
    if grid.cells.scan.filtered:
        first = [(row, 1) for row in rows[:1]]
        yield at("F117", grid.name, first, rincian=row_list(rows) if rows else "tidak ada", banyak=str(len(rows)))
        rows = []
    words = [f"baris {row_list(rows)}"] if rows else []
    words += [f"kolom {columns(cols)}"] if cols else []
    if words:
        numbers = any(grid.number((row, col)) is not None for row in rows for col in range(1, grid.width + 1))
        place = (rows[0], 1) if rows else (1, cols[0])
        yield at(
            "F116", grid.name, [place], rincian=" dan ".join(words), banyak=str(len(rows) + len(cols)),
            akibat=" (memuat angka)" if numbers else "",
        )  # fmt: skip


def _filled_row(grid: Grid, row: int) -> bool:
    return row <= grid.height and any(value is not None for value in grid.cells.rows[row - 1])


def _filled_column(grid: Grid, col: int) -> bool:
    return any(len(row) >= col and row[col - 1] is not None for row in grid.cells.rows)


def _mark(grid: Grid, row: int) -> bool:
    return grid.text((row, _MARK_COLUMN)).startswith(_MARK)
