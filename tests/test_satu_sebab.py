"""One cause, one catatan: a renamed heading, a deleted column, a broken list and a block pasted over a table each give a
short list, on a file of usual size (the sample's), and periksa never ends with a status and without a word."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kinerja_xl.catatan import Finding, Severity, needs_work
from kinerja_xl.checking.rule_book import ALIKE, bundled, check_submissions
from kinerja_xl.office.folder import InputError
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import Package, coordinates, patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import read_office
from samples.bangun import ROOT
from tests.kantor_uji import FILES, Folder, cell, kantor_bytes, office_content, reshaped, said

FOLDER = ROOT / "samples/wasuponda-2025"
FILE = "Usulan-pmd-2025.xlsx"
DATA = (FOLDER / "masuk" / FILE).read_bytes()
INFO = {("R517", "RAB", "V32")}
"""What the clean sample says."""


@cache
def office() -> Office:
    found = read_office(FOLDER / "Kantor.xlsx").office
    assert found is not None
    return found


def findings(data: bytes, own: Office | None = None) -> list[Finding]:
    """All of the file's catatan as periksa gives them, formulas apart."""
    lists, judge = office_listings(own or office()), own or office()
    submission = read_submission(data, FILE, lists, judge)
    return bundled([*submission.findings, *check_submissions([submission], lists, judge)])


def places(found: list[Finding]) -> set[tuple[str, str, str]]:
    return {(f.code, f.sheet, f.cell) for f in found}


@cache
def places_of(table: str) -> tuple[str, dict[str, str], list[int]]:
    """Sheet, letters by column key, and the filled rows of a table of the sample."""
    content = read_submission(DATA, FILE, office_listings(office()), office()).content
    assert content is not None
    rows = content.rows(table)
    return rows[0].sheet, {key: rows[0].cell(key).rstrip("0123456789") for key in rows[0].places}, [row.row for row in rows]


COLUMNS = [(t, c) for t in (RAB_TABLE, INDIKATOR_TABLE) for c in t.columns]
IDS = [f"{t.key}-{c.key}" for t, c in COLUMNS]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_a_renamed_heading_is_one_word(table: Table, column: Column):
    """The hidden key still tells what the column is."""
    sheet, letters, rows = places_of(table.key)
    heading = f"{letters[column.key]}{rows[0] - 1}"
    assert places(findings(patch(DATA, {(sheet, heading): "Judul Baru"}))) == {("S305", sheet, heading)} | INFO


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_a_deleted_column_is_one_catatan(table: Table, column: Column):
    """Its name, once; nothing about its rows, and nothing about what is worked out from it."""
    sheet, letters, rows = places_of(table.key)
    found = findings(reshaped(DATA, sheet, column=coordinates(f"{letters[column.key]}1")[1], by=-1))
    own = [f for f in found if f.code != "R517"]
    assert {f.code for f in own} <= {"S302", "S303", "S319"}
    assert len(own) == (0 if column.computed and not own else 1)
    if own:
        assert column.label.strip() in own[0].column


@pytest.mark.parametrize("lost", ["judul dan kunci", "baris kunci"])
def test_lost_keys(lost: str):
    sheet, letters, rows = places_of("rab")
    key_row = rows[0] - 2
    keys: dict[tuple[str, str], CellValue] = {(sheet, f"{letter}{key_row}"): None for letter in letters.values()}
    if lost == "baris kunci":
        assert Counter(f.code for f in findings(patch(DATA, keys)))["S306"] <= 1
        assert len(findings(patch(DATA, keys))) <= 2
    else:
        gone = {(sheet, f"{letters['harga_satuan']}{key_row + n}"): None for n in (0, 1)}
        assert {f.code for f in findings(patch(DATA, gone))} == {"S302", "R517"}


