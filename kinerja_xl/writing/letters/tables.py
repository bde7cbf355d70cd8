"""A letter and its tables that print: fixed widths, headings repeated on every page, rows that stay whole, numbers to the right.

Built as elements and in one go: asking python-docx for the cells of 400 rows takes minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run

from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import CAMAT, Official
from kinerja_xl.reckoning import Sum, beside, told
from kinerja_xl.sheets.formats import format_date, format_nip, terbilang_rupiah
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.looks import (
    GROUP_FILL,
    HEAD_FILL,
    PLAIN,
    TABLE,
    TOTAL_FILL,
    Element,
    el,
    many,
    paragraph,
    run,
    twips,
)
from kinerja_xl.writing.letters.rows import COMPANY, WHOLE, Cell, Column, Row, Side, cell_of, company_of, points_of, scaled
from kinerja_xl.writing.letters.style import DOTS, NAMELESS, Lists, append, paragraphs
from kinerja_xl.writing.letters.widths import NARROW, evened

_STYLES: dict[Side, str] = {"kiri": "IsiTabel", "tengah": "TengahTabel", "kanan": "AngkaTabel"}

LONG = 600
"""A row with a text of more characters may break across pages; a shorter one moves to the next page whole."""


def table_element(rows: Iterable[Element], widths: Sequence[int], *, look: str = TABLE) -> Element:
    """A table of fixed widths (twips)."""
    parts = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = el(
        "w:tblPr", el("w:tblStyle", val=look), el("w:tblW", w=sum(widths), type="dxa"),
        *([el("w:tblInd", w=0, type="dxa")] if look == PLAIN else []), el("w:tblLayout", type="fixed"),
        el("w:tblLook", val="0420" if look == TABLE else "0400", **parts),
    )  # fmt: skip
    return el("w:tbl", properties, many("w:tblGrid", [el("w:gridCol", w=width) for width in widths]), *rows)


def cell_element(
    content: Iterable[Element], width: int, *, span: int = 1, fill: str = "", merge: str = "", middle: bool = False
) -> Element:
    """A cell. ``merge``: "restart" or "continue" of a vertical one."""
    properties = el("w:tcPr", el("w:tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(el("w:gridSpan", val=span))
    if merge:
        properties.append(el("w:vMerge", val=merge))
    if fill:
        properties.append(el("w:shd", val="clear", color="auto", fill=fill))
    if width < NARROW:
        properties.append(el("w:tcMar", el("w:left", w=0, type="dxa"), el("w:right", w=0, type="dxa")))
    if middle:
        properties.append(el("w:vAlign", val="center"))
    return el("w:tc", properties, *content)


def gap(*, keep: bool = False) -> Element:
    """A low empty paragraph: two tables without one would grow together. ``keep``: with what follows."""
    tied = [el("w:keepNext")] if keep else []
    return el("w:p", el("w:pPr", *tied, el("w:spacing", before=0, after=0, line=120, lineRule="exact")))


def _heads(columns: Sequence[Column], widths: Sequence[int]) -> list[Element]:
    """One row of headings, or two where headings stand above several columns."""
    if not any(column.group for column in columns):
        return [_head_row(_head(column.head, width) for column, width in zip(columns, widths, strict=True))]
    above, below, index = [], [], 0
    while index < len(columns):
        column = columns[index]
        span = next((n for n in range(1, len(columns) - index) if columns[index + n].group != column.group), len(columns) - index)
        span = span if column.group else 1
        if column.group:
            above.append(_head(column.group, sum(widths[index : index + span]), span=span))
            below += [_head(c.head, w) for c, w in zip(columns[index : index + span], widths[index : index + span], strict=True)]
        else:
            above.append(_head(column.head, widths[index], merge="restart"))
            below.append(_head("", widths[index], merge="continue"))
        index += span
    return [_head_row(above), _head_row(below)]


def _head(text: str, width: int, *, span: int = 1, merge: str = "") -> Element:
    return cell_element([paragraph("KepalaTabel", run(text))], width, span=span, fill=HEAD_FILL, merge=merge, middle=True)


def _head_row(cells: Iterable[Element]) -> Element:
    return el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader")), *cells)


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int], lists: Lists, keep: bool) -> Element:
    made, index, longest = [], 0, 0
    for given in row.cells:
        cell = cell_of(given)
        fill = cell.fill or {"kelompok": GROUP_FILL, "jumlah": TOTAL_FILL}.get(row.kind, "")
        width = sum(widths[index : index + cell.span])
        shown = replace(cell, text="", small="") if cell.merge == "continue" else cell
        content = _content(shown, columns[index].side, row.kind != "biasa", lists, keep)
        made.append(cell_element(content, width, span=cell.span, fill=fill, merge=cell.merge))
        index += cell.span
        longest = max(longest, len(shown.text))
    assert index == len(columns), (index, len(columns))
    whole = [el("w:cantSplit")] if longest <= LONG else []
    return el("w:tr", many("w:trPr", whole), *made)


def _content(cell: Cell, side: Side, bold: bool, lists: Lists, keep: bool) -> list[Element]:
    look = _STYLES[cell.side or side]
    if not cell.text.strip():  # empty on purpose: as many lines as it has, to be written on
        return [paragraph(look, keep_next=keep) for _ in cell.text.split("\n")]
    strong = cell.bold or bold
    if look == "IsiTabel" and not strong:
        found = paragraphs(cell.text, lists, style=look, in_table=True, keep_next=keep)
    else:
        found = [paragraph(look, run(part, bold=strong), keep_next=keep) for part in cell.text.split("\n")]
    small = cell.small.split("\n") if cell.small else ()
    return found + [paragraph(look, run(part, italic=True), keep_next=keep) for part in small]


# ---- What letters share: the letterhead, the title, labelled lines, the signatures side by side ----

LOGO_HEIGHT = 22.0
_SIDE = 26.0
"""Millimetres: the height of the logo, and the room beside the letterhead that keeps its text in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signature: the lines above it, the name, and the lines below it. ``nama`` "": dots to write on."""

    above: tuple[str, ...]
    nama: str
    below: tuple[str, ...] = field(default=())


def signer(official: Official | None, jabatan: str, *above: str) -> Signer:
    """A signature of an official; of a post that nobody holds only the post is known."""
    if official is None:
        return Signer(above=(*above, jabatan), nama="", below=(f"NIP {DOTS}",))
    below = (*((official.pangkat,) if official.pangkat else ()), f"NIP {format_nip(official.nip) or DOTS}")
    return Signer(above=(*above, official.post), nama=official.nama, below=below)


def dated(tempat: str, day: date | None) -> str:
    """``Wasuponda, 2 Januari 2025``; dots for what is not known."""
    return f"{tempat or DOTS}, {format_date(day) if day else DOTS}"


def _lines(texts: Iterable[str], width: int) -> list[Element]:
    made = [paragraph("TandaTangan", run(text)) for text in texts] or [paragraph("TandaTangan")]
    for text, one in zip(texts, made, strict=False):
        if free := evened(text, width):
            one[0].append(el("w:ind", left=free, right=free))
    return made


def _name(signer: Signer | None, width: int) -> list[Element]:
    if signer is None:
        return _lines((), width)
    name = paragraph("NamaTandaTangan", run(signer.nama)) if signer.nama else paragraph("TandaTangan", run(NAMELESS))
    return [name, *(paragraph("TandaTangan", run(text)) for text in signer.below)]


class Letter:
    """A document of the office, written downwards: its paper and lists, and one call for each thing that letters share.

    ``foot`` stands on every page; ``across``: on the long side of the paper.
    """

    def __init__(self, office: Office, name: str, foot: str, *, across: bool = False) -> None:
        upright = style.paper_of(office)
        self.office, self.paper = office, upright.turned() if across else upright
        self.document = style.new_document(office, name, self.paper)
        self.lists = Lists(self.document)
        self._summed: Element | None = None
        style.footer(self.document.sections[0], foot, self.paper)

    def finished(self) -> bytes:
        return style.finished(self.document)

    def append(self, *elements: Element) -> None:
        append(self.document, *elements)

    def say(self, text: str, look: str = "BodyText", *, bold: bool = False, keep_next: bool = False) -> None:
        """One paragraph."""
        self.append(paragraph(look, run(text, bold=bold), keep_next=keep_next))

    def write(self, text: str, *, keep_next: bool = False) -> None:
        """A text as somebody typed it. ``keep_next``: it does not part from what follows (a signature)."""
        self.append(*paragraphs(text, self.lists, keep_next=keep_next))

    def spelled(self, amount: int | Sum | None) -> None:
        """A total in words; none where nothing is known of it."""
        if amount is None:
            return
        whole = amount if isinstance(amount, Sum) else Sum(amount)
        words = told(whole, lambda rupiah: terbilang_rupiah(rupiah).lower())
        self.say(f"Terbilang: {words[:1].upper()}{words[1:]}", "Terbilang", keep_next=True)

    def standing(self, menurut: str, outside: Sum) -> None:
        """The plan that the figures above are taken from, and what stands beside them; both stay with the signature below,
        which never stands alone."""
        self.say(f"Target dan anggaran {menurut}.", "Keterangan", keep_next=True)
        if words := beside(outside):
            self.say(words, "Keterangan", keep_next=True)

    def picture(self, element: Element, data: bytes, height: float | None = LOGO_HEIGHT) -> bool:
        """A picture at the end of a paragraph; False, and none, where there are no bytes or Word could not show them.

        Without a height it is as large as it was drawn.
        """
        try:
            Image.from_blob(data)
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, KeyError, ValueError, EOFError):
            return False
        place = el("w:r")
        element.append(place)
        Run(place, self.document._body).add_picture(io.BytesIO(data), height=Mm(height) if height else None)
        return True

    def head(self, *lines: str) -> None:
        """The letterhead (government, office and address above a double rule, the logo on the left), and the title below."""
        office, left = self.office, paragraph("Kop")
        texts = [("Kop", office.pemda.upper()), ("KopNama", office.nama.upper()), ("KopAlamat", office.alamat)]
        names = [paragraph(look, run(text)) for look, text in texts if text or look != "KopAlamat"]
        widths = [twips(_SIDE), twips(self.paper.room - 2 * _SIDE), twips(_SIDE)]
        cells = [cell_element([left], widths[0]), cell_element(names, widths[1], middle=True)]
        row = el("w:tr", *cells, cell_element([paragraph("Kop")], widths[2]))
        self.append(table_element([row], widths, look=PLAIN))
        self.picture(left, office.logo_data)
        border = el("w:pBdr", el("w:top", val="thinThickSmallGap", sz=18, space=1, color="000000"))
        self.append(el("w:p", el("w:pPr", border, el("w:spacing", before=60, after=60, line=120, lineRule="exact"))))
        self.title(*lines)

    def title(self, *lines: str) -> None:
        """The title of a document, and what stands below it in smaller letters."""
        for line, look in zip(lines, ("Title", *("Subtitle" for _ in lines)), strict=False):
            self.say(line, look)

    def labelled(self, pairs: Iterable[tuple[str, str]], *, label: float = 42) -> None:
        """``Nama : …`` one under the other, the text beside its label even where it runs over several lines."""
        _announced(self.document.element.body[-2:-1])
        widths = [twips(label), twips(5), twips(self.paper.room - label - 5)]
        lines = [zip((name, ":", value or DOTS), widths, strict=True) for name, value in pairs]
        cells = [[cell_element([paragraph("Pihak", run(text))], width) for text, width in line] for line in lines]
        self.append(table_element([_whole_row(line) for line in cells], widths, look=PLAIN), gap())

    def table(
        self, columns: Sequence[Column], rows: Iterable[Row], total: Row | None = None, *, nothing: str = "",
        tie: bool = False, whole: bool = False, company: int = COMPANY,
    ) -> None:  # fmt: skip
        """A ruled table as wide as the room, with a small gap below it. ``nothing`` stands in it where there are no rows.

        A sum stays with the row above it and with what follows (its words, a signature): none of them is alone on a page.
        ``tie`` does the same for a table without a sum, ``company`` counts the rows that stay with it; ``whole`` keeps a table
        of up to a third of a page on one page. What announces a table stands on the page of its first two rows.
        """
        _announced(self.document.element.body[-2:-1])
        body = list(rows) or ([Row(cells=(Cell(text=nothing, span=len(columns)),))] if nothing else [])
        body += [total] if total else []
        widths = scaled(columns, body, self.paper.room)
        made = [*_heads(columns, widths)]
        closed = tie or (bool(body) and body[-1].kind == "jumlah")
        sizes = [points_of(row, widths) for row in body]
        page = WHOLE * self.paper.points
        together, end = whole and sum(sizes) <= page, len(body) - company_of(sizes, self.paper.points, company)
        begun = len(body) > 2 and sum(sizes[:2]) <= page and not (closed and end < 2)  # else all of it would be one block
        for index, row in enumerate(body):
            last = index == len(body) - 1
            keep = row.kind == "kelompok" or (closed and index >= end) or (together and not last) or (begun and not index)
            made.append(_row(row, columns, widths, self.lists, keep))
        table = table_element(made, widths)
        self.append(table, gap(keep=closed))
        self._summed = table if closed else None

    def sign(self, *signers: Signer | None) -> None:
        """Signatures side by side, from the left; None leaves a place free. They never break across pages.

        Posts, the room to sign and the names are rows of one table: names stand on one height however long a post is.
        """
        width = twips(self.paper.room / len(signers))
        rows = [
            [_lines(s.above if s else (), width) for s in signers],
            [[paragraph("TandaTangan") for _ in range(4)] for _ in signers], [_name(s, width) for s in signers],
        ]  # fmt: skip
        made = [_whole_row(cell_element(cell, width) for cell in row) for row in rows]
        end = el("w:p", el("w:pPr", el("w:spacing", before=0, after=0, line=20, lineRule="exact")))
        # A table needs a paragraph behind it: so low that it never takes a page of its own.
        self.append(gap(keep=True), table_element(made, [width] * len(signers), look=PLAIN), end)
        self._close()

    def _close(self) -> None:
        """What closes a table (its total in words, its plan, last sentences, the signature) becomes the last row of it, without a
        rule: rows stay together and repeat their headings in every program, while a table and what stands below it part in some.
        """
        table, self._summed = self._summed, None
        below = list(table.itersiblings())[:-1] if table is not None else []  # but for the section's properties
        words = "".join(part.text or "" for element in below[:-2] for part in element.iter(qn("w:t")))
        if table is None or len(words) > LONG or not all(_closes(element) for element in below[:-2]):
            return
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        cell = cell_element(below, sum(grid), span=len(grid))
        open_sides = many("w:tcBorders", [el(f"w:{side}", val="nil") for side in ("left", "bottom", "right")])
        no_margins = many("w:tcMar", [el(f"w:{side}", w=0, type="dxa") for side in ("left", "right")])
        cell[0].extend([open_sides, no_margins])
        table.append(_whole_row([cell]))

    def sign_camat(self, day: date | None = None) -> None:
        """The Camat in office on that day (by default the office's) alone, on the right, under place and day."""
        office, day = self.office, day or self.office.tanggal
        self.sign(None, signer(office.official(CAMAT, day), office.vacant(CAMAT), dated(office.tempat, day)))


_BELOW = ("Terbilang", "Keterangan", "BodyText")


def _closes(element: Element) -> bool:
    """Whether it is a gap, or a line that belongs to the table above it."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return element.tag == qn("w:p") and (found is None or found.get(qn("w:val")) in _BELOW)


def _announced(before: Sequence[Element]) -> None:
    """A paragraph with words that stands directly above a table stays with it."""
    for element in before:
        properties = element.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:keepNext")) is None and element.find(f".//{qn('w:t')}") is not None:
            properties.insert(1, el("w:keepNext"))  # behind the style, as the schema orders them


def _whole_row(cells: Iterable[Element]) -> Element:
    return el("w:tr", el("w:trPr", el("w:cantSplit")), *cells)
