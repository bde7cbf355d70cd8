"""Workbooks of others as the page shows them: what was understood as a table, and a picture of the sheet with that marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.choose import Asked, UndecidedError
from kinerja_xl.filling.report import FilledColumn
from kinerja_xl.filling.supply import KINDS as SUPPLIES
from kinerja_xl.foreign.model import HARGA, INDIKATOR, MEANINGS, NONE, RAB, REALISASI, ForeignBook, Question, Table
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import column_letters
from kinerja_xl.office.folder import InputError, read_bytes
from kinerja_xl.reading.source import read_source
from kinerja_xl.sheets.formats import format_date, format_number
from kinerja_xl.uses import baca, isi

ROWS, COLUMNS = 45, 18
"""What a picture shows of a sheet, and a table of the lines."""
KIND_WORDS = {RAB: "RAB", REALISASI: "Realisasi", INDIKATOR: "Indikator", HARGA: "Daftar harga"}
_SIGNIFICANT = 15
"""Digits that a number of a workbook has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a picture: its text and its marks (``dipakai``, ``ditanya``)."""

    text: str
    marks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRow:
    """A row of a picture: its number, what it was taken for, why it is left out."""

    number: int
    kind: str
    why: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Part of a sheet: letters with what the column was taken for, rows, and how much is not shown."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[PictureRow, ...]
    more_rows: int
    more_columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A table as it was read: sentence, heads and lines, its picture."""

    table: Table
    sentence: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A file that was looked at."""

    book: ForeignBook
    tables: tuple[Understood, ...]
    findings: tuple[Finding, ...]
    questions: tuple[tuple[str, Question], ...]


def look(path: Path, padanan: Path, sebagai: str | None = None, lembar: str | None = None) -> Looked:
    """Read a file of others with the answers that are kept. Raises InputError for a sheet that is not there."""
    (book,) = baca.baca([path], sebagai=sebagai, lembar=lembar, padanan=padanan)
    grids = {grid.name: grid for grid in read_source(read_bytes(path)[0], path.name).grids}
    tables = tuple(_understood(table, grids.get(table.sheet)) for table in book.tables)
    asked = tuple((name_of(table, q), q) for table in book.imported for q in table.questions)
    return Looked(book=book, tables=tables, findings=book.all_findings(), questions=asked)


def name_of(table: Table, question: Question) -> str:
    """The field of a form that answers a question."""
    return f"{table.fingerprint}|{question.key}"


def answer(
    path: Path, padanan: Path, given: Mapping[str, str], sebagai: str | None = None, lembar: str | None = None
) -> int:
    """Keep answers to the open questions; how many there were."""
    books = baca.baca([path], sebagai=sebagai, lembar=lembar, padanan=padanan)

    def chosen(table: Table, question: Question) -> str | None:
        value = given.get(name_of(table, question), "")
        return value if value in {option.value for option in question.options} else None

    return baca.ask(books, [path], padanan, chosen, sebagai=sebagai, lembar=lembar).given


# ---- what was understood ----


def _understood(table: Table, grid: CellSheet | None) -> Understood:
    parts = [(role, role) for role in ("kode", "uraian", "spesifikasi", "satuan", "volume", "harga") if role in table.places]
    figures = [(MEANINGS.get(name, name), col) for name, cols in table.amount_columns.items() for col in cols]
    if "harga" in table.amount_columns:
        parts = [part for part in parts if part[0] != "harga"]
    titles = [f"{word} ({column_letters(col + 1)})" for word, col in figures]
    heads = ("baris", *(MEANINGS.get(role, role) for role, _ in parts), *titles)
    lines = tuple(
        (str(line.row), *(_text(getattr(line, key)) for _, key in parts), *(_text(line.values.get(col)) for _, col in figures))
        for line in table.lines[:ROWS]
    )
    return Understood(table=table, sentence=_sentence(table), heads=heads, lines=lines, picture=_picture(table, grid))


def _sentence(table: Table) -> str:
    if table.kind == NONE:
        return "Tidak dibaca."
    agree = sum(check.agrees for check in table.checks)
    proof = f" {agree} dari {len(table.checks)} jumlah tercetak cocok." if table.checks else ""
    return f"{KIND_WORDS[table.kind]}, {len(table.lines)} baris; {', '.join(table.told_sums())}.{proof}"


# ---- the picture ----


def _picture(table: Table, grid: CellSheet | None) -> Picture | None:
    if grid is None or not grid.height:
        return None
    roles = {column.col: MEANINGS.get(column.role, column.role) for column in table.columns if column.role}
    used = {*table.places.values(), *(col for cols in table.amount_columns.values() for col in cols)}
    asked = {question.cell for question in table.questions}
    kinds, why = _kinds(table)
    first = max(0, min([*table.heading_rows, table.first_row]) - 5) if table.lines else 0
    last, width = min(grid.height, first + ROWS), min(grid.width, COLUMNS)
    rows = tuple(
        PictureRow(
            number=row + 1, kind=kinds.get(row + 1, "luar"), why=why.get(row + 1, ""),
            cells=tuple(_cell(grid, row, col, col in used, asked) for col in range(width)),
        )
        for row in range(first, last)
    )  # fmt: skip
    heads = tuple((column_letters(col + 1), roles.get(col, "") if col in used else "") for col in range(width))
    return Picture(heads=heads, rows=rows, more_rows=grid.height - last + first, more_columns=grid.width - width)


def _kinds(table: Table) -> tuple[dict[int, str], dict[int, str]]:
    """What each row was taken for, and why one is left out."""
    kinds = {out.row: "jumlah" if "jumlah" in out.reason or "total" in out.reason else "lepas" for out in table.left_out}
    kinds |= {check.row: "jumlah" for check in table.checks}
    kinds |= {line.row: "baris" for line in table.lines} | dict.fromkeys(table.heading_rows, "judul")
    return kinds, {out.row: out.reason for out in table.left_out}


def _cell(grid: CellSheet, row: int, col: int, used: bool, asked: Iterable[str]) -> Cell:
    marks = ("dipakai" if used else "", "ditanya" if f"{column_letters(col + 1)}{row + 1}" in asked else "")
    text = grid.error(row, col) or _text(grid.value(row, col))
    return Cell(text=text[:80], marks=" ".join(mark for mark in marks if mark))


def _text(value: object) -> str:
    """A value as people here write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "YA" if value else "TIDAK"
    if isinstance(value, float):
        return format_number(Decimal(f"{value:.{_SIGNIFICANT}g}"))
    if isinstance(value, Decimal | int):
        return format_number(value)
    if isinstance(value, datetime | date):
        return format_date(value)
    return " ".join(str(value).split())


