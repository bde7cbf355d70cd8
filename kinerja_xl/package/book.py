"""The package as a whole: which sheets, names and properties it declares; scans of its sheets.

Only the small parts are parsed when a package is opened; a worksheet is inflated when it is scanned and
not kept, since a thousand files are read in a row.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kinerja_xl.formula.references import Place
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.collect import CONDITIONS, Collector, RawCell, SheetScan
from kinerja_xl.package.markup import Element, as_utf8, is_utf8, tree
from kinerja_xl.package.scan import scan_sheet

CONTENT_TYPES = "[Content_Types].xml"
_STRICT = "http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """One worksheet, in the order of the tabs. ``state``: visible, hidden or veryHidden."""

    name: str
    path: str  # "xl/worksheets/sheet1.xml"
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relationship of a part: ``kind`` is the last word of its type, ``path`` its resolved target."""

    id: str
    kind: str
    path: str
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened .xlsx. ``sheets`` holds worksheets only, no chart or dialog sheets.

    ``defined_names``: names of the book by name, names of one sheet by ``Sheet!name``; values without ``=``.
    ``properties``: the custom document properties as text.
    """

    archive: Archive
    workbook_path: str
    sheets: tuple[SheetPart, ...]
    defined_names: Mapping[str, str]
    properties: Mapping[str, str]
    date1904: bool
    has_macros: bool
    external_links: bool
    strict: bool

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open the bytes of a file. Raises PackageError (or DoctypeError) with a reason for staff."""
        return cls.of(Archive.open(data))

    @classmethod
    def of(cls, archive: Archive) -> Package:
        """The same for a zip whose directory was already read (and judged)."""
        if CONTENT_TYPES not in archive:
            raise PackageError(f"bagian {CONTENT_TYPES} tidak ada")
        top = tuple(relations(archive, ""))
        path = next((r.path for r in top if r.kind == "officeDocument"), "xl/workbook.xml")
        if path not in archive:
            raise PackageError(f"bagian {path} tidak ada")
        workbook = read_tree(archive, path)
        if workbook.name != "workbook":
            raise PackageError(f"bagian {path} bukan buku kerja")
        parts = {relation.id: relation for relation in relations(archive, path)}
        names = [name.lower() for name in archive.index]
        settings = workbook.first("workbookPr")
        return cls(
            archive=archive,
            workbook_path=path,
            sheets=_sheets(archive, workbook, parts),
            defined_names=_defined_names(workbook),
            properties=_properties(archive, top),
            date1904=settings is not None and settings.attrs.get("date1904") in ("1", "true"),
            has_macros=any(n.endswith("vbaproject.bin") or n.startswith("xl/macrosheets/") for n in names),
            external_links=any(n.startswith("xl/externallinks/") for n in names),
            strict=any(uri.startswith(_STRICT) for uri in workbook.attrs.values()) or any(r.strict for r in top),
        )

    def path(self, sheet: str) -> str:
        """The part of the worksheet of this name. Raises PackageError when there is none."""
        for one in self.sheets:
            if one.name == sheet:
                return one.path
        raise PackageError(f"lembar {sheet} tidak ada")

    def part(self, path: str) -> bytes:
        """The bytes of any part. Raises PackageError when it is missing or damaged."""
        return self.archive.read(path)

    def scan(self, sheet: SheetPart, *, max_cells: int | None = None) -> SheetScan:
        """Scan one sheet: formulas, errors, merges, hidden rows, extent.

        Raises PackageError (damaged), DoctypeError, TooManyCellsError (more than ``max_cells``).
        """
        scan = scan_sheet(self.part(sheet.path), sheet.path, max_cells=max_cells)
        # A filter hides rows; so only then is it worth opening the tables, which carry filters of their own.
        if scan.hidden_rows and not scan.filtered and self._table_filtered(sheet):
            return replace(scan, filtered=True)
        return scan

    def raw_cells(self, sheet: SheetPart) -> tuple[Mapping[Place, RawCell], Collection[Place]]:
        """The near cells with a value as they are written, and those of them that stand there twice and differ.

        Raises PackageError (damaged), DoctypeError.
        """
        seen = Collector(path=sheet.path, cells={})
        seen.read(self.part(sheet.path))
        return seen.cells or {}, seen.twice

    def part_of(self, kind: str) -> str:
        """The path of the workbook's part of a kind (``styles``, ``sharedStrings``); "" when it has none."""
        found = (r.path for r in relations(self.archive, self.workbook_path) if r.kind == kind)
        return next((path for path in found if path in self.archive), "")

    def texts(self) -> Sequence[str]:
        """The shared texts, without their formats and readings. Raises PackageError, DoctypeError."""
        path = self.part_of("sharedStrings")
        if not path:
            return ()
        return ["".join(t.text for t in _runs(item)) for item in read_tree(self.archive, path).named("si")]

    @property
    def plainly_shared(self) -> bool:
        """Whether the parts that all sheets use (texts, styles) are written so that every reader understands them."""
        for kind in ("sharedStrings", "styles"):
            path = self.part_of(kind)
            data = self.part(path) if path else b""
            if not is_utf8(data) and data or b"<!" in data or data.find(b"<?", 5) >= 0 or b"AlternateContent><si" in data:
                return False
        return True

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


def read_tree(archive: Archive, path: str) -> Element:
    """The parsed tree of a small part. Raises PackageError, DoctypeError."""
    return tree(as_utf8(archive.read(path), path), path, offsets=False)


def relations_path(path: str) -> str:
    """Where the relationships of a part are kept; of the whole package for ""."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(archive: Archive, path: str) -> Iterator[Relation]:
    """The relationships of a part to other parts (not to addresses outside); none when it has no such part."""
    source = relations_path(path)
    if source not in archive:
        return
    folder = posixpath.dirname(path)
    for element in read_tree(archive, source).named("Relationship"):
        if element.attrs.get("TargetMode") == "External":
            continue
        kind, target = element.attrs.get("Type", ""), element.attrs.get("Target", "").replace("\\", "/")
        yield Relation(
            id=element.attrs.get("Id", ""),
            kind=kind.rpartition("/")[2],
            path=posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/"),
            strict=kind.startswith(_STRICT),
        )


def _sheets(archive: Archive, workbook: Element, parts: Mapping[str, Relation]) -> tuple[SheetPart, ...]:
    found: list[SheetPart] = []
    listed = workbook.first("sheets")
    for sheet in listed.named("sheet") if listed else ():
        name = sheet.attrs.get("name", "")
        relation = parts.get(sheet.attr("id") or "")
        if relation is None:
            raise PackageError(f"lembar {name} tidak ada isinya")
        if relation.kind != "worksheet":
            continue
        if relation.path not in archive:
            raise PackageError(f"bagian {relation.path} tidak ada")
        if any(name == other.name for other in found):
            raise PackageError(f"ada dua lembar bernama {name}")
        found.append(SheetPart(name=name, path=relation.path, state=sheet.attrs.get("state", "visible")))
    return tuple(found)


def _runs(item: Element) -> Iterator[Element]:
    """The texts of a shared text: its own and those of its runs, not the phonetic ones."""
    for child in item.children:
        if child.name == "t":
            yield child
        elif child.name == "r":
            yield from child.named("t")


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
