"""Change cells of an .xlsx in place, and take the clock out of files that libraries wrote.

For correction copies and for filling forms of others: saving through a library would drop sparklines,
text boxes and extended formats. All parts but the changed sheets keep their bytes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from kinerja_xl.formula.operators import ErrorValue
from kinerja_xl.formula.references import MAX_COL, address, box, coordinates, moved
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import Draft, Edit, area, splice
from kinerja_xl.package.markup import Element, as_utf8, escape, tag, tree
from kinerja_xl.package.related import relations

# ---- What can be written into a cell, and its XML ----

MAX_TEXT = 32_767  # characters in one cell

# What XML cannot carry Excel writes as _x000B_; text that merely looks like that gets its underscore escaped.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula (with or without ``=``) and the result to show until it is recalculated; None: no result."""

    text: str
    cached: str | int | float | Decimal | ErrorValue | None = None


@dataclass(frozen=True, slots=True)
class Rich:
    """Text in parts, each with its look (``<rPr>``) or None."""

    parts: tuple[tuple[Element | None, str], ...]


CellValue = str | int | float | Decimal | ErrorValue | Formula | Rich | None


def cell_xml(prefix: str, ref: str, style: str | None, value: CellValue) -> bytes:
    """One ``<c>``. Raises ValueError for a number that is none (NaN, infinity) and for text that is too long."""
    attrs = {"r": ref, **({} if style is None else {"s": style})}
    if isinstance(value, Formula):
        kind, body = _plain(prefix, value.cached, "str")
        body = f"<{prefix}f>{escape(_writable(value.text.removeprefix('=')))}</{prefix}f>{body}"
    elif isinstance(value, Rich):
        kind, body = "inlineStr", f"<{prefix}is>{''.join(_run(prefix, *part) for part in value.parts)}</{prefix}is>"
    elif isinstance(value, str):
        kind, body = "inlineStr", f'<{prefix}is><{prefix}t xml:space="preserve">{_text(value)}</{prefix}t></{prefix}is>'
    else:
        kind, body = _plain(prefix, value, "str")
    return tag(prefix, "c", attrs | ({"t": kind} if kind else {}), body)


def _run(prefix: str, look: Element | None, text: str) -> str:
    shown = _markup(prefix, look) if look is not None else ""
    return f'<{prefix}r>{shown}<{prefix}t xml:space="preserve">{_text(text)}</{prefix}t></{prefix}r>'


def _markup(prefix: str, element: Element) -> str:
    inner = "".join(_markup(prefix, child) for child in element.children)
    return tag(prefix, element.name, element.attrs, inner).decode()


