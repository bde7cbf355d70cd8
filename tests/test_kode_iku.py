"""Candidates for IKU (V.B.5): marked and chosen agree, scores are weighed, the decree is named; older forms have none."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_xl.office.prefill import default_listings
from kinerja_xl.sheets.choices import KRITERIA_IKU, Listing, Listings
from kinerja_xl.sheets.indikator import SCORES, score_value
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import D, Folder, candidate, cell, said, without_sheet
from tests.kasus import Case, Cases

case = Cases()
OUTCOME = "Persentase lembaga desa aktif"
MARK, NAME, SCORE = cell("indikator", 2, "iku"), cell("iku", 0, "nama"), cell("iku", 0, "nilai")
DECREE, TEAM = cell("iku_penetapan", "nomor_keputusan"), cell("iku_penetapan", "tim")


def iku(index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("pmd", "iku", index, **values)


def marked(**values: object) -> Folder:
    return Folder().edit("pmd", "indikator", 2, **values)


def settled() -> Folder:
    return Folder().edit("kantor", "kantor", tahap="penetapan")


def weights(*pairs: tuple[str, int]) -> Folder:
    folder = Folder()
    for index, (name, weight) in enumerate(pairs):
        folder.edit("kantor", "kriteria_iku", index, kriteria=name, bobot=D(weight))
    return folder


case("I711", Folder().without("pmd", "iku"), MARK, Folder().without("pmd", "iku").edit("pmd", "indikator", 2, iku="Tidak"))
case("I711", iku(dipilih="Tidak"), MARK, iku(dipilih="ya"))
case("I711", Folder().bend("pmd", lambda data: without_sheet(data, "Calon IKU")), ("Calon IKU", ""),
     marked(iku="Tidak").bend("pmd", lambda data: without_sheet(data, "Calon IKU")))
case("I712", marked(iku="Tidak"), NAME, marked(iku="Tidak").edit("pmd", "iku", dipilih="Tidak"))
case("I712", iku(nama="Persentase lembaga desa yang aktif"), NAME, iku(nama="PERSENTASE lembaga desa  aktif."))
case("I712", iku(1, **candidate("Indeks desa")), cell("iku", 1, "nama"), iku(1, **candidate("Indeks desa", dipilih="Tidak")))
case("I713", Folder().put("pmd", SCORE, 5), SCORE, Folder().put("pmd", SCORE, 4.35))
case("I713", weights(("Relevan", 50)), SCORE, weights(("Relevan", 30)))
case("I714", settled().edit("pmd", "iku_penetapan", nomor_keputusan=None), DECREE,
     Folder().edit("pmd", "iku_penetapan", nomor_keputusan=None))
case("I714", settled().edit("pmd", "iku_penetapan", tim=None), TEAM, settled())
case("I714", settled().edit("pmd", "iku_penetapan", nomor_keputusan=None, tim=None), ("Calon IKU", ""),
     settled().edit("pmd", "iku_penetapan", nomor_keputusan=None, tim=None).edit("pmd", "iku", dipilih="Tidak"),
     {("I711", *MARK)})
MUTU = candidate("Mutu pembinaan")
case("I715", Folder().edit("trantib", "indikator", 3, iku="Ya", level="Proses").edit("trantib", "iku", **MUTU)
     .without("trantib", "pk_kinerja", 3), {("I715", *cell("indikator", 3, "level")), ("I702", "Indikator", "")},
     Folder().edit("trantib", "indikator", 3, iku="Ya").edit("trantib", "iku", **MUTU))


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"skor_2": D(6)}, {("N408", *cell("iku", 0, "skor_2"))}),
        ({"skor_2": D(0)}, {("N408", *cell("iku", 0, "skor_2"))}),
        ({"skor_2": D("2.5")}, {("N408", *cell("iku", 0, "skor_2"))}),
        ({"skor_2": None}, {("N401", *cell("iku", 0, "skor_2"))}),
        ({"alasan": None, "pernyataan_hasil": None},
         {("N401", *cell("iku", 0, "alasan")), ("N401", *cell("iku", 0, "pernyataan_hasil"))}),
        ({"skor_5": D(1)}, set()),
    ],
)  # fmt: skip
def test_statement_reason_and_scores_are_asked_for(values: dict, expected: set, tmp_path: Path):
    assert said(iku(**values).write(tmp_path / "kantor")) == expected


def test_weights_of_the_office_decide_and_need_not_add_up_to_100():
    scores = {key: D(score) for key, score in zip(SCORES, (5, 4, 4, 4, 5), strict=True)}
    assert score_value(scores, default_listings()) == D("4.35")  # (5*20 + 4*20 + 4*15 + 4*30 + 5*15) / 100
    own = dict.fromkeys(KRITERIA_IKU, 0) | {"Spesifik": 1, "Relevan": 2}
    lists = Listings(by_name={"kriteria_iku": Listing(name="kriteria_iku", title="", rows=tuple(own.items()))})
    assert score_value(scores, lists) == D("4.33")  # (5 + 8) / 3
    assert score_value(scores | {"skor_3": None}, lists) is None
    none = Listing(name="kriteria_iku", title="", rows=tuple((name, 0) for name in KRITERIA_IKU))
    assert score_value(scores, Listings(by_name={"kriteria_iku": none})) is None


def test_candidates_stand_in_the_recap_with_our_weighted_score(tmp_path: Path):
    recap = rekap(iku(1, **candidate("Indeks desa", dipilih="Tidak")).write(tmp_path / "kantor"))
    assert [(e.unit, e.row.get("nama"), e.row.get("nilai")) for e in recap.iku] == [
        ("pmd", OUTCOME, Decimal("4.35")), ("pmd", "Indeks desa", Decimal("4.35"))
    ]  # fmt: skip
    assert recap.keputusan_iku == {"Usulan-pmd-2025.xlsx": "12 Tahun 2025"} | {"Usulan-trantib-2025.xlsx": "12 Tahun 2025"}


def test_every_criterion_has_its_score_column():
    assert list(SCORES.values()) == list(KRITERIA_IKU)
    assert all(re.fullmatch(r"skor_\d", key) for key in SCORES)
