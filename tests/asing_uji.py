"""Small sheets for the tests of reading any layout: rows as plain lists, without a file where none is needed."""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter

from kinerja_xl.foreign.model import NONE, Table
from kinerja_xl.foreign.read import read_grid
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import box, coordinates
from kinerja_xl.package import FormulaCell


def grid(rows, *, name="Lembar", merged=(), hidden_rows=(), hidden_cols=(), state="visible", filtered=False, at=(1, 1)):
    """Rows of cells from ``at``: numbers, texts, None; ("=SUM(A1:A2)", 3) is a formula with its result."""
    down, across = at[0] - 1, at[1] - 1
    cells, formulas, errors = [[] for _ in range(down)], {}, {}
    for r, row in enumerate(rows, at[0]):
        made = [None] * across
        for c, value in enumerate(row, at[1]):
            if isinstance(value, tuple):
                formulas[r, c] = FormulaCell(text=value[0].removeprefix("="), cached=value[1] is not None)
                value = value[1]
            if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
                errors[r, c] = value
                value = None
            made.append(float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value)
        cells.append(made)
    return CellSheet(
        name=name, rows=cells, state=state, formulas=formulas, errors=errors, merged=tuple(box(m) for m in merged),
        hidden_rows=frozenset(hidden_rows), hidden_cols=frozenset(hidden_cols), filtered=filtered,
    )  # fmt: skip


def read(rows, wanted=None, **kwargs) -> list[Table]:
    """The imported tables of one sheet."""
    return [table for table in read_grid(grid(rows, **kwargs), "uji.xlsx", wanted) if table.kind != NONE]


def one(rows, wanted=None, **kwargs) -> Table:
    """The only table of a sheet."""
    tables = read(rows, wanted, **kwargs)
    assert len(tables) == 1, [t.kind for t in tables]
    return tables[0]


def sums(table: Table) -> dict[str, object]:
    """The sums as ints (or Decimals where they are not whole)."""

    def plain(value):
        return int(value) if value == value.to_integral_value() else value

    return {
        name: plain(value) if isinstance(value, Decimal) else {key: plain(part) for key, part in value.items()}
        for name, value in table.sums.items()
    }


def codes(table: Table) -> set[tuple[str, str]]:
    """(code, cell) of every catatan."""
    return {(found.code, found.cell) for found in table.findings}


def xlsx(sheets, *, hidden=()) -> bytes:
    """A real .xlsx: sheet name → rows; formulas carry their results."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, tuple):
                        sheet.write_formula(r, c, value[0], None, value[1])
                    elif isinstance(value, str):
                        sheet.write_string(r, c, value)
                    elif value is not None:
                        sheet.write_number(r, c, value)
            if name in hidden:
                sheet.hide()
    return out.getvalue()


def place_of(cell: str) -> tuple[int, int]:
    return coordinates(cell)
