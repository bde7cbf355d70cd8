"""The first sheet of a book that is signed: one sentence, what is asked of the Camat, tables that share one grid of columns.

Everything stands on the columns of one ``TableGrid``; what is wider runs over several of them. Sentences are formulas, and so
follow the cells that they tell of: ``Live`` puts formula and text together piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format

from kinerja_xl.reckoning import Sum
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.sheets.rekap import Around, known, or_dash
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.readable import MARGIN, paper_named
from kinerja_xl.writing.shown.page import ZOOM, Frame, Layout, signature_block
from kinerja_xl.writing.shown.paper import close_page, shown_right
from kinerja_xl.writing.shown.table import ROW_POINTS, TableGrid, plain_number, text_literal
from kinerja_xl.writing.spread import merged
from kinerja_xl.writing.styles import CHART_FILLS, FONT, INK, KEGIATAN_FILL, NAVY, RULE, SIZE

Value = str | int | float | Decimal

SENTENCE_ROW = 6
"""Below the letterhead and a blank row."""

FIRST_CAPTION = SENTENCE_ROW + 2
_SCREEN = 1366 - 46
"""Pixels of a small screen but for the numbers of the rows and the scroll bar."""
AIR, _AIRY_ROWS = 4.0, 12
"""Points that a row has over its text, on a page of so many rows; on one of more a quarter."""

PARAF_POINTS, CLOSE_PARAF_POINTS = 27.0, 24.0
"""A row that somebody signs with initials is never lower."""

SIGNED_LEAST = 6.0
"""Points that letters keep on one page; smaller ones go on several."""

_FROZEN = 300.0
"""Points of rows that may stay in sight on a small screen while the others scroll."""

_CLOSE_MARGIN = 0.46
"""Inches above and below such a page: its header and footer stand within."""

CAPTION_POINTS, HEAD_POINTS = 18.0, 20.0
_SENTENCE_POINTS, _GAP_POINTS = 32.0, 7.0
_INDENT = 2
BOX, DOTTED = "\N{WHITE SQUARE}", "." * 14
"""Before each answer to tick; where a date is written by hand."""

_MILLIONS = "#,##0.0,,"
_SMALL = {"name": FONT, "size": 9, "color": INK}


# ---- A sentence with figures in it, as formula and as the text that it gives ----

@dataclass(slots=True)
class Live:
    """Pieces of a sentence; FIXED writes a figure as the reader's machine writes figures, as its cells do."""

    formulas: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def add(self, formula: str, shown: str) -> Live:
        self.formulas.append(formula)
        self.words.append(shown)
        return self

    def text(self, words: str) -> Live:
        return self.add(text_literal(words), words)

    def asked(self, matters: int) -> Live:
        """How many matters wait for the Camat: the end of the sentence of every Ringkasan."""
        return self.text(f"{matters} hal menunggu keputusan Camat." if matters else "Tidak ada yang menunggu keputusan Camat.")

    def count(self, formula: str, value: int) -> Live:
        return self.add(f"({formula})", str(value))

    def rupiah(self, cell: str, value: int) -> Live:
        return self.add(f'"Rp"&FIXED({cell},0)', format_rupiah(value))

    def percent(self, formula: str, value: Decimal) -> Live:
        """Percent points with two decimals."""
        return self.add(f'FIXED({formula},2)&" %"', f"{format_number(value, 2)} %")

    def when(self, test: str, holds: bool, then: Live) -> Live:
        """``then`` only where ``test`` holds."""
        return self.add(f'IF({test},{then.formula},"")', then.shown if holds else "")

    @property
    def formula(self) -> str:
        return "&".join(self.formulas)

    @property
    def shown(self) -> str:
        return "".join(self.words)


# ---- What is asked of the Camat ----

@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One matter: its words, the answers to tick, what it is about in rupiah (None: nothing); formulas ("" for none) of the
    amount and of how many rows of it are not known. ``caption`` stands before the amount."""

    words: str
    choices: Sequence[str] = ()
    amount: Sum | None = None
    formula: str = ""
    unknown: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The columns (first and last key) that a table of decisions takes: matter, amount, its unknown rows, answers, paraf."""

    matter: tuple[str, str]
    amount: str
    unknown: str
    choices: tuple[str, str]
    paraf: str


