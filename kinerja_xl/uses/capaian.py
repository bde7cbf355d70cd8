"""The measured year as a use case: plan and returns of a folder → Year → hasil/Capaian-….xlsx."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import ARSIP, HASIL, KANTOR_FILE, InputError, read_bytes
from kinerja_xl.reading.own_book import YearValue, read_capaian
from kinerja_xl.reckoning.capaian import YEAR_END, Year
from kinerja_xl.reckoning.capaian.measure import IkuTrend, measure, trends
from kinerja_xl.uses.plans import current_plan
from kinerja_xl.uses.realisasi import read_returns
from kinerja_xl.uses.workflow import read_office, with_office_levels
from kinerja_xl.writing.output import OutputError, Written, write_whole
from kinerja_xl.writing.shown.capaian import write_capaian

NAME = "Capaian"


def measured(folder: Path, triwulan: int = YEAR_END) -> Year:
    """Read the locked plan and what came back until ``triwulan``, and reckon. Raises InputError without office or plan."""
    kantor = read_office(folder / KANTOR_FILE)
    if kantor.office is None:
        raise InputError(f"{KANTOR_FILE} belum dapat dipakai; perbaiki dahulu catatan di bawah ini.", kantor.findings)
    office = kantor.office
    locked, said = current_plan(folder, office.tahun)
    if locked is None:
        raise InputError(f"Rencana {office.tahun} belum dikunci; jalankan dahulu kinerja-xl kunci {folder}.", said)
    year = measure(locked.plan, read_returns(folder, office, locked.plan, triwulan), office, triwulan)
    _, earlier = earlier_years(folder, office.tahun)
    findings = (*kantor.findings, *with_office_levels([*said, *year.findings, *earlier], office))
    return replace(year, findings=findings)


def findings_of(year: Year) -> list[Finding]:
    """Everything said about a measured year: returned files first, then the plan and the reckoning."""
    return [*year.realised.findings, *year.findings]


def earlier_years(folder: Path, tahun: int) -> tuple[tuple[YearValue, ...], tuple[Finding, ...]]:
    """What the capaian workbooks of earlier years in arsip/ say, and what is to be said about files that can't be read."""
    values: list[YearValue] = []
    said: list[Finding] = []
    place = folder / ARSIP
    for path in sorted(place.glob(f"{NAME}-*.xlsx")) if place.is_dir() else []:
        data, trouble = read_bytes(path)
        found = trouble or read_capaian(data, path.name)
        if isinstance(found, Finding):
            said.append(found)
        else:
            values.extend(value for value in found if value.tahun < tahun)
    return tuple(values), tuple(said)


def write_year(year: Year, folder: Path, target: Path | None = None, tanggal: date | None = None) -> Written:
    """Write hasil/Capaian-2025.xlsx, before the year's end with its triwulan. Raises OutputError."""
    part = "" if year.triwulan == YEAR_END else f"-TW{year.triwulan}"
    wanted = target or folder / HASIL / f"{NAME}-{year.plan.tahun}{part}.xlsx"
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder {wanted.parent} tidak dapat dibuat; pilih tempat lain dengan -o.", wanted) from error
    over_years, _ = year_trends(year, folder)
    return write_whole(wanted, write_capaian(year, over_years, tanggal))


def year_trends(year: Year, folder: Path) -> tuple[tuple[IkuTrend, ...], tuple[Finding, ...]]:
    """Each IKU over the years that arsip/ knows."""
    values, said = earlier_years(folder, year.plan.tahun)
    return trends(year, values), said
