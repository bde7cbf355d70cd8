"""TOR / Kerangka Acuan Kerja (IV.A): one form per sub kegiatan, sections I to VIII (the guideline has no V).

It answers 5W2H: what, why, who, when, where, how, how much (IV.A.1).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Computed, Form, Record, Sheet, Table
from kinerja_xl.sheets.rab import looked_up
from kinerja_xl.words.periods import MONTHS as NAMES

COSTS = {"5.1.01": "biaya_pegawai", "5.1.02": "biaya_barang", "5.2": "biaya_modal"}
"""Jenis belanja key -> the field of section VI that states its amount."""

SHORT_KIND = "Gaji/langganan (TOR singkat)"
SHORT_OPTIONAL = (
    "keterkaitan", "manfaat", "lingkup_perencanaan", "lingkup_pelaksanaan", "lingkup_pengendalian",
    "lingkup_evaluasi", "outcome", "outcome_target", "outcome_satuan", "outcome_tahun",
)  # fmt: skip
"""Required fields that a TOR for salaries or subscriptions may leave empty, where the policy ``tor_singkat`` allows it."""



def short_tor_excuses(record: Record) -> frozenset[str]:
    """The required fields that this TOR may leave empty."""
    return frozenset(SHORT_OPTIONAL) if record.get("sifat") == SHORT_KIND else frozenset()


MONTHS = tuple(f"bulan_{n:02d}" for n in range(1, 13))
_MONTH_LABELS = tuple(name[:3] for name in NAMES)


def cost_total(record: Record) -> Decimal | None:
    """Sum of the three amounts of section VI; None when none is filled."""
    filled = [x for key in COSTS.values() if isinstance(x := record.get(key), Decimal)]
    return sum(filled, Decimal(0)) if filled else None


def _total_excel(ref: Callable[[str], str]) -> str:
    cells = ",".join(ref(key) for key in COSTS.values())
    return f'IF(COUNT({cells})=0,"",SUM({cells}))'


_UMUM, _I, _II, _III = "Umum", "I. Latar Belakang", "II. Tujuan dan Sasaran", "III. Lingkup Rencana Kinerja"
_IV, _VI, _VII, _VIII = "IV. Waktu Pelaksanaan", "VI. Rencana Pembiayaan", "VII. Hasil yang Diharapkan", "VIII. Penutup"
_TTD = "Pengesahan"

TOR_FORM = Form(
    key="tor",
    title="Kerangka Acuan Kerja",
    fields=(
        Column(
            key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode("sub_kegiatan"), required=True, prefilled=True, group=_UMUM,
            hint="Satu TOR untuk satu sub kegiatan. Untuk sub kegiatan lain, salin lembar ini.",
        ),
        Column(key="nama_sub", label="Nama Sub Kegiatan", kind=kinds.teks(), group=_UMUM, computed=looked_up("sub_kegiatan", "kode_sub", "nama")),
        Column(key="judul", label="Judul Kegiatan (apa)", kind=kinds.teks(), required=True, group=_UMUM),
        Column(
            key="sifat", label="Sifat Kegiatan", kind=kinds.pilihan("sifat_kegiatan"), required=True, group=_UMUM,
            hint="Penelitian/kajian mengisi I.d dan seminar; yang berkelanjutan mengisi I.f.",
        ),
        Column(key="penanggung_jawab", label="Penanggung Jawab (siapa)", kind=kinds.teks(), required=True, group=_UMUM),
        Column(key="lokasi", label="Lokasi (di mana)", kind=kinds.teks(), required=True, group=_UMUM),
        Column(
            key="kelompok_sasaran", label="Kelompok Sasaran (untuk siapa)", kind=kinds.teks(), group=_UMUM, since=3,
            hint="Siapa yang menerima manfaatnya; tercetak pada RKA.",
        ),
        Column(key="latar_belakang", label="a. Permasalahan dan pentingnya kegiatan (mengapa)", kind=kinds.teks(), required=True, group=_I),
        Column(key="keterkaitan", label="b. Keterkaitan dengan tugas unit dan Renstra", kind=kinds.teks(), required=True, group=_I),
        Column(key="dasar_hukum", label="c. Kebijakan dan peraturan", kind=kinds.teks(), required=True, group=_I),
        Column(key="rumusan_masalah", label="d. Rumusan masalah", kind=kinds.teks(), group=_I, hint="Hanya untuk penelitian/kajian."),
        Column(key="manfaat", label="e. Manfaat kegiatan", kind=kinds.teks(), required=True, group=_I),
        Column(key="kemajuan", label="f. Tahapan kemajuan atau reviu tahun lalu", kind=kinds.teks(), group=_I, draft=True, hint="Untuk kegiatan berkelanjutan atau tahun jamak."),
        Column(key="tujuan", label="a. Tujuan", kind=kinds.teks(), required=True, group=_II, hint="Jangka menengah."),
        Column(key="sasaran", label="b. Sasaran", kind=kinds.teks(), required=True, group=_II, hint="Spesifik, terukur (angka), dan jelas waktunya (triwulan, semester, tahun)."),
        Column(key="lingkup_perencanaan", label="1. Perencanaan", kind=kinds.teks(), required=True, group=_III),
        Column(key="lingkup_pelaksanaan", label="2. Pelaksanaan (bagaimana)", kind=kinds.teks(), required=True, group=_III),
        Column(key="lingkup_pengendalian", label="3. Pengendalian", kind=kinds.teks(), required=True, group=_III),
        Column(key="lingkup_evaluasi", label="4. Evaluasi", kind=kinds.teks(), required=True, group=_III),
        Column(key="seminar", label="Seminar atau presentasi terbatas", kind=kinds.teks(), group=_III, hint="Hanya untuk penelitian/kajian."),
        Column(key="tanggal_mulai", label="Mulai (kapan)", kind=kinds.tanggal(), required=True, group=_IV),
        Column(key="tanggal_selesai", label="Selesai", kind=kinds.tanggal(), required=True, group=_IV, hint="Jadwal per tahap diisi pada tabel di bawah formulir ini."),
        Column(key="biaya_pegawai", label="Belanja Pegawai (Rp)", kind=kinds.rupiah(), group=_VI, hint="Sama dengan RAB."),
        Column(key="biaya_barang", label="Belanja Barang dan Jasa (Rp)", kind=kinds.rupiah(), group=_VI, hint="Sama dengan RAB."),
        Column(key="biaya_modal", label="Belanja Modal (Rp)", kind=kinds.rupiah(), group=_VI, hint="Sama dengan RAB."),
        Column(
            key="biaya_total", label="Jumlah Biaya (Rp) (berapa)", kind=kinds.rupiah(), group=_VI,
            computed=Computed(excel=_total_excel, value=lambda record, _: cost_total(record)), hint="Dihitung.",
        ),
        Column(key="input", label="1. Input/masukan", kind=kinds.teks(), required=True, group=_VII, hint="Dana, SDM, data, peraturan."),
        Column(key="output", label="2. Output/keluaran", kind=kinds.teks(), required=True, group=_VII, hint="Nama keluaran, sama dengan lembar Indikator."),
        Column(key="output_target", label="    Target output (angka)", kind=kinds.angka(), required=True, group=_VII),
        Column(key="output_satuan", label="    Satuan output", kind=kinds.pilihan("satuan", open_list=True), required=True, group=_VII),
        Column(key="outcome", label="3. Outcome/hasil", kind=kinds.teks(), required=True, group=_VII, hint="Manfaat 2 sampai 5 tahun sesudahnya."),
        Column(key="outcome_target", label="    Target outcome (angka)", kind=kinds.angka(None), required=True, group=_VII),
        Column(key="outcome_satuan", label="    Satuan outcome", kind=kinds.pilihan("satuan", open_list=True), required=True, group=_VII),
        Column(key="outcome_tahun", label="    Tahun tercapainya outcome", kind=kinds.tahun(), required=True, group=_VII),
        Column(key="penutup", label="Penutup", kind=kinds.teks(), required=True, group=_VIII),
        Column(key="tempat", label="Tempat", kind=kinds.teks(), prefilled=True, group=_TTD),
        Column(key="tanggal", label="Tanggal", kind=kinds.tanggal(), group=_TTD),
        Column(key="penanda_tangan", label="Nama Kasi/Kasubag", kind=kinds.teks(), required=True, prefilled=True, group=_TTD),
        Column(key="penanda_nip", label="NIP Kasi/Kasubag", kind=kinds.nip(), prefilled=True, group=_TTD),
        Column(key="mengetahui", label="Mengetahui (nama atasan)", kind=kinds.teks(), required=True, prefilled=True, group=_TTD),
        Column(key="mengetahui_jabatan", label="Jabatan atasan", kind=kinds.teks(), prefilled=True, group=_TTD),
        Column(key="mengetahui_nip", label="NIP atasan", kind=kinds.nip(), prefilled=True, group=_TTD),
    ),
)  # fmt: skip

PROSE = tuple(
    c.key for c in TOR_FORM.fields
    if c.group in (_I, _II, _III) and not c.draft and c.key not in ("keterkaitan", "dasar_hukum", "seminar")
)  # fmt: skip
"""What is thought over each year: the problem, the aim, the work; duties and law stay what they are."""

ESSAYS = ("latar_belakang", "keterkaitan", "manfaat", "tujuan", "sasaran", "lingkup_pelaksanaan")
"""Sections that explain something: one or two words are a heading, no answer."""

JADWAL_TABLE = Table(
    key="jadwal",
    title="IV. Jadwal Pelaksanaan (beri tanda x pada bulannya)",
    rows=10,
    optional=True,
    columns=(
        Column(key="tahap", label="Tahap", kind=kinds.pilihan("tahap_kerja"), required=True, width=36),
        Column(key="kegiatan", label="Uraian Kegiatan", kind=kinds.teks(), required=True, width=61),
        *(
            Column(key=key, label=label, kind=kinds.pilihan("tanda"), width=3.6)
            for key, label in zip(MONTHS, _MONTH_LABELS, strict=True)
        ),
    ),
)

LAMPIRAN_TABLE = Table(
    key="lampiran",
    title="Daftar Lampiran (spesifikasi, gambar, penawaran, data pendukung)",
    rows=6,
    optional=True,
    since=2,
    columns=(
        Column(key="jenis", label="Jenis Lampiran", kind=kinds.pilihan("jenis_lampiran"), required=True, width=36),
        Column(key="dokumen", label="Nama Dokumen atau Berkas", kind=kinds.teks(), required=True, width=61),
    ),
)

TOR = Sheet(
    key="tor", name="TOR", title="KERANGKA ACUAN KERJA (TOR)", blocks=(TOR_FORM, JADWAL_TABLE, LAMPIRAN_TABLE), copies=True, landscape=False,
    intro="Isi kolom kanan. Alt+Enter membuat baris baru di dalam sel. Lembar ini boleh disalin untuk sub kegiatan lain. "
    "Yang ditandatangani ialah TOR yang dicetak Subbag Perencanaan, tempat uraian sepanjang apa pun tercetak utuh; dari lembar ini satu "
    "sel tercetak paling banyak sekitar 30 baris.",
)  # fmt: skip
