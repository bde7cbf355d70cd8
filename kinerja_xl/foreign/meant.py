"""What columns mean that their own headings do not say: by what stands in them, before the kind of table is decided.

Habits served: the koefisien in words under a heading of its own; amounts asked for, examined and agreed beside each other.
"""

from __future__ import annotations

import re

from kinerja_xl.foreign.amounts import factors
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.texts import clean

LOOKED = 300
"""Rows looked at."""


def by_content(made: Layout) -> None:
    """Give roles to columns whose cells tell them."""
    _koefisien_column(made)
    _proposed(made)


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
