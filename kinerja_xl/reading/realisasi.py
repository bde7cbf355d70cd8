"""One returned measuring workbook: whose it is, for which triwulan and plan it was made, and what stands in it.

Only reads. Which file counts is decided in ``reckoning/returns``, what is wrong with it in ``checking/realisasi``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kinerja_xl.office import Office
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A file of masuk/TWn. ``triwulan`` is its folder's, ``stated`` what its Identitas says (None: nothing readable).

    ``kind`` is the key of its book, "" when it could not be read; ``sign`` and ``plan`` the short hash and the name of the
    plan that it was made from. ``foreign``: a realisasi of the budgeting system, not our money workbook.
    """

    submission: Submission
    triwulan: int
    kind: str = ""
    stated: int | None = None
    sign: str = ""
    plan: str = ""
    foreign: bool = False

    @property
    def file(self) -> str:
        return self.submission.file

    @property
    def unit(self) -> str:
        return self.submission.unit

    def rows(self, table: str) -> tuple[Row, ...]:
        return self.submission.content.rows(table) if self.submission.content else ()


def return_file(triwulan: int, name: str) -> str:
    """The name of a returned file in catatan: units use the same one every triwulan."""
    return f"TW{triwulan}/{name}"


def read_return(data: bytes, name: str, triwulan: int, lists: Listings, office: Office) -> Return:
    """Read a file of masuk/TWn. Nothing is raised; what could not be read has its finding."""
    found = read_submission(data, return_file(triwulan, name), lists, office, MEASURING)
    content = found.content
    form = (content.form("identitas") if content else None) or Row(values={})
    findings = tuple(f.at(code="C209") if f.code == "T208" else f for f in found.findings)
    stated, typed = form.get("triwulan"), form.get("tanggal_disampaikan")
    registered = office.receipts_tw.get((triwulan, found.unit, found.revisi))
    return Return(
        submission=replace(found, findings=findings, tanggal=registered or (typed if isinstance(typed, date) else None)),
        triwulan=triwulan,
        kind=content.book.key if content else "",
        stated=int(stated) if isinstance(stated, Decimal) else None,
        sign=str(form.get("tanda_rencana") or ""),
        plan=str(form.get("rencana") or ""),
    )
