"""``periksa`` of every book of ours: an honest one yields nothing, one fault is said once, with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.package import ErrorValue, Formula, patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.own_book import kind_in
from kinerja_xl.reading.workbook import misplaced, read_workbook
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.sheets.books import OURS
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR_VERSIONS
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN, PENETAPAN
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.sheets.rekap import REKAP_BOOK
from kinerja_xl.sheets.shown import SHOWN
from kinerja_xl.uses.bandingkan import compare_books
from kinerja_xl.uses.isi import fill
from kinerja_xl.uses.kunci import ACCEPTED
from kinerja_xl.uses.padanan import padanan_book
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form.penelaahan import write_review
from tests import arsip_buku, kantor_uji, realisasi_uji
from tests.buku_kita import in_memory, on_disk, written
from tests.kasus import covers
from tests.realisasi_uji import FIGURES, INDICATORS, MONEY, PHYSICS, D

Said = set[tuple[str, str, str]]
Place = tuple[str, str]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return on_disk(tmp_path_factory.mktemp("tahun") / "kantor")


def said(path: Path) -> Said:
    """(code, sheet, cell) of everything; nothing may be said twice."""
    found = periksa([path])
    assert {f.file for f in found} <= {path.name}
    places = [(f.code, f.sheet, f.cell, f.value if not f.cell else "") for f in found]
    assert len(places) == len(set(places)), places
    return {place[:3] for place in places}


NOT_FORMS = {
    "hasil/RKA-terisi.xlsx": {("T201", "", ""), ("F104", "Ringkasan", "B8")},  # a form of others, with its own formula
    "hasil/Usulan-baru.xlsx": {  # of version 1: what came since is still to be filled in
        ("N401", "Indikator", "H9"), ("N401", "Indikator", "H10"), ("N401", "Indikator", "H11"), ("I711", "Indikator", "Y11"),
        ("R519", "RAB", "G14"),
    },
    "hasil/perbaikan/Usulan-pmd-2025.xlsx": {("N417", "RAB", "Q10")},  # marked, because it has this catatan
}  # fmt: skip
"""Of what the year wrote those that have something to mend."""


def test_every_book_of_a_year_yields_nothing(year: Path):
    """Blank forms, filled ones, the recap and all that follows from it, locked plan, capaian of each triwulan, comparison."""
    books = [name for name in written() if name.endswith(".xlsx")]
    assert len(books) > 40
    assert {name: found for name in books if (found := said(year / name))} == NOT_FORMS


def test_every_kind_is_known():
    kinds = {kind_in(data, name) for name, data in {**written(), **in_memory()}.items() if name.endswith(".xlsx")}
    assert kinds == {"", "usulan", "kantor", "padanan", PENELAAHAN.key, DPA.key, PENETAPAN.key, *MEASURING, *SHOWN}


def test_a_book_without_its_mark_is_known_by_its_sheets(tmp_path: Path):
    """As the first release wrote recap and capaian."""
    for path in sorted((arsip_buku.ARSIP / "0.1.0-tanpa-tanda").glob("*.xlsx")):
        alone = tmp_path / path.name
        alone.write_bytes(path.read_bytes())
        codes = {code for code, _, _ in said(alone)}
        assert codes <= {"F119"}  # its capaian has circles indeed


# ---- one fault each -----------------------------------------------------------------------------------


def planted(year: Path, name: str, cells: Mapping[Place, CellValue]) -> Said:
    """What is said of a copy of a book of the year, in the folder where it stands, with other cells."""
    source = year / name
    copy = source.with_name(f"salinan-{source.name}")
    copy.write_bytes(patch(source.read_bytes(), cells))
    try:
        return said(copy)
    finally:
        copy.unlink()


def places(data: bytes, name: str, table: str, key: str) -> list[Place]:
    """The cells of a column of a form, in order of the rows."""
    kinds = {**ACCEPTED, **MEASURING, "kantor": KANTOR_VERSIONS, PENETAPAN.key: {PENETAPAN.version: PENETAPAN}}
    content = read_workbook(data, name, kinds, kantor_uji.default_listings()).content
    assert content
    return [(row.sheet, row.cell(key)) for row in content.rows(table)]


FORM_HEADS = ("No", "Kode Sub Kegiatan", "Sub Kegiatan", "Indikator", "Target", "Satuan", "Anggaran (Rp)")
CIRCLE, BROKEN = Formula("D9+1", 0), ErrorValue("#REF!")
SHOWN_FAULTS: list[tuple[str, Place, CellValue, str]] = [
    ("hasil/Rekap-2025.xlsx", ("RAB", "T7"), "Total", "S321"),
    ("hasil/Rekap-2025.xlsx", ("Per Program", "D9"), CIRCLE, "F119"),
    ("hasil/Rekap-2025.xlsx", ("RKT", "B9"), BROKEN, "F111"),
    ("hasil/Capaian-2025.xlsx", ("Realisasi Anggaran", "D9"), CIRCLE, "F119"),
    ("hasil/Capaian-2025-TW1.xlsx", ("Capaian Indikator", "B6"), "Diganti", "S321"),
    ("hasil/RKA-2025.xlsx", ("SIPD", "D9"), BROKEN, "F111"),
    ("hasil/Beda.xlsx", ("Per Program", "D9"), BROKEN, "F111"),
    ("hasil/Hasil-baca.xlsx", ("Ringkasan", "D9"), Formula("[1]Lain!A1", 0), "F114"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "value", "code"), SHOWN_FAULTS)
def test_a_shown_book_with_one_fault(year: Path, name: str, place: Place, value: CellValue, code: str):
    assert planted(year, name, {place: value}) == {(code, *place)}


REKAP, CAPAIAN, JENIS = "hasil/Rekap-2025.xlsx", "hasil/Capaian-2025.xlsx", "Unit x Jenis Belanja"
TYPED_OVER: list[tuple[str, Place, Said]] = [
    (REKAP, ("RAB", "T9"), {("F101", "RAB", "T9")}),  # a row's amount, its total, what a unit comes to
    (REKAP, ("RAB", "T5"), {("F101", "RAB", "T5")}),
    (REKAP, (JENIS, "F6"), {("F101", JENIS, "F6")}),
    (REKAP, ("Per Program", "F8"), {("F121", "Per Program", "J8")}),  # its share does not follow
    (REKAP, ("RAB", "R9"), {("F121", "RAB", "T9")}),  # a price, without the amount that follows from it
    (CAPAIAN, ("Realisasi Anggaran", "E8"), {("F101", "Realisasi Anggaran", "E8")}),
]


@covers("F121")
@pytest.mark.parametrize(("name", "place", "wanted"), TYPED_OVER)
def test_a_figure_typed_over_is_said_where_the_book_proves_it(year: Path, name: str, place: Place, wanted: Said):
    assert planted(year, name, {place: D(7)}) == wanted


def test_who_takes_a_typed_over_figure_says_so(year: Path, tmp_path: Path):
    """A comparison, and a form of others that is filled from the book."""
    source, copy = year / REKAP, year / "hasil/Rekap-ketik.xlsx"
    copy.write_bytes(patch(source.read_bytes(), {("RAB", "T9"): D(7)}))
    form, book = tmp_path / "form.xlsx", openpyxl.Workbook()
    for column, head in enumerate(FORM_HEADS, start=1):
        book.worksheets[0].cell(3, column, head)
    book.save(form)
    try:
        compared = {one.name: compare_books(source, one, tmp_path / f"beda-{one.name}").findings for one in (source, copy)}
        filled = {one.name: fill(form, one, tmp_path / f"isi-{one.name}", "rkt").filled.findings for one in (source, copy)}
    finally:
        copy.unlink()
    for said in (compared, filled):
        proven = {name: [(f.code, f.file, f.sheet, f.cell) for f in found if f.code == "F101"] for name, found in said.items()}
        assert proven == {source.name: [], copy.name: [("F101", copy.name, "RAB", "T9")]}


def test_words_and_notes_in_a_shown_book_are_its_readers_own(year: Path):
    assert planted(year, REKAP, {("RAB", "G9"): "ditanyakan lagi", ("Per Program", "A40"): "rapat kedua"}) == set()


def test_a_locked_plan_that_was_changed(year: Path):
    name = "arsip/Penetapan-2025.xlsx"
    place = places(written()[name], name, "penetapan_anggaran", "jumlah")[0]
    assert {code for code, _, _ in planted(year, name, {place: D(1)})} == {"D120"}


def test_a_review_as_it_is_filled_in(year: Path):
    """Once somebody writes into it, what is undecided and what has no reason is said, as when it is locked."""
    name = "hasil/Lembar-Penelaahan.xlsx"
    agreed = places(written()[name], name, "telaah_sub", "disepakati")
    reasons = places(written()[name], name, "telaah_sub", "alasan")
    here = Year(year)
    blank = review_of(here.recap)

    def said_of(content: BookContent) -> Said:
        path = year / "hasil" / "salinan.xlsx"
        path.write_bytes(write_review(content, here.office))
        return said(path)

    def decided(rows: int, **values: object) -> BookContent:
        return reduce(lambda found, index: kantor_uji.edit(found, "telaah_sub", index, **values), range(rows), blank)

    assert len(agreed) == 4
    assert said_of(blank) == set()
    assert said_of(decided(1, disepakati=D(0), alasan="Ditunda")) == {("D101", *place) for place in agreed[1:]}
    assert said_of(decided(4, disepakati=D(0))) == {("D102", *place) for place in reasons}
    rejected = decided(4, disepakati=D(0), alasan="Ditunda")
    assert said_of(rejected) == set()
    target = places(written()[name], name, "telaah_indikator", "target")[0]
    proposed = [row.get("diusulkan") for row in blank.rows("telaah_sub")]
    as_proposed = blank
    for index, amount in enumerate(proposed):
        as_proposed = kantor_uji.edit(as_proposed, "telaah_sub", index, disepakati=amount)
    assert said_of(as_proposed) == set()
    bent = kantor_uji.edit(as_proposed, "telaah_indikator", 0, target=D(850), tw_1=D(897), alasan="Peserta bertambah")
    assert said_of(bent) == {("I703", *target)}


def test_a_dpa_that_names_a_unit_which_the_office_does_not_have(year: Path):
    name = "hasil/DPA-2025.xlsx"
    (sheet, cell), *_ = places(written()[name], name, "dpa", "unit")
    amount = places(written()[name], name, "dpa", "anggaran")[0]
    assert planted(year, name, {(sheet, cell): "zzz"}) == {("D105", *amount)}


def test_a_copy_of_kantor_and_of_padanan(year: Path):
    official = kantor_uji.cell("pejabat", 0, "nip")
    source = year / "Kantor.xlsx"
    copy = year / "hasil" / "Kantor lama.xlsx"
    copy.write_bytes(source.read_bytes())
    assert said(copy) == set()
    copy.write_bytes(patch(source.read_bytes(), {official: "12"}))
    assert {code for code, *place in said(copy) if tuple(place) == official} == {"N413"}
    copy.write_bytes(padanan_book(Padanan(answers=(arsip_buku.ANSWER,))))
    assert said(copy) == set()
    copy.unlink()


# ---- a triwulan's form by itself ----------------------------------------------------------------------


FORM = "formulir/TW2/{}"
"""Not in masuk/, where it would stand beside the one that came in."""


def returned(year: Path, who: str, change: Callable[[realisasi_uji.Year], realisasi_uji.Year]) -> Said:
    """What is said of a filled form of the second triwulan with a change, standing by itself in the year's folder."""
    data = change(realisasi_uji.Year()).bytes_of(who, 2)
    path = year / FORM.format(f"salinan-{who}.xlsx")
    path.write_bytes(data)
    try:
        return said(path)
    finally:
        path.unlink()


