"""One file of the folder masuk/ becomes a ``Submission``: whose it is, for which year, which revision, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding, settled
from kinerja_xl.office.folder import Submission, folder_of
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.workbook import ReadBook, Versions, read_workbook
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Identity, Row
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.sheets.usulan import IDENTITAS_FORM, USULAN_VERSIONS
from kinerja_xl.sheets.values import fold

ACCEPTED: Mapping[str, Versions] = {"usulan": USULAN_VERSIONS}


def read_submission(
    data: bytes, file: str, lists: Listings, office: Office | None = None, accepted: Mapping[str, Versions] = ACCEPTED
) -> Submission:
    """Read a unit's workbook. Without an office its unit and year are believed and the rest is checked all the same."""
    book = read_workbook(data, file, accepted, lists)
    identity = book.content.form("identitas") if book.content else None
    unit = _unit(book, identity, office)
    whose = [f.at(file=file) for f in _identity_findings(book, identity, unit, office)] if book.content is not None else []
    findings = [*book.findings, *whose]
    receipt, revisi = _received(identity, unit, office)
    return Submission(
        file=file, sha256=book.sha256, unit=unit, version=book.content.book.version if book.content else 0, content=book.content,
        findings=tuple(f.at(unit=unit) for f in findings), rows_read=dict(book.reading.rows_read),
        reported=frozenset(book.reading.reported | settled(whose)), missing=frozenset(book.reading.missing),
        totals=tuple(book.reading.totals), revisi=revisi, tanggal=receipt,
    )  # fmt: skip


def _unit(book: ReadBook, identity: Row | None, office: Office | None) -> str:
    """The unit's code in the office's spelling: what the form was made for, else Identitas; "" when neither can be read.

    Where both are there and disagree the file is held back (T206) and stays with the unit that got the form.
    """
    typed = identity.get("unit") if identity else None
    code = book.identity.unit if book.identity and book.identity.unit else str(typed or "")
    if office is None or office.unit(code):
        return code
    return next((u.kode for u in office.units if fold(u.kode) == fold(code)), code)


def _received(identity: Row | None, unit: str, office: Office | None) -> tuple[date | None, int]:
    """Date of receipt (the office's register before the form's own date; never file times) and revision number."""
    number = identity.get("revisi") if identity else None
    revisi = int(number) if isinstance(number, Decimal) and number == int(number) else 0
    registered = office.receipts.get((unit, revisi)) if office else None
    typed = identity.get("tanggal_disampaikan") if identity else None
    return registered or (typed if isinstance(typed, date) else None), revisi


def of_others(own: Identity | None, office: Office) -> Finding | None:
    """What is said of a book whose mark names another year (T205) or another office (T207)."""
    if own and own.tahun != str(office.tahun):
        return Finding(code="T205", value=own.tahun, args={"rincian": str(office.tahun)})
    if own and fold(own.kantor) != fold(office.nama):
        return Finding(code="T207", value=own.kantor, args={"rincian": office.nama})
    return None


def _field(key: str) -> Column:
    return next(c for c in IDENTITAS_FORM.fields if c.key == key)


def _identity_findings(book: ReadBook, identity: Row | None, unit: str, office: Office | None) -> list[Finding]:
    """Contradictions between Identitas, the form's own mark and the office. The first of them is enough."""
    own = book.identity
    typed, kantor = (str(identity.get(key) or "") if identity else "" for key in ("unit", "kantor"))
    year = identity.get("tahun") if identity else None
    tahun = str(int(year)) if isinstance(year, Decimal) else (own.tahun if own else "")

    def say(code: str, key: str, value: str, detail: str) -> list[Finding]:
        sheet, cell = (identity.sheet, identity.cell(key)) if identity else ("", "")
        return [Finding(code=code, sheet=sheet, cell=cell, column=_field(key).label, value=value, args={"rincian": detail})]

    if own and typed and fold(own.unit) != fold(typed):
        return say("T206", "unit", typed, own.unit)
    if own and tahun and tahun != own.tahun:
        return say("T206", "tahun", tahun, own.tahun)
    if office is None:
        return []
    kantor = own.kantor if own else kantor
    if kantor and fold(kantor) != fold(office.nama):
        return say("T207", "kantor", kantor, office.nama)
    if tahun and tahun != str(office.tahun):
        return say("T205", "tahun", tahun, str(office.tahun))
    if office.unit(unit) is None:
        return say("T204", "unit", unit, ", ".join(u.kode for u in office.units))
    return []


# ---- One returned measuring workbook: whose it is, for which triwulan and plan it was made, and what stands in it ----
# Only reads. Which file counts is decided in ``reckoning/returns``, what is wrong with it in ``checking/realisasi``.

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
    return f"{folder_of(triwulan)}/{name}"


def read_return(data: bytes, name: str, triwulan: int, lists: Listings, office: Office | None) -> Return:
    """Read a file of masuk/TWn; ``triwulan`` 0: of the one that it states itself, where it does. Nothing is raised; what could
    not be read has its finding."""
    found = read_submission(data, return_file(triwulan, name), lists, office, MEASURING)
    content = found.content
    form = (content.form("identitas") if content else None) or Row(values={})
    findings = tuple(f.at(code="C209") if f.code == "T208" else f for f in found.findings)
    stated, typed = form.get("triwulan"), form.get("tanggal_disampaikan")
    number = int(stated) if isinstance(stated, Decimal) else None
    triwulan = triwulan or (number if number in range(1, 5) else 0) or 0
    registered = office.receipts_tw.get((triwulan, found.unit, found.revisi)) if office else None
    return Return(
        submission=replace(found, findings=findings, tanggal=registered or (typed if isinstance(typed, date) else None)),
        triwulan=triwulan, kind=content.book.key if content else "", stated=number,
        sign=str(form.get("tanda_rencana") or ""), plan=str(form.get("rencana") or ""),
    )  # fmt: skip
