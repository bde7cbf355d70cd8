"""Sheets that say how the figures came about: explanations, other methods, yardsticks, catatan, files."""

from __future__ import annotations

from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.capaian.words import ANGKA, INDIKATOR, NO, POIN, TEKS, TENGAH
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, Around, RecapSheet

PENJELASAN = RecapSheet(
    key="penjelasan", name="Penjelasan", title="PENJELASAN SETIAP CAPAIAN", keep=0,
    intro="Bagaimana tiap angka dihitung, dan dari sumber mana rumusnya. Hasil rumus lain ada di lembar Cara Lain.",
    tables=(
        Around(
            key="penjelasan", total_rows=0,
            before=(
                NO, UNIT, INDIKATOR,
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=11),
                Column(key="hitungan", label="Hitungan", kind=TEKS, width=58),
                Column(key="sumber", label="Sumber Rumus", kind=TEKS, width=58),
            ),
        ),
        Around(
            key="predikat", title="Skala predikat (batas bawah) dan skala kualitatif kantor", total_rows=0,
            before=(
                NO,
                Column(key="batas", label="Mulai (%)", kind=POIN, width=14),
                Column(key="nama", label="Predikat", kind=TEKS, width=30),
                Column(key="urutan", label="Urutan", kind=ANGKA, width=11),
                Column(key="skala", label="Skala Kualitatif, dari yang Terendah", kind=TEKS, width=58),
            ),
        ),
        Around(
            key="kebijakan", title="Kebijakan kantor yang dipakai (Kantor.xlsx)", total_rows=0,
            before=(
                NO,
                Column(key="kunci", label="Kunci", kind=TEKS, width=14),
                Column(key="nama", label="Kebijakan", kind=TEKS, width=30),
                Column(key="nilai", label="Nilai", kind=TENGAH, width=11),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=58),
            ),
        ),
    ),
)  # fmt: skip

CARA_LAIN = RecapSheet(
    key="cara_lain", name="Cara Lain", title="CAPAIAN SETAHUN MENURUT CARA LAIN", keep=0,
    intro="Yang dipakai kantor di kiri; di kanan hasil cara lain yang juga dipakai orang, sebagai bandingan saja.",
    tables=(
        Around(
            key="cara_lain", total_rows=0,
            before=(
                NO, UNIT, INDIKATOR,
                Column(key="dipakai", label="Cara yang Dipakai", kind=TEKS, width=38),
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=11),
                Column(key="cara", label="Cara Lain", kind=TEKS, width=50),
                Column(key="hasil", label="Menurut Cara Lain (%)", kind=POIN, width=12),
                Column(key="selisih", label="Selisih (poin)", kind=POIN, width=11),
                Column(key="predikat", label="Predikat Menurut Cara Lain", kind=TENGAH, width=15),
            ),
        ),
    ),
)  # fmt: skip

CATATAN = RecapSheet(
    key="catatan", name="Catatan", title="CATATAN ATAS REALISASI DAN CAPAIAN", keep=0,
    intro="Klik alamat sel untuk membuka berkas unit di tempatnya (berkas harus masih di folder masuk).",
    tables=rekap.CATATAN.tables,
)  # fmt: skip

ASAL_DATA = RecapSheet(
    key="asal_data", name="Asal Data", title="ASAL DATA", keep=0,
    intro="Setiap berkas yang dibaca. Baris dibaca = dipakai + dilaporkan.",
    tables=(
        Around(
            key="asal_data", totals=("dibaca", "dipakai", "dilaporkan"), total_rows=1,
            before=(
                Column(key="folder", label="Folder", kind=TEKS, width=14),
                Column(key="berkas", label="Berkas", kind=TEKS, width=44),
                UNIT,
                Column(key="triwulan", label="TW", kind=TENGAH, width=7),
                Column(key="status", label="Status", kind=TEKS, width=34),
                Column(key="dibaca", label="Baris Dibaca", kind=ANGKA, width=11),
                Column(key="dipakai", label="Baris Dipakai", kind=ANGKA, width=11),
                Column(key="dilaporkan", label="Baris Dilaporkan", kind=ANGKA, width=12),
                Column(key="cek", label="Cek Baris", kind=TENGAH, width=14),
                Column(key="sha256", label="SHA-256", kind=TEKS, width=36),
            ),
        ),
    ),
)  # fmt: skip
