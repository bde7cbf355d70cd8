"""A made sheet with what is true in it, and as an .xlsx; formulas carry their results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One table: its kind and, by 1-based row, each line's name, price (None: none) and amounts by the names of the sums."""

    kind: str
    names: Mapping[int, str]
    prices: Mapping[int, Decimal | None]
    amounts: Mapping[int, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made sheet. ``rows``: values, None, or (formula, result); ``merged``: 0-based boxes (row, column, row, column);
    ``slips``: the cells whose printed sum is wrong; ``arguable``: those that another slip would explain as well; ``decides``:
    whether arithmetic alone tells what it is (volume × price, parts of a year, budget less spent, reached of target), on more
    than one row; ``features``: how it was laid out."""

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]]
    truths: tuple[Truth, ...]
    slips: tuple[str, ...]
    arguable: tuple[str, ...] = ()
    decides: bool
    features: Mapping[str, str]


def workbook(made: Made) -> bytes:
    """One sheet, Lembar1."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lembar1")
        for box in made.merged:
            sheet.merge_range(*box, "")
        for r, row in enumerate(made.rows):
            for c, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(r, c, value[0], value=float(value[1]))
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write_number(r, c, float(value))  # type: ignore[arg-type]
    return out.getvalue()
