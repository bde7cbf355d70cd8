"""Penetapan-TAHUN….xlsx: the agreed plan as it was locked. Written once by ``kunci``, read back for every later step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.formats import MONTHS
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE, QUARTERS
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Book, Column, Computed, Form, Lookups, Record, Sheet, Table

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

UNIT = Column(key="unit", label="Kode Unit", kind=_CODE, required=True, width=14)
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
        Column(key="nomor", label="Nomor", kind=kinds.angka(0, 99, whole=True), required=True, group="Versi",
               hint="0 untuk penetapan, lalu 1, 2, … untuk setiap pergeseran atau perubahan."),
        Column(key="urutan", label="Urutan Penguncian", kind=kinds.angka(0, 99, whole=True), required=True, group="Versi",
               hint="Yang tertinggi dalam satu tahun adalah yang berlaku."),
        Column(key="menggantikan", label="Menggantikan Berkas", kind=kinds.teks(), group="Versi"),
        Column(key="tanggal", label="Tanggal", kind=kinds.tanggal(), group="Dasar"),
        Column(key="dasar", label="Dasar", kind=kinds.teks(), group="Dasar"),
        Column(key="sha256", label="Sidik Isi (SHA-256)", kind=kinds.teks(), required=True, group="Keaslian",
               hint="Dihitung dari semua baris; berubah bila satu sel saja diubah."),
    ),
)  # fmt: skip

SUB_TABLE = Table(
    key="penetapan_sub", title="Anggaran per Sub Kegiatan", rows=1, repeat=2, unique=(("unit", "kode"),),
    totals=("diusulkan", "disepakati", "dpa", "anggaran"),
    columns=(
        UNIT,
        Column(key="kode", label="Kode Sub Kegiatan", kind=_CODE, required=True, width=19),
        Column(key="nama", label="Sub Kegiatan", kind=kinds.teks(), width=38),
        Column(key="diusulkan", label="Diusulkan (Rp)", kind=kinds.rupiah(), required=True, width=17),
        Column(key="disepakati", label="Disepakati (Rp)", kind=kinds.rupiah(), required=True, width=17),
        Column(key="selisih", label="Disepakati - Diusulkan (Rp)", kind=kinds.rupiah(None), width=17,
               computed=difference("disepakati", "diusulkan")),
        Column(key="alasan", label="Alasan Selisih", kind=kinds.teks(), width=34),
        Column(key="dpa", label="DPA (Rp)", kind=kinds.rupiah(), width=17),
        Column(key="selisih_dpa", label="DPA - Disepakati (Rp)", kind=kinds.rupiah(None), width=17, computed=difference("dpa", "disepakati")),
        Column(key="alasan_dpa", label="Alasan Selisih DPA", kind=kinds.teks(), width=30),
        Column(
            key="anggaran", label="Anggaran yang Berlaku (Rp)", kind=kinds.rupiah(), width=18,
            computed=Computed(excel=lambda ref: f'IF({ref("dpa")}="",{ref("disepakati")},{ref("dpa")})', value=_anggaran_value),
        ),
    ),
)  # fmt: skip

ANGGARAN_TABLE = Table(
    key="penetapan_anggaran", title="Anggaran per Rekening", rows=1, repeat=2, unique=(("unit", "kode_sub", "kode_rekening"),),
    totals=("jumlah",),
    columns=(
        UNIT, SUB,
        Column(key="kode_rekening", label="Kode Rekening", kind=_CODE, width=22),
        Column(key="nama_rekening", label="Nama Rekening", kind=kinds.teks(), width=56),
        Column(key="jenis_belanja", label="Jenis Belanja", kind=kinds.teks(), width=26),
        Column(key="jumlah", label="Jumlah (Rp)", kind=kinds.rupiah(), required=True, width=18),
    ),
)  # fmt: skip

INDIKATOR_PLAN_TABLE = Table(
    key="penetapan_indikator", title="Indikator dan Target yang Dikunci", rows=1, repeat=4,
    unique=(("unit", "kode", "level", "nama"),), columns=(UNIT, *map(_frozen, indicator_columns())),
)  # fmt: skip

KAS_TABLE = Table(
    key="penetapan_kas", title="Rencana Kas per Bulan", rows=1, repeat=2, optional=True, unique=(("unit", "kode_sub"),),
    totals=("jumlah",), columns=(UNIT, SUB, *cash_columns()),
)  # fmt: skip

_FROZEN = "Dikunci: perubahan diteruskan dengan mengunci versi berikutnya, bukan dengan mengubah berkas ini."

PENETAPAN = Book(
    key="penetapan",
    title="Penetapan Rencana Kinerja dan Anggaran",
    version=1,
    sheets=(
        Sheet(key="s_penetapan", name="Penetapan", title="PENETAPAN RENCANA KINERJA DAN ANGGARAN", blocks=(PENETAPAN_FORM,),
              landscape=False, intro=_FROZEN),
        Sheet(key="s_sub", name="Sub Kegiatan", title="ANGGARAN PER SUB KEGIATAN", blocks=(SUB_TABLE,), intro=_FROZEN),
        Sheet(key="s_anggaran", name="Anggaran", title="ANGGARAN PER REKENING", blocks=(ANGGARAN_TABLE,), intro=_FROZEN),
        Sheet(key="s_indikator", name="Indikator", title="INDIKATOR DAN TARGET YANG DIKUNCI", blocks=(INDIKATOR_PLAN_TABLE,), intro=_FROZEN),
        Sheet(key="s_kas", name="Rencana Kas", title="RENCANA KAS PER BULAN", blocks=(KAS_TABLE,), intro=_FROZEN),
    ),
)  # fmt: skip
