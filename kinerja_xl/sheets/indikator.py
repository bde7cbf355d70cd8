"""Indikator kinerja (V.B): level, type, dimension, tier, target of the year and per triwulan, SMART."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.choices import KRITERIA_IKU, LIST_FIELDS
from kinerja_xl.sheets.model import Column, Computed, Form, Lookups, Record, Sheet, Table
from kinerja_xl.sheets.values import round_half_up
from kinerja_xl.words.periods import ROMAN

QUARTERS = ("tw_1", "tw_2", "tw_3", "tw_4")

INDIKATOR_TABLE = Table(
    key="indikator",
    title="Indikator Kinerja",
    rows=60,
    unique=(("kode", "level", "nama"),),
    repeat=3,
    columns=(
        Column(
            key="kode", label="Kode Program/Kegiatan/Sub Kegiatan", kind=kinds.kode("kode_program"), required=True, width=18,
            hint="Kode sub kegiatan untuk output; kode program (misalnya 7.01.03) untuk outcome program.",
            aliases=("Kode Sub Kegiatan", "Kode"),
        ),
        Column(key="level", label="Level", kind=kinds.pilihan("level_indikator"), required=True, width=10, hint="Output dan outcome wajib ada; level lain boleh."),
        Column(key="nama", label="Indikator", kind=kinds.teks(), required=True, width=27, aliases=("Nama Indikator", "Indikator Kinerja"), former=(1, "Nama Indikator")),
        Column(key="sasaran", label="Sasaran", kind=kinds.teks(), required=True, width=17, hint="Sasaran atasan atau Renstra yang didukung."),
        Column(key="tipe", label="Tipe", kind=kinds.pilihan("tipe_indikator"), required=True, width=12),
        Column(key="dimensi", label="Dimensi", kind=kinds.pilihan("dimensi"), required=True, width=12),
        Column(key="tingkat", label="Tingkat", kind=kinds.pilihan("tingkat"), required=True, width=11, since=2, hint="Satuan kerja, unit kerja, atau OPD."),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=12),
        Column(key="arah", label="Arah", kind=kinds.pilihan("arah"), required=True, width=9, hint="Naik: makin besar makin baik. Turun: makin kecil makin baik."),
        Column(key="akumulasi", label="Cara Menjumlah TW", kind=kinds.pilihan("akumulasi"), required=True, width=11, hint="Bagaimana keempat triwulan menjadi angka setahun."),
        Column(key="baseline", label="Realisasi Tahun Lalu", kind=kinds.nilai(), width=10, group="Target"),
        Column(key="target", label="Target Tahun", kind=kinds.nilai(), required=True, width=10, group="Target"),
        *(Column(key=key, label=f"Target TW {roman}", kind=kinds.nilai(), width=8.5, group="Target")
          for key, roman in zip(QUARTERS, ROMAN, strict=True)),
        Column(key="batas_bawah", label="Batas Bawah", kind=kinds.angka(None), width=8, group="Rentang", hint="Hanya untuk arah Rentang."),
        Column(key="batas_atas", label="Batas Atas", kind=kinds.angka(None), width=8, group="Rentang", hint="Hanya untuk arah Rentang."),
        Column(key="definisi", label="Definisi Operasional", kind=kinds.teks(), required=True, width=23, page=2),
        Column(key="pembilang", label="Pembilang", kind=kinds.teks(), width=16, page=2, group="Rumus", hint="Untuk persentase dan rasio."),
        Column(key="penyebut", label="Penyebut", kind=kinds.teks(), width=16, page=2, group="Rumus", hint="Untuk persentase dan rasio."),
        Column(key="sumber_data", label="Sumber Data", kind=kinds.teks(), required=True, width=16, page=2),
        Column(key="penanggung_jawab", label="Penanggung Jawab", kind=kinds.teks(), required=True, width=16, page=2),
        Column(key="iku", label="IKU", kind=kinds.ya_tidak(), required=True, width=7, page=2, hint="Diusulkan sebagai indikator kinerja utama?"),
        Column(key="smart_spesifik", label="Spesifik", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_dicapai", label="Dapat Dicapai", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_realistis", label="Realistis", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_alasan", label="Alasan SMART", kind=kinds.teks(), required=True, width=20, page=2, group="SMART"),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=14, page=2),
    ),
)  # fmt: skip

INDIKATOR = Sheet(
    key="indikator", name="Indikator", title="INDIKATOR KINERJA", blocks=(INDIKATOR_TABLE,), former=(1, "Indikator Kinerja"),
    intro="Setiap sub kegiatan mempunyai output, setiap program mempunyai outcome. Target berupa angka, atau anggota skala untuk tipe kualitatif.",
)  # fmt: skip


# ---- Calon IKU (V.B.5): what a small team weighed before indicators became key indicators, and by which decree ----
# A candidate starts from a statement of result, has a name and a reason, and is scored 1 to 5 per criterion; the office
# weighs the criteria in Kantor.xlsx. Only chosen candidates are marked IKU on the Indikator sheet.

CRITERIA_LIST = "kriteria_iku"
LOWEST, HIGHEST = 1, 5
"""The scale of a score (V.B.5.c)."""

SCORES = {f"skor_{number}": name for number, name in enumerate(KRITERIA_IKU, start=1)}
"""Column key of a score -> the criterion it judges."""

_HINTS = {
    "Spesifik": "Semua orang memahami indikator ini dengan cara yang sama.", "Terukur": "Dapat dihitung dari data yang ada.",
    "Dapat Dicapai": "Dalam kemampuan kantor.", "Relevan": "Berorientasi outcome dan selaras dengan tujuan dan sasaran.",
    "Batas Waktu": "Jelas kapan targetnya dicapai.",
}  # fmt: skip
_WEIGHT = LIST_FIELDS[CRITERIA_LIST].index("bobot") + 1


def score_value(record: Record, lookups: Lookups) -> Decimal | None:
    """Weighted mean of the scores, rounded half-up to two decimals: 1 to 5, whatever the weights add up to.

    None while a score is missing or all weights are 0.
    """
    total = weights = Decimal(0)
    for key, name in SCORES.items():
        score, weight = record.get(key), lookups.find(CRITERIA_LIST, name, "bobot")
        if not isinstance(score, Decimal) or not isinstance(weight, int | Decimal):
            return None
        total, weights = total + score * weight, weights + weight
    return round_half_up(round_half_up(total / weights, 8), 2) if weights else None


def _score_excel(ref: Callable[[str], str]) -> str:
    cells = ",".join(ref(key) for key in SCORES)
    weights = f"SUM(INDEX(tabel_{CRITERIA_LIST},0,{_WEIGHT}))"
    terms = "+".join(f'{ref(key)}*VLOOKUP("{name}",tabel_{CRITERIA_LIST},{_WEIGHT},FALSE)' for key, name in SCORES.items())
    return f'IF(OR(COUNT({cells})<{len(SCORES)},{weights}=0),"",ROUND(ROUND(({terms})/{weights},8),2))'


IKU_FORM = Form(
    key="iku_penetapan",
    title="Tim dan Keputusan",
    optional=True,
    fields=(
        Column(key="tim", label="Tim Kecil yang Menilai", kind=kinds.teks(), hint="Nama anggotanya; tim disahkan oleh pimpinan."),
        Column(key="nomor_keputusan", label="Nomor Keputusan Penetapan IKU", kind=kinds.teks(), hint="Boleh kosong pada tahap usulan, wajib sejak penetapan."),
        Column(key="tanggal_keputusan", label="Tanggal Keputusan", kind=kinds.tanggal()),
    ),
)  # fmt: skip

IKU_TABLE = Table(
    key="iku",
    title="Calon Indikator Kinerja Utama",
    rows=12,
    optional=True,
    unique=(("nama",),),
    columns=(
        Column(key="pernyataan_hasil", label="Pernyataan Hasil", kind=kinds.teks(), required=True, width=36, hint="Perubahan yang ingin dicapai; tidak terlalu luas."),
        Column(key="nama", label="Nama Indikator", kind=kinds.teks(), required=True, width=66, hint="Sama dengan nama pada lembar Indikator.", aliases=("Indikator", "Calon IKU")),
        Column(key="alasan", label="Alasan", kind=kinds.teks(), required=True, width=34, hint="Mengapa indikator ini diperlukan."),
        *(
            Column(key=key, label=name, kind=kinds.angka(LOWEST, HIGHEST, whole=True), required=True, width=10, group=f"Skor {LOWEST} sampai {HIGHEST}", hint=_HINTS[name])
            for key, name in SCORES.items()
        ),
        Column(
            key="nilai", label="Nilai Tertimbang", kind=kinds.angka(), width=11,
            computed=Computed(excel=_score_excel, value=score_value),
            hint="Dihitung: skor × bobot dari daftar kriteria, dibagi jumlah bobot.",
        ),
        Column(key="dipilih", label="Dipilih", kind=kinds.ya_tidak(), required=True, width=8, hint="Ya: indikator ini ditandai IKU pada lembar Indikator."),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=18),
    ),
)  # fmt: skip

IKU = Sheet(
    key="iku", name="Calon IKU", title="CALON INDIKATOR KINERJA UTAMA (IKU)", blocks=(IKU_FORM, IKU_TABLE), since=2,
    intro="Satu baris satu calon. Setiap indikator bertanda IKU = Ya pada lembar Indikator mempunyai barisnya di sini; "
    "calon yang tidak dipilih boleh ikut dicatat.",
)  # fmt: skip
