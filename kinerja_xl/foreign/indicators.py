"""The rows of a table of indicators: which are indicators, which stand above others, which only go on.

Habits served: program, kegiatan and sub kegiatan in one table, each with its indicator and the money of what stands below;
an indicator or a target merged over the rows of its actions or programs; sasaran, tujuan, villages or goals as rows of their
own above their indicators; "Jumlah dokumen …" as the name of an indicator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import Levels, by_code, deepest, extends
from kinerja_xl.foreign.model import MEANINGS, MONEY, finding, listed, number, of_cells, of_rows
from kinerja_xl.foreign.rowset import ADDED, HEADING, PART, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading, judge
from kinerja_xl.foreign.targets import NEAR, so_far
from kinerja_xl.foreign.tree import telling
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.facts import is_share, mostly, row_sum_of, year_rows
from kinerja_xl.regions.model import PARTS_OF_YEAR, Column, Layout
from kinerja_xl.regions.words import clean, is_total, word
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bare_number, numbering, parts_of

_RANKS = kata("tingkat_rencana")
Readings = Callable[[Sequence[Row], Sequence[int]], Iterator[Reading]]


def money_columns(goal: Purpose) -> list[int]:
    """The columns of rupiah beside the targets."""
    return [col for name in MONEY for col in goal.amounts.get(name, ())]


def figure_columns(goal: Purpose) -> list[int]:
    """The columns of targets and results."""
    return [col for name, cols in goal.amounts.items() if name not in MONEY for col in cols]


def indicator_lines(items: Sequence[Row], goal: Purpose, readings: Readings) -> Reading:
    """Every row with a figure and a name is a line, unless the money shows that it is the sum of the rows below it."""
    figures, money = figure_columns(goal), money_columns(goal)
    tree = _tree(items, money, readings) if money else None
    if tree is None and money:
        items = _join_parts(items, figures, money)
    line = [row.kind == VALUE and (not money or _has(row, figures) or bool(clean(row.name) and row.unit)) for row in items]
    flat = Reading("daftar", items, line, None)
    if tree is not None:
        flat = Reading(tree.name, items, *_all_rows(items, tree, line), nested=tree.nested, children=_of_all(items, tree))
    judge(flat, money)
    if tree is None:  # without levels only a labelled total, or a sum that agrees, says anything
        flat.verdicts = [v for v in flat.verdicts if v.agrees or items[v.item].kind == TOTAL]
    return flat


def _has(row: Row, columns: Sequence[int]) -> bool:
    return any(col in row.values or col in row.broken for col in columns)


def _tree(items: Sequence[Row], money: Sequence[int], readings: Readings) -> Reading | None:
    """The reading of the rows with money that their sums prove best; None where none has groups that add up."""
    own = [row for row in items if row.kind in (TOTAL, ADDED) or (row.kind == VALUE and _has(row, money))]
    best: Reading | None = None
    for reading in [*readings(own, money), *_by_rank(own), *_by_vectors(own, money)]:
        judged = judge(reading, money)
        groups = {i for i, row in enumerate(own) if row.kind == VALUE and not judged.line[i]}
        agree = sum(v.agrees and v.printed != 0 for v in judged.verdicts if v.item in groups)
        wrong = sum(not v.agrees for v in judged.verdicts if v.item in groups)
        if agree > wrong and (best is None or judged.score > best.score):
            best = judged
    return best


def _by_rank(items: Sequence[Row]) -> Iterator[Reading]:
    """Levels by which name column is filled, or by the first word: Program, Kegiatan, Sub Kegiatan."""
    for levels in _ranks(items):
        if len({level for level in levels if level is not None}) > 1:
            yield Reading("nama", items, deepest(items, levels), levels)


def over_others(lines: Sequence[Row]) -> list[Row]:
    """Lines that by their name column or first word (Program, Kegiatan) stand above the next one, or right above a, b, c."""
    for levels in _ranks(lines):
        if None not in levels and len(set(levels)) > 1:
            return [row for row, chosen in zip(lines, deepest(lines, levels), strict=True) if not chosen]
    marks = [bare_number(clean(row.number) or clean(row.name).partition(" ")[0]) for row in lines]
    above = [i for i, own in enumerate(marks) if marks[i + 1 : i + 3] == ["a", "b"] and not (own.islower() and len(own) == 1)]
    return [lines[i] for i in above if lines[i + 1].at == lines[i].at + 1]


def _ranks(rows: Sequence[Row]) -> tuple[Levels, Levels]:
    """Levels by the column in which the name stands, and by its first word."""
    texts = [row.context for row in rows]
    return [float(col) if text else None for col, text in texts], [_rank_of(text) if text else None for _, text in texts]


def _rank_of(text: str) -> float:
    found = _RANKS(text)
    word = found[0].lower().replace(" ", "") if found else ""
    return float({"urusan": 0, "bidang": 1, "program": 2, "kegiatan": 3, "subkegiatan": 4}.get(word, 5))


def _by_vectors(items: Sequence[Row], money: Sequence[int]) -> Iterator[Reading]:
    """Groups by their amounts alone: the sum of the rows right below, also of a single row; one column may hold a slip."""
    stack: list[tuple[list[Decimal], int]] = []
    under: dict[int, tuple[int, ...]] = {}
    line = [row.kind == VALUE for row in items]
    heads = _heads_of_same(items, money)
    for i in reversed([i for i, chosen in enumerate(line) if chosen]):
        own = [items[i].values.get(col, Decimal(0)) for col in money]
        total, found = [Decimal(0)] * len(own), 0
        for size, (other, below) in enumerate(reversed(stack), 1):
            total = [a + b for a, b in zip(total, other, strict=True)]
            if _adds_up(own, total, size, below in under or i in heads):
                found = size
            if total == own or all(a > b for a, b in zip(total, own, strict=True)):
                break
        if found:
            under[i] = tuple(below for _, below in reversed(stack[-found:]))
            del stack[len(stack) - found :]
            line[i] = False
        stack.append((own, i))
    if under:
        yield Reading("penjumlahan", items, line, None, children=under, nested=True)


def _heads_of_same(items: Sequence[Row], money: Sequence[int]) -> set[int]:
    """Rows right above one with the same amounts, in a chain that a Program or Kegiatan begins: it has but one below it."""
    found: set[int] = set()
    for i, (row, after) in enumerate(pairwise(items)):
        same = row.kind == after.kind == VALUE and all(row.values.get(col) == after.values.get(col) for col in money)
        if same and (i - 1 in found or _rank_of(row.context[1]) < _rank_of(after.context[1])):
            found.add(i)
    return found


def _adds_up(own: Sequence[Decimal], total: Sequence[Decimal], size: int, group: bool) -> bool:
    """Whether amounts are a sum by no accident: a telling one, or round ones in two columns. A single row that is no ``group``
    has to be the same in all, and round amounts say nothing of it."""
    same = [a for a, b in zip(own, total, strict=True) if a == b and a]
    sure = any(telling(value) for value in same)
    whole = bool(same) and list(own) == list(total)
    return sure and (whole or size > 1 or group) or len(same) > 1 and size > 1 or whole and group


def _all_rows(items: Sequence[Row], tree: Reading, line: Sequence[bool]) -> tuple[list[bool], Levels]:
    """The tree's lines and levels for all rows: also of an indicator without a target, whose money is in the sums above it; a
    further one without code or money goes with the row above it."""
    place = {id(row): i for i, row in enumerate(tree.items)}
    levels = tree.levels if tree.levels is not None else by_code(tree.items)
    found: list[bool] = []
    above = True
    for row, chosen in zip(items, line, strict=True):
        at = place.get(id(row))
        if at is not None:
            above = tree.line[at] or row.kind != VALUE
            found.append(tree.line[at] and (chosen or row.kind == VALUE and bool(clean(row.name))))
        else:
            found.append(chosen and (above or row.apart or bool(clean(row.code))))
    deep: Levels = [None if (at := place.get(id(row))) is None or levels is None else levels[at] for row in items]
    return found, deep


def _of_all(items: Sequence[Row], tree: Reading) -> dict[int, tuple[int, ...]] | None:
    """The tree's groups and what each adds up, among all rows."""
    if not tree.nested or tree.children is None:
        return None
    at = {id(row): i for i, row in enumerate(items)}
    place = [at[id(row)] for row in tree.items]
    return {place[i]: tuple(place[j] for j in below) for i, below in tree.children.items()}


