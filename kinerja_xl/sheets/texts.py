"""Text as staff type and paste it: cleaned of invisible characters, folded for comparison, read as Ya or Tidak."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from kinerja_xl.sheets.formats import format_date, format_number
from kinerja_xl.words.text import all_clean, clean, fold

# ---- The answer of every parser: an exact value, or none, and at most one doubt about it ----

T = TypeVar("T")

# What a cell reader hands over: None, str, bool, int, float, date, datetime, time or timedelta (an error cell may
# arrive as its text, ``#REF!``). Anything else is answered with a doubt, so the type is open.
Raw: TypeAlias = object


class Doubt(StrEnum):
    """Why a cell's content needs a word to its unit. "Keeps the value" = the value may be used."""

    SEL_RUSAK = "sel_rusak"  # an error value such as #REF! or #DIV/0!
    # numbers
    BUKAN_ANGKA = "bukan_angka"  # no number can be read; hint: the date, if the cell holds one
    AMBIGU = "ambigu"  # more than one reading; hint: "1.500 atau 1,5"
    TEKS_ANGKA = "teks_angka"  # keeps the value: one reading, but typed as text; hint: the number as read
    ANGKA_SATUAN = "angka_satuan"  # keeps the value: number and unit in one cell; hint: the unit
    # money and percent
    DESIMAL = "desimal"  # keeps the value: money that is not whole rupiah
    RIBUAN_TERTELAN = "ribuan_tertelan"  # keeps the value: 1.5 was probably typed as 1.500; hint: "1.500"
    SKALA_PERSEN = "skala_persen"  # keeps the value: 0.85 may mean 85 %; hint: "0,85 % atau 85 %"
    # dates
    BUKAN_TANGGAL = "bukan_tanggal"  # hint: the likely date, if one can be seen
    SERIAL = "serial"  # keeps the value: a date shown as its serial number; hint: the date
    # codes and NIP
    KODE_ANGKA = "kode_angka"  # a code stored as number; value only where no zero can be lost
    KODE_NAMA = "kode_nama"  # keeps the value: code and name in one cell; hint: the name
    KODE_RUSAK = "kode_rusak"  # turned into a date by Excel, or no code at all; hint: the likely code or the date
    NIP_ANGKA = "nip_angka"  # 18 digits do not survive as a number
    NIP_BENTUK = "nip_bentuk"  # not 18 digits; hint: how many there are
    # choices
    BUKAN_YA_TIDAK = "bukan_ya_tidak"  # neither yes nor no


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """``value`` None without a doubt means that nothing was filled in. ``hint`` is a fact for the sentence."""

    value: T | None
    doubt: Doubt | None = None
    hint: str = ""


_ERRORS = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|ERROR!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)"
    r"|Err:\d{3}",
    re.IGNORECASE,
)


def is_error_text(text: str) -> bool:
    """True for the text of a broken cell as Excel, Google Sheets or LibreOffice show it."""
    return text[:1] in "#Ee" and _ERRORS.fullmatch(text.strip()) is not None


# What stands where nothing was filled in: dashes, a dotted or ruled line.
_EMPTY_MARKS = frozenset("-–—−.…_,=: \n")

_YES = frozenset({"ya", "y", "iya", "v", "✓", "✔", "☑", "√", "1", "true", "benar", "yes"})
_NO = frozenset({"tidak", "t", "tdk", "tidakada", "0", "false", "salah", "no", "n", "bukan"})


def is_empty_mark(text: str) -> bool:
    """True for text that holds nothing but dashes, dots or a ruled line: an unfilled place."""
    return _EMPTY_MARKS.issuperset(text)


def parse_text(raw: Raw) -> Parsed[str]:
    """The text of a cell, None when blank. Numbers and dates become what staff would write (``12``, ``12,5``).

    Doubts: SEL_RUSAK.
    """
    if raw is None:
        return Parsed(None)
    if isinstance(raw, float) and not math.isfinite(raw):
        return Parsed(None, Doubt.SEL_RUSAK)
    if not isinstance(raw, str):
        return Parsed(_shown(raw))
    text = clean(raw)
    if text.startswith("'"):  # the mark that forces text, typed twice or kept by a converter
        text = text[1:].lstrip()
    if is_error_text(text):
        return Parsed(None, Doubt.SEL_RUSAK, text)
    return Parsed(text or None)


_DOUBTFUL = frozenset("'#Ee")
"""How a text begins that may be a broken cell's, or of which the first mark is none of it: few in a price list do."""


def as_typed(texts: Collection[str]) -> bool:
    """Whether :func:`parse_text` gives each of these texts as it stands, without a doubt."""
    doubtful = [text for text in texts if text[:1] in _DOUBTFUL] if all_clean(texts) else None
    return doubtful is not None and not any(text.startswith("'") or is_error_text(text) for text in doubtful)


