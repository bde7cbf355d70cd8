"""Dates as offices write them: real dates, day first in digits, Indonesian month names, serial numbers."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.parsed import Doubt, Parsed, Raw, is_error_text
from kinerja_xl.sheets.texts import clean, fold, is_empty_mark

# Outside these years a "date" is a small number in a date cell, or a slip of the finger.
_YEARS = range(1945, 2101)
_EPOCH_1900 = date(1899, 12, 30)  # right for every serial after the 29 February 1900 that Excel invented
_EPOCH_1904 = date(1904, 1, 1)

_MONTH_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags agst agust aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember nop",
            "desember des december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\s*,?\s+", re.IGNORECASE)
# A time follows a blank or T, so that "17.08.2025" keeps its year.
_WITH_TIME = re.compile(
    r"(.*\d),?[T ]\s*(?:pukul )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?(?:WITA|WIB|WIT|Z))?", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})[\s./,-]*([A-Za-z]{3,})[\s./,-]*(\d{4}|['’]?\d{2})")
_NAME_FIRST = re.compile(r"([A-Za-z]{3,})\.?\s+(\d{1,2})(?:\s*,\s*|\s+)(\d{4})")


def parse_date(raw: Raw, date1904: bool = False) -> Parsed[date]:
    """A calendar day (times are dropped); ``date1904`` says how the workbook counts its serial numbers.

    Doubts: SERIAL (value kept), BUKAN_TANGGAL (hint: the likely date, where one is visible), SEL_RUSAK.
    """
    if raw is None:
        return Parsed(None)
    if isinstance(raw, str):
        return _date_in_text(clean(raw).removeprefix("'").strip(), date1904)
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return Parsed(day) if day.year in _YEARS else Parsed(None, Doubt.BUKAN_TANGGAL, format_date(day))
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw, date1904)
    return Parsed(None, Doubt.BUKAN_TANGGAL)


def _serial(number: float, date1904: bool) -> Parsed[date]:
    if math.isfinite(number) and 0 < number < 100_000:
        day = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=int(number))
        if day.year in _YEARS:
            return Parsed(day, Doubt.SERIAL, format_date(day))
    return Parsed(None, Doubt.BUKAN_TANGGAL)


def _date_in_text(text: str, date1904: bool) -> Parsed[date]:
    if is_empty_mark(text):
        return Parsed(None)
    if is_error_text(text):
        return Parsed(None, Doubt.SEL_RUSAK, text)
    text = _WEEKDAY.sub("", text, count=1)
    if with_time := _WITH_TIME.fullmatch(text):
        text = with_time[1]
    if re.fullmatch(r"\d{5}", text):
        return _serial(int(text), date1904)
    if match := _DAY_FIRST.fullmatch(text):
        return _from_digits(int(match[1]), int(match[3]), _year(match[4]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _checked(int(match[1]), int(match[3]), int(match[4]))
    if match := _NAMED.fullmatch(text):
        return _checked(_year(match[3]), _MONTH_WORDS.get(fold(match[2]), 0), int(match[1]))
    if match := _NAME_FIRST.fullmatch(text):
        return _checked(int(match[3]), _MONTH_WORDS.get(fold(match[1]), 0), int(match[2]))
    return Parsed(None, Doubt.BUKAN_TANGGAL)


def _year(digits: str) -> int:
    """Two digits mean this century."""
    year = int(digits.lstrip("'’"))
    return year if year > 99 else 2000 + year


def _from_digits(day: int, month: int, year: int) -> Parsed[date]:
    """Day first, always; a month above 12 that would fit the other way round is named, never swapped."""
    parsed = _checked(year, month, day)
    if parsed.value is None and month > 12:
        swapped = _checked(year, day, month).value
        return Parsed(None, Doubt.BUKAN_TANGGAL, format_date(swapped) if swapped else "")
    return parsed


def _checked(year: int, month: int, day: int) -> Parsed[date]:
    try:
        value = date(year, month, day)
    except ValueError:  # 31 Februari, bulan 0
        return Parsed(None, Doubt.BUKAN_TANGGAL)
    return Parsed(value) if value.year in _YEARS else Parsed(None, Doubt.BUKAN_TANGGAL)
