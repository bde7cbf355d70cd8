"""The forms as they come out of the printer: each page says which sheet it is and what its columns are, none is blank, no text is
cut. With the sample, with what strains a page, and with one row of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan.agreed import content_of_dpa
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.sheets.model import Book, Table
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import kantor_book, unit_book
from kinerja_xl.writing.form.penelaahan import write_dpa, write_plan, write_review
from samples.bangun import ROOT
from samples.isi import kantor_content, unit_content
from tests import kantor_uji, naskah, tahun_contoh
from tests.cetakan import LEAST_WORDS, THIRD, Printed
from tests.test_halaman_surat import one_row

SAMPLE = ROOT / "samples/wasuponda-2025"
LISTS, CHECK = "Daftar", "Cek Mandiri"
"""Lists to look something up in, side by side; blocks that have their own headings."""


def sample() -> Mapping[str, bytes]:
    office = build_office(kantor_content())
    unit = office.unit("umum")
    assert unit is not None
    names = ("TW1/Realisasi-pmd-TW1.xlsx", "TW4/Realisasi-umum-TW4.xlsx", "TW4/Realisasi-keuangan-TW4.xlsx")
    returned = {Path(name).name: (SAMPLE / "masuk" / name).read_bytes() for name in names}
    locked = {name: (SAMPLE / "arsip" / name).read_bytes()
              for name in ("Penetapan-2025-perubahan-1.xlsx", "DPA-Perubahan-2025.xlsx")}  # fmt: skip
    return returned | locked | {
        "Usulan.xlsx": unit_book(unit_content("umum"), office, unit), "Kantor.xlsx": kantor_book(kantor_content()),
        "Lembar-Penelaahan.xlsx": write_review(review_of(rekap(SAMPLE)), office),
    }  # fmt: skip


def _books(folder: kantor_uji.Folder, plan: Plan, *units: str) -> dict[str, bytes]:
    """The forms of a small office, the review of its recap, and a plan of its own that is locked and asked for again."""
    office: Office = build_office(folder.kantor)
    made = {kode: office.unit(kode) for kode in units}
    with TemporaryDirectory() as place:
        recap = rekap(folder.write(Path(place) / "kantor"))
    forms = {f"Usulan-{kode}.xlsx": unit_book(folder.units[kode], office, unit) for kode, unit in made.items() if unit}
    return forms | {
        "Kantor.xlsx": kantor_book(folder.kantor), "Lembar-Penelaahan.xlsx": write_review(review_of(recap), office),
        "Penetapan.xlsx": write_plan(plan, {}), "DPA.xlsx": write_dpa(content_of_dpa(plan), office),
    }  # fmt: skip


MAKERS: Mapping[str, Callable[[], Mapping[str, bytes]]] = {
    "contoh": sample, "keras": lambda: _books(naskah.hard(), tahun_contoh.hard().plan, "pmd", "trantib"),
    "satu": lambda: _books(one_row(), tahun_contoh.single().plan, "pmd"),
}  # fmt: skip


@pytest.fixture(scope="module", params=MAKERS)
def forms(request, libre, tmp_path_factory) -> list[Form]:
    place = tmp_path_factory.mktemp("formulir")
    paths = {place / name: data for name, data in MAKERS[request.param]().items()}
    for path, data in paths.items():
        path.write_bytes(data)
    printed = libre.pdf(list(paths))
    return [Form(path, libre.text(printed[path]), libre.places(printed[path])) for path in paths]


class Form:
    """A printed form: its pages by sheet, whose name stands at the left of the foot."""

    def __init__(self, path: Path, pages: list[str], places: list[tuple[float, float, list[tuple[float, ...]]]]) -> None:
        self.path, self.places = path, places
        self.book = openpyxl.load_workbook(path)
        self.pages = [(re.split(r"\s{3,}", page.rstrip().splitlines()[-1].strip())[0], page) for page in pages]

    def of(self, sheet: str) -> list[str]:
        return [page for name, page in self.pages if name == sheet]

    as_shown, cut, spilled, broken = Printed.as_shown, Printed.cut, Printed.spilled, Printed.broken

    def wrong(self) -> Iterator[str]:
        for number, ((name, page), (width, height, words)) in enumerate(zip(self.pages, self.places, strict=True), start=1):
            where = f"hal {number} ({name})"
            if len(page.split()) < LEAST_WORDS and len(words) < LEAST_WORDS:
                yield f"{where} kosong"
            if any(left < 0 or top < 0 or right > width or bottom > height for left, top, right, bottom in words):
                yield f"{where}: ada kata di luar kertas"
            if "##" in page:
                yield f"{where}: angka terpotong"
            if f"Hal {number} dari {len(self.pages)}" not in page:
                yield f"{where}: tidak bernomor"


def test_no_form_is_sent_back(forms: list[Form]):
    assert {form.path.name: wrong for form in forms if (wrong := list(form.wrong()))} == {}


def test_no_text_is_cut(forms: list[Form]):
    # A row ends at 409 points in any spreadsheet; what is longer is printed whole by the letter of the TOR.
    assert {form.path.name: cut for form in forms if (cut := form.cut())} == {}
    assert {form.path.name: spilled for form in forms if (spilled := form.spilled())} == {}
    broken = {form.path.name: [place for place in form.broken() if not place.startswith(LISTS)] for form in forms}
    assert {name: places for name, places in broken.items() if places} == {}


def test_every_page_says_what_its_columns_are(forms: list[Form]):
    """A page that goes on with a table bears its headings; one with several blocks begins with the title of its sheet."""
    assert {form.path.name: bare for form in forms if (bare := list(unheaded(form)))} == {}


def unheaded(form: Form) -> Iterator[str]:
    for sheet in form.book.worksheets:
        if sheet.title == LISTS or sheet.print_title_rows is None:
            continue
        last = int(re.findall(r"\d+", sheet.print_title_rows)[-1])
        heads = [cell.value for cell in sheet[last][1:] if isinstance(cell.value, str) and cell.data_type != "f"]
        words = {word for head in heads[:2] for word in head.split()[:2]}
        for number, page in enumerate(form.of(sheet.title)[1:], start=2):
            if missing := words - set(page.split()):
                yield f"{sheet.title} hal {number}: {sorted(missing)}"


def test_what_is_agreed_stands_beside_its_name(forms: list[Form]):
    """Nobody agrees on an amount of a code: each page of the review names the sub kegiatan, also one beside the first."""
    (review,) = (form for form in forms if form.path.name == "Lembar-Penelaahan.xlsx")
    for sheet in ("Sub Kegiatan", "Rekening", "Rencana Kas"):
        heads = [next((line for line in page.splitlines() if "Kode Sub Kegiatan" in line), "") for page in review.of(sheet)]
        assert heads and [line for line in heads if line.count("Sub Kegiatan") < 2] == [], sheet


def test_sheets_of_several_blocks_hold_each_on_one_page(forms: list[Form]):
    """Only one run of rows repeats: every block but one that runs on under its own headings stands whole on a page."""
    for form in (form for form in forms if form.path.name.startswith("Usulan")):
        for declared in several(USULAN):
            for sheet in (sheet for sheet in form.book.worksheets if sheet.title.split(" (")[0] == declared.name):
                pages = form.of(sheet.title)
                for table in (block for block in declared.blocks if isinstance(block, Table)):
                    heads = [" ".join(column.label.split()[:1]) for column in table.columns[:2]]
                    assert any(all(head in page for head in heads) for page in pages), (sheet.title, table.key)
                assert len(pages) <= 2, (form.path.name, sheet.title, len(pages))


def several(book: Book) -> Iterator:
    return (sheet for sheet in book.sheets if len(sheet.blocks) > 1)


def test_no_page_but_the_last_is_nearly_empty(forms: list[Form]):
    found = []
    for form in forms:
        for number, ((name, _), (_, height, words)) in enumerate(zip(form.pages, form.places, strict=True)):
            if name == LISTS or number + 1 == len(form.pages) or form.pages[number + 1][0] != name:
                continue
            rows = form.book[name].max_row
            reach = max((bottom for *_, bottom in words if bottom < height * 0.93), default=0.0) / height
            if reach < THIRD and rows > 40 and not prepared(form, name):
                found.append((form.path.name, name, number + 1, round(reach, 2)))
    assert found == []


def prepared(form: Form, name: str) -> bool:
    """Whether the sheet is a table to be filled: its blank rows are ruled and fill the page without a word."""
    return bool(form.book[name].tables)
