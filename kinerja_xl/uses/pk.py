"""Use cases of paper: the PK letters of a year's folder, and the mail that carries its recap. Nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import Severity
from kinerja_xl.office.folder import HASIL, InputError, read_bytes
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan.agreements import Agreement, Note, agreements, differences
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, round_half_up
from kinerja_xl.uses.cetak import CETAK, counted_file, prints, submission_of
from kinerja_xl.uses.plans import current_plan
from kinerja_xl.uses.workflow import rekap
from kinerja_xl.writing.letters.pk import file_name, fill, pk_context, write_pk
from kinerja_xl.writing.letters.post import PdfError, draft, write_pdfs
from kinerja_xl.writing.output import OutputError, Written, write_whole
from kinerja_xl.writing.shown.recap import write_recap

SURAT, TEMPLAT = "surat", "templat"
LAYOUT = "PK.docx"
"""The office's own layout of the PK, in the folder ``templat`` of the year."""

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_NEED_ATTENTION = (Status.TIDAK_TERBACA, Status.BELUM, Status.TERLAMBAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paperwork:
    """What a verb wrote, and what the office should know about it."""

    written: tuple[Written, ...]
    notes: tuple[Note, ...] = ()

    @property
    def needs_work(self) -> bool:
        """Whether something is still to be completed: exit status 1."""
        return any(note.severity is not Severity.INFO for note in self.notes)


def pk_letters(folder: Path, only: str | None = None, tanggal: date | None = None, *, pdf: bool = False) -> Paperwork:
    """Write hasil/surat/: a PK letter for everybody in the chain and one file with all of them.

    ``only``: a unit's code, camat, sekcam or the post of a member of staff; then only that letter is written. Amounts
    are those of the locked plan in arsip/, else of the recap. Raises InputError, OutputError.
    """
    recap = rekap(folder)
    office = recap.office
    locked, said = current_plan(folder, office.tahun)
    found = agreements(recap, locked.plan if locked else None, _days(folder, recap), tanggal)
    chosen = [a for a in found if only in (None, a.kode)]
    if not chosen:
        raise InputError(f"Tidak ada pejabat dengan kode {only} (yang ada: {', '.join(a.kode for a in found)}).")
    notes = [*_about_amounts(office, locked.plan if locked else None), *([] if locked else differences(recap))]
    notes += [Note(sentence=f"{f.file}: {f.masalah} {f.perbaikan}") for f in said]
    notes += dict.fromkeys(note for a in chosen for note in a.notes)
    files, more = _letters(folder, chosen, office, everybody=only is None)
    return finish(folder / HASIL / SURAT, files, [*notes, *more], pdf=pdf)


def _letters(
    folder: Path, chosen: Sequence[Agreement], office: Office, *, everybody: bool
) -> tuple[dict[str, bytes], list[Note]]:
    """The bytes of each letter by file name: in the office's own layout where it gives one, else in ours."""
    layout = folder / TEMPLAT / LAYOUT
    if layout.exists():
        data, trouble = read_bytes(layout)
        if trouble:
            raise InputError(f"{layout} tidak dapat dibuka.", (trouble,))
        files = {file_name(a, office.tahun): fill(data, f"{TEMPLAT}/{LAYOUT}", pk_context(a, office)) for a in chosen}
        words = f"Tata letak mengikuti {TEMPLAT}/{LAYOUT}; berkas gabungan hanya dibuat dengan tata letak bawaan."
        return files, [Note(sentence=words, severity=Severity.INFO)] if everybody else []
    files = {file_name(a, office.tahun): write_pk([a], office) for a in chosen}
    return files | ({file_name(None, office.tahun): write_pk(chosen, office)} if everybody else {}), []


def _about_amounts(office: Office, plan: Plan | None) -> list[Note]:
    """Where the amounts come from; from penetapan on they should be the locked plan's (V.C)."""
    if plan is not None:
        day = f" tanggal {format_date(plan.tanggal)}" if plan.tanggal else ""
        return [Note(sentence=f"Anggaran PK menurut {plan.tahap}{day}.", severity=Severity.INFO)]
    draft_stage = office.tahap in ("", "usulan")
    words = "Anggaran PK menurut usulan yang dihitung dalam rekap; surat ini masih rancangan."
    if not draft_stage:
        words = f"Tahap {office.tahap}, tetapi belum ada rencana yang dikunci (kinerja-xl kunci); anggaran PK menurut rekap."
    return [Note(sentence=words, severity=Severity.INFO if draft_stage else Severity.CEK)]


def _days(folder: Path, recap: Recap) -> dict[str, date]:
    """The date on each unit's own PK sheet: disetujui, else disampaikan."""
    lists = office_listings(recap.office)
    found: dict[str, date] = {}
    for unit in recap.office.units:
        source = counted_file(recap, unit.kode)
        submission = submission_of(folder, source, lists, recap.office) if source else None
        form = submission.pk if submission else None
        days = [form.get(key) for key in ("tanggal_disetujui", "tanggal_disampaikan")] if form else []
        dated = [day for day in days if isinstance(day, date)]
        if dated:
            found[unit.kode] = dated[0]
    return found


def printed_forms(folder: Path, only: str | None = None, tanggal: date | None = None, *, pdf: bool = False) -> Paperwork:
    """Write hasil/cetak/: every form of the units on paper. Raises InputError, OutputError."""
    recap = rekap(folder)
    locked, said = current_plan(folder, recap.office.tahun)
    files, notes = prints(folder, recap, locked.plan if locked else None, only, tanggal)
    notes += [Note(sentence=f"{f.file}: {f.masalah} {f.perbaikan}") for f in said]
    return finish(folder / HASIL / CETAK, files, notes, pdf=pdf)


def finish(place: Path, files: Mapping[str, bytes], notes: Sequence[Note], *, pdf: bool) -> Paperwork:
    """Put files into a folder of hasil/, and beside them the same as PDF where that is asked for and possible."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Folder {place} tidak dapat dibuat: {error.strerror}.", place) from error
    written = [write_whole(place / name, data) for name, data in files.items()]
    done = Paperwork(written=tuple(written), notes=tuple(notes))
    if not pdf:
        return done
    try:
        made = write_pdfs([one.path for one in written])
    except PdfError as error:
        more = Note(sentence=str(error), severity=Severity.INFO)
        return replace(done, written=(*written, *error.written), notes=(*notes, more))
    return replace(done, written=(*written, *made))


def mail_draft(folder: Path, to: Sequence[str], target: Path | None = None, tanggal: date | None = None) -> Paperwork:
    """Write hasil/Surel-Rekap-….eml: a draft with the recap attached. Raises InputError, OutputError."""
    wrong = [address for address in to if not _ADDRESS.fullmatch(address)]
    if wrong or not to:
        raise InputError(f"Alamat surel {', '.join(wrong)} tidak lengkap; tulis seperti camat@contoh.go.id.")
    recap = rekap(folder, tanggal=tanggal)
    office = recap.office
    subject = f"Rekap usulan rencana kinerja dan anggaran {office.tahun}, {office.nama}"
    data = draft(to, subject, covering_text(recap), f"Rekap-{office.tahun}.xlsx", write_recap(recap))
    wanted = target or folder / HASIL / f"Surel-Rekap-{office.tahun}.eml"
    return finish(wanted.parent, {wanted.name: data}, (), pdf=False)


def five_figures(recap: Recap) -> tuple[tuple[str, str], ...]:
    """What the Camat asks first: units in, total, share of pagu, open catatan, late."""
    units = recap.units
    pagu = sum(unit.pagu for unit in units)
    share = (
        f"{format_number(round_half_up(recap.total_rab * 100 / Decimal(pagu), 2), 2)}% dari {format_rupiah(pagu)}"
        if pagu
        else "pagu belum diisi"
    )
    handed_in = sum(1 for unit in units if unit.status is not Status.BELUM)
    late = [unit.nama for unit in units if unit.status in _NEED_ATTENTION]
    open_notes = sum(1 for f in recap.findings if f.severity is not Severity.INFO)
    return (
        ("Unit yang menyampaikan", f"{handed_in} dari {len(units)}"),
        ("Usulan yang dihitung", format_rupiah(recap.total_rab)),
        ("Bagian dari pagu", share),
        ("Catatan yang masih terbuka", str(open_notes)),
        ("Terlambat, belum, atau tidak terbaca", f"{len(late)} ({', '.join(late)})" if late else "tidak ada"),
    )


def covering_text(recap: Recap) -> str:
    """The letter's text: greeting, five figures, what the attachment is."""
    office = recap.office
    day = f" keadaan {format_date(recap.tanggal)}" if recap.tanggal else ""
    figures = "\n".join(f"- {name}: {value}" for name, value in five_figures(recap))
    held = format_rupiah(recap.total_tidak_dihitung) if recap.total_tidak_dihitung else ""
    beside = f"\nDi luar jumlah itu {held} tidak dihitung.\n" if held else ""
    return (
        f"Yth. Camat,\n\nTerlampir rekap usulan rencana kinerja dan anggaran {office.nama} "
        f"Tahun Anggaran {office.tahun}{day}.\n\n"
        f"{figures}\n{beside}\nRincian, catatan, dan asal data ada pada lampiran.\n"
    )
