"""The report of the year as a use case: the measured year → hasil/LKjIP-….docx."""

from __future__ import annotations

from pathlib import Path

from kinerja_xl.catatan import Severity
from kinerja_xl.office.folder import HASIL
from kinerja_xl.reckoning.plan.agreements import Note
from kinerja_xl.uses.capaian import findings_of, measured, year_trends
from kinerja_xl.uses.pk import Paperwork, finish
from kinerja_xl.uses.workflow import needs_work
from kinerja_xl.writing.letters.lkjip import write_lkjip


def lkjip(folder: Path, target: Path | None = None, *, pdf: bool = False) -> Paperwork:
    """Write the tables of chapter III, by default to hasil/. Raises InputError, OutputError."""
    year = measured(folder)
    trends, said = year_trends(year, folder)
    wanted = target or folder / HASIL / f"LKjIP-{year.plan.tahun}.docx"
    notes = [Note(sentence=f"{finding.file}: {finding.masalah} {finding.perbaikan}") for finding in said]
    open_findings = findings_of(year)
    if needs_work(open_findings):
        words = f"Masih ada catatan atas realisasi; lihat lembar Catatan dengan kinerja-xl capaian {folder}."
        notes.append(Note(sentence=words, severity=Severity.CEK))
    return finish(wanted.parent, {wanted.name: write_lkjip(year, trends)}, notes, pdf=pdf)
