"""What offices do by hand to a table that is read: two lines in one cell, a sum typed over, the same headings below the total."""

from __future__ import annotations

import pytest

from bench.ubahan import judged, stems
from kinerja_xl.reading.source import read_source
from tests.asing_uji import codes, one

PLAN = [["RENCANA ANGGARAN BIAYA"], [], ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]]


def test_two_lines_in_one_cell_are_asked_and_no_sum_is_accused():
    table = one([
        *PLAN, [1, "Kertas HVS", 10, "rim", 62000, 620000],
        ["2\n3", "Tinta\nMap", "4\n20", "botol\nbuah", "98.000\n4.500", "392.000\n90.000"],
        [None, "JUMLAH", None, None, None, 1102000],
    ])  # fmt: skip
    assert ("L412", "F5") in codes(table)
    assert not any(code in ("L401", "L406") for code, _ in codes(table))


def test_a_group_that_is_volume_times_price_and_typed_otherwise_is_named():
    lines = [("Kertas HVS F4", 24, "rim", 62000), ("Kertas HVS A4", 18, "rim", 56500), ("Tinta", 12, "botol", 98000)]
    whole = sum(volume * price for _, volume, _, price in lines)
    table = one([
        *PLAN, ["I", "Pengadaan ATK", 1, "paket", whole, whole - 1017000],
        *([n, name, volume, unit, price, volume * price] for n, (name, volume, unit, price) in enumerate(lines, 1)),
        ["II", "Pengadaan cetak", 1, "paket", 300000, 300000], [1, "Jilid laporan", 20, "eks", 15000, 300000],
        [None, "JUMLAH", None, None, None, whole + 300000],
    ])  # fmt: skip
    assert ("L401", "F4") in codes(table)
    assert len(table.lines) == 4


@pytest.mark.parametrize(("name", "seed", "change"), [
    ("realisasi pendapatan_saja", 1, "tabel sama di bawah"), ("realisasi rincian_bertanda_hubung", 2, "tabel sama di bawah"),
    ("indikator e81_teks_rupiah", 4, "separuh judul asing"), ("harga recap_and_analyses", 1, "tanggal di samping"),
    ("rab bok_puskesmas", 3, "kolom kosong"), ("harga merged_items", 1, "tanggal di samping"),
])  # fmt: skip
def test_changed_layouts_are_read_again_or_said(name: str, seed: int, change: str):
    (data,) = (data for stem, data in stems(None) if stem == name)
    found = [one for grid in read_source(data, name).grids for one in judged(name, grid, seed, change)]
    assert found
    assert not any(one.silent for one in found)
