"""How much room a text takes: the widths of Carlito's letters, which are Calibri's, how lines break in a cell, and the widths of
Liberation Sans, which are Arial's.

LibreOffice gives a row of a file from elsewhere its default height, however much text it wraps, and so prints lines over each
other; Excel fits such rows itself. So rows that wrap get the height that the letters need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

LINE = 12.75
"""Points per line of Calibri or Carlito at 10 points."""

_SPARE = 2.0
HIGHEST = 409.0
"""Excel's limit for a row, in points."""

_PIXELS_PER_CHAR = 7
"""One unit of column width: a digit of the default font (Calibri 11) at 96 dpi."""

_SAFETY = 1.02
"""Programs round each letter to its own pixels."""

_EM = 2048
_PIXELS = 10 * 96 / 72 / _EM
"""Pixels of a unit of the font's em at 10 points."""

_REGULAR = {
    452: "'", 463: ' ', 470: 'il', 490: 'j', 511: ',‘’', 516: 'I', 517: '.·', 548: ':;', 596: '`', 621: '()', 625: 'f',
    627: '-', 628: '[]', 644: '{}', 653: 'J', 667: '!', 686: 't', 688: '²', 694: '°', 714: 'r', 791: '/\\', 801: 's',
    809: 'z', 821: '"', 857: '“”', 861: 'L', 866: 'c', 887: 'x', 925: 'v', 927: 'y', 931: 'k', 941: 'FS', 943: '|',
    949: '?', 959: 'Z', 964: 'g', 981: 'a', 998: 'TY', 1000: 'E', 1019: 'e', 1020: '#*+<=>^_~–•±×≥≤−',
    1038: '$0123456789', 1058: 'P', 1063: 'X', 1064: 'K', 1076: 'bdhnpqu', 1080: 'o', 1092: 'C', 1112: 'R', 1114: 'B',
    1162: 'V', 1185: 'A', 1237: '□', 1260: 'D', 1276: 'H', 1292: 'G', 1314: 'U', 1322: 'N', 1356: 'O', 1375: '½',
    1378: 'Q', 1397: '&', 1414: '…', 1464: '%w', 1636: 'm', 1751: 'M', 1822: 'W', 1831: '@', 1854: '—',
}  # fmt: skip
_BOLD = {
    463: ' ', 478: "'", 503: 'il', 523: 'j', 528: ',‘’', 546: 'I', 547: '.', 548: '·', 565: ':;', 615: '`', 627: '-',
    638: '()', 648: 'f', 665: '[]', 667: '!', 678: 'J', 692: '²', 701: '°', 704: '{}', 710: 't', 728: 'r', 814: 'z',
    817: 's', 857: 'c', 866: 'L', 880: '/\\', 891: '“”', 898: '"', 940: 'F', 941: 'x', 949: '?', 968: 'S', 969: 'v',
    970: 'y', 971: 'g', 973: '|', 979: 'Z', 983: 'k', 999: 'E', 1011: 'a', 1014: 'T', 1020: '#*+<=>^_~–•±×≥≤−',
    1031: 'e', 1038: '$0123456789', 1064: 'Y', 1084: 'C', 1090: 'P', 1099: 'bdhnpqu', 1101: 'o', 1120: 'K', 1128: 'X',
    1148: 'B', 1153: 'R', 1211: 'V', 1237: '□', 1241: 'A', 1291: 'D', 1292: 'H', 1305: 'G', 1337: 'U', 1349: 'N',
    1385: 'O', 1405: 'Q', 1415: '½', 1443: '&', 1457: '…', 1493: '%', 1526: 'w', 1666: 'm', 1790: 'M', 1840: '@',
    1854: '—', 1856: 'W',
}  # fmt: skip
"""Units of the em by letter, as the fonts' own tables say them."""

