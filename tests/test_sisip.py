"""Rows inserted into the raw package: all that refers to rows follows, LibreOffice agrees, everything else keeps its bytes."""

from __future__ import annotations

import io
import random
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from kinerja_xl.formula.references import moved, references, steady
from kinerja_xl.package import Archive, patch, repack
from kinerja_xl.package.draft import splice
from kinerja_xl.package.insert import insert_rows, moved_shapes
from kinerja_xl.package.insert_refs import CannotInsertError, Shift, reference_edits
from kinerja_xl.package.markup import tree
from tests import formulir_asing

# ---- references in formulas ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("SUM(H10:H12)", ["H10:H12"]),
        ("'RKA 1'!$A$5+Sheet1!B6*2", ["'RKA 1'!$A$5", "Sheet1!B6"]),
        ('LOG10(A1)&"A1 ""B2"""', ["A1"]),
        ("Tabel[[#This Row],[A1]]+A2", ["A2"]),
        ("SUM($5:$10,A:C)", ["$5:$10", "A:C"]),
        ("TAX2025.total+Q1_2+A1:INDEX(B:B,5)", ["A1", "B:B"]),
        ("'it''s'!A1+#REF!+[1]Lain!C3", ["'it''s'!A1", "[1]Lain!C3"]),
        ("XFE12+A1048577+1E5+A1%", ["A1"]),
        ("Jan:Mar!A5", ["Jan:Mar!A5"]),
    ],
)
def test_references_are_told_from_what_looks_like_them(formula: str, found: list[str]):
    assert [ref.text() for ref in references(formula)] == found


def test_a_copy_moves_what_has_no_dollar():
    assert moved("A1+$A1+A$1+$A$1+SUM(B2:B$9)", 2, 1) == "B3+$A3+B$1+$A$1+SUM(C4:C$9)"
    assert moved("A1+B5", -1) == "#REF!+B4"
    assert moved("SUM(5:6)", 1) == "SUM(6:7)"


def test_what_likes_share_unmoved_is_held():
    assert steady("F9/F20*100", "F10/F20*100", 1) == {1}
    assert steady("F9/F20*100", "F10/F21*100", 1) == frozenset()
    assert steady("F9/F20", "F10-F20", 1) == frozenset()


SHIFT = Shift(sheet="Data", at=12, count=5, model=11)
STRETCH = Shift(sheet="Data", at=12, count=5, model=11, stretch=True)


@pytest.mark.parametrize(
    ("shift", "formula", "after"),
    [
        (SHIFT, "SUM(A10:A12)", "SUM(A10:A17)"),
        (SHIFT, "SUM(A10:A11)", "SUM(A10:A11)"),
        (STRETCH, "SUM(A10:A11)+SUM(A11)+A11", "SUM(A10:A16)+SUM(A11:A16)+A11"),
        (STRETCH, "SUBTOTAL(9,A11)", "SUBTOTAL(9,A11:A16)"),
        (SHIFT, "A11+$A$12+Data!A12+Lain!A12", "A11+$A$17+Data!A17+Lain!A12"),
        (SHIFT, "SUM(A:A)+SUM(12:14)+SUM(A1:A1048576)", "SUM(A:A)+SUM(17:19)+SUM(A1:A1048576)"),
        (SHIFT, "SUM(A12:A10)", "SUM(A17:A10)"),
        (SHIFT, "[1]Data!A12+'data'!B12", "[1]Data!A12+'data'!B17"),
    ],
)
def test_formulas_follow(shift: Shift, formula: str, after: str):
    assert shift.formula(formula, home=True) == after


def test_areas_take_in_the_copies_of_what_they_cover():
    assert SHIFT.sqref("A10:A11 C11 D20") == "A10:A11 A12:A16 C11 C12:C16 D25"
    assert SHIFT.sqref("A10:A14") == "A10:A19"
    assert STRETCH.sqref("A10:A11 C11 D20") == "A10:A16 C11:C16 D25"


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl would lose on saving does not matter: nothing is saved
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


