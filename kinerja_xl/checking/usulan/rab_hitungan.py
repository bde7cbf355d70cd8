"""Numbers of a RAB row that can't be meant: a factor that nobody has, one that its uraian says otherwise, a price far too low."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import AMOUNTS, Case, added, explained, row_jenis, rule
from kinerja_xl.checking.usulan.indikator_wajar import COUNTS
from kinerja_xl.checking.usulan.rab import as_heavy
from kinerja_xl.checking.usulan.rab_wajar import PEGAWAI
from kinerja_xl.checking.usulan.tor_dan_rab import factors
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.counts import counted
from kinerja_xl.sheets.values import format_number, format_rupiah
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import fold

FAR_BELOW = 10
"""A price that is so many times smaller than its standard lacks a nought: the cheapest offer is not a tenth."""


@rule("R568", settles=True)
def far_below_the_standard(case: Case) -> Iterator[Finding]:
    """A price is no tenth, and no thousandth, of its SSH, SBU or HSPK (III.C.2.b)."""
    for row in case.submission.rab:
        price, harga = standard_of(row, case.office), row.get("harga_satuan")
        if price is None or price.jenis not in ROW_STANDARDS or not isinstance(harga, Decimal) or harga <= 0:
            continue
        if case.reported(row, "kode_standar", "harga_satuan", "satuan"):
            continue
        if harga * FAR_BELOW <= price.harga and case.lists.measures.same(row.get("satuan"), price.satuan):
            words = {"standar": f"{price.jenis} {price.kode} ({price.uraian})", "batas": format_rupiah(price.harga)}
            yield as_heavy(explained(case.at("R568", "rab", row, "harga_satuan", format_rupiah(harga), **words), row), case, row)


MONTHS_OF_A_YEAR = 12


@rule("R573", settles=True)
def impossible_factor(case: Case) -> Iterator[Finding]:
    """Nobody sends half a person or meets half a time, and a year of services has twelve months: thirteen and fourteen are those
    of salaries (IV.B.1.b)."""
    for row in case.submission.rab:
        own = factors(case, row)
        for key, (unit, number) in own.items():
            group = case.lists.measures.find(unit)
            months = unit == "Bulan" and number > MONTHS_OF_A_YEAR and number % MONTHS_OF_A_YEAR and len(own) > 1
            words = ""
            if group is not None and group.kelompok in COUNTS and number != number.to_integral_value():
                words = f"{unit} dihitung dengan bilangan bulat"
            elif months and row_jenis(row, case) not in (None, PEGAWAI):
                words = f"setahun {MONTHS_OF_A_YEAR} bulan"
            if words:
                shown = f"{format_number(number)} {unit}"
                yield as_heavy(explained(case.at("R573", "rab", row, key, shown, rincian=words), row), case, row)
                break


_SPANS = {"Bulan": "bulan", "Hari": "hari", "Orang": "orang"}
"""Units that an uraian may count, and the word for them."""
_OF_SOMETHING = kata("satuan_dari")
_LETTER = re.compile(r"[^\W\d_]")


@rule("R578", settles=True)
def words_against_factor(case: Case) -> Iterator[Finding]:
    """What an uraian counts in the unit of a factor is that factor, or what it makes with the others (IV.B.1.b)."""
    for row in case.submission.rab:
        uraian = row.text("uraian")
        if case.reported(row, "uraian", *AMOUNTS) or not _LETTER.search(uraian):
            continue
        own = factors(case, row)
        for key, (unit, number) in own.items():
            said = counted(uraian, [_SPANS[unit]]) if unit in _SPANS and not _OF_SOMETHING(uraian) else []
            if len(said) == 1 and said[0] > 1 and said[0] not in _products(own, key):
                shown, there = f"{format_number(number)} {unit}", f"{said[0]} {_SPANS[unit]}"
                yield as_heavy(explained(case.at("R578", "rab", row, key, shown, uraian=uraian, rincian=there), row), case, row)
                break


def _products(own: Mapping[str, tuple[str, Decimal]], key: str) -> set[Decimal]:
    """What a factor makes alone and with any of the others: 2 people in 6 villages are 12."""
    found = {own[key][1]}
    for other, (_, number) in own.items():
        found |= {number * one for one in found} if other != key else set()
    return found


_TOTAL = kata("jumlah_kolom")
SUMMED = 3
"""From so many rows on nobody buys by chance, to the rupiah, what they cost together."""


@rule("R593", settles=True)
def total_among_the_lines(case: Case) -> Iterator[Finding]:
    """A row that costs what the other rows of its sub kegiatan cost together is their total, filled in as if it were bought."""
    groups = grouped((row.get("kode_sub"), row) for row in case.submission.rab if isinstance(row.get("jumlah"), Decimal))
    for rows in groups.values():
        every = added(rows, "jumlah")
        for number, row in enumerate(rows):
            own, named = added([row], "jumlah"), bool(_TOTAL(fold(row.text("uraian"))))
            others = own * 2 == every and len(rows) > (2 if named else SUMMED)
            above = named and number > 1 and own == added(rows[:number], "jumlah")
            if own > 0 and (others or above) and not case.reported(row, "uraian", *AMOUNTS):
                words = {"uraian": row.text("uraian"), "rincian": str(len(rows) - 1 if others else number)}
                said = explained(case.at("R593", "rab", row, "harga_satuan", format_rupiah(own), **words), row)
                yield as_heavy(said, case, row)
                break
