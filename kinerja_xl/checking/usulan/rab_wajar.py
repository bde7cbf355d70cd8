"""Rules of a reasonable RAB: right class, support for belanja modal, no zeros, no bare lump sums, a plausible n+1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import (
    AMOUNTS,
    Case,
    account_name,
    added,
    explained,
    gap,
    other_jenis,
    rab_amounts,
    row_jenis,
    rule,
)
from kinerja_xl.checking.usulan.tor_dan_rab import beyond_the_tor
from kinerja_xl.lists import jenis_belanja, normalise_account
from kinerja_xl.office.carried import is_start
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_code, standard_of
from kinerja_xl.sheets.choices import JENIS_LAMPIRAN_MODAL
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rab import FACTORS
from kinerja_xl.sheets.tor import SHORT_KIND
from kinerja_xl.sheets.values import format_number, format_rupiah, is_empty_mark, round_half_up, suggest
from kinerja_xl.words.match import kata

MODAL = "5.2"
ROUND_STEP = Decimal(100_000)
LUMP_UNITS = ("Paket", "Ls")

# Only what begins the uraian counts ("Tinta printer", "Sewa kursi" are none), and only goods (5.1.02.01).
_GOODS = "5.1.02.01"
_EQUIPMENT = kata("peralatan")
_NO_EQUIPMENT = kata("bukan_peralatan")
_CONSUMABLE = kata("habis_pakai")
_HANDED_OVER = kata("diserahkan")


@rule("R512", settles=True)
def wrong_class(case: Case) -> Iterator[Finding]:
    """Equipment stands under belanja modal, consumables under barang dan jasa (IV.B.2).

    The words are few and plain on purpose; equipment below the policy price may be booked as goods.
    """
    least = case.policy("batas_modal")
    for row in case.submission.rab:
        uraian, account = row.get("uraian"), normalise_account(str(row.get("kode_rekening") or ""))
        if not isinstance(uraian, str) or account is None or case.reported(row, "uraian", "kode_rekening"):
            continue
        if other_jenis(row, case):
            continue  # which of the two is meant has its own catatan
        jenis, harga = row_jenis(row, case), row.get("harga_satuan")
        if jenis == MODAL and _CONSUMABLE(uraian):
            yield case.at(
                "R512", "rab", row, "kode_rekening", account, uraian=uraian, rincian="barang habis pakai", benar="5.1.02"
            )
        elif (
            account.startswith(_GOODS + ".")
            and _EQUIPMENT(uraian)
            and not _NO_EQUIPMENT(uraian)
            and not _HANDED_OVER(account_name(case, account))
            and isinstance(harga, Decimal)
            and harga >= least
        ):
            yield case.at("R512", "rab", row, "kode_rekening", account, uraian=uraian, rincian="peralatan", benar="5.2")


_OF_MODAL = ("kode_sub", "kode_rekening")
"""Cells of which a catatan leaves open whether, and for what, a row is belanja modal."""


@rule("R518", "R519")
def support_of_modal(case: Case) -> Iterator[Finding]:
    """Belanja modal comes with a specification or other support; a kind that is missing is said (III.C.2.d, IV.C.2)."""
    lampiran = _support(case)
    if lampiran is None or not case.has("rab", "spesifikasi"):
        return
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in case.submission.rab:
        if row_jenis(row, case) == MODAL and not other_jenis(row, case) and not case.reported(row, "spesifikasi", *_OF_MODAL):
            groups[str(row.get("kode_sub"))].append(row)
    for sub, rows in groups.items():
        bare = [row for row in rows if not _filled(row, "spesifikasi")]
        kinds = lampiran.get(sub)
        if bare and not kinds:
            for row in bare:
                yield case.at("R518", "rab", row, "spesifikasi", uraian=str(row.get("uraian") or ""), kode_sub=sub)
        elif kinds is not None:  # without its TOR (K602) there is no list of attachments to judge
            missing = [k for k in JENIS_LAMPIRAN_MODAL if k not in kinds and (k != "Spesifikasi" or bare)]
            if missing:
                value = rows[0].get("spesifikasi")
                yield case.at("R519", "rab", rows[0], "spesifikasi", value, kode_sub=sub, rincian=", ".join(missing).lower())


def _support(case: Case) -> Mapping[str, frozenset[str]] | None:
    """Kinds of attachment by sub kegiatan that has a TOR; None when that cannot be known (older form, unclear code)."""
    content = case.submission.content
    if content is None or not case.has("tor") or not case.has("lampiran"):
        return None
    if not any(block.key == "lampiran" for block in content.book.sheet("tor").blocks):
        return None
    found: dict[str, frozenset[str]] = {}
    for sheet in content.all("tor"):
        tor = sheet.forms.get("tor")
        if tor is None:
            continue
        code = tor.get("kode_sub")
        if not isinstance(code, str) or case.reported(tor, "kode_sub"):
            return None
        kinds = {str(row.get("jenis")) for row in sheet.tables.get("lampiran", ()) if _filled(row, "dokumen")}
        found[code] = found.get(code, frozenset()) | kinds
    return found


def _filled(row: Row, key: str) -> bool:
    value = row.get(key)
    return isinstance(value, str) and not is_empty_mark(value)


@rule("R520")
def zeros(case: Case) -> Iterator[Finding]:
    """A row buys something: neither its price nor its volume is zero."""
    for row in case.submission.rab:
        volume = row.get("volume")
        if case.reported(row, *AMOUNTS, "volume"):
            continue
        if row.get("harga_satuan") == 0:
            yield case.at("R520", "rab", row, "harga_satuan", "0")
        elif isinstance(volume, Decimal) and volume == 0:
            key = next((key for key in FACTORS if row.get(key) == 0), FACTORS[0])
            yield case.at("R520", "rab", row, key, "0")


@rule("R521")
def lump_sums(case: Case) -> Iterator[Finding]:
    """No large round lump sum without its parts: RAB is specific and detailed (III.C.2.b).

    A price that stands on the office's list is explained by it.
    """
    least = case.policy("batas_paket")
    for row in case.submission.rab:
        jumlah, satuan = row.get("jumlah"), case.lists.measures.find(row.text("satuan"))
        if not isinstance(jumlah, Decimal) or satuan is None or satuan.kanonik not in LUMP_UNITS:
            continue
        if row.get("volume") != 1 or jumlah < max(least, ROUND_STEP) or jumlah % ROUND_STEP:
            continue
        if not standard_of(row, case.office) and not case.reported(row, *AMOUNTS, "satuan"):
            yield case.at(
                "R521", "rab", row, "harga_satuan", format_rupiah(jumlah), satuan=row.text("satuan"), batas=format_rupiah(least)
            )


@rule("R522")
def forward_estimate(case: Case) -> Iterator[Finding]:
    """Prakiraan maju of a sub kegiatan stays near this year's amount. Only rows that state one are compared."""
    limit = case.policy("batas_prakiraan")
    if not case.has("rab", "prakiraan_maju", *AMOUNTS):
        return
    groups, amounts = defaultdict[str, list[Row]](list), rab_amounts(case)
    for row in case.submission.rab:
        if row.get("prakiraan_maju") is not None:
            groups[str(row.get("kode_sub"))].append(row)
    for sub, rows in groups.items():
        named = any(case.reported(row, "kode_sub", "prakiraan_maju") for row in rows)
        if named or case.holds(sub) or not amounts.comparable(sub):
            continue  # a row of it is held back or doubted: what it will cost next year is then anybody's guess
        now = added(rows, "jumlah")
        then = added(rows, "prakiraan_maju")
        more = sum((one.more for one in beyond_the_tor(case) if any(one.row is row for row in rows)), Decimal(0))
        if more and abs(then - now + more) * 100 <= limit * (now - more):
            continue  # near what this year costs with as many as the TOR says (K663)
        if now > 0 and abs(then - now) * 100 > limit * now:
            change = round_half_up((then - now) * 100 / now, 1)
            said = case.at(
                "R522", "rab", rows[0], "prakiraan_maju", format_rupiah(then), kode_sub=sub, rincian=format_rupiah(now),
                persen=signed(change), batas=format_number(limit),
            )  # fmt: skip
            yield explained(said, rows[0])


