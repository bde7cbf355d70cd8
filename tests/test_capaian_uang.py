"""Averages, money, cost per output and early warning of a small measured year, worked out by hand."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.office.policies import settled
from kinerja_xl.reckoning.capaian import NOT_DUE, NOT_FILLED, MoneyLine, Year
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.capaian.money import national, standard
from kinerja_xl.reckoning.capaian.rule import KEYS, yardsticks
from kinerja_xl.reckoning.capaian.warning import Ask, asked
from kinerja_xl.reckoning.year import Realised
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.writing.shown.capaian import write_capaian
from tests.capaian_uji import (
    ATK,
    MEALS,
    PC,
    SUBS,
    TA,
    TR,
    answer,
    indicator,
    office,
    plan,
    progress,
    spent,
    with_policies,
    year,
)
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, D
from tests.test_capaian_buku import rows


def P(text: str) -> Decimal:
    return Decimal(text)


A = indicator(nama="Laporan desa")
A2 = indicator(nama="Laporan BUM Desa", iku=True)
B = indicator(nama="Lembaga dilatih", kode=SUB_B, level="Output", sasaran="LEMBAGA maju")
O = indicator(nama="Persentase lembaga desa aktif", kode="7.01.03", level="Outcome", tingkat="OPD", iku=True)  # noqa: E741
C = indicator(nama="Kejadian", unit="trantib", kode=SUB_C, arah="Turun", sasaran="Desa aman", level="Proses")


def group(result: Year, kind: str, key: str):
    return next(average for average in result.averages[kind] if average.key == key)


def line(result: Year, level: str, kode: str) -> MoneyLine:
    return next(one for one in result.money if (one.level, one.kode) == (level, kode))


# ---- averages --------------------------------------------------------------------------------------

#   A   10/10 = 100 %             counts 100
#   A2  20/10 = 200 %             counts 120 (cap)
#   B   4/10 = 40 %, TW III blank counts 40
#   O   broken cell               left out
#   C   turun (20 − 5)/10 = 150 % counts 120
CELLS = {A: (2, 3, 2, 3), A2: (5, 5, 5, 5), B: (1, 2, None, 1), O: (1, TR, 1, 1), C: (1, 2, 1, 1)}


def test_averages_of_capped_values():
    result = year(CELLS)
    whole = group(result, "kantor", "kantor")
    assert (whole.percent, whole.counted, whole.predicate) == (P("95.00"), 4, "Sangat Tinggi")  # (100+120+40+120)/4
    assert whole.left_out == ((O.nama, "tidak dapat dihitung: pada TW II isinya bukan angka"),)
    assert whole.partial == (B.nama,)
    assert (group(result, "unit", "pmd").percent, group(result, "unit", "trantib").percent) == (P("86.67"), P("120.00"))
    assert [(a.key, a.percent, a.counted) for a in result.averages["level"]] == [
        ("Proses", P("120.00"), 1), ("Output", P("86.67"), 3), ("Outcome", None, 0),
    ]  # fmt: skip
    assert [(a.key, a.percent) for a in result.averages["tingkat"]] == [("Unit kerja", P("95.00")), ("OPD", None)]
    aims, iku = result.averages["sasaran"], result.averages["iku"]
    assert [(a.label, a.percent) for a in aims] == [("Desa aman", P("120.00")), ("LEMBAGA maju", P("86.67"))]
    assert [(a.key, a.percent, a.counted) for a in iku] == [("kantor", P("120.00"), 1), ("pmd", P("120.00"), 1)]


def test_averages_of_officials():
    """Camat and Sekcam promised the outcome (sheet PK Pimpinan); a head of unit the outputs and outcomes of the unit."""
    own = year(CELLS | {O: (2, 3, 2, 3)}).averages["resmi"]
    assert [(a.key, a.percent, a.counted) for a in own] == [
        ("camat", P("100.00"), 1), ("sekcam", P("100.00"), 1), ("pmd", P("90.00"), 4),
    ]  # fmt: skip
    without = year({A: CELLS[A]})
    for post in ("camat", "sekcam"):
        assert group(without, "resmi", post).left_out == ((O.nama, "tidak ada dalam rencana yang ditetapkan"),)


def test_what_is_not_due_is_left_out_and_said():
    late = indicator(nama="Mulai TW III", quarters=(None, None, 5, 5))
    result = year({A: (2, 3), late: ()}, 2)
    assert group(result, "kantor", "kantor").left_out == ((late.nama, "tidak berlaku: target baru mulai TW III"),)


def test_the_year_is_judged_at_its_end_and_not_before():
    """TW II: 5/5 of the quarters' target, not 5/10 of the year's."""
    half, whole = year({A: (2, 3)}, 2).results[0], year({A: (2, 3)}, 4).results[0]
    assert (half.capped, half.judged.percent, half.of_year.percent) == (P("100.00"), P("100.00"), P("50.00"))
    assert (whole.capped, whole.judged.percent, whole.until[3].percent) == (P("50.00"), P("50.00"), P("100.00"))


PREDICATES = [
    ("91", "Sangat Tinggi"), ("90.99", "Tinggi"), ("90.5", "Tinggi"), ("76", "Tinggi"), ("75.99", "Sedang"), ("66", "Sedang"),
    ("65.99", "Rendah"), ("51", "Rendah"), ("50.99", "Sangat Rendah"), ("0", "Sangat Rendah"), ("-30", "Sangat Rendah"),
]  # fmt: skip


@pytest.mark.parametrize(("percent", "name"), PREDICATES)
def test_predicates_have_lower_bounds_and_no_gaps(percent, name):
    assert yardsticks({}).predicate(D(percent)) == name


def test_the_predicate_judges_two_decimals():
    """90,995 % rounds to 91,00 %; 90,99 % does not."""
    for value, name in (("9.0995", "Sangat Tinggi"), ("9.0994", "Tinggi")):
        one = indicator(akumulasi="Nilai terakhir", quarters=(10, 10, 10, 10))
        assert year({one: (None, None, None, value)}).results[0].predicate == name


# ---- policies --------------------------------------------------------------------------------------


def test_policies_of_kantor():
    assert set(KEYS) <= {policy.key for policy in POLICIES}
    plain = yardsticks({})
    assert plain.cap == 120 and not plain.national and settled({})[1] == ()
    assert yardsticks(office().policies) == replace(plain, words=office().policies)
    own = yardsticks({"batas_capaian": "Tanpa", "predikat_tinggi": "80 %", "metode_turun": "b", "efisiensi": "Nasional"})
    assert (own.cap, own.bounds[1], own.words["metode_turun"], own.national) == (None, (D(80), "Tinggi"), "B", True)


@pytest.mark.parametrize(
    ("key", "value"),
    [("metode_turun", "C"), ("rentang_arah", "x"), ("batas_capaian", "90"), ("batas_capaian", "1.500"),
     ("pita_efisiensi", "lima"), ("predikat_tinggi", "95"), ("ambang_serapan", "-5"), ("efisiensi", "lain")],
)  # fmt: skip
def test_a_policy_that_cannot_be_followed_is_the_default_and_said(key, value):
    marks = yardsticks({key: value})
    assert len(settled({key: value})[1]) == 1
    default = yardsticks({})
    assert (marks.cap, marks.bounds, marks.band, marks.gap) == (default.cap, default.bounds, default.band, default.gap)


# ---- money -----------------------------------------------------------------------------------------

#            pagu       TW I     TW II   realisasi   serapan
# Sub A   1.000.000   200.000  300.000    500.000     50 %
# Sub B     500.000   600.000        –    600.000    120 %   (TW II not filled)
# Sub C     500.000         –        –          –       –
SPENT = (
    spent(SUB_A, 150_000, 100_000, rekening=ATK), spent(SUB_A, 50_000, 200_000, rekening=PC, row=9),
    spent(SUB_B, 600_000, None, rekening=MEALS, row=10),
)  # fmt: skip


def test_money_at_every_level():
    result = year({A: (2, 3)}, 2, spent=SPENT)
    found = {(one.level, one.kode): (one.pagu, one.quarters, one.spent, one.serapan, one.reason) for one in result.money}
    part = "2 sub kegiatan belum diisi lengkap"
    assert found == {
        ("kantor", ""): (2_000_000, (800_000, 300_000), 1_100_000, P("55.00"), part),
        ("unit", "pmd"): (1_500_000, (800_000, 300_000), 1_100_000, P("73.33"), "1 sub kegiatan belum diisi lengkap"),
        ("unit", "trantib"): (500_000, (None, None), None, None, "realisasi belum diisi"),
        ("program", "7.01.03"): (1_500_000, (800_000, 300_000), 1_100_000, P("73.33"), "1 sub kegiatan belum diisi lengkap"),
        ("program", "7.01.04"): (500_000, (None, None), None, None, "realisasi belum diisi"),
        ("kegiatan", "7.01.03.2.01"): (1_000_000, (200_000, 300_000), 500_000, P("50.00"), ""),
        ("kegiatan", "7.01.03.2.03"): (500_000, (600_000, None), 600_000, P("120.00"), "1 sub kegiatan belum diisi lengkap"),
        ("kegiatan", "7.01.04.2.01"): (500_000, (None, None), None, None, "realisasi belum diisi"),
        ("subkegiatan", SUB_A): (1_000_000, (200_000, 300_000), 500_000, P("50.00"), ""),
        ("subkegiatan", SUB_B): (500_000, (600_000, None), 600_000, P("120.00"), "TW II belum diisi lengkap"),
        ("subkegiatan", SUB_C): (500_000, (None, None), None, None, "realisasi belum diisi"),
        ("jenis", "5.1.01"): (0, (None, None), None, None, "tidak ada pagu dalam rencana yang ditetapkan"),
        ("jenis", "5.1.02"): (1_500_000, (750_000, 100_000), 850_000, P("56.67"), ""),
        ("jenis", "5.2"): (400_000, (50_000, 200_000), 250_000, P("62.50"), ""),
        ("jenis", ""): (100_000, (None, None), None, None, "realisasi belum diisi"),  # the DPA of Sub B beyond its lines
    }


def test_every_level_adds_up_to_the_office():
    result = year({A: (2, 3)}, 2, spent=(*SPENT, spent(SUB_C, 7, rekening="5.1.01.03.07.0001"), spent("7.01.05.2.01.0002", 9)))
    for level in ("unit", "program", "kegiatan", "subkegiatan", "jenis"):
        own = [one for one in result.money if one.level == level]
        assert (sum(o.pagu for o in own), sum(o.spent or 0 for o in own)) == (2_000_000, 1_100_016), level


def test_the_cash_plan_until_the_quarter():
    kas = {("pmd", SUB_A): (10_000,) * 12, ("pmd", SUB_B): (0, 0, 50_000) * 4}
    result = year({A: (2, 3)}, 2, whole=plan(A, kas=kas))
    assert [line(result, *x).planned for x in (("subkegiatan", SUB_A), ("unit", "pmd"), ("unit", "trantib"), ("kantor", ""))] == [
        60_000, 160_000, None, None,
    ]  # fmt: skip


def test_physical_progress_is_weighed_by_pagu():
    result = year({A: (2, 3)}, 2, physical=(progress(SUB_A, 20, 40), progress(SUB_B, 10, None)))
    shown = {one.kode: one.physical for one in result.money if one.level in ("subkegiatan", "unit")}
    # pmd: (40 × 1.000.000 + 10 × 500.000) / 1.500.000
    assert shown == {SUB_A: P("40.00"), SUB_B: P("10.00"), SUB_C: None, "pmd": P("30.00"), "trantib": None}


# ---- efisiensi -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capaian", "serapan", "value", "verdict"),
    [("100", "90", "10", "Efisien"), ("100", "95", "5", "Seimbang"), ("100", "94.99", "5.01", "Efisien"),
     ("90", "95", "-5", "Seimbang"), ("80", "95", "-15", "Kurang efisien"), ("95", "95", "0", "Seimbang")],
)  # fmt: skip
def test_efisiensi_with_its_band(capaian, serapan, value, verdict):
    found = standard(D(capaian), D(serapan), yardsticks({}))
    assert (found.value, found.words.split(":")[0]) == (D(value), verdict)


@pytest.mark.parametrize(
    ("terms", "value"),
    [
        ([(100, D(100), 90)], "75.00"),  # E = (100 − 90)/100 = 10 %; 50 + 10/20 × 50
        ([(100, D(100), 100)], "50.00"),
        ([(100, D(100), 110)], "25.00"),  # E = −10 %
        ([(100, D(100), 26)], "100.00"),  # E = 74 %, limited to 20 %; without the limit NE = 235 %
        ([(100, D(50), 90)], "0.00"),  # E = (50 − 90)/50 = −80 %, limited to −20 %
        ([(100, D(100), 90), (300, D(80), 240)], "57.35"),  # (10 + 0)/340 = 2,941 %; 50 + 7,353
        ([(100, D(0), 5)], None),
        ([], None),
    ],
)
def test_the_national_ne(terms, value):
    found = national(terms)
    assert found.value == (None if value is None else P(value))


def test_efisiensi_of_the_year_and_its_reason():
    money = (spent(SUB_A, 100_000, 100_000, 300_000, 300_000),)
    result = year({A: (2, 3, 2, 3)}, spent=money)
    assert (line(result, "subkegiatan", SUB_A).efisiensi, line(result, "subkegiatan", SUB_A).capaian) == (P("20.00"), P("100.00"))
    assert line(result, "subkegiatan", SUB_C).efisiensi_words == "tidak dapat dihitung: capaian belum ada"
    nasional = year({A: (2, 3, 2, 3)}, spent=money, at=with_policies(efisiensi="nasional"))
    assert line(nasional, "subkegiatan", SUB_A).efisiensi == P("100.00")  # E = 20 %


def test_efisiensi_where_nothing_was_due_misses_no_capaian():
    """An indicator whose first target is of TW III is not late in TW II; beside one that is due it does not count."""
    late = indicator(nama="Mulai TW III", quarters=(None, None, 5, 5))
    money = (spent(SUB_A, 100_000, 100_000),)
    every = ({late: ()}, {late: (), A: (2, 3)}, {A: ()})
    alone, beside, blank = (line(year(cells, 2, spent=money), "subkegiatan", SUB_A) for cells in every)
    assert (alone.capaian, alone.efisiensi, alone.efisiensi_words.split(":")[0]) == (None, None, NOT_DUE)
    assert beside.efisiensi_words == "tidak dapat dihitung: rencana kas s.d. TW ini belum ada"
    assert blank.efisiensi_words == "tidak dapat dihitung: capaian belum ada"


def test_the_book_counts_what_is_not_reported_live(libre, tmp_path):
    """Beside every sum, and the figure on the first sheet says that it is a least; not once all is reported."""
    whole = (*SPENT[:2], spent(SUB_B, 600_000, 0, rekening=MEALS, row=10), spent(SUB_C, 1, 1))
    said = ("Serapan sedikitnya 55,00 %; 2 rekening belum dilaporkan. ", "Serapan 55,00 %. ")
    for number, own in enumerate((SPENT, whole)):
        result = year({A: (2, 3)}, 2, spent=own)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(write_capaian(result))
        book = openpyxl.load_workbook(path, data_only=True)
        counts = [row[0] for row in rows(book["Realisasi Anggaran"], "Belum Diketahui (rekening)")]
        tree = [one for one in result.money if one.level not in ("unit", "jenis")]
        assert (counts[0], sum(counts)) == (line(result, "kantor", "").unreported, sum(one.unreported for one in tree))
        texts = [str(cell.value) for row in book["Ringkasan"].iter_rows() for cell in row]
        assert [found for text in texts for found in re.findall(r"(?:^|[.] )(Serapan .*?[.] )", text)] == [said[number]]
        assert counts[0] == (2, 0)[number]
        assert libre.judge([path])[1] == []


def test_half_a_year_is_not_called_efficient():
    """TW II as planned: 5 of 5, and the money that the cash plan foresees until then, whatever part of the year's it is."""
    money = (spent(SUB_A, 100_000, 200_000),)
    kas = {("pmd", SUB_A): (50_000,) * 6 + (100_000,) * 6}
    own = line(year({A: (2, 3)}, 2, spent=money, whole=plan(A, kas=kas)), "subkegiatan", SUB_A)
    assert (own.capaian, own.against, own.serapan, own.efisiensi) == (P("100.00"), P("100.00"), P("30.00"), P("0.00"))
    assert own.efisiensi_words.startswith("Seimbang")
    blank = line(year({A: (2, 3)}, 2, spent=money), "subkegiatan", SUB_A)
    assert (blank.against, blank.efisiensi) == (None, None)
    assert blank.efisiensi_words == "tidak dapat dihitung: rencana kas s.d. TW ini belum ada"


