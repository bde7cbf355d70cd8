"""Words that staff see: no sentence of sheets, catatan, help, or docs reads as one of the slips that were mended."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.office.prefill import default_listings
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.form.messages import MAX_TITLE, asked, short_title
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from tests import recap_contoh, tahun_contoh

ROOT = Path(__file__).parent.parent

SLIPS = (
    "harga satuan paling tinggi", "tanpa semua triwulan", "Rumusnya hidup", "rumus yang hidup", "mengalahkan angkanya",
    "tidak pernah di dalamnya", "(exit status)", "Catatan bekerja selama", "dapat baru tampak", "selagi mengetik",
    "yang juga dipakai orang", "Rata-rata Atas", "belum tiba", "mendahului uang, ", "data kita", "baris kita", "kolom kita",
    "ada yang dipilih sendiri", "yang batal bila diubah", "tidak tahu masuk kelompok", "seharusnya bertambah berkurang",
    "memang belum dapat ada", "menjawab triwulan", "Mengubah target dilakukan", "menelan isian", "honor yang dibeli",
    "Isi dengan pilihan", "Isi dengan tahun", "TOR/KERANGKA", "dibuat dengan sebenarnya dan", "Peringatan: tertinggal",
    "Pergeseran Rp1.500.000 dalam seluruhnya", "menurut Penetapan, bukan",
)  # fmt: skip
"""Each was written once; the kind of each is wrong wherever it stands."""

KINDS = (
    r"\bkita\b", r"\brumus\w* (yang )?hidup\b", r"\bdalam seluruhnya\b", r"\bKepala Subbag\b", r"\bmengalahkan\b", r"\bselagi\b",
    r"\b(tertelan|menelan)\b", r"(?<!sebagaimana )\bmestinya\b(?!\})", r"\bberdiri (di|menurut|dengan)\b", r"\bbelum tiba\b",
    r"\btahu masuk\b", r"\bbekerja selama\b", r"\bhonor yang dibeli\b", r"\bexit status\b", r"[Mm]engubah target dilakukan",
)  # fmt: skip
"""The same as kinds: whatever the words around them."""

ANY = re.compile("|".join(KINDS))

SAID = ("kinerja_xl/catatan/*.toml", "kinerja_xl/**/*.html", "docs/panduan.md", "docs/tahun.md", "docs/bila.md",
        "docs/mengisi-formulir.md", "docs/surat.md", "docs/berkas-lain.md", "docs/keamanan.md", "README.md")  # fmt: skip
"""Texts that are read as they stand; in Python they are its strings."""

REFERENCE = re.compile(r"\((I{1,3}|IV|VI{0,3})\.[A-H]\b[^)]*\)")
"""A place in the guideline, which a printed title does not name."""

TEXTS = ("kinerja_xl/**/*.py", "kinerja_xl/**/*.toml", "kinerja_xl/**/*.html", "docs/panduan.md", "docs/tahun.md",
         "docs/mengisi-formulir.md", "docs/bila.md",
         "docs/surat.md", "docs/berkas-lain.md", "README.md")  # fmt: skip


def found(text: str) -> list[str]:
    return [slip for slip in SLIPS if slip.casefold() in text.casefold()]


@pytest.mark.parametrize("pattern", TEXTS)
def test_no_slip_in_what_is_written_down(pattern: str):
    paths = list(ROOT.glob(pattern))
    assert paths or "html" in pattern
    assert {str(path.relative_to(ROOT)): slips for path in paths if (slips := found(path.read_text(encoding="utf-8")))} == {}


def strings(path: Path) -> Iterator[str]:
    """What a module may say: its texts but for the docstrings, which are in English."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    mute = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in mute:
            yield one.value


def test_no_slip_of_the_kind_in_what_is_said():
    said = [(path, path.read_text(encoding="utf-8")) for pattern in SAID for path in ROOT.glob(pattern)]
    said += [(path, text) for path in ROOT.glob("kinerja_xl/**/*.py") for text in strings(path)]
    assert len(said) > 1000
    found_kinds = {(str(path.relative_to(ROOT)), match[0]) for path, text in said for match in ANY.finditer(text)}
    assert found_kinds == set()


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


@pytest.mark.parametrize("make", [lambda: write_recap(recap_contoh.small()), lambda: write_capaian(tahun_contoh.year(3))])
def test_no_slip_on_a_sheet(make):
    shown = dict(cells(make()))
    assert {place: slips for place, text in shown.items() if (slips := found(text))} == {}
    assert {place: text for place, text in shown.items() if ANY.search(text) or REFERENCE.search(text)} == {}


def test_messages_are_whole_and_say_what_to_do():
    lists = default_listings()
    assert lists
    for column in (column for sheet in USULAN.sheets for block in sheet.blocks for column in block.columns):
        title = short_title(column.label)
        assert 0 < len(title) <= MAX_TITLE
        assert column.label.replace("(", " ").replace(")", " ").split()[-1].startswith(title.split()[-1]) or title in column.label
        assert asked(column.kind).startswith(("Pilih ", "Ketik ")) and asked(column.kind).endswith(".")


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("f. Tahapan kemajuan atau reviu tahun lalu", "Tahapan kemajuan atau reviu"),
        ("Kode Program/Kegiatan/Sub Kegiatan", "Kode Program/Kegiatan/Sub"),
        ("Harga Satuan (Rp)", "Harga Satuan"),
        ("Satuan", "Satuan"),
    ],
)
def test_a_title_is_cut_between_words(label: str, title: str):
    assert short_title(label) == title
