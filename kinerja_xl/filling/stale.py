"""Which results in a filled form may no longer be true: those of the formulas that depend on changed cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.parse import Call, Formula, Node, Opaque, Ref, named, walk
from kinerja_xl.formula.references import Box, Place

_DEEPEST = 150
# Their result may change although no cell that they name does.
_VOLATILE = frozenset({"NOW", "TODAY", "RAND", "INDIRECT", "OFFSET", "CELL", "INFO", "ROW", "ROWS", "COUNTBLANK"})


class Stale:
    """Asked for a cell, says whether its result in the file may no longer be true."""

    def __init__(
        self, book: Mapping[str, CellSheet], changed: Mapping[str, frozenset[Place]], names: Mapping[str, Formula]
    ) -> None:
        self.book, self.changed, self.names = book, changed, names
        self._known: dict[tuple[str, Place], bool] = {}
        self._columns = {name: _by_column({*sheet.formulas, *changed.get(name, ())}) for name, sheet in book.items()}

    def __call__(self, sheet: str, place: Place, depth: int = 0) -> bool:
        """Whether it is a changed cell, or a formula that depends on one or can't be followed."""
        key = (sheet, place)
        if key in self._known:
            return self._known[key]
        if place in self.changed.get(sheet, ()):
            return True
        cell = self.book[sheet].formulas.get(place)
        if cell is None:
            return False
        if not cell.cached or not cell.text or cell.array or depth > _DEEPEST:
            return True
        self._known[key] = True  # a circle: better calculated anew
        tree = self.book[sheet].trees[place].tree
        nodes = (inner for node in walk(tree) for inner in walk(named(node, self.names)))
        self._known[key] = any(self._touched(sheet, place, node, depth) for node in nodes)
        return self._known[key]

    def _touched(self, sheet: str, place: Place, node: Node, depth: int) -> bool:
        if isinstance(node, Opaque):
            return not node.text.startswith(('"', "#")) and node.text.upper() not in ("TRUE", "FALSE", "")
        if not isinstance(node, Ref):
            return isinstance(node, Call) and node.name in _VOLATILE
        name = node.sheet or sheet
        box = node.box(place)
        if name not in self.book or box is None:
            return True
        return any(self(name, p, depth + 1) for p in self._inside(name, box) if (name, p) != (sheet, place))

    def _inside(self, name: str, box: Box) -> Iterator[Place]:
        """The formulas and changed cells of an area."""
        columns = self._columns[name]
        for col in range(box[1], box[3] + 1) if box[3] - box[1] < len(columns) else [c for c in columns if box[1] <= c <= box[3]]:
            rows = columns.get(col, [])
            for row in rows[bisect_left(rows, box[0]) : bisect_right(rows, box[2])]:
                yield row, col


def _by_column(places: set[Place]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, col in sorted(places):
        found.setdefault(col, []).append(row)
    return found
