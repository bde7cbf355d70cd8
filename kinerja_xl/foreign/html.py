"""Tables of a web page that was saved as a "workbook": HTML, or MHTML as a browser saves it. Standard library only."""

from __future__ import annotations

import re
from email import message_from_bytes
from html.parser import HTMLParser

from kinerja_xl.foreign.grid import Grid

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

    def grid(self, name: str) -> Grid:
        height = max((r for r, _ in self.cells), default=-1) + 1
        width = max((c for _, c in self.cells), default=-1) + 1
        rows: list[list[object]] = [[None] * width for _ in range(height)]
        for (r, c), text in self.cells.items():
            rows[r][c] = text or None
        return Grid(name=name, rows=rows, merged=tuple(self.merged))


def html_grids(data: bytes) -> list[Grid]:
    """The tables of a web page in their order, each a grid named ``Tabel 1`` …; texts stay texts."""
    parser = _Tables()
    parser.feed(html_of(data))
    parser.close()
    for table in parser.open:
        table.end()
    return [table.grid(f"Tabel {i}") for i, table in enumerate(parser.tables, 1) if table.cells]
