"""What the printed sums say about a reading: agreement proves it, disagreement becomes a catatan with its cause.

Causes looked for: rows outside a SUM, a subtotal added to its own lines, a typed total among formulas, groups that have an
amount but no lines, a line that stands a thousand times too small. One cause gives one catatan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.culprit import culprits
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import HALF
from kinerja_xl.foreign.model import INDIKATOR, RAB, finding, listed, number, ranges
from kinerja_xl.foreign.rowcheck import amount_formula
from kinerja_xl.foreign.rowset import ADDED, TOTAL, VALUE, Row, named_rows
from kinerja_xl.foreign.sums import Reading, Verdict, lacking, suspicious, uncounted
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.facts import comes_out
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk


def proven(reading: Reading, col: int) -> bool:
    """Whether agreeing sums cover every line that has an amount in this column, and none disagrees."""
    return not uncounted(reading, reading.lines(), col) and not any(v.col == col and not v.agrees for v in reading.verdicts)


def disagreements(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """One catatan per independent disagreement of each amount column."""
    for col in goal.main:
        wrong = lacking(reading, col, (v for v in reading.verdicts if v.col == col))
        if (reading.nested or goal.kind == INDIKATOR) and any(col in row.broken for row in reading.items):
            continue  # the cell may be what would tell lines from groups
        yield from culprits(made, goal, reading, wrong)
        for verdict in _outermost(wrong):
            inner = [v for v in wrong if v is not verdict and _inside(v, verdict)]
            if lost := _thousands_lost(made, reading, verdict):
                yield lost
            else:
                yield _disagreement(made, reading, *_origin(verdict, inner))


def _outermost(wrong: Sequence[Verdict]) -> list[Verdict]:
    """Disagreements that do not lie inside another one with the same lines; of equal difference only the first."""
    found: list[Verdict] = []
    for verdict in sorted(wrong, key=lambda v: (-(v.end - v.start), v.item)):
        if not any(_inside(verdict, other) for other in found):
            found.append(verdict)
    return sorted(found, key=lambda v: v.item)


def _inside(verdict: Verdict, outer: Verdict) -> bool:
    return outer.start <= verdict.start and verdict.end <= outer.end


def _origin(verdict: Verdict, inner: Sequence[Verdict]) -> tuple[Verdict, Sequence[Verdict]]:
    """Sums in each other that lack the very same: it came in where the innermost adds up its lines, and went on from there."""
    deepest = _deepest(inner)
    if len(deepest) == 1 and deepest[0].lines and _difference(deepest[0]) == _difference(verdict):
        return deepest[0], ()
    return verdict, inner


def _deepest(some: Sequence[Verdict]) -> list[Verdict]:
    """Those that contain no other: where a difference comes from."""
    return [v for v in some if not any(_size(o) < _size(v) and _inside(o, v) for o in some)]


def _size(verdict: Verdict) -> tuple[int, int]:
    """Fewer lines lie deeper, be the sum above or below them; of the same lines the sum nearer to them from above."""
    return verdict.end - verdict.start, -verdict.item


def _difference(verdict: Verdict) -> Decimal:
    return verdict.printed - verdict.lines


def _thousands_lost(made: Layout, reading: Reading, verdict: Verdict) -> Finding | None:
    """Lines that stand a thousand times too small, where the sum comes out with them as they should be."""
    col = verdict.col
    lost = [row for row in reading.lines()[verdict.start : verdict.end] if 0 < row.values.get(col, Decimal(0)) < 1000]
    missing = sum((row.values[col] for row in lost), Decimal(0)) * 999
    if not lost or missing != _difference(verdict):
        return None
    cells, first = [place(row.at, made.moved.get((row.at, col), col)) for row in lost], lost[0].values[col]
    return finding(
        "L407", made.region.grid.name, cells[0], value=number(first), banyak=len(lost), daftar=listed(cells),
        mestinya=number(first * 1000), selisih=missing, sel_sel=" ".join(cells),
    )  # fmt: skip


def _disagreement(made: Layout, reading: Reading, verdict: Verdict, inner: Sequence[Verdict]) -> Finding:
    sheet, row = made.region.grid.name, reading.items[verdict.item]
    cell = place(row.at, made.moved.get((row.at, verdict.col), verdict.col))
    lines = reading.lines()[verdict.start : verdict.end]
    difference = _difference(verdict)
    explained = _by_formula(made, reading, verdict, lines, cell)
    if explained is not None:
        return explained
    first, last = (lines[0].at + 1, lines[-1].at + 1) if lines else (row.at + 1, row.at + 1)
    cause = _cause(reading, verdict, inner, lines, difference)
    return finding(
        "L401", sheet, cell, value=number(verdict.printed), nama=clean(row.name or row.label)[:60] or "jumlah",
        tercetak=verdict.printed, hitung=verdict.lines, awal=first, akhir=last, selisih=difference, sebab=cause,
    )  # fmt: skip


def _by_formula(made: Layout, reading: Reading, verdict: Verdict, lines: Sequence[Row], cell: str) -> Finding | None:
    """What the total's own formula leaves out or takes twice, when that is the whole difference."""
    grid, at = made.region.grid, reading.items[verdict.item].at
    sheet, difference = grid.name, verdict.printed - verdict.lines
    if grid.formula(at, verdict.col) is None:
        return _typed(made, reading, verdict, cell)
    counted = {n for a, b in named_rows(grid, at, verdict.col) for n in range(a, b + 1)}
    if not counted:
        return None
    left = [row for row in lines if row.at + 1 not in counted and row.values.get(verdict.col)]
    if left and abs(sum((row.values[verdict.col] for row in left), Decimal(0)) + difference) <= HALF:
        return finding("L402", sheet, cell, daftar=ranges(row.at + 1 for row in left), selisih=-difference)
    groups = [
        row for i, row in enumerate(reading.items)
        if not reading.line[i] and i != verdict.item and row.at + 1 in counted and row.values.get(verdict.col)
    ]  # fmt: skip
    if groups and abs(sum((row.values[verdict.col] for row in groups), Decimal(0)) - difference) <= HALF:
        return finding("L403", sheet, cell, daftar="baris " + ranges(row.at + 1 for row in groups), selisih=difference)
    return None


