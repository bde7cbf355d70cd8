"""The last, independent red team: layouts of indikator and realisasi that found something, rows inline."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kinerja_xl.foreign.as_json import as_json
from kinerja_xl.foreign.read import read_foreign

Rows = list[list[object]]

PHBS: Rows = [[1, "Rumah tangga ber-PHBS", "%", 80, 71.5], [2, "Posyandu mandiri", "%", 60, 62], [3, "Akses air bersih", "%", 95, 90.1]]
COUNTED: Rows = [[1, "Perdes ditetapkan", "Perdes", 12, 100], [2, "Kader dilatih", "Orang", 40, 95], [3, "Rapat", "Kali", 4, 75]]


def read(rows: Rows, merged: tuple[str, ...] = ()) -> dict:
    """The one table of a sheet, as JSON."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    out = BytesIO()
    book.save(out)
    (found,) = as_json(read_foreign(out.getvalue(), "uji.xlsx"))
    return found


def told(found: dict) -> set[tuple[str, str]]:
    """(code, cell) of the catatan that ask for something."""
    return {(c["kode"], c["sel"]) for c in found["catatan"] if c["tingkat"] != "info"}


@pytest.mark.parametrize("goal", ["Target", "Rencana"])
@pytest.mark.parametrize("result", ["Pencapaian", "Capaian", "Tercapai", "Hasil", "Perolehan"])
def test_a_capaian_as_large_as_its_target_is_the_result(goal: str, result: str) -> None:
    found = read([["PENILAIAN KINERJA PUSKESMAS"], ["No", "Indikator", "Satuan", goal, result], *PHBS])
    assert (found["kind"], found["n_leaf"], found["sums"]) == ("indikator", 3, {"target": "235", "realisasi": "223.6"})
    assert not told(found)


@pytest.mark.parametrize("result", ["Capaian", "Capaian (%)"])
def test_a_capaian_in_percent_of_its_target_is_no_result(result: str) -> None:
    found = read([["KINERJA"], ["No", "Indikator", "Satuan", "Target", result], *COUNTED])
    assert (found["kind"], found["n_leaf"], found["sums"]) == ("indikator", 3, {"target": "56"})


def test_target_and_capaian_both_in_percent() -> None:
    found = read([["SPM"], ["No", "Indikator", "Target (%)", "Capaian (%)"], *([r[0], r[1], r[3], r[4]] for r in PHBS)])
    assert found["sums"] == {"target": "235", "realisasi": "223.6"}


def test_the_capaian_of_the_year_before_is_no_result() -> None:
    rows = [[row[0], row[1], row[2], row[3], row[4]] for row in PHBS]
    found = read([["RKS"], ["No", "Indikator", "Satuan", "Target 2025", "Capaian 2024"], *rows])
    assert found["sums"] == {"target": "235"}


def _two_years(title: str) -> Rows:
    head = ["No", "Indikator Kinerja", "Satuan", "2024", "", "", "2025", "", ""]
    below = ["", "", "", *(["Target", "Realisasi", "%"] * 2)]
    lines = [[*row[:3], 50, 45, 90, row[3], row[4], round(row[4] / row[3] * 100, 2)] for row in PHBS]  # type: ignore[operator]
    return [[title], head, below, *lines]


@pytest.mark.parametrize(
    ("title", "asked"),
    [("LKjIP: perbandingan capaian 2024 dan 2025", True), ("LAPORAN KINERJA TAHUN 2025", False), ("PERBANDINGAN CAPAIAN", True)],
)
def test_two_years_beside_each_other_are_asked_about_unless_the_title_says_which(title: str, asked: bool) -> None:
    found = read(_two_years(title), ("D2:F2", "G2:I2"))
    assert (found["kind"], found["n_leaf"], found["sums"]) == ("indikator", 3, {"target": "235", "realisasi": "223.6"})
    assert bool(told(found)) == asked


def test_the_total_beside_the_tahap_of_dana_desa() -> None:
    head = ["No", "Bidang/Kegiatan", "Volume", "Pagu", "Realisasi", "", "", "Jumlah", "Sisa"]
    below = ["", "", "", "", "Tahap I", "Tahap II", "Tahap III", "", ""]
    lines: Rows = [
        [1, "Jalan usaha tani", "250 Meter", 90_000_000, 30_000_000, 30_000_000, 0, 60_000_000, 30_000_000],
        [2, "Rehab posyandu", "1 Paket", 60_000_000, 20_000_000, 20_000_000, 20_000_000, 60_000_000, 0],
        [3, "Ketahanan pangan", "1 Paket", 45_000_000, 15_000_000, 0, 0, 15_000_000, 30_000_000],
    ]
    total = ["", "JUMLAH", "", 195_000_000, 65_000_000, 50_000_000, 20_000_000, 135_000_000, 60_000_000]
    found = read([["PENYERAPAN DANA DESA"], head, below, *lines, total], ("E2:G2",))
    assert (found["kind"], found["n_leaf"], found["sums"]) == (
        "realisasi", 3, {"anggaran": "195000000", "realisasi": "135000000"},
    )  # fmt: skip
    assert not told(found)
