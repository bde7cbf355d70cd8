"""Numbers, money and percentages as offices write them, read exactly or not at all.

A text with two readings (``1.500``: fifteen hundred, or one and a half) is never guessed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from kinerja_xl.sheets.formats import format_date, format_number, plain
from kinerja_xl.sheets.texts import Doubt, Parsed, Raw, is_empty_mark, is_error_text
from kinerja_xl.words import table
from kinerja_xl.words.match import alternatives
from kinerja_xl.words.periods import month_of
from kinerja_xl.words.text import clean, fold
from kinerja_xl.words.units import Measures

_NONE = re.compile(r"(?:rp|idr)?\.?\s*(?:nihil)?", re.IGNORECASE)
_MINUS = "−–—-"  # the hyphen last, so that it makes no range inside [...]
# head: sign, bracket, Rp — number: digits, separators, blanks — tail: ",-", minus, bracket, dot, unit.
_SHAPE = re.compile(
    rf"(?P<head>(?:[+(\s{_MINUS}]|rp\.?|idr\.?)*)"
    r"(?P<body>[.,]?[0-9](?:[0-9., ]*[0-9])?)"
    rf"(?P<sen> ?(?P<mark>[.,]) ?[={_MINUS}]+)?(?P<minus> ?[{_MINUS}])?(?P<close> ?\))?(?P<dot>[.,])?"
    r"\s*(?P<unit>(?:[^\W\d_]|%)(?:\D|(?<=[mM])[23])*)?",
    re.IGNORECASE,
)
_MULTIPLIERS = {row["ejaan"]: int(row["nol"]) for row in table("pengali")}
_RUPIAH_WORDS = frozenset({"rp", "rupiah", "idr"})
_MAX_NUMBER_LENGTH = 40  # a digit held down, or a line of account numbers
_MAX_UNIT_WORDS = 5  # longer than this is a sentence that begins with a number


def parse_number(raw: Raw) -> Parsed[Decimal]:
    """An exact number; None without doubt for a blank cell, ``-`` and ``nihil``.

    Doubts: AMBIGU (hint: the readings), ANGKA_SATUAN (hint: the unit), TEKS_ANGKA, BUKAN_ANGKA, SEL_RUSAK.
    """
    if isinstance(raw, str):
        return _number_in_text(clean(raw).removeprefix("'").strip())
    if isinstance(raw, bool):
        return Parsed(None, Doubt.BUKAN_ANGKA)
    if isinstance(raw, int):
        return Parsed(Decimal(raw))
    if isinstance(raw, float):
        return Parsed(exact(raw)) if math.isfinite(raw) else Parsed(None, Doubt.BUKAN_ANGKA)
    if isinstance(raw, Decimal):
        return Parsed(raw) if raw.is_finite() else Parsed(None, Doubt.BUKAN_ANGKA)
    if raw is None:
        return Parsed(None)
    return Parsed(None, Doubt.BUKAN_ANGKA, format_date(raw) if isinstance(raw, date) else "")


def parse_factor(raw: Raw) -> Parsed[Decimal]:
    """A factor of a volume: that of :func:`parse_number`, but ``12,5%`` may be that many of a hundred or 12.5 beside its unit."""
    parsed = parse_number(raw)
    if parsed.value is None or parsed.doubt is not Doubt.ANGKA_SATUAN or fold(parsed.hint) != "persen":
        return parsed
    share = plain(parsed.value / 100)
    return Parsed(None, Doubt.AMBIGU, f"{format_number(parsed.value)} atau {format_number(share)}")


def exact(value: float) -> Decimal:
    """The shortest decimal that stands for this float: what was typed, not its binary neighbour."""
    return Decimal(int(value)) if value.is_integer() and abs(value) < 2**53 else Decimal(repr(value))


def parse_rupiah(raw: Raw, whole: bool = True) -> Parsed[Decimal]:
    """Money in rupiah, negative allowed; ``whole=False`` accepts decimals without a word.

    Doubts: those of :func:`parse_number`, RIBUAN_TERTELAN (numeric 1.5; hint: ``1.500``), DESIMAL. An amount is only trusted
    beside a unit of measure that is known: ``402.115 per orang``, not ``402.115,-x``.
    """
    # Excel keeps 15 digits of what is typed; more of them are arithmetic noise such as 129600.00000000001.
    parsed = parse_number(float(f"{raw:.15g}") if isinstance(raw, float) else raw)
    value = parsed.value
    if parsed.doubt is Doubt.ANGKA_SATUAN and not _priced_by(parsed.hint):
        return Parsed(None, Doubt.BUKAN_ANGKA)
    if not whole or value is None or value == value.to_integral_value():
        return parsed
    swallowed = value * 1000
    if not isinstance(raw, str) and abs(value) < 1000 and swallowed == swallowed.to_integral_value():
        return Parsed(value, Doubt.RIBUAN_TERTELAN, format_number(swallowed))
    return Parsed(value, Doubt.DESIMAL, format_number(value))


def _priced_by(unit: str) -> bool:
    """Whether an amount of money can be meant for one of this; what an indicator is told in is nothing that is bought."""
    found = Measures().find(fold(unit).removeprefix("per"))
    return found is not None and found.kelompok != "indikator"


def parse_percent(raw: Raw, percent_format: bool = False) -> Parsed[Decimal]:
    """Percent points: 85 for 85 %. ``percent_format`` says that the cell shows its number as a percentage.

    Doubts: those of :func:`parse_number`, SKALA_PERSEN for a number up to 1 that carries no percent sign.
    """
    parsed = parse_number(raw)
    value = parsed.value
    if value is None:
        return parsed
    if percent_format and not isinstance(raw, str):
        return Parsed(plain(value * 100))
    if parsed.doubt is Doubt.ANGKA_SATUAN and fold(parsed.hint) == "persen":
        return Parsed(value, Doubt.TEKS_ANGKA, format_number(value))
    if 0 < abs(value) <= 1 and parsed.doubt in {None, Doubt.TEKS_ANGKA}:
        return Parsed(value, Doubt.SKALA_PERSEN, f"{format_number(value)} % atau {format_number(value * 100)} %")
    return parsed


def _number_in_text(text: str) -> Parsed[Decimal]:
    if is_empty_mark(_NONE.sub("", text, count=1)):
        return Parsed(None)
    if is_error_text(text):
        return Parsed(None, Doubt.SEL_RUSAK, text)
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Parsed(None, Doubt.BUKAN_ANGKA)
    if len(match["body"]) > _MAX_NUMBER_LENGTH:
        return Parsed(None, Doubt.BUKAN_ANGKA)
    head = match["head"].lower()
    unit = (match["unit"] or "").strip()
    rupiah = "r" in head or fold(unit) in _RUPIAH_WORDS
    bracket = "(" in head
    signs = sum(head.count(sign) for sign in _MINUS) + bool(match["minus"]) + bracket
    if not _well_formed(match, head, unit):
        return Parsed(None, Doubt.BUKAN_ANGKA)
    readings = _readings(match["body"], _thousands_mark(match["mark"], rupiah or bracket))
    if match["minus"] and rupiah or signs > 1:  # "Rp1.500.000-" is often "Rp1.500.000,-"
        readings = [*readings, *(-reading for reading in readings)]
    elif signs:
        readings = [-reading for reading in readings]
    return _judged(readings, "" if fold(unit) in _RUPIAH_WORDS else unit)


def _well_formed(match: re.Match[str], head: str, unit: str) -> bool:
    """Head and tail hold each mark once, brackets pair, and what follows the number can be a unit."""
    if (("(" in head) != bool(match["close"])) or head.count("(") > 1 or head.count("r") > 1:
        return False
    numbered_item = bool(match["dot"]) and bool(unit)  # "1. Laporan"
    minus_then_unit = bool(match["minus"]) and bool(unit)  # "12 - orang"
    letters_for_noughts = bool(unit) and not unit.strip("Oo")  # "38.5OO"
    return not (numbered_item or minus_then_unit or letters_for_noughts) and len(unit.split()) <= _MAX_UNIT_WORDS


def _thousands_mark(mark: str | None, indonesian: bool) -> str:
    """Which separator certainly groups thousands: ``,-`` and ``.-`` tell, and so do Rp and accounting brackets."""
    if mark is not None:
        return "." if mark == "," else ","
    return "." if indonesian else ""


def _readings(body: str, thousands: str) -> list[Decimal]:
    """Every number that the digits and separators of ``body`` can stand for; one entry means no doubt."""
    body = re.sub(r" ?([.,]) ?", r"\1", body)
    seps = re.findall(r"[., ]", body)
    parts = re.split(r"[., ]", body)
    joined = Decimal("".join(parts))
    if not seps:
        return [joined]
    with_decimals = Decimal(f"{''.join(parts[:-1]) or '0'}.{parts[-1]}")
    if len(seps) == 1:
        return _single_separator(parts, seps[0], thousands, joined, with_decimals)
    same = len(set(seps)) == 1
    if same and _grouped(parts):
        return [joined]
    ordered = len(set(seps[:-1])) == 1 and seps[-1] not in {seps[0], " "}
    # Three digits after the other mark (1.500,000) are as often a slip of the finger as decimals.
    if ordered and _grouped(parts[:-1]) and len(parts[-1]) != 3:
        return [with_decimals]
    return [joined, with_decimals]


def _single_separator(
    parts: list[str], sep: str, thousands: str, joined: Decimal, with_decimals: Decimal
) -> list[Decimal]:
    """One separator: decimals unless exactly three digits follow it; those need a mark that tells."""
    if sep == " ":
        return [joined, with_decimals]
    if len(parts[1]) != 3 or parts[0] == "0":
        return [with_decimals]
    if sep == thousands and _grouped(parts):
        return [joined]
    return [joined, with_decimals]


def _grouped(parts: list[str]) -> bool:
    """True for 1–3 digits without a leading zero, then groups of exactly three."""
    return 1 <= len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])


def _judged(readings: list[Decimal], unit: str) -> Parsed[Decimal]:
    """The one reading with its doubt, or all of them as the hint."""
    power = _MULTIPLIERS.get(unit.split()[0].lower()) if unit else None
    if power is not None:  # "1,5 juta": written out it is clear, so it is asked for
        readings = [reading.scaleb(power) for reading in readings] + readings
    if len(set(readings)) > 1:
        return Parsed(None, Doubt.AMBIGU, " atau ".join(dict.fromkeys(format_number(r) for r in readings)))
    value = plain(readings[0])
    if unit:
        return Parsed(value, Doubt.ANGKA_SATUAN, unit[0].upper() + unit[1:])
    return Parsed(value, Doubt.TEKS_ANGKA, format_number(value))


# ---- Dates as offices write them: real dates, day first in digits, Indonesian month names, serial numbers ----

# Outside these years a "date" is a small number in a date cell, or a slip of the finger.
_YEARS = range(1945, 2101)
_EPOCH_1900 = date(1899, 12, 30)  # right for every serial after the 29 February 1900 that Excel invented
_EPOCH_1904 = date(1904, 1, 1)

_WEEKDAY = re.compile(rf"^{alternatives('hari')}\s*,?\s+", re.IGNORECASE)
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
        return _checked(_year(match[3]), month_of(match[2]) or 0, int(match[1]))
    if match := _NAME_FIRST.fullmatch(text):
        return _checked(int(match[3]), month_of(match[1]) or 0, int(match[2]))
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
