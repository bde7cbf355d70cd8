"""Budget workbooks of many offices: the lines, their sum, and exactly what staff are told about each file.

The workbooks and their truth are built in ``merah_rab_a`` … ; what stands in ``SAID`` was judged by hand: a clean file gives
no more than information, a file that contradicts itself gives the catatan that names where.
"""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign
from tests.merah_rab import BOOKS, Tabel, as_text, moved

for part in "abcdefgh":
    import_module(f"tests.merah_rab_{part}")

SAID: dict[str, set[tuple[str, str, str]]] = {
    # the recap is not counted again, and that is said
    "boq_rekap_di_atas": {("REKAP", "L207", "")},
    # which version is meant is asked; the one in force is the default
    "murni_pergeseran": {("DPPA", "L302", "J4")},
    # with or without tax: asked
    "kolom_ppn": {("RAB", "L302", "I3")},
    "lembar_per_sub_kegiatan": {("REKAPITULASI", "L207", "")},
    "salah_subtotal_luput": {("RAB", "L402", "F18")},
    "salah_total_dua_kali": {("RAB", "L403", "F21")},
    "salah_kali": {("RKA", "L406", "F17")},
    "salah_angka_teks": {("RAB", "L401", "F16"), ("RAB", "L429", "F9")},
    "salah_ref": {("RAB", "L413", "F7")},
    "salah_baris_tersembunyi": {("RAB", "L204", "F6")},
    "salah_total_ketik": {("RAB", "L401", "F14")},
    "salah_salinan_filter": {("ATK", "L207", ""), ("Konsumsi", "L207", "")},
    "salah_ribuan": {("RAB", "L407", "E3")},
    "salah_grup_sipd": {("RKA", "L401", "F7")},
    "salah_koefisien_teks": {("DPA", "L406", "G5")},
    "salah_rekap_beda": {("REKAP", "L207", "")},
    "salah_dibulatkan": {("RAB", "L449", "F15")},
    "proposal_ormas_pemasukan": {("Anggaran", "L208", "")},
    # which year: asked
    "rab_dua_harga_tahun": {("Usulan", "L302", "I4")},
    "pergeseran_tanpa_koefisien": {("Penjabaran", "L302", "D4")},
    # asked for, examined, allotted: asked
    "lampiran_hibah_transpos": {("Hibah", "L302", "F3")},
    "dalam_ribuan": {("Usulan", "L309", "A2")},
    "salah2_subtotal_ikut": {("RAB", "L401", "F3")},
    "salah2_volume_koma": {("RAB", "L406", "F3")},
    "salah2_baris_kosong_total": {("RAB", "L424", "")},
    "salah2_rumus_menimpa": {("RAB", "L404", "F22")},
    # the plan per triwulan below the total is the same money: left out
    "data_dan_pivot": {("PIVOT", "L207", "")},
    "formulir_kosong": {("RAB", "L201", "")},
    "salah3_versi_lama": {("RAB (2)", "L207", "")},
    "salah3_triwulan": {("RKAS", "L448", "G6")},
    "salah3_titik_tertelan": {("RAB", "L447", "E3")},
    "salah3_ppn": {("HPS", "L449", "F10")},
    "salah3_faktor": {("RAB", "L406", "G5")},
    "salah3_lembar_lama_tersembunyi": {("RAB 2019", "L203", "")},
    "salah3_nilai_bergeser": {("RAB", "L401", "F16"), ("RAB", "L424", "")},
    "rapbs_kiri_kanan": {("RAPBS", "L208", ""), ("RAPBS", "L432", "C3")},
    "salah4_rekap_salah_sel": {("Rekap", "L207", "")},
    "salah4_sumber_dana": {("RAB", "L448", "G6")},
    "salah4_koefisien_pok": {("POK", "L440", "C4")},
    # the contract before and after: asked
    "cco_tambah_kurang": {("CCO-01", "L302", "H4")},
    # indicators with targets beside the plafon: which of the two is asked
    "salah5_total_lebih_satu_grup": {("RAB", "L401", "F15")},
    "salah5_satu_baris_dua_kali": {("RAB", "L406", "F10")},
    "salah5_perubahan_kurang": {("Pergeseran", "L302", "D2"), ("Pergeseran", "L401", "D7")},
    "salah6_grup_kurang": {("RAB", "L401", "F9")},
    "salah6_harga_teks_kacau": {("RAB", "L401", "F9"), ("RAB", "L429", "E3")},
}


def _agrees(truth: Tabel, table) -> bool:
    names = {"anggaran": "jumlah"}
    found = {names.get(n, n): value if isinstance(value, Decimal) else sum(value.values()) for n, value in table.sums.items()}
    near = all(abs(found.get(n, Decimal(-1)) - Decimal(str(float(value)))) <= Decimal("0.05") for n, value in truth.sums.items())
    return (table.sheet, table.kind, len(table.lines)) == (truth.sheet, truth.kind, truth.n_leaf) and near


@pytest.mark.parametrize("name", BOOKS)
def test_budget_workbook(name):
    book = BOOKS[name]()
    read = read_foreign(book.xlsx(), f"{name}.xlsx")
    kinds = {truth.kind for truth in book.truth}  # the block of indicators above a printed RKA may be read as well, or not
    tables = [table for table in read.tables if table.kind in kinds or table.kind not in (NONE, "indikator")]
    shown = [(t.sheet, t.kind, len(t.lines), dict(t.sums)) for t in tables]
    assert len(tables) == len(book.truth), shown
    assert all(any(_agrees(truth, table) for table in tables) for truth in book.truth), (book.truth, shown)
    said = {(f.sheet, f.code, f.cell) for f in read.all_findings() if f.severity is not Severity.INFO}
    assert said == SAID.get(name, set())
    assert bool(said) >= book.warn


CHANGES = {
    "dipindah": lambda sheet: moved(sheet, lambda r: r + 3, lambda c: c + 2),
    "baris kosong": lambda sheet: moved(sheet, lambda r: r + r // 9, lambda c: c),
    "teks": lambda sheet: as_text(sheet, "sen"),
    "teks Rp": lambda sheet: as_text(sheet, "strip"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_workbook_laid_out_otherwise_reads_the_same(change):
    wrong = []
    for name in BOOKS:
        book = BOOKS[name]()
        for sheet in book.sheets:
            CHANGES[change](sheet)
        tables = read_foreign(book.xlsx(), f"{name}.xlsx").imported
        if not all(any(_agrees(truth, table) for table in tables) for truth in book.truth):
            wrong.append(name)
    assert wrong == []
