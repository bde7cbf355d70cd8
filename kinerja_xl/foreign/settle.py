"""Amounts with two readings, settled by arithmetic before the rows are read; rows shifted to the right are found here too.

Habits served: "21,276,070,424,00" beside a percentage; "1,80,0000" in a row with volume and amount; an export whose later
rows stand one column further right. What arithmetic settles is said; what it does not settle stays without a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations as subsets
from itertools import product as combinations
from math import prod

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.kinds import Purpose, totalled
from kinerja_xl.foreign.model import INDIKATOR, RAB, finding, listed, number, ranges
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.amounts import Amount, factors
from kinerja_xl.regions.columns import is_koefisien
from kinerja_xl.regions.facts import comes_out, is_share, mostly, product_rows
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.tables import title_above
from kinerja_xl.regions.words import clean
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import is_year, years_in
from kinerja_xl.words.units import find_satuan


def settle(made: Layout, goal: Purpose) -> list[Finding]:
    """Settle doubtful amounts of the columns that matter; the catatan about them."""
    said: list[Finding] = []
    columns = list(dict.fromkeys([*goal.main, *(c.col for c in made.of("volume", "harga"))]))
    for col in columns:
        said += _one_mark(made, goal, col)
        said += _weak_style(made, col)
    unsure = sorted({row for col in columns for row in made.doubtful(col, "ambigu")})
    said += [note for row in unsure for note in _ambiguous(made, goal, row, columns)]
    if goal.kind == INDIKATOR:
        said += list(_shifted(made, goal))
    if goal.kind == RAB and len(goal.main) == 1:
        _sums_beside(made, goal.main[0])
        _volume_in_parts(made, goal.main[0])
    return said


_SUMS = kata("jumlah_kolom")


def _sums_beside(made: Layout, col: int) -> None:
    """Group sums in a column of their own ("Sub Total" right of "Jumlah"), filled just where the amount is not."""
    for other in made.of("jumlah", "anggaran", ""):
        if other.col == col or not any(map(_SUMS, other.path)):
            continue
        rows = [row for row, value in zip(made.region.rows, made.values(other.col), strict=True) if value]
        if len(rows) < 2:
            continue
        parts = [c.col for c in made.of("volume", "harga") if c.col != other.col]
        if any(made.value(row, c) is not None for row in rows for c in (col, *parts)):  # a dash, an "Rp" is no amount
            continue
        for row in rows:
            made.settle(row, col, made.amount(row, other.col))
            made.moved[row, col] = other.col
        made.change(other.col, "bagian", f"jumlah kelompok dari kolom {made.columns[col].name}")


def _one_mark(made: Layout, goal: Purpose, col: int) -> list[Finding]:
    """Texts whose last mark can only be a decimal one, because two digits follow it and threes stand before."""
    rows = made.doubtful(col, "dua_tanda")
    if not rows or col not in goal.main:
        return []
    total = sum((made.value(row, col) or Decimal(0) for row in rows), Decimal(0))
    ratio = sum(_percent_agrees(made, goal, row) for row in rows)
    proof = f" Kolom persen membenarkan {ratio} dari {len(rows)} baris itu." if ratio else ""
    cells = [place(row, col) for row in rows]
    return [_doubted("L411", made, rows, col, daftar=listed(cells), jumlah=total, bukti=proof)]


def _doubted(code: str, made: Layout, rows: list[int], col: int, **args: object) -> Finding:
    name, first = made.columns[col].name, rows[0]
    return finding(
        code, made.region.grid.name, place(first, col), column=name, value=str(made.region.grid.value(first, col)), kolom=name,
        banyak=len(rows), dibaca=made.value(first, col), **args,
    )  # fmt: skip


def _weak_style(made: Layout, col: int) -> list[Finding]:
    """Points (or commas) taken as thousands because every text of the column has three digits behind them."""
    rows = made.doubtful(col, "teks") if col in made.weak else []
    # Rupiah have no three decimals: there is nothing to look at in a column of prices or budgets.
    sure = made.columns[col].role in ("harga", "jumlah", "anggaran") and made.content[col].is_money
    said = [_doubted("L308", made, rows, col, tanda="Titik" if made.styles[col] == "id" else "Koma")] if rows else []
    return [replace(one, severity_override=Severity.INFO if sure else None) for one in said]


def _percent_agrees(made: Layout, goal: Purpose, row: int) -> bool:
    amounts = [goal.amounts.get(name, [])[:1] for name in ("anggaran", "realisasi")]
    values = [made.value(row, col) for col in (*sum(amounts, []), made.first("persen"))]
    return len(values) == 3 and None not in values and is_share(*values)


def _ambiguous(made: Layout, goal: Purpose, row: int, columns: list[int]) -> Iterator[Finding]:
    doubtful = [col for col in columns if made.amount(row, col).doubt == "ambigu"]
    settled = _by_product(made, goal, row, doubtful)
    for col in doubtful:
        raw, readings = str(made.region.grid.value(row, col)), made.amount(row, col).readings
        if col in settled:
            made.settle(row, col, Amount(settled[col], "teks"))
            yield finding(
                "L429", made.region.grid.name, place(row, col), column=made.columns[col].name, value=raw, dibaca=settled[col]
            )  # fmt: skip
        elif col in goal.main or made.columns[col].role in ("volume", "harga"):
            yield finding(
                "L412", made.region.grid.name, place(row, col), column=made.columns[col].name, value=raw,
                bacaan=" atau ".join(number(r) for r in readings),
            )  # fmt: skip


def _by_product(made: Layout, goal: Purpose, row: int, doubtful: list[int]) -> dict[int, Decimal]:
    """The one combination of readings for which volume × price gives the amount; {} when none or several."""
    volume, price = made.first("volume"), made.first("harga")
    total = next((col for col in goal.main if col not in (volume, price)), None)
    if volume is None or price is None or total is None:
        return {}
    columns = (volume, price, total)
    sets = [made.amount(row, col).readings or ((own,) if (own := made.value(row, col)) else ()) for col in columns]
    fits = [(v, p, t) for v, p, t in combinations(*sets) if v and p and t and abs(v * p - t) <= 1]
    return {col: v for col, v in zip(columns, fits[0], strict=True) if col in doubtful} if len(fits) == 1 else {}


def _repeated(made: Layout, moved: list[int], unit: int) -> Iterator[Finding]:
    """Among shifted rows those whose figure and unit stand there a second time: their results are three columns off."""
    grid = made.region.grid
    for row in moved:
        figure, name = grid.value(row, unit), grid.value(row, unit + 1)
        if grid.value(row, unit + 2) == figure and grid.value(row, unit + 3) == name and isinstance(name, str):
            yield finding(
                "L431", grid.name, place(row, unit), value=clean(name), baris=row + 1,
                dibaca=made.amount(row, unit).value or Decimal(0),
            )  # fmt: skip


def _shifted(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Rows where the unit column holds the figure and the column right of it the unit: everything moved right."""
    unit = made.first("satuan")
    target = next((col for col in goal.amounts.get("target", ())), None)
    if unit is None or target is None or unit != target + 1:
        return
    moved: list[int] = []
    total = Decimal(0)
    for row in made.region.rows if unit + 1 in made.columns else ():
        before, own, after = (made.region.grid.value(row, col) for col in (target, unit, unit + 1))
        found = made.amount(row, unit)
        if before is None and isinstance(own, float) and isinstance(after, str) and clean(after) and found.value is not None:
            moved.append(row)
            total += found.value
            made.settle(row, target, found)
    yield from _repeated(made, moved, unit)
    regular = sum(isinstance(made.region.grid.value(row, unit), str) for row in made.region.rows)
    if moved and (regular or any(find_satuan(clean(str(made.region.grid.value(row, unit + 1)))) for row in moved)):
        yield finding(
            "L408", made.region.grid.name, place(moved[0], unit), banyak=len(moved), geser=1,
            daftar="baris " + ranges(row + 1 for row in moved), jumlah=total,
        )  # fmt: skip


