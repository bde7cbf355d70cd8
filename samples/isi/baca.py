"""Reading the text files of the sample office: rows typed by what the declarations say of each column."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kinerja_xl.sheets.content import Row, SheetContent
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Block, Column, Form

FOLDER = Path(__file__).parent
Raw = Mapping[str, Any]
"""Values by column key as the files have them, or as they were computed."""


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A TOML file of this folder; decimals stay exact."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def read_tsv(name: str) -> list[dict[str, str]]:
    """A tab-separated file of this folder: its first line holds column keys, nothing is quoted."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def to_row(block: Block, raw: Raw) -> Row:
    """Every input column of the block, None where ``raw`` says nothing. KeyError for a key that is no input column."""
    inputs = {column.key: column for column in block.columns if column.computed is None}
    unknown = raw.keys() - inputs.keys()
    if unknown:
        raise KeyError(f"{block.key}: {', '.join(sorted(unknown))}")
    return Row(values={key: _typed(column, raw.get(key)) for key, column in inputs.items()})


def _typed(column: Column, value: object) -> object | None:
    """Decimal, date or text as the column's kind asks; numbers as text use a decimal comma and no thousands dots."""
    if value is None or value == "":
        return None
    if column.kind.shape is Shape.TANGGAL:
        assert isinstance(value, date), (column.key, value)
        return value
    if column.kind.shape is Shape.TEKS:
        return str(value)
    text = str(value).replace(",", ".")
    if column.kind.shape is Shape.NILAI and not text.replace(".", "", 1).lstrip("-").isdigit():
        return str(value)
    return plain(Decimal(text))


def typed_value(text: str) -> Decimal | str:
    """A figure or a member of a scale, as a TSV file has it."""
    number = text.replace(",", ".")
    return plain(Decimal(number)) if number.replace(".", "", 1).lstrip("-").isdigit() else text


def to_sheet(key: str, *blocks: tuple[Block, Iterable[Raw]], name: str = "") -> SheetContent:
    """A sheet of the given blocks with their values; a form takes the first."""
    forms, tables = {}, {}
    for block, raws in blocks:
        rows = tuple(to_row(block, raw) for raw in raws)
        if isinstance(block, Form):
            forms[block.key] = rows[0]
        else:
            tables[block.key] = rows
    return SheetContent(key=key, name=name, forms=forms, tables=tables)
