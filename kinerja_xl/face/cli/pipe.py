"""A reader that leaves early (``… | head``): the verb ends what it began, and says no more."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_NOBODY = errno.EINVAL if os.name == "nt" else errno.EPIPE
"""Windows calls a pipe without a reader an invalid argument."""


class _Pipe(io.FileIO):
    """Takes everything, also when nobody reads it any more."""

    left = False

    def write(self, data: Any) -> int:
        if not self.left:
            try:
                return super().write(data) or 0
            except OSError as error:  # what is full or broken is said once; that nobody reads is no trouble
                self.left = True
                if error.errno != _NOBODY:
                    raise
        return memoryview(data).nbytes


@contextmanager
def patient() -> Iterator[None]:
    """Within it a pipe may lose its reader and stops nothing."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_lasting, before)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, AttributeError):
                stream.flush()
        sys.stdout, sys.stderr = before


def _lasting(stream: Any) -> Any:
    """The same place to write to; a terminal, a stream inside this process and none at all stay as they are."""
    try:
        if stream.isatty():
            return stream
        stream.flush()
        raw = _Pipe(stream.fileno(), "wb", closefd=False)
    except (AttributeError, OSError, ValueError):
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="replace", line_buffering=stream.line_buffering
    )  # fmt: skip


def deserted() -> bool:
    """Whether nobody reads stdout any more."""
    with suppress(AttributeError):
        sys.stdout.flush()
        raw = getattr(sys.stdout.buffer, "raw", None)
        return isinstance(raw, _Pipe) and raw.left
    return False
