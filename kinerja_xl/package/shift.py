"""What becomes of row numbers, areas and formulas when rows are inserted: the arithmetic alone, no XML."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_xl.formula.references import MAX_ROW, Corner, Reference, address, box, rewritten
from kinerja_xl.package.archive import PackageError


class CannotInsertError(PackageError):
    """Rows can't be inserted without harming something; ``reason`` says which part of the file it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """``count`` new rows in front of row ``at`` of ``sheet``, each a copy of row ``model`` (numbers before the insertion).

    As in Excel an area that reaches from above ``at`` to below grows. ``stretch``: the model is the last row of its table
    and the new rows come directly below it, so that an area which ends with the model grows as well.
    """

    sheet: str
    at: int
    count: int
    model: int
    stretch: bool = False

    def row(self, row: int) -> int:
        """The new number of a row."""
        return row + self.count if row >= self.at else row

    def span(self, first: int, last: int, *, grow: bool = True) -> tuple[int, int]:
        """The new first and last row of an area; one down to the sheet's last row stays there."""
        end = self.row(last)
        if grow and self.stretch and last == self.model:
            end = last + self.count
        return min(self.row(first), MAX_ROW), min(end, MAX_ROW)

    def splits(self, first: int, last: int) -> bool:
        """Whether the new rows come between these two."""
        return first < self.at <= last

    def ref(self, text: str, *, grow: bool = True) -> str:
        """``B2:D5`` or ``B2`` as it reads afterwards; what is no address stays."""
        try:
            r1, c1, r2, c2 = box(text)
        except ValueError:
            return text
        if ":" not in text:
            return _like(text, address(self.row(r1), c1))
        first, last = self.span(r1, r2, grow=grow)
        return _like(text, f"{address(first, c1)}:{address(last, c2)}")

    def sqref(self, text: str) -> str:
        """A list of areas, extended so that areas which cover the model cover the new rows too."""
        found = []
        for part in text.split():
            found.append(self.ref(part) if ":" in part or not self.stretch else self._grown(part))
            if self._misses(part):
                _, c1, _, c2 = box(part)
                found.append(f"{address(self.at, c1)}:{address(self.at + self.count - 1, c2)}")
        return " ".join(found)

    def _grown(self, cell: str) -> str:
        try:
            row, col, _, _ = box(cell)
        except ValueError:
            return cell
        return f"{address(row, col)}:{address(row + self.count, col)}" if row == self.model else self.ref(cell)

    def _misses(self, area: str) -> bool:
        """The area covers the model and would leave the copies out."""
        try:
            r1, _, r2, _ = box(area)
        except ValueError:
            return False
        return r1 <= self.model <= r2 and not self.splits(r1, r2) and not (self.stretch and r2 == self.model)

    def formula(self, text: str, *, home: bool, grow: bool = True, keep_relative: bool = False) -> str:
        """A formula as it reads afterwards.

        ``home``: it stands on the sheet itself, so that plain addresses mean this sheet. ``keep_relative``: rows
        without ``$`` are distances (formats of an area around the insertion) and stay. Raises CannotInsertError for
        a reference through several sheets that this one is among.
        """

        def change(ref: Reference) -> Reference | str:
            if not (self.meant(ref) if ref.prefix else home):
                return ref
            return self._reference(ref, grow, keep_relative)

        return rewritten(text, change)

    def meant(self, ref: Reference) -> bool:
        """Whether a reference with a prefix points to this sheet."""
        name = ref.sheet.removeprefix("[0]")
        if name.casefold() == self.sheet.casefold():
            return True
        several = ":" in name and not name.startswith("[")  # which sheets lie between depends on the order of the tabs
        if several and max(ref.first.row, ref.last.row if ref.last else 0) >= self.at:
            raise CannotInsertError(f"rumus menjumlah lewat beberapa lembar sekaligus ({ref.text()})")
        return False

    def _reference(self, ref: Reference, grow: bool, keep: bool) -> Reference:
        first, last = ref.first, ref.last
        if not first.row:
            return ref
        if last is None:
            if grow and self.stretch and ref.argument and first.row == self.model and not keep:
                return replace(ref, last=replace(first, row=first.row + self.count))
            return replace(ref, first=self._corner(first, keep))
        if keep and not (first.fixed_row and last.fixed_row):
            return replace(ref, first=self._corner(first, keep), last=self._corner(last, keep))
        low, high = self.span(min(first.row, last.row), max(first.row, last.row), grow=grow)
        rows = (low, high) if first.row <= last.row else (high, low)
        return replace(ref, first=replace(first, row=rows[0]), last=replace(last, row=rows[1]))

    def _corner(self, corner: Corner, keep: bool) -> Corner:
        if keep and not corner.fixed_row:
            return corner
        return replace(corner, row=min(self.row(corner.row), MAX_ROW))


def _like(old: str, new: str) -> str:
    """The very text when nothing changed (``$A$1`` in a place where others write ``A1``)."""
    return old if old.replace("$", "") == new else new
