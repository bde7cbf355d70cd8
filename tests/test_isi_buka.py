"""Questions about a form on the page: each is shown with its answers, taken, and not asked again when the next one comes."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from werkzeug.test import TestResponse

from kinerja_xl.uses.padanan import load_answers
from tests.halaman_uji import Window, said
from tests.kantor_uji import Folder
from tests.test_buka import opened
from tests.test_isi_arti import FRAME, form
from tests.test_isi_form import grouped, small


@pytest.fixture
def window(tmp_path: Path) -> Window:
    made = Window(Folder().drop("pmd").write(tmp_path / "kecil"))
    made.act("rekap")
    return made


def doubled() -> bytes:
    """A form that wants lines or programs, whose JUMLAH adds up to twice of ours."""
    book = openpyxl.load_workbook(io.BytesIO(form("No", "Uraian", "Jumlah (Rp)")))
    sheet = book.active
    sheet["B7"], sheet["C7"] = "JUMLAH", "=SUM(C4:C6)*2"
    for col in range(1, 4):
        sheet.cell(7, col).border = FRAME
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(window: Window, data: bytes) -> TestResponse:
    where = opened(window, "/isi", "form.xlsx", data, sumber=f"{window.ids[0]}|hasil/Rekap-2025.xlsx")
    assert window.room.desk.job(where.rpartition("/")[2]).ended.wait(60)  # type: ignore[union-attr]
    return window.get(where)


def asked(page: TestResponse) -> dict[str, list[str]]:
    """The questions of a page with their answers."""
    found = re.findall(r'<select name="(isi:[^"]+)".*?</select>', page.text, re.DOTALL)
    blocks = re.findall(r'<select name="isi:[^"]+".*?</select>', page.text, re.DOTALL)
    options = (re.findall(r'<option value="([^"]+)"', block) for block in blocks)
    return {html.unescape(key): [html.unescape(one) for one in listed] for key, listed in zip(found, options, strict=True)}


def answered(window: Window, page: TestResponse, **given: str) -> TestResponse:
    token = re.findall(r'action="/isi/([^"]+)"', page.text)[0]
    return window.post(f"/isi/{token}", {f"isi:{key}": value for key, value in given.items()})


def test_one_question_after_the_other_and_none_twice(window: Window):
    folder = window.room.folder(window.ids[0])
    page = shown(window, doubled())
    assert asked(page) == {"isi:jenis": ["rab", "program", "tidak diisi"]} and "W102" in page.text
    page = answered(window, page, jenis="rab")
    assert list(asked(page)) == ["isi:selisih"] and asked(page)["isi:selisih"] == ["tetap diisi", "tidak diisi"]
    assert "W303" in page.text and not (folder / "hasil" / "form terisi.xlsx").exists()
    page = answered(window, page, selisih="tetap diisi")
    assert "baris rab" in said(page) and (folder / "hasil" / "form terisi.xlsx").exists()
    assert [answer.kunci for answer in load_answers(folder / "Padanan.xlsx").answers] == ["isi:jenis", "isi:selisih"]
    page = shown(window, doubled())
    assert asked(page) == {} and "baris rab" in said(page)


def test_no_leaves_the_form_and_the_answer_may_be_changed(window: Window):
    page = shown(window, doubled())
    page = answered(window, answered(window, page, jenis="rab"), selisih="tidak diisi")
    assert "tidak diisi" in said(page) and asked(page) == {}


def test_rows_without_a_group_are_asked_on_the_page(window: Window):
    page = shown(window, small(grouped("A. Belanja Pegawai", "B. Barang")))
    assert asked(page) == {
        "isi:kelompok:Belanja Barang dan Jasa": ["A. Belanja Pegawai", "B. Barang", "C. Belanja Modal", "tidak diisi"],
    }  # fmt: skip
    page = answered(window, page, **{"kelompok:Belanja Barang dan Jasa": "B. Barang"})
    assert "baris rab" in said(page) and "W105" not in page.text
