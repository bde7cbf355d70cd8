"""Turn located cells into typed rows and forms. Nothing is guessed: what cannot be read is a catatan.

One cause gives one catatan: a cell that was reported here is left out of every later check of that cell
(``reported`` holds its place).
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.references import column_letters
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import FoundForm, FoundTable
from kinerja_xl.reading.parse_cells import Reading, compute, parsed_value, read_cell, shown
from kinerja_xl.reading.parse_columns import CODED, RowPlaces, quiet_rows
from kinerja_xl.sheets.content import Row, ShownTotal
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column, Table, feeding
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata

# ---- Rows of a table that are no data, and the totals above it: numbering rows, a typed JUMLAH, a signature block ----

_TOTAL = kata("jumlah_kolom")


def is_numbering(sheet: CellSheet, found: FoundTable, index: int, rows: list[Row]) -> bool:
    """The row "1 2 3 4 …" under the headings."""
    if rows:
        return False
    numbers = [sheet.value(index, column) for column in sorted(found.columns.values())]
    present = [n for n in numbers if n is not None]
    return len(present) >= 4 and present == [float(i) for i in range(1, len(present) + 1)]


def is_heading(sheet: CellSheet, found: FoundTable, index: int, filled: Mapping[str, int]) -> bool:
    """A row of the headings typed or pasted again: each cell says what a heading of its own column says, and nothing else stands
    there. The rows above the headings (their groups, their hidden keys) are pasted along with them."""
    heads = range(max(0, found.head_row - 2), found.head_row + 1)

    def again(column: int) -> bool:
        own = sheet.value(index, column)
        return isinstance(own, str) and any(
            isinstance(head := sheet.value(row, column), str) and _bare(head) == _bare(own) for row in heads
        )

    return len(filled) > 1 and all(map(again, filled.values()))


def _bare(heading: str) -> str:
    return fold(heading).rstrip("* ")


def is_aside(sheet: CellSheet, found: FoundTable, index: int, filled: Mapping[str, int], gap: bool, reading: Reading) -> bool:
    """A typed JUMLAH row, or a lone text after a gap (a signature block, a note): named, not counted."""
    table = found.table
    if all(table.column(key).computed for key in filled):  # a sum typed below the table, without a word beside it
        column = next(iter(filled.values()))
        _say_aside("S311", sheet, index, column, shown(sheet.value(index, column)), reading)
        return True
    required = {c.key for c in table.columns if c.required}
    if required and required <= filled.keys() or _codes(table, filled):
        return False  # an indicator may be called "Jumlah …"; a row of sums has no code, nor every required column
    texts = [(column, v) for column in found.columns.values() if isinstance(v := sheet.value(index, column), str)]
    for column, text in texts:
        if len(text) < 40 and len(filled) <= max(3, len(found.columns) // 4) and _TOTAL(fold(text)):
            _say_aside("S311", sheet, index, column, text, reading)
            return True
    if not gap or len(filled) > 2:
        return False
    if len(texts) == len(filled) and len(required) > 2:
        _say_aside("S316", sheet, index, texts[0][0], texts[0][1], reading)
        return True
    return False


def _codes(table: Table, filled: Mapping[str, int]) -> bool:
    return any(table.column(key).kind.name in CODED for key in filled)


def _say_aside(code: str, sheet: CellSheet, index: int, column: int, text: str, reading: Reading) -> None:
    cell = address(index + 1, column + 1)
    reading.findings.append(Finding(code=code, sheet=sheet.name, cell=cell, value=text.strip()))


def read_totals(sheet: CellSheet, found: FoundTable, reading: Reading) -> None:
    """What the cells above a table show as its totals, for comparison with the rows."""
    if found.total_row is None:
        return
    for key in found.table.totals:
        if key not in found.columns:
            continue
        place = found.total_row, found.columns[key]
        cell = address(place[0] + 1, place[1] + 1)
        label = f"Jumlah {found.table.column(key).label}"
        raw = sheet.value(*place)
        broken = sheet.error(*place)
        rows = range(found.first_row, min(found.end_row, len(sheet.rows)))
        follows = any(sheet.error(row, found.columns[key]) for row in rows)
        if broken and not follows:
            reading.say(Finding(code="N405", sheet=sheet.name, cell=cell, column=label, value=broken))
        elif raw is not None and not broken:
            reading.totals.append(
                ShownTotal(table=found.table.key, column=key, label=label, sheet=sheet.name, cell=cell, value=raw)
            )


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
        places[column.key] = intern(address(place[0] + 1, place[1] + 1))  # all forms of a kind have the same
        read_cell(sheet, place, column, values, showing, reading)
    first = min(row for row, _ in found.cells.values())
    compute(found.form.fields, values, _unreadable(sheet, found.form.fields, found.cells, values), reading.lists)
    _read_broken_results(sheet, found.form.fields, found.cells, values, reading)
    return Row(values=values, row=first + 1, sheet=sheet.name, places=places, shown=showing)


def read_table(sheet: CellSheet, found: FoundTable, reading: Reading) -> tuple[Row, ...]:
    """Every row that holds anything, after gaps too. Typed JUMLAH rows, numbering rows and notes are named."""
    rows: list[Row] = []
    uncalculated: list[str] = []
    again = -2  # the last row of headings that stand there again
    gap, beyond = 0, False  # blank rows just above; each gap, and the first row below the prepared ones, is said once
    count = 0
    prepared = _prepared(sheet, found)
    inputs = _inputs(found)
    letters = {c.key: column_letters(found.columns[c.key] + 1) for c in found.table.columns if c.key in found.columns}
    quiet = quiet_rows(sheet, found, letters, reading)
    for index in range(found.first_row, min(found.end_row, len(sheet.rows))):
        known = quiet.get(index) if not gap and (beyond or index - found.first_row < prepared) else None
        if known and (rows or not is_numbering(sheet, found, index, rows)):
            count += 1
            rows.append(known)
            continue
        filled = _filled(sheet, found, inputs, index)
        if not filled:
            gap += bool(rows)
            continue
        if is_numbering(sheet, found, index, [] if again == index - 1 else rows):
            continue
        if is_heading(sheet, found, index, filled):
            if again != index - 1:  # the rows of one paste are said once, at the first
                count += 1
                column = next(iter(filled.values()))
                _say_aside("S322", sheet, index, column, shown(sheet.value(index, column)), reading)
            again = index
            continue
        count += 1
        if is_aside(sheet, found, index, filled, bool(gap), reading):
            continue
        row = _read_row(sheet, found, filled, RowPlaces(letters, index + 1), index, reading, uncalculated)
        inside = index - found.first_row < prepared
        # A row that was emptied is none to speak of, nor is a gap between rows that the form prepared with their formulas.
        if not inside and not beyond or gap > 1 and (not inside or prepared == found.end_row):
            cell = row.cell(next(iter(filled)))
            reading.findings.append(Finding(code="S309", sheet=sheet.name, cell=cell))
        gap, beyond = 0, beyond or not inside
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
    last = max((r for r in range(found.first_row, found.end_row) if sheet.formula(r, computed[0])), default=None)
    return found.end_row if last is None else last - found.first_row + 1


def _inputs(found: FoundTable) -> tuple[tuple[str, int], ...]:
    computed = {c.key for c in found.table.columns if c.computed}
    return tuple((key, column) for key, column in found.columns.items() if key not in computed)


def _filled(sheet: CellSheet, found: FoundTable, inputs: tuple[tuple[str, int], ...], index: int) -> dict[str, int]:
    """The input columns that hold something on this row; a computed cell counts only when it shows a number typed in."""
    cells = sheet.rows[index]
    width, odd = len(cells), index in sheet.odd_rows
    if not odd and cells.count(None) == width:
        return {}  # prepared, and nobody wrote there
    filled = {
        key: column for key, column in inputs
        if column < width and cells[column] is not None or odd and not sheet.empty(index, column)
    }  # fmt: skip
    if not filled:
        for key, column in found.columns.items():
            if column < width and isinstance(cells[column], float) and not sheet.formula(index, column):
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
    odd = index in sheet.odd_rows
    cells = sheet.rows[index]
    for column in found.table.columns:
        where = found.columns.get(column.key)
        if where is None or not column.computed and column.key not in filled:
            values[column.key] = None
            continue
        if not odd and not column.computed:  # nothing stands there but a value
            values[column.key] = parsed_value(cells[where], column, sheet.name, (index, where), reading)
            continue
        if odd and column.computed and sheet.uncalculated(index, where) and not sheet.error(index, where):
            if column.kind.shape is Shape.ANGKA:  # a looked-up name may be missing from the form's own, older list
                waiting.append(column.key)
            continue
        read_cell(sheet, (index, where), column, values, showing, reading)
    compute(found.table.columns, values, {key for key in filled if values.get(key, key) is None}, reading.lists)
    places_of = {key: (index, where) for key, where in found.columns.items()} if waiting or sheet.errors else {}
    _read_broken_results(sheet, found.table.columns, places_of, values, reading)
    # A cell that should show nothing says nothing when it was never calculated; nor does one whose cause was named.
    if waiting and not _said(sheet, found.table.columns, places_of, reading):
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