def test_the_national_rule_before_the_end_of_the_year_takes_the_cash_plan():
    money = (spent(SUB_A, 100_000, 140_000),)
    kas = {("pmd", SUB_A): (50_000,) * 12}
    result = year({A: (2, 3)}, 2, spent=money, whole=plan(A, kas=kas), at=with_policies(efisiensi="nasional"))
    assert line(result, "subkegiatan", SUB_A).efisiensi == P("100.00")  # E = (300.000 - 240.000) / 300.000 = 20 %


def test_what_is_not_reported_stands_beside_the_figure():
    """Sub A whole, one of the two accounts of Sub B without TW II, nothing of Sub C, nothing due of a sub kegiatan of 0."""
    result = year({A: (2, 3)}, 2, spent=SPENT)
    shown = {kode: line(result, level, kode) for level, kode in (("subkegiatan", SUB_A), ("subkegiatan", SUB_B), ("unit", "pmd"),
                                                                 ("subkegiatan", SUB_C), ("kantor", ""))}
    assert {kode: (one.unreported, one.told) for kode, one in shown.items()} == {
        SUB_A: (0, "Rp500.000"), SUB_B: (1, "sedikitnya Rp600.000 (1 rekening belum diketahui)"),
        "pmd": (1, "sedikitnya Rp1.100.000 (1 rekening belum diketahui)"), SUB_C: (1, NOT_FILLED),
        "": (2, "sedikitnya Rp1.100.000 (2 rekening belum diketahui)"),
    }  # fmt: skip
    assert {one.kode: (one.unreported, one.serapan_told) for one in result.money if one.level == "jenis"} == {
        "5.1.01": (0, "–"), "5.1.02": (2, "sedikitnya 56,67"), "5.2": (0, "62,50"), "": (0, "–"),
    }  # fmt: skip
    nothing = replace(shown[SUB_C], pagu=0)
    assert (nothing.told, nothing.unfilled) == (NOT_DUE, NOT_DUE)


