"""Every workbook and letter that we write opens in Excel and Word as it stands: ``excel_syarat`` asks, and is asked itself."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter

from tests.buku_kita import in_memory, of_samples, written
from tests.excel_syarat import Fault, audit, faults, known
from tests.kantor_uji import replaced

FIRST = "xl/worksheets/sheet1.xml"


def test_every_workbook_is_taken_by_excel_as_it_stands():
    """No circle, no function without its prefix, nothing beyond a limit, nothing that overlaps."""
    books = {name: data for name, data in {**in_memory(), **of_samples(), **written()}.items() if name.endswith(".xlsx")}
    assert len(books) > 70
    found = {name: said for name, data in books.items() if (said := faults(data))}
    # What somebody broke in the sample: a reference that is lost.
    broken = "samples/wasuponda-2025/masuk/TW1/Realisasi-trantib-TW1.xlsx"
    assert found == {broken: {("rujukan hilang", "Bukti dan Kendala", "F8")}}


def test_every_workbook_and_letter_keeps_to_the_schemas(tmp_path: Path):
    said = []
    for name, data in {**of_samples(), **written()}.items():
        if name.endswith((".xlsx", ".docx")) and not name.startswith("masuk/"):
            path = tmp_path / name.replace("/", "-")
            path.write_bytes(data)
            said += audit(path)
    assert said == []


# ---- the judge is judged ------------------------------------------------------------------------------


def sheet_with(formulas: dict[str, str] | None = None, name: str = "Satu") -> bytes:
    """A workbook of two sheets with a name, a table, a merged area, a drop-down and a conditional format: honest."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first, second = book.add_worksheet(name), book.add_worksheet("Dua")
        first.write_row("A1", ["Kode", "Jumlah"])
        first.write_column("A2", [1, 2, 3])
        first.write_column("B2", [10, 20, 30])
        first.write_formula("B5", "=SUM(B2:B4)", None, 60)
        first.write_formula("C5", "=ROW(C5)+ROWS($C$1:$C$9)", None, 14)
        second.write_formula("A1", f"=SUMIFS({name}!B2:B4,{name}!A2:A4,1)+Angka", None, 11)
        second.merge_range("A3:B4", "x")
        second.add_table("D1:E3", {"name": "tabel_satu", "columns": [{"header": "a"}, {"header": "b"}]})
        second.data_validation("G1", {"validate": "list", "source": ["Ya", "Tidak"]})
        second.conditional_format("H1", {"type": "formula", "criteria": "=$A$1>1", "format": book.add_format({"bold": True})})
        book.define_name("Angka", f"={name}!$B$2")
        for cell, formula in (formulas or {}).items():
            first.write_formula(cell, formula, None, 0)
    return out.getvalue()


def test_an_honest_workbook_has_no_fault():
    assert faults(sheet_with()) == set()


LONG = "+".join(["1"] * 4_100)
DEEP = "IF(A2>0," * 65 + "1" + ",0)" * 65
JUST_DEEP = "IF(A2>0," * 64 + "1" + ",0)" * 64


@pytest.mark.parametrize(
    ("formulas", "wanted"),
    [
        ({"D1": "=D1+1"}, {("memakai selnya sendiri", "Satu", "D1")}),
        ({"B9": "=SUMIFS($B$1:$B$20,$A$1:$A$20,1)"}, {("memakai selnya sendiri", "Satu", "B9")}),
        ({"B9": "=SUM(Satu!B:B)"}, {("memakai selnya sendiri", "Satu", "B9")}),
        ({"B2": "=Angka*2"}, {("memakai selnya sendiri", "Satu", "B2")}),
        ({"D1": "=E1", "E1": "=F1", "F1": "=D1"}, {("melingkar", "Satu", "D1 E1 F1")}),
        ({"B2": "=Dua!A1"}, {("melingkar", "Dua", "A1 B2")}),
        ({"D1": "=E1", "E1": "=F1"}, set()),
        ({"D1": "=XLOOKUP(1,A2:A4,B2:B4)"}, {("fungsi", "Satu", "D1")}),
        ({"D1": "=_xlfn.STDEV.S(B2:B4)"}, set()),
        ({"D1": "=STDEV.S(B2:B4)"}, {("fungsi", "Satu", "D1")}),
        ({"D1": "=_xlfn.TEXTJOIN(1,1,A2:A4)"}, {("fungsi", "Satu", "D1")}),
        ({"D1": f"={LONG}+1"}, {("rumus terlalu panjang", "Satu", "D1")}),
        ({"D1": f"={LONG[:8_191]}"}, set()),
        ({"D1": f"={DEEP}"}, {("rumus terlalu dalam", "Satu", "D1")}),
        ({"D1": f"={JUST_DEEP}"}, set()),
        ({"D1": f"=SUM({','.join(['A2'] * 256)})"}, {("argumen terlalu banyak", "Satu", "D1")}),
        ({"D1": f"=SUM({','.join(['A2'] * 255)})"}, set()),
        ({"D1": '="' + "x" * 256 + '"'}, {("teks di dalam rumus", "Satu", "D1")}),
        ({"D1": '="' + "x" * 255 + '"'}, set()),
        ({"D1": "=Tiga!A1"}, {("lembar tidak ada", "Satu", "D1")}),
        ({"D1": "=#REF!+1"}, {("rujukan hilang", "Satu", "D1")}),
    ],
)
def test_a_formula(formulas: dict[str, str], wanted: Iterable[Fault]):
    assert faults(sheet_with(formulas)) == wanted


