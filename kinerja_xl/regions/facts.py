"""What is reckoned from what: every relation between the columns of a region, counted in one place.

Words are not asked. a × b = c, a run of columns = its whole, a − b = c, a ÷ b = c, before + change = after: on how many rows that
holds is told here; of which columns it is asked, and what follows, say the modules that ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations
from math import prod
from typing import Any

from kinerja_xl.regions.amounts import koefisien
from kinerja_xl.regions.columns import is_koefisien
from kinerja_xl.regions.model import Column, Layout

Figure = Any
"""Decimal, or int where it is whole: as exact, and reckoned with in a third of the time."""
ONE, HALF = Decimal(1), 0.5
ROWS, LEAST, WIDEST, TAXED = 300, 2, 14, 9
"""Rows looked at; rows that a relation must hold on; columns looked at for one relation, and for one with a tax."""
TRIED = 50
"""Rows after which a column that was never the sum of the others is none."""


def comes_out(product: Figure, amount: Figure) -> bool:
    """Equal to the rupiah (prices of a work item carry fractions: then to a hundred-thousandth)."""
    return bool(product == amount or (off := abs(product - amount)) <= 1 or off * 100000 <= abs(amount))


def is_share(whole: Figure, part: Figure, share: Figure) -> bool:
    """A part of a whole, in per cent (whole ones are rounded) or as a fraction."""
    meant, size, near = share * whole, abs(whole), 51 if share == int(share) else 6
    near_enough = abs(part * 100 - meant) * 100 <= near * size or (share <= 2 and abs(part - meant) * 10000 <= 6 * size)
    return bool(whole) and near_enough


def mostly(hits: int, rows: int, least: int = 1) -> bool:
    """On four of five rows, or on all but one of three and more: somebody typed over that one."""
    return rows >= least and (hits * 5 >= rows * 4 or (rows > 2 and rows - hits == 1))


def _nearly_all(hits: int, rows: int) -> bool:
    """Nine of ten rows, and all but one of a few: a printed sum among them may be wrong."""
    return rows >= LEAST and (hits * 10 >= rows * 9 or (rows > 2 and rows - hits == 1))


# ---- Of columns that somebody asks about ----


def holds(made: Layout, columns: Sequence[int], test: Callable[..., bool]) -> tuple[int, int]:
    """On how many rows a relation holds, of those where every column has a figure: the first is not zero, nor all the others."""
    cells = ([made.value(row, col) for col in columns] for row in made.region.rows[:ROWS])
    full = [own for own in cells if own[0] and any(own[1:]) and None not in own]
    return sum(test(*own) for own in full), len(full)


def product_rows(made: Layout, *columns: int) -> tuple[int, int]:
    """On how many rows volume × price (or volumes × price) gives the amount, the last, of those that have all of them."""
    if columns not in made.products:
        rows = zip(*map(made.values, columns), strict=True)
        if len(columns) == 3:
            hits = [a * b == c or comes_out(a * b, c) for a, b, c in rows if a and b and c]
        else:
            hits = [comes_out(prod(own[:-1], start=ONE), own[-1]) for own in rows if all(own)]
        made.products[columns] = sum(hits), len(hits)
    return made.products[columns]


def row_sums(made: Layout, total: int, others: Sequence[Column], near: Figure = ONE) -> tuple[int, int]:
    """On how many rows a column is the sum of others, and how many rows have both."""
    hits = rows = 0
    for value, *parts in zip(*map(made.values, [total, *(c.col for c in others)]), strict=True):
        if value and any(parts):
            rows += 1
            hits += abs(sum(filter(None, parts)) - value) <= near
            if rows == TRIED and not hits:
                break
    return hits, rows


def row_sum_of(made: Layout, total: Column, others: Sequence[Column], near: Figure = ONE) -> bool:
    """Whether a column is the sum of others on nine of ten rows; of four rows one may hold a slip."""
    hits, rows = row_sums(made, total.col, others, near)
    return rows > 0 and (hits * 10 >= rows * 9 or (rows > 3 and rows - hits == 1))


def of_parts(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the figure of a year is one of the usual of its quarters or months: their sum, mean, last or largest."""
    mean, near = sum(parts) / len(parts), HALF if whole == int(whole) else 0.05
    return whole in (parts[-1], max(parts)) or abs(sum(parts) - whole) <= 0.05 or abs(mean - whole) <= near


def year_rows(made: Layout, total: int, parts: Sequence[int]) -> list[tuple[int, bool]]:
    """The rows of a figure of the year that has parts beside it, and on which of them it is one of the usual of these."""
    cells = zip(made.region.rows, *map(made.values, (total, *parts)), strict=True)
    return [(at, of_parts(v, own)) for at, v, *some in cells if v and (own := [p for p in some if p is not None]) and any(own)]


def row_sum(made: Layout, col: int) -> bool:
    """Whether a column is the sum of two or more figure columns right beside it (a total of months, of parts)."""
    total = made.columns[col]
    left = [c for c in sorted(made.columns) if c < col and made.content[c].is_numeric][-12:]
    return any(row_sum_of(made, total, [made.columns[c] for c in left[i:]]) for i in range(len(left) - 1))


