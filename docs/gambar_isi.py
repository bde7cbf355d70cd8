"""The pictures of a form before and after ``isi``: ``python -m docs.gambar_isi`` (needs LibreOffice and pdftoppm).

The form is one that Bappeda sends: its rows are printed, its sums are formulas, one row is not ours. It is filled from the locked
plan of the sample office.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.filling.form import fill_form
from kinerja_xl.filling.supply import plan_supplies
from kinerja_xl.uses.arsip import read_plan

HERE = Path(__file__).parent
PLAN = HERE.parent / "samples" / "wasuponda-2025" / "arsip" / "Penetapan-2025-perubahan-1.xlsx"
HEADS = ("No", "Kode", "Program / Kegiatan / Sub Kegiatan", "Pagu (Rp)", "Tanggal DPA", "Keterangan")
WIDTHS = (5, 20, 78, 17, 14, 16)
ROWS = (
    ("7.01.06", "PROGRAM PEMBINAAN DAN PENGAWASAN PEMERINTAHAN DESA", "=D8"),
    ("7.01.06.2.01", "Fasilitasi, Rekomendasi dan Koordinasi Pembinaan dan Pengawasan Pemerintahan Desa", "=SUM(D9:D12)"),
    ("7.01.06.2.01.0001", "Fasilitasi Penyusunan Peraturan Desa dan Peraturan Kepala Desa", None),
    ("7.01.06.2.01.0002", "Fasilitasi Administrasi Tata Pemerintahan Desa", None),
    ("7.01.06.2.01.0003", "Fasilitasi Pengelolaan Keuangan Desa dan Pendayagunaan Aset Desa", None),
    ("7.01.06.2.01.0099", "Fasilitasi Pemilihan Kepala Desa", None),
)


def form() -> bytes:
    """The blank form."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Formulir"
    frame = Border(*(Side(style="thin") for _ in range(4)))
    sheet["A1"], sheet["A2"] = "BADAN PERENCANAAN PEMBANGUNAN DAERAH", "DAFTAR PAGU SUB KEGIATAN TAHUN ANGGARAN 2025"
    sheet["B3"] = "Perangkat Daerah :"
    for col, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), 1):
        sheet.cell(6, col, head)
        sheet.column_dimensions[chr(64 + col)].width = width
    for row, (code, name, amount) in enumerate(ROWS, 7):
        for col, value in enumerate((row - 6, code, name, amount), 1):
            sheet.cell(row, col, value)
    sheet.cell(13, 3, "JUMLAH")
    sheet.cell(13, 4, "=D7")
    for row in range(6, 14):
        for col in range(1, 7):
            cell = sheet.cell(row, col)
            cell.border, cell.alignment = frame, Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name="Carlito", bold=row in (6, 13))
            cell.number_format = "#,##0" if col == 4 else "General"
            cell.fill = PatternFill("solid", fgColor="DDEBF7") if row == 6 else PatternFill()
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled() -> bytes:
    """The form with the figures of the locked plan; what is said about it is printed."""
    done = fill_form(form(), "Daftar-Pagu.xlsx", plan_supplies(read_plan(PLAN)[0], PLAN.name, "program"))
    for column in done.columns:
        print(column.sentence)
    for finding in done.findings:
        print(finding.code, finding.cell, finding.masalah)
    return done.data


def drawn(data: bytes, target: Path) -> None:
    """The first page of a workbook as a picture."""
    with TemporaryDirectory() as name:
        place = Path(name)
        (place / "a.xlsx").write_bytes(data)
        profile = f"-env:UserInstallation=file://{place / 'profil'}"
        office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(place / "a.xlsx")]
        picture = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-H", "330", str(place / "a.pdf"), str(target.with_suffix(""))]
        for command in (office, picture):
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    drawn(form(), HERE / "gambar" / "isi-kosong.png")
    drawn(filled(), HERE / "gambar" / "isi-terisi.png")
