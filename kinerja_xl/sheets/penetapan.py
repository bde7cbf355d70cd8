"""Penetapan-TAHUN….xlsx, the agreed plan as it was locked (written once by ``kunci``, read back for every later step), and the
books that it comes from: Lembar-Penelaahan.xlsx and the DPA."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.content import column_name
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE, QUARTERS
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Book, Column, Computed, Form, Lookups, Record, Sheet, Table
from kinerja_xl.words.periods import MONTHS

Ref = Callable[[str], str]

HASH_PROPERTY = "kinerja_xl_sha256"
"""Custom property of a locked workbook that repeats the hash of its rows."""

_FIRST_PAGE = ("kode", "level", "nama", "satuan", "arah", "akumulasi", "baseline", "target", *QUARTERS, "batas_bawah", "batas_atas")
INDICATOR_KEYS = (
    *_FIRST_PAGE, "sasaran", "tipe", "dimensi", "tingkat", "pembilang", "penyebut", "penanggung_jawab", "iku",
)  # fmt: skip
"""What the plan freezes of an indicator: these columns of the Indikator sheet."""

MONTH_KEYS = tuple(f"bulan_{n}" for n in range(1, 13))

_CODE = kinds.teks(wrap=False)
"""Codes and choices of a locked plan are texts: they are given back as they were locked, not judged anew."""

UNIT = Column(key="unit", label="Kode Unit", kind=_CODE, required=True, width=14, page=0)
"""Beside the table, for programs: people read the name."""
NAMED_UNIT = Column(key="nama_unit", label="Unit", kind=kinds.teks(), width=20, since=2)
_NAMED_SUB = Column(key="nama_sub", label="Sub Kegiatan", kind=kinds.teks(), width=28, since=2)
SUB = Column(key="kode_sub", label="Kode Sub Kegiatan", kind=_CODE, required=True, width=19)


def amount(record: Record, key: str) -> Decimal | None:
    """A number of the record, None for anything else."""
    value = record.get(key)
    return value if isinstance(value, Decimal) else None


def difference(larger: str, smaller: str) -> Computed:
    """``larger - smaller``, blank until both are filled in."""

    def excel(ref: Ref) -> str:
        a, b = ref(larger), ref(smaller)
        return f'IF(OR({a}="",{b}=""),"",{a}-{b})'

    def value(record: Record, _: Lookups) -> Decimal | None:
        a, b = amount(record, larger), amount(record, smaller)
        return None if a is None or b is None else a - b

    return Computed(excel=excel, value=value)


def _anggaran_value(record: Record, _: Lookups) -> Decimal | None:
    return amount(record, "disepakati") if record.get("dpa") is None else amount(record, "dpa")


def _kas_value(record: Record, _: Lookups) -> Decimal | None:
    months = [m for key in MONTH_KEYS if (m := amount(record, key)) is not None]
    return sum(months, Decimal(0)) if months else None


def cash_columns() -> tuple[Column, ...]:
    """Twelve months and their sum; blank while no month is filled in."""

    def excel(ref: Ref) -> str:
        months = f"{ref(MONTH_KEYS[0])}:{ref(MONTH_KEYS[-1])}"
        return f'IF(COUNT({months})=0,"",SUM({months}))'

    return (
        *(Column(key=key, label=month, kind=kinds.rupiah(), width=13) for key, month in zip(MONTH_KEYS, MONTHS, strict=True)),
        Column(key="jumlah", label="Jumlah (Rp)", kind=kinds.rupiah(), width=17, computed=Computed(excel=excel, value=_kas_value)),
    )


def indicator_columns() -> tuple[Column, ...]:
    """The frozen columns of an indicator as the usulan declares them; on a second page what the targets do not need."""
    by_key = {c.key: c for c in INDIKATOR_TABLE.columns}
    return tuple(
        replace(by_key[key], required=key in ("kode", "level", "nama"), page=1 + (key not in _FIRST_PAGE), hint="", width=min(by_key[key].width, 30), since=1, former=None)
        for key in INDICATOR_KEYS
    )


def _frozen(column: Column) -> Column:
    return replace(column, kind=kinds.teks(), aliases=()) if column.kind.shape is Shape.TEKS else column


PENETAPAN_FORM = Form(
    key="penetapan",
    title="Rencana yang Dikunci",
    fields=(
        Column(key="kantor", label="Kantor", kind=kinds.teks(), required=True, group="Kantor"),
        Column(key="tahun", label="Tahun Anggaran", kind=kinds.tahun(), required=True, group="Kantor"),
        Column(key="tahap", label="Tahap", kind=kinds.teks(), required=True, group="Versi"),
        Column(key="nomor", label="Nomor", kind=kinds.angka(0, 99, whole=True), required=True, group="Versi", hint="0 untuk penetapan, lalu 1, 2, … untuk setiap pergeseran atau perubahan."),
        Column(key="urutan", label="Urutan Penguncian", kind=kinds.angka(0, 99, whole=True), required=True, group="Versi", hint="Yang tertinggi dalam satu tahun adalah yang berlaku."),
        Column(key="menggantikan", label="Menggantikan Berkas", kind=kinds.teks(), group="Versi"),
        Column(key="tanggal", label="Tanggal", kind=kinds.tanggal(), group="Dasar"),
        Column(key="dasar", label="Dasar", kind=kinds.teks(), group="Dasar"),
        Column(key="sha256", label="Sidik Isi (SHA-256)", kind=kinds.teks(), required=True, group="Keaslian", hint="Dihitung dari semua baris; berubah bila satu sel saja diubah."),
    ),
)  # fmt: skip

SUB_TABLE = Table(
    key="penetapan_sub", title="Anggaran per Sub Kegiatan", rows=1, repeat=2, unique=(("unit", "kode"),),
    totals=("diusulkan", "disepakati", "dpa", "anggaran"),
    columns=(
        NAMED_UNIT,
        Column(key="kode", label="Kode Sub Kegiatan", kind=_CODE, required=True, width=19),
        Column(key="nama", label="Sub Kegiatan", kind=kinds.teks(), width=32),
        Column(key="diusulkan", label="Diusulkan (Rp)", kind=kinds.rupiah(), required=True, width=17),
        Column(key="disepakati", label="Disepakati (Rp)", kind=kinds.rupiah(), required=True, width=17),
        Column(key="selisih", label="Disepakati - Diusulkan (Rp)", kind=kinds.rupiah(None), width=17, computed=difference("disepakati", "diusulkan")),
        Column(key="alasan", label="Alasan Selisih", kind=kinds.teks(), width=30),
        Column(key="dpa", label="DPA (Rp)", kind=kinds.rupiah(), width=17),
        Column(key="selisih_dpa", label="DPA - Disepakati (Rp)", kind=kinds.rupiah(None), width=17, computed=difference("dpa", "disepakati")),
        Column(key="alasan_dpa", label="Alasan Selisih DPA", kind=kinds.teks(), width=26),
        Column(
            key="anggaran", label="Anggaran yang Berlaku (Rp)", kind=kinds.rupiah(), width=18,
            computed=Computed(excel=lambda ref: f'IF({ref("dpa")}="",{ref("disepakati")},{ref("dpa")})', value=_anggaran_value),
        ),
        UNIT,
    ),
)  # fmt: skip

ANGGARAN_TABLE = Table(
    key="penetapan_anggaran", title="Anggaran per Rekening", rows=1, repeat=3, unique=(("unit", "kode_sub", "kode_rekening"),),
    totals=("jumlah",),
    columns=(
        NAMED_UNIT, SUB, _NAMED_SUB, Column(key="kode_rekening", label="Kode Rekening", kind=_CODE, width=22),
        Column(key="nama_rekening", label="Nama Rekening", kind=kinds.teks(), width=46),
        Column(key="jenis_belanja", label="Jenis Belanja", kind=kinds.teks(), width=26),
        Column(key="jumlah", label="Jumlah (Rp)", kind=kinds.rupiah(), required=True, width=18),
        UNIT,
    ),
)  # fmt: skip

INDIKATOR_PLAN_TABLE = Table(
    key="penetapan_indikator", title="Indikator dan Target yang Dikunci", rows=1, repeat=4,
    unique=(("unit", "kode", "level", "nama"),), columns=(NAMED_UNIT, *map(_frozen, indicator_columns()), UNIT),
)  # fmt: skip

KAS_TABLE = Table(
    key="penetapan_kas", title="Rencana Kas per Bulan", rows=1, repeat=3, optional=True, unique=(("unit", "kode_sub"),),
    totals=("jumlah",), columns=(NAMED_UNIT, SUB, _NAMED_SUB, *cash_columns(), UNIT),
)  # fmt: skip

_FROZEN = "Dikunci: perubahan diteruskan dengan mengunci versi berikutnya, bukan dengan mengubah berkas ini."

PENETAPAN = Book(
    key="penetapan",
    title="Penetapan Rencana Kinerja dan Anggaran",
    called="rencana yang dikunci",
    belongs="folder arsip",
    version=2,
    sheets=(
        Sheet(key="s_penetapan", name="Penetapan", title="PENETAPAN RENCANA KINERJA DAN ANGGARAN", blocks=(PENETAPAN_FORM,), landscape=False, intro=_FROZEN),
        Sheet(key="s_sub", name="Sub Kegiatan", title="ANGGARAN PER SUB KEGIATAN", blocks=(SUB_TABLE,), intro=_FROZEN),
        Sheet(key="s_anggaran", name="Anggaran", title="ANGGARAN PER REKENING", blocks=(ANGGARAN_TABLE,), intro=_FROZEN),
        Sheet(key="s_indikator", name="Indikator", title="INDIKATOR DAN TARGET YANG DIKUNCI", blocks=(INDIKATOR_PLAN_TABLE,), intro=_FROZEN),
        Sheet(key="s_kas", name="Rencana Kas", title="RENCANA KAS PER BULAN", blocks=(KAS_TABLE,), intro=_FROZEN),
    ),
)  # fmt: skip
PENETAPAN_VERSIONS: Mapping[int, Book] = {
    1: PENETAPAN.as_of(1, "belum memuat nama unit dan sub kegiatan pada setiap lembar"), PENETAPAN.version: PENETAPAN,
}  # fmt: skip


# ---- Lembar Penelaahan: filled by hand in the meeting with each unit, and read back by ``kunci``; a DPA of our own ----
# What was proposed is shown; what was agreed, and why, is typed. ``disepakati`` per sub kegiatan starts blank, because
# an agreement is never assumed; the accounts below it start as proposed, so that only what was cut has to be touched.

AGREED_LIST = "rincian_disepakati"
"""Look-up of a computed column: the agreed rupiah of a sub kegiatan's accounts, by ``unit|code``."""

