"""A process of its own for formats whose readers may take a process down: ``python -m kinerja_xl.reading.old.child FORM``.

The bytes come in on stdin, the cells go out on stdout as one JSON object: {"sheets": …}, or {"error": …, "large": …}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from kinerja_xl import limit
from kinerja_xl.reading.old.found import Found, TooLargeError


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


def sheets(data: bytes, form: str) -> Sequence[Found]:
    """Every worksheet of a file of this format: xls, xlsb or ods."""
    # Only what the format needs: this process has to start fast.
    if form == "xls":
        from kinerja_xl.reading.old.xls import xls_sheets

        return xls_sheets(data)
    from kinerja_xl.package import Archive

    archive = Archive.open(data)
    if form == "xlsb":
        from kinerja_xl.reading.old.xlsb import xlsb_sheets

        return xlsb_sheets(archive)
    from kinerja_xl.reading.old.ods import ods_sheets

    return ods_sheets(archive)


def told(sheet: Found) -> dict[str, object]:
    """A sheet as JSON; places as [row, column, …]."""
    return {
        "name": sheet.name, "state": sheet.state, "rows": [[plain(cell) for cell in row] for row in sheet.rows()],
        "errors": [[*place, text] for place, text in sheet.errors.items()],
        "formulas": [[*place, text, place not in sheet.uncalculated] for place, text in sheet.formulas.items()],
        "merged": sheet.merged, "hidden_rows": sorted(sheet.hidden_rows), "hidden_cols": sorted(sheet.hidden_cols),
        "filtered": sheet.filtered, "beyond": sheet.beyond, "far": sheet.far,
    }  # fmt: skip


def main() -> None:
    """Read stdin, answer on stdout."""
    limit()
    try:
        answer: dict[str, object] = {"sheets": [told(sheet) for sheet in sheets(sys.stdin.buffer.read(), sys.argv[1])]}
        text = json.dumps(answer)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        large = isinstance(error, MemoryError | TooLargeError) or "overflow" in str(error)
        why = str(error) if isinstance(error, TooLargeError) else ""
        text = json.dumps({"error": f"{type(error).__name__}: {error}", "large": large, "why": why})
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main()
