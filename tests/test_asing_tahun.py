"""Targets of several years, of words only, and on alternating rows: what is asked, what stands where, what is not known."""

from __future__ import annotations

import pytest

from kinerja_xl.foreign.padanan import ALL_ZONES, Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json
from tests.asing_uji import codes, one, xlsx

YEARS = [
    ["RENCANA STRATEGIS 2025-2027"], [],
    ["No", "Indikator", "Satuan", "2025", None, "2026", None, "2027", None],
    [None, None, None, "Target", "Rp", "Target", "Rp", "Target", "Rp"],
    [1, "Nilai AKIP", "Nilai", 70, 110000000, 71, 115500000, 72, 121000000],
    [2, "Indeks kepuasan masyarakat", "Nilai", 84, 64250000, 85, 66750000, 86, 69000000],
    [3, "Jumlah desa yang dibina", "Desa", 12, 48300000, 12, 49150000, 12, 51000000],
]  # fmt: skip


def read(padanan=None):
    return read_foreign(xlsx({"A": YEARS}), "a.xlsx", padanan=padanan)


def test_targets_of_several_years_are_asked_about_and_never_added_up():
    (told,) = as_json(read())
    assert [question["kunci"] for question in told["pertanyaan"]] == ["kolom:target"]
    assert [*told["lines"][0]["amounts"]["target"].values()] == ["70", "71", "72"]
    assert [*told["lines"][0]["amounts"]["anggaran"].values()] == ["110000000", "115500000", "121000000"]
    assert told["lines"][0]["amount"] is None


def test_the_year_that_is_answered_is_that_of_the_money_too():
    (table,) = read().imported
    (question,) = table.questions
    chosen = Padanan().with_answers(table, {question.key: question.options[1].value})
    (told,) = as_json(read(chosen))
    assert not told["pertanyaan"]
    assert told["sums"] == {"target": "168", "anggaran": "231400000"}
    (kept,) = read(Padanan().with_answers(table, {question.key: ALL_ZONES})).imported
    assert not kept.questions and len(kept.amount_columns["target"]) == 3


@pytest.mark.parametrize(
    ("words", "told"), [(["WTP", "BB", "Baik"], None), (["WTP", "BB", 4], "4")], ids=["kata saja", "satu angka"]
)
def test_targets_of_words_only_come_to_no_zero(words, told):
    rows = [[n, f"Indikator mutu {n}", "Predikat", word] for n, word in enumerate(words, 1)]
    book = xlsx({"A": [["PERJANJIAN KINERJA 2025"], ["No", "Indikator Kinerja", "Satuan", "Target"], *rows]})
    (got,) = as_json(read_foreign(book, "a.xlsx"))
    assert got["sums"]["target"] == told


def test_results_on_the_rows_between_are_results():
    table = one([
        ["MONEV 2025"], ["No", "Indikator", "Satuan", "T/R", "TW I", "TW II", "TW III", "TW IV", "Jumlah"],
        [1, "Jumlah rapat", "Kali", "T", 3, 3, 3, 3, 12], [None, None, None, "R", 3, 2, 3, 3, 12],
        [2, "Jumlah surat", "Surat", "T", 50, 50, 50, 50, 200], [None, None, None, "R", 48, 55, 51, 49, 203],
        [3, "Jumlah laporan", "Laporan", "T", 1, 1, 1, 1, 4], [None, None, None, "R", 1, 1, 1, 1, 4],
    ])  # fmt: skip
    assert (str(table.sums["target"]), str(table.sums["realisasi"])) == ("216", "219")
    assert ("L436", "I4") in codes(table)  # it prints 12 for 3 + 2 + 3 + 3
