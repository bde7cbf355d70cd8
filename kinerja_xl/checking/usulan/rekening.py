"""What a row buys against its account and against the price list: asked once its class (R512) is settled."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, account_name, explained, other_jenis, rule
from kinerja_xl.lists import normalise_account
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
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


@rule("R528", "R533")
def account_of_the_goods(case: Case) -> Iterator[Finding]:
    """What the uraian plainly names is booked on an account for it, or for what the price list says (IV.B.2)."""
    for row in case.submission.rab:
        code, uraian = row.get("kode_rekening"), row.text("uraian").strip()
        account = normalise_account(code) if isinstance(code, str) else None
        named = case.reported(row, "uraian", "kode_rekening", "kode_standar")
        if account is None or not uraian or named or other_jenis(row, case):
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


@rule("R532")
def kind_of_standard(case: Case) -> Iterator[Finding]:
    """The kind of standard that a row states is that of the code beside it (IV.A.2.VI). One of a whole activity, ASB, stands
    over rows of several goods, each of which may state its own."""
    for row in case.submission.rab:
        price, own = standard_of(row, case.office), row.get("jenis_standar")
        if price is None or price.jenis not in ROW_STANDARDS or case.reported(row, "jenis_standar", "kode_standar"):
            continue
        if isinstance(own, str) and own != price.jenis:
            yield case.at("R532", "rab", row, "jenis_standar", own, kode_standar=price.kode, rincian=price.jenis)
