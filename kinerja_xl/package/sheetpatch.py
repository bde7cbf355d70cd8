"""Change cells in the XML of one worksheet: whole rows are rebuilt from their cells' own bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kinerja_xl.package.address import MAX_COL, address, box, coordinates
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.markup import Element, escape, tree
from kinerja_xl.package.values import CellValue, Formula, cell_xml, tag

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
        self.rows = list(_rows(body))
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
        from openpyxl.formula.translate import Translator

        translator = Translator("=" + text, origin=address(*origin))
        for place, (row, cell) in self.where.items():
            f = cell.first("f")
            if f is None or f.text or f.attrs.get("t") != "shared" or f.attrs.get("si") != group:
                continue
            if place not in row.changed:
                own = tag(f.prefix, "f", {}, escape(translator.translate_formula(address(*place))[1:]))
                before, after = self.data[cell.open_end : f.start], self.data[f.end : cell.end]
                row.changed[place] = self.opening(cell, place) + before + own + after

    def style(self, place: Place) -> str | None:
        """The format that an empty cell shows: its row's, else its column's."""
        row = self.by_number.get(place[0])
        if row and row.element and row.element.attrs.get("customFormat") in ("1", "true"):
            return row.element.attrs.get("s")
        for col in (col for cols in self.root.named("cols") for col in cols.named("col")):
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
        try:
            r1, c1, r2, c2 = box(ref)
        except ValueError:
            return ""
        places = [(r1, c1), (r2, c2), *(place for row in self.rows for place in row.added)]
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


def _rows(body: Element) -> Iterator[_Row]:
    """Rows and cells with their positions, implied ones resolved as ``collect`` does it."""
    number = 0
    for element in body.named("row"):
        declared = element.attrs.get("r", "")
        number = int(declared) if declared.isdecimal() else number + 1
        row, col = _Row(number=number, element=element), 0
        for cell in element.named("c"):
            try:
                place = coordinates(cell.attrs["r"]) if "r" in cell.attrs else (number, min(col + 1, MAX_COL))
            except ValueError as bad:
                raise PackageError(f"alamat sel {cell.attrs['r']} tidak sah") from bad
            col = place[1]
            row.cells.append((place, cell))
        yield row
