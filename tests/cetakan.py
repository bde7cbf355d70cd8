"""A workbook as it comes out of the printer: LibreOffice's pages as text, by the sheet that their header names."""

import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.writing.metrics import LINE, line_count, pixels
from kinerja_xl.writing.shown.table import ROW_POINTS
from kinerja_xl.writing.styles import SIZE
from tests.libre import Office

THIRD, _FOOT = 1 / 3, 0.93
"""Of a page; below the foot stands its number."""

HIGHEST, _STANDARD = 409, 8.43
"""Excel's highest row in points, and its width of a column that has none."""


def letters_of(dimension, key):
    """The columns that one width is of."""
    return [get_column_letter(n) for n in range(dimension.min, dimension.max + 1)] if dimension.min else [key]


def _printed(sheet):
    """First and last column and row of what is printed of a sheet; None where it ends with what is in it."""
    if not sheet.print_area:
        return 1, 1, None, None
    left, top, right, bottom = range_boundaries(sheet.print_area.split("!")[-1])
    return left, top, right, min(bottom, sheet.max_row)


def _rooms(sheet):
    """Each printed text that does not wrap, and the pixels that it may fill: its own column or area, and at its right what is
    blank as far as its page goes; where columns repeat beside the first page, none of theirs runs on there."""
    left, top, right, bottom = _printed(sheet)
    wide = {letters: one.width for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)}
    wide |= {letters: 0 for key, one in sheet.column_dimensions.items() if one.hidden for letters in letters_of(one, key)}
    areas = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
    breaks = sorted(one.id for one in sheet.col_breaks.brk)
    kept = sheet.print_title_cols if breaks else None
    again = column_index_from_string(kept.replace("$", "").split(":")[-1]) if kept else 0
    for row in sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right):
        for cell in row:
            hidden = wide.get(get_column_letter(cell.column)) == 0 or sheet.row_dimensions[cell.row].hidden
            if cell.data_type != "s" or cell.alignment.wrap_text or hidden:
                continue
            page = next((one for one in breaks if one >= cell.column), right or sheet.max_column + 1)
            page = again if cell.column <= again else page
            end, runs = areas.get((cell.row, cell.column)), cell.alignment.horizontal in (None, "left", "general")
            if end is None:
                end = cell.column
                while runs and end < page and sheet.cell(cell.row, end + 1).value is None:
                    end += 1
            widths = [wide.get(get_column_letter(number), _STANDARD) for number in range(cell.column, end + 1)]
            if not right and end > sheet.max_column:
                continue
            yield cell, sum(width * 7 + 5 for width in widths if width)


def _wrapping(sheet):
    """Each printed text that wraps, and the pixels that one line of it may fill."""
    left, top, right, bottom = _printed(sheet)
    wide = {letters: one.width for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)}
    hidden = {letters for key, one in sheet.column_dimensions.items() if one.hidden for letters in letters_of(one, key)}
    areas = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right):
        for cell in (cell for cell in row if cell.data_type == "s" and cell.alignment.wrap_text):
            if sheet.row_dimensions[cell.row].hidden or get_column_letter(cell.column) in hidden:
                continue
            columns = range(cell.column, areas.get((cell.row, cell.column), cell.column) + 1)
            yield cell, sum(wide.get(get_column_letter(number), _STANDARD) * 7 for number in columns) - _PADDING


def _lines(cell, width):
    """Lines of a cell's text in a column of that width."""
    if not isinstance(cell.value, CellRichText):
        return line_count(cell.value, width, bool(cell.font.b))
    sizes = [(str(part).strip("\n"), getattr(getattr(part, "font", None), "sz", None) or SIZE) for part in cell.value]
    return sum(line_count(text, (width - _INDENT) * SIZE / size) for text, size in sizes if text)


_INDENT = 1.3
"""Characters that the indent of a label takes."""

_PADDING = 5
"""Pixels of a cell that no letter fills."""

_PARTS = re.compile(r"[\s/-]+")
"""Where a word may be parted."""

_LONGEST = 70
"""Letters: nobody's word is longer, a fingerprint (64) is not."""

LOOSE = 16
"""Rows of a book that may be a line too high: written before a long word, or a figure, made their column wider."""

LEAST_WORDS = 12
"""Fewer words on a page are its header and footer and nothing else."""


