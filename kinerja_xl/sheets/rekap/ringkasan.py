"""The recap's first sheet: the page that the Camat reads and signs."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import BERKAS, CODE, NUMBER, PERCENT, RUPIAH, TEXT, TOTAL, Around, RecapSheet

RINGKASAN = RecapSheet(
    key="ringkasan", name="Ringkasan", title="REKAPITULASI USULAN RENCANA KINERJA DAN ANGGARAN", signed=True, intro="",
    tables=(
        Around(
            key="unit", title="A. Usulan per unit", total_rows=0,
            totals=("baris_rab", "total_rab", "total_tidak_dihitung", "pagu", "jumlah_catatan"),
            before=(
                Column(key="kode", label="Unit", kind=TEXT, width=14),
                Column(key="nama", label="Nama Unit", kind=TEXT, width=42),
                Column(key="status", label="Status", kind=TEXT, width=29),
                replace(BERKAS, width=30, page=2),
                Column(key="baris_rab", label="Baris Dihitung", kind=NUMBER, width=10),
                Column(key="total_rab", label="Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="total_tidak_dihitung", label="Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="alasan", label="Mengapa Tidak Dihitung", kind=TEXT, width=34),
                Column(key="pagu", label="Pagu (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="persen_pagu", label="% Pagu", kind=PERCENT, width=11),
                Column(key="jumlah_catatan", label="Catatan", kind=NUMBER, width=9),
            ),
        ),
        Around(
            key="jenis", title="B. Usulan yang dihitung, per jenis belanja", totals=("jumlah", "persen"), total_rows=0,
            before=(
                Column(key="kode", label="Kode", kind=CODE),
                Column(key="jenis", label="Jenis Belanja", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
                Column(key="persen", label="Bagian", kind=PERCENT),
            ),
        ),
        Around(
            key="program", title="C. Usulan yang dihitung, per program", totals=("jumlah", "persen"), total_rows=0,
            before=(
                Column(key="kode", label="Kode", kind=CODE),
                Column(key="nama", label="Program", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
                Column(key="persen", label="Bagian", kind=PERCENT),
            ),
        ),
        Around(
            key="putusan", title="D. Yang perlu diputuskan", total_rows=0,
            before=(
                Column(key="perkara", label="Perkara", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
            ),
        ),
    ),
)  # fmt: skip
