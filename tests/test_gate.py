"""The gate: every kind of unreadable file gets its own code, and what merely looks like one passes."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.catatan import Finding
from kinerja_xl.package import Package, archive, repack
from kinerja_xl.reading.cells import read_cells
from kinerja_xl.reading.gate import OLD_STREAM, Limits, Passed, inspect, judge

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
LIMITS = Limits()


def form(*names: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in names or ("RAB",):
        sheet = book.add_worksheet(name)
        sheet.write_string("A1", "Uraian <!DOCTYPE html> & jumlah")
        sheet.write_formula("B1", "=1+1", None, 2)
        sheet.write_comment("A1", "catatan")
    book.close()
    return out.getvalue()


FORM = form()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {entry.filename: zipped.read(entry) for entry in zipped.infolist()}


def changed(path: str, old: bytes, new: bytes) -> bytes:
    content = parts(FORM)
    assert old in content[path]
    return repack(content | {path: content[path].replace(old, new, 1)})


def with_rows(rows: str, after: str = "") -> bytes:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return repack(parts(FORM) | {SHEET: xml.encode()})


def merged(*refs: str) -> bytes:
    return with_rows("", "<mergeCells>" + "".join(f'<mergeCell ref="{ref}"/>' for ref in refs) + "</mergeCells>")


def ole(*streams: str) -> bytes:
    """A container whose directory lists these streams (its contents are never read)."""
    entries = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le") + b"\0\0"
        entries += raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


def lying(size: int, declared: int) -> bytes:
    """A worksheet that inflates to ``size`` bytes and declares another."""
    xml = parts(FORM)[SHEET].replace(b"</sheetData>", b" " * (size - len(parts(FORM)[SHEET])) + b"</sheetData>")
    data = repack(parts(FORM) | {SHEET: xml})
    assert data.count(struct.pack("<L", size)) == 2
    return data.replace(struct.pack("<L", size), struct.pack("<L", declared))


def doctype(path: str, encoding: str = "utf-8") -> bytes:
    text = parts(FORM)[path].decode()
    declaration, rest = text.split("?>", 1)
    bomb = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
    text = declaration.replace("UTF-8", encoding.upper()) + "?><!-- x -->" + bomb + rest
    return repack(parts(FORM) | {path: text.encode(encoding)})


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def zipped(**content: str) -> bytes:
    return repack({path.replace("__", "/"): text.encode() for path, text in content.items()})


HTML = b"<html><table><tr><td>1</td></tr></table></html>"
REFUSED = {
    "nothing": (b"", "B101"),
    "truncated": (FORM[: len(FORM) // 2], "B102"),
    "without its end": (FORM[:-10], "B102"),
    "only the first bytes": (b"PK\x03\x04", "B102"),
    "zeros after a power cut": (bytes(9000), "B102"),
    "bad CRC": (flipped(FORM, FORM.index(b"xl/worksheets/sheet1.xml") + 60), "B102"),
    "sheet part missing": (repack({k: v for k, v in parts(FORM).items() if k != SHEET}), "B102"),
    "workbook part missing": (repack({k: v for k, v in parts(FORM).items() if k != "xl/workbook.xml"}), "B102"),
    "content types missing": (repack({k: v for k, v in parts(FORM).items() if not k.startswith("[")}), "B102"),
    "a part twice": (repack([*parts(FORM).items(), (SHEET, b"<a/>")]), "B102"),
    "broken XML": (changed("xl/workbook.xml", b"</workbook>", b""), "B102"),
    "impossible address": (with_rows('<row r="1"><c r="ZZZZ1"/></row>'), "B102"),
    "unknown encoding": (changed("xl/styles.xml", b"UTF-8", b"UTF-7"), "B102"),
    "encrypted by Excel": (ole("EncryptionInfo", "EncryptedPackage"), "B103"),
    "old Excel": (ole("Workbook", "\5SummaryInformation"), "B104"),
    "older Excel": (ole("Book"), "B104"),
    "web page": (HTML, "B105"),
    "web page, commented": (b"\n<!-- x -->\n<!DOCTYPE html><HTML>", "B105"),
    "web page in UTF-16": (HTML.decode().encode("utf-16"), "B105"),
    "web page with a BOM": (b"\xef\xbb\xbf<?xml version='1.0'?><html xmlns='x'>", "B105"),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "B105"),
    "one part inflates a thousandfold": (with_rows(" " * 20_000_000), "B107"),
    "unused part inflates": (repack(parts(FORM) | {"xl/media/a.bmp": bytes(20_000_000)}), "B107"),
    "lie about a small size": (lying(3_000_000, 2_000), "B107"),
    "doctype in a sheet": (doctype(SHEET), "B108"),
    "doctype in the workbook": (doctype("xl/workbook.xml"), "B108"),
    "doctype in the strings": (doctype("xl/sharedStrings.xml"), "B108"),
    "doctype in UTF-16": (doctype("xl/sharedStrings.xml", "utf-16"), "B108"),
    "doctype in a UTF-16 sheet": (doctype(SHEET, "utf-16"), "B108"),
    "doctype in a relationship": (doctype("xl/_rels/workbook.xml.rels"), "B108"),
    "doctype in a drawing": (changed("xl/drawings/vmlDrawing1.vml", b"<xml", b"<!DOCTYPE xml><xml"), "B108"),
    "all cells merged": (merged("A1:XFD1048576"), "B109"),
    "many large merges": (merged(*(f"A{row}:XFD{row}" for row in range(1, 14))), "B109"),
    "PDF": (b"%PDF-1.7 ...", "B111"),
    "text": (b"Kode;Uraian;Jumlah\r\n5.1.02;Makan;1000\r\n", "B111"),
    "text in cp1252": ("Kode;Uraian\r\ncafé".encode("cp1252"), "B111"),
    "binary rubbish": (b"\x03abc\0\0\1\2", "B111"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "B111"),
    "old Word": (ole("WordDocument"), "B111"),
    "other container": (ole("Contents"), "B111"),
    "Word": (zipped(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<a/>"}), "B111"),
    "binary workbook": (zipped(**{"[Content_Types].xml": "<Types/>", "xl__workbook.bin": "x"}), "B104"),
    "OpenDocument": (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<a/>"}), "B104"),
    "plain zip": (zipped(**{"a.txt": "x"}), "B111"),
    "empty zip": (zipped(), "B111"),
    "Excel 2003 XML": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "B104"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    data, code = REFUSED[what]
    before = bytes(data)
    found = judge(data, "umum.xlsx", LIMITS)
    assert isinstance(found, Finding)
    assert (found.code, found.file, found.cell) == (code, "umum.xlsx", "")
    assert found == inspect(data, "umum.xlsx")
    assert "{" not in found.masalah + found.perbaikan
    assert data == before


PASSED = {
    "form": FORM,
    "two sheets": form("RAB", "Indikator"),
    "a whole row merged": merged("A1:XFD1"),
    "zeros in a picture": repack(parts(FORM) | {"xl/media/a.bmp": bytes(5_000_000)}),
    "UTF-16 sheet": repack(parts(FORM) | {SHEET: parts(FORM)[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
    "comment before the root": changed("xl/styles.xml", b"<styleSheet", b"<!-- <!DOCTYPE x> --><styleSheet"),
    "strict mentioned in a cell": with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>http://purl.oclc.org/ooxml/</t></is></c></row>'),
    "EncryptedPackage in a cell": with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>EncryptedPackage</t></is></c></row>'),
}  # fmt: skip


@pytest.mark.parametrize("what", PASSED)
def test_passed(what):
    found = judge(PASSED[what], "umum.xlsx", LIMITS)
    assert isinstance(found, Passed)
    assert (found.stray, found.notes) == (False, ())
    assert list(found.scans) == [sheet.name for sheet in found.package.sheets]


def test_what_passed_is_described():
    found = inspect(FORM, "umum.xlsx")
    assert isinstance(found, Passed)
    assert found.sha256 == hashlib.sha256(FORM).hexdigest()
    assert found.scans["RAB"] == found.package.scan(found.package.sheets[0])
    assert set(found.scans["RAB"].formulas) == {(1, 2)}
    assert found.package.sheets == Package.open(FORM).sheets


def test_stream_names_count_only_in_the_directory():
    text = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    assert judge(ole("Workbook") + bytes(50) + text + bytes(80), "a.xls", LIMITS).code == "B104"


def test_macros_are_a_note():
    found = judge(repack(parts(FORM) | {"xl/vbaProject.bin": b"x"}), "umum.xlsm", LIMITS)
    assert [note.code for note in found.notes] == ["B116"]


def test_locked_zip():
    content = bytearray(FORM)
    for at in _central_entries(FORM):
        content[at + 8] |= 1
    assert judge(bytes(content), "umum.xlsx", LIMITS).code == "B103"


def _central_entries(data: bytes) -> list[int]:
    found, at = [], data.find(b"PK\x01\x02")
    while at >= 0:
        found.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    return found


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576" s="1"/></row>',
        '<row r="9"><c r="XFD9"><v>1</v></c></row><row r="70"><c r="A70"/></row>',
    ],
)
def test_a_stray_cell_passes_but_not_to_a_dense_reader(rows):
    found = judge(with_rows(rows), "umum.xlsx", LIMITS)
    assert isinstance(found, Passed)
    assert found.stray


def test_a_false_dimension_is_not_stray():
    data = with_rows('<row r="1"><c r="A1"><v>1</v></c></row>')
    sheet = parts(data)[SHEET].replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert judge(repack(parts(data) | {SHEET: sheet}), "umum.xlsx", LIMITS).stray is False


@pytest.mark.parametrize(
    ("limit", "enough", "code"),
    [
        ("file_bytes", len(FORM), "B110"),
        ("inflated_bytes", sum(map(len, parts(FORM).values())), "B107"),
        ("entries", len(parts(FORM)), "B107"),
        ("cells", 2, "B113"),
    ],
    ids=("file_bytes", "inflated_bytes", "entries", "cells"),  # sizes differ from worker to worker: the library stamps the time
)
def test_limits_are_exact(limit, enough, code):
    assert isinstance(judge(FORM, "a", replace(LIMITS, **{limit: enough})), Passed)
    assert judge(FORM, "a", replace(LIMITS, **{limit: enough - 1})).code == code


def test_merge_limit_is_exact_and_names_the_largest():
    data = merged("A1:B2", "C1:E3")
    assert isinstance(judge(data, "a", replace(LIMITS, merged_cells=13)), Passed)
    found = judge(data, "a", replace(LIMITS, merged_cells=12))
    assert (found.code, found.sheet, dict(found.args)) == ("B109", "RAB", {"rincian": "C1:E3"})


def test_cells_are_counted_over_the_book():
    data = form("RAB", "Indikator")
    assert isinstance(judge(data, "a", replace(LIMITS, cells=4)), Passed)
    found = judge(data, "a", replace(LIMITS, cells=3))
    assert (found.code, found.sheet) == ("B113", "Indikator")


def test_one_sentence_even_when_several_apply():
    data = changed("xl/workbook.xml", MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    data = repack(parts(data) | {"xl/media/a.bmp": bytes(20_000_000)})
    assert judge(data, "a", LIMITS).code == "B107"


@pytest.mark.parametrize(
    "bomb",
    [
        repack({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": bytes(60_000_000)}),
        with_rows(" " * 60_000_000),
        lying(60_000_000, 400_000),
        repack({f"p{number}": b"" for number in range(40_000)}),
    ],
    ids=["workbook", "sheet", "lie", "parts"],
)
def test_a_bomb_is_not_unpacked(bomb, monkeypatch):
    """What is refused for its size is refused before it is there: by the directory, or at the first byte too many."""
    unpacked: list[int] = []

    def counted(raw, entry):
        content = inflate(raw, entry)
        unpacked.append(len(content))
        return content

    inflate = archive._inflate
    monkeypatch.setattr(archive, "_inflate", counted)
    assert judge(bomb, "a", LIMITS).code == "B107"
    assert sum(unpacked) < 1_000_000


def test_files_of_openpyxl_pass():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert isinstance(judge(out.getvalue(), "a", LIMITS), Passed)


@given(
    at=st.integers(0, len(FORM) - 1),
    new=st.binary(max_size=8),
    gone=st.integers(0, 40),
)
def test_damage_in_the_zip_is_never_raised(at, new, gone):
    found = judge(FORM[:at] + new + FORM[at + gone :], "a", LIMITS)
    assert isinstance(found, Passed) or found.code in {"B102", "B103", "B107", "B111"}


@given(path=st.sampled_from([path for path in parts(FORM) if path.endswith((".xml", ".rels", ".vml"))]), data=st.data())
def test_damage_in_a_part_is_never_raised(path, data):
    content = parts(FORM)
    at = data.draw(st.integers(0, len(content[path])))
    new = data.draw(st.binary(max_size=8) | st.sampled_from([b"<", b">", b"&", b'"', b"<c", b"<f>", b"<!--", b"]]>", b"/>"]))
    gone = data.draw(st.integers(0, 40))
    content[path] = content[path][:at] + new + content[path][at + gone :]
    found = judge(repack(content), "a", LIMITS)
    assert isinstance(found, Passed) or found.code in {"B102", "B108"}


@given(st.binary(max_size=300))
def test_any_bytes(data):
    old = data.startswith(OLD_STREAM)  # how an .xls of Excel 2 to 4 begins
    assert judge(data, "a", LIMITS).code in ({"B104"} if old else {"B101", "B102", "B105", "B111"})


def test_strict_open_xml_is_opened_as_the_usual_kind():
    """Every name of a namespace below purl.oclc.org, as Excel writes "Strict Open XML Spreadsheet"."""
    usual = b"http://schemas.openxmlformats.org/"

    def strict(data: bytes) -> bytes:
        for room in (b"spreadsheetml", b"officeDocument", b"drawingml"):
            data = data.replace(usual + room + b"/2006", b"http://purl.oclc.org/ooxml/" + room)
        data = data.replace(b"extended-properties", b"extendedProperties").replace(b"custom-properties", b"customProperties")
        return data.replace(b"<workbook ", b'<workbook conformance="strict" ')

    passed, plain = (judge(data, "umum.xlsx", LIMITS) for data in (repack({p: strict(d) for p, d in parts(FORM).items()}), FORM))
    assert isinstance(passed, Passed) and isinstance(plain, Passed)
    assert [sheet.rows for sheet in read_cells(passed)] == [sheet.rows for sheet in read_cells(plain)]
    assert passed.package.properties == plain.package.properties and passed.package.defined_names == plain.package.defined_names
    changed_back = parts(passed.package.archive.data)
    assert changed_back.keys() == parts(FORM).keys() and not any(b"purl.oclc.org/ooxml" in part for part in changed_back.values())
