"""The recap workbook's sheets and the columns that only the recap has.

A sheet that shows a table of the usulan stands around it: ``before`` + the table's own columns + ``after``, so a
column added to the table appears by itself. Column ``page=2`` means folded (an outline that opens with [+]), so that
the sheet prints legibly on one page's width.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kinerja_xl.sheets import kinds, values
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Book, Column

_T, _KODE, _RP, _N = kinds.teks(), kinds.kode(), kinds.rupiah(None), kinds.angka(None)
_YA = kinds.ya_tidak()
_PERSEN = Kind(name="persen", shape=Shape.ANGKA, parse=values.parse_number, num_format="0.00%", align="right")
_PILIHAN = replace(kinds.kode(), align="center", name="penanda")

TOTAL = 19
"""Width of a column of totals: ``9.999.999.999.999`` in bold fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """One table of a recap sheet: its own columns before and after those of the usulan's block ``source``.

    ``fields`` picks some fields of a form, with their width here; empty: all columns of the block.
    ``folded`` names columns or groups of the block that are folded besides its second page, ``widths`` columns that
    are wider here than in the form.
    ``totals`` are the own columns that get a total; the block's own totals are kept. ``total_rows`` stand above the
    headings, out of reach of sorting: all rows, and those that a filter leaves; 0: the sheet puts its totals below.
    """

    key: str
    title: str = ""
    source: str = ""
    before: tuple[Column, ...] = ()
    after: tuple[Column, ...] = ()
    fields: Mapping[str, float] = field(default_factory=dict)
    folded: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    total_rows: int = 2

    def from_source(self, book: Book) -> tuple[Column, ...]:
        """The columns that come from the usulan, their fold decided."""
        if not self.source:
            return ()
        columns = book.block(self.source).columns
        if not self.fields:
            return tuple(
                replace(
                    column,
                    page=2 if {column.key, column.group} & set(self.folded) else column.page,
                    width=self.widths.get(column.key, column.width),
                )
                for column in columns
            )
        by_key = {c.key: c for c in columns}
        return tuple(
            replace(by_key[key], label=by_key[key].label.strip(), width=width, page=1, computed=None, group="")
            for key, width in self.fields.items()
        )

    def columns(self, book: Book) -> tuple[Column, ...]:
        """All columns in order."""
        return (*self.before, *self.from_source(book), *self.after)

    def all_totals(self, book: Book) -> tuple[str, ...]:
        """Keys of the columns that are totalled."""
        return (*getattr(book.block(self.source), "totals", ()), *self.totals) if self.source else self.totals


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapSheet:
    """One sheet of the recap. ``signed``: ends with the signature block. ``keep``: columns that stay when scrolling."""

    key: str
    name: str
    title: str
    intro: str
    tables: tuple[Around, ...]
    signed: bool = False
    keep: int = 1

    @property
    def table(self) -> Around:
        """The only table of a sheet that has one."""
        return self.tables[0]


UNIT = Column(key="unit", label="Unit", kind=_T, width=14)
BERKAS = Column(key="berkas", label="Berkas", kind=_T, width=28)
LEMBAR = Column(key="lembar", label="Lembar", kind=_T, width=10)
BARIS = Column(key="baris", label="Baris", kind=_N, width=7)
DIHITUNG = Column(key="dihitung", label="Dihitung", kind=_YA, width=10, hint="Ya atau Tidak; totalnya mengikuti.")
_ASAL = (BERKAS, LEMBAR, BARIS)
_LIPAT = "Kolom yang dilipat dibuka dengan tanda [+] di atas huruf kolom."


def _kunci(key: str, label: str, width: float) -> Column:
    """A folded column of the RAB sheet by which the other sheets add up."""
    return Column(key=key, label=label, kind=_T, width=width, page=2)


