"""Cell addresses: ``H12`` ↔ (12, 8), and the last row and column that a worksheet can have."""

from __future__ import annotations

import re
from functools import cache

MAX_ROW = 1_048_576
MAX_COL = 16_384

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def address(row: int, col: int) -> str:
    """``(12, 8)`` → ``H12``, both 1-based."""
    return f"{column_letters(col)}{row}"


def coordinates(cell: str) -> tuple[int, int]:
    """``H12`` → ``(12, 8)``. Raises ValueError when it is no address or lies beyond the last cell."""
    match = _ADDRESS.fullmatch(cell)
    if not match:
        raise ValueError(f"not a cell address: {cell!r}")
    row, col = int(match[2]), column_number(match[1].upper().encode())
    if row > MAX_ROW or col > MAX_COL:
        raise ValueError(f"beyond the last cell: {cell!r}")
    return row, col


def box(ref: str) -> tuple[int, int, int, int]:
    """``B2:D5`` (or ``B2``) → first row, first column, last row, last column. Raises ValueError."""
    first, _, last = ref.partition(":")
    row, col = coordinates(first)
    return row, col, *(coordinates(last) if last else (row, col))


@cache
def column_number(letters: bytes) -> int:
    """``b"H"`` → 8. Raises ValueError for anything but one to three capital letters."""
    if not 1 <= len(letters) <= 3 or not letters.isalpha() or not letters.isupper():
        raise ValueError(f"not a column: {letters!r}")
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


@cache
def column_letters(col: int) -> str:
    """``8`` → ``H``."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
