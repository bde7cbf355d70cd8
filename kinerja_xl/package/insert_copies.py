"""What the new rows take over from their model besides cells: merged cells, and small charts in cells."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_xl.package import change
from kinerja_xl.package.address import address, box, coordinates
from kinerja_xl.package.draft import Edit, splice
from kinerja_xl.package.markup import Element
from kinerja_xl.package.references import moved
from kinerja_xl.package.shift import Shift
from kinerja_xl.package.values import tag


def merges(data: bytes, listed: Element, shift: Shift) -> Iterator[Edit]:
    """What is merged within the model row is merged in its copies too."""
    wide = []
    for merge in listed.named("mergeCell"):
        try:
            r1, c1, r2, c2 = box(merge.attrs.get("ref", ""))
        except ValueError:
            continue
        if r1 == r2 == shift.model:
            wide.append((c1, c2))
    if not wide:
        return
    areas = [f"{address(row, c1)}:{address(row, c2)}" for row in _new_rows(shift) for c1, c2 in wide]
    yield listed.close, listed.close, b"".join(tag(listed.prefix, "mergeCell", {"ref": area}) for area in areas)
    if "count" in listed.attrs:
        total = len(list(listed.named("mergeCell"))) + len(areas)
        yield from change.attributes(data, listed, {"count": str(total)})


def sparklines(data: bytes, listed: Element, shift: Shift) -> Iterator[Edit]:
    """A small chart in the model row gets copies that show the new rows."""
    for one in listed.named("sparkline"):
        cell, source = one.first("sqref"), one.first("f")
        if cell is None or source is None:
            continue
        try:
            row, col = coordinates(cell.text)
        except ValueError:
            continue
        if row != shift.model:
            continue
        final = shift.formula(source.text, home=True, grow=False)
        for new in _new_rows(shift):
            edits = change.text(source, moved(final, new - shift.row(row))) + change.text(cell, address(new, col))
            copy = [(start - one.start, end - one.start, text) for start, end, text in edits]
            yield one.end, one.end, splice(data[one.start : one.end], copy)


def _new_rows(shift: Shift) -> range:
    return range(shift.at, shift.at + shift.count)
