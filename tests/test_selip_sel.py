"""Single slips in a filled form: an amount above them is unknown and not 0, and the advice can be followed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import D, Folder, cell, without_sheet

PMD, TRANTIB, FIRST = 18_010_000, 13_400_000, 550_000
DAY = date(2025, 3, 2)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("koef_1", "12,5%", "N403"), ("koef_2", "50 persen", "N403"), ("koef_1", D(-10), "N408"),
     ("harga_satuan", D(-5000), "N408"), ("harga_satuan", D(10) ** 16, "N408"), ("ppn", D(-1), "N408")],
)  # fmt: skip
def test_the_amount_of_a_row_is_unknown(column: str, value: object, code: str, tmp_path: Path):
    at = cell("rab", 0, column)
    recap = rekap(Folder().put("pmd", at, value).write(tmp_path / "k"))
    assert {(f.code, f.sheet, f.cell) for f in recap.findings} == {(code, *at)}
    assert (recap.total_rab, recap.total_tidak_dihitung) == (PMD - FIRST + TRANTIB, Sum(unknown=1))


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("koef_1", "10 Orang", "N414"), ("koef_1", "10", "N402"), ("prakiraan_maju", D(-5), "N408"),
     ("harga_satuan", "Rp55.000,-", "N402")],
)  # fmt: skip
def test_and_its_neighbours_are_not(column: str, value: object, code: str, tmp_path: Path):
    recap = rekap(Folder().put("pmd", cell("rab", 0, column), value).write(tmp_path / "k"))
    assert [f.code for f in recap.findings] == [code]
    assert not recap.total_tidak_dihitung.unknown and recap.total_rab > PMD - FIRST + TRANTIB


@pytest.mark.parametrize(
    ("place", "value", "code", "said"),
    [(cell("rab", 0, "harga_satuan"), DAY, "N404", "rupiah bulat; ubah dahulu format"),
     (cell("rab", 0, "koef_1"), DAY, "N404", "angka; ubah dahulu format"),
     (cell("identitas", "tahun"), DAY, "N404", "tahun; ubah dahulu format"),
     (cell("identitas", "tahun"), "2025", "N402", "2025")],
)  # fmt: skip
def test_what_is_advised_can_be_typed(place: tuple[str, str], value: object, code: str, said: str, tmp_path: Path):
    def typed(data: bytes) -> bytes:
        book, out = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
        book[place[0]][place[1]].value = value
        book.save(out)
        return out.getvalue()

    found = rekap(Folder().bend("pmd", typed).write(tmp_path / "k")).findings
    (one,) = (f for f in found if f.code != "S312")  # openpyxl keeps no results
    assert (one.code, one.sheet, one.cell, one.args["rincian"].startswith(said)) == (code, *place, True)


def test_without_its_rab_nobody_knows_what_a_unit_asks_for(tmp_path: Path):
    recap = rekap(Folder().bend("pmd", lambda data: without_sheet(data, "RAB")).write(tmp_path / "k"))
    (line,) = (u for u in recap.units if u.kode == "pmd")
    assert [(f.code, f.sheet) for f in recap.findings] == [("S301", "RAB")]
    assert (line.status, line.total_rab, line.total_tidak_dihitung) == (Status.TIDAK_TERBACA, 0, Sum(unknown=1))
    assert recap.total_tidak_dihitung == line.total_tidak_dihitung
