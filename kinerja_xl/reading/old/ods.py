"""An .ods out of its own XML, as it is written: repeated rows and cells are not spelt out, merged cells, hidden rows, errors and
formulas are there (OpenDocument 1.3 part 3, chapter 9). Elements are known by local name and place, whatever their prefix.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from kinerja_xl.package import Archive
from kinerja_xl.package.markup import feed, parser
from kinerja_xl.reading.old.found import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Found, TooLargeError

_OTHER = frozenset({
    "annotation", "shapes", "tracked-changes", "forms", "named-expressions", "dde-links", "scenario",
    "frame", "custom-shape", "g", "caption", "rect", "note", "ruby-text",
})  # fmt: skip
"""What may hold paragraphs or cells that are not the sheet's: changes, drawings, notes, readings."""
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_NUMBERS = frozenset({"float", "percentage", "currency"})
_HIDDEN = frozenset({"collapse", "filter"})
_UNKNOWN = object()
"""The value of a formula that nobody calculated."""


def ods_sheets(archive: Archive) -> list[Found]:
    """Every sheet of ``content.xml``. Raises PackageError, DoctypeError, TooLargeError."""
    reader = _Reader()
    made = parser("content.xml")
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = reader.start, reader.end, reader.text
    feed(made, archive.read("content.xml"), "content.xml")
    return reader.sheets


class _Locals(dict[str, str]):
    """Names without their prefix, worked out once; LibreOffice's own type of a cell keeps it, beside the standard's."""

    def __missing__(self, name: str) -> str:
        local = name if name == _EXTENDED else name.rpartition(":")[2]
        self[name] = local
        return local


_EXTENDED = "calcext:value-type"
_LOCAL = _Locals()


class _Reader:
    """expat callbacks. ``row`` and ``col``: the next place, 1-based; ``above``: the local names of the open elements."""

    def __init__(self) -> None:
        self.sheets: list[Found] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.above: list[str] = []
        self.skipped = 0  # how deep within what is not the sheet's
        self.sheet: Found | None = None
        self.row = self.col = self.column = 1
        self.rows = 1  # how often the row stands there
        self.filled: list[tuple[int, int, object, str, str]] = []  # of the row: column, times, value, error, formula
        self.cell: Mapping[str, str] = {}
        self.paragraphs: list[str] = []
        self.count = 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        local = _LOCAL[name]
        if self.skipped or local in _OTHER or (local == "table" and self.sheet is not None):  # a table within a cell
            self.skipped += 1
            return
        above = self.above
        inside = bool(above) and above[-1] in _CELLS
        above.append(local)
        if local == "p" and inside:
            self.paragraphs.append("")
            return
        found = {_LOCAL[key]: value for key, value in attrs.items()}
        if local in _CELLS:
            self.cell, self.paragraphs = found, []
        elif self.paragraphs and local in ("s", "tab", "line-break"):
            self.text({"s": " " * _count(found, "c"), "tab": "\t", "line-break": "\n"}[local])
        else:
            self.structure(local, found)

    def structure(self, local: str, found: Mapping[str, str]) -> None:
        """Sheets, rows and columns, and the styles that hide a sheet."""
        if local == "style":
            self.style = found.get("name", "")
        elif local == "table-properties" and found.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif local == "table":
            state = "hidden" if found.get("style-name") in self.hidden_styles else "visible"
            self.sheet = Found(name=found.get("name", f"Lembar{len(self.sheets) + 1}"), state=state)
            self.row = self.column = 1
        elif self.sheet is None:
            return
        elif local == "table-column":
            times = _count(found, "number-columns-repeated")
            if found.get("visibility") in _HIDDEN:
                self.sheet.hidden_cols.update(range(self.column, min(self.column + times, MAX_COLUMNS + 1)))
            self.column += times
        elif local == "table-row":
            self.rows, self.col, self.filled = _count(found, "number-rows-repeated"), 1, []
            if found.get("visibility") in _HIDDEN:
                self.sheet.hidden_rows.update(range(self.row, min(self.row + self.rows, MAX_ROWS + 1)))
                self.sheet.filtered |= found["visibility"] == "filter"

    def text(self, text: str) -> None:
        if self.paragraphs and not self.skipped and "p" in self.above[-4:]:
            self.paragraphs[-1] += text

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        local = self.above.pop()
        if self.sheet is None:
            return
        if local in _CELLS:
            self.end_cell(self.sheet)
        elif local == "table-row":
            self.end_row(self.sheet)
        elif local == "table":
            self.sheets.append(self.sheet)
            self.sheet = None

    def end_cell(self, sheet: Found) -> None:
        cell = self.cell
        if not cell and not self.paragraphs:  # blank, as most are
            self.col += 1
            return
        times = _count(cell, "number-columns-repeated")
        value, error = _value(cell, "\n".join(self.paragraphs))
        formula = _formula(cell["formula"]) if "formula" in cell else ""
        if formula and "value-type" not in cell:
            value = _UNKNOWN
        if value is not None or error or formula:
            self.filled.append((self.col, times, value, error, formula))
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * right > 1:
            sheet.merged.append((self.row, self.col, self.row + down - 1, self.col + right - 1))
        self.col += times
        self.paragraphs = []

    def end_row(self, sheet: Found) -> None:
        """Put the row's cells as often as it stands there; what lies too far away is only counted."""
        near = max(0, min(self.rows, MAX_ROWS + 1 - self.row))
        for col, times, value, error, formula in self.filled:
            wide = max(0, min(times, MAX_COLUMNS + 1 - col))
            self.count += near * wide
            if self.count > MAX_CELLS:
                raise TooLargeError(f"lembar {sheet.name} berisi lebih dari {MAX_CELLS:,} sel".replace(",", "."))
            if away := self.rows * times - near * wide:
                sheet.away((self.row, col + wide) if near and wide < times else (self.row + near, col), away)
            for row in range(self.row, self.row + near):
                for at in range(col, col + wide):
                    sheet.put(row, at, None if value is _UNKNOWN else value, error)
                    if formula:
                        sheet.formulas[row, at] = formula
                        if value is _UNKNOWN:
                            sheet.uncalculated.add((row, at))
        self.row += self.rows


