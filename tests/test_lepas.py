"""A copy without what can run or fetch: nothing of it is left, what shows is left, and every other part keeps its bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kinerja_xl.package import Package, inert
from tests.kantor_uji import Folder, clean, parts, with_parts
from tests.recap_contoh import png
from tests.test_dari_luar import run
from tests.test_kode import DDE
from tests.test_perbaikan import check_package

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LINKED = {
    "A1": "'[1]Data'!A1*2", "A2": "[2]!'!A0'", "A3": "HARGA*3", "A4": "[1]Data!B1", "A5": 'A1&"[1]Data!"', "A6": "SUM(B1:B2)",
}
BOOK = (b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
        b'xmlns:r="%b" r:id="rId1"/></externalLink>' % R.encode())  # fmt: skip


def _relation(id: str, kind: str, target: str, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def _rels(*inner: str) -> bytes:
    opened = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f"{opened}{''.join(inner)}</Relationships>".encode()


def loaded() -> bytes:
    """Macros, a sheet of macros, ActiveX, OLE, DDE, a linked workbook, a picture from outside, links, a button of its own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, other = book.add_worksheet("RAB"), book.add_worksheet("Lain")
        for row, (ref, formula) in enumerate(LINKED.items()):
            sheet.write_formula(ref, "=" + formula, None, 100 + row)
        sheet.write_column("B1", [1, 2])
        sheet.write_url("C1", "http://contoh.invalid/", string="ke luar")
        sheet.write_url("C2", "internal:Lain!A1", string="ke dalam")
        other.write_column("A1", ["=cmd|'/c calc'!A0", 5])
        other.insert_image("C3", "gambar.png", {"image_data": io.BytesIO(png(40, 50))})
        book.define_name("HARGA", "='[1]Data'!$A$1")
        book.define_name("Auto_Open", "=Jalan!$A$1")
        book.define_name("TETAP", "=RAB!$B$1")

    def change(old: dict[str, bytes]) -> dict[str, bytes]:
        book, rels = old["xl/workbook.xml"].decode(), old["xl/_rels/workbook.xml.rels"].decode()
        sheet = old["xl/worksheets/sheet1.xml"].decode()
        book = book.replace("</sheets>", '<sheet name="Jalan" sheetId="9" r:id="rId93"/></sheets><externalReferences>'
                            '<externalReference r:id="rId90"/><externalReference r:id="rId91"/>'
                            '</externalReferences>')  # fmt: skip
        more = (_relation("rId90", "externalLink", "externalLinks/externalLink1.xml"),
                _relation("rId91", "externalLink", "/xl/externalLinks/externalLink2.xml"),
                _relation("rId92", "vbaProject", "vbaProject.bin"),
                _relation("rId93", "xlMacrosheet", "macrosheets/sheet9.xml"))  # fmt: skip
        objects = (f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14"><controls>'
                   f'<control shapeId="1" r:id="rId81" name="x"/></controls></mc:Choice></mc:AlternateContent>')  # fmt: skip
        ole = '<oleObjects><oleObject progId="Word.Document" shapeId="2" r:id="rId80"/></oleObjects>'
        sheet_rels = old["xl/worksheets/_rels/sheet1.xml.rels"].decode()
        drawing = old["xl/drawings/drawing1.xml"].decode()
        drawing_rels = old["xl/drawings/_rels/drawing1.xml.rels"].decode()
        types = old["[Content_Types].xml"].decode()
        types = types.replace("<Override", '<Default Extension="bin" ContentType="x/y"/><Override', 1)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        named = (("externalLinks/externalLink1", "externalLink"), ("externalLinks/externalLink2", "externalLink"))
        over = "".join(f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{what}+xml"/>' for name, what in named)
        over += '<Override PartName="/xl/macrosheets/sheet9.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'
        over += '<Override PartName="/xl/activeX/activeX1.xml" ContentType="application/vnd.ms-office.activeX+xml"/>'
        return {
            "[Content_Types].xml": types.replace("</Types>", over + "</Types>").encode(),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", "".join(more) + "</Relationships>").encode(),
            "xl/worksheets/sheet1.xml": sheet.replace("</worksheet>", ole + objects + "</worksheet>").encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": sheet_rels.replace("</Relationships>",
                _relation("rId80", "oleObject", "../embeddings/oleObject1.bin")
                + _relation("rId81", "control", "../activeX/activeX1.xml") + "</Relationships>").encode(),
            "xl/drawings/drawing1.xml": drawing.replace("r:embed=", 'r:link="rId70" r:embed=').encode(),
            "xl/drawings/_rels/drawing1.xml.rels": drawing_rels.replace("</Relationships>", _relation("rId70", "image",
                "http://contoh.invalid/a.png", True) + "</Relationships>").encode(),
            "xl/externalLinks/externalLink1.xml": BOOK,
            "xl/externalLinks/_rels/externalLink1.xml.rels": _rels(_relation("rId1", "externalLinkPath", "lain.xlsx", True)),
            "xl/externalLinks/externalLink2.xml": DDE % (b"ddeLink", b"ddeLink"),
            "xl/vbaProject.bin": b"makro", "xl/embeddings/oleObject1.bin": b"ole", "xl/activeX/activeX1.xml": b"<a/>",
            "xl/macrosheets/sheet9.xml": b'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>',
            "customUI/customUI.xml": b"<customUI/>",
            "_rels/.rels": old["_rels/.rels"].replace(b"</Relationships>",
                b'<Relationship Id="rId60" Type="http://schemas.microsoft.com/office/2006/relationships/ui/extensibility" '
                b'Target="customUI/customUI.xml"/></Relationships>'),
        }  # fmt: skip

    return with_parts(out.getvalue(), change)


