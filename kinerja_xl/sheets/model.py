"""The vocabulary of declarations: Column, Form, Table, Sheet, Book.

These objects say WHAT a workbook holds and nothing about how it is read or written. The template,
the reader, the pandera schema, the recap, the generated documentation and the samples all walk them,
so that no column name stands in a second place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol, TypeVar

from kinerja_xl.sheets.kinds import Kind

Record = Mapping[str, object]
"""One row or form as values by column key: Decimal, str, date, bool or None (empty)."""


class Lookups(Protocol):
    """What a computed column may look up: the lists that stand on the workbook's own list sheet."""

    def find(self, list_name: str, key: str, field: str) -> object | None:
        """The ``field`` of the entry ``key`` in ``list_name``; None when it is not on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A computed cell with two faces that must agree: an Excel formula and a Python value.

    ``excel(ref)`` gets a function from column key to cell reference and returns the formula without "=".
    ``value(record, lookups)`` returns what that formula shows; None where Excel shows "".
    """

    excel: Callable[[Callable[[str], str]], str]
    value: Callable[[Record, Lookups], object | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table, or one field of a form.

    ``key`` is the machine key in the hidden key row or key column; ``label`` the visible heading;
    ``aliases`` other headings under which the same thing has been seen. ``group`` is the heading above
    several columns, or the section of a form. ``essential``: without this column no amount can be counted.
    ``open_list``: a value outside the list is the office's to add, not a mistake of kind.
    ``holds``: whether a doubt about the cell may hold its row back (what no amount rests on does not).
    ``draft``: may start with a sentence of ours, so that it alone says nobody filled the form in. ``since``: the version of
    the book that it came with; ``former``: (version, label) that it had up to that version. ``unknown``: the column that
    counts which parts of this one's total nobody knows. ``page``: of those side by side that a table is printed on; 0: on none,
    at the end of the table on the screen.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    essential: bool = False
    width: float = 12
    group: str = ""
    hint: str = ""
    aliases: tuple[str, ...] = ()
    computed: Computed | None = None
    prefilled: bool = False
    draft: bool = False
    holds: bool = True
    page: int = 1
    since: int = 1
    former: tuple[int, str] | None = None
    unknown: str = ""


def feeding(columns: tuple[Column, ...], key: str) -> set[str]:
    """The columns that a computed column is worked out from, as its formula names them; none for an input column."""
    asked: set[str] = set()

    def ref(other: str) -> str:
        asked.add(other)
        return "A1"

    computed = next((c.computed for c in columns if c.key == key), None)
    if computed:
        computed.excel(ref)
    return asked.union(*(feeding(columns, other) for other in asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Labelled single values, one under the other."""

    key: str
    title: str
    fields: tuple[Column, ...]
    optional: bool = False
    since: int = 1

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.fields

    def column(self, key: str) -> Column:
        return next(c for c in self.fields if c.key == key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a hidden key row above its headings.

    ``rows`` are prepared for typing; ``marks`` names the columns whose text tells a typed JUMLAH row;
    ``unique`` the column sets that may not repeat; ``totals`` the columns totalled above the table;
    ``repeat`` how many leading columns are printed again on a second page across.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: int = 60
    note: str = ""
    marks: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()
    repeat: int = 0
    optional: bool = False
    since: int = 1

    def column(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)


Block = Form | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its name on the tab and its blocks from top to bottom.

    ``copies``: staff may copy the sheet, and every copy is read. ``intro`` stands under the title.
    """

    key: str
    name: str
    title: str
    blocks: tuple[Block, ...] = ()
    copies: bool = False
    landscape: bool = True
    intro: str = ""
    widths: Mapping[str, float] = field(default_factory=dict)
    since: int = 1
    former: tuple[int, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Book:
    """A whole workbook of one version. ``upgrades`` explains an older version in one sentence; ``called``: by staff, and where it
    ``belongs``."""

    key: str
    title: str
    version: int
    sheets: tuple[Sheet, ...]
    upgrades: str = ""
    called: str = ""
    belongs: str = "folder hasil"

    def sheet(self, key: str) -> Sheet:
        return next(s for s in self.sheets if s.key == key)

    def block(self, key: str) -> Block:
        return next(b for s in self.sheets for b in s.blocks if b.key == key)

    @cached_property
    def columns(self) -> Mapping[tuple[str, str], Column]:
        """By the keys of the block and the column: rules ask for each cell."""
        return {(b.key, c.key): c for s in reversed(self.sheets) for b in reversed(s.blocks) for c in reversed(b.columns)}

    def table(self, key: str) -> Table:
        found = self.block(key)
        assert isinstance(found, Table)
        return found

    def tables(self) -> Iterator[tuple[Sheet, Table]]:
        """Every table with its sheet, in order."""
        return ((s, b) for s in self.sheets for b in s.blocks if isinstance(b, Table))

    def as_of(self, version: int, upgrades: str = "") -> Book:
        """An older version: without what came later, under the names of then."""
        sheets = (_renamed(s, "name", version) for s in self.sheets if s.since <= version)
        then = (replace(s, blocks=tuple(_block(b, version) for b in s.blocks if b.since <= version)) for s in sheets)
        return replace(self, version=version, sheets=tuple(then), upgrades=upgrades)


Named = TypeVar("Named", Column, Sheet)


def _renamed(named: Named, field: str, version: int) -> Named:
    if named.former is None or version > named.former[0]:
        return named
    return replace(named, **{field: named.former[1]})  # type: ignore[arg-type]


def _block(block: Block, version: int) -> Block:
    """A form or table with the columns of then; what names a later column does without it."""
    columns = tuple(_renamed(c, "label", version) for c in block.columns if c.since <= version)
    if isinstance(block, Form):
        return replace(block, fields=columns)
    later = {c.key for c in block.columns if c.since > version}
    totals, marks = (tuple(k for k in keys if k not in later) for keys in (block.totals, block.marks))
    unique = tuple(tuple(k for k in keys if k not in later) for keys in block.unique)
    return replace(block, columns=columns, totals=totals, marks=marks, unique=unique)