_ARIAL = {
    391: "'", 455: 'ijl‘’', 532: '|', 569: ' !,./:;I[\\]ft·', 682: '()-`r²“”', 684: '{}', 717: '•', 727: '"', 797: '*',
    819: '°', 961: '^', 1024: 'Jcksvxyz', 1124: '±≤≥', 1139: '#$0123456789?L_abdeghnopqu–', 1196: '+<=>~×−', 1237: '□',
    1251: 'FTZ', 1366: '&ABEKPSVXY', 1479: 'CDHNRUw', 1593: 'GOQ', 1706: 'Mm', 1708: '½', 1821: '%', 1933: 'W', 2048: '—…',
    2079: '@',
}  # fmt: skip
_ARIAL_BOLD = {
    487: "'", 569: ' ,./I\\ijl·‘’', 573: '|', 682: '!()-:;[]`ft²', 717: '•', 797: '*r{}', 819: '°', 971: '"', 1024: 'z“”',
    1124: '±≤≥', 1139: '#$0123456789J_aceksvxy–', 1196: '+<=>^~×−', 1237: '□', 1251: '?FLTZbdghnopqu', 1366: 'EPSVXY',
    1479: '&ABCDHKNRU', 1593: 'GOQw', 1706: 'M', 1708: '½', 1821: '%m', 1933: 'W', 1997: '@', 2048: '—…',
}  # fmt: skip


def _by_letter(font: Mapping[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in font.items() for letter in letters}


_WIDTHS = _by_letter(_REGULAR), _by_letter(_BOLD)
_LETTER_WIDTHS = _by_letter(_ARIAL), _by_letter(_ARIAL_BOLD)
_OTHER = 1150
"""Of a letter that stands in neither table: a wide one."""


def height(lines: int) -> float:
    """Height in points of a row of that many lines."""
    return min(HIGHEST, LINE * lines + _SPARE)


@lru_cache(maxsize=1 << 14)
def pixels(word: str, bold: bool = False) -> float:
    """Width of a text in one line."""
    known = _WIDTHS[bold]
    return _PIXELS * _SAFETY * sum(known.get(letter, _OTHER) for letter in word)


@lru_cache(maxsize=8192)
def longest_word(text: str, bold: bool = False) -> float:
    """Width of its longest word in units of column width."""
    return max(map(_bold if bold else pixels, text.split()), default=0.0) / _PIXELS_PER_CHAR


STRETCH = 1.6
"""How far a word may widen its column: the address of a file would take the page."""


def unbroken(width: float, longest: float) -> float:
    """The width of a column that does not break its longest word, which takes ``longest`` with the room beside it."""
    return min(max(width, longest), width * STRETCH)


def longest_line(text: str, bold: bool = False) -> float:
    """Width of its longest line in the same units."""
    return max(pixels(line, bold) for line in text.split("\n")) / _PIXELS_PER_CHAR


@lru_cache(maxsize=1 << 14)
def arial(text: str, points: float, bold: bool = False) -> float:
    """Width in points of a text in one line of Arial of that size, as the letters are written in."""
    known = _LETTER_WIDTHS[bold]
    return points / _EM * _SAFETY * sum(known.get(letter, _OTHER) for letter in text)


@lru_cache(maxsize=8192)
def line_count(text: str, width: float, bold: bool = False) -> int:
    """Lines that ``text`` fills in a column of that width, broken at blanks as spreadsheets do."""
    return lines_in(text, max(width, 1.0) * _PIXELS_PER_CHAR, _bold if bold else pixels)


def _bold(word: str) -> float:
    return pixels(word, True)


def lines_in(text: str, room: float, wide: Callable[[str], float]) -> int:
    """Lines that ``text`` fills in that room, broken at blanks; ``wide`` measures a word in the unit of the room."""
    return sum(_wrapped(line, room, wide) for line in text.split("\n"))


def _wrapped(line: str, room: float, wide: Callable[[str], float]) -> int:
    blank, sizes = wide(" "), [*map(wide, line.split(" "))]
    count, used = 1, 0.0
    if sum(sizes, blank * len(sizes)) <= room:
        return count
    for size in sizes:
        if used and used + size > room:
            count, used = count + 1, 0.0
        if size > room:  # a word wider than the column is broken anywhere
            count += int(size // room)
            size %= room
        used += size + blank
    return count
