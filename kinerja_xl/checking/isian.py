"""What a required text holds is an answer: not a dash, "dll", a key held down or a copied label (N418)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import placeholder
from kinerja_xl.frames import Checked
from kinerja_xl.sheets.model import Block, Column

ELSEWHERE = ("tor", "kebijakan")
"""Blocks of which other rules say what an answer is (K609, G111)."""


def hollow(rows: Iterable[Checked]) -> Iterator[Finding]:
    """Required texts of rows and forms that only stand where an answer should."""
    asked: dict[int, list[tuple[Column, Callable[[str], bool]]]] = {}
    for checked in rows:
        block, row = checked.block, checked.row
        columns = asked.get(id(block))
        if columns is None:
            columns = asked[id(block)] = [(column, lru_cache(_AGAIN)(partial(_hollow, column))) for column in _asked(block)]
        for column, is_hollow in columns:
            text = row.values.get(column.key)
            if not isinstance(text, str) or not is_hollow(text):
                continue
            cell = row.cell(column.key)
            if cell and (row.sheet, cell) not in checked.reported:
                yield Finding(
                    code="N418", file=checked.file, unit=checked.unit, sheet=row.sheet, cell=cell, column=column.label.strip(),
                    value=text,
                )  # fmt: skip


_AGAIN = 1 << 12
"""Texts of a column that are judged once, however often they come back: units of measure, names in a price list."""


def _hollow(column: Column, text: str) -> bool:
    return placeholder(text, column)


def _asked(block: Block) -> Iterator[Column]:
    """The required texts of a block; its declaration lives as long as the program, so it is known by itself."""
    for column in block.columns if block.key not in ELSEWHERE else ():
        if column.required and not column.computed and column.kind.name == "teks":
            yield column
