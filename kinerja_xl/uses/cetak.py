"""``cetak``: TOR with RAB, RKT, Rencana Aksi, nota pengantar, Berita Acara and usulan standar harga on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.usulan.rab_wajar import PEGAWAI
from kinerja_xl.office.folder import HASIL, UNOPENED, name_part
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.reckoning.capaian.lanjut import follow_ups
from kinerja_xl.reckoning.plan import InForce
from kinerja_xl.reckoning.plan.agreements import Note
from kinerja_xl.reckoning.plan.meeting import meeting_of
from kinerja_xl.reckoning.plan.rows import amounts_of, goals_of
from kinerja_xl.reckoning.recap import RabLine, Recap, Source
from kinerja_xl.reckoning.recap.standing import Standing, standard_code
from kinerja_xl.sheets.content import BookContent, SheetContent
from kinerja_xl.sheets.tor import SHORT_KIND
from kinerja_xl.sheets.values import fold, format_rupiah
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.nota import write_berita_acara, write_nota, write_usulan_harga
from kinerja_xl.writing.letters.papers import UnitPapers, catatan_per_sub, when_printed
from kinerja_xl.writing.letters.post import PdfError, write_pdfs
from kinerja_xl.writing.letters.rkt import Acted, write_renaksi, write_rkt
from kinerja_xl.writing.letters.tor import TorContent, write_tor
from kinerja_xl.writing.output import FileSet, Written

CETAK = "cetak"
_PRINTED = (Standing.DIHITUNG.value, Standing.TERLAMBAT.value)
"""Files that are printed: the one that counts, else the late one (its amounts are marked as not counted)."""


# ---- what a verb of paper wrote ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Paperwork:
    """What a verb wrote, and what the office should know about it."""

    written: tuple[Written, ...]
    notes: tuple[Note, ...] = ()

    @property
    def needs_work(self) -> bool:
        """Whether something is still to be completed: exit status 1."""
        return any(note.severity is not Severity.INFO for note in self.notes)


def finish(place: Path, files: Mapping[str, bytes], notes: Sequence[Note], *, pdf: bool) -> Paperwork:
    """Put files into a folder of hasil/, and beside them the same as PDF where that is asked for and possible."""
    made = FileSet()
    for name, data in files.items():
        made.put(place / name, data)
    written = made.end()
    done = Paperwork(written=tuple(written), notes=tuple(notes))
    if not pdf:
        return done
    try:
        pdfs = write_pdfs([one.path for one in written])
    except PdfError as error:
        more = Note(sentence=str(error), severity=Severity.INFO)
        return replace(done, written=(*written, *error.written), notes=(*notes, more))
    return replace(done, written=(*written, *pdfs))


def counted_file(recap: Recap, unit: str) -> Source | None:
    """The file of a unit that is printed; None when it sent none, or none that could be chosen."""
    return next((s for status in _PRINTED for s in recap.sources if s.unit == unit and s.status == status), None)


# ---- every form of the units ----


def printed_forms(folder: Path, only: str | None = None, tanggal: date | None = None, *, pdf: bool = False) -> Paperwork:
    """Write hasil/cetak/: every form of the units on paper. Raises InputError, OutputError."""
    year = Year(folder)
    files, notes = prints(year, only, tanggal)
    said = [Note(sentence=f"RKT dan Rencana Aksi {year.in_force.sentence}.", severity=Severity.INFO), *_proposed(year.in_force)]
    notes = [*said, *notes, *notes_of((*year.said_of_plans, *year.review[1])), *unopened(year.recap.findings)]
    return finish(folder / HASIL / CETAK, files, notes, pdf=pdf)


def _proposed(plan: InForce) -> Iterator[Note]:
    """A TOR is what was proposed: said once a plan is locked that gives its sub kegiatan another amount, or none."""
    other = [f"{sub.kode} {format_rupiah(sub.anggaran)}" for sub in plan.plan.subs if sub.anggaran != sub.diusulkan]
    if plan.locked and other:
        words = f"TOR, RAB-nya, dan Nota menurut usulan; {plan.sentence} anggarannya lain: {', '.join(other)}."
        yield Note(sentence=words, severity=Severity.INFO)


def notes_of(findings: Iterable[Finding]) -> list[Note]:
    """What is said of a file, as a note of the office."""
    return [Note(sentence=f"{f.file}: {f.masalah} {f.perbaikan}") for f in findings]


def nameless(codes: Iterable[str]) -> Iterator[Note]:
    """Of which codes a document leaves the name to be written by hand: a paper to be signed says nothing of our doubts."""
    unknown = sorted(set(codes) - {""})
    if unknown:
        words = f"{', '.join(unknown)} tidak ada namanya pada lembar Program di Kantor.xlsx; tempatnya dikosongkan"
        yield Note(sentence=f"{words}. Isi namanya di sana bila kodenya benar; bila tidak, perbaiki kodenya di berkas unit.")


_SILENT = frozenset({UNOPENED, "G110"})
"""Catatan that change a letter and stand in none: a file, or the logo, that can't be opened just now."""


