"""A workbook of ours that is no usulan, by itself: each kind read and judged as by the verb that takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.realisasi import declared
from kinerja_xl.checking.rule_book import checked_rows
from kinerja_xl.frames import check_rows
from kinerja_xl.office.folder import MASUK, folder_of
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.intake import Return, of_others, read_return
from kinerja_xl.reading.own_book import OwnBook, ShownVersions, open_own, read_recap
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.plan.agreed import is_filled
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.kantor import KANTOR, PADANAN
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN, PENETAPAN
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.sheets.rekap import REKAP_BOOK
from kinerja_xl.sheets.shown import READ_BACK, READ_SHEETS, SHOWN
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.kunci import ACCEPTED, from_review, rows_of_dpa
from kinerja_xl.uses.masuk import said_of_return
from kinerja_xl.uses.realisasi import is_measured
from kinerja_xl.uses.year import Year, read_office


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file with its bytes, and the year's folder around it; ``office`` None where there is none that can be used."""

    path: Path
    data: bytes
    year: Year | None

    @property
    def office(self) -> Office | None:
        return self.year.kantor.office if self.year else None

    @property
    def lists(self) -> Listings:
        return self.year.lists if self.year and self.office else default_listings()

    def say(self, code: str) -> Finding:
        return Finding(code=code, file=self.path.name)


def judged(kind: str, given: Given) -> list[Finding] | None:
    """What is said of a book of this kind; None for an usulan and for what is none of ours."""
    judge = _JUDGES.get(kind)
    return judge(given) if judge else None


# ---- books that are read to be looked at ------------------------------------------------------------


def _shown(versions: ShownVersions, given: Given) -> list[Finding]:
    """The headings by which other verbs read it again, and what they would not understand in a recap's rows."""
    own = open_own(given.data, given.path.name, versions)
    if not isinstance(own, OwnBook):
        return [own]
    found = [f for sheet in READ_SHEETS[own.book.key] for f in own.table(sheet.key).findings]
    if own.book.key == REKAP_BOOK.key:
        back = read_recap(given.data, given.path.name)
        found += [] if isinstance(back, Finding) else [f for f in back.findings if f not in back.lost]
    return found


# ---- forms -----------------------------------------------------------------------------------------


def _kantor(given: Given) -> list[Finding]:
    return list(read_office(given.path).findings)


def _padanan(given: Given) -> list[Finding]:
    from kinerja_xl.adopt.kept import said_of  # the reader of any layout: only for its own answers
    from kinerja_xl.foreign.padanan import load_padanan

    units = [unit.kode for unit in given.office.units] if given.office else None
    return said_of(load_padanan(given.data, given.path.name), given.path.name, units)


def _penetapan(given: Given) -> list[Finding]:
    return list(read_plan(given.data, given.path.name)[1])


def _agreed(given: Given) -> list[Finding]:
    """A review or a DPA: as ``kunci`` reads it, without what it would be laid over."""
    name, office = given.path.name, given.office
    book = read_workbook(given.data, name, ACCEPTED, given.lists)
    if book.content is None:
        return book.findings
    if office is None:
        rows = checked_rows(book.content, name, "", frozenset(book.reading.reported))
        return [*book.findings, *check_rows(rows, given.lists), given.say("T210")]
    if strange := of_others(book.identity, office):
        return [*book.findings, strange.at(file=name)]
    if book.content.book.key == DPA.key:
        return rows_of_dpa(book, office)[1]
    if not is_filled(book.content) and not book.reading.reported:
        return book.findings  # as it was handed out
    return from_review(book, office, name)[1]


# ---- a triwulan's form ------------------------------------------------------------------------------


def _realisasi(given: Given) -> list[Finding]:
    """As ``capaian`` judges it against the plan in force. A form that was not handed in and holds nothing yet is only read."""
    name, office, year = given.path.name, given.office, given.year
    returned = _returned(given)
    found = [f.at(file=name) for f in returned.submission.findings]
    content = returned.submission.content
    if content is None or not returned.triwulan:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists))]
    if office is None or year is None:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists)), given.say("T210")]
    handed_in = given.path.parent.parent.name == MASUK
    if not handed_in and not is_measured(content, returned.triwulan) and not returned.submission.reported:
        return found
    if year.locked is None:
        return [*found, *(f.at(file=name) for f in declared([returned], given.lists)), given.say("T213")]
    older = tuple(one.plan for one in year.plans)
    said = said_of_return(returned, year.folder, office, year.plan, older, lambda: year.padanan)
    return [f.at(file=name) for f in said]


def _returned(given: Given) -> Return:
    """The file in the triwulan's folder in which it stands, elsewhere in the one that its Identitas names (0: none)."""
    folder = next((n for n in range(1, 5) if given.path.parent.name == folder_of(n)), 0)
    return read_return(given.data, given.path.name, folder, given.lists, given.office)


def _nothing(given: Given) -> list[Finding]:
    """A book that no verb reads again: what is wrong with it, its formulas say."""
    return []


Judge = Callable[[Given], list[Finding]]

_JUDGES: Mapping[str, Judge] = {
    **dict.fromkeys(SHOWN, _nothing),
    **{key: partial(_shown, versions) for key, versions in READ_BACK.items()},
    **dict.fromkeys(MEASURING, _realisasi),
    **dict.fromkeys((PENELAAHAN.key, DPA.key), _agreed),
    KANTOR.key: _kantor, PADANAN.key: _padanan, PENETAPAN.key: _penetapan,
}  # fmt: skip