TOUCHED = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
           "xl/worksheets/sheet2.xml", "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"}  # fmt: skip


def test_nothing_that_runs_or_fetches_is_left_and_the_rest_stays():
    data = loaded()
    assert set(Package.open(data).brought.words) == {
        "makro", "tautan ke buku kerja lain", "tautan ke luar berkas", "tautan DDE", "kontrol ActiveX", "objek tertanam (OLE)",
        "gambar atau isi yang diambil dari luar", "tombol buatan sendiri",
    }  # fmt: skip
    made = inert(data)
    assert Package.open(made).brought.words == ()
    assert (inert(data), inert(made)) == (made, made)
    check_package(made)
    before, after = parts(data), parts(made)
    gone = ("xl/externalLinks/", "xl/vbaProject", "xl/embeddings/", "xl/activeX/", "xl/macrosheets/", "customUI/")
    emptied = "xl/worksheets/_rels/sheet1.xml.rels"
    assert {name for name in before if not name.startswith(gone)} - {emptied} == set(after)
    assert {name for name in after if before[name] != after[name]} <= TOUCHED | {"docProps/app.xml"}
    assert b"macrosheet" not in after["[Content_Types].xml"] and b"externalLink" not in after["[Content_Types].xml"]
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["RAB", "Lain"] and set(book.defined_names) == {"TETAP"}
    assert [book["RAB"][ref].value for ref in LINKED] == [100, 101, 102, 103, "=" + LINKED["A5"], "=" + LINKED["A6"]]
    assert (book["RAB"]["C1"].value, book["RAB"]["C1"].hyperlink) == ("ke luar", None)
    assert book["RAB"]["C2"].hyperlink.location == "Lain!A1"
    assert len(book["Lain"]._images) == 1 and [cell.value for cell in book["Lain"]["A"]] == [0, 5]


def test_a_shared_formula_goes_with_all_its_cells_and_columns_of_tables_stay():
    def cells(old: dict[str, bytes]) -> dict[str, bytes]:
        row = ('<row r="9"><c r="A9"><f t="shared" ref="A9:B9" si="0">[1]Data!A1</f><v>7</v></c>'
               '<c r="B9"><f t="shared" si="0"/><v>8</v></c><c r="C9"><f>SUM(Tabel[1],Tabel[[1]:[2]])</f><v>9</v></c></row>'
               '</sheetData>')  # fmt: skip
        return {"xl/worksheets/sheet1.xml": old["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", row.encode())}

    sheet = parts(inert(with_parts(loaded(), cells)))["xl/worksheets/sheet1.xml"].decode()
    assert re.search(r'<row r="9">.*?</row>', sheet)[0] == (
        '<row r="9"><c r="A9"><v>7</v></c><c r="B9"><v>8</v></c><c r="C9"><f>SUM(Tabel[1],Tabel[[1]:[2]])</f><v>9</v></c></row>'
    )


# ---- formulas elsewhere than in cells --------------------------------------------------------------------------------

C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
OUT, IN = "'[1]Data'!$A$1:$A$2", "RAB!$B$1:$B$2"


def _cached(kind: str, formula: str) -> str:
    name = {"num": "numCache", "str": "strCache"}[kind]
    points = '<c:ptCount val="2"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="1"><c:v>8</c:v></c:pt>'
    return f"<c:{kind}Ref><c:f>{formula}</c:f><c:{name}>{points}</c:{name}></c:{kind}Ref>"


