"""Reading arsip/: the locked plans, each with its hash verified, and what earlier years left there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import count
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import ARSIP, HASIL, InputError, listed, name_part, read_bytes, read_listed, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import Package
from kinerja_xl.reading.gate import Passed, all_sheets, inspect
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.own_book import RecapBack, YearValue, read_capaian, read_recap
from kinerja_xl.reading.workbook import Versions, read_workbook
from kinerja_xl.reckoning.plan import Plan, Unreadable, digest, plan_of
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.penetapan import HASH_PROPERTY, PENELAAHAN, PENELAAHAN_VERSIONS, PENETAPAN, PENETAPAN_VERSIONS
from kinerja_xl.words.text import fold

PLAN_VERSIONS: Versions = PENETAPAN_VERSIONS
REVIEW_FILE = "Lembar-Penelaahan.xlsx"
REVIEW_VERSIONS: Mapping[str, Versions] = {PENELAAHAN.key: PENELAAHAN_VERSIONS}
_FIRST = "Penetapan"
_TAKEN_BACK = "-dibatalkan-"
"""In the name of a plan that is no longer read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A locked plan with its file."""

    path: Path
    plan: Plan


def read_plan(source: Path | bytes, file: str = "") -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan of a locked workbook, and what is to be said about it. Raises InputError when the file is missing.

    A plan that was changed since is given as it stands, with a catatan (D120) that names the file; None where it
    cannot be read in full.
    """
    if isinstance(source, Path):
        file = file or source.name
        data, trouble = read_listed(source)
        if trouble:
            return None, (trouble,)
    else:
        data = source
    book = read_workbook(data, file, {PENETAPAN.key: PLAN_VERSIONS}, Listings(by_name={}))
    found = tuple(one for one in book.findings if one.code != "T203")  # what is locked stays as it was written
    if book.content is None:
        return None, found
    try:
        plan = plan_of(book.content)
    except Unreadable as error:
        sheet, cell = error.args
        return None, (*found, Finding(code="D121", file=file, sheet=sheet, cell=cell))
    stated = {plan.sha256, _property(data, file) or plan.sha256}
    changed = stated != {digest(plan)}
    form = book.content.form("penetapan")
    place = (form.sheet, form.cell("sha256")) if form else ("", "")
    said = (Finding(code="D120", file=file, sheet=place[0], cell=place[1]),) if changed else ()
    return plan, (*found, *said)


def _property(data: bytes, file: str) -> str:
    passed = inspect(data, file, unread=all_sheets)
    package: Package | None = passed.package if isinstance(passed, Passed) else None
    return package.properties.get(HASH_PROPERTY, "") if package else ""


def plan_files(folder: Path, tahun: int) -> list[Path]:
    """The locked plans of a year in arsip/, in order of name."""
    names = (path for path in listed(folder / ARSIP) if path.suffix == ".xlsx")
    own = [path for path in names if path.stem == f"{_FIRST}-{tahun}" or path.stem.startswith(f"{_FIRST}-{tahun}-")]
    return [path for path in own if _TAKEN_BACK not in path.stem]


def plan_name(tahun: int, tahap: str, nomor: int) -> str:
    """``Penetapan-2025.xlsx``, ``Penetapan-2025-perubahan-1.xlsx``."""
    return f"{_FIRST}-{tahun}{f'-{tahap}-{nomor}' if nomor else ''}.xlsx"


