"""Who is told of every file that reaches the disk; apart from the writing, which a verb that writes nothing never loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Seen = Callable[[Any], None]
"""What is given the ``Written`` of each file."""

SEEN: ContextVar[Seen] = ContextVar("SEEN", default=lambda written: None)


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Within it ``seen`` is told of every file that reaches the disk."""
    token = SEEN.set(seen)
    try:
        yield
    finally:
        SEEN.reset(token)
