"""A letter as it comes out of the printer: which rows of its tables, headings and signatures stand on which page.

Each row carries a word of its own in letters of one point, by which it is found again on paper; it moves nothing.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from kinerja_xl.writing.letters.widths import _LONGEST
from tests.cetakan import LEAST_WORDS, THIRD
from tests.libre import Office
from tests.naskah import closing, tables

_MARK = re.compile(r"q[hrs]\d+x\d+q")
_FOOT = 0.92
_BEGINNINGS = ("LAMPIRAN", "PEMERINTAH", "DAFTAR TABEL", "BAB ", "RINCIAN")
_PARTS = re.compile(r"[^\s-]+")


def signature(table: Table) -> bool:
    """Whether a table holds signatures: three rows without a rule, with room to sign in the middle one."""
    return len(table.rows) == 3 and all(not cell.text.strip() for cell in table.rows[1].cells)


def _marked(document: Document) -> None:
    for number, table in enumerate(tables(document)):
        signs = signature(table)
        rows = table.rows[:-1] if closing(table) else table.rows
        for index, row in enumerate(rows):
            head = row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            cells = [cell for cell in row.cells if cell._tc.vMerge != "continue"]
            kind = "s" if signs else "h" if head else "r"
            added = cells[-1 if signs else 0].paragraphs[-1].add_run(f" q{kind}{number}x{index}q")
            added.font.size = Pt(1)


class Posted:
    """The pages of one letter. ``where``: the pages by kind of row (h: heading, r: row, s: signature) and by table."""

    def __init__(self, name: str, data: bytes, pages: list[tuple[float, float, list[tuple[str, tuple[float, ...]]]]]) -> None:
        self.name, self.pages = name, pages
        document = docx.Document(io.BytesIO(data))
        self.words, self.parted = _words(document), list(_parted(document))
        self.where: dict[str, dict[int, list[int]]] = {kind: defaultdict(list) for kind in "hrs"}
        for page, (_, _, words) in enumerate(pages):
            for mark in (m for word, _ in words for m in _MARK.findall(word)):
                self.where[mark[1]][int(mark[2:].partition("x")[0])].append(page)

    def said(self, page: int) -> list[str]:
        """The words of a page but for its foot and our marks."""
        _, height, words = self.pages[page]
        return [word for word, (_, _, _, bottom) in words if bottom < height * _FOOT and not _MARK.search(word)]

    def wrong(self) -> Iterator[str]:
        """What a reader would send back."""
        last = len(self.pages) - 1
        for page, (width, height, words) in enumerate(self.pages):
            if len(self.said(page)) < LEAST_WORDS:
                yield f"hal {page + 1} kosong"
            reach, turned = self.filled(page), page < last and self.pages[page + 1][0] != width
            if page < last and reach < THIRD and not turned and not self._ends(page):
                yield f"hal {page + 1} terisi {reach:.2f}"
            if any(left < 0 or top < 0 or right > width or bottom > height for _, (left, top, right, bottom) in words):
                yield f"hal {page + 1}: ada kata di luar kertas"
            if ")" in self.said(page):
                yield f"hal {page + 1}: kurung tutup terpisah"
        for table, pages in self.where["r"].items():
            heads = set(self.where["h"].get(table, ()))
            if heads and (bare := sorted(set(pages) - heads)):
                yield f"tabel {table}: judul kolom tidak ada di hal {[page + 1 for page in bare]}"
        for table, pages in self.where["s"].items():
            if len(set(pages)) > 1:
                yield f"tanda tangan {table} terputus"
            elif not any(pages[0] in rows for rows in self.where["r"].values()) and len(self.said(pages[0])) < 40:
                yield f"hal {pages[0] + 1}: tanda tangan sendiri"
        # Of every line, also the last one above the foot: a table may reach down to the margin.
        shown = {part for *_, words in self.pages for word, _ in words for part in _PARTS.findall(word)}
        if broken := sorted(self.words - shown):
            yield f"kata terpotong: {broken[:5]}"
        if self.parted:
            yield f"kalimat di atas tabel dapat terpisah darinya: {self.parted}"

    def filled(self, page: int) -> float:
        """How far down a page is written on, as a share of its height."""
        _, height, words = self.pages[page]
        return max((bottom for _, (*_, bottom) in words if bottom < height * _FOOT), default=0.0) / height

    def _ends(self, page: int) -> bool:
        """Whether a part of the letter ends here: the next page begins a letter, an annex or a chapter of its own."""
        return " ".join(self.said(page + 1)).startswith(_BEGINNINGS)


def _parted(document: Document) -> Iterator[str]:
    """Paragraphs that announce a table and may stay on the page before it."""
    for above, below in pairwise(document.iter_inner_content()):
        if isinstance(below, Table) and isinstance(above, Paragraph) and above.text:
            style = above.style.paragraph_format if above.style is not None else above.paragraph_format
            if not (above.paragraph_format.keep_with_next or style.keep_with_next):
                yield above.text


def _words(document: Document) -> set[str]:
    """Every word of its tables that has to stand whole."""
    found = (part for table in tables(document) for row in table.rows for cell in row.cells for part in _PARTS.findall(cell.text))
    return {part for part in found if len(part) <= _LONGEST and "…" not in part}


def posted(office: Office, letters: Mapping[str, bytes], place: Path) -> list[Posted]:
    """The letters as LibreOffice prints them, in one call."""
    paths = []
    for name, data in letters.items():
        document = docx.Document(io.BytesIO(data))
        _marked(document)
        paths.append(place / name)
        document.save(str(paths[-1]))
    printed = office.pdf(paths)
    return [Posted(name, data, office.words(printed[path])) for (name, data), path in zip(letters.items(), paths, strict=True)]
