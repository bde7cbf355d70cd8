"""``surel``: a mail draft that carries the recap. Nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import readable
from kinerja_xl.office.folder import HASIL, InputError
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import beside
from kinerja_xl.reckoning.plan.meeting import planning_unit
from kinerja_xl.reckoning.recap import LACKING, Recap
from kinerja_xl.reckoning.recap.build import matters
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, round_half_up
from kinerja_xl.sheets.rekap import RINGKASAN
from kinerja_xl.uses.cetak import Paperwork, finish, unopened
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.post import draft
from kinerja_xl.writing.shown.recap import write_recap

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")


NOT_AWAITED = "Tidak ada yang menunggu keputusan Bapak/Ibu."


def mail_draft(folder: Path, to: Sequence[str], target: Path | None = None, tanggal: date | None = None) -> Paperwork:
    """Write hasil/Surel-Rekap-….eml: a draft with the recap attached. Raises InputError, OutputError."""
    wrong = [address for address in to if not _ADDRESS.fullmatch(address) or readable(address) != address]
    if wrong or not to:
        raise InputError(f"Alamat surel {', '.join(wrong)} tidak lengkap; tulis seperti camat@contoh.go.id.")
    recap = Year(folder, tanggal=tanggal).recap
    office = recap.office
    subject = f"Rekap usulan rencana kinerja dan anggaran {office.tahun}, {office.nama}"
    data = draft(to, subject, covering_text(recap), f"Rekap-{office.tahun}.xlsx", write_recap(recap))
    wanted = target or folder / HASIL / f"Surel-Rekap-{office.tahun}.eml"
    return finish(wanted.parent, {wanted.name: data}, unopened(recap.findings), pdf=False)


def five_figures(recap: Recap) -> tuple[tuple[str, str], ...]:
    """What the Camat asks first: units in, total, share of pagu, catatan, late."""
    units = recap.units
    pagu = sum(unit.pagu for unit in units)
    share = "pagu belum diisi"
    if pagu:
        part = format_number(round_half_up(recap.total_rab * 100 / Decimal(pagu), 2), 2)
        share = f"pagu {format_rupiah(pagu)}" if recap.none_yet else f"{part} % dari {format_rupiah(pagu)}"
    lacking = [(word, [unit.nama for unit in units if unit.status is status]) for status, word in LACKING.items()]
    said = [f"{len(names)} {word} ({', '.join(names)})" for word, names in lacking if names]
    return (
        ("Unit yang menyampaikan", recap.tally.words),
        ("Usulan yang dihitung", recap.counted_words),
        ("Bagian dari pagu", share),
        ("Catatan", recap.tally.catatan),
        ("Terlambat, belum menyampaikan, atau tidak terbaca", "; ".join(said) or "tidak ada"),
    )


def covering_text(recap: Recap) -> str:
    """The letter's text: greeting, five figures, what the attachment is, who sends it."""
    office = recap.office
    day = f" keadaan {format_date(recap.tanggal)}" if recap.tanggal else ""
    figures = "\n".join(f"- {name}: {value}" for name, value in five_figures(recap))
    held = recap.total_tidak_dihitung
    outside = f"\n{beside(held)}\n" if held else ""
    plan = recap.agreed
    now = f"\nRencana yang berlaku {plan.menurut}: {format_rupiah(plan.total)}.\n" if plan else ""
    asked = len(matters(recap))
    awaited = f"{asked} hal menunggu keputusan Bapak/Ibu; daftarnya pada lembar {RINGKASAN.name}." if asked else NOT_AWAITED
    return (
        f"Yth. Camat,\n\nTerlampir rekap usulan rencana kinerja dan anggaran {office.nama} "
        f"Tahun Anggaran {office.tahun}{day}.\n\n"
        f"{figures}\n{outside}{now}\n{awaited} Rincian, catatan, dan asal data ada pada lampiran.\n\n"
        f"Atas perhatian Bapak/Ibu, kami ucapkan terima kasih.\n\nHormat kami,\n\n{_sender(office, recap.tanggal)}\n"
    )


def _sender(office: Office, day: date | None) -> str:
    """Who gathers the usulan: the head of the planning unit with the post, else the office."""
    planner = planning_unit(office)
    head = office.official(planner.kode, day) if planner else None
    return "\n".join((head.nama, head.post) if head else (office.vacant(planner.kode) if planner else office.nama,))
