"""A formula as a small tree whose addresses are relative to its cell, so that copies of a formula are equal.

openpyxl cuts the text into tokens; this module orders them by precedence. What it does not understand (arrays, names,
other files) stays one opaque leaf: it can be compared, but not calculated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING

from kinerja_xl.formula.references import MAX_COL, MAX_ROW, Box, Corner, Place, Reference, read_reference, rewritten

if TYPE_CHECKING:
    from openpyxl.formula.tokenizer import Token


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to one cell or one range; ``sheet`` is "" for the formula's own.

    The rows and columns of its corners are distances from the formula's own cell where they have no ``$``.
    """

    sheet: str
    corners: tuple[Corner, ...]

    def box(self, place: Place) -> Box | None:
        """The range that is meant at ``place``; None where it would leave the sheet."""
        cells = [_at(corner, place) for corner in self.corners]
        rows, cols = [row for row, _ in cells], [col for _, col in cells]
        inside = min(rows) >= 1 and max(rows) <= MAX_ROW and min(cols) >= 1 and max(cols) <= MAX_COL
        return (min(rows), min(cols), max(rows), max(cols)) if inside else None


@dataclass(frozen=True, slots=True)
class Number:
    """A typed number."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Opaque:
    """Text, names, errors, other files: compared as written, never calculated."""

    text: str


@dataclass(frozen=True, slots=True)
class Unary:
    """``-x``, ``+x`` or ``x%``."""

    sign: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """``left sign right``."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function; ``name`` in capitals."""

    name: str
    args: tuple[Node, ...]


Node = Ref | Number | Opaque | Unary | Binary | Call


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """What stands in a cell. Copies of a formula share one object: it is known by itself, not by its whole tree each time."""

    tree: Node

    @property
    def refs(self) -> tuple[Ref, ...]:
        return tuple(node for node in walk(self.tree) if isinstance(node, Ref))

    @property
    def only_typed(self) -> bool:
        """``=61.56/1400``: arithmetic on typed numbers is a typed number."""
        return all(isinstance(node, Number | Unary | Binary) for node in walk(self.tree))


def named(node: Node, names: Mapping[str, Formula]) -> Node:
    """What a defined name stands for (``names``: folded); any other node itself."""
    found = names.get(node.text.casefold()) if names and isinstance(node, Opaque) else None
    return found.tree if found else node


