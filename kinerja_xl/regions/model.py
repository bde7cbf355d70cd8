"""What is known of the columns of a region: their role and evidence, and their cells as amounts, each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from kinerja_xl.formula.references import column_letters
from kinerja_xl.regions.amounts import BROKEN, Amount, Content, amount
from kinerja_xl.regions.tables import Region

PARTS_OF_YEAR = ("tw", "b", "s1", "s2")
"""How the periods of quarters, months and semesters begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table, zero-based. ``role``: see ``words``; ``evidence``: why, in words for staff, heading first."""

    col: int
    path: tuple[str, ...]
    role: str
    period: str = ""
    money: bool = False
    evidence: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return column_letters(self.col + 1)

    @property
    def name(self) -> str:
        """The full heading: ``TW II / Realisasi / Rp``."""
        return " / ".join(" ".join(text.split()) for text in self.path) or f"kolom {self.letter}"

    @property
    def product(self) -> bool:
        """Whether volume × price gave it."""
        return any("volume × harga" in text for text in self.evidence)


@dataclass(slots=True)
class Layout:
    """A region with what is known of its columns; ``amounts`` caches cells read as amounts."""

    region: Region
    columns: dict[int, Column]
    content: dict[int, Content]
    styles: dict[int, str]
    weak: set[int] = field(default_factory=set)  # columns whose style is only likely
    moved: dict[tuple[int, int], int] = field(default_factory=dict)  # cells whose amount stands in another column
    _cells: dict[int, dict[int, Amount]] = field(default_factory=partial(defaultdict, dict))  # by column, then row
    _whole: dict[int, tuple[list[Amount], list[Decimal | None], frozenset[str]]] = field(default_factory=dict)
    products: dict[tuple[int, ...], tuple[int, int]] = field(default_factory=dict)  # kept by facts.product_rows

    def amount(self, row: int, col: int) -> Amount:
        """A cell as an amount, in the style of its column."""
        own = self._cells[col]
        found = own.get(row)
        if found is None:
            grid = self.region.grid
            broken = grid.errors and (row + 1, col + 1) in grid.errors
            found = own[row] = BROKEN if broken else amount(grid.value(row, col), self.styles.get(col, ""))
        return found

    def _column(self, col: int) -> tuple[list[Amount], list[Decimal | None], frozenset[str]]:
        """A whole column as amounts, figures and doubts: what stands there often is looked at once."""
        if (whole := self._whole.get(col)) is not None:
            return whole
        own, rows = self._cells[col], self.region.rows
        if len(own) < len(rows) and not self.region.grid.errors:
            raw, style = self.region.column(col), self.styles.get(col, "")
            if set(map(type, raw)) <= {str, float, type(None)}:  # True is no 1
                known = {value: amount(value, style) for value in set(raw)}
                self._cells[col] = own = dict(zip(rows, map(known.__getitem__, raw), strict=True)) | own
        found = list(map(own.__getitem__, rows)) if len(own) == len(rows) else [self.amount(row, col) for row in rows]
        self._whole[col] = whole = found, [one.value for one in found], frozenset({one.doubt for one in found})
        return whole

    def amounts(self, col: int) -> Sequence[Amount]:
        """A whole column as amounts."""
        return self._column(col)[0]

    def values(self, col: int | None) -> Sequence[Decimal | None]:
        """The figures of a whole column."""
        return [None] * len(self.region.rows) if col is None else self._column(col)[1]

    def doubtful(self, col: int, *doubts: str) -> list[int]:
        """The rows of a column in which a figure has one of these doubts."""
        amounts, _, there = self._column(col)
        if there.isdisjoint(doubts):
            return []
        return [row for row, one in zip(self.region.rows, amounts, strict=True) if one.doubt in doubts]

    def settle(self, row: int, col: int, found: Amount) -> None:
        """Replace how a cell is read (arithmetic proved it)."""
        self._cells[col][row] = found
        self._whole.pop(col, None)
        self.products.clear()

    def value(self, row: int, col: int | None) -> Decimal | None:
        return None if col is None else (self._cells[col].get(row) or self.amount(row, col)).value

    def of(self, *roles: str) -> list[Column]:
        """The columns of some roles, left to right."""
        return [self.columns[col] for col in sorted(self.columns) if self.columns[col].role in roles]

    def first(self, *roles: str) -> int | None:
        """The first column of some roles."""
        found = self.of(*roles)
        return found[0].col if found else None

    def change(self, col: int, role: str, why: str, period: str | None = None) -> None:
        """Another role for a column, with the reason."""
        old = self.columns[col]
        told = (*old.evidence, why) if why else old.evidence
        self.columns[col] = replace(old, role=role, period=old.period if period is None else period, evidence=told)

    def make_parts(self, columns: Iterable[Column], whole: int) -> None:
        """What is in these columns is counted in another one."""
        for column in columns:
            self.change(column.col, "bagian", f"bagian dari kolom {self.columns[whole].name}")

    def add(self, col: int, path: tuple[str, ...], role: str, why: str, content: Content) -> None:
        """A column without a heading of its own, for what it holds."""
        self.content[col], self.styles[col] = content, ""
        self.columns[col] = Column(col=col, path=path, role=role, evidence=(why,))
