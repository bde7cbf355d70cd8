"""What the words of a heading say of a sub kegiatan: its code, its official name, or only that it is one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kinerja_xl.foreign.model import Heading, Table
from kinerja_xl.lists import Level, accounts, level, normalise_account, normalise_program, programs
from kinerja_xl.office.kantor import Office
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import NUMERAL, numeral

_FIRST = re.compile(r"\s*(\d[\d.\s]*\d)")
_SUB = re.compile(r"(?<![\d.])[1-9]\.\d{1,2}\.\d{2}\.(?:2\.\d{2}|2\d\d)\.\d{1,4}(?!\d)")
_ACCOUNT = re.compile(r"5\.[1-4]\.\d{2}(?:\.\d{2,3}){0,2}(?:\.\d{4,5})?(?!\d)")

_BOOKED = 5
"""Dots of an account on which amounts may be booked."""

_LABEL = re.compile(
    r"(?<!\s)\s*+(?:nama\s+)?(?:sub[\s\-]*kegiatan|sub[\s\-]*keg\b\.?|(?:program|kegiatan)\s*(?=:))\s*[:.\-–]*\s*", re.IGNORECASE
)
_SAYS_SUB = kata("sebut_sub_kegiatan")
_SAYS_UPPER = kata("sebut_program")
_NUMBER = rf"{NUMERAL}|[A-Za-z]|\d{{1,2}}"
_ENUMERATOR = re.compile(rf"(?<!\s)\s*+\(?({_NUMBER})[.)]\s++(?=\S)")
_PART = kata("bagian_sub_kegiatan")
"""How parts of one sub kegiatan are called: by what is bought or by the stage of the work. No official name of a sub
kegiatan begins so (the stages stand alone)."""


def begins_with_sub(text: str) -> str | None:
    """The canonical sub kegiatan code at the beginning of a text."""
    first = _FIRST.match(text)
    return _canonical_sub(first[1]) if first else None


def sub_code(text: str) -> str | None:
    """The canonical sub kegiatan code in a text: at its beginning, else anywhere."""
    return begins_with_sub(text) or next((code for part in _SUB.findall(text) if (code := _canonical_sub(part))), None)


def sub_codes(texts: Iterable[str]) -> set[str]:
    """Every sub kegiatan that texts name by code."""
    return {code for text in texts for part in _SUB.findall(text) if (code := _canonical_sub(part))}


def _canonical_sub(text: str) -> str | None:
    code = normalise_program(text)
    return code if code and level(code) is Level.SUBKEGIATAN else None


def account_code(text: str) -> str | None:
    """A belanja account of at least three levels; one that follows a sub kegiatan code in the same cell too."""
    rest = _SUB.sub("", text, count=1).lstrip(". ")
    first = _FIRST.match(rest)
    for part in ([first[1]] if first else []) + _ACCOUNT.findall(rest):
        code = None if normalise_program(part) else normalise_account(part)
        if code and (code.startswith("5.") and code.count(".") >= 2 or re.fullmatch(r"5[1-9]\d{4}", code)):
            return code
    return None


def is_upper(text: str) -> bool:
    """Whether a text begins with the code of a program or kegiatan."""
    first = _FIRST.match(text)
    code = normalise_program(first[1]) if first else None
    return code is not None and level(code) is not Level.SUBKEGIATAN


def says_sub(heading: Heading) -> bool:
    """Whether a row calls itself a sub kegiatan: "Sub Kegiatan : …"."""
    return any(_SAYS_SUB(text) for text in heading.texts)


def says_upper(heading: Heading) -> bool:
    """Whether a row calls itself a program or kegiatan: "Kegiatan : …"."""
    return bool(_SAYS_UPPER(heading.text)) or any(_SAYS_UPPER(text) for text in heading.texts)


def is_part(heading: Heading) -> bool:
    """Whether a row is called as parts of a sub kegiatan are: by an account's name, what is bought, or a stage."""
    names = [_plain(text) for text in heading.texts]
    return any(_PART(name) for name in names) or any(fold(name) in _account_names() for name in names)


def begins_officially(heading: Heading) -> bool:
    """Whether a row's name begins with a word that names of sub kegiatan begin with (Peningkatan, Penyediaan, …)."""
    firsts = {fold(node.nama.split()[0]) for node in programs().values() if node.level is Level.SUBKEGIATAN}
    return any(words and fold(words[0]) in firsts for text in heading.texts if (words := _plain(text).split()))


def _account_names() -> frozenset[str]:
    return frozenset(fold(account.uraian) for account in accounts().values())


def _plain(text: str) -> str:
    """Without the numbering in front."""
    return _ENUMERATOR.sub("", text, count=1).strip()


class Official:
    """The official names of programs, kegiatan and sub kegiatan: the national list and the office's own."""

    def __init__(self, office: Office | None = None) -> None:
        self._codes: dict[str, set[str]] = defaultdict(set)
        for nodes in (programs(), office.programs if office else {}):
            for kode, node in nodes.items():
                self._codes[fold(node.nama)].add(kode)
        self._accounts: dict[str, set[str]] = defaultdict(set)
        own = office.accounts if office else {kode: one.uraian for kode, one in accounts().items()}
        for kode, uraian in own.items():
            if kode.count(".") == _BOOKED:
                self._accounts[fold(uraian)].add(kode)

    def codes(self, heading: Heading) -> set[str]:
        """The codes that bear the name which a row gives, in one of its cells or after a label."""
        found = (self._codes.get(fold(name), set()) for name in _names(heading) if name)
        return next((codes for codes in found if codes), set())

    def account(self, heading: Heading) -> str | None:
        """The account whose official name a row gives, if only one bears it."""
        found = (self._accounts.get(fold(name), set()) for name in _names(heading) if name)
        return next((next(iter(codes)) for codes in found if len(codes) == 1), None)


def _names(heading: Heading) -> Iterator[str]:
    for text in (*heading.texts, heading.text):
        plain = _plain(text)
        yield plain
        yield _LABEL.sub("", plain, count=1)


_KINDS: Mapping[str, re.Pattern[str]] = {
    "roman": re.compile(NUMERAL), "upper": re.compile(r"[A-Z]"), "arabic": re.compile(r"\d{1,2}"),
    "lower": re.compile(r"[a-z]"),
}  # fmt: skip


def numbering(heading: Heading) -> list[tuple[str, int]]:
    """How a row is numbered: kind and place, both readings of "I" and "V"; [] without a number."""
    first = heading.texts[0] if heading.texts else ""
    found = re.fullmatch(rf"\(?({_NUMBER})[.)]?", first) or _ENUMERATOR.match(first)
    text = found[1] if found else ""
    return [(kind, place) for kind, shape in _KINDS.items() if shape.fullmatch(text) and (place := _place(kind, text))]


def _place(kind: str, text: str) -> int:
    if kind == "roman":
        return numeral(text) or 0
    return int(text) if kind == "arabic" else ord(text.lower()) - ord("a") + 1


# ---- Where one sub kegiatan ends and another begins, when a heading between the lines has a name and no code ----
# Habits served: a second sub kegiatan of which only the name was typed; parts of one sub kegiatan (A. Belanja Bahan, Rapat
# Koordinasi, Persiapan) under a coded heading. The sheet's own sums decide first, then the numbering, the words, and where
# such a heading stood in the blocks before. What none of these settles is asked, never guessed.

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
