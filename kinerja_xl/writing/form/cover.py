"""Petunjuk: how the form is filled, what the colours mean, and where each sheet's instructions stand."""

from __future__ import annotations

from collections.abc import Iterable

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.choices import SATUAN, Listing
from kinerja_xl.sheets.content import FIRST_COLUMN, LIST_PREFIX, TABLE_PREFIX
from kinerja_xl.sheets.kantor import HARGA_TABLE, REKENING_TABLE
from kinerja_xl.writing.form.pages import on_paper
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.sheet import cell_lines, checked, write_value
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.spread import spread

# ---- The list sheet: every list in columns of its own, under defined names that drop-downs and look-ups use ----

TITLE_ROW, HEAD_ROW, FIRST_ROW = 4, 5, 6
PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True}
_SCALE = 70
_INDENT = 1.3
"""Characters that the indent of a text takes."""
_LONG = ("rekening", "standar", "satuan")
"""Lists of several pages: looked up on the screen, and printed by Kantor.xlsx."""
_WIDTH, _BETWEEN = 18.0, 3.0
_WIDTHS = {"kode": 24.0, "nama": 60.0, "uraian": 60.0, "spesifikasi": 30.0, "harga": 15.0, "jenis_belanja": 24.0}
_HEADS = {
    "kode": "Kode", "nama": "Nama", "uraian": "Uraian", "spesifikasi": "Spesifikasi", "satuan": "Satuan",
    "jenis": "Jenis", "harga": HARGA_TABLE.column("harga").label,
    "jenis_belanja": REKENING_TABLE.column("jenis_belanja").label, "nilai": "Isi",
    "kriteria": "Kriteria", "bobot": "Bobot", "sebutan": "Sebutan",
}  # fmt: skip


def write_lists(workbook: Workbook, sheet: PlainSheet, plan: SheetPlan, context: FormContext) -> None:
    """All lists side by side with one free column between them, printed up to the first long one; protected with an empty
    password."""
    lists = sorted(context.lists.by_name.values(), key=lambda listing: listing.name == SATUAN)
    column = FIRST_COLUMN
    widths: list[float] = []
    printed = 0
    for listing in lists:
        if listing.name in _LONG and not printed:
            printed = len(widths)
        _write_list(workbook, sheet, plan.name, listing, column, context)
        column += len(listing.fields) + 1
        widths += [*_widths_of(listing), _BETWEEN]
    for row, lines in _high_rows(lists).items():
        sheet.set_row(FIRST_ROW + row, height(lines))
    widths = widths[: printed or len(widths)]
    _list_title(sheet, plan, context, widths, " Daftar yang panjang tidak ikut tercetak." if printed else "")
    titles = [line_count(one.title, _WIDTHS.get(one.fields[0], _WIDTH), bold=True) for one in lists]
    sheet.set_row(TITLE_ROW, height(max(titles)) + 4)
    sheet.set_column(0, 0, 2)
    sheet.freeze_panes(FIRST_ROW, 0)
    on_paper(sheet, context.paper)
    sheet.set_print_scale(_SCALE)
    sheet.print_columns(FIRST_COLUMN, FIRST_COLUMN + len(widths) - 2)  # without the free one at the end
    sheet.repeat_rows(HEAD_ROW)
    sheet.protect("", PROTECTION)


def _list_title(sheet: Worksheet, plan: SheetPlan, context: FormContext, widths: list[float], more: str) -> None:
    """What the sheet is, whole on its first page, whose columns have these widths."""
    hint = "Lembar ini untuk dibaca; isinya mengikuti Kantor.xlsx dan dipakai daftar pilihan di lembar lain." + more
    for row, (text, look) in enumerate(((plan.sheet.title, "title"), (context.subtitle, "subtitle"), (hint, "hint"))):
        if points := spread(sheet, context.styles, row, (FIRST_COLUMN, FIRST_COLUMN + len(widths) - 1), sum(widths), text, look):
            sheet.set_row(row, points)


