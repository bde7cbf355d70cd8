"""A small measured year for tests: the returns of two units and of the money, clean but for what a test changes.

``Year`` describes it as the clean one plus changes; ``said`` is everything that is said about it, with places named by
column keys: ``at("pmd", 2, "realisasi_indikator", 0, "real_2")``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from unittest import mock

from kinerja_xl.formula.references import column_letters
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.intake import Return, read_return
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.year import MONEY_KIND, UNIT_KIND, Realised
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.uses.masuk import realised_of
from kinerja_xl.uses.realisasi import measuring_book, measuring_name, money_realisasi, unit_realisasi
from kinerja_xl.writing.form.measured import MoneyCheck, UnitCheck
from kinerja_xl.writing.form.places import plan_sheet
from tests import ingatan
from tests.kantor_uji import edit, small_office
from tests.rencana_contoh import plan as small_plan

WHO = ("pmd", "trantib", "uang")
MONEY_UNIT = "pmd"
INDICATORS, WORDS, PHYSICS, MONEY = "realisasi_indikator", "uraian_realisasi", "fisik", "realisasi_uang"


def D(text: object) -> Decimal:
    return Decimal(str(text))


@cache
def office() -> Office:
    base = small_office()
    return replace(base, policies={**base.policies, "unit_keuangan": MONEY_UNIT}, batas_tw={1: date(2025, 4, 10)})


@cache
def plan() -> Plan:
    return small_plan()


FIGURES: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "pmd": (
        {"real": (2, 3, 4, 2)},
        {"bil": (10, 18, 26, 34), "sebut": (40, 40, 40, 40)},
        {"real": ("Cukup", "Cukup", "Baik", "Baik")},
        {"real": (8, "7.5", 7, 8)},
        {"real": (None, None, None, "0.74")},
    ),
    "trantib": (
        {"real": (3, 2, 4, 1)},
        {"real": (0, 0, 1, 0)},
        {"bil": (None, None, 7, 8), "sebut": (None, None, 6, 6)},
    ),
}
"""What each unit reports of its indicators, in the order of the plan."""

PROGRESS = {"pmd": ((20, 45, 80, 100), (0, 50, 75, 100)), "trantib": ((25, 50, 75, 100),)}
SPENT = (
    (1_000_000, 2_000_000, 2_000_000, 1_000_000), (0, 1_000_000, 1_000_000, 400_000), (0, 9_500_000, 0, 0),
    (3_000_000, 3_000_000, 3_000_000, 3_000_000), (800_000, 800_000, 800_000, 800_000),
)  # fmt: skip


def _value(value: object) -> object:
    return value if value is None or isinstance(value, str) and not value[0].isdigit() else D(value)


def _unit(who: str) -> str:
    return MONEY_UNIT if who == "uang" else who


def _kind(who: str) -> str:
    return MONEY_KIND if who == "uang" else UNIT_KIND


def name(who: str, tw: int) -> str:
    """The file's name as catatan say it."""
    return f"TW{tw}/{measuring_name(_unit(who), _kind(who), tw)}"


@cache
def blank_content(who: str, tw: int) -> BookContent:
    """The form as it is handed out after a clean year until then."""
    unit = office().unit(_unit(who))
    assert unit
    earlier = Year(triwulan=tw - 1).realised() if tw > 1 else None
    return (money_realisasi if who == "uang" else unit_realisasi)(office(), unit, plan(), tw, earlier)


@cache
def content(who: str, tw: int) -> BookContent:
    """The same, filled in for its triwulan."""
    found = edit(blank_content(who, tw), "identitas", 0, tanggal_disampaikan=date(2025, min(12, 3 * tw + 1), 5))
    if who == "uang":
        for index, amounts in enumerate(SPENT):
            found = edit(found, MONEY, index, **{f"uang_{tw}": D(amounts[tw - 1])})
        return found
    for index, figures in enumerate(FIGURES[who]):
        values = {f"{key}_{tw}": _value(quarters[tw - 1]) for key, quarters in figures.items()}  # type: ignore[index]
        found = edit(found, INDICATORS, index, **values)
    for index, steps in enumerate(PROGRESS[who]):
        found = edit(found, PHYSICS, index, **{f"fisik_{tw}": D(steps[tw - 1])})
    return edit(found, WORDS, 0, bukti="Laporan", penghambat="Hujan\nJalan rusak", tindak_lanjut=f"Jadwal TW {tw}")


