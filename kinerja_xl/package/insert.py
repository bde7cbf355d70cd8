"""Insert rows into a sheet of an .xlsx in place: all that refers to rows follows, everything else keeps its bytes.

For filling forms of others: saving through a library would drop text boxes, sparklines, extended formats. What can't
be kept right is refused, and the refusal names the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.formula.references import MAX_ROW, Place, address, moved, steady
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.book import Package
from kinerja_xl.package.collect import Collector
from kinerja_xl.package.draft import Draft, Edit, area, set_attributes, set_text, splice
from kinerja_xl.package.insert_refs import CannotInsertError, Shift, reference_edits
from kinerja_xl.package.markup import Element, escape, is_utf8, tag, tree, unescape
from kinerja_xl.package.patch import CellValue, Formula, cell_xml, drop_calculated, placed_cells
from kinerja_xl.package.related import relations

# ---- The rows of the worksheet that gets new ones: numbers and formulas move on, the model row is copied ----

_OWN_PLACE = ("r", "hidden", "collapsed", "spans")
"""Attributes of the model row that its copies do not take over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands, with its cells by column."""

    number: int
    element: Element
    cells: Mapping[int, Element]


def read_rows(body: Element | None) -> list[Row]:
    """The rows of ``sheetData``, implied numbers resolved. Raises PackageError."""
    rows = placed_cells(body) if body else ()
    return [Row(number=n, element=row, cells={col: cell for (_, col), cell in cells}) for n, row, cells in rows]


def expanded(rows: list[Row]) -> dict[Place, str]:
    """The text of every formula; those that share one get their own."""
    seen = Collector(path="")
    for place, f in formulas(rows):
        seen.formula(place, f.text, False, f.attrs.get("t", ""), f.attrs.get("si", ""))
    found = seen.result().formulas.items()
    return {place: cell.at(place) for place, cell in found if cell.text or cell.origin is None}


def formulas(rows: list[Row]) -> Iterator[tuple[Place, Element]]:
    """Every formula element with the place of its cell."""
    for row in rows:
        for col, cell in row.cells.items():
            f = cell.first("f")
            if f is not None:
                yield (row.number, col), f


def unshared(f: Element, text: str) -> Edit:
    kept = {key: value for key, value in f.attrs.items() if key not in ("t", "ref", "si")}
    return f.start, f.end, tag(f.prefix, "f", kept, escape(text))


class Rows:
    """The edits of ``sheetData`` for one insertion."""

    def __init__(self, data: bytes, body: Element, shift: Shift) -> None:
        self.data, self.body, self.shift = data, body, shift
        self.rows = read_rows(body)
        self.texts = expanded(self.rows)
        self.finals = self._finals()

    def edits(self) -> list[Edit]:
        """Raises CannotInsertError where an array or the sheet's end is in the way."""
        self._refuse()
        found: list[Edit] = self._copies()
        for row in self.rows:
            if row.number >= self.shift.at:
                number = row.number + self.shift.count
                found += set_attributes(self.data, row.element, {"r": str(number)})
                for col, cell in row.cells.items():
                    found += set_attributes(self.data, cell, {"r": address(number, col)})
        for place, f in formulas(self.rows):
            found += self._formula(place, f)
        return found

    def _refuse(self) -> None:
        last = max((row.number for row in self.rows if row.cells), default=0)
        if self.shift.row(last) > MAX_ROW:
            raise CannotInsertError("lembar sudah terisi sampai baris terakhir")
        for _, f in formulas(self.rows):
            if f.attrs.get("t") in ("array", "dataTable") and "ref" in f.attrs:
                if (found := area(f.attrs["ref"])) is None:
                    raise PackageError(f"alamat {f.attrs['ref']} tidak sah")
                if self.shift.splits(found[0], found[2]):
                    raise CannotInsertError(f"rumus larik {f.attrs['ref']} melintasi tempat baris baru")

    def _finals(self) -> dict[Place, str]:
        """The text of every formula afterwards, by its place before."""
        shift = self.shift
        found = {
            place: shift.formula(text, home=True, grow=place[0] != shift.model) if text else text
            for place, text in self.texts.items()
        }
        # A running number (=A10+1) would look across the new rows to the old neighbour: rows below that repeat the
        # model's formula go on repeating it.
        for (row, col), text in self.texts.items():
            if row != shift.model or not text:
                continue
            below, held = shift.at, self._steady(col)
            while below != row and self.texts.get((below, col)) == moved(text, below - row, steady=held):
                found[below, col] = moved(found[row, col], shift.row(below) - shift.row(row), steady=held)
                below += 1
        return found

    def _steady(self, col: int) -> frozenset[int]:
        """What the formulas of this column share unmoved, judged by the model's neighbours."""
        model = self.shift.model
        for step in (1, -1):
            other = self.texts.get((model + step, col))
            if other and (held := steady(self.texts[model, col], other, step)):
                return held
        return frozenset()

    def _formula(self, place: Place, f: Element) -> list[Edit]:
        kind, final = f.attrs.get("t"), self.finals.get(place)
        if kind == "shared":
            if final is None:  # a group without its origin: nothing to write out
                raise CannotInsertError(f"rumus bersama di sel {address(*place)} tidak lengkap")
            return [unshared(f, final)]
        edits = set_text(f, final) if final is not None else []
        if kind in ("array", "dataTable"):
            for key in ("ref", "r1", "r2"):
                if key in f.attrs:
                    edits += set_attributes(self.data, f, {key: self.shift.ref(f.attrs[key], grow=False)})
        return edits

    def _copies(self) -> list[Edit]:
        model = next((row for row in self.rows if row.number == self.shift.model), None)
        if model is None:
            return []
        before = [row for row in self.rows if row.number < self.shift.at]
        at = before[-1].element.end if before else self.body.open_end
        made = b"".join(self._copy(model, self.shift.at + index) for index in range(self.shift.count))
        return [(at, at, made)]

    def _copy(self, model: Row, number: int) -> bytes:
        prefix = model.element.prefix
        attrs = {"r": str(number)} | {k: v for k, v in model.element.attrs.items() if k not in _OWN_PLACE}
        cells = b"".join(self._cell(model, col, cell, number) for col, cell in sorted(model.cells.items()))
        return tag(prefix, "row", attrs, cells.decode())

    def _cell(self, model: Row, col: int, cell: Element, number: int) -> bytes:
        """Format and formula of the model's cell, not what somebody typed there."""
        attrs = {"r": address(number, col)} | {k: v for k, v in cell.attrs.items() if k == "s"}
        f, text = cell.first("f"), self.finals.get((model.number, col))
        if f is None:
            return tag(cell.prefix, "c", attrs)
        if not text or f.attrs.get("t") == "dataTable":
            raise CannotInsertError(f"rumus di sel {address(model.number, col)} tidak dapat disalin ke baris baru")
        own = {}
        if f.attrs.get("t") == "array":
            if ":" in f.attrs.get("ref", "") and len(set(f.attrs["ref"].split(":"))) > 1:
                raise CannotInsertError(f"rumus larik {f.attrs['ref']} tidak dapat disalin ke baris baru")
            own = {"t": "array", "ref": address(number, col)}
            attrs |= {k: v for k, v in cell.attrs.items() if k == "cm"}
        copied = moved(text, number - self.shift.row(model.number), steady=self._steady(col))
        return tag(cell.prefix, "c", attrs, tag(f.prefix, "f", own, escape(copied)).decode())


