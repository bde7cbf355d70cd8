"""Cells of a workbook that passed the gate: the only module that asks a reader library for values.

The fast reader (calamine) gives values; the scan of the raw sheet gives back what it hides: error cells and formulas
that nobody calculated. Where calamine cannot be trusted with a file (a stray far cell makes it abort the whole
process) openpyxl reads it, and a test holds that both give the same.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from kinerja_xl.package import SheetScan, address
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS
from kinerja_xl.reading.gate import Passed

MAX_ROWS, MAX_COLUMNS = NEAR_ROWS, NEAR_COLS
"""What lies beyond is counted by the scan and reported, not read; both readers stop here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSheet:
    """One sheet: ``rows[r][c]`` from A1, zero-based; None where empty. Error cells are in ``scan.errors``."""

    name: str
    state: str
    rows: list[list[object]]
    scan: SheetScan

    def value(self, row: int, column: int) -> object | None:
        """The value at a zero-based place; None outside what was read."""
        try:
            return self.rows[row][column]
        except IndexError:
            return None

    def error(self, row: int, column: int) -> str:
        """The error text of a broken cell (``#REF!``), or ""."""
        return self.scan.errors.get((row + 1, column + 1), "") if self.scan.errors else ""

    def uncalculated(self, row: int, column: int) -> bool:
        """Whether the cell holds a formula without a result."""
        formula = self.scan.formulas.get((row + 1, column + 1))
        return formula is not None and not formula.cached

    def has_formula(self, row: int, column: int) -> bool:
        return (row + 1, column + 1) in self.scan.formulas

    def empty(self, row: int, column: int) -> bool:
        """Nothing at all: no value, no error, no uncalculated formula."""
        return self.value(row, column) is None and not self.error(row, column) and not self.uncalculated(row, column)

    def beyond(self) -> tuple[int, str]:
        """How many filled cells lie outside what is read, and the first one's address."""
        far = self.scan.far_cells
        return self.scan.far_count, address(*far[0]) if far else ""


class CellsError(Exception):
    """Neither reader could read the workbook; ``str(error)`` is a short fact for the sentence."""


def read_cells(passed: Passed, data: bytes) -> Iterator[CellSheet]:
    """The worksheets in tab order, one at a time. Raises CellsError."""
    values = None if passed.stray else _fast(passed, data)
    if values is None:
        values = _slow(passed, data)
    for part in passed.package.sheets:
        if part.name in values and part.name in passed.scans:
            yield CellSheet(name=part.name, state=part.state, rows=values[part.name], scan=passed.scans[part.name])


def _fast(passed: Passed, data: bytes) -> dict[str, list[list[object]]] | None:
    """Values by calamine; None when it gives up (some files make it panic, which is no Exception)."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {}
        for name in book.sheet_names:
            if name in passed.scans:
                found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                sheets[name] = _trimmed([[None if v == "" else _clean(v) for v in row[:MAX_COLUMNS]] for row in found[:MAX_ROWS]])
        unread = not any(sheets.values()) and any(passed.scans[name].cell_count for name in sheets)
        return None if unread else sheets  # a part in UTF-16 comes out empty, without an error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        return None


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
                sheets[sheet.title] = _trimmed(
                    [[None if cell.data_type == "e" else _clean(cell.value) for cell in row] for row in rows]
                )
            book.close()
            return sheets
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:
        raise CellsError(type(error).__name__) from error


def _trimmed(rows: list[list[object]]) -> list[list[object]]:
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
