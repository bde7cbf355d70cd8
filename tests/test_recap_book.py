"""The recap workbook: its formulas as LibreOffice works them out, its sheets as declared, its pages as printed."""

import re
import warnings
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string

from kinerja_xl.catatan import Finding
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.sheets import kinds, rekap
from kinerja_xl.sheets.formats import terbilang_rupiah
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.metrics import line_count
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.recap.asal_data import link_to
from kinerja_xl.writing.shown.recap.per_program import tree
from kinerja_xl.writing.styles import CONTRASTS
from tests import recap_contoh


@pytest.fixture(scope="module")
def recap():
    return recap_contoh.small()


@pytest.fixture(scope="module")
def data(recap):
    return write_recap(recap)


@pytest.fixture(scope="module")
def book(data):
    return load(data)


def load(data, values=False):
    return openpyxl.load_workbook(BytesIO(data) if isinstance(data, bytes) else data, data_only=values)


def saved(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def heading_row(sheet, first):
    """The row (1-based) of the headings: the one that begins with that label."""
    return next(row for row in range(1, 40) if sheet.cell(row, 1).value == first)


def headings(sheet, first):
    row = heading_row(sheet, first)
    return {cell.value: cell.column for cell in sheet[row] if cell.value is not None}


def cell_at(sheet, first, label, found):
    """The cell under heading ``label`` in the first row where ``found(column -> value)``."""
    columns = headings(sheet, first)
    for row in range(heading_row(sheet, first) + 1, sheet.max_row + 1):
        if found(lambda name, row=row: sheet.cell(row, columns[name]).value):
            return sheet.cell(row, columns[label])
    raise AssertionError(f"{sheet.title}: tidak ada baris untuk {label}")


def test_same_input_same_bytes(recap, data):
    assert write_recap(recap_contoh.small()) == data
    assert write_recap(replace(recap, tanggal=None)) != data


@pytest.mark.parametrize("make", [recap_contoh.small, recap_contoh.empty, lambda: recap_contoh.large(21, 6)])
def test_every_formula_as_libreoffice_computes_it(libre, tmp_path, make):
    """Small with all hard content, nothing at all, and more units than fit on one page."""
    compared, differences = libre.judge([saved(tmp_path, "rekap.xlsx", write_recap(make()))])
    assert [str(d) for d in differences] == []
    assert compared > 50


def test_sheets_and_headings_as_declared(book):
    assert book.sheetnames == [sheet.name for sheet in rekap.REKAP]
    for sheet in rekap.REKAP:
        if sheet.key in {"ringkasan", "unit_jenis"}:
            continue
        labels = [column.label for column in sheet.table.columns(USULAN)]
        shown = book[sheet.name]
        assert [c.value for c in shown[heading_row(shown, labels[0])][: len(labels)]] == labels


def test_added_column_appears_by_itself(recap):
    table = USULAN.table("rab")
    added = Column(key="merek", label="Merek Barang", kind=kinds.teks(), width=16)
    wider = replace(table, columns=(*table.columns[:5], added, *table.columns[5:]))
    sheets = tuple(
        replace(sheet, blocks=tuple(wider if block is table else block for block in sheet.blocks)) for sheet in USULAN.sheets
    )
    lines = tuple(replace(line, row=replace(line.row, values={**line.row.values, "merek": "Merek ABC"})) for line in recap.lines)
    book = load(write_recap(replace(recap, lines=lines), replace(USULAN, sheets=sheets)))
    columns = headings(book["RAB"], "Nama Unit")
    first = heading_row(book["RAB"], "Nama Unit") + 2  # below the heading of its sub kegiatan
    assert book["RAB"].cell(first, columns["Merek Barang"]).value == "Merek ABC"
    assert not book["RAB"].column_dimensions[openpyxl.utils.get_column_letter(columns["Merek Barang"])].hidden


def test_hard_texts_stay_texts(book):
    sheet = book["RAB"]
    columns = headings(sheet, "Nama Unit")
    begin = heading_row(sheet, "Nama Unit") + 1
    rows = [row for row in range(begin, sheet.max_row + 1) if sheet.cell(row, columns["Dihitung"]).value]
    shown = {sheet.cell(row, columns["Uraian"]).value for row in rows}
    types = {sheet.cell(row, columns["Uraian"]).data_type for row in rows}
    assert types == {"s"}
    expected = {text.replace("\x0b", "_x000B_").replace("_x0041_", "_x005F_x0041_") for text in recap_contoh.HARD_TEXTS}
    expected = expected - {"<r>bukan markup</r>"} | {" <r>bukan markup</r>"}
    assert {text.strip() for text in expected} <= {text.strip() for text in shown}


def test_unknown_amount_is_a_dash_and_never_nought(book, recap):
    sheet = book["RAB"]
    unknown = [line for line in recap.lines if line.jumlah is None]
    dashes = [
        cell_at(sheet, "Nama Unit", "Jumlah (Rp)", lambda at, line=line: at("Alasan Tidak Dihitung") == line.reason).value
        for line in unknown
    ]
    assert dashes == ["–"] * 2


def test_broken_cell_shows_what_stood_there(recap):
    line = next(line for line in recap.lines if line.row.get("harga_satuan") is None)
    finding = Finding(code="B101", file=line.file, sheet=line.row.sheet, cell=line.row.cell("harga_satuan"), value="#REF!")
    sheet = load(write_recap(replace(recap, findings=(finding,))))["RAB"]
    cell = cell_at(sheet, "Nama Unit", "Harga Satuan (Rp)", lambda at: at("Alasan Tidak Dihitung") == line.reason)
    assert (cell.value, cell.data_type) == ("#REF!", "s")


EDITED = "7.01.01.2.01.0002"


def of_group(at, unit, code):
    """Whether a row of the RAB sheet is the heading of that unit's sub kegiatan."""
    return at("Unit") == unit and not at("Dihitung") and str(at("Kode Rekening")).startswith(code)


def for_staff(sheet):
    """What is paid to staff, as the caption of the last table of the Ringkasan says it."""
    said = next(c.value for c in sheet["A"] if str(c.value).startswith("C. Untuk apa uangnya"))
    return int(re.search(r"Rp([\d.]+)", said)[1].replace(".", ""))


def totals(path, recap):
    """Every total above one line of the Subbag Perencanaan, by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what LibreOffice adds to the file is not ours
        book = load(path, values=True)
    program = {
        code: cell_at(book["Per Program"], "Kode", "Dihitung (Rp)", lambda at, c=code: at("Kode") == c).value
        for code in ("7.01.01", "7.01.01.2.01", EDITED)
    }

    def of_unit(at):
        return at("Unit") == "perencanaan"

    def of_sub(at):
        return at("Unit") == "perencanaan" and at("Kode Sub Kegiatan") == EDITED

    ringkasan, matrix = book["Ringkasan"], book["Unit x Jenis Belanja"]
    total_row = heading_row(ringkasan, "Unit") + len(recap.units) + 1
    matrix_of = book["Matriks Keselarasan"]
    steps = {
        f"Matriks {step}": cell_at(matrix_of, "Tingkat", "Jumlah RAB (Rp)", found).value
        for step, found in (
            ("sub", lambda at: at("Unit") == "perencanaan" and at("Kode") == EDITED and at("Tingkat") == "Sub kegiatan"),
            ("program", lambda at: at("Tingkat") == "Program" and at("Kode") == "7.01.01"),
            ("sasaran", lambda at: at("Tingkat") == "Sasaran" and not at("Kode")),
        )
    }
    return program | steps | {
        "Matriks seluruhnya": matrix_of.cell(5, headings(matrix_of, "Tingkat")["Jumlah RAB (Rp)"]).value,
        "RAB per sub": cell_at(
            book["RAB"], "Nama Unit", "Jumlah Sub Kegiatan (Rp)", lambda at: of_group(at, "perencanaan", EDITED)
        ).value,
        "RKT program": cell_at(
            book["RKT"], "Misi", "Jumlah Program / Kegiatan (Rp)", lambda at: str(at("Kode Sub Kegiatan")).startswith("7.01.01 ")
        ).value,
        "Ringkasan pegawai": for_staff(ringkasan),
        "RAB": book["RAB"].cell(5, headings(book["RAB"], "Nama Unit")["Jumlah Dihitung (Rp)"]).value,
        "RAB tampak": book["RAB"].cell(6, headings(book["RAB"], "Nama Unit")["Jumlah Dihitung (Rp)"]).value,
        "matriks": cell_at(matrix, "Unit", "Jumlah Dihitung (Rp)", of_unit).value,
        "unit": cell_at(ringkasan, "Unit", "Dihitung (Rp)", lambda at: at("Kode Unit") == "perencanaan").value,
        "diusulkan": cell_at(ringkasan, "Unit", "Diusulkan (Rp)", lambda at: at("Kode Unit") == "perencanaan").value,
        "Ringkasan": ringkasan.cell(total_row, headings(ringkasan, "Unit")["Dihitung (Rp)"]).value,
        "RKT": cell_at(book["RKT"], "Misi", "Anggaran (Rp)", of_sub).value,
        "TOR": cell_at(book["TOR"], "Nama Unit", "Jumlah menurut RAB (Rp)", of_sub).value,
    }


def test_edited_price_changes_every_total_above_it(libre, tmp_path, recap, data):
    before_path, path = saved(tmp_path, "sebelum.xlsx", data), tmp_path / "sesudah.xlsx"
    book = load(data)
    price = cell_at(book["RAB"], "Nama Unit", "Harga Satuan (Rp)", lambda at: at("Kode Sub Kegiatan") == EDITED)
    volume = next(x for x in recap.lines if x.kode_sub == EDITED and x.row.row == 15).row.get("volume")
    price.value += 1_000_000
    book.save(path)
    new = libre.recalculate([before_path, path])
    before, after = totals(new[before_path], recap), totals(new[path], recap)
    assert {name: after[name] - before[name] for name in before} == dict.fromkeys(before, int(volume * 1_000_000))
    assert [in_words(new[path]) for path in (before_path, path)] == [
        f"Terbilang: {terbilang_rupiah(recap.total_rab)}",
        "Terbilang: buat ulang rekap",
    ]
    assert before["Ringkasan"] == recap.total_rab


def in_words(path):
    """The line of the Ringkasan that says the total in words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = load(path, values=True)["Ringkasan"]
    return next(str(cell.value) for row in sheet.iter_rows(max_col=1) for cell in row if str(cell.value).startswith("Terbilang"))


REFERENCE = re.compile(r"(?<![!A-Z$'])\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


@pytest.mark.parametrize("make", [recap_contoh.small, recap_contoh.empty])
def test_no_formula_reads_its_own_cell(make):
    """A range that holds its own formula is a circle to Excel, whatever the criteria say; LibreOffice lets it pass."""
    seen = 0
    for sheet in load(write_recap(make())).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            bare = re.sub(r'"[^"]*"|(?:\'(?:[^\']|\'\')*\'|[A-Za-z_]+)!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?', "", cell.value)
            for first, top, last, bottom in REFERENCE.findall(bare):
                columns = column_index_from_string(first), column_index_from_string(last or first)
                seen += 1
                inside = columns[0] <= cell.column <= columns[1] and int(top) <= cell.row <= int(bottom or top)
                assert not inside, (sheet.title, cell.coordinate, cell.value)
    assert seen > 50


def test_line_set_to_tidak_leaves_the_totals(libre, tmp_path, recap, data):
    path = tmp_path / "tidak.xlsx"
    book = load(data)
    cell_at(book["RAB"], "Nama Unit", "Dihitung", lambda at: at("Kode Sub Kegiatan") == EDITED).value = "Tidak"
    book.save(path)
    line = next(x for x in recap.lines if x.kode_sub == EDITED and x.row.row == 15)
    assert totals(libre.recalculate([path])[path], recap)["RAB"] == recap.total_rab - line.jumlah


def test_catatan_link_to_their_cells(book, recap):
    sheet = book["Catatan"]
    columns = headings(sheet, "Nama Unit")
    first = heading_row(sheet, "Nama Unit") + 1
    links = []
    for row in range(first, first + len(recap.findings)):
        cells = (sheet.cell(row, columns[label]).hyperlink for label in ("Berkas", "Sel"))
        links.append([(link.target, link.location) for link in cells if link])
    assert links == [
        [("..\\masuk\\Usulan%20trantib.xlsx", None)],
        [("..\\masuk\\Usulan%20umum.xlsx", "'RAB'!S71")],
        [("..\\masuk\\Usulan%20100%25%20%231%20%5bumum%5d.xlsx", "'TOR ''lama'''!K17")],
        [("..\\Kantor.xlsx", "'Unit'!B9")],
        [],
    ]


def test_link_follows_the_folder():
    finding = Finding(code="B101", file="a.xlsx", sheet="RAB", cell="K17")
    assert link_to(finding, "masuk/TW1") == "external:masuk/TW1/a.xlsx#'RAB'!K17"


def test_prints_on_folio_one_page_wide_under_repeated_headings(book):
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", "14", 1) or (
            setup.orientation, int(setup.paperSize), setup.fitToWidth or 1,
        ) == ("landscape", 14, 1)  # fmt: skip
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "Hal &P dari &N" in sheet.oddFooter.center.text
        assert sheet.print_area
        assert not sheet.protection.sheet
        assert sheet.auto_filter.ref
        if sheet.title != "Ringkasan":
            assert sheet.print_title_rows
        if sheet.title != "Ringkasan":
            assert sheet.freeze_panes
    assert len(book["Ringkasan"]._charts) == 1


def test_office_may_choose_a4():
    assert int(load(write_recap(recap_contoh.empty()))["RAB"].page_setup.paperSize) == 9


def test_printed_pages(libre, tmp_path, recap, data):
    """No blank page, nothing too wide for its cell, the Ringkasan on one page with its signature."""
    paths = [saved(tmp_path, "rekap.xlsx", data), saved(tmp_path, "kosong.xlsx", write_recap(recap_contoh.empty()))]
    for pdf in libre.pdf(paths).values():
        pages = libre.text(pdf)
        assert [page for page in pages if "##" in page or len(page.split()) < 12] == []
        assert "REKAPITULASI" in pages[0]
        assert "RENCANA KINERJA TAHUNAN" in pages[1]
        assert all(f"Hal {number} dari {len(pages)}" in page for number, page in enumerate(pages, start=1))
    first = libre.text(libre.pdf(paths[:1])[paths[0]])[0]
    words = {"Rahmat Contoh, S.STP., M.Si.", "Plt. CAMAT CONTOH", "31 Januari 2025", "TERLAMBAT", "BELUM MENYAMPAIKAN"}
    assert {word for word in words if word not in first} == set()


def test_logo_in_the_letterhead(recap):
    """A picture that Kantor.xlsx names stands on the Ringkasan, the same bytes each time; without one nothing does."""
    kantor = replace(recap.office, logo="logo.png", logo_data=recap_contoh.png(400, 500))
    data = write_recap(replace(recap, office=kantor))
    assert write_recap(replace(recap, office=kantor)) == data
    (image,) = load(data)["Ringkasan"]._images
    assert image.anchor._from.row == 0 and image.anchor.to.row <= 3
    assert load(write_recap(recap))["Ringkasan"]._images == []


@pytest.mark.parametrize(
    ("sheet", "levels"),
    [("RKT", {0, 1, 2}), ("RAB", {0, 1}), ("Per Program", {0, 1, 2}), ("Matriks Keselarasan", {0, 1, 2})],
)
def test_rows_fold_below_their_headings(book, sheet, levels):
    shown = book[sheet]
    assert {dimension.outlineLevel for dimension in shown.row_dimensions.values()} == levels
    assert shown.sheet_properties.outlinePr.summaryBelow is False


def test_tree_has_each_code_once_under_its_parents(recap):
    nodes = list(tree(recap))
    keys = [(node.tingkat, node.kode) for node in nodes]
    assert len(keys) == len(set(keys))
    subs = {node.kode for node in nodes if node.tingkat == "Sub kegiatan"}
    assert {line.kode_sub or "(kode tidak dikenal)" for line in recap.lines} <= subs
    assert sum(node.pagu for node in nodes if node.tingkat == "Program") == sum(recap.office.pagu.values())


def test_unit_that_nobody_knows_still_adds_up(libre, tmp_path, recap):
    """A line of a unit that is not the office's: it gets a row of its own and the checks say so."""
    stray = replace(recap.lines[0], unit="lain", counted=False, reason="Unit tidak dikenal")
    path = saved(tmp_path, "lain.xlsx", write_recap(replace(recap, lines=(*recap.lines, stray))))
    assert [str(d) for d in libre.judge([path])[1] if d.sheet != "Ringkasan"] == []
    assert cell_at(load(path)["Unit x Jenis Belanja"], "Unit", "Nama Unit", lambda at: at("Unit") == "lain").value


def test_status_colours_and_reasons(book, recap):
    sheet = book["Ringkasan"]
    for unit in recap.units:
        cell = cell_at(sheet, "Unit", "Status", lambda at, unit=unit: at("Kode Unit") == unit.kode)
        plain = cell.fill.fgColor.rgb == "00000000"
        assert (cell.value, plain) == (unit.status.value, unit.status in {Status.SIAP, Status.PERBAIKAN})


def test_wide_figures_get_wide_columns(book):
    sheet = book["RAB"]
    columns = headings(sheet, "Nama Unit")
    for label in ("Harga Satuan (Rp)", "Jumlah (Rp)", "Jumlah Dihitung (Rp)"):
        letter = openpyxl.utils.get_column_letter(columns[label])
        found = [d for d in sheet.column_dimensions.values() if d.min <= columns[label] <= d.max] or [
            sheet.column_dimensions[letter]
        ]
        assert found[0].width >= len("9.876.543.210.987")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("pendek", 20, 1), ("satu\ndua\n", 20, 3), ("kata " * 20, 20, 5), ("x" * 100, 10, 10), ("", 5, 1)],
)
def test_lines_of_wrapped_text(text, width, lines):
    assert abs(line_count(text, width) - lines) <= (1 if lines > 3 else 0)


def test_no_warning_while_writing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = {"nama": "Kantor " + "Panjang & " * 60, "tahap": "", "alamat": "", "pemda": "=1+1"}
        office = recap_contoh.office(**values)
        load(write_recap(replace(recap_contoh.small(), office=office)))


def contrast(ink, ground):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "ground"), CONTRASTS)
def test_colours_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


def test_amounts_are_whole_rupiah(book):
    sheet = book["RAB"]
    cell = cell_at(sheet, "Nama Unit", "Jumlah (Rp)", lambda at: at("Harga Satuan (Rp)") == 9_876_543_210_987)
    assert cell.number_format.split("_")[0] == "#,##0"
