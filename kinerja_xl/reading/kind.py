"""What kind of file the bytes are, whatever the name says: by their first bytes, then by the zip's parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_xl.package import Archive

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
TEXT, XML_2003, FLAT_ODS = "berkas teks atau CSV", "XML Spreadsheet 2003", "OpenDocument datar .fods"
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
    ("xl/workbook.bin", "buku kerja biner .xlsb"),
    ("word/document.xml", "dokumen Word .docx"),
    ("ppt/presentation.xml", "presentasi .pptx"),
    ("index/document.iwa", "dokumen Apple iWork"),
    ("index.zip", "dokumen Apple iWork"),
)
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "lembar kerja OpenDocument .ods",
    b"application/vnd.oasis.opendocument.text": "dokumen OpenDocument .odt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The code that this kind of file gets ("" for a possible .xlsx) and what it is, for staff."""

    code: str = ""
    rincian: str = ""


def kind_of_bytes(data: bytes) -> Kind:
    """Judge by the first bytes (and the directory of an OLE container); zips are left to ``kind_of_zip``."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind()
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(OLD_STREAM):
        return Kind(code="B104")
    head = data[:_HEAD]
    if not head.strip(b"\0"):
        return Kind(code="B102", rincian="isinya hanya nol, biasanya akibat komputer mati saat menyimpan")
    for magic, rincian in _MAGIC:
        if head.startswith(magic):
            return Kind(code="B111", rincian=rincian)
    return _text(head)


def _ole(data: bytes) -> Kind:
    if _has_stream(data, "EncryptedPackage"):
        return Kind(code="B103")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Kind(code="B104")
    if _has_stream(data, "WordDocument"):
        return Kind(code="B111", rincian="dokumen Word lama .doc")
    if _has_stream(data, "PowerPoint Document"):
        return Kind(code="B111", rincian="presentasi lama .ppt")
    directory, shift = (int.from_bytes(data[at : at + size], "little") for at, size in ((48, 4), (30, 2)))
    if (directory + 1) << min(shift, 12) >= len(data) >= _OLE_ENTRY:
        return Kind(code="B102", rincian="daftar isinya tidak ada lagi")
    return Kind(code="B111", rincian="berkas Office lama atau berkas lain dari Windows")


def _has_stream(data: bytes, name: str) -> bool:
    """A directory entry of this name: UTF-16, at an entry boundary, its length in bytes (with the final 0) at 64."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0:
        if at % _OLE_ENTRY == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == len(wanted):
            return True
        at = data.find(wanted, at + 1)
    return False


def _text(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None:
        return Kind(code="B111", rincian="jenis berkas tidak dikenali")
    if _XML_2003.search(text):
        return Kind(code="B111", rincian=XML_2003)
    if _HTML.match(text) or re.search(r"<(?:html|table)[\s>]", text, re.IGNORECASE):
        return Kind(code="B105")
    if _MHTML.search(text[:2048]):
        page = re.search(r"multipart/related|text/html", text, re.IGNORECASE)
        return Kind(code="B105") if page else Kind(code="B111", rincian="surel")
    return Kind(code="B111", rincian=_written(text.lstrip()))


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
            return Kind(code="B111", rincian=rincian)
    if "mimetype" in archive:
        mime = archive.read("mimetype")[:100].strip()
        return Kind(code="B111", rincian=_OPENDOCUMENT.get(mime, "dokumen OpenDocument atau EPUB"))
    if "[Content_Types].xml" in archive:  # an Office file: the workbook may have another name, or be missing
        return Kind()
    return Kind(code="B111", rincian=ARCHIVES[3] if archive.entries else ARCHIVES[4])
