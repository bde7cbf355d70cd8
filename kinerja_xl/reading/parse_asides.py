"""Rows of a table that are no data, and the totals above it: numbering rows, a typed JUMLAH, a signature block."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.findings import Finding
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import FoundTable
from kinerja_xl.reading.parse_cells import Reading, shown
from kinerja_xl.sheets.content import Row, ShownTotal
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.values import fold

_TOTAL_WORDS = ("jumlah", "total", "subtotal", "grandtotal", "subjumlah")  # folded


def is_numbering(sheet: CellSheet, found: FoundTable, index: int, rows: list[Row]) -> bool:
    """The row "1 2 3 4 …" under the headings."""
    if rows:
        return False
    numbers = [sheet.value(index, column) for column in sorted(found.columns.values())]
    present = [n for n in numbers if n is not None]
    return len(present) >= 4 and present == [float(i) for i in range(1, len(present) + 1)]


def is_aside(sheet: CellSheet, found: FoundTable, index: int, filled: Mapping[str, int], gap: bool, reading: Reading) -> bool:
    """A typed JUMLAH row, or a lone text after a gap (a signature block, a note): named, not counted."""
    table = found.table
    texts = [(column, v) for key, column in found.columns.items() if isinstance(v := sheet.value(index, column), str)]
    if all(table.column(key).computed for key in filled):  # a sum typed below the table, without a word beside it
        column = next(iter(filled.values()))
        _say_aside("S311", sheet, index, column, shown(sheet.value(index, column)), reading)
        return True
    required = {c.key for c in table.columns if c.required}
    if required and required <= filled.keys() or _codes(table, filled):
        return False  # an indicator may be called "Jumlah …"; a row of sums has no code, nor every required column
    for column, text in texts:
        if len(text) < 40 and len(filled) <= max(3, len(found.columns) // 4) and fold(text).startswith(_TOTAL_WORDS):
            _say_aside("S311", sheet, index, column, text, reading)
            return True
    if not gap or len(filled) > 2:
        return False
    if len(texts) == len(filled) and len(required) > 2:
        _say_aside("S316", sheet, index, texts[0][0], texts[0][1], reading)
        return True
    return False


def _codes(table: Table, filled: Mapping[str, int]) -> bool:
    return any(table.column(key).kind.name in ("kode", "rekening") for key in filled)


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
