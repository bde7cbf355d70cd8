"""Which rows are lines: several ways to read the rows are tried, and the sheet's own sums choose among them.

Habits served: lists with groups above their lines or totals below; levels by code, numbering, indentation, formulas, or
by nothing but sums; exports whose heading rows carry zeros; a group row that stands there twice. Colour plays no part.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from kinerja_xl.foreign.again import carried_forward, recapitulated
from kinerja_xl.foreign.indicators import indicator_lines
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import HALF, Levels, adds_up, by_code, by_indent, by_number, by_parts, deepest
from kinerja_xl.foreign.model import HARGA, INDIKATOR, REALISASI
from kinerja_xl.foreign.names import without_code
from kinerja_xl.foreign.rowset import ADDED, AFTER, HEADING, PAYMENT, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading, judge, suspicious
from kinerja_xl.foreign.tree import REACH, bare, counts_on, named_share, nestings, shaped, telling
from kinerja_xl.regions.words import clean, is_total
from kinerja_xl.words.shapes import bentuk


def choose(
    rows: Sequence[Row], goal: Purpose, above: Mapping[int, Decimal] | None = None, due: Mapping[int, Decimal] | None = None,
    beside: int | None = None, aside: Aside = lambda row: row.values,
) -> Reading:
    """The reading that the sheet's sums prove best; of equals the one that was tried first.

    ``above``: amounts printed right above the headings (a habit of filtered lists: SUBTOTAL over its column). ``due``: by row
    what volume × price gives where another amount is typed; where the sheet's sums are made of that, they prove it. ``beside``: a
    column of parts whose sums have a say, and are forgotten then. ``aside``: the amounts of a row in all columns.
    """
    columns = [*goal.main] if beside is None else [*goal.main, beside]
    reading: Reading | None = None
    lost = {row.at: due[row.at] for row in rows if row.at in due and not row.values} if due else {}
    for some in (due, lost) if due else ():
        col = goal.main[0]
        right = [replace(row, values={**row.values, col: some[row.at]}) if row.at in some else row for row in rows]
        proven = _choose(right, goal, columns, above) if some and reading is None else None
        if proven is not None and (proven.perfect or some == lost):
            reading = _as_typed(proven, {row.at: row for row in rows}, columns)
    reading = _closed_aside(reading or _choose(rows, goal, columns, above), columns, aside)
    for row in rows if beside is not None else ():
        row.values.pop(columns[-1], None)
    reading.verdicts = [verdict for verdict in reading.verdicts if verdict.col in goal.main]
    reading.scores = {col: score for col, score in reading.scores.items() if col in goal.main}
    return reading


def _as_typed(proven: Reading, typed: Mapping[int, Row], columns: Sequence[int]) -> Reading:
    """The same reading over the rows as they are typed; sums that were made of the right amounts agree, but for one that is
    itself typed otherwise."""
    for row in proven.items:
        typed[row.at].kind = row.kind
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
    items = recapitulated(_until_total(_without_payments(items, goal.main), goal))
    carried_forward(items)
    _coded_totals(items)
    _closing(items)
    _unworded_totals(items, goal.main)
    _with_added(items)
    best: Reading | None = None
    for reading in _readings(items, columns):
        reading.above = dict(above or {})
        judged = judge(reading, columns)
        if judged.perfect:
            return judged
        if best is None or judged.score[:2] > best.score[:2]:
            best = judged
    assert best is not None
    return _closed(_promote(best, columns), columns)


Aside = Callable[[Row], Mapping[int, Decimal]]


def _closed_aside(best: Reading, columns: Sequence[int], aside: Aside) -> Reading:
    """The last line taken for the total of all others, though its own amount is not their sum: other columns say that it is. A
    single line has to stand deeper than its total, or two lines of the same money would be one."""
    last, lines = best.items[-1] if best.items else None, [row for row in best.lines()[:-1] if row.kind == VALUE]
    if not lines or last is None or not (last.kind == VALUE and best.line[-1] and bare(last)) or _totalled(best):
        return best
    deeper = all(len(row.name) - len(row.name.lstrip()) > len(last.name) - len(last.name.lstrip()) for row in lines)
    held = [aside(row) for row in lines]
    same = [v for col, v in aside(last).items() if abs(sum((row.get(col, Decimal(0)) for row in held), Decimal(0)) - v) <= HALF]
    if (not deeper and all(map(bare, lines))) or len(same) < 2 - (len(lines) > 2) or not any(map(telling, same)):
        return best
    last.kind = TOTAL
    return max((judge(reading, columns) for reading in _readings(best.items, columns)), key=lambda reading: reading.score[:2])


def _closed(best: Reading, columns: Sequence[int]) -> Reading:
    """The last line taken for the total of all others, where that makes the better reading: its words are not known."""
    last = next((i for i in range(len(best.items) - 1, -1, -1) if best.items[i].kind == VALUE), None)
    if last is None or _totalled(best) or shaped(best.items[last]):
        return best
    if sum(best.line) < 3 or not any(map(telling, best.items[last].values.values())):
        return best
    best.items[last].kind, closed = TOTAL, None
    for reading in _readings(best.items, columns):
        judged = judge(reading, columns)
        agree = [v for v in judged.verdicts if v.item == last]
        if any(v.agrees and v.start == 0 and telling(v.printed) for v in agree) and judged.score[:2] > (closed or best).score[:2]:
            closed = judged
    if closed is None:
        best.items[last].kind = VALUE
    return closed or best


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
            if line not in tried and not counted and (whole or proof or levels is not None):
                tried.add(line)
                yield Reading("pohon", items, list(line), levels, children=way.children, nested=True)


def _zero_headings(items: Sequence[Row]) -> None:
    """Heading rows of an export carry an amount of zero, and no volume, unit or price although most lines have them."""
    plain = [row for row in items if not (row.unit or row.volume or row.price)]
    for row in plain if len(plain) * 2 < len(items) else ():
        if row.kind == VALUE and not (any(row.values.values()) or row.broken):
            row.kind = HEADING


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


def _coded_totals(items: Sequence[Row]) -> None:
    """ "Jumlah Belanja Pegawai" below its accounts with the group's own code: the row above goes on from that code."""
    coded = [row for row in items if row.kind in (VALUE, HEADING) and row.code.strip()]
    for before, row, after in zip(coded, coded[1:], [*coded[2:], None], strict=False):
        if row.kind == VALUE and is_total(row.name):
            own = clean(row.code).rstrip(".") + "."
            if clean(before.code).startswith(own) and not (after is not None and clean(after.code).startswith(own)):
                row.kind = TOTAL


