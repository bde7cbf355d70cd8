"""The one page of every sheet that is shown: what is printed of it, what every page repeats, where pages end.

Spreadsheets break pages by themselves, each a little differently. So the pages are reckoned from the heights of the rows for
the one that fits less on a page, and the breaks are written down: then both print the same pages. No heading ends a page, no
signature stands alone on one, and the last one is not left nearly empty.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise

from kinerja_xl.writing.readable import LAST_PAGE, MARGIN, inches, paper_named
from kinerja_xl.writing.shown.page import PRINTED_FROM, Layout
from kinerja_xl.writing.shown.table import ROW_POINTS, TableGrid

COMPANY = 3
"""Rows of the table that stand on the page of the signature, where they are not too high for it."""

_MOST = 1000
"""Excel takes 1,026 breaks on a sheet; a longer one is left to break by itself."""

_BESIDE = 0.92
"""Part of a page that columns fill where another stands beside it: many narrow ones, each rounded up in print."""

_ENDS = 1.2
"""Inches that the margins take from the height (LibreOffice fits 3 % more: its header reaches into the margin)."""


def close_page(
    grid: TableGrid, bottom: int | None = None, *, heads: Iterable[int] = (), signature: int | None = None,
    above: int = 0, top: int = PRINTED_FROM,
) -> int:  # fmt: skip
    """Freeze and repeat the headings, set what is printed (from row ``top`` to ``bottom``), break the pages; once the widths are
    known. Gives how many pages there are, one below another.

    ``heads``: rows that never end a page. ``signature``: the first row of what stands below the table and never alone on a
    page. ``above``: the rows over the headings that repeat with them.
    """
    worksheet, layout = grid.worksheet, grid.layout
    last = layout.last if bottom is None else bottom
    worksheet.freeze_panes(layout.first, layout.sheet.keep)
    worksheet.repeat_rows(layout.heading - above, layout.heading)
    worksheet.print_area(top, 0, last, layout.right)  # LibreOffice prints the edge of a folded column that stands behind it
    room = room_of(grid.frame.paper, widths(grid), _side_by_side(grid) if layout.across else None)
    breaks = page_breaks(layout, room, grid.points, set(heads), (signature, last) if signature else None, above, top, last)
    if len(breaks) <= _MOST:
        worksheet.set_h_pagebreaks(breaks)
    return len(breaks) + 1


def shown_right(layout: Layout) -> int:
    """The last column that is shown: folded ones may stand at the end."""
    return max(number for number, column in enumerate(layout.columns) if column.page == 1)


def widths(grid: TableGrid) -> list[float]:
    """Of the columns that are shown."""
    return [grid.width(number) for number, column in enumerate(grid.layout.columns) if column.page == 1]


def _side_by_side(grid: TableGrid) -> float:
    """Print on pages side by side, as the sheet declares; the scale. On one page such a form would be half as large.

    Excel ignores page breaks under "fit to", so the scale is worked out here.
    """
    worksheet, layout = grid.worksheet, grid.layout
    kept, *ends = map(layout.column, layout.across)
    shown = [(number, grid.width(number)) for number, column in enumerate(layout.columns) if column.page == 1]
    common = [wide for number, wide in shown if number <= kept]
    bounds = pairwise([kept, *ends, layout.right])
    pages = [[wide for number, wide in shown if after < number <= last] for after, last in bounds]
    room = (paper_named(grid.frame.paper)[2] - 2 * MARGIN) * _BESIDE
    percent = min(100, *(int(100 * room / inches([*common, *page])) for page in pages))
    worksheet.set_print_scale(max(10, percent))
    worksheet.repeat_columns(0, kept)
    worksheet.set_v_pagebreaks([last + 1 for last in ends])
    worksheet.print_across()
    return percent / 100


def room_of(paper: str, characters: Sequence[float], scale: float | None = None) -> float:
    """Points of rows that one page holds at this scale, or at the one that makes columns of these widths one page wide."""
    _, height, width = paper_named(paper)
    return (height - _ENDS) * 72 / (scale or min(1.0, (width - 2 * MARGIN) / inches(characters)))


def page_breaks(
    layout: Layout, room: float, points: Mapping[int, float], headings: Container[int] = (),
    signed: tuple[int, int] | None = None, above: int = 0, top: int = PRINTED_FROM, last: int | None = None,
) -> list[int]:  # fmt: skip
    """The rows that begin a page, but for the first. ``signed``: the first and last row of the signature below the table."""
    end = (signed[1] if signed else layout.last) if last is None else last

    def high(first: int, until: int) -> float:
        return sum(points.get(row, ROW_POINTS) for row in range(first, until))

    heading = high(layout.heading - above, layout.heading + 1)
    found: list[int] = []
    start, used = top, 0.0
    for row in range(top, end + 1):
        size = points.get(row, ROW_POINTS)
        if used + size > room:
            begin = _begin(row, start, headings, layout, signed)
            # headings with no row below them go to the next page too, where what stands above them fills this one well enough
            titled = begin == layout.first and high(start, layout.top - 1) >= LAST_PAGE * room
            start = layout.top - 1 if titled else begin
            found.append(start)
            used = heading + high(start, row)
        used += size
    if found and used < LAST_PAGE * room:
        before = found[-2] if len(found) > 1 else top
        begin, least = found[-1], LAST_PAGE * room
        while begin - 1 > before and heading + high(begin, end + 1) < least <= high(before, begin - 1):
            begin -= 1
        begin = _begin(begin, before, headings, layout, signed)
        if begin > layout.first and high(before, begin) >= least and heading + high(begin, end + 1) <= room:
            found[-1] = begin
    return found


def _begin(row: int, start: int, headings: Container[int], layout: Layout, signed: tuple[int, int] | None) -> int:
    """The row that begins the next page when ``row`` no longer fits on the one that begins with ``start``.

    With as many rows of the table beside the signature as leave something on the page before; a block that is longer
    than a page is broken after all.
    """
    for company in range(COMPANY, -1, -1):
        together = range(max(layout.first, signed[0] - company - 1), signed[1]) if signed else range(0)
        begin = row
        while begin - 1 > start and (begin - 1 in headings or begin - 1 in together):
            begin -= 1
        if begin - 1 > start:
            return begin
    return row
