"""Forms whose rows are printed already, for the tests of ``isi``."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
from openpyxl.styles import Border, Side

FRAME = Border(*(Side(style="thin") for _ in range(4)))
Row = Sequence[object]


def printed(
    heads: Sequence[Row], rows: Sequence[Row], total: Mapping[int, str] | None = None, *, merge: Iterable[str] = (),
    framed: bool = True, below: Sequence[Row] = (),
) -> bytes:  # fmt: skip
    """A form with headings from row 5 down, printed rows below them, JUMLAH with its formulas, and what else stands below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Form"
    sheet["A1"] = "FORMULIR"
    lines = [*heads, *rows]
    first, last = 5 + len(heads), 4 + len(lines)
    if total:
        lines.append([None, "JUMLAH", *([None] * (len(heads[0]) - 2))])
    for number, line in enumerate(lines, 5):
        for col in range(1, len(heads[0]) + 1):
            cell = sheet.cell(number, col, line[col - 1] if col <= len(line) else None)
            if framed:
                cell.border = FRAME
    for col, formula in (total or {}).items():
        sheet.cell(last + 1, col, formula.format(first=first, last=last))
    for number, line in enumerate(below, 5 + len(lines)):
        for col, value in enumerate(line, 1):
            sheet.cell(number, col, value)
    for area in merge:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
