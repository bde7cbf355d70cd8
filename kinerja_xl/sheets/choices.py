"""The closed lists of the guideline, by list name. The office may replace the editable ones in Kantor.xlsx.

Sources: types V.B.2, dimensions and levels V.B.3, tiers BAB V, stages of work III.1, kinds of support III.C.2.d.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from kinerja_xl.catatan import Severity
from kinerja_xl.words.text import fold
from kinerja_xl.words.units import COMMON, Measures

JENIS_BELANJA: Mapping[str, str] = MappingProxyType(
    {"5.1.01": "Belanja Pegawai", "5.1.02": "Belanja Barang dan Jasa", "5.2": "Belanja Modal"}
)
"""Jenis belanja key -> its name on forms and recaps."""
JENIS_KEY: Mapping[str, str] = MappingProxyType({name: key for key, name in JENIS_BELANJA.items()})

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

ALSO_WRITTEN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"tanda": dict.fromkeys(("v", "✓", "✔", "√", "ü"), "x")}
)
"""What else staff write for a choice and can mean nothing else (ü is the tick of Wingdings)."""

EDITABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sumber_dana": ("APBD", "DAU", "DBH", "DAK", "PAD"),
        "dimensi": ("Efektif", "Efisien", "Kualitas", "Ketepatan waktu", "Produktivitas", "Keselamatan"),
        "skala": ("Sangat kurang", "Kurang", "Cukup", "Baik", "Sangat baik"),
    }
)
"""Lists that Kantor.xlsx starts with and the office may edit; the scale is in ascending order (V.B.2)."""

SATUAN = "satuan"
"""The list that the office only adds to: a unit of measure per row, other words for it after a semicolon."""

SEBUTAN = "sebutan_satuan"
"""Every word for a unit, without blanks and marks, with the name of the unit: Cek Mandiri looks two of them up as one."""

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
        SEBUTAN: ("sebutan", "satuan"),
    }
)
"""Lists with more than one field, in the order in which they stand on the list sheet (``tabel_<list>``)."""


# ---- The lists on a workbook's list sheet: what the drop-downs offer and what computed columns look up ----

@dataclass(frozen=True, kw_only=True)
class Listing:
    """One list. ``rows`` are tuples in the order of ``fields``; the first field is the code or the value."""

    name: str
    title: str
    rows: tuple[tuple[object, ...], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return LIST_FIELDS.get(self.name, ("nilai",))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[object, ...]]:
        """First entry per key, capitals ignored: as VLOOKUP finds it."""
        found: dict[str, tuple[object, ...]] = {}
        for row in self.rows:
            found.setdefault(str(row[0]).casefold(), row)
        return found

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The first field of every entry."""
        return tuple(str(row[0]) for row in self.rows)

    @cached_property
    def by_folded(self) -> Mapping[str, str]:
        """The list's own spelling of each entry by what it is compared by; the first of equal ones."""
        found: dict[str, str] = {}
        for value in self.values:
            found.setdefault(fold(value), value)
        return found


@dataclass(frozen=True, kw_only=True)
class Listings:
    """All lists of one workbook by name; the ``Lookups`` of its computed columns. ``measures``: the units that are known."""

    by_name: Mapping[str, Listing]
    measures: Measures = field(default=COMMON, repr=False)

    def find(self, list_name: str, key: str, field: str) -> object | None:
        """The ``field`` of entry ``key``; None when list or entry is missing or the field is empty."""
        listing = self.by_name.get(list_name)
        row = listing.by_key.get(key.casefold()) if listing else None
        if listing is None or row is None:
            return None
        return row[listing.fields.index(field)]

    def values(self, list_name: str) -> tuple[str, ...]:
        """The first field of every entry."""
        listing = self.by_name.get(list_name)
        return listing.values if listing else ()

    def spelled(self, list_name: str, value: str) -> str:
        """The list's own spelling of a choice; the value itself when it is not on the list."""
        listing = self.by_name.get(list_name)
        meant = ALSO_WRITTEN.get(list_name, {}).get(value.strip().casefold(), value)
        return listing.by_folded.get(fold(meant), value) if listing else value
