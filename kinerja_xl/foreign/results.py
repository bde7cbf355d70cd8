"""Results and targets of indicators under other words than "Realisasi" and "Target".

Habits served: "Target (%)" and "Realisasi (%)"; years below a title that says what they hold; "Target | Capaian" of health
centres and schools; a capaian that is the only figure; a word nobody knows, where the percentage shows what it is made of.
"""

from __future__ import annotations

from decimal import Decimal
from string import digits

from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.facts import Figures, holds, mostly, remainders, row_sum_of, shares
from kinerja_xl.foreign.model import PARTS_OF_YEAR, Column
from kinerja_xl.foreign.targets import RUPIAH, figures, is_large, version
from kinerja_xl.foreign.words import word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import years_in

_TOLD = kata("sebutan_target_hasil")


def only_figures(made: Layout, title: str) -> None:
    """Where nothing else is target or result: "Target (%)", "Realisasi (%)", "Capaian", or years below such a title."""
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


def _lead_to(made: Layout, year: Column, parts: list[Column]) -> bool:
    """Whether the target of the year is on each row what its quarters or months add up to, or the last of them."""
    return mostly(*holds(made, (year.col, *(c.col for c in parts)), lambda whole, *own: whole in (own[-1], sum(own))), 2)


_REACHED = kata("tercapai")
_BEFORE = kata("lalu", "perkiraan")


def _same_time(target: Column, result: Column) -> bool:
    """Whether a result may belong to a target: its quarter, and no year that the target's heading doesn't name."""
    parts = [c.period if c.period.startswith(("tw", "b", "s")) else "" for c in (target, result)]
    years = [set(years_in(" ".join(c.path))) for c in (target, result)]
    return parts[0] == parts[1] and years[1] <= years[0]


def reached(made: Layout) -> None:
    """ "Target | Capaian" without a realisasi (health centres, schools, SPM): the capaian is the result where its figures are
    as large as the targets; where it is their percentage (100 beside a target of 12), it stays one."""
    planned = figures(made, "target") or figures(made, "rencana", "volume") or _reckoned_target(made)
    counted = [c for c in made.of("realisasi") if not (made.content[c.col].is_money and made.content[c.col].largest >= RUPIAH)]
    if not planned or counted:  # beside "Pagu | Realisasi" the targets have their own result
        return
    for column in figures(made, "persen", ""):
        text = column.path[-1] if column.path else ""
        before = [c for c in planned if c.col < column.col and _same_time(c, column)]
        if not before or not _REACHED(fold(text)) or _BEFORE(fold(text)) or version(column):
            continue
        in_percent = "%" in text and not any("%" in part for part in before[-1].path)
        if not in_percent and _as_large(made, before[-1].col, column.col):
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
    united = [c.col for c in made.of("", "sasaran") if made.content[c.col].united * 2 > made.content[c.col].filled > 1]
    if unit is None and len(united) == 1:
        made.change(united[0], "target", BY_PLACE)
        return True
    for col in () if unit is None else (unit + 1, unit - 1):
        column = made.columns.get(col)
        if column is not None and column.role == "" and column in figures(made, "") and not made.content[col].is_money:
            made.change(col, "target", BY_PLACE)
            return True
    return False


BY_PLACE = "angka dengan atau di samping satuan indikatornya; judulnya tidak dikenal"
"""A guess that staff have to look at."""


def _as_large(made: Layout, target: int, result: int) -> bool:
    """Whether most results are of the size of their targets: no percentage of them, no ratio."""
    pairs = [(made.value(row, target), made.value(row, result)) for row in made.region.rows]
    both = [(planned, done) for planned, done in pairs if planned and done]
    hits = sum(done <= 2 * planned and not (done <= Decimal("1.5") < planned / 2) for planned, done in both)
    return bool(both) and hits * 10 >= len(both) * 8
