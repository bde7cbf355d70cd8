"""Mark cells of somebody's workbook and put a list in front; nothing else in the file changes.

A mark is a colour, laid over the cell by a conditional format, and a note. Cells, their formats and the rows they stand
in keep their bytes: a colour laid over needs no format of its own for each cell, takes the cell's own colour away from
nobody, moves along when rows are inserted, and can be taken off again, also after Excel or LibreOffice saved the file.
Marks are known by their author, their rule and a defined name, so that marking a marked copy starts from a clean one.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from kinerja_xl.formula.references import address, coordinates
from kinerja_xl.package import notes as note_part
from kinerja_xl.package.book import Package, SheetPart
from kinerja_xl.package.draft import Draft, Edit, Outline, area
from kinerja_xl.package.front import FrontSheet, front_xml, insert_first, remove_name, remove_tab
from kinerja_xl.package.looks import BLANK, Stylesheet
from kinerja_xl.package.markup import Element, tag
from kinerja_xl.package.notes import Note
from kinerja_xl.package.related import relations
from kinerja_xl.package.written import marked_tab

Place = tuple[int, int]

_RULE = f'"{note_part.AUTHOR}"<>""'
"""The formula of our conditional formats: always true, and nobody else's."""

_AREAS = 250
"""Areas of one conditional format; Excel copes badly with very long lists."""

_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def annotate(data: bytes, marks: Mapping[tuple[str, str], Note], front: FrontSheet) -> bytes:
    """The file with these cells marked (``{("RAB", "H12"): Note(…)}``) and ``front`` as its first sheet.

    Notes that are there stay; on a cell that has one ours is added to it, on one with a threaded comment only the colour
    shows. Marks and the first sheet of an earlier call are replaced. Same input, same bytes.

    Raises PackageError (unknown sheet, broken file) and ValueError (no address).
    """
    package = Package.open(without_marks(data, front.mark))
    draft = Draft(package.archive)
    by_sheet: dict[str, dict[Place, Note]] = {}
    for (name, cell), note in marks.items():
        by_sheet.setdefault(package.path(name), {})[coordinates(cell)] = note
    styles, styles_path = _stylesheet(draft, package)
    highest = note_part.highest_id(draft.read(path) for path in package.archive.index if path.endswith(".vml"))
    for path in (sheet.path for sheet in package.sheets if sheet.path in by_sheet):
        highest = _mark_sheet(draft, path, by_sheet[path], styles, highest)
    insert_first(draft, package, front, lambda: front_xml(front, styles.cell))
    draft.write(styles_path, styles.written())
    return draft.data()


def without_marks(data: bytes, mark: str) -> bytes:
    """The file without what ``annotate`` put in; the very same bytes when there is nothing of the kind.

    Formats that it added to the stylesheet stay, unused. Raises PackageError.
    """
    package = Package.open(data)
    draft = Draft(package.archive)
    own = marked_tab(package, mark)
    for sheet in package.sheets:
        if sheet.name != own:
            _clear_sheet(draft, sheet)
    if own and len(package.sheets) > 1:
        remove_tab(draft, package, own, mark)
    elif mark in package.defined_names:
        remove_name(draft, package, mark)
    return draft.data()


def _stylesheet(draft: Draft, package: Package) -> tuple[Stylesheet, str]:
    known = (r.path for r in relations(package.archive, package.workbook_path) if r.kind == "styles")
    path = next(known, "")
    if not path:
        path = "xl/styles.xml" if "xl/styles.xml" not in draft else draft.free("xl/styles{}.xml")
        draft.write(path, BLANK)
        draft.declare(path, _STYLES)
        draft.relate(package.workbook_path, "styles", path)
    return Stylesheet(draft.read(path), path), path


def _mark_sheet(draft: Draft, path: str, notes: Mapping[Place, Note], styles: Stylesheet, highest: int) -> int:
    """Colours and notes of one sheet; the highest shape number used afterwards."""
    outline = Outline.of(draft.read(path), path)
    edits = _colours(outline, notes, styles)
    there = {r.kind: r for r in relations(draft.archive, path)}
    comments = there["comments"].path if "comments" in there else _new_comments(draft, path)
    merged = note_part.merged(draft.read(comments), comments, notes)
    draft.write(comments, merged.data)
    drawing = _drawing(draft, path, outline)
    if merged.new and not drawing:
        drawing = draft.free("xl/drawings/vmlDrawing{}.vml")
        draft.write(drawing, note_part.blank_boxes())
        draft.declare(drawing, note_part.BOXES_TYPE)
        edits.append(outline.add("legacyDrawing", outline.link(draft.relate(path, "vmlDrawing", drawing))))
    if drawing:
        highest = _boxes(draft, drawing, outline, merged, notes, highest)
    draft.edit(path, edits)
    return highest


