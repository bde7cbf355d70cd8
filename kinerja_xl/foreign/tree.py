"""The rows of a money table as a tree: which rows are groups, and which rows (or groups) each group adds up.

One pass over the rows keeps the few cheapest ways to nest them. What a way costs is the error model of offices: a printed
sum may be wrong, at a small price, once, where it stands; a row that heads others by its code, number, indentation or shape
is hardly a line; a sum that comes out speaks for its group, the more the less it can be an accident. A group is held against
what its own children print, so that one wrong subtotal accuses neither its parents nor its lines.

Habits served: groups above their lines or below them; codes that stand again one level deeper; bullets whose groups and
lines look alike; an account with a single line; a group whose sum was typed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

from kinerja_xl.foreign.levels import HALF, Levels, adds_up, deepest, extends, number_kind
from kinerja_xl.foreign.rowset import TOTAL, VALUE, Row
from kinerja_xl.regions.words import is_total
from kinerja_xl.words.shapes import bentuk

BEAM, REACH = 4, 600
"""Ways kept from row to row; children looked at for one sum."""

# What a way to read a row costs: the error model.
SLIP, SLIP_MORE = 1.5, 0.75
"""A printed sum that does not come out, in the first and in each further column."""
OVER_CODE, OVER, SUMMED, UNSHAPED, TELLING, ACCIDENT = 4.0, 1.5, 4.0, 2.0, 3.0, 0.8
"""A line whose code the next row goes on from; that something else says is a heading; whose cell is a SUM; without unit, volume
and price among lines that have them; that is the telling sum of the rows below; that is their sum in round figures."""
LEFT_OUT = 3.0
"""A group over only the first of the rows that its code or number stands above: a line was forgotten in its sum."""
SHAPED, OTHER_SPAN, SAME_LEVEL, NO_LEVEL, ALONE = 3.0, 0.7, 1.0, 0.3, 1.5
"""A group with unit, volume or price; with other children than its level says; over rows of its own level; without any level;
over one row that nothing says is below it."""
NOT_ITS_SUM = 1.5
"""A group that is held to be wrong over all the detailed rows below it, though it is exactly the sum of the first of them."""
PROVEN, ROUND, FURTHER = 1.0, 0.4, 0.3
"""What a sum that comes out earns: a telling one, a round one, in each further column."""


def shaped(row: Row) -> bool:
    """A line by its shape: it has a unit, a volume or a price, and they are its own."""
    return bool(row.unit or row.volume or row.price) and not row.output


def multiplied(row: Row) -> bool:
    """Its amount is its own volume times its own price: a line, whatever sums make of it. One of a thing says nothing."""
    product = (row.volume or Decimal(0)) * (row.price or Decimal(0))
    return bool(product) and row.volume != 1 and any(abs(product - value) <= HALF for value in row.values.values())


def bare(row: Row) -> bool:
    """No number, code or shape: nothing but its words tells what it is."""
    return not (row.number or row.code.strip() or shaped(row))


def listed(row: Row) -> bool:
    """One of a list by its shape or code; a remark or the cash in hand beside it has neither."""
    return shaped(row) or row.code.strip()[:1].isdecimal()


def telling(value: Decimal) -> bool:
    """Whether an amount is unlikely to be a sum by accident: at least four digits before its zeros."""
    return len(str(abs(int(value))).rstrip("0")) >= 4


def named_share(row: Row) -> Decimal:
    """The part of a sum that a name tells ("Jasa Kontraktor 10%", "Total termasuk overhead 10%"); 0 for none."""
    share = _PERCENT(row.name or row.label)
    return Decimal(share[1].replace(",", ".")) / 100 if share else Decimal(0)


_PERCENT = bentuk("persen_nama")


def counts_on(row: Row, below: Row) -> bool:
    """Whether a row has the next number or letter after another one's: it is no sum of that."""
    one, two = (each.number.strip("(). ") for each in (row, below))
    if one.isdecimal() and two.isdecimal():
        return int(two) == int(one) + 1
    return len(one) == len(two) == 1 and one.isalpha() and ord(two) == ord(one) + 1


