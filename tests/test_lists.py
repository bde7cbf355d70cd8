"""The reference lists: every code canonical, every parent present, every spelling found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.lists import (
    JENIS_BELANJA,
    Level,
    accounts,
    example_prices,
    jenis_belanja,
    level,
    national_to_regional,
    normalise_account,
    normalise_program,
    parents,
    programs,
    rows,
)
from kinerja_xl.sheets.choices import Listing, Listings
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words import table
from kinerja_xl.words.units import find_satuan, satuan

SUB = "7.01.02.2.01.0001"


@pytest.mark.parametrize(
    "code",
    [SUB, "7.01.02.2.01.01", "7.01.02.201.01", "7.01.02.02.01.0001", "7.01.02.2.01.1", "7.01.02.201.0001",
     "7.1.02.2.01.0001",
     "07.01.02.2.01.0001", "7.1.2.2.1.1", " 7.01.02 .2.01. 0001. ", "701022010001", "7010220101"],
)  # fmt: skip
def test_variants_of_a_sub_kegiatan(code):
    assert normalise_program(code) == SUB


@pytest.mark.parametrize(
    ("code", "canonical"),
    [
        ("7.01.02", "7.01.02"),
        ("7.1.02.", "7.01.02"),
        ("70102", "7.01.02"),
        ("7.01.02.2.01", "7.01.02.2.01"),
        ("7.01.02.201", "7.01.02.2.01"),
        ("7.01.02.02.01", "7.01.02.2.01"),
        ("7.01.02.2.10", "7.01.02.2.10"),
        ("5.01.02.2.01.0001", "5.01.02.2.01.0001"),
    ],
)
def test_programs_and_kegiatan(code, canonical):
    assert normalise_program(code) == canonical


@pytest.mark.parametrize(
    "code",
    ["", "7", "7.01", "7.01.02.2", "7.01.02.1.01.0001", "7.01.02.2.00", "7.01.02.2.01.0000", "7.01.02.2.01.0001.1",
     "7.01.00",
     "7.01.02.2.01.00001", "7.001.02", "17.01.02", "X.XX.01.2.01", "7..02", "7.01.02.2.a", "5.1.02",
     "5.1.02.02.01.0080",
     "5.1.02.01.01.0024", "510202010080", "521211", "٧.٠١.٠٢"],
)  # fmt: skip
def test_unknown_shapes_have_no_canonical_code(code):
    assert normalise_program(code) is None


def test_level_and_parents():
    assert [level(code) for code in ("7.01.02", "7.01.02.2.01", SUB, "7.01.02.201.01", "")] == [
        Level.PROGRAM, Level.KEGIATAN, Level.SUBKEGIATAN, None, None,
    ]  # fmt: skip
    assert parents(SUB) == ("7.01.02", "7.01.02.2.01")
    assert parents("7.01.02.2.01") == ("7.01.02", "7.01.02.2.01")
    assert parents("7.01.02") == ("7.01.02", "")
    with pytest.raises(ValueError, match="7.01.02.201"):
        parents("7.01.02.201")


digits = st.integers(min_value=1, max_value=99)


@given(digits, digits, st.integers(min_value=1, max_value=9999))
def test_every_spelling_leads_to_one_code(program, kegiatan, sub):
    canonical = f"7.01.{program:02}.2.{kegiatan:02}.{sub:04}"
    spellings = [canonical, f"7.1.{program}.02.{kegiatan}.{sub}", f"7.01.{program:02}.2{kegiatan:02}.{sub}"]
    spellings.append(canonical.replace(".", ""))
    assert {normalise_program(spelling) for spelling in spellings} == {canonical}
    assert level(canonical) is Level.SUBKEGIATAN
    assert all(normalise_program(parent) == parent for parent in parents(canonical))


def test_the_program_list():
    tree = programs()
    counts = [sum(node.level is each for node in tree.values()) for each in Level]
    assert counts == [6, 21, 106]
    order = list(tree)
    for code, node in tree.items():
        assert normalise_program(code) == code
        assert level(code) is node.level
        assert all(order.index(parent) <= order.index(code) for parent in parents(code) if parent)
        assert node.nama and bool(node.indikator) == bool(node.satuan)
        assert not node.satuan or satuan()[node.satuan].kanonik == node.satuan


@pytest.mark.parametrize(
    ("code", "canonical", "jenis"),
    [
        ("5.1.02.01.01.0024", "5.1.02.01.01.0024", "5.1.02"),
        ("5.1.02.01.001.00024", "5.1.02.01.01.0024", "5.1.02"),
        ("5.1.2.1.1.24", "5.1.02.01.01.0024", "5.1.02"),
        ("510201010024", "5.1.02.01.01.0024", "5.1.02"),
        ("51020100100024", "5.1.02.01.01.0024", "5.1.02"),
        (" 5.1.02. 01.01.0024. ", "5.1.02.01.01.0024", "5.1.02"),
        ("5.2.02.10.01.0002", "5.2.02.10.01.0002", "5.2"),
        ("5.2.02.10.001.00002", "5.2.02.10.01.0002", "5.2"),
        ("5.1.01.99.99.9999", "5.1.01.99.99.9999", "5.1.01"),
        ("5.1.06.01.01.0001", "5.1.06.01.01.0001", None),
        ("4.1.01", "4.1.01", None),
        ("5.2", "5.2", "5.2"),
        ("5", "5", None),
        ("5102", "5.1.02", "5.1.02"),
        ("521211", "521211", "5.1.02"),
        ("511111", "511111", "5.1.01"),
        ("532111", "532111", "5.2"),
        ("531111", "531111", "5.2"),
        ("52", "52", "5.1.02"),
        ("5212", "5212", "5.1.02"),
        ("512211", "512211", "5.1.02"),  # its own row beats class 51
        ("521115", "521115", "5.1.02"),  # its row names two classes: the class rule decides
        ("511129", "511129", "5.1.01"),
        ("571111", "571111", None),
    ],
)
def test_accounts_and_their_jenis(code, canonical, jenis):
    assert normalise_account(code) == canonical
    assert jenis_belanja(code) == jenis


@pytest.mark.parametrize(
    "code",
    ["", "7.01.02.2.01.0001", "5.1.002", "5.1.02.01.01.0000", "5.1.02.01.100.0024", "5.1.02.01.01.10000",
     "5.1.02.01.01.0024.1",
     "5102010100", "5.1..02", "5.1.02.xx", "Belanja", "510", "5.1 Belanja"],
)  # fmt: skip
def test_no_account(code):
    assert normalise_account(code) is None
    assert jenis_belanja(code) is None


def test_the_account_list():
    chart = accounts()
    assert len(chart) == 226
    assert sum(account.rinci for account in chart.values()) == 164
    seen = set()
    for code, account in chart.items():
        assert normalise_account(code) == code
        parent = code.rpartition(".")[0]
        assert not parent or parent in seen
        seen.add(code)
        parts = code.split(".")
        long_form = ".".join([*parts[:4], *(part.zfill(width) for part, width in zip(parts[4:], (3, 5), strict=False))])
        assert normalise_account(long_form) == normalise_account(".".join(part.lstrip("0") for part in parts)) == code
        if account.rinci:
            assert account.jenis in JENIS_BELANJA
            assert normalise_account(code.replace(".", "")) == code
            assert normalise_program(code) is None


def test_national_accounts_lead_to_regional_ones():
    assert national_to_regional("512211") == ("5.1.02.02.01.0071",)
    assert national_to_regional("521211")[0] == "5.1.02.01.01.0024"
    assert national_to_regional("531111") == ("5.2.01",)
    assert national_to_regional("529999") == ("5.1.02",)
    assert national_to_regional("511129") == national_to_regional("541111") == ()
    assert national_to_regional("5.1.02.01.01.0024") == national_to_regional("x") == ()
    for row in rows("bas"):
        assert normalise_account(row["bas"]) == row["bas"]
        for code in row["daerah"].split():
            assert normalise_account(code) == code
            assert code.count(".") < 5 or code in accounts()


@pytest.mark.parametrize(
    ("text", "kanonik"),
    [
        ("buah", "Buah"),
        ("BH", "Buah"),
        ("B u a h", "Buah"),
        ("O.H", "Orang/Hari"),
        ("org / hr", "Orang/Hari"),
        ("Orang/bulan", "Orang/Bulan"),
        ("m²", "M2"),
        ("Persen", "%"),
        ("%", "%"),
        ("Dok.", "Dokumen"),
        ("Lapoaran", "Laporan"),
        ("Ls", "Ls"),
        ("Pokmas / Ormas", "Pokmas/Ormas"),
    ],
)
def test_units(text, kanonik):
    unit = find_satuan(text)
    assert unit is not None
    assert (unit.kanonik, unit.ambigu) == (kanonik, False)


def test_ambiguous_and_unknown_units():
    for text, meanings in {"O/K": "Orang/Kali Orang/Kegiatan", "ot": "Orang/Trip Orang/Tahun"}.items():
        unit = find_satuan(text)
        assert unit is not None and unit.ambigu
        assert unit.komponen == tuple(meanings.split())
    assert find_satuan("RT").ambigu
    assert {unit.kanonik for unit in satuan().values() if unit.ambigu} == {"OK", "OT", "RT"}
    assert find_satuan("juta rupiah") is None  # a scale, not a unit
    assert find_satuan("entah") is None
    assert find_satuan("") is None


def test_the_unit_list():
    assert len(satuan()) == 108
    owner: dict[str, str] = {}
    for unit in satuan().values():
        for name in (unit.kanonik, *unit.sinonim):
            assert fold(name)
            assert owner.setdefault(fold(name), unit.kanonik) == unit.kanonik
            assert find_satuan(name) is unit
        if unit.ambigu:
            assert all(find_satuan(meaning).kanonik == meaning for meaning in unit.komponen)


def test_the_example_prices():
    prices = example_prices()
    counts = {jenis: sum(price.jenis == jenis for price in prices) for jenis in ("SSH", "SBU", "HSPK", "ASB")}
    assert counts == {"SSH": 103, "SBU": 59, "HSPK": 10, "ASB": 4}
    assert len(prices) == len({price.kode for price in prices}) == 176
    for price in prices:
        assert price.harga > 0
        assert satuan()[price.satuan].ambigu is False
        assert not price.kode_rekening or accounts()[price.kode_rekening].rinci


LISTS = [*(("lists", name) for name in ("program", "akun", "bas", "harga_contoh")),
         *(("words", name) for name in ("satuan", "bulan", "triwulan", "pengali"))]  # fmt: skip


@pytest.mark.parametrize(("room", "name"), LISTS)
def test_data_files_are_tidy(room, name):
    for row in table(name, f"kinerja_xl.{room}"):
        assert all(cell == clean(cell) for cell in row.values())


def test_a_choice_is_spelled_as_its_list_has_it_first_and_else_as_it_was_typed():
    lists = Listings(by_name={"arah": Listing(name="arah", title="", rows=(("Naik",), ("NAIK ",), ("Turun",)))})
    assert [lists.spelled("arah", word) for word in ("n a i k", "turun.", "datar")] == ["Naik", "Turun", "datar"]
    assert lists.spelled("tidak_ada", "turun.") == "turun."
    assert lists.values("arah") is lists.values("arah") == ("Naik", "NAIK ", "Turun")  # once for all files of a run
