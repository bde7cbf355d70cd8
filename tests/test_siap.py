"""Cek Mandiri says SIAP exactly where ``periksa`` calls nothing wajib, for every case of the rule tests that a filler can type.

What only the office can see (its pagu, other units, its stage and officials) no form can know; those codes are named below.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl

from kinerja_xl.catatan import Severity
from kinerja_xl.office.kantor import build_office
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import unit_book
from tests import test_kode, test_kode_aturan, test_kode_iku, test_rantai, test_rantai_isi
from tests.conftest import DEEP
from tests.kantor_uji import Folder, prepared, unit_content

OFFICE_ONLY = frozenset({
    "U901", "U902", "U903", "U906", "U908", "U909",  # other files, dates of receipt, pagu
    "P801", "P803", "P805", "P808", "P818", "I714",  # from penetapan on
    "T204", "T205", "T206", "I718",  # what Kantor.xlsx says
    "R513",  # whether a price of the list is a ceiling or an estimate
})  # fmt: skip
"""Wajib codes that no form can know."""

STRICTER = frozenset({
    # A formula adds no text and compares no text with a date: what a person reads is to be typed again as a number or a date.
    "T205-1-nyaris", "N402-1-salah", "N402-2-salah", "N403-1-nyaris", "N404-1-nyaris", "N404-2-nyaris", "N411-1-nyaris",
    "N414-1-salah",
    # A formula takes blanks, a dot or a name from around a code: other figures, or what nobody knows, are to be chosen again.
    "N415-1-nyaris", "R507-1-salah", "R507-1-nyaris", "R507-2-salah", "R507-2-nyaris", "K602-1-nyaris",
    "N409-1-salah",  # half a rupiah in a price is said there; its amount differs from the TOR all the same
    "I703-1-nyaris",  # the tolerance that Kantor.xlsx allows
})  # fmt: skip
"""Cases of ``test_kode`` in which the form asks for more than periksa: never the other way round."""

MODULES = (test_kode, test_kode_aturan, test_kode_iku, test_rantai, test_rantai_isi)
EVERY = 9
"""In the plain run one case in so many is asked; all of them in the long profile."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A unit's content as somebody typed it, in the folder that holds it."""

    name: str
    unit: str
    folder: Folder

    @property
    def stricter(self) -> bool:
        return self.name.removeprefix(f"{test_kode.__name__}-") in STRICTER

    @property
    def content(self) -> BookContent:
        return self.folder.units[self.unit]


def typed() -> Iterator[Typed]:
    """Every case of the rule tests, broken or nearly, in which a unit's own content was changed and nothing below it."""
    for module in MODULES:
        for name, one in zip(module.case.names, module.case, strict=True):
            for which, folder in (("salah", one.broken), ("nyaris", one.nearly)):
                if not isinstance(folder, Folder) or one.setup or not folder.office or folder.more:
                    continue
                for unit, content in folder.units.items():
                    if build_office(folder.kantor).binding:
                        continue
                    untouched = content is unit_content(unit) or unit in {*folder.cells, *folder.bends}
                    if not untouched and content.book is USULAN:
                        yield Typed(name=f"{module.__name__}-{name}-{which}", unit=unit, folder=folder)


def book(one: Typed) -> bytes:
    office = build_office(one.folder.kantor)
    unit = office.unit(one.unit)
    assert unit is not None
    return unit_book(one.content, office, unit, rows=prepared(USULAN))


def ready(one: Typed, place: Path) -> set[bool]:
    """What periksa says: nothing wajib, or nothing that the form must know. Of what only the office can see both are right."""
    file = one.folder.names[one.unit]
    found = rekap(one.folder.write(place)).findings
    codes = {f.code for f in found if f.file == file and f.severity is Severity.WAJIB}
    return {not codes, not codes - OFFICE_ONLY}


def says(path: Path) -> bool:
    with closing(openpyxl.load_workbook(path, data_only=True, read_only=True)) as shown:  # of one sheet its first rows
        text = str(shown["Cek Mandiri"]["B4"].value)
    return text.startswith("SIAP")


CHOICES = {
    "x": ("jadwal", "bulan_02", " X ", True), "centang": ("jadwal", "bulan_02", "✓", True),
    "bukan tanda": ("jadwal", "bulan_02", "ya", False),
    "tahap": ("jadwal", "tahap", "Pelaksanaan akhir", False), "ejaan": ("jadwal", "tahap", "PELAKSANAAN", True),
    "lampiran": ("lampiran", "jenis", "Foto kucing", False), "sifat": ("tor", "sifat", "Istimewa", False),
    "pejabat": ("identitas", "kepala_status", "Pjs", False),
}  # fmt: skip
"""What is typed where a list is to be chosen from: table, column, text, and whether it can only mean one of the list."""


def chosen(name: str) -> Typed:
    table, column, text, _ = CHOICES[name]
    return Typed(name=name, unit="pmd", folder=Folder().edit("pmd", table, **{column: text}))


ALL = cache(lambda: list(typed()))
"""Found when first wanted: collecting the tests need not wait for it."""


def asked() -> list[Typed]:
    return ALL() if DEEP else [one for number, one in enumerate(ALL()) if number % EVERY == 0 or one.stricter]


def test_cek_mandiri_and_periksa_agree(libre, tmp_path: Path):
    """What LibreOffice makes of the form, and what periksa says of the same content."""
    books = {}
    for number, one in enumerate(asked()):
        path = tmp_path / f"buku{number:03}.xlsx"
        path.write_bytes(book(one))
        books[path] = one
    shown = [(books[ours], says(theirs), theirs) for ours, theirs in libre.recalculate(list(books)).items()]
    judged = [(one, said, ready(one, tmp_path / theirs.stem)) for one, said, theirs in shown]
    assert {one.name for one, said, right in judged if said not in right and not one.stricter} == set()
    assert {one.name for one, said, right in judged if one.stricter and (said or right != {True})} == set()


def test_choices_that_are_on_no_list(libre, tmp_path: Path):
    """A mark, a stage, a kind of lampiran or of work that no list knows: said where it is typed, as periksa says it."""
    books = {}
    for name in CHOICES:
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(book(chosen(name)))
        books[path] = name
    shown = {books[ours]: says(theirs) for ours, theirs in libre.recalculate(list(books)).items()}
    judged = {name: True in ready(chosen(name), tmp_path / name) for name in CHOICES}
    assert shown == judged == {name: fits for name, (*_, fits) in CHOICES.items()}


def test_there_is_something_to_agree_on():
    """Cases of many codes are asked, and what is left out is still a case."""
    assert len(ALL()) > 250
    names = {f"{name}-{which}" for name in test_kode.case.names for which in ("salah", "nyaris")}
    assert names >= STRICTER
