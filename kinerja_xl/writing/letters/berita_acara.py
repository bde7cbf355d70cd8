"""The Berita Acara Penelaahan of a unit: proposed, remarks, answer, agreed, per sub kegiatan, signed by both (IV.C.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docx.document import Document

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan import PlanSub
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, terbilang_rupiah
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.papers import UnitPapers, planning_unit, signer
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.style import finished
from kinerja_xl.writing.letters.tables import Cell, Column, Row, add_table, dated, labelled, letterhead, signatures, title
from kinerja_xl.writing.letters.tor import total

COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Kode dan Sub Kegiatan", width=64),
    Column(head="Diusulkan (Rp)", width=33, side="kanan"), Column(head="Catatan Penelaah", width=58),
    Column(head="Tanggapan Unit", width=46), Column(head="Disepakati (Rp)", width=33, side="kanan"),
    Column(head="Alasan", width=42),
)  # fmt: skip
NOTHING = "Unit ini tidak mempunyai sub kegiatan yang dapat ditelaah."
BY_HAND = "\n\n\n"
"""Room to write in a cell."""


def write_berita_acara(
    papers: UnitPapers, office: Office, plan: Mapping[tuple[str, str], PlanSub], tanggal: date | None = None
) -> bytes:
    """``plan``: the agreed amounts by (unit, sub kegiatan); empty before the review, whose results are then written by hand."""
    paper = style.paper_of(office).turned()
    document = style.new_document(office, f"Berita Acara Penelaahan {papers.unit.nama} {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"Berita Acara Penelaahan, {papers.unit.nama}, Tahun Anggaran {office.tahun}", paper)
    letterhead(document, office, paper.room)
    title(
        document,
        "BERITA ACARA PENELAAHAN",
        f"USULAN RENCANA KINERJA DAN ANGGARAN TAHUN ANGGARAN {office.tahun}",
        f"Nomor: {DOTS}",
    )
    _opening(document, papers, office, tanggal, paper.room)
    rows = _rows(papers, office, plan)
    add_table(document, COLUMNS, rows, lists, room=paper.room)
    _closing(document, papers, plan)
    _sign(document, papers, office, tanggal, paper.room)
    return finished(document)


def _opening(document: Document, papers: UnitPapers, office: Office, tanggal: date | None, room: float) -> None:
    day = f"tanggal {format_date(tanggal)}" if tanggal else f"{DOTS} tanggal {DOTS}"
    say(
        document,
        f"Pada hari ini {day} bertempat di {office.tempat or DOTS} telah dilaksanakan penelaahan usulan rencana kinerja dan "
        f"anggaran {papers.unit.nama} Tahun Anggaran {office.tahun} oleh:",
    )
    planner = planning_unit(office)
    reviewer = signer(
        office.official(planner.kode, tanggal) if planner else None,
        f"Kepala {planner.nama}" if planner else "Pengelola perencanaan",
    )
    head = signer(office.official(papers.unit.kode, tanggal), f"Kepala {papers.unit.nama}")
    pairs = [
        (f"{number}. {role}", f"{s.nama or DOTS}, {s.above[-1]}")
        for number, (role, s) in enumerate((("Penelaah", reviewer), ("Pengusul", head)), start=1)
    ]
    labelled(document, pairs, room, label=30)
    say(document, "dengan hasil per sub kegiatan sebagai berikut.")


def _rows(papers: UnitPapers, office: Office, plan: Mapping[tuple[str, str], PlanSub]) -> list[Row]:
    names = papers.subs
    agreed = {code: sub for (unit, code), sub in plan.items() if unit == papers.unit.kode}
    rows = []
    for number, code in enumerate(sorted(names.keys() | agreed.keys()), start=1):
        sub, node = agreed.get(code), office.programs.get(code)
        name = (node.nama if node else "") or names.get(code, "") or (sub.nama if sub else "")
        proposed = sub.diusulkan if sub else total(papers.lines(code))
        remarks = "\n".join(f"- {text}" for text in papers.catatan.get(code, ()))
        amount = format_number(sub.disepakati) if sub else BY_HAND
        cells = (
            str(number),
            f"{code}\n{name}".strip(),
            format_number(proposed),
            remarks or BY_HAND,
            BY_HAND,
            amount,
            sub.alasan if sub else BY_HAND,
        )
        rows.append(Row(cells=tuple(Cell(text=c) for c in cells)))
    if not rows:
        return [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    proposed = sum(agreed[c].diusulkan if c in agreed else total(papers.lines(c)) for c in names.keys() | agreed.keys())
    amount = format_number(sum(s.disepakati for s in agreed.values())) if agreed else DOTS
    sums = (format_number(proposed), "", "", amount, "")
    return [*rows, Row(cells=(Cell(text="Jumlah", span=2, side="kiri"), *sums), kind="jumlah")]


def _closing(document: Document, papers: UnitPapers, plan: Mapping[tuple[str, str], PlanSub]) -> None:
    agreed = [sub for (unit, _), sub in plan.items() if unit == papers.unit.kode]
    if agreed:
        amount = sum(sub.disepakati for sub in agreed)
        say(document, f"Jumlah yang disepakati {format_rupiah(amount)} ({terbilang_rupiah(amount).lower()}).")
    general = papers.catatan.get("", ())
    if general:
        say(document, f"Catatan umum: {'; '.join(general)}.")
    say(
        document,
        "Hasil penelaahan ini menjadi bahan Rencana Kinerja Tahunan. Berita acara dibuat dengan sebenarnya dan ditandatangani "
        "oleh kedua pihak.",
        keep_next=True,
    )


def _sign(document: Document, papers: UnitPapers, office: Office, tanggal: date | None, room: float) -> None:
    planner = planning_unit(office)
    reviewer = office.official(planner.kode, tanggal) if planner else None
    left = signer(reviewer, f"Kepala {planner.nama}" if planner else "Pengelola perencanaan", "", "Penelaah,")
    right = signer(
        office.official(papers.unit.kode, tanggal), f"Kepala {papers.unit.nama}", dated(office.tempat, tanggal), "Pengusul,"
    )
    chief = signer(office.official("camat", tanggal), "Camat", "", "Mengetahui,")
    signatures(document, [left, chief, right], room)
