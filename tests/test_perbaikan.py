"""Correction copies: cells marked, a note on each, a list in front, and nothing of the unit's file lost."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import warnings
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlsxwriter
from defusedxml.ElementTree import fromstring

from kinerja_xl.catatan import Finding, Severity, catalogue
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import (
    Archive,
    Formula,
    FrontCell,
    FrontRow,
    FrontSheet,
    Look,
    Note,
    Package,
    PackageError,
    address,
    annotate,
    marked_tab,
    patch,
    repack,
    without_marks,
)
from kinerja_xl.package.draft import _ORDER as SCHEMA_ORDER
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.content import CORRECTION_NAME, CORRECTION_SHEET
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import read_office
from kinerja_xl.writing.form.corrections import COLOURS, correction_copy
from samples.bangun import ROOT

FAULTY = ROOT / "samples/bermasalah"
UMUM = "Usulan-umum-2025.xlsx"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COLUMNS = ("No", "Lembar", "Sel", "Tingkat", "Masalah", "Perbaikan", "Kode")


def parts(data: bytes) -> dict[str, bytes]:
    archive = Archive.open(data)
    return {entry.filename: archive.read(entry.filename) for entry in archive.entries}


def opened(data: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl would lose on saving: nothing is saved
        return openpyxl.load_workbook(io.BytesIO(data))


def coloured(data: bytes) -> dict[tuple[str, str], str]:
    """The cells that carry a colour of ours, and which."""
    found = {}
    for sheet in opened(data).worksheets:
        for listed in sheet.conditional_formatting:
            for rule in listed.rules:
                if rule.formula == ['"kinerja-xl"<>""']:
                    cells = (cell for area in listed.sqref.ranges for row in area.rows for cell in row)
                    found |= {(sheet.title, address(*cell)): "#" + rule.dxf.fill.fgColor.rgb[2:] for cell in cells}
    return found


# ---- is it a valid package? ----------------------------------------------------------------------


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def check_package(data: bytes) -> None:
    """Everything a strict reader asks of the parts that marking touches."""
    files = parts(data)
    trees = {name: fromstring(content) for name, content in files.items() if name.endswith((".xml", ".rels", ".vml"))}
    check_types(files, trees["[Content_Types].xml"])
    for name, tree in trees.items():
        if name.endswith(".rels"):
            check_relations(name, tree, files, trees)
    check_workbook(trees["xl/workbook.xml"], trees["xl/_rels/workbook.xml.rels"])
    styles = trees["xl/styles.xml"]
    for listed in ("fonts", "fills", "borders", "cellXfs", "dxfs"):
        found = styles.find(f"{MAIN}{listed}")
        assert found is None or int(found.get("count", len(found))) == len(found), listed
    rules = len(styles.find(f"{MAIN}dxfs") if styles.find(f"{MAIN}dxfs") is not None else ())
    formats = len(styles.find(f"{MAIN}cellXfs"))
    for tree in trees.values():
        if local(tree) == "worksheet":
            check_sheet(tree, rules, formats)
    for content in (content for name, content in files.items() if name.endswith(".vml")):
        shapes = re.findall(rb'id="(_x0000_s\d+)"', content)
        assert len(shapes) == len(set(shapes))


def check_types(files: dict[str, bytes], tree: ElementTree.Element) -> None:
    defaults = {e.get("Extension").lower() for e in tree if local(e) == "Default"}
    overrides = [e.get("PartName").lstrip("/") for e in tree if local(e) == "Override"]
    assert len(overrides) == len(set(overrides))
    assert set(overrides) <= set(files)
    for name in files:
        known = name in overrides or name.rpartition(".")[2].lower() in defaults
        assert known or name.endswith(("/", "[Content_Types].xml")), name


def check_relations(name: str, tree: ElementTree.Element, files: dict[str, bytes], trees: dict) -> None:
    folder, source = posixpath.split(posixpath.dirname(name))[0], posixpath.basename(name).removesuffix(".rels")
    ids = [relation.get("Id") for relation in tree]
    assert len(ids) == len(set(ids)) > 0, name
    for relation in tree:
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target"))).lstrip("/")
            assert target in files, (name, target)
    owner = trees.get(posixpath.join(folder, source))
    used = {v for e in owner.iter() for k, v in e.attrib.items() if k.startswith(REL) and v} if owner is not None else set()
    assert used <= set(ids), name


def check_workbook(tree: ElementTree.Element, relations: ElementTree.Element) -> None:
    sheets = tree.find(f"{MAIN}sheets")
    for key in ("sheetId", "name", f"{REL}id"):
        values = [sheet.get(key).casefold() for sheet in sheets]
        assert len(values) == len(set(values))
    names = [(e.get("name").casefold(), e.get("localSheetId")) for e in tree.iterfind(f"{MAIN}definedNames/{MAIN}definedName")]
    assert len(names) == len(set(names))
    assert all(number is None or int(number) < len(sheets) for _, number in names)


def check_sheet(tree: ElementTree.Element, rules: int, formats: int) -> None:
    names = [local(child) for child in tree if local(child) in SCHEMA_ORDER]
    assert names == sorted(names, key=SCHEMA_ORDER.index)
    assert all(int(rule.get("dxfId")) < rules for rule in tree.iter(f"{MAIN}cfRule") if rule.get("dxfId"))
    assert all(int(cell.get("s", 0)) < formats for cell in tree.iter(f"{MAIN}c"))
    ranks = [rule.get("priority") for rule in tree.iter(f"{MAIN}cfRule")]
    assert len(ranks) == len(set(ranks))


# ---- a file with all that libraries lose ---------------------------------------------------------


def picture() -> io.BytesIO:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header, points = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0), zlib.compress((b"\0" + b"\x90" * 6) * 2)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", points) + chunk(b"IEND", b""))


def rich_book() -> bytes:
    """Sparklines, text box, chart, chart sheet, pictures (one in the header), extended rules, notes, button, names."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    rab, notes, plain = (book.add_worksheet(name) for name in ("RAB", "Catatan Tim", "O'Neil & Co"))
    charts = book.add_chartsheet("Grafik")
    for row in range(12):
        rab.write_row(row, 0, [f"butir {row}", row * 3, row * 5, f"=B{row + 1}*C{row + 1}"])
    rab.add_sparkline("F2", {"range": "RAB!B1:B12"})
    rab.insert_textbox("H2", "Teks yang tidak boleh hilang")
    rab.insert_image("H12", "gambar.png", {"image_data": picture()})
    rab.set_header("&L&G", {"image_left": "kop.png", "image_data_left": picture()})
    rab.conditional_format("B1:B12", {"type": "data_bar", "data_bar_2010": True})
    rab.conditional_format("C1:C12", {"type": "cell", "criteria": ">", "value": 30, "format": book.add_format({"bold": True})})
    rab.data_validation("A1:A12", {"validate": "list", "source": ["a", "b"]})
    rab.add_table("J1:K4", {"columns": [{"header": "x"}, {"header": "y"}]})
    rab.write_url("A14", "https://example.org/")
    rab.print_area("A1:D12")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=RAB!$B$1:$B$12"})
    rab.insert_chart("F14", chart)
    whole = book.add_chart({"type": "line"})
    whole.add_series({"values": "=RAB!$C$1:$C$12"})
    charts.set_chart(whole)
    notes.write("A1", "sudah ada catatan")
    notes.write_comment("A1", "Tolong dilihat", {"author": "Sari"})
    notes.write_comment("B5", "Yang ini juga", {"author": "Sari"})
    notes.insert_button("D2", {"caption": "Hitung"})
    plain.merge_range("B2:D3", "gabung")
    book.define_name("RAB!lokal", "=RAB!$A$1")
    book.define_name("'Catatan Tim'!lokal", "='Catatan Tim'!$B$2")
    plain.activate()
    book.close()
    files = parts(out.getvalue())
    files["customXml/item1.xml"] = b"<data>milik bagian lain</data>"
    files["xl/vbaProject.bin"] = b"makro"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    return repack(files)


