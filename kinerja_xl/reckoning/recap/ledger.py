"""The RAB lines as one table of amounts, added up by unit, code, jenis belanja and file: all sums of the recap come from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kinerja_xl.frames.ledger import Added, added, ledger
from kinerja_xl.lists import level, parents
from kinerja_xl.reckoning import Sum

if TYPE_CHECKING:
    from kinerja_xl.reckoning.recap import RabLine

UNKNOWN_CODE = "(kode tidak dikenal)"


@dataclass(frozen=True, slots=True)
class Amount:
    """Rupiah counted, what is not counted, the number of lines and of those that count."""

    counted: int = 0
    uncounted: Sum = Sum()
    rows: int = 0
    rows_counted: int = 0

    def __add__(self, other: Amount) -> Amount:
        counted, uncounted = self.counted + other.counted, self.uncounted + other.uncounted
        return Amount(counted, uncounted, self.rows + other.rows, self.rows_counted + other.rows_counted)

    @property
    def all(self) -> Sum:
        return Sum(self.counted, self.rows_counted) + self.uncounted


NOTHING = Amount()


def _amount(found: Added) -> Amount:
    return Amount(found.counted, Sum(found.held, found.held_known, found.held_unknown), found.rows, found.rows_counted)


class _Amounts(dict[Any, Amount]):
    """Amounts by group; nothing for a group that there is not."""

    def __missing__(self, key: object) -> Amount:
        return NOTHING


class Ledger:
    """``frame`` has a row per line: unit, berkas, program, kegiatan, kode_sub, jenis, rekening, jumlah (Int64) and dihitung."""

    def __init__(self, lines: Iterable[RabLine]) -> None:
        every = list(lines)
        codes = {code: ancestors(code) for code in {line.kode_sub for line in every}}
        keys: Mapping[str, Sequence[str]] = {
            "unit": [line.unit for line in every], "berkas": [line.file for line in every],
            "program": [codes[line.kode_sub][0] for line in every], "kegiatan": [codes[line.kode_sub][1] for line in every],
            "kode_sub": [line.kode_sub for line in every], "jenis": [line.jenis for line in every],
            "rekening": [line.row.text("kode_rekening") for line in every],
        }  # fmt: skip
        self.frame = ledger(keys, [line.jumlah for line in every], [line.counted for line in every])
        self._by: dict[tuple[str, ...], _Amounts] = {}

    def by(self, *keys: str) -> _Amounts:
        """What each group comes to, in the order of the lines."""
        if keys not in self._by:
            self._by[keys] = _Amounts({key: _amount(found) for key, found in added(self.frame, *keys).items()})
        return self._by[keys]

    def counted(self, *keys: str) -> dict[Any, int]:
        """Counted rupiah of the groups of which a row counts."""
        return {key: amount.counted for key, amount in self.by(*keys).items() if amount.rows_counted}

    @cached_property
    def total(self) -> Amount:
        """Everything."""
        return self.by()[()]


def ancestors(kode: str) -> tuple[str, str]:
    """(program, kegiatan) that a code stands under; UNKNOWN_CODE where it has no place in the tree."""
    if level(kode) is None:
        return UNKNOWN_CODE, UNKNOWN_CODE
    program, kegiatan = parents(kode)
    return program, kegiatan or program
