"""The machine marks of our workbooks: what the writer puts into hidden cells and the reader looks for."""

from __future__ import annotations

from dataclasses import dataclass

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
