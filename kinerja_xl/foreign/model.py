"""What reading a foreign workbook gives: tables with columns, lines, what was left out, checks, catatan and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.regions.model import Column
from kinerja_xl.sheets.values import format_number

RAB, REALISASI, INDIKATOR, HARGA, NONE = "rab", "realisasi", "indikator", "standar_harga", "none"
KINDS = (RAB, REALISASI, INDIKATOR, HARGA)

MEANINGS: Mapping[str, str] = {
    "nomor": "nomor urut", "kode": "kode", "uraian": "uraian", "spesifikasi": "spesifikasi", "volume": "volume",
    "satuan": "satuan", "harga": "harga satuan", "jumlah": "jumlah", "anggaran": "anggaran", "realisasi": "realisasi",
    "realisasi_anggaran": "realisasi anggaran", "target": "target", "indikator": "indikator", "persen": "persentase",
    "keterangan": "keterangan",
}  # fmt: skip
"""Roles of columns, and names of sums, as staff read them."""

Sum = Decimal | Mapping[str, Decimal]
"""A total, or one per column (zone, year, group) by the column's name."""

MONEY = ("anggaran", "realisasi_anggaran")
"""Sums of a table of indicators that are rupiah; its targets and realisasi are counts."""

_EMPTY: Mapping[int, Decimal] = MappingProxyType({})

UNKNOWN = "tidak diketahui"
"""What staff read where an amount can't be known: neither 0 nor nothing."""


