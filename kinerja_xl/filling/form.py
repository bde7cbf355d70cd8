"""One form filled: find its table, share out our rows, insert what is missing, write values, calculate, compare the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.checks import (
    compared,
    cumulative,
    grand,
    left_over,
    other_year,
    partly_known,
    rows_compared,
    total_of,
    without_formula,
)
from kinerja_xl.filling.choose import Asked, Choice, Said, UndecidedError, about_column, choose, drifted, kinds_of
from kinerja_xl.filling.derived import about_groups, derived, labels, share_out
from kinerja_xl.filling.layout import Field, Layout, find_fields, grown, lay_out, mentioned
from kinerja_xl.filling.printed import Typed, alike, example_of, listed, printed_said, told_of
from kinerja_xl.filling.report import FilledColumn, columns_told, proved
from kinerja_xl.filling.results import calculated, kept_together, outside_lists, signature_of
from kinerja_xl.filling.supply import PRICES, Supply
from kinerja_xl.filling.target import FormColumn
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import column_letters, coordinates, references
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import CellValue, Formula, Package, PackageError, address, patch
from kinerja_xl.package.insert import refused
from kinerja_xl.package.insert_refs import CannotInsertError
from kinerja_xl.package.looks import CellLook, look_at
from kinerja_xl.package.pivots import is_protected, refreshed_pivots
from kinerja_xl.package.rich import answered, rich_text
from kinerja_xl.reading.source import read_source
from kinerja_xl.reckoning.capaian import NOT_DUE
from kinerja_xl.sheets.formats import format_rupiah, plain
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.values import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled form. ``total``: the money that was put in, None for rows without money. ``questions``: columns that an answer
    would fill. ``columns``: every column with what it was filled with, or why not."""

    data: bytes
    sheet: str
    kind: str
    rows: int
    fields: int
    total: Decimal | None
    findings: tuple[Finding, ...] = ()
    questions: tuple[Asked, ...] = ()
    columns: tuple[FilledColumn, ...] = ()


def fill_form(
    data: bytes, file: str, supplies: Sequence[Supply], sheet: str = "", padanan: Padanan | None = None
) -> Filled:
    """The form with our rows in it. ``supplies``: the kinds of rows to choose from; ``sheet``: only on this sheet.

    ``padanan``: answers about forms of this layout. Nothing that somebody typed is overwritten, everything else in the file
    keeps its bytes. Raises InputError with the catatan that say why the form is left alone; UndecidedError when an answer
    would help.
    """
    said = Said(file=file)
    source = read_source(data, file)
    if source.refused or source.form != "xlsx":
        found = (source.refused,) if source.refused else ()
        raise InputError(f"{file} bukan formulir Excel (.xlsx atau .xlsm) yang dapat diisi.", found)
    try:
        return _filled(data, source.grids, supplies, sheet, padanan or Padanan(), said)
    except PackageError as error:
        raise InputError(f"{file} tidak dapat diisi: {error.reason}.") from error


def _filled(
    data: bytes, grids: Sequence[CellSheet], supplies: Sequence[Supply], sheet: str, padanan: Padanan, said: Said
) -> Filled:
    package = Package.open(data)
    if part := refused(package):
        said.add("W107", bagian=part)
        raise said.stop()
    if not (present := [supply for supply in supplies if supply.rows]):
        said.add("W108", jenis=kinds_of(supplies))
        raise said.stop()
    choice = choose(package, grids, present, sheet, padanan, said)
    said.listed += [found] if (found := other_year(said.file, grids, choice.target, choice.supply)) else []
    said.listed += [found] if (found := drifted(said.file, padanan, choice.target)) else []
    places = choice.printed.places if choice.printed else {}
    layout = Layout(insertions=(), places=places, models=tuple(places)) if places else _laid_out(choice, grids, said, padanan)
    return _Filling(package, data, grids, choice, layout, said, padanan).filled()


