"""Columns that a form's own figures give: Sisa, Deviasi, Bobot, s.d. periode ini. As formulas, equal to LibreOffice; left where a
part is missing, and never our figure of another time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from tests.test_isi_arti import FRAME, form, source

Path_ = tuple[str, ...] | str
KEU = ("Target", "Keuangan"), ("Realisasi", "Keuangan"), ("Deviasi", "Keuangan")
MONEY = ("No", "Kode", "Uraian", "Pagu (Rp)")
PARTS = tuple(("Realisasi (Rp)", part) for part in ("s.d. Periode Lalu", "Periode Ini", "s.d. Periode Ini"))


def own(name: str) -> list[Supply]:
    """One sheet of the capaian workbook, or other rows of ours."""
    return [one for one in source("capaian") if one.sheet == name] or source(name)


def filled(name: str, paths: Sequence[Path_], title: str = "DAFTAR", total: str = "") -> Filled:
    """``total``: the column that the form adds up below its three rows."""
    book = openpyxl.load_workbook(io.BytesIO(form(*paths)))
    sheet = book.active
    sheet["A1"] = title
    if total:
        last = sheet.max_row
        sheet[f"B{last + 1}"], sheet[f"{total}{last + 1}"] = "JUMLAH", f"=SUM({total}{last - 2}:{total}{last})"
        for col in range(1, len(paths) + 1):
            sheet.cell(last + 1, col).border = FRAME
    out = io.BytesIO()
    book.save(out)
    return fill_form(out.getvalue(), "f.xlsx", own(name))


def column(done: Filled, letter: str, first: int, *, values: bool = False) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(done.data), data_only=values).active
    return [sheet[f"{letter}{row}"].value for row in range(first, first + done.rows)]


def how(done: Filled) -> dict[str, str]:
    """By letter, what the report says of the computed columns."""
    return {one.col: one.because.rpartition(": ")[2] for one in done.columns if one.because.startswith("dihitung dari")}


def test_deviasi_is_realisasi_less_target_where_both_stand_in_the_row(libre, tmp_path: Path):
    done = filled("Capaian Indikator", ("No", "Indikator", "Satuan", "Target", "Realisasi", "Deviasi"))
    shown = {letter: column(done, letter, 4, values=True) for letter in "DEF"}
    numbers = [not isinstance(a, str) and not isinstance(b, str) for a, b in zip(shown["D"], shown["E"], strict=True)]
    assert column(done, "F", 4) == [f"=E{row}-D{row}" if number else None for row, number in enumerate(numbers, 4)]
    assert not all(numbers) and any(numbers)
    assert how(done) == {"F": "E - D"}
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(done.data)
    judged = openpyxl.load_workbook(libre.recalculate([path])[path], data_only=True).active
    assert [judged[f"F{row}"].value for row in range(4, 4 + done.rows)] == pytest.approx(shown["F"])


def printed(paths: Sequence[Path_], rows: Sequence[Sequence[object]]) -> bytes:
    """A form with printed rows under these headings."""
    book = openpyxl.load_workbook(io.BytesIO(form(*paths, rows=len(rows))))
    first = book.active.max_row - len(rows) + 1
    for row, values in enumerate(rows, first):
        for col, value in enumerate(values, 1):
            book.active.cell(row, col, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(libre, place: Path, data: bytes, letter: str, rows: Sequence[int]) -> tuple[list[object], list[object]]:
    """What is stored in a column, and what LibreOffice makes of it."""
    path = place / "hasil.xlsx"
    path.write_bytes(data)
    books = (openpyxl.load_workbook(one, data_only=True).active for one in (path, libre.recalculate([path])[path]))
    stored, calculated = ([book[f"{letter}{row}"].value for row in rows] for book in books)
    return stored, calculated


def test_what_was_before_and_what_came_now_give_what_there_is(libre, tmp_path: Path):
    """The sender printed both parts; in a row without one of them there is no sum."""
    money = own("Realisasi Anggaran")[0].rows[:4]
    parts = [("Realisasi (Rp)", text) for text in ("Periode Lalu", "Periode Ini", "s.d. Periode Ini")]
    given = ((100, 23), (250, 3), (7, None), (None, 5))
    rows = [[n, row["kode"], row["nama"], None, *pair] for n, (row, pair) in enumerate(zip(money, given, strict=True), 1)]
    done = fill_form(printed((*MONEY, *parts), rows), "f.xlsx", own("Realisasi Anggaran"))
    assert column(done, "G", 5) == ["=E5+F5", "=E6+F6", None, None] and how(done) == {"G": "E + F"}
    assert column(done, "E", 5) == [100, 250, 7, None] and column(done, "F", 5) == [23, 3, None, 5]
    assert judged(libre, tmp_path, done.data, "G", range(5, 9)) == ([123, 253, None, None], [123, 253, None, None])


def test_other_parts_are_not_added_up():
    """Parts of another group, or of another year."""
    money = own("Realisasi Anggaran")[0].rows[:2]
    rows = [[n, row["kode"], row["nama"], None, 1, 2] for n, row in enumerate(money, 1)]
    for parts in (
        (("Realisasi", "Periode Lalu"), ("Realisasi", "s.d. Periode Ini"), ("Fisik", "Periode Ini")),
        (("Realisasi 2024", "Periode Lalu"), ("Realisasi 2024", "Periode Ini"), ("Realisasi 2024", "s.d. Periode Ini")),
    ):
        assert how(fill_form(printed((*MONEY, *parts), rows), "f.xlsx", own("Realisasi Anggaran"))) == {}


@pytest.mark.parametrize(
    ("name", "paths", "total", "letter", "numbers"),
    [
        ("Evaluasi Renja", ("No", "Uraian", "Indikator", "Target Rp", "Realisasi (Rp)", "Sisa Anggaran"), "", "F", ("E", "D")),
        ("rencana", ("No", "Kode", "Sub Kegiatan", "Anggaran (Rp)", "Bobot (%)"), "D", "E", ("D",)),
    ],
)  # fmt: skip
def test_stored_results_are_those_of_libreoffice(
    libre, tmp_path: Path, name: str, paths: tuple[str, ...], total: str, letter: str, numbers: tuple[str, ...]
):
    done = filled(name, paths, total=total)
    rows = range(4, 4 + done.rows)
    stored, calculated = judged(libre, tmp_path, done.data, letter, rows)
    assert stored == pytest.approx(calculated) and how(done).keys() == {letter}
    shown = [[one or 0 for one in column(done, one, 4)] for one in numbers]
    whole = sum(shown[0])
    wanted = [b - a for a, b in zip(*shown, strict=True)] if len(shown) > 1 else [a / whole * 100 for a in shown[0]]
    there = [n for n, one in enumerate(stored) if one is not None]
    assert there and [stored[n] for n in there] == pytest.approx([wanted[n] for n in there])


@pytest.mark.parametrize(
    ("name", "paths", "letters"),
    [
        ("Evaluasi Renja", ("No", "Uraian", *KEU, ("Deviasi", "Fisik")), {"E": "D - C"}),
        ("Realisasi Anggaran", ("No", "Kode", "Uraian", *KEU), {}),  # no target of money there: a part is missing
        ("Evaluasi Renja", ("No", "Uraian", "Indikator", "Target Rp", "Realisasi (Rp)", "Sisa Anggaran"), {"F": "D - E"}),
        ("Evaluasi Renja", ("No", "Uraian", "Target Rp", "Realisasi (Rp)", "Sisa Tahun Lalu", "Sisa Pagu 2024", "Sisa TW II",
                            "Sisa Kontrak", "Deviasi 2024"), {}),
        ("Evaluasi Renja", ("No", "Uraian", "Indikator", "Target Rp", "Sisa Anggaran"), {}),
    ],
)  # fmt: skip
def test_what_is_left_and_what_differs(name: str, paths: tuple[Path_, ...], letters: dict[str, str]):
    assert how(filled(name, paths)) == letters


@pytest.mark.parametrize(
    ("heads", "total", "letters"),
    [
        (("Anggaran (Rp)", "Bobot (%)"), "D", {"E": "D / jumlah D"}),
        (("Anggaran (Rp)", "Bobot (%)"), "", {}), (("Anggaran (Rp)", "Bobot"), "D", {}),
        (("Anggaran (Rp)", "Bobot Kinerja (%)"), "D", {}), (("Anggaran (Rp)", "Bobot Penilaian (%)"), "D", {}),
    ],
)  # fmt: skip
def test_bobot_is_the_part_of_the_form_s_own_sum(heads: tuple[str, ...], total: str, letters: dict[str, str]):
    done = filled("rencana", ("No", "Kode", "Sub Kegiatan", *heads), total=total)
    assert how(done) == letters
    if letters:
        assert sum(column(done, "E", 4, values=True)) == pytest.approx(100)


@pytest.mark.parametrize(
    ("title", "keys", "letters"),
    [
        ("LAPORAN TRIWULAN III TAHUN 2025", ("sd_2", "rp_3", "sd_3"), {"H": "D - G"}),
        ("LAPORAN TRIWULAN I", ("", "rp_1", "sd_1"), {"H": "D - G"}),
        ("LAPORAN TW I s.d. TW IV", ("", "", ""), {}), ("LAPORAN", ("", "", ""), {}),
    ],
)  # fmt: skip
def test_a_form_for_one_quarter(title: str, keys: tuple[str, ...], letters: dict[str, str]):
    """Its title says which "periode ini" is; what is left is what its own column leaves."""
    done = filled("Realisasi Anggaran", (*MONEY, *PARTS, "Sisa Pagu (Rp)"), title)
    rows = own("Realisasi Anggaran")[0].rows
    assert [column(done, letter, 5) for letter in "EFG"] == [[row.get(key) for row in rows] for key in keys]
    assert how(done) == letters


@pytest.mark.parametrize(
    ("title", "stays"),
    [
        ("LAPORAN TRIWULAN II", True), ("REALISASI BULAN JUNI 2025", True), ("PER 30 SEPTEMBER 2025", True),
        ("LAPORAN SEMESTER I", True), ("LAPORAN TRIWULAN IV", False), ("KEADAAN 31 DESEMBER 2025", False),
        ("LAPORAN SEMESTER II", False), ("Peraturan Bupati tanggal 3 Maret 2025", False), ("TAHUN 2025", False),
    ],
)  # fmt: skip
def test_the_year_so_far_is_no_figure_of_an_earlier_quarter(title: str, stays: bool):
    """Ours go on to December."""
    done = filled("Realisasi Anggaran", (*MONEY, "Realisasi (Rp)"), title)
    assert (column(done, "E", 4) == [None] * done.rows) is stays
    assert ("Realisasi (Rp)" in {question.word for question in done.questions}) is stays


@pytest.mark.parametrize(("quarters", "stays"), [(2, True), (3, True), (4, False), (0, False)])
def test_a_total_beside_two_quarters_is_not_that_of_four(quarters: int, stays: bool):
    heads = tuple(f"Realisasi TW {roman}" for roman in ("I", "II", "III", "IV")[:quarters])
    done = filled("Realisasi Anggaran", (*MONEY, *heads, "Total Realisasi", "Sisa Pagu"))
    letters = [chr(ord("E") + quarters), chr(ord("F") + quarters)]
    assert [column(done, letter, 4) == [None] * done.rows for letter in letters] == [stays, stays]
