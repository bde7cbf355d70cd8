"""The sheets of the comparison workbook that ``bandingkan`` writes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import (
    TOTAL,
    UNKNOWN,
    UNKNOWN_ROWS,
    Around,
    RecapSheet,
    Shown,
    ShownBook,
    known,
    unknown_rows,
)
from kinerja_xl.sheets.rekap.model import PERCENT
from kinerja_xl.sheets.usulan import USULAN

_T, _RP, _N = kinds.teks(), kinds.rupiah(None), kinds.angka(None)
_KODE = replace(kinds.kode(), wrap=True)
_NILAI = kinds.nilai()
_EITHER = replace(_NILAI, align="left")
"""Texts and numbers of any column, one below the other."""
_TANDA = replace(kinds.kode(), align="center", name="penanda")

KINDS = ("ditambah", "dihapus", "pindah", "diubah")
"""What can happen to a row, as the sheet Perubahan says it."""


OLD, NEW = "Lama", "Baru"
"""The two sides of a comparison."""


def _of_row(key: str, label: str, width: float, kind: Kind = _T) -> Shown:
    """What a changed row is."""
    return Shown(key=key, label=label, kind=kind, width=width, value=lambda one: getattr(one.change.item, key))


def _sums(first: Column, *more: Column, width: float = TOTAL) -> tuple[Column, ...]:
    """Key and name, both amounts, their difference in rupiah and percent."""
    return (
        first, *more,
        Column(key="lama", label="Lama (Rp)", kind=_RP, width=width),
        Column(key="baru", label="Baru (Rp)", kind=_RP, width=width),
        Shown(
            key="selisih", label="Selisih (Rp)", kind=_RP, width=width,
            value=lambda total: total.baru - total.lama, formula=lambda here: f"{here.ref('baru')}-{here.ref('lama')}",
        ),
        Shown(
            key="persen", label="Selisih (%)", kind=PERCENT, width=12,
            value=lambda total: Decimal(total.baru - total.lama) / total.lama if total.lama else UNKNOWN,
            formula=lambda here: f'IF({here.ref("lama")}=0,"{UNKNOWN}",{here.ref("selisih")}/{here.ref("lama")})',
        ),
        unknown_rows(),
    )  # fmt: skip


RINGKASAN = RecapSheet(
    key="beda_ringkasan", name="Ringkasan", title="PERBANDINGAN", intro="",
    tables=(
        Around(
            key="dibandingkan", title="A. Yang dibandingkan", total_rows=0,
            before=(
                Column(key="sisi", label="Sisi", kind=_T, width=20),
                Shown(key="buku", label="Buku Kerja", kind=_T, width=54, value=lambda side: side.label),
                Shown(key="tahun", label="Tahun", kind=_TANDA, width=TOTAL,
                      value=lambda side: str(side.tahun) if side.tahun else UNKNOWN),
                Column(key="baris", label="Baris Dibandingkan", kind=_N, width=TOTAL),
                Shown(key="jumlah", label="Anggaran (Rp)", kind=_RP, width=TOTAL, value=lambda side: known(side.total.shown)),
                unknown_rows(),
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
            key="hitungan", title="C. Banyaknya perubahan (satu isian: satu baris di lembar Perubahan)", total_rows=0,
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
                Column(key="nama_unit", label="Nama Unit", kind=_T, width=TOTAL),
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
                _of_row("bagian", "Bagian", 13),
                Shown(key="jenis", label="Perubahan", kind=_T, width=11, value=lambda one: one.change.kind.value),
                replace(_of_row("unit", "Unit", 13), page=2),
                Column(key="nama_unit", label="Nama Unit", kind=_T, width=20),
                _of_row("kode", "Kode Sub Kegiatan", 18, _KODE),
                Column(key="nama_sub", label="Sub Kegiatan", kind=_T, width=26),
                replace(_of_row("rekening", "Kode Rekening", 18, _KODE), page=2),
                _of_row("nama", "Uraian / Indikator", 34),
                Shown(key="isian", label="Isian", kind=_T, width=17, value=lambda one: one.field and one.field.label),
                Shown(key="lama", label=OLD, kind=_EITHER, width=15, value=lambda one: one.field and one.field.old),
                Shown(key="baru", label=NEW, kind=_EITHER, width=15, value=lambda one: one.field and one.field.new),
                Column(key="selisih", label="Selisih", kind=_NILAI, width=14),
                Column(key="asal", label="Pindah Dari", kind=_T, width=20),
                Column(key="jumlah_lama", label="Anggaran Lama (Rp)", kind=_RP, width=16),
                Column(key="jumlah_baru", label="Anggaran Baru (Rp)", kind=_RP, width=16),
                Column(key="selisih_jumlah", label="Selisih Anggaran (Rp)", kind=_RP, width=16),
                Shown(key="hitung", label="Hitung", kind=_N, width=8, page=2, value=lambda one: 1 if one.first else None),
            ),
        ),
    ),
)  # fmt: skip

PER_PROGRAM = RecapSheet(
    key="beda_program", name="Per Program", title="PERBANDINGAN ANGGARAN PER PROGRAM", intro="",
    tables=(
        Around(
            key="beda_program", totals=("lama", "baru", "selisih", UNKNOWN_ROWS), total_rows=1,
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
            key="beda_jenis", totals=("lama", "baru", "selisih", UNKNOWN_ROWS), total_rows=1,
            before=_sums(
                Column(key="kode", label="Kode", kind=_KODE, width=16),
                Column(key="nama", label="Jenis Belanja", kind=_T, width=66),
            ),
        ),
    ),
)  # fmt: skip

BEDA: tuple[RecapSheet, ...] = (RINGKASAN, PERUBAHAN, PER_PROGRAM, PER_JENIS)
"""The sheets of the comparison, in order."""

BEDA_BOOK = ShownBook(key="beda", version=1, sheets=BEDA, usulan=USULAN, called="perbandingan")
