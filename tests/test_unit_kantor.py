"""A unit is found by its code or its post without walking through all of them, and as if all had been walked through."""

from __future__ import annotations

import pytest

from kinerja_xl.office.units import STAFF, Unit, Units
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.text import has_words

KODE = ("pmd", "staf", "tata.usaha", "Kesra-2", "pmd")
NAMA = ("Seksi Pemberdayaan", "Staf", "Subbag Tata Usaha", "Seksi Kesejahteraan Rakyat", "Seksi Kedua")
UNITS = tuple(Unit(kode=kode, nama=nama, atasan="camat", tugas=()) for kode, nama in zip(KODE, NAMA, strict=True))
AMONG = Units(UNITS)


@pytest.mark.parametrize("post", ["pmd.staf1", "PMD staf", "pmd", "staf", "stafstaf2", "tatausaha.staf3", "x.staf", ""])
def test_a_staff_post_belongs_to_the_unit_before_the_word(post: str) -> None:
    walked = next((unit for unit in UNITS if fold(post).startswith(fold(unit.kode) + STAFF)), None)
    assert AMONG.of_staff(post) is walked


@pytest.mark.parametrize("typed", ["PMD", "tatausaha", "Kesra 2", "kesra-2", "pmd2", ""])
def test_a_code_is_spelled_as_the_office_spells_it(typed: str) -> None:
    assert AMONG.spelled(typed) == next((unit.kode for unit in UNITS if fold(unit.kode) == fold(typed)), typed)


def test_the_words_of_a_name_are_without_the_kind_of_unit() -> None:
    assert AMONG.words == {"pmd": "kedua", "staf": "staf", "tata.usaha": "tatausaha", "Kesra-2": "kesejahteraanrakyat"}


@pytest.mark.parametrize(("text", "number", "has"), [("", 1, False), ("a", 1, True), ("a, b", 3, False), ("a b - c", 3, True)])
def test_words_are_counted_as_far_as_asked(text: str, number: int, has: bool) -> None:
    assert has_words(text, number) is has
