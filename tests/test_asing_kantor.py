"""Tables as other offices write them, each read to the line, price and rupiah (``kantor_lain*.txt``).

There, one block per table: ``==`` its name; ``#`` its kind and where names, prices and amounts stand (``none``: it is none of
ours, ``G+K``: both together); ``!`` the cells of printed sums that are wrong; ``?`` what must be said of a table that is not read
so (``tanya``: a question); ``[]`` merged cells; then the rows, with tabs between their cells, an
apostrophe before digits that are text, and ``*`` before what is a line (``+``: of the second table).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from bench.tata_letak.berkas import Made, Truth, workbook
from bench.tata_letak.nilai import judge
from kinerja_xl.foreign.read import read_foreign, read_grid
from kinerja_xl.uses.baca import as_json
from tests.asing_uji import codes, grid, one

BLOCKS = [
    block for path in sorted(Path(__file__).parent.glob("kantor_lain*.txt"))
    for block in path.read_text(encoding="utf-8").removeprefix("== ").split("\n== ")
]  # fmt: skip
MARKS = "*+"


def _cell(text: str) -> object:
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return Decimal(text)
    return text.removeprefix("'") or None


def _number(cell: object) -> Decimal:
    if isinstance(cell, Decimal) or re.fullmatch(r"\d{4,}\.\d\d", str(cell)):  # "1250000.00", as a program writes it
        return Decimal(str(cell))
    found = re.match(r"\(?(?:Rp\.? ?)?([\d.]*\d(?:,\d+)?)", str(cell))
    assert found, cell
    return Decimal(found[1].replace(".", "").replace(",", ".")) * (-1 if str(cell).startswith("(") else 1)


def made(block: str) -> Made:
    lines = block.rstrip("\n").split("\n")
    told = [line for line in lines[1:] if line[:2] in ("# ", "! ", "? ", "[]")]
    split = [line.split("\t") for line in lines[1 + len(told) :]]
    rows = [[_cell(text) for text in cells[1:]] for cells in split]
    specs = [line[2:].split("; ") for line in told if line.startswith("# ")]
    truths = [_truth(spec, rows, [n for n, cells in enumerate(split) if MARKS[k] in cells[0]]) for k, spec in enumerate(specs)]
    boxes = [range_boundaries(box) for line in told if line.startswith("[]") for box in line[3:].split()]
    return Made(
        rows=rows, merged=[(r1 - 1, c1 - 1, r2 - 1, c2 - 1) for c1, r1, c2, r2 in boxes],
        truths=tuple(truth for truth in truths if truth), decides=True, features={},
        slips=tuple(cell for line in told if line.startswith("! ") for cell in line[2:].split()),
    )  # fmt: skip


def _truth(spec: list[str], rows: list[list[object]], at: list[int]) -> Truth | None:
    if spec == ["none"]:
        return None
    where = {
        name: [column_index_from_string(letter) - 1 for letter in letters.split("+")]
        for name, letters in (part.split() for part in spec[1:])
    }  # fmt: skip
    (name,), (price,) = where.pop("nama"), where.pop("harga", [None])
    return Truth(
        kind=spec[0], names={n + 1: str(rows[n][name]) for n in at},
        prices={n + 1: None if price is None else _number(rows[n][price]) for n in at},
        amounts={n + 1: {key: sum((_number(rows[n][c]) for c in cols), Decimal(0)) for key, cols in where.items()} for n in at},
    )  # fmt: skip


def named(*, asked: bool = False) -> Iterator[tuple[str, Made]]:
    for block in BLOCKS:
        if asked == (block.partition("\n")[2][:2] == "? "):
            yield block.partition("\n")[0], made(block)


@pytest.mark.parametrize(("name", "table"), [pytest.param(*pair, id=pair[0]) for pair in named() if pair[1].truths])
def test_read_as_the_office_meant_it(name: str, table: Made):
    judged = judge(name, table)
    assert (judged.wrong, judged.slips) == ((), (len(table.slips), len(table.slips)))


@pytest.mark.parametrize(("name", "table"), [pytest.param(*pair, id=pair[0]) for pair in named(asked=True)])
def test_what_is_not_read_so_is_said_and_asked(name: str, table: Made):
    (block,) = (block for block in BLOCKS if block.partition("\n")[0] == name)
    answer = as_json(read_foreign(workbook(table), f"{name}.xlsx"))
    said = {catatan["kode"] for one in answer for catatan in one["catatan"]}
    said |= {"tanya" for one in answer if one["pertanyaan"]}
    assert set(block.split("\n")[1].split()[1:]) <= said


@pytest.mark.parametrize(("name", "table"), [pytest.param(*pair, id=pair[0]) for pair in named() if not pair[1].truths])
def test_none_of_ours(name: str, table: Made):
    assert [one["kind"] for one in as_json(read_foreign(workbook(table), f"{name}.xlsx"))] == ["none"]


def test_analyses_with_their_headings_again_need_one_word_only():
    rows: list[list[object]] = [["Hitungan pekerjaan"], []]
    for unit, name, wage, stone in (("m3", "Galian tanah biasa", 82500, 0), ("m3", "Pasangan batu kali", 165000, 300000)):
        rows += [
            ["A", f"1 {unit} {name}"], ["No", "Uraian", "Koefisien", "Satuan", "Harga Satuan", "Jumlah Harga"],
            [1, "Pekerja", wage / 110000, "OH", 110000, wage], [2, "Batu", stone / 250000, "m3", 250000, stone],
            [None, "Overhead 10%", None, None, None, (wage + stone) / 10],
            [None, "Harga Satuan Pekerjaan", None, None, None, (wage + stone) * 1.1], [],
        ]  # fmt: skip
    table = one(rows)
    assert [(line.uraian, line.satuan, line.harga) for line in table.lines] == [
        ("1 m3 Galian tanah biasa", "m3", Decimal("90750")), ("1 m3 Pasangan batu kali", "m3", Decimal("511500")),
    ]  # fmt: skip
    assert codes(table) == {("L327", "F8")}


def test_one_analysis_alone_is_a_price_and_a_plan_with_such_groups_is_none():
    def read(heading: str) -> tuple[str, list[str]]:
        table = one([
            ["Pengecatan lambung"], [], [None, "Uraian", heading, "Satuan", "Harga Satuan", "Jumlah"],
            ["A", "BAHAN", None, None, None, 12000], [None, "Cat", 0.25, "kg", 40000, 10000],
            [None, "Thinner", 0.05, "lt", 40000, 2000],
            ["B", "UPAH", None, None, None, 9000], [None, "Tukang cat", 0.06, "OH", 150000, 9000],
            ["C", "Overhead 15%", None, None, None, 3150], [None, None, None, None, "HARGA SATUAN", 24150],
        ])  # fmt: skip
        return table.kind, [line.uraian for line in table.lines]

    assert read("Koef") == ("standar_harga", ["Pengecatan lambung"])
    assert read("Volume") == ("rab", ["Cat", "Thinner", "Tukang cat"])


@pytest.mark.parametrize(("heading", "kind"), [("Koef", "standar_harga"), ("Volume", "rab")])
def test_analyses_below_one_heading_end_with_their_price(heading: str, kind: str):
    """Names with a unit and no amount, overhead in every block; below "Volume" they are works of a plan."""
    rows: list[list[object]] = [["No", "Uraian", "Sat", heading, "Harga", "Jumlah"]]
    for n, (name, parts) in enumerate({"Pengecatan tembok baru": (8_820, 17_320), "Pasang keramik": (77_000, 71_400)}.items(), 1):
        whole = sum(parts)
        rows += [[n, name, "m2"], *([None, f"Bahan {at}", "kg", 0.5, part * 2, part] for at, part in enumerate(parts))]
        rows += [[None, "Jumlah", None, None, None, whole], [None, "Keuntungan 10%", None, None, None, whole / 10]]
        rows.append([None, "Harga per m2", None, None, None, whole * 1.1])
    table = one(rows)
    assert table.kind == kind
    priced = [("Pengecatan tembok baru", "m2", Decimal("28754")), ("Pasang keramik", "m2", Decimal("163240"))]
    assert kind == "rab" or [(line.uraian, line.satuan, line.harga) for line in table.lines] == priced


@pytest.mark.parametrize("works", [1, 2])
def test_analyses_below_one_heading_begin_with_the_same_section(works: int):
    """Names without a unit; the sums of the sections stand in the column of prices, that of the tools is 0."""
    rows: list[list[object]] = [["AHSP"], [], ["NO", "URAIAN", "SATUAN", "KOEFISIEN", "HARGA SATUAN", "JUMLAH HARGA"]]
    for code, name, wage, stone in (("A.4.1", "Pasangan bata", 30000, 66500), ("A.4.2", "Plesteran", 18750, 8985))[:works]:
        rows += [
            [code, name], ["A", "TENAGA"], [1, "Pekerja", "OH", wage / 100000, 100000, wage],
            [None, None, None, None, "JUMLAH TENAGA KERJA", wage],
            ["B", "BAHAN"], [1, "Bata", "bh", stone / 950, 950, stone], [None, None, None, None, "JUMLAH HARGA BAHAN", stone],
            ["C", "PERALATAN"], [None, None, None, None, "JUMLAH HARGA ALAT", 0],
            ["D", "Jumlah (A+B+C)", *[None] * 3, wage + stone],
            ["E", "Overhead", None, "15% x D", None, (wage + stone) * 0.15],
            ["F", "Harga Satuan Pekerjaan (D+E)", *[None] * 3, (wage + stone) * 1.15], [],
        ]  # fmt: skip
    table = one(rows)
    priced = [("A.4.1", "Pasangan bata", Decimal("110975")), ("A.4.2", "Plesteran", Decimal("31895.25"))]
    assert [(line.kode, line.uraian, line.harga) for line in table.lines] == priced[:works]
    assert {code for code, _ in codes(table)} == {"L327"}


@pytest.mark.parametrize(("paid", "slips", "prices"), [
    (lambda wage, stone: wage + stone, set(), [85_000, 1_000_000, 74_500]),
    (lambda wage, stone: wage + stone + (wage == 310_000) * 1_000, {("L406", "G4")}, [85_000, 1_000_000, 74_500]),
    (lambda wage, stone: wage, set(), [85_000, 310_000, 43_000]),  # one of them is the price: the other a zone, or paid by others
])  # fmt: skip
def test_wage_and_material_alone_are_one_price(paid: Callable[[int, int], int], slips: set[object], prices: list[int]):
    rows: list[list[object]] = [["No", "Uraian", "Vol", "Satuan", "Harga Satuan", None, "Jumlah"], [*[None] * 4, "Upah", "Bahan"]]
    works = (("Galian", 12, 85_000, 0), ("Pasangan batu", 8, 310_000, 690_000), ("Plesteran", 42, 43_000, 31_500))
    rows += [[n, name, size, "m3", a, b or None, size * paid(a, b)] for n, (name, size, a, b) in enumerate(works, 1)]
    rows.append([None, "Jumlah", *[None] * 4, sum(size * paid(a, b) for _, size, a, b in works)])
    table = one(rows, merged=["E1:F1", *(f"{col}1:{col}2" for col in "ABCDG")])
    assert [line.harga for line in table.lines] == prices
    assert {told for told in codes(table) if told[0] == "L406"} == slips


def test_a_code_split_over_columns_is_shown_whole():
    (table,) = [made for name, made in named() if name == "sipd_kode_lima_kolom"]
    (read,) = as_json(read_foreign(workbook(table), "rka.xlsx"))
    assert [line["code"] for line in read["lines"]] == [
        "7.01.01.2.01.0001", "7.01.01.2.01.0006", "7.01.01.2.02.0001",
        "7.01.02.2.01.0003", "7.01.03.2.01.0001", "7.01.03.2.01.0003",
    ]  # fmt: skip


def test_the_head_of_a_dpa_is_one_place_that_is_no_table():
    (table,) = [made for name, made in named() if name == "fisik_keuangan_form_a"]
    assert [one["kind"] for one in as_json(read_foreign(workbook(table), "a.xlsx"))] == ["none", "realisasi"]


def test_a_wrong_sum_of_a_table_that_nobody_knows_is_named_all_the_same():
    def said(spent: int) -> set[tuple[str, str]]:
        rows: list[list[object]] = [
            ["Wanu", "Torike", "Basul", "Pemutus"], ["5.1", "Lintok merah", 8_250_000, 3_115_000],
            ["5.1.01", "Kanci", 5_125_000, 2_040_000], ["5.1.02", "Gerami", 3_125_000, 1_075_000],
            ["5.2", "Lintok biru", 4_410_000, spent], ["5.2.01", "Merata", 1_210_000, 410_500],
            ["5.2.02", "Susun", 3_200_000, 990_000], [None, "Basulan", 12_660_000, 4_515_500],
        ]  # fmt: skip
        (table,) = read_grid(grid(rows), "uji.xlsx")
        assert table.kind == "none" and table.questions
        return codes(table)

    assert said(1_400_500) == {("L201", "")}
    assert said(1_490_500) == {("L201", ""), ("L401", "D5")}


def test_indicators_of_the_sasaran_are_named_in_their_own_column_wherever_they_stand():
    """Above the programs or below one; a row of the sasaran with the money of its programs and no indicator is no line."""
    program = [
        [None, None, "7.01.02", "PELAYANAN", "Persentase layanan", 100, 21400125],
        [None, None, "7.01.02.2.01", "Koordinasi", "Jumlah laporan koordinasi", 4, 21400125],
        [None, None, "7.01.02.2.01.0001", "Rapat", "Jumlah rapat", 12, 8200125],
        [None, None, "7.01.02.2.01.0002", "Laporan", "Jumlah laporan", 4, 13200000],
    ]  # fmt: skip
    sasaran = ["Meningkatnya layanan", "Indeks Kepuasan Masyarakat", None, None, None, 91, None]
    head = ["Sasaran", "Indikator Sasaran", "Kode", "Program / Kegiatan", "Indikator Kegiatan", "Target 2027", "Pagu 2027"]
    for rows in ([sasaran, *program], [*program, sasaran]):
        table = one([["MATRIKS RENSTRA"], [], head, *rows])
        assert sorted(line.uraian for line in table.lines) == ["Indeks Kepuasan Masyarakat", "Jumlah laporan", "Jumlah rapat"]
    table = one([["MATRIKS RENSTRA"], [], head, ["Meningkatnya layanan", None, None, None, None, 100, 21400125], *program])
    assert [line.uraian for line in table.lines] == ["Jumlah rapat", "Jumlah laporan"]


def test_volume_and_price_are_those_right_before_the_amount():
    (table,) = [made for name, made in named() if name == "adendum_volume_harga_ppn"]
    (read,) = as_json(read_foreign(workbook(table), "adendum.xlsx"))
    assert [(line["volume"], line["price"]) for line in read["lines"]] == [
        ("3", "11250000"), ("2", "3650000"), ("20", "450000"), ("12", "1180000"),
    ]  # fmt: skip


def test_a_sum_above_a_broken_amount_is_not_accused_and_another_one_is():
    """What the cell held may be all that lacks; where volume and price tell it, the groups are known all the same."""
    rows: list[list[object]] = [
        ["RENCANA ANGGARAN BIAYA"], ["No", "Uraian", "Volume", "Satuan", "Harga", "Jumlah"],
        ["A", "Bahan", None, None, None, 5_920_000], [1, "Semen", 40, "Sak", 68_500, 2_740_000],
        [2, "Pasir", 12, "M3", 265_000, "#VALUE!"], ["B", "Upah", None, None, None, 5_070_000],
        [1, "Tukang", 14, "OH", 135_000, 1_890_000], [2, "Pekerja", 33, "OH", 95_000, 3_135_000],
        [None, "TOTAL", None, None, None, 10_945_000],
    ]  # fmt: skip
    table = one(rows)
    assert ([line.uraian for line in table.lines], codes(table)) == (
        ["Semen", "Pasir", "Tukang", "Pekerja"], {("L413", "F5"), ("L401", "F6")}
    )  # fmt: skip
    plain = [["RENCANA ANGGARAN BELANJA"], ["No", "Uraian", "Jumlah (Rp)"], [1, "Belanja ATK", 12_450_000]]
    plain += [[2, "Belanja makan", "#N/A"], [3, "Belanja jasa", 8_125_000]]
    assert codes(one([*plain, [None, "JUMLAH", 25_675_000]])) == {("L413", "C4")}
    assert ("L401", "C6") in codes(one([*plain, [None, "JUMLAH", 19_675_000]]))  # less than what is known


def test_the_only_table_that_counts_on_a_sheet_is_not_one_of_several():
    (table,) = [made for name, made in named() if name == "rekap_di_atas_rincian_laba_ppn"]
    recap, read = as_json(read_foreign(workbook(table), "rab.xlsx"))
    assert (recap["kind"], read["catatan"]) == ("none", [])
    assert "baris 16 sampai 29" in recap["catatan"][0]["masalah"]


def test_a_code_within_the_code_of_its_group_is_no_code_twice():
    head = ["Kode Kelompok Barang", "Kode Barang", "Uraian Barang", "Satuan", "Harga Satuan"]
    goods = [("03.01", "001", "Bolpoin", 5_800), ("03.01", "002", "Spidol", 10_200), ("03.02", "001", "HVS A4", 54_500)]
    rows = [["STANDAR HARGA SATUAN"], head, *([*codes_, name, "Buah", price] for *codes_, name, price in goods)]
    assert codes(one(rows)) == set()
    account = [[group, "5.1.02.01.01.0024", *rest] for group, _, *rest in rows[2:]]
    rows = [rows[0], ["Kode Barang", "Kode Rekening", *head[2:]], *account]
    assert codes(one(rows)) == {("L416", "A3")}


def test_income_and_spending_are_told_by_their_own_rows():
    """Numbered headings; "Pengeluaran Pembiayaan" further down is no spending, and of nothing nothing is told."""
    table = one([
        ["RINGKASAN APBDES"], ["Uraian Pos Anggaran", "Jumlah (Rp)"], ["1. PENDAPATAN DESA", 1_655_500_000],
        ["   Dana Desa", 980_500_000], ["   Alokasi Dana Desa", 675_000_000], ["2. BELANJA DESA", 1_655_500_000],
        ["   Bidang Pemerintahan", 700_250_000], ["   Bidang Pembangunan", 955_250_000], ["   Pengeluaran Pembiayaan", 0],
    ])  # fmt: skip
    (said,) = table.findings
    assert (said.code, said.cell) == ("L451", "B4")
    assert said.args["daftar"] == "pendapatan (baris 4-5: jumlah 1.655.500.000)"
    assert [out.row for out in table.left_out if out.reason == "pendapatan"] == [4, 5]
    assert table.sums == {"jumlah": 1_655_500_000}


@pytest.mark.parametrize(("name", "told"), [
    ("pbb_per_desa_hanya_pendapatan", {("L432", "C3"), ("L471", "C3")}), ("target_pad_hanya_pendapatan", {("L432", "C3")}),
    ("pendapatan_dengan_daftar_objek", {("L432", "C4")}), ("kegiatan_tentang_pbb_adalah_belanja", set()),
    ("anggaran_seksi_pendapatan_adalah_belanja", set()), ("anggaran_petugas_pbb_adalah_belanja", set()),
    ("belanja_bersumber_dari_pendapatan_asli", set()),
])  # fmt: skip
def test_income_alone_is_said_to_be_no_spending(name: str, told: set[tuple[str, str]]):
    (block,) = (block for block in BLOCKS if block.partition("\n")[0] == name)
    assert codes(one(made(block).rows)) == told


def test_of_prices_of_several_years_that_of_the_title_or_the_last_comes_first():
    head = ["No", "Uraian Barang", "Satuan", "SSH 2025", "SSH 2026"]
    goods = [[1, "Kertas HVS", "Rim", 50_000, 52_000], [2, "Tinta", "Botol", 111_500, 115_000], [3, "Map", "Buah", 2_500, 2_750]]
    for title, first, second in (("STANDAR HARGA", 4, 3), ("STANDAR HARGA 2025", 3, 4)):
        table = one([[title], head, *goods])
        assert (table.amount_columns["harga"], codes(table)) == ((first, second), {("L306", f"{'ABCDE'[first]}2")})


def test_what_is_only_asked_for_is_not_the_budget_beside_it():
    rows: list[list[object]] = [
        ["Kode", "Uraian", "Pagu", "Usulan Revisi"], ["5.1.02.01", "Alat tulis", 5_000_000, 4_500_000],
        ["5.1.02.02", "Cetak", 2_300_000, 2_900_000], [None, "Jumlah", 7_300_000, 7_400_000],
    ]  # fmt: skip
    for heading, wanted, asked in (("Usulan Revisi", 7_300_000, ["kolom:jumlah"]), ("Pagu Revisi", 7_400_000, [])):
        table = one([[*rows[0][:3], heading], *rows[1:]])
        assert (table.sums, [question.key for question in table.questions]) == ({"jumlah": wanted}, asked)


@pytest.mark.parametrize(("least", "told", "amount"), [(30_000, "L308", Decimal(250_500)), (300, "L412", None)])
def test_an_amount_typed_as_text_is_as_large_as_those_beside_it(least: int, told: str, amount: Decimal | None):
    """In a budget, a realisasi and a target as in prices; one small figure beside it, and it is asked."""
    for kind, head in (("jumlah", ["Jumlah"]), ("realisasi", ["Anggaran", "Realisasi"]), ("target", ["Indikator", "Target"])):
        figures = [["250.500"], [330_000], [least], [45_600]]
        rows = [[n, f"Belanja {n}", *([5_000_000] if kind == "realisasi" else []), *own] for n, own in enumerate(figures)]
        table = one([["RINCIAN 2026"], ["No", *(["Uraian"] if kind != "target" else []), *head], *rows])
        told_at = {(found.code, found.cell) for found in table.findings if found.code in ("L308", "L412")}
        col = table.amount_columns[kind][0]
        assert (told_at, table.lines[0].values.get(col)) == ({(told, f"{'ABCD'[col]}3")}, amount)


def test_a_group_over_one_broken_amount_is_no_line():
    """Neither its printed sum nor that of the whole table is accused; beside a wrong one that is."""
    rows: list[list[object]] = [
        ["RAB"], ["Kode", "Uraian", "Jumlah"], ["5.1", "Belanja Barang", 900_000], ["5.1.01", "ATK", "#REF!"],
        ["5.2", "Belanja Modal", 4_500_000], ["5.2.01", "Laptop", 4_500_000], [None, "JUMLAH", 5_400_000],
    ]  # fmt: skip
    table = one(rows)
    assert ([line.uraian for line in table.lines], table.sums, codes(table)) == (
        ["ATK", "Laptop"], {"jumlah": 4_500_000}, {("L413", "C4")}
    )  # fmt: skip
    rows[4][2] = 4_700_000
    assert codes(one(rows)) >= {("L413", "C4"), ("L401", "C5")}


def test_of_two_versions_volume_and_price_are_those_of_the_one_that_is_read():
    for name, first in (("pagu_revisi_volume_lama", (None, None)), ("jumlah_perubahan_dengan_volume_sendiri", ("90", "62000"))):
        (table,) = [made for one, made in named() if one == name]
        (read,) = as_json(read_foreign(workbook(table), f"{name}.xlsx"))
        assert (read["lines"][0]["volume"], read["lines"][0]["price"]) == first


@pytest.mark.parametrize(("least", "told", "price"), [(52_000, "L308", Decimal(82_500)), (250, "L412", None)])
def test_a_price_typed_as_text_is_as_large_as_those_beside_it(least: int, told: str, price: Decimal | None):
    """Beside a price below a thousand "82.500" may be 82,5."""
    table = one([
        ["STANDAR HARGA SATUAN 2026"], ["No", "Uraian", "Satuan", "Harga Satuan"], [1, "Kertas", "Rim", least],
        [2, "Flash disk", "Buah", "82.500"], [3, "Tinta", "Botol", 121_000], [4, "Meja", "Buah", 1_250_000],
    ])  # fmt: skip
    said = [(found.code, found.cell) for found in table.findings]
    assert (said, table.sums["harga"] - least - 1_371_000 or None) == ([(told, "D4")], price)


def test_words_below_the_total_are_no_units_and_no_lines_without_an_amount():
    (table,) = [made for name, made in named() if name == "rencana_penarikan_dan_tanda_tangan_di_bawah_jumlah"]
    assert codes(one(table.rows)) == set()
    forgotten = [*table.rows[:8], [None, "Map plastik", "12 Buah", "Buah", 5_000], *table.rows[8:]]
    assert codes(one(forgotten)) == {("L424", "")}


@pytest.mark.parametrize(("many", "told"), [(1_000, set()), (1_000_000, {("L303", "C1")})])
def test_counts_of_people_are_not_taken_for_unknown_rupiah(many: int, told: set[tuple[str, str]]):
    table = one([
        ["No", "Menu Kegiatan", "Penerima Manfaat", "Pagu (Rp)", "Realisasi (Rp)"],
        [1, "Ruas Tole", 12 * many // 10, 410_250_000, 82_000_000], [2, "Ruas Matano", 21 * many // 10, 375_500_000, 150_000_000],
        [3, "Ruas Puncak", 19 * many // 10, 290_000_000, 45_750_000], [None, "Jumlah", None, 1_075_750_000, 277_750_000],
    ])  # fmt: skip
    assert codes(table) == told


def test_a_wrong_total_over_headings_below_headings_misses_what_it_misses():
    (table,) = [made for name, made in named() if name == "jumlah_kelompok_luar_salah_bukan_kelompok_dalamnya"]
    (read,) = as_json(read_foreign(workbook(table), "rab.xlsx"))
    (wrong,) = [catatan["masalah"] for catatan in read["catatan"] if catatan["kode"] == "L401"]
    assert "6.733.000" in wrong and "rincian baris 8 sampai 12 berjumlah 6.825.000: selisih -92.000" in wrong


@pytest.mark.parametrize(("name", "units"), [
    ("volume_dengan_satuannya_dan_subtotal_salah", ["Meter", "Buah", "Unit"]),
    ("harga_bahan_dan_upah_tanpa_volume", ["M2", "M'", "M2", "M2"]),
    ("satuan_dan_volume_bertukar_tempat_di_satu_kelompok", ["Zak", "Kg", "Ls", "Ok"]),
    ("satuan_versi_sesudah_bukan_versi_sebelum", ["Paket", "Dus", "Bulan"]),
])  # fmt: skip
def test_a_unit_stands_behind_the_volume_in_the_name_in_its_place_or_beside_the_version_that_is_read(name: str, units: list[str]):
    (table,) = [made for each, made in named() if each == name]
    (read,) = as_json(read_foreign(workbook(table), "rab.xlsx"))
    assert [line["satuan"] for line in read["lines"]] == units
    assert all(line["volume"] for line in read["lines"]) == (read["kind"] == "rab")
    assert "L418" not in {catatan["kode"] for catatan in read["catatan"]}


def test_analyses_named_below_their_headings():
    """The work stands on the first row below the headings, its unit in words of the result, if anywhere."""
    rows: list[list[object]] = [["ANALISIS HARGA SATUAN PEKERJAAN"], ["BIDANG SUMBER DAYA AIR"], []]
    for code, name, unit, wage in (("1.1.4.b", "Papan nama", "Bh", 67500), ("P.09.c", "Mistar duga muka air", "m'", 22500)):
        rows += [
            ["NO. ANALISA", "URAIAN PEKERJAAN", "SATUAN", "KOEFISIEN", "HARGA SATUAN", "JUMLAH HARGA"], [code, name],
            ["A", "TENAGA KERJA"], [1, "Pekerja", "OH", wage / 90000, 90000, wage], [2, "Mandor", "OH", 0.1, 120000, 12000],
            [None, "JUMLAH HARGA TENAGA KERJA", None, None, None, wage + 12000],
            ["E", "Biaya umum dan keuntungan", None, None, "10% x D", (wage + 12000) / 10],
            ["F", f"Harga Satuan Pekerjaan per - {unit} (D+E)", None, None, None, (wage + 12000) * 1.1], [],
        ]  # fmt: skip
    table = one(rows)
    assert [(line.kode, line.uraian, line.satuan, line.harga) for line in table.lines] == [
        ("1.1.4.b", "Papan nama", "Bh", Decimal("87450")), ("P.09.c", "Mistar duga muka air", "m'", Decimal("37950")),
    ]  # fmt: skip


def test_a_row_whose_name_is_an_error_is_no_number_without_content():
    rows: list[list[object]] = [["SURVEI HARGA"], ["No", "Nama Barang", "Satuan", "Harga"]]
    rows += [[n, f"Barang {n}", "buah", 1500 * n] for n in range(1, 4)] + [[4], [5]]
    sheet = grid(rows)
    sheet.errors[6, 2] = "#REF!"
    (table,) = read_grid(sheet, "harga.xlsx")
    assert codes(table) == {("L414", "B6"), ("L426", "")}
