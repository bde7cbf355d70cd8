"""What can be written into a cell, and its XML."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.package.markup import escape

MAX_TEXT = 32_767  # characters in one cell

# What XML cannot carry Excel writes as _x000B_; text that merely looks like that gets its underscore escaped.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error of Excel as a cell value: ``ErrorValue("#REF!")``."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula (with or without ``=``) and the result to show until it is recalculated; None: no result."""

    text: str
    cached: str | int | float | Decimal | ErrorValue | None = None


CellValue = str | int | float | Decimal | ErrorValue | Formula | None


def cell_xml(prefix: str, ref: str, style: str | None, value: CellValue) -> bytes:
    """One ``<c>``. Raises ValueError for a number that is none (NaN, infinity) and for text that is too long."""
    attrs = {"r": ref, **({} if style is None else {"s": style})}
    if isinstance(value, Formula):
        kind, body = _plain(prefix, value.cached, "str")
        body = f"<{prefix}f>{escape(_writable(value.text.removeprefix('=')))}</{prefix}f>{body}"
    elif isinstance(value, str):
        kind, body = "inlineStr", f'<{prefix}is><{prefix}t xml:space="preserve">{_text(value)}</{prefix}t></{prefix}is>'
    else:
        kind, body = _plain(prefix, value, "str")
    return tag(prefix, "c", attrs | ({"t": kind} if kind else {}), body)


def tag(prefix: str, name: str, attrs: Mapping[str, str], body: str = "") -> bytes:
    """An element with a body that is already XML."""
    opening = "".join([f"<{prefix}{name}", *(f' {key}="{escape(value)}"' for key, value in attrs.items())])
    return f"{opening}>{body}</{prefix}{name}>".encode() if body else f"{opening}/>".encode()


def _plain(prefix: str, value: str | int | float | Decimal | ErrorValue | None, text: str) -> tuple[str, str]:
    """Type and ``<v>`` of a value without markup of its own; ``text`` is the type that a string gets."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return text, f'<{prefix}v xml:space="preserve">{_text(value)}</{prefix}v>'
    if isinstance(value, ErrorValue):
        return "e", f"<{prefix}v>{escape(value.text)}</{prefix}v>"
    if isinstance(value, bool):
        return "b", f"<{prefix}v>{int(value)}</{prefix}v>"
    if not _finite(value):
        raise ValueError(f"not a number that a cell can hold: {value}")
    return "", f"<{prefix}v>{value}</{prefix}v>"


def _finite(value: int | float | Decimal) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer beyond any float
        return False


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"text of {len(text)} characters: a cell holds {MAX_TEXT}")
    # A cell's line break is \n; XML would turn the others into it anyway.
    return escape(_writable(_LOOKS_ESCAPED.sub("_x005F_", text)))


def _writable(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", lines)
