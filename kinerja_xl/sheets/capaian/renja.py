"""Sheets of the capaian workbook that look beyond the year: Evaluasi Renja against the Renstra, and outcomes that earlier years
promised for this one."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.capaian.kinerja import INDIKATOR, KODE, NILAI, NO, POIN, QUARTERS, RP, SASARAN, SATUAN, TEKS, share
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, Around, RecapSheet, Shown, known, named
from kinerja_xl.words.periods import ROMAN


def _pair(key: str, label: str, *, percent: bool = False) -> tuple[Column, ...]:
    columns: tuple[Column, ...] = (Column(key=f"{key}_k", label="K", kind=NILAI, width=8, group=label),)
    if percent:
        columns += (Column(key=f"{key}_p", label="%", kind=POIN, width=7.3, group=label),)
    return (*columns, Column(key=f"{key}_rp", label="Rp", kind=RP, width=12.8, group=label))


EVALUASI_RENJA = RecapSheet(
    key="evaluasi_renja", name="Evaluasi Renja", title="EVALUASI TERHADAP HASIL RENJA", signed=True, keep=4,
    across=("satuan", "tw1_rp", "tw4_rp"),
    intro="K = kinerja, Rp = anggaran. 13 = 9 + 10 + 11 + 12 (K menurut cara menjumlah indikatornya), 14 = 7 + 13, 15 = 14 / 6 × 100. "
    "Kolom 7: Rp dijumlahkan sejak tahun pertama Renstra (0: tahun ini yang pertama), K yang tidak dijumlahkan keadaan tahun lalu; – belum diketahui.",
    tables=(
        Around(
            key="evaluasi_renja", total_rows=0,
            before=(
                replace(NO, group="1"),
                replace(SASARAN, width=15, group="2"),
                Column(key="program", label="Program / Kegiatan / Sub Kegiatan", kind=TEKS, width=20, group="3"),
                replace(INDIKATOR, width=21.5, group="4"),
                replace(SATUAN, width=8.5, group="5"),
                *_pair("renstra", "6 Target Renstra akhir"),
                *_pair("lalu", "7 Realisasi s.d. n-1"),
                *_pair("target", "8 Target Renja"),
                *(column for n in QUARTERS for column in _pair(f"tw{n}", f"{8 + n} Realisasi TW {ROMAN[n - 1]}", percent=True)),
                *_pair("tahun", "13 Realisasi Renja", percent=True),
                *_pair("sampai", "14 Realisasi s.d. tahun n"),
                Column(key="tingkat_k", label="K (%)", kind=POIN, width=8, group="15 Tingkat capaian Renstra"),
                Column(key="tingkat_rp", label="Rp (%)", kind=POIN, width=8, group="15 Tingkat capaian Renstra"),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=40),
            ),
        ),
    ),
)  # fmt: skip

JANJI_OUTCOME = named(RecapSheet(
    key="janji_outcome", name="Janji Outcome", title="OUTCOME YANG DIJANJIKAN TAHUN-TAHUN SEBELUMNYA", keep=0,
    intro="Bagian VII.3 TOR tahun-tahun sebelumnya yang tahun tercapainya sudah tiba, menurut formulir realisasi unitnya atau Kantor.xlsx.",
    empty="Tidak ada outcome yang dijanjikan TOR tahun-tahun sebelumnya untuk tahun ini.",
    tables=(
        Around(
            key="janji_outcome", total_rows=0,
            before=(
                NO, UNIT, KODE,
                Column(key="outcome", label="Outcome", kind=TEKS, width=50),
                Column(key="satuan", label="Satuan", kind=TEKS, width=10),
                Column(key="target", label="Target", kind=NILAI, width=10),
                Shown(key="realisasi", label="Realisasi", kind=NILAI, width=12, value=lambda promise: known(promise.reached)),
                Shown(
                    key="capaian", label="Tercapai (%)", kind=POIN, width=11, value=lambda promise: known(promise.percent),
                    formula=lambda here: share(here.ref("realisasi"), here.ref("target")),
                ),
                Shown(key="asal", label="Asal", kind=TEKS, width=34, value=lambda promise: promise.source),
                Shown(key="bukti", label="Bukti", kind=TEKS, width=34, value=lambda promise: promise.evidence or None),
            ),
        ),
    ),
))  # fmt: skip