# ---- a form with everything -------------------------------------------------------------------------

TOTAL = 16  # of a form with five prepared rows: rows 11 to 15
MORE = 7


@pytest.fixture(scope="module")
def form() -> bytes:
    return formulir_asing.rka()


@pytest.fixture(scope="module")
def longer(form: bytes) -> bytes:
    return insert_rows(form, "RKA 2.2.1", 15, MORE, 14)


def part(data: bytes, path: str) -> str:
    return Archive.open(data).read(path).decode()


def test_everything_that_names_rows_follows(longer: bytes):
    sheet = part(longer, "xl/worksheets/sheet1.xml")
    assert set(re.findall(r'<conditionalFormatting sqref="([^"]*)"', sheet)) == {"H11:H22", "K11:K22"}
    assert set(re.findall(r"<xm:sqref>([A-Z]+[0-9:A-Z]*)</xm:sqref>", sheet)) == {"K11:K22", *(f"I{r}" for r in range(11, 23))}
    assert set(re.findall(r"<xm:f>([^<]*)</xm:f>", sheet)) == {f"'RKA 2.2.1'!F{r}:H{r}" for r in range(11, 23)}
    assert re.findall(r'<dataValidation [^>]*sqref="([^"]*)"', sheet) == ["J11:J22"]
    assert "<formula>$H11&gt;$H$23/2</formula>" in sheet
    assert {"A23:G23", "E26:H26", "E30:H30", "B1:J1"} <= set(re.findall(r'<mergeCell ref="([^"]*)"', sheet))
    assert re.findall(r'<dimension ref="([^"]*)"', sheet) == ["A1:K32"]
    names = dict(re.findall(r'<definedName name="([^"]*)"[^>]*>([^<]*)<', part(longer, "xl/workbook.xml")))
    assert names == {
        "_xlnm.Print_Area": "'RKA 2.2.1'!$A$1:$K$32", "_xlnm.Print_Titles": "'RKA 2.2.1'!$8:$9", "Total_RKA": "'RKA 2.2.1'!$H$23",
    }  # fmt: skip
    assert "<c:f>'RKA 2.2.1'!$H$11:$H$22</c:f>" in part(longer, "xl/charts/chart1.xml")
    assert 'ref="A23"' in part(longer, "xl/comments1.xml")
    assert "<x:Row>22</x:Row>" in part(longer, "xl/drawings/vmlDrawing1.vml")
    assert [int(n) for n in re.findall(r"<xdr:row>(\d+)</xdr:row>", part(longer, "xl/drawings/drawing1.xml"))][-2:] == [25, 28]
    summary = part(longer, "xl/worksheets/sheet2.xml")
    assert "<f>'RKA 2.2.1'!H23/1000</f>" in summary
    assert re.findall(r'<brk id="(\d+)"', sheet) == ["22", "25"]
    assert re.findall(r'<protectedRange sqref="([^"]*)"', sheet) == ["B11:J22"]
    assert re.findall(r'<ignoredError sqref="([^"]*)"', sheet) == ["H11:H22"]
    assert re.findall(r'<hyperlink ref="([^"]*)" location="([^"]*)"', sheet) == [("B32", "'RKA 2.2.1'!H23")]
    assert re.findall(r'<pane [^>]*ySplit="(\d+)"', sheet) == ["9"]
    assert re.findall(r'<hyperlink ref="([^"]*)" location="([^"]*)"', summary) == [("A5", "'RKA 2.2.1'!A23")]
    assert re.findall(r"<xm:f>([^<]*)</xm:f>", summary) == ["'RKA 2.2.1'!H11:H22"]
    table = part(longer, "xl/tables/table1.xml")
    assert "<calculatedColumnFormula>'RKA 2.2.1'!$H$23*2</calculatedColumnFormula>" in table
    assert ' ref="A7:B9"' in table