# ---- The results that formulas show: set where they are known, taken away where they are no longer true ----


def with_results(data: bytes, results: Mapping[str, Mapping[Place, CellValue]]) -> bytes:
    """The file with other results in formula cells, by sheet and place; None: no result, a new calculation has to give it.

    The formulas stay as they are. Cells without a formula are left alone. Raises PackageError.
    """
    package = Package.open(data)
    draft = Draft(package.archive)
    for name, wanted in results.items():
        path = package.path(name)
        part = draft.read(path)
        body = tree(part, path).first("sheetData")
        edits: list[Edit] = []
        for row in read_rows(body):
            for col, cell in row.cells.items():
                formula = cell.first("f")
                if formula is not None and (row.number, col) in wanted:
                    edits.append(_cell(part, cell, formula, wanted[row.number, col]))
        draft.write(path, splice(part, edits))
    return draft.data()


def _cell(part: bytes, cell: Element, formula: Element, value: CellValue) -> Edit:
    """The cell with its formula's own bytes and the new result."""
    attrs = {key: text for key, text in cell.attrs.items() if key != "t"}
    shown = cell_xml(cell.prefix, "A1", None, Formula("0", _plain(value)))
    made = tree(shown, "hasil")
    if kind := made.attrs.get("t"):
        attrs["t"] = kind
    result = made.first("v")
    body = part[formula.start : formula.end] + (shown[result.start : result.end] if result is not None else b"")
    return cell.start, cell.end, tag(cell.prefix, "c", attrs, body.decode())


