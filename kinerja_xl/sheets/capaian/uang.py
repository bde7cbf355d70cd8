"""Sheets of the capaian workbook about money: realisasi and efisiensi."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.capaian.words import KODE, KODE_SEL, POIN, QUARTERS, ROMAN, RP, RUPIAH_WIDTH, TEKS
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, Around, RecapSheet

MONEY = 13
"""Eight columns of money side by side: as narrow as the heading allows; larger figures widen their column by themselves."""

REALISASI_ANGGARAN = RecapSheet(
    key="realisasi_anggaran", name="Realisasi Anggaran", title="REALISASI ANGGARAN", signed=True, keep=0,
    intro="Realisasi uang dari pengelola keuangan, di setiap tingkat; uang selalu dijumlahkan antartriwulan.",
    tables=(
        Around(
            key="realisasi_anggaran", total_rows=0,
            before=(
                Column(key="kode", label="Kode", kind=KODE_SEL, width=16),
                Column(key="tingkat", label="Tingkat", kind=TEKS, width=11),
                Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=TEKS, width=36),
                replace(UNIT, width=12),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=MONEY),
                *(Column(key=f"rp_{n}", label=f"TW {ROMAN[n - 1]} (Rp)", kind=RP, width=MONEY) for n in QUARTERS),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=MONEY),
                Column(key="sisa", label="Sisa Pagu (Rp)", kind=RP, width=MONEY),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=9),
                Column(key="kas", label="Rencana Kas s.d. TW Ini (Rp)", kind=RP, width=MONEY),
                Column(key="terhadap_kas", label="Terhadap Rencana Kas (%)", kind=POIN, width=9.5),
                Column(key="fisik", label="Fisik (%)", kind=POIN, width=8),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=20),
            ),
        ),
        Around(
            key="anggaran_kelompok", title="Menurut unit dan jenis belanja", total_rows=0,
            before=(
                Column(key="kode", label="Kode", kind=KODE_SEL, width=16),
                Column(key="tingkat", label="Menurut", kind=TEKS, width=11),
                Column(key="nama", label="Unit / Jenis Belanja", kind=TEKS, width=36),
                replace(UNIT, width=12),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=MONEY),
                *(Column(key=f"rp_{n}", label=f"TW {ROMAN[n - 1]} (Rp)", kind=RP, width=MONEY) for n in QUARTERS),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=MONEY),
                Column(key="sisa", label="Sisa Pagu (Rp)", kind=RP, width=MONEY),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=9),
            ),
        ),
    ),
)  # fmt: skip

EFISIENSI = RecapSheet(
    key="efisiensi", name="Efisiensi", title="EFISIENSI PENGGUNAAN SUMBER DAYA", keep=0,
    intro="Capaian kinerja dibandingkan dengan serapan anggaran menurut kebijakan kantor (lembar Penjelasan).",
    tables=(
        Around(
            key="efisiensi", total_rows=0,
            before=(
                KODE, UNIT,
                Column(key="nama", label="Kantor / Unit / Sub Kegiatan", kind=TEKS, width=44),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=10),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=11),
                Column(key="efisiensi", label="Efisiensi (poin %)", kind=POIN, width=11),
                Column(key="penilaian", label="Penilaian", kind=TEKS, width=30),
            ),
        ),
        Around(
            key="biaya_output", title="Biaya per satuan output (III.B)", total_rows=0,
            before=(
                KODE, UNIT,
                Column(key="nama", label="Output", kind=TEKS, width=44),
                Column(key="rencana", label="Rencana per Satuan (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="realisasi", label="Realisasi per Satuan (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="banding", label="Terhadap Rencana (%)", kind=POIN, width=10),
                Column(key="satuan", label="Satuan", kind=TEKS, width=11),
                Column(key="selisih", label="Selisih (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=30),
            ),
        ),
    ),
)  # fmt: skip
