"""A small invented office for tests: few codes, two units with two sub kegiatan each, files of a few dozen rows.

``Folder`` describes a year's folder as the clean one plus changes; ``said`` is what the program says about it. Places
name column keys, never letters: ``cell("rab", 0, "harga_satuan")`` is worked out from the writer's plan.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from unittest import mock

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.references import column_letters, coordinates
from kinerja_xl.lists import programs
from kinerja_xl.office.kantor import Office, Unit, build_office
from kinerja_xl.office.prefill import book_of, default_listings, kantor_identity, office_listings
from kinerja_xl.package import Package, patch, repack
from kinerja_xl.package.patch import CellValue
from kinerja_xl.sheets.choices import EDITABLE, JENIS_BELANJA, JENIS_LAMPIRAN_MODAL, SATUAN, SEBUTAN, Listings
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.kantor import KANTOR, POLICIES
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.sheets.tor import COSTS, MONTHS
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing import form as forms
from kinerja_xl.writing.form import SPECIAL, unit_book, write_book
from kinerja_xl.writing.form.places import SheetPlan, plan_sheet

Values = dict[str, object]
Place = tuple[str, str]
"""(sheet, cell)."""

SUB_A, SUB_B = "7.01.03.2.01.0003", "7.01.03.2.03.0002"  # pmd
SUB_C, SUB_D = "7.01.04.2.01.0001", "7.01.05.2.01.0002"  # trantib
PREPARED = 8
KANTOR_PREPARED = 30
TAHUN = 2025


def D(text: object) -> Decimal:
    return Decimal(str(text))


# ---- the office --------------------------------------------------------------------------------

_CODES = [
    code
    for sub in (SUB_A, SUB_B, SUB_C, SUB_D, "7.01.03.2.01.0001", "7.01.04.2.01.0002")
    for code in (sub[:7], sub[:12], sub)
]
_ACCOUNTS = {
    "5.1.02.01.01.0024": "Belanja Alat Tulis Kantor",
    "5.1.02.01.01.0052": "Belanja Makanan dan Minuman Rapat",
    "5.1.02.02.01.0003": "Honorarium Narasumber",
    "5.1.01.03.07.0001": "Honorarium Penanggung Jawab",
    "5.2.02.10.01.0002": "Belanja Modal Personal Computer",
}
_PRICES = (
    ("SSH.01", "Kertas HVS F4", "70 gram", "Rim", "SSH", 56_000, "5.1.02.01.01.0024"),
    ("SBU.01", "Honorarium narasumber", None, "Orang/Jam", "SBU", 900_000, "5.1.02.02.01.0003"),
    ("SBU.02", "Makan rapat", None, "Orang/Kali", "SBU", 35_000, "5.1.02.01.01.0052"),
    ("SSH.02", "Spanduk", None, "Meter", "SSH", 25_000, "5.1.02.01.01.0024"),
    ("SSH.03", "Komputer jinjing", "Layar 14 inci", "Unit", "SSH", 9_500_000, "5.2.02.10.01.0002"),
)


def _rows(records: Iterable[Mapping[str, object]]) -> tuple[Row, ...]:
    return tuple(Row(values=dict(record)) for record in records)


def _official(jabatan_kode: str, nama: str, nip: str, jabatan: str, mulai: date = date(2023, 1, 2)) -> Values:
    return {
        "jabatan_kode": jabatan_kode, "nama": nama, "nip": nip, "jabatan": jabatan, "status": "Definitif", "mulai": mulai,
    }  # fmt: skip


@cache
def office_content() -> BookContent:
    """Kantor.xlsx of the small office."""
    form: Values = {
        "nama": "Kantor Kecamatan Batu Putih", "pemda": "Pemerintah Kabupaten Telaga Biru", "tempat": "Batu Putih",
        "tahun": D(TAHUN), "tahap": "usulan", "tanggal": date(2024, 10, 1),
        "batas_usulan": date(2024, 9, 13), "batas_perbaikan": date(2024, 9, 27),
    }  # fmt: skip
    levels = {2: "program", 4: "kegiatan", 5: "subkegiatan"}
    tables: dict[str, Iterable[Mapping[str, object]]] = {
        "unit": [
            {"kode": "pmd", "nama": "Seksi Pemberdayaan Masyarakat", "atasan": "camat", "tugas": "7.01.03"},
            {"kode": "trantib", "nama": "Seksi Ketertiban Umum", "atasan": "camat", "tugas": "7.01.04, 7.01.05"},
        ],
        "pejabat": [
            _official("camat", "Rangga Paliwang", "197501012000031001", "Camat Batu Putih"),
            _official("sekcam", "Sari Wulandhani", "197802022003122002", "Sekretaris Camat"),
            _official("pmd", "Bima Tandilolo", "198003032005011003", "Kepala Seksi Pemberdayaan Masyarakat"),
            _official("trantib", "Citra Mandalele", "198204042006042004", "Kepala Seksi Ketertiban Umum"),
            _official("bupati", "Wiratma Lagaligo", "", "Bupati Telaga Biru"),
        ],
        "penerimaan": [
            {"unit": "pmd", "revisi": D(0), "tanggal": date(2024, 9, 10)},
            {"unit": "trantib", "revisi": D(0), "tanggal": date(2024, 9, 11)},
        ],
        "pagu": [
            {"unit": "pmd", "kode_sub": SUB_A, "pagu": D(10_000_000)},
            {"unit": "pmd", "kode_sub": SUB_B, "pagu": D(12_000_000)},
            {"unit": "trantib", "kode_sub": SUB_C, "pagu": D(10_000_000)},
            {"unit": "trantib", "kode_sub": SUB_D, "pagu": D(10_000_000)},
        ],
        "renstra": [
            {
                "misi": "Desa yang maju", "tujuan": "Masyarakat berdaya", "kode_sasaran": "S1", "sasaran": "Lembaga desa aktif",
                "indikator": "Persentase lembaga desa aktif", "satuan": "%", "arah": "Naik",
                "kondisi_awal": D(70), "target_0": D(75),
            }
        ],
        "program": [
            {
                "kode": code, "level": levels[code.count(".")], "nama": programs()[code].nama,
                "kode_sasaran": "S1" if code == "7.01.03" else None,
            }
            for code in dict.fromkeys(_CODES)
        ],
        "pk_pimpinan": [
            {
                "jabatan_kode": "camat", "sasaran": "Lembaga desa aktif", "indikator": "Persentase lembaga desa aktif",
                "level": "Outcome", "satuan": "%", "target": D(75),
            },
            {
                "jabatan_kode": "sekcam", "sasaran": "Lembaga desa aktif", "indikator": "Persentase lembaga desa aktif",
                "level": "Outcome", "satuan": "%", "target": D(75),
            },
        ],
        "surat_pimpinan": [
            {"jabatan_kode": kode, "tanggal_disampaikan": date(2024, 10, 1), "tanggal_disetujui": date(2024, 10, 1)}
            for kode in ("camat", "sekcam")
        ],
        "harga": [
            dict(
                zip(("kode", "uraian", "spesifikasi", "satuan", "jenis", "harga", "kode_rekening"), price, strict=True),
                harga=D(price[5]), sifat="Batas tertinggi", sumber="contoh",
            )
            for price in _PRICES
        ],
        "rekening": [
            {"kode": kode, "uraian": uraian, "jenis_belanja": JENIS_BELANJA[kode[:6] if kode[2] == "1" else "5.2"]}
            for kode, uraian in _ACCOUNTS.items()
        ],
        "daftar_kantor": [{"daftar": name, "nilai": value} for name, values in EDITABLE.items() for value in values],
        "renja_lalu": [],
        "janji_outcome": [],
        "riwayat_tahap": [],
        "batas_pengukuran": [],
        "tingkat_catatan": [],
        "kriteria_iku": [],
        "kebijakan": [{"kunci": p.key, "nilai": "pmd" if p.unit else p.default} for p in POLICIES],
    }  # fmt: skip
    return book_of(KANTOR, {"kantor": form}, {key: _rows(rows) for key, rows in tables.items()})


def small_office(content: BookContent | None = None) -> Office:
    """The office as an object."""
    return build_office(content or office_content())


# ---- the units ---------------------------------------------------------------------------------


def line(sub: str, rekening: str, uraian: str, harga: object, *factors: object, satuan: str, **more: object) -> Values:
    """One RAB row; ``factors`` alternate number and unit."""
    values: Values = {
        "kode_sub": sub, "kode_rekening": rekening, "uraian": uraian, "satuan": satuan, "harga_satuan": D(harga),
        "jenis_belanja": JENIS_BELANJA["5.2" if rekening.startswith("5.2") else rekening[:6]], "sumber_dana": "APBD",
    }  # fmt: skip
    for number in range(len(factors) // 2):
        values[f"koef_{number + 1}"] = D(factors[2 * number])
        values[f"sat_{number + 1}"] = factors[2 * number + 1]
    return values | more


def _standard(kode: str) -> Values:
    return {"jenis_standar": kode[:3], "kode_standar": kode}


RAB = {
    "pmd": (
        line(SUB_A, "5.1.02.01.01.0024", "Kertas HVS F4", 55_000, 10, "Rim", satuan="Rim",
             prakiraan_maju=D(600_000), **_standard("SSH.01")),
        line(SUB_A, "5.1.02.02.01.0003", "Honorarium narasumber", 900_000, 2, "Orang", 3, "Jam", satuan="Orang/Jam",
             **_standard("SBU.01")),
        line(SUB_A, "5.1.02.01.01.0052", "Makan rapat", 35_000, 30, "Orang", 2, "Kali", satuan="Orang/Kali",
             ppn=D(210_000), **_standard("SBU.02")),
        line(SUB_B, "5.1.02.01.01.0024", "Spanduk", 25_000, "2.5", "Meter", 4, "Lembar", satuan="Meter", **_standard("SSH.02")),
        line(SUB_B, "5.2.02.10.01.0002", "Komputer jinjing", 9_500_000, 1, "Unit", satuan="Unit",
             spesifikasi="Layar 14 inci", **_standard("SSH.03")),
    ),
    "trantib": (
        line(SUB_C, "5.1.02.01.01.0052", "Makan rapat", 35_000, 40, "Orang", satuan="Orang/Kali", **_standard("SBU.02")),
        line(SUB_C, "5.1.01.03.07.0001", "Honorarium penanggung jawab", 400_000, 1, "Orang", 12, "Bulan", satuan="Orang/Bulan"),
        line(SUB_D, "5.1.02.02.01.0003", "Honorarium narasumber", 900_000, 4, "Orang", 2, "Jam", satuan="Orang/Jam",
             **_standard("SBU.01")),
    ),
}  # fmt: skip


def goal(kode: str, level: str, nama: str, satuan: str, target: object, **more: object) -> Values:
    """One row of the Indikator sheet."""
    values: Values = {
        "kode": kode, "level": level, "nama": nama, "sasaran": "Lembaga desa aktif", "tipe": "Kuantitas absolut",
        "dimensi": "Efektif", "tingkat": "Unit kerja", "satuan": satuan, "arah": "Naik", "akumulasi": "Jumlah",
        "target": D(target) if not isinstance(target, str) else target, "definisi": f"Banyaknya hasil dalam setahun: {nama}",
        "sumber_data": "Laporan unit", "penanggung_jawab": "Kepala Seksi", "iku": "Tidak", "smart_spesifik": "Ya",
        "smart_dicapai": "Ya", "smart_realistis": "Ya", "smart_alasan": f"Jelas dan terukur: {nama}",
    }  # fmt: skip
    return values | more


def _quarters(*targets: object) -> Values:
    return {f"tw_{n}": t if isinstance(t, str) else D(t) for n, t in enumerate(targets, start=1) if t is not None}


INDIKATOR = {
    "pmd": (
        goal(SUB_A, "Output", "Jumlah laporan pemberdayaan", "Laporan", 4, **_quarters(1, 1, 1, 1)),
        goal(SUB_B, "Output", "Jumlah lembaga dilatih", "Lembaga Kemasyarakatan", 10, **_quarters(None, 5, 5)),
        goal("7.01.03", "Outcome", "Persentase lembaga desa aktif", "%", 75, tipe="Persentase", pembilang="Lembaga aktif",
             penyebut="Semua lembaga", akumulasi="Nilai terakhir", iku="Ya", **_quarters(70, 70, 72, 75)),
    ),
    "trantib": (
        goal(SUB_C, "Output", "Jumlah laporan sinergi", "Laporan", 12, **_quarters(3, 3, 3, 3)),
        goal(SUB_D, "Output", "Jumlah peserta pembinaan", "Orang", 100, akumulasi="Rata-rata", **_quarters(90, 110)),
        goal("7.01.04", "Outcome", "Waktu tanggap aduan", "Hari", 3, arah="Rentang", batas_bawah=D(2), batas_atas=D(4),
             akumulasi="Nilai terakhir"),
        goal("7.01.05", "Outcome", "Mutu pembinaan", "Nilai", "Baik", tipe="Kualitatif", akumulasi="Nilai terakhir"),
    ),
}  # fmt: skip


def costs(rab: Iterable[Mapping[str, object]], sub: str) -> Values:
    """Section VI of a TOR from RAB rows."""
    names = {name: COSTS[key] for key, name in JENIS_BELANJA.items()}
    found: dict[str, Decimal] = {}
    for row in rab:
        if row["kode_sub"] == sub:
            key = names[str(row["jenis_belanja"])]
            found[key] = found.get(key, Decimal(0)) + (jumlah_value(row) or 0)
    return dict(found)


def candidate(nama: str, **more: object) -> Values:
    """One row of the candidates for IKU, chosen, with scores that the default weights make 4,35."""
    scores = {f"skor_{number}": D(score) for number, score in enumerate((5, 4, 4, 4, 5), start=1)}
    words = {"pernyataan_hasil": "Lembaga desa bekerja", "nama": nama, "alasan": "Hasilnya dirasakan warga", "dipilih": "Ya"}
    return {**words, **scores} | more


IKU = {"pmd": (candidate("Persentase lembaga desa aktif"),), "trantib": ()}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What one unit asks for, as rows of the sheets of its workbook."""

    kode: str
    rab: tuple[Values, ...]
    indikator: tuple[Values, ...]
    iku: tuple[Values, ...] = ()


