"""How parts of a package belong together: the relations of a part, and small parts as trees."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from kinerja_xl.package.archive import Archive
from kinerja_xl.package.markup import Element, as_utf8, settled, tree
from kinerja_xl.package.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relationship of a part: ``kind`` is the last word of its type, ``path`` its resolved target."""

    id: str
    kind: str
    path: str
    strict: bool


def read_tree(archive: Archive, path: str) -> Element:
    """The parsed tree of a small part, its alternatives settled. Raises PackageError, DoctypeError."""
    data = as_utf8(archive.read(path), path)
    root = tree(data, path, offsets=False)
    return settled(root) if b"AlternateContent" in data else root


def relations_path(path: str) -> str:
    """Where the relationships of a part are kept; of the whole package for ""."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(archive: Archive, path: str) -> Iterator[Relation]:
    """The relationships of a part to other parts (not to addresses outside); none when it has no such part."""
    source = relations_path(path)
    if source not in archive:
        return
    folder = posixpath.dirname(path)
    for element in read_tree(archive, source).named("Relationship"):
        if element.attrs.get("TargetMode") == "External":
            continue
        kind, target = element.attrs.get("Type", ""), element.attrs.get("Target", "").replace("\\", "/")
        yield Relation(
            id=element.attrs.get("Id", ""),
            kind=kind.rpartition("/")[2],
            path=posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"),
            strict=kind.startswith(STRICT),
        )
