"""The one way a finished file reaches the disk: whole or not at all, never over a file that is open elsewhere."""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.writing.seen import SEEN

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


_ALLOWED: ContextVar[Callable[[Path], None]] = ContextVar("_ALLOWED", default=lambda target: None)


@contextmanager
def allowed(judge: Callable[[Path], None]) -> Iterator[None]:
    """Within it ``judge`` is asked before every file takes its place; it raises OutputError where none may any more."""
    token = _ALLOWED.set(judge)
    try:
        yield
    finally:
        _ALLOWED.reset(token)


def write_whole(target: Path, data: bytes, *, retries: int = 5, wait: float = 0.2) -> Written:
    """Put ``data`` at ``target``, or, when that file stays locked, at the next free sibling name.

    A replace refused because the target is open is tried again ``retries`` times, ``wait`` seconds apart: virus
    scanners and synchronised folders hold a file for a moment, Excel for as long as it shows it. A sibling that
    exists is never overwritten; one that already holds these bytes is taken as the result, so repeated runs do
    not pile up copies. An interrupted call leaves the old file as it was and nothing else.

    Raises OutputError when the folder is missing or not writable, the disk is full or the name can't be used.
    """
    with _waiting(target, data) as temporary:
        there = _replace(temporary, target, retries, wait) or _holds(target, data)
        path = target if there else _place_sibling(temporary, target, data)
    return _seen(path, target)


@contextmanager
def _waiting(target: Path, data: bytes) -> Iterator[Path]:
    """The bytes in a file beside ``target``, ready to take its place. Raises OutputError for all that goes wrong."""
    try:
        if target.is_dir():
            raise OutputError(f"{target} adalah folder, bukan berkas. Pilih nama berkas lain.", target)
        with _temporary(target.parent, data) as temporary:
            _ALLOWED.get()(target)
            yield temporary
    except OSError as error:
        raise OutputError(_sentence(error, target), target) from error


def _seen(path: Path, wanted: Path) -> Written:
    written = Written(path=path, wanted=wanted)
    SEEN.get()(written)
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
        _sweep(target)  # a killed run may have come so far and no further
        return target
    with _waiting(target, data) as temporary:
        try:
            _take_free(temporary, target)
        except FileExistsError:
            return _place_sibling(temporary, target, data)
    return target


# ---- State: what the next run looks for under this very name. In a sibling nobody would find it ----


def save(target: Path, data: bytes, *, retries: int = 5, wait: float = 0.2) -> Written:
    """Put state at ``target``, or say that it is not saved: never under another name. Raises OutputError."""
    make_folder(target.parent)
    _refuse_opened(target)
    with _waiting(target, data) as temporary:
        if not (_replace(temporary, target, retries, wait) or _holds(target, data)):
            raise OutputError(_not_saved(target, "sedang terbuka di Excel atau terkunci"), target)
    return _seen(target, target)


def save_new(target: Path, data: bytes) -> Written:
    """Put state at ``target``, where nothing may stand: of two at once one is refused. Raises OutputError."""
    make_folder(target.parent)
    with _waiting(target, data) as temporary:
        try:
            _take_free(temporary, target)
        except FileExistsError as error:
            raise OutputError(f"{target} sudah ada dan tidak ditimpa.", target) from error
    return _seen(target, target)


