"""Which columns of a table of indicators are its targets, its results and its money.

Habits served: K and Rp side by side under every heading (Renstra, Renja, E.81); one column per year of the plan; the target
of the year beside that of the plan's end; last year's figures beside this year's; quarters with or without their sum;
targets counted in percent ("Target (%)"); a quantity, quality, time and cost under one "Target" (SKP).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from string import digits

from kinerja_xl.regions.facts import holds, is_share, mostly, row_sum_of, whole_among, year_rows
from kinerja_xl.regions.model import PARTS_OF_YEAR, Column, Layout
from kinerja_xl.regions.words import word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import Finder, kata
from kinerja_xl.words.periods import numeral
from kinerja_xl.words.shapes import years_in

RUPIAH = 100_000
"""Results of at least this size beside targets that are small are money."""
NEAR = Decimal("0.05")
"""How close the sum of targets has to come: they are small, and have decimals."""
_PLAN = kata("rencana_jangka_panjang")
"""Words of a longer plan, of other levels: not the figure of the year."""
_NO_DIGITS = str.maketrans("", "", digits)
_SO_FAR = kata("sampai", "kumulatif")
_PAST = kata("lalu", "sampai_tahun", "perkiraan")
_LAST_YEAR = kata("tahun_sebelum")
_OUTPUT = kata("keluaran")
_QUANTITY = kata("kuantitas")


def figures(made: Layout, *roles: str) -> list[Column]:
    """Columns of these roles that hold figures (or nothing at all, but no words)."""
    return [c for c in made.of(*roles) if made.content[c.col].figures and not made.content[c.col].is_text]


Choice = dict[str, list[int]]
"""Name of a sum → its columns."""


def targets(made: Layout, title: str) -> tuple[Choice, Choice]:
    """The amounts of a table of indicators (target, realisasi, anggaran, realisasi_anggaran), and per name the columns that
    might be meant as well; nothing where the table has neither targets nor results."""
    amounts: Choice = {}
    rivals: Choice = {}
    rupiah = _rupiah(made)
    money = {c.col for c in [*rupiah, *(c for c in made.of("target", "realisasi") if _named_money(c))]}
    planned = largest_periods([c for c in made.of("target") if c.col not in money and not _later(c)])
    spent = [c for c in made.of("realisasi") if c.col not in money]
    spent = largest_periods([c for c in spent if not made.content[c.col].is_worded] or spent)
    yearly = [c for c in (made.of("volume") or made.of("rencana")) if c.col not in money and not _later(c)]
    if not any(not _is_part(c) for c in planned) and yearly:
        column = yearly[0]
        made.change(column.col, "target", "volume atau rencana setahun adalah target")
        planned.append(made.columns[column.col])
    first = min(dated, default="") if all(dated := [_year(c) for c in planned if not _is_part(c)]) else ""
    if any(not _LAST_YEAR(_text(c)) for c in planned) and all(_LAST_YEAR(_text(c)) or "" < _year(c) < first for c in spent):
        for column in spent:  # what was reached before this year's target is no result of it
            made.change(column.col, "lain", "tahun sebelumnya, bukan hasil target ini")
        spent = []
    if not planned and not spent:
        return {}, {}
    year = _year_meant(title, planned, spent)
    pair = _one_pair(planned, spent)
    if pair and year == _year(pair[0]) and any(map(_PAST, map(_text, pair))):  # only the heading of the year before has one
        year = ""
    pair = None if year else pair
    if pair is not None:
        planned, spent = _pair_first(planned, pair[0], rivals, "target"), _pair_first(spent, pair[1], rivals, "realisasi")
    chosen = _pick(made, planned, rivals, "target", year)
    if chosen:
        amounts["target"] = [c.col for c in chosen]
    results = total_beside(made, spent) or _pick(made, spent, rivals, "realisasi", year or _only_year(chosen))
    if results:
        amounts["realisasi"] = [c.col for c in results]
    if year and len(_years(planned) & _years(spent)) > 1 and years_in(title) != [year]:
        for name, columns in (("target", planned), ("realisasi", spent)):
            rivals[name] = [c.col for c in columns if _year(c) != year and not _is_part(c)]
    elif year.isdigit() and len(planned) == 2 and len(spent) == 1:
        later = [c.col for c in planned if _year(c) == str(int(year) + 1) and not (_is_part(c) or _PLAN(_text(c)))]
        rivals |= {"target": later} if later else {}  # "Target 2024 | Realisasi 2024 | Target 2025": the plan of which year?
    for name, columns in _money(made, rivals, rupiah, chosen, results, year):
        amounts[name] = [c.col for c in columns]
    return amounts, rivals


_DEFINED = kata("kinerja")


def is_list(made: Layout, title: str) -> bool:
    """A list of indicators without a column for figures, as an IKU is decreed: name, unit, formula, source, responsible."""
    named = [c for c in made.of("indikator") if made.content[c.col].letters >= 8 * max(made.content[c.col].words, 1)]
    if not named or made.content[named[0].col].words < 2 or made.of("target", "realisasi", "volume", "persen"):
        return False
    told = [c for c in made.of("satuan", "keterangan", "sasaran") if made.content[c.col].words]
    words = " ".join([title, *(text for c in made.columns.values() for text in c.path)])
    return len(told) >= 2 and not figures(made, "") and bool(_DEFINED(words))


def _money(
    made: Layout, rivals: Choice, rupiah: list[Column], planned: list[Column], results: list[Column], year: str
) -> Iterator[tuple[str, list[Column]]]:
    """The money that stands beside the chosen figures; a plan and what was spent of it."""
    plan = [c for c in rupiah if c.role != "realisasi" and not _later(c)]
    spent = [c for c in rupiah if c.role == "realisasi"]
    for name, columns, beside in (("anggaran", plan, planned), ("realisasi_anggaran", spent, results)):
        groups = {c.path[:-1] for c in beside if len(c.path) > 1}
        paired = [c for c in columns if c.path[:-1] in groups]
        own = paired if len(paired) == len(beside) > 0 else columns
        if chosen := _pick(made, own, rivals, name, year or _only_year(beside)):
            yield name, chosen


def _rupiah(made: Layout) -> list[Column]:
    """The columns of money: by their headings, or by their size beside other columns of that name."""
    for column in figures(made, "persen"):  # "Capaian Kinerja dan Kerangka Pendanaan | 2025 | Rp"
        if column.money and is_large(made, column):
            made.change(column.col, "anggaran", "angkanya rupiah, bukan persen")
    columns = [c for c in figures(made, "target", "realisasi", "anggaran", "jumlah") if made.content[c.col].nonzero]
    columns += [c for c in figures(made, "", "rencana") if c.money and made.content[c.col].nonzero]  # "2024" above Rp
    named = [c for c in columns if _named_money(c)]
    rest = [c for c in columns if c not in named]
    counted = {c.role for c in (*rest, *made.of("target")) if not is_large(made, c)}  # "100 %" is a target as well
    counted |= {"realisasi"} if "target" in counted else set()  # of small targets no result is that large
    small = [c for c in rest if not is_large(made, c)]
    costs = {c.col for c in rest for d in small if c.role == d.role and mostly(*holds(made, (c.col, d.col), Decimal.__gt__), 2)}
    large = [c for c in rest if is_large(made, c) and (c.role == "jumlah" or c.role in counted and (named or c.col in costs))]
    return sorted([*named, *large], key=lambda c: c.col)


def _named_money(column: Column) -> bool:
    return column.money or column.role == "anggaran"


def is_large(made: Layout, column: Column) -> bool:
    content = made.content[column.col]
    return content.is_money and content.largest >= RUPIAH


def _later(column: Column) -> bool:
    """Prakiraan maju: the year after."""
    return any(word(text).role == "maju" for text in column.path)


def _is_part(column: Column) -> bool:
    """A quarter, half year or month by itself ("s.d. Triwulan II" is the sum so far)."""
    return column.period.startswith(PARTS_OF_YEAR) and not any(_SO_FAR(text) for text in column.path)


def so_far(column: Column) -> bool:
    """What holds this month and all before it ("s.d. Bulan Ini"), not what was so far last month."""
    return any(_SO_FAR(text) for text in column.path) and not any(map(_PAST, map(fold, column.path)))


def largest_periods(columns: list[Column]) -> list[Column]:
    """Without the months of a quarter that has a column of its own: "Jan | Feb | Mar | TW I" is one realisasi, not two."""
    quarters = {c.period for c in columns}
    months = {f"b{month:02d}" for month in range(1, 13) if f"tw{(month + 2) // 3}" in quarters}
    return [c for c in columns if c.period not in months]


def _text(column: Column) -> str:
    return fold(" ".join(column.path))


def _year(column: Column) -> str:
    """The year that a column's heading names (the deepest one), or t1 … t9."""
    years = [found for text in column.path for found in years_in(text)]
    return years[-1] if years else column.period if column.period[:1] == "t" and column.period[1:].isdecimal() else ""


