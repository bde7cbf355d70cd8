"""What columns mean that their own headings do not say: by what stands in them, before the kind of table is decided.

Habits served: the koefisien in words under a heading of its own; amounts asked for, examined and agreed beside each other.
"""

from __future__ import annotations

import re

from kinerja_xl.foreign.amounts import factors
from kinerja_xl.foreign.columns import Layout, product_rows
from kinerja_xl.foreign.texts import clean

LOOKED = 300
"""Rows looked at."""


def by_content(made: Layout) -> None:
    """Give roles to columns whose cells tell them."""
    _koefisien_column(made)
    _other_years(made)
    _proposed(made)
    _totals(made)
    _only_money(made)
    _stepped(made)


_OTHER_YEAR = re.compile(r"\b(?:tahun|thn|th|ta|t|n)\.?\s*(?:\(?\s*n\s*)?[-+−–]\s*1\b", re.IGNORECASE)


def _other_years(made: Layout) -> None:
    """The RKA prints the year before and the year after beside the budget's own: "Tahun-1", "n+1"."""
    for column in made.of("jumlah", "anggaran", ""):
        if any(_OTHER_YEAR.search(text) for text in column.path):
            made.change(column.col, "maju", "")


_TOTAL = re.compile(r"^\W*(?:grand\s*)?(?:total|jumlah|jml)\b", re.IGNORECASE)


def _totals(made: Layout) -> None:
    """"Total Setahun", "Jumlah s.d. Desember": whatever follows, rupiah under such a heading are an amount."""
    for column in [] if made.of("anggaran", "realisasi") else made.of(""):
        if column.path and not column.period and _TOTAL.match(column.path[-1]) and made.content[column.col].is_money:
            made.change(column.col, "jumlah", "")


def _only_money(made: Layout) -> None:
    """No heading says amount: then it is the unknown column that volume × price gives, or the only one headed "Rupiah"."""
    if made.of("jumlah", "anggaran", "realisasi", "target", "rencana"):
        return
    unknown = [c for c in made.of("") if made.content[c.col].is_money and not made.content[c.col].is_text and not c.period]
    for column in unknown:
        for volume in made.of("volume"):
            for price in made.of("harga"):
                hits, rows = product_rows(made, volume.col, price.col, column.col)
                if rows > 1 and hits * 5 >= rows * 4:
                    made.change(column.col, "jumlah", f"volume × harga = jumlah pada {hits} dari {rows} baris")
                    return
    if len(unknown) == 1 and unknown[0].money and not made.of("harga"):
        made.change(unknown[0].col, "jumlah", "")


def _stepped(made: Layout) -> None:
    """Amounts that step over columns under one heading by their level, one on each row: they are one column."""
    for column in made.of("jumlah", "anggaran"):
        family = [c for c in made.of("jumlah", "anggaran") if c.path == column.path]
        if len(family) < 2 or family[0].col != column.col or family[-1].col - column.col != len(family) - 1:
            continue
        rows = [[c.col for c in family if made.value(row, c.col) is not None] for row in made.region.rows]
        steps = [cols[0] for cols in rows if cols]
        if any(len(cols) > 1 for cols in rows) or len(set(steps)) < 2 or column.col not in steps:
            continue
        for row, cols in zip(made.region.rows, rows, strict=True):
            if cols and cols[0] != column.col:
                made.settle(row, column.col, made.amount(row, cols[0]))
                made.moved[row, column.col] = cols[0]
        for other in family[1:]:
            made.change(other.col, "bagian", f"lanjutan bertangga dari kolom {column.letter}")


def _koefisien_column(made: Layout) -> None:
    """A column of words that multiply ("2 org x 12 kl x 5 desa"), whatever it is called: "Rincian Pelaksanaan"."""
    for column in made.of("", "uraian", "keterangan", "spesifikasi"):
        rows = made.region.rows[:LOOKED]
        texts = [v for row in rows if isinstance(v := made.region.grid.value(row, column.col), str) and clean(v)]
        if len(texts) >= 3 and sum(factors(text) is not None for text in texts) * 5 >= len(texts) * 4:
            made.change(column.col, "volume", "isinya koefisien")


_PROPOSED = re.compile(r"usul|evaluasi|verifikasi|rekomendasi|disetujui|telaah", re.IGNORECASE)


def _proposed(made: Layout) -> None:
    """Amounts asked for, examined and agreed beside each other: any of them may be meant."""
    for column in made.of(""):
        if column.path and _PROPOSED.search(column.path[-1]) and made.content[column.col].is_money:
            made.change(column.col, "jumlah", "")