def _tor(own: Proposal, office: Office, sub: str, index: int) -> SheetContent:
    output, head = next(g for g in own.indikator if g["kode"] == sub), office.official(own.kode)
    text = {
        key: f"Uraian {key.replace('_', ' ')} kegiatan {index + 1}"
        for key in (
            "judul", "penanggung_jawab", "lokasi", "latar_belakang", "keterkaitan", "dasar_hukum", "manfaat", "tujuan",
            "sasaran", "lingkup_perencanaan", "lingkup_pelaksanaan", "lingkup_pengendalian", "lingkup_evaluasi", "input",
            "outcome", "penutup",
        )
    }  # fmt: skip
    unit = office.unit(own.kode)
    chief = office.official(unit.atasan) if unit else None
    text |= {"dasar_hukum": "Peraturan Daerah Nomor 4 Tahun 2016"}
    text |= {"penanda_tangan": head.nama if head else "", "mengetahui": chief.nama if chief else ""}
    form: Values = {
        **text, "sasaran": f"Empat rapat kegiatan {index + 1} pada triwulan IV", "kode_sub": sub,
        "sifat": "Biasa", "tanggal_mulai": date(office.tahun, 2, 3), "tanggal_selesai": date(office.tahun, 11, 28),
        **costs(own.rab, sub), "output": output["nama"], "output_target": output["target"], "output_satuan": output["satuan"],
        "outcome_target": D(80), "outcome_satuan": "%", "outcome_tahun": D(office.tahun + 3), "tempat": office.tempat,
        "penanda_nip": head.nip if head else None,
    }  # fmt: skip
    plan = [
        {"tahap": tahap, "kegiatan": "Rapat dan pelatihan", **dict.fromkeys(months, "x")}
        for tahap, months in (
            ("Pelaksanaan", (MONTHS[1], MONTHS[10])), ("Perencanaan", MONTHS[1:2]),
            ("Pengendalian", MONTHS[2:4]), ("Evaluasi", MONTHS[9:10]),
        )
    ]  # fmt: skip
    return SheetContent(
        key="tor", name="TOR" if index == 0 else f"TOR ({index + 1})", forms={"tor": Row(values=form)},
        tables={
            "jadwal": _rows(plan),
            "lampiran": _rows([{"jenis": jenis, "dokumen": f"{jenis}.pdf"} for jenis in JENIS_LAMPIRAN_MODAL]),
        },
    )  # fmt: skip