def _typed(made: Layout, reading: Reading, verdict: Verdict, cell: str) -> Finding | None:
    """A typed total where the other totals of the sheet are formulas."""
    grid = made.region.grid
    others = [v for v in reading.verdicts if v.item != verdict.item or v.col != verdict.col]
    same = [v for v in others if reading.items[v.item].kind == reading.items[verdict.item].kind]
    with_formula = [v for v in same if grid.formula(reading.items[v.item].at, v.col) is not None]
    if len(with_formula) * 2 <= len(same) or not same:
        return None
    return finding("L404", grid.name, cell, tercetak=verdict.printed, selisih=verdict.printed - verdict.lines)


def _cause(reading: Reading, verdict: Verdict, inner: Sequence[Verdict], lines: Sequence[Row], difference: Decimal) -> str:
    """Rows that explain a difference, as a sentence beginning with a blank; "" when none was found."""
    col = verdict.col
    empty = _outermost([v for v in inner if v.lines == 0 and v.printed])
    if empty and abs(sum((v.printed for v in empty), Decimal(0)) - difference) <= HALF:
        names = [f"baris {reading.items[v.item].at + 1} ({number(v.printed)})" for v in empty]
        return f" Kelompok berikut berisi angka, tetapi rinciannya tidak: {listed(names)}."
    deepest = _deepest(inner)
    names = [f"baris {reading.items[v.item].at + 1} ({number(_difference(v))})" for v in deepest]
    from_below = f" Selisihnya berasal dari {listed(names)}."
    if deepest and abs(sum((_difference(v) for v in deepest), Decimal(0)) - difference) <= HALF:
        return from_below
    single = [row for row in lines if row.values.get(col) and abs(abs(row.values[col]) - abs(difference)) <= HALF]
    if len(single) == 1:
        word = "tidak ikut dijumlahkan" if difference < 0 else "terhitung dua kali"
        return f" Selisih itu sama dengan baris {single[0].at + 1}, yang rupanya {word}."
    others = [row for i, row in enumerate(reading.items) if not reading.line[i] and i != verdict.item and row.kind != TOTAL]
    groups = [row for row in others if (value := row.values.get(col)) and abs(value - abs(difference)) <= HALF]
    if len(groups) == 1 and difference < 0:
        return f" Selisih itu sama dengan kelompok baris {groups[0].at + 1}, yang rupanya tidak ikut dijumlahkan."
    if len(groups) == 1:
        return f" Selisih itu sama dengan baris {groups[0].at + 1}, yang rupanya terhitung lagi bersama rinciannya."
    blank = [row.at + 1 for row in lines if col not in row.values]
    if difference > 0 and len(blank) > 1:
        return f" Di kolom itu {len(blank)} rincian tidak berisi angka (baris {ranges(blank)})."
    if deepest:
        return from_below
    if difference > 0 and not any(row.values.get(col, Decimal(0)) < 0 for row in lines):
        return " Rupanya ada rincian yang tidak tertulis lagi di lembar ini."
    return ""


