"""What a scan collects from a worksheet part, and the collecting by a full parse (expat).

The fast path of ``scan`` feeds the same collector, so both end in the same result.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from kinerja_xl.formula.cellsheet import FormulaCell
from kinerja_xl.formula.references import MAX_COL, MAX_ROW, Place, box, coordinates
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.markup import feed, is_utf8, parser

NEAR_ROWS = 50_000  # a form lives well inside this window; what is filled beyond it is listed as far
NEAR_COLS = 512
FAR_LISTED = 100
MAX_MERGES = 100_000
CONDITIONS = ("filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter")

_MAIN = frozenset({"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"})
_TRUE = frozenset({"1", "true"})
_FOR_MORE = ("array", "dataTable")
_NOTHING: Mapping[Place, Any] = MappingProxyType({})


class TooManyCellsError(PackageError):
    """The sheet holds more cells than the caller wants to see scanned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetScan:
    """What one worksheet part holds beside its values. Rows and columns are 1-based.

    The extent (``max_row``, ``max_col``) is that of real cells, blank formatted ones included, and not the
    declared dimension; 0 for a sheet without cells. ``near_row``/``near_col``: the last row and the last column
    in use among the first NEAR_ROWS and NEAR_COLS; ``far_cells``: the filled cells beyond these, the first
    FAR_LISTED of ``far_count``.
    """

    formulas: Mapping[tuple[int, int], FormulaCell]
    errors: Mapping[tuple[int, int], str]  # every cell of type error, a formula or not: "#REF!"
    merged: tuple[tuple[int, int, int, int], ...]  # first row, first column, last row, last column
    hidden_rows: tuple[int, ...]
    hidden_cols: tuple[int, ...]
    filtered: bool  # an autofilter (the sheet's or a table's) with a condition is on
    max_row: int
    max_col: int
    cell_count: int
    near_row: int
    near_col: int
    far_cells: tuple[tuple[int, int], ...]
    far_count: int
    prefixed: bool  # elements are written with a namespace prefix (<x:c>)
    filled: int | None = field(default=None, compare=False)
    """How many near cells hold a value that any reader must give; None where it is written in a way that readers
    understand differently: then only ``raw_cells`` says what stands there."""


class RawCell(NamedTuple):
    """A cell as it is written: its type, its style, the text of its value ("" for a blank one)."""

    kind: str
    style: str
    value: str


class ToldRow(NamedTuple):
    """What one row holds, of near cells alone; ``grouped``: some formula belongs to a shared group, and what it says may stand in
    another row. Thousands of them are kept: a Collector each would take ten times as much."""

    max_row: int
    max_col: int
    cell_count: int
    filled: int | None
    grouped: bool
    formulas: Mapping[tuple[int, int], FormulaCell]
    errors: Mapping[tuple[int, int], str]


