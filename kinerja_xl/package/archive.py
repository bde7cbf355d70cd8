"""The zip around an .xlsx: its directory, bounded inflating of one part, deterministic writing.

Parts are inflated here and not through ``zipfile.read`` because the directory of a hostile file lies:
a part is never inflated further than the size it declares, plus one byte to notice the lie.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kinerja_xl.package.deflate import DamagedError, check_sum, deflated, inflated

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_SMALL, _MANY = 1 << 18, 64
"""Bytes of a part that is kept once it was inflated, and so many of them at most."""
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: "no time"


class PackageError(Exception):
    """The package can't be read or changed; ``reason`` is a short Indonesian fact for staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BombError(PackageError):
    """A part inflates to more than its directory entry declares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The parts of one zip. ``entries``: directory in file order; ``index``: lower-case path → entry.

    Part names compare without case and with either slash, as the package convention (OPC) asks and as
    some writers make necessary.
    """

    data: bytes
    entries: tuple[zipfile.ZipInfo, ...]
    index: Mapping[str, zipfile.ZipInfo]
    _small: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """Parts that were read and that several readers ask for: relations, names, texts, styles."""

    @classmethod
    def open(cls, data: bytes) -> Archive:
        """Read the directory only. Raises PackageError when it is missing, damaged or ambiguous."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as zipped:
                entries = tuple(zipped.infolist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error) as bad:
            raise PackageError("daftar isi berkas tidak lengkap") from bad
        index = {_key(entry.filename): entry for entry in entries}
        if len(index) != len(entries):
            # Readers disagree about which of two equal names is the real one.
            raise PackageError("ada bagian yang tercantum dua kali")
        return cls(data=data, entries=entries, index=index)

    def __contains__(self, path: str) -> bool:
        return _key(path) in self.index

    @property
    def encrypted(self) -> bool:
        """Some part is locked with a zip password."""
        return any(entry.flag_bits & _ENCRYPTED for entry in self.entries)

    def read(self, path: str) -> bytes:
        """The inflated bytes of one part. Raises PackageError (missing, truncated, bad CRC) or BombError."""
        key = _key(path)
        if key in self._small:
            return self._small[key]
        entry = self.index.get(key)
        if entry is None:
            raise PackageError(f"bagian {path} tidak ada")
        raw = self.raw(entry)
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            content = _inflate(raw, entry)
        elif entry.compress_type == zipfile.ZIP_STORED:
            content = bytes(raw)
        else:
            raise PackageError(f"bagian {path} dimampatkan dengan cara yang tidak dikenal")
        if len(content) != entry.file_size or check_sum(content) != entry.CRC:
            raise PackageError(f"bagian {path} rusak")
        if len(content) <= _SMALL and len(self._small) < _MANY and "/worksheets/sheet" not in key:
            self._small[key] = content
        return content

    def raw(self, entry: zipfile.ZipInfo) -> memoryview:
        """The bytes of a part as they stand in the zip, still compressed."""
        start = entry.header_offset
        header = self.data[start : start + _LOCAL.size]
        if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
            raise PackageError(f"bagian {entry.filename} terpotong")
        *_, name, extra = _LOCAL.unpack(header)
        start += _LOCAL.size + name + extra
        raw = memoryview(self.data)[start : start + entry.compress_size]
        if len(raw) != entry.compress_size:
            raise PackageError(f"bagian {entry.filename} terpotong")
        return raw

    def rewrite(
        self, changed: Mapping[str, bytes], dropped: Iterable[str] = (), added: Mapping[str, bytes] | None = None,
        *, timeless: bool = False,
    ) -> bytes:  # fmt: skip
        """The same zip with some parts replaced or dropped, ``added`` ones at its end; every other part is copied as it stands.

        Raises PackageError when a part to copy is truncated. ``timeless`` sets every time stamp to 1980, as those of added parts.
        """
        new = {_key(path): content for path, content in changed.items()}
        gone = {_key(path) for path in dropped}
        records = []
        for entry in self.entries:
            key = _key(entry.filename)
            if key in gone:
                continue
            time = _EPOCH if timeless else entry.date_time
            if key in new:
                records.append(_packed(entry.filename, new[key], time))
            else:
                records.append(_copied(entry, self.raw(entry), time))
        records.extend(_packed(path, content, _EPOCH) for path, content in (added or {}).items())
        return _write(records)


def repack(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes | Iterable[bytes]]]) -> bytes:
    """A zip of these parts, in this order, without times or system marks: same parts, same bytes. A part may come in pieces."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    return _write([_packed(path, content, _EPOCH) for path, content in pairs])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    size: int
    raw: bytes | memoryview


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def _inflate(raw: memoryview, entry: zipfile.ZipInfo) -> bytes:
    try:
        content = inflated(raw, entry.file_size + 1)
    except DamagedError as bad:
        raise PackageError(f"bagian {entry.filename} rusak") from bad
    if len(content) > entry.file_size:
        raise BombError(f"{entry.filename} lebih besar daripada yang dinyatakan")
    return content


def _dos(time: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _packed(path: str, content: bytes | Iterable[bytes], stamp: tuple[int, int, int, int, int, int]) -> _Record:
    raw, size, crc = deflated((content,) if isinstance(content, bytes) else content)
    time, date = _dos(stamp)
    return _Record(
        name=path.encode(), flags=0 if path.isascii() else _UTF8_NAME, method=zipfile.ZIP_DEFLATED,
        time=time, date=date, crc=crc, size=size, raw=raw,
    )  # fmt: skip


def _copied(entry: zipfile.ZipInfo, raw: memoryview, stamp: tuple[int, int, int, int, int, int]) -> _Record:
    utf8 = entry.flag_bits & _UTF8_NAME
    time, date = _dos(stamp)
    return _Record(
        name=entry.orig_filename.encode("utf-8" if utf8 else "cp437"), flags=entry.flag_bits & (_UTF8_NAME | 0x6),
        method=entry.compress_type, time=time, date=date, crc=entry.CRC, size=entry.file_size, raw=raw,
    )  # fmt: skip


def _write(records: list[_Record]) -> bytes:
    pieces: list[bytes | memoryview] = []
    directory, at = bytearray(), 0
    for r in records:
        common = (r.flags, r.method, r.time, r.date, r.crc, len(r.raw), r.size, len(r.name), 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, 0, 0, 0, 0, at) + r.name
        head = _LOCAL.pack(b"PK\x03\x04", 20, *common) + r.name
        pieces += head, r.raw
        at += len(head) + len(r.raw)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(records), len(records), len(directory), at, 0)
    return b"".join((*pieces, directory, end))
