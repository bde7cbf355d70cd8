"""The price list of Kantor.xlsx by code and by name."""

from decimal import Decimal

from kinerja_xl.office.prices import PriceList
from kinerja_xl.sheets.content import Row


def line(kode, uraian, harga, **more):
    return Row(values={"kode": kode, "uraian": uraian, "harga": harga, "satuan": "Rim", "jenis": "SSH", **more})


def test_lines_with_a_code_and_a_price_are_found_by_their_code():
    """Of equal codes the last one stands, in the place of the first; a line without a price sets none."""
    lines = [
        line("1.1", "Kertas HVS F4", Decimal(45_000)), line("1.2", "Map", Decimal(2_000), sifat="Estimasi"),
        line("1.1 ", "Kertas HVS A4", Decimal(50_000)), line("1.3", "Pulpen", None), line(None, "Tinta", Decimal(9_000)),
    ]  # fmt: skip
    prices = PriceList(lines)
    assert [(one.kode, one.uraian, one.harga, one.batas) for one in prices.values()] == [
        ("1.1", "Kertas HVS A4", 50_000, True), ("1.2", "Map", 2_000, False),
    ]  # fmt: skip
    assert prices.get("1.3") is None and prices == PriceList(lines) and prices != PriceList(lines[1:2])


def test_names_are_compared_folded():
    names = ("Kertas HVS", "KERTAS  hvs", "Map")
    prices = PriceList([line(f"1.{n}", name, Decimal(n)) for n, name in enumerate(names, 1)])
    assert prices.by_name == {"kertashvs": ["1.1", "1.2"], "map": ["1.3"]}
