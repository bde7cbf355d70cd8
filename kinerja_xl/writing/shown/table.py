"""One table on a sheet: headings, totals, and typed cells. No text ever becomes a formula or a link.

Rows must be written from top to bottom: the workbook is in XlsxWriter's constant-memory mode, which keeps one row at
a time (30,000 lines: 7 MiB instead of 300).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from xlsxwriter.format import Format

from kinerja_xl.reckoning import Sum
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known, or_dash
from kinerja_xl.writing.metrics import STRETCH, height, line_count, longest_line, longest_word
from kinerja_xl.writing.plain import PlainSheet, figure, live
from kinerja_xl.writing.shown.page import FIGURE_MARGIN, Layout, Pages, numeric
from kinerja_xl.writing.spread import merged
from kinerja_xl.writing.styles import COUNT_FORMAT, LONG_DATE_FORMAT, TEXT_FORMAT

ALL_ROWS, SHOWN_ROWS = "Jumlah seluruhnya", "Jumlah baris di bawah ini"

_LONGEST_LITERAL = 250
"""Excel takes at most 255 characters in one text of a formula."""

_LONGEST_TEXT = 32_000
"""Excel's limit for a cell is 32,767 characters."""

_LONG, _MOST_LINES = 250, 31
"""Letters that fit into any column, and lines that a row has room for."""

_INDENT = 1.3
"""Characters that the indent of a text takes."""

_FILTER_BUTTON = 2.5
"""Characters that the button of the filter covers in a heading."""

_KNOWN = 1 << 10
"""Texts of a column that are kept: those of one unit stand together, and many are the same in all."""

_HEADING_HEIGHT = 20
ROW_POINTS = 14.25
"""A row of one line: 19 pixels, because XlsxWriter leaves out the 20 that are its default."""

Number = int | Decimal | float
Maker = tuple[int, str, Callable[[Any], object]]
"""Number and key of a column, and what it shows of a row."""
_Look = tuple[int, bool, bool, tuple[str, ...]]
"""A column, whether the cell holds a text, or a whole number, and the layers of its look."""
_NUMBERS = (int, float, Decimal)


