"""What needs the Camat's decision, as data: which units, which codes, how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kinerja_xl.reckoning.ceilings import ceiling, excess
from kinerja_xl.reckoning.recap import Recap, Status

NO_OUTCOME, NO_OUTPUT = "I702", "I701"
"""Codes of the catatan that say which program has no outcome, which sub kegiatan no output (V.D)."""


class Kind(StrEnum):
    """The matters, in the order in which they are shown."""

    BELUM = "belum"
    TIDAK_TERBACA = "tidak_terbaca"
    TERLAMBAT = "terlambat"
    PAGU = "pagu"
    STANDAR = "standar"
    DITAHAN = "ditahan"
    OUTCOME = "outcome"
    OUTPUT = "output"
    PERBAIKAN = "perbaikan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A sub kegiatan of a unit that proposes more than its pagu; whole rupiah."""

    unit: str
    kode_sub: str
    pagu: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter. ``units`` are unit codes in the office's order, ``codes`` the (unit, code) pairs that it is about.

    ``amount`` in whole rupiah: what is late or held back, what exceeds pagu or price standard; None where the matter has none.
    """

    kind: Kind
    units: tuple[str, ...]
    amount: int | None = None
    codes: tuple[tuple[str, str], ...] = ()
    over: tuple[Over, ...] = ()


def matters(recap: Recap) -> tuple[Matter, ...]:
    """Every matter that there is, none that there is not."""
    over, dear = over_pagu(recap), _over_standard(recap)
    late = [u for u in recap.units if u.status is Status.TERLAMBAT]
    held = [u for u in recap.units if u.status is not Status.TERLAMBAT and u.alasan and u.status is not Status.TIDAK_TERBACA]
    found = (
        Matter(kind=Kind.BELUM, units=_of(recap, Status.BELUM)),
        Matter(kind=Kind.TIDAK_TERBACA, units=_of(recap, Status.TIDAK_TERBACA)),
        Matter(
            kind=Kind.TERLAMBAT, units=_of(recap, Status.TERLAMBAT), amount=sum(u.total_tidak_dihitung for u in late)
        ),
        Matter(
            kind=Kind.PAGU,
            units=_ordered(recap, (o.unit for o in over)),
            amount=sum(o.counted - o.pagu for o in over),
            over=over,
        ),
        Matter(kind=Kind.STANDAR, units=_ordered(recap, dear), amount=sum(dear.values())),
        Matter(kind=Kind.DITAHAN, units=tuple(u.kode for u in held), amount=sum(u.total_tidak_dihitung for u in held)),
        _lacking(recap, Kind.OUTCOME, NO_OUTCOME),
        _lacking(recap, Kind.OUTPUT, NO_OUTPUT),
        Matter(kind=Kind.PERBAIKAN, units=_of(recap, Status.PERBAIKAN)),
    )
    return tuple(matter for matter in found if matter.units)


def over_pagu(recap: Recap) -> tuple[Over, ...]:
    """Sub kegiatan whose counted lines exceed their pagu, by unit and code."""
    totals: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in recap.lines:
        if line.counted:
            totals[line.unit, line.kode_sub] += line.jumlah or 0
    return tuple(
        Over(unit=unit, kode_sub=sub, pagu=recap.office.pagu[unit, sub], counted=total)
        for (unit, sub), total in sorted(totals.items())
        if (unit, sub) in recap.office.pagu and total > recap.office.pagu[unit, sub]
    )


def _over_standard(recap: Recap) -> dict[str, int]:
    """By unit: what its counted lines cost more than the office's ceilings allow, where they do."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in recap.lines:
        if line.counted and (more := excess(line.row, ceiling(line.row, recap.office))):
            found[line.unit] += more
    return dict(found)


def _lacking(recap: Recap, kind: Kind, code: str) -> Matter:
    pairs = tuple(dict.fromkeys((f.unit, f.value) for f in recap.findings if f.code == code))
    return Matter(kind=kind, units=_ordered(recap, (unit for unit, _ in pairs)), codes=pairs)


def _of(recap: Recap, status: Status) -> tuple[str, ...]:
    return tuple(unit.kode for unit in recap.units if unit.status is status)


def _ordered(recap: Recap, units: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, in the office's order; a unit that is not the office's comes last."""
    order: Callable[[str], int] = {unit.kode: number for number, unit in enumerate(recap.units)}.get  # type: ignore[assignment]
    return tuple(sorted(dict.fromkeys(units), key=lambda unit: (order(unit) is None, order(unit) or 0, unit)))
