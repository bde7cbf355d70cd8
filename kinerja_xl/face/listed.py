"""What the terminal and the page list alike: catatan in the order in which people read them; what some verbs did, line by line.

Catatan come by file: what its unit can mend, then what is for others; wajib and the cause first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding, Severity, Untuk, by_level, catalogue, cause_first
from kinerja_xl.reckoning import grouped, told
from kinerja_xl.reckoning.plan.compare import Kind
from kinerja_xl.sheets.values import format_rupiah


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """The catatan of one code in one file, for one reader."""

    untuk: Untuk
    severity: Severity
    code: str
    findings: tuple[Finding, ...]

    @property
    def judul(self) -> str:
        return catalogue()[self.code].judul

    @property
    def heading(self) -> str:
        """Level and title, with whom it is for where that is not the unit."""
        whom = "" if self.untuk is Untuk.UNIT else f" (untuk {self.untuk.label})"
        return f"{self.severity.label}{whom}: {self.judul} ({self.code})"


def by_file(findings: Iterable[Finding]) -> list[tuple[str, list[Same]]]:
    """Catatan by file, else by unit, in the order in which the files come."""
    files = grouped((f.file or f.args.get("unit", "") or f.unit, f) for f in findings)
    return [(file, _same(own)) for file, own in files.items()]


def _same(own: list[Finding]) -> list[Same]:
    own = sorted(own, key=lambda f: (list(Untuk).index(f.untuk), cause_first(f), f.code))
    groups = groupby(own, key=lambda f: (f.untuk, f.severity, f.code))
    return [Same(untuk=u, severity=s, code=code, findings=tuple(same)) for (u, s, code), same in groups]


def place_of(finding: Finding, *, file: bool = False) -> str:
    """Sheet and cell as one text, with the file before them where asked."""
    parts = (finding.file if file else "", finding.sheet, finding.cell)
    return " ".join(part for part in parts if part)


def summary(findings: Iterable[Finding]) -> str:
    """How many catatan of each level, in one line."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    if not any(counts.values()):
        return "Tidak ada catatan."
    return f"Catatan: {by_level(counts)}"


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
    from kinerja_xl.reckoning.recap import NO_USULAN  # loaded by whoever has several; catatan are listed without it

    lost = len(several.offices) - len(several.read)
    unread, least = (f" ({lost} kecamatan tidak dapat dibaca)", "sedikitnya ") if lost else ("", "")
    if several.none_yet:
        return f"Jumlah yang dihitung: {NO_USULAN}{unread}"
    return f"Jumlah yang dihitung: {least}{format_rupiah(several.counted)}{unread}"