def front(*lines: str) -> FrontSheet:
    rows = tuple(FrontRow(cells=(FrontCell(value=line, look=Look(), link=("RAB", "B2")),), height=15) for line in lines)
    return FrontSheet(name=CORRECTION_SHEET, mark=CORRECTION_NAME, widths=(30.0,), rows=rows, heading=1)


def note(text: str, fill: str = "#FBE4E1") -> Note:
    return Note(entries=((text, "penjelasan & saran <penting>"),), fill=fill, ink="#8E1B1B")


FRONT = front("judul", "isi")
MARKS = {
    ("RAB", "B2"): note("satu"), ("RAB", "B3"): note("dua"), ("RAB", "Z40"): note("tiga", "#FFF0D2"),
    ("Catatan Tim", "A1"): note("empat"), ("Catatan Tim", "C2"): note("lima"), ("O'Neil & Co", "B2"): note("enam"),
}  # fmt: skip

OWN_NOTES = {("Catatan Tim", "A1"): "Tolong dilihat", ("Catatan Tim", "B5"): "Yang ini juga"}
"""What the team wrote itself."""


@pytest.fixture(scope="module")
def rich() -> bytes:
    return rich_book()


@pytest.fixture(scope="module")
def marked(rich: bytes) -> bytes:
    return annotate(rich, MARKS, FRONT)


