"""A read book as JSON: one object per table (or per refused file), with our catatan beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kinerja_xl.findings import Finding, Severity
from kinerja_xl.foreign.model import NONE, Column, ForeignBook, Question, Sum, Table

ROLE_NAMES: Mapping[str, str] = {"nomor": "no", "kode": "kode_rekening", "harga": "harga_satuan"}


def as_json(book: ForeignBook) -> list[dict[str, object]]:
    """The list of objects: file, sheet, kind, n_leaf, sums, columns, refused, message, warnings, catatan."""
    if book.refused is not None:
        return [_object(book.file, None, refused=True, findings=[book.refused])]
    objects = [_table(table) for table in book.tables]
    if book.findings or not objects:
        objects.append(_object(book.file, None, findings=list(book.findings)))
    return objects


def _object(
    file: str, sheet: str | None, *, refused: bool = False, findings: list[Finding], questions: tuple[Question, ...] = ()
) -> dict[str, object]:
    serious = [f for f in findings if f.severity is not Severity.INFO]
    return {
        "file": file, "sheet": sheet, "kind": NONE, "n_leaf": 0, "sums": {}, "columns": {}, "refused": refused,
        "message": " ".join(dict.fromkeys([f.masalah for f in serious] + [q.text for q in questions])),
        "warnings": [f.masalah for f in serious],
        "pertanyaan": [_question(q) for q in questions],
        "catatan": [f.as_dict() for f in findings],
    }  # fmt: skip


def _question(question: Question) -> dict[str, object]:
    options = [{"nilai": o.value, "arti": o.label, "bukti": o.evidence} for o in question.options]
    return {"kunci": question.key, "teks": question.text, "sel": question.cell, "pilihan": options}


def _table(table: Table) -> dict[str, object]:
    made = _object(table.file, table.sheet, findings=list(table.findings), questions=table.questions)
    if table.kind == NONE:
        return made
    return made | {
        "kind": table.kind,
        "n_leaf": len(table.lines),
        "sums": {name: _sum(value) for name, value in table.sums.items()},
        "columns": _columns(table),
        "rows": {"first": table.first_row, "last": table.last_row, "lines": [line.row for line in table.lines]},
    }


def _sum(value: Sum) -> object:
    return plain(value) if isinstance(value, Decimal) else {name: plain(part) for name, part in value.items()}


def plain(value: Decimal) -> str:
    """An exact decimal text without exponent."""
    return f"{value:f}"


def _columns(table: Table) -> dict[str, object]:
    found: dict[str, object] = {}
    for column in table.columns:
        if not column.role:
            continue
        name = _name(table, column)
        old = found.get(name)
        if old is None:
            found[name] = column.letter
        elif name not in table.amount_columns:
            continue
    for name, cols in table.amount_columns.items():
        letters = [column.letter for col in cols for column in table.columns if column.col == col]
        found["harga" if name == "harga" else name] = letters[0] if len(letters) == 1 else letters
    return found


def _name(table: Table, column: Column) -> str:
    base = ROLE_NAMES.get(column.role, column.role)
    return f"{base}_{column.period}" if column.period.startswith("tw") else base