def test_what_is_not_reported_is_said_wherever_the_money_is_judged():
    """Of Sub A one of two accounts lacks TW II and both go above its pagu; Sub B is as slow, and reported."""
    kas = {("pmd", SUB_A): (100_000,) * 12, ("pmd", SUB_B): (50_000,) * 12}

    def of(second: int | None) -> Year:
        own = (spent(SUB_A, 900_000, 200_000), spent(SUB_A, 100_000, second, rekening=MEALS, row=9), spent(SUB_B, 50_000, 50_000))
        return year({A: (2, 3)}, 2, spent=own, physical=(progress(SUB_B, 50, 90),), whole=plan(A, kas=kas))

    some, every = of(None), of(100_000)
    said = {(w.nama, w.what): (w.sentence, w.projection) for w in some.warnings if w.nama == "Sub A" and w.what != "Capaian"}
    least = "sedikitnya Rp1.200.000 (1 rekening belum diketahui)"
    way = "bila sisa tahun mengikuti rencana kas: Rp1.200.000 / Rp600.000 × pagu"
    ahead = f"{way} = sedikitnya Rp2.000.000; serapan setahun sedikitnya 200,00 %"
    assert said == {
        ("Sub A", "Serapan dan pagu"): (f"Realisasi {least} melebihi pagu Rp1.000.000: serapan sedikitnya 120,00 %", ""),
        ("Sub A", "Serapan dan fisik"): (
            "Serapan sedikitnya 120,00 % (1 rekening belum diketahui); kemajuan fisik belum diisi", ahead,
        ),
        ("Sub A", "Serapan dan rencana kas"): (f"Realisasi {least} dari rencana kas Rp600.000: sedikitnya 200,00 %", ahead),
    }  # fmt: skip
    assert not [w for w in every.warnings if "sedikitnya" in w.sentence + w.projection]
    assert [w.sentence for w in every.warnings if w.what == "Serapan dan pagu"] == [
        "Realisasi Rp1.300.000 melebihi pagu Rp1.000.000: serapan 130,00 %"
    ]
    assert [(c.kode_sub, c.realised, c.reason) for own in (some, every) for c in own.costs if c.kode_sub == SUB_A] == [
        (SUB_A, D(240_000), "realisasi per satuan adalah batas bawah: 1 rekening belum diketahui"), (SUB_A, D(260_000), ""),
    ]  # fmt: skip
    heads = []
    for own in (some, every):
        book = openpyxl.load_workbook(io.BytesIO(write_capaian(own)), data_only=True)
        heads += [str(c.value) for row in book["Ringkasan"].iter_rows() for c in row if "MELEBIHI PAGU: " in str(c.value)]
    assert [words.split(", ")[-1] for words in heads] == ["serapan sedikitnya 120,00 %.", "serapan 130,00 %."]