def without_additions(sheet: bytes) -> bytes:
    """A worksheet without what marking adds to it."""
    formula = rb'<formula>"kinerja-xl"&lt;&gt;""</formula>'
    ours = rb"<conditionalFormatting [^>]*><cfRule [^>]*>" + formula + rb"</cfRule></conditionalFormatting>"
    return re.sub(rb'<legacyDrawing [^>]*/>| tabSelected="(?:1|true)"', b"", re.sub(ours, b"", sheet))


def test_marked_file_is_a_valid_package(rich: bytes, marked: bytes) -> None:
    check_package(rich)
    check_package(marked)


def test_parts_of_others_keep_their_bytes(rich: bytes, marked: bytes) -> None:
    before, after = parts(rich), parts(marked)
    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml",
        "xl/worksheets/_rels/sheet1.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing2.vml",
    }  # fmt: skip
    assert set(after) - set(before) == {
        "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet3.xml.rels",
        "xl/comments2.xml", "xl/comments3.xml", "xl/drawings/vmlDrawing3.vml", "xl/drawings/vmlDrawing4.vml",
    }  # fmt: skip
    for number in (1, 2, 3):
        name = f"xl/worksheets/sheet{number}.xml"
        assert without_additions(after[name]) == without_additions(before[name])


def test_notes_of_others_stay_and_ours_join_them(marked: bytes) -> None:
    found = noted(marked)
    assert set(found) == set(MARKS) | {("Catatan Tim", "B5")}
    assert found["Catatan Tim", "B5"].text.strip() == "Yang ini juga"
    both = found["Catatan Tim", "A1"]
    assert both.author == "Sari"
    assert both.text.startswith("Tolong dilihat") and "empat" in both.text
    assert found["RAB", "B2"].text == "satu\npenjelasan & saran <penting>"
    assert {comment.author for place, comment in found.items() if place[0] != "Catatan Tim"} == {"kinerja-xl"}


def test_each_note_has_one_box(marked: bytes) -> None:
    files = parts(marked)
    place = re.compile(rb"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>")
    drawings = [content for name, content in files.items() if name.endswith(".vml")]
    boxes = [sorted((int(r) + 1, int(c) + 1) for r, c in place.findall(content)) for content in drawings]
    assert sorted(boxes) == [[], [(1, 1), (2, 3), (5, 2)], [(2, 2)], [(2, 2), (3, 2), (40, 26)]]


def noted(data: bytes) -> dict[tuple[str, str], openpyxl.comments.Comment]:
    """The cells that carry a note, and which."""
    sheets = opened(data).worksheets
    return {(sheet.title, c.coordinate): c.comment for sheet in sheets for row in sheet.iter_rows() for c in row if c.comment}


def names_of(sheet) -> dict[str, str]:
    return {name: entry.attr_text for name, entry in sheet.defined_names.items()}


def test_tabs_names_and_selection_move_along(rich: bytes, marked: bytes) -> None:
    book, before = opened(marked), opened(rich)
    assert book.sheetnames == [CORRECTION_SHEET, *before.sheetnames]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [CORRECTION_SHEET]
    assert book.active.title == CORRECTION_SHEET
    for sheet in before.worksheets:
        assert names_of(book[sheet.title]) == names_of(sheet)
        assert book[sheet.title].print_area == sheet.print_area
    assert Package.open(marked).defined_names[CORRECTION_NAME] == f"'{CORRECTION_SHEET}'!$A$1"
    assert re.search(rb"<vt:i4>4</vt:i4>", parts(marked)["docProps/app.xml"])


