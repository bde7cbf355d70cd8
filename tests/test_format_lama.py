"""Old and open formats: read sparsely, under limits, and the same as the .xlsx with the same content."""

from __future__ import annotations

import struct
import subprocess
from datetime import date, datetime

import pytest
import xlsxwriter

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.package import Archive
from kinerja_xl.package import apart as package_apart
from kinerja_xl.reading.old import apart
from kinerja_xl.reading.old.apart import OldFormatError, read_apart
from kinerja_xl.reading.old.child import plain
from kinerja_xl.reading.old.ods import _formula
from kinerja_xl.reading.old.xlsb import record, records, xlsb_sheets
from kinerja_xl.reading.source import read_source
from tests import merah_berkas as made

HEAD = ("Kode Rekening", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
LINES = (
    ("5.1.02.01.01.0024", "Kertas contoh", 10, "rim", 50000, 500000),
    ("5.1.02.01.01.0026", "Map contoh", 20, "buah", 5000, 100000),
)
NS = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style"))


# ---- .ods -------------------------------------------------------------------------------------------------------


def text(value, **attrs):
    return f'<table:table-cell office:value-type="string"{_more(attrs)}><text:p>{value}</text:p></table:table-cell>'


def number(value, **attrs):
    return f'<table:table-cell office:value-type="float" office:value="{value}"{_more(attrs)}><text:p>{value}</text:p></table:table-cell>'


def _more(attrs):
    return "".join(f' table:number-{key.replace("_", "-")}="{value}"' for key, value in attrs.items())


def row(*cells, **attrs):
    return f"<table:table-row{_more(attrs)}>{''.join(cells)}</table:table-row>"


def ods(*rows, styles="", attrs=""):
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS} xmlns:calcext="urn:org:documentfoundation:names:'
        f'experimental:calc:xmlns:calcext:1.0">{styles}<office:body><office:spreadsheet><table:table table:name="RAB"{attrs}>'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return made.zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": "<m/>"}, stored=["mimetype"])


TABLE = (row(*map(text, HEAD)), *(row(*(number(v) if isinstance(v, int) else text(v) for v in line)) for line in LINES))
SUM = row(text(""), text("Jumlah"), text("", columns_repeated=3), number(600000))


def read(data, name="uji.ods"):
    book = read_foreign(data, name)
    lines = [(line.uraian, *line.values.values()) for table in book.imported for line in table.lines]
    return lines, {(f.code, f.cell) for f in book.all_findings() if f.severity is not Severity.INFO}


WHOLE = [("Kertas contoh", 500000), ("Map contoh", 100000)]


def blank(n):
    return f'<table:table-cell table:number-columns-repeated="{n}"/>'


@pytest.mark.parametrize(
    "far",
    [
        row(blank(1024), rows_repeated=1048000) + row(text("x")),
        row(blank(16383), text("x")),
        row(blank(1000), rows_repeated=60000) + row(blank(1000), text("x")),
    ],
)
def test_a_far_cell_of_an_ods_is_counted_and_the_table_read(far):
    assert read(ods(*TABLE, SUM, far)) == (WHOLE, {("L210", "")})


@pytest.mark.parametrize(("rows", "cols"), [(1048000, 1024), (40000, 300)])
def test_cells_repeated_beyond_reason_are_too_large_and_not_damaged(rows, cols):
    book = read_foreign(ods(*TABLE, SUM, row(number(0, columns_repeated=cols), rows_repeated=rows)), "uji.ods")
    assert book.refused.code == "L112" and "2.000.000" in book.refused.args["rincian"]


def test_a_cell_that_names_no_type_is_its_text():
    (sheet,) = read_apart(
        ods(row("<table:table-cell><text:p>polos</text:p></table:table-cell>", "<table:table-cell/>", number(3))), "ods"
    )
    assert sheet.rows == [["polos", None, 3.0]]