def _years(columns: Iterable[Column]) -> set[str]:
    return {year for c in columns if not _is_part(c) and (year := _year(c))}


def by_year(columns: Sequence[Column]) -> bool:
    """Whether each column holds another year of a plan: no parts of one figure."""
    return len(columns) > 1 and len(_years(columns)) == len(columns)


def _only_year(columns: list[Column]) -> str:
    years = _years(columns)
    return years.pop() if len(years) == 1 else ""


def _year_meant(title: str, planned: list[Column], results: list[Column]) -> str:
    """The one year that has a target and a result ("Realisasi 2023 | Target 2024 | Realisasi 2024"); of two beside each other,
    each with both, the later: this year and the one before (LKjIP); of more the one that a title of no longer plan names."""
    own = [_years(planned), _years(results)]
    both = sorted(own[0] & own[1])
    pairs = all(len([c for c in columns if not _is_part(c)]) == 2 for columns in (planned, results))
    if len(both) == 1 or (len(both) == 2 and pairs and all(map(str.isdigit, both)) and int(both[1]) - int(both[0]) == 1):
        return both[-1]
    told = {*years_in(title)} if results and any(own) and not _PLAN(fold(title)) else set()
    return told.pop() if len(told) == 1 and all(told <= years for years in own if years) else ""


