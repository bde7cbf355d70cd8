"""The consolidated tables: all workbooks' rows together (``tables``), checked once by pandera schemas made from ``sheets/``,
and added up by what they are grouped by (``ledger``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

import pandas as pd
import pandera.pandas as pa

from kinerja_xl.catatan import Finding, Holds
from kinerja_xl.frames.tables import Checked, Consolidated, closed, consolidated
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.values import format_number, suggestion

__all__ = ["Checked", "Consolidated", "check_rows", "check_tables", "consolidated"]

# ---- pandera schemas built from the declarations, run once over the rows of all workbooks together ----
# What they check: required, choices, bounds. Cells are parsed before (``coerce=False``), so one text can't hide the
# violations of others. ``error=`` carries our code through; pandera's own sentences are never shown.

REQUIRED, CHOICE, BOUNDS = "N401", "N407", "N408"


def check_rows(rows: Iterable[Checked], lists: Listings) -> list[Finding]:
    """Findings of the declared checks, for rows of any number of blocks and workbooks."""
    return check_tables(consolidated(rows), lists)


def check_tables(tables: Iterable[Consolidated], lists: Listings) -> list[Finding]:
    """The same for tables that are made already."""
    return [finding for table in tables for finding in _check_table(table, lists)]


def _check_table(table: Consolidated, lists: Listings) -> Iterable[Finding]:
    """One call for all rows of a block; its cost is per column, so columns without any demand stay out."""
    columns = [c for c in table.block.columns if c.computed is None and (c.required or closed(c.kind) or _bounded(c.kind))]
    options = {c.kind.list_name: lists.values(c.kind.list_name) for c in columns if closed(c.kind)}
    schema = _schema(tuple(columns), tuple(sorted(options.items())))
    try:
        schema.validate(pd.DataFrame(table.columns(columns)), lazy=True)
    except pa.errors.SchemaErrors as errors:
        by_key = {c.key: c for c in columns}
        cases = errors.failure_cases
        # A cell may fail the same rule twice (neither whole nor within its bounds): one catatan.
        failed = dict.fromkeys(zip(cases["column"], cases["check"], cases["index"], strict=True))
        for key, check, index in failed:
            column, checked = by_key[key], table.rows[int(index)]
            code = REQUIRED if check == "not_nullable" else str(check)
            finding = _finding(code, column, checked, options.get(column.kind.list_name, ()))
            if finding:
                yield finding


@cache
def _schema(columns: tuple[Column, ...], options: tuple[tuple[str, tuple[str, ...]], ...]) -> pa.DataFrameSchema:
    by_list = dict(options)
    return pa.DataFrameSchema(
        {
            c.key: pa.Column(
                None,  # what ``tables`` made it: to ask for the type again took a third of the time
                checks=_checks(c.kind, by_list.get(c.kind.list_name, ())),
                nullable=not c.required, coerce=False,
            )
            for c in columns
        }
    )


def _bounded(kind: Kind) -> bool:
    return kind.whole or kind.minimum is not None or kind.maximum is not None


def _checks(kind: Kind, options: tuple[str, ...]) -> list[pa.Check]:
    checks = []
    if closed(kind):
        checks.append(pa.Check.isin(options, error=CHOICE))
    if kind.minimum is not None:
        checks.append(pa.Check.ge(kind.minimum, error=BOUNDS))
    if kind.maximum is not None:
        checks.append(pa.Check.le(kind.maximum, error=BOUNDS))
    if kind.whole and kind.name != "rupiah":  # rupiah with decimals were said while parsing
        checks.append(pa.Check(_whole, error=BOUNDS))
    return checks


def _whole(series: pd.Series) -> pd.Series:
    return series.map(lambda value: value == int(value)).astype(bool)


def _finding(code: str, column: Column, checked: Checked, options: tuple[str, ...]) -> Finding | None:
    """None where the cell already has a catatan, or the sheet has lost the column (said once, for the column)."""
    row = checked.row
    cell = row.cell(column.key)
    if not cell or (row.sheet, cell) in checked.reported or (code == REQUIRED and column.key in checked.excused):
        return None
    value = row.values.get(column.key)
    text = format_number(value) if isinstance(value, Decimal) else "" if value is None else str(value)
    args: Mapping[str, str] = {}
    if code == CHOICE:
        args = {"usul": suggestion(text, options)}
    elif code == BOUNDS:
        args = {"rincian": _range(column.kind)}
    return Finding(
        code=code, file=checked.file, unit=checked.unit, sheet=row.sheet, cell=cell, column=_label(checked, column), value=text,
        args=args, holds_override=None if column.holds else Holds.TIDAK,
    )  # fmt: skip


def _label(checked: Checked, column: Column) -> str:
    """The heading in the version of that workbook."""
    return next(own.label for own in checked.block.columns if own.key == column.key).strip()


def _range(kind: Kind) -> str:
    low = "" if kind.minimum is None else f"paling kecil {format_number(kind.minimum)}"
    high = "" if kind.maximum is None else f"paling besar {format_number(kind.maximum)}"
    whole = "bilangan bulat" if kind.whole else ""
    return ", ".join(part for part in (whole, low, high) if part)