RINGKASAN = RecapSheet(
    key="ringkasan", name="Ringkasan", title="REKAPITULASI USULAN RENCANA KINERJA DAN ANGGARAN", signed=True, intro="",
    tables=(
        Around(
            key="unit", title="A. Usulan per unit", total_rows=0,
            totals=("baris_rab", "total_rab", "total_tidak_dihitung", "pagu", "jumlah_catatan"),
            before=(
                Column(key="kode", label="Unit", kind=_T, width=14),
                Column(key="nama", label="Nama Unit", kind=_T, width=34),
                Column(key="status", label="Status", kind=_T, width=25),
                Column(key="berkas", label="Berkas", kind=_T, width=30),
                Column(key="baris_rab", label="Baris Dihitung", kind=_N, width=9),
                Column(key="total_rab", label="Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="total_tidak_dihitung", label="Tidak Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="alasan", label="Mengapa Tidak Dihitung", kind=_T, width=32),
                Column(key="pagu", label="Pagu (Rp)", kind=_RP, width=TOTAL),
                Column(key="persen_pagu", label="% Pagu", kind=_PERSEN, width=11),
                Column(key="jumlah_catatan", label="Catatan", kind=_N, width=9),
            ),
        ),
        Around(
            key="jenis", title="B. Usulan yang dihitung, per jenis belanja", totals=("jumlah", "persen"), total_rows=0,
            before=(
                Column(key="kode", label="Kode", kind=_KODE),
                Column(key="jenis", label="Jenis Belanja", kind=_T),
                Column(key="jumlah", label="Jumlah (Rp)", kind=_RP),
                Column(key="persen", label="Bagian", kind=_PERSEN),
            ),
        ),
    ),
)  # fmt: skip

RKT = RecapSheet(
    key="rkt", name="RKT", title="RENCANA KINERJA TAHUNAN (RKT)", signed=True, keep=0,
    intro="Anggaran dicatat sekali per unit dan sub kegiatan, pada baris indikatornya yang pertama.",
    tables=(
        Around(
            key="rkt", totals=("anggaran",),
            before=(
                Column(key="misi", label="Misi", kind=_T, width=22),
                Column(key="tujuan", label="Tujuan", kind=_T, width=22),
                Column(key="sasaran", label="Sasaran", kind=_T, width=24),
                Column(key="iku", label="Indikator Kinerja Utama", kind=_T, width=24),
                Column(key="iku_target", label="Target IKU", kind=replace(_T, align="center"), width=10),
                Column(key="program", label="Program", kind=_T, width=24),
                Column(key="kegiatan", label="Kegiatan", kind=_T, width=24),
                Column(key="kode_sub", label="Kode Sub Kegiatan", kind=_KODE, width=18),
                Column(key="nama_sub", label="Sub Kegiatan", kind=_T, width=28),
                Column(key="level", label="Level", kind=_T, width=9),
                Column(key="indikator", label="Indikator", kind=_T, width=30),
                Column(key="target", label="Target", kind=kinds.nilai(), width=11),
                Column(key="satuan", label="Satuan", kind=_T, width=12),
                Column(key="anggaran", label="Anggaran (Rp)", kind=_RP, width=TOTAL),
                UNIT,
            ),
        ),
    ),
)  # fmt: skip

RAB = RecapSheet(
    key="rab", name="RAB", title="RINCIAN ANGGARAN BIAYA (RAB) SEMUA UNIT", keep=2,
    intro="Setiap baris RAB yang masuk. Harga, koefisien, dan Ya/Tidak boleh diubah: semua jumlah di buku kerja ini "
    f"mengikuti. {_LIPAT}",
    tables=(
        Around(
            key="rab", source="rab", folded=("Koefisien", "nama_rekening"), widths={"jenis_belanja": 22},
            totals=("jumlah_dihitung", "jumlah_tidak_dihitung"),
            before=(UNIT,),
            after=(
                DIHITUNG,
                Column(key="jumlah_dihitung", label="Jumlah Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="jumlah_tidak_dihitung", label="Jumlah Tidak Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="alasan", label="Alasan Tidak Dihitung", kind=_T, width=26),
                LEMBAR, BARIS,
                replace(BERKAS, page=2),
                _kunci("kelompok", "Kelompok Belanja", 22),
                _kunci("program", "Kode Program", 12),
                _kunci("kegiatan", "Kode Kegiatan", 15),
                _kunci("sub", "Kode Sub Kegiatan Baku", 19),
                _kunci("kunci_sub", "Unit dan Sub Kegiatan", 30),
                _kunci("kunci_jenis", "Unit dan Kelompok Belanja", 30),
            ),
        ),
    ),
)  # fmt: skip

