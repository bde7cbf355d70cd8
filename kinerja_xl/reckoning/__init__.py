"""Pure reckoning: from judged submissions to the recap. Nothing here reads or writes files.

Adding up stands here once: what is known and what is not are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up, whole rupiah: what the ``known`` ones come to, and how many are ``unknown`` (never taken for 0)."""

    amount: int = 0
    known: int = 0
    unknown: int = 0

    @property
    def value(self) -> int | None:
        """The sum of what is known; None where nothing is."""
        return self.amount if self.known else None


def summed(parts: Iterable[int | None]) -> Sum:
    """A sum with unknown parts (None)."""
    every = list(parts)
    known = [part for part in every if part is not None]
    return Sum(sum(known), len(known), len(every) - len(known))


def sums(parts: Iterable[tuple[K, int | None]]) -> dict[K, int]:
    """The known parts added up by key, in the order in which the keys come; a key of unknown parts alone has 0."""
    found: dict[K, int] = defaultdict(int)
    for key, part in parts:
        found[key] += part or 0
    return dict(found)


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """What belongs to each key, keys and values in the order in which they come."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
