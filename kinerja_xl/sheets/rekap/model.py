"""What a sheet of the recap is made of: tables that stand around a table of the usulan, and the columns they share.

A sheet that shows a table of the usulan stands around it: ``before`` + the table's own columns + ``after``, so a
column added to the table appears by itself. Column ``page=2`` means folded (an outline that opens with [+]), so that
the sheet prints legibly on one page's width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from kinerja_xl.sheets import kinds, values
from kinerja_xl.sheets.content import Identity
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Book, Column

TEXT, CODE, RUPIAH = kinds.teks(), kinds.kode(), kinds.rupiah(None)
NUMBER = replace(kinds.angka(None), num_format="#,##0")
YES_NO = kinds.ya_tidak()
PERCENT = Kind(name="persen", shape=Shape.ANGKA, parse=values.parse_number, num_format="#,##0.00 %", align="right")
MARK = replace(kinds.kode(), align="center", name="penanda")

UNKNOWN = "–"
"""Stands where an amount can't be known; 0 or a blank would say something else."""

UNKNOWN_ROWS = "belum_diketahui"
_SHOWN_IF_ANY = replace(NUMBER, num_format="#,##0;;")


def unknown_rows(width: float = 10, things: str = "baris") -> Column:
    """How many parts of the sum at its left are not known, by what they are; nothing is seen where all are."""
    of_rows = Column(key=UNKNOWN_ROWS, label="Belum Diketahui (baris)", kind=_SHOWN_IF_ANY, width=width)
    former = (of_rows.label,) if "," in things else ()
    return replace(of_rows, label=of_rows.label.replace("baris", things), aliases=former)


def or_dash(formula: str, unknown: str) -> str:
    """Formula of a sum, as a dash where nothing of it is known; ``unknown``: the cell that counts what is not."""
    return f'IF({unknown}=0,{formula},IF({formula}=0,"{UNKNOWN}",{formula}))'


YES, NO = "Ya", "Tidak"
AGREES, DIFFERS = "cocok", "TIDAK COCOK"
"""What a live check says of two figures that must be equal."""

TOTAL = 16
"""Width of a column of totals: ``99.999.999.999`` in bold fits; larger figures widen their column by themselves."""