def unopened(findings: Iterable[Finding]) -> list[Note]:
    """What a letter has to go without, as a note of the office."""
    return notes_of(f for f in findings if f.code in _SILENT)


def prints(year: Year, only: str | None = None, tanggal: date | None = None) -> tuple[dict[str, bytes], list[Note]]:
    """Every document of hasil/cetak/ by file name, and what could not be printed.

    ``only``: a unit's code. ``tanggal``: the day of the Berita Acara, else that of the Lembar Penelaahan; without either it is
    left to be written by hand. Raises InputError for a unit that Kantor.xlsx does not have.
    """
    office, meeting = year.office, meeting_of(year.review[0], year.office)
    chosen = [year.unit(only)] if only else office.units
    notes: list[Note] = []
    papers = [p for unit in chosen if (p := unit_papers(year, unit, notes))]
    files: dict[str, bytes] = {}
    for unit in papers:
        files |= _of_unit(unit, office, year.in_force)
        acta = f"Berita-Acara-{name_part(unit.unit.kode)}-{office.tahun}.docx"
        files[acta] = write_berita_acara(unit, office, year.in_force, meeting, tanggal)
    files |= _of_office(year, chosen, papers, only)
    named = (
        pair
        for line in year.recap.rkt
        if only in (None, line.unit)
        for pair in ((line.program, line.program_nama), (line.kegiatan, line.kegiatan_nama), (line.kode_sub, line.nama_sub))
    )
    notes += nameless(code for code, name in named if not name)
    return files, notes


def _of_unit(papers: UnitPapers, office: Office, in_force: InForce) -> dict[str, bytes]:
    kode, year = name_part(papers.unit.kode), office.tahun
    files: dict[str, bytes] = {}
    for content in papers.tors:
        name = f"TOR-{kode}-{name_part(content.line.kode_sub) or 'tanpa-kode'}"
        again = sum(1 for known in files if known.startswith((f"{name}.", f"{name} (")))
        standing = _standing(in_force, papers.unit.kode, content.line.kode_sub)
        files[f"{name} ({again + 1}).docx" if again else f"{name}.docx"] = write_tor(content, office, standing)
    files[f"Nota-{kode}-{year}.docx"] = write_nota(papers, office)
    return files


def _standing(in_force: InForce, unit: str, kode: str) -> str:
    """By which plan the amounts of a TOR are, and what the plan in force holds for it."""
    said = "Anggaran menurut usulan."
    if (plan := in_force.locked) is None:
        return said
    agreed = sum(sub.anggaran for sub in plan.subs if (sub.unit, sub.kode) == (unit, kode))
    return f"{said} {when_printed(in_force, agreed)}."


def _of_office(year: Year, units: Sequence[Unit], papers: Sequence[UnitPapers], only: str | None) -> dict[str, bytes]:
    recap, plan = year.recap, year.in_force.locked
    name = f"{name_part(only)}-{recap.office.tahun}" if only else str(recap.office.tahun)
    acted = Acted(
        units=units, amounts=amounts_of(recap, plan), goals=goals_of(recap, plan), papers={one.unit.kode: one for one in papers},
        stands_on=recap.in_force, outside=recap.outside([only] if only else None),
        tanggal=recap.in_force.signed(recap.office.tanggal),
        followed=follow_ups(year.earlier[0], recap.office.tahun),
    )  # fmt: skip
    return {
        f"RKT-{name}.docx": write_rkt(recap, only or ""),
        f"Rencana-Aksi-{name}.docx": write_renaksi(acted, recap.office),
        f"Usulan-Standar-Harga-{name}.docx": write_usulan_harga(
            list(_without_standard(recap, only)), recap.office, none_yet=not any(only in (None, x.unit) for x in recap.lines)
        ),
    }