PER_PROGRAM = RecapSheet(
    key="per_program", name="Per Program", title="USULAN PER PROGRAM, KEGIATAN, DAN SUB KEGIATAN", signed=True, keep=2,
    intro="Jumlah di setiap tingkat dihitung dari lembar RAB. Tanda [-] di kiri melipat kegiatan dan sub kegiatan.",
    tables=(
        Around(
            key="per_program", total_rows=1, totals=("baris_rab", "dihitung", "tidak_dihitung", "pagu"),
            before=(
                Column(key="kode", label="Kode", kind=_KODE, width=20),
                Column(key="tingkat", label="Tingkat", kind=_T, width=13),
                Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=_T, width=58),
                Column(key="unit", label="Unit", kind=_T, width=24),
                Column(key="baris_rab", label="Baris RAB", kind=_N, width=8),
                Column(key="dihitung", label="Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=_RP, width=TOTAL),
                Column(key="pagu", label="Pagu (Rp)", kind=_RP, width=TOTAL),
                Column(key="persen_pagu", label="% Pagu", kind=_PERSEN, width=11),
            ),
        ),
    ),
)  # fmt: skip

UNIT_JENIS = RecapSheet(
    key="unit_jenis", name="Unit x Jenis Belanja", title="USULAN PER UNIT DAN JENIS BELANJA", keep=2,
    intro="Dihitung dari lembar RAB; kolom Tidak Dihitung berdiri di luar jumlah.",
    tables=(
        Around(
            key="unit_jenis", totals=("dihitung", "tidak_dihitung"), total_rows=0,
            before=(
                Column(key="kode", label="Unit", kind=_T, width=14),
                Column(key="nama", label="Nama Unit", kind=_T, width=40),
            ),
            after=(
                Column(key="dihitung", label="Jumlah Dihitung (Rp)", kind=_RP, width=21),
                Column(key="tidak_dihitung", label="Tidak Dihitung (Rp)", kind=_RP, width=21),
            ),
        ),
    ),
)  # fmt: skip

INDIKATOR = RecapSheet(
    key="indikator", name="Indikator", title="INDIKATOR KINERJA SEMUA UNIT", keep=2,
    intro=f"Definisi, sumber data, dan SMART dilipat. {_LIPAT}",
    tables=(
        Around(key="indikator", source="indikator", folded=("Rentang",), before=(UNIT,), after=(DIHITUNG, *_ASAL)),
    ),
)  # fmt: skip

PK = RecapSheet(
    key="pk", name="PK", title="PERJANJIAN KINERJA", keep=1,
    intro="Perjanjian Kinerja pimpinan dari Kantor.xlsx lebih dahulu, kemudian dari setiap unit.",
    tables=(
        Around(key="pk_kinerja", source="pk_kinerja", before=(UNIT,), after=_ASAL),
        Around(key="pk_anggaran", source="pk_anggaran", before=(UNIT,), after=_ASAL),
    ),
)  # fmt: skip

TOR = RecapSheet(
    key="tor", name="TOR", title="TOR / KERANGKA ACUAN KERJA", keep=2,
    intro="Satu baris satu TOR. Teks panjang diringkas; lengkapnya ada di berkas unit.",
    tables=(
        Around(
            key="tor", source="tor",
            totals=("biaya", "rab", "selisih"),
            fields={
                "judul": 26, "tujuan": 28, "sasaran": 28, "output": 22, "output_target": 10, "output_satuan": 11,
                "tanggal_mulai": 11, "tanggal_selesai": 11, "lokasi": 17, "penanggung_jawab": 18,
            },
            before=(
                UNIT,
                Column(key="sub", label="Kode Sub Kegiatan", kind=_KODE, width=19),
                Column(key="nama_sub_baku", label="Sub Kegiatan", kind=_T, width=28, page=2),
            ),
            after=(
                Column(key="biaya", label="Biaya menurut TOR (Rp)", kind=_RP, width=17),
                Column(key="rab", label="Jumlah menurut RAB (Rp)", kind=_RP, width=17),
                Column(key="selisih", label="Selisih TOR - RAB (Rp)", kind=_RP, width=17),
                Column(key="harga_output", label="Harga per Satuan Output (Rp)", kind=_RP, width=17),
                DIHITUNG, LEMBAR, replace(BERKAS, page=2),
            ),
        ),
    ),
)  # fmt: skip

