"""One workbook that came in: its content, where it came from, and what was said about it while reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja_xl.findings import Finding, Holds
from kinerja_xl.sheets.content import BookContent, Row, ShownTotal

_STRANGE = frozenset({"T201", "B104", "B106", "B111"})
"""Catatan of reading that mean: perhaps a workbook, but none of our forms."""


def is_strange(content: BookContent | None, findings: Iterable[Finding], *, lost: bool = False) -> bool:
    """Whether a file may be a workbook in somebody's own layout: none of ours, or taken for ours by the names of its
    sheets alone (T209) while its main table was not found there (``lost``)."""
    codes = {found.code for found in findings}
    return bool(codes & _STRANGE) if content is None else lost and "T209" in codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A unit's workbook after reading. ``file`` is its name as staff know it.

    ``rows_read`` counts, per table key, the rows that hold anything; every one of them is either in ``content``
    or named by a finding (the recap's Asal Data reconciles that). ``reported`` holds (sheet, cell) places that already
    have a catatan, so that one cause gives one. ``missing`` names what the file has lost as (table or form, column),
    column "" for the whole of it: rules about it have nothing to judge. ``parts`` names the tables of a workbook in the
    unit's own layout; empty for our forms, which hold them all.
    """

    file: str
    sha256: str
    unit: str
    version: int
    content: BookContent | None
    findings: tuple[Finding, ...] = ()
    rows_read: Mapping[str, int] = field(default_factory=dict)
    reported: frozenset[tuple[str, str]] = frozenset()
    missing: frozenset[tuple[str, str]] = frozenset()
    totals: tuple[ShownTotal, ...] = ()
    revisi: int = 0
    tanggal: date | None = None
    parts: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        """Whether reading it ended before its content, or a finding of reading holds the whole file."""
        return self.content is None or any(f.holds is Holds.BERKAS for f in self.findings)

    @property
    def is_strange(self) -> bool:
        """Whether the file may be a workbook in the unit's own layout."""
        return is_strange(self.content, self.findings, lost=("rab", "") in self.missing)

    @property
    def rab(self) -> tuple[Row, ...]:
        return self.content.rows("rab") if self.content else ()

    @property
    def indikator(self) -> tuple[Row, ...]:
        return self.content.rows("indikator") if self.content else ()

    @property
    def tors(self) -> tuple[Row, ...]:
        """The filled TOR forms, one per sheet."""
        if not self.content:
            return ()
        return tuple(s.forms["tor"] for s in self.content.all("tor") if "tor" in s.forms)

    @property
    def pk(self) -> Row | None:
        return self.content.form("pk") if self.content else None
