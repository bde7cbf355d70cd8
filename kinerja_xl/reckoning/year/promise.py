"""One outcome that a TOR promised for a later year (IV.A.2.VII.3), and what the form of its unit says of it in that year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.reckoning.year.due import Key
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.realisasi import PROMISE_KEYS
from kinerja_xl.words.text import fold

ASKED_IN = 4
"""The triwulan in which a promise that nobody has measured yet is missed; its unit may report it sooner."""


def key_of(row: Row, unit: str = "") -> Key:
    """Which promise a row of the register is about, or a row of the form of ``unit``, which does not say its unit."""
    return tuple(fold(text) for text in (unit or row.text("unit"), *map(row.text, PROMISE_KEYS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An outcome that an earlier plan promised: ``origin`` says which; ``due`` the year it is measured in; ``reached`` None until
    somebody measured it. ``key``: as of ``key_of``; ``unit_nama`` as people call the unit; ``place``: sheet and cell of its
    realisasi in Kantor.xlsx."""

    key: Key
    unit: str
    unit_nama: str
    kode: str
    outcome: str
    satuan: str
    origin: int
    due: int
    target: Decimal
    reached: Decimal | None
    evidence: str
    place: tuple[str, str]

    @property
    def percent(self) -> Decimal | None:
        """Of the target, two decimals; None where it can't be computed."""
        return round_half_up(100 * self.reached / self.target, 2) if self.reached is not None and self.target > 0 else None

    @property
    def source(self) -> str:
        """Where the promise comes from, as every paper says it."""
        return f"TOR tahun {self.origin} ({self.unit_nama}), untuk dicapai tahun {self.due}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the form of a unit says about a promise: the figure and its evidence."""

    reached: Decimal
    evidence: str = ""


Answers = Mapping[Key, Answer]
