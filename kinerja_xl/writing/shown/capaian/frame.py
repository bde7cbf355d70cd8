"""What the sheets of the capaian workbook share: the year, where each table stands, two rows of headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from xlsxwriter.utility import quote_sheetname

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.capaian import PROVISIONAL, YEAR_END, Year
from kinerja_xl.reckoning.capaian.measure import IkuTrend
from kinerja_xl.reckoning.capaian.rule import Yardsticks
from kinerja_xl.sheets.choices import EDITABLE
from kinerja_xl.sheets.content import Lack
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.shown.flat import NOTHING, Cells, Writers, begin, fill
from kinerja_xl.writing.shown.page import TITLE_ROWS, Frame, Layout, signature_block
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.table import Number, TableGrid

GROUPED = TITLE_ROWS + 1
"""Top of a table whose columns have a second heading above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """References on the sheet Penjelasan. ``cap``: the cell of the highest percentage that counts, "" for none.

    ``bounds`` and ``names``: the predicates, lowest first, the first one without a bound; ``skala``: the scale for
    kualitatif indicators, lowest first; ``skala`` "" where the office has none.
    """

    cap: str
    bounds: str
    names: str
    lowest: str
    skala: str

    def capped(self, percent: str) -> str:
        """Formula of what counts in averages; "" where the capaian is a non-value."""
        counted = f"MIN({percent},{self.cap})" if self.cap else percent
        return f'IF(ISNUMBER({percent}),{counted},"")'

    def predicate(self, counted: str, waits: str = "") -> str:
        """Formula of the predicate of a figure, by lower bounds only; ``waits``: the test of whether a quarter is missing."""
        found = f"IFERROR(INDEX({self.names},MATCH({counted},{self.bounds},1)),{self.lowest})"
        later = f'&IF({waits},"{PROVISIONAL}","")' if waits else ""
        return f'IF(ISNUMBER({counted}),{found}{later},"")'


def waiting(context: Context, *picked: str) -> str:
    """Formula that is above 0 where an indicator waits (``IndicatorResult.waits``), of those that a criterion picks."""
    source = context.layouts["capaian_indikator"]
    judged, unread = source.span(judged_key(context.year)), f'"{Lack.TIDAK_DAPAT}"'
    tests = [f'{source.span("predikat")},"*{PROVISIONAL}"', f'{judged},"{Lack.BELUM}"']
    tests += [f"{judged},{unread},{source.span(f'realisasi_{n}')},{unread}" for n in range(1, context.year.triwulan + 1)]
    return "+".join(f"COUNTIFS({','.join((test, *picked))})" for test in tests)


def judged_key(year: Year) -> str:
    """The column of what is judged: s.d. TW until TW III, of the year from TW IV on."""
    return "capaian" if year.triwulan == YEAR_END else f"capaian_{year.triwulan}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The layouts of the three tables, and the yardsticks that stand in the lower two."""

    lines: Layout
    predicates: Layout
    policies: Layout
    yardstick: Yardstick


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Frame):
    """``trends``: what earlier capaian workbooks give; ``folders``: of each returned file as seen from the workbook."""

    year: Year
    marks: Yardsticks
    places: Places

    trends: tuple[IkuTrend, ...] = ()
    folders: Mapping[str, str] = field(default_factory=dict)
    masuk: str = "../masuk"

    @property
    def subtitle(self) -> str:
        """Office, year, quarter and the plan that it is measured against."""
        plan = self.year.plan
        parts = [self.office.nama, f"Tahun Anggaran {plan.tahun}", f"s.d. Triwulan {ROMAN[self.year.triwulan - 1]}"]
        parts.append(f"Target dan anggaran menurut {plan.dated}")
        parts.append(f"{self.keadaan[:1].upper()}{self.keadaan[1:]}")
        return "  |  ".join(part for part in parts if part)

    @property
    def keadaan(self) -> str:
        """As of when the figures are: the date of the book, else the day of the latest report that counts; "" for neither."""
        return self.year.keadaan(self.tanggal)

    @property
    def closed(self) -> bool:
        """Whether the year is over by the date of the book, or of the latest report that counts."""
        day = self.tanggal or self.year.realised.latest
        return day is not None and day.year > self.year.plan.tahun

    @property
    def yardstick(self) -> Yardstick:
        return self.places.yardstick

    @property
    def skala(self) -> tuple[str, ...]:
        """The scale of kualitatif indicators, lowest first, as the reckoning took it."""
        return scale_of(self.office)


