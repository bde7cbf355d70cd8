"""Text of strangers that begins like a formula stays text in every output: workbooks, CSV, letters, mails, the page."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import chdir
from email import message_from_bytes
from email.policy import default
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kinerja_xl.uses.tables import recap_tables
from kinerja_xl.uses.year import Year
from tests.asing_uji import xlsx
from tests.gangguan import run
from tests.halaman_uji import Window
from tests.naskah import bupati

MARK = "ZQX"
TEXTS = (
    f'=HYPERLINK("http://contoh.invalid/","{MARK}")', f"+{MARK}+1", f"-{MARK}", f"@{MARK}", f"=cmd|'/c calc'!{MARK}",
    f"{{={MARK}}}", f"=<script>{MARK}</script>", f"=1+{MARK}",
)  # fmt: skip
LITERAL = re.compile(r'"(?:[^"]|"")*"')
"""A text within a formula or a name, where it calculates nothing."""

STARTS = ("=", "+", "-", "@", "\t", "\r")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole year of an office and units that begin their texts so, run through every verb that writes."""
    office = bupati().edit("kantor", "kantor", 0, nama=TEXTS[7], alamat=TEXTS[0]).edit("kantor", "unit", 0, nama=TEXTS[1])
    office = office.edit("kantor", "pejabat", 0, nama=TEXTS[3], jabatan=TEXTS[2])
    for index, text in enumerate(TEXTS[:3]):
        office = office.edit("pmd", "rab", index, uraian=text, spesifikasi=TEXTS[index + 3])
    office = office.edit("pmd", "tor", 0, latar_belakang=TEXTS[0], keterkaitan=TEXTS[4], output=TEXTS[6])
    office = office.edit("pmd", "indikator", 0, nama=TEXTS[5]).edit("pmd", "indikator", 1, nama=TEXTS[4])
    office = office.edit("pmd", "pk_kinerja", 0, indikator=TEXTS[6], sasaran=TEXTS[0])
    office = office.edit("pmd", "identitas", kepala_nama=TEXTS[2])
    place = tmp_path_factory.mktemp("kantor")
    where = office.write(place / "kantor")
    head, row = ["Kode", "Uraian", "Volume", "Satuan", "Harga", "Jumlah"], ["5.1.02.01.01.0024", TEXTS[2], 2, TEXTS[3], 50, 100]
    (where / "rab.xlsx").write_bytes(xlsx({"RAB": [["RAB"], head, row, [row[0], TEXTS[1], 3, "Rim", 50, 150]]}))
    with chdir(place):
        for args in (
            ["formulir", "kantor"], ["periksa", "kantor", "--kembalikan"], ["rekap", "kantor", "--rka", "--penelaahan"],
            ["rekap", "kantor", "--data", "kantor/hasil/data"],
            ["kunci", "kantor", "--dari", "usulan", "--tanggal", "20/12/2024"], ["realisasi", "kantor", "--triwulan", "1"],
            ["capaian", "kantor"], ["lkjip", "kantor"], ["pk", "kantor"],
            ["cetak", "kantor"], ["surel", "kantor", "--kepada", "camat@contoh.go.id"],
            ["baca", "kantor/rab.xlsx", "-o", "kantor/hasil/baca.xlsx"], ["baca", "kantor/rab.xlsx", "--isi-formulir", "pmd"],
            ["perbarui", "kantor/masuk/Usulan-pmd-2025.xlsx", "-o", "kantor/hasil/baru.xlsx", "--folder", "kantor"],
        ):  # fmt: skip
            assert "gangguan" not in run(args)[1], args
    return where


def written(folder: Path, ending: str) -> dict[str, bytes]:
    """All that was written with this ending, attachments of mails as well."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob(f"*{ending}"))}
    for path in folder.rglob("*.eml"):
        for part in message_from_bytes(path.read_bytes(), policy=default).iter_attachments():
            if (part.get_filename() or "").endswith(ending):
                found[f"{path.name}: {part.get_filename()}"] = part.get_content()
    return {name: data for name, data in found.items() if not name.startswith("masuk")}


def elements(data: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    book = zipfile.ZipFile(io.BytesIO(data))
    for name in book.namelist():
        if name.endswith((".xml", ".rels")):
            yield from ((name, one) for one in ElementTree.fromstring(book.read(name)).iter())


def test_no_workbook_makes_a_formula_a_name_or_a_link_of_it(folder: Path):
    books = written(folder, ".xlsx")
    with_it = set()
    for name, data in books.items():
        for part, one in elements(data):
            kind = one.tag.rpartition("}")[2]
            if MARK in (one.text or ""):
                with_it.add(name)
                told = kind in ("t", "v", "oddHeader", "oddFooter") or part.startswith("docProps/")
                assert told or MARK not in LITERAL.sub("", one.text or ""), (name, part, kind, one.text)
            if kind == "Relationship":
                assert MARK not in one.get("Target", "") and "contoh.invalid" not in one.get("Target", ""), (name, part)
    kinds = {re.sub(r"-.*", "", Path(name).name) for name in with_it}
    assert {"Usulan", "Rekap", "Penetapan", "Capaian", "baca.xlsx", "baru.xlsx", "RKA"} <= kinds, kinds
    assert {str(Path(name).parent) for name in with_it} >= {"formulir", "hasil", "hasil/perbaikan", "arsip"}


def test_no_letter_makes_a_field_or_a_link_of_it(folder: Path):
    letters = written(folder, ".docx")
    with_it = set()
    for name, data in letters.items():
        for part, one in elements(data):
            if one.tag == f"{W}t" and MARK in (one.text or ""):
                with_it.add(name)
            elif one.tag in (f"{W}instrText", f"{W}fldSimple"):
                assert MARK not in (one.text or "") + str(one.attrib), (name, part)
            elif one.tag.endswith("}Relationship"):
                assert MARK not in one.get("Target", "") and "contoh.invalid" not in one.get("Target", ""), (name, part)
    assert len(with_it) >= 2, letters.keys()


def test_no_cell_of_a_csv_begins_like_one(folder: Path):
    tables = written(folder, ".csv")
    cells = [
        (name, cell)
        for name, data in tables.items()
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
        for cell in row
        if MARK in cell
    ]
    assert len({cell for _, cell in cells}) >= 6
    assert [(name, cell) for name, cell in cells if cell.startswith(STARTS)] == []
    exact = {str(value) for frame in recap_tables(Year(folder)).values() for value in frame.astype(object).to_numpy().ravel()}
    assert {cell.removeprefix("'") for _, cell in cells} <= exact  # and nothing of it is lost


def test_the_page_shows_it_as_words(folder: Path):
    window = Window(folder)
    pages = {name: window.get(f"/tahun/{window.ids[0]}/{name}").text for name in ("", "usulan", "hasil", "tw1", "kantor")}
    shown = [name for name, page in pages.items() if MARK in page]
    assert {"usulan", "hasil", "tw1"} <= set(shown), shown
    assert any(escape(text) in page for page in pages.values() for text in TEXTS if escape(text) != text)
    for page in pages.values():
        assert not re.search(rf"<script[^>]*>\s*{MARK}|\b(?:href|src|on\w+|style)\s*=\s*[\"'][^\"']*{MARK}", page)
        assert TEXTS[0] not in page and TEXTS[6] not in page  # quotes and angles are written as references
