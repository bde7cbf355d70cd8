"""The recap workbook: ``write_recap(recap)`` gives its bytes. Same recap, same bytes.

Totals are live formulas that carry the value we computed; a test has LibreOffice work them out again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from xlsxwriter.workbook import Workbook

from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rekap import REKAP_BOOK
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.identity import set_identity
from kinerja_xl.writing.shown.page import Context, Layout
from kinerja_xl.writing.shown.recap import asal_data, per_program, rab, ringkasan, rkt, tor
from kinerja_xl.writing.shown.sums import Sums, add_up
from kinerja_xl.writing.styles import Styles

CREATED = datetime(2025, 1, 1)
"""The clock never writes into a result."""

# constant_memory: see grid.py. The strings_to_* options only concern write(), which nobody here calls: a second lock.
OPTIONS = {
    "constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip


def write_recap(recap: Recap, book: Book = USULAN, masuk: str = "../masuk") -> bytes:
    """The workbook ``Rekap-….xlsx`` as bytes.

    ``book`` declares the unit workbooks: its tables' columns appear in the recap. ``masuk`` is the folder of the
    units' files as seen from the recap, for the links on ``Catatan``.
    """
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties({"title": _title(recap), "author": recap.office.nama, "created": CREATED})
        set_identity(workbook, REKAP_BOOK.identity(recap.office.tahun, recap.office.nama))
        sums = add_up(recap.lines)
        context = Context(
            workbook=workbook,
            styles=Styles(workbook),
            office=recap.office,
            tanggal=recap.tanggal,
            recap=recap,
            book=book,
            sums=sums,
            layouts={layout.around.key: layout for layout in _layouts(recap, book, sums)},
            masuk=masuk,
        )
        _write_sheets(context)
    return buffer.getvalue()


def _title(recap: Recap) -> str:
    return f"Rekap usulan rencana kinerja dan anggaran {recap.office.tahun}"


def _layouts(recap: Recap, book: Book, sums: Sums) -> tuple[Layout, ...]:
    """The tables that other sheets' formulas refer to."""
    return (
        rab.layout(recap, book),
        per_program.unit_jenis_layout(recap, book, sums),
        per_program.per_program_layout(recap, book),
        ringkasan.layout(recap, book),
        rkt.rkt_layout(recap, book),
        rkt.keselarasan_layout(recap, book),
        asal_data.layout(recap, book),
    )


def _write_sheets(context: Context) -> None:
    for write in WRITERS:
        write(context)


WRITERS: tuple[Callable[[Context], None], ...] = (
    ringkasan.write, rkt.write_rkt, rab.write_rab, per_program.write_per_program, per_program.write_unit_jenis,
    rkt.write_keselarasan, rkt.write_jenjang, rab.write_indikator, rab.write_iku, rab.write_pk, rab.write_pk_anggaran,
    tor.write_tor, tor.write_mutu, asal_data.write_catatan, asal_data.write_asal_data,
)  # fmt: skip
"""One per sheet, in the order of the tabs (``rekap.REKAP``)."""
