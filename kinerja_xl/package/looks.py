"""Add formats to ``xl/styles.xml`` without touching those that are there: for cells of our own and for marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import HEAD, MAIN_NS, Draft, Edit, Outline, area, inside, set_attributes, splice
from kinerja_xl.package.insert import read_rows
from kinerja_xl.package.markup import Element, tag, tree
from kinerja_xl.package.related import read_tree, relations

BLANK = HEAD + f'<styleSheet xmlns="{MAIN_NS}"></styleSheet>'.encode()

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_ITEM = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf", "dxfs": "dxf"}
# What must stand first in a list that the file doesn't have: index 0 is what cells without a format show.
_SEEDS = {
    "fonts": '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    "fills": '<{p}fill><{p}patternFill patternType="none"/></{p}fill><{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    "borders": "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",
    "cellXfs": '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "dxfs": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a cell of ours looks. Colours ``#RRGGBB``, "" for none; ``size`` in points."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    ink: str = "#000000"
    fill: str = ""
    border: str = ""
    horizontal: str = ""
    vertical: str = "top"
    wrap: bool = False
    indent: int = 0


class Stylesheet:
    """The lists of a stylesheet with what was added; indexes are those that cells and rules refer to."""

    def __init__(self, data: bytes, path: str) -> None:
        self._data, self._root = data, tree(data, path)
        self._old: dict[str, list[bytes]] = {}
        self._new: dict[str, list[bytes]] = {name: [] for name in _ITEM}
        for name in _ITEM:
            listed = self._root.first(name)
            if listed is not None:
                self._old[name] = [data[e.start : e.end] for e in listed.named(_ITEM[name])]

    def cell(self, look: Look) -> int:
        """The index of a cell format."""
        attrs = {
            "numFmtId": "0", "fontId": str(self._add("fonts", self._font(look))), "fillId": str(self._fill(look.fill)),
            "borderId": str(self._border(look.border)),
            "applyFont": "1", "applyFill": "1", "applyBorder": "1", "applyAlignment": "1",
        }  # fmt: skip
        if self._root.first("cellStyleXfs"):
            attrs["xfId"] = "0"
        alignment = {"horizontal": look.horizontal, "vertical": look.vertical, "wrapText": "1" if look.wrap else ""}
        if look.indent:
            alignment["indent"] = str(look.indent)
        return self._add("cellXfs", self._tag("xf", attrs, self._tag("alignment", {k: v for k, v in alignment.items() if v})))

    def mark(self, fill: str, ink: str) -> int:
        """The index of a differential format: ground, text and frame; a frame shows on any ground, and in print."""
        ground = self._tag("fgColor", _color(fill)) + self._tag("bgColor", _color(fill))  # readers differ in which they use
        filled = self._tag("fill", {}, self._tag("patternFill", {"patternType": "solid"}, ground))
        written = self._tag("font", {}, self._tag("color", _color(ink)))
        frame = self._tag("border", {}, self._sides(ink))
        return self._add("dxfs", self._tag("dxf", {}, written + filled + frame))

    def written(self) -> bytes:
        edits: list[Edit] = []
        for name, new in self._new.items():
            if new:
                edits += self._list(name, new)
        return splice(self._data, edits)

    def _list(self, name: str, new: list[bytes]) -> list[Edit]:
        """One list with its additions and its new count."""
        count = {"count": str(len(self._old[name]) + len(new))}
        listed = self._root.first(name)
        if listed is None:
            return [self._missing(name, new, count)]
        opening = tag(listed.prefix, name, listed.attrs | count)
        if listed.empty:
            body = b"".join(new)
            return [(listed.start, listed.end, opening[:-2] + b">" + body + f"</{listed.prefix}{name}>".encode())]
        last = max([e.end for e in listed.named(_ITEM[name])], default=listed.open_end)
        return [(listed.start, listed.open_end, opening[:-2] + b">"), (last, last, b"".join(new))]

    def _missing(self, name: str, new: list[bytes], count: dict[str, str]) -> Edit:
        """A whole list, where the schema wants it."""
        before = [e.end for e in self._root.children if e.name in _ORDER and _ORDER.index(e.name) < _ORDER.index(name)]
        seed = _SEEDS[name].format(p=self._root.prefix)
        body = seed + b"".join(new).decode()
        if self._root.empty:
            return inside(self._root, self._data, tag(self._root.prefix, name, count, body))
        at = max(before, default=self._root.open_end)
        return at, at, tag(self._root.prefix, name, count, body)

    def _add(self, name: str, xml: str) -> int:
        if name not in self._old:
            seed = tree(f"<s>{_SEEDS[name].format(p='')}</s>".encode(), name)
            self._old[name] = [b""] * len(seed.children)
        old, new, wanted = self._old[name], self._new[name], xml.encode()
        if wanted in old:
            return old.index(wanted)
        if wanted not in new:
            new.append(wanted)
        return len(old) + new.index(wanted)

    def _tag(self, name: str, attrs: dict[str, str], body: str = "") -> str:
        return tag(self._root.prefix, name, attrs, body).decode()

    def _font(self, look: Look) -> str:
        flags = (("b", look.bold), ("i", look.italic), ("u", look.underline))
        body = "".join(self._tag(name, {}) for name, wanted in flags if wanted)
        body += self._tag("sz", {"val": f"{look.size:g}"}) + self._tag("color", _color(look.ink))
        return self._tag("font", {}, body + self._tag("name", {"val": "Calibri"}) + self._tag("family", {"val": "2"}))

    def _fill(self, fill: str) -> int:
        if not fill:
            return 0
        ground = self._tag("fgColor", _color(fill)) + self._tag("bgColor", {"indexed": "64"})
        return self._add("fills", self._tag("fill", {}, self._tag("patternFill", {"patternType": "solid"}, ground)))

    def _border(self, color: str) -> int:
        if not color:
            return 0
        return self._add("borders", self._tag("border", {}, self._sides(color) + self._tag("diagonal", {})))

    def _sides(self, color: str) -> str:
        line = self._tag("color", _color(color))
        return "".join(self._tag(side, {"style": "thin"}, line) for side in ("left", "right", "top", "bottom"))


def _color(color: str) -> dict[str, str]:
    return {"rgb": "FF" + color.removeprefix("#").upper()}


# ---- How the cells of a sheet look, as far as filling a form needs it: frames, wrapped text, letters, heights of rows ----

T = TypeVar("T")

_SIDES = ("left", "right", "start", "end", "top", "bottom")
_TRUE = ("1", "true")
_POINTS = 72 / 96
_PERCENTS = ("9", "10")
"""Numbers of the formats for percent that every file has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLook:
    """``framed``: a line on at least one side; ``wraps``: long text goes on in further lines; ``size`` in points;
    ``general``: numbers are shown as they come, without a format; ``percent``: 0.5 is shown as 50%."""

    framed: bool = False
    wraps: bool = False
    general: bool = True
    percent: bool = False
    size: float = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """Looks by row and column, widths of columns in pixels, heights of rows in points; 1-based.

    ``height``: of rows that declare none. ``tables``: last row of each Excel table (ListObject) by its heading row.
    """

    cells: Mapping[tuple[int, int], CellLook]
    widths: Mapping[int, int]
    width: int
    heights: Mapping[int, float]
    height: float
    tables: Mapping[int, int] = field(default_factory=dict)

    @property
    def framed(self) -> dict[int, frozenset[int]]:
        """Columns of framed cells by row."""
        found: dict[int, set[int]] = {}
        for (row, col), look in self.cells.items():
            if look.framed:
                found.setdefault(row, set()).add(col)
        return {row: frozenset(cols) for row, cols in found.items()}