CATATAN = RecapSheet(
    key="catatan", name="Catatan", title="CATATAN UNTUK UNIT", keep=0,
    intro="Klik alamat sel untuk membuka berkas unit di tempatnya (berkas harus masih di folder masuk).",
    tables=(
        Around(
            key="catatan",
            before=(
                UNIT,
                Column(key="tingkat", label="Tingkat", kind=_T, width=16),
                Column(key="kode", label="Kode", kind=_PILIHAN, width=8),
                Column(key="berkas", label="Berkas", kind=_T, width=28),
                Column(key="lembar", label="Lembar", kind=_T, width=12),
                Column(key="sel", label="Sel", kind=_PILIHAN, width=9),
                Column(key="kolom", label="Kolom", kind=_T, width=18),
                Column(key="nilai", label="Nilai", kind=_T, width=22),
                Column(key="masalah", label="Masalah", kind=_T, width=50),
                Column(key="perbaikan", label="Perbaikan", kind=_T, width=50),
            ),
        ),
    ),
)  # fmt: skip

ASAL_DATA = RecapSheet(
    key="asal_data", name="Asal Data", title="ASAL DATA DAN PEMERIKSAAN SILANG",
    intro="Setiap berkas yang dibaca. Baris dibaca = dipakai + dilaporkan; yang dihitung dari berkas = jumlahnya di lembar RAB.",
    tables=(
        Around(
            key="asal_data", totals=("dibaca", "dipakai", "dilaporkan", "total", "di_rab"),
            before=(
                Column(key="berkas", label="Berkas", kind=_T, width=32),
                UNIT,
                Column(key="versi", label="Versi Formulir", kind=_PILIHAN, width=9),
                Column(key="revisi", label="Revisi", kind=_PILIHAN, width=8),
                Column(key="status", label="Status", kind=_T, width=24),
                Column(key="dibaca", label="Baris Dibaca", kind=_N, width=10),
                Column(key="dipakai", label="Baris Dipakai", kind=_N, width=10),
                Column(key="dilaporkan", label="Baris Dilaporkan", kind=_N, width=11),
                Column(key="cek_baris", label="Cek Baris", kind=_PILIHAN, width=14),
                Column(key="total", label="Dihitung dari Berkas (Rp)", kind=_RP, width=TOTAL),
                Column(key="di_rab", label="Dihitung di Lembar RAB (Rp)", kind=_RP, width=TOTAL),
                Column(key="cek_total", label="Cek Jumlah", kind=_PILIHAN, width=14),
                Column(key="sha256", label="SHA-256", kind=_T, width=36),
            ),
        ),
        Around(
            key="silang", title="Pemeriksaan silang antarlembar", total_rows=0,
            before=(
                Column(key="apa", label="Yang dibandingkan", kind=_T),
                Column(key="jumlah", label="Jumlah (Rp)", kind=_RP),
                Column(key="pembanding", label="Pembanding (Rp)", kind=_RP),
                Column(key="cek", label="Cek", kind=_PILIHAN),
            ),
        ),
    ),
)  # fmt: skip

REKAP: tuple[RecapSheet, ...] = (
    RINGKASAN, RKT, RAB, PER_PROGRAM, UNIT_JENIS, INDIKATOR, PK, TOR, CATATAN, ASAL_DATA,
)  # fmt: skip
"""The sheets of the recap, in order."""


def columns(book: Book) -> Iterator[tuple[RecapSheet, Around, Column]]:
    """Every column of the recap of this usulan book, for the generated documentation."""
    return ((s, t, c) for s in REKAP for t in s.tables for c in t.columns(book))
