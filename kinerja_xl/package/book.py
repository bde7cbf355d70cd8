"""The package as a whole: which sheets, names and properties it declares; scans of its sheets.

Only the small parts are parsed when a package is opened; a worksheet is inflated when it is scanned and
not kept, since a thousand files are read in a row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kinerja_xl.formula.references import MAX_ROW, column_number
from kinerja_xl.package.archive import Archive, PackageError
from kinerja_xl.package.brought import Brought, brought
from kinerja_xl.package.collect import CONDITIONS, NEAR_COLS, NEAR_ROWS, Collector, SheetScan, TooManyCellsError
from kinerja_xl.package.markup import Element, as_utf8, feed, is_utf8, parser, tree, unescape
from kinerja_xl.package.related import Relation, by_id, one_of_a_kind, read_tree, relations
from kinerja_xl.package.strict import STRICT, transitional

# ---- One pass over a worksheet part: formulas, error cells, merges, hidden rows and columns, extent ----
# The fast readers turn ``#REF!`` into empty text and know no formulas; this scan gives back what they
# hide. Two paths give identical results: expressions over the raw bytes for XML as Excel, WPS,
# LibreOffice, openpyxl and XlsxWriter write it, and expat for everything else. The fast path proves that it
# lost nothing (every ``<c``, ``<f`` and ``"e"`` must be accounted for), otherwise the slow one decides. It
# does not prove that the rows are well-formed: broken ones may pass here and are refused by the reader.

_PIECE, _DIGITS, _LETTERS = 1 << 20, b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_REF = rb'<c r="([A-Z]+)([0-9]+)"'
_VALUE = rb"(<v(?: ?/>|>([^<]*)</v>))?</c>"
# The group is optional so that a cell written in any other way shows up as an empty match.
_CELL = re.compile(rb"<c(?: r=\"([A-Z]+[0-9]+)\"[^<>'&]*>)?")
_FORMULA = re.compile(_REF + rb"([^<>]*)><f([^<>]*)(?:/>|>([^<]*)</f>)" + _VALUE)
_ERROR = re.compile(_REF + rb'([^<>]*? t="e"[^<>]*?)(?:/>|>(?:<f[^<>]*(?:/>|>[^<]*</f>))?' + _VALUE + rb")")
_FILLED = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*(?<!/)>(?!(?:<v></v>|<v ?/>)?</c>)')
_ROW = re.compile(rb'<row((?: [\w:]+="[^"<>&]*")*) ?/?>')
_ATTRS = re.compile(rb'(?: [\w:]+="[^"&]*")* ?/?')
_ATTR = re.compile(rb' ([\w:]+)="([^"&]*)"')


def scan_sheet(data: bytes, path: str, *, max_cells: int | None = None) -> SheetScan:
    """Scan the bytes of a worksheet part; ``path`` is for messages only.

    Raises PackageError (broken XML or addresses), DoctypeError, TooManyCellsError above ``max_cells``.
    """
    return scan_fast(data, path, max_cells=max_cells) or scan_slow(data, path, max_cells=max_cells)


def scan_slow(data: bytes, path: str, *, max_cells: int | None = None) -> SheetScan:
    """The scan by parsing all of the XML, for any writer."""
    seen = Collector(path=path, max_cells=max_cells)
    seen.read(data)
    return seen.result()


def scan_fast(data: bytes, path: str, *, max_cells: int | None = None) -> SheetScan | None:
    """The scan by expressions over the bytes, or None where that would not be certain."""
    region = _sheet_data(data)
    if region is None:
        return None
    start, end = region
    seen = Collector(path=path, max_cells=max_cells)
    # Everything around the cells is small: parsed in full, it needs no certainty of its own.
    try:
        seen.read(_apart(data[:start] + data[end:], path))
    except PackageError:
        return None  # what is wrong is said by the full parse
    if not seen.is_worksheet or seen.prefixes != {""}:
        return None
    try:
        certain = all(step(data, start, end, seen) for step in (_cells, _formulas, _errors, _hidden_rows))
        seen.filled = _filled(data, start, end, seen) if certain else None
    except (ValueError, OverflowError):  # bytes that are no text after all
        return None
    return seen.result() if certain else None


# Rules and links of cells, the larger part of a form beside its rows. Nothing of them is asked for, only that they are sound.
_APART = re.compile(rb'<(dataValidations|conditionalFormatting|hyperlinks|ignoredErrors)(?: [\w:]+="[^"<>]*")*>')


def _apart(around: bytes, path: str) -> bytes:
    """What stands around the rows, without such blocks; these are parsed by themselves. Raises PackageError."""
    blocks, rest, at = [], [], 0
    while opening := _APART.search(around, at):
        closing = b"</%b>" % opening[1]
        end = around.find(closing, opening.end()) + len(closing)
        if end < opening.end():
            break
        plain = around.find(b"xmlns", opening.start(), end) < 0
        rest.append(around[at : opening.start() if plain else end])
        blocks.append(around[opening.start() : end] if plain else b"")
        at = end
    feed(parser(path), b"<x>%b</x>" % b"".join(blocks), path)
    return b"".join((*rest, around[at:]))


def _sheet_data(data: bytes) -> tuple[int, int] | None:
    """Where the rows stand in plain UTF-8 without comments, CDATA or processing instructions."""
    if not is_utf8(data) or not _is_text(data):
        return None
    if b"!" in data and b"<!" in data:  # one byte is found many times faster than two
        return None
    if data.find(b"?", 100) >= 0 and data.find(b"<?", 5) >= 0:
        return None
    start = data.find(b"<sheetData>") + len(b"<sheetData>")
    end = data.rfind(b"</sheetData>")
    if start < len(b"<sheetData>") or end < start or data.find(b"xmlns", start, end) >= 0:
        return None
    return start, end


def _is_text(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _cells(data: bytes, start: int, end: int, seen: Collector) -> bool:
    """Count and extent; False if some cell is written in another way."""
    limit = seen.max_cells
    if data.find(b"AlternateContent", start, end) >= 0:
        return False
    known, first = set[bytes](), start
    while start < end:  # piece by piece, since a list of a million addresses takes more memory than the sheet
        cut = data.find(b"<row", start + _PIECE, end) % (end + 1)  # none: the end
        refs: list[bytes] = _CELL.findall(data, start, cut)
        start, different = cut, set(refs)
        seen.cell_count += len(refs)
        if b"" in different or len(different) != len(refs):
            return False
        if limit is not None and seen.cell_count > limit:
            raise TooManyCellsError(f"lebih dari {limit} sel")
        if not refs:
            continue
        joined = b" ".join(refs)
        rows, cols = set(joined.translate(None, _LETTERS).split()), set(joined.translate(None, _DIGITS).split())
        if rows & known or any(row.startswith(b"0") for row in rows):
            return False  # a row that goes on in another piece: a cell could stand there twice
        known |= rows
        seen.extent([*map(int, rows)], [*map(column_number, cols)])
    if seen.max_row > NEAR_ROWS or seen.max_col > NEAR_COLS:
        for found in _FILLED.finditer(data, first, end):
            letters = found[1].rstrip(_DIGITS)
            seen.note_far(int(found[1][len(letters) :]), column_number(letters))
    return True


# What every reader takes for a plain number, and an index or a truth that is not written plainly. Any other value is looked at.
_ODD_VALUE = re.compile(rb"<v(?!>-?[0-9]{1,20}+(?:\.[0-9]{0,24}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+</v>)[^<]*")
_ODD_INDEX = re.compile(rb' t(?:="s"[^<>]*(?<!/)>(?!<v>[0-9]{1,9}</v></c>)|\s+=|=\s|="b"[^<>]*>(?!<f|<v>[01]</v></c>))')


def _filled(data: bytes, start: int, end: int, seen: Collector) -> int | None:
    """How many near cells hold a value, None when some value is not written as all readers understand it.

    White space or a sign before the index of a text, a reference for a digit, a cell that stands there twice: readers
    give another text or number for these, and no error.
    """
    if _ODD_INDEX.search(data, start, end):
        return None
    found = data.count(b"<v", start, end) + data.count(b"<is>", start, end) - len(seen.errors) - seen.far_count
    found -= data.count(b"<is><t></t></is>", start, end)  # a text of nothing, as XlsxWriter writes it, is no value
    last = start
    for odd in _ODD_VALUE.finditer(data, start, end):
        cell = data[data.rfind(b"<c ", last, odd.start()) : odd.start()]
        empty = odd[0].rstrip(b"/> ") == b"<v"
        if not empty and not (odd[0].startswith(b"<v>") and (b' t="str"' in cell or b' t="e"' in cell)):
            return None
        found -= empty and b' t="e"' not in cell
        last = odd.end()
    # A far cell may hold a formula without a result, an error cell no text: then the sheet is read the slow way for nothing.
    return found


def _formulas(data: bytes, start: int, end: int, seen: Collector) -> bool:
    last, at = start, data.find(b"<f", start, end)
    while at >= 0:
        match = _FORMULA.match(data, data.rfind(b"<c ", last, at), end)
        if not match:
            return False
        col, row, cell, formula, text, has_value, value = match.groups()
        kind = _formula_kind(cell, formula)
        if kind is None:
            return False
        text_result, of_file, group = kind
        cached = bool(value) or (has_value is not None and text_result)
        seen.formula((int(row), column_number(col)), _text(text) if text else "", cached, of_file, group)
        last = match.end()
        at = data.find(b"<f", last, end)
    return True


def _errors(data: bytes, start: int, end: int, seen: Collector) -> bool:
    last, at = start, data.find(b'"e"', start, end)
    while at >= 0:
        match = _ERROR.match(data, data.rfind(b"<c ", last, at), end)
        if not match or match.end() < at or _attributes(match[3]) is None:
            return False
        seen.errors[int(match[2]), column_number(match[1])] = _text(match[5] or b"")
        last = match.end()
        at = data.find(b'"e"', last, end)
    return True


def _hidden_rows(data: bytes, start: int, end: int, seen: Collector) -> bool:
    at = data.find(b"hidden", start, end)
    if at >= 0 and data.count(b"<row", start, end) > MAX_ROW:
        raise PackageError(f"{seen.path} memuat terlalu banyak baris")
    while at >= 0:
        opening = data.rfind(b"<", start, at)  # of the tag, or of the one before a text in which the word stands
        after = at + 1
        if data.startswith(b"<row", opening):
            row = _ROW.match(data, opening, end)
            if not row or row.end() < at:
                return False
            attrs = dict(_ATTR.findall(row[1]))
            if attrs.get(b"hidden") in (b"1", b"true"):
                if b"r" not in attrs:
                    return False
                seen.hidden_rows.append(int(attrs[b"r"]))
            after = row.end()
        at = data.find(b"hidden", after, end)
    return True


@lru_cache(maxsize=4096)
def _attributes(raw: bytes) -> Mapping[bytes, bytes] | None:
    """The attributes of a start tag, None unless written plainly. Few distinct ones per sheet: cached."""
    return dict(_ATTR.findall(raw)) if _ATTRS.fullmatch(raw) else None


@lru_cache(maxsize=4096)
def _formula_kind(cell: bytes, formula: bytes) -> tuple[bool, str, str] | None:
    """Is the result text, of which type and shared group, by the attributes of ``<c>`` and ``<f>``; None: not certain."""
    cell_attrs, attrs = _attributes(cell), _attributes(formula)
    if cell_attrs is None or attrs is None:
        return None
    return cell_attrs.get(b"t") == b"str", attrs.get(b"t", b"").decode(), attrs.get(b"si", b"").decode()


def _text(raw: bytes) -> str:
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return unescape(raw.decode()) if b"&" in raw else raw.decode()


CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """One worksheet, in the order of the tabs. ``state``: visible, hidden or veryHidden."""

    name: str
    path: str  # "xl/worksheets/sheet1.xml"
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened .xlsx. ``sheets`` holds worksheets only, no chart or dialog sheets.

    ``absent``: names of sheets that are listed, but whose part or relation is missing; ``unlisted``: the paths of worksheets
    that belong to the workbook and stand in no list.
    ``defined_names``: names of the book by name, names of one sheet by ``Sheet!name``; values without ``=``.
    ``properties``: the custom document properties as text.
    """
    archive: Archive
    workbook_path: str
    sheets: tuple[SheetPart, ...]
    defined_names: Mapping[str, str]
    properties: Mapping[str, str]
    date1904: bool
    brought: Brought
    absent: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open the bytes of a file. Raises PackageError (or DoctypeError) with a reason for staff."""
        return cls.of(Archive.open(data))

    @classmethod
    def of(cls, archive: Archive) -> Package:
        """The same for a zip whose directory was already read (and judged). Strict Open XML is opened as the usual kind."""
        top = tuple(relations(archive, ""))
        one_of_a_kind(archive, top)
        path = next((r.path for r in top if r.kind == "officeDocument"), "xl/workbook.xml")
        for needed in (CONTENT_TYPES, path):
            if needed not in archive:
                raise PackageError(f"bagian {needed} tidak ada")
        workbook = read_tree(archive, path)
        if workbook.name != "workbook":
            raise PackageError(f"bagian {path} bukan buku kerja")
        if any(uri.startswith(STRICT) for uri in workbook.attrs.values()) or any(r.strict for r in top):
            return cls.of(transitional(archive))
        parts = by_id(relations(archive, path))
        one_of_a_kind(archive, parts.values())
        settings = workbook.first("workbookPr")
        sheets, absent = _sheets(archive, workbook, parts)
        return cls(
            archive=archive,
            workbook_path=path,
            sheets=sheets,
            absent=absent,
            unlisted=_unlisted(archive, parts.values(), sheets),
            defined_names=_defined_names(workbook),
            properties=_properties(archive, top),
            date1904=settings is not None and settings.attrs.get("date1904") in ("1", "true"),
            brought=brought(archive),
        )

    has_macros = property(lambda self: bool(self.brought.macros))
    external_links = property(lambda self: bool(self.brought.books))  # to other workbooks

    def path(self, sheet: str) -> str:
        """The part of the worksheet of this name. Raises PackageError when there is none."""
        for one in self.sheets:
            if one.name == sheet:
                return one.path
        raise PackageError(f"lembar {sheet} tidak ada")

    def part(self, path: str) -> bytes:
        """The bytes of any part. Raises PackageError when it is missing or damaged."""
        return self.archive.read(path)

    def scan(self, sheet: SheetPart, *, max_cells: int | None = None) -> SheetScan:
        """Scan one sheet: formulas, errors, merges, hidden rows, extent.

        Raises PackageError (damaged), DoctypeError, TooManyCellsError (more than ``max_cells``).
        """
        scan = scan_sheet(self.part(sheet.path), sheet.path, max_cells=max_cells)
        # A filter hides rows; so only then is it worth opening the tables, which carry filters of their own.
        if scan.hidden_rows and not scan.filtered and self._table_filtered(sheet):
            return replace(scan, filtered=True)
        return scan

    def _table_filtered(self, sheet: SheetPart) -> bool:
        for relation in relations(self.archive, sheet.path):
            if relation.kind == "table" and relation.path in self.archive:
                data = self.archive.read(relation.path)
                if is_utf8(data) and b"filterColumn" not in data:
                    continue
                auto = tree(as_utf8(data, relation.path), relation.path, offsets=False).first("autoFilter")
                columns = auto.named("filterColumn") if auto else ()
                if any(child.name in CONDITIONS for column in columns for child in column.children):
                    return True
        return False


def _unlisted(archive: Archive, related: Iterable[Relation], sheets: Collection[SheetPart]) -> tuple[str, ...]:
    known = {sheet.path.lower() for sheet in sheets}
    return tuple(one.path for one in related if one.kind == "worksheet" and one.path in archive and one.path.lower() not in known)


def _sheets(archive: Archive, workbook: Element, parts: Mapping[str, Relation]) -> tuple[tuple[SheetPart, ...], tuple[str, ...]]:
    """The worksheets, and the names of those that are nowhere: one missing part never refuses the others."""
    found: dict[str, SheetPart] = {}
    absent: list[str] = []
    for sheet in workbook.within("sheets", "sheet"):
        name = sheet.attrs.get("name", "")
        relation = parts.get(sheet.attr("id") or "")
        if relation is None or (relation.kind == "worksheet" and relation.path not in archive):
            absent.append(name)
        elif relation.kind == "worksheet":
            if name in found:
                raise PackageError(f"ada dua lembar bernama {name}")
            found[name] = SheetPart(name=name, path=relation.path, state=sheet.attrs.get("state", "visible"))
    if absent and not found:
        raise PackageError(f"lembar {absent[0]} tidak ada isinya")
    return tuple(found.values()), tuple(absent)


def _defined_names(workbook: Element) -> dict[str, str]:
    tabs = [sheet.attrs.get("name", "") for sheet in workbook.within("sheets", "sheet")]
    found: dict[str, str] = {}
    for entry in workbook.within("definedNames", "definedName"):
        name, local = entry.attrs.get("name", ""), entry.attrs.get("localSheetId", "")
        if local.isdecimal() and int(local) < len(tabs):
            name = f"{tabs[int(local)]}!{name}"
        found[name] = entry.text
    return found


def _properties(archive: Archive, top: tuple[Relation, ...]) -> dict[str, str]:
    path = next((r.path for r in top if r.kind == "custom-properties"), "docProps/custom.xml")
    if path not in archive:
        return {}
    listed = read_tree(archive, path).named("property")
    return {entry.attrs.get("name", ""): entry.children[0].text if entry.children else "" for entry in listed}
