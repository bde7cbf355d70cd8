"""The capaian workbook: ``write_capaian(year)`` gives its bytes. Same year, same bytes.

Every figure that follows from others is a live formula that carries the value we computed; LibreOffice works them out again
in a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.measure import IkuTrend
from kinerja_xl.reckoning.capaian.rule import yardsticks
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.capaian import anggaran, evaluasi, indikator
from kinerja_xl.writing.shown.capaian.frame import Context, scale_of, write_flat, writes
from kinerja_xl.writing.styles import Styles, set_identity

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")  # each ties its writers to their sheets


def write_capaian(
    year: Year, trends: tuple[IkuTrend, ...] = (), tanggal: date | None = None, folders: Mapping[str, str] | None = None
) -> bytes:
    """The workbook ``Capaian-….xlsx`` as bytes.

    ``trends``: the IKU over the years; ``tanggal`` replaces the date of Kantor.xlsx (which counts only from the year's
    beginning on); ``folders``: the folder of each returned file as seen from the workbook, for the links on ``Catatan``.
    """
    title = f"Capaian kinerja {year.plan.tahun} sampai dengan triwulan {year.triwulan}"
    with OwnBook({"title": title, "author": year.office.nama}, by_row=True) as workbook:
        set_identity(workbook, sheets.CAPAIAN_BOOK.identity(year.plan.tahun, year.office.nama))
        layouts = {
            "capaian_indikator": indikator.layout(len(year.results)),
            "realisasi_anggaran": anggaran.layout(year),
        }
        day, scale = tanggal or _date(year), scale_of(year.office)
        context = Context(
            workbook=workbook, styles=Styles(workbook), office=replace(year.office, tanggal=day), tanggal=day,
            year=year, marks=yardsticks(year.policies), places=evaluasi.places(year, scale), layouts=layouts, trends=trends,
            folders=dict(folders or {}),
        )  # fmt: skip
        writes.write(context, sheets.CAPAIAN, lambda context, sheet: write_flat(context, sheet, sheet.records_of(context.year)))
    return workbook.data


def _date(year: Year) -> date | None:
    """The date of Kantor.xlsx, unless it is older than the year: then it is still that of the proposals."""
    day = year.office.tanggal
    return day if day and day.year >= year.plan.tahun else None
