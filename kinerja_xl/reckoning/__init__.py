"""Pure reckoning: from judged submissions to the recap. Nothing here reads or writes files.

Adding up stands here once: what is known and what is not are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from kinerja_xl.sheets.rekap.model import UNKNOWN
from kinerja_xl.sheets.values import format_rupiah

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up, whole rupiah: what the ``known`` ones come to, and how many are ``unknown`` (never taken for 0).

    ``files``: how many of the unknown parts are whole files that can't be read."""

    amount: int = 0
    known: int = field(default=0, compare=False)
    unknown: int = 0
    files: int = field(default=0, compare=False)

    def __add__(self, other: Sum) -> Sum:
        return Sum(*(getattr(self, part) + getattr(other, part) for part in ("amount", "known", "unknown", "files")))

    def __bool__(self) -> bool:
        """Whether there is anything to tell: an amount, or one that is not known."""
        return bool(self.amount or self.unknown)

    @property
    def value(self) -> int | None:
        """The sum of what is known; None where nothing is."""
        return self.amount if self.known else None

    @property
    def shown(self) -> int | None:
        """What a cell of a workbook shows, the count of what is unknown beside it; None (a dash) where nothing is known of it."""
        return self.amount if self.amount or not self.unknown else None


def summed(parts: Iterable[int | None]) -> Sum:
    """A sum with unknown parts (None)."""
    every = list(parts)
    known = [part for part in every if part is not None]
    return Sum(sum(known), len(known), len(every) - len(known))


def unread(files: int) -> Sum:
    """Files that can't be read: nothing of them is known."""
    return Sum(unknown=files, files=files)


def together(parts: Iterable[Sum]) -> Sum:
    """Sums added up."""
    return sum(parts, Sum())


LEAST = "sedikitnya "
"""Stands before what can only be more."""
MOST = "paling besar "
"""Stands before what can only be less."""


def told(total: Sum, form: Callable[[int], str] = format_rupiah, things: str = "baris") -> str:
    """A sum as every text says it, with how many ``things`` are not known; a dash where nothing of it is known."""
    if total.shown is None:
        return UNKNOWN
    words = form(total.amount)
    return f"{LEAST}{words} ({_parts(total, things)} belum diketahui)" if total.unknown else words


def _parts(total: Sum, things: str) -> str:
    """How many parts are not known: ``2 baris dan 1 berkas``."""
    parts = ((total.unknown - total.files, things), (total.files, "berkas"))
    return " dan ".join(f"{count} {what}" for count, what in parts if count)


def aside(total: Sum, form: Callable[[int], str] = format_rupiah) -> str:
    """A sum of what is not counted: where nothing of it is known, how many rows it is of, for a dash would read as none."""
    return told(total, form) if total.shown is not None else f"{_parts(total, 'baris')} yang nilainya belum diketahui"


def beside(outside: Sum) -> str:
    """What a paper says of amounts that stand beside its sum; "" where there are none."""
    return f"Di luar jumlah ini {aside(outside)} tidak dihitung (lihat lembar Ringkasan rekap)." if outside else ""


def sums(parts: Iterable[tuple[K, int]]) -> dict[K, int]:
    """Known amounts added up by key, in the order in which the keys come."""
    found: dict[K, int] = defaultdict(int)
    for key, part in parts:
        found[key] += part
    return dict(found)


def totals(parts: Iterable[tuple[K, int | None]]) -> dict[K, Sum]:
    """Amounts of which some may not be known, added up by key, in the order in which the keys come."""
    return {key: summed(own) for key, own in grouped(parts).items()}


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """What belongs to each key, keys and values in the order in which they come."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
