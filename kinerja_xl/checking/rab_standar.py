"""Rules of the RAB against the office's price list: SSH, SBU and HSPK limit a row, ASB a whole activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.checking.rules import Case, gap, rule
from kinerja_xl.checking.trust import AMOUNTS, row_jenis
from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.ceilings import ROW_STANDARDS, same_unit, standard_code, standard_of
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.tor import SHORT_KIND
from kinerja_xl.sheets.values import format_number, format_rupiah, suggest

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
        if price.satuan and not same_unit(satuan, price.satuan):
            yield case.at("R523", "rab", row, "satuan", satuan, kode_standar=price.kode, rincian=price.satuan)
        elif harga > price.harga:
            excess = (harga - price.harga) * 100 / price.harga
            yield case.at(
                "R513" if price.batas else "R514",
                "rab",
                row,
                "harga_satuan",
                format_rupiah(harga),
                standar=f"{price.jenis} {price.kode} ({price.uraian})",
                batas=format_rupiah(price.harga),
                selisih=gap(harga, Decimal(price.harga)),
                persen=format_number(excess, 1),
            )


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
        total = sum((x for row in rows if isinstance(x := row.get("jumlah"), Decimal)), Decimal(0))
        measured = [row for row in rows if same_unit(str(row.get("satuan")), price.satuan)]
        volume = sum((x for row in measured if isinstance(x := row.get("volume"), Decimal)), Decimal(0))
        if volume > 0 and total > volume * price.harga:
            yield case.at(
                "R515",
                "rab",
                rows[0],
                "kode_standar",
                code,
                kode_sub=sub,
                rincian=f"{price.uraian}, {format_number(volume)} {price.satuan}",
                jumlah=format_rupiah(total),
                batas=format_rupiah(volume * price.harga),
                selisih=gap(total, volume * price.harga),
            )


@rule("R516")
def unknown_standard(case: Case) -> Iterator[Finding]:
    """A code of the price standard stands on the office's list."""
    if case.office is None or not case.office.prices:
        return
    by_name = {price.uraian: price for price in case.office.prices.values()}
    for row in case.submission.rab:
        code = standard_code(row)
        if not code or standard_of(row, case.office) or case.reported(row, "kode_standar"):
            continue
        near = suggest(str(row.get("uraian") or ""), by_name)
        hint = f"; mungkin {by_name[near[0]].kode} ({near[0]})" if near else ""
        yield case.at("R516", "rab", row, "kode_standar", code, usul=hint)


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
