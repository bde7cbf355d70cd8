"""Tables as files for other programs: CSV that Excel opens with a double click, and Parquet with the extra ``parquet``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pandas as pd

from kinerja_xl.frames.schema import NO, YES, frame_schema
from kinerja_xl.frames.tables import plain

SEPARATOR = ";"
"""What Excel takes for the end of a cell where the comma is the decimal mark."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Begins what Excel would take for a formula: a text of a unit is never one."""


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, one heading row; numbers exact with a point, dates as 2025-08-17, Ya and Tidak, a missing
    value blank. A text that Excel would take for a formula stands behind an apostrophe."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([_shown(value) for value in row.values()] for row in plain(frame))
    return text.getvalue().encode("utf-8-sig")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and len(text) > 1 and text.startswith(_FORMULA) else text


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Parquet: Decimals as exact decimals, a column of numbers and words as texts. Raises ImportError without the extra."""
    import pyarrow  # noqa: F401 - said once and early, in our words, by whoever asked

    exact = {key: frame[key].map(_as_text, na_action="ignore") for key in frame.columns if _mixed(frame[key])}
    buffer = BytesIO()
    frame.assign(**exact).to_parquet(buffer, index=False)
    return buffer.getvalue()


def _mixed(column: pd.Series) -> bool:
    return column.dtype == object and any(isinstance(value, str) for value in column)


def _as_text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def package(tables: Mapping[str, pd.DataFrame], suffix: str) -> dict[str, object]:
    """The description of the files beside them (a Data Package): name, dialect and schema of each."""
    dialect = {"delimiter": SEPARATOR, "quoteChar": '"'} if suffix == "csv" else {}
    resources = [
        {"name": key, "path": f"{key}.{suffix}", "format": suffix, **({"dialect": dialect} if dialect else {}),
         "schema": _with_words(frame_schema(frame)) if suffix == "csv" else frame_schema(frame)}
        for key, frame in tables.items()
    ]  # fmt: skip
    return {"profile": "tabular-data-package", "resources": resources}


def _with_words(schema: dict[str, object]) -> dict[str, object]:
    fields = schema["fields"]
    assert isinstance(fields, list)
    words = {"trueValues": [YES], "falseValues": [NO]}
    return {"fields": [field | words if field["type"] == "boolean" else field for field in fields], "missingValues": [""]}
