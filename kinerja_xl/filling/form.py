"""One form filled: find its table, share out our rows, insert what is missing, write values, calculate, compare the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.filling.checks import compared, left_over
from kinerja_xl.filling.fields import Field, find_fields
from kinerja_xl.filling.heights import grown
from kinerja_xl.filling.layout import Layout, lay_out, share_out
from kinerja_xl.filling.match import Match, match
from kinerja_xl.filling.results import calculated
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import Target, find_targets
from kinerja_xl.findings import Finding
from kinerja_xl.folder import InputError
from kinerja_xl.foreign.grid import Grid
from kinerja_xl.foreign.source import read_source
from kinerja_xl.package import CellValue, Package, PackageError, address, patch
from kinerja_xl.package.address import column_letters, coordinates
from kinerja_xl.package.frames import look_at
from kinerja_xl.package.insert import refused
from kinerja_xl.package.references import references
from kinerja_xl.package.shift import CannotInsertError
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.values import fold

FEWEST = 2
"""Columns that must be known before a table is taken for the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled form. ``total``: the money that was put in, None for rows without money."""

    data: bytes
    sheet: str
    kind: str
    rows: int
    fields: int
    total: Decimal | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    target: Target
    supply: Supply
    found: Match


@dataclass(slots=True, kw_only=True)
class _Said:
    """Findings about one file."""

    file: str
    listed: list[Finding] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", cell: str = "", **args: str) -> None:
        self.listed.append(Finding(code=code, file=self.file, sheet=sheet, cell=cell, args=args))

    def stop(self, sentence: str) -> InputError:
        return InputError(sentence, tuple(self.listed))


def fill_form(data: bytes, file: str, supplies: Sequence[Supply], sheet: str = "") -> Filled:
    """The form with our rows in it. ``supplies``: the kinds of rows to choose from; ``sheet``: only on this sheet.

    Nothing that somebody typed is overwritten, everything else in the file keeps its bytes. Raises InputError with the
    catatan that say why the form is left alone.
    """
    said = _Said(file=file)
    source = read_source(data, file)
    if source.refused or source.form != "xlsx":
        found = (source.refused,) if source.refused else ()
        raise InputError(f"{file} bukan formulir Excel (.xlsx atau .xlsm) yang dapat diisi.", found)
    try:
        return _filled(data, source.grids, supplies, sheet, said)
    except PackageError as error:
        raise InputError(f"{file} tidak dapat diisi: {error.reason}.") from error


def _filled(data: bytes, grids: Sequence[Grid], supplies: Sequence[Supply], sheet: str, said: _Said) -> Filled:
    package = Package.open(data)
    if part := refused(package):
        said.add("W107", bagian=part)
        raise said.stop(f"{said.file} tidak diisi.")
    if not (present := [supply for supply in supplies if supply.rows]):
        said.add("W108", jenis=_kinds(supplies))
        raise said.stop(f"{said.file} tidak diisi.")
    choice = _choose(package, grids, present, sheet, said)
    return _Filling(package, data, grids, choice, _laid_out(choice, grids, said), said).filled()


def _choose(package: Package, grids: Iterable[Grid], supplies: Sequence[Supply], sheet: str, said: _Said) -> _Choice:
    """The table and the kind of rows that fit each other best. Raises InputError when none does, or several do."""
    choices = [
        _Choice(target=target, supply=supply, found=match(target.columns, supply, _year(supply)))
        for grid in grids
        if grid.state == "visible" and (not sheet or fold(grid.name) == fold(sheet))
        for target in find_targets(grid, look_at(package, grid.name).framed)
        for supply in supplies
    ]
    choices = [choice for choice in choices if choice.found.weight >= FEWEST]
    best = max((choice.found.weight for choice in choices), default=0)
    fitting = [choice for choice in choices if choice.found.weight == best]
    if not fitting:
        columns = ", ".join(dict.fromkeys(c.label for supply in supplies for c in supply.columns if c.required or c.essential))
        said.add("W101", jenis=_kinds(supplies), dicari=columns[:300] or "uraian dan jumlah")
        raise said.stop(f"{said.file} tidak diisi.")
    if len(fitting) > 1:
        places = (f"{c.target.sheet} baris {c.target.heading_row} ({c.supply.kind})" for c in fitting)
        said.add("W102", tempat="; ".join(places))
        raise said.stop(f"{said.file} tidak diisi.")
    return fitting[0]


def _laid_out(choice: _Choice, grids: Sequence[Grid], said: _Said) -> Layout:
    """Where every row comes. Raises InputError when the table can't take them."""
    target, supply = choice.target, choice.supply
    grid = next(grid for grid in grids if grid.name == target.sheet)
    rows = {row for block in target.blocks for row in range(block.first, block.last + 1)}
    if target.filled:
        said.add("W103", target.sheet, f"A{target.filled[0]}", baris=_listed(target.filled))
    if upright := [(r1, c1, r2, c2) for r1, c1, r2, c2 in grid.merged if r1 < r2 and rows & set(range(r1, r2 + 1))]:
        areas = [f"{address(r1, c1)}:{address(r2, c2)}" for r1, c1, r2, c2 in upright]
        said.add("W106", target.sheet, areas[0].partition(":")[0], area=", ".join(areas[:5]))
    shares, lost = share_out(target, supply)
    if not target.blocks and not target.filled:
        said.add("W214", target.sheet, f"A{target.heading_row}")
    elif lost and not target.filled:
        groups = "; ".join(" / ".join(block.labels) or f"baris {block.first}" for block in target.blocks)
        example = next((str(v) for k, v in supply.rows[lost[0]].items() if k in ("uraian", "nama", "indikator") and v), "")
        said.add("W105", target.sheet, kelompok=groups, banyak=str(len(lost)), contoh=example[:80])
    if said.listed:
        raise said.stop(f"{said.file} tidak diisi.")
    return lay_out(target, shares)


