"""A worksheet without its cells: its other elements where they stand, and the sizes of its rows and columns.

Marks change nothing in ``sheetData``, so a large sheet's cells are passed over and never become objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja_xl.formula.references import MAX_COL
from kinerja_xl.package.draft import REL_NS, Edit
from kinerja_xl.package.markup import Element, feed, parser, tag, tree

# The order that the schema (ISO/IEC 29500-1, CT_Worksheet) demands of a worksheet's elements.
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip

_PIXELS_PER_POINT = 96 / 72
_PIXELS_PER_CHAR = 7
_FALLBACK = 20  # pixels of a row or column where the sheet hides all that it doesn't list
_MOST_STEPS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """``root`` lacks the rows; its offsets are those in ``data``. Sizes in pixels by 1-based number, hidden ones 0."""

    data: bytes
    root: Element
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    row: int
    column: int

    @classmethod
    def of(cls, data: bytes, path: str) -> Outline:
        """Of a worksheet as UTF-8 without mark. Raises PackageError."""
        start, end, rows = _cells(data, path)
        root = tree(data[:start] + data[end:], path)
        _shift(root, start, end - start)
        defaults = root.first("sheetFormatPr")
        attrs = defaults.attrs if defaults else {}
        width = attrs.get("defaultColWidth") or str(_number(attrs.get("baseColWidth", "8"), 8) + 1.14)
        hidden = attrs.get("zeroHeight") in ("1", "true")
        return cls(
            data=data,
            root=root,
            rows=rows,
            columns=_columns(root),
            row=0 if hidden else _row_pixels(attrs.get("defaultRowHeight", "15")),
            column=_column_pixels(width),
        )

    def add(self, name: str, attrs: Mapping[str, str], body: str = "") -> Edit:
        """Insert an element of the worksheet where the schema wants it, after others of its name."""
        at = self.root.open_end
        for child in self.root.children:
            if child.name in _ORDER and _ORDER.index(child.name) <= _ORDER.index(name):
                at = child.end
        return at, at, tag(self.root.prefix, name, attrs, body)

    def link(self, id: str) -> dict[str, str]:
        """The attribute that points to a relationship, with its namespace where the sheet doesn't declare it."""
        for key, value in self.root.attrs.items():
            if value == REL_NS and key.startswith("xmlns:"):
                return {f"{key[6:]}:id": id}
        return {"xmlns:r": REL_NS, "r:id": id}

    def anchor(self, row: int, column: int, width: int, height: int) -> tuple[int, ...]:
        """Where a box of this size in pixels stands beside a cell (1-based).

        Left column, pixels into it, top row, pixels, right column, pixels, bottom row, pixels; all zero-based.
        """
        left = max(0, min(column, MAX_COL - 12))
        top = max(0, row - 2)
        right = _walk(left, 15 + width, self.columns, self.column)
        return left, 15, top, 4, *right, *_walk(top, 4 + height, self.rows, self.row)


def _walk(first: int, distance: int, sizes: Mapping[int, int], usual: int) -> tuple[int, int]:
    """The zero-based row or column that lies so many pixels behind the start of ``first``, and the pixels into it."""
    at = first
    for at in range(first, first + _MOST_STEPS):
        size = sizes.get(at + 1, usual)
        if distance < size:
            return at, distance
        distance -= size
    return first + max(1, distance // _FALLBACK), 0


def _cells(data: bytes, path: str) -> tuple[int, int, dict[int, int]]:
    """The bytes within ``sheetData`` and the heights of rows that declare one."""
    span, rows, depth, number = [0, 0], {}, 0, 0
    made = parser(path)

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth, number
        depth += 1
        if depth != 3 or span[1] or name.rpartition(":")[2] != "row":
            return
        span[0] = span[0] or made.CurrentByteIndex
        declared = attrs.get("r", "")
        number = int(declared) if declared.isdecimal() else number + 1
        if attrs.get("hidden") in ("1", "true"):
            rows[number] = 0
        elif "ht" in attrs:
            rows[number] = _row_pixels(attrs["ht"])

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 1 and span[0] and not span[1] and name.rpartition(":")[2] == "sheetData":
            span[1] = made.CurrentByteIndex

    made.StartElementHandler, made.EndElementHandler = start, end
    try:
        feed(made, data, path)
    finally:
        made.StartElementHandler = made.EndElementHandler = None
    return span[0], span[1], rows


def _shift(element: Element, after: int, by: int) -> None:
    for name in ("start", "open_end", "close", "end"):
        if getattr(element, name) > after or (name in ("close", "end") and getattr(element, name) == after):
            setattr(element, name, getattr(element, name) + by)
    for child in element.children:
        _shift(child, after, by)


def _columns(root: Element) -> dict[int, int]:
    found: dict[int, int] = {}
    for col in root.within("cols", "col"):
        size = 0 if col.attrs.get("hidden") in ("1", "true") else _column_pixels(col.attrs.get("width", "9.14"))
        first, last = (int(_number(col.attrs.get(key, ""), 0)) for key in ("min", "max"))
        found.update(dict.fromkeys(range(first, min(last, MAX_COL) + 1), size))
    return found


def _row_pixels(points: str) -> int:
    return round(_number(points, 15) * _PIXELS_PER_POINT)


def _column_pixels(chars: str) -> int:
    return round(_number(chars, 9.14) * _PIXELS_PER_CHAR)


def _number(text: str, otherwise: float) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return otherwise
