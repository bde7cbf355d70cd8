"""The judge can fail: LibreOffice's results are compared, and a wrong cached value is found and named."""

from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from tests import libre as module
from tests.libre import LibreOfficeError, Mistake, Office, formula_differences

RIGHT = {
    "B1": ("=A1*2", 3_000_000),
    "B2": ("=A1/7", 1_500_000 / 7),
    "B3": ('=IF(A1>0,"cocok","beda")', "cocok"),
    "B4": ('=IF(A1>0,"","beda")', ""),
    "B5": ("=1/0", "#DIV/0!"),
    "B6": ("=A1=1500000", True),
    "B7": ("=DATE(2025,8,17)", 45886),
    "B8": ("=ROUND(ROUND(2.5*1001,4),0)", 2503),
    "B9": ("{=SUM(A1:A2*2)}", 3_000_000),
}


def workbook(path, **changes):
    """The formulas above with their cached values, some of them replaced."""
    with xlsxwriter.Workbook(path) as book:
        money, day = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Hitung")
        sheet.set_column("A:B", 20)
        sheet.write_number("A1", 1_500_000, money)
        sheet.write_number("A2", 0, money)
        sheet.write_string("A3", "=bukan rumus")
        for cell, (formula, value) in {**RIGHT, **changes}.items():
            look = day if cell == "B7" else money if cell == "B1" else None
            if formula.startswith("{"):
                sheet.write_array_formula(f"{cell}:{cell}", formula, look, value)
            else:
                sheet.write_formula(cell, formula, look, value)
    return path


@pytest.fixture
def one(tmp_path):
    return workbook(tmp_path / "satu.xlsx")


def found(verdict):
    compared, differences = verdict
    return compared, {(d.sheet, d.cell, d.ours, d.theirs) for d in differences}


def test_right_values_differ_nowhere(libre, one):
    assert libre.judge([one]) == (len(RIGHT), [])


WRONG = {
    "whole": ("B1", 3_000_001, 3_000_000),
    "never calculated": ("B1", 0, 3_000_000),
    "fraction": ("B2", 214285.71, pytest.approx(1_500_000 / 7)),
    "text": ("B3", "beda", "cocok"),
    "text for blank": ("B4", "beda", ""),
    "number for blank": ("B4", 0, ""),
    "value for error": ("B5", 0, "#DIV/0!"),
    "error for value": ("B1", "#REF!", 3_000_000),
    "truth": ("B6", False, True),
    "day": ("B7", 45887, 45886),
    "array": ("B9", 1, 3_000_000),
}


def test_one_wrong_value_is_that_cell(libre, tmp_path):
    """All variants in one call of LibreOffice; ``judge`` would mix them, so each is compared on its own."""
    books = {
        name: workbook(tmp_path / f"{number}.xlsx", **{cell: (RIGHT[cell][0], ours)})
        for number, (name, (cell, ours, _)) in enumerate(WRONG.items())
    }
    recalculated = libre.recalculate(list(books.values()))
    for name, (cell, ours, theirs) in WRONG.items():
        compared, differences = formula_differences(books[name], recalculated[books[name]])
        assert (name, compared, [d.cell for d in differences]) == (name, len(RIGHT), [cell])
        assert (differences[0].ours, differences[0].theirs) == (ours, theirs)
        assert differences[0].formula == RIGHT[cell][0].strip("{}")


def test_errors_are_errors_and_not_texts(libre, tmp_path):
    """An error of another name is still an error; the text "#DIV/0!" is none."""
    other = workbook(tmp_path / "lain.xlsx", B5=("=1/0", "#N/A"))
    text = workbook(tmp_path / "teks.xlsx", B3=('="#DIV/"&"0!"', "#DIV/0!"))
    recalculated = libre.recalculate([other, text])
    assert found(formula_differences(other, recalculated[other])) == (len(RIGHT), set())
    _, differences = formula_differences(text, recalculated[text])
    assert [(d.cell, isinstance(d.ours, Mistake), isinstance(d.theirs, Mistake)) for d in differences] == [
        ("B3", True, False)
    ]


