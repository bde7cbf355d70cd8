"""What some verbs did, line by line, for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding
from kinerja_xl.reckoning import told
from kinerja_xl.reckoning.plan.compare import Kind
from kinerja_xl.sheets.values import format_rupiah

if TYPE_CHECKING:
    from kinerja_xl.reckoning.several import Several
    from kinerja_xl.uses.bandingkan import Compare
    from kinerja_xl.uses.perbarui import Renewed


def renewed_lines(renewed: Renewed) -> Iterator[str]:
    """What ``perbarui`` carried over, and what it did not."""
    yield f"Ditulis: {renewed.written.path} (dari formulir versi {renewed.version}; {renewed.rows} baris tabel dibawa)"
    yield "Yang tidak terbawa dan perlu disalin sendiri:" if renewed.lost else "Semua isi terbawa."
    yield from _listed(renewed.lost)
    if renewed.resolved:
        yield "Yang bertentangan di formulir lama, dan yang dipakai:"
        yield from _listed(renewed.resolved)


def _listed(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        place = " ".join(part for part in (finding.sheet, finding.cell) if part)
        yield f"  {place}: {finding.masalah}"


def compared_lines(done: Compare, most: int | None = None, how: str = "") -> Iterator[str]:
    """What ``bandingkan`` found: totals, counts, shifts. ``most``: so many of them, and ``how`` to see all."""
    found, (old, new) = done.comparison, done.sides
    yield from (f"{word}: {side.label}: {told(side.total)}" for word, side in (("Lama", old), ("Baru", new)))
    of_known = f" dari yang diketahui ({found.unknown} baris belum diketahui)" if found.unknown else ""
    yield f"Selisih{of_known}: {format_rupiah(found.baru - found.lama)}"
    if not found.changes:
        yield "Tidak ada yang berubah."
    for part in dict.fromkeys(change.item.bagian for change in found.changes):
        own = [change.kind for change in found.changes if change.item.bagian == part]
        yield f"{part}: " + ", ".join(f"{own.count(kind)} {kind.value}" for kind in Kind if kind in own)
    for shift in found.shifts[:most]:
        scope = " ".join(part for part in (shift.tingkat, shift.kode, shift.unit) if part)
        within = f"{scope[0].lower()}{scope[1:]}" if shift.kode or shift.unit else "keseluruhan anggaran"
        yield f"Pergeseran {format_rupiah(shift.jumlah)} dalam {within}"
    if most is not None and len(found.shifts) > most:
        yield f"dan {len(found.shifts) - most} pergeseran lain{how}"


def joined_line(several: Several) -> str:
    """The total of ``gabung``: of an office that could not be read nothing is known."""
    lost = len(several.offices) - len(several.read)
    counted = format_rupiah(several.counted)
    return f"Jumlah yang dihitung: {f'sedikitnya {counted} ({lost} kecamatan tidak dapat dibaca)' if lost else counted}"
