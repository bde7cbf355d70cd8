"""How many people, days and times a TOR speaks of, against the factors of its RAB (III.C.2.c: the two agree).

Only more than the TOR says is named: fewer people of those who take part may well be paid for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.once import once
from kinerja_xl.checking.rules import AMOUNTS, Case, rule
from kinerja_xl.checking.usulan.tor import twice_written
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.counts import counted
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.values import format_number
from kinerja_xl.words.match import kata

_EACH = kata("tiap")
_GUESTS = kata("peserta")
_HOSTS = kata("bukan_peserta")
_WHERE, _WORK = ("judul", "lokasi"), ("lingkup_perencanaan", "lingkup_pelaksanaan", "seminar")
_TIMES = {"Hari": ("hari", 1), "Kali": ("kali", 3)}
"""Unit of a factor -> the word for it, and how many times the TOR's number it has to be: a day of work has meals twice."""
_VILLAGES = ["desa", "kelurahan"]


def factors(case: Case, row: Row) -> Mapping[str, tuple[str, Decimal]]:
    """Factor column -> its unit as the office spells it, and its number; of a row of the RAB."""
    return _factors(case)[id(row)]


@once
def _factors(case: Case) -> Mapping[int, Mapping[str, tuple[str, Decimal]]]:
    return {id(row): _factors_of(case, row) for row in case.submission.rab}


def _factors_of(case: Case, row: Row) -> dict[str, tuple[str, Decimal]]:
    found = {}
    for key, unit in zip(FACTORS, FACTOR_UNITS, strict=True):
        measure, number = case.lists.measures.find(row.text(unit)), row.get(key)
        if measure is not None and isinstance(number, Decimal) and not case.reported(row, key, unit):
            found[key] = (measure.kanonik, number)
    return found


@rule("K663")
def as_many_as_the_tor_says(case: Case) -> Iterator[Finding]:
    """Participants, villages, days and times of a RAB row are no more than its TOR says: one catatan per row."""
    twice = twice_written(case)
    for tor in case.submission.tors:
        code = tor.get("kode_sub")
        if not isinstance(code, str) or code in twice or case.reported(tor, "kode_sub", *_WHERE, *_WORK):
            continue
        rows = [row for row in case.submission.rab if row.get("kode_sub") == code and not case.reported(row, "uraian", *AMOUNTS)]
        clauses, places = _clauses(tor), counted("\n".join(tor.text(key) for key in _WHERE), _VILLAGES)
        people, spans = _people_of(clauses), _Spans(clauses, rows)
        for row in rows:
            over = _people(case, people, row) or _places(case, places, row) or spans.over(case, row)
            if over:
                key, said = over
                unit, number = factors(case, row)[key]
                words = {"kode_sub": code, "uraian": row.text("uraian"), "rincian": said}
                yield case.at("K663", "rab", row, key, f"{format_number(number)} {unit}", **words)


def _people_of(clauses: list[str]) -> list[int]:
    """How many take part; none where a number of them is not the whole."""
    named = [clause for clause in clauses if _GUESTS(clause)]
    return [] if any(map(_EACH, named)) else [number for clause in named for number in counted(clause, ["peserta"])]


def _people(case: Case, numbers: list[int], row: Row) -> tuple[str, str] | None:
    uraian = row.text("uraian")
    if not numbers or not _GUESTS(uraian) or _HOSTS(uraian):
        return None
    return _more(case, row, "Orang", sum(numbers), f"{_shown(numbers)} peserta")


def _places(case: Case, numbers: list[int], row: Row) -> tuple[str, str] | None:
    return _more(case, row, "Desa", max(numbers), f"{_shown(numbers)} desa") if numbers else None


def _more(case: Case, row: Row, unit: str, most: int, said: str) -> tuple[str, str] | None:
    """The factor in this unit that is more than ``most``, with what the TOR says."""
    return next(((key, said) for key, (own, number) in factors(case, row).items() if own == unit and number > most), None)


class _Spans:
    """Days and times of the parts of the work, and the words by which a row is known to pay for one of them."""

    def __init__(self, clauses: list[str], rows: list[Row]) -> None:
        self.told = {clause: told for clause in clauses if (told := _spans_of(clause))}
        self.words = Counter(word for one in clauses for word in _said(one).words) if self.told else Counter[str]()
        self.others = Counter(word for one in rows for word in _said(one.text("uraian")).words) if self.told else Counter[str]()

    def over(self, case: Case, row: Row) -> tuple[str, str] | None:
        """The factor that is more than the part of the work says that a row names as no other part, or in the same two words."""
        about = [(clause, told) for clause, told in self.told.items() if self._about(_said(clause), _said(row.text("uraian")))]
        own = factors(case, row) if about else {}
        for clause, told in about:
            for key, (unit, number) in own.items():
                numbers, times = told.get(unit, []), _TIMES.get(unit, ("", 0))[1]
                # "Tiga hari di setiap desa" are three days where the villages are a factor of their own.
                unclear = _EACH(clause) and (unit == "Kali" or all(one in ("Orang", unit) for one, _ in own.values()))
                if numbers and number >= times * max(numbers) and number > sum(numbers) and not unclear:
                    return key, f"{_shown(numbers)} {_TIMES[unit][0]}"
        return None

    def _about(self, here: _Said, there: _Said) -> bool:
        """Whether a clause speaks of what a row pays: two words that follow each other, or a long one that no other part has."""
        if not here.pairs.isdisjoint(there.pairs):
            return True
        return any(len(word) >= _LONG and self.words[word] == self.others[word] == 1 for word in here.words & there.words)


def _spans_of(clause: str) -> dict[str, list[int]]:
    return {unit: found for unit, (noun, _) in _TIMES.items() if (found := counted(clause, [noun]))}


def _clauses(tor: Row) -> list[str]:
    return [part for key in _WORK for part in re.split(r"[;\n]|\.(?:\s|$)", tor.text(key)) if part.strip()]


_LONG = 8
"""Letters of a word that is likely to be the name of a kind of work."""


class _Said(NamedTuple):
    """The words of a text that tell it from others, and which of them follow each other."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=1024)
def _said(text: str) -> _Said:
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text.casefold()) if not _common(word)]
    return _Said(frozenset(words), frozenset(pairwise(words)))


@lru_cache(maxsize=4096)
def _common(word: str) -> bool:
    return _COMMON(word) is not None


_COMMON = kata("kata_lazim_tor")


def _shown(numbers: list[int]) -> str:
    return " dan ".join(map(str, dict.fromkeys(numbers)))
