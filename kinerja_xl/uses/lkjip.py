"""``lkjip``: the tables of chapter III of the year's report → hasil/LKjIP-….docx."""

from __future__ import annotations

from pathlib import Path

from kinerja_xl.catatan import Severity, needs_work
from kinerja_xl.office.folder import HASIL
from kinerja_xl.office.place import typed
from kinerja_xl.reckoning.capaian.measure import trends
from kinerja_xl.reckoning.plan.agreements import Note
from kinerja_xl.uses.capaian import findings_of, measured
from kinerja_xl.uses.cetak import Paperwork, finish, notes_of, unopened
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.letters.post import pages_of_bookmarks

_PRESS = "di Word tekan Ctrl+A lalu F9"
UPDATED = f"Sesudah analisis diisi, perbarui nomor halaman Daftar Tabel: {_PRESS}."
NO_PAGES = f"Nomor halaman Daftar Tabel belum terisi, sebab LibreOffice tidak ditemukan di komputer ini: {_PRESS}."


def lkjip(folder: Path, target: Path | None = None, *, pdf: bool = False) -> Paperwork:
    """Write the tables of chapter III, by default to hasil/. Raises InputError, OutputError."""
    year = Year(folder)
    found = measured(year)
    wanted = target or folder / HASIL / f"LKjIP-{found.plan.tahun}.docx"
    values, said = year.earlier
    notes = [*notes_of(said), *unopened(year.kantor.findings)]
    if needs_work(findings_of(found)):
        words = f"Masih ada catatan atas realisasi; lihat lembar Catatan dengan kinerja-xl capaian {typed(folder)}."
        notes.append(Note(sentence=words, severity=Severity.CEK))
    over_years = trends(found, values)
    document = write_lkjip(found, over_years)
    if pages := pages_of_bookmarks(document):
        document = write_lkjip(found, over_years, pages)
    words = UPDATED if pages else NO_PAGES
    return finish(wanted.parent, {wanted.name: document}, [*notes, Note(sentence=words, severity=Severity.INFO)], pdf=pdf)
