"""Forensics of formulas: each code with a workbook that breaks the rule and one that nearly does, by exact cells.

The workbooks are made here cell by cell; a formula comes with the result that Excel would have cached.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.catatan import Severity, catalogue
from kinerja_xl.checking import forensik
from kinerja_xl.checking.forensik import forensics, judge
from kinerja_xl.checking.forensik.grid import grids, same
from kinerja_xl.checking.forensik.shape import literals, shape
from kinerja_xl.formula.parse import Opaque, read_formula
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.package import Formula, Package, SheetPart, address, patch
from kinerja_xl.reading.cells import read_cells
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.usulan import CEK_MANDIRI
from kinerja_xl.uses.periksa import _looking
from tests.kasus import COVERED

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EVALUASI = SHARED / "data" / "eval_renja_2025.xlsx"
LAPANGAN = SHARED / "lapangan"

Cells = Mapping[str, object]
"""Cell → number, text, or (formula, cached result)."""
Sheets = Mapping[str, Cells]
Finish = Callable[[xlsxwriter.Workbook], None]


def workbook(sheets: Sheets, finish: Finish | None = None) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for cell, value in cells.items():
                if isinstance(value, tuple):
                    sheet.write_formula(cell, value[0], None, value[1])
                elif isinstance(value, str):
                    sheet.write_string(cell, value)
                elif value is not None:
                    sheet.write_number(cell, value)
        if finish:
            finish(book)
    return target.getvalue()


def examined(data: bytes, name: str = "uji.xlsx"):
    passed = inspect(data, name)
    assert isinstance(passed, Passed)
    return judge(passed, name)


def said(data: bytes) -> set[tuple[str, str]]:
    """(code, cell) of every finding; all sentences can be written."""
    found = examined(data)
    assert all(finding.masalah and finding.perbaikan and finding.file for finding in found)
    return {(finding.code, finding.cell) for finding in found}


# ---- the clean table and its changes -------------------------------------------------------------------

LINES = {2: (2, 1000), 3: (3, 2500), 4: (4, 4000), 5: (1, 7500), 6: (6, 1250), 7: (2, 9000)}
TOTAL = sum(volume * price for volume, price in LINES.values())


def rab(**changes: object) -> dict[str, object]:
    """Uraian, volume, harga, jumlah and its half; six lines, a total. A change of None takes the cell out."""
    cells: dict[str, object] = {"A1": "Uraian", "B1": "Volume", "C1": "Harga", "D1": "Jumlah", "E1": "Semester I"}
    for row, (volume, price) in LINES.items():
        amount = volume * price
        cells |= {f"A{row}": f"Belanja {'abcdefgh'[row]}", f"B{row}": volume, f"C{row}": price}
        cells |= {f"D{row}": (f"=B{row}*C{row}", amount), f"E{row}": amount / 4}
    cells |= {"A8": "Jumlah", "D8": ("=SUM(D2:D7)", TOTAL), "E8": ("=SUM(E2:E7)", TOTAL / 4)}
    return {cell: value for cell, value in (cells | changes).items() if value is not None}


def one(**changes: object) -> Sheets:
    return {"RAB": rab(**changes)}


def without_half(**changes: object) -> Sheets:
    """The same without column E, so that no other column tells what belongs to the total."""
    return {"RAB": {cell: value for cell, value in rab(**changes).items() if cell[0] != "E"}}


def lookup(**changes: object) -> Sheets:
    """Prices by VLOOKUP, which is not calculated here."""
    cells = rab(**{f"C{row}": (f'=IF(A{row}="","",{price}+0)', price) for row, (_, price) in LINES.items()})
    cells |= {f"C{row}": (f"=VLOOKUP(A{row},$J$1:$K$9,2,FALSE)", price) for row, (_, price) in LINES.items()}
    return {"RAB": cells | changes}


def groups(total: str, shown: float) -> Sheets:
    """Two groups with their subtotals above the lines, and a grand total of all."""
    return {
        "RAB": {
            "A1": "Uraian", "B1": "Jumlah",
            "A2": "Kelompok satu", "B2": ("=SUM(B3:B4)", 3000), "A3": "a", "B3": 1000, "A4": "b", "B4": 2000,
            "A5": "Kelompok dua", "B5": ("=SUM(B6:B7)", 12000), "A6": "c", "B6": 4000, "A7": "d", "B7": 8000,
            "A8": "Jumlah", "B8": (total, shown),
        }
    }  # fmt: skip


def two_tables(**changes: object) -> Sheets:
    """Three small tables with a total each, two columns, in one block."""
    cells: dict[str, object] = {"A1": "Uraian", "B1": "Semester I", "C1": "Semester II"}
    for total in (5, 9, 13):
        for row in range(total - 3, total):
            cells |= {f"A{row}": f"Rincian {row}", f"B{row}": 4, f"C{row}": 5}
        cells |= {f"A{total}": "Jumlah"}
        cells |= {
            f"{col}{total}": (f"=SUM({col}{total - 3}:{col}{total - 1})", 3 * each)
            for col, each in (("B", 4), ("C", 5))
        }
    return {"Rekap": cells | changes}


def hide_row(row: int) -> Finish:
    return lambda book: book.worksheets()[0].set_row(row - 1, None, None, {"hidden": True})


def filtered(condition: bool) -> Finish:
    def finish(book: xlsxwriter.Workbook) -> None:
        sheet = book.worksheets()[0]
        sheet.autofilter("A1:E7")
        if condition:
            sheet.filter_column("A", "x == *c")
            sheet.set_row(2, None, None, {"hidden": True})

    return finish


def hide_second(book: xlsxwriter.Workbook) -> None:
    book.worksheets()[1].hide()


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Sheets
    said: frozenset[tuple[str, str]]
    nearly: Sheets
    nearly_said: frozenset[tuple[str, str]] = frozenset()
    finish: Finish | None = None
    nearly_finish: Finish | None = None


CASES: list[Case] = []


def case(code: str, broken: Sheets, cell: str, nearly: Sheets, *nearly_said: tuple[str, str], **more: Finish) -> None:
    COVERED.add(code)
    CASES.append(
        Case(
            code=code,
            broken=broken,
            said=frozenset({(code, cell)}),
            nearly=nearly,
            nearly_said=frozenset(nearly_said),
            **more,
        )
    )


case("F101", one(D4=15000), "D4", one(D4=16000), ("F102", "D4"))
case("F101", one(D7=17000), "D7", one(D7="dibatalkan"))  # the last line of the table
case("F101", two_tables(C9=9), "C9", two_tables(C9=15), ("F102", "C9"))  # a typed total between calculated ones
case("F102", one(D4=16000), "D4", one())
case("F103", lookup(C4=4000), "C4", lookup(C4=("=VLOOKUP(A4,$J$1:$K$9,2,FALSE)", 4000)))
case(
    "F104",
    one(D4=("=B4*C4*1.11", 17760)),
    "D4",
    one(**{f"D{r}": (f"=ROUND(B{r}*C{r}*100/100,2)", v * p) for r, (v, p) in LINES.items()}),
)
case("F104", one(D4=("=B4*C4+750000", 766000)), "D4", one(B4=("=2*2", 4)))  # arithmetic on typed numbers is an entry
case("F105", one(D4=("=B4*C3", 10000)), "D4", one(D4=("=C4*B4", 16000)), ("F106", "D4"))
case("F106", one(D4=("=B4*C4+0", 16000)), "D4", one(D4=("=(B4)*(C4)", 16000)))
case(
    "F107",
    one(E8=("=SUM(E2:E6)", TOTAL / 4 - 4500)),
    "E8",
    one(E7=None, E8=("=SUM(E2:E6)", TOTAL / 4 - 4500)),
    ("F108", "E8"),
)
case("F108", one(E7=0, E8=("=SUM(E2:E6)", TOTAL / 4 - 4500)), "E8", one(E8=("=E2+E3+E4+E5+E6+E7", TOTAL / 4)))
case(
    "F109",
    without_half(D8=("=SUM(D2:D6)", TOTAL - 18000)),
    "D8",
    without_half(D7=None, D8=("=SUM(D2:D6)", TOTAL - 18000)),
)
case("F110", groups("=SUM(B2:B7)", 30000), "B8", groups("=B2+B5", 15000))
case("F110", without_half(D8=("=SUM(D2:D7,D5)", TOTAL + 7500)), "D8", without_half(D8=("=SUM(D2:D4,D5:D7)", TOTAL)))
case(
    "F111",
    one(D4=("=B4/C9", "#DIV/0!"), D8=("=SUM(D2:D7)", "#DIV/0!")),
    "D4",
    one(D4=("=IFERROR(B4*C4,0)", 16000)),
    ("F106", "D4"),
)
case("F113", one(C4="4.000,00"), "C4", one(C4="4 ribuan lebih", D4=None))
case("F114", one(F2=("='[harga.xlsx]SSH'!$A$1", 5)), "F2", {**one(F2=("=SSH!$A$1", 5)), "SSH": {"A1": 5}})
case(
    "F115", {**one(), "Lama": {"A1": "sisa"}}, "", {**one(), "Lama": {}}, finish=hide_second, nearly_finish=hide_second
)
case("F116", one(), "A3", one(), finish=hide_row(3), nearly_finish=hide_row(12))
case("F117", one(), "A3", one(), finish=filtered(True), nearly_finish=filtered(False))
case("F119", one(F2=("=F2+D2", 0)), "F2", one(F2=("=ROW(F2)+D2", 2002)))

CODES = frozenset({one.code for one in CASES} | {"F112", "F118"})
"""Every code of the forensic pass; F112 and F118 have tests of their own below."""


def _ids(cases: list[Case]) -> list[str]:
    seen: Counter[str] = Counter()
    return [f"{one.code}-{seen.update([one.code]) or seen[one.code]}" for one in cases]


@pytest.mark.parametrize("one", CASES, ids=_ids(CASES))
def test_a_workbook_that_produces_it(one: Case):
    assert said(workbook(one.broken, one.finish)) == one.said


@pytest.mark.parametrize("one", CASES, ids=_ids(CASES))
def test_a_workbook_that_nearly_does(one: Case):
    assert said(workbook(one.nearly, one.nearly_finish)) == one.nearly_said


def test_every_code_of_the_pass_has_its_case():
    of_our_books = {"F121"}  # asks for a recap or capaian: tests/test_periksa_buku.py
    assert {code for code in catalogue() if code.startswith("F")} - of_our_books == CODES


def test_formulas_that_nobody_calculated_are_said_once_and_judged_all_the_same():
    book = openpyxl.Workbook()
    for cell, value in rab(D4=15000).items():
        book.active[cell] = value[0] if isinstance(value, tuple) else value
    target = io.BytesIO()
    book.save(target)
    assert said(target.getvalue()) == {("F112", "D2"), ("F101", "D4")}
    (finding,) = (f for f in examined(target.getvalue()) if f.code == "F112")
    assert finding.args["banyak"] == "7"


def test_what_is_not_examined_is_said(monkeypatch: pytest.MonkeyPatch):
    data = workbook({"Satu": rab(D4=15000), "Dua": rab(D4=15000)})
    monkeypatch.setattr(forensik, "MAX_FORMULAS", 14)
    assert {(f.code, f.sheet) for f in examined(data)} == {("F101", "Satu"), ("F101", "Dua")}
    monkeypatch.setattr(forensik, "MAX_FORMULAS", 13)
    assert {(f.code, f.sheet) for f in examined(data)} == {("F101", "Satu"), ("F118", "Dua")}
    monkeypatch.setattr(forensik, "MOST_ALIKE", 0)
    assert {(f.code, f.sheet) for f in examined(data)} == {("F118", "Satu"), ("F118", "Dua")}


def test_an_unforeseen_workbook_is_a_catatan_and_no_traceback(monkeypatch: pytest.MonkeyPatch):
    passed = inspect(workbook(one()), "uji.xlsx")
    assert isinstance(passed, Passed)
    monkeypatch.setattr(forensik, "kind_of", None)
    assert [finding.code for finding in forensics(passed, "uji.xlsx")] == ["F118"]


# ---- one cause, one catatan ----------------------------------------------------------------------------


def test_one_catatan_for_a_copied_formula_and_for_a_run_of_numbers():
    copied = {f"D{row}": (f"=B{row}*C{row}*1.11", volume * price * 1.11) for row, (volume, price) in LINES.items()}
    (finding,) = examined(workbook(one(**copied)))
    assert (finding.code, finding.args["sel_sel"]) == ("F104", "D2 D3 D4 D5 D6 D7")
    assert finding.args["daftar"] == "D2:D7"
    (finding,) = examined(workbook(one(D4=1, D5=1)))
    assert (finding.code, finding.cell, finding.args["daftar"]) == ("F101", "D4", "D4:D5")
    assert (finding.args["sel_contoh"], finding.args["selisih"]) == ("D4", "Rp15.999")


def test_an_error_that_is_passed_on_is_said_once():
    sick = {f"{col}{row}": (f"=B{row}/C{row}", "#DIV/0!") for col in "D" for row in LINES}
    (finding,) = examined(workbook(one(**sick, D8=("=SUM(D2:D7)", "#DIV/0!"))))
    assert (finding.code, finding.args["daftar"], finding.value) == ("F111", "D2:D7", "#DIV/0!")


def test_rows_that_the_quarters_count_and_the_year_does_not():
    cells: dict[str, object] = {"A1": "Uraian", "C1": "Realisasi Triwulan", "B2": "Setahun"}
    cells |= {f"{col}2": name for col, name in zip("CDEF", ("I", "II", "III", "IV"), strict=True)}
    for row in (4, 5, 7, 8):
        cells |= {f"A{row}": f"Sub {row}", **{f"{col}{row}": 1_000_000 * row for col in "CDEF"}}
        cells[f"B{row}"] = (f"=C{row}+D{row}+E{row}+F{row}", 4_000_000 * row)
    for row in (3, 6):
        cells |= {f"A{row}": f"Program {row}"}
        for col in "BCDEF":
            each = 4_000_000 if col == "B" else 1_000_000
            cells[f"{col}{row}"] = (f"=SUM({col}{row + 1}:{col}{row + 2})", each * (2 * row + 3))
    for col in "CDEF":
        cells[f"{col}3"] = (f"=SUM({col}4:{col}5)+{col}6", 24_000_000)
        cells[f"{col}9"] = (f"={col}3+{col}6", 39_000_000)
    cells |= {"A9": "Jumlah", "B9": ("=B3+B6", 96_000_000)}
    (finding,) = examined(workbook({"Evaluasi": cells}))
    assert (finding.code, finding.cell, finding.args["sel_sel"]) == ("F107", "C3", "C3 D3 E3 F3")
    assert "empat triwulan (C, D, E, F) melebihi setahun (B) sebesar Rp60.000.000" in finding.args["akibat"]
    assert "baris 6 terhitung dua kali di C9, D9, E9, F9" in finding.args["akibat"]


CLEAN: dict[str, Sheets] = {
    "kosong": {"A": {}},
    "pajak di bawah rincian": one(
        F9=None, A9="PPN", D9=("=D8*G1", 6435), G1=0.11, A10="Total", D10=("=D8+D9", TOTAL + 6435)
    ),
    "saldo berjalan": {"Kas": {"A1": 5, **{f"A{r}": (f"=A{r - 1}+B{r}-C{r}", 5) for r in range(2, 9)}}},
    "nomor urut mulai lagi": {"A": {f"A{r}": 1 if r in (1, 5) else (f"=A{r - 1}+1", 2) for r in range(1, 12)}},
    "tabel berdampingan": {
        "A": {f"{col}{row}": 3 for col in "BF" for row in range(2, 8)}
        | {"B8": ("=SUM(B2:B7)", 18), "F7": None, "F8": ("=SUM(F2:F6)", 15)}
    },
    "subtotal": groups("=SUBTOTAL(9,B2:B7)", 15000)
    | {"Dua": {f"A{r}": 2 for r in range(3, 7)} | {"A7": ("=SUBTOTAL(9,A3:A6)", 8), "A8": ("=SUBTOTAL(9,A3:A7)", 8)}},
    "judul kelompok dengan angka": one(A5="Kelompok", B5=None, C5=None, D5=7500),
    "baris nomor kolom": one(A1="Uraian", B1=2, C1=3, D1=4, E1=5),
    "tahun di judul": {"A": {"A1": 2024, **{f"A{r}": 7 for r in range(2, 6)}, "A6": ("=SUM(A2:A5)", 28)}},
}


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_invented_on_sound_tables(name: str):
    if name == "subtotal":  # B2 and B5 are SUMs: SUBTOTAL does not leave them out
        assert said(workbook(CLEAN[name])) == {("F110", "B8")}
    else:
        assert said(workbook(CLEAN[name])) == set()


# ---- our own forms -------------------------------------------------------------------------------------

SAMPLE = ROOT / "samples" / "wasuponda-2025"
FORMS = (path for place in (ROOT / "templates_xlsx", SAMPLE) for path in place.rglob("*.xlsx"))
OWN = sorted(path for path in FORMS if path.parent.name not in ("arsip", "hasil"))
"""What is filled in; recaps and results are shown, with folded columns and formulas of every shape."""
PMD = ROOT / "samples" / "wasuponda-2025" / "masuk" / "Usulan-pmd-2025.xlsx"


@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_invented_on_our_own_forms(path: Path):
    assert examined(path.read_bytes(), path.name) == []


def _jumlah(row: int) -> tuple[str, str]:
    """The cell of a computed amount in the sample's RAB and its formula."""
    scan = examined_scan(PMD.read_bytes(), "RAB")
    col = next(
        c
        for (r, c), formula in sorted(scan.formulas.items())
        if r == row and "ROUND(ROUND(" in formula.text and "+N(" in formula.text
    )
    return address(row, col), scan.formulas[row, col].text


