"""What the figures of a table of indicators give away: levels mixed, scales mixed, capaian and quarters that do not come out.

Habits served: the figures of program, kegiatan and sub kegiatan in one column; 0,85 beside 85 for percent; a capaian typed
over its formula; a quarter mended without the year's target. A rule speaks only where most rows of the table agree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.grid import place
from kinerja_xl.foreign.indicators import figure_columns, over_others
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import by_code, extends
from kinerja_xl.foreign.model import MEANINGS
from kinerja_xl.foreign.rowset import VALUE, Row
from kinerja_xl.foreign.say import finding, listed, number, ranges
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.texts import clean

_PERCENT_NAME = re.compile(r"(?:persentase|prosentase|persen)\b", re.IGNORECASE)

_CAPS = (Decimal(1), Decimal("1.1"), Decimal("1.2"), Decimal("1.5"))


def measure_findings(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Everything there is to say about targets, results and percentages."""
    if goal.listed:
        yield finding("L437", made.region.grid.name, banyak=len(reading.lines()))
        return
    yield from _without_target(made, goal, reading.lines())
    yield from _levels(made, goal, reading)
    yield from _scales(made, goal, reading.lines())
    yield from _capaian(made, goal, reading.lines())
    yield from _quarters(made, goal, reading)


def _without_target(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Indicators whose target (in a table of results: whose result) nobody filled in; a dash is filled in."""
    cols = goal.amounts.get("target") or goal.amounts.get("realisasi", [])
    empty = [row for row in lines if not any(made.amount(row.at, col).doubt != "kosong" for col in cols)]
    if empty:
        cells = [place(row.at, cols[0]) for row in empty]
        name = "target" if goal.amounts.get("target") else "realisasi"
        yield finding("L438", made.region.grid.name, cells[0], banyak=len(empty), arti=name, daftar=listed(cells))


def _levels(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Indicators of program and kegiatan in one table with those below them: left out as headings, or counted as well."""
    figures, sheet = figure_columns(goal), made.region.grid.name
    pairs = list(zip(reading.items, reading.line, strict=True))
    above = [r.at + 1 for r, line in pairs if r.kind == VALUE and not line and any(col in r.values for col in figures)]
    if above:
        yield finding("L433", sheet, place(above[0] - 1, figures[0]), banyak=len(above), daftar="baris " + ranges(above))
    lines = reading.lines()
    levels = by_code(lines) if any(clean(row.code) for row in lines) else None
    if above or not lines:
        return
    if levels is not None:
        over = [row.at + 1 for i, row in enumerate(lines[:-1]) if extends(lines, levels, i, i + 1)]
    else:
        over = [row.at + 1 for row in over_others(lines)]
    if over:
        yield finding("L434", sheet, place(over[0] - 1, figures[0]), banyak=len(over), daftar="baris " + ranges(over))


def _scales(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Percent as a fraction (0,85) and as points (85) in one column."""
    percent = [row for row in lines if row.unit.strip() in ("%", "Persen", "persen") or _PERCENT_NAME.match(clean(row.name))]
    for col in figure_columns(goal):
        some = [(row.at, row.values[col]) for row in percent if row.values.get(col)]
        small = [(at, value) for at, value in some if abs(value) <= 1]
        large = [(at, value) for at, value in some if abs(value) > Decimal("1.5")]
        if small and large:
            rare, other = (small, large) if len(small) <= len(large) else (large, small)
            shown = f"{place(rare[0][0], col)} {number(rare[0][1])} di antara {number(other[0][1])}"
            shown += f" ({len(rare)} dari {len(some)} baris)"
            yield finding("L410", made.region.grid.name, place(rare[0][0], col), kolom=made.columns[col].name, contoh=shown)


def _capaian(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """A printed capaian that none of the usual ways to reckon it gives, where the others come out."""
    target, spent = goal.amounts.get("target", []), goal.amounts.get("realisasi", [])
    pairs = [(target[0], spent[0])] if len(target) == len(spent) == 1 else []
    for column in made.of("persen"):
        left = (column.col - 2, column.col - 1)
        beside = all(c in made.columns for c in left) and [made.columns[c].role for c in left] == ["target", "realisasi"]
        tried = [left] if beside else pairs
        for a, b in tried:
            right: list[int] = []
            wrong: list[int] = []
            for row in lines:
                t, r, p = made.value(row.at, a), made.value(row.at, b), made.value(row.at, column.col)
                if t and r is not None and p is not None:
                    (right if _comes_out(t, r, p) else wrong).append(row.at)
            if wrong and len(right) >= 3 * len(wrong):
                cells = [place(at, column.col) for at in wrong]
                yield finding(
                    "L435", made.region.grid.name, cells[0], kolom=column.name, banyak=len(cells), daftar=listed(cells),
                    cocok=len(right),
                )  # fmt: skip


def _comes_out(t: Decimal, r: Decimal, p: Decimal) -> bool:
    """Whether p is r/t, (2t − r)/t or t/r, in percent or as a fraction, capped as offices do, rounded as it is shown."""
    ways = [r / t, (2 * t - r) / t, *([t / r] if r else [])]
    for way in ways:
        capped = {way, max(way, Decimal(0)), *(min(way, cap) for cap in _CAPS)}
        near = Decimal("0.51") if p == p.to_integral_value() else Decimal("0.06")
        if any(abs(x * 100 - p) <= near or abs(x - p) <= Decimal("0.0006") for x in capped):
            return True
    return False


def _quarters(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Quarters (or months) that add up to the year on most rows, and on some don't."""
    rows = [row for row in reading.items if row.kind == VALUE]
    for name, cols in goal.amounts.items():
        if len(cols) != 1:
            continue
        total = made.columns[cols[0]]
        spent = name.startswith("realisasi")
        parts = [
            c.col for c in made.of("realisasi" if spent else "target", *([] if spent else ["anggaran", "rencana"]))
            if c.period.startswith(("tw", "b")) and c.money == total.money
        ]  # fmt: skip
        if len(parts) not in (4, 12):
            continue
        right = 0
        wrong: list[tuple[int, Decimal]] = []
        for row in rows:
            values = [made.value(row.at, col) for col in parts]
            printed = row.values.get(cols[0])
            if printed is None or not any(values):
                continue
            summed = sum((v or Decimal(0) for v in values), Decimal(0))
            if abs(summed - printed) <= Decimal("0.01"):
                right += 1
            elif printed not in values and len(set(values)) > 1:  # a last value, or the same value four times, is no sum
                wrong.append((row.at, summed - printed))
        if wrong and right >= 3 * len(wrong):
            cells = [place(at, cols[0]) for at, _ in wrong]
            yield finding(
                "L436", made.region.grid.name, cells[0], arti=MEANINGS.get(name, name), banyak=len(cells), daftar=listed(cells),
                selisih=sum((gap for _, gap in wrong), Decimal(0)), cocok=right,
            )  # fmt: skip
