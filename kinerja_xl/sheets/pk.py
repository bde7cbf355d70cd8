"""Perjanjian Kinerja (V.E): the two parties, the dates, and the lampiran with its two tables."""

from __future__ import annotations

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Form, Sheet, Table
from kinerja_xl.sheets.rab import looked_up

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
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=16),
        Column(key="target", label="Target", kind=kinds.nilai(), required=True, width=18),
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
        Column(
            key="nama", label="Program/Kegiatan/Sub Kegiatan", kind=kinds.teks(), width=56,
            computed=looked_up("kode_program", "kode", "nama"),
        ),
        Column(key="anggaran", label="Anggaran (Rp)", kind=kinds.rupiah(), required=True, width=18),
        Column(key="keterangan", label="Keterangan", kind=kinds.pilihan("sumber_dana"), width=16),
    ),
)  # fmt: skip

PK = Sheet(
    key="pk", name="PK", title="PERJANJIAN KINERJA", blocks=(PK_FORM, PK_KINERJA_TABLE, PK_ANGGARAN_TABLE),
    intro="Boleh kosong pada tahap usulan. Sejak penetapan wajib diisi; anggaran mengikuti rencana yang disepakati.",
)  # fmt: skip
