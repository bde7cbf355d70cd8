"""Layouts of indikator and realisasi that were once read wrongly or without a word, rows inline."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json

Rows = list[list[object]]

PHBS: Rows = [
    [1, "Rumah tangga ber-PHBS", "%", 80, 71.5],
    [2, "Posyandu mandiri", "%", 60, 62],
    [3, "Akses air bersih", "%", 95, 90.1],
]
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


def test_capaian_of_the_work_beside_pagu_and_realisasi_of_the_money() -> None:
    head = ["No", "Indikator", "Satuan", "Kinerja", "", "", "Anggaran", "", ""]
    below = ["", "", "", "Target", "Capaian", "%", "Pagu", "Realisasi", "%"]
    lines: Rows = [
        [1, "Dokumen", "Dokumen", 12, 9, 75, 12_000_000, 9_000_000, 75],
        [2, "UMKM", "Orang", 150, 120, 80, 9_000_000, 900_000, 10],
    ]
    found = read([["KINERJA"], head, below, *lines], ("D2:F2", "G2:I2"))
    assert found["sums"] == {"target": "162", "realisasi": "129", "anggaran": "21000000", "realisasi_anggaran": "9900000"}


def test_the_plan_of_a_later_year_beside_the_figures_of_the_last_is_asked_about() -> None:
    lines = [[*row, 99] for row in PHBS]
    found = read([["RENJA"], ["No", "Indikator", "Satuan", "Target 2024", "Realisasi 2024", "Target 2025"], *lines])
    assert found["sums"] == {"target": "235", "realisasi": "223.6"}
    assert ("L302", "D2") in told(found)


def test_two_parts_of_the_same_size_are_no_sum_of_each_other() -> None:
    amounts = (("A", 5_000_000, 2_000_000), ("B", 9_000_000, 4_000_000))
    lines: Rows = [[f"Balai {name}", pagu, spent, pagu, spent] for name, pagu, spent in amounts]
    total = ["Jumlah", 14_000_000, 6_000_000, 14_000_000, 6_000_000]
    head = ["Satker", "Belanja Pegawai", "", "Belanja Barang", ""]
    below = ["", "Pagu", "Realisasi", "Pagu", "Realisasi"]
    found = read([["REALISASI"], head, below, *lines, total], ("A2:A3", "B2:C2", "D2:E2"))
    assert (found["kind"], found["n_leaf"]) == ("realisasi", 2)
    assert [sum(int(v) for v in found["sums"][name].values()) for name in ("anggaran", "realisasi")] == [28_000_000, 12_000_000]
