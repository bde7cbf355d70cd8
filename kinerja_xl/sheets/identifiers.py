"""Codes and NIP: digits that are names, not numbers, and what Excel does to them."""

from __future__ import annotations

import math
import re
from datetime import date

from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.parsed import Doubt, Parsed, Raw, is_error_text
from kinerja_xl.sheets.texts import clean, is_empty_mark

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
    bare = re.sub(r"\s*([./-])\s*", r"\1", text).strip("./- ")
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
