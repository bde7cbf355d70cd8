"""How parts of a package belong together: the relations of a part, and small parts as trees."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kinerja_xl.package.archive import Archive, PackageError
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
    yield from _relations(archive.read(source), source, posixpath.dirname(path))


@lru_cache(maxsize=256)
def _relations(data: bytes, source: str, folder: str) -> tuple[Relation, ...]:
    """Asked for by several readers of one book, and the same in every copy of a form: parsed once."""
    found = []
    for element in settled(tree(as_utf8(data, source), source, offsets=False)).named("Relationship"):
        if element.attrs.get("TargetMode") == "External":
            continue
        kind, target = element.attrs.get("Type", ""), element.attrs.get("Target", "").replace("\\", "/")
        made = Relation(
            id=element.attrs.get("Id", ""),
            kind=kind.rpartition("/")[2],
            path=posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"),
            strict=kind.startswith(STRICT),
        )
        found.append(made)
    return tuple(found)


def by_id(related: Iterable[Relation]) -> dict[str, Relation]:
    """Relations by their number. Raises PackageError where one number has two parts."""
    found: dict[str, Relation] = {}
    for one in related:
        if found.setdefault(one.id, one).path != one.path:
            # Readers disagree about which of two is meant, as they do about two parts of one name.
            raise PackageError(f"ada dua bagian bernomor {one.id}")
    return found


def one_of_a_kind(archive: Archive, related: Iterable[Relation]) -> None:
    """Raises PackageError where a workbook has two parts of which there can be one."""
    for kind in ("officeDocument", "sharedStrings", "styles"):
        if len({one.path.lower() for one in related if one.kind == kind and one.path in archive}) > 1:
            raise PackageError(f"ada dua bagian {kind}")
