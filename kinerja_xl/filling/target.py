"""Where a form wants rows: its table, the rows prepared in it, their groups and totals, and what stands there already.

Headings are found as for any foreign workbook. Habits served: prepared rows with frames or numbers or formulas, or none at
all; several groups with a subtotal each; an example row; a signature block or a remark below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from types import MappingProxyType

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.regions.heads import Head, is_numbering
from kinerja_xl.regions.tables import Region, find_regions
from kinerja_xl.regions.words import is_added, is_note, is_plain_total, is_signature, is_total, word
from kinerja_xl.sheets.texts import is_empty_mark
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words.match import alternatives, kata
from kinerja_xl.words.periods import QUARTER, months_in, part_of, quarter_below, quarters_in

_HEADING_ROWS = 40
_FEWEST_WORDS = 3
"""How far down headings of words alone are looked for, and how many of them must be known."""
FARTHEST = 400
"""How many blank rows below unframed headings are looked through for a total row."""
_NO_ENDS: Mapping[int, int] = MappingProxyType({})
_PLACEHOLDERS = ("dst", "dstnya", "danseterusnya", "dll", "rp", "x", "")
"""What prepared rows show before anybody fills them, folded; "" is what folding leaves of %, = and the like."""
_CODE = re.compile(r"\s*\d{1,2}(?:\.\d{1,4}){2,}\W*")
"""A row with a code is a line, whatever its name begins with: "Penyusunan Dokumen" signs nothing."""
_ROUNDED = kata("dibulatkan")
_CLOSING = kata("penutup")
"""How rows below the lines begin that judge them or ask for words about them, folded."""


_THIS_PART = re.compile(rf"\s*(?:periode|{QUARTER})\s+(ini|lalu)\W*(?:rp)?\W*", re.IGNORECASE)
_MONTHLY, _HALF = kata("kurun_judul"), kata("setengah_tahun")
_UNTIL_SIGN = re.compile(alternatives("sampai"), re.IGNORECASE)


class What(Enum):
    """What a row of the table is."""

    PREPARED = auto()
    TOTAL = auto()
    CLOSING = auto()
    GROUP = auto()
    EXAMPLE = auto()
    DATA = auto()
    HEADINGS = auto()
    OUTSIDE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column of the form's table, 1-based, with its headings from top to bottom. ``stated``: the quarter that the form's titles
    name, 0 where they name none or several; ``reach``: the last quarter of the time that they speak of, 0 where of none."""

    col: int
    path: tuple[str, ...]
    stated: int = 0
    reach: int = 0

    @property
    def name(self) -> str:
        return " / ".join(" ".join(text.split()) for text in self.path)

    @property
    def meant(self) -> tuple[str, ...]:
        """The headings with their quarter in words: "II" below "Target Triwulan", "Periode Ini" of a form for Triwulan II."""
        leaf = clean(self.path[-1])
        if quarter := quarter_below(self.path[-2:]):
            return (*self.path[:-1], f"TW {quarter}")
        if not self.stated or not (found := _THIS_PART.fullmatch(_UNTIL_SIGN.sub("", leaf))):
            return self.path
        until, now = _UNTIL_SIGN.search(leaf), fold(found[1]) == "ini"
        quarter = self.stated if now else self.stated - 1
        if not quarter or not (until or now):  # before the first, or the one before alone: another figure than the sum so far
            return self.path
        return (*self.path[:-1], f"{'s.d. ' if until else ''}TW {quarter}")

    @property
    def numbers_rows(self) -> bool:
        return len(self.path) == 1 and word(self.path[0]).role == "nomor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Prepared rows without anything between them, 1-based; ``labels``: group headings above, the nearest last."""

    first: int
    last: int
    labels: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One table of a form. ``filled``: rows that hold somebody's data; ``totals``: rows of sums, with their labels; ``lines``:
    rows in which something is written, with what they are and what stands there by column."""

    sheet: str
    heading_row: int
    columns: tuple[FormColumn, ...]
    blocks: tuple[Block, ...]
    totals: Mapping[int, str] = field(default_factory=dict)
    filled: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()
    lines: Mapping[int, tuple[What, Mapping[int, object]]] = field(default_factory=dict)


Known = Callable[[str], bool]
"""Whether a text is a name of ours: "Jumlah Dokumen …" is an indicator then, and no sum."""


def find_targets(
    grid: CellSheet, framed: Mapping[int, frozenset[int]], ends: Mapping[int, int] = _NO_ENDS, known: Known = lambda _: False
) -> list[Target]:
    """Every table of a sheet that has headings; ``framed``: columns of framed cells by row, ``ends``: the last row of Excel
    tables (ListObject) by their heading row. Rows come inside such a table, or its references would not count them."""
    regions = [part for region in find_regions(grid) or _worded(grid) for part in _beside(grid, region, framed)]
    tables = [_Table(grid, region, framed, ends.get(region.head.bottom + 1, 0), known) for region in regions]
    return [_target(part) for table in tables for part in _below(table, ends)]


def _below(table: _Table, ends: Mapping[int, int]) -> list[_Table]:
    """A table by itself for each of the same headings below it that stands behind its total or its signature; what only goes
    on over the page is one table."""
    region = table.region
    for top in region.again:
        before = [table.what(row) for row in range(region.head.last + 1, top)]
        if What.TOTAL in before or What.OUTSIDE in before:
            above, below = region.cut(top)
            first = _Table(table.grid, above, table.framed, table.last, table.known, top)
            rest = _Table(table.grid, below, table.framed, ends.get(below.head.bottom + 1, 0), table.known)
            return [first, *_below(rest, ends)]
    return [table]


def _beside(grid: CellSheet, region: Region, framed: Mapping[int, frozenset[int]]) -> list[Region]:
    """A region up to each column without heading, frame and formula: what stands right of it is another table, which neither
    fills a row of the first nor blocks it."""
    rows = range(region.head.top, max([region.head.last, *region.rows]) + 1)

    def empty(col: int) -> bool:
        covered = any(c1 - 1 <= col <= c2 - 1 and r1 - 1 <= region.head.bottom and r2 - 1 >= region.head.top
                      for r1, c1, r2, c2 in grid.merged)  # fmt: skip
        blank = all(grid.value(row, col) is None for row in range(region.head.top, region.head.last + 1))
        return blank and not covered and not any(
            col + 1 in framed.get(row + 1, ()) or grid.formula(row, col) is not None for row in rows
        )  # fmt: skip

    parts: list[list[int]] = [[region.columns[0]]]
    for before, col in pairwise(region.columns):
        if any(empty(gap) for gap in range(before + 1, col)):
            parts.append([])
        parts[-1].append(col)
    return [replace(region, columns=tuple(part), left=part[0], right=part[-1]) for part in parts]


def _worded(grid: CellSheet) -> list[Region]:
    """A table of words alone (definitions of indicators) has no column of figures by which it would be known as one."""
    for row in range(min(grid.height, _HEADING_ROWS)):
        texts = {col: clean(value) for col, value in enumerate(grid.rows[row]) if isinstance(value, str) and clean(value)}
        known = {word(text).role for text in texts.values()} - {"", "nomor"}
        if len(known) >= _FEWEST_WORDS and len(known) * 2 >= len(texts) - 1:
            last = row + 1 if is_numbering(grid, row + 1) else row
            paths: dict[int, tuple[str, ...]] = {col: (text,) for col, text in texts.items()}
            head = Head(top=row, bottom=row, last=last, paths=paths, shared=dict.fromkeys(paths, 1), own=paths)
            columns = tuple(sorted(paths))
            rows = tuple(range(last + 1, grid.height))
            return [Region(grid=grid, head=head, columns=columns, left=columns[0], right=columns[-1], rows=rows)]
    return []


def _target(table: _Table) -> Target:
    sheet, heading_row = table.grid.name, table.region.head.bottom + 1
    if table.closed:
        return Target(sheet=sheet, heading_row=heading_row - 1, columns=table.columns, blocks=())
    rows = list(table.rows())
    blocks: list[tuple[int, int, tuple[str, ...]]] = []
    labels: list[str] = []
    for number, (row, what) in enumerate(rows):
        if what is What.GROUP:
            labels.append(table.label(row))
        if what is not What.PREPARED:
            continue
        if number and rows[number - 1][1] is What.PREPARED:
            blocks[-1] = (blocks[-1][0], row, blocks[-1][2])
        else:
            blocks.append((row, row, tuple(labels)))
            labels = []
    blocks = _above_the_end([table.without_spacers(*block) for block in blocks], rows, table)
    return Target(
        sheet=sheet, heading_row=heading_row, columns=table.columns,
        blocks=tuple(Block(first=first + 1, last=last + 1, labels=above) for first, last, above in blocks),
        totals={row + 1: table.label(row) for row, what in rows if what is What.TOTAL},
        filled=tuple(row + 1 for row, what in rows if what is What.DATA),
        examples=tuple(row + 1 for row, what in rows if what is What.EXAMPLE),
        lines={row + 1: (what, table.held(row)) for row, what in rows if what in (What.GROUP, What.DATA, What.TOTAL)},
    )  # fmt: skip


_Place = tuple[int, int, tuple[str, ...]]


def _above_the_end(blocks: list[_Place], rows: list[tuple[int, What]], table: _Table) -> list[_Place]:
    """Blank rows below the last total are not for lines, unless they are a group of their own."""
    last = max((row for row, what in rows if what in (What.TOTAL, What.CLOSING)), default=0)
    kept = [block for block in blocks if block[0] < last or block[2] or table.calculates(block[0])]
    return kept or blocks


class _Table:
    def __init__(
        self, grid: CellSheet, region: Region, framed: Mapping[int, frozenset[int]], last: int, known: Known, limit: int = 1 << 20
    ) -> None:
        self.grid, self.region, self.framed, self.last, self.known, self.limit = grid, region, framed, last, known, limit
        self.start = region.head.last + 1
        self.hidden = {c - 1 for r1, c1, r2, c2 in grid.merged if r1 <= self.start + 1 <= r2 for c in range(c1 + 1, c2 + 1)}
        listed, (stated, reach) = (col for col in region.columns if col not in self.hidden), self._time()
        self.columns = tuple(
            FormColumn(col=col + 1, path=region.head.paths[col], stated=stated, reach=reach) for col in listed
        )
        self.numbered = {column.col - 1 for column in self.columns if column.numbers_rows}
        self.is_framed = self._framed(self.start)

    def _time(self) -> tuple[int, int]:
        """The one quarter that the titles above the table speak of, and the last quarter of whatever time they name."""
        titles = [value for row in self.grid.rows[: self.region.head.top] for value in row if isinstance(value, str)]
        named = {quarter for text in titles for quarter in quarters_in(text)}
        halves = {2 * (part_of(found[1]) or 0) for text in titles if (found := _HALF(text))}
        ends = {(month + 2) // 3 for text in titles if _MONTHLY(text) for month in months_in(text)}
        return (next(iter(named)) if len(named) == 1 else 0), max(named | halves | ends, default=0)

    @property
    def closed(self) -> bool:
        """A total stands directly below the headings, where it was taken for one of them: no row to fill in between."""
        head = self.region.head
        texts = [value for value in self._row(head.bottom) if isinstance(value, str) and clean(value)]
        upright = any(r1 - 1 < head.bottom <= r2 - 1 for r1, _, r2, _ in self.grid.merged)
        return head.bottom > head.top and len(texts) == 1 and is_plain_total(texts[0]) and not upright

    def rows(self) -> Iterator[tuple[int, What]]:
        """The table's rows from the first below the headings, zero-based, until something else begins."""
        row, end, summed = self.start, min(self._end(), self.limit), False
        while row < end:
            what = self.what(row)
            if what is What.DATA and summed and self._on_top(row):
                what = What.CLOSING
            summed = summed or what is What.TOTAL
            if what is What.OUTSIDE:
                return
            yield row, what
            row += 1

    def _end(self) -> int:
        """The row that is no longer the table's. Without frames: up to a total, or to the row above what comes next."""
        if self.is_framed:
            return self.start + 100_000
        blank = self.start
        while blank < self.start + FARTHEST and blank < self.grid.height and not self._held(blank):
            blank += 1
        if blank >= self.grid.height:
            return max(self.start + 1, self.grid.height)
        closing = self.what(blank) is What.OUTSIDE
        return max(self.start + 1, blank - 1) if closing else self.grid.height

    def what(self, row: int) -> What:
        if row in self.region.repeats:
            return What.HEADINGS
        texts = [value for value in self._row(row) if isinstance(value, str) and clean(value)]
        named = any((self.known(text) and not is_plain_total(text)) or _CODE.fullmatch(text) for text in texts)
        if not named and any(is_total(text) for text in texts):
            return What.TOTAL
        if self.last and row >= self.last:
            return What.OUTSIDE
        typed = [value for value in self._held(row).values() if isinstance(value, str)]
        if len(typed) == 1 and _CLOSING(fold(typed[0])) and self._wide(row):
            return What.CLOSING
        if not named and any(is_signature(text) or is_note(text) for text in texts):
            return What.OUTSIDE
        held = self._held(row)
        if not held:
            prepared = self._framed(row) or self._formulas(row) or not self.is_framed
            return What.PREPARED if prepared else What.OUTSIDE
        if self.is_framed and not self._framed(row):
            return What.OUTSIDE
        if any(fold(value).startswith("contoh") for value in held.values() if isinstance(value, str)):
            return What.EXAMPLE
        only_text = all(isinstance(value, str) for value in held.values())
        return What.GROUP if only_text and len(held) <= 2 and not self._formulas(row) else What.DATA

    def _on_top(self, row: int) -> bool:
        """Tax, rounding or overhead below a total is no line, whatever percentage stands beside it."""
        texts = [clean(value) for value in self._row(row) if isinstance(value, str) and clean(value)]
        return bool(texts) and (is_added(texts[0]) or bool(_ROUNDED(texts[0])))

    def _wide(self, row: int) -> bool:
        """One cell over most of the table, or the only thing in its row."""
        spans = [c2 - c1 + 1 for r1, c1, r2, c2 in self.grid.merged if r1 == r2 == row + 1]
        return any(span * 2 > len(self.columns) for span in spans) or len(self._held(row)) == 1

    def without_spacers(self, first: int, last: int, labels: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
        """Where prepared rows have formulas, blank ones above and below them are there for the look: no sum covers them."""
        calculated = [row for row in range(first, last + 1) if self._formulas(row)]
        return (calculated[0], calculated[-1], labels) if calculated else (first, last, labels)

    def calculates(self, row: int) -> bool:
        return self._formulas(row)

    def label(self, row: int) -> str:
        return " ".join(clean(value) for value in self._row(row) if isinstance(value, str) and clean(value))

    def _row(self, row: int) -> list[object]:
        return list(self.grid.rows[row][self.region.left : self.region.right + 1]) if row < self.grid.height else []

    def _held(self, row: int) -> dict[int, object]:
        """What somebody typed into a row, by column; numbers of rows, formulas and placeholders are not that."""
        found = {}
        for offset, value in enumerate(self._row(row)):
            col = self.region.left + offset
            if value is None or value == 0 or self.grid.formula(row, col) is not None:
                continue
            if isinstance(value, str) and (is_empty_mark(value) or fold(value) in _PLACEHOLDERS):
                continue
            if col in self.numbered and (not isinstance(value, str) or clean(value).rstrip(".)").isdecimal()):
                continue
            found[col] = value
        return found

    def held(self, row: int) -> dict[int, object]:
        """What somebody typed into a row, by 1-based column."""
        return {col + 1: value for col, value in self._held(row).items()}

    def _formulas(self, row: int) -> bool:
        return any(self.grid.formula(row, column.col - 1) is not None for column in self.columns)

    def _framed(self, row: int) -> bool:
        cells = self.framed.get(row + 1, frozenset())
        return sum(column.col in cells for column in self.columns) * 2 > len(self.columns)
