"""A filled form on paper: however many rows came into it, its signature stands on the page of the last rows, whole."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from kinerja_xl.filling.form import fill_form
from tests.test_isi_form import small, supply

DATED = "Batu Putih, 2 Januari 2025"
ROWS = (8, 24, 26, 28, 30, 32, 34, 60)


def form(*, fitted: bool = False, one_page: bool = False) -> bytes:
    """Folio across, with place and date, post and name below the table."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Form"]
        sheet.page_setup.paperSize, sheet.page_setup.orientation = 14, "landscape"
        if fitted or one_page:
            sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToHeight = 1 if one_page else 0
        sheet["A1"] = "FORMULIR RINCIAN BELANJA"
        for cell, text in (("G11", DATED), ("G13", "Mengetahui,"), ("G17", "Citra Mandalele"), ("G18", "NIP 1")):
            sheet[cell] = text

    return small(change)


def filled(data: bytes, count: int) -> bytes:
    whole = supply("rab")
    rows = tuple(whole.rows[n % len(whole.rows)] for n in range(count))
    return fill_form(data, "form.xlsx", (replace(whole, rows=rows),)).data


def breaks(data: bytes) -> list[int]:
    return [one.id for one in openpyxl.load_workbook(io.BytesIO(data))["Form"].row_breaks.brk]


@pytest.mark.parametrize("fitted", [False, True])
def test_the_signature_stands_with_the_last_rows(libre, tmp_path, fitted: bool):
    paths = {tmp_path / f"form-{count}.xlsx": count for count in ROWS}
    for path, count in paths.items():
        path.write_bytes(filled(form(fitted=fitted), count))
    printed = libre.pdf(list(paths))
    torn = {}
    for path, count in paths.items():
        pages = libre.text(printed[path])
        signed = [n for n, page in enumerate(pages) if any(words in page for words in (DATED, "Mengetahui,", "NIP 1"))]
        with_total = [n for n, page in enumerate(pages) if "JUMLAH" in page]
        if len(set(signed)) != 1 or signed[0] not in with_total:
            torn[count] = (signed, with_total)
    assert torn == {}


def test_no_break_where_it_fits_or_the_form_is_one_page():
    assert breaks(filled(form(), 8)) == []
    assert breaks(filled(form(one_page=True), 60)) == []
    assert breaks(filled(small(), 3)) == []


def test_a_break_stands_three_rows_above_the_end():
    found = {count: breaks(filled(form(), count)) for count in range(20, 40)}
    made = {count: rows for count, rows in found.items() if rows}
    assert made and all(rows == [count + 6 - 3] for count, rows in made.items())
