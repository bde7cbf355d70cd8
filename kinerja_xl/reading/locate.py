"""Where the forms and tables of a declared workbook stand on a sheet that came back.

First by the machine marks in the hidden column and the hidden key row, then by the headings themselves; never by
fixed letters. Where key and heading disagree nothing is chosen: that is a catatan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kinerja_xl.catatan import Finding
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.sheets.content import FIELD_MARK, FIRST_COLUMN, TABLE_MARK, TOTAL_MARK
from kinerja_xl.sheets.model import Column, Form, Sheet, Table, feeding
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.values import fold, suggestion

MARK_COLUMNS = 4
"""Marks are looked for in the first columns: staff may insert one to the left."""

HEADING_ROWS = 80
"""How far down headings are looked for when the key row is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundForm:
    """Zero-based place of each field's value."""

    form: Form
    cells: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """Zero-based columns by key, first data row, first row that is no longer the table's, and its totals' row.

    ``missing`` are declared columns that the sheet does not have.
    """

    table: Table
    columns: Mapping[str, int]
    head_row: int
    first_row: int
    end_row: int
    total_row: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Found:
    """Everything found on one sheet, and what was said while looking."""

    forms: dict[str, FoundForm] = field(default_factory=dict)
    tables: dict[str, FoundTable] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unclear: set[tuple[str, str]] = field(default_factory=set)
    """(table, column) whose key and heading contradict each other: read by their key, but no rule may rely on them."""

    @property
    def any(self) -> bool:
        return bool(self.forms or self.tables)


def marks(sheet: CellSheet) -> dict[str, tuple[int, int]]:
    """Every machine mark of a sheet with its zero-based place; the first of equal ones wins."""
    return {text.strip(): (row, column) for row, column, text in sorted(_front(sheet, "#"), reverse=True) if ":" in text}


def _front(sheet: CellSheet, begin: str, first: int = 0) -> list[tuple[int, int, str]]:
    """The texts of the first columns from this row on that begin like this, with their places, column by column."""
    columns = enumerate(column[first:] for column in sheet.columns[:MARK_COLUMNS])
    found = ([(r, at, text) for r, text in enumerate(own, first) if text.__class__ is str] for at, own in columns)
    return [one for some in found for one in some if one[2].startswith(begin)]


def block_keys(known: Iterable[str]) -> set[str]:
    """Keys of the forms and tables whose marks these are."""
    keys = set()
    for mark in known:
        if mark.startswith(TABLE_MARK):
            keys.add(mark.removeprefix(TABLE_MARK))
        elif mark.startswith(FIELD_MARK):
            keys.add(mark.removeprefix(FIELD_MARK).split(".")[0])
    return keys


def locate(sheet: CellSheet, declared: Sheet, known: Mapping[str, tuple[int, int]]) -> Found:
    """Find the declared blocks on a sheet; ``known`` are its marks."""
    found = Found()
    for block in declared.blocks:
        if isinstance(block, Form):
            form = _form_by_marks(block, known, sheet) or _form_by_labels(block, sheet)
            if form:
                found.forms[block.key] = form
                _name_lost_fields(sheet, form, found)
        else:
            table = _table_by_marks(sheet, declared, block, known, found) or _table_by_headings(sheet, declared, block, found)
            if table:
                found.tables[block.key] = table
    return found


# ---- forms -----------------------------------------------------------------------------------


def _form_by_marks(form: Form, known: Mapping[str, tuple[int, int]], sheet: CellSheet) -> FoundForm | None:
    marked = {c.key: place for c in form.fields if (place := known.get(f"{FIELD_MARK}{form.key}.{c.key}"))}
    if not marked:
        return None
    labels = Counter(at for c in form.fields if c.key in marked for at in _label(sheet, *marked[c.key], c))
    label = labels.most_common(1)[0][0] if labels else min(mark for _, mark in marked.values()) + FIRST_COLUMN
    value = _value_column(sheet, [row for row, _ in marked.values()], label)
    return FoundForm(form=form, cells={key: (row, value) for key, (row, _) in marked.items()})


def _label(sheet: CellSheet, row: int, mark: int, field: Column) -> list[int]:
    """The column of the label beside a mark: the first that fits. What was filled in stands behind it, and may be long."""
    names = _names(field)
    for at, value in enumerate(sheet.rows[row][mark + 1 : mark + 1 + MARK_COLUMNS], mark + 1):
        if value.__class__ is str and heading_of(value) in names:
            return [at]
    return []


