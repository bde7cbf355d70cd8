"""Tables of Kantor.xlsx that bind the office: what its leaders promise, and what years hand on to the years after."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.sheets.usulan import PK_FORM

PK_PIMPINAN_TABLE = Table(
    key="pk_pimpinan", title="Perjanjian Kinerja Camat dan Sekretaris Camat", rows=20, optional=True,
    unique=(("jabatan_kode", "indikator"),),
    columns=(
        Column(key="jabatan_kode", label="Kode Jabatan", kind=kinds.teks(), required=True, width=14, hint="camat atau sekcam."),
        Column(key="sasaran", label="Sasaran", kind=kinds.teks(), required=True, width=44),
        Column(key="indikator", label="Indikator Kinerja", kind=kinds.teks(), required=True, width=48),
        Column(key="level", label="Level", kind=kinds.pilihan("level_indikator"), required=True, width=11),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=12),
        Column(key="target", label="Target", kind=kinds.nilai(), required=True, width=12),
    ),
)  # fmt: skip

_LEADER = PK_PIMPINAN_TABLE.column("jabatan_kode")

SURAT_PIMPINAN_TABLE = Table(
    key="surat_pimpinan", title="Para Pihak dan Tanggal PK Pimpinan", rows=4, optional=True, since=3, unique=(("jabatan_kode",),),
    note="Diisi sejak penetapan. Nama yang kosong diambil dari lembar Pejabat menurut tanggalnya.",
    columns=(
        _LEADER,
        *(replace(PK_FORM.column(key), prefilled=False, group="", width=width)
          for key, width in (("pertama_nama", 44), ("kedua_nama", 48), ("tanggal_disampaikan", 20), ("tanggal_disetujui", 20))),
    ),
)  # fmt: skip

RENJA_TABLE = Table(
    key="renja_lalu", title="Target Akhir Renstra dan Realisasi Tahun-Tahun Sebelumnya", rows=80, optional=True,
    unique=(("kode", "unit", "indikator"),),
    note="Kolom 6 dan 7 Evaluasi Renja. mulai --dari menambahkan realisasi tahun lalu. Kosong: belum diketahui, bukan 0.",
    columns=(
        Column(key="kode", label="Kode Program/Kegiatan/Sub Kegiatan", kind=kinds.kode(), required=True, width=22),
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), width=14, hint="Kosong: untuk seluruh kantor."),
        Column(key="indikator", label="Indikator", kind=kinds.teks(), width=60, hint="Sama dengan lembar Indikator unit."),
        Column(key="renstra_k", label="Target Akhir Renstra (K)", kind=kinds.nilai(), width=14),
        Column(key="lalu_k", label="Realisasi s.d. Tahun Lalu (K)", kind=kinds.nilai(), width=14),
        Column(key="renstra_rp", label="Target Akhir Renstra (Rp)", kind=kinds.rupiah(), width=19, hint="Satu kali untuk satu kode."),
        Column(key="lalu_rp", label="Realisasi s.d. Tahun Lalu (Rp)", kind=kinds.rupiah(), width=19, hint="Satu kali untuk satu kode."),
    ),
)  # fmt: skip

JANJI_TABLE = Table(
    key="janji_outcome", title="Janji Outcome Sesudah Tahun Rencana", rows=60, optional=True,
    unique=(("tahun_rencana", "unit", "kode_sub", "outcome"),),
    note="Bagian VII.3 setiap TOR, ditambahkan oleh mulai --dari. Realisasi diisi pada tahun tercapainya.",
    columns=(
        Column(key="tahun_rencana", label="Tahun Rencana", kind=kinds.tahun(), required=True, width=11),
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), required=True, width=14),
        Column(key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode(), required=True, width=20),
        Column(key="outcome", label="Outcome", kind=kinds.teks(), required=True, width=58),
        Column(key="target", label="Target", kind=kinds.angka(None), required=True, width=11),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=12),
        Column(key="tahun", label="Tahun Tercapai", kind=kinds.tahun(), required=True, width=11),
        Column(key="realisasi", label="Realisasi", kind=kinds.angka(None), width=11, hint="Pada tahun tercapainya."),
        Column(key="bukti", label="Bukti", kind=kinds.teks(), width=40),
    ),
)  # fmt: skip
