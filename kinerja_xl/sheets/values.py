"""How offices write numbers, dates, codes and text, turned into exact values: the one door to all parsers."""

from __future__ import annotations

from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, round_half_up, rupiah
from kinerja_xl.sheets.numbers import parse_date, parse_factor, parse_number, parse_percent, parse_rupiah
from kinerja_xl.sheets.texts import (
    Doubt,
    Parsed,
    Raw,
    is_empty_mark,
    is_error_text,
    parse_bool,
    parse_code,
    parse_nip,
    parse_text,
    suggest,
    suggestion,
)
from kinerja_xl.words.text import clean, fold

__all__ = [
    "Doubt", "Parsed", "Raw", "clean", "fold", "format_date", "format_number", "format_rupiah", "is_empty_mark", "is_error_text",
    "parse_bool", "parse_code", "parse_date", "parse_factor", "parse_nip", "parse_number", "parse_percent", "parse_rupiah", "parse_text",
    "round_half_up", "rupiah", "suggest", "suggestion",
]  # fmt: skip
