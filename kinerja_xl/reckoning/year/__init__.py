"""What came back during the year, as data: realisasi of indicators from the units, of money from the Subbag keuangan.

A quarter is filled, or it is one of the three non-values; a doubtful cell is never 0 and never blank. Amounts are whole
rupiah (int). Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from kinerja_xl.catatan import Finding
from kinerja_xl.sheets.realisasi import DENOMINATORS, NUMERATORS, REALISED
from kinerja_xl.words.text import fold


class Lack(StrEnum):
    """The three different non-values (never 0, never blank)."""

    BELUM = "belum diisi"
    TIDAK_BERLAKU = "tidak berlaku"
    TIDAK_DAPAT = "tidak dapat dihitung"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """Realisasi of one indicator in one triwulan, by itself (not accumulated).

    ``value`` is a number or a member of the scale, None when ``lack`` says why there is none (``reason`` in a few words).
    ``numerator`` and ``denominator`` are given for persentase and rasio where the unit counted them.
    """

    value: Decimal | str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    lack: Lack | None = Lack.BELUM
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row was read: provenance of every figure on the capaian workbook."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisedIndicator:
    """The four quarters of one indicator (``identity`` as in PlanIndicator) with the unit's words about them.

    ``notes`` by quarter 1 to 4: evidence, driving and hindering factors, follow-up, keyed bukti, pendorong, penghambat,
    tindak_lanjut. ``place`` is the row of the latest counted file, ``places`` by quarter the file and cells that the figure
    of that quarter came from.
    """

    identity: tuple[str, str, str, str]
    quarters: tuple[Quarter, Quarter, Quarter, Quarter]
    notes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    places: Mapping[int, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Physical:
    """Physical progress of a sub kegiatan in percent points at the end of TW I to IV, cumulative; None: not filled."""

    unit: str
    kode_sub: str
    quarters: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Realised money in one sub kegiatan (and account, "" when only the sub kegiatan is known).

    ``quarters``: rupiah spent within TW I to IV, not accumulated; None: not filled (or not trusted, then there is a
    finding).
    """

    unit: str
    kode_sub: str
    rekening: str
    quarters: tuple[int | None, int | None, int | None, int | None]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFile:
    """One returned file for Asal Data: rows_read = rows_used + rows_reported, always. ``file`` is ``TW1/name.xlsx``."""

    file: str
    folder: str
    unit: str
    triwulan: int
    sha256: str
    status: str
    rows_read: int
    rows_used: int
    rows_reported: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Everything that masuk/TW1 … TW4 brought, up to ``triwulan`` (1 to 4)."""

    triwulan: int
    indicators: tuple[RealisedIndicator, ...] = ()
    physical: tuple[Physical, ...] = ()
    spent: tuple[Spent, ...] = ()
    files: tuple[ReturnFile, ...] = ()
    late: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


# ---- One triwulan of one indicator from the cells of a row: a figure, a pair, or one of the non-values ----

WORDS: Mapping[str, Lack] = {fold(lack): lack for lack in (Lack.BELUM, Lack.TIDAK_BERLAKU)}
"""Non-values that a unit may write itself."""


def quarter_of(values: Mapping[str, object], number: int, *, kualitatif: bool = False) -> Quarter:
    """TW ``number`` (1 to 4) of a row as it was typed: a text where a number belongs cannot be reckoned with."""
    value = values.get(REALISED[number - 1])
    above, below = values.get(NUMERATORS[number - 1]), values.get(DENOMINATORS[number - 1])
    one, other = (x if isinstance(x, Decimal) else None for x in (above, below))
    pair = Quarter(lack=None, numerator=one, denominator=other)
    if isinstance(value, str) and fold(value) in WORDS:
        return Quarter(lack=WORDS[fold(value)])
    if isinstance(value, Decimal) or (kualitatif and isinstance(value, str)):
        return replace(pair, value=value)
    if pair.numerator is not None and pair.denominator is not None:
        return pair
    if value is not None or above is not None or below is not None:
        reason = f'berisi "{value}", bukan angka' if value is not None else "pembilang atau penyebutnya belum diisi"
        return Quarter(lack=Lack.TIDAK_DAPAT, reason=reason)
    return Quarter()
