"""The gate before any reader: is this file an .xlsx that can be read safely?

Readers trust their input: a giant merged range exhausts openpyxl's memory, a stray cell in the last
corner aborts the whole process in calamine. So the kind of the file, its zip directory, every XML part's
prolog and every worksheet are judged here first. A file gets one sentence, the first that applies; what
it says is never raised.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kinerja_xl.catatan import Finding
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
from kinerja_xl.package.scan import scan_sheet

# ---- What kind of file the bytes are, whatever the name says: by their first bytes, then by the zip's parts ----

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # size of a directory entry; entries stand at multiples of it
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|font|title|script|br|b|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(r"^(?:MIME-Version:|Content-Type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE)
_XML_2003 = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_FLAT = re.compile(r"<office:document\b")
OLD_STREAM = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""The first record of an .xls without its container: Excel 2 to 4, and what small PHP functions still write."""
TEXT, XLS, XLSB, XML_2003 = "berkas teks atau CSV", "Excel lama .xls", "Excel biner .xlsb", "XML Spreadsheet 2003"
ODS, FLAT_ODS = "lembar kerja OpenDocument .ods", "OpenDocument datar .fods"
OTHER_BOOKS: Mapping[str, str] = {XLS: "xls", XLSB: "xlsb", ODS: "ods", FLAT_ODS: "fods", XML_2003: "xml2003"}
"""``Kind.rincian`` of workbooks that only have to be saved as .xlsx (B104), and the format."""
ARCHIVES = ("arsip RAR", "arsip 7z", "arsip gzip", "arsip ZIP biasa", "arsip ZIP kosong")
"""What ``Kind.rincian`` says of files that hold a table, or a workbook, after all."""
_MAGIC = (
    (b"%PDF", "dokumen PDF"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"SQLite format 3", "basis data"),
    (b"ID;P", "lembar SYLK lama"),
    (b"MZ", "program Windows"),
)
_ZIPS = (
    ("xl/workbook.bin", XLSB),
    ("word/document.xml", "dokumen Word .docx"),
    ("ppt/presentation.xml", "presentasi .pptx"),
    ("index/document.iwa", "dokumen Apple iWork"),
    ("index.zip", "dokumen Apple iWork"),
)
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
    b"application/vnd.oasis.opendocument.spreadsheet-template": ODS,
    b"application/vnd.oasis.opendocument.text": "dokumen OpenDocument .odt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The code that this kind of file gets ("" for a possible .xlsx) and what it is, for staff."""

    code: str = ""
    rincian: str = ""


def _kind(rincian: str) -> Kind:
    """A file that is no .xlsx: another workbook, or none."""
    return Kind(code="B104" if rincian in OTHER_BOOKS else "B111", rincian=rincian)


def kind_of_bytes(data: bytes) -> Kind:
    """Judge by the first bytes (and the directory of an OLE container); zips are left to ``kind_of_zip``."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind()
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(OLD_STREAM):
        return _kind(XLS)
    head = data[:_HEAD]
    if not head.strip(b"\0"):
        return Kind(code="B102", rincian="isinya hanya nol, biasanya akibat komputer mati saat menyimpan")
    for magic, rincian in _MAGIC:
        if head.startswith(magic):
            return _kind(rincian)
    return _text(head)


def _ole(data: bytes) -> Kind:
    if _has_stream(data, "EncryptedPackage"):
        return Kind(code="B103")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return _kind(XLS)
    if _has_stream(data, "WordDocument"):
        return Kind(code="B111", rincian="dokumen Word lama .doc")
    if _has_stream(data, "PowerPoint Document"):
        return Kind(code="B111", rincian="presentasi lama .ppt")
    directory, shift = (int.from_bytes(data[at : at + size], "little") for at, size in ((48, 4), (30, 2)))
    if (directory + 1) << min(shift, 12) >= len(data) >= _OLE_ENTRY:
        return Kind(code="B102", rincian="daftar isinya tidak ada lagi")
    return Kind(code="B111", rincian="berkas Office lama atau berkas lain dari Windows")


def _has_stream(data: bytes, name: str) -> bool:
    """A directory entry of this name, in whatever capitals: UTF-16, at an entry boundary, its length in bytes (with the
    final 0) at 64."""
    wanted = re.escape(name.encode("utf-16-le") + b"\0\0")
    return any(
        found.start() % _OLE_ENTRY == 0
        and int.from_bytes(data[found.start() + 64 : found.start() + 66], "little") == len(found[0])
        for found in re.finditer(wanted, data, re.IGNORECASE)
    )


def _text(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None:
        return Kind(code="B111", rincian="jenis berkas tidak dikenali")
    if _XML_2003.search(text):
        return _kind(XML_2003)
    if _HTML.match(text) or re.search(r"<(?:html|table)[\s>]", text, re.IGNORECASE):
        return Kind(code="B105")
    if _MHTML.search(text[:2048]):
        page = re.search(r"multipart/related|text/html", text, re.IGNORECASE)
        return Kind(code="B105") if page else Kind(code="B111", rincian="surel")
    return _kind(_written(text.lstrip()))


def _written(text: str) -> str:
    """What a text is that is no page and no report."""
    if _FLAT.search(text) and "opendocument.spreadsheet" in text:
        return FLAT_ODS
    if text.startswith("<"):
        return "berkas XML"
    return "berkas JSON" if re.match(r'\{\s*"|\[\s*\{', text) else TEXT


def _decoded(head: bytes) -> str | None:
    """The head as text; None when it is binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace").lstrip("\ufeff")
    # Text has no control characters besides these few; the office's old texts are in cp1252, not UTF-8.
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    return head.decode("utf-8", errors="replace").lstrip("\ufeff")


