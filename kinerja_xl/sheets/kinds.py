"""Kinds of cell content. A kind owns the symmetry: how a cell is parsed, shown, restricted and checked.

Writers ask a kind for its number format and its data validation, the parser for ``parse``, pandera for its
``dtype`` and bounds. Rupiah are whole (decisions: a price with decimals is said and computed as it stands).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kinerja_xl.sheets import values as v


class Shape(StrEnum):
    """What a parsed value is in Python, and so in a frame."""

    TEKS = "teks"
    ANGKA = "angka"
    TANGGAL = "tanggal"
    NILAI = "nilai"  # a number, or a member of a scale (targets of a kualitatif indicator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind. ``list_name`` names the list (and its defined name) that choices come from;
    ``open_list`` lets values outside it pass as text, to be judged by a rule of their own.
    Bounds are inclusive."""

    name: str
    shape: Shape
    parse: Callable[[object], v.Parsed[Any]]
    num_format: str = "General"
    list_name: str = ""
    open_list: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    whole: bool = False
    wrap: bool = False
    align: str = "left"
    describe: str = ""


def teks(*, wrap: bool = True) -> Kind:
    """Free text; line breaks inside are kept."""
    return Kind(name="teks", shape=Shape.TEKS, parse=v.parse_text, num_format="@", wrap=wrap, describe="teks")


def rupiah(minimum: int | None = 0) -> Kind:
    """Whole rupiah."""
    low = None if minimum is None else Decimal(minimum)
    return Kind(
        name="rupiah", shape=Shape.ANGKA, parse=v.parse_rupiah, num_format="#,##0", minimum=low,
        maximum=Decimal(10) ** 15, whole=True, align="right", describe="rupiah bulat",
    )  # fmt: skip


def angka(minimum: int | None = 0, maximum: int | None = None, *, whole: bool = False) -> Kind:
    """A number; decimals are shown only where there are some."""
    return Kind(
        name="angka", shape=Shape.ANGKA, parse=v.parse_number, num_format="0" if whole else "#,##0.####",
        minimum=None if minimum is None else Decimal(minimum), maximum=None if maximum is None else Decimal(maximum),
        whole=whole, align="right", describe="angka bulat" if whole else "angka",
    )  # fmt: skip


def faktor() -> Kind:
    """One factor of a volume, never negative."""
    return replace(angka(), parse=v.parse_factor)


def tahun() -> Kind:
    """A budget year."""
    return Kind(
        name="tahun", shape=Shape.ANGKA, parse=v.parse_number, num_format="0", minimum=Decimal(2000),
        maximum=Decimal(2100), whole=True, align="center", describe="tahun",
    )  # fmt: skip


def tanggal() -> Kind:
    """A calendar date, day first."""
    return Kind(
        name="tanggal", shape=Shape.TANGGAL, parse=v.parse_date, num_format="dd/mm/yyyy", align="center",
        describe="tanggal (hari/bulan/tahun)",
    )  # fmt: skip


def pilihan(list_name: str, *, open_list: bool = False) -> Kind:
    """One of a list; capitals and blanks do not matter when it is read."""
    return Kind(
        name="pilihan", shape=Shape.TEKS, parse=v.parse_text, num_format="@", list_name=list_name,
        open_list=open_list, wrap=True, describe="pilihan",
    )  # fmt: skip


def kode(list_name: str = "") -> Kind:
    """A program, kegiatan or sub kegiatan code: text, normalised, checked for existence by rules."""
    return Kind(
        name="kode", shape=Shape.TEKS, parse=v.parse_code, num_format="@", list_name=list_name, open_list=True,
        describe="kode program/kegiatan/sub kegiatan",
    )  # fmt: skip


def rekening(list_name: str = "rekening") -> Kind:
    """An account code of the regional or the national chart: text."""
    return Kind(
        name="rekening", shape=Shape.TEKS, parse=v.parse_code, num_format="@", list_name=list_name, open_list=True,
        describe="kode rekening",
    )  # fmt: skip


def nip() -> Kind:
    """A civil servant's number: 18 digits, as text."""
    return Kind(name="nip", shape=Shape.TEKS, parse=v.parse_nip, num_format="@", describe="NIP 18 angka")


def nilai() -> Kind:
    """A target: a number, or a member of a scale for a kualitatif indicator."""
    return Kind(
        name="nilai", shape=Shape.NILAI, parse=v.parse_number, num_format="#,##0.####", align="right",
        describe="angka, atau anggota skala untuk indikator kualitatif",
    )  # fmt: skip


def ya_tidak() -> Kind:
    """Ya or Tidak."""
    return pilihan("ya_tidak")