@dataclass(slots=True, kw_only=True)
class Collector:
    """Mutable while one part is read; ``result()`` freezes it."""

    path: str
    max_cells: int | None = None
    formulas: dict[tuple[int, int], FormulaCell] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_cols: set[int] = field(default_factory=set)
    filtered: bool = False
    max_row: int = 0
    max_col: int = 0
    near_row: int = 0
    near_col: int = 0
    cell_count: int = 0
    far_cells: list[tuple[int, int]] = field(default_factory=list)
    far_count: int = 0
    prefixes: set[str] = field(default_factory=set)  # those bound to the spreadsheet namespace
    filled: int | None = None
    cells: dict[Place, RawCell] | None = None  # the near ones with a value, for who wants them
    twice: set[Place] = field(default_factory=set)  # of these, those written twice and differently
    is_worksheet: bool = False
    _masters: dict[str, tuple[str, Place]] = field(default_factory=dict)
    _orphans: list[tuple[Place, str]] = field(default_factory=list)

    def read(self, data: bytes) -> None:
        """Parse ``data`` in full. Raises PackageError, DoctypeError, TooManyCellsError."""
        made = parser(self.path)
        # Only a root that declares all namespaces (as everybody writes it) spares looking for more of them.
        handler = _Handler(self, data.count(b"xmlns") if is_utf8(data) else -1)
        made.StartElementHandler = handler.start
        made.EndElementHandler = handler.end
        made.CharacterDataHandler = handler.text
        feed(made, data, self.path)

    def extent(self, rows: Collection[int], cols: Collection[int]) -> None:
        """Widen the extent by cells in these rows and columns. Raises PackageError beyond the last cell."""
        self.max_row, self.near_row = max(self.max_row, *rows), max(self.near_row, _near(rows, NEAR_ROWS))
        self.max_col, self.near_col = max(self.max_col, *cols), max(self.near_col, _near(cols, NEAR_COLS))
        if self.max_row > MAX_ROW or self.max_col > MAX_COL:
            raise PackageError(f"alamat sel di {self.path} tidak sah")

    def note_far(self, row: int, col: int) -> None:
        """Note a cell with content if it is a far one."""
        if row > NEAR_ROWS or col > NEAR_COLS:
            self.far_count += 1
            if len(self.far_cells) < FAR_LISTED:
                self.far_cells.append((row, col))

    def formula(self, place: Place, text: str, cached: bool, kind: str, group: str) -> None:
        """Add a formula; ``kind`` is its type as the file has it, ``group`` the name of its shared group."""
        if kind != "shared":
            self.formulas[place] = FormulaCell(text=text, cached=cached, array=kind in _FOR_MORE)
        elif text:
            self._masters.setdefault(group, (text, place))
            self.formulas[place] = FormulaCell(text=text, cached=cached)
        else:
            if group not in self._masters:  # the group's first cell may stand later in the file
                self._orphans.append((place, group))
            self._copy(place, group, cached)

    def told(self) -> ToldRow:
        """The same of a single row, to be kept."""
        return ToldRow(
            self.max_row, self.max_col, self.cell_count, self.filled, bool(self._masters or self._orphans),
            self.formulas or _NOTHING, self.errors or _NOTHING,
        )  # fmt: skip

    def add(self, row: ToldRow) -> None:
        """Add what one more row holds, of near cells and below the others; not its ``grouped`` formulas. Raises
        TooManyCellsError."""
        self.cell_count += row.cell_count
        if self.max_cells is not None and self.cell_count > self.max_cells:
            raise TooManyCellsError(f"lebih dari {self.max_cells} sel")
        self.max_row = self.near_row = row.max_row or self.max_row
        if row.max_col > self.max_col:
            self.max_col = self.near_col = row.max_col
        if row.formulas and not row.grouped:
            self.formulas |= row.formulas
        if row.errors:
            self.errors |= row.errors
        if row.filled != 0:
            self.filled = None if self.filled is None or row.filled is None else self.filled + row.filled

    def _copy(self, place: Place, group: str, cached: bool) -> None:
        text, origin = self._masters.get(group, ("", place))
        self.formulas[place] = FormulaCell(text=text, cached=cached, origin=origin)

    def value(self, place: Place, cell: RawCell) -> None:
        """Keep a near cell with a value, where values are wanted."""
        if self.cells is None or not cell.value or place[0] > NEAR_ROWS or place[1] > NEAR_COLS:
            return
        if self.cells.setdefault(place, cell)[::2] != cell[::2]:
            self.twice.add(place)
        self.cells[place] = cell

    def count_cell(self) -> None:
        self.cell_count += 1
        if self.max_cells is not None and self.cell_count > self.max_cells:
            raise TooManyCellsError(f"lebih dari {self.max_cells} sel")

    def anew(self, max_cells: int | None) -> Collector:
        """One for the rows, which knows what this one found around them."""
        return Collector(
            path=self.path, max_cells=max_cells, merged=[*self.merged], hidden_cols={*self.hidden_cols}, filtered=self.filtered,
            prefixes={*self.prefixes}, is_worksheet=self.is_worksheet,
        )  # fmt: skip

    def result(self) -> SheetScan:
        for place, group in self._orphans:
            self._copy(place, group, self.formulas[place].cached)
        return SheetScan(
            formulas=self.formulas, errors=self.errors, merged=tuple(self.merged),
            hidden_rows=tuple(self.hidden_rows), hidden_cols=tuple(sorted(self.hidden_cols)),
            filtered=self.filtered, max_row=self.max_row, max_col=self.max_col, cell_count=self.cell_count,
            near_row=self.near_row, near_col=self.near_col, far_cells=tuple(self.far_cells),
            far_count=self.far_count, prefixed="" not in self.prefixes,
            filled=self.filled if self.cell_count else 0,
        )  # fmt: skip