# ---- Rules of the RAB against the office's price list: SSH, SBU and HSPK limit a row, ASB a whole activity ----

PEGAWAI = "5.1.01"
"""Salaries follow pay regulations, not a price list."""

SHOWN = 5


@rule("R513", "R514", "R523")
def above_the_limit(case: Case) -> Iterator[Finding]:
    """A row's price stays within its SSH, SBU or HSPK; a price in another unit can't be compared (III.C.2.b, IV.A.2.VI)."""
    for row in case.submission.rab:
        price, harga, satuan = standard_of(row, case.office), row.get("harga_satuan"), row.get("satuan")
        if price is None or price.jenis not in ROW_STANDARDS or price.harga <= 0 or not isinstance(harga, Decimal):
            continue
        if case.reported(row, "kode_standar", "harga_satuan", "satuan") or not isinstance(satuan, str):
            continue
        if price.satuan and not case.lists.measures.same(satuan, price.satuan):
            yield case.at("R523", "rab", row, "satuan", satuan, kode_standar=price.kode, rincian=price.satuan)
        elif harga > price.harga:
            excess = (harga - price.harga) * 100 / price.harga
            said = case.at(
                "R513" if price.batas else "R514", "rab", row, "harga_satuan", format_rupiah(harga),
                standar=f"{price.jenis} {price.kode} ({price.uraian})", batas=format_rupiah(price.harga),
                selisih=gap(harga, Decimal(price.harga)), persen=format_number(excess, 1),
            )  # fmt: skip
            yield said if price.batas else explained(said, row)  # a ceiling is none that words could lift


