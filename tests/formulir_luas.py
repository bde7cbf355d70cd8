"""Empty forms as offices of a regency and a province hand them out, invented: letterheads, merged headings, few prepared rows
or many, subtotals, print set-up, and everything that hangs on a table elsewhere in its file. For the tests of ``isi``."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName

from kinerja_xl.package import Archive, repack
from kinerja_xl.words.periods import MONTHS
from tests.formulir_asing import picture

Heading = tuple[str, str]
"""Area or cell, and its words."""


class Form:
    """One workbook with XlsxWriter: a letterhead, titles, labels, headings, rows, a signature block."""

    def __init__(self, sheet: str, widths: Sequence[float]) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        self.sheet = self.book.add_worksheet(sheet)
        self.name = sheet
        self.widths = widths
        for col, width in enumerate(widths):
            self.sheet.set_column(col, col, width)
        frame = {"border": 1, "valign": "top"}
        make = self.book.add_format
        self.title = make({"bold": True, "align": "center", "valign": "vcenter", "font_size": 12})
        self.head = make(frame | {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#D9E1F2"})
        self.text = make(frame | {"text_wrap": True})
        self.money = make(frame | {"num_format": "#,##0"})
        self.share = make(frame | {"num_format": "0.00"})
        self.sums = make(frame | {"bold": True, "num_format": "#,##0", "bg_color": "#F2F2F2"})
        self.plain = make({"align": "center"})

    def letterhead(self, last: str, *lines: str) -> None:
        for row, line in enumerate(lines, start=1):
            self.sheet.merge_range(f"B{row}:{last}{row}", line, self.title)
        self.sheet.insert_image("A1", "logo.png", {"image_data": io.BytesIO(picture()), "object_position": 1, "x_offset": 4})

    def labels(self, row: int, names: Sequence[str], colon: int = 2) -> None:
        """Labels in column A, the colon in column ``colon`` (zero-based)."""
        for at, name in enumerate(names, start=row):
            self.sheet.write(at - 1, 0, name)
            self.sheet.write(at - 1, colon, ":")

    def heads(self, *headings: Heading) -> None:
        for area, words in headings:
            if ":" in area:
                self.sheet.merge_range(area, words, self.head)
            else:
                self.sheet.write(area, words, self.head)

    def numbering(self, row: int, words: Sequence[object]) -> None:
        for col, word in enumerate(words):
            self.sheet.write(row - 1, col, word, self.head)

    def rows(self, first: int, last: int, money: str = "", shares: str = "", formulas: dict[str, str] | None = None) -> None:
        """Framed blank rows; ``formulas`` by column with {r} for the row."""
        for row in range(first, last + 1):
            for col in range(len(self.widths)):
                letter = chr(65 + col)
                look = self.money if letter in money else self.share if letter in shares else self.text
                if formulas and letter in formulas:
                    self.sheet.write_formula(row - 1, col, formulas[letter].format(r=row), look, 0)
                else:
                    self.sheet.write_blank(row - 1, col, None, look)

    def total(self, row: int, label: str, until: str, formulas: dict[str, str], shown: object = 0) -> None:
        """A row of sums: the label merged from A to ``until``."""
        for col in range(len(self.widths)):
            self.sheet.write_blank(row - 1, col, None, self.sums)
        self.sheet.merge_range(f"A{row}:{until}{row}", label, self.sums)
        for letter, formula in formulas.items():
            self.sheet.write_formula(f"{letter}{row}", formula.format(r=row), self.sums, shown)

    def signed(self, row: int, first: str, last: str, who: str) -> None:
        self.sheet.merge_range(f"{first}{row}:{last}{row}", "................, ....................", self.plain)
        self.sheet.merge_range(f"{first}{row + 1}:{last}{row + 1}", who, self.plain)
        self.sheet.merge_range(f"{first}{row + 5}:{last}{row + 5}", "(..............................)", self.plain)
        self.sheet.merge_range(f"{first}{row + 6}:{last}{row + 6}", "NIP. ....................", self.plain)

    def printed(self, area: str, titles: tuple[int, int]) -> None:
        self.sheet.print_area(area)
        self.sheet.repeat_rows(titles[0] - 1, titles[1] - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def bytes(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


def rab_kegiatan(macros: bool = False) -> bytes:
    """RAB of the regency's BPKAD: five prepared rows; a second sheet, a chart, names, formats, validations, sparklines, a text
    box, a comment, page breaks and frozen panes that all hang on the table."""
    form = Form("RAB", (5, 34, 10, 12, 16, 18, 14))
    sheet, rekap = form.sheet, form.book.add_worksheet("Rekapitulasi")
    form.letterhead("G", "PEMERINTAH KABUPATEN CONTOH RAYA", "BADAN KEUANGAN DAN ASET DAERAH", "RENCANA ANGGARAN BIAYA")
    form.labels(5, ("SKPD", "Tahun Anggaran", "Program", "Kegiatan", "Sub Kegiatan", "Pagu Anggaran"), colon=1)
    form.heads(("A12:A13", "No"), ("B12:B13", "Uraian"), ("C12:F12", "Rincian Perhitungan"), ("C13", "Volume"), ("D13", "Satuan"),
               ("E13", "Harga Satuan\n(Rp)"), ("F13", "Jumlah\n(Rp)"), ("G12:G13", "Ket."))
    form.numbering(14, (1, 2, 3, 4, 5, "6=3x5", 7))
    form.rows(15, 19, "EF", formulas={"F": "=ROUND(ROUND(C{r}*E{r},4),0)"})
    form.total(20, "JUMLAH", "E", {"F": "=SUM(F15:F19)"})
    sheet.write("B22", "Terbilang :")
    sheet.insert_textbox("A24", "Diisi dengan huruf cetak dan dibubuhi paraf PPTK.", {"width": 170, "height": 60})
    form.signed(23, "E", "G", "Pengguna Anggaran,")
    red = form.book.add_format({"bg_color": "#FFC7CE"})
    sheet.conditional_format("F15:F19", {"type": "formula", "criteria": "=$F15>$F$20/2", "format": red})
    sheet.conditional_format("E15:E19", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("D15:D19", {"validate": "list", "source": "=Satuan_Baku"})
    sheet.data_validation("C15:C19", {"validate": "custom", "value": "=COUNTIF($B$15:$B$19,B15)<2"})
    for row in range(15, 20):
        sheet.add_sparkline(f"H{row}", {"range": f"RAB!C{row}:F{row}"})
    sheet.write_comment("F20", "Sama dengan pagu sub kegiatan")
    sheet.set_h_pagebreaks([20])
    sheet.freeze_panes(14, 2)
    form.printed("A1:G29", (12, 14))
    form.book.define_name("Total_RAB", "=RAB!$F$20")
    form.book.define_name("Rincian", "=RAB!$B$15:$F$19")
    form.book.define_name("Satuan_Baku", "=Rekapitulasi!$A$10:$A$12")
    for row, unit in enumerate(("Orang", "Paket", "Rim"), start=10):
        rekap.write(f"A{row}", unit)
    rekap.write("A1", "Total RAB")
    rekap.write_formula("B1", "=Total_RAB", None, 0)
    rekap.write_formula("B2", "=SUM(INDEX(Rincian,0,5))", None, 0)
    rekap.write_formula("B3", '=SUMIF(RAB!D15:D19,"Rim",RAB!F15:F19)', None, 0)
    rekap.write_formula("B4", "=SUMPRODUCT(RAB!C15:C19,RAB!E15:E19)", None, 0)
    rekap.write_formula("B5", "=COUNTA(RAB!B15:B19)", None, 0)
    rekap.write_formula("B6", "=MAX(RAB!F15:F19)/RAB!F20", None, "#DIV/0!")
    chart = form.book.add_chart({"type": "bar"})
    chart.add_series({"categories": "=RAB!$B$15:$B$19", "values": "=RAB!$F$15:$F$19", "name": "=RAB!$F$13"})
    rekap.insert_chart("D2", chart)
    data = form.bytes()
    return with_macros(data) if macros else data


def with_macros(data: bytes) -> bytes:
    """The workbook as an .xlsm: its content type and a stub of a macro project."""
    archive = Archive.open(data)
    parts = {entry.filename: archive.read(entry.filename) for entry in archive.entries}
    types = parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml", 1)
    types = types.replace(b"application/vnd.openxmlformats-officedocument.sheet.macro", b"application/vnd.ms-excel.sheet.macro")
    stub = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    parts["[Content_Types].xml"] = types.replace(b"<Default ", stub + b"<Default ", 1)
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    link = b'<Relationship Id="rIdVba" Type="' + kind + b'" Target="vbaProject.bin"/>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    return repack(parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)})


PROGRAMS = (
    ("7.01.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"),
    ("7.01.02", "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"),
    ("7.01.03", "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"),
    ("7.01.04", "PROGRAM KOORDINASI KETENTRAMAN DAN KETERTIBAN UMUM"),
    ("7.01.05", "PROGRAM PENYELENGGARAAN URUSAN PEMERINTAHAN UMUM"),
    ("7.01.06", "PROGRAM PEMBINAAN DAN PENGAWASAN PEMERINTAHAN DESA"),
)


def rka_per_program(numbers: bool = True) -> bytes:
    """RKA of Bappeda with a group per program: its name, three prepared rows, a subtotal; JUMLAH adds the subtotals."""
    form = Form("RKA Belanja", (5, 20, 40, 10, 12, 15, 13, 17))
    form.letterhead("H", "PEMERINTAH KABUPATEN CONTOH RAYA", "RINCIAN BELANJA SATUAN KERJA PERANGKAT DAERAH")
    form.labels(4, ("Organisasi", "Tahun Anggaran"))
    form.heads(("A7:A8", "No."), ("B7:B8", "Kode Rekening"), ("C7:C8", "Uraian"), ("D7:G7", "Rincian Perhitungan"),
               ("H7:H8", "Jumlah (Rp)"), ("D8", "Koefisien"), ("E8", "Satuan"), ("F8", "Harga Satuan"), ("G8", "PPN"))
    form.numbering(9, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8) = (4x6)+7"))
    row, sums = 10, []
    for code, name in PROGRAMS:
        form.rows(row, row)
        form.sheet.write(f"B{row}", code, form.sums)
        form.sheet.write(f"C{row}", name, form.sums)
        form.rows(row + 1, row + 3, "FGH", formulas={"H": "=ROUND(ROUND(D{r}*F{r},4),0)+G{r}"})
        form.total(row + 4, f"Sub Jumlah {code}", "G", {"H": f"=SUM(H{row + 1}:H{row + 3})"})
        sums.append(f"H{row + 4}")
        row += 5
    form.total(row, "JUMLAH BELANJA", "G", {"H": "=" + "+".join(sums)})
    form.signed(row + 2, "F", "H", "Kepala SKPD,")
    form.sheet.set_column("J:K", 12, None, {"hidden": True})
    form.sheet.write_formula(f"J{row}", f"=H{row}/1000", form.money, 0)
    form.printed(f"A1:H{row + 9}", (7, 9))
    return form.bytes()


def realisasi_anggaran() -> bytes:
    """Laporan realisasi anggaran per triwulan of BPKAD: one prepared row, share and rest by formula, JUMLAH."""
    form = Form("Realisasi", (5, 19, 42, 16, 15, 15, 15, 15, 16, 9, 16))
    form.letterhead("K", "PEMERINTAH KABUPATEN CONTOH RAYA", "LAPORAN REALISASI ANGGARAN PER TRIWULAN")
    form.labels(4, ("Nama SKPD", "Tahun Anggaran"))
    form.heads(("A7:A8", "No"), ("B7:B8", "Kode"), ("C7:C8", "Program / Kegiatan / Sub Kegiatan"), ("D7:D8", "Pagu (Rp)"),
               ("E7:H7", "Realisasi Keuangan (Rp)"), ("E8", "TW I"), ("F8", "TW II"), ("G8", "TW III"), ("H8", "TW IV"),
               ("I7:I8", "Jumlah Realisasi (Rp)"), ("J7:J8", "%"), ("K7:K8", "Sisa Pagu (Rp)"))
    form.numbering(9, (1, 2, 3, 4, 5, 6, 7, 8, "9=5+6+7+8", "10=9/4", "11=4-9"))
    own = {"I": "=SUM(E{r}:H{r})", "J": "=IF(D{r}=0,0,I{r}/D{r}*100)", "K": "=D{r}-I{r}"}
    form.rows(10, 10, "DEFGHIK", "J", own)
    form.total(11, "JUMLAH", "C", {c: f"=SUM({c}10:{c}10)" for c in "DEFGHIK"} | {"J": "=IF(D11=0,0,I11/D11*100)"})
    form.signed(14, "I", "K", "Camat,")
    form.sheet.conditional_format("J10:J10", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    form.sheet.autofilter("A9:K10")
    form.printed("A1:K21", (7, 9))
    return form.bytes()


def rkt() -> bytes:
    """RKT of the Inspektorat: one blank row without formulas, headings in two rows, a total over money only."""
    form = Form("RKT", (5, 30, 38, 11, 12, 40, 18))
    form.letterhead("G", "RENCANA KINERJA TAHUNAN", "TAHUN ANGGARAN 2025")
    form.labels(4, ("Perangkat Daerah", "Tahun"))
    form.heads(("A7:A8", "NO"), ("B7:B8", "SASARAN STRATEGIS"), ("C7:E7", "KINERJA"), ("C8", "INDIKATOR KINERJA"),
               ("D8", "TARGET"), ("E8", "SATUAN"), ("F7:F8", "PROGRAM / KEGIATAN / SUB KEGIATAN"), ("G7:G8", "ANGGARAN (Rp)"))
    form.numbering(9, (1, 2, 3, 4, 5, 6, 7))
    form.rows(10, 10, "G")
    form.total(11, "Jumlah", "F", {"G": "=SUM(G10)"})
    form.signed(13, "F", "G", "Kepala Perangkat Daerah,")
    form.printed("A1:G20", (7, 9))
    return form.bytes()


def pk_lampiran() -> bytes:
    """Lampiran of a Perjanjian Kinerja: two tables on one sheet, indicators above, programs with their money below."""
    form = Form("Lampiran PK", (6, 44, 50, 14, 14))
    form.letterhead("E", "LAMPIRAN PERJANJIAN KINERJA", "TAHUN 2025")
    form.heads(("A5", "No"), ("B5", "Sasaran"), ("C5", "Indikator Kinerja"), ("D5", "Satuan"), ("E5", "Target"))
    form.numbering(6, ("(1)", "(2)", "(3)", "(4)", "(5)"))
    form.rows(7, 9)
    form.heads(("A12", "No"), ("B12", "Program/Kegiatan/Sub Kegiatan"), ("C12", "Anggaran (Rp)"), ("D12:E12", "Keterangan"))
    for row in range(13, 16):
        for col in range(3):
            form.sheet.write_blank(row - 1, col, None, form.money if col == 2 else form.text)
        form.sheet.merge_range(f"D{row}:E{row}", "", form.text)
    form.sheet.merge_range("A16:B16", "Jumlah", form.sums)
    form.sheet.write_formula("C16", "=SUM(C13:C15)", form.sums, 0)
    form.sheet.merge_range("D16:E16", "", form.sums)
    form.sheet.write("B19", "Pihak Kedua,", form.plain)
    form.sheet.write("D19", "Pihak Pertama,", form.plain)
    form.printed("A1:E25", (5, 6))
    return form.bytes()


def rencana_aksi() -> bytes:
    """Rencana Aksi of the provincial office: targets per triwulan in one merged heading, ten numbered rows and "dst"."""
    form = Form("Renaksi", (5, 28, 36, 11, 10, 9, 9, 9, 9, 24))
    form.letterhead("J", "RENCANA AKSI ATAS PERJANJIAN KINERJA", "TAHUN 2025")
    form.labels(4, ("Unit Kerja", "Nama", "NIP", "Jabatan"))
    form.heads(("A9:A10", "No"), ("B9:B10", "Sasaran"), ("C9:C10", "Indikator Kinerja"), ("D9:D10", "Satuan"),
               ("E9:E10", "Target 2025"), ("F9:I9", "Target Triwulan"), ("F10", "I"), ("G10", "II"),
               ("H10", "III"), ("I10", "IV"), ("J9:J10", "Penanggung Jawab"))
    form.rows(11, 21)
    for row in range(11, 21):
        form.sheet.write(f"A{row}", row - 10, form.text)
    form.sheet.write("A21", "dst", form.text)
    form.sheet.write("B23", "Catatan: target triwulan bersifat kumulatif.")
    form.signed(24, "I", "J", "Atasan Langsung,")
    form.printed("A1:J31", (9, 10))
    form.sheet.freeze_panes(10, 3)
    return form.bytes()


_E81 = (
    ("F", "G", "Target Renstra Perangkat Daerah pada Tahun 2026 (Akhir Periode Renstra)"),
    ("H", "I", "Realisasi Capaian Kinerja Renstra Perangkat Daerah s/d Renja Tahun Lalu (n-2)"),
    ("J", "K", "Target Kinerja dan Anggaran Renja Tahun Berjalan (Tahun 2025) yang Dievaluasi"),
    ("T", "U", "Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi (2025)"),
    ("V", "W", "Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2025"),
    ("X", "Y", "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra s/d Tahun 2025 (%)"),
)


def evaluasi_e81() -> bytes:
    """Tabel E.81 in full: three heading rows, two numbering rows, one prepared row, averages and predicate, remarks below."""
    form = Form("E.81", (5, 20, 30, 30, 10, *[9, 15] * 10, 18))
    form.letterhead("Z", "EVALUASI TERHADAP HASIL RENJA PERANGKAT DAERAH", "RENJA PERANGKAT DAERAH ............ TAHUN 2025")
    upright = (
        ("A", "No"), ("B", "Sasaran"), ("C", "Program/Kegiatan/Sub Kegiatan"), ("E", "Satuan"),
        ("D", "Indikator Kinerja Program (Outcome)/ Kegiatan (Output)"), ("Z", "Unit Perangkat Daerah Penanggung Jawab"),
    )  # fmt: skip
    form.heads(*((f"{c}5:{c}7", words) for c, words in upright), ("L5:S5", "Realisasi Kinerja pada Triwulan"))
    for (a, b), roman in zip(("LM", "NO", "PQ", "RS"), ("I", "II", "III", "IV"), strict=True):
        form.heads((f"{a}6:{b}6", roman))
    for a, b, words in _E81:
        form.heads((f"{a}5:{b}6", words))
    for a, b in ("FG", "HI", "JK", "LM", "NO", "PQ", "RS", "TU", "VW", "XY"):
        form.heads((f"{a}7", "K"), (f"{b}7", "Rp"))
    form.numbering(8, [chr(97 + at) for at in range(26)])
    form.rows(9, 9, "GIKMOQSUW", "XY")
    form.total(10, "Rata-rata capaian kinerja (%)", "W", {"X": "=IFERROR(AVERAGE(X9:X9),0)", "Y": "=IFERROR(AVERAGE(Y9:Y9),0)"})
    form.total(11, "Predikat kinerja", "W", {c: f'=IF({c}10>90,"ST",IF({c}10>75,"T","S"))' for c in "XY"}, shown="S")
    for row, words in enumerate(("Faktor pendorong keberhasilan kinerja:", "Faktor penghambat pencapaian kinerja:",
                                 "Tindak lanjut yang diperlukan dalam triwulan berikutnya:"), start=12):
        form.sheet.merge_range(f"A{row}:Z{row}", words, form.text)
    form.signed(17, "V", "Z", "Kepala Bappeda,")
    form.printed("A1:Z24", (5, 8))
    form.sheet.set_paper(8)
    return form.bytes()


def usulan_harga() -> bytes:
    """Usulan standar harga of BPKAD: no money to add up, an example row, data validation, no signature below."""
    form = Form("Usulan SSH", (5, 18, 36, 36, 12, 16, 20, 22))
    form.letterhead("H", "FORMULIR USULAN STANDAR HARGA SATUAN", "TAHUN ANGGARAN 2025")
    form.labels(4, ("Nama OPD",), colon=1)
    form.heads(("A6", "NO"), ("B6", "KODE KELOMPOK BARANG"), ("C6", "URAIAN BARANG"), ("D6", "SPESIFIKASI"), ("E6", "SATUAN"),
               ("F6", "HARGA SATUAN"), ("G6", "KODE REKENING"), ("H6", "KETERANGAN"))
    form.rows(7, 12, "F")
    for col, word in enumerate((1, "1.1.12.01", "Contoh: Kertas HVS", "A4 80 gram", "Rim", 65000, "5.1.02.01.01.0024", "contoh")):
        form.sheet.write(6, col, word, form.money if col == 5 else form.text)
    form.sheet.data_validation("E7:E12", {"validate": "list", "source": ["Rim", "Orang", "Paket"]})
    form.sheet.protect("", {"format_cells": True})
    form.sheet.unprotect_range("A7:H12")
    form.printed("A1:H12", (6, 6))
    return form.bytes()


def lke() -> bytes:
    """Lembar Kerja Evaluasi of the Inspektorat: criteria and scores that are not ours to give."""
    form = Form("LKE", (6, 60, 10, 12, 10, 50))
    form.letterhead("F", "LEMBAR KERJA EVALUASI", "AKUNTABILITAS KINERJA INSTANSI PEMERINTAH")
    form.heads(("A4", "No"), ("B4", "Komponen / Sub Komponen / Kriteria"), ("C4", "Bobot"), ("D4", "Jawaban"), ("E4", "Nilai"),
               ("F4", "Catatan"))
    criteria = (
        ("1", "PERENCANAAN KINERJA", 30), ("1.a", "Dokumen perencanaan telah tersedia", 6),
        ("", "Terdapat pedoman teknis perencanaan kinerja", None), ("1.b", "Dokumen memenuhi standar", 9),
    )  # fmt: skip
    for row, (number, words, weight) in enumerate(criteria, start=5):
        form.rows(row, row)
        form.sheet.write_row(row - 1, 0, (number, words, weight), form.text)
        form.sheet.write_formula(f"E{row}", f'=IF(D{row}="AA",100,0)*C{row}/100', form.share, 0)
    form.total(9, "NILAI AKUNTABILITAS KINERJA", "D", {"E": "=SUM(E5:E8)"})
    return form.bytes()


def capaian_iku() -> bytes:
    """Pengukuran kinerja of the Inspektorat (openpyxl): four prepared rows, capaian by formula, a picture-free letterhead."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Pengukuran Kinerja"
    box = Border(*[Side(style="thin")] * 4)
    sheet["A1"], sheet["A1"].font = "PENGUKURAN KINERJA TAHUN 2025", Font(bold=True, size=13)
    sheet.merge_cells("A1:H1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A3"], sheet["C3"] = "Instansi", ":"
    sheet["A4"], sheet["C4"] = "Tahun Anggaran", ":"
    heads = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)", "Ket")
    for col, head in enumerate(heads, start=1):
        sheet.cell(6, col, head).font = Font(bold=True)
    for row in range(6, 11):
        for col in range(1, 9):
            sheet.cell(row, col).border = box
            sheet.cell(row, col).alignment = Alignment(wrap_text=True, vertical="top")
    for row in range(7, 11):
        sheet[f"G{row}"] = f'=IF(N(E{row})=0,"",F{row}/E{row}*100)'
        sheet[f"G{row}"].number_format = "0.00"
    sheet["F11"], sheet["G11"] = "Rata-rata", '=IFERROR(AVERAGE(G7:G10),"")'
    sheet["A13"] = "Keterangan: diisi setiap triwulan"
    sheet["G14"], sheet["G18"] = "Camat,", "NIP."
    sheet.print_area = "A1:H18"
    sheet.print_title_rows = "6:6"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    for col, width in zip("ABCDEFGH", (5, 34, 44, 12, 11, 11, 12, 16), strict=True):
        sheet.column_dimensions[col].width = width
    book.defined_names["Instansi"] = DefinedName("Instansi", attr_text="'Pengukuran Kinerja'!$D$3")
    return _saved(book)