def examined_scan(data: bytes, sheet: str):
    passed = inspect(data, "uji.xlsx")
    assert isinstance(passed, Passed)
    return passed.scans[sheet]


def test_a_form_of_ours_is_asked_only_what_its_own_checks_do_not_see():
    data = PMD.read_bytes()
    cell, formula = _jumlah(11)
    assert said(patch(data, {("RAB", cell): Formula(f"{formula}*1.1", 5)})) == {("F104", cell)}
    assert said(patch(data, {("RAB", cell): Formula(formula.replace("11", "12"), 5)})) == {("F105", cell)}
    assert said(patch(data, {("RAB", cell): Formula("[1]Lama!A1", 5)})) == {("F105", cell), ("F114", cell)} - {
        ("F105", cell)
    }
    assert said(patch(data, {("RAB", cell): 5})) == set()  # R502 and R503 say that
    assert said(_hidden(data, 11)) == set()  # reading says it, so that rekap does too


def test_what_is_not_handed_in_is_looked_at_as_if_it_had_been_read():
    """periksa reads the instructions, lists and self-check of a form only where a formula asks for them: the same is said."""
    data = PMD.read_bytes()
    cell, formula = _jumlah(11)
    listed = f"{formula}+0*Daftar!$AA$8+MATCH(\"x\",{CEK_MANDIRI.name.join(chr(39) * 2)}!$A$1:$A$9,0)"
    changed: dict[str, dict[tuple[str, str], Formula | int]] = {
        "nothing": {},
        "a literal": {("RAB", cell): Formula(f"{formula}*1.1", 5)},
        "another shape that asks the lists": {("RAB", cell): Formula(listed, 5)},
        "a link in the self-check": {(CEK_MANDIRI.name, "A1"): Formula("[1]Lama!A1", 5)},
        "a literal in the lists": {("Daftar", "BZ3"): Formula("B7*1.25", 5)},
        "a literal in the instructions": {("Petunjuk", "H3"): Formula("A1*1.25", 5)},
    }
    found = {name: said(patch(data, cells)) for name, cells in changed.items()}
    assert found == {name: _said_while_read(patch(data, cells)) for name, cells in changed.items()}
    assert found["a literal in the lists"] == {("F104", "BZ3")}
    assert found["a link in the self-check"] == {("F114", "A1")}
    assert ("F105", cell) in found["another shape that asks the lists"]
    for sheet in ("Petunjuk", CEK_MANDIRI.name, "Daftar"):
        broken = _with_part(data, sheet, lambda part: part.replace(b"<row ", b'<row spans="1:1" spans="1:1" ', 1))
        assert said(broken) == _said_while_read(broken)
    spelt = _with_part(data, CEK_MANDIRI.name, lambda part: part.replace(b"</f>", b"+&#91;1]Lama!A1</f>", 1))
    assert {code for code, _ in said(spelt)} == {"F114"} and said(spelt) == _said_while_read(spelt)
    assert Package.open(data).lacks(_part(data, CEK_MANDIRI.name), links_only=True)
    assert not Package.open(data).lacks(_part(data, CEK_MANDIRI.name)) and Package.open(data).lacks(_part(data, "Daftar"))


