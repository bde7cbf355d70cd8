"""A document to be signed says nothing of our doubts: a name that nobody knows is left to be written by hand, and told beside."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from kinerja_xl.uses.cetak import Paperwork, printed_forms
from kinerja_xl.uses.pk import pk_letters
from tests.kantor_uji import SUB_A, Folder

NEW = "7.01.09.2.01.0001"
"""A sub kegiatan that Kantor.xlsx does not list."""

DOTS = "…"
"""However many there are: a narrow column has fewer."""


def with_new() -> Folder:
    """The second sub kegiatan of pmd is one that the office has not listed, on every sheet."""
    folder = Folder().edit("pmd", "rab", 3, kode_sub=NEW).edit("pmd", "rab", 4, kode_sub=NEW)
    folder.edit("pmd", "tor", 0, sheet=1, kode_sub=NEW).edit("pmd", "indikator", 1, kode=NEW)
    return folder.edit("pmd", "pk_anggaran", 1, kode=NEW)


def rows_of(done: Paperwork, begins: str) -> list[list[str]]:
    """The cells of every row of a document's tables, a merged one once."""
    path = next(one.path for one in done.written if one.path.name.startswith(begins))
    tables = Document(str(path)).tables
    rows = ([cell.text for cell in row.cells] for table in tables for row in table.rows)
    return [list(dict.fromkeys(DOTS if set(text) == {DOTS} else text for text in row)) for row in rows]


def doubts(done: Paperwork) -> list[str]:
    texts = [text for one in done.written for text in ("\n".join(map(str, rows_of(done, one.path.name))),)]
    return [text for text in texts if "belum dikenal" in text]


def notes(done: Paperwork) -> list[str]:
    return [note.sentence.split(" tidak ada namanya")[0] for note in done.notes if "namanya pada lembar Program" in note.sentence]


def test_a_pk_leaves_an_unknown_name_to_be_written(tmp_path: Path):
    done = pk_letters(with_new().write(tmp_path / "k"))
    assert ["2", NEW, DOTS, "9.750.000", "APBD"] in rows_of(done, "PK-pmd")
    assert ["7.01.09", DOTS, "9.750.000", "APBD"] in [row[1:] for row in rows_of(done, "PK-camat")]
    assert doubts(done) == []
    assert notes(done) == [f"7.01.09, {NEW}"]
    assert notes(pk_letters(tmp_path / "k", only="trantib")) == []


def test_so_does_the_rkt(tmp_path: Path):
    done = printed_forms(with_new().write(tmp_path / "k"))
    assert ["7.01.09", DOTS, "9.750.000", ""] in rows_of(done, "RKT-")
    assert [NEW, DOTS, "Jumlah lembaga dilatih"] in [row[:3] for row in rows_of(done, "RKT-")]
    assert doubts(done) == []
    assert notes(done) == [f"7.01.09, 7.01.09.2.01, {NEW}"]


def test_where_every_name_is_known_nothing_is_said(tmp_path: Path):
    folder = Folder().write(tmp_path / "k")
    assert notes(pk_letters(folder)) == notes(printed_forms(folder)) == []
    assert any(SUB_A in row for row in rows_of(pk_letters(folder), "PK-pmd"))