_ROUNDED = kata("dibulatkan")
_TAX = bentuk("persen_ppn")


def added_rows(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """Tax and rounding below a total, against that total. Habits: "PPN 11%" (or 12 % of eleven twelfths), "Dibulatkan"."""
    for col in goal.main if any(row.kind == ADDED for row in reading.items) else ():
        total: Decimal | None = None
        before: list[Decimal] = []  # what the tax may be reckoned from: the total, and the total with what was added since
        own = {v.item: v.lines for v in reading.verdicts if v.col == col and not v.agrees}  # or what the total should be
        last, whole = 0, Decimal(0)  # or all lines above
        for i, row in enumerate(reading.items):
            value = row.values.get(col)
            if reading.line[i] or value is None:
                whole += value or 0
                continue
            name = clean(row.name or row.label)
            if row.kind == ADDED and total is not None and (right := _should_be(name, value, before)) is not None:
                yield finding(
                    "L449", made.region.grid.name, place(row.at, col), value=number(value), nama=name[:60], tercetak=value,
                    mestinya=right, baris=last, selisih=value - right,
                )  # fmt: skip
            if row.kind == TOTAL:
                total, before, last = value, [value, own.get(i) or value, whole], row.at + 1
            elif row.kind == ADDED and before:
                before = [total or value, before[-1] + value]


def _should_be(name: str, value: Decimal, before: Sequence[Decimal]) -> Decimal | None:
    """What a row of tax or rounding should be when it can't be what it says; None when it can."""
    if tax := _TAX(name):
        rate = Decimal(tax[1].replace(",", ".")) / 100
        fitting = [base * rate * part for base in before for part in (Decimal(1), Decimal(11) / 12)]
        fits = any(abs(value - due) <= min(Decimal(1000), 1 + due / 100) for due in fitting)
        return None if fits else round_half_up(fitting[0], 0)
    if _ROUNDED(name) and value > before[0] / 2:  # else it is the few rupiah that rounding takes off
        unit = Decimal(10) ** (len(digits := str(int(value))) - len(digits.rstrip("0")))
        return None if any(abs(value - base) < max(unit, Decimal(1)) for base in before) else before[-1]
    return None


def unproven(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """What no printed sum confirms is said, with the figures to compare."""
    lines = reading.lines()
    sheet = made.region.grid.name
    open_columns = [col for col in goal.main if any(row.values.get(col) for row in lines) and not proven(reading, col)]
    open_columns = [col for col in open_columns if not any(col in row.broken for row in reading.items)]  # said with the cells
    if not open_columns:
        return
    if any(v.col in open_columns and not v.agrees for v in reading.verdicts):
        return  # the disagreement has its own catatan
    if any(row.kind == TOTAL and set(open_columns) & set(row.broken) for row in reading.items):
        return  # the sheet does print a total: that its cell is broken has been said
    some = any(v.agrees and v.printed for v in reading.verdicts if v.col in open_columns)
    reason = "jumlah yang tercetak tidak mencakup semuanya" if some else "lembar ini tidak mencetak jumlah yang dapat dicocokkan"
    total = sum((row.values.get(open_columns[0], Decimal(0)) for row in lines), Decimal(0))
    cell = place(lines[0].at, open_columns[0]) if lines else ""
    yield finding("L419", sheet, cell, banyak=len(lines), jumlah=total, alasan=reason)
    maybe = {i for col in open_columns for i in suspicious(reading, col, limit=20)}
    if maybe:
        yield finding("L427", sheet, daftar="Baris " + ranges(reading.items[i].at + 1 for i in maybe))


# ---- What proves lines without a printed sum ----
# Habits served: "Total" filled on the last row of each group, or merged over a person's rows; a flat export without any total
# whose every amount is volume × price.


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
