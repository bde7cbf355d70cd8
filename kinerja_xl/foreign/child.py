"""A process of its own for readers that may take the whole process down: ``python -m kinerja_xl.foreign.child``.

The bytes of an .xls, .xlsb or .ods come in on stdin, its cells go out on stdout as one JSON object. calamine
allocates the whole rectangle up to the last cell and panics on some damaged files; here that costs only this process.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO

MEMORY = 2 << 30
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
    from kinerja_xl.foreign.records import with_full_cells
    from kinerja_xl.package import Archive, PackageError

    try:
        archive = Archive.open(data)
        if "xl/workbook.bin" in archive:
            return with_full_cells(data)
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
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
