"""Sheets of the capaian workbook about indicators: Pengukuran Kinerja and IKU."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import BARIS, BERKAS, LEMBAR, UNIT, UNIT_NAME, UNKNOWN, Around, RecapSheet, Shown, named, yes_no
from kinerja_xl.words.periods import ROMAN

# ---- What the sheets of the capaian workbook share: kinds, widths, and the columns that stand on several of them ----

QUARTERS = (1, 2, 3, 4)

TEKS, KODE_SEL, RP, ANGKA = kinds.teks(), kinds.kode(), kinds.rupiah(None), kinds.angka(None)
NILAI = replace(kinds.nilai(), wrap=True, num_format="#,##0.##")
"""Targets and results as they are, on paper with two decimals at most."""
POIN = Kind(name="poin", shape=ANGKA.shape, parse=ANGKA.parse, num_format="#,##0.00", align="right", wrap=True)
"""Percent points as a plain number: 120,00 is 120 %. The heading says (%)."""
TENGAH = replace(KODE_SEL, align="center", name="penanda")

RUPIAH_WIDTH = 17


def taken(key: str, attribute: str = "", **changes: object) -> Shown:
    """A column of the unit's Indikator table, under the name that it has there, for records that have an ``indicator``."""
    column = INDIKATOR_TABLE.column(key)
    plain = Shown(
        key=key, label=column.label, kind=column.kind, width=column.width, prefilled=column.prefilled, draft=column.draft,
        value=lambda result: getattr(result.indicator, attribute or key),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def share(part: str, whole: str) -> str:
    """Formula of a percentage with two decimals; a dash where the whole is no positive number or the part none."""
    return f'IF(AND(ISNUMBER({part}),N({whole})>0),ROUND(ROUND(100*{part}/{whole},9),2),"{UNKNOWN}")'


def both(one: str, other: str, then: str) -> str:
    """Formula of ``then`` where both cells are numbers, else a dash."""
    return f'IF(COUNT({one},{other})=2,{then},"{UNKNOWN}")'


NO = Shown(key="no", label="No", kind=ANGKA, width=5, numbered=True)
OF_UNIT = replace(UNIT, value=lambda result: result.indicator.unit)
"""The unit of an indicator."""
KODE = Shown(key="kode", label="Kode", kind=KODE_SEL, width=17)
SASARAN, INDIKATOR = taken("sasaran", width=24), taken("nama", width=30)
SATUAN = taken("satuan", width=10)
PREDIKAT = Column(key="predikat", label="Predikat", kind=TENGAH, width=13)


def target_of(n: int, **words: Any) -> Shown:
    """The target of one quarter alone."""
    return Shown(key=f"target_{n}", kind=NILAI, value=lambda result: result.indicator.quarters[n - 1], **words)


def _quarter(n: int) -> tuple[Column, ...]:
    group = f"Triwulan {ROMAN[n - 1]}"
    return (
        target_of(n, label="Target", width=7.5, group=group),
        Column(key=f"realisasi_{n}", label="Realisasi", kind=NILAI, width=9, group=group),
        Column(key=f"capaian_{n}", label="Capaian s.d. TW (%)", kind=POIN, width=8.5, group=group),
    )


def _counted(n: int) -> tuple[Column, ...]:
    """What stands behind the capaian of one quarter: numerator, denominator, both sums so far; folded."""
    group = f"Hitungan TW {ROMAN[n - 1]}"
    return (
        Column(key=f"pembilang_{n}", label=f"Pembilang TW {ROMAN[n - 1]}", kind=NILAI, width=11, group=group, page=2),
        Column(key=f"penyebut_{n}", label=f"Penyebut TW {ROMAN[n - 1]}", kind=NILAI, width=11, group=group, page=2),
        Column(key=f"target_sd_{n}", label=f"Target s.d. TW {ROMAN[n - 1]}", kind=NILAI, width=12, group=group, page=2),
        Column(key=f"realisasi_sd_{n}", label=f"Realisasi s.d. TW {ROMAN[n - 1]}", kind=NILAI, width=12, group=group, page=2),
    )


CAPAIAN_INDIKATOR = RecapSheet(
    key="capaian_indikator", name="Capaian Indikator", title="PENGUKURAN KINERJA", signed=True, across=("target", "capaian_4"), keep=4,
    intro="Target menurut rencana yang berlaku; realisasi setiap triwulan sendiri, capaian s.d. triwulan itu.",
    hint="Angkanya berupa rumus dan ikut berubah; penjelasan setiap angka ada di lembar Penjelasan.",
    tables=(
        Around(
            key="capaian_indikator", total_rows=0,
            essential=("unit", "kode", "nama", "satuan", "target", "realisasi", "capaian"),
            before=(
                NO, Column(key=UNIT_NAME, label="Nama Unit", kind=TEKS, width=14), replace(SASARAN, width=17), replace(INDIKATOR, width=24), replace(SATUAN, width=11),
                taken("target", label="Target Tahun", width=8),
                *(column for n in QUARTERS for column in _quarter(n)),
                Column(key="realisasi", label="Realisasi s.d. TW Ini", kind=NILAI, width=9, group="Setahun"),
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=9, group="Setahun"),
                Column(key="dihitung", label="Capaian yang Dipakai (%)", kind=POIN, width=9, group="Setahun", aliases=("Dihitung (%)",)),
                replace(PREDIKAT, width=10, group="Setahun"),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=18),
                Column(key="kendala", label="Kendala", kind=TEKS, width=28),
                Column(key="tindak_lanjut", label="Tindak Lanjut", kind=TEKS, width=28),
                replace(OF_UNIT, page=2), replace(KODE, page=2, value=lambda result: result.indicator.kode),
                *(taken(key, page=2, width=12) for key in ("level", "tingkat", "tipe", "arah", "akumulasi")),
                *(taken(f"batas_{end}", end, page=2, width=12) for end in ("bawah", "atas")),
                taken("iku", page=2, width=12, value=lambda result: yes_no(result.indicator.iku)),
                *(column for n in QUARTERS for column in _counted(n)),
                *(replace(column, page=2) for column in (BERKAS, LEMBAR, BARIS)),
            ),
        ),
    ),
)  # fmt: skip

