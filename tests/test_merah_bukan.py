"""Sheets without a table of ours give none, with a true reason; budgets that only look like them are still read."""

from __future__ import annotations

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, RAB
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json
from tests.asing_uji import codes, one, read, sums, xlsx
from tests.merah_bukan import GOODS, VILLAGES, everything
from tests.merah_bukan_lagi import NONE as SECOND
from tests.merah_bukan_lagi import OURS

N = None
BOOKS = everything()
NOTHING = {"buku_kosong", "gambar_saja"}
UNFILLED = {"rab_kosong_berumus", "rab_kosong_strip", "rka_kosong_berakun", "rab_petunjuk", "indikator_tanpa_target"}
DOCUMENTS = {
    "faktur_toko", "invoice_jasa", "kib_b", "kir", "stok_persediaan", "daftar_honor", "buku_kas_umum", "perjalanan_nominatif",
    "monitoring_kendaraan", "daftar_gaji", "penerima_blt", "pajak_potongan",
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_no_table_is_a_right_answer_with_a_reason(name):
    book = read_foreign(BOOKS[name], f"{name}.xlsx")
    assert [(t.kind, len(t.lines)) for t in book.tables if t.kind != NONE] == []
    assert {f.code for f in book.all_findings()} == ({"L211"} if name in NOTHING else {"L201"})
    assert all(answer["kind"] == NONE and not answer["sums"] for answer in as_json(book))
    reasons = " ".join(str(f.args["alasan"]) for f in book.all_findings())
    assert ("belum diisi" in reasons) == (name in UNFILLED)
    assert ("menurut judulnya" in reasons) == (name in DOCUMENTS)


def test_what_is_read_as_none_is_read_when_the_user_says_what_it_is():
    table = read_foreign(BOOKS["faktur_toko"], "faktur.xlsx", sebagai="rab").imported[0]
    assert (len(table.lines), sums(table)) == (6, {"jumlah": sum(i * 2 * g[2] for i, g in enumerate(GOODS, 1))})


# ---- what looks like one of them, and is a table of ours ------------------------------------------------------------

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
LINES = [[i, name, i * 2, unit, price, i * 2 * price] for i, (name, unit, price) in enumerate(GOODS, 1)]
TOTAL = sum(row[-1] for row in LINES)
SUM = [N, "Jumlah", N, N, N, TOTAL]


def wider(rows, *cells):
    return [[*row, *[N] * (6 - len(row)), *cells] for row in rows]


ALIKE = {
    "judul menyebut persediaan": [["RAB PENGADAAN PERSEDIAAN BARANG"], [], HEAD, *LINES, SUM],
    "baris kegiatan di atas judul kolom": [["Kegiatan", ":", "Rapat Anggaran"], ["Volume", ": 2 kali"], HEAD, *LINES, SUM],
    "pajak di samping jumlah": [["RENCANA ANGGARAN BIAYA"], [*HEAD, "PPN", "PPh 22"], *wider(LINES, 0, 0), [*SUM, 0, 0]],
    "lembar Kuitansi, isinya rab": [["RENCANA ANGGARAN BIAYA KUITANSI"], HEAD, *LINES, SUM],
    "tanda terima di bawah tabel": [["RAB KEGIATAN"], HEAD, *LINES, SUM, [], ["Tanda terima terlampir"]],
    "kolom penerima": [["RAB BANTUAN"], [*HEAD, "Nama Penerima", "Paraf"], *wider(LINES, "Kelompok Tani"), SUM],
}  # fmt: skip


@pytest.mark.parametrize("name", ALIKE)
def test_a_budget_that_names_another_document_is_still_read(name):
    table = one(ALIKE[name])
    assert (table.kind, len(table.lines), sums(table)["jumlah"]) == (RAB, 6, TOTAL)


def test_targets_of_nought_are_targets():
    head = ["No", "Indikator Kinerja", "Satuan", "Target"]
    table = one([head, [1, "Jumlah konflik antarwarga", "Kasus", 0], [2, "Jumlah pengaduan tidak ditangani", "Kasus", 0]])
    assert (table.kind, len(table.lines), sums(table)) == (INDIKATOR, 2, {"target": 0})
    assert read([head, [1, "Jumlah konflik", "Kasus", "-"], [2, "Jumlah pengaduan", "Kasus", "-"]]) == []


def test_targets_by_sex_are_targets():
    rows = [[i, f"Peserta pelatihan {name}", "Orang", 10 + i, 4 + i, 6] for i, name in enumerate(VILLAGES, 1)]
    table = one([["No", "Indikator", "Satuan", "Target", "Laki-laki", "Perempuan"], *rows])
    assert (table.kind, len(table.lines), sums(table)) == (INDIKATOR, 6, {"target": 81})


def test_a_price_list_with_brands_and_remarks_is_one():
    rows = [[i, name, "Merk A", unit, price, "termasuk pajak"] for i, (name, unit, price) in enumerate(GOODS, 1)]
    table = one([["STANDAR HARGA SATUAN"], ["No", "Nama Barang", "Merk/Type", "Satuan", "Harga (Rp)", "Keterangan"], *rows])
    assert (table.kind, len(table.lines), codes(table)) == (HARGA, 6, set())


# ---- beside a table ------------------------------------------------------------------------------------------------


def test_words_beside_a_table_need_nobodys_attention():
    cover = [["LAPORAN"], ["Kecamatan Alam Biru"], ["Tahun", 2025], ["Disusun oleh Subbagian Perencanaan"]]
    figures = [["Luas", 12.5], ["Jarak", 40], ["Jiwa", 9120]]
    book = read_foreign(xlsx({"Sampul": cover, "RAB": [HEAD, *LINES, SUM], "Angka": figures}), "rab.xlsx")
    assert [(t.sheet, t.kind, [(f.code, f.severity) for f in t.findings]) for t in book.tables] == [
        ("Sampul", NONE, [("L201", Severity.INFO)]),
        ("RAB", RAB, []),
        ("Angka", NONE, [("L201", Severity.CEK)]),
    ]
    alone = read_foreign(xlsx({"Sampul": cover}), "sampul.xlsx")
    assert [f.severity for f in alone.all_findings()] == [Severity.CEK]


# ---- the second set, invented after the first was mended ---------------------------------------------------------------


@pytest.mark.parametrize("name", SECOND)
def test_more_sheets_without_a_table(name):
    book = read_foreign(xlsx({"Lembar": SECOND[name]}), f"{name}.xlsx")
    assert book.imported == () and {f.code for f in book.all_findings()} == {"L201"}
    assert all(f.args["alasan"] for f in book.all_findings())


REMARKS = {"honor_tim": {("L301", "D2")}}
"""What may be said: "Bulan" is how many of them, because three factors give the amount."""


@pytest.mark.parametrize("name", OURS)
def test_budgets_and_lists_that_resemble_others_are_read(name):
    kind, lines, expected, rows = OURS[name]
    table = one(rows)
    assert (table.kind, len(table.lines), sums(table)) == (kind, lines, expected)
    assert codes(table) == REMARKS.get(name, set())


def test_a_line_that_shows_how_to_fill_a_form_is_doubted():
    sample = [1, "contoh: Kertas HVS", 2, "rim", 50_000, 100_000]
    for title, line in (("FORMAT RAB", sample), ("RAB (CONTOH PENGISIAN)", [1, "Kertas", 2, "rim", 50_000, 100_000])):
        assert {("L305", "F2")} == codes(one([[title], HEAD, line, [N, "Jumlah", N, N, N, 100_000]]))
    named = [1, "Cetak contoh formulir", 2, "rim", 50_000, 100_000]
    assert codes(one([["RAB"], HEAD, named, [N, "Jumlah", N, N, N, 100_000]])) == set()


def test_reasons_are_true():
    """Figures as large as rupiah are not called percentages."""
    for name, reason in (("neraca", "sebesar rupiah"), ("daftar_sp2d", "daftar lain (pembayaran")):
        (found,) = read_foreign(xlsx({"Lembar": SECOND[name]}), "uji.xlsx").all_findings()
        assert reason in str(found.args["alasan"])
