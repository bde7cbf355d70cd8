"""Reading any layout: one small invented sheet per office habit, with the exact lines, sums and catatan it must give."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

import pytest

from kinerja_xl.foreign import model
from kinerja_xl.regions import words
from kinerja_xl.uses.baca import as_json
from kinerja_xl.writing.shown.baca import _amount, _sums
from tests.asing_uji import codes, one, read, sums

N = None
RAB = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
A, B, C = [1, "Kertas", 2, "rim", 50000, 100000], [2, "Map", 1, "dus", 75000, 75000], [3, "Pulpen", 3, "bh", 10000, 30000]
SUM = [N, "Jumlah", N, N, N, 205000]


def rows_of(table):
    return [line.row for line in table.lines]


def test_a_label_of_a_sum_is_found_among_codes_and_names():
    others = ["5.1.02.01.01.0024", "(7)", "", "-", "Rp", "Kertas", "1.250", "١٢", "Sabun", "Tinta", "J", "1. Jumlah A"]
    for text in ("JUMLAH", "Sub Total", "TOTAL (A+B)", "S u b  Total"):
        assert words.total_among(others) == "" and words.total_among([*others, text, "Jumlah"]) == text
    draw = random.Random(1)
    texts = ["".join(draw.choices("jJuMlsTtoA1. -()²é١_", k=3)) + draw.choice(["", "Jumlah", "total"]) for _ in range(3000)]
    assert [text for text in texts if words.total_among([text])] == [text for text in texts if text and words.is_total(text)]


# ---- finding tables and knowing columns --------------------------------------------------------------


def test_title_numbering_groups_totals_tax_and_signature_are_no_lines():
    table = one(
        [
            ["RENCANA ANGGARAN BIAYA"], [], ["No", "Uraian Pekerjaan", "Vol", "Sat", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"],
            ["1", "2", "3", "4", "5", "6=3x5"], ["A", "PERSIAPAN"], [1, "Pembersihan", 10, "m2", 15000, 150000],
            [2, "Papan nama", 1, "bh", 250000, 250000], [N, "Jumlah A", N, N, N, 400000], ["B", "TANAH"],
            [1, "Galian", 12.5, "m3", 80000, 1000000], [N, "Jumlah B", N, N, N, 1000000], [],
            [N, "JUMLAH", N, N, N, 1400000], [N, "PPN 11%", N, N, N, 154000], [N, "TOTAL", N, N, N, 1554000],
            [N, "DIBULATKAN", N, N, N, 1554000], [N, "Terbilang : satu juta …"], [], [N, N, N, N, "Mengetahui, Camat"],
        ]
    )  # fmt: skip
    assert (table.kind, rows_of(table), sums(table)) == ("rab", [6, 7, 10], {"jumlah": 1400000})
    assert not table.said and all(check.agrees for check in table.checks)
    assert {row.row: row.reason for row in table.left_out}[14] == "tambahan"


def test_k_and_rp_may_stand_below_the_numbers_of_the_columns():
    heads = ["Kode", "Program / Kegiatan", "Indikator Kinerja", "Satuan", "Target Tahun Berjalan", N, "Realisasi s.d. TW IV", N]
    table = one(
        [
            ["EVALUASI HASIL RENJA"], [], heads, ["1", "2", "3", "4", "5", N, "6", N], [N, N, N, N, "K", "Rp", "K", "Rp"],
            ["7.01.01", "Program", "Nilai SAKIP", "Nilai", 70, 900_000, 68, 800_000],
            ["7.01.01.2.01.0001", "Perencanaan", "Jumlah dokumen", "Dokumen", 4, 500_000, 4, 450_000],
            ["7.01.01.2.01.0002", "Pelaporan", "Jumlah laporan", "Laporan", 2, 400_000, 2, 350_000],
        ],
        merged=("E3:F3", "G3:H3", "E4:F4", "G4:H4"),
    )  # fmt: skip
    assert (table.kind, rows_of(table)) == ("indikator", [7, 8])
    assert sums(table) == {"target": 6, "realisasi": 6, "anggaran": 900_000, "realisasi_anggaran": 800_000}
    assert codes(table) == {("L433", "E6")}


def test_jumlah_can_be_the_volume():
    table = one([["No", "Nama", "Jumlah", "Satuan", "Harga satuan", "Total harga"], A, B, C, [N, N, N, N, "Total", 205000]])
    assert sums(table) == {"jumlah": 205000} and table.column("volume").letter == "C"
    assert codes(table) == {("L301", "C1")}


def test_letter_spaced_and_misspelt_headings():
    table = one(
        [
            ["N o", "U r a i a n", "Voulme", "S a t u a n", "Harga Satuna", "Jumlah Hrga"],
            A,
            B,
            C,
            ["J U M L A H", N, N, N, N, 205000],
        ]
    )
    assert rows_of(table) == [2, 3, 4] and sums(table) == {"jumlah": 205000}


def test_words_stacked_over_rows_are_one_heading():
    heads = [["No", "Uraian", "Volume", "Sat", "Harga", "Jumlah"], [N, N, N, N, "Satuan", "Harga"]]
    table = one([*heads, A, B, C, SUM])
    assert table.column("harga").letter == "E" and rows_of(table) == [3, 4, 5] and not table.said


def test_a_second_heading_row_that_repeats_the_first_is_no_line():
    table = one([RAB, ["no", "uraian", "vol", "sat", "hargasat", "jumlah"], A, B, C, SUM])
    assert rows_of(table) == [3, 4, 5] and not table.said


def test_group_headings_merged_or_not_give_unique_names():
    merged = ["A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"]
    body = [["5.1.01", "Pegawai", 300, 100, 0, 0], ["5.2.02", "Alat", 0, 0, 200, 50], ["JUMLAH", N, 300, 100, 200, 50]]
    body = [[c * 1000 if isinstance(c, int) else c for c in row] for row in body]
    heads = [
        ["Kode", "Uraian", "Kelompok Belanja", N, N, N],
        [N, N, "Operasi", N, "Modal", N],
        [N, N, "Anggaran", "Realisasi", "Anggaran", "Realisasi"],
    ]
    for merges in (merged, ["A1:A3", "B1:B3"]):
        table = one([*heads, *body], merged=merges)
        assert table.kind == "realisasi"
        assert sums(table) == {
            "anggaran": {"Kelompok Belanja / Operasi / Anggaran": 300000, "Kelompok Belanja / Modal / Anggaran": 200000},
            "realisasi": {"Kelompok Belanja / Operasi / Realisasi": 100000, "Kelompok Belanja / Modal / Realisasi": 50000},
        }


def test_two_tables_side_by_side_with_the_same_headings():
    left, right = ["No", "Uraian", "Biaya (Rp)"], ["No", "Uraian", "Biaya (Rp)"]
    body = [
        [1, "Sewa", 50000, N, 1, "Domain", 120000],
        [2, "Cetak", 70000, N, 2, "Server", 320000],
        [N, "Total", 120000, N, N, "Total", 440000],
    ]
    first, second = read([[*left, N, *right], *body])
    assert (sums(first), sums(second)) == ({"jumlah": 120000}, {"jumlah": 440000})
    assert codes(first) == codes(second) == {("L208", "")}


def test_two_tables_below_each_other():
    pk = [
        ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target"],
        [1, "Pelayanan", "Indeks kepuasan", "Nilai", 85.5],
        [2, "Tertib", "Aduan selesai", "%", 100],
    ]
    money = [
        ["No", "Program", "Anggaran", "Keterangan"],
        [1, "Penunjang", 1500000000, "APBD"],
        [2, "Pemerintahan", 250000000, "APBD"],
        [N, "Jumlah", 1750000000],
    ]
    first, second = read([*pk, [], *money])
    assert (first.kind, len(first.lines), second.kind, sums(second)) == ("indikator", 2, "rab", {"jumlah": 1750000000})


def test_the_same_headings_on_every_page_are_one_table():
    table = one([RAB, A, B, [], RAB, ["1", "2", "3", "4", "5", "6"], C, SUM])
    assert rows_of(table) == [2, 3, 7] and sums(table) == {"jumlah": 205000}


def test_a_blank_column_inside_and_notes_beside_the_table():
    rows = [["No", N, "Uraian", "Vol", "Sat", "Harga", "Jumlah", N, N],
        [1, N, "Kertas", 2, "rim", 50000, 100000, N, "*lihat SSH"],
            [2, N, "Map", 1, "dus", 75000, 75000], [N, N, "Jumlah", N, N, N, 175000],
                [N, N, N, N, N, N, N, N, "Petunjuk: isi kolom D"]]  # fmt: skip
    table = one(rows)
    assert rows_of(table) == [2, 3] and not table.said


def test_a_nameless_code_column():
    rows = [[N, "Kegiatan", "Anggaran", "Realisasi"], [N, "Rapat", 300000, 100000], ["5.1.02", "Barang dan Jasa", 300000, 100000],
            ["5.1.02.01", "Barang", 200000, 60000], ["5.1.02.02", "Jasa", 100000, 40000]]  # fmt: skip
    assert sums(one(rows)) == {"anggaran": 300000, "realisasi": 100000}


# ---- kinds ---------------------------------------------------------------------------------------------


def test_price_zones_are_one_sum_each_and_a_question():
    head = [["No", "Nama Barang", "Satuan", "Harga Satuan (Rp)", N], [N, N, N, "Zona 1", "Zona 2"]]
    rows = [[1, "Kertas", "rim", 50000, 52000], [N, "ALAT TULIS"], [2, "Pulpen", "bh", 5000, 5500]]
    table = one([*head, *rows], merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])
    assert table.kind == "standar_harga"
    assert sums(table) == {"harga": {"Harga Satuan (Rp) / Zona 1": 55000, "Harga Satuan (Rp) / Zona 2": 57500}}
    assert codes(table) == {("L306", "D2")} and [q.key for q in table.questions] == ["zona"]


def test_a_unit_without_a_volume_makes_biaya_a_price():
    rows = [
        ["No", "Uraian", "Satuan", "Biaya"],
        [1, "Narasumber", "OJ", 900000],
        [2, "Moderator", "OJ", 700000],
        [3, "Panitia", "OK", 450000],
    ]
    assert (one(rows).kind, sums(one(rows))) == ("standar_harga", {"harga": 2050000})


def test_the_first_target_column_can_be_the_unit():
    head = [["No", "Kode", "Sub Kegiatan", "Target", "Target", "Relisasi", N, "Total"], [N, N, N, N, N, "TW I", "TW II", N]]
    rows = [[1, "7.01.01", "Penunjang"], [1, "7.01.01.2.01", "Dokumen perencanaan", "Dokumen", 4, 1, 2, 3]]
    table = one([*head, *rows], merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1", "H1:H2"])
    assert (table.kind, sums(table), rows_of(table)) == ("indikator", {"target": 4, "realisasi": 3}, [4])


def test_a_heading_with_percent_is_no_money():
    head = [["No", "Program", "Pagu (Rp)", "Realisasi Keuangan", N, "Realisasi Fisik (%)"], [N, N, N, "Rp", "%", N]]
    rows = [
        [1, "A", 1000000000, 400000000, 40, 45],
        [2, "B", 500000000, 100000000, 20, 30],
        [N, "Jumlah", 1500000000, 500000000, 33.33, 37.5],
    ]
    assert sums(one([*head, *rows], merged=["D1:E1"])) == {"anggaran": 1500000000, "realisasi": 500000000}


def test_cumulative_columns_have_their_total():
    head = [
        "Kode Rekening",
        "Uraian",
        "Pagu",
        "Realisasi s.d. Bulan Lalu",
        "Realisasi Bulan Ini",
        "Realisasi s.d. Bulan Ini",
        "Sisa",
    ]
    rows = [
        ["5.1.01", "Pegawai", 1000000, 300000, 100000, 400000, 600000],
        ["5.1.02", "Barang", 2000000, 500000, 200000, 700000, 1300000],
    ]
    assert sums(one([head, *rows])) == {"anggaran": 3000000, "realisasi": 1100000}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("gaji", [["No", "Nama", "NIP", "Golongan", "Gaji Pokok", "Jumlah"], [1, "Ani", "19", "III/a", 3000000, 3500000],
            [2, "Budi", "20", "II/c", 2500000, 2900000]]),
        ("kas", [["Tanggal", "Uraian", "Debit", "Kredit", "Saldo"], ["1/1", "Saldo", N, N, 1000000],
            ["2/1", "Beli", N, 50000, 950000]]),
        ("jadwal", [["No", "Kegiatan", "Januari", "Februari"], [1, "Rapat", "x", N], [2, "Monev", N, "x"]]),
        ("penduduk", [["No", "Desa", "Jumlah Penduduk", "Laki-laki"], [1, "A", 2500, 1200], [2, "B", 3100, 1600]]),
        ("stok", [["No", "Nama", "Spesifikasi", "Jumlah"], [1, "Baterai", "12V", 1], [2, "Panel", "20W", 2]]),
        ("persen", [["kode_rekening", "nama_rekening", "persentase_penyesuaian"], ["5.1.02.01", "ATK", 50],
            ["5.1.02.02", "Jasa", 50]]),
        ("kosong", [RAB, [1], [2], [3]]),
        ("judul", [RAB]),
        ("keranjang", [["Transaksi", "Roti", "Susu"], [1, 1, N], [2, N, 1]]),
    ],
)  # fmt: skip
def test_no_table_here(name, rows):
    assert read(rows) == [], name


def test_an_analysis_of_unit_prices_is_no_price_list():
    block = [["No", "Uraian", "Sat.", "Koefisien", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"], ["A", "TENAGA KERJA"],
             [1, "Pekerja", "OH", 0.6, 100000, 60000], ["JUMLAH HARGA TENAGA KERJA", N, N, N, N, 60000], ["B", "BAHAN"],
             ["JUMLAH HARGA BAHAN", N, N, N, N, 0], ["F", "Harga Satuan Pekerjaan (D+E)", N, N, N, 60000]]  # fmt: skip
    assert read(block) == []


# ---- lines and groups ------------------------------------------------------------------------------------


def test_dotted_codes_below_program_codes():
    rows = [["Kode Rekening", "Uraian", "Anggaran"], ["7.01", "Kecamatan", 500000],
        ["7.01.2.15.0.00.01.0000", "Kantor Camat", 500000],
            ["7.01.2.15.0.00.01.0000", "Kantor Camat", 500000], ["7.01.01", "Program", 500000],
                ["7.01.01.2.01", "Kegiatan", 500000],
            ["7.01.01.2.01.0001", "Sub", 500000], ["5.1.02", "Barang dan Jasa", 500000], ["5.1.02.01", "Barang", 300000],
            ["5.1.02.01.001.00024", "ATK", 300000], ["5.1.02.02", "Jasa", 200000], ["5.1.02.02.001.00055", "Iklan", 200000],
            ["JUMLAH", N, 500000]]  # fmt: skip
    table = one(rows)
    assert rows_of(table) == [10, 12] and codes(table) == {("L422", "A3")}


def test_codes_split_over_columns():
    rows = [["Kode", N, N, "Uraian", "Anggaran", "Realisasi"], ["1", "2", "3", "4", "5", "6"],
        ["7.01", N, N, "Urusan", 300000, 90000],
            ["7.01", "7.01.01", N, "Program", 300000, 90000], ["7.01", "7.01.01", "5.1.02", "Barang", 300000, 90000],
            ["7.01", "7.01.01", "5.1.02.01", "ATK", 100000, 40000],
                ["7.01", "7.01.01", "5.1.02.02", "Jasa", 200000, 50000]]  # fmt: skip
    table = one(rows, merged=["A1:C1"])
    assert rows_of(table) == [6, 7] and not table.said


def test_levels_by_leading_blanks_of_a_national_code():
    rows = [["KODE", "URAIAN", "VOLUME", "SATUAN", "JUMLAH"], ["113.01.06", "Program", 0, "", 900000],
        ["5096", "Kegiatan", 0, "", 900000],
            ["5096.001", "Output satu", 10, "Dokumen", 600000], ["   051", "Komponen a", 0, "", 400000],
                ["   052", "Komponen b", 0, "", 200000],
            ["5096.002", "Output dua", 4, "Laporan", 300000], ["   051", "Komponen c", 0, "", 300000]]  # fmt: skip
    assert rows_of(one(rows)) == [5, 6, 8] and not one(rows).said


def test_codes_stored_as_numbers():
    rows = [["KODE", "PROGRAM / KEGIATAN", "JUMLAH"], [16, "Program", 515000], [16.001, "Satu", 280000], [16.002, "Dua", 235000]]
    table = one(rows)
    assert [line.kode for line in table.lines] == ["16.001", "16.002"] and not table.said


def test_numbering_tells_groups():
    rows = [["No", "Uraian", "Jumlah (Rp)"], ["I", "Honor", 3000000], [1, "Ketua", 1000000], [2, "Anggota", 2000000],
        ["II", "ATK", 500000],
            [1, "Kertas", 300000], [2, "Tinta", 200000], [N, "TOTAL BIAYA", 3500000]]  # fmt: skip
    assert rows_of(one(rows)) == [3, 4, 6, 7]


def test_sums_alone_tell_groups():
    rows = [["Uraian", "Jumlah (Rp)"], ["Belanja Pegawai", 5123000], ["Gaji", 3123000], ["Honor", 2000000],
        ["Belanja Barang", 1500500],
            ["ATK", 700500], ["Makan minum", 800000]]  # fmt: skip
    assert rows_of(one(rows)) == [3, 4, 6, 7]


def test_three_hundred_above_three_times_one_hundred_is_a_line_when_the_total_says_so():
    rows = [
        ["Uraian", "Biaya (Rp)"],
        ["Edit", 300000],
        ["Promo", 100000],
        ["Login", 100000],
        ["Aman", 100000],
        [N, N],
        [N, 600000],
    ]
    assert rows_of(one(rows)) == [2, 3, 4, 5] and not one(rows).said


def test_zero_heading_rows_of_an_export():
    rows = [["kdakun", "nmitem", "volkeg", "satkeg", "hargasat", "jumlah"], ["521211", "ATK", 2, "PKT", 50000, 100000],
        ["521213", "TIM", 0, "", 0, 0],
            ["521213", "    Ketua", 2, "OB", 100000, 200000], ["521213", "    Anggota", 5, "OB", 50000, 250000]]  # fmt: skip
    assert rows_of(one(rows)) == [2, 4, 5]


def test_a_total_above_the_headings():
    rows = [
        [N, N, ("=SUBTOTAL(9,C3:C99)", 300000)],
        ["Kode Rekening", "Uraian", "APBD"],
        ["5.1.02.01", "ATK", 100000],
        ["5.1.02.02", "Jasa", 200000],
    ]
    assert sums(one(rows)) == {"jumlah": 300000} and not one(rows).said


def test_figures_below_the_grand_total_are_said():
    table = one([RAB, A, B, C, SUM, [N, "Dana tersedia", N, N, N, 250000]])
    assert sums(table) == {"jumlah": 205000} and codes(table) == {("L423", "F6")}


def test_lines_without_a_printed_sum_are_not_called_proven():
    table = one([["Kode Rekening", "Uraian", "Anggaran"], ["5.1.02.01", "ATK", 123000], ["5.1.02.02", "Jasa", 200000]])
    assert sums(table) == {"jumlah": 323000} and codes(table) == {("L419", "C2")}


# ---- what the arithmetic finds ---------------------------------------------------------------------------


def test_a_line_left_out_of_the_sum():
    table = one([RAB, A, B, C, [N, "Jumlah", N, N, N, ("=SUM(F2:F3)", 175000)]])
    assert sums(table) == {"jumlah": 205000} and codes(table) == {("L402", "F5")}
    assert next(f for f in table.findings).args["selisih"] == "30.000"


def test_subtotals_added_to_their_own_lines():
    group = ["A", "Grup", N, N, N, ("=SUM(F3:F4)", 175000)]
    other = ["B", "Lain", N, N, N, ("=SUM(F6:F6)", 30000)]
    table = one([RAB, group, A, B, other, C, [N, "Jumlah", N, N, N, ("=SUM(F2:F6)", 410000)]])
    assert sums(table) == {"jumlah": 205000} and codes(table) == {("L403", "F7")}
    assert next(f for f in table.findings).args["selisih"] == "205.000"


def test_price_added_instead_of_multiplied():
    table = one(
        [RAB, A, B, [3, "Pulpen", 3, "bh", 10000, 10003], [4, "Tinta", 3, "bh", 10000, 30000], [N, "Jumlah", N, N, N, 215003]]
    )
    assert codes(table) == {("L405", "F4")} and table.findings[0].args["selisih"] == "19.997"


def test_thousands_kept_as_units():
    """The total is made of volume × price: only the line is named."""
    table = one([RAB, A, [2, "Map", 1, "dus", 75000, 75], C, [4, "Tinta", 3, "bh", 10000, 30000], [N, "Jumlah", N, N, N, 235000]])
    assert codes(table) == {("L407", "F3")}


def test_volume_times_price_that_does_not_come_out():
    table = one(
        [RAB, A, B, [3, "Pulpen", 3, "bh", 10000, 33000], [4, "Tinta", 3, "bh", 10000, 30000], [N, "Jumlah", N, N, N, 238000]]
    )
    assert codes(table) == {("L406", "F4")} and table.findings[0].args["selisih"] == "3.000"


def test_a_typed_total_among_formulas():
    total = ("=SUM(F3:F4)", 175000)
    rows = [RAB, ["A", "Satu"], A, B, [N, "Jumlah A", N, N, N, total], ["B", "Dua"],
        C, [N, "Jumlah B", N, N, N, ("=SUM(F7:F7)", 30000)],
            [N, "TOTAL", N, N, N, 200000]]  # fmt: skip
    assert codes(one(rows)) == {("L404", "F9")}


def test_groups_with_an_amount_but_without_lines_below():
    rows = [["Kode Rekening", "Uraian", "Anggaran", "Realisasi"], ["5", "Belanja", 600000, 350000],
        ["5.1", "Operasi", 400000, 150000],
            ["5.1.01", "Pegawai", 250000, 100000], ["5.1.02", "Barang", 150000, 50000], ["5.2", "Modal", 200000, 200000],
            ["5.2.01", "Tanah", 80000, N], ["5.2.02", "Alat", 120000, N]]  # fmt: skip
    table = one(rows)
    assert sums(table) == {"anggaran": 600000, "realisasi": 150000} and codes(table) == {("L401", "D2")}
    assert table.findings[0].args["selisih"] == "200.000" and "baris 6" in table.findings[0].args["sebab"]


def test_percentages_on_two_scales():
    rows = [["Kode", "Uraian", "Anggaran", "Realisasi", "%"], ["5.1.01", "Pegawai", 1000000, 149800, 14.98],
            ["5.1.02", "Barang", 2000000, 298000, 0.149], ["5.2", "Modal", 1000000, 500000, 50],
                [N, "Jumlah", 4000000, 947800, N]]  # fmt: skip
    assert codes(one(rows)) == {("L410", "E3")}


# ---- doubtful cells ------------------------------------------------------------------------------------


def test_text_amounts_in_either_form():
    body = [
        [1, "Banner", "2", "Rp 75.000", "Rp 150.000"],
        [2, "Snack", "50", "Rp 12.500", "Rp 625.000"],
        ["TOTAL", N, N, N, "Rp 775.000,-"],
    ]
    assert sums(one([["No", "Kebutuhan", "Qty", "Harga", "Total"], *body])) == {"jumlah": 775000}
    nil = [["Kode", "Uraian", "Anggaran", "Realisasi"], ["5.1", "A", "1.275.800,00", "0,00"],
        ["5.2", "B", "162.000,00", "162.000,00"],
           ["JUMLAH", N, "1.437.800,00", "162.000,00"]]  # fmt: skip
    assert sums(one(nil)) == {"anggaran": 1437800, "realisasi": 162000} and not one(nil).said


def test_one_mark_for_thousands_and_decimals_is_said_with_its_amount():
    rows = [["Kode", "Uraian", "Anggaran", "Realisasi", "%"], ["5211", "Barang", "21,276,070,424,00", "21,198,274,724,57", 99.63],
            ["5221", "Jasa", 1000000, 500000, 50], ["5231", "Rawat", 1000000, 500000, 50]]  # fmt: skip
    table = one(rows)
    assert {code for code, _ in codes(table)} == {"L411", "L419"}
    assert next(f.args["jumlah"] for f in table.findings if f.code == "L411") == "21.276.070.424"


def test_a_mangled_price_is_settled_by_the_product_or_left_out():
    rows = [RAB, A, [2, "Map", 1, "dus", "1,80,0000", 1800000], C, [N, "Jumlah", N, N, N, 1930000]]
    assert codes(one(rows)) == {("L429", "E3")}
    alone = one([["No", "Uraian", "Satuan", "Harga"], [1, "A", "bh", 1000], [2, "B", "bh", "1,80,0000"], [3, "C", "bh", 3000]])
    assert sums(alone) == {"harga": 4000} and ("L412", "D3") in codes(alone)


def test_points_before_three_digits_everywhere_are_thousands_and_said():
    rows = [
        ["KODE", "URAIAN BARANG", "SATUAN", "HARGA SATUAN"],
        ["1.1", "Kertas", "rim", "50.000"],
        ["1.2", "Tinta", "botol", "75.000"],
        ["1.3", "Map", "dus", "120.000"],
    ]
    assert sums(one(rows)) == {"harga": 245000} and codes(one(rows)) == {("L308", "D2")}


def test_errors_and_formulas_without_a_result():
    table = one([RAB, A, [2, "Map", N, "dus", 75000, ("=C3*E3", "#VALUE!")], C])
    assert ("L413", "F3") in codes(table) and sums(table) == {"jumlah": 130000}
    waiting = one([RAB, [1, "A", 2, "bh", 50000, ("=C2*E2", None)], [2, "B", 1, "bh", 75000, ("=C3*E3", None)]])
    assert codes(waiting) == {("L421", "F2")}


def test_what_no_line_knows_is_no_sum_of_zero():
    """Not known in every face: in words, in the answer of ``--format json``, in Padanan; what some lines know is told as that."""
    waiting, some = [1, "A", 2, "bh", 50000, ("=C2*E2", N)], [2, "B", 1, "bh", 75000, ("=C3*E3", N)]
    total = [N, "Jumlah", N, N, N, ("=SUM(F2:F4)", N)]
    for rows, words_, answer, unknown in (
        ([RAB, waiting, some, total], "jumlah tidak diketahui", None, 2),
        ([RAB, A, some, C, total], "jumlah Rp130.000 dan 1 baris tidak diketahui", "130000", 1),
        ([RAB, A, B, C, total], "jumlah Rp205.000", "205000", 0),
    ):
        book = model.ForeignBook(file="uji.xlsx", tables=tuple(read(rows)))
        (table,), (told,) = book.tables, as_json(book)
        assert [*table.told_sums()] == [words_] and _sums(table) == words_.replace("jumlah ", "Jumlah: ")
        assert told["sums"] == {"jumlah": answer} and told["unknown"] == ({"jumlah": unknown} if unknown else {})
    rows = [["Kode", "Uraian", "Anggaran", "Realisasi"], ["5.1", "Belanja", 850000, ("=SUM(D3:D4)", N)],
        ["5.1.01", "Pegawai", 620000, ("=3*1", N)], ["5.1.02", "Barang", 230000, ("=9*1", N)]]  # fmt: skip
    assert [*one(rows).told_sums()] == ["anggaran Rp850.000", "realisasi tidak diketahui"]


def test_an_amount_that_is_not_known_is_said_on_its_line_and_its_parts_are_no_whole():
    (table,) = read([RAB, A, [2, "B", 1, "bh", 75000, ("=C3*E3", N)], C])
    shown = _amount(table, 5).value
    assert [shown(line) for line in table.lines] == [table.lines[0].values[5], model.UNKNOWN, table.lines[2].values[5]]
    head = ["Kode", "Uraian", *(f"Anggaran TW {part}" for part in ("I", "II", "III", "IV"))]
    rows = [["5.1.02.01", "Rapat", 1000000, 2000000, 3000000, 4000000], ["5.1.02.02", "Lomba", "#REF!", "#REF!", 2500000, 10000]]
    (told,) = as_json(model.ForeignBook(file="uji.xlsx", tables=tuple(read([["RENCANA ANGGARAN BELANJA"], [], head, *rows]))))
    assert [line["amount"] for line in told["lines"]] == ["10000000", None]
    assert (told["unknown"], told["sums"]["jumlah"]["Anggaran TW III"]) == ({"jumlah": 1}, "5500000")  # one line, two cells


def test_rows_shifted_to_the_right():
    rows = [["id", "indikator", "target", "satuan", "tahun1", "capaian1"], [1, "Luas hutan", 450000, "ha", 5000, 0.0111],
        [2, "Luas kakao", 120000, "ha", 57000, 0.475],
            [3, "Kelompok", N, 20, "unit", 4], [4, "Petani", N, 200, "orang", 200, "orang"]]  # fmt: skip
    table = one(rows)
    assert sums(table)["target"] == 570220
    assert {("L408", "D4"), ("L431", "D5")} <= codes(table)


def test_two_indicators_in_one_cell_and_targets_in_words():
    rows = [
        ["No", "Indikator Kinerja", "Satuan", "Target"],
        [1, "1) Nilai SAKIP\n2) Indeks kepuasan", "Nilai", 70],
        [2, "Opini", "Predikat", "WTP"],
    ]
    assert codes(one(rows)) == {("L409", "B2"), ("L430", "D3")}


def test_names_units_numbers_and_codes_that_are_missing_or_twice():
    rows = [
        ["kode", "uraian", "satuan", "harga satuan"],
        ["1.1", "Aspal", "kg", 13840],
        ["1.1", "Aspal drum", "kg", 2545200],
        ["1.2", N, "kg", 18613],
    ]
    assert codes(one(rows)) == {("L416", "A2"), ("L417", "B4")}
    target = [["No", "Sub Kegiatan", "Satuan", "Target"], *[[n, f"Sub {n}", "Dokumen", 2] for n in (1, 2, 3, 5, 5, 6)]]
    target[3][2] = N
    assert codes(one(target)) == {("L415", "A5"), ("L418", "C4")}


def test_hidden_rows_and_columns_are_counted_and_said():
    table = one([RAB, A, B, C, SUM], hidden_rows=[3], hidden_cols=[4])
    assert sums(table) == {"jumlah": 205000} and codes(table) == {("L204", "F3"), ("L205", "")}


@pytest.mark.parametrize(("price", "amount", "without"), [
    ("#REF!", "#REF!", "105.000 dan 1 baris tidak diketahui"), (50000, 100000, "205.000"),
])  # fmt: skip
def test_without_its_hidden_rows_a_sum_is_as_little_known_as_its_lines(price: object, amount: object, without: str):
    rows = [RAB, [*A[:4], price, amount], B, C, [4, "Tinta", 1, "btl", 90000, 90000]]
    table = one(rows, hidden_rows=[5])
    (said,) = (finding for finding in table.findings if finding.code == "L204")
    assert (said.cell, said.args["tanpa"]) == ("F5", without)


@pytest.mark.parametrize(
    ("hidden", "heads", "total"),
    [((3, 4, 5), (), 13_500_000), ((6, 7, 8), (), 13_700_000), ((3, 4, 5), ("Basul", "Gerami", "Lintok"), 13_500_000),
     ((6, 7, 8), ("Basul", "Gerami", "Lintok"), 13_700_000)],
)  # fmt: skip
def test_a_hidden_column_never_beats_one_that_is_seen(hidden, heads, total):
    """Volume, price and amount of two versions, one of them hidden, below words and below words nobody knows."""
    heads = heads or ("Volume", "Harga", "Jumlah")
    parts = [("Panggung", 1, 8_000_000, 1, 7_500_000), ("Genset", 2, 1_500_000, 1, 1_500_000), ("Umbul", 60, 45_000, 100, 45_000)]
    rows = [[n, name, a, b, a * b, c, d, c * d] for n, (name, a, b, c, d) in enumerate(parts, 1)]
    table = one([["No", "Uraian", *heads, *heads], *rows], hidden_cols=hidden)
    assert sums(table) == {"jumlah": total}
    prices = {line.harga for line in table.lines}
    assert prices == {rows[n][3 if 6 in hidden else 6] for n in range(3)}


def test_two_versions_of_the_budget_are_a_question():
    rows = [["Kode", "Uraian", "Anggaran Sebelum", "Anggaran Setelah", "Bertambah/(Berkurang)"],
        ["5.1.01", "Pegawai", 1000000, 1500000, 500000],
            ["5.1.02", "Barang", 2000000, 2000000, 0], [N, "Jumlah", 3000000, 3500000, 500000]]  # fmt: skip
    table = one(rows)
    assert sums(table) == {"jumlah": 3500000} and codes(table) == {("L302", "D1")}
    assert [option.value for option in table.questions[0].options] == ["Anggaran Setelah", "Anggaran Sebelum"]


@pytest.mark.parametrize(
    ("units", "told"),
    [(("Orang", "Orang"), "target 20"), (("Orang", "Kali"), "target pada 2 baris"), (("%", "%"), "target pada 2 baris")],
)
def test_targets_in_several_units_are_counted_not_added(units: tuple[str, str], told: str):
    rows = [["No", "Indikator", "Satuan", "Target"], [1, "Peserta", units[0], 12], [2, "Rapat", units[1], 8]]
    assert [*one(rows).told_sums()] == [told]


@pytest.mark.parametrize(
    ("kind", "totals", "told"),
    [
        (model.RAB, {"jumlah": Decimal(8660000)}, ["jumlah Rp8.660.000"]),
        (model.REALISASI, {"realisasi": {"TW I": Decimal("-1.5"), "TW II": Decimal(0)}}, ["realisasi -Rp1,50 (2 kolom)"]),
        (model.INDIKATOR, {"target": Decimal("12.5"), "anggaran": Decimal(1000)}, ["target 12,50", "anggaran Rp1.000"]),
    ],
)
def test_money_is_told_as_rupiah_and_a_target_as_a_number(kind: str, totals: Mapping[str, model.Sum], told: list[str]):
    assert list(model.Table(file="", sheet="", kind=kind, first_row=1, last_row=1, sums=totals).told_sums()) == told
