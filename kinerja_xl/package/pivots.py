"""Pivot tables fed by a sheet whose cells were filled: their stored figures are old until somebody refreshes them."""

from __future__ import annotations

import re

from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import Draft, set_attributes, splice
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.related import read_tree, relations

_CACHE = re.compile(r"xl/pivotcache/[^/]*definition[^/]*\.xml", re.IGNORECASE)


def refreshed_pivots(data: bytes, sheet: str) -> tuple[bytes, int]:
    """The file with every pivot that takes its figures from this sheet refreshed when it is opened; how many those are."""
    package = Package.open(data)
    paths = [entry.filename for entry in package.archive.entries if _CACHE.fullmatch(entry.filename.lstrip("/"))]
    if not paths:
        return data, 0
    own = {name.casefold() for name in _names(package, sheet)}
    draft = Draft(package.archive)
    found = 0
    for path in paths:
        raw = draft.read(path)
        root = tree(raw, path)
        if not any(_fed(source, sheet, own) for outer in root.named("cacheSource") for source in outer.named("worksheetSource")):
            continue
        found += 1
        draft.write(path, splice(raw, set_attributes(raw, root, {"refreshOnLoad": "1"})))
    return (draft.data(), found) if found else (data, 0)


def _fed(source: Element, sheet: str, own: set[str]) -> bool:
    return source.attrs.get("sheet", "").casefold() == sheet.casefold() or source.attrs.get("name", "").casefold() in own


def _names(package: Package, sheet: str) -> list[str]:
    """Excel tables of the sheet, and names of areas on it."""
    kinds = [relation for relation in relations(package.archive, package.path(sheet)) if relation.kind == "table"]
    tables = [read_tree(package.archive, relation.path).attrs for relation in kinds if relation.path in package.archive]
    quoted = (f"{sheet}!", "'" + sheet.replace("'", "''") + "'!")
    areas = [name for name, target in package.defined_names.items() if target.startswith(quoted)]
    return [attrs[key] for attrs in tables for key in ("name", "displayName") if key in attrs] + areas


def is_protected(package: Package, sheet: str) -> bool:
    """Whether a sheet is locked, with a password or without."""
    guard = read_tree(package.archive, package.path(sheet)).first("sheetProtection")
    return guard is not None and guard.attrs.get("sheet", "0") in ("1", "true")