def _join_parts(items: Sequence[Row], figures: Sequence[int], money: Sequence[int]) -> list[Row]:
    """The rows without those below an indicator that only go on with it (its programs): their money is the indicator's."""
    last: Row | None = None
    kept: list[Row] = []
    for row in items:
        goes_on = row.kind == VALUE and not _has(row, figures) and not clean(row.code) and (row.inherited or not row.name.strip())
        if goes_on and last is not None:
            row.kind = PART
            for col in money:
                if col in row.values:
                    last.values[col] = last.values.get(col, Decimal(0)) + row.values[col]
            continue
        last = row if row.kind == VALUE else None
        kept.append(row)
    return kept


def unfilled(made: Layout, rows: Sequence[Row]) -> list[Row]:
    """Named rows without a figure that head nothing: they look like the lines around them, and may be forgotten ones."""
    found = []
    real = [row for row in rows if row.kind in (VALUE, HEADING)]
    wide = {r for r1, c1, r2, c2 in made.region.grid.merged if c2 - c1 >= 2 for r in range(r1, r2 + 1)}  # names of headings
    for i, row in enumerate(real):
        if row.kind != HEADING or not clean(row.name) or is_total(row.label) or row.at + 1 in wide:
            continue
        own = _shape(row)
        below = next((other for other in real[i + 1 :] if other.kind == VALUE or _shape(other) == own), None)
        above = next((other for other in reversed(real[:i]) if other.kind == VALUE), None)
        like = below or above  # below the last line: like it, or a remark
        if like is None or _shape(like) == own:
            found.append(row)
    return found