def look_at(package: Package, sheet: str) -> SheetLook:
    """How a sheet looks. Raises PackageError."""
    path = package.path(sheet)
    draft = Draft(package.archive)
    outline, looks = Outline.of(draft.read(path), path), _looks(package)
    body = read_tree(package.archive, path).first("sheetData")
    plain = CellLook()
    parts = [one.path for one in relations(package.archive, path) if one.kind == "table" and one.path in package.archive]
    return SheetLook(
        cells={
            (row.number, col): looks.get(cell.attrs.get("s", "0"), plain)
            for row in read_rows(body)
            for col, cell in row.cells.items()
        },
        widths=outline.columns,
        width=outline.column,
        heights={row: pixels * _POINTS for row, pixels in outline.rows.items()},
        height=outline.row * _POINTS,
        tables={found[0]: found[2] for part in parts if (found := area(read_tree(package.archive, part).attrs.get("ref", "")))},
    )


def with_heights(data: bytes, sheet: str, heights: Mapping[int, float]) -> bytes:
    """The file with higher rows: points by row. Whether a height counts as fixed by hand stays as it was."""
    package = Package.open(data)
    path = package.path(sheet)
    draft = Draft(package.archive)
    part = draft.read(path)
    body = tree(part, path).first("sheetData")
    edits: list[Edit] = []
    for row in read_rows(body):
        if row.number in heights:
            edits += set_attributes(part, row.element, {"ht": f"{heights[row.number]:g}"})
    draft.write(path, splice(part, edits))
    return draft.data()


def _looks(package: Package) -> dict[str, CellLook]:
    """Every cell format by its number."""
    path = next((r.path for r in relations(package.archive, package.workbook_path) if r.kind == "styles"), "")
    if path not in package.archive:
        return {}
    root = read_tree(package.archive, path)
    borders = [_lined(border) for border in root.within("borders", "border")]
    sizes = [_size(font) for font in root.within("fonts", "font")]
    custom = [one.attrs for part in root.named("numFmts") for one in part.children]
    percents = {*_PERCENTS, *(one.get("numFmtId", "") for one in custom if "%" in one.get("formatCode", ""))}
    found = {}
    for number, xf in enumerate(root.within("cellXfs", "xf")):
        alignment = xf.first("alignment")
        found[str(number)] = CellLook(
            framed=_at(borders, xf.attrs.get("borderId"), False),
            wraps=alignment is not None and alignment.attrs.get("wrapText") in _TRUE,
            general=xf.attrs.get("numFmtId", "0") == "0",
            percent=xf.attrs.get("numFmtId", "0") in percents,
            size=_at(sizes, xf.attrs.get("fontId"), 11.0),
        )
    return found


def _at(listed: Sequence[T], index: str | None, otherwise: T) -> T:
    return listed[int(index)] if index and index.isdecimal() and int(index) < len(listed) else otherwise


def _size(font: Element) -> float:
    size = font.first("sz")
    try:
        return float(size.attrs["val"]) if size is not None else 11.0
    except (KeyError, ValueError):
        return 11.0


def _lined(border: Element) -> bool:
    return any(side.name in _SIDES and side.attrs.get("style", "none") != "none" for side in border.children)
