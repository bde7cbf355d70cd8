"""Numbers, dates, codes and text as offices write them: exact values, or a doubt, never a guess."""

import datetime as dt
import math
import subprocess
import sys
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.sheets import values as v
from kinerja_xl.sheets.texts import as_typed
from kinerja_xl.sheets.values import Doubt, Parsed

NONE = Parsed(None)


def outcome(parsed):
    """What tests assert: value and doubt; hints are checked where they carry a reading."""
    return parsed.value, parsed.doubt


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.500.000", "1500000"),
        ("1.500.000,00", "1500000"),
        ("Rp1.500.000,-", "1500000"),
        ("Rp. 1.500.000,--", "1500000"),
        ("Rp 918.886.900,00", "918886900"),
        ("Rp\u00a01.500.000", "1500000"),
        ("1.500\u00a0.000", "1500000"),
        ("\u200b1.500.000\ufeff", "1500000"),
        ("IDR 1.500,00", "1500"),
        ("1.500.000 rupiah", "1500000"),
        ("(1.000)", "-1000"),
        ("(Rp1.500.000,-)", "-1500000"),
        ("-1.500.000", "-1500000"),
        ("−1.500.000", "-1500000"),
        ("1.500.000-", "-1500000"),
        ("-Rp1.500", "-1500"),
        ("Rp1.500", "1500"),
        ("1.500,-", "1500"),
        ("1,500.-", "1500"),
        ("0,5", "0.5"),
        ("0.500", "0.5"),
        (",5", "0.5"),
        ("12,75", "12.75"),
        ("1.5", "1.5"),
        ("1.500,75", "1500.75"),
        ("1500,75", "1500.75"),
        ("1,500,000.00", "1500000"),
        ("1,500,000", "1500000"),
        ("1,500.5", "1500.5"),
        ("1 500 000", "1500000"),
        ("12", "12"),
        ("'12", "12"),
        ("+5", "5"),
        ("0", "0"),
    ],
)
def test_text_with_one_reading(text, value):
    assert outcome(v.parse_number(text)) == (D(value), Doubt.TEKS_ANGKA)
    assert outcome(v.parse_rupiah(text))[0] == D(value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1.500", "1.500 atau 1,5"),
        ("-1.500", "-1.500 atau -1,5"),
        ("1,500", "1.500 atau 1,5"),
        ("150.000", "150.000 atau 150"),
        ("Rp1,500", "1.500 atau 1,5"),
        ("1 500", "1.500 atau 1,5"),
        ("21,276,070,424,00", "2.127.607.042.400 atau 21.276.070.424"),
        ("1,80,0000", "1.800.000 atau 180"),
        ("1.500,000", "1.500.000 atau 1.500"),
        ("1500.000", "1.500.000 atau 1.500"),
        ("1.500 dokumen", "1.500 atau 1,5"),
        ("Rp1.500.000-", "1.500.000 atau -1.500.000"),
        ("(-5)", "5 atau -5"),
        ("1,5 juta", "1.500.000 atau 1,5"),
    ],
)
def test_text_with_two_readings_is_never_guessed(text, hint):
    expected = Parsed(None, Doubt.AMBIGU, hint)
    assert v.parse_number(text) == expected
    assert v.parse_rupiah(text) == expected


@pytest.mark.parametrize(
    "raw", [None, "", " \u00a0", "-", "–", "nihil", "Nihil", "NIHIL", "Rp", "Rp -", "Rp. ,-", "....."]
)
def test_nothing_filled_in_is_none_without_doubt(raw):
    assert v.parse_number(raw) == NONE
    assert v.parse_rupiah(raw) == NONE
    assert v.parse_percent(raw) == NONE


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 dokumen", "12", "Dokumen"),
        ("551 Nilai", "551", "Nilai"),
        ("29 Perangkat Daerah", "29", "Perangkat Daerah"),
        ("12 m2", "12", "M2"),
        ("1.500.000 Orang/Hari", "1500000", "Orang/Hari"),
        ("85,5 %", "85.5", "%"),
    ],
)
def test_number_and_unit_in_one_cell(text, value, unit):
    assert v.parse_number(text) == Parsed(D(value), Doubt.ANGKA_SATUAN, unit)


