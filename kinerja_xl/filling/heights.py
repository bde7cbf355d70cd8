"""Rows made high enough for what was written into them: a fixed height would cut it, and LibreOffice fits no rows itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kinerja_xl.package import CellValue, Package
from kinerja_xl.package.address import coordinates
from kinerja_xl.package.frames import SheetLook, look_at, with_heights
from kinerja_xl.writing.heights import height, line_count

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
