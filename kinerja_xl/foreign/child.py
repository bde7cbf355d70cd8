"""A process of its own for readers that may take the whole process down: ``python -m kinerja_xl.foreign.child``.

The bytes of an .xls, .xlsb or .ods come in on stdin, its cells go out on stdout as one JSON object. calamine
allocates the whole rectangle up to the last cell and panics on some damaged files; here that costs only this process.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_xl.package import Archive

MEMORY = 400 << 20
"""Bytes that the reader may take."""
MAX_ROWS, MAX_COLUMNS = 50_000, 512


def _limited() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no resource limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def plain(value: object) -> object:
    """A cell as JSON: dates and times as ["d", ISO text], blanks as None."""
    if value is None or isinstance(value, str | bool | int | float):
        return None if isinstance(value, str) and not value.strip() else value
    if isinstance(value, datetime):
        return ["d", value.date().isoformat()] if value.time() == time() else ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["s", value.isoformat()]
    return ["s", str(value) if isinstance(value, timedelta) else repr(value)]


def _beyond(rows: Sequence[Sequence[object]]) -> int:
    """How many filled cells lie outside of what is passed on."""
    far = [*(row[MAX_COLUMNS:] for row in rows[:MAX_ROWS]), *rows[MAX_ROWS:]]
    return sum(cell not in (None, "") for row in far for cell in row)


def _prepared(data: bytes) -> bytes:
    """What the reader would drop or stumble over, written in another way: short cells of an .xlsb, an indented .ods."""
    if not data.startswith(b"PK"):
        return data
    from kinerja_xl.package import Archive, PackageError  # not before it is needed: this process has to start fast

    try:
        archive = Archive.open(data)
        if "xl/workbook.bin" in archive:
            return with_full_cells(archive)
        if "content.xml" in archive:
            content = archive.read("content.xml")
            flat = re.sub(rb">[ \t]*\r?\n\s*<", b"><", content)
            return data if flat == content else archive.rewrite({"content.xml": flat})
    except PackageError:  # then the reader says what is wrong
        pass
    return data


def sheets(data: bytes) -> list[dict[str, object]]:
    """Every worksheet: name, state, rows from A1 and merged ranges (1-based)."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(_prepared(data)))
    found: list[dict[str, object]] = []
    for meta in book.sheets_metadata:
        if not str(meta.typ).endswith("WorkSheet"):
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=False)
        ranges = sheet.merged_cell_ranges or []
        found.append(
            {
                "name": meta.name,
                "state": "visible" if str(meta.visible).endswith(".Visible") else "hidden",
                "rows": [[plain(cell) for cell in row[:MAX_COLUMNS]] for row in rows[:MAX_ROWS]],
                "beyond": _beyond(rows),
                "merged": [[r1 + 1, c1 + 1, r2 + 1, c2 + 1] for (r1, c1), (r2, c2) in ranges],
            }
        )
    return found


def main() -> None:
    """Read stdin, answer on stdout: {"sheets": …} or {"error": …}."""
    _limited()
    try:
        answer: dict[str, object] = {"sheets": sheets(sys.stdin.buffer.read())}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        large = isinstance(error, MemoryError) or "overflow" in str(error)
        answer = {"error": f"{type(error).__name__}: {error}", "large": large}
    sys.stdout.buffer.write(json.dumps(answer).encode())


# ---- Binary cell records that the reader library does not know: an .xls without its container, short cells of an .xlsb ----
# Habits served: small PHP functions that write one BIFF stream with labels and numbers and call it .xls; programs that
# write .xlsb with cells that leave out their column (the next one is meant), which the library would drop without a word.

_INTEGER, _NUMBER, _LABEL, _FORMULA, _RK = 0x02, 0x03, 0x04, 0x06, 0x7E
_STRING, _CODEPAGE = (0x07, 0x0207), 0x42


