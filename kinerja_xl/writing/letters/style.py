"""An empty document in the office's style: paper, margins, styles, lists, header and footer.

Every letter and report begins with ``new_document`` and adds its parts; nothing is formatted by hand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.section import Section
from docx.shared import Mm

from kinerja_xl.office.kantor import Office
from kinerja_xl.package import normalise
from kinerja_xl.words.text import DASH, clean
from kinerja_xl.writing.letters import looks
from kinerja_xl.writing.letters.looks import Element, el, field, legal, paragraph, run, twips

# ---- From a document to its bytes: same document, same bytes, whatever the clock says ----

WHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that stands in every document. A letter's date is a line of its text, not a stamp in its file."""


def finished(document: Document) -> bytes:
    """The document as a .docx file without any time of making."""
    out = io.BytesIO()
    document.save(out)
    return normalise(out.getvalue(), WHEN)


A4, FOLIO = (210.0, 297.0), (215.9, 330.2)
"""Millimetres, portrait. Folio (8.5 x 13 inch) is the Indonesian F4."""

LEFT, RIGHT, TOP, BOTTOM = 25.0, 20.0, 20.0, 20.0
_UNUSED = ("stylesWithEffects", "thumbnail", "customXml", "webSettings", "fontTable")
"""Parts of python-docx's own template that say nothing about our documents."""

NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet of paper in millimetres; ``across``: printed on its long side."""

    width: float
    height: float
    across: bool = False

    @property
    def room(self) -> float:
        """Width between the margins."""
        return (self.height if self.across else self.width) - LEFT - RIGHT

    @property
    def points(self) -> float:
        """Height between the margins, in points."""
        return ((self.width if self.across else self.height) - TOP - BOTTOM) * 72 / 25.4

    def turned(self) -> Paper:
        return Paper(width=self.width, height=self.height, across=not self.across)


def paper_of(office: Office) -> Paper:
    """The office's paper (policy ``kertas``): Folio unless it says A4."""
    width, height = A4 if office.policy("kertas").strip().casefold() == "a4" else FOLIO
    return Paper(width=width, height=height)


def new_document(office: Office, title: str, paper: Paper | None = None) -> Document:
    """A document without a word yet. ``title`` and the office's name go into its properties."""
    document = docx.Document()
    _drop_unused(document)
    body = document.element.body
    for child in [c for c in body if not c.tag.endswith("sectPr")]:
        body.remove(child)
    look, lists = deepcopy(_kept())
    _replace(document.styles.element, look)
    _replace(document.part.numbering_part.element, lists)
    _fonts(document)
    _compatibility(document)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = legal(title)[:250], legal(office.nama)[:250], legal(office.nama)[:250]
    core.comments, core.keywords, core.subject, core.revision, core.language = "", "", "", 1, "id-ID"
    core.created = core.modified = datetime(WHEN.year, WHEN.month, WHEN.day, tzinfo=UTC)
    set_page(document.sections[0], paper or paper_of(office))
    return document


@cache
def _kept() -> tuple[Element, Element]:
    """The styles and the lists that every letter begins with, made once; a letter gets a copy."""
    return looks.styles(), el("w:numbering", *looks.list_forms())


def _replace(old: object, new: object) -> None:
    """The content of one root element by that of another (the part keeps its root)."""
    for child in list(old):  # type: ignore[call-overload]
        old.remove(child)  # type: ignore[attr-defined]
    for child in list(new):  # type: ignore[call-overload]
        old.append(child)  # type: ignore[attr-defined]


def _drop_unused(document: Document) -> None:
    for rels in (document.part.rels, document.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNUSED]:
            del rels[key]