def unit_content(kode: str, book: Book = USULAN) -> BookContent:
    """The filled workbook of ``pmd`` or ``trantib``: everything in it agrees. ``book`` is the version."""
    content = _unit_content(kode)
    return content if book is USULAN else replace(content, book=book)


@cache
def _unit_content(kode: str) -> BookContent:
    own = Proposal(kode=kode, rab=RAB[kode], indikator=INDIKATOR[kode], iku=IKU[kode])
    return proposal_content(own, small_office())


def proposal_content(own: Proposal, office: Office) -> BookContent:
    """The filled workbook of a unit that asks for this: everything in it agrees."""
    kode, tahun = own.kode, office.tahun
    unit, head = office.unit(kode), office.official(kode)
    chief = office.official(unit.atasan) if unit else None
    assert unit and head and chief
    identitas: Values = {
        "kantor": office.nama, "unit": kode, "nama_unit": unit.nama, "tahun": D(tahun), "kepala_nama": head.nama,
        "kepala_nip": head.nip, "kepala_jabatan": head.jabatan, "kepala_status": head.status, "atasan_nama": chief.nama,
        "atasan_jabatan": chief.jabatan, "revisi": D(0), "tanggal_disampaikan": date(tahun - 1, 9, 9),
    }  # fmt: skip
    subs = list(dict.fromkeys(str(row["kode_sub"]) for row in own.rab))
    goals = [g for g in own.indikator if g["level"] in ("Output", "Outcome")]
    kinerja = [{**{k: g[k] for k in ("sasaran", "level", "satuan", "target")}, "indikator": g["nama"]} for g in goals]
    parties: Values = {
        "pertama_nama": head.nama, "kedua_nama": chief.nama,
        "tanggal_disampaikan": date(tahun, 1, 6), "tanggal_disetujui": date(tahun, 1, 8),
    }  # fmt: skip
    anggaran = [{"kode": sub, "anggaran": sum(costs(own.rab, sub).values()), "keterangan": "APBD"} for sub in subs]  # type: ignore[call-overload]
    return BookContent(
        book=USULAN,
        sheets=(
            SheetContent(key="identitas", forms={"identitas": Row(values=identitas)}),
            *(_tor(own, office, sub, index) for index, sub in enumerate(subs)),
            SheetContent(key="rab", tables={"rab": _rows(own.rab)}),
            SheetContent(key="indikator", tables={"indikator": _rows(own.indikator)}),
            SheetContent(
                key="iku",
                forms={"iku_penetapan": Row(values={"tim": "Sari dan Bima", "nomor_keputusan": f"12 Tahun {tahun}"})},
                tables={"iku": _rows(own.iku)},
            ),
            SheetContent(
                key="pk",
                forms={"pk": Row(values=parties)},
                tables={"pk_kinerja": _rows(kinerja), "pk_anggaran": _rows(anggaran)},
            ),
        ),
    )