def _chart(formula: str) -> bytes:
    text, number = _cached("str", formula), _cached("num", formula)
    ser = f"<c:ser><c:tx>{text}</c:tx><c:cat>{text}</c:cat><c:val>{number}</c:val></c:ser>"
    title = f"<c:title><c:tx>{text}</c:tx></c:title>"
    return f"<c:chartSpace {C}><c:chart>{title}<c:plotArea>{ser}</c:plotArea></c:chart></c:chartSpace>".encode()


def test_a_chart_keeps_its_points_without_the_other_file():
    points = '<c:ptCount val="2"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="1"><c:v>8</c:v></c:pt>'
    data = with_parts(loaded(), lambda old: {"xl/charts/chart1.xml": _chart(OUT), "xl/charts/chart2.xml": _chart(IN)})
    made = parts(inert(data))
    assert made["xl/charts/chart2.xml"] == _chart(IN)
    one = made["xl/charts/chart1.xml"].decode()
    assert f"<c:ser><c:tx><c:v>7 8</c:v></c:tx><c:cat><c:strLit>{points}</c:strLit></c:cat>" in one
    assert f"<c:val><c:numLit>{points}</c:numLit></c:val>" in one and "<a:t>7 8</a:t>" in one and "[1]" not in one
    groups = b"<c:cat><c:multiLvlStrRef><c:f>[1]Data!$A$1:$B$2</c:f></c:multiLvlStrRef></c:cat><c:cat>"
    many = _chart(IN).replace(b"<c:cat>", groups, 1)
    assert parts(inert(with_parts(loaded(), lambda old: {"xl/charts/chart1.xml": many})))["xl/charts/chart1.xml"] == _chart(IN)


MS = "http://schemas.microsoft.com/office"
X14 = f'xmlns:x14="{MS}/spreadsheetml/2009/9/main" xmlns:xm="{MS}/excel/2006/main"'


def nested(formula: str, *names: str) -> str:
    """A formula within elements of an extension."""
    opened, closed = (f"<x14:{name}>" for name in names), (f"</x14:{name}>" for name in reversed(names))
    return f"{''.join(opened)}<xm:f>{formula}</xm:f>{''.join(closed)}"


def test_rules_that_ask_another_file_go_and_the_others_stay():
    def rule(formula: str) -> str:
        return f'<cfRule type="expression" priority="{len(formula)}"><formula>{formula}</formula></cfRule>'

    def choice(formula: str, ref: str) -> str:
        return f'<dataValidation type="list" sqref="{ref}"><formula1>{formula}</formula1></dataValidation>'

    kept = f'<conditionalFormatting sqref="A1">{rule("B1=2")}</conditionalFormatting>'
    mixed = f'<conditionalFormatting sqref="A2">{rule("B1=30")}{rule("[1]Data!A1=3")}</conditionalFormatting>'
    gone = f'<conditionalFormatting sqref="A3">{rule("HARGA=3")}</conditionalFormatting>'
    choices = choice("$B$1:$B$2", "B1") + choice("[1]Data!$A$1:$A$9", "B2")
    rules = f'{kept}{mixed}{gone}<dataValidations count="2">{choices}</dataValidations>'
    path = "xl/worksheets/sheet2.xml"

    def bent(part: bytes) -> bytes:
        inner = nested("[1]Data!A1", "dataValidations", "dataValidation", "formula1")
        lines = nested("[1]Data!A1", "sparklineGroups", "sparklineGroup", "sparklines", "sparkline")
        ends = f'<extLst><ext uri="x" {X14}>{inner}</ext><ext uri="y" {X14}>{lines}</ext></extLst></worksheet>'
        return part.replace(b"</sheetData>", b"</sheetData>" + rules.encode()).replace(b"</worksheet>", ends.encode())

    made = inert(with_parts(loaded(), lambda old: {path: bent(old[path])}))
    sheet = parts(made)[path].decode()
    left = f'{kept}<conditionalFormatting sqref="A2">{rule("B1=30")}</conditionalFormatting>'
    left += f'<dataValidations count="1">{choice("$B$1:$B$2", "B1")}</dataValidations><pageMargins'
    assert f"</sheetData>{left}" in sheet
    assert sheet.endswith(f'<extLst><ext uri="x" {X14}></ext><ext uri="y" {X14}></ext></extLst></worksheet>')
    check_package(made)