def _plain(value: CellValue) -> str | int | float | Decimal | None:
    if isinstance(value, Formula):
        raise TypeError("a result is no formula")
    return value  # type: ignore[return-value]


# ---- Boxes of notes and old controls (VML) when rows are inserted: found as text, because such parts may be no XML ----

_SHAPE = re.compile(rb"<x:ClientData\b.*?</x:ClientData>", re.DOTALL)
_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_FORMULA = re.compile(rb"(<x:(Fmla(?:Link|Range|Group|Txbx|Pict))>)([^<]*)(</x:\2>)")
_TOP, _BOTTOM = 2, 6  # of the eight numbers of an anchor: left, offset, top, offset, right, offset, bottom, offset


def moved_shapes(vml: bytes, shift: Shift, *, home: bool = True) -> bytes:
    """The drawing with the boxes below the insertion moved, and links to cells corrected (``home``: of this sheet)."""

    def data(match: re.Match[bytes]) -> bytes:
        new = _FORMULA.sub(lambda found: _formula(found, shift, home), match[0])
        if not home:
            return new
        note = _ROW.search(new)
        if note:  # a note belongs to its cell, wherever its box stands
            below = int(note[2]) + 1 >= shift.at
            new = _ROW.sub(lambda row: row[1] + str(shift.row(int(row[2]) + 1) - 1).encode() + row[3], new)
        else:
            anchor = _ANCHOR.search(new)
            below = anchor is not None and _corner(anchor[2], _TOP) + 1 >= shift.at
        return _ANCHOR.sub(lambda found: _anchor(found, shift.count), new) if below else new

    return _SHAPE.sub(data, vml)


def _formula(match: re.Match[bytes], shift: Shift, home: bool) -> bytes:
    old = unescape(match[3].decode("utf-8", "surrogateescape"))
    new = shift.formula(old, home=home)
    return match[0] if new == old else match[1] + escape(new).encode("utf-8", "surrogateescape") + match[4]


def _corner(anchor: bytes, index: int) -> int:
    numbers = [part.strip() for part in anchor.split(b",")]
    return int(numbers[index]) if len(numbers) == 8 and numbers[index].isdigit() else -1


def _anchor(match: re.Match[bytes], by: int) -> bytes:
    numbers = [part.strip() for part in match[2].split(b",")]
    if len(numbers) != 8 or not all(number.lstrip(b"-").isdigit() for number in numbers):
        return match[0]
    for index in (_TOP, _BOTTOM):
        numbers[index] = str(int(numbers[index]) + by).encode()
    return match[1] + b", ".join(numbers) + match[3]