def rename_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Give files other names beside them: all of them or none. Raises OutputError."""
    done: list[tuple[Path, Path]] = []
    for path, kept in moves:
        try:
            path.rename(kept)
        except OSError as error:
            for was, now in done:
                with suppress(OSError):
                    now.rename(was)
            raise OutputError(f"{path} tidak dapat diganti namanya menjadi {kept.name}; tutup dahulu berkasnya.", path) from error
        done.append((path, kept))


def _refuse_opened(target: Path) -> None:
    """Raises OutputError where Excel's or LibreOffice's mark beside a file says that somebody has it open: what is written
    now would be lost with their next saving."""
    for mark in (target.with_name(f"~${target.name}"), target.with_name(f".~lock.{target.name}#")):
        if os.path.lexists(mark):
            more = f" Bila tidak ada yang membukanya, hapus {mark.name}."
            raise OutputError(_not_saved(target, "sedang terbuka di Excel atau LibreOffice") + more, target)


def _not_saved(target: Path, why: str) -> str:
    return f"{target.name} {why}, sehingga isinya belum disimpan. Tutup {target} lalu ulangi perintah ini."


class FileSet:
    """Files that belong together: one that can't be written does not stop the others, and ``end`` says which were written."""

    def __init__(self, write: Callable[[Path, bytes], Written] = put) -> None:
        self._write = write
        self.written: list[Written] = []
        self._failed: list[tuple[Path, OutputError]] = []

    def put(self, target: Path, data: bytes) -> Written | None:
        """Write one of them; None where that failed."""
        try:
            self.written.append(self._write(target, data))
        except OutputError as error:
            self._failed.append((target, error))
            return None
        return self.written[-1]

    def end(self) -> list[Written]:
        """All that were written. Raises OutputError, which names what was written and what was not."""
        if not self._failed:
            return self.written
        first = self._failed[0][1]
        if not self.written and len({str(error) for _, error in self._failed}) == 1 < len(self._failed):  # their folder can't be
            raise OutputError(f"{first} Tidak ada yang ditulis.", first.path) from first
        done = ", ".join(one.path.name for one in self.written) or "tidak ada"
        left = ", ".join(target.name for target, _ in self._failed)
        raise OutputError(f"{first} Sudah ditulis: {done}. Belum ditulis: {left}.", first.path) from first


def make_folder(folder: Path) -> None:
    """A folder with those above it, where it is missing. Raises OutputError, which names what stands in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        file = next((place for place in (folder, *folder.parents) if _is_no_folder(place)), None)
        if file is None:
            raise OutputError(_sentence(error, folder), folder) from error
        words = f"Folder {folder} tidak dapat dibuat karena {file} adalah berkas"
        raise OutputError(f"{words}. Pindahkan berkas itu atau ganti namanya, lalu ulangi.", folder) from error


def _is_no_folder(place: Path) -> bool:
    with suppress(OSError):
        return place.exists() and not place.is_dir()
    return False


@contextmanager
def _temporary(folder: Path, data: bytes) -> Iterator[Path]:
    """A synced file with ``data`` in ``folder``, gone afterwards unless it was renamed.

    Same folder, because only a rename within one file system is atomic. No ``~`` and no ``.xlsx`` in the name,
    so that nobody takes it for Excel's own lock file or for a workbook. It says whose it is: see ``_sweep``.
    """
    path = folder / f".kinerja-xl-{_machine()}-{os.getpid()}-{secrets.token_hex(8)}.tmp"
    try:
        # "x" and not tempfile.mkstemp: the file gets the folder's usual permissions, so colleagues can read it.
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _sweep(path)
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


_LEFT = re.compile(r"\.kinerja-xl-(?:([0-9a-f]{8})-(\d+)-)?[0-9a-f]{16}\.tmp")
_AGE = 3600.0
"""Seconds after which a temporary file of another computer is nobody's any more; writing one takes seconds."""


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _sweep(own: Path) -> None:
    """Take away what runs that were killed left in the folder: files of processes of this computer that are no more, and
    others that are older than ``own``, which has the time of the disk's own clock."""
    with suppress(OSError):
        now = own.stat().st_mtime
        for path in own.parent.iterdir():
            found = _LEFT.fullmatch(path.name)
            if not found or path.name == own.name:
                continue
            with suppress(OSError):
                here = found[1] == _machine() and not is_running(int(found[2]))
                if here or now - path.stat().st_mtime > _AGE:
                    path.unlink()


def is_running(process: int) -> bool:
    """Whether a process of this computer with this number runs."""
    if sys.platform == "win32":  # there os.kill would end it
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


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


def _take_free(source: Path, target: Path) -> None:
    """The same without that gap wherever the disk knows links."""
    if os.name == "nt":
        _rename_to_free(source, target)
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        _rename_to_free(source, target)


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
