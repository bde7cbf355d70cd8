"""The capaian engine against tables worked out by hand, and what must hold for any numbers.

T is the target, R the realisasi, both already accumulated. Every row's arithmetic stands beside it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.reckoning.capaian.engine import METHODS, Goal, judge
from kinerja_xl.reckoning.capaian.rule import percent_of, yardsticks
from kinerja_xl.reckoning.year import Lack, Quarter
from tests.capaian_uji import SKALA, TA, TR, D, indicator, judged

BELUM, NOT_DUE, CANNOT = Lack.BELUM, Lack.TIDAK_BERLAKU, Lack.TIDAK_DAPAT
B, KECIL = {"metode_turun": "B"}, {"rentang_arah": "kecil"}


def shown(capaian) -> object:
    """Percent points, or the non-value with its reason."""
    return capaian.percent if capaian.percent is not None else (capaian.lack, capaian.reason)


def P(text: str) -> Decimal:
    return Decimal(text)


# ---- one figure against one target -------------------------------------------------------------

NAIK = [
    # T      R       R / T
    (10, 8, P("80.00")),  # 8/10
    (10, 10, P("100.00")),
    (10, 0, P("0.00")),
    (10, 12, P("120.00")),
    (10, 45, P("450.00")),  # shown as computed, no cap
    (10, -3, P("-30.00")),  # a negative realisasi stays visible
    (3, 1, P("33.33")),  # 33,333…
    (3, 2, P("66.67")),  # 66,666…
    ("0.4", "0.1", P("25.00")),
    (2000, "2000.1", P("100.01")),  # 100,005: the half goes up
    (0, 0, (CANNOT, "target 0")),
    (0, 5, (CANNOT, "target 0")),
    (-5, 5, (CANNOT, "target negatif")),
]
TURUN_A = [
    # T      R       (2T − R) / T
    (10, 8, P("120.00")),  # (20 − 8) / 10; the public case
    (10, 0, P("200.00")),  # (20 − 0) / 10; the public case
    (0, 0, P("100.00")),  # target 0 reached; the public case
    (0, 1, P("0.00")),  # target 0 missed
    (0, "0.5", P("0.00")),
    (10, 10, P("100.00")),
    (10, 12, P("80.00")),  # (20 − 12) / 10
    (10, 20, P("0.00")),
    (10, 25, P("0.00")),  # −50 %: not below 0
    (3, 2, P("133.33")),  # (6 − 2) / 3
    (10, -2, P("220.00")),  # (20 + 2) / 10
    (-10, 5, (CANNOT, "target negatif")),
]
TURUN_B = [
    # T      R       T / R
    (10, 8, P("125.00")),
    (10, 0, (CANNOT, "realisasi 0")),
    (10, -2, (CANNOT, "realisasi negatif")),
    (0, 0, P("100.00")),
    (0, 3, P("0.00")),
    (10, 10, P("100.00")),
    (10, 30, P("33.33")),
    (-1, 5, (CANNOT, "target negatif")),
]
RENTANG_BESAR = [
    # a    b    R       inside 100; R > b: R/b; R < a: R/a
    (80, 90, 92, P("102.22")),  # 92/90; the printed 113 % is a slip
    (80, 90, 70, P("87.50")),  # 70/80
    (80, 90, 80, P("100.00")),  # bounds belong to the range
    (80, 90, 90, P("100.00")),
    (80, 90, "84.5", P("100.00")),
    (80, 90, "79.99", P("99.99")),  # 99,9875
    (80, 90, -5, P("0.00")),  # −6,25: not below 0
    (0, 5, -1, (CANNOT, "batas bawah 0")),
    (-5, 5, 0, P("100.00")),
    (-5, -2, -1, (CANNOT, "batas atas negatif")),
    (9, 8, 8, (CANNOT, "batas bawah melebihi batas atas")),
    (None, 8, 8, (CANNOT, "batas rentang belum lengkap")),
]
RENTANG_KECIL = [
    # a   b   R       R > b: 1 + (1 − R/b); R < a: 1 + (1 − R/a)
    (7, 8, "6.5", P("107.14")),  # 2 − 6,5/7 = 2 − 0,928571…
    (7, 8, 9, P("87.50")),  # 2 − 9/8
    (7, 8, 7, P("100.00")),
    (7, 8, 8, P("100.00")),
    (7, 8, 16, P("0.00")),  # 2 − 2
    (7, 8, 20, P("0.00")),  # −50 %: not below 0
    (7, 8, 0, P("200.00")),  # 2 − 0
    (80, 90, 92, P("97.78")),  # 2 − 92/90
    (80, 90, 70, P("112.50")),  # 2 − 70/80
]
KUALITATIF = [
    # Sangat kurang 1, Kurang 2, Cukup 3, Baik 4, Sangat baik 5
    ("Baik", "Baik", P("100.00")),
    ("Baik", "Cukup", P("75.00")),  # 3/4
    ("Baik", "Sangat baik", P("125.00")),  # 5/4
    ("Cukup", "sangat  KURANG ", P("33.33")),  # 1/3; capitals and blanks aside
    ("Baik", "Istimewa", (CANNOT, "pada TW IV tidak ada pada skala")),
    ("Istimewa", "Baik", (CANNOT, "target tidak ada pada skala")),
    ("Baik", 4, (CANNOT, "pada TW IV tidak ada pada skala")),
]


def last(target: object, value: object, arah: str, policies: dict[str, str] | None = None, **more: object):
    """Judged at the year's end on the latest figure alone; both views agree."""
    one = indicator(arah=arah, akumulasi="Nilai terakhir", target=target, quarters=(None, None, None, target), **more)
    own = judged(one, None, None, None, value, policies=policies)
    return own.until(4), own.of_year(4)


