"""What stands in a workbook, apart from where: the values of its forms and the rows of its tables.

Writing takes a ``BookContent`` and reading gives one back, with provenance: the same shape serves the blank form,
the filled sample, the correction copy and the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain
from types import MappingProxyType

from kinerja_xl.sheets.model import Book, Record


class Lack(StrEnum):
    """The three different non-values (never 0, never blank)."""

    BELUM = "belum diisi"
    TIDAK_BERLAKU = "tidak berlaku"
    TIDAK_DAPAT = "tidak dapat dihitung"


NOTHING: Mapping[str, object] = MappingProxyType({})
"""What a row without computed cells shows: one for the tens of thousands of them."""


@cache
def formula_key(key: str) -> str:
    """Where a row's ``shown`` says whether a computed column's cell holds a formula: one text for all rows."""
    return f"{key}/rumus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, or one filled form.

    ``values`` by column key, parsed (Decimal, str, date, None); computed columns hold what WE compute.
    ``shown`` holds what the sheet showed in its computed cells, for comparison, and by ``formula_key`` whether a formula did.
    ``places`` maps a column key to its cell address; empty for content that was never read from a file.
    """

    values: Record
    row: int = 0
    sheet: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, object] = field(default_factory=lambda: NOTHING)

    def cell(self, key: str) -> str:
        """Address of a column's cell, such as ``K17``; "" when unknown."""
        return self.places.get(key, "")

    def get(self, key: str) -> object | None:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The value as a text; "" for none."""
        return str(self.values.get(key) or "")

    def number(self, key: str) -> Decimal | None:
        """The value where it is a number."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def typed_over(self, key: str) -> bool:
        """Whether a computed cell holds typed content instead of a formula."""
        return self.shown.get(formula_key(key)) is False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTotal:
    """What a total cell above a table shows, as read."""

    table: str
    column: str
    label: str
    sheet: str
    cell: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """The content of one sheet. ``name`` is the tab's name where it differs from the declaration (copies)."""

    key: str
    name: str = ""
    forms: Mapping[str, Row] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContent:
    """The content of a workbook: one entry per sheet present, copies included."""

    book: Book
    sheets: tuple[SheetContent, ...]

    def all(self, key: str) -> tuple[SheetContent, ...]:
        """Every sheet of that kind (a TOR and its copies)."""
        return tuple(s for s in self.sheets if s.key == key)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table on whatever sheets it stands."""
        found = [rows for s in self.sheets if (rows := s.tables.get(table))]
        return found[0] if len(found) == 1 else tuple(chain.from_iterable(found))  # asked by each rule: most stand on one sheet

    def form(self, key: str) -> Row | None:
        """The first form of that key."""
        return next((s.forms[key] for s in self.sheets if key in s.forms), None)


# ---- The machine marks of our workbooks: what the writer puts into hidden cells and the reader looks for ----

FIRST_COLUMN = 1
"""Zero-based first visible column; column A (0) holds the marks."""

FIELD_MARK, TABLE_MARK, TOTAL_MARK = "#isi:", "#tabel:", "#jumlah:"
IDENTITY_NAME = "kinerja_xl_identitas"
"""Defined name (a text constant) and custom property that say which form this is."""

CORRECTION_SHEET = "Daftar Perbaikan"
CORRECTION_NAME = "kinerja_xl_perbaikan"
"""Defined name that points to the first sheet of a correction copy, so that it is known again under another name too."""

LIST_PREFIX, TABLE_PREFIX = "daftar_", "tabel_"
LIST_SHEET = "Daftar"


def column_name(table: str, column: str) -> str:
    """Defined name of a table's column, for formulas on other sheets of the same book."""
    return f"kolom_{table}_{column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a workbook says of itself: kind of book, version, year, unit, office."""

    book: str
    version: str
    tahun: str
    unit: str
    kantor: str

    def text(self) -> str:
        """One line, as it stands in the property and the defined name."""
        return "|".join(("kinerja-xl", self.book, self.version, self.tahun, self.unit, self.kantor.replace("|", " ")))

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """Back from ``text``; None when it is not one of ours."""
        parts = text.strip().lstrip("=").strip('"').split("|")
        if len(parts) != 6 or parts[0] != "kinerja-xl":
            return None
        return cls(book=parts[1], version=parts[2], tahun=parts[3], unit=parts[4], kantor=parts[5])