@pytest.mark.parametrize(
    "raw",
    [True, False, math.nan, math.inf, "sekitar 5", "30 Orang x 2 Kali", "17-08-2025", "1E+06", "2 1/2", "1. Laporan",
     "(5", "9" * 41,
     "5)", "12-orang", "???", "✓", "=5", "3 s.d. 5", "5 desa yang ada di kecamatan ini", "１２", dt.time(1), "Rp Rp 5"],
)  # fmt: skip
def test_no_number(raw):
    assert outcome(v.parse_number(raw)) == (None, Doubt.BUKAN_ANGKA)


def test_a_date_in_a_number_cell_names_the_date():
    assert v.parse_number(dt.datetime(2025, 5, 1)) == Parsed(None, Doubt.BUKAN_ANGKA, "1 Mei 2025")


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#ERROR!", "#NAME?", "#value!", "Err:502"])
def test_broken_cells_are_neither_blank_nor_zero(text):
    for parse in (v.parse_number, v.parse_rupiah, v.parse_percent, v.parse_date, v.parse_code, v.parse_nip,
                  v.parse_text,
                  v.parse_bool):  # fmt: skip
        assert parse(text) == Parsed(None, Doubt.SEL_RUSAK, text)


@pytest.mark.parametrize(
    ("raw", "value"),
    [(0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"), (3600.0, "3600"), (7, "7"), (-0.0, "0"), (1e22, "1E22")],
)
def test_numeric_cells_are_exact(raw, value):
    assert v.parse_number(raw) == Parsed(D(value))


@pytest.mark.parametrize(
    ("raw", "value", "doubt", "hint"),
    [
        (1.5, "1.5", Doubt.RIBUAN_TERTELAN, "1.500"),
        (15.25, "15.25", Doubt.RIBUAN_TERTELAN, "15.250"),
        (999.999, "999.999", Doubt.RIBUAN_TERTELAN, "999.999"),
        (1234.5, "1234.5", Doubt.DESIMAL, "1.234,5"),
        (0.1234, "0.1234", Doubt.DESIMAL, "0,1234"),
        ("1.500.000,50", "1500000.5", Doubt.DESIMAL, "1.500.000,5"),
        ("1,5", "1.5", Doubt.DESIMAL, "1,5"),
        (150.0, "150", None, ""),
        (-2500, "-2500", None, ""),
        (129600.00000000001, "129600", None, ""),
    ],
)
def test_rupiah(raw, value, doubt, hint):
    assert v.parse_rupiah(raw) == Parsed(D(value), doubt, hint)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("402.115,-x", None), ("402.115,- x", None), ("402115 rahasia", None), ("Rp402.115 %", None), ("402115 persen", None),
        ("402.115,-", "402115"), ("Rp402.115,- per OH", "402115"), ("402115 Orang/Hari", "402115"), ("402115 rupiah", "402115"),
    ],
)  # fmt: skip
def test_money_is_trusted_beside_what_is_bought_alone(text, value):
    """Beside a unit of measure that is known, or none; other letters after an amount may be a figure that was cut."""
    found = v.parse_rupiah(text)
    assert (found.value, found.doubt is Doubt.BUKAN_ANGKA) == (None if value is None else D(value), value is None)


def test_rupiah_that_may_have_decimals():
    assert v.parse_rupiah(1234.5, whole=False) == Parsed(D("1234.5"))


@pytest.mark.parametrize(
    ("raw", "value", "doubt"),
    [
        ("85%", "85", Doubt.TEKS_ANGKA),
        ("85,75 %", "85.75", Doubt.TEKS_ANGKA),
        ("85 persen", "85", Doubt.TEKS_ANGKA),
        ("0,85 %", "0.85", Doubt.TEKS_ANGKA),
        (85, "85", None),
        (112.5, "112.5", None),
        (0, "0", None),
        (0.85, "0.85", Doubt.SKALA_PERSEN),
        (1.0, "1", Doubt.SKALA_PERSEN),
        (1e300, "1E300", None),
        ("0,85", "0.85", Doubt.SKALA_PERSEN),
        ("85 dokumen", "85", Doubt.ANGKA_SATUAN),
    ],
)
def test_percent(raw, value, doubt):
    assert outcome(v.parse_percent(raw)) == (D(value), doubt)