class Here(Protocol):
    """The row on which a shown column's formula stands."""

    def ref(self, key: str) -> str:
        """The cell of that column on the same row."""

    def span(self, table: str, key: str) -> str:
        """All cells of a column of another table of the same book, with the sheet's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Column):
    """A column of a book that is shown, with what it shows of a record: the one writer of flat tables asks for no more.

    ``value`` of the record, where it is not the attribute with the column's key; None and "" leave the cell blank.
    ``formula`` (without "=") shows the same live; ``look`` names the styles of the cell beside those of its kind.
    ``numbered``: shows the number of the row in its table.
    """

    value: Callable[[Any], object] | None = None
    formula: Callable[[Here], str] | None = None
    look: Callable[[Any], tuple[str, ...]] | None = None
    numbered: bool = False


V = TypeVar("V")


def known(value: V | None) -> V | str:
    """The value, or the dash of one that nobody knows."""
    return UNKNOWN if value is None else value


def yes_no(counted: bool) -> str:
    """The words of a Ya/Tidak column."""
    return YES if counted else NO


def verdict(test: str) -> str:
    """Formula that says whether ``test`` holds."""
    return f'IF({test},"{AGREES}","{DIFFERS}")'


def agreement(agrees: bool) -> str:
    """What ``verdict`` shows."""
    return AGREES if agrees else DIFFERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """One table of a recap sheet: its own columns before and after those of the usulan's block ``source``.

    ``fields`` picks some fields of a form, with their width here; empty: all columns of the block.
    ``folded`` names columns or groups of the block that are folded besides its second page, ``widths`` columns that
    are wider here than in the form.
    ``totals`` are the own columns that get a total; the block's own totals are kept. ``total_rows`` stand above the
    headings, out of reach of sorting: all rows, and those that a filter leaves; 0: the sheet puts its totals below.
    ``mark`` is an own column that only rows of data fill: rows without it are headings of groups.
    ``essential``: columns on which every figure rests when the book is read back; without one of them none is given.
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
    mark: str = ""
    essential: tuple[str, ...] = ()

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
            replace(
                by_key[key],
                label=by_key[key].label.strip(),
                width=width,
                page=2 if key in self.folded else 1,
                computed=None,
                group="",
            )
            for key, width in self.fields.items()
        )

    def columns(self, book: Book) -> tuple[Column, ...]:
        """All columns in order."""
        return (*self.before, *self.from_source(book), *self.after)

    def own(self, key: str) -> Column:
        """The own column of that key: its label stands in no second place."""
        return next(column for column in (*self.before, *self.after) if column.key == key)

    def all_totals(self, book: Book) -> tuple[str, ...]:
        """Keys of the columns that are totalled."""
        return (*getattr(book.block(self.source), "totals", ()), *self.totals) if self.source else self.totals


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapSheet:
    """One sheet of the recap. ``signed``: ends with the signature block. ``keep``: columns that stay when scrolling.
    ``intro`` is printed below the title, ``hint`` says how to use the sheet on a screen and is not. ``across``: printed on two
    pages side by side, with the columns up to the first of these keys on both; each other one ends a page. ``aside``: the same on
    paper narrower than Folio.

    ``empty`` stands under the headings where there is no row: what that means.

    ``records``: what the rows of its table show, of the whole recap, where the declared columns say all of a sheet; a
    sheet without has a writer of its own.
    """

    key: str
    name: str
    title: str
    intro: str
    tables: tuple[Around, ...]
    signed: bool = False
    across: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    keep: int = 1
    hint: str = ""
    empty: str = "Belum ada data."
    records: Callable[[Any], Iterable[object]] | None = None

    def records_of(self, whole: object) -> Iterable[object]:
        """What the rows show, of the recap or the year; a sheet that can't say it needs a writer of its own."""
        assert self.records, f"lembar {self.name}: neither a writer nor records"
        return self.records(whole)

    @property
    def table(self) -> Around:
        """The only table of a sheet that has one, else the first."""
        return self.tables[0]

    def part(self, key: str) -> Around:
        """The table of that key."""
        return next(table for table in self.tables if table.key == key)

    def without(self, key: str, instead: str = "") -> RecapSheet:
        """The sheet as it was before the own column of that key came; ``instead``: the column that stood in its place, because
        a heading that is gone is named where its book had it."""
        def table(around: Around) -> Around:
            own = (*around.before, *around.after)
            moved = tuple(c for c in own if c.key == instead) if any(c.key == key for c in own) else ()

            def kept(columns: tuple[Column, ...]) -> tuple[Column, ...]:
                return tuple(one for c in columns if c not in moved for one in (moved if c.key == key else (c,)))

            totals = tuple(total for total in around.totals if total != key)
            return replace(around, before=kept(around.before), after=kept(around.after), totals=totals)

        return replace(self, tables=tuple(table(around) for around in self.tables))

_NAME = 100
"""Characters of the office's name in a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBook:
    """A workbook that is written to be read by people and read back by us: what it says of itself, and its sheets.

    ``usulan`` is the version of the form around whose tables its own stand; ``called``: by staff, and where it ``belongs``.
    """

    key: str
    version: int
    sheets: tuple[RecapSheet, ...]
    usulan: Book
    called: str
    belongs: str = "folder hasil"

    def sheet(self, key: str) -> RecapSheet:
        return next(sheet for sheet in self.sheets if sheet.key == key)

    def identity(self, tahun: int, kantor: str) -> Identity:
        """The mark of a book of that year and office. A property holds 255 characters; the whole name stands under the titles."""
        return Identity(book=self.key, version=str(self.version), tahun=str(tahun), unit="", kantor=kantor[:_NAME])


UNIT_NAME = "nama_unit"
"""Key of the column that prints a unit's name on a sheet that is signed; its code stands folded, for the formulas."""

UNIT = Shown(key="unit", label="Unit", kind=TEXT, width=14)
_NAMED_UNIT = Shown(key=UNIT_NAME, label="Nama Unit", kind=TEXT, width=24)


