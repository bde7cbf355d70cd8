"""The recap workbook: ``write_recap(recap)`` gives its bytes. Same recap, same bytes.

Totals are live formulas that carry the value we computed; a test has LibreOffice work them out again.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter.workbook import Workbook

from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.recap import asal_data, catatan, entries, per_program, rab, ringkasan, rkt, tor, unit_jenis
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context
from kinerja_xl.writing.recap.sums import Sums, add_up
from kinerja_xl.writing.styles import Styles

CREATED = datetime(2025, 1, 1)
"""The clock never writes into a result."""

# constant_memory: see grid.py. The strings_to_* options only concern write(), which nobody here calls: a second lock.
_OPTIONS = {
    "constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip


def write_recap(recap: Recap, book: Book = USULAN, masuk: str = "../masuk") -> bytes:
    """The workbook ``Rekap-….xlsx`` as bytes.

    ``book`` declares the unit workbooks: its tables' columns appear in the recap. ``masuk`` is the folder of the
    units' files as seen from the recap, for the links on ``Catatan``.
    """
    buffer = BytesIO()
    with Workbook(buffer, _OPTIONS) as workbook:
        workbook.set_properties({"title": _title(recap), "author": recap.office.nama, "created": CREATED})
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
        Layout(sheet=rekap.RAB, around=rekap.RAB.table, book=book, rows=len(recap.lines)),
        unit_jenis.layout(recap, book, sums),
        per_program.layout(recap, book),
        ringkasan.layout(recap, book),
        Layout(sheet=rekap.RKT, around=rekap.RKT.table, book=book, rows=len(recap.rkt)),
    )


def _write_sheets(context: Context) -> None:
    """One call per sheet, in the order of the tabs (``rekap.REKAP``)."""
    ringkasan.write(context)
    rkt.write(context)
    rab.write(context)
    per_program.write(context)
    unit_jenis.write(context)
    entries.write_indikator(context)
    entries.write_pk(context)
    tor.write(context)
    catatan.write(context)
    asal_data.write(context)
