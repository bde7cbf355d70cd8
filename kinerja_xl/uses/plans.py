"""Locked plans on disk: read one back with its hash verified, and find the one that is in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import ARSIP, read_bytes
from kinerja_xl.package import Package
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.workbook import Versions, read_workbook
from kinerja_xl.reckoning.plan import Plan, Unreadable, digest, plan_of
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.penetapan import HASH_PROPERTY, PENETAPAN

PLAN_VERSIONS: Versions = {PENETAPAN.version: PENETAPAN}
_FIRST = "Penetapan"


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
        data, trouble = read_bytes(source)
        if trouble:
            return None, (trouble,)
    else:
        data = source
    book = read_workbook(data, file, {PENETAPAN.key: PLAN_VERSIONS}, Listings(by_name={}))
    if book.content is None:
        return None, tuple(book.findings)
    try:
        plan = plan_of(book.content)
    except Unreadable as error:
        sheet, cell = error.args
        return None, (*book.findings, Finding(code="D121", file=file, sheet=sheet, cell=cell))
    stated = {plan.sha256, _property(data, file) or plan.sha256}
    changed = stated != {digest(plan)}
    form = book.content.form("penetapan")
    place = (form.sheet, form.cell("sha256")) if form else ("", "")
    said = (Finding(code="D120", file=file, sheet=place[0], cell=place[1]),) if changed else ()
    return plan, (*book.findings, *said)


def _property(data: bytes, file: str) -> str:
    passed = inspect(data, file)
    package: Package | None = passed.package if isinstance(passed, Passed) else None
    return package.properties.get(HASH_PROPERTY, "") if package else ""


def plan_files(folder: Path, tahun: int) -> list[Path]:
    """The locked plans of a year in arsip/, in order of name."""
    place = folder / ARSIP
    names = sorted(place.glob(f"{_FIRST}-{tahun}*.xlsx")) if place.is_dir() else []
    return [path for path in names if path.stem == f"{_FIRST}-{tahun}" or path.stem.startswith(f"{_FIRST}-{tahun}-")]


def plan_name(tahun: int, tahap: str, nomor: int) -> str:
    """``Penetapan-2025.xlsx``, ``Penetapan-2025-perubahan-1.xlsx``."""
    return f"{_FIRST}-{tahun}{f'-{tahap}-{nomor}' if nomor else ''}.xlsx"


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


def current_plan(folder: Path, tahun: int) -> tuple[Locked | None, tuple[Finding, ...]]:
    """The plan in force: the one that was locked last; None where none is locked yet."""
    plans, findings = locked_plans(folder, tahun)
    return (plans[-1] if plans else None), findings