@pytest.mark.parametrize(
    ("formula", "stays"),
    [
        ("cmd|'/c calc'!A0", False), ('WEBSERVICE("http://contoh.invalid")', False), ('IMAGE("http://a.invalid/a.png")', False),
        ('RTD("a.b",,"c")', False), ('1+HYPERLINK("http://contoh.invalid","x")', False), ("_xlfn.WEBSERVICE(B1)", False),
        ('HYPERLINK("#Lain!A1","x")', True), ('"cmd|x!A0"', True), ("RAB!B1+B2", True), ('"WEBSERVICE("&amp;B1', True),
        ("SUM(Tabel[1])", True), ("GAMBAR.IMAGE(1)", True),
    ],
)  # fmt: skip
def test_what_runs_or_fetches_becomes_its_value_in_a_file_without_any_part_of_the_kind(formula: str, stays: bool):
    path = "xl/worksheets/sheet2.xml"

    def row(inner: str) -> str:
        return f'<row r="900"><c r="A900">{inner}<v>5</v></c></row></sheetData>'

    bent = row(f"<f>{formula}</f>").encode()
    data = with_parts(clean("pmd"), lambda old: {path: old[path].replace(b"</sheetData>", bent)})
    made = inert(data)
    assert (made is data) is stays and row(f"<f>{formula}</f>" if stays else "") in parts(made)[path].decode()


def test_pivots_and_connections_stay_and_fetch_nothing_by_themselves():
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    pivot = (f'<pivotCacheDefinition xmlns="{main}" xmlns:r="{R}" refreshOnLoad="1" r:id="rId5"><cacheSource>'
             '<worksheetSource ref="A1:B2" sheet="Data" r:id="rId9"/></cacheSource></pivotCacheDefinition>')  # fmt: skip
    more = {
        "xl/pivotCache/pivotCacheDefinition1.xml": pivot.encode(),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _rels(
            _relation("rId9", "externalLinkPath", "lain.xlsx", True), _relation("rId5", "pivotCacheRecords", "records1.xml")),
        "xl/connections.xml": b'<connections><connection id="1" refreshOnLoad="true" interval="5"/></connections>',
        "xl/drawings/drawing9.xml": b'<d><sp macro="[0]!Jalan" textlink="[1]Data!A1"/><sp macro="" textlink="RAB!A1"/></d>',
        "xl/drawings/v9.vml": b"<v><FmlaMacro>[0]!J</FmlaMacro><FmlaLink>RAB!A1</FmlaLink><FmlaLink>[1]D!A1</FmlaLink></v>",
    }  # fmt: skip
    made = inert(with_parts(loaded(), lambda old: more))
    after = parts(made)
    quiet = pivot.replace('"1" r:id', '"0" r:id').replace(' r:id="rId9"', "")
    assert after["xl/pivotCache/pivotCacheDefinition1.xml"].decode() == quiet
    assert b"rId9" not in after["xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels"]
    assert b'refreshOnLoad="0" interval="0"' in after["xl/connections.xml"]
    assert after["xl/drawings/drawing9.xml"] == b'<d><sp macro="" textlink=""/><sp macro="" textlink="RAB!A1"/></d>'
    assert after["xl/drawings/v9.vml"] == b"<v><FmlaLink>RAB!A1</FmlaLink></v>"
    assert Package.open(made).brought.words == ("sambungan data",)  # said, because it stays


@pytest.mark.parametrize("data", [clean("pmd"), clean("kantor")])
def test_a_file_with_nothing_of_the_kind_keeps_its_bytes(data: bytes):
    assert inert(data) is data


@pytest.mark.parametrize(("option", "left"), [((), True), (("--tanpa-isi-aktif",), False)])
def test_the_office_chooses_for_what_goes_back(option: tuple[str, ...], left: bool, tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    path = next(path for path in (folder / "masuk").iterdir() if "pmd" in path.name)
    more = {"xl/vbaProject.bin": b"makro", "xl/connections.xml": b"<connections/>"}
    data = with_parts(path.read_bytes(), lambda old: more)
    path.write_bytes(data)
    assert run("periksa", folder, "--kembalikan", *option)[0] == 1
    (copy,) = (folder / "hasil/perbaikan").iterdir()
    assert path.read_bytes() == data
    assert ("xl/vbaProject.bin" in zipfile.ZipFile(copy).namelist()) is left
    told = b"".join(content for name, content in parts(copy.read_bytes()).items() if name.endswith(".xml")).decode()
    assert ("Berkas asli membawa makro, sambungan data; itu ikut tersalin" in told) is left
    assert ("Berkas asli membawa makro; itu sudah dilepas" in told) is not left
    assert ("Berkas asli membawa sambungan data; itu ikut tersalin" in told) is not left  # said, because it stays


def test_it_is_an_option_of_what_goes_back(tmp_path: Path):
    status, told = run("periksa", Folder().write(tmp_path / "kantor"), "--tanpa-isi-aktif")
    assert status == 2 and "--kembalikan" in told
