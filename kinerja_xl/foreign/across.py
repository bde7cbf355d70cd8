"""What the columns beside an amount prove or contradict: group sums on the lines' own rows, parts that add up to it, prices.

Habits served: "Total" filled on the last row of each group, or merged over a person's rows; quarters, months or sources of
money that spread a line's amount; a flat export without any total whose every amount is volume × price; a price typed with
a thousands point into an Excel that took it for a decimal one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import prod

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.amounts import factors
from kinerja_xl.foreign.columns import Layout, product_rows
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import RAB, Column, finding, listed, number
from kinerja_xl.foreign.rowcheck import amount_formula, comes_out
from kinerja_xl.foreign.rowset import TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import HALF, Reading
from kinerja_xl.formula.cellsheet import place


def group_sums(made: Layout, goal: Purpose, reading: Reading) -> set[int]:
    """Columns whose figures on the lines' rows are the sums of all lines in runs: each up to its row, or each from it on."""
    lines = reading.lines()
    found: set[int] = set()
    for column in made.of("jumlah", "anggaran", "") if len(goal.main) == 1 and len(lines) > 2 else ():
        figures = [made.value(row.at, column.col) for row in lines]
        filled = [value for value in figures if value]
        if column.col in goal.main or len(filled) < 2 or len(filled) == len(lines):
            continue
        amounts = [row.values.get(goal.main[0], Decimal(0)) for row in lines]
        if _runs(amounts, figures) or _runs(amounts[::-1], figures[::-1]):
            found.add(column.col)
    return found


def _runs(amounts: Sequence[Decimal], figures: Sequence[Decimal | None]) -> bool:
    """Whether each figure is the sum of the amounts since the figure before, and nothing is left over."""
    running = Decimal(0)
    for amount, figure in zip(amounts, figures, strict=True):
        running += amount
        if figure:
            if abs(running - figure) > HALF:
                return False
            running = Decimal(0)
    return running == 0


def products_prove(made: Layout, goal: Purpose, reading: Reading) -> bool:
    """A list without totals and groups in which every amount is volume × price: there is nothing that could be read twice."""
    lines = reading.lines()
    if len(goal.main) != 1 or len(lines) < 3 or goal.kind != RAB:
        return False
    col = goal.main[0]
    if any(row.kind in (TOTAL, VALUE) and not line for row, line in zip(reading.items, reading.line, strict=True)):
        return False
    results = amount_formula(made, col, lines)
    counted = [row for row in lines if row.values]
    return all(row.volume and row.price and any(comes_out(r, row.values[col]) for r in results(row)) for row in counted)


def beside_findings(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Parts that do not add up, prices that lost their thousands."""
    if goal.kind == RAB and len(goal.main) == 1:
        yield from _parts(made, goal.main[0], lines)
        yield from _swallowed(made, lines)
        yield from _koefisien(made, lines)


def _koefisien(made: Layout, lines: Sequence[Row]) -> Iterator[Finding]:
    """"- Konsumsi Rapat [20 ORG x 12 KEG]", or a column of koefisien, beside another volume than that."""
    columns = [column.col for column in made.of("volume", "uraian")]
    wrong: list[int] = []
    rows = 0
    for row in lines:
        texts = [v for col in columns if isinstance(v := made.region.grid.value(row.at, col), str)]
        told = [found for text in texts if (found := factors(text.rpartition("[")[2].rstrip("] \n"))) is not None]
        numbers = [v for c in made.of("volume") if (v := made.value(row.at, c.col))]
        if told and numbers:
            rows += 1
            if not {told[0]} & {*numbers, prod(numbers, start=Decimal(1))}:
                wrong.append(row.at)
    if wrong and len(wrong) * 2 < rows:
        volume = made.of("volume")[0].col
        cells = [place(at, volume) for at in wrong]
        yield finding("L440", made.region.grid.name, cells[0], banyak=len(wrong), daftar=listed(cells))


def _parts(made: Layout, total: int, lines: Sequence[Row]) -> Iterator[Finding]:
    """Quarters, months, or sources under one heading that add up to the amount on nearly every line, but not on all."""
    for parts in _families(made, total):
        wrong: list[tuple[Row, Decimal]] = []
        rows = 0
        for row in lines:
            values = [v for column in parts if (v := made.value(row.at, column.col)) is not None]
            amount = row.values.get(total)
            if amount and any(values):
                rows += 1
                difference = sum(values, Decimal(0)) - amount
                if abs(difference) > 1:
                    wrong.append((row, difference))
        if wrong and len(wrong) * 4 <= rows:
            cells = [place(row.at, parts[0].col) for row, _ in wrong]
            yield finding(
                "L448", made.region.grid.name, cells[0], banyak=len(wrong), daftar=listed(cells), kolom=made.columns[total].name,
                bagian=f"{parts[0].name} sampai {parts[-1].name}", selisih=sum((d for _, d in wrong), Decimal(0)),
            )  # fmt: skip


_PARTS = ("", "bagian", "keterangan")
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
    usual = [price for _, price in prices if price >= 1000]
    broken = [price for _, price in prices if price < 1000 and price != price.to_integral_value()]
    if not broken or len(usual) * 3 < len(prices) * 2 or any(price != price.to_integral_value() for price in usual):
        return
    few = [(at, price) for at, price in prices if price in broken or price < 100]
    cells = [place(at, column) for at, _ in few]
    first = few[0][1]
    yield finding(
        "L447", made.region.grid.name, cells[0], value=number(first), banyak=len(few), daftar=listed(cells),
        mestinya=number(first * 1000),
    )  # fmt: skip


# ---- What volume × price tells of columns whose headings say something else ----
# Habit served: the price of a unit is called "Biaya" or "Anggaran", like the amount to its right.

def price_called_amount(made: Layout) -> None:
    """Without a price column: an amount that times the volume gives an amount further right is the price."""
    if made.of("harga"):
        return
    factors = [c.col for c in made.of("volume") if made.content[c.col].is_numeric]
    sums = [c.col for c in made.of("jumlah", "anggaran") if made.content[c.col].is_numeric]
    for volume, price, total in ((v, p, t) for v in factors for p in sums for t in sums if t > p):
        hits, rows = product_rows(made, volume, price, total)
        if rows > 1 and hits * 5 >= rows * 4:
            made.change(price, "harga", f"volume × harga = jumlah pada {hits} dari {rows} baris")
            made.change(total, made.columns[total].role, f"volume × harga = jumlah pada {hits} dari {rows} baris")
            return
