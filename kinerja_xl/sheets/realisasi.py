"""The measuring workbooks of a triwulan: what a unit reports of its indicators, and the Subbag keuangan of the money.

Everything that the locked plan says is shown and not asked (``prefilled``); so are the figures of earlier triwulan. Money
is asked per triwulan and account, not per month: that is the column "triwulan ini" of the SPJ fungsional, a third of the
cells, and what serapan is judged by; the cash plan per month stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.ikatan import JANJI_TABLE
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE, QUARTERS
from kinerja_xl.sheets.model import Book, Column, Computed, Form, Record, Sheet, Table
from kinerja_xl.sheets.numbers import parse_number, parse_rupiah
from kinerja_xl.sheets.texts import Doubt, Parsed
from kinerja_xl.sheets.usulan import IDENTITAS_FORM
from kinerja_xl.words.periods import MONTHS, ROMAN

REALISED = ("real_1", "real_2", "real_3", "real_4")
NUMERATORS = ("bil_1", "bil_2", "bil_3", "bil_4")
DENOMINATORS = ("sebut_1", "sebut_2", "sebut_3", "sebut_4")
PHYSICAL = ("fisik_1", "fisik_2", "fisik_3", "fisik_4")
SPENT = ("uang_1", "uang_2", "uang_3", "uang_4")
CASH = tuple(f"kas_{month:02}" for month in range(1, 13))
PROMISED = ("realisasi", "bukti")
"""What is asked of an outcome that was promised earlier, in whatever triwulan it is measured."""
NOTES = ("bukti", "pendorong", "penghambat", "tindak_lanjut")
"""What a unit says about the triwulan itself, one text each."""

TARGETS = ("target", *QUARTERS)
"""What the plan froze; a change of it in a returned file is a catatan."""

HASH_LENGTH = 12
"""Letters of the plan's hash that a form carries: enough to tell versions apart, short enough to be printed."""


# ---- kinds: in these workbooks a dash is no number and no blank ----------------------------------


Reader = Callable[[object], Parsed[Decimal]]
Ref = Callable[[str], str]


def _strict(parse: Reader) -> Reader:
    """The same parser, which says of a dash or "nihil" that it is no number: here it may mean 0, or that nothing applies."""

    def read(raw: object) -> Parsed[Decimal]:
        found = parse(raw)
        nothing = found.value is None and found.doubt is None
        return Parsed(None, Doubt.BUKAN_ANGKA) if nothing and isinstance(raw, str) and raw.strip() else found

    return read


_NUMBER, _MONEY = _strict(parse_number), _strict(parse_rupiah)


_HASIL = replace(kinds.nilai(), name="realisasi", parse=_NUMBER)
_ANGKA = replace(kinds.angka(None), parse=_NUMBER)
_PERSEN = replace(kinds.angka(0, 100), parse=_NUMBER, describe="angka persen: 85, bukan 0,85")
_RUPIAH = replace(kinds.rupiah(None), parse=_MONEY)
_SERAPAN = replace(kinds.angka(None), num_format="#,##0.00", describe="persen")
"""Percent points with two decimals."""


# ---- Identitas -----------------------------------------------------------------------------------

_OWN_WORDS = {
    "revisi": "0 untuk penyampaian pertama triwulan ini, 1 untuk perbaikan pertama, dan seterusnya.",
    "tanggal_disampaikan": "Tanggal berkas diserahkan ke Subbag Perencanaan.",
}


def _field(key: str) -> Column:
    column = next(c for c in IDENTITAS_FORM.fields if c.key == key)
    return replace(column, hint=_OWN_WORDS.get(key, column.hint))


IDENTITAS_REALISASI = Form(
    key="identitas",
    title="Identitas Unit dan Pengukuran",
    fields=(
        *(_field(key) for key in ("kantor", "unit", "nama_unit", "tahun")),
        Column(key="triwulan", label="Triwulan", kind=kinds.angka(1, 4, whole=True), required=True, prefilled=True, group="Pengukuran", hint="1 sampai 4. Berkas ini untuk triwulan tersebut."),
        Column(key="rencana", label="Rencana yang Diukur", kind=kinds.teks(), prefilled=True, group="Pengukuran"),
        Column(key="tanda_rencana", label="Tanda Rencana", kind=kinds.teks(), required=True, prefilled=True, group="Pengukuran", hint="Dibuat program; jangan diubah."),
        *(_field(key) for key in ("kepala_nama", "kepala_nip", "kepala_jabatan", "revisi", "tanggal_disampaikan", "penyusun", "catatan_unit")),
    ),
)  # fmt: skip

