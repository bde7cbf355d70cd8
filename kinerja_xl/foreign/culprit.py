"""A line that was typed wrong, where printed sums above it disagree: its own row says so, too.

Sums that lack the same difference either miss it themselves or hold one line that is off by it. What stands beside a line
decides: its parts (months, kinds of belanja), volume and price, what is left of the pagu, a percentage. Where these contradict
the line as it is typed, and agree with what the sums make of it, that one cell is the fault, and the sums above it are innocent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import add, mul, sub

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import HALF
from kinerja_xl.foreign.model import finding, number
from kinerja_xl.foreign.rowset import VALUE, Row
from kinerja_xl.foreign.sums import Reading, Verdict
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.facts import comes_out, mostly
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean

Holds = Callable[[Row, Decimal], bool | None]
"""Whether a value of the column fits what stands beside it on its row; None where nothing stands there."""
_WIDE, _LINES, _MOST, _PERCENT = 13, 40, 20, Decimal("0.006")
"""So many columns, lines and differences are looked at; a percentage has two decimals."""


def culprits(made: Layout, goal: Purpose, reading: Reading, wrong: list[Verdict]) -> Iterator[Finding]:
    """Lines that are the fault of disagreeing sums of one column; what they explain is taken out of ``wrong``."""
    by_difference: dict[Decimal, list[Verdict]] = defaultdict(list)
    for verdict in wrong:
        by_difference[verdict.printed - verdict.lines].append(verdict)
    if not wrong or len(by_difference) > _MOST:
        return
    col, lines = wrong[0].col, reading.lines()
    told = list(_facts(made, goal, col, lines))
    cleared = {n for v in reading.verdicts if v.col == col and v.agrees and not v.passed_on for n in range(v.start, v.end)}
    for difference, some in by_difference.items() if told else ():
        rows = [reading.items[v.item] for v in some if v.item >= 0]
        reckoned = [row for row in rows if made.region.grid.formula(row.at, col) is not None]
        if not all(any(holds(row, row.values.get(col, Decimal(0))) for _, holds in told) for row in reckoned):
            continue  # over other rows, unless its own row says the same
        if any(_contradicted(told, row, row.values.get(col, Decimal(0))) * 2 > len(told) for row in rows):
            continue  # the sum's own row speaks against the sum
        span = range(max(v.start for v in some), min(len(lines), *(v.end for v in some)))  # what every one of these sums holds
        suspects = [lines[n] for n in span if n not in cleared and lines[n].values.get(col) is not None]
        guilty = [row for row in suspects if _better(told, row, row.values[col], row.values[col] + difference)]
        if len(guilty) == 1:
            yield _accused(made, told, guilty[0], col, guilty[0].values[col] + difference)
            wrong[:] = [verdict for verdict in wrong if verdict not in some]


def contradicted(made: Layout, goal: Purpose, reading: Reading, verdict: Verdict) -> bool:
    """Whether the row of a sum that does not come out says itself that the lines are right: what every other row keeps beside
    that column does not hold for what is printed, and holds for what the lines come to."""
    row = reading.items[verdict.item]
    others = [other for other in reading.items if other is not row and other.values.get(verdict.col)]
    for _, holds in _ways(made, goal, verdict.col):
        seen = [found for other in others if (found := holds(other, other.values[verdict.col])) is not None]
        if seen and all(seen) and holds(row, verdict.printed) is False and holds(row, verdict.lines):
            return True
    return False


def at_fault(made: Layout, goal: Purpose, col: int, values: Mapping[int, Decimal], right: Mapping[int, Decimal]) -> set[int]:
    """Of the rows with another figure that would be right the ones where what stands beside the column (a volume: what the units
    ask for, what is needed and what is there) speaks for that and not for the figure as it is typed."""
    rows = {at: Row(at, VALUE, values={col: value}) for at, value in values.items()} if right else {}
    told = list(_facts(made, goal, col, [*rows.values()])) if right else []
    return {at for at, value in right.items() if at in rows and _better(told, rows[at], values[at], value)}


def _accused(made: Layout, told: Sequence[tuple[str, Holds]], row: Row, col: int, right: Decimal) -> Finding:
    typed = row.values[col]
    beside = next(name for name, holds in told if holds(row, right) and holds(row, typed) is False)
    return finding(
        "L450", made.region.grid.name, place(row.at, made.moved.get((row.at, col), col)), value=number(typed),
        nama=clean(row.name)[:60], bukti=beside, mestinya=right, selisih=typed - right,
    )  # fmt: skip


def _contradicted(told: Sequence[tuple[str, Holds]], row: Row, value: Decimal) -> int:
    """How many of the facts that lines keep to this row does not."""
    return sum(holds(row, value) is False for _, holds in told)


def _better(told: Sequence[tuple[str, Holds]], row: Row, typed: Decimal, right: Decimal) -> bool:
    """Whether the row speaks for another value than the one that was typed, and no more on it against that than against what was
    typed (a percentage may be reckoned from it): the sum above speaks for it as well."""
    for_right = any(holds(row, typed) is False and holds(row, right) for _, holds in told)
    return for_right and _contradicted(told, row, right) <= _contradicted(told, row, typed)


def _facts(made: Layout, goal: Purpose, col: int, lines: Sequence[Row]) -> Iterator[tuple[str, Holds]]:
    """What most lines keep to beside a column, each with its name for people."""
    some = lines if len(lines) <= _LINES else lines[:: len(lines) // _LINES]
    for name, holds in _ways(made, goal, col):
        seen = [found for row in some if (value := row.values.get(col)) and (found := holds(row, value)) is not None]
        if mostly(sum(seen), len(seen), least=3):
            yield name, holds


def _ways(made: Layout, goal: Purpose, col: int) -> Iterator[tuple[str, Holds]]:
    """What lines may keep to beside a column."""
    numeric = [c for c in sorted(made.columns) if c != col and made.content[c].is_numeric and made.columns[c].role != "nomor"]
    near = sorted(numeric, key=lambda c: abs(c - col))[:_WIDE]
    yield from (*_runs(made, col, sorted(near)), *_part(made, goal, col), *_pairs(made, near), *_percent(made, goal, col))


def _runs(made: Layout, col: int, near: Sequence[int]) -> Iterator[tuple[str, Holds]]:
    """Columns right beside it that add up to it, or one that repeats it; also where targets stand between the money."""
    runs: dict[tuple[int, ...], None] = {}
    for some in (near, [c for c in near if made.columns[c].money == made.columns[col].money]):
        left, right = [c for c in some if c < col], [c for c in some if c > col]
        runs |= dict.fromkeys(tuple(left[i:]) for i in range(len(left)))
        runs |= dict.fromkeys(tuple(right[i:j]) for i in range(len(right)) for j in range(i + 1, len(right) + 1))
    for run in sorted(runs, key=len, reverse=True):
        first, last = made.columns[run[0]].name, made.columns[run[-1]].name
        yield (f"jumlah kolom {first} sampai {last}" if len(run) > 1 else f"kolom {first}"), _adds_up(made, run)


def _part(made: Layout, goal: Purpose, col: int) -> Iterator[tuple[str, Holds]]:
    """The amount of which it is one part, with all columns of figures between them and right beyond it."""
    for total in goal.main:
        step = 1 if col > total else -1
        run: list[int] = []
        while total + step * (len(run) + 1) in made.columns and made.content[total + step * (len(run) + 1)].is_numeric:
            run.append(total + step * (len(run) + 1))
        for end in range(run.index(col) + 1 if col in run else len(run) + 1, len(run) + 1):
            parts = [c for c in run[:end] if c != col]
            yield f"kolom {made.columns[total].name} dan bagian-bagiannya", _adds_up(made, parts, total)


def _adds_up(made: Layout, parts: Sequence[int], total: int | None = None) -> Holds:
    """Whether the value is the sum of its parts; beside a ``total``, whether it and the other parts come to that."""

    def holds(row: Row, value: Decimal) -> bool | None:
        some = [v for c in parts if (v := made.value(row.at, c)) is not None]
        own, whole = (Decimal(0), value) if total is None else (value, made.value(row.at, total))
        return abs(sum(some, own) - whole) <= HALF if whole is not None and any(some) else None

    return holds


def _pairs(made: Layout, near: Sequence[int]) -> Iterator[tuple[str, Holds]]:
    """Two columns of which it is the sum, the difference or the product: what is left and what was spent, before and change,
    volume and price."""
    ways: dict[str, Callable[[Decimal, Decimal], Decimal]] = {"+": add, "-": sub, "x": mul}
    for a, b, way in [(a, b, way) for a in near for b in near if a != b for way in ways if way == "-" or a < b]:

        def holds(row: Row, value: Decimal, a: int = a, b: int = b, way: str = way) -> bool | None:
            one, other = made.value(row.at, a), made.value(row.at, b)
            if one is None or other is None:
                return None
            found = ways[way](one, other)
            return comes_out(found, value) if way == "x" else abs(found - value) <= HALF

        yield f"kolom {made.columns[a].name} dan {made.columns[b].name}", holds


def _percent(made: Layout, goal: Purpose, col: int) -> Iterator[tuple[str, Holds]]:
    """The percentage of a budget with its realisasi, as far as its decimals can tell."""
    for plan_name, paid_name in (("anggaran", "realisasi"), ("anggaran", "realisasi_anggaran")):
        plan, paid = goal.amounts.get(plan_name, []), goal.amounts.get(paid_name, [])
        if len(plan) != 1 or len(paid) != 1 or col not in (plan[0], paid[0]):
            continue
        for column in made.of("persen"):

            def holds(row: Row, value: Decimal, at: int = column.col, pair: tuple[int, int] = (plan[0], paid[0])) -> bool | None:
                whole, part = (value if c == col else row.values.get(c) for c in pair)
                shown = made.value(row.at, at)
                if not whole or part is None or shown is None:
                    return None
                return abs(part / whole * 100 - shown) <= _PERCENT or abs(part / whole - shown) <= _PERCENT / 100

            yield f"kolom {column.name}", holds
