"""The Rencana Aksi: what is done for each indicator, its target per triwulan, amount and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan.agreements import shown
from kinerja_xl.reckoning.recap import Entry
from kinerja_xl.sheets.content import Row as Record
from kinerja_xl.sheets.formats import format_number, terbilang_rupiah
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.tor import MONTHS
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.papers import UnitPapers, signer
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.style import finished
from kinerja_xl.writing.letters.tables import Cell, Column, Row, add_table, dated, letterhead, signatures, title

ROMAN = ("I", "II", "III", "IV")
COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Aksi", width=92), Column(head="Indikator", width=66),
    Column(head="Satuan", width=30, side="tengah"),
    *(Column(head=f"TW {r}", width=13, side="kanan", group="Target") for r in ROMAN),
    Column(head="Anggaran (Rp)", width=34, side="kanan"), Column(head="Penanggung Jawab", width=38),
)  # fmt: skip
NOTHING = "Belum ada sub kegiatan yang dihitung dalam rekap."

Amounts = Mapping[tuple[str, str], int]
"""Rupiah by (unit, sub kegiatan): the locked plan's or the recap's."""


def write_renaksi(units: Sequence[UnitPapers], office: Office, amounts: Amounts) -> bytes:
    """The Rencana Aksi of these units in one table, each sub kegiatan below its own heading."""
    paper = style.paper_of(office).turned()
    document = style.new_document(office, f"Rencana Aksi {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"Rencana Aksi {office.tahun}, {office.nama}", paper)
    letterhead(document, office, paper.room)
    title(document, f"RENCANA AKSI TAHUN {office.tahun}", *([units[0].unit.nama] if len(units) == 1 else []))
    rows, total = _rows(units, office, amounts)
    add_table(document, COLUMNS, rows, lists, room=paper.room)
    say(document, f"Terbilang: {terbilang_rupiah(total)}", "Terbilang")
    camat = signer(office.official("camat"), "Camat", dated(office.tempat, office.tanggal))
    signatures(document, [None, camat], paper.room)
    return finished(document)


def _rows(units: Sequence[UnitPapers], office: Office, amounts: Amounts) -> tuple[list[Row], int]:
    rows: list[Row] = []
    number = total = 0
    for papers in units:
        names = papers.subs
        for code in sorted({c for u, c in amounts if u == papers.unit.kode}):
            amount = amounts[papers.unit.kode, code]
            total += amount
            node = office.programs.get(code)
            head = f"{code}  {node.nama if node else names.get(code, '')}".strip()
            rows.append(
                Row(cells=(Cell(text=head, span=8, side="kiri"), format_number(amount), papers.unit.nama), kind="kelompok")
            )
            goals = [e for e in papers.indikator if e.kode_sub == code and e.counted]
            for index in range(max(len(goals), 1)):
                number += 1
                rows.append(_row(number, papers, code, goals[index] if goals else None, first=index == 0))
    rows = rows or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    return [*rows, Row(cells=(Cell(text="Jumlah", span=8, side="kiri"), format_number(total), ""), kind="jumlah")], total


def _row(number: int, papers: UnitPapers, code: str, entry: Entry | None, *, first: bool) -> Row:
    """The steps of the TOR stand with the first indicator; the further ones measure the same steps."""
    get = entry.row.get if entry else lambda key: None
    targets = [shown(get(key)) for key in QUARTERS]
    steps = actions(papers, code) if first else ""
    answers = str(get("penanggung_jawab") or "")
    return Row(
        cells=(
            str(number),
            steps or ("" if not first else DOTS),
            str(get("nama") or DOTS),
            str(get("satuan") or ""),
            *targets,
            "",
            answers,
        )
    )


def actions(papers: UnitPapers, code: str) -> str:
    """The steps of a TOR's schedule as a list, each with the triwulan in which it runs."""
    steps = [row for tor in papers.tors if tor.line.kode_sub == code for row in tor.jadwal]
    return "\n".join(f"- {row.get('kegiatan') or DOTS}{_when(row)}" for row in steps)


def _when(row: Record) -> str:
    """``(TW I–II)``: from the months with an x."""
    quarters = sorted({index // 3 for index, key in enumerate(MONTHS) if row.get(key)})
    if not quarters:
        return ""
    whole = quarters == list(range(quarters[0], quarters[-1] + 1)) and len(quarters) > 1
    text = f"{ROMAN[quarters[0]]}–{ROMAN[quarters[-1]]}" if whole else ", ".join(ROMAN[q] for q in quarters)
    return f" (TW {text})"