def goes_on(items: Sequence[Row], i: int, j: int, group: int, levels: Levels | None = None) -> bool:
    """Whether line ``j`` carries on the list of line ``i``, so that the ``group`` does not end between them: it has the next
    running number, or stands right below with the same bullet, which is not the group's own. ``levels``: of two groups as well,
    where they stand equally deep above lines with a shape."""
    row, below = items[i], items[j]
    groups = levels is not None and levels[i] == levels[j] and not shaped(row) and not shaped(below)
    if not (groups or (shaped(row) and shaped(below))):
        return False
    if row.number.strip("(). ").isdecimal() and below.number.strip("(). ").isdecimal():
        return counts_on(row, below)
    first, other, above = (each.number or each.name.lstrip()[:1] for each in (row, below, items[group]))
    return j == i + 1 and first == other != above and first in set("-–—•*")


BY_SHAPE, BY_LEVEL, BY_CODE = range(3)
"""What says that rows stand below another one."""


class _Stack(NamedTuple):
    """The rows below the one that is looked at and under no group yet, nearest first."""

    item: int
    group: bool
    leaf: tuple[Decimal | None, ...]  # what its lines add up to, by column
    rest: _Stack | None


class _Way(NamedTuple):
    cost: float
    stack: _Stack | None
    spans: tuple[Any, ...]  # linked: ((group, its children), the rest)


@dataclass(frozen=True, slots=True)
class Nesting:
    """One way to nest rows: group (item index) → its children (item indices). ``cost``: the less the better."""

    children: dict[int, tuple[int, ...]]
    cost: float


