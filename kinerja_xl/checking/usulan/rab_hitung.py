"""Rules of what the amount of a RAB row is worked out from: a tax that is one, factors that differ.

They come before every rule of amounts: what follows from such a slip is not said again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import AMOUNTS, Case, explained, placeholder, rule
from kinerja_xl.checking.usulan.rab import as_heavy
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.values import format_number, format_rupiah, round_half_up

_ONCE = ("waktu", "orang")
"""Kinds of units that are counted once: of other kinds ("2 Kali x 4 Kali", metres) two may well be multiplied."""


@rule("R538", settles=True)
def tax_of_a_row(case: Case) -> Iterator[Finding]:
    """PPN is rupiah and less than what it is a tax on: 11, 12 or 0,11 there is a rate (IV.B.1.b)."""
    for row in case.submission.rab:
        ppn, volume, price = (row.get(key) for key in ("ppn", "volume", "harga_satuan"))
        if not all(isinstance(x, Decimal) for x in (ppn, volume, price)) or case.reported(row, *AMOUNTS, "volume", "jumlah"):
            continue
        base = round_half_up(volume * price, 0)  # type: ignore[operator]
        if 0 < ppn < 100 and base >= 1_000:  # type: ignore[operator]
            words = f"{format_number(ppn)} tampaknya tarif dalam persen"  # type: ignore[arg-type]
            yield case.at("R538", "rab", row, "ppn", format_rupiah(ppn), rincian=words)  # type: ignore[arg-type]
        elif ppn > base > 0:  # type: ignore[operator]
            words = f"melebihi nilai barangnya {format_rupiah(base)}"
            yield case.at("R538", "rab", row, "ppn", format_rupiah(ppn), rincian=words)  # type: ignore[arg-type]


@rule("R553", settles=True)
def unit_without_number(case: Case) -> Iterator[Finding]:
    """A factor that names its unit has its number: without it the row is calculated as if it were one (IV.B.1.b)."""
    for row in case.submission.rab:
        for key, unit in zip(FACTORS[1:], FACTOR_UNITS[1:], strict=True):  # the first is required
            said = row.text(unit)
            if said and row.get(key) is None and row.cell(key) and not placeholder(said) and not case.reported(row, key, unit):
                yield as_heavy(case.at("R553", "rab", row, key, satuan=said), case, row)
                break


@rule("R543", settles=True)
def factor_twice(case: Case) -> Iterator[Finding]:
    """Months times months, people times people: two factors of one unit multiply what is counted once (IV.B.1.b)."""
    measures = case.lists.measures
    for row in case.submission.rab:
        units = {
            key: found.kanonik
            for key, unit in zip(FACTORS, FACTOR_UNITS, strict=True)
            if (found := measures.find(row.text(unit))) and found.kelompok in _ONCE and row.number(key) not in (None, Decimal(1))
        }
        twice = [unit for unit, number in Counter(units.values()).items() if number > 1]
        if twice and not case.reported(row, *FACTORS, *FACTOR_UNITS):
            key = [key for key, unit in units.items() if unit == twice[0]][-1]
            factors = " x ".join(f"{format_number(row.get(k))} {unit}" for k, unit in units.items())  # type: ignore[arg-type]
            yield as_heavy(explained(case.at("R543", "rab", row, key, factors), row), case, row)
