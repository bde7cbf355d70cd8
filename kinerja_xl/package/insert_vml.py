"""Boxes of notes and old controls (VML) when rows are inserted: found as text, because such parts may be no XML."""

from __future__ import annotations

import re

from kinerja_xl.package.markup import escape, unescape
from kinerja_xl.package.shift import Shift

_SHAPE = re.compile(rb"<x:ClientData\b.*?</x:ClientData>", re.DOTALL)
_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_FORMULA = re.compile(rb"(<x:(Fmla(?:Link|Range|Group|Txbx|Pict))>)([^<]*)(</x:\2>)")
_TOP, _BOTTOM = 2, 6  # of the eight numbers of an anchor: left, offset, top, offset, right, offset, bottom, offset


def moved_shapes(vml: bytes, shift: Shift, *, home: bool = True) -> bytes:
    """The drawing with the boxes below the insertion moved, and links to cells corrected (``home``: of this sheet)."""

    def data(match: re.Match[bytes]) -> bytes:
        new = _FORMULA.sub(lambda found: _formula(found, shift, home), match[0])
        if not home:
            return new
        note = _ROW.search(new)
        if note:  # a note belongs to its cell, wherever its box stands
            below = int(note[2]) + 1 >= shift.at
            new = _ROW.sub(lambda row: row[1] + str(shift.row(int(row[2]) + 1) - 1).encode() + row[3], new)
        else:
            anchor = _ANCHOR.search(new)
            below = anchor is not None and _corner(anchor[2], _TOP) + 1 >= shift.at
        return _ANCHOR.sub(lambda found: _anchor(found, shift.count), new) if below else new

    return _SHAPE.sub(data, vml)


def _formula(match: re.Match[bytes], shift: Shift, home: bool) -> bytes:
    old = unescape(match[3].decode("utf-8", "surrogateescape"))
    new = shift.formula(old, home=home)
    return match[0] if new == old else match[1] + escape(new).encode("utf-8", "surrogateescape") + match[4]


def _corner(anchor: bytes, index: int) -> int:
    numbers = [part.strip() for part in anchor.split(b",")]
    return int(numbers[index]) if len(numbers) == 8 and numbers[index].isdigit() else -1


def _anchor(match: re.Match[bytes], by: int) -> bytes:
    numbers = [part.strip() for part in match[2].split(b",")]
    if len(numbers) != 8 or not all(number.lstrip(b"-").isdigit() for number in numbers):
        return match[0]
    for index in (_TOP, _BOTTOM):
        numbers[index] = str(int(numbers[index]) + by).encode()
    return match[1] + b", ".join(numbers) + match[3]