SECOND, BOOK, TABLE, STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/tables/table1.xml", "xl/styles.xml"
MERGES = r'<mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'


def merges(*refs: str) -> str:
    return f'<mergeCells count="{len(refs)}">' + "".join(f'<mergeCell ref="{ref}"/>' for ref in refs) + "</mergeCells>"


@pytest.mark.parametrize(
    ("part", "old", "new", "wanted"),
    [
        (SECOND, MERGES, merges("A3:B4", "B4:C5"), {("gabungan tumpang tindih", "Dua", "B4:C5")}),
        (SECOND, MERGES, merges("A3:B4", "C3:C4"), set()),
        (SECOND, MERGES, merges("A3:B4", "A9"), {("gabungan satu sel", "Dua", "A9")}),
        (SECOND, MERGES, merges("A3:B4", "E3:F3"), {("tabel dan gabungan", "Dua", "E3:F3")}),
        (BOOK, 'name="Dua"', 'name="Satu/Dua"', {("nama lembar", "Satu/Dua", "")}),
        (BOOK, 'name="Dua"', f'name="{"D" * 32}"', {("nama lembar", "D" * 32, "")}),
        (BOOK, 'name="Dua"', f'name="{"D" * 31}"', set()),
        (BOOK, 'name="Dua"', 'name="satu"', {("nama lembar ganda", "Satu", ""), ("nama lembar ganda", "satu", "")}),
        (BOOK, 'name="Angka"', 'name="AB12"', {("nama", "", "AB12")}),
        (BOOK, 'name="Angka"', 'name="R1C1"', {("nama", "", "R1C1")}),
        (BOOK, 'name="Angka"', 'name="dua kata"', {("nama", "", "dua kata")}),
        (TABLE, 'displayName="tabel_satu"', 'displayName="A1"', {("nama tabel", "Dua", "A1")}),
        (TABLE, 'name="b"', 'name="A"', {("kolom tabel", "Dua", "tabel_satu")}),
        (SECOND, '"Ya,Tidak"', '"' + "x" * 256 + '"', {("pilihan terlalu panjang", "Dua", "G1")}),
        (SECOND, '"Ya,Tidak"', '"' + "x" * 255 + '"', set()),
        (SECOND, 'sqref="G1"', f'sqref="G1" promptTitle="{"x" * 33}"', {("pesan pilihan", "Dua", "G1")}),
        (SECOND, 'priority="1"', 'priority="0"', {("format bersyarat", "Dua", "H1")}),
        (SECOND, 'dxfId="0"', 'dxfId="4"', {("format bersyarat", "Dua", "H1")}),
        (SECOND, r"\$A\$1&gt;1", "XLOOKUP(1,A1,B1)", {("fungsi", "Dua", "H1")}),
    ],
)
def test_a_part(part: str, old: str, new: str, wanted: Iterable[Fault]):
    data = replaced(sheet_with(), part, old, new)
    assert data != sheet_with() and faults(data) == wanted


def test_what_excel_2010_knows():
    assert all(known(name) for name in ("SUM", "IFERROR", "SUMIFS", "_xlfn.RANK.EQ", "_XLFN.RANK.EQ"))
    assert not any(known(name) for name in ("RANK.EQ", "IFS", "_xlfn.IFS", "LET", "_xlfn.XLOOKUP", "TEXTJOIN", "APA"))