def _laid_out(choice: Choice, grids: Sequence[CellSheet], said: Said, padanan: Padanan) -> Layout:
    """Where every row comes. Raises InputError when the table can't take them, UndecidedError where rows fit no group of it."""
    target, supply = choice.target, choice.supply
    drift = list(said.listed)
    grid = next(grid for grid in grids if grid.name == target.sheet)
    rows = {row for block in target.blocks for row in range(block.first, block.last + 1)}
    if target.filled:
        said.add("W103", target.sheet, f"A{target.filled[0]}", baris=listed(target.filled))
    left, right = target.columns[0].col, target.columns[-1].col
    over = [area for area in grid.merged if area[0] < area[2] and area[1] <= right and area[3] >= left]
    if upright := [(r1, c1, r2, c2) for r1, c1, r2, c2 in over if rows & set(range(r1, r2 + 1))]:
        areas = [f"{address(r1, c1)}:{address(r2, c2)}" for r1, c1, r2, c2 in upright]
        said.add("W106", target.sheet, areas[0].partition(":")[0], area=", ".join(areas[:5]))
    shares = share_out(target, supply, padanan)
    asked = tuple(about_groups(said.file, target, shares)) if len(target.blocks) > 1 else ()
    if not target.blocks and not target.filled:
        said.add("W214", target.sheet, f"A{target.heading_row}")
    elif shares.lost and not target.filled:
        lost = [position for positions in shares.lost.values() for position in positions]
        words = {"banyak": str(len(lost)), "contoh": example_of(supply, lost), "jawab": asked[0].word}
        said.add("W105", target.sheet, kelompok="; ".join(labels(target)), **words)
    if said.listed != drift:
        raise UndecidedError(said, asked) if asked and len(said.listed) == len(drift) + 1 else said.stop()
    layout = lay_out(target, shares.groups)
    if shares.left:
        said.add("W308", target.sheet, **told_of(supply, shares.left))
    if spare := sum(block.size for block in target.blocks) - len(layout.places):
        first = next((row for row in range(1, grid.height + 1) if row in rows and row not in layout.places), 0)
        if spare > 0 and first:
            said.add("W217", target.sheet, f"A{first}", banyak=str(spare))
    return layout


