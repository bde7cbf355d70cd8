"""Change cells of an .xlsx in place, and take the clock out of files that libraries wrote.

For correction copies and for filling forms of others: saving through a library would drop sparklines,
text boxes and extended formats. All parts but the changed sheets keep their bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from kinerja_xl.package.address import coordinates
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.book import CONTENT_TYPES, Package, relations, relations_path
from kinerja_xl.package.markup import Element, as_utf8, tree
from kinerja_xl.package.sheetpatch import patch_sheet
from kinerja_xl.package.values import CellValue, tag

_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")  # schema order in workbook.xml


def patch(data: bytes, changes: Mapping[tuple[str, str], CellValue], *, recalculate: bool = False) -> bytes:
    """The file with cells changed: ``{("RAB", "H12"): Decimal(2500)}``.

    Text becomes an inline string, None blanks the cell; its format stays (a new cell takes its row's or
    column's). When a formula comes or goes the calculation chain is dropped: Excel makes a new one.
    Results of other formulas stay as they were; ``recalculate`` asks Excel to compute all on opening.
    The heading cells of an Excel table must keep their text: the table part repeats it.

    Raises PackageError (unknown sheet, broken file, cell of an array formula), ValueError (no address,
    no writable value).
    """
    package = Package.open(data)
    sheets = {sheet.name: sheet.path for sheet in package.sheets}
    by_path: dict[str, dict[tuple[int, int], CellValue]] = {}
    for (name, cell), value in changes.items():
        if name not in sheets:
            raise PackageError(f"lembar {name} tidak ada")
        by_path.setdefault(sheets[name], {})[coordinates(cell)] = value
    changed, dropped, formulas = {}, [], False
    for path, cells in by_path.items():
        changed[path], touched = patch_sheet(as_utf8(package.part(path), path), path, cells)
        formulas |= touched
    if formulas:
        dropped = _drop_calc_chain(package, changed)
    if recalculate:
        path = package.workbook_path
        changed[path] = _full_calculation(as_utf8(package.part(path), path), path)
    return package.archive.rewrite(changed, dropped)


def normalise(data: bytes, when: datetime) -> bytes:
    """The same .xlsx or .docx as if written at ``when`` (UTC unless it says otherwise): no other time in it.

    ``docProps/core.xml`` says ``when`` as created and modified; the zip carries no times. Raises PackageError.
    """
    archive = Archive.open(data)
    moment = when.astimezone(UTC) if when.tzinfo else when
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = next((r.path for r in relations(archive, "") if r.kind == "core-properties"), "docProps/core.xml")
    changed = {}
    if core in archive:
        content = as_utf8(archive.read(core), core)
        times = [e for e in tree(content, core).children if e.name in ("created", "modified")]
        changed[core] = _replaced(content, ((e, tag(e.prefix, e.name, e.attrs, stamp)) for e in times))
    return archive.rewrite(changed, timeless=True)


def _drop_calc_chain(package: Package, changed: dict[str, bytes]) -> list[str]:
    """Take the calculation chain out of relationships and content types; the paths of the parts to drop."""
    archive, workbook = package.archive, package.workbook_path
    chains = [r for r in relations(archive, workbook) if r.kind == "calcChain"]
    if not chains:
        return []
    ids = {chain.id for chain in chains}
    names = {"/" + chain.path.lower() for chain in chains}
    for path, unwanted in (
        (relations_path(workbook), lambda e: e.attrs.get("Id") in ids),
        (CONTENT_TYPES, lambda e: e.attrs.get("PartName", "").lower() in names),
    ):
        changed[path] = _without(as_utf8(archive.read(path), path), path, unwanted)
    return [chain.path for chain in chains]


def _without(data: bytes, path: str, unwanted: Callable[[Element], bool]) -> bytes:
    return _replaced(data, ((element, b"") for element in tree(data, path).children if unwanted(element)))


def _replaced(data: bytes, edits: Iterable[tuple[Element, bytes]]) -> bytes:
    """``data`` with whole elements exchanged; from the end, so that earlier offsets stay true."""
    for element, new in sorted(edits, key=lambda edit: -edit[0].start):
        data = data[: element.start] + new + data[element.end :]
    return data


def _full_calculation(data: bytes, path: str) -> bytes:
    root = tree(data, path)
    calc = root.first("calcPr")
    if calc is not None:
        return _replaced(data, [(calc, tag(calc.prefix, "calcPr", calc.attrs | {"fullCalcOnLoad": "1"}))])
    at = max(element.end for element in root.children if element.name in _BEFORE_CALC)
    return data[:at] + tag(root.prefix, "calcPr", {"fullCalcOnLoad": "1"}) + data[at:]
