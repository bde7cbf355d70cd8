"""What letters share: the letterhead, the title, labelled lines, the signatures side by side."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from docx.document import Document
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.shared import Mm
from docx.text.run import Run

from kinerja_xl.office import Office
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.writing.letters.looks import PLAIN
from kinerja_xl.writing.letters.oxml import Element, el, paragraph, run, twips
from kinerja_xl.writing.letters.prose import DOTS, append, say
from kinerja_xl.writing.letters.tables import cell_element, gap, table_element

LOGO_HEIGHT = 22.0
_SIDE = 26.0
"""Millimetres: the height of the logo, and the room beside the letterhead that keeps its text in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signature: the lines above it, the name, and the lines below it. ``nama`` "": dots to write on."""

    above: tuple[str, ...]
    nama: str
    below: tuple[str, ...] = field(default=())


def picture(document: Document, element: Element, data: bytes, height: float = LOGO_HEIGHT) -> bool:
    """A picture at the end of a paragraph; False, and none, where there are no bytes or Word could not show them."""
    try:
        Image.from_blob(data)
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, KeyError, ValueError, EOFError):
        return False
    place = el("w:r")
    element.append(place)
    Run(place, document._body).add_picture(io.BytesIO(data), height=Mm(height))
    return True


def letterhead(document: Document, office: Office, room: float) -> None:
    """Government, office and address above a double rule, the logo on the left where there is one."""
    left = paragraph("Kop")
    names = [
        paragraph("Kop", run(office.pemda.upper())), paragraph("KopNama", run(office.nama.upper())),
        *([paragraph("KopAlamat", run(office.alamat))] if office.alamat else []),
    ]  # fmt: skip
    widths = [twips(_SIDE), twips(room - 2 * _SIDE), twips(_SIDE)]
    cells = [
        cell_element([left], widths[0]),
        cell_element(names, widths[1], middle=True),
        cell_element([paragraph("Kop")], widths[2]),
    ]
    append(document, table_element([el("w:tr", *cells)], widths, style=PLAIN))
    picture(document, left, office.logo_data)
    border = el("w:pBdr", el("w:top", val="thinThickSmallGap", sz=18, space=1, color="000000"))
    append(document, el("w:p", el("w:pPr", border, el("w:spacing", before=60, after=60, line=120, lineRule="exact"))))


def title(document: Document, *lines: str) -> None:
    """The title of a document, and what stands below it in smaller letters."""
    say(document, lines[0], "Title")
    for line in lines[1:]:
        say(document, line, "Subtitle")


def labelled(
    document: Document, pairs: Iterable[tuple[str, str]], room: float, *, label: float = 42, style: str = "Pihak"
) -> None:
    """``Nama : …`` one under the other, the text beside its label even where it runs over several lines."""
    widths = [twips(label), twips(5), twips(room - label - 5)]
    lines = [zip((name, ":", value or DOTS), widths, strict=True) for name, value in pairs]
    cells = [[cell_element([paragraph(style, run(text))], width) for text, width in line] for line in lines]
    rows = [el("w:tr", el("w:trPr", el("w:cantSplit")), *line) for line in cells]
    append(document, table_element(rows, widths, style=PLAIN), gap())


def dated(tempat: str, day: date | None) -> str:
    """``Wasuponda, 2 Januari 2025``; dots for what is not known."""
    return f"{tempat or DOTS}, {format_date(day) if day else DOTS}"


def signatures(document: Document, signers: Sequence[Signer | None], room: float) -> None:
    """Signatures side by side, from the left; None leaves a place free. They never break across pages.

    Posts, the room to sign and the names are rows of one table, so that names stand on one height however long a post is.
    """
    width = twips(room / len(signers))
    rows = [
        [_lines(s.above if s else ()) for s in signers],
        [[paragraph("TandaTangan") for _ in range(4)] for _ in signers],
        [_name(s) for s in signers],
    ]
    made = [el("w:tr", el("w:trPr", el("w:cantSplit")), *(cell_element(cell, width) for cell in row)) for row in rows]
    append(document, gap(keep=True), table_element(made, [width] * len(signers), style=PLAIN))
    say(document, "", "Keterangan")


def _lines(texts: Iterable[str]) -> list[Element]:
    return [paragraph("TandaTangan", run(text)) for text in texts] or [paragraph("TandaTangan")]


def _name(signer: Signer | None) -> list[Element]:
    if signer is None:
        return _lines(())
    name = paragraph("NamaTandaTangan", run(signer.nama)) if signer.nama else paragraph("TandaTangan", run(f"({DOTS * 2})"))
    return [name, *(paragraph("TandaTangan", run(text)) for text in signer.below)]
