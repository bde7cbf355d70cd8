"""From a document to its bytes: same document, same bytes, whatever the clock says."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx.document import Document

from kinerja_xl.package import normalise

WHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that stands in every document. A letter's date is a line of its text, not a stamp in its file."""


def finished(document: Document) -> bytes:
    """The document as a .docx file without any time of making."""
    out = io.BytesIO()
    document.save(out)
    return normalise(out.getvalue(), WHEN)
