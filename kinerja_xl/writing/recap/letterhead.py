"""The letterhead of a page that is signed: logo, regency, office, address, title and year."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.logo import picture
from kinerja_xl.writing.recap.page import Frame, merged

LETTERHEAD_ROWS = 5
_POINTS = (18.0, 18.0, 16.0, 28.0, 18.0)
_LOGO_PIXELS = 62.0
"""As high as the three lines of the letterhead."""

_WIDEST = 4.0
"""A logo wider than this many times its height is scaled by its width instead."""


def letterhead(frame: Frame, worksheet: Worksheet, right: int, title: str, below: str) -> None:
    """Rows 0 to LETTERHEAD_ROWS - 1 over the columns up to ``right``."""
    office, styles = frame.office, frame.styles
    rows = (
        (office.pemda.upper(), styles.letterhead),
        (office.nama.upper(), styles.look("letterhead", font_size=14)),
        (office.alamat, styles.look("hint", "ruled", align="center")),
        (title, styles.look("title", align="center")),
        (below, styles.look("subtitle", align="center")),
    )
    for row, ((text, fmt), points) in enumerate(zip(rows, _POINTS, strict=True)):
        worksheet.set_row(row, points)
        merged(worksheet, row, 0, right, text, fmt)
    _logo(frame, worksheet)


def _logo(frame: Frame, worksheet: Worksheet) -> None:
    shown = picture(frame.office.logo_data) if frame.office.logo_data else None
    if shown is None:
        return
    scale = min(shown.scaled(_LOGO_PIXELS), _LOGO_PIXELS * _WIDEST / shown.width)
    options = {
        "image_data": BytesIO(shown.data), "x_scale": scale, "y_scale": scale, "x_offset": 6, "y_offset": 2,
        "object_position": 2, "description": f"Logo {frame.office.nama}",
    }  # fmt: skip
    worksheet.insert_image(0, 0, frame.office.logo, options)