class TableGrid:
    """Writes the cells of one ``Layout``, in whatever workbook is shown."""

    def __init__(self, frame: Pages, worksheet: PlainSheet, layout: Layout) -> None:
        self.frame, self.worksheet, self.layout = frame, worksheet, layout
        self._formats: dict[_Look, Format] = {}
        self._opened: dict[_Look, str] = {}
        """How the cells of a format that is in use begin."""
        self._row, self._cells = -1, dict[int, Any]()
        """The row that is being written, and its cells."""
        self._widest: list[Number] = [0] * len(layout.columns)
        self._longest = [longest_word(column.label, True) for column in layout.columns]
        self._most = [STRETCH * column.width for column in layout.columns]
        self._rooms = self._all_rooms()
        self._known: list[dict[str | tuple[str, tuple[str, ...]], tuple[int, str]]] = [{} for _ in layout.columns]
        """Of each column, the last texts (and looks of their own): the lines they take and their cells."""
        self.opening: Callable[[], None] | None = None
        """Writes what stands above the rows, once it is known how wide the columns are."""
        self.foreseen: Collection[int] = ()
        """The columns whose words were all looked at before the first row that is being written."""
        self.makers: Sequence[Maker] = ()
        """What its own columns show by their declarations (see ``flat``)."""
        self._lines = 1
        self.points: dict[int, float] = {}
        """Heights that were set, by row."""
        self.air = 0.0
        """Points that rows are higher than their text, which then stands in their middle: for a page that is read from afar."""

    def settle(self) -> None:
        """Words and figures are foreseen: columns of words give way to them, and what stands above the first row is written."""
        if self.opening:
            least = {column.key: self._needed(number) for number, column in enumerate(self.layout.columns)}
            self.layout = replace(self.layout, least=least)
            self._rooms = self._all_rooms()
            opening, self.opening = self.opening, None
            opening()

    # ---- cells ------------------------------------------------------------------------------------------------

    def put(self, row: int, column: int, value: object, *layers: str) -> None:
        """A value by its Python type; None leaves the cell blank (its border comes with ``finish``)."""
        if isinstance(value, str):  # most cells
            lines, cell = self._known[column].get((value, layers) if layers else value) or self._text(row, column, value, layers)
            if lines > self._lines:
                self._lines = lines
            if cell:
                if row != self._row:
                    self.line(row)
                self._cells[column] = cell
        elif value is None:
            if layers:
                self.worksheet.write_blank(row, column, None, self.format(column, False, *layers))
        elif isinstance(value, _NUMBERS):
            self._number(row, column, value, layers)
        elif isinstance(value, date):
            self.worksheet.write_datetime(row, column, _moment(value), self.format(column, False, *layers))
        else:
            raise TypeError(f"{type(value).__name__} has no place in a cell")

    def write(self, row: int, key: str, value: object, *layers: str) -> None:
        """``put`` into the column of that key."""
        self.put(row, self.layout.column(key), value, *layers)

    def formula(self, row: int, key: str, formula: str, value: object, *layers: str) -> None:
        """A formula (without "=") with the value that we computed; None is shown as ""."""
        self.put_formula(row, self.layout.column(key), formula, value, *layers)

    def put_formula(self, row: int, column: int, formula: str, value: object, *layers: str) -> None:
        shown = "" if value is None else value if isinstance(value, str) else plain_number(value)
        if not isinstance(shown, str):
            self.measure(column, shown)
        # The cell keeps the column's number format: staff may overwrite the formula with a figure.
        look = column, False, isinstance(shown, int), layers
        if opened := self._opened.get(look) or self._begun(look):
            self.line(row)[column] = opened + live(formula, shown)
        else:
            self.worksheet.write_formula(row, column, formula, self._formats[look], shown)

    def line(self, row: int) -> dict[int, Any]:
        """The cells of a row that is being written, by column."""
        if row != self._row:
            self._row, self._cells = row, self.worksheet.line(row)
        return self._cells

    def _begun(self, look: _Look) -> str:
        """How a cell of that look begins; "" while its format is in no row yet."""
        column, text, whole, layers = look
        if opened := self.worksheet.opened(column, self.format(column, text, *layers, whole=whole)):
            self._opened[look] = opened
        return opened or ""

    def _text(self, row: int, column: int, text: str, layers: tuple[str, ...]) -> tuple[int, str | None]:
        """The lines and the cell of a text that is not among the known ones; no cell where it was written without one."""
        lines, bold, fmt = 1, bool(layers), self.format(column, True, *layers)
        said = safe_text(text) if len(text) > _LONGEST_TEXT or text[:1] == "<" else text
        if self._rooms[column] is not None:  # a folded column does not make its rows higher
            if bold or column not in self.foreseen:
                self.foresee(column, said, bold)
            lines = line_count(said, self._rooms[column], bold)
        if not (cell := self.worksheet.text_cell(column, said, fmt)):
            self.worksheet.write_string(row, column, said, fmt)
            return lines, None
        if len(self._known[column]) >= _KNOWN:
            self._known[column].clear()
        self._known[column][(text, layers) if layers else text] = lines, cell
        return lines, cell

    def foresee(self, column: int, value: object, bold: bool = False) -> None:
        """What stands or will stand in the column: a text, whose words are not to be broken, or a figure."""
        if isinstance(value, _NUMBERS):
            self.measure(column, value)
        elif isinstance(value, str) and (longest := max(longest_word(value, bold), _whole(value, bold))) > self._longest[column]:
            self._longest[column] = longest
            if self._rooms[column] is not None:
                self._rooms[column] = self._room(column)
                self._known[column].clear()  # a wider column may take fewer lines

    def _room(self, column: int) -> float:
        """Characters for a text as wide as the column will be at least: of the longest word so far."""
        return max(self.layout.columns[column].width, self._words(column)) - _INDENT

    def _all_rooms(self) -> list[float | None]:
        return [self._room(number) if column.page == 1 else None for number, column in enumerate(self.layout.columns)]

    def _words(self, column: int) -> float:
        """The width that the longest word so far needs."""
        return min(self._longest[column] + _INDENT, self._most[column])

    def end_row(self, row: int, level: int = 0) -> None:
        """The height that the texts written since the last call need; ``level``: how deep the row is folded.

        Every row gets one: Excel and LibreOffice differ in what they give a row that has none, and so in its page.
        """
        self.points[row] = (height(self._lines) if self._lines > 1 else ROW_POINTS) + self.air
        self.worksheet.set_height(row, self.points[row], level)
        self._lines = 1

    def _number(self, row: int, column: int, value: Number, layers: tuple[str, ...]) -> None:
        number = plain_number(value)
        self.measure(column, number)
        look = column, False, isinstance(number, int), layers
        if (opened := self._opened.get(look) or self._begun(look)) and isfinite(number):
            self.line(row)[column] = opened + figure(number)
        else:
            self.worksheet.write_number(row, column, number, self._formats[look])

    def measure(self, column: int, number: Any) -> None:
        """A figure that stands or will stand in the column."""
        self._widest[column] = max(self._widest[column], abs(number))

    def format(self, column: int, text: bool, *layers: str, whole: bool = False) -> Format:
        """The column's format; ``text``: for a text, which in a column of figures keeps their side.

        ``whole``: for a whole number, which Excel would show as ``24,`` where decimals are optional.
        """
        key = (column, text, whole, layers)
        found = self._formats.get(key)
        if found is None:
            found = self._formats[key] = self._make_format(self.layout.columns[column], text, whole, layers)
        return found

    def _make_format(self, column: Column, text: bool, whole: bool, layers: tuple[str, ...]) -> Format:
        kind, styles = column.kind, self.frame.styles
        middle = self._middle()
        if whole and kind.num_format.endswith("#"):
            return styles.of(kind, *layers, **middle, num_format=COUNT_FORMAT)
        if kind.shape is Shape.TANGGAL:
            return styles.of(kind, *layers, **middle, num_format=LONG_DATE_FORMAT)
        if text and numeric(column):
            return styles.of(kind, *layers, **middle, num_format=TEXT_FORMAT, text_wrap=True)
        if not text and kind.num_format == TEXT_FORMAT:  # a formula in a text cell would turn into text when edited
            return styles.of(kind, *layers, **middle, num_format="General")
        return styles.of(kind, *layers, **middle)

    def _middle(self) -> dict[str, str]:
        """Part of the look asked for, never set on a format that other sheets share."""
        return {"valign": "vcenter"} if self.air else {}

    # ---- the frame --------------------------------------------------------------------------------------------

    def head(self, totals: Mapping[str, Number | Sum | None], total: str = "SUM({})") -> None:
        """Totals by key above the headings, then the headings; ``total`` is the formula over a column's range."""
        layout, styles = self.layout, self.frame.styles
        rows = ((ALL_ROWS, total), (SHOWN_ROWS, "SUBTOTAL(109,{})"))[: layout.around.total_rows]
        if layout.totals:
            for offset, (label, formula) in enumerate(rows):
                self.total_row(layout.top + offset, label, totals, formula)
        for number, column in enumerate(layout.columns):
            self.worksheet.write_string(layout.heading, number, column.label, styles.heading)
        shown = (c for c in layout.columns if c.page == 1)
        lines = max(line_count(c.label, c.width - _FILTER_BUTTON, True) for c in shown)
        self.points[layout.heading] = max(height(lines), _HEADING_HEIGHT)
        self.worksheet.set_row(layout.heading, self.points[layout.heading])
        if not layout.rows:
            fmt = styles.look("hint", "grid", align="left", indent=1, valign="vcenter")
            merged(self.worksheet, layout.first, self._first_shown(), layout.right, layout.sheet.empty, fmt)

    def total_row(self, row: int, label: str, totals: Mapping[str, Number | Sum | None], formula: str = "SUM({})") -> None:
        """A row of totals: the label in the first column, ``formula`` over the range of each column in ``totals``.

        A sum with unknown parts shows what is known, or a dash; how many are not stands in the row's ``belum_diketahui``. None:
        no row of the column knows its amount.
        """
        values = {self.layout.column(key): value for key, value in totals.items()}
        first = self._first_shown()
        # The label runs over its neighbours.
        open_sided = self.frame.styles.look("text", "total", left=0, right=0, **self._middle())
        for number in range(len(self.layout.columns)):
            if number in values:
                self._total(row, number, values[number], formula.format(self.layout.range(number)))
            elif number == first:
                self.worksheet.write_string(row, number, label, open_sided)
            else:
                self.worksheet.write_blank(row, number, None, open_sided)

    def _total(self, row: int, number: int, value: Number | Sum | None, formula: str) -> None:
        if isinstance(value, Sum):
            formula = or_dash(formula, self.layout.ref(UNKNOWN_ROWS, row))
        elif value is None:
            formula = f'IF(COUNT({self.layout.range(number)})=0,"{UNKNOWN}",{formula})'
        self.put_formula(row, number, formula, known(value.shown if isinstance(value, Sum) else value), "total")

    def group_row(
        self, row: int, key: str, text: str, layer: str, amounts: Mapping[str, tuple[str, Number]], level: int = 0
    ) -> None:
        """A heading inside the table: ``text`` runs to the right from column ``key``, up to its amounts ((formula, value) by
        column), and wraps where that is too short.

        Its amounts stand in columns of their own, so that no total meets them and sorting does no harm.
        """
        start = self.layout.column(key)
        values = {self.layout.column(k): pair for k, pair in amounts.items()}
        plain = self.frame.styles.look("text", layer, left=0, right=0)
        self.worksheet.write_blanks(row, start, self.layout.right, plain)
        end = min((number for number in values if number > start), default=self.layout.right + 1)
        shown = [number for number in range(start, end) if self.layout.columns[number].page == 1]
        lines = line_count(text, sum(map(self.width, shown)) - _INDENT, bold=True)
        if lines > 1:
            wrapped = self.frame.styles.look("text_wrap", layer, left=0, right=0)
            merged(self.worksheet, row, start, end - 1, safe_text(text), wrapped)
        else:
            self.worksheet.write_string(row, start, safe_text(text), plain)
        for number, (formula, value) in values.items():
            self.put_formula(row, number, formula, value, layer)
        self._lines = lines
        self.end_row(row, level)

    def _first_shown(self) -> int:
        return next(i for i, c in enumerate(self.layout.columns) if c.page == 1)

    def finish(self, *, filtered: bool = True, widths: bool = True) -> None:
        """Borders of blank cells, the filter, widths and folds: all that needs no row any more."""
        assert self.opening is None, f"{self.layout.sheet.name}: begun and never settled"
        layout = self.layout
        # One rule instead of a formatted blank per empty cell: a third of the cells of a RAB are empty.
        mark = layout.around.mark
        criteria = f'={layout.ref(mark, layout.first)}<>""' if mark else "=1"
        rule = {"type": "formula", "criteria": criteria, "format": self.frame.styles.rule("grid")}
        self.worksheet.conditional_format(layout.first, 0, layout.last, layout.right, rule)
        if filtered:
            self.worksheet.autofilter(layout.heading, 0, layout.last, layout.right)
        if widths:
            self._set_columns()
        area = f"A{layout.first + 1}:{layout.range(layout.right).split(':')[1]}".replace("$", "")
        self.worksheet.ignore_errors({"number_stored_as_text": area})

    def _set_columns(self) -> None:
        folded = False
        for number, column in enumerate(self.layout.columns):
            options = {"level": 1, "hidden": True} if column.page == 2 else {"collapsed": True} if folded else {}
            self.worksheet.set_column(number, number, self.width(number), None, options)
            folded = column.page == 2
        if folded:
            self.worksheet.set_column(len(self.layout.columns), len(self.layout.columns), None, None, {"collapsed": True})

    def width(self, number: int) -> float:
        """Width as declared, wider where a figure needs it (a clipped one reads ``####``), or a word, which is not broken."""
        return max(self.layout.columns[number].width, self._needed(number))

    def _needed(self, number: int) -> float:
        """The width that words and figures so far ask for."""
        column, widest = self.layout.columns[number], Decimal(self._widest[number])
        percent = "%" in column.kind.num_format
        if numeric(column) and not percent:
            return len(format_number(widest, 0)) + FIGURE_MARGIN
        words = self._words(number)
        return max(words, len(format_number(100 * widest, 2)) + FIGURE_MARGIN) if percent else words