NAMED = (("telaah_rekening", "unit"), ("telaah_rekening", "kode_sub"), ("telaah_rekening", "disepakati"))
"""Columns that another sheet's formula adds up."""

SAME, OPEN, NONE_LEFT = "sama", "belum diisi", "ditolak"


def _sum_excel(ref: Ref) -> str:
    unit, sub, agreed = (column_name(*named) for named in NAMED)
    rows = f"({unit}={ref('unit')})*({sub}={ref('kode')})"
    rejected = f'AND({ref("disepakati")}<>"",{ref("disepakati")}=0)'
    return f'IF({ref("kode")}="","",IF({rejected},0,SUMPRODUCT({rows},{agreed})))'


def _sum_value(record: Record, lookups: Lookups) -> Decimal | None:
    if record.get("kode") is None:
        return None
    if amount(record, "disepakati") == 0:  # rejected: whatever its accounts say
        return Decimal(0)
    found = lookups.find(AGREED_LIST, f"{record.get('unit')}|{record.get('kode')}", "jumlah")
    return found if isinstance(found, Decimal) else Decimal(0)


def _check_excel(ref: Ref) -> str:
    agreed, parts = ref("disepakati"), ref("rincian")
    by = f'IF({agreed}=0,"{NONE_LEFT}",IF({agreed}={parts},"{SAME}",{parts}-{agreed}))'
    return f'IF({ref("kode")}="","",IF({agreed}="","{OPEN}",{by}))'