def test_an_ods_gives_merges_errors_formulas_and_what_is_hidden():
    error = '<table:table-cell office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>'
    formula = '<table:table-cell office:value-type="float" office:value="3" table:formula="of:=SUM([.B2:.B3];1)"><text:p>3</text:p></table:table-cell>'
    open_ = '<table:table-cell table:formula="of:=[.A1]*2"/>'
    note = '<table:table-cell office:value-type="string"><office:annotation><text:p>catatan</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>'
    (sheet,) = read_apart(
        ods(
            '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>',
            row(
                text("Judul", columns_spanned=3, rows_spanned=2),
                "<table:covered-table-cell/>",
                "<table:covered-table-cell/>",
                note,
            ),
            '<table:table-row table:visibility="collapse">' + number(7) + "</table:table-row>",
            row(error, formula, open_),
            styles='<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>',
            attrs=' table:style-name="ta2"',
        ),
        "ods",
    )
    assert sheet.rows == [["Judul", None, None, "a  b\nc"], [7.0], [None, 3.0]]
    assert (sheet.merged, sheet.errors) == (((1, 1, 2, 3),), {(3, 1): "#DIV/0!"})
    assert {place: (cell.text, cell.cached) for place, cell in sheet.formulas.items()} == {
        (3, 1): ("1/0", True), (3, 2): ("SUM(B2:B3,1)", True), (3, 3): ("A1*2", False),
    }  # fmt: skip
    assert (sheet.state, set(sheet.hidden_rows), set(sheet.hidden_cols)) == ("hidden", {2}, {2, 3})


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("of:=SUM([.C2:.C3];2)", "SUM(C2:C3,2)"),
        ("of:=[$'Lembar 2'.A1]&\";[.B1]\"", "'Lembar 2'!A1&\";[.B1]\""),
        ("of:=[$Lain.$A$1:.B2]", "Lain!$A$1:B2"),
        ("", ""),
    ],
)
def test_formulas_of_an_ods_as_excel_writes_them(written, ours):
    assert _formula(written) == ours


# ---- .xls -------------------------------------------------------------------------------------------------------


