"""What single rows give away: broken cells, missing names, products that do not come out, thousands lost, twins.

Every rule lists its rows in one catatan. Only amounts that are read as lines are judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import prod

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.culprit import at_fault
from kinerja_xl.foreign.indicators import measure_findings, two_scales, unfilled
from kinerja_xl.foreign.kinds import Purpose, beside
from kinerja_xl.foreign.levels import twins
from kinerja_xl.foreign.model import HARGA, INDIKATOR, RAB, REALISASI, finding, listed, number, of_cells, of_rows, ranges
from kinerja_xl.foreign.names import Names
from kinerja_xl.foreign.rowset import ADDED, BARE, HEADING, NOTE, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.amounts import factors
from kinerja_xl.regions.columns import FEW
from kinerja_xl.regions.facts import comes_out, product_rows
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean, is_average
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.values import fold, is_empty_mark
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk, pattern
from kinerja_xl.words.text import clean_all
from kinerja_xl.words.units import find_satuan

_ITEMS, _FIGURES, _SEPARATED, _CLASS = pattern("butir"), pattern("angka_dalam"), kata("pemisah_isi"), kata("kode_golongan")
_SPOILT: Mapping[str, Callable[[str], object]] = {"harga": _FIGURES.search, "volume": bentuk("angka_berhuruf")}
"""What is told on many rows, too: a price may be a range; of volumes in words what was meant as a figure ("6O")."""


def row_findings(made: Layout, goal: Purpose, names: Names, rows: Sequence[Row], reading: Reading) -> Iterator[Finding]:
    """Everything there is to say about single rows."""
    lines = reading.lines()
    yield from _broken(made, names, rows)
    yield from _names(made, names, lines, [row.at for row in rows if row.kind == BARE])
    yield from _units(made, goal, names, lines)
    yield from _products(made, goal, names, reading)
    yield from _numbers(made, names, rows, lines)
    yield from _codes(made, goal, names, lines)
    yield from _percent(made, goal, lines)
    yield from _zeros(made, goal, lines)
    yield from _unfilled(made, goal, rows, names.name)
    yield from _twins(made, reading)
    if goal.kind == INDIKATOR:
        yield from _two_in_one(made, goal, names, lines)
    yield from _worded(made, goal, names, lines)
    if goal.kind == INDIKATOR:
        yield from measure_findings(made, goal, reading)
        yield from _averages(made, rows)
    if goal.kind == HARGA:
        yield from _strange_prices(made, goal, lines)


_CAPS = (None, Decimal(100), Decimal(110), Decimal(120))


def _averages(made: Layout, rows: Sequence[Row]) -> Iterator[Finding]:
    """A printed average that the rows of its column do not make, however they are capped, beside others that theirs do."""
    for row in rows:
        if row.kind != NOTE or not is_average(clean(row.name) or row.label):
            continue
        printed = [(col, v) for col in sorted(made.columns) if (v := made.value(row.at, col)) is not None]
        above = [r.at for r in rows if r.kind == VALUE and r.at < row.at]
        values = {col: [p for at in above if (p := made.value(at, col)) is not None] for col, _ in printed}
        wrong = [(col, v) for col, v in printed if values[col] and not _is_mean(v, values[col])]
        if len(wrong) == 1 < sum(map(bool, values.values())):
            (col, value), mean = wrong[0], _mean(values[wrong[0][0]])
            yield from of_cells(
                "L445", made.region.grid.name, [(row.at, col)], kolom=made.columns[col].name, tercetak=number(value),
                mestinya=number(round(mean, 2)),
            )  # fmt: skip


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _is_mean(printed: Decimal, values: Sequence[Decimal]) -> bool:
    ways = ([v if cap is None else min(v, cap) for v in values] for cap in _CAPS)
    return any(abs(_mean(way) - printed) <= Decimal("0.06") for way in ways)


def _broken(made: Layout, names: Names, rows: Sequence[Row]) -> Iterator[Finding]:
    """Amounts that are an error or not calculated; errors in any other column, but for names (L414): not of rows whose amount is
    one, for it may be made of them, and no percentage of nothing."""
    grid = made.region.grid
    amounts = {(row.at, col): what for row in rows if row.broken for col, what in row.broken.items()}
    known = {row.at: row for row in rows if row.kind in (VALUE, HEADING, TOTAL, ADDED) and not row.broken} if grid.errors else {}
    beside = {
        cell: "di samping" for cell in ((r - 1, c - 1) for r, c in sorted(grid.errors))
        if cell[0] in known and cell[1] in made.columns and cell[1] != names.name
        and not (made.columns[cell[1]].role == "persen" and grid.error(*cell) == "#DIV/0!")
    }  # fmt: skip
    for trouble, code in (("galat", "L413"), ("belum dihitung", "L421"), ("di samping", "L446")):
        cells = [cell for cell, what in {**amounts, **beside}.items() if what == trouble]
        if cells:
            kinds = sorted({grid.error(r, c) or str(grid.value(r, c)) for r, c in cells})
            yield finding(
                code, grid.name, place(*cells[0]), value=", ".join(kinds), banyak=len(cells),
                daftar=listed([place(*c) for c in cells]), sel_sel=" ".join(place(*c) for c in cells),
            )  # fmt: skip


def _names(made: Layout, names: Names, lines: Sequence[Row], bare: Sequence[int]) -> Iterator[Finding]:
    grid = made.region.grid
    if names.name is None:
        return
    broken = [at for at in sorted([*(row.at for row in lines), *bare]) if grid.error(at, names.name)] if grid.errors else []
    if broken:
        kinds = ", ".join(sorted({grid.error(at, names.name) for at in broken}))
        cells = f"{place(broken[0], names.name)}:{place(broken[-1], names.name)}"
        yield finding("L414", grid.name, place(broken[0], names.name), value=kinds, banyak=len(broken), daftar=cells)
    told = set(broken)
    marks = [row for row in lines if not (row.name[:1].isalnum() or any(map(str.isalnum, row.name)) or row.at in told)]
    few = len(marks) * 2 <= len(lines)  # names that are dashes on most rows are said once (L481)
    nameless = [row for row in marks if few or not clean(row.name)]
    yield from of_cells("L417", grid.name, [(row.at, names.name) for row in nameless])


def _units(made: Layout, goal: Purpose, names: Names, lines: Sequence[Row]) -> Iterator[Finding]:
    if names.unit is None:
        return
    said = {unit: any(map(str.isalpha, unit)) or "%" in unit for unit in {row.unit for row in lines}}
    without = [row for row in lines if not said[row.unit] and any(row.values.values())]
    without = [row for row in without if not made.region.grid.error(row.at, names.unit)]
    if len(without) * 5 <= len(lines) or len(without) == 1 < len(lines) - 1:
        yield from of_cells("L418", made.region.grid.name, [(row.at, names.unit) for row in without])


def _products(made: Layout, goal: Purpose, names: Names, reading: Reading) -> Iterator[Finding]:
    """volume × price against the amount, where most rows agree, or where the sums are made of it; the usual ways to be wrong have
    their own catatan."""
    if names.volume is None or names.price is None or (len(goal.main) != 1 and goal.kind != REALISASI):
        return
    col, sheet, lines = goal.main[0], made.region.grid.name, reading.lines()
    of_products = any(v.agrees and v.col == col and v.printed != v.lines and not v.passed_on for v in reading.verdicts)
    wrong = [(row, results[0], t) for row, results, t in _typed_over(made, names, col, lines, few=not of_products)]
    added = [(r, m, t) for r, m, t in wrong if r.volume is not None and r.price is not None and abs(r.volume + r.price - t) <= 1]
    thousands = [(r, m, t) for r, m, t in wrong if abs(m * 1000 - t) <= 1 or abs(m - t * 1000) <= 1]
    for code, some in (("L405", added), ("L407", thousands)):
        if some:
            # Where price or volume lost its thousands the amount did not: the one that is no whole number is named.
            factors = [(r.volume or t, names.volume) if (r.volume or t) % 1 else (r.price or t, names.price) for r, _, t in some]
            shown = [
                (lost, lost * 1000, at) if code == "L407" and m < t else (t, m, col)
                for (lost, at), (_, m, t) in zip(factors, some, strict=True)
            ]
            cells = [(item[0].at, there) for item, (_, _, there) in zip(some, shown, strict=True)]
            gap = sum((right - typed for typed, right, _ in shown), Decimal(0))
            yield from of_cells(
                code, sheet, cells, value=number(shown[0][0]), mestinya=number(shown[0][1]), selisih=gap,
                sel_sel=" ".join(place(*cell) for cell in cells),
            )  # fmt: skip
    rest = [item for item in wrong if item not in added and item not in thousands]
    gap = sum((t - m for _, m, t in rest), Decimal(0))
    right = {row.at: t / row.price for row, _, t in rest if row.price}
    volumes = at_fault(made, goal, names.volume, {row.at: v for row in lines if (v := row.volume)}, right)
    yield from of_cells("L406", sheet, [(r.at, names.volume if r.at in volumes else col) for r, _, _ in rest], selisih=gap)


def _typed_over(
    made: Layout, names: Names, col: int, rows: Sequence[Row], *, few: bool = True
) -> list[tuple[Row, list[Decimal], Decimal]]:
    """The rows whose amount is not what volume and price give: what it could be, and what it is. ``few``: none where they are so
    many that amounts may be something else."""
    only = [c.col for c in beside(made, [col], "volume")] in ([], [names.volume]) and not beside(made, [col], "pajak")
    percent = {unit for unit in {row.unit for row in rows} if _is_percent(unit)}
    if only and not percent and _all_come_out(made, names, col):
        return []  # of a long sheet this tells as much in a fifth of the time
    full = [(row, v * p, t) for row in rows if (v := row.volume) and (p := row.price) and (t := row.values.get(col))]
    of = amount_formula(made, col, [row for row, _, _ in full])
    told = [(row, of(row), t) for row, product, t in full if product != t or row.unit in percent or not only]
    wrong = [(row, results, t) for row, results, t in told if results[0] != t and not any(comes_out(r, t) for r in results)]
    return wrong if len(wrong) * 3 <= len(full) or not few else []


def _all_come_out(made: Layout, names: Names, col: int) -> bool:
    """Whether on every row of the region the figure for the volume times the price is the amount; no volume stands in words."""
    if names.volume is None or names.price is None or str in {*map(type, made.region.column(names.volume))}:
        return False
    hits, rows = product_rows(made, names.volume, names.price, col)
    return hits == rows


def due_amounts(made: Layout, goal: Purpose, names: Names, rows: Sequence[Row]) -> dict[int, Decimal]:
    """By row what volume and price give where something else is typed, or a cell is broken: what the sums of the sheet may have
    been made of."""
    if goal.kind not in (RAB, REALISASI) or names.volume is None or names.price is None:
        return {}
    lines = [row for row in rows if row.kind == VALUE]
    col = goal.main[0]
    found = {row.at: results[-1] for row, results, _ in _typed_over(made, names, col, lines, few=False)}
    lost = [row for row in lines if col in row.broken and row.volume and row.price]
    found |= {row.at: amount_formula(made, col, lines)(row)[-1] for row in lost}
    return {at: round_half_up(value, 0) for at, value in found.items()}


def amount_formula(made: Layout, col: int, lines: Sequence[Row]) -> Callable[[Row], list[Decimal]]:
    """How the amounts of this table come about, as most lines do: price times every volume ("2 orang × 3 kali" may stand in
    columns of their own), times one of them (the others are its factors), or times the koefisien in words; perhaps with
    the tax of the row."""
    volumes, taxes = beside(made, [col], "volume"), beside(made, [col], "pajak")

    def every(row: Row) -> Decimal:
        found = [v for c in volumes if (v := made.value(row.at, c.col))]
        return prod(found, start=Decimal(1)) if found else row.volume or Decimal(0)

    ways: list[Callable[[Row], Decimal]] = [every, lambda row: row.volume or Decimal(0)]
    ways += [lambda row, c=column.col: made.value(row.at, c) or _in_words(made, row.at, c) for column in volumes]  # type: ignore[misc]

    def results(way: Callable[[Row], Decimal], row: Row) -> list[Decimal]:
        product = way(row) * (row.price or Decimal(0))
        if _is_percent(row.unit):  # 3 % of a sum: the volume is hundredths
            product /= 100
        return [product, product + sum(made.value(row.at, c.col) or 0 for c in taxes)] if taxes else [product]

    def hits(way: Callable[[Row], Decimal]) -> int:
        looked = (row for row in lines[:FEW] if row.values.get(col))
        return sum(any(comes_out(r, row.values[col]) for r in results(way, row)) for row in looked)

    best = max(ways, key=hits)
    return lambda row: results(best, row)


def _is_percent(unit: str) -> bool:
    return unit.strip(". ").lower() in ("%", "persen", "prosen")


def _in_words(made: Layout, at: int, col: int) -> Decimal:
    text = made.region.grid.value(at, col)
    return (factors(text) if isinstance(text, str) else None) or Decimal(0)


def _numbers(made: Layout, names: Names, rows: Sequence[Row], lines: Sequence[Row]) -> Iterator[Finding]:
    """Running numbers that go through the whole table: twice used, or left out."""
    if names.number is None:
        return
    found = [(int(row.number), row) for row in lines if row.number.isdecimal() and len(row.number) <= 4]
    values = [n for n, _ in found]
    if len(values) < 5 or len(values) * 10 < len(lines) * 9 or sum(a > b for a, b in zip(values, values[1:], strict=False)):
        return  # numbers that start again in every group say nothing
    double = [n for n, count in Counter(values).items() if count > 1]
    seen = {int(row.number) for row in rows if row.number.isdecimal() and len(row.number) <= 4}  # lines or not: they stand there
    missing = [n for n in range(values[0], values[-1]) if n not in seen]
    if (double or missing) and (len(double) + len(missing)) * 3 <= len(values):
        at = [row.at for n, row in found if n in double] or [row.at for n, row in found if n > missing[0]]
        words = [f"{n} dipakai {values.count(n)} kali" for n in double] + ([f"{ranges(missing)} tidak ada"] if missing else [])
        cell = place(at[0], names.number)
        yield finding("L415", made.region.grid.name, cell, value=", ".join(map(str, double or missing)), rincian=", ".join(words))


def _codes(made: Layout, goal: Purpose, names: Names, lines: Sequence[Row]) -> Iterator[Finding]:
    """One code of goods for different goods (accounts may repeat, goods may not)."""
    if goal.kind != HARGA or not names.code or _CLASS(" ".join(made.columns[names.code[-1]].path)):
        return
    codes = clean_all([row.code for row in lines], clean)
    rows = Counter(code for code in codes if code and not is_empty_mark(code))
    twice: dict[str, list[Row]] = {code: [] for code, count in rows.items() if count > 1}
    for row, code in zip(lines, codes, strict=True) if twice else ():
        if code in twice:
            twice[code].append(row)
    for column in made.of("kode"):  # a code within the group's: "KODE KELOMPOK | KODE BARANG"
        own = {code: {made.region.grid.value(row.at, column.col) for row in some} for code, some in twice.items()}
        twice = {code: some for code, some in twice.items() if column.col in names.code or len(own[code]) < len(some)}
    many = {code: some for code, some in twice.items() if len({(fold(r.name), fold(r.specification)) for r in some}) > 1}
    yield from _prices(made, names, {code: some for code, some in twice.items() if code not in many})
    if not many or (len(many) * 4 > len(rows) and len(lines) > 20):
        return  # a code of the group, not of the goods
    for code, some in list(many.items())[:3]:
        yield from of_cells("L416", made.region.grid.name, [(row.at, names.code[-1]) for row in some], value=code)


def _prices(made: Layout, names: Names, twice: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    """The very same goods at two prices: a list put together from two years, or a row that was corrected below."""
    differing = {code: some for code, some in twice.items() if len({tuple(r.values.items()) for r in some}) > 1}
    for code, some in list(differing.items())[:3]:
        prices = [f"{place(r.at, col)} {number(value)}" for r in some for col, value in list(r.values.items())[:1]]
        yield finding(
            "L442", made.region.grid.name, place(some[1].at, names.code[-1]), value=code, nama=clean(some[0].name),
            banyak=len(some), daftar=listed(prices),
        )  # fmt: skip


def _percent(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """A percentage of 0.149 among others of 14.98, where realisasi / anggaran shows which scale is meant."""
    budget, spent = goal.amounts.get("anggaran") or goal.amounts.get("target"), goal.amounts.get("realisasi")
    if not budget or not spent or len(budget) != 1 or len(spent) != 1:
        return
    for column in made.of("persen"):
        small: list[tuple[int, Decimal]] = []
        large: list[tuple[int, Decimal]] = []
        for row in lines:
            a, b, p = row.values.get(budget[0]), row.values.get(spent[0]), made.value(row.at, column.col)
            if not a or not b or not p or abs(b) < 1 < abs(a):  # 0,93 of 95 %: the figure itself is of the other scale
                continue
            if abs(b / a - p) <= Decimal("0.001") and abs(b / a * 100 - p) > Decimal("0.05"):
                small.append((row.at, p))
            elif abs(b / a * 100 - p) <= Decimal("0.05"):
                large.append((row.at, p))
        yield from two_scales(made, column.col, small, large)


def _zeros(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    if goal.kind == INDIKATOR:
        return
    some = [row for row in lines if row.values and not (row.broken or any(row.values.values()))]
    zero = [row.at for row in some if not all(made.amount(row.at, c).doubt == "nihil" for c in row.values)]
    yield from of_rows("L420", made.region.grid.name, zero)


def _unfilled(made: Layout, goal: Purpose, rows: Sequence[Row], name: int | None) -> Iterator[Finding]:
    sheet = made.region.grid.name
    if goal.kind == INDIKATOR:
        yield from of_rows("L425", sheet, [row.at for row in unfilled(made, rows)])
    else:
        empty = [row for row in rows if row.kind == HEADING and not row.values and not row.inherited]
        end = max((row.at for row in rows if row.kind == TOTAL and row.values), default=made.region.grid.height)
        open_ = [row.at for row in empty if row.unit or row.price or (row.volume and row.at < end)]  # below: "Januari | 250"
        yield from of_rows("L424", sheet, open_, arti="harga" if goal.kind == HARGA else "jumlah")
    nameless = [row.at for row in rows if row.kind == BARE and row.number]
    yield from of_rows("L426", sheet, [at for at in nameless if name is None or not made.region.grid.error(at, name)])


def _twins(made: Layout, reading: Reading) -> Iterator[Finding]:
    groups = [row for row, line in zip(reading.items, reading.line, strict=True) if not line and row.kind == VALUE]
    same = [a.at + 1 for a, b in zip(groups, groups[1:], strict=False) if b.at == a.at + 1 and twins(a, b)]
    if same:
        yield finding("L422", made.region.grid.name, place(same[0] - 1, made.region.left), daftar=ranges(same))


def _strange_prices(made: Layout, goal: Purpose, lines: Sequence[Row]) -> Iterator[Finding]:
    """Prices below zero, and 15,5 among whole thousands: what an English Excel made of 15.500."""
    for col in goal.main:
        prices = [(row.at, value) for row in lines if (value := row.values.get(col))]
        odd = [(at, value) for at, value in prices if value < 1000 and (value < 0 or value % 1)]
        usual = sum(value >= 1000 and value == value.to_integral_value() for _, value in prices) if odd else 0
        below = [(at, value) for at, value in odd if value < 0]
        lost = [(at, v) for at, v in odd if usual * 5 >= len(prices) * 4 and v > 0 and not v * 1000 % 1]
        for some, why in ((below, "harganya negatif"), (lost, "ribuannya mungkin hilang")):
            first = number(some[0][1]) if some else ""
            yield from of_cells("L444", made.region.grid.name, [(at, col) for at, _ in some], value=first, sebab=why)


def _worded(made: Layout, goal: Purpose, names: Names, lines: Sequence[Row]) -> Iterator[Finding]:
    """Targets and results in words (WTP, BB), prices in words or as a range: a line, but nothing that adds up. A budget or
    realisasi that is no number ("12.500.0OO", "?") on a line that has the other one; so a price of a RAB ("25.O00")."""

    def worded(row: Row, col: int) -> bool:
        no_number = goal.kind == REALISASI and col not in row.values and made.amount(row.at, col).doubt == "kata"
        return no_number or row.broken.get(col) == "kata"

    some = lines if goal.kind == REALISASI else [row for row in lines if row.broken]
    cells = [(row.at, col) for row in some for col in goal.main if worded(row, col)]
    yield from _no_figures(made, "L443" if goal.kind == HARGA else "L430", cells)
    for what, col in (("harga", names.price), ("volume", names.volume)) if goal.kind == RAB else ():
        lacking = [(row.at, col) for row in lines if col is not None and (row.price if what == "harga" else row.volume) is None]
        texts = {cell: str(made.region.grid.value(*cell)).strip() for cell in lacking if made.amount(*cell).doubt == "kata"}
        odd = [cell for cell, text in texts.items() if not (find_satuan(clean(text)) or is_empty_mark(text))]
        few = len(odd) * 3 <= len(lines)  # else it is what the column holds
        yield from _no_figures(made, "L443", [cell for cell in odd if few or _SPOILT[what](texts[cell])], what)


def _no_figures(made: Layout, code: str, cells: Sequence[tuple[int, int]], what: str = "harga") -> Iterator[Finding]:
    value = str(made.region.grid.value(*cells[0])) if cells else ""
    yield from of_cells(code, made.region.grid.name, cells, value=value, apa=what)


def _two_in_one(made: Layout, goal: Purpose, names: Names, lines: Sequence[Row]) -> Iterator[Finding]:
    """Two numbered indicators, or two targets on lines of their own, in one cell."""
    typed = [col for col in goal.main if str in {*map(type, made.region.column(col))}]
    for row in lines:
        numbered = _ITEMS.findall(row.name)
        if len(numbered) > 1 and names.name is not None:
            yield finding("L409", made.region.grid.name, place(row.at, names.name), value=clean(row.name))
            continue
        for col in typed:
            raw = made.region.grid.value(row.at, col)
            if isinstance(raw, str) and len(_FIGURES.findall(raw)) > 1 and _SEPARATED(raw.strip()):
                yield finding("L409", made.region.grid.name, place(row.at, col), value=clean(raw))
