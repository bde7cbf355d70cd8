"""``capaian``: the locked plan and what came back, measured → hasil/Capaian-….xlsx."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rule_book import with_office_levels
from kinerja_xl.office.folder import HASIL, unread_below
from kinerja_xl.reckoning.capaian import YEAR_END
from kinerja_xl.reckoning.capaian import Year as Measured
from kinerja_xl.reckoning.capaian.lanjut import follow_ups
from kinerja_xl.reckoning.capaian.measure import measure, trends
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import Written, put
from kinerja_xl.writing.shown.capaian import write_capaian


def measured(year: Year, triwulan: int = YEAR_END) -> Measured:
    """The locked plan and what came back until ``triwulan``, reckoned. Raises InputError without office or plan."""
    office, plan = year.office, year.plan
    found = measure(plan, year.returns(triwulan), office, triwulan)
    said = [*unread_below(year.folder), *year.said_of_plans, *found.findings, *year.earlier[1]]
    followed = follow_ups(year.earlier[0], office.tahun)
    return replace(found, findings=(*year.kantor.findings, *with_office_levels(said, office)), followed=followed)


def findings_of(measured: Measured) -> list[Finding]:
    """Everything said about a measured year: returned files first, then the plan and the reckoning."""
    return [*measured.realised.findings, *measured.findings]


def write_year(measured: Measured, year: Year, target: Path | None = None, tanggal: date | None = None) -> Written:
    """Write hasil/Capaian-2025.xlsx, before the year's end with its triwulan. Raises OutputError."""
    part = "" if measured.triwulan == YEAR_END else f"-TW{measured.triwulan}"
    wanted = target or year.folder / HASIL / f"Capaian-{measured.plan.tahun}{part}.xlsx"
    since, day = measured.plan.tanggal, measured.office.tanggal
    if since and day and day < since:  # the office's date is still that of the usulan: left to be written by hand
        measured = replace(measured, office=replace(measured.office, tanggal=None))
    return put(wanted, write_capaian(measured, trends(measured, year.earlier[0]), tanggal))
