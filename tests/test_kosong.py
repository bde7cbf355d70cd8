"""An office in which no unit has handed in anything: no document says 0 of what nobody has said."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

from kinerja_xl.face.cli import main
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.pk import pk_letters
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.surel import five_figures
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.rka import write_rka
from tests.halaman_uji import Window, said
from tests.kantor_uji import Folder

EMPTY = Folder().drop("pmd").drop("trantib")
ONE = Folder().drop("trantib")
NOTHING = re.compile(r"\bRp\s?0\b|\bnol rupiah\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return EMPTY.write(tmp_path_factory.mktemp("kosong") / "kantor")


def zeros(data: bytes) -> dict[str, list[str]]:
    """By sheet the amounts and shares that read 0, and the words that say it."""
    found: dict[str, list[str]] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            parts = str(cell.number_format).split(";")
            figure = cell.value == 0 and ("#,##0" in parts[0] or "%" in parts[0])
            if figure and (len(parts) < 3 or "0" in parts[2]) or isinstance(cell.value, str) and NOTHING.search(cell.value):
                found.setdefault(sheet.title, []).append(cell.coordinate)
    return found


def test_the_workbooks_show_a_dash(empty: Path):
    recap = rekap(empty)
    assert recap.none_yet and recap.counted_words == "belum ada usulan"
    assert zeros(write_recap(recap)) == {}
    assert zeros(write_rka(recap)) == {}
    assert zeros(write_review(review_of(recap), recap.office)) == {}


def test_of_one_unit_that_has_none_its_own_figures_are_a_dash(tmp_path: Path):
    """What the other one asks for is a sum like any other, and so is what it does not ask for."""
    recap = rekap(ONE.write(tmp_path / "kantor"))
    assert [unit.counted_words for unit in recap.units] == ["Rp18.010.000", "–"]
    assert recap.counted_words == "Rp18.010.000"
    review = openpyxl.load_workbook(io.BytesIO(write_review(review_of(recap), recap.office)), data_only=True)["Sub Kegiatan"]
    assert [review[f"{column}6"].value for column in "BEFG"] == ["Jumlah", 18_010_000, 0, 0]  # nothing of it is held back
    sheets = openpyxl.load_workbook(io.BytesIO(write_recap(recap)), data_only=True)
    for name in ("Ringkasan", "Unit x Jenis Belanja", "Per Program"):
        shown = {
            cell.number_format.split(";")[2]
            for row in sheets[name].iter_rows()
            for cell in row
            if cell.value == 0 and "#,##0_" in cell.number_format and _of_trantib([c.value for c in row])
        }
        assert shown - {""} == {'"–"_ '}, name


def _of_trantib(values: list[object]) -> bool:
    return any(value == "Seksi Ketertiban Umum" or str(value).startswith("7.01.04") for value in values)


def test_no_letter_says_nol_rupiah(empty: Path):
    written = [*pk_letters(empty).written, *printed_forms(empty).written]
    assert len(written) > 6
    for one in written:
        document = Document(str(one.path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        texts = [*cells, *(paragraph.text for paragraph in document.paragraphs)]
        assert [text for text in texts if NOTHING.search(text) or text.strip() in ("0", "0,00")] == [], one.path.name
        assert not any("sudah ada pada daftar standar harga" in text for text in texts)


def test_nor_does_the_terminal_or_the_mail(empty: Path):
    for verb in ("rekap", "periksa", "status"):
        run = CliRunner().invoke(main, [verb, str(empty)])
        assert run.exit_code == 1 and not NOTHING.search(run.output), run.output
    assert dict(five_figures(rekap(empty))) | {"Catatan": ""} == {
        "Unit yang menyampaikan": "0 dari 2", "Usulan yang dihitung": "belum ada usulan", "Bagian dari pagu": "pagu Rp42.000.000",
        "Catatan": "", "Terlambat, belum menyampaikan, atau tidak terbaca":
        "2 belum disampaikan (Seksi Pemberdayaan Masyarakat, Seksi Ketertiban Umum)",
    }  # fmt: skip


def test_nor_does_the_page(empty: Path):
    window = Window(empty)
    own = f"/tahun/{window.ids[0]}"
    for place in ("", "/hasil", "/usulan", "/penelaahan", "/penetapan"):
        answer = window.get(own + place)
        assert not NOTHING.search(said(answer)), (place, said(answer))
    assert not NOTHING.search(said(window.act("rekap")))


def test_an_office_without_any_catatan_has_its_page_of_results(tmp_path: Path):
    """Nothing to say is an empty list: the page took it for a reading that had failed."""
    window = Window(Folder().write(tmp_path / "kantor"))
    answer = window.get(f"/tahun/{window.ids[0]}/hasil")
    assert answer.status_code == 200 and "Rp31.410.000" in said(answer)