def _check_value(record: Record, lookups: Lookups) -> object | None:
    if record.get("kode") is None:
        return None
    agreed, parts = amount(record, "disepakati"), _sum_value(record, lookups) or Decimal(0)
    if agreed is None:
        return OPEN
    return NONE_LEFT if agreed == 0 else SAME if agreed == parts else parts - agreed


TELAAH_FORM = Form(
    key="telaah",
    title="Penelaahan Usulan",
    fields=(
        Column(key="kantor", label="Kantor", kind=kinds.teks(), required=True, prefilled=True, group="Kantor"),
        Column(key="tahun", label="Tahun Anggaran", kind=kinds.tahun(), required=True, prefilled=True, group="Kantor"),
        Column(key="tahap", label="Tahap", kind=kinds.teks(), prefilled=True, group="Kantor"),
        Column(key="tanggal", label="Tanggal Penelaahan", kind=kinds.tanggal(), group="Rapat", hint="Menjadi tanggal rencana yang dikunci."),
        Column(key="tempat", label="Tempat", kind=kinds.teks(), prefilled=True, group="Rapat"),
        Column(key="nomor", label="Nomor Berita Acara", kind=kinds.teks(), group="Rapat"),
        Column(key="pemimpin", label="Pemimpin Rapat", kind=kinds.teks(), prefilled=True, group="Rapat"),
        Column(key="catatan", label="Catatan Rapat", kind=kinds.teks(), group="Rapat"),
    ),
)  # fmt: skip

