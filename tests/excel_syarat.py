"""What LibreOffice forgives and Excel does not, asked of a workbook's own XML.

``faults(data)`` gives (what, sheet, cell) for everything in an .xlsx at which Excel would warn, repair, or show another
value: circles between cells, functions it does not know, names, lengths and depths beyond its limits, ranges that overlap.
``audit(path)`` asks the schemas of Office 2016 besides. The limits are those of "Excel specifications and limits" and of
ISO/IEC 29500-1, 18; a formula is read by the project's own room ``formula/``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import FORMULAE

from kinerja_xl.formula.references import MAX_COL, MAX_ROW, Reference, address, box, coordinates, moved
from kinerja_xl.formula.references import references as every_reference
from kinerja_xl.package import Package

Place = tuple[int, int]
Box = tuple[int, int, int, int]
Fault = tuple[str, str, str]
"""What is wrong, on which sheet, in which cell or range ("" where there is none)."""

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

LONGEST_FORMULA, DEEPEST, MOST_ARGUMENTS, LONGEST_TEXT, LONGEST_NAME, LONGEST_CELL = 8_192, 64, 255, 255, 255, 32_767
LONGEST_TAB, HIGHEST_ROW, WIDEST_COLUMN = 31, 409.5, 255
SHORT_PROMPT, LONG_PROMPT = 32, 255
"""Characters of the title and of the text of a drop-down's message."""

SINCE_2010 = frozenset(
    "_xlfn." + name
    for name in (
        "AGGREGATE", "CEILING.PRECISE", "CHISQ.DIST", "CONFIDENCE.NORM", "COVARIANCE.P", "ERF.PRECISE", "FLOOR.PRECISE",
        "MODE.MULT", "MODE.SNGL", "NETWORKDAYS.INTL", "NORM.DIST", "NORM.S.DIST", "PERCENTILE.EXC", "PERCENTILE.INC",
        "PERCENTRANK.INC", "QUARTILE.INC", "RANK.AVG", "RANK.EQ", "STDEV.P", "STDEV.S", "T.DIST", "VAR.P", "VAR.S",
        "WORKDAY.INTL",
    )
)  # fmt: skip
"""What came with Excel 2010 and stands in a file under this prefix; what came later shows #NAME? there."""

_NOT_READING = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "CELL", "FORMULATEXT", "ISFORMULA"})
"""They ask where a cell stands, not what is in it: no circle."""

_NAME = re.compile(r"[^\W\d\\][\w.\\]*|\\[\w.\\]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d*|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*")
_BUILT_IN = "_xlnm."


# ---- what a formula is -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A formula's text taken apart: ``read`` are the ranges and names whose values it uses."""

    text: str
    functions: tuple[str, ...]
    depth: int
    arguments: int
    longest_text: int
    read: tuple[str, ...]


@cache
def references(text: str) -> tuple[Reference, ...]:
    """What a formula refers to; the books of one office have most formulas in common."""
    return tuple(every_reference(text))


@cache
def shape(text: str) -> Shape:
    """The formula (without ``=``) in one pass over its tokens."""
    functions: list[str] = []
    read: list[str] = []
    open_calls: list[tuple[str, int]] = []
    depth = arguments = longest = 0
    for token in Tokenizer(f"={text}").items:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            functions.append(token.value[:-1].upper())
            open_calls.append((functions[-1], 1))
            depth = max(depth, len(open_calls))
        elif token.type == Token.FUNC:
            arguments = max(arguments, open_calls.pop()[1])
        elif token.type == Token.SEP and token.subtype == Token.ARG and open_calls:
            name, count = open_calls.pop()
            open_calls.append((name, count + 1))
        elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
            longest = max(longest, len(token.value) - 2)
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE and not _only_asked_where(open_calls):
            read.append(token.value)
    return Shape(
        text=text, functions=tuple(functions), depth=depth, arguments=arguments, longest_text=longest, read=tuple(read)
    )


def _only_asked_where(open_calls: list[tuple[str, int]]) -> bool:
    return bool(open_calls) and open_calls[-1][0] in _NOT_READING


