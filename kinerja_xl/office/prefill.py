"""What a new workbook starts with: Kantor.xlsx of a new year, and a unit's form as Kantor.xlsx says now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.lists import Level, ProgramNode, accounts, example_prices, programs
from kinerja_xl.lists import rows as table_rows
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.pejabat import Official
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, JENIS_BELANJA, KRITERIA_IKU, SATUAN, SEBUTAN, Listing, Listings
from kinerja_xl.sheets.content import BookContent, Identity, Row, SheetContent
from kinerja_xl.sheets.kantor import KANTOR, POLICIES, RENSTRA_YEARS
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.units import COMMON, Measures

PLACEHOLDER = "Kantor Kecamatan (isi namanya)"
"""The office's name in a new Kantor.xlsx until somebody writes it."""

MIN_TORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What last year left to a unit's form: rows of its Indikator sheet with baseline and without targets, by sub kegiatan
    the draft for the TOR's I.f, its RAB rows and by sub kegiatan the texts of its TORs (``office/carried``)."""

    indicators: tuple[Row, ...] = ()
    progress: Mapping[str, str] = field(default_factory=dict)
    rab: tuple[Row, ...] = ()
    tors: Mapping[str, SheetContent] = field(default_factory=dict)


NOTHING = Start()


def as_rows(records: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    """The rows of a table that is to be written."""
    return tuple(Row(values=dict(record)) for record in records)


def reference_tables() -> dict[str, tuple[Row, ...]]:
    """The tables of Kantor.xlsx that come with the program: programs, accounts, example prices, lists, policies."""
    return {
        "program": as_rows(
            {"kode": n.kode, "level": n.level.value, "nama": n.nama, "indikator": n.indikator or None, "satuan": n.satuan or None}
            for n in programs().values()
        ),
        "rekening": as_rows(
            {"kode": a.kode, "uraian": a.uraian, "jenis_belanja": JENIS_BELANJA.get(a.jenis)} for a in accounts().values()
        ),
        "harga": as_rows(
            {
                "kode": p.kode, "uraian": p.uraian, "spesifikasi": p.spesifikasi or None, "satuan": p.satuan, "jenis": p.jenis,
                "harga": Decimal(p.harga), "sifat": "Estimasi" if p.jenis == "ASB" else "Batas tertinggi",
                "kode_rekening": p.kode_rekening or None, "sumber": "contoh",
            }
            for p in example_prices()
        ),
        "daftar_kantor": as_rows({"daftar": name, "nilai": value} for name, values in EDITABLE.items() for value in values),
        "kriteria_iku": as_rows({"kriteria": name, "bobot": Decimal(weight)} for name, weight in KRITERIA_IKU.items()),
        "kebijakan": as_rows(
            {"kunci": p.key, "kebijakan": p.label, "nilai": p.default, "keterangan": p.keterangan} for p in POLICIES
        ),
    }  # fmt: skip


def book_of(book: Book, forms: Mapping[str, Mapping[str, object]], tables: Mapping[str, tuple[Row, ...]]) -> BookContent:
    """Content of a book whose sheets appear once, from its forms' values and its tables' rows."""
    sheets = []
    for sheet in book.sheets:
        keys = {block.key for block in sheet.blocks}
        own = {k: Row(values=dict(v)) for k, v in forms.items() if k in keys}
        sheets.append(SheetContent(key=sheet.key, forms=own, tables={k: v for k, v in tables.items() if k in keys}))
    return BookContent(book=book, sheets=tuple(sheets))


def new_kantor(tahun: int) -> BookContent:
    """A new year's Kantor.xlsx: the units of a typical kecamatan and all lists; the rest is the office's to write."""
    form = {"nama": PLACEHOLDER, "tahun": Decimal(tahun), "tahap": "usulan"}
    return book_of(KANTOR, {"kantor": form}, {"unit": as_rows(table_rows("unit_awal")), **reference_tables()})


_OF_ONE_YEAR = ("penerimaan", "riwayat_tahap", "batas_pengukuran", "penerimaan_tw", "pagu", "surat_pimpinan")


def next_kantor(old: BookContent, tahun: int) -> BookContent:
    """Last year's Kantor.xlsx carried over: units, officials, Renstra, prices, lists and policies stay.

    Dates, receipts and pagu belong to the old year and start empty; Renstra targets move along with the year.
    """
    form = old.form("kantor")
    before = form.get("tahun") if form else None
    step = tahun - int(before) if isinstance(before, Decimal) else 0
    fresh = {"tahun": Decimal(tahun), "tahap": "usulan", "tanggal": None, "batas_usulan": None, "batas_perbaikan": None}
    values = {**(form.values if form else {}), **fresh}
    tables = {key: old.rows(key) for s in KANTOR.sheets for key in (b.key for b in s.blocks) if key not in _OF_ONE_YEAR}
    tables["renstra"] = tuple(replace(row, values=_moved(row.values, step)) for row in tables["renstra"])
    return book_of(KANTOR, {"kantor": values}, {k: v for k, v in tables.items() if k != "kantor"})


def _moved(values: Mapping[str, object], step: int) -> dict[str, object]:
    targets = [values.get(f"target_{n}") for n in range(RENSTRA_YEARS)]
    moved = (targets[step:] + [None] * step)[:RENSTRA_YEARS] if 0 <= step <= RENSTRA_YEARS else [None] * RENSTRA_YEARS
    return {**values, **{f"target_{n}": target for n, target in enumerate(moved)}}


def unit_identity(office: Office, unit: Unit, book: Book = USULAN) -> Identity:
    return Identity(book=book.key, version=str(book.version), tahun=str(office.tahun), unit=unit.kode, kantor=office.nama)


def kantor_identity(content: BookContent) -> Identity:
    form = content.form("kantor") or Row(values={})
    year = form.get("tahun")
    tahun = str(int(year)) if isinstance(year, Decimal) else ""
    return Identity(
        book=content.book.key, version=str(content.book.version), tahun=tahun, unit="", kantor=str(form.get("nama") or "")
    )


def _person(prefix: str, official: Official | None, *fields: str) -> dict[str, object]:
    return {f"{prefix}_{field}": (getattr(official, field) or None) if official else None for field in fields}


def second_party(office: Office, unit: Unit) -> Official | None:
    """Pihak Kedua of a unit's PK: who holds the post that receives it, else the unit's superior."""
    return office.official(office.superior(unit)) or office.official(unit.atasan)


def blank_unit(office: Office, unit: Unit, tors: int | None = None, book: Book = USULAN, start: Start = NOTHING) -> BookContent:
    """A unit's form with its name, officials and codes: one TOR per sub kegiatan of its pagu, at least ``tors``.

    ``start``: what last year left to it.
    """
    head, chief, other = office.official(unit.kode), office.official(unit.atasan), second_party(office, unit)
    identity: dict[str, object] = {
        "kantor": office.nama, "unit": unit.kode, "nama_unit": unit.nama, "tahun": Decimal(office.tahun), "revisi": Decimal(0),
        **_person("kepala", head, "nama", "nip", "jabatan", "status"),
        **_person("atasan", chief, "nama", "nip", "jabatan"),
    }  # fmt: skip
    pk = _person("pertama", head, "nama", "jabatan") | _person("kedua", other, "nama", "jabatan")
    pk["tempat"] = office.tempat or None
    forms: dict[str, dict[str, object]] = {"identitas": identity, "pk": pk}
    subs = [sub for (kode, sub), _ in office.pagu.items() if kode == unit.kode] or list(start.tors)
    rab = tuple(row for row in start.rab if row.get("kode_sub") in subs)
    count = max(len(subs), 1 if subs else MIN_TORS) if tors is None else max(tors, 1)
    sheets: list[SheetContent] = []
    for sheet in book.sheets:
        if sheet.key == "tor":
            sheets += [
                _blank_tor(office, (head, chief), subs[i] if i < len(subs) else None, _tab(sheet.name, i), start)
                for i in range(count)
            ]
        else:
            own = {key: Row(values=values) for key, values in forms.items() if key == sheet.key}
            tables = {key: rows for key, rows in (("indikator", start.indicators), ("rab", rab)) if key == sheet.key}
            sheets.append(SheetContent(key=sheet.key, forms=own, tables=tables))
    return BookContent(book=book, sheets=tuple(sheets))


def _tab(name: str, index: int) -> str:
    """Name of the ``index``-th copy of a sheet, from 0."""
    return name if index == 0 else f"{name} ({index + 1})"


def _blank_tor(
    office: Office, people: tuple[Official | None, Official | None], sub: str | None, tab: str, start: Start
) -> SheetContent:
    head, chief = people
    left = start.tors.get(sub or "", SheetContent(key="tor"))
    form = {
        **(left.forms["tor"].values if left.forms else {}),
        "kode_sub": sub, "kemajuan": start.progress.get(sub or ""), "tempat": office.tempat or None,
        "penanda_tangan": head.nama if head else None, "penanda_nip": (head.nip or None) if head else None,
        "mengetahui": chief.nama if chief else None, "mengetahui_jabatan": chief.post if chief else None,
        "mengetahui_nip": (chief.nip or None) if chief else None,
    }  # fmt: skip
    return SheetContent(key="tor", name=tab, forms={"tor": Row(values=form)}, tables=left.tables)


# ---- Which lists a workbook carries: the closed ones of the guideline, the office's own, and the coded ones ----
# ``default_listings`` serves Kantor.xlsx itself and checking without an office; ``unit_listings`` a unit's form.

_TITLES = {
    "ya_tidak": "Ya/Tidak", "tanda": "Tanda", "jenis_belanja": "Jenis belanja", "jenis_standar": "Standar harga",
    "sifat_harga": "Sifat harga", "sifat_kegiatan": "Sifat kegiatan", "tahap_kerja": "Tahap kerja",
    "jenis_lampiran": "Jenis lampiran", "level_indikator": "Level indikator", "tipe_indikator": "Tipe indikator",
    "tingkat": "Tingkat", "arah": "Arah", "akumulasi": "Cara menjumlah", "status_pejabat": "Status jabatan",
    "tahap": "Tahap", "tingkat_catatan": "Tingkat catatan",
    "level_program": "Level", "sumber_dana": "Sumber dana", "dimensi": "Dimensi", "skala": "Skala",
    "satuan": "Satuan", "sub_kegiatan": "Sub kegiatan", "kode_program": "Program, kegiatan, sub kegiatan",
    "kriteria_iku": "Kriteria IKU dan bobotnya", "sebutan_satuan": "Sebutan satuan, tanpa spasi dan tanda",
    "rekening": "Rekening belanja", "standar": "Standar harga (SSH, SBU, HSPK, ASB)",
}  # fmt: skip


def _plain(values: Mapping[str, Iterable[str]]) -> list[Listing]:
    return [_listing(name, ((v,) for v in entries)) for name, entries in values.items()]


def _listing(name: str, rows: Iterable[tuple[object, ...]]) -> Listing:
    return Listing(name=name, title=_TITLES[name], rows=tuple(rows))


def _named(listings: Iterable[Listing], measures: Measures) -> Listings:
    return Listings(by_name={listing.name: listing for listing in listings}, measures=measures)


def default_listings(measures: Measures = COMMON) -> Listings:
    """Lists that need no office: the guideline's, their defaults, and the units of measure, an office's own among them."""
    plain = _plain({SATUAN: measures.names, **CHOICES, **EDITABLE})
    return _named([*plain, _listing("kriteria_iku", KRITERIA_IKU.items())], measures)


def _codes(name: str, nodes: Iterable[ProgramNode]) -> Listing:
    return _listing(name, ((node.kode, node.nama) for node in nodes))


def office_listings(office: Office, unit: Unit | None = None) -> Listings:
    """All lists of a form. With a unit, codes are limited to its duties: its pagu first decides, then its tugas."""
    nodes = [n for n in sorted(office.programs.values(), key=lambda n: n.kode) if unit is None or unit.concerned(n.kode)]
    own = {sub for (kode, sub), _ in office.pagu.items() if unit is not None and kode == unit.kode}
    subs = [n for n in nodes if n.level is Level.SUBKEGIATAN]
    extra = [office.programs[k] for k in sorted(own - {n.kode for n in subs}) if k in office.programs]
    return _named(
        [
            _codes("sub_kegiatan", [*subs, *extra]),
            _codes("kode_program", [*nodes, *extra]),
            _listing("rekening", _leaf_accounts(office)),
            _listing("standar", office.prices.listed()),
            *_plain({SATUAN: office.satuan.names, **CHOICES, **office.lists}),
            _listing("kriteria_iku", office.bobot_iku.items()),
            _listing(SEBUTAN, office.satuan.spellings.items()),
        ],
        office.satuan,
    )  # fmt: skip


def _leaf_accounts(office: Office) -> Iterable[tuple[object, ...]]:
    """Accounts that can be booked on (twelve digits, six parts), with their jenis belanja."""
    for kode, nama in sorted(office.accounts.items()):
        if kode.count(".") == 5:
            yield kode, nama, office.account_jenis.get(kode)
