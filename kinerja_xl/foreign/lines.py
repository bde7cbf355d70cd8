"""Which rows are lines: several ways to read the rows are tried, and the sheet's own sums choose among them.

Habits served: lists with groups above their lines or totals below; levels by code, numbering, indentation, formulas, or
by nothing but sums; exports whose heading rows carry zeros; a group row that stands there twice. Colour plays no part.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from kinerja_xl.foreign.again import carried_forward, recapitulated
from kinerja_xl.foreign.indicators import indicator_lines
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import HALF, Levels, adds_up, by_code, by_indent, by_number, by_parts, deepest
from kinerja_xl.foreign.model import HARGA, INDIKATOR, REALISASI
from kinerja_xl.foreign.rowset import ADDED, AFTER, HEADING, PAYMENT, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading, judge, suspicious
from kinerja_xl.foreign.tree import bare, counts_on, named_share, nestings, shaped, telling
from kinerja_xl.regions.words import is_total
from kinerja_xl.words.shapes import bentuk


def choose(
    rows: Sequence[Row], goal: Purpose, above: Mapping[int, Decimal] | None = None, due: Mapping[int, Decimal] | None = None,
    beside: int | None = None,
) -> Reading:
    """The reading that the sheet's sums prove best; of equals the one that was tried first.

    ``above``: amounts printed right above the headings (a habit of filtered lists: SUBTOTAL over its column). ``due``: by row
    what volume × price gives where another amount is typed; where the sheet's sums are made of that, they prove it. ``beside``: a
    column of parts whose sums have a say, and are forgotten then.
    """
    columns = [*goal.main] if beside is None else [*goal.main, beside]
    reading: Reading | None = None
    lost = {row.at: due[row.at] for row in rows if row.at in due and not row.values} if due else {}
    for some in (due, lost) if due else ():
        col = goal.main[0]
        right = [replace(row, values={**row.values, col: some[row.at]}) if row.at in some else row for row in rows]
        proven = _choose(right, goal, columns, above) if some and reading is None else None
        if proven is not None and (proven.perfect or some == lost):
            for row, due_row in zip(rows, right, strict=True):
                row.kind = due_row.kind
            reading = _as_typed(proven, {row.at: row for row in rows}, columns)
    reading = reading or _choose(rows, goal, columns, above)
    for row in rows if beside is not None else ():
        row.values.pop(columns[-1], None)
    reading.verdicts = [verdict for verdict in reading.verdicts if verdict.col in goal.main]
    reading.scores = {col: score for col, score in reading.scores.items() if col in goal.main}
    return reading


def _as_typed(proven: Reading, typed: Mapping[int, Row], columns: Sequence[int]) -> Reading:
    """The same reading over the rows as they are typed; sums that were made of the right amounts agree, but for one that is
    itself typed otherwise."""
    reading = replace(proven, items=[typed[row.at] for row in proven.items])
    judge(reading, columns)
    agreed = {(v.item, v.col, v.printed) for v in proven.verdicts if v.agrees}
    for verdict in reading.verdicts:
        verdict.agrees = verdict.agrees or (verdict.item, verdict.col, verdict.printed) in agreed
    return reading


def _choose(rows: Sequence[Row], goal: Purpose, columns: Sequence[int], above: Mapping[int, Decimal] | None) -> Reading:
    items = [row for row in rows if row.kind in (VALUE, TOTAL, HEADING, ADDED)]
    if goal.kind != INDIKATOR:
        _zero_headings(items)
    if goal.kind == INDIKATOR:
        return indicator_lines(items, goal, _readings)
    if goal.kind == HARGA:
        return _flat_list(items, goal)
    for col in columns[:1]:
        _outputs(items, col)
    items = recapitulated(_until_total(_without_payments(items, goal.main), goal))
    carried_forward(items)
    return _closed(items, columns, above)


def _closed(items: Sequence[Row], columns: Sequence[int], above: Mapping[int, Decimal] | None) -> Reading:
    """The best reading of some rows, with what is supposed to be a total where that makes it the better one."""
    kinds = [row.kind for row in items]
    found: list[tuple[Reading, list[str]]] = []
    for supposed in _supposed(items, columns, found):
        for i, (row, kind) in enumerate(zip(items, kinds, strict=True)):
            row.kind = TOTAL if i in supposed else kind
        _with_added(items)
        reading = _best(items, columns, above)
        told = [v for v in reading.verdicts if v.item in supposed and v.agrees and v.end <= reading.before[v.item]]
        several = len({v.item for v in told}) * 2 >= len(supposed) and any(v.end - v.start > 1 for v in told)
        if len(supposed) < 2 or several:
            found.append((reading, [row.kind for row in items]))
    best, kinds = max(reversed(found), key=lambda one: one[0].score[:2])
    for row, kind in zip(items, kinds, strict=True):
        row.kind = kind
    return best


def _best(items: Sequence[Row], columns: Sequence[int], above: Mapping[int, Decimal] | None) -> Reading:
    """The best reading of rows whose totals are known."""
    best: Reading | None = None
    for reading in _readings(items, columns):
        reading.above = dict(above or {})
        judged = judge(reading, columns)
        if judged.perfect:
            return judged
        if best is None or judged.score[:2] > best.score[:2]:
            best = judged
    assert best is not None
    return _promote(best, columns)


def _supposed(items: Sequence[Row], columns: Sequence[int], found: Sequence[tuple[Reading, list[str]]]) -> Iterator[set[int]]:
    """Which rows may be totals though no word says so: none; the only one at the top, the last one, those that add up the rows
    above them and what is called alike, those without the number, code or shape that most have. ``found``: the reading of each
    of these, the first being the one without."""
    tried: list[set[int]] = [set()]
    yield tried[0]
    best, values = found[0][0], [i for i, row in enumerate(items) if row.kind == VALUE]
    plain = {i for i in values if not shaped(items[i]) and (is_total(items[i].name) or not _marked(items[i]))}
    told = [v for v in best.verdicts if v.agrees and v.start < v.end <= best.before[v.item] and telling(v.printed)]
    below = {v.item for v in told} & plain
    for way in nestings(items, columns, None, below=True)[:1] if not best.perfect else ():
        sums = ((i, [items[j] for j in under]) for i, under in way.children.items() if len(under) > 1 and i in plain)
        below |= {i for i, rows in sums if any(adds_up(items[i], rows, [col]) for col in items[i].values)}
    called = {_first_word(items[i]) for i in below}
    below |= {i for i in plain if _first_word(items[i]) in called}
    if _totalled(best):
        ways = [below]
    else:
        unmarked = plain if len(plain) * 2 <= len(values) or any(map(shaped, items)) else set()
        last = plain & ({*values[1:][-1:]} if not best.perfect else set())
        first = unmarked if unmarked == {*values[:1]} else set()
        ways = [first, last, below, below | last, below | unmarked]
    for some in ways:
        if some not in tried:
            tried.append(some)
            yield some


def _marked(row: Row) -> bool:
    """Whether a row has a number or a code, as lines and groups have and totals have not."""
    return bool(_MARK(row.number) or _MARK(row.code.strip()))


def _first_word(row: Row) -> str:
    return row.label.partition(" ")[0]


def _totalled(reading: Reading) -> bool:
    return any(row.kind == TOTAL for row in reading.items)


def _flat_list(items: Sequence[Row], goal: Purpose) -> Reading:
    """Prices do not add up: every row with a figure and a name is a line."""
    line = [row.kind == VALUE for row in items]
    return Reading("daftar", items, line, None, before=[*accumulate(line, initial=0)][:-1])


def _readings(items: Sequence[Row], columns: Sequence[int]) -> Iterator[Reading]:
    filled = [row.kind == VALUE for row in items]
    told: Levels | None = None
    for name, by in (("kode", by_code), ("kode", by_parts), ("penomoran", by_number), ("indentasi", by_indent)):
        if (levels := by(items)) is not None:
            yield Reading(name, items, deepest(items, levels, coded=name == "kode"), levels)
            told = levels if told is None and by is not by_indent else told
    for name, is_line in _MARKS:
        line = [chosen and is_line(row) for chosen, row in zip(filled, items, strict=True)]
        if 0 < sum(line) < sum(filled):
            yield Reading(name, items, line, None, told)
    yield Reading("daftar", items, filled, None, told)
    for reading in _trees(items, filled, columns):
        yield replace(reading, told=told)


_MARKS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("nomor urut", lambda row: bool(row.number)), ("bentuk baris", shaped), ("rumus", lambda row: not row.sums),
)  # fmt: skip
"""What of a row may say that it is a line, where no levels do."""


def _trees(items: Sequence[Row], filled: Sequence[bool], columns: Sequence[int]) -> Iterator[Reading]:
    """The cheapest ways to nest the rows, by each kind of level, groups above or below what they add up. Without levels only
    beside a total, among detailed lines, or where every line is in a group that adds it up."""
    proof = any(row.kind == TOTAL for row in items)
    proof = proof or sum(shaped(row) for row, chosen in zip(items, filled, strict=True) if chosen) * 2 > sum(filled)
    tried: set[tuple[bool, ...]] = set()
    kinds = [levels for by in (by_code, by_parts, by_number, by_indent) if (levels := by(items)) is not None]
    for levels, below in [*((levels, False) for levels in kinds), (None, False), (None, True)]:
        for way in nestings(items, columns, levels, below=below)[:2]:
            nested = {i for under in way.children.values() for i in under}
            whole = all(i in nested or i in way.children for i, chosen in enumerate(filled) if chosen) and way.cost < -1
            line = tuple(chosen and i not in way.children for i, chosen in enumerate(filled))
            counted = below and any(counts_on(items[max(under)], items[group]) for group, under in way.children.items() if under)
            chance = levels is not None and any(_siblings(items, levels, i, under) for i, under in way.children.items())
            if line not in tried and not (counted or chance) and (whole or proof or levels is not None):
                tried.add(line)
                yield Reading("pohon", items, list(line), levels, children=way.children, nested=True)


def _siblings(items: Sequence[Row], levels: Levels, i: int, under: Sequence[int]) -> bool:
    """Whether a row has a code of the very level of the rows that it adds up in round figures: one of them, met by chance."""
    coded = [j for j in (i, *under[:1]) if items[j].code.strip() and levels[j] == levels[i]]
    return len(coded) == 2 and not any(map(telling, items[i].values.values()))


def _zero_headings(items: Sequence[Row]) -> None:
    """Heading rows of an export carry an amount of zero, and no volume, unit or price although most lines have them."""
    plain = [row for row in items if not (row.unit or row.volume or row.price)]
    for row in plain if len(plain) * 2 < len(items) else ():
        if row.kind == VALUE and not (any(row.values.values()) or row.broken):
            row.kind = HEADING


def _outputs(items: Sequence[Row], col: int) -> None:
    """Outputs with their targets ("12 Laporan") above their accounts: they have a volume but no price, and are what the first of
    the priced lines below them add up to. Where most such rows are, the others hold a slip; else a telling amount is."""
    lines = [i for i, row in enumerate(items) if row.kind == VALUE and row.price and row.values]
    rows = [i for i, row in enumerate(items) if row.kind == VALUE and shaped(row) and not row.price and row.values.get(col)]
    sums = [*accumulate((items[i].values.get(col, Decimal(0)) for i in lines), initial=Decimal(0))] if rows else []
    fits = []
    for i in rows if len(lines) > 1 else ():
        first, wanted = bisect(lines, i), items[i].values[col]
        last = bisect_left(sums, sums[first] + wanted - HALF, lo=first)
        if first < last < len(sums) and sums[last] - sums[first] <= wanted + HALF:
            fits.append(i)
    most = len(fits) > 1 and len(fits) * 2 > len(rows)
    for row in (items[i] for i in (rows if most else fits)):
        row.output = most or any(map(telling, row.values.values()))


def _without_payments(items: list[Row], columns: Sequence[int]) -> list[Row]:
    """A control card: below each account its payments, with realisasi but no budget, code or number; or below each line with its
    unit the sources of its money. They make up its own amounts; where that holds for each of them the upper row is the line."""
    if len(columns) != 2:
        return items
    budget, spent = columns
    paid: list[list[Row]] = []
    for row in items:
        marked = row.code.strip() or row.number
        if row.kind == VALUE and row.values.get(budget) and marked:
            paid.append([row])
        elif row.kind != VALUE or spent not in row.values or marked or not paid:
            continue
        elif budget not in row.values or (shaped(paid[-1][0]) and not shaped(row)):
            paid[-1].append(row)
    some = [group for group in paid if len(group) > 1]
    if len(some) < 2 or len(some) * 2 < len(paid):
        return items
    for group in some:
        cols = [col for col in columns if any(col in row.values for row in group[1:])]
        if not adds_up(group[0], group[1:], cols):
            return items
    for row in (row for group in some for row in group[1:]):
        row.kind = PAYMENT
    return [row for row in items if row.kind != PAYMENT]


def _until_total(items: list[Row], goal: Purpose) -> list[Row]:
    """A total with a budget ends the table where no row after it has one, a code or the shape of a line: below it an SPJ tells
    what the bendahara received and paid out, with totals of its own."""
    values, budget = [i for i, row in enumerate(items) if row.kind == VALUE], {*goal.amounts.get("anggaran", ())}
    last = next((i for i in reversed(values) if _MARK(items[i].code.strip()) or shaped(items[i])), -1)
    for at in range(last + 1, values[-1] if goal.kind == REALISASI and values else 0):
        below = items[at + 1 :]
        if items[at].kind == TOTAL and budget & {*items[at].values} and not any(budget & {*row.values} for row in below):
            for row in below:
                row.kind = AFTER
            return items[: at + 1]
    return items


def _with_added(items: Sequence[Row]) -> None:
    """What stands right below a tax without number, code and shape is the total with it, whatever it is called; below a total
    what is so much of it as its name says ("Jasa Kontraktor 10%"), what the next row adds or takes off, and the total rounded."""
    total: Row | None = None
    for row, before, after in zip(items[1:], items, [*items[2:], None], strict=False):
        total = before if before.kind == TOTAL else total
        unworded = row.kind == VALUE or (row.kind == TOTAL and not is_total(row.label))
        if unworded and before.kind in (TOTAL, ADDED) and bare(row):
            added = total is not None and (_share_of(row, total) or (row.kind == TOTAL and _put_on(row, total, after)))
            row.kind = ADDED if added else TOTAL if before.kind == ADDED else row.kind


def _share_of(row: Row, total: Row) -> bool:
    """Whether a row is the percentage of the total that its name tells."""
    rate = named_share(row)
    return any(value and abs(value - total.values.get(col, Decimal(0)) * rate) <= 1 for col, value in row.values.items())


def _put_on(row: Row, total: Row, after: Row | None) -> bool:
    """Whether the row below it is the total with this one or without it, or this one the total in whole thousands."""
    for col, value in row.values.items():
        whole, then = total.values.get(col, Decimal(0)), after.values.get(col) if after is not None else None
        if then is not None and 0 < abs(value) * 2 < whole and min(abs(whole + value - then), abs(whole - value - then)) <= 1:
            return True
        if value % 1000 == 0 < abs(whole - value) < 1000:
            return True
    return False


_MARK = bentuk("tanda_baris")
"""A number or code of a row, and not a word that stands in its column."""


def _promote(reading: Reading, columns: Sequence[int]) -> Reading:
    """A line that is the sum of the lines below it, and is no line by its shape, is a group after all: where it helps."""
    for col in columns:
        for i in suspicious(reading, col, limit=20):
            line = [c and k != i for k, c in enumerate(reading.line)]
            tried = Reading(reading.name, reading.items, line, reading.levels, reading.told)
            tried.above = reading.above
            if judge(tried, columns).score[:2] > reading.score[:2]:
                reading = tried
    return reading
