"""``buka``: the years' folders that a page offers, the ones used before first, and whether a book is open elsewhere.

No reader is loaded here: a page answers before one is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.office.place import is_folder, there, years_below
from kinerja_xl.writing.output import OutputError, put

REMEMBERED = 12
"""Folders that are kept in mind."""
_DOCUMENTS = ("Documents", "Dokumen", "OneDrive/Documents", "OneDrive/Dokumen")


def years_at_hand() -> list[Path]:
    """The years' folders used before, the last one first; then those in the working folder, beside the program and among the
    user's documents, each once."""
    found = [*_remembered(), *(year for place in places() for year in (place, *years_below(place)))]
    return list(dict.fromkeys(path.resolve() for path in found if there(path / KANTOR_FILE)))


def places() -> list[Path]:
    """Where years' folders are looked for, and where a new one may be made."""
    program = Path(sys.executable or ".").absolute().parent
    if any(program.glob("python*._pth")):  # the folder for Windows (alat/windows.py): nobody looks into its program/
        program = program.parent
    near = [*(home() / name for name in _DOCUMENTS), Path(), program, program.parent]
    return list(dict.fromkeys(place.resolve() for place in near if is_folder(place) and os.access(place, os.W_OK)))


def home() -> Path:
    return Path.home()


def remember(folder: Path) -> None:
    """Offer it first next time. That this can't be written down stops nothing."""
    kept = dict.fromkeys([folder.resolve(), *_remembered()])
    with suppress(OutputError):
        put(_memory(), json.dumps([str(path) for path in kept][:REMEMBERED], indent=1).encode())


def _remembered() -> Iterator[Path]:
    with suppress(OSError, ValueError):
        yield from (Path(kept) for kept in json.loads(_memory().read_text(encoding="utf-8")) if isinstance(kept, str))


def _memory() -> Path:
    """A list of paths and nothing else, where the system keeps such things of a user."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else home() / ".local" / "state") / "kinerja-xl" / "folder-tahun.json"


def opened_elsewhere(path: Path) -> str:
    """The name of the mark that Excel or LibreOffice leave beside a file that somebody has open; "" where there is none."""
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return next((mark for mark in marks if there(path.with_name(mark))), "")
