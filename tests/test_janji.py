"""Outcomes that earlier years promised for this one (IV.A.2.VII.3): asked of the unit, read back, shown, kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.reckoning.capaian import janji
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.uses.realisasi import is_measured, unit_realisasi
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.shown.capaian import write_capaian
from tests import realisasi_uji
from tests.kantor_uji import SUB_A, edit, office_content
from tests.kasus import Case, Cases, covers
from tests.naskah import opened, text
from tests.realisasi_uji import D, Year, book_bytes, content, name, plan

PROMISE = {
    "tahun_rencana": D(2022), "unit": "pmd", "kode_sub": SUB_A, "outcome": "Lembaga desa mandiri", "target": D(80), "satuan": "%",
    "tahun": D(2025),
}  # fmt: skip
TABLE = "janji_realisasi"


def office(**changes: object) -> Office:
    """The small office with a promise of pmd for this year in its register."""
    kept = build_office(edit(office_content(), "janji_outcome", 0, **PROMISE | changes))
    return replace(realisasi_uji.office(), content=kept.content)


def asked(found: BookContent, **answer: object) -> BookContent:
    """The filled form with the sheet that the promise brings, answered so."""
    unit = office().unit("pmd")
    assert unit
    form = unit_realisasi(office(), unit, plan(), 4)
    extra = tuple(sheet for sheet in form.sheets if sheet.key == TABLE)
    return edit(replace(found, book=form.book, sheets=(*found.sheets, *extra)), TABLE, 0, **answer)


def year(tw: int = 4, own: Office | None = None, **answer: object) -> Year:
    """The clean year in which the form of TW ``tw`` has the promise; ``own``: the office by then."""
    return Year(triwulan=tw, office=own or office()).change("pmd", tw, lambda found: asked(found, **answer))


def at(key: str, tw: int = 4) -> tuple[str, str, str]:
    return realisasi_uji.at("pmd", tw, TABLE, 0, key)


def twice() -> Year:
    return year().change("pmd", 4, lambda found: edit(found, TABLE, 1, **{**found.rows(TABLE)[0].values, "realisasi": D(70)}))


def with_unit(kode: str) -> Office:
    """The office with a unit that promised and has nothing in this year's plan, so that no form goes to it."""
    own = office(unit=kode)
    return replace(own, units=(*own.units, replace(own.units[0], kode=kode, nama="Subbagian Umum")))


case = Cases(lambda one, _: one.said())
DONE = {"realisasi": D(78), "bukti": "Survei November"}
case("C252", year(), at("realisasi"), year(3))
case("C252", year(bukti="Survei"), at("realisasi"), year(**DONE))
case("C242", year(own=office(realisasi=D(60)), **DONE), at("realisasi"), year(own=office(realisasi=D(78)), **DONE))
case("G153", Year(triwulan=4, office=with_unit("umum")), ("Kantor.xlsx", "", ""), Year(triwulan=3, office=with_unit("umum")))
case("C223", year(**DONE, target=D(70)), at("target"), year(**DONE, satuan="persen"))
case("C223", year(**DONE, tahun=D(2026)), at("tahun"), year(**DONE, tahun=D("2025.0")))
case("C220", year(**DONE, outcome="Lembaga desa mandirri"), at("outcome"), year(**DONE, outcome="LEMBAGA desa mandiri."))
case("C221", Year(triwulan=4, office=office()), (name("pmd", 4), "", ""), Year(triwulan=3, office=office()))
case("C222", twice(),
     {("C222", *at("outcome")), ("C222", name("pmd", 4), *realisasi_uji.cell(TABLE, 1, "outcome"))}, year(**DONE))


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_year_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path, monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_year_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path, monkeypatch)


# ---- asked, read back, shown, kept -----------------------------------------------------------------------


def form(own: Office, tw: int = 4, who: str = "pmd", earlier: object = None) -> BookContent:
    unit = own.unit(who)
    assert unit
    return unit_realisasi(own, unit, plan(), tw, earlier)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "who", "rows"),
    [(office(), "pmd", 1), (office(), "trantib", 0), (office(tahun=D(2026)), "pmd", 0), (office(tahun=D(2024)), "pmd", 1),
     (office(realisasi=D(78)), "pmd", 0)],
)  # fmt: skip
def test_the_form_of_the_unit_that_promised_asks_for_it(own: Office, who: str, rows: int):
    """This year's promises and those still open from before; a unit without one has no such sheet."""
    found = form(own, who=who)
    assert len(found.rows(TABLE)) == rows
    assert any(sheet.key == TABLE for sheet in found.book.sheets) == bool(rows)