def _name_lost_fields(sheet: CellSheet, form: FoundForm, found: Found) -> None:
    """Fields whose row is gone: the required ones in one finding, the others in another."""
    lost = [c for c in form.form.fields if c.key not in form.cells and not c.computed]
    place = address(min(row for row, _ in form.cells.values()) + 1, min(column for _, column in form.cells.values()) + 1)
    for code, columns in (("S320", [c for c in lost if c.required]), ("S319", [c for c in lost if not c.required])):
        if columns:
            names = ", ".join(c.label.strip() for c in columns)
            found.findings.append(
                Finding(code=code, sheet=sheet.name, cell=place, column=names, args={"rincian": form.form.title})
            )


def _value_column(sheet: CellSheet, rows: Collection[int], label: int) -> int:
    """Right of the labels, or one further where somebody put a blank column between."""
    beside = label + 1
    blank = all(sheet.empty(row, beside) for row in rows)
    return beside + 1 if blank and any(not sheet.empty(row, beside + 1) for row in rows) else beside


def _form_by_labels(form: Form, sheet: CellSheet) -> FoundForm | None:
    """By the labels, where the hidden column is lost: at least half of them must be there."""
    labels = {name: c.key for c in form.fields for name in _names(c)}
    cells: dict[str, tuple[int, int]] = {}
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values[:MARK_COLUMNS]):
            key = labels.get(heading_of(value))
            if key and key not in cells:
                cells[key] = (row, column)
    if len(cells) * 2 < len(form.fields):
        return None
    label = Counter(column for _, column in cells.values()).most_common(1)[0][0]
    value = _value_column(sheet, [row for row, _ in cells.values()], label)
    return FoundForm(form=form, cells={key: (row, value) for key, (row, _) in cells.items()})


# ---- tables ----------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def heading_of(value: object) -> str:
    """A heading for comparing: its first line, folded; marks such as * are dropped by folding."""
    return fold(str(value).strip().split("\n")[0]) if isinstance(value, str) else ""


def _names(column: Column) -> tuple[str, ...]:
    return _folded((column.label, *column.aliases))


@lru_cache(maxsize=1024)
def _folded(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(label) for label in labels)


def _table_by_marks(
    sheet: CellSheet, declared: Sheet, table: Table, known: Mapping[str, tuple[int, int]], found: Found
) -> FoundTable | None:
    place = known.get(TABLE_MARK + table.key)
    if place is None:
        return None
    columns, total = _columns_by_marks(sheet, table, place, found), known.get(TOTAL_MARK + table.key)
    return _finish(sheet, declared, table, columns, place[0] + 1, total[0] if total else None, found)


_QUIET: dict[tuple[object, ...], tuple[Table, Mapping[str, int]]] = {}
_MOST_QUIET = 256
"""Rows of keys and headings of which nothing had to be said, with what they gave: those of an office's forms are the same."""


def _columns_by_marks(sheet: CellSheet, table: Table, place: tuple[int, int], found: Found) -> dict[str, int]:
    """Zero-based columns by key, with what is said of the keys and of the headings under them."""
    rows = (id(table), place[1], *map(tuple, sheet.rows[place[0] : place[0] + 2]))
    if (known := _QUIET.get(rows)) and known[0] is table:
        return {**known[1]}
    said = len(found.findings)
    columns = _columns_by_keys(sheet, table, place, found)
    _compare_headings(sheet, table, place[0] + 1, columns, found)
    _adopt_unkeyed(sheet, table, place[0] + 1, columns, found)
    if len(found.findings) == said:
        if len(_QUIET) >= _MOST_QUIET:
            _QUIET.clear()
        _QUIET[rows] = table, {**columns}
    return columns


def _columns_by_keys(sheet: CellSheet, table: Table, place: tuple[int, int], found: Found) -> dict[str, int]:
    key_row, mark_column = place
    keys = {c.key for c in table.columns}
    columns: dict[str, int] = {}
    for column, value in enumerate(sheet.rows[key_row]):
        if column <= mark_column or not isinstance(value, str) or value not in keys:
            continue
        if value in columns:
            label = table.column(value).label
            where = f"{address(key_row + 2, columns[value] + 1)} dan {address(key_row + 2, column + 1)}"
            found.findings.append(
                Finding(
                    code="S313", sheet=sheet.name, cell=address(key_row + 2, column + 1), column=label, args={"rincian": where}
                )
            )
            continue
        columns[value] = column
    return columns


