"""One at a time: who changes a year's folder takes its turn. Reading needs none.

The turn is a file in the folder, made by whoever comes first, so it holds on a shared network folder too: between runs, threads
and computers. Its holder renews it; one whose holder is gone (the process ended, or a computer that fell silent) is taken over.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from kinerja_xl.writing.output import OutputError, allowed, make_folder

TURN, OWNER = ".kinerja-xl-giliran", ".kinerja-xl-giliran.json"
"""The turn itself, and who has it since when: for the sentence of those who wait."""

SILENT = 12.0
"""Seconds without a sign after which a holder on another computer counts as gone; it gives one every four."""
PATIENCE = 15.0
"""Seconds that a run waits: longer than most turns take, and than finding out that a holder is gone."""

_HELD: ContextVar[frozenset[Path]] = ContextVar("_HELD", default=frozenset())


@contextmanager
def turn(folder: Path, what: str) -> Iterator[None]:
    """Nobody else changes this folder meanwhile. ``what``: the verb, for others to see. A turn within one's own turn is that one.

    The folder is made where it is missing. Raises OutputError where another keeps it too long, or the folder can't be written.
    """
    place = folder.absolute()
    if place in _HELD.get():
        yield
        return
    from filelock import SoftFileLease, Timeout  # not before it is needed: reading verbs start without it

    make_folder(folder)
    lease = SoftFileLease(place / TURN, lease_duration=SILENT, timeout=PATIENCE)
    try:
        lease.acquire(poll_interval=0.05)
    except Timeout as error:
        raise OutputError(_busy(folder), folder) from error
    except OSError as error:
        words = f"Folder {folder.absolute()} tidak dapat ditulisi, sehingga {what} tidak dijalankan"
        raise OutputError(f"{words}. Periksa izin dan sambungan folder itu, lalu ulangi.", folder) from error
    mine, token = _identity(place), _HELD.set(_HELD.get() | {place})

    def judge(target: Path) -> None:
        if lease.compromise is not None or (mine and _identity(place) != mine):
            words = f"Giliran menulis di {folder} sudah diambil komputer lain karena komputer ini lama terhenti"
            raise OutputError(f"{words}; {target.name} tidak ditulis. Ulangi perintah ini.", target)

    try:
        _sign(place / OWNER, what)
        with allowed(judge):
            yield
    finally:
        _HELD.reset(token)
        with suppress(OSError):
            (place / OWNER).unlink(missing_ok=True)
        with suppress(OSError, RuntimeError):
            lease.release()


def _identity(place: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = (place / TURN).stat()
        return found.st_dev, found.st_ino
    return None


def _sign(path: Path, what: str) -> None:
    """Who has it: that this can't be written stops nothing."""
    with suppress(OSError, KeyError):  # no name for this user
        who = {"verba": what, "oleh": getpass.getuser(), "komputer": platform.node(), "proses": os.getpid()}
        path.write_text(json.dumps({**who, "sejak": datetime.now().isoformat(" ", "seconds")}), encoding="utf-8")


def _busy(folder: Path) -> str:
    """Who keeps it, as far as that is known."""
    who = ""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / OWNER).read_text(encoding="utf-8"))
        who = f" oleh {found['verba']} ({found['oleh']} di {found['komputer']}, sejak {found['sejak']})"
    return (
        f"Folder {folder} sedang dipakai{who}, sehingga tidak ada yang ditulis. Tunggu sampai selesai, lalu ulangi; bila "
        f"tidak ada yang menjalankannya, hapus {folder / TURN}."
    )
