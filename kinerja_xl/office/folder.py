"""A year's folder: what stands where, which files of masuk/ are read, and reading each of them once."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from kinerja_xl.catatan import Finding, Holds, Severity, readable
from kinerja_xl.sheets.content import BookContent, Row, ShownTotal

_log = logging.getLogger(__name__)

KANTOR_FILE = "Kantor.xlsx"
PADANAN_FILE = "Padanan.xlsx"
FORMULIR, MASUK, HASIL, ARSIP = "formulir", "masuk", "hasil", "arsip"
PERBAIKAN = "perbaikan"
"""Folder below hasil/ for the correction copies."""

READ_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What a unit may mean as its workbook; of the last three the gate says why they can't be read."""


def name_part(code: str) -> str:
    """A code as part of a file name on any system: a unit ``x/y`` or ``..`` leads nowhere else."""
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in code)


class InputError(Exception):
    """Input that stops a verb (exit status 2). ``str(error)`` is an Indonesian sentence; findings say where."""

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


class Missing(InputError):
    """A file or folder that was asked for is not there."""

    def __init__(self, path: Path, kind: str = "Berkas") -> None:
        super().__init__(f"{kind} {path} tidak ditemukan.")
        self.path, self.kind = path, kind


class Refused(InputError):
    """The operating system does not let us look: that is never taken for "not there"."""

    def __init__(self, path: Path, error: OSError, kind: str = "") -> None:
        super().__init__(f"{f'{kind} ' if kind else ''}{readable(str(path))} tidak dapat dibuka: {refusal(error)}.")


# ---- Looking: every verb asks these, so that trouble at a look is a sentence that names the place ----

_NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EINVAL})
"""Refusals that mean: nothing of that name can be there."""


def looked(path: Path) -> os.stat_result | None:
    """What the system says of what stands there; None where nothing can. Raises Refused."""
    try:
        return path.stat()
    except ValueError:  # a 0 in the name
        return None
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise Refused(path, error) from error


def there(path: Path) -> bool:
    """Whether something stands there; a link that leads nowhere is nothing. Raises Refused."""
    return looked(path) is not None