CAPAIAN_IKU = RecapSheet(
    key="capaian_iku", name="Capaian IKU", title="CAPAIAN INDIKATOR KINERJA UTAMA", signed=True, keep=4,
    intro="IKU saja, diambil dari lembar Capaian Indikator; realisasinya dari tahun ke tahun ada di lembar Tren IKU.",
    tables=(
        Around(
            key="capaian_iku", total_rows=0,
            before=(
                NO, Column(key=UNIT_NAME, label="Nama Unit", kind=TEKS, width=18), SASARAN, INDIKATOR, SATUAN,
                Shown(key="target", label="Target Tahun", kind=NILAI, width=11, value=lambda one: one.result.of_year.target),
                Column(key="realisasi", label="Realisasi", kind=NILAI, width=11),
                Column(key="capaian", label="Capaian Setahun (%)", kind=POIN, width=11),
                PREDIKAT,
                Column(key="lalu", label="Capaian Tahun Lalu (%)", kind=POIN, width=11),
                Column(key="selisih_lalu", label="Naik/Turun (poin)", kind=POIN, width=11),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=30),
            ),
        ),
    ),
)  # fmt: skip

TREN_IKU = named(RecapSheet(
    key="tren_iku", name="Tren IKU", title="TREN INDIKATOR KINERJA UTAMA", keep=4,
    intro="Setiap IKU dari tahun ke tahun terhadap target jangka menengah (Renstra).",
    tables=(
        Around(
            key="tren_iku", total_rows=0,
            before=(
                NO, *(replace(column, value=None) for column in (UNIT, SASARAN, INDIKATOR, SATUAN)),
                Column(key="tahun", label="Tahun", kind=TENGAH, width=11),
                Column(key="target", label="Target Renstra", kind=NILAI, width=11),
                Column(key="realisasi", label="Realisasi", kind=NILAI, width=11),
                Column(key="capaian", label="Terhadap Target Tahun Itu (%)", kind=POIN, width=13),
                Column(key="akhir", label="Target Akhir Renstra", kind=NILAI, width=11),
                Column(key="menuju", label="Terhadap Target Akhir (%)", kind=POIN, width=11),
                Column(key="keterangan", label="Keterangan", kind=TEKS, width=30),
            ),
        ),
    ),
))  # fmt: skip


