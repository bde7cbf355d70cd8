"""A workbook without what can run or fetch from elsewhere: macros, ActiveX, OLE, DDE, links, buttons and add-ins of its own.

What shows stays: a formula that reaches out becomes the value it last had, a chart keeps its points, a link becomes its words. A
rule that asks another file goes; connections stay, and fetch nothing by themselves. Parts that hold nothing of the kind keep
their bytes. ``edits`` says how one part is written without what its formulas reach for outside the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from kinerja_xl.package.archive import Archive
from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import Draft, Edit, set_attributes
from kinerja_xl.package.front import remove_tab
from kinerja_xl.package.markup import Element, escape, tree
from kinerja_xl.package.patch import drop_calculated
from kinerja_xl.package.related import relations

_FILE = r"(?<!\w)\[\d+\](?=[^\],:])"
"""Another workbook in a formula, by its number; ``Table[1]`` and ``Table[[1]:[2]]`` are columns."""
_RUNS = r"(?<![\w.])[a-z_]\w*\|(?:'[^']*'|\w+)!"
"""A program in a formula: DDE."""
_FETCHES = r"(?<![\w.])(?:_xlfn\.)?(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER\.ID|SQL\.REQUEST|HYPERLINK(?=\(\"[^#]))\("
"""Functions that ask somebody else, and a link that leads out of the workbook."""
_RULES = frozenset({"dataValidation", "cfRule", "sparkline"})
_HOLDERS = frozenset({
    "dataValidations", "conditionalFormatting", "conditionalFormattings", "sparklines", "sparklineGroup", "sparklineGroups",
})  # fmt: skip
_POINTS = {"numRef": ("numCache", "numLit"), "strRef": ("strCache", "strLit"), "multiLvlStrRef": ("multiLvlStrCache", "")}
_ON_OPENING = ("refreshOnLoad", "interval")
_LINKED = ("textlink", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx")
_VML = frozenset({"FmlaMacro", "FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx"})
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"


class Reach:
    """``sheets``: names of sheets that went; ``names``: names of the book that did."""

    def __init__(self, sheets: Collection[str], names: Collection[str] = ()) -> None:
        gone = (rf"(?<!\w)(?:{re.escape(name)}|'{re.escape(name)}')!" for name in sorted(sheets))
        named = (rf"(?<![\w.]){re.escape(name)}(?![\w.(])" for name in sorted(names))
        self._pattern = re.compile("|".join((_FILE, _RUNS, _FETCHES, *gone, *named)), re.IGNORECASE)

    def __call__(self, formula: str) -> bool:
        """Whether a formula reaches out; what it says in quotes is text, of which only its first mark counts."""
        return bool(self._pattern.search(re.sub(r'"([^"]?)[^"]*+"', r'"\1"', formula)))

    # ---- one part ----

    def edits(self, data: bytes, path: str) -> list[Edit]:
        """What to change in a part that is no workbook. Raises PackageError for a damaged one."""
        root = tree(data, path)
        found = [*self._cells(root)] if root.name == "worksheet" else []
        whole = [*self._gone(root)]
        found += [(one.start, one.end, b"") for one in whole]
        return found + [*self._within(root, (), data, {id(one) for one in whole})]

    def _cells(self, root: Element) -> Iterator[Edit]:
        formulas = [f for row in root.within("sheetData", "row") for f in row.within("c", "f")]
        shared = {f.attrs.get("si") for f in formulas if f.attrs.get("t") == "shared" and self(f.text)}
        for f in formulas:
            if self(f.text) or (f.attrs.get("t") == "shared" and f.attrs.get("si") in shared):
                yield f.start, f.end, b""

    def _gone(self, element: Element) -> Iterator[Element]:
        """Rules that reach out, links of form controls; and what holds nothing else."""
        for child in element.children:
            if child.name == "sheetData":
                continue
            if child.name in _RULES or child.name in _VML:
                if (child.name == "FmlaMacro" and child.text.strip()) or any(map(self, _formulas(child))):
                    yield child
                continue
            inner = [*self._gone(child)]
            kept = {id(one) for one in child.children} - {id(one) for one in inner}
            rules = [one for one in child.children if id(one) in kept and (one.name in _RULES or one.name in _HOLDERS)]
            yield from [child] if inner and child.name in _HOLDERS and not rules else inner

    def _within(self, element: Element, above: tuple[Element, ...], data: bytes, gone: set[int]) -> Iterator[Edit]:
        if id(element) in gone:
            return
        quiet = {key: "0" for key in _ON_OPENING if element.attrs.get(key, "0") not in ("0", "false")}
        quiet |= {key: "" for key in _LINKED if self(element.attrs.get(key, ""))}
        quiet |= {"macro": ""} if element.attrs.get("macro") else {}
        quiet |= self._count(element, gone)
        yield from set_attributes(data, element, quiet)
        for child in element.children:
            formula = child.first("f") if child.name in _POINTS else None
            if child.name == "sheetData":
                continue
            if formula is not None and self(formula.text):
                yield _points(child, (*above, element), data)
            elif child.name == "f" and not child.children and self(child.text):
                yield child.open_end, child.close, b"#REF!"
            else:
                yield from self._within(child, (*above, element), data, gone)

    def _count(self, element: Element, gone: set[int]) -> dict[str, str]:
        left = [child for child in element.children if id(child) not in gone]
        return {"count": str(len(left))} if "count" in element.attrs and len(left) < len(element.children) else {}


def _formulas(rule: Element) -> Iterator[str]:
    yield rule.text
    yield rule.attrs.get("val", "")
    for child in rule.children:
        yield from _formulas(child)


def _points(ref: Element, above: tuple[Element, ...], data: bytes) -> Edit:
    """A reference of a chart as the points that it last had."""
    cache, literal = _POINTS[ref.name]
    kept, holder = ref.first(cache), above[-1]
    if holder.name == "tx":
        words = escape(" ".join(value.text for point in (kept.named("pt") if kept else ()) for value in point.named("v")))
        if above[-2].name == "ser":
            return ref.start, ref.end, f"<{ref.prefix}v>{words}</{ref.prefix}v>".encode()
        run = f'<a:p xmlns:a="{_DRAWN}"><a:r><a:t>{words}</a:t></a:r></a:p>'
        return ref.start, ref.end, f'<{ref.prefix}rich><a:bodyPr xmlns:a="{_DRAWN}"/>{run}</{ref.prefix}rich>'.encode()
    if not literal:  # groups of groups have no literal form; the points then count from one
        return holder.start, holder.end, b""
    inside = data[kept.open_end : kept.close] if kept and not kept.empty else f'<{ref.prefix}ptCount val="0"/>'.encode()
    name = (ref.prefix + literal).encode()
    return ref.start, ref.end, b"<%s>%s</%s>" % (name, inside, name)


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
