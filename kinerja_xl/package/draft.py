"""A package while its parts are changed: relationships, content types, new parts, and the bytes at the end.

Relationships are looked up in the package as it was opened; what ``relate`` adds is only written.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping

from kinerja_xl.formula.references import box
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.book import CONTENT_TYPES, relations_path
from kinerja_xl.package.markup import Element, as_utf8, escape, tag, tree

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
        out = io.BytesIO(self.archive.rewrite(self._changed, self._dropped))
        with zipfile.ZipFile(out, "a") as zipped:
            for path, content in self._added.items():
                entry = zipfile.ZipInfo(path)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                zipped.writestr(entry, content, compresslevel=6)
        return out.getvalue()

    def _prune(self, path: str, unwanted: Callable[[Element], bool]) -> int:
        """Remove children of a part's root; how many are left."""
        data = self.read(path)
        children = tree(data, path).children
        gone = [e for e in children if unwanted(e)]
        self.write(path, splice(data, ((e.start, e.end, b"") for e in gone)))
        return len(children) - len(gone)
