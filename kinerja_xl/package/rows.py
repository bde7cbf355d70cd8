"""Row heights that stay automatic: a height to begin with, and no claim that somebody fixed it.

XlsxWriter marks every height that it is given as fixed by hand, and Excel then no longer grows the row while a long
text is typed into it. Without any height LibreOffice prints wrapped lines over each other. So forms carry an estimate
without that mark.
"""

from __future__ import annotations

import re

from kinerja_xl.package.archive import Archive

_ROW = re.compile(rb"<row [^>]*>")
_FIXED = b' customHeight="1"'


def loosen_rows(data: bytes) -> bytes:
    """The workbook (as XlsxWriter wrote it) with no row height marked as fixed by hand."""
    archive = Archive.open(data)
    changed = {}
    for entry in archive.entries:
        if entry.filename.startswith("xl/worksheets/sheet"):
            part = archive.read(entry.filename)
            if _FIXED in part:
                changed[entry.filename] = _ROW.sub(lambda match: match[0].replace(_FIXED, b""), part)
    return archive.rewrite(changed) if changed else data
