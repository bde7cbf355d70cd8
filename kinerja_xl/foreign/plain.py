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
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kinerja_xl.foreign.grid import Grid
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS

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


def separated_grids(data: bytes) -> list[Grid]:
    """The rows of separated text as one sheet ``Teks``; its cells stay texts. Empty when nothing separates fields."""
    text = text_of(data)
    mark = separator_of(text)
    if not mark:
        return []
    rows = _rows(_NAMED.sub("", text, count=1), mark)
    kept: list[list[object]] = [[field.strip() or None for field in row[:NEAR_COLS]] for row in rows[:NEAR_ROWS]]
    return [Grid(name="Teks", rows=kept, beyond=sum(1 for row in rows[NEAR_ROWS:] for field in row if field.strip()))]


_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def xml_grids(data: bytes) -> list[Grid]:
    """The worksheets of an XML Spreadsheet 2003. Raises ValueError when it is damaged or declares a DOCTYPE."""
    grids: list[Grid] = []
    try:
        for _, element in iterparse(BytesIO(data.lstrip()), events=("end",), forbid_dtd=True):
            if element.tag == f"{_SS}Worksheet":
                grids.append(_sheet(element))
                element.clear()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(type(error).__name__) from error
    return grids


def _sheet(sheet: Element) -> Grid:
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
    return Grid(
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
    return text if text.strip() else None
