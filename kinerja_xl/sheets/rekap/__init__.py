"""The recap workbook's sheets, declared: which tables they hold and the columns that only the recap has."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.sheets.rekap.asal import ASAL_DATA, CATATAN
from kinerja_xl.sheets.rekap.isian import INDIKATOR, PK, PK_ANGGARAN, RAB, TOR
from kinerja_xl.sheets.rekap.model import BARIS, BERKAS, DIHITUNG, LEMBAR, TOTAL, UNIT, Around, RecapSheet
from kinerja_xl.sheets.rekap.mutu import CALON_IKU, MUTU
from kinerja_xl.sheets.rekap.rencana import JENJANG, KESELARASAN, PER_PROGRAM, RKT, UNIT_JENIS
from kinerja_xl.sheets.rekap.ringkasan import RINGKASAN
from kinerja_xl.sheets.rekap.rka import DAFTAR_RKA, RKA, SIPD

__all__ = [
    "ASAL_DATA", "BARIS", "BERKAS", "BUKU_RKA", "CALON_IKU", "CATATAN", "DAFTAR_RKA", "DIHITUNG", "INDIKATOR", "JENJANG", "KESELARASAN",
    "LEMBAR", "MUTU", "PER_PROGRAM", "PK", "PK_ANGGARAN", "RAB", "REKAP", "RINGKASAN", "RKA", "RKT", "SIPD", "TOR", "TOTAL", "UNIT",
    "UNIT_JENIS", "Around", "RecapSheet", "columns",
]  # fmt: skip

REKAP: tuple[RecapSheet, ...] = (
    RINGKASAN, RKT, RAB, PER_PROGRAM, UNIT_JENIS, KESELARASAN, JENJANG, INDIKATOR, CALON_IKU, PK, PK_ANGGARAN, TOR, MUTU,
    CATATAN, ASAL_DATA,
)  # fmt: skip
"""The sheets of the recap, in order."""

BUKU_RKA: tuple[RecapSheet, ...] = (DAFTAR_RKA, SIPD, RKA)
"""The sheets of the RKA workbook; the last one stands for every sub kegiatan."""


def columns(book: Book) -> Iterator[tuple[RecapSheet, Around, Column]]:
    """Every column of the recap of this usulan book, for the generated documentation."""
    return ((s, t, c) for s in REKAP for t in s.tables for c in t.columns(book))
