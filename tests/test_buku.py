"""The guide: its book is a fresh build, its pictures show what there is today, and it names only what there is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from markdown_it.token import Token

from docs import buku, potret
from kinerja_xl.catatan import catalogue
from kinerja_xl.face.cli import main as program
from kinerja_xl.face.page.acts import ACTS
from kinerja_xl.face.page.seasons import SEASONS
from tests.rumah import ROOT

TEMPLATES = ROOT / "kinerja_xl/face/page/templates"
LARGEST = 3 * 2**20
"""Bytes of all that the guide adds to the repository."""


def guide() -> str:
    return "\n".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in buku.PAGES)


def inline() -> Iterator[tuple[str, Token]]:
    for page in buku.PAGES:
        yield from ((page, child) for token in buku.tokens(page) for child in token.children or ())


# ---- the book ----


def test_the_document_is_a_fresh_build_and_the_pdf_is_made_of_it():
    kept = buku.kept()
    data = buku.document(kept["halaman"])
    assert (ROOT / "docs/Panduan.docx").read_bytes() == data, "python -m docs.buku"
    assert kept["docx"] == buku.digest(data)
    assert (ROOT / "docs/Panduan.pdf").read_bytes().startswith(b"%PDF")


def test_every_heading_has_its_page_and_the_units_part_is_about_ten_pages():
    places = buku.kept()["halaman"]
    wanted = {f"{page}#{buku.anchor(words)}" for page, level, words in buku.headings() if level > 1}
    assert {*places} == wanted | {*buku.PAGES}
    assert list(places.values()) == sorted(places.values())
    assert 8 <= places["bila.md"] - places["mengisi-formulir.md"] <= 12


def test_its_pictures_are_there_are_named_and_small():
    named = {str(child.attrs["src"]) for _, child in inline() if child.type == "image"}
    assert named == {f"gambar/{name}.png" for name in (*potret.SHOTS, *potret.SHEETS)}
    assert all(child.content for _, child in inline() if child.type == "image"), "a picture without words for who can't see it"
    kept = [*(ROOT / "docs/gambar").iterdir(), *(ROOT / "docs").glob("Panduan.*")]
    assert sum(path.stat().st_size for path in kept) <= LARGEST


def test_every_link_leads_somewhere():
    places = {f"{page}#{buku.anchor(words)}" for page, _, words in buku.headings()}
    for page, child in inline():
        if child.type == "link_open" and not (link := str(child.attrs["href"])).startswith("http"):
            target, _, place = link.partition("#")
            target = target or page
            assert (ROOT / "docs" / target).is_file(), link
            text = (ROOT / "docs" / target).read_text(encoding="utf-8")
            heads = {buku.anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
            assert not place or f"{target}#{place}" in places or place in heads or f'id="{place}"' in text, link


# ---- its pictures ----


@pytest.fixture(scope="module")
def studio() -> Iterator[potret.Studio]:
    with potret.studio() as found:
        yield found


def test_the_pictures_show_what_there_is_today(studio: potret.Studio):
    """Whoever changes what one of them shows takes them again: ``python -m docs.potret``, then ``python -m docs.buku``."""
    assert potret.shown(studio) == json.loads(potret.SHOWN.read_text(encoding="utf-8"))


# ---- its words ----


_SAID = "button|a|label|summary|h1|h2|caption|legend|option|p"
"""Elements whose words people read."""


def words_of_the_page() -> list[str]:
    """Buttons, links, labels, headings and choices of the templates as patterns; what is filled in may be anything."""
    found = [act.label for act in ACTS.values()] + [*SEASONS.values(), "TW I", "Usulan"]
    patterns = [re.escape(words) for words in found]
    for path in sorted(TEMPLATES.glob("*.html")):
        label = lambda m: f"'{ACTS[m[1]].label}{m[3] or ''}'"  # noqa: E731
        text = re.sub(r"acts\['([\w-]+)'\]\.label( ~ '([^']*)')?", label, path.read_text("utf-8"))
        text = re.sub(r"\{\{ '([^'{}]*)' \}\}", r"\1", text)
        calls = re.findall(r"\{\{ (?:tombol|buka|pilih|jatuhkan)\([^\n]*?\) \}\}", text)
        patterns += [re.escape(words) for call in calls for words in re.findall(r"'([^']+)'", call)]
        patterns += [re.escape(words) + ".*" for call in calls for words in re.findall(r"'([^']+)' ~", call)]
        for words in re.findall(rf"<(?:{_SAID})\b[^>]*>((?:(?!</).)+)", text, re.DOTALL):
            plain = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"\{%.*?%\}", "", words))).strip()
            patterns.append(".+".join(re.escape(part) for part in re.split(r"\{\{.*?\}\}", plain)))
            patterns += [re.escape(part.strip()) for part in re.split(r"\s*[(.;:] ?|\{\{.*?\}\}", plain) if len(part) > 3]
    return [pattern for pattern in patterns if re.search(r"[A-Za-z]{2}", pattern.replace(".+", ""))]


def test_the_guide_names_only_what_stands_on_the_page():
    known = [re.compile(pattern) for pattern in words_of_the_page()]
    named = {" ".join(words.split()) for words in re.findall(r"“([^”]+)”", guide())} - {"tanda petik"}
    assert len(named) > 50
    assert not [words for words in ("Hapus semua", "Kirim ke unit", "Simpan (semua)") if any(p.fullmatch(words) for p in known)]
    assert sorted(words for words in named if not any(pattern.fullmatch(words) for pattern in known)) == []


EXCEL = {
    "Pindahkan atau Salin", "Buat Salinan", "Strict Open XML", "Info selengkapnya", "Tetap jalankan", "huruf miring",
    "tidak berlaku",
}  # fmt: skip
"""Words of Excel and Windows, and of the guide itself."""


def test_the_guide_names_only_sheets_and_columns_that_there_are():
    declared = (ROOT / "docs/lembar.md").read_text(encoding="utf-8")
    from kinerja_xl.sheets.rekap import REKAP

    sheets = {sheet.name for sheet in REKAP} | {"Daftar Perbaikan", "Wajib diperbaiki", "Perlu dicek"}
    italic = re.findall(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])", guide())
    named = {" ".join(words.split()) for words in italic} - EXCEL - sheets
    assert len(named) > 20
    assert sorted(words for words in named if words not in declared) == []


def test_the_guide_names_only_codes_and_verbs_that_there_are():
    text = guide()
    assert {*re.findall(r"\b[A-Z]\d{3}\b", text)} <= {*catalogue()}
    verbs = {*program.list_commands(None)}  # type: ignore[arg-type]
    assert {*re.findall(r"kinerja-xl ([a-z]+)", text)} <= verbs
