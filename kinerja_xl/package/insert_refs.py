"""Everything outside the cells that names rows: areas of the sheet itself, and formulas anywhere in the package.

One walk over the tree of a part, led by tables of the names that ISO/IEC 29500-1 and Microsoft's extensions
([MS-XLSX], [MS-ODRAWXML]) give to such places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kinerja_xl.formula.references import MAX_ROW, Corner, Reference, address, box, coordinates, moved, rewritten
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.draft import Edit, area, set_attributes, set_text, splice
from kinerja_xl.package.markup import Element, tag

# ---- What becomes of row numbers, areas and formulas when rows are inserted: the arithmetic alone, no XML ----


class CannotInsertError(PackageError):
    """Rows can't be inserted without harming something; ``reason`` says which part of the file it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """``count`` new rows in front of row ``at`` of ``sheet``, each a copy of row ``model`` (numbers before the insertion).

    As in Excel an area that reaches from above ``at`` to below grows. ``stretch``: the model is the last row of its table
    and the new rows come directly below it, so that an area which ends with the model grows as well.
    """

    sheet: str
    at: int
    count: int
    model: int
    stretch: bool = False

    def row(self, row: int) -> int:
        """The new number of a row."""
        return row + self.count if row >= self.at else row

    def span(self, first: int, last: int, *, grow: bool = True) -> tuple[int, int]:
        """The new first and last row of an area; one down to the sheet's last row stays there."""
        end = self.row(last)
        if grow and self.stretch and last == self.model:
            end = last + self.count
        return min(self.row(first), MAX_ROW), min(end, MAX_ROW)

    def splits(self, first: int, last: int) -> bool:
        """Whether the new rows come between these two."""
        return first < self.at <= last

    def ref(self, text: str, *, grow: bool = True) -> str:
        """``B2:D5`` or ``B2`` as it reads afterwards; what is no address stays."""
        if (found := area(text)) is None:
            return text
        r1, c1, r2, c2 = found
        if ":" not in text:
            return _like(text, address(self.row(r1), c1))
        first, last = self.span(r1, r2, grow=grow)
        return _like(text, f"{address(first, c1)}:{address(last, c2)}")

    def sqref(self, text: str) -> str:
        """A list of areas, extended so that areas which cover the model cover the new rows too."""
        found = []
        for part in text.split():
            found.append(self.ref(part) if ":" in part or not self.stretch else self._grown(part))
            if self._misses(part):
                _, c1, _, c2 = box(part)
                found.append(f"{address(self.at, c1)}:{address(self.at + self.count - 1, c2)}")
        return " ".join(found)

    def _grown(self, cell: str) -> str:
        found = area(cell)
        if found is None or found[0] != self.model:
            return self.ref(cell)
        return f"{address(*found[:2])}:{address(found[0] + self.count, found[1])}"

    def _misses(self, ref: str) -> bool:
        """The area covers the model and would leave the copies out."""
        if (found := area(ref)) is None:
            return False
        r1, _, r2, _ = found
        return r1 <= self.model <= r2 and not self.splits(r1, r2) and not (self.stretch and r2 == self.model)

    def formula(self, text: str, *, home: bool, grow: bool = True, keep_relative: bool = False) -> str:
        """A formula as it reads afterwards.

        ``home``: it stands on the sheet itself, so that plain addresses mean this sheet. ``keep_relative``: rows
        without ``$`` are distances (formats of an area around the insertion) and stay. Raises CannotInsertError for
        a reference through several sheets that this one is among.
        """
        if not home and "!" not in text:
            return text

        def change(ref: Reference) -> Reference | str:
            if not (self.meant(ref) if ref.prefix else home):
                return ref
            return self._reference(ref, grow, keep_relative)

        return rewritten(text, change)

    def meant(self, ref: Reference) -> bool:
        """Whether a reference with a prefix points to this sheet."""
        name = ref.sheet.removeprefix("[0]")
        if name.casefold() == self.sheet.casefold():
            return True
        several = ":" in name and not name.startswith("[")  # which sheets lie between depends on the order of the tabs
        if several and max(ref.first.row, ref.last.row if ref.last else 0) >= self.at:
            raise CannotInsertError(f"rumus menjumlahkan lewat beberapa lembar sekaligus ({ref.text()})")
        return False

    def _reference(self, ref: Reference, grow: bool, keep: bool) -> Reference:
        first, last = ref.first, ref.last
        if not first.row:
            return ref
        if last is None:
            if grow and self.stretch and ref.argument and first.row == self.model and not keep:
                return replace(ref, last=replace(first, row=first.row + self.count))
            return replace(ref, first=self._corner(first, keep))
        if keep and not (first.fixed_row and last.fixed_row):
            return replace(ref, first=self._corner(first, keep), last=self._corner(last, keep))
        low, high = self.span(min(first.row, last.row), max(first.row, last.row), grow=grow)
        rows = (low, high) if first.row <= last.row else (high, low)
        return replace(ref, first=replace(first, row=rows[0]), last=replace(last, row=rows[1]))

    def _corner(self, corner: Corner, keep: bool) -> Corner:
        if keep and not corner.fixed_row:
            return corner
        return replace(corner, row=min(self.row(corner.row), MAX_ROW))