def _shown(raw: object) -> str:
    """A cell that is no text, as Excel would roughly show it."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        # No thousands dots here: a year or a house number is no amount.
        return str(int(raw)) if raw.is_integer() else format_number(Decimal(repr(raw))).replace(".", "")
    if isinstance(raw, date):
        return format_date(raw)
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    return str(raw)


def parse_bool(raw: Raw) -> Parsed[bool]:
    """Ya/Tidak, Y/T, ✓, 1/0, TRUE/FALSE. A cross means yes to some and no to others: AMBIGU.

    Doubts: AMBIGU, BUKAN_YA_TIDAK, SEL_RUSAK.
    """
    if isinstance(raw, bool):
        return Parsed(raw)
    text = parse_text(raw)
    if text.value is None:
        return Parsed(None, text.doubt, text.hint)
    if is_empty_mark(text.value):
        return Parsed(None)
    word = text.value if text.value in _YES else fold(text.value)
    if word in _YES:
        return Parsed(True)
    if word in _NO:
        return Parsed(False)
    if word in {"x", "✗", "✘", "×"} or text.value in {"✗", "✘", "×"}:
        return Parsed(None, Doubt.AMBIGU, "Ya atau Tidak")
    return Parsed(None, Doubt.BUKAN_YA_TIDAK)


# ---- Codes and NIP: digits that are names, not numbers, and what Excel does to them ----

_CODE = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z]+(?:[./-][0-9A-Za-z]+)*")
_DIGITS_APART = re.compile(r"[0-9.]+(?:\s[0-9.]+)+")
_CODE_THEN_NAME = re.compile(r"([0-9](?:[0-9.]| (?=[0-9.]))*)(?:\s*[-–—:|]\s*|\s+)([^\W\d_].*)", re.DOTALL)
_COMMAS = re.compile(r"[0-9]+(?:[.,][0-9]+)+")
# A whole number of this many digits is an account or program code typed without dots: nothing got lost.
_WHOLE_CODE_DIGITS = 6
NIP_DIGITS = 18


def parse_code(raw: Raw) -> Parsed[str]:
    """A code as text without stray blanks and trailing dots. Which codes exist is the lists' business.

    Doubts: KODE_ANGKA (5.1 as a number may have been 5.10: no value; 521211 keeps its value), KODE_NAMA (value kept),
    KODE_RUSAK, SEL_RUSAK.
    """
    if raw is None:
        return Parsed(None)
    if isinstance(raw, str):
        return _code_in_text(clean(raw).removeprefix("'").strip())
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _code_in_number(raw)
    # Excel turns "7.01.02" into the 7th of January 2002.
    return Parsed(None, Doubt.KODE_RUSAK, format_date(raw) if isinstance(raw, date) else "")


def _code_in_number(number: float) -> Parsed[str]:
    if not math.isfinite(number) or number != int(number) or number < 10 ** (_WHOLE_CODE_DIGITS - 1):
        return Parsed(None, Doubt.KODE_ANGKA)
    return Parsed(str(int(number)), Doubt.KODE_ANGKA) if number < 10**15 else Parsed(None, Doubt.KODE_ANGKA)


def _code_in_text(text: str) -> Parsed[str]:
    if is_empty_mark(text):
        return Parsed(None)
    if is_error_text(text):
        return Parsed(None, Doubt.SEL_RUSAK, text)
    bare = re.sub(r"(?:(?<!\s)\s++)?([./-])\s*", r"\1", text).strip("./- ")
    if _DIGITS_APART.fullmatch(bare):  # "7.01.02 2.01": a lost dot or a stray blank, who knows
        return Parsed(None, Doubt.KODE_RUSAK, bare.replace(" ", "."))
    if _CODE.fullmatch(bare):
        return Parsed(bare)
    if match := _CODE_THEN_NAME.fullmatch(text):
        return Parsed(match[1].replace(" ", "").rstrip("."), Doubt.KODE_NAMA, match[2].strip())
    likely = bare.replace(" ", "")
    return Parsed(None, Doubt.KODE_RUSAK, likely.replace(",", ".") if _COMMAS.fullmatch(likely) else "")


def parse_nip(raw: Raw) -> Parsed[str]:
    """An employee number: 18 digits as text, blanks and a leading "NIP." removed.

    Doubts: NIP_ANGKA (stored as a number, so its last digits are lost), NIP_BENTUK (hint: digits counted), SEL_RUSAK.
    """
    if raw is None:
        return Parsed(None)
    if not isinstance(raw, str):
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        return Parsed(None, Doubt.NIP_ANGKA if is_number else Doubt.NIP_BENTUK)
    text = clean(raw).removeprefix("'").strip()
    if is_error_text(text):
        return Parsed(None, Doubt.SEL_RUSAK, text)
    digits = re.sub(r"^nip|[\s.:\-–—]", "", text, flags=re.IGNORECASE)
    if not digits:
        return Parsed(None)
    if re.fullmatch(r"[0-9]+(?:,[0-9]+)?e\+?[0-9]+", digits, re.IGNORECASE):
        return Parsed(None, Doubt.NIP_ANGKA)
    if re.fullmatch(rf"[0-9]{{{NIP_DIGITS}}}", digits):
        return Parsed(digits)
    return Parsed(None, Doubt.NIP_BENTUK, str(sum(ch.isdigit() for ch in digits)))


# ---- Near misses: which of the known words a mistyped one was probably meant to be ----

_CUTOFF = 0.7  # "Lapoaran" finds "Laporan"; "Buah" does not find "Buku"


def suggest(text: str, options: Iterable[str], n: int = 1) -> tuple[str, ...]:
    """Up to ``n`` of ``options`` that look like ``text``, best first, compared without case, blanks and marks."""
    by_key: dict[str, str] = {}
    for option in options:
        by_key.setdefault(fold(option), option)
    return tuple(by_key[key] for key in get_close_matches(fold(text), by_key, n=n, cutoff=_CUTOFF))


def suggestion(text: str, options: Iterable[str], words: str = "mungkin {}") -> str:
    """What is suggested, as the sentence of a catatan takes it ("; mungkin camat"); "" where nothing is near."""
    near = suggest(text, options)
    return f"; {words.format(near[0])}" if near else ""

