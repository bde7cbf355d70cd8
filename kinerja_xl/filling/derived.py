"""What the other columns of a form give: Sisa, Deviasi, Bobot, s.d. periode ini, as a formula over the form's own cells.

None of them is a figure of ours. Each stands where the form itself shows what it is made of, and in no row where a part is
missing: an unknown figure makes no difference, share or sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_xl.filling.match import meant_by, of_other_year
from kinerja_xl.filling.supply import PRICES, Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.filling.wording import words_of
from kinerja_xl.foreign.words import word as heading
from kinerja_xl.formula.references import column_letters
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.values import clean
from kinerja_xl.words.match import kata

_LEFT, _OFF, _SHARE = kata("hitung_sisa"), kata("hitung_deviasi"), kata("hitung_bobot")
_PLANNED, _CAME = kata("hitung_rencana"), kata("hitung_hasil")
_BEFORE, _NOW, _UNTIL = kata("hitung_lalu"), kata("hitung_ini"), kata("sampai", "kumulatif")
_DIGITS = re.compile(r"\d+")
_MONEY, _COMMON, _PERCENT = kata("judul_uang"), kata("judul_umum"), kata("persen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A column that others give. ``of``: the columns that must hold a number in its row; ``text``: the formula without ``=`` in
    one row, ``told`` in words."""

    col: int
    of: tuple[int, ...]
    text: Callable[[int], str]
    told: str


def derived(
    target: Target, blank: Sequence[FormColumn], keys: Mapping[int, str], supply: Supply, total: int, sums: frozenset[int],
    percent: Collection[int],
) -> Iterator[Derived]:  # fmt: skip
    """The blank columns that can be computed. ``keys``: filled columns; ``total``: the row of the form's sums, 0 without, with
    formulas in the columns ``sums``; ``percent``: columns that show fractions as percent."""
    figures = {col: key for col, key in keys.items() if supply.column(key).kind.shape in (Shape.ANGKA, Shape.NILAI)}
    money = {col: key for col, key in figures.items() if supply.column(key).kind.name == "rupiah" and key not in PRICES}
    for column in blank:
        if any(heading(text).period not in ("", "sd") for text in column.path) or of_other_year(column.path, supply.year):
            continue  # a part of the year, or another one
        said = [word for text in column.path for word in words_of(text)]
        if any(map(_LEFT, said)):
            yield from _left(column, said, money, supply)
        elif any(map(_OFF, said)):
            yield from _off(column, target, figures)
        elif any(map(_SHARE, said)):
            yield from _share(column, said, figures, money, total if sums >= money.keys() else 0, percent)
        elif _UNTIL(clean(column.path[-1])) and any(map(_NOW, said)):
            yield from _until(column, target)


def _left(column: FormColumn, said: Sequence[str], money: Mapping[int, str], supply: Supply) -> Iterator[Derived]:
    """Pagu less realisasi, where the form has one of each."""
    if not all(_LEFT(word) or _MONEY(word) or _COMMON(word) for word in said):
        return
    meant = {col: meant_by(supply.column(key)) for col, key in money.items()}
    plan = [col for col, what in meant.items() if what and what[0] in ("pagu", "target") and not what[1]]
    sums = {col: what[1] for col, what in meant.items() if what and what[0] == "realisasi"}
    spent = [col for col, time in sums.items() if time in ("", f"sdtw{column.stated}")]
    if len(plan) == len(spent) == 1:
        yield _difference(column.col, plan[0], spent[0])


def _off(column: FormColumn, target: Target, figures: Mapping[int, str]) -> Iterator[Derived]:
    """Realisasi less target, where the form has both of the same thing: "Target / Keu", "Realisasi / Keu", "Deviasi / Keu"."""

    def rest(path: Sequence[str]) -> list[str]:
        words = [word for text in path for word in words_of(text) if not (_OFF(word) or _PLANNED(word) or _CAME(word))]
        return words + _DIGITS.findall(" ".join(path))

    def of(which: Callable[[str], object]) -> list[int]:
        return [
            one.col for one in target.columns if one.col in figures and rest(one.path) == rest(column.path)
            and any(which(word) for text in one.path for word in words_of(text))
        ]  # fmt: skip

    planned, came = of(_PLANNED), of(_CAME)
    if len(planned) == len(came) == 1 and planned != came:
        yield _difference(column.col, came[0], planned[0])


def _difference(col: int, more: int, less: int) -> Derived:
    a, b = column_letters(more), column_letters(less)
    return Derived(col=col, of=(more, less), text=lambda row: f"{a}{row}-{b}{row}", told=f"{a} - {b}")


def _share(
    column: FormColumn, said: Sequence[str], figures: Mapping[int, str], money: Mapping[int, str], total: int,
    percent: Collection[int],
) -> Iterator[Derived]:  # fmt: skip
    """A line's part of all money in percent, in a form of money alone that has the sum of it."""
    known = all(_SHARE(word) or _PERCENT(word) or word == "%" or _MONEY(word) or _COMMON(word) for word in said)
    in_percent = column.col in percent or any(_PERCENT(text) for text in column.path)
    if not (known and in_percent and total) or len(money) != 1 or money != figures:
        return
    a = column_letters(next(iter(money)))
    times = "" if column.col in percent else "*100"
    yield Derived(
        col=column.col, of=tuple(money), text=lambda row: f'IF({a}${total}=0,"",{a}{row}/{a}${total}{times})',
        told=f"{a} / jumlah {a}",
    )  # fmt: skip


def _until(column: FormColumn, target: Target) -> Iterator[Derived]:
    """What was before and what came now, side by side below the same group."""
    beside = [one for one in target.columns if one.path[:-1] == column.path[:-1] and len(one.path) == len(column.path)]
    before = [one.col for one in beside if any(map(_BEFORE, words_of(one.path[-1])))]
    now = [one.col for one in beside if any(map(_NOW, words_of(one.path[-1]))) and not _UNTIL(clean(one.path[-1]))]
    if len(before) == len(now) == 1 and len(column.path) > 1:
        a, b = column_letters(before[0]), column_letters(now[0])
        yield Derived(col=column.col, of=(before[0], now[0]), text=lambda row: f"{a}{row}+{b}{row}", told=f"{a} + {b}")