# ---- What columns mean that their own headings do not say: by what stands in them, before the kind of table is decided ----
# Habits served: the koefisien in words under a heading of its own; amounts asked for, examined and agreed beside each other.


def by_content(made: Layout) -> None:
    """Give roles to columns whose cells tell them."""
    _proposed(made)
    _price_in_parts(made)
    _multiplied_in_cells(made)
    _volume_called_amount(made)
    _koefisien_column(made)
    _other_years(made)
    _totals(made)
    _only_money(made)
    _stepped(made)


_OTHER_YEAR = kata("tahun_lain")


def _other_years(made: Layout) -> None:
    """The RKA prints the year before and the year after beside the budget's own: "Tahun-1", "n+1"; a plan for 2026, what was
    spent in 2025."""
    amounts = [c for c in made.of("jumlah", "anggaran") if made.content[c.col].is_money]
    years = {c.period for c in [c for c in amounts if c.product] or amounts}
    named = set(years_in(title_above(made.region)))
    years = years & named if len(named) == 1 and not made.of("realisasi", "target") else years
    for column in [*amounts, *made.of("realisasi")] if years and all(map(is_year, years)) else ():
        if is_year(column.period) and column.period not in years:
            made.change(column.col, "maju", "")
    for column in made.of("jumlah", "anggaran", ""):
        if any(_OTHER_YEAR(text) for text in column.path):
            made.change(column.col, "maju", "")


_TOTAL = kata("jumlah_seluruhnya")