def taken_back_name(path: Path) -> Path:
    """Where a plan that was taken back is kept, beside it: ``Penetapan-2025-dibatalkan-1.xlsx``, with the next free number."""
    names = (path.with_name(f"{path.stem}{_TAKEN_BACK}{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not there(name))


def locked_plans(folder: Path, tahun: int) -> tuple[tuple[Locked, ...], tuple[Finding, ...]]:
    """Every readable locked plan of a year in the order in which they were locked, and what was said about them."""
    found: list[Locked] = []
    said: list[Finding] = []
    for path in plan_files(folder, tahun):
        plan, findings = read_plan(path)
        said.extend(findings)
        if plan is not None:
            found.append(Locked(path=path, plan=plan))
    return tuple(sorted(found, key=lambda one: one.plan.urutan)), tuple(said)


def read_review(folder: Path, office: Office) -> tuple[BookContent | None, tuple[Finding, ...]]:
    """What the meeting wrote into the Lembar Penelaahan in hasil/, else, where none is there or it is still blank, in arsip/.

    None for one that is still blank, that can't be read, or that is another year's or office's: the findings say so.
    """
    for path in _review_files(folder, office.tahun):
        content, said = _review(path, office)
        other = path.parent.name == ARSIP and any(finding.code == "T205" for finding in said)  # keeps those of other years too
        if content or (said and not other):
            return content, said
    return None, ()


def _review_files(folder: Path, tahun: int) -> list[Path]:
    """That of hasil/, then those of arsip/: the one named by the year before any other."""
    own, named, (stem, _, suffix) = folder / HASIL / REVIEW_FILE, f"-{tahun}.", REVIEW_FILE.partition(".")
    kept = [p for p in listed(folder / ARSIP) if fold(p.name).startswith(fold(stem)) and fold(p.name).endswith(suffix)]
    return [*([own] if there(own) else []), *sorted(kept, key=lambda path: path.name != REVIEW_FILE.replace(".", named))]


def _review(path: Path, office: Office) -> tuple[BookContent | None, tuple[Finding, ...]]:
    data, trouble = read_bytes(path)
    if trouble:
        return None, (trouble,)
    book = read_workbook(data, path.name, REVIEW_VERSIONS, office_listings(office))
    own = book.identity
    if book.content is None:
        return None, tuple(book.findings)
    if own and own.tahun != str(office.tahun):
        return None, (Finding(code="T205", file=path.name, value=own.tahun, args={"rincian": str(office.tahun)}),)
    if own and fold(own.kantor) != fold(office.nama):
        return None, (Finding(code="T207", file=path.name, value=own.kantor, args={"rincian": office.nama}),)
    from kinerja_xl.reckoning.plan.agreed import is_filled  # only where the meeting wrote one

    return (book.content if is_filled(book.content) else None), ()


# ---- Earlier years ----

USULAN_LAMA, KANTOR_LAMA = "Usulan-{}-{}.xlsx", "Kantor-{}.xlsx"
"""How ``mulai`` names what a year leaves to the next: unit and year, or year."""


def usulan_before(folder: Path, office: Office) -> tuple[Mapping[str, BookContent], tuple[Finding, ...]]:
    """The usulan of the year before in arsip/, by unit, and what is to be said about files that can't be read."""
    found: dict[str, BookContent] = {}
    said: list[Finding] = []
    before = office.tahun - 1
    for unit in office.units:
        path = folder / ARSIP / USULAN_LAMA.format(name_part(unit.kode), before)
        if there(path):
            data, trouble = read_listed(path)
            book = read_workbook(data, path.name, ACCEPTED, Listings(by_name={}))
            if trouble or book.content is None:
                said += [trouble] if trouble else [f.at(file=path.name) for f in book.findings]
            elif book.identity is None or book.identity.tahun == str(before):
                found[unit.kode] = book.content
    return found, tuple(said)



def last_recap(folder: Path, tahun: int, named: Path | None = None) -> tuple[RecapBack | None, list[Finding]]:
    """The recap of the year before ``tahun``, and why the one that is there is not used.

    Raises InputError for a recap that was ``named`` and can't be used; one that merely lies in arsip/ stops nothing.
    """
    path = named or folder / ARSIP / f"Rekap-{tahun - 1}.xlsx"
    if named is None and not there(path):
        return None, []
    data, trouble = read_bytes(path)
    back = trouble or read_recap(data, path.name)
    broken = () if isinstance(back, Finding) else back.broken
    reason = ""
    if isinstance(back, Finding):
        reason = back.masalah.rstrip(".")
    elif back.tahun != tahun - 1:
        reason = f"isinya rekap tahun {back.tahun or 'yang tidak disebut'}, bukan {tahun - 1}"
    elif not broken:
        return back, []
    if named is not None:
        why = reason or "tidak semua kolomnya ada"
        raise InputError(f"{path} tidak dapat dipakai sebagai rekap tahun lalu: {why}.", () if reason else broken)
    if reason:
        return None, [Finding(code="U916", file=path.name, args={"rincian": reason})]
    return None, [replace(found, code="U917", args={"rincian": found.masalah.rstrip(".")}) for found in broken]


def earlier_years(folder: Path, tahun: int) -> tuple[tuple[YearValue, ...], tuple[Finding, ...]]:
    """What the capaian workbooks of earlier years in arsip/ say, and what is to be said about files that can't be read."""
    values: list[YearValue] = []
    said: list[Finding] = []
    for path in (path for path in listed(folder / ARSIP) if fnmatchcase(path.name, "Capaian-*.xlsx")):
        data, trouble = read_listed(path)
        found = trouble or read_capaian(data, path.name)
        if isinstance(found, Finding):
            said.append(found)
        else:
            values.extend(value for value in found if value.tahun < tahun)
    return tuple(values), tuple(said)
