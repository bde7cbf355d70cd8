"""The lines of several offices in one table, compared: totals by program and jenis belanja, the same work, the same goods."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median
from typing import Any

import pandas as pd

from kinerja_xl.frames.ledger import Added, added, ledger
from kinerja_xl.frames.tables import records
from kinerja_xl.sheets.formats import round_half_up

OFFICE = "kecamatan"
LINE = (OFFICE, "unit", "program", "kegiatan", "kode_sub", "nama_sub", "jenis", "barang", "uraian", "spesifikasi", "satuan",
        "harga", "volume", "jumlah", "dihitung", "berkas", "baris")  # fmt: skip
"""One RAB row of one office; ``barang`` is what equal goods have in common, "" where nothing tells."""
WORK = (OFFICE, "kode_sub", "nama_sub", "output", "target", "satuan", "jumlah")
"""One sub kegiatan of one office with its output; ``jumlah`` None: not known."""


def line_table(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """The columns of ``LINE``."""
    return records(rows, LINE)


def together(tables: Iterable[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    """One table of all of them; empty ones say nothing about its types."""
    full = [table for table in tables if len(table)]
    return pd.concat(full, ignore_index=True) if full else records((), columns)


def sums_by(lines: pd.DataFrame, *keys: str) -> dict[tuple[str, ...], Added]:
    """Counted, held and unknown rupiah by these columns."""
    amounts = [None if missing else int(value) for value, missing in zip(lines["jumlah"], lines["jumlah"].isna(), strict=True)]
    made = ledger({key: lines[key].fillna("").tolist() for key in keys}, amounts, [bool(x) for x in lines["dihitung"]])
    found = added(made, *keys)
    return {key if isinstance(key, tuple) else (str(key),): one for key, one in found.items()}


def prices(lines: pd.DataFrame) -> pd.DataFrame:
    """The same goods in the same unit where more than one office buys them: lowest, middle and highest price with who pays it,
    the widest spread first. ``selisih`` in percent of the lowest; only rows that count, with a price."""
    bought = lines[lines["dihitung"].astype(bool) & (lines["barang"] != "") & lines["harga"].notna()]
    rows = []
    for (_, unit), group in bought.groupby(["barang", "satuan"], sort=True, observed=True, dropna=False):
        own = sorted(zip(group["harga"], group[OFFICE], group["uraian"], group["spesifikasi"], strict=True), key=lambda x: x[:2])
        offices = {office for _, office, *_ in own}
        low, high = Decimal(int(own[0][0])), Decimal(int(own[-1][0]))
        if len(offices) > 1 and low > 0:
            spread = percent(high - low, low)
            spec = _known(own[0][3])
            middle = round_half_up(Decimal(median([Decimal(int(price)) for price, *_ in own])), 0)
            rows.append((own[0][2], spec, _known(unit), len(offices), len(own), low, own[0][1], middle, high, own[-1][1], spread))
    rows.sort(key=lambda row: (-row[-1], str(row[0])))
    return records(rows, PRICE)


PRICE = ("uraian", "spesifikasi", "satuan", "banyak_kecamatan", "baris", "terendah", "kecamatan_terendah", "tengah", "tertinggi",
         "kecamatan_tertinggi", "selisih")  # fmt: skip


def costs(work: pd.DataFrame) -> pd.DataFrame:
    """Cost of one unit of output by sub kegiatan and office, beside the middle of all that measure it alike; whole rupiah.
    ``terhadap_tengah`` in percent of it; None where the amount or the target is not known."""
    rows = []
    for code, group in work.groupby("kode_sub", sort=True, observed=True):
        for unit, alike in group.groupby("satuan", sort=True, observed=True, dropna=False):
            found = ((n, _cost(*row)) for n, *row in alike[["target", "jumlah"]].itertuples(name=None))
            known = {n: cost for n, cost in found if cost is not None}
            middle = Decimal(median(known.values())) if known else None
            for n, one in alike.iterrows():
                cost = known.get(n)
                share = percent(cost - middle, middle) if cost is not None and middle and len(known) > 1 else None
                named, target, amount, output = (_known(x) for x in (unit, one["target"], one["jumlah"], one["output"]))
                rows.append((code, one["nama_sub"], one[OFFICE], output, target, named, amount, cost, len(known), share))
    return records(rows, COST)


COST = ("kode_sub", "nama_sub", OFFICE, "output", "target", "satuan", "jumlah", "biaya_output", "pembanding", "terhadap_tengah")


def _known(value: Any) -> Any:
    """The value as plain Python has it; None for a missing one."""
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value


def _cost(target: Any, amount: Any) -> Decimal | None:
    if not isinstance(target, Decimal) or target <= 0 or pd.isna(amount):
        return None
    return round_half_up(Decimal(int(amount)) / target, 0)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Percent points, half-up to two decimals."""
    return round_half_up(100 * part / whole, 2)
