"""Who is told of every file that reaches the disk; apart from the writing, which a verb that writes nothing never loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SEEN: ContextVar[Callable[[Any], None]] = ContextVar("SEEN", default=lambda written: None)


@contextmanager
def watched(seen: Callable[[Any], None]) -> Iterator[None]:
    """Within it ``seen`` is told of every file that reaches the disk, as a ``Written``."""
    token = SEEN.set(seen)
    try:
        yield
    finally:
        SEEN.reset(token)