def test_same_input_same_bytes_and_marking_again_changes_nothing(rich: bytes, marked: bytes) -> None:
    assert annotate(rich, MARKS, FRONT) == marked
    assert annotate(marked, MARKS, FRONT) == marked


def test_marks_come_off_again(rich: bytes, marked: bytes) -> None:
    clean = without_marks(marked, CORRECTION_NAME)
    check_package(clean)
    before, after = parts(rich), parts(clean)
    assert set(before) == set(after)
    # Formats stay unused; the emptied relationships, the list of authors and a wider box are all that is left.
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {
        "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/comments1.xml", "xl/drawings/vmlDrawing2.vml",
        "xl/worksheets/sheet3.xml",
    }  # fmt: skip
    assert before["xl/worksheets/sheet3.xml"].replace(b' tabSelected="1"', b"") == after["xl/worksheets/sheet3.xml"]
    assert {place: comment.text.strip() for place, comment in noted(clean).items()} == OWN_NOTES


def test_file_without_marks_keeps_its_very_bytes(rich: bytes) -> None:
    assert without_marks(rich, CORRECTION_NAME) is rich


def test_new_marks_replace_the_old_ones(rich: bytes, marked: bytes) -> None:
    again = annotate(marked, {("RAB", "B3"): note("baru")}, FRONT)
    check_package(again)
    assert opened(again)["RAB"]["B2"].comment is None
    assert opened(again)["RAB"]["B3"].comment.text.startswith("baru")
    assert opened(again).sheetnames.count(CORRECTION_SHEET) == 1


def test_sheet_of_that_name_is_left_and_ours_gets_a_number() -> None:
    book = openpyxl.Workbook()
    book.active.title = CORRECTION_SHEET.upper()
    book.active["A1"] = "milik unit"
    out = io.BytesIO()
    book.save(out)
    copy = annotate(out.getvalue(), {(CORRECTION_SHEET.upper(), "A1"): note("x")}, FRONT)
    assert opened(copy).sheetnames == [f"{CORRECTION_SHEET} (2)", CORRECTION_SHEET.upper()]
    assert annotate(copy, {(CORRECTION_SHEET.upper(), "A1"): note("x")}, FRONT) == copy


def test_threaded_comments_are_left_alone(rich: bytes) -> None:
    files = parts(rich)
    files["xl/comments1.xml"] = files["xl/comments1.xml"].replace(b"<author>Sari</author>", b"<author>tc={0-1}</author>")
    threaded = repack(files)
    copy = annotate(threaded, {("Catatan Tim", "A1"): note("x"), ("Catatan Tim", "C9"): note("y")}, FRONT)
    sheet = opened(copy)["Catatan Tim"]
    assert sheet["A1"].comment.text.strip() == "Tolong dilihat"
    assert sheet["C9"].comment.text.startswith("y")
    assert set(coloured(copy)) == {("Catatan Tim", "A1"), ("Catatan Tim", "C9")}


def test_prefixed_and_bare_files_can_be_marked() -> None:
    """A writer that prefixes everything and knows neither stylesheet nor windows."""
    ns = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."

    def rels(id: str, kind: str, target: str) -> str:
        relation = f'<Relationship Id="{id}" Type="{office}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>'

    sheets = '<x:sheets><x:sheet name="Isi" sheetId="7" r:id="R7"/></x:sheets>'
    cells = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/a.xml" ContentType="{kind}worksheet+xml"/></Types>',
        "_rels/.rels": rels("rId1", "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<x:workbook {ns} xmlns:r="{office}">{sheets}</x:workbook>',
        "xl/_rels/workbook.xml.rels": rels("R7", "worksheet", "/xl/worksheets/a.xml"),
        "xl/worksheets/a.xml": f"<x:worksheet {ns}>{cells}</x:worksheet>",
    }
    copy = annotate(repack({name: text.encode() for name, text in files.items()}), {("Isi", "A1"): note("x")}, FRONT)
    check_package(copy)
    book = opened(copy)
    assert book.sheetnames == [CORRECTION_SHEET, "Isi"]
    assert book["Isi"]["A1"].value == 5 and book["Isi"]["A1"].comment.text.startswith("x")


