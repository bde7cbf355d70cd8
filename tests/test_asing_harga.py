"""A price list goes into a copy of Kantor.xlsx: the office's zone, every row taken or named, Kantor.xlsx untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.baca import PRICED_FILE, Priced, add_prices, baca
from kinerja_xl.uses.year import read_office
from tests.asing_pakai import Cases, Give
from tests.asing_uji import xlsx
from tests.kantor_uji import Folder

ITEMS = [
    ["1.1.7.01.01", "Pulpen", "Tinta hitam", "Buah", 4_000, 4_500],
    ["1.1.7.01.02", "Map plastik", "Ukuran F4", "Buah", 6_000, 6_500],
    ["1.1.7.01.03", "Tinta printer", "Hitam 70 ml", "Botol", 115_000, 120_000],
    ["1.1.7.01.04", "Baterai", "AA", "Buah", 9_000, 9_500],
]
HEAD = ["Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan", "Harga Satuan"]


def one_zone(items=ITEMS, title="STANDAR SATUAN HARGA (SSH) TAHUN ANGGARAN 2025", name="SSH") -> bytes:
    return xlsx({name: [[title], [], HEAD, *[row[:5] for row in items]]})


def two_zones() -> bytes:
    return xlsx({"SSH": [["STANDAR SATUAN HARGA (SSH)"], [], [*HEAD[:4], "Harga Zona 1", "Harga Zona 2"], *ITEMS]})


def put(place: Path, data: bytes, zona: str = "", sifat: str = "tertinggi", name: str = "daftar.xlsx") -> tuple[Path, Priced]:
    folder = Folder().write(place / "kantor")
    path = folder / name
    path.write_bytes(data)
    before = (folder / "Kantor.xlsx").read_bytes()
    done = add_prices(baca([path]), folder, zona=zona, sifat=sifat)
    assert (folder / "Kantor.xlsx").read_bytes() == before
    assert done.prices.read == len(done.prices.rows) + done.prices.same + done.prices.dropped
    return folder, done


def said(data: bytes, zona: str = "", name: str = "daftar.xlsx") -> Give:
    return lambda place: put(place, data, zona, name=name)[1].prices.findings


TWICE = [*ITEMS, ["1.1.7.01.04", "Baterai", "AA", "Buah", 8_000, 8_000]]
OTHER = [*ITEMS, ["1.1.7.01.04", "Baterai", "AAA", "Buah", 9_000, 9_500]]
OURS = [*ITEMS, ["SSH.01", "Kertas HVS F4", "70 gram", "Rim", 56_000, 56_000]]
# fmt: off
case = Cases()
case("L541", said(one_zone([*ITEMS, ["SSH.01", "Kertas HVS F4", "70 gram", "Rim", 58_000, 58_000]])), {("L541", "SSH", "E8")},
     said(one_zone(OURS)), set())
case("L542", said(two_zones(), "Zona 3"), {("L542", "SSH", "")}, said(two_zones(), "zona 2"), set())
case("L543", said(one_zone(title="DAFTAR HARGA", name="Isi"), name="harga.xlsx"), {("L543", "Isi", "E4")},
     said(one_zone(title="DAFTAR HARGA", name="Isi"), name="SSH 2025.xlsx"), set())
case("L544", said(one_zone(OTHER)), {("L416", "SSH", "A7"), ("L544", "SSH", "E8")},
     said(one_zone([*ITEMS, ["1.1.7.01.04", "BATERAI", "AA", "bh", 9_000, 9_500]])), set())
case("L309", said(one_zone(title="STANDAR SATUAN HARGA (SSH) DALAM RIBUAN RUPIAH")), {("L309", "SSH", "A1")},
     said(one_zone(title="STANDAR SATUAN HARGA (SSH) DI ATAS RP1 JUTA")), set())
# fmt: on


@pytest.mark.parametrize("one", case, ids=lambda one: one.code)
def test_a_list_that_says_it_and_one_that_nearly_does(one, tmp_path: Path):
    one.check(tmp_path)


@pytest.mark.parametrize(
    ("zona", "prices"), [("Zona 1", [4_000, 6_000, 115_000, 9_000]), ("Zona 2", [4_500, 6_500, 120_000, 9_500])]
)
def test_the_prices_of_the_offices_zone(tmp_path: Path, zona: str, prices: list[int]):
    folder, done = put(tmp_path, two_zones(), zona)
    assert (len(done.prices.rows), done.prices.same, done.prices.dropped) == (4, 0, 0)
    office = read_office(folder / "hasil" / PRICED_FILE).office
    before = read_office(folder / "Kantor.xlsx").office
    assert office is not None and before is not None
    assert {k: v for k, v in office.prices.items() if k in before.prices} == dict(before.prices)
    new = [office.prices[str(row[0])] for row in ITEMS]
    assert [p.harga for p in new] == prices
    assert {(p.jenis, p.satuan) for p in new} == {("SSH", "Buah"), ("SSH", "Botol")}


def test_no_zone_takes_nothing_and_writes_nothing(tmp_path: Path):
    folder, done = put(tmp_path, two_zones())
    assert done.written is None and (len(done.prices.rows), done.prices.dropped) == (0, 4)
    assert not (folder / "hasil" / PRICED_FILE).exists()


def test_a_price_that_stands_there_already_is_counted_once(tmp_path: Path):
    _, done = put(tmp_path, one_zone(OURS))
    assert (len(done.prices.rows), done.prices.same, done.prices.dropped) == (4, 1, 0)


def test_one_code_with_two_prices_takes_the_first_and_names_the_other(tmp_path: Path):
    _, done = put(tmp_path, one_zone(TWICE))
    assert (len(done.prices.rows), done.prices.dropped) == (4, 1)
    assert [(f.value, f.cell) for f in done.prices.findings if f.code == "L541"] == [("1.1.7.01.04", "E8")]


def test_one_code_for_two_goods_takes_the_first_and_names_the_other_even_at_one_price(tmp_path: Path):
    _, done = put(tmp_path, one_zone(OTHER))
    assert (len(done.prices.rows), done.prices.same, done.prices.dropped) == (4, 0, 1)


def test_the_nature_of_the_prices_is_asked_for(tmp_path: Path):
    with pytest.raises(InputError):
        put(tmp_path, one_zone(), sifat="")
