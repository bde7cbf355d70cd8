"""Which of the four kinds a region is, and which of its columns are the amounts that are summed.

"No table here" is a right answer: without names, or without figures that mean money, a target or a price, there is none.
Habits served: groups of columns with or without their total; quarters with a total; price zones; plan columns and
percentages beside the money; a volume that is the year's target.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_xl.foreign.analysis import priced_by_place, priced_by_unit
from kinerja_xl.foreign.ledger import (
    RUNNING,
    alike,
    amounts_only,
    another_document,
    budgets_called_change,
    growing,
    made_up,
    months_as_rows,
    no_rival,
    of_another_trade,
    proven_pair,
    running_months,
    spent_and_left,
    unnamed_spending,
    why_none,
)
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, RAB, REALISASI
from kinerja_xl.foreign.results import beside_the_unit, grouped, only_figures, reached
from kinerja_xl.foreign.targets import figures, is_large, is_list, largest_periods, same, targets, total_beside
from kinerja_xl.foreign.targets import version as _version
from kinerja_xl.regions.facts import ROWS, picked_from, row_sum_of, row_total, whole_among
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.words import is_total, total_among
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import is_year, years_in


@dataclass(slots=True)
class Purpose:
    """``amounts``: sum name → its columns (one, or several that are parts, zones or periods). ``why``: for kind none,
    a short Indonesian reason. ``rivals``: amount columns that were not chosen although they might be meant."""

    kind: str
    amounts: dict[str, list[int]] = field(default_factory=dict)
    why: str = ""
    rivals: dict[str, list[int]] = field(default_factory=dict)
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    settled: bool = False

    @property
    def listed(self) -> bool:
        """A list of indicators without any figure (an IKU decree)."""
        return self.kind == INDIKATOR and not self.amounts

    @property
    def main(self) -> list[int]:
        """All amount columns, without repeats."""
        return list(dict.fromkeys(col for cols in self.amounts.values() for col in cols))


def purpose(made: Layout, title: str, wanted: str | None = None) -> Purpose:
    """The kind of a region. ``title``: the text above it. ``wanted``: what the user said it is (``--sebagai``)."""
    if not made.of("uraian", "indikator", "kode", "sasaran", "nomor"):
        return Purpose(NONE, why="tidak ada kolom uraian atau kode")
    if not any(made.content[c].filled for c in made.columns):
        return Purpose(NONE, why="hanya judul kolom, tidak ada baris yang terisi", settled=True)
    if wanted is None and (why := another_document(made, title) or of_another_trade(made)):
        return Purpose(NONE, why=why, settled=True)
    budgets_called_change(made)
    months_as_rows(made)
    grouped(made)
    if made.of("indikator"):
        only_figures(made, title)
        beside_the_unit(made)
    reached(made)
    kind = wanted or _kind(made, title)
    chosen = {RAB: _rab, REALISASI: _realisasi, INDIKATOR: _indikator, HARGA: _harga}.get(kind)
    found = chosen(made, title) if chosen else Purpose(NONE, why=why_none(made))
    found.rivals = {name: others for name, others in found.rivals.items() if others}
    return found if wanted else _only_money(made, found)


def _only_money(made: Layout, found: Purpose) -> Purpose:
    """A table of indicators in which no target and no result was filled in, but budget and realisasi were: it holds the money."""
    blank = not any(made.content[col].filled for name in ("target", "realisasi") for col in found.amounts.get(name, ()))
    if found.kind != INDIKATOR or not blank or not {"anggaran", "realisasi_anggaran"} <= set(found.amounts):
        return found
    return Purpose(REALISASI, {"anggaran": found.amounts["anggaran"], "realisasi": found.amounts["realisasi_anggaran"]})


def money(made: Layout, columns: list[Column]) -> list[Column]:
    """Those that hold rupiah: by their size or heading, or because volume and price stand beside them."""
    if figures(made, "volume") and figures(made, "harga"):
        return [c for c in columns if made.content[c.col].nonzero or made.content[c.col].waiting]
    named = [c.col for c in columns if c.money or c.role == "anggaran"]
    return [c for c in columns if made.content[c.col].is_money or c.col in named and made.content[c.col].nonzero]


def _kind(made: Layout, title: str) -> str:
    budget = money(made, figures(made, "jumlah", "anggaran"))
    spent, prices = made.of("realisasi"), figures(made, "harga")
    if len(prices) == 1 and not (budget or made.of("satuan")) and _added_up(made, prices[0]):
        made.change(prices[0].col, "jumlah", "totalnya tercetak di bawahnya: harga seluruhnya, bukan harga satuan")
        budget, prices = prices, []
    targets = figures(made, "target") or [c for c in made.of("target") if (it := made.content[c.col]).united and not it.is_worded]
    plans = figures(made, "rencana")
    if not budget and _rupiah_targets(made, targets or (plans if len(plans) == 1 else [])):
        budget, targets = made.of("anggaran"), []
    if made.of("indikator") and (made.of("target") or figures(made, "realisasi", "volume")):
        return INDIKATOR
    if budget and not spent:
        spent = running_months(made)
    if budget and not spent:
        spent = unnamed_spending(made, budget, money(made, figures(made, "", "jumlah")), "" if _SPENDING(title) else title)
    if budget and not spent and _SPENDING(title):
        spent = _months(made) or spent_and_left(made, budget)
    if spent and budget:
        paid = money(made, figures(made, "realisasi"))
        return INDIKATOR if targets and not paid and made.first("satuan") is not None else REALISASI
    if targets and (made.first("satuan") is not None or made.of("realisasi")) and not budget:
        return INDIKATOR
    if len(prices) > 1 and not (made.of("volume") or totalled(made)) and any(row_sum_of(made, c, prices) for c in budget):
        for column in budget:  # "Harga Material | Harga Upah | Total Harga": the price of one
            made.change(column.col, "harga", "jumlah kolom-kolom harga, tanpa volume dan tanpa jumlah di bawahnya")
        budget = []
    if prices and not budget and not figures(made, "volume"):
        return HARGA
    if priced_by_unit(made, title, budget) or priced_by_place(made, title):
        return HARGA
    if budget:
        return RAB
    return INDIKATOR if targets or is_list(made, title) else NONE


def totalled(made: Layout) -> bool:
    """Whether a total is printed: prices of units have none."""
    cells = (v for row in made.region.rows[:ROWS] for v in made.region.grid.rows[row])
    return any(map(is_total, {v for v in cells if v.__class__ is str}))


def _added_up(made: Layout, price: Column) -> bool:
    """Whether the first total below is the sum of what stands above it, as prices called those of a unit should not have it."""
    pairs = [(at, v) for at, v in zip(made.region.rows, made.values(price.col), strict=True) if v is not None]
    texts = ([v for v in made.region.grid.rows[at] if isinstance(v, str)] for at, _ in pairs)
    end = next((i for i, some in enumerate(texts) if total_among(some)), 0)
    return end > 1 and pairs[end][1] == sum(v for _, v in pairs[:end]) and "satuan" not in fold(price.name)


def _rupiah_targets(made: Layout, targets: list[Column]) -> bool:
    """ "Target" of income, "Rencana" of a school is the budget: rupiah by its size, no unit of measure, no indicator."""
    if not targets or made.of("indikator", "satuan", "volume"):
        return False
    paid = money(made, figures(made, "realisasi"))
    if bool(paid) != bool(made.of("realisasi")) or not all(is_large(made, c) for c in (*targets, *paid)):
        return False
    for column in targets:
        made.change(column.col, "anggaran", "angkanya rupiah, tanpa satuan: anggaran")
    return True


_SPENDING = kata("serapan")


def _months(made: Layout) -> list[Column]:
    """Columns that are only called after months or quarters, below a title that says realisasi."""
    periods = [c for c in figures(made, "") if c.period.startswith(("b", "tw"))]
    for column in periods:
        made.change(column.col, "realisasi", "bulan di bawah judul realisasi")
    return made.of("realisasi")


PARTS = kata("bagian_anggaran")
"""Kinds of spending and sources of money: columns called so are parts of one amount."""


def _rab(made: Layout, title: str) -> Purpose:
    columns = _seen(made, figures(made, "jumlah", "anggaran"))
    if not columns:
        return Purpose(NONE, why="tidak ada kolom jumlah yang berisi angka")
    for column in columns if len(columns) > 1 else ():  # a source or unit among others under one heading, called "APBD"
        upper = column.path[:-1]
        parts = [c for c in made.columns.values() if upper and c.path[:-1] == upper and made.content[c.col].is_numeric]
        total = next((c for c in columns if c not in parts and len(parts) > 1 and row_total(made, c.col, parts)), None)
        if total is not None:
            made.make_parts(parts, total.col)
    columns = _seen(made, figures(made, "jumlah", "anggaran"))
    found = Purpose(RAB)
    rupiah = money(made, columns) or columns
    products = [c for c in rupiah if c.product]
    # each version, year or cost has its own volume and price; else the amount is only printed again
    versions = len({c.path[:-1] for c in products}) > 1 or len({c.period for c in products} - {""}) > 1
    family = [c for c in rupiah if products and c.path[1:] and c.path[:-1] == products[0].path[:-1] and PARTS(fold(c.name))]
    one = [] if versions else family if len(family) > 1 and products[0] in family else products[:1]
    chosen = _with_more(made, products, found) or one or _total_or_all(made, rupiah, found, "jumlah")
    found.amounts["jumlah"] = [c.col for c in _times(made, chosen, rupiah)]
    if chosen == one and (later := [c for c in rupiah if _version(c) > max(1, _version(one[0]))]):
        last = max(later, key=lambda c: (_version(c), c.col))  # "Jumlah | Jumlah Revisi": volume and price are of the first
        found.amounts["jumlah"], found.rivals["jumlah"] = [last.col], [c.col for c in (*one, *later) if c is not last]
    return found


def _seen(made: Layout, columns: list[Column]) -> list[Column]:
    """Those that are seen; the hidden ones only where none is (an old price, last year's budget is often only hidden)."""
    return [c for c in columns if c.col + 1 not in made.region.grid.hidden_cols] or columns


def _times(made: Layout, chosen: list[Column], columns: list[Column]) -> list[Column]:
    """Of an amount for a month and a later one that is the same number of times as much on every row, the later one."""
    for column in [c for c in columns if c.col > chosen[0].col] if len(chosen) == 1 else ():
        pairs = [*zip(made.values(chosen[0].col), made.values(column.col), strict=True)]
        ratios = {b / a for a, b in pairs if a and b}
        if len(ratios) == 1 and min(ratios) in range(2, 13) and sum(map(all, pairs)) > 2:
            made.change(chosen[0].col, "bagian", f"kolom {column.name} {min(ratios)} kali kolom ini")
            return [column]
    return chosen


def beside(made: Layout, amounts: list[int], *roles: str) -> list[Column]:
    """The columns of some roles under the amount's own group heading ("Setelah Pergeseran" has its volume and price, and
    so has "Sebelum Pergeseran"), or between it and the amount before it; all of them where none stands there."""
    columns = made.of(*roles)
    upper = made.columns[amounts[0]].path[:-1] if amounts else ()
    own = [c for c in columns if upper and c.path[: len(upper)] == upper]
    before = max((c.col for c in made.of("jumlah", "anggaran") if amounts and c.col < amounts[0]), default=-1)
    factors = [c for c in made.of("volume", "harga", *roles) if amounts and before < c.col < amounts[0]]
    near = [c for c in factors if c.role in roles] if {"volume", "harga"} <= {c.role for c in factors} else []
    return own or near or columns


def _with_more(made: Layout, products: list[Column], found: Purpose) -> list[Column]:
    """The amount that holds more than volume × price: with the tax beside it (asked, for both are in use), or the total
    of several costs of one line (uang harian + transport + penginapan = jumlah); [] when there is none."""
    rupiah = [c for c in figures(made, "jumlah", "anggaran", "") if not c.period and money(made, [c])]
    taxes = figures(made, "pajak")
    for total in (c for c in reversed(rupiah) if c.role != "" and c not in products):
        parts = [c for c in rupiah if c.col < total.col]
        costs = [c for c in parts if products and c.col > products[0].col]  # what it costs to send it
        if taxes and len(products) == 1 and any(row_sum_of(made, total, [*products, *taxes, *some]) for some in ([], costs)):
            found.rivals["jumlah"] = [products[0].col]
            return [total]
        if len(parts) > 1 and set(products) <= set(parts) and row_sum_of(made, total, parts):
            made.make_parts(parts, total.col)
            return [total]
    return []


def _realisasi(made: Layout, title: str) -> Purpose:
    found = Purpose(REALISASI)
    plan = figures(made, "anggaran")  # "DPA" may be a column of dashes until there is one
    budget = plan if any(made.content[c.col].nonzero for c in plan) else money(made, figures(made, "jumlah")) or plan
    spent = largest_periods(amounts_only(made, [c for c in made.of("realisasi") if not made.content[c.col].is_text]))
    if not budget or not spent:
        return Purpose(NONE, why="tidak ada kolom anggaran dan realisasi yang berisi angka")
    spent = _with_now(made, budget, spent) if len(spent) == 1 else spent
    named = [c for c in budget if c.evidence[:1] and c.evidence[0].startswith("judul")]
    budget = [c for c in budget if c in named or not any(same(made, c, other) for other in named)]
    found.amounts["anggaran"] = [c.col for c in _total_or_all(made, budget, found, "anggaran")]
    found.amounts["realisasi"] = [c.col for c in _total_or_all(made, spent, found, "realisasi")]
    if found.amounts["anggaran"] == found.amounts["realisasi"]:  # the sum of what was spent is no budget
        return Purpose(NONE, why="ada kolom realisasi, tetapi tidak ada kolom anggaran di sampingnya")
    years = [{made.columns[col].period for col in found.amounts[name]} for name in ("anggaran", "realisasi")]
    if years[0] == years[1] and all(map(is_year, years[0])):  # of several years the budget's is meant
        found.rivals.pop("realisasi", None)
    _in_force(made, found)
    parts = [made.columns[c] for c in found.amounts["realisasi"]]
    unclear = found.rivals or len(found.amounts["realisasi"]) > 1 == len(found.amounts["anggaran"])
    if unclear and (pair := proven_pair(made, budget, spent)):
        found.amounts, found.rivals = {"anggaran": [pair[0].col], "realisasi": [pair[1].col]}, {}
        if named and pair[0] not in named:  # the cash plan until now, or the budget in force?
            found.rivals["anggaran"] = [c.col for c in named]
        for column in pair:
            made.change(column.col, column.role, "sisa atau persen pada lembar ini dihitung dari kolom ini")
    elif found.rivals.get("anggaran") and (whole := made_up(made, budget, ([*parts, left] for left in made.of("sisa")))):
        found.amounts["anggaran"] = [whole[0].col]
        found.rivals.pop("anggaran")
    elif len(found.amounts["anggaran"]) == 1 and (last := growing(made, made.columns[found.amounts["anggaran"][0]], spent)):
        column, sure = last
        _running(made, column, spent)
        found.rivals |= {} if sure else {"realisasi": [col for col in found.amounts["realisasi"] if col != column.col]}
        found.amounts["realisasi"] = [column.col]
    return found


def _with_now(made: Layout, budget: list[Column], spent: list[Column]) -> list[Column]:
    """Spent before + asked for now = spent up to now, and it is this that the remainder is reckoned from: it is the realisasi."""
    unknown = [c for c in money(made, figures(made, "", "jumlah")) if c not in budget]
    pair = None if proven_pair(made, budget, spent) else proven_pair(made, budget, unknown)
    if pair is None or not any(row_sum_of(made, pair[1], [*spent, c]) for c in unknown if c.col != pair[1].col):
        return spent
    made.make_parts(spent[:1], pair[1].col)
    made.change(pair[1].col, "realisasi", "sisa atau persen pada lembar ini dihitung dari kolom ini")
    return [made.columns[pair[1].col]]


def _in_force(made: Layout, found: Purpose) -> None:
    """Realisasi is measured against the budget in force: after the change, where murni stands beside it."""
    chosen = made.columns[found.amounts["anggaran"][0]]
    rivals = [made.columns[col] for col in found.rivals.get("anggaran", ())]
    if _version(chosen) > 1 and all(0 < _version(c) < _version(chosen) for c in rivals):
        found.rivals.pop("anggaran", None)


def _running(made: Layout, last: Column, spent: list[Column]) -> None:
    """Quarters that hold the ones before, without saying so, are no quarters of their own: their periods go."""
    said = RUNNING(last.name)
    for column in spent:
        period = column.period if said else "sd" if column.col == last.col else "lalu"
        made.change(column.col, column.role, "angka tiap masa memuat masa sebelumnya", period=period)


def _indikator(made: Layout, title: str) -> Purpose:
    amounts, rivals = targets(made, title)
    names = ("anggaran", "realisasi_anggaran")
    plan, paid = ([made.columns[c] for c in (*amounts.get(name, ()), *rivals.get(name, ()))] for name in names)
    if (len(plan) > 1 or len(paid) > 1) and (pair := proven_pair(made, plan, paid)):
        amounts |= {name: [column.col] for name, column in zip(names, pair, strict=True)}
        rivals = {name: cols for name, cols in rivals.items() if name not in names}
    if amounts or is_list(made, title):
        return Purpose(INDIKATOR, amounts, rivals=rivals)
    found = _realisasi(made, title)  # "Indikator keluaran" may only tell what was bought with the money
    if found.amounts and all(made.content[cols[0]].nonzero for cols in found.amounts.values()):
        return found
    return Purpose(NONE, why="tidak ada kolom target atau realisasi")


def _harga(made: Layout, title: str) -> Purpose:
    columns = [c for c in figures(made, "harga") if made.content[c.col].nonzero]
    if not columns:
        return Purpose(NONE, why="tidak ada kolom harga yang berisi angka")
    beside = [c for c in figures(made, "harga", "pajak", "persen", "") if not c.period]
    for total in columns[::-1] if len(columns) > 1 else ():  # wage + material + tools, the shop's price + tax, what vendors ask
        parts = [c for c in columns if c.col != total.col]
        more = [c for c in beside if columns[0].col <= c.col < total.col]
        more = more if any(c.role not in ("harga", "pajak") for c in more) else []  # with or without tax: both are in use
        added = any(len(some) > 1 and row_sum_of(made, total, some) for some in (parts, more))
        before = [c for c in parts if c.col < total.col and not same(made, c, total)]  # "Harga Terendah | Harga Dipakai"
        if added or (len(before) > 1 and picked_from(made, total, before)):
            made.make_parts({*parts, *(more if added else ())}, total.col)
            made.change(total.col, "harga", "jumlah kolom-kolom lainnya" if added else "dipilih dari kolom-kolom lainnya")
            return Purpose(HARGA, {"harga": [total.col]})
    years = {c.col: max(years_in(" ".join(c.path)), default="") for c in columns}
    if len(set(years.values())) == len(columns):  # "SSH 2025 | SSH 2026": the year that the title names, else the last
        columns.sort(key=lambda c: (years[c.col] in years_in(title), years[c.col]), reverse=True)
    return Purpose(HARGA, {"harga": [c.col for c in columns]})


def _total_or_all(made: Layout, columns: list[Column], found: Purpose, name: str) -> list[Column]:
    """One column that is the sum of the others, else the last version of the same thing, else what adds them up right behind
    them (or behind that of what was planned), whatever it is called ("Awal (Rp)"), else all of them as parts."""
    parts = _chosen(made, columns, found, name) if len(columns) > 1 else columns
    last = max((c.col for c in columns), default=0)
    later = [c for col, c in sorted(made.columns.items()) if col > last and made.content[col].nonzero]
    after = next((c for c in later if c.role != "rencana"), None)
    if len(parts) > 1 and after is not None and after.role in ("", "jumlah") and row_sum_of(made, after, parts):
        if name != "realisasi" or not total_beside(made, columns):
            made.change(after.col, name, "jumlah kolom-kolom di kirinya")
        made.make_parts(parts if name == "jumlah" else (), after.col)
        return [made.columns[after.col]]
    return parts


def _chosen(made: Layout, columns: list[Column], found: Purpose, name: str) -> list[Column]:
    # two tahap of the same size are no sum of each other
    if (len(columns) > 2 or name == "jumlah") and (whole := whole_among(made, columns)):
        return [whole]
    for total in reversed(columns):
        for part in alike([c for c in columns if c.col != total.col]):
            if len(part) < len(columns) - 1 and row_sum_of(made, total, part):
                made.change(total.col, total.role, f'sama dengan jumlah kolom-kolom "{part[0].path[-1]}"')
                return [made.columns[total.col]]
    versions = [c for c in columns if _version(c)] if len({_version(c) for c in columns}) > 1 else []
    last = max(columns, key=lambda c: (_version(c), c.col))
    if len(versions) >= 2 or (_version(last) > 1 and not any(c.period or c.path[1:] for c in columns if c not in versions)):
        newer = [c for c in columns if not (_version(c) or c.period) and c.col > last.col and c.path[:-1] == last.path[:-1] != ()]
        found.rivals |= {name: others} if (others := [c.col for c in (*versions, *newer) if c.col != last.col]) else {}
        return [last]
    years = {c.period for c in columns if is_year(c.period)}
    if len(years) > 1 and name in ("anggaran", "realisasi", "jumlah"):
        latest = [c for c in columns if c.period == max(years)]
        if len(latest) == 1:
            found.rivals[name] = [c.col for c in columns if c.col != latest[0].col]
            return latest
    totals = [c for c in columns if c.period in ("sd", "total")]
    if len(totals) > 1 and any(c.period == "lalu" for c in columns) and totals in alike(columns):
        return totals
    if len(totals) == 1:
        found.rivals[name] = [c.col for c in columns if c.col != totals[0].col]
        return totals
    if any(not c.period and len(c.path) == 1 for c in columns) and name in ("jumlah", "anggaran"):
        now = [c for c in columns if _version(c) != 1] or columns  # "Pagu | Usulan Revisi": what is only asked for is none yet
        one = now[-1] if name == "jumlah" else now[0]
        if others := [c.col for c in columns if c is not one and not no_rival(made, c, one)]:
            found.rivals[name] = others
        return [one]
    return columns