@pytest.mark.parametrize(("target", "value", "expected"), NAIK)
def test_naik(target, value, expected):
    until, of_year = last(target, value, "Naik")
    assert shown(of_year) == shown(until) == expected


@pytest.mark.parametrize(("target", "value", "expected"), TURUN_A)
def test_turun_a(target, value, expected):
    assert [shown(c) for c in last(target, value, "Turun")] == [expected] * 2


@pytest.mark.parametrize(("target", "value", "expected"), TURUN_B)
def test_turun_b(target, value, expected):
    assert [shown(c) for c in last(target, value, "Turun", B)] == [expected] * 2


@pytest.mark.parametrize(("low", "high", "value", "expected"), RENTANG_BESAR)
def test_rentang_larger_is_better(low, high, value, expected):
    assert [shown(c) for c in last(8, value, "Rentang", bawah=low, atas=high)] == [expected] * 2


@pytest.mark.parametrize(("low", "high", "value", "expected"), RENTANG_KECIL)
def test_rentang_smaller_is_better(low, high, value, expected):
    assert [shown(c) for c in last(8, value, "Rentang", KECIL, bawah=low, atas=high)] == [expected] * 2


@pytest.mark.parametrize(("target", "value", "expected"), KUALITATIF)
def test_kualitatif(target, value, expected):
    assert [shown(c) for c in last(target, value, "Naik", tipe="Kualitatif")] == [expected] * 2


# ---- quarters ------------------------------------------------------------------------------------

