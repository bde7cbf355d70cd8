"""The rows of a letter's table as data, how wide its columns and how high its rows are, and which rows stay together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kinerja_xl.sheets.formats import TOTAL
from kinerja_xl.sheets.rekap.model import UNKNOWN
from kinerja_xl.writing.letters.looks import twips
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.widths import fitted, high, need

Side = Literal["kiri", "tengah", "kanan"]

NONE = UNKNOWN
"""Stands where there is nothing to be said: a blank would read as forgotten."""

COMPANY = 3
"""Last rows of a table, its sum among them, that stand on the page of the signature where they are not too high."""

WHOLE = 1 / 3
"""Of a page: a table that is kept on one page, or its last rows, leave no more of the page before it blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: heading, width in millimetres (or as a share of the room), side, and a heading above several."""

    head: str
    width: float
    side: Side = "kiri"
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell that is more than its text. ``span`` counts columns; ``small`` stands below the text in italics; ``merge``: the
    first ("restart") or a further one ("continue") of cells that are one, whose text stands in the first."""

    text: str
    span: int = 1
    side: Side | None = None
    bold: bool = False
    fill: str = ""
    small: str = ""
    merge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its cells, and whether it is an ordinary one, the head of a group, or a sum."""

    cells: tuple[Cell | str, ...]
    kind: Literal["biasa", "kelompok", "jumlah"] = "biasa"


def summed(span: int, *cells: Cell | str) -> Row:
    """The row of the sum: its word over ``span`` columns, then the other cells."""
    return Row(cells=(Cell(text=TOTAL, span=span, side="kiri"), *cells), kind="jumlah")


_FEW_DOTS = "…" * 5
"""In a column, where the dots of a line would take the room of the others."""


def cell_of(given: Cell | str) -> Cell:
    """A cell as it is written: what is still to be filled in by hand takes no more room than its column has."""
    cell = given if isinstance(given, Cell) else Cell(text=given)
    return replace(cell, text=_FEW_DOTS) if cell.text == DOTS else cell


def scaled(columns: Sequence[Column], rows: Iterable[Row], room: float) -> list[int]:
    """The widths in twips, stretched or pressed into the room (millimetres) so that every word of the rows stands whole."""
    needs = [need(column.head, bold=True) for column in columns]
    for row in rows:
        index = 0
        for cell in map(cell_of, row.cells):
            if cell.span == 1:
                needs[index] = max(needs[index], need(cell.text, cell.bold or row.kind != "biasa"), need(cell.small))
            index += cell.span
    return fitted([column.width for column in columns], needs, twips(room))


def points_of(row: Row, widths: Sequence[int]) -> float:
    """How high a row is: as its highest cell that is no part of a higher one."""
    found, index = 0.0, 0
    for given in row.cells:
        cell = cell_of(given)
        text = f"{cell.text}\n{cell.small}" if cell.small else cell.text
        if not cell.merge:
            found = max(found, high(text, sum(widths[index : index + cell.span]), cell.bold or row.kind != "biasa"))
        index += cell.span
    return found


def company_of(sizes: Sequence[float], page: float, most: int = COMPANY) -> int:
    """How many of the last rows stay together: two, and up to ``most`` where they are low; the first row is none of more."""
    return next((n for n in range(min(most, len(sizes) - 1), 2, -1) if sum(sizes[-n:]) <= WHOLE * page), 2)