def _write_list(workbook: Workbook, sheet: Worksheet, name: str, listing: Listing, column: int, context: FormContext) -> None:
    styles = context.styles
    # wrapped: what runs over the last column of a page would be printed on the next one
    checked(sheet.write_string(TITLE_ROW, column, listing.title, styles.look("section", text_wrap=True)))
    for offset, (field, width) in enumerate(zip(listing.fields, _widths_of(listing), strict=True)):
        checked(sheet.write_string(HEAD_ROW, column + offset, _HEADS[field], styles.heading))
        sheet.set_column(column + offset, column + offset, width)
    sheet.set_column(column + len(listing.fields), column + len(listing.fields), _BETWEEN)
    for index, row in enumerate(listing.rows):
        for offset, value in enumerate(row):
            look = styles.rupiah if isinstance(value, int) else styles.look("code", text_wrap=True)
            write_value(sheet, FIRST_ROW + index, column + offset, value, look)
    last = FIRST_ROW + max(len(listing.rows), 1) - 1
    first_cell = xl_rowcol_to_cell(FIRST_ROW, column, True, True)
    for prefix, width in ((LIST_PREFIX, 1), (TABLE_PREFIX, len(listing.fields))):
        last_cell = xl_rowcol_to_cell(last, column + width - 1, True, True)
        workbook.define_name(f"{prefix}{listing.name}", f"='{name}'!{first_cell}:{last_cell}")


def _widths_of(listing: Listing) -> list[float]:
    return [_WIDTHS.get(field, _WIDTH) for field in listing.fields]


def _high_rows(listings: Iterable[Listing]) -> dict[int, int]:
    """The rows of more than one line, and how many lines: lists stand side by side, so the highest of their cells decides."""
    found: dict[int, int] = {}
    for listing in listings:
        for index, row in enumerate(listing.rows):
            lines = max(cell_lines(value, width - _INDENT) for value, width in zip(row, _widths_of(listing), strict=True))
            if lines > 1:
                found[index] = max(found.get(index, 1), lines)
    return found


_TEXT_WIDTH = 78.0

_STEPS = (
    "Lengkapi lembar Identitas, terutama nomor revisi dan tanggal disampaikan.",
    "Isi satu lembar TOR untuk setiap sub kegiatan. Bila kurang, klik kanan pada nama lembar TOR, pilih Pindahkan atau "
    "Salin, centang Buat Salinan, lalu ganti kodenya.",
    "Isi lembar RAB. Volume dan jumlah dihitung otomatis; jangan mengetik angka di atas rumusnya.",
    "Isi lembar Indikator: setiap sub kegiatan mempunyai output, setiap program mempunyai outcome.",
    "Isi lembar Calon IKU untuk indikator yang ditandai IKU: pernyataan hasil, alasan, dan skor 1 sampai 5 tiap kriteria.",
    "Lembar PK boleh kosong pada tahap usulan, wajib sejak penetapan.",
    "Buka lembar Cek Mandiri. Bila tertulis SIAP DISAMPAIKAN, serahkan berkas ini ke Subbag Perencanaan.",
)
_RULES = (
    "Uang diketik sebagai angka bulat tanpa titik, tanpa koma, dan tanpa Rp: 1500000, bukan 1.500.000.",
    "Kode sub kegiatan dan kode rekening dipilih dari daftar atau diketik lengkap sebagai teks.",
    "Tanggal ditulis hari/bulan/tahun, misalnya 17/8/2025.",
    "Baris boleh ditambah di bawah baris terakhir tabel atau disisipkan di tengahnya, dan kolom boleh dilebarkan; lembar isian "
    "tidak dikunci.",
    "Jangan menghapus kolom A dan baris tersembunyi di atas judul tabel: di sanalah tanda baca program.",
    "Jumlah di atas tabel dihitung otomatis; jangan menambah baris jumlah di dalam tabel.",
)


