"""What every reading has to keep before it is shown; each breach is a catatan that names that fault.

Checked on the finished table, whatever way led to it: names that are names, prices where a price stands beside the amount, no
unit of rupiah among other units in one sum, no budget of a year that is counted again for each of its parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import HARGA, INDIKATOR, RAB, REALISASI, Table, finding, listed, number
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.sheets.values import fold

_NO_NAME = re.compile(r"[\W\d_]*|(?:rp\W*)?[\d.,]+\W*", re.IGNORECASE)
"""Dashes, bullets, figures: no name."""
LEAST = 2


def breaches(table: Table) -> Iterator[Finding]:
    """One catatan per clause that a table of lines breaks."""
    if not table.lines:
        return
    yield from _names(table)
    yield from _units(table)
    yield from _repeated(table)


def _cell(table: Table, row: int, role: str) -> str:
    col = table.places.get(role)
    return place(row - 1, col) if col is not None else ""


def _names(table: Table) -> Iterator[Finding]:
    """Most lines have a name that is one; a code stands for it where there is no column of names."""
    bare = [line for line in table.lines if line.uraian and _NO_NAME.fullmatch(line.uraian)]
    if (
        bare
        and len(bare) * 2 >= len(table.lines)
        and "uraian" in table.places
        and table.places["uraian"] != table.places.get("kode")
    ):
        cells = [_cell(table, line.row, "uraian") for line in bare]
        yield finding("L481", table.sheet, cells[0], value=bare[0].uraian, banyak=len(bare), daftar=listed(cells))


def _units(table: Table) -> Iterator[Finding]:
    """Rupiah as a unit among other units of one sum of targets."""
    if table.kind != INDIKATOR or not (cols := table.amount_columns.get("target")):
        return
    money = [line for line in table.lines if fold(line.satuan) in ("rp", "rupiah") and line.values.get(cols[0])]
    if money and len(money) < sum(bool(line.satuan) for line in table.lines):
        cells = [line.cell(cols[0]) for line in money]
        yield finding(
            "L461", table.sheet, cells[0], value=number(money[0].values[cols[0]]), banyak=len(money), daftar=listed(cells)
        )


def _repeated(table: Table) -> Iterator[Finding]:
    """The same line with the same budget again and again, each time for another part of the year."""
    cols = table.amount_columns.get("anggaran") or table.amount_columns.get("jumlah")
    if table.kind not in (RAB, REALISASI) or table.kind == HARGA or not cols:
        return
    same: dict[tuple[str, str, str, Decimal], list[str]] = defaultdict(list)
    for line in table.lines:
        amount = line.values.get(cols[0])
        if amount:
            same[fold(line.kode), fold(line.uraian), line.satuan, amount].append(line.cell(cols[0]))
    again = [cells for cells in same.values() if len(cells) > LEAST]
    if again and sum(map(len, again)) * 2 > len(table.lines):
        yield finding("L491", table.sheet, again[0][1], banyak=len(again), kali=len(again[0]), daftar=listed(again[0]))
