"""Which table of a form wants which of our rows. None, or several that fit alike: refused, with the question that decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_xl.filling.asked import NOT_THIS, Asked, about_kind, column_answers, kind_answer
from kinerja_xl.filling.match import Match, match
from kinerja_xl.filling.said import Said, UndecidedError
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import Target, find_targets
from kinerja_xl.foreign.grid import Grid
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.package import Package
from kinerja_xl.package.frames import look_at
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.values import fold

_IKU = ("iku", "indikatorkinerjautama", "indikatorkinerjautamaiku", "indikatorkinerjautamaopd")
FEWEST = 2
"""Columns that must be known before a table is taken for the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table with the rows for it and their columns."""

    target: Target
    supply: Supply
    found: Match


def choose(
    package: Package, grids: Iterable[Grid], supplies: Sequence[Supply], sheet: str, padanan: Padanan, said: Said
) -> Choice:
    """The table and the kind of rows that fit each other best.

    Raises InputError when none does, UndecidedError when several do alike.
    """
    choices = [
        choice
        for grid in grids
        if grid.state == "visible" and (not sheet or fold(grid.name) == fold(sheet))
        for target in find_targets(grid, look_at(package, grid.name).framed)
        for supply in _wanted(target, supplies, padanan)
        if (choice := _choice(target, supply, padanan)).found.weight >= FEWEST
    ]
    best = max((choice.found.weight for choice in choices), default=0)
    fitting = [choice for choice in choices if choice.found.weight == best]
    open_ones = [choice for choice in fitting if choice.target.blocks and not choice.target.filled]
    if not open_ones and len({id(choice.target) for choice in fitting}) == 1:
        return fitting[0]  # filled already, whatever was meant for it
    fitting = open_ones or fitting
    if not fitting:
        said.add("W101", jenis=kinds_of(supplies), dicari=_needed(supplies))
        raise said.stop()
    if len(fitting) > 1:
        places = (f"{c.target.sheet} baris {c.target.heading_row} ({c.supply.kind})" for c in fitting)
        said.add("W102", tempat="; ".join(places))
        raise UndecidedError(said, _questions(said.file, fitting))
    return fitting[0]


def _wanted(target: Target, supplies: Sequence[Supply], padanan: Padanan) -> Sequence[Supply]:
    """The rows that come into question; an answer counts where there is a choice and the source has what it names."""
    answer = kind_answer(padanan, target)
    if answer == NOT_THIS:
        return ()
    return [supply for supply in supplies if supply.kind == answer] or supplies


def _choice(target: Target, supply: Supply, padanan: Padanan) -> Choice:
    supply = _main_ones(target, _leaves(target, supply))
    told = column_answers(padanan, target, supply)
    found = match(target.columns, supply, _year(supply), told)
    return Choice(target=target, supply=_merged(target, supply, found), found=found)


def _merged(target: Target, supply: Supply, found: Match) -> Supply:
    """Lines of several sub kegiatan under one account are one line where the form has no place for the sub kegiatan."""
    shown = {key for key in found.keys.values() if key != supply.amount}
    if not supply.merges or len(target.blocks) != 1 or not shown <= set(supply.merges):
        return supply
    merged: dict[tuple[object, ...], dict[str, object]] = {}
    for row in supply.rows:
        kept = merged.setdefault(tuple(row.get(key) for key in supply.merges), {key: row.get(key) for key in supply.merges})
        before, more = kept.get(supply.amount), row.get(supply.amount)
        if isinstance(more, Decimal):
            kept[supply.amount] = more + (before if isinstance(before, Decimal) else 0)
    rows = sorted(merged.values(), key=lambda row: str(row.get(supply.merges[0]) or ""))
    return replace(supply, rows=tuple(rows))


def _main_ones(target: Target, supply: Supply) -> Supply:
    """A table of indikator kinerja utama takes those that are IKU, where our rows say which are."""
    asked = any(fold(text) in _IKU for column in target.columns for text in column.path)
    marks = {fold(str(row.get("iku") or "")) for row in supply.rows}
    if not asked or not {"ya"} <= marks <= {"ya", "tidak", ""}:
        return supply
    kept = [(i in supply.groups, row) for i, row in enumerate(supply.rows) if fold(str(row.get("iku") or "")) == "ya"]
    groups = frozenset(i for i, (group, _) in enumerate(kept) if group)
    return replace(supply, rows=tuple(row for _, row in kept), groups=groups)


def _leaves(target: Target, supply: Supply) -> Supply:
    """A table of sub kegiatan alone takes no rows for the levels above them."""
    texts = [fold(text) for column in target.columns for text in column.path]
    if not supply.groups or "namasubkegiatan" not in texts and "subkegiatan" not in texts:
        return supply
    if any("program" in text for text in texts) or any(text.startswith(("kegiatan", "namakegiatan")) for text in texts):
        return supply
    rows = tuple(row for position, row in enumerate(supply.rows) if position not in supply.groups)
    return replace(supply, rows=rows, groups=frozenset())


def _questions(file: str, fitting: Sequence[Choice]) -> tuple[Asked, ...]:
    """One question per table that fits."""
    tables = {(choice.target.sheet, choice.target.heading_row): choice.target for choice in fitting}
    return tuple(
        about_kind(file, target, [choice.supply.kind for choice in fitting if choice.target == target])
        for target in tables.values()
    )


def _needed(supplies: Sequence[Supply]) -> str:
    """The columns without which a table is not taken for these rows, a few of each kind."""
    lists = [[c.label for c in supply.columns if c.key in core][:3] for supply in supplies for core in supply.core]
    return ", ".join(dict.fromkeys(label for labels in lists for label in labels))


def kinds_of(supplies: Sequence[Supply]) -> str:
    """The kinds of rows as staff read them."""
    return " atau ".join(dict.fromkeys(supply.kind for supply in supplies))


def _year(supply: Supply) -> str:
    tahun = supply.facts.get("tahun")
    return str(plain(tahun)) if isinstance(tahun, Decimal) else ""
