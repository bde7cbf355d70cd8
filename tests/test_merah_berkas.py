"""Every format and dialect by its content, never by its name: the same values come out, or a true refusal."""

from __future__ import annotations

import base64
import io
import zipfile

import openpyxl
import pytest

from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json
from tests import merah_berkas as made
from tests.asing_uji import sums

TABLE = made.table()
SHEET = made.sheet_xml(TABLE)
GOOD = made.ooxml(SHEET)


def read(data, name="uji.xlsx", **kwargs):
    return read_foreign(data, name, **kwargs)


def told(book):
    return {(f.code, f.cell) for f in book.all_findings()}


def assert_whole(book, *codes, form="xlsx"):
    """All lines with their amounts, and no more to say than ``codes``."""
    (table,) = [t for t in book.tables if t.kind != NONE]
    assert (book.form, table.kind, sums(table)) == (form, "rab", {"jumlah": made.TOTAL})
    assert [(line.uraian, line.volume, line.satuan, line.harga) for line in table.lines] == [
        (name, volume, unit, price) for name, volume, unit, price in made.LINES
    ]
    assert told(book) == {(code, "") for code in codes}


# ---- dialects of .xlsx -----------------------------------------------------------------------------------------


def by_openpyxl(rows, *, write_only=False) -> bytes:
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("RAB") if write_only else book.active
    sheet.title = "RAB"
    for row in rows:
        sheet.append([cell[0] if isinstance(cell, tuple) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NOTICE = b"<br />\n<b>Notice</b>: Undefined index: tahun in <b>/app/unduh.php</b> on line <b>3</b><br />\n"
DIALECTS = {
    "teks di dalam sel": GOOD,
    "teks sebagai hasil": made.ooxml(made.sheet_xml(TABLE, inline="str")),
    "sel tanpa alamat": made.ooxml(made.sheet_xml(TABLE, references=False)),
    "unsur berawalan": made.ooxml(made.sheet_xml(TABLE, prefix="x"), prefix="x"),
    "alamat bagian mutlak": made.ooxml(SHEET, target="/xl/worksheets/sheet1.xml"),
    "buku bernama lain": made.ooxml(SHEET, workbook="xl/workbook22.xml"),
    "buku di akar": made.ooxml(SHEET, workbook="book.xml", target="sheet.xml"),
    "huruf besar pada nama bagian": made.ooxml(SHEET, target="Worksheets/Sheet1.xml"),
    "garis miring terbalik": made.renamed(GOOD, lambda name: name.replace("/", "\\")),
    "tanggal sejak 1904": made.ooxml(SHEET, properties='<workbookPr date1904="1"/>'),
    "ukuran terlalu kecil": made.ooxml(SHEET.replace("<sheetData>", '<dimension ref="A1"/><sheetData>')),
    "ukuran terlalu besar": made.ooxml(SHEET.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
    "tanda urutan byte": made.ooxml("\ufeff" + SHEET),
    "bagian dalam UTF-16": made.ooxml(SHEET.replace("UTF-8", "UTF-16").encode("utf-16")),  # type: ignore[arg-type]
    "rumus berbagi": made.ooxml(made.sheet_xml(made.shared_formulas(cached=True))),
    "rumus": made.ooxml(made.sheet_xml(made.table(formulas=True))),
    "templat .xltx": made.ooxml(SHEET, type_=f"{made.TYPES}.template.main+xml"),
    "strict": made.ooxml(SHEET, replace=made.STRICT),
    "openpyxl": by_openpyxl(TABLE),
    "openpyxl hanya menulis": by_openpyxl(TABLE, write_only=True),
    "pesan galat di depannya": NOTICE + GOOD,
    "baris kosong di depannya": b"\r\n\xef\xbb\xbf" + GOOD,
    "teks di belakangnya": GOOD + b"\n" + NOTICE,
}


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_gives_the_same(name):
    assert_whole(read(DIALECTS[name], "rab.xls"))


@pytest.mark.parametrize("told_at", ["</sheets>", "</sheets>Target"])
def test_a_sheet_that_is_nowhere_does_not_refuse_the_others(told_at):
    """Listed without a relation, or with one that leads to no part."""
    lost = {"</sheets>": '<sheet name="Hilang" sheetId="9"/></sheets>'}
    if told_at != "</sheets>":
        lost = {"</sheets>": '<sheet name="Hilang" sheetId="9" r:id="r99"/></sheets>'}
        target = 'Target="worksheets/sheet99.xml"/></Relationships>'
        lost["</Relationships>"] = f'<Relationship Id="r99" Type="{made.REL}/worksheet" {target}'
    book = read(made.ooxml(SHEET, replace=lost))
    assert sums(book.imported[0]) == {"jumlah": made.TOTAL}
    assert [(f.code, f.sheet) for f in book.all_findings()] == [("B122", "Hilang")]


def test_macros_are_told_and_never_run():
    macros = {"xl/vbaProject.bin": made.OLE + bytes(600)}
    data = made.ooxml(SHEET, type_="application/vnd.ms-excel.sheet.macroEnabled.main+xml", parts=macros)
    assert_whole(read(data, "rab.xlsm"), "B116")


@pytest.mark.parametrize(
    "data", [by_openpyxl(made.table(formulas=True)), made.ooxml(made.sheet_xml(made.shared_formulas(cached=False)))]
)
def test_formulas_that_nobody_calculated_are_told(data):
    book = read(data)
    assert len(book.imported[0].lines) == made.COUNT and sums(book.imported[0]) == {"jumlah": 0}
    assert told(book) == {("L421", "F4")}


# ---- .xlsb, .xls, .ods ------------------------------------------------------------------------------------------


def test_xlsb_gives_values_and_says_what_it_hides():
    assert_whole(read(made.xlsb({"RAB": TABLE}), "rab.xlsx"), "L111", form="xlsb")
    assert_whole(read(made.xlsb({"RAB": made.table(formulas=True)}), "rab.xlsb"), "L111", form="xlsb")


def test_xlsb_keeps_fractions_hidden_sheets_and_merges():
    rows = [list(row) for row in TABLE]
    rows[3][4], rows[3][5] = 65_000.25, 780_003
    rows[-1][5] = made.TOTAL + 3
    book = read(
        made.xlsb({"RAB": rows, "Lama": [["sisa", "tahun", "lalu"], ["a", 1, 2]]}, hidden=["Lama"], merged=[(0, 0, 0, 5)])
    )
    table = book.imported[0]
    assert (str(table.lines[0].harga), sums(table)) == ("65000.25", {"jumlah": made.TOTAL + 3})
    assert {(f.code, f.sheet) for f in book.all_findings()} == {("L111", ""), ("L203", "Lama"), ("L201", "Lama")}


def test_xlsb_whose_cells_leave_out_their_column_loses_none():
    assert_whole(read(made.xlsb({"RAB": TABLE}, short=True), "rab.xlsb"), "L111", form="xlsb")


@pytest.mark.parametrize("version", [2, 3, 5])
def test_an_xls_without_its_container_is_read(version):
    data = made.stream(version)
    assert_whole(read(data, "laporan.xls"), form="xls")
    for cut in (len(data) // 2, len(data) - 4):
        assert read(data[:cut], "laporan.xls").refused.code == "L105"


def test_an_indented_ods_is_read():
    """As programs write it that format their XML."""
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": made.fods().replace("><", ">\n  <")}
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    data = made.zipped({**parts, "META-INF/manifest.xml": manifest}, stored=["mimetype"])
    assert_whole(read(data, "rab.ods"), form="ods")


def test_a_damaged_xlsb_is_refused():
    data = made.renamed(made.xlsb({"RAB": TABLE}), lambda name: name.replace("sheet1.bin", "sheet7.bin"))
    assert {f.code for f in read(data).all_findings()} <= {"L105", "L111", "L211"} and not read(data).imported


def test_a_flat_opendocument_file_is_read():
    assert_whole(read(made.fods().encode(), "rab.xls"), form="fods")
    assert_whole(read(made.fods().replace("><", ">\n  <").encode(), "rab.fods"), form="fods")  # as LibreOffice writes it
    broken = made.fods().replace("</office:document>", "").encode()[:900]
    assert read(broken).refused.code == "L105"


@pytest.fixture(scope="module")
def converted(tmp_path_factory, libre):
    """The table as LibreOffice writes it in old and open formats."""
    folder = tmp_path_factory.mktemp("ubah")
    (folder / "uji.xlsx").write_bytes(by_openpyxl(TABLE))
    for form in ("xls", "ods"):
        libre.convert([folder / "uji.xlsx"], form, folder)
    return folder


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_what_libreoffice_writes_is_read(converted, form):
    assert_whole(read((converted / f"uji.{form}").read_bytes(), "rab.xlsx"), form=form)


def test_a_locked_or_cut_xls_is_refused(converted):
    data = (converted / "uji.xls").read_bytes()
    at = data.index(b"\x09\x08\x10\x00") + 20  # the record after the workbook's first one
    locked = data[:at] + b"\x2f\x00" + data[at + 2 :]  # now it says that what follows is encrypted
    assert read(locked, "rab.xls").refused.code == "B103"
    assert read(data[: len(data) // 2], "rab.xls").refused.code == "B102"


def test_a_locked_ods_is_refused(converted):
    with zipfile.ZipFile(converted / "uji.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = parts["META-INF/manifest.xml"].replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
    locked = made.zipped({**parts, "content.xml": bytes(range(256)) * 9, "META-INF/manifest.xml": manifest})
    assert read(locked, "rab.ods").refused.code == "B103"


# ---- text that is named like a workbook -----------------------------------------------------------------------

ASKED = {
    "html": (made.html().encode(), "L101"),
    "html dengan ,00": (made.html("koma").encode(), "L101"),
    "html dengan Rp": (made.html("rp").encode(), "L101"),
    "html cp1252": (made.html(charset="windows-1252").encode("cp1252"), "L101"),
    "html utf-16": (made.html(charset="utf-16").encode("utf-16"), "L101"),
    "html sesudah pesan galat": (NOTICE + made.html().encode(), "L101"),
    "mhtml": (made.mhtml(), "L101"),
    "xml 2003": (made.spreadsheetml().encode(), "L106"),
    "xml 2003 penuh": (made.spreadsheetml(index=False).encode(), "L106"),
    "xml 2003 sesudah baris kosong": (b"\n\n" + made.spreadsheetml().encode(), "L106"),
    **{
        f"csv {name} {how}": (made.csv(mark, how).encode(), "L107")
        for mark, name in ((";", "titik koma"), (",", "koma"), ("\t", "tab"), ("|", "garis"))
        for how in ("titik", "polos", "koma", "rp")
    },
    "csv berkutip": (made.csv(quote=True).encode(), "L107"),
    "csv tanda urutan byte": (made.csv().encode("utf-8-sig"), "L107"),
    "csv utf-16": (made.csv("\t").encode("utf-16"), "L107"),
    "csv sep=": (b"sep=;\r\n" + made.csv().encode(), "L107"),
    "csv baris unix": (made.csv(newline="\n").encode(), "L107"),
}


@pytest.mark.parametrize("name", ASKED)
def test_text_named_like_a_workbook_is_read_when_somebody_says_what_it_is(name):
    data, code = ASKED[name]
    refused = read(data, "rab.xls")
    assert refused.refused.code == code and refused.tables == ()
    answer = as_json(refused)[0]
    assert answer["refused"] and answer["message"]
    book = read(data, "rab.xls", sebagai="rab")
    assert_whole(book, form={"L101": "html", "L106": "xml2003", "L107": "teks"}[code])


def test_text_in_the_code_page_of_old_programs_keeps_its_letters():
    data = made.csv().replace("80 gr", "80 gr – ½").encode("cp1252")
    assert read(data, sebagai="rab").imported[0].lines[0].uraian == "Kertas HVS F4 80 gr – ½"


@pytest.mark.parametrize("damaged", ["NaN", "INF", "1e999", "1e300", "9" * 400])
def test_a_number_that_is_none_is_missed_and_not_counted(damaged):
    """In a page it is a text, in XML and in a workbook a number."""
    rest = {"jumlah": made.TOTAL - 780_000}
    for data in (
        made.spreadsheetml().replace(">780000<", f">{damaged}<").encode(),
        made.ooxml(SHEET.replace("<v>780000</v>", f"<v>{damaged}</v>")),
        made.html().replace(">780.000<", f">{damaged}<").encode(),
    ):
        book = read(data, sebagai="rab")
        assert sums(book.imported[0]) == rest and {f.code for f in book.all_findings()} == {"L401", "L424"}


# ---- refusals ----------------------------------------------------------------------------------------------------

MANGLED = GOOD.decode("utf-8", "replace").encode()
REFUSED = {
    "kosong": (b"", "B101"),
    "nol": (b"\0" * 5000, "B102"),
    "terpotong": (GOOD[: len(GOOD) // 2], "B102"),
    "terpotong di ujung": (GOOD[:-30], "B102"),
    "ganti baris": (by_openpyxl(TABLE).replace(b"\n", b"\r\n"), "B102"),
    "latin": (GOOD.decode("latin-1").encode(), "B102"),
    "kata sandi": (made.ole("EncryptionInfo", "EncryptedPackage"), "B103"),
    "mengembang": (made.ooxml(SHEET, parts={"xl/media/x.bin": bytes(40 << 20)}), "B107"),
    "doctype": (made.ooxml(SHEET.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')), "B108"),
    "xml 2003 doctype": (
        made.spreadsheetml().replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1).encode(),
        "L104",
    ),
    "xml 2003 terpotong": (made.spreadsheetml().encode()[:900], "L104"),
    "kunci Excel": (b"\x06Contoh" + b" " * 48 + b"\x06\0C\0o\0n\0t\0o\0h\0 \0" + b" \0" * 46, "L102"),
    "teks dari biner": (MANGLED, "L103"),
    "teks dari xls": (made.ole("Workbook").decode("utf-8", "replace").encode(), "L103"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "L104"),
    "docx": (made.office("word/document.xml"), "L104"),
    "pptx": (made.office("ppt/presentation.xml"), "L104"),
    "numbers": (made.office("Index/Document.iwa"), "L104"),
    "doc": (made.ole("WordDocument"), "L104"),
    "ppt": (made.ole("PowerPoint Document"), "L104"),
    "jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "L104"),
    "odt": (made.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "L104"),
    "sylk": (b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "L104"),
    "json": (b'{"error":"Unauthorized"}', "L104"),
    "surel": (b"From: a@contoh.go.id\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHalo", "L104"),
    "halaman masuk": (b"<!DOCTYPE html><html><body><form>Nama <input></form></body></html>", "L104"),
    "pesan galat": (NOTICE, "L104"),
    "base64": (base64.encodebytes(GOOD), "L104"),
    "xls rusak": (made.ole("Workbook"), "L105"),
    "xls tanpa wadah": (b"\x09\x08\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00" + bytes(40), "L105"),
    "ods rusak": (made.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office"}), "L105"),
    "zip berisi xlsx": (made.zipped({"RAB.xlsx": GOOD}), "L108"),
    "rar": (b"Rar!\x1a\x07\x01\0aaa", "L108"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_has_its_own_sentence(name):
    data, code = REFUSED[name]
    book = read(data, "RAB 2025.xlsx")
    assert book.refused is not None and (book.refused.code, book.tables) == (code, ())
    assert as_json(book)[0]["refused"] and as_json(book)[0]["message"]


def test_files_that_mark_an_open_workbook_are_named_by_their_name_too():
    assert {read(GOOD, name).refused.code for name in ("~$RAB.xlsx", ".~lock.RAB.xlsx#")} == {"L102"}
