"""Of which level a form wants its rows, and ours at that level: one program a row, one account, one unit, one indicator.

The headings of the columns that name the rows say it. Ours are picked by their codes, or added up; a form that wants a level
which ours do not have (accounts, of a workbook of programs) is asked about, never filled with rows of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kinerja_xl.filling.supply import KAS, NAMES, PRICES, TREE, UNIT, Supply, added, placed, with_tree
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.filling.wording import words_of
from kinerja_xl.lists import normalise_program, programs
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata

PROGRAM, KEGIATAN, SUB, ACCOUNT, INDICATOR = "program", "kegiatan", "sub kegiatan", "rekening", "indikator"
_PARTS: Mapping[str, int] = MappingProxyType({PROGRAM: 3, KEGIATAN: 5, SUB: 6})
"""Parts of a code at each level of the tree."""
_OWN_COLUMN: Mapping[str, tuple[str, ...]] = MappingProxyType({
    PROGRAM: ("program", "nama_program"), KEGIATAN: ("kegiatan", "nama_kegiatan"), SUB: ("nama_sub",),
})  # fmt: skip
"""Columns of ours that hold the names of one level alone, whatever the level of the row."""
_SAYS = MappingProxyType({
    PROGRAM: kata("tingkat_program"), KEGIATAN: kata("tingkat_kegiatan"), SUB: kata("tingkat_sub"),
    ACCOUNT: kata("tingkat_rekening"), INDICATOR: kata("tingkat_indikator"),
})  # fmt: skip
_NAMING = kata("judul_pohon", "judul_kode", "judul_rekening", "judul_indikator", "judul_umum")
_IKU = ("iku", "indikatorkinerjautama", "indikatorkinerjautamaiku", "indikatorkinerjautamaopd")


def named_levels(column: FormColumn) -> frozenset[str]:
    """The levels that a column names whose headings say nothing but which row it is: "Kode Program", "Indikator Kegiatan"."""
    words = [word for text in column.path for word in words_of(text)]
    if not words or not all(map(_NAMING, words)):
        return frozenset()
    return frozenset(_levels(words))


def _levels(words: Sequence[str]) -> Iterator[str]:
    below = False  # the "Kegiatan" of "Sub Kegiatan"
    for word in words:
        for level, says in _SAYS.items():
            if says(word) and not (below and level == KEGIATAN):
                yield level
        below = bool(_SAYS[SUB](word))


def wanted(columns: Iterable[FormColumn]) -> str:
    """The one level of the tree that a form's headings name, or that its rows are accounts or indicators; "" where they leave it
    open. Of several levels side by side each row shows the lowest and what is above it: nothing is to be chosen."""
    named = [levels for column in columns if (levels := named_levels(column))]
    tree = frozenset().union(*named) & _PARTS.keys()
    if len(tree) == 1:
        return next(iter(tree))
    if any(INDICATOR in levels for levels in named):
        return INDICATOR
    return ACCOUNT if not tree and any(ACCOUNT in levels for levels in named) else ""


def lacks(columns: Sequence[FormColumn], supply: Supply) -> str:
    """The level that the form wants and these rows do not have; "" where they do, or nothing is known."""
    level = wanted(columns)
    if level == ACCOUNT and supply.kind != "rab":
        return ACCOUNT
    shows = any(INDICATOR in named_levels(column) for column in columns)
    return INDICATOR if shows and not supply.indicator else ""


def at_level(target: Target, supply: Supply) -> Supply:
    """Our rows as the table wants them: of one level where it names one, IKU alone where it asks for those."""
    supply, level = main_ones(target, supply), wanted(target.columns)
    if supply.groups and (apart := _apart(target.columns)):
        return _with_names_above(supply, apart)
    if level not in _PARTS or not supply.tree or supply.kind == "rab" or _is_beside(target.columns, supply, level):
        return supply
    found = [_parts(row, supply) for row in supply.rows]
    if _PARTS[level] not in found:
        return _added_up(supply, level) if supply.kind == KAS else supply
    kept = [row for row, parts in zip(supply.rows, found, strict=True) if parts == _PARTS[level]]
    rows = tuple(_with_sums([*kept, *_unnamed(kept, supply, level)], supply) if level != SUB else kept)
    beyond = tuple(row for row in supply.rows if _parts(row, supply) != _PARTS[level] and _measured(row, supply))
    return replace(supply, rows=rows, groups=frozenset(), level=level, beyond=beyond)


def _measured(row: Record, supply: Supply) -> bool:
    """Whether a row holds an indicator, which no sum of a lower level stands for."""
    return bool(supply.indicator and row.get(supply.indicator))


def _apart(columns: Sequence[FormColumn]) -> str:
    """The lowest level where a form has a column for each of several: "Program | Kegiatan | Sub Kegiatan"; else ""."""
    named = [levels & _PARTS.keys() for column in columns if (levels := named_levels(column))]
    single = {next(iter(levels)) for levels in named if len(levels) == 1}
    apart = len(single) > 1 and not any(len(levels) > 1 for levels in named)
    return max(single, key=lambda level: _PARTS[level]) if apart else ""


def _with_names_above(supply: Supply, level: str) -> Supply:
    """The rows of one level, each with the names of all that it belongs to, as our own rows call them."""
    names = {_code(row, supply): row.get("nama") for row in supply.rows}
    rows = []
    for row in supply.rows:
        if _parts(row, supply) == _PARTS[level]:
            parts = _code(row, supply).split(".")
            own = {_OWN_COLUMN[one][-1]: names.get(".".join(parts[:n])) for one, n in _PARTS.items() if n <= len(parts)}
            rows.append(with_tree({**row, **own}, supply.tree))
    core = (supply.core[0] | {column.key for column in TREE}, *supply.core[1:])
    columns = (*supply.columns, *TREE)
    return replace(supply, rows=tuple(rows), columns=columns, groups=frozenset(), level=level, core=core)


def _is_beside(columns: Sequence[FormColumn], supply: Supply, level: str) -> bool:
    """Whether the level is only told beside each indicator: "Indikator | Target | Program", of which ours have a column."""
    own = {column.key for column in supply.columns}
    if level == SUB or not supply.indicator or not own & {*_OWN_COLUMN[level]} or not own & {"nama_sub"}:
        return False
    named = [named_levels(column) for column in columns]
    return any(INDICATOR in one for one in named) and not any({INDICATOR, level} <= one for one in named)


def _code(row: Record, supply: Supply) -> str:
    code = str(row.get(supply.tree) or "")
    return normalise_program(code) or code


def _parts(row: Record, supply: Supply) -> int:
    code = _code(row, supply)
    return code.count(".") + 1 if code else 0


def _unnamed(kept: Sequence[Record], supply: Supply, level: str) -> Iterator[Record]:
    """A row for money below an upper level that has none of its own: a program without an indicator has its pagu all the same."""
    if not supply.amount or supply.groups:
        return
    below = (row for row in supply.rows if row.get(supply.amount) is not None)
    codes = {".".join(_code(row, supply).split(".")[: _PARTS[level]]) for row in below}
    for code in sorted(codes - {_code(row, supply) for row in kept}):
        row = placed(with_tree({supply.tree: code}, supply.tree), NAMES)
        yield row | {key: row.get(f"nama_{key}") for key in ("program", "kegiatan")}


def _with_sums(kept: Sequence[Record], supply: Supply) -> Iterator[Record]:
    """Rows of an upper level with the money of all rows below them, once for each code, where they have none of their own."""
    money = [key for key in {supply.amount, *supply.money.values()} if key and key in {c.key for c in supply.columns}]
    done: set[str] = set()
    for row in kept:
        code = _code(row, supply)
        below = [one for one in supply.rows if _code(one, supply).startswith(f"{code}.")]
        sums = {key: added(one.get(key) for one in below) for key in money if row.get(key) is None and code not in done}
        done.add(code)
        yield {**row, **sums}


def _added_up(supply: Supply, level: str) -> Supply:
    """Rows of sub kegiatan added up to what they belong to."""
    names = {code: node.nama for code, node in programs().items()}
    parts = _PARTS[level]
    below: dict[str, list[Record]] = {}
    for row in supply.rows:
        below.setdefault(".".join(_code(row, supply).split(".")[:parts]), []).append(row)
    money = [c.key for c in supply.columns if c.kind.name == "rupiah" and c.key not in PRICES]
    rows = [
        {supply.tree: code, "induk": names.get(code), **{key: added(one.get(key) for one in listed) for key in money}}
        for code, listed in sorted(below.items())
    ]
    return replace(supply, rows=tuple(rows), groups=frozenset(), level=level)


def merged(supply: Supply, shown: Iterable[str]) -> Supply:
    """Rows that a form with these columns cannot tell apart as one row, added up: those of an account, of a unit. The rows
    themselves where the form shows more, or ours are not to be added up."""
    columns = set(shown) - {supply.amount}
    keys = next((one for one in reversed(supply.merges) if columns and columns <= set(one)), ())
    if not keys:
        return supply
    alike: dict[tuple[object, ...], list[Record]] = {}
    for row in supply.rows:
        alike.setdefault(tuple(row.get(key) for key in keys), []).append(row)
    amounts = ([row.get(supply.amount) for row in listed] for listed in alike.values())
    sums = (None if None in listed else added(listed) for listed in amounts)
    rows = [dict(zip(keys, own, strict=True)) | {supply.amount: amount} for own, amount in zip(alike, sums, strict=True)]
    if keys != (UNIT.key,):  # units stand as the office lists them, kinds of expenditure as their accounts do
        lowest = {own: min(str(row.get("kode_rekening") or "") for row in listed) for own, listed in alike.items()}
        rows = [row for _, row in sorted(zip(lowest.values(), rows, strict=True), key=lambda pair: pair[0])]
    if len(keys) > 1:
        return replace(supply, rows=tuple(rows), merges=())
    own = tuple(supply.column(key) for key in (*keys, supply.amount))  # no row of these is of one place in the tree
    return replace(supply, rows=tuple(rows), merges=(), tree="", columns=own, core=(frozenset(keys), frozenset({supply.amount})))


def main_ones(target: Target, supply: Supply) -> Supply:
    """A table of indikator kinerja utama takes those that are IKU, where our rows say which are."""
    asked = any(fold(text) in _IKU for column in target.columns for text in column.path)
    marks = {fold(str(row.get("iku") or "")) for row in supply.rows}
    if not asked or not {"ya"} <= marks <= {"ya", "tidak", ""}:
        return supply
    return supply.kept(position for position, row in enumerate(supply.rows) if fold(str(row.get("iku") or "")) == "ya")