_UNIT = Column(key="unit", label="Kode Unit", kind=kinds.teks(wrap=False), required=True, prefilled=True, width=12)
_SUB = Column(key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode("sub_kegiatan"), required=True, prefilled=True, width=19)

TELAAH_SUB_TABLE = Table(
    key="telaah_sub", title="Hasil Penelaahan per Sub Kegiatan", rows=1, repeat=3, marks=("kode",),
    totals=("diusulkan", "tidak_dihitung", "belum_diketahui", "pagu", "disepakati", "selisih", "rincian"),
    columns=(
        _UNIT,
        replace(_SUB, key="kode"),
        Column(key="nama", label="Sub Kegiatan", kind=kinds.teks(), prefilled=True, width=24),
        Column(key="diusulkan", label="Diusulkan (Rp)", kind=kinds.rupiah(), prefilled=True, width=15),
        Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=kinds.rupiah(), prefilled=True, width=14, unknown="belum_diketahui", hint="Terlambat atau ditahan; tidak masuk usulan."),
        Column(key="belum_diketahui", label="Belum Diketahui (baris)", kind=kinds.angka(), prefilled=True, width=10, since=2, hint="Baris yang tidak dihitung dan jumlahnya tidak dapat dibaca."),
        Column(key="pagu", label="Pagu (Rp)", kind=kinds.rupiah(), prefilled=True, width=15),
        Column(key="catatan", label="Catatan Penelaah", kind=kinds.teks(), width=24, hint="Terisi dari catatan program; boleh ditambah."),
        Column(key="tanggapan", label="Tanggapan Unit", kind=kinds.teks(), width=20),
        Column(key="disepakati", label="Disepakati (Rp)", kind=kinds.rupiah(), required=True, width=16, hint="Jumlah yang disepakati dalam rapat; 0 bila ditolak."),
        Column(key="selisih", label="Selisih (Rp)", kind=kinds.rupiah(None), width=15, computed=difference("disepakati", "diusulkan")),
        Column(key="alasan", label="Alasan Selisih", kind=kinds.teks(), width=22, hint="Wajib bila yang disepakati berbeda dengan yang diusulkan."),
        Column(key="rincian", label="Rincian Rekening (Rp)", kind=kinds.rupiah(), width=15, computed=Computed(excel=_sum_excel, value=_sum_value)),
        Column(key="cek", label="Cek Rincian", kind=replace(kinds.rupiah(None), align="center"), width=13, computed=Computed(excel=_check_excel, value=_check_value)),
    ),
)  # fmt: skip

