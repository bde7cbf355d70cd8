"""Belanja accounts: the regional chart as a kecamatan uses it, the national chart, and their jenis belanja."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from kinerja_xl.lists import rows
from kinerja_xl.sheets.choices import JENIS_BELANJA

__all__ = ["JENIS_BELANJA", "Account", "accounts", "jenis_belanja", "national_to_regional", "normalise_account"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account. ``jenis`` is a key of JENIS_BELANJA, "" above that level; ``inti``: most kecamatan need it."""

    kode: str
    uraian: str
    jenis: str
    inti: bool

    @property
    def rinci(self) -> bool:
        """True where amounts may be booked: six levels, ``5.1.02.01.01.0024``."""
        return self.kode.count(".") == len(_WIDTHS) - 1


_WIDTHS = (1, 1, 2, 2, 2, 4)
_WIDTHS_2026 = (1, 1, 2, 2, 3, 5)
_NATIONAL_CLASS = MappingProxyType({"51": "5.1.01", "52": "5.1.02", "53": "5.2"})
# National codes have two to six digits and never a 0 in third place; regional ones (5.1.0x) nearly always do.
_NATIONAL = re.compile(r"5[1-9](?:[1-9]\d{0,3})?")


@lru_cache(maxsize=4096)
def normalise_account(code: str) -> str | None:
    """The canonical code, or None where the shape is unknown.

    Regional: ``5.1.02.01.01.0024``, also from the longer form of 2026 (``5.1.02.01.001.00024``), unpadded or without
    dots; any level from ``5`` on. National: two to six digits (``521211``), returned as they are.
    """
    text = re.sub(r"\s", "", code).strip(".")
    if _NATIONAL.fullmatch(text):
        return text
    if text.isascii() and text.isdigit():
        return _padded(_split_digits(text))
    parts = text.split(".")
    return _padded(parts) if all(part.isascii() and part.isdigit() for part in parts) else None


def _split_digits(text: str) -> list[str]:
    """Digits without dots, cut at the widths of either form; [] where their number fits neither."""
    for widths in (_WIDTHS, _WIDTHS_2026):
        ends = [sum(widths[: i + 1]) for i in range(len(widths))]
        if len(text) in ends:
            last = ends.index(len(text))
            return [text[end - width : end] for end, width in zip(ends[: last + 1], widths, strict=False)]
    return []


def _padded(parts: list[str]) -> str | None:
    """The levels at their regional width; None where one is too long, zero, or the first is not 4, 5 or 6."""
    if not 1 <= len(parts) <= len(_WIDTHS) or parts[0] not in {"4", "5", "6"}:
        return None
    shortened = [part.lstrip("0").zfill(width) for part, width in zip(parts, _WIDTHS, strict=False)]
    too_long = any(len(part) > width for part, width in zip(parts, _WIDTHS_2026, strict=False))
    wrong = any(len(part) > width or int(part) == 0 for part, width in zip(shortened, _WIDTHS, strict=False))
    return None if too_long or wrong else ".".join(shortened)


@cache
def accounts() -> Mapping[str, Account]:
    """The regional accounts by canonical code, parents before children."""
    found = (Account(kode=row["kode"], uraian=row["uraian"], jenis=row["jenis"], inti=row["inti"] == "1") for row in rows("akun"))
    return MappingProxyType({account.kode: account for account in found})


@lru_cache(maxsize=4096)
def jenis_belanja(code: str) -> str | None:
    """The key of JENIS_BELANJA that an account counts under; None for other classes and unknown shapes.

    The account's own row decides first (national 512211 lembur is regional Barang dan Jasa), its class second.
    """
    canonical = normalise_account(code)
    if canonical is None:
        return None
    if "." not in canonical and len(canonical) > 1:
        own = {_regional_class(candidate) for candidate in _national().get(canonical, ())}
        return own.pop() if len(own) == 1 else _NATIONAL_CLASS.get(canonical[:2])
    account = accounts().get(canonical)
    return (account.jenis or None) if account else _regional_class(canonical)


def _regional_class(canonical: str) -> str | None:
    return next((key for key in JENIS_BELANJA if canonical == key or canonical.startswith(f"{key}.")), None)


@cache
def _national() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({row["bas"]: tuple(row["daerah"].split()) for row in rows("bas")})


def national_to_regional(code: str) -> tuple[str, ...]:
    """Regional candidates for a national account, likeliest first; whole groups (``5.1.02.02.04``) where the choice
    depends on what is bought, () where none is known. A proposal that the office may overrule, no official table.
    """
    canonical = normalise_account(code)
    if canonical is None or "." in canonical:
        return ()
    known = (canonical[:end] for end in range(len(canonical), 1, -1) if canonical[:end] in _national())
    return _national()[next(known)] if canonical[:2] in _national() else ()