def _said_while_read(data: bytes) -> set[tuple[str, str]]:
    with _looking() as found:
        assert read_submission(data, "uji.xlsx", default_listings()).content
    return {(finding.code, finding.cell) for finding in found["uji.xlsx"]}


def _part(data: bytes, sheet: str) -> SheetPart:
    return next(part for part in Package.open(data).sheets if part.name == sheet)


def _with_part(data: bytes, sheet: str, change: Callable[[bytes], bytes]) -> bytes:
    package = Package.open(data)
    path = package.path(sheet)
    return package.archive.rewrite({path: change(package.part(path))})


def _hidden(data: bytes, row: int) -> bytes:
    return _with_part(data, "RAB", lambda part: part.replace(b'<row r="%d" ' % row, b'<row r="%d" hidden="1" ' % row))


# ---- the machinery -------------------------------------------------------------------------------------


def test_copies_of_a_shared_formula_are_shifted():
    package = Package.open(workbook(one(D6=("=B6*C5", 45000))))
    path = package.sheets[0].path
    part = package.part(path).replace(b"<f>B2*C2</f>", b'<f t="shared" ref="D2:D7" si="0">B2*C2</f>')
    for row in (3, 4, 5, 7):
        part = part.replace(b"<f>B%d*C%d</f>" % (row, row), b'<f t="shared" si="0"/>')
    data = package.archive.rewrite({path: part})
    (finding,) = examined(data)
    assert (finding.code, finding.cell) == ("F105", "D6")
    assert (finding.args["contoh"], finding.args["rumus_lain"]) == ("D5", "=B5*C5")


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("A1*B1", "(A1)*B1", True),
        ("SUM(A1:B1)", "sum(A1:B1)", True),
        ("A1*B1", "A1+B1", False),
        ("A1*1.1", "A1*1.2", False),
        ("A1", "$A$1", False),
        ("'Lembar A1'!B1", "'Lembar A2'!B1", False),
        ('IF(A1="A1",1,0)', 'IF(A1="A2",1,0)', False),
        ("LOG10(A1)", "LOG10((A1))", True),
    ],
)
def test_shape(one: str, other: str, equal: bool):
    assert (shape(read_formula(one, (1, 3))) == shape(read_formula(other, (1, 3)))) is equal


