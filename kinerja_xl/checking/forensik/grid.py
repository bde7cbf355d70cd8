"""A sheet as the forensic rules see it: formulas as trees, numbers as exact decimals, rows in blocks. 1-based."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.evaluate import Evaluator, Result
from kinerja_xl.formula.parse import Formula, Ref
from kinerja_xl.formula.references import Box, Place
from kinerja_xl.package import address
from kinerja_xl.reading.unseen import bounded, columns, row_list
from kinerja_xl.sheets.formats import format_number, format_rupiah, plain
from kinerja_xl.sheets.numbers import exact

MAX_FORMULAS = 60_000
"""In one file; sheets beyond are named, not examined (an office's largest workbook here holds 14,529)."""
_NEAR = Decimal("1e-9")
_RELATIVE = Decimal("1e-12")  # Excel keeps 15 digits, and sums of a column lose some of them


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet; without slots, since it caches.

    ``evaluator``: calculates what came without a result and what a formula would give elsewhere, all other cells as the
    file shows them.
    """

    cells: CellSheet
    evaluator: Evaluator

    @property
    def name(self) -> str:
        return self.cells.name

    @property
    def formulas(self) -> Mapping[Place, Formula]:
        return self.cells.trees

    def value(self, place: Place) -> object | None:
        return self.cells.value(place[0] - 1, place[1] - 1)

    def number(self, place: Place) -> Decimal | None:
        """The number that the cell shows; None for blanks, texts, dates, truth values and broken cells."""
        if place in self.formulas and self.cells.uncalculated(place[0] - 1, place[1] - 1):
            return _decimal(self.evaluator.result(self.name, place))
        value = self.value(place)
        if isinstance(value, bool) or not isinstance(value, float | int):
            return None
        return exact(float(value)) if math.isfinite(value) else None

    def expected(self, formula: Formula, place: Place) -> Decimal | None:
        """The number that the formula would give at ``place``; None when it cannot be told or is none."""
        return _decimal(self.evaluator.of(formula, self.name, place))

    def text(self, place: Place) -> str:
        value = self.value(place)
        return value if isinstance(value, str) else ""

    def typed(self, place: Place) -> Decimal | None:
        """A number that somebody typed: no formula, or arithmetic on typed numbers."""
        formula = self.formulas.get(place)
        return self.number(place) if formula is None or formula.only_typed else None

    def broken(self, place: Place) -> bool:
        return place in self.cells.errors

    def written(self, places: Iterable[Place], near: Place) -> tuple[Place, str]:
        """The one of these formula cells nearest to ``near``, and its formula with ``=`` as Excel shows it there."""
        place = min(places, key=lambda p: (abs(p[0] - near[0]) + abs(p[1] - near[1]), p))
        return place, f"={self.cells.formulas[place].at(place)}"

    def clipped(self, ref: Ref, place: Place) -> Box | None:
        """The range of a reference, cut to what is filled."""
        box = ref.box(place)
        return self.cells.clipped(box) if box else None

    def numbering_row(self, row: int) -> bool:
        """``1 2 3 4 …`` as it stands under headings."""
        numbers = [number for col in range(1, self.width + 1) if (number := self.number((row, col))) is not None]
        return len(numbers) > 2 and all(b - a == 1 for a, b in pairwise(numbers))

    @property
    def width(self) -> int:
        return self.cells.width

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Runs of rows that are not entirely blank: a table and what stands directly around it."""
        with_formula = {row for row, _ in self.formulas}
        filled = [
            number
            for number, row in enumerate(self.cells.rows, 1)
            if number in with_formula or any(value is not None for value in row)
        ]
        found: list[tuple[int, int]] = []
        for row in sorted({*filled, *with_formula}):
            if found and found[-1][1] == row - 1:
                found[-1] = (found[-1][0], row)
            else:
                found.append((row, row))
        return tuple(found)

    @cached_property
    def _block_of(self) -> dict[int, tuple[int, int]]:
        return {row: block for block in self.blocks for row in range(block[0], block[1] + 1)}

    def block(self, row: int) -> tuple[int, int]:
        """First and last row of the block that a filled row lies in."""
        return self._block_of.get(row, (row, row))

    def column(self, col: int, first: int, last: int) -> Iterator[Place]:
        return ((row, col) for row in range(first, last + 1))


def same(one: Decimal, other: Decimal) -> bool:
    """Equal but for the arithmetic noise of binary numbers."""
    return abs(one - other) <= max(_NEAR, _RELATIVE * max(abs(one), abs(other)))


class _InOrder(Evaluator):
    """What came without a result is calculated when the first of it is asked for, and then all of it in order, so that long
    chains of formulas are short. Most forms never ask."""

    _begun = False

    def result(self, sheet: str, place: Place) -> Result:
        self._all()
        return super().result(sheet, place)

    def of(self, formula: Formula, sheet: str, place: Place) -> Result:
        self._all()
        return super().of(formula, sheet, place)

    def _all(self) -> None:
        if self._begun:
            return
        self._begun = True
        for name, sheet in self.book.items():
            for place, formula in sorted(sheet.formulas.items(), key=lambda item: item[0]):
                if not formula.cached:
                    super().result(name, place)


def grids(sheets: Iterable[CellSheet]) -> dict[str, Grid]:
    """The sheets of a book by name."""
    book = {sheet.name: sheet for sheet in sheets}
    evaluator = _InOrder(book)
    return {name: Grid(cells=sheet, evaluator=evaluator) for name, sheet in book.items()}


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


# ---- How cells, rows and amounts are named in a catatan: short and bounded, and in full beside it for marking them ----

__all__ = ["amount", "at", "bounded", "columns", "ranges", "row_list"]

_MONEY_FROM = 1_000


def at(code: str, sheet: str, places: Sequence[Place], **args: str) -> Finding:
    """A finding at the first of ``places``. ``args``: ``sel_sel`` all cells, ``daftar`` a bounded list, ``banyak``."""
    listed = sorted(places)
    named = [address(*place) for place in listed]
    common = {"daftar": bounded(ranges(listed)), "banyak": str(len(listed)), "sel_sel": " ".join(named)}
    return Finding(code=code, sheet=sheet, cell=named[0] if named else "", args={**common, **args})


def ranges(places: Iterable[Place]) -> list[str]:
    """Cells as addresses, neighbours in one column joined: ``P24``, ``P31:P34``; then neighbours in one row."""
    left = sorted(places, key=lambda place: (place[1], place[0]))
    runs: list[tuple[Place, Place]] = []
    for place in left:
        if runs and runs[-1][1] == (place[0] - 1, place[1]):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    boxes: list[tuple[Place, Place]] = []
    for first, last in sorted(runs, key=lambda run: (run[0][0], run[1][0], run[0][1])):
        beside = boxes and boxes[-1][0][0] == first[0] and boxes[-1][1] == (last[0], last[1] - 1)
        if beside:
            boxes[-1] = (boxes[-1][0], last)
        else:
            boxes.append((first, last))
    return [address(*a) if a == b else f"{address(*a)}:{address(*b)}" for a, b in sorted(boxes)]


def amount(value: Decimal) -> str:
    """Large whole numbers are money; others are shown with at most four decimals."""
    if value == value.to_integral_value() and abs(value) >= _MONEY_FROM:
        return format_rupiah(plain(value))
    return format_number(value if value == value.to_integral_value() else plain(round(value, 4)))
