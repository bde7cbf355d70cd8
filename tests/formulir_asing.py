"""Empty forms of other offices, invented, as the makers of workbooks write them: for the tests of ``isi``."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side

Touch = Callable[[object], None]


def picture() -> bytes:
    """A small PNG, for a logo."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + b"\x20\x60\xa0" * 40 for _ in range(40))
    header = struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


RKA_HEADS = (
    "No", "Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga Satuan (Rp)", "PPN (Rp)", "Jumlah (Rp)", "Tren", "Sumber Dana",
)  # fmt: skip


def rka(rows: int = 5, heads: tuple[str, ...] = RKA_HEADS) -> bytes:
    """RKA of Bappeda (XlsxWriter): logo, merged titles, fields by label, formulas per row, share of the total, JUMLAH, PPN
    and grand total, sparklines, formats and validations, text box, signature block, print set-up, a sheet that refers to it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, summary = book.add_worksheet("RKA 2.2.1"), book.add_worksheet("Ringkasan")
    middle = {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
    title = book.add_format(middle)
    head = book.add_format(middle | {"text_wrap": True, "bg_color": "#DDEBF7"})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"})
    share = book.add_format({"border": 1, "num_format": "0.00"})
    sums = book.add_format({"bold": True, "border": 1, "num_format": "#,##0"})
    red = book.add_format({"bg_color": "#FFC7CE"})
    sheet.set_column("A:A", 5)
    sheet.set_column("B:B", 18)
    sheet.set_column("C:C", 34)
    sheet.set_column("D:E", 12)
    sheet.set_column("F:H", 15)
    sheet.merge_range("B1:J1", "RENCANA KERJA DAN ANGGARAN SATUAN KERJA PERANGKAT DAERAH", title)
    sheet.merge_range("B2:J2", "Formulir RKA - Rincian Belanja", title)
    sheet.insert_image("A1", "logo.png", {"image_data": io.BytesIO(picture()), "object_position": 1})
    for row, label in enumerate(("Tahun Anggaran", "Unit Organisasi", "Program"), start=3):
        sheet.write(row, 0, label)
        sheet.write(row, 2, ":")
    top = 7
    for col, name in enumerate(heads):
        sheet.write(top, col, name, head)
        sheet.write(top + 1, col, col + 1, head)
    first, last = top + 4, top + 3 + rows
    for col in range(len(heads)):
        sheet.write_blank(top + 2, col, None, text)
    for row in range(first - 1, last):
        for col in range(len(heads)):
            sheet.write_blank(row, col, None, money if col in (5, 6, 7) else text)
        sheet.write_formula(row, 7, f"=ROUND(D{row + 1}*F{row + 1},0)+G{row + 1}", money, 0)
        sheet.write_formula(row, 10, f"=IF(H${last + 1}=0,0,H{row + 1}/H${last + 1}*100)", share, 0)
        sheet.add_sparkline(row, 8, {"range": f"'RKA 2.2.1'!F{row + 1}:H{row + 1}"})
        sheet.set_row(row, 30)
    total = last + 1
    sheet.merge_range(f"A{total}:G{total}", "JUMLAH", sums)
    sheet.write_formula(f"H{total}", f"=SUM(H{first}:H{last})", sums, 0)
    sheet.merge_range(f"E{total + 3}:H{total + 3}", "Pengguna Anggaran,")
    sheet.merge_range(f"E{total + 7}:H{total + 7}", "(..............................)")
    sheet.write(f"E{total + 8}", "NIP. ....................")
    sheet.insert_textbox(f"A{total + 3}", "Diisi dengan huruf cetak", {"width": 150, "height": 60})
    sheet.conditional_format(f"H{first}:H{last}", {"type": "formula", "criteria": f"=$H{first}>$H${total}/2", "format": red})
    sheet.conditional_format(f"K{first}:K{last}", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation(f"J{first}:J{last}", {"validate": "list", "source": ["APBD", "DAU"]})
    sheet.print_area(f"A1:K{total + 9}")
    sheet.repeat_rows(top, top + 1)
    sheet.set_landscape()
    sheet.set_paper(14)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(top + 2, 0)
    sheet.write_comment(f"A{total}", "Jumlah seluruhnya")
    sheet.set_h_pagebreaks([total - 1, total + 2])
    sheet.protect()
    sheet.unprotect_range(f"B{first}:J{last}")
    sheet.ignore_errors({"formula_differs": f"H{first}:H{last}"})
    sheet.write_url(f"B{total + 9}", f"internal:'RKA 2.2.1'!H{total}", string="ke jumlah")
    summary.write_url("A5", f"internal:'RKA 2.2.1'!A{total}", string="ke RKA")
    summary.add_sparkline("B5", {"range": f"'RKA 2.2.1'!H{first}:H{last}"})
    summary.add_table("A7:B9", {"columns": [{"header": "a"}, {"header": "b", "formula": f"='RKA 2.2.1'!$H${total}*2"}]})
    book.define_name("Total_RKA", f"='RKA 2.2.1'!$H${total}")
    summary.write("A1", "Total RKA")
    summary.write_formula("B1", "=Total_RKA", None, 0)
    summary.write_formula("B2", f"='RKA 2.2.1'!H{total}/1000", None, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='RKA 2.2.1'!$H${first}:$H${last}"})
    summary.insert_chart("D2", chart)
    book.close()
    return out.getvalue()


def rka_openpyxl(rows: int = 5) -> bytes:
    """The bare bones of the same RKA as openpyxl writes it: shared strings, no cached results."""
    book = openpyxl.Workbook()
    sheet, summary = book.active, book.create_sheet("Ringkasan")
    sheet.title = "RKA"
    thin = Side(style="thin")
    for col, name in enumerate(RKA_HEADS, 1):
        sheet.cell(8, col, name)
        sheet.cell(9, col, col)
    first, total = 11, 11 + rows
    for row in range(10, total):
        for col in range(1, 12):
            sheet.cell(row, col).border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(first, total):
        sheet[f"H{row}"] = f"=ROUND(D{row}*F{row},0)+G{row}"
        sheet[f"K{row}"] = f"=H{row}/H{total}*100"
    sheet[f"A{total}"], sheet[f"H{total}"] = "JUMLAH", f"=SUM(H{first}:H{total - 1})"
    summary["B1"] = f"=RKA!H{total}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def renja() -> bytes:
    """Evaluasi Renja of Bappeda (openpyxl): three heading rows, a numbering row, one prepared row, JUMLAH below, fields above."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Evaluasi"
    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet["A1"] = "FORMULIR EVALUASI RENJA PERANGKAT DAERAH"
    sheet["A1"].font = Font(bold=True, size=13)
    sheet.merge_cells("A1:N1")
    sheet["A2"] = "Perangkat Daerah : ........................"
    sheet["A3"], sheet["C3"] = "Tahun :", None
    for place, name in {
        "A5": "No", "B5": "Sasaran", "C5": "Program / Kegiatan / Sub Kegiatan", "D5": "Indikator Kinerja", "E5": "Satuan",
        "F5": "Target Renstra pada Akhir Periode", "H5": "Target Kinerja dan Anggaran Renja Tahun 2025",
        "J5": "Realisasi Kinerja pada Triwulan", "N5": "Keterangan", "F6": "Tahun 2026", "H6": "Tahun 2025", "J6": "I",
        "L6": "II",
        "F7": "K", "G7": "Rp", "H7": "K", "I7": "Rp", "J7": "K", "K7": "Rp", "L7": "K", "M7": "Rp",
    }.items():  # fmt: skip
        sheet[place] = name
    upright = [f"{col}5:{col}7" for col in "ABCDEN"]
    for area in (*upright, "F5:G5", "H5:I5", "J5:M5", "F6:G6", "H6:I6", "J6:K6", "L6:M6"):
        sheet.merge_cells(area)
    for row in range(5, 11):
        for col in range(1, 15):
            cell = sheet.cell(row, col)
            cell.border, cell.alignment = box, centre
            if row == 8:
                cell.value = col
    sheet["C10"] = "JUMLAH"
    for col in "GIKM":
        sheet[f"{col}10"] = f"=SUM({col}9)"
        sheet[f"{col}9"].number_format = sheet[f"{col}10"].number_format = "#,##0"
    sheet["C13"] = "Faktor pendorong keberhasilan:"
    sheet["L15"], sheet["L19"] = "Kepala Bappeda,", "NIP. ..............."
    sheet.print_area = "A1:N19"
    sheet.print_title_rows = "5:8"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    for col, width in zip("ABCDEFGHIJKLMN", (5, 26, 30, 34, 11, 8, 14, 8, 17, 8, 14, 8, 14, 16), strict=True):
        sheet.column_dimensions[col].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def indikator() -> bytes:
    """Indicators for the Inspektorat (openpyxl): fields by defined name and by label, no frames, numbers in front."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Form IKU"
    sheet["A1"] = "DAFTAR INDIKATOR KINERJA"
    sheet["A3"], sheet["A4"], sheet["A5"], sheet["A6"] = "Nama :", "NIP :", "Unit Kerja :", "Tahun Anggaran"
    sheet["B6"] = ":"
    heads = ("No.", "Indikator Kinerja", "Satuan", "Target 2025", "TW I", "TW II", "TW III", "TW IV", "Penanggung Jawab", "Paraf")
    for col, name in enumerate(heads, 1):
        sheet.cell(8, col, name).font = Font(bold=True)
    for number in range(1, 4):
        sheet.cell(8 + number, 1, number)
    sheet["B14"] = "Mengetahui,"
    sheet["H2"] = None
    names = openpyxl.workbook.defined_name.DefinedName
    book.defined_names["SKPD"] = names("SKPD", attr_text="'Form IKU'!$H$2")
    for col, width in zip("ABCDEFGHIJ", (6, 44, 12, 12, 9, 9, 9, 9, 26, 10), strict=True):
        sheet.column_dimensions[col].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
