"""Chapter III of the LKjIP: real headings and tables, the numbers of the measured year, complete without the chart."""

from __future__ import annotations

import builtins
import io

import docx
import pytest

from kinerja_xl.reckoning.capaian import NOT_FILLED
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.writing.letters.lkjip import write_lkjip
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
        ("Heading 1", "BAB III AKUNTABILITAS KINERJA"),
        ("Heading 2", "A. Capaian Kinerja Organisasi"),
        ("Heading 3", "Sasaran 1: Masyarakat berdaya"),
        ("Heading 3", "Perbandingan dengan tahun lalu"),
        ("Heading 3", "Perbandingan dengan target jangka menengah"),
        ("Heading 2", "B. Realisasi Anggaran"),
        ("Heading 2", "C. Efisiensi Penggunaan Sumber Daya"),
    ]


def test_capaian_per_sasaran_equals_the_reckoning():
    own = year()
    rows = table(document(write_lkjip(own)), "No", "Indikator Kinerja")
    assert [(row[1].split("\n")[0], row[5], row[6]) for row in rows] == [
        (r.indicator.nama, "–" if r.of_year.percent is None else format_number(r.of_year.percent, 2), r.predicate or "–")
        for r in own.results
    ]
    assert rows[0][1].split("\n")[1:] == ["TW III belum diisi"]
    assert rows[7][1].split("\n")[1:] == ["tidak dapat dihitung: TW III: isinya bukan angka"]


def test_money_equals_the_reckoning():
    own = year()
    rows = table(document(write_lkjip(own)), "Kode", "Uraian", "Pagu (Rp)")
    whole = next(line for line in own.money if line.level == "kantor")
    assert rows[-1] == ["", "Jumlah", format_number(whole.pagu), format_number(whole.spent), format_number(whole.serapan, 2)]
    assert len(rows) == 1 + sum(line.level in {"program", "kegiatan", "subkegiatan"} for line in own.money)


def test_last_year_and_the_end_of_the_renstra():
    own = year()
    found = document(write_lkjip(own, over_years(own)))
    last = next(t for t in found.tables if "Tahun lalu" in t.rows[0].cells[2].text)
    assert [cell.text for cell in last.rows[2].cells] == [
        "Persentase lembaga aktif", "Persen", "72", "90,00", "90", "105,26", "15,26",
    ]  # fmt: skip


def test_room_for_the_analysis_under_each_table():
    found = document(write_lkjip(year()))
    said = [p.text for p in found.paragraphs]
    at = [index for index, text in enumerate(said) if text == "Analisis:"]
    assert len(at) == 7
    assert all(said[index + 1 : index + 3] == ["", ""] for index in at)


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
