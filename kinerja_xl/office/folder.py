"""A year's folder: what stands where, which files of masuk/ are read, and reading each of them once."""

from __future__ import annotations

import errno
import logging
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kinerja_xl.catatan import Finding, Holds
from kinerja_xl.office.kantor import Office
from kinerja_xl.sheets.content import BookContent, Row, ShownTotal
from kinerja_xl.sheets.kantor import KANTOR, KANTOR_FORM

_log = logging.getLogger(__name__)

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


class Missing(InputError):
    """A file or folder that was asked for is not there."""

    def __init__(self, path: Path, kind: str = "Berkas") -> None:
        super().__init__(f"{kind} {path} tidak ditemukan.")
        self.path, self.kind = path, kind


def incoming(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The workbooks of masuk/ (or of a plain folder) in order of name; other files are named, not read.

    Sub folders are not searched. Raises InputError when the folder is missing.
    """
    place = folder / MASUK if (folder / MASUK).is_dir() else folder
    if not place.is_dir():
        raise Missing(place, "Folder")
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


_IN_HAND: ContextVar[Callable[[str], None]] = ContextVar("_IN_HAND", default=lambda name: None)


@contextmanager
def watched(seen: Callable[[str], None]) -> Iterator[None]:
    """Within it ``seen`` is told the name of every file that is about to be read; what it raises ends the reading."""
    token = _IN_HAND.set(seen)
    try:
        yield
    finally:
        _IN_HAND.reset(token)


def read_bytes(path: Path) -> tuple[bytes, Finding | None]:
    """A file's bytes, or the finding that says why it can't be opened. Raises InputError when it does not exist."""
    _IN_HAND.get()(path.name)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing(path) from error
    except OSError as error:
        why = refusal(error) if not path.is_dir() else "namanya menunjuk sebuah folder"
        return b"", Finding(code="B112", file=path.name, args={"rincian": why})
    _log.info("dibaca %s, %d bita", path.name, len(data))
    return data, None


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

_STRANGE = frozenset({"T201", "B104", "B106", "B111"})
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


# ---- The office's logo: a picture file beside Kantor.xlsx, named there, that recap and letters carry in their letterhead ----

LARGEST = 2 * 2**20
"""Bytes: a photograph of several megabytes would make every letter as large."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that carry the picture's size (all starts of frame)."""


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
    """The picture that these bytes are, or None when they are neither PNG nor JPEG or hold no size."""
    size = _png_size(data) if data.startswith(_PNG) else _jpeg_size(data) if data.startswith(_JPEG) else None
    return Picture(data=data, width=size[0], height=size[1]) if size and min(size) > 0 else None


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 45 or data[12:16] != b"IHDR":  # the shortest PNG there is has more
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the first start-of-frame segment."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] in _SIZES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
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
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError:
        return b"", (_trouble(office, "berkasnya tidak ada di samping Kantor.xlsx atau tidak dapat dibaca"),)
    if data is None:
        return b"", (_trouble(office, f"lebih besar dari {LARGEST // 2**20} MB"),)
    return (data, ()) if picture(data) else (b"", (_trouble(office, "bukan gambar PNG atau JPEG yang utuh"),))


def _trouble(office: Office, why: str) -> Finding:
    field = next(f for f in KANTOR_FORM.fields if f.key == "logo")
    row = office.content.form("kantor") if office.content else None
    return Finding(
        code="G110", sheet=row.sheet if row else KANTOR.sheets[0].name, cell=row.cell("logo") if row else "",
        column=field.label, value=office.logo, args={"rincian": why},
    )  # fmt: skip