def _colours(outline: Outline, notes: Mapping[Place, Note], styles: Stylesheet) -> list[Edit]:
    """Conditional formats, behind those that are there and ranked below them: an alarm of the form's own stays on top."""
    areas: dict[tuple[str, str], list[str]] = {}
    for colours in sorted({(note.fill, note.ink) for note in notes.values()}):
        areas[colours] = _runs([place for place, note in notes.items() if (note.fill, note.ink) == colours])
    rank = max(_ranks(outline.root), default=0)
    edits, p = [], outline.root.prefix
    for colours, listed in areas.items():
        dxf = str(styles.mark(*colours))
        for start in range(0, len(listed), _AREAS):
            rank += 1
            formula = tag(p, "formula", {}, _RULE.replace("<", "&lt;").replace(">", "&gt;")).decode()
            rule = tag(p, "cfRule", {"type": "expression", "dxfId": dxf, "priority": str(rank)}, formula).decode()
            edits.append(outline.add("conditionalFormatting", {"sqref": " ".join(listed[start : start + _AREAS])}, rule))
    return edits


def _runs(places: list[Place]) -> list[str]:
    """Cells as areas, those below each other in one."""
    found = []
    ordered = sorted((column, row) for row, column in places)
    for _, run in groupby(enumerate(ordered), key=lambda item: (item[1][0], item[1][1] - item[0])):
        cells = [address(row, column) for _, (column, row) in run]
        found.append(cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}")
    return found


def _ranks(element: Element) -> list[int]:
    """The priorities of all rules of a sheet, extended ones too."""
    own = element.attrs.get("priority", "") if element.name == "cfRule" else ""
    return ([int(own)] if own.isdecimal() else []) + [rank for child in element.children for rank in _ranks(child)]


def _new_comments(draft: Draft, sheet: str) -> str:
    path = draft.free("xl/comments{}.xml")
    draft.write(path, note_part.blank())
    draft.declare(path, note_part.CONTENT_TYPE)
    draft.relate(sheet, "comments", path)
    return path


def _drawing(draft: Draft, sheet: str, outline: Outline) -> str:
    """The drawing part of the sheet's notes and controls; pictures of its page header are in another."""
    element = outline.root.first("legacyDrawing")
    wanted = element.attr("id") if element else None
    return next((r.path for r in relations(draft.archive, sheet) if r.id == wanted and r.path in draft), "")


def _boxes(draft: Draft, path: str, outline: Outline, merged: note_part.Merged, notes: Mapping[Place, Note], highest: int) -> int:
    """Boxes for new notes, numbered in blocks that nobody uses; larger ones where a note has grown."""
    drawing = draft.read(path)
    grown = {place: outline.anchor(*place, *note_part.box_size(text)) for place, text in merged.grown.items()}
    drawing = note_part.enlarged(drawing, grown) if grown else drawing
    if merged.new:
        first = (highest // note_part.BLOCK + 1) * note_part.BLOCK
        boxes = []
        for number, place in enumerate(merged.new, start=first + 1):
            size = note_part.box_size(notes[place].text())
            boxes.append(note_part.box(number, place, outline.anchor(*place, *size), size))
        highest = first + len(boxes)
        drawing = note_part.with_boxes(drawing, boxes, first, path)
    draft.write(path, drawing)
    return highest


def _clear_sheet(draft: Draft, sheet: SheetPart) -> None:
    """Take our colours and notes off one sheet."""
    data = draft.read(sheet.path)
    comments = next((r.path for r in relations(draft.archive, sheet.path) if r.kind == "comments" and r.path in draft), "")
    noted = bool(comments) and note_part.is_ours(draft.read(comments))
    if not noted and note_part.AUTHOR.encode() not in data:
        return
    outline = Outline.of(data, sheet.path)
    listed = [rules for rules in outline.root.named("conditionalFormatting") if _without_rules(rules)]
    edits = [edit for rules in listed for edit in _without_rules(rules)]
    if comments:
        areas = [found for rules in listed for ref in rules.attrs.get("sqref", "").split() if (found := area(ref))]
        edits += _clear_notes(draft, sheet.path, outline, comments, areas)
    draft.edit(sheet.path, edits)


def _without_rules(listed: Element) -> list[Edit]:
    ours = [rule for rule in listed.named("cfRule") if any(f.text.replace(" ", "") == _RULE for f in rule.named("formula"))]
    if ours and len(ours) == len(list(listed.named("cfRule"))):
        return [(listed.start, listed.end, b"")]
    return [(rule.start, rule.end, b"") for rule in ours]


def _clear_notes(draft: Draft, sheet: str, outline: Outline, comments: str, areas: list[tuple[int, int, int, int]]) -> list[Edit]:
    """Notes of ours and their boxes; parts that are then empty go too. What to edit in the worksheet."""

    def coloured(place: Place) -> bool:
        return any(top <= place[0] <= bottom and left <= place[1] <= right for top, left, bottom, right in areas)

    cleared = note_part.cleared(draft.read(comments), comments, coloured)
    drawing = _drawing(draft, sheet, outline)
    empty = False
    if drawing:
        rest = note_part.without_boxes(draft.read(drawing), set(cleared.places))
        empty = not note_part.has_shapes(rest)
        draft.write(drawing, rest)
    if cleared.left or (drawing and not empty):
        draft.write(comments, cleared.data)
        return []
    gone = [r for r in relations(draft.archive, sheet) if r.path in (comments, drawing)]
    for relation in gone:
        draft.drop(relation.path)
    draft.unrelate(sheet, [relation.id for relation in gone])
    element = outline.root.first("legacyDrawing")
    return [(element.start, element.end, b"")] if element and drawing else []
