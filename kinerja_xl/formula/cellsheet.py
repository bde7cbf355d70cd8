"""A sheet of cells: values, errors, formulas, merges and what is hidden, whichever reader gave them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from kinerja_xl.formula.references import Box, Place, address, moved

if TYPE_CHECKING:
    from kinerja_xl.formula.parse import Formula


class FormulaCell(NamedTuple):
    """A formula without its ``=``.

    ``cached``: the file carries a result: a ``<v>`` with content, or an empty one of a formula whose
    result is text (``t="str"``: Excel's own way to write ``""``).
    ``origin``: of a copy in a shared group the group's first cell, where ``text`` is written; ``text`` is "" where the
    file lacks that cell. ``array``: an array formula or a data table, which stands for more cells than its own.
    """

    text: str
    cached: bool
    origin: Place | None = None
    array: bool = False

    def at(self, place: Place) -> str:
        """The text as Excel shows it at ``place``, where the cell stands."""
        if self.origin is None:
            return self.text
        return moved(self.text, place[0] - self.origin[0], place[1] - self.origin[1])

    def tree(self, place: Place) -> Formula:
        """The formula as it stands at ``place``."""
        from kinerja_xl.formula.parse import read_formula  # a recap reads no formula

        return read_formula(self.text, self.origin or place)


@dataclass(frozen=True, kw_only=True)
class CellSheet:
    """``rows[r][c]`` from A1, zero-based, None where empty; rows may differ in length.

    ``errors``, ``formulas``, ``merged`` (first row, first column, last row, last column), ``hidden_rows`` and
    ``hidden_cols`` are 1-based, as the scan of the package gives them. ``state``: visible, hidden or veryHidden.
    ``beyond``: filled cells outside of what is read; ``far``: the address of the first of them.
    ``unsure``: cells whose value cannot be known, with the reason; they stand in ``errors``, too.
    """

    name: str
    rows: Sequence[Sequence[object]]
    state: str = "visible"
    errors: Mapping[Place, str] = field(default_factory=dict)
    formulas: Mapping[Place, FormulaCell] = field(default_factory=dict)
    merged: tuple[Box, ...] = ()
    hidden_rows: Collection[int] = frozenset()
    hidden_cols: Collection[int] = frozenset()
    filtered: bool = False
    beyond: int = 0
    far: str = ""
    unsure: Mapping[Place, str] = field(default_factory=dict)

    @cached_property
    def odd_rows(self) -> frozenset[int]:
        """The zero-based rows in which something stands that is no value: an error, a formula without a result."""
        places = (*self.errors, *(place for place, cell in self.formulas.items() if not cell.cached))
        return frozenset(row - 1 for row, _ in places)

    @property
    def height(self) -> int:
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def columns(self) -> Sequence[Sequence[object]]:
        """The values by column, each from the first row to the last."""
        return list(zip_longest(*self.rows))

    @cached_property
    def unfigured(self) -> Sequence[int]:
        """The zero-based rows in which no figure stands but years: headings and rows of words."""
        left = [*range(self.height)]
        for column in reversed(self.columns):  # the amounts stand at the end
            if float in map(type, column):
                left = [at for at in left if (v := column[at]).__class__ is not float or 1990 <= v <= 2100]
        return left

    def value(self, row: int, col: int) -> object | None:
        """The value at a zero-based place; None outside."""
        if 0 <= row < len(self.rows):
            cells = self.rows[row]
            if 0 <= col < len(cells):
                return cells[col]
        return None

    def error(self, row: int, col: int) -> str:
        """The error text of a broken cell (``#REF!``) at a zero-based place, or ""."""
        return self.errors.get((row + 1, col + 1), "") if self.errors else ""

    def formula(self, row: int, col: int) -> FormulaCell | None:
        """The formula at a zero-based place."""
        return self.formulas.get((row + 1, col + 1)) if self.formulas else None

    def uncalculated(self, row: int, col: int) -> bool:
        """Whether the cell at a zero-based place holds a formula without a result."""
        found = self.formula(row, col)
        return found is not None and not found.cached

    def empty(self, row: int, col: int) -> bool:
        """Nothing at all at a zero-based place: no value, no error, no uncalculated formula."""
        return self.value(row, col) is None and not self.error(row, col) and not self.uncalculated(row, col)

    def first(self, row: int) -> str:
        """The first value of a row, as text."""
        cells = self.rows[row]
        return str(cells[0] if cells and cells[0] is not None else next((v for v in cells if v is not None), None))

    def filled(self, row: int) -> list[int]:
        """The zero-based columns of a row that hold a value."""
        if not 0 <= row < len(self.rows):
            return []
        return [col for col, value in enumerate(self.rows[row]) if value is not None and value != ""]

    @cached_property
    def trees(self) -> Mapping[Place, Formula]:
        """The formulas whose text is known, parsed; an array only at its first cell."""
        return {place: cell.tree(place) for place, cell in self.formulas.items() if cell.text}

    @cached_property
    def extent(self) -> Place:
        """The last row and column in which anything stands."""
        places = (*self.formulas, *self.errors, (self.height, self.width))
        return max(row for row, _ in places), max(col for _, col in places)

    def clipped(self, box: Box) -> Box | None:
        """An area cut to what is filled (``A1:A1048576`` costs no more than the table); None: nothing is left."""
        cut = (box[0], box[1], min(box[2], self.extent[0]), min(box[3], self.extent[1]))
        return cut if cut[0] <= cut[2] and cut[1] <= cut[3] else None


def place(row: int, col: int) -> str:
    """The address of a zero-based place: ``(11, 7)`` → ``H12``."""
    return address(row + 1, col + 1)
