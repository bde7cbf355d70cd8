"""What every sheet of the recap shares: title block, print set-up, headings, columns, signature block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from io import BytesIO

from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.office.kantor import Office
from kinerja_xl.office.logo import picture
from kinerja_xl.office.pejabat import CAMAT, Official
from kinerja_xl.sheets.formats import format_date, format_nip
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.sheets.rekap import Around, RecapSheet
from kinerja_xl.writing.plain import HERE, PlainSheet
from kinerja_xl.writing.readable import MARGIN, narrowed, paper_named, printed_inches, widest
from kinerja_xl.writing.spread import merged, spread
from kinerja_xl.writing.styles import Styles

# ---- Where everything stands: the rows and columns of one table of the recap, known before anything is written ----
# Sheets refer to each other (the Ringkasan comes first and adds up what follows), so places are worked out from the
# declarations and the number of rows alone. Rows and columns are zero-based as in XlsxWriter.

PRINTED_FROM = 1
"""The row above says how to use the sheet on a screen; paper can't fold."""

FIGURE_MARGIN = 2
"""Characters to spare beside the widest figure, for bold and the border."""

_ALMOST = 1.02
"""A page may be so much wider than it should be before a further one stands beside it."""

TITLE_ROWS = 4
"""What is for the screen alone, title, office and year, one sentence."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The place of one table. ``rows`` may be 0: ranges then hold one blank row, so that formulas stay valid."""

    sheet: RecapSheet
    around: Around
    book: Book
    rows: int
    top: int = TITLE_ROWS
    extra: tuple[Column, ...] = ()
    paper: str = "Folio"
    """What the columns are narrowed for; ``begin`` takes that of the office."""
    least: Mapping[str, float] = field(default_factory=dict)
    """What the words and figures of a column need, by its key, known before the first row is written: other words give way."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Own, the usulan's, ``extra`` (made from a list, such as the jenis belanja), own again."""
        return self._declared if self.across else narrowed(self._declared, self.paper, least=self.least)

    @cached_property
    def _declared(self) -> tuple[Column, ...]:
        around = self.around
        columns = (*around.before, *around.from_source(self.book), *self.extra, *around.after)
        return tuple(
            replace(c, width=wide) if c.page == 1 and (wide := self.least.get(c.key, 0)) > c.width else c for c in columns
        )

    @property
    def across(self) -> tuple[str, ...]:
        """Printed on pages side by side: the last column that stands on each, and those that end one; nothing on one page."""
        if not self.sheet.aside:
            return self.sheet.across
        narrow = paper_named(self.paper)[2] < paper_named("Folio")[2]
        one = [c for c in narrowed(self._declared, self.paper, least=self.least) if c.page == 1]
        wide = printed_inches(one) > widest(self.paper) * _ALMOST
        return self.sheet.aside if narrow or wide else self.sheet.across

    @cached_property
    def own(self) -> dict[str, int]:
        """Column numbers of what only the recap has."""
        taken = len(self.columns) - len(self.around.after)
        start = {c.key: i for i, c in enumerate(self.around.before)}
        middle = {c.key: taken - len(self.extra) + i for i, c in enumerate(self.extra)}
        return start | middle | {c.key: taken + i for i, c in enumerate(self.around.after)}

    @cached_property
    def theirs(self) -> dict[str, int]:
        """Column numbers of what comes from the usulan: a key of its own may stand there without harm."""
        start = len(self.around.before)
        return {c.key: start + i for i, c in enumerate(self.around.from_source(self.book))}

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """Columns with a total."""
        keys = self.around.all_totals(self.book)
        return tuple(sorted(self.column(key) for key in keys if key in self.own or key in self.theirs))

    @property
    def heading(self) -> int:
        """Row of the headings, under the totals. Groups of columns get no row of their own: most are folded."""
        return self.top + (self.around.total_rows if self.totals else 0)

    @property
    def first(self) -> int:
        return self.heading + 1

    @property
    def last(self) -> int:
        return self.heading + max(self.rows, 1)

    @property
    def right(self) -> int:
        """Last column."""
        return len(self.columns) - 1

    def column(self, key: str) -> int:
        """The recap's own column of that key, else the usulan's."""
        return self.own[key] if key in self.own else self.theirs[key]

    def ref(self, key: str, row: int) -> str:
        """``$K17``: sorting a filtered table keeps such references on their row."""
        return f"{self.letters[key]}{row + 1}"

    @cached_property
    def here(self) -> dict[str, str]:
        """``$K`` of the row where the formula stands, whichever that is: many rows have one text."""
        return {key: f"{letters}{HERE}" for key, letters in self.letters.items()}

    @cached_property
    def letters(self) -> dict[str, str]:
        """``$K``: a reference without its row."""
        return {key: f"${xl_col_to_name(number)}" for key, number in (self.theirs | self.own).items()}

    def range(self, column: int) -> str:
        """``$K$9:$K$38``, for formulas on the same sheet."""
        letters = xl_col_to_name(column)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    def span(self, key: str) -> str:
        """``RAB!$K$9:$K$38``: bounded, because whole columns make a large recap slow."""
        if key not in self._spans:
            self._spans[key] = f"{quote_sheetname(self.sheet.name)}!{self.range(self.column(key))}"
        return self._spans[key]

    @cached_property
    def _spans(self) -> dict[str, str]:
        return {}


