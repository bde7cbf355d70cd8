"""The references inside a formula text: found without a full parser, rewritten one by one, everything else untouched.

Only what can be mistaken for an address has to be known: texts, quoted sheets, structured references, names and
functions are passed over whole (grammar: ISO/IEC 29500-1, 18.17). Addresses are those of the file format, English and
without R1C1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count

# ---- Cell addresses: ``H12`` ↔ (12, 8), and the last row and column that a worksheet can have ----

Place = tuple[int, int]
"""Row and column, 1-based."""
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

MAX_ROW = 1_048_576
MAX_COL = 16_384

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def address(row: int, col: int) -> str:
    """``(12, 8)`` → ``H12``, both 1-based."""
    return f"{column_letters(col)}{row}"


def coordinates(cell: str) -> Place:
    """``H12`` → ``(12, 8)``. Raises ValueError when it is no address or lies beyond the last cell."""
    match = _ADDRESS.fullmatch(cell)
    if not match:
        raise ValueError(f"not a cell address: {cell!r}")
    row, col = int(match[2]), column_number(match[1].upper().encode())
    if row > MAX_ROW or col > MAX_COL:
        raise ValueError(f"beyond the last cell: {cell!r}")
    return row, col


def box(ref: str) -> Box:
    """``B2:D5`` (or ``B2``) → first row, first column, last row, last column. Raises ValueError."""
    first, _, last = ref.partition(":")
    row, col = coordinates(first)
    return row, col, *(coordinates(last) if last else (row, col))


@cache
def column_number(letters: bytes) -> int:
    """``b"H"`` → 8. Raises ValueError for anything but one to three capital letters."""
    if not 1 <= len(letters) <= 3 or not letters.isalpha() or not letters.isupper():
        raise ValueError(f"not a column: {letters!r}")
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


@cache
def column_letters(col: int) -> str:
    """``8`` → ``H``."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


