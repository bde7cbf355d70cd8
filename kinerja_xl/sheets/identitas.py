"""Identitas: whose workbook this is, for which year, who signs, when it was handed in, which revision."""

from __future__ import annotations

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Form, Sheet

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
        Column(
            key="kepala_status", label="Status Jabatan", kind=kinds.pilihan("status_pejabat"), prefilled=True, group="Pejabat",
            hint="Definitif, Plt., atau Plh.",
        ),
        Column(key="atasan_nama", label="Nama Atasan Langsung", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(key="atasan_nip", label="NIP Atasan Langsung", kind=kinds.nip(), prefilled=True, group="Pejabat"),
        Column(key="atasan_jabatan", label="Jabatan Atasan Langsung", kind=kinds.teks(), required=True, prefilled=True, group="Pejabat"),
        Column(
            key="revisi", label="Revisi ke-", kind=kinds.angka(0, 99, whole=True), required=True, group="Penyampaian",
            hint="0 untuk usulan pertama, 1 untuk perbaikan pertama, dan seterusnya.",
        ),
        Column(
            key="tanggal_disampaikan", label="Tanggal Disampaikan", kind=kinds.tanggal(), group="Penyampaian",
            hint="Tanggal berkas diserahkan ke Subbag Perencanaan.",
        ),
        Column(key="nomor_surat", label="Nomor Surat Pengantar", kind=kinds.teks(), group="Penyampaian"),
        Column(key="penyusun", label="Nama Penyusun", kind=kinds.teks(), group="Penyampaian", hint="Yang dapat dihubungi bila ada catatan."),
        Column(key="catatan_unit", label="Catatan Unit", kind=kinds.teks(), group="Penyampaian"),
    ),
)  # fmt: skip

IDENTITAS = Sheet(
    key="identitas", name="Identitas", title="IDENTITAS USULAN", blocks=(IDENTITAS_FORM,), landscape=False,
    intro="Data unit dan pejabat sudah terisi dari Kantor.xlsx. Lengkapi bagian Penyampaian.",
)  # fmt: skip