def is_folder(path: Path) -> bool:
    """Whether a folder stands there. Raises Refused."""
    found = looked(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_file(path: Path) -> bool:
    """Whether an ordinary file stands there. Raises Refused."""
    found = looked(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def listed(folder: Path) -> list[Path]:
    """What stands in a folder, in order of name; nothing where there is no such folder. Raises Refused."""
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return []
        raise Refused(folder, error, "Folder") from error


def folder_of(triwulan: int) -> str:
    """Name of a triwulan's folder below formulir/ and masuk/."""
    return f"TW{triwulan}"


def incoming(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The workbooks of masuk/ (or of a plain folder) in order of name; other files are named, not read.

    Sub folders are not read: one that holds workbooks is named (B120), but for those of the triwulan. Raises InputError when
    the folder is missing or can't be listed.
    """
    place = folder / MASUK if is_folder(folder / MASUK) else folder
    if not is_folder(place):
        raise Missing(place, "Folder")
    if place == folder and there(folder / KANTOR_FILE):
        raise InputError(f"Folder {folder / MASUK} tidak ditemukan; buat folder itu dan taruh formulir unit di dalamnya.")
    read: list[Path] = []
    said: list[Finding] = []
    for path in listed(place):
        refused = _refused(path)
        if path.name.startswith("."):
            continue
        if not refused and is_folder(path):
            said += _left_below(path)
            continue
        if refused and path.suffix.lower() not in READ_SUFFIXES:  # what it is nobody knows; of a workbook its reading says it
            said.append(refused)
        elif path.name.startswith("~$"):
            said.append(Finding(code="B114", file=path.name))
        elif path.suffix.lower() not in READ_SUFFIXES:
            said.append(left_aside(path.name))
        elif (odd := _odd_name(path)) is not None:
            said.append(odd)
        else:
            read.append(path)
    return read, said


_TABLES = (".et", ".ett", ".csv", ".tsv", ".fods", ".numbers", ".xlt", ".xltx", ".xml", ".htm", ".html")
_PACKED = (".zip", ".rar", ".7z")
_POINTERS = (".lnk", ".url", ".webloc")
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload")
_KINDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (_PACKED, "berkas yang dimampatkan", "keluarkan isinya, lalu taruh formulir Excel yang ada di dalamnya di folder ini"),
    ((".doc", ".docx", ".odt", ".rtf"), "naskah", "salin ke lembarnya pada formulir Excel"),
    (_POINTERS, "pintasan, bukan berkasnya sendiri", "salin berkas yang ditunjuknya ke folder ini"),
    (_UNFINISHED, "unduhan yang belum selesai", "unduh lagi sampai selesai"),
    (("",), "tanpa akhiran nama", "tambahkan .xlsx di belakang namanya"),
    ((".pdf", ".jpg", ".jpeg", ".png", ".heic"), "cetakan atau gambar", "minta berkas Excel-nya"),
)


def left_aside(name: str) -> Finding:
    """B115 of a file that is no workbook: what it is, and what to do. What may well hold somebody's figures is to be checked."""
    suffix = Path(name).suffix.lower()
    other = "tabel dalam format lain" if suffix in _TABLES else "bukan buku kerja Excel", "salin isinya ke formulir Excel kantor"
    kind, advice = next(((kind, advice) for suffixes, kind, advice in _KINDS if suffix in suffixes), other)
    level = Severity.CEK if suffix in (*_TABLES, *_PACKED, *_POINTERS, *_UNFINISHED) else None
    return Finding(code="B115", file=name, args={"jenis": kind, "saran": advice}, severity_override=level)


def unread_below(folder: Path) -> list[Finding]:
    """B120 of the folders of masuk/ that nobody reads: realisasi in "TW I" looks handed in and isn't."""
    place = folder / MASUK
    return [f for path in listed(place) if not path.name.startswith(".") and is_folder(path) for f in _left_below(path)]


_MOST_LOOKED_AT = 1000
"""Folders below masuk/ that are looked into: somebody may have put a whole disk there."""


def _left_below(folder: Path) -> list[Finding]:
    """B120 of a folder with workbooks that nobody reads; none of another year's, or of a triwulan's, which ``capaian`` reads."""
    if there(folder / KANTOR_FILE):
        return []
    own = (folder.parent / folder_of(triwulan) for triwulan in range(1, 5))
    if folder.parent.name == MASUK and any(there(place) and place.samefile(folder) for place in own):
        return []
    found: list[str] = []
    for _, folders, names in islice(os.walk(folder), _MOST_LOOKED_AT):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += sorted(n for n in names if Path(n).suffix.lower() in READ_SUFFIXES and not n.startswith((".", "~$")))
    args = {"banyak": str(len(found)), "daftar": ", ".join(found[:3]) + (", …" if len(found) > 3 else "")}
    return [Finding(code="B120", file=readable(folder.name), args=args)] if found else []


_IN_HAND: ContextVar[Callable[[str], None]] = ContextVar("_IN_HAND", default=lambda name: None)


@contextmanager
def watched(seen: Callable[[str], None]) -> Iterator[None]:
    """Within it ``seen`` is told the name of every file that is about to be read; what it raises ends the reading."""
    token = _IN_HAND.set(seen)
    try:
        yield
    finally:
        _IN_HAND.reset(token)


def _refused(path: Path) -> Finding | None:
    try:
        path.stat()
    except OSError as error:
        return None if error.errno in _NOT_THERE else _unread(path, refusal(error))
    return None


def _odd_name(path: Path) -> Finding | None:
    """B112 for a name that no screen and no sheet can show as it is: bytes that are no text, or signs that steer a screen."""
    if readable(path.name) == path.name:
        return None
    return Finding(code=UNOPENED, file=path.name, args={"rincian": _REFUSALS[errno.EINVAL]})


UNOPENED = "B112"
"""The catatan of a file that can't be opened now, and perhaps can tomorrow."""

LARGEST_FILE = 50 << 20
"""Bytes of a file that are read at all. A unit's form has some 200 KiB."""


def read_bytes(path: Path) -> tuple[bytes, Finding | None]:
    """A file's bytes, or the finding that says why it can't be read. Raises Missing when nothing of that name is there."""
    _IN_HAND.get()(path.name)
    try:
        return _read(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.is_symlink():
            return b"", _unread(path, "tautan ke berkas yang tidak ada")
        raise Missing(path) from error


def read_listed(path: Path) -> tuple[bytes, Finding | None]:
    """The same of a file that its folder lists: one that is gone by now is said like any other, and stops nothing."""
    try:
        return read_bytes(path)
    except Missing:
        return b"", _unread(path, _REFUSALS[errno.ENOENT])


def _read(path: Path) -> tuple[bytes, Finding | None]:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for without end
            folder = stat.S_ISDIR(found.st_mode)
            return b"", _unread(path, "namanya menunjuk sebuah folder" if folder else "bukan berkas biasa")
        if found.st_size > LARGEST_FILE:
            return b"", Finding(code="B110", file=path.name, args={"rincian": f"{found.st_size >> 20} MB"})
        if (odd := _odd_name(path)) is not None:
            return b"", odd
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        return b"", _unread(path, refusal(error))
    _log.info("dibaca %s, %d bita", path.name, len(data))
    return data, None


def _unread(path: Path, why: str) -> Finding:
    return Finding(code=UNOPENED, file=path.name, args={"rincian": why})


_REFUSALS = {
    errno.EACCES: "sedang dipakai program lain, atau tidak diizinkan",
    errno.EBUSY: "sedang dipakai program lain",
    errno.EIO: "tempat penyimpanannya gagal dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EINVAL: "namanya memuat tanda yang tidak dapat dipakai",
    errno.ENOSPC: "tempat penyimpanan penuh",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENOENT: "tidak ditemukan",
    errno.ENOTDIR: "jalannya melewati sebuah berkas",
}


def refusal(error: OSError) -> str:
    """Why the operating system refused, in our words; its own are English, or whatever the computer speaks."""
    known = errno.EACCES if isinstance(error, PermissionError) else error.errno or 0
    return _REFUSALS.get(known, f"ditolak sistem, nomor {known}")


# ---- One workbook that came in: its content, where it came from, and what was said about it while reading ----

_STRANGE = frozenset({"T201", "B104", "B111"})
"""Catatan of reading that mean: perhaps a workbook, but none of our forms."""


def is_strange(content: BookContent | None, findings: Iterable[Finding], *, lost: bool = False) -> bool:
    """Whether a file may be a workbook in somebody's own layout: none of ours, or taken for ours by the names of its
    sheets alone (T209) while its main table was not found there (``lost``)."""
    codes = {found.code for found in findings}
    return bool(codes & _STRANGE) if content is None else lost and "T209" in codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A unit's workbook after reading. ``file`` is its name as staff know it.

    ``rows_read`` counts, per table key, the rows that hold anything; every one of them is either in ``content``
    or named by a finding (the recap's Asal Data reconciles that). ``reported`` holds (sheet, cell) places that already
    have a catatan, so that one cause gives one. ``missing`` names what the file has lost as (table or form, column),
    column "" for the whole of it: rules about it have nothing to judge. ``parts`` names the tables of a workbook in the
    unit's own layout; empty for our forms, which hold them all.
    """

    file: str
    sha256: str
    unit: str
    version: int
    content: BookContent | None
    findings: tuple[Finding, ...] = ()
    rows_read: Mapping[str, int] = field(default_factory=dict)
    reported: frozenset[tuple[str, str]] = frozenset()
    missing: frozenset[tuple[str, str]] = frozenset()
    totals: tuple[ShownTotal, ...] = ()
    revisi: int = 0
    tanggal: date | None = None
    parts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Without content something always says why: what no reader has said is a fault of ours, and holds the file."""
        if self.content is None and not any(f.holds is Holds.BERKAS for f in self.findings):
            odd = Finding(code="B118", file=self.file, unit=self.unit, args={"galat": "tanpa isi dan tanpa catatan"})
            object.__setattr__(self, "findings", (*self.findings, odd))

    @property
    def refused(self) -> bool:
        """Whether reading it ended before its content, or a finding of reading holds the whole file."""
        return self.content is None or any(f.holds is Holds.BERKAS for f in self.findings)

    @property
    def is_strange(self) -> bool:
        """Whether the file may be a workbook in the unit's own layout."""
        return is_strange(self.content, self.findings, lost=("rab", "") in self.missing)

    @property
    def rab(self) -> tuple[Row, ...]:
        return self.content.rows("rab") if self.content else ()

    @property
    def indikator(self) -> tuple[Row, ...]:
        return self.content.rows("indikator") if self.content else ()

    @property
    def tors(self) -> tuple[Row, ...]:
        """The filled TOR forms, one per sheet."""
        if not self.content:
            return ()
        return tuple(s.forms["tor"] for s in self.content.all("tor") if "tor" in s.forms)

    @property
    def signs(self) -> bool:
        """Whether the lampiran of its PK sheet are begun; names alone are prefilled."""
        return self.content is not None and bool(self.content.rows("pk_kinerja") or self.content.rows("pk_anggaran"))

    @property
    def pk(self) -> Row | None:
        return self.content.form("pk") if self.content else None