def biff(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def wide(value, head="<HB"):
    return struct.pack(head, len(value), 1) + value.encode("utf-16-le")


def xls(*cells, formats=(), page=1200, name="Workbook", extra=b""):
    """A small .xls of Excel 97: ``cells``: records; ``formats``: (id, text) of which cells use number i + 1 as their style."""
    bof = biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    font = biff(0x31, struct.pack("<HHHHHBBBB", 200, 0, 32767, 400, 0, 0, 0, 0, 0) + wide("Arial", "<BB"))
    styles = b"".join(biff(0xE0, struct.pack("<HHH", 0, ifmt, 0) + bytes(14)) for ifmt in (0, *(i for i, _ in formats)))
    known = b"".join(biff(0x41E, struct.pack("<H", ifmt) + wide(text_)) for ifmt, text_ in formats)
    globals_ = bof + biff(0x42, struct.pack("<H", page)) + font + known + styles
    sheet = biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + b"".join(cells) + extra + biff(0x0A)
    bound = 4 + 8 + 2 * len("RAB")
    start = len(globals_) + bound + 4
    return container(globals_ + biff(0x85, struct.pack("<IBB", start, 0, 0) + wide("RAB", "<BB")) + biff(0x0A) + sheet, name)


def container(stream, name="Workbook"):
    """An OLE container with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    fat = [0xFFFFFFFD, *range(2, count + 1), 0xFFFFFFFE, 0xFFFFFFFE]
    assert len(fat) <= 128
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    head = made.OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += (
        struct.pack("<IIIIII", 0, 1, count + 1, 0, 4096, 0xFFFFFFFE)
        + struct.pack("<III", 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
    )
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, 1, len(stream), 0xFFFFFFFF)
    return head.ljust(512, b"\xff") + table + stream + directory.ljust(512, b"\0")


def entry(name, kind, start, size, child):
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<II", start, size)
        + bytes(4)
    )


def label(r, c, value):
    return biff(0x204, struct.pack("<HHH", r, c, 0) + wide(value))


def value(r, c, figure, style=0):
    return biff(0x203, struct.pack("<HHHd", r, c, style, figure))


def cells(style=0, name=lambda text_: text_):
    rows = [HEAD, *LINES, (None, "Jumlah", None, None, None, 600000)]
    for r, line in enumerate(rows):
        for c, one in enumerate(line):
            if one is not None:
                yield (
                    value(r, c, one, style if c == 5 else 0)
                    if isinstance(one, int)
                    else label(r, c, name(one) if c == 1 else one)
                )


def test_a_small_xls_is_read_whatever_its_stream_is_called():
    for name in ("Workbook", "WORKBOOK", "workbook", "BOOK"):
        assert read(xls(*cells(), name=name), "uji.xls") == (WHOLE, set())


@pytest.mark.parametrize("place", [(65535, 255), (49999, 255), (40000, 100)])
def test_a_far_cell_of_an_xls_costs_a_cell(place):
    (sheet,) = read_apart(xls(*cells(), value(*place, 1.0)), "xls")
    assert sheet.rows[1][1] == "Kertas contoh"
    assert (sheet.beyond, sheet.far) == ((1, "IV65536") if place[0] > 50000 else (0, ""))


def test_texts_are_unicode_whatever_code_page_the_file_names():
    dash = list(cells(name=lambda text_: f"{text_} \u2013 A4"))
    lines, said = read(xls(*dash, page=1252), "uji.xls")
    assert (lines, said) == ([("Kertas contoh \u2013 A4", 500000), ("Map contoh \u2013 A4", 100000)], set())


@pytest.mark.parametrize("ifmt", [14, 22, 45, 47, 50, 58])
def test_a_number_format_is_what_its_record_says(ifmt):
    assert read(xls(*cells(1), formats=[(ifmt, "#,##0.00")]), "uji.xls") == (WHOLE, set())
    (sheet,) = read_apart(xls(value(0, 0, 45678.5, 1), value(1, 0, 45678, 1), formats=[(ifmt, "dd/mm/yyyy hh:mm")]), "xls")
    assert sheet.rows == [[datetime(2025, 1, 21, 12)], [date(2025, 1, 21)]]


def test_error_cells_merges_and_hidden_rows_of_an_xls_are_known():
    broken = biff(0x205, struct.pack("<HHHBB", 1, 5, 0, 0x07, 1))
    merged = biff(0xE5, struct.pack("<HHHHH", 1, 4, 5, 0, 2))
    hidden = biff(0x208, struct.pack("<HHHHHHI", 2, 0, 6, 255, 0, 0, 0x20))
    kept = [one for i, one in enumerate(cells()) if i != 11]
    (sheet,) = read_apart(xls(hidden, *kept, broken, extra=merged), "xls")
    assert (sheet.errors, sheet.merged, set(sheet.hidden_rows)) == ({(2, 6): "#DIV/0!"}, ((5, 1, 6, 3),), {3})
    book = read_foreign(xls(*kept, broken), "uji.xls")
    assert any(f.code == "L413" and "F2" in (f.cell, *f.args.values()) for f in book.all_findings())


def test_formulas_of_an_xls_are_written_out_shared_ones_too():
    """What cannot be written out is still a formula."""
    product = b"\x44" + struct.pack("<HH", 1, 0xC002) + b"\x44" + struct.pack("<HH", 1, 0xC004) + b"\x05"  # C2*E2
    shared = (
        b"\x4c" + struct.pack("<HH", 0, 0xC0FD) + b"\x4c" + struct.pack("<HH", 0, 0xC0FF) + b"\x05"
    )  # three and one to the left
    copy = b"\x01" + struct.pack("<HH", 2, 5)

    def formula(r, tokens):
        return biff(0x06, struct.pack("<HHHdHIH", r, 5, 0, 100.0 * r, 0, 0, len(tokens)) + tokens)

    group = biff(0x4BC, struct.pack("<HHBBBBH", 2, 3, 5, 5, 0, 2, len(shared)) + shared)
    (sheet,) = read_apart(xls(formula(1, product), formula(2, copy), group, formula(3, copy), formula(4, b"\x7f")), "xls")
    assert {place: (cell.text, cell.cached) for place, cell in sheet.formulas.items()} == {
        (2, 6): ("C2*E2", True), (3, 6): ("C3*E3", True), (4, 6): ("C4*E4", True), (5, 6): ("", True),
    }  # fmt: skip
    assert [row[5] for row in sheet.rows[1:]] == [100.0, 200.0, 300.0, 400.0]


# ---- .xlsb ------------------------------------------------------------------------------------------------------


def part(data, change):
    """The .xlsb with its first sheet changed."""
    archive = Archive.open(data)
    path = "xl/worksheets/sheet1.bin"
    return archive.rewrite({path: b"".join(record(*one) for one in change(list(records(archive.read(path)))))})


def test_error_cells_of_an_xlsb_are_named_and_far_ones_counted():
    rows = [list(line) for line in made.table()]

    def change(found):
        at = next(i for i, (kind, _) in enumerate(found) if kind == 146)  # the end of the rows
        error = (3, struct.pack("<I", 9) + bytes(4) + b"\x17")
        far = (5, struct.pack("<I", 2) + bytes(4) + struct.pack("<d", 5.0))
        row_ = [(0, struct.pack("<I", r) + next(b for k, b in found if k == 0)[4:]) for r in (45000, 70000)]
        return [*found[:at], row_[0], error, far, row_[1], far, *found[at:]]

    (sheet,) = xlsb_sheets(Archive.open(part(made.xlsb({"RAB": rows}), change)))
    assert sheet.errors == {(45001, 10): "#REF!"} and sheet.cells[45001, 3] == 5.0
    assert (sheet.beyond, sheet.far) == (1, (70001, 3))
    assert len(sheet.rows()) == 45001 and sheet.rows()[1] == [
        None if c is None else float(c) if isinstance(c, int) else c for c in rows[1]
    ]


# ---- the process, and the same sheet in every format ------------------------------------------------------------


def test_a_reader_that_takes_too_long_or_too_much_is_too_large(monkeypatch):
    monkeypatch.setattr(package_apart, "PATIENCE", 0.001)
    with pytest.raises(OldFormatError) as slow:
        read_apart(xls(*cells()), "xls")
    assert (slow.value.code, slow.value.reason != "") == (apart.LARGE, True)


@pytest.mark.parametrize("before", ["", "import sys; sys.modules['resource'] = None"], ids=["batas sistem", "Windows"])
@pytest.mark.parametrize(("what", "end"), [("while True: pass", True), ("raise SystemExit(3)", False)])
def test_a_process_that_has_had_its_time_is_ended(monkeypatch, before, what, end):
    """By processor time, so that a busy machine refuses no file that is small; nobody waits for the clock."""
    script = f"{before}\nfrom kinerja_xl.reading.old import child\nchild.limit(1)\n{what}"
    run, ended = subprocess.run, []
    monkeypatch.setattr(
        subprocess, "run", lambda command, **kwargs: ended.append(run([command[0], "-c", script], **kwargs)) or ended[-1]
    )
    with pytest.raises(OldFormatError) as found:
        read_apart(b"", "xls")
    assert found.value.code == (apart.LARGE if end else apart.DAMAGED)
    assert [package_apart.had_its_time(one) for one in ended] == [end]


def test_a_damaged_file_is_damaged():
    with pytest.raises(OldFormatError) as found:
        read_apart(xls(*cells())[:3000], "xls")
    assert found.value.code == apart.DAMAGED


def test_what_a_cell_becomes_on_its_way():
    assert [plain(one) for one in (" ", 1, True, date(2025, 1, 2), datetime(2025, 1, 2, 3))] == [
        None, 1, True, ["d", "2025-01-02"], ["t", "2025-01-02T03:00:00"],
    ]  # fmt: skip


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory, libre):
    """A sheet with merged headings, groups, formulas, a hidden row, a date and an error, in four formats."""
    folder = tmp_path_factory.mktemp("sama")
    with xlsxwriter.Workbook(folder / "uji.xlsx") as book:
        sheet = book.add_worksheet("RAB")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range("A1:F1", "RENCANA ANGGARAN BIAYA")
        sheet.merge_range("A3:A4", "No")
        sheet.merge_range("B3:B4", "Uraian")
        sheet.merge_range("C3:E3", "Rincian Perhitungan")
        sheet.merge_range("F3:F4", "Jumlah")
        sheet.write_row("C4", ["Volume", "Satuan", "Harga Satuan"])
        sheet.write_row("A5", ["A", "Alat tulis"])
        sheet.write_formula("F5", "=SUM(F6:F7)", None, 600000)
        for at, line in enumerate(LINES, 6):
            sheet.write_row(f"A{at}", [at - 5, *line[1:5]])
            sheet.write_formula(f"F{at}", f"=C{at}*E{at}", None, line[5])
        sheet.write("B8", "Jumlah")
        sheet.write_formula("F8", "=F5", None, 600000)
        sheet.write_datetime("B10", datetime(2026, 1, 12), day)
        sheet.write_formula("H10", "=1/0", None, "#DIV/0!")
        sheet.set_row(6, None, None, {"hidden": True})
    for form in ("xls", "ods", "fods"):
        libre.convert([folder / "uji.xlsx"], form, folder)
    return folder


@pytest.mark.parametrize("form", ["xls", "ods", "fods"])
def test_the_same_sheet_reads_the_same(everywhere, form):
    wanted, got = ((everywhere / f"uji.{one}").read_bytes() for one in ("xlsx", form))
    first, second = read_source(wanted, "uji.xlsx").grids[0], read_source(got, f"uji.{form}").grids[0]
    assert [_trimmed(line) for line in second.rows] == [_trimmed(line) for line in first.rows]
    assert set(second.merged) == set(first.merged) and set(second.errors) == set(first.errors) == {(10, 8)}
    assert set(second.hidden_rows) == set(first.hidden_rows) == {7}
    assert {place: cell.text for place, cell in second.formulas.items()} == {p: c.text for p, c in first.formulas.items()}
    assert read(got, f"uji.{form}") == read(wanted, "uji.xlsx")


def _trimmed(line):
    last = max((i for i, one in enumerate(line, 1) if one is not None), default=0)
    return list(line[:last])
