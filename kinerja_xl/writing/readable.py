"""How small a sheet may be printed, and what makes one printed larger: narrower columns of words, or a further page across.

A sheet is printed as small as its columns make it one page wide. So columns of words, which wrap, give way to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.writing.metrics import longest_word
from kinerja_xl.writing.styles import SIZE

LEAST = 7.0
"""Points: words of a table are not printed smaller."""

PAPERS = {"Folio": (14, 8.5, 13.0), "A4": (9, 8.27, 11.69)}
"""Paper name -> (its number in the file format, width and height in inches). Folio is the Indonesian F4."""

MARGIN = 0.4
"""Inches at the left and at the right of every sheet."""

ROOM = 0.93
"""Part of a page that columns may fill where another page stands beside it: printers and LibreOffice round up each of them."""

LAST_PAGE = 0.38
"""How much of the last page of a table is filled, where the one before can spare it."""

_NEARLY = 1.04
"""A declared page may be wider than it should be by so much, for a long word, before its columns are told apart anew."""

_GIVES = ((16.0, 0.6, 0.6), (11.0, 0.4, 0.02))
"""A column of words keeps so many characters, and this part of its width, and the page so many inches at full size to spare: for
figures that widen their column a little. Where that is not enough, less."""


def paper_named(name: str) -> tuple[int, float, float]:
    """The paper of that name; Folio, which government offices have, of any other."""
    return PAPERS["A4" if name.strip().casefold() == "a4" else "Folio"]


def inches(characters: Sequence[float]) -> float:
    """How wide columns of these widths are: 7 pixels a character and 5 around them, at 96 to the inch."""
    return sum(7 * chars + 5 for chars in characters) / 96


def printed_inches(columns: Sequence[Column]) -> float:
    """How wide the columns are that are printed, on whatever page."""
    return inches([column.width for column in columns if column.page])


def widest(paper: str = "Folio", *, landscape: bool = True) -> float:
    """Inches at full size that a page takes without printing words smaller than ``LEAST``."""
    _, short, long = paper_named(paper)
    return ((long if landscape else short) - 2 * MARGIN) * SIZE / LEAST


def narrowed(
    columns: Sequence[Column], paper: str = "Folio", *, landscape: bool = True, least: Mapping[str, float] = MappingProxyType({}),
    page: int = 1, room: float | None = None,
) -> tuple[Column, ...]:  # fmt: skip
    """The columns with those of words as narrow as one page of that paper asks for; folded ones stay as they are. ``least``: the
    width, by key, that the words and figures of a column need. ``room``: inches at full size of the columns of that ``page``."""
    printed = [column for column in columns if column.page == page]
    most, found = widest(paper, landscape=landscape) if room is None else room, tuple(columns)
    for narrowest, kept, spare in _GIVES:
        excess = (inches([column.width for column in printed]) - most + (spare if room is None else 0)) * 96 / 7
        gives = {
            column.key: slack for column in printed
            if (slack := _slack(column, max(narrowest, kept * column.width, least.get(column.key, 0.0)))) > 0
        }  # fmt: skip
        if excess <= 0 or not gives:
            break
        part = min(1.0, excess / sum(gives.values()))
        found = tuple(
            replace(column, width=round(column.width - part * gives.get(column.key, 0.0), 1)) if column.page == page else column
            for column in columns
        )
        if inches([column.width for column in found if column.page == page]) <= most:
            break
    return found


def further_pages(table: Table, paper: str = "Folio") -> list[int]:
    """Numbers of the columns that begin a page beside the first, each with the ``repeat`` first columns before it: as declared
    where that paper takes them, else where one page would be wider than it takes. Pages as even as they can be."""
    columns, most = table.columns, widest(paper) * ROOM
    declared = [n for n in range(1, len(columns)) if columns[n].page > columns[n - 1].page > 0]
    if declared:
        further = [(*columns[: table.repeat], *columns[a:b]) for a, b in pairwise([*declared, len(columns)])]
        if max(map(printed_inches, (columns[: declared[0]], *further))) <= most * _NEARLY:
            return declared
    if not declared and printed_inches(columns) <= widest(paper):
        return []
    found = _starts(table, most)
    return next(starts for part in range(50, 101) if len(starts := _starts(table, most * part / 100)) == len(found))


def _starts(table: Table, most: float) -> list[int]:
    """The same where a page takes ``most`` inches; columns of one group stay together."""
    columns = table.columns
    kept = inches([column.width for column in columns[: table.repeat]])
    found: list[int] = []
    start, used = 0, 0.0
    for number, column in enumerate(columns):
        wide = inches([column.width]) if column.page else 0.0
        if used + wide > most and number > table.repeat:
            begin = number
            while column.group and begin - 1 > max(start, table.repeat) and columns[begin - 1].group == column.group:
                begin -= 1
            start = begin if columns[begin - 1].group != column.group else number
            found.append(start)
            used = kept + inches([c.width for c in columns[start:number]])
        used += wide
    return found


def _slack(column: Column, least: float) -> float:
    """Characters that the column can give: one of words that wrap, none of its heading's torn, down to ``least``."""
    return column.kind.wrap * (column.width - max(least, longest_word(column.label, True) + 4))
