"""Cells of a workbook that passed the gate: the only module that asks a reader library for values.

The fast reader (calamine) gives values; the scan of the raw sheet gives back what it hides: error cells and formulas
that nobody calculated. It is believed for a sheet that is written plainly (``SheetScan.filled``) and of which it gave as many
values as stand there; every other sheet is taken from the raw XML by a full parse, in any spelling and at any distance between
cells, and handed to calamine as a plain list without gaps, written as Excel writes it: what a number format, a date or an escape
means is read by one library only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import Place
from kinerja_xl.package import (
    Package,
    PackageError,
    RawCell,
    SheetPart,
    SheetScan,
    address,
    as_utf8,
    escape,
    part_of,
    plainly_shared,
    raw_cells,
    repack,
    shared_texts,
)
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS
from kinerja_xl.package.markup import is_sound
from kinerja_xl.reading.gate import Passed
from kinerja_xl.words.text import all_clean, bounded_blanks

_WIDTH = 16
_LETTERS = "ABCDEFGHIJKLMNOP"
_NUMBER = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_INDEX = re.compile(r"\+?([0-9]+)(?:\.0*)?")
_TRUTHS = {"1": "1", "true": "1", "0": "0", "false": "0"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'

Reader = Callable[[bytes], list[list[object]]]


def exact_cells(
    package: Package, part: SheetPart, texts: Sequence[str], reader: Reader
) -> tuple[Mapping[Place, object], Mapping[Place, str]]:
    """The values of a sheet by 1-based place, and the places whose value nobody can know, each with the reason.

    ``texts``: the shared ones; ``reader``: the fast one, for the first sheet of a workbook. Raises PackageError for broken XML.
    """
    cells, twice = raw_cells(package, part)
    unsure = dict.fromkeys(twice, "tertulis dua kali dengan isi berbeda")
    places: list[Place] = []
    written: list[RawCell] = []
    for place, cell in cells.items():
        try:
            plain = _plain(cell, texts)
        except ValueError as bad:
            unsure.setdefault(place, str(bad))
            continue
        if place not in unsure and plain.value:
            places.append(place)
            written.append(plain)
    return dict(zip(places, _values(reader(_book(package, written)), len(places)), strict=True)), unsure


def _plain(cell: RawCell, texts: Sequence[str]) -> RawCell:
    """The cell as Excel would write it. Raises ValueError with the reason why it can't be known."""
    bare = cell.value.strip()
    if cell.kind == "s":
        index = _INDEX.fullmatch(bare)
        if not index or int(index[1]) >= len(texts):
            raise ValueError(f'memakai teks nomor "{bare[:20]}" yang tidak ada dalam daftar teks berkas ini')
        return cell._replace(kind="str", value=texts[int(index[1])])
    if cell.kind == "b":
        if bare.lower() not in _TRUTHS:
            raise ValueError(f'seharusnya benar atau salah, tetapi tertulis "{bare[:20]}"')
        return cell._replace(value=_TRUTHS[bare.lower()])
    if cell.kind == "n" and len(bare) < 400 and _NUMBER.fullmatch(bare) and math.isfinite(float(bare)):
        return cell._replace(value=repr(float(bare)))
    # What is no number stays the text that it is: those who wait for a number say so, with the cell.
    return cell._replace(value=bare) if cell.kind == "d" else cell._replace(kind="str")


def _book(package: Package, cells: Sequence[RawCell]) -> bytes:
    """A workbook with the one sheet, its cells side by side; the styles are those of the original."""
    styles = part_of(package, "styles")
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _LINKS.format(f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(package.date1904)}"/>'
        '<sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _LINKS.format(
            f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(_rows(cells))}</sheetData></worksheet>',
    }
    written = {path: text.encode() for path, text in parts.items()}
    if styles:
        written["xl/styles.xml"] = as_utf8(package.part(styles), styles)
    return repack(written)


def _rows(cells: Sequence[RawCell]) -> Iterator[str]:
    for first in range(0, len(cells), _WIDTH):
        row = first // _WIDTH + 1
        yield f'<row r="{row}">'
        for letter, cell in zip(_LETTERS, cells[first : first + _WIDTH], strict=False):
            style = f' s="{cell.style}"' if cell.style.isdecimal() else ""
            yield f'<c r="{letter}{row}"{style} t="{cell.kind}"><v>{escape(cell.value)}</v></c>'
        yield "</row>"


def _values(rows: list[list[object]], count: int) -> list[object]:
    """The first ``count`` values of the list."""
    found: list[object] = [value for row in rows for value in (*row, *[""] * (_WIDTH - len(row)))]
    return [*found, *[""] * (count - len(found))][:count]


__all__ = ["CellSheet", "CellsError", "read_cells", "trimmed"]

MAX_ROWS, MAX_COLUMNS = NEAR_ROWS, NEAR_COLS
"""What lies beyond is counted by the scan and reported, not read; both readers stop here."""


UNSURE = "#TAK TERBACA"
"""What stands in ``errors`` of a cell whose value nobody can know: it is not blank. ``unsure`` says why."""

_CERTAIN: Mapping[Place, str] = {}


class CellsError(Exception):
    """No reader could read the workbook; ``str(error)`` is a short fact for the sentence."""


class _Later(Sequence[Sequence[object]]):
    """The rows of the one sheet that has a scan, read when somebody asks what stands in them. Raises CellsError then."""

    def __init__(self, alone: Passed) -> None:
        self._alone = alone

    @cached_property
    def _rows(self) -> Sequence[Sequence[object]]:
        return next(read_cells(self._alone)).rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._rows[at]


