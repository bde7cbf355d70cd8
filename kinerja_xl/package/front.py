"""A worksheet of our own in front of somebody's workbook: plain cells, links into the book, made for printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from kinerja_xl.formula.references import address, column_letters
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import HEAD, MAIN_NS, Draft, Edit, Outline, inside
from kinerja_xl.package.looks import Look
from kinerja_xl.package.markup import Element, escape, tag, tree
from kinerja_xl.package.patch import cell_xml
from kinerja_xl.package.related import relations
from kinerja_xl.package.written import quoted

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MOST_LINKS = 60_000
"""Excel opens a sheet with at most 65,530 links."""

_FOLIO = "14"  # 8.5 x 13 inch, the Indonesian F4


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontCell:
    """A text or whole number; ``link`` is the (sheet, cell) that a click leads to."""

    value: str | int
    look: Look
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontRow:
    """One row from its first column on; ``height`` in points."""

    cells: tuple[FrontCell, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontSheet:
    """The sheet. ``mark`` is the defined name by which it is found again, ``widths`` are in characters.

    Row number ``heading`` (1-based) is repeated on every page and stays in view.
    """

    name: str
    mark: str
    widths: tuple[float, ...]
    rows: tuple[FrontRow, ...]
    heading: int


def front_xml(front: FrontSheet, index: Callable[[Look], int]) -> bytes:
    """The worksheet part; ``index`` gives the number of a look in the workbook's stylesheet."""
    rows: list[str] = []
    links: list[str] = []
    for number, row in enumerate(front.rows, start=1):
        cells = []
        for column, cell in enumerate(row.cells, start=1):
            ref = address(number, column)
            cells.append(cell_xml("", ref, str(index(cell.look)), cell.value).decode())
            if cell.link and len(links) < MOST_LINKS:
                place = f"{quoted(cell.link[0])}!{cell.link[1]}"
                links.append(tag("", "hyperlink", {"ref": ref, "location": place, "display": str(cell.value)}).decode())
        # No customHeight: Excel goes on fitting the row to its text.
        rows.append(tag("", "row", {"r": str(number), "ht": f"{row.height:g}"}, "".join(cells)).decode())
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width + 0.7109375}" customWidth="1"/>'
        for number, width in enumerate(front.widths, start=1)
    )
    below = f"A{front.heading + 1}"
    last = f"{column_letters(len(front.widths))}{len(front.rows)}"
    return (
        HEAD
        + (
            f'<worksheet xmlns="{MAIN_NS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{front.heading}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
            + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
            + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="{_FOLIO}" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{escape('&L&8&A&R&8Hal &P dari &N')}</oddFooter></headerFooter></worksheet>"
        ).encode()
    )


# ---- Put a worksheet in front of all tabs, or take it out: everything in the workbook part that counts tabs moves along ----

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")  # schema order in workbook.xml
_LONGEST_NAME = 31
_SELECTED = ("1", "true")


def insert_first(draft: Draft, package: Package, front: FrontSheet, xml: Callable[[], bytes]) -> None:
    """Add the sheet as first tab, open on it, and mark it. Raises PackageError."""
    path, workbook = draft.free("xl/worksheets/sheet{}.xml"), package.workbook_path
    draft.write(path, xml())
    draft.declare(path, CONTENT_TYPE)
    relation = draft.relate(workbook, "worksheet", path)
    data = draft.read(workbook)
    root = tree(data, workbook)
    listed = _sheets(root, workbook)
    tabs = list(listed.named("sheet"))
    name = _free_name(front.name, [tab.attrs.get("name", "") for tab in tabs])
    attrs = {"name": name, "sheetId": str(1 + max(int(tab.attrs.get("sheetId", 0)) for tab in tabs))}
    added = tag(listed.prefix, "sheet", attrs | _relation(root, tabs[0], relation))
    names = {front.mark: f"{quoted(name)}!$A$1", "_xlnm.Print_Titles": f"{quoted(name)}!${front.heading}:${front.heading}"}
    edits: list[Edit] = [(tabs[0].start, tabs[0].start, added)]
    edits += _views(root, data, 1) + _renumbered(root, 1) + [_names(root, data, names, front.mark)]
    draft.edit(workbook, edits)
    _deselect(draft, package)
    _titles(draft, package, added=name)


def remove_tab(draft: Draft, package: Package, name: str, mark: str, path: str = "") -> None:
    """Take a sheet out, a worksheet of ours unless ``path`` says its part, with the names of this mark. Raises PackageError."""
    workbook = package.workbook_path
    data = draft.read(workbook)
    root = tree(data, workbook)
    tabs = list(_sheets(root, workbook).named("sheet"))
    number = next(i for i, tab in enumerate(tabs) if tab.attrs.get("name") == name)
    edits: list[Edit] = [(tabs[number].start, tabs[number].end, b"")]
    edits += _views(root, data, -1, number) + _renumbered(root, -1, number) + _without_name(root, mark)
    draft.edit(workbook, edits)
    path = path or next(sheet.path for sheet in package.sheets if sheet.name == name)
    draft.unrelate(workbook, [tabs[number].attr("id") or ""])
    for relation in relations(package.archive, path):
        if relation.kind == "printerSettings" and relation.path in draft:
            draft.drop(relation.path)
    draft.drop(path)
    _titles(draft, package, removed=name)


def remove_name(draft: Draft, package: Package, mark: str) -> None:
    """Take a mark out whose sheet is gone."""
    workbook = package.workbook_path
    draft.edit(workbook, _without_name(tree(draft.read(workbook), workbook), mark))


