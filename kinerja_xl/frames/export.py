"""Tables as files for other programs: CSV that Excel opens with a double click, and Parquet with the extra ``parquet``.

What a table or form holds is told beside them: Table Schema (frictionlessdata.io) of tables, JSON Schema of forms.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pandas as pd

from kinerja_xl.frames.tables import PLACE, closed, plain
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Book, Column, Form, Table

_TYPES = {Shape.TEKS: "string", Shape.TANGGAL: "date", Shape.NILAI: "any"}
YES, NO = "Ya", "Tidak"


def book_schema(book: Book) -> dict[str, object]:
    """Every form and table of one of our workbooks, by key."""
    blocks = {block.key: block for sheet in book.sheets for block in sheet.blocks}
    return {
        "buku": book.key, "judul": book.title, "versi": book.version,
        "tabel": {key: table_schema(block) for key, block in blocks.items() if isinstance(block, Table)},
        "formulir": {key: form_schema(block) for key, block in blocks.items() if isinstance(block, Form)},
    }  # fmt: skip


def table_schema(table: Table) -> dict[str, object]:
    """The Table Schema of a table as its consolidated frame holds it: where each row stood, then its columns."""
    keys = {column.key for column in table.columns}
    front = [{"name": key, "type": "integer" if key == PLACE[-1] else "string"} for key in PLACE if key not in keys]
    unique = [list(key) for key in table.unique]
    return {"fields": [*front, *map(_field, table.columns)], **({"x-unik": unique} if unique else {})}


def form_schema(form: Form) -> dict[str, object]:
    """The JSON Schema of a filled form."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": form.title,
        "properties": {column.key: _property(column) for column in form.fields},
        "required": [column.key for column in form.fields if column.required],
    }  # fmt: skip


def frame_schema(frame: pd.DataFrame) -> dict[str, object]:
    """The Table Schema of any of our tables, by what its columns are."""
    return {"fields": [{"name": str(key), "type": _type_of(frame[key])} for key in frame.columns]}


def _type_of(column: pd.Series) -> str:
    kind = str(column.dtype)
    if kind.lower().startswith(("int", "bool")):
        return "boolean" if kind.lower().startswith("bool") else "integer"
    if kind.startswith("datetime"):
        return "date"
    if kind == "object" and all(not isinstance(value, str) for value in column.dropna()):
        return "number"
    return "any" if kind == "object" else "string"


def _field(column: Column) -> dict[str, object]:
    limits = {"required": True} if column.required else {}
    return {
        "name": column.key, "title": column.label.strip(), "type": _type(column.kind), "description": _described(column),
        "constraints": limits | _limits(column.kind, "enum"),
    }  # fmt: skip


def _property(column: Column) -> dict[str, object]:
    kind, name = column.kind, _type(column.kind)
    types: Iterable[str] = ("string", "number") if name == "any" else (name if name in ("integer", "number") else "string",)
    return {
        "title": column.label.strip(), "type": [*types, "null"], "description": _described(column), **_limits(kind, "enum"),
        **({"format": "date"} if name == "date" else {}),
    }  # fmt: skip


def _type(kind: Kind) -> str:
    return _TYPES.get(kind.shape) or ("integer" if kind.whole else "number")


def _described(column: Column) -> str:
    made = "dihitung program" if column.computed else ""
    return "; ".join(part for part in (column.kind.describe, column.hint, made) if part)


def _limits(kind: Kind, choices: str) -> dict[str, object]:
    bounds = {"minimum": kind.minimum, "maximum": kind.maximum}
    found: dict[str, object] = {key: int(bound) for key, bound in bounds.items() if bound is not None}
    if closed(kind) and kind.list_name in CHOICES:
        found[choices] = list(CHOICES[kind.list_name])
    return found


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
