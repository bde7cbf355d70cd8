"""A reading as the table that is shown: its lines, what was left out and why, sums, checks, headings; and its contract."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import (
    HARGA,
    INDIKATOR,
    RAB,
    REALISASI,
    Check,
    Heading,
    LeftOut,
    Line,
    Sum,
    Table,
    clean,
    finding,
    listed,
    number,
)
from kinerja_xl.foreign.names import Names
from kinerja_xl.foreign.rowset import EMPTY, HEADING, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.targets import figures
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.shapes import bentuk
from kinerja_xl.words.text import fold_all


def headings_of(made: Layout, rows: Sequence[Row], reading: Reading) -> Iterator[Heading]:
    region, grid = made.region, made.region.grid
    left = 0 if region.left == region.head.left else region.left
    right = grid.width if region.right == region.head.right else region.right + 1
    chosen = {id(row) for row in reading.lines()}
    stops = sorted([*(row.at for row in rows if id(row) in chosen), *region.repeats])

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
    for row in rows:
        if id(row) not in chosen and row.kind not in (EMPTY, TOTAL):
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


def lines_of(made: Layout, names: Names, rows: Sequence[Row], reading: Reading) -> tuple[Line, ...]:
    chosen = {id(row) for row in reading.lines()}
    groups: list[tuple[float, str]] = []
    under: tuple[str, ...] = ()
    found: list[Line] = []
    other = [c.col for c in made.of("realisasi", "anggaran", "target", "jumlah") if not made.content[c.col].is_text]
    coded, grid = [c.col for c in made.of("kode")], made.region.grid
    other += [c.col for c in figures(made, "", "rencana") if c.period.startswith(("b", "tw"))]  # a cash plan beside the budget
    beside = tuple([c.col for c in made.of("uraian", "sasaran") if c.col not in (*names.names, *names.code)])
    depth = {id(row): (reading.levels[i] if reading.levels is not None else None) for i, row in enumerate(reading.items)}
    for row in rows:
        if id(row) in chosen:
            cells = grid.rows[row.at]
            found.append(
                Line(
                    row=row.at + 1, kode=whole_code(row), uraian=clean(row.name), spesifikasi=row.specification, satuan=row.unit,
                    volume=row.volume, harga=row.price, values=dict(row.values), groups=under,
                    hidden=row.at + 1 in grid.hidden_rows,
                    codes=tuple([_code(cells[col] if col < len(cells) else None) for col in coded]) if coded else (),
                    others=tuple([clean(v) for c in beside if c < len(cells) and isinstance(v := cells[c], str)]),
                    more={col: value for col in other if (value := made.value(row.at, col)) is not None} if other else {},
                )  # fmt: skip
            )
        elif row.kind in (VALUE, HEADING) and clean(row.name or row.code):
            level = depth.get(id(row))
            own = 0.0 if level is None else float(level)
            groups = [(d, t) for d, t in groups if d < own] + [(own, f"{clean(row.code)} {clean(row.name)}".strip())]
            under = tuple(text for _, text in groups)
    return tuple(found)


def _code(value: object) -> str:
    return clean(value) if isinstance(value, str) else clean(str(value or ""))


def left_out_of(goal: Purpose, rows: Sequence[Row], reading: Reading) -> Iterator[LeftOut]:
    chosen = {id(row) for row in reading.lines()}
    col = goal.main[0] if goal.main else -1
    for row in rows:
        if id(row) in chosen or row.kind == EMPTY:
            continue
        reason = "subtotal" if row.kind == VALUE else row.kind
        yield LeftOut(
            row=row.at + 1, reason=reason, text=clean(row.name or row.label or row.code)[:120], amount=row.values.get(col)
        )


def checks_of(reading: Reading) -> Iterator[Check]:
    lines = reading.lines()
    for v in reading.verdicts:
        if v.item < 0:
            continue
        row = reading.items[v.item]
        block = lines[v.start : v.end]
        yield Check(
            row=row.at + 1, col=v.col, printed=v.printed, lines=v.lines, label=clean(row.name or row.label)[:80],
            first=block[0].at + 1 if block else row.at + 1, last=block[-1].at + 1 if block else row.at + 1,
        )  # fmt: skip


def sums_of(made: Layout, goal: Purpose, lines: Sequence[Row]) -> dict[str, Sum]:
    sums: dict[str, Sum] = {}
    for name, cols in goal.amounts.items():
        by_column = {col: sum((row.values.get(col, Decimal(0)) for row in lines), Decimal(0)) for col in cols}
        if len(cols) == 1:
            sums[name] = by_column[cols[0]]
        else:
            labels = {col: made.columns[col].name for col in cols}
            twice = len(set(labels.values())) < len(labels)
            sums[name] = {
                f"{labels[c]} ({column_letters(c + 1)})" if twice else labels[c]: value for c, value in by_column.items()
            }
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
    bare = [line for line in table.lines if line.uraian and NO_NAME(line.uraian)]
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
    same: dict[tuple[tuple[str, str], str, Decimal], list[Line]] = defaultdict(list)
    named = [*zip(fold_all([line.kode for line in table.lines]), fold_all([line.uraian for line in table.lines]), strict=True)]
    often = Counter(named)
    for line, name in zip(table.lines, named, strict=True) if max(often.values()) > LEAST else ():
        if often[name] > LEAST and (amount := line.values.get(cols[0])):
            same[name, line.satuan, amount].append(line)
    again = [lines for lines in same.values() if len(lines) > LEAST]
    if again and sum(map(len, again)) * 2 > len(table.lines):
        cells = [line.cell(cols[0]) for line in again[0]]
        yield finding("L491", table.sheet, cells[1], banyak=len(again), kali=len(cells), daftar=listed(cells))
