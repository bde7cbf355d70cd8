"""What the sheets of the RKA workbook share: the sub kegiatan, where their rows stand, the names of their tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinerja_xl.reckoning.rka import Rka
from kinerja_xl.writing.recap.page import Frame
from kinerja_xl.writing.rka.plan import Plan

UNKNOWN_NAME = "Kode tidak dikenal"
NONE_YET = "belum ada"
"""Stands for the allocation of a year of which nothing is known; 0 would say something else."""

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Frame):
    """``plans`` by the code of the sub kegiatan, in the order of the tabs."""

    rkas: tuple[Rka, ...]
    plans: Mapping[str, Plan]


def sheet_names(codes: Iterable[str]) -> dict[str, str]:
    """A tab's name for each code: at most 31 characters, none that Excel forbids, none twice (capitals do not count)."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        plain = _FORBIDDEN.sub(" ", code).strip()[:_LONGEST_NAME].strip() or UNKNOWN_NAME
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - len(str(number)) - 3]} ({number})"
        taken.add(name.casefold())
        names[code] = name
    return names