def _shape(row: Row) -> tuple[str, int]:
    """How a row is told to be a heading or a line: by its code, its number, its first word, its indentation."""
    if code := clean(row.code):
        return "kode", len(parts_of(code))
    if rank := _RANKS(clean(row.name)):
        return rank[0].lower(), 0
    number = bare_number(clean(row.number))
    if number:
        kind = "romawi" if numbering(number) == "roman" else "huruf" if number.isalpha() else "angka"
        return kind, number.count(".") + number.isupper() * 10
    blanks = len(row.name) - len(row.name.lstrip())
    return "nama", blanks


# ---- What the figures of a table of indicators give away: levels or scales mixed, capaian and quarters that do not come out ----
# Habits served: the figures of program, kegiatan and sub kegiatan in one column; 0,85 beside 85 for percent; a capaian typed
# over its formula; a quarter mended without the year's target. A rule speaks only where most rows of the table agree with it.

_PERCENT_NAME, _OF_MONEY = kata("persentase"), kata("judul_pasti_uang")
_CAPS = (Decimal(1), Decimal("1.1"), Decimal("1.2"), Decimal("1.5"))


def measure_findings(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Everything there is to say about targets, results and percentages."""
    if goal.listed:
        yield finding("L437", made.region.grid.name, banyak=len(reading.lines()))
        return
    yield from _without_target(made, goal, reading.lines())
    yield from _periods(made, goal, reading.lines())
    yield from _levels(made, goal, reading)
    yield from _scales(made, goal, reading.lines())
    yield from _capaian(made, goal, reading.lines())
    yield from _quarters(made, goal, reading)


def _without_target(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Indicators whose target (in a table of results: whose result) nobody filled in; a dash is filled in."""
    cols = goal.amounts.get("target") or goal.amounts.get("realisasi", [])
    empty = [row for row in lines if not any(made.amount(row.at, col).doubt != "kosong" for col in cols)]
    name = "target" if goal.amounts.get("target") else "realisasi"
    yield from of_cells("L438", made.region.grid.name, [(row.at, cols[0]) for row in empty], arti=name)


def _periods(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Most indicators stand on several rows, each for another year or quarter."""
    for column in made.of("tahun", "periode"):
        named: dict[str, dict[object, Row]] = defaultdict(dict)
        for row in lines:
            named[clean(row.name)].setdefault(made.region.grid.value(row.at, column.col), row)
        again = {name: list(rows.values()) for name, rows in named.items() if len(rows) > 1}
        if sum(map(len, again.values())) * 2 > len(lines):
            name, rows = next(iter(again.items()))
            cells = [place(row.at, column.col) for row in rows]
            yield finding(
                "L462", made.region.grid.name, cells[0], column=column.name, value=name, banyak=len(again), kolom=column.name,
                daftar=listed(cells),
            )  # fmt: skip


def _levels(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Indicators of program and kegiatan in one table with those below them: left out as headings, or counted as well."""
    figures, sheet = figure_columns(goal), made.region.grid.name
    pairs = zip(reading.items, reading.line, strict=True)
    above = [r.at for r, line in pairs if r.kind == VALUE and not line and any(col in r.values for col in figures)]
    yield from of_rows("L433", sheet, above, figures[0])
    lines = reading.lines()
    levels = by_code(lines) if any(clean(row.code) for row in lines) else None
    if above or not lines:
        return
    told = over_others(lines) if levels is None else [r for i, r in enumerate(lines[:-1]) if extends(lines, levels, i, i + 1)]
    yield from of_rows("L434", sheet, [row.at for row in told], figures[0])


def _scales(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Percent as a fraction (0,85) and as points (85) in one column; "1%" says itself that it is points."""
    percent = [row for row in lines if row.unit.strip() in ("%", "Persen", "persen") or _PERCENT_NAME(clean(row.name))]
    for col in figure_columns(goal):
        some = [(row.at, row.values[col]) for row in percent if row.values.get(col)]
        small = [(at, value) for at, value in some if abs(value) <= 1 and "%" not in str(made.region.grid.value(at, col))]
        large = [(at, value) for at, value in some if abs(value) > Decimal("1.5")]
        yield from two_scales(made, col, small, large)


def two_scales(made: Layout, col: int, *scales: Sequence[tuple[int, Decimal]]) -> Iterator[Finding]:
    """A column in which some percentages (row, value) are fractions and others are points: the rarer ones are named."""
    rare, other = sorted(scales, key=len)
    if rare:
        (at, first), column = rare[0], made.columns[col]
        shown = f"{place(at, col)} {number(first)} di antara {number(other[0][1])}"
        shown += f" ({len(rare)} dari {len(rare) + len(other)} baris)"
        yield finding("L410", made.region.grid.name, place(at, col), kolom=column.name, contoh=shown)


def _capaian(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """A printed capaian that none of the usual ways to reckon it gives, where the others come out."""
    target, spent = goal.amounts.get("target", []), goal.amounts.get("realisasi", [])
    only = (target[0], spent[0]) if len(target) == len(spent) == 1 else ()
    for column in made.of("persen"):
        pair, said = _measured(made, column) or only, " ".join(column.path[-1:])
        money = any(map(_OF_MONEY, said.lower().split()))
        if not pair or money or word(said).figure == "target" or so_far(column) > so_far(made.columns[pair[1]]):
            continue  # of money, a goal, of more than the result
        found = _fitting(made, lines, (*pair, column.col), _comes_out)
        if not all(found.values()):
            found = max((found, *_of_others(made, lines, column, pair)), key=lambda some: sum(some.values()))
        wrong = [(at, column.col) for at, right in found.items() if not right]
        if len(found) >= (3 * len(wrong) if wrong[1:] else 2):
            yield from of_cells("L435", made.region.grid.name, wrong, kolom=column.name, cocok=len(found) - len(wrong))


def _fitting(made: Layout, lines: Sequence[Row], cols: Sequence[int], fits: Callable[..., bool]) -> dict[int, bool]:
    """The rows of a percentage, and whether it is what the two figures make."""
    rows = ((row.at, [made.value(row.at, col) for col in cols]) for row in lines)
    return {at: fits(t, r, p) for at, (t, r, p) in rows if t and r is not None and p is not None}


def _measured(made: Layout, column: Column) -> tuple[int, ...]:
    """The target and the result right before a percentage; that of a quarter or month is of its own target, where it has one."""
    a, b = (made.columns.get(column.col - n) for n in (2, 1))
    if a is None or b is None or b.role != "realisasi":
        return ()
    own = [c.col for c in made.of("target") if c.period == column.period and c.period.startswith(PARTS_OF_YEAR)]
    return (own[-1], b.col) if own else (a.col, b.col) if a.role == "target" else ()


def _of_others(made: Layout, lines: Sequence[Row], column: Column, pair: tuple[int, ...]) -> Iterator[dict[int, bool]]:
    """Of two other columns it is the share on most rows ("% Cakupan Riil": reached of all, not of the target)."""
    some = [c for c in sorted(made.columns) if c < column.col and made.columns[c].role != "persen" and made.content[c].is_numeric]
    for two in permutations(some[-6:], 2):
        found = _fitting(made, lines, (*two, column.col), is_share) if two != pair else {}
        if len(found) > 2 and mostly(sum(found.values()), len(found)):
            yield found


def _comes_out(t: Decimal, r: Decimal, p: Decimal) -> bool:
    """Whether p is r/t, (2t − r)/t or t/r, in percent or as a fraction, capped as offices do, rounded as it is shown."""
    ways = [r / t, (2 * t - r) / t, *([t / r] if r else [])]
    for n, way in enumerate(ways):
        # Nothing reached and printed as all of it is no capped reverse: 100 beside target 100 and realisasi 0.
        capped = {way, max(way, Decimal(0)), *(min(way, cap) for cap in _CAPS if r or not n)}
        near = Decimal("0.51") if p == p.to_integral_value() else Decimal("0.06")
        if any(abs(x * 100 - p) <= near or abs(x - p) <= Decimal("0.0006") for x in capped):
            return True
    return False


def _quarters(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Semesters, quarters, months of which the year is the sum, mean, last or largest on most rows but not on all; villages."""
    rows = {row.at for row in reading.items if row.kind == VALUE}
    for name, cols in goal.amounts.items():
        if len(cols) != 1:
            continue
        total = made.columns[cols[0]]
        if (part := total.period.startswith(PARTS_OF_YEAR)) and not so_far(total):
            continue
        spent = name.startswith("realisasi")
        beside = [
            c for c in made.of("realisasi" if spent else "target", *([] if spent else ["anggaran", "rencana"]))
            if c.money == total.money and c.col != total.col and made.content[c.col].is_numeric
        ]  # fmt: skip
        own = [c for c in beside if c.period.startswith(PARTS_OF_YEAR) and not (part and c.period > total.period)]
        parts = [c.col for c in own if not so_far(c)] or [c.col for c in beside if not c.period]
        if len(parts) not in (2, 4, 12) and not (parts[1:] and row_sum_of(made, total, [made.columns[c] for c in parts], NEAR)):
            continue  # neither semesters, quarters, months nor places
        told = [(at, fits) for at, fits in year_rows(made, cols[0], parts) if at in rows]
        right, wrong = sum(fits for _, fits in told), [at for at, fits in told if not fits]
        if right >= 3 * len(wrong) or right > len(wrong) == 1:
            cells, arti = [(at, cols[0]) for at in wrong], MEANINGS.get(name, name)
            gap = sum(sum(made.value(at, c) or Decimal(0) for c in parts) - (made.value(at, cols[0]) or 0) for at in wrong)
            yield from of_cells("L436", made.region.grid.name, cells, arti=arti, selisih=gap, cocok=right)