def test_a_copy_has_the_same_shape_elsewhere():
    assert read_formula("SUM(A1:A$9)*$B3", (5, 2)) == read_formula("SUM(C3:C$9)*$B5", (7, 4))
    assert read_formula("LOG10(A1)+TAHUN2024", (5, 2)) == read_formula("LOG10(B2)+TAHUN2024", (6, 3))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A1*100", []), ("ROUND(A1/B1*100,2)", []), ("A1/1000000", []), ("IF(A1>5,B1,0)", []), ("A1^2", []),
        ("1-A1", []), ("VLOOKUP(A1,C:D,2,FALSE)", []), ("61.56/1400", []), ("A1*100%", []),
        ("A1*12", ["12"]), ("A1*11%", ["0.11"]), ("20906000-R15", ["20906000"]), ("SUM(A1:A3,5000)", ["5000"]),
        ("ROUND(A1*15,2)", ["15"]), ("IF(A1>5,250,0)", ["250"]),
    ],
)  # fmt: skip
def test_typed_numbers_that_decide(text: str, found: list[str]):
    assert [str(value) for value in literals(read_formula(text, (20, 20)))] == found


@given(st.text(alphabet="AB12$:!'\"()[]{},;+-*/^%&<>=# .#REF!SUM", max_size=40))
def test_any_text_may_stand_in_a_formula(text: str):
    shape(read_formula(text, (3, 3)))


