"""From heading blocks to regions: which rows and columns belong to one table.

Habits served: tables stacked on one sheet or side by side with the same headings; a blank column inside a table; the
headings again on every page; notes beside a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.regions.heads import NUMBER_ROLES, TEXT_ROLES, Head, find_heads
from kinerja_xl.regions.words import clean, is_sign_off, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import months_in, part_of, quarters_in
from kinerja_xl.words.shapes import pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A table's place on a grid, zero-based: its headings (all blocks that repeat them), columns and data rows."""

    grid: CellSheet
    head: Head
    columns: tuple[int, ...]  # with a heading
    left: int
    right: int
    rows: tuple[int, ...]
    repeats: tuple[int, ...] = ()  # rows of repeated headings
    floor: int = 0  # first row above the headings that belongs to no table before
    origin: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # cells that stood elsewhere

    def column(self, col: int) -> Sequence[object]:
        """The values of the data rows in a column, top to bottom."""
        rows, whole = self.rows, self.grid.columns[col] if col < len(self.grid.columns) else ()
        if not rows or not whole:
            return [None] * len(rows)
        if rows[-1] - rows[0] < len(rows):  # without headings between them
            return whole[rows[0] : rows[-1] + 1]
        return [whole[at] for at in rows]

    @property
    def again(self) -> list[int]:
        """Where the headings begin once more."""
        return [row for row in self.repeats if row - 1 not in self.repeats]

    def cut(self, top: int) -> tuple[Region, Region]:
        """What stands above and below headings that begin once more at ``top``, each as a table of its own."""
        down = top - self.head.top
        last = next(row for row in range(top, self.grid.height + 1) if row + 1 not in self.repeats)
        own = replace(self.head, top=top, bottom=self.head.bottom + down, last=last)
        above = replace(
            self, rows=tuple(row for row in self.rows if row < top), repeats=tuple(row for row in self.repeats if row < top)
        )
        below = replace(
            self, head=own, rows=tuple(row for row in self.rows if row > last), floor=_floor(self.grid, self.head.last + 1, top),
            repeats=tuple(row for row in self.repeats if row > last),
        )  # fmt: skip
        return above, below


Headings = Callable[[CellSheet], list[Head]]


def find_regions(grid: CellSheet, headings: Headings = find_heads) -> list[Region]:
    """Every table of a sheet, top to bottom and left to right; ``headings``: how they are found, by words or by their place."""
    regions: list[Region] = []
    parts = _side_by_side(grid, headings)
    if parts:
        return [region for part in parts for region in find_regions(part, headings)]
    heads = headings(grid)
    at = 0
    while at < len(heads):
        group = [heads[at]]
        while at + len(group) < len(heads) and _continues(grid, heads[at + len(group)], heads[at]):
            if _filled_alike(grid, heads, at, at + len(group)):
                break
            group.append(heads[at + len(group)])
        floor = _floor(grid, heads[at - 1].last + 1 if at else 0, heads[at].top)
        at += len(group)
        end = heads[at].top if at < len(heads) else grid.height
        regions.extend(_regions(grid, group, end, floor))
    return regions


def _side_by_side(grid: CellSheet, headings: Headings) -> list[CellSheet]:
    """Tables beside each other with an empty column between them, each by itself; where words find their headings, only such
    whose headings take other rows: on the same rows it is their words that part them."""
    used = {col for col in range(grid.width) if any(col < len(row) and row[col] not in (None, "") for row in grid.rows)}
    gaps = [col for col in range(min(used, default=0), max(used, default=0)) if col not in used]
    if not gaps or grid.width > WIDEST:
        return []
    bounds = list(zip([-1, *gaps], [*gaps, grid.width], strict=True))
    parts = []
    for left, right in bounds:
        if right - left < 4:
            continue
        rows = [[v if left < col < right else None for col, v in enumerate(row)] for row in grid.rows]
        part = replace(grid, rows=rows)
        if heads := headings(part):
            parts.append((part, heads))
    worded = headings is find_heads
    whole = all(any(_complete(h, sorted(h.paths)) if worded else _named(part, h) for h in heads) for part, heads in parts)
    apart = len({(heads[0].top, heads[0].bottom, heads[0].last) for _, heads in parts}) > 1 or not worded
    if len(parts) == 1 and not headings(grid):  # notes and sums beside it hide its headings
        return [parts[0][0]]
    return [part for part, _ in parts] if len(parts) > 1 and whole and apart else []


