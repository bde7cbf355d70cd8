"""The capaian workbook as it comes out of the printer, with the sample's content and with what strains every page."""

from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.year import Year as YearFolder
from kinerja_xl.writing.shown.capaian import write_capaian
from tests.cetakan import Printed
from tests.tahun_contoh import hard, over_years

SAMPLE = Path(__file__).parent.parent / "samples" / "wasuponda-2025"


def _hard():
    own = hard()
    return write_capaian(own, over_years(own))


MAKERS = {"contoh": lambda: write_capaian(measured(YearFolder(SAMPLE), 4)), "keras": _hard}
IN_TWO = {sheets.CAPAIAN_INDIKATOR.name, sheets.EVALUASI_RENJA.name}
"""Printed on two pages side by side."""

FOOTER, A_ROW = len(["Hal", "1", "dari", "9"]), 5
"""Words at the foot of a page, and the fewest of a row."""


@pytest.fixture(scope="module", params=MAKERS)
def printed(request, libre, tmp_path_factory):
    return Printed(libre, tmp_path_factory.mktemp("halaman") / "capaian.xlsx", MAKERS[request.param]())


def test_no_page_is_blank_no_figure_clipped_every_page_numbered(printed):
    assert printed.blank() == []
    assert printed.clipped() == []
    assert printed.numbered()
    assert list(printed.sheets) == [sheet.name for sheet in sheets.CAPAIAN]


def test_pages_end_where_we_broke_them(printed):
    """What we reckon of the heights of rows holds in print: no page runs over before its break comes."""
    books = openpyxl.load_workbook(printed.path)
    names = [sheet.name for sheet in sheets.CAPAIAN if sheet is not sheets.RINGKASAN]
    wanted = {name: (len(books[name].row_breaks.brk) + 1) * (2 if name in IN_TWO else 1) for name in names}
    assert {name: len(printed.sheets[name]) for name in names} == wanted


def test_no_heading_of_a_second_table_stands_alone(printed):
    """Under the title of a second table stand its headings and a row of it."""
    for sheet in sheets.CAPAIAN:
        for table in sheet.tables[1:]:
            page = next((page for page in printed.sheets[sheet.name] if table.title and table.title in page), None)
            if page is not None:
                below = page[page.index(table.title) + len(table.title) :]
                heads = sum(len(column.label.split()) for column in table.before if column.page == 1)
                assert len(below.split()) >= heads + FOOTER + A_ROW, table.key
