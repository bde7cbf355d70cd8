"""Everything outside the cells that names rows: areas of the sheet itself, and formulas anywhere in the package.

One walk over the tree of a part, led by tables of the names that ISO/IEC 29500-1 and Microsoft's extensions
([MS-XLSX], [MS-ODRAWXML]) give to such places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kinerja_xl.formula.references import address, box, coordinates, moved
from kinerja_xl.package import change
from kinerja_xl.package.draft import Edit, splice
from kinerja_xl.package.markup import Element
from kinerja_xl.package.patch import tag
from kinerja_xl.package.shift import CannotInsertError, Shift

# ---- What the new rows take over from their model besides cells: merged cells, and small charts in cells ----

def merges(data: bytes, listed: Element, shift: Shift) -> Iterator[Edit]:
    """What is merged within the model row is merged in its copies too."""
    wide = []
    for merge in listed.named("mergeCell"):
        try:
            r1, c1, r2, c2 = box(merge.attrs.get("ref", ""))
        except ValueError:
            continue
        if r1 == r2 == shift.model:
            wide.append((c1, c2))
    if not wide:
        return
    areas = [f"{address(row, c1)}:{address(row, c2)}" for row in _new_rows(shift) for c1, c2 in wide]
    yield listed.close, listed.close, b"".join(tag(listed.prefix, "mergeCell", {"ref": area}) for area in areas)
    if "count" in listed.attrs:
        total = len(list(listed.named("mergeCell"))) + len(areas)
        yield from change.attributes(data, listed, {"count": str(total)})


def sparklines(data: bytes, listed: Element, shift: Shift) -> Iterator[Edit]:
    """A small chart in the model row gets copies that show the new rows."""
    for one in listed.named("sparkline"):
        cell, source = one.first("sqref"), one.first("f")
        if cell is None or source is None:
            continue
        try:
            row, col = coordinates(cell.text)
        except ValueError:
            continue
        if row != shift.model:
            continue
        final = shift.formula(source.text, home=True, grow=False)
        for new in _new_rows(shift):
            edits = change.text(source, moved(final, new - shift.row(row))) + change.text(cell, address(new, col))
            copy = [(start - one.start, end - one.start, text) for start, end, text in edits]
            yield one.end, one.end, splice(data[one.start : one.end], copy)


def _new_rows(shift: Shift) -> range:
    return range(shift.at, shift.at + shift.count)


_FORMULA_TEXT = frozenset(
    ["f", "nf", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"]
)
_FORMULA_ATTRS = frozenset(
    ["textlink", "cellRange", "linkedCell", "listFillRange", "location", "sourceRef"]
    + ["fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "fmlaPict"]
)
_REF_ATTRS = {
    "dimension": "ref", "autoFilter": "ref", "sortState": "ref", "sortCondition": "ref", "mergeCell": "ref",
    "hyperlink": "ref", "inputCells": "r", "cellWatch": "r", "cellSmartTags": "r", "table": "ref", "comment": "ref",
    "threadedComment": "ref", "singleXmlCell": "r", "parameter": "cell",
}  # fmt: skip
_SQREF_ATTRS = frozenset(["conditionalFormatting", "dataValidation", "protectedRange", "ignoredError", "scenarios"])
_RULES = frozenset(("conditionalFormatting", "dataValidation"))
_FROZEN = ("frozen", "frozenSplit")
_FALSE = ("0", "false")
Path = tuple[Element, ...]
"""An element's ancestors, the nearest last."""


def reference_edits(data: bytes, root: Element, shift: Shift, *, home: bool) -> list[Edit]:
    """What to change in a part. ``home``: it belongs to the sheet itself, so plain addresses mean this sheet.

    Cells (``sheetData``) of the sheet itself are left to ``insert_rows``. Raises CannotInsertError.
    """
    return list(_Walk(data, shift, home).element(root, (), False))


