"""The results that formulas show: set where they are known, taken away where they are no longer true."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.book import Package
from kinerja_xl.package.draft import Draft, Edit, splice
from kinerja_xl.package.insert_rows import Place, read_rows
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.values import CellValue, Formula, cell_xml, tag


def with_results(data: bytes, results: Mapping[str, Mapping[Place, CellValue]]) -> bytes:
    """The file with other results in formula cells, by sheet and place; None: no result, a new calculation has to give it.

    The formulas stay as they are. Cells without a formula are left alone. Raises PackageError.
    """
    package = Package.open(data)
    paths = {sheet.name: sheet.path for sheet in package.sheets}
    draft = Draft(package.archive)
    for name, wanted in results.items():
        if name not in paths:
            raise PackageError(f"lembar {name} tidak ada")
        part = draft.read(paths[name])
        body = tree(part, paths[name]).first("sheetData")
        edits: list[Edit] = []
        for row in read_rows(body) if body else []:
            for col, cell in row.cells.items():
                formula = cell.first("f")
                if formula is not None and (row.number, col) in wanted:
                    edits.append(_cell(part, cell, formula, wanted[row.number, col]))
        draft.write(paths[name], splice(part, edits))
    return draft.data()


def _cell(part: bytes, cell: Element, formula: Element, value: CellValue) -> Edit:
    """The cell with its formula's own bytes and the new result."""
    attrs = {key: text for key, text in cell.attrs.items() if key != "t"}
    shown = cell_xml(cell.prefix, "A1", None, Formula("0", _plain(value)))
    made = tree(shown, "hasil")
    if kind := made.attrs.get("t"):
        attrs["t"] = kind
    result = made.first("v")
    body = part[formula.start : formula.end] + (shown[result.start : result.end] if result is not None else b"")
    return cell.start, cell.end, tag(cell.prefix, "c", attrs, body.decode())


def _plain(value: CellValue) -> str | int | float | Decimal | None:
    if isinstance(value, Formula):
        raise TypeError("a result is no formula")
    return value  # type: ignore[return-value]