_SHEETS = ("worksheet", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
_HOME = ("table", "comments", "threadedComment", "drawing", "ctrlProp", "pivotTable", "tableSingleCells", "queryTable")
"""Parts of the sheet itself, by the kind of their relationship: their plain addresses are the sheet's."""

_REFUSED = {
    "_xmlsignatures/": "tanda tangan digital: setiap perubahan membatalkannya",
    "xl/revisions/": "riwayat buku kerja bersama (Shared Workbook)",
}
_INDIFFERENT = re.compile(
    r"xl/(?:styles|sharedstrings|metadata|calcchain|persons?/\w+|theme/.*|externallinks/.*|richdata/.*|"
    r"pivotcache/pivotcacherecords\d*|printersettings/.*|media/.*|embeddings/.*|volatiledependencies)\.\w+"
    r"|docprops/.*|customxml/.*|\[content_types\]\.xml|.*\.bin"
)


def insert_rows(data: bytes, sheet: str, at: int, count: int, model: int, *, stretch: bool = False) -> bytes:
    """The file with ``count`` rows in front of row ``at`` of ``sheet``, like row ``model``: format, height, formulas.

    ``stretch``: the rows come directly below the model, which is the last of its table; areas that end with it grow.
    Values of the model row are not copied. Formulas keep the results that the file had; whoever fills the rows asks
    for a new calculation. Raises CannotInsertError, PackageError (unknown sheet, broken file).
    """
    package = Package.open(data)
    path = package.path(sheet)
    if count < 1:
        return data
    if reason := refused(package):
        raise CannotInsertError(reason)
    shift = Shift(sheet=sheet, at=at, count=count, model=model, stretch=stretch and at == model + 1)
    draft = Draft(package.archive)
    own = {r.path: r.kind for r in relations(package.archive, path) if r.path in package.archive}
    _sheet(draft, path, shift)
    for part, kind in own.items():
        if kind == "vmlDrawing":
            draft.write(part, moved_shapes(draft.read(part), shift))
        elif kind in _HOME:
            _part(draft, part, shift, home=True)
    _others(draft, package, shift, {part.lower() for part in (path, *own)})
    drop_calculated(draft, package, "calcChain", "volatileDependencies")
    return draft.data()


def refused(package: Package) -> str:
    """Why nothing in this file may be changed at all; "" when it may."""
    for entry in package.archive.entries:
        name = entry.filename.replace("\\", "/").lstrip("/").lower()
        for start, reason in _REFUSED.items():
            if name.startswith(start) and not entry.is_dir():
                return reason
    return ""


def _sheet(draft: Draft, path: str, shift: Shift) -> None:
    data = draft.read(path)
    root = tree(data, path)
    body = root.first("sheetData")
    if body is None:
        raise PackageError(f"{path} tidak memuat sel")
    edits = Rows(data, body, shift).edits() + reference_edits(data, root, shift, home=True)
    draft.write(path, _spliced(data, edits))


def _part(draft: Draft, path: str, shift: Shift, *, home: bool) -> None:
    data = draft.read(path)
    draft.write(path, _spliced(data, reference_edits(data, tree(data, path), shift, home=home)))


def _spliced(data: bytes, edits: list[Edit]) -> bytes:
    """An insertion goes before what is changed at the same place."""
    return splice(data, sorted(edits, key=lambda edit: edit[:2]))


def _others(draft: Draft, package: Package, shift: Shift, own: set[str]) -> None:
    """The rest of the package: only parts that mention the sheet are opened."""
    known = {r.path.lower(): r.kind for r in relations(package.archive, package.workbook_path)}
    for entry in package.archive.entries:
        path = entry.filename.replace("\\", "/").lstrip("/")
        if path.lower() in own or _INDIFFERENT.fullmatch(path.lower()) or entry.is_dir():
            continue
        if not path.lower().endswith((".xml", ".vml", ".rels")) or not _mentions(package.archive.read(path), shift.sheet):
            continue
        if path.lower().endswith(".vml"):
            draft.write(path, moved_shapes(draft.read(path), shift, home=False))
        elif path.lower().endswith(".rels"):
            _links(draft, path, shift)
        elif known.get(path.lower()) in _SHEETS:
            _other_sheet(draft, path, shift)
        else:
            _part(draft, path, shift, home=False)


def _links(draft: Draft, path: str, shift: Shift) -> None:
    """A picture or text box that leads to a place in the file keeps it among the relationships (``#RAB!A50``)."""
    data = draft.read(path)
    edits: list[Edit] = []
    for relation in tree(data, path).named("Relationship"):
        target = relation.attrs.get("Target", "")
        if target.startswith("#"):
            edits += set_attributes(data, relation, {"Target": "#" + shift.formula(target[1:], home=False)})
    draft.write(path, splice(data, edits))


def _mentions(data: bytes, sheet: str) -> bool:
    """Whether a part may refer to the sheet: its longest plain word occurs; certain only when it does not."""
    word = max(re.findall(r"[A-Za-z0-9]+", sheet), key=len, default="")
    if not word or not is_utf8(data):
        return True
    return word.lower().encode() in data.lower()


def _other_sheet(draft: Draft, path: str, shift: Shift) -> None:
    """Formulas of another sheet; of those that share one, all are written out when it refers to ours."""
    data = draft.read(path)
    root = tree(data, path)
    rows = read_rows(root.first("sheetData"))
    if not any("!" in f.text for _, f in formulas(rows)):  # no formula of the sheet looks beyond it
        draft.write(path, _spliced(data, reference_edits(data, root, shift, home=False)))
        return
    shared = [(place, f) for place, f in formulas(rows) if f.attrs.get("t") == "shared"]
    old = expanded(rows)
    texts = {place: shift.formula(text, home=False) for place, text in old.items()}
    touched = {f.attrs.get("si") for place, f in shared if texts.get(place) != old.get(place)}
    own = [(place, f) for place, f in shared if f.attrs.get("si") in touched and place in texts]
    inside = {f.start for _, f in own} | {f.open_end for _, f in own}
    edits = [edit for edit in reference_edits(data, root, shift, home=False) if edit[0] not in inside]
    draft.write(path, _spliced(data, edits + [unshared(f, texts[place]) for place, f in own]))
