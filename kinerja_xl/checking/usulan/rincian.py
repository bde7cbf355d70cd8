"""Rules of a RAB row in itself: its words and its price standard against its account, a tax that is one, factors that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import AMOUNTS, Case, account_name, explained, other_jenis, rule
from kinerja_xl.lists import normalise_account
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.values import format_number, format_rupiah, round_half_up
from kinerja_xl.words.match import kata

_BOUGHT = {
    "honorarium": ("beli_honor", ("akun_honor",)),
    "gaji atau tunjangan": ("beli_gaji", ("akun_gaji",)),
    "perjalanan dinas": ("beli_perjalanan", ("akun_perjalanan",)),
    "makanan dan minuman": ("beli_makan", ("akun_makan",)),
    "tagihan listrik": ("beli_listrik", ("akun_listrik",)),
    "tagihan air": ("beli_air", ("akun_air",)),
    "langganan telepon atau internet": ("beli_internet", ("akun_internet",)),
    "bahan bakar": ("beli_bahan_bakar", ("akun_bahan_bakar", "akun_perjalanan", "akun_pemeliharaan")),
    "sewa": ("beli_sewa", ("akun_sewa", "akun_perjalanan")),
    "pakaian": ("beli_pakaian", ("akun_pakaian",)),
    "alat tulis kantor": ("beli_atk", ("akun_atk",)),
}
"""What an uraian says that it buys -> the words that begin it, and those of the accounts that take it."""
_SAYS = {what: (kata(begins), kata(*takes)) for what, (begins, takes) in _BOUGHT.items()}
_OTHER = kata(*dict.fromkeys(group for _, takes in _BOUGHT.values() for group in takes))
"""Accounts that take something of a known kind; of the others nothing is said."""

_ONCE = ("waktu", "orang")
"""Kinds of units that are counted once: of other kinds ("2 Kali x 4 Kali", metres) two may well be multiplied."""


@rule("R528", "R533")
def account_of_the_goods(case: Case) -> Iterator[Finding]:
    """What the uraian plainly names is booked on an account for it, or for what the price list says (IV.B.2)."""
    for row in case.submission.rab:
        code, uraian = row.get("kode_rekening"), row.text("uraian").strip()
        account = normalise_account(code) if isinstance(code, str) else None
        if account is None or not uraian or case.reported(row, "uraian", "kode_rekening") or other_jenis(row, case):
            continue
        name = account_name(case, account)
        what = next((what for what, (begins, _) in _SAYS.items() if begins(uraian)), "")
        if what and _OTHER(name) and not _SAYS[what][1](name):
            yield case.at("R528", "rab", row, "kode_rekening", account, uraian=uraian, rincian=what, rekening=name)
            continue
        price = standard_of(row, case.office)
        own = normalise_account(price.kode_rekening) if price and price.jenis in ROW_STANDARDS else None
        comparable = own is not None and "." in own and "." in account
        if price and own and comparable and not f"{account}.".startswith(f"{own}."):
            said = case.at("R533", "rab", row, "kode_rekening", account, kode_standar=price.kode, rincian=own)
            yield explained(said, row)


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
            yield explained(case.at("R543", "rab", row, key, factors), row)
