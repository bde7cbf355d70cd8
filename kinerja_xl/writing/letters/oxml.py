"""Elements of a Word document in one line each: the few that python-docx has no words for, and tables of 400 rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
TWIPS_PER_MM = 1440 / 25.4


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """``el("w:ind", left=720)``: an element with attributes of the ``w`` name space and children in order."""
    made: Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def many(tag: str, children: Iterable[Element]) -> Element:
    """An element around children."""
    return el(tag, *children)


def legal(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Text as it stands: never a formula, a field or a break."""
    made = el("w:r")
    if bold or italic:
        made.append(many("w:rPr", [el(tag) for tag, on in (("w:b", bold), ("w:i", italic)) if on]))
    content = el("w:t")
    content.text = legal(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(content)
    return made


def paragraph(style: str, *runs: Element, keep_next: bool = False, numbering: tuple[int, int] | None = None) -> Element:
    """A paragraph in a style (by its id). ``numbering``: (list, level) of a list paragraph."""
    properties = el("w:pPr", el("w:pStyle", val=style))
    if keep_next:
        properties.append(el("w:keepNext"))
    if numbering is not None:
        number, depth = numbering
        properties.append(el("w:numPr", el("w:ilvl", val=depth), el("w:numId", val=number)))
    return el("w:p", properties, *runs)


def field(code: str, *, shown: str = "1") -> list[Element]:
    """A field such as PAGE: Word and LibreOffice compute it, ``shown`` is what stands there until then."""
    instruction = el("w:instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    marks = [el("w:r", el("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    return [marks[0], el("w:r", instruction), marks[1], run(shown), marks[2]]


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)
