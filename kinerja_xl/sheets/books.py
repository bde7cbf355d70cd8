"""All workbooks of ours: what somebody fills in, and what is shown. What staff call a book, and where it belongs, it says itself."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.sheets.beda import BEDA_BOOK
from kinerja_xl.sheets.capaian import CAPAIAN_BOOK
from kinerja_xl.sheets.gabungan import GABUNGAN_BOOK
from kinerja_xl.sheets.kantor import KANTOR, PADANAN
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN, PENETAPAN
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.rekap import REKAP_BOOK, RKA_BOOK, ShownBook
from kinerja_xl.sheets.shown import HASIL_BACA
from kinerja_xl.sheets.usulan import USULAN

FILLED: Mapping[str, Book] = {
    book.key: book for book in (KANTOR, USULAN, REALISASI_UNIT, REALISASI_UANG, PENETAPAN, PENELAAHAN, DPA)
}  # fmt: skip
"""Everything that somebody fills in for the office's work, by key."""

OURS: Mapping[str, Book | ShownBook] = {
    **FILLED,
    **{book.key: book for book in (PADANAN, REKAP_BOOK, RKA_BOOK, CAPAIAN_BOOK, BEDA_BOOK, GABUNGAN_BOOK, HASIL_BACA)},
}
"""Every one by the key that it carries."""
