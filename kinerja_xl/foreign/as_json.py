"""A read book as JSON: one object per table (or per refused file), with our catatan beside it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kinerja_xl.findings import Finding, Severity
from kinerja_xl.foreign.model import INDIKATOR, NONE, ForeignBook, Question, Sum, Table
from kinerja_xl.package.address import column_letters

NAMES: Mapping[str, tuple[str, ...]] = {
    "nomor": ("no",), "kode": ("kode", "kode_rekening"), "harga": ("harga_satuan",), "periode": ("triwulan",),
}  # fmt: skip
"""Roles of columns → their names in the answer."""


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
    """Names of columns → letters: what the lines were read from first, then the first column of every other meaning."""
    found: dict[str, object] = {}
    for role, col in table.places.items():
        for name in NAMES.get(role, (role,)):
            found[name] = column_letters(col + 1)
    if table.kind == INDIKATOR and "uraian" in found:
        found["indikator"] = found["uraian"]
    for name, cols in table.amount_columns.items():
        letters = [column_letters(col + 1) for col in cols]
        found[name] = letters[0] if len(letters) == 1 else letters
    for column in table.columns:
        if column.role:
            for name in NAMES.get(column.role, (column.role,)):
                found.setdefault(f"{name}_{column.period}" if column.period.startswith("tw") else name, column.letter)
    return found