def scale_of(office: Office) -> tuple[str, ...]:
    """The scale of kualitatif indicators, lowest first."""
    return tuple(office.lists.get("skala", EDITABLE["skala"]))


class Grid(TableGrid):
    """A table of the capaian workbook."""

    frame: Context

    def put_formula(self, row: int, column: int, formula: str, value: object, *layers: str) -> None:
        """As for any table; a non-value in words may need more than one line."""
        if isinstance(value, str):
            lines = line_count(value, self.layout.columns[column].width - 1, bool(layers))
            if lines > self._lines:
                self._lines = lines
        super().put_formula(row, column, formula, value, *layers)

    def head(self, totals: Mapping[str, Number | Sum | None], total: str = "SUM({})") -> None:
        """As for any table; a second heading stands above the headings where the table leaves a row for it."""
        if self.layout.top == GROUPED:
            self._groups()
        super().head(totals, total)

    def _groups(self) -> None:
        """The heading above the headings, one per run of columns of the same group."""
        layout, styles = self.layout, self.frame.styles
        row, shown = layout.heading - 1, [(i, c) for i, c in enumerate(layout.columns) if c.page == 1]
        lines = 1
        for group, run in groupby(shown, key=lambda item: item[1].group):
            members = list(run)
            first, last = members[0][0], members[-1][0]
            if group:
                lines = max(lines, line_count(group, sum(c.width for _, c in members) - 1, True))
                if first < last:
                    self.worksheet.merge_range(row, first, row, last, "", styles.group_heading)
                self.worksheet.write_string(row, first, group, styles.group_heading)
            else:
                for number, _ in members:
                    self.worksheet.write_blank(row, number, None, styles.look("group_heading", bottom=0))
        self.points[row] = height(lines)
        self.worksheet.set_row(row, self.points[row])


def layout_of(sheet: RecapSheet, rows: int, *, table: str = "", top: int = TITLE_ROWS) -> Layout:
    """Where a table of this workbook stands; the first one of its sheet when none is named."""
    return Layout(sheet=sheet, around=sheet.part(table) if table else sheet.table, book=USULAN, rows=rows, top=top)


writes: Writers[Context] = Writers()
"""Ties a function to the sheet of the capaian workbook that it writes."""


def write_flat(context: Context, sheet: RecapSheet, records: Iterable[object], cells: Cells = NOTHING,
               totals: Mapping[str, Number] | None = None, *, top: int = TITLE_ROWS) -> None:  # fmt: skip
    """A sheet that is one flat table, with a signature where it is declared to have one."""
    listed = list(records)
    own = layout_of(sheet, len(listed), top=top)
    grid = begin(Grid, context, own, totals or {})
    fill(grid, listed, cells)
    grid.finish()
    signature = own.last + 2 if sheet.signed else None
    bottom = signature_block(context, grid.worksheet, own, signature) if signature else own.last
    close_page(grid, bottom, above=int(top == GROUPED), signature=signature)


def rows_of(layout: Layout, key: str, first: int, count: int) -> str:
    """``count`` cells of a column from the ``first``-th row of the table on (0 is the first), with the sheet's name."""
    top, bottom = (layout.first + first, layout.first + first + count - 1)
    sheet = quote_sheetname(layout.sheet.name)
    return f"{sheet}!{_absolute(layout.ref(key, top))}:{_absolute(layout.ref(key, bottom))}"


def cell(layout: Layout, key: str, row: int) -> str:
    """One cell with the sheet's name."""
    return f"{quote_sheetname(layout.sheet.name)}!{_absolute(layout.ref(key, row))}"


def _absolute(ref: str) -> str:
    letters = ref.lstrip("$").rstrip("0123456789")
    return f"${letters}${ref.lstrip('$')[len(letters) :]}"