def _plain(prefix: str, value: str | int | float | Decimal | ErrorValue | None, text: str) -> tuple[str, str]:
    """Type and ``<v>`` of a value without markup of its own; ``text`` is the type that a string gets."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return text, f'<{prefix}v xml:space="preserve">{_text(value)}</{prefix}v>'
    if isinstance(value, ErrorValue):
        return "e", f"<{prefix}v>{escape(value.text)}</{prefix}v>"
    if isinstance(value, bool):
        return "b", f"<{prefix}v>{int(value)}</{prefix}v>"
    if not _finite(value):
        raise ValueError(f"not a number that a cell can hold: {value}")
    return "", f"<{prefix}v>{value}</{prefix}v>"


def _finite(value: int | float | Decimal) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond any float
        return False


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"text of {len(text)} characters: a cell holds {MAX_TEXT}")
    # A cell's line break is \n; XML would turn the others into it anyway.
    return escape(_writable(_LOOKS_ESCAPED.sub("_x005F_", text)))


def _writable(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", lines)


# ---- Change cells in the XML of one worksheet: whole rows are rebuilt from their cells' own bytes ----

Place = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class _Row:
    number: int
    element: Element | None  # None: a row that did not exist
    cells: list[tuple[Place, Element]] = field(default_factory=list)
    changed: dict[Place, bytes] = field(default_factory=dict)
    added: dict[Place, bytes] = field(default_factory=dict)


def patch_sheet(data: bytes, path: str, changes: Mapping[Place, CellValue]) -> tuple[bytes, bool]:
    """The sheet with these cells changed, and whether a formula came or went.

    ``data`` is UTF-8 without mark. Raises PackageError for a broken sheet and for a cell within an array
    formula or data table of several cells, which can only be changed as a whole.
    """
    root = tree(data, path)
    body = root.first("sheetData")
    if body is None:
        raise PackageError(f"{path} tidak memuat sel")
    sheet = _Sheet(data, root, body)
    touched = False
    for place in sorted(changes):
        touched |= sheet.change(place, changes[place])
    return sheet.written(), touched


class _Sheet:
    def __init__(self, data: bytes, root: Element, body: Element) -> None:
        self.data, self.root, self.body = data, root, body
        self.rows = [_Row(number=number, element=row, cells=cells) for number, row, cells in placed_cells(body)]
        self.where = {place: (row, cell) for row in self.rows for place, cell in row.cells}
        self.by_number = {row.number: row for row in reversed(self.rows)}
        self.arrays = [box(f.attrs["ref"]) for f in self.formulas() if f.attrs.get("t") in ("array", "dataTable")]

    def formulas(self) -> Iterator[Element]:
        return (f for _, cell in self.where.values() for f in cell.named("f"))

    def change(self, place: Place, value: CellValue) -> bool:
        """Note one change; True when a formula comes or goes."""
        ref = address(*place)
        for r1, c1, r2, c2 in self.arrays:
            if (r1, c1) != (r2, c2) and r1 <= place[0] <= r2 and c1 <= place[1] <= c2:
                raise PackageError(f"sel {ref} bagian dari rumus larik {address(r1, c1)}:{address(r2, c2)}")
        found = self.where.get(place)
        if found is None:
            if value is not None:
                xml = cell_xml(self.body.prefix, ref, self.style(place), value)
                self.row(place[0]).added[place] = xml
            return isinstance(value, Formula)
        row, cell = found
        formula = cell.first("f")
        if formula is not None and formula.attrs.get("t") == "shared" and formula.text:
            self.unshare(formula.attrs.get("si", ""), place, formula.text)
        row.changed[place] = cell_xml(cell.prefix, ref, cell.attrs.get("s"), value)
        return formula is not None or isinstance(value, Formula)

    def unshare(self, group: str, origin: Place, text: str) -> None:
        """Give the other cells of a shared formula their own text before its first cell goes."""
        for place, (row, cell) in self.where.items():
            f = cell.first("f")
            if f is None or f.text or f.attrs.get("t") != "shared" or f.attrs.get("si") != group:
                continue
            if place not in row.changed:
                own = tag(f.prefix, "f", {}, escape(moved(text, place[0] - origin[0], place[1] - origin[1])))
                before, after = self.data[cell.open_end : f.start], self.data[f.end : cell.end]
                row.changed[place] = self.opening(cell, place) + before + own + after

    def style(self, place: Place) -> str | None:
        """The format that an empty cell shows: its row's, else its column's."""
        row = self.by_number.get(place[0])
        if row and row.element and row.element.attrs.get("customFormat") in ("1", "true"):
            return row.element.attrs.get("s")
        for col in self.root.within("cols", "col"):
            if int(col.attrs.get("min", 0)) <= place[1] <= int(col.attrs.get("max", 0)):
                return col.attrs.get("style")
        return None

    def row(self, number: int) -> _Row:
        """The row of this number, made in its right place if absent."""
        if number not in self.by_number:
            at = next((i for i, row in enumerate(self.rows) if row.number > number), len(self.rows))
            self.rows.insert(at, _Row(number=number, element=None))
            self.by_number[number] = self.rows[at]
        return self.by_number[number]

    def written(self) -> bytes:
        rows = b"".join(self.row_xml(row) for row in self.rows)
        prefix = self.body.prefix
        opening = self.data[self.body.start : self.body.open_end]
        if self.body.empty:
            opening = f"<{prefix}sheetData>".encode()
        head = self.data[: self.body.start]
        dimension = self.root.first("dimension")
        if dimension is not None and (wider := self.wider(dimension.attrs.get("ref", ""))):
            new = tag(dimension.prefix, "dimension", dimension.attrs | {"ref": wider})
            head = head[: dimension.start] + new + head[dimension.end :]
        return head + opening + rows + f"</{prefix}sheetData>".encode() + self.data[self.body.end :]

    def wider(self, ref: str) -> str:
        """The declared extent with the added cells; "" when it is not a range to begin with."""
        if (declared := area(ref)) is None:
            return ""
        places = [declared[:2], declared[2:], *(place for row in self.rows for place in row.added)]
        first = address(min(r for r, _ in places), min(c for _, c in places))
        last = address(max(r for r, _ in places), max(c for _, c in places))
        return first if first == last else f"{first}:{last}"

    def row_xml(self, row: _Row) -> bytes:
        element = row.element
        if element is not None and not row.changed and not row.added and "r" in element.attrs:
            return self.data[element.start : element.end]
        prefix = element.prefix if element else self.body.prefix
        # "spans" is a hint that may no longer be true; an implied row number may not survive new neighbours.
        attrs = {"r": str(row.number)} | {k: v for k, v in (element.attrs if element else {}).items() if k != "spans"}
        cells = [(place, row.changed.get(place) or self.cell_xml(place, cell)) for place, cell in row.cells]
        for place, xml in sorted(row.added.items()):
            at = next((i for i, (other, _) in enumerate(cells) if other[1] > place[1]), len(cells))
            cells.insert(at, (place, xml))
        return tag(prefix, "row", attrs, b"".join(xml for _, xml in cells).decode())

    def cell_xml(self, place: Place, cell: Element) -> bytes:
        if "r" in cell.attrs:
            return self.data[cell.start : cell.end]
        return self.opening(cell, place) + self.data[cell.open_end : cell.end]

    def opening(self, cell: Element, place: Place) -> bytes:
        """A cell's start tag, with its address written out if it was implied."""
        if "r" in cell.attrs:
            return self.data[cell.start : cell.open_end]
        xml = tag(cell.prefix, "c", {"r": address(*place)} | cell.attrs)
        return xml if cell.empty else xml.removesuffix(b"/>") + b">"