def _totals(made: Layout) -> None:
    """ "Total Setahun", "Jumlah s.d. Desember": whatever follows, rupiah under such a heading are an amount."""
    for column in [] if made.of("anggaran", "realisasi", "target") else made.of(""):
        if column.path and not column.period and _TOTAL(column.path[-1]) and made.content[column.col].is_money:
            made.change(column.col, "jumlah", "")


def _only_money(made: Layout) -> None:
    """No heading says amount: then it is the unknown column that volume × price gives, or the only one headed "Rupiah"."""
    if made.of("jumlah", "anggaran", "realisasi", "target", "rencana"):
        return
    unknown = [c for c in made.of("") if made.content[c.col].is_money and not made.content[c.col].is_text and not c.period]
    ways = ((v.col, p.col, c.col) for c, v, p in combinations(unknown, made.of("volume"), made.of("harga")))
    for (*_, total), told in products_told(made, ways):
        made.change(total, "jumlah", told)
        return
    per_unit = made.of("satuan") and not made.of("volume") and not totalled(made)
    if len(unknown) == 1 and unknown[0].money and not (made.of("harga") or per_unit):
        made.change(unknown[0].col, "jumlah", "")


def _stepped(made: Layout) -> None:
    """Amounts that step over columns under one heading by their level, one on each row: they are one column."""
    for column in made.of("jumlah", "anggaran"):
        family = [c for c in made.of("jumlah", "anggaran") if c.path == column.path]
        if len(family) < 2 or family[0].col != column.col or family[-1].col - column.col != len(family) - 1:
            continue
        held = zip(*(made.values(c.col) for c in family), strict=True)
        rows = [[c.col for c, value in zip(family, row, strict=True) if value is not None] for row in held]
        steps = [cols[0] for cols in rows if cols]
        if any(len(cols) > 1 for cols in rows) or len(set(steps)) < 2 or column.col not in steps:
            continue
        for row, cols in zip(made.region.rows, rows, strict=True):
            if cols and cols[0] != column.col:
                made.settle(row, column.col, made.amount(row, cols[0]))
                made.moved[row, column.col] = cols[0]
        for other in family[1:]:
            made.change(other.col, "bagian", f"lanjutan bertangga dari kolom {column.letter}")


LOOKED = 300
"""Texts looked at."""


def _koefisien_column(made: Layout) -> None:
    """A column of words that multiply ("2 org x 12 kl x 5 desa"), whatever it is called: "Rincian Pelaksanaan"."""
    wanting = bool(made.of("harga")) and not made.of("volume")
    texts = [c for c in made.of("", "uraian", "indikator", "keterangan", "spesifikasi") if made.content[c.col].is_text]
    worded = [c for c in texts if made.content[c.col].units * 2 <= made.content[c.col].words]
    for column in [c for c in worded if c.role != "indikator"] if len(worded) > 1 else ():  # the only one holds the names
        content = made.content[column.col]  # who signs below the table has no say
        multiplied = [factors(text) is not None for text in sorted(content.different)[:LOOKED]]
        several = content.words >= 3 and sum(multiplied) * 5 >= len(multiplied) * 4
        named = any(c.role != "keterangan" for c in worded if c is not column)  # "1 m3 galian" beside remarks is the name
        if several or (wanting and named and is_koefisien(made, column.col, 3)):
            made.change(column.col, "volume", "isinya koefisien")


_PROPOSED = kata("diusulkan")


def _proposed(made: Layout) -> None:
    """Amounts asked for, examined and agreed beside each other: any of them may be meant."""
    for column in made.of(""):
        if column.path and _PROPOSED(column.path[-1]) and made.content[column.col].is_money:
            made.change(column.col, "jumlah", "")


# ---- What volume × price tells of columns whose headings say something else ----
# Habit served: the price of a unit is called "Biaya" or "Anggaran", like the amount to its right.


def products_told(made: Layout, ways: Iterable[tuple[int, ...]], least: int = 2) -> Iterator[tuple[tuple[int, ...], str]]:
    """Those of some columns, the amount last, that multiply out on most rows, and this as it is told."""
    for columns in ways:
        hits, rows = product_rows(made, *columns)
        if mostly(hits, rows, least):
            yield columns, f"volume × harga = jumlah pada {hits} dari {rows} baris"


def _multiplied_in_cells(made: Layout) -> None:
    """ "5 | orang | x | 12 | x | Rp | 400.000" below the heading of the names: volumes, their unit and the price."""
    for name in made.of("uraian")[:1]:
        spread = [c.col for c in made.columns.values() if c.path == name.path and c.col > name.col]
        *volumes, price = [col for col in spread if made.content[col].is_numeric] or [name.col]
        totals = [c.col for c in made.of("jumlah", "anggaran") if c.path != name.path] if volumes else []
        for _, told in products_told(made, ((*volumes, price, total) for total in totals)):
            unit = next((col for col in spread if made.content[col].units), None)
            roles = dict.fromkeys(volumes, "volume") | {price: "harga", unit: "satuan"}
            for col in spread:  # in place of what its content alone was taken for
                old = made.columns[col]
                made.columns[col] = replace(old, role=roles.get(col, "bagian"), evidence=(*old.evidence[:1], told))
            return


