"""A package while its parts are changed: relationships, content types, new parts, and the bytes at the end.

Relationships are looked up in the package as it was opened; what ``relate`` adds is only written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kinerja_xl.formula.references import MAX_COL, box
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.book import CONTENT_TYPES
from kinerja_xl.package.markup import Element, as_utf8, escape, feed, parser, tag, tree
from kinerja_xl.package.related import relations_path

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"

Edit = tuple[int, int, bytes]
"""Replace the bytes from the first offset up to the second."""


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with these edits, which must not overlap; insertions at one place keep their order."""
    pieces, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[0]):
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])


def inside(element: Element, data: bytes, new: bytes) -> Edit:
    """Put ``new`` at the end of an element's content; one written ``<a/>`` is opened for it."""
    if not element.empty:
        return element.close, element.close, new
    opening = data[element.start : element.end].rstrip(b">").rstrip(b"/").rstrip()
    return element.start, element.end, opening + b">" + new + f"</{element.prefix}{element.name}>".encode()


def area(ref: str) -> tuple[int, int, int, int] | None:
    """First row and column, last row and column of an address; None for what is none."""
    try:
        return box(ref)
    except ValueError:
        return None


def set_attributes(data: bytes, element: Element, values: Mapping[str, str]) -> list[Edit]:
    """Give attributes (by their written names) other values; one that the tag lacks is added, equal ones cost nothing."""
    edits: list[Edit] = []
    for name, value in values.items():
        if element.attrs.get(name) == value:
            continue
        new = f'{name}="{escape(value)}"'.encode()
        if name not in element.attrs:
            at = element.open_end - (2 if element.empty else 1)
            edits.append((at, at, b" " + new))
            continue
        pattern = rb"""(?<=\s)%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode())
        match = re.compile(pattern).search(data, element.start, element.open_end)
        if match is None:
            raise PackageError(f"tanda <{element.prefix}{element.name}> tidak dapat diubah")
        edits.append((match.start(), match.end(), new))
    return edits


def set_text(element: Element, value: str) -> list[Edit]:
    """Other text for an element without children; nothing when it reads so already."""
    if element.text == value or element.children or element.empty:
        return []
    return [(element.open_end, element.close, escape(value).encode())]


class Draft:
    """The parts of ``archive`` and what has become of them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def __contains__(self, path: str) -> bool:
        return path in self._added or (path in self.archive and path not in self._dropped)

    def read(self, path: str) -> bytes:
        """The present bytes of an XML part, as UTF-8 without mark. Raises PackageError."""
        if path in self._added:
            return self._added[path]
        return self._changed[path] if path in self._changed else as_utf8(self.archive.read(path), path)

    def write(self, path: str, data: bytes) -> None:
        """Change or add a part; one that stays the same keeps its very bytes."""
        if path not in self.archive:
            self._added[path] = data
        elif data != self.read(path):
            self._changed[path] = data

    def edit(self, path: str, edits: Iterable[Edit]) -> None:
        self.write(path, splice(self.read(path), edits))

    def drop(self, path: str) -> None:
        """Take a part out, with its relationships and its content type."""
        gone = {path, relations_path(path)}
        self._dropped |= gone
        names = {f"/{name}".lower() for name in gone}
        self._prune(CONTENT_TYPES, lambda e: e.attrs.get("PartName", "").lower() in names)

    def free(self, pattern: str) -> str:
        """The first part name of this pattern (``xl/comments{}.xml``) that the package doesn't have."""
        number = 1
        while (path := pattern.format(number)) in self.archive or path in self._added:
            number += 1
        return path

    def relate(self, source: str, kind: str, target: str) -> str:
        """The id of a new relationship from part ``source`` to part ``target``; ``kind`` is the last word of its type."""
        path = relations_path(source)
        if path not in self:
            self.write(path, HEAD + f'<Relationships xmlns="{_RELS_NS}"></Relationships>'.encode())
            self.declare(path, _RELS)
        data = self.read(path)
        root = tree(data, path)
        taken = {e.attrs.get("Id", "") for e in root.children}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relative = posixpath.relpath("/" + target, "/" + posixpath.dirname(source))
        attrs = {"Id": f"rId{number}", "Type": f"{REL_NS}/{kind}", "Target": relative}
        self.edit(path, [inside(root, data, tag(root.prefix, "Relationship", attrs))])
        return f"rId{number}"

    def unrelate(self, source: str, ids: Iterable[str]) -> None:
        """Remove relationships; a part left without any loses the part that held them."""
        path, gone = relations_path(source), set(ids)
        if self._prune(path, lambda e: e.attrs.get("Id") in gone) == 0:
            self.drop(path)

    def declare(self, path: str, content_type: str) -> None:
        """Say what a new part is; nothing to do when its extension says so already."""
        data = self.read(CONTENT_TYPES)
        root = tree(data, CONTENT_TYPES)
        extension = posixpath.splitext(path)[1][1:].lower()
        known = (e.attrs.get("ContentType") for e in root.named("Default") if e.attrs.get("Extension", "").lower() == extension)
        if next(known, None) != content_type:
            attrs = {"PartName": "/" + path, "ContentType": content_type}
            self.edit(CONTENT_TYPES, [inside(root, data, tag(root.prefix, "Override", attrs))])

    def data(self) -> bytes:
        """The finished package: parts that nobody changed as they stood, new ones at the end, without times."""
        if not (self._changed or self._added or self._dropped):
            return self.archive.data
        return self.archive.rewrite(self._changed, self._dropped, self._added)

    def _prune(self, path: str, unwanted: Callable[[Element], bool]) -> int:
        """Remove children of a part's root; how many are left."""
        data = self.read(path)
        children = tree(data, path).children
        gone = [e for e in children if unwanted(e)]
        self.write(path, splice(data, ((e.start, e.end, b"") for e in gone)))
        return len(children) - len(gone)


# ---- A worksheet without its cells: its other elements where they stand, and the sizes of its rows and columns ----
# Marks change nothing in ``sheetData``, so a large sheet's cells are passed over and never become objects.

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
