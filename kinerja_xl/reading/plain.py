"""Tables in text: separated values (CSV) and XML Spreadsheet 2003, as applications "export to Excel".

Habits served: semicolons where the comma is the decimal mark, tabs, Excel's own "sep=;" line, cp1252 or UTF-16 from old
programs; reports in XML 2003 whose empty cells and rows are left out and counted by ss:Index.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from html.parser import HTMLParser
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS
from kinerja_xl.words.text import bounded_blanks

SEPARATORS = {";": "titik koma", "\t": "tab", "|": "garis tegak", ",": "koma"}
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def text_of(data: bytes) -> str:
    """The bytes as text: by their mark, else UTF-8, else the code page of older programs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """The mark between the fields: the one that cuts most lines into the same number (at least two); "" when none does."""
    if found := _NAMED.match(text):
        return found[1]
    lines = text[:200_000].splitlines()[:300]
    best, mark = 0, ""
    for candidate in SEPARATORS:
        counts = Counter(len(row) for row in _rows("\n".join(lines), candidate) if len(row) > 1)
        common = max(counts.values(), default=0)
        if common > max(best, 1):
            best, mark = common, candidate
    return mark


def _rows(text: str, mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=mark))
    except csv.Error:  # a field beyond the reader's limit: a quotation mark that nobody closed
        return list(csv.reader(StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE))


def separated_grids(data: bytes) -> list[CellSheet]:
    """The rows of separated text as one sheet ``Teks``; its cells stay texts. Empty when nothing separates fields."""
    text = text_of(data)
    mark = separator_of(text)
    if not mark:
        return []
    rows = _rows(_NAMED.sub("", text, count=1), mark)
    kept: list[list[object]] = [[bounded_blanks(field.strip()) or None for field in row[:NEAR_COLS]] for row in rows[:NEAR_ROWS]]
    return [CellSheet(name="Teks", rows=kept, beyond=sum(1 for row in rows[NEAR_ROWS:] for field in row if field.strip()))]


_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def xml_grids(data: bytes) -> list[CellSheet]:
    """The worksheets of an XML Spreadsheet 2003. Raises ValueError when it is damaged or declares a DOCTYPE."""
    grids: list[CellSheet] = []
    try:
        for _, element in iterparse(BytesIO(data.lstrip()), events=("end",), forbid_dtd=True):
            if element.tag == f"{_SS}Worksheet":
                grids.append(_sheet(element))
                element.clear()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(type(error).__name__) from error
    return grids


def _sheet(sheet: Element) -> CellSheet:
    rows: list[list[object]] = []
    merged: list[tuple[int, int, int, int]] = []
    errors: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    beyond = 0
    for number, row in _placed(sheet.findall(f"{_SS}Table/{_SS}Row"), "Span"):
        cells: list[object] = []
        for col, cell in _placed(row.findall(f"{_SS}Cell"), "MergeAcross"):
            data = cell.find(f"{_SS}Data")
            if data is None:
                continue
            if number > NEAR_ROWS or col > NEAR_COLS:
                beyond += 1
                continue
            down, across = _count(cell, "MergeDown"), _count(cell, "MergeAcross")
            if down or across:
                merged.append((number, col, number + down, col + across))
            cells += [None] * (col - len(cells))
            cells[col - 1] = _value(data)
            if data.get(f"{_SS}Type") == "Error":
                cells[col - 1], errors[number, col] = None, "".join(data.itertext())
        if number > NEAR_ROWS:
            continue
        rows += [[] for _ in range(number - len(rows))]
        rows[number - 1] = cells
        if row.get(f"{_SS}Hidden") == "1":
            hidden.update(range(number, number + _count(row, "Span") + 1))
    visible = sheet.find(".//{urn:schemas-microsoft-com:office:excel}Visible")
    return CellSheet(
        name=sheet.get(f"{_SS}Name", ""), rows=rows, merged=tuple(merged), errors=errors, hidden_rows=frozenset(hidden),
        state="hidden" if visible is not None and "Hidden" in (visible.text or "") else "visible", beyond=beyond,
    )  # fmt: skip


def _placed(elements: list[Element], span: str) -> Iterator[tuple[int, Element]]:
    """Rows or cells with their 1-based numbers: ``Index`` jumps ahead, ``span`` takes up more of them."""
    at = 0
    for element in elements:
        at = max(at + 1, _count(element, "Index"))
        yield at, element
        at += _count(element, span)


