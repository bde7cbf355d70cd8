"""Long texts as staff type them into a cell: their lines become paragraphs, their dashes and numbers become lists.

A numbered line keeps the very number that was typed: a list goes on only where the next number follows, otherwise a
new one starts there. Text is text: what begins with "=" or "<" stands in the letter as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.document import Document

from kinerja_xl.words.text import clean
from kinerja_xl.writing.letters import looks
from kinerja_xl.writing.letters.looks import Element, el, paragraph, run, twips
from kinerja_xl.writing.letters.style import NS

DOTS = "…" * 12
"""Where something is still to be written by hand."""

_CELL_STEP = 4.5
"""Indent of one list level within a table, in millimetres."""

_DASH = re.compile(r"[-–—•*·▪]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"([a-z])[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of a text. ``form``: 0 none, else BULLET, DECIMAL or LETTER; ``start``: a new list, beginning there."""

    text: str
    form: int = 0
    depth: int = 0
    start: int = 0


def lines(text: str) -> tuple[Line, ...]:
    """A text as paragraphs and list items; empty lines only separate.

    Dashes below a number or a letter, letters below a number and numbers below a letter stand one level deeper; below a
    dash a new list begins.
    """
    return tuple(_lines(part for part in clean(text).split("\n") if part))


def _lines(parts: Iterable[str]) -> Iterator[Line]:
    open_lists: list[tuple[int, int]] = []  # (form, last number) from the outermost level to this one
    for part in parts:
        form, number, content = _marked(part)
        if not form:
            open_lists = []
            yield Line(text=content)
            continue
        depth = next((i for i, (f, last) in enumerate(open_lists) if f == form and number in (0, last + 1)), -1)
        if depth >= 0:
            open_lists = [*open_lists[:depth], (form, number)]
            yield Line(text=content, form=form, depth=depth)
            continue
        outer = {known for known, _ in open_lists}
        deeper = bool(outer) and form not in outer and looks.BULLET not in outer and number <= 1
        open_lists = [*open_lists, (form, number)] if deeper else [(form, number)]
        yield Line(text=content, form=form, depth=len(open_lists) - 1, start=number or 1)


def _marked(part: str) -> tuple[int, int, str]:
    """(form, number, text without its mark); dashes count nothing."""
    if match := _DASH.match(part):
        return looks.BULLET, 0, part[match.end() :]
    if match := _NUMBER.match(part):
        return looks.DECIMAL, int(match[1]), part[match.end() :]
    if match := _LETTER.match(part):
        return looks.LETTER, ord(match[1]) - ord("a") + 1, part[match.end() :]
    return 0, 0, part


class Lists:
    """The lists of one document: each typed list gets a number of its own, so that it counts from its own start."""

    def __init__(self, document: Document) -> None:
        self._part = document.part.numbering_part.element
        self._last = len(self._part.findall(f"{NS}num"))
        self._open: dict[int, int] = {}

    def number(self, line: Line) -> int:
        """The numbering of a list item; a started one is new."""
        if line.start:
            self._last += 1
            override = el("w:lvlOverride", el("w:startOverride", val=line.start), ilvl=line.depth)
            self._part.append(el("w:num", el("w:abstractNumId", val=line.form), override, numId=self._last))
            self._open[line.depth] = self._last
        return self._open[line.depth]


def paragraphs(
    text: str, lists: Lists, *, style: str = "BodyText", in_table: bool = False, keep_next: bool = False
) -> list[Element]:
    """The paragraphs of a text, ready to be appended; dots for a text that is missing."""
    found = lines(text) or (Line(text=DOTS),)
    return [_paragraph(line, lists, style, in_table, keep_next) for line in found]


def _paragraph(line: Line, lists: Lists, style: str, in_table: bool, keep_next: bool) -> Element:
    if not line.form:
        return paragraph(style, run(line.text), keep_next=keep_next)
    own = "ButirTabel" if in_table else "ListBullet" if line.form == looks.BULLET else "ListNumber"
    made = paragraph(own, run(line.text), keep_next=keep_next, numbering=(lists.number(line), line.depth))
    if in_table:  # a list's own indent would eat half of a column
        made[0].append(el("w:ind", left=twips(_CELL_STEP * (line.depth + 1)), hanging=twips(_CELL_STEP)))
    return made


def append(document: Document, *elements: Element) -> None:
    """Elements at the end of the body, before the last section's properties."""
    last = document.element.body[-1]
    for element in elements:
        last.addprevious(element)
