"""A TOR against its RAB: one of each per sub kegiatan, the same cost, and no more people, days and times (III.C.2.c).

Only more than the TOR says is named: fewer people of those who take part may well be paid for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.once import once
from kinerja_xl.checking.rules import AMOUNTS, Amounts, Case, money, rab_amounts, row_jenis, rule, sub_kegiatan, trusted
from kinerja_xl.checking.usulan.rab import repeats
from kinerja_xl.checking.usulan.tor import twice_written
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.counts import counted
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS, jumlah_value
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.values import format_number, format_rupiah, round_half_up
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


class Beyond(NamedTuple):
    """A factor of a RAB row that is more than its TOR says: the row, the column, what the TOR says, and what that costs more."""

    code: str
    row: Row
    key: str
    said: str
    more: Decimal


@rule("K663")
def as_many_as_the_tor_says(case: Case) -> Iterator[Finding]:
    """Participants, villages, days and times of a RAB row are no more than its TOR says: one catatan per row. Where just that
    makes the two differ in cost, this is said here instead of at the cost (K601), as the demand that it is."""
    found = beyond_the_tor(case)
    costs = {(one.code, one.jenis): -one.more for one in differences(case, rab_amounts(case))} if found else {}
    more = _beyond_by_place(case)
    for one in found:
        unit, number = factors(case, one.row)[one.key]
        place = one.code, row_jenis(one.row, case) or ""
        cause = costs.get(place) == more[place]
        cost = f"; selisih biaya TOR dan RAB ({format_rupiah(one.more)}) berasal dari sini" if cause else ""
        words = {"kode_sub": one.code, "uraian": one.row.text("uraian"), "rincian": one.said + cost}
        said = case.at("K663", "rab", one.row, one.key, f"{format_number(number)} {unit}", **words)
        yield replace(said, severity_override=Severity.WAJIB) if cause else said


@once
def beyond_the_tor(case: Case) -> Sequence[Beyond]:
    """Every row of the RAB that pays for more than its TOR says, in the order of the TOR sheets."""
    twice, found = twice_written(case), list[Beyond]()
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
                key, said, most = over
                ours, theirs = row.number("jumlah"), jumlah_value({**row.values, key: Decimal(most)})
                found.append(
                    Beyond(code, row, key, said, ours - theirs if ours is not None and theirs is not None else Decimal(0))
                )
    return found


def _beyond_by_place(case: Case) -> Mapping[tuple[str, str], Decimal]:
    """What the RAB has too much by that, per sub kegiatan and jenis belanja."""
    more = defaultdict[tuple[str, str], Decimal](Decimal)
    for one in beyond_the_tor(case):
        more[one.code, row_jenis(one.row, case) or ""] += one.more
    return more


def _people_of(clauses: list[str]) -> list[int]:
    """How many take part; none where a number of them is not the whole."""
    named = [clause for clause in clauses if _GUESTS(clause)]
    return [] if any(map(_EACH, named)) else [number for clause in named for number in counted(clause, ["peserta"])]


_Over = tuple[str, str, int]
"""The factor's column, what the TOR says, and how many that are."""


def _people(case: Case, numbers: list[int], row: Row) -> _Over | None:
    uraian = row.text("uraian")
    if not numbers or not _GUESTS(uraian) or _HOSTS(uraian):
        return None
    return _more(case, row, "Orang", sum(numbers), f"{_shown(numbers)} peserta")


def _places(case: Case, numbers: list[int], row: Row) -> _Over | None:
    return _more(case, row, "Desa", max(numbers), f"{_shown(numbers)} desa") if numbers else None


def _more(case: Case, row: Row, unit: str, most: int, said: str) -> _Over | None:
    """The factor in this unit that is more than ``most``, with what the TOR says."""
    return next(((key, said, most) for key, (own, number) in factors(case, row).items() if own == unit and number > most), None)


class _Spans:
    """Days and times of the parts of the work, and the words by which a row is known to pay for one of them."""

    def __init__(self, clauses: list[str], rows: list[Row]) -> None:
        self.told = {clause: told for clause in clauses if (told := _spans_of(clause))}
        self.words = Counter(word for one in clauses for word in _said(one).words) if self.told else Counter[str]()
        self.others = Counter(word for one in rows for word in _said(one.text("uraian")).words) if self.told else Counter[str]()

    def over(self, case: Case, row: Row) -> _Over | None:
        """The factor that is more than the part of the work says that a row names as no other part, or in the same two words."""
        about = [(clause, told) for clause, told in self.told.items() if self._about(_said(clause), _said(row.text("uraian")))]
        own = factors(case, row) if about else {}
        for clause, told in about:
            for key, (unit, number) in own.items():
                numbers, times = told.get(unit, []), _TIMES.get(unit, ("", 0))[1]
                # "Tiga hari di setiap desa" are three days where the villages are a factor of their own.
                unclear = _EACH(clause) and (unit == "Kali" or all(one in ("Orang", unit) for one, _ in own.values()))
                if numbers and number >= times * max(numbers) and number > sum(numbers) and not unclear:
                    return key, f"{_shown(numbers)} {_TIMES[unit][0]}", sum(numbers)
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


