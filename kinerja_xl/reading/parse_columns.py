"""The rows of a table of which nothing has to be said, parsed by column: each value of a column once, however often it comes.

What needs more than its value to be judged (an error, a formula without a result, a doubt, a row that may be a sum) is left to
``parse``, which goes through the rows one by one and says things in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import FoundTable
from kinerja_xl.reading.parse_cells import LOUD, Reading, quiet_value
from kinerja_xl.sheets.content import NOTHING, Row, formula_key
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.texts import as_typed

_PLAIN = frozenset({str, float, date, type(None)})
"""Types of which no two have values that are equal, as 1 and True are."""

CODED = ("kode", "rekening")
"""Kinds of which a row of sums has nothing."""


class RowPlaces(Mapping[str, str]):
    """Column key → ``K17``, made when somebody asks: most addresses nobody ever does. ``letters`` by column key is one mapping
    for all rows of a table."""

    __slots__ = ("letters", "row")

    def __init__(self, letters: Mapping[str, str], row: int) -> None:
        self.letters = letters
        self.row = row

    def __getitem__(self, key: str) -> str:
        return f"{self.letters[key]}{self.row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.letters)

    def __len__(self) -> int:
        return len(self.letters)

    def __repr__(self) -> str:
        return repr(dict(self))


def quiet_rows(
    sheet: CellSheet, found: FoundTable, letters: Mapping[str, str], reading: Reading
) -> dict[int, Row]:  # fmt: skip
    """Those rows by their zero-based number: nothing stands there but values, no value raises a doubt, and what is filled makes
    them rows of the table whatever their words are."""
    first, table, columns = found.first_row, found.table, sheet.columns
    count = max(0, min(found.end_row, len(sheet.rows)) - first)
    blank = [None] * count
    raw = {key: columns[col][first : first + count] if col < len(columns) else blank for key, col in found.columns.items()}
    loud = {index - first for index in sheet.odd_rows}
    made: dict[str, Sequence[object]] = {}
    for column in table.columns:
        if column.key not in raw:
            made[column.key] = blank
        elif not column.computed:
            made[column.key] = _parsed(column, raw[column.key], reading, loud)
    computed = [(column.key, column.computed) for column in table.columns if column.computed]
    shown = [(key, raw[key], found.columns[key]) for key, _ in computed if key in raw]
    quiet: dict[int, Row] = {}
    for number, (sure, *values) in enumerate(zip(_sure(found, raw, count), *made.values(), strict=True)):
        if not sure or number in loud:
            continue
        own, index = dict(zip(made, values, strict=True)), first + number
        for key, result in computed:
            own[key] = result.value(own, reading.lists)
        showing: dict[str, object] = {}
        for key, cells, col in shown:
            if cells[number] is not None:
                showing |= {key: cells[number], formula_key(key): sheet.formula(index, col) is not None}
            elif sheet.formula(index, col) is None:
                showing[formula_key(key)] = False
        places = RowPlaces(letters, index + 1)
        quiet[index] = Row(values=own, row=index + 1, sheet=sheet.name, places=places, shown=showing or NOTHING)
    return quiet


def _parsed(column: Column, raw: Sequence[object], reading: Reading, loud: set[int]) -> list[object]:
    """A column's values; the numbers of the rows in which something has to be said of one are added to ``loud``."""
    if raw.count(None) == len(raw):
        return [*raw]  # half of a form
    if not _PLAIN.issuperset(map(type, raw)):
        raw = [value if type(value) in _PLAIN else LOUD for value in raw]
    different = {*raw} - {None}
    texts = {value for value in different if isinstance(value, str)} if column.kind.name == "teks" else set[str]()
    if len(texts) == len(different) and as_typed(texts):  # a price list has a code of its own in each of its rows
        return [*raw]
    known: dict[object, Any] = {value: quiet_value(value, column, reading) for value in different - {LOUD}}
    # A cell of which no value could be made silences what is computed from it: that is judged by row.
    unsure = {value for value, parsed in known.items() if parsed is LOUD or parsed is None} | {LOUD}
    if len(unsure) > 1 or LOUD in raw:
        loud.update(number for number, value in enumerate(raw) if value in unsure)
    known[None] = known[LOUD] = None
    return [known[value] for value in raw]


def _sure(found: FoundTable, raw: Mapping[str, Sequence[object]], count: int) -> list[bool]:
    """Which rows hold all that is required, or a code: no sum, no note and no signature does."""
    columns = found.table.columns
    required = [column.key for column in columns if column.required]
    codes = [column.key for column in columns if column.kind.name in CODED and not column.computed]
    sure = [False] * count
    if required and all(key in raw and not found.table.column(key).computed for key in required):
        sure = [None not in cells for cells in zip(*(raw[key] for key in required), strict=True)]
    for cells in (raw[key] for key in codes if key in raw):
        sure = [known or cell is not None for known, cell in zip(sure, cells, strict=True)]
    return sure