def test_what_an_earlier_triwulan_said_is_not_asked_again_and_counts():
    realised = year(2, **DONE).realised()
    (one,) = janji.due(office(), realised.promises)
    assert (one.reached, one.percent, one.evidence) == (D(78), D("97.50"), "Survei November")
    assert form(office(), 3, earlier=realised).rows(TABLE) == ()
    last = Year(triwulan=4, office=office()).change("pmd", 2, lambda found: asked(found, **DONE))
    assert {code for code, *_ in last.said()} == {"C221"}


def test_only_an_answer_is_a_figure_of_the_triwulan():
    blank = form(office())
    assert not is_measured(blank, 4)
    assert is_measured(edit(blank, TABLE, 0, realisasi=D(0)), 4)


@pytest.mark.parametrize(
    ("own", "answer", "reached"),
    [(office(), DONE, D(78)), (office(), {}, None), (office(realisasi=D(60)), DONE, D(60)),
     (office(), {"realisasi": D(0)}, D(0))],
)  # fmt: skip
def test_capaian_and_lkjip_show_it_with_where_it_comes_from(own: Office, answer: dict[str, object], reached, tmp_path: Path):
    measured = measure(plan(), year(own=own, **answer).realised(), own, 4)
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(measured))
    sheet = openpyxl.load_workbook(path)["Janji Outcome"]
    cells = [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]
    origin = "TOR tahun 2022 (Seksi Pemberdayaan Masyarakat), untuk dicapai tahun 2025"
    assert "Lembaga desa mandiri" in cells and origin in cells
    assert (float(reached) in cells) if reached is not None else True
    assert origin in text(opened(write_lkjip(measured)))


def test_next_year_begins_with_what_was_measured():
    rows = office_content().rows("janji_outcome") or edit(office_content(), "janji_outcome", 0, **PROMISE).rows("janji_outcome")
    (kept,) = janji.kept(rows, year(**DONE).realised().promises)
    assert (kept.get("realisasi"), kept.get("bukti"), kept.get("target")) == (D(78), "Survei November", D(80))
    (still,) = janji.kept(rows, {})
    assert (still.get("realisasi"), still.get("bukti")) == (None, None)


def test_cek_mandiri_of_the_form_asks_for_it_too(libre, tmp_path: Path):
    """In the last triwulan a blank is said; before it only what is no number."""
    wanted = {}
    cases = ((4, {}, False), (4, DONE, True), (3, {}, True), (3, {"realisasi": "78 %"}, False))
    for number, (tw, answer, good) in enumerate(cases):
        found = asked(content("pmd", tw), **answer)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(book_bytes(found, "pmd", tw, whole=True))
        wanted[path] = good
    for ours, theirs in libre.recalculate(list(wanted)).items():
        shown = openpyxl.load_workbook(theirs, data_only=True)["Cek Mandiri"]
        lines = {str(line[0].value): line for line in shown.iter_rows(min_col=2)}
        value, verdict = next((line[1].value, line[2].value) for label, line in lines.items() if label.startswith("Janji"))
        assert (value == 0, verdict == "Sesuai") == (wanted[ours], wanted[ours])


@covers("G153")
def test_once_the_forms_ask_the_office_is_not_asked_as_well(tmp_path: Path):
    """From penetapan on: only for a unit that the office has no more."""
    from tests.kantor_uji import Folder, cell, said

    def folder(unit: str) -> Folder:
        promise = Folder().edit("kantor", "janji_outcome", 0, **PROMISE | {"unit": unit})
        return promise.edit("kantor", "kantor", tahap="pengukuran")

    place = ("G153", *cell("janji_outcome", 0, "realisasi"))
    assert place not in said(folder("pmd").write(tmp_path / "a"))
    assert place in said(folder("lama").write(tmp_path / "b"))