def test_a_bill_is_behind_only_where_all_is_reported():
    """What is not reported may be the payment that is missed: the Camat is asked for the report, not for the bill."""
    physical = (progress(SUB_A, 50, 90),)
    whole, part = (
        year(
            {}, 2, physical=physical,
            spent=(spent(SUB_A, 100_000, 100_000), spent(SUB_A, 0, second, rekening=MEALS, row=9), spent(SUB_B, 0, 0)),
        )
        for second in (0, None)
    )  # fmt: skip
    assert [(m.kind, m.units) for m in asked(whole) if m.kind in (Ask.TAGIHAN, Ask.UANG)] == [(Ask.TAGIHAN, ("pmd",))]
    assert [(m.kind, m.units) for m in asked(part) if m.kind in (Ask.TAGIHAN, Ask.UANG)] == [(Ask.UANG, ("pmd",))]


# ---- cost per unit of output -----------------------------------------------------------------------


def test_cost_per_unit_of_output():
    share = indicator(nama="Persen", kode=SUB_C, unit="trantib", tipe="Persentase", akumulasi="Rata-rata")
    result = year({A: (1, 2, 0, 3), B: (), share: ()}, spent=(spent(SUB_A, 100_000, 100_000, 100_000, 100_000), spent(SUB_B, 5)))
    assert [(c.kode_sub, c.plan, c.realised, c.reason) for c in result.costs] == [
        (SUB_A, D(100_000), D(66_667), ""),  # 1.000.000 / 10; 400.000 / 6 = 66.666,67
        (SUB_B, D(50_000), None, "realisasi output belum diisi"),
        (SUB_C, None, None, "output berupa persentase, bukan jumlah"),
    ]
    two = year({A: (1,), A2: (1,)}, 1)
    assert [(c.output, c.reason) for c in two.costs if c.kode_sub == SUB_A] == [
        (A.nama, "2 output memakai anggaran yang sama"), (A2.nama, "2 output memakai anggaran yang sama"),
    ]  # fmt: skip
    assert [c.reason for c in two.costs if c.kode_sub == SUB_B] == ["belum ada indikator output"]


