"""One cell at a time: parsed by its kind, with what has to be said about it; and what is collected while reading.

A cell that was reported here is left out of every later check of that cell (``Reading.reported`` holds its place).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kinerja_xl.catatan import Finding, Holds, settled
from kinerja_xl.formula.references import LOST
from kinerja_xl.lists import normalise_program
from kinerja_xl.package import address
from kinerja_xl.reading.cells import CellSheet
from kinerja_xl.sheets.choices import SATUAN, Listings
from kinerja_xl.sheets.content import ShownTotal, formula_key
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.values import Doubt, Parsed, format_date, format_number, parse_date, parse_text, suggestion

DOUBT_CODES: Mapping[Doubt, str] = {
    Doubt.SEL_RUSAK: "N405", Doubt.BUKAN_ANGKA: "N404", Doubt.AMBIGU: "N403", Doubt.TEKS_ANGKA: "N402",
    Doubt.ANGKA_SATUAN: "N414", Doubt.DESIMAL: "N409", Doubt.RIBUAN_TERTELAN: "N410", Doubt.BUKAN_TANGGAL: "N411",
    Doubt.SERIAL: "N412", Doubt.KODE_ANGKA: "N415", Doubt.KODE_RUSAK: "N415", Doubt.KODE_NAMA: "N416",
    Doubt.NIP_ANGKA: "N413", Doubt.NIP_BENTUK: "N413",
}  # fmt: skip
"""Which catatan a parser's doubt becomes."""

