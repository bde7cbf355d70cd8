"""A worksheet that takes texts, numbers and formulas as they are, and writes a row in one piece: XlsxWriter's own bytes, sooner.

XlsxWriter asks of each cell which of a dozen kinds it is, and of each formula whether it uses one of some thirty functions newer
than the file format. Our writers say the kind, and use no such function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from io import StringIO
from pathlib import Path
from shutil import copyfileobj
from typing import Any, TextIO

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellRichStringTuple,
    CellStringTuple,
    Worksheet,
)
from xlsxwriter.xmlwriter import XMLwriter

_LONGEST = 16_000
"""Characters that certainly fit a cell; a longer text goes the long way."""

_LARGEST = 10**15
"""Whole numbers below it are written as they are."""

HERE = "\0"
"""Stands for the number of its row in a cell or a formula that many rows have; in texts such characters are escaped."""

_PIECE = 1 << 18
"""Bytes of the rows that are copied at a time."""

_SPANNED = 16
"""Rows of which XlsxWriter tells the columns together."""

_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))


class PlainSheet(Worksheet):  # type: ignore[misc]
    """Rows must come from top to bottom where the workbook keeps one row at a time (``constant_memory``); there texts stand in
    their cells, elsewhere they are shared.

    A cell whose format is in use already is kept as its bytes, with ``HERE`` for its row; a new format gets its number when its
    row is written, cell by cell from the left, as XlsxWriter does it.
    """

    dim_colmin: int
    dim_colmax: int
    previous_row: int
    fh: TextIO

    def __init__(self) -> None:
        super().__init__()
        self._looks: dict[Format | None, int] = {}
        self._heights: dict[tuple[float, int], tuple[Any, list[Any]]] = {}
        self._openings: dict[tuple[object, ...], str] = {}
        """The beginnings of rows, by span and height."""

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        if cell_format is None or len(string) > _LONGEST:
            return self._write_string(row, col, string, cell_format)  # type: ignore[no-any-return]
        if not self.constant_memory:
            return self._keep(row, col, CellStringTuple(self.str_table._get_shared_string_index(string), cell_format))
        return self._place(row, col, self.text_cell(col, string, cell_format) or CellStringTuple(string, cell_format))

    def text_cell(self, col: int, string: str, cell_format: Format) -> str | None:
        """A text's cell, to be put into the ``line`` of any number of rows; None where it has none yet."""
        opened = self.opened(col, cell_format)
        return opened + _inline(string) if opened and len(string) <= _LONGEST else None

    def opened(self, col: int, cell_format: Format) -> str | None:
        """How each cell of the column with this format begins; None where the workbook keeps all rows or no row before has the
        format: formats get their numbers when they are written."""
        style = self._looks.get(cell_format) if self.constant_memory else None
        return None if style is None else _opened(col, style)

    def line(self, row: int) -> dict[int, Any]:
        """The cells of a row of a book that keeps one at a time, by column, for cells as their bytes."""
        if (cells := self.table.get(row)) is not None:
            return cells  # type: ignore[no-any-return]
        if self._check_dimensions(row, self.dim_colmin or 0):
            return {}
        if row > self.previous_row:
            self._write_single_row(row)
        return self.table[row]  # type: ignore[no-any-return]

    def write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> int:
        if cell_format is None or number.__class__ is not int:
            return self._write_number(row, col, number, cell_format)  # type: ignore[no-any-return]
        opened = self.opened(col, cell_format)
        return self._place(row, col, opened + figure(number) if opened else CellNumberTuple(number, cell_format))

    def write_datetime(self, row: int, col: int, date: datetime, cell_format: Format | None = None) -> int:
        if cell_format is None or not (opened := self.opened(col, cell_format)):
            return self._write_datetime(row, col, date, cell_format)  # type: ignore[no-any-return]
        return self._place(row, col, opened + figure(self._convert_date_time(date)))

    def write_blank(self, row: int, col: int, blank: Any, cell_format: Format | None = None) -> int:
        if cell_format is None:
            return self._write_blank(row, col, blank, cell_format)  # type: ignore[no-any-return]
        return self.write_blanks(row, col, col, cell_format)

    def write_blanks(self, row: int, first: int, last: int, cell_format: Format) -> int:
        """Blank cells of one look, side by side."""
        style = self._looks.get(cell_format) if self.constant_memory else None
        if style is None:
            return sum(self._keep(row, col, CellBlankTuple(cell_format)) for col in range(first, last + 1))
        self.line(row).update(_blanks(first, last, style))
        return 0

    def write_formula(self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0) -> int:
        if cell_format is None:
            return self._write_formula(row, col, formula, cell_format, value)  # type: ignore[no-any-return]
        opened = self.opened(col, cell_format)
        return self._place(row, col, opened + live(formula, value) if opened else CellFormulaTuple(formula, cell_format, value))

    def set_height(self, row: int, points: float, level: int = 0) -> None:
        """``set_row`` for many rows of few heights."""
        kept = self._heights.get((points, level))
        if kept is None:
            if self.set_row(row, points, None, {"level": level}) == 0:
                self._heights[points, level] = self.row_info[row], self.row_sizes[row]
        elif not self._check_dimensions(row, self.dim_colmin or 0):
            self.row_info[row], self.row_sizes[row] = kept

    def print_columns(self, first: int, last: int) -> None:
        """Print these columns as far down as something stands in them, rows added later among it. Spelt with its rows, not as
        ``$B:$E``, which openpyxl takes for no print area."""
        area = f"${xl_col_to_name(first)}$1:${xl_col_to_name(last)}${self.xls_rowmax}"
        self.print_area_range = f"{quote_sheetname(self.name)}!{area}"

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _place(self, row: int, col: int, cell: object) -> int:
        """A cell as its bytes, or one whose format has no number yet."""
        if not isinstance(cell, str):
            return self._keep(row, col, cell)
        self.line(row)[col] = cell
        return 0

    def _keep(self, row: int, col: int, cell: object) -> int:
        cells = self.table.get(row)
        if cells is None or not self.dim_colmin <= col <= self.dim_colmax:
            if self._check_dimensions(row, col):
                return -1
            if self.constant_memory and row > self.previous_row:
                self._write_single_row(row)
            cells = self.table[row]
        cells[col] = cell
        return 0

    def _write_single_row(self, current_row_num: int = 0) -> None:
        row = self.previous_row
        cells = self.table.get(row)
        if not cells:
            super()._write_single_row(current_row_num)
            return
        self.previous_row = current_row_num
        self._write_cells(row, cells, None, _INLINE)
        self.table.clear()
        self.row_info.pop(row, None)  # nobody asks for the row again

    def _write_optimized_sheet_data(self) -> None:
        """The rows written so far, as the bytes that they are: as texts they would be decoded only to be encoded again."""
        if self.dim_rowmin is None:
            super()._write_optimized_sheet_data()
            return
        self._xml_start_tag("sheetData")
        self.fh.flush()
        self.row_data_fh.seek(0)
        copyfileobj(self.row_data_fh.buffer, self.fh.buffer, _PIECE)
        self.row_data_fh.close()
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")

    def _write_rows(self) -> None:
        """All rows of a workbook that keeps them until it is closed; its texts are shared."""
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, span = self.table.get(row), self.row_spans.get(row // _SPANNED)
            if cells:
                self._write_cells(row, cells, span, _SHARED)
            elif row in self.row_info or row in self.comments:
                self._write_empty_row(row, span, self.row_info.get(row))

    def _calculate_spans(self) -> None:
        """The first and the last column of the cells and comments of sixteen rows."""
        self.row_spans, columns = {}, list[int]()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            for kept in (self.table.get(row), self.comments.get(row)):
                columns += (min(kept), max(kept)) if kept else ()
            if columns and ((row + 1) % _SPANNED == 0 or row == self.dim_rowmax):
                self.row_spans[row // _SPANNED] = f"{min(columns) + 1}:{max(columns) + 1}"
                columns.clear()

    def _write_cells(self, row: int, cells: dict[int, Any], span: str | None, kinds: Mapping[type, Callable[[Any], str]]) -> None:
        columns, number = sorted(cells), str(row + 1)
        self.dim_colmin, self.dim_colmax = min(self.dim_colmin, columns[0]), max(self.dim_colmax, columns[-1])
        try:
            said = "".join([self._opening(row, span), *map(cells.__getitem__, columns)])
        except TypeError:  # not all are bytes
            said = self._spelt(row, span, cells, kinds)
        self.fh.write(f"{said}</row>".replace(HERE, number))

    def _spelt(self, row: int, span: str | None, cells: dict[int, Any], kinds: Mapping[type, Callable[[Any], str]]) -> str:
        """The same of a row of which some cells are no bytes yet; what stands before one of XlsxWriter's own is written first."""
        said = self._opening(row, span)
        for col in sorted(cells):
            cell = cells[col]
            if isinstance(cell, str):
                said += cell
            elif (written := kinds.get(cell.__class__)) and cell.format is not None:
                said += f"{_opened(col, self._style(cell.format))}{written(cell)}"
            else:
                self.fh.write(said.replace(HERE, str(row + 1)))
                said = ""
                self._write_cell(row, col, cell)
        return said

    def _opening(self, row: int, span: str | None) -> str:
        """How the row begins."""
        info = self.row_info.get(row)
        key = span, *((info.height, info.level, info.hidden, info.collapsed, info.row_format) if info else ())
        if key not in self._openings:
            file, self.fh = self.fh, (said := StringIO())
            self._write_row(row, span, info)
            self.fh, self._openings[key] = file, said.getvalue().replace(f'r="{row + 1}"', f'r="{HERE}"', 1)
        return self._openings[key]

    def _style(self, cell_format: Format) -> int:
        if cell_format not in self._looks:
            self._looks[cell_format] = cell_format._get_xf_index()
        return self._looks[cell_format]


@lru_cache(maxsize=1 << 12)
def _opened(col: int, style: int) -> str:
    return f'<c r="{xl_col_to_name(col)}{HERE}" s="{style}"'


@lru_cache(maxsize=1 << 8)
def _blanks(first: int, last: int, style: int) -> dict[int, str]:
    return {col: f"{_opened(col, style)}/>" for col in range(first, last + 1)}


@lru_cache(maxsize=1 << 12)
def _inline(text: str) -> str:
    """What follows the cell's place and style."""
    if "_x" in text or not text.isprintable():  # few
        text = XMLwriter._escape_control_characters(text)
    text = _escaped(text)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(cell: Any) -> str:
    return _inline(cell.string)


def _number(cell: Any) -> str:
    return figure(cell.number)


def figure(number: float) -> str:
    """What follows a number's place and style."""
    return f"><v>{number}</v></c>" if number.__class__ is int and -_LARGEST < number < _LARGEST else f"><v>{number:.16G}</v></c>"


def _formula(cell: Any) -> str:
    return live(cell.formula, cell.value)


def live(formula: str, value: Any) -> str:
    """What follows a formula's place and style."""
    kind = ""
    if isinstance(value, bool):
        value, kind = int(value), ' t="b"'
    elif isinstance(value, str):
        kind = ' t="e"' if value in _ERRORS else ' t="str"' if value else ""
        value = value and _escaped(value)
    return f"{kind}><f>{_spoken(formula)}</f><v>{value}</v></c>"


@lru_cache(maxsize=1 << 12)
def _spoken(formula: str) -> str:
    return _escaped(formula.removeprefix("="))


def _blank(cell: Any) -> str:
    return "/>"


def _shared(cell: Any) -> str:
    return f' t="s"><v>{cell.string}</v></c>'


_INLINE = {
    CellStringTuple: _text, CellNumberTuple: _number, CellDatetimeTuple: _number, CellFormulaTuple: _formula,
    CellBlankTuple: _blank,
}  # fmt: skip
_SHARED = {**_INLINE, CellStringTuple: _shared, CellRichStringTuple: _shared}