class _Walk:
    def __init__(self, data: bytes, shift: Shift, home: bool) -> None:
        self.data, self.shift, self.home = data, shift, home
        self.special: dict[str, Callable[[Element, Path], Iterator[Edit]]] = {
            "sqref": self.sqref, "selection": self.selection, "pane": self.pane, "brk": self.page_break,
            "from": self.anchor, "to": self.anchor, "location": self.pivot,
        }  # fmt: skip

    def element(self, element: Element, path: Path, keep: bool) -> Iterator[Edit]:
        if element.name == "sheetData" and self.home:
            return
        if element.name in _RULES:
            keep = self.home and any(self.around(area) for area in _areas(element))
        yield from self.formulas(element, path, keep)
        if self.home:
            yield from self.places(element, path)
        if element.name in ("worksheetSource", "dataRef") and self.names_sheet(element):
            yield from self.ref(element, "ref")
        below = (*path, element)
        for child in element.children:
            yield from self.element(child, below, keep)
        if self.home and element.name == "mergeCells":
            yield from merges(self.data, element, self.shift)
        if self.home and element.name == "sparklines":
            yield from sparklines(self.data, element, self.shift)

    def formulas(self, element: Element, path: Path, keep: bool) -> Iterator[Edit]:
        for key, value in element.attrs.items():
            if key.rpartition(":")[2] in _FORMULA_ATTRS and value:
                new = self.shift.formula(value, home=self.home, keep_relative=keep)
                yield from change.attributes(self.data, element, {key: new})
        of_chart = element.name == "sqref" and not self.home  # with the sheet's name in front
        if (element.name in _FORMULA_TEXT or of_chart) and element.text:
            grow = not (path and path[-1].name == "sparkline" and self.in_model(path[-1]))
            new = self.shift.formula(element.text, home=self.home, grow=grow, keep_relative=keep)
            yield from change.text(element, new)

    def places(self, element: Element, path: Path) -> Iterator[Edit]:
        if element.name in _REF_ATTRS:
            yield from self.ref(element, _REF_ATTRS[element.name])
        elif element.name in _SQREF_ATTRS and "sqref" in element.attrs:
            yield from change.attributes(self.data, element, {"sqref": self.shift.sqref(element.attrs["sqref"])})
        elif element.name in self.special and path:
            yield from self.special[element.name](element, path)

    def ref(self, element: Element, key: str) -> Iterator[Edit]:
        if key in element.attrs:
            # A merge within the model row is copied, not stretched.
            single = element.name == "mergeCell" and _top(element.attrs[key].partition(":")[0]) == self.shift.model
            yield from change.attributes(self.data, element, {key: self.shift.ref(element.attrs[key], grow=not single)})

    def sqref(self, element: Element, path: Path) -> Iterator[Edit]:
        """The areas of an extended format, or the cell of a sparkline, which does not stretch."""
        single = path[-1].name == "sparkline"
        yield from change.text(element, self.shift.ref(element.text, grow=False) if single else self.shift.sqref(element.text))

    def selection(self, element: Element, _: Path) -> Iterator[Edit]:
        values: dict[str, str] = {}
        for key in ("activeCell", "sqref"):
            if key in element.attrs:
                values[key] = " ".join(self.shift.ref(area, grow=False) for area in element.attrs[key].split())
        yield from change.attributes(self.data, element, values)

    def pane(self, element: Element, path: Path) -> Iterator[Edit]:
        """Rows that come among frozen ones are frozen too; otherwise the view stays where it was."""
        rows = element.attrs.get("ySplit", "")
        top = _top(path[-1].attrs.get("topLeftCell", "A1"))
        if element.attrs.get("state") not in _FROZEN or not rows.isdecimal() or not top < self.shift.at < top + int(rows):
            return
        values = {"ySplit": str(int(rows) + self.shift.count)}
        if "topLeftCell" in element.attrs:
            values["topLeftCell"] = self.shift.ref(element.attrs["topLeftCell"])
        yield from change.attributes(self.data, element, values)

    def page_break(self, element: Element, path: Path) -> Iterator[Edit]:
        """A page break goes with the row below it."""
        row = element.attrs.get("id", "")
        if path[-1].name == "rowBreaks" and row.isdecimal() and int(row) + 1 >= self.shift.at:
            yield from change.attributes(self.data, element, {"id": str(int(row) + self.shift.count)})

    def anchor(self, element: Element, path: Path) -> Iterator[Edit]:
        """A corner of a picture, text box or control. What isn't bound to cells stays where it is."""
        start, corner = path[-1].first("from"), element.first("row")
        first = start.first("row") if start is not None else None
        if corner is None or first is None or not (corner.text.strip().isdecimal() and first.text.strip().isdecimal()):
            return
        move, size = _bound(path[-1])
        below = int(first.text) + 1 >= self.shift.at
        if (move and below) or (size and element.name == "to" and int(corner.text) + 1 >= self.shift.at):
            yield from change.text(corner, str(int(corner.text) + self.shift.count))

    def pivot(self, element: Element, _: Path) -> Iterator[Edit]:
        if "firstHeaderRow" not in element.attrs:
            return
        area = element.attrs.get("ref", "")
        if self.splits(area):
            raise CannotInsertError(f"tabel pivot di {area} melintasi tempat baris baru")
        yield from change.attributes(self.data, element, {"ref": self.shift.ref(area, grow=False)})

    def names_sheet(self, element: Element) -> bool:
        return not self.home and element.attrs.get("sheet", "").casefold() == self.shift.sheet.casefold()

    def in_model(self, sparkline: Element) -> bool:
        cell = sparkline.first("sqref")
        return self.home and cell is not None and _top(cell.text) == self.shift.model

    def splits(self, area: str) -> bool:
        try:
            r1, _, r2, _ = box(area)
        except ValueError:
            return False
        return self.shift.splits(r1, r2)

    def around(self, area: str) -> bool:
        """The area begins above the insertion and is stretched or copied over the new rows."""
        try:
            r1, _, r2, _ = box(area)
        except ValueError:
            return False
        return r1 < self.shift.at and (self.shift.splits(r1, r2) or r1 <= self.shift.model <= r2)


def _areas(rules: Element) -> list[str]:
    """The areas that a format or validation is for, as an attribute or (x14) as an element."""
    listed = rules.attrs.get("sqref", "").split()
    return listed + [area for child in rules.named("sqref") for area in child.text.split()]


def _top(cell: str) -> int:
    try:
        return coordinates(cell)[0]
    except ValueError:
        return 1


def _bound(anchor: Element) -> tuple[bool, bool]:
    """Whether something moves and whether it grows with the cells: of a drawing, or of a control in the worksheet."""
    if anchor.name == "anchor":
        attrs = [anchor.attrs.get(key, "0") not in _FALSE for key in ("moveWithCells", "sizeWithCells")]
        return attrs[0] or attrs[1], attrs[1]
    kind = anchor.attrs.get("editAs", "twoCell") if anchor.name == "twoCellAnchor" else "oneCell"
    return kind != "absolute", kind == "twoCell"