def known(function: str) -> bool:
    """Whether Excel 2010 knows a function as it is written here."""
    return function.upper() in FORMULAE or function.replace("_XLFN.", "_xlfn.") in SINCE_2010


# ---- the workbook as its parts say it -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One worksheet part."""

    name: str
    root: ET.Element
    tables: tuple[ET.Element, ...]

    @cached_property
    def formulas(self) -> dict[Place, str]:
        """Every cell's formula; the copies of a shared one as they read in their own cell."""
        found: dict[Place, str] = {}
        masters: dict[str, tuple[Place, str]] = {}
        for cell in self.root.iter(f"{_NS}c"):
            formula = cell.find(f"{_NS}f")
            if formula is None:
                continue
            place, text, group = coordinates(cell.get("r", "")), formula.text or "", formula.get("si", "")
            if text and group:
                masters[group] = place, text
            elif group:
                first, written = masters[group]
                text = moved(written, place[0] - first[0], place[1] - first[1])
            if text:
                found[place] = text
        return found

    def ranges(self, tag: str) -> list[str]:
        return [found.get("ref", "") for found in self.root.iter(f"{_NS}{tag}")]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook as Excel meets it."""

    sheets: tuple[Sheet, ...]
    names: tuple[tuple[str, str, str], ...]
    """Defined names: name, scope ("" the book), text."""
    looks: int

    @cached_property
    def tabs(self) -> dict[str, str]:
        """The names of the sheets by their names in small letters."""
        return {sheet.name.casefold(): sheet.name for sheet in self.sheets}

    def boxes(self, text: str, own: str) -> Iterator[tuple[str, Box]]:
        """Sheet and range of what an operand reads, through defined names."""
        for ref in references(text):
            corners = (ref.first, ref.last or ref.first)
            rows, cols = [c.row for c in corners], [c.col for c in corners]
            area = (min(rows) or 1, min(cols) or 1, max(rows) or MAX_ROW, max(cols) or MAX_COL)
            yield ref.sheet or own, area
        for scope, meant in self._named.get(text.casefold(), ()):
            if scope in ("", own) and not meant.startswith('"'):
                for operand in shape(meant).read:
                    if operand.casefold() != text.casefold():
                        yield from self.boxes(operand, own)

    @cached_property
    def _named(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for name, scope, meant in self.names:
            found.setdefault(name.casefold(), []).append((scope, meant))
        return found


def opened(data: bytes) -> Book:
    """The workbook's parts. Raises what the package raises for a file that is none."""
    package = Package.open(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml") and "/media/" not in name}
        relations = {name: archive.read(name) for name in archive.namelist() if name.endswith(".rels")}
    tabs = [sheet.name for sheet in package.sheets]
    sheets = tuple(
        Sheet(name=sheet.name, root=ET.fromstring(parts[sheet.path]), tables=tuple(_tables(sheet.path, parts, relations)))
        for sheet in package.sheets
    )
    book = ET.fromstring(parts["xl/workbook.xml"])
    names = tuple(
        (d.get("name", ""), tabs[int(local)] if (local := d.get("localSheetId")) else "", d.text or "")
        for d in book.iter(f"{_NS}definedName")
    )
    styles = ET.fromstring(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else None
    looks = sum(1 for _ in styles.iterfind(f"{_NS}dxfs/{_NS}dxf")) if styles is not None else 0
    return Book(sheets=sheets, names=names, looks=looks)


def _tables(path: str, parts: Mapping[str, bytes], relations: Mapping[str, bytes]) -> Iterator[ET.Element]:
    folder, _, file = path.rpartition("/")
    rels = relations.get(f"{folder}/_rels/{file}.rels")
    for relation in ET.fromstring(rels) if rels else ():
        if relation.get("Type", "").endswith("/table"):
            target = relation.get("Target", "").removeprefix("../").removeprefix("/xl/")
            yield ET.fromstring(parts[f"xl/{target}"])


# ---- what Excel refuses ----------------------------------------------------------------------------


def faults(data: bytes) -> set[Fault]:
    """Everything that Excel would not take as it stands."""
    book = opened(data)
    found = {*_tabs(book), *_names(book), *circles(book)}
    for sheet in book.sheets:
        found |= {*_formulas(book, sheet), *_cells(sheet), *_overlaps(sheet), *_table_parts(sheet)}
        found |= {*_validations(book, sheet), *_conditions(book, sheet)}
    return found


def _tabs(book: Book) -> Iterator[Fault]:
    counted = Counter(sheet.name.casefold() for sheet in book.sheets)
    for sheet in book.sheets:
        name = sheet.name
        odd = not name or len(name) > LONGEST_TAB or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'"
        if odd or name.casefold() == "history":
            yield "nama lembar", name, ""
        if counted[name.casefold()] > 1:
            yield "nama lembar ganda", name, ""


def _names(book: Book) -> Iterator[Fault]:
    counted = Counter((name.casefold(), scope) for name, scope, _ in book.names)
    for name, scope, text in book.names:
        plain = name.removeprefix(_BUILT_IN)
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(plain) or _LIKE_A_CELL.fullmatch(plain):
            yield "nama", scope, name
        if counted[name.casefold(), scope] > 1:
            yield "nama ganda", scope, name
        for what in _wrong(book, text):
            yield what, scope, name


def _wrong(book: Book, text: str) -> Iterator[str]:
    """What is wrong with a formula wherever it stands."""
    if "#REF!" in text:
        yield "rujukan hilang"
    if len(text) > LONGEST_FORMULA:
        yield "rumus terlalu panjang"
        return
    own = shape(text)
    if any(not known(name) for name in own.functions):
        yield "fungsi"
    if own.depth > DEEPEST:
        yield "rumus terlalu dalam"
    if own.arguments > MOST_ARGUMENTS:
        yield "argumen terlalu banyak"
    if own.longest_text > LONGEST_TEXT:
        yield "teks di dalam rumus"
    if any(ref.sheet and ref.sheet.casefold() not in book.tabs for ref in references(text)):
        yield "lembar tidak ada"


def _formulas(book: Book, sheet: Sheet) -> Iterator[Fault]:
    for place, text in sheet.formulas.items():
        for what in _wrong(book, text):
            yield what, sheet.name, address(*place)


def _cells(sheet: Sheet) -> Iterator[Fault]:
    for cell in sheet.root.iter(f"{_NS}c"):
        text = "".join(part.text or "" for part in cell.iter(f"{_NS}t"))
        if len(text) > LONGEST_CELL:
            yield "isi sel terlalu panjang", sheet.name, cell.get("r", "")
    for row in sheet.root.iter(f"{_NS}row"):
        if float(row.get("ht", 0)) > HIGHEST_ROW:
            yield "tinggi baris", sheet.name, row.get("r", "")
    for column in sheet.root.iter(f"{_NS}col"):
        if float(column.get("width", 0)) > WIDEST_COLUMN:
            yield "lebar kolom", sheet.name, column.get("min", "")


def _meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _overlaps(sheet: Sheet) -> Iterator[Fault]:
    """Merged areas, tables and the sheet's own filter may not share a cell; a merged area is more than one cell."""
    merged = [(ref, box(ref)) for ref in sheet.ranges("mergeCell")]
    tables = [(t.get("ref", ""), box(t.get("ref", ""))) for t in sheet.tables]
    filters = [(ref, box(ref)) for found in sheet.root.findall(f"{_NS}autoFilter") if (ref := found.get("ref", ""))]
    for ref, area in merged:
        if area[:2] == area[2:]:
            yield "gabungan satu sel", sheet.name, ref
    for what, one in (("gabungan tumpang tindih", merged), ("tabel tumpang tindih", tables)):
        yield from ((what, sheet.name, b[0]) for a, b in combinations(one, 2) if _meet(a[1], b[1]))
    for what, others in (("tabel dan gabungan", merged), ("tabel dan saringan", filters)):
        yield from ((what, sheet.name, b[0]) for a in tables for b in others if _meet(a[1], b[1]))


def _table_parts(sheet: Sheet) -> Iterator[Fault]:
    for table in sheet.tables:
        name, area = table.get("displayName", ""), box(table.get("ref", ""))
        columns = [c.get("name", "") for c in table.iter(f"{_NS}tableColumn")]
        if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
            yield "nama tabel", sheet.name, name
        if len({c.casefold() for c in columns}) != len(columns) or len(columns) != area[3] - area[1] + 1:
            yield "kolom tabel", sheet.name, name


def _literal(formula: str) -> bool:
    return len(formula) > 1 and formula.startswith('"') and formula.endswith('"')


def _validations(book: Book, sheet: Sheet) -> Iterator[Fault]:
    limits = {"promptTitle": SHORT_PROMPT, "errorTitle": SHORT_PROMPT, "prompt": LONG_PROMPT, "error": LONG_PROMPT}
    for found in sheet.root.iter(f"{_NS}dataValidation"):
        place = found.get("sqref", "").split()[0]
        if any(len(found.get(key, "")) > most for key, most in limits.items()):
            yield "pesan pilihan", sheet.name, place
        for formula in (f.text or "" for tag in ("formula1", "formula2") for f in found.iter(f"{_NS}{tag}")):
            if len(formula) - 2 * _literal(formula) > LONGEST_TEXT:
                yield "pilihan terlalu panjang", sheet.name, place
            elif not _literal(formula):
                yield from ((what, sheet.name, place) for what in _wrong(book, formula))


def _conditions(book: Book, sheet: Sheet) -> Iterator[Fault]:
    for found in sheet.root.iter(f"{_NS}conditionalFormatting"):
        place = found.get("sqref", "").split()[0]
        box(place)
        for rule in found.iter(f"{_NS}cfRule"):
            if int(rule.get("priority", "0")) < 1 or int(rule.get("dxfId", "0")) >= max(book.looks, 1):
                yield "format bersyarat", sheet.name, place
            for formula in (f.text or "" for f in rule.findall(f"{_NS}formula")):
                yield from ((what, sheet.name, place) for what in _wrong(book, formula))


# ---- circles ---------------------------------------------------------------------------------------


def circles(book: Book) -> Iterator[Fault]:
    """Cells that read themselves, and one circle through several cells where there is any. What INDIRECT will read nobody
    can say from the text."""
    graph: dict[object, set[object]] = {}
    areas: set[tuple[str, Box]] = set()
    for sheet in book.sheets:
        for place, text in sheet.formulas.items():
            read = {
                (book.tabs.get(name.casefold(), name), area)
                for operand in shape(text).read
                for name, area in book.boxes(operand, sheet.name)
            }
            if any(name == sheet.name and _meet(area, (*place, *place)) for name, area in read):
                yield "memakai selnya sendiri", sheet.name, address(*place)
                continue
            graph[sheet.name, place] = set(read)
            areas |= read
    formulas: dict[str, dict[int, list[int]]] = {sheet.name: {} for sheet in book.sheets}
    for sheet in book.sheets:
        for row, col in sheet.formulas:
            formulas[sheet.name].setdefault(row, []).append(col)
    for name, area in areas:
        graph[name, area] = {(name, place) for place in _inside(formulas.get(name, {}), area)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cells = sorted({node for node in error.args[1] if len(node[1]) == 2})
        yield "melingkar", cells[0][0], " ".join(address(*place) for _, place in cells)


def _inside(columns: Mapping[int, list[int]], area: Box) -> Iterator[Place]:
    """The cells of an area, of those that stand in these columns of each row."""
    rows = range(area[0], area[2] + 1)
    for row in rows if len(rows) < len(columns) else [row for row in columns if row in rows]:
        yield from ((row, col) for col in columns.get(row, ()) if area[1] <= col <= area[3])


# ---- the schemas ------------------------------------------------------------------------------------

INLINE = "inlineStr"
"""Texts within the cells (ISO/IEC 29500-1, 18.18.11), as a workbook that is written row by row has them: Excel reads them and
moves them into a list of its own when it saves. No fault."""


def audit(path: Path) -> list[str]:
    """What the schemas and rules of Office 2016 say against a workbook or letter."""
    from openxml_audit import FileFormat, OpenXmlValidator

    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2016, max_errors=0).validate(path)
    return [f"{path.name}: {error}" for error in result.errors if INLINE not in error.description]