def named(sheet: RecapSheet, *, page: int = 1) -> RecapSheet:
    """The sheet with the names of units in place of their codes, which stand folded at the end for the formulas. ``page`` 2: the
    names are folded as well, because a heading above the rows or a column beside them says them."""

    def table(around: Around) -> Around:
        codes = tuple(column for column in around.before if column.key == UNIT.key)
        names = tuple(replace(_NAMED_UNIT, look=getattr(code, "look", None), page=page) for code in codes)
        before = (*(name for column in around.before for name in (names if column in codes else (column,))),)
        folded = tuple(replace(code, page=2) for code in codes)
        return replace(around, before=before, after=(*around.after, *folded))

    return replace(sheet, tables=tuple(table(around) for around in sheet.tables))


BERKAS = Shown(key="berkas", label="Berkas", kind=TEXT, width=28, value=lambda line: line.file)
LEMBAR = Shown(key="lembar", label="Lembar", kind=TEXT, width=10, value=lambda line: line.row.sheet)
BARIS = Shown(key="baris", label="Baris", kind=NUMBER, width=7, value=lambda line: line.row.row or None)
DIHITUNG = Shown(
    key="dihitung", label="Dihitung", kind=YES_NO, width=10, hint="Ya atau Tidak; totalnya mengikuti.",
    value=lambda line: yes_no(line.counted),
)  # fmt: skip
ORIGIN = tuple(replace(column, page=2) for column in (BERKAS, LEMBAR, BARIS))
"""Where a row stood, folded."""
LINK_HINT = "Klik alamat sel untuk membuka berkas unit di tempatnya (berkas harus masih di folder masuk)."
FOLD_HINT = "Kolom yang dilipat dibuka dengan tanda [+] di atas huruf kolom."


def key_column(key: str, label: str, width: float, kind: Kind = TEXT) -> Column:
    """A folded column of the RAB sheet by which the other sheets add up."""
    return Column(key=key, label=label, kind=kind, width=width, page=2)


# ---- The recap's sheets that show the units' own tables, row by row ----