def _at(corner: Corner, place: Place) -> Place:
    row = corner.row if corner.fixed_row else place[0] + corner.row
    return row, corner.col if corner.fixed_col else place[1] + corner.col


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it."""
    yield node
    if isinstance(node, Unary):
        yield from walk(node.inner)
    elif isinstance(node, Binary):
        yield from walk(node.left)
        yield from walk(node.right)
    elif isinstance(node, Call):
        for arg in node.args:
            yield from walk(arg)


_LEVELS = {"=": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "<>": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_MAX_DEPTH = 60
_MAX_TOKENS = 600
"""Longer formulas stay opaque: their trees could be deeper than Python likes to go."""


def read_formula(text: str, place: Place) -> Formula:
    """The formula ``text`` (without ``=``) as it stands at ``place``. Never raises: what cannot be read is opaque."""
    key = relative(text, place)
    if key not in _known:
        if len(_known) >= _MAX_KNOWN:
            _known.clear()
        _known[key] = Formula(_tree(text, place))
    return _known[key]


_known: dict[str, Formula] = {}
_MAX_KNOWN = 50_000


@lru_cache(maxsize=65_536)
def relative(text: str, place: Place) -> str:
    """The text with distances for addresses: equal for copies of one formula."""

    def distances(ref: Reference) -> str:
        corners = (_distance(corner, place) for corner in _ends(ref))
        return ref.prefix + ":".join(f"⟦{c.row},{c.col},{c.fixed_row:d},{c.fixed_col:d}⟧" for c in corners)

    return rewritten(text, distances)


def _tree(text: str, place: Place) -> Node:
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError

    try:
        tokens = [token for token in Tokenizer(f"={text}").items if token.type != _WSPACE]
        if len(tokens) > _MAX_TOKENS:
            return Opaque(text)
        parser = _Parser(tokens, place)
        node = parser.expression(0, 0)
        return node if parser.at == len(tokens) else Opaque(text)
    except (TokenizerError, _UnknownForm, IndexError, AssertionError):  # a formula may be anything in a foreign file
        return Opaque(text)


# Kinds of openpyxl's tokens, by their own names: a recap, which parses no formula, does without loading it.
_OP_PRE, _OP_IN, _OP_POST, _WSPACE = "OPERATOR-PREFIX", "OPERATOR-INFIX", "OPERATOR-POSTFIX", "WHITE-SPACE"
_PAREN, _FUNC, _OPEN, _CLOSE = "PAREN", "FUNC", "OPEN", "CLOSE"
_SEPARATES, _OPERAND, _NUMBER, _RANGE = ("ARG", "ROW"), "OPERAND", "NUMBER", "RANGE"


class _UnknownForm(Exception):
    """A formula beyond this small grammar."""


class _Parser:
    """Precedence climbing over openpyxl's tokens."""

    def __init__(self, tokens: list[Token], place: Place) -> None:
        self.tokens, self.place, self.at = tokens, place, 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, level: int, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise _UnknownForm
        left = self.operand(depth)
        while (token := self.peek()) is not None:
            if token.type == _OP_POST:
                self.take()
                left = Unary("%", left)
                continue
            own = _LEVELS.get(token.value, 0) if token.type == _OP_IN else 0
            if own <= level:
                break
            self.take()
            left = Binary(token.value, left, self.expression(own, depth + 1))
        return left

    def operand(self, depth: int) -> Node:
        token = self.take()
        if token.type == _OP_PRE:
            # A sign binds closer than any operator: -2^2 is 4 here as in Excel.
            inner = self.operand(depth + 1)
            return inner if token.value == "+" else Unary("-", inner)
        if token.type == _PAREN and token.subtype == _OPEN:
            inner = self.expression(0, depth + 1)
            self.close()
            return inner
        if token.type == _FUNC and token.subtype == _OPEN:
            return Call(token.value[:-1].upper().removeprefix("_XLFN."), self.arguments(depth + 1))
        if token.type == _OPERAND:
            return _leaf(token, self.place)
        raise _UnknownForm

    def arguments(self, depth: int) -> tuple[Node, ...]:
        args: list[Node] = []
        while True:
            token = self.peek()
            if token is None:
                raise _UnknownForm
            if token.subtype in _SEPARATES or (token.type == _FUNC and token.subtype == _CLOSE):
                args.append(Opaque(""))  # an argument left out
            else:
                args.append(self.expression(0, depth))
            if self.take().subtype not in _SEPARATES:
                return tuple(args) if args != [Opaque("")] else ()

    def close(self) -> None:
        token = self.take()
        if token.subtype != _CLOSE:
            raise _UnknownForm


def _leaf(token: Token, place: Place) -> Node:
    if token.subtype == _NUMBER:
        try:
            return Number(Decimal(token.value))
        except InvalidOperation:
            return Opaque(token.value)
    refs = _chain(token.value) if token.subtype == _RANGE else []
    if not refs or any(set(ref.sheet) & _BEYOND for ref in refs):
        return Opaque(token.value)
    return Ref(refs[0].sheet, tuple(_distance(corner, place) for ref in refs for corner in _ends(ref)))


def _chain(text: str) -> list[Reference]:
    """The references of one operand: ``A1:B2:C3`` is a range over all its corners, as Excel reads it; [] where one is none."""
    whole = read_reference(text)
    if whole is not None or text.count(":") < 2:
        return [whole] if whole is not None else []
    head, _, last = text.rpartition(":")
    *before, end = *_chain(head), read_reference(last)
    return [*before, end] if before and end is not None and not end.sheet else []


_BEYOND = frozenset("[]:")
"""In the name of a sheet: another file, or several sheets."""


def _ends(ref: Reference) -> tuple[Corner, ...]:
    """The first and last cell; those of whole columns (and rows) lie at the sheet's edges."""
    first, last = ref.first, ref.last
    if not first.row and last:
        return replace(first, row=1, fixed_row=True), replace(last, row=MAX_ROW, fixed_row=True)
    if not first.col and last:
        return replace(first, col=1, fixed_col=True), replace(last, col=MAX_COL, fixed_col=True)
    return (first, last) if last else (first,)


def _distance(corner: Corner, place: Place) -> Corner:
    """The corner as seen from ``place``: what has no ``$`` as a distance."""
    return Corner(
        row=corner.row if corner.fixed_row else corner.row - place[0],
        col=corner.col if corner.fixed_col else corner.col - place[1],
        fixed_row=corner.fixed_row,
        fixed_col=corner.fixed_col,
    )
