"""The formulas of an .xls as text: xlrd keeps results only, but can write out the tokens that stand beside them.

Records: FORMULA and SHRFMLA of [MS-XLS] 2.4.127 and 2.4.277. A formula that cannot be written out is still one, with text "".
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from kinerja_xl.formula.references import Place

_FORMULA, _SHARED, _END, _EXPRESSION = 0x06, 0x4BC, 0x0A, 0x01
_HEAD = 22
"""Bytes of a FORMULA record before its tokens: place, style, result, flags, their length."""

_QUOTED, _WHOLE = re.compile(r"""("[^"]*"|'[^']*')"""), re.compile(r"(?<![\w.])(\d+)\.0(?!\d)")
"""Texts and names of sheets in a formula; whole numbers as xlrd writes them ("1.0")."""


def formulas_of(book: Any, data: bytes) -> list[dict[Place, str]]:
    """By sheet, as xlrd numbers them: formula text by 1-based place; none for formats before Excel 97."""
    if book.biff_version < 80:
        return [{} for _ in book.sheets()]
    memory = _stream(data)
    return [_sheet(book, memory, start) for start in book._sh_abs_posn[: book.nsheets]]


def _stream(data: bytes) -> Any:
    from xlrd.compdoc import SIGNATURE, CompDoc

    if not data.startswith(SIGNATURE):
        return data
    container = CompDoc(data, logfile=io.StringIO())
    return next((memory for name in ("Workbook", "Book") if (memory := container.locate_named_stream(name)[0])), b"")


def _sheet(book: Any, memory: Any, start: int) -> dict[Place, str]:
    found: dict[Place, str] = {}
    shared: dict[Place, bytes] = {}
    copies: dict[Place, Place] = {}
    last = (0, 0)
    for kind, body in _records(memory, start):
        if kind == _FORMULA and len(body) > _HEAD:
            last = struct.unpack_from("<HH", body)
            length = int.from_bytes(body[20:_HEAD], "little")
            tokens = body[_HEAD:]
            if tokens[0] == _EXPRESSION and len(tokens) >= 5:
                copies[last] = struct.unpack_from("<HH", tokens, 1)
            else:
                found[last[0] + 1, last[1] + 1] = _text(book, tokens, length, last, shared=False)
        elif kind == _SHARED and len(body) > 10:
            shared[last] = body[8:]
    for place, origin in copies.items():
        group = shared.get(origin, b"\0\0")
        length = int.from_bytes(group[:2], "little")
        found[place[0] + 1, place[1] + 1] = _text(book, group[2:], length, place, shared=True) if length else ""
    return found


def _records(memory: Any, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(memory):
        kind, length = struct.unpack_from("<HH", memory, at)
        if kind == _END:
            return
        yield kind, bytes(memory[at + 4 : at + 4 + length])
        at += 4 + length


def _text(book: Any, tokens: bytes, length: int, place: Place, *, shared: bool) -> str:
    from xlrd import formula

    kind = formula.FMLA_TYPE_SHARED if shared else formula.FMLA_TYPE_CELL
    try:
        text = formula.decompile_formula(book, tokens, length, kind, browx=place[0], bcolx=place[1]) or ""
        return "".join(part if i % 2 else _WHOLE.sub(r"\1", part) for i, part in enumerate(_QUOTED.split(text)))
    except Exception:  # whatever a stranger's tokens make of it: it stays a formula, its result is known
        return ""
