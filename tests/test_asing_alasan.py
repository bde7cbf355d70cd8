"""The reader that reasons: what figures tell without words, slips at their own cell, copies by their rows, fields of cells."""

from __future__ import annotations

import pytest

from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, RAB, REALISASI
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from tests.asing_uji import codes, one, read, sums, xlsx

N = None
HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
STRANGE = ["Wanu", "Torike", "Basul", "Pemutus", "Gerami", "Lintok"]
GOODS = [["Kertas", 10, "rim", 55000], ["Tinta", 6, "botol", 100000], ["Map", 40, "buah", 5000], ["Kue", 25, "kotak", 12500]]
ITEMS = [[i, name, volume, unit, price, volume * price] for i, (name, volume, unit, price) in enumerate(GOODS, 1)]
TOTAL = sum(row[-1] for row in ITEMS)


# ---- headings that nobody knows ----------------------------------------------------------------------------


def test_volume_times_price_tells_a_budget_without_words():
    table = one([["Sekutu"], STRANGE, *ITEMS, [N, "Merata", N, N, N, TOTAL]])
    assert (table.kind, sums(table), codes(table)) == (RAB, {"jumlah": TOTAL}, {("L471", "F2")})
    assert [(line.uraian, line.satuan, line.harga) for line in table.lines] == [(g[0], g[2], g[3]) for g in GOODS]


def test_what_is_left_and_its_share_tell_a_report_without_words():
    rows = [["5.1.01", "Gaji", 4000000, 1000000, 3000000, 25], ["5.1.02", "Listrik", 2500000, 500000, 2000000, 20]]
    total = [N, "Merata", 6500000, 1500000, 5000000, 23.08]
    table = one([["Kokan", "Torike", "Basul", "Pemutus", "Gerami", "Lintok"], *rows, total])
    assert (table.kind, sums(table)) == (REALISASI, {"anggaran": 6500000, "realisasi": 1500000})
    assert codes(table) == {("L471", "C1")}


def test_the_parts_of_a_year_tell_the_whole_without_words():
    rows = [["5.1.01", "Gaji", 1000, 2000, 3000, 4000, 10000], ["5.1.02", "Listrik", 500, 600, 700, 800, 2600]]
    rows = [[*row[:2], *(value * 1000 for value in row[2:])] for row in rows]
    total = [N, "Merata", *(a + b for a, b in zip(rows[0][2:], rows[1][2:], strict=True))]
    table = one([["Kokan", "Torike", "Wa", "Wi", "Wu", "We", "Lintok"], *rows, total])
    assert (table.kind, sums(table)) == (RAB, {"jumlah": 12600000})


def test_reached_against_target_tells_indicators_without_words():
    rows = [[1, "Jumlah dokumen perencanaan", "Dokumen", 8, 6, 75], [2, "Jumlah laporan keuangan desa", "Laporan", 12, 12, 100]]
    table = one([STRANGE, *rows])
    assert (table.kind, sums(table)) == (INDIKATOR, {"target": 20, "realisasi": 18})
    assert [line.satuan for line in table.lines] == ["Dokumen", "Laporan"]


def test_counts_and_marks_are_no_budget():
    votes = [[i, f"TPS {i}", 120 + i, 90 + i, 4, 214 + 2 * i] for i in range(1, 9)]
    risks = [[i, f"Risiko terlambat {i}", 1 + i % 5, 1 + i % 4, (1 + i % 5) * (1 + i % 4)] for i in range(1, 9)]
    assert read([["No", "Kelompok", "Satu", "Dua", "Gugur", "Semua"], *votes]) == []
    assert read([["No", "Pernyataan", "Dampak", "Peluang", "Nilai"], *risks]) == []


# ---- printed sums ------------------------------------------------------------------------------------------


def test_a_wrong_group_is_named_itself_and_not_the_totals_that_repeat_it():
    groups = [["A", "Belanja ATK", N, N, N, 1250000], *ITEMS[:2], ["B", "Belanja Rapat", N, N, N, 512500], *ITEMS[2:]]
    wrong = sum(row[-1] for row in groups if row[0] in ("A", "B"))
    table = one([["RAB"], HEAD, *groups, [N, "JUMLAH", N, N, N, wrong]])
    assert sums(table) == {"jumlah": TOTAL} and codes(table) == {("L401", "F3")}


def test_rows_of_prepared_formulas_are_empty():
    spare = [[N, N, N, N, N, (f"=C{row}*E{row}", 0)] for row in range(6, 20)]
    table = one([HEAD, *ITEMS, *spare, [N, "Jumlah", N, N, N, TOTAL]])
    assert (len(table.lines), sums(table), codes(table)) == (4, {"jumlah": TOTAL}, set())


