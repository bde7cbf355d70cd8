"""RAB (IV.B): the components of input. volume x harga satuan = jumlah; the total is the price of the output.

The Excel forms of volume and jumlah are those that were measured against exact arithmetic (docs/keputusan).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.choices import LIST_FIELDS
from kinerja_xl.sheets.model import Column, Computed, Lookups, Record, Sheet, Table
from kinerja_xl.sheets.values import round_half_up

FACTORS = ("koef_1", "koef_2", "koef_3", "koef_4")
FACTOR_UNITS = ("sat_1", "sat_2", "sat_3", "sat_4")
Ref = Callable[[str], str]


def volume_value(record: Record) -> Decimal | None:
    """Product of the filled factors, rounded half-up to four decimals; None when no factor is filled."""
    factors = [f for key in FACTORS if isinstance(f := record.get(key), Decimal)]
    if not factors:
        return None
    product = Decimal(1)
    for factor in factors:
        product *= factor
    return round_half_up(product, 4)


def jumlah_value(record: Record) -> Decimal | None:
    """volume x harga satuan, rounded half-up to whole rupiah, plus the row's PPN in rupiah.

    None while volume or harga satuan is missing: an unknown amount is not 0.
    """
    volume, harga = volume_value(record), record.get("harga_satuan")
    if volume is None or not isinstance(harga, Decimal):
        return None
    ppn = record.get("ppn")
    return round_half_up(volume * harga, 0) + (ppn if isinstance(ppn, Decimal) else Decimal(0))


def _volume_excel(ref: Ref) -> str:
    cells = ",".join(ref(key) for key in FACTORS)
    return f'IF(COUNT({cells})=0,"",ROUND(ROUND(PRODUCT({cells}),8),4))'


def _jumlah_excel(ref: Ref) -> str:
    volume, harga, ppn = ref("volume"), ref("harga_satuan"), ref("ppn")
    return f'IF(OR({volume}="",{harga}=""),"",ROUND(ROUND({volume}*{harga},4),0)+N({ppn}))'


def looked_up(list_name: str, key: str, field: str) -> Computed:
    """A cell that shows ``field`` of the entry whose code stands in column ``key``.

    The list stands on the workbook's list sheet as the defined name ``tabel_<list>``.
    """
    position = LIST_FIELDS[list_name].index(field) + 1

    def excel(ref: Ref) -> str:
        return f'IF({ref(key)}="","",IFERROR(VLOOKUP({ref(key)},tabel_{list_name},{position},FALSE),""))'

    def value(record: Record, lookups: Lookups) -> object | None:
        code = record.get(key)
        return None if code is None else lookups.find(list_name, str(code), field)

    return Computed(excel=excel, value=value)


KODE_SUB = Column(
    key="kode_sub", label="Kode Sub Kegiatan", kind=kinds.kode("sub_kegiatan"), required=True, essential=True, width=17,
    hint="Pilih dari daftar. Satu baris RAB milik satu sub kegiatan.",
    aliases=("Kode Sub Keg", "Sub Kegiatan", "Kode Subkegiatan"),
)  # fmt: skip


def _factor(number: int) -> tuple[Column, Column]:
    return (
        Column(
            key=f"koef_{number}", label=f"Koef. {number}", kind=kinds.faktor(), required=number == 1,
            essential=number == 1, width=6, group="Koefisien", hint="Misalnya 30 Orang x 2 Kali: 30 di sini, Orang di kanannya.",
            aliases=(f"Koefisien {number}", f"Vol. {number}"),
        ),
        Column(
            key=f"sat_{number}", label=f"Sat. {number}", kind=kinds.pilihan("satuan", open_list=True), width=8,
            group="Koefisien", hint="Satuan faktor ini, misalnya Orang, Kali, Bulan.", aliases=(f"Satuan {number}",),
        ),
    )  # fmt: skip


RAB_TABLE = Table(
    key="rab",
    title="Rincian Anggaran Biaya",
    rows=60,
    marks=("uraian", "kode_sub", "kode_rekening", "nama_rekening"),
    unique=(("kode_sub", "kode_rekening", "uraian", "spesifikasi"),),
    totals=("jumlah", "prakiraan_maju"),
    repeat=5,
    columns=(
        KODE_SUB,
        Column(
            key="kode_rekening", label="Kode Rekening", kind=kinds.rekening(), required=True, essential=True, width=17,
            hint="12 angka, misalnya 5.1.02.01.01.0024. Kode BAS nasional juga diterima.", aliases=("Rekening", "Akun", "Kode Akun"),
        ),
        Column(key="nama_rekening", label="Nama Rekening", kind=kinds.teks(), width=15, computed=looked_up("rekening", "kode_rekening", "uraian"), aliases=("Uraian Rekening",)),
        Column(
            key="jenis_belanja", label="Jenis Belanja", kind=kinds.pilihan("jenis_belanja"), required=True, width=11,
            hint="Belanja Pegawai, Belanja Barang dan Jasa, atau Belanja Modal.",
        ),
        Column(
            key="uraian", label="Uraian", kind=kinds.teks(), required=True, essential=True, width=20,
            hint="Barang, jasa, atau honor yang dibiayai.", aliases=("Uraian Belanja", "Komponen"),
        ),
        Column(key="spesifikasi", label="Spesifikasi", kind=kinds.teks(), width=13.5, hint="Wajib untuk belanja modal: merek, tipe, ukuran, atau lampirkan bahan pendukung di TOR."),
        *(column for number in (1, 2, 3, 4) for column in _factor(number)),
        Column(
            key="volume", label="Volume", kind=kinds.angka(), width=8,
            computed=Computed(excel=_volume_excel, value=lambda record, _: volume_value(record)),
            hint="Dihitung: hasil kali koefisien.",
        ),
        Column(key="satuan", label="Satuan", kind=kinds.pilihan("satuan", open_list=True), required=True, width=10, hint="Satuan harga, misalnya Orang/Kali, Rim, Unit."),
        Column(
            key="harga_satuan", label="Harga Satuan (Rp)", kind=kinds.rupiah(), required=True, essential=True, width=14,
            hint="Rupiah bulat tanpa titik dan tanpa Rp.", aliases=("Harga Satuan", "Harga"), former=(1, "Harga Satuan"),
        ),
        Column(key="ppn", label="PPN (Rp)", kind=kinds.rupiah(), width=10, hint="Isi hanya bila harga satuan belum termasuk pajak; dalam rupiah.", aliases=("PPN",)),
        Column(
            key="jumlah", label="Jumlah (Rp)", kind=kinds.rupiah(), width=15,
            computed=Computed(excel=_jumlah_excel, value=lambda record, _: jumlah_value(record)),
            hint="Dihitung: volume × harga satuan + PPN.", aliases=("Jumlah", "Jumlah Harga"), former=(1, "Jumlah Harga"),
        ),
        Column(key="jenis_standar", label="Standar", kind=kinds.pilihan("jenis_standar"), width=9, group="Standar Harga", page=2, hint="SSH, SBU, HSPK, atau ASB."),
        Column(key="kode_standar", label="Kode Standar", kind=kinds.teks(), width=19, group="Standar Harga", page=2, hint="Kode pada daftar standar harga (lembar Daftar)."),
        Column(
            key="batas_harga", label="Harga Standar (Rp)", kind=kinds.rupiah(), width=14, group="Standar Harga", page=2,
            computed=looked_up("standar", "kode_standar", "harga"), hint="Dicari dari daftar standar harga.",
        ),
        Column(key="sumber_dana", label="Sumber Dana", kind=kinds.pilihan("sumber_dana"), required=True, width=11, page=2),
        Column(
            key="prakiraan_maju", label="Prakiraan Maju n+1 (Rp)", kind=kinds.rupiah(), width=17, page=2,
            hint="Perkiraan kebutuhan dana tahun berikutnya.", aliases=("Prakiraan Maju",), since=2, holds=False,
        ),
        Column(key="keterangan", label="Keterangan", kind=kinds.teks(), width=24, page=2),
    ),
)  # fmt: skip

RAB = Sheet(
    key="rab", name="RAB", title="RINCIAN ANGGARAN BIAYA (RAB)", blocks=(RAB_TABLE,),
    intro="Satu baris satu komponen. Kolom abu-abu dihitung otomatis. Baris boleh ditambah di bawah baris terakhir atau disisipkan di tengah tabel.",
)  # fmt: skip