def at(table: str, row: int, key: str) -> Place:
    return realisasi_uji.cell(table, row, key)


@pytest.mark.parametrize("who", realisasi_uji.WHO)
def test_an_honest_form_by_itself(year: Path, who: str):
    assert returned(year, who, lambda own: own) == set()


@pytest.mark.parametrize(
    ("who", "table", "row", "key", "value", "code"),
    [
        ("pmd", INDICATORS, 0, "target", D(12), "C223"),
        ("pmd", INDICATORS, 0, "real_2", "dua", "C227"),
        ("pmd", PHYSICS, 0, "fisik_2", D(10), "C240"),
        ("pmd", INDICATORS, 0, "real_2", None, "C224"),
        ("uang", MONEY, 1, "pagu", D(7), "C223"),
        ("uang", MONEY, 0, "uang_2", D(-5), "C230"),
    ],
)
def test_a_form_is_judged_against_the_plan_and_the_triwulan_before(
    year: Path, who: str, table: str, row: int, key: str, value: CellValue, code: str
):
    """As ``capaian`` does: what the form says, what the plan froze, and what the triwulan before brought."""
    found = returned(year, who, lambda own: own.put(who, 2, table, row, key, value))
    assert found == {(code, *at(table, row, key))}


def test_what_capaian_says_of_a_file_is_what_periksa_says_of_it(year: Path):
    wrong = realisasi_uji.Year().put("pmd", 2, INDICATORS, 0, "target", D(12)).put("pmd", 2, PHYSICS, 0, "fisik_2", D(10))
    name = realisasi_uji.name("pmd", 2)
    assert {(f.code, f.sheet, f.cell) for f in wrong.realised().findings if f.file == name} == returned(
        year, "pmd", lambda own: wrong
    )


