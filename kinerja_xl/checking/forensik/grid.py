"""A sheet as the forensic rules see it: formulas as trees, numbers as exact decimals, rows in blocks. 1-based."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from openpyxl.formula.translate import Translator

from kinerja_xl.formula.parse import Box, Formula, Place, Ref, read_formula
from kinerja_xl.package import Package, PackageError, address, coordinates
from kinerja_xl.package.markup import feed, parser
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.sheets.numbers import exact

# ---- Where each shared formula begins: Excel writes a copied formula once and lets the copies point to its first cell ----
# The scan of the package hands a copy the first cell's text but not its place, without which it cannot be shifted.

def shared_origins(data: bytes, path: str) -> dict[Place, Place]:
    """Each copy's cell → the first cell of its group, from the bytes of a worksheet part. {} when it cannot be read."""
    groups: dict[str, Place] = {}
    copies: list[tuple[Place, str]] = []
    here: list[Place] = [(0, 0)]

    def start(name: str, attrs: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            here[0] = _place(attrs.get("r", ""))
        elif local == "f" and attrs.get("t") == "shared":
            group = attrs.get("si", "")
            if "ref" in attrs:
                groups[group] = here[0]
            else:
                copies.append((here[0], group))

    made = parser(path)
    made.StartElementHandler = start
    try:
        feed(made, data, path)
    except PackageError:
        return {}
    finally:
        made.StartElementHandler = None
    return {place: groups[group] for place, group in copies if group in groups}


def _place(ref: str) -> Place:
    try:
        return coordinates(ref)
    except ValueError:
        return (0, 0)


MAX_FORMULAS = 60_000
"""In one file; sheets beyond are named, not examined (an office's largest workbook here holds 14,529)."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet; without slots, since it caches.

    ``origins``: of the copies of a shared formula, the cell where it is written. ``calculated``: results of formulas
    that came without one, as far as ``evaluate`` could give them.
    """

    cells: CellSheet
    formulas: Mapping[Place, Formula]
    origins: Mapping[Place, Place]
    calculated: dict[Place, Decimal | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.cells.name

    @property
    def height(self) -> int:
        return len(self.cells.rows)

    def value(self, place: Place) -> object | None:
        return self.cells.value(place[0] - 1, place[1] - 1) if min(place) > 0 else None

    def number(self, place: Place) -> Decimal | None:
        """The number that the cell shows; None for blanks, texts, dates, truth values and broken cells."""
        if place in self.calculated:
            return self.calculated[place]
        value = self.value(place)
        if isinstance(value, bool) or not isinstance(value, float | int):
            return None
        return exact(float(value)) if math.isfinite(value) else None

    def text(self, place: Place) -> str:
        value = self.value(place)
        return value if isinstance(value, str) else ""

    def typed(self, place: Place) -> Decimal | None:
        """A number that somebody typed: no formula, or arithmetic on typed numbers."""
        formula = self.formulas.get(place)
        return self.number(place) if formula is None or formula.only_typed else None

    def broken(self, place: Place) -> bool:
        return place in self.cells.scan.errors

    def uncalculated(self, place: Place) -> bool:
        """A formula that came without a result and was not calculated here either."""
        formula = self.cells.scan.formulas.get(place)
        return formula is not None and not formula.cached and self.calculated.get(place) is None

    def written(self, places: Iterable[Place], near: Place) -> tuple[Place, str]:
        """The one of these formula cells nearest to ``near``, and its formula with ``=`` as Excel shows it there."""
        place = min(places, key=lambda p: (abs(p[0] - near[0]) + abs(p[1] - near[1]), p))
        text = f"={self.cells.scan.formulas[place].text}"
        origin = self.origins.get(place)
        if origin:
            text = str(Translator(text, origin=address(*origin)).translate_formula(address(*place)))
        return place, text

    def clipped(self, ref: Ref, place: Place) -> Box | None:
        """The range of a reference, cut to what is filled: ``A1:A1048576`` costs no more than the table."""
        box = ref.box(place)
        if box is None:
            return None
        bottom, right = max(self.height, self.cells.scan.near_row), max(self.width, self.cells.scan.near_col)
        cut = (box[0], box[1], min(box[2], bottom), min(box[3], right))
        return cut if cut[0] <= cut[2] and cut[1] <= cut[3] else None

    def numbering_row(self, row: int) -> bool:
        """``1 2 3 4 …`` as it stands under headings."""
        numbers = [number for col in range(1, self.width + 1) if (number := self.number((row, col))) is not None]
        return len(numbers) > 2 and all(b - a == 1 for a, b in pairwise(numbers))

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.cells.rows), default=0)

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


def make_grid(sheet: CellSheet, package: Package) -> Grid:
    """The sheet with its formulas parsed. Arrays and data tables are formulas of their first cell only."""
    scan = sheet.scan
    path = next(part.path for part in package.sheets if part.name == sheet.name)
    shared = any(formula.shared for formula in scan.formulas.values())
    origins = shared_origins(package.part(path), path) if shared else {}
    formulas = {}
    for place, formula in scan.formulas.items():
        origin = origins.get(place, place) if formula.shared else place
        if formula.text and (not formula.shared or place in origins):
            formulas[place] = read_formula(formula.text, origin)
    return Grid(cells=sheet, formulas=formulas, origins=origins)
