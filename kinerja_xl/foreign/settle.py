"""Amounts with two readings, settled by arithmetic before the rows are read; rows shifted to the right are found here too.

Habits served: "21,276,070,424,00" beside a percentage; "1,80,0000" in a row with volume and amount; an export whose later
rows stand one column further right. What arithmetic settles is said; what it does not settle stays without a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from kinerja_xl.regions.model import PARTS_OF_YEAR, Layout
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
    _koefisien_column(made)
    by_product(made)
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
    """No heading says amount: then it is the only unknown column headed "Rupiah"."""
    if made.of("jumlah", "anggaran", "realisasi", "target", "rencana"):
        return
    unknown = [c for c in made.of("") if made.content[c.col].is_money and not made.content[c.col].is_text and not c.period]
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


_FACTORS = (("volume", "periode", "jumlah", "anggaran", ""), ("harga", "jumlah", "anggaran", ""), ("jumlah", "anggaran", ""))
"""What columns may be called that are the volume ("Bulan": how many), the price, the amount."""
_OWN = (("volume", "periode"), ("harga",), ("jumlah", "anggaran"))
_MOST, _LAST = 3, 4
"""Volumes of one amount (people, times, months); columns left of the price that may be some."""


def by_product(made: Layout) -> None:
    """volume × price = amount says which columns these are, though one of the three is called otherwise ("Jumlah | Harga |
    Jumlah", "Honor", a word nobody knows) or the volume stands in parts, people and months beside each other. What the headings
    say comes first, and what it explains is told by nothing else."""
    proven: set[int] = set()
    for cost, columns in sorted(_ways(made)) if made.of(*_OWN[0], *_OWN[1]) else ():
        *volumes, price, total = columns
        size, amount = len(volumes), made.columns[total]
        # a volume has several prices and amounts, but none of them is told by it alone
        own = {price, total, *(col for col in volumes if made.columns[col].role != "volume" or not amount.role)}
        if any(cost) and proven & own:
            continue
        for _, told in products_told(made, [columns], 1 if all(made.columns[col].role for col in columns) else 2):
            proven |= {*columns}
            of = f"{' × '.join(made.columns[col].letter for col in volumes)}; " if size > 1 else ""
            new = ((volumes[0], "volume", of + told), (price, "harga", told), (total, amount.role or "jumlah", told))
            for col, role, why in new:
                if made.columns[col].role != role or (of and role == "volume") or (col == total and not amount.product):
                    made.change(col, role, why)
            one_volume(made, volumes)


def one_volume(made: Layout, volumes: Sequence[int]) -> None:
    """People and months beside each other: the volume is their product."""
    for row in made.region.rows if volumes[1:] else ():
        counts = [value for col in volumes if (value := made.value(row, col))]
        if len(counts) == len(volumes):
            made.settle(row, volumes[0], Amount(prod(counts, start=Decimal(1))))
    for col in volumes[1:]:
        made.change(col, "bagian", "bagian dari volume")


def _ways(made: Layout) -> Iterator[tuple[tuple[int, int, int], tuple[int, ...]]]:
    """Every way to multiply with at most one of the three called otherwise, and what speaks against it: that price or amount is
    called so, parts, that the volume is (one column for it is likelier than parts of it)."""
    filled = sorted(col for col, own in made.content.items() if own.is_numeric or own.is_united)
    numeric = [made.columns[col] for col in filled if col in made.columns]
    volumes, prices, totals = ([c for c in numeric if c.role in names] for names in _FACTORS)
    amounts = made.of(*_OWN[2], "realisasi", "target", "rencana")  # beside them only the third of three is one
    money = {c.col for c in numeric if c.role or (made.content[c.col].is_money and not c.period.startswith(PARTS_OF_YEAR))}
    for size, price, total in combinations(range(1, _MOST + 1), prices, totals):
        odd = (price.role not in _OWN[1]) + (total.role not in _OWN[2])
        if odd > 1 or not {price.col, total.col} <= money or (odd and price.role != "harga" and price.col > total.col):
            continue
        before = [c for c in volumes if c.col < price.col and c.role not in _OWN[2]][-_LAST:] if size > 1 else volumes
        for some in subsets(before, size):
            columns, roles = (*(c.col for c in some), price.col, total.col), {c.role for c in some}
            named = "volume" in roles or (odd and roles == {"periode"} and size == 1)  # months, without a price
            alone = total.role == "" and amounts and columns != (*range(total.col - 2, total.col + 1),)
            if (named or not odd and roles != {"periode"}) and len({*columns}) == size + 2 and not alone:
                yield (odd, size - 1, (not named) + (not all(made.columns[col].role for col in columns))), columns