def test_tolerance_is_absolute(libre, tmp_path):
    path = workbook(tmp_path / "toleransi.xlsx", B1=("=A1*2", 3_000_001))
    recalculated = libre.recalculate([path])[path]
    assert [len(formula_differences(path, recalculated, tolerance)[1]) for tolerance in (0, 0.5, 1)] == [1, 1, 0]


def test_lost_sheet_is_a_difference(one, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "kosong.xlsx") as book:
        book.add_worksheet("Lain")
    compared, differences = formula_differences(one, tmp_path / "kosong.xlsx")
    assert compared == len(RIGHT)
    assert {d.cell for d in differences} == set(RIGHT)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (1, 1.0, True),
        (0.1 + 0.2, 0.3, True),
        (85.71428571428571, 85.7142857142857, True),
        (85.7143, 85.71428571428571, False),
        (1_500_000_000, 1_500_000_001, False),
        (1_500_000_000, 1_500_000_000.4, False),
        (99_999_999_999.5, 99_999_999_999.50002, True),
        (0, 1e-12, False),
        ("1", 1, False),
        ("", 0, False),
        (Mistake("#N/A"), "#N/A", False),
        (Mistake("#N/A"), "", False),
    ],
)
def test_what_counts_as_the_same(ours, theirs, same):
    assert module._same(ours, theirs, Decimal(0)) is same
    assert module._same(theirs, ours, Decimal(0)) is same


def test_prints_as_an_indonesian_office_sees_it(libre, one):
    pdf = libre.pdf([one])[one]
    (text,) = libre.text(pdf)
    assert {"1.500.000", "3.000.000", f"{date(2025, 8, 17):%d/%m/%Y}", "#DIV/0!"} <= set(text.split())
    (page,) = libre.pages(pdf)
    assert page.read_bytes().startswith(b"\x89PNG")


def test_batches_keep_names_apart_and_inputs_alone(libre, one, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    folder = tmp_path / "lain"
    folder.mkdir()
    paths = [one, workbook(folder / "satu.xlsx", B1=("=A1*3", 0)), *(workbook(folder / f"{n}.xlsx") for n in "ab")]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}
    results = libre.convert(paths, "csv", tmp_path / "hasil")
    assert [path.relative_to(tmp_path / "hasil").as_posix() for path in results] == [
        "satu.csv", "2/satu.csv", "a.csv", "b.csv",
    ]  # fmt: skip
    assert ["4500000" in path.read_text("utf-8") for path in results] == [False, True, False, False]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")} == before
    assert not list(tmp_path.rglob(".~lock*"))


def test_unreadable_file_is_no_silent_success(libre, one, tmp_path):
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(one.read_bytes()[:300])
    with pytest.raises(LibreOfficeError, match=r"rusak\.xlsx"):
        libre.recalculate([one, broken])


def test_time_is_bounded_and_the_next_call_works(libre, one, monkeypatch):
    monkeypatch.setattr(libre, "_to_start", 0.05)
    monkeypatch.setattr(libre, "_per_file", 0)
    with pytest.raises(LibreOfficeError, match="detik"):
        libre.recalculate([one])
    monkeypatch.undo()
    assert libre.judge([one]) == (len(RIGHT), [])


@pytest.mark.parametrize(("required", "outcome"), [(False, pytest.skip.Exception), (True, pytest.fail.Exception)])
def test_absence_skips_or_fails(monkeypatch, required, outcome):
    monkeypatch.setattr(module, "find", lambda: None)
    monkeypatch.setattr(module, "REQUIRED", required)
    with pytest.raises(outcome, match="LibreOffice"):
        Office()


def test_found_at_the_usual_place_of_windows(monkeypatch, tmp_path):
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert module.find() == str(program)