class _Filling:
    """The steps after everything is decided."""

    def __init__(
        self, package: Package, data: bytes, grids: Sequence[CellSheet], choice: Choice, layout: Layout, said: Said,
        padanan: Padanan,
    ) -> None:  # fmt: skip
        self.package, self.data, self.grids, self.layout, self.said = package, data, grids, layout, said
        self.padanan = padanan
        self.target, self.supply, self.found, self.printed = choice.target, choice.supply, choice.found, choice.printed
        self.typed: list[Typed] = []
        self.counted = self.printed.counted if self.printed else self.supply.kept(layout.places.values())
        self.grid = next(grid for grid in grids if grid.name == self.target.sheet)
        self.words: dict[int, list[tuple[int, str]]] = {}
        looks = look_at(package, self.target.sheet).cells
        models = [(row, column.col) for row in layout.models for column in self.target.columns]
        self.percent = frozenset(col for row, col in models if (row, col) in looks and looks[row, col].percent)

    def filled(self) -> Filled:
        data = self._inserted()
        formulas = self._formulas(data)
        used = self._used()
        keys = self._keys(used)
        bare = self._only_leaves(formulas, keys)
        changes: dict[tuple[str, str], CellValue] = {}
        for number, (row, position) in enumerate(sorted(self.layout.places.items()), start=1):
            for col, value in self._row(position, number, keys, bare, used).items():
                if (row, col) not in formulas and value is not None and self._blank(row, col, value):
                    changes[self.target.sheet, address(row, col)] = value
        told = self._derive(changes, formulas, keys)
        self._say_words()
        if self.printed:
            self.said.listed += printed_said(self.said.file, self.printed, self.typed)
        fields = self._fields()
        changes.update({(one.sheet, one.cell): self._field_value(data, one) for one in fields})
        changed: dict[str, set[tuple[int, int]]] = {}
        for sheet, cell in changes:
            changed.setdefault(sheet, set()).add(coordinates(cell))
        data = self._paged(grown(patch(data, changes, recalculate=True), self.target.sheet, changes))
        data, evaluator = calculated(data, {name: frozenset(places) for name, places in changed.items()})
        self.said.listed += compared(self.said.file, self.target, self.layout, self.counted, keys, evaluator)
        self.said.listed += rows_compared(
            self.said, self.target, self.layout, self.supply, keys, evaluator, formulas, self.percent
        )
        data = self._surroundings(data)
        self.said.listed += partly_known(self.said, self.target, self.layout, self.supply, keys, bare)
        self.said.listed += cumulative(self.said.file, self.grids, self.target, keys.values())
        self.said.listed += outside_lists(self.said.file, data, self.target.sheet, changes, evaluator)
        self.said.listed += left_over(self.said.file, self.target, self.supply, self.found, self.package)
        proved(self.said, self.target, self.padanan, self._questions())
        return Filled(
            data=data, sheet=self.target.sheet, kind=self.supply.kind, rows=len(self.layout.places), fields=len(fields),
            total=self._total(keys), findings=tuple(self.said.listed), questions=self._questions(),
            columns=tuple(columns_told(self.target, self.supply, self.found, keys, self.layout, self.printed, formulas, told)),
        )  # fmt: skip

    def _derive(
        self, changes: dict[tuple[str, str], CellValue], formulas: set[tuple[int, int]], keys: Mapping[int, str]
    ) -> dict[int, str]:
        """Formulas in the columns that the form's own figures give, row by row where those stand: which, and how."""
        below = [row for row in self.target.totals if row > max((block.last for block in self.target.blocks), default=0)]
        total = self.layout.moved(grand(self.target, sorted(below))) if below else 0
        sums = frozenset(col for row, col in formulas if row == total)
        blank, sheet = without_formula(self.found.blank, self.target, self.package), self.target.sheet
        told = {}
        for one in derived(self.target, blank, keys, self.supply, total, sums, self.percent):
            for row in self.layout.places:
                parts = [(row, col) for col in one.of]
                if all(self._figure(part, changes, formulas) for part in parts) and self._blank(row, one.col, None):
                    changes[sheet, address(row, one.col)] = Formula(one.text(row))
                    told[one.col] = one.told
        self.found = replace(self.found, blank=tuple(column for column in self.found.blank if column.col not in told))
        return told

    def _figure(
        self, place: tuple[int, int], changes: Mapping[tuple[str, str], CellValue], formulas: set[tuple[int, int]]
    ) -> bool:
        """Whether a cell holds a number: written now, printed there, or by a formula of the form."""
        printed = self.target.lines[place[0]][1].get(place[1]) if self.printed else None
        value = changes.get((self.target.sheet, address(*place)), printed)
        return place in formulas or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))

    def _paged(self, data: bytes) -> bytes:
        """With the signature on the page of the table's last rows."""
        ends = [self.target.heading_row, *(block.last for block in self.target.blocks), *self.target.totals]
        signature = signature_of(self.grid, max(ends))
        if signature is None:
            return data
        moved = self.layout.moved
        table = (self.target.heading_row, max([*self.layout.places, *(moved(row) for row in ends)]))
        return kept_together(data, self.target.sheet, table, (moved(signature[0]), moved(signature[1])))

    def _total(self, keys: Mapping[int, str]) -> Decimal | None:
        """The money that was written: of our main column, else of the first that the form has; prices add up to nothing."""
        placed = [key for key in keys.values() if self._money(key) and key not in PRICES]
        if not placed:
            return None
        key = self.supply.amount if self.supply.amount in placed else placed[0]
        known = any(isinstance(row.get(key), Decimal) for row in self.counted.rows)
        return total_of(self.counted, key) if known or not self.counted.rows else None  # of nothing known there is no sum

    def _questions(self) -> tuple[Asked, ...]:
        """About the columns that stay blank, and those that two headings ask for."""
        listed: list[tuple[FormColumn, list[str]]] = [(c, [key]) for key, columns in self.found.doubtful for c in columns]
        listed += [(column, []) for column in without_formula(self.found.blank, self.target, self.package)]
        return tuple(about_column(self.said.file, self.target, column, self.supply, likely) for column, likely in listed)

    def _inserted(self) -> bytes:
        """Raises InputError, naming the part that is in the way."""
        try:
            return self.layout.insert(self.data, self.target.sheet)
        except CannotInsertError as error:
            more = str(sum(one.count for one in self.layout.insertions))
            self.said.add("W104", self.target.sheet, tambahan=more, bagian=error.reason)
            raise self.said.stop() from error

    def _formulas(self, data: bytes) -> set[tuple[int, int]]:
        """Cells of the sheet that hold formulas once the rows are there."""
        package = Package.open(data)
        return set(package.scan(next(part for part in package.sheets if part.name == self.target.sheet)).formulas)

    def _used(self) -> set[int]:
        """Columns that the formulas of a prepared row calculate with."""
        places = [(row, column.col) for row in self.layout.models for column in self.target.columns]
        formulas = [cell.at(place) for place in places if (cell := self.grid.formulas.get(place))]
        return {ref.first.col for formula in formulas for ref in references(formula)}

    def _keys(self, used: set[int]) -> dict[int, str]:
        """Column → key of ours. A column that the form's own formulas multiply gets the number, not the factors in words."""
        naming = self.printed.columns if self.printed else frozenset()
        keys = {col: key for col, key in self.found.keys.items() if col not in naming}
        for col, key in [*keys.items()]:
            if key == "koefisien" and col in used and "volume" not in keys.values():
                keys[col] = "volume"
        return keys

    def _only_leaves(self, formulas: set[tuple[int, int]], keys: Mapping[int, str]) -> Mapping[int, frozenset[int]]:
        """Column → rows that stay without money there: they sum up others, and the form adds up all rows itself."""
        money = [col for col, key in keys.items() if self._money(key)]
        if self.printed:
            bare = self.printed.bare
        else:
            totals = [self.layout.moved(row) for row in self.target.totals]
            bare = {col: self.supply.groups for col in money if any((row, col) in formulas for row in totals)}
        if any(bare.values()):
            names = "; ".join(c.name for c in self.target.columns if c.col in money)
            self.said.add("W208", self.target.sheet, f"{column_letters(money[0])}{self.target.heading_row}", kolom=names)
        return bare

    def _points(self, col: int, key: str) -> bool:
        """Percent points of ours in a cell that shows fractions as percent."""
        return col in self.percent and self.supply.column(key).kind.name not in ("persen", "rupiah")

    def _money(self, key: str) -> bool:
        return self.supply.column(key).kind.name == "rupiah"

    def _row(
        self, position: int, number: int, keys: Mapping[int, str], bare: Mapping[int, frozenset[int]], used: set[int]
    ) -> dict[int, CellValue]:
        """Values of one row by column. Words in place of a figure stay out of columns that the form calculates with."""
        record = self.supply.rows[position]
        found: dict[int, CellValue] = {}
        for col, key in keys.items():
            value = record.get(key)
            figure = self.supply.column(key).kind.shape in (Shape.ANGKA, Shape.NILAI)
            if isinstance(value, str) and figure and col in used:
                if value != NOT_DUE or not self._money(key):  # no money is asked for there: nothing to be filled in by hand
                    self.words.setdefault(col, []).append((position, value))
            elif position not in bare.get(col, ()):
                found[col] = _written(value / 100 if self._points(col, key) and isinstance(value, Decimal) else value)
        for column in self.target.columns:
            if column.numbers_rows and not self.printed:
                found[column.col] = number
        return found

    def _blank(self, row: int, col: int, value: CellValue) -> bool:
        """Whether a cell waits for a value: what is printed in it stays, and is said where it is another."""
        if not self.printed:
            return True
        there = self.target.lines[row][1].get(col)
        if there is not None and not alike(there, value):
            self.typed.append((row, col, there, value))
        return there is None and not any(
            r1 <= row <= r2 and c1 <= col <= c2 and (row, col) != (r1, c1) for r1, c1, r2, c2 in self.grid.merged
        )

    def _say_words(self) -> None:
        """Words that stayed out because formulas of the form would stumble over them."""
        rows = {position: row for row, position in self.layout.places.items()}
        for col, skipped in sorted(self.words.items()):
            values = ", ".join(dict.fromkeys(value for _, value in skipped))
            name = next(column.name for column in self.target.columns if column.col == col)
            cell = address(min(rows[position] for position, _ in skipped), col)
            words = {"kolom": name, "banyak": str(len(skipped)), "nilai_nilai": values[:120]}
            self.said.add("W220", self.target.sheet, cell, **words)

    def _surroundings(self, data: bytes) -> bytes:
        """What hangs on the filled cells: rows that nobody sees, a lock that stays, pivots that are refreshed on opening."""
        package, sheet = Package.open(data), self.target.sheet
        hidden = package.scan(next(part for part in package.sheets if part.name == sheet)).hidden_rows
        if rows := sorted(hidden & self.layout.places.keys()):
            self.said.add("W229", sheet, f"A{rows[0]}", banyak=str(len(rows)), baris=listed(rows))
        if is_protected(package, sheet):
            self.said.add("W296", sheet)
        data, pivots = refreshed_pivots(data, sheet)
        if pivots:
            self.said.add("W286", sheet, banyak=str(pivots))
        return data

    def _field_value(self, data: bytes, one: Field) -> CellValue:
        """Money as it is read where the cell would show bare digits and no formula takes it as a number."""
        if one.beside and (rich := rich_text(Package.open(data), one.sheet, one.cell)):
            return answered(rich, str(one.value).removeprefix(one.beside))
        if not isinstance(one.value, Decimal):
            return one.value
        look = look_at(Package.open(data), one.sheet).cells.get(coordinates(one.cell), CellLook())
        return format_rupiah(one.value) if look.general and not mentioned(self.package, one) else one.value

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


