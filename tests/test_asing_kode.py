"""The catatan of reading any layout: what provokes each, and what nearly does. The habits themselves are in test_asing_tabel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity, catalogue
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign, read_grid
from tests.asing_uji import codes, grid, one, xlsx
from tests.merah_berkas import fods, xlsb

N = None
RAB = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
A, B, C = [1, "Kertas", 2, "rim", 50000, 100000], [2, "Map", 1, "dus", 75000, 75000], [3, "Pulpen", 3, "bh", 10000, 30000]
SUM = [N, "Jumlah", N, N, N, 205000]
MEALS = [[3, "Bahan [2 org x 3 keg]", 6, "ok", 5000, 30000], [4, "Kopi [5 org x 4 keg]", 20, "ok", 2000, 40000]]
D, ALL, HALVES = [4, "Lem", 2, "bh", 20000, 40000], [N, "Jumlah", N, N, N, 245000], [*RAB, "Triwulan I", "Triwulan II"]
GOODS = ["Kode", "Uraian", "Satuan", "Harga Satuan"]
PENS = [["1.1.01", "Pulpen", "bh", 5000], ["1.1.02", "Pensil", "bh", 3000], ["1.1.03", "Spidol", "bh", 9000]]
EXTRA = [["1.1.05", "Lem", "bh", 7500], ["1.1.06", "Map", "bh", 4500]]
PRICES = [[1, "Kertas", "rim", 50000], [2, "Map", "dus", 75000], [3, "Pulpen", "bh", 10000]]
BUDGET = ["Kode", "Uraian", "Anggaran", "Realisasi"]
TREE = ["Kode", "Indikator Kinerja", "Target", "Pagu"]
MEASURED = ["Indikator Kinerja", "Target", "Realisasi", "Capaian (%)"]
SHARES = [*MEASURED, "Capaian Anggaran (%)"]
QUARTERS = ["Indikator Kinerja", "Target 2025", "Target TW I", "Target TW II", "Target TW III", "Target TW IV"]
TARGETS, AMOUNTS = ["No", "Indikator Kinerja", "Satuan", "Target"], ["No", "Uraian", "Anggaran"]
INCOME = [["4", "PENDAPATAN", 500000, 400000], ["4.1", "Pajak", 500000, 400000]]
SPENDING = [["5", "BELANJA", 300000, 200000], ["5.1", "Belanja Operasi", 300000, 200000]]
LEFT = ["No", "Uraian", "Anggaran", "Realisasi", "Sisa"]
SPENT = [[1, "Kertas", 300000, 100000, 200000], [3, "Tinta", 800000, 300000, 500000], [4, "Map", 400000, 250000, 150000]]

CASES = (
    ("L450", "D2", [LEFT, [2, "Cetak", 500000, 900000, 400000], *SPENT, [N, "Jumlah", 2000000, 750000, 1250000]],
     [LEFT, [2, "Cetak", 500000, 100000, 400000], *SPENT, [N, "Jumlah", 2000000, 1550000, 1250000]]),
    ("L303", "G1", [[*RAB, "Qwerty"], [*A, 1250000], [*B, 2350000], [*C, 3450000], SUM],
     [[*RAB, "Keterangan"], [*A, "APBD"], [*B, "APBD"], [*C, "APBD"], SUM]),
    ("L317", "C1", [["Indikator Kinerja", "Target", "Qwerty"], ["Nilai SAKIP", 70, 68], ["Jumlah rapat", 12, 9]],
     [["Indikator Kinerja", "Target", "Pria", "Wanita"], ["Peserta pelatihan", 70, 30, 40], ["Peserta rapat", 12, 9, 3]]),
    ("L317", "C1", [["Indikator Kinerja", "Target", "TW I", "TW II"], ["Nilai SAKIP", 70, 60, 68], ["Jumlah rapat", 12, 6, 5]],
     [["Indikator Kinerja", "Target", "TW I", "TW II"], ["Nilai SAKIP", 70, 60, 70], ["Jumlah rapat", 12, 6, 6]]),
    ("L318", "C1", [["Uraian Tugas", "Target Output", "Target Mutu"], ["Menyusun laporan", 12, 100], ["Melayani surat", 600, 95]],
     [["Uraian Tugas", "Target Output", "Target TW I"], ["Menyusun laporan", 12, 3], ["Melayani surat", 600, 95]]),
    ("L462", "B2", [["Indikator Kinerja", "Tahun", "Target"], ["Nilai SAKIP", 2024, 68], ["Nilai SAKIP", 2025, 70]],
     [["Indikator Kinerja", "Tahun", "Target"], ["Nilai SAKIP", 2025, 68], ["Jumlah rapat", 2025, 12]]),
    ("L305", "E1", [["No", "Kegiatan", "Target", "Realisasi", "Pagu", "Realisasi", "Sisa"],
                    [1, "Rapat", 12, 9, 9000000, 8000000, 1000000], [2, "Patroli", 24, 24, 5000000, 4500000, 500000]],
     [["No", "Kegiatan", "Pagu", "Realisasi", "Sisa"], [1, "Rapat", 9000000, 8000000, 1000000],
      [2, "Patroli", 5000000, 4500000, 500000]]),
    ("L305", "D1", [["No", "Uraian", "Satuan", "Harga"], *PRICES],
     [["STANDAR SATUAN HARGA"], ["No", "Uraian", "Satuan", "Harga"], *PRICES]),
    ("L309", "A1", [["(dalam ribuan rupiah)"], RAB, A, B, C, SUM], [["(dalam rupiah)"], RAB, A, B, C, SUM]),
    ("L414", "B2", [RAB, [1, "#REF!", 2, "rim", 50000, 100000], B, C, SUM], [RAB, A, B, C, SUM]),
    ("L417", "B3", [RAB, A, [2, "?", 1, "dus", 75000, 75000], C, SUM], [RAB, A, B, C, SUM]),
    ("L418", "D3", [RAB, A, [2, "Map", 1, 75000, 75000, 75000], C, SUM], [RAB, A, [2, "Map", 1, "%", 75000, 75000], C, SUM]),
    ("L443", "C3", [RAB, A, [2, "Map", "1/2", "dus", 75000, 75000], C, SUM],
     [RAB, A, [2, "Map", "-", "dus", 75000, 75000], C, SUM]),
    ("L443", "E3", [RAB, A, [2, "Map", 1, "dus", "sda", 75000], C, SUM], [RAB, A, [2, "Map", 1, "dus", "-", 75000], C, SUM]),
    ("L446", "E3", [RAB, A, [2, "Map", 1, "dus", "#REF!", 75000], C, SUM], [RAB, A, B, C, SUM]),
    ("L446", "D3", [MEASURED, ["Nilai SAKIP", 70, 68, 97.14], ["Jumlah rapat", 12, 9, "#REF!"], ["Jumlah laporan", 4, 4, 100]],
     [MEASURED, ["Nilai SAKIP", 70, 68, 97.14], ["Jumlah rapat", 12, 9, 75], ["Jumlah laporan", 4, 4, 100]]),
    ("L420", "", [RAB, A, B, C, [4, "Tinta", 0, "bh", 20000, 0], SUM], [RAB, A, B, C, SUM]),
    ("L424", "", [RAB, A, B, C, [4, "Tinta", 2, "bh", 20000, N], SUM], [RAB, A, B, C, SUM]),
    ("L426", "", [RAB, A, B, C, [4], [5], SUM], [RAB, A, B, C, SUM]),
    ("L433", "C2", [TREE, ["7.01", "Nilai SAKIP", 70, 35123400], ["7.01.1", "Jumlah laporan", 2, 12345600],
                    ["7.01.2", "Jumlah rapat", 9, 22777800]],
     [TREE, ["7.01.1", "Jumlah laporan", 2, 12345600], ["7.01.2", "Jumlah rapat", 9, 22777800]]),
    ("L434", "C2", [TREE[:3], ["7.01", "Nilai SAKIP", 70], ["7.01.1", "Jumlah laporan", 2], ["7.01.2", "Jumlah rapat", 9]],
     [TREE[:3], ["7.01.1", "Jumlah laporan", 2], ["7.01.2", "Jumlah rapat", 9], ["7.01.3", "Nilai SAKIP", 70]]),
    ("L435", "D5", [MEASURED, ["A", 10, 9, 90], ["B", 10, 5, 150], ["C", 4, 3, 75], ["D", 4, 3, 60]],
     [MEASURED, ["A", 10, 9, 90], ["B", 10, 5, 150], ["C", 4, 3, 75], ["D", 4, 3, 125]]),
    ("L436", "B5", [QUARTERS, ["A", 4, 1, 1, 1, 1], ["B", 8, 2, 2, 2, 2], ["C", 9, 2, 2, 2, 3], ["D", 9, 2, 2, 2, 2.5]],
     [QUARTERS, ["A", 4, 1, 1, 1, 1], ["B", 8, 2, 2, 2, 2], ["C", 9, 2, 2, 2, 3], ["D", 85, 80, 82, 84, 85]]),
    ("L445", "D5", [SHARES, ["A", 10, 9, 90, 80], ["B", 10, 5, 50, 60], ["C", 4, 3, 75, 55], ["Rata-rata", N, N, 78.5, 65]],
     [SHARES, ["A", 10, 9, 90, 80], ["B", 10, 12, 120, 60], ["C", 4, 3, 75, 55], ["Rata-rata", N, N, 88.33, 65]]),
    ("L437", "", [["Sasaran", "Indikator Kinerja", "Satuan", "Sumber Data"], ["Tertib", "Nilai SAKIP", "Nilai", "LHE"],
                  ["Puas", "Indeks kepuasan", "Indeks", "Survei"]],
     [["Sasaran", "Indikator Kinerja", "Satuan", "Target"], ["Tertib", "Nilai SAKIP", "Nilai", 70]]),
    ("L438", "C3", [["Indikator Kinerja", "Satuan", "Target"], ["A", "Desa", 3], ["B", "Desa", N], ["C", "Desa", 2]],
     [["Indikator Kinerja", "Satuan", "Target"], ["A", "Desa", 3], ["B", "Desa", "-"], ["C", "Desa", 2]]),
    ("L432", "C2", [BUDGET, *INCOME], [BUDGET, *INCOME, *SPENDING]),
    ("L451", "C3", [BUDGET, *INCOME, *SPENDING], [BUDGET, *SPENDING]),
    ("L447", "E2", [RAB, [1, "Lem", 2, "bh", 27.5, 55], A, B, C, [N, "Jumlah", N, N, N, 205055]], [RAB, A, B, C, SUM]),
    ("L449", "F6", [RAB, A, B, C, SUM, [N, "PPN 11%", N, N, N, 20000]], [RAB, A, B, C, SUM, [N, "PPN 11%", N, N, N, 22550]]),
    ("L448", "G2", [HALVES, [*A, 50000, 60000], [*B, 75000, 0], [*C, 0, 30000], [*D, 0, 40000], ALL],
     [HALVES, [*A, 50000, 50000], [*B, 75000, 0], [*C, 0, 30000], [*D, 0, 40000], ALL]),
    ("L309", "A1", [["STANDAR HARGA (dalam ribuan rupiah)"], GOODS, *PENS], [["STANDAR HARGA DI ATAS RP1 JUTA"], GOODS, *PENS]),
    ("L442", "A5", [GOODS, *PENS, ["1.1.02", "Pensil", "bh", 3500]], [GOODS, *PENS, ["1.1.02", "Pensil", "bh", 3000]]),
    ("L444", "D5", [GOODS, *PENS, ["1.1.04", "Tinta", "bh", 15.5], *EXTRA],
     [GOODS, *PENS, ["1.1.04", "Tinta", "bh", 15500], *EXTRA]),
    ("L443", "D5", [GOODS, *PENS, ["1.1.04", "Cetak", "paket", "at cost"]], [GOODS, *PENS, ["", "Sesuai surat", "", "at cost"]]),
    ("L307", "D3", [["RAB"], ["No", "Uraian", "Melati", N, "Mawar", N], [N, N, "Volume", "Jumlah", "Volume", "Jumlah"],
                    [1, "Semen", 10, 650000, 5, 325000], [2, "Pasir", 3, 900000, 1, 300000],
                    [N, "Jumlah", N, 1550000, N, 625000]],
     [["RAB"], ["No", "Uraian", "APBD", N, "Jumlah", N], [N, N, "Volume", "Jumlah", "Pagu", "Ket."],
      [1, "Semen", 10, 650000, 650000, N], [2, "Pasir", 3, 900000, 900000, N], [N, "Jumlah", N, 1550000, 1550000, N]]),
    ("L425", "", [TARGETS, [1, "Persentase desa mandiri", "%", 50], [2, "Indeks kepuasan"], [3, "Jumlah rapat", "Kali", 12]],
     [TARGETS, [N, "Sasaran 1: Pelayanan"], [1, "Persentase desa mandiri", "%", 50], [2, "Jumlah rapat", "Kali", 12]]),
    ("L427", "", [AMOUNTS, [1, "ATK", 1534000], [2, "Kertas", 1034000], [3, "Tinta", 500000], [4, "Sewa", 777000]],
     [AMOUNTS, [1, "ATK", 1534000], [2, "Kertas", 1034000], [3, "Tinta", 500001], [4, "Sewa", 777000]]),
    ("L440", "C3", [RAB, A, [2, "Rapat [4 org x 3 keg]", 10, "ok", 7500, 75000], *MEALS, ALL],
     [RAB, A, [2, "Rapat [4 org x 3 keg]", 12, "ok", 6250, 75000], *MEALS, ALL]),
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


def test_the_same_indicators_on_two_sheets():
    """L439 where the results differ (two quarters), L207 where nothing does (a copy)."""
    first = [MEASURED[:3], ["A", 10, 9], ["B", 10, 5], ["C", 4, 3]]
    other = [MEASURED[:3], ["A", 10, 10], ["B", 10, 6], ["C", 4, 4]]
    for second, code, read_too in ((other, "L439", 2), (first, "L207", 1)):
        book = read_foreign(xlsx({"TW I": first, "TW II": second}), "tw.xlsx")
        assert len(book.imported) == read_too
        assert {f.code for f in book.tables[1].findings} == {code}


@pytest.mark.parametrize(("code", "cell", "rows", "_"), CASES, ids=[case[0] for case in CASES])
def test_a_sheet_that_provokes_it(code, cell, rows, _):
    assert (code, cell) in codes(one(rows, merged=MERGED.get(code, ())))


@pytest.mark.parametrize(("code", "_", "__", "nearly"), CASES, ids=[case[0] for case in CASES])
def test_a_sheet_that_nearly_does(code, _, __, nearly):
    assert code not in {found for found, _ in codes(one(nearly, merged=MERGED.get(code, ())))}


def test_a_sheet_per_month_is_read_and_said():
    """L209: the same budget for another month; with the same realisasi too, on a sheet without a month, it is a copy."""
    spent = [[*row[:3], row[3] // 2] for row in SPENDING]
    months = read_foreign(xlsx({"Jan": [BUDGET, *spent], "Feb": [BUDGET, *SPENDING]}), "a.xlsx")
    assert [codes(table) for table in months.tables] == [set(), {("L209", "")}] and len(months.imported) == 2
    copies = read_foreign(xlsx({"Satu": [BUDGET, *SPENDING], "Dua": [BUDGET, *SPENDING]}), "a.xlsx")
    assert codes(copies.tables[1]) == {("L207", "")} and len(copies.imported) == 1


@pytest.mark.parametrize(
    ("names", "said"),
    [(("Murni", "Perubahan"), {("L212", "")}), (("RAB", "RAB (lama)"), {("L212", "")}),
     (("RAB rev 1", "RAB rev 2"), {("L212", "")}), (("Rapat", "Monitoring"), set()), (("Rapat 1", "Rapat 2"), set())],
)  # fmt: skip
def test_a_sheet_that_is_another_version(names, said):
    """The same lines with other amounts on a sheet that is called another version; two kegiatan may buy the same things."""
    plan = [[1, "Kertas", 300000], [2, "Tinta", 800000], [3, "Map", 400000]]
    other = [[number, name, amount + 50000] for number, name, amount in plan]
    read = read_foreign(xlsx({names[0]: [AMOUNTS, *plan], names[1]: [AMOUNTS, *other]}), "a.xlsx")
    assert [codes(table) & {("L212", "")} for table in read.tables] == [set(), said] and len(read.imported) == 2


def test_a_hidden_version_counts_only_for_what_stands_nowhere_else():
    """The same title and names with other amounts on a hidden sheet are an older plan; another title, or one more row, is not."""

    def imported(title: str, *more: list[object]) -> tuple[list[str], set[str]]:
        plan = [[1, "Tenaga kebersihan", 42_000_000], [2, "Listrik kantor", 22_800_000]]
        older = [[1, "Tenaga kebersihan", 38_400_000], [2, "Listrik kantor", 21_500_000], *more]
        sheets = {"A2": [["Jasa Penunjang"], AMOUNTS, *plan], "A2 lama": [[title], AMOUNTS, *older]}
        book = read_foreign(xlsx(sheets, hidden=("A2 lama",)), "a.xlsx")
        said = {code for table in book.tables for code, _ in codes(table)}
        return [table.sheet for table in book.imported], said & {"L207", "L212"}

    assert imported("Jasa Penunjang") == (["A2"], {"L207"})
    assert imported("Jasa Penunjang", [3, "Telepon kantor", 2_400_000])[0] == ["A2", "A2 lama"]
    assert imported("Jasa Pengamanan")[0] == ["A2", "A2 lama"]


@pytest.mark.parametrize(
    ("called", "counted", "cell", "level"),
    [(("Murni", "Perubahan"), 1_650_000, "C3", Severity.CEK), (("Pergeseran", "P-APBD"), 1_650_000, "C3", Severity.WAJIB),
     (("APBD", "DAK"), 3_150_000, "", None)],
)  # fmt: skip
def test_versions_in_one_list(called, counted, cell, level):
    """L213: the last version of each line counts, surely or to be looked at; sources of money add up."""
    plan = [("5.1.02.01", "Kertas", 310000), ("5.1.02.02", "Tinta", 777000), ("5.1.02.03", "Map", 413000)]
    rows = [[code, name, kind, amount + 50000 * n] for code, name, amount in plan for n, kind in enumerate(called)]
    table = one([["Kode Rekening", "Uraian", "Jenis Anggaran", "Pagu"], *rows])
    said = [(found.cell, found.severity_override or Severity.CEK) for found in table.findings if found.code == "L213"]
    assert (table.sums, said) == ({"jumlah": counted}, [(cell, level)] if cell else [])


def test_every_catatan_of_the_reader_is_provoked_somewhere():
    """In one of the modules about foreign layouts."""
    files = ("test_asing*.py", "test_merah*.py", "test_berkas_aneh.py", "test_anak.py")
    paths = [path for name in files for path in Path(__file__).parent.glob(name)]
    sources = "".join(path.read_text(encoding="utf-8") for path in paths)
    named = set(re.findall(r'"(L[0-9]{3})"', sources))
    assert {code for code in catalogue() if code[0] == "L"} - named == set()