IDENTITAS = Sheet(
    key="identitas", name="Identitas", title="IDENTITAS REALISASI", blocks=(IDENTITAS_REALISASI,), landscape=False,
    intro="Sudah terisi dari Kantor.xlsx dan rencana yang ditetapkan. Lengkapi bagian Penyampaian.",
)  # fmt: skip

PETUNJUK = Sheet(key="petunjuk", name="Petunjuk", title="PETUNJUK PENGISIAN", landscape=False)
DAFTAR = Sheet(key="daftar", name="Daftar", title="DAFTAR PILIHAN", intro="Skala untuk indikator kualitatif dan status jabatan.")


# ---- the unit's indicators -----------------------------------------------------------------------


IDENTITY_KEYS = ("kode", "level", "nama")
"""With the unit they say which indicator a row is about."""


def _planned(key: str, width: float, label: str = "", page: int = 1) -> Column:
    """A column of the Indikator sheet as the plan froze it: shown, without a drop-down."""
    column = INDIKATOR_TABLE.column(key)
    kind = kinds.teks() if column.kind.list_name and column.kind.name != "kode" else replace(column.kind, list_name="")
    return replace(
        column, kind=kind, label=label or column.label, width=width, page=page, prefilled=True, hint="",
        required=key in IDENTITY_KEYS, group="" if key == "baseline" else column.group,
    )  # fmt: skip


_ASKED = "Angka triwulan itu sendiri, bukan jumlah sejak Januari, kecuali cara menjumlahnya Nilai terakhir."

INDIKATOR_REALISASI = Table(
    key="realisasi_indikator",
    title="Target dan Realisasi Indikator",
    rows=40,
    repeat=3,
    unique=(IDENTITY_KEYS,),
    columns=(
        _planned("kode", 18, "Kode"), _planned("level", 9), _planned("nama", 31), _planned("satuan", 11),
        _planned("target", 10), *(_planned(key, 9) for key in QUARTERS),
        *(Column(key=key, label=f"Realisasi TW {roman}", kind=_HASIL, width=10, group="Realisasi", hint=_ASKED)
          for key, roman in zip(REALISED, ROMAN, strict=True)),
        _planned("tipe", 11), _planned("arah", 9), _planned("akumulasi", 10), _planned("batas_bawah", 8), _planned("batas_atas", 8),
        _planned("pembilang", 24, page=2), _planned("penyebut", 24, page=2),
        *(column
          for above, below, roman in zip(NUMERATORS, DENOMINATORS, ROMAN, strict=True)
          for column in (
              Column(key=above, label=f"Pembilang TW {roman}", kind=_ANGKA, width=10, page=2, group="Hitungan (persentase dan rasio)"),
              Column(key=below, label=f"Penyebut TW {roman}", kind=_ANGKA, width=10, page=2, group="Hitungan (persentase dan rasio)"),
          )),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=26, page=2),
    ),
)  # fmt: skip

URAIAN_REALISASI = Table(
    key="uraian_realisasi",
    title="Bukti, Pendorong, Penghambat, dan Tindak Lanjut Triwulan Ini",
    rows=40,
    unique=(IDENTITY_KEYS,),
    columns=(
        _planned("kode", 18, "Kode"), _planned("level", 9), _planned("nama", 34),
        Column(key="tindak_lanjut_lalu", label="Tindak Lanjut Triwulan Lalu", kind=kinds.teks(), width=26, prefilled=True),
        Column(key="bukti", label="Bukti Dukung", kind=kinds.teks(), width=26, hint="Dokumen yang dapat ditunjukkan, misalnya nomor laporan."),
        Column(key="pendorong", label="Faktor Pendorong", kind=kinds.teks(), width=26),
        Column(key="penghambat", label="Faktor Penghambat", kind=kinds.teks(), width=26),
        Column(key="tindak_lanjut", label="Tindak Lanjut", kind=kinds.teks(), width=26, hint="Apa, oleh siapa, kapan."),
    ),
)  # fmt: skip

_KODE_SUB = Column(key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode(), required=True, prefilled=True, width=19)
_NAMA_SUB = Column(key="nama_sub", label="Sub Kegiatan", kind=kinds.teks(), prefilled=True, width=52)

FISIK_TABLE = Table(
    key="fisik",
    title="Kemajuan Fisik per Sub Kegiatan (% sejak Januari)",
    rows=20,
    unique=(("kode_sub",),),
    columns=(
        _KODE_SUB, _NAMA_SUB,
        *(Column(key=key, label=f"Fisik s.d. TW {roman} (%)", kind=_PERSEN, width=12, hint="Persen pekerjaan yang selesai sejak Januari: 85, bukan 0,85.")
          for key, roman in zip(PHYSICAL, ROMAN, strict=True)),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=40),
    ),
)  # fmt: skip

PROMISE_KEYS = ("tahun_rencana", "kode_sub", "outcome")
"""With the unit they say which promise a row is about."""


