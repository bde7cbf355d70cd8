"""Kantor.xlsx: the office itself as a workbook. Units, officials, deadlines, pagu, Renstra, prices, policies.

Nobody in the office edits a configuration file: all of this is read with the same machinery as a unit's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.choices import PREDIKAT
from kinerja_xl.sheets.ikatan import JANJI_TABLE, PK_PIMPINAN_TABLE, RENJA_TABLE, SURAT_PIMPINAN_TABLE
from kinerja_xl.sheets.model import Book, Column, Form, Sheet, Table

RENSTRA_YEARS = 6
"""Target columns of a Renstra: the budget year and the five after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One editable policy: key, default, what may stand there, and why it is there.

    Allowed are the ``words``, ``other`` spellings of them, a number from ``minimum`` to ``maximum`` (``rupiah``: as money is
    written), or the code of a ``unit``; any text where none of these is declared.
    """

    key: str
    label: str
    default: str
    keterangan: str
    words: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    rupiah: bool = False
    unit: bool = False

    @property
    def allows(self) -> str:
        """What may stand there, as a catatan says it."""
        low, high = self.minimum, self.maximum
        number = [] if low is None else [f"angka mulai {low}" + (f" sampai {high}" if high is not None else "")]
        return " atau ".join([*self.words, *number, *(["kode pada lembar Unit"] if self.unit else [])])


POLICIES: tuple[Policy, ...] = (
    Policy(key="kertas", label="Ukuran kertas", default="Folio", keterangan="Folio atau A4.", words=("Folio", "A4")),
    Policy(key="rka_tapd", label="Tabel TAPD pada RKA", default="Ya",
           keterangan="Ya: setiap RKA memuat tabel Tim Anggaran Pemerintah Daerah (Permendagri 77/2020).", words=("Ya", "Tidak")),
    Policy(key="tor_singkat", label="TOR singkat untuk gaji dan langganan", default="Ya",
           keterangan="Ya: keterkaitan, manfaat, bagian III, dan outcome TOR gaji/langganan boleh kosong.",
           words=("Ya", "Tidak")),
    Policy(key="toleransi_tw", label="Selisih jumlah TW terhadap target yang dibiarkan", default="0",
           keterangan="Dalam satuan indikator.", minimum=0),
    Policy(key="pk_kasi", label="Pihak Kedua untuk Kasi", default="camat",
           keterangan="camat atau sekcam (V.D.3, V.E.3).", words=("camat", "sekcam")),
    Policy(key="pk_kasubag", label="Pihak Kedua untuk Kasubag", default="sekcam",
           keterangan="camat atau sekcam (V.D.3, V.E.3).", words=("camat", "sekcam")),
    Policy(key="batas_paket", label="Nilai paket atau lumsum bulat yang perlu dirinci (Rp)", default="10000000",
           keterangan="1 Paket/Ls bernilai bulat mulai dari jumlah ini diberi catatan.", minimum=0, rupiah=True),
    Policy(key="batas_prakiraan", label="Selisih prakiraan maju yang dibiarkan (%)", default="25",
           keterangan="Per sub kegiatan, terhadap jumlah tahun ini.", minimum=0),
    Policy(key="batas_harga_output", label="Perubahan harga per satuan output dari tahun lalu yang dibiarkan (%)", default="25",
           keterangan="Dipakai bila rekap tahun lalu ada di folder arsip.", minimum=0),
    Policy(key="batas_lonjakan", label="Perubahan anggaran sub kegiatan dari tahun lalu yang dibiarkan (%)", default="50",
           keterangan="Dipakai bila rekap tahun lalu ada di folder arsip.", minimum=0),
    Policy(key="batas_modal", label="Harga peralatan yang mulai dianggap belanja modal (Rp)", default="1000000",
           keterangan="Harga satuan; di bawahnya peralatan boleh dibukukan sebagai barang.", minimum=0, rupiah=True),
    Policy(key="unit_keuangan", label="Unit yang menyampaikan realisasi keuangan", default="umum",
           keterangan="Kode unit; realisasi uang tidak diminta dari unit lain (II.B).", unit=True),
    Policy(key="metode_turun", label="Cara capaian indikator berarah Turun", default="A",
           keterangan="A: (2 × target − realisasi) / target. B: target / realisasi.",
           words=("A", "B"), other=(("Metode A", "A"), ("Metode B", "B"))),
    Policy(key="rentang_arah", label="Di luar rentang, yang lebih baik", default="besar",
           keterangan="besar atau kecil; di dalam rentang selalu 100 %.", words=("besar", "kecil")),
    Policy(key="batas_capaian", label="Capaian paling tinggi dalam rata-rata dan predikat (%)", default="120",
           keterangan="120, 110, 100, atau tanpa. Angka capaian sendiri tetap tampil apa adanya.",
           words=("tanpa",), other=(("tidak ada", "tanpa"), ("tanpa batas", "tanpa")), minimum=100),
    Policy(key="predikat_sangat_tinggi", label="Predikat sangat tinggi mulai (%)", default="91",
           keterangan="Batas bawah.", minimum=0),
    Policy(key="predikat_tinggi", label="Predikat tinggi mulai (%)", default="76", keterangan="Batas bawah.", minimum=0),
    Policy(key="predikat_sedang", label="Predikat sedang mulai (%)", default="66", keterangan="Batas bawah.", minimum=0),
    Policy(key="predikat_rendah", label="Predikat rendah mulai (%)", default="51",
           keterangan="Di bawahnya: sangat rendah.", minimum=0),
    Policy(key="efisiensi", label="Cara menilai efisiensi", default="standar",
           keterangan="standar: capaian − serapan. nasional: NE dengan batas ±20 % (APBN).", words=("standar", "nasional")),
    Policy(key="pita_efisiensi", label="Selisih capaian dan serapan yang dianggap seimbang (poin %)", default="5",
           keterangan="Lebih dari ini: efisien; kurang dari minus ini: kurang efisien.", minimum=0, maximum=100),
    Policy(key="ambang_tertinggal", label="Capaian s.d. TW yang dianggap tertinggal, di bawah (%)", default="90",
           keterangan="Untuk peringatan dini.", minimum=0),
    Policy(key="ambang_mendahului", label="Capaian s.d. TW yang dianggap mendahului, di atas (%)", default="110",
           keterangan="Untuk peringatan dini.", minimum=0),
    Policy(key="ambang_serapan", label="Selisih serapan dan fisik yang perlu dilihat (poin %)", default="15",
           keterangan="Untuk peringatan dini.", minimum=0, maximum=100),
    Policy(key="zona_harga", label="Zona kantor pada daftar harga kabupaten", default="tunggal",
           keterangan="Seperti tertulis pada judul kolomnya, misalnya Zona 2; tunggal: daftarnya tanpa zona."),
)  # fmt: skip

FALLING: tuple[tuple[str, ...], ...] = (tuple(key for key in PREDIKAT if key), ("ambang_mendahului", "ambang_tertinggal"))
"""Policies that are bounds of one scale, each lower than the one before it."""

KANTOR_FORM = Form(
    key="kantor",
    title="Data Kantor",
    fields=(
        Column(key="nama", label="Nama Kantor", kind=kinds.teks(), required=True, group="Kantor", hint="Misalnya Kantor Kecamatan …"),
        Column(key="pemda", label="Pemerintah Daerah", kind=kinds.teks(), required=True, group="Kantor", hint="Misalnya Pemerintah Kabupaten …"),
        Column(key="alamat", label="Alamat", kind=kinds.teks(), group="Kantor"),
        Column(key="logo", label="Berkas Logo", kind=kinds.teks(), group="Kantor", hint="Nama berkas PNG atau JPG di samping Kantor.xlsx, misalnya logo.png; boleh kosong."),
        Column(key="tempat", label="Tempat Penandatanganan", kind=kinds.teks(), required=True, group="Kantor"),
        Column(key="tahun", label="Tahun Anggaran", kind=kinds.tahun(), required=True, group="Tahun"),
        Column(key="tahap", label="Tahap", kind=kinds.pilihan("tahap"), required=True, group="Tahun", hint="usulan, penetapan, pengukuran, atau perubahan."),
        Column(key="tanggal", label="Tanggal Rekap", kind=kinds.tanggal(), group="Tahun", hint="Tanggal yang tercetak di rekap; boleh kosong."),
        Column(key="batas_usulan", label="Batas Waktu Usulan", kind=kinds.tanggal(), required=True, group="Batas waktu", hint="Yang terlambat tidak masuk RKT (IV.C.3)."),
        Column(key="batas_perbaikan", label="Batas Waktu Perbaikan", kind=kinds.tanggal(), group="Batas waktu", hint="Perbaikan dari unit yang tepat waktu dihitung sampai tanggal ini."),
    ),
)  # fmt: skip

UNIT_TABLE = Table(
    key="unit", title="Unit yang Mengusulkan", rows=15, unique=(("kode",), ("nama",)),
    columns=(
        Column(key="kode", label="Kode Unit", kind=kinds.teks(), required=True, essential=True, width=16, hint="Singkat, huruf kecil, tanpa spasi; menjadi nama berkas."),
        Column(key="nama", label="Nama Unit", kind=kinds.teks(), required=True, essential=True, width=44),
        Column(key="atasan", label="Kode Atasan", kind=kinds.teks(), required=True, width=14, hint="camat atau sekcam."),
        Column(key="tugas", label="Kode Program/Kegiatan yang Menjadi Tugasnya", kind=kinds.teks(), required=True, width=40, hint="Pisahkan dengan koma (misalnya 7.01.03, 7.01.02.2.02)."),
        Column(key="uraian_tugas", label="Uraian Tugas", kind=kinds.teks(), width=50),
    ),
)  # fmt: skip

PEJABAT_TABLE = Table(
    key="pejabat", title="Pejabat dan Masa Jabatannya", rows=30,
    columns=(
        Column(key="jabatan_kode", label="Kode Jabatan", kind=kinds.teks(), required=True, width=16, hint="bupati, camat, sekcam, atau kode unit yang dipimpin."),
        Column(key="nama", label="Nama", kind=kinds.teks(), required=True, width=32),
        Column(key="nip", label="NIP", kind=kinds.nip(), width=24),
        Column(key="pangkat", label="Pangkat/Golongan", kind=kinds.teks(), width=24),
        Column(key="jabatan", label="Nama Jabatan", kind=kinds.teks(), required=True, width=44),
        Column(key="status", label="Status", kind=kinds.pilihan("status_pejabat"), required=True, width=12),
        Column(key="mulai", label="Mulai", kind=kinds.tanggal(), width=13),
        Column(key="sampai", label="Sampai", kind=kinds.tanggal(), width=13, hint="Kosong: masih menjabat."),
    ),
)  # fmt: skip

RIWAYAT_TABLE = Table(
    key="riwayat_tahap", title="Riwayat Tahap", rows=15, optional=True, unique=(("tahap", "nomor"),),
    note="Tahap yang bertanggal paling akhir berlaku; kosong: Tahap pada lembar Kantor.",
    columns=(
        Column(key="tahap", label="Tahap", kind=kinds.pilihan("tahap"), required=True, width=18),
        Column(key="nomor", label="Nomor", kind=kinds.angka(0, 99, whole=True), width=10, hint="Untuk pergeseran dan perubahan: 1, 2, …"),
        Column(key="tanggal", label="Tanggal", kind=kinds.tanggal(), required=True, width=15),
        Column(key="dasar", label="Dasar", kind=kinds.teks(), width=60, hint="Misalnya nomor berita acara, DPA, atau peraturan kepala daerah."),
    ),
)  # fmt: skip

PENERIMAAN_TABLE = Table(
    key="penerimaan", title="Buku Penerimaan Usulan", rows=40, optional=True, unique=(("unit", "revisi"),),
    note="Bila berbeda, yang dipakai tanggal di sini, bukan tanggal pada lembar Identitas.",
    columns=(
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), required=True, width=16),
        Column(key="revisi", label="Revisi ke-", kind=kinds.angka(0, 99, whole=True), required=True, width=11),
        Column(key="tanggal", label="Tanggal Diterima", kind=kinds.tanggal(), required=True, width=17),
        Column(key="penerima", label="Penerima", kind=kinds.teks(), width=28),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=40),
    ),
)  # fmt: skip

BATAS_TW_TABLE = Table(
    key="batas_pengukuran", title="Batas Waktu Penyampaian Realisasi", rows=4, optional=True, unique=(("triwulan",),),
    note="Satu baris per triwulan. Yang terlambat tetap dihitung, dengan catatan.",
    columns=(
        Column(key="triwulan", label="Triwulan", kind=kinds.angka(1, 4, whole=True), required=True, width=11),
        Column(key="tanggal", label="Batas Waktu", kind=kinds.tanggal(), required=True, width=16),
    ),
)  # fmt: skip

PENERIMAAN_TW_TABLE = Table(
    key="penerimaan_tw", title="Buku Penerimaan Realisasi", rows=60, optional=True, unique=(("triwulan", "unit", "revisi"),),
    note="Bila berbeda, yang dipakai tanggal di sini, bukan tanggal pada lembar Identitas.",
    columns=(
        Column(key="triwulan", label="Triwulan", kind=kinds.angka(1, 4, whole=True), required=True, width=11),
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), required=True, width=16),
        Column(key="revisi", label="Revisi ke-", kind=kinds.angka(0, 99, whole=True), required=True, width=11),
        Column(key="tanggal", label="Tanggal Diterima", kind=kinds.tanggal(), required=True, width=17),
        Column(key="penerima", label="Penerima", kind=kinds.teks(), width=28),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=40),
    ),
)  # fmt: skip

PAGU_TABLE = Table(
    key="pagu", title="Pagu per Unit dan Sub Kegiatan", rows=80, unique=(("unit", "kode_sub"),), totals=("pagu",),
    columns=(
        Column(key="unit", label="Kode Unit", kind=kinds.teks(), required=True, width=16),
        Column(key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode("sub_kegiatan"), required=True, width=22),
        Column(key="pagu", label="Pagu (Rp)", kind=kinds.rupiah(), required=True, width=20),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=40),
    ),
)  # fmt: skip

RENSTRA_TABLE = Table(
    key="renstra", title="Misi, Tujuan, Sasaran, dan IKU (Renstra)", rows=30, unique=(("kode_sasaran", "indikator"),),
    columns=(
        Column(key="misi", label="Misi", kind=kinds.teks(), required=True, width=26),
        Column(key="tujuan", label="Tujuan", kind=kinds.teks(), required=True, width=27),
        Column(key="kode_sasaran", label="Kode Sasaran", kind=kinds.teks(), required=True, width=10),
        Column(key="sasaran", label="Sasaran", kind=kinds.teks(), required=True, width=29),
        Column(key="indikator", label="Indikator Kinerja Utama", kind=kinds.teks(), required=True, width=36),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=11),
        Column(key="arah", label="Arah", kind=kinds.pilihan("arah"), required=True, width=9),
        Column(key="kondisi_awal", label="Kondisi Awal", kind=kinds.nilai(), width=11),
        Column(key="target_0", label="Target Tahun Ini", kind=kinds.nilai(), required=True, width=11),
        *(Column(key=f"target_{n}", label=f"Target Tahun +{n}", kind=kinds.nilai(), width=11) for n in range(1, RENSTRA_YEARS)),
    ),
)  # fmt: skip

PROGRAM_TABLE = Table(
    key="program", title="Program, Kegiatan, dan Sub Kegiatan", rows=200, unique=(("kode",),),
    note="Boleh ditambah bila kantor memakai kode lain.",
    columns=(
        Column(key="kode", label="Kode", kind=kinds.kode(), required=True, width=22),
        Column(key="level", label="Level", kind=kinds.pilihan("level_program"), required=True, width=14),
        Column(key="nama", label="Nama", kind=kinds.teks(), required=True, width=70),
        Column(key="indikator", label="Indikator Resmi", kind=kinds.teks(), width=60),
        Column(key="satuan", label="Satuan", kind=kinds.teks(), width=18),
        Column(key="kode_sasaran", label="Kode Sasaran Renstra", kind=kinds.teks(), width=14, hint="Untuk program: sasaran yang didukung."),
    ),
)  # fmt: skip

HARGA_TABLE = Table(
    key="harga", title="Daftar Standar Harga (SSH, SBU, HSPK, ASB)", rows=250, unique=(("kode",),),
    note="Ganti dengan daftar kabupaten. Sifat menentukan apakah harga ini batas tertinggi atau estimasi.",
    columns=(
        Column(key="kode", label="Kode", kind=kinds.teks(), required=True, width=24),
        Column(key="uraian", label="Uraian", kind=kinds.teks(), required=True, width=54),
        Column(key="spesifikasi", label="Spesifikasi", kind=kinds.teks(), width=36),
        Column(key="satuan", label="Satuan", kind=kinds.teks(), required=True, width=14),
        Column(key="jenis", label="Jenis", kind=kinds.pilihan("jenis_standar"), required=True, width=9),
        Column(key="harga", label="Harga (Rp)", kind=kinds.rupiah(), required=True, width=15),
        Column(key="sifat", label="Sifat", kind=kinds.pilihan("sifat_harga"), required=True, width=16),
        Column(key="kode_rekening", label="Kode Rekening", kind=kinds.rekening(""), width=22),
        Column(key="sumber", label="Sumber", kind=kinds.teks(), width=16),
    ),
)  # fmt: skip

REKENING_TABLE = Table(
    key="rekening", title="Rekening Belanja", rows=300, unique=(("kode",),),
    columns=(
        Column(key="kode", label="Kode Rekening", kind=kinds.rekening(""), required=True, width=24),
        Column(key="uraian", label="Uraian", kind=kinds.teks(), required=True, width=80),
        Column(key="jenis_belanja", label="Jenis Belanja", kind=kinds.pilihan("jenis_belanja"), width=26),
    ),
)  # fmt: skip

DAFTAR_TABLE = Table(
    key="daftar_kantor", title="Daftar yang Boleh Diubah Kantor", rows=40, unique=(("daftar", "nilai"),),
    note="Skala ditulis dari yang terendah ke yang tertinggi. Satuan menambah daftar satuan; sebutan lainnya sesudah titik koma: Kelompok Tani; Poktan.",
    columns=(
        Column(key="daftar", label="Nama Daftar", kind=kinds.teks(), required=True, width=20, hint="sumber_dana, dimensi, skala, atau satuan."),
        Column(key="nilai", label="Isi", kind=kinds.teks(), required=True, width=44),
    ),
)  # fmt: skip

KRITERIA_TABLE = Table(
    key="kriteria_iku", title="Kriteria Calon IKU dan Bobotnya", rows=8, optional=True, unique=(("kriteria",),),
    note="Kosong: memakai bobot bawaan. Bobot tidak harus berjumlah 100; bobot 0: kriteria tidak dipakai.",
    columns=(
        Column(key="kriteria", label="Kriteria", kind=kinds.pilihan("kriteria_iku"), required=True, width=20),
        Column(key="bobot", label="Bobot", kind=kinds.angka(0, 100, whole=True), required=True, width=44),
    ),
)  # fmt: skip

KEBIJAKAN_TABLE = Table(
    key="kebijakan", title="Kebijakan Kantor", rows=len(POLICIES), unique=(("kunci",),),
    columns=(
        Column(key="kunci", label="Kunci", kind=kinds.teks(), required=True, width=20),
        Column(key="kebijakan", label="Kebijakan", kind=kinds.teks(), width=50),
        Column(key="nilai", label="Nilai", kind=kinds.teks(), required=True, width=18),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=80),
    ),
)  # fmt: skip


TINGKAT_TABLE = Table(
    key="tingkat_catatan", title="Tingkat Catatan yang Diubah Kantor", rows=20, optional=True, unique=(("kode",),),
    note="Kosong: memakai tingkat bawaan (catatan.md di folder panduan). Yang diubah tercetak di rekap.",
    columns=(
        Column(key="kode", label="Kode Catatan", kind=kinds.teks(), required=True, width=16, hint="Misalnya R504."),
        Column(key="tingkat", label="Tingkat", kind=kinds.pilihan("tingkat_catatan"), required=True, width=20),
        Column(key="alasan", label="Alasan", kind=kinds.teks(), required=True, width=70),
    ),
)  # fmt: skip


def _sheet(key: str, name: str, *blocks: Form | Table, intro: str = "", landscape: bool = True, since: int = 1) -> Sheet:
    return Sheet(key=key, name=name, title=blocks[0].title.upper(), blocks=blocks, intro=intro, landscape=landscape, since=since)


KANTOR = Book(
    key="kantor",
    title="Data Kantor",
    called="Kantor.xlsx",
    belongs="luar folder masuk; yang berlaku hanya Kantor.xlsx di folder tahunnya",
    version=3,
    sheets=(
        _sheet("s_kantor", "Kantor", KANTOR_FORM, intro="Isi sekali di awal tahun. Semua formulir dan rekap mengikuti buku kerja ini.", landscape=False),
        _sheet("s_riwayat", "Riwayat Tahap", RIWAYAT_TABLE),
        _sheet("s_unit", "Unit", UNIT_TABLE),
        _sheet("s_pejabat", "Pejabat", PEJABAT_TABLE),
        _sheet("s_penerimaan", "Penerimaan", PENERIMAAN_TABLE),
        _sheet("s_pengukuran", "Pengukuran", BATAS_TW_TABLE, PENERIMAAN_TW_TABLE),
        _sheet("s_pagu", "Pagu", PAGU_TABLE),
        _sheet("s_renstra", "Renstra", RENSTRA_TABLE),
        _sheet("s_program", "Program", PROGRAM_TABLE),
        _sheet("s_pk_pimpinan", "PK Pimpinan", PK_PIMPINAN_TABLE, SURAT_PIMPINAN_TABLE),
        _sheet("s_renja", "Evaluasi Renja", RENJA_TABLE, since=2),
        _sheet("s_janji", "Janji Outcome", JANJI_TABLE, since=2),
        _sheet("s_harga", "Standar Harga", HARGA_TABLE),
        _sheet("s_rekening", "Rekening", REKENING_TABLE),
        _sheet("s_daftar", "Daftar Kantor", DAFTAR_TABLE, KRITERIA_TABLE),
        _sheet("s_kebijakan", "Kebijakan", KEBIJAKAN_TABLE),
        _sheet("s_tingkat", "Tingkat Catatan", TINGKAT_TABLE),
        Sheet(key="daftar", name="Daftar", title="DAFTAR PILIHAN"),
    ),
)  # fmt: skip


_CAME: Mapping[int, str] = {2: "Evaluasi Renja dan Janji Outcome", 3: "pihak dan tanggal PK Pimpinan"}


def _older(version: int) -> Book:
    return KANTOR.as_of(version, f"belum memuat {'; '.join(words for new, words in _CAME.items() if new > version)}")


KANTOR_VERSIONS: Mapping[int, Book] = {**{v: _older(v) for v in range(1, KANTOR.version)}, KANTOR.version: KANTOR}
"""Accepted versions by number: the tables that came later are empty in an older book."""


# ---- Padanan.xlsx: how the office reads layouts of others. One row per answered question, readable and editable in Excel ----

PADANAN_TABLE = Table(
    key="padanan", title="Padanan Kolom", rows=60, unique=(("sidik", "kunci"),),
    note="Satu baris per jawaban. Jawaban boleh diganti dengan pilihan lain yang tertulis; baris yang dihapus akan ditanyakan lagi.",
    columns=(
        Column(key="sidik", label="Sidik Tata Letak", kind=kinds.teks(wrap=False), required=True, width=20, hint="Dihitung dari judul kolom; tidak bergantung pada letak dan urutannya."),
        Column(key="asal", label="Pertama Ditemui di", kind=kinds.teks(), width=34, hint="Berkas dan lembar."),
        Column(key="judul", label="Judul Kolom", kind=kinds.teks(), required=True, width=60),
        Column(key="kunci", label="Kunci", kind=kinds.teks(wrap=False), required=True, width=16),
        Column(key="pertanyaan", label="Pertanyaan", kind=kinds.teks(), width=44),
        Column(key="pilihan", label="Pilihan", kind=kinds.teks(), width=44),
        Column(key="jawaban", label="Jawaban", kind=kinds.teks(), required=True, width=34),
    ),
)  # fmt: skip

PADANAN = Book(
    key="padanan",
    title="Padanan Kolom",
    called="Padanan.xlsx",
    belongs="luar folder masuk; yang berlaku hanya Padanan.xlsx di folder tahunnya",
    version=1,
    sheets=(
        Sheet(
            key="padanan", name="Padanan", title="Padanan Kolom", blocks=(PADANAN_TABLE,),
            intro="Cara kantor membaca tata letak buatan kantor lain; ditulis oleh kinerja-xl baca, boleh diubah di sini.",
        ),
    ),
)  # fmt: skip