# ---- The first page of the capaian workbook and the means behind it ----

AGAINST_CASH = "Capaian - Realisasi terhadap Rencana Kas (poin)"
"""Heading of that difference until TW III."""
RINGKASAN = RecapSheet(
    key="ringkasan", name="Ringkasan", title="CAPAIAN KINERJA DAN REALISASI ANGGARAN", signed=True, keep=0, intro="",
    tables=(
        Around(
            key="capaian_unit", title="C. Keadaan setiap unit", total_rows=0,
            totals=("indikator", "tercapai", "belum", "tidak", "pagu", "realisasi", "sisa"),
            before=(
                Column(key="nama", label="Unit", kind=TEKS, width=40),
                Column(key="indikator", label="Indikator Dinilai", kind=ANGKA, width=10),
                Column(key="tercapai", label="Tercapai", kind=ANGKA, width=10),
                Column(key="belum", label="Belum Tercapai", kind=ANGKA, width=10),
                Column(key="tidak", label="Tidak Dinilai", kind=ANGKA, width=10),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=12),
                Column(key="predikat", label="Predikat", kind=TENGAH, width=22),
                Column(key="pagu", label="Pagu (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="realisasi", label="Realisasi (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="serapan", label="Serapan (%)", kind=POIN, width=11),
                Column(key="efisiensi", label="Capaian - Serapan (poin)", kind=POIN, width=12, aliases=(AGAINST_CASH,)),
                Column(key="menonjol", label="Yang Menonjol", kind=TEKS, width=38),
                Column(key="sisa", label="Sisa Pagu (Rp)", kind=RP, width=RUPIAH_WIDTH),
                Column(key="kode", label="Kode Unit", kind=TEKS, width=14, page=2),
            ),
        ),
        Around(
            key="iku", title="A. Indikator Kinerja Utama (IKU)", total_rows=0,
            before=(
                Column(key="nama", label="Indikator", kind=TEKS),
                Column(key="indikator", label="Satuan", kind=TENGAH),
                Column(key="tercapai", label="Realisasi {dua}", kind=NILAI),
                Column(key="belum", label="Realisasi {satu}", kind=NILAI),
                Column(key="tidak", label="Target {kini}", kind=NILAI),
                Column(key="capaian", label="Realisasi {kini}", kind=NILAI),
                Column(key="predikat", label="Capaian IKU (%)", kind=POIN),
                Column(key="pagu", label="Target Akhir Renstra", kind=NILAI),
                Column(key="realisasi", label="Terhadap Target Akhir (%)", kind=POIN),
                Column(key="serapan", label="Predikat", kind=TENGAH),
                Column(key="menonjol", label="Keterangan", kind=TEKS),
            ),
        ),
        Around(
            key="putusan", title="B. Keputusan yang diminta dari Camat", total_rows=0,
            before=(
                Column(key="perkara", label="Hal", kind=TEKS),
                Column(key="jumlah", label="Nilai (Rp)", kind=RP),
                Column(key="pilihan", label="Pilihan", kind=TEKS),
                Column(key="paraf", label="Paraf", kind=TEKS),
            ),
        ),
    ),
)  # fmt: skip

RATA_RATA = RecapSheet(
    key="rata_rata", name="Rata-rata Capaian", title="RATA-RATA CAPAIAN", keep=0,
    intro="Setiap indikator yang dinilai dihitung sekali. Pejabat: yang menjabat pada akhir masa yang diukur.",
    tables=(
        Around(
            key="rata_rata", total_rows=0,
            before=(
                Column(key="kelompok", label="Kelompok", kind=TEKS, width=15),
                Column(key="nama", label="Rata-rata untuk", kind=TEKS, width=60),
                Column(key="indikator", label="Indikator Dinilai", kind=ANGKA, width=12),
                Column(key="tidak", label="Tidak Dinilai", kind=ANGKA, width=12),
                Column(key="capaian", label="Rata-rata Capaian (%)", kind=POIN, width=14),
                Column(key="predikat", label="Predikat", kind=TENGAH, width=15),
                Column(key="disisihkan", label="Yang Tidak Dinilai atau Dinilai Sebagian", kind=TEKS, width=56, aliases=("Yang Tidak Dinilai dan Sebabnya",)),
            ),
        ),
    ),
)  # fmt: skip