def kind_of_zip(archive: Archive) -> Kind:
    """Judge a zip by the parts it lists."""
    if "xl/workbook.xml" in archive:
        return Kind()
    for part, rincian in _ZIPS:
        if part in archive:
            return _kind(rincian)
    if "mimetype" in archive:
        mime = archive.read("mimetype")[:100].strip()
        return _kind(_OPENDOCUMENT.get(mime, "dokumen OpenDocument atau EPUB"))
    if "[Content_Types].xml" in archive:  # an Office file: the workbook may have another name, or be missing
        return Kind()
    return Kind(code="B111", rincian=ARCHIVES[3] if archive.entries else ARCHIVES[4])


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
    dense_cells: int = 1_000_000  # rows × columns up to the last cell that a dense reader may allocate for a sheet half empty


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


def all_sheets(package: Package) -> Collection[str]:
    """``unread`` of who asks only what a file says of itself."""
    return {sheet.name for sheet in package.sheets}


def inspect(data: bytes, name: str, limits: Limits | None = None, unread: Unread = _all_read) -> Passed | Finding:
    """Judge the bytes of a file called ``name``: Passed, or the one catatan that says why not.

    ``unread`` names the sheets that nobody is going to open: they are not looked into, and have no scan.
    Never raises. Codes B101 to B111 and B113; B116 (macros), B127 (what else it brings along), B122 (a sheet
    that is nowhere) and B123 (one that no list names) are notes of a file that passed.
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
    sheet_paths = {sheet.path.lower() for sheet in package.sheets}
    for path in archive.index:
        if path.endswith((".xml", ".rels", ".vml")) and path not in sheet_paths:
            refuse_doctype(archive.read(path), path)
    return _scanned(package, name, limits, unread(package))


def whole(passed: Passed, name: str) -> Passed | None:
    """The same file with the sheets looked into as well that ``unread`` left out; None where one of them is refused."""
    try:
        found = _scanned(passed.package, name, Limits(), known={**_alike(passed), **passed.scans})
    except Exception:  # whatever is wrong with it: what was read of the file stands
        return None
    return found if isinstance(found, Passed) else None


def _alike(passed: Passed) -> dict[str, SheetScan]:
    """Scans of what was handed out to be read, not to be filled in, and is the same in every form: small and without formulas."""
    left = ((sheet, passed.package.part(sheet.path)) for sheet in passed.package.sheets if sheet.name not in passed.scans)
    plain = {sheet.name: _known_scan(part, sheet.path) for sheet, part in left if len(part) < MIB and b"<f" not in part}
    return {name: scan for name, scan in plain.items() if not scan.hidden_rows}  # a table may have filtered them


_known_scan = lru_cache(maxsize=8)(scan_sheet)


def _scanned(
    package: Package, name: str, limits: Limits, skipped: Collection[str] = (),
    known: Mapping[str, SheetScan] = MappingProxyType({}),
) -> Passed | Finding:  # fmt: skip
    scans: dict[str, SheetScan] = {}
    left, form = limits.cells, bool(skipped)  # of what we handed out some sheets are only to be read: the others come again
    for sheet in package.sheets:
        if sheet.name in skipped:
            continue
        try:
            scan = known.get(sheet.name) or package.scan(sheet, max_cells=left, alike=form)
        except TooManyCellsError:
            return _finding("B113", name, f"lebih dari {_thousands(left)}", sheet.name)
        merged = _giant_merge(scan, limits)
        if merged:
            return _finding("B109", name, merged, sheet.name)
        left -= scan.cell_count
        scans[sheet.name] = scan
    return Passed(
        package=package, scans=MappingProxyType(scans), sha256=hashlib.sha256(package.archive.data).hexdigest(),
        stray=any(_scattered(scan, limits) for scan in scans.values()),
        notes=_notes(package, name),
    )  # fmt: skip


def _notes(package: Package, name: str) -> tuple[Finding, ...]:
    """What the file brings along that nobody runs here."""
    macros = (_finding("B116", name),) if package.has_macros else ()
    others = ", ".join(package.brought.others)
    more = (_finding("B127", name, others),) if others else ()
    unlisted = (_finding("B123", name, path) for path in package.unlisted)
    return (*macros, *more, *(_finding("B122", name, sheet=sheet) for sheet in package.absent), *unlisted)


def _scattered(scan: SheetScan, limits: Limits) -> bool:
    """Whether the rectangle up to the last cell is too large, and mostly empty."""
    return scan.max_row * scan.max_col > max(limits.dense_cells, 2 * scan.cell_count)


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
