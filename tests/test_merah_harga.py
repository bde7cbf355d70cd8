"""Price lists of other offices, and what only looks like one: lines and sums exactly, and nothing said that needs no look."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import HARGA, ForeignBook, Table
from kinerja_xl.foreign.padanan import ZONE_KEY
from kinerja_xl.foreign.read import read_foreign
from tests import merah_harga_1, merah_harga_2, merah_harga_3, merah_harga_4, merah_harga_5
from tests.merah_harga import Layout, Truth

MODULES = (merah_harga_1, merah_harga_2, merah_harga_3, merah_harga_4, merah_harga_5)
MADE = {made.name: made for module in MODULES for made in (make() for make in module.layout)}

ZONES = {
    "perbup_zona": ("Lampiran I", "F10"),
    "per_kecamatan": ("HARGA BAHAN", "D5"),
    "per_tahun": ("SSH", "F3"),
    "with_tax": ("SSH", "D2"),
    "min_max": ("Kisaran", "D2"),
    "lone_zone_blanks": ("SSH", "E2"),
    "against_market": ("Evaluasi", "D2"),
    "hidden_old_price": ("SSH", "E2"),
    "market_survey": ("Survei", "D3"),
    "roman_zones_unmerged": ("Lampiran", "F13"),
}
"""Of several prices only the office can say which is its own: read exactly, and asked (L306), of years the last first."""

SAID = {
    "ranges_and_words": {("L424", "SSH Jasa", ""), ("L443", "SSH Jasa", "D6")},
    "in_thousands": {("L309", "Harga", "A2")},
    "one_code_two_prices": {("L442", "SSH", "A23")},
    "without_unit": {("L418", "SSH", "D8")},
    "broken_cells": {("L413", "SSH", "D5")},
    "filtered_copies": {
        ("L207", name, "") for name in ("Alat Tulis Kantor", "Bahan Bangunan", "Makanan Dan Minuman", "Peralatan Kantor")
    },
    "hidden_last_year": {("L203", "SSH 2024", "")},
    "in_dollars": {("L309", "LN", "A2")},
    "market_survey": {("L305", "Survei", "D3")},
    "filtered_rows": {("L204", "SSH", "D6")},
    "odd_amounts": {("L411", "SSH", "D13"), ("L443", "SSH", "D7")},
    "formula_prices": {("L203", "Dasar", "")},
    "shifted_rows": {("L424", "SSH", "")},
    "broken_text": {("L413", "SSH", "D13")},
    "lost_thousands": {("L444", "SSH", "D6")},
    "negative_price": {("L444", "SSH", "D7")},
    "two_prices_in_a_cell": {("L412", "SSH", "D7")},
    "lost_heading": {("L303", "SSH", "E3")},
    "double_number": {("L415", "SSH", "A10"), ("L417", "SSH", "B16")},
    # What is no table of ours says so, once per sheet.
    "kib": {("L201", "KIB B", "")},
    "stock_card": {("L201", "Kartu Stok", "")},
    "cash_register": {("L201", "penjualan", "")},
    "stock_report": {("L201", "Persediaan", "")},
    "asb_text": {("L201", "ASB 001", "")},
    "attendance": {("L201", "Absen", "")},
    "room_inventory": {("L201", "KIR Camat", "")},
    "shopping_list": {("L201", "Belanja", "")},
    "payroll": {("L201", "Gaji", "")},
    "shop_catalogue": {("L201", "produk", "")},
    "codes_without_prices": {("L201", "Kodefikasi", "")},
}
"""Everything above info that is said of a workbook; the others are silent."""


def read(made: Layout) -> ForeignBook:
    return read_foreign(made.data(), made.file)


def right(table: Table, truth: Truth) -> bool:
    """Kind, lines and the sum of every price column, whichever is the first."""
    sums = table.sums.get("harga" if truth.kind == HARGA else "jumlah")
    found = list(sums.values()) if isinstance(sums, dict) else [sums if isinstance(sums, Decimal) else Decimal(0)]
    lines = len(table.lines) == truth.n or len(table.lines) in truth.also
    return table.sheet == truth.sheet and table.kind == truth.kind and lines and sorted(found) == sorted(truth.sums)


@pytest.mark.parametrize("name", MADE)
def test_every_line_and_sum_and_no_word_too_many(name: str):
    made = MADE[name]
    book = read(made)
    tables = list(book.imported)
    for truth in made.truths:
        hit = next((table for table in tables if right(table, truth)), None)
        assert hit is not None, (truth, [(t.sheet, t.kind, len(t.lines), t.sums) for t in tables])
        tables.remove(hit)
    assert not tables
    said = {(found.code, found.sheet, found.cell) for found in book.all_findings() if found.severity is not Severity.INFO}
    zone = {("L306", *ZONES[name])} if name in ZONES else set()
    assert said == SAID.get(name, set()) | zone
    assert [(q.key, q.sheet, q.cell) for q in book.all_questions()] == [
        (ZONE_KEY, *place) for place in [ZONES.get(name)] if place
    ]


def test_what_must_be_said_is_said():
    """The builders know what contradicts itself; none of these may pass in silence."""
    assert {name for name, made in MADE.items() if made.must_warn} <= set(SAID) | set(ZONES)
    assert set(SAID) | set(ZONES) <= set(MADE)
