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
