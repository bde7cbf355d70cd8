"""The letters as they come out of the printer: no page is blank or nearly so, headings on each page of a table, no signature
alone or torn, no word broken, nothing outside the paper. With the sample, with what strains a page, and with one row of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from kinerja_xl.reckoning.plan.agreements import agreements
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.cetak import prints
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.letters.pk import write_pk
from samples.bangun import ROOT
from tests import tahun_contoh
from tests.cetakan_surat import Posted, posted
from tests.kantor_uji import Folder, year_with
from tests.naskah import closing, hard, opened

SAMPLE = ROOT / "samples/wasuponda-2025"
ONE_OF_A_KIND = ("TOR", "Nota", "Berita-Acara", "PK")
"""Letters of which a folder has many: the first two stand for them."""


def letters_of(folder: Path) -> dict[str, bytes]:
    """A letter of each kind."""
    recap = rekap(folder)
    files, _ = prints(year_with(folder, recap=recap))
    found = agreements(recap)
    files |= {f"PK-{one.kode}.docx": write_pk([one], recap.office) for one in found}
    files["PK-semua.docx"] = write_pk(found, recap.office)
    seen: dict[str, int] = {}
    kept = {}
    for name, data in files.items():
        kind = next((kind for kind in ONE_OF_A_KIND if name.startswith(f"{kind}-")), name)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= 2 or name == "PK-semua.docx":
            kept[name] = data
    return kept


def sample(place: Path) -> Mapping[str, bytes]:
    half = copytree(SAMPLE, place / "tengah", ignore=ignore_patterns("TW3", "TW4"))
    reports = {"LKjIP.docx": measured(Year(SAMPLE)), "LKjIP-tengah.docx": measured(Year(half))}
    return letters_of(SAMPLE) | {name: write_lkjip(year) for name, year in reports.items()}


def strained(place: Path) -> Mapping[str, bytes]:
    own = tahun_contoh.hard()
    return letters_of(hard().write(place / "kantor")) | {"LKjIP.docx": write_lkjip(own, tahun_contoh.over_years(own))}


def single(place: Path) -> Mapping[str, bytes]:
    own = tahun_contoh.single()
    return letters_of(one_row().write(place / "kantor")) | {"LKjIP.docx": write_lkjip(own)}


def one_row() -> Folder:
    """An office with one unit that asks for one thing."""
    folder = Folder().without("pmd", "rab", 1, 2, 3, 4).without("pmd", "indikator", 1, 2).without("pmd", "pk_kinerja", 1, 2)
    del folder.units["trantib"]
    return folder.without("kantor", "unit", 1).without("pmd", "pk_anggaran", 1).without("kantor", "pagu", 1, 2, 3)


MAKERS: Mapping[str, Callable[[Path], Mapping[str, bytes]]] = {"contoh": sample, "keras": strained, "satu": single}


@pytest.fixture(scope="module", params=MAKERS)
def letters(request, libre, tmp_path_factory) -> list[Posted]:
    place = tmp_path_factory.mktemp("surat")
    return posted(libre, MAKERS[request.param](place), place)


def test_no_letter_is_sent_back(letters: list[Posted]):
    kinds = {one.name.partition("-")[0] for one in letters}
    assert {"TOR", "RKT", "Rencana", "Nota", "Berita", "Usulan", "PK", "LKjIP.docx"} <= kinds
    assert {one.name: wrong for one in letters if (wrong := list(one.wrong()))} == {}


def test_every_letter_is_signed_where_it_should_be(letters: list[Posted]):
    unsigned = {one.name for one in letters if not one.where["s"]}
    assert unsigned == {one.name for one in letters if one.name.startswith("LKjIP")}


def test_rows_that_wait_for_the_signature_leave_no_half_page(letters: list[Posted]):
    """Two very high rows: the first one stands below the title, the other one with the signature."""
    kinds = ("Berita", "Nota", "RKT", "Rencana")
    found = [one for one in letters if one.name.startswith(kinds) and min(map(min, one.where["s"].values())) > 0]
    assert [(one.name, one.filled(0)) for one in found if one.filled(0) <= 0.5] == []


def test_the_lkjip_fills_its_pages(letters: list[Posted], request):
    """Its summary is one page, and no table leaves more than a little of the page before it blank."""
    for one in (one for one in letters if one.name.startswith("LKjIP")):
        assert one.said(1)[:2] == ["DAFTAR", "TABEL"], one.name
        filled = [round(one.filled(page), 2) for page in range(2, len(one.pages) - 1)]
        if "keras" not in request.node.name:  # rows of ten lines move to the next page whole
            assert not filled or min(filled) > 2 / 3, (one.name, filled)


def test_the_measure_sees_what_is_wrong(libre, tmp_path):
    """A letter whose headings do not repeat and whose signature stands below its table is sent back for both."""
    recap = rekap(SAMPLE)
    files, _ = prints(year_with(SAMPLE, recap=recap))
    document = opened(files["RKT-2025.docx"])
    made = document.tables[-1]
    for mark in list(made._element.iter(qn("w:tblHeader"))):
        mark.getparent().remove(mark)
    made._element.addnext(next(one._element for one in closing(made) if isinstance(one, Table)))
    made._element.remove(made.rows[-1]._tr)
    for mark in list(made._element.iter(qn("w:keepNext"))):
        mark.getparent().remove(mark)
    head = made.rows[0]._tr
    head.trPr.append(OxmlElement("w:tblHeader"))
    out = BytesIO()
    document.save(out)
    (found,) = posted(libre, {"RKT.docx": out.getvalue()}, tmp_path)
    assert list(found.wrong()) == ["hal 6: tanda tangan sendiri"]