TELAAH_REKENING_TABLE = Table(
    key="telaah_rekening", title="Rincian per Rekening", rows=1, repeat=3, marks=("kode_sub",),
    totals=("diusulkan", "disepakati", "selisih"),
    columns=(
        _UNIT,
        _SUB,
        Column(key="nama_sub", label="Sub Kegiatan", kind=kinds.teks(), prefilled=True, width=28, since=4),
        Column(key="kode_rekening", label="Kode Rekening", kind=kinds.rekening(), prefilled=True, width=19),
        Column(key="nama_rekening", label="Nama Rekening", kind=kinds.teks(), prefilled=True, width=38),
        Column(key="jenis_belanja", label="Jenis Belanja", kind=kinds.teks(), prefilled=True, width=25),
        Column(key="diusulkan", label="Diusulkan (Rp)", kind=kinds.rupiah(), prefilled=True, width=17),
        Column(key="disepakati", label="Disepakati (Rp)", kind=kinds.rupiah(), required=True, width=17, hint="Terisi sama dengan usulan; ubah yang dikurangi atau ditambah."),
        Column(key="selisih", label="Selisih (Rp)", kind=kinds.rupiah(None), width=17, computed=difference("disepakati", "diusulkan")),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=30),
    ),
)  # fmt: skip

TARGET_KEYS = ("target", *QUARTERS, "batas_bawah", "batas_atas")
"""Columns of an indicator in which the meeting may agree on something else than was proposed."""

PROPOSED_TARGET = "target_usulan"


def _review_indicators() -> tuple[Column, ...]:
    """The frozen columns of an indicator; the targets are typed over, the rest is shown. The proposed target stands first."""
    columns = []
    for column in indicator_columns():
        if column.key == "target":
            columns.append(replace(column, key=PROPOSED_TARGET, label="Target yang Diusulkan", prefilled=True, aliases=(), group=""))
        typed = column.key in TARGET_KEYS
        columns.append(
            replace(
                column, prefilled=not typed, group="Disepakati" if typed else "", required=column.required or column.key == "target"
            )
        )
        if column.key == TARGET_KEYS[-1]:
            columns.append(
                Column(key="alasan", label="Alasan Perubahan Target", kind=kinds.teks(), width=26, hint="Wajib bila target diubah.")
            )
    return tuple(columns)


TELAAH_INDIKATOR_TABLE = Table(
    key="telaah_indikator", title="Indikator dan Target", rows=1, repeat=4, marks=("nama",),
    columns=(_UNIT, *_review_indicators()),
)  # fmt: skip

TELAAH_KAS_TABLE = Table(
    key="telaah_kas", title="Rencana Kas per Bulan", rows=1, repeat=3, optional=True, marks=("kode_sub",), totals=("jumlah",),
    columns=(_UNIT, _SUB, Column(key="nama_sub", label="Sub Kegiatan", kind=kinds.teks(), prefilled=True, width=30, since=3), *cash_columns()),
)  # fmt: skip

TANDA_TANGAN = Sheet(key="tanda_tangan", name="Tanda Tangan", title="TANDA TANGAN PENELAAHAN", landscape=False, intro="Ditandatangani setelah semua lembar diisi.")  # fmt: skip

