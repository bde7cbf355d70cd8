"""What a required text holds is an answer: not a dash, "dll", a key held down or a copied label (N418)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import placeholder
from kinerja_xl.frames import Checked

ELSEWHERE = ("tor", "kebijakan")
"""Blocks of which other rules say what an answer is (K609, G111)."""


def hollow(rows: Iterable[Checked]) -> Iterator[Finding]:
    """Required texts of rows and forms that only stand where an answer should."""
    for checked in rows:
        block, row = checked.block, checked.row
        for column in block.columns if block.key not in ELSEWHERE else ():
            text = row.values.get(column.key)
            if not column.required or column.computed or column.kind.name != "teks" or not isinstance(text, str):
                continue
            cell = row.cell(column.key)
            if cell and (row.sheet, cell) not in checked.reported and placeholder(text, column):
                yield Finding(
                    code="N418", file=checked.file, unit=checked.unit, sheet=row.sheet, cell=cell, column=column.label.strip(),
                    value=text,
                )  # fmt: skip
