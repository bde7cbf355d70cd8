"""The columns of a shown table by their headings, where there is no hidden key row; and what is said of one that is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kinerja_xl.catatan import Finding
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.reading.locate import HEADING_ROWS, heading_of
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.values import fold

_FEWEST = 3
"""So many headings make a row of headings."""


def headings(sheet: CellSheet, columns: Sequence[Column]) -> tuple[int, dict[str, list[int]]]:
    """The row that carries most of the headings, and where each column's heading stands on it; -1 when none has a few."""
    labels, aliases = _names(columns)
    best: tuple[int, dict[str, list[int]]] = (-1, {})
    for row in range(min(len(sheet.rows), HEADING_ROWS)):
        found = _matched(sheet, row, labels)
        found = {key: at for key, at in _matched(sheet, row, aliases).items() if key not in found} | found
        if len(found) > len(best[1]):
            best = row, found
    return best if len(best[1]) >= _FEWEST else (-1, {})


def _names(columns: Sequence[Column]) -> tuple[dict[str, str], dict[str, str]]:
    """Headings to keys: present ones, and former ones that no other column has now. Where a label repeats, the group above it
    is part of the name."""
    repeated = {text for text, count in Counter(fold(column.label) for column in columns).items() if count > 1}

    def name(column: Column, text: str) -> str:
        return f"{fold(column.group)}/{fold(text)}" if fold(column.label) in repeated else fold(text)

    labels = {name(column, column.label): column.key for column in columns}
    aliases = {text: c.key for c in columns for alias in c.aliases if (text := name(c, alias)) not in labels}
    return labels, aliases


def _matched(sheet: CellSheet, row: int, names: Mapping[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    group = ""
    for column, value in enumerate(sheet.rows[row]):
        group = (heading_of(sheet.value(row - 1, column)) if row else "") or group
        text = heading_of(value)
        key = (names.get(text) or names.get(f"{group}/{text}")) if text else None
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