def test_percent_in_a_percent_cell():
    assert v.parse_percent(0.85, percent_format=True) == Parsed(D(85))
    assert v.parse_percent(1, percent_format=True) == Parsed(D(100))
    assert outcome(v.parse_percent("85%", percent_format=True)) == (D(85), Doubt.TEKS_ANGKA)
    assert v.parse_percent(0.85).hint == "0,85 % atau 85 %"


DAY = dt.date(2025, 8, 17)


@pytest.mark.parametrize(
    "raw",
    [DAY, dt.datetime(2025, 8, 17, 13, 5), "17 Agustus 2025", "17 agustus 2025", "17 AGT 2025", "17-Agu-25",
     "17-Aug-2025",
     "August 17, 2025", "17-08-2025", "17/8/25", "17/08/2025", "17.08.2025", "17 08 2025", "2025-08-17", "2025/8/17",
     "2025-08-17 00:00:00", "2025-08-17T08:30", "17.08.2025 10.30", "17 Agustus 2025 pukul 09.00 WITA",
     "Minggu, 17 Agustus 2025", "17\u00a0Agustus\u00a02025", "17Agustus2025"],
)  # fmt: skip
def test_dates(raw):
    assert v.parse_date(raw) == Parsed(DAY)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1/2/2025", dt.date(2025, 2, 1)),
        ("29/2/2024", dt.date(2024, 2, 29)),
        ("1 Peb 2025", dt.date(2025, 2, 1)),
        ("Jum'at, 7 Nopember 2025", dt.date(2025, 11, 7)),
        ("31 Des 25", dt.date(2025, 12, 31)),
    ],
)
def test_day_comes_first(raw, value):
    assert v.parse_date(raw) == Parsed(value)


@pytest.mark.parametrize(("raw", "date1904"), [(45886, False), (45886.75, False), ("45886", False), (44424, True)])
def test_serial_numbers(raw, date1904):
    assert v.parse_date(raw, date1904) == Parsed(DAY, Doubt.SERIAL, "17 Agustus 2025")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("31/2/2025", ""),
        ("29/2/2025", ""),
        ("8/17/2025", "17 Agustus 2025"),
        ("13/13/2025", ""),
        ("0/1/2025", ""),
        ("17 Agustuz 2025", ""),
        ("Agustus 2025", ""),
        ("1/2/1025", ""),
        ("segera", ""),
        (2025, ""),
        (-1.0, ""),
        (math.nan, ""),
        (True, ""),
        (dt.time(8), ""),
        (dt.datetime(1900, 1, 12), "12 Januari 1900"),
    ],
)
def test_no_date(raw, hint):
    assert v.parse_date(raw) == Parsed(None, Doubt.BUKAN_TANGGAL, hint)


@pytest.mark.parametrize("raw", [None, "", "-", "........", "____"])
def test_no_date_given(raw):
    assert v.parse_date(raw) == NONE


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  Kertas\u00a0 HVS\u200b ", "Kertas HVS"),
        ("satu\r\ndua_x000D_\n tiga", "satu\ndua\ntiga"),
        ("'0012", "0012"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("N/A", "N/A"),
        (12.0, "12"),
        (12.5, "12,5"),
        (2025, "2025"),
        (1234.5, "1234,5"),
        (DAY, "17 Agustus 2025"),
        (dt.time(8, 5), "08:05"),
        ("", None),
        ("\u200b \n", None),
        (None, None),
    ],
)
def test_text(raw, value):
    assert v.parse_text(raw) == Parsed(value)


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        ({"1.1.12.01.01", "Kertas HVS", "Ember"}, True),
        (set(), True),
        ({"Kertas HVS", "'001"}, False),
        ({"Kertas HVS", "#REF!"}, False),
        ({"Kertas HVS", " Map"}, False),
        ({"Kertas  HVS"}, False),
        ({"Kertas\nHVS"}, False),
        ({"Kertas_x000D_"}, False),
    ],
)
def test_texts_that_stand_as_they_were_typed_need_no_parsing(texts, plain):
    assert as_typed(texts) is plain
    if plain:
        assert all(v.parse_text(text) == Parsed(text) for text in texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U r a i a n", "uraian"),
        ("Kode  Rekening :", "kode rekening"),
        ("Capaian (%)", "capaian persen"),
        ("Sarana & Prasarana", "sarana dan prasarana"),
        ("m²", "M2"),
        ("Jum’at", "jumat"),
        ("Harga\nSatuan", "HARGA SATUAN"),
    ],
)
def test_fold_equates(one, other):
    assert v.fold(one) == v.fold(other) != ""


