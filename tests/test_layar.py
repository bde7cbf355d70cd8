"""What people fill in, on a screen of 1366 x 768: it stands beside the name of its row without scrolling, or the name stays."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.model import Book, Sheet, Table
from kinerja_xl.sheets.penetapan import PENELAAHAN
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.writing.form.pages import ZOOM, kept, pixels
from kinerja_xl.writing.form.places import plan_sheet
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from tests import recap_contoh, tahun_contoh
from tests.cetakan import letters_of

SCREEN = 1366
BESIDE = 46
"""Pixels of the numbers of rows at the left and of the scroll bar at the right."""

AMOUNTS = {
    "rab": "jumlah", "indikator": "tw_4", "realisasi_indikator": "real_4", "realisasi_uang": "uang_4", "telaah_sub": "disepakati",
    "telaah_rekening": "disepakati", "telaah_indikator": "tw_4", "telaah_kas": "bulan_12", "fisik": "fisik_4",
}  # fmt: skip
"""Up to which column a wide table is seen at once, where not all of it is."""

BOOKS = (*USULAN_VERSIONS.values(), KANTOR, REALISASI_UNIT, REALISASI_UANG, PENELAAHAN)


def fillable() -> Iterator[tuple[Book, Sheet, Table]]:
    for book in BOOKS:
        for sheet in book.sheets:
            for table in (block for block in sheet.blocks if isinstance(block, Table)):
                if any(not column.computed and not column.prefilled for column in table.columns):
                    yield book, sheet, table


def ends(sheet: Sheet, table: Table) -> dict[str, float]:
    """Where each column of a table ends on the screen, in pixels."""
    widths = plan_sheet(sheet, sheet.name, {}).widths()
    return {column.key: pixels(widths[: n + 1]) * ZOOM / 100 for n, column in enumerate(table.columns)}


@pytest.mark.parametrize(
    ("book", "sheet", "table"), list(fillable()), ids=[f"{b.key}-{b.version}-{t.key}" for b, _, t in fillable()]
)
def test_what_is_filled_in_stands_beside_its_name(book: Book, sheet: Sheet, table: Table):
    found, room = ends(sheet, table), SCREEN - BESIDE
    beyond = [key for key, end in found.items() if end > room]
    until = AMOUNTS.get(table.key)
    if until is None:
        assert beyond == []
        return
    assert found[until] <= room
    filled = [column.key for column in table.columns if not column.computed and not column.prefilled]
    if set(beyond) & set(filled):  # then the name stays while the rest is scrolled to, and leaves room for it
        frozen = kept(table)
        assert table.columns[frozen - 1].key in ("nama", "nama_sub", "uraian", "kode", "kode_rekening")
        assert list(found.values())[frozen - 1] <= room / 2


def test_the_rab_shows_name_price_and_amount_at_once():
    book = USULAN_VERSIONS[max(USULAN_VERSIONS)]
    sheet = next(sheet for sheet in book.sheets if sheet.key == "rab")
    found = ends(sheet, sheet.blocks[0])  # type: ignore[arg-type]
    keys = ("uraian", "koef_1", "harga_satuan", "ppn", "jumlah")
    assert [key for key in keys if found[key] > SCREEN - BESIDE] == []
    assert sheet.blocks[0].columns[kept(sheet.blocks[0]) - 1].key == "uraian"  # type: ignore[union-attr,arg-type]


NAMED = {
    "RKT": "Sub Kegiatan", "RAB": "Uraian", "Per Program": "Program / Kegiatan / Sub Kegiatan", "Indikator": "Indikator",
    "Matriks Keselarasan": "Misi / Sasaran / IKU / Program / Sub Kegiatan", "Calon IKU": "Nama Indikator",
    "Jenjang PK": "Indikator Camat",
    "TOR": "Sub Kegiatan",
    "Capaian Indikator": "Indikator", "Capaian IKU": "Indikator", "Tren IKU": "Indikator",
    "Efisiensi": "Kantor / Unit / Sub Kegiatan",
    "Realisasi Anggaran": "Program / Kegiatan / Sub Kegiatan", "Biaya per Output": "Output", "Evaluasi Renja": "Indikator",
    "Peringatan Dini": "Indikator / Sub Kegiatan", "Rencana Aksi": "Indikator", "Benang Merah": "Sub Kegiatan",
}  # fmt: skip
"""What a row of a wide sheet that is shown is about."""


def shown_pixels(sheet: Worksheet, until: int) -> float:
    """Pixels of the columns that are not folded, up to one of them, at the zoom of the sheet."""
    wide = {letters: 0 if one.hidden else one.width
            for key, one in sheet.column_dimensions.items() for letters in letters_of(one, key)}  # fmt: skip
    widths = (wide.get(get_column_letter(number), 9.14) for number in range(1, until + 1))
    return sum(widths) * 7 * (sheet.sheet_view.zoomScale or 100) / 100


@pytest.mark.parametrize("make", [lambda: write_recap(recap_contoh.small()), lambda: write_capaian(tahun_contoh.year())])
def test_what_is_shown_keeps_its_name_and_the_first_page_is_whole(make):
    room, book, seen = SCREEN - BESIDE, openpyxl.load_workbook(io.BytesIO(make())), 0
    for sheet in book.worksheets:
        if sheet.title == "Ringkasan":
            assert shown_pixels(sheet, range_boundaries(sheet.print_area.split("!")[-1])[2]) <= room
        elif name := NAMED.get(sheet.title):
            head, kept = coordinate_to_tuple(sheet.freeze_panes)
            assert name in [sheet.cell(head - 1, column).value for column in range(1, kept)], sheet.title
            assert shown_pixels(sheet, kept - 1) <= room / 2, sheet.title
            seen += 1
    assert seen >= 7
