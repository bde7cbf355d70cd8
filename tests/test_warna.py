"""Black and white: no colour carries a meaning alone. A word or a sign says the same, or the greys differ."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import combinations

import openpyxl
import pytest

from kinerja_xl.writing import styles
from kinerja_xl.writing.form import kantor_book
from kinerja_xl.writing.letters import chart, looks
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.rka import write_rka
from tests import kantor_uji, recap_contoh, tahun_contoh
from tests.test_recap_book import contrast

SAID = {fill.removeprefix("#") for fill in (styles.WAJIB_FILL, styles.CEK_FILL, styles.INFO_FILL, styles.GOOD_FILL)}
"""Grounds that say how something stands."""

APART = 1.5
"""How far two greys beside each other differ at least, as a ratio of their brightness."""


def form() -> bytes:
    return kantor_uji.unit_bytes(kantor_uji.unit_content("pmd"), whole=True)


MAKERS: dict[str, Callable[[], bytes]] = {
    "rekap": lambda: write_recap(recap_contoh.small()), "rka": lambda: write_rka(recap_contoh.small()),
    "capaian": lambda: write_capaian(tahun_contoh.year()), "capaian TW III": lambda: write_capaian(tahun_contoh.year(3)),
    "formulir": form, "Kantor.xlsx": lambda: kantor_book(kantor_uji.office_content()),
}  # fmt: skip


@pytest.fixture(scope="module", params=MAKERS)
def book(request) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(MAKERS[request.param]()))


def test_a_coloured_cell_says_its_meaning_in_words(book: openpyxl.Workbook):
    """What is red, amber, blue or green holds a word; a legend's sample stands beside the sentence that explains it."""
    mute = [
        f"{sheet.title} {cell.coordinate}"
        for sheet in book.worksheets
        for cell in (cell for row in sheet.iter_rows() for cell in row)
        if cell.fill.fill_type == "solid" and str(cell.fill.fgColor.rgb)[2:] in SAID and cell.value in (None, "")
    ]
    assert mute == []


def rules(book: openpyxl.Workbook) -> Iterator[tuple[str, str, str]]:
    """Sheet, area and first formula of every conditional format with such a ground."""
    for sheet in book.worksheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                fill = rule.dxf.fill if rule.dxf else None
                colour = str((fill.bgColor.rgb or "") if fill is not None else "")[2:]
                if colour in SAID:
                    yield sheet.title, str(area.sqref), str(rule.formula[0]) if rule.formula else ""


def test_a_rule_colours_words_or_what_its_heading_marks(book: openpyxl.Workbook):
    """A verdict is a formula whose word the rule asks for; a blank cell that is missing stands under a heading with a star."""
    for name, area, _ in rules(book):
        sheet = book[name]
        first = area.split()[0].split(":")[0]
        column = re.match(r"[A-Z]+", first)[0]  # type: ignore[index]
        row = int(first.removeprefix(column))
        value = sheet[first].value
        starred = any(str(sheet[f"{column}{above}"].value or "").endswith("*") for above in range(max(1, row - 3), row))
        assert value not in (None, "") or starred, (name, area)


def test_bars_and_charts_stay_apart_as_greys():
    for one, other in combinations(styles.CHART_FILLS, 2):
        assert contrast(one, other) >= APART, (one, other)
    assert contrast(*chart._COLOURS) >= APART
    assert contrast(styles.BAR_FILL, styles.WHITE) >= 1.2  # its figure stands in the cell as well


def test_the_series_of_a_chart_stay_apart(book: openpyxl.Workbook):
    """In the file itself: a chart of several series fills them with greys that differ."""
    for sheet in book.worksheets:
        for drawn in sheet._charts:
            fills = [f"#{series.graphicalProperties.solidFill.srgbClr}" for series in drawn.series]
            assert all(contrast(one, other) >= APART for one, other in combinations(fills, 2)), sheet.title


def test_heads_and_shades_of_letters_do_not_rest_on_their_colour():
    """Heads are bold as well; a shaded month has its x (``test_cetak``), and its shade is seen in grey."""
    assert {look.key: look.bold for look in looks.LOOKS}["KepalaTabel"]
    assert contrast(f"#{looks.MONTH_FILL}", styles.WHITE) >= 1.2
