"""Sheets that follow the year: early warning, Evaluasi Renja, Rencana Aksi, Benang Merah."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.capaian.words import (
    ANGKA,
    INDIKATOR,
    KODE,
    NILAI,
    NO,
    POIN,
    QUARTERS,
    ROMAN,
    RP,
    RUPIAH_WIDTH,
    SASARAN,
    SATUAN,
    TEKS,
    TENGAH,
    taken,
)
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, Around, RecapSheet

PERINGATAN = RecapSheet(
    key="peringatan", name="Peringatan Dini", title="PERINGATAN DINI", keep=0,
    intro="Yang paling mendesak di atas. Proyeksi akhir tahun sederhana; caranya disebut di setiap baris.",
    tables=(
        Around(
            key="peringatan", total_rows=0,
            before=(
                NO, UNIT, KODE,
                Column(key="nama", label="Indikator / Sub Kegiatan", kind=TEKS, width=42),
                Column(key="hal", label="Hal", kind=TEKS, width=20),
                Column(key="posisi", label="Posisi", kind=TENGAH, width=16),
                Column(key="penjelasan", label="Penjelasan", kind=TEKS, width=58),
                Column(key="proyeksi", label="Proyeksi Akhir Tahun", kind=TEKS, width=46),
            ),
        ),
    ),
)  # fmt: skip


def _pair(key: str, label: str, *, percent: bool = False) -> tuple[Column, ...]:
    columns: tuple[Column, ...] = (Column(key=f"{key}_k", label="K", kind=NILAI, width=8.5, group=label),)
    if percent:
        columns += (Column(key=f"{key}_p", label="%", kind=POIN, width=8, group=label),)
    return (*columns, Column(key=f"{key}_rp", label="Rp", kind=RP, width=13.5, group=label))


EVALUASI_RENJA = RecapSheet(
    key="evaluasi_renja", name="Evaluasi Renja", title="EVALUASI TERHADAP HASIL RENJA", signed=True, keep=0,
    intro="K = kinerja, Rp = anggaran. 13 = 9 + 10 + 11 + 12 (K menurut cara menjumlah indikatornya), 14 = 7 + 13, 15 = 14 / 6 x 100.",
    tables=(
        Around(
            key="evaluasi_renja", total_rows=0,
            before=(
                Column(key="no", label="No", kind=ANGKA, width=5, group="1"),
                replace(SASARAN, width=16, group="2"),
                Column(key="program", label="Program / Kegiatan / Sub Kegiatan", kind=TEKS, width=22, group="3"),
                replace(INDIKATOR, width=22, group="4"),
                replace(SATUAN, width=8.5, group="5"),
                *_pair("renstra", "6 Target Renstra akhir"),
                *_pair("lalu", "7 Realisasi s.d. n-1"),
                *_pair("target", "8 Target Renja"),
                *(column for n in QUARTERS for column in _pair(f"tw{n}", f"{8 + n} Realisasi TW {ROMAN[n - 1]}", percent=True)),
                *_pair("tahun", "13 Realisasi Renja", percent=True),
                *_pair("sampai", "14 Realisasi s.d. tahun n"),
                Column(key="tingkat_k", label="K (%)", kind=POIN, width=9, group="15 Tingkat capaian Renstra"),
                Column(key="tingkat_rp", label="Rp (%)", kind=POIN, width=9, group="15 Tingkat capaian Renstra"),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=16),
            ),
        ),
    ),
)  # fmt: skip

RENCANA_AKSI = RecapSheet(
    key="rencana_aksi", name="Rencana Aksi", title="RENCANA AKSI", signed=True, keep=0,
    intro="Target tiap triwulan menurut penetapan, tindak lanjut dari unit.",
    tables=(
        Around(
            key="rencana_aksi", total_rows=0,
            before=(
                NO,
                Column(key="aksi", label="Aksi / Tindak Lanjut", kind=TEKS, width=44),
                INDIKATOR,
                *(Column(key=f"target_{n}", label=f"TW {ROMAN[n - 1]}", kind=NILAI, width=10, group="Target") for n in QUARTERS),
                Column(key="target", label="Setahun", kind=NILAI, width=10, group="Target"),
                SATUAN,
                Column(key="anggaran", label="Anggaran (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="sub", label="Sub Kegiatan", kind=TEKS, width=38),
                taken("penanggung_jawab", width=24),
            ),
        ),
    ),
)  # fmt: skip

BENANG_MERAH = RecapSheet(
    key="benang_merah", name="Benang Merah", title="BENANG MERAH PERENCANAAN SAMPAI PELAPORAN (III.B)", keep=0,
    intro="Satu baris satu sub kegiatan: usulan (RKT), yang disepakati, DPA, realisasi, capaian. Celah ditandai dan disebut.",
    tables=(
        Around(
            key="benang_merah", total_rows=0,
            before=(
                KODE, UNIT,
                Column(key="nama", label="Sub Kegiatan", kind=TEKS, width=38),
                Column(key="usulan", label="Diusulkan / RKT (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="sepakat", label="Disepakati / RKA (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="dpa", label="DPA (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=10),
                Column(key="indikator", label="Indikator", kind=ANGKA, width=10),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=11),
                Column(key="fisik", label="Fisik (%)", kind=POIN, width=9),
                Column(key="celah", label="Celah", kind=TEKS, width=48),
            ),
        ),
    ),
)  # fmt: skip
