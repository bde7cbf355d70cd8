"""The catatan of reading any layout: what provokes each, and what nearly does. The habits themselves are in test_asing_tabel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinerja_xl.findings import catalogue
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign, read_grid
from tests.asing_uji import codes, grid, one, xlsx
from tests.merah_berkas import fods, xlsb

N = None
RAB = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
A, B, C = [1, "Kertas", 2, "rim", 50000, 100000], [2, "Map", 1, "dus", 75000, 75000], [3, "Pulpen", 3, "bh", 10000, 30000]
SUM = [N, "Jumlah", N, N, N, 205000]
PRICES = [[1, "Kertas", "rim", 50000], [2, "Map", "dus", 75000], [3, "Pulpen", "bh", 10000]]
BUDGET = ["Kode", "Uraian", "Anggaran", "Realisasi"]
TARGETS, AMOUNTS = ["No", "Indikator Kinerja", "Satuan", "Target"], ["No", "Uraian", "Anggaran"]
SPENDING = [["5", "BELANJA", 300000, 200000], ["5.1", "Belanja Operasi", 300000, 200000]]

CASES = (
    ("L303", "G1", [[*RAB, "Qwerty"], [*A, 1250000], [*B, 2350000], [*C, 3450000], SUM],
     [[*RAB, "Keterangan"], [*A, "APBD"], [*B, "APBD"], [*C, "APBD"], SUM]),
    ("L305", "D1", [["No", "Uraian", "Satuan", "Harga"], *PRICES],
     [["STANDAR SATUAN HARGA"], ["No", "Uraian", "Satuan", "Harga"], *PRICES]),
    ("L414", "B2", [RAB, [1, "#REF!", 2, "rim", 50000, 100000], B, C, SUM], [RAB, A, B, C, SUM]),
    ("L420", "", [RAB, A, B, C, [4, "Tinta", 0, "bh", 20000, 0], SUM], [RAB, A, B, C, SUM]),
    ("L424", "", [RAB, A, B, C, [4, "Tinta", 2, "bh", 20000, N], SUM], [RAB, A, B, C, SUM]),
    ("L426", "", [RAB, A, B, C, [4], [5], SUM], [RAB, A, B, C, SUM]),
    ("L432", "C2", [BUDGET, ["4", "PENDAPATAN", 500000, 400000], ["4.1", "Pendapatan Asli", 500000, 400000], *SPENDING],
     [BUDGET, *SPENDING]),
    ("L307", "D3", [["RAB"], ["No", "Uraian", "APBD", N, "Swadaya", N], [N, N, "Volume", "Jumlah", "Volume", "Jumlah"],
                    [1, "Semen", 10, 650000, 5, 325000], [2, "Pasir", 3, 900000, 1, 300000],
                    [N, "Jumlah", N, 1550000, N, 625000]],
     [["RAB"], ["No", "Uraian", "APBD", N, "Jumlah", N], [N, N, "Volume", "Jumlah", "Pagu", "Ket."],
      [1, "Semen", 10, 650000, 650000, N], [2, "Pasir", 3, 900000, 900000, N], [N, "Jumlah", N, 1550000, 1550000, N]]),
    ("L425", "", [TARGETS, [1, "Persentase desa mandiri", "%", 50], [2, "Indeks kepuasan"], [3, "Jumlah rapat", "Kali", 12]],
     [TARGETS, [N, "Sasaran 1: Pelayanan"], [1, "Persentase desa mandiri", "%", 50], [2, "Jumlah rapat", "Kali", 12]]),
    ("L427", "", [AMOUNTS, [1, "ATK", 1534000], [2, "Kertas", 1034000], [3, "Tinta", 500000], [4, "Sewa", 777000]],
     [AMOUNTS, [1, "ATK", 1534000], [2, "Kertas", 1034000], [3, "Tinta", 500001], [4, "Sewa", 777000]]),
)  # fmt: skip

MERGED = {"L307": ("A2:A3", "B2:B3", "C2:D2", "E2:F2")}
"""Headings over several columns, by code."""

ANALYSIS = [
    ["ANALISA HARGA SATUAN PEKERJAAN"], ["No", "Uraian", "Koefisien", "Satuan", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"],
    ["A", "TENAGA KERJA"], [1, "Pekerja", 0.66, "OH", 110000, 72600], [2, "Tukang", 0.33, "OH", 140000, 46200],
    [N, "JUMLAH TENAGA KERJA", N, N, N, 118800], ["B", "BAHAN"], [1, "Semen", 4, "kg", 1500, 6000],
    [N, "JUMLAH HARGA BAHAN", N, N, N, 6000], ["D", "Jumlah (A+B)", N, N, N, 124800],
    ["E", "Biaya umum dan keuntungan 15%", N, N, N, 18720], ["F", "Harga Satuan Pekerjaan", N, N, N, 143520],
]  # fmt: skip
BY_COEFFICIENT = [["RAB"], ANALYSIS[1], [1, "Narasumber", 2, "OJ", 110000, 220000], [2, "Kertas", 3, "rim", 50000, 150000],
                  [N, "JUMLAH", N, N, N, 370000]]  # fmt: skip
FAR = [[*(["judul"] * 3)], ["isi"], [*[N] * 512, 7]]


def test_an_analysis_of_one_price_is_no_list():
    (analysis,) = read_grid(grid(ANALYSIS), "uji.xlsx")
    assert (analysis.kind, codes(analysis)) == (NONE, {("L202", "")})
    assert (one(BY_COEFFICIENT).kind, codes(one(BY_COEFFICIENT))) == ("rab", set())


@pytest.mark.parametrize("make", [xlsx, xlsb])
def test_cells_too_far_away_are_told(make):
    assert ("L210", "Jauh") in {(f.code, f.sheet) for f in read_foreign(make({"Jauh": FAR}), "uji.xlsx").findings}
    near = [row[:512] for row in FAR]
    assert "L210" not in {f.code for f in read_foreign(make({"Jauh": near}), "uji.xlsx").findings}


def test_old_formats_that_cannot_be_opened_are_told():
    broken, whole = xlsb({"A": FAR}), fods().encode()
    assert read_foreign(whole[: len(whole) // 2], "uji.xls").refused.code == "L105"
    assert read_foreign(whole, "uji.xls").refused is None and read_foreign(broken, "uji.xls").refused is None


@pytest.mark.parametrize(("code", "cell", "rows", "_"), CASES, ids=[case[0] for case in CASES])
def test_a_sheet_that_provokes_it(code, cell, rows, _):
    assert (code, cell) in codes(one(rows, merged=MERGED.get(code, ())))


@pytest.mark.parametrize(("code", "_", "__", "nearly"), CASES, ids=[case[0] for case in CASES])
def test_a_sheet_that_nearly_does(code, _, __, nearly):
    assert code not in {found for found, _ in codes(one(nearly, merged=MERGED.get(code, ())))}


def test_every_catatan_of_the_reader_is_provoked_somewhere():
    """In one of the modules about foreign layouts."""
    paths = [path for name in ("test_asing*.py", "test_merah*.py") for path in Path(__file__).parent.glob(name)]
    sources = "".join(path.read_text(encoding="utf-8") for path in paths)
    named = set(re.findall(r'"(L[0-9]{3})"', sources))
    assert {code for code in catalogue() if code[0] == "L"} - named == set()
