"""The RKA workbook: ``write_rka(recap)`` gives its bytes. Same recap, same bytes.

A workbook of its own and not more sheets of the recap: a kecamatan has thirty to fifty sub kegiatan, and what the Camat
holds in his hands should open with a dozen tabs. Totals are live here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from xlsxwriter.workbook import Workbook

from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.rka import Rka, build_rka
from kinerja_xl.writing.recap import CREATED, OPTIONS
from kinerja_xl.writing.rka import daftar, rincian, sipd
from kinerja_xl.writing.rka.frame import Context, sheet_names
from kinerja_xl.writing.styles import Styles


def write_rka(recap: Recap, before: Mapping[str, int] | None = None) -> bytes:
    """The workbook ``RKA-….xlsx`` as bytes.

    ``before`` is the allocation n−1 in rupiah by code of sub kegiatan; None: nothing is known, "belum ada" is stated.
    """
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as workbook:
        title = f"RKA per sub kegiatan {recap.office.tahun}"
        workbook.set_properties({"title": title, "author": recap.office.nama, "created": CREATED})
        rkas = build_rka(recap, before)
        plans = _plans(rkas)
        context = Context(
            workbook=workbook, styles=Styles(workbook), office=recap.office, tanggal=recap.tanggal, rkas=rkas, plans=plans
        )  # fmt: skip
        daftar.write(context)
        sipd.write(context)
        for plan in plans.values():
            rincian.write(context, plan)
    return buffer.getvalue()


def _plans(rkas: tuple[Rka, ...]) -> Mapping[str, rincian.Plan]:
    names = sheet_names(rka.kode for rka in rkas)
    return {rka.kode: rincian.plan(rka, names[rka.kode]) for rka in rkas}
