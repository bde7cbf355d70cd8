"""Insert rows into a sheet of an .xlsx in place: all that refers to rows follows, everything else keeps its bytes.

For filling forms of others: saving through a library would drop text boxes, sparklines, extended formats. What can't
be kept right is refused, and the refusal names the part.
"""

from __future__ import annotations

import re

from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.book import Package, relations
from kinerja_xl.package.draft import Draft, Edit, set_attributes, splice
from kinerja_xl.package.insert_refs import CannotInsertError, Shift, reference_edits
from kinerja_xl.package.insert_rows import Rows, expanded, formulas, read_rows
from kinerja_xl.package.markup import Element, escape, is_utf8, tag, tree, unescape
from kinerja_xl.package.patch import drop_calculated

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
    shared = [(place, f) for place, f in formulas(rows) if f.attrs.get("t") == "shared"]
    old = expanded(rows)
    texts = {place: shift.formula(text, home=False) for place, text in old.items()}
    touched = {f.attrs.get("si") for place, f in shared if texts.get(place) != old.get(place)}
    own = [(place, f) for place, f in shared if f.attrs.get("si") in touched and place in texts]
    inside = {f.start for _, f in own} | {f.open_end for _, f in own}
    edits = [edit for edit in reference_edits(data, root, shift, home=False) if edit[0] not in inside]
    draft.write(path, _spliced(data, edits + [_plain(f, texts[place]) for place, f in own]))


def _plain(f: Element, text: str) -> Edit:
    kept = {key: value for key, value in f.attrs.items() if key not in ("t", "ref", "si")}
    return f.start, f.end, tag(f.prefix, "f", kept, escape(text))
