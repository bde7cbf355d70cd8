"""The rows of the worksheet that gets new ones: numbers and formulas move on, the model row is copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.formula.references import MAX_ROW, Place, address, moved, steady
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.book import Package
from kinerja_xl.package.collect import Collector
from kinerja_xl.package.draft import Draft, Edit, area, set_attributes, set_text, splice
from kinerja_xl.package.insert_refs import CannotInsertError, Shift
from kinerja_xl.package.markup import Element, escape, tag, tree
from kinerja_xl.package.patch import CellValue, Formula, cell_xml, placed_cells

_OWN_PLACE = ("r", "hidden", "collapsed", "spans")
"""Attributes of the model row that its copies do not take over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands, with its cells by column."""

    number: int
    element: Element
    cells: Mapping[int, Element]


def read_rows(body: Element | None) -> list[Row]:
    """The rows of ``sheetData``, implied numbers resolved. Raises PackageError."""
    rows = placed_cells(body) if body else ()
    return [Row(number=n, element=row, cells={col: cell for (_, col), cell in cells}) for n, row, cells in rows]


def expanded(rows: list[Row]) -> dict[Place, str]:
    """The text of every formula; those that share one get their own."""
    seen = Collector(path="")
    for place, f in formulas(rows):
        seen.formula(place, f.text, False, f.attrs.get("t", ""), f.attrs.get("si", ""))
    found = seen.result().formulas.items()
    return {place: cell.at(place) for place, cell in found if cell.text or cell.origin is None}


def formulas(rows: list[Row]) -> Iterator[tuple[Place, Element]]:
    """Every formula element with the place of its cell."""
    for row in rows:
        for col, cell in row.cells.items():
            f = cell.first("f")
            if f is not None:
                yield (row.number, col), f


class Rows:
    """The edits of ``sheetData`` for one insertion."""

    def __init__(self, data: bytes, body: Element, shift: Shift) -> None:
        self.data, self.body, self.shift = data, body, shift
        self.rows = read_rows(body)
        self.texts = expanded(self.rows)
        self.finals = self._finals()

    def edits(self) -> list[Edit]:
        """Raises CannotInsertError where an array or the sheet's end is in the way."""
        self._refuse()
        found: list[Edit] = self._copies()
        for row in self.rows:
            if row.number >= self.shift.at:
                number = row.number + self.shift.count
                found += set_attributes(self.data, row.element, {"r": str(number)})
                for col, cell in row.cells.items():
                    found += set_attributes(self.data, cell, {"r": address(number, col)})
        for place, f in formulas(self.rows):
            found += self._formula(place, f)
        return found

    def _refuse(self) -> None:
        last = max((row.number for row in self.rows if row.cells), default=0)
        if self.shift.row(last) > MAX_ROW:
            raise CannotInsertError("lembar sudah terisi sampai baris terakhir")
        for _, f in formulas(self.rows):
            if f.attrs.get("t") in ("array", "dataTable") and "ref" in f.attrs:
                if (found := area(f.attrs["ref"])) is None:
                    raise PackageError(f"alamat {f.attrs['ref']} tidak sah")
                if self.shift.splits(found[0], found[2]):
                    raise CannotInsertError(f"rumus larik {f.attrs['ref']} melintasi tempat baris baru")

    def _finals(self) -> dict[Place, str]:
        """The text of every formula afterwards, by its place before."""
        shift = self.shift
        found = {
            place: shift.formula(text, home=True, grow=place[0] != shift.model) if text else text
            for place, text in self.texts.items()
        }
        # A running number (=A10+1) would look across the new rows to the old neighbour: rows below that repeat the
        # model's formula go on repeating it.
        for (row, col), text in self.texts.items():
            if row != shift.model or not text:
                continue
            below, held = shift.at, self._steady(col)
            while below != row and self.texts.get((below, col)) == moved(text, below - row, steady=held):
                found[below, col] = moved(found[row, col], shift.row(below) - shift.row(row), steady=held)
                below += 1
        return found

    def _steady(self, col: int) -> frozenset[int]:
        """What the formulas of this column share unmoved, judged by the model's neighbours."""
        model = self.shift.model
        for step in (1, -1):
            other = self.texts.get((model + step, col))
            if other and (held := steady(self.texts[model, col], other, step)):
                return held
        return frozenset()

    def _formula(self, place: Place, f: Element) -> list[Edit]:
        kind, final = f.attrs.get("t"), self.finals.get(place)
        if kind == "shared":
            if final is None:  # a group without its origin: nothing to write out
                raise CannotInsertError(f"rumus bersama di sel {address(*place)} tidak lengkap")
            kept = {key: value for key, value in f.attrs.items() if key not in ("t", "ref", "si")}
            return [(f.start, f.end, tag(f.prefix, "f", kept, escape(final)))]
        edits = set_text(f, final) if final is not None else []
        if kind in ("array", "dataTable"):
            for key in ("ref", "r1", "r2"):
                if key in f.attrs:
                    edits += set_attributes(self.data, f, {key: self.shift.ref(f.attrs[key], grow=False)})
        return edits

    def _copies(self) -> list[Edit]:
        model = next((row for row in self.rows if row.number == self.shift.model), None)
        if model is None:
            return []
        before = [row for row in self.rows if row.number < self.shift.at]
        at = before[-1].element.end if before else self.body.open_end
        made = b"".join(self._copy(model, self.shift.at + index) for index in range(self.shift.count))
        return [(at, at, made)]

    def _copy(self, model: Row, number: int) -> bytes:
        prefix = model.element.prefix
        attrs = {"r": str(number)} | {k: v for k, v in model.element.attrs.items() if k not in _OWN_PLACE}
        cells = b"".join(self._cell(model, col, cell, number) for col, cell in sorted(model.cells.items()))
        return tag(prefix, "row", attrs, cells.decode())

    def _cell(self, model: Row, col: int, cell: Element, number: int) -> bytes:
        """Format and formula of the model's cell, not what somebody typed there."""
        attrs = {"r": address(number, col)} | {k: v for k, v in cell.attrs.items() if k == "s"}
        f, text = cell.first("f"), self.finals.get((model.number, col))
        if f is None:
            return tag(cell.prefix, "c", attrs)
        if not text or f.attrs.get("t") == "dataTable":
            raise CannotInsertError(f"rumus di sel {address(model.number, col)} tidak dapat disalin ke baris baru")
        own = {}
        if f.attrs.get("t") == "array":
            if ":" in f.attrs.get("ref", "") and len(set(f.attrs["ref"].split(":"))) > 1:
                raise CannotInsertError(f"rumus larik {f.attrs['ref']} tidak dapat disalin ke baris baru")
            own = {"t": "array", "ref": address(number, col)}
            attrs |= {k: v for k, v in cell.attrs.items() if k == "cm"}
        copied = moved(text, number - self.shift.row(model.number), steady=self._steady(col))
        return tag(cell.prefix, "c", attrs, tag(f.prefix, "f", own, escape(copied)).decode())


