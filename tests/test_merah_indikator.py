"""Performance tables as offices lay them out: kind, lines, exact sums, and exactly the catatan that each deserves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import NONE, Table
from kinerja_xl.foreign.read import read_foreign
from tests import merah_indikator, merah_indikator_b, merah_indikator_c, merah_indikator_d
from tests.merah_indikator import Truth, book

BUILDERS = (merah_indikator, merah_indikator_b, merah_indikator_c, merah_indikator_d)
"""Each adds its layouts when it is imported."""
LAYOUTS = BUILDERS[0].LAYOUTS

CATATAN: dict[str, set[tuple[str, str]]] = {
    "baris_tersembunyi": {("L204", "E8")},
    "capaian_rusak": {("L435", "F7")},
    "cascading_tabel": {("L208", "")},
    "dua_indikator_satu_sel": {("L409", "C4"), ("L409", "C6"), ("L430", "D4")},
    "dua_tabel_berdampingan": {("L208", "")},
    "e81_permendagri": {("L433", "J9")},
    "e81_teks_rupiah": {("L401", "P12"), ("L433", "E5")},
    "evaluasi_renja_total_meleset": {("L436", "N7"), ("L436", "O9")},
    "iku_lima_tahun": {("L307", "F4"), ("tanya", "F4")},
    "iku_tanpa_target": {("L437", "")},
    "iku_target_realisasi_tahunan": {("L307", "E4"), ("tanya", "E4")},
    "kolom_satuan_bergeser": {("L430", "C8")},
    "lembar_per_triwulan": {("L439", "")},
    "manual_iku": {("L201", "")},
    "none_definisi_operasional": {("L201", "")},
    "none_e81_kosong": {("L201", "")},
    "none_form_cascading_kosong": {("L201", "")},
    "none_form_pk_kosong": {("L201", "")},
    "none_jadwal_tahapan": {("L201", "")},
    "none_lke": {("L201", "")},
    "none_pegawai_kinerja": {("L201", "")},
    "none_petunjuk": {("L201", "")},
    "none_pohon_kotak": {("L201", "")},
    "none_skala_predikat": {("L201", "")},
    "none_struktur": {("L201", "")},
    "none_survei_unsur": {("L201", "")},
    "persen_campur": {("L410", "D3"), ("L410", "E3")},
    "pk_perubahan": {("L302", "F5"), ("tanya", "F5")},
    "pk_program_di_kanan": {("L419", "H4")},
    "realisasi_kumulatif": {("L302", "G3"), ("tanya", "G3")},
    "renja_tc29": {("L302", "F5"), ("L302", "G5"), ("tanya", "F5"), ("tanya", "G5")},
    "renja_tc33": {("L433", "E8")},
    "renja_tolok_ukur_tiga": {("L302", "F5"), ("tanya", "F5")},
    "renstra_bulat": {("L433", "C4"), ("L307", "C3"), ("tanya", "C3")},
    "renstra_tanpa_kode": {("L433", "F5"), ("L307", "F4"), ("tanya", "F4")},
    "renstra_tc27": {("L433", "F8"), ("L307", "F6"), ("tanya", "F6")},
    "rentang_dan_predikat": {("L430", "E2")},
    "rkpd_desimal_campur_satuan": {("L433", "E7")},
    "rkpd_dua_indikator": {("L433", "D5")},
    "rkpd_kode_terpisah": {("L433", "J7")},
    "salinan_tersaring": {("L204", "E11"), ("L207", "")},
    "satu_target_kosong": {("L438", "D7")},
    "sdgs": {("L307", "E4"), ("tanya", "E4")},
    "subtotal_rp_kurang": {("L401", "F15"), ("L433", "E8")},
    "tahun_saja": {("L307", "E3"), ("tanya", "E3")},
    "target_belum_diisi": {("L201", "")},
    "target_ref_rusak": {("L413", "C4")},
    "triwulan_tidak_jumlah": {("L436", "E8")},
}
"""What staff have to look at, per layout that has any: (code, cell)."""


@pytest.fixture(scope="module")
def books():
    return {name: (sheets := make(), read_foreign(book(sheets), f"{name}.xlsx")) for name, make in LAYOUTS.items()}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_lines_and_sums_are_those_of_the_office(books, name):
    sheets, found = books[name]
    for sheet in sheets:
        tables = [table for table in found.imported if table.sheet == sheet.name]
        assert len(tables) == len(sheet.tables), [t.kind for t in tables]
        for truth, table in zip(sheet.tables, tables, strict=True):
            accepted = [(truth.n_leaf, truth.sums), *truth.also]
            assert table.kind == truth.kind
            assert (len(table.lines), sums_of(table, truth)) in [(n, plain(sums)) for n, sums in accepted]


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_exactly_these_catatan(books, name):
    _, found = books[name]
    serious = {(f.code, f.cell) for f in found.all_findings() if f.severity is not Severity.INFO}
    asked = {("tanya", question.cell) for question in found.all_questions()}
    assert serious | asked == CATATAN.get(name, set())


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_where_the_file_contradicts_itself_staff_are_told(books, name):
    sheets, found = books[name]
    for sheet in sheets:
        if any(truth.must_warn for truth in sheet.tables):
            assert any(table.said for table in found.tables if table.sheet == sheet.name and table.kind != NONE)


def plain(sums) -> dict[str, list[Decimal]]:
    """Sums as sorted lists: what the years or quarters are called is the layout's own business."""
    return {key: sorted(value.values()) if isinstance(value, dict) else [Decimal(value)] for key, value in sums.items()}


def sums_of(table: Table, truth: Truth) -> dict[str, list[Decimal]]:
    """Those of the table's sums that the truth speaks of."""
    own = {name: sorted(value.values()) if not isinstance(value, Decimal) else [value] for name, value in table.sums.items()}
    return {name: own.get(name, []) for name in truth.sums}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_headings_that_were_never_merged_read_the_same(books, name):
    """Exports and converted tables have no merged cells: groups of headings and blocks of rows are told all the same."""
    sheets, found = books[name]
    bare = read_foreign(book([replace(sheet, merged=()) for sheet in sheets]), f"{name}.xlsx")
    assert [known(table) for table in bare.tables] == [known(table) for table in found.tables]


def known(table: Table):
    return table.kind, len(table.lines), table.sums, {f.code for f in table.findings if f.severity is not Severity.INFO}
