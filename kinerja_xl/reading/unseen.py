"""What a reader of a sheet does not see: hidden sheets (F115), rows and columns (F116), an active filter (F117), and what
merged cells swallow (S317, S318), what no reader can know (B119). Everything hidden is read like the rest; it is only said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.references import column_letters
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import FoundTable
from kinerja_xl.sheets.content import LIST_SHEET, Row

LISTED = 30
"""Places named in one sentence; the rest is counted."""

_SHEETS_LISTED = 10
_MARK_COLUMN, _MARK, _MARK_COLUMNS = 1, "#", 4

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, 1-based."""


# ---- words -----------------------------------------------------------------------------------


def bounded(words: Sequence[str], limit: int = LISTED) -> str:
    """``a, b, c dan 27 lainnya``."""
    shown = ", ".join(words[:limit])
    return shown if len(words) <= limit else f"{shown} dan {len(words) - limit} lainnya"


def row_list(rows: Iterable[int]) -> str:
    """``42–44, 47``."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return bounded([str(a) if a == b else f"{a}–{b}" if b > a + 1 else f"{a}, {b}" for a, b in runs])


def columns(cols: Iterable[int]) -> str:
    """``K, M, O``."""
    return bounded([column_letters(col) for col in cols])


def box(area: Area) -> str:
    """``B9:B12``."""
    return f"{address(*area[:2])}:{address(*area[2:])}"


# ---- cells that nobody can know ---


def unknown(sheets: Iterable[CellSheet]) -> Iterator[Finding]:
    """One finding per sheet with cells whose value cannot be known (B119); ``args["sel_sel"]`` lists them all."""
    for sheet in sheets:
        if sheet.unsure:
            places = sorted(sheet.unsure)
            cells = [address(*place) for place in places]
            reasons = bounded(list(dict.fromkeys(sheet.unsure[place] for place in places)), 3)
            args = {"banyak": str(len(cells)), "daftar": bounded(cells), "rincian": reasons, "sel_sel": " ".join(cells)}
            yield Finding(code="B119", sheet=sheet.name, cell=cells[0], args=args)


# ---- hidden parts ------------------------------------------------------------------------------


def hidden(sheets: Iterable[CellSheet], own: bool, key_rows: Mapping[str, Collection[int]] | None = None) -> Iterator[Finding]:
    """Hidden sheets in one finding, hidden rows and columns or a filter in one per sheet.

    ``own``: one of our forms, whose marks (first column, key rows, list sheet) are hidden by design; ``key_rows`` are
    those by sheet, for a form that has lost its marks.
    """
    every = list(sheets)
    unseen = [s.name for s in every if s.state != "visible" and s.rows and not (own and s.name == LIST_SHEET)]
    if unseen:
        yield Finding(code="F115", sheet=unseen[0], args={"rincian": bounded(unseen, _SHEETS_LISTED), "banyak": str(len(unseen))})
    for sheet in every:
        if sheet.state != "visible":
            continue
        skipped = (key_rows or {}).get(sheet.name, ())
        rows = [r for r in sorted(sheet.hidden_rows) if _filled_row(sheet, r) and not (own and (r in skipped or _mark(sheet, r)))]
        hidden_cols = (col for col in sorted(sheet.hidden_cols) if not (own and col == _MARK_COLUMN))
        yield from _hidden_lines(sheet, rows, [col for col in hidden_cols if _filled_column(sheet, col)])


def _hidden_lines(sheet: CellSheet, rows: list[int], cols: list[int]) -> Iterator[Finding]:
    if sheet.filtered:
        cell = address(rows[0], 1) if rows else ""
        args = {"rincian": row_list(rows) if rows else "tidak ada", "banyak": str(len(rows)), "sel_sel": cell}
        yield Finding(code="F117", sheet=sheet.name, cell=cell, args=args)
        rows = []
    words = [f"baris {row_list(rows)}"] if rows else []
    words += [f"kolom {columns(cols)}"] if cols else []
    if words:
        numbers = any(isinstance(value, float) for row in rows for value in sheet.rows[row - 1])
        cell = address(rows[0], 1) if rows else address(1, cols[0])
        args = {
            "rincian": " dan ".join(words), "banyak": str(len(rows) + len(cols)), "sel_sel": cell,
            "akibat": " (memuat angka)" if numbers else "",
        }  # fmt: skip
        yield Finding(code="F116", sheet=sheet.name, cell=cell, args=args)


def _filled_row(sheet: CellSheet, row: int) -> bool:
    return row <= len(sheet.rows) and any(value is not None for value in sheet.rows[row - 1])


def _filled_column(sheet: CellSheet, col: int) -> bool:
    return any(len(row) >= col and row[col - 1] is not None for row in sheet.rows)


def _mark(sheet: CellSheet, row: int) -> bool:
    return any(isinstance(value, str) and value.startswith(_MARK) for value in sheet.rows[row - 1][:_MARK_COLUMNS])


# ---- merged cells ------------------------------------------------------------------------------


def merged(sheet: CellSheet, found: FoundTable, rows: Sequence[Row]) -> Iterator[Finding]:
    """Merged cells inside a table, in at most two findings: those that leave required cells of a row empty, the others.

    ``args["sel_sel"]`` of the first are the required cells that show nothing because of it; their rows are held back.
    """
    by_row = {row.row: row for row in rows}
    areas = [area for area in sheet.merged if rows and _inside(area, found, rows)]
    required = (c for c in found.table.columns if c.required and not c.computed and c.key in found.columns)
    needed = {found.columns[c.key] + 1: c.key for c in required}
    lost = {area: list(_swallowed(area, needed, by_row)) for area in areas}
    for code, chosen in (("S317", [a for a in areas if lost[a]]), ("S318", [a for a in areas if not lost[a]])):
        if chosen:
            cells = [cell for area in chosen for cell in lost[area]]
            yield Finding(
                code=code, sheet=sheet.name, cell=address(*chosen[0][:2]),
                args={
                    "rincian": bounded([box(area) for area in chosen]), "tabel": found.table.title, "banyak": str(len(chosen)),
                    "sel_sel": " ".join(cells),
                },
            )  # fmt: skip


def _inside(area: Area, found: FoundTable, rows: Sequence[Row]) -> bool:
    top, left, bottom, right = area
    columns_there = [column + 1 for column in found.columns.values()]
    beside = any(left <= column <= right for column in columns_there)
    return beside and any(top <= row.row <= bottom for row in rows)


def _swallowed(area: Area, needed: Mapping[int, str], by_row: Mapping[int, Row]) -> Iterator[str]:
    """Required cells of filled rows that stand under the first cell of a merged area and are empty."""
    top, left, bottom, right = area
    for number, row in by_row.items():
        if top <= number <= bottom:
            for column, key in needed.items():
                if left <= column <= right and (number, column) != (top, left) and row.get(key) is None:
                    yield address(number, column)
