"""Carrying a form over, explaining a code, and the levels that an office chooses for itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from kinerja_xl.catatan import Severity, catalogue, explain
from kinerja_xl.office.folder import InputError
from kinerja_xl.office.kantor import build_office
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.uses.perbarui import renew
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import read_office
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.bangun import ROOT
from samples.isi import kantor_content, unit_content

FAULTY = ROOT / "samples/bermasalah"


@pytest.fixture
def year(tmp_path):
    """A year's folder in which trantib handed in the older form."""
    kantor = kantor_content()
    office = build_office(kantor)
    unit = office.unit("trantib")
    (tmp_path / "masuk").mkdir()
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_book(kantor))
    old = replace(unit_content("trantib"), book=USULAN_VERSIONS[1])
    (tmp_path / "masuk" / form_name(office, unit)).write_bytes(unit_book(old, office, unit))
    return tmp_path


def test_an_older_form_becomes_todays_with_everything_in_it(year):
    old = year / "masuk" / "Usulan-trantib-2025.xlsx"
    before, digest = rekap(year), hashlib.sha256(old.read_bytes()).hexdigest()
    renewed = renew(old, year / "baru.xlsx")
    assert hashlib.sha256(old.read_bytes()).hexdigest() == digest
    assert (renewed.version, renewed.lost) == (1, ())
    (year / "baru.xlsx").replace(old)
    after = rekap(year)
    unit = {u.kode: u.total_rab for u in after.units}
    assert unit == {u.kode: u.total_rab for u in before.units}
    assert unit["trantib"] == 74_148_600
    assert "T203" in {f.code for f in before.findings}
    assert "T203" not in {f.code for f in after.findings}


def test_what_could_not_come_along_is_listed(tmp_path):
    renewed = renew(FAULTY / "masuk" / "Usulan-umum-2025.xlsx", tmp_path / "baru.xlsx", FAULTY)
    assert {(f.code, f.sheet, f.cell) for f in renewed.lost} == {("N405", "RAB", "R29"), ("S311", "RAB", "F39")}


def test_the_old_file_is_never_the_target(year):
    old = year / "masuk" / "Usulan-trantib-2025.xlsx"
    with pytest.raises(InputError):
        renew(old, old)


def test_without_an_office_it_says_what_is_missing(tmp_path, year):
    lonely = tmp_path / "sendiri" / "a" / "b"
    lonely.mkdir(parents=True)
    (lonely / "x.xlsx").write_bytes((year / "masuk" / "Usulan-trantib-2025.xlsx").read_bytes())
    with pytest.raises(InputError, match="--folder"):
        renew(lonely / "x.xlsx", lonely / "y.xlsx")


def test_every_code_can_be_explained():
    for code in catalogue().values():
        text = explain(code)
        assert text.startswith(code.kode)
        assert "{" not in text


def _with_level(rows):
    content = kantor_content()
    sheets = tuple(
        replace(s, tables={**s.tables, "tingkat_catatan": rows}) if s.key == "s_tingkat" else s for s in content.sheets
    )
    return replace(content, sheets=sheets)


def test_the_office_can_lower_a_level(tmp_path):
    """The faulty office with R504 (unknown account) lowered to info; what it says stays, its level changes."""
    (tmp_path / "masuk").mkdir()
    name = "Usulan-umum-2025.xlsx"
    (tmp_path / "masuk" / name).write_bytes((FAULTY / "masuk" / name).read_bytes())
    row = Row(values={"kode": "R504", "tingkat": "Info", "alasan": "Daftar rekening sedang dilengkapi."})
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_book(_with_level((row,))))
    recap = rekap(tmp_path)
    assert {f.severity for f in recap.findings if f.code == "R504"} == {Severity.INFO}
    assert recap.office.levels == {"R504": Severity.INFO}


def test_an_unknown_code_among_the_levels_is_named(tmp_path):
    row = Row(values={"kode": "R999", "tingkat": "Info", "alasan": "Salah ketik."})
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_book(_with_level((row,))))
    found = read_office(tmp_path / "Kantor.xlsx").findings
    assert [(f.code, f.sheet) for f in found] == [("G109", "Tingkat Catatan")]