def stream_rows(data: bytes) -> tuple[list[list[object]], int]:
    """The cells of a bare BIFF stream (Excel 2 to 4, or 5 without its container), and how many lie too far away.

    It holds one sheet. Raises ValueError."""
    cells: dict[tuple[int, int], object] = {}
    last, page = (-1, -1), "cp1252"
    try:
        for kind, body in _stream(data):
            if kind == _CODEPAGE and (number := int.from_bytes(body[:2], "little")) in (437, 850, 1250, 1252):
                page = f"cp{number}"
            elif kind in _STRING and last in cells:  # the text that the formula before it gave
                cells[last] = body[1 if kind == 7 else 2 :].decode(page, "replace")
            elif kind & 0xFF in (_INTEGER, _NUMBER, _LABEL, _FORMULA, _RK) and kind >> 8 in (0, 2, 4):
                last = struct.unpack_from("<HH", body)
                cells[last] = _stream_value(kind & 0xFF, body[4:], 3 if kind < 0x100 else 2, page)
    except struct.error as error:
        raise ValueError("rekaman terpotong") from error
    near = {(r, c): value for (r, c), value in cells.items() if r < MAX_ROWS and c < MAX_COLUMNS}
    rows: list[list[object]] = [[] for _ in range(max((r for r, _ in near), default=-1) + 1)]
    for (row, col), value in sorted(near.items(), key=lambda item: item[0]):
        rows[row] += [None] * (col + 1 - len(rows[row]))
        rows[row][col] = value
    return rows, len(cells) - len(near)


def _stream(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == 0x0A:
            return
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length
    raise ValueError("rekaman penutup tidak ada")  # half of a table is none


def _stream_value(kind: int, body: bytes, head: int, page: str) -> object:
    """The value behind ``head`` bytes of format."""
    body = body[head:]
    if kind == _LABEL:
        size = 1 if head == 3 else 2
        text = body[size : size + int.from_bytes(body[:size], "little")].decode(page, "replace")
        return text if text.strip() else None
    if kind == _INTEGER:
        return float(int.from_bytes(body[:2], "little"))
    return _rk(body) if kind == _RK else float(struct.unpack_from("<d", body)[0])


def _rk(body: bytes) -> float:
    """A number in four bytes: 30 bits of a double or of an integer, perhaps times a hundred ([MS-XLS] 2.5.217)."""
    bits = struct.unpack_from("<i", body)[0]
    value = float(bits >> 2) if bits & 2 else float(struct.unpack("<d", struct.pack("<Ii", 0, bits & ~3))[0])
    return value / 100 if bits & 1 else value


_SHORT = range(12, 19)
"""Cells without a column: blank, rk, error, bool, real, text, shared text; each eleven above the full kind."""


def with_full_cells(archive: Archive) -> bytes:
    """The same .xlsb with every short cell written in full; the bytes themselves when there is none."""
    changed = {}
    for entry in archive.entries:
        name = entry.filename.lower().replace("\\", "/")
        if "/worksheets/" in name and name.endswith(".bin"):
            part = archive.read(entry.filename)
            if (full := _full(part)) is not None:
                changed[entry.filename] = full
    return archive.rewrite(changed) if changed else archive.data


def _full(part: bytes) -> bytes | None:
    """A sheet's records with full cells; None when they all are."""
    made, col, short = bytearray(), -1, False
    for kind, body in _records(part):
        if kind == 0:
            col = -1
        elif 1 <= kind <= 11:
            col = int.from_bytes(body[:4], "little")
        elif kind in _SHORT:
            col, short, kind = col + 1, True, kind - 11
            body = struct.pack("<I", col) + body
        made += _record(kind, body)
    return bytes(made) if short else None


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
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


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = bytearray(), len(body)
    while left >= 0x80:
        length.append(left & 0x7F | 0x80)
        left >>= 7
    return head + bytes(length) + bytes([left]) + body


if __name__ == "__main__":
    main()
