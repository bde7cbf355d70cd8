"""Tables whose every line takes several rows, laid flat: a row for each line, its other figures in columns to the right.

Habits served: a column that says PAGU, REALISASI, SISA in turn; targets and results on alternating rows; headings below each
other that say it (an SPJ: LS Gaji, LS Barang, UP below "Bulan ini"); a card of an indicator with its labels down the side.
``Region.origin`` keeps where the figures stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.cellsheet import CellSheet, place
from kinerja_xl.formula.references import Reference, rewritten
from kinerja_xl.regions.columns import SHORT
from kinerja_xl.regions.facts import mostly
from kinerja_xl.regions.heads import NUMBER_ROLES
from kinerja_xl.regions.tables import Region, find_regions, without_signatures
from kinerja_xl.regions.words import MAX_HEADING, clean, word

LONGEST, BLOCKS = 4, 2
"""Rows of one name; names at least."""
_BUDGET, _SPENT = frozenset({"anggaran", "target", "rencana", "jumlah"}), frozenset({"realisasi"})
Block = dict[int, int]
"""The rows of one name: which of the turns a row is → the row."""


def unfolded(region: Region) -> Region:
    """The region with one row for each name; the region itself where no column says in turn what its rows hold."""
    filled = (row for row in region.rows if any(_figure(region, row, col) for col in region.columns))
    first = list(islice(filled, LONGEST))

    def text(row: int, col: int) -> str:
        own = clean(v) if isinstance(v := region.grid.value(row, col), str) else ""
        return next((role.capitalize() for role, short in SHORT.items() if own and short(own)), own)

    ways = [(col, size) for col, size in product(region.columns, range(2, LONGEST + 1))
            if _turns([text(row, col) for row in first[:size]], size)]  # fmt: skip
    signed = set(without_signatures(region).rows) if ways else set()
    rows = [row for row in (*first, *filled) if row in signed] if ways else []
    for col, size in ways:
        cycle, blocks = [text(row, col) for row in rows[:size]], list[Block]()
        some = rows[: len(rows) - (text(rows[-1], col) not in cycle)]  # a total may not say what it holds
        if any(text(row, col) not in cycle for row in some):
            continue
        for row in some:
            mark = cycle.index(text(row, col))
            if not blocks or mark <= max(blocks[-1]):
                blocks.append({})
            blocks[-1][mark] = row
        if mostly(sum(len(block) == size for block in blocks), len(blocks), BLOCKS):
            columns = [c for c in region.columns if c > col and any(_figure(region, row, c) for row in rows)]
            paths = {c: path for c, path in region.head.paths.items() if c != col}
            return _laid_flat(region, columns, paths, blocks, cycle)
    return _by_stacked_headings(region)


def _turns(texts: Sequence[str], size: int) -> bool:
    """What is planned and what came of it, or the figure of an indicator and its money (K, Rp)."""
    words = [word(text) for text in texts]
    roles = {one.role for one in words}
    figure = "kinerja" in roles and any(one.money and not one.role for one in words)
    return len(set(texts)) == size and (figure or bool(roles & _BUDGET and roles & _SPENT))


def _by_stacked_headings(region: Region) -> Region:
    """Laid flat where several columns have the same two or more headings below their own, one for each row of a name."""
    paths, value = region.head.paths, region.grid.value
    for cycle in dict.fromkeys(path[1:] for path in paths.values() if 2 <= len(path) - 1 <= LONGEST):
        inner = [col for col in region.columns if paths[col][1:] == cycle]
        outer = [col for col in region.columns if col not in inner]
        rows = [row for row in region.rows if all(value(row, col) is not None for col in inner)]
        begins = [any(value(row, col) is not None for col in outer) for row in rows]
        blocks = len(rows) // len(cycle)
        if len(inner) > 1 and blocks >= BLOCKS and begins == [i % len(cycle) == 0 for i in range(blocks * len(cycle))]:
            turns = [dict(enumerate(rows[at : at + len(cycle)])) for at in range(0, len(rows), len(cycle))]
            return _laid_flat(region, inner, {**paths, **{col: paths[col][:1] for col in inner}}, turns, cycle)
    return region


def _figure(region: Region, row: int, col: int) -> bool:
    return isinstance(region.grid.value(row, col), float)


def _laid_flat(
    region: Region, columns: Sequence[int], paths: Mapping[int, tuple[str, ...]], blocks: Sequence[Block], cycle: Sequence[str]
) -> Region:
    """``columns``: whose figures differ by row; ``paths``: the headings of all columns that remain."""
    grid, size = region.grid, len(cycle)
    width = max(grid.width, region.right + 1)
    made = [list(row) + [None] * (width + len(columns) * (size - 1) - len(row)) for row in grid.rows]
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    gone = set()
    told = {*region.columns} - {*paths}
    for block in blocks:
        first = min(block.values())
        made[first] = [None if col in told else value for col, value in enumerate(made[first])]  # what it is, not its unit
        for n, row in ((n, row) for n, row in block.items() if n):
            for i, col in enumerate(columns):
                there = width + (n - 1) * len(columns) + i
                made[first][there] = grid.value(row, col)
                origin[first, there] = (row, col)
                made[row][col] = None
            if row != first:
                made[row] = []
                gone.add(row)
    flat, own = dict(paths), dict(region.head.own)
    for n, text in enumerate(cycle):
        for i, col in enumerate(columns):
            there = col if n == 0 else width + (n - 1) * len(columns) + i
            own[there] = paths.get(col, ())
            flat[there] = (text, *own[there])
    shared = {col: len(columns) if col in own and col not in region.head.own or col in columns else 1 for col in flat}
    return replace(
        region, grid=replace(grid, rows=made), head=replace(region.head, paths=flat, shared=shared, own=own),
        columns=tuple(sorted(flat)), right=max(flat), rows=tuple(row for row in region.rows if row not in gone), origin=origin,
    )  # fmt: skip


def carded(grid: CellSheet) -> list[Region]:
    """Cards of indicators, with their labels down the side, as one region with a row for each card."""
    cards = [card for card in _cards(grid) if {"indikator"} < {word(label).role for label in card} & _CARD]
    labels = list(dict.fromkeys(label for card in cards for label in card))
    rows: list[list[object]] = [[] for _ in range(grid.height)]
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    errors: dict[tuple[int, int], str] = {}
    for card in cards:
        head, at = (pick(row for row, *_ in cards[n].values()) for pick, n in ((min, 0), (max, cards.index(card))))
        rows[head], rows[at] = list(labels), [card[label][3] if label in card else None for label in labels]
        for n, label in enumerate(labels):
            if label in card:
                row, told, col, _ = card[label]
                origin = {(head, n): (row, told)} | origin | {(at, n): (row, col)}
                errors |= {(at + 1, n + 1): why} if (why := grid.error(row, col)) else {}
    flat = replace(grid, rows=rows, merged=(), formulas={}, errors=errors, unsure={})
    return [replace(region, origin=origin) for region in find_regions(flat)]


_CARD = frozenset({"indikator", "target", "realisasi"})
Card = dict[str, tuple[int, int, int, object]]
"""Label → its row and column, the column of what it says, and what it says."""


def _cards(grid: CellSheet) -> list[Card]:
    """What labels down the side say; one that comes again begins the next card. Nothing where a label of figures has several
    beside it: that is no card."""
    cards: list[Card] = [{}]
    for row in range(grid.height):
        at = next((col for col in grid.filled(row) if any(map(str.isalpha, str(grid.value(row, col))))), 0)  # behind its number
        label, colon, said = map(str.strip, clean(str(grid.value(row, at) or "")).partition(":"))
        beside = ((col, _without_colon(grid.value(row, col))) for col in range(at + 1, grid.width))
        some = [(col, v) for col, v in beside if v is not None or grid.error(row, col)]
        some = [(at, said)] if colon and said and not some else some
        named = len(some) == 1 and (word(label).role != "indikator" or isinstance(some[0][1], str))  # no page number
        if named and label and len(label) <= MAX_HEADING:
            cards += [{}] if label in cards[-1] else []
            cards[-1][label] = (row, at, *some[0])
        elif some and word(label).role in NUMBER_ROLES:
            return []
    return cards


def _without_colon(value: object) -> object:
    """What stands behind a colon in a cell of its own, or with it; None for nothing."""
    return (value.lstrip(" :") or None) if isinstance(value, str) else value


def where_it_stood(found: Finding, region: Region) -> Finding:
    """A finding about cells of a table that was laid flat, with the cells as the sheet has them."""
    if not region.origin:
        return found

    def there(ref: Reference) -> Reference | str:
        at = region.origin.get((ref.first.row - 1, ref.first.col - 1))
        return place(*at) if at and ref.last is None else ref

    args = {name: rewritten(text, there) for name, text in found.args.items()}
    return replace(found, cell=rewritten(found.cell, there), args=args)
