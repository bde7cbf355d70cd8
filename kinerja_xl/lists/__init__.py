"""Reference lists as data files (TSV), loaded once into typed, frozen objects. No pandas, no openpyxl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.words import table


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``lists/<name>.tsv`` as texts by column. Raises ValueError where a row has a wrong width."""
    return table(name, __package__)


# ---- Example price list: prices of other regions, for samples and trials; an office loads its own ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One price. ``jenis`` is SSH, SBU, HSPK or ASB; ``harga`` whole rupiah per ``satuan``; ``kode_rekening`` the
    account it is usually booked on, "" where none is usual."""

    kode: str
    jenis: str
    uraian: str
    spesifikasi: str
    satuan: str
    harga: int
    kode_rekening: str


@cache
def example_prices() -> tuple[Price, ...]:
    """The example prices in the order of their list."""
    return tuple(
        Price(
            kode=row["kode"], jenis=row["jenis"], uraian=row["uraian"], spesifikasi=row["spesifikasi"], satuan=row["satuan"],
            harga=int(row["harga"]), kode_rekening=row["kode_rekening"],
        )
        for row in rows("harga_contoh")
    )  # fmt: skip


# ---- Belanja accounts: the regional chart as a kecamatan uses it, the national chart, and their jenis belanja ----

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


PURPOSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Makan dan minum rapat", ("5.1.02.01.01.0052", "5.1.02.01.01.0053", "5.1.02.01.01.0058")),
    ("Barang pakai habis", ("5.1.02.01",)),
    ("Jasa dan honor", ("5.1.02.02",)),
    ("Pemeliharaan", ("5.1.02.03",)),
    ("Perjalanan dinas", ("5.1.02.04",)),
    ("Diberikan kepada pihak lain", ("5.1.02.05",)),
    ("Belanja modal", ("5.2",)),
)
"""What belanja other than that for staff is for, by accounts; what an earlier line names is not counted again by a later one."""


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


# ---- Program, kegiatan and sub kegiatan codes: one canonical spelling, their tree, and the list of urusan 7.01 ----

URUSAN: Mapping[str, str] = MappingProxyType({"7": "UNSUR KEWILAYAHAN", "7.01": "KECAMATAN"})
"""Names of the urusan and bidang urusan of a kecamatan, by the beginning of its codes."""


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


@lru_cache(maxsize=4096)
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