# ---- early warning ---------------------------------------------------------------------------------


def told(result: Year) -> list[tuple[str, str, str, Decimal]]:
    return [(w.nama, w.what, w.standing, w.weight) for w in result.warnings]


def test_warnings_of_indicators_sorted_by_what_matters():
    late = indicator(nama="Mulai TW III", quarters=(None, None, 5, 5))
    cells = {A: (2, 3), A2: (1, 1), B: (1, 1), O: (), C: (2, 3), late: (), indicator(nama="Cepat"): (5, 5),
             indicator(nama="Rusak"): (TR, 1)}  # fmt: skip
    assert told(year(cells, 2)) == [
        (A2.nama, "Capaian IKU", "tertinggal", P("260.00")),  # 2/5 = 40 %: 200 + 60
        (B.nama, "Capaian", "tertinggal", P("160.00")),
        (O.nama, "Capaian IKU", "belum diisi", D(90)),
        ("Sub A", "Serapan", "belum diisi", D(90)),
        ("Sub B", "Serapan", "belum diisi", D(90)),
        ("Sub C", "Serapan", "belum diisi", D(90)),
        ("Rusak", "Capaian", "tidak dapat dihitung", D(80)),
        ("Cepat", "Capaian", "mendahului", D(10)),
        (A.nama, "Capaian", "sesuai", D(0)),
        (C.nama, "Capaian", "sesuai", D(0)),
    ]