def _of_register(column: Column) -> Column:
    """A column of the office's register: shown, but for what is asked."""
    if column.key == PROMISED[0]:
        return replace(column, kind=_ANGKA, hint="Angka hasil pengukuran tahun ini.")
    if column.key in PROMISED:
        return replace(column, hint="Misalnya hasil survei dan tanggalnya.")
    return replace(column, kind=replace(column.kind, list_name=""), prefilled=True)


JANJI_REALISASI = replace(
    JANJI_TABLE, key="janji_realisasi", title="Outcome yang Dijanjikan TOR Tahun-Tahun Sebelumnya", rows=5, note="",
    unique=(PROMISE_KEYS,), columns=tuple(_of_register(c) for c in JANJI_TABLE.columns if c.key != "unit"),
)  # fmt: skip

JANJI = Sheet(
    key="janji_realisasi", name="Janji Outcome", title="REALISASI OUTCOME YANG DIJANJIKAN", blocks=(JANJI_REALISASI,),
    intro="Dijanjikan dalam TOR tahun-tahun sebelumnya untuk dicapai tahun ini. Isi begitu diukur, paling lambat pada TW IV.",
)  # fmt: skip
"""Only in the form of a unit that promised something for this year."""

CEK_UNIT = Sheet(key="cek_realisasi", name="Cek Mandiri", title="CEK MANDIRI: CAPAIAN SEMENTARA")

_BELONGS = "masuk/TW1 sampai masuk/TW4, menurut triwulannya"

REALISASI_UNIT = Book(
    key="realisasi_unit",
    title="Realisasi Kinerja",
    called="formulir realisasi unit",
    belongs=_BELONGS,
    version=1,
    sheets=(
        PETUNJUK,
        IDENTITAS,
        Sheet(
            key="realisasi_indikator", name="Realisasi Indikator", title="REALISASI INDIKATOR", blocks=(INDIKATOR_REALISASI,),
            intro="Isi kolom Realisasi triwulan ini. Persentase dan rasio: isi pembilang dan penyebutnya, realisasinya dihitung dari sana.",
        ),
        Sheet(key="uraian_realisasi", name="Bukti dan Kendala", title="BUKTI DAN KENDALA", blocks=(URAIAN_REALISASI,), intro="Satu baris satu indikator, untuk triwulan ini saja."),
        Sheet(key="fisik", name="Fisik", title="KEMAJUAN FISIK", blocks=(FISIK_TABLE,), intro="Persen pekerjaan yang selesai sejak Januari; tidak pernah turun dari triwulan ke triwulan."),
        JANJI,
        CEK_UNIT,
        DAFTAR,
    ),
)  # fmt: skip


# ---- the money -----------------------------------------------------------------------------------


def _amounts(record: Record, keys: tuple[str, ...]) -> list[Decimal]:
    return [x for key in keys if isinstance(x := record.get(key), Decimal)]


def spent_value(record: Record) -> Decimal | None:
    """Rupiah spent in the filled triwulan together; None while none is filled."""
    filled = _amounts(record, SPENT)
    return sum(filled, Decimal(0)) if filled else None


def absorbed_value(record: Record) -> Decimal | None:
    """Serapan in percent points of the pagu, two decimals half-up; None without a realisasi or with a pagu of 0."""
    spent, pagu = spent_value(record), record.get("pagu")
    if spent is None or not isinstance(pagu, Decimal) or pagu <= 0:
        return None
    return round_half_up(100 * spent / pagu, 2)


def _list(ref: Ref, keys: tuple[str, ...]) -> str:
    return ",".join(ref(key) for key in keys)


_TOTAL = Computed(
    excel=lambda ref: f'IF(COUNT({_list(ref, SPENT)})=0,"",SUM({_list(ref, SPENT)}))', value=lambda record, _: spent_value(record)
)
_ABSORBED = Computed(
    excel=lambda ref: f'IF({ref("total")}="","",IF(N({ref("pagu")})>0,ROUND(ROUND(100*{ref("total")}/{ref("pagu")},9),2),""))',
    value=lambda record, _: absorbed_value(record),
)
_LEFT = Computed(
    excel=lambda ref: f'IF({ref("pagu")}="","",{ref("pagu")}-N({ref("total")}))',
    value=lambda record, _: pagu - (spent_value(record) or 0) if isinstance(pagu := record.get("pagu"), Decimal) else None,
)
_YEAR = Computed(
    excel=lambda ref: f'IF(COUNT({_list(ref, CASH)})=0,"",SUM({_list(ref, CASH)}))',
    value=lambda record, _: sum(cash, Decimal(0)) if (cash := _amounts(record, CASH)) else None,
)