@rule("K601", "K602", "K603", "K604", "K615")
def tor_and_rab(case: Case) -> Iterator[Finding]:
    """Each sub kegiatan has one TOR and one RAB, and they state the same cost per jenis belanja (III.C.2, IV.A.2.VI)."""
    if not case.has("tor") or not case.has("rab", "kode_sub"):
        return
    rab, subs, twice = rab_amounts(case), sub_kegiatan(case), twice_written(case)
    proposed = {row.get("kode_sub"): row for row in reversed(case.submission.rab)}
    tors: dict[str, Row] = {}
    for tor in case.submission.tors:
        code = tor.get("kode_sub")
        if not isinstance(code, str) or (code not in proposed and not trusted(case, tor, "kode_sub")):
            continue
        if code in tors:
            yield case.at("K604", "tor", tor, "kode_sub", code, kode_sub=code, rincian=tors[code].sheet)
        elif code not in proposed and not rab.stray and code not in subs.foreign:
            yield case.at("K603", "tor", tor, "kode_sub", code, kode_sub=code)
        tors.setdefault(code, tor)
    yield from _costs(case, rab)
    for code, row in reversed(proposed.items()):
        if not isinstance(code, str) or code in tors or not trusted(case, row, "kode_sub"):
            continue
        if not (subs.nameless or twice or code in subs.foreign):
            total = format_rupiah(sum(rab.by_sub.get(code, {}).values(), Decimal(0)))
            lacking = " dan indikator output-nya" if subs.lone_in_rab(code) else "-nya"
            yield case.at("K602", "rab", row, "kode_sub", code, kode_sub=code, rincian=total, bagian=lacking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cost of section VI that the RAB does not add up to; ``more`` is what the TOR states more, in rupiah."""

    code: str
    tor: Row
    jenis: str
    stated: Decimal
    more: Decimal


def differences(case: Case, amounts: Amounts) -> list[Difference]:
    """Every cost of a TOR, per jenis belanja, that can be held against the RAB of its sub kegiatan and differs from it.

    Rows of the RAB that already have a catatan on their amounts are not blamed on the TOR.
    """
    found: list[Difference] = []
    if not case.has("rab", *AMOUNTS):
        return found
    twice = twice_written(case)
    for tor in case.submission.tors:
        code = str(tor.get("kode_sub"))
        if code in twice or code not in amounts.codes or not amounts.comparable(code):
            continue
        for jenis, key in COSTS.items():
            stated, expected = money(tor.get(key)), amounts.by_sub.get(code, {}).get(jenis, Decimal(0))  # type: ignore[arg-type]
            if stated != expected and not case.reported(tor, key):
                found.append(Difference(code=code, tor=tor, jenis=jenis, stated=stated, more=stated - expected))
    return found


def _costs(case: Case, amounts: Amounts) -> Iterator[Finding]:
    """One row that stands under another sub kegiatan makes two TOR differ: it is named itself."""
    found = differences(case, amounts)
    moved = list(_moved(case, found))
    for row, here, there in moved:
        yield case.at(
            "K615", "rab", row, "kode_sub", here.code, rincian=there.code, uraian=str(row.get("uraian") or ""),
            jumlah=format_rupiah(there.more),
        )  # fmt: skip
    settled, named = [one for _, *pair in moved for one in pair], _named_amounts(case)
    for one in found:
        if one in settled or -one.more in named[one.code, one.jenis]:
            continue
        twin = next((o for o in found if o.tor is one.tor and o.more == -one.more and o not in settled), None)
        if twin is not None and one.more < 0:
            continue  # the same amount in the cell of another jenis belanja, which is named
        beside = f"; {format_rupiah(one.more)} itu pada RAB {JENIS_BELANJA[twin.jenis]}" if twin else ""
        yield case.at(
            "K601", "tor", one.tor, COSTS[one.jenis], format_rupiah(one.stated), kode_sub=one.code,
            rincian=format_rupiah(one.stated - one.more) + beside, selisih=format_rupiah(abs(one.more)),
        )  # fmt: skip


def _named_amounts(case: Case) -> Mapping[tuple[str, str], set[Decimal]]:
    """What the RAB has too much by what is named there: a row that stands twice (R509), prices above their standard (R513),
    more than the TOR says (K663)."""
    twice, over = defaultdict[tuple[str, str], Decimal](Decimal), defaultdict[tuple[str, str], Decimal](Decimal)
    content = case.submission.content
    again = [twin.row for twin in repeats(content, case.submission.reported) if twin.table.key == "rab"] if content else []
    for row in case.submission.rab:
        place, jumlah = (row.text("kode_sub"), row_jenis(row, case) or ""), row.number("jumlah")
        volume, price, standard = row.number("volume"), row.number("harga_satuan"), standard_of(row, case.office)
        if jumlah is None or volume is None or price is None:
            continue
        if any(row is one for one in again):
            twice[place] += jumlah
        elif standard and standard.batas and standard.jenis in ROW_STANDARDS and price > standard.harga > 0:
            over[place] += round_half_up(volume * (price - standard.harga), 0)
    many = _beyond_by_place(case)
    return defaultdict(set, {place: {twice[place], over[place], many[place]} - {Decimal(0)} for place in {*twice, *over, *many}})


def _moved(case: Case, found: Sequence[Difference]) -> Iterator[tuple[Row, Difference, Difference]]:
    """(row, where it stands, where it is missed): the only row whose amount settles both differences."""
    for here in (one for one in found if one.more < 0):
        pairs = [there for there in found if there.more == -here.more and there.jenis == here.jenis]
        rows = [
            row
            for row in case.submission.rab
            if row.get("kode_sub") == here.code and row.get("jumlah") == -here.more and row_jenis(row, case) == here.jenis
        ]
        if len(pairs) == len(rows) == 1:
            yield rows[0], here, pairs[0]
