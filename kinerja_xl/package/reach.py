"""What reaches out of a workbook by a formula, wherever one stands: cells, rules, charts, drawings, what is fetched on opening.

``edits`` says how one part is written without it. A cell keeps its value, a chart its points; a rule that nobody can keep goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kinerja_xl.package.draft import Edit, set_attributes
from kinerja_xl.package.markup import Element, escape, tree

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