def _like(old: str, new: str) -> str:
    """The very text when nothing changed (``$A$1`` in a place where others write ``A1``)."""
    return old if old.replace("$", "") == new else new


# ---- What the new rows take over from their model besides cells: merged cells, and small charts in cells ----


def merges(data: bytes, listed: Element, shift: Shift) -> Iterator[Edit]:
    """What is merged within the model row is merged in its copies too."""
    merged = [found for merge in listed.named("mergeCell") if (found := area(merge.attrs.get("ref", "")))]
    wide = [(c1, c2) for r1, c1, r2, c2 in merged if r1 == r2 == shift.model]
    if not wide:
        return
    areas = [f"{address(row, c1)}:{address(row, c2)}" for row in _new_rows(shift) for c1, c2 in wide]
    yield listed.close, listed.close, b"".join(tag(listed.prefix, "mergeCell", {"ref": ref}) for ref in areas)
    if "count" in listed.attrs:
        total = len(list(listed.named("mergeCell"))) + len(areas)
        yield from set_attributes(data, listed, {"count": str(total)})


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
            edits = set_text(source, moved(final, new - shift.row(row))) + set_text(cell, address(new, col))
            copy = [(start - one.start, end - one.start, text) for start, end, text in edits]
            yield one.end, one.end, splice(data[one.start : one.end], copy)


def _new_rows(shift: Shift) -> range:
    return range(shift.at, shift.at + shift.count)


