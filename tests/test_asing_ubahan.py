"""Layouts as another office would change them: a word nobody knows, columns in another order, figures below the signatures."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, RAB, REALISASI
from kinerja_xl.foreign.read import read_foreign, read_grid
from tests.asing_uji import codes, grid, one, sums, xlsx

N = None
SIGNED = [[], [N, N, "Sukamaju, 2 Januari 2026"], [N, N, "Camat"], [], [N, N, "NAMA CONTOH"]]
TEAM = [["Lampiran tim"], [N, "Ketua", 250000], [N, "Anggota", 150000]]
MEASURED = ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian %"]
RESULTS = [
    [1, "Jumlah dokumen perencanaan", "Dokumen", 4, 3, 75], [2, "Jumlah laporan keuangan", "Laporan", 5, 5, 100],
    [3, "Jumlah rapat koordinasi", "Kali", 12, 9, 75], [4, "Jumlah lembaga dibina", "Lembaga", 8, 2, 25],
]  # fmt: skip
RAB_HEAD = ["Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
FLEET = [
    ["5.1", "Belanja bahan", N, N, N, 3650000], [N, "Pasir", 10, "m3", 215000, 2150000], [N, "Semen", 20, "Zak", 75000, 1500000],
    ["5.2", "Belanja alat", N, N, N, 2310000], [N, "Molen", 7, "Hari", 250000, 1750000], [N, "Cangkul", 7, "Buah", 80000, 560000],
]  # fmt: skip


def told(table):
    """(code, cell) of what is more than information."""
    return {(f.code, f.cell) for f in table.findings if f.severity is not Severity.INFO}


def test_figures_below_the_signatures_are_no_lines():
    table = one([MEASURED, *RESULTS, *SIGNED, *TEAM])
    assert (table.kind, [line.row for line in table.lines], told(table)) == (INDIKATOR, [2, 3, 4, 5], set())
    assert {row.reason for row in table.left_out} == {"tanda tangan"}


def test_columns_that_changed_places_took_their_numbers_along():
    head = ["No", "Nama Barang", "Satuan", "Spesifikasi", "Harga Satuan"]
    goods = [[i, f"Barang {i}", "bh", "biasa", 1500 * i] for i in range(1, 6)]
    table = one([["STANDAR HARGA SATUAN"], head, [1, 2, 4, 3, 5], *goods])
    assert (table.kind, [line.row for line in table.lines], sums(table)) == (HARGA, [4, 5, 6, 7, 8], {"harga": 22500})


def test_a_result_that_nobody_knows_is_the_one_that_the_percentage_is_made_of():
    for at, name in ((4, "Qwerty"), (3, "Asdfgh")):
        table = one([[*MEASURED[:at], name, *MEASURED[at + 1 :]], *RESULTS])
        assert (table.kind, sums(table), told(table)) == (INDIKATOR, {"target": 29, "realisasi": 19}, set())


def test_figures_beside_the_unit_of_an_indicator_are_its_target_and_that_is_said():
    table = one([["Kode", "Indikator Kinerja", "Satuan", "Qwerty", "Pagu"],
                 ["7.01", "Nilai SAKIP", "Nilai", 70, 12500000], ["7.02", "Jumlah rapat", "Kali", 12, 22250000]])  # fmt: skip
    assert (table.kind, sums(table)) == (INDIKATOR, {"target": 82, "anggaran": 34750000})
    assert told(table) == {("L301", "D1")}


def test_spent_and_left_under_words_nobody_knows():
    """Below a title of realisasi they are read so, elsewhere they are said; sources of money with known names are neither."""
    rows = [[1, "Belanja ATK", 2500000, 1000000, 1500000], [2, "Belanja rapat", 3750000, 750000, 3000000],
            [3, "Belanja cetak", 1250000, 1250000, 0]]  # fmt: skip
    head = ["No", "Uraian", "Anggaran", "Qwerty", "Asdfgh"]
    below = one([["LAPORAN REALISASI ANGGARAN"], head, *rows])
    assert (below.kind, sums(below)) == (REALISASI, {"anggaran": 7500000, "realisasi": 3000000})
    alone = one([["RENCANA ANGGARAN"], head, *rows])
    assert (alone.kind, {("L303", "D2"), ("L303", "E2")} <= told(alone)) == (RAB, True)
    sources = one([["RENCANA ANGGARAN"], [*head[:3], "DAU", "PAD"], *rows])
    assert (sources.kind, {code for code, _ in told(sources)} & {"L303"}) == (RAB, set())


def test_a_line_typed_over_is_named_and_nothing_else():
    """The sums are made of volume × price: neither group nor total is accused, and no group becomes a line."""
    total = [N, "JUMLAH", N, N, N, 5960000]
    whole = ["5", "BELANJA", N, N, N, 5960000]
    typed = [list(row) for row in FLEET]
    typed[4][5] = 3750000
    table = one([RAB_HEAD, whole, *typed, total])
    assert ([line.row for line in table.lines], told(table)) == ([4, 5, 7, 8], {("L406", "F7")})
    assert sums(table) == {"jumlah": 7960000}
    right = one([RAB_HEAD, whole, *FLEET, total])
    assert ([line.row for line in right.lines], told(right)) == ([4, 5, 7, 8], set())


def test_what_is_compared_below_a_wrong_total_is_no_line():
    rows = [[1, "Pasir", 10, "m3", 215000, 2150000], [2, "Semen", 20, "Zak", 75000, 1500000]]
    below = [[], [N, "Pagu kegiatan", N, N, N, 25000000], [N, "Sisa pagu", N, N, N, 21350000]]
    table = one([["No", *RAB_HEAD[1:]], *rows, [N, "JUMLAH", N, N, N, 3560000], *below])
    assert ([line.row for line in table.lines], told(table)) == ([2, 3], {("L401", "F4")})


def test_analyses_are_a_list_of_the_prices_they_come_to():
    def block(number, name, coefficient, price):
        parts = coefficient * price
        return [
            [f"A.{number}", name], ["No", "Uraian", "Koefisien", "Satuan", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"],
            ["A", "TENAGA KERJA"], [1, "Pekerja", coefficient, "OH", price, parts], [2, "Mandor", 0.1, "OH", 150000, 15000],
            [N, "JUMLAH TENAGA KERJA", N, N, N, parts + 15000], ["B", "Biaya umum 10%", N, N, N, (parts + 15000) / 10],
            ["C", "Harga Satuan Pekerjaan", N, N, N, (parts + 15000) * 1.1], [],
        ]  # fmt: skip

    rows = [*block(1, "1 m3 galian tanah biasa", 0.5, 110000), *block(2, "1 m2 plesteran", 0.25, 120000)]
    table = one(rows)
    assert (table.kind, codes(table), told(table)) == (HARGA, {("L327", "F8")}, set())
    assert [(line.row, line.kode, line.uraian, line.satuan, line.harga) for line in table.lines] == [
        (8, "A.1", "1 m3 galian tanah biasa", "m3", Decimal(77000)), (17, "A.2", "1 m2 plesteran", "m2", Decimal(49500)),
    ]  # fmt: skip
    rows[7][5] = 500000  # a price that its parts do not prove
    assert [(t.kind, codes(t)) for t in read_grid(grid(rows), "uji.xlsx")] == [(NONE, {("L202", "")})]


def test_analyses_beside_their_list_are_set_aside():
    block = [["A.1", "1 m3 galian tanah biasa"], ["No", "Uraian", "Koefisien", "Satuan", "Harga Satuan (Rp)", "Jumlah Harga"],
             [1, "Tenaga kerja: pekerja", 0.5, "OH", 110000, 55000], [2, "Mandor", 0.1, "OH", 150000, 15000],
             ["C", "Harga Satuan Pekerjaan", N, N, N, 77000]]  # fmt: skip
    prices = [["DAFTAR HARGA SATUAN PEKERJAAN"], ["No", "Uraian", "Satuan", "Harga Satuan"],
              [1, "Galian tanah biasa", "m3", 77000], [2, "Plesteran", "m2", 49500]]  # fmt: skip
    book = read_foreign(xlsx({"Analisa": block, "Daftar": prices}), "harga.xlsx")
    assert [(t.sheet, t.kind, len(t.lines)) for t in book.tables] == [("Analisa", NONE, 0), ("Daftar", HARGA, 2)]
    assert [f.code for t in book.tables for f in t.findings if f.severity is not Severity.INFO] == []


def test_two_lines_typed_into_one_row_stand_where_the_first_code_does():
    """What can't be read is said; neither the groups nor the totals above are accused of it."""
    head = ["Kode", "Uraian", "Anggaran", "Realisasi"]
    both = ["5.1.02.01\n5.1.02.02", "Alat tulis\nMakan minum", "8.450.750\n15.320.000", "2.310.500\n9.875.250"]
    groups = [["5.1.01", "Belanja pegawai", 64210500, 31250400], ["5.1.01.01", "Gaji pokok", 64210500, 31250400],
              ["5.1.02", "Belanja barang", 23770750, 12185750]]  # fmt: skip
    total = [N, "Jumlah", 87981250, 43436150]
    table = one([["Realisasi anggaran"], head, *groups, both, ["5.1.02.03", "Cetak", 0, 0], total])
    assert ([line.row for line in table.lines], told(table)) == ([4, 6, 7], {("L412", "C6"), ("L412", "D6"), ("L420", "")})
    less = [N, "Jumlah", 37981250, 43436150]  # less than what can be read
    table = one([["Realisasi anggaran"], head, *groups, both, less])
    assert {("L412", "C6"), ("L401", "C7")} <= told(table)
