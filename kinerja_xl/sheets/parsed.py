"""The answer of every parser: an exact value, or none, and at most one doubt about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

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
