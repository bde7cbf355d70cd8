"""What several rules ask of one case, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def once(asked: Callable[[K], T]) -> Callable[[K], T]:
    """The answer for the one that was asked about last is remembered: the rules go through one case after the other. Nobody may
    change it."""
    last: tuple[K, T] | None = None

    @wraps(asked)
    def answer(case: K) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not case:
            last = known = case, asked(case)
        return known[1]

    return answer
