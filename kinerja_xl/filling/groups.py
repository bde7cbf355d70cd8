"""Our rows shared out among the groups of a form, by their kinds, codes and names. Rows that fit none, or several, are asked
about together: "Belanja Pegawai" comes below which heading, or stays out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_xl.filling.choose import NOT_THIS, Asked, headings
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import Target
from kinerja_xl.foreign.padanan import FORM_KEY, Padanan, fingerprint
from kinerja_xl.lists import normalise_program
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.periods import NUMERAL

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
