"""How high a row of wrapped text has to be.

LibreOffice gives a row of a file from elsewhere its default height, however much text it wraps, and so prints lines
over each other; Excel fits such rows itself. So rows that wrap get an estimate that errs on the high side.
"""

from __future__ import annotations

from functools import lru_cache

LINE = 12.75
"""Points per line of Calibri or Carlito at 10 points."""

_SPARE = 2.0
_HIGHEST = 409.0
"""Excel's limit for a row, in points."""

_PIXELS_PER_CHAR = 7
"""One unit of column width: a digit of the default font (Calibri 11) at 96 dpi."""

_BOLD = 1.08
_SAFETY = 1.02
_GROUPS = {
    " ": 3.0, "ijlI.,:;'|!": 3.3, "ft()[]{}-/": 4.4, "r": 4.7, "sz": 5.3, 'cxJL"_': 5.8, "kvyEFSTYZ": 6.3,
    "aeg": 6.6, "ABCKPRX": 7.4, "DGHNOQUV&": 8.8, "wmMW@%\N{EM DASH}\N{HORIZONTAL ELLIPSIS}": 11.0,
}  # fmt: skip
_WIDTHS = {letter: width for letters, width in _GROUPS.items() for letter in letters}
_OTHER = 7.0
"""Pixels at 10 points of letters that differ from the common width, which is that of digits and n."""


def height(lines: int) -> float:
    """Height in points of a row of that many lines."""
    return min(_HIGHEST, LINE * lines + _SPARE)


@lru_cache(maxsize=8192)
def line_count(text: str, width: float, bold: bool = False) -> int:
    """Lines that ``text`` fills in a column of that width, broken at blanks as spreadsheets do."""
    room = width * _PIXELS_PER_CHAR / (_SAFETY * (_BOLD if bold else 1))
    if "\n" not in text and len(text) * _OTHER <= room:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        size = _pixels(word)
        if used and used + size > room:
            count, used = count + 1, 0.0
        if size > room:  # a word wider than the column is broken anywhere
            count += int(size // room)
            size %= room
        used += size + _WIDTHS[" "]
    return count


@lru_cache(maxsize=1 << 14)
def _pixels(word: str) -> float:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in word)