def _named(grid: CellSheet, head: Head) -> bool:
    """Whether names stand left of figures below a heading, hardly one twice: what stands beside another table is one itself."""
    rows = [row for row in range(head.last + 1, grid.height) if len(grid.filled(row)) > 2]
    figures = [col for col in head.paths if any(isinstance(grid.value(row, col), float) for row in rows)]
    for col in sorted(head.paths):
        texts = [text for row in rows if isinstance(text := grid.value(row, col), str)]
        if len(texts) > 1 and len(set(texts)) * 4 >= len(texts) * 3 and sum(map(len, texts)) > 6 * len(texts):
            return sum(other > col for other in figures) > 1
    return False


WIDEST = 60
"""Columns of a sheet on which tables may stand side by side."""
_PART = pattern("bagian_tahun")


def _continues(grid: CellSheet, head: Head, first: Head) -> bool:
    """The same headings again, one of them perhaps in a word that nobody knows: a next page, unless the title right above them
    names another month or quarter."""
    if head.key() != first.key() and not _all_but_a_word(head, first):
        return False
    here, there = _titled(grid, head), _titled(grid, first)
    return not here or not there or here == there


def _filled_alike(grid: CellSheet, heads: Sequence[Head], first: int, second: int) -> bool:
    """Whether the rows below two headings are the very same ones, in any order: a table once more, no next page of it."""

    def rows(at: int) -> list[str]:
        end = heads[at + 1].top if at + 1 < len(heads) else grid.height
        below = range(heads[at].last + 1, end)
        return sorted(repr([v for v in grid.rows[row] if v is not None]) for row in below if grid.filled(row))

    return len(one := rows(first)) > 1 and one == rows(second)


def _all_but_a_word(head: Head, first: Head) -> bool:
    """The same columns, and one heading of four or more that only one of the two has in a known word."""
    if head.paths.keys() != first.paths.keys() or len(head.paths) < 4:
        return False
    other = [
        (path, first.paths[col]) for col, path in head.paths.items() if fold("".join(path)) != fold("".join(first.paths[col]))
    ]
    return len(other) == 1 and sum(any(word(text).known for text in path) for path in other[0]) == 1


def _titled(grid: CellSheet, head: Head) -> set[tuple[str, int | None]]:
    """The months or quarters that the rows right above a heading name (up to four, as long as they hold only one text)."""
    found: set[tuple[str, int | None]] = set()
    for row in range(head.top - 1, max(-1, head.top - 5), -1):
        cells = [grid.value(row, col) for col in grid.filled(row)]
        if len(cells) > 2 or any(not isinstance(cell, str) for cell in cells):
            break
        for cell in map(str, cells):
            found |= {("bulan", n) for n in months_in(cell)} | {("triwulan", n) for n in quarters_in(cell)}
            found |= {(word.casefold(), part_of(n)) for word, n in _PART.findall(cell)}
    return found


def _floor(grid: CellSheet, first: int, top: int) -> int:
    """The first row of the words above headings: below another table, what follows its last row with a figure.

    "Pagu : 5.000.000" is no row of a table.
    """

    def counts(row: int) -> bool:
        cells = grid.rows[row]
        return any(isinstance(v, float) for v in cells) and not any(isinstance(v, str) and ":" in v for v in cells)

    return next((row + 1 for row in range(top - 1, first - 1, -1) if counts(row)), first) if first else 0


def _regions(grid: CellSheet, group: Sequence[Head], end: int, floor: int) -> list[Region]:
    head = _beyond_marks(grid, group[0], end)
    repeats = tuple(row for block in group[1:] for row in range(block.top, block.last + 1))
    skipped = set(repeats)
    rows = tuple(row for row in range(head.last + 1, end) if row not in skipped)
    return [
        Region(
            grid=grid, head=head, columns=tuple(columns), left=columns[0], right=columns[-1], rows=rows, repeats=repeats,
            floor=floor,
        ) for columns in _parts(grid, head, rows)
    ]  # fmt: skip