def _kinds(supplies: Sequence[Supply]) -> str:
    return " atau ".join(supply.kind for supply in supplies)


def _listed(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:8]))
    return f"{shown} dan {len(rows) - 8} lainnya" if len(rows) > 8 else shown


def _year(supply: Supply) -> str:
    tahun = supply.facts.get("tahun")
    return str(plain(tahun)) if isinstance(tahun, Decimal) else ""


class _Filling:
    """The steps after everything is decided."""

    def __init__(
        self, package: Package, data: bytes, grids: Sequence[Grid], choice: _Choice, layout: Layout, said: _Said
    ) -> None:
        self.package, self.data, self.grids, self.layout, self.said = package, data, grids, layout, said
        self.target, self.supply, self.found = choice.target, choice.supply, choice.found
        self.grid = next(grid for grid in grids if grid.name == self.target.sheet)

    def filled(self) -> Filled:
        data = self._inserted()
        formulas = self._formulas(data)
        used = self._used()
        keys = self._keys(used)
        leaves = self._only_leaves(formulas, keys)
        changes: dict[tuple[str, str], CellValue] = {}
        for row, position in self.layout.places.items():
            for col, value in self._row(position, keys, leaves, used).items():
                if (row, col) not in formulas and value is not None:
                    changes[self.target.sheet, address(row, col)] = value
        fields = self._fields()
        changes.update({(one.sheet, one.cell): one.value for one in fields})
        changed: dict[str, set[tuple[int, int]]] = {}
        for sheet, cell in changes:
            changed.setdefault(sheet, set()).add(coordinates(cell))
        data = grown(patch(data, changes, recalculate=True), self.target.sheet, changes)
        data, calculator = calculated(data, {name: frozenset(places) for name, places in changed.items()})
        self.said.listed += compared(self.said.file, self.target, self.layout, self.supply, keys, calculator)
        self.said.listed += left_over(self.said.file, self.target, self.supply, self.found, self.package)
        return Filled(
            data=data, sheet=self.target.sheet, kind=self.supply.kind, rows=len(self.layout.places), fields=len(fields),
            total=self.supply.total if self.supply.amount else None, findings=tuple(self.said.listed),
        )  # fmt: skip

    def _inserted(self) -> bytes:
        """Raises InputError, naming the part that is in the way."""
        try:
            return self.layout.insert(self.data, self.target.sheet)
        except CannotInsertError as error:
            more = str(sum(one.count for one in self.layout.insertions))
            self.said.add("W104", self.target.sheet, tambahan=more, bagian=error.reason)
            raise self.said.stop(f"{self.said.file} tidak diisi.") from error

    def _formulas(self, data: bytes) -> set[tuple[int, int]]:
        """Cells of the sheet that hold formulas once the rows are there."""
        package = Package.open(data)
        return set(package.scan(next(part for part in package.sheets if part.name == self.target.sheet)).formulas)

    def _used(self) -> set[int]:
        """Columns that the formulas of a prepared row calculate with."""
        formulas = (self.grid.formula(row - 1, column.col - 1) for row in self.layout.models for column in self.target.columns)
        return {ref.first.col for formula in formulas if formula is not None for ref in references(formula.text)}

    def _keys(self, used: set[int]) -> dict[int, str]:
        """Column → key of ours. A column that the form's own formulas multiply gets the number, not the factors in words."""
        keys = dict(self.found.keys)
        for col, key in self.found.keys.items():
            if key == "koefisien" and col in used and "volume" not in keys.values():
                keys[col] = "volume"
        return keys

    def _only_leaves(self, formulas: set[tuple[int, int]], keys: Mapping[int, str]) -> bool:
        """Rows that sum up others stay without money where the form adds up all rows itself."""
        money = [col for col, key in keys.items() if self._money(key)]
        summed = [col for col in money if any((self.layout.moved(row), col) in formulas for row in self.target.totals)]
        if not (self.supply.groups and summed):
            return False
        names = "; ".join(c.name for c in self.target.columns if c.col in money)
        self.said.add("W208", self.target.sheet, f"{column_letters(money[0])}{self.target.heading_row}", kolom=names)
        return True

    def _money(self, key: str) -> bool:
        return self.supply.column(key).kind.name == "rupiah"

    def _row(self, position: int, keys: Mapping[int, str], leaves: bool, used: set[int]) -> dict[int, CellValue]:
        """Values of one row by column. Words in place of a figure stay out of columns that the form calculates with."""
        record, bare = self.supply.rows[position], leaves and position in self.supply.groups
        found: dict[int, CellValue] = {}
        for col, key in keys.items():
            value = record.get(key)
            figure = self.supply.column(key).kind.shape in (Shape.ANGKA, Shape.NILAI)
            if not (bare and self._money(key)) and not (isinstance(value, str) and figure and col in used):
                found[col] = _written(value)
        for column in self.target.columns:
            if column.numbers_rows:
                found[column.col] = position + 1
        return found

    def _fields(self) -> list[Field]:
        """Single values; what somebody else wrote stays and is said, and so is what we don't know."""
        until = {self.target.sheet: self.target.heading_row}
        found, unknown = [], []
        for one in find_fields(self.grids, self.package.defined_names, self.supply.facts, until):
            row, col = coordinates(one.cell)
            place = address(self.layout.moved(row), col) if one.sheet == self.target.sheet else one.cell
            if one.value is None:
                unknown += [] if one.kept else [replace(one, cell=place)]
            elif not one.kept:
                found.append(replace(one, cell=place))
            elif fold(one.kept) != fold(str(one.value)):
                self.said.add("W206", one.sheet, place, nilai=one.kept[:120], milik=str(one.value)[:120])
        if unknown:
            self.said.add("W213", unknown[0].sheet, unknown[0].cell, isian=", ".join(one.label for one in unknown))
        return found


def _written(value: object) -> CellValue:
    """A value of ours as a cell takes it."""
    if isinstance(value, Decimal):
        return plain(value)
    return None if value is None else str(value)


