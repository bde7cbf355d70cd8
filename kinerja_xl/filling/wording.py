"""Whether a form's heading says what a column of ours holds, and nothing else besides.

A role alone never suffices: "Tanggal Realisasi" has the role of realisasi and wants a date. So every word from the top heading
to the lowest has to be one of our column's own label, of its kind of value, or one that adds no meaning. One that is not makes
the column another: it stays blank, and the word is the reason. To refuse a good column costs a question, to fill a wrong one
costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import MappingProxyType

from kinerja_xl.foreign.shown import NO_NAME
from kinerja_xl.foreign.words import word as heading
from kinerja_xl.sheets.model import Column
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
    nameless = role in _NAMES and sum(isinstance(value, Decimal) or bool(NO_NAME.fullmatch(str(value))) for value in held)
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
