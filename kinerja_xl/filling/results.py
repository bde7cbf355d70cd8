"""The results of a filled form's formulas: calculated where we can, taken away where only an office program can tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.calc import CalcSheet, Calculator, NotComputableError, Value
from kinerja_xl.formula.parse import Formula, Ref, read_formula
from kinerja_xl.formula.references import box, coordinates, references
from kinerja_xl.package import CellValue, ErrorValue, Package, address
from kinerja_xl.package.insert import Place, expanded, formulas, read_rows, with_results
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.sheets.numbers import exact
from kinerja_xl.sheets.values import fold

_OPAQUE_KINDS = ("array", "dataTable")


def calculated(data: bytes, changed: Mapping[str, frozenset[Place]]) -> tuple[bytes, Calculator]:
    """The file with the results that follow from changed cells, and the calculator to ask for more of them."""
    package = Package.open(data)
    book = dict(_sheets(package))
    stale = {name: changed.get(name, frozenset()) | _unshown(sheet) for name, sheet in book.items()}
    calculator = Calculator(book, stale, _names(package))
    results: dict[str, dict[Place, Value]] = {}
    for name, sheet in book.items():
        for place in sheet.formulas:
            if calculator.stale(name, place):
                try:
                    results.setdefault(name, {})[place] = _tidy(calculator.result(name, place))
                except NotComputableError:
                    results.setdefault(name, {})[place] = None
    return with_results(data, results), calculator


def _names(package: Package) -> dict[str, Formula]:
    """Names of the book that stand for one fixed cell or area, folded; others are not calculated."""
    found = {}
    for name, text in package.defined_names.items():
        formula = read_formula(text, (1, 1))
        tree = formula.tree
        if "!" not in name and isinstance(tree, Ref) and tree.sheet and all(c.fixed_row and c.fixed_col for c in tree.corners):
            found[name.casefold()] = formula
    return found


def _unshown(sheet: CalcSheet) -> frozenset[Place]:
    """Formulas that came without a result, the copies in new rows among them."""
    return frozenset(place for place in sheet.formulas if place not in sheet.values)


def _tidy(value: Value) -> Value:
    """At most the digits that Excel keeps."""
    if isinstance(value, Decimal):
        return Decimal(repr(float(value))) if value != value.to_integral_value() else value.quantize(Decimal(1))
    return value


def _sheets(package: Package) -> Iterator[tuple[str, CalcSheet]]:
    strings = _shared_strings(package)
    for part in package.sheets:
        body = tree(package.part(part.path), part.path, offsets=False).first("sheetData")
        rows = read_rows(body) if body else []
        texts = expanded(rows)
        opaque = {place for place, f in formulas(rows) if f.attrs.get("t") in _OPAQUE_KINDS or not texts.get(place)}
        values = {(row.number, col): _value(cell, strings) for row in rows for col, cell in row.cells.items()}
        yield part.name, CalcSheet(
            values={place: value for place, value in values.items() if value is not None},
            formulas={p: None if p in opaque else read_formula(texts[p], p) for p, _ in formulas(rows)},
            height=max((row.number for row in rows), default=0),
            width=max((col for row in rows for col in row.cells), default=0),
        )


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


def _value(cell: Element, strings: list[str]) -> Value:
    """What a cell shows, without its format."""
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
        return ErrorValue(text)
    try:
        number = float(text)
    except ValueError:
        return None
    return exact(number) if math.isfinite(number) else None


# ---- What the form's own drop-down lists allow: values of ours that Excel would refuse when somebody types them are said ----

_LONGEST = 2000
"""Cells of a list that are read."""


def outside_lists(
    file: str, data: bytes, sheet: str, changes: Mapping[tuple[str, str], CellValue], calculator: Calculator
) -> Iterator[Finding]:
    """One finding per list that does not hold what was written into its cells. ``data``: the filled form."""
    package = Package.open(data)
    part = next(part for part in package.sheets if part.name == sheet)
    written = {coordinates(cell): value for (name, cell), value in changes.items() if name == sheet and isinstance(value, str)}
    for rule in _rules(tree(package.part(part.path), part.path, offsets=False)):
        allowed = _allowed(rule, sheet, package, calculator)
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


def _allowed(rule: Element, sheet: str, package: Package, calculator: Calculator) -> set[str] | None:
    """The list's entries, folded; None where they can't be told."""
    first = rule.first("formula1")
    inner = first.first("f") if first is not None else None
    text = (inner.text if inner is not None else first.text if first is not None else "").strip()
    if text.startswith('"') and text.endswith('"'):
        return {fold(entry) for entry in text[1:-1].split(",")}
    text = package.defined_names.get(text, text)
    found = list(references(text))
    if len(found) != 1 or found[0].text() != text.lstrip("="):
        return None
    last = found[0].last or found[0].first
    top, left, bottom, right = found[0].first.row, found[0].first.col, last.row, last.col
    name = found[0].sheet or sheet
    if not (top and left and name in calculator.book) or (bottom - top + 1) * (right - left + 1) > _LONGEST:
        return None
    try:
        cells = [calculator.result(name, (row, col)) for row in range(top, bottom + 1) for col in range(left, right + 1)]
    except NotComputableError:
        return None
    return {fold(str(cell)) for cell in cells if cell is not None}


def _box(area: str) -> tuple[int, int, int, int] | None:
    try:
        return box(area)
    except ValueError:
        return None