def book_bytes(filled: BookContent, who: str, tw: int, *, whole: bool = False) -> bytes:
    """The finished file; Cek Mandiri, which no reader looks at and which takes most of the time, only in a ``whole`` one."""
    unit = office().unit(_unit(who))
    assert unit
    if whole:
        return measuring_book(filled, office(), unit, plan(), tw)
    with ingatan.forgotten(), mock.patch.object(UnitCheck, "write"), mock.patch.object(MoneyCheck, "write"):
        return measuring_book(filled, office(), unit, plan(), tw)


@cache
def clean(who: str, tw: int) -> bytes:
    return book_bytes(content(who, tw), who, tw)


Place = tuple[str, str, str]
"""File, sheet, cell."""


@cache
def cell(table: str, row: int, key: str) -> tuple[str, str]:
    """Sheet and cell of a table's row (0 the first) or of a form's field (``row`` does not matter)."""
    book = REALISASI_UANG if table == MONEY else REALISASI_UNIT
    sheet = next(s for s in book.sheets if any(b.key == table for b in s.blocks))
    planned = plan_sheet(sheet, sheet.name, {})
    if table in planned.forms:
        return sheet.name, planned.field_cell(table, key, absolute=False)
    place = planned.tables[table]
    return sheet.name, f"{column_letters(place.index(key) + 1)}{place.first_row + row + 1}"


def at(who: str, tw: int, table: str, row: int, key: str) -> Place:
    return (name(who, tw), *cell(table, row, key))


def file(who: str, tw: int) -> Place:
    """A catatan about the whole file."""
    return (name(who, tw), "", "")


Change = Callable[[BookContent], BookContent]


@dataclass(kw_only=True)
class Year:
    """The clean year until ``triwulan`` plus changes. Every method changes it and returns it."""

    triwulan: int = 2
    office: Office | None = None
    plan: Plan | None = None
    older: tuple[Plan, ...] = ()
    changes: dict[tuple[str, int], list[Change]] = field(default_factory=dict)
    cells: dict[tuple[str, int], dict[tuple[str, str], CellValue]] = field(default_factory=dict)
    gone: set[tuple[str, int]] = field(default_factory=set)
    more: list[tuple[int, str, bytes]] = field(default_factory=list)

    def change(self, who: str, tw: int, change: Change) -> Year:
        self.changes.setdefault((who, tw), []).append(change)
        return self

    def edit(self, who: str, tw: int, table: str, index: int = 0, /, **values: object) -> Year:
        return self.change(who, tw, lambda found: edit(found, table, index, **values))

    def put(self, who: str, tw: int, table: str, row: int, key: str, value: CellValue) -> Year:
        """A raw cell changed in the finished file."""
        self.cells.setdefault((who, tw), {})[cell(table, row, key)] = value
        return self

    def drop(self, who: str, tw: int) -> Year:
        self.gone.add((who, tw))
        return self

    def add(self, tw: int, file_name: str, data: bytes) -> Year:
        self.more.append((tw, file_name, data))
        return self

    def bytes_of(self, who: str, tw: int, *, whole: bool = False) -> bytes:
        data = clean(who, tw)
        if whole or (who, tw) in self.changes:
            found = content(who, tw)
            for change in self.changes.get((who, tw), ()):
                found = change(found)
            data = book_bytes(found, who, tw, whole=whole)
        return patch(data, self.cells[who, tw]) if (who, tw) in self.cells else data

    def files(self) -> list[tuple[int, str, bytes]]:
        """Triwulan, file name and bytes of everything that came in."""
        own = [(who, tw) for tw in range(1, self.triwulan + 1) for who in WHO if (who, tw) not in self.gone]
        return [(tw, name(who, tw).partition("/")[2], self.bytes_of(who, tw)) for who, tw in own] + self.more

    def returns(self) -> list[Return]:
        here = self.office or office()
        return [read_return(data, file_name, tw, office_listings(here), here) for tw, file_name, data in self.files()]

    def realised(self) -> Realised:
        here, agreed = self.office or office(), self.plan or plan()
        return realised_of(self.returns(), here, agreed, self.triwulan, older=self.older)

    def said(self) -> set[tuple[str, ...]]:
        """(code, file, sheet, cell) of every finding; nothing may be said twice."""
        findings = self.realised().findings
        places = [(f.code, f.file, f.sheet, f.cell, f.value if not f.cell else "") for f in findings]
        assert len(places) == len(set(places)), places
        return {place[:4] for place in places}
