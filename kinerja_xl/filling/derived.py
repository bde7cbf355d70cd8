"""What a form gives by itself: figures that follow from its other columns, and groups that take our rows.

Sisa, Deviasi, Bobot, s.d. periode ini are a formula over the form's own cells, no figure of ours. Each stands where the form
itself shows what it is made of, and in no row where a part is missing: an unknown figure makes no difference, share or sum. Our
rows are shared out among its groups by their kinds, codes and names; those that fit none, or several, are asked about together:
"Belanja Pegawai" comes below which heading, or stays out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_xl.filling.choose import NOT_THIS, Asked, headings
from kinerja_xl.filling.match import meant_by, of_other_year
from kinerja_xl.filling.supply import PRICES, Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.filling.wording import words_of
from kinerja_xl.foreign.padanan import FORM_KEY, Padanan, fingerprint
from kinerja_xl.formula.references import column_letters
from kinerja_xl.lists import normalise_program
from kinerja_xl.regions.words import word as heading
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import NUMERAL

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


GROUP = f"{FORM_KEY}kelompok:"

_NUMBERED = re.compile(rf"^\s*(?:[A-Z]|{NUMERAL}|\d+)\s*[.)]\s*|^\s*(?:[A-Z]|{NUMERAL})\s+(?=\S)")
_CODE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,4})+(?![\d])")
_SHORTEST = 6
"""Letters of a name that count when they are found inside a group's label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Positions of our rows for each group of the form; ``lost``: of those that nobody could place yet, by what they have in
    common; ``left``: of those that are to stay out."""

    groups: tuple[tuple[int, ...], ...]
    lost: Mapping[str, tuple[int, ...]]
    left: tuple[int, ...] = ()


def share_out(target: Target, supply: Supply, padanan: Padanan) -> Shares:
    """Our rows by the form's groups. An answer counts where the form has the group that it names."""
    everything = tuple(range(len(supply.rows)))
    if len(target.blocks) <= 1:
        return Shares(groups=(everything,) if target.blocks else (), lost={} if target.blocks else {"": everything})
    if _one_table(target):
        return Shares(groups=_one_by_one(target, everything), lost={})
    shares: list[list[int]] = [[] for _ in target.blocks]
    lost = []
    for position, row in enumerate(supply.rows):
        names, codes = _names(row), _codes(row)
        fitting = [i for i, block in enumerate(target.blocks) if block.labels and _fits(block.labels[-1], names, codes)]
        if len(fitting) == 1:
            shares[fitting[0]].append(position)
        else:
            lost.append(position)
    places, told, left = labels(target), _told(target, padanan), list[int]()
    open_ones = {}
    for name, positions in _alike(supply, lost).items():
        answer = told.get(fold(name), "")
        if answer == fold(NOT_THIS):
            left += positions
        elif answer in (known := [fold(label) for label in places]):
            shares[known.index(answer)] += positions
        else:
            open_ones[name] = positions
    return Shares(groups=tuple(tuple(sorted(share)) for share in shares), lost=open_ones, left=tuple(sorted(left)))


def _one_table(target: Target) -> bool:
    """Whether the rows go on over a page: nothing names them, and nothing is added up between them."""
    first, last = target.blocks[0].first, target.blocks[-1].last
    return not any(block.labels for block in target.blocks) and not any(first < row < last for row in target.totals)


def _one_by_one(target: Target, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The rows in their order, as many as each part has room for; the last takes the rest."""
    parts, start = [], 0
    for block in target.blocks[:-1]:
        parts.append(tuple(rows[start : start + block.size]))
        start += block.size
    return (*parts, tuple(rows[start:]))


def labels(target: Target) -> list[str]:
    """The groups of a form as they are named."""
    return [" / ".join(block.labels) or f"baris {block.first}" for block in target.blocks]


def about_groups(file: str, target: Target, shares: Shares) -> Iterator[Asked]:
    """Where rows belong that fit no group of the form."""
    for name, positions in shares.lost.items():
        yield Asked(
            file=file, sheet=target.sheet, cell=f"A{target.heading_row}", headings=headings(target), key=GROUP + name,
            text=f"{len(positions)} baris {name} masuk kelompok mana?", options=(*dict.fromkeys(labels(target)), NOT_THIS),
        )  # fmt: skip


def _told(target: Target, padanan: Padanan) -> Mapping[str, str]:
    kept = padanan.of(fingerprint(headings(target)))
    return {fold(key.removeprefix(GROUP)): fold(value) for key, value in kept.items() if key.startswith(GROUP)}


def _alike(supply: Supply, lost: Sequence[int]) -> Mapping[str, tuple[int, ...]]:
    """Rows without a group by what they have in common: the kind of name that all of them have and that has the fewest values,
    so that little is asked; each row's own where they have none."""
    found: dict[str, dict[str, list[int]]] = {}
    for key in _KEYS:
        if all(supply.rows[position].get(key) for position in lost):
            for position in lost:
                found.setdefault(key, {}).setdefault(str(supply.rows[position][key]), []).append(position)
    fewest = min(found.values(), key=len, default={})
    return {name: tuple(positions) for name, positions in fewest.items()} or ({"tanpa nama": tuple(lost)} if lost else {})


_KEYS = ("jenis_belanja", "nama_program", "nama_kegiatan", "nama_sub", "nama_rekening", "unit", "level", "sasaran", "program")
"""What a group that holds a row may be called after."""


def _names(row: Record) -> list[str]:
    """What a group that holds this row may be called: kind of expenditure, account, program, kegiatan, sub kegiatan, unit."""
    return [name for name in (fold(str(row.get(key) or "")) for key in _KEYS) if name]


def _codes(row: Record) -> set[str]:
    """Codes of this row's group at every level: of the tree of programs, and of the accounts."""
    found = set()
    for key in ("kode_sub", "kode_kegiatan", "kode_program", "kode", "kode_rekening"):
        parts = str(row.get(key) or "").split(".")
        found |= {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
    return found


def _fits(label: str, names: Sequence[str], codes: set[str]) -> bool:
    """A code says most: two programs may bear nearly the same name."""
    stated = {normalise_program(code) or code for code in _CODE.findall(label)}
    if stated & codes or any(map(normalise_program, stated)):
        return bool(stated & codes)
    bare, whole = fold(_NUMBERED.sub("", label)), fold(label)
    return any(name in (bare, whole) or (len(name) >= _SHORTEST and name in whole) for name in names)
