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
        other.write_column("A1", ["=cmd|'/c calc'!A0 sebagai teks", 5])
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
           "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"}  # fmt: skip


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
    assert len(book["Lain"]._images) == 1


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
