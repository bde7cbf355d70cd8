"""``rekap``: the recap workbook, and beside it the RKA and the Lembar Penelaahan. Never over a filled file."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from kinerja_xl.office.folder import HASIL, MASUK, read_bytes, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.uses.arsip import REVIEW_FILE, REVIEW_VERSIONS
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import Written, put, save
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.turn import turn


def rekap(folder: Path, tanggal: date | None = None, tahun_lalu: Path | None = None) -> Recap:
    """The recap of a year's folder, nothing written. Raises InputError."""
    return Year(folder, tanggal=tanggal, tahun_lalu=tahun_lalu).recap


def write_rekap(year: Year, target: Path | None = None) -> Written:
    """Write the recap workbook, by default to hasil/ of the year's folder. Raises OutputError."""
    wanted = target or year.folder / HASIL / f"Rekap-{year.office.tahun}.xlsx"
    masuk = os.path.relpath(year.folder / MASUK, wanted.parent).replace(os.sep, "/")
    return put(wanted, write_recap(year.recap, masuk=masuk))


def write_rka_book(year: Year, beside: Path | None = None) -> Written:
    """Write RKA-TAHUN.xlsx to hasil/, or into the folder of the recap that was written ``beside``; with last year's recap for
    the allocation n−1 where there is one. Raises InputError and OutputError.
    """
    from kinerja_xl.writing.shown.rka import write_rka  # what the recap alone does not need

    back, _ = year.last_recap
    wanted = (beside.parent if beside else year.folder / HASIL) / f"RKA-{year.office.tahun}.xlsx"
    return put(wanted, write_rka(year.recap, back.counted("kode_sub") if back else None))


def write_review_book(year: Year) -> str:
    """Write hasil/Lembar-Penelaahan.xlsx; one sentence of what was done. Raises OutputError.

    A sheet into which the meeting has written anything is left as it is.
    """
    from kinerja_xl.reckoning.plan.review import review_of
    from kinerja_xl.writing.form.penelaahan import write_review

    target = year.folder / HASIL / REVIEW_FILE
    data = write_review(review_of(year.recap), year.office)
    with turn(year.folder, "rekap --penelaahan"):
        if there(target) and holds_review(target, year.office):
            return f"Dibiarkan: {target} sudah diisi. Pindahkan atau ganti namanya bila ingin lembar yang baru."
        return f"Ditulis: {save(target, data).path}"  # under this name alone kunci looks for it


def holds_review(path: Path, office: Office) -> bool:
    """Whether somebody has filled it in; what can't be read counts as filled."""
    from kinerja_xl.reckoning.plan.agreed import is_filled

    data, trouble = read_bytes(path)
    if trouble:
        return True
    book = read_workbook(data, path.name, REVIEW_VERSIONS, office_listings(office))
    return book.content is None or bool(book.reading.reported) or is_filled(book.content)