def write_cover(
    workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext,
    steps: tuple[str, ...] = _STEPS, rules: tuple[str, ...] = _RULES, shown: str = "",
) -> None:  # fmt: skip
    """The first sheet; protected with an empty password, portrait, one page. ``shown``: what a white cell of a table means."""
    styles = context.styles
    sheet.set_column(0, 0, 2)
    sheet.set_column(FIRST_COLUMN, FIRST_COLUMN, 24)
    sheet.set_column(FIRST_COLUMN + 1, FIRST_COLUMN + 1, _TEXT_WIDTH)
    checked(sheet.write_string(0, FIRST_COLUMN, plan.sheet.title, styles.title))
    checked(sheet.write_string(1, FIRST_COLUMN, context.subtitle, styles.subtitle))
    row = _numbered(sheet, 3, "Langkah", steps, context)
    row = _legend(sheet, row, shown, context)
    row = _numbered(sheet, row, "Aturan mengetik", rules, context)
    row = _sheets(sheet, row, context)
    on_paper(sheet, context.paper, landscape=False)
    sheet.print_area(0, FIRST_COLUMN, row, FIRST_COLUMN + 1)
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.protect("", PROTECTION)


def _text(sheet: Worksheet, row: int, text: str, context: FormContext) -> None:
    sheet.set_row(row, height(line_count(text, _TEXT_WIDTH)) + 3)
    checked(sheet.write_string(row, FIRST_COLUMN + 1, text, context.styles.look("plain_wrap", valign="vcenter")))


def _section(sheet: Worksheet, row: int, title: str, context: FormContext) -> int:
    checked(sheet.write_string(row, FIRST_COLUMN, title, context.styles.section))
    checked(sheet.write_blank(row, FIRST_COLUMN + 1, None, context.styles.section))
    return row + 1


def _numbered(sheet: Worksheet, row: int, title: str, lines: tuple[str, ...], context: FormContext) -> int:
    row = _section(sheet, row, title, context)
    for number, text in enumerate(lines, start=1):
        look = context.styles.look("plain", align="right", valign="vcenter", num_format='0"."')
        checked(sheet.write_number(row, FIRST_COLUMN, number, look))
        _text(sheet, row, text, context)
        row += 1
    return row + 1


def _legend(sheet: Worksheet, row: int, shown: str, context: FormContext) -> int:
    styles = context.styles
    row = _section(sheet, row, "Arti warna", context)
    for style, sample, text in (
        (styles.input, "diisi", "Kuning muda: sel yang Anda isi."), *([(styles.text, "ditunjukkan", shown)] if shown else []),
        (styles.computed, "dihitung", "Abu-abu: dihitung otomatis, jangan ditimpa."),
        (styles.look("text", "wajib"), "kurang", "Merah muda: baris sudah dimulai, tetapi sel wajib ini masih kosong."),
        (styles.heading, "Judul *", "Tanda * pada judul: wajib diisi."),
    ):
        checked(sheet.write_string(row, FIRST_COLUMN, sample, style))
        _text(sheet, row, text, context)
        row += 1
    return row + 1


def _sheets(sheet: Worksheet, row: int, context: FormContext) -> int:
    row = _section(sheet, row, "Isi buku kerja ini", context)
    seen: set[str] = set()
    for plan in context.plans:
        if plan.sheet.key in seen or plan.sheet.key == "petunjuk":
            continue
        seen.add(plan.sheet.key)
        text = plan.sheet.intro or _PURPOSE.get(plan.sheet.key, plan.sheet.title)
        look = context.styles.look("plain", valign="vcenter", font_color="#0B4FA0", underline=1)
        checked(sheet.write_url(row, FIRST_COLUMN, f"internal:'{plan.name}'!B1", look, plan.name))
        _text(sheet, row, text, context)
        row += 1
    return row


_PURPOSE = {
    "cek_realisasi": "Menunjukkan capaian sementara dengan rumus program, dan yang belum terisi.",
    "cek_uang": "Menunjukkan serapan sementara per sub kegiatan, dan yang belum diisi atau melebihi pagu.",
    "cek_mandiri": "Menunjukkan apa yang masih kurang dan apakah TOR, RAB, dan Indikator sudah sama.",
    "daftar": "Daftar kode, rekening, satuan, dan standar harga yang dipakai daftar pilihan.",
}
