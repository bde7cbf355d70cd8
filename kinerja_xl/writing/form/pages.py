"""How the sheets of a form stand on paper and on the screen: Folio or A4, numbered pages, repeated headings, what stays in sight.

A sheet repeats one run of rows on its pages. So where several blocks stand below each other, each table stands on a page that
holds it whole, and only the last one may run on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.content import FIRST_COLUMN
from kinerja_xl.sheets.model import Table
from kinerja_xl.writing.form.places import FormPlace, SheetPlan, TablePlace
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.readable import LAST_PAGE, MARGIN, ROOM, inches, paper_named

_ENDS, _TAKEN = 1.4, 0.3
"""Inches that margins, footer and its distance take from the height, and those of the footer, which some programs fill."""

_FOOTER = "&L&8&A&R&8Hal &P dari &N"


def on_paper(sheet: Worksheet, paper: str, *, landscape: bool = True) -> None:
    """Paper, its side, margins, the sheet's name and the number of the page."""
    sheet.set_paper(paper_named(paper)[0])
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    sheet.set_footer(_FOOTER)
    if landscape:
        sheet.set_landscape()


def _room(paper: str, landscape: bool) -> tuple[float, float]:
    """Inches between the margins: width and height."""
    _, short, long = paper_named(paper)
    width, height = (long, short) if landscape else (short, long)
    return width - 2 * MARGIN, height - _ENDS


def set_up_page(sheet: PlainSheet, plan: SheetPlan, paper: str) -> None:
    """One page wide; a table that is too wide for one goes on beside it and repeats its first columns there."""
    on_paper(sheet, paper, landscape=plan.sheet.landscape)
    tables = list(plan.tables.values())
    right = FIRST_COLUMN + plan.printed - 1
    if any(table.last_row == plan.last_row for table in tables):
        sheet.print_columns(FIRST_COLUMN, right)
    else:
        sheet.print_area(0, FIRST_COLUMN, plan.last_row, right)
    if tables:
        sheet.set_zoom(ZOOM)
    if not tables:
        sheet.fit_to_pages(1, 0)
    elif plan.forms or len(tables) > 1:
        _stacked(sheet, plan, paper)
    else:
        _alone(sheet, plan, tables[0], paper)


def _alone(sheet: Worksheet, plan: SheetPlan, table: TablePlace, paper: str) -> None:
    """A table that fills its sheet: its headings stay in sight and stand on every page."""
    sheet.freeze_panes(table.first_row, FIRST_COLUMN + kept(table.table))
    sheet.repeat_rows(_heading(table), table.head_row)
    usable, high = _room(paper, plan.sheet.landscape)
    widths = plan.widths()[: plan.printed]
    if not plan.across:
        sheet.fit_to_pages(1, 0)
        _share_last(sheet, table, high, min(1.0, usable / inches(widths)))
        return
    kept_widths = widths[: table.table.repeat]
    starts = [*plan.across, len(widths)]
    pages = [widths[: starts[0]], *(kept_widths + widths[a:b] for a, b in pairwise(starts))]
    percent = max(10, min(100, *(int(usable * ROOM / inches(page) * 100) for page in pages)))
    sheet.set_print_scale(percent)
    _share_last(sheet, table, high, percent / 100)
    sheet.repeat_columns(FIRST_COLUMN, FIRST_COLUMN + table.table.repeat - 1)
    sheet.set_v_pagebreaks([FIRST_COLUMN + start for start in plan.across])


def _share_last(sheet: Worksheet, table: TablePlace, inches_high: float, scale: float) -> None:
    """Break before the last page where the one before has to give it rows: no page for a row or two.

    One break, because rows get higher while somebody types. Programs differ a little in what a page takes, so it stands where
    both pages are filled by the least and by the most of that.
    """
    heading, first = _points(sheet, _heading(table), table.head_row), table.first_row
    sizes = [_points(sheet, row, row) for row in range(first, sheet.dim_rowmax + 1)]
    sizes[:1] = [size + _points(sheet, 0, first - 1) - heading for size in sizes[:1]]
    rooms = [high * 72 / scale - heading for high in (inches_high, inches_high + _TAKEN)]

    def short(rows: Sequence[float]) -> bool:
        """Whether the last of their pages is nearly empty."""
        return any(len(begins := _filled(rows, room)) > 1 and sum(rows[begins[-1] :]) < LAST_PAGE * room for room in rooms)

    if not short(sizes):
        return
    for last in range(len(sizes) - 1, 0, -1):
        tail = sum(sizes[last:])
        if tail > rooms[0]:
            return
        if tail >= LAST_PAGE * rooms[1] and not short(sizes[:last]):
            sheet.set_h_pagebreaks([first + last])
            return


def _heading(table: TablePlace) -> int:
    return table.group_row if table.group_row is not None else table.head_row


# ---- Blocks below each other ----


