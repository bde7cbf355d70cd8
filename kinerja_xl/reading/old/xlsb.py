"""An .xlsb by calamine, helped where it falls short: short cells written in full, far cells left out, a scattered sheet moved
together before reading and apart again after it; error cells, merges and hidden rows come from the records ([MS-XLSB] 2.1.7).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from kinerja_xl.formula.references import Box, Place
from kinerja_xl.package import Archive, PackageError
from kinerja_xl.package.related import relations
from kinerja_xl.reading.old.found import MAX_COLUMNS, MAX_ROWS, Found

WORKBOOK = "xl/workbook.bin"
_ROW, _ERROR, _FORMULA_ERROR, _BLANK, _LAST_CELL = 0, 3, 11, 1, 11
_SHORT = range(12, 19)
"""Cells without a column: blank, rk, error, bool, real, text, shared text; each eleven above the full kind."""
_COLUMN, _SHEET, _MERGED = 60, 156, 176
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_STATES = ("visible", "hidden", "veryHidden")


@dataclass(slots=True, kw_only=True)
class _Part:
    """One worksheet part: ``rows`` and ``cols`` as they are written → where they are put for reading, zero-based."""

    data: bytes = b""
    errors: dict[Place, str] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    far: list[Place] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    cols: list[int] = field(default_factory=list)


def xlsb_sheets(archive: Archive) -> list[Found]:
    """Every worksheet. Raises PackageError, TooLargeError and what calamine raises."""
    from python_calamine import CalamineWorkbook

    names = dict(_listed(archive))
    parts = {path: _read(archive.read(path)) for path in {path for path, _ in names.values()}}
    book = CalamineWorkbook.from_filelike(BytesIO(archive.rewrite({path: part.data for path, part in parts.items()})))
    found = []
    for name, (path, state) in names.items():
        part = parts[path]
        one = Found(
            name=name, state=state, merged=part.merged, hidden_rows=part.hidden_rows, hidden_cols=part.hidden_cols,
            beyond=len(part.far), far=part.far[0] if part.far else None,
        )  # fmt: skip
        for r, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for c, value in enumerate(row):
                if value not in ("", None):
                    one.put(part.rows[r] + 1, part.cols[c] + 1, value)
        one.errors = part.errors
        found.append(one)
    return found


def _listed(archive: Archive) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name → (part, state) of the worksheets whose part is there."""
    targets = {relation.id: relation for relation in relations(archive, WORKBOOK)}
    for kind, body in records(archive.read(WORKBOOK)):
        if kind == _SHEET:
            state = int.from_bytes(body[:4], "little")
            identity, at = _text(body, 8)
            name, _ = _text(body, at)
            relation = targets.get(identity)
            if relation is not None and relation.kind == "worksheet" and relation.path in archive:
                yield name, (relation.path, _STATES[min(state, 2)])


def _text(body: bytes, at: int) -> tuple[str, int]:
    length = int.from_bytes(body[at : at + 4], "little")
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _read(part: bytes) -> _Part:
    """A part with full cells only, without far ones, its rows and columns moved together."""
    seen, row, col = _Part(), -1, -1
    kept: list[tuple[int, bytes, int, int]] = []
    for kind, body in records(part):
        if kind == _ROW:
            row, col = _number(body, 0), -1
            if len(body) > 11 and body[11] & 0x10:
                seen.hidden_rows.add(row + 1)
        elif kind in _SHORT:
            col += 1
            kind, body = kind - 11, struct.pack("<I", col) + body
        elif _BLANK <= kind <= _LAST_CELL:
            col = _number(body, 0)
        _note(seen, kind, body, row, col)
        if _BLANK < kind <= _LAST_CELL and (row >= MAX_ROWS or col >= MAX_COLUMNS):
            seen.far.append((row + 1, col + 1))
        elif kind != _BLANK and not (_BLANK < kind <= _LAST_CELL and row < 0):
            kept.append((kind, body, row, col))
    cells = [(row, col) for kind, _, row, col in kept if _BLANK < kind <= _LAST_CELL]
    seen.rows, seen.cols = sorted({row for row, _ in cells}), sorted({col for _, col in cells})
    rows, cols = ({at: i for i, at in enumerate(places)} for places in (seen.rows, seen.cols))
    seen.data = b"".join(_moved(kind, body, rows.get(row), cols.get(col)) for kind, body, row, col in kept)
    return seen


def _note(seen: _Part, kind: int, body: bytes, row: int, col: int) -> None:
    """What a record says beside values."""
    if kind in (_ERROR, _FORMULA_ERROR) and len(body) > 8 and row < MAX_ROWS and col < MAX_COLUMNS:
        seen.errors[row + 1, col + 1] = _ERRORS.get(body[8], "#N/A")
    elif kind == _MERGED:
        top, bottom, left, right = (_number(body, at) for at in (0, 4, 8, 12))
        seen.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    elif kind == _COLUMN and len(body) > 16 and body[16] & 1:
        first, last = _number(body, 0), _number(body, 4)
        seen.hidden_cols.update(range(first + 1, min(last, MAX_COLUMNS) + 2))


def _moved(kind: int, body: bytes, row: int | None, col: int | None) -> bytes:
    """A record at its new place; rows without cells are left out."""
    if kind == _ROW:
        return record(kind, struct.pack("<I", row) + body[4:]) if row is not None else b""
    if _BLANK < kind <= _LAST_CELL:
        return record(kind, struct.pack("<I", col) + body[4:])
    return record(kind, body)


def _number(body: bytes, at: int) -> int:
    if len(body) < at + 4:
        raise PackageError("rekaman terpotong")
    return int.from_bytes(body[at : at + 4], "little")


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: kind and content."""
    at = 0
    while at < len(part):
        kind, at = _varint(part, at, 2)
        length, at = _varint(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _varint(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for i in range(most):
        byte = part[at + i] if at + i < len(part) else 0
        value |= (byte & 0x7F) << 7 * i
        if not byte & 0x80:
            return value, at + i + 1
    return value, at + most


def record(kind: int, body: bytes) -> bytes:
    """A record as it is written."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = bytearray(), len(body)
    while left >= 0x80:
        length.append(left & 0x7F | 0x80)
        left >>= 7
    return head + bytes(length) + bytes([left]) + body
