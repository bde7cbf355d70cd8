"""Codes of a foreign line: its sub kegiatan and its account, from its own code columns, its groups, or the title above."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kinerja_xl.foreign.model import Table
from kinerja_xl.lists.accounts import normalise_account
from kinerja_xl.lists.codes import Level, level, normalise_program

_FIRST = re.compile(r"\s*(\d[\d.\s]*\d)")
_SUB = re.compile(r"(?<![\d.])[1-9]\.\d{1,2}\.\d{2}\.(?:2\.\d{2}|2\d\d)\.\d{1,4}(?!\d)")
_ACCOUNT = re.compile(r"5\.[1-4]\.\d{2}(?:\.\d{2,3}){0,2}(?:\.\d{4,5})?(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Canonical sub kegiatan and account of one line; None where neither the line nor what stands above it says one."""

    sub: str | None
    account: str | None


def codes_of(table: Table) -> Mapping[int, Codes]:
    """The codes of every line, by row. A line's own code comes first, then the nearest group row above; a new program,
    kegiatan or sub kegiatan ends the account before it. The only sub kegiatan named above the table serves as the last."""
    titled = {code for text in _SUB.findall(table.title) if (code := _canonical_sub(text))}
    start = titled.pop() if len(titled) == 1 else None
    found: dict[int, Codes] = {}
    above = Codes(sub=start, account=None)
    headings = list(table.headings)
    for line in table.lines:
        while headings and headings[0][0] < line.row:
            above = _after(above, headings.pop(0)[1], start)
        own = (line.kode, *reversed(line.codes))
        sub = next((code for text in own if (code := _sub(text))), None)
        account = next((code for text in own if (code := _account(text))), None)
        found[line.row] = Codes(sub=sub or above.sub, account=account or (above.account if sub in (None, above.sub) else None))
    return found


def _after(above: Codes, text: str, start: str | None) -> Codes:
    """The codes that hold below a group row."""
    if sub := _sub(text):
        return Codes(sub=sub, account=_account(text))
    first = _FIRST.match(text)
    if first and normalise_program(first[1]):
        return Codes(sub=start, account=None)
    return replace(above, account=_account(text) or above.account)


def _canonical_sub(text: str) -> str | None:
    code = normalise_program(text)
    return code if code and level(code) is Level.SUBKEGIATAN else None


def _sub(text: str) -> str | None:
    first = _FIRST.match(text)
    if first and (code := _canonical_sub(first[1])):
        return code
    return next((code for part in _SUB.findall(text) if (code := _canonical_sub(part))), None)


def _account(text: str) -> str | None:
    """A belanja account of at least three levels; one that follows a sub kegiatan code in the same cell too."""
    rest = _SUB.sub("", text, count=1).lstrip(". ")
    first = _FIRST.match(rest)
    for part in ([first[1]] if first else []) + _ACCOUNT.findall(rest):
        code = None if normalise_program(part) else normalise_account(part)
        if code and (code.startswith("5.") and code.count(".") >= 2 or re.fullmatch(r"5[1-9]\d{4}", code)):
            return code
    return None
