"""Every workbook that we write to be read, not filled in: by what it says it is."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.sheets.beda import BEDA_BOOK
from kinerja_xl.sheets.capaian import CAPAIAN_BOOK, CAPAIAN_INDIKATOR, CAPAIAN_VERSIONS, EVALUASI_RENJA, REALISASI_ANGGARAN
from kinerja_xl.sheets.gabungan import GABUNGAN_BOOK
from kinerja_xl.sheets.rekap import (
    INDIKATOR,
    PER_PROGRAM,
    PK,
    PK_ANGGARAN,
    RAB,
    REKAP_BOOK,
    REKAP_VERSIONS,
    RKA_BOOK,
    RKT,
    RecapSheet,
    ShownBook,
)
from kinerja_xl.sheets.usulan import USULAN

HASIL_BACA = ShownBook(key="hasil_baca", version=1, sheets=(), usulan=USULAN, called="hasil baca")
"""What ``baca`` found in workbooks of others; its sheets are as many as it found tables."""

READ_BACK: Mapping[str, Mapping[int, ShownBook]] = {REKAP_BOOK.key: REKAP_VERSIONS, CAPAIAN_BOOK.key: CAPAIAN_VERSIONS}
"""Books that other verbs read again, by key and version."""

READ_SHEETS: Mapping[str, tuple[RecapSheet, ...]] = {
    REKAP_BOOK.key: (RAB, INDIKATOR, RKT, PER_PROGRAM, PK, PK_ANGGARAN),
    CAPAIAN_BOOK.key: (CAPAIAN_INDIKATOR, EVALUASI_RENJA, REALISASI_ANGGARAN),
}
"""The sheets of each that are read."""

SHOWN = frozenset({*READ_BACK, RKA_BOOK.key, BEDA_BOOK.key, GABUNGAN_BOOK.key, HASIL_BACA.key})
"""The keys of all of them."""