def test_warnings_of_money():
    kas = {("trantib", SUB_C): (50_000,) * 12}
    result = year(
        {}, 2, whole=plan(kas=kas),
        spent=(spent(SUB_A, 400_000, 400_000), spent(SUB_B, 300_000, 300_000), spent(SUB_C, 100_000, 50_000)),
        physical=(progress(SUB_A, 20, 50), progress(SUB_B, 50, 100), progress(SUB_C, 40, 60)),
    )  # fmt: skip
    assert told(result) == [
        ("Sub B", "Serapan dan pagu", "MELEBIHI PAGU", D(300)),  # 600.000 of 500.000
        ("Sub A", "Serapan dan fisik", "mendahului", P("130.00")),  # 80 % against 50 %
        ("Sub B", "Serapan dan fisik", "mendahului", P("120.00")),  # 120 % against 100 %
        ("Sub C", "Serapan dan rencana kas", "tertinggal", P("100.00")),  # 150.000 of 300.000: 50 + 50
        ("Sub C", "Serapan dan fisik", "tertinggal", P("80.00")),  # 30 % against 60 %
    ]


def test_thresholds_are_met_exactly():
    """90 % is not behind, 110 % not ahead, a gap of 15 points is in order."""
    ten = {"quarters": (10, 10, 10, 10), "akumulasi": "Nilai terakhir"}
    cells = {indicator(nama=f"I{v}", **ten): (v,) for v in ("8.999", "9", "11", "11.001")}
    standings = {w.nama: w.standing for w in year(cells, 1).warnings if w.what == "Capaian"}
    assert standings == {"I8.999": "tertinggal", "I9": "sesuai", "I11": "sesuai", "I11.001": "mendahului"}
    for percent, standing in (("35", "sesuai"), ("34.99", "mendahului"), ("65", "sesuai"), ("65.01", "tertinggal")):
        result = year({}, 1, spent=(spent(SUB_A, 500_000),), physical=(progress(SUB_A, percent),))
        assert [w.standing for w in result.warnings if w.what == "Serapan dan fisik" and w.kode == SUB_A] == [standing]


