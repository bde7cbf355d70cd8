"""``pk``: the PK letters of a year's folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from docx import Document

from kinerja_xl.catatan import Severity
from kinerja_xl.office.folder import HASIL, InputError, read_bytes, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import beside
from kinerja_xl.reckoning.plan import PROPOSAL, InForce
from kinerja_xl.reckoning.plan.agreements import Agreement, Note, agreements, differences
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.ikatan import SURAT_PIMPINAN_TABLE
from kinerja_xl.uses.cetak import Paperwork, counted_file, finish, nameless, notes_of, unopened
from kinerja_xl.uses.year import Year
from kinerja_xl.words.text import fold
from kinerja_xl.writing.letters.layout import fill
from kinerja_xl.writing.letters.pk import file_name, pk_context, write_pk

SURAT, TEMPLAT = "surat", "templat"
LAYOUT = "PK.docx"
"""The office's own layout of the PK, in the folder ``templat`` of the year."""


def pk_letters(folder: Path, only: str | None = None, tanggal: date | None = None, *, pdf: bool = False) -> Paperwork:
    """Write hasil/surat/: a PK letter for everybody in the chain and one file with all of them.

    ``only``: a unit's code, camat, sekcam or the post of a member of staff; then only that letter is written. Amounts
    are those of the locked plan in arsip/, else of the recap. Raises InputError, OutputError.
    """
    year = Year(folder)
    recap, office = year.recap, year.office
    locked = year.locked
    found = agreements(recap, locked, _days(year), tanggal)
    chosen = [a for a in found if only in (None, a.kode)]
    if not chosen:
        raise InputError(f"Tidak ada pejabat dengan kode {only} (yang ada: {', '.join(a.kode for a in found)}).")
    notes = [*_about_amounts(office, locked), *([] if locked else differences(recap))]
    notes += [*notes_of(year.said_of_plans), *unopened(recap.findings)]
    notes += dict.fromkeys(note for a in chosen for note in a.notes)
    notes += nameless(line.kode for a in chosen for line in a.money if not line.nama)
    files, more = _letters(folder, chosen, office, everybody=only is None)
    return finish(folder / HASIL / SURAT, files, [*notes, *more], pdf=pdf)


def _letters(
    folder: Path, chosen: Sequence[Agreement], office: Office, *, everybody: bool
) -> tuple[dict[str, bytes], list[Note]]:
    """The bytes of each letter by file name: in the office's own layout where it gives one, else in ours."""
    layout = folder / TEMPLAT / LAYOUT
    if there(layout):
        data, trouble = read_bytes(layout)
        if trouble:
            raise InputError(f"{layout} tidak dapat dibuka.", (trouble,))
        made = fill(data, f"{TEMPLAT}/{LAYOUT}", [pk_context(a, office) for a in chosen])
        files = {file_name(a, office.tahun): one for a, one in zip(chosen, made, strict=True)}
        words = f"Tata letak mengikuti {TEMPLAT}/{LAYOUT}; berkas gabungan hanya dibuat dengan tata letak bawaan."
        notes = [Note(sentence=words, severity=Severity.INFO)] if everybody else []
        return files, [*notes, *_unsaid(chosen, made)]
    files = {file_name(a, office.tahun): write_pk([a], office) for a in chosen}
    return files | ({file_name(None, office.tahun): write_pk(chosen, office)} if everybody else {}), []


def _unsaid(chosen: Sequence[Agreement], made: Sequence[bytes]) -> Iterator[Note]:
    """What stands beside an agreement's sum and the office's own layout leaves out."""
    for agreement, letter in zip(chosen, made, strict=True):
        words = beside(agreement.outside)
        if words and words not in "".join(Document(BytesIO(letter)).element.body.itertext()):
            lacking = f"{TEMPLAT}/{LAYOUT} tidak memuat {{{{ di_luar }}}}, sehingga surat tidak mengatakannya"
            yield Note(sentence=f"PK {agreement.kode}: {words} {lacking}.")


def _about_amounts(office: Office, locked: InForce | None) -> list[Note]:
    """Where the amounts come from; from penetapan on they should be the locked plan's (V.C)."""
    if locked is not None:
        return [Note(sentence=f"Target dan anggaran PK {locked.sentence}.", severity=Severity.INFO)]
    draft_stage = office.tahap in ("", PROPOSAL)
    words = "Anggaran PK menurut usulan yang dihitung dalam rekap; surat ini masih rancangan."
    if not draft_stage:
        words = f"Tahap {office.tahap}, tetapi belum ada rencana yang dikunci (kinerja-xl kunci); anggaran PK menurut rekap."
    return [Note(sentence=words, severity=Severity.INFO if draft_stage else Severity.CEK)]


def _days(year: Year) -> dict[str, date]:
    """The date on each unit's own PK sheet, of the file that brought its PK where there is one, and of the leaders' letters in
    Kantor.xlsx: disetujui, else disampaikan."""
    content = year.office.content
    rows = content.rows(SURAT_PIMPINAN_TABLE.key) if content else ()
    found = {fold(row.text("jabatan_kode")): day for row in rows if (day := _day(row))}
    signed = {source.unit: source for source in year.recap.sources if source.status == Standing.PK.value}
    for unit in year.office.units:
        source = signed.get(unit.kode) or counted_file(year.recap, unit.kode)
        submission = year.submission(source.file) if source else None
        form = submission.pk if submission else None
        if form and (day := _day(form)):
            found[unit.kode] = day
    return found


def _day(form: Row) -> date | None:
    days = (form.get(key) for key in ("tanggal_disetujui", "tanggal_disampaikan"))
    return next((day for day in days if isinstance(day, date)), None)