class Printed:
    """The pages of one workbook, by the sheet that their header names."""

    def __init__(self, office: Office, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self.path = path
        pdf = office.pdf([path])[path]
        self.pages = office.text(pdf)
        self.places = office.places(pdf)
        self.sheets: dict[str, list[str]] = defaultdict(list)
        self.order: list[str] = []
        for page in self.pages:
            head = next(line for line in page.splitlines() if line.strip())
            self.order.append(re.split(r"\s{3,}", head.strip())[-1])
            self.sheets[self.order[-1]].append(page)

    @cached_property
    def as_shown(self) -> list[Worksheet]:
        """Its sheets with results in the place of formulas, texts with the letters of each of their parts."""
        return openpyxl.load_workbook(self.path, rich_text=True, data_only=True).worksheets

    def text(self, sheet: str) -> str:
        """All pages of a sheet, blanks and line breaks as one blank."""
        return " ".join(" ".join(self.sheets[sheet]).split())

    def blank(self) -> list[str]:
        """Pages with nothing on them but header and footer."""
        return [page for page in self.pages if len(page.split()) < LEAST_WORDS]

    def clipped(self) -> list[str]:
        """Pages with a figure that its column has no room for."""
        return [page for page in self.pages if "##" in page]

    def empty_before_the_last(self) -> list[tuple[str, float]]:
        """Pages less than a third full that are not the last of their sheet, or beside it: the sheet, and how far down its words
        reach."""
        found = []
        beside = {sheet.title: len(sheet.col_breaks.brk) + 1 for sheet in self.as_shown}
        for number, (sheet, (_, height, words)) in enumerate(zip(self.order, self.places, strict=True)):
            reach = max((bottom for _, _, _, bottom in words if bottom < height * _FOOT), default=0.0) / height
            if sheet in self.order[number + beside.get(sheet, 1) :][:1] and reach < THIRD:
                found.append((sheet, round(reach, 2)))
        return found

    def outside(self) -> list[str]:
        """Sheets of which a word stands outside the paper."""
        return [
            sheet
            for sheet, (width, height, words) in zip(self.order, self.places, strict=True)
            if any(left < 0 or top < 0 or right > width or bottom > height for left, top, right, bottom in words)
        ]

    def cut(self) -> list[str]:
        """Cells whose row is lower than the lines of their text: what would be printed over the next row, or not at all; of a
        label with its hint in smaller letters each in its own."""
        found = []
        for sheet in self.as_shown:
            merged = {cell for area in sheet.merged_cells.ranges for cell in area.cells}
            wide = {letters: one.width for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)}
            hidden = {letters for key, one in sheet.column_dimensions.items() if one.hidden for letters in letters_of(one, key)}
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str | CellRichText)):
                if cell.data_type != "s" or (cell.row, cell.column) in merged or cell.column_letter in hidden:
                    continue
                if not cell.alignment.wrap_text or (cell.font.sz or SIZE) != SIZE:
                    continue
                high = sheet.row_dimensions[cell.row].height or ROW_POINTS
                lines = _lines(cell, wide.get(cell.column_letter, _STANDARD))
                if high < min(lines * LINE, HIGHEST) - 1:
                    found.append(f"{sheet.title} {cell.coordinate}: {lines}")
        return found

    def loose(self) -> list[str]:
        """Rows of filtered tables a line or more higher than the longest text in them asks for: room that pages lack."""
        found = []
        for sheet in openpyxl.load_workbook(self.path, data_only=True).worksheets:
            if not sheet.auto_filter.ref:
                continue
            sizes = [(letters, one) for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)]
            wide = {letters: one.width - _PADDING / 7 - _INDENT for letters, one in sizes}
            hidden = {letters for letters, one in sizes if one.hidden}
            for row in sheet[sheet.auto_filter.ref][1:]:
                texts = [cell for cell in row if isinstance(cell, Cell) and cell.data_type == "s"]
                shown = [cell for cell in texts if cell.column_letter not in hidden]
                lines = max((_lines(cell, wide.get(cell.column_letter, _STANDARD)) for cell in shown), default=1)
                high = sheet.row_dimensions[row[0].row].height or ROW_POINTS
                if high >= min((lines + 1) * LINE + 1, HIGHEST) and high > ROW_POINTS + 4:
                    found.append(f"{sheet.title} {row[0].row}: {high / LINE:.1f} lines for {lines}")
        return found

    def spilled(self) -> list[str]:
        """Cells whose text does not wrap and ends where its neighbour, the print area or the page begins: cut on paper, or
        printed on the next page. (Without a print area a page ends at its break alone.)"""
        return [
            f"{sheet.title} {cell.coordinate}: {cell.value!s:.30}"
            for sheet in openpyxl.load_workbook(self.path, rich_text=True).worksheets
            for cell, room in _rooms(sheet)
            if max(pixels(line, bool(cell.font.b)) for line in str(cell.value).split("\n")) * (cell.font.sz or SIZE) / SIZE > room
        ]

    def broken(self) -> list[str]:
        """Cells with a word that is wider than its column, and so is torn where it wraps."""
        return [
            f"{sheet.title} {cell.coordinate}: {word}"
            for sheet in self.as_shown
            for cell, room in _wrapping(sheet)
            for word in _PARTS.split(str(cell.value))
            if len(word) <= _LONGEST
            and pixels(word, bool(cell.font.b)) * (cell.font.sz or SIZE) / SIZE > room
        ]

    def numbered(self) -> bool:
        return all(f"Hal {n} dari {len(self.pages)}" in page for n, page in enumerate(self.pages, start=1))
