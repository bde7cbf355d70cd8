"""A workbook without what can run or fetch from elsewhere: macros, ActiveX, OLE, DDE, links, buttons and add-ins of its own.

What shows stays: a formula that reaches out becomes the value it last had, a chart keeps its points, a link becomes its words. A
rule that asks another file goes; connections stay, and fetch nothing by themselves. Parts that hold nothing of the kind keep
their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kinerja_xl.package.archive import Archive
from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import Draft, Edit
from kinerja_xl.package.front import remove_tab
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.patch import drop_calculated
from kinerja_xl.package.reach import Reach
from kinerja_xl.package.related import relations

_PARTS = (
    "xl/vba", "xl/activex/", "xl/embeddings/", "xl/externallinks/", "xl/webextensions/", "customui", "xl/macrosheets/",
)  # fmt: skip
"""How the paths begin of parts that go. Data connections stay, and are said: tables and pivots would break."""
_POINTING = frozenset({
    "hyperlink", "hlinkClick", "hlinkHover", "externalReferences", "externalData", "oleObjects", "controls",
})  # fmt: skip
"""Elements that are nothing but a way to such a part; ``link`` of a picture is an attribute."""
_WITH_FORMULAS = ("xl/charts/", "xl/drawings/", "xl/ctrlprops/", "xl/pivotcache/", "xl/querytables/", "xl/connections.xml")
"""How the paths begin of other parts that hold formulas, or say what is fetched when the workbook is opened."""
_SOURCES = frozenset({"worksheetSource", "rangeSet"})
"""Where a pivot has its records from; they stay as they were, without the way to another file."""


def inert(data: bytes) -> bytes:
    """The file without it; the very same bytes where there was nothing. Raises PackageError.

    What can't be taken out without damage to the rest is still there afterwards: ``Package.open(…).brought`` says it.
    """
    package = Package.open(data)
    draft = Draft(package.archive)
    macros = {r.id: r.path for r in relations(package.archive, package.workbook_path) if r.kind.lower().endswith("macrosheet")}
    _without_sheets(draft, package, macros)
    _without_reach(draft, package)
    for path in _xml(package.archive):
        if path in draft and path.endswith(".rels"):
            _without_ways(draft, package.archive, path)
    gone = [entry.filename for entry in package.archive.entries if entry.filename.lower().startswith(_PARTS)]
    for path in gone:
        if path in draft:
            draft.drop(path)
    return draft.data()


def _xml(archive: Archive) -> list[str]:
    return [e.filename for e in archive.entries if e.filename.lower().endswith((".xml", ".rels", ".vml"))]


def _without_sheets(draft: Draft, package: Package, macros: dict[str, str]) -> None:
    """Sheets of macros, as long as another sheet is left."""
    for tab in list(tree(draft.read(package.workbook_path), package.workbook_path).within("sheets", "sheet")):
        path = macros.get(tab.attr("id") or "", "")
        if path and package.sheets:
            remove_tab(draft, package, tab.attrs.get("name", ""), "", path)


# ---- formulas and names that reach into another file, or into a sheet that went -----------------------


def _without_reach(draft: Draft, package: Package) -> None:
    workbook = package.workbook_path
    root = tree(draft.read(workbook), workbook)
    tabs = {tab.attrs.get("name", "") for tab in root.within("sheets", "sheet")}
    before = {tab.attrs.get("name", "") for tab in tree(package.part(workbook), workbook).within("sheets", "sheet")}
    lost, reach = before - tabs, Reach(before - tabs)
    names = [name for name in root.within("definedNames", "definedName") if reach(name.text)]
    taken = {name.attrs.get("name", "") for name in names}
    listed = root.first("definedNames")
    if listed and len(names) == len(listed.children):
        names = [listed]
    draft.edit(workbook, [(name.start, name.end, b"") for name in names])
    reach, sheets = Reach(lost, taken), {sheet.path.lower() for sheet in package.sheets}
    changed = False
    for path in _xml(package.archive):
        if path not in draft or not (path.lower() in sheets or path.lower().startswith(_WITH_FORMULAS)):
            continue
        data = draft.read(path)
        draft.edit(path, reach.edits(data, path))
        changed |= path.lower() in sheets and draft.read(path) != data
        top = tree(draft.read(path), path)
        linked = [child for child in top.children if child.name != "sheetData" and _anywhere(child, _linked_object)]
        draft.edit(path, [(one.start, one.end, b"") for one in linked])
    if changed:
        drop_calculated(draft, package, "calcChain")


def _linked_object(element: Element) -> bool:
    return element.name == "oleObject" and "link" in element.attrs


# ---- relations, and the elements that use them --------------------------------------------------------


def _without_ways(draft: Draft, archive: Archive, path: str) -> None:
    """Take out of one part's relations those that lead outside or to a part that goes, and what used them."""
    root = tree(draft.read(path), path)
    gone = [entry for entry in root.children if _leads_away(entry, path)]
    if not gone:
        return
    folder, _, name = path.rpartition("_rels/")
    source = folder + name.removesuffix(".rels")
    ids = {entry.attrs.get("Id", "") for entry in gone}
    if source in archive and source in draft and source.lower().endswith((".xml", ".vml")):
        draft.edit(source, _uses(tree(draft.read(source), source), ids, draft.read(source)))
    draft.unrelate(source, ids)


def _leads_away(entry: Element, path: str) -> bool:
    if entry.attrs.get("TargetMode") == "External":
        return True
    target = entry.attrs.get("Target", "").replace("\\", "/").lower().lstrip("./")
    folder = path.lower().rpartition("_rels/")[0]
    full = target if entry.attrs.get("Target", "").startswith(("/", "..")) else folder + target
    return full.startswith(_PARTS) or f"xl/{target}".startswith(_PARTS)


def _uses(root: Element, ids: set[str], data: bytes) -> list[Edit]:
    """The edits that take out of a part what points to these relations."""

    def used(element: Element) -> bool:
        return any(":" in key and value in ids for key, value in element.attrs.items())

    edits: list[Edit] = []

    def walk(element: Element) -> None:
        for child in element.children:
            whole = child.name in _POINTING and _anywhere(child, used)
            choice = child.name == "AlternateContent" and _anywhere(child, lambda e: e.name in _POINTING and _anywhere(e, used))
            emptied = child.name == "hyperlinks" and all(map(used, child.children))
            if whole or choice or emptied:
                edits.append((child.start, child.end, b""))
                continue
            for key, value in child.attrs.items():
                way = key.endswith(":link") or (key.endswith(":id") and child.name in _SOURCES)
                if way and value in ids:  # a picture from outside, the records of a pivot
                    written = re.compile(rb"\s%s\s*=\s*[\"'][^\"']*[\"']" % re.escape(key.encode()))
                    match = written.search(data, child.start, child.open_end)
                    edits.extend([(match.start(), match.end(), b"")] if match else [])
            walk(child)

    walk(root)
    return edits


def _anywhere(element: Element, holds: Callable[[Element], bool]) -> bool:
    return holds(element) or any(_anywhere(child, holds) for child in element.children)
