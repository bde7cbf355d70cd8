"""Packing and unpacking of parts, the one place that knows how: zlib-ng, the same on every machine (docs/keputusan/0020)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from zlib_ng.zlib_ng import DEFLATED, MAX_WBITS, compressobj, crc32, decompressobj, error

__all__ = ["DamagedError", "check_sum", "deflated", "inflated"]

_LEVEL = 5
"""A recap is 2 % smaller than at zlib's level 6, in two fifths of the time."""

check_sum = crc32
DamagedError = cast("type[Exception]", error)  # its own declaration says that it is one, not a kind of them


def inflated(raw: bytes | memoryview, most: int) -> bytes:
    """What was packed, never more than ``most`` bytes of it. Raises DamagedError."""
    return decompressobj(-MAX_WBITS).decompress(raw, most)


def deflated(pieces: Iterable[bytes]) -> tuple[bytes, int, int]:
    """The pieces packed as one, how many bytes they were and their check sum."""
    packer = compressobj(_LEVEL, DEFLATED, -MAX_WBITS)
    packed, size, total = [], 0, 0
    for piece in pieces:
        packed.append(packer.compress(piece))
        size, total = size + len(piece), crc32(piece, total)
    return b"".join((*packed, packer.flush())), size, total