# ---- The results that formulas show: set where they are known, taken away where they are no longer true ----

def with_results(data: bytes, results: Mapping[str, Mapping[Place, CellValue]]) -> bytes:
    """The file with other results in formula cells, by sheet and place; None: no result, a new calculation has to give it.

    The formulas stay as they are. Cells without a formula are left alone. Raises PackageError.
    """
    package = Package.open(data)
    draft = Draft(package.archive)
    for name, wanted in results.items():
        path = package.path(name)
        part = draft.read(path)
        body = tree(part, path).first("sheetData")
        edits: list[Edit] = []
        for row in read_rows(body):
            for col, cell in row.cells.items():
                formula = cell.first("f")
                if formula is not None and (row.number, col) in wanted:
                    edits.append(_cell(part, cell, formula, wanted[row.number, col]))
        draft.write(path, splice(part, edits))
    return draft.data()


def _cell(part: bytes, cell: Element, formula: Element, value: CellValue) -> Edit:
    """The cell with its formula's own bytes and the new result."""
    attrs = {key: text for key, text in cell.attrs.items() if key != "t"}
    shown = cell_xml(cell.prefix, "A1", None, Formula("0", _plain(value)))
    made = tree(shown, "hasil")
    if kind := made.attrs.get("t"):
        attrs["t"] = kind
    result = made.first("v")
    body = part[formula.start : formula.end] + (shown[result.start : result.end] if result is not None else b"")
    return cell.start, cell.end, tag(cell.prefix, "c", attrs, body.decode())


def _plain(value: CellValue) -> str | int | float | Decimal | None:
    if isinstance(value, Formula):
        raise TypeError("a result is no formula")
    return value  # type: ignore[return-value]
