"""Results and targets of indicators under other words than "Realisasi" and "Target".

Habits served: "Target (%)" and "Realisasi (%)"; years below a title that says what they hold; "Target | Capaian" of health
centres and schools; a capaian that is the only figure; a word nobody knows, where the percentage shows what it is made of.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from string import digits

from kinerja_xl.foreign.targets import NEAR, RUPIAH, figures, is_large, same, so_far, version
from kinerja_xl.regions.facts import Figures, holds, mostly, remainders, row_sum_of, shares
from kinerja_xl.regions.model import PARTS_OF_YEAR, Column, Layout
from kinerja_xl.regions.words import word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import years_in

_TOLD, _STANDARD = kata("sebutan_target_hasil"), kata("standar_kinerja")


def only_figures(made: Layout, title: str) -> None:
    """Where nothing else is target or result: "Target (%)", "Realisasi (%)", "Standar", "Capaian", years below such a title."""
    for column in made.of("") if not made.of("target", "volume", "rencana") else ():
        texts = made.content[column.col].different
        begun = sum(text.lstrip("<>=≤≥ ")[:1].isdigit() for text in texts)  # "≥ 85 %", not "Permenkes 4/2019"
        if column.path and _STANDARD(fold(column.path[-1])) and begun * 2 >= len(texts):
            made.change(column.col, "target", "standar adalah yang harus dicapai indikatornya")
            for part in (c for c in made.of("") if c.period.startswith(PARTS_OF_YEAR)):
                made.change(part.col, "realisasi", "bulan atau triwulan di samping standarnya")
    told = {found[0] for text in title.lower().split() if (found := _TOLD(text))}
    known, year = made.of("target", "realisasi", "volume", "rencana"), figures(made, "target")
    spans = [c for c in figures(made, "") if c.period.startswith(PARTS_OF_YEAR if known else ("t", *digits))]
    meant = "target" if told == {"target"} else "realisasi" if told and "target" not in told else ""
    if [c.col for c in known] == [c.col for c in year] and len(year) == 1 < len(spans) and _lead_to(made, year[0], spans):
        for column in spans:
            made.change(column.col, "target", "")
    elif meant and (not known or len(known) == len(year) == 1 < len(spans)):
        for column in spans:
            made.change(column.col, meant, f'judul tabel menyebut "{meant if meant in told else min(told)}"')
    for role in ("target", "realisasi"):
        if not made.of(role):
            for column in made.of("persen"):
                if word(column.path[-1] if column.path else "").figure == role:
                    made.change(column.col, role, "target dan hasilnya dihitung dalam persen")
    if not made.of("target", "realisasi", "volume"):
        reached = [c for c in figures(made, "persen") if c.path and fold(c.path[-1]).startswith(("capaian", "hasil"))]
        for column in reached:
            made.change(column.col, "realisasi", "capaian adalah satu-satunya angka indikatornya")


_OF_PLAN = kata("nama_rencana_daerah")


def grouped(made: Layout) -> None:
    """ "Renstra | Renja 2025 | Realisasi", each above a figure with its unit or money ("Fisik | Satuan | Rp", "K | Rp"): the
    figure is what that heading says."""
    cols = [c for c in made.columns.values() if c.path[1:]]
    measured = {c.path[:-1] for c in cols if c.role == "satuan" or word(c.path[-1]).role == "kinerja"}
    result = not figures(made, "realisasi")
    for column in figures(made, "persen", "volume", "anggaran", "jumlah", "") if measured and not made.of("harga") else ():
        upper, own = column.path[-2:] if column.path[:-1] in measured else ("", "")
        role, money = word(upper).role, column.money or column.role in ("anggaran", "jumlah")
        if role not in ("target", "realisasi"):  # "Tingkat Capaian Renja" holds percentages
            planned = not role and not money and _OF_PLAN(upper)
            role = "realisasi" if result and _REACHED(fold(upper)) else "target" if planned else ""
        if role and "%" not in upper and (fold(own) == "fisik" or not word(own).percent):
            made.change(column.col, role, f'di bawah judul "{upper}", di samping satuannya')


def _lead_to(made: Layout, year: Column, parts: list[Column]) -> bool:
    """Whether the target of the year is on each row what its quarters or months add up to, or the last of them."""
    return mostly(*holds(made, (year.col, *(c.col for c in parts)), lambda whole, *own: whole in (own[-1], sum(own))), 2)


_REACHED = kata("tercapai", "terlayani")
_BEFORE = kata("lalu", "perkiraan")


def _same_time(target: Column, result: Column) -> bool:
    """Whether a result may belong to a target: its quarter or the year, and no year that the target's heading doesn't name."""
    part = target.period if target.period.startswith(PARTS_OF_YEAR) else ""
    years = [set(years_in(" ".join(c.path))) for c in (target, result)]
    return part in ("", result.period) and years[1] <= years[0]


def _goal(made: Layout) -> None:
    """ "Sasaran Setahun" above figures, beside who was served: how many are to be reached, under no other name."""
    known = made.of("target", "rencana", "harga", "anggaran")
    goals = [] if known else [c for c in figures(made, "sasaran") if not is_large(made, c)]
    served = [c for c in made.columns.values() if any(_REACHED(fold(text)) for text in c.path) or so_far(c)]
    if len(goals) == 1 and any(c.col > goals[0].col for c in served):
        made.change(goals[0].col, "target", "angka sasaran di samping yang tercapai")


def reached(made: Layout) -> None:
    """ "Target | Capaian" without a realisasi (health centres, schools, SPM): the capaian is the result where its figures are
    as large as the targets; where it is their percentage (100 beside a target of 12), it stays one."""
    _goal(made)
    planned = figures(made, "target") or figures(made, "rencana", "volume") or _reckoned_target(made) or made.of("target")
    counted = [c for c in made.of("realisasi") if not (made.content[c.col].is_money and made.content[c.col].largest >= RUPIAH)]
    if not planned or counted:  # beside "Pagu | Realisasi" the targets have their own result
        return
    united = [c for c in made.of("persen") if made.content[c.col].united and not made.content[c.col].is_worded]  # "4 menit"
    for column in [*figures(made, "persen", "volume", "jumlah", ""), *united]:
        part = column.period.startswith(PARTS_OF_YEAR)  # "Capaian per Bulan" above "Jan"
        texts = [fold(text) for text in (column.path if part or column.role != "persen" else column.path[-1:])]
        before = [c for c in planned if c.col < column.col and _same_time(c, column)]
        told = any(map(_REACHED, texts)) or column.role == "" and so_far(column)
        if not before or not told or any(map(_BEFORE, texts)) or version(column):
            continue
        own, aim = ("".join((*c.path, *made.content[c.col].different)) for c in (column, before[-1]))
        in_percent = "%" in own and "%" not in aim  # in the heading or in the cells
        months = [c.col for c in made.columns.values() if part and c.path[:-1] == column.path[:-1] and c.period]
        if not in_percent and _as_large(made, before[-1].col, months or [column.col]):
            made.change(column.col, "realisasi", "capaian sebesar targetnya, tanpa kolom realisasi")
    if not made.of("realisasi") and figures(made, "") and figures(made, "target"):
        _reckoned_result(made, {c.col for c in planned})


def _reckoned_target(made: Layout) -> list[Column]:
    """The column nobody knows of which a known result makes the percentage."""
    unknown = {c.col for c in figures(made, "")}
    results = {c.col for c in figures(made, "realisasi") if not is_large(made, c)}
    for fact in shares(Figures(made)) if unknown and results and made.of("indikator") else ():
        if fact.columns[0] in unknown and fact.columns[1] in results:
            made.change(fact.columns[0], "target", fact.text)
            return [made.columns[fact.columns[0]]]
    return []


def _reckoned_result(made: Layout, planned: set[int]) -> None:
    """The column nobody knows that is the result by reckoning: of the target it makes the percentage, or what is left; of
    this month's and all so far, each with its percentage, the one that holds the other."""
    columns, told, found = figures(made, "", "jumlah"), Figures(made), {}
    unknown = {c.col for c in columns}
    for fact in (*shares(told), *remainders(told)):
        first, second, third = fact.columns
        target, result = (first, second) if fact.kind == "persen" else (third, first)
        parted = fact.kind == "sisa" and made.columns[second].role != "sisa"  # two unknown parts: of men and of women
        if target in planned and result in unknown and not parted:
            found[result] = fact.text
    for first in list(found)[:1]:
        sums = (c.col for c in columns if c.col in found for d in columns if row_sum_of(made, c, [made.columns[first], d]))
        result = next(sums, first)
        made.change(result, "realisasi", found[result])


