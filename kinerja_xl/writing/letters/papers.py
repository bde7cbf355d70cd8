"""What a unit handed in, put together for printing: its Identitas, its TOR with their schedules, its rows, its catatan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kinerja_xl.catatan import EXPLAINED, Finding, Severity, catalogue
from kinerja_xl.office.kantor import Unit
from kinerja_xl.reckoning.plan import InForce
from kinerja_xl.reckoning.recap import Entry, RabLine, UnitLine
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import format_rupiah
from kinerja_xl.writing.letters.tor import TorContent


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPapers:
    """One unit's file. ``identitas`` None: the form was not read; ``diterima`` from the register, else from Identitas.

    ``subs``: names of its sub kegiatan by code, those with a TOR first; ``catatan`` as ``catatan_per_sub`` gives them.
    """

    unit: Unit
    line: UnitLine
    file: str
    sha256: str
    revisi: str
    identitas: Row | None
    tors: tuple[TorContent, ...]
    rab: tuple[RabLine, ...]
    indikator: tuple[Entry, ...]
    diterima: date | None
    penerima: str
    subs: Mapping[str, str]
    catatan: Mapping[str, tuple[str, ...]]

    def said(self, key: str) -> str:
        """A field of Identitas as text; "" where it is empty."""
        value = self.identitas.get(key) if self.identitas else None
        return "" if value is None else str(value)

    def lines(self, sub: str) -> tuple[RabLine, ...]:
        return tuple(line for line in self.rab if line.kode_sub == sub)


def when_printed(in_force: InForce, amount: int) -> str:
    """What holds when a paper that keeps its own, earlier day is printed."""
    return f"Catatan saat dicetak: anggaran yang berlaku {in_force.sentence} {format_rupiah(amount)}"


def catatan_per_sub(
    findings: Iterable[Finding], rows: Iterable[tuple[Row, str]], sheets: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Titles of what a unit has to mend, to look at or has explained, by sub kegiatan code; "" for what belongs to no single one.

    ``rows``: the rows of the file with their sub kegiatan; ``sheets``: the TOR sheets, each of which holds one.
    """
    own = {(row.sheet, row.row): code for row, code in rows}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for finding in findings:
        if finding.severity is not Severity.INFO or EXPLAINED in finding.args:
            number = int(finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0) if finding.cell else 0
            code = own.get((finding.sheet, number)) or sheets.get(finding.sheet, "")
            title = catalogue()[finding.code].judul  # without its code, which says nothing to who reads a signed page
            found[code][f'{title}: "{finding.args[EXPLAINED]}"' if EXPLAINED in finding.args else title] = None
    return {code: tuple(titles) for code, titles in found.items()}