class _Pass:
    def __init__(self, items: Sequence[Row], columns: Sequence[int], levels: Levels | None, fixed: Sequence[bool] | None) -> None:
        self.items, self.columns, self.levels, self.fixed = items, columns, levels, fixed
        values = [row for row in items if row.kind == VALUE]
        self.detailed = sum(map(shaped, values)) * 2 > len(values)

    def ways(self, order: Sequence[int]) -> list[_Way]:
        found = [_Way(0.0, None, ())]
        for i in order:
            grown = [option for way in found for option in self._options(way, i)]
            best: dict[tuple[bool, int], _Way] = {}  # of ways that leave the same rows open the cheapest
            for way in sorted(grown, key=lambda w: w.cost):
                assert way.stack is not None
                best.setdefault((way.stack.group, way.stack.rest.item if way.stack.rest else -1), way)
                if len(best) == BEAM:
                    break
            found = list(best.values())
        return found

    def _options(self, way: _Way, i: int) -> list[_Way]:
        row, stack = self.items[i], way.stack
        said, sure = self._said(stack, i)
        summed = self._summing(stack, row)
        found: list[_Way] = []
        if self.fixed is None or self.fixed[i]:
            line = _Stack(i, False, self._own(row), stack)
            found.append(_Way(way.cost + self._as_line(row, said, sure, summed), line, way.spans))
        # with the row beside it: no group of it
        counted = stack is not None and goes_on(self.items, min(i, stack.item), max(i, stack.item), i)
        if (self.fixed is None and not multiplied(row) and not counted) or (self.fixed is not None and not self.fixed[i]):
            for size in dict.fromkeys(k for k in (summed, said) if k):
                cost = self._as_group(stack, row, size, said)
                nodes, rest = _popped(stack, size)
                forgotten = sure != BY_SHAPE or (summed < said and self._cut(stack, summed, i))
                if cost is not None and size < said and forgotten:
                    cost += LEFT_OUT
                if cost is not None and size != summed and summed > 1 and not forgotten:
                    cost += NOT_ITS_SUM
                if cost is not None:
                    under = _Stack(i, True, _added([node.leaf for node in nodes]), rest)
                    found.append(_Way(way.cost + cost, under, ((i, tuple(node.item for node in nodes)), way.spans)))
        if not found:  # held to be a group, with nothing below it
            found.append(_Way(way.cost, _Stack(i, True, self._own(row), stack), ((i, ()), way.spans)))
        return found

    def _cut(self, stack: _Stack | None, size: int, i: int) -> bool:
        """Whether the next row goes on counting where a group over so many rows would end."""
        nodes, rest = _popped(stack, size)
        levels = self.levels if self.detailed else None
        return bool(nodes) and rest is not None and goes_on(self.items, nodes[-1].item, rest.item, i, levels)

    def _own(self, row: Row) -> tuple[Decimal | None, ...]:
        return tuple(row.values.get(col) for col in self.columns)

    def _said(self, stack: _Stack | None, i: int) -> tuple[int, int]:
        """How many of the next rows stand below this one by level or shape, and how sure that is."""
        row, size = self.items[i], 0
        own = self.levels[i] if self.levels is not None else None
        here = stack
        if own is not None:
            while here is not None and size < REACH and self._deeper(i, here.item):
                size, here = size + 1, here.rest
            coded = stack is not None and bool(row.code.strip()) and bool(self.items[stack.item].code.strip())
            if size:
                return size, BY_CODE if coded else BY_LEVEL
        if not shaped(row):
            while here is not None and size < REACH and shaped(self.items[here.item]):
                size, here = size + 1, here.rest
        return size, BY_SHAPE

    def _deeper(self, i: int, j: int) -> bool:
        assert self.levels is not None
        a, b = self.levels[i], self.levels[j]
        if a is None or b is None:
            return b is None and not shaped(self.items[i]) and shaped(self.items[j])
        coded = self.items[i].code.strip() and self.items[j].code.strip()
        return b > a and (not coded or extends(self.items, self.levels, i, j))

    def _summing(self, stack: _Stack | None, row: Row) -> int:
        """Of how many of the next rows this one is the sum, in the first column in which it is one of any; 0 for none."""
        return next((size for at, col in enumerate(self.columns) if (size := self._summing_in(stack, row, at, col))), 0)

    def _summing_in(self, stack: _Stack | None, row: Row, at: int, col: int) -> int:
        wanted, total, lines, size, here = row.values.get(col), Decimal(0), Decimal(0), 0, stack
        while wanted and here is not None and size < REACH:
            value = self.items[here.item].values.get(col, Decimal(0))
            total, lines, size = total + value, lines + (here.leaf[at] or 0), size + 1
            if value and min(abs(total - wanted), abs(lines - wanted)) <= HALF:
                return size
            if value > 0 and min(total, lines) > wanted + 1 > 0:
                return 0
            here = here.rest
        return 0

    def _as_line(self, row: Row, said: int, sure: int, summed: int) -> float:
        cost = SUMMED if row.sums else 0.0
        if shaped(row):
            return cost
        if self.detailed:
            cost += UNSHAPED
        if said:
            cost += OVER_CODE if sure == BY_CODE else OVER
        if summed > 1:
            cost += TELLING if any(map(telling, row.values.values())) else ACCIDENT
        return cost

    def _as_group(self, stack: _Stack | None, row: Row, size: int, said: int) -> float | None:
        nodes, _ = _popped(stack, size)
        lines = _added([node.leaf for node in nodes])
        cost = SHAPED if shaped(row) else 0.0
        if size != said:
            cost += OTHER_SPAN if said else SAME_LEVEL if self.levels is not None else NO_LEVEL
        right = wrong = 0
        told = False
        for col, leaf in zip(self.columns, lines, strict=True):
            own = row.values.get(col)
            below = [v for node in nodes if (v := self.items[node.item].values.get(col)) is not None]
            if own is None or not (own or any(below)):
                continue
            if min(abs(sum(below, Decimal(0)) - own), abs((leaf or 0) - own)) <= HALF:
                right, told = right + 1, told or telling(own)
            else:
                wrong += 1
        if wrong and size != said and not told:
            return None  # nothing says so: no level, no other column
        if size == 1 and not said and not (right > 1 and told):
            cost += ALONE
        if right and size > 1:
            cost -= (PROVEN if told else ROUND) + FURTHER * (right - 1)
        elif right:
            cost -= FURTHER
        return cost + (SLIP + SLIP_MORE * (wrong - 1) if wrong else 0.0)


def _popped(stack: _Stack | None, size: int) -> tuple[list[_Stack], _Stack | None]:
    taken: list[_Stack] = []
    while stack is not None and len(taken) < size:
        taken.append(stack)
        stack = stack.rest
    return taken, stack


