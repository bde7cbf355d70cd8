"""How wide the columns of a letter's table are: as declared, but never so narrow that a word of theirs is broken; how high a text
stands in one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinerja_xl.writing.letters.looks import BODY, SMALL, twips
from kinerja_xl.writing.metrics import arial, lines_in

MARGINS = 2 * 70 + 20
"""Twips that a cell's margins and rule take from its column."""

NARROW = twips(9)
"""A column of less has no room for margins beside its text: the months of a schedule."""

_PARTS = re.compile(r"(?:[^\s-]|\u00a0)+-*")
"""What is never broken: words, parted after their hyphens; a blank that ties is part of them."""

_LONGEST = 30
"""A "word" of more letters is an address or a name of a file; it may break."""

_TWIPS_PER_POINT = 20

_NARROWEST, _SLACK = 0.4, 6.0
"""Of its room a text that is evened keeps so much, and so many points more than its longest line."""

_LINE, _AIR = 1.15 * SMALL, 3.0
"""Points of a line in a table, and what stands above and below a paragraph."""


def need(text: str, bold: bool = False) -> int:
    """Twips that the longest word of a text in a table takes."""
    words = (word for word in _PARTS.findall(text) if len(word) <= _LONGEST)
    return round(max((arial(word, SMALL, bold) for word in words), default=0.0) * _TWIPS_PER_POINT)


def high(text: str, width: int, bold: bool = False) -> float:
    """Points that a text takes in a column of that width (twips)."""
    room = max(1.0, (width - (MARGINS if width >= NARROW else 0)) / _TWIPS_PER_POINT)
    parts = text.split("\n")
    return sum(_LINE * lines_in(part, room, lambda word: arial(word, SMALL, bold)) + _AIR for part in parts)


def evened(text: str, width: int) -> int:
    """Twips to leave free on each side of a column of that width (twips), so that the lines of a centred text are about as long
    as each other: none has a last word alone below it."""
    room = width / _TWIPS_PER_POINT

    def lines(points: float) -> int:
        return lines_in(text, points, lambda word: arial(word, BODY))

    least = next(points for points in range(round(room * _NARROWEST), round(room) + 1) if lines(points) == lines(room))
    return 0 if lines(room) == 1 else max(0, round((room - least - _SLACK) / 2 * _TWIPS_PER_POINT))


def fitted(shares: Sequence[float], needs: Sequence[int], room: int) -> list[int]:
    """Widths in twips that fill the room by their ``shares``; a column that a word does not fit into takes what it lacks from
    those with room to spare, as far as that goes."""
    factor = room / sum(shares)
    widths = [round(share * factor) for share in shares]
    least = [word + (MARGINS if width >= NARROW else 0) for width, word in zip(widths, needs, strict=True)]
    lacks = [max(0, low - width) for width, low in zip(widths, least, strict=True)]
    spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
    if not sum(lacks):
        return widths
    given = min(1.0, sum(spare) / sum(lacks))
    taken = sum(lacks) * given / sum(spare) if sum(spare) else 0.0
    return [round(w + lack * given - free * taken) for w, lack, free in zip(widths, lacks, spare, strict=True)]
