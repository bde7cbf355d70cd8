"""A Cek Mandiri sheet in pieces: counted lines, tables of formulas with a verdict, and the one line above that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.content import FIRST_COLUMN
from kinerja_xl.writing.form.cover import PROTECTION
from kinerja_xl.writing.form.pages import on_paper
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.self_check import OK, TODO
from kinerja_xl.writing.form.self_lines import Line
from kinerja_xl.writing.form.sheet import checked, write_formula, write_title
from kinerja_xl.writing.metrics import height, line_count

READY = "SIAP DISAMPAIKAN"
PERCENT = "#,##0.00"
"""Number format of percent points."""
_OVERALL_ROW, _FIRST_ROW = 3, 5
_UNREADABLE = "ada sel rusak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column of a table: heading, width, the look of its cells, and their number format where the look's does not fit."""

    label: str
    width: float
    look: str = "text_wrap"
    num_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A cell: a formula without "=" and the value that it shows for the content we write."""

    formula: str
    value: object


class Panel:
    """Writes downwards; ``row`` is the next free one. The verdicts of all blocks make the line at the top."""

    def __init__(self, sheet: Worksheet, plan: SheetPlan, context: FormContext, heads: Sequence[Head]) -> None:
        self._sheet, self._context, self._heads = sheet, context, heads
        self._areas: list[str] = []
        self._left = 0
        self._repeated = (0, 1)
        self.row = _FIRST_ROW
        write_title(sheet, plan, context)
        sheet.set_column(0, 0, 2)
        for index, head in enumerate(heads):
            sheet.set_column(FIRST_COLUMN + index, FIRST_COLUMN + index, head.width)

    def cell(self, column: int, row: int | None = None) -> str:
        """Absolute address of a column of the panel (0 the first) in a row (default: the next one)."""
        return str(xl_rowcol_to_cell(self.row if row is None else row, FIRST_COLUMN + column, True, True))

    def lines(self, title: str, lines: Iterable[Line]) -> None:
        """Counted lines: label, number, and a verdict where they are judged."""
        self._headings((title, "Nilai", "Hasil"))
        first = self.row
        for line in lines:
            self._write(0, line.label, "label")
            self._sheet.set_row(self.row, height(line_count(line.label, self._heads[0].width)))
            self._formula(1, f'IFERROR({line.formula},"{_UNREADABLE}")', line.value, "count")
            if line.judged:
                self._verdict(2, f'IF({self.cell(1)}=0,"{OK}","{TODO}")', OK if line.value == 0 else TODO)
            self.row += 1
        self._judge(2, first)

    def table(self, rows: Iterable[tuple[Sequence[Live], Live]]) -> None:
        """The table of the panel's own columns: cells in order, the verdict in the last one."""
        self._repeated = (self.row, self.row)  # the table may be longer than a page; the lines above it never are
        self._headings([head.label for head in self._heads])
        first, last = self.row, len(self._heads) - 1
        for cells, verdict in rows:
            lines = max(
                line_count(str(cell.value or ""), head.width) if isinstance(cell.value, str) else 1
                for cell, head in zip((*cells, verdict), self._heads, strict=True)
            )
            self._sheet.set_row(self.row, height(lines))
            for column, cell in enumerate(cells):
                head = self._heads[column]
                self._formula(column, cell.formula, cell.value, head.look, head.num_format)
            self._verdict(last, verdict.formula, str(verdict.value))
            self.row += 1
        self._judge(last, first)

    def finish(self, paper: str) -> None:
        """The line at the top, print set-up, protection with an empty password."""
        count = "+".join(f'SUMPRODUCT((LEN({area})>0)*({area}<>"{OK}"))' for area in self._areas) or "0"
        words = "hal perlu dilihat (di bawah)"
        value = f"BELUM SIAP: {self._left} {words}" if self._left else READY
        formula = f'IF(({count})=0,"{READY}","BELUM SIAP: "&({count})&" {words}")'
        sheet, style = self._sheet, self._context.styles.look("subtitle", font_size=13)
        write_formula(sheet, _OVERALL_ROW, FIRST_COLUMN, formula, value, style)
        on_paper(sheet, paper)
        sheet.repeat_rows(*self._repeated)
        sheet.print_area(0, FIRST_COLUMN, self.row, FIRST_COLUMN + len(self._heads) - 1)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", PROTECTION)

    # ---- pieces ------------------------------------------------------------------------------

    def _headings(self, texts: Iterable[str]) -> None:
        lines = 1
        for column, text in enumerate(texts):
            lines = max(lines, line_count(text, self._heads[column].width, bold=True))
            self._write(column, text, "heading")
        self._sheet.set_row(self.row, height(lines) + 4)
        self.row += 1

    def _write(self, column: int, text: str, look: str) -> None:
        checked(self._sheet.write_string(self.row, FIRST_COLUMN + column, text, self._context.styles.look(look)))

    def _formula(self, column: int, formula: str, value: object, look: str, num_format: str = "") -> None:
        style = self._context.styles.look(look, "computed", **({"num_format": num_format} if num_format else {}))
        write_formula(self._sheet, self.row, FIRST_COLUMN + column, formula, value, style)

    def _verdict(self, column: int, formula: str, text: str) -> None:
        self._formula(column, formula, text, "text_wrap")
        self._left += bool(text) and text != OK

    def _judge(self, column: int, first: int) -> None:
        """Colours of a block's verdicts, its place in the count, and a free row below it."""
        if self.row > first:
            where, styles = FIRST_COLUMN + column, self._context.styles
            own = xl_rowcol_to_cell(first, where, False, True)
            for criteria, look in ((f'={own}="{OK}"', "good"), (f'=AND(LEN({own})>0,{own}<>"{OK}")', "wajib")):
                rule = {"type": "formula", "criteria": criteria, "format": styles.rule(look)}
                checked(self._sheet.conditional_format(first, where, self.row - 1, where, rule))
            self._areas.append(f"{self.cell(column, first)}:{self.cell(column, self.row - 1)}")
        self.row += 1