C = (CANNOT, "pada TW II isinya bukan angka")
QUARTERS = [
    # how, targets, cells -> s.d. TW I..IV and terhadap target tahunan at TW IV (target of the year 10)
    ("Jumlah", (2, 3, 2, 3), (1, 3, 3, 3), [P("50.00"), P("80.00"), P("100.00"), P("100.00")], P("100.00")),
    # 1/2, 4/5, 7/7, 10/10; year 10/10
    ("Jumlah", (2, 3, 2, 3), (1, None, 3, 3), [P("50.00"), P("50.00"), P("100.00"), P("100.00")], P("70.00")),
    # TW II blank: neither R nor T of it counts: 1/2, 1/2, 4/4, 7/7; the year asks for all: 7/10
    ("Jumlah", (2, 3, 2, 3), (1, 0, 3, 3), [P("50.00"), P("20.00"), P("57.14"), P("70.00")], P("70.00")),
    # 0 is filled: 1/2, 1/5, 4/7, 7/10
    ("Jumlah", (2, 3, 2, 3), (1, TR, 3, 3), [P("50.00"), C, C, C], C),
    ("Jumlah", (2, 3, 2, 3), (1, TA, 3, 3), [P("50.00"), P("50.00"), P("100.00"), P("100.00")], P("70.00")),
    ("Jumlah", (2, 3, 2, 3), (), [(BELUM, "realisasi belum diisi")] * 4, (BELUM, "realisasi belum diisi")),
    ("Jumlah", (None, None, 4, 6), (None, None, 2, 8), [(NOT_DUE, "target baru mulai TW III")] * 2 + [P("50.00"), P("100.00")],
     P("100.00")),  # 2/4, 10/10
    ("Jumlah", (0, 0, 4, 6), (0, 1, 2, 8), [(NOT_DUE, "target baru mulai TW III")] * 2 + [P("75.00"), P("110.00")],
     P("110.00")),  # naik with target 0 is not due; early work counts: 3/4, 11/10
    ("Jumlah", (0, 0, 0, 0), (1, 1), [(CANNOT, "target 0")] * 4, P("20.00")),  # 2/10
    ("Jumlah", (5, None, 5, None), (4, None, 6), [P("80.00"), P("80.00"), P("100.00"), P("100.00")], P("100.00")),
    ("Jumlah", (None, None, None, None), (1,), [(NOT_DUE, "target triwulan tidak ditetapkan")] * 4, P("10.00")),
    ("Rata-rata", (8, 8, 12, 12), (4, 8, None, 12), [P("50.00"), P("75.00"), P("75.00"), P("85.71")], P("80.00")),
    # 4/8, 6/8, 6/8, (4+8+12)/3 = 8 against (8+8+12)/3 = 9,333…: 85,714…; year 8/10
    ("Rata-rata", (10, 10, 10, 10), (TA, 9, 9, 9), [(NOT_DUE, "dinyatakan tidak berlaku oleh unit"), *[P("90.00")] * 3],
     P("90.00")),
    ("Nilai terakhir", (4, 6, 8, 10), (4, 3, None, 9), [P("100.00"), P("50.00"), P("50.00"), P("90.00")], P("90.00")),
    # 4/4, 3/6, still 3/6, 9/10
    ("Nilai terakhir", (4, 6, 8, 10), (4, 0, None, None), [P("100.00"), P("0.00"), P("0.00"), P("0.00")], P("0.00")),
    # 0 is the latest filled quarter
    ("Nilai terakhir", (4, 6, 8, 10), (4, TR, 8), [P("100.00"), C, P("100.00"), P("100.00")], P("80.00")),
    # a broken cell matters only while it is the latest
    ("Nilai terakhir", (None, 5, None, 10), (None, None, 4), [(NOT_DUE, "target baru mulai TW II"),
     (BELUM, "realisasi belum diisi"), (BELUM, "TW II belum diisi"), (BELUM, "TW II dan IV belum diisi")], P("40.00")),
]  # fmt: skip


@pytest.mark.parametrize(("how", "targets", "cells", "expected", "of_year"), QUARTERS)
def test_quarters(how, targets, cells, expected, of_year):
    own = judged(indicator(akumulasi=how, quarters=targets), *cells)
    assert [shown(own.until(n)) for n in (1, 2, 3, 4)] == expected
    assert shown(own.of_year(4)) == of_year


POOLED = [
    # Persentase, target 80 every quarter and of the year
    ("Rata-rata", [(3, 4), (1, 2)], P("83.33")),  # 4/6 = 66,667 %; / 80
    ("Jumlah", [(3, 4), (1, 2)], P("83.33")),  # never added
    ("Nilai terakhir", [(3, 4), (1, 2)], P("62.50")),  # 50 / 80
    ("Rata-rata", [75, 50], P("78.13")),  # 62,5 / 80 = 78,125
    ("Jumlah", [75, 50], (CANNOT, "persentase tidak dijumlahkan; isi pembilang dan penyebut tiap triwulan")),
    ("Jumlah", [75, None], P("93.75")),  # one quarter alone is no sum
    ("Rata-rata", [(3, 4), 50], P("78.13")),  # one without its numerator: mean of 75 and 50
    ("Rata-rata", [(0, 0), (3, 4)], P("93.75")),  # nothing happened in TW I: 3/4 = 75 %
    ("Rata-rata", [(0, 0), (0, 0)], (CANNOT, "penyebut 0")),
    ("Nilai terakhir", [(3, 4), (0, 0)], (CANNOT, "pada TW II penyebut 0")),
    ("Rata-rata", [(3, 4), (1, -8)], (CANNOT, "penyebut negatif")),
    ("Rata-rata", [(3, None), (3, 4)], (CANNOT, "pada TW I pembilang atau penyebutnya belum diisi")),
]


