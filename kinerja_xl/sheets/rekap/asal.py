"""The recap's sheets about what was read: everything that was found, and every file it comes from."""

from __future__ import annotations

from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import MARK, NUMBER, RUPIAH, TEXT, TOTAL, UNIT, Around, RecapSheet

CATATAN = RecapSheet(
    key="catatan", name="Catatan", title="CATATAN UNTUK UNIT", keep=0,
    intro="Klik alamat sel untuk membuka berkas unit di tempatnya (berkas harus masih di folder masuk).",
    tables=(
        Around(
            key="catatan",
            before=(
                UNIT,
                Column(key="tingkat", label="Tingkat", kind=TEXT, width=16),
                Column(key="kode", label="Kode", kind=MARK, width=8),
                Column(key="berkas", label="Berkas", kind=TEXT, width=28),
                Column(key="lembar", label="Lembar", kind=TEXT, width=12),
                Column(key="sel", label="Sel", kind=MARK, width=9),
                Column(key="kolom", label="Kolom", kind=TEXT, width=18),
                Column(key="nilai", label="Nilai", kind=TEXT, width=22),
                Column(key="masalah", label="Masalah", kind=TEXT, width=50),
                Column(key="perbaikan", label="Perbaikan", kind=TEXT, width=50),
            ),
        ),
    ),
)  # fmt: skip

ASAL_DATA = RecapSheet(
    key="asal_data", name="Asal Data", title="ASAL DATA DAN PEMERIKSAAN SILANG",
    intro="Setiap berkas yang dibaca. Baris dibaca = dipakai + dilaporkan; yang dihitung dari berkas = jumlahnya di lembar RAB.",
    tables=(
        Around(
            key="asal_data", totals=("dibaca", "dipakai", "dilaporkan", "total", "di_rab"),
            before=(
                Column(key="berkas", label="Berkas", kind=TEXT, width=32),
                UNIT,
                Column(key="versi", label="Versi Formulir", kind=MARK, width=9),
                Column(key="revisi", label="Revisi", kind=MARK, width=8),
                Column(key="status", label="Status", kind=TEXT, width=24),
                Column(key="dibaca", label="Baris Dibaca", kind=NUMBER, width=10),
                Column(key="dipakai", label="Baris Dipakai", kind=NUMBER, width=10),
                Column(key="dilaporkan", label="Baris Dilaporkan", kind=NUMBER, width=11),
                Column(key="cek_baris", label="Cek Baris", kind=MARK, width=14),
                Column(key="total", label="Dihitung dari Berkas (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="di_rab", label="Dihitung di Lembar RAB (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="cek_total", label="Cek Jumlah", kind=MARK, width=14),
                Column(key="sha256", label="SHA-256", kind=TEXT, width=36),
            ),
        ),
        Around(
            key="silang", title="Pemeriksaan silang antarlembar", total_rows=0,
            before=(
                Column(key="apa", label="Yang dibandingkan", kind=TEXT),
                Column(key="jumlah", label="Jumlah (Rp)", kind=RUPIAH),
                Column(key="pembanding", label="Pembanding (Rp)", kind=RUPIAH),
                Column(key="cek", label="Cek", kind=MARK),
            ),
        ),
    ),
)  # fmt: skip

