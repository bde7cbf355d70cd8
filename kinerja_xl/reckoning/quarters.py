"""One triwulan of one indicator from the cells of a measuring workbook's row: a figure, a pair, or one of the non-values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.reckoning.realised import Lack, Quarter
from kinerja_xl.sheets.realisasi import DENOMINATORS, NUMERATORS, REALISED
from kinerja_xl.sheets.texts import fold

WORDS: Mapping[str, Lack] = {fold(lack): lack for lack in (Lack.BELUM, Lack.TIDAK_BERLAKU)}
"""Non-values that a unit may write itself."""


def quarter_of(values: Mapping[str, object], number: int, *, kualitatif: bool = False) -> Quarter:
    """TW ``number`` (1 to 4) of a row as it was typed: a text where a number belongs cannot be reckoned with."""
    value = values.get(REALISED[number - 1])
    above, below = values.get(NUMERATORS[number - 1]), values.get(DENOMINATORS[number - 1])
    pair = Quarter(lack=None, numerator=_number(above), denominator=_number(below))
    if isinstance(value, str) and fold(value) in WORDS:
        return Quarter(lack=WORDS[fold(value)])
    if isinstance(value, Decimal) or (kualitatif and isinstance(value, str)):
        return replace(pair, value=value)
    if pair.numerator is not None and pair.denominator is not None:
        return pair
    if value is not None or above is not None or below is not None:
        return Quarter(lack=Lack.TIDAK_DAPAT, reason=_reason(value))
    return Quarter()


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _reason(value: object) -> str:
    return f'berisi "{value}", bukan angka' if value is not None else "pembilang atau penyebutnya belum diisi"
