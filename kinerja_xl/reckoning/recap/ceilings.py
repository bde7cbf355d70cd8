"""The ceiling that the office's price list sets one RAB row, and what the row costs above it."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import round_half_up


def ceiling(row: Row, office: Office) -> int | None:
    """The highest price of one unit in whole rupiah that the list allows a row; None where it sets no limit.

    Estimates, standards of a whole activity, and prices in another unit of measure set none.
    """
    price, satuan = standard_of(row, office), row.get("satuan")
    if office is None or price is None or price.jenis not in ROW_STANDARDS or not price.batas or price.harga <= 0:
        return None
    if price.satuan and not (isinstance(satuan, str) and office.satuan.same(satuan, price.satuan)):
        return None
    return price.harga


def excess(row: Row, limit: int | None) -> int:
    """What a row costs more than at its ceiling, in whole rupiah, half-up, without PPN; 0 where nothing can be said."""
    price, volume = row.get("harga_satuan"), row.get("volume")
    if limit is None or not isinstance(price, Decimal) or not isinstance(volume, Decimal) or price <= limit:
        return 0
    return int(round_half_up(volume * (price - limit), 0))
