"""Near misses: which of the known words a mistyped one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kinerja_xl.sheets.texts import fold

_CUTOFF = 0.7  # "Lapoaran" finds "Laporan"; "Buah" does not find "Buku"


def suggest(text: str, options: Iterable[str], n: int = 1) -> tuple[str, ...]:
    """Up to ``n`` of ``options`` that look like ``text``, best first, compared without case, blanks and marks."""
    by_key: dict[str, str] = {}
    for option in options:
        by_key.setdefault(fold(option), option)
    return tuple(by_key[key] for key in get_close_matches(fold(text), by_key, n=n, cutoff=_CUTOFF))
