"""Where pages end: no heading stands alone at the foot of a page, no signature alone on the last one.

Spreadsheets break pages by themselves, each a little differently. So the pages are reckoned from the heights of the
rows for the one that fits less on a page, and the breaks are written down: then both print the same pages.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.office import Office
from kinerja_xl.writing.recap.grid import ROW_POINTS
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import prints_on_a4

COMPANY = 3
"""Rows of the table that stand on the page of the signature, where they are not too high for it."""

_MOST = 1000
"""Excel takes 1,026 breaks on a sheet; a longer one is left to break by itself."""

_PAPER = {True: (8.27, 11.69), False: (8.5, 13.0)}
"""Height and width in inches of A4 and Folio in landscape."""

_SIDES, _ENDS = 0.8, 1.2
"""Inches that the margins take from width and height (LibreOffice fits 3 % more: its header reaches into the margin)."""

_CHAR_INCHES, _COLUMN_INCHES = 7 / 96, 5 / 96


def set_breaks(
    worksheet: Worksheet,
    layout: Layout,
    office: Office,
    points: Mapping[int, float],
    headings: Container[int] = (),
    signed: tuple[int, int] | None = None,
    scale: float | None = None,
    above: int = 0,
) -> None:
    """Break the pages of a sheet whose rows have these heights.

    ``headings`` are rows that never end a page; ``signed`` the first and last row of the signature below the table;
    ``scale`` that of the print, where it is not the one that makes the table one page wide; ``above`` the rows over the
    headings that every page repeats with them.
    """
    breaks = page_breaks(layout, office, points, headings, signed, scale, above)
    if len(breaks) <= _MOST:
        worksheet.set_h_pagebreaks(breaks)


def page_breaks(
    layout: Layout,
    office: Office,
    points: Mapping[int, float],
    headings: Container[int] = (),
    signed: tuple[int, int] | None = None,
    scale: float | None = None,
    above: int = 0,
) -> list[int]:
    """The rows that begin a page, but for the first."""
    room = _room(layout, office, scale)
    heading = sum(points.get(row, ROW_POINTS) for row in range(layout.heading - above, layout.heading + 1))
    found: list[int] = []
    start, used = 0, 0.0
    for row in range((signed[1] if signed else layout.last) + 1):
        size = points.get(row, ROW_POINTS)
        if used + size > room:
            start = _begin(row, start, headings, layout, signed)
            found.append(start)
            used = heading + sum(points.get(before, ROW_POINTS) for before in range(start, row))
        used += size
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


def _room(layout: Layout, office: Office, scale: float | None) -> float:
    """Points of rows that one page holds at this scale, or at the one that makes the table one page wide."""
    height, width = _PAPER[prints_on_a4(office)]
    if scale:
        return (height - _ENDS) * 72 / scale
    shown = [column.width for column in layout.columns if column.page == 1]
    wide = sum(_CHAR_INCHES * chars + _COLUMN_INCHES for chars in shown)
    return (height - _ENDS) * 72 / min(1.0, (width - _SIDES) / wide)