def test_fold_keeps_different_things_apart():
    words = ["Harga", "Harga Satuan", "Jumlah", "%", "Rp", "M2", "M3"]
    assert len({v.fold(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Ya", (True, None)), ("Y", (True, None)), ("v", (True, None)), ("✓", (True, None)), (1, (True, None)),
        (1.0, (True, None)), (True, (True, None)), ("TRUE", (True, None)), ("Tidak", (False, None)), ("T", (False,
        None)),
        ("tdk", (False, None)), (0, (False, None)), (False, (False, None)), ("", (None, None)), ("-", (None, None)),
        ("x", (None, Doubt.AMBIGU)), ("✗", (None, Doubt.AMBIGU)), ("mungkin", (None, Doubt.BUKAN_YA_TIDAK)),
        (2, (None, Doubt.BUKAN_YA_TIDAK)),
    ],
)  # fmt: skip
def test_bool(raw, expected):
    assert outcome(v.parse_bool(raw)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("7.01.02.2.01.0001", Parsed("7.01.02.2.01.0001")),
        (" 7.01. 02.2.01.0001. ", Parsed("7.01.02.2.01.0001")),
        ("5.1.02_x000D_\n", Parsed("5.1.02")),
        ("5.10", Parsed("5.10")),
        ("'5.1", Parsed("5.1")),
        ("521211", Parsed("521211")),
        ("SIPD-2594252", Parsed("SIPD-2594252")),
        ("23.02.04.01.03.F", Parsed("23.02.04.01.03.F")),
        ("5.1.02.01.01.0024 Belanja ATK", Parsed("5.1.02.01.01.0024", Doubt.KODE_NAMA, "Belanja ATK")),
        ("5.1.02.01.01.0024 - Belanja ATK", Parsed("5.1.02.01.01.0024", Doubt.KODE_NAMA, "Belanja ATK")),
        (5.1, Parsed(None, Doubt.KODE_ANGKA)),
        (5, Parsed(None, Doubt.KODE_ANGKA)),
        (math.nan, Parsed(None, Doubt.KODE_ANGKA)),
        (521211, Parsed("521211", Doubt.KODE_ANGKA)),
        (510201010024.0, Parsed("510201010024", Doubt.KODE_ANGKA)),
        (dt.datetime(2002, 1, 7), Parsed(None, Doubt.KODE_RUSAK, "7 Januari 2002")),
        ("5,1,02", Parsed(None, Doubt.KODE_RUSAK, "5.1.02")),
        ("7.01.02 2.01", Parsed(None, Doubt.KODE_RUSAK, "7.01.02.2.01")),
        ("Belanja ATK", Parsed(None, Doubt.KODE_RUSAK)),
        ("belum ada", Parsed(None, Doubt.KODE_RUSAK)),
        (True, Parsed(None, Doubt.KODE_RUSAK)),
        ("-", NONE),
        (None, NONE),
    ],
)
def test_code(raw, expected):
    assert v.parse_code(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("197501012000031001", Parsed("197501012000031001")),
        ("19750101 200003 1 001", Parsed("197501012000031001")),
        ("NIP. 19750101\u00a0200003 1 001", Parsed("197501012000031001")),
        (1.97501012000031e17, Parsed(None, Doubt.NIP_ANGKA)),
        (197501012000031001, Parsed(None, Doubt.NIP_ANGKA)),
        ("1,97501E+17", Parsed(None, Doubt.NIP_ANGKA)),
        ("19750101", Parsed(None, Doubt.NIP_BENTUK, "8")),
        ("1975010120000310010", Parsed(None, Doubt.NIP_BENTUK, "19")),
        ("belum ada", Parsed(None, Doubt.NIP_BENTUK, "0")),
        ("-", NONE),
        ("NIP.", NONE),
        (None, NONE),
    ],
)
def test_nip(raw, expected):
    assert v.parse_nip(raw) == expected


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.5", 0, "1"), ("1.5", 0, "2"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.34565", 4, "2.3457"), ("90.495", 2,
     "90.50"),
     ("1499", -3, "1000"), ("1500", -3, "2000"), ("12345678901234567890123456.5", 4, "12345678901234567890123456.5")],
)  # fmt: skip
def test_round_half_up(value, places, rounded):
    assert v.round_half_up(D(value), places) == D(rounded)


