"""The recipes of docs/arsitektur.md, each carried out in a copy of the project: the files that it names are all it takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samples.bangun import ROOT

YEAR = "samples/wasuponda-2025"
PMD, TRANTIB = "Usulan-pmd-2025.xlsx", "Usulan-trantib-2025.xlsx"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """The package, what builds its pages and the sample office; its Kantor.xlsx and two of its forms as they were handed in."""
    tmp_path = tmp_path_factory.mktemp("resep")
    for name in ("kinerja_xl", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc.*", "keputusan"))  # compiled already
    shutil.copytree(ROOT / "samples/isi", tmp_path / "samples/isi", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Kantor.xlsx", f"masuk/{PMD}", f"masuk/{TRANTIB}"):
        (tmp_path / YEAR / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / YEAR / name, tmp_path / YEAR / name)
    return tmp_path


@pytest.fixture(scope="module")
def plain(untouched):
    """What is said about the office before anything was added."""
    return cells(run(untouched, "print(json.dumps(said(rekap(YEAR))))"))


@pytest.fixture
def copy(untouched, tmp_path):
    return shutil.copytree(untouched, tmp_path / "proyek")


def insert(file: Path, before: str, text: str) -> None:
    """One edit by hand: ``text`` above the only line that holds ``before``."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if before in line)
    file.write_text("".join([*lines[:at], text, *lines[at:]]), encoding="utf-8")


def run(copy: Path, script: str) -> object:
    """What a script prints as JSON, run with the package of the copy."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + script], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


HEAD = """
import io, json, sys
from dataclasses import replace
from pathlib import Path
from kinerja_xl.uses.rekap import rekap
YEAR = Path("samples/wasuponda-2025")

def said(recap):
    return [(f.code, f.file, f.sheet, f.cell) for f in recap.findings]
"""


def cells(found) -> set[tuple[str, ...]]:
    return {tuple(one) for one in found}


# ---- a column: one line in sheets/, one in sheets/usulan.py ---------------------------------------

COLUMN = 'Column(key="pemasok", label="Pemasok", kind=kinds.teks(), required=True, width=14, page=2, since=4),\n'
WITH_A_COLUMN = """
import openpyxl
from kinerja_xl.office.kantor import build_office
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.rekap import write_rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form import unit_book
from samples.isi import kantor_content, unit_content