# ---- somebody's form with our rows in it ----


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What ``isi`` did: the sentence, the result's sheet with what was filled marked, what is still open, what was ``asked`` for;
    ``done``: a result was written."""

    sentence: str
    picture: Picture | None
    questions: tuple[Asked, ...]
    findings: tuple[Finding, ...]
    token: str
    asked: Mapping[str, str]
    done: bool
    columns: tuple[FilledColumn, ...] = ()


def fill(form: Path, source: Path, target: Path, given: Mapping[str, str], token: str) -> FilledForm:
    """Fill a form; what can't be decided is asked. Raises InputError, OutputError."""

    def chosen(question: Asked) -> str | None:
        return given.get(question.key) or None

    kind, sheet, unit, code = (given.get(key, "").strip() for key in ("sebagai", "lembar", "unit", "sub"))
    asked = {key: given.get(key, "") for key in ("sebagai", "lembar", "unit", "sub")}
    try:
        done = isi.fill(form, source, target, kind if kind in SUPPLIES else "", sheet, unit, code, ask=chosen)
    except InputError as error:  # said beside the fields that may mend it
        questions = tuple(error.questions) if isinstance(error, UndecidedError) else ()
        return FilledForm(
            sentence=str(error), picture=None, questions=questions, findings=error.findings, token=token, asked=asked, done=False
        )
    filled = done.filled
    amount = f", jumlah Rp{format_number(filled.total)}" if filled.total is not None else ""
    words = f"Lembar {filled.sheet}: {filled.rows} baris {filled.kind}{amount}; {filled.fields} isian tunggal."
    return FilledForm(
        sentence=words, picture=_changed(form, done.written.path, filled.sheet), questions=filled.questions,
        findings=filled.findings, token=token, asked=asked, done=True, columns=filled.columns,
    )  # fmt: skip


def _changed(form: Path, result: Path, sheet: str) -> Picture | None:
    """The filled sheet with every cell marked that says something else than the blank form."""
    before, after = ({g.name: g for g in read_source(path.read_bytes(), path.name).grids} for path in (form, result))
    if sheet not in after:
        return None
    grid, blank = after[sheet], before.get(sheet)
    width, height = min(grid.width, COLUMNS), min(grid.height, 2 * ROWS)
    added = grid.height - blank.height if blank else 0

    def stood(row: int, col: int) -> set[str]:
        """What the blank form says there: rows that were put in move what stands below them."""
        return {_text(blank.value(one, col)) for one in (row, row - added)} if blank else set()

    def cell(row: int, col: int) -> Cell:
        text = grid.error(row, col) or _text(grid.value(row, col))
        return Cell(text=text[:80], marks="dipakai" if text and text not in stood(row, col) else "")

    cells = [tuple(cell(row, col) for col in range(width)) for row in range(height)]
    rows = tuple(PictureRow(number=number, kind="baris", why="", cells=own) for number, own in enumerate(cells, 1))
    heads = tuple((column_letters(col + 1), "") for col in range(width))
    return Picture(heads=heads, rows=rows, more_rows=grid.height - height, more_columns=grid.width - width)
