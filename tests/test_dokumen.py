"""The documentation: generated pages equal a fresh build, name everything, and every link leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.bangun import AREAS, FOLDER, PAGES, build, catatan, lembar
from kinerja_xl.catatan import catalogue
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, LIST_FIELDS
from kinerja_xl.sheets.kantor import KANTOR, POLICIES
from kinerja_xl.sheets.usulan import USULAN, USULAN_VERSIONS

ROOT = FOLDER.parent
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(FOLDER.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"\b[A-Z]\d{3}\b")


def _headings(page: Path) -> set[str]:
    """The anchors of a page as its readers make them: lower case, blanks to hyphens, other marks dropped."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("name", PAGES)
def test_committed_page_equals_a_fresh_build(name: str):
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "jalankan: python -m docs.bangun"


def test_build_writes_the_same_bytes_everywhere(tmp_path: Path):
    build(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {n: make().encode() for n, make in PAGES.items()}


def test_every_code_has_its_heading_under_its_area():
    page = catatan()
    assert re.findall(r"^### (\w+)$", page, re.MULTILINE) == sorted(
        catalogue(), key=lambda kode: (list(AREAS).index(kode[0]), kode)
    )
    areas = [AREAS[a] for a in AREAS if any(k[0] == a for k in catalogue())]
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == ["Tuntutan pedoman dan catatannya", *areas]


@pytest.mark.parametrize("book", [*USULAN_VERSIONS.values(), KANTOR], ids=lambda b: f"{b.key}-{b.version}")
def test_every_sheet_block_and_column_is_named(book):
    page = lembar()
    labels = {c.label.strip() for s in book.sheets for b in s.blocks for c in b.columns}
    wanted = {f"`{c.key}`" for s in book.sheets for b in s.blocks for c in b.columns}
    wanted |= {f"`{b.key}`" for s in book.sheets for b in s.blocks} | {s.name for s in book.sheets}
    assert {text for text in wanted | labels if text not in page} == set()


def test_every_column_of_the_recap_is_named():
    page = lembar().split("## Rekap\n")[1]
    assert {c.key for _, _, c in rekap.columns(USULAN) if f"`{c.key}`" not in page} == set()
    assert {s.name for s in rekap.REKAP if f"### Lembar {s.name}\n" not in page} == set()


def test_lists_and_policies_are_named():
    page = lembar().split("## Daftar pilihan\n")[1]
    names = {*CHOICES, *EDITABLE, *LIST_FIELDS, *(p.key for p in POLICIES)}
    used = {c.kind.list_name for book in (USULAN, KANTOR) for s in book.sheets for b in s.blocks for c in b.columns}
    assert {name for name in names | (used - {""}) if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(paper: Path):
    lost = set()
    for target in LINK.findall(paper.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        page = (paper.parent / path).resolve() if path else paper
        if not page.exists() or (anchor and anchor not in _headings(page)):
            lost.add(target)
    assert lost == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_code_is_invented(paper: Path):
    assert set(CODE.findall(paper.read_text(encoding="utf-8"))) - set(catalogue()) == set()


@pytest.mark.parametrize("kode", sorted(catalogue()))
def test_every_code_has_an_example(kode: str):
    """A wrong cell and what to make of it, in one short line that stands as it is."""
    example = catalogue()[kode].contoh
    wrong, arrow, right = example.partition(" → ")
    assert arrow and wrong.strip() and right.strip(), kode
    assert len(example) <= 200 and "\n" not in example and not re.search(r"\{\w+\}", example)