UNITS = ("pmd", "trantib")
FILES = {kode: f"Usulan-{kode}-{TAHUN}.xlsx" for kode in UNITS}


# ---- changing contents ---------------------------------------------------------------------------


def edit(content: BookContent, table: str, index: int, /, sheet: int = 0, **values: object) -> BookContent:
    """The content with cells of one row changed; rows up to ``index`` are added blank. A form's row is 0.

    ``sheet`` counts the sheets that carry the block (the second TOR is 1).
    """
    count = -1
    sheets = []
    for one in content.sheets:
        holds = table in one.forms or table in one.tables
        count += holds
        if not holds or count != sheet:
            sheets.append(one)
        elif table in one.forms:
            form = one.forms[table]
            sheets.append(replace(one, forms={**one.forms, table: replace(form, values={**form.values, **values})}))
        else:
            rows = list(one.tables[table]) + [Row(values={})] * max(0, index + 1 - len(one.tables[table]))
            rows[index] = replace(rows[index], values={**rows[index].values, **values})
            sheets.append(replace(one, tables={**one.tables, table: tuple(rows)}))
    assert count >= sheet, table
    return replace(content, sheets=tuple(sheets))


def without(content: BookContent, table: str, *indexes: int) -> BookContent:
    """The content without these rows of a table (all of them when none is named)."""

    def kept(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row for i, row in enumerate(rows) if indexes and i not in indexes)

    return replace(
        content,
        sheets=tuple(
            replace(s, tables={k: kept(v) if k == table else v for k, v in s.tables.items()}) for s in content.sheets
        ),
    )


