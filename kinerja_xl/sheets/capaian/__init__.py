"""The capaian workbook's sheets and columns: what ``kinerja-xl capaian`` shows of the measured year.

Built from the same words as the recap's sheets (``sheets/rekap/``). A column ``page=2`` is folded: it feeds the formulas of its
row. Labels follow the forms that the office hands upward (Pengukuran Kinerja, Evaluasi Renja, Rencana Aksi; domain facts 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.capaian.kinerja import (
    AGAINST_CASH,
    ANGKA,
    CAPAIAN_IKU,
    CAPAIAN_INDIKATOR,
    INDIKATOR,
    KODE,
    KODE_SEL,
    NILAI,
    NO,
    OF_UNIT,
    POIN,
    QUARTERS,
    RATA_RATA,
    RINGKASAN,
    RP,
    RUPIAH_WIDTH,
    SATUAN,
    TEKS,
    TENGAH,
    TREN_IKU,
    both,
    share,
    taken,
    target_of,
)
from kinerja_xl.sheets.capaian.peringatan import PERINGATAN, PERINGATAN_AKHIR
from kinerja_xl.sheets.capaian.renja import EVALUASI_RENJA, JANJI_OUTCOME
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, UNKNOWN, UNKNOWN_ROWS, Around, RecapSheet, Shown, ShownBook, known, named, unknown_rows
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.periods import ROMAN

# ---- Sheets that say how the figures came about: explanations, other methods, yardsticks, catatan, files ----

def _reckoned(result: Any) -> str:
    """How the capaian of the year came about, and the most that counts of it."""
    limit = "" if result.limited is None else f"; {at_most(result.limited)}"
    return f"{result.of_year.explanation}{limit}"


def at_most(percent: Decimal) -> str:
    """The limit of the office, beside a figure above it."""
    return f"dipakai paling tinggi {format_number(percent, 2)} %"


PENJELASAN = named(RecapSheet(
    key="penjelasan", name="Penjelasan", title="PENJELASAN SETIAP CAPAIAN", keep=3,
    intro="Bagaimana tiap angka dihitung, dan dari sumber mana rumusnya. Hasil rumus lain ada di lembar Cara Lain.",
    tables=(
        Around(
            key="penjelasan", total_rows=0,
            before=(
                NO, OF_UNIT, INDIKATOR,
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=11),
                Shown(key="hitungan", label="Hitungan", kind=TEKS, width=58, value=_reckoned),
                Shown(key="sumber", label="Sumber Rumus", kind=TEKS, width=58, value=lambda result: result.of_year.source),
            ),
        ),
    ),
))  # fmt: skip

TOLOK_UKUR = RecapSheet(
    key="tolok_ukur", name="Tolok Ukur", title="TOLOK UKUR CAPAIAN KANTOR", keep=0,
    intro="Predikat menurut batas bawahnya, skala kualitatif, dan kebijakan kantor di Kantor.xlsx; rumus lembar lain memakainya.",
    tables=(
        Around(
            key="predikat", title="Skala predikat (batas bawah) dan skala kualitatif kantor", total_rows=0,
            before=(
                NO,
                Column(key="batas", label="Mulai (%)", kind=POIN, width=21),
                Column(key="nama", label="Predikat", kind=TEKS, width=30),
                Column(key="urutan", label="Urutan", kind=ANGKA, width=11),
                Column(key="skala", label="Skala Kualitatif, dari yang Terendah", kind=TEKS, width=58),
            ),
        ),
        Around(
            key="kebijakan", title="Kebijakan kantor yang dipakai (Kantor.xlsx)", total_rows=0,
            before=(
                NO,
                Column(key="kunci", label="Kunci di Lembar Kebijakan", kind=TEKS, width=21, aliases=("Kunci",)),
                Column(key="nama", label="Kebijakan", kind=TEKS, width=30),
                Column(key="nilai", label="Nilai", kind=TENGAH, width=11),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=58),
            ),
        ),
    ),
)  # fmt: skip

CARA_LAIN = named(RecapSheet(
    key="cara_lain", name="Cara Lain", title="CAPAIAN SETAHUN MENURUT CARA LAIN", keep=3,
    intro="Yang dipakai kantor di kiri; di kanan hasil cara lain yang lazim, sebagai pembanding.",
    tables=(
        Around(
            key="cara_lain", total_rows=0,
            before=(
                NO, OF_UNIT, INDIKATOR,
                Column(key="dipakai", label="Cara yang Dipakai", kind=TEKS, width=38),
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=11),
                Column(key="cara", label="Cara Lain", kind=TEKS, width=50),
                Column(key="hasil", label="Menurut Cara Lain (%)", kind=POIN, width=12),
                Column(key="selisih", label="Selisih (poin)", kind=POIN, width=11),
                Column(key="predikat", label="Predikat Menurut Cara Lain", kind=TENGAH, width=15),
            ),
        ),
    ),
))  # fmt: skip

CATATAN = RecapSheet(
    key="catatan", name="Catatan", title="CATATAN ATAS REALISASI DAN CAPAIAN", keep=0,
    intro="Semua catatan atas berkas realisasi dan hitungannya; yang wajib diperbaiki lebih dahulu.", hint=rekap.LINK_HINT,
    empty="Tidak ada catatan: semua realisasi terbaca dan lolos pemeriksaan.",
    tables=rekap.CATATAN.tables,
)  # fmt: skip

ASAL_DATA = named(RecapSheet(
    key="asal_data", name="Asal Data", title="ASAL DATA", keep=0, records=lambda year: year.realised.files,
    intro="Setiap berkas yang dibaca. Baris dibaca = dipakai + dilaporkan.",
    tables=(
        Around(
            key="asal_data", totals=("dibaca", "dipakai", "dilaporkan"), total_rows=1,
            before=(
                Column(key="folder", label="Folder", kind=TEKS, width=14),
                replace(rekap.BERKAS, width=44),
                UNIT,
                Shown(key="triwulan", label="TW", kind=TENGAH, width=7, value=lambda file: ROMAN[file.triwulan - 1]),
                Column(key="status", label="Status", kind=TEKS, width=34),
                *(replace(c, kind=ANGKA if c.kind.name == ANGKA.name else TENGAH) for c in rekap.rows_of_file(11, "cek")),
                Column(key="sha256", label="SHA-256", kind=TEKS, width=46, page=2),
            ),
        ),
    ),
))  # fmt: skip


# ---- Sheets that follow the year: early warning, Evaluasi Renja, Rencana Aksi, Benang Merah ----

RENCANA_AKSI = RecapSheet(
    key="rencana_aksi", name="Rencana Aksi", title="RENCANA AKSI", signed=True, keep=3,
    intro="Target setiap triwulan menurut rencana yang berlaku; aksi adalah tindak lanjut dari unit, juga dari evaluasi tahun lalu, yang lain tahap dalam TOR.",
    tables=(
        Around(
            key="rencana_aksi", total_rows=0,
            before=(
                NO,
                Column(key="aksi", label="Aksi / Tindak Lanjut", kind=TEKS, width=44),
                INDIKATOR,
                *(target_of(n, label=f"TW {ROMAN[n - 1]}", width=10, group="Target") for n in QUARTERS),
                taken("target", label="Setahun", kind=NILAI, width=10, group="Target"),
                SATUAN,
                Column(key="anggaran", label="Anggaran (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="sub", label="Sub Kegiatan", kind=TEKS, width=38),
                taken("penanggung_jawab", width=24),
            ),
        ),
    ),
)  # fmt: skip

def _planned(key: str, label: str, attribute: str, *old: str) -> Shown:
    """An amount of the plan; a dash where the plan does not hold it."""
    return Shown(
        key=key, label=label, kind=RP, width=RUPIAH_WIDTH, aliases=old,
        value=lambda thread: known(getattr(thread.plan, attribute, None)),
    )  # fmt: skip


BENANG_MERAH = named(RecapSheet(
    key="benang_merah", name="Benang Merah", title="BENANG MERAH PERENCANAAN SAMPAI PELAPORAN", keep=3,
    intro="Satu baris satu sub kegiatan: usulan, yang disepakati, DPA, realisasi, capaian (rata-rata Capaian yang Dipakai). Celah kosong: semuanya tersambung.",
    tables=(
        Around(
            key="benang_merah", total_rows=0,
            before=(
                KODE, UNIT,
                Column(key="nama", label="Sub Kegiatan", kind=TEKS, width=38),
                _planned("usulan", "Diusulkan (Rp)", "diusulkan", "Diusulkan / RKT (Rp)"),
                _planned("sepakat", "Disepakati / RKA (Rp)", "disepakati"),
                _planned("dpa", "DPA (Rp)", "dpa"),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Shown(
                    key="serapan", label="Serapan (%)", kind=POIN, width=10, value=lambda thread: known(thread.money.serapan),
                    formula=lambda here: share(
                        here.ref("realisasi"), f"IF(ISNUMBER({here.ref('dpa')}),{here.ref('dpa')},{here.ref('sepakat')})"
                    ),
                ),
                Column(key="indikator", label="Indikator", kind=ANGKA, width=10),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=11),
                Shown(key="fisik", label="Fisik (%)", kind=POIN, width=9, value=lambda thread: known(thread.money.physical)),
                Shown(
                    key="celah", label="Celah", kind=TEKS, width=48, value=lambda thread: "; ".join(thread.gaps) or None,
                    look=lambda thread: ("cek",) if thread.gaps else (),
                ),
            ),
        ),
    ),
))  # fmt: skip

# ---- Sheets of the capaian workbook about money: realisasi and efisiensi ----

MONEY = 13
"""Eight columns of money side by side: as narrow as the heading allows; larger figures widen their column by themselves."""

LEVELS = {
    "kantor": "Kantor", "program": "Program", "kegiatan": "Kegiatan", "subkegiatan": "Sub kegiatan",
    "unit": "Unit", "jenis": "Jenis belanja",
}  # fmt: skip
_LOOKS = {"kantor": ("total",), "program": ("program",), "kegiatan": ("kegiatan",)}


def of_level(line: Any) -> tuple[str, ...]:
    """The look of a line of money."""
    return _LOOKS.get(line.level, ())


def _money(level: str, name: str) -> tuple[Column, ...]:
    """What every table of realised money shows: of what, its pagu, each quarter, the year, what is left."""
    return (
        Column(key="kode", label="Kode", kind=KODE_SEL, width=16),
        Shown(key="tingkat", label=level, kind=TEKS, width=11, value=lambda line: LEVELS[line.level]),
        Shown(
            key="nama", label=name, kind=TEKS, width=36,
            value=lambda line: line.nama if line.nama != line.kode else "(tidak ada di daftar program kantor)",
        ),
        UNIT,
        Column(key="pagu", label="Pagu (Rp)", kind=RP, width=MONEY),
        *(Column(key=f"rp_{n}", label=f"TW {ROMAN[n - 1]} (Rp)", kind=RP, width=MONEY) for n in QUARTERS),
        Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=MONEY),
        Shown(
            key="sisa", label="Sisa Pagu (Rp)", kind=RP, width=MONEY,
            value=lambda line: known(None if line.spent is None else line.pagu - line.spent),
            formula=lambda here: f'IF(ISNUMBER({here.ref("realisasi")}),{here.ref("pagu")}-{here.ref("realisasi")},"{UNKNOWN}")',
        ),
        _serapan(9),
        unknown_rows(9.5, "rekening"),
    )  # fmt: skip


def _serapan(width: float) -> Shown:
    return Shown(
        key="serapan", label="Serapan (%)", kind=POIN, width=width, value=lambda line: known(line.serapan),
        formula=lambda here: share(here.ref("realisasi"), here.ref("pagu")),
    )  # fmt: skip


REALISASI_ANGGARAN = named(RecapSheet(
    key="realisasi_anggaran", name="Realisasi Anggaran", title="REALISASI ANGGARAN", signed=True, keep=3, aside=("nama", "rp_4"),
    intro="Realisasi uang dari pengelola keuangan, di setiap tingkat; uang selalu dijumlahkan antartriwulan.",
    tables=(
        Around(
            key="realisasi_anggaran", total_rows=0,
            before=(
                *_money("Tingkat", "Program / Kegiatan / Sub Kegiatan"),
                Column(key="kas", label="Rencana Kas s.d. TW Ini (Rp)", kind=RP, width=MONEY),
                Column(key="terhadap_kas", label="Terhadap Rencana Kas (%)", kind=POIN, width=9.5),
                Shown(key="fisik", label="Fisik (%)", kind=POIN, width=8, value=lambda line: known(line.physical)),
                Shown(key="keterangan", label="Keterangan", kind=TEKS, width=20, value=lambda line: line.reason),
            ),
        ),
    ),
))  # fmt: skip

ANGGARAN_KELOMPOK = named(RecapSheet(
    key="anggaran_kelompok", name="Realisasi per Unit", title="REALISASI ANGGARAN MENURUT UNIT DAN JENIS BELANJA", keep=3,
    intro="Uang yang sama dengan lembar Realisasi Anggaran, menurut unit dan menurut jenis belanja.",
    tables=(Around(key="anggaran_kelompok", total_rows=0, before=_money("Menurut", "Unit / Jenis Belanja")),),
), page=2)  # fmt: skip

EFISIENSI = named(RecapSheet(
    key="efisiensi", name="Efisiensi", title="EFISIENSI PENGGUNAAN SUMBER DAYA", keep=3,
    intro="Capaian kinerja dibandingkan dengan serapan anggaran menurut kebijakan kantor (lembar Tolok Ukur). Sampai triwulan III "
    "capaian s.d. triwulan itu dibandingkan dengan realisasi terhadap rencana kas triwulan yang sama. Capaian setiap indikator "
    "dipakai paling tinggi menurut lembar Tolok Ukur.",
    tables=(
        Around(
            key="efisiensi", total_rows=0,
            before=(
                KODE, UNIT,
                Shown(
                    key="nama", label="Kantor / Unit / Sub Kegiatan", kind=TEKS, width=44, value=lambda line: line.nama or line.kode
                ),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=RUPIAH_WIDTH),
                _serapan(10),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=11),
                Column(key="efisiensi", label="Efisiensi (poin %)", kind=POIN, width=11),
                Shown(key="penilaian", label="Penilaian", kind=TEKS, width=30, value=lambda line: line.efisiensi_told),
            ),
        ),
    ),
))  # fmt: skip

BIAYA_OUTPUT = named(RecapSheet(
    key="biaya_output", name="Biaya per Output", title="BIAYA PER SATUAN OUTPUT", keep=3,
    intro="Pagu dibagi target dan realisasi uang dibagi realisasi output (pedoman III.B).",
    tables=(
        Around(
            key="biaya_output", total_rows=0,
            before=(
                replace(KODE, value=lambda cost: cost.kode_sub), UNIT,
                Shown(key="nama", label="Output", kind=TEKS, width=44, value=lambda cost: cost.output),
                Shown(key="rencana", label="Rencana per Satuan (Rp)", kind=RP, width=RUPIAH_WIDTH,
                      value=lambda cost: known(cost.plan)),
                Shown(key="realisasi", label="Realisasi per Satuan (Rp)", kind=RP, width=RUPIAH_WIDTH,
                      value=lambda cost: known(cost.realised)),
                Column(key="banding", label="Terhadap Rencana (%)", kind=POIN, width=10),
                Column(key="satuan", label="Satuan", kind=TEKS, width=11),
                Shown(
                    key="selisih", label="Selisih (Rp)", kind=RP, width=RUPIAH_WIDTH,
                    value=lambda cost: known(None if None in (cost.plan, cost.realised) else cost.realised - cost.plan),
                    formula=lambda here: both(here.ref("rencana"), here.ref("realisasi"), f"{here.ref('realisasi')}-{here.ref('rencana')}"),
                ),
                Shown(key="keterangan", label="Keterangan", kind=TEKS, width=30, value=lambda cost: cost.reason),
            ),
        ),
    ),
))  # fmt: skip


__all__ = [
    "AGAINST_CASH", "ANGGARAN_KELOMPOK", "ASAL_DATA", "BENANG_MERAH", "BIAYA_OUTPUT", "BOOK_KEY", "CAPAIAN", "CAPAIAN_BOOK", "CAPAIAN_IKU",
    "CAPAIAN_INDIKATOR", "CAPAIAN_VERSIONS", "CARA_LAIN", "CATATAN", "EFISIENSI", "EVALUASI_RENJA", "JANJI_OUTCOME", "LEVELS",
    "PENJELASAN", "PERINGATAN", "PERINGATAN_AKHIR", "POIN", "QUARTERS", "RATA_RATA", "REALISASI_ANGGARAN", "RENCANA_AKSI", "RINGKASAN", "ROMAN",
    "TOLOK_UKUR", "TREN_IKU", "both", "of_level", "share",
]  # fmt: skip

CAPAIAN: tuple[RecapSheet, ...] = (
    RINGKASAN, CAPAIAN_INDIKATOR, CAPAIAN_IKU, TREN_IKU, RATA_RATA, REALISASI_ANGGARAN, ANGGARAN_KELOMPOK, EFISIENSI,
    BIAYA_OUTPUT, PERINGATAN, EVALUASI_RENJA, RENCANA_AKSI, JANJI_OUTCOME, BENANG_MERAH, PENJELASAN, CARA_LAIN, TOLOK_UKUR, CATATAN, ASAL_DATA,
)  # fmt: skip
"""The sheets of the capaian workbook, in order."""

_CAME = (TREN_IKU, RATA_RATA, ANGGARAN_KELOMPOK, BIAYA_OUTPUT, TOLOK_UKUR)
_CODED = tuple(sheet.without(rekap.UNIT_NAME, UNIT.key) for sheet in CAPAIAN)
_BEFORE = tuple(old for old, sheet in zip(_CODED, CAPAIAN, strict=True) if sheet not in _CAME)
_NAMED_FIRST = (CAPAIAN_INDIKATOR, CAPAIAN_IKU)
_NAMED_LAST = (TREN_IKU, CATATAN)
CAPAIAN_BOOK = ShownBook(
    key="capaian", version=5, sheets=CAPAIAN, usulan=USULAN, called="laporan capaian",
    belongs="folder hasil, atau folder arsip bila dari tahun lalu",
)  # fmt: skip
CAPAIAN_VERSIONS: Mapping[int, ShownBook] = {
    1: replace(CAPAIAN_BOOK, version=1, sheets=tuple(sheet.without(UNKNOWN_ROWS) for sheet in _BEFORE)),
    2: replace(CAPAIAN_BOOK, version=2, sheets=_BEFORE),  # and another first sheet
    3: replace(
        CAPAIAN_BOOK, version=3,
        sheets=tuple(sheet if sheet in _NAMED_FIRST else old for old, sheet in zip(_CODED, CAPAIAN, strict=True)),
    ),
    4: replace(
        CAPAIAN_BOOK, version=4,
        sheets=tuple(old if sheet in _NAMED_LAST else sheet for old, sheet in zip(_CODED, CAPAIAN, strict=True)),
    ),
    CAPAIAN_BOOK.version: CAPAIAN_BOOK,
}
"""Capaian workbooks that are read back, by version."""
BOOK_KEY = CAPAIAN_BOOK.key
