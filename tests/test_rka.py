"""The RKA workbook: accounts with their subtotals, three years, what does not count beside it, and formulas that live."""

import warnings
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from kinerja_xl.reckoning.recap.rka import build_rka, koefisien
from kinerja_xl.sheets.formats import terbilang_rupiah
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.shown.rka import write_rka
from kinerja_xl.writing.shown.rka.rincian import sheet_names
from tests import recap_contoh
from tests.kantor_uji import Folder

SUB, LATE = "7.01.01.2.01.0002", "7.01.03.2.01.0001"


@pytest.fixture(scope="module")
def recap():
    return recap_contoh.small()


@pytest.fixture(scope="module")
def data(recap):
    return write_rka(recap, {SUB: 1_500_000})


def load(data, values=False):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what LibreOffice adds to a file is not ours
        return openpyxl.load_workbook(BytesIO(data) if isinstance(data, bytes) else data, data_only=values)


def rows(sheet, column=1):
    """The texts of a column with their rows."""
    return {cell.value: cell.row for cell in next(sheet.iter_cols(min_col=column, max_col=column)) if cell.value is not None}


def by_code(recap, before=None):
    return {rka.kode: rka for rka in build_rka(recap, before)}


def levels(accounts):
    return {account.kode: account.amount for account in accounts} | {
        kode: amount for account in accounts for kode, amount in levels(account.children).items()
    }


def test_every_line_once_counted_under_its_account_or_held_beside(recap):
    rkas = build_rka(recap)
    assert sorted(id(x.row) for rka in rkas for x in rka.lines()) == sorted(id(x.row) for x in recap.lines if x.counted)
    assert sorted(id(x.row) for rka in rkas for x in rka.held) == sorted(id(x.row) for x in recap.lines if not x.counted)
    assert sum(rka.amount for rka in rkas) == recap.total_rab
    assert sum(rka.held_amount.amount for rka in rkas) == recap.total_tidak_dihitung.amount


def test_levels_of_the_accounts_add_up(recap):
    own = [line for line in recap.lines if line.kode_sub == SUB]
    per_account = {}
    for line in own:
        code = line.row.get("kode_rekening")
        for end in range(1, code.count(".") + 2):
            key = ".".join(code.split(".")[:end])
            per_account[key] = per_account.get(key, 0) + line.jumlah
    assert levels(by_code(recap)[SUB].accounts) == per_account


@pytest.mark.parametrize(
    ("rekening", "codes"),
    [
        ("521211", ["5", "5.1", "5.1.02", "521211"]),
        (None, ["5", "5.1", "5.1.02", "(tanpa rekening)"]),
        ("5.1.02.01.01.9999", ["5", "5.1", "5.1.02", "5.1.02.01", "5.1.02.01.01", "5.1.02.01.01.9999"]),
    ],
)
def test_an_account_that_is_not_regional_stands_under_its_class(recap, rekening, codes):
    line = recap_contoh.rab_line(recap_contoh.UNITS[0], SUB, 0, kode_rekening=rekening, jenis="5.1.02")
    assert list(levels(by_code(replace(recap, lines=(line,)))[SUB].accounts)) == codes


def test_three_years(recap):
    ahead = sum(line.row.get("prakiraan_maju") for line in recap.lines if line.kode_sub == SUB)
    assert (by_code(recap)[SUB].lalu, by_code(recap)[SUB].depan) == (None, ahead)
    assert (by_code(recap, {SUB: 7})[SUB].lalu, by_code(recap, {})[SUB].lalu) == (7, 0)
    bare = replace(recap, lines=(recap_contoh.rab_line(recap_contoh.UNITS[0], SUB, 0, prakiraan_maju=None),))
    assert by_code(bare)[SUB].depan is None


def test_koefisien_as_the_budgeting_system_keeps_it():
    line = recap_contoh.rab_line(recap_contoh.UNITS[0], SUB, 0, koef_1=Decimal(30), koef_2=Decimal("1.5"))
    assert koefisien(line) == "30 Orang x 1,5 Kali"


def test_same_input_same_bytes(recap, data):
    assert write_rka(recap_contoh.small(), {SUB: 1_500_000}) == data
    assert write_rka(recap) != data


def test_a_sheet_per_sub_kegiatan_and_two_in_front(recap, data):
    codes = [rka.kode or "Kode tidak dikenal" for rka in build_rka(recap)]
    assert load(data).sheetnames == ["Daftar RKA", "SIPD", *codes]