def test_projections_state_their_method():
    last = indicator(nama="Persen", akumulasi="Nilai terakhir", quarters=(8, 8, 9, 10))
    result = year({A: (2, 2), last: (6, 4)}, 2, spent=(spent(SUB_A, 100_000, 200_000),))
    said = {w.nama: w.projection for w in result.warnings}
    assert said[A.nama] == "bila sisa tahun seperti s.d. TW II: 4 / 5 × 10 = 8; capaian setahun 80,00 %"
    assert said["Persen"] == "bila tetap seperti s.d. TW II: 4; capaian setahun 40,00 %"
    assert said["Sub A"] == "bila laju tetap: Rp300.000 × 4 / 2 = Rp600.000; serapan setahun 60,00 %"
    assert all(not w.projection for w in year({A: (2, 2, 2, 2)}, spent=(spent(SUB_A, 1, 1, 1, 1),)).warnings)


# ---- order ------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 10_000))
def test_the_order_of_files_and_rows_changes_nothing(seed):
    rng = random.Random(seed)
    answers = [answer(one, *cells, row=8 + i) for i, (one, cells) in enumerate(CELLS.items())]
    returned = Realised(
        triwulan=4, indicators=tuple(answers), spent=SPENT, physical=tuple(progress(sub.kode, 10, 20) for sub in SUBS)
    )
    names = ("indicators", "spent", "physical")
    mixed = replace(returned, **{name: tuple(rng.sample(own := getattr(returned, name), len(own))) for name in names})
    one, two = (measure(plan(*CELLS), r, office(), 4) for r in (returned, mixed))
    assert replace(one, realised=returned) == replace(two, realised=returned)
    rows = measure(plan(*rng.sample(list(CELLS), len(CELLS))), returned, office(), 4)
    assert (rows.averages, rows.money, rows.warnings, rows.findings) == (one.averages, one.money, one.warnings, one.findings)


def test_a_quarter_that_is_none():
    for n in (0, 5):
        with pytest.raises(ValueError, match=str(n)):
            year({A: (1,)}, n)
    assert year({A: (TA, TA)}, 2).results[0].judged.reason == "dinyatakan tidak berlaku oleh unit"