def test_unknown_sheet_and_broken_file_are_refused(rich: bytes) -> None:
    with pytest.raises(PackageError):
        annotate(rich, {("Tidak Ada", "A1"): note("x")}, FRONT)
    with pytest.raises(ValueError):
        annotate(rich, {("RAB", "bukan alamat"): note("x")}, FRONT)
    with pytest.raises(PackageError):
        annotate(rich[:500], {}, FRONT)


def test_many_marks_stay_within_what_excel_takes(rich: bytes) -> None:
    marks = {("RAB", f"{column}{row}"): note(f"{column}{row}") for column in "AC" for row in range(1, 2001, 2)}
    copy = annotate(rich, marks, FRONT)
    check_package(copy)
    sheet = fromstring(parts(copy)["xl/worksheets/sheet1.xml"])
    assert max(len(e.get("sqref").split()) for e in sheet.iter(f"{MAIN}conditionalFormatting")) <= 250
    shapes = re.findall(rb'_x0000_s(\d+)"', parts(copy)["xl/drawings/vmlDrawing3.vml"])
    blocks = re.search(rb'idmap [^>]*data="([^"]*)"', parts(copy)["xl/drawings/vmlDrawing3.vml"])[1].decode().split(",")
    assert {int(shape) // 1024 for shape in shapes} == {int(block) for block in blocks}


# ---- a unit's file ---------------------------------------------------------------------------------------

EXPECTED = {
    ("TOR (8)", "C12"): (Severity.WAJIB, "N401"), ("RAB", "R29"): (Severity.WAJIB, "N405"),
    ("RAB", "H47"): (Severity.WAJIB, "N408"), ("RAB", "T40"): (Severity.WAJIB, "R502"),
    ("RAB", "B31"): (Severity.WAJIB, "U906"), ("RAB", "R23"): (Severity.CEK, "N402"),
    ("RAB", "C24"): (Severity.CEK, "R504"), ("RAB", "F39"): (Severity.INFO, "S311"),
}  # fmt: skip
"""In the order of the list: wajib first, cells before what compares them, then as the tabs stand, row by row."""


@pytest.fixture(scope="module")
def original() -> bytes:
    return (FAULTY / "masuk" / UMUM).read_bytes()


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return [f for f in rekap(FAULTY).findings if f.file == UMUM]


@pytest.fixture(scope="module")
def copy(original: bytes, findings: list[Finding]) -> bytes:
    made = correction_copy(original, findings)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def office():
    return read_office(FAULTY / "Kantor.xlsx").office


def submission(data: bytes, office):
    return read_submission(data, UMUM, office_listings(office), office)


def listed(data: bytes) -> list[tuple[str, ...]]:
    """The rows of the list below its headings."""
    rows = [tuple(str(cell.value or "") for cell in row) for row in opened(data)[CORRECTION_SHEET].iter_rows()]
    return rows[rows.index(COLUMNS) + 1 :]


def links_of(data: bytes) -> list[str]:
    """Where the links of the list lead, from top to bottom."""
    cells = (cell for row in opened(data)[CORRECTION_SHEET].iter_rows() for cell in row)
    return [cell.hyperlink.location for cell in cells if cell.hyperlink]


def test_exactly_the_cells_of_the_findings_are_marked(copy: bytes) -> None:
    check_package(copy)
    assert coloured(copy) == {place: COLOURS[level][0] for place, (level, _) in EXPECTED.items()}
    notes = {place: comment.text for place, comment in noted(copy).items()}
    assert set(notes) == set(EXPECTED)
    for place, (level, code) in EXPECTED.items():
        assert notes[place].startswith(f"{code} · {level.label}\n")


def test_notes_say_what_is_wrong_and_what_to_do(copy: bytes, findings: list[Finding]) -> None:
    book = opened(copy)
    for finding in findings:
        text = book[finding.sheet][finding.cell].comment.text
        assert finding.masalah in text and finding.perbaikan in text


def test_list_is_in_order_and_each_row_leads_to_its_cell(copy: bytes, findings: list[Finding]) -> None:
    by_place = {(f.sheet, f.cell): f for f in findings}
    assert listed(copy) == [
        (str(n), *place, level.label, by_place[place].masalah, by_place[place].perbaikan, code)
        for n, (place, (level, code)) in enumerate(EXPECTED.items(), start=1)
    ]
    assert links_of(copy) == [f"'{sheet}'!{cell}" for sheet, cell in EXPECTED]


def test_list_prints_on_folio_across_one_page(copy: bytes) -> None:
    sheet = opened(copy)[CORRECTION_SHEET]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].value == "No")
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert sheet.freeze_panes == f"A{heading + 1}"


