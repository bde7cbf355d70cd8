"""What stands in the cells as it is written, and in the parts that all sheets share: for a reader that takes any spelling."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kinerja_xl.formula.references import Place
from kinerja_xl.package.book import Package, SheetPart
from kinerja_xl.package.collect import Collector, RawCell
from kinerja_xl.package.markup import Element, is_utf8
from kinerja_xl.package.related import read_tree, relations

_ODD = (b"<!", b"AlternateContent", b"extLst>")
"""What readers of shared parts take differently: comments and CDATA, alternatives, what stands only in an extension."""


def raw_cells(package: Package, sheet: SheetPart) -> tuple[Mapping[Place, RawCell], Collection[Place]]:
    """The near cells with a value as they are written, and those of them that stand there twice and differ.

    Raises PackageError (damaged), DoctypeError.
    """
    seen = Collector(path=sheet.path, cells={})
    seen.read(package.part(sheet.path))
    return seen.cells or {}, seen.twice


def part_of(package: Package, kind: str) -> str:
    """The path of the workbook's part of a kind (``styles``, ``sharedStrings``); "" when it has none."""
    found = (r.path for r in relations(package.archive, package.workbook_path) if r.kind == kind)
    return next((path for path in found if path in package.archive), "")


def shared_texts(package: Package) -> Sequence[str]:
    """The shared texts, without their formats and readings. Raises PackageError, DoctypeError."""
    path = part_of(package, "sharedStrings")
    if not path:
        return ()
    return ["".join(t.text for t in _runs(item)) for item in read_tree(package.archive, path).named("si")]


def plainly_shared(package: Package) -> bool:
    """Whether the parts that all sheets use (texts, styles) stand where every reader looks for them, and are written so that
    every reader understands them."""
    if package.workbook_path.lower() != "xl/workbook.xml":
        return False
    for kind in ("sharedStrings", "styles"):
        path = part_of(package, kind)
        if path.lower() != f"xl/{kind}.xml".lower() and (path or f"xl/{kind}.xml" in package.archive):
            return False
        data = package.part(path) if path else b""
        if not is_utf8(data) and data or data.find(b"<?", 5) >= 0 or any(odd in data for odd in _ODD):
            return False
    return True


def quoted(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def marked_tab(package: Package, mark: str) -> str:
    """The name of the sheet that carries this mark (a defined name pointing to it), "" without one."""
    target = package.defined_names.get(mark, "").rpartition("!")[0].replace("$", "")
    return next((sheet.name for sheet in package.sheets if target in (sheet.name, quoted(sheet.name))), "")


def _runs(item: Element) -> Iterator[Element]:
    """The texts of a shared text: its own and those of its runs, not the phonetic ones."""
    for child in item.children:
        if child.name == "t":
            yield child
        elif child.name == "r":
            yield from child.named("t")
