"""The closed lists of the guideline, by list name. The office may replace the editable ones in Kantor.xlsx.

Sources: types V.B.2, dimensions and levels V.B.3, tiers BAB V, stages of work III.1, kinds of support III.C.2.d.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kinerja_xl.findings import Severity

JENIS_BELANJA: Mapping[str, str] = MappingProxyType(
    {"5.1.01": "Belanja Pegawai", "5.1.02": "Belanja Barang dan Jasa", "5.2": "Belanja Modal"}
)
"""Jenis belanja key -> its name on forms and recaps."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ya_tidak": ("Ya", "Tidak"),
        "tanda": ("x",),
        "jenis_belanja": tuple(JENIS_BELANJA.values()),
        "jenis_standar": ("SSH", "SBU", "HSPK", "ASB"),
        "sifat_harga": ("Batas tertinggi", "Estimasi"),
        "sifat_kegiatan": ("Biasa", "Penelitian/kajian", "Berkelanjutan/tahun jamak", "Gaji/langganan (TOR singkat)"),
        "tahap_kerja": ("Perencanaan", "Pelaksanaan", "Pengendalian", "Evaluasi"),
        "jenis_lampiran": ("Spesifikasi", "Gambar", "Penawaran", "Data pendukung", "Lainnya"),
        "level_indikator": ("Input", "Proses", "Output", "Outcome", "Benefit", "Impact"),
        "tipe_indikator": ("Kualitatif", "Kuantitas absolut", "Persentase", "Rasio", "Rata-rata", "Indeks"),
        "tingkat": ("Satuan kerja", "Unit kerja", "OPD"),
        "arah": ("Naik", "Turun", "Rentang"),
        "akumulasi": ("Jumlah", "Rata-rata", "Nilai terakhir"),
        "status_pejabat": ("Definitif", "Plt.", "Plh."),
        "tahap": ("usulan", "penetapan", "pengukuran", "pergeseran", "perubahan"),
        "tingkat_catatan": tuple(level.label for level in Severity),
        "level_program": ("program", "kegiatan", "subkegiatan"),
    }
)

EDITABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sumber_dana": ("APBD", "DAU", "DBH", "DAK", "PAD"),
        "dimensi": ("Efektif", "Efisien", "Kualitas", "Ketepatan waktu", "Produktivitas", "Keselamatan"),
        "skala": ("Sangat kurang", "Kurang", "Cukup", "Baik", "Sangat baik"),
    }
)
"""Lists that Kantor.xlsx starts with and the office may edit; the scale is in ascending order (V.B.2)."""

KRITERIA_IKU: Mapping[str, int] = MappingProxyType(
    {"Spesifik": 20, "Terukur": 20, "Dapat Dicapai": 15, "Relevan": 30, "Batas Waktu": 15}
)
"""Criteria of an IKU (V.B.5, SMART) -> their weight until the office writes its own ("tidak memiliki bobot yang sama")."""

PREDIKAT: Mapping[str, str] = MappingProxyType(
    {
        "predikat_sangat_tinggi": "Sangat Tinggi",
        "predikat_tinggi": "Tinggi",
        "predikat_sedang": "Sedang",
        "predikat_rendah": "Rendah",
        "": "Sangat Rendah",
    }
)
"""Policy that holds the lower bound -> predicate of capaian, the highest first; the last one has no bound (Permendagri 86/2017)."""

JENIS_LAMPIRAN_MODAL = ("Spesifikasi", "Gambar", "Penawaran")
"""Support that belanja modal asks for (III.C.2.d)."""

LIST_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sub_kegiatan": ("kode", "nama"),
        "kode_program": ("kode", "nama"),
        "rekening": ("kode", "uraian", "jenis_belanja"),
        "standar": ("kode", "uraian", "spesifikasi", "satuan", "jenis", "harga"),
        "kriteria_iku": ("kriteria", "bobot"),
    }
)
"""Lists with more than one field, in the order in which they stand on the list sheet (``tabel_<list>``)."""
