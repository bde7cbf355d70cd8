"""What the buttons of a year do: a verb each, called as the command line calls it. Brings the verbs with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding
from kinerja_xl.face import FORM_ROWS, FORM_TORS, YEARS
from kinerja_xl.face.listed import compared_lines, joined_line, renewed_lines
from kinerja_xl.face.page.known import free_name, inside
from kinerja_xl.face.page.work import Job
from kinerja_xl.office.folder import ARSIP, HASIL, MASUK, InputError, folder_of, is_file
from kinerja_xl.sheets.values import format_rupiah, parse_date
from kinerja_xl.uses import kunci
from kinerja_xl.uses.bandingkan import compare_books
from kinerja_xl.uses.capaian import findings_of, measured, write_year
from kinerja_xl.uses.cetak import Paperwork, printed_forms
from kinerja_xl.uses.formulir import write_forms
from kinerja_xl.uses.gabung import gabung
from kinerja_xl.uses.lkjip import lkjip
from kinerja_xl.uses.perbarui import renew
from kinerja_xl.uses.periksa import mendings, periksa, return_corrections
from kinerja_xl.uses.pk import pk_letters
from kinerja_xl.uses.realisasi import write_measuring
from kinerja_xl.uses.rekap import write_rekap, write_review_book, write_rka_book
from kinerja_xl.uses.surel import mail_draft
from kinerja_xl.uses.terima import Received, receive
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import Written

if TYPE_CHECKING:
    from kinerja_xl.face.page.looked import FilledForm
    from kinerja_xl.reckoning.several import Several
    from kinerja_xl.uses.kunci import Lock, TakenBack

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a button did, for its page: sentences, catatan, and what is only shown before it is done for good.

    ``source``: where Hasil shows the catatan again. ``asked``: the form as it was sent, to be sent again for good.
    ``begun``: the name of a year's folder that was made. ``filled``: somebody's form with our rows in it.
    ``joined``: several offices.
    """

    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str = ""
    received: tuple[Received, ...] = ()
    ready: Lock | None = None
    taken_back: TakenBack | None = None
    asked: Form | None = None
    begun: str = ""
    filled: FilledForm | None = None
    joined: Several | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A button: its words, and what it does to a year's folder. ``whole``: what it writes belongs together."""

    label: str
    run: Callable[[Path, Form, Job], Outcome]
    whole: bool = False


# ---- what a form says ----


def day_of(form: Form) -> date | None:
    """The date of a form; None where it was left empty. Raises InputError."""
    text = form.get("tanggal", "").strip()
    parsed = parse_date(text) if text else None
    if parsed is not None and (parsed.value is None or parsed.doubt is not None):
        raise InputError(f'Tanggal "{text[:40]}" tidak dikenal; tulis seperti 1 Oktober 2024 atau 01/10/2024.')
    return parsed.value if parsed else None


def quarter_of(form: Form) -> int:
    """The triwulan of a form, 1 to 4. Raises InputError."""
    text = form.get("triwulan", "4")
    if text not in ("1", "2", "3", "4"):
        raise InputError("Triwulan adalah angka 1 sampai 4.")
    return int(text)


def number_of(form: Form, key: str, least: int, most: int) -> int | None:
    """A number of a form within its limits; None where it was left empty. Raises InputError."""
    text = form.get(key, "").strip()
    if text and not (text.isdecimal() and least <= int(text) <= most):
        raise InputError(f"{key.capitalize()}: tulis angka dari {least} sampai {most}.")
    return int(text) if text else None


def file_of(folder: Path, form: Form, key: str) -> Path:
    """A file of the year's folder that a form names. Raises InputError."""
    given = form.get(key, "")
    path = inside(folder, given) if given else None
    if path is None or not is_file(path):
        missing = f"Berkas {Path(given).name} tidak ditemukan di folder tahun ini."
        raise InputError(missing if given else "Pilih dahulu berkasnya.")
    return path


def _said(written: Iterable[Written]) -> tuple[str, ...]:
    return tuple(one.sentence for one in written if one.sentence)


def take_in(folder: Path, files: list[tuple[str, bytes]], place: str, job: Job) -> Outcome:
    """Files that were dropped onto a page; ``place``: a triwulan, "arsip", or "" for usulan."""
    received = receive(folder, files, PLACES[place], job.progress)
    return Outcome(received=tuple(received), findings=tuple(f for one in received for f in one.findings))


PLACES = {"": MASUK, "arsip": ARSIP, **{str(n): f"{MASUK}/{folder_of(n)}" for n in range(1, 5)}}
"""Where dropped files go."""

# ---- before the plan is locked ----


