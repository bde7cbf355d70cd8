"""Names and codes of our rows, and the columns of a form that show them: which those are is said by what stands in them, not by
their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import Target, What
from kinerja_xl.lists import accounts, normalise_account, normalise_program, programs
from kinerja_xl.regions.words import is_plain_total, word
from kinerja_xl.sheets.formats import plain
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata

CODED = re.compile(r"^\s*(\d[\d.\s]*)(.*)$", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-•–*]+|(?:\d{1,2}|[a-zA-Z]|[IVX]+)[.)](?=\s|$))\s*")
_LABEL = kata("label_tingkat")
"""``Kegiatan : Koordinasi …``: the level in front of a name."""
_TREE_PARTS = 6
_TREE_NAMES = ("nama_sub", "nama_kegiatan", "nama_program", "kegiatan", "program", "induk", "nama")
_ACCOUNT, _ACCOUNT_NAMES = "kode_rekening", ("nama_rekening", "uraian")


def above(code: str) -> Iterator[str]:
    """A code and everything it belongs to, the top first."""
    parts = code.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def bare(text: str) -> str:
    """A name without its code, its bullet and the level in front of it, folded."""
    text = _BULLET.sub("", text)
    found = CODED.match(text)
    text = found[2] if found and found[2].strip() and len(found[1].strip()) > 1 else text
    label, colon, rest = text.partition(":")
    return fold(rest if colon and rest.strip() and _LABEL(fold(label)) else text)


@dataclass(frozen=True, slots=True)
class Node:
    """What a printed row is: a place in the tree of programs, an account in it, or a line by its name."""

    sort: str
    tree: str = ""
    account: str = ""
    line: str = ""

    @property
    def depth(self) -> tuple[int, int, int]:
        return bool(self.line), self.account.count(".") + bool(self.account), self.tree.count(".") + bool(self.tree)


class Ours:
    """The rows of a supply by their codes and names."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.line = supply.indicator
        keys = {column.key for column in supply.columns}
        if not self.line and not supply.tree:  # units, kinds of expenditure: each row is what it is called
            self.line = supply.columns[0].key
        if not self.line and supply.kind == "rab" and not any("uraian" in one for one in supply.merges):
            self.line = "uraian"
        self.tree = [self._tree(row) for row in supply.rows]
        self.account = [normalise_account(str(row.get(_ACCOUNT) or "")) or "" for row in supply.rows]
        self.trees = {code for own in self.tree if own for code in above(own)}
        self.accounts = {code for own in self.account if own for code in above(own)}
        self.lines: dict[str, set[int]] = {}
        self.names: dict[str, set[str]] = {}
        for position, row in enumerate(supply.rows):
            if self.line and (name := bare(str(row.get(self.line) or ""))):
                self.lines.setdefault(name, set()).add(position)
        self._name_trees(keys)
        self.account_names: dict[str, set[str]] = {}
        self._name_accounts()

    def _tree(self, row: Mapping[str, object]) -> str:
        code = str(row.get(self.supply.tree) or row.get("kode_sub") or row.get("kode") or "")
        return normalise_program(code) or ""

    def _name_trees(self, keys: set[str]) -> None:
        """Names of the tree: ours, and those of the public list above ours."""
        for code in self.trees & programs().keys():
            self.names.setdefault(fold(programs()[code].nama), set()).add(code)
        lowest = next((key for key in ("nama_sub", "induk", "nama") if key in keys and key != self.line), "")
        for row, code in zip(self.supply.rows, self.tree, strict=True):
            if code and lowest and (name := bare(str(row.get(lowest) or ""))):
                known = programs().get(code)
                if known is None or fold(known.nama) == name or lowest == "nama":
                    self.names.setdefault(name, set()).add(code)

    def _name_accounts(self) -> None:
        for code in self.accounts & accounts().keys():
            self.account_names.setdefault(fold(accounts()[code].uraian), set()).add(code)
        for row, code in zip(self.supply.rows, self.account, strict=True):
            for key in _ACCOUNT_NAMES:
                if code and key != self.line and (name := bare(str(row.get(key) or ""))):
                    self.account_names.setdefault(name, set()).add(code)

    def knows(self, text: str) -> bool:
        """Whether a text is a name of ours."""
        name = bare(text)
        return name in self.names or name in self.account_names or name in self.lines

    def below(self, node: Node) -> frozenset[int]:
        """Positions of our rows that a printed row contains; rows that sum up others are no part of any."""
        found = (
            position
            for position in (self.lines.get(node.line, ()) if node.line else range(len(self.tree)))
            if position not in self.supply.groups or node.line
            if not node.tree or self.tree[position] == node.tree or self.tree[position].startswith(f"{node.tree}.")
            if not node.account or self.account[position] == node.account or self.account[position].startswith(f"{node.account}.")
        )
        return frozenset(found)

    def exact(self, node: Node) -> frozenset[int]:
        """Positions of our rows at the very level of a printed row."""
        if node.line:
            return self.below(node)
        return frozenset(
            position for position in range(len(self.tree))
            if (not node.account or self.account[position] == node.account)
            and (self.tree[position] == node.tree if node.tree and not node.account else position in self.below(node))
        )  # fmt: skip

    def own_level(self, node: Node) -> bool:
        """Whether a printed row is one of ours itself, and no heading above ours."""
        if self.line:
            return node.sort == "line"
        if self.supply.kind == "rab":
            return node.sort == "account" and node.account in self.account
        return node.sort == "tree" and any(position not in self.supply.groups for position in self.exact(node))