def test_new_rows_are_like_their_model(longer: bytes):
    sheet = opened(longer)["RKA 2.2.1"]
    assert [sheet[f"H{row}"].value for row in range(11, 23)] == [f"=ROUND(D{r}*F{r},0)+G{r}" for r in range(11, 23)]
    assert {sheet[f"K{row}"].value for row in range(11, 23)} == {f"=IF(H$23=0,0,H{r}/H$23*100)" for r in range(11, 23)}
    assert sheet["H23"].value == "=SUM(H11:H22)"
    assert {sheet.row_dimensions[row].height for row in range(11, 23)} == {30}
    assert {sheet[f"F{row}"].number_format for row in range(11, 23)} == {"#,##0"}


def test_everything_else_keeps_its_bytes(form: bytes, longer: bytes):
    before, after = Archive.open(form), Archive.open(longer)
    same = {e.filename for e in before.entries if e.filename in after and before.read(e.filename) == after.read(e.filename)}
    changed = {e.filename for e in before.entries} - same
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/charts/chart1.xml", "xl/comments1.xml",
        "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "xl/tables/table1.xml",
    }  # fmt: skip
    drawings = [part(data, "xl/drawings/drawing1.xml") for data in (form, longer)]
    texts = [re.sub(r"<xdr:row>\d+</xdr:row>", "", text) for text in drawings]
    assert texts[0] == texts[1]
    assert "Diisi dengan huruf cetak" in texts[1]


def test_rows_among_frozen_ones_are_frozen_too(form: bytes):
    sheet = part(insert_rows(form, "RKA 2.2.1", 5, 2, 4), "xl/worksheets/sheet1.xml")
    assert re.findall(r'<pane [^>]*ySplit="(\d+)" topLeftCell="([^"]*)"', sheet) == [("11", "A12")]


def sheet_of(*, rows: str, after: str) -> bytes:
    """A bare sheet with these elements around its rows."""
    data = saved(lambda _: None)
    archive = Archive.open(data)
    parts = {e.filename: archive.read(e.filename) for e in archive.entries}
    path = "xl/worksheets/sheet1.xml"
    parts[path] = re.sub(rb"<pageMargins", after.encode() + b"<pageMargins", parts[path], count=1)
    parts[path] = parts[path].replace(b"</worksheet>", rows.encode() + b"</worksheet>")
    return repack(parts)


def test_merges_breaks_and_relative_rules():
    rules = (
        '<mergeCells count="2"><mergeCell ref="C11:D11"/><mergeCell ref="A15:B15"/></mergeCells>'
        '<conditionalFormatting sqref="A5:A18"><cfRule type="expression" priority="1"><formula>A5&gt;A14+$A$14</formula></cfRule>'
        "</conditionalFormatting>"
    )
    breaks = '<rowBreaks count="3" manualBreakCount="3"><brk id="10"/><brk id="11"/><brk id="12"/></rowBreaks>'
    sheet = part(insert_rows(sheet_of(rows=breaks, after=rules), "Data", 12, 2, 11), "xl/worksheets/sheet1.xml")
    assert '<mergeCells count="4">' in sheet
    assert set(re.findall(r'<mergeCell ref="([^"]*)"', sheet)) == {"C11:D11", "C12:D12", "C13:D13", "A17:B17"}
    assert "<formula>A5&gt;A14+$A$16</formula>" in sheet  # distances stay, fixed rows follow
    assert re.findall(r'<brk id="(\d+)"', sheet) == ["10", "13", "14"]


ANCHORS = """<xdr:wsDr xmlns:xdr="x">{}</xdr:wsDr>"""


