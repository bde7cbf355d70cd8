"""Whether a form's heading says what a column of ours holds, and nothing else besides.

A role alone never suffices: "Tanggal Realisasi" has the role of realisasi and wants a date. So every word from the top heading
to the lowest has to be one of our column's own label, of its kind of value, or one that adds no meaning. One that is not makes
the column another: it stays blank, and the word is the reason. To refuse a good column costs a question, to fill a wrong one
costs trust.

Of which level the rows are wanted, the same headings say: one program a row, one account, one unit, one indicator. Ours are
picked by their codes, or added up; a level which ours do not have (accounts, of a workbook of programs) is asked about, never
filled with rows of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from kinerja_xl.filling.supply import KAS, NAMES, PRICES, TREE, UNIT, Supply, added, placed, with_tree
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.foreign.shown import NO_NAME
from kinerja_xl.lists import normalise_program, programs
from kinerja_xl.regions.words import word as heading
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words.match import Finder, kata

_COMMON, _ABOVE, _SURE = kata("judul_umum"), kata("judul_kelompok"), kata("judul_pasti_uang")
_UNTIL = kata("sampai", "kumulatif")
_NEEDED, _NEEDED_CODE = kata("judul_wajib"), kata("judul_kode_wajib")
_LEVEL, _UPPER, _SORT = kata("judul_tingkat"), kata("judul_tingkat_atas"), kata("judul_jenis_uang")
_BARE = kata("judul_jumlah")
"""A sum of what, money or how many, its neighbours tell."""
_NOT_MONEY = kata("judul_pohon", "judul_indikator", "judul_satuan")
_SUBJECT, _GENERIC = kata("judul_benda"), kata("judul_bawahan")
"""What a group of headings is about, and headings that say nothing without it: "Indikator" over "Uraian"."""
_NAMED = kata("judul_sebutan")
_WORD = re.compile(r"[^\W\d_]+|%")
_OURS_OF = MappingProxyType({
    "ppn": "judul_pajak", "harga_satuan": "judul_harga", "volume": "judul_banyak", "koefisien": "judul_banyak",
    "satuan": "judul_satuan", "sasaran": "judul_sasaran", "keterangan": "judul_catatan", "unit": "judul_unit",
    "nama_unit": "judul_unit",
    "penanggung_jawab": "judul_unit", "kode_rekening": "judul_rekening", "uraian": "judul_belanja",
    "nama_rekening": "judul_belanja", "kode": "judul_kode", "kode_sub": "judul_kode", "kode_program": "judul_kode",
    "kode_kegiatan": "judul_kode", "indikator": "judul_indikator", "program": "judul_pohon", "kegiatan": "judul_pohon",
    "induk": "judul_pohon", "nama_sub": "judul_pohon", "nama_program": "judul_pohon", "nama_kegiatan": "judul_pohon",
    "target": "judul_target", "tw_1": "judul_target", "tw_2": "judul_target", "tw_3": "judul_target", "tw_4": "judul_target",
})  # fmt: skip
_OWN_WORDS_ALONE = ("batas_harga", "prakiraan_maju")
_WORDS, _FIGURES = ("teks", "pilihan"), ("angka", "nilai", "poin", "persen")
_PROMISED = MappingProxyType({
    **dict.fromkeys(("uraian", "indikator", "sasaran", "spesifikasi", "satuan", "keterangan"), _WORDS),
    **dict.fromkeys(("harga", "pajak", "maju", "anggaran"), ("rupiah",)),
    "kode": ("kode", "rekening", "teks"), "volume": (*_FIGURES, "teks"), "persen": _FIGURES, "jumlah": ("rupiah", *_FIGURES),
    "target": (*_FIGURES, "rupiah"), "realisasi": (*_FIGURES, "rupiah"), "kinerja": (*_FIGURES, "rupiah"),
    "tanggal": ("tanggal",), "tahun": ("tahun", *_FIGURES),
})  # fmt: skip
"""Kinds of values that a heading may promise, by the role that the reader gives it."""
_NAMES = ("uraian", "indikator", "sasaran")
_TIMES = ("lalu", "ini", "sekarang")
"""They mean something only with what they follow: the year before is not the month before."""


def words_of(text: str) -> list[str]:
    """The words of a heading, folded, "%" one of them; a letter alone is none, unless the heading is letter-spaced."""
    found = [word.lower() for word in _WORD.findall(clean(text))]
    long = [word for word in found if len(word) > 1 or word == "%"]
    return long if long or len(found) < 3 else [fold(text)]  # noqa: PLR2004 - "K" and "s.d" are no spaced words


def says_money(texts: Iterable[str]) -> bool:
    """Whether headings speak of rupiah in words, and not of performance in the same breath."""
    return any(any(_SURE(word) for word in words_of(text)) and "kinerja" not in fold(text) for text in texts)


def other_meaning(path: Sequence[str], own: Column, rows: str = "") -> str:
    """The first word of a form's headings that our column does not mean; "" when it means them all. ``rows``: the one level of
    the tree that our rows are of."""
    known = _vocabulary(own)
    labels = " ".join((own.group, own.label))
    texts = {word for text in (own.group, own.label, *own.aliases) for word in words_of(text)} - set(_TIMES)
    whole = fold(" ".join(path))
    if fold("".join(path)) == fold(own.label) or whole == fold(labels):
        return ""
    if found := _UNTIL(clean(" ".join(path))):
        until = _UNTIL(clean(labels)) or ("renstra" in whole and "renstra" in fold(labels))
        if not until and not _year_so_far(whole):
            return found[0]
    lowest = len(path) - 1
    for level, text in enumerate(path):
        for word in words_of(text):
            if word in _TIMES:
                if not _time_meant(word, whole, labels):
                    return word
            elif not (word in texts or known(word) or _COMMON(word) or (level < lowest and _ABOVE(word)) or _UNTIL(word)):
                return word
    other = _of_the_group(path, own, texts, known) or _of_something_else(path, own, rows)
    return other or (_uncertain_sum(path) if own.kind.name == "rupiah" else "")


def other_kind(path: Sequence[str], own: Column, values: Iterable[object]) -> str:
    """What the headings promise and our values are not, held against the reader's own contract: a second opinion beside the words
    of the path. The lowest heading that has a role decides; a name has letters, rupiah are whole."""
    role = next((found for text in reversed(path) if (found := heading(text).role)), "")
    kinds = _PROMISED.get(role)
    if kinds and own.kind.name not in kinds:
        return path[-1]
    held = [value for value in values if value is not None]
    if own.kind.name == "rupiah":
        return path[-1] if any(isinstance(value, Decimal) and value != value.to_integral_value() for value in held) else ""
    nameless = role in _NAMES and sum(isinstance(value, Decimal) or bool(NO_NAME(str(value))) for value in held)
    return path[-1] if nameless and nameless * 2 >= len(held) else ""


def speaking(path: Sequence[str]) -> str:
    """The heading that says what stands in a column: the lowest, but of "Uraian" below "Indikator" the one above."""
    if not all(map(_NAMED, words_of(path[-1]))):
        return path[-1]
    return next((text for text in reversed(path[:-1]) if any(map(_SUBJECT, words_of(text)))), path[-1])


def _of_the_group(path: Sequence[str], own: Column, texts: set[str], known: Finder) -> str:
    """The word by which a group is about something else than our names and codes, where the lowest heading says nothing."""
    if own.kind.name not in ("teks", "kode", "rekening", "pilihan") or not all(map(_GENERIC, words_of(path[-1]))):
        return ""
    above = (word for text in path[:-1] for word in words_of(text))
    return next((word for word in above if _SUBJECT(word) and not (word in texts or known(word))), "")


def _of_something_else(path: Sequence[str], own: Column, rows: str) -> str:
    """A name where we have codes, one level's where we have another's, a kind of spending where we have names."""
    said = [word for text in path for word in words_of(text)]
    for needed in filter(_NEEDED, words_of(own.label)):
        if not any(_NEEDED_CODE(word) if needed == "kode" else word == needed for word in said):
            return path[-1]
    levels = {word for word in said if _LEVEL(word)}
    low = next((word for word in said if word in ("sub", "subkegiatan")), "")
    if own.key == "induk" and low and "program" not in levels and not rows.startswith("sub"):
        return low  # the lowest name that there is, of whatever level
    mixed = own.key in ("kode", "kode_sub") or (own.key in ("nama", "induk", "program") and any(map(_UPPER, levels)))
    if len(levels) == 1 and not low and mixed and not rows.startswith(tuple(levels)):
        return next(iter(levels))
    return path[-1] if own.key == "uraian" and _SORT(fold(path[-1])) else ""


def _uncertain_sum(path: Sequence[str]) -> str:
    """``Kegiatan`` over ``Jumlah``: how many of them, not how much."""
    lowest = words_of(path[-1])
    if not all(_BARE(word) or _COMMON(word) for word in lowest) or says_money(path):
        return ""
    if "nilai" in lowest:  # a score as well as a sum
        return "nilai"
    return next((word for text in path[:-1] for word in words_of(text) if _NOT_MONEY(word)), "")


def _year_so_far(whole: str) -> bool:
    return "sdtwini" in whole or "sdtriwulanini" in whole


def _time_meant(word: str, whole: str, labels: str) -> bool:
    if word == "lalu":
        return "tahunlalu" in whole and ("lalu" in fold(labels) or "n-1" in labels)
    return f"tahun{word}" in whole or _year_so_far(whole)


def _vocabulary(own: Column) -> Finder:
    kind = own.kind.name
    name = _OURS_OF.get(own.key, "")
    if fold(own.label) == "indikator":
        name = "judul_indikator"
    elif own.key == "nama":
        name = "judul_pohon"
    elif kind == "rupiah" and not name and own.key not in _OWN_WORDS_ALONE:
        name = "judul_uang"
    elif kind in ("nilai", "poin") and own.key not in _OURS_OF:
        name = "judul_capaian"
    find = kata(name) if name else _nothing
    return (lambda word: find(word) or _PERCENT.match(word)) if kind in ("persen", "poin") else find


_PERCENT = re.compile(r"%$|persen$|persentase$")


def _nothing(_: str) -> None:
    return None


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