def test_what_stands_below_the_signature_is_no_line():
    foot = [[], [N, N, N, N, "Malili, 12 Januari 2026"], [N, N, N, N, "Camat"], [], [N, N, N, N, N, 4332000]]
    table = one([HEAD, *ITEMS, [N, "Jumlah", N, N, N, TOTAL], *foot])
    assert (len(table.lines), codes(table)) == (4, set())


# ---- fields ------------------------------------------------------------------------------------------------


def test_a_bullet_in_the_field_of_the_names_is_no_name():
    rows = [[N, "Belanja ATK", N, N, N, 1150000], [N, "-", "Kertas", 10, 55000, 550000], [N, "-", "Tinta", 6, 100000, 600000]]
    table = one([["Kode", "Uraian", N, "Volume", "Harga Satuan", "Jumlah"], *rows], merged=("B1:C1",))
    assert [line.uraian for line in table.lines] == ["Kertas", "Tinta"]


def test_a_numbering_row_with_a_slip_is_no_line():
    table = one([HEAD, [1, 2, 3, 4, 5, 5], *ITEMS, [N, "Jumlah", N, N, N, TOTAL]])
    assert (len(table.lines), codes(table)) == (4, set())


def test_pagu_and_realisasi_on_alternating_rows():
    rows = [[1, "Gaji", "PAGU", 4000000], [N, N, "REALISASI", 1000000]]
    rows += [[2, "Listrik", "PAGU", 2500000], [N, N, "REALISASI", 500000]]
    table = one([["LAPORAN"], ["No", "Uraian", "Keterangan", "Jumlah"], *rows])
    assert (table.kind, sums(table)) == (REALISASI, {"anggaran": 6500000, "realisasi": 1500000})
    assert [line.row for line in table.lines] == [3, 5]


# ---- the same money again ----------------------------------------------------------------------------------


def test_equal_totals_are_no_copies_but_equal_rows_in_any_order_are():
    one_ = [HEAD, [1, "Tenda", 2, "paket", 1000000, 2000000], [2, "Nasi", 100, "kotak", 30000, 3000000]]
    other = [HEAD, [1, "Pelatih", 10, "ok", 500000, 5000000]]
    third = [HEAD, [1, "Papan", 5, "buah", 400000, 2000000], [2, "Cat", 30, "kaleng", 100000, 3000000]]
    book = read_foreign(xlsx({"A": one_, "B": other, "C": third}), "rab.xlsx")
    assert [sums(t)["jumlah"] for t in book.imported] == [5000000] * 3
    again = [HEAD, one_[2], one_[1]]
    copied = read_foreign(xlsx({"A": one_, "B": again}), "rab.xlsx")
    assert [(t.sheet, t.kind) for t in copied.tables] == [("A", RAB), ("B", NONE)]


def test_a_visible_sheet_beats_its_hidden_copy():
    sheet = [HEAD, *ITEMS]
    book = read_foreign(xlsx({"Sampul": [["RAB"]], "Arsip": sheet, "RAB": sheet}, hidden=("Arsip",)), "rab.xlsx")
    assert [t.sheet for t in book.imported] == ["RAB"]


def test_a_list_of_prices_is_still_one():
    rows = [[1, "Kertas", "rim", 55000], [2, "Tinta", "botol", 100000], [3, "Map", "buah", 5000]]
    assert one([["STANDAR HARGA"], ["No", "Uraian", "Satuan", "Harga"], *rows]).kind == HARGA


# ---- what every reading keeps ------------------------------------------------------------------------------


def test_names_that_are_dashes_are_said():
    rows = [[1, "-", 10, "rim", 55000, 550000], [2, "-", 6, "botol", 100000, 600000], [N, "Jumlah", N, N, N, 1150000]]
    assert codes(one([HEAD, *rows])) == {("L481", "B2")}
    assert codes(one([HEAD, *ITEMS, [N, "Jumlah", N, N, N, TOTAL]])) == set()


def test_rupiah_among_the_units_of_targets_is_said():
    head = ["No", "Indikator Kinerja", "Satuan", "Target"]
    rows = [[1, "Jumlah laporan", "Laporan", 2], [2, "Dana yang dibutuhkan", "Rupiah", 7300000], [3, "Warga", "Orang", 29]]
    assert codes(one([head, *rows])) == {("L461", "D3")}
    assert codes(one([head, *rows[::2]])) == set()