_FORMULA_TEXT = frozenset(
    ("f", "nf", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")
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
            keep = self.home and any(self.around(ref) for ref in _areas(element))
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
                yield from set_attributes(self.data, element, {key: new})
        of_chart = element.name == "sqref" and not self.home  # with the sheet's name in front
        if (element.name in _FORMULA_TEXT or of_chart) and element.text:
            grow = not (path and path[-1].name == "sparkline" and self.in_model(path[-1]))
            new = self.shift.formula(element.text, home=self.home, grow=grow, keep_relative=keep)
            yield from set_text(element, new)

    def places(self, element: Element, path: Path) -> Iterator[Edit]:
        if element.name in _REF_ATTRS:
            yield from self.ref(element, _REF_ATTRS[element.name])
        elif element.name in _SQREF_ATTRS and "sqref" in element.attrs:
            yield from set_attributes(self.data, element, {"sqref": self.shift.sqref(element.attrs["sqref"])})
        elif element.name in self.special and path:
            yield from self.special[element.name](element, path)

    def ref(self, element: Element, key: str) -> Iterator[Edit]:
        if key in element.attrs:
            # A merge within the model row is copied, not stretched.
            single = element.name == "mergeCell" and _top(element.attrs[key].partition(":")[0]) == self.shift.model
            yield from set_attributes(self.data, element, {key: self.shift.ref(element.attrs[key], grow=not single)})

    def sqref(self, element: Element, path: Path) -> Iterator[Edit]:
        """The areas of an extended format, or the cell of a sparkline, which does not stretch."""
        single = path[-1].name == "sparkline"
        yield from set_text(element, self.shift.ref(element.text, grow=False) if single else self.shift.sqref(element.text))

    def selection(self, element: Element, _: Path) -> Iterator[Edit]:
        values: dict[str, str] = {}
        for key in ("activeCell", "sqref"):
            if key in element.attrs:
                values[key] = " ".join(self.shift.ref(ref, grow=False) for ref in element.attrs[key].split())
        yield from set_attributes(self.data, element, values)

    def pane(self, element: Element, path: Path) -> Iterator[Edit]:
        """Rows that come among frozen ones are frozen too; otherwise the view stays where it was."""
        rows = element.attrs.get("ySplit", "")
        top = _top(path[-1].attrs.get("topLeftCell", "A1"))
        if element.attrs.get("state") not in _FROZEN or not rows.isdecimal() or not top < self.shift.at < top + int(rows):
            return
        values = {"ySplit": str(int(rows) + self.shift.count)}
        if "topLeftCell" in element.attrs:
            values["topLeftCell"] = self.shift.ref(element.attrs["topLeftCell"])
        yield from set_attributes(self.data, element, values)

    def page_break(self, element: Element, path: Path) -> Iterator[Edit]:
        """A page break goes with the row below it."""
        row = element.attrs.get("id", "")
        if path[-1].name == "rowBreaks" and row.isdecimal() and int(row) + 1 >= self.shift.at:
            yield from set_attributes(self.data, element, {"id": str(int(row) + self.shift.count)})

    def anchor(self, element: Element, path: Path) -> Iterator[Edit]:
        """A corner of a picture, text box or control. What isn't bound to cells stays where it is."""
        start, corner = path[-1].first("from"), element.first("row")
        first = start.first("row") if start is not None else None
        if corner is None or first is None or not (corner.text.strip().isdecimal() and first.text.strip().isdecimal()):
            return
        move, size = _bound(path[-1])
        below = int(first.text) + 1 >= self.shift.at
        if (move and below) or (size and element.name == "to" and int(corner.text) + 1 >= self.shift.at):
            yield from set_text(corner, str(int(corner.text) + self.shift.count))

    def pivot(self, element: Element, _: Path) -> Iterator[Edit]:
        if "firstHeaderRow" not in element.attrs:
            return
        ref = element.attrs.get("ref", "")
        if (found := area(ref)) and self.shift.splits(found[0], found[2]):
            raise CannotInsertError(f"tabel pivot di {ref} melintasi tempat baris baru")
        yield from set_attributes(self.data, element, {"ref": self.shift.ref(ref, grow=False)})

    def names_sheet(self, element: Element) -> bool:
        """Whether an area of another part, or one that this sheet consolidates, is the sheet's; without a name it is its own."""
        own = self.shift.sheet if self.home and element.name == "dataRef" and "r:id" not in element.attrs else ""
        return element.attrs.get("sheet", own).casefold() == self.shift.sheet.casefold()

    def in_model(self, sparkline: Element) -> bool:
        cell = sparkline.first("sqref")
        return self.home and cell is not None and _top(cell.text) == self.shift.model

    def around(self, ref: str) -> bool:
        """The area begins above the insertion and is stretched or copied over the new rows."""
        if (found := area(ref)) is None:
            return False
        r1, _, r2, _ = found
        return r1 < self.shift.at and (self.shift.splits(r1, r2) or r1 <= self.shift.model <= r2)


def _areas(rules: Element) -> list[str]:
    """The areas that a format or validation is for, as an attribute or (x14) as an element."""
    listed = rules.attrs.get("sqref", "").split()
    return listed + [ref for child in rules.named("sqref") for ref in child.text.split()]


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