@pytest.mark.parametrize(("how", "cells", "expected"), POOLED)
def test_numerator_and_denominator(how, cells, expected):
    one = indicator(tipe="Persentase", akumulasi=how, target=80, quarters=(80, 80, 80, 80))
    assert shown(judged(one, *cells).of_year(2)) == shown(judged(one, *cells).until(2)) == expected


def test_a_ratio_is_not_multiplied_by_a_hundred():
    one = indicator(tipe="Rasio", akumulasi="Rata-rata", target="0.5", quarters=("0.5", "0.5"))
    until = judged(one, (1, 3), (2, 3)).until(2)  # 3/6 = 0,5
    assert (until.realised, until.percent) == (D("0.5"), P("100.00"))


def test_rentang_of_a_sum_waits_for_the_year():
    one = indicator(arah="Rentang", bawah=8, atas=12)
    own = judged(one, 2, 3, 2, 3)
    said = [shown(own.until(n)) for n in (1, 2, 3, 4)]
    assert said == [(NOT_DUE, "batas rentang berlaku untuk setahun")] * 3 + [P("100.00")]


def test_unknown_words_are_no_rule():
    assert shown(judged(indicator(arah="Stabil"), 1).until(1)) == (CANNOT, "arah belum ditetapkan")
    assert shown(judged(indicator(akumulasi=""), 1).until(1)) == (CANNOT, "cara menjumlah belum ditetapkan")
    assert shown(judged(indicator(arah="turun"), 2).until(1)) == P("100.00")  # capitals do not matter


def test_a_target_of_the_year_that_is_not_set():
    own = judged(indicator(target=None), 2, 3)
    assert (shown(own.until(2)), shown(own.of_year(2))) == (P("100.00"), (CANNOT, "target belum ditetapkan"))


# ---- words ---------------------------------------------------------------------------------------

SENTENCES = [
    ("Turun", 10, 8, "Semakin kecil semakin baik: (2 × 10 − 8) / 10 = 120,00 %"),
    ("Turun", 10, 25, "Semakin kecil semakin baik: (2 × 10 − 25) / 10 di bawah 0, dihitung 0,00 %"),
    ("Turun", 0, 0, "Semakin kecil semakin baik: target 0 dan realisasi 0 dinilai tercapai, 100,00 %"),
    ("Turun", 0, 3, "Semakin kecil semakin baik: target 0 dan realisasi 3 dinilai tidak tercapai, 0,00 %"),
    ("Naik", 3, 1, "Semakin besar semakin baik: 1 / 3 = 33,33 %"),
    ("Naik", 10, -3, "Semakin besar semakin baik: (-3) / 10 = -30,00 %"),
    ("Rentang", 8, 9, "Di atas rentang 7–8, semakin besar semakin baik: 9 / 8 = 112,50 %"),
    ("Rentang", 8, "7.5", "Realisasi 7,5 di dalam rentang 7–8: 100,00 %"),
]


@pytest.mark.parametrize(("arah", "target", "value", "sentence"), SENTENCES)
def test_every_capaian_explains_itself(arah, target, value, sentence):
    until, _ = last(target, value, arah, bawah=7, atas=8)
    assert until.explanation.split("; ")[0] == sentence
    assert until.source


def test_a_missing_quarter_is_said():
    until = judged(indicator(), 2, None, 2).until(3)
    assert until.missing == (2,)
    assert until.explanation.endswith("; TW II belum diisi dan tidak ikut dihitung")
    assert not until.floor


@pytest.mark.parametrize(("arah", "cells", "floor", "ceiling"), [
    ("Naik", (3, 3, None, 3), True, False), ("Turun", (3, 3, None, 3), False, True), ("Naik", (3, 3, 1, 3), False, False),
    ("Turun", (3, 3, 1, 3), False, False), ("Rentang", (3, 3, None, 3), False, False),
])  # fmt: skip
def test_a_sum_over_a_missing_quarter_is_a_floor_of_the_year_where_more_is_better_and_a_ceiling_where_less_is(
    arah, cells, floor, ceiling
):
    own = judged(indicator(arah=arah, quarters=(3, 3, 3, 1)), *cells)
    until, of_year = own.until(4), own.of_year(4)
    assert (until.floor, until.ceiling, of_year.floor, of_year.ceiling) == (False, False, floor, ceiling)


