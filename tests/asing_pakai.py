"""Invented workbooks in layouts of others, and the cases of the catatan about them: one that breaks, one that nearly does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from kinerja_xl.adopt.kept import with_answer
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.padanan import padanan_book
from tests import kasus

Said = set[tuple[str, str, str]]
"""(code, sheet, cell)."""
Give = Callable[[Path], Iterable[Finding]]


class Cases(kasus.Cases):
    """The cases of one module, each with what it does in a folder of its own."""

    def __init__(self) -> None:
        super().__init__(_given)


def _given(give: Give, place: Path) -> Said:
    place.mkdir()
    return places(give(place))


def with_cells(data: bytes, **cells: object) -> bytes:
    """The workbook with other contents of some cells of its first sheet."""
    book = load_workbook(BytesIO(data))
    for cell, value in cells.items():
        book.active[cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def places(findings: Iterable[Finding]) -> Said:
    return {(f.code, f.sheet, f.cell) for f in findings}


def padanan(known: Mapping[bytes, Mapping[str, str]]) -> bytes:
    """A Padanan.xlsx that knows these workbooks' layouts, with these answers."""
    kept = Padanan()
    for data, answers in known.items():
        for table in read_foreign(data, "lama.xlsx").imported:
            for key, value in {"jenis": table.kind, **answers}.items():
                kept = with_answer(kept, table, key, value)
    return padanan_book(kept)
