"""The gate before any reader: is this file an .xlsx that can be read safely?

Readers trust their input: a giant merged range exhausts openpyxl's memory, a stray cell in the last
corner aborts the whole process in calamine, strict OOXML reads as no sheets and no error. So the kind of
the file, its zip directory, every XML part's prolog and every worksheet are judged here first. A file
gets one sentence, the first that applies; what it says is never raised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kinerja_xl.findings import Finding
from kinerja_xl.package import (
    Archive,
    BombError,
    DoctypeError,
    Package,
    PackageError,
    SheetScan,
    TooManyCellsError,
    address,
    refuse_doctype,
)
from kinerja_xl.reading.kind import Kind, kind_of_bytes, kind_of_zip

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is still read. A unit's form holds some 10,000 cells in 200 KiB; these leave room for misuse."""

    file_bytes: int = 50 * MIB
    inflated_bytes: int = 500 * MIB  # all parts together, as declared
    part_ratio: int = 100  # inflated : packed of one part; blank formatted rows reach 15
    ratio_floor: int = 8 * MIB  # smaller parts may have any ratio
    entries: int = 5_000  # parts in the zip
    merged_cells: int = 200_000  # in all merged ranges of one sheet: each costs openpyxl an object
    cells: int = 2_000_000  # in the book, blank formatted ones included
    dense_cells: int = 1_000_000  # rows × columns up to the last cell that a dense reader may allocate


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A file that may be read. ``scans`` by sheet name.

    ``stray``: some sheet's extent is so large that a dense reader (calamine) must not touch the file.
    """

    package: Package
    scans: Mapping[str, SheetScan]
    sha256: str
    stray: bool
    notes: tuple[Finding, ...] = ()


Unread = Callable[[Package], Collection[str]]


def _all_read(package: Package) -> Collection[str]:
    return ()


def inspect(data: bytes, name: str, limits: Limits | None = None, unread: Unread = _all_read) -> Passed | Finding:
    """Judge the bytes of a file called ``name``: Passed, or the one catatan that says why not.

    ``unread`` names the sheets that nobody is going to open: they are not looked into, and have no scan.
    Never raises. Codes B101 to B111 and B113; B116 (macros) comes as a note of a file that passed.
    """
    try:
        return judge(data, name, limits or Limits(), unread)
    except Exception:
        # The last resort, so that one file never stops the others: what nobody foresaw is a damaged file.
        # Tests call judge() and see the exception.
        return Finding(code="B102", file=name, args={"rincian": "susunan isinya tidak dikenali"})


def judge(data: bytes, name: str, limits: Limits, unread: Unread = _all_read) -> Passed | Finding:
    """``inspect`` without its last resort."""
    refused = _outside(data, name, limits)
    if refused:
        return refused
    try:
        archive = Archive.open(data)
        refused = _directory(archive, name, limits)
        return refused or _inside(archive, name, limits, unread)
    except DoctypeError as found:
        return _finding("B108", name, found.reason)
    except BombError as found:
        return _finding("B107", name, found.reason)
    except PackageError as found:
        return _finding("B102", name, found.reason)


def _finding(code: str, name: str, rincian: str = "", sheet: str = "") -> Finding:
    args = MappingProxyType({"rincian": rincian} if rincian else {})
    return Finding(code=code, file=name, sheet=sheet, args=args)


def _outside(data: bytes, name: str, limits: Limits) -> Finding | None:
    """What shows without opening the zip."""
    if not data:
        return _finding("B101", name)
    kind = kind_of_bytes(data)
    if kind.code:
        return _finding(kind.code, name, kind.rincian)
    if len(data) > limits.file_bytes:
        return _finding("B110", name, _size(len(data)))
    if data.count(b"PK\x01\x02") > limits.entries:  # a count of bytes, before anybody builds the list
        return _finding("B107", name, f"lebih dari {_thousands(limits.entries)} bagian")
    return None


def _directory(archive: Archive, name: str, limits: Limits) -> Finding | None:
    """What the zip's directory says, before anything is inflated."""
    if archive.encrypted:
        return _finding("B103", name)
    kind: Kind = kind_of_zip(archive)
    if kind.code:
        return _finding(kind.code, name, kind.rincian)
    total = sum(entry.file_size for entry in archive.entries)
    if total > limits.inflated_bytes:
        return _finding("B107", name, f"dari {_size(len(archive.data))} menjadi {_size(total)}")
    for entry in archive.entries:
        if entry.file_size > max(limits.ratio_floor, limits.part_ratio * entry.compress_size):
            rincian = f"{entry.filename} dari {_size(entry.compress_size)} menjadi {_size(entry.file_size)}"
            return _finding("B107", name, rincian)
    return None


def _inside(archive: Archive, name: str, limits: Limits, unread: Unread) -> Passed | Finding:
    """What the parts hold. Raises PackageError and its kin for ``judge`` to name."""
    package = Package.of(archive)
    if package.strict:
        return _finding("B106", name)
    sheet_paths = {sheet.path.lower() for sheet in package.sheets}
    for path in archive.index:
        if path.endswith((".xml", ".rels", ".vml")) and path not in sheet_paths:
            refuse_doctype(archive.read(path), path)
    scans: dict[str, SheetScan] = {}
    left = limits.cells
    skipped = unread(package)
    for sheet in package.sheets:
        if sheet.name in skipped:
            continue
        try:
            scan = package.scan(sheet, max_cells=left)
        except TooManyCellsError:
            return _finding("B113", name, f"lebih dari {_thousands(left)}", sheet.name)
        merged = _giant_merge(scan, limits)
        if merged:
            return _finding("B109", name, merged, sheet.name)
        left -= scan.cell_count
        scans[sheet.name] = scan
    return Passed(
        package=package,
        scans=MappingProxyType(scans),
        sha256=hashlib.sha256(archive.data).hexdigest(),
        stray=any(scan.max_row * scan.max_col > limits.dense_cells for scan in scans.values()),
        notes=(_finding("B116", name),) if package.has_macros else (),
    )


def _giant_merge(scan: SheetScan, limits: Limits) -> str:
    """The largest merged range as an address when the sheet's merges are too much, else ""."""
    areas = [((r2 - r1 + 1) * (c2 - c1 + 1), (r1, c1, r2, c2)) for r1, c1, r2, c2 in scan.merged]
    if sum(area for area, _ in areas) <= limits.merged_cells:
        return ""
    r1, c1, r2, c2 = max(areas)[1]
    return f"{address(r1, c1)}:{address(r2, c2)}"


def _size(count: int) -> str:
    return f"{count / MIB:.0f} MB" if count >= MIB else f"{count / 1024:.0f} KB"


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")