class Line(NamedTuple):
    """One line that counts. ``row`` is 1-based; ``values`` by column (zero-based) as read; ``codes``: where ``kode``
    is not all, every code column's text, left to right; ``more``: figures of the columns for money and targets that were not
    chosen; ``others``: texts of the columns for names that were not chosen (a sub kegiatan beside its indicator); ``unknown``:
    columns, chosen or not, whose figure can't be read (an error, a formula without a result)."""

    row: int
    kode: str = ""
    uraian: str = ""
    spesifikasi: str = ""
    satuan: str = ""
    volume: Decimal | None = None
    harga: Decimal | None = None
    values: Mapping[int, Decimal] = _EMPTY
    groups: tuple[str, ...] = ()
    hidden: bool = False
    codes: tuple[str, ...] = ()
    more: Mapping[int, Decimal] = _EMPTY
    others: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()

    def figure(self, col: int) -> Decimal | None:
        """What stands in a column of figures, whether it was chosen or not."""
        return self.values.get(col, self.more.get(col))

    def cell(self, col: int) -> str:
        """Address of the line's cell in a column (zero-based)."""
        return f"{column_letters(col + 1)}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that does not count, and why: judul, subtotal, jumlah, tambahan, penomoran, catatan, kosong, nomor saja, tanda
    tangan, tanpa angka, uang yang sama lagi, pembayaran, anggaran (rupiah among targets), versi lama, or the side that is no
    spending (pendapatan, surplus, pembiayaan). ``amount``: what stands in its first amount column."""

    row: int
    reason: str
    text: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A row with words that is no line, above the table or between its lines; ``row`` is 1-based, ``cell`` that of its first
    text. ``group``: it may head the lines below it; ``again``: the headings of the columns stand once more right below it.
    """

    row: int
    cell: str
    texts: tuple[str, ...]
    group: bool = False
    again: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A sum that the sheet prints (1-based ``row``) against the lines it covers: rows ``first`` to ``last``."""

    row: int
    col: int
    printed: Decimal
    lines: Decimal
    first: int
    last: int
    label: str = ""

    @property
    def agrees(self) -> bool:
        """Equal to the rupiah; up to half a rupiah is what Excel's display rounds away."""
        return abs(self.printed - self.lines) <= Decimal("0.5")

    @property
    def difference(self) -> Decimal:
        return self.printed - self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer of a question: what it means, and what speaks for it."""

    value: str
    label: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only a person can say. ``key`` is stable for a layout: the answer is kept under it."""

    key: str
    text: str
    options: tuple[Option, ...]
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as read; ``kind`` none: seen, but not imported (``findings`` say why)."""

    file: str
    sheet: str
    kind: str
    first_row: int
    last_row: int
    heading_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    checks: tuple[Check, ...] = ()
    sums: Mapping[str, Sum] = field(default_factory=dict)
    amount_columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    fingerprint: str = ""
    title: str = ""
    places: Mapping[str, int] = field(default_factory=dict)
    """Where the lines' kode, uraian, spesifikasi, satuan, volume and harga come from: column (zero-based) by role."""
    headings: tuple[Heading, ...] = ()
    """What stands above the table, and the rows with words between its lines, top to bottom."""
    settled: bool = False
    """Of kind none for a reason that no other meaning of its columns could change: another document, an empty form."""

    def column(self, role: str) -> Column | None:
        """The first column of a role."""
        return next((column for column in self.columns if column.role == role), None)

    def unknown(self, columns: Sequence[int]) -> int:
        """How many lines have an amount in one of these columns that can't be read."""
        return sum(not {*columns}.isdisjoint(line.unknown) for line in self.lines)

    def parts(self, name: str) -> Iterator[tuple[str, Decimal, int]]:
        """A sum by the headings of its columns ("" where it has one), each with how many lines of it are not known."""
        value, columns = self.sums[name], self.amount_columns.get(name, ())
        if isinstance(value, Decimal):
            yield "", value, self.unknown(columns)
        else:
            for (label, part), col in zip(value.items(), columns, strict=True):
                yield label, part, self.unknown((col,))

    def figure(self, name: str, value: Decimal, unknown: int = 0) -> str:
        """One of the sums as staff read it: two decimals where it has any, rupiah with their sign, what is not known said."""
        shown = format_number(abs(value), 0 if value == value.to_integral_value() else 2)
        count = name == "target" or self.kind == INDIKATOR and name not in MONEY
        shown = f"{'-' if value < 0 else ''}{'' if count else 'Rp'}{shown}"
        return as_known(shown, value, unknown)

    def told_sums(self) -> Iterator[str]:
        """The sums in one line each: their meaning, the amount, over how many columns; of targets and results in percent or in
        several units of measure, which add up to nothing, how many lines have one."""
        units = {line.satuan.strip().lower() for line in self.lines}
        mixed = self.kind == INDIKATOR and (len(units) > 1 or not units.isdisjoint(("%", "persen")))
        for name, value in self.sums.items():
            if mixed and name not in MONEY:
                filled = sum(any(col in line.values for col in self.amount_columns[name]) for line in self.lines)
                yield f"{MEANINGS.get(name, name)} pada {filled} baris"
                continue
            parts = (value,) if isinstance(value, Decimal) else tuple(value.values())
            more = "" if isinstance(value, Decimal) else f" ({len(parts)} kolom)"
            unknown = self.unknown(self.amount_columns.get(name, ()))
            yield f"{MEANINGS.get(name, name)} {self.figure(name, sum(parts, Decimal(0)), unknown)}{more}"

    @property
    def said(self) -> bool:
        """Whether staff have to look at something: a question, or a catatan that is more than information."""
        return bool(self.questions) or any(f.severity is not Severity.INFO for f in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignBook:
    """One foreign file as read. ``refused``: why nothing could be read. ``findings`` concern the file or a sheet."""

    file: str
    form: str = ""
    sheets: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    refused: Finding | None = None
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def imported(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.kind != NONE)

    def all_findings(self) -> tuple[Finding, ...]:
        """Everything there is to say about the file."""
        own = (self.refused, *self.findings) if self.refused else self.findings
        return (*own, *(finding for table in self.tables for finding in table.findings))

    def all_questions(self) -> tuple[Question, ...]:
        return (*self.questions, *(question for table in self.tables for question in table.questions))


# ---- Small helpers for catatan of this room: a finding on a sheet, lists of places, amounts as staff write them ----

LISTED = 5


def finding(code: str, sheet: str = "", cell: str = "", *, column: str = "", value: str = "", **args: object) -> Finding:
    """A catatan of this room; the file's name is filled in when the book is put together."""
    words = MappingProxyType({key: number(arg) if isinstance(arg, Decimal) else str(arg) for key, arg in args.items()})
    return Finding(code=code, sheet=sheet, cell=cell, column=column, value=value[:120], args=words)


def of_cells(code: str, sheet: str, cells: Sequence[tuple[int, int]], **args: Any) -> Iterator[Finding]:
    """One catatan for all cells (row and column, zero-based) in which the same is wrong; none where there are none."""
    if cells:
        places = [place(*cell) for cell in cells]
        yield finding(code, sheet, places[0], banyak=len(cells), daftar=listed(places), **args)


def of_rows(code: str, sheet: str, rows: Sequence[int], col: int | None = None, **args: Any) -> Iterator[Finding]:
    """One catatan for all rows (zero-based) in which the same is wrong, placed in a column of the first where one is named."""
    if rows:
        cell = "" if col is None else place(rows[0], col)
        yield finding(code, sheet, cell, banyak=len(rows), daftar="baris " + ranges(at + 1 for at in rows), **args)


def as_known(shown: str, value: Decimal, unknown: int) -> str:
    """An amount as shown, and how many lines of it are not known; of which nothing is known, that alone."""
    return shown if not unknown else f"{shown} dan {unknown} baris {UNKNOWN}" if value else UNKNOWN


def number(value: Decimal) -> str:
    """``1.234.567`` or ``1.234,5``."""
    whole = value.to_integral_value()
    return format_number(whole if whole == value else value.normalize())


def listed(places: Sequence[str]) -> str:
    """The first few places, and how many more there are."""
    rest = len(places) - LISTED
    return ", ".join(places[:LISTED]) + (f", dan {rest} lainnya" if rest > 0 else "")


def ranges(rows: Iterable[int]) -> str:
    """Row numbers as ranges: 5, 7-9."""
    parts: list[str] = []
    start = last = None
    for row in [*sorted(rows), None]:
        if last is not None and row == last + 1:
            last = row
            continue
        if start is not None and last is not None:
            parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = row
    return listed(parts)
