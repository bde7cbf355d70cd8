"""Where the pages of a filled form end. Rows that were inserted push the signature down: it must not come to stand alone on a
page, nor torn from its date."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.foreign.words import is_sign_off, is_signature
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.package import Package
from kinerja_xl.package.draft import Draft, Outline, splice
from kinerja_xl.package.markup import Element, tag

COMPANY = 3
"""Rows of the table that stand on the page of the signature."""

_PAPERS: Mapping[str, tuple[float, float]] = {"5": (8.5, 14.0), "8": (11.69, 16.54), "9": (8.27, 11.69), "14": (8.5, 13.0)}
"""Width and height in inches by their number in the file: Legal, A3, A4, Folio."""

_LETTER = (8.5, 11.0)
_MARGINS = {"top": 0.75, "bottom": 0.75, "left": 0.7, "right": 0.7}
_DPI = 96
_SPARE = 0.97
"""Part of a page that is reckoned with: programs differ in how high a row prints."""


def signature_of(grid: CellSheet, below: int) -> tuple[int, int] | None:
    """First and last row (1-based) of a signature block under a row, as far as the sheet has texts."""
    rows = [row for row in range(below, grid.height) if any(isinstance(value, str) and value.strip() for value in grid.rows[row])]
    signed = (row for row in rows if any(_signs(value) for value in grid.rows[row]))
    first = next(signed, None)
    return None if first is None else (first + 1, rows[-1] + 1)


def _signs(value: object) -> bool:
    return isinstance(value, str) and (is_signature(value) or is_sign_off(value))


def kept_together(data: bytes, sheet: str, table: tuple[int, int], signature: tuple[int, int]) -> bytes:
    """The file with a break before the last rows of the table (first and last row), where the signature would part from them."""
    package = Package.open(data)
    path = package.path(sheet)
    draft = Draft(package.archive)
    outline = Outline.of(draft.read(path), path)
    room = _room(outline)
    begin = max(table[0] + 1, table[1] - COMPANY + 1)
    if room is None or _high(outline, begin, signature[1]) > room:
        return data
    breaks = _breaks(outline.root)
    if _page(outline, begin, room, breaks) == _page(outline, signature[1], room, breaks):
        return data
    row = {"id": str(begin - 1), "max": "16383", "man": "1"}
    breaks[begin - 1] = row
    draft.write(path, splice(outline.data, [_listed(outline, breaks)]))
    return draft.data()


def _listed(outline: Outline, breaks: Mapping[int, Mapping[str, str]]) -> tuple[int, int, bytes]:
    """The whole list of breaks, in the place of the old one."""
    prefix = outline.root.prefix
    body = b"".join(tag(prefix, "brk", dict(breaks[row])) for row in sorted(breaks)).decode()
    manual = sum(one.get("man") in ("1", "true") for one in breaks.values())
    counted = {"count": str(len(breaks)), "manualBreakCount": str(manual)}
    old = outline.root.first("rowBreaks")
    if old is None:
        return outline.add("rowBreaks", counted, body)
    return old.start, old.end, tag(prefix, "rowBreaks", counted, body)


def _breaks(root: Element) -> dict[int, dict[str, str]]:
    """Breaks by the row that they stand behind."""
    listed = root.first("rowBreaks")
    found = listed.named("brk") if listed is not None else ()
    return {int(one.attrs["id"]): dict(one.attrs) for one in found if one.attrs.get("id", "").isdecimal()}


def _page(outline: Outline, row: int, room: float, breaks: Mapping[int, object]) -> int:
    """The page that a row stands on, counted from 0."""
    page, used = 0, 0.0
    for at in range(1, row + 1):
        size = outline.rows.get(at, outline.row)
        if used and (used + size > room or at - 1 in breaks):
            page, used = page + 1, 0.0
        used += size
    return page


def _high(outline: Outline, first: int, last: int) -> float:
    return sum(outline.rows.get(row, outline.row) for row in range(first, last + 1))


def _room(outline: Outline) -> float | None:
    """Pixels of rows that a page holds; None where the form is fitted to one page."""
    setup, margins = (one.attrs if (one := outline.root.first(name)) else {} for name in ("pageSetup", "pageMargins"))
    width, height = _PAPERS.get(setup.get("paperSize", ""), _LETTER)
    if setup.get("orientation") == "landscape":
        width, height = height, width
    sides = {name: _inches(margins.get(name), usual) for name, usual in _MARGINS.items()}
    wide, high = width - sides["left"] - sides["right"], height - sides["top"] - sides["bottom"]
    scale = _inches(setup.get("scale"), 100.0) / 100
    properties = outline.root.first("sheetPr")
    fitted = properties.first("pageSetUpPr") if properties is not None else None
    if fitted is not None and fitted.attrs.get("fitToPage") in ("1", "true"):
        if setup.get("fitToHeight", "1") != "0":
            return None
        scale = min(1.0, wide * _DPI / max(sum(outline.columns.values()), 1))
    return _SPARE * high * _DPI / scale if scale > 0 else None


def _inches(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
