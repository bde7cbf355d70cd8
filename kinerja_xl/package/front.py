"""A worksheet of our own in front of somebody's workbook: plain cells, links into the book, made for printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kinerja_xl.package.address import address, column_letters
from kinerja_xl.package.draft import HEAD, MAIN_NS
from kinerja_xl.package.looks import Look
from kinerja_xl.package.markup import escape
from kinerja_xl.package.values import cell_xml, tag

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MOST_LINKS = 60_000
"""Excel opens a sheet with at most 65,530 links."""

_FOLIO = "14"  # 8.5 x 13 inch, the Indonesian F4


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontCell:
    """A text or whole number; ``link`` is the (sheet, cell) that a click leads to."""

    value: str | int
    look: Look
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontRow:
    """One row from its first column on; ``height`` in points."""

    cells: tuple[FrontCell, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontSheet:
    """The sheet. ``mark`` is the defined name by which it is found again, ``widths`` are in characters.

    Row number ``heading`` (1-based) is repeated on every page and stays in view.
    """

    name: str
    mark: str
    widths: tuple[float, ...]
    rows: tuple[FrontRow, ...]
    heading: int


def quoted(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def front_xml(front: FrontSheet, index: Callable[[Look], int]) -> bytes:
    """The worksheet part; ``index`` gives the number of a look in the workbook's stylesheet."""
    rows: list[str] = []
    links: list[str] = []
    for number, row in enumerate(front.rows, start=1):
        cells = []
        for column, cell in enumerate(row.cells, start=1):
            ref = address(number, column)
            cells.append(cell_xml("", ref, str(index(cell.look)), cell.value).decode())
            if cell.link and len(links) < MOST_LINKS:
                place = f"{quoted(cell.link[0])}!{cell.link[1]}"
                links.append(tag("", "hyperlink", {"ref": ref, "location": place, "display": str(cell.value)}).decode())
        # No customHeight: Excel goes on fitting the row to its text.
        rows.append(tag("", "row", {"r": str(number), "ht": f"{row.height:g}"}, "".join(cells)).decode())
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width + 0.7109375}" customWidth="1"/>'
        for number, width in enumerate(front.widths, start=1)
    )
    below = f"A{front.heading + 1}"
    last = f"{column_letters(len(front.widths))}{len(front.rows)}"
    return (
        HEAD
        + (
            f'<worksheet xmlns="{MAIN_NS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{front.heading}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
            + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
            + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="{_FOLIO}" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{escape('&L&8&A&R&8Hal &P dari &N')}</oddFooter></headerFooter></worksheet>"
        ).encode()
    )
