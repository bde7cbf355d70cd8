"""The catatan of the reckoning (C1xx): a measured year that breaks each rule once, and one that nearly does.

``said`` is everything that the reckoning says then, as (code, cell).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from kinerja_xl.catatan import Finding, catalogue
from kinerja_xl.reckoning.capaian import Year
from tests.capaian_uji import TR, indicator, spent, year
from tests.kantor_uji import SUB_A, SUB_B
from tests.kasus import COVERED

Place = tuple[str, str]
Made = Callable[[], Year]


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Made
    said: frozenset[Place]
    nearly: Made
    nearly_said: frozenset[Place]


CASES: list[Case] = []


def case(code: str, broken: Made, cell: str, nearly: Made, nearly_said: Iterable[Place] = ()) -> None:
    COVERED.add(code)
    said = frozenset({(code, cell)})
    CASES.append(Case(code=code, broken=broken, said=said, nearly=nearly, nearly_said=frozenset(nearly_said)))


def told(result: Year) -> set[Place]:
    return {(finding.code, finding.cell) for finding in result.findings}


def cells(*values: object, n: int = 4, **changes: object) -> Made:
    return lambda: year({indicator(**changes): values}, n)


def money(kode: str, *rupiah: int | None, **more: object) -> Made:
    return lambda: year({indicator(): (2, 3, 2, 3)}, spent=(spent(kode, *rupiah),), **more)


percent = {"tipe": "Persentase", "target": 80, "quarters": (80, 80, 80, 80)}


def known(code: str) -> tuple[Finding, ...]:
    """What the reading of the returned file said about the first row."""
    return (Finding(code=code, file="Realisasi.xlsx", sheet="Realisasi", cell="B8"),)



# fmt: off
case("C102", cells(2, 3, target=0, quarters=(0, 0, 0, 0)), "", cells(0, 0, arah="Turun", target=0, quarters=(0, 0, 0, 0)))
case("C102", cells(7, 7, 7, 7, arah="Rentang", akumulasi="Rata-rata", bawah=8, atas=7), "",
     cells(7, 7, 7, 7, arah="Rentang", akumulasi="Rata-rata", bawah=7, atas=7))
case("C102", cells(2, 3, 2, 3, target=None), "", cells(2, TR, 2, 3, target=None))
case("C103", money(SUB_A, 600_000, 400_001), "I8", money(SUB_A, 600_000, 400_000))
case("C104", cells((3, 4), (3, 4), (3, 4), (3, 4), akumulasi="Jumlah", **percent), "",
     cells((3, 4), (3, 4), (3, 4), (3, 4), akumulasi="Rata-rata", **percent))
case("C105", money("7.01.05.2.01.0002", 5), "I8", money("7.01.05.2.01.0002", 0))
case("C105", money("7.01.05.2.01.0002", 5), "I8", money("7.01.05.2.01.0002", 5, findings=known("C220")))
case("C103", money(SUB_A, 2_000_000), "I8", money(SUB_A, 2_000_000, findings=known("C250")))
case("C103", money(SUB_A, 2_000_000, findings=known("C251")), "I8", money(SUB_A, 1_000_000))
case("C106", cells(5, 5, 5, "5.01"), "S8", cells(5, 5, 5, 5))
case("C106", cells(5, 5, 5, "5.01"), "S8", lambda: year({indicator(): (9, 9, 9, 9)}, findings=known("C229")))
# fmt: on


IDS = [f"{one.code}-{number}" for number, one in enumerate(CASES, start=1)]


@pytest.mark.parametrize("one", CASES, ids=IDS)
def test_a_year_that_breaks_it(one: Case):
    assert told(one.broken()) == one.said


@pytest.mark.parametrize("one", CASES, ids=IDS)
def test_a_year_that_nearly_does(one: Case):
    assert told(one.nearly()) == one.nearly_said


def test_every_sentence_is_filled():
    for one in CASES:
        for finding in one.broken().findings:
            assert finding.masalah and finding.perbaikan and "{" not in finding.masalah


def test_every_code_has_its_case():
    assert {one.code for one in CASES} == {code for code in catalogue() if code.startswith("C1")}


def test_money_of_a_unit_that_is_not_in_the_plan():
    """The same sub kegiatan under another unit has no pagu there."""
    result = year({}, spent=(spent(SUB_B, 5, unit="trantib"),))
    assert [(f.code, f.unit) for f in result.findings] == [("C105", "trantib")]
