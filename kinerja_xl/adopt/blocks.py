"""Where one sub kegiatan ends and another begins, when a heading between the lines has a name and no code.

Habits served: a second sub kegiatan of which only the name was typed; parts of one sub kegiatan (A. Belanja Bahan, Rapat
Koordinasi, Persiapan) under a coded heading. The sheet's own sums decide first, then the numbering, the words, and where
such a heading stood in the blocks before. What none of these settles is asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinerja_xl.adopt.names import account_code, begins_officially, is_part, is_upper, numbering, says_sub, says_upper, sub_code
from kinerja_xl.foreign.model import Heading, Table
from kinerja_xl.sheets.values import fold

SUB, UPPER, ACCOUNT, NAME = "s", "p", "r", "n"
"""What a heading is: with the code of a sub kegiatan, of a program or kegiatan, of an account; with a name alone."""


def shape(heading: Heading) -> str:
    """What a heading is, by its codes."""
    if sub_code(heading.text):
        return SUB
    if is_upper(heading.text) or any(is_upper(text) for text in heading.texts):
        return UPPER
    return ACCOUNT if account_code(heading.text) else NAME


class Blocks:
    """The structure of one table's groups."""

    def __init__(self, table: Table) -> None:
        self._lines = [line.row for line in table.lines]
        self._groups = [heading for heading in table.headings if heading.group]
        self._titles = {fold(text) for one in table.headings if one.row < table.first_row for text in one.texts}
        self._sums = [check for check in table.checks if check.agrees]
        self._parts = [
            below[0] for i, one in enumerate(self._groups)
            if shape(one) == SUB and (below := self._chain(i)) and shape(below[0]) == NAME
        ]  # fmt: skip
        """Names right below a coded heading: what parts look like here."""
        self._accounts = [i for i, one in enumerate(self._groups) if shape(one) == ACCOUNT]
        self._grouped = any((below := self._chain(i)) and shape(below[0]) == NAME for i in self._accounts)

    def is_part(self, heading: Heading, sub: Heading | None, parts: Sequence[Heading]) -> bool:
        """Whether a heading without a code stands within the sub kegiatan above it.

        ``sub``: the row that named that one (None: the title above the table, or the sheet's name); ``parts``: headings since
        then that were found to be parts.
        """
        if heading.again:
            return is_part(heading) or any(fold(text) in self._titles for text in heading.texts)
        if says_sub(heading) or says_upper(heading):
            return False
        if not heading.group or sub is None:
            return True
        known = self._by_sum(heading, sub)
        if known is None:
            known = _by_number(heading, sub, parts)
        return known if known is not None else is_part(heading) or self._by_place(heading)

    def keeps_account(self, heading: Heading) -> bool:
        """Whether a part stands within the account above it: by that account's sum, or because names stand right below accounts
        in this table ("[#] Rapat Koordinasi"). Else it may be an account without its code."""
        account = next((one for i in reversed(self._accounts) if (one := self._groups[i]).row < heading.row), None)
        if account is None:
            return True
        known = self._by_sum(heading, account)
        return known if known is not None else self._grouped

    def _by_sum(self, heading: Heading, above: Heading) -> bool | None:
        """The amount beside the row above is the sum of its lines: are those below this heading among them?"""
        line = next((row for row in self._lines if row > heading.row), 0)
        covers = [check.first <= line <= check.last for check in self._sums if check.row == above.row]
        return any(covers) if covers and line else None

    def _by_place(self, heading: Heading) -> bool:
        """Whether names stood in this very place below a coded heading: directly, and above the same kind of rows."""
        at = self._groups.index(heading)
        below = [shape(one) for one in self._chain(at)]
        like = [one for one in self._parts if [shape(x) for x in self._chain(self._groups.index(one))] == below]
        if begins_officially(heading) and not any(begins_officially(one) for one in like):
            return False
        return any(_kinds(one) == _kinds(heading) for one in like)

    def _chain(self, at: int) -> list[Heading]:
        """The groups that follow one directly, down to its first line; of accounts below each other the first."""
        end = next((row for row in self._lines if row > self._groups[at].row), 0)
        found: list[Heading] = []
        for one in self._groups[at + 1 :]:
            if one.row > end or shape(one) in (SUB, UPPER):
                break
            if not (found and shape(found[-1]) == shape(one) == ACCOUNT):
                found.append(one)
        return found


def _kinds(heading: Heading) -> set[str]:
    return {kind for kind, _ in numbering(heading)}


def _by_number(heading: Heading, sub: Heading, parts: Sequence[Heading]) -> bool | None:
    """II after I begins another sub kegiatan; B after part A is a part."""
    own = numbering(heading)
    for before, answer in ((parts[-1:], True), ([sub], False)):
        for one in before:
            if any(kind == other and number == place + 1 for kind, number in own for other, place in numbering(one)):
                return answer
    return None
