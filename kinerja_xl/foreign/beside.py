"""What the columns beside the amounts prove or contradict: sums of the same lines, parts that add up to it, prices.

Which rows are lines is known by now. So every other column that adds up is held against them as well, and its slips are named by
their own cells. Habits served: quarters, months or sources of money that spread a line's amount; what is left, or changed, beside
it; sums of groups in a column of their own; a price typed with a thousands point into an Excel that took it for a decimal one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from math import prod

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.culprit import contradicted, culprits
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import RAB, REALISASI, finding, listed, number, of_cells
from kinerja_xl.foreign.prove import disagreements
from kinerja_xl.foreign.rowset import HEADING, VALUE, Row, lost
from kinerja_xl.foreign.sums import Reading, judge
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.amounts import factors
from kinerja_xl.regions.facts import is_share, mostly, row_sums
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.words.match import kata

_OF_OUTPUT = kata("capaian_keluaran")
_NEVER = ("kode", "nomor", "persen", "harga", "volume", "satuan")
"""Roles of columns of figures that do not add up."""


def beside_findings(made: Layout, goal: Purpose, reading: Reading, said: Iterable[Finding]) -> Iterator[Finding]:
    """Sums and parts that do not add up, prices that lost their thousands; ``said``: what was found wrong before, by cell."""
    said = list(said)
    gaps = {(found.cell, str(found.args.get("selisih"))) for found in said}
    told: set[str] = set()
    for found in _aside(made, goal, reading):
        told.add(found.cell)
        yield found
    if goal.kind == RAB and len(goal.main) == 1:
        yield from _parts(made, goal.main[0], reading.items, told, gaps, _families(made, goal.main[0]))
        yield from _swallowed(made, reading.lines())
        yield from _koefisien(made, reading.lines())
    if goal.kind == REALISASI and len(goal.main) == 2:  # spent and left are parts of the budget
        budget, spent = goal.amounts["anggaran"][0], made.columns[goal.amounts["realisasi"][0]]
        told |= {found.cell for found in said}
        for left in made.of("sisa"):
            rows = [row for row in reading.lines() if row.values.get(spent.col) and made.value(row.at, left.col) is not None]
            for found in _parts(made, budget, rows, told, gaps, [[spent, left]]):
                told.add(found.cell)
                yield found
    if goal.kind == REALISASI and len(goal.amounts["anggaran"]) == 1:
        yield from _percent(made, goal, reading, told | {found.cell for found in said})


def _aside(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Slips in the columns that are not counted: the line's own row says so, or the column's sums come out for the most part."""
    if goal.kind not in (RAB, REALISASI):
        return
    told = {v.item for v in reading.verdicts if not v.agrees}  # what is reckoned from a wrong amount is no slip of its own
    for column in made.columns.values():
        content = made.content[column.col]
        if column.col in goal.main or column.role in _NEVER or not (content.is_numeric and content.nonzero):
            continue  # nothing but zeros: groups print them, lines leave them out
        other = judge(_over(made, goal, reading, column.col), [column.col])
        right = [v for v in other.verdicts if v.agrees]
        wrong = [v for v in other.verdicts if not v.agrees and v.item not in told]
        repeated = sum(v.passed_on for v in right)  # percentages of a chain of groups, which add up to nothing
        said = list(culprits(made, goal, other, wrong))
        other.verdicts = [*right, *wrong]
        several = sum(bool(v.printed) for v in right) - repeated >= max(2, 2 * (len(wrong) + repeated))
        own = any(made.value(row.at, column.col) is not None for row in other.lines())  # else what they hold is the amount
        version = column.role in {made.columns[col].role for col in goal.main}  # adds up as what is counted does
        if several or (own and (version or all(contradicted(made, goal, other, v) for v in wrong))):
            said += disagreements(made, Purpose(goal.kind, {"jumlah": [column.col]}), other)
        for found in said:
            yield replace(found, severity_override=Severity.CEK)


def _percent(made: Layout, goal: Purpose, reading: Reading, told: Set[str]) -> Iterator[Finding]:
    """The one percentage of a column that the budget and the realisasi (or that of its quarter, left of it) do not make. Where
    most are 0 or 100 it may be of something else (fisik), and where one of the two is a slip that is said."""
    budget, spent = goal.amounts["anggaran"][0], goal.amounts["realisasi"]
    for column in made.of("persen"):
        before = [c.col for c in made.of("realisasi", "jumlah") if budget < c.col < column.col]
        paid = spent[0] if len(spent) == 1 and not column.period else before[-1] if before else None
        if paid is None or _OF_OUTPUT(" ".join(column.path)):
            continue
        rows = ((r.at, r.values.get(budget), made.value(r.at, paid), made.value(r.at, column.col)) for r in reading.lines())
        full = [(at, p, is_share(a, b, p)) for at, a, b, p in rows if a and b is not None and p is not None]
        wrong = [at for at, _, right in full if not right]
        several = len({p for _, p, right in full if right} - {0, 1, 100}) > 1
        if len(wrong) == 1 and several and not told & {place(wrong[0], col) for col in made.columns}:
            yield from of_cells("L435", made.region.grid.name, [(wrong[0], column.col)], kolom=column.name, cocok=len(full) - 1)


def _over(made: Layout, goal: Purpose, reading: Reading, col: int) -> Reading:
    """The same lines and groups with the figures of another column; where only groups have one, those of their lines' amounts."""
    figures = {row.at: value for row in reading.items if (value := made.value(row.at, col)) is not None}
    of_groups = not any(row.at in figures for row in reading.lines())
    items = []
    for row, line in zip(reading.items, reading.line, strict=True):
        value = row.values.get(goal.main[0]) if of_groups and line else figures.get(row.at)
        kind = VALUE if of_groups and row.kind == HEADING and value is not None else row.kind
        unread = lost(made, row.at, col) or made.amount(row.at, col).doubt == "ambigu"
        broken = {col: "galat"} if line and unread else {}
        items.append(replace(row, kind=kind, values={} if value is None else {col: value}, broken=broken))
    return replace(reading, items=items, verdicts=[], scores={}, above={})