def placed_cells(body: Element) -> Iterator[tuple[int, Element, list[tuple[Place, Element]]]]:
    """Rows by number with the places of their cells, implied ones resolved as ``collect`` does it. Raises PackageError."""
    number = 0
    for element in body.named("row"):
        declared = element.attrs.get("r", "")
        number = int(declared) if declared.isdecimal() else number + 1
        cells: list[tuple[Place, Element]] = []
        col = 0
        for cell in element.named("c"):
            try:
                place = coordinates(cell.attrs["r"]) if "r" in cell.attrs else (number, min(col + 1, MAX_COL))
            except ValueError as bad:
                raise PackageError(f"alamat sel {cell.attrs['r']} tidak sah") from bad
            col = place[1]
            cells.append((place, cell))
        yield number, element, cells


_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")  # schema order in workbook.xml


def patch(data: bytes, changes: Mapping[tuple[str, str], CellValue], *, recalculate: bool = False) -> bytes:
    """The file with cells changed: ``{("RAB", "H12"): Decimal(2500)}``.

    Text becomes an inline string, None blanks the cell; its format stays (a new cell takes its row's or
    column's). When a formula comes or goes the calculation chain is dropped: Excel makes a new one.
    Results of other formulas stay as they were; ``recalculate`` asks Excel to compute all on opening.
    The heading cells of an Excel table must keep their text: the table part repeats it.

    Raises PackageError (unknown sheet, broken file, cell of an array formula), ValueError (no address,
    no writable value).
    """
    package = Package.open(data)
    draft = Draft(package.archive)
    by_path: dict[str, dict[Place, CellValue]] = {}
    for (name, cell), value in changes.items():
        by_path.setdefault(package.path(name), {})[coordinates(cell)] = value
    formulas = False
    for path, cells in by_path.items():
        content, touched = patch_sheet(draft.read(path), path, cells)
        draft.write(path, content)
        formulas |= touched
    if formulas:
        drop_calculated(draft, package, "calcChain")
    if recalculate:
        draft.edit(package.workbook_path, [_full_calculation(tree(draft.read(package.workbook_path), package.workbook_path))])
    return draft.data()


def drop_calculated(draft: Draft, package: Package, *kinds: str) -> None:
    """Take parts out in which Excel keeps what it calculated: it makes new ones."""
    for relation in list(relations(package.archive, package.workbook_path)):
        if relation.kind in kinds and relation.path in draft:
            draft.drop(relation.path)
            draft.unrelate(package.workbook_path, [relation.id])


def normalise(data: bytes, when: datetime) -> bytes:
    """The same .xlsx or .docx as if written at ``when`` (UTC unless it says otherwise): no other time in it.

    ``docProps/core.xml`` says ``when`` as created and modified; the zip carries no times. Raises PackageError.
    """
    archive = Archive.open(data)
    moment = when.astimezone(UTC) if when.tzinfo else when
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = next((r.path for r in relations(archive, "") if r.kind == "core-properties"), "docProps/core.xml")
    changed = {}
    if core in archive:
        content = as_utf8(archive.read(core), core)
        times = [e for e in tree(content, core).children if e.name in ("created", "modified")]
        changed[core] = splice(content, ((e.start, e.end, tag(e.prefix, e.name, e.attrs, stamp)) for e in times))
    return archive.rewrite(changed, timeless=True)


def _full_calculation(root: Element) -> Edit:
    calc = root.first("calcPr")
    if calc is not None:
        return calc.start, calc.end, tag(calc.prefix, "calcPr", calc.attrs | {"fullCalcOnLoad": "1"})
    at = max(element.end for element in root.children if element.name in _BEFORE_CALC)
    return at, at, tag(root.prefix, "calcPr", {"fullCalcOnLoad": "1"})


# ---- Row heights that stay automatic: a height to begin with, and no claim that somebody fixed it ----
# XlsxWriter marks every height that it is given as fixed by hand, and Excel then no longer grows the row while a long
# text is typed into it. Without any height LibreOffice prints wrapped lines over each other. So forms carry an estimate
# without that mark.

_ROW = re.compile(rb"<row [^>]*>")
_FIXED = b' customHeight="1"'


def loosened(part: bytes) -> bytes:
    """The sheet (as XlsxWriter wrote it) with no row height marked as fixed by hand."""
    return _ROW.sub(lambda match: match[0].replace(_FIXED, b""), part) if _FIXED in part else part
