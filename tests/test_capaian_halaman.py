"""The capaian workbook as it comes out of the printer, with the sample's content and with what strains every page."""

from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.year import Year as YearFolder
from kinerja_xl.writing.shown.capaian import write_capaian
from tests.cetakan import LOOSE, Printed
from tests.tahun_contoh import hard, over_years, single

SAMPLE = Path(__file__).parent.parent / "samples" / "wasuponda-2025"


def _hard():
    own = hard()
    return write_capaian(own, over_years(own))


MAKERS = {
    "contoh": lambda: write_capaian(measured(YearFolder(SAMPLE), 4)), "keras": _hard, "satu": lambda: write_capaian(single()),
}  # fmt: skip
BESIDE = {sheets.CAPAIAN_INDIKATOR.name, sheets.EVALUASI_RENJA.name, sheets.REALISASI_ANGGARAN.name}
"""Printed on pages side by side, the last one where its figures are wide."""


@pytest.fixture(scope="module", params=MAKERS)
def printed(request, libre, tmp_path_factory):
    return Printed(libre, tmp_path_factory.mktemp("halaman") / "capaian.xlsx", MAKERS[request.param]())


def test_no_page_is_blank_no_figure_clipped_every_page_numbered(printed):
    assert printed.blank() == []
    assert printed.clipped() == []
    assert printed.empty_before_the_last() == []
    assert printed.outside() == []
    assert printed.cut() == []
    assert printed.spilled() == []
    assert printed.broken() == []
    assert len(printed.loose()) <= LOOSE
    assert printed.numbered()
    assert list(printed.sheets) == [sheet.name for sheet in sheets.CAPAIAN]


def test_pages_end_where_we_broke_them(printed):
    """What we reckon of the heights of rows holds in print: no page runs over before its break comes."""
    books = openpyxl.load_workbook(printed.path)
    names = [sheet.name for sheet in sheets.CAPAIAN if sheet is not sheets.RINGKASAN]
    wanted = {name: (len(books[name].row_breaks.brk) + 1) * (len(books[name].col_breaks.brk) + 1) for name in names}
    assert {name for name in names if books[name].col_breaks.brk} <= BESIDE
    assert {name: len(printed.sheets[name]) for name in names} == wanted


def test_headings_are_repeated_on_every_page(printed):
    """Each page of a table says what its columns are: the first word of every heading that is printed stands on it."""
    for sheet in sheets.CAPAIAN:
        if sheet in (sheets.RINGKASAN, sheets.TOLOK_UKUR) or sheet.name in BESIDE:
            continue
        declared = sheets.PERINGATAN_AKHIR if sheet is sheets.PERINGATAN else sheet  # these are years at their end
        heads = {column.label.split()[0] for column in declared.table.before if column.page == 1}
        assert [page for page in printed.sheets[sheet.name] if heads - set(page.split())] == [], sheet.name
