"""Any file by its content, not its name → grids, or the one catatan that says why it can't be read.

An .xlsx goes through the house's gate and reader; .xls, .xlsb and .ods are read by a process of their own, because
their reader may take a whole process down; a web page named .xls gives its tables. Macros are never run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

from kinerja_xl.findings import Finding
from kinerja_xl.foreign.grid import Grid
from kinerja_xl.foreign.html import html_grids
from kinerja_xl.package import Archive, PackageError
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import Limits, Passed, inspect

SECONDS = 90
"""How long the process for old formats may take."""

_BINARY = ("xl/workbook.bin",)
_ODS = b"opendocument.spreadsheet"
_MANGLED = b"\xef\xbf\xbd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a file gave: its grids, or ``refused``. ``form``: xlsx, xls, xlsb, ods or html; "" when refused."""

    file: str
    form: str = ""
    grids: tuple[Grid, ...] = ()
    refused: Finding | None = None
    notes: tuple[Finding, ...] = ()

    @property
    def has_formulas(self) -> bool:
        """Whether formulas can be seen at all in this format."""
        return self.form == "xlsx"


def read_source(data: bytes, file: str) -> Source:
    """Read any file called ``file`` (a name, without folder). Never raises; never changes anything."""
    early = _early(data, file)
    if early is not None:
        return Source(file=file, refused=early)
    passed = inspect(data, file)
    if isinstance(passed, Passed):
        return _xlsx(data, file, passed)
    form = _other_form(data, passed.code)
    if form == "html":
        return _html(data, file)
    if form:
        return _apart(data, file, form)
    if passed.code == "B111":
        return Source(file=file, refused=passed.at(code="L104"))
    return Source(file=file, refused=passed)


def _early(data: bytes, file: str) -> Finding | None:
    """Files that are no workbook at all, known before any zip is opened."""
    name = PurePath(file).name
    if name.startswith(("~$", ".~lock.")) or _is_owner_file(data):
        return Finding(code="L102", file=file)
    if _is_mangled(data):
        return Finding(code="L103", file=file)
    return None


def _is_owner_file(data: bytes) -> bool:
    """Excel's owner file: 162 or 165 bytes, the length of the user's name, the name, blanks."""
    return (
        100 < len(data) < 200
        and 0 < data[0] <= 54
        and not data.startswith(b"PK")
        and data[1 : 1 + data[0]].isascii()
        and (b"\x20\x00\x20\x00\x20\x00" in data or b"\x20\x20\x20\x20\x20\x20" in data)
    )


def _is_mangled(data: bytes) -> bool:
    """A binary file that some program passed on as UTF-8 text: what was no text became U+FFFD."""
    head = data[:65536]
    binary = data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or b"\x11\xe0" in data[:16]
    return binary and head.count(_MANGLED) * 3 > len(head) // 20


def _xlsx(data: bytes, file: str, passed: Passed) -> Source:
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        return Source(file=file, refused=Finding(code="B102", file=file, args={"rincian": str(error)}))
    return Source(file=file, form="xlsx", grids=tuple(_grid(sheet) for sheet in sheets), notes=passed.notes)


def _grid(sheet: CellSheet) -> Grid:
    scan = sheet.scan
    return Grid(
        name=sheet.name,
        rows=sheet.rows,
        state=sheet.state,
        errors=scan.errors,
        formulas=scan.formulas,
        merged=scan.merged,
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_cols=frozenset(scan.hidden_cols),
        filtered=scan.filtered,
        beyond=scan.far_count,
    )


def _other_form(data: bytes, code: str) -> str:
    """Which other format the bytes are, by the gate's answer and the zip's parts; "" when none that can be read."""
    if code == "B104":
        return "xls"
    if code == "B105":
        return "html"
    if code != "B111" or not data.startswith(b"PK"):
        return ""
    try:
        archive = Archive.open(data)
        if any(part in archive for part in _BINARY):
            return "xlsb"
        return "ods" if "mimetype" in archive and _ODS in archive.read("mimetype")[:100] else ""
    except PackageError:
        return ""


def _html(data: bytes, file: str) -> Source:
    grids = tuple(html_grids(data))
    return Source(file=file, form="html", grids=grids)


def _apart(data: bytes, file: str, form: str) -> Source:
    """Read in a process of its own; every way to fail is one sentence."""
    too_large = _too_large(data)
    if too_large:
        return Source(file=file, refused=Finding(code="B110", file=file, args={"rincian": too_large}))
    try:
        run = subprocess.run(
            [sys.executable, "-m", "kinerja_xl.foreign.child"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=_env(),
        )
        answer: dict[str, Any] = json.loads(run.stdout) if run.returncode == 0 else {"error": ""}
    except (subprocess.TimeoutExpired, OSError, ValueError):
        answer = {"error": ""}
    if "sheets" not in answer:
        locked = "password" in str(answer.get("error", "")).lower()
        return Source(file=file, refused=Finding(code="B103" if locked else "L105", file=file, args={"bentuk": form}))
    grids = tuple(
        Grid(
            name=sheet["name"],
            state=sheet["state"],
            rows=_trimmed([[_restored(cell) for cell in row] for row in sheet["rows"]]),
            merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        )
        for sheet in answer["sheets"]
    )
    return Source(file=file, form=form, grids=grids)


def _env() -> dict[str, str]:
    """The environment of the child: it must find this very package."""
    root = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, before] if before else [root])}


def _too_large(data: bytes) -> str:
    limits = Limits()
    if data.startswith(b"PK"):
        try:
            total = sum(entry.file_size for entry in Archive.open(data).entries)
        except PackageError:
            return ""
        return f"{total // (1 << 20)} MB sesudah dibuka" if total > limits.inflated_bytes else ""
    return f"{len(data) // (1 << 20)} MB" if len(data) > limits.file_bytes else ""


def _restored(cell: object) -> object:
    """A cell of the child's answer: whole numbers become floats, as the house's reader gives them."""
    if isinstance(cell, list):
        kind, text = cell
        return date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text) if kind == "t" else text
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return cell


def _trimmed(rows: list[list[object]]) -> list[list[object]]:
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return rows