def test_what_a_falling_sum_leaves_out_is_said_as_the_most():
    of_year = judged(indicator(arah="Turun", quarters=(3, 3, 3, 1)), 3, 3, None, 3).of_year(4)
    assert of_year.told.startswith("paling besar ")
    assert f"= {of_year.told} %" in of_year.explanation


def test_what_a_sum_leaves_out_is_said_as_the_least():
    of_year = judged(indicator(quarters=(3, 3, 3, 1)), 3, 3, None, 3).of_year(4)
    assert of_year.floor
    assert of_year.explanation.startswith("Semakin besar semakin baik: 9 / 10 = sedikitnya 90,00 %")


def test_what_other_methods_would_have_given():
    """The same indicator (turun, T 10, R 8) in public systems: 100, 120, 125 or 20; and 80 without its direction."""
    until, _ = last(10, 8, "Turun")
    given_by_others = {value for value in until.others.values() if isinstance(value, Decimal)}
    assert {P("100"), P("125.00"), P("20.00"), P("80.00")} == given_by_others


def test_every_branch_of_a_method_has_its_sentence():
    """No combination of small numbers leaves a branch without words."""
    some = [D(x) for x in ("-20", "-1", "0", "0.5", "7", "8", "10", "30")]
    for arah in ("Naik", "Turun", "Rentang"):
        for policies in ({}, B | KECIL):
            for target in some:
                for value in some:
                    until, of_year = last(target, value, arah, policies, bawah=min(target, D(8)), atas=D(8))
                    assert until.explanation and of_year.explanation
                    assert (until.percent is None) == (until.lack is not None)


# ---- what holds for any numbers ------------------------------------------------------------------

amounts = st.decimals(min_value=0, max_value=10_000, places=3)
positive = st.decimals(min_value="0.001", max_value=10_000, places=3)


def percent(method: str, realised: Decimal, target: Decimal) -> Decimal:
    outcome = METHODS[method].value(Fraction(realised), Goal(target=Fraction(target)))
    assert outcome.percent is not None
    return percent_of(outcome.percent)


@given(target=positive, one=amounts, two=amounts)
def test_naik_grows_and_turun_falls_with_the_realisasi(target, one, two):
    low, high = sorted((one, two))
    assert percent("naik", low, target) <= percent("naik", high, target)
    assert percent("turun_a", low, target) >= percent("turun_a", high, target)
    if low > 0:
        assert percent("turun_b", low, target) >= percent("turun_b", high, target)


@given(target=positive)
def test_both_turun_agree_at_the_target(target):
    assert percent("turun_a", target, target) == percent("turun_b", target, target) == percent("naik", target, target) == 100


@given(value=st.decimals(min_value=-500, max_value=500, places=2), cap=st.sampled_from(["100", "110", "120", "tanpa"]))
def test_the_cap_never_raises(value, cap):
    marks = yardsticks({"batas_capaian": cap})
    capped = marks.capped(value)
    assert capped <= value
    assert (capped == value) or (marks.cap is not None and value > marks.cap == capped)


@given(cells=st.lists(st.one_of(st.none(), amounts), min_size=4, max_size=4), order=st.permutations(range(4)))
def test_a_sum_does_not_care_for_the_order_of_quarters_with_equal_targets(cells, order):
    one = indicator(quarters=(5, 5, 5, 5), target=20)
    assert judged(one, *cells).until(4).percent == judged(one, *(cells[i] for i in order)).until(4).percent


@given(value=st.one_of(st.none(), amounts), n=st.integers(1, 4))
def test_later_quarters_change_nothing(value, n):
    one = indicator()
    before, after = judged(one, 1, 2, 3), judged(one, *(1, 2, 3)[:n], *([value] * (4 - n)))
    if n < 4:
        assert before.until(min(n, 3)) == after.until(min(n, 3))


def test_a_value_with_the_default_lack_counts_as_filled():
    one = indicator()
    quarters = (Quarter(value=D(2)), Quarter(), Quarter(), Quarter())
    assert judge(one, quarters, {}, SKALA).until(1).percent == P("100.00")
