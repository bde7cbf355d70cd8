"""Print set-up of an input sheet: Folio or A4, repeated headings, page numbers, a second page across when wide."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.marks import FIRST_COLUMN
from kinerja_xl.writing.plan import SheetPlan

PAPERS = {"Folio": (14, 8.5, 13.0), "A4": (9, 8.27, 11.69)}
"""Paper name -> (XlsxWriter index, width, height in inches). Folio is the Indonesian F4."""

MARGIN = 0.4
ROOM = 0.95
"""Part of the paper that columns may fill: printers and LibreOffice draw them a little wider than the screen does."""
_FOOTER = "&L&8&A&R&8Hal &P dari &N"


def set_up_page(sheet: Worksheet, plan: SheetPlan, paper: str) -> None:
    """One page wide; a table that declares a second page gets a break before it and repeats its first columns."""
    index, width, height = PAPERS.get(paper, PAPERS["Folio"])
    sheet.set_paper(index)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    sheet.set_footer(_FOOTER)
    if plan.sheet.landscape:
        sheet.set_landscape()
    sheet.print_area(0, FIRST_COLUMN, plan.last_row, plan.last_column)
    first = next(iter(plan.tables.values()), None)
    if first is None or plan.forms:
        sheet.fit_to_pages(1, 0)
        return
    sheet.freeze_panes(first.first_row, FIRST_COLUMN + min(first.table.repeat, 2))
    sheet.repeat_rows(first.group_row if first.group_row is not None else first.head_row, first.head_row)
    break_at = next((i for i, c in enumerate(first.table.columns) if c.page > 1), None)
    if break_at is None:
        sheet.fit_to_pages(1, 0)
        return
    usable = (height if plan.sheet.landscape else width) - 2 * MARGIN
    widths = plan.widths()
    pages = (widths[:break_at], widths[: first.table.repeat] + widths[break_at:])
    sheet.set_print_scale(max(10, min(100, *(int(usable * 96 / _pixels(page) * 100 * ROOM) for page in pages))))
    sheet.repeat_columns(FIRST_COLUMN, FIRST_COLUMN + first.table.repeat - 1)
    sheet.set_v_pagebreaks([FIRST_COLUMN + break_at])


def _pixels(widths: list[float]) -> float:
    """Width on screen of columns given in characters of the default font (7 pixels each, 5 around them)."""
    return sum(w * 7 + 5 for w in widths)