def _compare_headings(sheet: CellSheet, table: Table, head_row: int, columns: dict[str, int], found: Found) -> None:
    """Key against heading: another column's heading is a contradiction, an unknown one a mere renaming."""
    own = {c.key: _names(c) for c in table.columns}
    others = {fold(c.label): c for c in table.columns}
    for key, column in list(columns.items()):
        text = heading_of(sheet.value(head_row, column))
        if not text or text in own[key]:
            continue
        label, cell = table.column(key).label, address(head_row + 1, column + 1)
        shown = str(sheet.value(head_row, column)).strip().rstrip("* ")
        contradicted = text in others and others[text].key != key
        code = "S304" if contradicted else "S305"
        found.findings.append(Finding(code=code, sheet=sheet.name, cell=cell, column=label, value=shown))
        if contradicted:
            found.unclear.add((table.key, key))


def _adopt_unkeyed(sheet: CellSheet, table: Table, head_row: int, columns: dict[str, int], found: Found) -> None:
    """Columns without a key: taken by their heading when their key is lost, else named and ignored."""
    if head_row >= len(sheet.rows):
        return
    taken = set(columns.values())
    names = {name: c.key for c in table.columns for name in _names(c) if c.key not in columns}
    for column, value in enumerate(sheet.rows[head_row]):
        if column in taken or column < FIRST_COLUMN or not (text := heading_of(value)):
            continue
        if key := names.get(text):
            columns.setdefault(key, column)
        else:
            cell = address(head_row + 1, column + 1)
            found.findings.append(Finding(code="S308", sheet=sheet.name, cell=cell, value=str(value).strip()))


