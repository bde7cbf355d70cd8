"""The office's logo: a picture file beside Kantor.xlsx, named there, that recap and letters carry in their letterhead."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import read_listed
from kinerja_xl.office.kantor import Office
from kinerja_xl.sheets.kantor import KANTOR, KANTOR_FORM

LARGEST = 2 * 2**20
"""Bytes: a photograph of several megabytes would make every letter as large."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that carry the picture's size (all starts of frame)."""
_SCAN = 0xDA


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG or JPEG with its size in pixels."""

    data: bytes
    width: int
    height: int

    def scaled(self, height: float) -> float:
        """The factor that makes it ``height`` pixels high."""
        return height / self.height


def picture(data: bytes) -> Picture | None:
    """The picture that these bytes are; None when they are neither PNG nor JPEG, hold no size, or are not whole: what Word
    and Excel would only find out after the letter is written."""
    size = _png_size(data) if data.startswith(_PNG) else _jpeg_size(data) if data.startswith(_JPEG) else None
    return Picture(data=data, width=size[0], height=size[1]) if size and min(size) > 0 else None


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG whose chunks are all there, each with its checksum."""
    place, kinds = len(_PNG), list[bytes]()
    while place + 12 <= len(data) and kinds[-1:] != [b"IEND"]:
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        if data[end : end + 4] != zlib.crc32(data[place + 4 : end]).to_bytes(4, "big"):
            return None
        kinds.append(data[place + 4 : place + 8])
        place = end + 4
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first start-of-frame segment of a JPEG that goes on to its picture and its end."""
    place, size = 2, None
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            size = size or (width, height)
        if data[place + 1] == _SCAN:
            return size if data.find(b"\xff\xd9", place) > 0 else None
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return None


def read_logo(folder: Path, office: Office) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of the logo that Kantor.xlsx names, b"" when it names none, with the catatan (G110) when it is no use.

    The file stands beside Kantor.xlsx: a name that leads elsewhere is refused like one that is missing.
    """
    name = office.logo
    if not name:
        return b"", ()
    path = folder / name
    if path.name != name or name in (".", ".."):
        return b"", (_trouble(office, "bukan nama berkas saja"),)
    data, trouble = read_listed(path)
    if trouble:
        return b"", (_trouble(office, "berkasnya tidak ada di samping Kantor.xlsx atau tidak dapat dibaca"),)
    if len(data) > LARGEST:
        return b"", (_trouble(office, f"lebih besar dari {LARGEST // 2**20} MB"),)
    return (data, ()) if picture(data) else (b"", (_trouble(office, "bukan gambar PNG atau JPEG yang utuh"),))


def _trouble(office: Office, why: str) -> Finding:
    field = next(f for f in KANTOR_FORM.fields if f.key == "logo")
    row = office.content.form("kantor") if office.content else None
    return Finding(
        code="G110", sheet=row.sheet if row else KANTOR.sheets[0].name, cell=row.cell("logo") if row else "",
        column=field.label, value=office.logo, args={"rincian": why},
    )  # fmt: skip
