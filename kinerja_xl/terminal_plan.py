"""What the terminal shows of locked plans and of comparisons."""

from __future__ import annotations

import sys

from rich.table import Table
from rich.text import Text

from kinerja_xl import terminal
from kinerja_xl.comparing import Compare
from kinerja_xl.locking import Lock
from kinerja_xl.reckoning.compare import Kind
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.values import format_number, format_rupiah
from kinerja_xl.writing.penetapan import plan_title


def show_lock(done: Lock, everything: bool = False) -> None:
    """The result of ``kunci``: what was locked, or why not."""
    console = terminal.open_console()
    terminal.show_findings(console, done.findings, everything)
    if done.plan is None or done.written is None:
        console.print(Text("Belum dikunci: perbaiki dahulu catatan yang wajib.", style="bold"))
        return
    plan = done.plan
    console.print(_plan_table(plan))
    if done.before:
        gap = plan.total - done.before.total
        console.print(f"Sebelumnya ({plan_title(done.before)}): {format_rupiah(done.before.total)}, selisih {format_rupiah(gap)}")
    console.print(Text(f"Dikunci: {done.written.path}"))
    console.print(f"Sidik isi: {plan.sha256}")
    console.print(
        Text(f"Berikutnya: tambahkan baris {plan.tahap} pada lembar Riwayat Tahap di Kantor.xlsx, dengan tanggal dan dasarnya.")
    )
    if done.dpa:
        console.print(
            Text(f"Ditulis: {done.dpa.path}. Sesuaikan bila DPA terbit, lalu kunci: --dari {done.dpa.path} --tahap perubahan.")
        )
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")


def _plan_table(plan: Plan) -> Table:
    table = Table(title=f"{plan.kantor}, Tahun Anggaran {plan.tahun}, {plan_title(plan)}", title_justify="left")
    table.add_column("Unit")
    for head in ("Sub kegiatan", "Diusulkan (Rp)", "Disepakati (Rp)", "Berlaku (Rp)"):
        table.add_column(head, justify="right")
    for unit in dict.fromkeys(sub.unit for sub in plan.subs):
        own = [sub for sub in plan.subs if sub.unit == unit]
        sums = (sum(s.diusulkan for s in own), sum(s.disepakati for s in own), sum(s.anggaran for s in own))
        table.add_row(unit, str(len(own)), *map(format_number, sums))
    sums = (sum(s.diusulkan for s in plan.subs), sum(s.disepakati for s in plan.subs), plan.total)
    table.add_section()
    table.add_row("Jumlah", str(len(plan.subs)), *map(format_number, sums))
    return table


def show_comparison(done: Compare, everything: bool = False) -> None:
    """The result of ``bandingkan``: totals, counts, shifts, and where the rows stand."""
    console = terminal.open_console()
    if done.findings:
        terminal.show_findings(console, done.findings, everything)
    found, (old, new) = done.comparison, done.sides
    for word, side in (("Lama", old), ("Baru", new)):
        console.print(Text(f"{word}: {side.label}: {format_rupiah(side.jumlah)}"))
    console.print(f"Selisih: {format_rupiah(found.baru - found.lama)}")
    if not found.changes:
        console.print("Tidak ada yang berubah.")
    for part in dict.fromkeys(change.item.bagian for change in found.changes):
        own = [change.kind for change in found.changes if change.item.bagian == part]
        console.print(f"{part}: " + ", ".join(f"{own.count(kind)} {kind.value}" for kind in Kind if kind in own))
    for shift in found.shifts if everything else found.shifts[: terminal.EXAMPLES]:
        scope = " ".join(part for part in (shift.tingkat, shift.kode, shift.unit) if part)
        console.print(Text(f"Pergeseran {format_rupiah(shift.jumlah)} dalam {scope[0].lower() + scope[1:]}"))
    if len(found.shifts) > terminal.EXAMPLES and not everything:
        console.print(f"dan {len(found.shifts) - terminal.EXAMPLES} pergeseran lain (semuanya dengan --semua)")
    console.print(Text(f"Perbandingan ditulis: {done.written.path}"))
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")
