"""What people fill in, on a screen of 1366 x 768: it stands beside the name of its row without scrolling, or the name stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.model import Book, Sheet, Table
from kinerja_xl.sheets.penetapan import PENELAAHAN
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.writing.form.pages import ZOOM, kept, pixels
from kinerja_xl.writing.form.places import plan_sheet

SCREEN = 1366
BESIDE = 46
"""Pixels of the numbers of rows at the left and of the scroll bar at the right."""

AMOUNTS = {
    "rab": "jumlah", "indikator": "tw_4", "realisasi_indikator": "real_4", "realisasi_uang": "uang_4", "telaah_sub": "disepakati",
    "telaah_rekening": "disepakati", "telaah_indikator": "tw_4", "fisik": "fisik_4",
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