# ---- bytes ---------------------------------------------------------------------------------------


def prepared(book: Book) -> dict[str, int]:
    rows = KANTOR_PREPARED if book.key == "kantor" else PREPARED
    return {block.key: rows for sheet in book.sheets for block in sheet.blocks}


_WRITTEN: dict[str, bytes] = {}


def _once(kind: str, content: BookContent, write: Callable[[], bytes]) -> bytes:
    """The same content is written once: many tests begin with the same office. What they judge is who reads it."""
    key = f"{kind} {content!r}"
    if key not in _WRITTEN:
        if len(_WRITTEN) > 200:
            _WRITTEN.pop(next(iter(_WRITTEN)))
        _WRITTEN[key] = write()
    return _WRITTEN[key]


def kantor_bytes(content: BookContent) -> bytes:
    """Kantor.xlsx with few prepared rows."""
    return _once("kantor", content, lambda: _kantor_bytes(content))


def _kantor_bytes(content: BookContent) -> bytes:
    return write_book(
        content, few_units(default_listings()), kantor_identity(content), subtitle="Kantor kecil", rows=prepared(content.book)
    )


def unit_bytes(content: BookContent, office: Office | None = None, unit: Unit | None = None, *, whole: bool = False) -> bytes:
    """A unit's workbook with few prepared rows; whose it is, its Identitas says (unknown units are made up). ``whole``: with
    all of its lists and Cek Mandiri."""
    if office or unit or whole:
        return _unit_bytes(content, office or small_office(), unit, whole=whole)
    return _once("unit", content, lambda: _unit_bytes(content, small_office(), None, whole=False))


