"""The guide as a book to print: ``python -m docs.buku`` makes Panduan.docx and Panduan.pdf of the pages and pictures here.

The document is made by what makes the letters (``writing/letters``): same pages, same bytes. Which page a heading stands on is
read off the PDF, which LibreOffice makes, and kept in ``buku.json``: the contents and the references name it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from docx.shared import Mm
from docx.text.run import Run
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kinerja_xl.office.kantor import build_office
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.looks import (
    BULLET,
    DECIMAL,
    HEAD_FILL,
    Element,
    Look,
    el,
    paragraph,
    paragraph_style,
    run,
    twips,
)
from kinerja_xl.writing.letters.post import write_pdfs
from kinerja_xl.writing.letters.style import A4, Line, Lists, Paper
from kinerja_xl.writing.letters.tables import cell_element, gap, table_element

FOLDER = Path(__file__).parent
PAGES = ("panduan.md", "mengisi-formulir.md", "bila.md")
"""The parts of the book in order."""
NAME, TITLE = "Panduan", "Panduan Kinerja-XL"
KEPT = FOLDER / "buku.json"
PAPER = Paper(width=A4[0], height=A4[1])
MACHINE, NEW_PAGE = "Courier New", "<!-- halaman baru -->"
TALLEST = 112.0
"""Millimetres of a picture's height."""
LOOKS = (
    Look(key="Bagian", name="Bagian", after="Uraian", size=20, bold=True, above=0, below=10, keep=True, outline=0),
    Look(key="Tugas", name="Tugas", after="Uraian", size=14, bold=True, above=16, below=5, keep=True, outline=1),
    Look(key="Hal", name="Hal", after="Uraian", size=11.5, bold=True, above=10, below=3, keep=True, outline=2),
    Look(key="Uraian", name="Uraian", base="Normal", size=10.5, below=5, line=1.12),
    Look(key="Butir", name="Butir", base="Uraian", below=3),
    Look(key="Perintah", name="Perintah", base="Normal", size=9.5, above=1, below=1, left=4, whole=True),
    Look(key="Gambar", name="Gambar", base="Normal", above=4, below=1, align="center", keep=True),
    Look(key="DiGambar", name="Di Bawah Gambar", base="Normal", size=9, italic=True, above=1, below=9, align="center"),
    Look(key="IsiBuku", name="Isi Buku", base="Normal", size=10.5, above=2, below=2),
)
"""Paragraph styles of the book, beside those of the letters."""
_HEADS = {"h1": "Bagian", "h2": "Tugas", "h3": "Hal"}