def _koefisien(made: Layout, lines: Sequence[Row]) -> Iterator[Finding]:
    """ "- Konsumsi Rapat [20 ORG x 12 KEG]", or a column of koefisien, beside another volume than that."""
    columns, volumes = [column.col for column in made.of("volume", "uraian")], [column.col for column in made.of("volume")]
    wrong: list[int] = []
    rows = 0
    written = [[v for v in made.region.column(col) if v.__class__ is str] for col in columns]
    if not any("[" in "".join(texts) or not all(text[:1].isalpha() for text in texts) for texts in written):
        return  # names, in one look: a long sheet has tens of thousands
    for row in lines:
        texts = [v for col in columns if isinstance(v := made.region.grid.value(row.at, col), str)]
        told = [found for text in texts if (found := factors(text.rpartition("[")[2].rstrip("] \n"))) is not None]
        numbers = [v for col in volumes if told and (v := made.value(row.at, col))]
        if numbers:
            rows += 1
            if not {told[0]} & {*numbers, prod(numbers, start=Decimal(1))}:
                wrong.append(row.at)
    if len(wrong) * 2 < rows:
        yield from of_cells("L440", made.region.grid.name, [(at, volumes[0]) for at in wrong])


def _parts(
    made: Layout, total: int, rows: Sequence[Row], told: Set[str], gaps: Set[tuple[str, str]],
    families: Iterable[Sequence[Column]],
) -> Iterator[Finding]:
    """Quarters, months, or sources under one heading that add up to the amount on nearly every row, but not on all. ``told``: the
    cells, ``gaps``: the cells of amounts with their differences, that were said to be wrong."""
    for parts in families:
        seen: list[tuple[Row, Decimal]] = []
        for row in rows:
            values = [v for column in parts if (v := made.value(row.at, column.col)) is not None]
            if any(lost(made, row.at, column.col) for column in parts):  # said with the cell
                continue
            if (amount := row.values.get(total)) and any(values):
                seen.append((row, sum(values, Decimal(0)) - amount))
        wrong = [(row, d) for row, d in seen if abs(d) > 1]
        wrong = [(row, d) for row, d in wrong if not told & {place(row.at, column.col) for column in parts}]
        wrong = [(row, d) for row, d in wrong if (place(row.at, total), number(-d)) not in gaps]
        if wrong and (len(wrong) * 4 <= len(seen) or mostly(len(seen) - len(wrong), len(seen), 3)):
            at = [row.at for row, _ in wrong]
            cells = [f"{place(n, total)} dan {place(n, parts[0].col)}:{place(n, parts[-1].col)}" for n in at]
            yield finding(
                "L448", made.region.grid.name, place(at[0], parts[0].col), banyak=len(wrong), daftar=listed(cells),
                kolom=made.columns[total].name, bagian=f"{parts[0].name} {'sampai' if parts[2:] else 'dan'} {parts[-1].name}",
                selisih=sum((d for _, d in wrong), Decimal(0)),
            )  # fmt: skip


def part_of_all(made: Layout, goal: Purpose) -> int | None:
    """A column beside the amount whose printed sums prove groups as well, also where the sum of the amount itself was typed over:
    a month, quarter or source of a family that adds up to it, or the same money before a change."""
    if goal.kind != RAB or len(goal.main) != 1:
        return None
    for parts in _families(made, goal.main[0]):
        if mostly(*row_sums(made, goal.main[0], parts), 3):
            return max(parts, key=lambda c: (made.content[c.col].nonzero, -c.col)).col
    others = (col for col in (*goal.rivals.get("jumlah", ()), *(c.col for c in made.of("bagian"))) if col not in goal.main)
    return next((col for col in others if made.content[col].is_money and made.content[col].is_numeric), None)


_PARTS = ("", "bagian", "keterangan", "periode")
"""Roles of columns that may be parts: below "Sumber Dana" the names of the sources tell nothing."""


def _families(made: Layout, total: int) -> Iterator[list[Column]]:
    """Columns of figures that belong together: all quarters, all months, or all under the same group heading."""
    numeric = [c for c in made.columns.values() if c.col != total and made.content[c.col].is_numeric and c.role in _PARTS]
    for mark in ("tw", "b"):
        periods = [c for c in numeric if c.period.startswith(mark)]
        if len(periods) > 1:
            yield periods
    for upper in dict.fromkeys(c.path[:-1] for c in numeric if len(c.path) > 1 and not c.period):
        family = [c for c in numeric if c.path[:-1] == upper]
        if len(family) > 1:
            yield family


def _swallowed(made: Layout, lines: Sequence[Row]) -> Iterator[Finding]:
    """Prices with a fraction below a thousand among prices in rupiah: "27.500" that became 27.5; with them those below 100."""
    column = made.first("harga")
    if column is None:
        return
    prices = [(row.at, row.price) for row in lines if row.price]
    different = {price for _, price in prices}
    broken = {price for price in different if price < 1000 and price != price.to_integral_value()}
    usual = [price for _, price in prices if price >= 1000] if broken else []
    if not broken or len(usual) * 3 < len(prices) * 2 or any(price != price.to_integral_value() for price in usual):
        return
    few = [(at, price) for at, price in prices if price in broken or price < 100]
    cells, first = [(at, column) for at, _ in few], few[0][1]
    yield from of_cells("L447", made.region.grid.name, cells, value=number(first), mestinya=number(first * 1000))
