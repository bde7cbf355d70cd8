"""One pass over a worksheet part: formulas, error cells, merges, hidden rows and columns, extent."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate, chain, pairwise, repeat
from typing import TypeAlias

from kinerja_xl.formula.references import MAX_COL, MAX_ROW, column_number
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS, Collector, SheetScan, ToldRow, TooManyCellsError
from kinerja_xl.package.markup import feed, is_utf8, parser, unescape

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
_NUMBER = re.compile(rb'<c r="[A-Z]+([0-9]+)"')
_COLUMN = re.compile(rb"<c(?: r=\"([A-Z]+)\"[^<>'&]*>)?")
_FORMULA = re.compile(_REF + rb"([^<>]*)><f([^<>]*)(?:/>|>([^<]*)</f>)" + _VALUE)
_ERROR = re.compile(_REF + rb'([^<>]*? t="e"[^<>]*?)(?:/>|>(?:<f[^<>]*(?:/>|>[^<]*</f>))?' + _VALUE + rb")")
_FILLED = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*(?<!/)>(?!(?:<v></v>|<v ?/>)?</c>)')
_ROW = re.compile(rb'<row((?: [\w:]+="[^"<>&]*")*) ?/?>')
_ATTRS = re.compile(rb'(?: [\w:]+="[^"&]*")* ?/?')
_ATTR = re.compile(rb' ([\w:]+)="([^"&]*)"')


def scan_sheet(data: bytes, path: str, *, max_cells: int | None = None, alike: bool = False) -> SheetScan:
    """Scan the bytes of a worksheet part; ``path`` is for messages only. ``alike``: one of many whose rows look the same.

    Raises PackageError (broken XML or addresses), DoctypeError, TooManyCellsError above ``max_cells``.
    """
    return scan_fast(data, path, max_cells=max_cells, alike=alike) or scan_slow(data, path, max_cells=max_cells)


def scan_slow(data: bytes, path: str, *, max_cells: int | None = None) -> SheetScan:
    """The scan by parsing all of the XML, for any writer."""
    seen = Collector(path=path, max_cells=max_cells)
    seen.read(data)
    return seen.result()


def scan_fast(data: bytes, path: str, *, max_cells: int | None = None, alike: bool = False) -> SheetScan | None:
    """The scan by expressions over the bytes, or None where that would not be certain."""
    region = _sheet_data(data)
    if region is None:
        return None
    start, end = region
    # Everything around the cells is small: parsed in full, it needs no certainty of its own.
    around = data[:start] + data[end:]
    try:
        seen = (_around if len(around) <= _KEPT else _read_around)(around, path).anew(max_cells)
    except PackageError:
        return None  # what is wrong is said by the full parse
    if not seen.is_worksheet or seen.prefixes != {""}:
        return None
    try:
        if alike and end - start <= _LONG and (known := _row_by_row(data[start:end], seen)):
            return known.result()
        kinds = _cells(data, start, end, seen)
        certain = bool(kinds) and all(step(data, start, end, kinds, seen) for step in (_formulas, _errors, _hidden_rows))
        seen.filled = _filled(data, start, end, kinds, seen) if certain else None
    except (ValueError, OverflowError):  # bytes that are no text after all
        return None
    return seen.result() if certain else None


# Rules and links of cells, the larger part of a form beside its rows. Nothing of them is asked for, only that they are sound.
_APART = re.compile(rb'<(dataValidations|conditionalFormatting|hyperlinks|ignoredErrors)(?: [\w:]+="[^"<>]*")*>')


def _read_around(around: bytes, path: str) -> Collector:
    """What stands around the rows. Raises PackageError."""
    seen = Collector(path=path)
    seen.read(_apart(around, path))
    return seen


_KEPT = _PIECE = 1 << 16
_KINDS, _LONG = 500, 1 << 18
"""Rows of so many kinds are told by themselves, on sheets of so many bytes; of shorter ones the addresses are the same in many
forms, and known."""
_Places: TypeAlias = tuple[frozenset[bytes], tuple[int, ...]]  # rows, columns
_around = lru_cache(maxsize=64)(_read_around)  # the same in all forms of an office whose rows nobody moved


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
    decoder, view = getincrementaldecoder("utf-8")(), memoryview(data)  # the text of a whole sheet would take as much again
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE], final=start + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


# ---- Row by row: what is filled into forms differs, the rows that were prepared for it do not ----

# A cell that holds a text's index or a plain number, and what a formula gives: nothing that is told of a row rests on them.
_INDEX = re.compile(rb'"><v>(?<! t="b"><v>)[0-9]{1,9}</v></c>')
_PLAIN = re.compile(rb'"><v>(?<! t="[bs]"><v>)-?[0-9]{1,20}+(?:\.[0-9]{0,24}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+</v></c>')
_RESULT = re.compile(rb"<v>(?<=[f/]><v>)[0-9]{1,20}+(?:\.[0-9]{0,24}+)?+</v>")
_TEXT_RESULT = re.compile(rb"<v>(?<=[f/]><v>)[^<0-9.+-][^<]*+</v>")
_INNER_TYPE = re.compile(rb' t="[bs]"(?!/?>)')


def _row_by_row(rows: bytes, around: Collector) -> Collector | None:
    """What the rows hold, each told once for all forms, whatever is filled into it; None where one of them can't be told like
    this, or they do not stand in order."""
    seen = around.anew(around.max_cells)
    seen.filled = 0
    if b'"e"' not in rows:  # what an error is called is told
        rows, texts = _INDEX.subn(b'"/>', rows)
        rows, numbers = _PLAIN.subn(b'"/>', rows)
        rows, seen.filled = rows.replace(b' t="s"/>', b"/>"), texts + numbers
        if b"<f" in rows:
            rows = _TEXT_RESULT.sub(b"<v>x</v>", _RESULT.sub(b"<v>1</v>", rows))
    before, *every = rows.split(b"<row")
    if before.strip():
        return None
    for row in every:
        tag, _, cells = row.partition(b">")
        told = _row(cells)
        if told is None or told.cell_count and told.max_row <= seen.max_row:
            return None
        seen.add(told)
        if told.grouped and not _formulas(cells, 0, len(cells), cells, seen):  # its first cell may stand in another row
            return None
        if b"hidden" in tag and not _hidden_rows(opening := b"<row%b>" % tag, 0, len(opening), opening, seen):
            return None
    return seen


@lru_cache(maxsize=2048)
def _row(cells: bytes) -> ToldRow | None:
    """What the near cells of one row hold, all that stands between its start tag and the next one."""
    if cells and not cells.startswith((b"<c ", b"</row>")) or b"AlternateContent" in cells or _INNER_TYPE.search(cells):
        return None
    end, seen = len(cells), Collector(path="")
    count, places = _in_any_order(cells, 0, end)
    if count and (places is None or len(places[0]) > 1):
        return None
    try:
        if places:
            seen.cell_count = count
            seen.extent([*map(int, places[0])], places[1])
        certain = all(step(cells, 0, end, cells, seen) for step in (_formulas, _errors))
        seen.filled = _filled(cells, 0, end, cells, seen) if certain else None
    except (PackageError, ValueError, OverflowError):
        return None
    return seen.told() if certain and seen.max_row <= NEAR_ROWS and seen.max_col <= NEAR_COLS else None


def _cells(data: bytes, start: int, end: int, seen: Collector) -> bytes:
    """Count and extent, or nothing if some cell is written in another way. What is told: bytes in which everything stands
    that stands in the rows, digits apart, and mostly few of them: what is not found there need not be looked for."""
    limit = seen.max_cells
    known, kinds, first, long = set[bytes](), {b"<row"}, start, end - start > _LONG
    while start < end:  # piece by piece, since a list of a million addresses takes more memory than the sheet
        cut = data.find(b"<row", start + _PIECE, end) % (end + 1)  # none: the end
        rows = data[start:cut].translate(None, _DIGITS).split(b"<row") if long else []
        different = set(rows)
        kinds |= different if len(kinds) <= _KINDS else set()
        in_order = _in_order(data, start, cut, rows, different) if long and len(different) <= _KINDS else None
        count, places = in_order or _in_any_order(data, start, cut)
        start = cut
        if not count:
            continue
        if places is None:
            return b""
        seen.cell_count += count
        if limit is not None and seen.cell_count > limit:
            raise TooManyCellsError(f"lebih dari {limit} sel")
        if places[0] & known:
            return b""  # a row that goes on in another piece: a cell could stand there twice
        known |= places[0]
        seen.extent([*map(int, places[0])], places[1])
    if seen.max_row > NEAR_ROWS or seen.max_col > NEAR_COLS:
        for found in _FILLED.finditer(data, first, end):
            letters = found[1].rstrip(_DIGITS)
            seen.note_far(int(found[1][len(letters) :]), column_number(letters))
    told = b" ".join(kinds) if long and len(kinds) <= _KINDS else data[first:end] or data
    return b"" if _find(b"AlternateContent", data, first, end, told) >= 0 else told


def _find(what: bytes, data: bytes, start: int, end: int, kinds: bytes) -> int:
    return data.find(what, start, end) if what in kinds else -1


def _in_order(data: bytes, start: int, end: int, rows: list[bytes], kinds: set[bytes]) -> tuple[int, _Places] | None:
    """Cells and places where in each row they stand from left to right, all under its number, as nearly everybody writes
    them: then none stands there twice, and the few kinds of rows tell their columns. None where it is not so."""
    columns = {kind: [*map(column_number, _COLUMN.findall(kind))] for kind in kinds if b"<c" in kind}
    if not all(0 < a < b for own in columns.values() for a, b in pairwise((*own, MAX_COL + 1))):
        return None
    counts = [len(columns[row]) for row in rows if row in columns]
    numbers = _NUMBER.findall(data, start, end)
    if len(numbers) != sum(counts):
        return None
    firsts = [numbers[at] for at in accumulate(counts[:-1], initial=0)] if counts else []
    different = frozenset(firsts)
    same = len(different) == len(firsts) and numbers == [*chain.from_iterable(map(repeat, firsts, counts))]
    if not same or b" 0" in b" ".join((b"", *different)):
        return None
    return len(numbers), (different, tuple(set(chain.from_iterable(columns.values()))))


def _in_any_order(data: bytes, start: int, end: int) -> tuple[int, _Places | None]:
    refs: list[bytes] = _CELL.findall(data, start, end)
    joined = b" ".join(refs)
    return len(refs), _places(refs, joined) if refs else None


def _places(refs: list[bytes], joined: bytes) -> _Places | None:
    """Rows and columns of these addresses; None where one stands there twice, or none in the place of one."""
    different = set(refs)
    if b"" in different or len(different) != len(refs):
        return None
    rows, cols = frozenset(joined.translate(None, _LETTERS).split()), set(joined.translate(None, _DIGITS).split())
    return None if any(row.startswith(b"0") for row in rows) else (rows, tuple(map(column_number, cols)))


# What every reader takes for a plain number, and an index or a truth that is not written plainly. Any other value is looked at.
_ODD_VALUE = re.compile(rb"<v(?!>-?[0-9]{1,20}+(?:\.[0-9]{0,24}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+</v>)[^<]*")
_ODD_INDEX = re.compile(rb' t(?:="s"[^<>]*(?<!/)>(?!<v>[0-9]{1,9}</v></c>)|\s+=|=\s|="b"[^<>]*>(?!<f|<v>[01]</v></c>))')


def _filled(data: bytes, start: int, end: int, kinds: bytes, seen: Collector) -> int | None:
    """How many near cells hold a value, None when some value is not written as all readers understand it.

    White space or a sign before the index of a text, a reference for a digit, a cell that stands there twice: readers
    give another text or number for these, and no error.
    """
    if _ODD_INDEX.search(data, start, end):
        return None
    found = data.count(b"<v", start, end) - len(seen.errors) - seen.far_count
    if b"<is>" in kinds:  # a text of nothing, as XlsxWriter writes it, is no value
        found += data.count(b"<is>", start, end) - data.count(b"<is><t></t></is>", start, end)
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


def _formulas(data: bytes, start: int, end: int, kinds: bytes, seen: Collector) -> bool:
    last, at = start, _find(b"<f", data, start, end, kinds)
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
        seen.formula((int(row), column_number(col)), _formula_text(text) if text else "", cached, of_file, group)
        last = match.end()
        at = data.find(b"<f", last, end)
    return True


def _errors(data: bytes, start: int, end: int, kinds: bytes, seen: Collector) -> bool:
    last, at = start, _find(b'"e"', data, start, end, kinds)
    while at >= 0:
        match = _ERROR.match(data, data.rfind(b"<c ", last, at), end)
        if not match or match.end() < at or _attributes(match[3]) is None:
            return False
        seen.errors[int(match[2]), column_number(match[1])] = _text(match[5] or b"")
        last = match.end()
        at = data.find(b'"e"', last, end)
    return True


def _hidden_rows(data: bytes, start: int, end: int, kinds: bytes, seen: Collector) -> bool:
    at = _find(b"hidden", data, start, end, kinds)
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


_formula_text = lru_cache(maxsize=2048)(_text)  # all forms of an office hold the same
