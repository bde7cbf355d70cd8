"""A reading as the table that is shown: its lines, what was left out and why, sums, checks, headings; and its contract."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress
from types import MappingProxyType

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import (
    INDIKATOR,
    RAB,
    REALISASI,
    Check,
    Heading,
    LeftOut,
    Line,
    Sum,
    Table,
    finding,
    listed,
    number,
)
from kinerja_xl.foreign.names import Names
from kinerja_xl.foreign.rowset import EMPTY, HEADING, TOTAL, VALUE, Row, lost
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.targets import figures
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.shapes import bentuk
from kinerja_xl.words.text import clean_all, fold_all


def chosen(rows: Sequence[Row], reading: Reading) -> list[bool]:
    """Which of all rows are lines."""
    lines = {*map(id, reading.lines())}
    return [one in lines for one in map(id, rows)]


def headings_of(made: Layout, rows: Sequence[Row], line: Sequence[bool]) -> Iterator[Heading]:
    """``line``: which rows are lines, as for all that is shown."""
    region, grid = made.region, made.region.grid
    left = 0 if region.left == region.head.left else region.left
    right = grid.width if region.right == region.head.right else region.right + 1
    stops = sorted([*(row.at for row in compress(rows, line)), *region.repeats])

    def heading(at: int, row: Row | None) -> Iterator[Heading]:
        words = {col: clean(v) for col in range(left, right) if isinstance(v := grid.value(at, col), str) and clean(v)}
        split = (whole_code(row),) if row and len(row.parts) > 1 else ()
        typed = (clean(row.code),) if row and clean(row.code) and clean(row.code) not in words.values() else ()
        if texts := (*split, *typed, *words.values()):
            after = stops[n] if (n := bisect(stops, at)) < len(stops) else -1
            yield Heading(
                row=at + 1, cell=place(at, min(words, default=made.region.left)), texts=texts,
                group=row is not None and row.kind in (VALUE, HEADING), again=row is not None and after in region.repeats,
            )  # fmt: skip

    for at in range(region.floor, region.head.top):
        yield from heading(at, None)
    for row, counts in zip(rows, line, strict=True):
        if not counts and row.kind not in (EMPTY, TOTAL):
            yield from heading(row.at, row)


def whole_code(row: Row) -> str:
    """The code of a row: where it is split over columns, its parts from the first on together ("7", "01", "02": 7.01.02), unless
    the last of them is whole already."""
    if len(row.parts) < 2:
        return clean(row.code)
    parts = [part for part in row.parts if part]
    if len(parts) < 2 or not row.parts[0] or parts[-1].startswith(f"{parts[0].rstrip('.')}."):
        return clean(row.code)
    return ".".join(part.strip(".") for part in parts)


def places_of(names: Names) -> dict[str, int]:
    roles = {
        "kode": names.code[-1] if names.code else None, "uraian": names.name, "spesifikasi": names.specification,
        "satuan": names.unit, "volume": names.volume, "harga": names.price,
    }  # fmt: skip
    return {role: col for role, col in roles.items() if col is not None}


def lines_of(made: Layout, names: Names, rows: Sequence[Row], line: Sequence[bool], reading: Reading) -> tuple[Line, ...]:
    """The lines, with what stands beside the columns that were chosen."""
    lines, grid = [*compress(rows, line)], made.region.grid
    other = [c.col for c in made.of("realisasi", "anggaran", "target", "jumlah") if not made.content[c.col].is_text]
    other += [c.col for c in figures(made, "", "rencana") if c.period.startswith(("b", "tw"))]  # a cash plan beside the budget
    other = [col for col in other if not all(col in row.values for row in lines)]  # a figure that was chosen is not kept twice
    lossy = [col for col in other if grid.formulas or made.doubtful(col, "galat")]
    worded = {col for row in lines for col in row.broken}.difference(*(row.values for row in lines))
    coded = [c.col for c in made.of("kode")]
    if len(coded) == 1 and names.code == (*coded,) and names.name not in coded:  # kode tells all
        coded = []
    beside = [c.col for c in made.of("uraian", "sasaran") if c.col not in (*names.names, *names.code)]

    def made_line(row: Row, kode: str, uraian: str, groups: tuple[str, ...]) -> Line:
        cells = partial(grid.value, row.at)
        return Line(
            row=row.at + 1, kode=kode, uraian=uraian, spesifikasi=row.specification, satuan=row.unit,
            volume=row.volume, harga=row.price, values=row.values, groups=groups, hidden=row.at + 1 in grid.hidden_rows,
            codes=tuple([clean(v if isinstance(v, str) else str(v or "")) for v in map(cells, coded)]) if coded else (),
            more={col: v for col in other if (v := made.value(row.at, col)) is not None} if other else _NO_MORE,
            others=tuple([clean(v) for v in map(cells, beside) if isinstance(v, str)]) if beside else (),
            unknown=_unknown(made, row, lossy, worded) if lossy or row.broken else (),
        )  # fmt: skip

    codes = map(whole_code, lines) if len(names.code) > 1 else clean_all([row.code for row in lines], clean)
    return tuple(map(made_line, lines, codes, clean_all([row.name for row in lines], clean), _groups(rows, line, reading)))


def _unknown(made: Layout, row: Row, other: Sequence[int], worded: Collection[int]) -> tuple[int, ...]:
    """The columns of figures in which what a line holds can't be read, be they chosen or not; a word among figures is no figure,
    but nothing but words (WTP, BB, Baik) come to no 0."""
    more = (col for col in other if col not in row.broken and lost(made, row.at, col))
    return (*(col for col, why in row.broken.items() if why != "kata" or col in worded), *more)


_NO_MORE: Mapping[int, Decimal] = MappingProxyType({})


def _groups(rows: Sequence[Row], line: Sequence[bool], reading: Reading) -> Iterator[tuple[str, ...]]:
    """The groups above each line, outermost first."""
    groups: list[tuple[float, str]] = []
    under: tuple[str, ...] = ()
    depth = {id(row): level for row, level in zip(reading.items, reading.levels or (), strict=False)}
    for row, counts in zip(rows, line, strict=True):
        if counts:
            yield under
        elif row.kind in (VALUE, HEADING) and clean(row.name or row.code):
            own = float(depth.get(id(row)) or 0)
            groups = [(d, t) for d, t in groups if d < own] + [(own, f"{clean(row.code)} {clean(row.name)}".strip())]
            under = tuple(text for _, text in groups)


def left_out_of(goal: Purpose, rows: Sequence[Row], line: Sequence[bool]) -> Iterator[LeftOut]:
    col = goal.main[0] if goal.main else -1
    for row, counts in zip(rows, line, strict=True):
        if counts or row.kind == EMPTY:
            continue
        reason = "subtotal" if row.kind == VALUE else row.kind
        yield LeftOut(
            row=row.at + 1, reason=reason, text=clean(row.name or row.label or row.code)[:120], amount=row.values.get(col)
        )


def checks_of(*readings: Reading) -> Iterator[Check]:
    for reading in readings:
        lines = reading.lines()
        for v in reading.verdicts if lines else ():
            row, block = reading.items[v.item], lines[v.start : v.end] or [reading.items[v.item]]
            if v.item >= 0:
                yield Check(
                    row=row.at + 1, col=v.col, printed=v.printed, lines=v.lines, label=clean(row.name or row.label)[:80],
                    first=block[0].at + 1, last=block[-1].at + 1,
                )  # fmt: skip


def sums_of(made: Layout, goal: Purpose, lines: Sequence[Row]) -> dict[str, Sum]:
    """The sums by meaning (and by heading where several columns have one)."""
    sums: dict[str, Sum] = {}
    for name, cols in goal.amounts.items():
        labels = {col: made.columns[col].name for col in cols}
        if len(set(labels.values())) < len(labels):
            labels = {col: f"{label} ({column_letters(col + 1)})" for col, label in labels.items()}
        by = {labels[col]: sum([v for row in lines if (v := row.values.get(col))], Decimal(0)) for col in cols}
        sums[name] = by if len(cols) != 1 else by[labels[cols[0]]]
    return sums


# ---- The contract: what every reading has to keep before it is shown. Each breach is a catatan that names that fault ----
# Names that are names, no unit of rupiah among other units in one sum, no budget of a year counted again for each of its parts.

NO_NAME = bentuk("bukan_nama")
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
    odd = [line for line in table.lines if (first := line.uraian[:1]) and not (first.isalpha() and first not in "rR")]
    bare = [line for line in odd if NO_NAME(line.uraian)]
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
    if table.kind not in (RAB, REALISASI) or not cols:
        return
    same: dict[tuple[str, str, str, Decimal], list[Line]] = defaultdict(list)
    codes, names = (fold_all([getattr(line, text) for line in table.lines]) for text in ("kode", "uraian"))
    for line, kode, uraian in zip(table.lines, codes, names, strict=True):
        if amount := line.values.get(cols[0]):
            same[kode, uraian, line.satuan, amount].append(line)
    again = [lines for lines in same.values() if len(lines) > LEAST]
    if again and sum(map(len, again)) * 2 > len(table.lines):
        cells = [line.cell(cols[0]) for line in again[0]]
        yield finding("L491", table.sheet, cells[1], banyak=len(again), kali=len(cells), daftar=listed(cells))