# ---- lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("daftar", ["dimensi", "sumber_dana"])
def test_a_changed_list_is_one_catatan_per_column(daftar: str, tmp_path: Path):
    """The office renames the entries of a list: the cells of that column, named in one catatan."""
    content = FOLDER / "Kantor.xlsx"
    book = Package.open(content.read_bytes())
    sheet = next(s for s in book.sheets if s.name == "Daftar Kantor")
    lists = read_office(content).office
    assert lists is not None and lists.content is not None and sheet
    rows = [row for row in lists.content.rows("daftar_kantor") if row.get("daftar") == daftar]
    changes: dict[tuple[str, str], CellValue] = {(row.sheet, row.cell("nilai")): f"Baru {n}" for n, row in enumerate(rows)}
    changed = tmp_path / "Kantor.xlsx"
    changed.write_bytes(patch(content.read_bytes(), changes))
    own = read_office(changed).office
    assert own is not None
    found = [f for f in findings(DATA, own) if f.code != "R517"]
    counts = Counter((f.code, f.sheet, f.column) for f in found)
    assert {code for code, _, _ in counts} == {"N407"}
    assert len(found) <= 8 and all(number < ALIKE for number in counts.values())


def test_an_emptied_unit_list_of_the_office_is_named_in_its_own_file(tmp_path: Path):
    content = Folder().without("kantor", "unit").write(tmp_path / "kantor")
    found = periksa([content])
    assert found and len(found) <= 12 and {f.file for f in found} == {"Kantor.xlsx"}


# ---- pasting ----------------------------------------------------------------------------------------

FOREIGN = ("No", "Uraian Belanja", "Rp1.500.000,-", "12 Orang", "lihat lampiran", "01/02/2025", "5.1.2.1", "-", "Kab.", "total")


@pytest.mark.parametrize("table", ["rab", "indikator"])
def test_a_block_pasted_over_a_table_stays_readable(table: str):
    """Foreign text in every cell of all rows: at most a few catatan per column, however many rows there are."""
    sheet, letters, rows = places_of(table)
    inputs = [c.key for c in (RAB_TABLE if table == "rab" else INDIKATOR_TABLE).columns if not c.computed]
    block: dict[tuple[str, str], CellValue] = {
        (sheet, f"{letters[key]}{row}"): FOREIGN[(index + number) % len(FOREIGN)] if number % 2 else FOREIGN[index % len(FOREIGN)]
        for number, row in enumerate(rows)
        for index, key in enumerate(inputs)
    }
    found = findings(patch(DATA, block))
    per_column = Counter((f.code, f.sheet, f.cell.rstrip("0123456789")) for f in found)
    cell_level = {place: n for place, n in per_column.items() if place[0].startswith("N4")}
    assert max(cell_level.values()) < ALIKE
    assert len(found) <= 3 * len(inputs)


def test_a_column_typed_as_text_is_one_catatan_with_all_its_cells():
    sheet, letters, rows = places_of("rab")
    texts: dict[tuple[str, str], CellValue] = {(sheet, f"{letters['harga_satuan']}{row}"): f"Rp{row}.000,-" for row in rows}
    (one,) = [f for f in findings(patch(DATA, texts)) if f.code == "N402"]
    assert one.cell == f"{letters['harga_satuan']}{rows[0]}"
    assert one.args["sel_sel"].split() == [f"{letters['harga_satuan']}{row}" for row in rows]
    assert f"{len(rows) - 1} sel lain" in one.masalah


def test_a_full_column_still_holds_every_row_and_marks_every_cell(tmp_path: Path):
    from kinerja_xl.writing.form.corrections import correction_copy

    sheet, letters, rows = places_of("rab")
    cells = [f"{letters['harga_satuan']}{row}" for row in rows]
    data = patch(DATA, {(sheet, place): "55.000" for place in cells})
    found = findings(data)
    assert Counter(f.code for f in found)["N403"] == 1
    base = tmp_path / "kantor"
    (base / "masuk").mkdir(parents=True)
    (base / "Kantor.xlsx").write_bytes((FOLDER / "Kantor.xlsx").read_bytes())
    (base / "masuk" / FILE).write_bytes(data)
    recap = rekap(base)
    assert [line.counted for line in recap.lines] == [False] * len(rows)
    copy = correction_copy(data, [f for f in found if f.code == "N403"])
    assert copy is not None
    package = Package.open(copy)
    names = [entry.filename for entry in package.archive.entries]
    notes = [name for name in names if "comment" in name.lower() and name.endswith(".xml")]
    marked = "".join(package.archive.read(name).decode() for name in notes)
    assert [place for place in cells if f'ref="{place}"' not in marked] == []


