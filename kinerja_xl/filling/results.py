"""The results of a filled form's formulas: calculated where we can, taken away where only an office program can tell.

And where its pages end: rows that were inserted push the signature down, which must not come to stand alone on a page, nor torn
from its date.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.evaluate import Evaluator, NotComputable, Result
from kinerja_xl.formula.parse import Call, Formula, Node, Opaque, Ref, named, read_formula, walk
from kinerja_xl.formula.references import Box, Place, address, box, coordinates, read_reference
from kinerja_xl.package import CellValue, Package, SheetPart
from kinerja_xl.package.draft import Draft, Outline, splice
from kinerja_xl.package.insert import read_rows, with_results
from kinerja_xl.package.markup import Element, tag, tree
from kinerja_xl.regions.words import is_sign_off, is_signature
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.numbers import exact
from kinerja_xl.sheets.values import fold

# ---- Which results in a filled form may no longer be true: those of the formulas that depend on changed cells ----

_DEEPEST = 150
# Their result may change although no cell that they name does.
_VOLATILE = frozenset({"NOW", "TODAY", "RAND", "INDIRECT", "OFFSET", "CELL", "INFO", "ROW", "ROWS", "COUNTBLANK"})


class Stale:
    """Asked for a cell, says whether its result in the file may no longer be true."""

    def __init__(
        self, book: Mapping[str, CellSheet], changed: Mapping[str, frozenset[Place]], names: Mapping[str, Formula]
    ) -> None:
        self.book, self.changed, self.names = book, changed, names
        self._known: dict[tuple[str, Place], bool] = {}
        self._columns = {name: _by_column({*sheet.formulas, *changed.get(name, ())}) for name, sheet in book.items()}

    def __call__(self, sheet: str, place: Place, depth: int = 0) -> bool:
        """Whether it is a changed cell, or a formula that depends on one or can't be followed."""
        key = (sheet, place)
        if key in self._known:
            return self._known[key]
        if place in self.changed.get(sheet, ()):
            return True
        cell = self.book[sheet].formulas.get(place)
        if cell is None:
            return False
        if not cell.cached or not cell.text or cell.array or depth > _DEEPEST:
            return True
        self._known[key] = True  # a circle: better calculated anew
        tree = self.book[sheet].trees[place].tree
        nodes = (inner for node in walk(tree) for inner in walk(named(node, self.names)))
        self._known[key] = any(self._touched(sheet, place, node, depth) for node in nodes)
        return self._known[key]

    def _touched(self, sheet: str, place: Place, node: Node, depth: int) -> bool:
        if isinstance(node, Opaque):
            return not node.text.startswith(('"', "#")) and node.text.upper() not in ("TRUE", "FALSE", "")
        if not isinstance(node, Ref):
            return isinstance(node, Call) and node.name in _VOLATILE
        name = node.sheet or sheet
        box = node.box(place)
        if name not in self.book or box is None:
            return True
        return any(self(name, p, depth + 1) for p in self._inside(name, box) if (name, p) != (sheet, place))

    def _inside(self, name: str, box: Box) -> Iterator[Place]:
        """The formulas and changed cells of an area."""
        columns = self._columns[name]
        for col in range(box[1], box[3] + 1) if box[3] - box[1] < len(columns) else [c for c in columns if box[1] <= c <= box[3]]:
            rows = columns.get(col, [])
            for row in rows[bisect_left(rows, box[0]) : bisect_right(rows, box[2])]:
                yield row, col


