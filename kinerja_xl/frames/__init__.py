"""The consolidated tables: all workbooks' rows together, checked once by pandera schemas made from ``sheets/``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pandas as pd
import pandera.pandas as pa

from kinerja_xl.catatan import Finding, Holds
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Block, Column
from kinerja_xl.sheets.values import format_number, suggestion

# ---- pandera schemas built from the declarations, run once over the rows of all workbooks together ----
# What they check: required, choices, bounds. Cells are parsed before (``coerce=False``), so one text can't hide the
# violations of others. ``error=`` carries our code through; pandera's own sentences are never shown.

REQUIRED, CHOICE, BOUNDS = "N401", "N407", "N408"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One row with where it came from; ``reported`` are places of its workbook that already have a catatan.

    ``excused`` are required columns that this row may leave empty.
    """

    block: Block
    row: Row
    file: str
    unit: str
    reported: frozenset[tuple[str, str]]
    excused: frozenset[str] = frozenset()


def check_rows(rows: Iterable[Checked], lists: Listings) -> list[Finding]:
    """Findings of the declared checks, for rows of any number of blocks and workbooks."""
    groups: dict[int, list[Checked]] = defaultdict(list)
    blocks: dict[int, Block] = {}
    for checked in rows:
        groups[id(checked.block)].append(checked)
        blocks[id(checked.block)] = checked.block
    found: list[Finding] = []
    for key, group in groups.items():
        found.extend(_check_block(blocks[key], group, lists))
    return found


def _check_block(block: Block, rows: list[Checked], lists: Listings) -> Iterable[Finding]:
    """One call for all rows of a block; its cost is per column, so columns without any demand stay out."""
    columns = [c for c in block.columns if c.computed is None and (c.required or _closed(c.kind) or _bounded(c.kind))]
    frame = _frame(columns, rows)
    options = {c.kind.list_name: lists.values(c.kind.list_name) for c in columns if _closed(c.kind)}
    schema = _schema(tuple(columns), tuple(sorted(options.items())))
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        by_key = {c.key: c for c in columns}
        cases = errors.failure_cases
        # A cell may fail the same rule twice (neither whole nor within its bounds): one catatan.
        failed = dict.fromkeys(zip(cases["column"], cases["check"], cases["index"], strict=True))
        for key, check, index in failed:
            column, checked = by_key[key], rows[int(index)]
            code = REQUIRED if check == "not_nullable" else str(check)
            finding = _finding(code, column, checked, options.get(column.kind.list_name, ()))
            if finding:
                yield finding


def _frame(columns: list[Column], rows: list[Checked]) -> pd.DataFrame:
    """Typed, nullable columns under a unique index (the position in ``rows``)."""
    data = {}
    for column in columns:
        values = [checked.row.values.get(column.key) for checked in rows]
        if column.kind.shape is Shape.ANGKA:
            data[column.key] = pd.Series([float(v) if isinstance(v, Decimal) else None for v in values], dtype="float64")
        else:
            data[column.key] = pd.Series(values, dtype="object")
    return pd.DataFrame(data, index=pd.RangeIndex(len(rows)))


@cache
def _schema(columns: tuple[Column, ...], options: tuple[tuple[str, tuple[str, ...]], ...]) -> pa.DataFrameSchema:
    by_list = dict(options)
    return pa.DataFrameSchema(
        {
            c.key: pa.Column(
                None,  # what _frame made it: to ask for the type again took a third of the time
                checks=_checks(c.kind, by_list.get(c.kind.list_name, ())),
                nullable=not c.required, coerce=False,
            )
            for c in columns
        }
    )


def _closed(kind: Kind) -> bool:
    return bool(kind.list_name) and not kind.open_list


def _bounded(kind: Kind) -> bool:
    return kind.whole or kind.minimum is not None or kind.maximum is not None


def _checks(kind: Kind, options: tuple[str, ...]) -> list[pa.Check]:
    checks = []
    if _closed(kind):
        checks.append(pa.Check.isin(options, error=CHOICE))
    if kind.minimum is not None:
        checks.append(pa.Check.ge(float(kind.minimum), error=BOUNDS))
    if kind.maximum is not None:
        checks.append(pa.Check.le(float(kind.maximum), error=BOUNDS))
    if kind.whole and kind.name != "rupiah":  # rupiah with decimals were said while parsing
        checks.append(pa.Check(_whole, error=BOUNDS))
    return checks


def _whole(series: pd.Series) -> pd.Series:
    return series == series.round()


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
        code=code, file=checked.file, unit=checked.unit, sheet=row.sheet, cell=cell, column=column.label.strip(), value=text,
        args=args, holds_override=None if column.holds else Holds.TIDAK,
    )  # fmt: skip


def _range(kind: Kind) -> str:
    low = "" if kind.minimum is None else f"paling kecil {format_number(kind.minimum)}"
    high = "" if kind.maximum is None else f"paling besar {format_number(kind.maximum)}"
    whole = "bilangan bulat" if kind.whole else ""
    return ", ".join(part for part in (whole, low, high) if part)