def _forms(folder: Path, form: Form, job: Job) -> Outcome:
    tors, rows = number_of(form, "tor", *FORM_TORS), number_of(form, "baris", *FORM_ROWS)
    return Outcome(lines=tuple(write_forms(folder, form.get("unit") or None, tors, rows)))


def _check(folder: Path, form: Form, job: Job) -> Outcome:
    findings, year = _checked(folder, job)
    return Outcome(lines=_mended(year), findings=tuple(findings), source="periksa")


def _checked(folder: Path, job: Job) -> tuple[list[Finding], Year]:
    """What is said of a year's folder, and the year as it was read for that."""
    reckoned: list[Year] = []
    findings = periksa([folder], job.progress, reckoned.append)
    return findings, reckoned[0] if reckoned else Year(folder)


def _mended(year: Year) -> tuple[str, ...]:
    counts = ("sudah diperbaiki", "masih ada", "baru")
    return tuple(
        f"{one.after} dibanding {one.before}: "
        + ", ".join(f"{len(group)} {word}" for group, word in zip((one.mended, one.remaining, one.new), counts, strict=True))
        + "."
        for one in mendings(year)
    )


def _give_back(folder: Path, form: Form, job: Job) -> Outcome:
    findings, year = _checked(folder, job)
    written = return_corrections(year, findings, stripped=bool(form.get("tanpa-isi-aktif")))
    done = f"{len(written)} salinan bertanda ditulis; serahkan kepada unitnya."
    words = done if written else "Tidak ada yang perlu dikembalikan."
    return Outcome(lines=(words, *_said(written)), findings=tuple(findings), source="periksa")


def _recap(folder: Path, form: Form, job: Job) -> Outcome:
    year = Year(folder, job.progress, day_of(form))
    written = [write_rekap(year), *([write_rka_book(year)] if form.get("rka") else [])]
    recap = year.recap
    lines = (f"Jumlah RAB yang dihitung: {recap.counted_words}", f"Unit yang menyampaikan: {recap.tally.words}")
    return Outcome(lines=(*lines, *_said(written)), findings=recap.findings, source="periksa")


def _review(folder: Path, form: Form, job: Job) -> Outcome:
    return Outcome(lines=(write_review_book(Year(folder, job.progress)),))


def _mail(folder: Path, form: Form, job: Job) -> Outcome:
    to = form.get("kepada", "").replace(";", " ").replace(",", " ").split()
    return _paper(mail_draft(folder, to, tanggal=day_of(form)))


# ---- the plan is locked ----


def _prepared(folder: Path, form: Form) -> Lock:
    source, nomor = form.get("dari") or None, form.get("nomor", "").strip()
    if source and source != kunci.FROM_PROPOSAL:
        source = str(file_of(folder, form, "dari"))
    if nomor and not nomor.isdecimal():
        raise InputError("Nomor perubahan adalah angka.")
    tahap, dasar = form.get("tahap") or kunci.FIRST, form.get("dasar", "").strip()
    number = int(nomor) if nomor else None
    return kunci.prepare(folder, source, tahap=tahap, nomor=number, tanggal=day_of(form), dasar=dasar)


def _try_lock(folder: Path, form: Form, job: Job) -> Outcome:
    ready = _prepared(folder, form)
    return Outcome(ready=ready, findings=ready.findings, asked=form)


def _lock(folder: Path, form: Form, job: Job) -> Outcome:
    """Locks what was shown, and nothing else: where the files changed since, it is shown again."""
    ready = _prepared(folder, form)
    if ready.plan is None or ready.plan.sha256 != form.get("sidik"):
        words = "Isinya berubah sejak ditampilkan, sehingga belum dikunci. Periksa sekali lagi."
        return Outcome(lines=(words,), ready=ready, findings=ready.findings, asked=form)
    done = kunci.commit(ready)
    plan = ready.plan
    lines = [
        f"Dikunci: {plan.dated}, {format_rupiah(plan.total)}.", f"Sidik isi: {plan.sha256}",
    ]  # fmt: skip
    if done.missing_stage:
        lines.append(done.missing_stage)
    if done.dpa:
        lines.append(f"{done.dpa.path.name} disiapkan: sesuaikan bila DPA terbit, lalu kunci sebagai perubahan.")
    return Outcome(lines=(*lines, *_said(w for w in (done.written, done.dpa) if w)), findings=ready.findings)


def _try_taking_back(folder: Path, form: Form, job: Job) -> Outcome:
    return Outcome(taken_back=kunci.take_back(folder, trial=True), asked=form)


