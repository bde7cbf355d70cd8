"""The results of a filled form's formulas: calculated where we can, taken away where only an office program can tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.checking.forensik.formula import Formula, Ref, read_formula
from kinerja_xl.filling.calc import CalcSheet, Calculator, NotComputableError, Value
from kinerja_xl.package import ErrorValue, Package
from kinerja_xl.package.insert_rows import Place, expanded, formulas, read_rows
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.results import with_results
from kinerja_xl.sheets.numbers import exact

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