class Front:
    """Writes the parts of a first sheet over the columns of ``grid``, from top to bottom."""

    def __init__(self, grid: TableGrid, frame: Frame, told: int) -> None:
        """``told``: rows of its tables. A page of many of them is as large as its height lets it be: they stand closer."""
        self.grid, self.frame, self.worksheet, self.styles = grid, frame, grid.worksheet, frame.styles
        self.context: Any = grid.frame
        self.own: Layout = grid.layout
        self.right = shown_right(self.own)
        self.close = told > _AIRY_ROWS
        grid.air = AIR / 4 if self.close else AIR
        if self.close:
            self.worksheet.set_margins(left=MARGIN, right=MARGIN, top=_CLOSE_MARGIN, bottom=_CLOSE_MARGIN)
        self._later: dict[int, list[Callable[[], object]]] = {}
        self._captions: set[int] = set()

    def columns(self, first: str, last: str = "") -> tuple[int, int]:
        return self.own.column(first), self.own.column(last or first)

    def width(self, first: int, last: int) -> float:
        """Characters that fit into one line over these columns."""
        return sum(self.grid.width(n) for n in range(first, last + 1) if self.own.columns[n].page == 1) - _INDENT

    def end_page(self, bottom: int, foot: int) -> None:
        """One page, where its letters can be read; else several, which repeat the headings; all from row ``foot`` on the last."""
        self.on_screen()
        if self._size_on_one(bottom) >= SIGNED_LEAST:
            self.worksheet.print_area(0, 0, bottom, self.right)
            self.worksheet.fit_to_pages(1, 1)
            return
        close_page(self.grid, bottom, heads=self._captions, signature=foot, top=0)
        if self._high(self.own.heading) > _FROZEN:
            self.worksheet.freeze_panes(0, self.own.sheet.keep)

    def _size_on_one(self, bottom: int) -> float:
        """Points of its letters where all rows down to ``bottom`` stand on one page."""
        _, height, _ = paper_named(self.frame.paper)
        return SIZE * min(1.0, (height - 2 * _CLOSE_MARGIN) * 72 / self._high(bottom))

    def _high(self, last: int) -> float:
        return sum(self.grid.points.get(row, ROW_POINTS) for row in range(last + 1))

    def on_screen(self) -> None:
        """As large as its whole width is seen on a screen of 1366 pixels."""
        shown = sum(self.grid.width(n) * 7 + 5 for n in range(self.right + 1) if self.own.columns[n].page == 1)
        self.worksheet.set_zoom(min(ZOOM, int(_SCREEN * 100 / shown)))

    def lines(self, text: str, place: tuple[int, int], bold: bool = False) -> int:
        return line_count(text, self.width(*place), bold)

    def set_height(self, row: int, points: float) -> None:
        self.grid.points[row] = points
        self.worksheet.set_row(row, points)

    def put(self, row: int, place: tuple[int, int], fmt: Format, value: Value | None, formula: str = "") -> None:
        """A value, or a formula with its value, over these columns."""
        first, last = place
        if first < last:
            self.worksheet.merge_range(row, first, row, last, "", fmt)
        shown = value if isinstance(value, str | None) else plain_number(value)
        if formula:
            self.worksheet.write_formula(row, first, f"={formula}", fmt, "" if shown is None else shown)
        elif shown is None:
            self.worksheet.write_blank(row, first, None, fmt)
        elif isinstance(shown, str):
            self.worksheet.write_string(row, first, shown, fmt)
        else:
            self.worksheet.write_number(row, first, shown, fmt)

    def gap(self, row: int) -> None:
        """An empty row, low where the page is close. A book that keeps one row at a time forgets a height without cells."""
        if self.close:
            self.set_height(row, _GAP_POINTS)
            self.worksheet.write_blank(row, 0, None, self.styles.look())

    def sentence(self, live: Live) -> None:
        """How it stands, in a box across the page."""
        fmt = self.styles.look(bold=True, font_size=12, font_color=INK, bg_color=KEGIATAN_FILL, border=1, border_color=NAVY,
                               align="left", indent=1, valign="vcenter", text_wrap=True)  # fmt: skip
        place = (0, self.right)
        lines = line_count(live.shown, self.width(*place) * 10 / 12, True)
        self.gap(SENTENCE_ROW - 1)
        self.set_height(SENTENCE_ROW, max(_SENTENCE_POINTS, height(lines) * 12 / 10 + 8))
        self.put(SENTENCE_ROW, place, fmt, live.shown, live.formula)

    def caption(self, row: int, title: str) -> None:
        self.gap(row - 1)
        self._captions |= {row, row + 1}
        self.set_height(row, CAPTION_POINTS)
        self.worksheet.write_string(row, 0, title, self.styles.look("subtitle", font_color=NAVY))

    def heads(self, row: int, labels: Sequence[tuple[tuple[int, int], str]]) -> None:
        lines = max(self.lines(label, place, True) for place, label in labels)
        self.set_height(row, max(height(lines), HEAD_POINTS))
        for place, label in labels:
            merged(self.worksheet, row, *place, label, self.styles.heading)

    def decisions(self, row: int, around: Around, told: Sequence[Decision], places: Places, nothing: str) -> int:
        """Caption, headings, a row for each matter, ``nothing`` where there is none; the last row that they fill."""
        self.caption(row, around.title)
        matter, choices, paraf = self.columns(*places.matter), self.columns(*places.choices), self.columns(places.paraf)
        unknown = self.columns(places.unknown)
        apart = any(one.unknown and one.amount and one.amount.unknown for one in told)
        amount = self.columns(places.amount) if apart else self.columns(places.amount, places.unknown)
        labels = [(matter, around.own("perkara").label), (amount, around.own("jumlah").label),
                  (choices, around.own("pilihan").label), (paraf, around.own("paraf").label)]  # fmt: skip
        labels += [(unknown, around.own(places.unknown).label)] if apart else []
        self.heads(row + 1, labels)
        if not told:
            self.set_height(row + 2, HEAD_POINTS)
            self.put(row + 2, (0, self.right), self.styles.look("text_wrap", valign="vcenter"), nothing)
            return row + 2
        wrapped = self.styles.look("text_wrap", valign="vcenter")
        for number, one in enumerate(told, start=1):
            at, words, answers = row + 1 + number, f"{number}. {one.words}", "     ".join(f"{BOX} {c}" for c in one.choices)
            lines = max(self.lines(words, matter), self.lines(answers, choices))
            self.set_height(at, max(CLOSE_PARAF_POINTS if self.close else PARAF_POINTS, height(lines) + self.grid.air))
            self.put(at, matter, wrapped, words)
            self._amount(at, amount, one)
            if apart:
                fmt = self.styles.of(around.own(places.unknown).kind, valign="vcenter")
                self.put(at, unknown, fmt, one.amount.unknown if one.amount and one.unknown else None, one.unknown)
            self.put(at, choices, wrapped, answers)
            self.put(at, paraf, wrapped, None)
        return row + 1 + len(told)

    def _amount(self, row: int, place: tuple[int, int], one: Decision) -> None:
        number = f'"{one.caption} "#,##0' if one.caption else "#,##0"
        fmt = self.styles.look("rupiah", num_format=number, valign="vcenter")
        if one.amount is None:
            self.put(row, place, fmt, None)
        else:
            unknown = self.own.ref(self.own.columns[place[0] + 1].key, row)
            formula = or_dash(one.formula, unknown) if one.unknown and one.amount.unknown else one.formula
            self.put(row, place, fmt, known(one.amount.shown), formula)

    # ---- parts that stand beside each other: rows are written once, in order ----

    def later(self, row: int, write: Callable[[], object]) -> None:
        """Write something into a row once everything beside it is known; ``flush`` does it."""
        self._later.setdefault(row, []).append(write)

    def sign_later(self, row: int, first: str) -> int:
        """The signature from column ``first`` on; the last row that it fills."""
        return signature_block(self.frame, self.worksheet, self.own, row, self.columns(first)[0], self.right, self.later)

    def flush(self) -> None:
        for row in sorted(self._later):
            for write in self._later[row]:
                write()
        self._later.clear()

    def bars(self, title: str, names: tuple[int, int, int], values: int) -> Any:
        """A bar chart of amounts in millions of rupiah: ``names`` are first row, last row and column; ``values`` the column."""
        first, last, column = names
        sheet = self.own.sheet.name
        chart = self.frame.workbook.add_chart({"type": "bar"})
        chart.set_title({"name": title, "name_font": {**_SMALL, "size": 10, "bold": True}, "overlay": False})
        chart.add_series(
            {
                "name": title, "categories": [sheet, first, column, last, column],
                "values": [sheet, first, values, last, values], "gap": 45,
                "fill": {"color": CHART_FILLS[0]}, "border": {"color": INK, "width": 0.5},
                "data_labels": {"value": True, "num_format": _MILLIONS, "font": _SMALL},
            }
        )  # fmt: skip
        # In a bar chart the first category stands at the bottom unless the axis is turned round.
        chart.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": RULE}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        return chart

    def place_chart(self, chart: Any, row: int, last: int, first: str, until: str) -> None:
        """The chart over these rows and columns."""
        columns = range(self.own.column(first), self.own.column(until) + 1)
        pixels = sum(int(self.grid.width(n) * 7) + 5 for n in columns if self.own.columns[n].page == 1)
        points = sum(self.grid.points.get(r, HEAD_POINTS) for r in range(row, last + 1))
        chart.set_size({"width": pixels - 16, "height": int(points * 4 / 3)})
        self.worksheet.insert_chart(row, columns[0], chart, {"x_offset": 8, "object_position": 2})