def _volume_in_parts(made: Layout, total: int) -> None:
    """People and months beside each other: the volume is their product, where only that times the price is the amount."""
    prices = [c.col for c in made.of("harga") if made.content[c.col].is_numeric]
    some = [c.col for c in made.of("volume", "periode", "") if made.content[c.col].is_numeric and c.col < total]
    if not {c.col for c in made.of("volume")} & {*some} or len(some) < 2:
        return
    for size, price in combinations((1, 2, 3), prices):
        ways = subsets([col for col in some if col < price][-4:], size)
        for columns, told in products_told(made, ((*own, price, total) for own in ways)):
            own = columns[:size]
            for row in made.region.rows if size > 1 else ():
                counts = [value for col in own if (value := made.value(row, col))]
                if len(counts) == size:
                    made.settle(row, own[0], Amount(prod(counts, start=Decimal(1))))
            if size > 1 or made.columns[own[0]].role != "volume":
                of = f"{' × '.join(made.columns[col].letter for col in own)}; " if size > 1 else ""
                made.change(own[0], "volume", of + told)
            for col in own[1:]:
                made.change(col, "bagian", "bagian dari volume")
            return


def _price_in_parts(made: Layout) -> None:
    """Wage and material beside each other below "Harga Satuan", and no column for what they add up to: the price is their sum."""
    prices = [c.col for c in made.of("harga") if c.path[:-1]]
    above = {made.columns[col].path[:-1] for col in prices}
    for volume, total in combinations(made.of("volume"), made.of("jumlah", "anggaran")) if len(prices) > 1 == len(above) else ():
        sums = [sum(filter(None, own), Decimal(0)) for own in zip(*map(made.values, prices), strict=True)]
        held = zip(made.values(volume.col), made.values(total.col), sums, strict=True)
        hits = [comes_out(count * price, amount) for count, amount, price in held if count and amount and price]
        alone = max(product_rows(made, volume.col, col, total.col)[0] for col in prices)
        if mostly(sum(hits), len(hits), 2) and alone < sum(hits):
            for row, price in zip(made.region.rows, sums, strict=True):
                if price:
                    made.settle(row, prices[0], Amount(price))
            made.change(prices[0], "harga", "jumlah semua kolom di bawah judul harganya")
            for col in prices[1:]:
                made.change(col, "bagian", "bagian dari harga satuan")
            return


def _volume_called_amount(made: Layout) -> None:
    """volume × price = amount says which column is which, whatever they are called ("Jumlah | Harga | Jumlah", "Frekwensi")."""
    known, prices, sums, unknown = (
        [c.col for c in made.of(*roles) if made.content[c.col].is_numeric]
        for roles in (("volume",), ("harga",), ("jumlah", "anggaran"), ("",))
    )
    proven = False
    for (_, _, total), told in products_told(made, combinations(known, prices, sums), 1):
        proven = True
        if not made.columns[total].product:
            made.change(total, made.columns[total].role, told)
    for volumes, least in () if proven else ((sums, 1), (unknown, 2)):
        ways = (way for way in combinations(volumes, prices, sums) if way[0] != way[2])
        for (volume, *_), told in products_told(made, ways, least):
            made.change(volume, "volume", told)
            return


def price_called_amount(made: Layout) -> None:
    """Without a price column, or where none multiplies out beside a tax: an amount, or rupiah nobody knows ("Honor"), that times
    the volume gives an amount further right is the price; times all volumes where there are several (people, months)."""
    parts = made.of("harga")  # of the price that multiplies out: without its tax
    if parts and (not made.of("pajak") or any(c.product for c in made.columns.values())):
        return
    factors = [c.col for c in made.of("volume", "periode") if made.content[c.col].is_numeric]  # "Bulan": how many
    sums = [c.col for c in made.of("jumlah", "anggaran") if made.content[c.col].is_numeric]
    prices = [*sums, *(c.col for c in made.of("") if made.content[c.col].is_money and not c.period)]
    volumes = [(v,) for v in factors] + ([tuple(factors)] if len(factors) > 1 else [])
    ways = ((*own, price, total) for own in volumes for price in prices for total in sums if total > price)
    for (*own, price, total), told in products_told(made, ways):
        periods = ((c.col, "volume") for c in made.of("periode") if c.col in own)
        before = ((c.col, "bagian") for c in parts)
        for col, role in (*periods, *before, (price, "harga"), (total, made.columns[total].role)):
            made.change(col, role, told)
        return
