"""How small each sheet of each book is printed, as its columns and its scale say: no words smaller than anybody reads."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from bench.capaian import built
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.sheets import capaian, rekap
from kinerja_xl.sheets.penetapan import TANDA_TANGAN
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form import unit_book
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.readable import LEAST, PAPERS
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.front import SIGNED_LEAST
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.rka import write_rka
from kinerja_xl.writing.styles import SIZE
from samples.isi import unit_content
from tests import recap_contoh, test_capaian_halaman, test_halaman, test_halaman_formulir, test_halaman_lain
from tests.cetakan import letters_of

_STANDARD = 8.43
_PAPER = {number: (short, long) for number, short, long in PAPERS.values()}

Books = Mapping[str, bytes]


def shown(case: str, _: Path) -> Books:
    recap = test_halaman.MAKERS[case]()
    return {"rekap": write_recap(recap), "rka": write_rka(recap)}


BOOKS: Mapping[str, tuple[Mapping[str, object], Callable[[str, Path], Books]]] = {
    "rekap": (test_halaman.MAKERS, shown),
    "capaian": (test_capaian_halaman.MAKERS, lambda case, _: {"capaian": test_capaian_halaman.MAKERS[case]()}),
    "lain": (test_halaman_lain.MAKERS, lambda case, place: {"lain": test_halaman_lain.MAKERS[case](place)}),
    "formulir": (test_halaman_formulir.MAKERS, lambda case, _: test_halaman_formulir.MAKERS[case]()),
}


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind, (cases, _) in BOOKS.items() for case in cases])
def test_nothing_is_printed_too_small(kind: str, case: str, tmp_path: Path):
    books = BOOKS[kind][1](case, tmp_path)
    found = {(f"{book}-{case}", sheet.title): round(points(sheet), 2) for book, data in books.items() for sheet in visible(data)}
    assert {place: size for place, size in found.items() if size < LEAST} == {}


A4: Mapping[tuple[str, str], float] = {
    ("rekap", rekap.RINGKASAN.name): 6.8, ("capaian", capaian.RINGKASAN.name): 6.5,
    ("capaian", capaian.CAPAIAN_INDIKATOR.name): 6.7,
    ("usulan", "TOR"): 6.8, ("usulan", "Calon IKU"): 6.8, ("usulan", "PK"): 6.8, ("usulan", "Cek Mandiri"): 6.6,
}  # fmt: skip
"""Points of what is smaller than ``LEAST`` on A4, a tenth narrower: first pages, and forms with a table of their own below."""


def test_an_office_with_a4_reads_as_large_where_words_give_way_or_a_page_stands_beside():
    recap, year = test_halaman.sample("wasuponda-2025"), measured(Year(test_halaman.SAMPLES / "wasuponda-2025"), 4)
    on_a4 = {**recap.office.policies, "kertas": "A4"}
    recap, year = (replace(one, office=replace(one.office, policies=on_a4)) for one in (recap, year))
    office, unit = recap.office, recap.office.unit("umum")
    assert unit
    books = {
        "rekap": write_recap(recap), "rka": write_rka(recap), "capaian": write_capaian(year),
        "usulan": unit_book(unit_content("umum"), office, unit), "telaah": write_review(review_of(recap), office),
    }  # fmt: skip
    sheets = {(book, sheet.title): sheet for book, data in books.items() for sheet in visible(data)}
    assert {sheet.page_setup.paperSize for sheet in sheets.values()} == {9}
    found = {place: round(points(sheet), 2) for place, sheet in sheets.items() if "(" not in sheet.title}  # further TOR alike
    assert {place: size for place, size in found.items() if size < A4.get(place, LEAST) - 0.05} == {}
    assert {place for place in A4 if found[place] >= LEAST} == set()


@pytest.mark.parametrize("book", ["rekap", "capaian"])
def test_the_first_page_of_the_sample_is_not_small_for_its_height(book: str, tmp_path: Path):
    """It is one page: so its rows are what makes it small. Empty rows are as low as they were made, and none of a unit breaks
    its predikat."""
    sheet = openpyxl.load_workbook(io.BytesIO(BOOKS[book][1]("contoh", tmp_path)[book])).worksheets[0]
    assert by_height(sheet) >= 6.5


@pytest.mark.parametrize(("units", "pages"), [(6, False), (40, True)])
def test_a_signed_sheet_of_many_units_goes_on_several_pages_and_repeats_its_headings(units: int, pages: bool):
    """A small one stays on its page."""
    plan, realised, office = built(units)
    capaian_book = write_capaian(measure(plan, realised, office, 4))
    recap = recap_contoh.large(units, rows=1)
    for book in (capaian_book, write_recap(recap)):
        first = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        assert bool(first.page_setup.fitToHeight == 0) is bool(first.print_title_rows) is bool(first.row_breaks.brk) is pages
        assert pages or by_height(first) >= SIGNED_LEAST
    signed = openpyxl.load_workbook(io.BytesIO(write_review(review_of(recap), recap.office)))[TANDA_TANGAN.name]
    assert signed.page_setup.fitToHeight == 0 and signed.print_title_rows == "$1:$7"
    assert bool(signed.row_breaks.brk) is pages


def test_a_heading_too_long_for_its_line_wraps_up_to_its_amount_and_a_short_one_does_not():
    recap = recap_contoh.single()
    tail = " dan koordinasi lintas perangkat daerah" * 6
    long = replace(recap, rkt=tuple(replace(line, program_nama=line.program_nama + tail) for line in recap.rkt))
    wrapped = {}
    for one in (recap, long):
        sheet = openpyxl.load_workbook(io.BytesIO(write_recap(one)))[rekap.RKT.name]
        told = [sheet.cell(area.min_row, area.min_col) for area in sheet.merged_cells.ranges if area.max_row == area.min_row]
        wrapped[one is long] = [cell for cell in told if "7.01" in str(cell.value)]
    assert wrapped[False] == [] and wrapped[True]
    assert all(cell.alignment.wrap_text and tail in cell.value for cell in wrapped[True])


def by_height(sheet: Worksheet) -> float:
    """Size of its letters where all its rows stand on one page."""
    rows = range(1, range_boundaries((sheet.print_area or sheet.dimensions).split("!")[-1])[3] + 1)
    margins = sheet.page_margins.top + sheet.page_margins.bottom
    short, _ = _PAPER[int(sheet.page_setup.paperSize or 9)]
    told = sum((sheet.row_dimensions[row].height if row in sheet.row_dimensions else None) or 15 for row in rows)
    return SIZE * min(1.0, (short - margins) * 72 / told)


def visible(data: bytes) -> Iterator[Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


def points(sheet: Worksheet) -> float:
    """Size of the letters of its body in print."""
    if not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage):
        return SIZE * (sheet.page_setup.scale or 100) / 100
    left, _, right, _ = range_boundaries((sheet.print_area or sheet.dimensions).split("!")[-1])
    wide = {letters: 0 if one.hidden else one.width
            for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)}  # fmt: skip
    inches = sum(wide.get(get_column_letter(n), _STANDARD) for n in range(left, right + 1)) * 7 / 96
    short, long = _PAPER[int(sheet.page_setup.paperSize or 9)]
    margins = sheet.page_margins.left + sheet.page_margins.right
    room = (long if sheet.page_setup.orientation == "landscape" else short) - margins
    return SIZE * min(1.0, room / inches)


def test_a_sheet_too_wide_is_found():
    """Its neighbour of half the width is not."""
    sheet = openpyxl.Workbook().active
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 14
    sheet.print_area = "A1:B2"
    for width, small in ((60, False), (125, True)):
        sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = width
        assert (points(sheet) < LEAST) is small
