"""Indikator kinerja (V.B): level, type, dimension, tier, target of the year and per triwulan, SMART."""

from __future__ import annotations

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Sheet, Table

QUARTERS = ("tw_1", "tw_2", "tw_3", "tw_4")

INDIKATOR_TABLE = Table(
    key="indikator",
    title="Indikator Kinerja",
    rows=60,
    unique=(("kode", "level", "nama"),),
    repeat=3,
    columns=(
        Column(
            key="kode", label="Kode Program/Kegiatan/Sub Kegiatan", kind=kinds.kode("kode_program"), required=True, width=19,
            hint="Kode sub kegiatan untuk output; kode program (misalnya 7.01.03) untuk outcome program.",
            aliases=("Kode Sub Kegiatan", "Kode"),
        ),
        Column(key="level", label="Level", kind=kinds.pilihan("level_indikator"), required=True, width=10,
               hint="Output dan outcome wajib ada; level lain boleh."),
        Column(key="nama", label="Indikator", kind=kinds.teks(), required=True, width=38, aliases=("Nama Indikator", "Indikator Kinerja")),
        Column(key="sasaran", label="Sasaran", kind=kinds.teks(), required=True, width=30, hint="Sasaran atasan atau Renstra yang didukung."),
        Column(key="tipe", label="Tipe", kind=kinds.pilihan("tipe_indikator"), required=True, width=13),
        Column(key="dimensi", label="Dimensi", kind=kinds.pilihan("dimensi"), required=True, width=13),
        Column(key="tingkat", label="Tingkat", kind=kinds.pilihan("tingkat"), required=True, width=12, hint="Satuan kerja, unit kerja, atau OPD."),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=12),
        Column(key="arah", label="Arah", kind=kinds.pilihan("arah"), required=True, width=9,
               hint="Naik: makin besar makin baik. Turun: makin kecil makin baik."),
        Column(key="akumulasi", label="Cara Menjumlah TW", kind=kinds.pilihan("akumulasi"), required=True, width=13,
               hint="Bagaimana keempat triwulan menjadi angka setahun."),
        Column(key="baseline", label="Realisasi Tahun Lalu", kind=kinds.nilai(), width=11, group="Target"),
        Column(key="target", label="Target Tahun", kind=kinds.nilai(), required=True, width=11, group="Target"),
        *(Column(key=key, label=f"Target TW {roman}", kind=kinds.nilai(), width=9, group="Target")
          for key, roman in zip(QUARTERS, ("I", "II", "III", "IV"), strict=True)),
        Column(key="batas_bawah", label="Batas Bawah", kind=kinds.angka(None), width=9, group="Rentang", hint="Hanya untuk arah Rentang."),
        Column(key="batas_atas", label="Batas Atas", kind=kinds.angka(None), width=9, group="Rentang", hint="Hanya untuk arah Rentang."),
        Column(key="definisi", label="Definisi Operasional", kind=kinds.teks(), required=True, width=34, page=2),
        Column(key="pembilang", label="Pembilang", kind=kinds.teks(), width=20, page=2, group="Rumus", hint="Untuk persentase dan rasio."),
        Column(key="penyebut", label="Penyebut", kind=kinds.teks(), width=20, page=2, group="Rumus", hint="Untuk persentase dan rasio."),
        Column(key="sumber_data", label="Sumber Data", kind=kinds.teks(), required=True, width=20, page=2),
        Column(key="penanggung_jawab", label="Penanggung Jawab", kind=kinds.teks(), required=True, width=20, page=2),
        Column(key="iku", label="IKU", kind=kinds.ya_tidak(), required=True, width=7, page=2, hint="Diusulkan sebagai indikator kinerja utama?"),
        Column(key="smart_spesifik", label="Spesifik", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_dicapai", label="Dapat Dicapai", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_realistis", label="Realistis", kind=kinds.ya_tidak(), required=True, width=9, page=2, group="SMART"),
        Column(key="smart_alasan", label="Alasan SMART", kind=kinds.teks(), required=True, width=28, page=2, group="SMART"),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=18, page=2),
    ),
)  # fmt: skip

INDIKATOR = Sheet(
    key="indikator", name="Indikator", title="INDIKATOR KINERJA", blocks=(INDIKATOR_TABLE,),
    intro="Setiap sub kegiatan mempunyai output, setiap program mempunyai outcome. Target berupa angka, atau anggota skala untuk tipe kualitatif.",
)  # fmt: skip