@pytest.mark.parametrize(("before", "total"), [(None, "–"), ({SUB: 1_500_000}, 1_500_000), ({SUB: 0}, 0)])
def test_the_sum_of_a_year_that_nobody_knows_is_a_dash(recap, before, total):
    """Not 0, which one of a year that is known may be."""
    assert load(write_rka(recap, before), values=True)["Daftar RKA"].cell(5, 4).value == total


@pytest.mark.parametrize(("typed", "shown"), [("Pemerintah Desa  di enam desa", "Pemerintah Desa di enam desa"), (None, "–")])
def test_for_whom_it_is_comes_from_the_tor_alone(typed, shown, tmp_path):
    """Not from its sasaran, which is what shall be reached; unsaid it is a dash."""
    folder = Folder()
    for number in (0, 1):
        folder.edit("pmd", "tor", 0, number, kelompok_sasaran=typed)
    own = rekap(folder.drop("trantib").write(tmp_path / "kantor"))
    book = load(write_rka(own))
    found = {row[0]: row[1] for sheet in book.worksheets[2:] for row in sheet.iter_rows(values_only=True)}
    assert found["Kelompok Sasaran"] == shown


def test_names_of_tabs_are_such_as_excel_takes():
    codes = ["a" * 40, "A" * 40, "x/y:z", "'", "", "a" * 31]
    names = sheet_names(codes)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names.values())
    assert len({name.casefold() for name in names.values()}) == len(codes)


@pytest.mark.parametrize("make", [recap_contoh.small, recap_contoh.empty, recap_contoh.hard])
def test_every_formula_as_libreoffice_computes_it(libre, tmp_path, make):
    path = tmp_path / "rka.xlsx"
    path.write_bytes(write_rka(make(), {}))
    compared, differences = libre.judge([path])
    assert [str(d) for d in differences] == []
    assert compared > 0


def test_what_does_not_count_stands_below_the_total_with_its_reason(recap, data):
    sheet = load(data, values=True)[LATE]
    places = rows(sheet)
    assert places["Jumlah Sub Kegiatan"] < places["Tidak dihitung (di luar jumlah di atas)"]
    assert sheet.cell(places["Jumlah Sub Kegiatan"], 8).value == 0
    reason = next(text for text in places if str(text).startswith("Jumlah tidak dihitung"))
    assert "Terlambat; tidak masuk RKT" in reason
    assert sheet.cell(places[reason], 8).value == by_code(recap)[LATE].held_amount.amount > 0


def figures(path, row):
    """Everything above one line of SUB, by name."""
    book = load(path, values=True)
    sheet, listed, flat = book[SUB], book["Daftar RKA"], book["SIPD"]
    places = rows(sheet)
    total = places["Jumlah Sub Kegiatan"]
    code = next(
        sheet.cell(above, 1).value for above in range(row, 0, -1) if str(sheet.cell(above, 1).value or "").startswith("5.")
    )
    return {
        "baris": sheet.cell(row, 8).value,
        **{code[:end]: sheet.cell(places[code[:end]], 8).value for end in (1, 3, 6, 9, 12, 17)},
        "jumlah": sheet.cell(total, 8).value,
        "alokasi": sheet.cell(5, 7).value,
        "daftar": listed.cell(rows(listed)[SUB], 5).value,
        "daftar seluruhnya": listed.cell(5, 5).value,
        "SIPD": flat.cell(5, 12).value,
    }, sheet.cell(total + 1, 1).value


def test_an_edited_price_changes_every_total_above_it(libre, tmp_path, recap, data):
    before_path, path = tmp_path / "sebelum.xlsx", tmp_path / "sesudah.xlsx"
    before_path.write_bytes(data)
    book = load(data)
    sheet = book[SUB]
    row = next(cell.row for cell in sheet["F"] if isinstance(cell.value, int | float))
    volume = sheet.cell(row, 4).value
    sheet.cell(row, 6).value += 1_000_000
    book.save(path)
    new = libre.recalculate([before_path, path])
    (before, words), (after, stale) = figures(new[before_path], row), figures(new[path], row)
    assert {name: after[name] - before[name] for name in before} == dict.fromkeys(before, volume * 1_000_000)
    assert before["daftar seluruhnya"] == recap.total_rab
    assert words == f"Terbilang: {terbilang_rupiah(by_code(recap)[SUB].amount)}"
    assert stale == "Terbilang: buat ulang rekap"
