"""Program, kegiatan and sub kegiatan codes: one canonical spelling, their tree, and the list of urusan 7.01."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from kinerja_xl.lists import rows


class Level(StrEnum):
    """Where a code stands in the tree."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUBKEGIATAN = "subkegiatan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramNode:
    """One line of the tree. ``indikator`` and ``satuan`` are "" where no public source names them."""

    kode: str
    level: Level
    nama: str
    indikator: str = ""
    satuan: str = ""


_CANONICAL = re.compile(r"[1-9]\.\d{2}\.\d{2}(?:\.2\.\d{2}(?:\.\d{4})?)?")
# Without dots: urusan, bidang, program, then "2" + kegiatan, then sub kegiatan in two (old) or four digits. The bidang
# must begin with 0: an account without dots (5102…) would pass otherwise.
_UNDOTTED = re.compile(r"0?([1-9])(0[1-9])(\d\d)(?:2(\d\d)(\d{4}|\d\d)?)?")
_GLUED_KEGIATAN = re.compile(r"2\d\d")
# 5.1.02.02.01.0080 is an account, not sub kegiatan 5.01.02.2.01.0080: where the zero of the bidang is lost,
# first digits that accounts use (pendapatan, belanja, pembiayaan) decide nothing.
_ACCOUNT_FIRST_DIGITS = frozenset("456")


@lru_cache(maxsize=4096)
def normalise_program(code: str) -> str | None:
    """The canonical code (``7.01.02``, ``7.01.02.2.01``, ``7.01.02.2.01.0001``), or None where the shape is unknown.

    Understands ``7.01.02.201.01``, ``7.01.02.02.01.0001``, ``7.01.02.2.01.1``, ``7.1.02``, codes without dots, stray
    blanks and trailing dots. Only codes of a kabupaten/kota (a kegiatan begins with 2).
    """
    text = re.sub(r"\s", "", code).strip(".")
    if match := _UNDOTTED.fullmatch(text):
        urusan, bidang, program, kegiatan, sub = match.groups()
        return _join(f"{urusan}.{bidang}", program, kegiatan or "", sub or "")
    parts = text.split(".")
    if len(parts) < 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    urusan = _urusan(parts[0], parts[1])
    rest = _kegiatan_and_sub(parts[3:])
    return _join(urusan, parts[2], *rest) if urusan and rest is not None else None


def _urusan(first: str, second: str) -> str:
    """``7.01``; "" where it can't be one."""
    first = first.lstrip("0")
    if len(first) != 1 or len(second) > 2 or (len(second) == 1 and first in _ACCOUNT_FIRST_DIGITS):
        return ""
    return f"{first}.{second.zfill(2)}"


def _kegiatan_and_sub(parts: list[str]) -> tuple[str, str] | None:
    """The digits of kegiatan and sub kegiatan ("" where the code stops earlier); None for an unknown shape."""
    if not parts:
        return "", ""
    if _GLUED_KEGIATAN.fullmatch(parts[0]):
        kegiatan, rest = parts[0][1:], parts[1:]
    elif parts[0] in {"2", "02"} and len(parts) > 1:
        kegiatan, rest = parts[1], parts[2:]
    else:
        return None
    return (kegiatan, rest[0] if rest else "") if len(rest) <= 1 else None


def _join(urusan: str, program: str, kegiatan: str, sub: str) -> str | None:
    """The parts padded and joined; None where one is too long or zero."""
    padded = [urusan]
    for digits, width in ((program, 2), (kegiatan, 2), (sub, 4)):
        if not digits:
            break
        if len(digits) > width or int(digits) == 0:
            return None
        padded.append(digits.zfill(width))
    return ".".join([*padded[:2], "2", *padded[2:]] if len(padded) > 2 else padded)


def level(code: str) -> Level | None:
    """The level of a canonical code, None for any other text."""
    if not _CANONICAL.fullmatch(code):
        return None
    return {2: Level.PROGRAM, 4: Level.KEGIATAN, 5: Level.SUBKEGIATAN}[code.count(".")]


def parents(code: str) -> tuple[str, str]:
    """(program, kegiatan) that a canonical code belongs to, itself included; kegiatan is "" for a program.

    Raises ValueError for a code that is not canonical.
    """
    if level(code) is None:
        raise ValueError(code)
    parts = code.split(".")
    return ".".join(parts[:3]), ".".join(parts[:5]) if len(parts) > 3 else ""


@cache
def programs() -> Mapping[str, ProgramNode]:
    """The tree of urusan 7.01 (kecamatan) by canonical code, each parent before its children."""
    nodes = (
        ProgramNode(
            kode=row["kode"],
            level=Level(row["level"]),
            nama=row["nama"],
            indikator=row["indikator"],
            satuan=row["satuan"],
        )
        for row in rows("program")
    )
    return MappingProxyType({node.kode: node for node in nodes})