LOST = "#REF!"

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\[\]]+\])?[^\W\d][\w.\\?]*(?::[^\W\d][\w.\\?]*)?|\[[^\[\]]+\])!"
_REFERENCE = re.compile(
    rf'"(?:[^"]|"")*"|\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|[A-Z_]+!)'
    rf"|(?P<sheet>{_SHEET})?(?:(?P<one>{_CELL})(?::(?P<again>{_SHEET})?(?P<two>{_CELL})(?![\w.(!\[]))?(?![\w.(!\[])"
    rf"|(?P<rows>\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}})(?![\w.(!\[])"
    rf"|(?P<cols>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})(?![\w.(!\[:]))"
    r"|'(?:[^']|'')*'!?|\[(?:[^\[\]]|\[[^\[\]]*\])*\]|[\w.\\?]+[(!]?"
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """One end of a reference. ``col`` 0: a whole row; ``row`` 0: a whole column. Fixed: written with ``$``."""

    col: int
    row: int
    fixed_col: bool
    fixed_row: bool

    def text(self) -> str:
        col = ("$" if self.fixed_col else "") + column_letters(self.col) if self.col else ""
        row = ("$" if self.fixed_row else "") + str(self.row) if self.row else ""
        return col + row


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One cell or area in a formula; ``prefix`` as written, with its ``!``.

    ``argument``: the only argument of a function that adds up or counts areas, so it may become an area itself.
    """

    prefix: str
    first: Corner
    last: Corner | None
    argument: bool

    @property
    def sheet(self) -> str:
        """The sheet's name as the prefix gives it, "" without one; ``[1]`` and ``one:two`` stay in it."""
        name = self.prefix.removesuffix("!")
        return name[1:-1].replace("''", "'") if name.startswith("'") else name

    @property
    def rows(self) -> tuple[int, int]:
        """Its first and last row; 0 for whole columns."""
        ends = self.first.row, (self.last or self.first).row
        return min(ends), max(ends)

    def text(self) -> str:
        second = f":{self.last.text()}" if self.last else ""
        return f"{self.prefix}{self.first.text()}{second}"


Change = Callable[[Reference], "Reference | str"]
"""What becomes of a reference: another one, or a text such as ``#REF!``."""


def rewritten(formula: str, change: Change) -> str:
    """The formula (with or without ``=``) with its references changed."""

    def one(match: re.Match[str]) -> str:
        found = _reference(match, formula)
        if found is None:
            return match[0]
        new = change(found)
        if isinstance(new, str):
            return new
        return match[0] if new == found else new.text()

    return _REFERENCE.sub(one, formula)


def moved(formula: str, rows: int, cols: int = 0, steady: frozenset[int] = frozenset()) -> str:
    """The formula as Excel copies it so many rows down and columns to the right: what has no ``$`` moves along.

    The references numbered in ``steady`` (from 0) stay as if they had one.
    """
    number = count()

    def corner(old: Corner) -> Corner | None:
        row = old.row + rows if old.row and not old.fixed_row else old.row
        col = old.col + cols if old.col and not old.fixed_col else old.col
        if (old.row and not 1 <= row <= MAX_ROW) or (old.col and not 1 <= col <= MAX_COL):
            return None
        return replace(old, row=row, col=col)

    def change(ref: Reference) -> Reference | str:
        if next(number) in steady:
            return ref
        first, last = corner(ref.first), corner(ref.last) if ref.last else None
        if first is None or (ref.last and last is None):
            return ref.prefix + LOST
        return replace(ref, first=first, last=last)

    return rewritten(formula, change)


def steady(formula: str, other: str, rows: int) -> frozenset[int]:
    """Which references a formula shares unmoved with its like ``rows`` further down, though they have no ``$``.

    Who types ``=H10/H20`` and ``=H11/H20`` one by one means the same total; a copy has to mean it too. Empty where the
    two differ in anything else.
    """
    one, two = references(formula), references(other)
    if len(one) != len(two):
        return frozenset()
    same = frozenset(i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a == b)
    return same if moved(formula, rows, steady=same) == other else frozenset()


def read_reference(text: str) -> Reference | None:
    """The reference that the whole text is; None when it is anything else."""
    match = _REFERENCE.fullmatch(text)
    return _reference(match, text) if match else None


def references(formula: str) -> list[Reference]:
    """Every reference in the formula, in order."""
    found: list[Reference] = []

    def change(ref: Reference) -> Reference:
        found.append(ref)
        return ref

    rewritten(formula, change)
    return found


_ADDING = re.compile(
    r"\b(?:(?:SUM|AVERAGE|COUNTA?|MIN|MAX|PRODUCT)|(?:SUBTOTAL|AGGREGATE)\((?:\d+,)*\d+)\s*[(,]\s*\Z", re.IGNORECASE
)


def _reference(match: re.Match[str], formula: str) -> Reference | None:
    whole = match["one"] or match["rows"] or match["cols"]
    if not whole or (match["again"] and match["again"].casefold() != (match["sheet"] or "").casefold()):
        return None
    ends = [end for end in (match["one"], match["two"]) if end] or whole.split(":")
    corners = [_corner(end) for end in ends]
    if any(corner is None for corner in corners):
        return None
    first, *rest = (corner for corner in corners if corner)
    argument = formula[match.end() :].lstrip()[:1] == ")" and _ADDING.search(formula, 0, match.start()) is not None
    return Reference(prefix=match["sheet"] or "", first=first, last=rest[0] if rest else None, argument=argument)


@lru_cache(maxsize=65_536)
def _corner(text: str) -> Corner | None:
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    if not match[2]:  # a whole row: its ``$`` is the first group
        col, row, fixed_col, fixed_row = 0, int(match[4]), False, bool(match[1] or match[3])
    else:
        col, row = column_number(match[2].upper().encode()), int(match[4] or 0)
        fixed_col, fixed_row = bool(match[1]), bool(match[3])
    return Corner(col=col, row=row, fixed_col=fixed_col, fixed_row=fixed_row) if col <= MAX_COL and row <= MAX_ROW else None