def _without_standard(recap: Recap, only: str | None) -> Iterator[RabLine]:
    """Counted rows without a price standard, as R517 collects them; salaries and bills follow other regulations."""
    short = {(t.file, t.kode_sub) for t in recap.tors if t.row.get("sifat") == SHORT_KIND}
    for line in recap.lines:
        asked = line.counted and only in (None, line.unit) and line.jenis not in ("", PEGAWAI)
        if asked and not standard_code(line.row) and line.row.get("uraian") and (line.file, line.kode_sub) not in short:
            yield line


def unit_papers(year: Year, unit: Unit, notes: list[Note]) -> UnitPapers | None:
    """What a unit handed in, ready for printing; None, with a note, when there is nothing to print."""
    recap = year.recap
    source = counted_file(recap, unit.kode)
    submission = year.submission(source.file) if source else None
    if source is None or submission is None or submission.content is None or submission.parts:  # a layout of others has no form
        own = next(u for u in recap.units if u.kode == unit.kode)
        notes.append(Note(sentence=f"{unit.nama}: tidak ada yang dicetak ({own.status.words})."))
        return None
    rab = tuple(line for line in recap.lines if line.file == source.file)
    indikator = tuple(entry for entry in recap.indikator if entry.file == source.file)
    tors = tuple(_tors(recap, source.file, submission.content, rab))
    own = next(u for u in recap.units if u.kode == unit.kode)
    subs = {t.line.kode_sub: t.line.nama_sub for t in tors}
    for code in dict.fromkeys(line.kode_sub for line in rab if line.kode_sub not in subs):
        node = recap.office.programs.get(code)
        subs[code] = node.nama if node else ""
        words = f"sub kegiatan {code or '(tanpa kode)'} belum mempunyai TOR, sehingga TOR dan RAB-nya tidak dicetak"
        notes.append(Note(sentence=f"{unit.nama}: {words}."))
    return UnitPapers(
        unit=unit, line=own, file=source.file, sha256=source.sha256, revisi=source.revisi,
        identitas=submission.content.form("identitas"), tors=tors, rab=rab, indikator=indikator, diterima=submission.tanggal,
        penerima=_receiver(recap.office, unit.kode, submission.revisi), subs=subs,
        catatan=catatan_per_sub(
            [f for f in recap.findings if f.file == source.file],
            [*((line.row, line.kode_sub) for line in rab), *((e.row, e.kode_sub) for e in indikator)],
            {t.line.row.sheet: t.line.kode_sub for t in tors},
        ),
    )  # fmt: skip


def _tors(recap: Recap, file: str, content: BookContent, rab: Sequence[RabLine]) -> Iterator[TorContent]:
    """Each TOR with the tables of its own sheet, in the order of the codes."""
    sheets: dict[str, SheetContent] = {s.forms["tor"].sheet: s for s in content.all("tor") if "tor" in s.forms}
    for line in sorted((t for t in recap.tors if t.file == file), key=lambda t: t.kode_sub):
        sheet = sheets.get(line.row.sheet)
        tables = sheet.tables if sheet else {}
        yield TorContent(
            line=line, jadwal=tables.get("jadwal", ()), lampiran=tables.get("lampiran", ()),
            rab=tuple(x for x in rab if x.kode_sub == line.kode_sub),
        )  # fmt: skip


def _receiver(office: Office, unit: str, revisi: int) -> str:
    """Who took the file, by the register of Kantor.xlsx; "" when it does not say."""
    rows = office.content.rows("penerimaan") if office.content else ()
    for row in rows:
        number = row.get("revisi")
        if fold(str(row.get("unit") or "")) == fold(unit) and isinstance(number, Decimal) and number == revisi:
            return str(row.get("penerima") or "")
    return ""
