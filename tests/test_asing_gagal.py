"""Whatever is typed into a table, reading it never fails; where the program itself fails, one sheet or file is lost and named."""

from __future__ import annotations

from random import Random

from bench.acak import read_every_way, spoilt
from kinerja_xl.foreign import read as reader
from kinerja_xl.foreign.read import read_foreign, read_grid
from tests.asing_uji import grid, xlsx
from tests.test_asing_kantor import BLOCKS, made

HEADS = ["Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]


def test_tables_spoilt_at_random_are_read_in_every_way():
    stems = [made(block) for block in BLOCKS]
    for seed in range(60):
        rng = Random(seed)
        stem = rng.choice(stems)
        assert [*read_every_way(rng, grid(spoilt(rng, stem.rows)))], seed


def test_headings_on_the_last_row_may_be_merged_below_it():
    rows = [["Uraian", "Volume", "Harga Satuan", "Jumlah"]]
    assert [table.kind for table in read_grid(grid(rows, merged=["A1:A3", "B1:D1"]), "uji.xlsx")] in ([], ["none"])


def _two_sheets() -> bytes:
    first = [HEADS, ["Kertas", 4, "rim", 50_000, 200_000], ["Tinta", 2, "botol", 75_000, 150_000]]
    second = [HEADS, ["Semen", 10, "sak", 70_000, 700_000], ["Pasir", 3, "m3", 250_000, 750_000]]
    return xlsx({"RAB": first, "Rincian": second})


def test_a_failing_sheet_is_lost_alone_and_named(monkeypatch):
    def failing(one, *args):
        if one.name == "RAB":
            raise IndexError
        return read_grid(one, *args)

    monkeypatch.setattr(reader, "read_grid", failing)
    book = read_foreign(_two_sheets(), "Unit.xlsx")
    assert [(t.sheet, t.sums["jumlah"]) for t in book.tables] == [("Rincian", 1_450_000)]
    assert [(f.code, f.file, f.sheet, f.holds.value) for f in book.findings] == [("L214", "Unit.xlsx", "RAB", "berkas")]


def test_a_failing_file_is_refused_and_named(monkeypatch):
    monkeypatch.setattr(reader, "without_copies", lambda *args, **kwargs: 1 // 0)
    refused = read_foreign(_two_sheets(), "Unit.xlsx").refused
    assert refused is not None and (refused.code, refused.file) == ("B118", "Unit.xlsx")