# ---- status and words --------------------------------------------------------------------------------

TROUBLE = {
    "bersih": Folder(),
    "info saja": Folder().put("pmd", cell("rab", "judul", "uraian"), "Nama Barang"),
    "cek": Folder().edit("pmd", "rab", 0, satuan="Dus"),
    "wajib": Folder().edit("pmd", "rab", 0, uraian=None),
    "berkas rusak": Folder().bend("pmd", lambda data: data[:-40]),
    "tanpa Kantor.xlsx": Folder().drop("kantor"),
    "satu unit belum": Folder().drop("trantib"),
    "semua hilang": Folder().drop("pmd").drop("trantib"),
    "Kantor.xlsx kosong": Folder().bend("kantor", lambda _: b""),
    "Kantor.xlsx tanpa tahun": Folder().edit("kantor", "kantor", tahun=None),
}


@pytest.mark.parametrize("what", TROUBLE)
def test_a_status_never_comes_without_a_word(what: str, tmp_path: Path):
    folder = TROUBLE[what].write(tmp_path / "kantor")
    for path in (folder, folder / "masuk", *sorted((folder / "masuk").iterdir())):
        try:
            found = periksa([path])
        except InputError as nothing_read:  # that is no clean bill: status 2 with its sentence
            assert str(nothing_read).strip() and not list((folder / "masuk").iterdir())
            continue
        assert not needs_work(found) or any(f.severity is not Severity.INFO for f in found)
        assert all(f.masalah.strip() and f.perbaikan.strip() for f in found)
    assert bool(periksa([folder])) == (what != "bersih" and what != "tanpa Kantor.xlsx") or what == "tanpa Kantor.xlsx"


@pytest.mark.parametrize("what", TROUBLE)
def test_the_command_says_something_whenever_it_fails(what: str, tmp_path: Path):
    from click.testing import CliRunner

    from kinerja_xl.face.cli import main

    folder = TROUBLE[what].write(tmp_path / "kantor")
    for path in (folder, folder / "masuk", folder / "masuk" / FILES["pmd"], tmp_path / "tidak ada"):
        if not path.exists() and path.name == FILES["pmd"]:
            continue
        run = CliRunner().invoke(main, ["periksa", str(path)])
        assert run.exit_code in (0, 1, 2)
        if run.exit_code:
            said_lines = [line for line in run.output.splitlines() if line.strip() and not line.startswith("Catatan:")]
            assert said_lines, run.output


def test_the_small_office_is_clean(tmp_path: Path):
    assert said(Folder().write(tmp_path / "kantor")) == set()
    assert kantor_bytes(office_content())


def test_a_mistyped_account_is_one_catatan_however_often_it_is_repeated():
    """Four rows, two codes: two catatan, and every cell of them is named."""
    _, letters, rows = places_of("rab")
    column = letters["kode_rekening"]
    wrong = dict.fromkeys(rows[:4], "5.1.02.01.01.9999") | {rows[1]: "5.1.02.01.01.8888"}
    found = findings(patch(DATA, {("RAB", f"{column}{row}"): code for row, code in wrong.items()}))
    own = [(f.cell, f.value, f.args.get("sel_sel", "")) for f in found if f.code == "R504"]
    assert own == [
        (f"{column}{rows[0]}", "5.1.02.01.01.9999", " ".join(f"{column}{rows[n]}" for n in (0, 2, 3))),
        (f"{column}{rows[1]}", "5.1.02.01.01.8888", ""),
    ]


@pytest.mark.parametrize("code", ["5.1.02.01.01.0042", "5.1.02.01.01.24O"])
def test_a_mistyped_account_of_the_office_accuses_no_unit(code: str, tmp_path: Path):
    """Both units use the right one: only Kantor.xlsx is to be mended."""
    folder = Folder().edit("kantor", "rekening", 0, kode="5.1.02.01.01.0042")
    if code.endswith("O"):
        folder = Folder().put("kantor", cell("rekening", 0, "kode"), code)
    assert said(folder.write(tmp_path)) == {("G119", *cell("rekening", 0, "kode"))}
