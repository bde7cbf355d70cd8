"""The Perjanjian Kinerja as a cascade: what the Camat promises, what the Sekcam and the units carry of it (V.D).

A lower promise belongs to a higher one when both name the same sasaran or when one indicator contains the other's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from kinerja_xl.office import Office
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_number

CAMAT, SEKCAM = "camat", "sekcam"


class Break(StrEnum):
    """A promise that hangs in the air, in words for the sheet."""

    TOP = "PK Camat belum diisi di Kantor.xlsx"
    CARRIED = "Sasaran ini belum dibawa Sekcam maupun unit"
    SEKCAM = "PK Sekcam belum membawa apa pun dari PK Camat"
    UNIT = "PK unit belum membawa apa pun dari PK atasannya"
    EMPTY = "PK unit belum diisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One indicator of a PK. ``who`` is camat, sekcam or a unit's code; ``target`` with its unit, as it is printed."""

    who: str
    sasaran: str
    indikator: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One line of the table: up to three promises side by side, and what is broken there."""

    camat: Promise | None = None
    sekcam: Promise | None = None
    unit: Promise | None = None
    gap: Break | None = None
    first: bool = False


@dataclass(slots=True)
class _Block:
    camat: list[Promise] = field(default_factory=list)
    sekcam: list[Promise] = field(default_factory=list)
    units: list[tuple[Promise, Break | None]] = field(default_factory=list)
    gap: Break | None = None


def cascade(recap: Recap) -> tuple[Rung, ...]:
    """Block by block: each sasaran of the Camat with what carries it, then what hangs in the air."""
    return tuple(rung for block in _blocks(recap) for rung in _rungs(block))


def _blocks(recap: Recap) -> list[_Block]:
    office = recap.office
    leaders = [_promise(str(row.get("jabatan_kode") or ""), row) for row in office.pk_pimpinan]
    blocks: dict[str, _Block] = {}
    for promise in leaders:
        if fold(promise.who) == CAMAT:
            blocks.setdefault(fold(promise.sasaran), _Block()).camat.append(promise)
    top = list(blocks.values())
    carried = {id(p): _home(p, top, _camat) for p in leaders if fold(p.who) == SEKCAM}
    broken = Break.SEKCAM if carried and not any(carried.values()) else None
    loose: dict[str, _Block] = {}
    for promise in leaders:
        if id(promise) in carried:
            home = carried[id(promise)] or loose.setdefault(fold(promise.sasaran), _Block(gap=broken))
            home.sekcam.append(promise)
    found = [*top, *loose.values()]
    stray = _place_units(recap, found)
    for block in top:
        if not block.sekcam and not block.units:
            block.gap = Break.CARRIED
    found += [stray] if stray.units else []
    return found if top else [_Block(gap=Break.TOP), *found]


def _place_units(recap: Recap, blocks: list[_Block]) -> _Block:
    """Every promise of a unit beside the one above it; the rest, unit by unit, in a block of their own.

    A PK has to carry something of the higher one, not each of its lines: only a unit that carries nothing is a gap.
    """
    stray = _Block()
    for unit in _in_order(recap):
        own = [_promise(unit, entry.row) for entry in recap.pk_kinerja if entry.unit == unit]
        promises = _sekcam if superior(recap.office, unit) == SEKCAM else _camat
        homes = [_home(promise, blocks, promises) for promise in own]
        for promise, home in zip(own, homes, strict=True):
            if home is not None:
                home.units.append((promise, None))
        rest = [promise for promise, home in zip(own, homes, strict=True) if home is None]
        gap = Break.UNIT if own and not any(homes) else None
        stray.units += [(promise, gap if number == 0 else None) for number, promise in enumerate(rest)]
        if not own:
            stray.units.append((Promise(who=unit, sasaran="", indikator="", target=""), Break.EMPTY))
    return stray


def _in_order(recap: Recap) -> list[str]:
    """The office's units, then any other that a PK names."""
    return list(dict.fromkeys([*(unit.kode for unit in recap.office.units), *(entry.unit for entry in recap.pk_kinerja)]))


def superior(office: Office, kode: str) -> str:
    """The post whose PK a unit's belongs to: by policy per position (V.D.3, V.E.3), else its superior."""
    unit = office.unit(kode)
    above = fold(unit.atasan) if unit else CAMAT
    return fold(office.policy("pk_kasubag" if above == SEKCAM else "pk_kasi")) or above


def _camat(block: _Block) -> list[Promise]:
    return block.camat


def _sekcam(block: _Block) -> list[Promise]:
    return block.sekcam


def _home(promise: Promise, blocks: list[_Block], promises: Callable[[_Block], list[Promise]]) -> _Block | None:
    """The block of a promise that this one carries: the same sasaran first, a shared indicator second."""
    sasaran, name = fold(promise.sasaran), fold(promise.indikator)
    for block in blocks:
        if sasaran and any(fold(p.sasaran) == sasaran for p in promises(block)):
            return block
    for block in blocks:
        if name and any(fold(p.indikator) in name or name in fold(p.indikator) for p in promises(block)):
            return block
    return None


def _rungs(block: _Block) -> Iterator[Rung]:
    if not (block.camat or block.sekcam or block.units):
        yield Rung(gap=block.gap, first=True)
    for number, (camat, sekcam, unit) in enumerate(zip_longest(block.camat, block.sekcam, block.units)):
        promise, broken = unit or (None, None)
        gap = broken or (block.gap if number == 0 else None)
        yield Rung(camat=camat, sekcam=sekcam, unit=promise, gap=gap, first=number == 0)


def _promise(who: str, row: Row) -> Promise:
    target = row.get("target")
    shown = format_number(target) if isinstance(target, Decimal) else str(target or "")
    return Promise(
        who=who,
        sasaran=str(row.get("sasaran") or ""),
        indikator=str(row.get("indikator") or ""),
        target=f"{shown} {row.get('satuan') or ''}".strip(),
    )