_SHORT = 60
"""Characters of a text that is likely to come again."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """Collects what is read from one workbook. ``reported`` holds (sheet, cell) that already have a catatan, ``missing``
    what the workbook has lost (see ``Submission``)."""

    lists: Listings
    date1904: bool = False
    findings: list[Finding] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)
    missing: set[tuple[str, str]] = field(default_factory=set)
    rows_read: dict[str, int] = field(default_factory=dict)
    totals: list[ShownTotal] = field(default_factory=list)

    def say(self, finding: Finding, column: Column | None = None) -> None:
        """Collect a finding; its place is left alone by later checks, but an info settles nothing and excuses no rule. A cell
        of a ``column`` that no amount rests on holds nothing back."""
        if column is not None and not column.holds:
            finding = replace(finding, holds_override=Holds.TIDAK)
        self.findings.append(finding)
        self.reported |= settled([finding])


def shown(value: object) -> str:
    """A raw cell value as a person sees it."""
    if isinstance(value, float):
        return format_number(Decimal(repr(value)))
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return format_number(value)
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value).strip()


def _broken(sheet: CellSheet, row: int, where: int) -> str:
    """The error that a cell shows, or will once a formula that lost its cells is calculated: F9 mends none of those."""
    formula = sheet.formula(row, where)
    lost = formula is not None and not formula.cached and LOST in formula.text
    return LOST if lost else sheet.error(row, where)


def read_cell(
    sheet: CellSheet, place: tuple[int, int], column: Column,
    values: dict[str, object], showing: dict[str, object], reading: Reading,
) -> None:  # fmt: skip
    """One cell: error, uncalculated, or parsed by its kind; computed cells only say what they show."""
    row, where = place
    odd = row in sheet.odd_rows
    broken = _broken(sheet, row, where) if odd else ""
    if column.computed and broken:
        return
    if broken:
        values[column.key] = None
        cell = address(row + 1, where + 1)
        reading.say(Finding(code="N405", sheet=sheet.name, cell=cell, column=column.label.strip(), value=broken), column)
        return
    raw = sheet.value(row, where)
    if column.computed:
        live = sheet.formula(row, where) is not None
        if raw is not None:
            showing |= {column.key: raw, formula_key(column.key): live}
        elif not live:
            showing[formula_key(column.key)] = False
        return
    if odd and sheet.uncalculated(row, where):
        values[column.key] = None
        cell = address(row + 1, where + 1)
        reading.say(Finding(code="N406", sheet=sheet.name, cell=cell, column=column.label.strip()), column)
        return
    values[column.key] = None if raw is None else parsed_value(raw, column, sheet.name, place, reading)


@lru_cache(maxsize=8192, typed=True)
def _parse_again(parse: Callable[[object], Parsed[Any]], raw: object) -> Parsed[Any]:
    """Codes, units, choices and small numbers come back in every row: parsed once, and one object for all of them."""
    return parse(raw)


def _parse(kind: Kind, raw: object, date1904: bool) -> Parsed[Any]:
    if kind.shape is Shape.TANGGAL:
        return parse_date(raw, date1904)
    if isinstance(raw, float) or isinstance(raw, str) and len(raw) <= _SHORT:
        return _parse_again(kind.parse, raw)
    return kind.parse(raw)


LOUD: Any = object()
"""In place of a value: something has to be said of it."""


def quiet_value(raw: object, column: Column, reading: Reading) -> Any:
    """What a cell holds where there is nothing to say of it, else LOUD: so are most cells."""
    parsed = _parse(column.kind, raw, reading.date1904)
    if parsed.doubt is not None:
        return LOUD
    if not isinstance(parsed.value, str) or column.kind.name == "teks":
        return parsed.value  # no one spelling
    known = _spelled(parsed.value, column.kind, reading.lists)
    return LOUD if known is None else known


def parsed_value(raw: object, column: Column, sheet: str, place: tuple[int, int], reading: Reading) -> object | None:
    """What a cell holds, by its kind, with what has to be said about it."""
    value: object | None = quiet_value(raw, column, reading)
    if value is not LOUD:
        return value
    kind, cell = column.kind, address(place[0] + 1, place[1] + 1)
    parsed: Parsed[object] = _parse(kind, raw, reading.date1904)
    if kind.shape is Shape.NILAI and isinstance(raw, str) and parsed.value is None and parsed.doubt is Doubt.BUKAN_ANGKA:
        parsed = parse_text(raw)  # type: ignore[assignment]
    if parsed.doubt is not None:
        code = DOUBT_CODES.get(parsed.doubt, "N404")
        if parsed.doubt is Doubt.KODE_NAMA and kind.name == "kode" and normalise_program(str(parsed.value)) is None:
            code = "N415"  # what stands before the name is no code
        detail = _meant(parsed, raw, kind)
        reading.say(
            Finding(
                code=code, sheet=sheet, cell=cell, column=column.label.strip(), value=shown(raw),
                args={"rincian": detail, "usul": ""},
            ),
            column,
        )
    value = parsed.value
    if isinstance(value, str):
        return _canonical(value, kind, column, sheet, cell, reading)
    return value


def _meant(parsed: Parsed[object], raw: object, kind: Kind) -> str:
    """What was read or should stand there. A number that Excel made a date of is typed again in a cell that is none."""
    if kind.shape is not Shape.TANGGAL and isinstance(raw, date):
        return f"{kind.describe}; ubah dahulu format selnya menjadi Umum (General), karena Excel membacanya sebagai tanggal"
    if kind.name == "tahun" and isinstance(parsed.value, Decimal):
        return f"{parsed.value:f}"  # no thousands in a year
    return parsed.hint or kind.describe


def _spelled(value: str, kind: Kind, lists: Listings) -> str | None:
    """Codes and choices in their one spelling; units of measure, and what no list is closed for, stay as they were typed. None
    for what is not recognised."""
    if kind.name == "kode":
        return normalise_program(value)
    if kind.list_name == SATUAN:
        # Printed as it was typed; a book that brings no list of units was judged when they were typed.
        return value if lists.measures.find(value) or not lists.values(SATUAN) else None
    if kind.list_name and not kind.open_list or kind.shape is Shape.NILAI:
        return lists.spelled(kind.list_name or "skala", value)
    return value


def _canonical(value: str, kind: Kind, column: Column, sheet: str, cell: str, reading: Reading) -> str:
    """The one spelling; what is not recognised stays as it was typed, and is said where its cell has no catatan yet."""
    known = _spelled(value, kind, reading.lists)
    code = "N417" if kind.name != "kode" else "" if (sheet, cell) in reading.reported else "N415"
    if known is None and code:
        usul = suggestion(value, reading.lists.values(kind.list_name))
        reading.say(Finding(code=code, sheet=sheet, cell=cell, column=column.label.strip(), value=value, args={"usul": usul}))
    return known or value


# ---- computed cells --------------------------------------------------------------------------


class _Watched(Mapping[str, object]):
    """A record that remembers which of its keys were asked for."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> object:
        self.asked.add(key)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def compute(columns: tuple[Column, ...], values: dict[str, object], unreadable: set[str], lists: Listings) -> None:
    """Computed columns hold what we compute, whatever the sheet showed; nothing where a cell they need is unreadable.

    Without that a volume would be the product of the factors that happen to be readable.
    """
    for column in columns:
        if column.computed and not unreadable:
            values[column.key] = column.computed.value(values, lists)
        elif column.computed:
            record = _Watched(values)
            value = column.computed.value(record, lists)
            values[column.key] = None if record.asked & unreadable else value