def test_original_is_not_touched_and_cells_keep_their_bytes(original: bytes, copy: bytes) -> None:
    assert original == (FAULTY / "masuk" / UMUM).read_bytes()
    before, after = parts(original), parts(copy)
    changed = {name for name in before if before[name] != after[name]}
    marked = {"xl/worksheets/sheet10.xml", "xl/worksheets/sheet11.xml"}
    assert changed == marked | {
        "xl/worksheets/sheet1.xml",  # no longer the selected tab
        "[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/_rels/sheet10.xml.rels", "xl/worksheets/_rels/sheet11.xml.rels",
    }  # fmt: skip
    for name in marked | {"xl/worksheets/sheet1.xml"}:
        assert without_additions(before[name]) == without_additions(after[name])


def test_copy_reads_as_the_original(original: bytes, copy: bytes, office) -> None:
    before, after = submission(original, office), submission(copy, office)
    assert after.content == before.content and after.content is not None
    assert (after.totals, after.rows_read, after.reported) == (before.totals, before.rows_read, before.reported)
    assert [f for f in after.findings if f.sheet != CORRECTION_SHEET] == list(before.findings)
    assert not [f for f in after.findings if f.sheet == CORRECTION_SHEET]


def test_same_file_and_findings_same_bytes(original: bytes, copy: bytes, findings: list[Finding]) -> None:
    assert correction_copy(original, list(reversed(findings))) == copy
    assert correction_copy(copy, findings) == copy


TYPED = {("RAB", "R23"): 85_000, ("RAB", "H47"): 4, ("TOR (8)", "C12"): "Wasuponda", ("RAB", "C24"): "5.1.02.01.01.0031"}
COMPUTED = {("RAB", "T23"): 24 * 85_000, ("RAB", "P47"): 4, ("RAB", "T47"): 4 * 165_000}
LEFT = {("RAB", "B31", "U906"), ("RAB", "F39", "S311"), ("RAB", "R29", "N405"), ("RAB", "T40", "R502")}


def handed_in(data: bytes, folder: Path) -> set[tuple[str, str, str]]:
    """What is said about the unit's file when it comes in again."""
    (folder / "masuk").mkdir(parents=True)
    (folder / "Kantor.xlsx").write_bytes((FAULTY / "Kantor.xlsx").read_bytes())
    (folder / "masuk" / UMUM).write_bytes(data)
    found = rekap(folder).findings
    return {(f.sheet, f.cell, f.code) for f in found if f.file == UMUM and f.sheet != CORRECTION_SHEET}


def test_mended_copy_is_accepted_like_any_file(copy: bytes, findings: list[Finding], tmp_path: Path) -> None:
    book = opened(copy)
    computed = {(sheet, cell): Formula(book[sheet][cell].value, value) for (sheet, cell), value in COMPUTED.items()}
    mended = patch(copy, TYPED | computed)
    assert handed_in(mended, tmp_path) == LEFT
    rest = [f for f in findings if (f.sheet, f.cell, f.code) in LEFT]
    again = correction_copy(mended, rest)
    assert again is not None
    assert set(coloured(again)) == set(noted(again)) == {(sheet, cell) for sheet, cell, _ in LEFT}
    assert opened(again).sheetnames.count(CORRECTION_SHEET) == 1
    check_package(again)


def test_round_trip_through_libreoffice(copy: bytes, findings: list[Finding], tmp_path: Path, libre) -> None:
    """Marks survive, the mended file is accepted, and marking it again starts from a clean one."""
    path = tmp_path / UMUM
    path.write_bytes(patch(copy, TYPED))
    saved = libre.recalculate([path])[path].read_bytes()
    assert opened(saved).sheetnames[0] == CORRECTION_SHEET
    assert set(noted(saved)) == set(EXPECTED)
    assert set(coloured(saved)) == set(EXPECTED)
    assert handed_in(saved, tmp_path / "lagi") == LEFT
    again = correction_copy(saved, [f for f in findings if (f.sheet, f.cell, f.code) in LEFT])
    assert again is not None
    check_package(again)
    assert set(coloured(again)) == set(noted(again)) == {(sheet, cell) for sheet, cell, _ in LEFT}
    assert opened(again).sheetnames.count(CORRECTION_SHEET) == 1