_RUPIAH = kata("rupiah_saja")


def _beyond_marks(grid: CellSheet, head: Head, end: int) -> Head:
    """Headings over a column that holds nothing but "Rp" beside figures are those of the figures, merged or not."""
    paths = dict(head.paths)
    for col, path in head.paths.items():
        column, beside = (grid.columns[c][head.last + 1 : end] if c < len(grid.columns) else () for c in (col, col + 1))
        marks = (mark for mark, v in zip(column, beside, strict=False) if mark is not None and v is not None)
        if (first := next(marks, None)) is not None and all(_RUPIAH(fold(str(mark))) for mark in chain([first], marks)):
            paths.setdefault(col + 1, path)
            if paths[col + 1] == path or not word(path[-1]).known:  # the mark is no unit of measure
                del paths[col]
    return replace(head, paths=paths)


def _parts(grid: CellSheet, head: Head, rows: Sequence[int]) -> list[list[int]]:
    """The columns of each table side by side: a new one begins where the first heading stands again."""
    columns = sorted(head.paths)
    names = {col: fold("".join(head.paths[col])) for col in columns}
    starts = [0]
    for i in range(2, len(columns)):
        again = names[columns[i]] == names[columns[starts[-1]]]
        if again and _complete(head, columns[starts[-1] : i]) and _complete(head, columns[i:]):
            starts.append(i)
    parts = [columns[a:b] for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]
    return [piece for part in parts for piece in _split_at_gaps(grid, head, part, rows)]


def _complete(head: Head, columns: Sequence[int]) -> bool:
    """Names and figures: what a table of its own needs; a weight alone ("Sasaran | Bobot") is no figure."""
    roles = {word(text).role for col in columns for text in head.paths[col]}
    return bool(roles & (TEXT_ROLES - {"satuan"})) and bool(roles & (NUMBER_ROLES - {"persen"}))


def _split_at_gaps(grid: CellSheet, head: Head, columns: list[int], rows: Sequence[int]) -> list[list[int]]:
    """Two complete tables with other headings, side by side with an empty column between them."""
    for i in range(1, len(columns)):
        gap = range(columns[i - 1] + 1, columns[i])
        if not gap or any(grid.value(row, col) is not None for col in gap for row in rows):
            continue
        first, second = columns[:i], columns[i:]
        named = {"nomor", "uraian", "indikator"}
        both = all(named & {word(t).role for col in part for t in head.paths[col]} for part in (first, second))
        if both and _complete(head, first) and _complete(head, second):
            return [first, *_split_at_gaps(grid, head, second, rows)]
    return [columns]


def without_signatures(region: Region) -> Region:
    """The region without place, date and names of those who sign, and whatever stands below them; without single texts below
    its last row of several cells."""
    grid, rows = region.grid, list(region.rows)
    while len(rows) > 1 and len(cells := [grid.value(rows[-1], col) for col in grid.filled(rows[-1])]) < 2 and _wordy(cells):
        rows.pop()
    worded = {*grid.unfigured}
    for n, row in enumerate(rows):
        if row not in worded:  # as most rows of data
            continue
        texts = [v for v in grid.rows[row] if v is not None]
        if texts and all(isinstance(v, str) for v in texts) and any(is_sign_off(str(text)) for text in texts):
            below = (r for r in region.rows[n + 1 :] if len(grid.filled(r)) > 2)
            if not any(True for _ in below):
                return replace(region, rows=region.rows[:n])
    return replace(region, rows=tuple(rows))


def _wordy(cells: Sequence[object]) -> bool:
    """Only words, no amount that is typed as text."""
    return all(isinstance(cell, str) and not fold(cell).removeprefix("rp").isdigit() for cell in cells)


def title_above(region: Region) -> str:
    """The texts in the eight rows above the headings, as far as they belong to no table before."""
    grid = region.grid
    texts = [
        clean(value) for row in range(max(region.floor, region.head.top - 8), region.head.top)
        for value in grid.rows[row] if isinstance(value, str) and clean(value)
    ]  # fmt: skip
    return " | ".join(texts)[:400]
