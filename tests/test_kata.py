"""What offices write: every line of the word lists finds its own example and leaves alone what nearly looks like it."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from kinerja_xl.sheets.values import Doubt, format_number, parse_number
from kinerja_xl.words import table
from kinerja_xl.words.match import kata, role_of, spelt_out
from kinerja_xl.words.periods import MONTHS, month_headed, month_of, months_in, quarter_below, quarter_of, says_quarter
from kinerja_xl.words.shapes import bentuk, numbering, outline, parts_of, pattern
from kinerja_xl.words.text import clean, fold

KATA, JUDUL, BULAN, TRIWULAN, BENTUK = (table(name) for name in ("kata", "judul", "bulan", "triwulan", "bentuk"))


def asked(row: dict[str, str], text: str) -> str:
    """A text as the readers hand it to the finder of this line."""
    return fold(text) if row.get("pada", "lipat") == "lipat" else clean(text)


def split(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


@pytest.mark.parametrize("row", [*KATA, *JUDUL], ids=lambda row: f"{row['nama']} {row['pola'][:30]}")
def test_a_line_finds_its_example(row):
    assert row["contoh"]
    assert re.search(spelt_out(row["pola"]), asked(row, row["contoh"]), re.IGNORECASE)


@pytest.mark.parametrize("row", KATA, ids=lambda row: f"{row['nama']} {row['pola'][:30]}")
def test_a_group_finds_the_example_and_not_what_looks_like_it(row):
    find = kata(row["nama"])
    assert find(asked(row, row["contoh"]))
    assert [text for text in split(row["bukan"]) if find(asked(row, text))] == []


@pytest.mark.parametrize("row", JUDUL, ids=lambda row: f"{row['nama']} {row['pola'][:30]}")
def test_the_first_line_that_fits_a_heading_is_of_its_role(row):
    assert role_of(fold(row["contoh"])) == row["nama"]
    assert [text for text in split(row["bukan"]) if role_of(fold(text)) == row["nama"]] == []


@pytest.mark.parametrize("row", BENTUK, ids=lambda row: f"{row['nama']} {row['contoh']}")
def test_a_shape_finds_the_example_and_not_what_looks_like_it(row):
    find = bentuk(row["nama"])
    assert find(row["contoh"])
    lone = [line["pola"] for line in BENTUK if line["nama"] == row["nama"]] == [row["pola"]]
    assert not (lone and row["bukan"] and find(row["bukan"]))


def test_a_name_of_no_shape():
    with pytest.raises(KeyError):
        pattern("tidak_ada")


@pytest.mark.parametrize(
    ("number", "kind"),
    [("(1)", "arabic"), ("12.", "arabic"), ("a)", "lower"), ("B", "upper"), ("IV.", "roman"), ("iv", "lower"), ("1.2", "dotted"),
     ("-", "bullet"), ("ATK", ""), ("Aa", ""), ("", "")],
)  # fmt: skip
def test_how_a_number_counts(number, kind):
    assert numbering(number) == kind


def test_codes_taken_apart():
    assert parts_of("5.1-02/ 01.") == ("5", "1", "02", "01")
    assert outline("113.01.WA") == "999.99.AA"


def test_patterns_of_the_reader_stand_here():
    """A pattern between the rules is one more word list, without an example."""
    package = Path(__file__).parent.parent / "kinerja_xl" / "foreign"
    assert [path.name for path in sorted(package.glob("*.py")) if re.search(r"^import re$", path.read_text("utf-8"), re.M)] == []


def test_the_lines_of_a_group_stand_together():
    """A second block of the same name would be another idea that joins the first by chance."""
    for rows in (KATA, BENTUK):
        names = [row["nama"] for row in rows]
        assert [name for name, _ in groupby(names)] == list(dict.fromkeys(names))


def test_no_line_stands_twice():
    for rows in (KATA, JUDUL):
        lines = [(row["nama"], row["pola"]) for row in rows]
        assert sorted(lines) == sorted(set(lines))
    assert {row["pada"] for row in KATA} == {"teks", "lipat"}


@pytest.mark.parametrize("row", BULAN, ids=lambda row: row["ejaan"])
def test_a_month_is_known_alone_and_in_its_example(row):
    assert month_of(row["ejaan"]) == int(row["bulan"])
    assert months_in(row["contoh"])[-1] == int(row["bulan"])


def test_the_months_that_we_write():
    assert MONTHS == (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    )  # fmt: skip
    assert len({fold(row["ejaan"]) for row in BULAN}) == len(BULAN)


@pytest.mark.parametrize("text", ["Desa", "Juniarti", "Marka jalan", "Seperangkat", "Aprilia", "Meja", "31/8/2026", ""])
def test_no_month(text):
    assert months_in(text) == []


@pytest.mark.parametrize(
    ("heading", "month"),
    [("Januari 2026", 1), ("Agst Rp", 8), ("J u n i", 6), ("MRT", 3), ("Mei K", 5), ("Januari Pagu", 1),
     ("Desa", None), ("Sepeda", None), ("Marka", None)],
)  # fmt: skip
def test_a_heading_that_is_a_month(heading, month):
    assert month_headed(heading, fold(heading)) == month


@pytest.mark.parametrize("row", table("pengali"), ids=lambda row: row["ejaan"])
def test_a_number_with_its_thousands_in_words_is_asked_about(row):
    number = row["contoh"].split()[0]
    read, full = parse_number(row["contoh"]), parse_number(number).value.scaleb(int(row["nol"]))
    assert (read.value, read.doubt) == (None, Doubt.AMBIGU)
    assert read.hint.split(" atau ") == [format_number(full), number]


NUMBERS = {"II": 2, "III": 3, "4": 4, "I": 1, "IV": 4, "ke-2": 2, "1": 1, "Q3": 3}


@pytest.mark.parametrize("row", TRIWULAN, ids=lambda row: row["ejaan"])
def test_a_quarter_is_known_in_its_example(row):
    number = next(n for written, n in sorted(NUMBERS.items(), key=lambda one: -len(one[0])) if row["contoh"].endswith(written))
    assert quarter_of(row["contoh"]) == number
    assert says_quarter(row["contoh"]) is (row["letak"] != "awal")


@pytest.mark.parametrize("text", ["Triwulan", "TW V", "TW 10", "Twin 2", "Total II", "Trip I", "Quota 3", "Netw 1", ""])
def test_no_quarter(text):
    assert quarter_of(text) is None


def test_a_quarter_below_its_word():
    assert quarter_below(("Target", "Triwulan", "iv.")) == 4
    assert quarter_below(("Triwulan", "Kinerja", "I")) is None
    assert quarter_below(("Zona", "II")) is None