def anggaran_kas() -> bytes:
    """Anggaran kas of BPKAD: months side by side, their sum and what is left by formula, two prepared rows."""
    form = Form("Anggaran Kas", (5, 20, 40, 16, *[13] * 12, 16, 14))
    form.letterhead("R", "PEMERINTAH KABUPATEN CONTOH RAYA", "ANGGARAN KAS SATUAN KERJA PERANGKAT DAERAH")
    form.labels(4, ("SKPD", "Tahun Anggaran"))
    form.heads(("A7:A8", "No"), ("B7:B8", "Kode Sub Kegiatan"), ("C7:C8", "Sub Kegiatan"), ("D7:D8", "Anggaran (Rp)"),
               ("E7:P7", "Rencana Penarikan Dana per Bulan"), *((f"{chr(69 + at)}8", month) for at, month in enumerate(MONTHS)),
               ("Q7:Q8", "Jumlah"), ("R7:R8", "Selisih"))
    form.rows(9, 10, "DEFGHIJKLMNOPQR", formulas={"Q": "=SUM(E{r}:P{r})", "R": "=D{r}-Q{r}"})
    form.total(11, "JUMLAH", "C", {chr(c): f"=SUM({chr(c)}9:{chr(c)}10)" for c in range(68, 83)})
    form.signed(13, "N", "Q", "Pengguna Anggaran,")
    form.printed("A1:R20", (7, 8))
    return form.bytes()


def daftar_pagu() -> bytes:
    """Pagu definitif of Bappeda (openpyxl): forty prepared rows without frames above TOTAL, more than are needed."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Pagu"
    sheet["A1"] = "PAGU DEFINITIF PER SUB KEGIATAN TAHUN 2025"
    sheet["A2"] = "OPD : ................................"
    for col, head in enumerate(("No.", "Kode", "Nama Sub Kegiatan", "Pagu (Rp)", "Keterangan"), start=1):
        sheet.cell(4, col, head).font = Font(bold=True)
    for row in range(5, 45):
        sheet[f"A{row}"] = f'=IF(C{row}="","",ROW()-4)'
        sheet[f"D{row}"].number_format = "#,##0"
    sheet["C45"], sheet["D45"] = "TOTAL", "=SUM(D5:D44)"
    sheet["D45"].number_format = "#,##0"
    sheet["D48"] = "Mengetahui,"
    sheet.row_dimensions[3].hidden = True
    sheet.freeze_panes = "A5"
    for col, width in zip("ABCDE", (6, 22, 60, 20, 24), strict=True):
        sheet.column_dimensions[col].width = width
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