def anchor(text: str) -> str:
    """The address of a heading, as pages of markdown make it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")


def tokens(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse((FOLDER / page).read_text(encoding="utf-8"))


def headings() -> list[tuple[str, int, str]]:
    """Page, level and words of every heading of the book."""
    found = []
    for page in PAGES:
        parsed = tokens(page)
        for index, token in enumerate(parsed):
            if token.type == "heading_open":
                found.append((page, int(token.tag[1]), plain(parsed[index + 1])))
    return found


def plain(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


class Book:
    """The document, written downwards. ``places``: the page of each heading, by its part and address."""

    def __init__(self, places: dict[str, int]) -> None:
        office = replace(build_office(BookContent(book=KANTOR, sheets=())), nama="Kinerja-XL")
        self.document = style.new_document(office, TITLE, PAPER)
        styles = self.document.styles.element
        for look in LOOKS:
            styles.append(paragraph_style(look))
        fonts = el("w:rFonts", ascii=MACHINE, hAnsi=MACHINE, cs=MACHINE)
        styles.append(el("w:style", el("w:name", val="Mesin"), el("w:rPr", fonts), type="character", styleId="Mesin"))
        self.lists, self.places, self.page = Lists(self.document), places, PAGES[0]
        self._new_page = False
        style.footer(self.document.sections[0], TITLE, PAPER)

    # ---- words ----

    def runs(self, token: Token) -> list[Element]:
        """Words with what marks them; “words of the page” are bold."""
        made: list[Element] = []
        bold = italic = False
        link = ""
        for child in token.children or ():
            match child.type:
                case "strong_open" | "strong_close":
                    bold = child.type == "strong_open"
                case "em_open" | "em_close":
                    italic = child.type == "em_open"
                case "code_inline":
                    made.append(machine(child.content))
                case "link_open":
                    link = str(child.attrs["href"])
                case "link_close":
                    made += [run(words)] if (words := self._where(link)) else []
                case "softbreak":
                    made.append(run(" "))
                case "text":
                    for part in re.split(r"(“[^”]*”)", child.content):
                        made += [run(part, bold=bold or part.startswith("“"), italic=italic)] if part else []
        return made

    def _where(self, link: str) -> str:
        """Where a reader of the printed book finds what a link leads to."""
        page, _, place = link.partition("#")
        page = page or self.page
        if page in PAGES:
            number = self.places.get(f"{page}#{place}" if place else page)
            return f" (hal. {number})" if number else ""
        return f" ({page})" if page.endswith(".md") else ""

    def say(self, token: Token, look: str = "Uraian", numbering: tuple[int, int] | None = None) -> None:
        style.append(self.document, paragraph(look, *self.runs(token), numbering=numbering))

    # ---- blocks ----

    def write(self, page: str) -> None:
        """A page of markdown as a part of the book."""
        self.page, parsed = page, tokens(page)
        numbers: list[int] = []
        kinds: list[int] = []
        index = 0
        while index < len(parsed):
            token = parsed[index]
            if token.type == "heading_open":
                self._heading(token.tag, parsed[index + 1])
                index += 2
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                form = BULLET if token.type.startswith("bullet") else DECIMAL
                kinds.append(form)
                start = int(token.attrs.get("start", 1)) if form == DECIMAL else 1
                numbers.append(self.lists.number(Line(text="", form=form, depth=len(numbers), start=start)))
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                numbers.pop(), kinds.pop()
            elif token.type == "inline":
                self._inline(token, numbers)
            elif token.type == "html_block" and token.content.strip() == NEW_PAGE:
                self._new_page = True
            elif token.type in ("code_block", "fence"):
                self._commands(token.content)
            elif token.type == "table_open":
                end = next(n for n in range(index, len(parsed)) if parsed[n].type == "table_close")
                self._table(parsed[index:end])
                index = end
            index += 1

    def _heading(self, tag: str, token: Token) -> None:
        made = paragraph(_HEADS[tag], *self.runs(token))
        if tag == "h1" or self._new_page:
            made[0].append(el("w:pageBreakBefore"))
        self._new_page = False
        style.append(self.document, made)

    def _inline(self, token: Token, numbers: Sequence[int]) -> None:
        children = token.children or []
        if children and children[0].type == "image":
            self._picture(FOLDER / str(children[0].attrs["src"]), children[0].content)
        elif numbers:
            self.say(token, "Butir", (numbers[-1], len(numbers) - 1))
        else:
            self.say(token)

    def _picture(self, path: Path, words: str) -> None:
        data = path.read_bytes()
        width, height = struct.unpack(">II", data[16:24])
        wide = min(PAPER.room, TALLEST * width / height)
        made, place = paragraph("Gambar", keep_next=True), el("w:r")
        made.append(place)
        style.append(self.document, made, paragraph("DiGambar", run(words)))
        shape = Run(place, self.document._body).add_picture(io.BytesIO(data), width=Mm(wide))
        shape._inline.docPr.set("descr", words)

    def _commands(self, text: str) -> None:
        lines = [line for line in text.rstrip("\n").split("\n") if line]
        cell = cell_element([paragraph("Perintah", machine(line)) for line in lines], twips(PAPER.room), fill="F3F5F8")
        style.append(self.document, table_element([_row([cell])], [twips(PAPER.room)], look="TabelTanpaGaris"), gap())

    def _table(self, parsed: Sequence[Token]) -> None:
        rows: list[list[Token]] = []
        for token in parsed:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        longest = [max(len(plain(row[n])) for row in rows) for n in range(len(rows[0]))]
        shares = [max(14.0, min(float(length), 60.0)) for length in longest]
        widths = [twips(PAPER.room * share / sum(shares)) for share in shares]
        made = [_row([cell_element([paragraph("KepalaTabel", *self.runs(one))], width, fill=HEAD_FILL)
                      for one, width in zip(rows[0], widths, strict=True)], head=True)]  # fmt: skip
        for row in rows[1:]:
            pairs = zip(row, widths, strict=True)
            made.append(_row(cell_element([paragraph("IsiTabel", *self.runs(one))], width) for one, width in pairs))
        style.append(self.document, table_element(made, widths), gap())

    # ---- the front ----

    def front(self) -> None:
        """The title and the contents."""
        room = twips(PAPER.room)
        about = "Rencana, anggaran, dan kinerja kantor kecamatan: dari formulir unit sampai LKjIP. Orang dan harganya rekaan."
        style.append(self.document, paragraph("Bagian", run(TITLE)), paragraph("Uraian", run(about)))
        for page, level, words in headings():
            if level > 2:
                continue
            number = self.places.get(page if level == 1 else f"{page}#{anchor(words)}", 0)
            tabs = el("w:tabs", el("w:tab", val="right", leader="dot", pos=room))
            indent = [el("w:ind", left=twips(6))] if level == 2 else []
            properties = el("w:pPr", el("w:pStyle", val="IsiBuku"), tabs, *indent)
            line = [run(words, bold=level == 1), el("w:r", el("w:tab")), run(str(number or "–"))]
            style.append(self.document, el("w:p", properties, *line))
        own = self.places.get("mengisi-formulir.md", 0), self.places.get("bila.md", 0) - 1
        if own[0]:
            words = f"Untuk unit: cetak halaman {own[0]} sampai {own[1]} (Mengisi formulir)."
            style.append(self.document, paragraph("Keterangan", run(words)))

    def finished(self) -> bytes:
        return style.finished(self.document)


def _row(cells: Iterable[Element], *, head: bool = False) -> Element:
    properties = el("w:trPr", el("w:cantSplit"), *([el("w:tblHeader")] if head else []))
    return el("w:tr", properties, *cells)


def machine(text: str) -> Element:
    """Text as it is typed."""
    made = run(text)
    fonts = el("w:rFonts", ascii=MACHINE, hAnsi=MACHINE, cs=MACHINE)  # LibreOffice forgets a style's font inside tables
    made.insert(0, el("w:rPr", el("w:rStyle", val="Mesin"), fonts))
    return made


def document(places: dict[str, int]) -> bytes:
    """The book as .docx."""
    book = Book(places)
    book.front()
    for page in PAGES:
        book.write(page)
    return book.finished()


def kept() -> dict[str, object]:
    """The pages of the headings, and the document that the PDF was made of."""
    found: dict[str, object] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {"halaman": {}, "docx": ""}
    return found


def find_places(texts: Sequence[str]) -> dict[str, int]:
    """The page on which each heading stands, in their order."""
    squeezed = [{re.sub(r"\s+", "", line) for line in text.splitlines()} for text in texts]
    places: dict[str, int] = {}
    at = 1  # behind the contents
    for page, level, words in headings():
        wanted = re.sub(r"\s+", "", words)
        at = next((n for n in range(at, len(texts)) if wanted in squeezed[n]), at)
        places.setdefault(page, at + 1)
        if level > 1:
            places[f"{page}#{anchor(words)}"] = at + 1
    return places


def texts_of(pdf: Path) -> Iterator[str]:
    import subprocess

    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    yield from done.stdout.decode().split("\f")[:-1]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def build() -> None:
    """Write the book, until the pages that it names are those on which its headings stand."""
    path, places = FOLDER / f"{NAME}.docx", dict[str, int]()
    for _ in range(4):
        data = document(places)
        path.write_bytes(data)
        (pdf,) = write_pdfs([path])
        found = find_places(list(texts_of(pdf.path)))
        if found == places:
            break
        places = found
    KEPT.write_text(json.dumps({"halaman": places, "docx": digest(data)}, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build()
