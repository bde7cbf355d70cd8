"""A year's folder and its forms: made from Kantor.xlsx, never overwriting what somebody filled in."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kinerja_xl.office.folder import InputError
from kinerja_xl.package import patch
from kinerja_xl.uses.formulir import write_forms
from kinerja_xl.uses.mulai import start_year
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.year import read_office
from kinerja_xl.writing.form import kantor_book
from samples.isi import UNITS, kantor_content
from tests.kantor_uji import without


@pytest.fixture
def year(tmp_path):
    list(start_year(tmp_path / "2025", 2025))
    return tmp_path / "2025"


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "kantor"
    folder.mkdir()
    (folder / "Kantor.xlsx").write_bytes(kantor_book(kantor_content()))
    return folder


def test_mulai_makes_the_folder(year):
    assert sorted(p.name for p in year.iterdir()) == ["Kantor.xlsx", "arsip", "formulir", "hasil", "masuk"]
    assert sorted(p.name for p in (year / "formulir").iterdir()) == sorted(f"Usulan-{kode}-2025.xlsx" for kode in UNITS)


def test_mulai_never_overwrites_an_office(year):
    before = hashlib.sha256((year / "Kantor.xlsx").read_bytes()).hexdigest()
    with pytest.raises(InputError):
        list(start_year(year, 2025))
    assert hashlib.sha256((year / "Kantor.xlsx").read_bytes()).hexdigest() == before


def test_mulai_dari_carries_the_office_over(office, tmp_path):
    list(start_year(tmp_path / "2026", 2026, office))
    old, new = read_office(office / "Kantor.xlsx").office, read_office(tmp_path / "2026" / "Kantor.xlsx").office
    assert old and new
    assert new.tahun == 2026
    assert (new.nama, new.units, new.officials, new.prices, new.lists, new.policies) == (
        old.nama, old.units, old.officials, old.prices, old.lists, old.policies,
    )  # fmt: skip
    assert (new.pagu, new.receipts, new.batas_usulan, new.tahap) == ({}, {}, None, "usulan")
    assert [g.targets[0] for g in new.renstra] == [g.targets[1] for g in old.renstra]


def test_formulir_follows_kantor(office):
    list(write_forms(office, None, None, None))
    book = load_workbook(office / "formulir" / "Usulan-pemerintahan-2025.xlsx")
    tors = [name for name in book.sheetnames if name.startswith("TOR")]
    subs = [sub for (unit, sub) in read_office(office / "Kantor.xlsx").office.pagu if unit == "pemerintahan"]
    assert [book[name]["C7"].value for name in tors] == subs


def test_formulir_options(office):
    list(write_forms(office, "pmd", 9, 150))
    assert [p.name for p in (office / "formulir").iterdir()] == ["Usulan-pmd-2025.xlsx"]
    book = load_workbook(office / "formulir" / "Usulan-pmd-2025.xlsx")
    assert sum(name.startswith("TOR") for name in book.sheetnames) == 9
    table = next(iter(book["RAB"].tables.values()))
    first, last = (int(part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for part in table.ref.split(":"))
    assert last - first == 150


def test_a_form_that_holds_data_is_left(office):
    list(write_forms(office, "pmd", None, None))
    path = office / "formulir" / "Usulan-pmd-2025.xlsx"
    filled = patch(path.read_bytes(), {("RAB", "F11"): "Kertas HVS"})
    path.write_bytes(filled)
    said = list(write_forms(office, "pmd", None, None))
    assert path.read_bytes() == filled
    assert [line.split(":")[0] for line in said] == ["Dibiarkan"]


def test_a_form_of_a_unit_that_is_gone_is_said_and_left(office):
    list(write_forms(office, None, None, None))
    content = kantor_content()
    gone = content.rows("unit")[-1].text("kode")
    (office / "Kantor.xlsx").write_bytes(kantor_book(without(content, "unit", len(content.rows("unit")) - 1)))
    left = office / "formulir" / f"Usulan-{gone}-2025.xlsx"
    (left.parent / "catatan rapat.xlsx").write_bytes(b"")
    said = [line for line in write_forms(office, None, None, None) if line.startswith("Tersisa")]
    assert ([str(left) in line and f"unit {gone}," in line for line in said], left.exists()) == ([True], True)
    one = write_forms(office, content.rows("unit")[0].text("kode"), None, None)
    assert "Tersisa" not in {line.split(":")[0] for line in one}


def test_an_unknown_unit_is_named(office):
    with pytest.raises(InputError, match="trantib"):
        list(write_forms(office, "tidakada", None, None))


def test_blank_forms_have_no_catatan_but_what_is_left_to_fill(office):
    list(write_forms(office, "trantib", None, None))
    assert periksa([office / "formulir" / "Usulan-trantib-2025.xlsx"]) == []


def test_forms_are_unprotected_tables_with_names_and_paper(office):
    list(write_forms(office, "umum", None, None))
    book = load_workbook(BytesIO((office / "formulir" / "Usulan-umum-2025.xlsx").read_bytes()))
    assert book.sheetnames[0] == "Petunjuk"
    assert book.sheetnames[-2:] == ["Cek Mandiri", "Daftar"]
    assert not any(book[name].protection.sheet for name in ("Identitas", "TOR", "RAB", "Indikator", "PK"))
    assert all(book[name].protection.sheet for name in ("Petunjuk", "Cek Mandiri", "Daftar"))
    assert {"daftar_satuan", "tabel_rekening", "kinerja_xl_identitas"} <= set(book.defined_names)
    assert {book[name].page_setup.paperSize for name in ("Identitas", "TOR", "RAB", "Indikator", "PK")} == {14}
    assert book["RAB"].print_title_rows
