"""The list sheet: every list in columns of its own, under defined names that drop-downs and look-ups use."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.listing import Listing
from kinerja_xl.sheets.marks import FIRST_COLUMN, LIST_PREFIX, TABLE_PREFIX
from kinerja_xl.writing.form.cells import checked, write_value
from kinerja_xl.writing.form.context import FormContext
from kinerja_xl.writing.plan import SheetPlan

TITLE_ROW, HEAD_ROW, FIRST_ROW = 4, 5, 6
PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True}
_SCALE = 62
_NEW_PAGE = ("rekening", "standar", "satuan")
_WIDTHS = {"kode": 24.0, "nama": 60.0, "uraian": 60.0, "spesifikasi": 30.0, "harga": 15.0, "jenis_belanja": 24.0}
_HEADS = {
    "kode": "Kode", "nama": "Nama", "uraian": "Uraian", "spesifikasi": "Spesifikasi", "satuan": "Satuan",
    "jenis": "Jenis", "harga": "Harga (Rp)", "jenis_belanja": "Jenis Belanja", "nilai": "Isi",
    "kriteria": "Kriteria", "bobot": "Bobot",
}  # fmt: skip


def write_lists(workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
    """All lists side by side with one free column between them; protected with an empty password."""
    styles = context.styles
    checked(sheet.write_string(0, FIRST_COLUMN, plan.sheet.title, styles.title))
    checked(sheet.write_string(1, FIRST_COLUMN, context.subtitle, styles.subtitle))
    hint = "Lembar ini untuk dibaca; isinya mengikuti Kantor.xlsx dan dipakai daftar pilihan di lembar lain."
    checked(sheet.write_string(2, FIRST_COLUMN, hint, styles.hint))
    column = FIRST_COLUMN
    breaks = []
    for listing in context.lists.by_name.values():
        if listing.name in _NEW_PAGE and column > FIRST_COLUMN:
            breaks.append(column)
        _write_list(workbook, sheet, plan.name, listing, column, context)
        column += len(listing.fields) + 1
    sheet.set_column(0, 0, 2)
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(14)
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(breaks)
    sheet.set_footer("&L&8&A&R&8Hal &P dari &N")
    sheet.repeat_rows(HEAD_ROW)
    sheet.protect("", PROTECTION)


def _write_list(workbook: Workbook, sheet: Worksheet, name: str, listing: Listing, column: int, context: FormContext) -> None:
    styles = context.styles
    checked(sheet.write_string(TITLE_ROW, column, listing.title, styles.section))
    for offset, field in enumerate(listing.fields):
        checked(sheet.write_string(HEAD_ROW, column + offset, _HEADS[field], styles.heading))
        sheet.set_column(column + offset, column + offset, _WIDTHS.get(field, 18.0))
    sheet.set_column(column + len(listing.fields), column + len(listing.fields), 3)
    for index, row in enumerate(listing.rows):
        for offset, value in enumerate(row):
            number = isinstance(value, int)
            write_value(sheet, FIRST_ROW + index, column + offset, value, styles.rupiah if number else styles.code)
    last = FIRST_ROW + max(len(listing.rows), 1) - 1
    first_cell = xl_rowcol_to_cell(FIRST_ROW, column, True, True)
    for prefix, width in ((LIST_PREFIX, 1), (TABLE_PREFIX, len(listing.fields))):
        last_cell = xl_rowcol_to_cell(last, column + width - 1, True, True)
        workbook.define_name(f"{prefix}{listing.name}", f"='{name}'!{first_cell}:{last_cell}")
