"""Where everything of a declared sheet will stand: rows and columns, worked out before anything is written.

Column A is hidden on every input sheet and carries the marks that the reader looks for:
``#isi:<form>.<field>`` beside a field, ``#tabel:<table>`` in the key row (whose other cells hold the column keys),
``#jumlah:<table>`` beside the totals of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import FIRST_COLUMN, BookContent, Identity, SheetContent
from kinerja_xl.sheets.model import Column, Form, Sheet, Table
from kinerja_xl.sheets.usulan import NAMES_ABOVE
from kinerja_xl.writing.readable import further_pages
from kinerja_xl.writing.styles import Styles

VALUE_COLUMN = FIRST_COLUMN + 1
FORM_WIDTHS = (36.0, 61.0)
_ALONE = 66.0
"""Width of the values where no table stands on the sheet."""
TITLE_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlace:
    """Zero-based rows of a form: its title, its section headings, its fields."""

    form: Form
    title_row: int
    sections: Mapping[str, int]
    rows: Mapping[str, int]
    last_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """Zero-based rows of a table. ``group_row``, ``total_row`` are None where the table has none."""

    table: Table
    title_row: int
    total_row: int | None
    group_row: int | None
    key_row: int
    head_row: int
    first_row: int
    last_row: int

    def index(self, key: str) -> int:
        """Zero-based sheet column of a table column."""
        return FIRST_COLUMN + [c.key for c in self.table.columns].index(key)


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """One sheet's places. Addresses are absolute and carry the sheet's name where asked for."""

    sheet: Sheet
    name: str
    forms: Mapping[str, FormPlace]
    tables: Mapping[str, TablePlace]
    last_row: int
    last_column: int
    paper: str = "Folio"

    @property
    def prefix(self) -> str:
        return "'" + self.name.replace("'", "''") + "'!"

    def field_cell(self, form: str, key: str, *, absolute: bool = True) -> str:
        """Address of a form field's value, without the sheet."""
        return str(xl_rowcol_to_cell(self.forms[form].rows[key], VALUE_COLUMN, absolute, absolute))

    def range(self, table: str, key: str) -> str:
        """A table column's cells from first to last prepared row, with the sheet's name."""
        place = self.tables[table]
        column = place.index(key)
        first = xl_rowcol_to_cell(place.first_row, column, True, True)
        return f"{self.prefix}{first}:{xl_rowcol_to_cell(place.last_row, column, True, True)}"

    @property
    def titled(self) -> int:
        """Columns that title and heading may fill: of a table that goes on beside its first page those that repeat there, since
        what stands in them is printed on both pages."""
        return self.alone.repeat if self.alone and self.across else self.printed

    @property
    def printed(self) -> int:
        """Columns that stand on paper: all, but for what a table has at its end for programs."""
        unprinted = sum(column.page == 0 for column in self.alone.columns) if self.alone else 0
        return self.last_column - FIRST_COLUMN + 1 - unprinted

    @property
    def alone(self) -> Table | None:
        """The table that has the sheet for itself."""
        return next(iter(self.tables.values())).table if len(self.tables) == 1 and not self.forms else None

    @cached_property
    def across(self) -> list[int]:
        """The columns of that table that begin a further page beside the first."""
        return further_pages(self.alone, self.paper) if self.alone and self.sheet.landscape else []

    def widths(self) -> list[float]:
        """Width of each sheet column from FIRST_COLUMN on: the widest that a block asks for."""
        wanted = [0.0] * (self.last_column - FIRST_COLUMN + 1)
        for place in self.tables.values():
            for i, column in enumerate(place.table.columns):
                wanted[i] = max(wanted[i], column.width)
        if self.forms:
            least = FORM_WIDTHS if self.tables else (FORM_WIDTHS[0], _ALONE)
            wanted[:2] = [max(a, b) for a, b in zip(wanted[:2], least, strict=True)]
        return wanted


def sections(fields: tuple[Column, ...]) -> list[tuple[str, list[Column]]]:
    """Neighbouring fields under one heading, in order."""
    return [(name, list(part)) for name, part in groupby(fields, key=lambda c: c.group)]


def _place_form(form: Form, row: int) -> FormPlace:
    title_row, heads, rows = row, {}, {}
    row += 1
    for name, part in sections(form.fields):
        if name:
            heads[name] = row
            row += 1
        for field in part:
            rows[field.key] = row
            row += 1
    return FormPlace(form=form, title_row=title_row, sections=heads, rows=rows, last_row=row - 1)


def _place_table(table: Table, row: int, prepared: int) -> TablePlace:
    title_row = row
    row += 1
    total_row = group_row = None
    if table.totals:
        total_row, row = row, row + 1
    if any(c.group for c in table.columns):
        group_row, row = row, row + 1
    return TablePlace(
        table=table, title_row=title_row, total_row=total_row, group_row=group_row,
        key_row=row, head_row=row + 1, first_row=row + 2, last_row=row + 1 + prepared,
    )  # fmt: skip


def plan_sheet(sheet: Sheet, name: str, prepared: Mapping[str, int], paper: str = "Folio") -> SheetPlan:
    """Lay a sheet out. ``prepared`` gives the rows of a table where they differ from the declaration."""
    forms: dict[str, FormPlace] = {}
    tables: dict[str, TablePlace] = {}
    row, last_column = TITLE_ROWS, FIRST_COLUMN
    for block in sheet.blocks:
        if isinstance(block, Form):
            forms[block.key] = form = _place_form(block, row)
            row, last_column = form.last_row + 2, max(last_column, VALUE_COLUMN)
        else:
            tables[block.key] = table = _place_table(block, row, prepared.get(block.key, block.rows))
            row, last_column = table.last_row + 2, max(last_column, FIRST_COLUMN + len(block.columns) - 1)
    return SheetPlan(
        sheet=sheet, name=name, forms=forms, tables=tables, last_row=max(row - 2, TITLE_ROWS), last_column=last_column,
        paper=paper,
    )


# ---- What every part of a form's writer shares: content, lists, styles and the places of all sheets ----

@dataclass(frozen=True, kw_only=True)
class FormContext:
    """``plans`` and ``filled`` run side by side, one entry per sheet in the order of the tabs.

    ``frozen``: the book is shown, not filled in. ``vacant``: nobody holds the post above the unit."""

    content: BookContent
    lists: Listings
    identity: Identity
    subtitle: str
    paper: str
    short_tor: bool
    styles: Styles
    plans: tuple[SheetPlan, ...]
    filled: tuple[SheetContent, ...]
    frozen: bool = False
    vacant: bool = False

    def wanted(self, form: Form) -> list[Column]:
        """The fields that have to be filled in."""
        excused = NAMES_ABOVE.get(form.key, frozenset()) if self.vacant else frozenset()
        return [c for c in form.fields if c.required and c.key not in excused]

    def plans_of(self, key: str) -> tuple[SheetPlan, ...]:
        return tuple(p for p in self.plans if p.sheet.key == key)

    def plan_of(self, key: str) -> SheetPlan:
        return self.plans_of(key)[0]
