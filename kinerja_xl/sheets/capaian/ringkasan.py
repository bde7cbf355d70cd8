"""The first page of the capaian workbook and the means behind it."""

from __future__ import annotations

from kinerja_xl.sheets.capaian.words import ANGKA, POIN, RP, TEKS, TENGAH
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import Around, RecapSheet

RINGKASAN = RecapSheet(
    key="ringkasan", name="Ringkasan", title="CAPAIAN KINERJA DAN REALISASI ANGGARAN", signed=True, keep=0, intro="",
    tables=(
        Around(
            key="capaian_unit", title="A. Capaian dan serapan per unit", total_rows=0,
            before=(
                Column(key="kode", label="Unit", kind=TEKS, width=15),
                Column(key="nama", label="Nama Unit", kind=TEKS, width=42),
                Column(key="indikator", label="Indikator Dinilai", kind=ANGKA, width=12),
                Column(key="tidak", label="Tidak Dinilai", kind=ANGKA, width=12),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=14),
                Column(key="predikat", label="Predikat", kind=TENGAH, width=15),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=19),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=19),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=12),
                Column(key="efisiensi", label="Capaian - Serapan (poin)", kind=POIN, width=13),
                Column(key="telat", label="Laporan Terlambat atau Belum", kind=TEKS, width=24),
            ),
        ),
        Around(
            key="rata_rata", title="D. Rata-rata capaian yang lain", total_rows=0,
            before=(
                Column(key="kelompok", label="Kelompok", kind=TEKS, width=15),
                Column(key="nama", label="Rata-rata Atas", kind=TEKS, width=42),
                Column(key="indikator", label="Indikator Dinilai", kind=ANGKA, width=12),
                Column(key="tidak", label="Tidak Dinilai", kind=ANGKA, width=12),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=14),
                Column(key="predikat", label="Predikat", kind=TENGAH, width=15),
                Column(key="disisihkan", label="Yang Tidak Dinilai dan Sebabnya", kind=TEKS, width=56),
            ),
        ),
    ),
)  # fmt: skip