def _unit_bytes(content: BookContent, office: Office, unit: Unit | None, *, whole: bool) -> bytes:
    form = content.form("identitas")
    kode = str(form.get("unit")) if form else "pmd"
    unit = unit or office.unit(kode) or replace(office.units[0], kode=kode, nama=kode)
    # Half of the time goes into the formulas of Cek Mandiri and the units that it knows, which no reader looks at; other tests
    # write them.
    if whole:
        return unit_book(content, office, unit, rows=prepared(content.book))
    with (
        mock.patch.dict(SPECIAL, {"cek_mandiri": lambda *_: None}),
        mock.patch.object(forms, "office_listings", lambda *who: few_units(office_listings(*who))),
    ):
        return unit_book(content, office, unit, rows=prepared(content.book))


def few_units(lists: Listings) -> Listings:
    """Lists that offer the first units of measure only: the longest one, of which a drop-down is all that is made."""
    short = {SATUAN: lists.by_name[SATUAN].rows[:3], SEBUTAN: ()}
    named = {name: replace(one, rows=short.get(name, one.rows)) for name, one in lists.by_name.items()}
    return replace(lists, by_name=named)


@cache
def clean(name: str) -> bytes:
    """The bytes of ``Kantor.xlsx`` or of a unit's clean workbook (by its code)."""
    return kantor_bytes(office_content()) if name == "kantor" else unit_bytes(unit_content(name))


# ---- places --------------------------------------------------------------------------------------


@cache
def _plan(book_key: str, block: str, sheet: str = "") -> SheetPlan:
    book = KANTOR if book_key == "kantor" else USULAN
    declared = next(s for s in book.sheets if any(b.key == block for b in s.blocks))
    return plan_sheet(declared, sheet or declared.name, prepared(book))


def _book_of(block: str) -> str:
    return "usulan" if any(b.key == block for s in USULAN.sheets for b in s.blocks) else "kantor"


def cell(block: str, row: int | str, key: str = "", sheet: str = "") -> Place:
    """The place of a form's field (``cell("tor", "judul")``) or of a table's cell (``cell("rab", 0, "uraian")``).

    ``row`` of a table may also be "kunci", "judul" or "jumlah": the key row, the headings, the totals above it.
    """
    plan = _plan(_book_of(block), block, sheet)
    if block in plan.forms:
        return plan.name, plan.field_cell(block, str(row), absolute=False)
    place = plan.tables[block]
    line = place.first_row + row if isinstance(row, int) else {
        "kunci": place.key_row, "judul": place.head_row, "jumlah": place.total_row
    }[row]  # fmt: skip
    assert line is not None
    return plan.name, f"{column_letters(place.index(key) + 1)}{line + 1}"


def patched(data: bytes, changes: Mapping[Place, CellValue]) -> bytes:
    """Raw cells changed, everything else as it was (results of formulas too)."""
    return patch(data, changes)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {entry.filename: zipped.read(entry) for entry in zipped.infolist()}