def row_total(made: Layout, col: int, parts: Sequence[Column]) -> bool:
    """Whether a column is the sum of these on most rows (where it is not, that is a slip to be told, not another meaning)."""
    hits, rows = row_sums(made, col, [c for c in parts if c.col != col])
    return rows > 0 and hits * 3 >= rows * 2


def whole_among(made: Layout, columns: Sequence[Column], near: Figure = ONE) -> Column | None:
    """The last of some columns that is the sum of the others, with that as its evidence; None where none is."""
    for total in reversed(columns):
        if row_sum_of(made, total, [c for c in columns if c.col != total.col], near):
            made.change(total.col, total.role, "sama dengan jumlah kolom-kolom lainnya")
            return made.columns[total.col]
    return None


# ---- All there are between the columns of figures of a region ----


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between columns, on how many rows it holds of those that have all figures; ``text``: as staff read it."""

    kind: str  # kali, pajak, jumlah, sisa, persen, ubah
    columns: tuple[int, ...]  # what it is made of, then the result
    hits: int
    rows: int
    text: str


class Figures:
    """The figures of a region by column, as far as they can be read."""

    def __init__(self, made: Layout) -> None:
        self.made, self.rows = made, made.region.rows[:ROWS]
        own = [c for c in sorted(made.columns) if made.columns[c].role != "nomor"]  # a row's number comes out by chance: 86 ÷ 86
        self.numeric = [c for c in own if made.content[c].is_numeric and made.content[c].nonzero]
        worded = [c for c in sorted(made.columns) if made.content[c].words and is_koefisien(made, c)]
        self.cells = {col: [self._value(row, col) for row in self.rows] for col in (*self.numeric, *worded)}
        self._filled = {col: frozenset(i for i, v in enumerate(own) if v is not None) for col, own in self.cells.items()}
        self._counting = {col: frozenset(i for i in filled if self.cells[col][i]) for col, filled in self._filled.items()}
        self.worded = worded

    def _value(self, row: int, col: int) -> Figure:
        text = self.made.region.grid.value(row, col)
        volume = koefisien(text) if isinstance(text, str) else None
        found = self.made.value(row, col) if volume is None else volume
        return found if found is None or (whole := int(found)) != found else whole

    def letter(self, col: int) -> str:
        return self.made.columns[col].letter

    def holds(self, columns: Sequence[int], test: Callable[..., bool]) -> tuple[int, int]:
        """On how many rows a relation holds, of those where every column has a figure and the result is not zero; fewer hits
        than there are where it can no longer hold on nearly all."""
        cells = [self.cells[col] for col in columns]
        rows = self._counting[columns[-1]].intersection(*(self._filled[col] for col in columns[:-1]))
        hits, spare = 0, max(1, len(rows) // 5)
        for values in zip(*(map(own.__getitem__, rows) for own in cells), strict=True):
            if test(*values):
                hits += 1
            elif spare:
                spare -= 1
            else:
                break
        return hits, len(rows)


def products(figures: Figures) -> Iterator[Fact]:
    """a × b = c; a × b + tax = c; a × b × c = d (people, months, pay)."""
    columns = [*figures.numeric, *figures.worded]
    told = [own for col, own in figures.cells.items() if figures.made.columns[col].role != "kode"]
    full = sum(sum(own[i] is not None for own in told) > 2 for i in range(len(figures.rows)))
    least = 1 if full == 1 and not figures.made.of("volume", "harga", "jumlah") else LEAST
    for total in figures.numeric:
        others = [col for col in columns if col != total][-WIDEST:]
        for a, b in combinations(sorted(others), 2):
            hits, rows = figures.holds((a, b, total), lambda a, b, t: comes_out(a * b, t))
            if mostly(hits, rows, least) and not _trivial(figures, a, b):
                yield _product(figures, (a, b), (), total, hits, rows)
                if hits == rows:
                    continue
            if rows < least or len(others) > TAXED:
                continue
            for third in (c for c in others if c not in (a, b) and c in figures.numeric):
                hits, rows = figures.holds((a, b, third, total), _with_tax)
                if mostly(hits, rows, least) and not _trivial(figures, a, b):
                    yield _product(figures, (a, b), (third,), total, hits, rows)
                if third > b and not _trivial(figures, a, b, third):
                    hits, rows = figures.holds((a, b, third, total), lambda a, b, c, t: comes_out(a * b * c, t))
                    if mostly(hits, rows, LEAST):
                        yield _product(figures, (a, b, third), (), total, hits, rows)


def _with_tax(a: Figure, b: Figure, tax: Figure, total: Figure) -> bool:
    """The product and its tax, where neither is as good as all of it: 1 × 120 beside 485.000.000 tells nothing."""
    return bool(a and b and comes_out(a * b + tax, total)) and not (tax and (comes_out(tax, total) or comes_out(a * b, total)))


def _product(figures: Figures, parts: tuple[int, ...], tax: tuple[int, ...], total: int, hits: int, rows: int) -> Fact:
    """The volumes, then the price, then the tax."""
    terms = sorted(parts, key=lambda col: _order(figures, col))
    left = " + ".join([" × ".join(map(figures.letter, terms)), *map(figures.letter, tax)])
    text = f"{left} = {figures.letter(total)} pada {hits} dari {rows} baris"
    return Fact("pajak" if tax else "kali", (*terms, *tax, total), hits, rows, text)


def _order(figures: Figures, col: int) -> tuple[bool, Figure]:
    """A koefisien in words is the volume; of two columns of figures the one with the smaller ones."""
    values = sorted(abs(v) for v in figures.cells[col] if v)
    return col not in figures.worded, values[len(values) // 2] if values else Decimal(0)


def _trivial(figures: Figures, *columns: int) -> bool:
    """A factor that is 1 on every row proves nothing, one that is a share on all of them is no volume."""
    for col in columns:
        values = [v for v in figures.cells[col] if v is not None]
        if all(v == 1 for v in values) or (all(v <= Decimal("1.5") for v in values) and any(v % 1 for v in values)):
            return True
    return False


def wholes(figures: Figures) -> Iterator[Fact]:
    """A run of neighbouring columns of figures that adds up to the column before or after it."""
    for i, total in enumerate(figures.numeric):
        for run in _runs(figures.numeric, i):
            hits, rows = figures.holds((*run, total), lambda *v: abs(sum(v[:-1]) - v[-1]) <= HALF)
            if not rows:  # some part is blank on each of them
                hits, rows = row_sums(figures.made, total, [figures.made.columns[col] for col in run], HALF)
            if _nearly_all(hits, rows) and all(any(figures.cells[col]) for col in run):
                whole, parts = figures.letter(total), f"{figures.letter(run[0])} sampai {figures.letter(run[-1])}"
                yield Fact("jumlah", (*run, total), hits, rows, f"{whole} = jumlah {parts} pada {hits} dari {rows} baris")


def _runs(columns: Sequence[int], i: int) -> Iterator[tuple[int, ...]]:
    for size in range(WIDEST, 1, -1):
        if i + 1 + size <= len(columns):
            yield tuple(columns[i + 1 : i + 1 + size])
        if i - size >= 0:
            yield tuple(columns[i - size : i])


def remainders(figures: Figures) -> Iterator[Fact]:
    """a − b = c, the whole before its two parts, whatever stands between them."""
    for whole, spent, left in combinations(figures.numeric[:WIDEST], 3):
        yield from _two_parts(figures, "sisa", (spent, left, whole))


def changes(figures: Figures) -> Iterator[Fact]:
    """a + c = b, from left to right: a budget before and after a change, and the change."""
    for before, after, change in combinations(figures.numeric[:WIDEST], 3):
        yield from _two_parts(figures, "ubah", (before, change, after))


def _two_parts(figures: Figures, kind: str, columns: tuple[int, int, int]) -> Iterator[Fact]:
    """Two parts and their whole, told as what the first leaves of it."""
    hits, rows = figures.holds(columns, lambda one, other, whole: abs(one + other - whole) <= HALF)
    if _nearly_all(hits, rows):
        one, other, whole = map(figures.letter, columns)
        yield Fact(kind, columns, hits, rows, f"{whole} − {one} = {other} pada {hits} dari {rows} baris")


def shares(figures: Figures) -> Sequence[Fact]:
    """b ÷ a = c, in per cent or as a fraction. Of several b of one a (villages, health centres, quarters) only what all of them
    add up to is what was reached."""
    found = list(_shares(figures))
    for target in {fact.columns[0] for fact in found}:
        parts = {fact.columns[1] for fact in found if fact.columns[0] == target}
        if len(parts) > 2:
            whole = {b for b in parts if mostly(*figures.holds((*(parts - {b}), b), lambda *own: sum(own[:-1]) == own[-1]))}
            found = [fact for fact in found if fact.columns[0] != target or fact.columns[1] in whole]
    return found


def _shares(figures: Figures) -> Iterator[Fact]:
    for share in figures.numeric:
        if figures.made.content[share].largest > 1000:
            continue
        for a, b in permutations([col for col in figures.numeric if col != share][:WIDEST], 2):
            if a > b:  # what was meant stands before what was reached
                continue
            hits, rows = figures.holds((a, b, share), is_share)
            if mostly(hits, rows, LEAST):
                text = f"{figures.letter(b)} ÷ {figures.letter(a)} = {figures.letter(share)} pada {hits} dari {rows} baris"
                yield Fact("persen", (a, b, share), hits, rows, text)


def picked_from(made: Layout, column: Column, others: list[Column]) -> bool:
    """Whether each of its prices stands in one of the other columns, and not always in the same."""
    rows = [(v, [made.value(row, c.col) for c in others]) for row in made.region.rows if (v := made.value(row, column.col))]
    return len(rows) > 2 and all(v in p for v, p in rows) and not any(all(v == p[i] for v, p in rows) for i in range(len(others)))
