"""The Rencana Kinerja Tahunan on paper: program, kegiatan, sub kegiatan with indicators, targets and amounts."""

from __future__ import annotations

from collections.abc import Sequence

from kinerja_xl.reckoning.plan.agreements import post, shown
from kinerja_xl.reckoning.recap import Recap, RktLine
from kinerja_xl.sheets.formats import format_number, format_rupiah, terbilang_rupiah
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.style import finished
from kinerja_xl.writing.letters.tables import Cell, Column, Row, Signer, add_table, dated, letterhead, signatures, title

COLUMNS = (
    Column(head="Kode", width=33), Column(head="Program / Kegiatan / Sub Kegiatan", width=76),
    Column(head="Indikator Kinerja", width=74), Column(head="Target", width=20, side="kanan"),
    Column(head="Satuan", width=31, side="tengah"), Column(head="Anggaran (Rp)", width=35, side="kanan"),
    Column(head="Penanggung Jawab", width=38),
)  # fmt: skip
NOTHING = "Belum ada sub kegiatan yang dihitung dalam rekap."


def write_rkt(recap: Recap, unit: str = "") -> bytes:
    """The RKT of the office, or of one unit (its code)."""
    office = recap.office
    paper = style.paper_of(office).turned()
    document = style.new_document(office, f"Rencana Kinerja Tahunan {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"RKT {office.tahun}, {office.nama}", paper)
    letterhead(document, office, paper.room)
    chosen = [line for line in recap.rkt if not unit or line.unit == unit]
    below = [chosen[0].unit_nama] if unit and chosen else []
    title(document, f"RENCANA KINERJA TAHUNAN (RKT) TAHUN {office.tahun}", *below)
    amount = sum(line.anggaran or 0 for line in chosen)
    rows = _rows(chosen, recap) or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    rows.append(Row(cells=(Cell(text="Jumlah", span=5, side="kiri"), format_number(amount), ""), kind="jumlah"))
    add_table(document, COLUMNS, rows, lists, room=paper.room)
    say(document, f"Terbilang: {terbilang_rupiah(amount)}", "Terbilang")
    held = recap.total_tidak_dihitung
    if held and not unit:
        say(document, f"Di luar jumlah ini {format_rupiah(held)} tidak dihitung (lihat lembar Ringkasan rekap).", "Keterangan")
    camat = office.official("camat", recap.tanggal)
    below_name = (*((camat.pangkat,) if camat and camat.pangkat else ()), f"NIP {(camat.nip if camat else '') or DOTS}")
    above = (dated(office.tempat, recap.tanggal), post(camat) if camat else "Camat")
    signatures(document, [None, Signer(above=above, nama=camat.nama if camat else "", below=below_name)], paper.room)
    return finished(document)


def _rows(lines: Sequence[RktLine], recap: Recap) -> list[Row]:
    """Program and kegiatan rows with their sums above the sub kegiatan; a program's own indicators stand in its block."""
    programs: dict[str, int] = {}
    kegiatan: dict[str, int] = {}
    for line in lines:
        programs[line.program] = programs.get(line.program, 0) + (line.anggaran or 0)
        kegiatan[line.kegiatan] = kegiatan.get(line.kegiatan, 0) + (line.anggaran or 0)
    found: list[Row] = []
    program = activity = sub = None
    for line in lines:
        if line.program != program:
            found.append(_head(line.program, line.program_nama, programs[line.program], _chain(line)))
            program, activity, sub = line.program, None, None
        if line.kegiatan and line.kegiatan != activity:
            found.append(_head(line.kegiatan, line.kegiatan_nama, kegiatan[line.kegiatan]))
            activity, sub = line.kegiatan, None
        found.append(_line(line, again=(line.kode_sub, line.unit) == sub))
        sub = (line.kode_sub, line.unit)
    return found


def _chain(line: RktLine) -> str:
    """Sasaran and IKU of the Renstra that a program serves."""
    parts = [f"Sasaran: {line.sasaran}" if line.sasaran else "", f"IKU: {line.iku} ({line.iku_target})" if line.iku else ""]
    return "\n".join(part for part in parts if part)


def _head(code: str, name: str, amount: int, chain: str = "") -> Row:
    return Row(
        cells=(code, Cell(text=name or "(kode belum dikenal)", span=4, side="kiri", small=chain), format_number(amount), ""),
        kind="kelompok",
    )


def _line(line: RktLine, *, again: bool) -> Row:
    code, name = (line.kode_sub, line.nama_sub) if line.kode_sub and not again else ("", "")
    amount = "" if line.anggaran is None else format_number(line.anggaran)
    level = f" ({line.level})" if line.level and line.level != "Output" else ""
    goal = f"{line.indikator}{level}" if line.indikator else DOTS
    return Row(cells=(code, name, goal, shown(line.target), line.satuan, amount, line.unit_nama))
