"""How many steps a regular expression takes over a text: a matcher that goes back as ``re`` does, and counts.

It is slow and plain; that it finds what ``re`` finds is tested for every pattern of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 500_000
"""Steps after which nobody waits any more."""
Span = tuple[int, int]
_ONE = frozenset({code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN})
_SCANS = ("finditer", "findall", "sub", "split")


class TooMany(Exception):
    """More steps than ``MOST``."""


def steps(pattern: re.Pattern[Any], method: str, text: str) -> tuple[int, list[Span]]:
    """The steps of asking a pattern in this way, and what it finds. Raises TooMany."""
    walk = _Walk(pattern, text)
    if method == "search":
        found = [*walk.spans(first=True)]
    elif method in _SCANS:
        found = [*walk.spans(first=False)]
    else:
        ends = (end for end in walk.run(walk.items, 0, 0, pattern.flags) if method == "match" or end == len(text))
        found = [(0, end) for end in [*_first(ends)]]
    return walk.count, found


def _first(found: Iterator[int]) -> Iterator[int]:
    for one in found:
        yield one
        return


class _Walk:
    """One text and one pattern. ``run`` gives the ends of a sequence in the order in which they are tried."""

    def __init__(self, pattern: re.Pattern[Any], text: str) -> None:
        self.items = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
        self.plain = isinstance(pattern.pattern, bytes)
        self.text, self.count, self.groups = text, 0, dict[int, Span]()

    def step(self) -> None:
        self.count += 1
        if self.count > MOST:
            raise TooMany

    def spans(self, *, first: bool) -> Iterator[Span]:
        """What a search finds from left to right; after an empty find the next is none, or is elsewhere."""
        at, last, flags = 0, -1, self.items.state.flags
        while at <= len(self.text):
            self.step()
            ends = (end for end in self.run(self.items, 0, at, flags) if (at, end) != (last, last))
            end = next(ends, None)
            if end is None:
                at += 1
                continue
            yield at, end
            if first:
                return
            last, at = (end if at == end else -1), end

    def run(self, items: Any, first: int, at: int, flags: int) -> Iterator[int]:
        for number in range(first, len(items)):
            op, given = items[number]
            if op not in _ONE:
                for end in self.node(op, given, at, flags):
                    yield from self.run(items, number + 1, end, flags)
                return
            if not self.fits(op, given, at, flags):
                return
            at += 1
        yield at

    def node(self, op: Any, given: Any, at: int, flags: int) -> Iterator[int]:
        self.step()
        if op is code.AT:
            if self.stands(given, at, flags):
                yield at
        elif op is code.BRANCH:
            for items in given[1]:
                yield from self.run(items, 0, at, flags)
        elif op is code.SUBPATTERN:
            yield from self.group(given, at, flags)
        elif op is code.ATOMIC_GROUP:
            yield from _first(self.run(given, 0, at, flags))
        elif op in (code.ASSERT, code.ASSERT_NOT):
            if self.beside(given[0], given[1], at, flags) is (op is code.ASSERT):
                yield at
        elif op is code.GROUPREF:
            yield from self.again(given, at, flags)
        elif op is code.GROUPREF_EXISTS:
            yield from self.run(given[1] if given[0] in self.groups else given[2] or (), 0, at, flags)
        elif op is not code.FAILURE:
            yield from self.repeat(op, given, at, flags)

    def group(self, given: Any, at: int, flags: int) -> Iterator[int]:
        number, more, less, items = given
        for end in self.run(items, 0, at, (flags | more) & ~less):
            if number is not None:
                before = self.groups.get(number)
                self.groups[number] = at, end
            yield end
            if number is not None:
                self.groups.pop(number) if before is None else self.groups.update({number: before})

    def beside(self, way: int, items: Any, at: int, flags: int) -> bool:
        if way > 0:
            return next(self.run(items, 0, at, flags), None) is not None
        start = at - items.getwidth()[0]
        return start >= 0 and at in self.run(items, 0, start, flags)

    def again(self, number: int, at: int, flags: int) -> Iterator[int]:
        start, end = self.groups.get(number, (0, -1))
        known, here = self.text[start:end], self.text[at : at + end - start]
        self.count += len(here)
        if end >= 0 and (known == here or (flags & re.IGNORECASE and known.lower() == here.lower())):
            yield at + len(known)

    def repeat(self, op: Any, given: Any, at: int, flags: int) -> Iterator[int]:
        """One open sequence per turn, kept on a stack: texts are longer than Python's own."""
        least, most, items = given
        if op is code.POSSESSIVE_REPEAT:
            yield from _first(self.repeat(code.MAX_REPEAT, given, at, flags))
            return
        if op is code.MAX_REPEAT and len(items) == 1 and items[0][0] in _ONE:
            far = at
            while far - at < most and self.fits(items[0][0], items[0][1], far, flags):
                far += 1
            for one in range(far, at + least - 1, -1):
                self.step()
                yield one
            return
        lazy = op is code.MIN_REPEAT
        if lazy and not least:
            yield at
        open_ = [(at, self.run(items, 0, at, flags))]
        while open_:
            self.step()
            here, ends = open_[-1]
            turns = len(open_) - 1
            end = next(ends, None) if turns < most else None
            if end is None:
                open_.pop()
                if not lazy and turns >= least:
                    yield here
            elif end > here or turns < least:
                open_.append((end, self.run(items, 0, end, flags)))
                if lazy and turns + 1 >= least:
                    yield end

    def stands(self, where: Any, at: int, flags: int) -> bool:
        text, size = self.text, len(self.text)
        if where in (code.AT_BOUNDARY, code.AT_NON_BOUNDARY):
            left = at > 0 and self.kind("WORD", text[at - 1], flags)
            right = at < size and self.kind("WORD", text[at], flags)
            return (left != right) is (where is code.AT_BOUNDARY)
        lines = bool(flags & re.MULTILINE)
        if where in (code.AT_BEGINNING, code.AT_BEGINNING_STRING):
            return at == 0 or (where is code.AT_BEGINNING and lines and text[at - 1] == "\n")
        if where is code.AT_END_STRING:
            return at == size
        return at == size or (text[at] == "\n" and (lines or at == size - 1))

    def fits(self, op: Any, given: Any, at: int, flags: int) -> bool:
        """Whether the character there is one of these."""
        self.step()
        if at >= len(self.text):
            return False
        mark = self.text[at]
        if op is code.ANY:
            return bool(flags & re.DOTALL) or mark != "\n"
        alike = {mark, mark.lower(), mark.upper()} if flags & re.IGNORECASE else {mark}
        if op is code.IN:
            return any(self.among(given, one, flags) for one in alike) if given[0][0] is not code.NEGATE else all(
                self.among(given, one, flags) for one in alike
            )
        return (chr(given) in alike) is (op is code.LITERAL)

    def among(self, given: Any, mark: str, flags: int) -> bool:
        found = any(
            (op is code.LITERAL and ord(mark) == what)
            or (op is code.RANGE and len(mark) == 1 and what[0] <= ord(mark) <= what[1])
            or (op is code.CATEGORY and self.kind(str(what).removeprefix("CATEGORY_"), mark, flags))
            for op, what in given if len(mark) == 1
        )  # fmt: skip
        return found is not (given[0][0] is code.NEGATE)

    def kind(self, name: str, mark: str, flags: int) -> bool:
        kind = name.removeprefix("NOT_")
        narrow = mark.isascii() or not (self.plain or flags & re.ASCII)
        found = narrow and (
            mark.isdecimal() if kind == "DIGIT" else mark.isspace() if kind == "SPACE" else mark.isalnum() or mark == "_"
        )
        if kind == "SPACE" and mark in "\x1c\x1d\x1e\x1f":
            found = not (self.plain or flags & re.ASCII)
        return found is not name.startswith("NOT_")