class _Handler:
    """expat callbacks: keeps the path of elements, so that only ``worksheet/sheetData/row/c`` is a cell."""

    def __init__(self, seen: Collector, declarations: int) -> None:
        self.seen = seen
        self.declarations = declarations  # namespace declarations to come; negative: unknown
        self.path: list[str] = []
        self.row = self.col = 0
        self.type = self.style = ""
        self.found: dict[str, str] = {}  # text of f, v and is of the current cell
        self.f_attrs: dict[str, str] = {}
        self.collecting = ""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if not self.declarations and self.path and self.path[-1] is _NOWHERE:
            self.path.append(_NOWHERE)  # within what is no concern of ours nothing is
            return
        prefix, _, local = name.rpartition(":")
        if not self.path:
            self.seen.prefixes.add(prefix)
            self.seen.is_worksheet = local == "worksheet"
        if self.declarations:
            self.declare(attrs)
        parent = self.path[-1] if self.path else ""
        # A place is known by its parent's place: what stands anywhere else (extensions, alternatives) has none.
        place = _PLACES.get((parent, local), _NOWHERE) if prefix in self.seen.prefixes else _NOWHERE
        if parent in _ALTERNATIVES and local in ("AlternateContent", "Fallback"):
            place = parent  # a choice that asks for more than the standard is nobody's; what falls back stands here
        self.path.append(place)
        if place is not _NOWHERE:
            self.at(place, attrs)

    def declare(self, attrs: dict[str, str]) -> None:
        declared = [key for key in attrs if key.startswith("xmlns")]
        self.seen.prefixes.update(key[6:] for key in declared if attrs[key] in _MAIN)
        self.declarations -= len(declared)

    def at(self, place: str, attrs: dict[str, str]) -> None:
        if place == "c":
            self.cell(attrs)
        elif place in ("f", "v", "is"):
            self.found[place] = ""
            self.collecting = place if place != "is" else ""
            if place == "f":
                self.f_attrs = attrs
        elif place == "t":
            self.collecting = "is"
        elif place == "row":
            self.start_row(attrs)
        elif place == "col" and attrs.get("hidden") in _TRUE:
            self.seen.hidden_cols.update(range(_int(attrs, "min", 1), min(_int(attrs, "max", 0), MAX_COL) + 1))
        elif place == "mergeCell":
            self.merge(attrs.get("ref", ""))
        elif place == "condition":
            self.seen.filtered = True

    def start_row(self, attrs: dict[str, str]) -> None:
        self.row = _int(attrs, "r", self.row + 1)
        self.col = 0
        if self.row > MAX_ROW:
            raise PackageError(f"{self.seen.path} memuat terlalu banyak baris")
        if attrs.get("hidden") in _TRUE:
            self.seen.hidden_rows.append(self.row)

    def cell(self, attrs: dict[str, str]) -> None:
        self.type, self.style = attrs.get("t", "n"), attrs.get("s", "")
        self.found, self.f_attrs = {}, {}
        self.seen.count_cell()
        ref = attrs.get("r")
        if ref is None:  # the position is implied: the next one
            self.col += 1
            place = (self.row, self.col)
        else:
            place = _coordinates(ref, self.seen.path)
            self.col = place[1]
        self.place = place
        self.seen.extent((place[0],), (place[1],))

    def merge(self, ref: str) -> None:
        if len(self.seen.merged) >= MAX_MERGES:
            raise PackageError(f"{self.seen.path} memuat terlalu banyak sel gabungan")
        try:
            self.seen.merged.append(box(ref))
        except ValueError as bad:
            raise PackageError(f"rentang sel gabungan {ref} tidak sah") from bad

    def text(self, text: str) -> None:
        if self.collecting:
            self.found[self.collecting] += text

    def end(self, _: str) -> None:
        place = self.path.pop()
        if place in ("f", "v", "is", "t"):
            self.collecting = ""
        elif place == "c":
            self.end_cell()

    def end_cell(self) -> None:
        value = self.found.get("v")
        if "f" in self.found:
            cached = bool(value) or (value is not None and self.type == "str")
            self.seen.formula(self.place, self.found["f"], cached, self.f_attrs.get("t", ""), self.f_attrs.get("si", ""))
        if self.type == "e":
            self.seen.errors[self.place] = value or ""
        if value or "f" in self.found or "is" in self.found:
            self.seen.note_far(*self.place)
        if self.seen.cells is not None and self.type != "e":
            written = value if value or self.type == "str" else self.found.get("is", "")
            kind = "str" if not value and written else self.type
            self.seen.value(self.place, RawCell(kind, self.style, written or ""))


_NOWHERE = "?"
_ALTERNATIVES = ("sheetData", "row")
_PLACES: Mapping[tuple[str, str], str] = {
    ("", "worksheet"): "worksheet",
    ("worksheet", "sheetData"): "sheetData",
    ("sheetData", "row"): "row",
    ("row", "c"): "c",
    ("c", "f"): "f",
    ("c", "v"): "v",
    ("c", "is"): "is",
    ("is", "t"): "t",
    ("is", "r"): "r",
    ("r", "t"): "t",
    ("worksheet", "cols"): "cols",
    ("cols", "col"): "col",
    ("worksheet", "mergeCells"): "mergeCells",
    ("mergeCells", "mergeCell"): "mergeCell",
    ("worksheet", "autoFilter"): "autoFilter",
    ("autoFilter", "filterColumn"): "filterColumn",
    **{("filterColumn", kind): "condition" for kind in CONDITIONS},
}


def _near(numbers: Collection[int], window: int) -> int:
    last = max(numbers)
    return last if last <= window else max((number for number in numbers if number <= window), default=0)


def _int(attrs: dict[str, str], name: str, default: int) -> int:
    try:
        return int(attrs[name])
    except (KeyError, ValueError):
        return default


def _coordinates(ref: str, path: str) -> tuple[int, int]:
    try:
        return coordinates(ref)
    except ValueError as bad:
        raise PackageError(f"alamat sel {ref} di {path} tidak sah") from bad
