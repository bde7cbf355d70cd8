"""The unit's workbook ("usulan") in every version that is read.

An older version is today's minus what came later, under the names it had then: worked out from the declarations
(``since``, ``former``), never a copy.
"""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.indikator import IKU, INDIKATOR
from kinerja_xl.sheets.model import Book, Column, Form, Sheet, Table
from kinerja_xl.sheets.rab import RAB, looked_up
from kinerja_xl.sheets.tor import TOR

# ---- Identitas: whose workbook this is, for which year, who signs, when it was handed in, which revision ----

IDENTITAS_FORM = Form(
    key="identitas",
    title="Identitas Unit dan Usulan",
    fields=(
        Column(key="kantor", label="Kantor", kind=kinds.teks(), required=True, prefilled=True, group="Unit"),
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), required=True, prefilled=True, group="Unit"),
        Column(key="nama_unit", label="Nama Unit", kind=kinds.teks(), required=True, prefilled=True, group="Unit"),
        Column(key="tahun", label="Tahun Anggaran", kind=kinds.tahun(), required=True, prefilled=True, group="Unit"),
        Column(key="kepala_nama", label="Nama Kepala Unit", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(key="kepala_nip", label="NIP Kepala Unit", kind=kinds.nip(), prefilled=True, group="Pejabat"),
        Column(key="kepala_jabatan", label="Jabatan Kepala Unit", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(key="kepala_status", label="Status Jabatan", kind=kinds.pilihan("status_pejabat"), prefilled=True, group="Pejabat", hint="Definitif, Plt., atau Plh."),
        Column(key="atasan_nama", label="Nama Atasan Langsung", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(key="atasan_nip", label="NIP Atasan Langsung", kind=kinds.nip(), prefilled=True, group="Pejabat"),
        Column(key="atasan_jabatan", label="Jabatan Atasan Langsung", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(
            key="revisi", label="Revisi ke-", kind=kinds.angka(0, 99, whole=True), required=True, group="Penyampaian",
            hint="0 untuk usulan pertama, 1 untuk perbaikan pertama, dan seterusnya.",
        ),
        Column(key="tanggal_disampaikan", label="Tanggal Disampaikan", kind=kinds.tanggal(), group="Penyampaian", hint="Tanggal berkas diserahkan ke Subbag Perencanaan."),
        Column(key="nomor_surat", label="Nomor Surat Pengantar", kind=kinds.teks(), group="Penyampaian"),
        Column(key="penyusun", label="Nama Penyusun", kind=kinds.teks(), group="Penyampaian", hint="Yang dapat dihubungi bila ada catatan."),
        Column(key="catatan_unit", label="Catatan Unit", kind=kinds.teks(), group="Penyampaian"),
    ),
)  # fmt: skip

IDENTITAS = Sheet(
    key="identitas", name="Identitas", title="IDENTITAS USULAN", blocks=(IDENTITAS_FORM,), landscape=False,
    intro="Data unit dan pejabat sudah terisi dari Kantor.xlsx. Lengkapi bagian Penyampaian.",
)  # fmt: skip


# ---- Perjanjian Kinerja (V.E): the two parties, the dates, and the lampiran with its two tables ----

PK_FORM = Form(
    key="pk",
    title="Para Pihak",
    optional=True,
    fields=(
        Column(key="pertama_nama", label="Nama Pihak Pertama", kind=kinds.teks(), prefilled=True, group="Pihak Pertama"),
        Column(key="pertama_jabatan", label="Jabatan Pihak Pertama", kind=kinds.teks(), prefilled=True, group="Pihak Pertama"),
        Column(key="kedua_nama", label="Nama Pihak Kedua", kind=kinds.teks(), prefilled=True, group="Pihak Kedua (atasan)"),
        Column(key="kedua_jabatan", label="Jabatan Pihak Kedua", kind=kinds.teks(), prefilled=True, group="Pihak Kedua (atasan)"),
        Column(key="tempat", label="Tempat", kind=kinds.teks(), prefilled=True, group="Tanggal"),
        Column(key="tanggal_disampaikan", label="Tanggal Disampaikan", kind=kinds.tanggal(), group="Tanggal"),
        Column(key="tanggal_disetujui", label="Tanggal Disetujui", kind=kinds.tanggal(), group="Tanggal"),
    ),
)  # fmt: skip

PK_KINERJA_TABLE = Table(
    key="pk_kinerja",
    title="Lampiran 1. Sasaran dan Indikator Kinerja",
    rows=30,
    optional=True,
    unique=(("level", "indikator"),),
    columns=(
        Column(key="sasaran", label="Sasaran", kind=kinds.teks(), required=True, width=42),
        Column(key="indikator", label="Indikator Kinerja", kind=kinds.teks(), required=True, width=56),
        Column(key="level", label="Level Kinerja", kind=kinds.pilihan("level_indikator"), required=True, width=14),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=14),
        Column(key="target", label="Target", kind=kinds.nilai(), required=True, width=13),
    ),
)

PK_ANGGARAN_TABLE = Table(
    key="pk_anggaran",
    title="Lampiran 2. Program/Kegiatan/Sub Kegiatan dan Anggaran",
    rows=30,
    optional=True,
    marks=("nama", "kode"),
    unique=(("kode",),),
    totals=("anggaran",),
    columns=(
        Column(key="kode", label="Kode", kind=kinds.kode("kode_program"), required=True, width=42),
        Column(key="nama", label="Program/Kegiatan/Sub Kegiatan", kind=kinds.teks(), width=56, computed=looked_up("kode_program", "kode", "nama")),
        Column(key="anggaran", label="Anggaran (Rp)", kind=kinds.rupiah(), required=True, width=17),
        Column(key="keterangan", label="Keterangan", kind=kinds.pilihan("sumber_dana"), width=14),
    ),
)  # fmt: skip

PK = Sheet(
    key="pk", name="PK", title="PERJANJIAN KINERJA", blocks=(PK_FORM, PK_KINERJA_TABLE, PK_ANGGARAN_TABLE), landscape=False,
    intro="Boleh kosong pada tahap usulan. Sejak penetapan wajib diisi; anggaran mengikuti rencana yang disepakati.",
)  # fmt: skip


PETUNJUK = Sheet(key="petunjuk", name="Petunjuk", title="PETUNJUK PENGISIAN", landscape=False)
CEK_MANDIRI = Sheet(key="cek_mandiri", name="Cek Mandiri", title="CEK MANDIRI")
DAFTAR = Sheet(key="daftar", name="Daftar", title="DAFTAR PILIHAN")

CAME: Mapping[int, str] = {
    2: "prakiraan maju, tingkat indikator, daftar lampiran, dan lembar Calon IKU",
    3: "kelompok sasaran pada TOR",
}
"""What each version of the form brought, as units read it (T203); the last one is today's. A column, table or sheet says
``since`` which version it is there."""

NAMES_ABOVE: Mapping[str, frozenset[str]] = {
    "identitas": frozenset({"atasan_nama", "atasan_jabatan"}), "tor": frozenset({"mengetahui"}),
}  # fmt: skip
"""By form the required fields that name who is above the unit: a post that nobody holds has no name, and is the office's to
fill (G102)."""

USULAN = Book(
    key="usulan", title="Usulan Rencana Kinerja", called="formulir usulan unit", belongs="folder masuk", version=max(CAME),
    sheets=(PETUNJUK, IDENTITAS, TOR, RAB, INDIKATOR, IKU, PK, CEK_MANDIRI, DAFTAR),
)  # fmt: skip


def _older(version: int) -> Book:
    return USULAN.as_of(version, f"belum memuat {'; '.join(words for new, words in CAME.items() if new > version)}")


USULAN_VERSIONS: Mapping[int, Book] = {**{v: _older(v) for v in range(1, USULAN.version)}, USULAN.version: USULAN}
"""Accepted versions by number; anything else is refused by name."""