def _table_by_headings(sheet: CellSheet, declared: Sheet, table: Table, found: Found) -> FoundTable | None:
    """The row that carries most of the table's headings: at least three (or all) and half of the input columns."""
    names = {name: c.key for c in table.columns for name in _names(c)}
    best: dict[str, int] = {}
    best_row = -1
    for row, values in enumerate(sheet.rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(values):
            if key := names.get(heading_of(value)):
                columns.setdefault(key, column)
        if len(columns) > len(best):
            best, best_row = columns, row
    inputs = sum(1 for c in table.columns if c.computed is None)
    if len(best) < min(3, inputs) or len(best) * 2 < inputs:
        return None
    found.findings.append(
        Finding(code="S306", sheet=sheet.name, cell=address(best_row + 1, min(best.values()) + 1), args={"rincian": table.title})
    )
    _adopt_unkeyed(sheet, table, best_row, best, found)
    return _finish(sheet, declared, table, best, best_row, None, found)


def _finish(
    sheet: CellSheet, declared: Sheet, table: Table, columns: dict[str, int], head_row: int, total_row: int | None, found: Found
) -> FoundTable:
    """Name what is missing, once per column, with the heading that looks most like it."""
    lost = [column for column in table.columns if column.key not in columns]
    unknown = [f.value for f in found.findings if f.code == "S308" and f.sheet == sheet.name]
    in_amounts = {key for total in table.totals for key in feeding(table.columns, total)} if lost else ()
    in_others = {key for one in table.columns if one.computed for key in feeding(table.columns, one.key)} if lost else ()
    optional = []
    for column in lost:
        essential = column.essential or (column.key in in_amounts and not column.computed)
        if not (essential or column.required and not column.computed or column.computed and column.key in in_others):
            optional += [] if column.computed else [column.label.strip()]
            continue
        usul = suggestion(column.label, unknown, 'mungkin yang berjudul "{}"')
        found.findings.append(
            Finding(
                code="S302" if essential else "S303", sheet=sheet.name, cell=address(head_row + 1, FIRST_COLUMN + 1),
                column=column.label, args={"rincian": table.title, "usul": usul},
            )
        )  # fmt: skip
    if optional:
        cell = address(head_row + 1, FIRST_COLUMN + 1)
        words = {"rincian": table.title}
        found.findings.append(Finding(code="S319", sheet=sheet.name, cell=cell, column=", ".join(optional), args=words))
    end = _end_of_table(sheet, declared, table, head_row)
    return FoundTable(
        table=table, columns=columns, head_row=head_row, first_row=head_row + 1, end_row=end, total_row=total_row,
        missing=tuple(column.key for column in lost),
    )  # fmt: skip


def _end_of_table(sheet: CellSheet, declared: Sheet, table: Table, head_row: int) -> int:
    """The row where the next block begins: its mark, or its title."""
    titles, marks = {fold(b.title) for b in declared.blocks if b.key != table.key}, ("#isi:", "#tabel:", "#jumlah:")
    below = _front(sheet, "" if titles else "#", head_row + 1)
    return min((row for row, _, text in below if text.startswith(marks) or titles and fold(text) in titles), default=sheet.height)


# ---- The columns of a shown table by their headings, where there is no hidden key row; and what is said of one that is gone
#      ----

_FEWEST = 3
"""So many headings make a row of headings."""


def headings(sheet: CellSheet, columns: Sequence[Column]) -> tuple[int, dict[str, list[int]]]:
    """The row that carries most of the headings, and where each column's heading stands on it; -1 when none has a few. A
    former name counts as the present one: a column that has both stands there twice."""
    names = _named(columns)
    best: tuple[int, dict[str, list[int]]] = (-1, {})
    for row in range(min(len(sheet.rows), HEADING_ROWS)):
        found = _matched(sheet, row, names)
        if len(found) > len(best[1]):
            best = row, found
    return best if len(best[1]) >= _FEWEST else (-1, {})


def _named(columns: Sequence[Column]) -> dict[str, str]:
    """Headings to keys: present ones, and former ones that no other column has now. Where a label repeats, the group above it
    is part of the name."""
    repeated = {text for text, count in Counter(fold(column.label) for column in columns).items() if count > 1}

    def name(column: Column, text: str) -> str:
        return f"{fold(column.group)}/{fold(text)}" if fold(column.label) in repeated else fold(text)

    labels = {name(column, column.label): column.key for column in columns}
    return {name(c, alias): c.key for c in columns for alias in c.aliases} | labels


def _matched(sheet: CellSheet, row: int, names: Mapping[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    group = ""
    for column, value in enumerate(sheet.rows[row]):
        group = (heading_of(sheet.value(row - 1, column)) if row else "") or group
        text = heading_of(value)
        key = (names.get(f"{group}/{text}") or names.get(text)) if text else None
        if key:
            found.setdefault(key, []).append(column)
    return found


def lost(
    sheet: CellSheet, declared: RecapSheet, columns: Sequence[Column], column: Column, head: int, places: Mapping[str, list[int]]
) -> Finding | None:  # fmt: skip
    """What is said of a column without a heading, or with two."""
    label = column.label.strip()
    found = places.get(column.key, [])
    if len(found) == 1:
        return None
    if found:
        first, second = (address(head + 1, at + 1) for at in found[:2])
        return Finding(code="S313", sheet=sheet.name, cell=second, column=label, args={"rincian": f"{first} dan {second}"})
    if head < 0:
        labels = ", ".join(c.label.strip() for c in columns if c.key in declared.table.essential or not declared.table.essential)
        return Finding(code="S321", sheet=sheet.name, cell="A1", column=labels, args={"usul": ""})
    at = _expected([c.key for c in columns], column.key, places)
    shown = heading_of(sheet.value(head, at)) and str(sheet.value(head, at)).strip()
    taken = any(at in columns for columns in places.values())
    usul = f'; di tempatnya tertulis "{shown}"' if shown and not taken else ""
    group = f"{column.group}: " if sum(c.label == column.label for c in columns) > 1 else ""
    return Finding(
        code="S321", sheet=sheet.name, cell=address(head + 1, at + 1), column=group + label, args={"usul": usul}
    )  # fmt: skip


def _expected(keys: Sequence[str], key: str, places: Mapping[str, list[int]]) -> int:
    """Where the heading should stand: beside the nearest one before it that is there, else after it."""
    at = keys.index(key)
    left = next((i for i in range(at - 1, -1, -1) if keys[i] in places), None)
    near = left if left is not None else next(i for i in range(len(keys)) if keys[i] in places)
    return max(0, places[keys[near]][0] + at - near)
