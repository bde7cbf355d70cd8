"""Chapter III of the LKjIP: real headings and tables, the numbers of the measured year, complete without the chart."""

from __future__ import annotations

import builtins
import io
import re
from dataclasses import replace
from datetime import date
from itertools import takewhile

import docx
import pytest
from docx.oxml.ns import qn

from kinerja_xl.reckoning.capaian import NOT_FILLED
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.writing.letters.lkjip import _iku, _noted, goals_of, mark_of, write_lkjip
from kinerja_xl.writing.letters.post import pages_of_bookmarks
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.shown.capaian.indikator import noted
from tests.kantor_uji import D, edit, office_content
from tests.tahun_contoh import over_years, year


def document(data: bytes):
    return docx.Document(io.BytesIO(data))


def table(found, *heads: str):
    """The rows below the headings of the table that begins with these."""
    for one in found.tables:
        cells = [[cell.text for cell in row.cells] for row in one.rows]
        if cells[0][: len(heads)] == list(heads):
            return cells[1:]
    raise AssertionError(heads)


def test_headings_in_order():
    found = document(write_lkjip(year()))
    assert [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith("Heading")] == [
        ("Heading 1", "IKHTISAR EKSEKUTIF"),
        ("Heading 1", "DAFTAR TABEL"),
        ("Heading 1", "DAFTAR GAMBAR"),
        ("Heading 1", "BAB III AKUNTABILITAS KINERJA"),
        ("Heading 2", "A. Capaian Kinerja Organisasi"),
        ("Heading 3", "Sasaran 1: Lembaga desa aktif"),
        ("Heading 3", "Sasaran 2: Masyarakat berdaya"),
        ("Heading 2", "B. Realisasi Anggaran"),
        ("Heading 2", "C. Efisiensi Penggunaan Sumber Daya"),
    ]


def test_tables_are_numbered_and_listed():
    found = document(write_lkjip(year()))
    captions = [p.text for p in found.paragraphs if p.style.name == "Caption" and p.text.startswith("Tabel ")]
    assert [text.split()[1] for text in captions] == [f"3.{n}" for n in range(1, len(captions) + 1)]
    listed = [p.text.partition("\t") for p in found.paragraphs if p.style.name == "Body Text" and p.text.startswith("Tabel 3.")]
    assert [caption for caption, _, _ in listed] == captions
    assert {page for _, _, page in listed} == {""}  # said by who lays it out, never guessed
    pages = {mark_of(n): 2 + n for n in range(1, len(captions) + 1)}
    found = document(write_lkjip(year(), pages=pages))
    listed = [p.text.partition("\t") for p in found.paragraphs if p.style.name == "Body Text" and p.text.startswith("Tabel 3.")]
    assert [page for _, _, page in listed] == [str(page) for page in pages.values()]


def test_the_list_of_tables_says_their_pages(libre, tmp_path):
    """The pages that stand in the document are those on which LibreOffice prints the tables."""
    pages = pages_of_bookmarks(write_lkjip(year()))
    path = tmp_path / "lkjip.docx"
    path.write_bytes(write_lkjip(year(), pages=pages))
    found = document(path.read_bytes())
    captions = [p.text for p in found.paragraphs if p.style.name == "Caption"]
    printed = [" ".join(page.split()) for page in libre.text(libre.pdf([path])[path])]
    where = [[n for n, page in enumerate(printed, start=1) if caption in page][-1] for caption in captions]
    assert sorted(pages.values()) == where and len(set(where)) > 2
    listed = dict(p.text.split("\t") for p in found.paragraphs if "\t" in p.text)
    assert listed == {caption: str(page) for caption, page in zip(captions, where, strict=True)}


def test_sasaran_of_the_renstra_hold_each_indicator_once():
    own = year()
    goals = goals_of(own)
    assert sorted(r.indicator.nama for goal in goals for r in (*goal.iku, *goal.others)) == sorted(
        r.indicator.nama for r in own.results
    )
    assert all(r.indicator.iku for goal in goals for r in goal.iku)


def test_no_address_of_a_cell_in_an_official_text():
    whole = " ".join(p.text for p in document(write_lkjip(year())).paragraphs)
    assert not re.search(r"\bsel [A-Z]+\d", whole)


def test_capaian_per_sasaran_equals_the_reckoning():
    own = year()
    found = document(write_lkjip(own))
    supporting = [r for r in own.results if not r.indicator.iku]
    tables = [one for one in found.tables if one.rows[0].cells[0].text == "No" and len(one.columns) == 7]
    rows = [row for one in tables for row in cells(one)][len(_iku(own)) :]
    assert [(row[1].split("\n")[0], row[5], row[6]) for row in rows] == [
        (r.indicator.nama, r.of_year.told, r.predicate_told or "–")
        for r in supporting
    ]
    assert rows[0][1].split("\n")[1:] == ["TW III belum diisi; angkanya batas bawah"]
    assert rows[0][4:6] == ["sedikitnya 9", "sedikitnya 90,00"]
    assert rows[-1][1].split("\n")[1:] == ["tidak dapat dihitung: pada TW III isinya bukan angka"]


def cells(one):
    return [[cell.text for cell in row.cells] for row in one.rows][1:]


def test_money_equals_the_reckoning():
    own = year()
    rows = table(document(write_lkjip(own)), "Kode", "Uraian", "Pagu (Rp)")
    whole = next(line for line in own.money if line.level == "kantor")
    amounts = [format_number(whole.pagu), format_number(whole.spent), format_number(whole.serapan, 2)]
    assert rows[-1] == ["Jumlah", "Jumlah", *amounts]
    assert len(rows) == 1 + sum(line.level in {"program", "kegiatan", "subkegiatan"} and line.asked for line in own.money)


