"""The recap workbook: ``write_recap(recap)`` gives its bytes. Same recap, same bytes.

Totals are live formulas that carry the value we computed; a test has LibreOffice work them out again.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rekap import REKAP_BOOK, RecapSheet
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.recap import asal_data, per_program, rab, ringkasan, rkt
from kinerja_xl.writing.shown.recap.frame import Context, layout_of, write_entries, write_flat, writes
from kinerja_xl.writing.shown.sums import Sums
from kinerja_xl.writing.styles import Styles, set_identity

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")  # each ties its writers to their sheets


def write_recap(recap: Recap, book: Book = USULAN, masuk: str = "../masuk") -> bytes:
    """The workbook ``Rekap-….xlsx`` as bytes.

    ``book`` declares the unit workbooks: its tables' columns appear in the recap. ``masuk`` is the folder of the
    units' files as seen from the recap, for the links on ``Catatan``.
    """
    with OwnBook({"title": _title(recap), "author": recap.office.nama}, by_row=True) as workbook:
        set_identity(workbook, REKAP_BOOK.identity(recap.office.tahun, recap.office.nama))
        sums = Sums(recap.ledger)
        context = Context(
            workbook=workbook,
            styles=Styles(workbook, none_yet=recap.none_yet),
            office=recap.office,
            tanggal=recap.tanggal,
            recap=recap,
            book=book,
            sums=sums,
            layouts={layout.around.key: layout for layout in _layouts(recap, book, sums)},
            masuk=masuk,
            berlaku=recap.agreed.menurut if recap.agreed else "",
            ditandatangani=recap.in_force.signed(recap.tanggal),
        )
        writes.write(context, rekap.REKAP, _flat)
    return workbook.data


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
        layout_of(rekap.ASAL_DATA, book, len(recap.sources)),
    )


def _flat(context: Context, sheet: RecapSheet) -> None:
    """A sheet whose declaration says all of it."""
    write = write_entries if sheet.table.source else write_flat
    write(context, sheet, sheet.records_of(context.recap))