NO_BOOK = Book(key="", title="", version=0, sheets=())
"""For tables that hold no column of a unit's workbook."""


def numeric(column: Column) -> bool:
    """Whether the column's figures decide its width."""
    return column.kind.shape in {Shape.ANGKA, Shape.NILAI}


ZOOM = 85
"""Percent of a sheet on the screen; a first page is smaller where it is wider than the screen (``Front.on_screen``)."""

DOTS = "." * 30
SIGNATURE_WIDTH = 44
"""Width that a name with its titles and the place with a long date need, in characters."""

_HEADER_LIMIT = 100
"""A header or footer holds 255 characters in all, codes included; three parts share them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What the sheets of any workbook that is shown share.

    ``layouts`` by the key of the table: sheets add up each other's ranges.
    """

    workbook: Workbook
    styles: Styles
    layouts: Mapping[str, Layout] = field(default_factory=dict)

    @property
    def paper(self) -> str:
        """The paper that the book is printed on; a book of no office on Folio."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Pages):
    """What the pages of an office's workbook share: the office, and the date it is of."""

    office: Office
    tanggal: date | None
    menurut: str = ""
    """The locked plan that a page shows, such as ``menurut Penetapan tanggal …``, instead of the stage of the proposals."""
    berlaku: str = ""
    """The locked plan that holds while a page shows the proposals: it says so."""
    ditandatangani: date | None = None
    """The day under a signature where it is another than ``tanggal``: no page is signed before the plan that it names."""

    @property
    def paper(self) -> str:
        """The paper that the office prints on."""
        return self.office.policy("kertas")

    @property
    def subtitle(self) -> str:
        """Office, year, and stage with date or the locked plan, as under every title."""
        office = self.office
        stage = [f"Tahap {office.tahap}", f"Keadaan {format_date(self.tanggal)}" if self.tanggal else ""]
        parts = [office.nama, f"Tahun Anggaran {office.tahun}"]
        proposed = f"Angka menurut usulan; yang berlaku {self.berlaku}" if self.berlaku else ""
        parts += [f"Target dan anggaran {self.menurut}"] if self.menurut else [*stage, proposed]
        return "  |  ".join(part for part in parts if part)


def open_sheet(context: Frame, sheet: RecapSheet) -> PlainSheet:
    """A new sheet with its print set-up, unlocked and without a word of its own yet."""
    return new_sheet(context, sheet.name, context.office.nama)


def new_sheet(context: Pages, name: str, office: str = "") -> PlainSheet:
    """The same of a book that may be of no office: the page says whose and which sheet it is, and its number."""
    worksheet: PlainSheet = context.workbook.add_worksheet(name, PlainSheet)
    worksheet.set_zoom(ZOOM)
    worksheet.set_landscape()
    worksheet.set_paper(paper_named(context.paper)[0])
    worksheet.set_margins(left=MARGIN, right=MARGIN, top=0.6, bottom=0.6)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    left, right = (text[:_HEADER_LIMIT].replace("&", "&&") for text in (office, name))
    # The blank keeps a text that begins with a digit from running into the size of the font.
    worksheet.set_header(f"&L&9 {left}&R&9 {right}", {"margin": 0.3})
    worksheet.set_footer("&C&9 Hal &P dari &N", {"margin": 0.3})
    return worksheet


_TITLES = (("title", 22.0), ("subtitle", 15.0), ("hint", 18.0))
"""The lines above a table: their look and their least height."""


