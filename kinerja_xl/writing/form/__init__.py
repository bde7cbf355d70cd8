"""Workbooks that are filled in: a unit's form, Kantor.xlsx, and anything else declared in ``sheets/``."""

from kinerja_xl.writing.form.book import write_book

__all__ = ["write_book"]
