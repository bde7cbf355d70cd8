"""Cells of a workbook that passed the gate: the only module that asks a reader library for values.

The fast reader (calamine) gives values; the scan of the raw sheet gives back what it hides: error cells and formulas
that nobody calculated. It is believed for a sheet that is written plainly (``SheetScan.filled``) and of which it gave as many
values as stand there; every other sheet is read by ``exact``, which takes any spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from types import MappingProxyType

from python_calamine import CalamineWorkbook

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import Place
from kinerja_xl.package import Package, PackageError, SheetPart, SheetScan, address, plainly_shared, shared_texts
from kinerja_xl.package.collect import NEAR_COLS, NEAR_ROWS
from kinerja_xl.reading.exact import exact_cells
from kinerja_xl.reading.gate import Passed
from kinerja_xl.words.text import bounded_blanks

__all__ = ["CellSheet", "CellsError", "read_cells", "trimmed"]

MAX_ROWS, MAX_COLUMNS = NEAR_ROWS, NEAR_COLS
"""What lies beyond is counted by the scan and reported, not read; both readers stop here."""


UNSURE = "#TAK TERBACA"
"""What stands in ``errors`` of a cell whose value nobody can know: it is not blank. ``unsure`` says why."""

_CERTAIN: Mapping[Place, str] = {}


class CellsError(Exception):
    """No reader could read the workbook; ``str(error)`` is a short fact for the sentence."""


def read_cells(passed: Passed, known: Mapping[str, CellSheet] = MappingProxyType({})) -> Iterator[CellSheet]:
    """The worksheets in tab order, one at a time; those ``known`` by their name are as they were read. Raises CellsError."""
    left = replace(passed, scans={name: scan for name, scan in passed.scans.items() if name not in known}) if known else passed
    fast = {} if passed.stray or not plainly_shared(passed.package) else _fast(left)
    texts: Sequence[str] | None = None
    for part in passed.package.sheets:
        if part.name in known:
            yield known[part.name]
            continue
        scan = passed.scans.get(part.name)
        if scan is None:
            continue
        rows, unsure = fast.get(part.name), _CERTAIN
        if rows is None:
            try:
                texts = shared_texts(passed.package) if texts is None else texts
                rows, unsure = _slow(passed.package, part, texts)
            except PackageError as error:
                raise CellsError(error.reason) from error
        yield _sheet(part, rows, scan, unsure)


def _sheet(part: SheetPart, rows: list[list[object]], scan: SheetScan, unsure: Mapping[Place, str]) -> CellSheet:
    return CellSheet(
        name=part.name, rows=rows, state=part.state, errors={**scan.errors, **dict.fromkeys(unsure, UNSURE)}, unsure=unsure,
        formulas=scan.formulas, merged=scan.merged, hidden_rows=frozenset(scan.hidden_rows),
        hidden_cols=frozenset(scan.hidden_cols), filtered=scan.filtered,
        beyond=scan.far_count, far=address(*scan.far_cells[0]) if scan.far_cells else "",
    )  # fmt: skip


def _fast(passed: Passed) -> dict[str, list[list[object]]]:
    """Values by calamine of the sheets that it reads as they are; some files make it panic, which is no Exception."""
    sheets: dict[str, list[list[object]]] = {}
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(passed.package.archive.data))
        for name in book.sheet_names:
            scan = passed.scans.get(name)
            if scan is not None and scan.filled is not None:
                near = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                if len(near) > MAX_ROWS or near and len(near[0]) > MAX_COLUMNS:
                    near = [row[:MAX_COLUMNS] for row in near[:MAX_ROWS]]
                filled = [len(row) - row.count("") for row in near]
                if sum(filled) == scan.filled:
                    pairs = zip(near, filled, strict=True)
                    sheets[name] = trimmed([_cleaned(row) if some else [None] * len(row) for row, some in pairs])
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


def _cleaned(row: Sequence[object]) -> list[object | None]:
    """The values of a row in one form; of most cells nothing has to be asked."""
    return [None if value == "" else value if value.__class__ is float else _clean(value) for value in row]


def _clean(value: object) -> object | None:
    """One form for what both readers give: "" is None, midnight is a date, an int is a float."""
    if value is None or value == "":
        return None
    if value.__class__ is float:
        return value
    if isinstance(value, str):
        return bounded_blanks(value) if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    if isinstance(value, date):
        return value
    return value