def _added(leaves: Sequence[tuple[Decimal | None, ...]]) -> tuple[Decimal | None, ...]:
    return tuple(sum((v for v in col if v is not None), Decimal(0)) for col in zip(*leaves, strict=True))


def nestings(
    items: Sequence[Row], columns: Sequence[int], levels: Levels | None, *,
    below: bool = False, fixed: Sequence[bool] | None = None,
) -> list[Nesting]:
    """The cheapest ways to nest the rows, best first. ``below``: groups stand below their lines; ``fixed``: which rows are lines
    (then only the children of each group are looked for)."""
    order = [i for i, row in enumerate(items) if row.kind == VALUE]
    ways = _Pass(items, columns, levels, fixed).ways(order if below else order[::-1])
    found = []
    for way in ways:
        children: dict[int, tuple[int, ...]] = {}
        spans = way.spans
        while spans:
            (group, under), spans = spans
            children[group] = under
        found.append(Nesting(children, way.cost))
    return found


# ---- What is a group whatever the sums say ----


def contrary(items: Sequence[Row], line: Sequence[bool], levels: Levels | None) -> int:
    """How many rows are read as what they can't be: groups as lines, lines as groups."""
    lines = sum(row.kind == VALUE and not chosen and multiplied(row) for row, chosen in zip(items, line, strict=True))
    return lines + len(groups_among_lines(items, line, levels)) + _closing(items, line)


def _closing(items: Sequence[Row], line: Sequence[bool]) -> bool:
    """Whether the last row (or the first, where no other is like it) is read as a line, though it has nothing of what lines have,
    and no word of the table says which row is the total."""
    values = [i for i, row in enumerate(items) if row.kind == VALUE]
    plain, ends = {i for i in values if bare(items[i])}, {*values[:1], *values[-1:]}
    ends = plain & (ends if plain <= ends else {*values[-1:]})
    worded = any(row.kind == TOTAL and is_total(row.label) for row in items)
    return any(line[i] for i in ends) and not worded and any(map(shaped, items))


def groups_among_lines(items: Sequence[Row], line: Sequence[bool], levels: Levels | None) -> list[int]:
    """Lines (item indices) that are groups whatever the totals say: a SUM over other rows, what ``levels`` (of codes or numbers)
    put above the next row, or, where lines have unit, volume or price, a row without any of them whose amount is that of the
    shaped lines right below it."""
    places = [i for i, chosen in enumerate(line) if chosen]
    if not places:
        return []
    found = [i for i in places if items[i].sums]
    if all(items[i].unit for i in places):  # each a line by its shape
        return found
    # of numbers of one kind, one that begins again may only stand in another order
    told = deepest(items, [n // 1 if n is not None else n for n in levels], coded=True) if levels is not None else line
    found += [i for i in places if not (told[i] or shaped(items[i]) or i in found)]
    with_shape = sum(shaped(items[i]) for i in places)
    if with_shape * 2 < len(places) or with_shape == len(places):
        return found
    pairs = zip(items, line, strict=True)
    of_groups = {number_kind(row) for row, line in pairs if not line and row.kind == VALUE}
    of_groups -= {number_kind(items[i]) for i in places if shaped(items[i])} | {""}
    for k, i in enumerate(places):
        row = items[i]
        if not shaped(row) and number_kind(row) in of_groups and row.values and i not in found:
            found.append(i)  # lettered like the groups, between numbered lines: a group, even where its sum is wrong
        if shaped(row) or not any(row.values.values()) or i in found:
            continue
        below = dropwhile(lambda j: not shaped(items[j]), (places[n] for n in range(k + 1, len(places))))
        run = [*takewhile(lambda j: shaped(items[j]), below)]  # the shaped lines below it, after further ones without a shape
        ends = [n for n, j in enumerate(run, 1) if run[n : n + 1] != [j + 1]]  # up to a group or heading, or all of them
        if any(adds_up(row, [items[j] for j in run[:n]], [*row.values]) for n in ends):
            found.append(i)
    return found
