"""Any file by its content, not its name → grids, or the one catatan that says why it can't be read.

An .xlsx goes through the house's gate and reader; .xls, .xlsb and .ods are read by a process of their own, because
their reader may take a whole process down; a web page, text or XML named .xls gives its tables. Macros are never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.package import Archive, PackageError, repack
from kinerja_xl.reading.cells import CellsError, read_cells
from kinerja_xl.reading.gate import ARCHIVES, OTHER_BOOKS, TEXT, XML_2003, Limits, Passed, inspect
from kinerja_xl.reading.old.apart import OldFormatError, read_apart
from kinerja_xl.reading.plain import html_grids, separated_grids, xml_grids

_MANGLED = b"\xef\xbf\xbd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a file gave: its grids, or ``refused``. ``form``: xlsx, xls, xlsb, ods, fods, html, teks or xml2003;
    "" when refused."""

    file: str
    form: str = ""
    grids: tuple[CellSheet, ...] = ()
    refused: Finding | None = None
    notes: tuple[Finding, ...] = ()
    pictures: int = 0


def read_source(data: bytes, file: str) -> Source:
    """Read any file called ``file`` (a name, without folder). Never raises; never changes anything."""
    early = _early(data, file)
    if early is not None:
        return Source(file=file, refused=early)
    data = _without_preface(data)
    passed = inspect(data, file)
    if isinstance(passed, Passed):
        return _xlsx(file, passed)
    what = str(passed.args.get("rincian", ""))
    form = _other_form(passed.code, what)
    if form and (too_large := _too_large(data)):
        return Source(file=file, refused=Finding(code="B110", file=file, args={"rincian": too_large}))
    if form in _TEXTS:
        return _text(data, file, form)
    if form:
        return _apart(_as_zip(data) if form == "fods" else data, file, form)
    if passed.code == "B111":
        return Source(file=file, refused=passed.at(code="L108" if what in ARCHIVES else "L104"))
    return Source(file=file, refused=passed)


def _without_preface(data: bytes) -> bytes:
    """A workbook behind what a web application printed before it: a byte order mark, blank lines, a PHP notice."""
    at = data.find(b"PK\x03\x04", 0, 8192)
    if at > 0 and not re.search(rb"[\x00-\x08\x0e-\x1f]", data[:at]):
        return data[at:]
    return data


def _early(data: bytes, file: str) -> Finding | None:
    """Files that are no workbook at all, known before any zip is opened."""
    name = PurePath(file).name
    if name.startswith(("~$", ".~lock.")) or _is_owner_file(data):
        return Finding(code="L102", file=file)
    if _is_mangled(data):
        return Finding(code="L103", file=file)
    return None


def _is_owner_file(data: bytes) -> bool:
    """Excel's owner file: 162 or 165 bytes, the length of the user's name, the name, blanks."""
    return (
        100 < len(data) < 200
        and 0 < data[0] <= 54
        and not data.startswith(b"PK")
        and data[1 : 1 + data[0]].isascii()
        and (b"\x20\x00\x20\x00\x20\x00" in data or b"\x20\x20\x20\x20\x20\x20" in data)
    )


def _is_mangled(data: bytes) -> bool:
    """A binary file that some program passed on as UTF-8 text: what was no text became U+FFFD."""
    head = data[:65536]
    binary = data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or b"\x11\xe0" in data[:16]
    return binary and head.count(_MANGLED) * 3 > len(head) // 20


def _xlsx(file: str, passed: Passed) -> Source:
    try:
        grids = tuple(read_cells(passed))
    except CellsError as error:
        return Source(file=file, refused=Finding(code="B102", file=file, args={"rincian": str(error)}))
    pictures = sum(path.startswith("xl/media/") for path in passed.package.archive.index)
    return Source(file=file, form="xlsx", grids=grids, notes=passed.notes, pictures=pictures)


def _other_form(code: str, what: str) -> str:
    """Which other format a file has, by the gate's answer; "" when none that can be read."""
    return "html" if code == "B105" else "teks" if what == TEXT else OTHER_BOOKS.get(what, "")


_TEXTS: Mapping[str, tuple[Callable[[bytes], list[CellSheet]], str]] = {
    "html": (html_grids, "halaman web tanpa tabel, misalnya halaman masuk atau pesan galat aplikasi"),
    "teks": (separated_grids, "berkas teks tanpa kolom"),
    "xml2003": (xml_grids, XML_2003 + " yang rusak"),
}
"""Formats written as text: how their tables are read, and what a file is in which there is none."""


def _text(data: bytes, file: str, form: str) -> Source:
    read, otherwise = _TEXTS[form]
    try:
        grids = tuple(read(data))
    except ValueError:
        grids = ()
    if not grids:
        return Source(file=file, refused=Finding(code="L104", file=file, args={"rincian": otherwise}))
    return Source(file=file, form=form, grids=grids)


def _as_zip(data: bytes) -> bytes:
    """A flat OpenDocument file as the package that its reader knows: the same XML and a manifest."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    return repack({"mimetype": mime.encode(), "content.xml": data, "META-INF/manifest.xml": manifest.encode()})


def _apart(data: bytes, file: str, form: str) -> Source:
    """Read in a process of its own; every way to fail is one sentence."""
    try:
        return Source(file=file, form=form, grids=tuple(read_apart(data, "ods" if form == "fods" else form)))
    except OldFormatError as error:
        args = {"bentuk": form} | ({"rincian": error.reason} if error.reason else {})
        return Source(file=file, refused=Finding(code=error.code, file=file, args=args))


def _too_large(data: bytes) -> str:
    limits = Limits()
    if data.startswith(b"PK"):
        try:
            total = sum(entry.file_size for entry in Archive.open(data).entries)
        except PackageError:
            return ""
        return f"{total // (1 << 20)} MB sesudah dibuka" if total > limits.inflated_bytes else ""
    return f"{len(data) // (1 << 20)} MB" if len(data) > limits.file_bytes else ""
