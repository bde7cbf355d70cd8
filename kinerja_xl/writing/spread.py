"""A text over several columns of a sheet: whole on the screen and on paper, which ends where the table ends."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.writing.metrics import HIGHEST, line_count, longest_line
from kinerja_xl.writing.styles import LOOKS, SIZE, Styles

_LINE = 1.35
"""Height of a line, in sizes of its letters."""


def merged(worksheet: Worksheet, row: int, first: int, last: int, text: str, fmt: Format) -> None:
    """Text over several columns; ``merge_range`` alone would refuse a single cell and read formulas into text."""
    if first < last:
        worksheet.merge_range(row, first, row, last, "", fmt)
    worksheet.write_string(row, first, text, fmt)


def spread(
    worksheet: Worksheet, styles: Styles, row: int, place: tuple[int, int], width: float, text: str, look: str, *,
    joined: bool = False,
) -> float:  # fmt: skip
    """A text in one of the LOOKS from the first to the last column of ``place``, which are ``width`` characters wide: running
    over its neighbours where it fits on a line, so that columns can be moved, else wrapped. Gives the points that it needs, 0
    for what any row has. ``joined``: never over its neighbours."""
    size = LOOKS[look].get("font_size", SIZE)
    lines = line_count(text, width * SIZE / size, LOOKS[look].get("bold", False))
    if lines == 1 and not joined:
        worksheet.write_string(row, place[0], text, styles.look(look))
    else:
        merged(worksheet, row, *place, text, styles.look(look, text_wrap=True))
    return 0.0 if lines == 1 else min(HIGHEST, (lines + 0.3) * _LINE * size)


def width_of(text: str, look: str) -> float:
    """Characters that a text in one of the LOOKS takes on one line."""
    return longest_line(text, LOOKS[look].get("bold", False)) * LOOKS[look].get("font_size", SIZE) / SIZE