def split_code(text: str) -> tuple[str, str]:
    """The code of the tree and of the account in a text; "7.01.01.2.01.0001.5.1.02" has both. Shapes alone, known or not."""
    packed = re.sub(r"\s", "", text).strip(".")
    parts = packed.split(".")
    if len(parts) > _TREE_PARTS:
        tree, account = normalise_program(".".join(parts[:_TREE_PARTS])), normalise_account(".".join(parts[_TREE_PARTS:]))
        if tree and account:
            return tree, account
    short = ".".join([parts[0].lstrip("0"), *(part.zfill(2) for part in parts[1:])]) if len(parts) < 3 else ""
    return normalise_program(packed) or (short if packed.replace(".", "").isdecimal() else ""), normalise_account(packed) or ""


# ---- Columns that say which row it is, by what stands in them ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Columns side by side below one heading that name the rows; ``key``: what of ours they show, ``code``: a code does."""

    columns: tuple[int, ...]
    key: str = ""
    code: bool = False

    def text(self, held: Mapping[int, object]) -> str:
        parts = [_text(held[col]) for col in self.columns if col in held]
        return (".".join(part.strip(" .") for part in parts) if self.code else " ".join(parts)) if parts else ""


def _text(value: object) -> str:
    return str(plain(value)) if isinstance(value, Decimal) else f"{value:g}" if isinstance(value, float) else str(value)


def lines_of(target: Target) -> list[tuple[int, Mapping[int, object]]]:
    """Rows of the table that hold something and are no plain sum."""
    return [
        (row, held) for row, (what, held) in sorted(target.lines.items())
        if what in (What.GROUP, What.DATA) or (what is What.TOTAL and not is_plain_total(target.totals[row]))
    ]  # fmt: skip


def identities(target: Target, ours: Ours) -> tuple[Identity, ...]:
    """The columns by whose texts printed rows are known."""
    rows = [held for _, held in lines_of(target)]
    found = []
    for columns in _side_by_side(target):
        path = next(column.path for column in target.columns if column.col == columns[0])
        coded = word(path[-1]).role == "kode" or "kode" in fold(path[-1])
        one = Identity(columns=columns, code=coded)
        hits: Counter[str] = Counter()
        for held in rows:
            text = one.text(held)
            hits.update(_meant(text, ours, coded) if text else ())
        if hits:
            key = _key(hits.most_common(1)[0][0], ours)
            code = coded and not any(sort.startswith("name") or sort == "line" for sort in hits)
            found.append(Identity(columns=columns, key=key, code=code))
    return tuple(found)


def _side_by_side(target: Target) -> list[tuple[int, ...]]:
    """Columns below one heading are one: the levels of a code, or names indented by columns."""
    parts: list[list[int]] = []
    before = None
    for column in target.columns:
        if before is not None and before.path == column.path and before.col + 1 == column.col:
            parts[-1].append(column.col)
        else:
            parts.append([column.col])
        before = column
    return [tuple(part) for part in parts]


def _meant(text: str, ours: Ours, coded: bool) -> Iterator[str]:
    """What a cell names of ours."""
    found = CODED.match(text)
    if found and (coded or "." in found[1]):
        tree, account = split_code(found[1])
        if tree in ours.trees:
            yield "tree"
        elif account in ours.accounts:
            yield "account"
    name = bare(text)
    if name in ours.lines:
        yield "line"
    elif name in ours.names:
        yield "name"
    elif name in ours.account_names:
        yield "name account"


def _key(sort: str, ours: Ours) -> str:
    """The column of ours that such texts are."""
    keys = [column.key for column in ours.supply.columns]
    wanted: Iterable[str] = {
        "tree": (ours.supply.tree, "kode", "kode_sub", *_TREE_NAMES), "account": (_ACCOUNT,), "line": (ours.line,),
        "name": _TREE_NAMES, "name account": _ACCOUNT_NAMES,
    }[sort]  # fmt: skip
    return next((key for key in wanted if key in keys and (sort == "line" or key != ours.line)), "")