def test_very_long_formulas_are_not_followed():
    long = "+".join(f"A{row}" for row in range(1, 2000))
    assert isinstance(read_formula(long, (1, 2)).tree, Opaque)
    assert isinstance(read_formula("(" * 200 + "A1" + ")" * 200, (1, 2)).tree, Opaque)


# ---- public workbooks ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evaluasi():
    if not EVALUASI.exists():
        pytest.skip("buku kerja Evaluasi Renja tidak ada di komputer ini")
    return examined(EVALUASI.read_bytes(), EVALUASI.name)


def test_the_evaluation_workbook_gives_up_its_known_faults(evaluasi):
    assert Counter(f.code for f in evaluasi) == {
        "F101": 5, "F102": 10, "F104": 2, "F105": 1, "F106": 8, "F107": 3, "F108": 6, "F109": 2, "F111": 2,
        "F116": 1, "F119": 1,
    }  # fmt: skip
    cells = Counter()
    for finding in evaluasi:
        cells[finding.code] += int(finding.args["banyak"])
    assert {code: cells[code] for code in ("F101", "F102", "F104", "F111")} == {
        "F101": 87,
        "F102": 91,
        "F104": 28,
        "F111": 2,
    }
    assert {(f.code, f.cell) for f in evaluasi if f.severity is not Severity.INFO} == {
        ("F107", "R12"), ("F107", "T55"), ("F107", "T70"),
        ("F101", "P16"), ("F101", "S16"), ("F101", "V16"), ("F101", "Y46"), ("F101", "AB51"),
        ("F111", "AF82"), ("F111", "AG82"), ("F109", "K84"), ("F109", "K113"), ("F119", "A106"),
        ("F104", "AI14"), ("F104", "U15"), ("F105", "AE64"),
        ("F108", "Z30"), ("F108", "M39"), ("F108", "Z45"), ("F108", "Z49"), ("F108", "Z56"), ("F108", "AA84"),
    }  # fmt: skip


