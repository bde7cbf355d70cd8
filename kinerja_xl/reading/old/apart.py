"""Starts the process that reads an old format, and takes its answer: sheets of cells, or why there are none."""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from kinerja_xl import MEMORY, SECONDS
from kinerja_xl.formula.cellsheet import CellSheet, FormulaCell
from kinerja_xl.formula.references import address
from kinerja_xl.package import Archive, PackageError
from kinerja_xl.package.apart import had_its_time, run_apart
from kinerja_xl.reading.cells import trimmed
from kinerja_xl.words.text import bounded_blanks

_NO_MORE = re.compile(rb"memory allocation|capacity overflow|MemoryError")
LOCKED, DAMAGED, LARGE, NO_PROCESS = "B103", "L105", "L112", "L110"


class OldFormatError(Exception):
    """Nothing could be read. ``code``: LOCKED, DAMAGED, LARGE or NO_PROCESS; ``reason``: of LARGE, what is too large."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


def read_apart(data: bytes, form: str) -> list[CellSheet]:
    """The worksheets of an .xls, .xlsb or .ods. Raises OldFormatError."""
    try:
        run = run_apart("kinerja_xl.reading.old.child", form, data=data)
        # A library that gets no memory does not always raise: it says so and aborts. Who has had his time is ended.
        ended: dict[str, Any] = {"error": "", "large": bool(_NO_MORE.search(run.stderr)) or had_its_time(run)}
        answer: dict[str, Any] = json.loads(run.stdout) if run.returncode == 0 else ended
    except subprocess.TimeoutExpired:
        answer = {"error": "", "large": True}
    except OSError as error:
        raise OldFormatError(NO_PROCESS) from error
    except ValueError:
        answer = {"error": ""}
    if answer.get("large"):
        limits = f"isinya memerlukan lebih dari {SECONDS} detik atau {MEMORY >> 20} MB memori"
        raise OldFormatError(LARGE, answer.get("why") or limits)
    if "sheets" not in answer:
        said = str(answer.get("error", "")).lower()
        raise OldFormatError(LOCKED if "password" in said or "encrypted" in said or _locked(data, form) else DAMAGED)
    return [_sheet(sheet) for sheet in answer["sheets"]]


def _sheet(sheet: dict[str, Any]) -> CellSheet:
    far = sheet["far"]
    return CellSheet(
        name=sheet["name"],
        state=sheet["state"],
        rows=trimmed([[_restored(cell) for cell in row] for row in sheet["rows"]]),
        errors={(row, col): text for row, col, text in sheet["errors"]},
        formulas={(row, col): FormulaCell(text=text, cached=known) for row, col, text, known in sheet["formulas"]},
        merged=tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        hidden_rows=frozenset(sheet["hidden_rows"]),
        hidden_cols=frozenset(sheet["hidden_cols"]),
        filtered=sheet["filtered"],
        beyond=sheet["beyond"],
        far=address(*far) if far else "",
    )


def _restored(cell: object) -> object:
    """A cell of the answer: whole numbers become floats, as the house's reader gives them."""
    if isinstance(cell, list):
        kind, text = cell
        return date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text) if kind == "t" else text
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return bounded_blanks(cell) if isinstance(cell, str) else cell


def _locked(data: bytes, form: str) -> bool:
    """Whether an .ods lists encrypted parts, or an .xls has a FILEPASS record right after its first ([MS-XLS] 2.1.7.20.3)."""
    if form == "ods":
        with suppress(PackageError):
            return b"encryption-data" in Archive.open(data).read("META-INF/manifest.xml")
    if form != "xls":
        return False
    for first in re.finditer(rb"\x09\x08[\x08\x10]\x00", data):
        at = first.start() if first.start() % 64 == 0 else len(data)  # where a stream may begin
        for _ in range(4):
            kind, length = (int.from_bytes(data[at + i : at + i + 2], "little") for i in (0, 2))
            if kind == 0x2F:
                return True
            at += 4 + length
    return False
