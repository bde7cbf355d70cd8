"""An .xls (Excel 2 to 2003, in its container or a bare stream) by xlrd, which keeps rows as long as they are.

Texts of Excel 97 and later are Unicode whatever code page the file names; a number format is what its record says, also under
an id that Excel keeps for its own; the stream's name is known in capitals, too.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from kinerja_xl.formula.references import Place
from kinerja_xl.reading.old.found import Found
from kinerja_xl.reading.old.xls_formulas import formulas_of

_STATES = ("visible", "hidden", "veryHidden")


def xls_sheets(data: bytes) -> list[Found]:
    """Every worksheet. Raises what xlrd raises for a damaged file, TooLargeError."""
    import xlrd

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
    formulas = formulas_of(book, data)
    return [_sheet(book, sheet, formulas[sheet.number]) for sheet in book.sheets()]


def _sheet(book: Any, sheet: Any, formulas: Mapping[Place, str]) -> Found:
    import xlrd

    found = Found(name=sheet.name or "Lembar1", state=_STATES[min(sheet.visibility, 2)])
    for row in range(sheet.nrows):
        for col, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind == xlrd.XL_CELL_ERROR:
                found.put(row + 1, col + 1, None, xlrd.error_text_from_code.get(value, "#N/A"))
            elif kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                found.put(row + 1, col + 1, _value(kind, value, book.datemode))
    found.formulas = {place: text for place, text in formulas.items() if place in found.cells or place in found.errors}
    found.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    found.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    found.hidden_cols = {col + 1 for col, info in sheet.colinfo_map.items() if info.hidden and col < sheet.ncols}
    return found


def _value(kind: int, value: Any, datemode: int) -> object:
    import xlrd

    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind != xlrd.XL_CELL_DATE:
        return value
    try:
        moment = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):  # no date that anybody could mean
        return value
    return moment.time() if value < 1 else moment.date() if moment.time() == time() else _seconds(moment)


def _seconds(moment: datetime) -> datetime:
    """Without the noise of a fraction of a day."""
    return moment.replace(microsecond=0)
