"""The capaian workbook's sheets and columns: what ``kinerja-xl capaian`` shows of the measured year.

Built from the same words as the recap's sheets (``sheets/rekap/``). A column ``page=2`` is folded: it feeds the
formulas of its row and is printed only when somebody opens it. Labels follow the forms that the office hands upward
(Pengukuran Kinerja, Evaluasi Renja, Rencana Aksi; domain facts 3).
"""

from __future__ import annotations

from kinerja_xl.sheets.capaian.jelas import ASAL_DATA, CARA_LAIN, CATATAN, PENJELASAN
from kinerja_xl.sheets.capaian.kinerja import CAPAIAN_IKU, CAPAIAN_INDIKATOR
from kinerja_xl.sheets.capaian.pantau import BENANG_MERAH, EVALUASI_RENJA, PERINGATAN, RENCANA_AKSI
from kinerja_xl.sheets.capaian.ringkasan import RINGKASAN
from kinerja_xl.sheets.capaian.uang import EFISIENSI, REALISASI_ANGGARAN
from kinerja_xl.sheets.capaian.words import QUARTERS, ROMAN
from kinerja_xl.sheets.rekap import RecapSheet

__all__ = [
    "ASAL_DATA", "BENANG_MERAH", "BOOK_KEY", "BOOK_VERSION", "CAPAIAN", "CAPAIAN_IKU", "CAPAIAN_INDIKATOR", "CARA_LAIN", "CATATAN",
    "EFISIENSI", "EVALUASI_RENJA", "PENJELASAN", "PERINGATAN", "QUARTERS", "REALISASI_ANGGARAN", "RENCANA_AKSI", "RINGKASAN", "ROMAN",
]  # fmt: skip

BOOK_KEY, BOOK_VERSION = "capaian", 1
"""What the workbook says of itself."""

CAPAIAN: tuple[RecapSheet, ...] = (
    RINGKASAN, CAPAIAN_INDIKATOR, CAPAIAN_IKU, REALISASI_ANGGARAN, EFISIENSI, PERINGATAN, EVALUASI_RENJA,
    RENCANA_AKSI, BENANG_MERAH, PENJELASAN, CARA_LAIN, CATATAN, ASAL_DATA,
)  # fmt: skip
"""The sheets of the capaian workbook, in order."""