def _count(found: Mapping[str, str], key: str) -> int:
    text = found.get(key)
    return max(1, int(text)) if text is not None and text.isdecimal() and len(text) < 9 else 1


def _value(cell: Mapping[str, str], text: str) -> tuple[object, str]:
    """A cell's value and error."""
    kind = cell.get("value-type", "")
    if cell.get(_EXTENDED) == "error" or (cell.get("formula") and re.fullmatch(r"#[A-Z/0!?]+|Err:\d+", text)):
        return None, text or "#N/A"
    if kind in _NUMBERS and "value" in cell:
        return _float(cell["value"]), ""
    if kind == "boolean":
        return cell.get("boolean-value") == "true", ""
    if kind == "date":
        return _date(cell.get("date-value", "")) or text or None, ""
    return cell.get("string-value", text) or None, ""


def _float(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _date(text: str) -> object | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.fromisoformat(text[:10]) if moment.time() == datetime.min.time() else moment


_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_SHEET = re.compile(r"(?:^|(?<=:))\$?((?:'(?:[^']|'')*+')|[^.'\[\]:]++)?\.")
"""Only where an address begins: asked at every letter, a long text without a dot costs its square."""


def _formula(text: str) -> str:
    """OpenFormula as Excel writes it: ``of:=SUM([.C2:.C3];2)`` → ``SUM(C2:C3,2)``; "" for none."""
    _, sign, body = text.partition("=")
    if not sign:
        return ""
    parts = re.split(r'("(?:[^"]|"")*")', body)
    return "".join(part if i % 2 else _REFERENCE.sub(_reference, part.replace(";", ",")) for i, part in enumerate(parts))


def _reference(match: re.Match[str]) -> str:
    first = _SHEET.match(match[1])
    sheet = first[1] if first and first[1] else ""
    return (f"{sheet}!" if sheet else "") + _SHEET.sub("", match[1])
