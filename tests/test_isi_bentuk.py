"""What a form can hold beside the plain table: each feature with each way of preparing rows, right or left with its reason.

Eight features by ten forms. A form is right when every line stands in its place, the form's own total is ours, and what the
feature is about is as it should be; a form that is left alone says exactly why.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Archive, repack
from tests.test_isi_form import supply

FRAME = Border(*(Side(style="thin") for _ in range(4)))
HEADS = ("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
LINES = 8
Touch = Callable[[openpyxl.Workbook, int, int], None]
"""Puts a feature on a form: the book, the first and the last prepared row."""


Made = tuple[openpyxl.Workbook, int, int]


def base(rows: int, *, formulas: bool = True, numbered: bool = False, totals: str = "=SUM({area})") -> Made:
    """A form with prepared rows from row 6 or 7 on and JUMLAH below; a sheet beside it takes the total."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Form"
    sheet["B1"] = "RENCANA ANGGARAN BIAYA"
    first = 7 if numbered else 6
    last = first + rows - 1
    for col, head in enumerate(HEADS, 1):
        sheet.cell(5, col, head)
        if numbered:
            sheet.cell(6, col, col)
        for row in range(5, last + 2):
            sheet.cell(row, col).border = FRAME
    for row in range(first, last + 1):
        if formulas:
            sheet.cell(row, 6, f"=C{row}*E{row}")
    sheet.cell(last + 1, 2, "JUMLAH")
    sheet.cell(last + 1, 6, totals.format(area=f"F{first}:F{last}"))
    book.create_sheet("Ringkasan")["A1"] = f"=Form!F{last + 1}"
    return book, first, last


BASES: dict[str, Callable[[], Made]] = {
    "satu baris": lambda: base(1), "tiga baris": lambda: base(3), "pas": lambda: base(8), "lebih": lambda: base(12),
    "bernomor": lambda: base(3, numbered=True), "tanpa rumus": lambda: base(3, formulas=False),
    "subtotal": lambda: base(3, totals="=SUBTOTAL(9,{area})"), "subtotal tampak": lambda: base(3, totals="=SUBTOTAL(109,{area})"),
    "dibulatkan": lambda: base(3, totals="=ROUND(SUM({area}),0)"),
    "bernomor tanpa rumus": lambda: base(2, formulas=False, numbered=True),
}  # fmt: skip


def form(book: openpyxl.Workbook) -> Worksheet:
    sheet = book["Form"]
    assert isinstance(sheet, Worksheet)
    return sheet


def _tax(book: openpyxl.Workbook, _: int, last: int) -> None:
    form(book).cell(last + 2, 2, "PPN 11%")
    form(book).cell(last + 2, 6, f"=F{last + 1}*0.11")
    for col in range(1, 7):
        form(book).cell(last + 2, col).border = FRAME


def _beside(book: openpyxl.Workbook, first: int, _: int) -> None:
    for row in range(first, first + 4):
        form(book).cell(row, 9, f"Petunjuk {row}")
    form(book).merge_cells(start_row=first, end_row=first + 3, start_column=10, end_column=10)


def _hidden(book: openpyxl.Workbook, first: int, _: int) -> None:
    form(book).row_dimensions[first].hidden = True


def _locked(book: openpyxl.Workbook, _: int, __: int) -> None:
    form(book).protection.sheet = True


def _decorated(book: openpyxl.Workbook, first: int, last: int) -> None:
    sheet = form(book)
    sheet["B5"].comment = Comment("Nama barang", "Bappeda")
    red = CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill(bgColor="FF0000"))
    sheet.conditional_formatting.add(f"F{first}:F{last}", red)
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
    rule.add(f"C{first}:C{last}")
    sheet.add_data_validation(rule)
    book.defined_names["Total"] = DefinedName("Total", attr_text=f"Form!$F${last + 1}")
    sheet.print_area = f"A1:F{last + 6}"


def _linked(book: openpyxl.Workbook, _: int, last: int) -> None:
    form(book).cell(last + 5, 2, f'=HYPERLINK("#Form!F{last + 1}","ke jumlah")')


def _rich(book: openpyxl.Workbook, _: int, __: int) -> None:
    form(book)["B2"] = CellRichText(TextBlock(InlineFont(b=True), "Rencana "), "tahun berjalan")


def _upright(book: openpyxl.Workbook, first: int, _: int) -> None:
    form(book).merge_cells(start_row=first, end_row=first + 1, start_column=1, end_column=1)


FEATURES: dict[str, tuple[Touch, set[str], set[str]]] = {
    "PPN di bawah jumlah": (_tax, set(), set()),
    "di samping tabel": (_beside, set(), set()),
    "baris tersembunyi": (_hidden, {"W229"}, set()),
    "lembar terkunci": (_locked, {"W296"}, set()),
    "hiasan": (_decorated, set(), set()),
    "HYPERLINK": (_linked, {"W210"}, set()),
    "label berwarna": (_rich, set(), set()),
    "gabungan tegak": (_upright, set(), {"W106"}),
}
"""The feature, what is said beside the plain form, or why the form is left alone."""


