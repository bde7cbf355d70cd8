"""What a workbook brings along besides cells: what can run, and what fetches from elsewhere. Nothing of it is ever run here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kinerja_xl.package.archive import Archive

_PARTS = (
    ("xl/activex/", "kontrol ActiveX"),
    ("xl/embeddings/", "objek tertanam (OLE)"),
    ("xl/connections.xml", "sambungan data"),
    ("xl/querytables/", "sambungan data"),
    ("xl/webextensions/", "add-in web"),
    ("customui", "tombol buatan sendiri"),
)
"""How the path of a part begins, and what it is."""
_IN_LINK = ((re.compile(rb"<(?:\w+:)?ddeLink\b"), "tautan DDE"), (re.compile(rb"<(?:\w+:)?oleLink\b"), "tautan OLE"))
_BOOK = re.compile(rb"<(?:\w+:)?externalBook\b")
_OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*\bTargetMode\s*=\s*[\"']External[\"'][^<>]*>")
_TYPE = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/(\w+)[\"']")
_HARMLESS = frozenset({b"hyperlink", b"externalLinkPath", b"oleObject", b"externalLink"})
"""Kinds of relations to the outside that fetch nothing by themselves, or are named by their own part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """``macros``; ``books``: links to other workbooks; ``pages``: links that a reader may click; ``others``: in words."""

    macros: bool
    books: bool
    pages: bool
    others: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All of it, for staff."""
        named = ((self.macros, "makro"), (self.books, "tautan ke buku kerja lain"), (self.pages, "tautan ke luar berkas"))
        return (*(word for there, word in named if there), *self.others)


def brought(archive: Archive) -> Brought:
    """By the names of the parts, the links' parts and the relations. Raises PackageError for a damaged part."""
    names = list(archive.index)
    others = {word for start, word in _PARTS for name in names if name.startswith(start)}
    books = False
    for name in names:
        if name.startswith("xl/externallinks/") and name.endswith(".xml"):
            part = archive.read(name)
            found = {word for pattern, word in _IN_LINK if pattern.search(part)}
            others |= found
            books |= not found or bool(_BOOK.search(part))
    kinds = {kind for name in names if name.endswith(".rels") for kind in _outside(archive.read(name))}
    if kinds - _HARMLESS:
        others.add("gambar atau isi yang diambil dari luar")
    macros = any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names)
    return Brought(macros=macros, books=books, pages=b"hyperlink" in kinds, others=tuple(sorted(others)))


@lru_cache(maxsize=128)
def _outside(part: bytes) -> frozenset[bytes]:
    """The kinds of relations of a part to addresses outside; most parts are the same in all forms of an office."""
    return frozenset(kind[1] for one in _OUTSIDE.findall(part) if (kind := _TYPE.search(one)))