def test_two_years_before_and_the_end_of_the_renstra():
    own = year()
    found = document(write_lkjip(own, over_years(own)))
    last = next(t for t in found.tables if "Realisasi" in t.rows[0].cells[2].text and len(t.columns) == 9)
    assert [cell.text for cell in last.rows[2].cells] == [
        "Persentase lembaga aktif", "Persen", "66", "72", "85,50", "90", "105,26", "–", "–",
    ]  # fmt: skip


def test_room_for_the_analysis_under_each_table():
    found = document(write_lkjip(year()))
    said = [p.text for p in found.paragraphs]
    at = [index for index, text in enumerate(said) if text == "Analisis:"]
    assert len(at) == sum(1 for p in found.paragraphs if p.style.name == "Caption" and p.text.startswith("Tabel "))
    begun = [list(takewhile(bool, said[index + 1 :])) for index in at]
    assert all(said[index + 1 + len(words) :][:2] == ["", ""] for index, words in zip(at, begun, strict=True))
    with_notes = [[text.partition(":")[0] for text in words] for words in begun if words != [DOTS]]
    assert [DOTS] in begun and [] not in begun  # what is to be written shows where
    iku = ["Kendala", "Tindak lanjut", "Faktor pendorong", "Perbandingan dengan standar nasional (bila ada)"]
    assert iku in with_notes and ["Kendala", "Tindak lanjut"] in with_notes
    assert all(heads[:2] == iku[:2] for heads in with_notes)


def test_the_same_words_of_several_indicators_stand_once():
    own = year()
    first = next(r for r in own.results if r.realised and noted(r, "penghambat", 4))
    twin = replace(first, indicator=replace(first.indicator, nama="Indikator kembar"))
    words = _noted([first, twin], "penghambat", own)
    assert words.count("Hujan lebat") == 1 and words.endswith(f"({first.indicator.nama}; Indikator kembar).")
    # A typed list in one sentence: a colon above it, no dashes in it.
    assert "tiga desa: kendaraan dinas rusak; peserta tidak dapat hadir; TW IV: Dana" in words


def test_the_number_of_the_dpa_stands_beside_the_plan():
    own = year()
    stage = {"tahap": own.plan.tahap, "nomor": D(own.plan.nomor), "tanggal": date(2025, 1, 3), "dasar": "DPA/A.1/7.01/2025"}
    content = edit(office_content(), "riwayat_tahap", 0, **stage)
    told = [p.text for p in document(write_lkjip(replace(own, office=replace(own.office, content=content)))).paragraphs]
    assert f"Target dan anggaran menurut {own.plan.dated} (DPA/A.1/7.01/2025)." in told
    assert f"Target dan anggaran menurut {own.plan.dated}." in [p.text for p in document(write_lkjip(own)).paragraphs]


@pytest.mark.parametrize(("latest", "said"), [(4, [""]), (2, [" (rancangan, laporan TW III dan IV belum ada)"])])
def test_a_year_that_is_not_over_is_a_draft(latest: int, said: list[str]):
    own = year()
    files = tuple(replace(file, triwulan=latest) for file in own.realised.files)
    found = document(write_lkjip(replace(own, realised=replace(own.realised, files=files))))
    title = "Ikhtisar Eksekutif dan Bab III"
    assert [p.text.removeprefix(title) for p in found.paragraphs if p.text.startswith(title)] == said


def test_the_chart_is_numbered_below_it_and_listed():
    pytest.importorskip("matplotlib")
    found = document(write_lkjip(year()))
    captions = [p for p in found.paragraphs if p.style.name == "Caption" and p.text.startswith("Gambar ")]
    assert [p.text for p in captions] == ["Gambar 3.1 Capaian dan serapan per unit"]
    above = captions[0]._p.getprevious()
    assert above.find(f".//{qn('w:drawing')}") is not None and above.pPr.find(qn("w:keepNext")) is not None
    assert [p.text.partition("\t")[0] for p in found.paragraphs if "\t" in p.text and p.text.startswith("Gambar")] == [
        captions[0].text
    ]


@pytest.mark.parametrize("units", [1, 12])
def test_the_chart_is_as_wide_as_the_page_however_many_units_it_has(units: int):
    """So its letters are printed as large as they were drawn; it is no higher than a page."""
    pytest.importorskip("matplotlib")
    own = year()
    own = replace(own, averages={**own.averages, "unit": (own.averages["unit"][0],) * units})
    shape = document(write_lkjip(own)).inline_shapes[-1]
    assert shape.width.inches == pytest.approx(6.4, abs=0.02)
    assert shape.height.inches <= 9


def test_same_year_same_bytes():
    own = year()
    assert write_lkjip(own, over_years(own)) == write_lkjip(own, over_years(own))


def test_complete_without_the_plotting_library(monkeypatch):
    pytest.importorskip("matplotlib")
    own = year()
    with_chart = document(write_lkjip(own))
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    bare = document(write_lkjip(own))
    assert (len(with_chart.inline_shapes), len(bare.inline_shapes)) == (1, 0)
    texts = [[[c.text for c in row.cells] for t in found.tables for row in t.rows] for found in (with_chart, bare)]
    assert texts[0] == texts[1]


def test_pages_read_well(libre, tmp_path):
    """LibreOffice opens it, nothing is lost, and no page is empty."""
    path = tmp_path / "lkjip.docx"
    own = year()
    path.write_bytes(write_lkjip(own, over_years(own)))
    pages = libre.text(libre.pdf([path])[path])
    assert all(len(page.split()) > 20 for page in pages)
    whole = " ".join(" ".join(pages).split())
    expected = ("BAB III", "Jumlah pelanggaran", "120,00", "Biaya per satuan output", NOT_FILLED)
    assert [words for words in expected if words not in whole] == []
