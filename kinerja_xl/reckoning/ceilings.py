"""What the office's price list says about one RAB row: its line, and the ceiling that it sets."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.lists.units import find_satuan
from kinerja_xl.office import Office, Price
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, is_empty_mark, round_half_up

ROW_STANDARDS = ("SSH", "SBU", "HSPK")
"""Standards that limit a row; ASB limits a whole activity."""


def standard_code(row: Row) -> str:
    """The code of the price standard that a row names; "" when it names none."""
    code = row.get("kode_standar")
    return "" if not isinstance(code, str) or is_empty_mark(code) else code


def standard_of(row: Row, office: Office | None) -> Price | None:
    """The line of the price list that a row refers to: blanks, capitals and a trailing dot in the code do not matter."""
    code = standard_code(row)
    if office is None or not code:
        return None
    return office.prices.get(code) or office.prices.get("".join(code.split()).rstrip(".").upper())


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings mean the same unit of measure."""
    a, b = find_satuan(one), find_satuan(other)
    return (a.kanonik if a else fold(one)) == (b.kanonik if b else fold(other))


def ceiling(row: Row, office: Office) -> int | None:
    """The highest price of one unit in whole rupiah that the list allows a row; None where it sets no limit.

    Estimates, standards of a whole activity, and prices in another unit of measure set none.
    """
    price, satuan = standard_of(row, office), row.get("satuan")
    if price is None or price.jenis not in ROW_STANDARDS or not price.batas or price.harga <= 0:
        return None
    if price.satuan and not (isinstance(satuan, str) and same_unit(satuan, price.satuan)):
        return None
    return price.harga


def excess(row: Row, limit: int | None) -> int:
    """What a row costs more than at its ceiling, in whole rupiah, half-up, without PPN; 0 where nothing can be said."""
    price, volume = row.get("harga_satuan"), row.get("volume")
    if limit is None or not isinstance(price, Decimal) or not isinstance(volume, Decimal) or price <= limit:
        return 0
    return int(round_half_up(volume * (price - limit), 0))
