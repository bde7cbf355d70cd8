"""Small helpers for catatan of this room: a finding on a sheet, lists of places, amounts as staff write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import MappingProxyType

from kinerja_xl.findings import Finding
from kinerja_xl.sheets.values import format_number

LISTED = 5


def finding(code: str, sheet: str = "", cell: str = "", *, column: str = "", value: str = "", **args: object) -> Finding:
    """A catatan of this room; the file's name is filled in when the book is put together."""
    words = MappingProxyType({key: number(arg) if isinstance(arg, Decimal) else str(arg) for key, arg in args.items()})
    return Finding(code=code, sheet=sheet, cell=cell, column=column, value=value[:120], args=words)


def number(value: Decimal) -> str:
    """``1.234.567`` or ``1.234,5``."""
    whole = value.to_integral_value()
    return format_number(whole if whole == value else value.normalize())


def listed(places: Sequence[str]) -> str:
    """The first few places, and how many more there are."""
    rest = len(places) - LISTED
    return ", ".join(places[:LISTED]) + (f", dan {rest} lainnya" if rest > 0 else "")


def ranges(rows: Iterable[int]) -> str:
    """Row numbers as ranges: 5, 7-9."""
    parts: list[str] = []
    start = last = None
    for row in [*sorted(rows), None]:
        if last is not None and row == last + 1:
            last = row
            continue
        if start is not None and last is not None:
            parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = row
    return listed(parts)