def _fonts(document: Document) -> None:
    """The table of fonts, which a document must have (ISO/IEC 29500-1, 11.3.5): ours, instead of the template's eight."""
    place, package = PackURI("/word/fontTable.xml"), document.part.package
    part = XmlPart(place, CONTENT_TYPE.WML_FONT_TABLE, looks.fonts(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _compatibility(document: Document) -> None:
    """Today's Word, not its compatibility mode; Indonesian commas and dots."""
    settings = document.settings.element
    for setting in settings.iter(f"{NS}compatSetting"):
        if setting.get(f"{NS}name") == "compatibilityMode":
            setting.set(f"{NS}val", "15")
    for tag, value in (("decimalSymbol", ","), ("listSeparator", ";")):
        for found in settings.iter(NS + tag):
            found.set(f"{NS}val", value)
    for unwanted in ("rsids", "savePreviewPicture", "proofState"):
        for found in list(settings.iter(NS + unwanted)):
            settings.remove(found)


def set_page(section: Section, paper: Paper) -> None:
    """Size, direction and margins of a section."""
    long, short = Mm(paper.height), Mm(paper.width)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if paper.across else (short, long)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance = section.footer_distance = Mm(10)


def new_section(document: Document, paper: Paper, *, restart: bool = False) -> Section:
    """A section on a new page. ``restart``: its pages are counted from 1."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, paper)
    for old in section._sectPr.findall(f"{NS}pgNumType"):
        section._sectPr.remove(old)
    if restart:
        restart_pages(section)
    return section


def restart_pages(section: Section) -> None:
    """Count this section's pages from 1."""
    number = el("w:pgNumType", start=1)
    margins = section._sectPr.find(f"{NS}pgMar")
    assert margins is not None
    margins.addnext(number)


def footer(section: Section, text: str, paper: Paper, *, of_all: bool = True) -> None:
    """``text`` on the left and the page on the right: "Hal 2 dari 5", or "Hal 2" where several letters share a file."""
    section.footer.is_linked_to_previous = False
    element = section.footer._element
    for child in list(element):
        element.remove(child)
    total = [run(" dari "), *field("NUMPAGES")] if of_all else []
    tabs = el("w:tabs", el("w:tab", val="right", pos=twips(paper.room)))
    properties = el("w:pPr", el("w:pStyle", val="Footer"), tabs)
    element.append(el("w:p", properties, run(text), el("w:r", el("w:tab")), run("Hal "), *field("PAGE"), *total))


# ---- Long texts as staff type them into a cell: their lines become paragraphs, their dashes and numbers become lists ----
# A numbered line keeps the very number that was typed: a list goes on only where the next number follows, otherwise a
# new one starts there. Text is text: what begins with "=" or "<" stands in the letter as it was typed.

DOTS = "…" * 12
"""Where something is still to be written by hand."""
NAMELESS = f"({'…' * 18})"
"""Where a name is: as long as its brackets stay together on a third of a page."""

_CELL_STEP = 4.5
"""Indent of one list level within a table, in millimetres."""

_NUMBER = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"([a-z])[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of a text. ``form``: 0 none, else BULLET, DECIMAL or LETTER; ``start``: a new list, beginning there."""

    text: str
    form: int = 0
    depth: int = 0
    start: int = 0


def lines(text: str) -> tuple[Line, ...]:
    """A text as paragraphs and list items; empty lines only separate.

    Dashes below a number or a letter, letters below a number and numbers below a letter stand one level deeper; below a
    dash a new list begins.
    """
    return tuple(_lines(part for part in clean(text).split("\n") if part))


def _lines(parts: Iterable[str]) -> Iterator[Line]:
    open_lists: list[tuple[int, int]] = []  # (form, last number) from the outermost level to this one
    for part in parts:
        form, number, content = _marked(part)
        if not form:
            open_lists = []
            yield Line(text=content)
            continue
        depth = next((i for i, (f, last) in enumerate(open_lists) if f == form and number in (0, last + 1)), -1)
        if depth >= 0:
            open_lists = [*open_lists[:depth], (form, number)]
            yield Line(text=content, form=form, depth=depth)
            continue
        outer = {known for known, _ in open_lists}
        deeper = bool(outer) and form not in outer and looks.BULLET not in outer and number <= 1
        open_lists = [*open_lists, (form, number)] if deeper else [(form, number)]
        yield Line(text=content, form=form, depth=len(open_lists) - 1, start=number or 1)


def _marked(part: str) -> tuple[int, int, str]:
    """(form, number, text without its mark); dashes count nothing."""
    if match := DASH.match(part):
        return looks.BULLET, 0, part[match.end() :]
    if match := _NUMBER.match(part):
        return looks.DECIMAL, int(match[1]), part[match.end() :]
    if match := _LETTER.match(part):
        return looks.LETTER, ord(match[1]) - ord("a") + 1, part[match.end() :]
    return 0, 0, part


class Lists:
    """The lists of one document: each typed list gets a number of its own, so that it counts from its own start."""

    def __init__(self, document: Document) -> None:
        self._part = document.part.numbering_part.element
        self._last = len(self._part.findall(f"{NS}num"))
        self._open: dict[int, int] = {}

    def number(self, line: Line) -> int:
        """The numbering of a list item; a started one is new."""
        if line.start:
            self._last += 1
            override = el("w:lvlOverride", el("w:startOverride", val=line.start), ilvl=line.depth)
            self._part.append(el("w:num", el("w:abstractNumId", val=line.form), override, numId=self._last))
            self._open[line.depth] = self._last
        return self._open[line.depth]


_QUARTER, _TIE = re.compile(r"\bTW [IV]+\b(?:(?:,|,? dan| s\.d\.) [IV]+\b)*"), "\u00a0"
"""``TW I, III``, ``TW I s.d. IV``: no line ends in between."""


def paragraphs(
    text: str, lists: Lists, *, style: str = "BodyText", in_table: bool = False, keep_next: bool = False
) -> list[Element]:
    """The paragraphs of a text, ready to be appended; dots for a text that is missing."""
    found = lines(text) or (Line(text=DOTS),)
    return [_paragraph(line, lists, style, in_table, keep_next) for line in found]


def _paragraph(line: Line, lists: Lists, style: str, in_table: bool, keep_next: bool) -> Element:
    words = run(_QUARTER.sub(lambda match: match[0].replace(" ", _TIE), line.text))
    if not line.form:
        return paragraph(style, words, keep_next=keep_next)
    own = "ButirTabel" if in_table else "ListBullet" if line.form == looks.BULLET else "ListNumber"
    made = paragraph(own, words, keep_next=keep_next, numbering=(lists.number(line), line.depth))
    if in_table:  # a list's own indent would eat half of a column
        made[0].append(el("w:ind", left=twips(_CELL_STEP * (line.depth + 1)), hanging=twips(_CELL_STEP)))
    return made


def append(document: Document, *elements: Element) -> None:
    """Elements at the end of the body, before the last section's properties."""
    last = document.element.body[-1]
    for element in elements:
        last.addprevious(element)