def test_a_blank_form_that_was_handed_in(year: Path):
    """In masuk/ it is the unit's answer, and everything is missing; in formulir/ it waits for one."""
    blank = written()["formulir/TW1/Realisasi-pmd-TW1.xlsx"]
    path = year / "masuk/TW1/Realisasi-pmd-TW1.xlsx"
    kept = path.read_bytes()
    path.write_bytes(blank)
    asked = [row for row, figures in enumerate(FIGURES["pmd"]) if next(iter(figures.values()))[0] is not None]
    cells = [*(at(INDICATORS, row, "real_1") for row in asked), at(PHYSICS, 0, "fisik_1"), at(PHYSICS, 1, "fisik_1")]
    assert said(path) == {("C224", *cell) for cell in cells}
    path.write_bytes(kept)
    assert said(year / "formulir/TW1/Realisasi-pmd-TW1.xlsx") == set()


@covers("T213")
def test_a_form_without_a_plan_or_without_an_office(tmp_path: Path):
    """What can be judged is judged; that the rest was not is said."""
    office = kantor_uji.Folder().write(tmp_path / "kantor")
    filled = realisasi_uji.clean("pmd", 1)
    (office / "isi.xlsx").write_bytes(filled)
    assert said(office / "isi.xlsx") == {("T213", "", "")}
    (tmp_path / "isi.xlsx").write_bytes(filled)
    assert said(tmp_path / "isi.xlsx") == {("T210", "", "")}
    (tmp_path / "isi.xlsx").write_bytes(patch(filled, {at(PHYSICS, 0, "fisik_1"): "dua"}))
    assert said(tmp_path / "isi.xlsx") == {("T210", "", ""), ("N404", *at(PHYSICS, 0, "fisik_1"))}
    (tmp_path / "isi.xlsx").write_bytes(realisasi_uji.Year().edit("pmd", 1, "identitas", triwulan=None).bytes_of("pmd", 1))
    assert {code for code, _, _ in said(tmp_path / "isi.xlsx")} == {"N401"}


def test_a_book_of_ours_in_masuk_is_no_usulan_and_its_formulas_accuse_nobody(tmp_path: Path):
    """It belongs elsewhere, and that is all: the recap of last year was said to hold 14 faults there."""
    recap = written()["hasil/Rekap-2025.xlsx"]
    folder = kantor_uji.Folder().add("Rekap lama.xlsx", recap).write(tmp_path / "kantor")
    assert {(f.code, f.file) for f in periksa([folder])} == {("T208", "Rekap lama.xlsx")}
    assert kind_in(recap, "a.xlsx") == REKAP_BOOK.key


def test_every_book_of_ours_says_what_staff_call_it_and_where_it_belongs():
    told = {key: misplaced(key).args for key in OURS}
    assert {key for key, args in told.items() if not args["jenis"] or key in args["jenis"].split('"')[1:]} == set()
    assert told["rekap"] == {"jenis": "rekap", "tempat": "folder hasil, atau folder arsip bila dari tahun lalu"}
    assert told["realisasi_unit"]["tempat"] == "masuk/TW1 sampai masuk/TW4, menurut triwulannya"