def _closing(items: Sequence[Row]) -> None:
    """Sums called after the heading that they close, whatever the word before its name or letter ("Subtotal Belanja Jasa" below
    "Belanja Jasa"); and a last row right below such a sum."""
    open_: list[str] = []
    found: dict[str, list[int]] = {}
    for i, row in enumerate(items):
        if row.kind == VALUE and (row.unit or shaped(row)):
            continue
        own = clean(row.label).casefold()
        if row.kind == HEADING:
            open_.append(without_code(clean(row.name).casefold()) or own)
            open_.append(clean(row.number).casefold() or own.removesuffix(open_[-1]).strip() or own)
        elif row.kind in (VALUE, TOTAL) and not (shaped(row) or _MARK(row.code) or _MARK(row.number)):
            at = next((k for k in range(len(open_) - 1, -1, -1) if own.endswith(f" {open_[k]}")), None)
            if at is not None:
                found.setdefault(own.removesuffix(open_[at]), []).append(i)
                del open_[at - at % 2 :]
    sums = [i for same in found.values() if len(same) > 1 or len(items[same[0]].label.split()) > 2 for i in same]
    last = sums[-1] + 1 if sums else len(items)
    for i in [*sums, *range(last, len(items))[:1]]:
        if items[i].kind == VALUE and not shaped(items[i]) and (i < last or all(row.kind != VALUE for row in items[i + 1 :])):
            items[i].kind = TOTAL


_MARK = bentuk("tanda_baris")
"""A number or code of a row, and not a word that stands in its column."""


def _unworded_totals(items: Sequence[Row], columns: Sequence[int]) -> None:
    """Sums below their lines under words nobody knows: they have no number, code, unit, volume or price as the lines have.

    They are totals where more of them add up the rows above than the rows below, the last one below all lines in any case."""
    values = [i for i, row in enumerate(items) if row.kind == VALUE]
    if any(row.kind == TOTAL for row in items) or by_parts(items):
        return

    def marked(row: Row) -> tuple[bool, bool, bool]:
        return shaped(row), bool(row.number and _MARK(row.number)), bool(row.code.strip() and _MARK(row.code))

    marks = {i: marked(items[i]) for i in values}
    usual = [k for k in range(3) if (n := sum(m[k] for m in marks.values())) * 2 >= len(values) or (k == 0 and n)]
    plain = [i for i in values if not any(marks[i])]
    for i, end in pairwise([*(i for i in values if any(marks[i])), len(items)]):  # "Tahap I, Tahap II" of the line above them
        if len(own := [j for j in plain if i < j < end]) > 1 and adds_up(items[i], [items[j] for j in own], columns):
            plain = [j for j in plain if j not in own]
    if not usual or not plain or len(values) - len(plain) < 2 - (usual[0] == 0) or not columns:
        return
    col = max(columns, key=lambda c: sum(bool(row.values.get(c)) for row in items))
    lines = [i for i in values if i not in plain]
    place = {i: bisect(lines, i) for i in plain}
    reach = {i: REACH if i < lines[-1] else len(lines) for i in plain}  # the last one may add up the whole table
    below = [i for i, n in place.items() if _adds(items, lines[max(0, n - reach[i]) : n][::-1], i, col)]
    above = [i for i, n in place.items() if _adds(items, lines[n : n + REACH], i, col)]
    tail = [i for i in plain if i > lines[-1]]
    last = tail[-1:] if tail and (tail[-1] in below or len(tail) == 1) else tail
    if len(plain) == 1 and plain[0] < lines[0] and usual[0] == 0:
        last = plain  # the only one without a shape, above all lines: their total, right or wrong
    if len(below) > len(above):
        heads = [i for i, n in place.items() if n < len(lines) and items[i].values.get(col) == items[lines[n]].values.get(col)]
        last = [i for i in plain if i in below or (i > lines[0] and i not in heads)]
    for i in last:
        items[i].kind = TOTAL


def _adds(items: Sequence[Row], order: Sequence[int], i: int, col: int) -> bool:
    """Whether a row is the sum of the first of these."""
    wanted, total = items[i].values.get(col), Decimal(0)
    for n, j in enumerate(order):
        total += items[j].values.get(col, Decimal(0))
        if wanted and abs(total - wanted) <= HALF and (n or telling(wanted)):
            return True
    return False


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
