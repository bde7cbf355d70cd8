"""Taking in files that are handed over: into masuk/ under a name that overwrites nothing, with what is said of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.catatan import Finding, sort_key
from kinerja_xl.office.folder import LARGEST_FILE, MASUK, READ_SUFFIXES, left_aside
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.year import Progress, quiet
from kinerja_xl.writing.output import put_new

_LONGEST = 100
"""Characters of a name before its suffix: with a folder around it, Windows takes no more than 260."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_REFUSED = '<>:"|?*'


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that was handed over under the name ``given``: where it stands (None: not taken in), and what is said of it."""

    given: str
    path: Path | None
    findings: tuple[Finding, ...]


def plain_name(given: str) -> str:
    """The file's name alone, as every system takes it: no folders, no control or direction marks, no device names; "" for
    nothing left."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = "".join(ch for ch in name if ch not in _REFUSED and unicodedata.category(ch)[0] != "C")
    stem, dot, suffix = name.strip(" .").rpartition(".")
    stem = stem[:_LONGEST].rstrip(" .")
    name = f"{stem}{dot}{suffix}"
    return f"_{name}" if _RESERVED.match(name) else name


def receive(
    folder: Path, files: Iterable[tuple[str, bytes]], place: str = MASUK, progress: Progress = quiet
) -> list[Received]:
    """Put files into a folder of the year's (``place``: masuk, masuk/TW1, arsip) and check each by itself. Raises OutputError."""
    handed = list(files)
    taken = []
    for index, (given, data) in enumerate(handed):
        progress("Menaruh", index, len(handed))
        name = plain_name(given)
        refused = _refused(name or given[:_LONGEST], data)
        taken.append((given, None if refused else put_new(folder / place / name, data), refused))
    paths = dict.fromkeys(path for _, path, _ in taken if path)
    said = {path: periksa([path], progress) for path in paths}
    return [
        Received(given=given, path=path, findings=tuple(sorted(said[path] if path else refused, key=sort_key)))
        for given, path, refused in taken
    ]


def _refused(name: str, data: bytes) -> list[Finding]:
    """Why a file is not taken in at all; what is in a workbook is for the gate to judge."""
    if name.startswith("~$"):
        return [Finding(code="B114", file=name)]
    if Path(name).suffix.lower() not in READ_SUFFIXES or not Path(name).stem:
        return [left_aside(name)]
    if len(data) > LARGEST_FILE:
        return [Finding(code="B110", file=name, args={"rincian": f"{len(data) >> 20} MB"})]
    return []
