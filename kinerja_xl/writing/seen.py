"""Who is told of every file that reaches the disk; apart from the writing, which a verb that writes nothing never loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_xl.writing.output import Written

SEEN: ContextVar[Callable[[Written], None]] = ContextVar("SEEN", default=lambda written: None)


@contextmanager
def watched(seen: Callable[[Written], None]) -> Iterator[None]:
    """Within it ``seen`` is told of every file that reaches the disk."""
    token = SEEN.set(seen)
    try:
        yield
    finally:
        SEEN.reset(token)
