"""Write one value into one cell by its kind, and restrict what may be typed there.

Only typed write calls: XlsxWriter's ``write()`` would turn a text that begins with "=" into a formula.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import LIST_PREFIX
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.writing.styles import NUMBER_FORMAT, Styles

MAX_TITLE, MAX_MESSAGE = 32, 255
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


class WriteError(Exception):
    """XlsxWriter refused a cell or a validation: a defect of ours, never the office's."""


def checked(result: int | object) -> None:
    """Raise when XlsxWriter answers a call with a negative code (it only warns)."""
    if isinstance(result, int) and result < 0:
        raise WriteError(str(result))


def write_value(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """A parsed value into a cell, by its type. None leaves a formatted blank."""
    if value is None or value == "":
        checked(sheet.write_blank(row, column, None, style))
    elif isinstance(value, bool):
        checked(sheet.write_string(row, column, "Ya" if value else "Tidak", style))
    elif isinstance(value, Decimal | int | float):
        checked(sheet.write_number(row, column, number(value), style))
    elif isinstance(value, date):
        checked(sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style))
    else:
        checked(sheet.write_string(row, column, str(value), style))


def write_formula(sheet: Worksheet, row: int, column: int, formula: str, value: object, style: Format) -> None:
    """A formula (without "=") and the value that we computed for it; None is what Excel shows as ""."""
    cached: object = "" if value is None else value
    if isinstance(cached, Decimal | int | float) and not isinstance(cached, bool):
        cached = number(cached)
    checked(sheet.write_formula(row, column, "=" + formula, style, cached))


def number(value: Decimal | int | float) -> int | float:
    """An exact int where the number is whole; else the nearest float, as Excel keeps it."""
    whole = int(value)
    return whole if whole == value else float(value)


def restrict(sheet: Worksheet, area: tuple[int, int, int, int], column: Column, lists: Listings) -> None:
    """Limit what may be typed into an area, and show the column's hint when one of its cells is chosen."""
    rule = _validation(column, lists)
    if rule["validate"] != "any" or column.hint:
        checked(sheet.data_validation(*area, rule))


def show_whole_numbers(sheet: Worksheet, area: tuple[int, int, int, int], column: Column, styles: Styles) -> None:
    """Show ``24`` in a column whose decimals are optional; by its number format alone Excel would show ``24,``."""
    if column.kind.num_format != NUMBER_FORMAT:
        return
    own = xl_rowcol_to_cell(area[0], area[1])
    rule = {"type": "formula", "criteria": f"=IF(ISNUMBER({own}),{own}=INT({own}),FALSE)", "format": styles.whole}
    checked(sheet.conditional_format(*area, rule))


def _validation(column: Column, lists: Listings) -> dict[str, Any]:
    rule = _rule(column.kind, lists)
    if column.hint:
        rule |= {"input_title": column.label.strip()[:MAX_TITLE], "input_message": column.hint[:MAX_MESSAGE]}
    if rule.get("validate") != "any":
        rule |= {
            "error_title": column.label.strip()[:MAX_TITLE],
            "error_message": f"Isi dengan {column.kind.describe}.",
            "error_type": "information" if column.kind.open_list else "stop",
        }
    return rule


def _rule(kind: Kind, lists: Listings) -> dict[str, Any]:
    if kind.list_name and kind.list_name in lists.by_name:
        return {"validate": "list", "source": f"={LIST_PREFIX}{kind.list_name}"}
    if kind.shape is Shape.TANGGAL:
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
    if kind.shape is Shape.ANGKA:
        return {"validate": "integer" if kind.whole else "decimal", **_bounds(kind)}
    return {"validate": "any"}


def _bounds(kind: Kind) -> dict[str, Any]:
    low = -(10**15) if kind.minimum is None else number(kind.minimum)
    high = 10**15 if kind.maximum is None else number(kind.maximum)
    return {"criteria": "between", "minimum": low, "maximum": high}