def _whole(text: str, bold: bool) -> float:
    """The width that a long text needs to stand whole in the highest row that there is; 0 for what fits anywhere."""
    if len(text) <= _LONG:
        return 0.0
    width = longest_line(text.replace("\n", " "), bold) / _MOST_LINES
    while width < _LONG and line_count(text, width, bold) > _MOST_LINES:
        width += 1
    return width


def safe_text(value: str) -> str:
    """Text as a cell can hold it."""
    text = value if len(value) <= _LONGEST_TEXT else value[:_LONGEST_TEXT] + " …"
    # XlsxWriter takes such a text for its own rich-text markup and would put it into the file unescaped.
    return f" {text}" if text.startswith("<r>") and text.endswith("</r>") else text


def text_literal(text: str) -> str:
    """A text inside a formula, in pieces where it is longer than Excel takes."""
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)


def shorten(value: object, limit: int) -> object:
    """A long text cut at a word, with an ellipsis; anything else as it is."""
    if not isinstance(value, str) or len(value) <= limit:
        return value
    return value[:limit].rsplit(" ", 1)[0] + " …"


def plain_number(value: object) -> int | float:
    """The number as the file format writes it: whole numbers exactly, others as the nearest double."""
    if value.__class__ is int:  # most of them
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    assert isinstance(value, int | float)
    return value


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