MONEY_KEYS = ("unit", "kode_sub", "rekening")
"""They say which line of the plan a row is about."""

_UNIT = Column(key="unit", label="Unit", kind=kinds.teks(), required=True, prefilled=True, width=12)

UANG_TABLE = Table(
    key="realisasi_uang",
    title="Realisasi Belanja per Sub Kegiatan dan Rekening",
    rows=120,
    repeat=3,
    unique=(MONEY_KEYS,),
    totals=("pagu", *SPENT, "total", "sisa"),
    columns=(
        _UNIT, _KODE_SUB, replace(_NAMA_SUB, width=26),
        Column(key="rekening", label="Kode Rekening", kind=kinds.rekening(""), required=True, prefilled=True, width=19),
        Column(key="uraian", label="Uraian Rekening", kind=kinds.teks(), prefilled=True, width=25),
        Column(key="pagu", label="Pagu (Rp)", kind=kinds.rupiah(), required=True, prefilled=True, width=15),
        *(Column(key=key, label=f"Realisasi TW {roman} (Rp)", kind=_RUPIAH, width=14, hint="Belanja dalam triwulan itu saja; tulis 0 bila tidak ada.")
          for key, roman in zip(SPENT, ROMAN, strict=True)),
        Column(key="total", label="Jumlah s.d. Triwulan Ini (Rp)", kind=kinds.rupiah(None), width=15, computed=_TOTAL),
        Column(key="serapan", label="Serapan (%)", kind=_SERAPAN, width=10, computed=_ABSORBED),
        Column(key="sisa", label="Sisa Pagu (Rp)", kind=kinds.rupiah(None), width=15, computed=_LEFT),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=17),
    ),
)  # fmt: skip

KAS_TABLE = Table(
    key="kas",
    title="Rencana Kas per Bulan (Rp)",
    rows=40,
    repeat=2,
    optional=True,
    totals=("pagu", *CASH, "jumlah"),
    columns=(
        _UNIT, _KODE_SUB, replace(_NAMA_SUB, width=30),
        Column(key="pagu", label="Pagu (Rp)", kind=kinds.rupiah(), prefilled=True, width=15),
        *(Column(key=key, label=name, kind=kinds.rupiah(), prefilled=True, width=13) for key, name in zip(CASH, MONTHS, strict=True)),
        Column(key="jumlah", label="Setahun (Rp)", kind=kinds.rupiah(), width=15, computed=_YEAR),
    ),
)  # fmt: skip

CEK_UANG = Sheet(key="cek_uang", name="Cek Mandiri", title="CEK MANDIRI: SERAPAN SEMENTARA")

REALISASI_UANG = Book(
    key="realisasi_uang",
    title="Realisasi Keuangan",
    called="formulir realisasi keuangan",
    belongs=_BELONGS,
    version=1,
    sheets=(
        PETUNJUK,
        IDENTITAS,
        Sheet(
            key="realisasi_uang", name="Realisasi Keuangan", title="REALISASI KEUANGAN", blocks=(UANG_TABLE,),
            intro="Isi kolom Realisasi triwulan ini: belanja dalam triwulan itu menurut SPJ fungsional, bukan jumlah sejak Januari.",
        ),
        Sheet(key="kas", name="Rencana Kas", title="RENCANA KAS", blocks=(KAS_TABLE,), intro="Untuk dibaca; mengikuti rencana yang ditetapkan."),
        CEK_UANG,
        DAFTAR,
    ),
)  # fmt: skip

MEASURING: Mapping[str, Mapping[int, Book]] = {
    REALISASI_UNIT.key: {REALISASI_UNIT.version: REALISASI_UNIT}, REALISASI_UANG.key: {REALISASI_UANG.version: REALISASI_UANG}
}
"""Books that folders masuk/TW1 … TW4 take, by key and version."""

_OF_QUARTERS = (REALISED, NUMERATORS, DENOMINATORS, PHYSICAL, SPENT)


def for_quarter(book: Book, triwulan: int) -> Book:
    """The book as it is handed out for one triwulan (1 to 4): the other triwulan's columns are shown, not asked."""

    def column(c: Column) -> Column:
        number = next((keys.index(c.key) + 1 for keys in _OF_QUARTERS if c.key in keys), triwulan)
        if number == triwulan:
            return c
        hint = "Sudah disampaikan." if number < triwulan else f"Diisi pada formulir TW {ROMAN[number - 1]}."
        return replace(c, prefilled=True, hint=hint)

    def sheet(s: Sheet) -> Sheet:
        return replace(
            s, blocks=tuple(replace(b, columns=tuple(map(column, b.columns))) if isinstance(b, Table) else b for b in s.blocks)
        )

    return replace(book, sheets=tuple(map(sheet, book.sheets)))
