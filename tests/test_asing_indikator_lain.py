"""Cards of indicators, with their labels down the side, are read as tables are; names over two rows; dates as headings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_grid
from tests.asing_uji import codes, grid, one, read, sums

CARDS = {
    "titik dua di sel sendiri": (
        [["KARTU INDIKATOR KINERJA UTAMA"], [], ["Nama Indikator", ":", "Indeks Kepuasan Masyarakat"],
         ["Definisi", ":", "Tingkat kepuasan penerima layanan"], ["Formula", ":", "Jumlah nilai / jumlah unsur × 25"],
         ["Satuan", ":", "Nilai"], ["Target", ":", 86], ["Realisasi", ":", "87,2"], ["Penanggung Jawab", ":", "Kasi Pelayanan"]],
        [("Indeks Kepuasan Masyarakat", "Nilai", 86, Decimal("87.2"))], set(),
    ),
    "semua dalam satu sel": (
        [["Nama indikator: Persentase desa tertib"], ["Formula: desa tertib / seluruh desa x 100%"], ["Satuan: Persen"],
         ["Target: 80"], ["Realisasi: 75"]],
        [("Persentase desa tertib", "Persen", 80, 75)], set(),
    ),
    "dua kartu bernomor": (
        [["Perangkat Daerah", ":", "Kecamatan Contoh"], [], [1, "Nama Indikator", ":", "Persentase desa tertib"],
         [None, "Satuan", ":", "%"], [None, "Target", ":", 80], [], [2, "Nama Indikator", ":", "Jumlah BUMDes aktif"],
         [None, "Satuan", ":", "unit"], [None, "Target", ":", 12]],
        [("Persentase desa tertib", "%", 80, None), ("Jumlah BUMDes aktif", "unit", 12, None)], set(),
    ),
    "kata, galat, dan label asing disebut selnya": (
        [["Nama Indikator", "IKM"], ["Target", ": 85"], ["Realisasi", "#DIV/0!"], ["Nama Indikator", "Nilai AKIP"],
         ["Target", ": BB"], ["Realisasi", 61]],
        [("IKM", "", 85, None), ("Nilai AKIP", "", None, 61)], {("L413", "B3"), ("L430", "B5")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_a_row_of_a_table(name: str):
    rows, wanted, said = CARDS[name]
    table = one(rows)
    cols = {key: table.amount_columns.get(key, (-1,))[0] for key in ("target", "realisasi")}
    assert [(line.uraian, line.satuan, *(line.values.get(col) for col in cols.values())) for line in table.lines] == wanted
    assert codes(table) == said


@pytest.mark.parametrize("rows", [
    [["Nama", "Budi Lestari"], ["Indikator", "lihat lampiran"], ["Satuan", "lihat lampiran"]],
    [["Indikator", "Jumlah desa bebas sampah"], ["Target", 2025, 2026], [None, 8, 9], ["Realisasi", 7]],
])  # fmt: skip
def test_what_has_no_figure_or_several_beside_a_label_is_no_card(rows: list[list[object]]):
    assert not read(rows)


def test_a_name_over_two_rows_is_one_name():
    rows = [
        ["PERJANJIAN KINERJA"], ["No", "Indikator Kinerja", "Satuan", "Target"], ["1.", "Jumlah peserta pelatihan", "orang", 30],
        [None, "yang lulus ujian dan"], [None, "mendapat sertifikat"], ["2.", "Persentase warga yang"],
        [None, "puas terhadap layanan", "%", 85], ["3.", "Jumlah buku", "buku", 5],
    ]  # fmt: skip
    table = one(rows)
    assert [(line.row, line.uraian) for line in table.lines] == [
        (3, "Jumlah peserta pelatihan yang lulus ujian dan mendapat sertifikat"),
        (7, "Persentase warga yang puas terhadap layanan"), (8, "Jumlah buku"),
    ]  # fmt: skip
    assert codes(table) == set()


def test_small_letters_below_a_heading_are_names_of_their_own():
    rows = [["Indikator Kinerja", "Satuan", "Target"], ["Layanan"], ["jumlah surat", "surat", 30], ["jumlah KTP", "kpg", 5]]
    assert [line.uraian for line in one(rows).lines] == ["jumlah surat", "jumlah KTP"]


def test_dates_that_head_figures_are_months_or_said():
    rows = [["No", "Indikator", "Satuan", "Target"], [1, "KIA terbit", "keping", 500], [2, "Akta", "lembar", 120]]
    done = [[100, 130, 90], [30, 25, 28]]

    def table(*days: date):
        return one([["REALISASI KINERJA"], [*rows[0], *days], *([*row, *own] for row, own in zip(rows[1:], done, strict=True))])

    first = table(*(date(2025, month, 1) for month in (1, 2, 3)))
    assert sums(first) == {"target": 620, "realisasi": {"Januari 2025": 130, "Februari 2025": 155, "Maret 2025": 118}}
    last = table(date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))
    assert (sums(last), codes(last)) == ({"target": 620}, {("L317", "E2"), ("L317", "F2"), ("L317", "G2")})


def test_dates_on_the_lines_stay_dates():
    days = [date(2025, 1, 1), date(2025, 2, 1)]
    rows = [["No", "Kegiatan", "Anggaran", "Mulai", "Selesai"], [1, "Rapat", 5_000_000, *days], [2, "Bimtek", 7_000_000, *days]]
    assert sums(one(rows)) == {"jumlah": 12_000_000}


@pytest.mark.parametrize(("heads", "cells"), [
    (["Target/Realisasi"], ["3/2", "80 % / 75 %"]), (["Realisasi"], ["2 dari 3", "75 dari 80"]),
    (["Target dan Realisasi", "Capaian (%)"], ["3 / 2", "12 org / 10 org"]), (["TW I"], ["3/2", "80/75"]),
])  # fmt: skip
def test_two_figures_in_one_cell_are_the_reason_with_their_cell(heads: list[str], cells: list[str]):
    rows = [["No", "Indikator Kinerja", "Satuan", *heads], *([n, f"Jumlah rapat {n}", "kali", c] for n, c in enumerate(cells, 1))]
    (table,) = read_grid(grid([["CAPAIAN KINERJA"], *rows]), "uji.xlsx")
    (said,) = table.findings
    why = f'isi di bawah "{heads[0]}" bukan satu angka per sel, misalnya "{cells[0]}" di D3'
    assert (table.kind, said.code, said.args["alasan"]) == (NONE, "L201", why)
    (empty,) = read_grid(grid([["CAPAIAN KINERJA"], rows[0], *(row[:3] for row in rows[1:])]), "uji.xlsx")
    assert "bukan satu angka" not in empty.findings[0].args["alasan"]


@pytest.mark.parametrize("text", [
    "≥ 80", "min. 80 %", "80–85", "80 s.d. 85", "1 : 1.000", "A (Sangat Baik)", "WTP", "100 % × 12 bln", "3/2",
])  # fmt: skip
def test_a_target_that_is_no_single_figure_is_named_and_never_guessed(text: str):
    rows = [[1, "Nilai akuntabilitas", text], [2, "Jumlah surat", 12], [3, "Rapat", "4 kali"]]
    table = one([["PK 2025"], ["No", "Indikator", "Target"], *rows])
    assert [line.values.get(2) for line in table.lines] == [None, 12, 4]
    assert ("L430", "C3") in codes(table)


@pytest.mark.parametrize(("heads", "level"), [
    (("Target Kinerja", "Realisasi Kinerja"), None), (("Target Fisik", "Realisasi Fisik"), Severity.INFO),
    (("Target (%)", "Realisasi (%)"), Severity.INFO),
])  # fmt: skip
def test_what_was_done_beside_the_money_is_named(heads: tuple[str, str], level: Severity | None):
    rows = [[1, "Rapat", 12, 11, 50_000_000, 48_500_000], [2, "Pembinaan", 30, 30, 75_250_000, 70_100_000]]
    table = one([["LAPORAN"], ["No", "Kegiatan", *heads, "Anggaran", "Realisasi Anggaran"], *rows])
    (said,) = (found for found in table.findings if found.code == "L305")
    assert (sums(table), said.severity_override) == ({"anggaran": 125_250_000, "realisasi": 118_600_000}, level)
    assert said.args["bukti"] == f'ada juga kolom "{heads[0]}", "{heads[1]}", yang tidak ikut dibaca'
    plain = one([["LAPORAN"], ["No", "Kegiatan", "Anggaran", "Realisasi Anggaran"], *([*row[:2], *row[4:]] for row in rows)])
    assert "L305" not in {code for code, _ in codes(plain)}


INDICATORS = ("Jumlah layanan", "Jumlah desa dibina", "Jumlah korban")


@pytest.mark.parametrize(("heads", "rows", "cells"), [
    (["Target TW III", "Target TW IV", "Realisasi TW III", "Capaian TW III (%)"],
     [[6, 5, 5, 83.33], [3, 2, 2, 66.67], [100, 80, 102, 102]], set()),
    (["Target TW III", "Target TW IV", "Realisasi TW III", "Capaian TW III (%)"],
     [[6, 5, 5, 83.33], [3, 2, 2, 50], [100, 80, 102, 102]], {"F3"}),
    (["Target (%)", "Target", "Realisasi"], [[100, 412, 389], [95, 373, 380], [98, 367, 360]], set()),
    (["Jumlah Sasaran Seluruhnya", "Target", "Realisasi", "% Cakupan Riil"],
     [[412, 412, 389, 94.42], [393, 373, 350, 89.06], [374, 374, 371, 99.20]], set()),
    (["Jumlah Sasaran Seluruhnya", "Target", "Realisasi", "Capaian (%)"],
     [[412, 400, 389, 97.25], [393, 373, 350, 90.06], [374, 370, 371, 100.27]], {"F3"}),
])  # fmt: skip
def test_a_capaian_is_held_against_its_own_quarter_and_not_against_what_it_is_no_share_of(heads, rows, cells):
    table = one([["No", "Indikator Kinerja", *heads], *([n + 1, INDICATORS[n], *row] for n, row in enumerate(rows))])
    assert {cell for code, cell in codes(table) if code == "L435"} == cells
