"""A second submission: what it mended, what remains, what is new; and what the terminal says of it and of each unit."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from click.testing import CliRunner

from kinerja_xl.catatan import Finding
from kinerja_xl.face.cli import main
from kinerja_xl.package import patch
from kinerja_xl.reckoning.recap.mending import Mending, compare
from kinerja_xl.uses.periksa import mendings, periksa, return_corrections
from kinerja_xl.uses.year import Year
from tests.kantor_uji import FILES, D, Folder, cell, edit, unit_bytes, unit_content

URAIAN, HARGA, SATUAN = (cell("rab", 0, key) for key in ("uraian", "harga_satuan", "satuan"))
SECOND = "pmd perbaikan.xlsx"


def second(*edits: tuple[str, int, dict[str, object]]) -> bytes:
    """pmd's next revision, the clean one with these changes."""
    content = edit(unit_content("pmd"), "identitas", 0, revisi=D(1))
    for table, row, values in edits:
        content = edit(content, table, row, **values)
    return unit_bytes(content)


def first() -> Folder:
    """A first submission with three faults: no uraian, a price typed as text, an unknown unit of measure."""
    folder = Folder().edit("pmd", "rab", 0, uraian=None).edit("pmd", "rab", 1, harga_satuan="Rp900.000")
    return folder.edit("pmd", "rab", 3, satuan="Meterr")


def codes(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(f.code, f.sheet, f.cell) for f in findings}


def only(folder: Path) -> Mending:
    (mending,) = mendings(Year(folder))
    return mending


PRICE, UNIT = cell("rab", 1, "harga_satuan"), cell("rab", 3, "satuan")


def test_mended_remaining_and_new(tmp_path: Path):
    data = second(("rab", 1, {"harga_satuan": "Rp900.000"}), ("rab", 2, {"sumber_dana": "APBDX"}))
    mending = only(first().add(SECOND, data).write(tmp_path / "kantor"))
    assert (mending.unit, mending.before, mending.after) == ("pmd", FILES["pmd"], SECOND)
    assert codes(mending.mended) >= {("N401", *URAIAN), ("N417", *UNIT)}
    assert codes(mending.remaining) == {("N402", *PRICE)}
    assert codes(mending.new) == {("N407", *cell("rab", 2, "sumber_dana"))}


def test_all_mended(tmp_path: Path):
    mending = only(first().add(SECOND, second()).write(tmp_path / "kantor"))
    assert (mending.remaining, mending.new) == ((), ())
    assert {("N401", *URAIAN), ("N402", *PRICE), ("N417", *UNIT)} <= codes(mending.mended)


def test_a_row_that_moved_is_the_same_catatan(tmp_path: Path):
    """The faulty row stands one row further down: it remains, and is not new."""
    rows = unit_content("pmd").rows("rab")
    moved = {("rab", index + 1): dict(rows[index].values) for index in range(len(rows))}
    content = edit(unit_content("pmd"), "identitas", 0, revisi=D(1))
    for (table, index), values in moved.items():
        content = edit(content, table, index, **values)
    content = edit(content, "rab", 0, **{**rows[0].values, "uraian": "Map plastik", "koef_1": D(1), "kode_standar": None})
    content = edit(content, "rab", 2, harga_satuan="Rp900.000")
    mending = only(first().add(SECOND, unit_bytes(content)).write(tmp_path / "kantor"))
    assert ("N402", *cell("rab", 2, "harga_satuan")) in codes(mending.remaining)
    assert "N402" not in {f.code for f in mending.new}


def test_without_a_second_submission_there_is_nothing_to_compare(tmp_path: Path):
    assert mendings(Year(first().write(tmp_path / "a"))) == []


def test_equal_findings_answer_once_each():
    old = [Finding(code="N401", sheet="RAB", column="Uraian", cell=f"F{row}") for row in (10, 11)]
    now = [Finding(code="N401", sheet="RAB", column="Uraian", cell=f"F{row}") for row in (20, 21, 22)]
    result = compare("pmd", "a", old, "b", now)
    assert (len(result.mended), len(result.remaining), len(result.new)) == (0, 2, 1)


def test_a_returned_copy_that_was_mended_counts_as_the_second_submission(tmp_path: Path):
    """Marks and notes are nobody's content: the copy, mended in its cells, is the next revision."""
    folder = first().write(tmp_path / "kantor")
    written = return_corrections(Year(folder), periksa([folder]))
    copy = next(w.path for w in written if w.path.name == FILES["pmd"])
    front = openpyxl.load_workbook(copy).worksheets[0]
    assert [front.cell(row, 1).value for row in (1, 2, 3)] == [
        "Daftar Perbaikan", "Seksi Pemberdayaan Masyarakat, Kantor Kecamatan Batu Putih, Tahun Anggaran 2025",
        f"Berkas {FILES['pmd']}, Revisi ke-0; perbaikan diterima paling lambat 27 September 2024",
    ]  # fmt: skip
    revisi = cell("identitas", "revisi")
    data = patch(copy.read_bytes(), {URAIAN: "Kertas HVS F4", PRICE: 900_000, UNIT: "Meter", revisi: 1})
    (folder / "masuk" / SECOND).write_bytes(data)
    mending = only(folder)
    assert {("N401", *URAIAN), ("N402", *PRICE), ("N417", *UNIT)} <= codes(mending.mended)
    assert not {f.code for f in (*mending.remaining, *mending.new)} & {"N401", "N402", "N417", "S307"}


def test_the_terminal_names_all_three_and_each_units_status(tmp_path: Path):
    data = second(("rab", 1, {"harga_satuan": "Rp900.000"}), ("rab", 2, {"sumber_dana": "APBDX"}))
    folder = first().add(SECOND, data).write(tmp_path / "kantor")
    run = CliRunner().invoke(main, ["periksa", str(folder)])
    assert run.exit_code == 1
    for words in ("Sudah diperbaiki: [N401]", "Masih ada: [N402]", "Baru: [N407]", "PERLU PERBAIKAN", "SIAP DITELAAH"):
        assert words in run.output, run.output