def _by_column(places: set[Place]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, col in sorted(places):
        found.setdefault(col, []).append(row)
    return found


def calculated(data: bytes, changed: Mapping[str, frozenset[Place]]) -> tuple[bytes, Evaluator]:
    """The file with the results that follow from changed cells, and the evaluator to ask for more of them."""
    package = Package.open(data)
    strings = _shared_strings(package)
    book = {part.name: _sheet(package, part, strings) for part in package.sheets}
    names = _names(package)
    stale = Stale(book, changed, names)
    evaluator = Evaluator(book, stale, names)
    results = {
        name: {place: _tidy(evaluator.result(name, place)) for place in sheet.formulas if stale(name, place)}
        for name, sheet in book.items()
        if changed.get(name) or not _alone(sheet, package)
    }
    return with_results(data, {name: found for name, found in results.items() if found}), evaluator


_BEYOND = re.compile(rf"[!\[]|\b(?:{'|'.join(sorted(_VOLATILE))})\(", re.IGNORECASE)


def _alone(sheet: CellSheet, package: Package) -> bool:
    """Whether no formula of a sheet looks beyond it, so that nothing which changed elsewhere reaches it."""
    named = [name.casefold() for name in package.defined_names]
    return all(
        cell.cached and cell.text and not cell.array and not _BEYOND.search(cell.text)
        and not any(name in cell.text.casefold() for name in named)
        for cell in sheet.formulas.values()
    )  # fmt: skip


def _names(package: Package) -> dict[str, Formula]:
    """Names of the book that stand for one fixed cell or area, folded; others are not calculated."""
    found = {}
    for name, text in package.defined_names.items():
        formula = read_formula(text, (1, 1))
        tree = formula.tree
        if "!" not in name and isinstance(tree, Ref) and tree.sheet and all(c.fixed_row and c.fixed_col for c in tree.corners):
            found[name.casefold()] = formula
    return found


def _tidy(value: Result) -> CellValue:
    """At most the digits that Excel keeps; None for what can't be computed."""
    if isinstance(value, Decimal):
        return plain(value if value == value.to_integral_value() else Decimal(repr(float(value))))
    return None if isinstance(value, NotComputable) else value


def _sheet(package: Package, part: SheetPart, strings: list[str]) -> CellSheet:
    """The sheet with its values as they stand in the file, dates as numbers and blanks in texts kept."""
    body = tree(package.part(part.path), part.path, offsets=False).first("sheetData")
    scan = package.scan(part)
    found = [row for row in read_rows(body) if row.cells]  # formatted but blank rows may follow
    rows: list[list[object]] = [[] for _ in range(max((row.number for row in found), default=0))]
    for row in found:
        rows[row.number - 1] = [None] * max(row.cells, default=0)
        for col, cell in row.cells.items():
            rows[row.number - 1][col - 1] = _value(cell, strings)
    return CellSheet(
        name=part.name, rows=rows, errors=scan.errors, formulas=scan.formulas, filtered=scan.filtered,
        hidden_rows=frozenset(scan.hidden_rows),
    )  # fmt: skip


def _shared_strings(package: Package) -> list[str]:
    path = "xl/sharedStrings.xml"
    if path not in package.archive:
        return []
    return ["".join(_texts(item)) for item in tree(package.part(path), path, offsets=False).named("si")]


def _texts(item: Element) -> Iterator[str]:
    for child in item.children:
        if child.name == "t":
            yield child.text
        elif child.name == "r":
            yield from _texts(child)


def _value(cell: Element, strings: list[str]) -> object | None:
    """What a cell shows, without its format; errors are in the scan."""
    kind, shown, inline = cell.attrs.get("t", "n"), cell.first("v"), cell.first("is")
    if kind == "inlineStr":
        return "".join(_texts(inline)) if inline else None
    text = shown.text if shown is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdecimal() and int(text) < len(strings) else None
    if kind == "str":
        return text
    if kind == "b":
        return text == "1"
    if kind == "e":
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return exact(number) if math.isfinite(number) else None


# ---- What the form's own drop-down lists allow: values of ours that Excel would refuse when somebody types them are said ----

_LONGEST = 2000
"""Cells of a list that are read."""


def outside_lists(
    file: str, data: bytes, sheet: str, changes: Mapping[tuple[str, str], CellValue], evaluator: Evaluator
) -> Iterator[Finding]:
    """One finding per list that does not hold what was written into its cells. ``data``: the filled form."""
    package = Package.open(data)
    part = next(part for part in package.sheets if part.name == sheet)
    written = {coordinates(cell): value for (name, cell), value in changes.items() if name == sheet and isinstance(value, str)}
    for rule in _rules(tree(package.part(part.path), part.path, offsets=False)):
        allowed = _allowed(rule, sheet, package, evaluator)
        if allowed is None:
            continue
        areas = [_box(area) for area in _areas(rule)]
        wrong = {
            place: value
            for place, value in written.items()
            if fold(value) not in allowed and any(a and a[0] <= place[0] <= a[2] and a[1] <= place[1] <= a[3] for a in areas)
        }
        if wrong:
            values = list(dict.fromkeys(wrong.values()))
            shown = ", ".join(values[:5]) + (f" dan {len(values) - 5} lainnya" if len(values) > 5 else "")
            words = {"nilai_nilai": shown, "banyak": str(len(wrong))}
            yield Finding(code="W219", file=file, sheet=sheet, cell=address(*min(wrong)), args=words)


def _rules(root: Element) -> Iterator[Element]:
    """Validations with a list, those of the extensions too, that show an error when they are broken."""
    for child in root.children:
        if child.name == "dataValidation" and child.attrs.get("type") == "list":
            if child.attrs.get("errorStyle", "stop") == "stop" and child.attrs.get("showErrorMessage") in ("1", "true"):
                yield child
        elif child.name in ("dataValidations", "extLst", "ext"):
            yield from _rules(child)


def _areas(rule: Element) -> list[str]:
    return rule.attrs.get("sqref", "").split() + [area for child in rule.named("sqref") for area in child.text.split()]


def _allowed(rule: Element, sheet: str, package: Package, evaluator: Evaluator) -> set[str] | None:
    """The list's entries, folded; None where they can't be told."""
    first = rule.first("formula1")
    inner = first.first("f") if first is not None else None
    text = (inner.text if inner is not None else first.text if first is not None else "").strip()
    if text.startswith('"') and text.endswith('"'):
        return {fold(entry) for entry in text[1:-1].split(",")}
    text = package.defined_names.get(text, text)
    found = read_reference(text.removeprefix("="))
    last = found and (found.last or found.first)
    if not (found and last and last.row and last.col):
        return None
    top, left, bottom, right = found.first.row, found.first.col, last.row, last.col
    name = found.sheet or sheet
    if name not in evaluator.book or (bottom - top + 1) * (right - left + 1) > _LONGEST:
        return None
    cells = [evaluator.result(name, (row, col)) for row in range(top, bottom + 1) for col in range(left, right + 1)]
    return None if any(isinstance(cell, NotComputable) for cell in cells) else {fold(str(c)) for c in cells if c is not None}


def _box(area: str) -> Box | None:
    try:
        return box(area)
    except ValueError:
        return None


COMPANY = 3
"""Rows of the table that stand on the page of the signature."""

_PAPERS: Mapping[str, tuple[float, float]] = {"5": (8.5, 14.0), "8": (11.69, 16.54), "9": (8.27, 11.69), "14": (8.5, 13.0)}
"""Width and height in inches by their number in the file: Legal, A3, A4, Folio."""

_LETTER = (8.5, 11.0)
_MARGINS = {"top": 0.75, "bottom": 0.75, "left": 0.7, "right": 0.7}
_DPI = 96
_SPARE = 0.97
"""Part of a page that is reckoned with: programs differ in how high a row prints."""


def signature_of(grid: CellSheet, below: int) -> tuple[int, int] | None:
    """First and last row (1-based) of a signature block under a row, as far as the sheet has texts."""
    rows = [row for row in range(below, grid.height) if any(isinstance(value, str) and value.strip() for value in grid.rows[row])]
    signed = (row for row in rows if any(_signs(value) for value in grid.rows[row]))
    first = next(signed, None)
    return None if first is None else (first + 1, rows[-1] + 1)


def _signs(value: object) -> bool:
    return isinstance(value, str) and (is_signature(value) or is_sign_off(value))


def kept_together(data: bytes, sheet: str, table: tuple[int, int], signature: tuple[int, int]) -> bytes:
    """The file with a break before the last rows of the table (first and last row), where the signature would part from them."""
    package = Package.open(data)
    path = package.path(sheet)
    draft = Draft(package.archive)
    outline = Outline.of(draft.read(path), path)
    room = _room(outline)
    begin = max(table[0] + 1, table[1] - COMPANY + 1)
    if room is None or _high(outline, begin, signature[1]) > room:
        return data
    breaks = _breaks(outline.root)
    if _page(outline, begin, room, breaks) == _page(outline, signature[1], room, breaks):
        return data
    row = {"id": str(begin - 1), "max": "16383", "man": "1"}
    breaks[begin - 1] = row
    draft.write(path, splice(outline.data, [_listed(outline, breaks)]))
    return draft.data()


def _listed(outline: Outline, breaks: Mapping[int, Mapping[str, str]]) -> tuple[int, int, bytes]:
    """The whole list of breaks, in the place of the old one."""
    prefix = outline.root.prefix
    body = b"".join(tag(prefix, "brk", dict(breaks[row])) for row in sorted(breaks)).decode()
    manual = sum(one.get("man") in ("1", "true") for one in breaks.values())
    counted = {"count": str(len(breaks)), "manualBreakCount": str(manual)}
    old = outline.root.first("rowBreaks")
    if old is None:
        return outline.add("rowBreaks", counted, body)
    return old.start, old.end, tag(prefix, "rowBreaks", counted, body)


def _breaks(root: Element) -> dict[int, dict[str, str]]:
    """Breaks by the row that they stand behind."""
    listed = root.first("rowBreaks")
    found = listed.named("brk") if listed is not None else ()
    return {int(one.attrs["id"]): dict(one.attrs) for one in found if one.attrs.get("id", "").isdecimal()}


def _page(outline: Outline, row: int, room: float, breaks: Mapping[int, object]) -> int:
    """The page that a row stands on, counted from 0."""
    page, used = 0, 0.0
    for at in range(1, row + 1):
        size = outline.rows.get(at, outline.row)
        if used and (used + size > room or at - 1 in breaks):
            page, used = page + 1, 0.0
        used += size
    return page


def _high(outline: Outline, first: int, last: int) -> float:
    return sum(outline.rows.get(row, outline.row) for row in range(first, last + 1))


def _room(outline: Outline) -> float | None:
    """Pixels of rows that a page holds; None where the form is fitted to one page."""
    setup, margins = (one.attrs if (one := outline.root.first(name)) else {} for name in ("pageSetup", "pageMargins"))
    width, height = _PAPERS.get(setup.get("paperSize", ""), _LETTER)
    if setup.get("orientation") == "landscape":
        width, height = height, width
    sides = {name: _inches(margins.get(name), usual) for name, usual in _MARGINS.items()}
    wide, high = width - sides["left"] - sides["right"], height - sides["top"] - sides["bottom"]
    scale = _inches(setup.get("scale"), 100.0) / 100
    properties = outline.root.first("sheetPr")
    fitted = properties.first("pageSetUpPr") if properties is not None else None
    if fitted is not None and fitted.attrs.get("fitToPage") in ("1", "true"):
        if setup.get("fitToHeight", "1") != "0":
            return None
        scale = min(1.0, wide * _DPI / max(sum(outline.columns.values()), 1))
    return _SPARE * high * _DPI / scale if scale > 0 else None


def _inches(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
