"""Every code about returned measuring workbooks: a year that yields it and one that nearly does, with the exact places.

A case changes the clean small year (``tests.realisasi_uji``), which yields nothing; ``said`` is everything that is said then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.catatan import catalogue
from kinerja_xl.package import ErrorValue, Formula
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.content import BookContent
from tests.kantor_uji import edit, unit_bytes, unit_content, without
from tests.kasus import Case, Cases, covered
from tests.realisasi_uji import (
    INDICATORS,
    MONEY,
    PHYSICS,
    WORDS,
    D,
    Year,
    at,
    book_bytes,
    clean,
    content,
    file,
    name,
    office,
    plan,
)
from tests.rencana_contoh import SUB_B

case = Cases(lambda year, _: year.said())


def pmd(table: str, index: int = 0, /, tw: int = 2, **values: object) -> Year:
    return Year().edit("pmd", tw, table, index, **values)


def trantib(table: str, index: int = 0, /, tw: int = 2, **values: object) -> Year:
    return Year().edit("trantib", tw, table, index, **values)


def uang(index: int = 0, /, tw: int = 2, **values: object) -> Year:
    return Year().edit("uang", tw, MONEY, index, **values)


def revised(who: str, tw: int, revisi: int, **identity: object) -> bytes:
    return book_bytes(edit(content(who, tw), "identitas", 0, revisi=D(revisi), **identity), who, tw)


def no_row(table: str, *rows: int) -> Year:
    return Year().change("pmd", 2, lambda found: without(found, table, *rows))


def second_row(found: BookContent) -> BookContent:
    """The first indicator once more, below the last."""
    rows = found.rows(INDICATORS)
    return edit(found, INDICATORS, len(rows), **rows[0].values)


def other_unit(found: BookContent) -> BookContent:
    """trantib's rows in pmd's form."""
    rows = content("trantib", 2).rows(INDICATORS)
    for index, row in enumerate(rows):
        found = edit(found, INDICATORS, index, **row.values)
    return without(found, INDICATORS, 3, 4)


def filled(*who: str) -> frozenset[tuple[str, str]]:
    return frozenset((one, "TW2") for one in who)


LATE = date(2025, 4, 11)
GOAL = replace(plan().indicators[0], target=D(12), quarters=(D(2), D(3), D(3), D(4)))
NOW = replace(plan(), indicators=(GOAL, *plan().indicators[1:]), sha256="f" * 64)
TW2 = name("pmd", 2)
LOST = replace(  # a DPA took the money of SUB_B away, after pmd spent 9.500.000 on it
    plan(), subs=tuple(replace(sub, dpa=0) if sub.kode == SUB_B else sub for sub in plan().subs),
    lines=tuple(line for line in plan().lines if line.kode_sub != SUB_B), sha256="e" * 64,
)  # fmt: skip
MADE_BEFORE = {("C211", *at(who, tw, "identitas", 0, "tanda_rencana")) for who in ("pmd", "uang") for tw in (1, 2)}


def lost() -> Year:
    return Year(plan=LOST, older=(plan(),))


# fmt: off
# ruff: noqa: E501 (a case reads as one line)

# ---- C20: which file counts -------------------------------------------------------------------

case("C201", Year().drop("pmd", 2), ("", "", ""), Year())
case("C201", Year().drop("uang", 2), ("", "", ""), Year().drop("uang", 2).add(2, "uang lain.xlsx", clean("uang", 2)))
case("C202", Year(triwulan=1).edit("pmd", 1, "identitas", tanggal_disampaikan=LATE), file("pmd", 1),
     Year(triwulan=1).edit("pmd", 1, "identitas", tanggal_disampaikan=date(2025, 4, 10)))
case("C202", Year(triwulan=1, office=replace(office(), receipts_tw={(1, "pmd", 0): LATE})),
     {("C202", *file("pmd", 1)), ("C202", *file("uang", 1))},
     Year(triwulan=1, office=replace(office(), receipts_tw={(1, "pmd", 0): date(2025, 4, 10)}))
     .edit("pmd", 1, "identitas", tanggal_disampaikan=LATE))
case("C203", Year().add(2, "pmd lagi.xlsx", clean("pmd", 2)), {("C203", *file("pmd", 2)), ("C203", "TW2/pmd lagi.xlsx", "", "")},
     Year().add(2, "pmd lagi.xlsx", revised("pmd", 2, 1)), {("C204", *file("pmd", 2))})
case("C204", Year().add(2, "pmd lagi.xlsx", revised("pmd", 2, 1)), file("pmd", 2), Year().edit("pmd", 2, "identitas", revisi=D(1)))
case("C205", Year(triwulan=1).edit("pmd", 1, "identitas", tanggal_disampaikan=None), file("pmd", 1),
     Year(triwulan=2).edit("pmd", 2, "identitas", tanggal_disampaikan=None))  # TW II has no deadline
case("C206", Year().drop("pmd", 2).add(2, "Realisasi-pmd-TW2.xlsx", clean("pmd", 1)), at("pmd", 2, "identitas", 0, "triwulan"),
     Year().edit("pmd", 2, "identitas", triwulan=D(2)))
case("C206", pmd("identitas", triwulan=None), {("C206", *at("pmd", 2, "identitas", 0, "triwulan"))}, Year())
case("C207", pmd("identitas", tanda_rencana="0123456789ab").edit("pmd", 2, INDICATORS, 0, target=D(11)),
     at("pmd", 2, "identitas", 0, "tanda_rencana"), Year())
case("C208", Year().change("pmd", 2, other_unit), file("pmd", 2),
     pmd(INDICATORS, 4, **dict(content("trantib", 2).rows(INDICATORS)[0].values)),
     {("C220", *at("pmd", 2, INDICATORS, 4, "nama")), ("C221", TW2, "Realisasi Indikator", "")})
case("C209", Year().add(2, "usulan pmd.xlsx", unit_bytes(unit_content("pmd"))), ("TW2/usulan pmd.xlsx", "", ""), Year())
case("C210", Year(office=replace(office(), policies={**office().policies, "unit_keuangan": "trantib"})),
     {("C210", *file("uang", 1)), ("C210", *file("uang", 2)), ("C201", "", "", "")},
     Year(office=replace(office(), policies={**office().policies, "unit_keuangan": "PMD"})))

case("C211", Year(plan=NOW, older=(plan(),)), {("C211", *at("pmd", tw, "identitas", 0, "tanda_rencana")) for tw in (1, 2)},
     Year(plan=replace(plan(), sha256="f" * 64), older=(plan(),)))
case("C211", Year(plan=NOW, older=(plan(),)).edit("pmd", 2, INDICATORS, 0, target=D(11)),
     {("C223", *at("pmd", 2, INDICATORS, 0, "target")), *(("C211", *at("pmd", tw, "identitas", 0, "tanda_rencana")) for tw in (1, 2))},
     Year())

# ---- C22: rows and figures --------------------------------------------------------------------

case("C220", pmd(INDICATORS, 0, nama="Jumlah musyawarah dan rapat"), at("pmd", 2, INDICATORS, 0, "nama"),
     pmd(INDICATORS, 0, nama="JUMLAH  Musyawarah"))
case("C220", pmd(PHYSICS, 0, kode_sub="7.01.03.2.09.0001"), at("pmd", 2, PHYSICS, 0, "kode_sub"),
     pmd(PHYSICS, 0, kode_sub="7.01.03.02.01.0001"))
case("C220", uang(0, rekening="5.1.02.01.01.0025"), at("uang", 2, MONEY, 0, "rekening"), uang(0, unit="PMD"))
case("C220", pmd(WORDS, 0, level="Proses"), at("pmd", 2, WORDS, 0, "nama"), Year().change("pmd", 2, lambda c: without(c, WORDS, 1)))
case("C221", no_row(INDICATORS, 0), (TW2, "Realisasi Indikator", ""), Year())
case("C221", no_row(PHYSICS, 1), (TW2, "Fisik", ""), no_row(WORDS, 0))
case("C222", Year().change("pmd", 2, second_row),
     {("C222", *at("pmd", 2, INDICATORS, 0, "nama")), ("C222", *at("pmd", 2, INDICATORS, 5, "nama"))},
     Year().change("pmd", 2, second_row).edit("pmd", 2, INDICATORS, 5, level="Outcome"),
     {("C220", *at("pmd", 2, INDICATORS, 5, "nama"))})
case("C223", pmd(INDICATORS, 0, tw_4=D(3)), at("pmd", 2, INDICATORS, 0, "tw_4"), pmd(INDICATORS, 0, arah="NAIK"))
case("C223", pmd(INDICATORS, 2, target="Sangat baik"), at("pmd", 2, INDICATORS, 2, "target"), pmd(INDICATORS, 2, target="baik"))
case("C223", pmd(INDICATORS, 1, target=None), at("pmd", 2, INDICATORS, 1, "target"), pmd(INDICATORS, 1, target=D("85.50")))
case("C223", uang(0, pagu=D(7_000_000)), at("uang", 2, MONEY, 0, "pagu"), uang(0, uraian="Alat tulis"))
case("C224", pmd(INDICATORS, 0, real_2=None), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, real_2=D(0)))
case("C224", pmd(INDICATORS, 1, bil_2=None, sebut_2=None), at("pmd", 2, INDICATORS, 1, "real_2"),
     pmd(INDICATORS, 0, real_2="tidak berlaku"))
case("C224", pmd(PHYSICS, 0, fisik_2=None), at("pmd", 2, PHYSICS, 0, "fisik_2"), pmd(PHYSICS, 1, fisik_2=D(0)))
case("C224", Year(triwulan=4).edit("pmd", 4, INDICATORS, 4, real_4=None), at("pmd", 4, INDICATORS, 4, "real_4"),
     Year(triwulan=3))  # its target stands in TW IV alone
case("C225", pmd(INDICATORS, 0, real_3=D(3)), at("pmd", 2, INDICATORS, 0, "real_3"), pmd(INDICATORS, 4, real_2=D("0.70")))
case("C225", pmd(PHYSICS, 0, fisik_4=D(100)), at("pmd", 2, PHYSICS, 0, "fisik_4"), Year())
case("C225", uang(0, uang_3=D(0)), at("uang", 2, MONEY, 0, "uang_3"), Year())
case("C226", pmd(INDICATORS, 0, tw=1, real_1=None).edit("pmd", 2, INDICATORS, 0, real_1=None), at("pmd", 1, INDICATORS, 0, "real_1"),
     pmd(INDICATORS, 0, tw=1, real_1=None), {("C235", *at("pmd", 2, INDICATORS, 0, "real_1"))})
case("C226", Year().drop("pmd", 1).edit("pmd", 2, PHYSICS, 0, fisik_1=None),
     {("C201", "", "", ""), ("C226", *at("pmd", 2, PHYSICS, 0, "fisik_1")), ("C235", *at("pmd", 2, PHYSICS, 1, "fisik_1")),
      *(("C235", *at("pmd", 2, INDICATORS, row, key)) for row, key in ((0, "real_1"), (1, "bil_1")))},
     Year())
case("C227", pmd(INDICATORS, 0, real_2="-"), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, real_2="Belum Diisi"))
case("C227", pmd(INDICATORS, 0, real_2="nihil"), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, real_2="3 dokumen"),
     {("N414", *at("pmd", 2, INDICATORS, 0, "real_2"))})
case("C227", pmd(INDICATORS, 2, real_2="Lumayan"), at("pmd", 2, INDICATORS, 2, "real_2"), pmd(INDICATORS, 2, real_2="sangat  baik"))
case("C227", pmd(INDICATORS, 2, real_2=D(3)), at("pmd", 2, INDICATORS, 2, "real_2"), Year())
SHARE: dict[str, object] = {"bil_2": None, "sebut_2": None}
case("C228", pmd(INDICATORS, 1, **SHARE, real_2=D("0.45")), at("pmd", 2, INDICATORS, 1, "real_2"),
     pmd(INDICATORS, 1, **SHARE, real_2=D(45)))
case("C228", pmd(INDICATORS, 1, **SHARE, real_2=D(4500)), at("pmd", 2, INDICATORS, 1, "real_2"),
     pmd(INDICATORS, 1, **SHARE, real_2="45%"), {("N414", *at("pmd", 2, INDICATORS, 1, "real_2"))})
case("C228", pmd(INDICATORS, 1, **SHARE, real_2=D(1)), at("pmd", 2, INDICATORS, 1, "real_2"),
     pmd(INDICATORS, 1, bil_2=D(1), sebut_2=D(200), real_2=D("0.5")))  # numerator and denominator settle it
case("C229", pmd(INDICATORS, 0, real_2=D(6)), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, real_2=D(4)))
case("C229", trantib(INDICATORS, 0, real_2=D(6)), at("trantib", 2, INDICATORS, 0, "real_2"),
     pmd(INDICATORS, 3, real_2=D(16)))  # a mean does not add up
case("C230", pmd(INDICATORS, 0, real_2=D(-1)), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 4, real_2=D("-0.1")))
case("C230", uang(0, uang_2=D(-500_000)), at("uang", 2, MONEY, 0, "uang_2"), uang(0, uang_2=D(0)))
case("C231", pmd(INDICATORS, 0, real_1=D(3)), at("pmd", 2, INDICATORS, 0, "real_1"), pmd(INDICATORS, 0, real_1=None))
case("C231", pmd(INDICATORS, 1, sebut_1=D(41)), at("pmd", 2, INDICATORS, 1, "sebut_1"), pmd(INDICATORS, 1, bil_1=D("10.0")))
case("C231", uang(1, uang_1=D(5)), at("uang", 2, MONEY, 1, "uang_1"), Year())
case("C232", pmd(INDICATORS, 1, bil_2=None), at("pmd", 2, INDICATORS, 1, "bil_2"), pmd(INDICATORS, 0, bil_2=D(3)))
case("C232", pmd(INDICATORS, 1, sebut_2=None, real_2=D(45)), at("pmd", 2, INDICATORS, 1, "sebut_2"), Year())
case("C233", pmd(INDICATORS, 1, sebut_2=D(0)), at("pmd", 2, INDICATORS, 1, "sebut_2"), pmd(INDICATORS, 1, bil_2=D(0)))
case("C246", pmd(INDICATORS, 3, real_2=None, bil_2=D(15), sebut_2=D(2)), at("pmd", 2, INDICATORS, 3, "real_2"),
     pmd(INDICATORS, 3, bil_2=D(15), sebut_2=D(2)))  # beside the realisasi they only explain it
case("C246", pmd(INDICATORS, 0, real_2=None, bil_2=D(0)), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, bil_2=D(0)))
case("C243", pmd(INDICATORS, 1, bil_2=D(60), sebut_2=D(50), real_2=D(120)), at("pmd", 2, INDICATORS, 1, "bil_2"),
     pmd(INDICATORS, 1, bil_2=D(50), sebut_2=D(50), real_2=D(100)))
case("C244", pmd(INDICATORS, 0, real_2=D("2.5")), at("pmd", 2, INDICATORS, 0, "real_2"), pmd(INDICATORS, 0, real_2=D("3.0")))
case("C245", Year(triwulan=4).edit("pmd", 4, INDICATORS, 4, real_4=D(74)), at("pmd", 4, INDICATORS, 4, "real_4"),
     Year(triwulan=4).edit("pmd", 4, INDICATORS, 4, real_4=D("0.95")))
case("C234", pmd(INDICATORS, 1, real_2=D(46)), at("pmd", 2, INDICATORS, 1, "real_2"), pmd(INDICATORS, 1, real_2=D("45.0")))
case("C234", Year(triwulan=3).edit("trantib", 3, INDICATORS, 2, real_3=D("1.18")), at("trantib", 3, INDICATORS, 2, "real_3"),
     Year(triwulan=3).edit("trantib", 3, INDICATORS, 2, real_3=D("1.17")))
case("C235", Year().drop("uang", 1), {("C201", "", "", ""), ("C235", *at("uang", 2, MONEY, 0, "uang_1"))},
     Year().drop("uang", 1).drop("uang", 2), {("C201", "", "", "")})

# ---- C24, C25: physical progress and money ------------------------------------------------------

case("C240", pmd(PHYSICS, 0, fisik_2=D(19)), at("pmd", 2, PHYSICS, 0, "fisik_2"), pmd(PHYSICS, 0, fisik_2=D(20)))
case("C241", pmd(PHYSICS, 0, fisik_2=D("0.45")), at("pmd", 2, PHYSICS, 0, "fisik_2"),
     pmd(PHYSICS, 0, fisik_2=D(145)), {("N408", *at("pmd", 2, PHYSICS, 0, "fisik_2"))})
case("C250", lost(), {*MADE_BEFORE, ("C250", *at("uang", 2, MONEY, 2, "uang_2"))}, lost().edit("uang", 2, MONEY, 2, uang_2=D(0)), MADE_BEFORE)
case("C251", lost().edit("uang", 2, MONEY, 0, uang_2=None).edit("uang", 2, MONEY, 2, uang_2=D(0)),
     {*MADE_BEFORE, ("C251", *at("uang", 2, MONEY, 0, "uang_2"))}, lost().edit("uang", 2, MONEY, 2, uang_2=None), MADE_BEFORE)
case("C250", uang(2, uang_2=D(9_500_001)), at("uang", 2, MONEY, 2, "uang_2"), uang(2, uang_2=D(9_500_000)))
case("C251", uang(1, uang_2=None).edit("uang", 2, MONEY, 2, uang_2=None), at("uang", 2, MONEY, 1, "uang_2"), uang(1, uang_2=D(0)))

# fmt: on

# ---- the tests ---------------------------------------------------------------------------------

@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_year_that_yields_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path, monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_year_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path, monkeypatch)


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_the_clean_year_says_nothing(triwulan: int):
    assert Year(triwulan=triwulan).said() == set()


def test_every_code_has_its_case():
    assert covered() >= {code for code in catalogue() if code.startswith("C2")}


# ---- what reading itself says, and what becomes of the figure ------------------------------------


def test_a_broken_cell_is_named_and_the_rest_counts():
    year = Year().put("pmd", 2, INDICATORS, 0, "real_2", Formula("#REF!+1", ErrorValue("#REF!")))
    assert year.said() == {("N405", *at("pmd", 2, INDICATORS, 0, "real_2"))}
    clean_year, broken = Year().realised(), year.realised()
    assert broken.indicators[1:] == clean_year.indicators[1:]
    assert broken.indicators[0].quarters[1].value is None
    assert "sel rusak" in broken.indicators[0].quarters[1].reason


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [("T206", "unit", "trantib"), ("T206", "tahun", D(2024)), ("T207", "kantor", "")],
)
def test_another_units_years_or_offices_form_is_held_back(code: str, field: str, value: object):
    """By the checks of every form of ours; the unit has then handed in nothing for that triwulan."""
    year = Year(office=replace(office(), nama="Kantor lain")) if code == "T207" else pmd("identitas", **{field: value})
    realised = year.realised()
    held = {f.file for f in realised.findings if f.code == code}
    assert name("pmd", 2) in held
    assert {f.status for f in realised.files if f.file in held} == {"DITAHAN"}
    assert 2 in realised.missing["pmd"]
    if code == "T206":
        assert {f.code for f in realised.findings} == {code}


def test_a_typed_running_total_of_money_is_one_catatan():
    year = Year().edit("uang", 1, MONEY, 0, uang_1=D(3_000_000)).edit("uang", 2, MONEY, 0, uang_1=D(3_000_000), uang_2=D(6_000_000))
    assert year.said() == {("C229", *at("uang", 2, MONEY, 0, "uang_2"))}


def test_the_plan_used_is_not_the_forms():
    assert plan().sha256[:12] == str(content("pmd", 2).form("identitas").get("tanda_rencana"))  # type: ignore[union-attr]


def test_what_lost_its_money_is_not_measured_and_what_was_spent_stays_spent():
    """Without the plan of before, nobody knows the rows: C220."""
    realised = lost().realised()
    assert {entry.identity for entry in realised.indicators} == {one.identity for one in LOST.indicators if one.kode != SUB_B}
    spent = [(entry.kode_sub, entry.quarters) for entry in realised.spent if entry.kode_sub == SUB_B]
    assert spent == [(SUB_B, (0, 9_500_000, 0, 0))]
    year = measure(LOST, realised, office(), 2)
    assert (len(year.results), next(line.spent for line in year.money if line.level == "kantor")) == (6, 21_100_000)
    unknown = {code for code, *_ in Year(plan=LOST).said()}
    assert "C220" in unknown


def test_what_was_spent_before_the_plan_lost_the_money_is_unknown_while_its_file_is_missing():
    """9.500.000 of SUB_B stand in TW II's file alone: without that file nobody knows, and unknown is not 0."""
    later = replace(LOST, urutan=1, tahap="perubahan", nomor=1, tanggal=date(2025, 7, 21))

    def spent(*dropped: int, triwulan: int = 2, plan_now: Plan = later) -> list[tuple[int | None, ...]]:
        year = Year(plan=plan_now, older=(plan(),), triwulan=triwulan)
        for number in dropped:
            year.drop("uang", number)
        return [entry.quarters[:triwulan] for entry in year.realised().spent if entry.kode_sub == SUB_B]

    assert spent() == [(0, 9_500_000)]
    assert spent(2) == [(0, None)]
    assert spent(1, 2) == [(None, None)]
    assert spent(1, triwulan=1) == [(None,)]
    nothing = Year(plan=later, older=(plan(),)).drop("uang", 1).drop("uang", 2).realised()
    kantor = next(line for line in measure(later, nothing, office(), 2).money if line.level == "kantor")
    assert (kantor.spent, kantor.unreported) == (None, len(later.lines) + 1)
    taken_in_tw2 = replace(later, tanggal=date(2025, 5, 2))
    assert spent(2, plan_now=taken_in_tw2) == []


def test_a_missing_file_is_one_catatan_for_a_column_of_the_later_one():
    said = [f for f in Year().drop("uang", 1).realised().findings if f.code == "C235"]
    assert [(f.cell, f.args["rincian"]) for f in said] == [(at("uang", 2, MONEY, 0, "uang_1")[2], ", dan 4 angka lain di kolom itu")]
    one = Year().edit("uang", 1, MONEY, 3, uang_1=None).realised().findings
    assert [(f.cell, f.args["rincian"]) for f in one if f.code == "C235"] == [(at("uang", 2, MONEY, 3, "uang_1")[2], "")]