@rule("R515")
def activity_above_asb(case: Case) -> Iterator[Finding]:
    """The rows of one sub kegiatan that name an ASB cost no more per unit than it allows.

    The volume is what its rows state in the ASB's own unit; without such a row nothing can be compared.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in case.submission.rab:
        price = standard_of(row, case.office)
        if price and price.jenis == "ASB" and price.harga > 0:
            groups[str(row.get("kode_sub")), price.kode].append(row)
    for (sub, code), rows in groups.items():
        assert case.office is not None
        price = case.office.prices[code]
        if any(case.reported(row, *AMOUNTS, "satuan", "kode_standar") for row in rows):
            continue
        total = added(rows, "jumlah")
        measured = [row for row in rows if case.lists.measures.same(row.get("satuan"), price.satuan)]
        volume = added(measured, "volume")
        if volume > 0 and total > volume * price.harga:
            yield case.at(
                "R515", "rab", rows[0], "kode_standar", code, kode_sub=sub,
                rincian=f"{price.uraian}, {format_number(volume)} {price.satuan}", jumlah=format_rupiah(total),
                batas=format_rupiah(volume * price.harga), selisih=gap(total, volume * price.harga),
            )  # fmt: skip


@rule("R516")
def unknown_standard(case: Case) -> Iterator[Finding]:
    """A code of the price standard stands on the office's list."""
    if case.office is None or not case.office.prices:
        return
    for row in case.submission.rab:
        code = standard_code(row)
        if not code or standard_of(row, case.office) or case.reported(row, "kode_standar"):
            continue
        kind, jenis = row.get("jenis_standar"), row_jenis(row, case)
        by_name = {
            price.uraian: price
            for price in case.office.prices.values()
            if kind in (None, price.jenis) and jenis in (None, jenis_belanja(price.kode_rekening) or jenis)
        }
        near = suggest(str(row.get("uraian") or ""), by_name)
        hint = f"; mungkin {by_name[near[0]].kode} ({near[0]})" if near else ""
        yield case.at("R516", "rab", row, "kode_standar", code, usul=hint)


@rule("R524")
def still_a_start(case: Case) -> Iterator[Finding]:
    """A row that came with the form from last year, and still says that nobody has looked at it."""
    for row in case.submission.rab:
        if is_start(row.text("keterangan")) and not case.reported(row, "keterangan"):
            yield case.at("R524", "rab", row, "keterangan", row.text("keterangan"))


@rule("R517")
def proposals_for_the_list(case: Case) -> Iterator[Finding]:
    """Items without a price standard, collected in one catatan: the office proposes them for the regency's list.

    Salaries and bills (short TOR) follow other regulations.
    """
    if case.office is None or not case.office.prices or not case.has("rab", "kode_standar"):
        return
    short = {tor.get("kode_sub") for tor in case.submission.tors if tor.get("sifat") == SHORT_KIND}
    rows = [
        row
        for row in case.submission.rab
        if not standard_code(row)
        and row.get("uraian")
        and row.get("kode_sub") not in short
        and row_jenis(row, case) not in (None, PEGAWAI)
        and not case.reported(row, "kode_standar", "uraian")
    ]
    if rows:
        names = [f"{row.get('uraian')} (baris {row.row})" for row in rows[:SHOWN]]
        more = f", dan {len(rows) - SHOWN} lainnya" if len(rows) > SHOWN else ""
        yield case.at("R517", "rab", rows[0], "kode_standar", banyak=str(len(rows)), rincian=", ".join(names) + more)


def signed(change: Decimal) -> str:
    """A change with its sign, as staff read it."""
    return ("+" if change > 0 else "") + format_number(change)
