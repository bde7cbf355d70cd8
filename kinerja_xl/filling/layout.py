"""Which row of ours comes where: rows are shared out among the form's groups, and new ones inserted where they don't suffice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import Block, Target
from kinerja_xl.formula.references import coordinates
from kinerja_xl.lists.codes import normalise_program
from kinerja_xl.package import CellValue, Package
from kinerja_xl.package.insert import insert_rows
from kinerja_xl.package.looks import SheetLook, look_at, with_heights
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.values import fold
from kinerja_xl.writing.styles import height, line_count

_NUMBERED = re.compile(r"^\s*(?:[A-Z]|[IVX]+|\d+)\s*[.)]\s*|^\s*(?:[A-Z]|[IVX]+)\s+(?=\S)")
_CODE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,4})+(?![\d])")
_SHORTEST = 6
"""Letters of a name that count when they are found inside a group's label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """``count`` rows in front of row ``at``, like row ``model``; numbers before any insertion."""

    at: int
    count: int
    model: int
    stretch: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows of the sheet (1-based, after the insertions) with the position of our row; ``models``: rows before them that
    show what a row of each group holds."""

    insertions: tuple[Insertion, ...]
    places: Mapping[int, int]
    models: tuple[int, ...]

    def moved(self, row: int) -> int:
        """Where a row of the empty form stands afterwards."""
        return row + sum(one.count for one in self.insertions if one.at <= row)

    def insert(self, data: bytes, sheet: str) -> bytes:
        """The form with its new rows; from below, so that the numbers above stay true. Raises CannotInsertError."""
        for one in sorted(self.insertions, key=lambda i: -i.at):
            data = insert_rows(data, sheet, one.at, one.count, one.model, stretch=one.stretch)
        return data


def share_out(target: Target, supply: Supply) -> tuple[list[list[int]], list[int]]:
    """Positions of our rows for each group of the form, and of those that belong to none of them."""
    everything = list(range(len(supply.rows)))
    if len(target.blocks) <= 1:
        return ([everything] if target.blocks else []), ([] if target.blocks else everything)
    shares: list[list[int]] = [[] for _ in target.blocks]
    lost = []
    for position, row in enumerate(supply.rows):
        names, codes = _names(row), _codes(row)
        fitting = [i for i, block in enumerate(target.blocks) if block.labels and _fits(block.labels[-1], names, codes)]
        if len(fitting) == 1:
            shares[fitting[0]].append(position)
        else:
            lost.append(position)
    return shares, lost


def lay_out(target: Target, shares: Sequence[Sequence[int]]) -> Layout:
    """The insertions that the shares need, and every row's place after them."""
    insertions = tuple(one for block, share in zip(target.blocks, shares, strict=True) if (one := _insertion(block, len(share))))
    layout = Layout(insertions=insertions, places={}, models=tuple(_model(block) for block in target.blocks))
    places = {}
    for block, share in zip(target.blocks, shares, strict=True):
        first = block.first + sum(one.count for one in insertions if one.at < block.first)
        places.update({first + offset: position for offset, position in enumerate(share)})
    return Layout(insertions=layout.insertions, places=places, models=layout.models)


def _insertion(block: Block, needed: int) -> Insertion | None:
    """Before the last prepared row, so that every sum over the rows grows; below the only one there is."""
    missing = needed - block.size
    if missing <= 0:
        return None
    alone = block.size == 1
    at = block.last + 1 if alone else block.last
    return Insertion(at=at, count=missing, model=_model(block), stretch=alone)


def _model(block: Block) -> int:
    """A row from the middle: the first and the last may have a thicker frame."""
    return block.last - 1 if block.size > 1 else block.last


def _names(row: Record) -> list[str]:
    """What a group that holds this row may be called: kind of expenditure, account, program, kegiatan, sub kegiatan, unit."""
    keys = ("jenis_belanja", "nama_sub", "nama_kegiatan", "nama_program", "nama_rekening", "unit", "level", "sasaran", "program")
    return [name for name in (fold(str(row.get(key) or "")) for key in keys) if name]


def _codes(row: Record) -> set[str]:
    """Codes of this row's group at every level: of the tree of programs, and of the accounts."""
    found = set()
    for key in ("kode_sub", "kode_kegiatan", "kode_program", "kode", "kode_rekening"):
        parts = str(row.get(key) or "").split(".")
        found |= {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
    return found


def _fits(label: str, names: Sequence[str], codes: set[str]) -> bool:
    """A code says most: two programs may bear nearly the same name."""
    stated = {normalise_program(code) or code for code in _CODE.findall(label)}
    if stated & codes:
        return True
    bare, whole = fold(_NUMBERED.sub("", label)), fold(label)
    return any(name in (bare, whole) or (len(name) >= _SHORTEST and name in whole) for name in names)


# ---- Rows made high enough for what was written into them: a fixed height would cut it, and LibreOffice fits no rows itself
#      ----

_PIXELS_PER_CHAR = 7
_USUAL = 10
"""Size in points that the estimate of lines is for."""


def grown(data: bytes, sheet: str, changes: Mapping[tuple[str, str], CellValue]) -> bytes:
    """The file with the rows of these changed cells as high as their texts need; none becomes lower."""
    package = Package.open(data)
    look = look_at(package, sheet)
    merged = package.scan(next(part for part in package.sheets if part.name == sheet)).merged
    across = {(r1, c1): c2 for r1, c1, r2, c2 in merged if r1 == r2}
    needed: dict[int, float] = {}
    for (name, cell), value in changes.items():
        row, col = coordinates(cell)
        if name == sheet and isinstance(value, str) and (row, col) in look.cells and look.cells[row, col].wraps:
            room = _width(look, range(col, across.get((row, col), col) + 1))
            needed[row] = max(needed.get(row, 0.0), _height(value, room, look.cells[row, col].size))
    higher = {row: points for row, points in needed.items() if points > look.heights.get(row, look.height)}
    return with_heights(data, sheet, higher) if higher else data


def _width(look: SheetLook, columns: Iterable[int]) -> float:
    return sum(look.widths.get(col, look.width) for col in columns) / _PIXELS_PER_CHAR


def _height(text: str, width: float, size: float) -> float:
    scale = size / _USUAL
    return min(409.0, height(line_count(text, width / scale)) * scale)
