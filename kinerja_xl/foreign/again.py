"""Money that stands there once more: carried to the next page, recapitulated or spread again below the lines, or left over.

Habits served: "Pindahan" on each page; a recap of the groups below (or above) them, with the total only there; a plan per
triwulan below the rincian of an RKA; cash in hand, or a remark, below the grand total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from kinerja_xl.foreign.rowset import AFTER, AGAIN, HEADING, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading, Verdict
from kinerja_xl.foreign.tree import bare, shaped
from kinerja_xl.sheets.values import fold


def carried_forward(items: Sequence[Row]) -> None:
    """A page begins with the sum of the page before ("Pindahan", "Jumlah lalu"): no number, no code, the very same amounts."""
    for row, before in zip(items[1:], items, strict=False):
        if row.kind == VALUE and before.kind == TOTAL and row.values == before.values and any(row.values.values()) and bare(row):
            row.kind = TOTAL


def recapitulated(items: list[Row]) -> list[Row]:
    """The rows without a recap of their groups: rows without a shape below each other, all of them called as groups elsewhere
    and (but for one, perhaps a slip) with the very sums of these."""
    sums: dict[str, list[dict[int, Decimal]]] = defaultdict(list)
    open_ = ""
    plain = [row.kind == VALUE and not shaped(row) for row in items]
    for i, row in enumerate(items):
        if row.kind == TOTAL and open_:
            sums[open_].append(row.values)
        elif row.kind == HEADING or (plain[i] and i + 1 < len(items) and shaped(items[i + 1])):
            open_ = fold(row.name)
            sums[open_].append(row.values)
    start = 0
    for end in range(len(items) + 1):
        if end < len(items) and plain[end]:
            continue
        if end - start < 2:  # most rows: no block
            start = end + 1
            continue
        block, below = items[start:end], items[end].kind if end < len(items) else TOTAL
        told = [row.values in sums[fold(row.name)] for row in block if fold(row.name) in sums]
        if below != VALUE and len(told) == len(block) > 1 and sum(told) >= max(2, len(block) - 1):
            for row in block:
                row.kind = AGAIN
        start = end + 1
    return [row for row in items if row.kind != AGAIN]


def after_total(reading: Reading) -> None:
    """Figures below the grand total that no sum counts (cash in hand, a remark) are no lines."""
    if not reading.levels and not reading.verdicts:
        return
    _spread_again(reading)
    grand = max(
        (
            v for v in reading.verdicts
            if v.start == 0 and v.item >= 0 and 1 < v.end <= reading.before[v.item] and (v.agrees or _all_shaped(reading, v))
        ), key=lambda v: v.item, default=None,
    )  # fmt: skip
    if (
        grand is None
        or reading.items[grand.item].kind != TOTAL
        or any(row.kind == TOTAL for row in reading.items[grand.item + 1 :])
    ):
        return
    tail = [i for i in range(grand.item + 1, len(reading.items)) if reading.line[i]]
    if len(tail) <= 5 and not any(shaped(reading.items[i]) or reading.items[i].code.strip()[:1].isdecimal() for i in tail):
        for i in tail:
            reading.line[i] = False
            reading.items[i].kind = AFTER


def _all_shaped(reading: Reading, total: Verdict) -> bool:
    """A total that is wrong ends the table as well where every line above it has a shape, and what follows has none."""
    return all(map(shaped, reading.lines()[: total.end]))


def _spread_again(reading: Reading) -> None:
    """A block below the grand total with the very same total is the same money once more: the plan per triwulan that an
    RKA prints below its rincian, a table of sources."""
    totals = [v for v in reading.verdicts if v.agrees and v.item >= 0 and v.printed and reading.items[v.item].kind == TOTAL]
    grand = next((v for v in totals if v.start == 0 and v.end > 1), None)
    last = totals[-1] if totals else None
    if grand is None or last is None or last.printed != grand.printed or last.item <= grand.item or last.start < grand.end:
        return
    for i in range(grand.item + 1, last.item):
        if reading.line[i] and not shaped(reading.items[i]):
            reading.line[i] = False
            reading.items[i].kind = AGAIN
