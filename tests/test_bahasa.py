"""Words that staff see: no sentence of sheets, letters, catatan, help, docs or pages reads as a slip that was mended."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import docx
import openpyxl
import pytest

from kinerja_xl.office.kantor import build_office
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.penetapan import PENELAAHAN
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.form import kantor_book, unit_book
from kinerja_xl.writing.form.messages import MAX_MESSAGE, MAX_TITLE, asked, short_title
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.rka import write_rka
from samples.isi import kantor_content, unit_content
from tests import naskah, recap_contoh, tahun_contoh
from tests.selip import ANY, PLACE, SLIPS, Slip
from tests.test_halaman_surat import letters_of, one_row

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples/wasuponda-2025"

SAID = ("kinerja_xl/catatan/*.toml", "kinerja_xl/**/*.html", "docs/*.md", "README.md", "SECURITY.md", "CHANGELOG.md")
"""Texts that are read as they stand; in Python they are its strings."""

APART = {"arsitektur.md", "catatan.md", "lembar.md"}
"""In English; made from what is read in its own place."""

FORMER = {"Dihitung (%)"}
"""Headings by which older books of ours are still read."""


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.written for slip in SLIPS])
def test_a_kind_is_its_slip_and_not_what_is_better(slip: Slip):
    assert re.search(slip.kind, slip.written)
    assert not ANY.search(slip.better)


def strings(path: Path) -> Iterator[str]:
    """What a module may say: its texts, with ``{}`` for what is put in, but for the docstrings, which are in English."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    mute = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            mute |= {id(part) for part in one.values}
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in one.values)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in mute:
            yield one.value


def slips(texts: Iterable[tuple[object, str]]) -> set[tuple[str, str]]:
    return {(str(place), match[0]) for place, text in {*texts} for match in ANY.finditer(text)}


def test_no_slip_in_what_is_said():
    paths = [path for pattern in SAID for path in ROOT.glob(pattern) if path.name not in APART]
    said = [(path, text) for path in paths for text in path.read_text(encoding="utf-8").split("\n")]
    said += [(path, text) for path in ROOT.glob("kinerja_xl/**/*.py") for text in {*strings(path)} - FORMER if " " in text]
    assert len(said) > 1000
    assert slips(said) == set()


@pytest.mark.parametrize("text", ["baris kita yang lain", "rumus hidup", "Ribuan mungkin tertelan", "berdiri di samping"])
def test_a_kind_is_known_in_other_words(text: str):
    assert ANY.search(text)


@pytest.mark.parametrize("text", ["tanda tangan berdiri sendiri", "kitab", "seharusnya {mestinya}", "sebagaimana mestinya"])
def test_what_only_looks_like_one_is_left(text: str):
    assert not ANY.search(text)


def cells(data: bytes) -> Iterator[tuple[str, str]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        found_cells = (cell for row in sheet.iter_rows() for cell in row)
        yield from ((f"{sheet.title} {c.coordinate}", c.value) for c in found_cells if isinstance(c.value, str))


def _forms() -> Iterator[bytes]:
    office, folder = build_office(kantor_content()), naskah.hard()
    unit, kept = office.unit("umum"), build_office(folder.kantor)
    assert unit is not None
    yield from (kantor_book(kantor_content()), unit_book(unit_content("umum"), office, unit))
    yield write_review(review_of(recap_contoh.small()), kept)
    yield from ((SAMPLE / "masuk/TW4" / name).read_bytes() for name in ("Realisasi-umum-TW4.xlsx", "Realisasi-keuangan-TW4.xlsx"))
    yield from ((SAMPLE / "arsip" / name).read_bytes() for name in ("Penetapan-2025.xlsx", "DPA-Perubahan-2025.xlsx"))


BOOKS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    "rekap": lambda: [write_recap(recap_contoh.small()), write_rka(recap_contoh.small())],
    "capaian": lambda: [write_capaian(tahun_contoh.year(n)) for n in (2, 4)],
    "formulir": _forms,
}


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS)
def test_no_slip_on_a_sheet(make: Callable[[], Iterable[bytes]]):
    for data in make():
        shown = dict(cells(data))
        assert slips(shown.items()) == set()
        assert {place: text for place, text in shown.items() if PLACE.search(text) and text.isupper()} == {}


def paragraphs(data: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(data))
    yield from (one.text for one in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_no_slip_in_a_letter(tmp_path):
    letters = letters_of(one_row().write(tmp_path)) | {"LKjIP.docx": write_lkjip(tahun_contoh.single())}
    said = [(name, text) for name, data in letters.items() for text in paragraphs(data)]
    assert len(said) > 500
    assert slips(said) == set()
    assert [(name, text) for name, text in said if PLACE.search(text)] == []


@pytest.mark.parametrize("book", [USULAN, KANTOR, REALISASI_UNIT, REALISASI_UANG, PENELAAHAN], ids=lambda book: book.key)
def test_messages_are_whole_and_say_what_to_do(book: Book):
    for column in (column for sheet in book.sheets for block in sheet.blocks for column in block.columns):
        title = short_title(column.label)
        assert 0 < len(title) <= MAX_TITLE
        assert title in column.label
        assert len(column.hint) <= MAX_MESSAGE
        assert column.hint == "" or column.hint.endswith((".", "?", "…")), column.hint
        assert asked(column.kind).startswith(("Pilih ", "Ketik ")) and asked(column.kind).endswith(".")


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("f. Tahapan kemajuan atau reviu tahun lalu", "Tahapan kemajuan atau reviu"),
        ("Kode Program/Kegiatan/Sub Kegiatan", "Kode Program/Kegiatan"),
        ("Harga Satuan (Rp)", "Harga Satuan"),
        ("Satuan", "Satuan"),
    ],
)
def test_a_title_is_cut_between_words(label: str, title: str):
    assert short_title(label) == title