def test_formats():
    assert v.rupiah(D("2.5")) == 3
    assert v.format_rupiah(1500000) == "Rp1.500.000"
    assert v.format_rupiah(D("-1500.5")) == "-Rp1.500,5"
    assert v.format_number(D("1500.75")) == "1.500,75"
    assert v.format_number(D("1.500")) == "1,5"
    assert v.format_number(D("2E+3")) == "2.000"
    assert v.format_number(D("90.495"), places=2) == "90,50"
    assert v.format_date(DAY) == "17 Agustus 2025"


def test_suggest():
    assert v.suggest("Lapoaran", ["Dokumen", "Laporan", "Paket"]) == ("Laporan",)
    assert v.suggest("HARGA  SATUN", ["Harga", "Harga Satuan"]) == ("Harga Satuan",)
    assert v.suggest("xyz", ["Dokumen", "Laporan"]) == ()


money = st.integers(min_value=-(10**15), max_value=10**15)
decimals = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(money)
def test_formatted_rupiah_reads_back(amount):
    assert v.parse_rupiah(v.format_rupiah(amount)).value == amount
    assert v.parse_rupiah(float(amount)) == Parsed(D(amount))


@given(decimals)
def test_formatted_number_reads_back_or_says_that_it_is_ambiguous(number):
    text = v.format_number(number, places=2)
    assert outcome(v.parse_number(text)) == (number, Doubt.TEKS_ANGKA)
    parsed = v.parse_number(v.format_number(number))
    assert parsed.value == number or (parsed.doubt is Doubt.AMBIGU and v.format_number(number) in parsed.hint)


@given(st.dates(min_value=dt.date(1945, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_written_dates_read_back(day):
    for text in (v.format_date(day), day.isoformat(), f"{day:%d-%m-%Y}", f"{day.day}/{day.month}/{day.year}"):
        assert v.parse_date(text) == Parsed(day)
    assert v.parse_date((day - dt.date(1899, 12, 30)).days).value == day
    assert v.parse_date((day - dt.date(1904, 1, 1)).days, date1904=True).value == day


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.times(), st.timedeltas(),
    st.text(alphabet="0123456789.,-()Rp %_xM", max_size=14),
)  # fmt: skip


@given(anything)
def test_no_cell_breaks_a_parser(raw):
    for parse in (v.parse_number, v.parse_rupiah, v.parse_percent, v.parse_date, v.parse_text, v.parse_bool,
                  v.parse_nip,
                  v.parse_code):  # fmt: skip
        parsed = parse(raw)
        assert isinstance(parsed, Parsed)
        assert parsed.doubt is not Doubt.AMBIGU or (parsed.value is None and " atau " in parsed.hint)
        assert not isinstance(parsed.value, D) or parsed.value.is_finite()


def test_parsers_and_lists_load_no_heavy_library():
    program = (
        "import sys, kinerja_xl.sheets.values, kinerja_xl.lists, kinerja_xl.lists,"
        " kinerja_xl.words.units, kinerja_xl.lists;"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'pandera', 'xlsxwriter', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