def _stacked(sheet: Worksheet, plan: SheetPlan, paper: str) -> None:
    """Break between blocks, of a form between its sections. Every page begins with the title, of a copied sheet with what it is a
    copy for; where the last block is longer than a page, with its headings instead."""
    width, height = _room(paper, plan.sheet.landscape)
    blocks: list[FormPlace | TablePlace] = [*plan.forms.values(), *plan.tables.values()]
    blocks.sort(key=lambda block: block.title_row)
    last, top = blocks[-1], (0, _named(plan))
    wide = min(100, int(width / inches(plan.widths()) * 100))
    titled, room = _points(sheet, *top), height * 72 * 100 / wide
    runs_on = isinstance(last, TablePlace) and titled + _points(sheet, *_rows(last)) > room
    held = [piece for block in (blocks[:-1] if runs_on else blocks) for piece in _pieces(sheet, block, room - titled)]
    sheet.fit_to_pages(1, 0)
    starts = _pages([points for _, points in held], room - titled)
    begins = [held[number][0] for number in starts]
    if runs_on:
        if titled + sum(points for _, points in held[starts[-1] :]) > room / 2:
            begins.append(last.title_row)
        assert isinstance(last, TablePlace)
        top = (_heading(last), last.head_row)
    sheet.set_h_pagebreaks(begins[1:])
    sheet.repeat_rows(*top)


def _pieces(sheet: Worksheet, block: FormPlace | TablePlace, room: float) -> list[tuple[int, float]]:
    """First row and height of what is not torn: a table, a section of a form; of a section longer than a page its rows."""
    first, end = _rows(block)
    if isinstance(block, TablePlace):
        return [(first, _points(sheet, first, end))]
    heads = sorted(set(block.sections.values()) - {first + 1})
    pieces: list[tuple[int, float]] = []
    for begin, after in pairwise([first, *heads, end + 1]):
        rows = [begin] if _points(sheet, begin, after - 1) <= room else [begin, *range(begin + 2 + (begin == first), after)]
        pieces += [(row, _points(sheet, row, until - 1)) for row, until in pairwise([*rows, after])]
    return pieces


def _pages(sizes: Sequence[float], room: float) -> list[int]:
    """The numbers of the pieces that begin a page: on as few pages as hold them, filled as evenly as can be."""
    found = _filled(sizes, room)
    return next(begins for part in range(30, 101) if len(begins := _filled(sizes, room * part / 100)) == len(found))


def _filled(sizes: Sequence[float], room: float) -> list[int]:
    begins, used = [0], 0.0
    for number, size in enumerate(sizes):
        if used and used + size > room:
            begins.append(number)
            used = 0.0
        used += size
    return begins


def keep_whole(
    sheet: Worksheet, blocks: Sequence[tuple[int, int]], widths: Sequence[float], paper: str, top: tuple[int, int] = (0, 1), *,
    landscape: bool = True,
) -> None:  # fmt: skip
    """One page wide, every page beginning with the rows of ``top``; a block (first and last row) is not torn."""
    width, height = _room(paper, landscape)
    room = height * 72 * pixels([*widths]) / min(width * 96, pixels([*widths])) * ROOM - _points(sheet, *top)
    begins, used = [], 0.0
    for block in blocks:
        used += (size := _points(sheet, *block))
        if used > room:
            begins.append(block[0])
            used = size
    sheet.set_h_pagebreaks(begins)
    sheet.repeat_rows(*top)
    sheet.fit_to_pages(1, 0)


def _named(plan: SheetPlan) -> int:
    """The last row of what says which sheet this is: the subtitle, or the first two fields of a copy."""
    if not plan.sheet.copies:
        return 1
    return sorted(next(iter(plan.forms.values())).rows.values())[1]


def _rows(block: FormPlace | TablePlace) -> tuple[int, int]:
    """First and last row, the free one below among them."""
    return block.title_row, block.last_row + 1


def _points(sheet: Worksheet, first: int, last: int) -> float:
    """Height of rows as they were set."""
    sizes = (sheet.row_sizes.get(row, (_ROW_PIXELS, False)) for row in range(first, last + 1))
    return sum(0.0 if hidden else pixels_high * 0.75 for pixels_high, hidden in sizes)


_ROW_PIXELS = 20


# ---- On the screen ----

ZOOM = 80
"""Percent: on a screen of 1366 x 768 what is filled in stands beside the name of its row."""

FROZEN = 680
"""Pixels at full size that may stay when the rest is scrolled: at this zoom less than half of the screen."""

_NAMES = ("nama", "nama_sub", "uraian")


def kept(table: Table) -> int:
    """Columns that stay: up to the name of the row where that leaves room to scroll, else the first two that repeat."""
    for count, column in enumerate(table.columns, start=1):
        if column.key in _NAMES and pixels([c.width for c in table.columns[:count]]) <= FROZEN:
            return count
    return min(table.repeat, 2)


def pixels(widths: list[float]) -> float:
    """Width on screen of columns given in characters of the default font (7 pixels each, 5 around them)."""
    return sum(w * 7 + 5 for w in widths)