def anchor(kind: str, first: int, last: int) -> str:
    corners = f"<xdr:from><xdr:row>{first}</xdr:row></xdr:from><xdr:to><xdr:row>{last}</xdr:row></xdr:to>"
    return f"<xdr:twoCellAnchor {kind}>{corners}</xdr:twoCellAnchor>"


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("", (11, 13), (16, 18)),  # zero-based: row 12 is the first that moves
        ("", (10, 10), (10, 10)),
        ("", (9, 11), (9, 16)),
        ('editAs="oneCell"', (9, 11), (9, 11)),
        ('editAs="oneCell"', (11, 13), (16, 18)),
        ('editAs="absolute"', (11, 13), (11, 13)),
    ],
)
def test_pictures_and_text_boxes_follow_as_they_are_bound(kind: str, before: tuple[int, int], after: tuple[int, int]):
    data = ANCHORS.format(anchor(kind, *before)).encode()
    edits = reference_edits(data, tree(data, "gambar"), SHIFT, home=True)
    assert splice(data, edits).decode() == ANCHORS.format(anchor(kind, *after))


OBJECTS = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><br>
<v:shape id="a"><x:ClientData ObjectType="Note"><x:Anchor>1, 2, 19, 4, 5, 6, 23, 8</x:Anchor><x:Row>19</x:Row>
</x:ClientData></v:shape><v:shape id="b"><x:ClientData ObjectType="Checkbox"><x:Anchor>1, 2, 3, 4, 5, 6, 7, 8</x:Anchor>
<x:FmlaLink>$B$20</x:FmlaLink></x:ClientData></v:shape></xml>"""


def test_old_boxes_follow_even_in_broken_markup():
    after = moved_shapes(OBJECTS, SHIFT).decode()
    assert "<x:Anchor>1, 2, 24, 4, 5, 6, 28, 8</x:Anchor><x:Row>24</x:Row>" in after
    assert "<x:Anchor>1, 2, 3, 4, 5, 6, 7, 8</x:Anchor>\n<x:FmlaLink>$B$25</x:FmlaLink>" in after
    assert moved_shapes(OBJECTS, SHIFT, home=False) == OBJECTS


def test_macros_keep_their_bytes(form: bytes):
    archive = Archive.open(form)
    macro = bytes(range(256)) * 20
    parts = {e.filename: archive.read(e.filename) for e in archive.entries} | {"xl/vbaProject.bin": macro}
    types = parts["[Content_Types].xml"].decode()
    declared = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
    parts["[Content_Types].xml"] = types.replace("<Override", declared, 1).encode()
    assert Archive.open(insert_rows(repack(parts), "RKA 2.2.1", 15, 2, 14)).read("xl/vbaProject.bin") == macro


def test_the_order_of_calculation_is_dropped_whole(form: bytes):
    archive = Archive.open(form)
    parts = {e.filename: archive.read(e.filename) for e in archive.entries}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    chain = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="application/xml"/></Types>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", chain)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    after = Archive.open(insert_rows(repack(parts | {"xl/calcChain.xml": b"<calcChain/>"}), "RKA 2.2.1", 15, 2, 14))
    assert "xl/calcChain.xml" not in after
    assert all(b"calcChain" not in after.read(name) for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"))


def test_rows_below_the_only_prepared_one():
    longer = insert_rows(formulir_asing.renja(), "Evaluasi", 10, 4, 9, stretch=True)
    sheet = opened(longer)["Evaluasi"]
    assert [sheet[f"{col}14"].value for col in "GIKM"] == [f"=SUM({col}9:{col}13)" for col in "GIKM"]
    assert sheet["C14"].value == "JUMLAH"
    assert {sheet[f"C{row}"].border.left.style for row in range(9, 15)} == {"thin"}
    assert sheet.print_area == "'Evaluasi'!$A$1:$N$23"
    assert sheet.print_title_rows == "$5:$8"


# ---- what can't be kept right ------------------------------------------------------------------------


def saved(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in range(1, 21):
        book.active.cell(row, 1, row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def array(book: openpyxl.Workbook) -> None:
    book.active["C10"] = ArrayFormula("C10:C14", "=A10:A14*2")


def running(book: openpyxl.Workbook) -> None:
    for row in range(10, 15):
        book.active[f"B{row}"] = f"=B{row - 1}+1"
        book.active[f"C{row}"] = f"=A{row}/A20"


def test_running_numbers_go_on_through_the_new_rows():
    sheet = opened(insert_rows(saved(running), "Data", 14, 3, 13)).active
    assert [sheet[f"B{row}"].value for row in range(10, 18)] == [f"=B{row - 1}+1" for row in range(10, 18)]
    assert [sheet[f"C{row}"].value for row in range(10, 18)] == [f"=A{row}/A23" for row in range(10, 18)]


def through_sheets(book: openpyxl.Workbook) -> None:
    book.create_sheet("Lain")["A1"] = "=SUM(Data:Lain!A12)"


def added(data: bytes, path: str) -> bytes:
    archive = Archive.open(data)
    return repack({e.filename: archive.read(e.filename) for e in archive.entries} | {path: b"<a/>"})


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (saved(array), "C10:C14"),
        (saved(through_sheets), "Data:Lain!A12"),
        (added(saved(lambda _: None), "_xmlsignatures/sig1.xml"), "tanda tangan"),
        (added(saved(lambda _: None), "xl/revisions/revisionLog1.xml"), "riwayat"),
    ],
)
def test_refusals_name_the_part(data: bytes, word: str):
    with pytest.raises(CannotInsertError) as error:
        insert_rows(data, "Data", 12, 3, 11)
    assert word in error.value.reason


@pytest.mark.parametrize("change", [array, through_sheets])
def test_what_lies_above_is_no_hindrance(change: Callable[[openpyxl.Workbook], None]):
    assert insert_rows(saved(change), "Data", 15, 3, 14)


# ---- any sheet: as if it had been written with the rows in the first place ------------------------------


@dataclass(frozen=True)
class Ref:
    """One cell of the model sheet, rows by their number before the insertion."""

    row: int
    col: int
    fixed: bool
    sheet: str = ""

    def text(self, row: int) -> str:
        return f"{self.sheet}{get_column_letter(self.col)}{'$' if self.fixed else ''}{row}"


@dataclass(frozen=True)
class Formula:
    """``total`` sums areas, else the references are added."""

    refs: tuple[Ref, ...]
    total: bool

    def text(self, new: Callable[[int], int]) -> str:
        shown = [ref.text(new(ref.row)) for ref in self.refs]
        if not self.total:
            return "=" + "+".join(shown)
        first, last = sorted(self.refs[:2], key=lambda ref: ref.row)
        return f"=SUM({first.text(new(first.row))}:{Ref(last.row, first.col, last.fixed).text(new(last.row))})*2"


ROWS, COLS = 14, 4
# On the sheet itself an address without a sheet means the same; on the other one it has to name it to be moved.
refs = st.builds(Ref, st.integers(1, ROWS), st.integers(1, COLS), st.booleans(), st.just("Data!"))
formulas = st.builds(Formula, st.tuples(refs, refs), st.booleans())
sheets = st.dictionaries(st.tuples(st.integers(1, ROWS), st.integers(5, 7)), formulas, max_size=8)


Cells = dict[tuple[int, int], Formula]


def written(cells: Cells, others: Cells, at: int, count: int, model: int) -> bytes:
    """The two sheets with ``count`` rows in front of ``at``, written so from the start; copies of the model are empty."""

    def new(row: int) -> int:
        return row + count if row >= at else row

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    data, other = book.add_worksheet("Data"), book.add_worksheet("Lain")
    for row in range(1, ROWS + 1):
        for col in range(1, COLS + 1):
            data.write_number(new(row) - 1, col - 1, row * 100 + col)
            other.write_number(row - 1, col - 1, row * 7 + col)
    for (row, col), formula in cells.items():
        if row != model:
            data.write_formula(new(row) - 1, col - 1, formula.text(new))
    for (row, col), formula in others.items():
        other.write_formula(row - 1, col - 1, formula.text(new))
    book.close()
    return out.getvalue()


def plain(formula: Formula) -> Formula:
    """Every second reference without its sheet."""
    return Formula(tuple(Ref(r.row, r.col, r.fixed, "" if r.row % 2 else r.sheet) for r in formula.refs), formula.total)


def texts(data: bytes) -> dict[tuple[str, str], str]:
    book = opened(data)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


@given(cells=sheets, others=sheets, at=st.integers(2, ROWS), count=st.integers(1, 6))
def test_formulas_are_those_of_a_sheet_written_so(cells, others, at, count):
    cells = {place: plain(formula) for place, formula in cells.items()}
    before = written(cells, others, ROWS + 99, 0, at - 1)
    assert texts(insert_rows(before, "Data", at, count, at - 1)) == texts(written(cells, others, at, count, at - 1))


def random_sheet(chance: random.Random) -> dict[tuple[int, int], Formula]:
    def ref() -> Ref:
        return Ref(chance.randint(1, ROWS), chance.randint(1, COLS), chance.random() < 0.5, "Data!")

    return {
        (chance.randint(1, ROWS), chance.randint(5, 7)): Formula((ref(), ref()), chance.random() < 0.5) for _ in range(8)
    }  # fmt: skip


def test_libreoffice_recalculates_the_same(libre, tmp_path: Path):
    """Sheets with rows inserted here, and the same sheets written with those rows: every value is the same."""
    pairs = []
    for seed in range(6):
        chance = random.Random(seed)
        cells, others, at, count = random_sheet(chance), random_sheet(chance), chance.randint(2, ROWS), chance.randint(1, 5)
        ours = insert_rows(written(cells, others, ROWS + 99, 0, at - 1), "Data", at, count, at - 1)
        paths = tmp_path / f"sisip{seed}.xlsx", tmp_path / f"langsung{seed}.xlsx"
        paths[0].write_bytes(ours)
        paths[1].write_bytes(written(cells, others, at, count, at - 1))
        pairs.append(paths)
    after = libre.recalculate([path for pair in pairs for path in pair])
    for ours, theirs in pairs:
        shown = [_values(after[path]) for path in (ours, theirs)]
        assert shown[0] == shown[1]
        assert len(shown[0]) > ROWS * COLS


def _values(path: Path) -> dict[tuple[str, str], object]:
    book = opened(path.read_bytes(), values=True)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value is not None}


def test_files_of_several_makers(libre, tmp_path: Path):
    """XlsxWriter, openpyxl and what LibreOffice saves of them: inserted, opened, and the sums hold what is written in."""
    made = {"xlsxwriter": (formulir_asing.rka(), "RKA 2.2.1"), "openpyxl": (formulir_asing.rka_openpyxl(), "RKA")}
    for name, (data, _) in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    resaved = libre.recalculate([tmp_path / f"{name}.xlsx" for name in made])
    for path, there in resaved.items():
        made[f"libre-{path.stem}"] = (there.read_bytes(), made[path.stem][1])
    results = {}
    for name, (data, sheet) in made.items():
        longer = insert_rows(data, sheet, 15, MORE, 14)
        cells = {(sheet, f"{col}{row}"): value for row in range(11, 23) for col, value in (("D", row), ("F", 1000), ("G", 1))}
        results[name] = tmp_path / f"{name}-isi.xlsx"
        results[name].write_bytes(patch(longer, cells, recalculate=True))
    for name, there in zip(results, libre.recalculate(list(results.values())).values(), strict=True):
        book = opened(there.read_bytes(), values=True)
        sheet = book[made[name][1]]
        assert sheet["H23"].value == sum(row * 1000 + 1 for row in range(11, 23)), name
        assert round(sum(sheet[f"K{row}"].value for row in range(11, 23)), 6) == 100, name
        assert book["Ringkasan"]["B1"].value == sheet["H23"].value, name