def test_a_budget_of_the_year_on_every_quarter_is_said():
    rows = [
        [f"TW {part}", name, pagu, pagu // 8]
        for part in ("I", "II", "III", "IV")
        for name, pagu in (("Gaji", 1200000), ("Air", 800000))
    ]
    table = one([["Triwulan", "Uraian", "Pagu", "Realisasi"], *rows])
    assert ("L491", "C4") in codes(table)
    assert not {code for code, _ in codes(one([["Triwulan", "Uraian", "Pagu", "Realisasi"], *rows[:2]]))} & {"L491"}


def test_money_that_is_not_read_is_asked_about():
    rows = [["Kuswo", 5500000, 125000], ["Merta", 2300000, 480000], ["Sanoko", 1700000, 97500]]
    (unread,) = read_foreign(xlsx({"A": [["Wanu", "Torike", "Basul"], *rows]}), "a.xlsx").tables
    assert (unread.kind, [q.key for q in unread.questions]) == (NONE, ["kolom:jumlah"])
    kept = Padanan().with_answers(unread, {"kolom:jumlah": unread.questions[0].options[0].value})
    (table,) = read_foreign(xlsx({"A": [["Wanu", "Torike", "Basul"], *rows]}), "a.xlsx", padanan=kept).imported
    assert (table.kind, sums(table)) == (RAB, {"jumlah": 9500000})


def test_amounts_that_are_all_errors_are_the_reason_with_their_first_cell():
    rows = [["Rapat", "#REF!"], ["Lomba", "#VALUE!"], ["Jumlah", "#REF!"]]
    (unread,) = read_foreign(xlsx({"A": [["RAB"], ["Uraian", "Anggaran (Rp)"], *rows]}), "a.xlsx").tables
    (said,) = unread.findings
    assert (unread.kind, said.code, said.args["alasan"]) == (NONE, "L201", "semua angkanya galat rumus, mulai dari B3")
    (empty,) = read_foreign(xlsx({"A": [["RAB"], ["Uraian", "Anggaran (Rp)"], ["Rapat"], ["Lomba"]]}), "a.xlsx").tables
    assert "galat" not in empty.findings[0].args["alasan"]


def test_what_is_no_table_beside_one_that_is_read_is_only_that_part_of_its_sheet():
    facts = [["Sasaran", "Bobot"], ["Melati", 12], ["Mawar", 9], []]
    rows = [["No", "Indikator", "Satuan", "Target"], [1, "Jumlah keluarga", "KK", 1250], [2, "Jumlah data", "Jiwa", 4200]]
    unread, table = read_foreign(xlsx({"A": [*facts, *rows]}), "a.xlsx").tables
    assert [found.args["bagian"] for found in unread.findings] == [" baris 1 sampai 4 kolom A sampai B"]
    assert sums(table) == {"target": 5450}
    (alone,) = read_foreign(xlsx({"A": facts}), "a.xlsx").tables
    assert (alone.kind, [found.args["bagian"] for found in alone.findings]) == (NONE, [""])


@pytest.mark.parametrize("counts", [("Org", "Bln"), ("Orang", "Bulan"), ("Volume", "Frekuensi")])
@pytest.mark.parametrize("together", [[], ["Org-Bln"]])
def test_people_times_months_are_the_volume(counts: tuple[str, str], together: list[str]):
    works = (("Ahli", 1, 4, 24_500_000), ("Surveyor", 4, 1, 5_500_000), ("Operator", 2, 3, 5_250_000), ("Staf", 3, 5, 4_100_000))
    rows: list[list[object]] = [["RAB"], [], ["No", "Uraian", *counts, *together, "Harga Satuan", "Jumlah"]]
    for n, (name, a, b, price) in enumerate(works, 1):
        rows.append([n, name, a, b, *([a * b] if together else []), price, a * b * price])
    table = one([*rows, [None, "Jumlah", *[None] * (3 + len(together)), sum(a * b * price for _, a, b, price in works)]])
    assert [line.volume for line in table.lines] == [4, 4, 6, 15]
    assert not any(code != "L301" for code, _ in codes(table))


def test_a_question_always_has_another_answer():
    table = one([
        ["Kode", None, "Realisasi Triwulan I"], [None, "Rp", "K", "Rp", "Rp", "Rp", "Rp"],
        ["7.01.01", 2372129400, 20, 474425880, 711638820, 1186064700, 50],
        ["7.01.01.2.01", 22250500, 2, 4450100, 6675150, 11125250, 50],
        ["7.01.01.2.01.0001", 12500000, 1, 2500000, 3750000, 6250000, 50],
        ["7.01.01.2.01.0006", 9750500, 1, 1950100, 2925150, 4875250, 50],
        ["7.01.01.2.02.0005", 4200000, 0, 840000, 1260000, 2100000, 50],
    ])  # fmt: skip
    assert all(len(question.options) > 1 for question in table.questions)