def beside_the_unit(made: Layout) -> bool:
    """Indicators with a unit and figures right beside it that no heading explains: these are the targets. Whether there are."""
    unit = made.first("satuan")
    if made.of("target", "volume", "rencana", "persen"):
        return False
    united = [c.col for c in made.of("", "sasaran") if made.content[c.col].is_united and made.content[c.col].filled > 1]
    if unit is None and len(united) == 1:
        made.change(united[0], "target", BY_PLACE)
        return True
    for col in () if unit is None else (unit + 1, unit - 1):
        column = made.columns.get(col)
        content = made.content.get(col)
        if column in figures(made, "") and content is not None and content.nonzero and not content.is_money:
            made.change(col, "target", BY_PLACE)
            return True
    return False


BY_PLACE = "angka dengan atau di samping satuan indikatornya; judulnya tidak dikenal"
"""A guess that staff have to look at."""


_OTHER_TIME = kata("lalu", "perkiraan", "rencana_jangka_panjang")


def other_measures(made: Layout, read: Collection[int]) -> list[Column]:
    """Targets and results of the same time as those that are read, in figures of another kind: quality, time and cost beside a
    quantity (SKP)."""
    found: dict[str, list[Column]] = {"target": [], "realisasi": []}
    for column in made.columns.values():
        told = [word(text) for text in column.path]
        own = next((w.figure or w.role for w in reversed(told) if (w.figure or w.role) in found), "")
        other = column.period or so_far(column) or _OTHER_TIME(fold(column.name)) or any(map(str.isdigit, column.name))
        if own and not other and column.role in ("target", "realisasi", "persen", "tanggal") and made.content[column.col].nonzero:
            found[own].append(column)
    both = len(found["target"]) > 1 and len(found["realisasi"]) != 1
    rest = sorted((c for c in found["target"] + found["realisasi"] if both and c.col not in read), key=lambda c: c.col)
    if any(row_sum_of(made, made.columns[col], rest, NEAR) for col in read):
        return []  # its villages or sections: no other measure
    return [c for c in rest if c.path[1:] or not any(same(made, c, made.columns[col]) for col in read)]


def _as_large(made: Layout, target: int, results: list[int]) -> bool:
    """Whether most results (of months: their sum, or the largest) are of the size of their targets: no percentage of them, no
    ratio."""
    rows = zip(*map(made.values, (target, *results)), strict=True)
    both = [(planned, own) for planned, *some in rows if planned and (own := [v for v in some if v])]

    def fits(planned: Decimal, done: Decimal) -> bool:
        return done <= 2 * planned and not (done <= Decimal("1.5") < planned / 2)

    ways = (sum(fits(planned, way(own)) for planned, own in both) for way in (sum, max))
    return bool(both) and max(ways) * 10 >= len(both) * 8
