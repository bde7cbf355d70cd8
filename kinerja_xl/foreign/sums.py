"""Sums that a sheet prints against the lines they cover, for one way to tell lines from groups.

A sum is compared with runs of lines between boundaries (group, total, heading): amounts of eight digits do not agree by accident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import accumulate, compress, count, pairwise
from operator import not_

from kinerja_xl.foreign.levels import HALF, Levels, extends, twins
from kinerja_xl.foreign.rowset import ADDED, HEADING, TOTAL, VALUE, Row
from kinerja_xl.foreign.tree import bare, contrary, goes_on, listed, named_share, nestings, shaped, telling
from kinerja_xl.regions.words import is_plain_total, is_total

_TAXED = (Decimal("1.11"), Decimal("1.12"))  # what a total with the PPN is of its lines, where no row says so


@dataclass(slots=True)
class Verdict:
    """One printed sum: item index, column, printed value, the lines' sum, and which lines (positions start to end)."""

    item: int
    col: int
    printed: Decimal
    lines: Decimal
    start: int
    end: int
    agrees: bool
    passed_on: bool = False
    """It adds up what its groups print, of which one is wrong: no slip of its own, and no proof of its lines."""


@dataclass(slots=True)
class Reading:
    """One way to read the rows: ``line[i]`` says which items are lines. ``verdicts`` of all columns; ``above``: amounts
    right above the headings, column → value: printed there they are totals of the whole column (item −1)."""

    name: str
    items: Sequence[Row]
    line: list[bool]
    levels: Levels | None
    told: Levels | None = None  # by code or number, though the reading does not go by them
    verdicts: list[Verdict] = field(default_factory=list)
    scores: dict[int, int] = field(default_factory=dict)
    before: list[int] = field(default_factory=list)  # how many lines stand above an item
    places: list[int] = field(default_factory=list)  # the items that are lines, once it is judged
    contrary: int = 0  # how many rows are read as what they can't be, once it is judged
    above: dict[int, Decimal] = field(default_factory=dict)
    children: dict[int, tuple[int, ...]] | None = None  # of each group (item indices), where they were looked for
    nested: bool = False  # its children are part of the reading

    def under(self, columns: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """The children of each group: what it adds up, lines and groups alike."""
        if self.children is None:
            self.children = nestings(self.items, columns, self.levels, fixed=self.line)[0].children
        return self.children

    @property
    def score(self) -> tuple[int, int, int]:
        """Best column first: what one column proves about the structure holds for all."""
        return max(self.scores.values(), default=0), sum(self.scores.values()), sum(self.line)

    @property
    def perfect(self) -> bool:
        """Every amount of every line lies in a sum that agrees, and no sum disagrees: nothing can be better."""
        lines = self.lines()
        if not any(v.agrees and v.printed for v in self.verdicts) or not all(v.agrees for v in self.verdicts):
            return False
        return not self.contrary and not any(uncounted(self, lines, col) for col in self.scores)

    def lines(self) -> list[Row]:
        return [*compress(self.items, self.line)]


def judge(reading: Reading, columns: Sequence[int]) -> Reading:
    """Fill in the verdicts and scores of a reading."""
    reading.before = [*accumulate(reading.line, initial=0)][:-1]
    reading.places = [*compress(count(), reading.line)]
    reading.verdicts, reading.scores, lines = [], dict.fromkeys(columns, 0), len(reading.places)
    for col in columns:
        found = _column(reading, col, lines)
        if col in reading.above:
            total = sum((row.values.get(col, Decimal(0)) for row in reading.lines()), Decimal(0))
            if abs(total - reading.above[col]) <= HALF:
                found.append(Verdict(-1, col, reading.above[col], total, 0, lines, True))
        reading.verdicts += found
        agree = sum(v.agrees and v.printed != 0 and not _by_chance(reading, v) for v in found)
        odd, outside = len(suspicious(reading, col, limit=50)), min(_outside(reading, col), 50)
        reading.scores[col] = agree - 3 * len(lacking(reading, col, found)) - 2 * odd - 4 * outside
    reading.contrary = contrary(reading.items, reading.line, reading.told)
    if against := min(reading.contrary, 50):
        reading.scores = {col: score - 5 * against for col, score in reading.scores.items()}
    return reading


def lacking(reading: Reading, col: int, found: Iterable[Verdict]) -> list[Verdict]:
    """The sums that do not come out, but for those over a cell that can't be read: what that held may be all that they lack."""
    if not (wrong := [v for v in found if not v.agrees]):
        return []
    rows = zip(reading.before, reading.line, reading.items, strict=True)
    gone = [(n, n + line) for n, line, row in rows if col in row.broken]
    signed = any(row.values.get(col, HALF) < 0 for row in reading.items)
    less = [v.printed < v.lines and not signed for v in wrong]
    return [v for v, sure in zip(wrong, less, strict=True) if sure or not any(v.start <= n and m <= v.end for n, m in gone)]


def _by_chance(reading: Reading, verdict: Verdict) -> bool:
    """Whether a group is of one money with its only line and nothing but that says which of the two is the group."""
    row, levels = reading.items[verdict.item], reading.levels
    if verdict.item < 0 or row.kind == TOTAL or verdict.end - verdict.start != 1 or row.sums:
        return False
    j = reading.places[verdict.start]
    return levels is not None and levels[verdict.item] == levels[j] is not None and shaped(row) == shaped(reading.items[j])


def _outside(reading: Reading, col: int) -> int:
    """Lines that no agreeing sum counts although nearly all others are counted: they may be groups themselves."""
    rows = reading.lines()
    left = [k for k in uncounted(reading, rows, col) if not shaped(rows[k])]
    return len(left) if left and len(left) * 5 <= sum(bool(row.values.get(col)) for row in rows) else 0


def uncounted(reading: Reading, lines: Sequence[Row], col: int) -> list[int]:
    """The lines (by position) with an amount that no agreeing sum counts."""
    return [k for k in _outside_sums(reading, col, len(lines)) if lines[k].values.get(col)]


def _outside_sums(reading: Reading, col: int, count: int) -> Iterator[int]:
    """The lines (by position) inside no printed sum that agrees: what such a sum counts is a line, and counted once."""
    proofs = [(v.start, v.end) for v in reading.verdicts if v.col == col and v.agrees and v.printed and not v.passed_on]
    reached = 0
    for start, end in sorted([*proofs, (count, count)]):
        yield from range(reached, start)
        reached = max(reached, end)


class _Runs:
    """Prefix sums of the lines of a column, and the places where a run may begin or end."""

    def __init__(self, reading: Reading, col: int, count: int) -> None:
        zero, lines = Decimal(0), reading.lines()
        self.prefix = [*accumulate([row.values.get(col, zero) for row in lines], initial=zero)]
        self.at: dict[int, list[int]] = {}
        remarks = next((n for n in range(count, 0, -1) if listed(lines[n - 1])), 0)  # where they may begin, below the list
        for mark in sorted({0, count, remarks, *compress(reading.before, map(not_, reading.line))}):
            self.at.setdefault(int(self.prefix[mark].to_integral_value()), []).append(mark)

    def total(self, start: int, end: int) -> Decimal:
        return self.prefix[end] - self.prefix[start]

    def ending(self, start: int, value: Decimal) -> int | None:
        """Where a run from ``start`` with this sum ends."""
        wanted = self.prefix[start] + value
        return next((m for m in self._near(wanted) if m > start and abs(self.total(start, m) - value) <= HALF), None)

    def beginning(self, end: int, value: Decimal) -> int | None:
        """Where a run up to ``end`` with this sum begins."""
        wanted = self.prefix[end] - value
        return next((m for m in self._near(wanted) if m < end and abs(self.total(m, end) - value) <= HALF), None)

    def _near(self, wanted: Decimal) -> list[int]:
        whole = int(wanted.to_integral_value())
        return [mark for key in (whole, whole - 1, whole + 1) for mark in self.at.get(key, ())]


def _column(reading: Reading, col: int, count: int) -> list[Verdict]:
    runs = _Runs(reading, col, count)
    found: list[Verdict] = []
    last_total, added = Decimal(0), Decimal(0)
    for i in [i for i, chosen in enumerate(reading.line) if not chosen]:
        row, value = reading.items[i], reading.items[i].values.get(col)
        if row.kind == HEADING or not value and (value is None or row.dashed):  # a dash tells nothing
            continue
        if row.kind == ADDED:
            added += value
            continue
        if row.kind == TOTAL:
            bases = (last_total, runs.total(0, reading.before[i])) if added else ()
            with_added = {base + sign * added for base in bases for sign in (1, -1)}  # rounded down, or with its tax taken off
            verdict = _total(reading, runs, i, col, value, with_added)
            last_total, added = value, Decimal(0)
        elif _copied(reading, i):
            verdict = None
        else:
            verdict = _group(reading, runs, i, col, value, count)
        if verdict is not None and verdict.agrees and found and _narrows(reading, verdict, found[-1]):
            verdict.start, verdict.agrees = found[-1].start if verdict.start > found[-1].start else 0, False
            verdict.lines = runs.total(verdict.start, verdict.end)
        if verdict is not None:
            found.append(verdict)
    _passed_on(reading, found, col)
    return found


def _narrows(reading: Reading, total: Verdict, before: Verdict) -> bool:
    """Whether a plain total right below another one adds up fewer lines than that, or the last one of all no more than it:
    something was forgotten in it."""
    one = reading.items[total.item]
    if total.item != before.item + 1 or not total.end == before.end <= reading.before[total.item] or not total.printed:
        return False
    if 0 < total.start == total.end or (is_total(one.label) and not is_plain_total(one.label)):  # with the tax: adds up no lines
        return False
    words, above = one.label.split()[:1], zip(reading.items[: total.item], reading.line, strict=False)
    fresh = all(line or row.kind not in (TOTAL, VALUE) or row.label.split()[:1] != words for row, line in above)
    same = fresh and total.start == before.start > 0 and _is_last_total(reading, total.item)
    return same or total.start > before.start


def _passed_on(reading: Reading, found: Sequence[Verdict], col: int) -> None:
    """Groups and totals that only repeat the slip of a group below them agree: what is wrong is wrong there."""
    wrong = {v.item: v for v in found if not v.agrees and v.item >= 0}
    slips = {i for i, v in wrong.items() if v.lines}
    if len(wrong) < 2 or not slips:
        return
    tree = reading.under(list(reading.scores))
    for i in sorted(wrong, reverse=True):
        row = reading.items[i]
        ways: list[Sequence[int]] = [tree.get(i, ())]
        if row.kind == TOTAL:
            ways = [_printed_above(reading, found, wrong[i])]
        for below in ways:
            total = sum((reading.items[j].values.get(col, Decimal(0)) for j in below), Decimal(0))
            several = len(below) > 1 or (row.kind != TOTAL and row.code.strip())  # one alone is what it is the total of
            if several and slips & set(below) and abs(total - wrong[i].printed) <= HALF:
                wrong[i].agrees = wrong[i].passed_on = True


def _printed_above(reading: Reading, found: Sequence[Verdict], total: Verdict) -> list[int]:
    """What a total may add up as printed: the outermost groups and subtotals above it, and the lines that stand in none."""
    inside = [v for v in found if v.item < total.item and v.start < v.end and total.start <= v.start and v.end <= total.end]
    first = sorted(inside, key=lambda v: (v.start - v.end, v.item))  # of the same lines the one that stands first
    outer = [v for n, v in enumerate(first) if not any(o.start <= v.start and v.end <= o.end for o in first[:n])]
    counted = {k for v in outer for k in range(v.start, v.end)}
    return [*(v.item for v in outer), *(reading.places[k] for k in range(total.start, total.end) if k not in counted)]


def _copied(reading: Reading, i: int) -> bool:
    """A group row that stands there once more right below: the second one is judged."""
    return i + 1 < len(reading.items) and not reading.line[i + 1] and twins(reading.items[i], reading.items[i + 1])


def _total(reading: Reading, runs: _Runs, i: int, col: int, value: Decimal, with_added: set[Decimal]) -> Verdict:
    """A labelled total below its lines (or above all of them). ``with_added``: what it may be with the tax above it."""
    end = reading.before[i]
    if end == 0:  # the total stands above its lines
        last = len(runs.prefix) - 1
        stop = last if abs(runs.total(0, last) - value) <= HALF else runs.ending(0, value)
        rest = () if stop is None else reading.lines()[stop:]
        if any(map(listed, rest)) and sum(row.kind == TOTAL for row in reading.items) == 1:
            stop = None  # the only total of the table: what it leaves out was forgotten
        until = last if stop is None else stop
        return Verdict(i, col, value, runs.total(0, until), 0, until, stop is not None)
    start = runs.beginning(end, value)
    if start and _is_last_total(reading, i) and not any(row.kind == TOTAL for row in reading.items[:i]):
        start = None  # the only total of the table: what it leaves out was forgotten
    if start is not None:
        return Verdict(i, col, value, runs.total(start, end), start, end, True)
    rates = (*_TAXED, 1 + named_share(reading.items[i]))
    taxed = [runs.total(0, end) * rate for rate in rates if telling(value)]
    mark = next((reading.before[j] for j in range(i - 1, -1, -1) if not reading.line[j]), 0)  # of a heading or total above it
    if any(abs(whole - value) <= 1 for whole in (*with_added, *taxed)) or value == 0 == runs.total(mark, end):
        return Verdict(i, col, value, value, end, end, True)
    over = telling(value) or any(reading.before[j] == 0 for j in range(i) if reading.items[j].kind == TOTAL)
    if over and (below := runs.ending(end, value)) is not None:  # each table of the sheet has its total above
        return Verdict(i, col, value, value, end, below, True)
    was = i > 1 and not any(reading.line[i - 2 : i]) and reading.items[i - 1]
    if was and was.kind == VALUE and was.values == reading.items[i].values:
        return Verdict(i, col, value, value, end, end, True)  # the group above once more
    own = _previous(reading, i)
    opened = [j for j in range(i) if reading.before[j] == own and not reading.line[j]]
    headed = reading.line[i - 1] and bool(opened) and reading.items[opened[-1]].kind == HEADING
    since = max((reading.before[j] for j in range(i) if reading.items[j].kind == TOTAL), default=0)
    above = [reading.before[j] for j in range(i) if reading.items[j].kind == HEADING and reading.before[j] >= since]
    starts = [0] if _is_last_total(reading, i) else [own, *above] if headed else [own, 0]  # headings below headings
    begin = min(starts, key=lambda start: abs(runs.total(start, end) - value))  # what it misses least is what it adds up
    return Verdict(i, col, value, runs.total(begin, end), begin, end, False)


def _is_last_total(reading: Reading, i: int) -> bool:
    """Whether no other total stands below it, but for one with the tax."""
    return all(row.kind != TOTAL or before.kind == ADDED for before, row in pairwise(reading.items[i:]))


def _previous(reading: Reading, i: int) -> int:
    """How many lines stand above the nearest total or group above item ``i``."""
    for j in range(i - 1, -1, -1):
        told = not reading.line[j] and reading.items[j].kind in (TOTAL, VALUE, HEADING)
        if told and reading.before[j] < reading.before[i]:
            return reading.before[j]
    return 0


def _group(reading: Reading, runs: _Runs, i: int, col: int, value: Decimal, count: int) -> Verdict:
    """A group above its lines: the run that the levels say, else any run that begins here, else one that ends here."""
    start = reading.before[i]
    if reading.nested and (span := _span(reading, i)) is not None:
        total = runs.total(*span)
        if total == value and span[1] < _block_end(reading, i, count) and _forgotten(reading, i, span[1]):
            span = (span[0], _block_end(reading, i, count))
            total = runs.total(*span)
        return Verdict(i, col, value, total, *span, abs(total - value) <= HALF)
    stop = _block_end(reading, i, count)
    if abs(runs.total(start, stop) - value) <= HALF:
        cut = start < stop < count and _forgotten(reading, i, stop)
        stop = _block_end(replace(reading, levels=reading.told), i, count) if cut else stop
        return Verdict(i, col, value, runs.total(start, stop), start, stop, not cut)
    other = runs.ending(start, value)
    if other is not None and start < other < stop and _forgotten(reading, i, other):
        other = None
    if other is not None and value:
        return Verdict(i, col, value, value, start, other, True)
    before = runs.beginning(start, value) if value else None
    if before is not None:
        return Verdict(i, col, value, value, before, start, True)
    if start == stop and bare(reading.items[i]) and reading.line[i - 1]:  # nothing is below it: a sum under a word nobody knows
        start = _previous(reading, i)
    return Verdict(i, col, value, runs.total(start, stop), start, stop, False)


def _forgotten(reading: Reading, i: int, k: int) -> bool:
    """Whether the k-th line was forgotten in a group's sum: its code goes on from the group's, it goes on the list above, or it
    stands below a heading that goes on the group's own list."""
    items = reading.items
    before, after = reading.places[k - 1 : k + 1]
    if goes_on(items, before, after, i):
        return True
    if (levels := reading.told if reading.levels is None else reading.levels) is None:
        return False
    if items[before].code.strip():
        below = all((levels[j] or reading.line[j]) and (levels[j] or 1e9) > (levels[i] or 0) for j in range(i + 1, after))
        return below and items[i].code.strip()[:1].isdigit() and extends(items, levels, i, after)
    if before + 1 == after or not shaped(items[before]):  # among groups and lines of one shape plain numbers tell too little
        return False
    same = [j for j in range(i + 1, before) if levels[j] == levels[before + 1]]
    return bool(same) and goes_on(items, same[-1], before + 1, i, levels)


def _span(reading: Reading, i: int) -> tuple[int, int] | None:
    """The lines (positions) below a group of the tree."""
    assert reading.children is not None
    leaves: list[int] = []
    open_ = list(reading.children.get(i, ()))
    while open_:
        j = open_.pop()
        if reading.line[j]:
            leaves.append(reading.before[j])
        open_ += reading.children.get(j, ())
    return (min(leaves), max(leaves) + 1) if leaves else None


def _block_end(reading: Reading, i: int, count: int) -> int:
    """Up to which line a group reaches: the next row that is not deeper, or (without levels) the next group's lines."""
    levels = reading.levels
    own = levels[i] if levels is not None else None
    for j in range(i + 1, len(reading.items)):
        row = reading.items[j]
        if row.kind == TOTAL and reading.before[j] > reading.before[i]:
            return reading.before[j]
        if levels is not None and own is not None:
            if (deep := levels[j]) is not None and deep <= own and row.kind == VALUE:
                return reading.before[j]
        elif not reading.line[j] and reading.before[j] > reading.before[i] and row.kind in (VALUE, HEADING):
            return reading.before[j]
    return count


def suspicious(reading: Reading, col: int, limit: int = 10_000) -> list[int]:
    """The items (indices) that are read as lines but look like the sum of the two or more lines right below them.

    A line that an agreeing sum counts is none of them: 300 above 100, 100, 100 is then a coincidence.
    """
    places = [*compress(count(), reading.line)]
    some = [k for k in _outside_sums(reading, col, len(places)) if not shaped(reading.items[places[k]])]
    values = [reading.items[i].values.get(col, Decimal(0)) for i in places] if some else []
    found: list[int] = []
    for k in some:
        if not telling(value := values[k]) or len(found) >= limit:
            continue
        total = Decimal(0)
        for n in range(k + 1, min(len(values), k + 400)):
            total += values[n]
            if total > value + 1:
                break
            if n > k + 1 and abs(total - value) <= HALF:
                found.append(places[k])
                break
    return found