def test_rich_file_opens_in_libreoffice(marked: bytes, tmp_path: Path, libre) -> None:
    path = tmp_path / "kaya.xlsx"
    path.write_bytes(marked)
    saved = libre.recalculate([path])[path].read_bytes()
    assert marked_tab(Package.open(saved), CORRECTION_NAME) == opened(saved).sheetnames[0] == CORRECTION_SHEET
    assert set(noted(saved)) == set(MARKS) | {("Catatan Tim", "B5")}
    clean = without_marks(saved, CORRECTION_NAME)
    check_package(clean)
    assert {place: comment.text.strip() for place, comment in noted(clean).items()} == OWN_NOTES


# ---- where there is no cell, or no file ------------------------------------------------------------------


def plain_finding(code: str, **place: str) -> Finding:
    """A finding whose sentence gets a filler for whatever value it needs."""
    entry = catalogue()[code]
    own = ("lembar", "sel", "kolom", "nilai", "unit", "berkas")
    names = set(re.findall(r"{(\w+)}", entry.masalah + entry.perbaikan)) - set(own)
    return Finding(code=code, args=dict.fromkeys(names, "…"), **place)


def test_findings_without_a_cell_are_listed_only(rich: bytes) -> None:
    found = [
        plain_finding("S307", sheet="Catatan Tim"), plain_finding("T205"), plain_finding("N401", sheet="Hilang", cell="B2"),
        plain_finding("N401", sheet="RAB", cell="ZZZZ9"),
        plain_finding("U902"), plain_finding("U910", sheet="RAB", cell="B2"),  # the Camat's and the planner's
    ]  # fmt: skip
    copy = correction_copy(rich, found)
    assert copy is not None
    check_package(copy)
    assert coloured(copy) == {}
    assert [row[1:3] + row[6:] for row in listed(copy)] == [
        ("(seluruh berkas)", "–", "T205"), ("RAB", "ZZZZ9", "N401"), ("Hilang", "B2", "N401"), ("Catatan Tim", "–", "S307"),
    ]  # fmt: skip
    assert links_of(copy) == ["'RAB'!A1", "'Catatan Tim'!A1"]


def test_several_findings_on_a_cell_share_a_note_in_the_gravest_colour(rich: bytes) -> None:
    found = [plain_finding("S307", sheet="RAB", cell="B2"), plain_finding("N401", sheet="RAB", cell="B2")]
    copy = correction_copy(rich, found)
    assert copy is not None
    assert coloured(copy) == {("RAB", "B2"): COLOURS[Severity.WAJIB][0]}
    text = opened(copy)["RAB"]["B2"].comment.text
    assert 0 == text.index("N401") < text.index("S307")
    assert [row[6] for row in listed(copy)] == ["N401", "S307"]


def test_a_cell_within_a_merged_area_is_marked_at_its_start(rich: bytes) -> None:
    copy = correction_copy(rich, [plain_finding("N401", sheet="O'Neil & Co", cell="C3")])
    assert copy is not None
    assert set(coloured(copy)) == {("O'Neil & Co", "B2")}
    assert links_of(copy) == ["'O''Neil & Co'!B2"]


def test_odd_texts_do_no_harm(rich: bytes) -> None:
    odd = Finding(code="T204", sheet="RAB", cell="B2", value="\x01 =1+1 <r>&]]></r> _x0041_ " + "panjang " * 9000)
    copy = correction_copy(rich, [replace(odd, args={"rincian": "…"})])
    assert copy is not None
    check_package(copy)
    assert len(opened(copy)["RAB"]["B2"].comment.text) < 10_100


def test_no_findings_still_give_a_sheet_that_says_so(rich: bytes) -> None:
    copy = correction_copy(rich, [])
    assert copy is not None
    check_package(copy)
    assert listed(copy) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rusak", b"<html></html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_what_cannot_be_opened_gets_no_copy(data: bytes) -> None:
    assert correction_copy(data, [plain_finding("B102")]) is None