def _one_pair(planned: list[Column], results: list[Column]) -> tuple[Column, Column] | None:
    """The only target and result under one heading ("Target dan Realisasi Tahun Lalu") among several of both."""
    if min(len([c for c in planned if not _is_part(c)]), len([c for c in results if not _is_part(c)])) < 2:
        return None
    found = [
        (t, r) for t in planned for r in results
        if len(t.path) > 1 and t.path[:-1] == r.path[:-1] and not _is_part(t) and not _is_part(r)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _pair_first(columns: list[Column], chosen: Column, rivals: Choice, name: str) -> list[Column]:
    """The column of the pair; others that are not of a longer plan are asked about."""
    others = [c for c in columns if c is not chosen and not _is_part(c) and not _PLAN(_text(c))]
    if others:
        rivals[name] = [c.col for c in others]
    return [chosen]


def total_beside(made: Layout, spent: list[Column]) -> list[Column]:
    """The column right of the quarters that only says "Total", or "Capaian Tahun" where it is their sum, mean, last or top."""
    parts = [c for c in spent if _is_part(c)]
    if len(parts) < 2 or len(parts) < len(spent):
        return []
    column = made.columns.get(max(c.col for c in parts) + 1)
    reached = column is not None and column.role == "persen" and "%" not in column.name
    rows = [fits for _, fits in year_rows(made, column.col, [c.col for c in parts])] if column is not None and reached else []
    if column is None or not (column.role == "jumlah" or mostly(sum(rows), len(rows), 2)):
        return []
    made.change(column.col, "realisasi", "angka setahun di kanan kolom-kolom realisasi", period="total")
    return [made.columns[column.col]]


def _pick(made: Layout, columns: list[Column], rivals: Choice, name: str, year: str) -> list[Column]:
    """The figure of the year, the years of a plan, or the quarters; what words and sums don't settle is asked."""
    parts = [c for c in columns if _is_part(c)]
    pool = [c for c in columns if not _is_part(c)]
    given = [c for c in pool if made.content[c.col].filled and not _PLAN(_text(c))]
    if not given and any(made.content[c.col].filled for c in parts):
        return parts  # nobody filled in the year's, or only the end of a longer plan stands beside them
    if len(pool) > 1 and len(parts) > 1:
        sums = [c for c in pool if row_sum_of(made, c, parts, near=NEAR)]
        if name == "target" and all(map(so_far, sums)):  # until now: the year's is what the printed percentages are of
            sums = [c for c in pool if not so_far(c) and _measures(made, c)][:1] or sums
        pool = _without(_without(sums, _PLAN), _PAST)[:1] or pool  # a sum that also comes out for last year's is an accident
        if sums:
            made.change(sums[0].col, sums[0].role, "sama dengan jumlah kolom-kolom lainnya")
    if len(pool) == 1 and pool[0].path[1:] and not word(pool[0].path[0]).known:  # the first half year, under another word?
        alike = [c for c in parts if c.path[1:] == pool[0].path[1:]]
        rivals |= {name: [c.col for c in alike]} if alike and not row_sum_of(made, pool[0], alike) else {}
    if len(pool) <= 1:
        return [made.columns[c.col] for c in pool] or parts
    plain = _without(_without(pool, _PLAN), _PAST)
    of_year = [c for c in plain if year and _year(c) == year]
    if len(of_year) == 1:
        return of_year
    series = _series(of_year or pool)
    if series:
        return series
    left = of_year or plain
    if len(left) == 1:
        return left
    if len(left) > 2 and (whole := whole_among(made, left, NEAR)):
        return [whole]
    output = [c for c in left if any(_OUTPUT(fold(text)) for text in c.path[:-1])]
    if len(output) == 1 and name == "target":  # "Capaian Program | Keluaran | Hasil": the output is what counts
        rivals[name] = [c.col for c in left if c is not output[0]]
        return output
    quantity = [c for c in left if any(map(_QUANTITY, map(fold, c.path)))]
    if len(quantity) == 1:
        return quantity
    return _asked(made, left, rivals, name)


def _asked(made: Layout, columns: list[Column], rivals: Choice, name: str) -> list[Column]:
    """The last version, the figures that a percentage confirms, or the first; the others stay possible."""
    versions = [c for c in columns if version(c)]
    so_far = [c for c in columns if any(_SO_FAR(text) for text in c.path)]
    if filled := [c for c in so_far if made.content[c.col].nonzero]:
        chosen = filled[-1]  # each holds the one before: asked where a later one is not filled yet, or two are called alike
        if chosen is so_far[-1] and len({c.period for c in so_far}) == len(so_far):
            columns = [c for c in columns if c is chosen or c not in so_far]
    elif len(versions) >= 2:
        chosen = max(versions, key=lambda c: (version(c), c.col))
    else:
        chosen = next((c for c in columns if _confirmed(made, c)), _beside_names(made, columns))
    if others := [c.col for c in columns if c.col != chosen.col and not same(made, c, chosen)]:
        rivals[name] = others
    return [chosen]


def _beside_names(made: Layout, columns: list[Column]) -> Column:
    """The first right of the indicators with the longest names: a cascade has a column of them per level, each with a target."""
    named = [c.col for c in made.of("indikator") if made.content[c.col].filled]
    longest = max(named, key=lambda col: made.content[col].letters, default=-1)
    return next((c for c in columns if max((col for col in named if col < c.col), default=-1) == longest), columns[0])


def same(made: Layout, one: Column, other: Column) -> bool:
    equal = all(made.value(row, one.col) == made.value(row, other.col) for row in made.region.rows)
    return equal and bool(made.content[one.col].nonzero)


def _confirmed(made: Layout, column: Column) -> bool:
    """Whether a percentage right of it is this figure against the one beside it: 8 = (7/6)."""
    beside = [c.col for c in made.of("target", "realisasi") if abs(c.col - column.col) == 1]
    shares = [c.col for c in made.of("persen") if 0 < c.col - column.col <= 2]
    return any(
        mostly(*holds(made, (*sorted((other, column.col)), share), is_share), 2) for share in shares for other in beside
    )


def _measures(made: Layout, column: Column) -> bool:
    """Whether a percentage says what was reached of this target so far."""
    spent = [c.col for c in made.of("realisasi") if so_far(c)]
    return any(mostly(*holds(made, (column.col, b, c.col), is_share), 2) for b in spent for c in made.of("persen"))


def _series(columns: list[Column]) -> list[Column]:
    """Columns that differ only in their year: the years of a plan; the largest such set."""
    by_stem: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if year := _year(column):
            by_stem[_text(column).replace(year, "", 1) if year[0] != "t" else _text(column).translate(_NO_DIGITS)].append(column)
    best = max(by_stem.values(), key=len, default=[])
    distinct = len({_year(c) for c in best})
    return best if len(best) > 1 and distinct == len(best) and len(best) * 2 > len(columns) else []


def _without(columns: list[Column], words: Finder) -> list[Column]:
    """The columns whose headings have none of these words; all where every one has."""
    return [c for c in columns if not words(_text(c))] or columns


_BEFORE_CHANGE, _AFTER_CHANGE, _NTH_CHANGE = kata("versi_lama"), kata("versi_baru"), kata("perubahan_ke")


def version(column: Column) -> int:
    """1 for the budget before, 2 for after a change, more for a later one ("Perubahan 2", "Perubahan II"); 0 for neither."""
    text = " ".join(column.path)
    nth = _NTH_CHANGE(text)
    return 1 if _BEFORE_CHANGE(text) else 2 + (numeral(nth[1].upper()) or int(nth[1]) if nth else 0) if _AFTER_CHANGE(text) else 0