def _count(element: Element, name: str) -> int:
    text = element.get(f"{_SS}{name}", "")
    return min(int(text), 1 << 20) if text.isdecimal() else 0


def _value(data: Element) -> object:
    kind, text = data.get(f"{_SS}Type", "String"), "".join(data.itertext())
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text == "1"
        if kind == "DateTime":
            found = datetime.fromisoformat(text)
            return found if found.time() != datetime.min.time() else found.date()
    except ValueError:
        pass
    return bounded_blanks(text) if text.strip() else None


# ---- Tables of a web page that was saved as a "workbook": HTML, or MHTML as a browser saves it. Standard library only ----

MAX_CELLS = 500_000
MAX_SPAN = 1000
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def html_of(data: bytes) -> str:
    """The page's text: the HTML part of an MHTML message, or the bytes themselves. "" when there is none."""
    head = data[:4096].lstrip()
    if re.match(rb"(?:[\w-]+:[^\n]*\n)", head) and re.search(rb"^MIME-Version:|multipart/related", head, re.MULTILINE | re.I):
        message = message_from_bytes(data.lstrip())
        for part in message.walk():
            if part.get_content_type() == "text/html":
                raw = part.get_payload(decode=True)
                if isinstance(raw, bytes):
                    return _decoded(raw, part.get_content_charset())
        return ""
    return _decoded(data, None)


def _decoded(raw: bytes, charset: str | None) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    found = _CHARSET.search(raw[:2048])
    for name in (charset, found.group(1).decode("ascii") if found else None, "utf-8", "cp1252"):
        try:
            if name:
                return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", errors="replace")


class _Tables(HTMLParser):
    """Collects cells of the outermost tables; a cell counts at its top left place, its spans become merges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            made = _Table()
            self.open.append(made)
            self.tables.append(made)
        elif self.open and tag == "tr":
            self.open[-1].next_row()
        elif self.open and tag in ("td", "th"):
            spans = dict(attrs)
            self.open[-1].start(_span(spans.get("rowspan")), _span(spans.get("colspan")))
        elif self.open and tag in ("br", "p", "div"):
            self.open[-1].text(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop().end()
        elif self.open and tag in ("td", "th"):
            self.open[-1].end()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text(data)


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MAX_SPAN) if text and text.strip().isdecimal() else 1


class _Table:
    """One table while it is read."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.taken: set[tuple[int, int]] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.row, self.col = -1, 0
        self.at: tuple[int, int] | None = None
        self.parts: list[str] = []

    def next_row(self) -> None:
        self.end()
        self.row, self.col = self.row + 1, 0

    def start(self, down: int, across: int) -> None:
        self.end()
        if self.row < 0:
            self.row = 0
        while (self.row, self.col) in self.taken:
            self.col += 1
        self.at, self.parts = (self.row, self.col), []
        if len(self.taken) + down * across <= MAX_CELLS:
            self.taken.update((self.row + r, self.col + c) for r in range(down) for c in range(across))
        if down > 1 or across > 1:
            self.merged.append((self.row + 1, self.col + 1, self.row + down, self.col + across))
        self.col += across

    def text(self, data: str) -> None:
        if self.at is not None:
            self.parts.append(data)

    def end(self) -> None:
        if self.at is not None:
            self.cells[self.at] = " ".join("".join(self.parts).split())
            self.at = None

    def grid(self, name: str) -> CellSheet:
        height = max((r for r, _ in self.cells), default=-1) + 1
        width = max((c for _, c in self.cells), default=-1) + 1
        rows: list[list[object]] = [[None] * width for _ in range(height)]
        for (r, c), text in self.cells.items():
            rows[r][c] = text or None
        return CellSheet(name=name, rows=rows, merged=tuple(self.merged))


def html_grids(data: bytes) -> list[CellSheet]:
    """The tables of a web page in their order, each a grid named ``Tabel 1`` …; texts stay texts."""
    parser = _Tables()
    parser.feed(html_of(data))
    parser.close()
    for table in parser.open:
        table.end()
    return [table.grid(f"Tabel {i}") for i, table in enumerate(parser.tables, 1) if table.cells]
