"""Rows of column numbers below headings: "1 2 3", "(a) (b)", "6 = 3 x 5"."""

from __future__ import annotations

import re

from kinerja_xl.foreign.grid import Grid
from kinerja_xl.foreign.texts import clean

_LETTERED = re.compile(r"\(?\s*(?:[a-z]{1,2}|©|®|\d{1,2}|[ivx]{1,5})\s*\)?\.?", re.IGNORECASE)
_COMPUTED = re.compile(r"(?i)\(?(?:\d{1,2}|[a-z])\)?\s*[=:]\s*(?:[(\d]|[a-z]\)?\s*[-+x*/:]).*"  # "6 = 3 x 5", "e = b x d"
                       r"|=?\s*\(?\s*(?:kolom\s*)?\d{1,2}\s*[-+x*/:]\s*.*\d\)?.*")  # fmt: skip


def is_numbering(grid: Grid, row: int) -> bool:
    """A row of column numbers or letters in ascending order."""
    if not 0 <= row < grid.height:
        return False
    cells = [value for value in grid.rows[row] if value is not None]
    if len(cells) < 3:
        return False
    plain = 0
    for value in cells:
        if isinstance(value, float):
            plain += value.is_integer() and 0 < value < 100
        elif isinstance(value, str):
            text = clean(value)
            if not (_LETTERED.fullmatch(text) or _COMPUTED.fullmatch(text)):
                return False
            plain += 1
        else:
            return False
    return plain == len(cells) and _ascends(cells)


def _ascends(cells: list[object]) -> bool:
    """The numbers rise (letters: the texts differ); a column number may stand twice by mistake."""
    numbers = [int(n) for n in (_leading(cell) for cell in cells) if n]
    if len(numbers) * 2 >= len(cells):
        return all(a <= b for a, b in zip(numbers, numbers[1:], strict=False)) and len(set(numbers)) * 3 >= len(numbers) * 2
    return len({str(cell) for cell in cells}) * 4 >= len(cells) * 3


def _leading(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    found = re.match(r"\s*\(?(\d{1,2})", str(cell))
    return found[1] if found else ""