def filled(book: openpyxl.Workbook) -> Filled:
    out = io.BytesIO()
    book.save(out)
    return fill_form(out.getvalue(), "f.xlsx", [lines()])


def lines() -> Supply:
    return supply("rab")


@pytest.mark.parametrize("name", BASES)
@pytest.mark.parametrize("feature", FEATURES)
def test_right_or_left_alone_with_its_reason(feature: str, name: str):
    touch, more, refused = FEATURES[feature]
    book, first, last = BASES[name]()
    plain = {f.code for f in filled(BASES[name]()[0]).findings}
    touch(book, first, last)
    if refused:
        with pytest.raises(InputError) as stopped:
            filled(book)
        assert {f.code for f in stopped.value.findings} == refused
        return
    done = filled(book)
    unseen = feature == "baris tersembunyi" and name == "subtotal tampak"  # what 109 leaves out only Excel can tell: W205
    if unseen:
        plain = plain - {"W204"} | {"W205", "W218"}
    assert {f.code for f in done.findings} == plain | more
    after = openpyxl.load_workbook(io.BytesIO(done.data), rich_text=True)
    sheet = form(after)
    own = lines().rows
    written = [[sheet.cell(row, col).value for col in (2, 3, 5)] for row in range(first, first + LINES)]
    assert written == [[row["uraian"], row["volume"], row["harga_satuan"]] for row in own]
    total = max(last, first + LINES - 1) + 1
    assert sheet.cell(total, 2).value == "JUMLAH"
    stored = openpyxl.load_workbook(io.BytesIO(done.data), data_only=True)
    seen = None if unseen else sum(_amount(row, with_tax="tanpa rumus" in name) for row in own)
    assert (form(stored).cell(total, 6).value, stored["Ringkasan"]["A1"].value) == (seen, seen)
    _kept(feature, sheet, after, first, total)


def _amount(row: Mapping[str, object], *, with_tax: bool) -> Decimal:
    """What the form shows for a line: its own product, or our amount with the tax."""
    volume, price, whole = (Decimal(str(row[key])) for key in ("volume", "harga_satuan", "jumlah"))
    return whole if with_tax else volume * price


def _kept(feature: str, sheet: Worksheet, after: openpyxl.Workbook, first: int, total: int) -> None:
    """What the feature is about stands where it belongs."""
    if feature == "PPN di bawah jumlah":
        assert (sheet.cell(total + 1, 2).value, sheet.cell(total + 1, 6).value) == ("PPN 11%", f"=F{total}*0.11")
    elif feature == "di samping tabel":
        texts = [sheet.cell(row, 9).value for row in range(first, total + 6)]
        assert [text for text in texts if text] == [f"Petunjuk {row}" for row in range(first, first + 4)]
    elif feature == "lembar terkunci":
        assert sheet.protection.sheet
    elif feature == "hiasan":
        assert sheet["B5"].comment is not None
        assert after.defined_names["Total"].attr_text == f"Form!$F${total}"
        assert {str(area.sqref) for area in sheet.conditional_formatting} == {f"F{first}:F{total - 1}"}
        assert sheet.print_area.endswith(f"$F${total + 5}")
    elif feature == "label berwarna":
        assert isinstance(sheet["B2"].value, CellRichText)


@pytest.mark.parametrize("parts", [("  Nama Kantor ", ": ...."), ("Nama Kantor : ..", ".."), ("Nama ", "Kantor", " : ....")])
def test_a_label_answered_in_its_own_cell_keeps_its_looks(parts: tuple[str, ...]):
    """The answer looks like the last part; a plain label stays plain."""
    book, *_ = base(3)
    looks = [InlineFont(b=True), InlineFont(i=True), InlineFont(u="single")]
    form(book)["A2"] = CellRichText(*(TextBlock(look, part) for look, part in zip(looks, parts, strict=False)))
    form(book)["A3"] = "Tahun Anggaran : ......"
    sheet = form(openpyxl.load_workbook(io.BytesIO(filled(book).data), rich_text=True))
    text = sheet["A2"].value
    assert isinstance(text, CellRichText)
    assert str(text).strip() == "Nama Kantor : Kantor Kecamatan Batu Putih"
    assert text[0].font.b and [part.font for part in text][-1] == looks[len(parts) - 1]
    assert sheet["A3"].value == "Tahun Anggaran : 2025"


def test_areas_of_a_consolidation_move_with_the_rows():
    book, first, last = base(3)
    out = io.BytesIO()
    book.save(out)
    archive = Archive.open(out.getvalue())
    parts = {entry.filename: archive.read(entry.filename) for entry in archive.entries}
    path = "xl/worksheets/sheet2.xml"
    taken = f'<dataRefs count="1"><dataRef ref="F{first}:F{last + 1}" sheet="Form"/></dataRefs>'
    listed = f"<dataConsolidate>{taken}</dataConsolidate>"
    parts[path] = parts[path].replace(b"<pageMargins", listed.encode() + b"<pageMargins", 1)
    done = fill_form(repack(parts), "f.xlsx", [lines()])
    assert f'ref="F{first}:F{first + LINES}"'.encode() in Archive.open(done.data).read(path)
