"""What the form's own drop-down lists allow: values of ours that Excel would refuse when somebody types them are said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinerja_xl.filling.calc import Calculator, NotComputableError
from kinerja_xl.findings import Finding
from kinerja_xl.package import CellValue, Package, address
from kinerja_xl.package.address import box, coordinates
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.references import references
from kinerja_xl.sheets.values import fold

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
