"""What the pages show of a year's folder, read once for each state of its files. Brings the readers with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.reckoning.capaian import Year as Measured
from kinerja_xl.reckoning.plan import InForce
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.year.status import YearStatus
from kinerja_xl.uses.capaian import findings_of, measured
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.status import status
from kinerja_xl.uses.year import Progress, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A year as its page shows it."""

    status: YearStatus
    recap: Recap
    locked: InForce | None


def _standing(folder: Path, progress: Progress) -> Standing:
    year = Year(folder, progress)
    return Standing(status=status(year), recap=year.recap, locked=year.locked)


def _checked(folder: Path, progress: Progress) -> list[Finding]:
    return periksa([folder], progress)


def _reached(triwulan: int) -> Callable[[Path, Progress], Measured]:
    return lambda folder, progress: measured(Year(folder, progress), triwulan)


STANDING, CHECKED = "tahun", "periksa"


def reached(triwulan: int) -> str:
    """The name of what is measured until a triwulan."""
    return f"capaian-{triwulan}"


READS: Mapping[str, Callable[[Path, Progress], object]] = {
    STANDING: _standing, CHECKED: _checked, **{reached(n): _reached(n) for n in range(1, 5)},
}  # fmt: skip


def said_of(measured: Measured) -> list[Finding]:
    """Everything said about a measured year."""
    return findings_of(measured)
