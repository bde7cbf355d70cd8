"""An empty document in the office's style: paper, margins, styles, lists, header and footer.

Every letter and report begins with ``new_document`` and adds its parts; nothing is formatted by hand.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

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
from kinerja_xl.writing.letters import looks
from kinerja_xl.writing.letters.looks import el, field, legal, run, twips

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
    _replace(document.styles.element, looks.styles())
    numbering = document.part.numbering_part.element
    _replace(numbering, el("w:numbering", *looks.list_forms()))
    _fonts(document)
    _compatibility(document)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = legal(title)[:250], legal(office.nama)[:250], legal(office.nama)[:250]
    core.comments, core.keywords, core.subject, core.revision, core.language = "", "", "", 1, "id-ID"
    core.created = core.modified = datetime(WHEN.year, WHEN.month, WHEN.day, tzinfo=UTC)
    set_page(document.sections[0], paper or paper_of(office))
    return document


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