def test_the_evaluation_workbook_states_its_amounts(evaluasi):
    by_cell = {(f.code, f.cell): f for f in evaluasi}
    row_12 = by_cell["F107", "R12"]
    assert "empat triwulan (R, U, X, AA) melebihi setahun (AC) sebesar Rp104.990.014" in row_12.args["akibat"]
    assert row_12.args["sel_sel"] == "R12 U12 X12 AA12"
    assert by_cell["F109", "K84"].args["selisih"] == "Rp85.916.205"
    assert by_cell["F109", "K84"].args["luput"] == "K89:K90"
    assert by_cell["F109", "K113"].args["selisih"] == "Rp1.173.117.699"
    assert by_cell["F104", "U15"].args["banyak"] == "27"


def test_formulas_are_calculated_as_excel_did():
    """1,116 of the 1,119 formulas can be calculated here, and all give what the file shows."""
    if not EVALUASI.exists():
        pytest.skip("buku kerja Evaluasi Renja tidak ada di komputer ini")
    data = EVALUASI.read_bytes()
    passed = inspect(data, EVALUASI.name)
    assert isinstance(passed, Passed)
    book = grids(read_cells(passed))
    results = [(g.expected(f, place), g.number(place)) for g in book.values() for place, f in g.formulas.items()]
    told = [(ours, theirs) for ours, theirs in results if ours is not None and theirs is not None]
    assert len(told) == 1116
    assert all(same(ours, theirs) for ours, theirs in told)


FIELD = {
    "ahsp_cipta_karya.xlsx": {"F104": 9, "F105": 1, "F111": 7, "F113": 1, "F114": 1, "F116": 1},
    "indikator_kakao_geser.xlsx": {"F101": 3, "F106": 2, "F116": 1},
    "lra_sipd_januari.xlsx": {"F113": 1},
    "rak_belanja_diskominfo.xlsx": {"F113": 11, "F115": 1},
    "realisasi_belanja_triwulan.xlsx": {"F113": 2},
}
"""What is said of the public workbooks; nothing of the others."""


def test_public_workbooks_give_no_false_alarms():
    if not LAPANGAN.exists():
        pytest.skip("buku kerja lapangan tidak ada di komputer ini")
    for path in sorted(LAPANGAN.glob("*.xlsx")):
        data = path.read_bytes()
        passed = inspect(data, path.name)
        if isinstance(passed, Passed):
            assert Counter(f.code for f in judge(passed, path.name)) == FIELD.get(path.name, {}), path.name
