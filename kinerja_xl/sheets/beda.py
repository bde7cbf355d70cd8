"""The sheets of the comparison workbook that ``bandingkan`` writes."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets import kinds, values
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import TOTAL, Around, RecapSheet

_T, _RP, _N = kinds.teks(), kinds.rupiah(None), kinds.angka(None)
_KODE = replace(kinds.kode(), wrap=True)
_NILAI = kinds.nilai()
_TANDA = replace(kinds.kode(), align="center", name="penanda")
_PERSEN = Kind(name="persen", shape=Shape.ANGKA, parse=values.parse_number, num_format="0.00%", align="right")

KINDS = ("ditambah", "dihapus", "pindah", "diubah")
"""What can happen to a row, as the sheet Perubahan says it."""


def _sums(first: Column, *more: Column, width: float = TOTAL) -> tuple[Column, ...]:
    """Key and name, both amounts, their difference in rupiah and percent."""
    return (
        first, *more,
        Column(key="lama", label="Lama (Rp)", kind=_RP, width=width),
        Column(key="baru", label="Baru (Rp)", kind=_RP, width=width),
        Column(key="selisih", label="Selisih (Rp)", kind=_RP, width=width),
        Column(key="persen", label="Selisih (%)", kind=_PERSEN, width=12),
    )  # fmt: skip


RINGKASAN = RecapSheet(
    key="beda_ringkasan", name="Ringkasan", title="PERBANDINGAN", intro="",
    tables=(
        Around(
            key="dibandingkan", title="A. Yang dibandingkan", total_rows=0,
            before=(
                Column(key="sisi", label="Sisi", kind=_T, width=20),
                Column(key="buku", label="Buku Kerja", kind=_T, width=54),
                Column(key="tahun", label="Tahun", kind=_TANDA, width=TOTAL),
                Column(key="baris", label="Baris Dibandingkan", kind=_N, width=TOTAL),
                Column(key="jumlah", label="Anggaran (Rp)", kind=_RP, width=TOTAL),
            ),
        ),
        Around(
            key="selisih", title="B. Selisih anggaran", total_rows=0,
            before=(
                Column(key="apa", label="Menurut", kind=_T, width=20),
                Column(key="keterangan", label="Keterangan", kind=_T, width=54),
                Column(key="lama", label="Lama (Rp)", kind=_RP, width=TOTAL),
                Column(key="baru", label="Baru (Rp)", kind=_RP, width=TOTAL),
                Column(key="selisih", label="Selisih (Rp)", kind=_RP, width=TOTAL),
                Column(key="cek", label="Cek", kind=_TANDA, width=TOTAL),
            ),
        ),
        Around(
            key="hitungan", title="C. Banyaknya perubahan", total_rows=0,
            before=(
                Column(key="bagian", label="Bagian", kind=_T, width=20),
                Column(key="keterangan", label="Yang Dihitung", kind=_T, width=54),
                *(Column(key=word, label=word.capitalize(), kind=_N, width=TOTAL) for word in KINDS),
            ),
        ),
        Around(
            key="pergeseran", title="D. Pergeseran: berubah di dalamnya, jumlahnya tetap", total_rows=0,
            before=(
                Column(key="tingkat", label="Dalam Satu", kind=_T, width=20),
                Column(key="nama", label="Kode dan Nama", kind=_T, width=54),
                Column(key="unit", label="Unit", kind=_T, width=TOTAL),
                Column(key="jumlah", label="Digeser (Rp)", kind=_RP, width=TOTAL),
            ),
        ),
    ),
)  # fmt: skip

PERUBAHAN = RecapSheet(
    key="beda_perubahan", name="Perubahan", title="PERUBAHAN BARIS DEMI BARIS", keep=3,
    intro="Satu baris satu isian yang berubah. Jumlah anggaran ditulis sekali per baris asal, sehingga kolomnya dapat dijumlahkan.",
    tables=(
        Around(
            key="perubahan", totals=("jumlah_lama", "jumlah_baru", "selisih_jumlah"),
            before=(
                Column(key="bagian", label="Bagian", kind=_T, width=13),
                Column(key="jenis", label="Perubahan", kind=_T, width=11),
                Column(key="unit", label="Unit", kind=_T, width=13),
                Column(key="kode", label="Kode Sub Kegiatan", kind=_KODE, width=18),
                Column(key="rekening", label="Kode Rekening", kind=_KODE, width=18),
                Column(key="nama", label="Uraian / Indikator", kind=_T, width=34),
                Column(key="isian", label="Isian", kind=_T, width=17),
                Column(key="lama", label="Lama", kind=_NILAI, width=20),
                Column(key="baru", label="Baru", kind=_NILAI, width=20),
                Column(key="selisih", label="Selisih", kind=_NILAI, width=16),
                Column(key="asal", label="Pindah Dari", kind=_T, width=20),
                Column(key="jumlah_lama", label="Anggaran Lama (Rp)", kind=_RP, width=16),
                Column(key="jumlah_baru", label="Anggaran Baru (Rp)", kind=_RP, width=16),
                Column(key="selisih_jumlah", label="Selisih Anggaran (Rp)", kind=_RP, width=16),
                Column(key="hitung", label="Hitung", kind=_N, width=8, page=2),
            ),
        ),
    ),
)  # fmt: skip

PER_PROGRAM = RecapSheet(
    key="beda_program", name="Per Program", title="PERBANDINGAN ANGGARAN PER PROGRAM", intro="",
    tables=(
        Around(
            key="beda_program", totals=("lama", "baru", "selisih"), total_rows=1,
            before=_sums(
                Column(key="kode", label="Kode", kind=_KODE, width=16),
                Column(key="nama", label="Program", kind=_T, width=66),
            ),
        ),
    ),
)  # fmt: skip

PER_JENIS = RecapSheet(
    key="beda_jenis", name="Per Jenis Belanja", title="PERBANDINGAN ANGGARAN PER JENIS BELANJA", intro="",
    tables=(
        Around(
            key="beda_jenis", totals=("lama", "baru", "selisih"), total_rows=1,
            before=_sums(
                Column(key="kode", label="Kode", kind=_KODE, width=16),
                Column(key="nama", label="Jenis Belanja", kind=_T, width=66),
            ),
        ),
    ),
)  # fmt: skip

BEDA: tuple[RecapSheet, ...] = (RINGKASAN, PERUBAHAN, PER_PROGRAM, PER_JENIS)
"""The sheets of the comparison, in order."""
