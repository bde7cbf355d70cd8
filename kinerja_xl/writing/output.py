"""The one way a finished file reaches the disk: whole or not at all, never over a file that is open elsewhere."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

LAST_SIBLING = 99
"""Highest number tried for ``Rekap-2025 (n).xlsx``; beyond it the folder needs tidying, not another copy."""

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_BAD_NAME = {errno.EINVAL, errno.ENAMETOOLONG}


class OutputError(Exception):
    """The file could not be written; ``str(error)`` is an Indonesian sentence for staff, ``path`` the wanted file."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the bytes stand now; ``path`` differs from ``wanted`` when the wanted file was locked."""

    path: Path
    wanted: Path

    @property
    def sentence(self) -> str:
        """What staff have to know about another name; "" when the wanted name was used."""
        if self.path == self.wanted:
            return ""
        return (
            f"{self.wanted.name} sedang terbuka di Excel atau terkunci, sehingga hasil ditulis sebagai "
            f"{self.path.name}. Tutup {self.wanted.name} lalu ulangi bila ingin memakai nama semula."
        )


_SEEN: ContextVar[Callable[[Written], None]] = ContextVar("_SEEN", default=lambda written: None)


@contextmanager
def watched(seen: Callable[[Written], None]) -> Iterator[None]:
    """Within it ``seen`` is told of every file that reaches the disk."""
    token = _SEEN.set(seen)
    try:
        yield
    finally:
        _SEEN.reset(token)


def write_whole(target: Path, data: bytes, *, retries: int = 5, wait: float = 0.2) -> Written:
    """Put ``data`` at ``target``, or, when that file stays locked, at the next free sibling name.

    A replace refused because the target is open is tried again ``retries`` times, ``wait`` seconds apart: virus
    scanners and synchronised folders hold a file for a moment, Excel for as long as it shows it. A sibling that
    exists is never overwritten; one that already holds these bytes is taken as the result, so repeated runs do
    not pile up copies. An interrupted call leaves the old file as it was and nothing else.

    Raises OutputError when the folder is missing or not writable, the disk is full or the name can't be used.
    """
    try:
        if target.is_dir():
            raise OutputError(f"{target} adalah folder, bukan berkas. Pilih nama berkas lain.", target)
        with _temporary(target.parent, data) as temporary:
            there = _replace(temporary, target, retries, wait) or _holds(target, data)
            path = target if there else _place_sibling(temporary, target, data)
    except OSError as error:
        raise OutputError(_sentence(error, target), target) from error
    written = Written(path=path, wanted=target)
    _SEEN.get()(written)
    return written


def put(target: Path, data: bytes) -> Written:
    """``write_whole`` into a folder that is made where it is missing. Raises OutputError."""
    make_folder(target.parent)
    return write_whole(target, data)


def put_new(target: Path, data: bytes) -> Path:
    """Put ``data`` at ``target``, or at the next free ``name (n).ext`` where another file has that name: nothing is ever
    overwritten, and a file that holds these bytes already is the result. Raises OutputError."""
    make_folder(target.parent)
    if _holds(target, data):
        return target
    try:
        with _temporary(target.parent, data) as temporary:
            with suppress(FileExistsError):
                _rename_to_free(temporary, target)
                return target
            return _place_sibling(temporary, target, data)
    except OSError as error:
        raise OutputError(_sentence(error, target), target) from error


def make_folder(folder: Path) -> None:
    """A folder with those above it, where it is missing. Raises OutputError, which names what stands in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        file = next((place for place in (folder, *folder.parents) if place.exists() and not place.is_dir()), None)
        if file is None:
            raise OutputError(_sentence(error, folder), folder) from error
        words = f"Folder {folder} tidak dapat dibuat karena {file} adalah berkas"
        raise OutputError(f"{words}. Pindahkan berkas itu atau ganti namanya, lalu ulangi.", folder) from error


@contextmanager
def _temporary(folder: Path, data: bytes) -> Iterator[Path]:
    """A synced file with ``data`` in ``folder``, gone afterwards unless it was renamed.

    Same folder, because only a rename within one file system is atomic. No ``~`` and no ``.xlsx`` in the name,
    so that nobody takes it for Excel's own lock file or for a workbook.
    """
    path = folder / f".kinerja-xl-{secrets.token_hex(8)}.tmp"
    try:
        # "x" and not tempfile.mkstemp: the file gets the folder's usual permissions, so colleagues can read it.
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _replace(source: Path, target: Path, retries: int, wait: float) -> bool:
    """Rename over ``target``; False when it stayed locked through every try."""
    for attempt in range(retries + 1):
        try:
            source.replace(target)
            return True
        except OSError as error:
            if not _is_lock(error):
                raise
        if attempt < retries:
            time.sleep(wait)
    return False


def _is_lock(error: OSError) -> bool:
    """Windows reports an open file as PermissionError, network folders also as busy."""
    return isinstance(error, PermissionError) or error.errno == errno.EBUSY


def _place_sibling(source: Path, target: Path, data: bytes) -> Path:
    """Rename to the first free ``name (n).ext``; the path of a sibling that holds ``data`` already counts."""
    for number in range(2, LAST_SIBLING + 1):
        sibling = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if _holds(sibling, data):
            return sibling
        with suppress(FileExistsError):
            _rename_to_free(source, sibling)
            return sibling
    raise OutputError(
        f"{target.name} terkunci dan sudah ada {LAST_SIBLING - 1} salinan bernomor. "
        f"Tutup {target.name} di Excel dan hapus salinan yang tidak dipakai di folder {target.parent}, lalu ulangi.",
        target,
    )


def _rename_to_free(source: Path, target: Path) -> None:
    """Rename that raises FileExistsError instead of overwriting."""
    if os.name == "nt":
        source.rename(target)  # refuses an existing name by itself, without a gap between look and rename
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.replace(target)


def _holds(path: Path, data: bytes) -> bool:
    """Whether ``path`` is a readable file with exactly these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _sentence(error: OSError, target: Path) -> str:
    """The operating system's refusal as a sentence that says what to do."""
    folder, name = target.parent.absolute(), target.name
    if error.errno in _NO_FOLDER:
        return f"Folder {folder} tidak ditemukan. Buat dulu folder itu atau pilih folder lain."
    if error.errno in _NOT_ALLOWED:
        return f"Folder {folder} tidak boleh ditulisi. Periksa izin folder itu atau pilih folder lain."
    if error.errno in _DISK_FULL:
        return f"Tempat penyimpanan penuh, {name} tidak ditulis. Hapus berkas yang tidak dipakai, lalu ulangi."
    if error.errno in _BAD_NAME:
        return f"Nama berkas {name} tidak dapat dipakai di folder {folder}. Pilih nama yang lebih pendek dan sederhana."
    return f"{name} tidak dapat ditulis di folder {folder} (kesalahan sistem nomor {error.errno}). Coba folder lain."
