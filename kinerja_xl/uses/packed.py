"""Many small records in a few files of one folder: opening a file for each costs more than all else that is done to keep it.

Nothing rests on a file being whole. Each record proves itself by a digest of its name and its bytes; one that is damaged, torn or
stands under another name is not there. A file is named by what is in it and never changed, so that two runs at once write either
the same bytes or two files, of which the next run leaves one.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from struct import Struct
from struct import error as Damaged
from typing import NamedTuple

FULL = 1 << 19
"""Bytes of new records from which on they are written: so many are held, and lost where a run is killed."""
_COUNT, _ENTRY, _DIGEST = Struct("<I"), Struct("<64sI"), 32


class _Part(NamedTuple):
    path: Path
    start: int
    size: int


class Packed:
    """The records of a folder by name (64 letters); that one can't be read or written stops nothing."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._asked = set[str]()
        self._new: dict[str, bytes] = {}
        self._held: tuple[Path, bytes] = place, b""

    @cached_property
    def _files(self) -> dict[Path, dict[str, _Part]]:
        """What each file says that it holds."""
        with suppress(OSError):
            return {path: _listed(path) for path in sorted(self._place.iterdir())}
        return {}

    @cached_property
    def _parts(self) -> dict[str, _Part]:
        return {name: part for parts in self._files.values() for name, part in parts.items()}

    def get(self, name: str) -> bytes | None:
        """The record of this name, where it is there as it was put."""
        self._asked.add(name)
        data = self._new.get(name) or self._stored(name)
        whole = data[:_DIGEST] == sha256(name.encode() + data[_DIGEST:]).digest()
        return data[_DIGEST:] if whole else None

    def put(self, name: str, data: bytes) -> None:
        """Keep a record that was asked for."""
        self._add(name, sha256(name.encode() + data).digest() + data)

    def close(self) -> None:
        """Write what is new. Away with what nobody asked for, with files of which no more than half is wanted, and with small
        ones where there is something to put their records beside."""
        gone = []
        for path, parts in self._files.items() if self._asked else ():
            asked = self._asked - self._new.keys()  # a new one stands in the place of one that was not believed
            wanted = [name for name, part in parts.items() if name in asked and self._parts[name] == part]
            small = sum(part.size for part in parts.values()) < FULL // 2
            if len(wanted) * 2 <= len(parts) or small and self._new:
                gone.append(path)
                for name in wanted:
                    self._add(name, self._stored(name))
        self._write()
        for path in gone:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _stored(self, name: str) -> bytes:
        part = self._parts.get(name)
        if part and self._held[0] != part.path:
            with suppress(OSError):
                self._held = part.path, part.path.read_bytes()
        return self._held[1][part.start : part.start + part.size] if part else b""

    def _add(self, name: str, data: bytes) -> None:
        self._new[name] = data
        if sum(map(len, self._new.values())) >= FULL:
            self._write()

    def _write(self) -> None:
        """The new records as one file."""
        if not self._new:
            return
        head = [_COUNT.pack(len(self._new)), *(_ENTRY.pack(name.encode(), len(data)) for name, data in self._new.items())]
        whole = b"".join((*head, *self._new.values()))
        path = self._place / sha256(whole).hexdigest()
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(whole)
        self._parts.update(_entries(path, whole))
        self._new.clear()


def _listed(path: Path) -> dict[str, _Part]:
    with suppress(OSError, Damaged, UnicodeDecodeError):
        return _entries(path, path.read_bytes())
    return {}


def _entries(path: Path, whole: bytes) -> dict[str, _Part]:
    """The records of a file by name. Raises Damaged or UnicodeDecodeError where it is none of ours."""
    (count,) = _COUNT.unpack_from(whole)
    found, start = {}, _COUNT.size + count * _ENTRY.size
    for name, size in _ENTRY.iter_unpack(whole[_COUNT.size : start]):
        found[name.decode()] = _Part(path, start, size)
        start += size
    return found
