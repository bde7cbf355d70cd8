"""The office's own words: units of measure are printed as they were typed, compared by their synonyms, and added to."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.prefill import default_listings, office_listings
from kinerja_xl.reckoning.plan import steady
from kinerja_xl.reckoning.plan.agreements import agreements
from kinerja_xl.reckoning.plan.comparable import comparable, side_of_plan
from kinerja_xl.reckoning.plan.compare import compare_items
from kinerja_xl.reckoning.plan.review import proposal_of
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.bandingkan import compare_books
from kinerja_xl.uses.mulai import start_year
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import kantor_content, read_office
from kinerja_xl.words.units import COMMON, Measures
from kinerja_xl.writing.form import unit_book
from kinerja_xl.writing.form.penelaahan import write_plan
from kinerja_xl.writing.letters.pk import write_pk
from tests.kantor_uji import TAHUN, Folder, cell, edit, kantor_bytes, office_content, places_of, unit_content
from tests.libre import Office as Libre
from tests.rencana_contoh import plan as small_plan

TYPED = "Kasus"
"""A synonym: of all units only for comparing is it a Perkara."""


def typed(satuan: str = TYPED, pk: str = TYPED) -> Folder:
    """trantib counts its second output in this unit, on the Indikator sheet, in the TOR and in its PK."""
    return (
        Folder().edit("trantib", "indikator", 1, satuan=satuan).edit("trantib", "tor", sheet=1, output_satuan=satuan)
        .edit("trantib", "pk_kinerja", 1, satuan=pk)
    )  # fmt: skip


def test_a_synonym_agrees_with_its_unit_and_is_printed_as_typed(tmp_path: Path):
    """Indikator and TOR say Kasus, the PK sheet PERKARA with stray blanks: nothing disagrees, each prints its own."""
    recap = rekap(typed(pk=" PERKARA  ").write(tmp_path / "kantor"))
    assert places_of(recap.findings) == set()
    plan = steady(proposal_of(recap))
    assert [one.satuan for one in plan.indicators if one.nama == "Jumlah peserta pembinaan"] == [TYPED]
    (letter,) = [a for a in agreements(recap) if a.kode == "trantib"]
    assert "PERKARA" in cells_of(write_pk([letter], recap.office))
    locked, said = read_plan(write_plan(plan, {}), "Penetapan-2025.xlsx")
    assert (locked, said) == (plan, ())


def test_another_unit_does_not_agree(tmp_path: Path):
    folder = typed(pk="Dokumen")
    found = places_of(rekap(folder.write(tmp_path / "kantor")).findings)
    assert {code for code, _, _ in found} == {"P802"}


def cells_of(data: bytes) -> set[str]:
    return {cell.text for table in Document(BytesIO(data)).tables for row in table.rows for cell in row.cells}


@pytest.mark.parametrize(
    ("table", "satuan"), [("renstra", "Kelurahan"), ("pk_pimpinan", "Karton"), ("harga", "Dos"), ("program", "lap")]
)
def test_next_years_kantor_says_what_this_years_said(table: str, satuan: str, tmp_path: Path):
    old = tmp_path / "2025"
    old.mkdir()
    (old / "Kantor.xlsx").write_bytes(kantor_bytes(edit(office_content(), table, 0, satuan=f" {satuan} ")))
    list(start_year(tmp_path / "2026", TAHUN + 1, old))
    row = kantor_content(tmp_path / "2026").rows(table)[0]
    book = openpyxl.load_workbook(tmp_path / "2026" / "Kantor.xlsx")
    assert (row.get("satuan"), book[row.sheet][row.cell("satuan")].value) == (satuan, satuan)


def test_versions_of_a_plan_are_compared_by_synonyms():
    plan = small_plan()
    renamed = replace(plan, indicators=tuple(replace(i, satuan={"Dokumen": "dokumen", "Persen": "%"}.get(i.satuan, i.satuan))
                                             for i in plan.indicators))  # fmt: skip
    other = replace(plan, indicators=tuple(replace(i, satuan="Buah") if i.satuan == "Persen" else i for i in plan.indicators))
    old = side_of_plan(plan, "lama")
    assert compare_items(*comparable(old, side_of_plan(renamed, "baru"))).changes == ()
    changed = compare_items(*comparable(old, side_of_plan(other, "baru"))).changes
    assert [(f.label, f.old, f.new) for change in changed for f in change.fields] == [("Satuan", "Persen", "Buah")]


# ---- units that the office adds --------------------------------------------------------------------

OWN = edit(office_content(), "daftar_kantor", 16, daftar="satuan", nilai="Kelompok Tani; Poktan, KT")


def test_an_added_unit_is_offered_and_its_words_compare():
    office = build_office(OWN)
    assert office.satuan == Measures((("Kelompok Tani", "Poktan", "KT"),))
    added = set(office_listings(office).values("satuan")) - set(default_listings().values("satuan"))
    assert added == {"Kelompok Tani"}
    assert office.satuan.same("poktan", "KT") and not office.satuan.same("Poktan", "Kelompok")
    book = openpyxl.load_workbook(BytesIO(unit_book(unit_content("pmd"), office, office.units[0])))
    assert "Kelompok Tani" in {cell.value for row in book["Daftar"].iter_rows() for cell in row}


def test_a_word_that_is_known_keeps_its_meaning():
    """The row of a known unit only adds words to it, and its own name to what is offered."""
    measures = Measures((("Karton", "Kardus"),))
    assert measures.same("Kardus", "Dus") and "Karton" in measures.names and not COMMON.same("Kardus", "Dus")
    assert Measures((("Dus", "Kardus"),)).names == COMMON.names


def test_kantor_itself_may_use_what_it_adds(tmp_path: Path):
    """Renstra and PK Pimpinan stand before the sheet that adds the unit."""
    content = edit(OWN, "pk_pimpinan", 0, satuan="Poktan")
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_bytes(content))
    read = read_office(tmp_path / "Kantor.xlsx")
    said = {("G123", *cell("pk_pimpinan", 0, "satuan"))}  # the Renstra counts in percent
    assert read.office and (places_of(read.findings), read.office.pk_pimpinan[0].get("satuan")) == (said, "Poktan")


@pytest.mark.parametrize(
    ("tor", "indikator", "verdict"),
    [("Kasus", "PERKARA", "sama"), ("Org / Hari", "OH", "sama"), ("Poktan", "kelompok tani", "sama"), ("Liga", "liga", "sama"),
     ("Kasus", "Dokumen", "berbeda"), ("OK", "Orang/Kali", "berbeda"), ("Poktan", "Kelompok", "berbeda"),
     ("Kas*", "Kasus", "berbeda")],
)  # fmt: skip
def test_cek_mandiri_knows_the_words_for_a_unit(tor: str, indikator: str, verdict: str, libre: Libre, tmp_path: Path):
    """As the rule that compares TOR and Indikator does, and as LibreOffice computes."""
    office = build_office(OWN)
    unit = next(u for u in office.units if u.kode == "trantib")
    content = edit(unit_content("trantib"), "indikator", 1, satuan=indikator)
    content = edit(content, "tor", 0, sheet=1, output_satuan=tor)
    path = tmp_path / "usulan.xlsx"
    path.write_bytes(unit_book(content, office, unit))
    rows = openpyxl.load_workbook(path, data_only=True)["Cek Mandiri"].iter_rows(values_only=True)
    assert [row[7] for row in rows if row[1] in ("TOR", "TOR (2)") and row[7]] == ["sama", verdict]
    assert office.satuan.same(tor, indikator) == (verdict == "sama")
    assert libre.judge([path])[1] == []


@pytest.mark.parametrize(
    ("own", "changed"), [(OWN, []), (office_content(), [("Poktan", "KT")])], ids=["dikenal", "tidak dikenal"]
)
def test_bandingkan_knows_the_words_that_the_office_adds(own: BookContent, changed: list[tuple[str, str]], tmp_path: Path):
    """By the Kantor.xlsx of the folder in which the books lie; without its line they are two units of measure."""
    folder = Folder(kantor=own).write(tmp_path / "kantor")
    plan = small_plan()
    for name, satuan in (("a", "Poktan"), ("b", "KT")):
        goals = tuple(replace(i, satuan=satuan) if n == 0 else i for n, i in enumerate(plan.indicators))
        (folder / f"{name}.xlsx").write_bytes(write_plan(steady(replace(plan, indicators=goals)), {}))
    done = compare_books(folder / "a.xlsx", folder / "b.xlsx", tmp_path / "beda.xlsx")
    assert [(f.old, f.new) for change in done.comparison.changes for f in change.fields] == changed
