"""The raw package: both scan paths agree with each other and with openpyxl; a patch changes nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from kinerja_xl.package import (
    BombError,
    DoctypeError,
    ErrorValue,
    Formula,
    FormulaCell,
    Package,
    PackageError,
    SheetScan,
    TooManyCellsError,
    address,
    coordinates,
    normalise,
    patch,
    repack,
)
from kinerja_xl.package import scan as scanning
from kinerja_xl.package.scan import scan_sheet, scan_slow
from kinerja_xl.writing.book import OwnBook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def scan_fast(xml: bytes, path: str) -> SheetScan | None:
    """The scan by expressions; whether all at once or row by row must make no difference, nor that a row was seen before."""
    told = scanning.scan_fast(xml, path)
    for _ in range(2):
        by_row = scanning.scan_fast(xml, path, alike=True)
        assert by_row == told and (told is None or (by_row.filled, [*by_row.formulas]) == (told.filled, [*told.formulas]))
    return told


FIELD = Path(__file__).parents[2] / "shared"  # public office files, beside the project on the builders' machines


def sheet_xml(rows: str, before: str = "", after: str = "") -> bytes:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def blank_book(*names: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = names[0] if names else "Lembar"
    for name in names[1:]:
        book.create_sheet(name)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {entry.filename: zipped.read(entry) for entry in zipped.infolist()}


def with_sheet(xml: bytes) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Lembar").write_string("A1", "judul")  # openpyxl would write no shared strings
    book.close()
    return repack(parts(out.getvalue()) | {"xl/worksheets/sheet1.xml": xml})


def cells(data: bytes) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {(sheet.title, c.coordinate): (c.data_type, getattr(c.value, "text", c.value), tuple(c._style))
            for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}  # fmt: skip


# ---- scan: one content in many spellings ---------------------------------------------------------

CONTENT = sheet_xml(
    '<row r="1" hidden="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1"/><c r="C1" t="e"><v>#REF!</v></c></row>'
    '<row r="3" spans="1:9" hidden="0"><c r="A3"><f>SUM(B1:B2)&amp;"&lt;x&gt;"</f><v>5</v></c>'
    '<c r="B3" t="str"><f aca="false">IF(A1=1,"","t")</f><v></v></c><c r="C3"><f>A3*2</f></c>'
    '<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E3" t="str"><f>B3</f><v>#N/A</v></c><c r="F3"><f>A1</f><v></v></c></row>'
    '<row r="4"><c r="A4"><f t="shared" ref="A4:A6" si="0">B4*2</f><v>4</v></c>'
    '<c r="B4"><f t="array" ref="B4:B5">C4:C5*2</f><v>1</v></c><c r="C4"><f/><v>7</v></c></row>'
    '<row r="5"><c r="A5"><f t="shared" si="0"/><v>6</v></c><c r="B5"><v>2</v></c></row>'
    '<row r="6"><c r="A6"><f t="shared" si="0"/></c>'
    '<c r="AB6" t="inlineStr"><is><t xml:space="preserve"> teks </t></is></c></row>',
    before='<dimension ref="A1:XFD1048576"/><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="9"/></cols>',
    after='<autoFilter ref="A3:C6"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>'
    '<mergeCells count="2"><mergeCell ref="A8:C9"/><mergeCell ref="E1:E1"/></mergeCells>',
)
EXPECTED = SheetScan(
    formulas={
        (3, 1): FormulaCell(text='SUM(B1:B2)&"<x>"', cached=True),
        (3, 2): FormulaCell(text='IF(A1=1,"","t")', cached=True),
        (3, 3): FormulaCell(text="A3*2", cached=False),
        (3, 4): FormulaCell(text="1/0", cached=True),
        (3, 5): FormulaCell(text="B3", cached=True),
        (3, 6): FormulaCell(text="A1", cached=False),
        (4, 1): FormulaCell(text="B4*2", cached=True),
        (4, 2): FormulaCell(text="C4:C5*2", cached=True, array=True),
        (4, 3): FormulaCell(text="", cached=True),
        (5, 1): FormulaCell(text="B4*2", cached=True, origin=(4, 1)),
        (6, 1): FormulaCell(text="B4*2", cached=False, origin=(4, 1)),
    },
    errors={(1, 3): "#REF!", (3, 4): "#DIV/0!"},
    merged=((8, 1, 9, 3), (1, 5, 1, 5)),
    hidden_rows=(1,), hidden_cols=(2, 3), filtered=True,
    max_row=6, max_col=28, cell_count=16, near_row=6, near_col=28, far_cells=(), far_count=0, prefixed=False,
)  # fmt: skip


def single_quoted(xml: bytes) -> bytes:
    return re.sub(rb'(<c[^>]*?) t="(\w+)"', rb"\1 t='\2'", xml)


def type_first(xml: bytes) -> bytes:
    return re.sub(rb'<c( r="\w+")([^>/]*?)( t="\w+")', rb"<c\3\2\1", xml)


def spaced(xml: bytes) -> bytes:
    return xml.replace(b"><f", b">\n <f").replace(b' t="e"', b'\n t = "e"')


def commented(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b'<!-- <sheetData><c r="Z99"/> --><sheetData>')


def cdata(xml: bytes) -> bytes:
    return xml.replace(b"<v>#REF!</v>", b"<v><![CDATA[#REF!]]></v>").replace(b"<f>1/0</f>", b"<f><![CDATA[1/0]]></f>")


def positions_implied(xml: bytes) -> bytes:
    """Without addresses where the position says the same."""
    xml = re.sub(rb' r="(?:[AB][1-6]|C[13]|[DEF]3|C4)"', b"", xml)
    return xml.replace(b'<row r="4"', b"<row").replace(b'<row r="5"', b"<row")


def utf16(xml: bytes) -> bytes:
    return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def utf16_bare(xml: bytes) -> bytes:
    return xml.decode().removeprefix(HEAD).encode("utf-16-be")


def latin1(xml: bytes) -> bytes:
    return xml.replace(b"UTF-8", b"ISO-8859-1").replace(b" teks ", " té ".encode("latin-1"))


def prefixed(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=")


def entity_error(xml: bytes) -> bytes:
    return xml.replace(b't="e"', b't="&#101;"')


def self_closed_value(xml: bytes) -> bytes:
    return xml.replace(b"<v></v>", b"<v/>")


def processing_instruction(xml: bytes) -> bytes:
    return xml.replace(b'<row r="3"', b'<?x <c r="Z9"/> ?><row r="3"')


@pytest.mark.parametrize("same", [bytes, self_closed_value, lambda xml: b"\xef\xbb\xbf" + xml])
def test_fast_path(same):
    assert scan_fast(same(CONTENT), "s") == EXPECTED


@pytest.mark.parametrize(
    "spelling",
    [single_quoted, type_first, spaced, commented, cdata, positions_implied, utf16, utf16_bare, latin1, prefixed,
     entity_error, processing_instruction],
)  # fmt: skip
def test_other_spellings_take_the_slow_path_to_the_same_result(spelling):
    xml = spelling(CONTENT)
    assert xml != CONTENT
    fast = scan_fast(xml, "s")
    assert fast is None or (fast == EXPECTED and spelling is type_first)
    assert scan_sheet(xml, "s") == replace(EXPECTED, prefixed=spelling is prefixed)


@pytest.mark.parametrize("spelling", [bytes, self_closed_value])
def test_slow_path_gives_the_same(spelling):
    assert scan_slow(spelling(CONTENT), "s") == EXPECTED


INSERTED = (
    b"'", b'"', b" ", b"\n", b"\r\n", b"=", b"e", b'"e"', b' t="e"', b' t = "e"', b' t="str"', b"&amp;", b"&#65;", b"x:",
    b">", b"/", b' hidden="1"', b' hidden="true"', b' r="B7"', b' xml:space="preserve"', b' xmlns="u"', b' si="0"',
    b' t="shared"', b"1", b"0", b"<!-- <c/> -->", b"<![CDATA[e]]>", b"<?a <c/>?>", b"\xc3\xa9", b"\xe9",
    b"<row>", b"</row>", b"]]>",
)  # fmt: skip


@given(at=st.integers(0, len(CONTENT) - 1), extra=st.sampled_from(INSERTED), gone=st.integers(0, 6))
@settings(max_examples=400)
def test_fast_path_is_right_or_silent(at, extra, gone):
    xml = CONTENT[:at] + extra + CONTENT[at + gone :]
    try:
        slow = scan_slow(xml, "s")
    except PackageError:
        return  # what is not well-formed the reader refuses, if the fast path does not
    assert scan_fast(xml, "s") in (None, slow)


def test_a_row_is_hidden_by_its_attribute_and_not_by_a_word():
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>hidden="1"</v></c></row><row r="2" hidden="1"/><row r="3" hidden="0"/>')
    assert scan_fast(xml, "s") == scan_slow(xml, "s")
    assert scan_slow(xml, "s").hidden_rows == (2,)


@pytest.mark.parametrize("rows", ["", '<row r="1"/>', '<row r="7" hidden="true"/>'])
def test_sheet_without_cells(rows):
    scan = scan_fast(sheet_xml(rows), "s")
    assert scan == scan_slow(sheet_xml(rows), "s")
    assert (scan.cell_count, scan.max_row, scan.max_col, scan.formulas) == (0, 0, 0, {})


def test_shared_group_whose_first_cell_comes_later():
    xml = sheet_xml('<row r="1"><c r="A1"><f t="shared" si="3"/><v>1</v></c><c r="B1"><f t="shared" si="9"/></c></row>'
                    '<row r="2"><c r="A2"><f t="shared" ref="A1:A2" si="3">C2</f></c></row>')  # fmt: skip
    scan = scan_fast(xml, "s")
    assert scan == scan_slow(xml, "s")
    assert {address(*place): (cell.text, cell.origin) for place, cell in scan.formulas.items()} == {
        "A1": ("C2", (2, 1)), "B1": ("", (1, 2)), "A2": ("C2", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    "after",
    [
        '<autoFilter ref="A1:B2"/>',
        '<autoFilter ref="A1:B2"><filterColumn colId="0" hiddenButton="1"/></autoFilter>',
        '<customSheetViews><customSheetView><autoFilter ref="A1"><filterColumn colId="0"><filters/></filterColumn>'
        "</autoFilter></customSheetView></customSheetViews>",
    ],
)
def test_filter_without_condition_is_no_filter(after):
    assert scan_fast(sheet_xml('<row r="1"><c r="A1"/></row>', after=after), "s").filtered is False


def test_foreign_elements_are_no_cells():
    after = '<extLst><ext xmlns:y="urn:y"><y:row><y:c r="Z9"><y:f>A1</y:f></y:c></y:row></ext></extLst>'
    xml = sheet_xml('<row r="1"><c r="A1"/></row>', after=after)
    assert scan_fast(xml, "s") == scan_slow(xml, "s")
    assert (scan_fast(xml, "s").max_row, scan_fast(xml, "s").formulas) == (1, {})


def test_second_prefix_for_the_same_namespace_is_read():
    xml = sheet_xml('<row r="1"><x:c r="A1" t="e"><x:v>#REF!</x:v></x:c></row>').replace(
        b"<worksheet", f'<worksheet xmlns:x="{MAIN}"'.encode()
    )
    assert scan_fast(xml, "s") is None
    assert scan_sheet(xml, "s").errors == {(1, 1): "#REF!"}


def test_stray_cells_are_listed_when_filled():
    xml = sheet_xml(
        '<row r="2"><c r="B2"><v>1</v></c><c r="XFC2" s="1"/><c r="XFD2"><v></v></c></row>'
        '<row r="60000"><c r="A60000" t="inlineStr"><is><t>x</t></is></c><c r="B60000" s="1"></c></row>'
        '<row r="1048576"><c r="XFD1048576"><f>A1</f></c></row>'
    )
    scan = scan_fast(xml, "s")
    assert scan == scan_slow(xml, "s")
    assert (scan.max_row, scan.max_col, scan.near_row, scan.near_col) == (1_048_576, 16_384, 2, 2)
    assert (scan.far_cells, scan.far_count) == (((60_000, 1), (1_048_576, 16_384)), 2)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A0"/></row>', '<row r="1"><c r="A01"/></row>', '<row r="1"><c r="XFE1"/></row>',
        '<row r="1"><c r="ABCD1"/></row>',
        '<row r="1"><c r="A1048577"/></row>', '<row r="1"><c r=""/></row>', '<row r="1048577"><c/></row>',
        '<row r="1"><c r="A1"><f>&unknown;</f></c></row>' + '<c',
    ],
)  # fmt: skip
def test_broken_sheet_is_refused(rows):
    with pytest.raises(PackageError):
        scan_sheet(sheet_xml(rows), "s")


def test_bytes_that_are_no_utf8_are_refused():
    with pytest.raises(PackageError):
        scan_sheet(sheet_xml('<row r="1"><c r="A1" t="str"><v>@</v></c></row>').replace(b"@", b"\xe9"), "s")


@pytest.mark.parametrize("spelling", [bytes, prefixed])
def test_cell_limit(spelling):
    xml = spelling(CONTENT)
    assert scan_sheet(xml, "s", max_cells=16).cell_count == 16
    with pytest.raises(TooManyCellsError):
        scan_sheet(xml, "s", max_cells=15)
    with pytest.raises(TooManyCellsError):
        scan_sheet(xml, "s", max_cells=0)


@pytest.mark.parametrize("encode", [bytes, utf16])
def test_doctype_is_refused(encode):
    with pytest.raises(DoctypeError):
        scan_sheet(encode(CONTENT.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')), "s")


# ---- scan: files as libraries write them ---------------------------------------------------------


def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, bold = book.add_worksheet("RAB"), book.add_format({"bold": True})
    sheet.write_row(0, 0, ["Uraian", "Volume", "Harga", "Jumlah"], bold)
    for row in range(1, 40):
        sheet.write_string(row, 0, f'Makan "rapat" <{row}> & kudapan', bold)
        sheet.write_number(row, 1, row / 4)
        sheet.write_formula(row, 3, f'=IF(B{row + 1}="","",ROUND(B{row + 1}*C{row + 1},0))', bold, "kosong" if row % 2 else row)
    sheet.write_formula("F1", "=1/0", None, "#DIV/0!")
    sheet.write_array_formula("G1:G2", "{=B2:B3*2}", None, 3)
    sheet.write_boolean("H1", True)
    sheet.merge_range("A45:C46", "gabung", bold)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column("K:L", None, None, {"hidden": True})
    sheet.autofilter("A1:D40")
    sheet.filter_column("A", "x == Makan")
    other = book.add_worksheet("Ganti")
    other.write_string("A1", "e")
    other.write_formula("A2", '=""', None, "")
    book.define_name("Kode", "=RAB!$A$1")
    book.define_name("Ganti!Lokal", "=RAB!$A$2")
    book.set_custom_property("kinerja_xl", "formulir unit=umum versi=1")
    book.close()
    return out.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in range(1, 30):
        sheet.append([f"baris {row}", row, f"=B{row}*2", "#REF!" if row == 5 else None])
    sheet["E1"].font = Font(bold=True)
    sheet.merge_cells("A40:B41")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return saved(book)


def agrees_with_openpyxl(data: bytes) -> None:
    package = Package.open(data)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [sheet.name for sheet in package.sheets] == [sheet.title for sheet in book.worksheets]
    for part in package.sheets:
        content = package.part(part.path)
        scan, sheet = package.scan(part), book[part.name]
        slow = scan_slow(content, part.path)
        assert scan_fast(content, part.path) in (slow, None)
        found = [cell for row in sheet.iter_rows() for cell in row]
        assert {address(*place) for place in scan.formulas} == {c.coordinate for c in found if c.data_type == "f"}
        assert {address(*place) for place in scan.errors if place not in scan.formulas} == {
            c.coordinate for c in found if c.data_type == "e"
        }
        for (row, col), formula in scan.formulas.items():
            theirs = sheet.cell(row, col).value
            theirs = getattr(theirs, "text", theirs)
            assert formula.at((row, col)) == theirs.removeprefix("=")
        assert list(scan.hidden_rows) == sorted(r for r, d in sheet.row_dimensions.items() if d.hidden)
        assert sorted(scan.merged) == sorted((m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges)
        assert part.state == sheet.sheet_state


@pytest.mark.parametrize("make", [by_xlsxwriter, by_openpyxl])
def test_libraries_files_take_the_fast_path(make):
    agrees_with_openpyxl(make())
    package = Package.open(make())
    assert all(scan_fast(package.part(sheet.path), sheet.path) for sheet in package.sheets)


def test_what_xlsxwriter_wrote():
    package = Package.open(by_xlsxwriter())
    scan = package.scan(package.sheets[0])
    assert scan.filtered
    assert scan.hidden_rows == (10,)
    assert scan.hidden_cols == (11, 12)
    assert scan.errors == {(1, 6): "#DIV/0!"}
    assert len(scan.formulas) == 41
    assert all(formula.cached for formula in scan.formulas.values())
    # A formula's value of "" it writes like openpyxl a formula that nobody calculated.
    assert package.scan(package.sheets[1]).formulas == {(2, 1): FormulaCell(text='""', cached=False)}
    assert package.defined_names["Kode"] == "RAB!$A$1"
    assert package.defined_names["Ganti!Lokal"] == "RAB!$A$2"
    assert package.properties == {"kinerja_xl": "formulir unit=umum versi=1"}
    assert (package.date1904, package.has_macros, package.external_links, package.absent) == (False, False, False, ())


def test_formulas_of_openpyxl_are_not_cached():
    package = Package.open(by_openpyxl())
    scan = package.scan(package.sheets[0])
    assert len(scan.formulas) == 29
    assert not any(formula.cached for formula in scan.formulas.values())
    assert scan.errors == {(5, 4): "#REF!"}


def test_filter_of_a_table_counts():
    book = openpyxl.Workbook()
    for row in (["Kode", "Nilai"], ["a", 1], ["b", 2]):
        book.active.append(row)
    table = Table(displayName="T", ref="A1:B3")
    book.active.add_table(table)
    table._initialise_columns()
    assert _filtered(book) is False
    table.autoFilter.add_filter_column(0, ["a"])
    assert _filtered(book) is False  # a filter that hides nothing
    book.active.row_dimensions[3].hidden = True
    assert _filtered(book) is True


def _filtered(book: openpyxl.Workbook) -> bool:
    package = Package.open(saved(book))
    return package.scan(package.sheets[0]).filtered


def test_states_and_settings():
    book = openpyxl.Workbook()
    book.create_sheet("B").sheet_state = "hidden"
    book.create_sheet("C").sheet_state = "veryHidden"
    book.create_chartsheet("Grafik")
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    package = Package.open(saved(book))
    assert [(sheet.name, sheet.state) for sheet in package.sheets] == [
        ("Sheet", "visible"), ("B", "hidden"), ("C", "veryHidden"),
    ]  # fmt: skip
    assert package.date1904


def test_workbook_under_another_name_and_absolute_targets():
    moved = {("xl/buku.xml" if path == "xl/workbook.xml" else path).replace("xl/_rels/workbook", "xl/_rels/buku"): content
             for path, content in parts(by_openpyxl()).items()}  # fmt: skip
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"xl/workbook.xml", b"/xl/buku.xml")
    assert [sheet.path for sheet in Package.open(repack(moved)).sheets] == ["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    "lost", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_missing_part(lost):
    kept = {path: content for path, content in parts(by_openpyxl()).items() if path != lost}
    with pytest.raises(PackageError):
        Package.open(repack(kept))


def test_part_names_compare_without_case_and_with_either_slash():
    odd = {path.replace("/", "\\").replace("sheet1", "Sheet1"): content for path, content in parts(by_openpyxl()).items()}
    package = Package.open(repack(odd))
    assert package.scan(package.sheets[0]).cell_count > 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", by_openpyxl()[:-30], b"halo"])
def test_no_zip(data):
    with pytest.raises(PackageError):
        Package.open(data)


def test_field_files_agree_with_openpyxl():
    files = [*sorted(FIELD.glob("lapangan/*.xlsx")), *FIELD.glob("data/eval_renja_2025.xlsx")]
    if not files:
        pytest.skip("no field files on this machine")
    read = 0
    for file in files:
        data = file.read_bytes()
        if file.stat().st_size < 400_000 and zipfile.is_zipfile(io.BytesIO(data)) and not file.name.startswith("rusak"):
            agrees_with_openpyxl(data)
            read += 1
    assert read > 15


# ---- archive -------------------------------------------------------------------------------------


def test_repack_is_deterministic_and_keeps_the_order():
    content = {"b.xml": b"<b/>", "a/ä.bin": bytes(1000), "c": b""}
    assert repack(content) == repack(list(content.items()))
    assert list(parts(repack(content)).items()) == list(content.items())
    with zipfile.ZipFile(io.BytesIO(repack(content))) as zipped:
        assert zipped.testzip() is None
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_part_that_lies_about_its_size_is_a_bomb():
    data = bytearray(repack({"a": bytes(5_000_000)}))
    size = (5_000_000).to_bytes(4, "little")
    lie = bytes(data).replace(size, (100).to_bytes(4, "little"))
    package = Package.open(by_openpyxl())
    with pytest.raises(BombError):
        type(package.archive).open(lie).read("a")


def test_damaged_part():
    data = repack({"a": b"teks" * 50})
    at = data.index(b"a") + 6
    broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
    with pytest.raises(PackageError):
        type(Package.open(by_openpyxl()).archive).open(broken).read("a")


def test_equal_names_are_ambiguous():
    with pytest.raises(PackageError):
        Package.open(repack([("a", b"1"), ("A", b"2")]))


def test_normalise_takes_the_clock_out():
    when = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    made = []
    for year in (2001, 2002):
        book = openpyxl.load_workbook(io.BytesIO(by_openpyxl()))
        book.properties.created = datetime(year, 1, 1)
        made.append(normalise(saved(book), when))
    first, second = made
    assert first == second
    core = parts(first)["docProps/core.xml"].decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2025-01-02T03:04:05Z"] * 2
    assert cells(first) == cells(by_openpyxl())
    with zipfile.ZipFile(io.BytesIO(first)) as zipped:
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# ---- patch ---------------------------------------------------------------------------------------

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=40)
NUMBER = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
)
PLACE = st.tuples(st.integers(1, 60), st.integers(1, 30))


@settings(max_examples=60, deadline=None)
@given(
    changes=st.dictionaries(PLACE, TEXT.filter(bool) | NUMBER | st.booleans(), max_size=6),
    make=st.sampled_from(["openpyxl", "xlsxwriter"]),
)
def test_patched_cells_read_back_and_the_others_stay(changes, make):
    data = BOOKS[make]
    sheet = Package.open(data).sheets[0].name
    blocked = {(1, 7), (2, 7)} if make == "xlsxwriter" else set()  # its array formula
    # openpyxl reads nothing inside a merged range.
    blocked |= {(row, col) for row in range(40, 47) for col in range(1, 4)}
    changes = {place: value for place, value in changes.items() if place not in blocked}
    patched = patch(data, {(sheet, address(*place)): value for place, value in changes.items()})
    before, after = cells(data), cells(patched)
    for place, value in changes.items():
        key = (sheet, address(*place))
        _, read, style = after.pop(key)
        assert _same(read, value), (value, read)
        assert key not in before or before.pop(key)[2] == style
    assert after == before
    scan = Package.open(patched).scan(Package.open(patched).sheets[0])
    assert not set(scan.formulas) & set(changes)


def _same(read: object, value: object) -> bool:
    if isinstance(value, bool | str):
        return read == value and type(read) is type(value)
    return float(read) == float(value)


BOOKS = {"openpyxl": by_openpyxl(), "xlsxwriter": by_xlsxwriter()}


def test_other_parts_keep_their_bytes():
    data = by_xlsxwriter()
    before, after = parts(data), parts(patch(data, {("RAB", "A2"): "baru", ("RAB", "Z99"): 1}))
    assert list(before) == list(after)
    assert {path for path in before if before[path] != after[path]} == {"xl/worksheets/sheet1.xml"}


def test_no_change_changes_no_bytes_of_parts():
    data = by_xlsxwriter()  # once: a second book made a second later bears another time
    assert parts(patch(data, {})) == parts(data)


def test_kinds_of_values():
    data = blank_book("A", "B")
    patched = patch(
        data,
        {
            ("A", "B2"): "=bukan rumus\r\n  dua\x0b", ("A", "A1"): Decimal("1234567890.50"), ("B", "C3"): Formula("=A1*2", 4),
            ("B", "C4"): Formula('A1&"<"', "x<"), ("B", "D4"): Formula("1+1"), ("B", "E4"): Formula("1/0", ErrorValue("#DIV/0!")),
            ("B", "F4"): ErrorValue("#REF!"), ("A", "C1"): None, ("A", "D1"): "_x0041_",
        },
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(patched))
    assert book["A"]["B2"].value == "=bukan rumus\n  dua_x000B_"
    assert book["A"]["A1"].value == 1234567890.5
    assert book["A"]["D1"].value == "_x005F_x0041_"  # Excel shows _x0041_
    assert [book["B"][cell].value for cell in ("C3", "C4", "D4", "E4")] == ["=A1*2", '=A1&"<"', "=1+1", "=1/0"]
    package = Package.open(patched)
    first, second = (package.scan(sheet) for sheet in package.sheets)
    assert (first.cell_count, first.formulas) == (3, {})
    assert second.errors == {(4, 5): "#DIV/0!", (4, 6): "#REF!"}
    assert {address(*place): formula.cached for place, formula in second.formulas.items()} == {
        "C3": True, "C4": True, "D4": False, "E4": True,
    }  # fmt: skip


def test_blanking_keeps_the_format():
    data = by_xlsxwriter()
    style = openpyxl.load_workbook(io.BytesIO(data))["RAB"]["A2"].style_id
    cell = openpyxl.load_workbook(io.BytesIO(patch(data, {("RAB", "A2"): None})))["RAB"]["A2"]
    assert (cell.value, cell.style_id) == (None, style)
    assert style != 0


def test_new_cell_takes_the_format_of_its_row_or_column():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("S")
    sheet.set_column("C:C", 10, book.add_format({"num_format": "#,##0"}))
    sheet.set_row(4, None, book.add_format({"bold": True}))
    sheet.write("A1", 1)
    book.close()
    read = openpyxl.load_workbook(io.BytesIO(patch(out.getvalue(), {("S", "C2"): 5, ("S", "D5"): 6, ("S", "D2"): 7})))["S"]
    assert (read["C2"].number_format, read["D5"].font.bold, read["D2"].style_id) == ("#,##0", True, 0)


@pytest.mark.parametrize("spelling", [bytes, prefixed, utf16, utf16_bare, positions_implied, commented, single_quoted])
def test_patch_in_any_spelling(spelling):
    data = with_sheet(spelling(CONTENT))
    changes = {
        ("Lembar", "B1"): "satu",
        ("Lembar", "A2"): 2,
        ("Lembar", "B6"): Formula("A1", 1),
        ("Lembar", "AC9"): "akhir",
        ("Lembar", "C3"): None,
    }
    package = Package.open(patch(data, changes))
    scan = package.scan(package.sheets[0])
    expected = {place: cell for place, cell in EXPECTED.formulas.items() if place != (3, 3)}
    assert scan.formulas == expected | {(6, 2): FormulaCell(text="A1", cached=True)}
    assert (scan.errors, scan.merged, scan.max_row, scan.max_col) == (EXPECTED.errors, EXPECTED.merged, 9, 29)
    rows = re.findall(r'<(?:x:)?row[^>]* r="(\d+)"', package.part(package.sheets[0].path).decode())
    assert rows == ["1", "2", "3", "4", "5", "6", "9"]
    sheet = openpyxl.load_workbook(io.BytesIO(patch(data, changes))).active
    assert [sheet[cell].value for cell in ("B1", "A2", "AC9", "AB6")] == ["satu", 2, "akhir", " teks "]


def test_dimension_grows_with_new_cells():
    xml = sheet_xml('<row r="2" spans="2:2"><c r="B2"/></row>', before='<dimension ref="B2"/>')
    content = parts(patch(with_sheet(xml), {("Lembar", "D7"): 1, ("Lembar", "A2"): 1}))["xl/worksheets/sheet1.xml"]
    assert b'<dimension ref="A2:D7"/>' in content
    assert b"spans" not in content
    assert re.findall(rb'r="([A-Z]+\d+)"', content) == [b"A2", b"B2", b"D7"]


def test_replacing_the_first_cell_of_a_shared_formula_keeps_the_others():
    data = with_sheet(CONTENT)
    package = Package.open(patch(data, {("Lembar", "A4"): 1}))
    formulas = package.scan(package.sheets[0]).formulas
    assert formulas[5, 1] == FormulaCell(text="B5*2", cached=True)
    assert formulas[6, 1] == FormulaCell(text="B6*2", cached=False)
    both = Package.open(patch(data, {("Lembar", "A4"): 1, ("Lembar", "A5"): 2}))
    assert {place for place in both.scan(both.sheets[0]).formulas if place[1] == 1} == {(3, 1), (6, 1)}
    later = Package.open(patch(data, {("Lembar", "A5"): 2}))
    assert later.scan(later.sheets[0]).formulas[6, 1].text == "B4*2"


def test_calculation_chain_goes_when_a_formula_changes():
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    made = parts(by_openpyxl())
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    plain_rels, plain_types = made[rels], made[types]
    made[rels] = plain_rels.replace(
        b"</Relationships>", b'<Relationship Id="rX" Type="' + kind + b'" Target="calcChain.xml"/></Relationships>'
    )
    made[types] = plain_types.replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.calcChain+xml"/></Types>'
    )  # fmt: skip
    made["xl/calcChain.xml"] = b'<calcChain xmlns="' + MAIN.encode() + b'"><c r="C1" i="1"/></calcChain>'
    data = repack(made)
    kept = parts(patch(data, {("Data", "A1"): "teks"}))
    assert {path for path in made if made[path] != kept.get(path)} == {"xl/worksheets/sheet1.xml"}
    for change in ({("Data", "C1"): 5}, {("Data", "F9"): Formula("1+1", 2)}, {("Data", "C2"): None}):
        gone = parts(patch(data, change))
        assert "xl/calcChain.xml" not in gone
        assert (gone[rels], gone[types]) == (plain_rels, plain_types)


def test_recalculate_asks_for_it():
    for data, count in ((by_xlsxwriter(), 1), (by_openpyxl(), 1)):
        package = Package.open(patch(data, {}, recalculate=True))
        assert package.part("xl/workbook.xml").count(b'fullCalcOnLoad="1"') == count
    bare = parts(by_openpyxl())
    bare["xl/workbook.xml"] = re.sub(rb"<calcPr[^>]*/>", b"", bare["xl/workbook.xml"])
    workbook = Package.open(patch(repack(bare), {}, recalculate=True)).part("xl/workbook.xml")
    assert workbook.count(b'<calcPr fullCalcOnLoad="1"/>') == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({("Tidak Ada", "A1"): 1}, PackageError),
        ({("RAB", "G2"): 1}, PackageError),  # inside an array formula
        ({("RAB", "A0"): 1}, ValueError),
        ({("RAB", "XFE1"): 1}, ValueError),
        ({("RAB", "A1"): float("nan")}, ValueError),
        ({("RAB", "A1"): Decimal("Infinity")}, ValueError),
        ({("RAB", "A1"): 10**400}, ValueError),
        ({("RAB", "A1"): "x" * 32_768}, ValueError),
    ],
)
def test_impossible_changes(changes, error):
    with pytest.raises(error):
        patch(by_xlsxwriter(), changes)


@given(place=st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384)))
def test_addresses_turn_back(place):
    assert coordinates(address(*place)) == place


@pytest.mark.parametrize(
    ("rows", "plain"),
    [
        ('<row r="1"><c r="A1"/><c r="C1"/></row><row r="3"><c r="B3"/></row>', True),
        ('<row r="1"><c r="C1"/><c r="A1"/></row>', True),  # from right to left, and no cell twice
        ('<row r="3"><c r="A3"/><c r="B13"/></row><row r="13"><c r="A13"/></row>', True),
        ('<row r="3"><c r="A3"/><c r="A13"/></row><row r="13"><c r="A13"/></row>', False),
        ('<row r="1"><c r="A1"/></row><row r="2"><c r="A1"/></row>', False),
        ('<row r="1"><c r="A1"/><c r="A1"/></row>', False),
        ('<row r="1"><c r="A01"/></row><row r="2"><c r="A1"/></row>', False),
        ('<row r="1"><c r="A1"/><c r="B1" s=\'"\'/></row>', False),
    ],
)
def test_no_cell_stands_twice_in_a_plain_sheet(rows, plain):
    xml = sheet_xml(rows)
    assert scan_fast(xml, "s") == (scan_slow(xml, "s") if plain else None)


@pytest.mark.parametrize(
    ("cell", "filled"),
    [
        ('<c r="A1" s="2" t="s"><v>15</v></c>', 1), ('<c r="A1" t="s"><v>1.5</v></c>', None),
        ('<c r="A1" t="s"><v>-1</v></c>', None),
        ('<c r="A1" t="s" s="2"><v>15</v></c>', 1), ('<c r="A1" t="s" s="2"><v>1.5</v></c>', None),
        ('<c r="A1" t="s"><v>1234567890</v></c>', None), ('<c r="A1"><v>-1234567890.5E3</v></c>', 1),
        ('<c r="A1"><v>1,5</v></c>', None),
        ('<c r="A1" t="b"><v>1</v></c>', 1), ('<c r="A1" t="b"><v>7</v></c>', None), ('<c r="A1" t="b" s="2"><v>7</v></c>', None),
        ('<c r="A1" t="str"><v>7</v></c>', 1), ('<c r="A1" t="str"><v>a</v></c>', 1), ('<c r="A1" t="n"><v>7</v></c>', 1),
        ('<c r="A1" t="str"><f>B1</f><v>a</v></c>', 1), ('<c r="A1"><f>B1</f><v>a</v></c>', None),
        ('<c r="A1"><f>B1</f><v>7</v></c>', 1),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', 0), ('<c r="A1"><f t="shared" si="0"/><v>7</v></c>', 1),
        ('<c r="A1" t="e"><v>15</v></c>', 0), ('<c r="A1" t="inlineStr"><is><t>a</t></is></c>', 1),
        ('<c r="A1" s="2"/>', 0),
    ],
)  # fmt: skip
def test_a_value_is_counted_where_all_readers_understand_it(cell, filled):
    assert scan_fast(sheet_xml(f'<row r="1" ht="15">{cell}<c r="B1" t="s"><v>3</v></c></row>'), "s").filled == (
        None if filled is None else filled + 1
    )


def test_the_scan_goes_piece_by_piece(monkeypatch):
    """Wherever a piece ends the result is the same; a row that goes on in another piece is left to the full parse."""
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="SS{0}"><v>2</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
    plain = sheet.format("".join(row.format(r) for r in range(1, 9))).encode()
    twice = sheet.format(row.format(1) + row.format(2) + row.format(1).replace("A1", "B1")).encode()
    for size in (1, 100, 150, 1 << 20):
        monkeypatch.setattr(scanning, "_PIECE", size)
        assert scanning.scan_fast(plain, "sheet") == scanning.scan_slow(plain, "sheet")
        assert scanning.scan_fast(twice, "sheet") is None
    with pytest.raises(scanning.TooManyCellsError):
        scanning.scan_fast(plain, "sheet", max_cells=15)


def test_a_book_of_ours_says_nothing_of_the_machine_whether_rows_are_kept_or_written_at_once(tmp_path, monkeypatch):
    """Parts come from memory or from files, none of which is left; a row's height stays automatic only where asked."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for by_row, loose in ((True, False), (False, False), (False, True)):
        with OwnBook({"title": "Uji"}, by_row=by_row, loose=loose) as book:
            sheet = book.add_worksheet()
            sheet.set_row(0, 30)
            sheet.write_string(0, 0, "é → 1")
        with zipfile.ZipFile(io.BytesIO(book.data)) as zipped:
            assert zipped.testzip() is None
            marks = {(e.date_time, e.create_system, e.external_attr) for e in zipped.infolist()}
            assert marks == {((1980, 1, 1, 0, 0, 0), 0, 0)}
            assert (b"customHeight" in zipped.read("xl/worksheets/sheet1.xml")) is not loose
            text = zipped.read("xl/worksheets/sheet1.xml" if by_row else "xl/sharedStrings.xml").decode()
            assert "é → 1" in text
    assert not list(tmp_path.iterdir())
