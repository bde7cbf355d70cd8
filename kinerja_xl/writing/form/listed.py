"""Choices that are on no list, for Cek Mandiri: a formula that counts them, and the same for the content that we write."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kinerja_xl.sheets.choices import ALSO_WRITTEN, Listings
from kinerja_xl.sheets.content import LIST_PREFIX, Row
from kinerja_xl.sheets.model import Column


def _closed(columns: Sequence[Column], lists: Listings) -> list[Column]:
    """Those that take only what is on their list; a code may stand beside its name and is looked up elsewhere."""
    return [c for c in columns if c.kind.list_name in lists.by_name and not c.kind.open_list and c.kind.name != "kode"]


def outside_choices(columns: Sequence[Column], cell: Callable[[str], str], lists: Listings) -> str:
    """Formula: how many of these cells, or ranges, hold a choice that is on no list, nor what staff write for one."""
    return "+".join(_outside_choice(c, cell(c.key)) for c in _closed(columns, lists)) or "0"


def _outside_choice(column: Column, cell: str) -> str:
    also = "".join(f'*(TRIM({cell})<>"{word}")' for word in ALSO_WRITTEN.get(column.kind.list_name, ()))
    return f"(LEN({cell})>0)*(COUNTIF({LIST_PREFIX}{column.kind.list_name},TRIM({cell}))=0){also}"


def count_outside(row: Row, columns: Sequence[Column], lists: Listings) -> int:
    """The other face of ``outside_choices``, for one row."""
    return sum(
        row.get(c.key) is not None
        and row.text(c.key).strip().casefold()
        not in {*map(str.casefold, lists.values(c.kind.list_name)), *ALSO_WRITTEN.get(c.kind.list_name, ())}
        for c in _closed(columns, lists)
    )
