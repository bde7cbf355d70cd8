"""Text as staff type and paste it: cleaned of invisible characters, folded for comparison, read as Ya or Tidak."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from kinerja_xl.sheets.formats import format_date, format_number
from kinerja_xl.sheets.parsed import Doubt, Parsed, Raw, is_error_text

# Excel writes control characters of a text as _xHHHH_; web pages leave zero-width marks and soft hyphens.
_ESCAPED = re.compile(r"_x(000D|000A|0009|00A0|200B)_", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")

# What stands where nothing was filled in: dashes, a dotted or ruled line.
_EMPTY_MARKS = frozenset("-–—−.…_,=: \n")

_YES = frozenset({"ya", "y", "iya", "v", "✓", "✔", "☑", "√", "1", "true", "benar", "yes"})
_NO = frozenset({"tidak", "t", "tdk", "tidakada", "0", "false", "salah", "no", "n", "bukan"})


def clean(text: str) -> str:
    """``text`` without invisible characters, runs of blanks and outer blanks; inner line breaks stay as ``\\n``."""
    if "_x" in text or "_X" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)
    text = _LINE_BREAKS.sub("\n", text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    return _AROUND_BREAK.sub("\n", text).strip()


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


_FOLDED = {i: None for i in range(128) if not chr(i).isalnum()} | {ord("%"): "persen", ord("&"): "dan"}
"""What folding makes of plain letters: a price list has a hundred thousand texts."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What headings and choices are compared by: letters and digits only, in lower case.

    ``U r a i a n`` equals ``uraian``, ``Kode  Rekening :`` equals ``kode rekening``; ``%`` counts as "persen" and
    ``&`` as "dan". The result is a key, not for showing.
    """
    if text.isascii() and "_x" not in text and "_X" not in text:
        return text.lower().translate(_FOLDED)
    words = clean(text).replace("%", " persen ").replace("&", " dan ")
    letters = unicodedata.normalize("NFKD", words).casefold()
    return "".join(ch for ch in letters if ch.isalnum())


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
