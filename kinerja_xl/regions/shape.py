"""Headings found by their place instead of their words: rows of text above rows of figures, whatever they say.

Habits served: offices whose words nobody here knows; headings in another language; groups over several columns; a name or a
group without an amount between the headings and the first figures; a second table further down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import column_letters
from kinerja_xl.regions.amounts import amount
from kinerja_xl.regions.heads import MAX_DEPTH, Head, Spans, again, below_groups, is_numbering, merges_by_row, paths_of
from kinerja_xl.regions.words import MAX_HEADING, clean
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.words.shapes import numbering

LEAST = 2
"""Rows with figures that make a table."""
RUPIAH = 10_000
"""No column of rupiah stays below this; counts, marks and votes do. No amount of a list without headings is."""
BELOW = 12
"""Rows between a heading and the first figures: groups without amounts."""


def shape_heads(grid: CellSheet) -> list[Head]:
    """Every heading block that stands above figures, top to bottom."""
    spans = merges_by_row(grid)
    kinds = [_kinds(grid, row) for row in range(grid.height)]
    found: list[Head] = []
    row = 0
    while (first := next((r for r in range(row, grid.height) if _is_data(grid, kinds, r)), None)) is not None:
        head = again(grid, row, found) or _head_above(grid, kinds, spans, row, first)
        head = head or (None if found else _headless(grid, kinds, first))
        if head is None:
            row = first + 1
            continue
        found.append(head)
        row = _end(grid, kinds, head, max(first, head.last + 1))
    return found


_HIGH = 60
"""Rows in which headings are looked for that are dates."""


def dated(grid: CellSheet) -> CellSheet:
    """The sheet with dates that head columns of figures as words: the month that a first day stands for, else the day."""
    rows = list(grid.rows)
    for at, row in enumerate(grid.rows[:_HIGH]):
        days = {col: v for col, v in enumerate(row) if isinstance(v, date)}
        below = [grid.value(at + 1, col) for col in days]
        if len(days) > 1 and not any(isinstance(v, float) for v in row) and {*map(type, below)} in ({float}, {float, type(None)}):
            words = {col: format_date(day).removeprefix("1 ") for col, day in days.items()}
            rows[at] = [words.get(col, v) for col, v in enumerate(row)]
    return replace(grid, rows=rows) if rows != list(grid.rows) else grid


Kinds = dict[int, str]
"""Of a row: column → "f" a figure, "t" a text, "y" a year."""


def _kinds(grid: CellSheet, row: int) -> Kinds:
    found: Kinds = {}
    for col, value in enumerate(grid.rows[row]):
        if isinstance(value, float):
            found[col] = "y" if value.is_integer() and 1990 <= value <= 2100 else "f"
        elif isinstance(value, str) and (text := clean(value)):
            ends, begins = text[-1:].isdigit(), text[:1].isdigit()
            doubt = amount(text).doubt if ends or begins else ""
            found[col] = "f" if (ends and doubt in ("teks", "dua_tanda")) or (begins and doubt == "satuan") else "t"
        elif value is not None:
            found[col] = "t"
    return found


def _is_data(grid: CellSheet, kinds: Sequence[Kinds], row: int) -> bool:
    """A row with a figure and a text (or further figures) of which the next ones have figures in the same column."""
    here = kinds[row]
    figures = [col for col, kind in here.items() if kind == "f"]
    if not figures or len(here) < 2 or is_numbering(grid, row):
        return False
    below = kinds[row + 1 : row + 1 + BELOW]
    return any(sum(other.get(col) in ("f", "y") for other in below) >= LEAST - 1 for col in figures)


def _head_above(grid: CellSheet, kinds: Sequence[Kinds], spans: Spans, start: int, first: int) -> Head | None:
    """The headings above the first row of figures: the row that names most of the columns used below, with its neighbours."""
    used = {col for row in kinds[first : first + 60] for col in row}
    best, most = -1, 0
    for row in range(first - 1, max(start, first - BELOW) - 1, -1):
        if is_numbering(grid, row) or _numbered_title(grid, kinds, row):
            continue
        if any(kind == "f" for kind in kinds[row].values()):
            break
        covered = len(used & set(_covered(grid, kinds, spans, row)))
        if len(kinds[row]) > 1 and covered > most:
            best, most = row, covered
    if best < 0 or most * 2 < len(used):
        return None
    top = bottom = best
    while top > start and best - top < MAX_DEPTH - 1 and _above(grid, kinds, spans, top):
        top -= 1
    while bottom + 1 < first and bottom - top < MAX_DEPTH - 1 and _sub(grid, kinds, spans, top, bottom, bottom + 1):
        bottom += 1
    last = next((row for row in range(bottom + 1, min(bottom + 3, first)) if is_numbering(grid, row)), bottom)
    paths, shared, own = paths_of(grid, list(range(top, bottom + 1)), spans)
    if len(paths) < 2:
        return None
    return Head(top=top, bottom=bottom, last=last, paths=paths, shared=shared, own=own)


def _numbered_title(grid: CellSheet, kinds: Sequence[Kinds], row: int) -> bool:
    """ "III. | BIAYA": the number of a title and the title, in two cells."""
    first, *rest = kinds[row] or {-1: ""}
    mark = grid.value(row, first)
    return len(rest) == 1 and isinstance(mark, str) and mark.strip()[-1:] in (".", ")") and bool(numbering(mark.strip("(.) ")))


def _headless(grid: CellSheet, kinds: Sequence[Kinds], first: int) -> Head | None:
    """No headings at all above a table of four columns or more, or of three with money, perhaps a title: its columns have no
    names."""
    rows = range(first, min(first + 60, grid.height))
    columns = sorted({col for row in rows for col in kinds[row]})
    titles = (row for row in range(max(0, first - 3), first) if not _numbered_title(grid, kinds, row))
    if len(columns) < 3 or any(len(kinds[row]) > 1 for row in titles):
        return None
    last = [value for row in rows if kinds[row].get(columns[-1]) == "f" and (value := amount(grid.value(row, columns[-1])).value)]
    if len(columns) < 4 and (len(last) < LEAST or min(last) < RUPIAH):
        return None
    paths: dict[int, tuple[str, ...]] = {col: (f"kolom {column_letters(col + 1)}",) for col in columns}
    return Head(top=first, bottom=first, last=first - 1, paths=paths, shared=dict.fromkeys(columns, 1), own=paths)


def _covered(grid: CellSheet, kinds: Sequence[Kinds], spans: Spans, row: int) -> list[int]:
    """The columns that have a heading in this row, merged ones included."""
    found = [col for col, kind in kinds[row].items() if kind != "f" and len(str(grid.value(row, col))) <= MAX_HEADING]
    for r1, c1, _, c2 in spans.get(row, ()):
        if c1 in found and r1 == row:
            found += range(c1 + 1, c2 + 1)
    return found


def _above(grid: CellSheet, kinds: Sequence[Kinds], spans: Spans, row: int) -> bool:
    """Whether the row above headings is one of them: several texts, or one over some of the columns, no title over all."""
    here = kinds[row - 1]
    if not here or any(kind == "f" for kind in here.values()) or is_numbering(grid, row - 1):
        return False
    covered, below = set(_covered(grid, kinds, spans, row - 1)), set(_covered(grid, kinds, spans, row))
    return len(here) > 1 and not any(":" in str(grid.value(row - 1, col)) for col in here) and bool(covered & below)


def _sub(grid: CellSheet, kinds: Sequence[Kinds], spans: Spans, top: int, bottom: int, row: int) -> bool:
    """Whether a row below headings names their parts: its texts stand below groups, or where no heading stands yet."""
    here = kinds[row]
    if not here or any(kind == "f" for kind in here.values()) or is_numbering(grid, row):
        return False
    if any(r2 >= row for above in range(top, bottom + 1) for _, c1, r2, _ in spans.get(above, ()) if c1 in kinds[above]):
        return True  # a heading reaches down beside it
    wide, free = below_groups(grid, row, top, spans)
    parts = wide | free | {col - 1 for col in free}
    return len(here) > 1 and set(here) <= parts or (bool(free) and len(free) * 2 >= len(here))


def _end(grid: CellSheet, kinds: Sequence[Kinds], head: Head, first: int) -> int:
    """The first row below a table that may be another one's heading, or that is its own once more: several texts and no figure,
    after a blank row and perhaps titles."""
    apart = False
    for row in range(first + 1, len(kinds)):
        texts = [col for col, kind in kinds[row].items() if kind == "t"]
        apart = not kinds[row - 1] or (apart and [*kinds[row - 1].values()] == ["t"])
        if len(texts) > 2 and len(texts) == len(kinds[row]) and (apart or again(grid, row, [head])):
            return row
    return len(kinds)
