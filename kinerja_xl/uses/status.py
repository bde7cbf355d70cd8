"""``status``: where a year's folder stands. It only reads."""

from __future__ import annotations

from pathlib import Path

from kinerja_xl.office.folder import FORMULIR, HASIL, MASUK, READ_SUFFIXES, folder_of, listed, there
from kinerja_xl.office.place import typed
from kinerja_xl.reckoning.year.status import LAST_QUARTER, Files, YearStatus, year_status
from kinerja_xl.uses.arsip import REVIEW_FILE
from kinerja_xl.uses.rekap import holds_review
from kinerja_xl.uses.year import Year


def status(year: Year) -> YearStatus:
    """Where the year stands. Raises InputError without a usable Kantor.xlsx or without masuk/."""
    files = _files(year)
    last = max(files.asked, default=0)
    realised = year.returns(last) if year.plans and last else None
    return year_status(year.recap, [(one.path.name, one.plan) for one in year.plans], realised, files)


def _files(year: Year) -> Files:
    folder = year.folder
    review = folder / HASIL / REVIEW_FILE
    numbers = range(1, LAST_QUARTER + 1)
    asked = (n for n in numbers if any(_workbooks(folder / name / folder_of(n)) for name in (FORMULIR, MASUK)))
    return Files(
        folder=typed(folder), forms=_workbooks(folder / FORMULIR), review=f"{HASIL}/{REVIEW_FILE}" if there(review) else "",
        reviewed=there(review) and holds_review(review, year.office), dated=_dated(year), asked=frozenset(asked),
        results=frozenset(path.name for path in listed(folder / HASIL)),
    )  # fmt: skip


def _dated(year: Year) -> bool:
    """Whether the Lembar Penelaahan says of which day it is."""
    content, _ = year.review
    form = content.form("telaah") if content else None
    return form is not None and form.get("tanggal") is not None


def _workbooks(place: Path) -> bool:
    names = [path.name for path in listed(place)]
    return any(name.lower().endswith(READ_SUFFIXES) and not name.startswith(("~$", ".")) for name in names)
