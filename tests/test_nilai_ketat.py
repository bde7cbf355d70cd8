"""The stricter judgement of readings in ``bench/``: it is only worth something if a wrong reading does not pass it."""

from __future__ import annotations

import multiprocessing
import pickle

import pytest

from bench import ablasi
from bench.kasus_baca import wrong
from bench.ketat import Share, judge, places_in, rows_of
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.reading.source import read_source
from kinerja_xl.uses.baca import as_json
from tests.asing_uji import xlsx

ROWS = [
    ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
    [1, "Kertas", 2, "rim", 50000, 100000],
    [2, "Map", 1, "dus", 75000, 75000],
    [None, "Jumlah", None, None, None, 175000],
]
CELLS = {(r, c): value for r, row in enumerate(ROWS, 1) for c, value in enumerate(row, 1) if value is not None}
LABEL = {
    "file": "uji.xlsx", "sheet": "RAB", "kind": "rab", "header_rows": [1], "last_data_row": 3, "leaf_rows": "2-3", "n_leaf": 2,
    "columns": {"uraian": "B", "volume": "C", "harga_satuan": "E", "jumlah": "F"},
}  # fmt: skip


def answer(**changed):
    found = as_json(read_foreign(xlsx({"RAB": ROWS}), "uji.xlsx"))
    return [found[0] | changed]


def said(cell, text):
    return {"catatan": [{"kode": "L401", "sel": cell, "masalah": text, "tingkat": "wajib"}]}


def test_the_answer_carries_every_row():
    table = answer()[0]
    assert [(li["row"], li["name"], li["level"]) for li in table["lines"]] == [(2, "Kertas", 0), (3, "Map", 0)]
    assert [(li["volume"], li["satuan"], li["price"], li["amount"], li["amounts"]) for li in table["lines"]] == [
        ("2", "rim", "50000", "100000", {"jumlah": "100000"}),
        ("1", "dus", "75000", "75000", {"jumlah": "75000"}),
    ]
    assert table["left_out"] == [{"row": 4, "reason": "jumlah", "text": "Jumlah", "amount": "175000"}]


def test_a_price_list_carries_its_price_and_an_unknown_stays_unknown():
    rows = [["No", "Nama Barang", "Satuan", "Harga Satuan"], [1, "Kertas", "rim", 50000], [2, "Pulpen", "bh", 5000]]
    lines = as_json(read_foreign(xlsx({"SSH": rows}), "uji.xlsx"))[0]["lines"]
    assert [(line["price"], line["volume"]) for line in lines] == [("50000", None), ("5000", None)]


def test_a_right_reading_is_exact():
    found = judge(LABEL, answer(), CELLS, "exact")
    assert (found.verdict, found.names, found.prices, found.levels, found.columns) == (
        "exact", Share(right=2, of=2), Share(right=2, of=2), Share(right=2, of=2), Share(right=4, of=4),
    )  # fmt: skip


@pytest.mark.parametrize("field", ["name", "price"])
def test_dashes_for_names_and_wrong_prices_do_not_pass(field):
    lines = [line | {field: "-" if field == "name" else "1"} for line in answer()[0]["lines"]]
    assert judge(LABEL, answer(lines=lines), CELLS, "exact").verdict == "silent_wrong"


@pytest.mark.parametrize(("cell", "verdict"), [("F4", "flagged"), ("F40", "silent_wrong")])
def test_only_a_message_at_the_fault_flags_a_wrong_table(cell, verdict):
    lines = [*answer()[0]["lines"], {"row": 4, "name": "Jumlah", "code": "", "price": None}]
    wrong_table = answer(lines=lines, **said(cell, f"Di {cell} tercetak lain."))
    assert judge(LABEL, wrong_table, CELLS, "flagged").verdict == verdict


def test_a_defect_has_to_be_named_where_the_label_says_so():
    label = LABEL | {"must_warn": True, "defects": [{"cell": "F4", "what": "x"}]}
    assert judge(label, answer(), CELLS, "exact").verdict == "silent_wrong"
    assert judge(label, answer(**said("F4", "")), CELLS, "exact").verdict == "exact"


def test_places_of_a_sentence():
    assert rows_of("3-5,8") == {3, 4, 5, 8}
    assert {(7, 0), (8, 0), (9, 0)} <= places_in("rincian baris 7 sampai 9 berjumlah 1.000")
    assert (0, 3) in places_in("Kolom mana, kolom C atau D?") and (12, 6) in places_in("Di F12 tercetak 5.000")


def test_a_case_of_one_habit_is_judged_by_all_that_it_says():
    truth = {"berkas": "uji.xlsx", "lembar": "RAB", "jenis": "rab", "baris": 2, "jumlah": {"jumlah": "175000"},
             "nama": ["Kertas", "Map"], "harga": ["50000", "75000"], "tanpa": True}  # fmt: skip
    assert list(wrong(truth, answer())) == []
    assert len(list(wrong(truth | {"baris": 3, "jumlah": {"jumlah": "1"}, "nama": ["-", "-"]}, answer()))) == 3
    assert len(list(wrong(truth, answer(**said("F4", ""), message="lain")))) == 2


def test_a_word_less_is_really_missing(tmp_path):
    """The ablation takes a line of the words away before anything compiles it, and tries it where an answer is another one."""
    rows = [["Nama Barang", "Satuan", "Standar Biaya"], ["Kertas", "rim", 50000], ["Map", "dus", 75000]]
    (tmp_path / "uji.xlsx").write_bytes(pickle.dumps(read_source(xlsx({"SSH": rows}), "uji.xlsx")))
    named = {row["pola"]: (name, i, row) for name, i, row in ablasi.lines() if name == "judul"}
    used, unused = named["standarbiaya"], named["pagu"]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as apart:
        whole, asked, texts = apart.apply(ablasi.listened, (tmp_path, ["uji.xlsx"]))
        fewer = apart.apply(ablasi.read_without, (used[:2], tmp_path, ["uji.xlsx"]))
        there = apart.apply(ablasi.changes, ([used, unused], asked, texts))
    (as_is,), (without,) = whole["uji.xlsx"], fewer["uji.xlsx"]
    assert as_is["columns"]["harga_satuan"] == "C" and without["columns"] != as_is["columns"]
    assert there == [["uji.xlsx"], []]