def _sheets(root: Element, path: str) -> Element:
    listed = root.first("sheets")
    if listed is None or listed.first("sheet") is None:
        raise PackageError(f"isi bagian {path} rusak")
    return listed


def _free_name(wanted: str, taken: list[str]) -> str:
    """The wanted name, or the same with a number; Excel compares tabs without case."""
    used = {name.casefold() for name in taken}
    endings = ("" if number == 1 else f" ({number})" for number in count(1))
    return next(name for end in endings if (name := wanted[: _LONGEST_NAME - len(end)] + end).casefold() not in used)


def _relation(root: Element, tab: Element, relation: str) -> dict[str, str]:
    """The attribute that other tabs use for their part (``r:id``)."""
    key = next(key for key in tab.attrs if key.rpartition(":")[2] == "id")
    declared = {name: value for name, value in tab.attrs.items() if name.startswith("xmlns")}
    return declared | {key: relation}


def _views(root: Element, data: bytes, by: int, gone: int = 0) -> list[Edit]:
    """The first window shows the first tab; in other windows what was in front stays there."""
    edits: list[Edit] = []
    for number, view in enumerate(root.within("bookViews", "workbookView")):
        moved = {}
        for key in ("activeTab", "firstSheet"):
            old = view.attrs.get(key, "0")
            if number == 0 and by > 0:
                moved[key] = 0
            elif old.isdecimal():
                moved[key] = max(0, int(old) + by) if by > 0 or int(old) > gone else int(old)
        attrs = {key: value for key, value in view.attrs.items() if key not in moved}
        attrs |= {key: str(value) for key, value in moved.items() if value}
        if attrs != view.attrs:
            edits.append((view.start, view.open_end, _opening(view, attrs)))
    return edits


def _renumbered(root: Element, by: int, gone: int = -1) -> list[Edit]:
    """Names that belong to one sheet say which by its position; those of the sheet ``gone`` go."""
    edits: list[Edit] = []
    for entry in root.within("definedNames", "definedName"):
        local = entry.attrs.get("localSheetId", "")
        if local.isdecimal() and int(local) == gone:
            edits.append((entry.start, entry.end, b""))
        elif local.isdecimal() and int(local) > gone:
            attrs = entry.attrs | {"localSheetId": str(int(local) + by)}
            edits.append((entry.start, entry.open_end, _opening(entry, attrs)))
    return edits


def _without_name(root: Element, mark: str) -> list[Edit]:
    names = (entry for entry in root.within("definedNames", "definedName") if entry.attrs.get("name") == mark)
    return [(entry.start, entry.end, b"") for entry in names if "localSheetId" not in entry.attrs]


def _names(root: Element, data: bytes, names: dict[str, str], mark: str) -> Edit:
    """Add names; all but the mark belong to the first sheet."""
    prefix, xml = root.prefix, ""
    for name, target in names.items():
        attrs = {"name": name} | ({} if name == mark else {"localSheetId": "0"})
        xml += tag(prefix, "definedName", attrs, escape(target)).decode()
    listed = root.first("definedNames")
    if listed is not None:
        return inside(listed, data, xml.encode())
    at = max(child.end for child in root.children if child.name in _BEFORE_NAMES)
    return at, at, tag(prefix, "definedNames", {}, xml)


def _opening(element: Element, attrs: dict[str, str]) -> bytes:
    """An element's start tag with other attributes, closed as it was."""
    xml = tag(element.prefix, element.name, attrs)
    return xml if element.empty else xml[:-2] + b">"


def _deselect(draft: Draft, package: Package) -> None:
    """Only one tab may be selected: with several, what is typed goes into all of them."""
    kinds = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet")
    for relation in relations(package.archive, package.workbook_path):
        if relation.kind not in kinds or relation.path not in draft or b"tabSelected" not in (data := draft.read(relation.path)):
            continue
        views = Outline.of(data, relation.path).root.first("sheetViews")
        edits: list[Edit] = []
        for view in views.children if views else ():
            if view.attrs.get("tabSelected") in _SELECTED and view.attrs.get("workbookViewId", "0") == "0":
                attrs = {key: value for key, value in view.attrs.items() if key != "tabSelected"}
                edits.append((view.start, view.open_end, _opening(view, attrs)))
        draft.edit(relation.path, edits)


def _titles(draft: Draft, package: Package, added: str = "", removed: str = "") -> None:
    """Keep the list of sheets in ``docProps/app.xml`` true; where it isn't built as usual it is left."""
    path = next((r.path for r in relations(package.archive, "") if r.kind == "extended-properties"), "")
    if path not in draft:
        return
    data = draft.read(path)
    root = tree(data, path)
    pairs, titles = (_vector(root.first(name)) for name in ("HeadingPairs", "TitlesOfParts"))
    numbers = [n for variant in pairs.children for n in variant.children if n.name == "i4"] if pairs else []
    if not titles or not numbers or not numbers[0].text.isdecimal():
        return
    sheets = titles.children[: int(numbers[0].text)]
    gone = [title for title in sheets if title.text == removed][:1]
    by = len([added] if added else []) - len(gone)
    if not sheets or not by:
        return
    edits: list[Edit] = [(title.start, title.end, b"") for title in gone]
    if added:
        first = sheets[0]
        edits.append((first.start, first.start, tag(first.prefix, first.name, {}, escape(added))))
    size = titles.attrs | {"size": str(len(titles.children) + by)}
    edits.append((titles.start, titles.open_end, _opening(titles, size)))
    edits.append((numbers[0].open_end, numbers[0].close, str(int(numbers[0].text) + by).encode()))
    draft.edit(path, edits)


def _vector(element: Element | None) -> Element | None:
    return element.first("vector") if element else None