def with_known(passed: Passed, known: Mapping[str, CellSheet]) -> Iterator[CellSheet]:
    """The worksheets of a book in tab order, of which those ``known`` by their name were read already. Of the others, which hold
    nothing that is handed in, the values are read when they are asked for, where it is certain that they can be. Raises
    CellsError."""
    for part in passed.package.sheets:
        scan = passed.scans.get(part.name)
        if part.name in known:
            yield known[part.name]
        elif scan is not None:
            alone = replace(passed, scans={part.name: scan})
            certain = scan.filled is not None and is_sound(passed.package.part(part.path))
            yield _sheet(part, _Later(alone), scan, _CERTAIN) if certain else next(read_cells(alone))


def read_cells(passed: Passed) -> Iterator[CellSheet]:
    """The worksheets in tab order, one at a time. Raises CellsError."""
    fast = {} if passed.stray or not plainly_shared(passed.package) else _fast(passed)
    texts: Sequence[str] | None = None
    for part in passed.package.sheets:
        scan = passed.scans.get(part.name)
        if scan is None:
            continue
        if part.name in fast:
            rows, columns = fast[part.name]
            sheet = _sheet(part, rows, scan, _CERTAIN)
            vars(sheet)["columns"] = columns  # what it would make of its rows
            yield sheet
            continue
        try:
            texts = shared_texts(passed.package) if texts is None else texts
            rows, unsure = _slow(passed.package, part, texts)
        except PackageError as error:
            raise CellsError(error.reason) from error
        yield _sheet(part, rows, scan, unsure)


def _sheet(part: SheetPart, rows: Sequence[Sequence[object]], scan: SheetScan, unsure: Mapping[Place, str]) -> CellSheet:
    return CellSheet(
        name=part.name, rows=rows, state=part.state, errors={**scan.errors, **dict.fromkeys(unsure, UNSURE)}, unsure=unsure,
        formulas=scan.formulas, merged=scan.merged, hidden_rows=frozenset(scan.hidden_rows),
        hidden_cols=frozenset(scan.hidden_cols), filtered=scan.filtered,
        beyond=scan.far_count, far=address(*scan.far_cells[0]) if scan.far_cells else "",
    )  # fmt: skip


_Cells = tuple[list[list[object]], list[Sequence[object]]]


def _fast(passed: Passed) -> dict[str, _Cells]:
    """Values by calamine, by row and by column, of the sheets that it reads as they are; some files make it panic, which is no
    Exception."""
    sheets: dict[str, _Cells] = {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(passed.package.archive.data))
        for name in book.sheet_names:
            scan = passed.scans.get(name)
            if scan is not None and scan.filled is not None:
                near = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                if len(near) > MAX_ROWS or near and len(near[0]) > MAX_COLUMNS:
                    near = [row[:MAX_COLUMNS] for row in near[:MAX_ROWS]]
                counted = [_cleaned(column) for column in zip(*near, strict=True)]
                if sum(filled for filled, _ in counted) == scan.filled:
                    columns = [column for _, column in counted]
                    rows = trimmed(list(map(list, zip(*columns, strict=True))))
                    sheets[name] = rows, columns if len(rows) == len(near) else [column[: len(rows)] for column in columns]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        return sheets
    return sheets


def _slow(package: Package, part: SheetPart, texts: Sequence[str]) -> tuple[list[list[object]], Mapping[Place, str]]:
    """Values of one sheet by a full parse, and what stands in it that nobody can know. Raises CellsError, PackageError."""
    try:
        values, unsure = exact_cells(package, part, texts, _first_sheet)
    except (KeyboardInterrupt, SystemExit, MemoryError, PackageError):
        raise
    except BaseException as error:  # a panic again
        raise CellsError(f"lembar {part.name} tidak dapat diuraikan") from error
    rows: list[list[object]] = [[] for _ in range(max((row for row, _ in values), default=0))]
    for (row, col), value in values.items():
        cells = rows[row - 1]
        if len(cells) < col:
            cells += [None] * (col - len(cells))
        cells[col - 1] = _clean(value)
    return trimmed(rows), unsure


def _first_sheet(data: bytes) -> list[list[object]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[*row] for row in rows]


def trimmed(rows: list[list[object]]) -> list[list[object]]:
    """The rows without the blank ones at the end."""
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    return rows


def _cleaned(column: Sequence[object]) -> tuple[int, Sequence[object | None]]:
    """How many cells of a column hold something, and their values in one form; of most cells nothing has to be asked."""
    filled = len(column) - column.count("")
    if not filled:
        return 0, [None] * len(column)
    kinds = set(map(type, column))
    if kinds == {float}:
        return filled, column
    if not kinds <= {str, float}:
        return filled, list(map(_clean, column))
    texts = [value for value in set(column) if value.__class__ is str and value]
    known: dict[object, object] = {"": None}
    if not all_clean(texts):
        known |= {text: _clean(text) for text in texts}
    elif filled == len(column):
        return filled, column
    return filled, list(map(known.get, column, column))


@lru_cache(maxsize=8192)
def _text(value: str) -> str | None:
    """The same in all forms of an office, most of them."""
    return bounded_blanks(value) if value.strip() else None


def _clean(value: object) -> object | None:
    """One form for what both readers give: "" is None, midnight is a date, an int is a float."""
    if value is None or value == "":
        return None
    if value.__class__ is float:
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, date):
        return value
    return value