before = said(rekap(YEAR))  # the forms that were handed in before there was this column
content = unit_content("pmd")
first, second, *rest = next(s for s in content.sheets if s.key == "rab").tables["rab"]
rows = (first, *(replace(row, values={**row.values, "pemasok": "Toko Maju"}) for row in (second, *rest)))
sheets = tuple(replace(s, tables={**s.tables, "rab": rows}) if s.key == "rab" else s for s in content.sheets)
office = build_office(kantor_content())
form = unit_book(replace(content, book=USULAN, sheets=sheets), office, office.unit("pmd"))
(YEAR / "masuk/Usulan-pmd-2025.xlsx").write_bytes(form)
recap = rekap(YEAR)
sheet = openpyxl.load_workbook(io.BytesIO(form))["RAB"]
(head,) = (cell for row in sheet for cell in row if str(cell.value).startswith("Pemasok"))
book = openpyxl.load_workbook(write_rekap(Year(YEAR)).path)
(shown,) = (cell for row in book["RAB"] for cell in row if str(cell.value).startswith("Pemasok"))
print(json.dumps({
    "before": before, "after": said(recap),
    "blank": sheet.cell(head.row + 1, head.column).coordinate,
    "filled": len(rows) - 1,
    "recap": sum(book["RAB"].cell(row, shown.column).value == "Toko Maju" for row in range(shown.row, book["RAB"].max_row + 1)),
}))
"""


def test_a_column_travels_from_the_form_to_the_recap_and_older_forms_stay_good(copy, plain):
    insert(copy / "kinerja_xl/sheets/rab.py", 'key="keterangan"', COLUMN)
    insert(copy / "kinerja_xl/sheets/usulan.py", '    2: "', '    4: "pemasok",\n')
    found = run(copy, WITH_A_COLUMN)
    old = {("T203", file, "", "") for file in (PMD, TRANTIB)}
    assert cells(found["before"]) == plain | old
    assert cells(found["after"]) ^ plain == {("N401", PMD, "RAB", found["blank"]), ("T203", TRANTIB, "", "")}
    assert found["recap"] == found["filled"] > 0


# ---- a rule: an entry in catatan/, a function in a module of checking/usulan/ ----------------------

ENTRY = """
[R599]
tingkat = "cek"
menahan = "tidak"
untuk = "unit"
judul = "Uraian terlalu pendek"
masalah = "Uraian {nilai} belum menyebut barangnya."
perbaikan = "Tulis nama barangnya."
contoh = "X → Kertas HVS."
"""
RULE = '''
"""A rule in a module of its own."""
from kinerja_xl.checking.rules import rule


@rule("R599")
def first_row(case):
    for row in case.submission.rab[:1]:
        yield case.at("R599", "rab", row, "uraian", row.get("uraian"))
'''
WITH_A_RULE = """
from docs.bangun import build
recap = rekap(YEAR)
first = {line.file: line.row.cell("uraian") for line in reversed(recap.lines)}
build(Path("docs"))
print(json.dumps({"said": said(recap), "first": first, "page": Path("docs/catatan.md").read_text(encoding="utf-8")}))
"""


def test_a_rule_is_found_by_being_there_and_its_page_is_built(copy, plain):
    entries = copy / "kinerja_xl/catatan/rab.toml"
    entries.write_text(entries.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    (copy / "kinerja_xl/checking/usulan/uraian.py").write_text(RULE, encoding="utf-8")
    found = run(copy, WITH_A_RULE)
    assert set(found["first"]) == {PMD, TRANTIB}
    assert cells(found["said"]) ^ plain == {("R599", file, "RAB", cell) for file, cell in found["first"].items()}
    assert "### R599\n" in found["page"]


# ---- a sheet of the recap: its declaration, and a writer only where the declaration cannot say it all ----

SHEETS = '''
KIRIMAN = RecapSheet(
    key="kiriman", name="Kiriman", title="BERKAS YANG DIKIRIM", intro="", records=lambda recap: recap.sources,
    tables=(Around(key="kiriman", before=(UNIT, BERKAS)),),
)
RINGKAS = RecapSheet(
    key="ringkas", name="Ringkas", title="RINGKAS", intro="",
    tables=(Around(key="ringkas", before=(UNIT, Column(key="baris", label="Banyaknya Baris", kind=NUMBER))),),
)
'''
WRITER = '''
"""A sheet with a writer in a module of its own."""
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.shown.flat import Cell
from kinerja_xl.writing.shown.recap.frame import write_flat, writes


@writes(rekap.RINGKAS)
def write_ringkas(context):
    cells = {"baris": lambda at: Cell(at.of.rows_read, f"0+{at.of.rows_read}")}
    write_flat(context, rekap.RINGKAS, context.recap.sources, cells)
'''
WITH_A_SHEET = """
import openpyxl
from kinerja_xl.uses.rekap import write_rekap
from kinerja_xl.uses.year import Year
recap = rekap(YEAR)
path = write_rekap(Year(YEAR)).path
book, live = (openpyxl.load_workbook(path, data_only=values) for values in (True, False))
rows = {name: [[cell.value for cell in row] for row in book[name].iter_rows(min_row=5)] for name in ("Kiriman", "Ringkas")}
print(json.dumps({
    "names": book.sheetnames, "rows": rows, "formula": live["Ringkas"]["B6"].value,
    "sources": [[s.unit, s.file, s.rows_read] for s in recap.sources],
}))
"""


def test_a_sheet_of_the_recap_is_its_declaration_and_at_most_a_writer(copy):
    declared = copy / "kinerja_xl/sheets/rekap/__init__.py"
    insert(declared, "REKAP: tuple[RecapSheet", SHEETS)
    insert(declared, "    CATATAN, ASAL_DATA,", "    KIRIMAN, RINGKAS,\n")
    (copy / "kinerja_xl/writing/shown/recap/ringkas.py").write_text(WRITER, encoding="utf-8")
    found = run(copy, WITH_A_SHEET)
    assert found["names"][-4:] == ["Kiriman", "Ringkas", "Catatan", "Asal Data"]
    assert found["rows"]["Kiriman"] == [["Unit", "Berkas"], *([unit, file] for unit, file, _ in found["sources"])]
    assert found["rows"]["Ringkas"] == [["Unit", "Banyaknya Baris"], *([unit, rows] for unit, _, rows in found["sources"])]
    assert found["formula"] == f"=0+{found['sources'][0][2]}"
