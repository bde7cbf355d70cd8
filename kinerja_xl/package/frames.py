"""How the cells of a sheet look, as far as filling a form needs it: frames, wrapped text, size of letters; heights of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kinerja_xl.package import change
from kinerja_xl.package.book import Package, read_tree, relations
from kinerja_xl.package.draft import Draft, Edit, splice
from kinerja_xl.package.insert_rows import read_rows
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.outline import Outline

T = TypeVar("T")

_SIDES = ("left", "right", "start", "end", "top", "bottom")
_TRUE = ("1", "true")
_POINTS = 72 / 96
_PERCENTS = ("9", "10")
"""Numbers of the formats for percent that every file has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLook:
    """``framed``: a line on at least one side; ``wraps``: long text goes on in further lines; ``size`` in points;
    ``general``: numbers are shown as they come, without a format; ``percent``: 0.5 is shown as 50%."""

    framed: bool = False
    wraps: bool = False
    general: bool = True
    percent: bool = False
    size: float = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """Looks by row and column, widths of columns in pixels, heights of rows in points; 1-based.

    ``height``: of rows that declare none.
    """

    cells: Mapping[tuple[int, int], CellLook]
    widths: Mapping[int, int]
    width: int
    heights: Mapping[int, float]
    height: float

    @property
    def framed(self) -> dict[int, frozenset[int]]:
        """Columns of framed cells by row."""
        found: dict[int, set[int]] = {}
        for (row, col), look in self.cells.items():
            if look.framed:
                found.setdefault(row, set()).add(col)
        return {row: frozenset(cols) for row, cols in found.items()}


def look_at(package: Package, sheet: str) -> SheetLook:
    """How a sheet looks. Raises PackageError."""
    path = next(part.path for part in package.sheets if part.name == sheet)
    draft = Draft(package.archive)
    outline, looks = Outline.of(draft.read(path), path), _looks(package)
    body = read_tree(package.archive, path).first("sheetData")
    plain = CellLook()
    return SheetLook(
        cells={
            (row.number, col): looks.get(cell.attrs.get("s", "0"), plain)
            for row in (read_rows(body) if body else [])
            for col, cell in row.cells.items()
        },
        widths=outline.columns,
        width=outline.column,
        heights={row: pixels * _POINTS for row, pixels in outline.rows.items()},
        height=outline.row * _POINTS,
    )


def with_heights(data: bytes, sheet: str, heights: Mapping[int, float]) -> bytes:
    """The file with higher rows: points by row. Whether a height counts as fixed by hand stays as it was."""
    package = Package.open(data)
    path = next(part.path for part in package.sheets if part.name == sheet)
    draft = Draft(package.archive)
    part = draft.read(path)
    body = tree(part, path).first("sheetData")
    edits: list[Edit] = []
    for row in read_rows(body) if body else []:
        if row.number in heights:
            edits += change.attributes(part, row.element, {"ht": f"{heights[row.number]:g}"})
    draft.write(path, splice(part, edits))
    return draft.data()


def _looks(package: Package) -> dict[str, CellLook]:
    """Every cell format by its number."""
    path = next((r.path for r in relations(package.archive, package.workbook_path) if r.kind == "styles"), "")
    if path not in package.archive:
        return {}
    root = read_tree(package.archive, path)
    borders = [_lined(border) for listed in root.named("borders") for border in listed.named("border")]
    sizes = [_size(font) for listed in root.named("fonts") for font in listed.named("font")]
    custom = [one.attrs for part in root.named("numFmts") for one in part.children]
    percents = {*_PERCENTS, *(one.get("numFmtId", "") for one in custom if "%" in one.get("formatCode", ""))}
    found = {}
    for number, xf in enumerate(xf for listed in root.named("cellXfs") for xf in listed.named("xf")):
        alignment = xf.first("alignment")
        found[str(number)] = CellLook(
            framed=_at(borders, xf.attrs.get("borderId"), False),
            wraps=alignment is not None and alignment.attrs.get("wrapText") in _TRUE,
            general=xf.attrs.get("numFmtId", "0") == "0",
            percent=xf.attrs.get("numFmtId", "0") in percents,
            size=_at(sizes, xf.attrs.get("fontId"), 11.0),
        )
    return found


def _at(listed: Sequence[T], index: str | None, otherwise: T) -> T:
    return listed[int(index)] if index and index.isdecimal() and int(index) < len(listed) else otherwise


def _size(font: Element) -> float:
    size = font.first("sz")
    try:
        return float(size.attrs["val"]) if size is not None else 11.0
    except (KeyError, ValueError):
        return 11.0


def _lined(border: Element) -> bool:
    return any(side.name in _SIDES and side.attrs.get("style", "none") != "none" for side in border.children)
