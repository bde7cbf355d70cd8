"""The package as a whole: which sheets, names and properties it declares; scans of its sheets.

Only the small parts are parsed when a package is opened; a worksheet is inflated when it is scanned and
not kept, since a thousand files are read in a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.brought import Brought, brought
from kinerja_xl.package.collect import CONDITIONS, SheetScan
from kinerja_xl.package.markup import Element, as_utf8, is_sound, is_utf8, tree
from kinerja_xl.package.related import Relation, by_id, one_of_a_kind, read_tree, relations
from kinerja_xl.package.scan import scan_sheet
from kinerja_xl.package.strict import STRICT, transitional

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """One worksheet, in the order of the tabs. ``state``: visible, hidden or veryHidden."""

    name: str
    path: str  # "xl/worksheets/sheet1.xml"
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened .xlsx. ``sheets`` holds worksheets only, no chart or dialog sheets.

    ``absent``: names of sheets that are listed, but whose part or relation is missing; ``unlisted``: the paths of worksheets
    that belong to the workbook and stand in no list.
    ``defined_names``: names of the book by name, names of one sheet by ``Sheet!name``; values without ``=``.
    ``properties``: the custom document properties as text.
    """
    archive: Archive
    workbook_path: str
    sheets: tuple[SheetPart, ...]
    defined_names: Mapping[str, str]
    properties: Mapping[str, str]
    date1904: bool
    brought: Brought
    absent: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open the bytes of a file. Raises PackageError (or DoctypeError) with a reason for staff."""
        return cls.of(Archive.open(data))

    @classmethod
    def of(cls, archive: Archive) -> Package:
        """The same for a zip whose directory was already read (and judged). Strict Open XML is opened as the usual kind."""
        top = tuple(relations(archive, ""))
        one_of_a_kind(archive, top)
        path = next((r.path for r in top if r.kind == "officeDocument"), "xl/workbook.xml")
        for needed in (CONTENT_TYPES, path):
            if needed not in archive:
                raise PackageError(f"bagian {needed} tidak ada")
        workbook = read_tree(archive, path)
        if workbook.name != "workbook":
            raise PackageError(f"bagian {path} bukan buku kerja")
        if any(uri.startswith(STRICT) for uri in workbook.attrs.values()) or any(r.strict for r in top):
            return cls.of(transitional(archive))
        parts = by_id(relations(archive, path))
        one_of_a_kind(archive, parts.values())
        settings = workbook.first("workbookPr")
        sheets, absent = _sheets(archive, workbook, parts)
        return cls(
            archive=archive,
            workbook_path=path,
            sheets=sheets,
            absent=absent,
            unlisted=_unlisted(archive, parts.values(), sheets),
            defined_names=_defined_names(workbook),
            properties=_properties(archive, top),
            date1904=settings is not None and settings.attrs.get("date1904") in ("1", "true"),
            brought=brought(archive),
        )

    has_macros = property(lambda self: bool(self.brought.macros))
    external_links = property(lambda self: bool(self.brought.books))  # to other workbooks

    def path(self, sheet: str) -> str:
        """The part of the worksheet of this name. Raises PackageError when there is none."""
        for one in self.sheets:
            if one.name == sheet:
                return one.path
        raise PackageError(f"lembar {sheet} tidak ada")

    def part(self, path: str) -> bytes:
        """The bytes of any part. Raises PackageError when it is missing or damaged."""
        return self.archive.read(path)

    def scan(self, sheet: SheetPart, *, max_cells: int | None = None, alike: bool = False) -> SheetScan:
        """Scan one sheet: formulas, errors, merges, hidden rows, extent. ``alike``: one of many whose rows look the same.

        Raises PackageError (damaged), DoctypeError, TooManyCellsError (more than ``max_cells``).
        """
        scan = scan_sheet(self.part(sheet.path), sheet.path, max_cells=max_cells, alike=alike)
        # A filter hides rows; so only then is it worth opening the tables, which carry filters of their own.
        if scan.hidden_rows and not scan.filtered and self._table_filtered(sheet):
            return replace(scan, filtered=True)
        return scan

    def lacks(self, sheet: SheetPart, *, links_only: bool = False) -> bool:
        """Whether a sheet, without a scan of it, is sound and certainly holds no formula; ``links_only``: none that names
        another file. Raises PackageError when it is missing."""
        data = self.part(sheet.path)
        marks = (b"[", b"&#") if links_only else (b"<f", b":f")
        return is_utf8(data) and not any(mark in data for mark in marks) and is_sound(data)

    def _table_filtered(self, sheet: SheetPart) -> bool:
        for relation in relations(self.archive, sheet.path):
            if relation.kind == "table" and relation.path in self.archive:
                data = self.archive.read(relation.path)
                if is_utf8(data) and b"filterColumn" not in data:
                    continue
                auto = tree(as_utf8(data, relation.path), relation.path, offsets=False).first("autoFilter")
                columns = auto.named("filterColumn") if auto else ()
                if any(child.name in CONDITIONS for column in columns for child in column.children):
                    return True
        return False


def _unlisted(archive: Archive, related: Iterable[Relation], sheets: Collection[SheetPart]) -> tuple[str, ...]:
    known = {sheet.path.lower() for sheet in sheets}
    return tuple(one.path for one in related if one.kind == "worksheet" and one.path in archive and one.path.lower() not in known)


def _sheets(archive: Archive, workbook: Element, parts: Mapping[str, Relation]) -> tuple[tuple[SheetPart, ...], tuple[str, ...]]:
    """The worksheets, and the names of those that are nowhere: one missing part never refuses the others."""
    found: dict[str, SheetPart] = {}
    absent: list[str] = []
    for sheet in workbook.within("sheets", "sheet"):
        name = sheet.attrs.get("name", "")
        relation = parts.get(sheet.attr("id") or "")
        if relation is None or (relation.kind == "worksheet" and relation.path not in archive):
            absent.append(name)
        elif relation.kind == "worksheet":
            if name in found:
                raise PackageError(f"ada dua lembar bernama {name}")
            found[name] = SheetPart(name=name, path=relation.path, state=sheet.attrs.get("state", "visible"))
    if absent and not found:
        raise PackageError(f"lembar {absent[0]} tidak ada isinya")
    return tuple(found.values()), tuple(absent)


def _defined_names(workbook: Element) -> dict[str, str]:
    tabs = [sheet.attrs.get("name", "") for sheet in workbook.within("sheets", "sheet")]
    found: dict[str, str] = {}
    for entry in workbook.within("definedNames", "definedName"):
        name, local = entry.attrs.get("name", ""), entry.attrs.get("localSheetId", "")
        if local.isdecimal() and int(local) < len(tabs):
            name = f"{tabs[int(local)]}!{name}"
        found[name] = entry.text
    return found


def _properties(archive: Archive, top: tuple[Relation, ...]) -> dict[str, str]:
    path = next((r.path for r in top if r.kind == "custom-properties"), "docProps/custom.xml")
    if path not in archive:
        return {}
    listed = read_tree(archive, path).named("property")
    return {entry.attrs.get("name", ""): entry.children[0].text if entry.children else "" for entry in listed}