def _take_back(folder: Path, form: Form, job: Job) -> Outcome:
    done = kunci.take_back(folder)
    words = f"Dibatalkan: {done.plan.title} {done.plan.tahun}, disimpan sebagai {done.kept.name}."
    return Outcome(lines=(words, f"Sesuaikan lembar Riwayat Tahap di Kantor.xlsx bila {done.plan.tahap} sudah ditulis di sana."))


# ---- letters, and the measured year ----


def _paper(done: Paperwork) -> Outcome:
    return Outcome(lines=(*_said(done.written), *(note.sentence for note in done.notes)))


def _letters(folder: Path, form: Form, job: Job) -> Outcome:
    return _paper(pk_letters(folder, None, day_of(form), pdf=bool(form.get("pdf"))))


def _prints(folder: Path, form: Form, job: Job) -> Outcome:
    return _paper(printed_forms(folder, None, day_of(form), pdf=bool(form.get("pdf"))))


def _measuring(folder: Path, form: Form, job: Job) -> Outcome:
    return Outcome(lines=tuple(write_measuring(folder, quarter_of(form))))


def _reached(folder: Path, form: Form, job: Job) -> Outcome:
    year, number = Year(folder, job.progress), quarter_of(form)
    found = measured(year, number)
    written = write_year(found, year)
    return Outcome(lines=_said([written]), findings=tuple(findings_of(found)), source=f"tw{number}")


def _report(folder: Path, form: Form, job: Job) -> Outcome:
    return _paper(lkjip(folder, pdf=bool(form.get("pdf"))))


# ---- books of ours that become another ----


def _renew(folder: Path, form: Form, job: Job) -> Outcome:
    old = file_of(folder, form, "lama")
    done = renew(old, free_name(folder / HASIL, f"{old.stem} baru", ".xlsx"), folder)
    return Outcome(lines=(*renewed_lines(done), *_said([done.written])))


def _compare(folder: Path, form: Form, job: Job) -> Outcome:
    old, new = file_of(folder, form, "lama"), file_of(folder, form, "baru")
    done = compare_books(old, new, free_name(folder / HASIL, f"Beda {old.stem} dan {new.stem}", ".xlsx"))
    return Outcome(lines=(*compared_lines(done), *_said([done.written])), findings=done.findings)


def _join(folder: Path, form: Form, job: Job) -> Outcome:
    """Several offices; ``folder`` is the one that holds theirs."""
    year = number_of(form, "tahun", *YEARS)
    done = gabung(folder, number_of(form, "triwulan", 1, 4), progress=job.progress, tahun=year)
    return Outcome(joined=done.several, lines=(joined_line(done.several), *_said([done.written])))


ACTS: Mapping[str, Act] = {
    "formulir": Act(label="Tulis formulir unit", run=_forms),
    "periksa": Act(label="Periksa", run=_check),
    "kembalikan": Act(label="Kembalikan ke unit", run=_give_back),
    "rekap": Act(label="Buat rekap", run=_recap),
    "penelaahan": Act(label="Buat Lembar Penelaahan", run=_review),
    "surel": Act(label="Tulis draf surel", run=_mail),
    "coba-kunci": Act(label="Lihat yang akan dikunci", run=_try_lock),
    "kunci": Act(label="Kunci sekarang", run=_lock, whole=True),
    "coba-batal": Act(label="Batalkan penguncian terakhir", run=_try_taking_back),
    "batal": Act(label="Batalkan sekarang", run=_take_back, whole=True),
    "pk": Act(label="Tulis surat PK", run=_letters),
    "cetak": Act(label="Tulis TOR, RKT, dan berita acara", run=_prints),
    "realisasi": Act(label="Tulis formulir realisasi", run=_measuring),
    "capaian": Act(label="Hitung capaian", run=_reached),
    "lkjip": Act(label="Tulis tabel Bab III LKjIP", run=_report),
    "perbarui": Act(label="Pindahkan ke formulir terbaru", run=_renew),
    "bandingkan": Act(label="Bandingkan", run=_compare),
    "gabung": Act(label="Gabungkan kecamatan", run=_join),
}  # fmt: skip

BUTTON_OF: Mapping[str, str] = {
    "status": "halaman tahun", "mulai": "tombol “Mulai tahun baru”", "kunci": "tombol “Kunci” di tab Penetapan",
    "baca": "halaman “Berkas lain”", "isi": "halaman “Isi formulir lain”",
    **{verb: f"tombol “{ACTS[verb].label}”" for verb in (
        "formulir", "periksa", "rekap", "pk", "cetak", "realisasi", "capaian", "lkjip", "surel",
        "perbarui", "bandingkan", "gabung",
    )},
}  # fmt: skip
"""Which button or page does what a sentence of the command line names as a command."""
