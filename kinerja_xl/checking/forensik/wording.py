"""How cells, rows and amounts are named in a catatan: short and bounded, and in full beside it for marking them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.formula.references import Place
from kinerja_xl.package import address
from kinerja_xl.reading.unseen import bounded, columns, row_list
from kinerja_xl.sheets.formats import format_number, format_rupiah, plain

__all__ = ["amount", "at", "bounded", "columns", "ranges", "row_list"]

_MONEY_FROM = 1_000


def at(code: str, sheet: str, places: Sequence[Place], **args: str) -> Finding:
    """A finding at the first of ``places``. ``args``: ``sel_sel`` all cells, ``daftar`` a bounded list, ``banyak``."""
    listed = sorted(places)
    named = [address(*place) for place in listed]
    common = {"daftar": bounded(ranges(listed)), "banyak": str(len(listed)), "sel_sel": " ".join(named)}
    return Finding(code=code, sheet=sheet, cell=named[0] if named else "", args={**common, **args})


def ranges(places: Iterable[Place]) -> list[str]:
    """Cells as addresses, neighbours in one column joined: ``P24``, ``P31:P34``; then neighbours in one row."""
    left = sorted(places, key=lambda place: (place[1], place[0]))
    runs: list[tuple[Place, Place]] = []
    for place in left:
        if runs and runs[-1][1] == (place[0] - 1, place[1]):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    boxes: list[tuple[Place, Place]] = []
    for first, last in sorted(runs, key=lambda run: (run[0][0], run[1][0], run[0][1])):
        beside = boxes and boxes[-1][0][0] == first[0] and boxes[-1][1] == (last[0], last[1] - 1)
        if beside:
            boxes[-1] = (boxes[-1][0], last)
        else:
            boxes.append((first, last))
    return [address(*a) if a == b else f"{address(*a)}:{address(*b)}" for a, b in sorted(boxes)]


def amount(value: Decimal) -> str:
    """Large whole numbers are money; others are shown with at most four decimals."""
    if value == value.to_integral_value() and abs(value) >= _MONEY_FROM:
        return format_rupiah(plain(value))
    return format_number(value if value == value.to_integral_value() else plain(round(value, 4)))
