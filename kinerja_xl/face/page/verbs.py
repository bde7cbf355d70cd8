"""The verbs and readers, loaded once and by one thread at a time.

Some libraries import themselves in circles; two threads that load such a one together find it half made.
"""

from __future__ import annotations

from threading import RLock

_LOCK = RLock()


def load() -> None:
    """Whatever the pages ask of ``uses/`` can be imported afterwards, by any thread."""
    with _LOCK:
        from kinerja_xl.face.page import acts, looked, reads, seasons  # noqa: F401
        from kinerja_xl.uses import baca, contoh, mulai, padanan  # noqa: F401