def with_parts(data: bytes, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> bytes:
    """The file with parts changed or added."""
    old = parts(data)
    return repack({**old, **change(old)})


def replaced(data: bytes, path: str, pattern: str, new: str, count: int = 0) -> bytes:
    """One part changed by a regular expression that must match."""

    def change(old: dict[str, bytes]) -> dict[str, bytes]:
        text, number = re.subn(pattern, new, old[path].decode(), count=count)
        assert number, (path, pattern)
        return {path: text.encode()}

    return with_parts(data, change)


def sheet_path(data: bytes, name: str) -> str:
    return next(s.path for s in Package.open(data).sheets if s.name == name)


def without_sheet(data: bytes, name: str) -> bytes:
    """The workbook after somebody deleted a sheet: it stands in no list, and nothing leads to it."""
    listed = rf'<sheet name="{re.escape(name)}"[^>]*/>'
    found = re.search(listed, zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml").decode())
    assert found
    way = re.search(r'r:id="(\w+)"', found[0])
    assert way
    gone = replaced(data, "xl/_rels/workbook.xml.rels", rf'<Relationship [^>]*\bId="{way[1]}"[^>]*/>', "")
    return replaced(gone, "xl/workbook.xml", listed, "")


def renamed_sheet(data: bytes, name: str, new: str) -> bytes:
    return replaced(data, "xl/workbook.xml", rf'<sheet name="{re.escape(name)}"', f'<sheet name="{new}"')


def with_copy(data: bytes, name: str, new: str) -> bytes:
    """The workbook after somebody copied a sheet (without its Excel tables, which do not matter here)."""
    source = sheet_path(data, name)

    def change(old: dict[str, bytes]) -> dict[str, bytes]:
        sheet = re.sub(rb"<tableParts.*?</tableParts>|<(?:legacyD|d)rawing[^>]*/>", b"", old[source])
        types = old["[Content_Types].xml"].decode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        over = f'<Override PartName="/xl/worksheets/salinan.xml" ContentType="{kind}"/></Types>'
        rels = old["xl/_rels/workbook.xml.rels"].decode()
        uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        rel = f'<Relationship Id="rId900" Type="{uri}" Target="worksheets/salinan.xml"/></Relationships>'
        book = old["xl/workbook.xml"].decode()
        entry = f'<sheet name="{new}" sheetId="900" r:id="rId900"/></sheets>'
        return {
            "xl/worksheets/salinan.xml": sheet,
            "[Content_Types].xml": types.replace("</Types>", over).encode(),
            "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", rel).encode(),
            "xl/workbook.xml": book.replace("</sheets>", entry).encode(),
        }

    return with_parts(data, change)


def reshaped(data: bytes, name: str, *, column: int = 0, row: int = 0, by: int = 1) -> bytes:
    """A column or a row (1-based) inserted before that one (``by`` > 0) or deleted (``by`` = -1), as a sheet program does.

    Formulas keep their text: nobody calculates them here.
    """
    path = sheet_path(data, name)
    xml = parts(data)[path].decode()

    def moved_cell(match: re.Match[str]) -> str:
        line, where = coordinates(match["ref"])
        gone = by < 0 and (where == column or line == row)
        where += by if column and where > column - (by > 0) else 0
        line += by if row and line > row - (by > 0) else 0
        return "" if gone else f'<c r="{column_letters(where)}{line}"{match["rest"]}'

    def moved_row(match: re.Match[str]) -> str:
        line = int(match["n"])
        return f'<row r="{line + (by if row and line > row - (by > 0) else 0)}"'

    if row and by < 0:
        xml = re.sub(rf'<row r="{row}"(?:[^>]*/>|.*?</row>)', "", xml, flags=re.DOTALL)
    xml = re.sub(r'<c r="(?P<ref>[A-Z]+\d+)"(?P<rest>[^>]*/>|.*?</c>)', moved_cell, xml, flags=re.DOTALL)
    xml = re.sub(r'<row r="(?P<n>\d+)"', moved_row, xml)
    xml = re.sub(r' spans="[^"]*"|<mergeCells.*?</mergeCells>|<tableParts.*?</tableParts>', "", xml, flags=re.DOTALL)
    return with_parts(data, lambda old: {path: xml.encode()})


# ---- a year's folder -----------------------------------------------------------------------------


@dataclass(kw_only=True)
class Folder:
    """The clean folder plus changes. Every method changes it and returns it, so that a case is one expression."""

    kantor: BookContent = field(default_factory=office_content)
    units: dict[str, BookContent] = field(default_factory=lambda: {kode: unit_content(kode) for kode in UNITS})
    names: dict[str, str] = field(default_factory=lambda: dict(FILES))
    cells: dict[str, dict[Place, CellValue]] = field(default_factory=dict)
    bends: dict[str, list[Callable[[bytes], bytes]]] = field(default_factory=dict)
    more: dict[str, bytes] = field(default_factory=dict)
    archive: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    office: bool = True

    def edit(self, who: str, table: str, index: int = 0, /, sheet: int = 0, **values: object) -> Folder:
        """Content of ``kantor`` or of a unit changed, formulas along with it."""
        if who == "kantor":
            self.kantor = edit(self.kantor, table, index, sheet, **values)
        else:
            self.units[who] = edit(self.units[who], table, index, sheet, **values)
        return self

    def without(self, who: str, table: str, *indexes: int) -> Folder:
        if who == "kantor":
            self.kantor = without(self.kantor, table, *indexes)
        else:
            self.units[who] = without(self.units[who], table, *indexes)
        return self

    def put(self, who: str, place: Place, value: CellValue) -> Folder:
        """One raw cell changed in the finished file."""
        self.cells.setdefault(who, {})[place] = value
        return self

    def bend(self, who: str, change: Callable[[bytes], bytes]) -> Folder:
        """The finished bytes changed."""
        self.bends.setdefault(who, []).append(change)
        return self

    def add(self, name: str, data: bytes) -> Folder:
        """Another file in masuk/."""
        self.more[name] = data
        return self

    def keep(self, name: str, make: Callable[[], bytes]) -> Folder:
        """A file in arsip/, made when the folder is written."""
        self.archive[name] = make
        return self

    def name(self, who: str, name: str) -> Folder:
        self.names[who] = name
        return self

    def drop(self, who: str) -> Folder:
        """The unit's file never came, or there is no Kantor.xlsx."""
        if who == "kantor":
            self.office = False
        else:
            del self.units[who]
        return self

    def bytes_of(self, who: str) -> bytes:
        content = self.kantor if who == "kantor" else self.units[who]
        if content is (office_content() if who == "kantor" else unit_content(who)):
            data = clean(who)
        else:
            data = kantor_bytes(content) if who == "kantor" else unit_bytes(content)
        if who in self.cells:
            data = patched(data, self.cells[who])
        for change in self.bends.get(who, ()):
            data = change(data)
        return data

    def write(self, place: Path) -> Path:
        """The folder on disk."""
        masuk = place / "masuk"
        masuk.mkdir(parents=True)
        if self.office:
            (place / "Kantor.xlsx").write_bytes(self.bytes_of("kantor"))
        for kode in self.units:
            (masuk / self.names[kode]).write_bytes(self.bytes_of(kode))
        for name, data in self.more.items():
            (masuk / name).parent.mkdir(parents=True, exist_ok=True)
            (masuk / name).write_bytes(data)
        for name, make in self.archive.items():
            (place / "arsip").mkdir(exist_ok=True)
            (place / "arsip" / name).write_bytes(make())
        return place


def write(place: Path, *contents: BookContent, kantor: BookContent | None = None) -> Path:
    """A year's folder with these units' contents."""
    folder = Folder(kantor=kantor or office_content())
    folder.units = {str(c.form("identitas").get("unit")): c for c in contents}  # type: ignore[union-attr]
    return folder.write(place)


def places_of(findings: Iterable[Finding]) -> set[tuple[str, str, str]]:
    """(code, sheet, cell) of findings. Nothing may be said twice."""
    said = [(f.file, f.code, f.sheet, f.cell, f.value if not f.cell else "") for f in findings]
    twice = [place for place, number in Counter(said).items() if number > 1]
    assert not twice, twice
    return {(code, sheet, cell) for _, code, sheet, cell, _ in said}


def said(folder: Path) -> set[tuple[str, str, str]]:
    """(code, sheet, cell) of everything that ``rekap`` says about a year's folder, or ``periksa`` without Kantor.xlsx."""
    findings = rekap(folder).findings if (folder / "Kantor.xlsx").exists() else periksa([folder / "masuk"])
    return places_of(findings)


def year_with(folder: Path, **what: object) -> Year:
    """A year's folder of which some things were read before."""
    year = Year(folder)
    vars(year).update(what)
    return year
