"""Made layouts: the maker tells the truth about what it makes, and a few of its tables are read in every test run."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook

from bench.tata_letak import nilai
from bench.tata_letak.berkas import workbook
from bench.tata_letak.blok import sheet
from bench.tata_letak.bukti import arguable
from bench.tata_letak.kata import KNOWN, UNKNOWN, Voice
from bench.tata_letak.pohon import LRA, Node
from kinerja_xl.regions.words import word

SEEDS = [f"uji-{i}" for i in range(24)]


@pytest.fixture(scope="module", params=[KNOWN, UNKNOWN])
def made(request):
    return [sheet(seed, request.param) for seed in SEEDS]


def test_equal_seeds_give_equal_tables(made):
    again = sheet(SEEDS[5], KNOWN)
    assert again == sheet(SEEDS[5], KNOWN) != sheet(SEEDS[6], KNOWN)
    assert len({str(one.features) for one in made}) > len(made) // 2


def test_what_is_true_stands_in_the_sheet(made):
    for one in made:
        page = load_workbook(BytesIO(workbook(one)), data_only=True).active
        texts = {row: [c.value.strip() for c in page[row] if isinstance(c.value, str)] for row in range(1, page.max_row + 1)}
        for truth in one.truths:
            assert all(any(t.endswith(name) for t in texts[row]) for row, name in truth.names.items()), one.features
            for row, amounts in truth.amounts.items():
                numbers = {_number(c.value) for c in page[row]}
                assert set(amounts.values()) | ({truth.prices[row]} - {None}) <= numbers, one.features


def _number(value):
    if isinstance(value, str):
        value = value.split(" ")[0].removesuffix(",00").replace(".", "")  # "25 Dokumen"
        return Decimal(value) if value.isdigit() else None
    return None if value is None else Decimal(str(value))


def test_a_slip_is_wrong_and_everything_else_that_is_printed_is_right():
    for seed in SEEDS:
        one = sheet(seed, KNOWN)
        page = load_workbook(BytesIO(workbook(one)), data_only=True).active
        wanted = {value for truth in one.truths for key in _keys(truth) for value in _sums(truth, key)}
        assert all(_number(page[cell].value) not in wanted for cell in one.slips)


def test_a_slip_is_arguable_only_where_another_one_would_explain_what_is_printed():
    line, other = (Node(name="a", values={"realisasi": Decimal(n), "sisa": Decimal(1)}) for n in (250, 400))
    group, root = Node(name="g", children=[line]), Node(name="", children=[])
    root.children = [group, Node(name="h", children=[other])]
    slip, total = (3, 2, group, "realisasi"), (9, 2, root, "realisasi")

    def told(right, keys=frozenset({"anggaran", "realisasi"}), wrong=520, known=True):
        return not arguable(slip, Decimal(wrong), right, LRA, set(keys), root, known)

    assert not told([])  # the line may be the one that was typed wrong
    assert told([total])  # or else the total as well
    assert told([], {"anggaran", "realisasi", "sisa"})
    assert not told([total], known=False) and told([total, (3, 1, group, "sisa")], known=False)  # is it a sum at all


def _keys(truth):
    return next(iter(truth.amounts.values()))


def _sums(truth, key):
    yield sum(amounts[key] for amounts in truth.amounts.values())


def test_unknown_words_are_unknown_to_the_reader():
    said = {Voice(Random(seed), UNKNOWN).new("jumlah") for seed in range(600)}
    assert len(said) > 450 and sum(bool(word(text).role) for text in said) < len(said) / 50


@pytest.mark.parametrize("mode", [KNOWN, UNKNOWN])
def test_a_few_tables_are_read_and_none_is_silently_wrong(mode):
    judged = nilai.run(34, 30, mode)
    assert [one.name for one in judged if one.silent] == []
    counted = nilai.counted(judged, mode)
    assert sum(one.exact for one in counted) >= nilai.TARGETS[mode] * len(counted)


def test_a_wrong_answer_is_not_exact(monkeypatch):
    """The judge is only worth something if it sees what is wrong."""
    seed = next(seed for seed in SEEDS if (f := sheet(seed, KNOWN).features)["jenis"] == "rab" and f["salah"] == "tidak")
    one, right = sheet(seed, KNOWN), nilai.as_json
    assert nilai.judge("a", one).exact

    def changed(book):
        found = right(book)
        for line in found[0]["lines"]:
            line["name"] = "-"
        found[0]["lines"][0]["amounts"] = {"jumlah": "1"}
        return found

    monkeypatch.setattr(nilai, "as_json", changed)
    wrong = nilai.judge("a", one)
    assert wrong.wrong == ("angka jumlah lain", "nama lain") and wrong.silent
