"""A year's folder: what stands where, which files of masuk/ are read, and reading each of them once."""

from __future__ import annotations

from pathlib import Path

from kinerja_xl.findings import Finding

KANTOR_FILE = "Kantor.xlsx"
PADANAN_FILE = "Padanan.xlsx"
FORMULIR, MASUK, HASIL, ARSIP = "formulir", "masuk", "hasil", "arsip"
PERBAIKAN = "perbaikan"
"""Folder below hasil/ for the correction copies."""

READ_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What a unit may mean as its workbook; of the last three the gate says why they can't be read."""


class InputError(Exception):
    """Input that stops a verb (exit status 2). ``str(error)`` is an Indonesian sentence; findings say where."""

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


def incoming(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The workbooks of masuk/ (or of a plain folder) in order of name; other files are named, not read.

    Sub folders are not searched. Raises InputError when the folder is missing.
    """
    place = folder / MASUK if (folder / MASUK).is_dir() else folder
    if not place.is_dir():
        raise InputError(f"Folder {place} tidak ditemukan.")
    if place == folder and (folder / KANTOR_FILE).exists():
        raise InputError(f"Folder {folder / MASUK} tidak ditemukan; buat folder itu dan taruh formulir unit di dalamnya.")
    read: list[Path] = []
    said: list[Finding] = []
    for path in sorted(place.iterdir(), key=lambda p: p.name):
        if path.is_dir() or path.name.startswith("."):
            continue
        if path.name.startswith("~$"):
            said.append(Finding(code="B114", file=path.name))
        elif path.suffix.lower() in READ_SUFFIXES:
            read.append(path)
        else:
            said.append(Finding(code="B115", file=path.name))
    return read, said


def read_bytes(path: Path) -> tuple[bytes, Finding | None]:
    """A file's bytes, or the finding that says why it can't be opened. Raises InputError when it does not exist."""
    try:
        return path.read_bytes(), None
    except FileNotFoundError as error:
        raise InputError(f"Berkas {path} tidak ditemukan.") from error
    except OSError as error:
        return b"", Finding(code="B112", file=path.name, args={"rincian": error.strerror or type(error).__name__})
