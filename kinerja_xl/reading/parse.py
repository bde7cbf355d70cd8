"""Turn located cells into typed rows and forms. Nothing is guessed: what cannot be read is a catatan.

One cause gives one catatan: a cell that was reported here is left out of every later check of that cell
(``reported`` holds its place).
"""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.findings import Finding
from kinerja_xl.package import address
from kinerja_xl.package.address import column_letters
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import FoundForm, FoundTable, feeding
from kinerja_xl.reading.parse_asides import is_aside, is_numbering, read_totals
from kinerja_xl.reading.parse_cells import Reading, compute, read_cell, shown
from kinerja_xl.reading.places import RowPlaces
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column

__all__ = ["Reading", "read_form", "read_table", "read_totals", "shown"]


def read_form(sheet: CellSheet, found: FoundForm, reading: Reading) -> Row:
    """A form's values. Fields that the sheet has lost are None and named by the required check."""
    values: dict[str, object] = {}
    showing: dict[str, object] = {}
    places: dict[str, str] = {}
    for column in found.form.fields:
        place = found.cells.get(column.key)
        if place is None:
            values[column.key] = None
            continue
        places[column.key] = address(place[0] + 1, place[1] + 1)
        read_cell(sheet, place, column, values, showing, reading)
    first = min(row for row, _ in found.cells.values())
    compute(found.form.fields, values, _unreadable(sheet, found.form.fields, found.cells, values), reading.lists)
    _read_broken_results(sheet, found.form.fields, found.cells, values, reading)
    return Row(values=values, row=first + 1, sheet=sheet.name, places=places, shown=showing)


def read_table(sheet: CellSheet, found: FoundTable, reading: Reading) -> tuple[Row, ...]:
    """Every row that holds anything, after gaps too. Typed JUMLAH rows, numbering rows and notes are named."""
    rows: list[Row] = []
    uncalculated: list[str] = []
    gap = beyond = False  # each gap, and the first row below the prepared ones, is said once
    count = 0
    prepared = _prepared(sheet, found)
    inputs = _inputs(found)
    letters = {c.key: column_letters(found.columns[c.key] + 1) for c in found.table.columns if c.key in found.columns}
    for index in range(found.first_row, min(found.end_row, len(sheet.rows))):
        filled = _filled(sheet, found, inputs, index)
        if not filled:
            gap = gap or bool(rows)
            continue
        if is_numbering(sheet, found, index, rows):
            continue
        count += 1
        if is_aside(sheet, found, index, filled, gap, reading):
            continue
        row = _read_row(sheet, found, filled, RowPlaces(letters, index + 1), index, reading, uncalculated)
        if gap or index - found.first_row >= prepared and not beyond:
            cell = row.cell(next(iter(filled)))
            reading.findings.append(Finding(code="S309", sheet=sheet.name, cell=cell))
        gap, beyond = False, beyond or index - found.first_row >= prepared
        rows.append(row)
    if uncalculated:
        reading.findings.append(
            Finding(code="S312", sheet=sheet.name, cell=uncalculated[0], args={"rincian": str(len(uncalculated))})
        )
    reading.rows_read[found.table.key] = reading.rows_read.get(found.table.key, 0) + count
    return tuple(rows)


def _prepared(sheet: CellSheet, found: FoundTable) -> int:
    """Rows prepared by the form: as far as computed cells carry formulas; else no limit is known."""
    computed = [found.columns[c.key] for c in found.table.columns if c.computed and c.key in found.columns]
    if not computed:
        return found.end_row
    last = max((r for r in range(found.first_row, found.end_row) if sheet.has_formula(r, computed[0])), default=None)
    return found.end_row if last is None else last - found.first_row + 1


def _inputs(found: FoundTable) -> tuple[tuple[str, int], ...]:
    computed = {c.key for c in found.table.columns if c.computed}
    return tuple((key, column) for key, column in found.columns.items() if key not in computed)


def _filled(sheet: CellSheet, found: FoundTable, inputs: tuple[tuple[str, int], ...], index: int) -> dict[str, int]:
    """The input columns that hold something on this row; a computed cell counts only when it shows a number typed in."""
    cells = sheet.rows[index]
    filled = {
        key: column for key, column in inputs
        if column < len(cells) and cells[column] is not None or not sheet.empty(index, column)
    }  # fmt: skip
    if not filled:
        for key, column in found.columns.items():
            if isinstance(sheet.value(index, column), float) and not sheet.has_formula(index, column):
                filled[key] = column
    return filled


def _read_row(
    sheet: CellSheet, found: FoundTable, filled: Mapping[str, int], places: RowPlaces, index: int,
    reading: Reading, uncalculated: list[str],
) -> Row:  # fmt: skip
    """One row; ``filled`` are its input columns that hold something: the others, half of a form, need no look."""
    values: dict[str, object] = {}
    showing: dict[str, object] = {}
    waiting: list[str] = []
    for column in found.table.columns:
        where = found.columns.get(column.key)
        if where is None or not column.computed and column.key not in filled:
            values[column.key] = None
            continue
        if column.computed and sheet.uncalculated(index, where) and not sheet.error(index, where):
            if column.kind.shape is Shape.ANGKA:  # a looked-up name may be missing from the form's own, older list
                waiting.append(column.key)
            continue
        read_cell(sheet, (index, where), column, values, showing, reading)
    compute(found.table.columns, values, {key for key in filled if values.get(key, key) is None}, reading.lists)
    cells = {key: (index, where) for key, where in found.columns.items()} if waiting or sheet.scan.errors else {}
    _read_broken_results(sheet, found.table.columns, cells, values, reading)
    # A cell that should show nothing says nothing when it was never calculated; nor does one whose cause was named.
    if waiting and not _said(sheet, found.table.columns, cells, reading):
        uncalculated.extend(places[key] for key in waiting if values[key] is not None)
    return Row(values=values, row=index + 1, sheet=sheet.name, places=places, shown=showing)


Places = Mapping[str, tuple[int, int]]


def _unreadable(sheet: CellSheet, columns: tuple[Column, ...], cells: Places, values: Mapping[str, object]) -> set[str]:
    """Input cells that hold something of which no value could be made."""
    blank = (c.key for c in columns if c.key in cells and values.get(c.key) is None and not c.computed)
    return {key for key in blank if not sheet.empty(*cells[key])}


def _read_broken_results(
    sheet: CellSheet, columns: tuple[Column, ...], cells: Places, values: dict[str, object], reading: Reading
) -> None:
    """A computed cell that shows an error: a catatan, unless a cell of the same row was named already (its cause)."""
    broken = [c for c in columns if c.computed and c.key in cells and sheet.error(*cells[c.key])]
    if not broken or _said(sheet, columns, cells, reading):
        return
    for column in broken:
        if feeding(columns, column.key) - cells.keys():
            continue  # the lost column was named, once
        row, where = cells[column.key]
        cell = address(row + 1, where + 1)
        reading.say(Finding(code="N405", sheet=sheet.name, cell=cell, column=column.label.strip(), value=sheet.error(row, where)))
        values[column.key] = None
        return  # the cells that follow from it show the same error


def _said(sheet: CellSheet, columns: tuple[Column, ...], cells: Places, reading: Reading) -> bool:
    """Whether an input cell of these already has a catatan."""
    if not reading.reported:
        return False
    inputs = (cells[c.key] for c in columns if not c.computed and c.key in cells)
    return any((sheet.name, address(row + 1, column + 1)) in reading.reported for row, column in inputs)