def title_block(
    context: Frame, worksheet: Worksheet, sheet: RecapSheet, columns: Sequence[Column], more: str = "", column: int = 0,
    until: int | None = None,
) -> dict[int, float]:  # fmt: skip
    """A word for the screen, title, office and year, one sentence of explanation (and ``more``). They run over their neighbours,
    so that columns can be moved; what is wider than the table wraps within it, for paper ends there.

    ``column`` is the first one that is shown; ``until`` the last of those that every page repeats: then they stay within
    these, whole on each page. Gives the heights that were set.
    """
    worksheet.write_string(0, column, sheet.hint, context.styles.hint)
    shown = [number for number in range(column, len(columns)) if columns[number].page == 1]
    last = shown[-1] if until is None else until
    room = sum(columns[number].width for number in shown if number <= last)
    points: dict[int, float] = {}
    texts = (sheet.title, context.subtitle, f"{sheet.intro} {more}".strip())
    for row, (text, (look, least)) in enumerate(zip(texts, _TITLES, strict=True), start=1):
        need = spread(worksheet, context.styles, row, (column, last), room, text, look, joined=until is not None)
        points[row] = max(least, need)
        worksheet.set_row(row, points[row])
    return points


def signature_block(
    context: Frame, worksheet: Worksheet, layout: Layout, row: int, first: int | None = None, last: int | None = None,
    later: Callable[[int, Callable[[], object]], object] = lambda row, write: write(),
) -> int:  # fmt: skip
    """Place, date, and the Camat in office on that day, by default at the right edge; the last row that it fills.

    ``later`` writes a row where other things stand beside the signature.
    """
    end = max(n for n, column in enumerate(layout.columns) if column.page == 1) if last is None else last
    start = _signature_column(layout) if first is None else first
    styles = context.styles
    lines = signature_lines(context.office, context.ditandatangani or context.tanggal)
    for offset, text in enumerate(lines):
        named = offset == len(lines) - 3 and DOTS not in text
        fmt = styles.signature_name if named else styles.signature
        later(row + offset, partial(merged, worksheet, row + offset, start, end, text, fmt))
    return row + len(lines) - 1


def signature_lines(office: Office, tanggal: date | None) -> list[str]:
    """The lines of the signature block, dots where something is still to be written by hand."""
    day = tanggal or office.tanggal
    official = office.official(CAMAT, day)
    place = f"{office.tempat}, {format_date(day) if day else DOTS}"
    if official is None:
        return [place, office.vacant(CAMAT).upper(), "", "", "", f"({DOTS})", "", f"NIP {DOTS}"]
    nip = f"NIP {format_nip(official.nip)}" if official.nip else ""
    return [place, _post(official), "", "", "", official.nama, official.pangkat, nip]


def _post(official: Official) -> str:
    """``Plt. CAMAT …``: an acting official signs as one."""
    title = official.post.upper()
    return title.replace(official.status.upper(), official.status, 1) if official.acting else title


def _signature_column(layout: Layout) -> int:
    width: float = 0
    for column in range(layout.right, -1, -1):
        width += layout.columns[column].width if layout.columns[column].page == 1 else 0
        if width >= SIGNATURE_WIDTH:
            return column
    return 0


# ---- The letterhead of a page that is signed: logo, regency, office, address, title and year ----

LETTERHEAD_ROWS = 5
_POINTS = (18.0, 18.0, 16.0, 28.0, 18.0)
_LOGO_PIXELS = 62.0
"""As high as the three lines of the letterhead."""

_WIDEST = 4.0
"""A logo wider than this many times its height is scaled by its width instead."""


def letterhead(frame: Frame, worksheet: Worksheet, right: int, title: str, below: str) -> None:
    """Rows 0 to LETTERHEAD_ROWS - 1 over the columns up to ``right``."""
    office, styles = frame.office, frame.styles
    rows = (
        (office.pemda.upper(), styles.letterhead),
        (office.nama.upper(), styles.look("letterhead", font_size=14)),
        (office.alamat, styles.look("hint", "ruled", align="center")),
        (title, styles.look("title", align="center")),
        (below, styles.look("subtitle", align="center")),
    )
    for row, ((text, fmt), points) in enumerate(zip(rows, _POINTS, strict=True)):
        worksheet.set_row(row, points)
        merged(worksheet, row, 0, right, text, fmt)
    _logo(frame, worksheet)


def _logo(frame: Frame, worksheet: Worksheet) -> None:
    shown = picture(frame.office.logo_data) if frame.office.logo_data else None
    if shown is None:
        return
    scale = min(shown.scaled(_LOGO_PIXELS), _LOGO_PIXELS * _WIDEST / shown.width)
    options = {
        "image_data": BytesIO(shown.data), "x_scale": scale, "y_scale": scale, "x_offset": 6, "y_offset": 2,
        "object_position": 2, "description": f"Logo {frame.office.nama}",
    }  # fmt: skip
    worksheet.insert_image(0, 0, frame.office.logo, options)