RAB = named(RecapSheet(
    key="rab", name="RAB", title="RINCIAN ANGGARAN BIAYA (RAB) SEMUA UNIT", keep=6,
    intro="Setiap baris RAB yang masuk, per unit dan sub kegiatan.",
    hint=f"Harga, koefisien, dan Ya/Tidak boleh diubah: semua jumlah di buku kerja ini mengikuti. {FOLD_HINT}",
    tables=(
        Around(
            key="rab", source="rab", folded=("kode_sub", "Koefisien", "nama_rekening", "jenis_belanja"), mark="dihitung",
            essential=("unit", "kode_sub", "jumlah", "dihitung"),
            widths={"jenis_belanja": 22, "uraian": 34, "spesifikasi": 22, "jumlah": 16}, totals=("jumlah_dihitung", "jumlah_tidak_dihitung", "belum_diketahui"),
            before=(UNIT,),
            after=(
                DIHITUNG,
                Column(key="jumlah_dihitung", label="Jumlah Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                Column(key="jumlah_tidak_dihitung", label="Jumlah Tidak Dihitung (Rp)", kind=RUPIAH, width=TOTAL),
                unknown_rows(),
                Column(key="jumlah_sub", label="Jumlah Sub Kegiatan (Rp)", kind=RUPIAH, width=TOTAL),
                Shown(key="alasan", label="Alasan Tidak Dihitung", kind=TEXT, width=24, value=lambda line: line.reason),
                *ORIGIN,
                key_column("batas_kantor", "Batas Standar Kantor (Rp)", 16, RUPIAH),
                key_column("lebih_standar", "Lebih dari Standar (Rp)", 16, RUPIAH),
                key_column("kelompok", "Kelompok Belanja", 22),
                key_column("program", "Kode Program", 12),
                key_column("kegiatan", "Kode Kegiatan", 15),
                key_column("sub", "Kode Sub Kegiatan Baku", 19),
                key_column("kunci_sub", "Unit dan Sub Kegiatan", 30),
                key_column("kunci_jenis", "Unit dan Kelompok Belanja", 30),
            ),
        ),
    ),
), page=2)  # fmt: skip

INDIKATOR = named(RecapSheet(
    key="indikator", name="Indikator", title="INDIKATOR KINERJA SEMUA UNIT", keep=4, records=lambda recap: recap.indikator,
    intro="Indikator setiap unit menurut usulannya.", hint=f"Dimensi, definisi, sumber data, dan SMART dilipat. {FOLD_HINT}",
    tables=(
        Around(
            key="indikator", source="indikator", folded=("Rentang", "dimensi", "tingkat"), before=(UNIT,),
            widths={"kode": 20, "sasaran": 32, "tipe": 12}, after=(DIHITUNG, *ORIGIN),
            essential=("unit", "kode", "level", "nama", "satuan", "target", "dihitung"),
        ),
    ),
))  # fmt: skip

_PK_LETTER = "Surat PK mengikuti rencana yang berlaku."

PK = named(RecapSheet(
    key="pk", name="PK", title="PERJANJIAN KINERJA MENURUT USULAN UNIT: SASARAN DAN INDIKATOR (LAMPIRAN 1)", keep=1,
    intro=f"Perjanjian Kinerja pimpinan dari Kantor.xlsx lebih dahulu, kemudian dari setiap unit. {_PK_LETTER}",
    tables=(Around(key="pk_kinerja", source="pk_kinerja", before=(UNIT,), after=ORIGIN),),
))  # fmt: skip

PK_ANGGARAN = named(RecapSheet(
    key="pk_anggaran", name="PK Anggaran",
    title="PERJANJIAN KINERJA MENURUT USULAN UNIT: PROGRAM, KEGIATAN, DAN ANGGARAN (LAMPIRAN 2)", keep=2,
    records=lambda recap: recap.pk_anggaran,
    intro=f"Anggaran yang ditulis unit di Perjanjian Kinerjanya. {_PK_LETTER}",
    tables=(
        Around(
            key="pk_anggaran", source="pk_anggaran", before=(UNIT,), after=ORIGIN,
            widths={"kode": 22, "nama": 86, "anggaran": 22, "keterangan": 20},
        ),
    ),
))  # fmt: skip

TOR = named(RecapSheet(
    key="tor", name="TOR", title="KERANGKA ACUAN KERJA (TOR)", keep=3, aside=("nama_sub_baku", "tanggal_selesai"),
    intro="Satu baris satu TOR. Teks panjang diringkas; lengkapnya ada di berkas unit.", hint=FOLD_HINT,
    tables=(
        Around(
            key="tor", source="tor",
            totals=("biaya", "rab", "belum_diketahui", "selisih"),
            fields={
                "judul": 32, "tujuan": 32, "sasaran": 32, "output": 26, "output_target": 9, "output_satuan": 12,
                "tanggal_mulai": 14.5, "tanggal_selesai": 14.5, "lokasi": 20, "penanggung_jawab": 20,
            },
            folded=("judul", "sasaran", "lokasi", "penanggung_jawab"),
            before=(
                UNIT,
                Column(key="sub", label="Kode Sub Kegiatan", kind=CODE, width=19),
                Shown(key="nama_sub_baku", label="Sub Kegiatan", kind=TEXT, width=30, value=lambda tor: tor.nama_sub),
            ),
            after=(
                Shown(key="biaya", label="Biaya menurut TOR (Rp)", kind=RUPIAH, width=15, value=lambda tor: known(tor.biaya)),
                Column(key="rab", label="Jumlah menurut RAB (Rp)", kind=RUPIAH, width=15),
                unknown_rows(),
                Shown(
                    key="selisih", label="Selisih TOR - RAB (Rp)", kind=RUPIAH, width=15,
                    value=lambda tor: known(tor.selisih),
                    formula=lambda here: f'IF(AND(ISNUMBER({here.ref("biaya")}),{here.ref("belum_diketahui")}=0),'
                    f'{here.ref("biaya")}-{here.ref("rab")},"{UNKNOWN}")',
                ),
                Column(key="harga_output", label="Harga per Satuan Output (Rp)", kind=RUPIAH, width=15),
                DIHITUNG, *ORIGIN[:2],
            ),
        ),
    ),
))  # fmt: skip