PENELAAHAN = Book(
    key="penelaahan",
    title="Lembar Penelaahan Usulan",
    called="Lembar Penelaahan",
    version=4,
    sheets=(
        Sheet(key="s_telaah", name="Penelaahan", title="LEMBAR PENELAAHAN USULAN", blocks=(TELAAH_FORM,), landscape=False,
              intro="Diisi selama rapat: Disepakati, Alasan, dan Tanggapan Unit di lembar-lembar berikut."),
        Sheet(key="s_telaah_sub", name="Sub Kegiatan", title="HASIL PENELAAHAN PER SUB KEGIATAN", blocks=(TELAAH_SUB_TABLE,),
              intro="Disepakati diisi untuk setiap sub kegiatan (0 bila ditolak). Cek Rincian membandingkan dengan lembar Rekening."),
        Sheet(key="s_telaah_rekening", name="Rekening", title="RINCIAN PER REKENING", blocks=(TELAAH_REKENING_TABLE,),
              intro="Disepakati terisi sama dengan usulan: ubah hanya rekening yang dikurangi atau ditambah."),
        Sheet(key="s_telaah_indikator", name="Indikator", title="INDIKATOR DAN TARGET YANG DISEPAKATI",
              blocks=(TELAAH_INDIKATOR_TABLE,), intro="Target terisi sama dengan usulan: ubah yang disepakati lain dan tulis alasannya."),
        Sheet(key="s_telaah_kas", name="Rencana Kas", title="RENCANA KAS PER BULAN", blocks=(TELAAH_KAS_TABLE,),
              intro="Boleh kosong. Bila diisi, dua belas bulan berjumlah sama dengan yang disepakati."),
        TANDA_TANGAN,
    ),
)  # fmt: skip

PENELAAHAN_VERSIONS: Mapping[int, Book] = {
    1: PENELAAHAN.as_of(1, "belum memuat berapa baris yang jumlahnya belum diketahui; nama sub kegiatan pada Rekening dan Rencana Kas"),
    2: PENELAAHAN.as_of(2, "belum memuat nama sub kegiatan pada Rekening dan Rencana Kas"),
    3: PENELAAHAN.as_of(3, "belum memuat nama sub kegiatan pada Rekening"), PENELAAHAN.version: PENELAAHAN,
}  # fmt: skip

DPA_TABLE = Table(
    key="dpa", title="Dokumen Pelaksanaan Anggaran", rows=120, repeat=4, marks=("kode_sub",), totals=("anggaran", "jumlah"),
    columns=(
        Column(key="unit", label="Kode Unit", kind=kinds.teks(wrap=False), required=True, width=13, aliases=("Unit",)),
        Column(key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode("sub_kegiatan"), required=True, width=19),
        Column(key="nama_sub", label="Sub Kegiatan", kind=kinds.teks(), prefilled=True, width=28, since=2),
        Column(key="kode_rekening", label="Kode Rekening", kind=kinds.rekening(), required=True, width=19),
        Column(key="nama_rekening", label="Nama Rekening", kind=kinds.teks(), prefilled=True, width=32, since=2),
        Column(key="anggaran", label="Anggaran (Rp)", kind=kinds.rupiah(), required=True, width=17, aliases=("Jumlah", "Pagu (Rp)")),
        Column(key="alasan", label="Alasan", kind=kinds.teks(), width=30),
        *(replace(c, label="Rencana Kas (Rp)") if c.computed else c for c in cash_columns()),
    ),
)  # fmt: skip

_EACH = "Satu baris satu rekening. Bulan boleh kosong; alasan diisi bila jumlah sub kegiatan berbeda dengan yang disepakati."

DPA = Book(
    key="dpa", title="DPA", called="isian DPA", version=2,
    sheets=(Sheet(key="s_dpa", name="DPA", title="DOKUMEN PELAKSANAAN ANGGARAN (DPA)", blocks=(DPA_TABLE,), intro=_EACH),),
)  # fmt: skip
"""Our own simple layout of a DPA, typed or pasted by the office; another layout comes through the reader of foreign ones."""
DPA_VERSIONS: Mapping[int, Book] = {1: DPA.as_of(1, "belum memuat nama sub kegiatan dan rekening"), DPA.version: DPA}
