"""Cells of a workbook that passed the gate: the only module that asks a reader library for values.

The fast reader (calamine) gives values; the scan of the raw sheet gives back what it hides: error cells and formulas
that nobody calculated. Where calamine cannot be trusted with a file (a stray far cell makes it abort the whole
process) openpyxl reads it, and a test holds that both give the same.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.package import SheetPart, SheetScan, address
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS
from kinerja_xl.reading.gate import Passed

__all__ = ["CellSheet", "CellsError", "read_cells", "trimmed"]

MAX_ROWS, MAX_COLUMNS = NEAR_ROWS, NEAR_COLS
"""What lies beyond is counted by the scan and reported, not read; both readers stop here."""


_VALUE = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>\s*[^<\s]")
"""A value in a worksheet part, whatever its encoding (without the zero bytes of UTF-16)."""


class CellsError(Exception):
    """Neither reader could read the workbook; ``str(error)`` is a short fact for the sentence."""


def read_cells(passed: Passed, data: bytes) -> Iterator[CellSheet]:
    """The worksheets in tab order, one at a time. Raises CellsError."""
    values = None if passed.stray else _fast(passed, data)
    if values is None:
        values = _slow(passed, data)
        if unread := _unread(passed, values):
            raise CellsError(f"isi lembar {', '.join(unread)} tidak terbaca")
    for part in passed.package.sheets:
        if part.name in values and part.name in passed.scans:
            yield _sheet(part, values[part.name], passed.scans[part.name])


def _sheet(part: SheetPart, rows: list[list[object]], scan: SheetScan) -> CellSheet:
    return CellSheet(
        name=part.name, rows=rows, state=part.state, errors=scan.errors, formulas=scan.formulas, merged=scan.merged,
        hidden_rows=frozenset(scan.hidden_rows), hidden_cols=frozenset(scan.hidden_cols), filtered=scan.filtered,
        beyond=scan.far_count, far=address(*scan.far_cells[0]) if scan.far_cells else "",
    )  # fmt: skip


def _fast(passed: Passed, data: bytes) -> dict[str, list[list[object]]] | None:
    """Values by calamine; None when it gives up (some files make it panic, which is no Exception)."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {}
        for name in book.sheet_names:
            if name in passed.scans:
                found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                sheets[name] = trimmed([[None if v == "" else _clean(v) for v in row[:MAX_COLUMNS]] for row in found[:MAX_ROWS]])
        return None if _unread(passed, sheets) else sheets  # a part in UTF-16 comes out empty, without an error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        return None


def _unread(passed: Passed, sheets: Mapping[str, list[list[object]]]) -> list[str]:
    """Sheets of which nothing was read although their parts hold values."""
    parts = {part.name: part.path for part in passed.package.sheets}
    return [
        name
        for name, rows in sheets.items()
        if not rows and passed.scans[name].cell_count and _VALUE.search(passed.package.part(parts[name]).replace(b"\0", b""))
    ]


def _slow(passed: Passed, data: bytes) -> dict[str, list[list[object]]]:
    """Values by openpyxl, as far as the scan saw cells within the limits (it pads up to what it is asked for)."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not know concern us only when writing
            book = load_workbook(BytesIO(data), data_only=True, read_only=True)
            sheets = {}
            for sheet in book.worksheets:
                if sheet.title not in passed.scans:
                    continue
                scan = passed.scans[sheet.title]
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=max(scan.near_row, 1), max_col=max(scan.near_col, 1))
                sheets[sheet.title] = trimmed(
                    [[None if cell.data_type == "e" else _clean(cell.value) for cell in row] for row in rows]
                )
            book.close()
            return sheets
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:
        raise CellsError(type(error).__name__) from error


def trimmed(rows: list[list[object]]) -> list[list[object]]:
    """The rows without the blank ones at the end."""
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    return rows


def _clean(value: object) -> object | None:
    """One form for what both readers give: "" is None, midnight is a date, an int is a float."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, date):
        return value
    return value
