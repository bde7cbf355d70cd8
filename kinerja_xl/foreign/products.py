"""What volume × price tells of columns whose headings say something else.

Habit served: the price of a unit is called "Biaya" or "Anggaran", like the amount to its right.
"""

from __future__ import annotations

from kinerja_xl.foreign.columns import Layout, product_rows


def price_called_amount(made: Layout) -> None:
    """Without a price column: an amount that times the volume gives an amount further right is the price."""
    if made.of("harga"):
        return
    factors = [c.col for c in made.of("volume") if made.content[c.col].is_numeric]
    sums = [c.col for c in made.of("jumlah", "anggaran") if made.content[c.col].is_numeric]
    for volume, price, total in ((v, p, t) for v in factors for p in sums for t in sums if t > p):
        hits, rows = product_rows(made, volume, price, total)
        if rows > 1 and hits * 5 >= rows * 4:
            made.change(price, "harga", f"volume × harga = jumlah pada {hits} dari {rows} baris")
            made.change(total, made.columns[total].role, f"volume × harga = jumlah pada {hits} dari {rows} baris")
            return
